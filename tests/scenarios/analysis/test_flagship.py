"""The flagship study: an emulator on a function that is known, sentences in every direction, the command."""

import json

import numpy as np
import pandas as pd
import pytest

from scenarios.analysis.exploration.options import read
from scenarios.analysis.flagship import findings, maps, page
from scenarios.analysis.flagship.emulator import ERROR_FOLDS, fit_emulator, folds, held_out_predictions
from scenarios.analysis.flagship.findings import (
    AGAINST,
    COST,
    HARM,
    PEOPLE,
    WAITING,
    Runs,
    effect_of,
    predicted,
    verdict,
    zero_points,
)
from scenarios.analysis.flagship.points import (
    INCIDENCE,
    KINDS,
    NAMED,
    RANGES,
    USUAL,
    Levers,
    arms_of,
    flagship_plan,
    ratios,
    sampled,
    town_of,
)
from scenarios.analysis.flagship.study import FlagshipOptions, flagship, study
from scenarios.common.errors import ConfigurationError
from scenarios.reproducibility.stale_pages import NOTICE

STREET = ["window.start=2014-07", "window.end=2016-06", "window.warm_up_months=0",
          "municipality.households=600"]  # fmt: skip
SIZES = {
    "less": {"mean": -20.0, "low": -30.0, "high": -10.0, "mean_low": -21.0, "mean_high": -19.0},
    "more": {"mean": 20.0, "low": 10.0, "high": 30.0, "mean_low": 19.0, "mean_high": 21.0},
    "mostly_less": {"mean": -20.0, "low": -60.0, "high": 10.0, "mean_low": -25.0, "mean_high": -15.0},
    "mostly_more": {"mean": 20.0, "low": -10.0, "high": 60.0, "mean_low": 15.0, "mean_high": 25.0},
    "unclear": {"mean": 1.0, "low": -30.0, "high": 30.0, "mean_low": -2.0, "mean_high": 4.0},
}


NONE = np.empty((0, len(RANGES)))  # no point is known to be zero


# The emulator.


@pytest.fixture(scope="module")
def known():
    """A sum of levers whose spread over draws grows with one of them: 10 x0 - 4 x1 + (1 + 3 x2) z."""
    rng = np.random.default_rng(5)
    draws = np.repeat(np.arange(200), 4)
    points, noise = rng.random((len(draws), 4)), rng.normal(size=len(draws))
    values = 10.0 * points[:, 0] - 4.0 * points[:, 1] + (1.0 + 3.0 * points[:, 2]) * noise
    sampled_points = np.ones(len(draws), dtype=bool)
    return points, values, draws, sampled_points, *fit_emulator(points, values, draws, sampled_points, NONE)


def test_an_emulator_of_a_known_function_finds_its_mean_and_its_spread(known):
    emulator = known[4]
    at = np.array([[0.2, 0.5, 0.1, 0.5], [0.8, 0.5, 0.9, 0.5]])
    mean, low, median, high = emulator(at).T
    assert mean == pytest.approx([0.0, 6.0], abs=0.8) and median == pytest.approx([0.0, 6.0], abs=0.8)
    assert high - low == pytest.approx(2 * 1.645 * (1.0 + 3.0 * at[:, 2]), rel=0.25)


def test_its_intervals_hold_nine_in_ten_of_the_values_kept_apart(known):
    *_, error = known
    assert error.values == 800
    assert 0.87 <= error.coverage <= 0.93
    # The levers tell (10² + 4²) / 12 of the variance, and 7 is spread over draws.
    assert error.explained == pytest.approx(9.67 / 16.67, abs=0.08)


def test_a_draw_takes_no_part_in_what_it_judges(known, monkeypatch):
    monkeypatch.setattr("scenarios.analysis.flagship.emulator.FORMS", ("quadratic", "trees"))
    points, values, draws, is_sampled, *_ = known
    few = draws < 20
    first = folds(draws[few], ERROR_FOLDS)[0]
    other = np.where(first, 1e6, values[few])
    told, again = (
        held_out_predictions(points[few], each, draws[few], is_sampled[few], NONE)
        for each in (values[few], other)
    )
    assert (told[first] == again[first]).all() and not (told[~first] == again[~first]).any()


