"""The committed posterior: a small sample of parameter values that agree with the targets.

`data/posterior.csv` holds a draw per row and a number per column; `data/posterior.yaml` how it was made.
`landingsbaan calibrate` writes both. A draw of a run takes one whole row, so what the targets say of
parameters together is kept; parameters that were not fitted keep their ranges.
"""

import csv
import hashlib
import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios.common.calibration_targets import TARGETS
from scenarios.common.errors import ConfigurationError
from scenarios.common.priors import priors
from scenarios.config.keys import value_called
from scenarios.config.scenario_file import mistake, read_scenario_file
from simulation.dated_figures import DATA_FOLDER
from simulation.parameters import Parameters, names
from simulation.randomness.common_random_numbers import Purpose, uniform

VALUES, ABOUT = DATA_FOLDER / "posterior.csv", DATA_FOLDER / "posterior.yaml"
POSTERIOR, RANGES, FIXED = "posterior", "ranges", "fixed"
DRAWS = (POSTERIOR, RANGES, FIXED)
# A key of its own for which row the first draw of a seed takes; parameters have theirs by name.
WHICH_ROW = 0
# What stands in posterior.yaml; files of before this was written have no checksum.
SHAPE = {
    "command": str, "made": str, "result_version": str, "commit": None, "training_ensemble": str,
    "members": int,
    "households": int, "method": str, "core_seconds_training_ensemble": float, "seconds": float,
    "processes": int,
    "draws": int, "sha256": str, "provenance": str, "priors": {"*": [float]},
}  # fmt: skip
REQUIRED = ("made", "result_version", "training_ensemble", "provenance", "priors")
KEY = re.compile(r"[a-z_]+\.\w+(\[\d{1,3}\])?", flags=re.ASCII)
ROUNDED = 1e-5  # values are written to six digits
AGAIN = "landingsbaan calibrate write puts back what was found, landingsbaan calibrate refits it"


@dataclass(frozen=True)
class Posterior:
    """A sample of the posterior.

    Attributes
    ----------
    keys : tuple of str
        Full names, elements of lists with their place: "household.fade_per_month[2]".
    rows : tuple of tuple of float
        One per draw.
    about : dict
        How it was made: result version, training ensemble, command, time, priors.
    """

    keys: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    about: Mapping[str, Any]

    def row_of(self, draw_number: int, seed: int) -> int:
        """Return which row a draw takes: rows in turn, from a place of the seed's own."""
        first = int(uniform(seed, WHICH_ROW, 0, int(Purpose.PARAMETER_DRAW)) * len(self.rows))
        return (first + draw_number) % len(self.rows)

    def changes(self, parameters: Parameters, row: int, explicit: Collection[str] = ()) -> dict[str, Any]:
        """Return the values of a row by full name, without those that stay as given."""
        found: dict[str, Any] = {}
        for key, value in zip(self.keys, self.rows[row], strict=True):
            name, place = name_and_place(key)
            if name in explicit:
                continue
            given = value_called(parameters, name)
            if place is None:
                found[name] = round(value) if isinstance(given, int) else value
            else:
                found.setdefault(name, list(given))[place] = value
        return found


def name_and_place(key: str) -> tuple[str, int | None]:
    """Return a parameter's full name and the place in its list.

    Examples
    --------
    >>> name_and_place("household.fade_per_month[2]"), name_and_place("household.scar")
    (('household.fade_per_month', 2), ('household.scar', None))
    """
    name, bracket, place = key.partition("[")
    return name, int(place[:-1]) if bracket else None


def committed_posterior() -> Posterior | None:
    """Return the posterior in data/, None where there is none that this model can take."""
    return None if why_not() else _read(VALUES, ABOUT, _changed_at())


