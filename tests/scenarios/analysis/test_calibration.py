"""Calibration: parameters planted are found again, and the posterior is what runs draw from."""

import csv
import json

import numpy as np
import pandas as pd
import pytest
import yaml

from scenarios.analysis.calibration import command
from scenarios.analysis.calibration import training_ensemble as training_ensemble
from scenarios.analysis.calibration.emulator import (
    Emulator,
    as_normal,
    as_shares,
    fit_emulator,
    hermite_terms,
    products,
)
from scenarios.analysis.calibration.fit import (
    above_mean_of_logs,
    evidence_of,
    sampling_variance_of,
    within_reach,
)
from scenarios.analysis.calibration.inference import (
    METHODS,
    Length,
    Observed,
    Recovery,
    changes_at,
    p_of_uniform,
    recovery_test,
    run_chain,
    sample_by_chain,
    sample_by_regression,
    uncertain_numbers,
)
from scenarios.analysis.calibration.page import page, read_document
from scenarios.analysis.calibration.targets import EXPRESSIONS
from scenarios.analysis.calibration.training_ensemble import TrainingEnsemble, make_ensemble, read_ensemble
from scenarios.cli import main
from scenarios.common.calibration_inputs import SAME_SERIES, SHARED, covariance_of, priors, scored_targets
from scenarios.common.errors import ConfigurationError
from scenarios.runs import draws as committed
from scenarios.runs.draws import POSTERIOR, RANGES, Posterior, draw_parameters, provenance, scenario_numbers
from scenarios.runs.replications import parameters_of_replication
from scenarios.runs.run_document import draws_from
from scenarios.runs.scenario import scenario_from
from scenarios.studies.engines import LocalEngine
from scenarios.studies.store import Folder
from simulation.parameters import GROUPS, Parameters
from tests.synthetic_calibration import few_numbers, quick_values

STREET = ["municipality=street", "replication.count=3"]
WALK = Length(150, 250)
SLOPES = np.array([[1.0, 0.3, 0.0, 0.5], [0.0, 1.0, 0.4, -0.5], [0.0, 0.0, 0.0, 0.0]])


def toy_runs(n=400, seed=0):
    """Points of a prior of three numbers, and four rows that follow two of them, with random numbers."""
    rng = np.random.default_rng(seed)
    shares = rng.random((n, 3))
    return shares, (2 * shares - 1) @ SLOPES + 0.1 * rng.standard_normal((n, 4))


