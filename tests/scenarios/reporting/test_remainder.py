"""What stands next to every effect: what remains without a mechanism, and parts that add up to the digit."""

from decimal import Decimal

import numpy as np
import pytest

from scenarios.analysis.exploration.question import (
    beside_effect,
    effects_of,
    outcome_called,
    point_of_arm,
)
from scenarios.reporting.summary.remainder import (
    ALL,
    COST,
    INCONCLUSIVE,
    LAWS,
    LINES,
    MORE,
    NOTHING,
    PART,
    PARTS,
    REPORTED,
    TURNED,
    effects_between,
    remainder_lines,
    remainder_of,
    remainder_table,
    verdict_of,
)
from scenarios.reporting.texts import LANGUAGES
from scenarios.runs.arms import FINDS, HASTE, HELPS, MONEY, Arm, placebo_arms, placebos_of
from scenarios.runs.scenario import scenario_from
from simulation.parameters import changed
from simulation.recording.arm_names import POLICY, REFERENCE

DRAWS = 12


@pytest.fixture(scope="module")
def levels():
    """Levels of a policy that costs 10 through finding and 4 of its own, in draws that differ by much."""
    rng = np.random.default_rng(4)
    of_draw = 1000.0 + 100.0 * rng.normal(size=DRAWS)
    found = {}
    for arm, more in {REFERENCE: 0.0, POLICY: 14.0, FINDS.name: 4.0, HELPS.against: 500.0,
                      HELPS.name: 514.0}.items():  # fmt: skip
        net = of_draw + more + 0.01 * rng.normal(size=DRAWS)
        parts = {name: share * net for name, share in zip(LAWS, (0.5, 0.2), strict=True)}
        parts |= {name: share * net for name, share in zip(LINES, (0.1, 0.2, 0.4, 0.4), strict=True)}
        found[arm] = {COST: net, **{name: of_draw + more for name in REPORTED[1:]}, **parts}
    return found


@pytest.fixture(scope="module")
def beside(levels):
    return remainder_of(effects_between(levels, {each.name: each.against for each in (FINDS, HELPS)}))


def test_what_remains_is_the_effect_between_the_arms_with_the_mechanism_off(beside):
    cost = next(each for each in beside["outcomes"] if each["name"] == COST)
    assert cost["whole"]["mean"] == pytest.approx(14.0, abs=0.02)
    assert cost["remains"][FINDS.name]["mean"] == pytest.approx(4.0, abs=0.02)
    assert cost["through"][FINDS.name]["mean"] == pytest.approx(10.0, abs=0.02)
    assert cost["remains"][FINDS.name]["verdict"] == PART
    # Without help everything costs 500 more, for the policy and for what it is held against: nothing is lost.
    assert cost["remains"][HELPS.name]["mean"] == pytest.approx(14.0, abs=0.02)
    assert cost["remains"][HELPS.name]["verdict"] == ALL


def test_what_remains_and_what_goes_through_the_mechanism_add_up_to_the_effect(beside):
    for each in beside["outcomes"]:
        for placebo, left in each["remains"].items():
            through = each["through"][placebo]
            assert left["mean"] + through["mean"] == pytest.approx(each["whole"]["mean"])
            assert left["low"] <= left["mean"] <= left["high"] and through["low"] <= through["high"]


@pytest.mark.parametrize("key, names", [("laws", 3), ("lines", 5)])
def test_the_parts_of_the_cost_add_up_to_the_digit(beside, key, names):
    split = beside[key]
    assert len(split["parts"]) == names
    total = Decimal(repr(split["total"]["mean"]))
    assert sum(Decimal(repr(each["mean"])) for each in split["parts"]) == total
    assert float(total) == pytest.approx(14.0, abs=0.1)
    # The rest is under no law that is named; and what households pay is taken off the lines.
    assert split["parts"][-1]["mean"] == pytest.approx({"laws": 0.3, "lines": -0.1}[key] * 14.0, abs=0.1)


def test_a_placebo_of_the_first_draws_is_held_against_those_draws(levels):
    few = levels | {FINDS.name: {name: values[:3] for name, values in levels[FINDS.name].items()}}
    found = remainder_of(effects_between(few, {FINDS.name: FINDS.against}))
    assert found["draws"] == 3
    cost = found["outcomes"][0]
    expected = levels[POLICY][COST][:3] - levels[REFERENCE][COST][:3]
    assert cost["whole"]["mean"] == pytest.approx(expected.mean())


