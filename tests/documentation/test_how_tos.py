"""The how-tos that extend the model work as they stand: their changes are made in a copy of the project.

A copy gets what the blocks of a page say, with `git apply`; then the commands of the page run in it. The fast
tests leave out what compiles the model or simulates; the slow ones run everything but what is declared long.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.analysis.claims.claim import SHAPE
from scenarios.runs.run_document import provenance

ROOT = Path(__file__).resolve().parents[2]
HOW_TOS = ("lever.md", "mechanism.md", "claim.md", "municipality.md")
DIFF = re.compile(r"^```diff\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^(?: {8}|\$ )?((?:landingsbaan|python -m) [^\n]+)$", re.M)
# Commands that no test runs, and why.
LONG = {
    "python -m scenarios.reproducibility.probe renew": "a run for both ends of every parameter, some minutes",
    "python -m pytest -q tests/scenarios/reproducibility": "asks for a renewed probe",
    "python -m pytest -q tests/simulation/test_profile.py": "the suite runs them; they take minutes",
    "landingsbaan claims check": "50 replications at the least; test_claims_study.py runs small ones",
    "landingsbaan claims write": "needs a study of all claims",
}
# What makes a command small.
SMALL = {
    "landingsbaan claims": "municipality=street system=overnight window.warm_up_months=0 replications=1 "
    "engine.processes=1",
    "landingsbaan run": "municipality.households=200 window.start=2014-07 window.end=2016-06 "
    "window.warm_up_months=6 output.figures=false processes=1",
}
# Commands that neither compile nor simulate.
FAST = ("landingsbaan parameters write", "landingsbaan run municipality=lutjedijk --cfg job")
# Tests that neither compile nor simulate, and that the changes of each page could break.
TESTS = {
    "lever.md": "tests/scenarios/test_levers.py tests/documentation/test_documentation.py "
    "tests/documentation/test_parameters.py -k 'says_what_it_costs or only_a_lever or "
    "has_its_case or names_an_agent or odd or page_of_parameters or (test_parameters and courses)'",
    "mechanism.md": "tests/documentation/test_documentation.py tests/documentation/test_parameters.py "
    "-k 'odd or page_of_parameters or (test_parameters and helper)'",
    "claim.md": "tests/scenarios/analysis/test_claims.py -k 'C32 and not arms_differ'",
    "municipality.md": "tests/simulation/test_profile.py -k lutjedijk",
}


def page(name):
    return (ROOT / "docs" / "how_to" / name).read_text(encoding="utf-8")


def changed_files(name):
    return {path for diff in DIFF.findall(page(name)) for path in re.findall(r"^\+\+\+ b/(\S+)$", diff, re.M)}


def left_out(folder, names):
    """Return what a copy can do without: what is hidden, made or large."""
    at = Path(folder).relative_to(ROOT).as_posix()
    large = {
        ".": {"build", "site", "venv"},
        "docs": {"figures"},
        "results": set(names) - {"README.md", "reference"},
    }
    return {name for name in names if name.startswith((".", "__pycache__"))} | large.get(at, set())


def copy_with(name, folder):
    """Copy the project and make the changes of a page in it."""
    copy = shutil.copytree(ROOT, folder / name, ignore=left_out)
    for diff in DIFF.findall(page(name)):
        done = subprocess.run(
            ["git", "apply", "-"], cwd=copy, input=diff, text=True, capture_output=True,
            env=os.environ | {"GIT_CEILING_DIRECTORIES": str(folder)},
        )  # fmt: skip
        assert done.returncode == 0, f"docs/how_to/{name} is out of date: {done.stderr}\n{diff}"
    return copy


def run(line, copy, **environment):
    """Run a command of a page in a copy of the project."""
    words = shlex.split(line)
    words = words[1:] if words[0] == "python" else ["-m", "scenarios.cli", *words[1:]]
    done = subprocess.run(
        [sys.executable, *words], cwd=copy, text=True, capture_output=True,
        env=os.environ | {"PYTHONPATH": str(copy), **environment},
    )  # fmt: skip
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def small(line):
    more = next((words for begin, words in SMALL.items() if line.startswith(begin)), "")
    given = {word.partition("=")[0] for word in more.split()}
    kept = [
        word for word in shlex.split(line) if word.partition("=")[0] not in given or "municipality" in word
    ]
    return shlex.join([*kept, *more.split()]) if more and "--cfg" not in line else line


def test_a_lever_touches_at_most_five_files_and_the_page_names_each():
    files = changed_files("lever.md")
    assert 0 < len(files) <= 5
    assert all(re.search(rf"^\d\. `{re.escape(path)}`", page("lever.md"), re.M) for path in files)


def test_the_page_of_claims_tells_every_key_of_a_claim():
    told = re.findall(r"^\| (`[^|]+) \|", page("claim.md"), re.M)
    names = {name for cell in told for name in re.findall(r"`(\w+)`", cell)}
    assert names == set(SHAPE) | set(SHAPE["statements"][0])


def test_what_is_declared_long_stands_on_a_page():
    lines = [line for name in HOW_TOS for line in COMMAND.findall(page(name))]
    assert all(any(line.startswith(begin) for line in lines) for begin in (*LONG, *SMALL, *FAST))


@pytest.mark.parametrize(
    "name",
    [
        each if each in ("mechanism.md", "claim.md") else pytest.param(each, marks=pytest.mark.slow)
        for each in HOW_TOS
    ],
)
def test_the_changes_of_a_page_can_be_made_and_break_no_fast_test(name, tmp_path):
    copy = copy_with(name, tmp_path)
    for line in COMMAND.findall(page(name)):
        if line.startswith(FAST):
            run(line, copy)
    run(f"python -m pytest -q -p no:cacheprovider {TESTS[name]}", copy)


@pytest.mark.slow
@pytest.mark.parametrize("name", HOW_TOS)
def test_every_command_of_a_page_runs_in_a_copy_and_what_is_off_changes_no_figure(name, tmp_path):
    copy = copy_with(name, tmp_path)
    pinned = json.loads((copy / "results/reference/baseline.json").read_text(encoding="utf-8"))
    for line in COMMAND.findall(page(name)):
        if not line.startswith(tuple(LONG)):
            run(small(line), copy, NUMBA_CACHE_DIR=str(tmp_path / "compiled"))
    assert json.loads((copy / "results/reference/baseline.json").read_text(encoding="utf-8")) == pinned


def test_the_first_run_of_a_researcher_begins_with_the_line_of_the_readme_that_installs():
    page = (ROOT / "docs" / "tutorials" / "researcher.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^python3 -m venv .*$", page, flags=re.MULTILINE)
    assert f"{line} && .venv/bin/landingsbaan run" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_report_of_a_defect_asks_for_keys_that_a_run_document_has():
    form = (ROOT / ".github" / "ISSUE_TEMPLATE" / "defect.md").read_text(encoding="utf-8")
    (version,) = re.findall(r"\*\*Version\.\*\*.*", form, flags=re.DOTALL)
    keys = set(re.findall(r"`(\w+)`", version))
    assert keys == {"result_version", "commit"} and keys <= set(provenance(1, 0.0))


def test_a_policy_of_ones_own_is_explained_on_the_page_of_own_files():
    page = (ROOT / "docs" / "how_to" / "compare_policies.md").read_text(encoding="utf-8")
    assert "[file](own_files.md) with the same keys" in page
