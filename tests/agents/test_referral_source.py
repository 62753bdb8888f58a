"""Rules of referral sources, by hand: a finder sees a sign, not the severity."""

import pytest

from agents.referral_source import observed_severity, visibility


def test_a_finder_who_does_not_err_sees_the_truth():
    assert observed_severity(0.4, 2.0, 0.0, 0.5) == 0.4
    assert observed_severity(0.4, 0.0, 0.3, 0.5) == 0.4


def test_sharper_eyes_err_less():
    dull, sharp = (abs(observed_severity(0.4, 1.0, 0.1, sharpness) - 0.4) for sharpness in (0.0, 1.0))
    assert sharp < dull
    assert observed_severity(0.4, 1.0, 0.1, 0.5) == pytest.approx(0.5)


def test_an_error_may_go_either_way():
    assert observed_severity(0.4, -1.0, 0.1, 0.5) == pytest.approx(0.3)


@pytest.mark.parametrize("error", [-2.45, 2.45])
def test_what_is_seen_lies_between_nothing_and_a_crisis(error):
    assert 0.0 <= observed_severity(0.5, error, 0.4, 0.0) <= 1.0


def test_problem_below_a_level_shows_to_nobody():
    assert visibility(0.2, 0.2) == 0.0 == visibility(0.0, 0.2)


def test_a_crisis_shows_clearly():
    assert visibility(1.0, 0.2) == 1.0


def test_problem_shows_more_the_heavier_it_is():
    assert visibility(0.3, 0.2) < visibility(0.6, 0.2) < visibility(0.9, 0.2)
    assert visibility(0.6, 0.2) == pytest.approx(0.5)
