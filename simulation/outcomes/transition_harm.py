"""Transition harms: what a short phase-in period does that a long one does not, in parts and never in one
score.

Every value is the short phase-in period less the long one, over the months from the announcement to ten
years after the first cut; positive is worse, negative values are allowed. Crises are in the booked
money already, so parts are not to be added up.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from agents.vocabulary import KINDS
from simulation.months import MONTHS_PER_YEAR
from simulation.recording.tallies import CRISES

YEARS_AFTER_CUT = 10
WAITING_NORM_MONTHS = 2
# Zaanstad 2018: 500 million in all less 115 million for youth and care, 155,000 inhabitants
# (municipal_spending_total and youth_and_care_budget in social_domain.csv).
OTHER_BUDGET_EUR_PER_INHABITANT = 2500.0

EURO = "euro of 2015 per inhabitant"
# Part, unit and columns of which the sums are compared.
_COUNTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "supervision_orders": ("orders", ("starts_supervision_order",)),
    "placements": ("placements", ("starts_youth_residential",)),
    "evictions": ("evictions", ("crises_eviction",)),
    "shelter": ("admissions", ("starts_shelter",)),
    "crises": ("crises", tuple(f"crises_{crisis}" for crisis in CRISES)),
    "team_staff_left": ("fte", ("team_staff_left",)),
}
PARTS = (
    "own_payments", "grant_difference", "own_payments_share", "supervision_orders", "placements", "evictions",
    "shelter", "crises", "waiting_above_norm", "unmet", "providers_gone", "team_staff_left", "provider_staff",
)  # fmt: skip


def waiting_above_norm(rows: pd.DataFrame, norm_months: int = WAITING_NORM_MONTHS) -> float:
    """Return person-months waited beyond the norm, a lower bound, in one replication of one arm.

    Whoever waits at a month's end and did not join in the last `norm_months` months waits longer
    than the norm. Joiners of those months may have started already, so at least the waiting less
    all those who joined are above it.

    Parameters
    ----------
    rows : DataFrame
        Rows of the monthly table, one per month, in order.
    norm_months : int
        Waiting that is held acceptable, in months.

    Returns
    -------
    float
        Person-months.
    """
    total = 0.0
    for kind in KINDS:
        joined = rows[f"queued_{kind}"].rolling(norm_months, min_periods=1).sum()
        total += float((rows[f"waiting_{kind}"] - joined).clip(lower=0.0).sum())
    return total


def transition_harms(
    short: pd.DataFrame,
    long: pd.DataFrame,
    basis: str,
    announcement_month: int,
    first_cut_month: int,
    *,
    waiting_norm_months: int = WAITING_NORM_MONTHS,
    other_budget_eur_per_inhabitant: float = OTHER_BUDGET_EUR_PER_INHABITANT,
    reserve_eur: Mapping[int, float] | None = None,
) -> pd.DataFrame:
    """Return the parts of the transition harms per replication: replication, basis, part, unit, value.

    Parameters
    ----------
    short, long : DataFrame
        Rows of the monthly table of the two arms, with the same replications and months.
    basis : str
        "as_announced" or "same_money": what `short` is.
    announcement_month, first_cut_month : int
        Period compared: from the first to ten years after the second, or the end of the run.
    waiting_norm_months : int
        Waiting that is held acceptable, in months.
    other_budget_eur_per_inhabitant : float
        What the municipality spends a year on all else, to compare its own payments with.
    reserve_eur : mapping from replication to euro, optional
        Received by the short phase-in period on day one beside `grant_eur`.

    Returns
    -------
    DataFrame
        A row per replication and part, in the unit that the row names.
    """
    if set(short["replication"]) != set(long["replication"]):
        raise ValueError(
            f"transition harms {basis}: the two phase-in periods have other replications; expected the same"
        )
    end = first_cut_month + YEARS_AFTER_CUT * MONTHS_PER_YEAR
    rows: list[tuple[int, str, str, str, float]] = []
    for replication in sorted(set(short["replication"])):
        here = _period(short, replication, announcement_month, end)
        there = _period(long, replication, announcement_month, end)
        if len(here) != len(there) or here.empty:
            raise ValueError(
                f"transition harms {basis}, replication {replication}: the two phase-in periods have other "
                f"months or none"
            )
        extra = 0.0 if reserve_eur is None else float(reserve_eur[replication])
        parts = _money(here, there, extra, other_budget_eur_per_inhabitant)
        parts |= _people(here, there, waiting_norm_months)
        rows += [(replication, basis, part, *parts[part]) for part in PARTS]
    table = pd.DataFrame(rows, columns=["replication", "basis", "part", "unit", "value"])
    return table.astype({"replication": "int64", "value": "float64"})


def _period(arm: pd.DataFrame, replication: int, first: int, end: int) -> pd.DataFrame:
    """Return the months of one replication in order; those before `first` and from `end` on are left out."""
    inside = (arm["replication"] == replication) & (arm["month"] >= first) & (arm["month"] < end)
    return arm[inside].sort_values("month")


def _money(
    short: pd.DataFrame, long: pd.DataFrame, reserve_eur: float, other_budget: float
) -> dict[str, tuple[str, float]]:
    """Return the parts that are booked euros, per inhabitant of the period's first month."""
    inhabitants = float(long["inhabitants"].iloc[0])
    grants = short["grant_eur"].sum() + reserve_eur, long["grant_eur"].sum()
    own = [arm["municipal_cost_eur"].sum() - grant for arm, grant in zip((short, long), grants, strict=True)]
    beyond = float(own[0] - own[1]) / inhabitants
    years = len(short) / MONTHS_PER_YEAR
    return {
        "own_payments": (EURO, beyond),
        "grant_difference": (EURO, float(grants[1] - grants[0]) / inhabitants),
        "own_payments_share": ("share of other budget", beyond / (years * other_budget)),
    }


def _sum(rows: pd.DataFrame, names: Sequence[str]) -> float:
    """Return the sum of some columns over all rows."""
    return float(rows[list(names)].to_numpy(float).sum())


def _people(short: pd.DataFrame, long: pd.DataFrame, norm_months: int) -> dict[str, tuple[str, float]]:
    """Return the parts that are counted in people, months, providers and staff."""

    def difference(count: Callable[[pd.DataFrame], float]) -> float:
        return float(count(short) - count(long))

    parts = {part: (unit, _sum(short, names) - _sum(long, names)) for part, (unit, names) in _COUNTS.items()}
    parts["providers_gone"] = ("providers", difference(lambda arm: arm["providers_gone"].iloc[-1]))
    unmet = [column for column in short.columns if column.startswith("unmet_severity_")]
    parts["waiting_above_norm"] = (
        f"months beyond {norm_months}, at least",
        difference(lambda arm: waiting_above_norm(arm, norm_months)),
    )
    parts["unmet"] = ("severity-months", _sum(short, unmet) - _sum(long, unmet))
    # Staff lost: fewer at work than under the long phase-in period, so the sign is turned.
    parts["provider_staff"] = (
        "fte fewer, mean",
        difference(lambda arm: -np.mean(arm["provider_staff_fte"].to_numpy(float))),
    )
    return parts
