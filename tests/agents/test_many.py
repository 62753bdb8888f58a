"""The many as Mesa agents: a set of rows answers as a set of objects would."""

import copy
import gc
import pickle
import weakref
from types import SimpleNamespace

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet

from agents.mesa_adapter.model_mixin import (
    ArrayAgentModelMixin,
    ArrayAgentSet,
    RecordBacked,
    RowAgent,
    release,
)
from agents.state import HOUSEHOLD, LIFE, TEAM

N = 40


class Household(RowAgent):
    """A household of the tests, with one rule and one property."""

    records = ("households", "lives")

    @property
    def worst(self):
        """Highest severity."""
        return float(self.severity.max())

    def step(self, gain=0.25):
        """Gain some trust."""
        self.trust = self.trust + gain


class Child(RowAgent):
    """A second kind of the many, on the same records for the test's sake."""

    records = ("lives",)
    kind_number = 2


class Wijkteam(RecordBacked, mesa.Agent):
    """An ordinary, registered agent on a record."""

    records = ("teams",)
    name: str

    def __init__(self, model, row):
        super().__init__(model, row)
        self.name = f"team {row}"


class Twin(mesa.Agent):
    """The same household as an ordinary Mesa agent, to compare with."""

    def __init__(self, model, trust, income):
        super().__init__(model)
        self.trust, self.income = trust, income


class Street(ArrayAgentModelMixin, mesa.Model):
    """A small world with households and two teams."""

    def __init__(self, seed=1):
        super().__init__(rng=seed)
        draws = np.random.default_rng(seed)
        households = np.zeros(N, HOUSEHOLD)
        households["trust"] = draws.random(N).round(1)
        households["income"] = draws.integers(0, 5, N)
        households["severity"] = draws.random((N, 8))
        self.world = SimpleNamespace(households=households, lives=np.zeros(N, LIFE), teams=np.zeros(2, TEAM))
        self.register_many(Household)
        self.teams = [Wijkteam(self, row) for row in range(2)]


@pytest.fixture
def street():
    return Street()


@pytest.fixture
def households(street):
    return street.agents_by_type[Household]


def twins_of(street):
    """Ordinary agents with the same trust and income, held strongly, in a model of their own."""
    model = mesa.Model(rng=1)
    records = street.world.households
    return model, [Twin(model, t, i) for t, i in zip(records["trust"], records["income"], strict=True)]


def rows_of(agents):
    return [agent.row for agent in agents]


def positions(agents, everyone):
    where = {id(agent): position for position, agent in enumerate(everyone)}
    return [where[id(agent)] for agent in agents]


# --- one household


def test_a_household_reads_and_writes_the_records_of_the_world(street):
    household = Household(street, 3)
    household.trust = 0.5
    household.severity[2] = 0.75
    household.since = 12
    assert street.world.households["trust"][3] == 0.5
    assert street.world.households["severity"][3, 2] == 0.75
    assert (street.world.lives["since"][3], household.worst) == (12, household.severity.max())


def test_a_household_shows_the_world_of_today_also_when_its_arrays_were_replaced(street):
    household = Household(street, 3)
    street.world = SimpleNamespace(households=np.ones(N, HOUSEHOLD), lives=np.zeros(N, LIFE))
    assert household.trust == 1.0


def test_two_windows_on_one_row_are_one_household(street):
    assert Household(street, 3) == Household(street, 3)
    assert len({Household(street, 3), Household(street, 3), Household(street, 4)}) == 2
    assert Household(street, 3) != Household(Street(), 3)
    assert Household(street, 3) != Child(street, 3)


def test_a_household_is_a_mesa_agent_that_was_never_registered(street, households):
    household = households[5]
    assert isinstance(household, mesa.Agent) and household.pos is None
    assert household.random is street.random and household.rng is street.rng
    assert household not in street.agents and len(street.agents) == 2


def test_no_two_agents_of_a_model_share_an_id(street):
    children = street.register_many(Child)
    everyone = [*street.agents, *street.agents_by_type[Household], *children]
    assert len({agent.unique_id for agent in everyone}) == 2 + 2 * N


def test_a_second_kind_with_the_same_number_is_refused(street):
    class Lodger(RowAgent):
        records = ("lives",)

    with pytest.raises(ValueError, match="kind_number = 1 is also that of Household"):
        street.register_many(Lodger)


@pytest.mark.parametrize("name", ["sevrity", "trsut"])
def test_a_misspelt_field_is_refused_with_the_nearest_name(households, name):
    with pytest.raises(AttributeError, match=f"no attribute '{name}'; nearest is '(severity|trust)'"):
        getattr(households[0], name)
    with pytest.raises(AttributeError, match="nearest is"):
        setattr(households[0], name, 1.0)


