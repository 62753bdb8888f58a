"""Every lever, and every parameter that is drawn, moves its own mechanism's indicator.

What it moves stands next to its declaration (`agents.parameters.Effect`). A town after its warm-up is copied
on the eve of the transition; one copy takes the low value, the other the high one, all else and all random
numbers being equal. What the value itself costs does not count as an indicator. A direction is asked only
where the mechanism dictates it. Besides, it leaves alone what life brings, and nobody differs before the
process in which the parameter says it works. What a lever costs is paid.
"""

import re
import zlib
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pytest

from agents.mesa_adapter.model_mixin import release
from agents.parameters import MOVES, Effect, bound_of, default_of
from agents.vocabulary import HEALTH_INSURER, KINDS, LAW_WMO, LINE_SECOND, PROVIDERS
from simulation.model import Model
from simulation.parameters import GROUPS, Parameters, changed
from simulation.population.municipality_profile import load_profile
from simulation.recording.recorder import MONTHLY
from simulation.schedule import MONTH
from tests.worlds import differences

SPECIALISTS = [kind for kind in KINDS if kind not in ("wijkteam", "youth_team")]
# Whose state is kept where in a world. What holds for the whole town is the municipality's.
AGENTS = {
    "household": ("households", "lives", "calendar", "attention"),
    "informal_network": ("networks",),
    "wijkteam": ("teams", "wijken", "queues", "entries"),
    "provider": ("providers", "queues", "entries"),
    "municipality": (),
    "national_government": (),
}
TOWN = frozenset(("municipality", "national_government"))
EVENTS = ("births", "separations", "household_deaths", "moves", "households_formed", "disputes")
PROCESSES = [process.__name__ for process in MONTH]


# Indicators that are no monthly column.


def staff_quality(model):
    return model.world.teams["quality"].mean()


def own_strength(model):
    return float(model.world.households["strength"].sum(dtype=float))


def own_ties(model):
    return float(model.world.households["ties"].sum(dtype=float))


def waited_by_specialists(model):
    """Mean months waited by those who started specialist care."""
    waited, started = (
        sum(total(model, f"{name}_{kind}") for kind in SPECIALISTS) for name in ("waited_months", "starts")
    )
    return waited / started


def links(model):
    """Team hours of the last month that no other use explains."""
    teams = model.world.teams
    uses = ("administration", "outreach", "collective", "intake", "support")
    return float((teams["hours"] - sum(teams[f"{use}_hours"] for use in uses)).sum())


def support_in_care(model):
    homes = model.world.households
    return float(homes["support"][homes["in_care"] > 0].sum(dtype=float))


def youth_staff(model):
    return float(model.world.teams["fte"][model.world.teams["kind"] == 1].sum())


def unevenness_of_staff(model):
    """Spread over teams of planned staff per household, against its mean."""
    per_household = model.world.teams["planned_fte"] / model.world.teams["households"]
    return float(per_household.std() / per_household.mean())


def youth_caseload(model):
    return int(model.world.teams["caseload"][model.world.teams["kind"] == 1].sum())


def intakes_before_transition(model):
    return model.recorder.column("intakes")[: model.transition].sum()


def staff_before_transition(model):
    return model.recorder.column("team_fte")[: model.transition].sum()


def months_held_back(model):
    return model.national_government.held_months


def in_specialist_care(model):
    return float(sum(total(model, f"clients_{kind}") for kind in SPECIALISTS))


def provider_margin(model):
    """Result over revenue of providers with clients, last month."""
    providers = model.world.providers
    return float(providers["margin"][providers["clients"] > 0].mean())


def slots_contracted(model):
    return int(model.world.providers["contracted"].sum())


def access_shift(model):
    now = model.world.municipality[0]
    return float(now["access_shift"] + now["access_shift_youth"])


def paid_by_insurer(model):
    """Part of the month's guidance the insurer pays."""
    return int(model.books.month[HEALTH_INSURER, PROVIDERS, LINE_SECOND, LAW_WMO].sum())


def total(model, name):
    """Return the sum of a monthly column, or of all that begin alike, since the transition."""
    columns = [model.recorder.column(each)[model.transition : model.month] for each in columns_of(name)]
    return float(sum(column.sum() for column in columns))


def columns_of(name):
    return [each for each in MONTHLY if each == name or (name[-1] == "*" and each.startswith(name[:-1]))]


INDICATORS = {
    each.__name__: each
    for each in (
        staff_quality,
        own_strength,
        own_ties,
        waited_by_specialists,
        links,
        support_in_care,
        youth_staff,
        unevenness_of_staff,
        youth_caseload,
        intakes_before_transition,
        staff_before_transition,
        months_held_back,
        in_specialist_care,
        provider_margin,
        slots_contracted,
        access_shift,
        paid_by_insurer,
    )
}


