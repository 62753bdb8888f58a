"""Words and numbers of a comparison of systems or of policies, in English and Dutch, read off its folder."""

from typing import Final

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.texts import LANGUAGES
from simulation.outcomes.comparison import SIZE
from simulation.outcomes.definitions import MEASURES, unit_of
from simulation.recording.arm_names import REFERENCE
from simulation.recording.store import Run

# Words of a comparison of systems: outcomes, headings and sentences, in English and Dutch.

FIGURE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "population_2016": ("inhabitants 2016", "inwoners 2016"),
    "single_share": ("singles", "alleenstaanden"),
    "with_children_share": ("with children", "met kinderen"),
    "population_0_14_share_2021": ("under 15", "onder 15"),
    "problem_debt_share": ("problem debt", "problematische schulden"),
    "youth_help_share_u18_2022": ("youth help", "jeugdhulp"),
}
WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("{systems} compared", "{systems} vergeleken"),
    "asked": (
        "{replications} with the same households, random numbers and uncertain parameters for every system "
        "in one place; means over {first} to {last}, with the 90% interval in brackets.",
        "{replications} met dezelfde huishoudens, toevalsgetallen en onzekere parameters voor elk "
        "stelsel op één plek; gemiddelden over {first} tot en met {last}, met het 90%-interval "
        "tussen haakjes.",
    ),
    "few": (
        "With {replications} an interval says little about certainty: a system without any effect would "
        "lie on one side of zero in every replication with a probability of {chance}, and this comparison "
        "looks at many outcomes.",
        "Met {replications} zegt een interval weinig over zekerheid: een stelsel zonder enig effect zou "
        "met een kans van {chance} in elke berekening aan één kant van nul liggen, en deze vergelijking "
        "kijkt naar veel uitkomsten.",
    ),
    "neutral": (
        "In the neutral place ({place}, {households} households)",
        "Op de neutrale plek ({place}, {households} huishoudens)",
    ),
    "own": ("In their own municipalities", "In de eigen gemeenten"),
    "differences": (
        "Difference from {reference} in the neutral place: policy alone",
        "Verschil met {reference} op de neutrale plek: alleen beleid",
    ),
    "decomposition": (
        "Difference from {reference} between own municipalities, and its parts",
        "Verschil met {reference} tussen de eigen gemeenten, en waaruit het bestaat",
    ),
    "parts": (
        "'policy' is the difference in the neutral place; 'population' is the rest: who lives there, and "
        "how policy and population interact.",
        "'beleid' is het verschil op de neutrale plek; 'bevolking' is de rest: wie er wonen, en hoe beleid "
        "en bevolking op elkaar inwerken.",
    ),
    "outcome": ("outcome", "uitkomst"),
    "unit": ("unit", "eenheid"),
    "system": ("system", "stelsel"),
    "in_all": ("total", "totaal"),
    "policy": ("policy", "beleid"),
    "rest": ("population", "bevolking"),
    "words": ("In words", "In woorden"),
    "more": (
        "{system}, {outcome}: {size} {unit} higher than {reference} (90% interval: {low} to {high}), in "
        "all {replications}.",
        "{system}, {outcome}: {size} {unit} hoger dan {reference} (90%-interval: {low} tot {high}), in "
        "alle {replications}.",
    ),
    "less": (
        "{system}, {outcome}: {size} {unit} lower than {reference} (90% interval: {low} to {high}), in all "
        "{replications}.",
        "{system}, {outcome}: {size} {unit} lager dan {reference} (90%-interval: {low} tot {high}), in "
        "alle {replications}.",
    ),
    "unclear": (
        "{system}, {outcome}: inconclusive, the difference from {reference} is between {low} and {high} "
        "{unit} (90% interval, mean {size}).",
        "{system}, {outcome}: onzeker, het verschil met {reference} ligt tussen {low} en {high} {unit} "
        "(90%-interval, gemiddeld {size}).",
    ),
    "same": (
        "{system}, {outcome}: the same as {reference} in every replication.",
        "{system}, {outcome}: in elke berekening gelijk aan {reference}.",
    ),
    "alike": ("Most similar municipalities", "Gemeenten die hier het meest op lijken"),
    "distance": (
        "Distance: root mean square of the differences in standard deviations over the sixteen "
        "municipalities, in inhabitants (logarithm), singles, households with children, share under 15, "
        "problem debt and youth help, where both are known ({file}); 'of' gives the number of figures. * "
        "marks compared systems.",
        "Afstand: wortel van het gemiddelde kwadraat van de verschillen in standaarddeviaties over de "
        "zestien gemeenten, in inwoners (logaritme), alleenstaanden, huishoudens met kinderen, aandeel "
        "onder 15, problematische schulden en jeugdhulp, voor zover beide bekend ({file}); 'van' geeft het "
        "aantal cijfers. Een * staat bij vergeleken stelsels.",
    ),
    "municipality": ("municipality", "gemeente"),
    "away": ("distance", "afstand"),
    "of": ("of", "van"),
    "limits": (
        "Numbers that no source gives are assumed (docs/systems.md); the model compares systems and does "
        "not forecast.",
        "Getallen die geen bron geeft, zijn aangenomen (docs/systems.md); het model vergelijkt stelsels en "
        "voorspelt niet.",
    ),
    "figure_title": (
        "{count} of {all} differences from {reference} in the neutral place lie on one side of zero in "
        "every replication",
        "{count} van de {all} verschillen met {reference} op de neutrale plek liggen in elke berekening "
        "aan één kant van nul",
    ),
    "figure_subtitle": (
        "Filled: in the neutral place, policy alone. Open: between own municipalities, population "
        "included. 90% intervals over {replications}.",
        "Dicht: op de neutrale plek, alleen beleid. Open: tussen de eigen gemeenten, met bevolking. "
        "90%-intervallen over {replications}.",
    ),
    "figure_note": (
        "Each system minus {reference}, {first} to {last}. Neutral place: {place}, {households} "
        "households. {replications}, seeds {seeds}.",
        "Elk stelsel min {reference}, {first} tot en met {last}. Neutrale plek: {place}, "
        "{households} huishoudens. {replications}, toevalsreeksen {seeds}.",
    ),
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


