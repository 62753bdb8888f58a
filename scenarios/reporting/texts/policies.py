"""Words of a comparison of policies, in English and Dutch."""

from typing import Final

from scenarios.reporting import texts
from simulation.recording.arm_names import REFERENCE
from simulation.recording.store import Run

WORDS: Final[dict[str, tuple[str, str]]] = {
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
        "{place}, {households} huishoudens, {first} tot en met {last}. {replications}; in elke replicatie "
        "hebben alle "
        "soorten beleid dezelfde huishoudens, toevalsgetallen en onzekere parameters, en één begintoestand. "
        "Gemiddelden met het 90%-interval over replicaties tussen haken.",
    ),
    "few": (
        "With {replications} an interval says little about certainty: a policy without any effect would "
        "lie on "
        "one side of zero in every replication with a probability of {chance}, and this table has many "
        "outcomes. "
        "Use a higher replication.count.",
        "Met {replications} zegt een interval weinig over zekerheid: beleid zonder enig effect zou met een "
        "kans van "
        "{chance} in elke replicatie aan één kant van nul liggen, en deze tabel heeft veel uitkomsten. "
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
        "Eigen kosten zijn wat het beleid zelf kost: personeel, verbindingen, sociale basis en dergelijke. "
        "Boven nul "
        "kost het meer dan de referentie.",
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
        "Het aandeel van de replicaties waarin geen ander beter is, en tussen haken de rang naar het "
        "gemiddelde (1 is "
        "het beste). Het referentiebeleid doet mee. Niets weegt de ene uitkomst tegen de andere.",
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
        "{policy}, {outcome}: in elke replicatie gelijk aan de referentie.",
    ),
    "limits": (
        "The sizes of the policies are assumed unless a source is named. The model compares policies under "
        "stated "
        "assumptions and does not forecast.",
        "De omvang van het beleid is aangenomen, tenzij er een bron staat. Het model vergelijkt beleid onder "
        "uitgesproken aannames en voorspelt niet.",
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
        "{first} tot en met {last}. {place}, {households} huishoudens. {replications}, seeds {seeds}.",
    ),
}  # fmt: skip


def said(key: str, language: str, **values: object) -> str:
    """Return a text of a comparison of policies with its values filled in.

    Examples
    --------
    >>> said("own_cost", "nl")
    'eigen kosten'
    """
    texts.check_language(language)
    return texts.filled(WORDS, key, language, **values)


def title(run: Run, policy: str, language: str) -> str:
    """Return the title of a compared policy."""
    if policy == REFERENCE:
        return said("reference", language)
    return str(run.document["policies"][policy]["title"][language])
