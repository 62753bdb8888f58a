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


def test_every_image_of_the_gallery_says_in_words_what_it_shows():
    told = re.findall(r":alt: (.+)", gallery.PAGE.read_text(encoding="utf-8"))
    assert len(told) == len(KINDS) and all(len(each) > 20 for each in told)


def test_a_kind_of_figure_without_a_command_is_refused():
    nobodys = gallery.Entry("Nobody's", "A figure that no command makes.", "runs/x.png", "odd.md", "nothing")
    with pytest.raises(gallery.ConfigurationError, match="says nowhere which command"):
        gallery.command_of(nobodys)
