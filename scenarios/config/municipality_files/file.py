"""The user's own municipalities: reads and checks their files, finds them, and expands them to overrides."""

import csv
import hashlib
import io
import math
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.common.errors import ConfigurationError, brief, nearest
from scenarios.config.keys import check_title, key_called, shown
from scenarios.config.municipality_files.figures import (
    DEFAULT_YEAR,
    FIGURES,
    SECTIONS,
    country_figures,
    growth,
    shown_country,
    usual_range,
)
from scenarios.config.scenario_forms import (
    lines_of,
    number_hint,
    read_option,
    read_scenario_file,
    read_small,
    special_meaning,
    texts_of,
)
from scenarios.config.schema import group_options, own_configuration, yaml_files
from simulation.dated_figures import DATA_FOLDER
from simulation.population.municipality_profile import (
    COUNTRY,
    INHABITANTS_PER_HOUSEHOLD,
    MunicipalityProfile,
    ProfileReader,
    _resized,
    known_slugs,
    load_profile,
)

# Reads a municipality file, YAML or CSV: each value with its line.
#
# Files are read as plain data, like scenario files: nothing is executed and there are no references.

WIJKEN = "wijk_deprivation"
TEXTS = ("slug", "name", "system", "source", WIJKEN)
CSV_HEADS = (["name", "value"], ["naam", "waarde"])  # of a table in English, in Dutch
LONGEST_TEXT = 3000
MOST_DEPRIVED = 5.0  # national standard deviations


@dataclass
class FileValues:
    """The values of a file by full name, with their lines and as written."""

    path: Path
    values: dict[str, Any]
    lines: dict[str, int]
    written: dict[str, str | None]

    @classmethod
    def of_yaml(cls, path: Path) -> "FileValues":
        """Return the values of a YAML file."""
        shape: dict[str, Any] = dict.fromkeys(TEXTS)
        for section in SECTIONS:
            own = [name for name in FIGURES if name.startswith(f"{section}.")]
            shape[section] = {name.partition(".")[2]: None for name in own}
        content = read_scenario_file(path, _with_empty_sections(path, shape))
        values = {name: content.get(name) for name in TEXTS}
        for name in FIGURES:
            section, _, short = name.partition(".")
            values[name] = (content.get(section) or {}).get(short)
        places = [name.split(".") for name in values]
        lines, written = lines_of(path, places), texts_of(path, places)
        return cls(
            path, values, dict(zip(values, lines, strict=True)), dict(zip(values, written, strict=True))
        )

    @classmethod
    def of_csv(cls, path: Path) -> "FileValues":
        """Return the values of a CSV file with a name and a value on each line."""
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for line, row in enumerate(_rows(path), start=1):
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#") or (line == 1 and cells[:2] in CSV_HEADS):
                continue
            name = cells[0]
            if name not in FIGURES and name not in TEXTS:
                known = nearest(name, [*FIGURES, *TEXTS])
                raise ConfigurationError(f"{path}, line {line}: {name}: no such figure{known}")
            if name in values:
                raise ConfigurationError(f"{path}, line {line}: {name} is given twice")
            if name in FIGURES and len(cells) > 2 and AFTER_COMMA.fullmatch(cells[2]):
                raise ConfigurationError(
                    f"{path}, line {line}: {name} = {cells[1]},{cells[2]}: expected one number; write a "
                    "decimal point and no thousands separator"
                )
            values[name], lines[name] = (cells[1] if len(cells) > 1 else "") or None, line
        return cls(path, values, lines, values)

    def where(self, name: str) -> str:
        """Return file and line of a name, for messages."""
        return f"{self.path}, line {self.lines.get(name, 1)}"

    def text(self, name: str, mistakes: list[str]) -> str:
        """Return a text of the file, "" if missing or invalid; append to `mistakes` if invalid."""
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > LONGEST_TEXT or not value.isprintable():
            wanted = f"expected a text of one line and at most {LONGEST_TEXT} characters"
            mistakes.append(f"{self.where(name)}: {name} = {brief(value)}: {wanted}")
            return ""
        if special_meaning(value):
            mistakes.append(
                f"{self.where(name)}: {name} = {brief(value)}: expected a text without ${{ or _..._"
            )
            return ""
        return value

    def deprivation(self, mistakes: list[str]) -> tuple[float, ...]:
        """Return the deprivation of each wijk, () if missing or invalid; append to `mistakes` if invalid."""
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
        """Return a figure of the file, None if missing or invalid; append to `mistakes` if invalid."""
        value, figure = self.values.get(name), FIGURES[name]
        if value is None or value == "":
            return None
        read = _as_number(value)
        fits = read is not None and figure.low <= read <= figure.high
        if read is None or not fits or (figure.whole and read != int(read)):
            hint = number_hint(self.written.get(name))
            mistakes.append(
                f"{self.where(name)}: {name} = {str(value)[:40]}: expected {figure.allowed}; "
                f"{shown_country(name)}{hint}"
            )
            return None
        return read


