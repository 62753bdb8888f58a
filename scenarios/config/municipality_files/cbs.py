"""Reads figures of a municipality from the open data service of Statistics Netherlands (CBS).

One table of a year, "Kerncijfers wijken en buurten", holds people, households and wijken of every
municipality. The numbers at the end of its columns' names differ from year to year, so columns are
found by what stands before them.
"""

import re
from datetime import date
from typing import Any

from scenarios.common.errors import ConfigurationError
from scenarios.config.municipality_files.figures import country_figures

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
    """Return what CBS knows of a municipality, by name as in its file, `name` and `source` included.

    Parameters
    ----------
    code : str
        Code of the municipality at CBS, such as "GM0479".
    year : int
        Year of the table (1 January).
    today : date, optional
        Day of reading, for the source.

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
    """Return the percentage under 15 in 2021: the country's, as far above or below it as in the table."""
    own, whole = _percent(row, UNDER_15, PEOPLE), country and _percent(country, UNDER_15, PEOPLE)
    return own / whole * country_figures()["people.under_15_percent"] if own and whole else None


def _percent(row: dict[str, Any], part: str, whole: str) -> float | None:
    parts, of = _value(row, part), _value(row, whole)
    return None if parts is None or not of else parts / of * 100.0


def _cell(row: dict[str, Any], start: str) -> Any:
    """Return the cell of the column whose name, without its number, is `start`."""
    return next((value for name, value in row.items() if re.fullmatch(rf"{start}_\d+", name)), None)


def _value(row: dict[str, Any], start: str) -> float | None:
    value = _cell(row, start)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _text(row: dict[str, Any], start: str) -> str:
    return str(_cell(row, start) or "").strip()


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
