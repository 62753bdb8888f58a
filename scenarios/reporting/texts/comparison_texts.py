"""Words and numbers of a comparison in a language, read off its folder."""

from typing import Final

import pandas as pd

from scenarios.common.languages import LANGUAGES
from scenarios.reporting import texts
from simulation.outcomes.definitions import MEASURES
from simulation.outcomes.values import unit_of
from simulation.recording.store import Run

# Words of a comparison of systems: outcomes, headings and sentences, in English and Dutch.

FIGURE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "population_2016": ("inhabitants 2016", "inwoners 2016"),
    "single_share": ("singles", "alleenstaanden"),
    "with_children_share": ("with children", "met kinderen"),
    "population_0_14_share_2021": ("under 15", "onder 15"),
    "problem_debt_share": ("problem debt", "problematische schuld"),
    "youth_help_share_u18_2022": ("youth help", "jeugdhulp"),
}
WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("{systems} compared", "{systems} vergeleken"),
    "asked": (
        "{replications} with the same households, random numbers and uncertain parameters for every system "
        "on one place; means over {first} to {last}, between brackets the interval that holds 90% of the "
        "replications.",
        "{replications} met dezelfde huishoudens, dezelfde toevalsgetallen en dezelfde onzekere parameters "
        "voor elk stelsel op "
        "één plek; gemiddelden over {first} tot en met {last}, tussen haken het interval met 90% van de "
        "replicaties.",
    ),
    "few": (
        "With {replications} an interval says little about certainty: a system with no effect at all would "
        "lie on "
        "one side of zero in every replication with a chance of {chance}, and many outcomes are looked at.",
        "Met {replications} zegt een interval weinig over zekerheid: een stelsel zonder enig effect zou met "
        "een kans van "
        "{chance} in elke replicatie aan één kant van nul liggen, en er wordt naar veel uitkomsten gekeken.",
    ),
    "neutral": ("On the neutral place ({place}, {households} households)",
                "Op de neutrale plek ({place}, {households} huishoudens)"),
    "own": ("In their own municipalities", "In de eigen gemeenten"),
    "differences": ("Difference from {reference} on the neutral place: policy alone",
                    "Verschil met {reference} op de neutrale plek: alleen beleid"),
    "decomposition": ("Difference from {reference} between own municipalities, and what it is made of",
                      "Verschil met {reference} tussen de eigen gemeenten, en waaruit het bestaat"),
    "parts": ("\"policy\" is the difference on the neutral place; \"population\" is the rest: who "
              "lives there, "
              "and how policy and population go together.",
              "\"beleid\" is het verschil op de neutrale plek; \"bevolking\" is de rest: wie er "
              "wonen, en hoe "
              "beleid en bevolking op elkaar ingrijpen."),
    "outcome": ("outcome", "uitkomst"),
    "unit": ("unit", "eenheid"),
    "system": ("system", "stelsel"),
    "in_all": ("in all", "in totaal"),
    "policy": ("policy", "beleid"),
    "rest": ("population", "bevolking"),
    "words": ("In words", "In woorden"),
    "more": ("{system}, {outcome}: {size} {unit} higher than {reference} (between {low} and {high}), in all "
             "{replications}.",
             "{system}, {outcome}: {size} {unit} hoger dan {reference} (tussen {low} en {high}), in alle "
             "{replications}."),
    "less": ("{system}, {outcome}: {size} {unit} lower than {reference} (between {low} and {high}), in all "
             "{replications}.",
             "{system}, {outcome}: {size} {unit} lager dan {reference} (tussen {low} en {high}), in alle "
             "{replications}."),
    "unclear": ("{system}, {outcome}: not distinguishable from {reference} (difference {size} "
                "{unit}, between "
                "{low} and {high}).",
                "{system}, {outcome}: niet te onderscheiden van {reference} (verschil "
                "{size} {unit}, "
                "tussen {low} en {high})."),
    "same": ("{system}, {outcome}: as {reference} in every replication.",
             "{system}, {outcome}: in elke replicatie als {reference}."),
    "alike": ("Municipalities most like these", "Gemeenten die hier het meest op lijken"),
    "distance": (
        "Distance: root mean square of the differences in standard deviations over the sixteen "
        "municipalities, "
        "in inhabitants (logarithm), singles, households with children, share under 15, problem "
        "debt and youth "
        "help, as far as both are known ({file}); the number of figures stands in \"of\". Compared "
        "systems are marked *.",
        "Afstand: wortel van het gemiddelde kwadraat van de verschillen in standaarddeviaties over "
        "de zestien "
        "gemeenten, in inwoners (logaritme), alleenstaanden, huishoudens met kinderen, aandeel onder 15, "
        "problematische schuld en jeugdhulp, voor zover beide bekend ({file}); het aantal cijfers staat "
        "in \"van\". Vergeleken stelsels hebben een *.",
    ),
    "municipality": ("municipality", "gemeente"),
    "away": ("distance", "afstand"),
    "of": ("of", "van"),
    "limits": (
        "Sizes that no source gives are assumed (docs/systems.md); the model compares, it does not forecast.",
        "Omvang die geen bron geeft is aangenomen (docs/systems.md); het model vergelijkt en voorspelt niet.",
    ),
    "figure_title": ("{count} of {all} differences from {reference} on the neutral place lie on one "
                     "side of zero "
                     "in every replication",
                     "{count} van {all} verschillen met {reference} op de neutrale plek liggen in "
                     "elke replicatie aan "
                     "één kant van nul"),
    "figure_subtitle": ("Filled: on the neutral place, policy alone. Open: between own "
                        "municipalities, population "
                        "included. Intervals hold 90% of {replications}.",
                        "Dicht: op de neutrale plek, alleen beleid. Open: tussen de eigen "
                        "gemeenten, met bevolking. "
                        "Intervallen bevatten 90% van {replications}."),
    "figure_note": ("Each less {reference}, {first} to {last}. Neutral place: {place}, {households} "
                    "households. "
                    "{replications}, seeds {seeds}.",
                    "Elk min {reference}, {first} tot en met {last}. Neutrale plek: {place}, {households} "
                    "huishoudens. {replications}, seeds {seeds}."),
}  # fmt: skip


def said(key: str, language: str, **values: object) -> str:
    """Return a text of a comparison with its values filled in.

    Examples
    --------
    >>> said("rest", "nl")
    'bevolking'
    """
    texts.check_language(language)
    return texts.filled(WORDS, key, language, **values)


def outcome_words(outcome: str, language: str) -> tuple[str, str]:
    """Return name and unit of an outcome."""
    return MEASURES[outcome].meaning[language], unit_of(outcome, language)


def figure_word(figure: str, language: str) -> str:
    """Return the word for a figure of a municipality."""
    return FIGURE_WORDS[figure][LANGUAGES.index(language)]


def title(run: Run, system: str, language: str) -> str:
    """Return the title of a compared system."""
    return str(run.document["titles"][system][language])


def years(run: Run) -> tuple[int, int]:
    """Return the first and last year of the outcomes."""
    found = run.table("outcomes")["year"]
    return int(found[found > 0].min()), int(found.max())


def with_interval(row: pd.Series, language: str) -> str:
    """Return a mean with its interval."""
    words = texts.three(row["mean"], row["low"], row["high"], language)
    return f"{words['mean']} [{words['low']}; {words['high']}]"


def one_sided(row: pd.Series) -> bool:
    """Whether every replication lies on the same side of zero; one replication has no side."""
    return bool(row["replications"] > 1 and 1.0 in (row["positive"], row["negative"]))
