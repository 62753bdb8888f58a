"""The country: municipalities as models of their own, summed; resumed; the same on any engine."""

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios import cli
from scenarios.analysis import country as job
from scenarios.analysis.country import with_system
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.figures.run_figures import draw_all
from scenarios.reporting.results_documentation import DOCUMENTATION, documentation
from scenarios.reporting.summary.summary import summary_lines
from scenarios.runs.replications import parameters_of_replication, run_replication
from scenarios.runs.resources import compile_rules
from scenarios.runs.scenario import scenario_from
from scenarios.studies.country import MUNICIPALITIES, Member, Tasks, country_from, members_of
from scenarios.studies.engines import LocalEngine
from simulation.outcomes.municipalities import (
    ADDED,
    COUNTRY_TABLES,
    MONTHLY_COLUMNS,
    NAME,
    RunningTotal,
    aggregated,
    municipality_measures,
    spread,
)
from simulation.population.municipality_profile import SYNTHETIC, known_slugs, load_profile
from simulation.recording.schema import SUM, table_of
from simulation.recording.store import open_run

ROOT = Path(__file__).resolve().parents[2]
THREE = (Member("heerlen", "heerlen", 150), Member("equal_001", "average", 130),
         Member("equal_002", "average", 130))  # fmt: skip
KEYS = {"monthly": ["arm", "month"], "groups": ["arm", "year", "income", "household_type"],
        "flows": ["arm", "year", "from_state", "to_state"], "open_care": ["arm", "kind"],
        "books": ["arm", "month", "payer", "payee", "line", "law"]}  # fmt: skip


def small(folder, *more):
    """Return a made-up country of three tiny municipalities and a few years."""
    overrides = ["municipality=netherlands", "replication.count=2", "window.start=2014-01",
                 "window.end=2016-12",
                 "window.warm_up_months=12", "output.figures=false", "processes=1",
                 f"output.folder={folder}", *more]  # fmt: skip
    return country_from(with_system(overrides), THREE)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    compile_rules()
    return open_run(job.run(small(tmp_path_factory.mktemp("country"))))


@pytest.fixture(scope="module")
def by_hand(finished):
    """The members' own runs, replication by replication."""
    country = small("unused")
    return {
        (member.name, replication): run_replication(country.scenario_of(member), replication).tables
        for member in THREE
        for replication in range(2)
    }


class StoppingEngine(LocalEngine):
    """Does a few works here, then is interrupted."""

    def __init__(self, most=10**9):
        super().__init__(1)
        self.most, self.done = most, 0

    def do_all(self, works, do):
        for work in works:
            if self.done == self.most:
                raise KeyboardInterrupt
            self.done += 1
            yield do(work)


def content_of(folder):
    """Return the content of every table."""
    return {path.name: path.read_bytes() for path in Path(folder).glob("*.parquet")}


# Members.


def test_the_country_is_the_known_municipalities_and_equal_ones_up_to_its_households():
    members = members_of(2010)
    real = [member for member in members if member.real]
    equal = [member for member in members if not member.real]
    assert len(members) == MUNICIPALITIES
    assert {each.slug for each in real} == set(known_slugs()) - {"netherlands", *SYNTHETIC}
    assert sum(member.households for member in members) == load_profile("netherlands", 2010).households
    assert (
        next(each for each in real if each.slug == "utrecht").households == load_profile("utrecht").households
    )
    assert {member.slug for member in equal} == {"average"}
    assert max(each.households for each in equal) - min(each.households for each in equal) <= 1
    assert len({member.place for member in members}) == len(members)