@pytest.mark.parametrize("name", ["row", "model", "unique_id", "pos", "worst", "step", "records"])
def test_what_is_no_field_cannot_be_set_on_a_household(households, name):
    with pytest.raises(AttributeError, match="can"):
        setattr(households[0], name, None)


def test_a_private_name_may_be_set_on_a_household(households):
    household = households[0]
    household._seen = True
    assert household._seen


@pytest.mark.parametrize("value", [0.5, 300, -1, np.int64(256), np.nan, "x"])
def test_a_number_that_does_not_fit_its_field_is_refused(households, value):
    with pytest.raises(ValueError, match=r"income = .*: expected a whole number in \[0, 255\]"):
        households[0].income = value
    with pytest.raises(ValueError, match="income"):
        households.set("income", value)


@pytest.mark.parametrize("value", [3, 3.0, np.float32(3), np.int16(3), np.uint8(3)])
def test_a_whole_number_of_any_type_fits(households, value):
    households[0].income = value
    assert households[0].income == 3


def test_a_row_that_does_not_exist_is_refused(street):
    with pytest.raises(ValueError, match="Household row 40: expected 0 to 39"):
        Household(street, N)
    with pytest.raises(ValueError, match="Household row 40: expected 0 to 39"):
        ArrayAgentSet(Household, street, [N])


def test_the_error_of_a_property_is_its_own(street):
    class Broken(Household):
        @property
        def oops(self):
            return self.worst.nonsense

    with pytest.raises(AttributeError, match="nonsense"):
        _ = Broken(street, 0).oops


def test_a_method_that_would_hide_a_field_is_refused(street):
    class Hiding(RowAgent):
        records = ("households",)
        kind_number = 3

        def support(self):
            """Hide the field of that name."""

    with pytest.raises(ValueError, match="Hiding.support hides field 'support'"):
        street.register_many(Hiding)


def test_a_household_cannot_be_removed_or_created(street, households):
    with pytest.raises(NotImplementedError, match="row of the world"):
        households[0].remove()
    with pytest.raises(NotImplementedError, match="rows of the world"):
        Household.create_agents(street, 3)


def test_a_household_survives_copying_and_pickling(street):
    household = Household(street, 3)
    again = pickle.loads(pickle.dumps(household))
    assert copy.copy(household) == household
    assert (again.row, again.trust) == (3, household.trust)
    assert again.model is not street and again in again.model.agents_by_type[Household]


# --- the few


def test_a_team_is_a_registered_agent_on_its_record(street):
    team = street.teams[1]
    team.fte = 4.5
    assert street.world.teams["fte"][1] == 4.5 and team.name == "team 1"
    assert list(street.agents_by_type[Wijkteam]) == street.teams
    with pytest.raises(AttributeError, match="nearest is 'hours'"):
        team.hourss = 3


def test_a_team_can_be_removed_like_any_agent(street):
    street.teams[0].remove()
    assert list(street.agents) == [street.teams[1]]


# --- the set, against Mesa's own


def test_members_are_there_however_often_one_looks(households):
    gc.collect()
    assert len(households) == len(list(households)) == len(households.to_list()) == N
    assert rows_of(households) == list(range(N))
    assert rows_of(households[3:6]) == [3, 4, 5] and households[-1].row == N - 1
    with pytest.raises(IndexError):
        households[N]


@pytest.mark.parametrize(
    "order",
    [
        lambda agents: agents.sort("trust"),
        lambda agents: agents.sort("trust", ascending=True),
        lambda agents: agents.sort(lambda agent: agent.income),
        lambda agents: agents.shuffle(),
        lambda agents: agents.shuffle(inplace=True).sort("income", inplace=True),
        lambda agents: agents.select(lambda agent: agent.trust > 0.5),
        lambda agents: agents.select(lambda agent: agent.trust > 0.5, at_most=3),
        lambda agents: agents.select(at_most=0.25),
        lambda agents: agents.select(at_most=0),
        lambda agents: agents.select(agent_type=mesa.Agent, at_most=7),
        lambda agents: agents.select(agent_type=Wijkteam),
    ],
)
def test_sorting_shuffling_and_selecting_give_mesas_own_order(street, households, order):
    street.random.seed(5)
    model, twins = twins_of(street)
    model.random.seed(5)
    expected = order(AgentSet(twins, random=model.random))
    assert rows_of(order(households)) == positions(expected, twins)


@pytest.mark.parametrize("name", ["trust", "income", ["trust", "income"], []])
def test_get_gives_what_mesa_gives(street, households, name):
    _, twins = twins_of(street)
    assert households.get(name) == AgentSet(twins).get(name)


