"""A study of claims: looks, verdicts, conditions, keeping what is done. Effects here are planted."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from scenarios.analysis.claims import experiment
from scenarios.analysis.claims.claim import read_claim
from scenarios.analysis.claims.experiment import Outcome
from scenarios.analysis.claims.job import page
from scenarios.analysis.claims.study import (
    Draws,
    deciding_parameters,
    document,
    draws_of,
    judge,
    run_study,
    threshold_of,
    write_tables,
)
from scenarios.analysis.claims.verdict import (
    LOOKS,
    VERDICTS,
    adjusted_mean,
    error_of_look,
    estimate,
    final_verdict,
    looks_until,
    replications_to_settle,
    safe_verdict,
    verdict_of_claim,
)
from scenarios.config.schema import claim_paths
from scenarios.reporting.figures.claims import draw_claims
from scenarios.reporting.texts.claims import table_rows
from scenarios.runs.scenario import scenario_from

STREET = ["municipality=street", "system=overnight", "window.warm_up_months=0", "processes=1"]
NAMES = [f"household.parameter_{number}" for number in range(40)]
CLAIM = read_claim(claim_paths()["C03"])


def stated(measure="crises", sign=1, equivalence_margin=0.1, key="C03.1", **changes):
    """Return a claim with one statement."""
    one = replace(
        CLAIM.statements[0],
        measure=measure,
        sign=sign,
        equivalence_margin=equivalence_margin,
        years=(0.0, 1.0),
        key=key,
    )
    return replace(CLAIM, statements=(one,), horizon_years=1.0, conditions=(), **changes)


def judged(effects, claim, drawn=None):
    """Return what is found from effects alone."""
    rng = np.random.default_rng(7)
    drawn = rng.random((len(effects), len(NAMES))) if drawn is None else drawn
    statement, looks = claim.statements[0], looks_until(len(effects))
    outcomes = {
        replication: {statement.key: Outcome(float(each), (1.0, 2.0))}
        for replication, each in enumerate(effects)
    }
    return judge(
        claim, statement, outcomes, Draws(drawn, NAMES, np.full(len(NAMES), 0.5)), looks, len(looks) - 1
    ).found


@pytest.mark.parametrize(("mean", "spread", "verdict"), [
    (1.0, 0.3, "supported"), (-1.0, 0.3, "not supported"), (0.0, 0.02, "not supported"),
    (0.3, 1.0, "supported"), (0.05, 1.0, "inconclusive"),
])  # fmt: skip
def test_a_planted_effect_is_found(mean, spread, verdict):
    effects = np.random.default_rng(3).normal(mean, spread, 500)
    assert judged(effects, stated()).verdict == verdict


def test_a_claim_whose_lever_does_nothing_is_not_supported():
    assert judged(np.zeros(50), stated()).verdict == "not supported"


def test_an_effect_too_small_to_count_does_not_support_a_claim_of_its_sign():
    assert judged(np.random.default_rng(1).normal(0.03, 0.005, 200), stated()).verdict == "not supported"


def test_few_replications_that_differ_are_inconclusive():
    effects = np.random.default_rng(3).normal(0.5, 1.0, 60)
    assert judged(effects, stated()).verdict == "inconclusive"


@pytest.mark.parametrize(("of_statements", "of_claim"), [
    (["supported", "supported"], "supported"),
    (["not supported", "not supported"], "not supported"),
    (["supported", "not supported", "inconclusive"], "trade-off"),
    (["trade-off", "trade-off"], "trade-off"),
    (["supported", "inconclusive"], "inconclusive"),
    (["supported", "depends", "inconclusive"], "depends"),
])  # fmt: skip
def test_a_claim_has_one_verdict_of_five(of_statements, of_claim):
    assert verdict_of_claim(of_statements) == of_claim and of_claim in VERDICTS


def test_an_inconclusive_statement_says_how_many_replications_would_settle_it():
    rng = np.random.default_rng(3)
    claim, effects = stated(), rng.normal(0.05, 1.0, 500)
    found = judged(effects, claim)
    few = replications_to_settle(found.estimate, claim.statements[0].equivalence_margin)
    assert found.verdict == "inconclusive" and few > 500


def test_the_expectation_of_a_draw_is_the_mean_of_many_draws():
    many = scenario_from(["municipality=street", "system=overnight", "replication.count=400"])
    draws = draws_of(many)
    errors = draws.values.std(axis=0) / np.sqrt(400)
    off = np.abs(draws.values.mean(axis=0) - draws.expected) / errors
    assert len(draws.names) > 40 and off.max() < 5.0 and np.mean(off < 2.0) > 0.9


def test_control_variates_narrow_an_interval_that_still_holds_the_mean_over_all_draws():
    missed, narrower, studies = 0, 0, 300
    rng = np.random.default_rng(12)
    for _ in range(studies):
        drawn = rng.random((100, 5))
        effects = 0.2 + 3.0 * (drawn[:, 0] - 0.5) + rng.normal(0.0, 0.5, 100)
        mean, low, high, explained = adjusted_mean(effects, drawn - 0.5, 0.05)
        _, plain_low, plain_high, _ = adjusted_mean(effects, np.empty((100, 0)), 0.05)
        missed += not low <= 0.2 <= high
        narrower += high - low < plain_high - plain_low and explained > 0.5
    assert missed <= 0.08 * studies and narrower == studies


def test_control_variates_that_explain_nothing_cost_next_to_nothing():
    rng = np.random.default_rng(13)
    effects, drawn = rng.normal(0.2, 1.0, 500), rng.random((500, 7))
    _, low, high, _ = adjusted_mean(effects, drawn - 0.5, 0.05)
    _, plain_low, plain_high, _ = adjusted_mean(effects, np.empty((500, 0)), 0.05)
    assert high - low < 1.02 * (plain_high - plain_low)


def test_a_threshold_of_one_parameter_is_found_and_named():
    rng = np.random.default_rng(5)
    drawn = rng.random((500, len(NAMES)))
    effects = np.where(drawn[:, 11] > 0.5, 1.0, -0.2) + rng.normal(0.0, 0.4, 500)
    found = judged(effects, stated(), drawn=drawn)
    assert found.verdict == "depends"
    threshold = found.threshold
    assert threshold.name == NAMES[11] and threshold.side == "above"
    assert threshold.value == pytest.approx(0.5, abs=0.1)
    assert threshold.low > 0.0 and threshold.elsewhere_high < 0.1
    assert found.deciding[0].name == NAMES[11]


def at_look(effects, drawn, number):
    """Return what is found at one of the planned looks; None when more replications are needed."""
    claim = stated()
    statement = claim.statements[0]
    outcomes = {
        replication: {statement.key: Outcome(float(each), (1.0, 2.0))}
        for replication, each in enumerate(effects)
    }
    found = judge(claim, statement, outcomes, Draws(drawn, NAMES, np.full(len(NAMES), 0.5)), LOOKS, number)
    return found.found.verdict if found else None


def test_a_threshold_that_stands_out_ends_a_statement_before_all_replications():
    rng = np.random.default_rng(5)
    drawn = rng.random((200, len(NAMES)))
    effects = np.where(drawn[:, 11] > 0.5, 1.0, -0.5) + rng.normal(0.0, 0.3, 200)
    assert at_look(effects[:100], drawn[:100], 1) is None
    assert at_look(effects, drawn, 2) == "depends"


def test_noise_seldom_ends_a_statement_by_a_threshold():
    ended = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        drawn, effects = rng.random((350, len(NAMES))), rng.normal(0.2, 1.0, 350)
        ended += any(
            at_look(effects[: LOOKS[each]], drawn[: LOOKS[each]], each) == "depends" for each in (2, 3)
        )
    assert ended <= 3


def test_no_threshold_is_made_up_from_noise():
    made_up = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        drawn, effects = rng.random((500, 40)), rng.normal(0.5, 1.0, 500)
        made_up += threshold_of(drawn, NAMES, effects, 1, 0.01) is not None
    assert made_up <= 3


def test_no_parameter_decides_noise():
    named = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        named += bool(deciding_parameters(rng.random((200, 40)), NAMES, rng.normal(size=200)))
    assert named <= 7  # one in twenty is allowed


def test_the_error_spent_over_all_looks_is_what_was_allowed():
    total = sum(error_of_look(LOOKS, number, 0.05) for number in range(len(LOOKS)))
    assert total == pytest.approx(0.05)


@pytest.mark.parametrize(("probability", "wrong"), [(0.88, "supported"), (0.12, "not supported")])
def test_an_early_verdict_is_seldom_wrong(probability, wrong):
    """Effects whose sign is just not likely enough: a stop before thresholds are sought is a mistake."""
    mistakes, studies = 0, 400
    statement = stated().statements[0]
    rng = np.random.default_rng(9)
    for _ in range(studies):
        effects = np.where(rng.random(350) < probability, 1.0, -1.0) + rng.normal(0.0, 0.1, 350)
        mistakes += any(
            safe_verdict(statement, estimate(effects[:look], 1, LOOKS, number)) == wrong
            for number, look in enumerate(LOOKS[:2])
        )
    assert mistakes <= 0.05 * studies


def test_the_interval_of_repeated_looks_seldom_misses_the_mean():
    missed, studies = 0, 300
    rng = np.random.default_rng(10)
    for _ in range(studies):
        effects = rng.normal(0.2, 1.0, 500)
        looked = (estimate(effects[:look], 1, LOOKS, number) for number, look in enumerate(LOOKS))
        missed += any(not each.low <= 0.2 <= each.high for each in looked)
    assert missed <= 0.05 * studies


def test_a_safe_verdict_is_the_final_one():
    effects = np.random.default_rng(3).normal(1.0, 0.2, 50)
    found = estimate(effects, 1, LOOKS, 0)
    statement = stated().statements[0]
    assert safe_verdict(statement, found) == final_verdict(statement, found) == "supported"


def test_a_planted_lever_is_found_in_the_model(tmp_path):
    """A larger social base is booked on the zero line: an effect by arithmetic, not a claim."""
    arms = {"reference": {}, "light_help": {"informal_network.social_base_eur_per_inhabitant": 60.0}}
    claim = stated("cost_zero", 1, 1.0, arms=arms)
    scenario = scenario_from([*STREET, "replication.count=50"])
    found = run_study(scenario, [claim], experiment.study_folder(scenario, [claim], tmp_path))
    assert found[0].verdict == "supported"
    assert found[0].statements[0].found.estimate.mean == pytest.approx(15.0, rel=0.2)


def test_a_claim_about_a_lever_drawn_to_no_effect_is_not_supported_in_the_model(tmp_path):
    arms = {"reference": {}, "light_help": {"informal_network.respite_share": 1.0}}
    claim = stated("overburdened_carers", -1, 0.1, arms=arms)
    off = ["informal_network.respite_effect=0", "municipality_government.measures_most=0",
           "municipality_government.contracts_follow_demand=1"]  # fmt: skip
    scenario = scenario_from([*STREET, *off, "replication.count=10"])
    found = run_study(scenario, [claim], experiment.study_folder(scenario, [claim], tmp_path))
    assert found[0].verdict == "not supported"


@pytest.fixture(scope="module")
def small():
    return scenario_from([*STREET, "replication.count=4"])


def test_a_study_that_was_interrupted_comes_to_the_same_tables(small, tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"

    def interrupts(number):
        interrupts.done += number
        if interrupts.done >= 2:
            raise KeyboardInterrupt

    interrupts.done = 0
    claims = [stated(), replace(stated("net_cost", key="C04.1"), number="C04")]
    folder = experiment.study_folder(small, claims, broken)
    with pytest.raises(KeyboardInterrupt):
        run_study(small, claims, folder, interrupts)
    assert 0 < len(experiment.known_outcomes(folder)) < 4
    assert experiment.study_folder(small, claims, broken) == folder
    tables = []
    for place in (folder, experiment.study_folder(small, claims, whole)):
        found = run_study(small, claims, place)
        write_tables(place, found, draws_of(small), {"households": 200})
        tables.append((pd.read_parquet(place / "claims.parquet"), pd.read_parquet(place / "effects.parquet")))
    for one, other in zip(*tables, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_a_study_of_other_settings_is_left_alone(small, tmp_path):
    claims = [stated()]
    folder = experiment.study_folder(small, claims, tmp_path, "mine")
    other = scenario_from([*STREET, "replication.count=4", "landing.years=5"])
    assert experiment.study_folder(other, claims, tmp_path) != folder
    with pytest.raises(ValueError, match="choose another name"):
        experiment.study_folder(other, claims, tmp_path, "mine")
    with pytest.raises(ValueError, match="choose another name"):
        experiment.study_folder(small, [replace(claims[0], digest="changed")], tmp_path, "mine")


def test_a_finished_study_has_tables_figures_and_a_page(small, tmp_path):
    claim = stated()
    folder = experiment.study_folder(small, [claim], tmp_path)
    found = run_study(small, [claim], folder)
    about = {"municipality": "street", "households": 200, "landing": "overnight", "first_seed": 1,
             "most_replications": 4, "draws_from": {"source": "ranges"}, "result_version": "x"}  # fmt: skip
    write_tables(folder, found, draws_of(small), about)
    study = json.loads((folder / "claims.json").read_text(encoding="utf-8"))
    assert [each["id"] for each in study["claims"]] == [claim.number]
    for language in ("en", "nl"):
        assert draw_claims(folder, language)[0].stat().st_size > 10_000
        assert claim.titles[language] in str(table_rows(study["claims"], language))
    text = page(document(found, about))
    assert claim.statements[0].texts["en"] in text and claim.literature["en"] in text
