"""Where municipalities of one's own stand, and how a run comes to have one."""

import os
from pathlib import Path
from typing import Any

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.keys import key_called, shown
from scenarios.config.municipality_files.figures import FIGURES, growth
from scenarios.config.municipality_files.file import (
    DEFAULT_YEAR,
    SLUG,
    MunicipalityFile,
    read_municipality_file,
)
from scenarios.config.scenario_forms import read_option
from scenarios.config.schema import group_options, own_configuration
from simulation.dated_figures import DATA_FOLDER
from simulation.population.municipality_profile import (
    COUNTRY,
    MunicipalityProfile,
    ProfileReader,
    _resized,
    known_slugs,
    load_profile,
)

# Reads the profile of a municipality of one's own: its figures, and the country's where there are none.

YEAR_OF_INHABITANTS = 2016  # of the column population_2016
OVER_65 = "people.over_65_percent"


class MunicipalityFileReader(ProfileReader):
    """Reads one profile from a file of the user instead of a row of data/municipalities.csv."""

    def __init__(self, own: MunicipalityFile, start_year: int) -> None:
        super().__init__(COUNTRY, start_year, DATA_FOLDER)
        self.own = own
        self.slug, self.file = own.slug, own.path.name
        self.row = _row(own)
        if OVER_65 in own.figures:
            share = {"region": self.row["municipality"], "year": "2015", "value": str(own.figures[OVER_65])}
            self.series = [{"series": "share_age_65plus", **share}, *self.series]

    def fields(self) -> dict[str, Any]:
        """Return the fields of the profile by name."""
        own = self.own
        spread = own.figures.get("wijken.deprivation_spread", 1.0)
        found = super().fields() | {"name": own.name, "deprivation_spread": spread}
        found["wijk_deprivation"] = own.wijk_deprivation
        source = f"; {own.source}" if own.source else ""
        of_file = f"{own.name}: an own municipality, from {own.path.name}{source}."
        return found | {"notes": [of_file, *own.doubts, *self.notes]}


def _row(own: MunicipalityFile) -> dict[str, str]:
    """Return the figures as a row of data/municipalities.csv."""
    figures = own.figures
    row = {each.column: _text(figures.get(name)) for name, each in FIGURES.items() if each.column}
    year = int(figures.get("people.inhabitants_year", DEFAULT_YEAR))
    in_2016 = figures["people.inhabitants"] * growth("inhabitants", year, YEAR_OF_INHABITANTS)
    return row | {
        "slug": own.slug,
        # No region of social_domain.csv: figures of one that is called alike are not borrowed.
        "municipality": f"own municipality {own.slug}",
        "population_2016": str(round(in_2016)),
        "households_year": _text(figures.get("people.households_year", year)),
    }


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


FOLDER = "municipalities"
VARIABLE = "LANDINGSBAAN_MUNICIPALITIES"  # another folder than ./municipalities
GROUP, SYSTEM = "municipality", "system"


def municipality_folder() -> Path:
    """Return the folder of municipalities of one's own; it need not exist.

    It is the one that the variable names, else `municipality` in the folder of `--config-dir`, else
    `municipalities` where the user is.
    """
    own = own_configuration()
    named = own / GROUP if own is not None and (own / GROUP).is_dir() else FOLDER
    return Path(os.environ.get(VARIABLE) or named)


def municipality_file_slugs(folder: Path | None = None) -> list[str]:
    """Return the slugs of the municipalities in a folder, those of the package left out."""
    place = municipality_folder() if folder is None else folder
    try:
        names = sorted(path.stem for path in place.glob("*.yaml") if path.is_file())
    except OSError:
        return []
    package = {*group_options()[GROUP], *known_slugs()}
    return [name for name in names if SLUG.fullmatch(name) and name not in package]


def municipality_file(slug: str, folder: Path | None = None) -> MunicipalityFile:
    """Return a municipality of one's own, every figure checked.

    Raises
    ------
    ConfigurationError
        When there is none of that name, or its file cannot be used.
    """
    place = municipality_folder() if folder is None else folder
    if slug not in municipality_file_slugs(place):
        raise ConfigurationError(f"municipality {slug}: no file {slug}.yaml in {place}")
    own = read_municipality_file(place / f"{slug}.yaml")
    if own.slug != slug:
        raise ConfigurationError(f"{own.path}: slug is {own.slug}, expected {slug} as the file is called")
    return own


def profile_of(slug: str, start_year: int = 2010, households: int | None = None) -> MunicipalityProfile:
    """Return the profile of a municipality of the package, or of one's own; see `load_profile`."""
    if slug in known_slugs():
        return load_profile(slug, start_year, households)
    profile = MunicipalityProfile(**MunicipalityFileReader(municipality_file(slug), start_year).fields())
    return profile if households is None else _resized(profile, households)


def spelled_out(overrides: list[str]) -> list[str]:
    """Return overrides in which a municipality of one's own is written as the keys it sets.

    What it says of teams, providers and money counts as if written on the command line, below what
    is really written there. A system that is asked for by name brings its own organisation: where
    both set a key, the system's holds.
    """
    systems = [each.partition("=")[2] for each in overrides if each.startswith(f"{SYSTEM}=")]
    chosen = [each for each in overrides if each.partition("=")[0] == GROUP]
    if not chosen and systems and own_configuration() is not None:
        # A system of one's own may stand for a municipality of one's own, which Hydra does not know.
        chosen = [f"{GROUP}={read_option(SYSTEM, _known(systems[-1]))['municipality']}"]
    own = [slug for each in chosen if (slug := each.partition("=")[2]) in municipality_file_slugs()]
    if not own:
        return overrides
    if len(chosen) > 1:
        raise ConfigurationError("municipality is given twice; name one member")
    municipality = municipality_file(own[0])
    written = {each.lstrip("+").partition("=")[0] for each in overrides}
    taken = written | {key for system in systems for key in read_option(SYSTEM, _known(system))["changes"]}
    settings = [f"{key}={value}" for key, value in municipality.settings.items() if key not in taken]
    policies = [each for each in overrides if each.lstrip("+").startswith("policy.changes")]
    clash = [key for key in municipality.settings if any(key in each for each in policies)]
    if clash:
        raise ConfigurationError(
            f"policy.changes: {clash[0]} is also set by {municipality.path}; leave it empty there, the "
            "reference would lose it"
        )
    system = [] if systems else [f"{SYSTEM}={municipality.system}"]
    others = [each for each in overrides if each != chosen[0]]
    return [f"{GROUP}.slug={own[0]}", *system, *settings, *others]


def check_value(name: str, value: Any) -> None:
    """Raise ConfigurationError when a key, or group, does not take a value."""
    if name in group_options():
        known = [*group_options()[name], *(municipality_file_slugs() if name == "municipality" else [])]
        if str(value) not in known:
            raise ConfigurationError(
                f"{name} = {shown(value)}: no such {name}{nearest(str(value), known)}; "
                f"expected one of {', '.join(known)}"
            )
    else:
        key_called(name).check(value)


def _known(system: str) -> str:
    check_value(SYSTEM, system)
    return system