def why_not() -> str | None:
    """Return in a sentence why there is no posterior to draw from, None when there is one.

    The posterior is for the parameters and the targets it was fitted with. Where a fitted parameter is
    gone, has another prior, or the targets changed, it says nothing any more. A result version that
    differs in other ways leaves it standing: `landingsbaan calibrate` refits it.

    Raises
    ------
    ConfigurationError
        When there is one that is damaged.
    """
    if not (VALUES.is_file() and ABOUT.is_file()):
        return f"there is no {VALUES.name} in data/; landingsbaan calibrate makes one"
    about = _read(VALUES, ABOUT, _changed_at()).about
    if about["provenance"] != provenance(about["priors"]):
        return (
            f"{VALUES.name} was fitted to other targets or other priors than this version has; "
            "landingsbaan calibrate refits it"
        )
    return None


def provenance(keys: Iterable[str]) -> str:
    """Return what a posterior belongs to: the targets, and the priors this version has for its numbers."""
    digest = hashlib.sha256(TARGETS.read_bytes())
    known, now = set(names()), priors()
    for key in sorted(keys):
        prior = now.get(key)
        ends = (prior.low, prior.high) if prior and name_and_place(key)[0] in known else None
        digest.update(repr((key, ends)).encode())
    return digest.hexdigest()[:12]


def _changed_at() -> tuple[int, int]:
    """Return when both files were changed last."""
    return VALUES.stat().st_mtime_ns, ABOUT.stat().st_mtime_ns


@lru_cache(maxsize=2)
def _read(values: Path, about: Path, changed_at: tuple[int, int]) -> Posterior:
    """Return what the files hold, checked; `changed_at` makes a new file a new reading."""
    told = read_scenario_file(about, SHAPE, REQUIRED)
    try:
        content = values.read_bytes()
        keys, *lines = csv.reader(content.decode("utf-8").splitlines())
    except (OSError, ValueError, csv.Error):
        raise ConfigurationError(f"{values}: cannot be read as CSV in UTF-8; {AGAIN}") from None
    _check_keys(values, about, keys, told["priors"])
    rows = tuple(
        _numbers(f"{values}, line {place}", keys, line, told["priors"]) for place, line in enumerate(lines, 2)
    )
    whole = told.get("sha256") in (None, hashlib.sha256(content).hexdigest())
    if not rows or len(rows) != told.get("draws", len(rows)) or not whole:
        raise ConfigurationError(f"{values}: is not the sample that {about.name} describes; {AGAIN}")
    return Posterior(tuple(keys), rows, told)


def _check_keys(values: Path, about: Path, keys: list[str], priors: Mapping[str, list[float]]) -> None:
    """Raise ConfigurationError unless columns and priors are of the same parameters."""
    for key, ends in priors.items():
        if not KEY.fullmatch(key):
            raise mistake(about, f"{key}: is no parameter; {AGAIN}", "priors", key)
        if len(ends) != 2 or not -math.inf < ends[0] < ends[1] < math.inf:
            raise mistake(about, f"{key}: expected two ends, from low to high; {AGAIN}", "priors", key)
    if len(set(keys)) != len(keys) or set(keys) != set(priors):
        odd = sorted(set(keys) ^ set(priors)) or sorted(key for key in keys if keys.count(key) > 1)
        raise ConfigurationError(
            f"{values}: expected a column for each prior in {about.name}, and no other; {odd[0]} differs; "
            f"{AGAIN}"
        )


def _numbers(
    place: str, keys: list[str], line: list[str], priors: Mapping[str, list[float]]
) -> tuple[float, ...]:
    """Return a row of the sample, every value inside its prior."""
    if len(line) != len(keys):
        raise ConfigurationError(f"{place}: expected {len(keys)} values, got {len(line)}; {AGAIN}")
    for key, text in zip(keys, line, strict=True):
        low, high = priors[key]
        try:
            inside = abs(float(text) - (low + high) / 2) <= (high - low) / 2 + ROUNDED * max(-low, high)
        except ValueError:
            inside = False
        if not inside:
            raise ConfigurationError(
                f"{place}: {key} = {text}: expected a number from {low:g} to {high:g}; {AGAIN}"
            )
    return tuple(float(text) for text in line)
