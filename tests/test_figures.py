"""Tests of figures and summary: made from the folder alone, in two languages, also in extremes."""

import numpy as np
import pandas as pd
import pytest

from simulation.observation.figure_flows import chained, dates, yearly_matrices
from simulation.observation.figure_style import apart
from simulation.observation.figures import FIGURES, draw_all
from simulation.observation.store import open_run
from simulation.observation.summary import summary_lines
from simulation.observation.texts import number
from simulation.observation.words_of_figures import WORDS as FIGURE_WORDS
from simulation.observation.words_of_summary import WORDS as SUMMARY_WORDS
from tests.synthetic_run import write_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a synthetic run of two pairs."""
    return write_run(tmp_path_factory.mktemp("results") / "run")


def test_every_figure_is_made_from_the_folder_with_its_table(folder):
    paths = draw_all(folder)
    assert [path.name for path in paths] == [
        "savings_curve.png", "decomposition.png", "landing.png", "flows.png", "wijken.png",
    ]  # fmt: skip
    for path in paths:
        assert path.read_bytes().startswith(b"\x89PNG") and path.stat().st_size > 20_000
        assert len(pd.read_csv(path.with_suffix(".csv"))) > 10
    assert len(FIGURES) == len(list((folder / "figures").glob("*.png")))


@pytest.mark.parametrize(
    "language, words",
    [
        ("en", "Counted nowhere above"),
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


def test_one_pair_on_the_long_strip_itself_can_be_drawn_in_dutch(tmp_path):
    alone = write_run(tmp_path / "run", pairs=1, landing_years=8.0, landing="eight_years")
    assert len(draw_all(alone, "nl")) == len(FIGURES)
    assert any("even lang" in line for line in summary_lines(open_run(alone), "nl"))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_summary_says_in_words_what_was_asked_and_how_sure_it_is(folder, language):
    lines = summary_lines(open_run(folder), language)
    assert 10 <= len(lines) <= 24
    assert "Zaanstad" in lines[0] and "euro" in lines[1] and "90%" in lines[1]
    assert not any("{" in line or "nan" in line for line in lines)


def test_an_unknown_language_is_refused(folder):
    with pytest.raises(ValueError, match="language = 'de': expected one of en, nl"):
        draw_all(folder, "de")


def test_both_languages_say_the_same_with_the_same_values():
    for key, (english, dutch) in (FIGURE_WORDS | SUMMARY_WORDS).items():
        blanks = [sorted(part.split("}")[0] for part in words.split("{")[1:]) for words in (english, dutch)]
        assert blanks[0] == blanks[1], key


def test_numbers_follow_the_format_of_the_language():
    assert number(-1234.56, "nl", 1) == "\u22121.234,6" and number(-1234.56, "en", 1) == "\u22121,234.6"


def test_flows_over_years_are_chained_without_losing_households(folder):
    flows = open_run(folder).table("flows")
    matrices = yearly_matrices(flows, "reference")
    np.testing.assert_allclose(chained(matrices, 2012, 2015).sum(axis=1), matrices[2013].sum(axis=1))
    np.testing.assert_array_equal(chained(matrices, 2012, 2013), matrices[2013])


def test_dates_of_the_flows_stay_inside_the_run():
    assert dates(pd.DataFrame({"year": [2014, 2017]}), 2015) == [2013, 2015, 2017]


def test_labels_that_would_overlap_are_moved_apart_in_order():
    places = apart([1.0, 1.1, 5.0], 1.0)
    assert places[1] - places[0] == pytest.approx(1.0) and places[2] == 5.0
