"""Parameter draws: uncertain parameters vary between replications.

Fitted parameters are drawn from the committed posterior, one whole row per draw, which keeps their joint
distribution. `data/posterior.csv` holds a draw per row and a parameter per column; `data/posterior.yaml`
describes how it was made. `landingsbaan calibrate` writes both.

All other uncertain parameters are drawn from their ranges. Each has its own random number, keyed by its full
name, so that adding a parameter does not change the draws of the others.
"""

import csv
import hashlib
import math
import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import Field, dataclass, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.common.calibration_inputs import TARGETS, priors
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import read_regular
from scenarios.config.keys import value_called
from scenarios.config.scenario_forms import mistake, read_scenario_file
from simulation.dated_figures import DATA_FOLDER
from simulation.parameters import GROUPS, Parameters, changed, names
from simulation.randomness.common_random_numbers import Purpose, normal_scores, uniform

VALUES, ABOUT = DATA_FOLDER / "posterior.csv", DATA_FOLDER / "posterior.yaml"
POSTERIOR, RANGES, FIXED = "posterior", "ranges", "fixed"
DRAWS = (POSTERIOR, RANGES, FIXED)
# Random-number key for the posterior row of a seed's first draw; parameters are keyed by name.
ROW_KEY = 0
# Shape of posterior.yaml; files written by older versions have no checksum.
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
REFIT_HINT = "landingsbaan calibrate write puts back what was found, landingsbaan calibrate refits it"


@dataclass(frozen=True)
class Posterior:
    """A sample of the posterior.

    Attributes
    ----------
    keys : tuple of str
        Full names; an element of a list has its index: "household.fade_per_month[2]".
    rows : tuple of tuple of float
        One row per draw, one value per key.
    about : dict
        How it was made: result version, training ensemble, command, time, priors.
    """

    keys: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    about: Mapping[str, Any]

    def row_of(self, draw_number: int, seed: int) -> int:
        """Return the row number of a draw: rows in order, starting at a random row that the seed sets."""
        first = int(uniform(seed, ROW_KEY, 0, int(Purpose.PARAMETER_DRAW)) * len(self.rows))
        return (first + draw_number) % len(self.rows)

    def changes(self, parameters: Parameters, row: int, explicit: Collection[str] = ()) -> dict[str, Any]:
        """Return the parameter values of a row by full name, except those in `explicit`."""
        found: dict[str, Any] = {}
        for key, value in zip(self.keys, self.rows[row], strict=True):
            name, index = name_and_index(key)
            if name in explicit:
                continue
            current = value_called(parameters, name)
            if index is None:
                found[name] = round(value) if isinstance(current, int) else value
            else:
                found.setdefault(name, list(current))[index] = value
        return found


def name_and_index(key: str) -> tuple[str, int | None]:
    """Return a parameter's full name, and the index in its list or None.

    Examples
    --------
    >>> name_and_index("household.fade_per_month[2]"), name_and_index("household.scar")
    (('household.fade_per_month', 2), ('household.scar', None))
    """
    name, bracket, place = key.partition("[")
    return name, int(place[:-1]) if bracket else None


def committed_posterior() -> Posterior | None:
    """Return the posterior in data/, or None if there is none that this model can use."""
    return None if reason_without_posterior() else _read(VALUES, ABOUT, _changed_at())


def reason_without_posterior() -> str | None:
    """Return a sentence that says why there is no posterior to draw from, or None if there is one.

    A posterior is valid only for the parameters, priors and targets it was fitted with. It is rejected when
    a fitted parameter is gone or has another prior, or when the targets changed. Other changes of the result
    version do not reject it; `landingsbaan calibrate` refits it.

    Raises
    ------
    ConfigurationError
        When the posterior file is damaged.
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
    """Return a hash of what a posterior depends on: the targets, and this version's priors of these keys."""
    digest = hashlib.sha256(TARGETS.read_bytes())
    known, now = set(names()), priors()
    for key in sorted(keys):
        prior = now.get(key)
        ends = (prior.low, prior.high) if prior and name_and_index(key)[0] in known else None
        digest.update(repr((key, ends)).encode())
    return digest.hexdigest()[:12]


def _changed_at() -> tuple[int, int]:
    """Return the modification times of both files (ns)."""
    return VALUES.stat().st_mtime_ns, ABOUT.stat().st_mtime_ns


@lru_cache(maxsize=2)
def _read(values: Path, about: Path, changed_at: tuple[int, int]) -> Posterior:
    """Return the checked content of the files; `changed_at` is part of the cache key, for changed files."""
    description = read_scenario_file(about, SHAPE, REQUIRED)
    try:
        content = read_regular(values)
        keys, *lines = csv.reader(content.decode("utf-8").splitlines())
    except (OSError, ValueError, csv.Error):
        raise ConfigurationError(f"{values}: cannot be read as CSV in UTF-8; {REFIT_HINT}") from None
    _check_keys(values, about, keys, description["priors"])
    rows = tuple(
        _numbers(f"{values}, line {place}", keys, line, description["priors"])
        for place, line in enumerate(lines, 2)
    )
    whole = description.get("sha256") in (None, hashlib.sha256(content).hexdigest())
    if not rows or len(rows) != description.get("draws", len(rows)) or not whole:
        raise ConfigurationError(f"{values}: is not the sample that {about.name} describes; {REFIT_HINT}")
    return Posterior(tuple(keys), rows, description)