def test_all_profiles_given_leave_no_equal_ones(monkeypatch):
    names = [f"town_{i}" for i in range(MUNICIPALITIES)]
    monkeypatch.setattr("scenarios.studies.country.known_slugs", lambda: ["netherlands", *names, "average"])
    country = load_profile("netherlands", 2010)
    town = replace(country, households=country.households // MUNICIPALITIES)
    monkeypatch.setattr("scenarios.studies.country.load_profile",
                        lambda slug, year: country if slug == "netherlands" else town)  # fmt: skip
    assert [member.name for member in members_of(2010)] == names


def test_members_have_random_numbers_of_their_own_and_the_draw_of_the_country():
    country = small("unused")
    scenarios = [country.scenario_of(member) for member in THREE]
    assert len({seed for each in scenarios for seed in each.seeds}) == 6
    for replication in range(2):
        of_country = parameters_of_replication(country.scenario, replication)[1]
        of_members = [parameters_of_replication(each, replication)[1] for each in scenarios]
        assert of_country and all(each == {**each, **of_country} for each in of_members)
        levels = [each["household.youth_level"] for each in of_members]
        assert len(set(levels)) == len(levels)  # municipalities differ beyond their population


def test_what_is_asked_of_the_country_holds_for_every_member():
    asked = country_from(
        [
            "municipality=netherlands",
            "system=zwolle",
            "landing.years=5",
            "policy=reference",
            "replication.count=1",
        ],
        THREE,
    )
    for member in THREE:
        scenario = asked.scenario_of(member)
        assert scenario.system == "zwolle" and scenario.parameters.landing.years == 5.0
        assert scenario.policy.name == "reference" and scenario.profile.households == member.households
    assert small("unused").scenario.system == "national_average"


# The sum.


@pytest.mark.parametrize("name", KEYS)
def test_the_total_is_the_sum_of_the_members_own_runs(finished, by_hand, name):
    summed = [column.name for column in table_of(name).columns if column.over_places == SUM]
    found = finished.table(name)
    for replication in range(2):
        own = pd.concat([by_hand[member.name, replication][name] for member in THREE])
        expected = own.groupby(KEYS[name], observed=True)[summed].sum()
        here = found[found["replication"] == replication].set_index(KEYS[name])[summed]
        assert len(here) == len(expected)
        here = here.sort_index()
        expected.index = expected.index.set_levels(
            [level.astype(str) if level.dtype == "category" else level for level in expected.index.levels]
        )
        pd.testing.assert_frame_equal(here, expected.sort_index(), check_dtype=False, rtol=1e-12)


def test_means_are_weighted_as_the_schema_says(finished, by_hand):
    monthly = finished.table("monthly")
    for column, weight in (("satisfaction", "first_contacts"), ("tiredness_mean", "networks")):
        rows = []
        for member in THREE:
            own = by_hand[member.name, 0]["monthly"]
            size = by_hand[member.name, 0]["wijken"].drop_duplicates("wijk")["households"]
            circle = parameters_of_replication(small("unused").scenario, 0)[0].population.circle_size
            networks = np.maximum(1, np.rint(size / circle)).sum()
            rows.append((own[column].to_numpy(), own.assign(networks=networks)[weight].to_numpy(float)))
        values, weights = (np.array(each) for each in zip(*rows, strict=True))
        weights = np.where(np.isnan(values), 0.0, weights)
        counted = weights.sum(axis=0) > 0
        expected = (np.nan_to_num(values) * weights).sum(axis=0)[counted] / weights.sum(axis=0)[counted]
        found = monthly.loc[monthly["replication"] == 0, column].to_numpy()
        assert counted.any() and np.isnan(found[~counted]).all()
        np.testing.assert_allclose(found[counted], expected, rtol=1e-12)


def test_wijken_are_one_row_per_municipality_and_year(finished, by_hand):
    wijken = finished.table("wijken")
    assert set(wijken["wijk"]) == {0, 1, 2}
    assert len(wijken) == 2 * 4 * 3 * 3
    own = by_hand["heerlen", 1]["wijken"]
    rows = wijken[(wijken["wijk"] == 0) & (wijken["replication"] == 1)]
    assert rows["cost_eur"].sum() == pytest.approx(own["cost_eur"].sum())
    assert rows["first_contacts"].sum() == own["first_contacts"].sum()


def test_the_municipalities_add_up_to_the_total(finished):
    rows, monthly = finished.table(NAME), finished.table("monthly")
    keys = ["replication", "arm", "year"]
    total = aggregated("monthly", monthly[[*keys, *MONTHLY_COLUMNS]], keys, "over_time").set_index(keys)
    summed = [name for name in MONTHLY_COLUMNS if name != "satisfaction"]
    found = rows.groupby(keys, sort=False)[summed].sum().reindex(total.index)
    pd.testing.assert_frame_equal(found, total[summed], check_dtype=False, rtol=1e-9)
    for column in ("crises", "unmet"):
        assert rows[column].sum() == pytest.approx(monthly[list(ADDED[column])].to_numpy().sum())
    policy = rows[rows["arm"] == "policy"]
    for column, basis in (("saving_eur", "municipality"), ("saving_all_payers_eur", "all_payers")):
        savings = finished.table("savings")
        savings = savings[savings["basis"] == basis].set_index(["replication", "year"])["saving_eur"]
        by_year = policy.groupby(["replication", "year"])[column].sum()
        np.testing.assert_allclose(by_year[savings.index], savings, atol=0.02)
        assert by_year.drop(savings.index).abs().max() < 0.02
    assert (rows.loc[rows["arm"] == "reference", "saving_eur"] == 0.0).all()


def test_the_folder_is_an_ordinary_run_with_notes_on_who_is_in_it(finished, tmp_path):
    document = json.loads((finished.folder / "run.json").read_text())
    assert document["municipality"] == "the Netherlands" and document["households"] == 410
    assert [each["name"] for each in document["members"]] == [member.name for member in THREE]
    assert any("figures of their own: 1 (150 households)" in note for note in document["notes"])
    for language in ("en", "nl"):
        told = "\n".join(summary_lines(finished, language))
        assert ("Heerlen" in told) and ("chance alone" in told or "toeval" in told)
    drawn = draw_all(finished)
    assert [path.name for path in drawn][-1] == "municipalities.png"
    assert len(pd.read_csv(drawn[-1].with_suffix(".csv"))) == 3
    table = spread(municipality_measures(finished.table(NAME), 2015))
    assert (table["lowest"] <= table["median"]).all() and (table["median"] <= table["highest"]).all()
    assert documentation() == DOCUMENTATION.read_text(encoding="utf-8")
    assert set(finished.tables) == set(COUNTRY_TABLES)


def test_a_place_with_other_rows_cannot_be_added(by_hand):
    total = RunningTotal("open_care")
    total.add(by_hand["heerlen", 0]["open_care"])
    with pytest.raises(ValueError, match="rows of other"):
        total.add(by_hand["heerlen", 1]["open_care"])
    with pytest.raises(ValueError, match="nothing was added up"):
        RunningTotal("monthly").table()


# Engines and interruptions.


def test_two_processes_give_the_bits_of_one(finished, tmp_path):
    again = job.run(small(tmp_path, "processes=2"))
    assert content_of(again) == content_of(finished.folder)


def test_a_run_that_was_interrupted_goes_on_and_ends_the_same(finished, tmp_path):
    country = small(tmp_path)
    with pytest.raises(KeyboardInterrupt, match="what is done is stored"):
        job.run(country, StoppingEngine(4))
    hidden = Tasks(country).folder.path
    assert [each.name for each in tmp_path.iterdir()] == [hidden.name] and hidden.name.startswith(".")
    damaged = next(hidden.glob("parts/*monthly.parquet"))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    rest = StoppingEngine()
    folder = job.run(small(tmp_path), rest)
    assert rest.done == 3 and not hidden.exists()
    assert content_of(folder) == content_of(finished.folder)


def test_more_replications_use_the_parts_of_fewer(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        job.run(small(tmp_path, "replication.count=1"), StoppingEngine(2))
    assert Tasks(small(tmp_path)).folder.path == Tasks(small(tmp_path, "replication.count=1")).folder.path
    assert Tasks(small(tmp_path, "landing.cut=0.3")).folder.path != Tasks(small(tmp_path)).folder.path


def test_a_killed_run_leaves_its_parts_and_a_second_process_is_told_to_wait(finished, tmp_path):
    script = ("from tests.scenarios.test_country import small; from scenarios.analysis import country\n"
              f"if __name__ == '__main__': country.run(small({str(tmp_path)!r}))")  # fmt: skip
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stderr=subprocess.DEVNULL)
    hidden = Tasks(small(tmp_path)).folder.path
    until = time.monotonic() + 300
    while not list(hidden.glob("parts/*.json")):
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.01)
    with pytest.raises(ConfigurationError, match="another process is at work"):
        job.run(small(tmp_path))
    process.send_signal(signal.SIGKILL)
    process.wait()
    rest = StoppingEngine()
    folder = job.run(small(tmp_path), rest)
    assert rest.done < 6
    assert content_of(folder) == content_of(finished.folder)