def figure_written(value: float, figure: str, language: str) -> str:
    """Return a figure of a municipality as the language writes it: inhabitants whole, shares in percent.

    Examples
    --------
    >>> figure_written(152466.0, "population_2016", "nl"), figure_written(34.5, "single_share", "en")
    ('152.466', '34.5%')
    """
    if pd.isna(value):
        return "?"
    if figure == SIZE:
        return texts.number(value, language)
    return f"{texts.number(value, language, 0 if float(value).is_integer() else 1)}%"


def figure_word(figure: str, language: str) -> str:
    """Return the word for a figure of a municipality."""
    return FIGURE_WORDS[figure][LANGUAGES.index(language)]


def title(run: Run, system: str, language: str) -> str:
    """Return the title of a compared system."""
    return str(run.document["titles"][system][language])


def years(run: Run, table: str = "outcomes") -> tuple[int, int]:
    """Return the first and last year of a table of outcomes."""
    found = run.table(table)["year"]
    return int(found[found > 0].min()), int(found.max())


def with_interval(row: pd.Series, language: str) -> str:
    """Return a mean with its interval."""
    words = texts.three(row["mean"], row["low"], row["high"], language)
    return f"{words['mean']} [{words['low']}; {words['high']}]"


def one_sided(row: pd.Series) -> bool:
    """Whether every replication lies on the same side of zero; one replication has no side."""
    return bool(row["replications"] > 1 and 1.0 in (row["positive"], row["negative"]))


