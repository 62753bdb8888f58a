"""Jobs of the page: one arm of one replication each, simulated in a worker from a stored initial state."""

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import Any

import numpy as np

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import MUNICIPALITY, N_KINDS
from scenarios.analysis.main_job import nested_worlds
from scenarios.apps.dashboard.state import (
    FIRST_YEAR,
    MOST_REPLICATIONS,
    SAME_MONEY,
    SHARED_KEYS,
    SLIDERS,
    State,
    households_of,
    is_shared,
    levers_of_sample,
    policy_changes,
    shared_values,
)
from scenarios.apps.lab.exercises import without
from scenarios.config.keys import value_called
from scenarios.config.scenario_forms import read_option
from scenarios.config.schema import group_options
from scenarios.runs.arms import INITIAL_LEVERS, Arm, arms_of, policy_branch_month
from scenarios.runs.replications import begin_warm_up, parameters_of_replication, run_with_branches
from scenarios.runs.scenario import Scenario, landing_name, scenario_from
from simulation.finance.books import ITEMS, OWN_COST
from simulation.model import Model
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.outcomes.definitions import value_of
from simulation.outcomes.rules import ArmSpan
from simulation.parameters import Parameters, changed
from simulation.recording.arm_names import (
    FINDS_NOBODY,
    NO_EFFECT_POLICY,
    NO_EFFECT_REFERENCE,
    POLICY,
    REFERENCE,
    SAME_STAFF,
)
from simulation.recording.recorder import MONTHLY, WAITING, open_care_columns
from simulation.recording.schema import tally_values
from simulation.recording.tallies import CRISES, CRISIS, N_TALLIES, STATES

_composing = threading.Lock()  # Hydra holds one configuration at a time
Levers = tuple[tuple[str, float], ...]
Place = tuple[str, str, int | None, str]  # system, city, households, mechanism taken out


@dataclass(frozen=True)
class Job:
    """One arm of one replication, by everything that decides its outcome.

    Attributes
    ----------
    system, city : str
        How care is organised, and who lives there.
    households : int or None
        Size of the sample; None for the whole city.
    shared : tuple of (name, value)
        Sliders that hold for reference and policy alike.
    own : tuple of (name, value)
        Sliders of the policy; empty in the reference.
    ahead : float
        Years before the transition in which the policy begins: the reference applies its own then too.
    number : int
        Number of the replication: its seed and its parameter draw.
    without : str
        The mechanism taken out of the model; empty for none.
    arm : str
        A placebo arm of the policy instead of the policy itself; empty for reference or policy.
    world : int
        How many mechanisms are still off in a nested run of the decomposition; 0 is the run itself.
    """

    system: str
    city: str
    households: int | None
    shared: Levers
    own: Levers
    ahead: float
    number: int
    without: str = ""
    arm: str = ""
    world: int = 0

    @property
    def place(self) -> Place:
        """What is composed before anybody moves a slider."""
        return self.system, self.city, self.households, self.without


def jobs_of(state: State, letter: str, size: str, number: int) -> tuple[Job, Job]:
    """Return the reference and the policy of one replication; equal jobs have equal outcomes."""
    households = households_of(state.city, size)
    levers = state.policies[letter]
    if households is not None:
        levers = levers_of_sample(levers, state.city, households)
    shared = {name: value for name, value in levers.items() if is_shared(name)}
    own = {name: value for name, value in levers.items() if name not in shared}
    own = {name: value for name, value in own.items() if policy_changes({name: value})}
    ahead = own.get("ahead", 0.0)
    place = Job(state.system, state.city, households, _sorted(shared), (), ahead, number, state.without)
    return place, replace(place, own=_sorted(own))


def common_reference(state: State, letter: str, size: str, number: int) -> Job:
    """Return the one reference that all policies are compared with: the place as it is, with its own landing.

    The years in which a policy prepares stay, as teams are planned anew in that month in every arm.
    """
    return replace(jobs_of(state, letter, size, number)[0], shared=())


# Placebo arms, each with the arm it is held against; the reference where that is empty.
PLACEBOS = {FINDS_NOBODY: "", NO_EFFECT_POLICY: NO_EFFECT_REFERENCE, SAME_STAFF: ""}
WORLDS = len(nested_worlds())


def why_jobs(state: State, number: int) -> dict[str, Job]:
    """Return what tells why the policy looked at saves, in one replication, by name.

    The nested worlds of the decomposition, each with reference and policy, and the placebo arms.
    """
    reference, policy = jobs_of(state, state.look, "sample", number)
    jobs: dict[str, Job] = {}
    for world in range(WORLDS):
        jobs |= {f"reference_{world}": replace(reference, world=world),
                 f"policy_{world}": replace(policy, world=world)}  # fmt: skip
    arms = {name for pair in PLACEBOS.items() for name in pair if name}
    return jobs | {name: replace(policy, arm=name) for name in sorted(arms)}


