"""The length of a phase-in is answered by looks at more and more draws, and no look adds false verdicts."""

import re
from itertools import product

import numpy as np
import pytest

from scenarios.analysis.exploration import options
from scenarios.analysis.phase_in import page
from scenarios.analysis.phase_in.lengths import (
    BASES,
    GROUPS,
    MONEY,
    NONE,
    WIDEST,
    Answer,
    answer_of,
    differs,
    levels_of,
    looks,
    parts_of,
    undecided,
    verdict,
)
from scenarios.analysis.phase_in.study import COSTS, Landing, phase_in, results, values_until_decided
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.texts import LANGUAGES
from scenarios.reproducibility.stale_pages import NOTICE
from scenarios.studies.engines import LocalEngine
from scenarios.studies.precision import LEVEL

STREET = ["municipality=street", "system=overnight", "window.start=2014-01", "window.end=2015-12",
          "window.warm_up_months=0", "engine.processes=1"]  # fmt: skip
SMALL = ["cuts=0.3", "years=0,3", "ahead=0,1", "replications=4", "most_replications=8", "study=s"]
MARGINS = np.array(list(NONE.values()))
ALL = tuple(NONE)
COLUMNS = len(NONE) + len(COSTS)


def parts(share, width=0.1):
    """Return parts that all lie at a share of what counts as none, with half an interval so wide."""
    low, high = share - width, share + width
    said = "free" if high <= 1.0 else "harmed" if low > 1.0 else "unsure"
    return {name: {"mean": share * none, "low": low * none, "high": high * none, "verdict": said}
            for name, none in NONE.items()}  # fmt: skip


def drawn(shares, spread, seed=0):
    """Return a look at landings: by cut, the mean of every part as a share of what counts as none."""
    random = np.random.default_rng(seed)
    asked = []

    def look(going, done, draws):
        asked.append((draws, {landing.cut for landing in going}))
        common = random.normal(0.0, spread, (1, draws - done, len(NONE)))
        own = random.normal(0.0, spread, (len(going), draws - done, len(NONE)))
        means = np.array([shares[landing.cut] for landing in going])[:, None, None]
        return MARGINS * (means + common + own)

    return look, asked


def landings(cuts, years=(0.0, 3.0)):
    return [Landing(cut, 0.0, basis, length) for cut, basis, length in product(cuts, BASES, years)]


# Looks.


def test_a_clear_answer_stops_at_the_first_look_and_one_at_the_margin_runs_to_the_last():
    shares = {0.05: 0.2, 0.1: 1.0, 0.3: 3.0}
    look, asked = drawn(shares, spread=0.3)
    values = values_until_decided(landings(shares), look, levels_of(60, looks(24, 192)))
    assert asked == [(24, {0.05, 0.1, 0.3}), (48, {0.1}), (96, {0.1}), (192, {0.1})]
    draws = {cut: {len(values[each]) for each in values if each.cut == cut} for cut in shares}
    assert draws == {0.05: {24}, 0.1: {192}, 0.3: {24}}


def test_an_answer_near_the_margin_takes_as_many_looks_as_its_distance_asks():
    look, asked = drawn({0.1: 0.8}, spread=0.3, seed=1)
    values_until_decided(landings([0.1]), look, levels_of(20, looks(12, 768)))
    assert 12 < asked[-1][0] < 768


def test_false_verdicts_stay_below_the_stated_level_over_all_questions_and_looks():
    times, pages, false = looks(12, 48), 1000, 0
    asked = landings([0.1], years=(0.0,))
    levels = levels_of(len(asked) * len(NONE), times)
    for seed in range(pages):
        look, _ = drawn({0.1: 1.0}, spread=0.5, seed=seed)
        whole = look(asked, 0, times[-1])
        verdicts = {
            part["verdict"]
            for of_landing, draws in product(whole, times)
            for part in parts_of(of_landing[:draws], levels).values()
        }
        false += verdicts != {"unsure"}
    assert 0 < false / pages <= 1.0 - LEVEL


def test_with_the_usual_interval_false_verdicts_would_be_common():
    look, _ = drawn({0.1: 1.0, 0.2: 1.0}, spread=0.5)
    whole = look(landings([0.1, 0.2]), 0, 96)
    assert any(part["verdict"] != "unsure" for each in whole for part in parts_of(each, {96: LEVEL}).values())


def test_a_harm_is_said_only_when_the_whole_interval_is_beyond_what_counts_as_none():
    noise = np.random.default_rng(0).normal(0.0, 0.01, (12, 5))
    said = parts_of(np.array([50.0, 0.0, 0.0, 0.0, 6.0]) + noise, {12: LEVEL})
    assert [each["verdict"] for each in said.values()] == ["harmed", "free", "free", "free", "unsure"]
    assert verdict(["free", "unsure"]) == "unsure"