def test_get_answers_for_properties_and_for_missing_names(households):
    assert households.get("worst") == [agent.worst for agent in households]
    assert households.get("nobody", handle_missing="default", default_value=7) == [7] * N
    np.testing.assert_array_equal(households.get("severity"), [agent.severity for agent in households])
    with pytest.raises(AttributeError, match="no attribute 'nobody'"):
        households.get("nobody")
    with pytest.raises(ValueError, match="handle_missing"):
        households.get("trust", handle_missing="ignore")


def test_set_writes_one_value_to_all_or_one_to_each(households):
    poor = households.select(households.values("income") == 0)
    poor.set("trust", 0.25).set("severity", np.arange(8) / 8)
    assert set(poor.get("trust")) == {0.25} and 0.25 not in (households - poor).get("trust")
    assert all((agent.severity == np.arange(8) / 8).all() for agent in poor)
    households.set("since", np.arange(N))
    assert households.get("since") == list(range(N))
    with pytest.raises(ValueError, match=r"trust: got values of shape \(3,\)"):
        households.set("trust", [1, 2, 3])


def test_one_or_several_functions_summarise_an_attribute(households):
    households.set("income", 200)
    assert households.agg("income", sum) == 200 * N
    assert households.agg("income", [min, max, np.mean]) == [200, 200, 200.0]
    assert households.agg("worst", max) == max(households.get("worst"))


@pytest.mark.parametrize("by", ["income", lambda agent: int(agent.income)])
def test_groups_are_mesas_groups(street, households, by):
    _, twins = twins_of(street)
    expected, groups = AgentSet(twins).groupby(by), households.groupby(by)
    assert groups.count() == expected.count() and list(groups.groups) == list(expected.groups)
    assert groups.agg("trust", max) == expected.agg("trust", max)
    assert all(isinstance(group, ArrayAgentSet) for _, group in groups)
    assert all(isinstance(group, list) for _, group in households.groupby(by, result_type="list"))


def test_every_member_steps_once_by_name_or_by_function(households):
    households.set("trust", 0.0)
    assert households.do("step").do(Household.step, gain=0.5).shuffle_do("step", 0.25) is households
    assert set(households.get("trust")) == {1.0}
    assert households.map("step") == [None] * N
    assert households.map(lambda agent, more: agent.row + more, 2) == list(range(2, N + 2))


def test_shuffle_do_visits_in_mesas_order(street, households):
    street.random.seed(5)
    model, twins = twins_of(street)
    model.random.seed(5)
    visited, expected = [], []
    households.shuffle_do(visited.append)
    AgentSet(twins, random=model.random).shuffle_do(expected.append)
    assert rows_of(visited) == positions(expected, twins)


def test_selecting_by_an_array_equals_selecting_by_a_function(households):
    by_array = households.select(households.values("trust") > 0.5, at_most=4)
    assert by_array == households.select(lambda agent: agent.trust > 0.5, at_most=4)
    with pytest.raises(ValueError, match=r"expected bool of shape \(40,\)"):
        households.select(np.array([True]))


# --- membership


def test_a_household_comes_in_once_and_goes_out(street, households):
    some = ArrayAgentSet(Household, street, [1, 2])
    some.add(households[2])
    some.add(households[7])
    some.discard(households[1])
    some.discard(street.teams[0])
    assert rows_of(some) == [2, 7] and households[7] in some and households[1] not in some
    some.remove(households[2])
    with pytest.raises(KeyError):
        some.remove(households[2])
    assert (some.count(households[7]), some.index(households[7]), len(households)) == (1, 0, N)


def test_only_households_of_the_same_model_come_in(street, households):
    for stranger in (street.teams[0], Household(Street(), 0), Child(street, 0)):
        assert stranger not in households
        with pytest.raises(ValueError, match="expected a Household of the same model"):
            households.add(stranger)


@pytest.mark.parametrize("rows", [[0, 0], [N], [-1], [0.5], [[1]]])
def test_rows_that_make_no_set_are_refused(street, rows):
    with pytest.raises(ValueError, match="Household.*expected"):
        ArrayAgentSet(Household, street, rows)


@pytest.mark.parametrize(
    "operator", ["__or__", "__and__", "__sub__", "__xor__", "__ror__", "__rsub__", "__rand__"]
)
@pytest.mark.parametrize("as_list", [False, True])
def test_set_operators_are_those_of_python(street, operator, as_list):
    left, right = ArrayAgentSet(Household, street, [1, 2, 3]), ArrayAgentSet(Household, street, [5, 3, 2])
    result = getattr(left, operator)(list(right) if as_list else right)
    assert isinstance(result, ArrayAgentSet)
    assert set(rows_of(result)) == getattr({1, 2, 3}, operator)({5, 3, 2})


