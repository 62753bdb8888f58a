"""The month: ten processes, in this order, each of which touches its own and nothing else."""

import numpy as np
import pytest

from simulation import schedule
from simulation.model import Model
from tests.worlds import EARLY_SIGNALLING, arrays_of, differences

NAMES = ("budget", "events", "problems", "informal_support", "signals", "teams", "specialists", "crises",
         "books", "observation")  # fmt: skip
# What each process may touch: whole arrays, or fields of records.
COUNTERS = {"tally", "attention", "active", "counts", "marks"}
WHO_IS_HELPED = {
    "households.in_care", "households.waiting", "lives.provider", "lives.waited_for_mind", "lives.used",
    "lives.used_year", "slots", "waiting", "teams.caseload", "teams.waiting", "providers.clients",
    "providers.waiting", "providers.admitted",
}  # fmt: skip
LISTS = {"entries.household", "entries.next", "entries.month", "entries.slot", "entries.route",
         "queues.head", "queues.tail"}  # fmt: skip
TRAITS = {"households.strength", "households.trust", "households.flags"}
MAY_TOUCH = {
    "budget": {"tally", "books", "municipality", "teams.exists", "teams.fte", "teams.sharpness",
               "teams.experience",
               "teams.quality", "teams.planned_fte", "teams.inhabitants", "providers.contracted",
               "providers.price_cents", "lives.used", "lives.used_year",
               "lives.debt_year", "lives.debt_streak", "care_by_kind", "providers.exists",
               "providers.capacity", "providers.market", "providers.reserves_cents"},
    "events": {"households", "lives", "calendar", "wijken.shock_until", "wijken.shock_problem",
    "wijken.formed", "networks.formed"}
    | COUNTERS | WHO_IS_HELPED | LISTS,
    "problems": {"households.severity", "lives.start_month", "tally"},
    "informal_support": {"networks", "households.support", "households.severity",
    "lives.start_month"} | COUNTERS,
    "signals": {"households.severity", "teams.undetected", "teams.undetected_now"}
    | TRAITS | COUNTERS | WHO_IS_HELPED | LISTS,
    "teams": {"teams", "households.severity", "households.ties", "lives.talks", "lives.ties_lifted",
              "networks.need", "municipality.poverty_fund_cents"} | TRAITS | COUNTERS | WHO_IS_HELPED | LISTS,
    "specialists": {"providers.capacity", "providers.staff_fte", "households.severity"}
    | TRAITS | COUNTERS | WHO_IS_HELPED | LISTS,
    "crises": {"households.severity", "households.strength", "lives.violence"}
    | COUNTERS | WHO_IS_HELPED | LISTS,
    "books": {"books", "providers", "lives.provider"} | LISTS,
    "observation": {"monthly", "tally", "attention", "households.flags",
                    "households.support"},
}  # fmt: skip


def touched(model, process):
    """Return the names of arrays, and of fields, that a process changed."""
    before = {name: array.copy() for name, array in arrays_of(model).items()}
    process(model)
    found = set()
    for name, array in arrays_of(model).items():
        old = before[name][: len(array)] if name in ("entries", "active") else before[name]
        if array.dtype.names is None:
            found |= {name} if not np.array_equal(old, array) else set()
        else:
            found |= {f"{name}.{each}" for each in array.dtype.names
                      if not np.array_equal(old[each], array[each][: len(old)])}  # fmt: skip
    return found


def test_the_month_has_ten_processes_in_the_order_of_the_odd():
    assert tuple(process.__name__ for process in schedule.MONTH) == NAMES


def test_every_process_says_its_number_first():
    for number, process in enumerate(schedule.MONTH, start=1):
        assert process.__doc__.startswith(f"{number}. ")


def test_a_step_is_the_ten_processes_and_a_month_later(make_street):
    by_step, by_hand = make_street().run_until(20), make_street().run_until(20)
    by_step.step()
    for process in schedule.MONTH:
        process(by_hand)
    assert differences(by_step, by_hand) == []
    assert by_step.month == by_hand.month + 1


def test_each_process_touches_its_own_and_nothing_else(make_street):
    street = make_street(EARLY_SIGNALLING).run_until(6)
    for _ in range(30):
        for process in schedule.MONTH:
            own = MAY_TOUCH[process.__name__]
            beyond = {name for name in touched(street, process) - own if name.split(".")[0] not in own}
            assert not beyond, f"{process.__name__} touched {sorted(beyond)} in month {street.month}"
        street.month += 1


def test_each_process_does_something_in_three_years(make_street):
    street = make_street({"household.incidence_per_year": [1.0] * 5})
    done = dict.fromkeys(NAMES, False)
    for _ in range(36):
        for process in schedule.MONTH:
            done[process.__name__] |= bool(touched(street, process))
        street.month += 1
    assert all(done.values()), done


def test_events_come_before_problems_so_a_new_problem_can_grow_in_its_month(make_street):
    street = make_street({"household.incidence_per_year": [1.0] * 5}).run_until(1)
    street.world.households["severity"] = 0.0
    schedule.budget(street)
    schedule.events(street)
    assert (street.world.households["severity"] > 0).any()


def test_the_year_opens_in_january_only(make_street):
    street = make_street().run_until(13)
    before = street.world.lives["debt_year"].copy()
    schedule.budget(street)
    np.testing.assert_array_equal(street.world.lives["debt_year"], before)


def test_a_model_does_not_run_beyond_its_last_month(make_street):
    street: Model = make_street(end_month=11).run_until(12)
    with pytest.raises(ValueError, match="up to 11"):
        street.step()
