"""Rules of the wijkteam, by hand."""

import pytest

from agents.wijkteam import (
    breadth,
    effect_of_hours,
    has_arrived,
    hours_for_links,
    next_experience,
    productivity,
    share_leaving,
    triage,
)

LIGHT, FOR_THE_TEAM, FOR_A_SPECIALIST = 0, 1, 2


def test_one_colleague_has_nobody_to_keep_in_touch_with():
    assert hours_for_links(1.0, 12.0, 0.5) == 0.0
    assert hours_for_links(0.4, 12.0, 0.5) == 0.0


def test_links_are_pairs_within_a_unit():
    assert hours_for_links(8.0, 12.0, 0.5) == pytest.approx(0.5 * 8 * 7 / 2)


def test_a_team_of_two_units_has_the_links_of_two():
    assert hours_for_links(24.0, 12.0, 0.5) == pytest.approx(2 * hours_for_links(12.0, 12.0, 0.5))


def test_links_cost_more_per_head_as_a_unit_grows_and_may_cost_nothing():
    assert hours_for_links(12.0, 12.0, 0.5) / 12 > hours_for_links(6.0, 12.0, 0.5) / 6
    assert hours_for_links(12.0, 12.0, 0.0) == 0.0


def test_breadth_grows_with_disciplines_and_levels_off():
    widths = [breadth(each) for each in (1.0, 3.0, 6.0, 20.0)]
    assert widths[0] == 0.0 and widths == sorted(widths) and widths[-1] < 1.0
    assert widths[3] - widths[2] < widths[2] - widths[0]


def test_newcomers_achieve_less_unless_inexperience_costs_nothing():
    assert productivity(0.0, 0.2) == pytest.approx(0.8)
    assert productivity(1.0, 0.2) == 1.0 == productivity(0.0, 0.0)


def test_no_hours_have_no_effect_and_more_hours_have_ever_less_more():
    effects = [effect_of_hours(hours, 2.5) for hours in (0.0, 2.5, 5.0, 7.5)]
    assert effects[:2] == [0.0, 0.5]
    gains = [later - earlier for earlier, later in zip(effects, effects[1:], strict=False)]
    assert gains == sorted(gains, reverse=True) and effects[-1] < 1.0


def test_a_team_without_turnover_learns_up_to_everything():
    experience = 0.0
    for _ in range(500):
        experience = next_experience(experience, 0.0, 12.0)
    assert experience == pytest.approx(1.0)


def test_experience_leaves_with_people():
    assert next_experience(1.0, 0.1, 12.0) == pytest.approx(0.9)
    assert next_experience(0.5, 1.0, 12.0) == pytest.approx(0.5 / 12)


def test_more_people_leave_where_there_is_no_time_for_a_case():
    calm, hectic = share_leaving(0.12, 0.6, 1e9, 2.5), share_leaving(0.12, 0.6, 0.0, 2.5)
    assert calm == pytest.approx(0.01)
    assert hectic == pytest.approx(0.06)


@pytest.mark.parametrize("observed, verdict", [(0.0, LIGHT), (0.31, LIGHT), (0.32, FOR_THE_TEAM),
                                               (0.49, FOR_THE_TEAM), (0.5, FOR_A_SPECIALIST),
                                               (1.0, FOR_A_SPECIALIST)])  # fmt: skip
def test_triage_sorts_by_what_is_seen(observed, verdict):
    assert triage(observed, 0.32, 0.5, 0.0) == verdict


def test_seconded_staff_may_refer_sooner_or_later():
    assert triage(0.46, 0.32, 0.5, 0.05) == FOR_A_SPECIALIST
    assert triage(0.52, 0.32, 0.5, -0.05) == FOR_THE_TEAM


def test_a_transfer_arrives_unless_the_random_number_is_against_it():
    assert has_arrived(0.46, 0.45, 0.0, 0.6) and not has_arrived(0.44, 0.45, 0.0, 0.6)


def test_active_follow_up_saves_part_of_what_would_be_lost():
    assert has_arrived(0.20, 0.45, 1.0, 0.6) and not has_arrived(0.17, 0.45, 1.0, 0.6)


def test_a_transfer_that_is_never_lost_always_arrives():
    assert has_arrived(0.0, 0.0, 0.0, 0.6)
