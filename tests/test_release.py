"""Releases: pinned versions with hashes, permitted licences, and a changelog that a release can use."""

import doctest
import importlib.util
import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
LOCKED = (ROOT / "requirements.txt").read_text(encoding="utf-8")
PINS = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", LOCKED, flags=re.MULTILINE))
TABLE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").partition("|--")[2]
LICENCES = dict(re.findall(r"^\| ([\w.-]+) +\| [^|]+ \| ([^|]+?) +\|$", TABLE, flags=re.MULTILINE))


@pytest.fixture(scope="module")
def noxfile():
    """The sessions, as a module."""
    pytest.importorskip("nox")
    spec = importlib.util.spec_from_file_location("noxfile", ROOT / "noxfile.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_examples_of_the_sessions_are_true(noxfile):
    found = doctest.testmod(noxfile)
    assert found.attempted > 0 and found.failed == 0


def plain(name):
    """Return the normalised name of a distribution (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_pin_has_a_hash_and_none_an_address():
    for block in re.split(r"\n(?=\S)", LOCKED):
        if not block.startswith("#"):
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block.splitlines()[0]
    assert "://" not in LOCKED and "index-url" not in LOCKED


def test_hashed_versions_are_those_of_the_constraints():
    pinned = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if "==" in line:
            name, version = line.partition(";")[0].split("==")
            pinned.setdefault(name, set()).add(version.strip())
    # Packages for other operating systems only are not in the constraints.
    assert {name for name, version in PINS.items() if version not in pinned.get(name, {version})} == set()


def test_every_dependency_of_the_runtime_is_pinned():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = re.findall(r'"([a-z-]+)[^"]*"', re.search(r"^dependencies = \[(.*?)\]", project, re.M | re.S)[1])
    assert set(needed) <= set(PINS)


def test_the_table_of_licences_has_what_is_pinned_and_nothing_under_the_gpl_alone(noxfile):
    names = {plain(name) for name in LICENCES}
    assert names <= set(PINS)
    # Packages pinned with an environment marker may be missing from the table.
    always = set(re.findall(r"^([a-z0-9-]+)==[^\s;]+ \\$", LOCKED, flags=re.MULTILINE))
    assert always <= names
    assert not [name for name, licence in LICENCES.items() if noxfile.is_gpl_only(licence)]


def test_what_is_installed_here_is_not_under_the_gpl_alone_either(noxfile):
    for name in PINS:
        try:
            told = metadata(name)
        except PackageNotFoundError:
            continue  # for another system
        classified = [each for each in told.get_all("Classifier", []) if each.startswith("License ::")]
        licence = told.get("License-Expression") or "; ".join(classified) or told.get("License") or ""
        assert not (licence and noxfile.is_gpl_only(licence)), f"{name}: {licence}"


@pytest.mark.parametrize(
    ("licence", "is_only"),
    [
        ("MIT", False),
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("GNU General Public License v2 or later (GPLv2+); Mozilla Public License 1.1 (MPL 1.1)", False),
        ("MIT AND GPL-3.0-only", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", False),
    ],
)
def test_a_licence_is_the_gpl_alone_when_nothing_else_may_be_chosen(noxfile, licence, is_only):
    assert noxfile.is_gpl_only(licence) == is_only


def test_the_message_of_a_tag_is_the_section_of_the_changelog(noxfile):
    changelog = "## Unreleased\n\n## 0.2.0 - 2027-01-15\n\n* new\n\n## 0.1.0 - 2026-11-28\n\n* old\n"
    assert noxfile.section_of(changelog, "0.2.0") == "* new"
    with pytest.raises(ValueError, match="no section 0.3.0"):
        noxfile.section_of(changelog, "0.3.0")


def test_the_changelog_and_the_citation_are_what_a_release_can_change(noxfile):
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^## Unreleased$", changelog, flags=re.MULTILINE)) == 1
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert f"## {cited['version']} - {cited['date-released']}" in changelog
    assert noxfile.section_of(changelog, cited["version"])
