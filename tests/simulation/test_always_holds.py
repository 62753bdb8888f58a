"""What must always hold, checked every month, whatever the levers and the seed."""

import numba
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import GUIDANCE, MONEY
from simulation import invariants
from simulation.model import Model
from simulation.parameters import GROUPS, Parameters, changed
from simulation.population.municipality_profile import load_profile
from simulation.processes.care.attention import list_marked, set_mark
from simulation.world import NEAR_CRISIS
from tests.worlds import EARLY_SIGNALLING, SOON


def lever_strategies():
    """Return a strategy per numerical lever over its whole range; teams stay within two wijken."""
    found = {}
    for group, made in GROUPS.items():
        for name, each in made.__dataclass_fields__.items():
            low, high = each.metadata["low"], each.metadata["high"]
            if not each.metadata["lever"] or low is None or isinstance(getattr(made(), name), list):
                continue
            if isinstance(getattr(made(), name), int):
                high = min(high, 2) if group == "wijkteam" else high
                found[f"{group}.{name}"] = st.integers(int(low), int(high))
            else:
                found[f"{group}.{name}"] = st.floats(low, high)
    return found


LEVERS = st.fixed_dictionaries({}, optional=lever_strategies())


@pytest.mark.parametrize("changes", [{}, EARLY_SIGNALLING], ids=["reference", "early_signalling"])
def test_everything_holds_every_month_of_five_years(make_street, changes):
    invariants.run_checked(make_street(changes), 60)


def test_everything_holds_while_a_council_reacts(make_street):
    hard = {"landing.cut": 1.0, "municipality_government.patience_years": 0.0}
    street = make_street(hard | {"municipality_government.reserves_eur_per_inhabitant": 0.0})
    invariants.run_checked(street, 84)
    assert street.municipality.measures


def test_everything_holds_while_providers_give_up(make_street):
    street = make_street({"provider.tariff": 0.5, "provider.gives_up_after_months": 3.0})
    invariants.run_checked(street, 60)
    assert (street.world.providers["gone"] > 0).any()


def test_everything_holds_with_providers_paid_by_result(make_street):
    invariants.run_checked(make_street({"provider.contract_form": 2, "provider.margin_weight": 1.0}), 60)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(levers=LEVERS, seed=st.integers(0, 2**62))
def test_everything_holds_under_any_levers_and_any_seed(levers, seed):
    model = Model(changed(Parameters(), SOON | levers), load_profile("street"), seed=seed, end_month=24)
    invariants.run_checked(model, 24)
    release(model)


def test_a_client_who_vanishes_is_noticed(street):
    street.run_until(30)
    before = invariants.stocks(street)
    street.step()
    street.month -= 1
    street.world.slots[0, 0] += 1
    with pytest.raises(AssertionError, match="stock changed"):
        invariants.check_model(street, before)


def test_a_severity_above_one_is_noticed(street):
    street.world.households["severity"][3, 0] = 1.5
    with pytest.raises(AssertionError, match="severity"):
        invariants.check_severities(street)


def test_a_number_that_is_none_is_noticed(street):
    street.world.networks["tiredness"][0] = np.nan
    with pytest.raises(AssertionError, match="networks.tiredness"):
        invariants.check_nothing_undefined(street)


def test_a_list_that_loses_somebody_is_noticed(street):
    street.run_until(40)
    household, slot = 5, 1
    street.world.households["waiting"][household] |= np.uint32(1 << slot)
    with pytest.raises(AssertionError, match="stands in no list"):
        invariants.check_waiting_lists(street)


def test_care_nobody_is_marked_for_is_noticed(street):
    street.world.households["in_care"][5] |= np.uint32(1 << GUIDANCE)
    with pytest.raises(AssertionError, match=r"\[5\] are wrongly marked: with a specialist"):
        invariants.check_care_marks(street)


def test_a_crisis_that_would_be_passed_over_is_noticed(street):
    street.world.households["severity"][7, MONEY] = 1.0
    with pytest.raises(AssertionError, match=r"\[7\] have a crisis"):
        invariants.check_crises_served(street)


@pytest.mark.parametrize("households", [{0}, {31, 32, 33}, {5, 40, 63, 200}])
def test_who_is_marked_is_listed_in_order_once_and_until_the_mark_is_taken_away(street, households):
    world = street.world
    for household in sorted(households, reverse=True):
        set_mark(world, household, NEAR_CRISIS, True)
    assert listed_as_near_crisis(world) == sorted(households)
    set_mark(world, min(households), NEAR_CRISIS, False)
    assert listed_as_near_crisis(world) == sorted(households)[1:]


@numba.njit
def fills_with_marked(world, mark, listed):
    return list_marked(world, mark, listed)


def listed_as_near_crisis(world):
    listed = np.zeros(len(world.households), dtype=np.uint32)
    return listed[: fills_with_marked(world, NEAR_CRISIS, listed)].tolist()
