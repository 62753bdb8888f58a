"""Comparing policies: one initial state, differences within replications, and parts that add up."""

import numpy as np
import pandas as pd
import pytest

from scenarios import cli
from scenarios.analysis import comparison, policy_comparison
from scenarios.analysis.policy_comparison import arms_of_comparison, policy_comparison_from, run_arms
from scenarios.config.schema import group_options
from scenarios.reporting.summary.comparison import policy_summary
from scenarios.reporting.summary.remainder import PARTS, REPORTED
from scenarios.runs.replications import parameters_of_replication, run_arm, run_replication
from simulation.months import month_number
from simulation.outcomes.definitions import COMPARED, MEASURES, values_of
from simulation.outcomes.policies import (
    ALL_PAYERS,
    BETTER,
    CARE,
    CRISIS,
    IN_ALL,
    MUNICIPALITY,
    OWN,
    POLICY_TABLES,
    by_policy,
    costs_table,
    money_table,
    policy_differences_table,
    ranking_table,
)
from simulation.recording.arm_names import (
    FINDS_NOBODY,
    NO_EFFECT_POLICY,
    NO_EFFECT_REFERENCE,
    REFERENCE,
)
from simulation.recording.recorder import as_table
from simulation.recording.store import open_run

NAMED = [
    "early_signalling", "early_signalling_targeted", "larger_teams", "smaller_teams", "home_grown_teams",
    "edge_of_care", "cut_prevention",
]  # fmt: skip
SMALL = [
    "municipality=street", "municipality.households=120", "replication.count=2", "window.start=2014-07",
    "window.end=2015-12", "window.warm_up_months=6", "processes=1",
]  # fmt: skip
TOWN = [
    "municipality=neutral_city", "municipality.households=1500", "replication.count=1",
    "replication.draws=fixed", "window.start=2014-01", "window.end=2016-12", "window.warm_up_months=36",
    "processes=1",
]  # fmt: skip
TRANSITION = month_number("2015-01")


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    asked = policy_comparison_from(
        ["larger_teams", "cut_prevention"], [*SMALL, f"output.folder={tmp_path_factory.mktemp('compare')}"]
    )
    return open_run(policy_comparison.run(asked), POLICY_TABLES)


@pytest.fixture(scope="module")
def town():
    """Every named policy in one town: months and costs of each, by its name."""
    asked = policy_comparison_from(NAMED, TOWN)
    arms = arms_of_comparison(asked, parameters_of_replication(asked.reference, 0)[0])
    first = asked.reference.start_month
    return {
        arm.name: {
            name: as_table(name, model.recorder.table(name, model, first), 0, REFERENCE)
            for name in ("monthly", "costs")
        }
        for arm, model in run_arms(asked, 0, arms)
    }


def made_up(values: dict[str, list[float]], outcome: str = "net_cost") -> pd.DataFrame:
    """Return outcomes of some policies by replication."""
    rows = [
        (policy, replication, 0, outcome, value)
        for policy, of_policy in values.items()
        for replication, value in enumerate(of_policy)
    ]
    return pd.DataFrame(rows, columns=POLICY_TABLES["policy_outcomes"].names)


def test_a_difference_is_taken_within_replications():
    outcomes = made_up({REFERENCE: [100.0, 200.0, 300.0], "a": [99.0, 199.0, 299.0]})
    row = policy_differences_table(outcomes, [REFERENCE, "a"]).iloc[0]
    assert row["mean"] == row["low"] == row["high"] == -1.0 and row["negative"] == 1.0


def test_the_best_has_least_cost_or_most_satisfaction_and_equals_share():
    values = {REFERENCE: [1.0, 3.0, 2.0, 2.0], "a": [2.0, 1.0, 2.0, 3.0], "b": [3.0, 2.0, 5.0, 4.0]}
    cost = ranking_table(made_up(values), list(values)).set_index("policy")
    assert cost["best"].tolist() == pytest.approx([(1 + 0.5 + 1) / 4, (1 + 0.5) / 4, 0.0])
    assert cost["rank"].tolist() == [1, 1, 3]
    satisfied = ranking_table(made_up(values, "satisfaction"), list(values)).set_index("policy")
    assert satisfied["best"].tolist() == pytest.approx([1 / 4, 0.0, 3 / 4])
    assert satisfied["rank"].tolist() == [2, 2, 1]


