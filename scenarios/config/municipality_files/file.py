"""A municipality of one's own as its file has it, every figure checked by itself and with the others."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.municipality_files.figures import FIGURES, growth, shown_country, usual_range
from scenarios.config.municipality_files.given import TEXTS, WIJKEN, Given
from scenarios.config.schema import members
from simulation.population.profile_reader import INHABITANTS_PER_HOUSEHOLD

SLUG = re.compile(r"[a-z][a-z0-9_]{0,59}")
REQUIRED = ("slug", "name", "people.inhabitants")
DEFAULT_YEAR = 2016
# Fewer or more inhabitants per household than any Dutch municipality comes near are doubtful.
PER_HOUSEHOLD = (INHABITANTS_PER_HOUSEHOLD / 1.5, INHABITANTS_PER_HOUSEHOLD * 1.5)


@dataclass
class OwnMunicipality:
    """What the file of a municipality says.

    Attributes
    ----------
    path : Path
        The file.
    slug, name : str
        Name in commands and folders, and name in texts.
    system : str
        System of conf/system it has unless another is asked for.
    source : str
        Where the figures were read; may be empty.
    figures : dict of str to float
        The figures that are known, by section and name.
    sha256 : str
        Of the file, in hexadecimal digits.
    doubts : list of str
        A sentence for each figure that is allowed but doubtful.
    wijk_deprivation : tuple of float
        Deprivation of each wijk, in deviations of the country; empty where the file does not give it.
    """

    path: Path
    slug: str
    name: str
    system: str
    source: str
    figures: dict[str, float]
    sha256: str
    doubts: list[str] = field(default_factory=list)
    wijk_deprivation: tuple[float, ...] = ()

    @property
    def settings(self) -> dict[str, float | int]:
        """Values of the parameters that the file sets, by full name."""
        return {
            FIGURES[name].key: int(value) if FIGURES[name].whole else value
            for name, value in self.figures.items()
            if FIGURES[name].key
        }

    def record(self) -> dict[str, Any]:
        """Return what run.json keeps of it."""
        return {
            "file": self.path.name,
            "sha256": self.sha256,
            "source": self.source,
            "system": self.system,
            "figures": self.figures,
            "wijk_deprivation": list(self.wijk_deprivation),
            "doubts": self.doubts,
        }


class OwnFileError(ConfigurationError):
    """A file that cannot be used; `mistakes` holds a sentence for each thing that is wrong."""

    def __init__(self, mistakes: list[str]) -> None:
        more = f" (and {len(mistakes) - 1} more; `landingsbaan municipality check` tells all)"
        super().__init__(mistakes[0] + (more if len(mistakes) > 1 else ""))
        self.mistakes = mistakes


def read_own_file(path: Path) -> OwnMunicipality:
    """Return the municipality of a file, every figure checked.

    Raises
    ------
    ConfigurationError
        For a file that cannot be read at all, with file and line; as `OwnFileError`, with all that is
        wrong, for values that cannot be used.
    """
    suffix = path.suffix.lower()
    if suffix not in (".yaml", ".yml", ".csv"):
        raise ConfigurationError(f"{path}: expected a file that ends in .yaml or .csv")
    given = Given.of_csv(path) if suffix == ".csv" else Given.of_yaml(path)
    mistakes: list[str] = []
    texts = {name: given.text(name, mistakes) for name in TEXTS}
    mistakes += [
        f"{given.where(name)}: {name} is missing" for name in REQUIRED if given.values.get(name) in (None, "")
    ]
    _check_names(given, texts, mistakes)
    figures = {name: given.number(name, mistakes) for name in FIGURES}
    known = {name: value for name, value in figures.items() if value is not None}
    wijken = given.deprivation(mistakes)
    _check_wijken(given, known, wijken, mistakes)
    _check_together(given, known, mistakes)
    if mistakes:
        raise OwnFileError(mistakes)
    return OwnMunicipality(
        path, texts["slug"], texts["name"], texts["system"] or "national_average", texts["source"], known,
        hashlib.sha256(path.read_bytes()).hexdigest(), _doubts(given, known), wijken,
    )  # fmt: skip


def check_slug(slug: str, where: str) -> None:
    """Raise ConfigurationError for a slug that cannot be the name of a municipality of one's own."""
    if not SLUG.fullmatch(slug):
        raise ConfigurationError(
            f"{where}: slug {slug[:60]!r}: expected at most 60 small letters, digits and underscores, "
            "a letter first"
        )
    if slug in members()["municipality"]:
        raise ConfigurationError(
            f"{where}: slug {slug}: the package has a municipality of that name, choose another"
        )


