"""An observer of all households: what is counted of each, to compare one household with its twin."""

from typing import TYPE_CHECKING, Final

import numpy as np

from agents.vocabulary import N_KINDS, N_PROBLEMS, N_SLOTS, WIJKTEAM, YOUTH
from simulation.finance import payments_to_teams
from simulation.processes.care.care_slots import KIND_OF_SLOT, TEAM_MASK
from simulation.processes.observation import JUST_VISIBLE
from simulation.processes.problems import HELP_MASK
from simulation.processes.snapshots import HEAVY_MASK

if TYPE_CHECKING:
    from simulation.model import Model

# What is counted of every household: number of crises, months, months, and euros from all payers.
COUNTED: Final = ("crises", "heavy_months", "unmet_months", "cost_eur")


class HouseholdSurvey:
    """Counts, per household that lives there in a given month, what becomes of it afterwards.

    Parameters
    ----------
    since : int
        Month from which it counts; who comes later is not counted, who leaves no longer.
    """

    def __init__(self, since: int) -> None:
        self.since = since
        self.counted: dict[str, np.ndarray] = {}
        self.here = np.zeros(0, dtype=bool)
        self.listed = np.zeros(0, dtype=np.uint32)  # who waits for a team, when teams begin their month

    def start_watching(self, model: "Model") -> None:
        """Begin to look at a run.

        Parameters
        ----------
        model : Model
            The running model.
        """
        model.observers.append(self)

    def after_process(self, model: "Model", process: str) -> None:
        """Count talks and crises as they come, and everything else when the month is over.

        Parameters
        ----------
        model : Model
            The running model.
        process : str
            Name of the process, as in `schedule.MONTH`.
        """
        if model.month < self.since:
            return
        if not self.counted:
            self.counted = {name: np.zeros(len(model.world.households)) for name in COUNTED}
        if model.month == self.since and process == "observation":
            self.here = model.world.lives["since"] <= self.since
        if process == "signals":
            self.listed = model.world.households["waiting"] & TEAM_MASK
        elif process == "teams":
            self._count_talks(model)
        elif process == "specialists":
            self._count_crises(model)
        elif process == "observation":
            self._count_month(model)

    def _those(self, model: "Model") -> np.ndarray:
        """Return the households with something going on that were there from the start."""
        active = model.world.active[: model.world.counts[0]]
        return active[model.world.lives["since"][active] <= self.since]

    def _count_talks(self, model: "Model") -> None:
        """Count what first talks cost: a team takes nobody off its list otherwise."""
        world, those = model.world, self._those(model)
        seen = self.listed[those] & ~world.households["waiting"][those]
        talks = sum((seen >> np.uint32(slot)) & np.uint32(1) for slot in range(N_SLOTS))
        per_hour = payments_to_teams.eur_per_post(world) / float(world.p["hours_per_fte"][0])
        self.counted["cost_eur"][those] += talks * float(world.p["hours_per_intake"][0]) * per_hour

    def _count_crises(self, model: "Model") -> None:
        """Count what is about to be served as a crisis, and what it costs at once."""
        those = self._those(model)
        in_crisis = model.world.households["severity"][those] >= 1.0
        cost = model.world.p["crisis_cost_eur"][0][np.minimum(np.arange(N_PROBLEMS), YOUTH)]
        self.counted["crises"][those] += in_crisis.sum(axis=1)
        self.counted["cost_eur"][those] += in_crisis @ cost

    def _count_month(self, model: "Model") -> None:
        """Count months in heavy care and without help, and the price of places."""
        world, those = model.world, self._those(model)
        homes = world.households[those]
        mask = homes["in_care"]
        unmet = (homes["severity"] >= JUST_VISIBLE) & ((mask[:, None] & HELP_MASK[None, :]) == 0)
        self.counted["heavy_months"][those] += (mask & HEAVY_MASK) != 0
        self.counted["unmet_months"][those] += unmet.any(axis=1)
        prices = np.zeros(N_KINDS)
        prices[world.providers["kind"]] = world.providers["price_cents"] / 100.0
        for slot in range(N_SLOTS):
            has = (mask >> np.uint32(slot)) & np.uint32(1)
            price = prices[KIND_OF_SLOT[slot]]
            if int(TEAM_MASK) >> slot & 1:
                wijken = world.wijken[homes["wijk"]]
                team = wijken["team"] if slot == WIJKTEAM else wijken["youth_team"]
                price = world.teams["hours_per_case"][team] * payments_to_teams.eur_per_post(world)
                price = price / float(world.p["hours_per_fte"][0])
            self.counted["cost_eur"][those] += has * price