def indicator_of(model, name):
    """Return an indicator of a model: one computed above, or a sum of monthly columns."""
    return INDICATORS[name](model) if name in INDICATORS else total(model, name)


# The cases.

FIELDS = {f"{group}.{each.name}": each for group, made in GROUPS.items() for each in fields(made)}
METADATA = {name: each.metadata for name, each in FIELDS.items()}
LEVERS = [name for name, metadata in METADATA.items() if metadata["lever"]]
# Divides the cost of one team for all over the laws, also where there are no youth teams.
WORKS_ANYHOW = ("wijkteam.youth_fte_share",)


@dataclass
class Case:
    """A parameter with its effect, and the values that are compared."""

    name: str
    effect: Effect
    low: Any
    high: Any


def case_of(name, effect):
    """Return the case of a parameter: the values its effect names, or the ends of its range."""
    low = bound_of(FIELDS[name], "low") if effect.low is None else effect.low
    high = bound_of(FIELDS[name], "high") if effect.high is None else effect.high
    return Case(name, effect, low, high)


CASES = [
    case_of(name, metadata["effect"]) for name, metadata in METADATA.items() if metadata["effect"] is not None
]


# Where two runs part.


@dataclass
class Divergence:
    """When and where two runs first differ, and whose state does."""

    month: int
    process: str
    agents: frozenset[str]


class Fingerprints:
    """An observer that keeps one number for the state of each kind of agent after every process."""

    def __init__(self):
        self.seen = []

    def after_process(self, model, process):
        state = {
            agent: [fingerprint(getattr(model.world, name)) for name in names]
            for agent, names in AGENTS.items()
            if names
        }
        town = [fingerprint(model.books.month), fingerprint(model.world.municipality)]
        self.seen.append((process, state | dict.fromkeys(TOWN, town)))


def fingerprint(array):
    """Return a number that is the same for equal arrays; the gaps between fields hold nothing."""
    found = 0
    for part in [array[name] for name in array.dtype.names] if array.dtype.names else [array]:
        found = zlib.crc32(np.ascontiguousarray(part).tobytes(), found)
    return found


def first_divergences(one, other, end):
    """Run two models month by month until they part.

    Returns where the town's rules and books first differ, and where the state of anybody else does;
    rules may differ long before anybody meets them. None for what does not happen by `end`.
    """
    pages = Fingerprints(), Fingerprints()
    for model, page in zip((one, other), pages, strict=True):
        model.observers.append(page)
    town = others = None
    while one.month < end and others is None:
        month = one.month
        for model, page in zip((one, other), pages, strict=True):
            page.seen.clear()
            model.step()
        town = town or _divergence_within(*pages, month, TOWN)
        others = _divergence_within(*pages, month, AGENTS.keys() - TOWN)
    for model, page in zip((one, other), pages, strict=True):
        model.observers.remove(page)
    return town, others


def _divergence_within(one, other, month, agents):
    """Return the first process of a month after which some of these agents differ, None if there is none."""
    for (process, mine), (_, theirs) in zip(one.seen, other.seen, strict=True):
        differ = frozenset(agent for agent in agents if mine[agent] != theirs[agent])
        if differ:
            return Divergence(month, process, differ)
    return None


def events_of(model):
    """Return what life brought since the transition, per month: events, and new problems."""
    names = [*EVENTS, *(name for name in MONTHLY if name.startswith("new_problems_"))]
    return {name: model.recorder.column(name)[model.transition : model.month].copy() for name in names}


# Two runs and what they share.


@dataclass
class Pair:
    """A case's run under its low and under its high value: indicators, events, where they part."""

    case: Case
    found: list[float]
    events: list[dict[str, np.ndarray]]
    town: Divergence | None
    others: Divergence | None


def with_value(town, case, value):
    """Return a model at the start of a case's run, under one value."""
    changes = case.effect.also | {case.name: value}
    if case.effect.anew:
        profile = load_profile("average", households=case.effect.households)
        return Model(changed(Parameters(), changes), profile, 3)
    model = town.copy()
    model.apply_policy(changed(town.parameters, changes))
    return model


def two_runs(town, case):
    """Run a case under both values, side by side for as long as they have not parted."""
    models = [with_value(town, case, value) for value in (case.low, case.high)]
    end = models[0].transition + case.effect.months
    town_parts, others_part = first_divergences(*models, end)
    found = []
    for model in models:
        model.run_until(end)
        found.append(indicator_of(model, case.effect.indicator))
    events = [events_of(model) for model in models]
    for model in models:
        release(model)
    return Pair(case, found, events, town_parts, others_part)


@pytest.fixture(scope="module", params=CASES, ids=[case.name for case in CASES])
def pair(request, town_before_transition):
    return two_runs(town_before_transition, request.param)


# Every parameter.


