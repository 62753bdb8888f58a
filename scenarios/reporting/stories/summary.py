"""Two runs side by side in a table: counted from what the diary recorded."""

from collections.abc import Collection
from typing import Any, Final

import pandas as pd

from agents.vocabulary import HOUSEHOLD, PARTIES
from scenarios.reporting.texts import number, sensible
from scenarios.reporting.texts import story_words as say
from scenarios.reporting.texts.story_words import frame

BEGINNINGS: Final = ("struck", "spilled_over", "carer_strained")
# What is lost on the way, in the order of the story.
LOSSES: Final = ("misdirected_contact", "lost", "dropped", "not_granted", "not_renewed", "passed_on",
"handed_over",
                 "harmed", "turned_away", "other_lost", "broken_off")  # fmt: skip
SUPPORTED: Final = 0.05
COMPARED: Final = ("crises", "heavy_months", "unmet_months", "cost_eur")


EARLIEST, LATEST = -(10**6), 10**6


def rows_of_arm(table: pd.DataFrame, arm: str, begin: int = EARLIEST, end: int = LATEST) -> pd.DataFrame:
    """Return the rows of one arm in the months from `begin` up to, not including, `end`."""
    return table[(table["arm"] == arm) & (table["month"] >= begin) & (table["month"] < end)]


def total_cents(costs: pd.DataFrame, arm: str, begin: int) -> int:
    """Return what all payers paid from a month on; own contributions are within it."""
    of_arm = rows_of_arm(costs, arm, begin)
    return int(of_arm[of_arm["payer"] != PARTIES[HOUSEHOLD]]["cents"].sum())


def state_of(row: Any, language: str) -> list[str]:
    """Return how a household is in one month: its problems, its care, what it waits for."""
    problems = [name.removeprefix("severity_") for name in row.index if name.startswith("severity_")]
    parts = [
        frame("problem_at", language, problem=say.problem(name, language),
              severity=say.severity(row[f"severity_{name}"], language))
        for name in problems if row[f"severity_{name}"] > 0.0
    ]  # fmt: skip
    parts += [say.care(name, language) for name in row["in_care"].split()]
    return parts + [
        frame("waiting_for", language, care=say.care(name, language)) for name in row["waiting"].split()
    ]


def side_by_side(document: dict[str, Any], tables: dict[str, pd.DataFrame], begin: int, language: str) -> str:
    """Return the table of both runs in Markdown."""
    columns = [_column(document, tables, arm, begin, language) for arm in document["arms"]]
    names = [document["arms"][arm][language] for arm in document["arms"]]
    lines = [f"| | {' | '.join(names)} |", "| --- | --- | --- |"]
    for key in columns[0]:
        lines.append(f"| {key} | {' | '.join(column[key] for column in columns)} |")
    return "\n".join(lines)


def _column(
    document: dict[str, Any], tables: dict[str, pd.DataFrame], arm: str, begin: int, language: str
) -> dict[str, str]:
    """Return one run's cells by the names of their rows."""
    all_notes = rows_of_arm(tables["notes"], arm)
    notes, months = rows_of_arm(tables["notes"], arm, begin), rows_of_arm(tables["months"], arm, begin)
    last = say.month(document["last_told"], language)
    cells = {
        "row_problem": _problem(all_notes, tables["months"], document, arm, language),
        "row_noticed": _noticed(notes, language),
        "row_helped": _helped(months, language),
        "row_lost": _lost(notes, language),
        "row_waited": number((months["waiting"] != "").sum(), language),
        "row_crises": _crises(notes, language),
        "row_unmet": number(months["unmet"].sum(), language),
        "row_cost": say.euros(total_cents(tables["costs"], arm, begin), language),
    }
    named = {frame(key, language): value for key, value in cells.items()}
    either = tables["costs"][tables["costs"]["month"] >= begin]["payer"].unique()
    named |= _payers(rows_of_arm(tables["costs"], arm, begin), either, language)
    return named | {frame("row_end", language, month=last): end_of_life(notes, months, language)}


def _problem(
    notes: pd.DataFrame, months: pd.DataFrame, document: dict[str, Any], arm: str, language: str
) -> str:
    """Return when problems began, as far as it was recorded."""
    first = document["first_told"]
    before = months[(months["arm"] == arm) & (months["month"] < first)]
    if not before.empty and any(before.iloc[-1][each] > 0.0 for each in before if each.startswith("sever")):
        return frame("earlier", language, month=say.month(first - 1, language))
    begun = notes[notes["what"].isin(BEGINNINGS)]
    if begun.empty:
        return frame("never", language)
    row = begun.iloc[0]
    return f"{say.month(int(row['month']), language)}: {say.problem(row['about'], language)}"


