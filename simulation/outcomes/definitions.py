"""The register of outcome measures by name, with unit, meaning and aggregation.

Claims use them over stated years, comparisons and studies per year (`value_of`).

Sums add up over months, so also over years, and over municipalities of one size; means and ratios do not.
Some measures compare two arms of a replication, such as the year of break-even. A measure that adds up
over months is also reported per year, so that periods of different length can be compared.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from agents.vocabulary import KINDS, PROBLEMS
from simulation.months import MONTHS_PER_YEAR, month_number
from simulation.outcomes import rules
from simulation.outcomes.rules import COLUMN_INDEX, ArmSpan, span_of_table
from simulation.recording.recorder import MONTHLY
from simulation.recording.tallies import CRISES, SEVERITY_UNITS

TEAM_KINDS = ("wijkteam", "youth_team")
SECOND_LINE = tuple(kind for kind in KINDS if kind not in (*TEAM_KINDS, "aids"))
HEAVIER_YOUTH_CARE = ("youth_day_care", "youth_residential", "supervision_order")
SUM, MEAN, RATIO, TWO_ARMS = "adds up over months", "mean over months", "ratio of sums", "of two arms"


@dataclass(frozen=True)
class Measure:
    """An outcome: unit and meaning by language, how it adds up, and the function that computes it."""

    unit: dict[str, str]
    meaning: dict[str, str]
    adds_up: str
    of_arm: Callable[[ArmSpan], float] | None = None
    of_arms: Callable[[ArmSpan, ArmSpan], float] | None = None


def effect_of(name: str, arm: ArmSpan, against: ArmSpan) -> float:
    """Return the difference in an outcome between two arms.

    Parameters
    ----------
    name : str
        Name of the outcome.
    arm : ArmSpan
        The arm that is evaluated.
    against : ArmSpan
        The arm that it is compared with.

    Returns
    -------
    float
        Difference in the unit of the outcome; for a measure of two arms, its value.
    """
    measure = MEASURES[name]
    if measure.of_arms is not None:
        return measure.of_arms(arm, against)
    assert measure.of_arm is not None
    return measure.of_arm(arm) - measure.of_arm(against)


EURO = ("euro of 2015 per inhabitant", "euro van 2015 per inwoner")
MONTHS = ("months", "maanden")
SHARE = ("share", "aandeel")
HOURS_SHARE = ("share of team hours", "deel van de teamuren")


def _per_1000(en: str, nl: str) -> tuple[str, str]:
    return f"{en} per 1,000 households", f"{nl} per 1.000 huishoudens"


def _of(prefix: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{prefix}_{kind}" for kind in kinds)


def _one(unit: tuple[str, str], en: str, nl: str, adds_up: str, of_arm: rules.ArmMeasure) -> Measure:
    return Measure({"en": unit[0], "nl": unit[1]}, {"en": en, "nl": nl}, adds_up, of_arm)


def _two(unit: tuple[str, str], en: str, nl: str, of_arms: Callable[[ArmSpan, ArmSpan], float]) -> Measure:
    return Measure({"en": unit[0], "nl": unit[1]}, {"en": en, "nl": nl}, TWO_ARMS, None, of_arms)


def _money() -> dict[str, Measure]:
    """Return the measures of booked euros."""
    lines = {
        "cost_zero": (
            "municipal cost of the social base (line zero)",
            "gemeentelijke kosten van de sociale basis (nulde lijn)",
        ),
        "cost_first": ("municipal cost of the first line", "gemeentelijke kosten van de eerste lijn"),
        "cost_second": ("municipal cost of the second line", "gemeentelijke kosten van de tweede lijn"),
        "cost_crisis": ("municipal cost of crises", "gemeentelijke kosten van crises"),
        "cost_youth": ("municipal cost under the Youth Act", "gemeentelijke kosten onder de Jeugdwet"),
        "cost_wmo": ("municipal cost under the Wmo", "gemeentelijke kosten onder de Wmo"),
    }
    found = {
        name: _one(EURO, en, nl, SUM, rules.per_inhabitant(f"{name}_eur")) for name, (en, nl) in lines.items()
    }
    return found | {
        "net_cost": _one(
            EURO, "net municipal cost", "netto gemeentelijke kosten", SUM,
            rules.per_inhabitant("municipal_cost_eur"),
        ),
        "all_payers_cost": _one(
            EURO, "cost to all payers", "kosten voor alle betalers", SUM,
            rules.per_inhabitant("all_payers_cost_eur"),
        ),
        "cost_shifted": _one(
            EURO, "cost to payers other than the municipality", "kosten voor andere betalers dan de gemeente",
            SUM,
            lambda span: rules.per_inhabitant("all_payers_cost_eur")(span)
            - rules.per_inhabitant("municipal_cost_eur")(span),
        ),
        "own_payments": _one(
            EURO, "municipal cost on top of grants and the reserve of day one",
            "gemeentelijke kosten boven het rijksbudget en de reserve van dag één", SUM, rules.own_payments,
        ),
        "council_measures": _one(
            ("measures", "maatregelen"), "council measures against deficits, mean number in force",
            "maatregelen van de raad tegen tekorten, gemiddeld aantal van kracht", MEAN,
            rules.mean("measures_taken"),
        ),
    }  # fmt: skip


def _people() -> dict[str, Measure]:
    """Return the measures of people: problems, crises, harsh measures, carers."""
    crises = tuple(f"crises_{crisis}" for crisis in CRISES)
    counted = {
        "crises": ("crises", "crises", "crises of all kinds", "crises van alle soorten", crises),
        "child_crises": (
            "crises", "crises", "crises of children", "crises van kinderen", ("crises_child_crisis",)
        ),
        "violence": (
            "incidents", "incidenten", "incidents of domestic violence", "incidenten van huiselijk geweld",
            ("violence_incidents",),
        ),
        "supervision_orders": (
            "orders", "maatregelen", "new supervision orders", "nieuwe ondertoezichtstellingen",
            ("starts_supervision_order",),
        ),
        "placements": (
            "placements", "plaatsingen", "placements out of home", "uithuisplaatsingen",
            ("starts_youth_residential",),
        ),
        "evictions": ("evictions", "huisuitzettingen", "evictions", "huisuitzettingen", ("crises_eviction",)),
        "lost_hand_offs": (
            "referrals", "verwijzingen", "failed referrals", "mislukte verwijzingen",
            ("failed_referrals",),
        ),
        "referrals": (
            "referrals", "verwijzingen", "referrals to specialists", "verwijzingen naar specialisten",
            _of("queued", SECOND_LINE),
        ),
        "intakes": ("intakes", "intakes", "intakes by teams", "intakes door teams", ("intakes",)),
        "found_in_vain": (
            "households", "huishoudens", "households found with problems that would have passed anyway",
            "huishoudens gevonden met problemen die vanzelf waren overgegaan", ("found_in_vain",),
        ),
        "waiting": (
            "person-months", "persoonsmaanden", "months on waiting lists", "maanden op wachtlijsten",
            _of("waiting", KINDS),
        ),
        "team_waiting": (
            "person-months", "persoonsmaanden", "months on the teams' waiting lists",
            "maanden op de wachtlijsten van teams", _of("waiting", TEAM_KINDS),
        ),
        "specialist_waiting": (
            "person-months", "persoonsmaanden", "months on specialists' waiting lists",
            "maanden op de wachtlijsten van specialisten", _of("waiting", SECOND_LINE),
        ),
    }  # fmt: skip
    found = {
        name: _one(_per_1000(unit_en, unit_nl), en, nl, SUM, rules.per_1000_households(*columns))
        for name, (unit_en, unit_nl, en, nl, columns) in counted.items()
    }
    heavy = tuple(f"heavy_{problem}" for problem in PROBLEMS)
    stocks = {
        "heavy_cases": ("problems", "problemen", "heavy problems", "zware problemen", heavy),
        "second_line_clients": (
            "places", "plaatsen", "people in specialist care", "mensen in specialistische zorg",
            _of("clients", SECOND_LINE),
        ),
        "heavier_youth_care": (
            "children", "kinderen", "children in day care, in residential care or under supervision",
            "kinderen in dagbehandeling, met verblijf of onder toezicht", _of("clients", HEAVIER_YOUTH_CARE),
        ),
        "first_line_clients": (
            "places", "plaatsen", "cases of teams", "zaken van teams", _of("clients", TEAM_KINDS)
        ),
        "overburdened_carers": (
            "carers", "mantelzorgers", "overburdened carers", "overbelaste mantelzorgers",
            ("overburdened_carers",),
        ),
    }  # fmt: skip
    found |= {
        name: _one(_per_1000(unit_en, unit_nl), en, nl, MEAN, rules.mean_per_1000_households(*columns))
        for name, (unit_en, unit_nl, en, nl, columns) in stocks.items()
    }
    severity = _per_1000("severity", "ernst")
    return found | {
        "problem_severity": _one(
            severity, "problems in all domains", "problemen op alle gebieden", MEAN,
            rules.problem_severity(*PROBLEMS)
        ),
        "money_problems": _one(severity, "money problems", "geldproblemen", MEAN,
        rules.problem_severity("money")),
        "unmet": _one(
            _per_1000("severity-months", "ernstmaanden"), "problems without help",
            "problemen zonder hulp", SUM, rules.unmet,
        ),
        "waiting_above_norm": _one(
            _per_1000("person-months", "persoonsmaanden"), "waiting beyond the norm, at least",
            "wachten boven de norm, ten minste", SUM, rules.waited_above_norm,
        ),
        "escalated_disputes": _one(
            _per_1000("disputes", "conflicten"), "disputes between neighbours that were not solved",
            "burenruzies die niet zijn opgelost", SUM,
            lambda span: rules.per_1000_households("disputes")(span)
            - rules.per_1000_households("disputes_solved")(span),
        ),
    }  # fmt: skip


def _organisation() -> dict[str, Measure]:
    """Return the measures of access, teams, networks and providers."""
    client_hours = ("team_hours_intake", "team_hours_support", "team_hours_coordination")
    return {
        "months_to_help": _one(
            MONTHS, "from the start of problems to first help",
            "van het begin van problemen tot de eerste hulp", RATIO,
            rules.ratio(("contact_months_from_start",), ("first_contacts",)),
        ),
        "severity_at_first_contact": _one(
            ("severity", "ernst"), "severity at first contact", "ernst bij het eerste contact", RATIO,
            rules.ratio(("contact_severity",), ("first_contacts",), 1.0 / SEVERITY_UNITS),
        ),
        "found_early_share": _one(
            SHARE, "first contacts while problems were light",
            "eerste contacten toen problemen nog licht waren",
            RATIO,
            rules.ratio(("found_early",), ("first_contacts",)),
        ),
        "lost_share": _one(
            SHARE, "failed referrals", "mislukte verwijzingen", RATIO,
            rules.ratio(("failed_referrals",), ("transfers",)),
        ),
        "solved_share": _one(
            SHARE, "disputes that were solved", "ruzies die zijn opgelost", RATIO,
            rules.ratio(("disputes_solved",), ("disputes",)),
        ),
        "duration": _one(
            MONTHS, "duration of specialist care", "duur van specialistische hulp", RATIO,
            rules.duration(SECOND_LINE),
        ),
        "wait_for_specialist": _one(
            MONTHS, "wait of people who started with a specialist",
            "wachttijd van mensen die bij een specialist begonnen",
            RATIO, rules.ratio(_of("waited_months", SECOND_LINE), _of("starts", SECOND_LINE)),
        ),
        "wait_for_team": _one(
            MONTHS, "wait of people helped by a team", "wachttijd van mensen die een team hielp", RATIO,
            rules.ratio(_of("waited_months", TEAM_KINDS), _of("starts", TEAM_KINDS)),
        ),
        "client_hours": _one(
            HOURS_SHARE, "hours with and for clients", "uren met en voor cliënten", RATIO,
            rules.ratio(client_hours, ("team_hours_total",)),
        ),
        "outreach_hours": _one(
            ("hours per 1,000 households", "uren per 1.000 huishoudens"), "hours of outreach",
            "uren outreach", SUM, rules.per_1000_households("team_hours_outreach"),
        ),
        "collective_hours": _one(
            ("hours per 1,000 households", "uren per 1.000 huishoudens"), "hours of collective work",
            "uren collectief werk", SUM, rules.per_1000_households("team_hours_collective"),
        ),
        "intakes_per_fte": _one(
            ("intakes per fte-month", "intakes per fte-maand"), "intakes a team member does in a month",
            "intakes die een teamlid in een maand doet", RATIO, rules.ratio(("intakes",), ("team_fte",)),
        ),
        "team_staff_left": _one(
            ("share of staff a month", "deel van het personeel per maand"), "staff leaving the teams",
            "personeel dat de teams verlaat", RATIO, rules.ratio(("team_staff_left",), ("team_fte",)),
        ),
        "satisfaction": _one(
            ("1 to 5", "1 tot 5"), "satisfaction; only differences have a meaning",
            "tevredenheid; alleen verschillen zeggen iets", MEAN, rules.mean("satisfaction"),
        ),
        "tiredness": _one(
            ("0 to 1", "0 tot 1"), "tiredness of informal networks", "vermoeidheid van informele netwerken",
            MEAN, rules.mean("tiredness_mean"),
        ),
        "provider_exits": _one(
            ("providers", "aanbieders"), "providers that stopped by the end",
            "aanbieders die aan het eind zijn gestopt",
            "stock at the end", rules.at_end("providers_gone"),
        ),
    }  # fmt: skip


def _two_arms() -> dict[str, Measure]:
    """Return the measures of two arms."""
    return {
        "savings": _two(
            EURO, "total savings by the end", "totale besparing aan het eind", rules.savings
        ),
        "breaks_even": _two(
            ("0 or 1", "0 of 1"), "whether the policy has paid for itself for good",
            "of het beleid blijvend is terugverdiend", rules.has_broken_even,
        ),
        "years_to_break_even": _two(
            ("years", "jaren"), "years until the policy has paid for itself, where it does",
            "jaren tot het beleid is terugverdiend, waar dat gebeurt", rules.years_to_break_even,
        ),
        "survives_and_breaks_even": _two(
            ("0 or 1", "0 of 1"), "whether the programme still exists at the end and has paid for itself",
            "of het programma aan het eind nog bestaat en is terugverdiend",
            rules.has_survived_and_broken_even,
        ),
        "avoidable_crises": _two(
            ("crises per million euro cut", "crises per miljoen euro korting"),
            "extra crises compared with no cut, per million euro of grant lost",
            "extra crises vergeleken met geen korting, per miljoen euro gekort",
            rules.avoidable_crises_per_million,
        ),
    }  # fmt: skip


MEASURES: dict[str, Measure] = _money() | _people() | _organisation() | _two_arms()


A_YEAR = {"en": "a year", "nl": "per jaar"}
OF_ONE_ARM = tuple(name for name, measure in MEASURES.items() if measure.of_arm is not None)
# Outcomes by which systems are compared.
COMPARED = (
    "net_cost", "all_payers_cost", "cost_zero", "cost_first", "cost_second", "crises", "unmet",
    "team_waiting", "specialist_waiting", "first_line_clients", "second_line_clients",
    "supervision_orders", "found_early_share", "lost_share", "overburdened_carers", "satisfaction",
)  # fmt: skip


def value_of(name: str, span: ArmSpan) -> float:
    """Return an outcome of one arm over a span of months, per year where it adds up; nan where undefined.

    Parameters
    ----------
    name : str
        Name of the outcome.
    span : ArmSpan
        The arm, over a span of months.

    Returns
    -------
    float
        In the unit of the outcome.
    """
    of_arm = MEASURES[name].of_arm
    assert of_arm is not None
    value = of_arm(span)
    return value * MONTHS_PER_YEAR / span.months if MEASURES[name].adds_up == SUM else value


def unit_of(name: str, language: str = "en") -> str:
    """Return the unit of an outcome of one arm.

    Parameters
    ----------
    name : str
        Name of the outcome.
    language : str, optional
        "en" or "nl".

    Returns
    -------
    str
        The unit in words.

    Examples
    --------
    >>> unit_of("net_cost"), unit_of("lost_share", "nl")
    ('euro of 2015 per inhabitant a year', 'aandeel')
    """
    measure = MEASURES[name]
    unit = measure.unit[language]
    return f"{unit} {A_YEAR[language]}" if measure.adds_up == SUM else unit


def declared(names: Iterable[str]) -> list[dict[str, str]]:
    """Return name, unit, meaning and aggregation of outcomes, for the document beside a table.

    Parameters
    ----------
    names : iterable of str
        Names of outcomes.

    Returns
    -------
    list of dict of str to str
        One dictionary per outcome.
    """
    return [
        {
            "name": name,
            "unit": unit_of(name),
            "meaning": MEASURES[name].meaning["en"],
            "adds_up": MEASURES[name].adds_up,
        }
        for name in names
    ]


@cache
def columns_behind(name: str) -> tuple[str, ...]:
    """Return the monthly columns from which an outcome is computed, found by computing it on test data.

    Parameters
    ----------
    name : str
        Name of the outcome.

    Returns
    -------
    tuple of str
        Names of columns.

    Examples
    --------
    >>> columns_behind("lost_share")
    ('transfers', 'failed_referrals')
    """
    read: dict[str, int] = {}

    class ReadColumns(dict[str, int]):
        def __getitem__(self, column: str) -> int:
            return read.setdefault(column, COLUMN_INDEX[column])

    span = ArmSpan(np.ones((24, len(MONTHLY))), 12, 24, 12, ReadColumns())
    if name in OF_ONE_ARM:
        value_of(name, span)
    else:  # a different second arm, so that the difference is not 0
        effect_of(name, span, ArmSpan(np.full((24, len(MONTHLY)), 2.0), 12, 24, 12, span.place))
    return tuple(read)


def values_of(table: Mapping[str, np.ndarray], transition: str, names: Iterable[str]) -> dict[str, float]:
    """Return outcomes from the transition to the end of a monthly table.

    Parameters
    ----------
    table : mapping of str to array of shape (n_months,)
        Columns of the monthly table of one arm.
    transition : str
        Month of the transition, as "2015-01".
    names : iterable of str
        Names of outcomes.

    Returns
    -------
    dict of str to float
        Values by outcome, in their units.
    """
    span = span_of_table(table, month_number(transition))
    return {name: value_of(name, span) if span.months else float("nan") for name in names}


def outcome_rows(monthly: pd.DataFrame, first_year: int) -> pd.DataFrame:
    """Return year, outcome and value of one arm from a year on; year 0 holds the outcome over all years.

    Parameters
    ----------
    monthly : DataFrame
        Monthly table of one arm and replication.
    first_year : int
        First calendar year.

    Returns
    -------
    DataFrame
        Columns year, outcome and value, in the unit of the outcome.
    """
    reported = monthly[monthly["year"] >= first_year]
    spans = {0: reported} | {int(year): rows for year, rows in reported.groupby("year")}
    rows = []
    for year, months in spans.items():
        span = span_of_table({name: months[name].to_numpy() for name in months}, int(months["month"].iloc[0]))
        rows += [(year, name, value_of(name, span)) for name in COMPARED]
    table = pd.DataFrame(rows, columns=["year", "outcome", "value"])
    return table.astype({"year": "int64", "value": "float64"})