LANDINGS = ("first", "first_same_money", "second")


def landing_jobs(state: State, number: int) -> dict[str, Job]:
    """Return the landings that are set side by side in one replication, by name, without any new policy.

    The first is the landing of the policy looked at; the second takes `state.against` years to the same cut.
    """
    first = replace(jobs_of(state, state.look, "sample", number)[0], ahead=0.0)
    shared = dict(first.shared)
    return {
        "first": first,
        "first_same_money": replace(first, shared=_sorted(shared | {SAME_MONEY: state.against})),
        "second": replace(first, shared=_sorted(shared | {"phase_in": state.against})),
    }


def off_in_world(world: int) -> dict[str, float]:
    """Return what is switched off in a nested world, counted from the run itself, where nothing is."""
    return nested_worlds()[-1 - world].off


def scenario_of(job: Job) -> Scenario:
    """Return the scenario of a job: the place's, with the sliders as they stand."""
    base = composed_place(*job.place)
    parameters = changed(base.parameters, shared_values(dict(job.shared)))
    changes = policy_changes(dict(job.own)) or ({"landing.years_ahead": job.ahead} if job.ahead else {})
    policy = replace(base.policy, changes=changes)
    return replace(base, parameters=parameters, policy=policy, landing=landing_name(parameters))


def composed_place(system: str, city: str, households: int | None, taken_out: str = "") -> Scenario:
    """Return the scenario of a place before anybody moves a slider."""
    with _composing:
        return _composed(system, city, households, taken_out)


@lru_cache(300)  # visitors bring ever more municipalities
def _composed(system: str, city: str, households: int | None, taken_out: str) -> Scenario:
    words = [f"system={system}", f"municipality={city}", "policy=reference"]
    words += [f"replication.count={MOST_REPLICATIONS}"]
    words += without(taken_out) if taken_out else []
    return scenario_from(words + ([] if households is None else [f"municipality.households={households}"]))


def compose_ahead(sizes: tuple[str, ...]) -> threading.Thread:
    """Compose every system in its own city meanwhile, so that nobody waits half a second for it."""

    def compose_city() -> None:
        for system in group_options()["system"]:
            city = str(read_option("system", system)["municipality"])
            for size in sizes:
                composed_place(system, city, households_of(city, size))

    ahead = threading.Thread(target=compose_city, daemon=True)
    ahead.start()
    return ahead


def place_of(system: str, city: str) -> Scenario:
    """Return the scenario of a whole city before anybody moves a slider."""
    return composed_place(system, city, None)


def transition_of(state: State) -> int:
    """Return the month of the transition, counted from the first reported month."""
    month = place_of(state.system, state.city).transition_month
    return month - (FIRST_YEAR - BASE_YEAR) * MONTHS_PER_YEAR


def system_values(system: str, city: str) -> dict[str, float | None]:
    """Return where every slider stands when nobody has moved it; the cut per law has no one value."""
    parameters = composed_place(system, city, None).parameters
    values = {name: value_called(parameters, each.key) for name, each in SLIDERS.items() if each.key}
    return {name: None if value is None else float(value) for name, value in values.items()}


def _sorted(levers: dict[str, float]) -> Levers:
    return tuple(sorted(levers.items()))


STORED = ("wijken", "flows", "costs")
# Outcomes of an arm, as `landingsbaan compare` has them: of all years since the transition together, and of
# the ten in which two landings are compared.
OUTCOMES = (
    "net_cost", "team_waiting", "specialist_waiting", "crises", "child_crises", "violence",
    "supervision_orders", "placements", "evictions", "found_in_vain", "lost_share", "overburdened_carers",
    "satisfaction", "unmet",
)  # fmt: skip
HARMS = ("own_payments", "crises", "waiting_above_norm", "evictions", "provider_exits")
HARM_YEARS = 10.0
WITHOUT_HELP = tuple(STATES.index(name) for name in ("problem", "waiting"))
OWN_COST_ITEMS = [number for number, name in enumerate(ITEMS) if name in OWN_COST]
EUROS = ("municipal_cost_eur", "all_payers_cost_eur", "grant_eur", "cut_eur")
UNMET = tuple(name for name in MONTHLY if name.startswith("unmet_severity_"))
# An initial state is stored at this month too: policies that prepare longer or shorter go on from here.
STEM_MONTHS_BEFORE_TRANSITION = 60
INITIAL_STATES_BYTES = 120_000_000  # per worker: five replications of a city, or sixty samples
Between = Callable[[], None]