def test_it_moves_its_own_mechanism(pair):
    case, (low, high) = pair.case, pair.found
    assert np.isfinite([low, high]).all()
    assert low != high, f"{case.name} moves nothing: {low} under {case.low} and under {case.high}"
    if case.effect.direction != MOVES:
        assert np.sign(high - low) == case.effect.direction, (
            f"{low} under {case.low}, {high} under {case.high}"
        )


def test_it_leaves_alone_what_life_brings(pair):
    if pair.case.effect.is_about_events:
        pytest.skip("says itself how often problems come")
    low, high = pair.events
    assert [name for name in low if not np.array_equal(low[name], high[name])] == []


def test_nobody_differs_before_its_process_has_worked_and_its_agent_does_then(pair):
    if pair.case.effect.anew:
        pytest.skip("initialised otherwise: the runs differ before their first month")
    agent, process = pair.case.effect.agent, pair.case.effect.process
    first_divergence = pair.town if agent in TOWN else pair.others
    assert PROCESSES.index(first_divergence.process) >= PROCESSES.index(process), first_divergence
    assert agent in first_divergence.agents, first_divergence


def test_a_case_names_an_agent_a_process_and_an_indicator_that_exist():
    for case in CASES:
        assert case.effect.agent in AGENTS and case.effect.process in PROCESSES, case.name
        assert case.effect.indicator in INDICATORS or columns_of(case.effect.indicator), case.name


def test_an_offer_that_is_off_leaves_the_run_as_it_is_whatever_it_would_do(town_before_transition):
    usual = Parameters()
    idle = {case.name: case.high for case in CASES if is_about_what_is_off(case)}
    assert len(idle) > 25
    models = [town_before_transition.copy() for _ in range(2)]
    models[1].apply_policy(changed(usual, idle))
    found = differences(*(model.run_until(model.transition + 36) for model in models))
    for model in models:
        release(model)
    assert [name for name in found if not name.startswith("p.")] == []


def is_about_what_is_off(case):
    """Whether a case is about what a lever would do that is at zero as long as nobody touches it."""
    if METADATA[case.name]["lever"] or case.name in WORKS_ANYHOW:
        return False
    return any(default_of(FIELDS[name]) == 0 != value for name, value in case.effect.also.items())


def test_every_lever_and_every_drawn_parameter_has_its_case():
    wanted = {name for name, each in METADATA.items() if each["lever"] or each["draw"] is not None}
    assert wanted - {case.name for case in CASES} == set()


def test_two_runs_under_one_value_are_equal(town_before_transition):
    effect = Effect("household", "signals", "signals_self", low=0.3, high=0.3)
    pair = two_runs(town_before_transition, case_of("household.help_seeking_per_month", effect))
    assert pair.found[0] == pair.found[1] and pair.town is None and pair.others is None


# What a lever costs.

# Taken over at the initialisation: a copy on the eve of the transition has it already.
SET_BEFORE = ("provider.price_eur_per_year",)
PRICES = {
    name: [
        full
        for full in METADATA
        if full not in (name, *SET_BEFORE) and f"`{full.split('.')[1]}`" in METADATA[name]["cost"]
    ]
    for name in LEVERS
    if not METADATA[name]["cost"].startswith("Free, because ")
}


def test_every_lever_says_what_it_costs_in_parameters_that_exist_or_why_it_is_free():
    known = {name.split(".")[1] for name in METADATA}
    for name in LEVERS:
        cost = METADATA[name]["cost"]
        named = set(re.findall(r"`(\w+)`", cost))
        assert cost.endswith(".") and named <= known, f"{name}: {cost}"
        assert named or cost.startswith("Free, because "), f"{name}: {cost}"


def test_only_a_lever_has_a_cost():
    assert [name for name, each in METADATA.items() if each["cost"] and not each["lever"]] == []


@pytest.mark.parametrize("name", [name for name, prices in PRICES.items() if prices])
def test_what_a_lever_says_it_costs_is_paid_in_money_or_hours(name, town_before_transition):
    case = case_of(name, METADATA[name]["effect"])
    values = (
        (0, 1, 2)
        if FIELDS[name].metadata["high"] == 2 and isinstance(case.high, int)
        else (case.high, case.low)
    )
    for price in PRICES[name]:
        bounds = [{price: bound_of(FIELDS[price], end)} for end in ("low", "high")]
        is_paid = any(
            spending_under(town_before_transition, case, value, bounds[0])
            != spending_under(town_before_transition, case, value, bounds[1])
            for value in values
        )
        assert is_paid, f"{name}: nobody pays {price}"


def spending_under(town, case, value, prices):
    """Return every cost and every use of hours since the transition, under a value of a lever and prices."""
    effect = replace(case.effect, also=case.effect.also | prices)
    model = with_value(town, replace(case, effect=effect), value)
    model.run_until(model.transition + case.effect.months)
    spent = {name: total(model, name) for name in MONTHLY if name.startswith(("cost_", "team_hours_"))}
    release(model)
    return spent
