"""The table of the project's questions that a run ends with: right, and claiming no more than it may."""

import pytest

from scenarios.analysis import main_job
from scenarios.reporting.summary.summary import (
    OWN,
    question_differences,
    question_lines,
    question_table,
    screen_lines,
    summary_lines,
)
from simulation.months import month_number
from simulation.outcomes.savings import inhabitants_at
from simulation.recording.arm_names import DEEPER_CUT, LARGER_TEAMS, POLICY, QUESTION_ARMS, REFERENCE
from simulation.recording.store import open_run
from tests.scenarios.test_replications import street


def run_of(folder, *overrides):
    """Return the run of a street, written but not told."""
    scenario = street(
        f"output.folder={folder}",
        "landing=as_happened",
        "replication.placebo_count=0",
        "processes=1",
        *overrides,
    )
    return open_run(main_job.simulate(scenario, prints_first=False))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return run_of(tmp_path_factory.mktemp("questions"), "replication.question_count=2")


def test_every_question_is_one_row_with_the_policy_among_them(run):
    differences, reference = question_differences(run)
    assert list(differences["policy"].unique()) == [POLICY, *QUESTION_ARMS]
    assert set(differences["replications"]) == {2} and reference["net_cost"] > 0.0


def test_the_cost_of_a_question_is_its_cost_less_that_of_the_same_reference(run):
    differences, _ = question_differences(run)
    found = differences.set_index(["policy", "outcome"])["mean"]
    monthly = run.table("monthly")
    since = monthly[monthly["month"] >= month_number(run.document["transition"])]
    paid = since.groupby(["arm", "replication"], observed=True)["municipal_cost_eur"].sum()
    inhabitants = inhabitants_at(monthly, month_number(run.document["transition"]))
    years = since["month"].nunique() / 12.0
    for arm in (POLICY, *QUESTION_ARMS):
        expected = ((paid[arm] - paid[REFERENCE]) / inhabitants / years).mean()
        assert found[arm, "net_cost"] == pytest.approx(expected)
    assert found[LARGER_TEAMS, OWN] > 0.0 and abs(found[DEEPER_CUT, OWN]) < found[LARGER_TEAMS, OWN]


@pytest.mark.parametrize("language, larger", [("en", "larger teams"), ("nl", "grotere teams")])
def test_screen_and_summary_end_with_the_table(run, language, larger):
    table = question_lines(run, language)
    shown = question_table(run, language)
    assert screen_lines(run, language)[-len(shown) - 1 : -1] == shown == table[: len(shown)]
    assert summary_lines(run, language)[-len(table) :] == table
    assert any(larger in line for line in table)
    assert "*" not in "".join(shown)  # a star asks for a run of ten replications
    assert "0.46" in table[-1].replace(",", ".") and "0.56" in table[-1].replace(",", ".")


@pytest.mark.parametrize("language, law", [("en", "Youth Act"), ("nl", "Jeugdwet")])
def test_the_cost_of_every_question_is_divided_by_law(run, language, law):
    lines = [line for line in question_lines(run, language) if law in line]
    assert len(lines) == 1 + len(QUESTION_ARMS)


def test_a_run_without_these_arms_has_no_table(tmp_path):
    assert question_lines(run_of(tmp_path, "replication.count=1"), "en") == []
