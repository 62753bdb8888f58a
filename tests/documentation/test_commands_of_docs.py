"""Every command in README and docs: composed or done in a small form, or declared long with the reason."""

import re
import shlex
from pathlib import Path

import pytest

from scenarios import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# What makes any command small; the last value of a key counts, so these stand after the page's own.
SMALL = {
    "municipality": "street",
    "municipality.households": "200",
    "replication.count": "1",
    "window.start": "2014-07",
    "window.end": "2016-06",
    "window.warm_up_months": "6",
    "output.figures": "false",
    "processes": "1",
}
# Keys that a street of two wijken does not allow, or that ask for more than a check needs.
LEFT_OUT = ("wijkteam.count", "policy.start", "household")
# Commands that are not done here, by the words they begin with, and why.
LONG = {
    "landingsbaan sweep": "a study; tests/scenarios/test_studies.py runs small ones",
    "landingsbaan value-of-information": "a study; test_value_of_information.py runs a small one",
    "landingsbaan study": "a study; test_flagship.py runs a small one",
    "landingsbaan claims": "50 replications at the least; test_claims_study.py runs small ones",
    "landingsbaan parameters write": "writes a page of the project; its check is run",
    "landingsbaan run -m": "a study; its combinations are composed",
    "landingsbaan serve": "does not end; test_dashboard_browser.py and test_lab_browser.py start one",
    "landingsbaan municipality": "writes files; tests/scenarios/test_municipality_file.py walks through",
    "landingsbaan report": "needs a run folder; tests/scenarios/reporting/test_report.py makes one",
    "landingsbaan publish": "writes a site; tests/scenarios/apps/test_explorer.py writes one",
    "landingsbaan figures": "needs a run folder; tests/scenarios/reporting/test_figures.py makes one",
    "landingsbaan results": "needs a study; tests/scenarios/test_studies.py makes one",
}
SHORT = ("landingsbaan systems", "landingsbaan parameters check")


def commands() -> list[str]:
    """Return every distinct command of the shell blocks that begins with our own name."""
    found: dict[str, None] = {}
    for page in PAGES:
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL):
            for line in block.replace("\\\n", " ").splitlines():
                if line.startswith("landingsbaan "):
                    found[line] = None
    return list(found)


def is_long(line: str) -> bool:
    return line.startswith(tuple(LONG))


def small(line: str) -> list[str]:
    """Return the words of a command in its small form, which a failing test shows."""
    words = [word for word in shlex.split(line)[1:] if word.partition("=")[0] not in (*SMALL, *LEFT_OUT)]
    return [*words, *(f"{name}={value}" for name, value in SMALL.items())]


RUNS = [line for line in commands() if not is_long(line) and not line.startswith(SHORT)]


def test_what_is_declared_long_or_short_says_why_and_is_a_sub_command():
    for line, reason in LONG.items():
        assert reason and line.split()[1] in cli.ACTIONS
    assert RUNS and any(line.startswith(SHORT) for line in commands())


@pytest.mark.parametrize("line", [line for line in commands() if line.startswith(SHORT)])
def test_a_short_command_is_done_as_it_stands(line, capsys):
    assert cli.main(shlex.split(line)[1:]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("line", RUNS)
def test_the_small_form_of_a_command_composes(line, capsys):
    words = [word for word in small(line) if word not in ("--cfg", "job") and "against=" not in word]
    words = [word for word in words if not word.startswith("pick=")]
    assert cli.main([*words, "--cfg", "job"]) == 0, f"{words}: {capsys.readouterr().err}"


@pytest.mark.slow
@pytest.mark.parametrize("line", RUNS)
def test_the_small_form_of_a_command_runs(line, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    print("small form: landingsbaan", *small(line))
    assert cli.main(small(line)) == 0, capsys.readouterr().err
