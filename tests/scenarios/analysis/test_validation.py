"""Validation: inputs are never hits, misses stay, and experiments follow their studies' designs."""

import json
import re
from types import SimpleNamespace

import numpy as np
import pytest

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.calibration.experiments import STAFF_OF_TEAMS, gaps_of_growth, results_of
from scenarios.analysis.validation import judging
from scenarios.analysis.validation.command import DOCS, GROWTH_BY_TEAMS, REASONS, UNEXPLAINED, page
from scenarios.analysis.validation.judging import (
    HIT,
    INPUT,
    INPUTS,
    INPUTS_WHEN_DATED,
    MISS,
    UNWRITTEN,
    causes,
    counts,
    difference_in_differences,
    effect_of_practitioners,
    expressed,
    growth_and_volume,
    inputs,
    interrupted_series,
    judge_target,
    predictive_checks,
    rank_correlation,
    reported,
    validation,
    validation_targets,
)
from scenarios.analysis.validation.runs import (
    ChildrenFollowed,
    HelpByIncome,
    contacts_closed_by_practitioner,
    cut_in_early_help,
    early_family_help,
    values_of_draw,
)
from scenarios.cli import main
from scenarios.common.calibration_inputs import scored_targets
from scenarios.common.errors import ConfigurationError
from scenarios.runs import draws as committed
from scenarios.studies.country import municipalities_with_figures
from simulation import dated_figures
from simulation.parameters import names
from simulation.population.municipality_profile import load_profile
from tests.synthetic_validation import BY_MONTH, DRAWS, municipalities_at_targets, values_at_targets

ROW = {"target": "share", "value": "10", "low": "9", "high": "11", "unit": "percent", "definition": "",
       "source": "CBS"}  # fmt: skip


def test_a_mean_inside_its_bounds_is_a_hit_and_outside_is_a_miss():
    assert judge_target(ROW, np.array([9.0, 10.5]), {}).verdict == HIT
    missed = judge_target(ROW, np.array([12.0, 13.0]), {})
    assert missed.verdict == MISS and missed.interval[0] >= 12.0


def test_a_row_that_enters_as_an_input_is_never_a_hit():
    row = judge_target(ROW, np.array([10.0, 10.0]), {"share": "it is set from it"})
    assert row.verdict == INPUT and row.mean == 10.0 and row.note == "it is set from it"


def test_what_never_happens_is_a_miss():
    assert judge_target(ROW, np.full(3, np.nan), {}).verdict == MISS


def test_no_validation_row_is_fitted_and_those_that_enter_are_inputs():
    assert not {row["target"] for row in validation_targets()} & {row.target for row in scored_targets()}
    assert set(inputs()) == {
        "gp_practitioner_closed_share",
        "household_help_growth_2019",
        "household_help_growth_highest_income",
        "household_help_growth_lowest_income",
        "team_closed_within_year",
        "youth_cost_per_user_2019",
        "youth_help_spread_of_municipalities",
    }


def test_every_input_was_written_down_with_the_parameter_or_the_series_it_enters_by():
    assert UNWRITTEN not in inputs().values()
    named = {key for reason in INPUTS.values() for key in re.findall(r"`([\w.]+)`", reason)}
    assert named <= set(names()) and len(named) == 5
    series = {key for reason in INPUTS_WHEN_DATED.values() for key in re.findall(r"`(\w+)`", reason)}
    assert series <= set(dated_figures.DRIVING)


def test_every_validation_row_is_measured():
    rows = validation(values_at_targets())
    assert [row.target for row in rows] == [row["target"] for row in validation_targets()]
    assert all(row.mean is not None for row in rows)
    assert sum(counts(rows).values()) == len(rows)


# Designs.


def test_the_share_of_a_growth_is_of_all_draws_together_whatever_one_without_growth_says():
    added = {"youth_users_added": [[1.0], [199.0]], "youth_stay_users_added": [[51.0], [-11.0]]}
    found = expressed(values_at_targets() | {name: np.array(each) for name, each in added.items()})
    assert found["youth_growth_without_stay_share"][0] == pytest.approx(80.0)


