"""When replications are enough for a conclusion: one rule for screen, figures, report and dashboard."""

from typing import Final

from simulation.outcomes.intervals import Interval

# With fewer replications there is no conclusion: what is known is a first estimate.
ENOUGH: Final = 10


def is_first_estimate(count: int) -> bool:
    """Whether there are too few replications for a conclusion.

    Parameters
    ----------
    count : int
        Number of replications.

    Examples
    --------
    >>> is_first_estimate(2), is_first_estimate(10)
    (True, False)
    """
    return count < ENOUGH


def certain_sign(found: Interval) -> int:
    """Return 1 or -1 where enough replications put the whole interval on one side of zero, else 0.

    Parameters
    ----------
    found : Interval
        Mean and interval over replications.

    Examples
    --------
    >>> from simulation.outcomes.intervals import interval
    >>> certain_sign(interval([1.0] * 10)), certain_sign(interval([1.0] * 9))
    (1, 0)
    """
    return 0 if is_first_estimate(found.count) else found.sign