def test_only_lengths_that_can_change_the_answer_get_more_draws():
    open_beyond_two = {0.0: parts(1.0), 2.0: parts(2.0), 4.0: parts(1.0, 0.5), 7.0: parts(0.8, 0.3)}
    assert undecided(open_beyond_two) == {4.0, 7.0}
    assert undecided({0.0: parts(0.2), 3.0: parts(0.2)}) == set()
    assert undecided({0.0: parts(1.0), 3.0: parts(3.0)}) == set()


# Answers.


def test_the_answer_is_overnight_longer_a_length_or_inconclusive():
    assert answer_of(ALL, {0.0: parts(0.5), 3.0: parts(0.2)}).kind == "overnight"
    assert answer_of(ALL, {0.0: parts(9.0), 3.0: parts(3.0)}).kind == "longer"
    found = answer_of(ALL, {0.0: parts(3.0), 2.0: parts(2.0), 4.0: parts(0.0), 7.0: parts(0.0)})
    assert found.kind == "length" and 2.0 < found.low < found.years < found.high < 4.0
    assert found.years == pytest.approx(3.0, abs=0.02)


def test_a_wide_interval_is_no_answer():
    found = answer_of(ALL, {0.0: parts(1.2), 3.0: parts(1.0), 6.0: parts(0.8)})
    assert found.kind == "inconclusive" and found.high - found.low > WIDEST


def test_a_phase_in_is_long_enough_only_if_all_longer_ones_are():
    found = answer_of(ALL, {0.0: parts(0.5), 2.0: parts(3.0), 3.0: parts(0.0), 5.0: parts(0.0)})
    assert found.kind == "length" and 2.0 < found.low < found.high < 3.0


def test_eight_years_are_harmless_by_definition_and_bound_every_answer():
    found = answer_of(ALL, {0.0: parts(9.0), 7.0: parts(1.0, 0.2)})
    assert found.kind == "length" and 6.0 < found.low < 7.0 <= found.years < found.high < 8.0


def test_up_to_a_year_is_overnight_because_grants_are_set_once_a_year():
    found = answer_of(ALL, {0.0: parts(3.0), 2.0: parts(0.0)})
    assert found.low > 1.0
    same = answer_of(ALL, {0.0: parts(3.0), 1.0: parts(3.0), 2.0: parts(0.0)})
    assert found == same


def test_the_effects_of_money_and_of_speed_add_up_draw_by_draw():
    random = np.random.default_rng(3)
    asked = landings([0.1])
    values = {each: random.normal(size=(8 if each.basis == "same_money" else 6, COLUMNS)) for each in asked}
    (split,) = results(values, {6: LEVEL, 8: LEVEL})["splits"]
    assert split["draws"] == 6
    for name in NONE:
        announced, speed, money = (split["effects"][each][name]["mean"] for each in (*BASES, MONEY))
        assert money + speed == pytest.approx(announced)


def test_the_cost_of_a_cut_is_divided_by_law_and_by_line_as_announced_and_by_speed():
    asked = landings([0.1])
    laws, lines = (-3.0, 5.0, 2.0), (1.0, 1.0, -2.0, 4.0)
    values = {
        each: np.tile([0.0] * len(NONE) + [4.0, *laws[:2], *lines], (6, 1))
        * (0.5 if each.basis == "same_money" else 1.0)
        for each in asked
    }
    (split,) = results(values, {6: LEVEL})["splits"]
    for basis, factor in zip(BASES, (1.0, 0.5), strict=True):
        found = split["costs"][basis]
        assert [each["mean"] for each in found["laws"]["parts"]] == [factor * each for each in laws]
        assert [each["mean"] for each in found["lines"]["parts"]] == [factor * each for each in (*lines, 0.0)]


def test_answers_differ_only_when_their_intervals_lie_apart():
    assert differs(Answer("length", 2.0, 1.5, 2.5), Answer("longer", None, 6.0, None)) == -1
    assert differs(Answer("length", 2.0, 1.5, 2.5), Answer("length", 3.0, 2.4, 3.5)) == 0
    assert differs(Answer("longer", None, 6.0, None), Answer("inconclusive", None, 2.0, None)) == 0


# Texts.

KINDS = (
    Answer("overnight", 0.0, 0.0, 0.0), Answer("length", 2.4, 1.9, 3.1), Answer("length", 0.0, 0.0, 1.2),
    Answer("longer", None, 6.0, None), Answer("length", 6.7, 5.8, 7.8),
    Answer("inconclusive", 3.0, 1.0, 5.0), Answer("inconclusive", None, 2.5, None),
    Answer("inconclusive", None, 0.0, None),
)  # fmt: skip


