"""`landingsbaan municipality`: write a template, check a file, add it, list the added ones.

A template can be filled with figures from the open data service of Statistics Netherlands (CBS). A table per
year, "Kerncijfers wijken en buurten", holds people, households and wijken of every municipality. Its column
names end in numbers that differ from year to year, so columns are found by the name without the number.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.files import with_home
from scenarios.config.keys import check_language
from scenarios.config.municipality_files.figures import FIGURES, SECTIONS, country_figures, shown_country
from scenarios.config.municipality_files.file import (
    REQUIRED,
    TEXTS,
    WIJKEN,
    MunicipalityFile,
    OwnFileError,
    check_slug,
    municipality_file,
    municipality_file_slugs,
    municipality_folder,
    read_municipality_file,
)

# The tables by year. 2016 is the year of the inhabitants in data/municipalities.csv.
TABLES = {
    2015: "83220NED", 2016: "83487NED", 2017: "83765NED", 2018: "84286NED", 2019: "84583NED",
    2020: "84799NED", 2021: "85039NED", 2022: "85318NED",
}  # fmt: skip
CODE = re.compile(r"GM\d{4}")
PEOPLE, UNDER_15, OVER_65 = "AantalInwoners", "k_0Tot15Jaar", "k_65JaarOfOuder"
HOUSEHOLDS, SINGLE, WITH_CHILDREN = "HuishoudensTotaal", "Eenpersoonshuishoudens", "HuishoudensMetKinderen"
KIND_OF_REGION, MUNICIPALITY = "SoortRegio", "Gemeentenaam"
LICENCE = "CC BY 4.0"
SECONDS = 60


def figures_from_cbs(code: str, year: int = 2016, today: date | None = None) -> dict[str, str | float]:
    """Return CBS figures of a municipality, by name as in its file, with `name` and `source`.

    Parameters
    ----------
    code : str
        Code of the municipality at CBS, such as "GM0479".
    year : int
        Year of the table (1 January).
    today : date, optional
        Date of retrieval, for `source`.

    Raises
    ------
    ConfigurationError
        For a code or year that does not exist, or when the service cannot be reached.
    """
    if not CODE.fullmatch(code):
        raise ConfigurationError(f"cbs = {code}: expected GM and four digits, as GM0479")
    if year not in TABLES:
        raise ConfigurationError(f"year = {year}: expected a year from {min(TABLES)} to {max(TABLES)}")
    rows = _rows(TABLES[year], code)
    own = [row for row in rows if _text(row, KIND_OF_REGION) == "Gemeente"]
    if not own:
        raise ConfigurationError(f"cbs = {code}: table {TABLES[year]} ({year}) has no such municipality")
    wijken = sum(_text(row, KIND_OF_REGION) == "Wijk" and bool(_value(row, PEOPLE)) for row in rows)
    country = next((row for row in rows if _text(row, KIND_OF_REGION) == "Land"), None)
    return _figures(own[0], country, wijken, year) | {
        "name": _text(own[0], MUNICIPALITY),
        "source": f"read from CBS open data, table {TABLES[year]} ({year}), {code}, {LICENCE}, "
        f"on {today or date.today():%Y-%m-%d}",
    }


def _figures(row: dict[str, Any], country: dict[str, Any] | None, wijken: int, year: int) -> dict[str, Any]:
    """Return the figures of a municipality's row."""
    people, households = _value(row, PEOPLE), _value(row, HOUSEHOLDS)
    found: dict[str, float | None] = {
        "people.inhabitants": people,
        "people.inhabitants_year": float(year) if people else None,
        "people.households": households,
        "people.households_year": float(year) if households else None,
        "people.single_percent": _percent(row, SINGLE, HOUSEHOLDS),
        "people.with_children_percent": _percent(row, WITH_CHILDREN, HOUSEHOLDS),
        "people.over_65_percent": _percent(row, OVER_65, PEOPLE),
        "people.under_15_percent": _in_2021(row, country),
        "wijken.number": float(wijken) or None,
    }
    return {name: round(value, 1) for name, value in found.items() if value is not None}


def _in_2021(row: dict[str, Any], country: dict[str, Any] | None) -> float | None:
    """Return the percentage under 15 in 2021: the national one, scaled by the ratio in the table."""
    own, whole = _percent(row, UNDER_15, PEOPLE), country and _percent(country, UNDER_15, PEOPLE)
    return own / whole * country_figures()["people.under_15_percent"] if own and whole else None


