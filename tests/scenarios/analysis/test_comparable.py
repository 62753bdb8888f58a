"""Similar municipalities: planted causes are found, parts add up, mistakes are refused."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from scenarios import cli
from scenarios.analysis.forecast import comparable
from scenarios.analysis.forecast.comparable import (
    LEAST,
    ComparableOptions,
    comparable_from,
    effects_of,
    parts_table,
)
from scenarios.analysis.forecast.page import ORGANISATION, PEOPLE, reason
from scenarios.reporting.summary.remainder import REPORTED
from scenarios.runs.arms import FINDS, HELPS
from scenarios.runs.replications import run_replication
from scenarios.runs.scenario import scenario_from
from scenarios.studies.commands import split
from scenarios.studies.engines import LocalEngine
from scenarios.studies.store import Folder
from simulation.outcomes.comparison import IN_ALL, NEUTRAL, OWN, municipal_figures, similarity_table
from simulation.outcomes.definitions import outcome_rows, values_of
from tests.damaged_parts import HOWS, seal

SMALL = ["municipality.households=120", "window.start=2014-07", "window.end=2015-12",
         "window.warm_up_months=6"]  # fmt: skip


def made_up(people: float, organisation: float, spread: float = 0.0) -> pd.DataFrame:
    """Return the effect in two municipalities that differ by their people and by their organisation."""
    rows = []
    for replication in range(20):
        for place in (NEUTRAL, OWN):
            for slug in ("one", "other"):
                value = 10.0 * replication + (people if slug == "other" else 0.0)
                value += organisation if (slug, place) == ("other", OWN) else 0.0
                value += spread * (-1) ** replication if slug == "other" else 0.0
                rows.append((place, slug, slug, replication, 0, "net_cost", value))
    names = ["place", "system", "municipality", "replication", "year", "outcome", "value"]
    return pd.DataFrame(rows, columns=names)


@pytest.mark.parametrize(
    ("people", "organisation", "expected"),
    [(5.0, 0.0, "by_people"), (0.0, -5.0, "by_organisation"), (3.0, 4.0, "by_both"), (0.0, 0.0, "undecided")],
)
def test_a_planted_cause_is_found_however_much_replications_differ(people, organisation, expected):
    parts = parts_table(made_up(people, organisation), ("one", "other")).set_index("part")
    assert parts.loc[PEOPLE, "mean"] == pytest.approx(people)
    assert parts.loc[ORGANISATION, "mean"] == pytest.approx(organisation)
    assert parts.loc[IN_ALL, "mean"] == pytest.approx(people + organisation)
    assert reason(parts) == expected


def test_a_difference_smaller_than_its_spread_is_inconclusive():
    parts = parts_table(made_up(1.0, 0.0, spread=50.0), ("one", "other")).set_index("part")
    assert reason(parts) == "undecided"


def test_a_municipality_of_ones_own_is_as_near_as_one_with_the_same_figures():
    own = {"mine": municipal_figures().loc["zaanstad"].to_dict()}
    table = similarity_table(["mine"], own=own)
    assert table.loc[0, "other"] == "zaanstad" and table.loc[0, "distance"] == 0.0
    beside = similarity_table(["zaanstad"]).set_index("other")["distance"]
    assert np.allclose(table.set_index("other")["distance"].drop("zaanstad"), beside)


def test_the_nearest_come_first_and_each_has_both_organisations():
    asked = comparable_from(ComparableOptions(), SMALL)
    assert asked.order[0] == "zaanstad" and len(asked.order) == 4
    assert list(asked.order[1:]) == list(similarity_table(["zaanstad"])["other"][:3])
    assert {key for key in asked.scenarios} == {
        (slug, each) for slug in asked.order for each in (OWN, NEUTRAL)
    }
    assert all(asked.scenarios[slug, NEUTRAL].system == "national_average" for slug in asked.order)


def test_a_municipality_without_an_organisation_of_its_own_is_run_once():
    options = ComparableOptions(municipality="oss", number=1)
    asked = comparable_from(options, SMALL)
    alike = [slug for slug in asked.order if asked.scenarios[slug, OWN].system == "national_average"]
    assert all((slug, NEUTRAL) not in asked.different for slug in alike)
    assert all((slug, OWN) in asked.different for slug in asked.order)


def test_an_effect_is_that_of_a_run():
    scenario = scenario_from([*SMALL, "municipality=zwolle", "replication.count=2"])
    monthly = run_replication(scenario, 1).tables["monthly"]
    by_arm = {arm: outcome_rows(monthly[monthly["arm"] == arm].reset_index(drop=True), 2015)
              for arm in ("reference", "policy")}  # fmt: skip
    of_all = {arm: rows[rows["year"] == 0].set_index("outcome")["value"] for arm, rows in by_arm.items()}
    expected = of_all["policy"] - of_all["reference"]
    found = effects_of(scenario, 1)[0].set_index("outcome")["value"]
    pd.testing.assert_series_equal(found, expected)


def test_an_arm_with_a_mechanism_off_is_that_of_a_run_and_leaves_the_effect_as_it_is():
    scenario = scenario_from([*SMALL, "municipality=zwolle", "replication.count=1"])
    monthly = run_replication(scenario, 0).tables["monthly"]
    effect, levels = effects_of(scenario, 0, (FINDS, HELPS))
    pd.testing.assert_frame_equal(effect, effects_of(scenario, 0)[0])
    found = levels.set_index(["arm", "outcome"])["value"]
    for arm in (FINDS.name, HELPS.name, HELPS.against):
        months = monthly[monthly["arm"] == arm]
        expected = values_of({name: months[name].to_numpy() for name in months}, "2015-01", REPORTED)
        assert found[arm][list(REPORTED)].to_dict() == pytest.approx(expected)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("comparable")
    asked = ["comparable", "municipality=zwolle", *SMALL, "number=2", "replications=2", "engine.processes=1",
             f"folder={folder}", "name=small"]  # fmt: skip
    assert cli.main(asked) == 0
    return folder / "small", asked


def test_the_folder_has_pages_and_tables_and_the_parts_add_up(finished):
    folder, _ = finished
    for language in ("en", "nl"):
        assert "Zwolle" in (folder / f"comparable_{language}.md").read_text(encoding="utf-8")
        told = "per wet" if language == "nl" else "by law"
        assert (folder / f"comparable_{language}.md").read_text(encoding="utf-8").count(told) == 3
    document = json.loads((folder / "comparable.json").read_text())
    effects = pd.read_csv(folder / "effects.csv").set_index(["organisation", "municipality", "outcome"])
    for slug, beside in document["beside"].items():
        cost = beside["outcomes"][0]
        assert cost["whole"]["mean"] == pytest.approx(effects.loc[(OWN, slug, "net_cost"), "mean"], rel=1e-4)
        assert set(cost["remains"]) == {FINDS.name, HELPS.name}
    parts = pd.read_csv(folder / "differences.csv")
    wide = parts.pivot(index=["municipality", "outcome"], columns="part", values="mean")
    assert np.allclose(wide[IN_ALL], wide[PEOPLE] + wide[ORGANISATION], atol=1e-3)
    assert set(parts["compared_with"]) == {"zwolle"}
    assert set(pd.read_csv(folder / "effects.csv")["organisation"]) == {OWN, NEUTRAL}


def test_what_is_stored_is_not_run_again(finished, monkeypatch):
    folder, asked = finished

    def fails(work):
        raise AssertionError(work.name)

    monkeypatch.setattr(comparable, "do_run", fails)
    before = (folder / "effects.csv").read_bytes()
    assert cli.main([*asked, "language=nl"]) == 0
    assert (folder / "effects.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["municipality=zaandstad"], "did you mean zaanstad"),
        (["municipality=average"], "expected a real municipality"),
        (["policy=early_signaling"], "did you mean early_signalling"),
        (["number=16"], "from 1 to 15"),
        (["number=0"], "number = 0"),
        (["replications=1"], "replications = 1"),
        (["system=almere"], "keeps its own organisation"),
        (["replication.count=3"], "use replications="),
        (["name=a/b"], "not a path"),
    ],
)
def test_a_mistake_gets_one_sentence_and_writes_nothing(words, part, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["comparable", *words]) == 2
    told = capsys.readouterr().err
    assert part in told and told.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("table", ["effects", "levels"])
def test_a_part_with_another_content_is_run_again(finished, how, table, tmp_path, monkeypatch):
    folder, asked = finished
    copy = Folder(shutil.copytree(folder, tmp_path / "small"))
    seal(copy, "r00001_000", table, how)

    def runs(work):
        raise ValueError(f"runs {work.name}")

    monkeypatch.setattr(comparable, "do_run", runs)
    options, overrides = split(ComparableOptions, [*asked[1:-2], f"folder={tmp_path}", "name=small"], LEAST)
    with pytest.raises(ValueError, match="runs r00001_000"):
        comparable.simulated(comparable_from(options, overrides), copy, LocalEngine(1))