def _check_keys(values: Path, about: Path, keys: list[str], priors: Mapping[str, list[float]]) -> None:
    """Raise ConfigurationError unless columns and priors are for the same parameters."""
    for key, ends in priors.items():
        if not KEY.fullmatch(key):
            raise mistake(about, f"{key}: is no parameter; {REFIT_HINT}", "priors", key)
        if len(ends) != 2 or not -math.inf < ends[0] < ends[1] < math.inf:
            raise mistake(about, f"{key}: expected two ends, from low to high; {REFIT_HINT}", "priors", key)
    if len(set(keys)) != len(keys) or set(keys) != set(priors):
        odd = sorted(set(keys) ^ set(priors)) or sorted(key for key in keys if keys.count(key) > 1)
        raise ConfigurationError(
            f"{values}: expected a column for each prior in {about.name}, and no other; {odd[0]} differs; "
            f"{REFIT_HINT}"
        )


def _numbers(
    place: str, keys: list[str], line: list[str], priors: Mapping[str, list[float]]
) -> tuple[float, ...]:
    """Return a row of the sample as numbers; check that every value is inside its prior."""
    if len(line) != len(keys):
        raise ConfigurationError(f"{place}: expected {len(keys)} values, got {len(line)}; {REFIT_HINT}")
    for key, text in zip(keys, line, strict=True):
        low, high = priors[key]
        try:
            inside = abs(float(text) - (low + high) / 2) <= (high - low) / 2 + ROUNDED * max(-low, high)
        except ValueError:
            inside = False
        if not inside:
            raise ConfigurationError(
                f"{place}: {key} = {text}: expected a number from {low:g} to {high:g}; {REFIT_HINT}"
            )
    return tuple(float(text) for text in line)


# Parameters for how a real municipality differs from others with the same population; mean 0.
MUNICIPAL = ("household.youth_level", "referral_source.gp_supply")
STEPS = 20  # points of a range for its mean: exact unless values are clipped or rounded
ELEMENTS = 256  # random-number keys reserved per parameter name, for the elements of a list


def scenario_numbers() -> tuple[str, ...]:
    """Return the full names of the drawn parameters that calibration does not fit.

    A list counts as fitted if some of its elements are; its other elements are drawn from their range.
    """
    fitted = {name_and_index(key)[0] for key in priors()}
    return tuple(name for name in drawn_names() if name not in fitted)


def draw_parameters(
    parameters: Parameters,
    draw_number: int,
    seed: int,
    explicit: Collection[str] = (),
    posterior: Posterior | None = None,
    place: "Place | None" = None,
    scenario_draw: int | None = None,
) -> tuple[Parameters, dict[str, Any]]:
    """Return the parameters of one draw, and the drawn values by full name.

    Parameters
    ----------
    parameters : Parameters
        Central values of the draws.
    draw_number : int
        Number of the draw, from 0.
    seed : int
        Seed of the draws, the same for all replications of a run.
    explicit : collection of str
        Parameters set by the user, which are not drawn.
    posterior : Posterior, optional
        Source of the parameters it holds; without it all parameters are drawn from their ranges.
    place : Place, optional
        The real municipality, whose municipal effects are drawn as well.
    scenario_draw : int, optional
        Number of the draw for `scenario_numbers` and the municipal effects; by default `draw_number`.

    Examples
    --------
    >>> _, drawn = draw_parameters(Parameters(), 0, 1, explicit=["population.circle_capacity"])
    >>> "population.frailty_spread" in drawn, "population.circle_capacity" in drawn
    (True, False)
    """
    drawn = {}
    for group in GROUPS:
        values = getattr(parameters, group)
        for each in fields(values):
            name = f"{group}.{each.name}"
            if is_drawn(each) and name not in explicit:
                drawn[name] = _drawn(name, each, getattr(values, each.name), draw_number, seed)
    if posterior is not None:
        with_ranges = changed(parameters, drawn)
        drawn |= posterior.changes(with_ranges, posterior.row_of(draw_number, seed), explicit)
    if place is not None:
        effects = municipal_effects(parameters, place, draw_number, seed)
        drawn |= {name: value for name, value in effects.items() if name not in explicit}
    if scenario_draw is not None and scenario_draw != draw_number:
        _, others = draw_parameters(parameters, scenario_draw, seed, explicit, posterior, place)
        drawn |= {name: others[name] for name in (*scenario_numbers(), *MUNICIPAL) if name in drawn}
    return changed(parameters, drawn), drawn


