"""A split run: what replications share, what is scenario uncertainty, and what summary and report say."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.analysis import main_job
from scenarios.analysis.calibration.inference import uncertain_numbers
from scenarios.cli import main
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.figures import savings
from scenarios.reporting.report.money import certainty
from scenarios.reporting.summary.summary import screen_lines, summary_lines
from scenarios.runs.draws import drawn_names, scenario_numbers
from scenarios.runs.replications import parameters_of_replication
from scenarios.runs.scenario import Scenario, scenario_from
from simulation.outcomes.headline import saved_by_replication
from simulation.outcomes.variance import PARTS, parts_in_run, parts_of_headline
from simulation.recording.store import open_run
from tests.synthetic_run import write_run

STREET = [
    "municipality=street", "system=overnight", "window.start=2013-07", "window.end=2016-06",
    "window.warm_up_months=24", "output.figures=false", "replication.placebo_count=0",
    "replication.question_count=0",
]  # fmt: skip


def street(*overrides: str) -> Scenario:
    """Return a street of a few years around the transition, its draws from ranges."""
    return scenario_from([*STREET, "replication.draws=ranges", *overrides])


def test_a_split_sets_the_number_of_replications_each_with_a_seed_of_its_own():
    scenario = street("replication.split=5x4")
    assert len(scenario.seeds) == len(set(scenario.seeds)) == 20
    assert scenario.configuration["replication"]["count"] == 20
    assert street("replication.count=20", "replication.split=5x4").seeds == scenario.seeds


def test_replications_share_the_parameters_of_one_draw_and_the_scenario_of_another():
    scenario = street("replication.split=5x4")
    assert scenario.draws_of(0) == scenario.draws_of(5) == (0, 0) and scenario.draws_of(10) == (0, 1)
    (own, _), (other, _) = (parameters_of_replication(scenario, number)[::-1] for number in (0, 1))
    mixed = parameters_of_replication(scenario, 10)[1]
    assumed = set(scenario_numbers())
    for name, value in mixed.items():
        assert value == (other if name in assumed else own)[name], name
    assert any(mixed[name] != own[name] for name in assumed & set(mixed))
    assert parameters_of_replication(scenario, 5)[1] == own


def test_without_a_split_draws_are_what_they_were():
    plain, split = street("replication.count=5"), street("replication.split=5x4")
    for number in range(5):
        assert parameters_of_replication(plain, number)[1] == parameters_of_replication(split, number)[1]


def test_what_is_scenario_uncertainty_is_drawn_and_not_fitted():
    found, fitted = set(scenario_numbers()), {each.name for each in uncertain_numbers()}
    assert found and fitted and not found & fitted and found <= set(drawn_names()) <= found | fitted


@pytest.mark.parametrize(
    "overrides, told",
    [
        (["replication.split=8"], "replication.split = 8: expected draws x replications of each, as 8x4"),
        (["replication.split=3x3"], "at least 4 draws and from 3 to draws + 1 replications"),
        (["replication.split=4x6"], "from 3 to draws + 1"),
        (["replication.split=4x3", "replication.count=10"], "replication.count = 10: expected 12 with"),
        (["replication.split=4x3", "replication.draws=fixed"], "expected draws of parameters, got"),
    ],
)
def test_a_split_that_tells_nothing_is_refused_in_one_sentence(overrides, told):
    with pytest.raises(ConfigurationError, match=told.replace("+", r"\+")):
        scenario_from([*STREET, *overrides])


def test_a_country_is_not_split(capsys):
    assert main(["run", "municipality=netherlands", "replication.split=4x3"]) == 2
    assert "replication.split = 4x3: of one municipality only" in capsys.readouterr().err


def test_a_split_run_says_which_replications_share_what(tmp_path):
    scenario = replace(street("replication.split=4x3", f"output.folder={tmp_path}"), processes=1)
    run = open_run(main_job.simulate(scenario, prints_first=False))
    split = run.document["split"]
    assert split["parameter_draws"] == [0, 1, 2, 3] * 3
    assert split["scenario_draws"] == [0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 3, 0]
    assert split["scenario_numbers"] == list(scenario_numbers())
    assert run.document["draws"] == [0, 1, 2, 3, 0, 1, 2, 3, 8, 9, 10, 11]
    parts = parts_of_headline(run)["municipality"]
    assert parts.parameters + parts.scenario + parts.chance == pytest.approx(parts.total)


@pytest.fixture(scope="module")
def split_run(tmp_path_factory):
    draws = {"parameter_draws": [0, 1, 2, 3] * 3, "scenario_draws": [*[0, 1, 2, 3] * 2, 1, 2, 3, 0]}
    return open_run(
        write_run(tmp_path_factory.mktemp("split") / "run", 12, split={**draws, "scenario_numbers": []})
    )


@pytest.mark.parametrize(
    "language, words", [("en", "from chance in a municipality"), ("nl", "door toeval in een gemeente")]
)
def test_summary_and_report_say_in_one_sentence_and_a_table_where_the_width_comes_from(
    split_run, language, words
):
    summary = summary_lines(split_run, language)
    sentence = next(line for line in summary if words in line)
    shares = parts_in_run(split_run, saved_by_replication(split_run)).shares
    assert all(f"{100.0 * each:.0f}%" in sentence for each in shares)
    assert len([line for line in summary if line.startswith("  - ") and "%" in line and "(" in line]) >= 2
    assert sentence in screen_lines(split_run, language)
    blocks = certainty(split_run, language)
    assert sentence in [getattr(each, "words", "") for each in blocks]
    table = next(each for each in blocks if len(getattr(each, "columns", ())) == 5)
    assert len(table.rows) >= 2 and all(len(row) == 5 for row in table.rows)
    drawn = savings.describe(split_run, language).behind
    at_end = drawn[(drawn["basis"] == "municipality") & (drawn["year"] == drawn["year"].max())].iloc[0]
    np.testing.assert_allclose([at_end[f"variance_{name}"] for name in PARTS], shares)


def test_a_run_whose_replications_share_nothing_is_not_split(tmp_path):
    run = open_run(write_run(tmp_path / "run", 3))
    assert parts_of_headline(run) == {} and parts_in_run(run, np.arange(3.0)) is None
    assert not [line for line in summary_lines(run) if "from chance" in line]
