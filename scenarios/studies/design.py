"""Experimental designs: the points in the space of levers and parameters that a study runs.

Axes have Hydra's syntax: `landing.years=0,1,5` is a list of values, `landing.cut=interval(0,0.4)` an interval
sampled by a Latin hypercube or a Sobol sequence, and `design=table table=points.csv` reads the points from a
file with one column per key.
"""

import csv
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from scenarios.common.errors import ConfigurationError, brief, nearest, printable
from scenarios.config.keys import key_called, known_keys
from scenarios.config.municipality_files.file import check_value
from scenarios.config.overrides import MOST_POINTS, Override, check_name, interval_of, parsed, plain
from scenarios.config.schema import group_options

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]+)?")  # which YAML reads as Python does, only slowly
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
KINDS = ("grid", "list", "lhs", "sobol", "table")
NO_VALUES = (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken)
OF_A_RUN = {
    "replication.count": "write replications=10 for the number of runs of every point",
    "replication.split": "write seeds_per_draw=4 for replications that share a draw",
    "processes": "write engine.processes=2",
    "decompose": "it is of landingsbaan run",
}

Point = dict[str, Any]


@dataclass(frozen=True)
class Axis:
    """One dimension of a design: a list of values, or an interval from `low` to `high`."""

    name: str
    values: tuple[Any, ...] = ()
    low: float = math.nan
    high: float = math.nan

    @property
    def is_interval(self) -> bool:
        """Whether the axis is an interval rather than a list of values."""
        return not self.values

    def at(self, share: float) -> Any:
        """Return the value at a fraction in [0, 1) of the axis; rounded where the key is a whole number."""
        if self.values:
            return self.values[min(len(self.values) - 1, int(share * len(self.values)))]
        value = self.low + share * (self.high - self.low)
        known = known_keys().get(self.name)
        return round(value) if known is not None and known.kind is int else value


@dataclass(frozen=True)
class Design:
    """A design: its kind, axes and points, and the overrides shared by all points."""

    kind: str
    axes: tuple[str, ...]
    points: tuple[Point, ...]
    shared: tuple[str, ...]


def design_from(
    overrides: list[str], kind: str = "", samples: int = 0, seed: int = 0, table: str = ""
) -> Design:
    """Return the design that overrides describe.

    Parameters
    ----------
    overrides : list of str
        Overrides in Hydra's syntax; those with several values or an interval are the axes.
    kind : str
        "grid", "list", "lhs", "sobol" or "table"; empty means a table if `table` is given, a Latin
        hypercube if an axis is an interval, else the grid of all values.
    samples : int
        Points of a Latin hypercube or Sobol sequence.
    seed : int
        Seed of the design; it does not affect the seeds of the runs.
    table : str
        File with one column per key and one row per point (CSV).

    Raises
    ------
    ConfigurationError
        For an invalid key, value or combination.
    """
    read = parsed(overrides)
    axes, shared = [], []
    for each in read:
        check_name(each)
        _check_counts(each.key_or_group)
        if each.is_sweep_override():
            _check_varies(each.key_or_group)
            axes.append(_axis(each))
        else:
            shared.append(each.input_line or "")
    kind = kind or ("table" if table else "lhs" if any(axis.is_interval for axis in axes) else "grid")
    if kind not in KINDS:
        raise ConfigurationError(f"design = {kind}: expected one of {', '.join(KINDS)}{nearest(kind, KINDS)}")
    points = _points(kind, axes, samples, seed, table)
    written = [*(each.key_or_group for each in read), *(points[0] if kind == "table" else ())]
    for name in points[0]:
        if written.count(name) > 1:
            raise ConfigurationError(f"{name} is given twice, expected one axis or column for each key")
    for point in points if kind != "table" else ():  # the cells of a table were checked with their line
        for name, value in point.items():
            _check_value(name, value)
    return Design(kind, tuple(points[0]), tuple(points), tuple(shared))


def _check_value(name: str, value: Any) -> None:
    """Raise ConfigurationError for a value that a point cannot have."""
    if isinstance(value, str) and "${" in value:
        raise ConfigurationError(f"{name} = {brief(value)}: refers to something else, expected a value")
    check_value(name, value)