def test_points_that_are_zero_by_definition_draw_the_mean_to_zero_and_leave_the_spread_alone(
    known, monkeypatch
):
    monkeypatch.setattr("scenarios.analysis.flagship.emulator.FORMS", ("quadratic",))
    points, values, draws, is_sampled, without, _ = known
    lifted = 0.1 * values + points[:, 0]  # an effect of the first lever, with chance at every point
    zeros = points[:200] * [0.0, 1.0, 1.0, 1.0]
    free, drawn = (fit_emulator(points, lifted, draws, is_sampled, each)[0] for each in (NONE, zeros))
    assert np.abs(drawn(zeros)[:, 0]).mean() < 0.5 * np.abs(free(zeros)[:, 0]).mean()
    widths = [each(points)[:, 3] - each(points)[:, 1] for each in (free, drawn)]
    assert widths[1].mean() == pytest.approx(widths[0].mean(), rel=0.1)


@pytest.mark.parametrize("what", AGAINST)
def test_a_point_less_itself_is_zero_in_maps_and_grid_whatever_the_emulator_says(what):
    low, high = np.array(list(RANGES.values())).T
    itself = [tuple(each) for each in low + zero_points(what, 50) * (high - low)]
    other = (0.1, 1.5, 0.2, 3.0)
    told = predicted(lambda points: np.ones((len(points), 4)), what, [*itself, other])
    assert (told[:-1] == 0.0).all() and (told[-1] == 1.0).all()
    assert len(zero_points("level", 50)) == 0


def test_a_draw_is_never_divided_and_judges_once():
    parts = folds(np.repeat(np.arange(42), 4), ERROR_FOLDS)
    assert sum(each.astype(int) for each in parts).tolist() == [1] * 168
    assert all((each.reshape(42, 4).all(axis=1) == each.reshape(42, 4).any(axis=1)).all() for each in parts)


# Points.


def test_sampled_points_fill_the_ranges_and_are_the_same_for_one_seed():
    points = np.array([each.values for samples in sampled(64, 4, 0) for each in samples])
    low, high = np.array(list(RANGES.values())).T
    assert (points >= low).all() and (points <= high).all()
    shares = (points - low) / (high - low)
    # Each quarter of each range has a quarter of the points.
    assert all((np.histogram(column, 4, (0, 1))[0] == 64).all() for column in shares.T)
    assert sampled(2, 2, 1) == sampled(2, 2, 1) != sampled(2, 2, 2)


def test_what_a_point_is_compared_with_differs_in_one_thing():
    point = Levers(0.1, 2.0, 0.3, 2.0)
    arms = arms_of(point)
    assert arms["no_signalling"].values == (0.0, 2.0, 0.3, 2.0)
    assert arms["usual_teams"].values == (0.0, USUAL.team, 0.3, 2.0)
    assert arms["no_cut"].values == (0.1, 2.0, 0.0, 2.0)
    assert arms["long"].values == (0.1, 2.0, 0.3, 8.0)
    with_effect, placebo = NAMED["signalling"].point, NAMED["placebo"].point
    assert placebo == with_effect | {"referral_source.finds_new": 0.0}
    for name in ("usual", "signalling", "team"):
        assert NAMED[f"{name}_no_help"].point == NAMED[name].point | {"wijkteam.help_works": 0.0}
    assert NAMED["cut_same_money"].point == NAMED["cut"].point | {"landing.basis": "same_money"}


def test_links_grow_with_the_visits_and_are_full_at_the_named_policy():
    assert Levers(0.05).point["referral_source.school_link"] == 0.5
    assert Levers(0.10).point["referral_source.debt_signals"] == 1.0
    assert Levers(0.20).point["referral_source.housing_corporation_link"] == 1.0


def test_kinds_of_town_scale_the_rates_that_are_drawn_and_nothing_else():
    asked = flagship_plan(STREET, 2, 1, 8, 0)
    deprived, average, well_off = (town_of(kind, asked.scenario, 1) for kind in KINDS)
    assert average == {} and set(deprived) == set(well_off) == {INCIDENCE}
    found = np.array(deprived[INCIDENCE]) / np.array(well_off[INCIDENCE])
    assert found == pytest.approx(np.array(ratios("deprived")) / np.array(ratios("well_off")))
    assert town_of("deprived", asked.scenario, 0) != deprived
    assert ratios("deprived")[0] > 1.0 > ratios("well_off")[0]