def test_nine_municipalities_give_back_the_growth_and_the_share_of_users_in_it():
    values = values_at_targets() | municipalities_at_targets(growth=1.3, volume=0.4)
    found = expressed(values)
    assert found["youth_spending_growth_2016_2018"] == pytest.approx(30.0)
    assert found["youth_spending_growth_volume_share"] == pytest.approx(40.0)


def test_nine_municipalities_are_drawn_anew_in_each_draw_and_counted_by_their_size():
    values = values_at_targets()
    for place, slug in enumerate(municipalities_with_figures()):
        values[f"spending_{slug}"] = np.tile([100.0, 100.0 * (1.0 + place)], (DRAWS, 1))
        values[f"weight_{slug}"] = np.ones((DRAWS, 1))
    one, other = expressed(values)["youth_spending_growth_2016_2018"]
    assert one != other
    both = np.array([[100.0, 100.0], [100.0, 200.0]])
    assert growth_and_volume(both, both, np.array([3.0, 1.0]))[0] == pytest.approx(25.0)


def test_no_growth_has_no_share_of_users():
    growth, share = growth_and_volume(np.array([[100.0, 90.0]]), np.array([[10.0, 12.0]]))
    assert growth == pytest.approx(-10.0) and np.isnan(share)


@pytest.mark.parametrize("factor", [0.9, 1.0, 1.25])
def test_difference_in_differences_finds_the_effect_whatever_the_levels_and_the_common_trend(factor):
    values = values_at_targets() | municipalities_at_targets(effect=factor)
    effect = 100.0 * (factor - 1.0)
    assert effect_of_practitioners(values) == pytest.approx(effect)
    assert effect_of_practitioners(values, design=False) == pytest.approx(effect)


def test_difference_in_differences_is_right_on_average_where_units_differ_by_chance():
    rng = np.random.default_rng(1)
    treated = np.arange(16) < 8
    found = []
    for _ in range(400):
        logs = rng.normal(5.0, 0.5, (16, 1)) + rng.normal(0.0, 0.05, (16, 6)) + 0.03 * np.arange(6)
        logs[treated, 2:] += np.log(0.93)
        found.append(difference_in_differences(np.exp(logs), treated, 2))
    assert np.mean(found) == pytest.approx(-7.0, abs=0.3)


def test_an_interrupted_series_finds_a_jump_and_a_change_of_slope_beyond_the_earlier_trend():
    months = np.arange(60.0)
    since = np.clip(months - 36, 0.0, None)
    series = 200.0 * 0.998**months * np.where(months >= 36, 1.1, 1.0) * 1.01**since
    found = interrupted_series(series, 36)
    assert found[0] == pytest.approx(10.0) and found[-1] == pytest.approx(100.0 * (1.1 * 1.01**23 - 1.0))
    assert interrupted_series(200.0 * 0.99**months, 36) == pytest.approx(np.zeros(24), abs=1e-9)
    assert np.isnan(interrupted_series(np.zeros(60), 36)).all()


def test_the_interrupted_series_is_told_by_income():
    found = reported(values_at_targets())["series_by_income"]
    assert [each["mean"] for each in found] == pytest.approx([0.0, 20.0, 40.0, 60.0, 80.0])


def test_rank_correlation_is_that_of_the_order_and_uncertain_with_few_units():
    units = np.arange(16.0)
    assert rank_correlation(units, np.exp(units)).correlation == 1.0
    assert rank_correlation(units, -units).low == -1.0
    unrelated = rank_correlation(np.random.default_rng(3).normal(size=16), units)
    assert unrelated.low < 0.0 < unrelated.high and unrelated.high - unrelated.low > 0.4


def test_the_order_of_municipalities_is_held_against_the_register():
    values, slugs = values_at_targets(), municipalities_with_figures()
    for slug in slugs:
        values[f"share_{slug}"] = np.full((DRAWS, 1), 2.0 * load_profile(slug).youth_help_share)
    found = reported(values)
    assert found["ranks"]["correlation"] == 1.0 and found["ranks"]["units"] == len(slugs)
    assert found["by_municipality"]["zaanstad"]["register"] == pytest.approx(14.7)