def _check_counts(name: str, where: str = "") -> None:
    """Raise ConfigurationError for a key that has no effect in a study."""
    if name in OF_A_RUN or name.startswith("output."):
        instead = OF_A_RUN.get(name, "a study stores its runs in results/studies/NAME, as study=NAME")
        raise ConfigurationError(f"{where}{name}: has no effect in a study; {instead}")


def _check_varies(name: str, where: str = "") -> None:
    """Raise ConfigurationError for a key that cannot differ between the points of a study."""
    _check_counts(name, where)
    key = known_keys().get(name)
    if name == "language":
        raise ConfigurationError(f"{where}language: a study has one, expected language=en or language=nl")
    if key is not None and key.kind in (dict, list) and key.lever is None:
        raise ConfigurationError(
            f"{where}{name}: names with values cannot differ between points; expected an axis for each key, "
            "as wijkteam.outreach_share=0.1,0.2, or files of conf/, as policy=a,b"
        )


def _axis(override: Override) -> Axis:
    """Return the axis for an override with several values or an interval."""
    name = override.key_or_group
    ends = interval_of(override)
    if ends is not None:
        if name in group_options() or key_called(name).kind not in (int, float):
            raise ConfigurationError(f"{override.input_line}: only a number can lie in an interval")
        low, high = ends
        if not low < high:
            raise ConfigurationError(f"{override.input_line}: expected an interval from low to high")
        return Axis(name, low=low, high=high)
    # Parse the values as YAML, so that 5 is a number and null is None.
    texts = list(override.sweep_string_iterator())
    return Axis(name, tuple(text if name in group_options() else value_of(text, name) for text in texts))


def value_of(text: str, where: str) -> Any:
    """Return the value that a text stands for in YAML: a number, true, null, a list or the text itself.

    Parameters
    ----------
    text : str
        Text of one value.
    where : str
        Place of the value, for the message.

    Raises
    ------
    ConfigurationError
        When it is no YAML, or has tags or aliases.

    Examples
    --------
    >>> value_of("0.5", "landing.cut"), value_of("[1, 2]", "x"), value_of("overnight", "landing")
    (0.5, [1, 2], 'overnight')
    """
    if NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    try:
        # Tags and aliases can make a few words into a value too large to show.
        if not (set("&*!") & set(text) and any(isinstance(each, NO_VALUES) for each in yaml.scan(text))):
            value = yaml.safe_load(text)
            str(value)  # raises ValueError for a whole number of too many digits
            return value
    except (yaml.YAMLError, RecursionError, ValueError):
        pass
    raise ConfigurationError(f"{where} = {brief(text)}: cannot be read as a value")


def _points(kind: str, axes: list[Axis], samples: int, seed: int, table: str) -> list[Point]:
    """Return the points of a design."""
    if kind == "table":
        if axes:
            raise ConfigurationError(f"{axes[0].name}: a table of points takes no other axes")
        return points_of_table(Path(table))
    if not axes:
        return [{}]
    if kind in ("grid", "list"):
        _check_no_intervals(kind, axes)
        return _grid(axes) if kind == "grid" else _list(axes)
    if samples < 1:
        raise ConfigurationError(f"samples = {samples}: a {kind} design needs a number of points from 1 on")
    if samples > MOST_POINTS:
        raise ConfigurationError(f"samples = {samples}: expected at most {MOST_POINTS:,}")
    from scipy.stats import qmc  # imported late: takes a quarter of a second

    sampler: Any = qmc.LatinHypercube(len(axes), rng=seed)
    if kind == "sobol":
        check_balanced("samples", samples)
        sampler = qmc.Sobol(len(axes), rng=seed)
    return [
        {axis.name: axis.at(float(share)) for axis, share in zip(axes, row, strict=True)}
        for row in sampler.random(samples)
    ]