def _noticed(notes: pd.DataFrame, language: str) -> str:
    """Return who spoke up first, and when."""
    signals = notes[notes["what"] == "signal"]
    if signals.empty:
        return frame("never", language)
    row = signals.iloc[0]
    month = say.month(int(row["month"]), language)
    return frame("noticed", language, route=say.route(row["by"], language), month=month)


def helped_months(months: pd.DataFrame, language: str) -> list[tuple[str, int]]:
    """Return who helped, and for how many months."""
    counted = months["in_care"].str.split().explode().dropna().value_counts(sort=False)
    helped = [(say.care(str(name), language), int(count)) for name, count in sorted(counted.items())]
    supported = int((months["support"] >= SUPPORTED).sum())
    return helped + ([(frame("circle", language), supported)] if supported else [])


def _helped(months: pd.DataFrame, language: str) -> str:
    """Return who helped, for how many months."""
    helped = helped_months(months, language)
    return "; ".join(_months_of(words, count, language) for words, count in helped) or frame("none", language)


def _months_of(words: str, count: int, language: str) -> str:
    key = "months_of_1" if count == 1 else "months_of"
    return frame(key, language, care=words, n=number(count, language))


def losses(notes: pd.DataFrame) -> dict[str, int]:
    """Return what was lost on the way, with how often, by the key of its words."""
    counts = notes["what"].value_counts()
    found = {f"lost_{what}": int(counts.get(what, 0)) for what in LOSSES}
    found["lost_debt"] = int(counts.get("debt_signal", 0) - counts.get("debt_accepted", 0))
    return {key: count for key, count in found.items() if count > 0}


def _lost(notes: pd.DataFrame, language: str) -> str:
    """Return what was lost on the way, with how often."""
    parts = [frame("times", language, what=frame(key, language), n=number(count, language))
             for key, count in losses(notes).items()]  # fmt: skip
    return "; ".join(parts) or frame("none", language)


def _crises(notes: pd.DataFrame, language: str) -> str:
    """Return which crises there were, and when."""
    rows = notes[notes["what"] == "crisis"].itertuples()
    found = [f"{say.crisis(row.about, language)}, {say.month(int(row.month), language)}" for row in rows]
    return "; ".join(found) or frame("none", language)


def _payers(costs: pd.DataFrame, either: Collection[str], language: str) -> dict[str, str]:
    """Return what each payer of either run paid in this one, by the name of its row."""
    paid = costs.groupby("payer")["cents"].sum()
    found = {}
    for name in (payer for payer in PARTIES if payer in either):
        key = "row_contribution" if name == PARTIES[HOUSEHOLD] else "row_payer"
        found[frame(key, language, payer=say.payer(name, language))] = say.euros(paid.get(name, 0), language)
    return found


def end_of_life(notes: pd.DataFrame, months: pd.DataFrame, language: str) -> str:
    """Return how the household was in the last month of the story, and whether it left."""
    departures = notes[notes["what"].isin(("moved", "left_by_death"))]
    state = [] if months.empty else state_of(months.iloc[-1], language)
    words = say.listed(state, language) or frame("inactive", language)
    if departures.empty:
        return words
    when = say.month(int(departures.iloc[0]["month"]), language)
    return frame(f"end_{departures.iloc[0]['what']}", language, month=when, state=words)


def comparison_rows(document: dict[str, Any], language: str) -> str:
    """Return this household's differences next to the averages, in Markdown."""
    found = document["comparison"]
    columns = ("this_household", "average", "average_of_those_who_differ")
    first, second = (document["arms"][arm][language] for arm in document["arms"])
    last = say.month(document["end"], language)
    corner = frame("compared", language, first=first, second=second, month=last)
    names = " | ".join(frame(column, language) for column in columns)
    lines = [f"| {corner} | {names} |", "| --- | --- | --- | --- |"]
    for key in COMPARED:
        cells = " | ".join(_signed(found[column][key], language) for column in columns)
        lines.append(f"| {frame(key, language)} | {cells} |")
    return "\n".join(lines)


def _signed(value: float, language: str) -> str:
    """Return a difference with its sign and as many decimals as say something."""
    written = sensible(abs(value), language) if value else number(0, language)
    return written if not value else f"{'+' if value > 0 else chr(0x2212)}{written}"