def test_a_practitioner_closes_the_share_of_contacts_that_its_parameter_says(town_before_transition):
    closes = town_before_transition.parameters.referral_source.practitioner_closes
    found = contacts_closed_by_practitioner(town_before_transition)
    assert found == pytest.approx(100.0 * closes, abs=15.0)


# Figures that enter.


def test_a_row_that_a_driving_dated_figure_fits_is_an_input_and_not_fitted(monkeypatch):
    assert "youth_real_cost_per_user_growth_2015_2019" not in {row.target for row in scored_targets()}
    assert "youth_cost_per_user_2019" in inputs()
    with monkeypatch.context() as undriven:
        undriven.setattr(dated_figures, "DRIVING", ())
        assert "youth_real_cost_per_user_growth_2015_2019" in {row.target for row in scored_targets()}
    rows = {row.target: row for row in validation(values_at_targets())}
    assert rows["youth_cost_per_user_2019"].verdict == INPUT


def test_predictive_checks_are_of_the_fitted_rows():
    checks = predictive_checks(values_at_targets())
    assert [check["name"] for check in checks] == [row.target for row in scored_targets()]
    assert all(check["inside"] for check in checks)


def test_bounds_the_wrong_way_round_are_refused(tmp_path):
    path = tmp_path / "validation.csv"
    path.write_text(
        "target,value,low,high,unit,region,period,definition,source\na,2,3,1,percent,NL,2019,,CBS\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigurationError, match="low <= high"):
        validation_targets(path)


def test_months_are_read_from_the_mean_over_draws():
    helped, usual = np.array([0.0] * 6 + [2.0] * 18), np.ones(24)
    assert judging.month_from(helped, usual) == 7.0
    assert np.isnan(judging.month_from(usual, usual))
    assert judging.reduction(np.full(24, 3.0), np.full(24, 4.0)) == pytest.approx(25.0)
    assert np.isnan(judging.lag(np.ones(36), np.zeros(36)))


# Experiments.


def test_municipalities_differ_in_teams_alone_and_one_has_none(town_before_transition):
    year = 2000 + town_before_transition.month // 12
    found = results_of(["wmo_growth_gap_team_seconded"], {year: town_before_transition})
    gaps = [found[f"wmo_growth_gap_team_{staff}"] for staff in STAFF_OF_TEAMS]
    assert len({round(gap, 6) for gap in (0.0, *gaps)}) == 4


def test_an_experiment_that_measures_several_rows_is_run_once(monkeypatch):
    runs = []

    def measure(initial_state):
        runs.append(initial_state)
        return {"a": 1.0, "b": 2.0}

    monkeypatch.setattr(
        "scenarios.analysis.calibration.experiments.EXPERIMENTS", {"a": (measure, 2015), "b": (measure, 2015)}
    )
    assert results_of(["a", "b"], {2015: "town"}) == {"a": 1.0, "b": 2.0}
    assert runs == ["town"]


def test_a_gap_is_growth_with_teams_less_growth_without():
    gaps = gaps_of_growth({"seconded": np.array([100.0, 153.0])}, np.array([50.0, 60.0]))
    assert gaps["wmo_growth_gap_team_seconded"] == pytest.approx(33.0)


def test_household_help_by_income_counts_a_household_once_a_year(make_street):
    street = make_street(soon=False)
    help_by_income = HelpByIncome(street)
    homes, nobody = street.world.households, np.uint32(0)
    homes["in_care"], homes["income"] = nobody, 0
    for month, having in ((12 * 18, 2), (12 * 18 + 1, 1), (12 * 20, 3)):
        moment = SimpleNamespace(world=street.world, month=month, year=2000 + month // 12)
        homes["in_care"][:having] = help_by_income.slot
        help_by_income.after_process(moment, "observation")
        homes["in_care"] = nobody
    assert help_by_income.growth()["household_help_growth_lowest_income"] == pytest.approx(50.0)
    assert np.isnan(help_by_income.growth()["household_help_growth_highest_income"])


def test_the_same_children_are_followed_for_two_years(town_before_transition):
    model = town_before_transition.copy().run_until(town_before_transition.transition + 12)
    found = early_family_help(model)
    assert {len(each) for each in found.values()} == {24}
    heavy = cut_in_early_help(model)
    assert len(heavy["heavy_usual"]) == 36 and (heavy["heavy_usual"] >= 0).all()
    release(model)


def test_children_followed_change_nothing_and_closed_are_among_begun(town_before_transition):
    watched, unwatched = town_before_transition.copy(), town_before_transition.copy()
    watched.observers.append(ChildrenFollowed(watched))
    until = watched.transition + 37
    assert np.array_equal(
        watched.run_until(until).recorder.monthly, unwatched.run_until(until).recorder.monthly
    )
    followed = watched.observers[0]
    assert 0 < followed.closed <= followed.with_team
    release(watched)
    release(unwatched)


@pytest.mark.slow
def test_everything_is_asked_of_one_draw():
    values = values_of_draw(0, 200, 1)
    assert {f"share_{slug}" for slug in municipalities_with_figures()} <= set(values)
    assert set(BY_MONTH) | set(GROWTH_BY_TEAMS) <= set(values)


# The command.


def test_validate_writes_its_page_and_goes_on_where_it_stopped(has_posterior, tmp_path, monkeypatch):
    done = []

    def quick(number, households, seed):
        done.append(number)
        return {name: each[number % 2] for name, each in values_at_targets().items()}

    monkeypatch.setattr("scenarios.analysis.validation.runs.values_of_draw", quick)
    places = [f"folder={tmp_path / 'validation'}", f"to={tmp_path / 'written'}", "name=toy"]
    arguments = ["draws=2", "households=200", *places, "engine.processes=1"]
    assert main(["validate", *arguments]) == 0
    assert main(["validate", *arguments]) == 0
    assert done == [0, 1]
    text = (tmp_path / "written" / "validation.md").read_text(encoding="utf-8")
    assert "**Of the other 18, 18 are hit (100%)**" in text
    assert "rank correlation (Spearman)" in text and "* `gp_practitioner_closed_share`: what a" in text
    for language in ("en", "nl"):
        assert (tmp_path / "written" / "figures" / "validation" / f"validation_{language}.png").is_file()
    told = json.loads((tmp_path / "validation" / "toy" / "validation.json").read_text(encoding="utf-8"))
    missed = next(row for row in told["targets"] if row["target"] in REASONS)
    missed |= {"verdict": MISS}
    assert f"* `{missed['target']}`: {REASONS[missed['target']][:12]}" in page(told)


def test_the_page_says_of_every_miss_why_we_think_so():
    known = {row["target"] for row in validation_targets()}
    assert set(REASONS) <= known - set(inputs())
    text = (DOCS / "validation.md").read_text(encoding="utf-8")
    lines = text.partition("### Misses")[2].partition("### Inputs")[0].splitlines()
    said = dict(line.removeprefix("* `").split("`: ", 1) for line in lines if line.startswith("* `"))
    assert set(said) == set(re.findall(r"^\| `(\w+)` .* \*\*miss\*\* ", text, flags=re.MULTILINE))
    for target, words in said.items():
        parts = re.split(r"\{.*?\}", REASONS.get(target, UNEXPLAINED))
        assert re.fullmatch(".*?".join(map(re.escape, parts)), words), (
            f"{target}: landingsbaan validate write"
        )


def test_every_reason_rests_on_causes_that_are_measured():
    found = causes(values_at_targets())
    assert all(reason.format(**found) for reason in REASONS.values())


@pytest.mark.parametrize(
    "words, told",
    [
        (["draws=some"], "draws = some: expected a whole number from 2 on"),
        (["draw=3"], "did you mean draws?"),
        (["now"], "validate now: expected write"),
        (["write", "folder=nowhere"], "no finished validation in nowhere"),
        (["name=a/b"], "expected a name, not a path"),
    ],
)
def test_validate_refuses_bad_input_in_one_sentence(words, told, capsys, tmp_path):
    assert main(["validate", *words]) == 2
    assert told in capsys.readouterr().err


def test_validate_needs_a_posterior(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(committed, "VALUES", tmp_path / "posterior.csv")
    assert main(["validate", f"folder={tmp_path / 'v'}"]) == 2
    assert "landingsbaan calibrate makes one" in capsys.readouterr().err
    assert not (tmp_path / "v").exists()
