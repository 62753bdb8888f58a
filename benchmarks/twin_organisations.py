"""The twin's organisations: a team and a provider, each with its own queue."""

from collections import deque
from typing import Any

import mesa
import numpy as np

from agents.referral_source import observed_severity
from agents.vocabulary import KINDS, N_ADULT_KINDS, N_CHILDREN, N_DOMAINS, N_SLOTS, N_YOUTH_KINDS, YOUTH
from agents.wijkteam import triage
from simulation.processes.care.care_slots import HELP_MASK

KIND_OF = [*KINDS[:N_ADULT_KINDS], *(KINDS[N_ADULT_KINDS:] * N_CHILDREN)]
# The problems each care slot attends to; aids and the like keep at least one.
HELPS = [
    tuple(problem for problem in range(len(HELP_MASK)) if int(HELP_MASK[problem]) >> slot & 1)
    for slot in range(N_SLOTS)
]
assert len(KIND_OF) == N_SLOTS and all(HELPS) and N_DOMAINS == YOUTH


def slot_of(kind: str, child: int) -> int:
    """Return the care slot of a kind of care; `child` counts only for youth kinds."""
    number = KINDS.index(kind)
    return number if number < N_ADULT_KINDS else number + N_YOUTH_KINDS * child


class TwinTeam(mesa.Agent):
    """A wijkteam: intake from one queue, hours shared over its cases."""

    kind = -1

    def __init__(self, model: Any, row: np.void) -> None:
        """Start as a team of the running model."""
        super().__init__(model)
        self.fte = float(row["fte"] or row["planned_fte"])
        self.sharpness = float(row["sharpness"]) or 0.5
        self.clients = 0
        self.queue: deque = deque()
        self.hours_per_case = 0.0

    def take_in(self) -> None:
        """Work through the queue while intake hours last; help lightly, support or refer."""
        p = self.model.parameters.wijkteam
        total = self.fte * p.hours_per_fte * (1.0 - p.administrative_share)
        hours = min(len(self.queue) * p.hours_per_intake, total * p.most_intake_share)
        self.hours_per_case = (total - hours) / max(1, self.clients)
        while hours > 0.0 and self.queue:
            household, slot, problem = self.queue.popleft()
            if household.waiting.pop(slot, None) is None:
                continue
            hours -= p.hours_per_intake
            self.judge(household, slot, problem)

    def judge(self, household: Any, slot: int, problem: int) -> None:
        """One intake."""
        p, finding = self.model.parameters.wijkteam, self.model.parameters.referral_source
        error = self.random.gauss(0.0, 1.0)
        severity = household.severity[problem]
        observed = observed_severity.py_func(severity, error, finding.observation_error, self.sharpness)
        verdict = triage.py_func(observed, p.light_below, p.refers_at, 0.0)
        if verdict == 0 and self.random.random() < p.light_help:
            household.severity[problem] = max(0.0, severity - p.light_help_effect)
            return
        self.model.start(household, slot, self)
        if verdict == 2:
            self.model.refer(household, problem, observed)

    def cost_cents(self) -> int:
        """Return what the team costs a month."""
        return round(self.fte * self.model.parameters.wijkteam.eur_per_fte * 100.0 / 12.0)


class TwinProvider(mesa.Agent):
    """A specialist provider of one kind with a queue of its own."""

    def __init__(self, model: Any, row: np.void) -> None:
        """Start as a provider of the running model."""
        super().__init__(model)
        self.kind = int(row["kind"])
        self.name = KINDS[self.kind]
        self.capacity = int(row["capacity"])
        self.price_cents = int(row["price_cents"])
        self.clients = 0
        self.queue: deque = deque()

    def admit_waiting(self) -> None:
        """Admit from the queue while there are care slots; aids and orders are bought as needed."""
        on_demand = self.name in ("aids", "supervision_order")
        while self.queue and (on_demand or self.clients < self.capacity):
            household, slot, _ = self.queue.popleft()
            if slot in household.waiting:
                self.model.start(household, slot, self)

    def cost_cents(self) -> int:
        """Return what its clients cost a month."""
        return self.clients * self.price_cents
