"""The gallery shows every figure of docs/figures, each with a command that the command line reads."""

import re
import shlex

import pytest

from scenarios.cli.command_line import read_command_line
from scenarios.reproducibility import gallery
from scenarios.reproducibility.stale_pages import PAGES

KINDS = [kind for kinds in gallery.SECTIONS.values() for kind in kinds]


def test_the_page_is_current():
    assert gallery.PAGE.read_text(encoding="utf-8") == gallery.page(), (
        "python -m scenarios.reproducibility.gallery write"
    )


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_figure_of_the_documentation_is_in_the_gallery_once(language):
    shown = [path for kind in KINDS for path in gallery.files_of(kind, language)]
    assert sorted(shown) == sorted(gallery.FIGURES.rglob(f"*_{language}.png"))
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.title)
def test_a_kind_of_figure_has_its_command_which_the_command_line_reads(kind):
    command = gallery.command_of(kind)
    program, *words = shlex.split(command)
    asked = read_command_line(words)
    assert program == "landingsbaan" and asked.command
    assert f"\n{command}\n```" in gallery.PAGE.read_text(encoding="utf-8")
    # Of a study, the page that explains the figure names the same command.
    explained = (gallery.DOCS / kind.page).read_text(encoding="utf-8")
    assert not kind.word or f"landingsbaan {asked.command}" in explained or kind.page in PAGES


def test_a_figure_of_an_older_version_says_so(monkeypatch):
    (shown,) = [kind for kind in KINDS if kind.title == "Landing"]
    assert gallery.version_said(shown).startswith(" Result version `")
    monkeypatch.setattr(gallery, "RESULT_VERSION", "0" * 12)
    assert gallery.version_said(shown).endswith("; the model has changed since.")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("alderman.md", "{0} euro per inhabitant up to 2029 (90% interval: {4} to {3}): {2} euro is spent, "
         "on staff, links and more care under the Wmo, and {1} euro saved"),
        ("wethouder.md", "{0} euro per inwoner kost (90%-interval: {4} tot {3}). Er wordt {2} euro "
         "uitgegeven, aan personeel, contacten en meer Wmo-zorg, en {1} euro elders bespaard"),
    ],
)  # fmt: skip
def test_tutorials_quote_the_figure_next_to_them(page, words):
    told = (gallery.RUNS / "why_en.txt").read_text(encoding="utf-8")
    cost, saved, spent = re.search(
        r"costs the municipality (\d+) .*?: (\d+) saved, (\d+) spent", told
    ).groups()
    most, least = re.search(r"total −\d+ \[−(\d+) to −(\d+)\]", told).groups()
    text = " ".join((gallery.DOCS / "tutorials" / page).read_text(encoding="utf-8").split())
    assert words.format(cost, saved, spent, most, least) in text


def test_the_tutorial_for_researchers_quotes_the_landing():
    told = (gallery.RUNS / "landing_en.txt").read_text(encoding="utf-8")
    mean, low, high = re.search(r"as announced: (\d+) euro \(90% interval: (\d+) to (\d+)\)", told).groups()
    same = re.search(r"same money: −(\d+) euro \(90% interval: −(\d+) to −(\d+)\)", told).groups()
    text = " ".join((gallery.DOCS / "tutorials" / "researcher.md").read_text(encoding="utf-8").split())
    assert f"are {mean} euro per inhabitant higher ({low} to {high})" in text
    assert f"they are {same[0]} euro lower ({same[2]} to {same[1]})" in text


def test_every_image_of_the_gallery_says_in_words_what_it_shows():
    told = re.findall(r":alt: (.+)", gallery.PAGE.read_text(encoding="utf-8"))
    assert len(told) == len(KINDS) and all(len(each) > 20 for each in told)


def test_a_kind_of_figure_without_a_command_is_refused():
    nobodys = gallery.Entry("Nobody's", "A figure that no command makes.", "runs/x.png", "odd.md", "nothing")
    with pytest.raises(gallery.ConfigurationError, match="says nowhere which command"):
        gallery.command_of(nobodys)
