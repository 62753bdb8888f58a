"""The model of one municipality: agents, arrays and the month (ODD 2, 3 and 4)."""

import copy
from typing import Any

import mesa
import numpy as np

from agents.household import Household, trend_since_2010
from agents.informal_network import InformalNetwork, social_base_factor, social_base_kept
from agents.many import ArrayAgentModelMixin
from agents.municipality import Municipality
from agents.national_government import NationalGovernment
from agents.provider import Provider
from agents.state import CONTRACT_TERMS
from agents.vocabulary import (
    GRANT_GUIDANCE,
    GRANT_HOUSEHOLD_HELP,
    GRANT_OTHER,
    GRANT_YOUTH,
    HOUSEHOLD_HELP,
    KINDS,
    LAW_NONE,
    LAW_WMO,
    LAW_YOUTH,
    LINE_ZERO,
    MENTAL_HEALTH,
    MUNICIPALITY,
    N_GRANTS,
    N_KINDS,
    N_LAWS,
    NATIONAL_GOVERNMENT,
)
from agents.wijkteam import Wijkteam
from simulation import loops
from simulation.books import Books, cents
from simulation.founding import found_providers, found_teams, number_of_teams, plan_staff
from simulation.loops.events import growth_of_hazards
from simulation.loops.places import KIND_OF_PLACE
from simulation.months import month_number, year_of
from simulation.municipality_profile import MunicipalityProfile
from simulation.observation.recorder import Recorder
from simulation.parameters import Parameters, as_record
from simulation.payments import DECENTRALISED, law_of_kind, payer_of_kind, prices
from simulation.population import build_population
from simulation.schedule import MONTH
from simulation.tallies import CRISES, CRISIS, N_TALLIES
from simulation.world import ON_DEMAND, World, figures_of_problems, make_world, with_room

# A process of the month over all of one kind: the agents' method, and the loop that equals it.
PROCESSES = {
    "opens_year": (Household, "all_households_open_year"),
    "meets_events": (Household, "all_households_events"),
    "moves_problems": (Household, "all_households_problems"),
    "lays_need": (Household, "all_households_needs"),
    "carries": (InformalNetwork, "all_networks_carry"),
    "receives_support": (Household, "all_households_support"),
    "gives_signals": (Household, "all_households_signals"),
    "is_supported": (Household, "all_households_team_support"),
    "is_treated": (Household, "all_households_treatment"),
    "meets_crises": (Household, "all_households_crises"),
    "is_observed": (Household, "all_households_observed"),
}
# What is settled when a run is founded.
FIXED = (
    "wijkteam.count",
    "wijkteam.youth_count",
    "provider.per_kind",
    "provider.price_eur_per_year",
    "landing.transition",
    "household.care_growth_per_year_of_age",
    "household.death_at_80_per_year",
    "household.death_growth_per_year_of_age",
    "household.poverty_hazard",
)
CONTRACT_MONTHS = 6  # the municipality contracts in January and July
RECESSION = (month_number("2009-01"), month_number("2014-12"))
# Which grant pays what moved: youth, guidance with day care and residence, household help.
LAW_OF_GRANT = (LAW_YOUTH, LAW_WMO, LAW_WMO, LAW_NONE)