# The command line.


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["municipality=netherlands", "municipality.households=1000"], "too few for 342 municipalities"),
        (["municipality=netherlands", "engine=dusk"], "expected one of local, dask"),
        (["municipality=netherlands", "engine=dask"], "engine.scheduler is missing"),
        (["municipality=netherlands", "engine.sheduler=x"], "did you mean engine.scheduler"),
        (["municipality=zwolle", "engine=dask"], "an engine is for sweeps"),
        (["municipality=netherlands", "wijkteam.count=200"], "more teams than wijken"),
        (["municipality=netherlands", "landing.jears=2"], "did you mean landing.years"),
    ],
)  # fmt: skip
def test_what_cannot_be_run_is_one_sentence_and_nothing_is_written(
    words, sentence, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["run", *words]) == 2
    printed = capsys.readouterr().err
    assert sentence in printed and printed.count("\n") == 1 and not list(tmp_path.iterdir())


def test_too_little_room_is_said_before_the_run(capsys, tmp_path, monkeypatch, disk_with):
    monkeypatch.chdir(tmp_path)
    disk_with(10**6)
    assert cli.main(["run", "municipality=netherlands", "replication.count=1"]) == 2
    assert "MB free" in capsys.readouterr().err


def test_the_command_runs_a_country(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("scenarios.studies.country.members_of", lambda *_: list(THREE))
    words = ["municipality=netherlands", "replication.count=1", "window.start=2014-01", "window.end=2015-12",
             "window.warm_up_months=1", "output.figures=false", "processes=1",
             f"output.folder={tmp_path}"]  # fmt: skip
    assert cli.main(["run", *words, "--notes"]) == 0
    told = capsys.readouterr()
    assert "Between municipalities" in told.out and "3 municipalities" in told.err
    run = open_run(next(tmp_path.iterdir()))
    assert run.document["configuration"]["system"]["slug"] == "national_average"


def test_the_system_of_a_country_is_the_neutral_one_unless_one_is_named():
    assert with_system(["municipality=netherlands", "system=almere"])[1] == "system=almere"
    assert scenario_from(with_system(["municipality=netherlands"])).system == "national_average"