POLICY_WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": (
        "{policies}: compared with the reference policy",
        "{policies}: vergeleken met het referentiebeleid",
    ),
    "reference": ("reference policy", "referentiebeleid"),
    "asked": (
        "{place}, {households} households, {first} to {last}. {replications}; in each, all policies have "
        "the same "
        "households, random numbers and uncertain parameters, and one initial state. Means with the 90% "
        "interval "
        "over replications in brackets.",
        "{place}, {households} huishoudens, {first} tot en met {last}. {replications}; in elke "
        "berekening hebben alle soorten beleid dezelfde huishoudens, toevalsgetallen en onzekere "
        "parameters, en één begintoestand. Gemiddelden met het 90%-interval over berekeningen tussen "
        "haakjes.",
    ),
    "few": (
        "With {replications} an interval says little about certainty: a policy without any effect would "
        "lie on "
        "one side of zero in every replication with a probability of {chance}, and this table has many "
        "outcomes. "
        "Use a higher replication.count.",
        "Met {replications} zegt een interval weinig over zekerheid: beleid zonder enig effect zou met een "
        "kans van "
        "{chance} in elke berekening aan één kant van nul liggen, en deze tabel heeft veel uitkomsten. "
        "Kies een "
        "hogere replication.count.",
    ),
    "what": ("What each policy is", "Wat elk beleid inhoudt"),
    "from": ("from {start}", "vanaf {start}"),
    "lever": ("`{name}`: from {old} to {new} ({unit})", "`{name}`: van {old} naar {new} ({unit})"),
    "source": ("Source: {source}.", "Bron: {source}."),
    "differences": ("Difference from the reference policy", "Verschil met het referentiebeleid"),
    "money": (
        "What the difference in cost consists of (euro of 2015 per inhabitant a year)",
        "Waaruit het verschil in kosten bestaat (euro van 2015 per inwoner per jaar)",
    ),
    "money_note": (
        "Own cost is what a policy pays for itself: staff, links, social base and the like. Above zero it "
        "costs "
        "more than the reference.",
        "Eigen kosten zijn wat het beleid zelf kost: personeel, korte lijnen, sociale basis en "
        "dergelijke. Boven nul kost het meer dan de referentie.",
    ),
    "beside": (
        "What remains without the mechanism, and under which law",
        "Wat overblijft zonder het mechanisme, en onder welke wet",
    ),
    "own_cost": ("own cost", "eigen kosten"),
    "care": ("care", "zorg"),
    "crises": ("crises", "crises"),
    "in_all": ("total", "totaal"),
    "municipality": ("municipality", "gemeente"),
    "all_payers": ("all payers", "alle betalers"),
    "ranking": (
        "How likely each is best, and its rank",
        "Hoe waarschijnlijk elk het beste is, en de rangorde",
    ),
    "ranking_note": (
        "The share of replications in which no other is better, and between brackets the rank by the mean "
        "(1 is "
        "best). The reference policy takes part. Nothing weighs one outcome against another.",
        "Het aandeel van de berekeningen waarin geen ander beter is, en tussen haakjes de rang naar "
        "het gemiddelde (1 is het beste). Het referentiebeleid doet mee. Niets weegt de ene uitkomst "
        "tegen de andere.",
    ),
    "outcome": ("outcome", "uitkomst"),
    "unit": ("unit", "eenheid"),
    "part": ("part", "onderdeel"),
    "words": ("In words", "In woorden"),
    "more": (
        "{policy}, {outcome}: {size} {unit} more than the reference's {baseline} (90% interval: {low} to "
        "{high}).",
        "{policy}, {outcome}: {size} {unit} meer dan de {baseline} van de referentie (90%-interval: {low} "
        "tot {high}).",
    ),
    "less": (
        "{policy}, {outcome}: {size} {unit} less than the reference's {baseline} (90% interval: {low} to "
        "{high}).",
        "{policy}, {outcome}: {size} {unit} minder dan de {baseline} van de referentie (90%-interval: "
        "{low} tot "
        "{high}).",
    ),
    "unclear": (
        "{policy}, {outcome}: inconclusive, between {low} and {high} {unit} (90% interval; reference "
        "{baseline}).",
        "{policy}, {outcome}: onzeker, tussen {low} en {high} {unit} (90%-interval; referentie {baseline}).",
    ),
    "same": (
        "{policy}, {outcome}: the same as the reference in every replication.",
        "{policy}, {outcome}: in elke berekening gelijk aan de referentie.",
    ),
    "limits": (
        "The sizes of the policies are assumed unless a source is named. The model compares policies under "
        "stated "
        "assumptions and does not forecast.",
        "De omvang van het beleid is aangenomen, tenzij er een bron staat. Het model vergelijkt beleid onder "
        "de genoemde aannames en voorspelt niet.",
    ),
    "figure_title": (
        "{count} of {all} differences from the reference policy have a 90% interval on one side of zero",
        "{count} van de {all} verschillen met het referentiebeleid hebben een 90%-interval aan één kant "
        "van nul",
    ),
    "figure_subtitle": (
        "Policy minus reference, 90% interval over {replications}; filled where the interval excludes zero. "
        "Percentages: how often the policy is best of all, the reference included.",
        "Beleid min referentie, 90%-interval over {replications}; dicht waar het interval nul uitsluit. "
        "Percentages: "
        "hoe vaak het beleid het beste van alle is, de referentie meegerekend.",
    ),
    "figure_note": (
        "{first} to {last}. {place}, {households} households. {replications}, seeds {seeds}.",
        "{first} tot en met {last}. {place}, {households} huishoudens. {replications}, "
        "toevalsreeksen {seeds}.",
    ),
}  # fmt: skip


def policy_said(key: str, language: str, **values: object) -> str:
    """Return a text of a comparison of policies with its values filled in.

    Examples
    --------
    >>> policy_said("own_cost", "nl")
    'eigen kosten'
    """
    texts.check_language(language)
    return texts.filled(POLICY_WORDS, key, language, **values)


def policy_title(run: Run, policy: str, language: str) -> str:
    """Return the title of a compared policy."""
    if policy == REFERENCE:
        return policy_said("reference", language)
    return str(run.document["policies"][policy]["title"][language])
