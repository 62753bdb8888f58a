"""Precision of studies: confidence intervals and what they are made of, rounds, the planner, outcomes of
runs."""

import math

import numpy as np
import pandas as pd
import pytest

from scenarios.cli.studies import answer_results, options_of
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.figures.study import draw, table_behind
from scenarios.runs.resources import compile_rules
from scenarios.studies import results
from scenarios.studies.design import design_from
from scenarios.studies.engines import LocalEngine
from scenarios.studies.plan import Plan
from scenarios.studies.precision import (
    Precision,
    Round,
    check_precision,
    confidence_interval_of,
    forecast,
    half_width_with,
    needed_replications,
    next_round,
    precision_from,
    replications_needed,
)
from scenarios.studies.results import point_lines, precision_lines, values_of_points
from scenarios.studies.runner import run_pilot, run_study
from scenarios.studies.store import Folder
from simulation.outcomes.definitions import COMPARED, MEASURES, OF_ONE_ARM, columns_behind, unit_of
from tests.scenarios.test_studies import SMALL, STORED, CountingEngine, files_of

WORDS = [*SMALL, "landing.cut=0.3", "landing.years=0,5"]
ASKED = Precision("net_cost", 0.02, of_mean=True, most_replications=16)


def the_plan(replications=4, seeds_per_draw=1, outcomes=("net_cost", "crises")):
    return Plan(design_from(WORDS), replications, seeds_per_draw, outcomes)


@pytest.fixture(scope="module")
def precise(tmp_path_factory):
    """A study of two points that was run until ASKED was reached or it had enough."""
    compile_rules()
    folder = Folder(tmp_path_factory.mktemp("precision") / "precise")
    run_study(the_plan(), folder, LocalEngine(1), STORED, precision=ASKED)
    return folder


# Confidence intervals.
# ---------------------------------------------------------------------------------------


def test_a_band_is_students_interval_of_the_mean():
    found = confidence_interval_of([1.0, 2.0, 3.0, 4.0, 5.0])
    assert found.mean == 3.0
    assert found.half_width == pytest.approx(2.7764 * math.sqrt(2.5 / 5), rel=1e-4)


def test_one_replication_has_no_band_and_a_missing_value_does_not_count():
    assert math.isinf(confidence_interval_of([1.0]).half_width)
    assert confidence_interval_of([1.0, math.nan, 3.0]).replications == 2


def test_planted_variances_of_draws_and_seeds_are_told_apart():
    rng = np.random.default_rng(1)
    values = (rng.normal(0, 3.0, 400)[:, None] + rng.normal(0, 2.0, (400, 4))).ravel()
    parts = confidence_interval_of(values, 4).parts
    assert parts.between_draws == pytest.approx(9.0, rel=0.2)
    assert parts.between_seeds == pytest.approx(4.0, rel=0.1)
    assert parts.share_low < 9.0 / 13.0 < parts.share_high


def test_the_interval_of_the_share_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(2)
    held = 0
    for _ in range(400):
        parts = confidence_interval_of(
            (rng.normal(0, 1.0, 8)[:, None] + rng.normal(0, 1.0, (8, 3))).ravel(), 3
        ).parts
        held += parts.share_low <= 0.5 <= parts.share_high
    assert 0.92 <= held / 400 <= 0.98


def test_seeds_of_one_draw_are_no_independent_witnesses():
    rng = np.random.default_rng(3)
    values = np.repeat(rng.normal(0, 1.0, 10), 10)
    assert confidence_interval_of(values, 10).half_width > 2.5 * confidence_interval_of(values).half_width


def test_more_draws_narrow_a_band_more_than_more_seeds():
    rng = np.random.default_rng(4)
    parts = confidence_interval_of(
        (rng.normal(0, 2.0, 20)[:, None] + rng.normal(0, 1.0, (20, 2))).ravel(), 2
    ).parts
    assert half_width_with(parts, 40, 2) < half_width_with(parts, 20, 4)
    assert half_width_with(parts, 40, 1) < half_width_with(parts, 20, 2)


def test_the_replications_needed_reach_the_width_and_one_draw_less_does_not():
    values = [1.0, 4.0, 2.0, 7.0, 3.0, 5.0]
    count = needed_replications(values, 0.5)
    assert needed_replications(values, 0.5, confidence=0.9) > count > needed_replications(values, 1.0)
    assert needed_replications(values, 0.5, 2) % 2 == 0


# Rounds.


