"""Root finding over draws and seeds gives known answers: the value, its interval, its certainty."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import norm

from scenarios.analysis.exploration.question import Factor
from scenarios.analysis.solver.crossing import Curves, needed_in, next_levels, quantile, without_chance
from scenarios.analysis.solver.solve import SolveOptions, solve_by_crossing, solve_by_search, targets_from

DRAWS, SEEDS, HELD_OUT_SIGMA = 60, 2, 0.3
LEVER = "wijkteam.fte_per_1000"


class Synthetic(SimpleNamespace):
    """A study whose outcome is a function of the lever, a draw and chance, asked like the model."""

    def ask(self, part, points, replications, asked, told):
        self.parts.append(part)
        values = [[self.outcome(point, replication) for replication in replications] for point in points]
        return np.array(values, dtype=float).reshape(len(points), len(replications), -1)


def study_of(outcome, target, low=0.0, high=4.0, certainty=0.5, seeds=SEEDS, lever=LEVER, **options):
    given = {"draws": DRAWS, "seeds_per_draw": seeds} | options
    return Synthetic(
        outcome=outcome, targets=targets_from(target), levers=(Factor(lever, "lever", low, high),),
        options=SolveOptions(**given), certainty=certainty, parts=[],
    )  # fmt: skip


def waiting(seed, spread=HELD_OUT_SIGMA, chance=0.02, seeds=SEEDS):
    """Waiting that falls with staff, ten times exp(-staff), in draws that lie apart; crosses 2 at ln 5."""
    generator = np.random.default_rng(seed)
    draws = generator.normal(0.0, spread, 200)

    def outcome(point, replication):
        by_chance = np.random.default_rng([seed, replication]).normal(0.0, chance)
        return 10.0 * np.exp(-point[LEVER] + draws[replication // seeds] + by_chance)

    return outcome


def test_the_value_is_where_half_of_the_draws_cross_and_the_interval_is_theirs():
    found = solve_by_crossing(study_of(waiting(0), "team_waiting<=2"), None)
    assert found["status"] == "found" and found["is_rising"]
    error = HELD_OUT_SIGMA * 1.2533 / np.sqrt(DRAWS)  # of a median
    assert abs(found["value"] - np.log(5.0)) < 3.0 * error
    for end, share in zip(found["interval"], (0.05, 0.95), strict=True):
        assert abs(end - (np.log(5.0) + HELD_OUT_SIGMA * norm.ppf(share))) < 0.25
    low, high = found["simulation_error"]
    assert low < np.log(5.0) < high


def test_more_certainty_takes_more_of_the_lever():
    values = [
        solve_by_crossing(study_of(waiting(1), "team_waiting<=2", certainty=certainty), None)["value"]
        for certainty in (0.5, 0.8, 0.9)
    ]
    assert values == sorted(values)
    assert abs(values[2] - (np.log(5.0) + HELD_OUT_SIGMA * norm.ppf(0.9))) < 0.25


def test_without_draws_and_chance_the_crossing_is_exact():
    found = solve_by_crossing(study_of(waiting(0, 0.0, 0.0), "team_waiting<=2", rounds=8), None)
    assert found["value"] == pytest.approx(np.log(5.0), abs=0.02)
    assert found["interval"][0] == pytest.approx(found["interval"][1])


def test_levels_are_placed_near_the_crossing():
    study = study_of(waiting(0), "team_waiting<=2")
    levels = [each["level"] for each in solve_by_crossing(study, None)["curve"]]
    assert study.parts[0] == "r000" and len(study.parts) > 1
    # Begun with 0, 1, 2, 3, 4: all that was added lies about ln 5.
    added = sorted(set(levels) - {0.0, 1.0, 2.0, 3.0, 4.0})
    assert added and added[0] > 0.8 and added[-1] <= 2.5


def test_a_kink_far_from_the_straight_line_is_found():
    # Without a waiting list beyond 1.2, a long one before it: the straight line creeps towards the kink.
    kinked = study_of(lambda point, r: max(0.0, 2000.0 * (1.2 - point[LEVER])), "team_waiting<=20")
    assert solve_by_crossing(kinked, None)["value"] == pytest.approx(1.19, abs=0.04)


def test_a_lever_of_which_less_helps_has_a_greatest_value():
    found = solve_by_crossing(study_of(lambda point, r: 3.0 * point[LEVER] + r % 5 - 2.0, "crises<=6"), None)
    assert found["status"] == "found" and not found["is_rising"]
    assert found["value"] == pytest.approx(2.0, abs=0.01)
    low, high = found["interval"]
    assert low < 2.0 < high


def test_at_least_is_solved_as_at_most():
    found = solve_by_crossing(study_of(lambda point, r: 3.0 * point[LEVER], "found_early_share>=6"), None)
    assert found["value"] == pytest.approx(2.0, abs=0.001) and found["is_rising"]


def test_an_unreachable_target_names_the_nearest_level():
    found = solve_by_crossing(study_of(lambda point, r: 10.0 - point[LEVER], "crises<=2"), None)
    assert found["status"] == "unreachable" and found["point"] == {LEVER: 4.0}
    assert found["interval"] == ["above", "above"]


def test_a_target_that_always_holds_needs_nothing():
    found = solve_by_crossing(study_of(lambda point, r: 10.0 - point[LEVER], "crises<=12"), None)
    assert found["status"] == "everywhere" and found["point"] == {LEVER: 0.0}


def test_a_lever_without_influence_is_told_by_the_interval_of_its_effect():
    noise = np.random.default_rng(3).normal(5.0, 1.0, (1000, 200))
    found = solve_by_crossing(
        study_of(lambda point, r: noise[int(1000 * point[LEVER] / 4.1), r], "crises<=1"), None
    )
    assert found["status"] == "unreachable"
    assert abs(found["influence"]["mean"]) < found["influence"]["half_width"]


def test_a_curve_that_turns_is_told():
    turning = study_of(lambda point, r: (point[LEVER] - 2.0) ** 2, "crises<=-1")
    assert solve_by_crossing(turning, None)["monotone_share"] < 0.9
    straight = study_of(lambda point, r: point[LEVER], "crises<=-1")
    assert solve_by_crossing(straight, None)["monotone_share"] == 1.0


def test_a_lever_of_whole_numbers_gets_one_that_suffices():
    lever = "wijkteam.count"
    study = study_of(lambda point, r: 10.0 - 1.5 * point[lever], "crises<=3", 1, 9, lever=lever)
    found = solve_by_crossing(study, None)
    assert found["value"] == 5.0 and found["point"] == {lever: 5} and isinstance(found["point"][lever], int)
    assert all(each["level"] == round(each["level"]) for each in found["curve"])


def test_the_interval_of_the_draws_holds_no_chance():
    generator = np.random.default_rng(5)
    draws = generator.normal(0.0, 1.0, 400)
    chance = generator.normal(0.0, 2.0, (1, 400, 4))
    margins = draws[None, :, None] + chance
    assert margins.mean(axis=2).std() > 1.3
    assert without_chance(margins).std() == pytest.approx(1.0, abs=0.15)
    # One seed a draw says nothing of chance: nothing is taken off.
    assert without_chance(margins[:, :, :1]).std() == pytest.approx(margins[:, :, 0].std())


def test_the_interval_of_a_value_covers_the_truth_as_often_as_it_says():
    hits = 0
    for seed in range(60):
        found = solve_by_crossing(study_of(waiting(100 + seed), "team_waiting<=2", draws=30, rounds=2), None)
        low, high = found["simulation_error"]
        hits += low <= np.log(5.0) <= high
    assert 46 <= hits <= 60  # 90% of 60 is 54; chance leaves it between these


def test_what_a_curve_needs_is_never_below_where_it_was_seen_to_fail_before():
    efforts = np.array([0.0, 1.0, 2.0, 3.0])
    assert needed_in(efforts, np.array([-1.0, -1.0, -1.0, 1.0])) == 2.5
    assert needed_in(efforts, np.full(4, -1.0)) == np.inf and needed_in(efforts, np.full(4, 1.0)) == -np.inf
    # A dip is levelled out with its neighbours, not counted as a second crossing.
    assert needed_in(efforts, np.array([-2.0, 2.0, -1.0, 3.0])) == pytest.approx(1.0 - 0.5 / 2.5)


def test_a_quantile_among_infinite_values_is_infinite_where_it_touches_them():
    values = np.array([-np.inf, 1.0, 2.0, np.inf])
    assert (
        quantile(values, 0.1) == -np.inf and quantile(values, 0.5) == 1.5 and quantile(values, 0.9) == np.inf
    )


def test_a_quantile_of_few_draws_is_not_too_narrow():
    samples = np.random.default_rng(0).normal(size=(4000, 20))
    ends = np.array([[quantile(row, 0.05), quantile(row, 0.95)] for row in samples])
    np.testing.assert_allclose(np.median(ends, axis=0), norm.ppf([0.05, 0.95]), atol=0.05)


def test_no_level_is_placed_beside_one_there_is():
    curves = Curves(np.array([0.0, 1.0]), np.array([[[-1.0]], [[1.0]]]))
    assert next_levels(curves, 0.5, 0.1, whole=False).tolist() == [0.5]
    assert next_levels(curves, 0.5, 0.6, whole=False).size == 0
    assert next_levels(curves, 0.5, 0.1, whole=True).size == 0


def test_several_levers_and_targets_find_the_cheapest_that_suffices():
    pytest.importorskip("pymoo")
    study = study_of(
        lambda point, r: [sum(point.values()) + 0.05 * (r % 3), point["provider.tariff"],
                          2.0 * point[LEVER] + point["provider.tariff"]],
        "crises>=1,found_early_share<=0.8", certainty=0.9, draws=6, population=36, generations=25,
    )  # fmt: skip
    study.levers = (Factor(LEVER, "lever", 0.0, 1.0), Factor("provider.tariff", "lever", 0.0, 1.0))
    study.question = SimpleNamespace(scenario=None)
    found = solve_by_search(study, None)
    # Tariff is cheap but may not exceed 0.8; the other lever does the rest.
    assert found["status"] == "found"
    assert found["point"]["provider.tariff"] <= 0.8
    assert sum(found["point"].values()) >= 1.0
    assert 2.0 * found["point"][LEVER] + found["point"]["provider.tariff"] < 1.35  # 1.2 is the least
    assert found["ranges"][LEVER][0] >= 0.2


def test_several_targets_that_contradict_are_unreachable():
    pytest.importorskip("pymoo")
    study = study_of(lambda point, r: [point[LEVER], point[LEVER], point[LEVER]],
                     "crises>=0.8,unmet<=0.4", high=1.0, draws=2, population=12, generations=4)  # fmt: skip
    study.question = SimpleNamespace(scenario=None)
    found = solve_by_search(study, None)
    assert found["status"] == "unreachable" and found["sufficient"] == 0 and found["ranges"] == {}
