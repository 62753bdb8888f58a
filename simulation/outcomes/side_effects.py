"""What a policy makes worse for people, each with what it was under the reference."""

from dataclasses import dataclass

import pandas as pd

from agents.vocabulary import KINDS
from simulation.months import MONTHS_PER_YEAR
from simulation.outcomes.intervals import Interval, interval
from simulation.recording.arm_names import POLICY, REFERENCE
from simulation.recording.store import Run
from simulation.recording.tallies import CRISES

PER = 1000.0
LEAST = 0.05  # per 1,000 households a year: less is nothing to speak of
TEAMS = ("wijkteam", "youth_team")
# What is worse when there is more of it, by the columns that are added up.
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
UNSTAFFED = 0.01  # share of team hours that may lack before intakes count as not staffed


@dataclass(frozen=True)
class SideEffect:
    """How much more of something there is under the policy, per 1,000 households a year.

    Attributes
    ----------
    name : str
        A key of `SIDE_EFFECTS`.
    baseline : float
        Under the reference, mean over replications.
    more : Interval
        Policy less reference, over replications.
    """

    name: str
    baseline: float
    more: Interval

    @property
    def relative(self) -> float:
        """More as a share of the baseline."""
        return self.more.mean / max(self.baseline, LEAST)


def side_effect(run: Run, name: str) -> SideEffect:
    """Return one side effect, from the first year of the savings curve on."""
    monthly = run.table("monthly")
    rows = monthly[monthly["year"] >= run.table("savings")["year"].min()]
    columns = SIDE_EFFECTS[name] or tuple(each for each in rows if each.startswith("unmet_severity_"))
    rates = {arm: _rate(rows[rows["arm"] == arm], columns) for arm in (REFERENCE, POLICY)}
    more = rates[POLICY] - rates[REFERENCE]
    return SideEffect(name, float(rates[REFERENCE].mean()), interval(more))


def _rate(rows: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    """Return a sum per 1,000 households a year, by replication."""
    added = rows[["pair", "households"]].assign(counted=rows[list(columns)].sum(axis=1))
    sums = added.groupby("pair")[["counted", "households"]].sum()
    return PER * MONTHS_PER_YEAR * sums["counted"] / sums["households"]


def largest(run: Run) -> SideEffect | None:
    """Return the side effect that is largest against its baseline, of those that are beyond doubt."""
    found = [side_effect(run, name) for name in SIDE_EFFECTS]
    sure = [each for each in found if each.more.mean >= LEAST and (each.more.sign > 0 or each.more.count < 2)]
    return max(sure, key=lambda each: each.relative, default=None)


def is_unstaffed(run: Run) -> bool:
    """Whether the policy asks hours of teams, for outreach and intakes, that no staff comes with."""
    monthly = run.table("monthly")
    rows = monthly[monthly["year"] >= run.table("savings")["year"].min()]
    hours = rows.groupby("arm", observed=True)[
        ["team_hours_outreach", "team_hours_intake", "team_hours_total"]
    ].sum()
    more = hours.loc[POLICY] - hours.loc[REFERENCE]
    asked = more["team_hours_outreach"] + max(0.0, more["team_hours_intake"])
    return bool(asked - more["team_hours_total"] > UNSTAFFED * hours.loc[REFERENCE, "team_hours_total"])