def _check_names(given: Given, texts: dict[str, str], mistakes: list[str]) -> None:
    """Check slug and system."""
    if texts["slug"]:
        try:
            check_slug(texts["slug"], given.where("slug"))
        except ConfigurationError as trouble:
            mistakes.append(str(trouble))
    systems = members()["system"]
    if texts["system"] and texts["system"] not in systems:
        near = nearest(texts["system"], systems)
        mistakes.append(
            f"{given.where('system')}: system = {texts['system']}: no such system{near}; "
            f"expected one of {', '.join(systems)}"
        )


def _check_wijken(
    given: Given, known: dict[str, float], wijken: tuple[float, ...], mistakes: list[str]
) -> None:
    """Check that every wijk has its deprivation, where wijken have one."""
    number = known.get("wijken.number")
    if wijken and number != len(wijken):
        expected = "wijken.number" if number is None else f"{number:g} numbers, as wijken.number says"
        mistakes.append(f"{given.where(WIJKEN)}: {WIJKEN} has {len(wijken)} numbers: expected {expected}")


def _check_together(given: Given, known: dict[str, float], mistakes: list[str]) -> None:
    """Check figures against one another."""
    shares = [known.get(f"people.{name}_percent") for name in ("single", "with_children", "one_parent")]
    single, with_children, one_parent = shares
    if single is not None and with_children is not None and single + with_children > 100:
        mistakes.append(
            f"{given.where('people.with_children_percent')}: people.single_percent and "
            f"people.with_children_percent are {single + with_children:g} together, expected at most 100"
        )
    if with_children is not None and one_parent is not None and one_parent > with_children:
        mistakes.append(
            f"{given.where('people.one_parent_percent')}: people.one_parent_percent = {one_parent:g}: more "
            f"than people.with_children_percent = {with_children:g}, which includes them"
        )
    teams, wijken = known.get("teams.count"), known.get("wijken.number")
    if teams is not None and wijken is not None and teams > wijken:
        mistakes.append(
            f"{given.where('teams.count')}: teams.count = {teams:g}: more teams than wijken, "
            f"expected a whole number from 0 to {wijken:g}"
        )
    people, households = known.get("people.inhabitants"), known.get("people.households")
    if people is not None and households is not None and households > people * 1.1:
        mistakes.append(
            f"{given.where('people.households')}: people.households = {households:g}: more households than "
            f"inhabitants ({people:g})"
        )


def _doubts(given: Given, known: dict[str, float]) -> list[str]:
    """Return a sentence for each figure that is allowed and unusual."""
    found = []
    for name, value in known.items():
        usual = usual_range(name)
        if usual is not None and not usual[0] <= value <= usual[1]:
            found.append(
                f"{given.where(name)}: {name} = {value:g} is doubtful: municipalities of the data lie "
                f"between {usual[0]:.3g} and {usual[1]:.3g} or so; allowed is {FIGURES[name].allowed}; "
                f"{shown_country(name)}"
            )
    ratio = _inhabitants_per_household(known)
    if ratio is not None and not PER_HOUSEHOLD[0] <= ratio <= PER_HOUSEHOLD[1]:
        found.append(
            f"{given.where('people.households')}: {ratio:.2f} inhabitants per household is doubtful; "
            f"the country's is {INHABITANTS_PER_HOUSEHOLD:g}"
        )
    return found


def _inhabitants_per_household(known: dict[str, float]) -> float | None:
    """Return inhabitants per household in the year of the inhabitants, None where not known."""
    if "people.households" not in known:
        return None
    year = int(known.get("people.inhabitants_year", DEFAULT_YEAR))
    counted = int(known.get("people.households_year", year))
    return known["people.inhabitants"] / (known["people.households"] * growth("households", counted, year))
