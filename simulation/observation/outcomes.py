"""What systems are compared by: outcomes per inhabitant or household, read off the monthly table.

Pure functions on frames. A flow is per year, a stock the mean of month ends, a share one sum over another.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from agents.vocabulary import KINDS, PROBLEMS
from simulation.months import MONTHS_PER_YEAR
from simulation.tallies import CRISES

TEAMS = ("wijkteam", "youth_team")
SPECIALISTS = tuple(kind for kind in KINDS if kind not in (*TEAMS, "aids"))
FLOW, STOCK, SHARE, MARK = "flow", "stock", "share", "mark"


@dataclass(frozen=True)
class Outcome:
    """One outcome.

    Attributes
    ----------
    name : str
        Name in tables; its words are in `words_of_compare`.
    kind : str
        "flow" a year, "stock", "share" of sums, or "mark", a mean weighted by first contacts.
    above, below : str
        Columns of the monthly table that are added up and what they are divided by.
    times : float
        1,000 for counts per 1,000.
    """

    name: str
    kind: str
    above: tuple[str, ...]
    below: str
    times: float = 1.0


def _of(prefix: str, kinds: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{prefix}_{kind}" for kind in kinds)


OUTCOMES = {
    each.name: each
    for each in (
        Outcome("net_cost", FLOW, ("municipal_cost_eur",), "inhabitants"),
        Outcome("all_payers_cost", FLOW, ("all_payers_cost_eur",), "inhabitants"),
        Outcome("cost_zero", FLOW, ("cost_zero_eur",), "inhabitants"),
        Outcome("cost_first", FLOW, ("cost_first_eur",), "inhabitants"),
        Outcome("cost_second", FLOW, ("cost_second_eur",), "inhabitants"),
        Outcome("crises", FLOW, _of("crises", CRISES), "households", 1000.0),
        Outcome("unmet", FLOW, _of("unmet_severity", PROBLEMS), "households", 1000.0),
        Outcome("waiting_team", STOCK, ("team_waiting",), "inhabitants", 1000.0),
        Outcome("waiting_specialists", STOCK, _of("waiting", SPECIALISTS), "inhabitants", 1000.0),
        Outcome("clients_first", STOCK, _of("clients", TEAMS), "inhabitants", 1000.0),
        Outcome("clients_second", STOCK, _of("clients", SPECIALISTS), "inhabitants", 1000.0),
        Outcome("supervision_orders", FLOW, ("starts_supervision_order",), "children", 1000.0),
        Outcome("found_early", SHARE, ("found_early",), "first_contacts", 100.0),
        Outcome("lost_transfers", SHARE, ("lost_transfers",), "transfers", 100.0),
        Outcome("overburdened", STOCK, ("overburdened_carers",), "inhabitants", 1000.0),
        Outcome("satisfaction", MARK, ("satisfaction",), "first_contacts"),
    )
}


def outcome_value(outcome: Outcome, monthly: pd.DataFrame) -> float:
    """Return an outcome over the months of one arm; not a number where there is nobody to divide by.

    Examples
    --------
    >>> two = pd.DataFrame({"found_early": [1, 2], "first_contacts": [4, 8]})
    >>> outcome_value(OUTCOMES["found_early"], two)
    25.0
    """
    above = monthly[list(outcome.above)].to_numpy(float).sum(axis=1)
    below = monthly[outcome.below].to_numpy(float)
    if outcome.kind == MARK:
        known = np.isfinite(above)
        above, below = above[known] * below[known], below[known]
    if not below.sum() > 0.0:
        return float("nan")
    # A share or mark divides sums; a flow or stock of the mean month is divided by the mean population.
    per_year = MONTHS_PER_YEAR if outcome.kind == FLOW else 1.0
    return float(outcome.times * per_year * above.sum() / below.sum())


def outcome_rows(monthly: pd.DataFrame, first_year: int) -> pd.DataFrame:
    """Return year, outcome, value of one arm from a year on; year 0 is all those years together."""
    lived = monthly[monthly["year"] >= first_year]
    spans = {0: lived} | {int(year): rows for year, rows in lived.groupby("year")}
    rows = [
        (year, name, outcome_value(outcome, span))
        for year, span in spans.items()
        for name, outcome in OUTCOMES.items()
    ]
    table = pd.DataFrame(rows, columns=["year", "outcome", "value"])
    return table.astype({"year": "int64", "value": "float64"})
