"""Sentences about a claim's statements from the rows of a finished study."""

import textwrap
from collections.abc import Mapping
from typing import Any

from scenarios.reporting import texts
from scenarios.reporting.texts.claims import word

Row = Mapping[str, Any]
Meanings = Mapping[str, str]


def effect_words(row: Row, language: str) -> dict[str, str]:
    """Return mean effect and its interval, with equal decimals and signs."""
    values = {"effect": row["mean"], "low": row["low"], "high": row["high"]}
    largest = max(abs(each) for each in values.values() if each is not None)
    decimals = 0 if largest >= 100 else 1 if largest >= 10 else 2 if largest >= 0.1 else 4
    return {key: texts.number(value, language, decimals, sign=True) for key, value in values.items()}


def statement_sentence(row: Row, language: str) -> str:
    """Return what was found about a statement."""
    if not row["pairs"] or row["low"] is None:
        return word("unknown_effect", language)
    key = "of_statement" if row["sign"] else "of_trade_off"
    return word(
        key,
        language,
        **effect_words(row, language),
        unit=row[f"unit_{language}"],
        probability=texts.number(100.0 * row["probability"], language),
        pairs=row["pairs"],
        verdict=verdict_words(row["verdict"], language),
    )


def verdict_words(verdict: str, language: str) -> str:
    """Return a verdict, or several, in a language.

    Examples
    --------
    >>> verdict_words("supported, no effect", "nl")
    'gesteund, geen effect'
    """
    return ", ".join(word(each, language) for each in verdict.split(", "))


def condition_sentence(condition: Mapping[str, Any], meanings: Meanings, language: str) -> str:
    """Return a condition in the field's words: what the parameter means, the side, the value."""
    terms = [
        f"{_meaning(term['name'], meanings)} {word(term['side'], language)} "
        f"{texts.sensible(term['value'], language)} (`{term['name']}`)"
        for term in condition["terms"]
    ]
    return word(
        "condition",
        language,
        terms=f" {word('and', language)} ".join(terms),
        probability=texts.number(100.0 * condition["probability"], language),
        elsewhere=texts.number(100.0 * condition["elsewhere"], language),
    )


def _meaning(name: str, meanings: Meanings) -> str:
    """Return what a parameter means; one without words is read as it is called."""
    found = meanings.get(name, name)
    return found[0].lower() + found[1:].rstrip(".") if found != name else name


def table_lines(claims: list[Mapping[str, Any]], language: str, width: int = 108) -> list[str]:
    """Return the claims as a table for the terminal: a line per claim, one per statement below it."""
    lines = []
    for claim in claims:
        lines.append(
            f"{claim['id']:<5} {verdict_words(claim['verdict'], language):<24} {claim['title'][language]}"
        )
        for row in claim["statements"]:
            sentence = f"{row[f'text_{language}']} {statement_sentence(row, language)}"
            lines += textwrap.wrap(sentence, width, initial_indent="      ", subsequent_indent="        ")
    return lines
