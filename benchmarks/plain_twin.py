"""A plain-Mesa twin of the core rules: one Python object per household, as most would write it first.

It starts from a running model's state, so both have the same households and the same share of them
with something going on, and goes on from there with Mesa's own random numbers. The pure rules are
called as plain Python functions. It leaves out what a month has besides the core: youth teams apart
from wijkteams, contracts, grants, reactions of the council, records.
"""

from typing import Any

import mesa
import numpy as np

from agents.informal_network import capacity_now, tires
from agents.vocabulary import CARE, MIND, MONEY, N_PLACES, SAFETY, YOUTH
from benchmarks.twin_household import TwinHousehold
from benchmarks.twin_organisations import HELPS, KIND_OF, TwinProvider, TwinTeam, place_of


class TwinNetwork(mesa.Agent):
    """An informal network."""

    def __init__(self, model: Any, row: np.void) -> None:
        """Start as a network of the running model."""
        super().__init__(model)
        self.full_capacity = float(row["full_capacity"])
        self.tiredness = float(row["tiredness"])
        self.need = 0.0
        self.share = 0.0

    def carries(self) -> None:
        """Meet the need up to capacity; tire or recover."""
        p = self.model.parameters.informal_network
        capacity = capacity_now.py_func(
            self.full_capacity, self.tiredness, p.tiredness_lowers_capacity, self.model.social_base
        )
        self.share = min(1.0, capacity / self.need) if self.need > 0.0 else 0.0
        self.tiredness = tires.py_func(
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
        self._makes_households(world)

    def _makes_households(self, world: Any) -> None:
        """Make one object per household, in the care it is in."""
        homes, lives = world.households, world.lives
        ties = (homes if "ties" in homes.dtype.names else lives)["ties"].tolist()
        frailty = (homes if "frailty" in homes.dtype.names else lives)["frailty"].tolist()
        for row in range(len(homes)):
            one = TwinHousehold(self, homes[row], lives[row], ties[row], frailty[row])
            for place in range(N_PLACES):
                if int(homes["in_care"][row]) >> place & 1:
                    self.starts(one, place, self.provider_of(one, place))
                elif int(homes["waiting"][row]) >> place & 1:
                    one.waiting[place] = self.provider_of(one, place)
                    one.waiting[place].queue.append((one, place, min(HELPS[place])))

    def provider_of(self, household: TwinHousehold, place: int) -> Any:
        """Return the team or a provider for a place."""
        if KIND_OF[place] in ("wijkteam", "youth_team"):
            return household.team
        return self.random.choice([p for p in self.providers if p.name == KIND_OF[place]])

    def starts(self, household: TwinHousehold, place: int, provider: Any) -> None:
        """Begin care at a place."""
        household.waiting.pop(place, None)
        household.care[place] = provider
        provider.clients += 1

    def refers(self, household: TwinHousehold, problem: int, observed: float) -> None:
        """Put a household on the waiting lists of what it seems to need."""
        p = self.parameters.provider
        for place in range(N_PLACES):
            helps = problem in HELPS[place] and KIND_OF[place] not in ("wijkteam", "youth_team", "shelter")
            if not helps or place in household.care or place in household.waiting:
                continue
            provider = self.provider_of(household, place)
            kind = provider.kind
            if observed >= p.needs_at[kind] and self.random.random() < p.offered_share[kind]:
                household.waiting[place] = provider
                provider.queue.append((household, place, problem))

    def admits_at_once(self, household: TwinHousehold, problem: int) -> None:
        """Care in a crisis starts this month."""
        kinds = {MONEY: "shelter", MIND: "mental_health", CARE: "guidance", SAFETY: "shelter"}
        place = place_of(kinds.get(problem, "youth_outpatient"), max(0, problem - YOUTH))
        if place not in household.care:
            self.starts(household, place, self.provider_of(household, place))

    @property
    def share_going_on(self) -> float:
        """Share of households with something going on."""
        households = self.agents_by_type[TwinHousehold]
        return sum(each.something_going_on for each in households) / len(households)

    def step(self) -> None:
        """One month: events, problems, informal support, signals, teams, specialists, crises, costs."""
        households = self.agents_by_type[TwinHousehold]
        households.do("meets_events")
        households.do("moves_problems")
        households.do("lays_need")
        self.agents_by_type[TwinNetwork].do("carries")
        households.do("receives_support")
        households.shuffle_do("gives_signals")
        self.agents_by_type[TwinTeam].do("takes_in")
        households.do("is_supported")
        self.agents_by_type[TwinProvider].do("admits")
        households.do("is_treated")
        households.do("meets_crises")
        self.cost_cents += sum(each.cost_cents() for each in (*self.providers, *self.team_of_wijk))
        self.month += 1
