"""Whether a run has the year before the transition from which grants, and so the cut, are reckoned."""

from collections.abc import Iterable, Mapping
from typing import Any

from scenarios.common.errors import ConfigurationError
from simulation.months import MONTHS_PER_YEAR
from simulation.parameters import Parameters

# Levers that say how much is cut; who names one wants a cut.
CUTS = ("landing.cut", "landing.cut_youth", "landing.cut_guidance", "landing.cut_household_help")


def history_notes(parameters: Parameters, months: int) -> list[str]:
    """Return a sentence where a cut has less than a year of history to be reckoned from.

    Parameters
    ----------
    parameters : Parameters
        Of the reference.
    months : int
        Months simulated before the transition, warm-up included.
    """
    if months >= MONTHS_PER_YEAR or max(parameters.landing.cuts()) == 0.0:
        return []
    carried = "no grant and no cut" if months <= 0 else "grants and a cut that are too small"
    return [
        f"Only {max(0, months)} of the {MONTHS_PER_YEAR} months before the transition are simulated, from "
        f"which grants are reckoned: this run has {carried}. Begin earlier with window.start or "
        "window.warm_up_months."
    ]


def check_history(
    months: int, transition: str, wanted: Mapping[str, Any] | Iterable[tuple[str, Any]]
) -> None:
    """Raise ConfigurationError where somebody asks for a cut and no month comes before the transition.

    Parameters
    ----------
    months : int
        Months simulated before the transition, warm-up included.
    transition : str
        Month of the transition, as 2015-01.
    wanted : mapping or pairs of name and value
        What the user set, by full name.
    """
    for name, value in dict(wanted).items():
        if name in CUTS and value and months <= 0:
            raise ConfigurationError(
                f"{name} = {value}: a cut is taken from the grants, which are reckoned from the "
                f"{MONTHS_PER_YEAR} months before the transition in {transition}, and none of them is "
                f"simulated; expected at least {MONTHS_PER_YEAR} months of window.warm_up_months, or an "
                "earlier window.start"
            )
