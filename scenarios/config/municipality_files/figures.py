"""The figures of a user's municipality file: unit, allowed range, and the national figure."""

from dataclasses import dataclass
from functools import cache

from agents.parameters import default_of
from scenarios.config.keys import key_called
from simulation.dated_figures import DATA_FOLDER, load_figures, number, read_rows, value_of
from simulation.parameters import GROUPS
from simulation.population.municipality_profile import (
    COUNTRY,
    HOUSEHOLDS_PER_WIJK,
    INHABITANTS_PER_HOUSEHOLD,
    REFERENCE_YEAR,
    SYNTHETIC,
    january,
)

FILE = "municipalities.csv"
# A figure more than this factor above the highest or below the lowest municipality of the data is doubtful:
# it may be right, but is more often a typing error.
DOUBTFUL_FACTOR = 1.5
DEFAULT_YEAR = 2016  # of the inhabitants, if the file does not give it
LEAST_KNOWN = 4  # fewest municipalities with a figure from which its usual range is estimated


@dataclass(frozen=True)
class Figure:
    """One figure of a municipality's file.

    Attributes
    ----------
    name : str
        Section and name in the file, such as "people.inhabitants".
    unit : str
        Unit of the value.
    low, high : float
        Smallest and largest value allowed.
    english, dutch : str
        Description for the template.
    column : str
        Column of data/municipalities.csv with the same figure; empty if there is none.
    key : str
        Parameter that the figure sets; empty for figures of the profile.
    whole : bool
        Whether only whole numbers are allowed.
    """

    name: str
    unit: str
    low: float
    high: float
    english: str
    dutch: str
    column: str = ""
    key: str = ""
    whole: bool = False

    @property
    def allowed(self) -> str:
        """Description of the allowed range, in English."""
        return self.allowed_in("en")

    def allowed_in(self, language: str) -> str:
        """Return a description of the allowed range in English ("en") or Dutch ("nl").

        Examples
        --------
        >>> FIGURES["people.single_percent"].allowed_in("en")
        'a number from 5 to 90 (percent of households)'
        >>> FIGURES["people.inhabitants"].allowed_in("nl")
        'een geheel getal van 200 tot en met 2.000.000 (inwoners op 1 januari)'
        """
        low, high = (_shown(each, language, year=self.unit == "year") for each in (self.low, self.high))
        if language == "nl":
            kind = "een geheel getal" if self.whole else "een getal"
            return f"{kind} van {low} tot en met {high} ({UNITS_NL[self.unit]})"
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} from {low} to {high} ({self.unit})"


def _shown(value: float, language: str = "en", year: bool = False) -> str:
    return _local(f"{value:g}" if year or value < 1000 else f"{value:,.0f}", language)


def _local(digits: str, language: str) -> str:
    """Return a number with the signs of a language.

    Examples
    --------
    >>> _local("2,000.5", "en"), _local("2,000.5", "nl")
    ('2,000.5', '2.000,5')
    """
    return digits.translate(str.maketrans(",.", ".,")) if language == "nl" else digits


# The units of the figures in Dutch.
UNITS_NL = {
    "inhabitants on 1 January": "inwoners op 1 januari",
    "year": "jaar",
    "households on 1 January": "huishoudens op 1 januari",
    "percent of households": "procent van de huishoudens",
    "percent of inhabitants, 2021": "procent van de inwoners, 2021",
    "percent of inhabitants, 2015 or 2016": "procent van de inwoners, 2015 of 2016",
    "percent of residents under 18, 2022": "procent van de inwoners onder 18, 2022",
    "wijken": "wijken",
    "1 is the country": "1 is het land",
    "teams": "teams",
    "fte per 1,000 inhabitants": "fte per 1.000 inwoners",
    "euro a year": "euro per jaar",
    "providers per kind": "aanbieders per soort",
    "ratio to the dated tariffs": "verhouding tot de tarieven van die jaren",
    "euro per inhabitant": "euro per inwoner",
    "euro per inhabitant a year": "euro per inwoner per jaar",
}


