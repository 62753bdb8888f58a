"""The headline of a run: its saving, and the saving that remains in placebo arms without the mechanism.

Everything is computed from the tables of a run. Amounts are in euro of 2015 per inhabitant, cumulated to the
end of the run. A policy's own cost (staff, links, social base) is left out unless stated otherwise.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from agents.vocabulary import KINDS, LAWS
from simulation.months import MONTHS_PER_YEAR, month_number
from simulation.outcomes.derived import before_own_cost, by_replication, of_arm
from simulation.outcomes.intervals import Interval, interval
from simulation.outcomes.savings import inhabitants_at
from simulation.recording.arm_names import (
    FINDS_NOBODY,
    NEUTRAL_POLICY,
    NO_EFFECT_POLICY,
    POLICY,
    REFERENCE,
    SAME_STAFF,
)
from simulation.recording.store import Run
from simulation.recording.tallies import CRISES

CONFIDENCE = 0.95
MARGIN_EUR_A_YEAR = 5.0  # equivalence margin per inhabitant a year: smaller effects count as none
FEWEST_TO_NAME = 8  # least number of replications for naming a parameter that changes the sign
# Assumed parameters that no target informs and on which the effect of finding people earlier depends.
ASSUMED = (
    "referral_source.existing_links",
    "referral_source.eur_per_link_per_1000",
    "wijkteam.fte_per_link",
    "wijkteam.hours_per_found",
    "wijkteam.hours_per_intake",
    "wijkteam.youth_fte_share",
    "household.passes_per_month",
    "household.long_standing_share",
    "wijkteam.support_effect",
    "wijkteam.light_help_effect",
    "wijkteam.replaces_requests",
)
NULL, INCONCLUSIVE, SURVIVES = "null", "inconclusive", "survives"
STANDS, ARTEFACT, STAFF, OPEN, UNTESTED = "stands", "artefact", "staff", "open", "untested"


@dataclass(frozen=True)
class Confidence:
    """A mean over replications with its confidence interval and a verdict on the effect.

    Attributes
    ----------
    mean, low, high : float
        Mean and interval; both ends are the mean where there is one replication only.
    margin : float
        Equivalence margin: effects within it, up or down, count as none.
    count : int
        Number of replications.
    """

    mean: float
    low: float
    high: float
    margin: float
    count: int

    @property
    def is_zero_within(self) -> bool:
        """Whether the interval covers 0."""
        return self.low <= 0.0 <= self.high

    @property
    def within_margin(self) -> bool:
        """Whether the whole interval lies within the margin."""
        return -self.margin <= self.low and self.high <= self.margin

    @property
    def verdict(self) -> str:
        """Null (within the margin, or wholly below 0), survives (above 0, beyond the margin) or inconclusive.

        One replication is inconclusive.
        """
        if self.count < 2:
            return INCONCLUSIVE
        if self.within_margin:
            return NULL
        return SURVIVES if self.low > 0.0 else NULL if self.high < 0.0 else INCONCLUSIVE


def confidence(values: np.ndarray | pd.Series, margin: float) -> Confidence:
    """Return the mean of some replications with its 95% confidence interval (Student's t).

    Parameters
    ----------
    values : array of shape (n_replications,)
        One value per replication.
    margin : float
        Equivalence margin, in the unit of the values.

    Returns
    -------
    Confidence
        Mean and ends of the interval, in the unit of the values.

    Examples
    --------
    >>> found = confidence(np.array([1.0, 2.0, 3.0]), margin=70.0)
    >>> round(found.low, 2), round(found.high, 2), found.is_zero_within, found.verdict
    (-0.48, 4.48, True, 'null')
    """
    array = np.asarray(values, dtype=float)
    mean, half = float(array.mean()), 0.0
    if array.size > 1:
        t = float(stdtrit(array.size - 1, (1.0 + CONFIDENCE) / 2.0))
        half = t * float(array.std(ddof=1)) / math.sqrt(array.size)
    return Confidence(mean, mean - half, mean + half, margin, int(array.size))


@dataclass(frozen=True)
class RemainingSaving:
    """The saving of an arm before own cost, total and by law; the parts add up to the total."""

    arm: str
    total: Confidence
    by_law: dict[str, Confidence]


def years_of(run: Run) -> int:
    """Return the number of years of the savings curve.

    Parameters
    ----------
    run : Run
        A run folder that was opened.

    Returns
    -------
    int
        Whole years.
    """
    years = run.table("savings")["year"]
    return int(years.max() - years.min()) + 1


def saved_before_own_cost(run: Run, arm: str, law: str | None = None) -> pd.Series:
    """Return an arm's saving for the municipality on care and crises, per inhabitant by replication.

    Parameters
    ----------
    run : Run
        A run folder that was opened.
    arm : str
        Name of the arm.
    law : str, optional
        Law under which costs count; by default all.

    Returns
    -------
    Series
        Euros per inhabitant by replication.
    """
    monthly = run.table("monthly")
    replications = sorted(monthly.loc[monthly["arm"] == arm, "replication"].unique())
    rows = before_own_cost(of_arm(run.table("decomposition"), arm))
    rows = rows if law is None else rows[rows["law"] == law]
    inhabitants = inhabitants_at(monthly, month_number(run.document["transition"]))
    return by_replication(rows, replications) / inhabitants.loc[replications]


def remaining_saving(run: Run, arm: str) -> RemainingSaving | None:
    """Return the saving of an arm before own cost; None where the run has no such arm.

    Parameters
    ----------
    run : Run
        A run folder that was opened.
    arm : str
        Name of the arm.

    Returns
    -------
    RemainingSaving or None
        The saving, euros per inhabitant.
    """
    total = saved_before_own_cost(run, arm)
    if total.empty:
        return None
    margin = MARGIN_EUR_A_YEAR * years_of(run)
    by_law = {law: confidence(saved_before_own_cost(run, arm, law), margin) for law in LAWS}
    return RemainingSaving(arm, confidence(total, margin), by_law)


def beyond_same_staff(run: Run, arm: str) -> Confidence | None:
    """Return the saving of an arm before own cost less that of the same staff; None without the arm.

    Parameters
    ----------
    run : Run
        A run folder that was opened.
    arm : str
        Name of the arm.

    Returns
    -------
    Confidence or None
        Euros per inhabitant.
    """
    more = (saved_before_own_cost(run, arm) - saved_before_own_cost(run, SAME_STAFF)).dropna()
    return None if more.empty else confidence(more, MARGIN_EUR_A_YEAR * years_of(run))


def saved(run: Run, basis: str = "municipality") -> Interval:
    """Return the number of the headline: cumulated savings per inhabitant at the end of the run.

    Parameters
    ----------
    run : Run
        A run folder that was opened.
    basis : str, optional
        "municipality" or "all_payers": whose costs count.

    Returns
    -------
    Interval
        Euros per inhabitant over the whole run.
    """
    return interval(saved_by_replication(run, basis))


def saved_by_replication(run: Run, basis: str = "municipality") -> pd.Series:
    """Return cumulated savings per inhabitant at the end of the run, by replication.

    Parameters
    ----------
    run : Run
        A run folder that was opened.
    basis : str
        "municipality" or "all_payers".

    Returns
    -------
    Series of length n_replications
        Euros of 2015 per inhabitant.
    """
    savings = run.table("savings")
    at_end = savings[(savings["year"] == savings["year"].max()) & (savings["basis"] == basis)]
    return at_end.set_index("replication")["cumulated_eur_per_inhabitant"].sort_index()


def saved_under_neutral(run: Run) -> Confidence | None:
    """Return the saving of the policy, own cost included, with the neutral organisation.

    None where the run has no such arm: the municipality has that organisation, or no replication ran it.

    Parameters
    ----------
    run : Run
        A run folder that was opened.

    Returns
    -------
    Confidence or None
        Euros per inhabitant over the whole run.
    """
    monthly = run.table("monthly")
    replications = sorted(monthly.loc[monthly["arm"] == NEUTRAL_POLICY, "replication"].unique())
    if not replications:
        return None
    rows = of_arm(run.table("decomposition"), NEUTRAL_POLICY)
    inhabitants = inhabitants_at(monthly, month_number(run.document["transition"])).loc[replications]
    return confidence(by_replication(rows, replications) / inhabitants, MARGIN_EUR_A_YEAR * years_of(run))


def surviving_placebos(run: Run) -> list[str]:
    """Return the placebo arms in which the saving survives: nobody is found, or help has no effect.

    Parameters
    ----------
    run : Run
        A run folder that was opened.

    Returns
    -------
    list of str
        Names of arms.
    """
    found = []
    finding = beyond_same_staff(run, FINDS_NOBODY)
    if finding is not None and finding.verdict == SURVIVES:
        found.append(FINDS_NOBODY)
    help_off = remaining_saving(run, NO_EFFECT_POLICY)
    if help_off is not None and help_off.total.verdict == SURVIVES:
        found.append(NO_EFFECT_POLICY)
    return found


def headline_status(run: Run) -> str:
    """Return the status of the headline: stands, artefact, staff, open or untested.

    A saving is an artefact when it survives in a placebo arm, an effect of staff when the policy saves
    nothing beyond the same staff without the policy, and open while a placebo is inconclusive. Without a
    saving the headline stands.

    Parameters
    ----------
    run : Run
        A run folder that was opened.

    Returns
    -------
    str
        One of the words above.
    """
    if saved(run).sign <= 0:
        return STANDS
    if surviving_placebos(run):
        return ARTEFACT
    help_off, finding = remaining_saving(run, NO_EFFECT_POLICY), beyond_same_staff(run, FINDS_NOBODY)
    if help_off is None or finding is None or help_off.total.count < 2:
        return UNTESTED
    more = beyond_same_staff(run, POLICY)
    if more is not None and more.verdict != SURVIVES:
        return STAFF
    return STANDS if help_off.total.verdict == finding.verdict == NULL else OPEN


@dataclass(frozen=True)
class SignSensitivity:
    """Sensitivity of the sign of the saving to the drawn parameters.

    Attributes
    ----------
    other_way, count : int
        Number of replications whose saving has the opposite sign of the mean, and number of all.
    name : str
        Assumed parameter that correlates most with the saving and whose regression line changes sign within
        the drawn values; empty where there is none, where all signs are equal or replications are too few.
    at, low, high : float
        Its value at the sign change of the regression line, and the lowest and highest drawn values.
    """

    other_way: int
    count: int
    name: str = ""
    at: float = 0.0
    low: float = 0.0
    high: float = 0.0


def sign_sensitivity(run: Run) -> SignSensitivity:
    """Return whether the sign of the saving changes over the replications, and with which assumed parameter.

    Parameters
    ----------
    run : Run
        A run folder that was opened.

    Returns
    -------
    SignSensitivity
        Counts of signs, and the parameter.
    """
    table = run.table("savings")
    rows = table[(table["basis"] == "municipality") & (table["year"] == table["year"].max())]
    saving = rows.sort_values("replication")["cumulated_eur_per_inhabitant"].to_numpy(dtype=float)
    other_way = int((np.sign(saving) != np.sign(saving.mean())).sum())
    draws = run.document.get("parameter_draws") or []
    if other_way == 0 or len(saving) < FEWEST_TO_NAME or len(draws) != len(saving):
        return SignSensitivity(other_way, len(saving))
    found = SignSensitivity(other_way, len(saving))
    closest = 0.0
    for name in ASSUMED:
        if any(name not in each for each in draws):
            continue
        value = np.array([float(np.mean(each[name])) for each in draws])
        together = abs(float(np.corrcoef(value, saving)[0, 1])) if np.ptp(value) > 0.0 else 0.0
        if together <= closest:
            continue
        slope, level = np.polyfit(value, saving, 1)
        at = -level / slope if slope else np.inf
        if value.min() <= at <= value.max():
            closest = together
            found = SignSensitivity(
                other_way, len(saving), name, float(at), float(value.min()), float(value.max())
            )
    return found


# Side effects: outcomes that a policy makes worse, with their level under the reference.

PER = 1000.0
LEAST = 0.05  # per 1,000 households a year: smaller side effects are not reported
TEAMS = ("wijkteam", "youth_team")
# Outcomes of which more is worse, with the columns that are summed.
SIDE_EFFECTS: dict[str, tuple[str, ...]] = {
    "team_waiting": ("team_waiting",),
    "care_waiting": tuple(f"waiting_{kind}" for kind in KINDS if kind not in TEAMS),
    "crises": tuple(f"crises_{crisis}" for crisis in CRISES),
    "unmet": (),
    "not_granted": ("not_granted",),
    "harmed": ("harmed",),
    "found_in_vain": ("found_in_vain",),
    "overburdened_carers": ("overburdened_carers",),
}
UNSTAFFED = 0.01  # share of team hours that may be missing before intakes count as unstaffed


@dataclass(frozen=True)
class SideEffect:
    """Increase of an outcome under the policy, per 1,000 households a year.

    Attributes
    ----------
    name : str
        A key of `SIDE_EFFECTS`.
    baseline : float
        Level under the reference, mean over replications.
    more : Interval
        Policy less reference, over replications.
    """

    name: str
    baseline: float
    more: Interval

    @property
    def relative(self) -> float:
        """Increase as a share of the baseline."""
        return self.more.mean / max(self.baseline, LEAST)


def side_effect(run: Run, name: str) -> SideEffect:
    """Return one side effect, from the first year of the savings curve on.

    Parameters
    ----------
    run : Run
        A run folder that was opened.
    name : str
        Name of the outcome.

    Returns
    -------
    SideEffect
        Its size and its baseline, in the unit of the outcome.
    """
    rates = side_effect_rates(run, name)
    more = rates[POLICY] - rates[REFERENCE]
    return SideEffect(name, float(rates[REFERENCE].mean()), interval(more))


def side_effect_rates(run: Run, name: str) -> dict[str, pd.Series]:
    """Return the rates of a side effect by arm, per 1,000 households a year.

    Parameters
    ----------
    run : Run
        A run folder that was opened.
    name : str
        A name of `SIDE_EFFECTS`.

    Returns
    -------
    dict of str to Series of length n_replications
        For the reference and the policy.
    """
    monthly = run.table("monthly")
    columns = SIDE_EFFECTS[name] or tuple(each for each in monthly if each.startswith("unmet_severity_"))
    rows = monthly[["arm", "year", "replication", "households", *columns]]
    rows = rows[rows["year"] >= run.table("savings")["year"].min()]
    return {arm: _rate(rows[rows["arm"] == arm], columns) for arm in (REFERENCE, POLICY)}


def _rate(rows: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    """Return a sum per 1,000 households a year, by replication."""
    added = rows[["replication", "households"]].assign(counted=rows[list(columns)].sum(axis=1))
    sums = added.groupby("replication")[["counted", "households"]].sum()
    return PER * MONTHS_PER_YEAR * sums["counted"] / sums["households"]


def largest_side_effect(run: Run) -> SideEffect | None:
    """Return the side effect that is largest relative to its baseline, among those with a certain sign.

    Parameters
    ----------
    run : Run
        A run folder that was opened.

    Returns
    -------
    SideEffect or None
        The side effect; None where none is certain.
    """
    found = [side_effect(run, name) for name in SIDE_EFFECTS]
    sure = [each for each in found if each.more.mean >= LEAST and (each.more.sign > 0 or each.more.count < 2)]
    return max(sure, key=lambda each: each.relative, default=None)


def is_unstaffed(run: Run) -> bool:
    """Return whether the policy needs more team hours, for outreach and intakes, than it adds staff for.

    Parameters
    ----------
    run : Run
        A run folder that was opened.

    Returns
    -------
    bool
        True where hours are missing.
    """
    monthly = run.table("monthly")
    rows = monthly[monthly["year"] >= run.table("savings")["year"].min()]
    hours = rows.groupby("arm", observed=True)[
        ["team_hours_outreach", "team_hours_intake", "team_hours_total"]
    ].sum()
    more = hours.loc[POLICY] - hours.loc[REFERENCE]
    extra_hours = more["team_hours_outreach"] + max(0.0, more["team_hours_intake"])
    return bool(extra_hours - more["team_hours_total"] > UNSTAFFED * hours.loc[REFERENCE, "team_hours_total"])
