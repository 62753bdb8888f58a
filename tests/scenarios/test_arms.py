"""Arms of equal staff and of the placebo: what they share, what they differ in, and what that says."""

import pytest

from agents.wijkteam import policy_staff_per_1000
from scenarios.analysis.main_job import CHANNELS, channels_of, described, nested_worlds, saved_in
from scenarios.runs.arms import arms_of
from scenarios.runs.replications import run_replication
from scenarios.runs.scenario import scenario_from, under_neutral_system
from simulation.outcomes.derived import before_own_cost, split
from simulation.outcomes.savings import BASES
from simulation.recording.arm_names import (
    DEEPER_CUT,
    FASTER_CUT,
    FINDS_NOBODY,
    FULL_ARMS,
    NEUTRAL_ARMS,
    NO_EFFECT_POLICY,
    NO_EFFECT_REFERENCE,
    PLACEBO_ARMS,
    POLICY,
    POLICY_ARMS,
    QUESTION_ARMS,
    REFERENCE,
    SAME_STAFF,
    SMALLER_TEAMS,
    against,
)
from simulation.recording.store import TYPES, is_kind
from tests.scenarios.test_replications import SHORT, TRANSITION, street

LINKS_ALONE = (
    "policy.changes={referral_source.school_link: 1.0, referral_source.housing_corporation_link: 1.0}"
)
TOWN = "municipality.households=1000"


def arms_by_name(scenario, number=0):
    return {arm.name: arm for arm in arms_of(scenario, scenario.parameters, number)}


@pytest.fixture(scope="module")
def replication():
    return run_replication(street(), 0)


def rows_of(table, arm):
    return table[table["arm"] == arm].drop(columns="arm").reset_index(drop=True)


def test_every_replication_has_equal_staff_and_the_first_few_the_placebo():
    scenario = street("replication.placebo_count=1")
    assert set(arms_by_name(scenario)) == {*FULL_ARMS, SAME_STAFF, *PLACEBO_ARMS}
    assert set(arms_by_name(scenario, 1)) == {*FULL_ARMS, SAME_STAFF}
    assert set(run_replication(scenario, 1).tables["monthly"]["arm"]) == {*FULL_ARMS, SAME_STAFF}


def test_equal_staff_is_the_reference_with_the_staff_of_the_policy_and_nothing_else():
    arms = arms_by_name(street())
    staff, reference, policy = (arms[name].parameters for name in (SAME_STAFF, REFERENCE, POLICY))
    assert staff.referral_source == reference.referral_source
    assert staff.wijkteam.outreach_share == reference.wijkteam.outreach_share
    brought = policy_staff_per_1000(policy) - policy_staff_per_1000(reference)
    assert staff.wijkteam.extra_fte_per_1000 == pytest.approx(brought) and brought > 0.0


def test_the_placebo_arms_switch_off_one_mechanism_each():
    arms = arms_by_name(street())
    nobody, policy = arms[FINDS_NOBODY].parameters, arms[POLICY].parameters
    assert nobody.referral_source.finds_new == 0.0 and nobody.wijkteam == policy.wijkteam
    for name, other in ((NO_EFFECT_POLICY, POLICY), (NO_EFFECT_REFERENCE, REFERENCE)):
        assert arms[name].parameters.wijkteam.help_works == 0.0
        assert arms[name].parameters.referral_source == arms[other].parameters.referral_source


def test_a_policy_that_changes_nothing_has_no_arms_of_its_own():
    arms = arms_by_name(street("policy=reference"))
    assert arms[SAME_STAFF].same_as == arms[FINDS_NOBODY].same_as == REFERENCE
    assert arms[NO_EFFECT_POLICY].same_as == NO_EFFECT_REFERENCE


@pytest.mark.parametrize("arm", [SAME_STAFF, *PLACEBO_ARMS])
def test_placebo_arms_share_the_initial_state_of_the_reference_bit_for_bit(replication, arm):
    monthly = replication.tables["monthly"]
    reference, other = rows_of(monthly, REFERENCE), rows_of(monthly, arm)
    before = reference["month"] < TRANSITION
    assert before.sum() == 18 and other[before].equals(reference[before])


def test_arms_beside_the_four_leave_the_four_as_they_are(replication):
    without = run_replication(street("replication.placebo_count=0"), 0).tables
    for arm in FULL_ARMS:
        assert rows_of(without["monthly"], arm).equals(rows_of(replication.tables["monthly"], arm))


@pytest.mark.parametrize("arm", [POLICY, SAME_STAFF, FINDS_NOBODY, NO_EFFECT_POLICY])
def test_the_parts_of_a_difference_add_up_to_the_cent_for_the_municipality_and_for_all(replication, arm):
    parts = split(replication.tables["costs"], arm, against(arm))
    of_municipality = parts["payer"] == "municipality"
    for basis, rows in (("municipality", parts[of_municipality]), ("all_payers", parts)):
        there, here = (
            rows_of(replication.tables["monthly"], name)[BASES[basis]] for name in (against(arm), arm)
        )  # fmt: skip
        assert rows["saving_cents"].sum() == round(100 * (there - here).sum())


def test_the_neutral_arms_are_what_the_same_run_with_the_neutral_organisation_gives():
    others = [each for each in SHORT if not each.startswith("system=")]
    scenario = scenario_from([*others, "system=utrecht"])
    own = run_replication(scenario, 0).tables["costs"]
    neutral = run_replication(under_neutral_system(tuple(scenario.overrides)), 0).tables["costs"]
    assert not set(NEUTRAL_ARMS) & set(neutral["arm"])
    for arm, under_neutral in zip(POLICY_ARMS, NEUTRAL_ARMS, strict=True):
        assert rows_of(own, under_neutral).equals(rows_of(neutral, arm))
    assert not split(own, POLICY, REFERENCE).equals(split(own, *reversed(NEUTRAL_ARMS)))


