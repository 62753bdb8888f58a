"""A plain-Mesa twin of the core rules: one Python object per household, as most would write it first.

It starts from a running model's state, so both have the same households and the same share of them
with something going on, and goes on from there with Mesa's own random numbers. The pure rules are
called as plain Python functions. It leaves out what a month has besides the core: youth teams apart
from wijkteams, contracts, grants, reactions of the council, records.
"""

from typing import Any

import mesa
import numpy as np

from agents.informal_network import capacity_now, next_tiredness
from agents.vocabulary import CARE, MIND, MONEY, N_SLOTS, SAFETY, YOUTH
from benchmarks.twin_household import TwinHousehold
from benchmarks.twin_organisations import HELPS, KIND_OF, TwinProvider, TwinTeam, slot_of


class TwinNetwork(mesa.Agent):
    """An informal network."""

    def __init__(self, model: Any, row: np.void) -> None:
        """Start as a network of the running model."""
        super().__init__(model)
        self.full_capacity = float(row["full_capacity"])
        self.tiredness = float(row["tiredness"])
        self.need = 0.0
        self.share = 0.0

    def provide_support(self) -> None:
        """Meet the need up to capacity; tire or recover."""
        p = self.model.parameters.informal_network
        capacity = capacity_now.py_func(
            self.full_capacity, self.tiredness, p.tiredness_lowers_capacity, self.model.social_base
        )
        self.share = min(1.0, capacity / self.need) if self.need > 0.0 else 0.0
        self.tiredness = next_tiredness.py_func(
            self.tiredness, self.need, capacity, p.tires_per_month, p.recovers_per_month
        )
        self.need = 0.0


class TwinModel(mesa.Model):
    """The municipality as a plain Mesa model.

    Parameters
    ----------
    model : simulation.model.Model
        A running model whose state it starts from.
    """

    def __init__(self, model: Any, seed: int = 1) -> None:
        """Copy a running model's state into objects."""
        super().__init__(seed=seed)
        world, now = model.world, model.world.municipality[0]
        self.parameters, self.month = model.parameters, int(model.month)
        self.tables = world.tables.tolist()
        self.social_base, self.economy = float(now["social_base_factor"]), float(now["economy"])
        self.trend_youth, self.trend_care = float(now["trend_youth"]), float(now["trend_care"])
        self.crises, self.cost_cents = [0] * 5, 0
        self.networks = [TwinNetwork(self, row) for row in world.networks]
        teams = [TwinTeam(self, row) for row in world.teams]
        self.team_of_wijk = [teams[int(wijk["team"])] for wijk in world.wijken]
        self.providers = [TwinProvider(self, row) for row in world.providers]
        self._make_households(world)

    def _make_households(self, world: Any) -> None:
        """Make one object per household, in the care it is in."""
        homes, lives = world.households, world.lives
        ties = (homes if "ties" in homes.dtype.names else lives)["ties"].tolist()
        frailty = (homes if "frailty" in homes.dtype.names else lives)["frailty"].tolist()
        for row in range(len(homes)):
            one = TwinHousehold(self, homes[row], lives[row], ties[row], frailty[row])
            for slot in range(N_SLOTS):
                if int(homes["in_care"][row]) >> slot & 1:
                    self.start(one, slot, self.provider_of(one, slot))
                elif int(homes["waiting"][row]) >> slot & 1:
                    one.waiting[slot] = self.provider_of(one, slot)
                    one.waiting[slot].queue.append((one, slot, min(HELPS[slot])))

    def provider_of(self, household: TwinHousehold, slot: int) -> Any:
        """Return the team or a provider for a care slot."""
        if KIND_OF[slot] in ("wijkteam", "youth_team"):
            return household.team
        return self.random.choice([p for p in self.providers if p.name == KIND_OF[slot]])

    def start(self, household: TwinHousehold, slot: int, provider: Any) -> None:
        """Begin care in a care slot."""
        household.waiting.pop(slot, None)
        household.care[slot] = provider
        provider.clients += 1

    def refer(self, household: TwinHousehold, problem: int, observed: float) -> None:
        """Put a household on the waiting lists of what it seems to need."""
        p = self.parameters.provider
        for slot in range(N_SLOTS):
            helps = problem in HELPS[slot] and KIND_OF[slot] not in ("wijkteam", "youth_team", "shelter")
            if not helps or slot in household.care or slot in household.waiting:
                continue
            provider = self.provider_of(household, slot)
            kind = provider.kind
            if observed >= p.needs_at[kind] and self.random.random() < p.offered_share[kind]:
                household.waiting[slot] = provider
                provider.queue.append((household, slot, problem))

    def admit_at_once(self, household: TwinHousehold, problem: int) -> None:
        """Care in a crisis starts this month."""
        kinds = {MONEY: "shelter", MIND: "mental_health", CARE: "guidance", SAFETY: "shelter"}
        slot = slot_of(kinds.get(problem, "youth_outpatient"), max(0, problem - YOUTH))
        if slot not in household.care:
            self.start(household, slot, self.provider_of(household, slot))

    @property
    def share_going_on(self) -> float:
        """Share of households with something going on."""
        households = self.agents_by_type[TwinHousehold]
        return sum(each.something_going_on for each in households) / len(households)

    def step(self) -> None:
        """One month: events, problems, informal support, signals, teams, specialists, crises, costs."""
        households = self.agents_by_type[TwinHousehold]
        households.do("process_events")
        households.do("update_problems")
        households.do("register_need")
        self.agents_by_type[TwinNetwork].do("provide_support")
        households.do("receive_support")
        households.shuffle_do("send_signals")
        self.agents_by_type[TwinTeam].do("take_in")
        households.do("receive_team_support")
        self.agents_by_type[TwinProvider].do("admit_waiting")
        households.do("receive_treatment")
        households.do("process_crises")
        self.cost_cents += sum(
            each.cost_cents() for each in (*self.providers, *self.agents_by_type[TwinTeam])
        )
        self.month += 1
