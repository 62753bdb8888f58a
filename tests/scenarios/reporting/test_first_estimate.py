"""Tests of what is said of too few replications, and of figures and screens that stay readable."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from scenarios.cli import actions, main, parameters
from scenarios.common import certainty
from scenarios.reporting.figures import calibration, claims, landing, neighbourhoods, run_figures, style, why
from scenarios.reporting.report.memo import memo
from scenarios.reporting.report.report import TEMPLATES
from scenarios.reporting.summary.summary import screen_lines, summary_lines
from scenarios.reporting.texts import LANGUAGES, change
from scenarios.reporting.texts.report import WORDS
from scenarios.reporting.texts.targets import TARGETS
from simulation.dated_figures import DATA_FOLDER
from simulation.outcomes.intervals import Interval, interval
from simulation.recording.store import open_run
from tests.synthetic_run import write_run

FIRST = {"en": "First estimate", "nl": "Eerste schatting"}
CERTAIN = (
    "point the same way",
    "wijzen dezelfde kant",
    "excludes zero",
    "sluit nul uit",
    "A star",
    "Een ster",
)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Return a synthetic run of two replications."""
    return open_run(write_run(tmp_path_factory.mktemp("results") / "run"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_calls_two_replications_a_first_estimate(two, language):
    lines = screen_lines(two, language)
    assert any(line.startswith(FIRST[language]) for line in lines)
    assert not any(each in line for line in [*lines, *summary_lines(two, language)] for each in CERTAIN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_notes_of_figures_call_two_replications_a_first_estimate(two, language):
    for figure in run_figures.figures_of(two)[1:]:
        drawing = figure.describe(two, language)
        assert drawing.title.startswith(FIRST[language]), drawing.name
        assert not any(each in f"{drawing.subtitle} {drawing.note}" for each in CERTAIN), drawing.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_memo_for_the_council_calls_two_replications_a_first_estimate(two, language):
    page = memo(two, None, language)
    words = " ".join([page.lead, *(each for box in page.boxes for each in box), *page.choice])
    assert page.lead.startswith(FIRST[language]) and not any(each in words for each in CERTAIN)
    assert {tile.direction_words for tile in page.tiles} == {FIRST[language]}


def test_ten_replications_say_what_they_find_and_nine_do_not():
    assert "90% interval" in change(interval([1.0, 2.0] * 5), "en")
    assert change(interval([1.0, 2.0, 1.5] * 3), "en").startswith("first estimate")


@pytest.mark.parametrize("count, filled", [(9, False), (10, True)])
def test_a_dot_is_filled_with_enough_replications_only(count, filled):
    figure = style.new_figure(4.0, 3.0)
    found = {"a": ("group a", interval(np.linspace(1.0, 2.0, count)))}
    neighbourhoods._paint_groups(style.Sheet(figure, False, "en"), found, "axis")
    landing._harm(figure.axes[0], found["a"][1], 0.0, 0.0, style.Sheet(figure, False, "en"))
    faces = [line.get_markerfacecolor() for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [face != "white" for face in faces] == [filled, filled]


def wide_rows():
    """Return a waterfall of small bars with a check whose interval is very wide."""
    small = Interval(-50.0, -60.0, -40.0, 0.0, 1.0, 0.9, 2)
    check = Interval(-500.0, -9713.0, 8686.0, 0.0, 0.0, 0.95, 2)
    return [why.Row(why.STEP, "part_teams", small), why.Row(why.SUM, "part_total", small),
            why.Row(why.CHECK, "check_same_staff", check)]  # fmt: skip


def test_a_wide_interval_is_cut_off_with_arrow_heads_and_bars_stay_readable():
    figure = style.new_figure(style.WIDE, 3.0)
    why._paint(style.Sheet(figure, False, "en"), wide_rows(), True)
    low, high = figure.axes[0].get_xlim()
    assert high - low < 200.0
    assert {"<", ">"} <= {line.get_marker() for line in figure.axes[0].lines}


def test_a_long_name_is_wrapped_where_it_would_run_into_its_number():
    row = wide_rows()[-1]
    assert "\n" in why._wrapped(row, "nl") and "\n" not in why._wrapped(wide_rows()[0], "nl")


@pytest.mark.parametrize("language, policy", [("en", "early signalling"), ("nl", "vroegsignalering")])
def test_a_footer_names_the_policy_only_where_it_is_shown(two, language, policy):
    named = {each.__name__.rpartition(".")[2]: policy in run_figures.footer_of(each, two, language)
             for each in run_figures.figures_of(two)}  # fmt: skip
    assert named == {"history": False, "savings": True, "why": True, "landing": False, "flows": True,
                     "neighbourhoods": True}  # fmt: skip


def test_the_result_version_has_one_name():
    assert WORDS["made_rules"] == ("result version", "resultaatversie")


def test_wide_tables_break_no_word_and_show_that_they_go_on():
    css = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    assert ".wide td { overflow-wrap: break-word; }" in css and "hyphens: auto" in css
    assert "background-attachment: local, local, scroll, scroll" in css


def test_every_figure_of_the_validation_has_a_short_name():
    known = pd.read_csv(DATA_FOLDER / "validation_targets.csv")["target"]
    assert set(known) <= set(TARGETS)
    assert not any("_" in name for name in map(lambda each: calibration.target_name(each, "nl"), known))


@pytest.mark.parametrize(
    "language, words", [("en", ["hit", "miss", "input"]), ("nl", ["raak", "mis", "invoer"])]
)
def test_the_figure_of_the_validation_explains_its_colours(language, words):
    spread = {"mean": 1.0, "low": 0.5, "high": 1.5}
    rows = [{"name": name, "value": 1.0, "low": 0.0, "high": 2.0, "hit": spread, "is_input": name == "b"}
            for name in "ab"]  # fmt: skip
    figure = calibration.distances(rows, {"hit": "hit"}, "title", "subtitle", language)
    assert [each.get_text() for each in figure.legends[0].get_texts()][1:] == words


def test_the_legend_of_a_claim_lies_above_its_bars_and_replications_are_whole():
    row = {"text_en": "It costs more.", "verdict": "supported", "sign": 1, "probability": 0.9,
           "adjusted": 5.0, "low": 1.0, "high": 9.0, "equivalence_margin": 1.0, "meaning_en": "cost",
           "unit_en": "euro"}  # fmt: skip
    figure = style.new_figure(6.0, 2.7)
    axes = figure.subplots()
    claims._spread(axes, np.array([1.0, 4.0, 9.0, 9.0, 9.0, 9.5]), row, "en")
    figure.canvas.draw()
    tallest = max(patch.get_window_extent().y1 for patch in axes.patches[1:])
    assert axes.get_legend().get_window_extent().y0 > tallest
    assert all(float(tick).is_integer() for tick in axes.get_yticks())
    plt.close("all")


@pytest.mark.parametrize("language, word", [("en", "Figures in"), ("nl", "Figuren in")])
def test_drawing_again_says_where_the_figures_are(two, monkeypatch, capsys, language, word):
    monkeypatch.setattr(run_figures, "draw_all", lambda run, language: [])
    assert main(["figures", str(two.folder), language]) == 0
    assert capsys.readouterr().out.strip() == f"{word} {two.folder / 'figures'}"


def test_stopping_the_dashboard_says_nothing_of_runs(monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    server = pytest.importorskip("scenarios.apps.dashboard.server")
    monkeypatch.setattr(server, "serve", interrupted)
    actions._serve(SimpleNamespace(overrides=[]))
    assert capsys.readouterr().err.strip() == "Stopped."


def test_parameters_are_whole_words_in_a_narrow_terminal(monkeypatch, capsys):
    monkeypatch.setattr(parameters, "terminal_width", lambda: 80)
    parameters.show(["outreach_share"])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80 and any("visiting" in line for line in lines)


def test_the_rule_is_that_of_the_dashboard():
    from scenarios.apps.dashboard import measures

    assert certainty.ENOUGH == 10 and measures.ENOUGH == certainty.ENOUGH
