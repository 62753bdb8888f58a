"""Municipalities of one's own on the page: those of the folder, and those that visitors bring."""

import contextlib
import os
import re
import secrets
import shutil
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from scenarios.apps.dashboard.words import RefusedError
from scenarios.common.errors import ConfigurationError, one_sentence
from scenarios.config.municipality_files.command import template
from scenarios.config.municipality_files.figures import FIGURES, UNITS_NL, country_figures, usual_range
from scenarios.config.municipality_files.file import (
    REQUIRED,
    VARIABLE,
    WIJKEN,
    MunicipalityFile,
    municipality_file,
    municipality_file_slugs,
    municipality_folder,
    profile_of,
    read_municipality_file,
)
from scenarios.config.scenario_forms import read_option
from scenarios.config.schema import NEUTRAL_SYSTEM, group_options
from scenarios.reporting.texts import place
from simulation.population.municipality_profile import REFERENCE_YEAR, MunicipalityProfile

# The country as one municipality takes minutes and more memory than a page may use.
TOO_LARGE = ("netherlands",)
MOST_OWN = 200  # municipalities that visitors brought and a server keeps
MOST_OF_ADDRESS = 50  # of those, from one address
# Behind the slug of what a visitor brought stands a word that nobody can guess.
SECRET = re.compile(r"__[0-9a-f]{12}$")
LONGEST_SLUG = 40


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """Copy the municipalities of one's own to a folder that lasts as long as the server.

    What visitors bring joins them there: nothing is written where the user keeps files, and a file that
    changes while somebody looks at its city changes no numbers. Workers find the folder as the server does.
    A file that cannot be used is left out, and said.
    """
    before = os.environ.get(VARIABLE)
    with tempfile.TemporaryDirectory(prefix="landingsbaan_") as name:
        for slug in municipality_file_slugs():
            try:
                shutil.copy(municipality_file(slug).path, name)
            except ConfigurationError as error:
                print(f"{slug}: {error}", file=sys.stderr)
        os.environ[VARIABLE] = name
        try:
            yield Path(name)
        finally:
            if before is None:
                del os.environ[VARIABLE]
            else:
                os.environ[VARIABLE] = before


def cities() -> list[str]:
    """Return the municipalities the page can show: those of the package, then those of one's own."""
    package = [each for each in group_options()["municipality"] if each not in TOO_LARGE]
    return [*package, *municipality_file_slugs()]


def offered_cities() -> list[str]:
    """Return the municipalities that everybody may know of: all but those that visitors brought."""
    return [each for each in cities() if not is_secret(each)]


@lru_cache(1000)  # visitors bring ever more municipalities
def profile_at(city: str, year: int, households: int | None = None) -> MunicipalityProfile:
    """Return the profile of a city of the page."""
    return profile_of(_slug(city), year, households)


def name_of(city: str, language: str) -> str:
    """Return how a city is called, as it writes itself.

    Examples
    --------
    >>> name_of("alphen_aan_den_rijn", "en"), name_of("average", "nl")
    ('Alphen aan den Rijn', 'Gemiddelde gemeente')
    """
    return place(profile_at(city, REFERENCE_YEAR).name, language)


def brought(path: Path, address: str = "") -> MunicipalityFile:
    """Take in the file of a municipality that a visitor brings, under a name that only this visitor knows.

    Parameters
    ----------
    path : Path
        The file.
    address : str
        Where the visitor comes from.

    Raises
    ------
    RefusedError
        When it cannot be used.
    """
    try:
        return _stored(read_municipality_file(path), address)
    except ConfigurationError as error:
        raise _refused(one_sentence(error).replace(f"{path.parent}{os.sep}", "")) from None


def filled_in(form: object, address: str = "") -> MunicipalityFile:
    """Take in a municipality that a visitor filled in, as `brought` does.

    Raises
    ------
    RefusedError
        When it cannot be used.
    """
    slug, text = written(form)
    with tempfile.TemporaryDirectory(prefix="landingsbaan_") as folder:
        path = Path(folder) / f"{slug}.yaml"
        path.write_text(text, encoding="utf-8")
        return brought(path, address)


