"""Tables on a screen and in a pipe: the same words, whatever the stream can show."""

import io

import pytest

from scenarios.cli import main
from scenarios.common.terminal import GOOD, show_table

HEAD = ("name", "value", "meaning")
ROWS = [
    ["wijkteam.count", "6", "teams [of a municipality]"],
    ["landing.years", ("5.0", GOOD), "é \u2212 " * 60],
]


class Screen(io.TextIOWrapper):
    """A stream that says whether it is a terminal, in an encoding."""

    def __init__(self, is_terminal, encoding="utf-8"):
        super().__init__(io.BytesIO(), encoding=encoding)
        self.is_terminal = is_terminal

    def isatty(self):
        return self.is_terminal

    def read_back(self):
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)


@pytest.fixture
def shown(monkeypatch):
    """Return what a stream gets of the table, under an environment."""

    def show(is_terminal, encoding="utf-8", **environment):
        for name in ("NO_COLOR", "COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"TERM": "xterm-256color", "COLUMNS": "70", **environment}.items():
            monkeypatch.setenv(name, value)
        screen = Screen(is_terminal, encoding)
        monkeypatch.setattr("sys.stdout", screen)
        main(["--version"])  # teaches the stream what to do with signs that it lacks
        screen.flush()
        begin = len(screen.buffer.getvalue())
        show_table(HEAD, ROWS, right=[1])
        return screen.read_back().encode(encoding)[begin:].decode(encoding)

    return show


def test_on_a_screen_a_table_is_as_wide_as_the_screen_and_has_colour(shown):
    told = shown(True)
    assert "\x1b[32m" in told and "\u2500" in told
    assert len(told.splitlines()) > 5


def test_in_a_pipe_a_row_is_a_line_that_is_neither_cut_nor_coloured(shown):
    lines = shown(False).splitlines()
    assert len(lines) == 3 and lines[0].split() == list(HEAD)
    assert lines[1] == "wijkteam.count      6  teams [of a municipality]"
    assert lines[2].count("é") == 60 and lines[2] == lines[2].rstrip()


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_screen_on_which_somebody_wants_no_colour_shows_what_a_pipe_gets(shown, environment):
    assert shown(True, **environment) == shown(False)


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_stream_with_few_signs_gets_others_for_what_it_lacks(shown, is_terminal):
    told = shown(is_terminal, "cp1252")
    assert "é -" in told and "wijkteam.count" in told and "?" not in told
