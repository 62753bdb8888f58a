"""A tape of events: runs that take their events from it are, bit for bit, the runs they would have been."""

from dataclasses import fields

import numpy as np
import pytest

from agents.parameters import bound_of
from simulation.model import FIXED
from simulation.parameters import GROUPS, changed
from simulation.processes import event_tape
from simulation.processes.event_tape import HAZARDS, EventTape, have_same_events
from simulation.processes.events import BITS
from tests.worlds import differences

# Of no consequence to who takes events from a tape: its own calendar stands still.
CALENDAR = {"lives.bound", "calendar.next_event", "attention"}
BRANCH, END = 24, 72


def at_bound(group, end, chosen):
    """Return every parameter of a group that is chosen at one end of its range, by full name."""
    found = {f"{group}.{each.name}": bound_of(each, end) for each in fields(GROUPS[group]) if chosen(each)}
    return {name: value for name, value in found.items() if value is not None and name not in FIXED}


def lever_groups():
    """Return the groups that have levers which a run can change."""
    return [group for group in GROUPS if at_bound(group, "high", lambda each: each.metadata.get("lever"))]


def policy_of(group, end):
    """Return all levers of a group at one end of their ranges."""
    return at_bound(group, end, lambda each: each.metadata.get("lever"))


def run(street, changes, tape=None):
    """Return a street after a policy that began in its third year."""
    if tape is not None:
        street.share_events(tape)
    street.run_until(BRANCH).apply_policy(changed(street.parameters, changes))
    return street.run_until(END)


@pytest.fixture
def tape(make_street):
    """A tape that a street without a policy has filled."""
    tape = EventTape()
    run(make_street(), {}, tape)
    return tape


def test_the_run_that_fills_a_tape_is_the_run_it_would_have_been(make_street):
    assert differences(run(make_street(), {}, EventTape()), run(make_street(), {})) == []


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("group", lever_groups())
def test_a_policy_with_the_events_of_the_tape_is_bit_for_bit_the_policy_without(
    make_street, tape, group, end
):
    taped = run(make_street(), policy_of(group, end), tape)
    untaped = run(make_street(), policy_of(group, end))
    assert taped.uses_taped_events and set(differences(taped, untaped)) <= CALENDAR
    assert np.array_equal(taped.world.attention == 0, untaped.world.attention == 0)


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("group", [group for group in GROUPS if group != "population"])
def test_what_is_no_hazard_leaves_every_event_as_it_is(make_street, tape, group, end):
    others = at_bound(group, end, lambda each: f"{group}.{each.name}" not in HAZARDS)
    own = EventTape()
    make_street(others).share_events(own).run_until(END)
    assert sum(map(len, own.months.values())) > 500
    assert all(np.array_equal(own.months[month], tape.months[month]) for month in range(END))


def test_no_lever_is_a_hazard():
    levers = [name for group in GROUPS for name in policy_of(group, "high")]
    assert len(levers) > 50 and not set(levers) & set(HAZARDS)


@pytest.mark.parametrize("name", HAZARDS)
def test_a_run_with_another_hazard_is_refused_the_tape(make_street, tape, name):
    group, short = name.split(".")
    value = getattr(getattr(make_street().parameters, group), short)
    other = [0.9 * each for each in value] if isinstance(value, list) else 0.9 * value + 0.001
    street = make_street({name: other})
    assert not have_same_events([street.parameters, make_street().parameters])
    with pytest.raises(ValueError, match="meets other events"):
        street.share_events(tape)


def test_another_seed_or_window_is_refused_the_tape(make_street, tape):
    for other in (make_street(seed=2), make_street(end_month=300)):
        with pytest.raises(ValueError, match="expected the same seed, municipality, months"):
            other.share_events(tape)


def test_a_run_that_took_events_from_a_tape_cannot_change_a_hazard(make_street, tape):
    street = make_street().share_events(tape).run_until(BRANCH)
    with pytest.raises(ValueError, match="parameters that change events need a run of their own"):
        street.apply_policy(changed(street.parameters, {"household.moving_per_year": 0.2}))


def test_a_run_with_a_calendar_of_its_own_leaves_the_tape_when_a_hazard_changes(make_street):
    change = {"household.moving_per_year": 0.2}
    shared = EventTape()
    taped = run(make_street(), change, shared)
    assert taped.tape is None and max(shared.months) == BRANCH - 1
    assert differences(taped, run(make_street(), change)) == []


def test_a_run_beyond_the_end_of_its_tape_says_so(make_street):
    tape = EventTape()
    make_street().share_events(tape).run_until(12)
    with pytest.raises(ValueError, match="month 12: the tape of events ends before it"):
        make_street().share_events(tape).run_until(13)


def test_events_are_shared_by_runs_that_begin(make_street):
    with pytest.raises(ValueError, match="by runs that begin"):
        make_street().run_until(1).share_events(EventTape())
    with pytest.raises(ValueError, match="not agent by agent"):
        make_street(by_objects=True).share_events(EventTape())


def test_a_tape_names_households_in_the_order_of_their_numbers(make_street, tape):
    for met in tape.months.values():
        households = met >> BITS
        assert (np.diff(households.astype(int)) > 0).all() and households.max(initial=0) < 300


def test_agents_meet_one_by_one_what_the_tape_brings(make_street, tape):
    by_objects = run(make_street(by_objects=True), {})
    assert set(differences(run(make_street(), {}, tape), by_objects)) <= CALENDAR


@pytest.mark.uncompiled
@pytest.mark.parametrize(("more", "fits"), [(1, True), (0, True), (-1, False)])
def test_a_tape_takes_as_many_households_as_a_number_of_it_can_name(street, monkeypatch, more, fits):
    households = len(street.world.households)
    monkeypatch.setattr(event_tape, "MOST_HOUSEHOLDS", households + more)
    if fits:
        EventTape().attach(street)
    else:
        with pytest.raises(ValueError, match=f"^{households} households: expected {households - 1} at most"):
            EventTape().attach(street)