def _percent(row: dict[str, Any], part: str, whole: str) -> float | None:
    parts, of = _value(row, part), _value(row, whole)
    return None if parts is None or not of else parts / of * 100.0


def _cell_under(row: dict[str, Any], start: str) -> Any:
    """Return the cell of the column whose name, without its number, is `start`."""
    return next((value for name, value in row.items() if re.fullmatch(rf"{start}_\d+", name)), None)


def _value(row: dict[str, Any], start: str) -> float | None:
    value = _cell_under(row, start)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _text(row: dict[str, Any], start: str) -> str:
    return str(_cell_under(row, start) or "").strip()


def _rows(table: str, code: str) -> list[dict[str, Any]]:
    """Return the rows of the country, a municipality and its wijken."""
    try:
        import cbsodata
        import requests
    except ImportError:
        raise ConfigurationError('cbs=... needs the extra `cbs`: pip install "landingsbaan[cbs]"') from None
    parts = (code, code.replace("GM", "WK"), "NL00")
    wanted = " or ".join(f"substringof('{part}',WijkenEnBuurten)" for part in parts)
    try:
        return list(cbsodata.get_data(table, filters=wanted, typed=True, timeout=SECONDS))
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"cbs = {code}: CBS open data, table {table}, could not be read "
            f"({type(error).__name__}); fill in the template by hand, or try again"
        ) from None


# Writes a municipality file: a template, or one that is filled in.

HEAD = {
    "en": """\
# A municipality of one's own for landingsbaan. Fill in what you know and leave the rest empty: what is
# empty takes the country's figure or what its line says, and every run says so. Write numbers with a
# decimal point and without thousands separators: 24000, 31.5.
#   landingsbaan municipality check FILE    tells what cannot be right, or is doubtful
#   landingsbaan municipality add FILE      makes municipality=SLUG work in run, sweep and compare
# wijk_deprivation: how deprived each wijk is, in deviations of the country, with spaces between them
# ("-0.6 0 1.2"); leave it empty and wijken are drawn by the municipality's name.
# slug: small letters, digits, underscores; system: as `landingsbaan systems` lists them,
# national_average unless said; source: where you read the figures.
""",
    "nl": """\
# Een eigen gemeente voor landingsbaan. Vul in wat u weet en laat de rest leeg: wat leeg is krijgt het
# cijfer van het land of wat de regel zegt, en elke run meldt dat. Schrijf getallen met een decimale punt
# en zonder punten tussen duizendtallen: 24000, 31.5.
#   landingsbaan municipality check BESTAND    zegt wat niet kan kloppen of twijfelachtig is
#   landingsbaan municipality add BESTAND      laat municipality=SLUG werken in run, sweep en compare
# wijk_deprivation: hoe kwetsbaar elke wijk is, in standaardafwijkingen van het land, met spaties ertussen
# ("-0.6 0 1.2"); leeg laten betekent dat wijken worden getrokken op de naam van de gemeente.
# slug: kleine letters, cijfers, lage streepjes; system: zoals `landingsbaan systems` ze
# noemt, national_average tenzij vermeld; source: waar u de cijfers las.
""",
}
CSV_HEAD = {"en": "name,value,explanation", "nl": "naam,waarde,uitleg"}
TEXTS_EXPLAINED = {
    "slug": ("small letters, digits, underscores", "kleine letters, cijfers, lage streepjes"),
    "name": ("as people read it", "zoals mensen hem lezen"),
    "system": ("as `landingsbaan systems` lists them", "zoals `landingsbaan systems` ze noemt"),
    "source": ("where you read the figures", "waar u de cijfers las"),
    "wijk_deprivation": (
        "a number for each wijk, with spaces between them; drawn if empty",
        "een getal voor elke wijk, met spaties ertussen; getrokken als dit leeg is",
    ),
}
MUST = {"en": "must be filled in", "nl": "moet ingevuld zijn"}
FORMS = ("yaml", "csv")
WIDTH = 40

Values = Mapping[str, str | float]


def template(form: str, values: Values, language: str = "en") -> str:
    """Return the text of a municipality file as YAML or CSV.

    Parameters
    ----------
    form : str
        "yaml" or "csv".
    values : mapping of str to text or number
        Known values by name; the others stay empty.
    language : str
        Language of the explanations: "en" or "nl".
    """
    return _yaml(values, language) if form == "yaml" else _csv(values, language)


