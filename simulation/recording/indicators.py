"""Indicators that are computed rather than counted, one function each."""

import numpy as np

from agents.compiled import rule

SATISFACTION_ANCHOR = 3.9  # level of a service without waiting or loss: an input, not a finding
SATISFACTION_PER_MONTH_WAITED = 0.25
SATISFACTION_LOST_TRANSFERS = 1.5
SATISFACTION_NOT_GRANTED = 0.8
SATISFACTION_HOURS = 0.4
HARM_NORM = 1.10  # crises above this ratio to the year before the transition count as harm


@rule
def satisfaction(waited_months, lost_share, not_granted_share, hours_effect):
    """Return satisfaction from 1 to 5, from waiting, lost transfers, refusals and time per case.

    Its anchors are assumed inputs; only differences between policies are findings.

    Examples
    --------
    >>> round(satisfaction(0.0, 0.0, 0.0, 0.5), 1)
    3.9
    """
    level = (
        SATISFACTION_ANCHOR
        - SATISFACTION_PER_MONTH_WAITED * waited_months
        - SATISFACTION_LOST_TRANSFERS * lost_share * 0.5
        - SATISFACTION_NOT_GRANTED * not_granted_share * 0.5
        + SATISFACTION_HOURS * (hours_effect - 0.5)
    )
    return min(5.0, max(1.0, level))


@rule
def share(part, whole):
    """Return part over whole, 0 where there is no whole."""
    return part / whole if whole > 0 else 0.0


def harm_above_norm(
    crises_by_month: np.ndarray, months_since_transition: int, lag_months: int = 0, seen: float = 1.0
) -> bool:
    """Whether crises of the last three known months exceed those of the year before the transition.

    Parameters
    ----------
    crises_by_month : array of shape (n_months,)
        Crises per month so far.
    lag_months : int
        How much later the monitor shows them.
    seen : float
        What the monitor shows of them: 1 is the truth.
    """
    if months_since_transition < 4 + lag_months:
        return False
    before = crises_by_month[-months_since_transition - 12 : -months_since_transition].mean()
    end = len(crises_by_month) - 1 - lag_months
    known = crises_by_month[end - 3 : end]
    return bool(known.mean() * seen > HARM_NORM * before)