def test_only_points_with_a_band_too_wide_go_on_and_a_round_at_most_doubles():
    rng = np.random.default_rng(5)
    values = {0: rng.normal(0, 0.01, 8), 1: rng.normal(0, 9.0, 8), 2: rng.normal(0, 9.0, 8)}
    assert next_round(Precision("crises", 1.0), values) == Round((1, 2), 8, 16)
    assert next_round(Precision("crises", 1.0, most_replications=8), values) is None
    assert next_round(Precision("crises", 99.0), values) is None


def test_a_difference_with_common_random_numbers_is_paired_and_its_base_goes_along():
    rng = np.random.default_rng(6)
    shared = rng.normal(0, 9.0, 8)
    values = {0: shared, 1: shared + rng.normal(0, 0.1, 8), 2: shared + rng.normal(0, 3.0, 8)}
    assert Precision("crises", 1.0, against=0).unmet(values) == [2]
    assert next_round(Precision("crises", 1.0, against=0), values).points == (0, 2)


def test_a_point_without_any_value_is_told_but_does_not_go_on_for_ever():
    values = {0: np.full(8, np.nan), 1: np.arange(8.0)}
    asked = Precision("lost_share", 99.0)
    assert asked.unmet(values) == [0] and next_round(asked, values) is None


def test_stopping_at_a_precision_costs_little_of_the_bands_honesty():
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(300):
        values = rng.normal(0.0, 1.0, 600)
        asked = Precision("crises", 0.2, most_replications=600)
        done = 8
        while (coming := next_round(asked, {0: values[:done]})) is not None:
            done = coming.last
        held += abs(asked.confidence_interval(0, {0: values[:done]}).mean) <= 0.2
    assert held / 300 >= 0.92


# Studies.


def test_replications_are_added_until_the_precision_is_reached(precise):
    values = values_of_points(precise, "net_cost")
    done = {point: len(each) for point, each in values.items()}
    assert max(done.values()) > 4
    for point in values:
        assert point not in ASKED.unmet(values) or done[point] == ASKED.most_replications
    assert any("precision of net_cost" in line for line in precision_lines(precise))
    assert "runs, complete" in results.summary(precise)[0]


def test_an_interrupted_precision_goes_on_to_the_same_bytes_on_any_engine(precise, tmp_path):
    folder = Folder(tmp_path / "stopped")
    for most in (3, 6, 5):
        with pytest.raises(KeyboardInterrupt):
            run_study(the_plan(), folder, CountingEngine(most), STORED, precision=ASKED)
    assert "so far" in results.state_of(folder).in_words
    run_study(the_plan(), folder, LocalEngine(2), STORED, precision=ASKED)
    assert files_of(folder) == files_of(precise)


def test_a_stricter_precision_runs_nothing_twice_and_reads_as_if_asked_at_once(tmp_path):
    loose, strict = (Precision("net_cost", share, True, most_replications=12) for share in (0.05, 0.01))
    once, twice = Folder(tmp_path / "one" / "once"), Folder(tmp_path / "other" / "twice")
    run_study(the_plan(), once, LocalEngine(1), STORED, precision=strict)
    first, second = CountingEngine(), CountingEngine()
    run_study(the_plan(), twice, first, STORED, precision=loose)
    run_study(the_plan(), twice, second, STORED, precision=strict)
    runs = pd.read_parquet(once.runs)
    assert first.runs + second.runs == len(runs)
    shared = [name for name in runs if name != "part"]
    pd.testing.assert_frame_equal(runs[shared], pd.read_parquet(twice.runs)[shared])
    counted = results.query_study(
        twice, "select count(distinct (point, replication)) n, count(*) m from monthly"
    )
    assert counted["n"][0] == len(runs) and counted["m"][0] == 36 * len(runs)


def test_a_pilot_tells_what_a_precision_takes_and_is_part_of_the_study(tmp_path):
    folder, engine = Folder(tmp_path / "planned"), CountingEngine()
    tasks = run_pilot(the_plan(), folder, engine, STORED)
    told = "\n".join(forecast(the_plan(), folder, tasks, ASKED, engine, "local"))
    for words in ("Pilot: 2 points x 4", "90% confidence", "core hours", "Disk: ", "without plan=true"):
        assert words in told
    assert engine.runs == 8
    rest = CountingEngine()
    run_study(the_plan(), folder, rest, STORED, precision=ASKED)
    assert engine.runs + rest.runs == len(pd.read_parquet(folder.runs))