def test_the_first_replications_have_the_arms_of_the_questions_from_one_initial_state():
    scenario = street("landing=as_happened", "replication.question_count=1", "replication.placebo_count=0")
    assert set(arms_by_name(scenario)) == {*FULL_ARMS, SAME_STAFF, *QUESTION_ARMS}
    assert set(arms_by_name(scenario, 1)) == {*FULL_ARMS, SAME_STAFF}
    tables = run_replication(scenario, 0).tables
    reference = rows_of(tables["monthly"], REFERENCE)
    before = reference["month"] < TRANSITION
    for arm in QUESTION_ARMS:
        other = rows_of(tables["monthly"], arm)
        assert other[before].equals(reference[before]) and not other.equals(reference)
    without = run_replication(street("landing=as_happened", "replication.placebo_count=0"), 0).tables
    for arm in FULL_ARMS:
        assert rows_of(without["monthly"], arm).equals(rows_of(tables["monthly"], arm))


def test_the_arms_of_the_questions_change_one_thing_each():
    arms = arms_by_name(street("landing=as_happened", "replication.question_count=1"))
    reference = arms[REFERENCE].parameters
    larger, smaller, deeper, faster = (arms[name].parameters for name in QUESTION_ARMS)
    assert larger.wijkteam.extra_fte_per_1000 > 0.0 and larger.landing == reference.landing
    assert smaller.wijkteam.fte_per_1000 < reference.wijkteam.fte_per_1000
    cuts = [1.5 * each for each in reference.landing.cuts()]
    assert deeper.landing.cuts() == pytest.approx(cuts) and deeper.landing.years is None
    assert faster.landing.years == 0.0 and faster.landing.cuts() == reference.landing.cuts()
    assert deeper.wijkteam == faster.wijkteam == reference.wijkteam


def test_an_arm_that_would_not_be_what_its_name_says_is_left_out():
    asked = ("replication.question_count=1", "landing=overnight")
    assert FASTER_CUT not in arms_by_name(street(*asked))
    none = arms_by_name(street("replication.question_count=1", "landing=none"))
    assert not {DEEPER_CUT, FASTER_CUT} & set(none)
    assert SMALLER_TEAMS not in arms_by_name(street(*asked, "wijkteam.fte_per_1000=0.5"))
    huge = arms_by_name(street("replication.question_count=1", "landing=as_happened", "landing.cut=0.8"))
    assert huge[DEEPER_CUT].parameters.landing.cut == 1.0


def test_what_everybody_paid_for_in_a_year_is_what_the_books_say(replication):
    books, costs = (replication.tables[name] for name in ("books", "costs"))
    books = books.assign(year=2000 + books["month"] // 12)
    for arm in FULL_ARMS:
        own = books[(books["arm"] == arm) & (books["payee"] != "municipality")]
        paid = own.groupby("year")["cents"].sum()
        borne = costs[costs["arm"] == arm].groupby("year")["cents"].sum()
        assert paid.to_dict() == borne.to_dict()


def test_links_that_find_nobody_new_bring_nothing_but_their_own_cost():
    costs = run_replication(street(f"+{LINKS_ALONE}", "policy=reference", TOWN), 0).tables["costs"]
    assert len(before_own_cost(split(costs, POLICY, SAME_STAFF))) > 0
    assert before_own_cost(split(costs, FINDS_NOBODY, REFERENCE)).empty


def test_outreach_that_finds_nobody_new_takes_its_hours_and_saves_not_a_cent():
    # With the defaults; in some draws a team lacks the hours that visits take, and care moves by them.
    tables = run_replication(street(TOWN, "replication.draws=fixed"), 0).tables
    months = tables["monthly"].groupby("arm", observed=True).sum(numeric_only=True)
    found = months["outreach_found"] + months["signals_debt_signal"]
    assert found[FINDS_NOBODY] == found[REFERENCE] == 0 < found[POLICY]
    assert months["team_hours_outreach"][FINDS_NOBODY] > 0.0 == months["team_hours_outreach"][REFERENCE]
    assert len(before_own_cost(split(tables["costs"], POLICY, REFERENCE))) > 0
    assert before_own_cost(split(tables["costs"], FINDS_NOBODY, REFERENCE)).empty


def test_channels_are_switched_on_one_after_the_other_until_nothing_is_off():
    worlds = nested_worlds()
    assert worlds[-1].off == {} and len(worlds) == len(CHANNELS) + 1
    for before, after, channel in zip(worlds, worlds[1:], CHANNELS, strict=False):
        assert before.off == after.off | channel.off and after.channel == channel.name


def test_what_run_json_says_of_channels_can_be_read_back():
    assert is_kind(described(), TYPES["channels"])


def test_channels_add_up_to_the_saving_to_the_cent(replication):
    scenario = street("replication.count=1", "decompose=channels", "processes=1")
    table = channels_of(scenario, [replication])
    parts = split(replication.tables["costs"], POLICY, REFERENCE)
    for basis, rows in (("municipality", parts[parts["payer"] == "municipality"]), ("all_payers", parts)):
        channels = table[(table["basis"] == basis) & table["in_total"]]["saving_eur"]
        assert round(channels.sum(), 2) == round(rows["saving_cents"].sum() / 100.0, 2)


def test_a_world_with_nothing_off_is_the_run_itself(replication):
    parts = split(replication.tables["costs"], POLICY, REFERENCE)
    assert saved_in(street(), 0, {})["all_payers"] == pytest.approx(parts["saving_cents"].sum() / 100.0)