_PERCENT = "percent of households"
_PROFILE = (
    Figure("people.inhabitants", "inhabitants on 1 January", 200, 2_000_000,
           "everybody who lives there", "iedereen die er woont", "population_2016", whole=True),
    Figure("people.inhabitants_year", "year", 2005, 2025,
           "year of that count; 2016 unless said", "jaar van die telling; 2016 tenzij vermeld", whole=True),
    Figure("people.households", "households on 1 January", 50, 1_000_000,
           "private households", "particuliere huishoudens", "households_observed", whole=True),
    Figure("people.households_year", "year", 2005, 2025,
           "year of that count; that of the inhabitants unless said",
           "jaar van die telling; dat van de inwoners tenzij vermeld", whole=True),
    Figure("people.single_percent", _PERCENT, 5, 90, "people who live alone",
           "alleenwonenden", "single_share"),
    Figure("people.with_children_percent", _PERCENT, 2, 80, "with children at home, of any age",
           "met thuiswonende kinderen, hoe oud ook", "with_children_share"),
    Figure("people.one_parent_percent", _PERCENT, 0.5, 40, "one-parent households",
           "eenouderhuishoudens", "one_parent_share"),
    Figure("people.under_15_percent", "percent of inhabitants, 2021", 2, 45, "children under 15",
           "kinderen onder 15", "population_0_14_share_2021"),
    Figure("people.over_65_percent", "percent of inhabitants, 2015 or 2016", 1, 70, "people of 65 and over",
           "mensen van 65 en ouder"),
    Figure("people.problem_debt_percent", _PERCENT, 0.1, 60, "registered problem debt",
           "geregistreerde problematische schulden", "problem_debt_share"),
    Figure("people.youth_help_percent", "percent of residents under 18, 2022", 0.5, 60,
           "youth help in a year", "jeugdhulp in een jaar", "youth_help_share_u18_2022"),
    Figure("wijken.number", "wijken", 1, 500, "wijken as CBS counts them", "wijken zoals het CBS ze telt",
           "wijken", whole=True),
    Figure("wijken.deprivation_spread", "1 is the country", 0, 3, "how far wijken lie apart in deprivation",
           "hoe ver wijken uiteenliggen in achterstand"),
)  # fmt: skip
_OF_PARAMETERS = {
    "teams.count": ("wijkteam.count", "wijkteams; 0 is one per two wijken",
                    "wijkteams; 0 is één per twee wijken"),
    "teams.youth_count": ("wijkteam.youth_count", "separate youth teams", "aparte jeugdteams"),
    "teams.fte_per_1000": ("wijkteam.fte_per_1000", "staff of all teams", "personeel van alle teams"),
    "teams.eur_per_fte": ("wijkteam.eur_per_fte", "cost of one fte", "kosten van één fte"),
    "providers.per_kind": ("provider.per_kind", "providers of each kind of care",
                           "aanbieders van elke soort zorg"),
    "providers.tariff": ("provider.tariff", "price after the transition", "prijs na de overgang"),
    "money.reserves_eur_per_inhabitant": (
        "municipality_government.reserves_eur_per_inhabitant", "reserve on the transition date",
        "reserve op de overgangsdatum"),
    "money.extra_eur_per_inhabitant": (
        "municipality_government.extra_eur_per_inhabitant", "extra from general means after the transition",
        "extra uit algemene middelen na de overgang"),
    "money.implementation_eur_per_inhabitant": (
        "municipality_government.implementation_eur_per_inhabitant", "running the access desk and contracts",
        "uitvoering van toegang en contracten"),
}  # fmt: skip


def _of_parameter(name: str, key: str, english: str, dutch: str) -> Figure:
    """Return a figure that sets a parameter, with the parameter's unit and range."""
    known = key_called(key)
    low, high = known.low, known.high
    if low is None or high is None:
        raise ValueError(f"{key}: expected a parameter with a range")
    return Figure(name, known.unit, low, high, english, dutch, key=key, whole=known.kind is int)


FIGURES: dict[str, Figure] = {each.name: each for each in _PROFILE} | {
    name: _of_parameter(name, *given) for name, given in _OF_PARAMETERS.items()
}
SECTIONS = tuple(dict.fromkeys(name.partition(".")[0] for name in FIGURES))


