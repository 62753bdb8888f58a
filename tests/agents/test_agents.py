"""Two layers, one set of rules: each process, agent by agent, gives bit for bit what its loop gives."""

import mesa
import numpy as np
import pytest

from agents.household import Household
from agents.informal_network import InformalNetwork
from agents.provider import Provider
from agents.wijkteam import Wijkteam
from simulation import schedule
from simulation.model import PROCESSES
from tests.worlds import EARLY_SIGNALLING, LOW_THRESHOLD, differences

WORLDS = {
    "reference": {},
    "early_signalling": EARLY_SIGNALLING,
    "youth_team": {"wijkteam.youth_count": 1, "wijkteam.one_plan": 1.0, "wijkteam.fte_per_1000": 5.0},
    "two_teams": {"wijkteam.count": 2, "informal_network.respite_share": 1.0, "wijkteam.years_early": 1.0},
    "waiting_for_the_mind": {"provider.least_waiting_months": 6.0, "household.money_to_mind": 0.04},
    "paid_by_result": {"provider.contract_form": 2, "provider.margin_weight": 1.0,
                       "wijkteam.light_help": 0.0},
    "tired_networks": {"population.circle_capacity": 0.2, "informal_network.tires_per_month": 0.5},
    "low_threshold": LOW_THRESHOLD,
    "hard_times": {"landing.cut": 1.0, "municipality_government.patience_years": 0.0,
                   "household.incidence_per_year": [0.6, 0.6, 0.3, 0.2, 0.6]},
}  # fmt: skip


def compare_layers(make_street, changes):
    """Run two streets side by side and compare all arrays after each process of each month."""
    by_loops, by_objects = make_street(changes), make_street(changes, by_objects=True)
    for _ in range(36):
        for process in schedule.MONTH:
            process(by_loops)
            process(by_objects)
            assert differences(by_loops, by_objects) == [], f"{process.__name__}, month {by_loops.month}"
        by_loops.month += 1
        by_objects.month += 1


@pytest.mark.parametrize("changes", WORLDS.values(), ids=WORLDS)
def test_after_each_process_of_the_month_both_layers_are_the_same(make_street, changes):
    compare_layers(make_street, changes)


def test_a_carer_who_suffers_this_month_is_the_same_in_both_layers(make_street):
    strain = {"informal_network.carer_strain_per_month": 0.2, "informal_network.overburdened_at": 0.1}
    compare_layers(make_street, WORLDS["tired_networks"] | strain)


@pytest.mark.parametrize("process", PROCESSES)
def test_do_gives_what_the_loop_gives(make_street, process):
    kind, _ = PROCESSES[process]
    initial_state = make_street(WORLDS["tired_networks"] | EARLY_SIGNALLING | LOW_THRESHOLD).run_until(36)
    schedule.budget(initial_state)
    initial_state.run_loop(initial_state.loops.list_active)
    schedule.informal_support(initial_state)  # says who is near a crisis
    initial_state.extend_waiting_lists()
    by_loop, by_do = initial_state.copy(), initial_state.copy()
    by_loop.step_all(process)
    by_do.agents_by_type[kind].do(process)
    assert differences(by_loop, by_do) == []


def test_objects_and_loops_may_alternate(make_street):
    alternating, by_loops = make_street({}), make_street({})
    for month in range(30):
        alternating.by_objects = month % 2 == 1
        alternating.step()
    assert differences(alternating, by_loops.run_until(30)) == []


def test_all_kinds_of_agents_are_known_by_type(street):
    world = street.world
    sizes = {Household: len(world.households), InformalNetwork: len(world.networks),
             Wijkteam: len(world.teams), Provider: len(world.providers)}  # fmt: skip
    assert {kind: len(street.agents_by_type[kind]) for kind in sizes} == sizes


def test_one_household_is_an_agent_one_can_read(make_street):
    street = make_street().run_until(24)
    first = next(iter(street.agents_by_type[Household]))
    assert isinstance(first, mesa.Agent)
    assert first.household_type in ("single", "couple", "one_parent", "couple_with_children")
    assert list(first.severity) == list(street.world.households["severity"][0])


def test_a_household_written_to_is_what_the_loop_finds(make_street):
    street = make_street({"household.incidence_per_year": [0.0] * 5}).run_until(3)
    street.agents_by_type[Household][7].severity[0] = 0.4
    assert street.world.households["severity"][7, 0] == np.float32(0.4)


def test_households_are_selected_and_grouped_by_what_they_are(street):
    households = street.agents_by_type[Household]
    poor = households.select(lambda household: household.income == 0)
    assert 0 < len(poor) < len(households)
    groups = households.groupby("income").groups
    assert sum(len(group) for group in groups.values()) == len(households)
    assert households.agg("trust", np.mean) == pytest.approx(street.world.households["trust"].mean())


def test_one_household_can_be_stepped_through_a_process(make_street):
    street = make_street()
    household = street.agents_by_type[Household][3]
    household.severity[0] = 0.05
    household.update_problems()
    assert household.severity[0] < 0.05


def test_a_data_collector_sees_the_few_and_the_many(make_street):
    street = make_street().run_until(15)
    collector = mesa.DataCollector(
        model_reporters={"going_on": lambda model: int(model.world.counts[0])},
        agenttype_reporters={Household: {"trust": "trust"}, Wijkteam: {"fte": "fte"}},
    )
    collector.collect(street)
    assert len(collector.get_agenttype_vars_dataframe(Household)) == len(street.world.households)
    assert len(collector.get_agenttype_vars_dataframe(Wijkteam)) == len(street.world.teams)
    assert collector.get_model_vars_dataframe()["going_on"].iloc[0] == street.world.counts[0]