def test_the_planner_foresees_about_what_a_sweep_then_takes():
    rng = np.random.default_rng(8)
    asked, found = Precision("crises", 0.25), []
    for _ in range(100):
        values = rng.normal(0.0, 1.0, 16)
        most = replications_needed(asked, {0: values}, 0.9)[0]
        found.append((replications_needed(asked, {0: values}, 0.5)[0], most))
    truth = needed_replications(np.tile([-1.0, 1.0], 5000) * math.sqrt(1 - 1e-4), 0.25)
    likely, most = np.array(found).T
    assert 0.8 * truth < np.median(likely) < 1.25 * truth
    assert (most >= truth).mean() > 0.8


def test_outcomes_of_runs_are_those_of_the_monthly_table_and_carry_units(precise):
    asked = results.query_study(
        precise,
        "select sum(municipal_cost_eur) * 12 / count(*) / arg_min(inhabitants, month) v from monthly "
        "where point = 0 and replication = 1 and month >= 180",
    )
    assert values_of_points(precise, "net_cost")[0][1] == pytest.approx(asked["v"][0], rel=1e-12)
    declared = {each["name"]: each["unit"] for each in precise.document["outcomes"]}
    assert declared["net_cost"] == "euro of 2015 per inhabitant a year"


def test_another_outcome_is_added_without_a_run(precise, tmp_path):
    folder, none = Folder(tmp_path / "more"), CountingEngine()
    run_study(the_plan(), folder, LocalEngine(1), STORED)
    run_study(the_plan(outcomes=("unmet",)), folder, none, STORED)
    assert none.runs == 0 and values_of_points(folder, "unmet")[0].shape == (4,)
    with pytest.raises(ConfigurationError, match="no outcome net_cost there, it has unmet"):
        values_of_points(folder, "net_cost")


def test_what_is_shown_says_what_bands_are_made_of(tmp_path):
    folder = Folder(tmp_path / "seeds")
    run_study(the_plan(8, seeds_per_draw=2), folder, LocalEngine(1), STORED)
    told = "\n".join(point_lines(folder))
    assert "of the variance between draws" in told and "twice the seeds of each draw" in told
    against = "\n".join(point_lines(folder, outcome="crises", against="0"))
    assert "difference from point 0 with common random numbers" in against and "net_cost" not in against


def test_a_plot_stands_beside_its_numbers(precise, tmp_path):
    for language in ("en", "nl"):
        image = draw(precise, {"to": str(tmp_path / f"cost_{language}.png"), "language": language})
        assert image.stat().st_size > 10_000
    table = pd.read_csv(tmp_path / "cost_nl.csv")
    assert table["landing.years"].tolist() == [0, 5] and (table["low"] < table["mean"]).all()
    assert (table_behind(precise, "net_cost", "landing.years", "0")["mean"][0]) == 0.0
    with pytest.raises(ConfigurationError, match="the study varies landing.years"):
        draw(precise, {"over": "landing.jears"})


def test_every_outcome_of_one_run_has_a_unit_a_meaning_and_columns():
    for name in OF_ONE_ARM:
        assert columns_behind(name) and all(MEASURES[name].meaning.values())
        assert all(unit_of(name, language) for language in ("en", "nl"))
    assert set(COMPARED) <= set(OF_ONE_ARM)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["precision=wide"], "half the width of a confidence interval"),
        (["precision=0"], "half the width of a confidence interval"),
        (["precision=2%", "against=x"], "number of a point"),
        (["precision=2%", "against=7"], "points 0 to 1"),
        (["precision=2%", "replications=3"], "at least 4 draws"),
        (["precision=2%", "replications=10", "seeds_per_draw=4"], "multiple of seeds_per_draw = 4"),
        (["precision=2%", "most_replications=5"], "fewer than replications"),
        (["precision=2%", "outcome=crisis"], "did you mean crises"),
        (["plan=true"], "precision is missing"),
        (["plan=maybe"], "expected true or false"),
    ],
)
def test_a_precision_that_cannot_be_asked_is_told_in_one_sentence(words, sentence):
    with pytest.raises(ConfigurationError, match=sentence):
        options, left = options_of([*WORDS, *words])
        plan = Plan(design_from(left), options.replications, options.seeds_per_draw, (options.outcome,))
        plan.check() if "outcome=crisis" in words else None
        asked = precision_from(options.precision, "net_cost", options.against, options.most_replications,
                               options.seeds_per_draw)  # fmt: skip
        check_precision(asked, options.replications, len(plan.design.points))


def test_results_take_only_the_keys_they_know():
    with pytest.raises(ConfigurationError, match="takes outcome, over"):
        answer_results(["plot", "nowhere"], {"outcom": "net_cost"})