@pytest.mark.parametrize("left, expected", [
    (0.0, NOTHING), (1.0, ALL), (0.4, PART), (1.6, MORE), (-0.5, TURNED),
])  # fmt: skip
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_verdict_says_no_more_than_the_intervals_allow(left, expected, sign):
    rng = np.random.default_rng(1)
    whole = sign * (10.0 + rng.normal(size=30))
    sure = left * whole + 0.01 * rng.normal(size=30)
    assert verdict_of(whole, sure) == expected
    assert verdict_of(whole, left * whole + 100.0 * rng.normal(size=30)) == INCONCLUSIVE


def test_one_draw_allows_no_verdict_unless_nothing_or_everything_is_left():
    one = np.array([2.0])
    assert verdict_of(one, np.array([1.0])) == INCONCLUSIVE
    assert verdict_of(one, np.array([0.0])) == NOTHING


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_both_languages_for_terminal_and_page(beside, language):
    lines, table = remainder_lines(beside, language), remainder_table(beside, language)
    told = {
        "en": ("if nobody new is found", "Youth Act", "part of it remains", "12 draws"),
        "nl": ("als niemand nieuw wordt gevonden", "Jeugdwet", "een deel blijft over", "12 trekkingen"),
    }
    for words in told[language]:
        assert any(words.lower() in line.lower() for line in lines)
        assert any(words.lower() in line.lower() for line in table)
    assert not any("{" in line for line in [*lines, *table])
    rows = [line for line in table if line.startswith("|")]
    assert len(rows) == 2 + len(REPORTED) and len({line.count("|") for line in rows}) == 1


def test_without_placebo_the_parts_are_told_alone(levels):
    found = remainder_of(effects_between({arm: levels[arm] for arm in (POLICY, REFERENCE)}, {}))
    assert found["outcomes"] == [] and len(remainder_lines(found, "en")) == 2


# Which mechanism, and its arms.


@pytest.mark.parametrize("levers, expected", [
    (["wijkteam.outreach_share"], (FINDS, HELPS)),
    (["referral_source.debt_signals", "wijkteam.fte_per_1000"], (FINDS, HELPS)),
    (["wijkteam.extra_fte_per_1000"], (HELPS,)),
    (["provider.tariff"], (HELPS,)),
    (["landing.years"], (MONEY,)),
    (["landing.cut"], (HASTE,)),
    (["landing.years", "landing.cut_youth", "wijkteam.one_plan"], (HELPS, MONEY, HASTE)),
    (["landing.years_ahead"], ()),
    ([], ()),
])  # fmt: skip
def test_what_is_switched_off_follows_from_what_the_policy_changes(levers, expected):
    assert placebos_of(levers) == expected


def test_a_mechanism_is_off_in_both_arms_and_nothing_else_differs():
    changes = {"landing.years": 3.0}
    point = {"landing.cut": 0.2, **changes}
    with_money, against = (point_of_arm(arm, point, changes) for arm in (MONEY.name, MONEY.against))
    assert with_money == {**point, "landing.basis": "same_money"}
    assert against == {"landing.cut": 0.2, "landing.basis": "same_money"}
    assert point_of_arm(FINDS.name, point, changes) == {**point, "referral_source.finds_new": 0.0}


def test_arms_of_a_run_and_of_a_study_switch_off_the_same():
    scenario = scenario_from(["municipality=street", "policy=early_signalling"])
    parameters, changes = scenario.parameters, dict(scenario.policy.changes)
    policy = Arm(POLICY, changed(parameters, changes), 0)
    arms = placebo_arms(policy, parameters, (FINDS, HELPS))
    assert arms
    for arm in arms:
        point = point_of_arm(arm.name, {}, changes)
        assert arm.parameters == changed(parameters, point)


def test_what_is_asked_beside_an_effect_is_read_back_by_arm_and_outcome():
    asked = (outcome_called("crises"), *beside_effect((FINDS,), ("unmet",)))
    values = np.arange(2.0 * len(asked)).reshape(2, -1)
    found = effects_of(asked, values)
    assert set(found) == {POLICY, FINDS.name} and set(found[POLICY]) == {"unmet", *PARTS}
    assert found[FINDS.name]["unmet"].tolist() == values[:, -1].tolist()
    assert "crises" not in found[POLICY]  # a level, no effect