def check_balanced(name: str, points: int) -> None:
    """Raise ConfigurationError unless a number of points (from 1) is a power of 2, for a Sobol sequence."""
    if points & (points - 1):
        less = 1 << (points.bit_length() - 1)
        raise ConfigurationError(
            f"{name} = {points}: a Sobol sequence is balanced for powers of 2 only; expected {less} or "
            f"{2 * less}"
        )


def _check_no_intervals(kind: str, axes: Iterable[Axis]) -> None:
    """Raise ConfigurationError for an axis that is an interval in a design of listed values."""
    for axis in axes:
        if axis.is_interval:
            raise ConfigurationError(
                f"{axis.name}: a {kind} needs values, as {axis.name}={axis.low:g},{axis.high:g}; an "
                "interval is for design=lhs or design=sobol"
            )


def _grid(axes: list[Axis]) -> list[Point]:
    """Return every combination of values; the last axis varies fastest."""
    if math.prod(len(axis.values) for axis in axes) > MOST_POINTS:
        raise ConfigurationError(f"the grid has more than {MOST_POINTS:,} points; sample it with design=lhs")
    names = [axis.name for axis in axes]
    return [dict(zip(names, values, strict=True)) for values in product(*(axis.values for axis in axes))]


def _list(axes: list[Axis]) -> list[Point]:
    """Return the first values of all axes together, the second values, and so on."""
    lengths = {axis.name: len(axis.values) for axis in axes}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ConfigurationError(f"design = list: every axis needs as many values as the others; {found}")
    names = [axis.name for axis in axes]
    return [dict(zip(names, row, strict=True)) for row in zip(*(axis.values for axis in axes), strict=True)]


def points_of_table(path: Path) -> list[Point]:
    """Return the points of a CSV file with one column per key; separators are commas or semicolons.

    Raises
    ------
    ConfigurationError
        When the file cannot be read, is empty, or a row has too few values; with file and line.
    """
    if path.exists() and not path.is_file():  # reading a pipe would block
        raise ConfigurationError(f"table = {path}: not a regular file, expected a CSV file")
    points: list[Point] = []
    not_utf8 = f"table = {path}: cannot be read as text, expected UTF-8"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            if "\0" in first:  # as in UTF-16
                raise ConfigurationError(not_utf8)
            # Dutch spreadsheets write semicolons as separators, and decimal commas.
            semicolons = ";" in first and "," not in first
            reader = csv.DictReader(file, delimiter=";" if semicolons else ",")
            columns = list(reader.fieldnames or ())
            _check_columns(columns, f"{path}, line 1: ")
            for row in reader:
                where = f"{path}, line {reader.line_num}"
                if None in row or None in row.values():
                    raise ConfigurationError(f"{where}: expected {len(columns)} values")
                if len(points) == MOST_POINTS:
                    raise ConfigurationError(f"{where}: expected at most {MOST_POINTS:,} rows of values")
                points.append({name: _read(name, text, semicolons, where) for name, text in row.items()})
    except UnicodeDecodeError:
        raise ConfigurationError(not_utf8) from None
    except (OSError, csv.Error) as error:
        raise ConfigurationError(f"table = {path}: cannot be read as CSV: {error}") from None
    if not points:
        raise ConfigurationError(f"table = {path}: expected a row of keys and at least one row of values")
    return points


def _check_columns(columns: list[str], where: str) -> None:
    """Raise ConfigurationError for a column that is no key, or that stands twice."""
    names = (*group_options(), *known_keys())
    for number, name in enumerate(columns):
        if name not in names:
            raise ConfigurationError(f"{where}{brief(printable(name))}: no such key{nearest(name, names)}")
        if name in columns[:number]:
            raise ConfigurationError(f"{where}{name} is given twice, expected one column for it")
        _check_varies(name, where)


def _read(name: str, text: str, semicolons: bool, where: str) -> Any:
    """Return the value of a cell, checked; after semicolons a number may have a decimal comma."""
    if semicolons and DECIMAL_COMMA.fullmatch(text.strip()):
        text = text.replace(",", ".")
    is_key = "." in name or name not in group_options()
    value = plain(value_of(text, f"{where}: {name}")) if is_key else text
    try:
        _check_value(name, value)
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {error}") from None
    return value