def _with_empty_sections(path: Path, shape: dict[str, Any]) -> dict[str, Any]:
    """Return the shape, changed to allow sections without content."""
    content = read_scenario_file(path, dict.fromkeys(shape))
    return {name: None if content.get(name) is None else inner for name, inner in shape.items()}


def _rows(path: Path) -> list[list[str]]:
    """Return the rows of a CSV file; separators are commas, or semicolons as in Dutch spreadsheets."""
    raw = read_small(path)
    try:
        text = raw.decode("utf-8-sig")
        semicolons = ";" in text.partition("\n")[0]
        return list(csv.reader(io.StringIO(text), delimiter=";" if semicolons else ","))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{path}, line {line}: expected text in UTF-8") from None
    except csv.Error as error:
        raise ConfigurationError(f"{path} is no table of names and values: {error}") from None


def _as_number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        read = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return read if math.isfinite(read) else None


AFTER_COMMA = re.compile(r"[0-9][0-9., ]*")  # the rest of a number with a comma, and no explanation
# Names that YAML or a command line reads as something else than a text.
NO_SLUGS = ("null", "true", "false", "yes", "no", "on", "off", "y", "n", "inf", "nan")
SLUG = re.compile(r"[a-z][a-z0-9_]{0,59}")
REQUIRED = ("slug", "name", "people.inhabitants")
# Inhabitants per household outside this range are doubtful: no Dutch municipality is near the limits.
PER_HOUSEHOLD = (INHABITANTS_PER_HOUSEHOLD / 1.5, INHABITANTS_PER_HOUSEHOLD * 1.5)


