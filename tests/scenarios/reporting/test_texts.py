"""The catalogues of texts: every text is in both languages, with the same values to fill in."""

import importlib
import pkgutil
import re
import string
from pathlib import Path

import pytest

import scenarios
from scenarios.reporting import texts
from scenarios.reporting.systems import describe_system
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


# What a translator writes and a municipality does not, by what it writes instead.
LITERAL = {
    "haken": "haakjes", "aannamen": "aannames", "replicatie": "berekening", "bijwerking": "keerzijde",
    "outreach": "huisbezoek", "vindwerk": "huisbezoek", "getrokken": "geloot", "koppelingen": "korte lijnen",
    "afruil": "voor en tegen", "in rust": "geen problemen", "bijbetaling": "eigen geld",
}  # fmt: skip
# Pages for researchers keep the words of their field.
FOR_RESEARCHERS = ("scenarios.reporting.texts.flagship", "scenarios.reporting.texts.value_of_information")
RESEARCH_KEYS = ("count_axis", "footnote", "experiments")
LICENCE = "CC BY 4.0"
ENGLISH_NUMBER = re.compile(r"(?<![\w.])\d{1,3},\d{3}(?!\d)|(?<![\w.])\d+\.\d{1,2}(?![\d.]|\d{3})")


def dutch():
    """Return where and what of every Dutch text for readers who are no researchers."""
    return [
        (where, pair[1])
        for *where, pair in MESSAGES
        if is_pair(pair) and where[0] not in FOR_RESEARCHERS and where[2] not in RESEARCH_KEYS
    ]


@pytest.mark.parametrize("literal", LITERAL)
def test_dutch_is_written_as_a_municipality_would_and_not_translated(literal):
    found = [(where, text) for where, text in dutch() if re.search(rf"\b{literal}s?\b", text, re.IGNORECASE)]
    assert not found, f"write {LITERAL[literal]}"


def test_numbers_in_dutch_texts_have_a_comma_for_decimals_and_a_point_for_thousands():
    assert [
        (where, text) for where, text in dutch() if ENGLISH_NUMBER.search(text.replace(LICENCE, ""))
    ] == []


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("alphen_aan_den_rijn", "Alphen aan den Rijn"),
        ("wijk_bij_duurstede", "Wijk bij Duurstede"),
        ("zaanstad", "Zaanstad"),
        ("oss", "Oss"),
    ],
)
def test_a_municipality_is_called_as_it_calls_itself(slug, name):
    assert f"gemeente {name}" in describe_system(slug, "nl").splitlines()[0]


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="language = 'fr': expected one of en, nl"):
        texts.number(1.0, "fr")


@pytest.mark.parametrize(
    "odd",
    ["sole horse", "Help on school", "integral help", "On the way goes wrong", "times a problem begins",
     "Left out and told from", "needs a strip"],
)  # fmt: skip
def test_odd_english_of_before_is_in_no_text(odd):
    root = Path(__file__).resolve().parents[3]
    claims, texts_folder = root / "docs" / "figures" / "claims", root / "scenarios" / "reporting" / "texts"
    files = [
        *(root / "conf" / "claim").glob("*.yaml"), *claims.glob("*.txt"), *claims.glob("*.json"),
        *(root / "scenarios").rglob("*words.py"), *texts_folder.glob("*.py"),
        root / "docs" / "claims.md", root / "docs" / "phase_in.md",
    ]  # fmt: skip
    assert [path.name for path in files if odd in path.read_text("utf-8")] == []