def test_nothing_is_best_of_what_has_no_better_side():
    assert ranking_table(made_up({REFERENCE: [1.0], "a": [2.0]}, "first_line_clients"), ["a"]).empty
    assert set(BETTER) <= set(COMPARED) <= set(MEASURES)


def test_money_is_split_into_own_cost_care_and_crises_by_payer():
    columns = ["replication", "arm", "year", "payer", "law", "item", "cents"]
    rows = [
        (0, REFERENCE, 2015, "municipality", "wmo", "wijkteam", 1_000),
        (0, REFERENCE, 2015, "municipality", "wmo", "guidance", 5_000),
        (0, REFERENCE, 2014, "municipality", "wmo", "guidance", 9_000),
        (0, "a", 2015, "municipality", "wmo", "wijkteam", 3_000),
        (0, "a", 2015, "municipality", "wmo", "guidance", 4_500),
        (0, "a", 2015, "housing_corporation", "none", "crisis_eviction", 700),
    ]
    costs = costs_table(pd.DataFrame(rows, columns=columns), [REFERENCE, "a"], 2015)
    assert costs.set_index("item")["more_eur"].to_dict() == {
        "crisis_eviction": 7.0, "guidance": -5.0, "wijkteam": 20.0
    }  # fmt: skip
    money = money_table(costs, [REFERENCE, "a"], pd.Series({0: 10.0})).set_index(["basis", "part"])["mean"]
    assert money[MUNICIPALITY].to_dict() == {IN_ALL: 1.5, OWN: 2.0, CARE: -0.5, CRISIS: 0.0}
    assert money[ALL_PAYERS, CRISIS] == 0.7 and money[ALL_PAYERS, IN_ALL] == pytest.approx(2.2)


def test_the_parts_add_up_to_the_difference_in_cost(finished):
    money = finished.table("money").pivot(index=["policy", "basis"], columns="part", values="mean")
    np.testing.assert_allclose(money[IN_ALL], money[[OWN, CARE, CRISIS]].sum(axis=1), atol=1e-9)
    differences = finished.table("policy_differences").set_index(["policy", "outcome"])["mean"]
    for policy in finished.document["order"]:
        for basis, outcome in ((MUNICIPALITY, "net_cost"), (ALL_PAYERS, "all_payers_cost")):
            assert money.loc[(policy, basis), IN_ALL] == pytest.approx(differences[policy, outcome], abs=1e-6)


@pytest.fixture(scope="module")
def signalled():
    """Early signalling and larger teams in one replication, every arm; and the same as a run."""
    asked = policy_comparison_from(["early_signalling", "larger_teams"], SMALL)
    run = run_replication(asked.policies["early_signalling"], 0).tables["monthly"]
    return asked, policy_comparison.simulate(asked, 0), run


def test_a_policy_with_a_mechanism_off_is_the_placebo_arm_of_a_run(signalled):
    _, compared, run = signalled
    for arm, own in {FINDS_NOBODY: "early_signalling finds_nobody",
                     NO_EFFECT_POLICY: "early_signalling no_effect_policy",
                     NO_EFFECT_REFERENCE: f"no_effect_reference {TRANSITION}",
                     REFERENCE: REFERENCE}.items():  # fmt: skip
        months = run[run["arm"] == arm]
        expected = values_of(
            {name: months[name].to_numpy() for name in months}, "2015-01", (*REPORTED, *PARTS)
        )
        assert compared.levels[own] == pytest.approx(expected)


def test_only_what_finds_people_is_tried_without_finding_and_help_is_off_once_for_all(signalled):
    _, compared, _ = signalled
    extra = set(compared.levels) - {REFERENCE, "early_signalling", "larger_teams"}
    assert extra == {"early_signalling finds_nobody", "early_signalling no_effect_policy",
                     "larger_teams no_effect_policy", f"no_effect_reference {TRANSITION}"}  # fmt: skip