@dataclass(frozen=True)
class Outcome:
    """What one arm of one replication leaves for the page; months and years are those reported.

    Attributes
    ----------
    monthly : dict of str to float64 array of shape (n_months,)
        municipal_cost_eur, all_payers_cost_eur, grant_eur, inhabitants, unmet, waiting (for
        a team or for care).
    waiting : float64 array of shape (n_years, n_kinds)
        Waiting per kind of care, mean over the months.
    wijken : dict of str to float64 array of shape (n_years, n_wijken)
        clients, waiting (means), cost (euro of the year), crises (of the year).
    wijk_households : int64 array of shape (n_wijken,)
    deprivation : float64 array of shape (n_wijken,)
    flows : dict of int to float64 array of shape (n_states, n_states)
        From 1 January of the year before to that of the year.
    outcomes, harms : dict of str to float
        Outcomes of all years since the transition, and of the ten years in which landings are compared.
    own_cost : float
        Euros that the municipality pays for staff and all else a policy pays for itself, in all years.
    open_care : float
        Euros that care still open or waited for at the end will cost the municipality.
    """

    monthly: dict[str, np.ndarray]
    waiting: np.ndarray
    wijken: dict[str, np.ndarray]
    wijk_households: np.ndarray
    deprivation: np.ndarray
    flows: dict[int, np.ndarray]
    outcomes: dict[str, float]
    harms: dict[str, float]
    own_cost: float
    open_care: float


class InitialStates:
    """Models kept in the month in which policies part, the latest used, within a bound of bytes."""

    def __init__(self, most_bytes: int = INITIAL_STATES_BYTES) -> None:
        self.stored: OrderedDict[tuple[Any, ...], Model] = OrderedDict()
        self.most_bytes = most_bytes

    @property
    def nbytes(self) -> int:
        """Bytes of all models kept, about."""
        return sum(size_of(model) for model in self.stored.values())

    def model_at(
        self, scenario: Scenario, job: Job, initial: Parameters, month: int, between: Between
    ) -> Model:
        """Return a model of one's own at the beginning of a month in which no arm has branched off yet."""
        plain = changed(
            initial, {key: value_called(composed_place(*job.place).parameters, key) for key in SHARED_KEYS}
        )
        initialisation = tuple(value_called(plain, key) for key in INITIAL_LEVERS)
        warm_up_key = (job.place, job.number, initialisation)
        if (*warm_up_key, month) not in self.stored:
            self._simulate_warm_up(scenario, warm_up_key, plain, month, between)
        self.stored.move_to_end((*warm_up_key, month))
        return self.stored[(*warm_up_key, month)].copy()

    def _simulate_warm_up(
        self,
        scenario: Scenario,
        warm_up_key: tuple[Any, ...],
        plain: Parameters,
        month: int,
        between: Between,
    ) -> None:
        """Simulate the warm-up to a month, from the latest kept one, and keep it; the stem is kept too."""
        stem = scenario.transition_month - STEM_MONTHS_BEFORE_TRANSITION
        if (*warm_up_key, stem) in self.stored and stem < month:
            model = self.stored[(*warm_up_key, stem)].copy()
        else:
            model = begin_warm_up(scenario, scenario.seeds[warm_up_key[1]], plain)
            model.recorder.stored = STORED
        try:
            for until in sorted({min(stem, month), month}):
                _simulate_until(model, plain, [], until, between)
                if until < month:
                    self._keep((*warm_up_key, until), model.copy())
        except BaseException:
            release(model, dismantle=True)  # nobody waits for it any more
            raise
        self._keep((*warm_up_key, month), model)

    def _keep(self, key: tuple[Any, ...], model: Model) -> None:
        """Keep a model; the longest unused are let go when there is no room, the newest never."""
        self.stored[key] = model
        while len(self.stored) > 1 and self.nbytes > self.most_bytes:
            _, oldest = self.stored.popitem(last=False)
            release(oldest, dismantle=True)


def simulate(job: Job, initial_states: InitialStates, between: Between = lambda: None) -> Outcome:
    """Simulate one arm of one replication and return what it leaves.

    Parameters
    ----------
    job : Job
        What is simulated.
    initial_states : InitialStates
        Stored initial states; the one needed is kept afterwards.
    between : function
        Called between months; what it raises ends the run.
    """
    scenario = scenario_of(job)
    parameters, _ = parameters_of_replication(scenario, job.number)
    arm = _arm(scenario, parameters, job.arm or (POLICY if job.own else REFERENCE))
    if job.world:
        arm = replace(arm, parameters=changed(arm.parameters, off_in_world(job.world)))
    branch_months = sorted({policy_branch_month(scenario), scenario.transition_month})
    model = initial_states.model_at(scenario, job, arm.initial or parameters, branch_months[0], between)
    try:
        _simulate_until(model, arm.parameters, branch_months, scenario.end_month + 1, between)
        return _outcome(model, scenario)
    finally:
        release(model, dismantle=True)