@cache
def country_figures() -> dict[str, float]:
    """Return the national figures by name; for parameters the default value."""
    rows = {row["slug"]: row for row in read_rows(DATA_FOLDER / FILE, ["slug"])}
    found: dict[str, float | None] = {
        each.name: number(rows[COUNTRY], each.column, FILE) if each.column else None for each in _PROFILE
    }
    series = read_rows(DATA_FOLDER / "social_domain.csv", ["series", "region", "year", "value"])
    people = value_of(series, "population", "NL", REFERENCE_YEAR)
    old = [value_of(series, f"population_age_{ages}", "NL", REFERENCE_YEAR) for ages in ("65_79", "80plus")]
    under_15 = load_figures(COUNTRY)["share_under_15"].values[0]
    found |= {
        "people.inhabitants_year": float(REFERENCE_YEAR),
        "people.households_year": float(REFERENCE_YEAR),
        "people.under_15_percent": under_15 * 100.0,
        "people.over_65_percent": sum(each or 0.0 for each in old) / people * 100.0 if people else None,
        "wijken.number": value_of(series, "wijken_count", "NL", 2019),
        "wijken.deprivation_spread": 1.0,
    }
    defaults = {name: _default_of(each.key) for name, each in FIGURES.items() if each.key}
    return {name: value for name, value in found.items() if value is not None} | defaults


def _default_of(key: str) -> float:
    """Return the default of a parameter."""
    group, _, short = key.partition(".")
    made = GROUPS[group]
    return float(default_of(made.__dataclass_fields__[short]))


@cache
def usual_range(name: str) -> tuple[float, float] | None:
    """Return the lowest and highest usual value of a figure, or None if too few municipalities have it."""
    column = FIGURES[name].column
    if not column or name in ("people.inhabitants", "people.households"):
        return None
    known = [
        value
        for row in read_rows(DATA_FOLDER / FILE, ["slug", column])
        if row["slug"] not in (COUNTRY, *SYNTHETIC) and (value := number(row, column, FILE)) is not None
    ]
    if len(known) < LEAST_KNOWN:
        centre = country_figures().get(name)
        if centre is None or name == "wijken.number":
            return None
        known = [centre]
    return min(known) / DOUBTFUL_FACTOR, max(known) * DOUBTFUL_FACTOR


# What a run uses for an empty figure that does not take the country's.
_IF_EMPTY = {
    "people.inhabitants_year": ("{year} if empty", "{year} als dit leeg is"),
    "people.households": ("inhabitants / {people} if empty", "inwoners / {people} als dit leeg is"),
    "people.households_year": (
        "the year of the inhabitants if empty",
        "het jaar van de inwoners als dit leeg is",
    ),
    "wijken.number": ("households / {households} if empty", "huishoudens / {households} als dit leeg is"),
}


def shown_country(name: str, language: str = "en") -> str:
    """Return a phrase with the national figure, and with what is used for an empty one if that is another.

    Parameters
    ----------
    name : str
        A name of `FIGURES`.
    language : str
        "en" or "nl".

    Examples
    --------
    >>> shown_country("people.single_percent"), shown_country("people.single_percent", "nl")
    ("the country's is 37.4", 'het landelijke cijfer is 37,4')
    >>> shown_country("people.households")
    "inhabitants / 2.2 if empty; the country's is 7,665,198"
    >>> shown_country("people.inhabitants_year", "nl")
    '2016 als dit leeg is'
    """
    value, dutch = country_figures()[name], language == "nl"
    if FIGURES[name].key:
        return f"{_local(f'{value:,g}', language)} {'tenzij ingevuld' if dutch else 'unless set'}"
    if_empty = _IF_EMPTY[name][dutch].format(
        year=DEFAULT_YEAR,
        people=_local(f"{INHABITANTS_PER_HOUSEHOLD:g}", language),
        households=_shown(HOUSEHOLDS_PER_WIJK, language),
    ) if name in _IF_EMPTY else ""  # fmt: skip
    if FIGURES[name].unit == "year":
        return if_empty
    country = "het landelijke cijfer is" if dutch else "the country's is"
    return f"{if_empty}{'; ' * bool(if_empty)}{country} {_shown(round(value, 1), language)}"


def growth(figure: str, since: int, until: int) -> float:
    """Return the national growth factor of a figure from one year to another (1 January)."""
    known = load_figures(COUNTRY)[figure]
    return float(known.between(january(until)) / known.between(january(since)))
