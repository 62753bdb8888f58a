"""Tests of the report: sentences that claim no more than the interval allows, and the files it makes."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.cli import main
from scenarios.cli.report import read_report_arguments
from scenarios.common.certainty import ENOUGH
from scenarios.reporting.report import report
from scenarios.reporting.report.additions import (
    find_story,
    open_story,
    sections_of,
    story_blocks,
    story_command,
)
from scenarios.reporting.report.money import money_sentence, payback_sentence, policy_words, years_of
from scenarios.reporting.report.people import (
    changes,
    contrast_sentence,
    group_names,
    phase_in_section,
    speed_sentence,
    thirds_of,
)
from scenarios.reporting.report.sentences import (
    LESS,
    MORE,
    reading,
    sentence_of,
    sentences_together,
    verdict,
)
from scenarios.reporting.texts import LANGUAGES
from scenarios.reporting.texts.report import TOPICS, WORDS
from simulation.outcomes.intervals import Interval, interval
from simulation.recording.store import open_run
from tests.synthetic_run import tables, write_run

# Words with which a sentence claims a sign, and those with which it does not.
CLAIMS = re.compile(
    r"\b(saves|costs|bespaart|kost|higher|lower|hoger|lager|more favourable|less favourable|"
    r"gunstiger|minder gunstig)\b"
)
# Naming both sides claims neither.
BOTH = re.compile(r"saves or costs|bespaart of kost")
DOUBTS = ("inconclusive", "onzeker", ": zero in every replication", ": nul in elke berekening")
BLANKS = {
    name: f"[{name}]"
    for _, words in WORDS.items() for name in re.findall(r"\{(\w+)\}", words[0])
    if name not in ("size", "low", "high", "mean", "count", "subject", "unit")
} | {"unit": "euro"}  # fmt: skip
numbers = st.floats(-1e6, 1e6, allow_nan=False)


def sentence(topic, found, language):
    return sentence_of(topic, found, language, **BLANKS)


@given(values=st.lists(numbers, min_size=1, max_size=40), topic=st.sampled_from(TOPICS),
       language=st.sampled_from(LANGUAGES))  # fmt: skip
def test_no_sentence_claims_a_sign_when_the_interval_holds_zero(values, topic, language):
    found = interval([*values, *(-value for value in values)])  # as many above as below
    assert found.low <= 0.0 <= found.high
    words = sentence(topic, found, language)
    assert any(doubt in words for doubt in DOUBTS), words
    assert verdict(found, language) not in (WORDS["reading_more"][0], WORDS["reading_less"][0])


@given(mean=numbers, low=numbers, wide=st.floats(0.0, 1e6), count=st.integers(1, 60),
       topic=st.sampled_from(TOPICS), language=st.sampled_from(LANGUAGES))  # fmt: skip
def test_whatever_the_interval_a_claim_has_its_band_its_mean_and_enough_replications_on_one_side(
    mean, low, wide, count, topic, language
):
    found = Interval(mean, low, low + wide, float(low > 0), float(low + wide < 0), 0.9, count)
    kind = reading(found, language)
    if kind in (MORE, LESS):
        side = 1.0 if kind == MORE else -1.0
        assert min(side * found.low, side * found.high, side * found.mean) > 0.0
        assert found.count >= ENOUGH
        assert not any(doubt in sentence(topic, found, language) for doubt in DOUBTS)
    else:
        assert any(doubt in sentence(topic, found, language) for doubt in DOUBTS)


def test_a_sentence_that_claims_nothing_holds_no_word_that_does():
    found = interval(np.linspace(-3.0, 2.0, 20))
    for topic in TOPICS:
        for language in LANGUAGES:
            assert not CLAIMS.search(BOTH.sub("", sentence(topic, found, language))), topic


def test_every_topic_tells_up_from_down_in_both_languages():
    up, down = interval(np.linspace(1.0, 2.0, 10)), interval(np.linspace(-2.0, -1.0, 10))
    for topic in TOPICS:
        for language in LANGUAGES:
            words = [sentence(topic, each, language) for each in (up, down)]
            assert words[0] != words[1] and all(CLAIMS.search(each) for each in words), topic
            assert not re.search("\N{MINUS SIGN}|nan", " ".join(words)), words


def test_a_mean_that_an_extreme_replication_draws_across_zero_is_no_claim():
    values = [1.0] * 39 + [-1000.0]
    assert interval(values).sign == 1
    assert reading(interval(values)) == "unclear"


def test_nine_replications_on_one_side_are_too_few_for_a_claim_and_ten_are_not():
    assert reading(interval(np.linspace(1.0, 2.0, 9))) == "few"
    assert reading(interval(np.linspace(1.0, 2.0, 10))) == MORE


def test_what_is_written_as_zero_is_not_called_more():
    assert reading(interval([0.001, 0.002] * 5)) == "unclear"


def test_what_cannot_be_told_stands_together_in_one_sentence():
    unclear, sure = interval([-1.0, 1.0] * 5), interval([1.0, 2.0] * 5)
    words = {"outcome": "crises", "policy": "it", "level": "3", "unit": "a year", "points": ""}
    lines = sentences_together(
        "outcome", [("a", unclear, words), ("b", sure, words), ("c", unclear, words)], "en"
    )
    assert len(lines) == 2 and lines[1] == "Inconclusive: a and c."


def test_both_languages_fill_the_same_blanks_in_the_report():
    for key, (english, dutch) in WORDS.items():
        blanks = [sorted(re.findall(r"\{(\w+)\}", words)) for words in (english, dutch)]
        assert blanks[0] == blanks[1], key


@pytest.fixture(scope="module")
def made():
    """Return the tables of ten replications in which the policy saves and low incomes gain."""
    made = tables(10)
    made["savings"]["saving_eur_per_inhabitant"] += 5.0
    groups = made["groups"]
    policy = groups["arm"] == "policy"
    noise = np.random.default_rng(1).normal(0.0, 8.0, policy.sum())
    groups.loc[policy, "severity"] = 900.0 - 10.0 * (4 - groups.loc[policy, "income"]) + noise
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory, made):
    """Return a synthetic run of ten replications."""
    return write_run(
        tmp_path_factory.mktemp("results") / "runs" / "run", 10, made, municipality_slug="zaanstad"
    )


@pytest.fixture(scope="module")
def run(folder):
    return open_run(folder)


def test_the_sentence_about_money_gives_the_mean_of_the_savings_table(run):
    first, last = years_of(run)
    savings = run.table("savings")
    own = savings[savings["basis"] == "municipality"]
    mean = own.groupby("replication")["saving_eur_per_inhabitant"].sum().mean() / (last - first + 1)
    words = money_sentence(run, "municipality", first, last, "nl")
    assert f"bespaart vroegsignalering de gemeente {mean:.1f}".replace(".", ",") in words


def test_what_is_cheaper_with_more_need_left_is_not_called_a_saving(folder):
    shifted = open_run(folder)
    shifted.table("savings")["shifted"] = True
    words = [money_sentence(shifted, "municipality", *years_of(shifted), each) for each in LANGUAGES]
    assert "shifted rather than saved" in words[0] and "eerder verschoven dan bespaard" in words[1]


def test_pay_back_is_told_as_counts_of_draws(run):
    assert "of 10 parameter draws" in payback_sentence(run, "municipality", "en")
    assert policy_words(run, "nl") == "vroegsignalering"


def test_income_groups_gain_in_the_order_in_which_they_were_made_to(run):
    found = changes(run)
    means = [found[name][0].mean for name in group_names()[:5]]
    assert means == sorted(means) and reading(found["income_0"][0]) == LESS
    assert "more favourable" in contrast_sentence(run, "income_0", "income_4", "en")


def test_wijken_are_put_in_thirds_by_deprivation(made):
    thirds = thirds_of(made["wijken"])
    assert [thirds[wijk] for wijk in (0, 10, 20)] == ["wijken_least", "wijken_middle", "wijken_most"]


def test_without_more_than_chance_speed_is_said_to_show_nothing(tmp_path):
    two = open_run(write_run(tmp_path / "run"))
    assert "does not show that speed" in speed_sentence(two, "en")


def test_a_phase_in_as_long_as_the_long_one_is_not_compared(tmp_path):
    alone = open_run(write_run(tmp_path / "run", replications=1, landing_years=8.0))
    assert "niets te vergelijken" in phase_in_section(alone, "nl").blocks[0].words


def test_without_a_story_the_report_says_how_to_get_one(run):
    (folded,) = story_blocks({"overrides": ["system=ede", "replication.count=9"]}, None, None, "nl")
    assert folded.blocks[0].words == "landingsbaan story system=ede"
    assert story_command(run.document) == "landingsbaan story"


def test_a_text_in_markdown_falls_apart_into_its_headings():
    assert sections_of("# a\n\nb\n\n## c\n\n| d |") == [("a", ["b"]), ("c", ["| d |"])]


def test_a_story_of_another_policy_is_not_found(tmp_path):
    about = dict.fromkeys(("municipality_slug", "system", "policy", "landing", "landing_years", "cut"), "x")
    place = tmp_path / "story"
    place.mkdir()
    described = {**about, "story_schema_version": 1, "files": {}, "against": None}
    (place / "run.json").write_text(json.dumps(described), encoding="utf-8")
    assert find_story(about, tmp_path) == place
    assert find_story({**about, "policy": "y"}, tmp_path) is None
    with pytest.raises(ValueError, match=r"incomplete: notes.parquet is missing"):
        open_story(place)


def test_the_page_holds_both_languages_and_asks_for_nothing_from_elsewhere(run, tmp_path):
    editions = [report.draft(run, report.Beside(), tmp_path, language).draw() for language in LANGUAGES]
    page = report.html_of(editions, "nl")
    assert '<html lang="nl">' in page and '<main lang="en" id="en" hidden>' in page
    assert not re.search(r"(src|href)=\"(?!data:|#)", page) and "@import" not in page
    assert not re.search(r"\bnan\b|\{\w+\}", re.sub(r"data:[^\"]+|(?s:<(style|script)>.*?</\1>)", "", page))


# Words that stand in one language only; names of laws and organisations stand in both.
ENGLISH = ("the", "with", "without", "from", "years", "households", "higher", "lower", "better", "worse",
           "replications?", "and", "under", "waiting", "care")  # fmt: skip
DUTCH = ("het", "een", "van", "niet", "zorg", "huishoudens", "hoger", "lager", "beter", "berekening(en)?",
         "met", "zonder", "jaar")  # fmt: skip


@pytest.mark.parametrize(("language", "foreign"), [("nl", ENGLISH), ("en", DUTCH)])
def test_a_report_in_one_language_holds_no_word_of_the_other(run, tmp_path, language, foreign):
    page = report.html_of([report.draft(run, report.Beside(), tmp_path, language).draw()], language)
    page = re.sub(r"(?s)<(style|script)>.*?</\1>|<(\w+) lang=\"\w+\">.*?</\2>|<p class=\"code\">.*?</p>", " ",
                  page.partition("<body>")[2])  # fmt: skip
    words = re.sub(r"data:[^\"]+|<[^>]*alt=\"([^\"]*)\"[^>]*>|<[^>]*>", r" \1 ", page)
    found = re.findall(rf"\b(?:{'|'.join(foreign)})\b", words)
    assert not found, [words[max(0, m.start() - 40) : m.end() + 40]
                       for m in re.finditer(rf"\b(?:{'|'.join(foreign)})\b", words)][:5]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_memo_is_one_page_in_print(run, tmp_path, language):
    weasyprint = pytest.importorskip(
        "weasyprint", reason="WeasyPrint or its library Pango is not installed", exc_type=OSError
    )
    made = replace(report.draft(run, report.Beside(), tmp_path, language).draw(), sections=())
    assert len(weasyprint.HTML(string=report.html_of([made], language)).render().pages) == 1


def test_words_of_a_run_are_written_as_text_and_never_as_tags(run, tmp_path):
    crafted = run.__class__(run.folder, {**run.document, "municipality": "<script>x</script>"})
    page = report.html_of([report.draft(crafted, report.Beside(), tmp_path, "en").draw()], "en")
    assert "<script>x" not in page and "&lt;script&gt;x" in page


def test_the_command_makes_a_page_and_a_pdf_and_the_same_page_twice(folder, tmp_path, capsys):
    pytest.importorskip(
        "weasyprint", reason="WeasyPrint or its library Pango is not installed", exc_type=OSError
    )
    assert main(["report", str(folder), "language=nl", f"to={tmp_path / 'a'}"]) == 0
    assert main(["report", str(folder), "language=nl", f"to={tmp_path / 'b'}"]) == 0
    first, second = (tmp_path / name / "report.html" for name in "ab")
    assert first.read_bytes() == second.read_bytes()
    assert (tmp_path / "a" / "report_nl.pdf").read_bytes().startswith(b"%PDF-")
    assert str(first) in capsys.readouterr().out


def refused(words, capsys):
    """Return the one sentence with which a command is refused."""
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1
    return told.err


def test_a_damaged_or_foreign_folder_is_refused_in_one_sentence_and_nothing_is_written(
    folder, tmp_path, capsys
):
    damaged = shutil.copytree(folder, tmp_path / "damaged")
    with (damaged / "monthly.parquet").open("ab") as file:
        file.write(b"x")
    assert "checksum" in refused(["report", str(damaged)], capsys)
    assert "not a run folder" in refused(["report", str(tmp_path)], capsys)
    assert not (damaged / "report").exists() and not (tmp_path / "report").exists()


def test_what_stands_beside_a_run_must_be_what_it_is_called(folder, tmp_path, capsys):
    for key, kind in (
        ("story", "a story folder"),
        ("compare", "a comparison"),
        ("claims", "a finished study"),
    ):
        assert f"is not {kind}" in refused(["report", str(folder), f"{key}={tmp_path}"], capsys)
    assert not (folder / "report").exists()


def test_unknown_keys_and_languages_of_the_report_are_refused(folder, capsys):
    assert "did you mean story?" in refused(["report", str(folder), "storey=x"], capsys)
    assert "language" in refused(["report", str(folder), "language=de"], capsys)
    assert "expected one run folder" in refused(["report"], capsys)


def test_what_is_missing_is_told_in_one_sentence(folder, capsys, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    assert 'pip install "landingsbaan[report]"' in refused(["report", str(folder)], capsys)


def test_a_report_stands_in_its_run_folder_unless_told_otherwise(folder, tmp_path):
    assert read_report_arguments([str(folder)], []).folder == folder / "report"
    assert read_report_arguments([str(folder)], [f"to={tmp_path}"]).folder == tmp_path
    assert read_report_arguments([str(folder)], ["to=~/report"]).folder == Path.home() / "report"
