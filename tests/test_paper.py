"""The draft of the paper quotes what the project's own pages say, and its references exist."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from scenarios.reproducibility.stale_pages import versions

ROOT = Path(__file__).resolve().parents[1]
PAPER = (ROOT / "paper" / "paper.md").read_text(encoding="utf-8")
HEAD, BODY = re.match(r"---\n(.*?)\n---\n(.*)", PAPER, flags=re.DOTALL).groups()
BIBLIOGRAPHY = (ROOT / "paper" / "paper.bib").read_text(encoding="utf-8")
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")
# Years and periods are not figures.
NO_FIGURES = re.compile(r"\b(?:19|20)\d\d(?:-(?:19|20)\d\d)?\b")
PARAGRAPHS = [each for each in re.split(r"\n\s*\n", BODY) if each.strip()]
QUOTING = [each for each in PARAGRAPHS if "<!-- figures: " in each]
# Statements that a page must contain as a whole: their numbers alone could match elsewhere on the page.
WHOLE = {
    "docs/claims.md": (
        "over all draws −302 (95% between −335 and −269)",
        "over all draws +2.68 (95% between +2.36 and +3.00)",
        "Level it is compared with: 169.",
        "over all draws +1.89 (95% between +1.60 and +2.17)",
    ),
    "docs/calibration.md": (
        "47 of 50 targets are inside their bounds",
        "(`emcee`) | no | 0.99 | 0.014 |",
        "| 88.8% |",
        "54 numbers are fitted",
        "| `first_line_cost_share` | 22 | 15 to 30 |",
    ),
    "docs/validation.md": (
        "Of 25 rows 7 are inputs. **Of the other 18, 15 are hit (83%)** and 3 are missed",
        "at least 75% was asked beforehand",
        "| 54 | 40 to 65 | 36.3 |",
        "| 0.2 | 0 to 0.5 | -0.742 |",
        "| 12 | 6 to 24 | 25.8 |",
    ),
    "docs/backtest.md": (
        "26 of 27 figures lie in the model's 90% interval",
        "Between 80% and 97% was asked.",
        "and 24% have all of them; ",
        "| the model, figures with a last value | 26 | 8.9 |",
        "| the last value, figures with a last value | 26 | 12.8 |",
        "| the model, figures with a trend | 12 | 7.3 | 75% | 92% | 40 |",
        "| the trend, figures with a trend | 12 | 5.7 | 58% | 92% | 38 |",
    ),
    "benchmarks/results.md": (
        "Ours is 251 times faster.",
        "Ours is 7.1, 7.1, 6.6 times faster, size by size",
        "The object path takes 2.21 times as long as the twin.",
        "| full model | 77,166 | 240 | 0.445 |",
        "2026-11-30",
    ),
}


def figures_of(text):
    """Return the numbers in a text, without years, code, references and comments."""
    plain = re.sub(r"<!--.*?-->|`[^`]*`|\[@[^\]]*\]|\\autoref\{[^}]*\}", "", text, flags=re.DOTALL)
    return [each.rstrip(",") for each in NUMBER.findall(NO_FIGURES.sub("", plain))]


@pytest.mark.parametrize("paragraph", QUOTING, ids=lambda text: text.split()[0])
def test_every_figure_of_a_paragraph_stands_on_the_pages_it_names(paragraph):
    pages = re.search(r"<!-- figures: (.*?) -->", paragraph)[1].split(", ")
    there = " ".join((ROOT / page).read_text(encoding="utf-8") for page in pages)
    known = {each.rstrip(",") for each in NUMBER.findall(there)}
    missing = [each for each in figures_of(paragraph) if each not in known]
    assert not missing, f"not on {', '.join(pages)}: {missing}; the pages are newer than the paper"


@pytest.mark.parametrize(
    ("page", "statement"), [(page, each) for page, told in WHOLE.items() for each in told]
)
def test_what_the_paper_says_stands_on_its_page_as_a_whole(page, statement):
    assert statement in (ROOT / page).read_text(encoding="utf-8"), "the page is newer than the paper"


def test_no_other_paragraph_has_a_figure():
    others = [each for each in PARAGRAPHS if each not in QUOTING and not each.startswith(("!", "Figures of"))]
    assert {each: figures_of(each) for each in others if figures_of(each)} == {}


def test_the_result_versions_of_the_paper_are_those_of_the_pages_it_quotes():
    (closing,) = [
        " ".join(each.split()) for each in PARAGRAPHS if each.startswith("Figures of the calibration")
    ]
    for page, name in {"calibration": "calibration", "validation": "validation", "backtest": "back-test",
                       "claims": "claims"}.items():  # fmt: skip
        told = re.search(rf"of the {name} (?:are those of result version )?`(\w+)`", closing)[1]
        assert versions((ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")) == (told,), page


def test_the_benchmarks_were_measured_on_the_day_that_the_paper_says():
    measured = re.search(
        r"\d{4}-\d\d-\d\d", (ROOT / "benchmarks" / "results.md").read_text(encoding="utf-8")
    )[0]
    said = date.fromisoformat(measured)
    assert f"benchmarks were measured on {said.day} {said:%B %Y}" in " ".join(BODY.split())


def test_missed_criteria_are_called_missed():
    page = (ROOT / "docs" / "backtest.md").read_text(encoding="utf-8")
    assert ("so this is missed" in page) == ("the criterion is missed" in " ".join(BODY.split()))


@pytest.mark.parametrize("page", ["README.md", "docs/limits.md", "paper/paper.md"])
def test_hits_that_lean_on_an_input_are_counted_apart(page):
    verdicts = dict(
        re.findall(
            r"^\| `(\w+)` \|.*\| (hit|\*\*miss\*\*) \|",
            (ROOT / "docs" / "validation.md").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )
    limits = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    leaning = re.findall(r"`(\w+)`", re.search(r"Six rows that it scores.*?All six", limits, re.DOTALL)[0])
    left = [verdict for name, verdict in verdicts.items() if name not in leaning]
    assert len(leaning) == 6 and all(verdicts[name] == "hit" for name in leaning)
    text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
    assert re.search(rf"\b{left.count('hit')} of {len(left)}\b", text)


def test_verdicts_are_those_of_the_register_of_claims():
    table = (ROOT / "docs" / "tracking.md").read_text(encoding="utf-8")
    told = {
        "supported": "are supported",
        "not supported": "are not supported",
        "depends on an unknown": "depend on an unknown",
        "trade-off": "are trade-offs",
        "inconclusive": "are inconclusive",
    }
    counts = {name: re.search(rf"^\| {name} \| (\d+) \|", table, re.MULTILINE)[1] for name in told}
    first, last = [f"{counts[name]} {words}" for name, words in told.items()][:-1], "inconclusive"
    is_or_are = "is inconclusive" if counts[last] == "1" else told[last]
    said = f"{', '.join(first)} and {counts[last]} {is_or_are}"
    assert said in " ".join(BODY.split())
    assert sum(map(int, counts.values())) == len(list((ROOT / "conf" / "claim").glob("*.yaml"))) == 42


def test_what_is_cited_is_in_the_bibliography_and_the_other_way_round():
    cited = set(re.findall(r"@(\w+)", " ".join(re.findall(r"\[(@[^\]]+)\]", BODY))))
    assert cited == set(re.findall(r"^@\w+\{(\w+),", BIBLIOGRAPHY, flags=re.MULTILINE))


def test_pictures_of_the_paper_exist():
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", BODY)
    assert pictures and all((ROOT / "paper" / each).is_file() for each in pictures)


def test_the_head_and_the_sections_are_those_of_the_journal():
    head = yaml.safe_load(HEAD)
    assert {"title", "tags", "authors", "affiliations", "date", "bibliography"} <= set(head)
    assert (ROOT / "paper" / head["bibliography"]).is_file()
    sections = re.findall(r"^# (.*)$", BODY, flags=re.MULTILINE)
    assert (
        sections[:4] == ["Summary", "Statement of need", "State of the field", "Software design"]
        and sections[-1] == "References"
    )
    words = re.sub(r"<!--.*?-->", "", BODY).split()
    assert 750 <= len(words) <= 1750  # what the journal asks