@dataclass(frozen=True)
class Place:
    """A real municipality, which has municipal effects.

    Attributes
    ----------
    name : str
    region : str
        Effects are correlated within a region; empty means no other municipality shares it.
    """

    name: str
    region: str


def municipal_effects(parameters: Parameters, place: Place, draw_number: int, seed: int) -> dict[str, float]:
    """Return how a municipality differs in this draw from others with the same population, by parameter.

    The effect on how often children come into care is log-normal. Half of its variance is in how often they
    have problems, half in GPs and supply; each half is correlated within a region.
    """
    spread = parameters.population.municipal_spread * math.sqrt(0.5)
    shared = parameters.population.municipal_regional
    found = {}
    for half, name in enumerate(MUNICIPAL):
        own, regional = (
            float(
                normal_scores(np.array([uniform(seed, key, draw_number, int(Purpose.MUNICIPAL_EFFECT))]))[0]
            )
            for key in (2 * _key(f"place {place.name}") + half, 2 * _key(f"region {_region(place)}") + half)
        )
        effect = spread * (math.sqrt(shared) * regional + math.sqrt(1.0 - shared) * own)
        found[name] = min(0.8, max(-0.8, effect))
    return found


def _region(place: Place) -> str:
    return place.region or place.name


def _key(text: str) -> int:
    return zlib.crc32(text.encode())


def is_drawn(parameter: Field[Any]) -> bool:
    """Return whether a parameter is drawn; a lever is set by a policy and is never drawn."""
    return parameter.metadata.get("draw") is not None and not parameter.metadata.get("lever")


def drawn_names(explicit: Collection[str] = ()) -> list[str]:
    """Return the full names of all drawn parameters except `explicit`, those the user set."""
    return [
        name
        for group, made in GROUPS.items()
        for each in fields(made)
        if is_drawn(each) and (name := f"{group}.{each.name}") not in explicit
    ]


def value_at_quantile(parameters: Parameters, name: str, share: float) -> Any:
    """Return the value of a drawn parameter at a quantile, in [0, 1], of its distribution over draws.

    All elements of a list are taken at the same quantile.

    Examples
    --------
    >>> value_at_quantile(Parameters(), "household.money_to_mind", 0.25)
    0.01
    """
    group, short = name.split(".")
    values = getattr(parameters, group)
    parameter = next(each for each in fields(values) if each.name == short)
    value = getattr(values, short)
    if isinstance(value, list):
        return [_between(parameter, each, share) for each in value]
    return _between(parameter, value, share)


def expected_draw(
    parameters: Parameters, key: str, posterior: Posterior | None = None, place: Place | None = None
) -> float:
    """Return the mean over draws of a parameter, or of one element of a list.

    Parameters
    ----------
    parameters : Parameters
        Central values of the draws.
    key : str
        Full name; an element of a list has its index: "household.fade_per_month[2]".
    posterior, place
        As in `draw_parameters`.

    Examples
    --------
    >>> round(expected_draw(Parameters(), "household.money_to_mind"), 6)
    0.02
    """
    name, element = name_and_index(key)
    if place is not None and name in MUNICIPAL:
        return 0.0
    if posterior is not None and key in posterior.keys:
        column = posterior.keys.index(key)
        return float(np.mean([row[column] for row in posterior.rows]))
    values = [value_at_quantile(parameters, name, (step + 0.5) / STEPS) for step in range(STEPS)]
    return float(np.mean(values if element is None else [each[element] for each in values]))


def explicit_names(overrides: list[str]) -> set[str]:
    """Return the parameters that overrides set by name.

    Examples
    --------
    >>> explicit_names(["system=almere", "population.strength_mean=0.6"])
    {'population.strength_mean'}
    """
    return {text.lstrip("+").split("=", 1)[0].strip() for text in overrides} & parameter_names()


@cache
def parameter_names() -> frozenset[str]:
    """Return every parameter's full name; cached, because studies call it for every run."""
    return frozenset(names())


def _drawn(name: str, parameter: Field[Any], value: Any, draw_number: int, seed: int) -> Any:
    """Return the drawn value of one parameter, element by element for a list."""
    who = zlib.crc32(name.encode()) * ELEMENTS
    if not isinstance(value, list):
        return _between(parameter, value, uniform(seed, who, draw_number, int(Purpose.PARAMETER_DRAW)))
    return [
        _between(parameter, each, uniform(seed, who + number, draw_number, int(Purpose.PARAMETER_DRAW)))
        for number, each in enumerate(value)
    ]


def _between(parameter: Field[Any], value: float, random_number: float) -> float:
    """Return the drawn value for a uniform `random_number` in [0, 1); an int stays an int."""
    low, high, width = (parameter.metadata[key] for key in ("low", "high", "draw"))
    first, last = (low, high) if width == "range" else (value * (1.0 - width), value * (1.0 + width))
    drawn = first + random_number * (last - first)
    if low is not None:
        drawn = max(low, drawn)
    if high is not None:
        drawn = min(high, drawn)
    return round(drawn) if isinstance(value, int) else float(drawn)
