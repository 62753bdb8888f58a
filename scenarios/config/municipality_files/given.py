"""Reads what the file of a municipality of one's own gives, YAML or CSV: each value with its line.

A file is plain data, read as scenario files are: nothing in it can run, point elsewhere or grow.
"""

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.files import LARGEST_BYTES, line_of, read_scenario_file
from scenarios.config.municipality_files.figures import FIGURES, SECTIONS, shown_country

WIJKEN = "wijk_deprivation"
TEXTS = ("slug", "name", "system", "source", WIJKEN)
LONGEST_TEXT = 3000
MOST_DEPRIVED = 5.0  # deviations of the country


@dataclass
class Given:
    """The values of a file by full name, and how to tell their line."""

    path: Path
    values: dict[str, Any]
    lines: dict[str, int]

    @classmethod
    def of_yaml(cls, path: Path) -> "Given":
        """Return what a YAML file gives."""
        shape: dict[str, Any] = dict.fromkeys(TEXTS)
        for section in SECTIONS:
            own = [name for name in FIGURES if name.startswith(f"{section}.")]
            shape[section] = {name.partition(".")[2]: None for name in own}
        content = read_scenario_file(path, _with_empty_sections(path, shape))
        values = {name: content.get(name) for name in TEXTS}
        for name in FIGURES:
            section, _, short = name.partition(".")
            values[name] = (content.get(section) or {}).get(short)
        lines = {name: line_of(path, *name.split(".")) for name in values}
        return cls(path, values, lines)

    @classmethod
    def of_csv(cls, path: Path) -> "Given":
        """Return what a CSV file gives, a name and a value on each line."""
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for line, row in enumerate(_rows(path), start=1):
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#") or (line == 1 and cells[:2] == ["name", "value"]):
                continue
            name = cells[0]
            if name not in FIGURES and name not in TEXTS:
                known = nearest(name, [*FIGURES, *TEXTS])
                raise ConfigurationError(f"{path}, line {line}: {name}: no such figure{known}")
            if name in values:
                raise ConfigurationError(f"{path}, line {line}: {name} stands twice")
            values[name], lines[name] = (cells[1] if len(cells) > 1 else "") or None, line
        return cls(path, values, lines)

    def where(self, name: str) -> str:
        """Return file and line of a name."""
        return f"{self.path}, line {self.lines.get(name, 1)}"

    def text(self, name: str, mistakes: list[str]) -> str:
        """Return a text of the file."""
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > LONGEST_TEXT or not value.isprintable():
            wanted = f"expected a text of at most {LONGEST_TEXT} characters"
            mistakes.append(f"{self.where(name)}: {name}: {wanted}")
            return ""
        return value

    def deprivation(self, mistakes: list[str]) -> tuple[float, ...]:
        """Return the deprivation of each wijk, nothing where the file does not give it."""
        words = self.text(WIJKEN, mistakes).split()
        found = [_as_number(word) for word in words]
        if any(each is None or abs(each) > MOST_DEPRIVED for each in found):
            mistakes.append(
                f"{self.where(WIJKEN)}: {WIJKEN} = {' '.join(words)[:60]}: expected a number from "
                f"-{MOST_DEPRIVED:g} to {MOST_DEPRIVED:g} for each wijk, with spaces between them"
            )
            return ()
        return tuple(each for each in found if each is not None)

    def number(self, name: str, mistakes: list[str]) -> float | None:
        """Return a figure of the file, None where it is empty or cannot be used."""
        value, figure = self.values.get(name), FIGURES[name]
        if value is None or value == "":
            return None
        read = _as_number(value)
        fits = read is not None and figure.low <= read <= figure.high
        if read is None or not fits or (figure.whole and read != int(read)):
            hint = "; write a decimal point" if isinstance(value, str) and "," in value else ""
            mistakes.append(
                f"{self.where(name)}: {name} = {str(value)[:40]}: expected {figure.allowed}; "
                f"{shown_country(name)}{hint}"
            )
            return None
        return read


def _with_empty_sections(path: Path, shape: dict[str, Any]) -> dict[str, Any]:
    """Return the shape in which a section that was left empty need not have names."""
    content = read_scenario_file(path, dict.fromkeys(shape))
    return {name: None if content.get(name) is None else inner for name, inner in shape.items()}


def _rows(path: Path) -> list[list[str]]:
    """Return the rows of a CSV file; semicolons will do, as spreadsheets of the Netherlands write them."""
    if path.exists() and not path.is_file():  # a pipe would make us wait for ever
        raise ConfigurationError(f"{path}: no regular file, expected a file of text")
    try:
        raw = path.read_bytes()
        if len(raw) > LARGEST_BYTES:
            raise ConfigurationError(f"{path}: {len(raw):,} bytes, expected at most {LARGEST_BYTES:,}")
        text = raw.decode("utf-8-sig")
        semicolons = ";" in text.partition("\n")[0]
        return list(csv.reader(io.StringIO(text), delimiter=";" if semicolons else ","))
    except OSError as trouble:
        raise ConfigurationError(f"{path} cannot be read: {trouble.strerror or trouble}") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: expected text in UTF-8") from None
    except csv.Error as trouble:
        raise ConfigurationError(f"{path}: {trouble}") from None


def _as_number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        read = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return read if math.isfinite(read) else None
