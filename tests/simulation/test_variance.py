"""The parts of a variance: they add up, and are what went into synthetic outcomes."""

import math

import numpy as np
import pytest

from scenarios.runs.scenario import Scenario
from simulation.outcomes.variance import variance_parts

PARAMETERS, SCENARIO, TOGETHER, CHANCE = 2.0, 1.5, 1.0, 0.8  # standard deviations


def split_design(draws, each):
    """Return draws of parameters and scenario by replication, as a split run has them."""
    pairs = [Scenario.draws_of(SplitOnly((draws, each)), number) for number in range(draws * each)]
    return np.array(pairs).T


class SplitOnly:
    """As much of a scenario as tells its draws."""

    def __init__(self, split):
        self.split = split


def outcome(rng, parameter, scenario, deviations=(PARAMETERS, SCENARIO, TOGETHER, CHANCE)):
    """Return an outcome with effects of known variance."""
    count = int(max(parameter.max(), scenario.max())) + 1
    of_parameter, of_scenario = rng.normal(size=(2, count))
    together, chance = rng.normal(size=(count, count)), rng.normal(size=len(parameter))
    parts = (of_parameter[parameter], of_scenario[scenario], together[parameter, scenario], chance)
    return 5.0 + sum(size * part for size, part in zip(deviations, parts, strict=True))


def nested_design(outer, inner, seeds):
    """Return draws where every parameter draw has scenario draws of its own."""
    scenario = np.arange(outer * inner).repeat(seeds)
    return scenario // inner, scenario


def crossed_design(parameters, scenarios, seeds):
    """Return draws where every parameter draw meets every scenario draw."""
    cells = np.arange(parameters * scenarios).repeat(seeds)
    return cells // scenarios, cells % scenarios


@pytest.mark.parametrize(
    "design", [split_design(8, 4), split_design(6, 7), crossed_design(6, 5, 2), nested_design(6, 3, 2)]
)
def test_the_parts_add_up_to_the_variance(design):
    found = variance_parts(outcome(np.random.default_rng(3), *design), *design)
    assert found.parameters + found.scenario + found.chance == pytest.approx(found.total)
    assert sum(found.shares) == pytest.approx(1.0) and min(found.shares) >= 0.0


@pytest.mark.parametrize("design", [split_design(8, 4), crossed_design(6, 5, 2)])
def test_the_parts_are_unbiased_and_what_both_do_together_is_halved(design):
    rng = np.random.default_rng(1)
    found = [variance_parts(outcome(rng, *design), *design) for _ in range(300)]
    half = 0.5 * TOGETHER**2
    means = np.mean([(each.parameters, each.scenario, each.chance) for each in found], axis=0)
    assert means == pytest.approx((PARAMETERS**2 + half, SCENARIO**2 + half, CHANCE**2), rel=0.15)


def test_in_a_nested_design_what_both_do_together_is_of_the_scenario():
    rng, design = np.random.default_rng(2), nested_design(8, 3, 2)
    found = [variance_parts(outcome(rng, *design), *design) for _ in range(300)]
    means = np.mean([(each.parameters, each.scenario, each.chance) for each in found], axis=0)
    assert means == pytest.approx((PARAMETERS**2, SCENARIO**2 + TOGETHER**2, CHANCE**2), rel=0.15)


@pytest.mark.parametrize(
    "deviations, expected",
    [((1.0, 0.0, 0.0, 0.0), (1, 0, 0)), ((0.0, 1.0, 0.0, 0.0), (0, 1, 0))],
)
def test_an_outcome_of_one_source_alone_has_that_part_alone(deviations, expected):
    design = crossed_design(4, 5, 2)
    found = variance_parts(outcome(np.random.default_rng(5), *design, deviations), *design)
    assert found.shares == pytest.approx(expected)


def test_pure_chance_is_all_chance_on_average():
    rng, design = np.random.default_rng(6), split_design(8, 4)
    found = [variance_parts(outcome(rng, *design, (0.0, 0.0, 0.0, 1.0)), *design) for _ in range(300)]
    assert np.mean([each.chance / each.total for each in found]) == pytest.approx(1.0, abs=0.1)
    assert abs(np.mean([each.parameters for each in found])) < 0.1


def test_the_standard_error_is_about_how_far_shares_lie_apart_and_not_smaller():
    rng, design = np.random.default_rng(7), split_design(12, 4)
    found = [variance_parts(outcome(rng, *design), *design) for _ in range(200)]
    apart = np.std([each.shares for each in found], axis=0)
    said = np.mean([each.errors for each in found], axis=0)
    assert (said > 0.85 * apart).all() and (said < 2.0 * apart).all()


def test_more_draws_make_the_shares_firmer():
    rng = np.random.default_rng(8)
    errors = []
    for draws in (5, 20):
        design = split_design(draws, 4)
        errors.append(variance_parts(outcome(rng, *design), *design).errors[0])
    assert errors[1] < errors[0]


def test_an_outcome_that_does_not_vary_has_no_shares():
    design = split_design(4, 3)
    found = variance_parts(np.ones(12), *design)
    assert found.total == 0.0 and all(math.isnan(each) for each in found.shares)


@pytest.mark.parametrize(
    "design",
    [(np.arange(8), np.arange(8)), (np.arange(8) // 2, np.arange(8) // 2), (np.zeros(8), np.arange(8))],
)
def test_a_design_that_cannot_tell_the_parts_is_refused(design):
    with pytest.raises(ValueError, match="share both draws"):
        variance_parts(np.arange(8.0), *design)


def test_a_split_has_every_draw_once_before_any_twice_and_shares_what_is_needed():
    parameter, scenario = split_design(8, 4)
    assert list(parameter[:8]) == list(scenario[:8]) == list(range(8))
    assert list(scenario[8:16]) == list(range(8)) and (scenario[16:] != parameter[16:]).all()
    assert all((np.bincount(draws) == 4).all() for draws in (parameter, scenario))
    assert len({pair for pair in zip(parameter, scenario, strict=True)}) == 24
