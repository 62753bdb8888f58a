"""Tests of what stands next to a run in its report: comparable municipalities, claims, a story."""

import json

import pandas as pd
import pytest

from scenarios.reporting.report.additions import (
    claims_section,
    find_comparable,
    grid_of,
    nearest_slugs,
    open_claims,
    open_comparable,
    others_section,
)
from simulation.outcomes.comparison import COMPARE_TABLES, differences_table, systems_table
from simulation.outcomes.definitions import COMPARED
from simulation.recording.store import Run, open_run
from tests.synthetic_run import write_run

ORDER = ["zwolle", "ede"]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return open_run(write_run(tmp_path_factory.mktemp("results") / "run", municipality_slug="zaanstad",
                              system="zwolle"))  # fmt: skip


def compared(tmp_path, replications):
    """Return a comparison in which Ede is one dearer than Zwolle in every replication, and alike in all
    else.
    """
    rows = [
        (place, system, system, replication, 0, name,
         10.0 + replication + (name == "net_cost" and system == "ede"))
        for place in ("neutral",
                      "own") for system in ORDER for replication in range(replications) for name in COMPARED
    ]  # fmt: skip
    outcomes = pd.DataFrame(rows, columns=COMPARE_TABLES["outcomes"].names)
    titles = {each: {"en": each.capitalize(), "nl": each.capitalize()} for each in ORDER}
    comparison = Run(
        tmp_path, {"systems": ORDER, "titles": titles, "replications": replications}, COMPARE_TABLES
    )
    year = outcomes.assign(year=2015)
    comparison._frames = {"outcomes": pd.concat([outcomes, year]), "systems": systems_table(outcomes, ORDER),
                          "differences": differences_table(outcomes, ORDER)}  # fmt: skip
    return comparison


def words_of(section):
    """Return all sentences and list items of a section."""
    blocks = [block for block in section.blocks if block.kind in ("paragraph", "code", "bullets")]
    return [words for block in blocks for words in getattr(block, "items", None) or [block.words]]


def test_the_nearest_municipalities_stand_beside_one_another_in_the_spelling_of_the_language(run):
    section = others_section(run, None, None, "nl")
    assert "Alphen aan den Rijn" in section.blocks[0].words
    grid = section.blocks[1]
    assert grid.columns[1] == "Zaanstad" and len(grid.columns) == 5
    assert grid.rows[0][:2] == ["inwoners 2016", "152.466"]
    organised = [block.title for block in section.blocks if block.kind == "aside"]
    assert organised[0] == "Hoe de zorg in Zaanstad is georganiseerd"


def test_a_made_up_municipality_has_no_neighbours():
    assert nearest_slugs("street") == []


def effects_of(folder, **changes):
    """Write a result of comparing municipalities and return its folder."""
    document = {"municipalities": ["zaanstad", "ede"], "names": {"zaanstad": "Zaanstad", "ede": "Ede"},
                "policy": {"en": "early signalling", "nl": "vroegsignalering"}, "replications": 6,
                "result_version": "0" * 12, "first_year": 2015, "last_year": 2029} | changes  # fmt: skip
    rows = [
        (organisation, slug, slug, "net_cost", mean, mean - 1.0, mean + 1.0, 1.0, 0.0, 6)
        for organisation in ("own", "neutral")
        for slug, mean in (("zaanstad", 3.0), ("ede", 5.0))
    ]
    names = ["organisation", "system", "municipality", "outcome", "mean", "low", "high", "positive",
             "negative", "replications"]  # fmt: skip
    folder.mkdir(parents=True)
    (folder / "comparable.json").write_text(json.dumps(document), encoding="utf-8")
    pd.DataFrame(rows, columns=names).drop(columns="system").to_csv(folder / "effects.csv", index=False)
    return folder


def test_a_result_about_comparable_municipalities_is_found_and_its_effects_are_told(run, tmp_path):
    made = effects_of(tmp_path / "one")
    effects_of(tmp_path / "other", result_version="1" * 12)
    found = find_comparable(run.document, tmp_path)
    assert found == made
    section = others_section(run, open_comparable(found), None, "en")
    grid = [block for block in section.blocks if block.kind == "grid"][-1]
    assert grid.columns == ["outcome", "Zaanstad", "Ede"] and grid.rows[0][1:] == [
        "3.0 (2.0 to 4.0)", "5.0 (4.0 to 6.0)"
    ]  # fmt: skip
    with pytest.raises(ValueError, match="not a result of landingsbaan comparable"):
        open_comparable(tmp_path)


def test_a_difference_between_systems_is_told_when_the_replications_allow_it(run, tmp_path):
    words = words_of(others_section(run, None, compared(tmp_path, 10), "en"))
    assert any(each.startswith("Ede: net municipal cost is 1.0 higher than in Zwolle") for each in words)
    assert any(each.startswith("The same in every replication: cost to all payers") for each in words)


def test_a_difference_between_systems_in_three_replications_is_not_claimed(run, tmp_path):
    words = " ".join(words_of(others_section(run, None, compared(tmp_path, 3), "nl")))
    assert "Onzeker, want 3 berekeningen zijn te weinig" in words and "hoger" not in words


def test_the_claims_are_told_with_their_verdicts(tmp_path):
    row = {"text_en": "Costs fall.", "text_nl": "Kosten dalen.",
           "sign": "less", "replications": 50, "low": -2.0, "high": -1.0,
           "mean": -1.5, "adjusted": -1.4,
           "unit_en": "euro", "unit_nl": "euro", "probability": 0.98, "verdict": "supported"}  # fmt: skip
    claim = {
        "id": "C01",
        "title": {"en": "Early help is cheaper", "nl": "Vroege hulp is goedkoper"},
        "verdict": "supported",
        "replications": 50,
    }
    claim["statements"] = [row]
    (tmp_path / "claims.json").write_text(json.dumps({"claims": [claim]}), encoding="utf-8")
    section = claims_section(open_claims(tmp_path), "en")
    assert section.blocks[1].rows == [["C01: Early help is cheaper", "supported", "50"]]
    assert "98% of 50 replications" in section.blocks[2].blocks[0].items[0]


@pytest.mark.parametrize("content", [
    "[]", "{", '{"claims": [{"id": "C01", "title": {}, "verdict": "refuted", "statements": []}]}',
])  # fmt: skip
def test_a_study_with_other_verdicts_than_todays_is_refused(content, tmp_path):
    (tmp_path / "claims.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="not a finished study"):
        open_claims(tmp_path)


def test_a_table_in_markdown_becomes_a_table_with_a_name_for_its_first_column():
    table = grid_of("Side by side", "| | one | two |\n| --- | --- | --- |\n| crises | 0 | 1 |", "en")
    assert table.columns == ["what is compared", "one", "two"] and table.rows == [["crises", "0", "1"]]