def test_placebo_arms_leave_the_policies_as_they_are_and_can_be_left_out(signalled):
    asked, compared, _ = signalled
    without = policy_comparison_from(list(asked.policies), [*SMALL, "replication.placebo_count=0"])
    alone = policy_comparison.simulate(without, 0)
    pd.testing.assert_frame_equal(alone.outcomes, compared.outcomes)
    assert set(alone.levels) == set(without.order)
    beside = policy_comparison.beside(without, [alone])
    assert beside["larger_teams"]["outcomes"] == [] and beside["larger_teams"]["laws"]["parts"]


def test_what_stands_beside_a_policy_is_its_difference(finished):
    differences = finished.table("policy_differences").set_index(["policy", "outcome"])["mean"]
    for policy, found in finished.document["beside"].items():
        for each in found["outcomes"]:
            assert each["whole"]["mean"] == pytest.approx(differences[policy, each["name"]], abs=1e-6)
        total = found["laws"]["total"]["mean"]
        assert total == pytest.approx(differences[policy, "net_cost"], rel=0.05)


def test_policies_share_the_initial_state_bit_for_bit(town):
    reference = town[REFERENCE]["monthly"]
    before = reference["month"] < TRANSITION
    assert before.sum() == 12
    for name in NAMED:
        months = town[name]["monthly"]
        assert months[before].equals(reference[before]) and not months.equals(reference)


def test_a_policy_runs_as_it_does_in_a_run_of_its_own():
    asked = policy_comparison_from(["edge_of_care", "larger_teams"], SMALL)
    arms = arms_of_comparison(asked, parameters_of_replication(asked.reference, 1)[0])
    alone = run_arm(asked.policies["larger_teams"], 1, "policy")["monthly"].drop(columns="arm")
    found = {
        arm.name: as_table(
            "monthly", model.recorder.table("monthly", model, asked.reference.start_month), 1, REFERENCE
        )
        for arm, model in run_arms(asked, 1, arms)
    }
    pd.testing.assert_frame_equal(found["larger_teams"].drop(columns="arm"), alone)


# What a policy must move by what it is, as a column of the months, and in which direction.
INDICATORS = [
    ("early_signalling", "outreach_found", 1),
    ("early_signalling_targeted", "signals_school", 1),
    ("early_signalling_targeted", "debt_signals", 1),
    ("larger_teams", "team_hours_total", 1),
    ("smaller_teams", "team_hours_total", -1),
    ("home_grown_teams", "queued_guidance", -1),
    ("edge_of_care", "close_to_family_months", 1),
    ("cut_prevention", "cost_zero_eur", -1),
]


@pytest.mark.parametrize("policy, column, sign", INDICATORS)
def test_each_policy_moves_its_own_indicator(town, policy, column, sign):
    more = town[policy]["monthly"][column].sum() - town[REFERENCE]["monthly"][column].sum()
    assert sign * more > 0


@pytest.mark.parametrize(
    "policy, sign",
    [
        ("early_signalling", 1), ("early_signalling_targeted", 1), ("larger_teams", 1), ("edge_of_care", 1),
        ("smaller_teams", -1), ("cut_prevention", -1),
    ],
)  # fmt: skip
def test_the_staff_and_money_of_a_policy_are_booked_as_its_own_cost(town, policy, sign):
    costs = pd.concat([town[name]["costs"].assign(arm=name) for name in (REFERENCE, policy)])
    parts = costs_table(costs, [policy], 2015)
    money = money_table(parts, [policy], pd.Series({0: 1.0})).set_index(["basis", "part"])["mean"]
    assert sign * money[MUNICIPALITY, OWN] > 0


def test_targeted_signalling_visits_nobody_and_costs_less_than_the_whole(town):
    found = {name: town[name]["monthly"]["outreach_found"].sum() for name in NAMED}
    assert found["early_signalling_targeted"] == 0 < found["early_signalling"]
    own = {
        name: town[name]["monthly"]["cost_first_eur"].sum()
        for name in (REFERENCE, "early_signalling", "early_signalling_targeted")
    }
    assert own[REFERENCE] < own["early_signalling_targeted"] < own["early_signalling"]


