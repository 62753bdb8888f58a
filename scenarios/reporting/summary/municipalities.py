"""What the summary of a country's run tells of its municipalities."""

import pandas as pd

from scenarios.reporting import texts
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, month_number
from simulation.outcomes.municipalities import NAME, measured, spread
from simulation.recording.store import Run


def first_year(run: Run) -> int:
    """Return the year from which municipalities are compared: that of the transition."""
    return BASE_YEAR + month_number(run.document["transition"]) // MONTHS_PER_YEAR


def titles(run: Run) -> dict[str, str]:
    """Return the names of municipalities as people read them, by their names in tables."""
    return {each["name"]: each["title"] for each in run.document["members"]}


def spread_lines(run: Run, language: str) -> list[str]:
    """Return lines about how far municipalities lie apart; none for the run of one municipality."""
    if NAME not in run.tables:
        return []
    first = first_year(run)
    measures = measured(run.table(NAME), first)
    lines = [texts.text("spread_head", language, first=first)]
    read = titles(run)
    lines += [_line(row, read, language) for _, row in spread(measures).iterrows()]
    alike = measures[~measures["real"]]
    if not alike.empty:
        row = spread(alike).set_index("measure").loc["saving"]
        lines.append(
            texts.text("spread_equal", language, equal=alike["municipality"].nunique(),
                       all=measures["municipality"].nunique(), **_numbers(row, language))
        )  # fmt: skip
    return lines


def _line(row: pd.Series, read: dict[str, str], language: str) -> str:
    names = {key: read[row[key]] for key in ("lowest_in", "highest_in")}
    measure = texts.text(f"measure_{row['measure']}", language)
    return texts.text("spread_line", language, measure=measure, **names, **_numbers(row, language))


def _numbers(row: pd.Series, language: str) -> dict[str, str]:
    largest = max(abs(row["lowest"]), abs(row["highest"]))
    return {
        key: texts.sensible(row[key], language, largest)
        for key in ("lowest", "low", "median", "high", "highest")
    }
