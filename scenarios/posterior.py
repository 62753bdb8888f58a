"""The committed posterior: a small sample of parameter values that agree with the targets.

`data/posterior.csv` holds a draw per row and a number per column; `data/posterior.yaml` how it was made.
`landingsbaan calibrate` writes both. A draw of a run takes one whole row, so what the targets say of
parameters together is kept; parameters that were not fitted keep their ranges.
"""

import csv
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from scenarios.target_rows import TARGETS
from simulation.dated_figures import DATA_FOLDER
from simulation.luck import Purpose, uniform
from simulation.parameters import GROUPS, Parameters, names

VALUES, ABOUT = DATA_FOLDER / "posterior.csv", DATA_FOLDER / "posterior.yaml"
POSTERIOR, RANGES = "posterior", "ranges"
DRAWS = (POSTERIOR, RANGES)
# A key of its own for which row the first draw of a seed takes; parameters have theirs by name.
WHICH_ROW = 0


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
        How it was made: model version, bank, command, time, priors.
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
            group, short = name.split(".")
            given = getattr(getattr(parameters, group), short)
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
    return None if why_not() else _read(VALUES, ABOUT, VALUES.stat().st_mtime_ns)


def why_not() -> str | None:
    """Return in a sentence why there is no posterior to draw from, None when there is one.

    The posterior is for the parameters and the targets it was fitted with. Where a fitted parameter is
    gone, has another prior, or the targets changed, it says nothing any more. A model version that
    differs in other ways leaves it standing: `landingsbaan calibrate` refits it.
    """
    if not (VALUES.is_file() and ABOUT.is_file()):
        return f"there is no {VALUES.name} in data/; landingsbaan calibrate makes one"
    about = _read(VALUES, ABOUT, VALUES.stat().st_mtime_ns).about
    if about["lineage"] != lineage(about["priors"]):
        return (
            f"{VALUES.name} was fitted to other targets or other priors than this version has; "
            "landingsbaan calibrate refits it"
        )
    return None


def lineage(priors: Mapping[str, Any]) -> str:
    """Return what a posterior belongs to: the targets, and the priors this version gives the same keys."""
    digest = hashlib.sha256(TARGETS.read_bytes())
    known, made = set(names()), {group: factory() for group, factory in GROUPS.items()}
    for key in sorted(priors):
        name, place = name_and_place(key)
        group, short = name.split(".")
        if name not in known:
            digest.update(f"{key} gone".encode())
            continue
        value = getattr(made[group], short)
        metadata = made[group].__dataclass_fields__[short].metadata
        number = value if place is None else value[place]
        digest.update(repr((key, number, metadata["low"], metadata["high"], metadata["draw"])).encode())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=2)
def _read(values: Path, about: Path, changed_at: int) -> Posterior:
    """Return what the files hold; `changed_at` makes a new file a new reading."""
    with values.open(encoding="utf-8", newline="") as file:
        keys, *rows = list(csv.reader(file))
    numbers = tuple(tuple(float(each) for each in row) for row in rows)
    return Posterior(tuple(keys), numbers, yaml.safe_load(about.read_text(encoding="utf-8")))