def test_all_points_of_a_draw_and_kind_share_a_past_and_its_random_numbers():
    asked = flagship_plan(STREET, 2, 1, 8, 0)
    first = [(place, run) for task in asked.plan.tasks(0, 1) for run in task.runs
             if (place := asked.places[run.point]).draw == 0 and place.seed == 0]  # fmt: skip
    assert {run.replication for _, run in first} == {0}
    assert len({place.kind for place, _ in first}) == 3
    assert len(first) == 3 * (len(NAMED) + 5)
    assert {place.seed for place in asked.places if place.draw == 0} == {0, 1}
    assert {place.seed for place in asked.places if place.draw == 1} == {0}


# What may be said.


@pytest.mark.parametrize("said", SIZES)
def test_an_effect_is_said_to_be_what_its_intervals_allow(said):
    assert verdict(SIZES[said]) == said


def test_chance_is_told_apart_by_second_seeds():
    rng = np.random.default_rng(3)
    of_draw = rng.normal(5.0, 2.0, 4000)
    first, second = (of_draw + rng.normal(0.0, 1.0, 4000) for _ in range(2))
    second[100:] = np.nan
    found = effect_of(first, second)
    assert found.chance == pytest.approx(1.0 / 5.0, abs=0.06)
    assert found.mean == pytest.approx(5.0, abs=0.1) and found.below == pytest.approx(0.0127, abs=0.01)
    assert effect_of(first).chance is None


def runs_with(effects):
    """Return runs of twenty draws in which named points come to what is given, plus the draw's own level."""
    rows = {}
    for kind in KINDS:
        for draw in range(20):
            for name in NAMED:
                rows[kind, draw, 0, -1, name] = {COST: 100.0 + draw + effects.get(name, {}).get(draw, 0.0)}
    index = pd.MultiIndex.from_tuples(rows, names=["kind", "draw", "seed", "sample", "name"])
    return Runs(pd.DataFrame(list(rows.values()), index=index).sort_index(), [[]] * 20)


def test_an_effect_is_a_difference_within_the_draw():
    runs = runs_with({"signalling": dict.fromkeys(range(20), -3.0)})
    assert runs.effect("average", "signalling", COST) == pytest.approx([-3.0] * 20)
    assert np.isnan(runs.effect("average", "signalling", COST, seed=1)).all()


def test_whether_a_larger_team_changes_the_sign_is_counted_over_draws(monkeypatch):
    usual = dict.fromkeys(range(20), 2.0)
    larger = {draw: 2.0 if draw < 5 else -1.0 for draw in range(20)}
    runs = runs_with({"signalling": usual, "team_signalling": larger})
    monkeypatch.setattr(findings, "PEOPLE", COST)
    found = findings.interactions(runs)["average"]
    assert found["sign_changes"] == 0.75 and found["pays_usual"] == 0.0 and found["pays_larger"] == 0.75


