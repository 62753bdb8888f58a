"""What the README tells a new user to type can be typed."""

import os
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

from scenarios import cli
from scenarios.cli.command_line import SUB_COMMANDS
from scenarios.config.schema import group_options
from scenarios.reproducibility.stale_pages import versions

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [block.strip().splitlines() for block in re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)]
SET_UP = [block for block in BLOCKS if block[0].startswith("python3 -m venv")]
EXAMPLES = [line for block in BLOCKS for line in block if line.startswith("landingsbaan ")]
TABLE = re.findall(r"^\| `(landingsbaan [^`]+)` \|", README, flags=re.MULTILINE)


def test_two_single_lines_do_all_the_set_up():
    assert [len(block) for block in SET_UP] == [1, 1]
    for (line,) in SET_UP:
        assert line.startswith("python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e ")
    assert SET_UP[0][0].endswith("&& .venv/bin/landingsbaan run")
    assert SET_UP[1][0].endswith("&& .venv/bin/python -m pytest -q -n 2 --dist loadfile")


def test_the_extras_of_the_readme_exist():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = set(re.findall(r"\.\[(\w+)\]", "\n".join(line for block in BLOCKS for line in block)))
    assert asked <= set(project["optional-dependencies"])
    assert "landingsbaan" in project["scripts"]


@pytest.mark.skipif(os.name == "nt", reason="the script is for a Unix shell")
def test_continuous_integration_runs_the_readmes_own_test_line():
    shown = subprocess.run([ROOT / ".ci" / "run", "--show"], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == SET_UP[1][0]
    last = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    assert last == 'eval "$command" </dev/null'


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_of_the_readme_composes(line, capsys):
    assert cli.main([*shlex.split(line)[1:], "--cfg", "job"]) == 0, capsys.readouterr().err
    assert capsys.readouterr().out.startswith("household:")


@pytest.mark.parametrize("line", TABLE)
def test_a_command_of_the_readme_is_known(line, capsys):
    words = shlex.split(line)[1:]
    assert cli.main([words[0], "--help"]) == 0
    assert words[0] in SUB_COMMANDS and capsys.readouterr().err == ""


def test_the_readme_names_every_sub_command_but_no_other():
    assert {line.split()[1] for line in TABLE} == set(SUB_COMMANDS)


def test_members_named_in_the_readme_exist():
    rows = re.findall(r"^\| `(\w+)` \| (`.*) \| .* \|$", README, flags=re.MULTILINE)
    groups = group_options()
    assert {group for group, _ in rows} == set(groups)
    for group, named in rows:
        assert set(re.findall(r"`(\w+)`", named)) <= set(groups[group])


def test_a_picture_of_the_readme_exists_and_has_the_result_version_that_is_stated():
    pictures = re.findall(r"!\[[^\]]*\]\((docs/figures/[^)]+)\)", README)
    assert pictures and all((ROOT / each).is_file() for each in pictures)
    for page in ("flagship", "validation"):
        (stated,) = re.findall(rf"\(docs/{page}\.md\)[^`]*?result version\s`(\w+)`", README)
        assert stated in versions((ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8"))
