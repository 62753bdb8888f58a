"""The model from Python, the EMA Workbench and Mesa, as docs/interoperability.md shows it."""

import re
import warnings
from pathlib import Path

import numpy as np
import pytest

from scenarios.api import BatchMunicipality, monthly, simulate
from scenarios.common.errors import ConfigurationError
from scenarios.runs.replications import run_arm
from scenarios.runs.scenario import scenario_from
from scenarios.studies.design import design_from
from scenarios.studies.engines import LocalEngine
from scenarios.studies.plan import Plan
from scenarios.studies.runner import run_study
from scenarios.studies.store import Folder, Outcomes
from simulation.outcomes.definitions import OF_ONE_ARM, values_of
from simulation.recording.schema import check_table

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "interoperability.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
STREET = ["municipality=street", "window.start=2014-01", "window.end=2016-12", "window.warm_up_months=12"]


def done(number):
    """Run an example of the page and return its names."""
    names = {"__name__": "example"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(EXAMPLES[number], f"example {number}", "exec"), names)
    return names


def test_five_lines_of_python_show_what_a_phase_in_does(capsys):
    done(0)
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["0", "8"]
    assert len([line for line in EXAMPLES[0].splitlines() if line]) == 4


def test_the_ema_workbench_runs_it_as_a_model_and_gets_what_simulate_gives():
    pytest.importorskip("ema_workbench")
    names = done(1)
    row = names["experiments"].iloc[0]
    alone = names["municipality"](row["help_seeking"], row["years"], int(row["replication"]))
    assert len(names["experiments"]) == 6
    assert names["outcomes"]["net_cost"][0] == alone["net_cost"]


def test_batch_run_gets_what_simulate_gives():
    rows = done(2)["rows"]
    assert len(rows) == 4
    for row in rows:
        alone = simulate(STREET, ["net_cost"], {"landing.years": row["landing.years"]}, row["replication"])
        assert row["net_cost"] == alone["net_cost"]


def test_the_monthly_table_of_a_run_has_a_row_for_every_month():
    assert len(monthly(STREET)) == 36


def test_misspelt_outcomes_and_keys_get_one_sentence():
    with pytest.raises(ConfigurationError, match="did you mean net_cost"):
        simulate(STREET, ["net_costs"])
    with pytest.raises(ValueError, match="did you mean landing.years"):
        simulate(STREET, values={"landing.jears": 1.0})


S = ["municipality=street", "window.start=2014-10", "window.end=2015-12", "window.warm_up_months=3"]
# The same random numbers and no draws on every road: a run numbers its replications from its first seed.
SAME = [
    *S,
    "system=overnight",
    "policy=reference",
    "replication.draws=fixed",
    "replication.first_seed=5",
    "landing.cut=0.25",
]


def outcomes_of_a_study(folder, names):
    plan = Plan(design_from([*SAME, "landing.years=0,2"]), 1, outcomes=names)
    run_study(plan, Folder(folder), LocalEngine(1), ("monthly",))
    found = Outcomes(plan, Folder(folder)).of_task
    return {point: values for task in plan.tasks() for point, values in found(task).items()}


def outcomes_of_mesa(values, names):
    batch = BatchMunicipality(" ".join(SAME), ",".join(names), **values)
    while batch.running:
        batch.step()
    return batch.found


def outcomes_of_a_run(overrides, names):
    table = run_arm(scenario_from(overrides), 0, "reference")["monthly"]
    return values_of({name: table[name].to_numpy() for name in table}, "2015-01", names)


def test_every_outcome_is_the_same_on_every_road_into_the_model(tmp_path):
    names = OF_ONE_ARM
    alone = simulate(SAME, names, {"landing.years": 2.0})
    roads = {
        "mesa": outcomes_of_mesa({"landing.years": 2.0}, names),
        "study": outcomes_of_a_study(tmp_path / "study", names)[1],
        "run": outcomes_of_a_run([*SAME, "landing.years=2"], names),
        "document": values_of(monthly(SAME, {"landing.years": 2.0}), "2015-01", names),
    }
    for road, found in roads.items():
        np.testing.assert_equal(found, alone, err_msg=road)


def test_unmet_need_of_a_street_is_counted_in_severity_months_not_in_1024ths():
    unmet = simulate(S, ["unmet"], {"landing.years": 0})["unmet"]
    assert 1.0 < unmet < 200 * 15 * 5  # some 200 households, 15 months, five kinds of problem of at most 1


def test_the_monthly_table_from_python_has_the_units_and_types_of_the_schema():
    table = monthly(S)
    check_table("monthly", table.assign(replication=0, arm="reference"))
    assert table["severity_money"].max() < 1000.0  # some 200 households, a severity of at most 1 each


def test_numbers_of_numpy_are_numbers():
    values = {"landing.years": np.int64(2), "landing.cut": np.float32(0.25)}
    plain = simulate(S, ["net_cost"], {"landing.years": 2, "landing.cut": 0.25}, 1)
    assert simulate(S, ["net_cost"], values, np.int32(1)) == plain


@pytest.mark.parametrize("replication", [-1, 1.5, True, "1", None])
def test_a_replication_is_a_whole_number_from_zero(replication):
    with pytest.raises(ConfigurationError, match="replication = .*: expected a whole number from 0"):
        simulate(S, ["net_cost"], replication=replication)
