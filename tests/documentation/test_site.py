"""The site builds without a broken link, what its pages name exists, and the wheel works elsewhere."""

import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted([*(ROOT / "docs" / "how_to").glob("*.md"), *(ROOT / "docs" / "tutorials").glob("*.md")])
REQUIRED_TO_CITE = {"cff-version", "message", "title", "authors"}


@pytest.mark.slow  # a minute and a half; `nox -s docs` builds it too
def test_the_site_builds_without_a_warning_and_takes_nothing_from_other_hosts(tmp_path):
    pytest.importorskip("sphinx")
    site, warnings = tmp_path / "site", tmp_path / "warnings.txt"
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-w", warnings, "docs", site]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    # Every warning is written to the file, also one that a quieter build would not print.
    assert warnings.read_text(encoding="utf-8").splitlines() == []
    assert built.returncode == 0, built.stderr
    pages = list(site.rglob("*.html"))
    assert {
        site / "tutorials" / "researcher.html",
        site / "reference" / "generated" / "scenarios.api.html",
    } <= set(pages)
    for name in ("tutorials/wethouder", "lab/docent", "flagship_nl"):
        assert '<html lang="nl"' in (site / f"{name}.html").read_text(encoding="utf-8")
    start = (site / "index.html").read_text(encoding="utf-8")
    assert start.count('class="door docutils container"') == 3 and "landing.svg" in start
    for page in pages:
        loaded = r"<(?:script|img|link|iframe)[^>]+(?:src|href)=\"(?:https?:)?//"
        assert not re.search(loaded, page.read_text(encoding="utf-8")), page


def test_screenshots_are_few_and_small_and_every_one_is_shown():
    screens = list((ROOT / "docs" / "_static" / "screens").iterdir())
    shown = "\n".join(page.read_text(encoding="utf-8") for page in GUIDES)
    assert len(screens) <= 12 and all(path.stat().st_size <= 150_000 for path in screens)
    assert [path.name for path in screens if f"screens/{path.name}" not in shown] == []


@pytest.mark.parametrize("page", GUIDES, ids=lambda path: path.stem)
def test_files_and_names_of_a_guide_exist(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    sources = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("[ast][gice]*/**/*.py"))
    for name in re.findall(r"`([^`\s]+)`", text):
        if re.fullmatch(r"[\w./]+/[\w./]*", name):
            assert (ROOT / name).exists(), name
        elif re.fullmatch(r"[A-Za-z_]+", name):
            assert re.search(rf"\b{name}\b", sources), name


def test_the_citation_has_what_citation_managers_require():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert set(cited) >= REQUIRED_TO_CITE and cited["authors"]
    assert f'version = "{cited["version"]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_wheel_works_in_a_clean_environment_from_any_folder(tmp_path):
    wheels, elsewhere = tmp_path / "wheels", tmp_path / "elders é met spatie"
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(wheels), str(ROOT)]
    subprocess.run(pip, check=True)
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / "bin"
    (wheel,) = wheels.glob("*.whl")
    install = [programs / "python", "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel]
    subprocess.run(install, check=True)
    elsewhere.mkdir()
    for words in (["systems"], ["run", "municipality=street", "replication.count=1", "output.figures=false"]):
        subprocess.run([programs / "landingsbaan", *words], cwd=elsewhere, check=True)
    refused = subprocess.run(
        [programs / "landingsbaan", "parameters", "write"], capture_output=True, text=True
    )
    assert refused.returncode == 2 and "clone" in refused.stderr
