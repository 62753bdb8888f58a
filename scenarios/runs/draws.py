"""Parameter draws: uncertain parameters vary between replications.

What was fitted to the targets comes from the committed posterior, a whole row at a time: so what the targets
say of parameters together is kept. `data/posterior.csv` holds a draw per row and a number per column;
`data/posterior.yaml` how it was made. `landingsbaan calibrate` writes both.

Everything else is drawn from its range, each parameter by a random number of its own, keyed by its full name:
adding one never disturbs another's draw.
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
from scenarios.config.keys import value_called
from scenarios.config.scenario_forms import mistake, read_scenario_file
from simulation.dated_figures import DATA_FOLDER
from simulation.parameters import GROUPS, Parameters, changed, names
from simulation.randomness.common_random_numbers import Purpose, normal_scores, uniform

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


# What differs between real municipalities of one population; its expectation is 0.
MUNICIPAL = ("household.youth_level", "referral_source.gp_supply")
STEPS = 20  # of a range, over which its mean is taken: exact where nothing is cut off or rounded
ELEMENTS = 256  # room for the elements of a list behind one name


def scenario_numbers() -> tuple[str, ...]:
    """Return the full names of the parameters that draws vary and no calibration fits.

    A list of which some elements are fitted counts as fitted; its other elements keep their range.
    """
    fitted = {name_and_place(key)[0] for key in priors()}
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
    """Return the parameters of one draw, and what was drawn by full name.

    Parameters
    ----------
    parameters : Parameters
        Values around which is drawn.
    draw_number : int
        Number of the draw, from 0.
    seed : int
        Seed of the draws, the same for all replications of a run.
    explicit : collection of str
        Parameters the user set: these stay as given.
    posterior : Posterior, optional
        Where the parameters it holds come from; without it all come from their ranges.
    place : Place, optional
        The real municipality, whose difference from others is drawn too.
    scenario_draw : int, optional
        Number of the draw from which `scenario_numbers` come, and how the real municipality differs, which
        nobody knows either; by default the same.

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
    """A real municipality, which differs from others of the same population.

    Attributes
    ----------
    name : str
    region : str
        Municipalities of a region are more alike; without one it stands alone.
    """

    name: str
    region: str


def municipal_effects(parameters: Parameters, place: Place, draw_number: int, seed: int) -> dict[str, float]:
    """Return how a municipality differs in this draw from others of the same population.

    A log-normal effect on how often children come into care, half of its variance with how often they
    have problems, half with GPs and supply; each half correlated within a region.
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
    """Whether a draw varies a parameter; a lever is what a policy sets, so it never does."""
    return parameter.metadata.get("draw") is not None and not parameter.metadata.get("lever")


def drawn_names(explicit: Collection[str] = ()) -> list[str]:
    """Return the full names of all parameters that a draw varies, but those the user set."""
    return [
        name
        for group, made in GROUPS.items()
        for each in fields(made)
        if is_drawn(each) and (name := f"{group}.{each.name}") not in explicit
    ]


def at_share(parameters: Parameters, name: str, share: float) -> Any:
    """Return the value of a drawn parameter at a share, in [0, 1], of what a draw may give it.

    Elements of a list stand at the same share.

    Examples
    --------
    >>> at_share(Parameters(), "household.money_to_mind", 0.25)
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
    """Return the mean of all that may be drawn for a parameter, or for one element of a list.

    Parameters
    ----------
    parameters : Parameters
        Values around which is drawn.
    key : str
        Full name, of an element with its place: "household.fade_per_month[2]".
    posterior, place
        As in `draw_parameters`.

    Examples
    --------
    >>> round(expected_draw(Parameters(), "household.money_to_mind"), 6)
    0.02
    """
    name, element = name_and_place(key)
    if place is not None and name in MUNICIPAL:
        return 0.0
    if posterior is not None and key in posterior.keys:
        column = posterior.keys.index(key)
        return float(np.mean([row[column] for row in posterior.rows]))
    values = [at_share(parameters, name, (step + 0.5) / STEPS) for step in range(STEPS)]
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
    """Return every parameter's full name, made once: studies ask for each run."""
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
    """Return the value that `random_number`, uniform in [0, 1), stands for; a whole number stays whole."""
    low, high, width = (parameter.metadata[key] for key in ("low", "high", "draw"))
    first, last = (low, high) if width == "range" else (value * (1.0 - width), value * (1.0 + width))
    drawn = first + random_number * (last - first)
    if low is not None:
        drawn = max(low, drawn)
    if high is not None:
        drawn = min(high, drawn)
    return round(drawn) if isinstance(value, int) else float(drawn)
