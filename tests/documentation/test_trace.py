"""The TRACE page names evidence that exists, and its tables are those of the code."""

import re
from pathlib import Path

import pytest

from scenarios.reproducibility import trace_page

ROOT = Path(__file__).resolve().parents[2]
TEXT = trace_page.PAGE.read_text(encoding="utf-8")
HEADINGS = [
    "1. Problem formulation",
    "2. Model description",
    "3. Data evaluation",
    "4. Conceptual model evaluation",
    "5. Implementation verification",
    "6. Model output verification",
    "7. Model analysis",
    "8. Model output corroboration",
]


def test_the_page_has_the_eight_elements_in_order():
    assert re.findall(r"^## (.*)$", TEXT, flags=re.MULTILINE) == HEADINGS


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:tests|simulation|data)/[\w./]*)`", TEXT))))
def test_evidence_that_is_named_exists(name):
    assert (ROOT / name).exists()


def test_the_tables_are_those_of_the_code(capsys):
    said = "run python -m scenarios.reproducibility.trace_page write"
    assert trace_page.main(["check"]) == 0, f"{capsys.readouterr().err} {said}"


def test_every_parameter_is_counted_once():
    row = r"^\| (?:fitted|drawn|fixed|lever) \| (\d+) \| (\d+) \| (\d+) \|$"
    cells = re.findall(row, TEXT, flags=re.MULTILINE)
    assert sum(int(cell) for row in cells for cell in row) == len(trace_page.parameters())


def test_every_test_case_of_a_parameter_is_counted_in_its_process():
    cases = [each for each in trace_page.parameters().values() if each.metadata["effect"] is not None]
    cells = re.findall(r"^\| \[\w+\]\(odd\.md#\w+\) \| (\d+) \| (\d+) \|$", TEXT, flags=re.MULTILINE)
    assert len(cells) == 10 and sum(int(cell) for row in cells for cell in row) == len(cases)


def test_a_page_that_is_old_or_broken_is_told_and_renewed(tmp_path, capsys):
    old = tmp_path / "trace.md"
    old.write_text(TEXT.replace("| fitted | ", "| fitted | 9"), encoding="utf-8")
    assert trace_page.main(["check"], old) == 2 and "not current" in capsys.readouterr().err
    assert trace_page.main(["write"], old) == 0 and old.read_text(encoding="utf-8") == TEXT
    old.write_text("# no tables\n", encoding="utf-8")
    assert trace_page.main(["write"], old) == 2 and "one table each" in capsys.readouterr().err
    assert trace_page.main(["wrte"], old) == 2 and "did you mean write" in capsys.readouterr().err