def pickled_outcome(job: Job, initial_states: InitialStates, between: Between) -> bytes:
    """Return the outcome of a job as the server keeps it; see `simulate`."""
    return pickle.dumps(simulate(job, initial_states, between), protocol=pickle.HIGHEST_PROTOCOL)


def warm_up(initial_states: InitialStates) -> None:
    """Load the rules by simulating what the page shows first."""
    for job in jobs_of(State(), "a", "sample", 0):
        simulate(job, initial_states)


def size_of(model: Model) -> int:
    """Return the bytes of a model's arrays, which are nearly all of it."""
    arrays = [array for array in model.world if isinstance(array, np.ndarray)]
    arrays += [each for each in vars(model.recorder).values() if isinstance(each, np.ndarray)]
    arrays += model.recorder.wijken.values()
    return sum(array.nbytes for array in arrays)


def _simulate_until(
    model: Model, parameters: Parameters, branch_months: list[int], until: int, between: Between
) -> None:
    """Simulate to a month as every run does, with a look around between months."""
    for month in range(model.month + 1, until + 1):
        run_with_branches(model, parameters, branch_months, month)
        between()


def _arm(scenario: Scenario, parameters: Parameters, name: str) -> Arm:
    return next(arm for arm in arms_of(scenario, parameters) if arm.name == name)


def _outcome(model: Model, scenario: Scenario) -> Outcome:
    """Return what a finished model leaves for the page."""
    recorder = model.recorder
    rows = recorder.monthly[scenario.start_month - recorder.first_month :]
    columns = {name: rows[:, MONTHLY.index(name)] for name in (*EUROS, "inhabitants")}
    unmet = sum(tally_values(name, rows[:, MONTHLY.index(name)]) for name in UNMET)
    queues = rows[:, [MONTHLY.index(name) for name in WAITING]]
    years = sorted(year for year in recorder.wijken if recorder.wijken[year].size)
    stored = np.stack([recorder.wijken[year] for year in years]).astype(float)
    cut = scenario.transition_month - scenario.start_month
    since = ArmSpan(rows, cut, len(rows), cut)
    ten_years = ArmSpan(rows, cut, min(len(rows), cut + round(MONTHS_PER_YEAR * HARM_YEARS)), cut)
    flows = {year + 1: flow.astype(float) for year, flow in recorder.flows.items() if flow.sum()}
    transition_year = BASE_YEAR + scenario.transition_month // MONTHS_PER_YEAR
    paid = sum(costs[OWN_COST_ITEMS, MUNICIPALITY].sum() for year, costs in recorder.costs.items()
               if year >= BASE_YEAR + scenario.start_month // MONTHS_PER_YEAR)  # fmt: skip
    open_care = open_care_columns(model)
    clients = stored[:, :, N_TALLIES : N_TALLIES + N_KINDS].sum(axis=2) / MONTHS_PER_YEAR
    waits = stored[:, :, N_TALLIES + N_KINDS :].sum(axis=2) / MONTHS_PER_YEAR
    return Outcome(
        monthly={name: values.copy() for name, values in columns.items()}
        | {"unmet": unmet, "waiting": queues.sum(axis=1)},
        waiting=queues.reshape(-1, MONTHS_PER_YEAR, N_KINDS).mean(axis=1),
        wijken={
            "clients": clients,
            "waiting": waits,
            "cost": np.stack([recorder.wijk_cost[year] for year in years]),
            "crises": stored[:, :, CRISIS : CRISIS + len(CRISES)].sum(axis=2),
        },
        wijk_households=model.world.wijken["size"].astype(np.int64),
        deprivation=model.world.wijken["deprivation"].astype(float),
        flows=flows,
        outcomes={name: value_of(name, since) for name in OUTCOMES}
        | {"without_help": without_help(flows, transition_year)},
        harms={name: value_of(name, ten_years) for name in HARMS}
        | {"without_help": without_help(flows, transition_year, HARM_YEARS)},
        own_cost=float(paid) / 100.0,
        open_care=float((open_care["municipal_cost_eur"] + open_care["waiting_municipal_cost_eur"]).sum()),
    )


def without_help(flows: dict[int, np.ndarray], transition_year: int, years: float = inf) -> float:
    """Return households with a problem and no help, per 1,000, on 31 December; mean over the years from the
    transition on.

    Those on a waiting list have no help yet. Who came in the course of a year is counted from the next on.
    """
    shares = [1000.0 * flow[:, WITHOUT_HELP].sum() / flow.sum() for year, flow in flows.items()
              if transition_year < year <= transition_year + years]  # fmt: skip
    return float(np.mean(shares)) if shares else float("nan")
