"""The model of one municipality: agents, arrays and the month (ODD 2, 3 and 4)."""

import copy
from collections.abc import Callable
from typing import Any, Protocol

import mesa
import numpy as np
from numba import typeof
from numba.core.registry import CPUDispatcher

from agents.household import Household
from agents.informal_network import InformalNetwork
from agents.mesa_adapter.model_mixin import ArrayAgentModelMixin
from agents.municipality import Municipality
from agents.national_government import NationalGovernment
from agents.provider import Provider
from agents.vocabulary import KINDS, N_GRANTS
from agents.wijkteam import Wijkteam
from simulation import loops
from simulation.dated_figures import History, history_of
from simulation.finance.accounts import Money
from simulation.finance.books import Books
from simulation.finance.payments import prices
from simulation.months import is_january, month_number, year_of
from simulation.parameters import Parameters, as_record
from simulation.population.initial_organisations import (
    initialise_providers,
    initialise_teams,
    number_of_teams,
    plan_staff,
    start_teams,
)
from simulation.population.initial_population import build_population
from simulation.population.municipality_profile import MunicipalityProfile
from simulation.processes.care.care_slots import KIND_OF_SLOT
from simulation.processes.event_tape import EventTape, hazards_of
from simulation.processes.surroundings import set_month_conditions
from simulation.recording.recorder import Recorder
from simulation.recording.tallies import N_TALLIES
from simulation.schedule import MONTH
from simulation.world import (
    ACTIVE,
    SPARE_ENTRIES,
    World,
    figures_of_problems,
    make_world,
    with_room_on_waiting_lists,
)

# Compiled loops by the array types of the world; worlds differ in array lengths only.
Loop = Callable[..., Any]
_ENTRY_POINTS: dict[tuple[tuple[np.dtype, int], ...], dict[Loop, Loop]] = {}


class Dispatch:
    """Calls compiled loops over a world without type inference of the arguments at every call.

    Numba inspects the type of every array of the world at every call: two dozen arrays, some four
    microseconds, which in a small town is longer than most loops take. Here types are inspected once.
    Further arguments of a loop must have the same types at every call, as the arrays of models have.
    """

    def __init__(self) -> None:
        self._world: World | None = None
        self._entry_points: dict[Loop, Loop] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> "Dispatch":
        """Return an empty dispatch: a copied model has its own world."""
        return Dispatch()

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return Dispatch, ()

    def __call__(self, loop: Loop, world: World, *more: Any) -> Any:
        """Call a loop with the world and further arguments."""
        if world is not self._world:
            self._world, self._entry_points = world, _ENTRY_POINTS.setdefault(array_types(world), {})
        entry_point = self._entry_points.get(loop)
        if entry_point is None:
            entry_point = self._entry_points[loop] = entry_point_of(loop, world, *more)
        return entry_point(world, *more)


def array_types(world: World) -> tuple[tuple[np.dtype, int], ...]:
    """Return the type and the number of dimensions of every array of a world.

    Parameters
    ----------
    world : World
        The arrays of the model.

    Returns
    -------
    tuple of (dtype, int)
        Type and number of dimensions of each array.

    Raises
    ------
    ValueError
        When an array is not contiguous and writeable, as compiled code needs it.
    """
    for name, array in zip(World._fields, world, strict=True):
        if not array.flags.carray:
            raise ValueError(f"world.{name}: expected an array that is writeable and without gaps")
    return tuple((array.dtype, array.ndim) for array in world)


def entry_point_of(loop: Loop, *arguments: Any) -> Loop:
    """Return the compiled code of a loop for arguments of these types; the loop itself in plain Python.

    Parameters
    ----------
    loop : function
        A compiled loop, or a plain function where rules are not compiled.
    *arguments
        Arguments of the types that it will be called with.

    Returns
    -------
    function
        Callable that runs the loop.
    """
    if not isinstance(loop, CPUDispatcher):
        return loop
    entry_point: Loop = loop.compile(tuple(typeof(each) for each in arguments))
    return entry_point


