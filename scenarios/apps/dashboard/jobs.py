"""What the page asks to simulate: jobs, each one arm of one replication, and the places they are
simulated in.
"""

import threading
from dataclasses import dataclass, replace
from functools import cache

from scenarios.analysis.main_job import nested_worlds
from scenarios.apps.dashboard.levers import SAME_MONEY, SLIDERS, is_shared, policy_changes, shared_values
from scenarios.apps.dashboard.state import MOST_REPLICATIONS, State, households_of, levers_of_sample
from scenarios.apps.lab.exercises import without
from scenarios.config.keys import value_called
from scenarios.config.scenario_forms import read_option
from scenarios.config.schema import group_options
from scenarios.runs.scenario import Scenario, landing_name, scenario_from
from simulation.parameters import changed
from simulation.recording.arm_names import FINDS_NOBODY, NO_EFFECT_POLICY, NO_EFFECT_REFERENCE, SAME_STAFF

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


def why_jobs(state: State, number: int, size: str = "sample") -> dict[str, Job]:
    """Return what tells why the policy looked at saves, in one replication, by name.

    The nested worlds of the decomposition, each with reference and policy, and the placebo arms.
    """
    reference, policy = jobs_of(state, state.look, size, number)
    jobs: dict[str, Job] = {}
    for world in range(WORLDS):
        jobs |= {f"reference_{world}": replace(reference, world=world),
                 f"policy_{world}": replace(policy, world=world)}  # fmt: skip
    arms = {name for pair in PLACEBOS.items() for name in pair if name}
    return jobs | {name: replace(policy, arm=name) for name in sorted(arms)}


LANDINGS = ("first", "first_same_money", "second")


def landing_jobs(state: State, number: int, size: str = "sample") -> dict[str, Job]:
    """Return the landings that are set side by side in one replication, by name, without any new policy.

    The first is the landing of the policy looked at; the second takes `state.against` years to the same cut.
    """
    first = replace(jobs_of(state, state.look, size, number)[0], ahead=0.0)
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


@cache
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


def system_values(system: str, city: str) -> dict[str, float | None]:
    """Return where every slider stands when nobody has moved it; the cut per law has no one value."""
    parameters = composed_place(system, city, None).parameters
    values = {name: value_called(parameters, each.key) for name, each in SLIDERS.items() if each.key}
    return {name: None if value is None else float(value) for name, value in values.items()}


def _sorted(levers: dict[str, float]) -> Levers:
    return tuple(sorted(levers.items()))