@pytest.mark.parametrize("policy", [*NAMED, "as_described"])
def test_every_policy_says_in_both_languages_what_it_costs_and_what_may_go_wrong(policy):
    asked = policy_comparison_from([policy], SMALL).policies[policy].configuration["policy"]
    assert "Cost" in asked["about"] and "drawback" in asked["about"]
    assert "Kosten" in asked["about_nl"] and "nadeel" in asked["about_nl"]
    assert asked["source"] and asked["title_nl"] != asked["title"]
    assert policy in group_options()["policy"]


def test_the_summary_has_every_policy_readable_in_both_languages(finished):
    english, dutch = (policy_summary(finished, language) for language in ("en", "nl"))
    assert "`informal_network.social_base_eur_per_inhabitant`: from 45 to 22.5" in english
    assert "van 45 naar 22,5" in dutch and "korting op preventie" in dutch
    assert "How likely each is best" in english and "Hoe waarschijnlijk" in dutch
    assert "| larger teams | cut in prevention |" in english
    assert "if help from teams has no effect" in english and "als hulp van teams geen effect" in dutch
    assert "Net municipal cost by law" in english and "kosten per wet" in dutch
    names = {path.name for path in finished.folder.rglob("*") if path.is_file()}
    assert {"policies_en.png", "policies_nl.csv", "summary_en.md", "summary_nl.md"} <= names


def test_shares_of_being_best_add_up_to_one(finished):
    best = finished.table("ranking").groupby("outcome")["best"].sum()
    np.testing.assert_allclose(best, 1.0)
    assert set(best.index) == set(BETTER) & set(by_policy(finished.table("policy_outcomes")))


def test_figures_draws_a_comparison_of_policies_again(finished, capsys):
    (finished.folder / "figures" / "policies_en.png").unlink()
    assert cli.main(["figures", str(finished.folder)]) == 0
    assert (finished.folder / "figures" / "policies_en.png").is_file()


@pytest.mark.parametrize(
    "words, part",
    [
        (["policy=early_signaling,larger_teams"], "did you mean early_signalling"),
        (["policy=larger_teams,larger_teams"], "different policies"),
        (["policy=reference,larger_teams"], "without the reference"),
        (["policy="], "different policies"),
        (["policy=larger_teams,", "landing.years=2"], "different policies"),
        (["policy=larger_teams", "policy=smaller_teams"], "given twice"),
        (["policy=larger_teams", "zwolle", "eindhoven"], "not both"),
        (["policy=larger_teams", "system=zwolle,eindhoven"], "not both"),
        (["policy=smaller_teams,larger_teams", "wijkteam.fte_per_1000=1.0"], "smaller_teams changes it"),
        (["policy=larger_teams", "policy.changes={}"], "policy.changes"),
        (["policy=larger_teams", "decompose=channels"], "decompose"),
        (["policy=larger_teams", "municipality=netherlands"], "netherlands"),
        (["policy=larger_teams", "landing.years=99"], "landing.years = 99"),
        (["system=zwolle"], "two or more"),
        (["zwolle", "system=eindhoven,oss"], "all as words"),
        ([], "expected systems or policies"),
    ],
)
def test_a_mistake_gets_one_sentence_before_anything_is_run(words, part, capsys):
    assert cli.main(["compare", *words]) == 2
    told = capsys.readouterr().err
    assert part in told and told.count("\n") == 1


def test_systems_are_named_by_a_list_or_as_words(monkeypatch):
    asked = []
    monkeypatch.setattr(comparison, "run", asked.append)
    assert cli.main(["compare", "system=zwolle,eindhoven", *SMALL[1:]]) == 0
    assert cli.main(["compare", "zwolle", "eindhoven", *SMALL[1:]]) == 0
    assert asked[0].systems == asked[1].systems == ["zwolle", "eindhoven"]
    assert asked[0].runs == asked[1].runs


def test_policies_are_put_on_the_neutral_city_unless_another_place_is_named():
    assert policy_comparison_from(["larger_teams"], []).reference.municipality == "neutral_city"
    there = policy_comparison_from(["larger_teams"], ["system=zwolle"]).reference
    assert there.municipality == there.system == "zwolle"


def test_an_interrupt_leaves_no_folder(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(policy_comparison, "simulate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        policy_comparison.run(policy_comparison_from(["larger_teams"], [*SMALL, f"output.folder={tmp_path}"]))
    assert list(tmp_path.iterdir()) == []