def _yaml(values: Values, language: str) -> str:
    lines = [HEAD[language]]
    lines += [f"{name}:{_after(values.get(name))}\n" for name in TEXTS]
    for section in SECTIONS:
        lines.append(f"{section}:\n")
        for name in FIGURES:
            if name.startswith(f"{section}."):
                filled = f"  {name.partition('.')[2]}:{_after(values.get(name))}"
                lines.append(f"{filled:<{WIDTH}} # {_explained(name, language)}\n")
    return "".join(lines)


def _csv(values: Values, language: str) -> str:
    lines = [f"{CSV_HEAD[language]}\n"]
    for name in TEXTS:
        words = TEXTS_EXPLAINED[name][language == "nl"]
        must = f"; {MUST[language]}" if name in REQUIRED else ""
        lines.append(f"{name},{_cell(values.get(name))},{_cell(words + must)}\n")
    for name in FIGURES:
        lines.append(f"{name},{_cell(values.get(name))},{_cell(_explained(name, language))}\n")
    return "".join(lines)


def _explained(name: str, language: str) -> str:
    """Return the explanation of a figure: meaning, range and national figure."""
    figure = FIGURES[name]
    words = figure.english if language == "en" else figure.dutch
    must = f"; {MUST[language]}" if name in REQUIRED else ""
    return f"{words}: {figure.allowed_in(language)}; {shown_country(name, language)}{must}"


def _after(value: str | float | None) -> str:
    """Return a YAML value to put after a colon; texts are quoted, so that none is read as a number."""
    if value is None or value == "":
        return ""
    return f" {json.dumps(value, ensure_ascii=False) if isinstance(value, str) else f'{value:.12g}'}"


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else f"{value:.12g}"
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',;"\n') else text


KEYS = {
    "new": ("to", "form", "language", "cbs", "year"),
    "check": ("language",),
    "add": ("folder", "language"),
    "list": ("folder", "language"),
}
WORDS = {
    "en": {
        "written": "{path} is written. Fill it in, then run: landingsbaan municipality check {path}",
        "country": "national figure",
        "own": "own",
        "one": "1 own figure",
        "some": "{count} own figures",
        "sets": "counts unless you name a system",
        "doubtful": "Doubtful",
        "fine": "{name}: ready to use; {own}, {empty} left empty.",
        "added": "{path} is added; try: landingsbaan run municipality={slug}",
        "elsewhere": "It is in another folder; to use it, set LANDINGSBAAN_MUNICIPALITIES={folder}",
        "none": "no own municipalities in {folder}",
    },
    "nl": {
        "written": "{path} is geschreven. Vul het in en geef dan: landingsbaan municipality check {path}",
        "country": "landelijk cijfer",
        "own": "eigen",
        "one": "1 eigen cijfer",
        "some": "{count} eigen cijfers",
        "sets": "telt tenzij u een stelsel noemt",
        "doubtful": "Twijfelachtig",
        "fine": "{name}: klaar voor gebruik; {own}, {empty} leeg gelaten.",
        "added": "{path} is toegevoegd; probeer: landingsbaan run municipality={slug}",
        "elsewhere": "Het staat in een andere map; zet daarvoor LANDINGSBAAN_MUNICIPALITIES={folder}",
        "none": "geen eigen gemeente in {folder}",
    },
}


def answer(words: list[str], options: list[str]) -> None:
    """Execute `landingsbaan municipality`.

    Raises
    ------
    ConfigurationError
        For an invalid command or file; nothing is written then.
    """
    action, named = (words[0] if words else "list"), words[1:]
    if action not in KEYS:
        raise ConfigurationError(f"municipality {action}: expected {', '.join(KEYS)}{nearest(action, KEYS)}")
    settings = _options(action, options)
    language = settings.get("language", "en")
    check_language(language)
    if action == "list":
        if named:
            raise ConfigurationError(f"municipality list {named[0]}: expected nothing after list")
        _list(_place(settings.get("folder")), language)
        return
    if len(named) != 1:
        what = "a slug, as landingsbaan municipality new my_town" if action == "new" else "one file"
        raise ConfigurationError(f"municipality {action}: expected {what}")
    if action == "new":
        _new(named[0], settings, language)
    elif action == "check":
        print("\n".join(_check_lines(_read(with_home(named[0])), language)))
    else:
        _add(with_home(named[0]), _place(settings.get("folder")), language)