@pytest.mark.parametrize("operator", ["__ior__", "__iand__", "__isub__", "__ixor__"])
def test_set_operators_in_place_are_those_of_python(street, operator):
    left, right = ArrayAgentSet(Household, street, [1, 2, 3]), ArrayAgentSet(Household, street, [5, 3, 2])
    assert getattr(left, operator)(right) is left
    assert set(rows_of(left)) == getattr({1, 2, 3}, operator)({5, 3, 2})


def test_households_and_teams_do_not_mix_in_one_set(street, households):
    with pytest.raises(ValueError, match="expected a Household"):
        _ = households | street.agents
    assert len(households & street.agents) == 0 and households - street.agents == households
    assert list(AgentSet(street.teams) - households) == street.teams
    assert households.isdisjoint(street.teams)


def test_households_of_two_models_have_nothing_in_common(street, households):
    others = Street(7).agents_by_type[Household]
    assert len(households & others) == 0 and households - others == households


def test_sets_compare_by_their_members(street, households):
    some = households.select(at_most=5)
    assert some < households and some <= some.copy() and some == some.shuffle() and some != households
    some.clear()
    assert len(some) == 0 and len(households) == N


# --- the model


def test_agents_that_stand_on_arrays_of_unequal_length_are_refused(street):
    street.world.lives = street.world.lives[:-1]
    with pytest.raises(ValueError, match=rf"unequal length: {{'households': {N}, 'lives': {N - 1}}}"):
        Street.register_many(street, Household)


def test_the_model_knows_both_kinds_of_agents(street):
    assert set(street.agent_types) == {Household, Wijkteam}
    assert street.agents_by_type[Household] is street.agents_by_type[Household]
    assert set(street.agents) == set(street.teams)


def test_the_data_collector_works_on_both_kinds(street, households):
    collector = mesa.DataCollector(
        model_reporters={"trust": lambda m: m.agents_by_type[Household].agg("trust", np.mean)},
        agenttype_reporters={
            Household: {"trust": "trust", "worst": lambda agent: agent.worst},
            Wijkteam: {"fte": "fte"},
        },
    )
    collector.collect(street)
    table = collector.get_agenttype_vars_dataframe(Household)
    assert table["trust"].tolist() == households.get("trust") and len(table) == N
    assert len(collector.get_agenttype_vars_dataframe(Wijkteam)) == 2
    assert collector.get_model_vars_dataframe()["trust"][0] == pytest.approx(np.mean(households.get("trust")))


def test_agent_reporters_see_the_ordinary_agents(street):
    collector = mesa.DataCollector(agent_reporters={"fte": "fte"})
    collector.collect(street)
    assert len(collector.get_agent_vars_dataframe()) == 2


@pytest.mark.parametrize("copied", [copy.copy, lambda some: pickle.loads(pickle.dumps(some)), copy.deepcopy])
def test_a_copied_set_has_all_members_and_a_life_of_its_own(street, households, copied):
    some = households.select(lambda agent: agent.row % 3 == 0)
    other = copied(some)
    other.discard(other[0])
    assert rows_of(other) == rows_of(some)[1:] and other.get("trust") == some.get("trust")[1:]
    assert (other.model is street) == (copied is copy.copy)


@pytest.mark.parametrize("copied", [lambda model: pickle.loads(pickle.dumps(model)), copy.deepcopy])
def test_a_copied_model_has_its_own_households(street, households, copied):
    model = copied(street)
    model.agents_by_type[Household].set("trust", 9.0)
    assert model.agents_by_type[Household].model is model
    assert model.agents_by_type[Household].random is model.random
    assert max(households.get("trust")) <= 1.0 and set(model.world.households["trust"]) == {9.0}


@pytest.mark.parametrize("dismantle", [False, True])
def test_released_models_do_not_stay_in_memory(dismantle):
    models, gone = [], []
    for seed in range(3):
        model = Street(seed)
        model.agents_by_type[Household].do("step")
        gone.append(weakref.ref(model))
        models.append(model)
    for model in models:
        release(model, dismantle=dismantle)
    del model
    models.clear()
    if not dismantle:
        gc.collect()
    assert [each() for each in gone] == [None, None, None]


@pytest.mark.parametrize("dismantle", [False, True])
def test_a_released_model_can_be_read_unless_it_was_dismantled(dismantle):
    model = Street(1)
    release(model, dismantle=dismantle)
    assert bool(vars(model)) != dismantle


def test_releasing_a_model_closes_mesas_register_of_its_agents():
    model, closed = Street(1), []
    model.data_registry = SimpleNamespace(close=lambda: closed.append(True))
    release(model)
    assert closed == [True]
