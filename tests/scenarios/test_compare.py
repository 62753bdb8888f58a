"""Comparing systems: common random numbers for all on one place, parts that add up, words that claim no
more.
"""

import numpy as np
import pandas as pd
import pytest

from scenarios import cli
from scenarios.analysis import comparison
from scenarios.analysis.comparison import comparison_from
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.summary.comparison import OUTCOMES_IN_TEXT, summary_text
from scenarios.reporting.texts.comparison_texts import outcome_words, title
from scenarios.runs.replications import run_arm, run_replication
from simulation.outcomes.comparison import (
    BY_POLICY,
    COMPARE_TABLES,
    IN_ALL,
    NEUTRAL,
    OWN,
    REST,
    decomposition_table,
    differences_table,
    similarity_table,
)
from simulation.outcomes.definitions import COMPARED, MEASURES, unit_of
from simulation.recording.store import open_run
from tests.scenarios.test_replications import street

SYSTEMS = ["overnight", "scandinavian", "leeuwarden"]
SMALL = [
    "municipality=street", "municipality.households=120", "replication.count=2", "window.start=2014-07",
    "window.end=2015-12", "window.warm_up_months=6", "processes=1",
]  # fmt: skip


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compare")
    return open_run(
        comparison.run(comparison_from(SYSTEMS, [*SMALL, f"output.folder={folder}"])), COMPARE_TABLES
    )


def made_up(effect: float, population: float) -> pd.DataFrame:
    """Return outcomes of two systems that differ by an effect, in municipalities that differ too."""
    rows = []
    for replication in range(8):
        for place in (NEUTRAL, OWN):
            for system in ("one", "other"):
                value = 100.0 + replication + (effect if system == "other" else 0.0)
                value += population if place == OWN and system == "other" else 0.0
                rows.append((place, system, system, replication, 0, "net_cost", value))
    return pd.DataFrame(rows, columns=COMPARE_TABLES["outcomes"].names)


def test_a_planted_effect_is_told_apart_from_a_planted_population():
    parts = decomposition_table(made_up(-5.0, 12.0), ["one", "other"]).set_index("part")["mean"]
    assert parts[BY_POLICY] == pytest.approx(-5.0) and parts[REST] == pytest.approx(12.0)
    assert parts[IN_ALL] == pytest.approx(7.0)


def test_without_an_effect_there_is_no_difference_on_the_neutral_place():
    row = differences_table(made_up(0.0, 12.0), ["one", "other"]).iloc[0]
    assert row["mean"] == row["low"] == row["high"] == 0.0 == row["positive"] == row["negative"]


def test_the_folder_has_every_system_on_both_places_and_the_parts_add_up(finished):
    runs = finished.table("outcomes")[["place", "system", "replication"]].drop_duplicates()
    assert len(runs) == 2 * len(SYSTEMS) * 2
    parts = finished.table("decomposition").pivot(index=["system", "outcome"], columns="part", values="mean")
    np.testing.assert_allclose(parts[IN_ALL], parts[BY_POLICY] + parts[REST], atol=1e-9)


def test_figures_and_summaries_stand_in_both_languages(finished):
    names = {path.name for path in finished.folder.rglob("*") if path.is_file()}
    assert {"systems_en.png", "systems_nl.png", "systems_nl.csv", "summary_en.md", "summary_nl.md"} <= names
    assert "Gemeenten die hier het meest op lijken" in summary_text(finished, "nl")


def test_the_summary_claims_no_more_than_the_replications_allow(finished):
    text = summary_text(finished, "en")
    table = finished.table("differences")
    unclear = table[(table["positive"] < 1.0) & (table["negative"] < 1.0) & (table["positive"] > 0.0)]
    assert "With 2 replications an interval says little" in text
    in_text = unclear[unclear["outcome"].isin(OUTCOMES_IN_TEXT)]
    assert len(in_text) > 0
    for outcome, system in in_text[["outcome", "system"]].to_numpy():
        begin = f"- {title(finished, system, 'en')}, {outcome_words(outcome, 'en')[0]}: "
        (sentence,) = [line for line in text.splitlines() if line.startswith(begin)]
        assert "inconclusive" in sentence


def test_an_arm_alone_runs_as_it_does_beside_the_others():
    scenario = street("window.end=2015-06", "window.warm_up_months=6")
    beside = run_replication(scenario, 0).tables["monthly"]
    alone = run_arm(scenario, 0, "policy")["monthly"]
    pd.testing.assert_frame_equal(beside[beside["arm"] == "policy"].reset_index(drop=True), alone)


def test_every_outcome_has_words_in_both_languages():
    for name in COMPARED:
        for language in ("en", "nl"):
            assert MEASURES[name].meaning[language] and unit_of(name, language)


def test_a_municipality_is_as_far_from_another_as_the_other_from_it():
    table = similarity_table(["zwolle", "deventer"]).set_index(["municipality", "other"])["distance"]
    assert table["zwolle", "deventer"] == pytest.approx(table["deventer", "zwolle"])
    assert (table > 0.0).all() and len(table) == 2 * 15


def test_each_system_is_put_on_the_neutral_city_and_on_its_own():
    asked = comparison_from(["zwolle", "eindhoven"], [])
    assert asked.scenarios[NEUTRAL, "zwolle"].municipality == "neutral_city"
    assert asked.scenarios[OWN, "zwolle"].municipality == "zwolle"
    assert len(asked.runs) == 2 * 2 * 4 and str(asked.folder) == "results/compare"


@pytest.mark.parametrize(
    "words, part",
    [
        (["zwole", "eindhoven"], "did you mean zwolle"),
        (["zwolle"], "two or more"),
        (["zwolle", "zwolle"], "different"),
        (["zwolle", "eindhoven", "policy=reference"], "policy"),
        (["zwolle", "eindhoven", "landing.years=99"], "landing.years = 99"),
        (["zwolle", "eindhoven", "municipality=utrect"], "did you mean utrecht"),
    ],
)
def test_a_mistake_gets_one_sentence_before_anything_is_run(words, part, capsys):
    assert cli.main(["compare", *words]) == 2
    told = capsys.readouterr().err
    assert part in told and told.count("\n") == 1


def test_an_interrupt_leaves_no_folder(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(comparison, "simulate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        comparison.run(comparison_from(SYSTEMS, [*SMALL, f"output.folder={tmp_path}"]))
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_system_is_refused_by_name():
    with pytest.raises(ConfigurationError, match="did you mean alphen_aan_den_rijn"):
        comparison_from(["alphen_aan_de_rijn", "oss"], [])
