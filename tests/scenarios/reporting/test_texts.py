"""The catalogues of texts: every text is in both languages, with the same values to fill in."""

import importlib
import pkgutil
import string

import pytest

import scenarios
from scenarios.reporting import texts
from scenarios.reporting.texts.story_words import euros, listed, month

LIGHT = ("scenarios.apps.mesa_view",)  # opens Mesa's view where it is imported
# A page that exists in English only.
ENGLISH_ONLY = {("scenarios.reporting.systems", "WORDS", "page")}


def modules():
    """Return the names of all modules of scenarios that hold a catalogue."""
    found = [each.name for each in pkgutil.walk_packages(scenarios.__path__, "scenarios.")]
    named = ("texts", "words", "progress", "systems", "study")
    return [name for name in found if any(part in named for part in name.split(".")) and name not in LIGHT]


def is_pair(value):
    """Whether a value is a text in English and in Dutch."""
    return isinstance(value, tuple) and len(value) == 2 and all(isinstance(each, str) for each in value)


def messages():
    """Yield module, catalogue, key and both texts of every message."""
    for module in modules():
        for name, catalogue in vars(importlib.import_module(module)).items():
            if isinstance(catalogue, dict) and catalogue and any(map(is_pair, catalogue.values())):
                for key, pair in catalogue.items():
                    yield module, name, key, pair


MESSAGES = list(messages())


def values_in(text):
    """Return the names of the values that a text takes."""
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def test_every_message_is_in_both_languages():
    assert len(MESSAGES) > 900
    lacking = [(*where, pair) for *where, pair in MESSAGES
               if not is_pair(pair) or bool(pair[0]) != bool(pair[1])]  # fmt: skip
    assert [each for each in lacking if tuple(each[:3]) not in ENGLISH_ONLY] == []


def test_both_languages_of_a_message_take_the_same_values():
    differing = [where for *where, (english, dutch) in MESSAGES if values_in(english) != values_in(dutch)]
    assert differing == []


@pytest.mark.parametrize(
    ("language", "number", "amount", "names", "when"),
    [
        ("en", "\u22121,234.50", "\u2212€12,346", "a, b and c", "March 2015"),
        ("nl", "\u22121.234,50", "€\xa0\u221212.346", "a, b en c", "maart 2015"),
    ],
)
def test_numbers_amounts_lists_and_months_are_written_as_the_language_does(
    language, number, amount, names, when
):
    assert texts.number(-1234.5, language, 2) == number
    assert euros(-1234567, language) == amount
    assert listed(["a", "b", "c"], language) == names
    assert month(182, language) == when


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="language = 'fr': expected one of en, nl"):
        texts.number(1.0, "fr")
