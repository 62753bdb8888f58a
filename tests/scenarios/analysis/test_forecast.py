"""A forecast that is run: the known years are those of a run, it resumes, and mistakes are one sentence."""

import json
import pickle
import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from scenarios import cli
from scenarios.analysis.forecast import command
from scenarios.analysis.forecast.command import (
    COLUMNS,
    LEAST,
    ForecastOptions,
    ForecastWork,
    are_tables_of,
    forecast_from,
    futures,
)
from scenarios.analysis.forecast.measures import yearly_values
from scenarios.runs.replications import run_arm
from scenarios.runs.scenario import scenario_from
from scenarios.studies.commands import split
from scenarios.studies.store import Folder
from simulation.recording.recorder import in_table_units
from tests.damaged_parts import HOWS, seal

SMALL = ["municipality=street", "window.start=2014-07",
         "window.warm_up_months=6"]  # fmt: skip
ASKED = [*SMALL, "years=2", "policy=early_signalling", "grants=low,high", "replications=2",
         "engine.processes=1", "name=small"]  # fmt: skip


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forecast")
    assert cli.main(["forecast", *ASKED, f"folder={folder}"]) == 0
    return folder / "small"


def test_the_folder_has_pages_figures_and_tables(finished):
    names = {path.name for path in finished.iterdir()}
    assert {"forecast_en.md", "forecast_nl.md", "forecast.csv", "forecast.xlsx", "forecast.json",
            "forecast_differences.csv", "forecast_wijken.csv", "wijken_en.png", "wijken_nl.png",
            "fans_reference_en.png", "fans_early_signalling_nl.png"} <= names  # fmt: skip
    assert json.loads((finished / "forecast.json").read_text())["last_year"] == 2024


def test_what_remains_of_an_alternative_is_told_of_the_coming_years(finished):
    document = json.loads((finished / "forecast.json").read_text())
    (found,) = document["beside"].values()
    assert document["beside_grants"] == "low" and found["draws"] == 2
    for each in found["outcomes"]:
        assert set(each["remains"]) == {"finds_nobody", "no_effect_policy"}
        both = each["remains"]["finds_nobody"]["mean"] + each["through"]["finds_nobody"]["mean"]
        assert both == pytest.approx(each["whole"]["mean"])
    told = (finished / "forecast_nl.md").read_text()
    assert "als niemand nieuw wordt gevonden" in told and "Netto gemeentelijke kosten per wet" in told
    assert set(pd.read_csv(finished / "forecast.csv")["policy"]) == {"reference", "early_signalling"}


def test_futures_with_a_mechanism_off_come_once_and_can_be_left_out():
    options = ForecastOptions(years=1, policy="early_signalling,larger_teams", replications=2)
    found = [each[:3] for each in futures(forecast_from(options, SMALL), 0)]
    off = [each for each in found if each[2] != "policy"]
    assert len(found) == 3 * 3 + 4 and {grants for _, grants, _ in off} == {"middle"}
    assert [each[0] for each in off if each[2] == "no_effect_reference"] == ["reference"]
    without = forecast_from(replace(options, placebo=False), SMALL)
    assert (
        without.placebos("early_signalling") == ()
        and without.identity != forecast_from(options, SMALL).identity
    )


def test_the_table_has_a_row_per_year_measure_policy_and_scenario(finished):
    table = pd.read_csv(finished / "forecast.csv")
    assert list(table) == COLUMNS
    assert (table["p5"] <= table["median"]).all() and (table["median"] <= table["p95"]).all()
    users = table[(table["measure"] == "wmo_users") & (table["grants"] == "all")]
    assert users[users["policy"] == "reference"]["year"].tolist() == list(range(2015, 2025))
    assert users[users["policy"] == "early_signalling"]["year"].tolist() == [2023, 2024]
    assert set(pd.read_excel(finished / "forecast.xlsx", sheet_name=None)) == {
        "forecast", "forecast_differences", "forecast_wijken",
    }  # fmt: skip


def test_known_years_are_the_same_under_every_scenario_of_the_grants(finished):
    table = pd.read_csv(finished / "forecast.csv")
    known = table[(table["year"] < 2023) & (table["policy"] == "reference")]
    low, high = (known[known["grants"] == each].drop(columns="grants").reset_index(drop=True)
                 for each in ("low", "high"))  # fmt: skip
    pd.testing.assert_frame_equal(low, high)
    ahead = table[(table["year"] == 2024) & (table["measure"] == "result")].set_index(["policy", "grants"])
    assert ahead.loc[("reference", "low"), "median"] < ahead.loc[("reference", "high"), "median"]


@pytest.mark.parametrize("policy", ["reference", "early_signalling"])
@pytest.mark.parametrize("grants", ["low", "high"])
def test_a_future_is_what_a_run_with_that_policy_and_scenario_gives(policy, grants):
    options = ForecastOptions(years=2, policy="early_signalling", grants="low,high", replications=2)
    asked = forecast_from(options, SMALL)
    alone = scenario_from([*SMALL, "window.end=2024-12", "policy.start=2023-01", f"policy={policy}",
                           f"grants={grants}", "replication.count=2"])  # fmt: skip
    expected = run_arm(alone, 1, "policy")["monthly"]
    if policy == "reference":
        expected = run_arm(alone, 1, "reference")["monthly"]
    for name, scenario, arm, model in futures(asked, 1):
        if (name, scenario, arm) == (policy, grants, "policy"):
            found = in_table_units("monthly", model.recorder.table("monthly", model, alone.start_month))
    wanted = yearly_values({name: expected[name].to_numpy() for name in expected if name != "arm"}, 2015, 1.0)
    pd.testing.assert_frame_equal(yearly_values(found, 2015, 1.0), wanted)