# Processes over all agents of one kind: the agents' method, their class, and the equivalent compiled loop.
PROCESSES = {
    "open_year": (Household, "all_households_open_year"),
    "process_events": (Household, "all_households_events"),
    "update_problems": (Household, "all_households_problems"),
    "register_need": (Household, "all_households_needs"),
    "provide_support": (InformalNetwork, "all_networks_update"),
    "receive_support": (Household, "all_households_support"),
    "send_signals": (Household, "all_households_signals"),
    "receive_team_support": (Household, "all_households_team_support"),
    "receive_low_threshold_help": (Household, "all_households_low_threshold"),
    "receive_treatment": (Household, "all_households_treatment"),
    "process_crises": (Household, "all_households_crises"),
    "record_indicators": (Household, "all_households_observation"),
}
# Parameters that cannot change after a run is initialised.
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


class Observer(Protocol):
    """Observes a run after every process of the month and changes nothing."""

    def after_process(self, model: "Model", process: str) -> None:
        """Observe the model after a process.

        Parameters
        ----------
        model : Model
            The running model.
        process : str
            Name of the process, as in `schedule.MONTH`.
        """


class Model(ArrayAgentModelMixin, mesa.Model):
    """One municipality, month by month.

    Parameters
    ----------
    parameters : Parameters
        Parameters and levers in force from the start.
    profile : MunicipalityProfile
        Profile of the municipality: size, composition and wijken.
    seed : int
        Random seed; models with the same seed have the same exogenous events.
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
        super().__init__(rng=seed)
        self.parameters = parameters
        self.profile = profile
        self.random_seed = seed
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
        self.world.municipality["tariff_youth"] = 1.0
        initialise_teams(self.world, parameters)
        self.inhabitants_of_january = self.inhabitants
        plan_staff(self.world, parameters, self.inhabitants_of_january)
        self.national_government = NationalGovernment(self)
        self._set_dated_figures()
        initialise_providers(self.world, self.inhabitants)
        self.old_prices = prices(self.world)
        set_month_conditions(self.world, self.inhabitants, profile.inhabitants_per_household)
        self.money = Money(self.world)
        self.flows = np.zeros(N_TALLIES, dtype=np.int64)  # tallies of this month over all wijken
        self.register_many(Household)
        self.register_many(InformalNetwork)
        self.teams = [Wijkteam(self, row) for row in range(len(self.world.teams))]
        self.providers = [Provider(self, row) for row in range(len(self.world.providers))]
        self.municipality = Municipality(self)
        self.recorder = Recorder(self)
        self.dispatch = Dispatch()
        self.observers: list[Observer] = []
        self.tape: EventTape | None = None
        self.uses_taped_events = False  # then its own calendar is not updated
        self.follows = False  # shares the households of another model (`simulation/following.py`)

    # -- running ---------------------------------------------------------------------------------

    def step(self) -> None:
        """Run one month: the ten processes of `schedule.MONTH`."""
        if self.month > self.end_month:
            raise ValueError(f"month {self.month}: the model was made to run up to {self.end_month}")
        for process in MONTH:
            process(self)
            for observer in self.observers:
                observer.after_process(self, process.__name__)
        self.month += 1

    def run_until(self, month: int) -> "Model":
        """Run up to, not including, a month.

        Parameters
        ----------
        month : int
            Month number, counted from January 2000.

        Returns
        -------
        Model
            This model.
        """
        while self.month < month:
            self.step()
        return self

    def copy(self) -> "Model":
        """Return an independent copy: a saved state from which another policy can start."""
        return copy.deepcopy(self)

    def apply_policy(self, parameters: Parameters) -> None:
        """Apply other parameters and levers from this month on.

        Parameters
        ----------
        parameters : Parameters
            Parameters and levers of the policy.

        Raises
        ------
        ValueError
            When a parameter differs that cannot change during a run, such as the number of teams.
        """
        for name in FIXED:
            group, short = name.split(".")
            if getattr(getattr(parameters, group), short) != getattr(getattr(self.parameters, group), short):
                raise ValueError(f"{name} cannot change during a run; set it from the start")
        if parameters.population != self.parameters.population:
            raise ValueError("population parameters cannot change during a run; set them from the start")
        if self.tape is not None and hazards_of(parameters) != hazards_of(self.parameters):
            self._detach_tape()
        self.parameters = parameters
        self.world.p[:] = as_record(parameters)
        self.world.how_problems_move[:] = figures_of_problems(self.world.p)
        plan_staff(self.world, parameters, self.inhabitants_of_january)
        self._set_dated_figures()
        self.municipality.apply_measures(self.world.p[0])

    def step_all(self, process: str) -> None:
        """Run one process of the month for all agents of a kind; do nothing while following another model.

        Parameters
        ----------
        process : str
            Name of the process, a key of `PROCESSES`.
        """
        if self.follows:
            return
        agent_type, loop = PROCESSES[process]
        if self.by_objects:
            self.agents_by_type[agent_type].do(process)
        else:
            self.run_loop(getattr(loops, loop))

    def run_loop(self, loop: Callable[..., Any], *more: Any) -> None:
        """Run a compiled loop over the world.

        Parameters
        ----------
        loop : callable
            A compiled loop that takes the world first.
        *more : Any
            Further arguments of the loop, after the world.
        """
        self.dispatch(loop, self.world, *more)

    def share_events(self, tape: EventTape) -> "Model":
        """Share events with other runs: take them from the tape where it has them, else record them there.

        Parameters
        ----------
        tape : EventTape
            The tape that these runs share.

        Returns
        -------
        Model
            This model.

        Raises
        ------
        ValueError
            When this model has run already, runs agent by agent, or has other events than the tape.
        """
        if self.month != self.start_month or self.by_objects:
            raise ValueError("events are shared by runs that begin, and not agent by agent")
        tape.attach(self)
        self.tape = tape
        return self

    def _detach_tape(self) -> None:
        """Stop using the tape, because later events differ from those on it."""
        if self.uses_taped_events:
            raise ValueError(
                "this run took its events from a tape; parameters that change events need a run of their own"
            )
        self.tape = None

    def apply_events(self) -> None:
        """Apply this month's events, from the tape where it has them, else from the calendar."""
        if self.tape is None:
            self.step_all("process_events")
        elif self.month in self.tape.months:
            self.uses_taped_events = True
            self.run_loop(loops.replay_taped_events, self.tape.months[self.month])
        elif self.uses_taped_events:
            raise ValueError(f"month {self.month}: the tape of events ends before it")
        else:
            first = len(self.world.calendar)
            many = self.dispatch(loops.all_households_events, self.world)
            self.tape.months[self.month] = self.world.active[first : first + many].copy()

    def extend_waiting_lists(self) -> None:
        """Allocate enough waiting list entries for this month."""
        self.world = with_room_on_waiting_lists(
            self.world, 2 * int(self.world.counts[ACTIVE]) + SPARE_ENTRIES
        )

    # -- organisations and government ------------------------------------------------------------

    @property
    def responsible(self) -> bool:
        """Whether the municipality is responsible for the decentralised tasks."""
        return self.month >= self.transition

    @property
    def inhabitants(self) -> float:
        """Inhabitants this month."""
        return self.inhabitants_in(self.month)

    @property
    def history(self) -> History:
        """The country's dated figures."""
        return history_of()

    def inhabitants_in(self, month: int) -> float:
        """Return the inhabitants in a month of the run; before it, those of its first month.

        Parameters
        ----------
        month : int
            Month number, counted from January 2000.

        Returns
        -------
        float
            Inhabitants, people.
        """
        return float(self.inhabitants_by_month[max(0, month - self.start_month)])

    @property
    def low_threshold_offered(self) -> bool:
        """Whether any low-threshold help is offered this month."""
        place = self.parameters.referral_source
        places = (place.help_on_school, place.youth_work, place.youth_intervention, place.flying_brigade)
        return max(places) > 0.0

    def open_month(self) -> None:
        """Set the values that hold for all agents this month: trends, regime, prices; start teams if due."""
        now = self.world.municipality[0]
        self.books.open_month()
        now["month"] = self.month
        now["responsible"] = int(self.responsible)
        self._start_teams(self.month - self.transition)
        if is_january(self.month):
            self._set_dated_figures()
        self.municipality.continue_talks(self.world.p[0])
        self.run_loop(set_month_conditions, self.inhabitants, self.profile.inhabitants_per_household)

    def _set_dated_figures(self) -> None:
        """Set the year's dated figures: contribution, duties, and those that date from the transition."""
        now, provider = self.world.municipality[0], self.parameters.provider
        since = self.month - self.transition
        now["contribution_flat"] = self.history.value("own_contribution_flat", self.month)
        duty = self.history.value("debt_signalling_duty", self.month)
        now["debt_duty"] = duty * self.parameters.referral_source.debt_duty_followed
        wages = self.history.lagged("care_wages", self.month, provider.wage_lag_years)
        intensity = self.history.value("youth_intensity", self.month) ** provider.youth_intensity_scale
        dip = self.history.since_transition("access_dip", since) if since >= 0 else 0.0
        cut = self._cut_above_actual(since)
        for end, of_law, factor in (("", cut[1:3].mean(), 1.0), ("_youth", cut[0], intensity)):
            tariff = self.history.since_transition("tariff_youth" if end else "tariff_wmo", since)
            # However deep the cut, tariffs are halved at most.
            tariff *= max(0.5, 1.0 - provider.tariff_follows_cut * of_law)
            government = self.parameters.municipality_government
            now[f"dated_price{end}"] = tariff * wages * factor if since >= 0 else 1.0
            now[f"dated_cost{end}"] = self.history.value("care_wages", self.month) * factor
            now[f"access_at_once{end}"] = government.first_budgets_careful * dip
            now[f"access_at_once{end}"] += government.access_follows_cut * of_law

    def _cut_above_actual(self, since: int) -> np.ndarray:
        """Return the cut of each grant in force less the historical cut, float64 of shape (n_grants,)."""
        if since < 0:
            return np.zeros(N_GRANTS)
        landing = self.parameters.landing
        return self.national_government.cut_now(landing, since) - self.history.cuts(since)

    def _start_teams(self, since: int) -> None:
        """Start teams at the transition, or earlier with part of their staff."""
        levers = self.parameters.wijkteam
        if since >= -12.0 * max(levers.years_early, self.parameters.landing.years_ahead):
            start_teams(self.world, levers, since)

    def hold_council(self) -> None:
        """Plan staff for the year; at the transition take over the tasks, later respond to a deficit."""
        self.inhabitants_of_january = self.inhabitants
        plan_staff(self.world, self.parameters, self.inhabitants_of_january)
        if self.month == self.transition:
            self.money.take_over(self)
        elif self.responsible:
            self.municipality.respond_to_deficit(self.world.p[0])

    def run_teams(self) -> None:
        """Run collective work in every wijk; then all teams divide hours and take in."""
        self.run_loop(loops.run_collective_work)
        if not self.by_objects:
            self.run_loop(loops.all_teams_work)
            return
        self.agents_by_type[Wijkteam].do("divide_hours")
        self.agents_by_type[Wijkteam].do("take_in")

    def run_providers(self) -> None:
        """Let all providers adjust their care slots and admit from their waiting lists."""
        if not self.by_objects:
            self.run_loop(loops.all_providers_admit)
            return
        self.agents_by_type[Provider].do("adjust_places")
        self.agents_by_type[Provider].do("admit_waiting")

    def record_month(self) -> None:
        """Record the month."""
        self.recorder.record_month(self)

    # -- reading ---------------------------------------------------------------------------------

    def kinds_of_care(self, household: int) -> list[str]:
        """Return the kinds of care a household has now.

        Parameters
        ----------
        household : int
            Number of the household, from 0.

        Returns
        -------
        list of str
            Names of kinds, once for every slot.
        """
        mask = int(self.world.households["in_care"][household])
        return [KINDS[KIND_OF_SLOT[p]] for p in range(len(KIND_OF_SLOT)) if mask >> p & 1]

    @property
    def year(self) -> int:
        """Calendar year."""
        return int(year_of(self.month))


def _inhabitants_by_month(profile: MunicipalityProfile, start: int, end: int) -> np.ndarray:
    """Return inhabitants per month, float64, growing with the number of households."""
    months = np.arange(start, end + 2)
    return profile.inhabitants_per_household * np.asarray(profile.households_at(months), dtype=float)