def written(form: object) -> tuple[str, str]:
    """Return slug and file of a municipality that a visitor filled in.

    Parameters
    ----------
    form : object
        As a browser sends it: a dict with `name` and `figures`, texts by name of the figure.

    Raises
    ------
    RefusedError
        When it is no such form, or a number cannot be read.
    """
    figures = form.get("figures") if isinstance(form, dict) else None
    name = form.get("name") if isinstance(form, dict) else None
    if not isinstance(name, str) or not isinstance(figures, dict) or not set(figures) <= set(FIGURES):
        raise _refused("expected a name and figures, as the form has them")
    try:
        values = {key: float(value) for key, value in figures.items()}
    except (TypeError, ValueError):
        raise _refused("a figure is not a number") from None
    slug = re.sub("[^a-z0-9]+", "_", unicodedata.normalize("NFKD", name).lower()).strip("_")[:LONGEST_SLUG]
    slug = slug if slug[:1].isalpha() and not _of_package(slug) else f"own_{slug}".rstrip("_")
    return slug, template("yaml", {"slug": slug, "name": name.strip(), "system": NEUTRAL_SYSTEM, **values})


# Where municipalities that visitors brought came from, by slug.
_addresses: dict[str, str] = {}
_storing = threading.Lock()


def _stored(own: MunicipalityFile, address: str) -> MunicipalityFile:
    """Keep a municipality under a secret slug; where there is no room, an older one goes.

    It is the oldest of those from the same address, or where all are full, from the address that has most:
    nobody can push out what everybody else brought.
    """
    folder = municipality_folder()
    slug = f"{own.slug[:LONGEST_SLUG]}__{secrets.token_hex(6)}"
    texts = {"slug": slug, "name": own.name, "system": own.system, "source": own.source}
    texts[WIJKEN] = " ".join(f"{each:g}" for each in own.wijk_deprivation)
    with _storing:
        stored = sorted((each for each in folder.glob("*.yaml") if is_secret(each.stem)), key=_age)
        of_address: dict[str, list[Path]] = {}
        for each in stored:
            of_address.setdefault(_addresses.get(each.stem, ""), []).append(each)
        same_address = of_address.get(address, [])
        if len(same_address) >= MOST_OF_ADDRESS or len(stored) >= MOST_OWN:
            most = same_address if len(same_address) >= MOST_OF_ADDRESS else max(of_address.values(), key=len)
            _addresses.pop(most[0].stem, None)
            most[0].unlink()
        _addresses[slug] = address
        (folder / f"{slug}.yaml").write_text(template("yaml", {**texts, **own.figures}), encoding="utf-8")
    return municipality_file(slug)


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns


def is_secret(city: str) -> bool:
    """Whether a visitor brought a municipality, so that nobody else may be told of it."""
    return SECRET.search(city) is not None


def slug_for_others(city: str) -> str:
    """Return what a city is called in a command, without the secret part of its name.

    Examples
    --------
    >>> slug_for_others("lutjedijk__9c0ffee9c0ff"), slug_for_others("zaanstad")
    ('lutjedijk', 'zaanstad')
    """
    return SECRET.sub("", city)


@cache
def form_fields() -> dict[str, dict[str, Any]]:
    """Return the fields of the form: what each is, its range, what is usual, and the country's value."""
    return {
        name: {
            "label": [each.english, each.dutch],
            "unit": [each.unit, UNITS_NL[each.unit]],
            "low": each.low,
            "high": each.high,
            "whole": each.whole,
            "needed": name in REQUIRED,
            "year": each.unit == "year",
            "country": round(country_figures()[name], 1),
            "usual": usual_range(name),
        }
        for name, each in FIGURES.items()
    }


def _refused(reason: str) -> RefusedError:
    return RefusedError(
        f"This municipality cannot be used: {reason[:400]}",
        f"Deze gemeente is niet te gebruiken. Melding in het Engels: {reason[:400]}",
    )


def _of_package(city: str) -> bool:
    return city in group_options()["municipality"]


def _slug(city: str) -> str:
    """Return the slug of a city's figures; a municipality of one's own is called by it."""
    return str(read_option("municipality", city)["slug"]) if _of_package(city) else city