@pytest.mark.parametrize(("form", "language"), list(product(("cell", "said"), LANGUAGES)))
def test_every_kind_of_answer_has_words_of_its_own(form, language):
    document = {"years": [0.0, 6.0]}
    said = {page.answer_text(each, form, document, language, cuts="x") for each in KINDS}
    assert len(said) == len(KINDS)
    assert any(("2,4" if language == "nl" else "2.4") in each for each in said)


def test_an_answer_beyond_the_longest_length_tested_is_called_not_tested():
    document, said = {"years": [0.0, 7.0]}, Answer("length", 7.73, 6.83, 7.85)
    english, dutch = (page.answer_text(said, "said", document, each, cuts="a cut") for each in LANGUAGES)
    assert "a phase-in period between 7 and 8 years (not tested; interval 6.8 to 7.8" in english
    assert "een invoeringstermijn tussen 7 en 8 jaar (niet onderzocht; interval 6,8 tot 7,8" in dutch
    cells = [page.answer_text(said, "cell", document, each) for each in LANGUAGES]
    assert "between 7 and 8 years (not tested" in cells[0] and "7.7" not in cells[0]
    assert "tussen 7 en 8 jaar (niet onderzocht" in cells[1]


def test_the_pages_are_what_the_stored_results_give_each_in_its_own_language():
    document = options.read(page.DOCS / page.FIGURES / f"{page.NAME}.json")
    for language, name in page.PAGES.items():
        text = (page.DOCS / name).read_text("utf-8")
        assert NOTICE.sub("", text) == page._page(document, language)
    assert "strip" not in (page.DOCS / "phase_in.md").read_text("utf-8")
    assert not re.search("do not edit|huishoudens; policy|24,432|neutral", text)


def synthetic(shares):
    """Return a document as the command leaves it: the means of cuts, at every length but seven years."""
    random = np.random.default_rng(5)
    values = {
        Landing(cut, ahead, basis, years): np.append(MARGINS, np.ones(len(COSTS)))
        * random.normal(0.0 if years == 7.0 else mean, 0.1, (24, COLUMNS))
        for (cut, mean), ahead, basis, years in product(shares.items(), (0.0, 2.0), BASES, (0.0, 6.0, 7.0))
    }
    both = {language: "x" for language in LANGUAGES}
    return {
        "cuts": list(shares), "years": [0.0, 6.0, 7.0], "ahead": [0.0, 2.0],
        "outcomes": {name: {"meaning": both, "unit": both} for name in NONE},
        **results(values, levels_of(300, [24])),
    }  # fmt: skip


def test_the_sentences_say_what_the_numbers_say_and_the_opposite_when_those_do():
    calm = synthetic({0.05: 0.2, 0.1: 0.2, 0.3: 0.3})
    english, dutch = ("\n".join(page.summary(calm, language)) for language in LANGUAGES)
    assert "a cut of 5%, 10% or 30% can come overnight" in english and "kan ineens" in dutch
    assert "no transition harm of doing it overnight" in english and "24 of 24" in english
    harsh = "\n".join(page.summary(synthetic({0.05: 0.2, 0.3: 9.0}), "en"))
    assert "a cut of 5% can come overnight; a cut of 30% needs a phase-in period of 6.9 years" in harsh
    assert harsh.count("Net municipal cost by law") == 2 and "Netto gemeentelijke kosten per wet" in dutch
    assert harsh.count("by less money") == len(NONE) and harsh.count("by speed alone") == len(NONE)


# The command.


def _nothing_is_left(engine, works, do=None):
    assert not list(works)
    return iter(())


def test_the_command_answers_in_both_languages_and_a_second_time_runs_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    path = phase_in([*STREET, *SMALL])
    document = options.read(path)
    assert document["looks"] == [4, 8] and document["questions"] == 1 * 2 * 2 * 2 * 5 + 2 * 5
    assert len(document["phase_ins"]) == 2 * 2 * 2
    assert len(document["answers"]) == 2 * 2 * (len(GROUPS) + len(NONE))
    assert capsys.readouterr().out.count("a cut of 30%") >= 8
    monkeypatch.setattr(LocalEngine, "do_all", _nothing_is_left)
    assert options.read(phase_in([*STREET, *SMALL])) == document
    english, dutch = page.write_pages(document, tmp_path / "docs")
    assert "# How long must the phase-in period be?" in english.read_text("utf-8")
    assert "# Hoe lang moet de landingsbaan zijn?" in dutch.read_text("utf-8")
    assert document["command"].startswith("landingsbaan phase-in ")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("cuts=much", "expected numbers"),
        ("years=99", "outside the allowed"),
        ("replications=3", "a whole number from 4 on"),
        ("most_replications=24", "fewer than replications = 48"),
    ],
)
def test_a_phase_in_that_cannot_be_is_refused_and_nothing_is_written(words, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=sentence):
        phase_in([*STREET, words])
    assert not list(tmp_path.iterdir())
