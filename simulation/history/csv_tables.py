"""Reads the CSV files of data/ and says which file and column is wrong."""

import csv
import math
from collections.abc import Sequence
from pathlib import Path


def read_rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of a file that must have these columns.

    Raises
    ------
    ValueError
        When the file is missing, is no text, is empty or lacks a column.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = list(reader)
            found = reader.fieldnames or []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from None
    for column in columns:
        if column not in found:
            raise ValueError(f"{path.name} has no column {column}; it has {', '.join(found) or 'none'}")
    if not rows:
        raise ValueError(f"{path.name} has columns but no rows")
    return rows


def number(row: dict[str, str], column: str, file: str) -> float | None:
    """Return a cell as a number, None where it is empty.

    Raises
    ------
    ValueError
        When the cell is neither a number nor empty.
    """
    text = (row.get(column) or "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{file}: column {column} has {text!r}; expected a number or an empty cell")
    return value


def value_of(rows: list[dict[str, str]], series: str, region: str, year: int) -> float | None:
    """Return the first value of a series in social_domain.csv, None where there is none."""
    for row in rows:
        if row["series"] == series and row["region"] == region and row["year"] == str(year):
            return number(row, "value", "social_domain.csv")
    return None