@dataclass
class MunicipalityFile:
    """The checked content of a municipality file.

    Attributes
    ----------
    path : Path
        The file.
    slug, name : str
        Name in commands and folders, and name in texts.
    system : str
        Default system, a member of conf/system.
    source : str
        Source of the figures; may be empty.
    figures : dict of str to float
        Known figures by "section.name".
    sha256 : str
        Hash of the file, in hexadecimal digits.
    doubts : list of str
        A sentence for each figure that is allowed but doubtful.
    wijk_deprivation : tuple of float
        Deprivation of each wijk, in national standard deviations; empty if the file does not give it.
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
        """Return the entry for run.json."""
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
    """An invalid municipality file; `mistakes` has a sentence for each error."""

    def __init__(self, mistakes: list[str]) -> None:
        more = f" (and {len(mistakes) - 1} more; `landingsbaan municipality check` shows all)"
        super().__init__(mistakes[0] + (more if len(mistakes) > 1 else ""))
        self.mistakes = mistakes


def read_municipality_file(path: Path) -> MunicipalityFile:
    """Return the municipality of a file, with every figure checked.

    Raises
    ------
    ConfigurationError
        For a file that cannot be read, with file and line.
    OwnFileError
        For invalid values, with a sentence for each.
    """
    suffix = path.suffix.lower()
    if suffix not in (".yaml", ".yml", ".csv"):
        raise ConfigurationError(f"{path}: expected a file that ends in .yaml or .csv")
    content = FileValues.of_csv(path) if suffix == ".csv" else FileValues.of_yaml(path)
    mistakes: list[str] = []
    texts = {name: content.text(name, mistakes) for name in TEXTS}
    mistakes += [
        f"{content.where(name)}: {name} is missing"
        for name in REQUIRED
        if content.values.get(name) in (None, "")
    ]
    _check_names(content, texts, mistakes)
    figures = {name: content.number(name, mistakes) for name in FIGURES}
    known = {name: value for name, value in figures.items() if value is not None}
    wijken = content.deprivation(mistakes)
    _check_wijken(content, known, wijken, mistakes)
    _check_together(content, known, mistakes)
    if mistakes:
        raise OwnFileError(mistakes)
    own = MunicipalityFile(
        path, texts["slug"], texts["name"], texts["system"] or "national_average", texts["source"], known,
        hashlib.sha256(path.read_bytes()).hexdigest(), _doubts(content, known), wijken,
    )  # fmt: skip
    _check_teams(content, own)
    return own


def _check_teams(content: FileValues, own: MunicipalityFile) -> None:
    """Raise OwnFileError for more teams than wijken, of which the model makes some where none are given."""
    asked = {name: own.figures[name] for name in ("teams.count", "teams.youth_count") if name in own.figures}
    if not asked:
        return
    wijken = own.figures.get("wijken.number")
    if wijken is None:
        wijken = MunicipalityFileReader(own, YEAR_OF_INHABITANTS).fields()["wijken"]
    mistakes = [
        f"{content.where(name)}: {name} = {teams:g}: more teams than wijken, "
        f"expected a whole number from 0 to {wijken:g}"
        for name, teams in asked.items()
        if teams > wijken
    ]
    if mistakes:
        raise OwnFileError(mistakes)


def check_slug(slug: str, where: str) -> None:
    """Raise ConfigurationError for a slug that is invalid or used by the package."""
    if not SLUG.fullmatch(slug):
        raise ConfigurationError(
            f"{where}: slug {slug[:60]!r}: expected at most 60 small letters, digits and underscores, "
            "a letter first"
        )
    if slug in NO_SLUGS:
        raise ConfigurationError(f"{where}: slug {slug}: that word has a meaning of its own, choose another")
    if slug in group_options()["municipality"]:
        raise ConfigurationError(
            f"{where}: slug {slug}: the package has a municipality of that name, choose another"
        )


def _check_names(content: FileValues, texts: dict[str, str], mistakes: list[str]) -> None:
    """Check slug, name and system."""
    try:
        check_title(f"{content.where('name')}: name", texts["name"])
    except ConfigurationError as error:
        mistakes.append(str(error))
    if texts["slug"]:
        try:
            check_slug(texts["slug"], content.where("slug"))
        except ConfigurationError as error:
            mistakes.append(str(error))
    systems = group_options()["system"]
    if texts["system"] and texts["system"] not in systems:
        near = nearest(texts["system"], systems)
        mistakes.append(
            f"{content.where('system')}: system = {texts['system']}: no such system{near}; "
            f"expected one of {', '.join(systems)}"
        )


def _check_wijken(
    content: FileValues, known: dict[str, float], wijken: tuple[float, ...], mistakes: list[str]
) -> None:
    """Check that the number of deprivations, if given, equals the number of wijken."""
    number = known.get("wijken.number")
    if wijken and number != len(wijken):
        expected = "wijken.number" if number is None else f"{number:g} numbers, as wijken.number says"
        mistakes.append(f"{content.where(WIJKEN)}: {WIJKEN} has {len(wijken)} numbers: expected {expected}")


def _check_together(content: FileValues, known: dict[str, float], mistakes: list[str]) -> None:
    """Check figures against one another."""
    shares = [known.get(f"people.{name}_percent") for name in ("single", "with_children", "one_parent")]
    single, with_children, one_parent = shares
    if single is not None and with_children is not None and single + with_children > 100:
        mistakes.append(
            f"{content.where('people.with_children_percent')}: people.single_percent and "
            f"people.with_children_percent are {single + with_children:g} together, expected at most 100"
        )
    if with_children is not None and one_parent is not None and one_parent > with_children:
        mistakes.append(
            f"{content.where('people.one_parent_percent')}: people.one_parent_percent = {one_parent:g}: more "
            f"than people.with_children_percent = {with_children:g}, which includes them"
        )
    young, old = known.get("people.under_15_percent", 0.0), known.get(OVER_65, 0.0)
    if young + old > 100:
        mistakes.append(
            f"{content.where(OVER_65)}: people.under_15_percent and {OVER_65} are {young + old:g} together, "
            "expected at most 100"
        )
    people, households = known.get("people.inhabitants"), known.get("people.households")
    if people is not None and households is not None and households > people * 1.1:
        mistakes.append(
            f"{content.where('people.households')}: people.households = {households:g}: more households than "
            f"inhabitants ({people:g})"
        )


def _doubts(content: FileValues, known: dict[str, float]) -> list[str]:
    """Return a sentence for each figure that is allowed but unusual."""
    found = []
    for name, value in known.items():
        usual = usual_range(name)
        if usual is not None and not usual[0] <= value <= usual[1]:
            found.append(
                f"{content.where(name)}: {name} = {value:g} is doubtful: municipalities of the data lie "
                f"between {usual[0]:.3g} and {usual[1]:.3g} or so; allowed is {FIGURES[name].allowed}; "
                f"{shown_country(name)}"
            )
    found += _doubts_about_gaps(content, known)
    ratio = _inhabitants_per_household(known)
    if ratio is not None and not PER_HOUSEHOLD[0] <= ratio <= PER_HOUSEHOLD[1]:
        found.append(
            f"{content.where('people.households')}: {ratio:.2f} inhabitants per household is doubtful; "
            f"the country's is {INHABITANTS_PER_HOUSEHOLD:g}"
        )
    return found


def _doubts_about_gaps(content: FileValues, known: dict[str, float]) -> list[str]:
    """Return a sentence for shares that contradict those of the country, which stand in for missing ones."""
    names = {short: f"people.{short}_percent" for short in ("single", "with_children", "one_parent")}
    given = [name for name in names.values() if name in known]
    if not given or len(given) == len(names):
        return []
    share = {short: known.get(name, country_figures()[name]) for short, name in names.items()}
    advice = "; where the file gives no share, the country's is used: give all three"
    where = content.where(given[0])
    found = []
    if share["single"] + share["with_children"] > 100.0:
        found.append(
            f"{where}: people.single_percent = {share['single']:.3g} and people.with_children_percent = "
            f"{share['with_children']:.3g} are more than 100 together{advice}"
        )
    if share["one_parent"] > share["with_children"]:
        found.append(
            f"{where}: people.one_parent_percent = {share['one_parent']:.3g} is more than "
            f"people.with_children_percent = {share['with_children']:.3g}{advice}"
        )
    return found


def _inhabitants_per_household(known: dict[str, float]) -> float | None:
    """Return inhabitants per household in the year of the inhabitants, or None if unknown."""
    if "people.households" not in known:
        return None
    year = int(known.get("people.inhabitants_year", DEFAULT_YEAR))
    counted = int(known.get("people.households_year", year))
    return known["people.inhabitants"] / (known["people.households"] * growth("households", counted, year))


# Makes the profile of the user's municipality from its figures, with national figures for missing ones.

YEAR_OF_INHABITANTS = 2016  # of the column population_2016
OVER_65 = "people.over_65_percent"


class MunicipalityFileReader(ProfileReader):
    """Reads a profile from a municipality file instead of a row of data/municipalities.csv."""

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
        # Must not match a region in social_domain.csv, or figures of a namesake would be used.
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
    """Return the folder of municipality files; it need not exist.

    It is the folder in the environment variable, else `municipality` in the folder of `--config-dir`, else
    `municipalities` in the working directory.
    """
    own = own_configuration()
    named = own / GROUP if own is not None and (own / GROUP).is_dir() else FOLDER
    return Path(os.environ.get(VARIABLE) or named)


def municipality_file_slugs(folder: Path | None = None) -> list[str]:
    """Return the slugs of the municipality files in a folder, without those used by the package."""
    place = municipality_folder() if folder is None else folder
    try:
        names = sorted(path.stem for path in yaml_files(place) if path.is_file())
    except OSError:
        return []
    package = {*group_options()[GROUP], *known_slugs()}
    return [name for name in names if SLUG.fullmatch(name) and name not in package]


def municipality_file(slug: str, folder: Path | None = None) -> MunicipalityFile:
    """Return a municipality from its file, with every figure checked.

    Raises
    ------
    ConfigurationError
        When there is no such file, or it is invalid.
    """
    place = municipality_folder() if folder is None else folder
    if slug not in municipality_file_slugs(place):
        raise ConfigurationError(f"municipality {slug}: no file {slug}.yaml in {place}")
    own = read_municipality_file(place / f"{slug}.yaml")
    if own.slug != slug:
        raise ConfigurationError(f"{own.path}: slug is {own.slug}, expected {slug} as the file is called")
    return own


def profile_of(slug: str, start_year: int = 2010, households: int | None = None) -> MunicipalityProfile:
    """Return the profile of a municipality of the package or of the user; see `load_profile`."""
    if slug in known_slugs():
        return load_profile(slug, start_year, households)
    profile = MunicipalityProfile(**MunicipalityFileReader(municipality_file(slug), start_year).fields())
    return profile if households is None else _resized(profile, households)


def expand_municipality_file(overrides: list[str]) -> list[str]:
    """Return overrides in which the user's municipality is replaced by the keys that its file sets.

    The file's settings of teams, providers and money are treated as if written on the command line; values
    written there take precedence, and so do the changes of a system that the user names.
    """
    systems = [each.partition("=")[2] for each in overrides if each.startswith(f"{SYSTEM}=")]
    chosen = [each for each in overrides if each.partition("=")[0] == GROUP]
    if not chosen and systems and own_configuration() is not None:
        # The user's own system may name the user's own municipality, which Hydra does not know.
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


def how_to_add(slug: str) -> str:
    """Return a phrase with the commands that add a municipality of one's own.

    Parameters
    ----------
    slug : str
        The municipality that does not exist.

    Returns
    -------
    str
        With a template or filled-in file of that name in the working directory: the command that adds it;
        else also the one that writes a template. "my_town" stands for what cannot be a name.
    """
    name = slug if SLUG.fullmatch(slug) else "my_town"
    written = next((f"{name}{end}" for end in (".yaml", ".csv") if Path(f"{name}{end}").is_file()), None)
    if written:
        return f"; {written} is not added yet: fill it in, then landingsbaan municipality add {written}"
    return (
        f"; to add your own: landingsbaan municipality new {name}, fill in {name}.yaml, then "
        f"landingsbaan municipality add {name}.yaml"
    )


def check_value(name: str, value: Any) -> None:
    """Raise ConfigurationError for an invalid value of a key or group."""
    # A name with a dot is a key; the members of groups are looked up in folders, which takes time.
    if "." not in name and name in group_options():
        known = [*group_options()[name], *(municipality_file_slugs() if name == "municipality" else [])]
        if str(value) not in known:
            how = how_to_add(str(value)) if name == GROUP else ""
            raise ConfigurationError(
                f"{name} = {shown(value)}: no such {name}{nearest(str(value), known)}; "
                f"expected one of {', '.join(known)}{how}"
            )
    else:
        key_called(name).check(value)


def _known(system: str) -> str:
    check_value(SYSTEM, system)
    return system