def test_what_is_stored_is_not_run_again_and_more_replications_add_to_it(finished, monkeypatch):
    done = []
    real = command.do_replication

    def counted(work):
        done.append(work.replication)
        return real(work)

    monkeypatch.setattr(command, "do_replication", counted)
    before = pd.read_csv(finished / "forecast.csv")
    again = ["forecast", *ASKED, f"folder={finished.parent}", "language=nl", "output.figures=false"]
    assert cli.main(again) == 0 and done == []
    pd.testing.assert_frame_equal(pd.read_csv(finished / "forecast.csv"), before)
    more = ["replications=3" if each == "replications=2" else each for each in again[:-2]]
    assert cli.main(more) == 0 and done == [2]
    assert cli.main(again) == 0 and done == [2]


def test_another_forecast_does_not_take_the_place_of_a_stored_one(finished, capsys):
    asked = [each.replace("years=2", "years=3") for each in ASKED]
    assert cli.main(["forecast", *asked, f"folder={finished.parent}"]) == 2
    assert "another forecast" in capsys.readouterr().err


def test_a_sample_is_scaled_to_the_inhabitants_of_the_municipality():
    asked = forecast_from(ForecastOptions(), ["municipality=zaanstad", "municipality.households=2000"])
    whole = forecast_from(ForecastOptions(), ["municipality=zaanstad"])
    assert whole.scale == 1.0
    people = asked.scale * asked.reference.profile.inhabitants
    assert people == pytest.approx(whole.reference.profile.inhabitants)


def test_a_work_is_the_same_in_another_process():
    work = ForecastWork(forecast_from(ForecastOptions(), SMALL), 1, "version")
    sent = pickle.loads(pickle.dumps(work))
    assert (sent.name, sent.addresses) == (work.name, work.addresses)


def test_the_reference_comes_first_and_once():
    asked = forecast_from(ForecastOptions(policy="early_signalling,reference,early_signalling"), SMALL)
    assert list(asked.policies) == ["reference", "early_signalling"]
    assert list(asked.grants) == ["low", "middle", "high"] and np.all(
        np.diff(list(asked.grants.values())) > 0
    )


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["municipality=zaandstad"], "did you mean zaanstad"),
        (["municipality=netherlands"], "one municipality"),
        (["policy=early_signaling"], "did you mean early_signalling"),
        (["grants=lo"], "did you mean low"),
        (["grants="], "at least one scenario"),
        (["years=0"], "years = 0"),
        (["years=30"], "from 1 to 18"),
        (["replications=1"], "replications = 1"),
        (["window.end=2030-12"], "use years="),
        (["policy.start=2024-01"], "use policy="),
        (["landing.grant_growth_per_year=0.01"], "use grants="),
        (["window.start=2016-01", "landing.transition=2017-01"], "2015-01 or earlier"),
        (["name=a/b"], "not a path"),
        (["yeers=5"], "yeers"),
    ],
)  # fmt: skip
def test_a_mistake_gets_one_sentence_and_writes_nothing(words, part, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["forecast", *words]) == 2
    told = capsys.readouterr().err
    assert part in told and told.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ("wijkteam.count: 2", "fixed at the start"),
        ("wijkteam.years_early: 1.0", "prepares for the transition"),
    ],
)
def test_a_policy_that_cannot_begin_later_is_refused(changes, part, capsys, tmp_path):
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "mine.yaml").write_text(
        f"name: mine\ntitle: mine\ntitle_nl: mijne\nsource: assumed\nchanges:\n  {changes}\n"
    )
    asked = ["forecast", *SMALL, "policy=mine", "--config-dir", str(tmp_path)]
    assert cli.main(asked) == 2
    assert part in capsys.readouterr().err


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("table", ["years", "wijken", "levels"])
def test_a_part_with_another_content_is_not_that_of_its_replication(finished, how, table, tmp_path):
    folder = Folder(shutil.copytree(finished, tmp_path / "small"))
    options, overrides = split(ForecastOptions, ASKED, LEAST)
    work = ForecastWork(forecast_from(options, overrides), 0, "")
    assert are_tables_of(work, folder.tables("r00000"))
    seal(folder, "r00000", table, how)
    assert folder.is_whole("r00000") and not are_tables_of(work, folder.tables("r00000"))


def test_a_part_with_another_content_is_run_again(finished, tmp_path, capsys):
    folder = Folder(shutil.copytree(finished, tmp_path / "small"))
    before = folder.table_of("r00001", "years").read_bytes()
    seal(folder, "r00001", "years", "empty")
    assert cli.main(["forecast", *ASKED, f"folder={tmp_path}"]) == 0
    assert folder.table_of("r00001", "years").read_bytes() == before
