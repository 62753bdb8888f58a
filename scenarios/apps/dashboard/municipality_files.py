"""Municipalities of one's own on the page: those of the folder, and those that visitors bring."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from scenarios.apps.dashboard.words import RefusedError
from scenarios.common.errors import ConfigurationError, one_sentence
from scenarios.config.municipality_files.command import add
from scenarios.config.municipality_files.file import (
    VARIABLE,
    MunicipalityFile,
    municipality_file,
    municipality_file_slugs,
    municipality_folder,
    profile_of,
    read_municipality_file,
)
from scenarios.config.scenario_forms import read_option
from scenarios.config.schema import group_options
from simulation.population.municipality_profile import MunicipalityProfile

# The country as one municipality takes minutes and more memory than a page may use.
TOO_LARGE = ("netherlands",)
MOST_OWN = 100  # files that a server keeps


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
    """Return the municipalities the page offers: those of the package, then those of one's own."""
    package = [each for each in group_options()["municipality"] if each not in TOO_LARGE]
    return [*package, *municipality_file_slugs()]


@cache
def profile_at(city: str, year: int, households: int | None = None) -> MunicipalityProfile:
    """Return the profile of a city of the page."""
    return profile_of(_slug(city), year, households)


def name_of(city: str) -> str:
    """Return how a city is called."""
    return _slug(city).replace("_", " ").title() if _of_package(city) else municipality_file(city).name


def brought(path: Path | None) -> MunicipalityFile:
    """Take in the file of a municipality that a visitor brings.

    Raises
    ------
    RefusedError
        When it cannot be used, or another one has its slug.
    """
    if path is None:
        raise _refused("expected a YAML or CSV file, as landingsbaan municipality new writes")
    try:
        own = read_municipality_file(path)
        if own.slug in municipality_file_slugs():
            _check_same(own)
        elif _of_package(own.slug):
            raise ConfigurationError(f"slug = {own.slug}: the package has that one, choose another")
        elif len(municipality_file_slugs()) >= MOST_OWN:
            raise ConfigurationError(f"this page already has {MOST_OWN} municipalities and takes no more")
        else:
            add(path, municipality_folder())
    except ConfigurationError as error:
        raise _refused(one_sentence(error).replace(f"{path.parent}{os.sep}", "")) from None
    return own


def _check_same(own: MunicipalityFile) -> None:
    there = municipality_file(own.slug)
    if (there.name, there.system, there.figures) != (own.name, own.system, own.figures):
        raise ConfigurationError(
            f"slug = {own.slug}: this page shows another municipality of that name; choose another slug"
        )


def _refused(reason: str) -> RefusedError:
    return RefusedError(
        f"This municipality cannot be used: {reason[:400]}",
        f"Deze gemeente is niet te gebruiken: {reason[:400]}",
    )


def _of_package(city: str) -> bool:
    return city in group_options()["municipality"]


def _slug(city: str) -> str:
    """Return the slug of a city's figures; a municipality of one's own is called by it."""
    return str(read_option("municipality", city)["slug"]) if _of_package(city) else city
