"""Tests of figures and summary: made from the folder alone, in two languages, also in extremes."""

import json
import textwrap
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from scenarios.common.installation import DOCS, ROOT
from scenarios.reporting.figures import claims, exploration, neighbourhoods, savings, style
from scenarios.reporting.figures.flows import chained, state_counts
from scenarios.reporting.figures.flows import table_behind as table_of_flows
from scenarios.reporting.figures.landing import stop_of
from scenarios.reporting.figures.run_figures import FIGURES, draw_all, figures_of
from scenarios.reporting.figures.style import apart
from scenarios.reporting.figures.why import TOTAL, parts_by_replication
from scenarios.reporting.summary.history import history_lines
from scenarios.reporting.summary.outcomes import headline_lines
from scenarios.reporting.summary.summary import (
    based_on,
    question_lines,
    question_table,
    screen_lines,
    summary_lines,
)
from scenarios.reporting.texts import number
from scenarios.reporting.texts.figures import WORDS as FIGURE_WORDS
from scenarios.reporting.texts.history import WORDS as HISTORY_WORDS
from scenarios.reporting.texts.summary import WORDS as SUMMARY_WORDS
from simulation.recording.store import open_run
from tests.synthetic_run import tables, write_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a synthetic run of two replications."""
    return write_run(tmp_path_factory.mktemp("results") / "run")


NAMES = ["history.png", "savings.png", "why.png", "landing.png", "flows.png", "neighbourhoods.png"]


def test_every_figure_is_made_from_the_folder_with_its_table_and_its_words(folder):
    paths = draw_all(folder)
    assert [path.name for path in paths] == NAMES
    for path in paths:
        assert path.read_bytes().startswith(b"\x89PNG") and path.stat().st_size > 20_000
        assert len(pd.read_csv(path.with_suffix(".csv"))) > 10
        assert len(path.with_suffix(".txt").read_text(encoding="utf-8")) > 60
    assert len(FIGURES) == len(list((folder / "figures").glob("*.png")))


@pytest.mark.parametrize(
    "language, words",
    [
        ("en", "Not counted above"),
        ("nl", "Hierboven niet meegeteld"),
    ],
)
def test_care_still_open_is_told_and_stands_beside_the_curve_in_its_table(folder, language, words):
    image = style.write(savings.describe(open_run(folder), language), "", folder, language)
    behind = pd.read_csv(image.with_suffix(".csv"))
    counted = behind[behind["open_care_beside"] != 0.0]
    assert counted["year"].unique().tolist() == [behind["year"].max()] and len(counted) == 2
    told = next(line for line in summary_lines(open_run(folder), language) if words in line)
    assert number(counted["open_care_beside"].iloc[0], language, 2) in told


def test_a_figure_without_words_of_its_own_is_told_by_what_is_written_above_it(tmp_path):
    figure = style.new_figure(4.0, 3.0)
    style.headline(figure, "Costs more in every year", "Euro per inhabitant.")
    style.save(figure, pd.DataFrame({"year": [2015]}), tmp_path / "found")
    told = (tmp_path / "found.txt").read_text(encoding="utf-8")
    assert told == "Costs more in every year Euro per inhabitant.\n"


def test_the_same_folder_gives_the_same_figures(folder):
    first = [path.read_bytes() for path in draw_all(folder)]
    assert first == [path.read_bytes() for path in draw_all(folder)]


def test_one_replication_on_the_long_phase_in_itself_can_be_drawn_in_dutch(tmp_path):
    alone = write_run(tmp_path / "run", replications=1, landing_years=8.0, landing="eight_years")
    assert len(draw_all(alone, "nl")) == len(FIGURES)
    assert any("even lang" in line for line in summary_lines(open_run(alone), "nl"))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_summary_says_in_words_what_was_asked_and_how_sure_it_is(folder, language):
    lines = summary_lines(open_run(folder), language)
    beside = [*history_lines(open_run(folder), language), *question_lines(open_run(folder), language)]
    told = [line for line in lines if line not in beside]
    assert 10 <= len(told) <= 26
    assert "Zaanstad" in told[0] and "euro" in told[1]
    assert told[1].startswith(("First estimate", "Eerste schatting")) and told[1].count("32") == 1
    assert not any("{" in line or "nan" in line for line in lines)


def test_an_unknown_language_is_refused(folder):
    with pytest.raises(ValueError, match="language = 'de': expected one of en, nl"):
        draw_all(folder, "de")


def test_both_languages_say_the_same_with_the_same_values():
    for key, (english, dutch) in (FIGURE_WORDS | SUMMARY_WORDS | HISTORY_WORDS).items():
        blanks = [sorted(part.split("}")[0] for part in words.split("{")[1:]) for words in (english, dutch)]
        assert blanks[0] == blanks[1], key


def test_numbers_follow_the_format_of_the_language():
    assert number(-1234.56, "nl", 1) == "\u22121.234,6" and number(-1234.56, "en", 1) == "\u22121,234.6"


def test_the_flows_are_counts_of_the_table_and_the_title_compares_them(folder):
    run = open_run(folder)
    flows = run.table("flows")
    last = flows["year"].max()
    behind = table_of_flows(run).set_index(["arm", "year", "state"])
    for arm in ("reference", "policy"):
        rows = flows[(flows["arm"] == arm) & (flows["year"] == last) & (flows["to_state"] == "heavy")]
        counted = rows.groupby("replication")["households"].sum()
        assert behind.loc[(arm, last, "heavy"), "households"] == pytest.approx(counted.mean())
    per_1000 = state_counts(run).groupby(["arm", "year", "replication"], observed=True)["per_1000"]
    np.testing.assert_allclose(per_1000.sum(), 1000.0)


def test_flows_over_years_are_chained_without_losing_households():
    matrices = {year: np.full((7, 7), float(year - 2012)) for year in (2013, 2014, 2015)}
    np.testing.assert_allclose(chained(matrices, 2012, 2015).sum(axis=1), matrices[2013].sum(axis=1))
    np.testing.assert_array_equal(chained(matrices, 2012, 2013), matrices[2013])


def extents(figure):
    """Return what is written on a figure, with the box of each in pixels, but for ticks beyond an axis."""
    renderer = figure.canvas.get_renderer()
    written = list(figure.texts)
    for axes in (each for each in figure.axes if each.axison):
        written += [axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label]
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            ticks = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=False)
            written += [label for place, label in ticks if low <= place <= high]
    written += [text for axes in figure.axes for text in axes.texts]
    legends = [axes.get_legend() for axes in figure.axes if axes.get_legend()]
    written += [text for legend in legends for text in legend.get_texts()]
    return [(each.get_text(), each.get_window_extent(renderer)) for each in written
            if each.get_text().strip() and each.get_visible()]  # fmt: skip


def outside(figure):
    """Return what is written on a figure beyond its edges."""
    width, height = figure.canvas.get_width_height()
    return [words for words, box in extents(figure)
            if box.x0 < -1 or box.x1 > width + 1 or box.y0 < -1 or box.y1 > height + 1]  # fmt: skip


@pytest.fixture
def drawn(monkeypatch):
    """Return the figures that are drawn, which are not written."""
    figures = []

    def keep(figure, table, path):
        FigureCanvasAgg(figure).draw()
        figures.append(figure)

    for module in (claims, exploration):
        monkeypatch.setattr(module, "save", keep)
    return figures


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_word_of_the_figure_of_a_claim_lies_outside_it(drawn, language, tmp_path):
    place = DOCS / "figures" / "claims"
    study = json.loads((place / "claims.json").read_text(encoding="utf-8"))
    longest = sorted(study["claims"], key=lambda each: max(len(claims._axis(row, language))
                                                           for row in each["statements"]))[-3:]  # fmt: skip
    never_pays_back = [each for each in study["claims"] if each["id"] == "C01"]
    for claim in (*never_pays_back, *longest):
        effects = pd.read_csv(place / f"{claim['id']}_{language}.csv")
        deciding = {each["name"] for row in claim["statements"] for each in row["deciding"]}
        draws = pd.DataFrame(0.5, index=range(200), columns=sorted(deciding))
        claims.draw_claim(claim, study, effects, draws, language, tmp_path)
        assert not outside(drawn[-1]), (claim["id"], outside(drawn[-1]))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_word_of_a_sensitivity_figure_lies_outside_it(drawn, language, tmp_path):
    for method in ("morris", "sobol"):
        document = json.loads((DOCS / "figures" / "sensitivity" / f"{method}.json").read_text("utf-8"))
        for outcome in document["outcomes"]:
            exploration.draw_sensitivity(document, outcome, "a title", language, tmp_path / "one.png")
            assert not outside(drawn[-1]), (method, outcome["name"], outside(drawn[-1]))


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("narrow", [False, True])
def test_no_word_of_a_figure_lies_outside_it_or_over_another_at_any_width(folder, language, narrow):
    run = open_run(folder)
    for each in figures_of(run):
        drawing = each.describe(run, language)
        figure = style.new_figure(style.NARROW if narrow else style.WIDE, drawing.heights[narrow])
        FigureCanvasAgg(figure)
        drawing.paint(style.Sheet(figure, narrow, language))
        figure.canvas.draw()
        assert not outside(figure), (drawing.name, outside(figure))
        over = [
            (one, other)
            for (one, a), (other, b) in combinations(extents(figure), 2)
            if min(a.x1, b.x1) - max(a.x0, b.x0) > 2 and min(a.y1, b.y1) - max(a.y0, b.y0) > 3
        ]
        assert not over, (drawing.name, over)


def test_the_last_year_of_the_savings_has_no_open_care_in_it(folder):
    run = open_run(folder)
    behind = savings.table_behind(run)
    saved = run.table("savings")
    last = saved[(saved["year"] == saved["year"].max()) & (saved["basis"] == "municipality")]
    drawn = behind[(behind["basis"] == "municipality")].iloc[-1]
    assert drawn["saving_eur_per_inhabitant"] == pytest.approx(last["saving_eur_per_inhabitant"].mean())
    assert drawn["open_care_beside"] != 0.0


def test_the_parts_of_a_saving_add_up_to_it_exactly(folder):
    run = open_run(folder)
    parts = parts_by_replication(run, "municipality")
    saved = run.table("savings")
    at_end = saved[(saved["year"] == saved["year"].max()) & (saved["basis"] == "municipality")]
    total = at_end.set_index("replication")["cumulated_eur_per_inhabitant"]
    np.testing.assert_allclose(parts.drop(columns=TOTAL).sum(axis=1), total.sort_index(), atol=1e-6)


def test_a_landing_stops_in_the_first_year_from_which_costs_stay_within_the_budget():
    cost, budget = [12.0, 9.0, 11.0, 9.0, 9.0], [10.0] * 5
    rows = [("a", what, year, value) for what, values in (("care_needed", cost), ("budget", budget))
            for year, value in zip(range(2015, 2020), values, strict=True)]  # fmt: skip
    behind = pd.DataFrame(rows, columns=["phase_in", "what", "year", "mean"])
    found = stop_of(behind, "a", 2015.0, 2.0)
    assert found.year == 2018 and found.overrun == 600.0
    assert stop_of(behind[behind["year"] < 2018], "a", 2015.0, 2.0).overrun is None


def shuffled(wijken):
    """Return the wijken of every replication under other numbers: in replication 1 the least deprived is
    number 0.
    """
    last = wijken["wijk"].max()
    return wijken.assign(wijk=wijken["wijk"].where(wijken["replication"] != 1, last - wijken["wijk"]))


def test_neighbourhoods_are_ranked_by_their_deprivation_whatever_their_numbers(tmp_path):
    made = tables(2)
    alike = open_run(write_run(tmp_path / "alike", made=made))
    other = open_run(write_run(tmp_path / "other", made=made | {"wijken": shuffled(made["wijken"])}))
    for language in ("en", "nl"):
        paths = [
            style.picture(neighbourhoods.describe(run, language), run.folder, language, narrow=False)
            for run in (alike, other)
        ]
        assert paths[0].read_bytes() == paths[1].read_bytes()
    by_rank = neighbourhoods.table_behind(other).groupby("rank")["deprivation"]
    assert (by_rank.max() - by_rank.min()).max() == 0.0 and by_rank.first().is_monotonic_decreasing


def test_the_range_over_wijken_holds_the_gap_between_fifths(tmp_path):
    made = tables(2)
    run = open_run(write_run(tmp_path / "run", made=made | {"wijken": shuffled(made["wijken"])}))
    behind = neighbourhoods.table_behind(run)
    at = behind[(behind["year"] == 2025) & (behind["arm"] == "reference")]
    of_rank = at.groupby("rank")["percent"].mean()
    fifth = len(of_rank) // 5
    gap = of_rank.iloc[:fifth].mean() - of_rank.iloc[-fifth:].mean()
    assert 0.0 < gap <= of_rank.max() - of_rank.min()


def test_labels_that_would_overlap_are_moved_apart_in_order():
    places = apart([1.0, 1.1, 5.0], 1.0)
    assert places[1] - places[0] == pytest.approx(1.0) and places[2] == 5.0


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_total_is_the_figure_per_inhabitant_times_the_inhabitants_that_are_shown(folder, language):
    run = open_run(folder)
    inhabitants = based_on(run, language)["inhabitants"]
    lines = summary_lines(run, language)
    million = {"en": "million", "nl": "miljoen"}[language]
    totals = [line for line in lines if million in line]
    assert inhabitants in lines[0] and len(totals) == 3 and all(inhabitants in line for line in totals)
    savings = run.table("savings")
    shown = float(inhabitants.replace(",", "").replace(".", ""))
    np.testing.assert_allclose(
        savings["saving_eur"], savings["saving_eur_per_inhabitant"] * shown, rtol=1e-4, atol=1.0
    )


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_screen_shows_the_headline_and_its_placebo_and_where_the_rest_stands(folder, language):
    run = open_run(folder)
    lines, whole = screen_lines(run, language), summary_lines(run, language)
    assert set(lines[:-1]) < set(whole)
    assert set(headline_lines(run, language)) <= set(lines)
    assert f"summary_{language}.txt" in lines[-1] and "--notes" in lines[-1]
    table = question_table(run, language)  # below what fits on one screen
    on_screen = [part for line in lines if line not in table for part in textwrap.wrap(line, 120)]
    assert len(on_screen) <= 45  # a laptop terminal of 120 columns


def test_every_landing_has_a_dutch_name():
    landings = [path.stem for path in (ROOT / "conf" / "landing").glob("*.yaml")]
    assert landings and set(landings) <= set(FIGURE_WORDS)