@pytest.fixture(scope="module")
def quick_runs():
    """Runs that cost nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training_ensemble, "values_of_targets", quick_values)
        yield


# What is fitted.


def test_between_45_and_60_numbers_are_fitted_each_for_a_target_that_exists():
    known = {row.target for row in scored_targets()}
    assert 45 <= len(priors()) <= 60
    assert {prior.target for prior in priors().values()} <= known
    assert all(prior.source for prior in priors().values())


def test_outpatient_help_is_held_against_the_target_as_help_at_a_location():
    class Counted:
        def youth_form(self, kind, year):
            assert (kind, year) == ("youth_outpatient", 2019)
            return 80.0

    either = (296_405, 373_750)  # least and most youths with outpatient help, by the register of 2019
    found = EXPRESSIONS["youth_form_ambulant"](Counted())
    assert found == pytest.approx(80.0 * 293_985 / np.mean(either))


def test_every_prior_lies_in_its_parameters_range_around_its_default():
    for each in uncertain_numbers():
        group, short = each.name.split(".")
        metadata = GROUPS[group]().__dataclass_fields__[short].metadata
        assert each.low < each.high and each.low <= each.default <= each.high, each.key
        assert metadata["low"] is None or each.low >= metadata["low"]
        assert metadata["high"] is None or each.high <= metadata["high"]
        assert not metadata["lever"]


def test_a_point_of_the_prior_sets_elements_of_a_list_and_leaves_the_others():
    uncertain = tuple(each for each in uncertain_numbers() if each.key == "household.passes_per_month[3]")
    changes = changes_at(uncertain, np.array([1.0]))
    assert list(changes) == ["household.passes_per_month"]
    usual = Parameters().household.passes_per_month
    assert changes["household.passes_per_month"] == [*usual[:3], uncertain[0].high, *usual[4:]]


def test_a_run_of_the_ensemble_draws_scenario_uncertainty_and_keeps_what_is_fitted():
    uncertain = tuple(each for each in uncertain_numbers() if each.key == "household.passes_per_month[3]")
    first, again, other = (changes_at(uncertain, np.array([0.5]), scenario=each) for each in (0, 0, 1))
    assert first == again and set(scenario_numbers()) <= set(first)
    assert first["wijkteam.youth_fte_share"] != other["wijkteam.youth_fte_share"]
    assert first["household.passes_per_month"][3] == other["household.passes_per_month"][3]


def test_no_number_is_both_fitted_and_scenario_uncertainty():
    assert not {each.name for each in uncertain_numbers()} & set(scenario_numbers())


def test_errors_of_one_series_go_together_more_than_those_of_one_block():
    rows = scored_targets()
    place = {row.target: number for number, row in enumerate(rows)}
    deviations = np.array([row.deviation for row in rows])
    covariance = covariance_of(rows)
    correlation = covariance / np.outer(deviations, deviations)
    youth_2016, youth_2018 = place["youth_care_share_u18_2016"], place["youth_care_share_u18_2018"]
    assert correlation[youth_2016, youth_2018] == pytest.approx(SAME_SERIES)
    assert correlation[youth_2016, place["youth_form_stay"]] == pytest.approx(SHARED)
    assert correlation[youth_2016, place["problem_debt_share"]] == 0.0
    assert np.linalg.eigvalsh(covariance).min() > 0.0


def test_inputs_are_not_fitted():
    assert not {"wmo_cost_support", "multiproblem_cost", "intensive_help_placement_rr"} & {
        row.target for row in scored_targets()
    }


def test_a_row_whose_bounds_do_not_hold_its_value_is_refused(tmp_path):
    path = tmp_path / "targets.csv"
    path.write_text("target,kind,block,unit,value,low,high\na,emergent,b,1,3,1,2\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="low <= value <= high"):
        scored_targets(path)


def test_a_row_that_no_run_comes_to_is_not_fitted():
    rows = scored_targets()[:2]
    middle = np.array([[row.value for row in rows]])
    assert within_reach(rows, middle).tolist() == [True, True]
    assert within_reach(rows, middle + [[0.0, 100.0]]).tolist() == [True, False]


# Emulators and inference.


def test_an_emulator_predicts_runs_it_was_not_fitted_to():
    shares, values = toy_runs()
    emulator = fit_emulator(shares, values, np.full(4, 0.2))
    assert emulator.directions <= 3
    assert (emulator.explained["line"] > 0.75).all()
    assert np.sqrt(np.diag(emulator.left)).max() < 0.3


def test_bends_and_products_are_uncorrelated_with_lines_over_the_prior():
    normal = np.random.default_rng(0).standard_normal((50_000, 2))
    columns = np.column_stack([normal, *hermite_terms(normal[:, 0]), products(normal)[:, 1]])
    assert np.allclose(np.cov(columns, rowvar=False), np.eye(5), atol=0.06)


def test_an_emulator_tells_what_bends_better_by_a_bend():
    rng = np.random.default_rng(2)
    shares = rng.random((500, 5))
    values = np.exp((2 * shares - 1) @ rng.standard_normal((5, 3))) + 0.02 * rng.standard_normal((500, 3))
    emulator = fit_emulator(shares, values, np.full(3, 0.1))
    assert (emulator.explained["bend"] > emulator.explained["line"]).all() and "line" not in emulator.forms


def test_an_emulator_tells_an_interaction_far_from_a_line_better_by_a_kernel():
    rng = np.random.default_rng(4)
    shares = rng.random((800, 4))
    place = 2 * shares - 1
    values = (place[:, 0] + np.sin(3 * place[:, 0] * place[:, 1]) + place[:, 1])[:, None]
    values = values + 0.05 * rng.standard_normal(values.shape)
    emulator = fit_emulator(shares, values, np.full(1, 0.1))
    assert emulator.forms == ("kernel",)
    assert emulator.explained["kernel"][0] > emulator.explained["curve"][0] + 0.02
    fresh = rng.random((200, 4))
    at = 2 * fresh - 1
    truth = at[:, 0] + np.sin(3 * at[:, 0] * at[:, 1]) + at[:, 1]
    missed = emulator(as_normal(fresh) @ emulator.rotation)[:, 0] - truth
    assert missed.std() == pytest.approx(np.sqrt(emulator.left[0, 0] - 0.05**2), rel=0.4)


def test_a_rate_in_logs_is_held_against_the_mean_of_cities_and_not_the_mean_of_logs():
    rows = {row.target: row for row in scored_targets()}
    fitted = (rows["evictions_per_1000_households_2014"], rows["problem_debt_share"])
    assert [row.in_logs for row in fitted] == [True, False]
    rng = np.random.default_rng(1)
    shares = rng.random((4000, 2))
    logs = np.log(0.85) + 0.5 * rng.standard_normal(4000)
    values = np.column_stack([np.exp(logs), 8.6 + rng.standard_normal(4000)])
    evidence = evidence_of(fitted, shares, values, np.array([[0, 1], [2, 3]]), 10_000)
    emulator = fit_emulator(evidence.shares, evidence.values, evidence.deviations)
    expected = [np.log(0.85) - 0.5 * 0.5**2, 8.6]
    assert evidence.observed_by(emulator).values == pytest.approx(expected, abs=0.01)
    assert above_mean_of_logs(fitted, emulator) == pytest.approx(
        [np.log(values[:, 0].mean()) - logs.mean(), 0.0], abs=0.02
    )


def test_sampling_variance_is_estimated_from_runs_of_one_point():
    values = np.array([[1.0], [3.0], [5.0], [5.0]])
    assert sampling_variance_of(values, np.array([[0, 1], [2, 3]])) == pytest.approx([1.0])


@pytest.mark.parametrize("method", METHODS)
def test_a_planted_parameter_is_found_and_one_that_nothing_tells_of_stays_at_its_prior(method):
    shares, values = toy_runs(600)
    truth = np.array([0.8, 0.3, 0.9])
    seen = (2 * truth - 1) @ SLOPES
    noise = np.diag(np.full(4, 0.1**2))
    if method == "chain":
        emulator = fit_emulator(shares, values, np.full(4, 0.1))
        draws = sample_by_chain(emulator, Observed(seen, noise + emulator.left), 300, 1, WALK)
    else:
        draws = sample_by_regression(shares, values, Observed(seen, noise), 300, 1)
    assert draws[:, :2].mean(axis=0) == pytest.approx(truth[:2], abs=0.12)
    assert draws[:, :2].std(axis=0).max() < 0.2
    assert draws[:, 2].mean() == pytest.approx(0.5, abs=0.08)
    assert draws[:, 2].std() == pytest.approx(12**-0.5, abs=0.05)


def test_ranks_of_planted_parameters_are_uniform():
    shares, values = toy_runs(500, seed=3)
    noise = np.diag(np.full(4, 0.2**2))
    found = recovery_test(shares, values, np.full(4, 0.2), noise, ["regression"], LocalEngine(1), 100)
    assert found[0].ranks.shape == (100, 3 + 3)
    assert found[0].bonferroni_p_value > 0.001 and 0.8 < found[0].inside <= 1.0
    assert found[0].error < 0.9


def test_what_was_recovered_is_not_recovered_again(tmp_path):
    shares, values = toy_runs(200)
    asked = (shares, values, np.full(4, 0.2), np.eye(4) * 0.04, ["regression"])
    first = recovery_test(*asked, LocalEngine(1), 20, stored=tmp_path / "kept")[0]

    class Idle(LocalEngine):
        def do_all(self, works, do):
            assert not works
            return iter(())

    assert np.array_equal(recovery_test(*asked, Idle(1), 20, stored=tmp_path / "kept")[0].ranks, first.ranks)


def test_ranks_that_are_not_uniform_are_noticed():
    rng = np.random.default_rng(0)
    assert p_of_uniform(rng.integers(0, 100, 200)) > 0.01
    assert p_of_uniform(rng.integers(0, 60, 200)) < 0.001


def test_walkers_spread_as_far_as_theory_says_in_forty_directions():
    rows = 40
    rng = np.random.default_rng(3)
    rotation = np.eye(60)[:, :rows]
    slopes = rng.normal(size=(rows, rows)) / np.sqrt(rows)
    weights = np.vstack([np.zeros(rows), slopes])
    emulator = Emulator(rotation, ("line",) * rows, {}, np.eye(rows), weights, np.eye(rows))
    observed = Observed(rng.normal(size=rows), 0.3 * np.eye(rows))
    expected = np.sqrt(np.diag(np.linalg.inv(np.eye(rows) + slopes @ slopes.T / 0.3)))
    chain, _ = run_chain(emulator, observed, seed=0, length=Length(300, 900))
    assert np.median(chain.std(axis=0) / expected) == pytest.approx(1.0, abs=0.04)


def test_a_chain_is_the_same_whoever_runs_it():
    shares, values = toy_runs()
    emulator = fit_emulator(shares, values, np.full(4, 0.2))
    observed = Observed(values[0], emulator.left)
    one, other = (sample_by_chain(emulator, observed, 20, 5, Length(20, 40)) for _ in range(2))
    assert np.array_equal(one, other)
    assert ((one >= 0.0) & (one <= 1.0)).all()
    assert np.allclose(as_shares(np.zeros(2)), 0.5)


# The training ensemble.
# ------------------------------------------------------------------------------------


def test_a_training_ensemble_goes_on_where_it_stopped_and_grows_by_what_is_new(quick_runs, tmp_path):
    class Stops(LocalEngine):
        def do_all(self, works, do):
            for turn, work in enumerate(works):
                if turn == 2:
                    raise KeyboardInterrupt
                done.append(work.name)
                yield do(work)

    done = []
    small, large = (TrainingEnsemble(few_numbers(), members, 200, 1) for members in (32, 64))
    folder = Folder(tmp_path / "training_ensemble")
    with pytest.raises(KeyboardInterrupt):
        make_ensemble(small, folder, Stops(1))
    assert len(done) == 2
    make_ensemble(small, folder, LocalEngine(1))
    before = {path.name: path.stat().st_mtime_ns for path in folder.parts.glob("m*.parquet")}
    make_ensemble(large, folder, LocalEngine(1))
    after = {path.name: path.stat().st_mtime_ns for path in folder.parts.glob("m*.parquet")}
    assert set(before) < set(after) and all(after[name] == when for name, when in before.items())
    whole = Folder(tmp_path / "at_once")
    make_ensemble(large, whole, LocalEngine(1))
    assert read_ensemble(large, folder).checksum == read_ensemble(large, whole).checksum
    assert len(read_ensemble(large, folder).repeated) == 4


def test_an_engine_can_tell_works_apart():
    one, other = TrainingEnsemble(few_numbers(), 32, 200, 1).works()[:2]
    under_way = [one, other]
    under_way.remove(other)
    noise = np.eye(2)
    recoveries = [Recovery("chain", noise, noise, noise, None, None, noise, 0) for _ in range(2)]
    recoveries.remove(recoveries[1])
    assert under_way == [one] and len(recoveries) == 1


def test_a_folder_with_another_training_ensemble_is_refused(quick_runs, tmp_path):
    folder = Folder(tmp_path / "training_ensemble")
    make_ensemble(TrainingEnsemble(few_numbers(), 16, 200, 1), folder, LocalEngine(1))
    with pytest.raises(ConfigurationError, match="households differs"):
        make_ensemble(TrainingEnsemble(few_numbers(), 16, 300, 1), folder, LocalEngine(1))


@pytest.mark.slow
def test_a_training_ensemble_has_the_same_bytes_on_any_number_of_processes(tmp_path):
    ensemble = TrainingEnsemble(few_numbers(), 32, 200, 1)
    found = []
    for processes in (1, 2):
        folder = Folder(tmp_path / str(processes))
        make_ensemble(ensemble, folder, LocalEngine(processes))
        found.append({path.name: path.read_bytes() for path in folder.parts.glob("*.parquet")})
    assert found[0] == found[1]


# The command.


@pytest.fixture(scope="module")
def calibrated(quick_runs, tmp_path_factory):
    """A calibration of a few numbers, with runs that cost nothing, and what it wrote."""
    tmp_path = tmp_path_factory.mktemp("calibrated")
    arguments = ["members=128", "households=200", "recoveries=20", "draws=40", "confirmed=16", "second=64",
                 "steps=100",
                 f"folder={tmp_path / 'calibration'}", f"to={tmp_path / 'written'}", "name=toy",
                 "engine.processes=1"]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command, "relevant", lambda every, engine: few_numbers())
        assert main(["calibrate", *arguments]) == 0
    return tmp_path, arguments


def test_calibrate_writes_a_posterior_and_a_page_in_two_languages(calibrated):
    written = calibrated[0] / "written"
    rows = list(csv.reader((written / "posterior.csv").open(encoding="utf-8")))
    assert rows[0] == [each.key for each in few_numbers()] and len(rows) == 41
    for each, column in zip(few_numbers(), np.array(rows[1:], dtype=float).T, strict=True):
        assert (column >= each.low - 1e-6).all() and (column <= each.high + 1e-6).all()
    about = yaml.safe_load((written / "posterior.yaml").read_text(encoding="utf-8"))
    assert about["command"].startswith("landingsbaan calibrate members=128") and about["draws"] == 40
    text = (written / "calibration.md").read_text(encoding="utf-8")
    assert "targets are inside their bounds" in text and "household.passes_per_month[0]" in text
    for language in ("en", "nl"):
        assert (written / "figures" / "calibration" / f"prior_posterior_{language}.png").is_file()


def test_calibrate_again_writes_the_same_posterior(calibrated):
    path, arguments = calibrated
    before = (path / "written" / "posterior.csv").read_bytes()
    assert main(["calibrate", *arguments]) == 0
    assert (path / "written" / "posterior.csv").read_bytes() == before


def leaves(value, path=()):
    """Yield the way to everything a document holds; of a long list the first alone."""
    inner = (
        value.items() if isinstance(value, dict) else enumerate(value[:1] if isinstance(value, list) else [])
    )
    for key, each in inner:
        yield (*path, key)
        yield from leaves(each, (*path, key))


@pytest.mark.parametrize("other", ["missing", "a text", None, [], 7])
def test_a_finished_calibration_in_which_anything_is_damaged_is_a_page_or_one_sentence(
    calibrated, other, tmp_path
):
    whole = (calibrated[0] / "calibration" / "toy" / "calibration.json").read_text(encoding="utf-8")
    for way in leaves(json.loads(whole)):
        told = json.loads(whole)
        owner = told
        for key in way[:-1]:
            owner = owner[key]
        if other == "missing":
            del owner[way[-1]]
        else:
            owner[way[-1]] = other
        (tmp_path / "calibration.json").write_text(json.dumps(told), encoding="utf-8")
        try:
            assert page(read_document(tmp_path))
        except ConfigurationError as error:
            assert "calibration.json: " in str(error), way


@pytest.mark.parametrize("content", ["", "{", "[" * 9000, "[]", '{"about": {}}', "\udce9"])
def test_a_calibration_that_cannot_be_read_is_one_sentence_and_nothing_is_written(content, tmp_path, capsys):
    (tmp_path / "c" / "x").mkdir(parents=True)
    (tmp_path / "c" / "x" / "calibration.json").write_bytes(content.encode(errors="surrogateescape"))
    places = [f"folder={tmp_path / 'c'}", f"to={tmp_path / 'to'}"]
    assert main(["calibrate", "write", *places]) == 2
    told = capsys.readouterr().err
    assert "calibration.json: " in told and told.count("\n") == 1 and not (tmp_path / "to").exists()


@pytest.mark.parametrize(
    "words, told",
    [
        (["members=100"], "expected 64 or 128"),
        (["members=ten"], "members = ten: expected a whole number from 64 on"),
        (["member=128"], "did you mean members?"),
        (["members=64", "recoveries=60"], "recoveries = 60: expected at most 32"),
        (["engine=dusk"], "engine = dusk"),
        (["again"], "calibrate again: expected write"),
        (["write", "folder=nowhere"], "no finished calibration in nowhere"),
        (["name=a/b"], "expected a name, not a path"),
        (["name=.."], "expected a name, not a path"),
        (["name=${oc.env:HOME}"], "expected a name, not a path"),
        (["members=274877906944"], "MB free"),
        (["steps=1000000000"], "MB of memory"),
        (["draws=5000"], "draws = 5000: expected at most 4000"),
        (["seed=99999999999999999999"], "expected a whole number from 0 to"),
        (["households=99999999999"], "MB of memory"),
        (["engine.processes=100000"], "MB of memory"),
        (["language=de"], "language = de"),
    ],
)
def test_calibrate_refuses_bad_input_in_one_sentence(words, told, large_disk, capsys, tmp_path):
    folder = [] if any(each.startswith("folder=") for each in words) else [f"folder={tmp_path / 'c'}"]
    assert main(["calibrate", *folder, *words]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "c").exists()


# Drawing from the posterior.


@pytest.fixture
def a_posterior(tmp_path, monkeypatch):
    """A committed posterior of three rows, in which two numbers go together."""
    keys = ("household.fade_per_month[2]", "wijkteam.refers_at")
    values, about = tmp_path / "posterior.csv", tmp_path / "posterior.yaml"
    rows = [(0.06, 0.31), (0.07, 0.33), (0.08, 0.35)]
    values.write_text("\n".join([",".join(keys), *(f"{a},{b}" for a, b in rows)]) + "\n", encoding="utf-8")
    priors = {key: [0.0, 1.0] for key in keys}
    content = {
        "provenance": provenance(priors),
        "priors": priors,
        "result_version": "x",
        "training_ensemble": "y",
        "made": "z",
    }
    about.write_text(yaml.safe_dump(content), encoding="utf-8")
    monkeypatch.setattr(committed, "VALUES", values)
    monkeypatch.setattr(committed, "ABOUT", about)
    return rows


def test_a_replication_draws_a_whole_row_and_everything_else_from_its_range(a_posterior):
    scenario = scenario_from(STREET)
    assert scenario.draws == POSTERIOR
    seen = set()
    for number in range(3):
        parameters, drawn = parameters_of_replication(scenario, number)
        row = (parameters.household.fade_per_month[2], parameters.wijkteam.refers_at)
        assert row in a_posterior
        seen.add(row)
        ranges = draw_parameters(scenario.parameters, number, scenario.seeds[0])[1]
        assert drawn["population.frailty_spread"] == ranges["population.frailty_spread"]
        assert drawn["household.fade_per_month"][0] == ranges["household.fade_per_month"][0]
    assert len(seen) == 3
    again = parameters_of_replication(scenario_from(STREET), 1)[1]
    assert again == parameters_of_replication(scenario, 1)[1]


def test_what_the_user_set_stays_as_given(a_posterior):
    scenario = scenario_from([*STREET, "wijkteam.refers_at=0.4"])
    assert parameters_of_replication(scenario, 0)[0].wijkteam.refers_at == 0.4


def test_a_run_says_where_its_draws_come_from(a_posterior):
    assert draws_from(scenario_from(STREET)) == {
        "source": POSTERIOR, "result_version": "x", "training_ensemble": "y", "made": "z"
    }  # fmt: skip
    assert draws_from(scenario_from([*STREET, "replication.draws=ranges"])) == {"source": RANGES}
    assert draws_from(scenario_from([*STREET, "replication.draws=fixed"])) == {"source": "none"}


def test_a_posterior_of_other_priors_is_not_used_and_that_is_said(a_posterior):
    about = json.loads(json.dumps(yaml.safe_load(committed.ABOUT.read_text(encoding="utf-8"))))
    about["provenance"] = "other"
    committed.ABOUT.write_text(yaml.safe_dump(about), encoding="utf-8")
    committed.VALUES.touch()
    scenario = scenario_from(STREET)
    assert scenario.draws == RANGES and any("landingsbaan calibrate" in note for note in scenario.notes)
    with pytest.raises(ConfigurationError, match="replication.draws = posterior"):
        scenario_from([*STREET, "replication.draws=posterior"])


def test_an_unknown_source_of_draws_is_refused():
    with pytest.raises(ConfigurationError, match="did you mean ranges"):
        scenario_from([*STREET, "replication.draws=range"])


def test_rows_of_a_posterior_come_in_turn():
    posterior = Posterior(("wijkteam.refers_at",), tuple((value,) for value in (0.3, 0.31, 0.32)), {})
    assert sorted(posterior.row_of(number, 7) for number in range(3)) == [0, 1, 2]
    assert posterior.row_of(4, 7) == posterior.row_of(1, 7)


def test_a_street_runs_its_history_and_comes_to_every_row(tmp_path):
    ensemble = TrainingEnsemble(few_numbers(), 2, 200, 1)
    folder = Folder(tmp_path / "training_ensemble")
    make_ensemble(ensemble, folder, LocalEngine(1))
    table = pd.read_parquet(next(folder.parts.glob("m*.parquet")))
    assert list(table.columns) == ["point", "seed", *(row.target for row in scored_targets())]
    assert len(table) == 2 and table["youth_care_share_u18_2018"].between(0.0, 100.0).all()
