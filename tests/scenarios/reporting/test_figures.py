"""Tests of figures and summary: made from the folder alone, in two languages, also in extremes."""

import textwrap

import numpy as np
import pandas as pd
import pytest

from scenarios.common.installation import ROOT
from scenarios.reporting.figures import wijken as figure_wijken
from scenarios.reporting.figures.flows import bars, chained, counted, dates, within_counts, yearly_matrices
from scenarios.reporting.figures.flows import table_behind as table_of_flows
from scenarios.reporting.figures.run_figures import FIGURES, draw_all
from scenarios.reporting.figures.style import apart
from scenarios.reporting.summary.history import history_lines
from scenarios.reporting.summary.summary import (
    based_on,
    question_lines,
    question_table,
    screen_lines,
    summary_lines,
)
from scenarios.reporting.summary.uncertainty import headline_lines
from scenarios.reporting.texts import number
from scenarios.reporting.texts.figures import WORDS as FIGURE_WORDS
from scenarios.reporting.texts.history import WORDS as HISTORY_WORDS
from scenarios.reporting.texts.summary import WORDS as SUMMARY_WORDS
from simulation.recording.store import open_run
from simulation.recording.tallies import STATES
from tests.synthetic_run import tables, write_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a synthetic run of two replications."""
    return write_run(tmp_path_factory.mktemp("results") / "run")


NAMES = ["history.png", "savings_curve.png", "decomposition.png", "landing.png", "flows.png", "wijken.png"]


def test_every_figure_is_made_from_the_folder_with_its_table(folder):
    paths = draw_all(folder)
    assert [path.name for path in paths] == NAMES
    for path in paths:
        assert path.read_bytes().startswith(b"\x89PNG") and path.stat().st_size > 20_000
        assert len(pd.read_csv(path.with_suffix(".csv"))) > 10
    assert len(FIGURES) == len(list((folder / "figures").glob("*.png")))


@pytest.mark.parametrize(
    "language, words",
    [
        ("en", "Not counted above"),
        ("nl", "Hierboven niet meegeteld"),
    ],
)
def test_care_still_open_is_told_and_stands_beside_the_curve_in_its_table(folder, language, words):
    draw_all(folder, language)
    behind = pd.read_csv(folder / "figures" / "savings_curve.csv")
    counted = behind[behind["open_care_beside"] != 0.0]
    assert counted["year"].unique().tolist() == [behind["year"].max()] and len(counted) == 2
    told = next(line for line in summary_lines(open_run(folder), language) if words in line)
    assert number(counted["open_care_beside"].iloc[0], language, 2) in told


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
    assert "Zaanstad" in told[0] and "euro" in told[1] and "90%" in told[1]
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


def test_flows_over_years_are_chained_without_losing_households(folder):
    flows = open_run(folder).table("flows")
    matrices = yearly_matrices(flows, "reference")
    np.testing.assert_allclose(chained(matrices, 2012, 2015).sum(axis=1), matrices[2013].sum(axis=1))
    np.testing.assert_array_equal(chained(matrices, 2012, 2013), matrices[2013])


def test_the_bars_of_the_flows_are_the_counts_that_the_title_compares(folder, tmp_path):
    run = open_run(folder)
    behind = table_of_flows(run)
    flows = run.table("flows")
    last = flows[(flows["year"] == behind["to_year"].max()) & (flows["to_state"] == "heavy")]
    heavy = last.groupby(["arm", "replication"])["households"].sum().groupby("arm").mean()
    for arm in ("reference", "policy"):
        drawn = bars(behind[behind["arm"] == arm])
        assert list(drawn.values())[-1][STATES.index("heavy")] == pytest.approx(heavy[arm])


def test_households_that_move_in_count_in_the_bars_though_no_flow_brings_them():
    first, second = np.zeros((7, 7)), np.zeros((7, 7))
    first[6, 6], second[6, 6] = 10.0, 16.0  # six came in between
    matrices = {2014: first, 2015: second}
    assert counted(matrices, 2013)[6] == 10.0 and counted(matrices, 2015)[6] == 16.0
    flow = within_counts(chained(matrices, 2013, 2015), counted(matrices, 2013), counted(matrices, 2015))
    assert flow[6, 6] == 10.0


def test_ribbons_never_exceed_the_bars_that_they_leave_and_reach(folder):
    behind = table_of_flows(open_run(folder))
    for side, state in (("from", "from_state"), ("to", "to_state")):
        sums = behind.groupby(["arm", "from_year", state]).agg(
            {"households": "sum", f"counted_{side}": "first"}
        )
        assert (sums["households"] <= sums[f"counted_{side}"] + 1e-6).all()


def shuffled(wijken):
    """Return the wijken of every replication under other numbers: in replication 1 the least deprived is
    number 0.
    """
    last = wijken["wijk"].max()
    return wijken.assign(wijk=wijken["wijk"].where(wijken["replication"] != 1, last - wijken["wijk"]))


def test_wijken_are_averaged_by_their_deprivation_whatever_their_numbers(tmp_path):
    made = tables(2)
    alike = open_run(write_run(tmp_path / "alike", made=made))
    other = open_run(write_run(tmp_path / "other", made=made | {"wijken": shuffled(made["wijken"])}))
    for language in ("en", "nl"):
        paths = [figure_wijken.draw(run, run.folder, language) for run in (alike, other)]
        assert paths[0].read_bytes() == paths[1].read_bytes()
    by_rank = figure_wijken.table_behind(other).groupby("rank")["deprivation"]
    assert (by_rank.max() - by_rank.min()).max() == 0.0 and by_rank.first().is_monotonic_decreasing


def test_the_range_over_wijken_holds_the_gap_between_fifths(tmp_path):
    made = tables(2)
    run = open_run(write_run(tmp_path / "run", made=made | {"wijken": shuffled(made["wijken"])}))
    behind = figure_wijken.table_behind(run)
    at = behind[(behind["year"] == 2025) & (behind["arm"] == "reference")]
    of_rank = at.groupby("rank")["percent"].mean()
    fifth = len(of_rank) // 5
    gap = of_rank.iloc[:fifth].mean() - of_rank.iloc[-fifth:].mean()
    assert 0.0 < gap <= of_rank.max() - of_rank.min()


def test_dates_of_the_flows_stay_inside_the_run():
    assert dates(pd.DataFrame({"year": [2014, 2017]}), 2015) == [2013, 2015, 2017]


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
