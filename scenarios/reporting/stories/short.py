"""One life of a household in at most 150 words: what began, who helped, what went wrong."""

from typing import Any, Final

import pandas as pd

from scenarios.reporting.stories.summary import (
    BEGINNINGS,
    end_of_life,
    helped_months,
    losses,
    rows_of_arm,
    total_cents,
)
from scenarios.reporting.texts import number
from scenarios.reporting.texts import story_words as say
from scenarios.reporting.texts.story_words import frame

MOST_WORDS: Final = 150
MOST_NAMED: Final = 3  # kinds of help, losses and crises that are named


def short_life(document: dict[str, Any], tables: dict[str, pd.DataFrame], arm: str, language: str) -> str:
    """Return one life in a few sentences.

    Parameters
    ----------
    document : dict
        What describes the story.
    tables : dict of str to DataFrame
        notes, months and costs of both arms.
    arm : str
        Which life.
    language : str
        "en" or "nl".
    """
    begin = document["resident_at"]
    notes, months = (rows_of_arm(tables[name], arm, begin) for name in ("notes", "months"))
    cost = say.euros(total_cents(tables["costs"], arm, begin), language)
    lines = [
        frame("short_since", language, month=say.month(begin, language)),
        *_problems(notes, months, begin, language),
        _noticed(notes, language),
        _helped(months, language),
        *_waited(months, language),
        *_lost(notes, language),
        _crises(notes, language),
        frame("short_unmet", language, n=number(months["unmet"].sum(), language)),
        frame("short_cost", language, cost=cost),
        frame("short_end", language, month=say.month(document["last_told"], language),
              state=end_of_life(notes, months, language)),
    ]  # fmt: skip
    return " ".join(lines)


def _problems(notes: pd.DataFrame, months: pd.DataFrame, begin: int, language: str) -> list[str]:
    """Say when problems began, and how often more began after that."""
    begun = notes[notes["what"].isin(BEGINNINGS)]
    severities = [name for name in months if name.startswith("severity_")]
    there = bool(len(months)) and bool((months.iloc[0][severities].astype(float) > 0.0).any())
    if there:
        first = frame("short_earlier", language, month=say.month(begin, language))
    elif begun.empty:
        return [frame("short_quiet", language)]
    else:
        row = begun.iloc[0]
        first = frame("short_began", language, month=say.month(int(row["month"]), language),
                      problem=say.problem(row["about"], language))  # fmt: skip
    more = len(begun) - (0 if there else 1)
    return [first, *([frame("short_more", language, n=number(more, language))] if more > 0 else [])]


def _noticed(notes: pd.DataFrame, language: str) -> str:
    """Say who reported it first."""
    signals = notes[notes["what"] == "signal"]
    if signals.empty:
        return frame("short_unnoticed", language)
    row = signals.iloc[0]
    return frame("short_noticed", language, route=say.route(row["by"], language),
                 month=say.month(int(row["month"]), language))  # fmt: skip


def _helped(months: pd.DataFrame, language: str) -> str:
    """Say who helped longest, and how many others did."""
    helped = sorted(helped_months(months, language), key=lambda each: -each[1])
    if not helped:
        return frame("short_no_help", language)
    named = [
        frame("months_of_1" if count == 1 else "months_of", language, care=words, n=number(count, language))
        for words, count in helped[:MOST_NAMED]
    ]
    others = len(helped) - MOST_NAMED
    key = "short_helped_more" if others > 0 else "short_helped"
    values = {"n": number(others, language)} if others > 0 else {}
    return frame(key, language, helped="; ".join(named), **values)


def _waited(months: pd.DataFrame, language: str) -> list[str]:
    """Say how long the household waited, if it did."""
    waited = int((months["waiting"] != "").sum())
    return [frame("short_waited", language, n=number(waited, language))] if waited else []


def _lost(notes: pd.DataFrame, language: str) -> list[str]:
    """Say what went wrong most often on the way to help, if anything did."""
    found = sorted(losses(notes).items(), key=lambda each: -each[1])[:MOST_NAMED]
    named = [frame("times", language, what=frame(key, language), n=number(count, language))
             for key, count in found]  # fmt: skip
    return [frame("short_lost", language, lost="; ".join(named))] if named else []


def _crises(notes: pd.DataFrame, language: str) -> str:
    """Say which crises there were."""
    rows = list(notes[notes["what"] == "crisis"].itertuples())
    if not rows:
        return frame("short_no_crisis", language)
    named = [f"{say.crisis(row.about, language)}, {say.month(int(row.month), language)}"
             for row in rows[:MOST_NAMED]]  # fmt: skip
    named += [f"+{len(rows) - MOST_NAMED}"] if len(rows) > MOST_NAMED else []
    return frame("short_crises", language, crises="; ".join(named))