# The command.


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """The command on a small town, eight draws in two folds; and again from its store."""
    folder = tmp_path_factory.mktemp("flagship")
    words = [*STREET, "draws=8", "points=1", "study=f", "engine.processes=1"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for what, outcomes in (("harm", (HARM,)), ("signalling", (COST,)), ("level", (COST,))):
            patch.setitem(findings.EMULATED, what, outcomes)
        patch.setattr("scenarios.analysis.flagship.emulator.FORMS", ("quadratic",))
        for each in ("ERROR_FOLDS", "FOLDS"):
            patch.setattr(f"scenarios.analysis.flagship.emulator.{each}", 2)
        patch.setattr("scenarios.analysis.flagship.study.LEAST_DRAWS", 8)
        first = flagship(words).read_bytes()
        # What is stored is not run again: there is no process to run it.
        patch.setattr("scenarios.analysis.flagship.study.engine_of", lambda _: None)
        again = flagship(words).read_bytes()
        document = json.loads(first)
        pages = page.write_pages(document, folder / "results/studies/f" / page.GRID, folder / "docs")
    return folder, document, first == again, pages


def test_the_command_resumes_and_comes_to_the_same_bytes(answered):
    folder, document, is_same, _ = answered
    assert is_same
    assert document["runs"] == (8 + 1) * 3 * (len(NAMED) + 5) and document["second_seeds"] == 1
    # Only small tables are stored: a row per run.
    assert not list((folder / "results/studies/f/parts").glob("*.monthly.parquet"))


def test_what_remains_is_held_against_the_same_town_without_help_and_money_and_speed_add_up(answered):
    document = answered[1]
    effects = document["effects"]["average"]
    assert effects["team_no_help"][COST]["mean"] != effects["team"][COST]["mean"]
    both = effects["years_speed"][PEOPLE]["mean"] + effects["years_money"][PEOPLE]["mean"]
    assert both == pytest.approx(effects["years_in_cut"][PEOPLE]["mean"], abs=1e-2)
    said = page.sentences(document, "en")
    assert "no effect" in said[1] and "no effect" in said[2] and "Without haste" in said[3]
    assert "by speed alone" in said[4] and "By the money" in said[4]


def test_without_the_placebos_the_points_are_left_out_with_all_that_is_said_of_them(answered):
    document = json.loads(json.dumps(answered[1]))
    few = FlagshipOptions(placebo=False).named
    assert len(few) == len(NAMED) - 4 and "placebo" in few
    for of_kind in document["effects"].values():
        for effect in ("signalling_no_help", "team_no_help", "years_speed", "years_money"):
            del of_kind[effect]
    text = page.page_text(document, "en")
    assert (
        "help from teams has no effect" not in text and "speed alone" not in text and "Without haste" in text
    )


def test_the_grid_has_every_kind_of_town_and_an_interval_around_each_median(answered):
    folder, *_ = answered
    grid = pd.read_parquet(folder / "docs/figures/flagship" / page.GRID)
    assert set(grid["kind"]) == set(KINDS)
    assert (grid["low"] <= grid["median"]).all() and (grid["median"] <= grid["high"]).all()
    assert len(grid) == 3 * 9 * 5 * 6 * 8 * 5
    assert set(grid["signalling"].astype(float).round(3)) == {0.0, 0.05, 0.1, 0.15, 0.2}


def test_both_pages_name_the_version_and_every_map_has_a_table_and_another_text(answered):
    folder, document, _, pages = answered
    for path, language in zip(pages, ("en", "nl"), strict=True):
        text = path.read_text(encoding="utf-8")
        assert document["result_version"] in text and "None" not in text and "nan" not in text
        for each in maps.titles(document, language):
            figure = folder / "docs/figures/flagship" / f"{each.name}_{language}.png"
            assert figure.stat().st_size > 10_000 and figure.with_suffix(".csv").exists()
            assert f"![{each.title}. {each.subtitle}](figures/flagship/{figure.name})" in text
            assert f"figures/flagship/{each.name}_{language}.csv" in text


def test_uncertain_cells_are_marked_and_the_comparison_itself_is_not_counted(answered):
    _, document, *_ = answered
    for each in document["maps"]:
        assert each["certain"] == (each["low"] > 0.0 or each["high"] < 0.0)
    counted = maps.titles(document, "en")[0]
    assert counted.title.endswith(f"of {3 * (5 * 6 - 1)} combinations")


def with_effect(document, effect, outcome, size):
    """Return the document with one effect replaced in every kind of town."""
    other = json.loads(json.dumps(document))
    for kind in KINDS:
        other["effects"][kind][effect][outcome] |= size | {"below": 0.25, "above": 0.75}
    return other


@pytest.mark.parametrize(
    ("said", "english", "dutch"),
    [
        ("less", "saves the municipality 20.0 euro", "bespaart de gemeente 20,0 euro"),
        ("more", "costs the municipality 20.0 euro", "kost de gemeente 20,0 euro"),
        ("mostly_less", "on average, but not in 75% of the draws", "maar in 75% van de trekkingen niet"),
        ("mostly_more", "on average, but not in 25% of the draws", "maar in 25% van de trekkingen niet"),
        ("unclear", "not distinguishable from zero", "niet van nul te onderscheiden"),
    ],
)
def test_a_sentence_says_the_direction_that_was_found_or_none(answered, said, english, dutch):
    document = answered[1]
    for effect, place in (("signalling", 0), ("team", 2)):
        other = with_effect(document, effect, COST, SIZES[said])
        assert english in page.sentences(other, "en")[place]
        assert dutch in page.sentences(other, "nl")[place]


def test_the_pages_are_what_the_stored_results_give_each_in_its_own_language():
    document = read(page.DOCS / page.FIGURES / f"{page.NAME}.json")
    for language, name in (("en", "flagship.md"), ("nl", "flagship_nl.md")):
        text = (page.DOCS / name).read_text("utf-8")
        assert NOTICE.sub("", text) == page.page_text(document, language)
    assert "do not edit" not in text and "het aantal problemen zonder hulp" not in text


def test_a_difference_names_what_it_is_compared_with_before_its_interval():
    said = page.word("difference_mostly_less", "en", size="20.8", low="−50.9", high="+8.2")
    assert said == "on average 20.8 lower than in a well-off one, but not surely (−50.9 to +8.2)"
    effect = {"mean": -93.0, "low": -149.0, "high": -38.0}
    cells = [page._cell(effect, language, with_verdict=False) for language in ("en", "nl")]
    assert cells == ["−93 (−149 to −38)", "−93 (−149 tot −38)"]


@pytest.mark.parametrize(
    ("found", "english", "dutch"),
    [
        ("less", "means less cost", "betekent minder kosten"),
        ("more", "means more cost", "betekent meer kosten"),
        ("mostly_less", "on average less cost for the municipality, not surely", "gemiddeld minder kosten"),
        ("mostly_more", "on average more cost for the municipality, not surely", "gemiddeld meer kosten"),
        ("unclear", "means no clear change in cost", "geen duidelijke verandering in kosten"),
    ],
)
def test_what_a_sentence_comes_to_has_the_direction_that_was_found(answered, found, english, dutch):
    other = with_effect(answered[1], "signalling", COST, SIZES[found])
    assert english in page.in_short(other, "en")[0] and dutch in page.in_short(other, "nl")[0]
    assert f"1. **{page.in_short(other, 'en')[0]}** Early signalling" in page.page_text(other, "en")


@pytest.mark.parametrize(
    ("said", "english", "dutch"),
    [
        ("less", "need without help falls by 20.0", "daalt met 20,0"),
        ("more", "need without help rises by 20.0", "stijgt met 20,0"),
        ("mostly_less", "falls by 20.0 on average", "daalt gemiddeld met 20,0"),
        ("mostly_more", "rises by 20.0 on average", "stijgt gemiddeld met 20,0"),
        ("unclear", "need without help is not distinguishable", "niet van nul te onderscheiden"),
    ],
)
def test_what_people_notice_is_said_in_every_direction_with_its_baseline(answered, said, english, dutch):
    document = answered[1]
    document["baselines"]["average"][PEOPLE] = 40.0
    for effect, place in (("signalling", 1), ("team", 2), ("cut", 3), ("years_in_cut", 4)):
        other = with_effect(document, effect, PEOPLE, SIZES[said])
        assert english in page.sentences(other, "en")[place] and "40.0" in page.sentences(other, "en")[place]
        assert dutch in page.sentences(other, "nl")[place]
    other = with_effect(document, "cut", WAITING, SIZES["less"])
    assert "waiting falls by 20.0" in page.sentences(other, "en")[3]


@pytest.mark.parametrize(
    ("probability", "sign", "bearable"),
    [
        (0.97, "it changes whether early signalling pays", "it is then no worse for people"),
        (0.02, "it does not change whether", "it stays worse for people"),
        (0.5, "whether it changes if early signalling pays is open", "is open (probability 50%"),
    ],
)
def test_an_interaction_is_a_yes_a_no_or_open(answered, probability, sign, bearable):
    other = json.loads(json.dumps(answered[1]))
    other["interactions"]["average"] |= {"sign_changes": probability, "bearable_long": probability}
    sentences = page.sentences(other, "en")
    assert len(sentences) == 5 and sign in sentences[2] and bearable in sentences[4]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["draws=10"], "expected a whole number from 20 on"),
        (["draws=900000"], "expected at most"),
        (["policy=reference"], "varies towns, grants"),
        (["municipality=zaanstad"], "varies towns, grants"),
        (["landing.cut=0.2"], "leave it out"),
        (["replication.draws=fixed"], "expected posterior or ranges"),
        (["study=../elsewhere"], "expected a name, not a path"),
        (["point=4"], "no such key"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(words, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=sentence) as error:
        flagship([*STREET, *words])
    assert "\n" not in str(error.value) and not list(tmp_path.iterdir())


def test_a_study_has_a_name_of_the_list():
    with pytest.raises(ConfigurationError, match="did you mean flagship"):
        study(["flagshp"], [])
    with pytest.raises(ConfigurationError, match="expected flagship"):
        study([], [])