class Model(ArrayAgentModelMixin, mesa.Model):
    """One municipality, month by month.

    Parameters
    ----------
    parameters : Parameters
        Parameters and levers in force from the start.
    profile : MunicipalityProfile
        Who lives there.
    seed : int
        Luck; two models with one seed meet the same events.
    start_month, end_month : int
        First and last month that can be run.
    by_objects : bool
        Run every process agent by agent instead of by compiled loops; the result is the same.
    """

    loops: Any = loops  # a class attribute: a saved state must not hold a module

    def __init__(
        self,
        parameters: Parameters,
        profile: MunicipalityProfile,
        seed: int = 1,
        start_month: int = 0,
        end_month: int = 359,
        by_objects: bool = False,
    ) -> None:
        super().__init__(seed=seed)
        self.parameters = parameters
        self.profile = profile
        self.luck_seed = seed
        self.month = start_month
        self.start_month = start_month
        self.end_month = end_month
        self.by_objects = by_objects
        self.books = Books()
        self.inhabitants_by_month = _inhabitants_by_month(profile, start_month, end_month)
        population = build_population(profile, seed, parameters.population, start_month, end_month)
        teams, youth_teams = number_of_teams(parameters, len(population.wijken))
        self.world: World = make_world(
            population, teams + youth_teams, int(parameters.provider.per_kind), as_record(parameters)
        )
        self.transition = month_number(parameters.landing.transition)
        self.world.municipality["seed"] = seed
        self.world.municipality["transition"] = self.transition
        self.world.municipality["prevention"] = 1.0
        self.world.municipality["staffing"] = 1.0
        self.world.municipality["tariff"] = 1.0
        found_teams(self.world, parameters)
        self.inhabitants_of_january = self.inhabitants
        plan_staff(self.world, parameters, self.inhabitants_of_january)
        found_providers(self.world, self.inhabitants)
        self.old_prices = prices(self.world)
        self.tariffed = np.isin(self.world.providers["kind"], (*DECENTRALISED, HOUSEHOLD_HELP))
        has_places = np.diff(self.world.provider_range) > 0
        self.contracted_kinds = has_places & ~np.isin(np.arange(N_KINDS), ON_DEMAND)
        self.municipal_kinds = np.array([payer_of_kind(k, True) == MUNICIPALITY for k in range(N_KINDS)])
        self.law_of_kinds = np.array([law_of_kind(k) for k in range(N_KINDS)])
        self.contract_terms = np.zeros(N_KINDS, dtype=CONTRACT_TERMS)
        self.flows = np.zeros(N_TALLIES, dtype=np.int64)  # what was counted this month, all wijken
        self.last_year = np.zeros((12, N_GRANTS))  # cost of the transferred tasks, euros per month
        self.grants_eur = np.zeros(N_GRANTS)
        self.cut_eur = np.zeros(N_GRANTS)
        self.register_many(Household)
        self.register_many(InformalNetwork)
        self.teams = [Wijkteam(self, row) for row in range(len(self.world.teams))]
        self.providers = [Provider(self, row) for row in range(len(self.world.providers))]
        self.municipality = Municipality(self)
        self.national_government = NationalGovernment(self)
        self.recorder = Recorder(self)

    # -- running ---------------------------------------------------------------------------------

    def step(self) -> None:
        """Run one month: the ten processes of `schedule.MONTH`."""
        if self.month > self.end_month:
            raise ValueError(f"month {self.month}: the model was made to run up to {self.end_month}")
        for process in MONTH:
            process(self)
        self.month += 1

    def run_until(self, month: int) -> "Model":
        """Run up to, not including, a month."""
        while self.month < month:
            self.step()
        return self

    def fork(self) -> "Model":
        """Return an independent copy: a saved state from which another policy can start."""
        return copy.deepcopy(self)

    def adopt(self, parameters: Parameters) -> None:
        """Let other parameters and levers hold from this month on.

        Raises
        ------
        ValueError
            For what is settled when a run is founded, such as the number of teams.
        """
        for name in FIXED:
            group, short = name.split(".")
            if getattr(getattr(parameters, group), short) != getattr(getattr(self.parameters, group), short):
                raise ValueError(f"{name} cannot change during a run; set it from the start")
        if parameters.population != self.parameters.population:
            raise ValueError("population parameters cannot change during a run; set them from the start")
        self.parameters = parameters
        self.world.p[:] = as_record(parameters)
        self.world.how_problems_move[:] = figures_of_problems(self.world.p)
        plan_staff(self.world, parameters, self.inhabitants_of_january)
        self.municipality.applies_measures(self.world.p[0])

    def every(self, process: str) -> None:
        """Let every agent of a kind go through one process of the month."""
        agent_type, loop = PROCESSES[process]
        if self.by_objects:
            self.agents_by_type[agent_type].do(process)
        else:
            getattr(loops, loop)(self.world)

    def lists_active(self) -> None:
        """List the households with something going on."""
        loops.lists_active(self.world)

    def orders_active(self) -> None:
        """Put households woken since the list was made in their place."""
        loops.orders_active(self.world)

    def makes_room(self) -> None:
        """Make room on the waiting lists for whatever this month may bring."""
        self.world = with_room(self.world, 2 * int(self.world.counts[0]) + 4096)

    # -- processes of the few --------------------------------------------------------------------

    @property
    def responsible(self) -> bool:
        """Whether the municipality is responsible for what was decentralised."""
        return self.month >= self.transition

    @property
    def inhabitants(self) -> float:
        """Inhabitants this month."""
        return float(self.inhabitants_by_month[self.month - self.start_month])

    def opens_month(self) -> None:
        """Set what holds for everybody this month: trends, regime, prices, teams that start."""
        world, p, now = self.world, self.world.p[0], self.world.municipality[0]
        world.tally[:] = 0
        self.books.opens_month()
        now["month"] = self.month
        now["responsible"] = int(self.responsible)
        now["trend_youth"] = trend_since_2010(self.month, p["youth_trend_per_year"])
        now["trend_care"] = trend_since_2010(self.month, p["care_trend_per_year"])
        in_recession = RECESSION[0] <= self.month <= RECESSION[1]
        now["economy"] = p["recession_hazard"] if in_recession else 1.0
        now["hazards_grow"], now["youth_hazard_grows"] = growth_of_hazards(p)
        since = self.month - self.transition
        now["keeps_running_care"] = int(0 <= since < p["continuity_months"])
        self._starts_teams(since)
        standing = bool((world.teams["exists"] == 1).any())
        now["counters"] = p["counters"] if standing else p["counters_before"]
        collective = p["collective_share"] * now["prevention"] if standing else 0.0
        eur = p["social_base_eur_per_inhabitant"] * social_base_kept(now["prevention"])
        now["social_base_factor"] = (
            social_base_factor(eur, p["social_base_reference_eur"], p["social_base_lift"])
            + p["collective_effect"] * collective
        )

    def _starts_teams(self, since: int) -> None:
        """Teams start at the transition, or earlier with part of their staff."""
        teams = self.parameters.wijkteam
        early = 12.0 * max(teams.years_early, self.parameters.landing.years_ahead)
        if since < -early:
            return
        rows = self.world.teams
        starting = rows["exists"] == 0
        if starting.any():
            rows["exists"][starting] = 1
            rows["fte"][starting] = rows["planned_fte"][starting]
            rows["sharpness"][starting] = 0.5
            rows["quality"][starting] = 1.0 - teams.inexperience_costs
        if since < 0:
            rows["fte"] = np.minimum(rows["fte"], rows["planned_fte"] * teams.early_fte_share)
        elif since == 0:
            rows["fte"] = np.maximum(rows["fte"], rows["planned_fte"] * 0.8)

    def council_meets(self) -> None:
        """In January staff is planned; at the transition the council takes over, later it responds."""
        self.inhabitants_of_january = self.inhabitants
        plan_staff(self.world, self.parameters, self.inhabitants_of_january)
        if self.month == self.transition:
            self._takes_over()
        elif self.responsible:
            self.municipality.responds_to_deficit(self.world.p[0])

    def _takes_over(self) -> None:
        """The transferred sums become grants; prices fall to the new tariff; reserves are set aside."""
        p = self.world.p[0]
        base = self.last_year.sum(axis=0)
        base[GRANT_OTHER] += self._planned_own_cost_eur()
        self.national_government.base_eur = base
        reserve = self.inhabitants * p["reserves_eur_per_inhabitant"]
        reserve += self.national_government.reserve_on_day_one_eur(self.parameters.landing)
        self.municipality.reserves_cents = cents(float(reserve))
        self.municipality.applies_measures(p)

    def _planned_own_cost_eur(self) -> float:
        """Own money the municipality plans for teams, social base and access, euros a year."""
        teams, network = self.parameters.wijkteam, self.parameters.informal_network
        per_inhabitant = (
            network.social_base_reference_eur
            + teams.counters * teams.eur_per_counter
            + self.parameters.municipality_government.implementation_eur_per_inhabitant
        )
        fte = float(self.world.teams["planned_fte"].sum())
        return per_inhabitant * self.inhabitants + fte * teams.eur_per_fte

    def receives_grants(self) -> None:
        """Book this month's grants from the transition on."""
        if not self.responsible:
            return
        landing = self.parameters.landing
        since = self.month - self.transition
        if landing.adaptive >= 0.5 and since > 0 and self.recorder.harm_above_norm(self):
            self.national_government.holds_back()
        self.grants_eur, self.cut_eur = self.national_government.grants_eur(landing, since)
        for grant in range(N_GRANTS):
            self.books.pays(
                NATIONAL_GOVERNMENT,
                MUNICIPALITY,
                LINE_ZERO,
                LAW_OF_GRANT[grant],
                cents(float(self.grants_eur[grant])),
            )

    def contracts(self) -> None:
        """Contract places: national payers on demand each month, the municipality twice a year."""
        p, world, now = self.world.p[0], self.world, self.world.municipality[0]
        mine = self.municipal_kinds if self.responsible else np.zeros(N_KINDS, dtype=bool)
        terms = self.contract_terms
        terms["revised"] = self.contracted_kinds & (~mine | (self.month % CONTRACT_MONTHS == 0))
        terms["months"] = np.where(mine, CONTRACT_MONTHS, 1)
        terms["follow_demand"] = np.where(mine, p["contracts_follow_demand"], 1.0)
        terms["headroom"] = np.where(mine, p["contract_headroom"], p["national_headroom"])
        terms["budget_ratio"] = np.where(mine, self._budget_ratios()[self.law_of_kinds], 1.0)
        loops.contracts(world, terms)
        if self.responsible:
            old = self.old_prices[world.providers["kind"]]
            new = np.rint(old * now["tariff"]).astype(np.int64)
            world.providers["price_cents"] = np.where(self.tariffed, new, old)

    def _budget_ratios(self) -> np.ndarray:
        """Return grant over cost of the last twelve months per law; one ratio for all when pooled."""
        accounts = self.municipality.accounts[-12:]
        if not accounts or self.month % CONTRACT_MONTHS:
            return np.ones(N_LAWS)
        grant, cost = np.sum(accounts, axis=0).astype(float)
        if self.world.p[0]["pooled"] >= 0.5:
            return np.full(N_LAWS, grant.sum() / max(1.0, cost.sum()))
        return np.where(cost > 0.0, grant / np.maximum(1.0, cost), 1.0)

    def teams_work(self) -> None:
        """All teams divide hours and take in."""
        if not self.by_objects:
            loops.all_teams_work(self.world)
            return
        self.agents_by_type[Wijkteam].do("divides_hours")
        self.agents_by_type[Wijkteam].do("takes_in")

    def providers_admit(self) -> None:
        """All providers adjust their places and admit."""
        if not self.by_objects:
            loops.all_providers_admit(self.world)
            return
        self.agents_by_type[Provider].do("adjusts")
        self.agents_by_type[Provider].do("admits")

    def counts_flows(self) -> None:
        """Add up over wijken what was counted this month."""
        self.flows = self.world.tally.sum(axis=0)

    def closes_accounts(self) -> None:
        """Close the month: providers' reserves, the municipality's accounts, the national payers' year."""
        loops.all_providers_close_month(self.world, self.old_prices)
        self.last_year[self.month % 12] = self._cost_of_tasks_eur()
        if self.responsible:
            grants = self.books.month[NATIONAL_GOVERNMENT, MUNICIPALITY].sum(axis=0)
            self.municipality.closes_month(grants, self.books.municipal_cost_by_law())

    def _cost_of_tasks_eur(self) -> np.ndarray:
        """Return what the tasks that move, or stay, cost this month, euros of shape (n_grants,)."""
        world = self.world
        cost = np.zeros(N_GRANTS)
        clients = np.zeros(N_KINDS)
        np.add.at(clients, world.providers["kind"], world.providers["clients"])
        eur = clients * self.old_prices / 100.0
        for kind in range(N_KINDS):
            if kind in DECENTRALISED:
                cost[GRANT_YOUTH if law_of_kind(kind) == LAW_YOUTH else GRANT_GUIDANCE] += eur[kind]
            elif kind == HOUSEHOLD_HELP:
                cost[GRANT_HOUSEHOLD_HELP] += eur[kind] * (1.0 - float(world.p["own_contribution_share"][0]))
            elif kind != MENTAL_HEALTH:
                cost[GRANT_OTHER] += eur[kind]
        p = world.p[0]
        counted = self.flows[CRISIS : CRISIS + len(CRISES)]
        cost[GRANT_OTHER] += float(np.sum(counted * p["crisis_cost_eur"] * p["crisis_municipal_share"]))
        return cost

    def records(self) -> None:
        """Record the month."""
        self.recorder.records(self)

    # -- reading ---------------------------------------------------------------------------------

    def kinds_of_care(self, household: int) -> list[str]:
        """Return the kinds of care a household has now."""
        mask = int(self.world.households["in_care"][household])
        return [KINDS[KIND_OF_PLACE[p]] for p in range(len(KIND_OF_PLACE)) if mask >> p & 1]

    @property
    def year(self) -> int:
        """Calendar year."""
        return int(year_of(self.month))


def _inhabitants_by_month(profile: MunicipalityProfile, start: int, end: int) -> np.ndarray:
    """Return inhabitants per month, float64, growing with the number of households."""
    months = np.arange(start, end + 2)
    return profile.inhabitants_per_household * np.asarray(profile.households_at(months), dtype=float)