def _options(action: str, options: list[str]) -> dict[str, str]:
    """Return the key=value words by key."""
    settings = dict(each.split("=", 1) for each in options if "=" in each)
    for name in settings:
        if name not in KEYS[action]:
            raise ConfigurationError(
                f"{name}: no such key of municipality {action}{nearest(name, KEYS[action])}; "
                f"expected {', '.join(KEYS[action])}"
            )
    return settings


def _new(slug: str, settings: dict[str, str], language: str) -> None:
    """Write a template, filled with CBS figures if `cbs` is given."""
    check_slug(slug, "municipality new")
    form = settings.get("form", "yaml")
    if form not in FORMS:
        raise ConfigurationError(f"form = {form}: expected {' or '.join(FORMS)}{nearest(form, FORMS)}")
    path = with_home(settings.get("to") or f"{slug}.{form}")
    if path.suffix != f".{form}":
        raise ConfigurationError(f"to = {path}: expected a file that ends in .{form}")
    values: dict[str, str | float] = {"slug": slug, "system": "national_average"}
    if "cbs" in settings:
        year = settings.get("year", "2016")
        if not year.isdecimal() or len(year) != 4:
            raise ConfigurationError(f"year = {year}: expected a year, as 2016")
        values |= figures_from_cbs(settings["cbs"], int(year))
    _write(path, template(form, values, language))
    print(WORDS[language]["written"].format(path=path))


def add(path: Path, place: Path, language: str = "en") -> tuple[MunicipalityFile, Path]:
    """Check a file and copy it to the user's municipalities; return it and its new path."""
    own = _read(path)
    known: dict[str, str | float] = {"slug": own.slug, "name": own.name, "system": own.system}
    known[WIJKEN] = " ".join(f"{each:g}" for each in own.wijk_deprivation)
    # A YAML file is copied unchanged, with its comments.
    is_table = path.suffix.lower() == ".csv"
    filled = template("yaml", {**known, "source": own.source, **own.figures}, language) if is_table else None
    target = place / f"{own.slug}.yaml"
    if place.exists() and not place.is_dir():
        raise ConfigurationError(f"{place} is no folder; expected one for municipality files")
    _write(target, path.read_text(encoding="utf-8") if filled is None else filled)
    return own, target


def _place(folder: str | None) -> Path:
    """Return the folder of municipality files that a user named, or the usual one."""
    return with_home(folder) if folder else municipality_folder()


def _add(path: Path, place: Path, language: str) -> None:
    own, target = add(path, place, language)
    words = WORDS[language]
    print("\n".join(_check_lines(own, language)[len(FIGURES) :]))
    print(words["added"].format(path=target, slug=own.slug))
    if place.absolute() != municipality_folder().absolute():
        print(words["elsewhere"].format(folder=place))


def _list(folder: Path, language: str) -> None:
    slugs = municipality_file_slugs(folder)
    if not slugs:
        print(WORDS[language]["none"].format(folder=folder))
    for slug in slugs:
        print(f"{slug:<30} {municipality_file(slug, folder).name}")


def _read(path: Path) -> MunicipalityFile:
    """Return the municipality of a file; if it is invalid, print every error and raise."""
    try:
        return read_municipality_file(path)
    except OwnFileError as error:
        if len(error.mistakes) == 1:
            raise
        print("\n".join(error.mistakes))
        raise ConfigurationError(f"{path}: {len(error.mistakes)} figures cannot be used, see above") from None


def _check_lines(own: MunicipalityFile, language: str) -> list[str]:
    """Return the lines of a check: every figure with its origin, and the doubtful ones."""
    words = WORDS[language]
    lines = []
    for name, figure in FIGURES.items():
        value = own.figures.get(name)
        shown = f"{value:g}" if value is not None else "-"
        country = shown_country(name, language)
        whose = f"{words['own']}; {country}" if value is not None else country
        if value is not None and figure.key:
            whose += f"; {figure.key} {words['sets']}"
        lines.append(f"{name:<42} {shown:>10}  {whose}")
    lines += [f"{words['doubtful']}: {doubt}" for doubt in own.doubts]
    count = len(own.figures)
    counted = words["one" if count == 1 else "some"].format(count=count)
    return [*lines, words["fine"].format(name=own.name, own=counted, empty=len(FIGURES) - count)]


def _write(path: Path, text: str) -> None:
    """Write a new file; raise ConfigurationError if it exists already."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            try:
                file.write(text)
                file.flush()
            except OSError:  # the disk is full: remove the incomplete file
                path.unlink()
                raise
    except FileExistsError:
        raise ConfigurationError(f"{path} already exists; remove it or choose another name") from None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror or error}") from None
