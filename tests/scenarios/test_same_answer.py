"""One question has one answer: in the summary, a claim, the figures of a report and the dashboard."""

from dataclasses import replace

import pytest

from scenarios.analysis.claims.claim import read_claim
from scenarios.analysis.claims.experiment import run_claims_of_replication
from scenarios.analysis.main_job import simulate
from scenarios.apps.dashboard.answering import findings_of
from scenarios.apps.dashboard.measures import Replications
from scenarios.apps.dashboard.state import overrides_of, read_link
from scenarios.apps.dashboard.trajectories import InitialStates, jobs_of
from scenarios.apps.dashboard.trajectories import simulate as simulate_for_page
from scenarios.config.schema import claim_paths
from scenarios.reporting.figures import savings
from scenarios.reporting.figures.style import write
from scenarios.reporting.report import memo
from scenarios.reporting.report.people import outcome_changes
from scenarios.reporting.summary.outcomes import headline_line, reported_side_effect
from scenarios.reporting.texts import number, sensible, three
from scenarios.runs.scenario import scenario_from
from simulation.months import MONTHS_PER_YEAR
from simulation.outcomes.headline import saved
from simulation.recording.store import open_run

REPLICATIONS = 2


def shown_by(state, scenario):
    """Return what the dashboard shows as saved."""
    initial_states = InitialStates()
    arms = [
        [simulate_for_page(job, initial_states) for job in jobs_of(state, "a", "city", each)]
        for each in range(REPLICATIONS)
    ]
    shown = Replications(*map(list, zip(*arms, strict=True)), 2010,
                         scenario.transition_month - scenario.start_month)  # fmt: skip
    return findings_of(state, {"a": shown})[0]["saved"]


def test_run_claim_report_and_dashboard_give_one_saving_to_the_same_question(tmp_path):
    state = read_link("?system=overnight&city=street&a=signalling:1")
    words = [*overrides_of(state, "a", "city", REPLICATIONS), f"output.folder={tmp_path}",
             "output.figures=false", "processes=1"]  # fmt: skip
    scenario = scenario_from(words)
    run = open_run(simulate(scenario, prints_first=False))
    found = saved(run)
    mean = found.mean

    claim = read_claim(claim_paths()["C01"])
    asked = next(each for each in claim.statements if each.measure == "savings")
    assert claim.arms[asked.arm] == scenario.policy.changes
    years = (scenario.end_month + 1 - scenario.transition_month) / MONTHS_PER_YEAR
    whole_window = replace(claim, statements=(replace(asked, years=(0.0, years)),), horizon_years=years)
    outcomes = [
        run_claims_of_replication(scenario, [whole_window], each).outcomes for each in range(REPLICATIONS)
    ]
    of_claim = sum(each[asked.key].effect for each in outcomes) / REPLICATIONS

    image = write(savings.describe(run, "en"), "", tmp_path, "en")
    behind = image.with_suffix(".csv").read_text(encoding="utf-8").splitlines()
    rows = [dict(zip(behind[0].split(","), line.split(","), strict=True)) for line in behind[1:]]
    last = [row for row in rows if row["basis"] == "municipality"][-1]
    in_figure = float(last["cumulated_eur_per_inhabitant"])

    on_page = shown_by(state, scenario)

    assert mean != 0.0
    assert of_claim == pytest.approx(mean, rel=1e-9)
    assert in_figure == pytest.approx(mean, rel=5e-6)  # the table next to the figure has six digits
    assert on_page == pytest.approx(mean, abs=1e-6)
    written = three(mean, found.low, found.high, "en")["mean"].strip("\u2212")  # words say which side
    assert written in headline_line(run, "en")


@pytest.mark.parametrize("question", ["?system=overnight&city=street&a=signalling:1",
                                      "?system=national_average&city=street&a=fte:1.4"])  # fmt: skip
def test_summary_memo_figures_and_dashboard_write_the_same_digits(question, tmp_path):
    state = read_link(question)
    words = [*overrides_of(state, "a", "city", REPLICATIONS), f"output.folder={tmp_path}",
             "output.figures=false", "processes=1"]  # fmt: skip
    scenario = scenario_from(words)
    run = open_run(simulate(scenario, prints_first=False))
    found = saved(run)
    years = (scenario.end_month + 1 - scenario.transition_month) / MONTHS_PER_YEAR
    assert shown_by(state, scenario) == pytest.approx(found.mean, abs=1e-6)
    for language in ("en", "nl"):
        told = three(found.mean, found.low, found.high, language)
        assert told["mean"].strip("\u2212") in headline_line(run, language)
        drawing = savings.describe(run, language)
        at_end = drawing.behind[drawing.behind["basis"] == "municipality"].iloc[-1]
        assert number(at_end["cumulated_eur_per_inhabitant"], language) == number(found.mean, language)
        assert number(found.mean, language) in drawing.alternative
        cost, _, waiting = memo.tiles(run, outcome_changes(run), language)
        assert cost.difference == three(-found.mean / years, -found.high / years, -found.low / years,
                                        language, sign=True)["mean"]  # fmt: skip
        worse = reported_side_effect(run, "team_waiting")
        assert waiting.without == sensible(worse.baseline, language)
        assert waiting.difference == three(worse.more.mean, worse.more.low, worse.more.high, language,
                                           sign=True)["mean"]  # fmt: skip
