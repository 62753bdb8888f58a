"""Words of the page on the length of the phase-in, in English and Dutch."""

from typing import Final

from scenarios.reporting.texts import filled

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("How long must the phase-in period be?", "Hoe lang moet de landingsbaan zijn?"),
    "cell_overnight": ("overnight is enough", "ineens kan"),
    "cell_between": ("more than {low}; {high} is enough", "meer dan {low}; {high} is genoeg"),
    "cell_enough": ("{high} is enough; shorter is inconclusive", "{high} is genoeg; korter is onzeker"),
    "cell_longer": ("more than {low}", "meer dan {low}"),
    "cell_unsure": ("inconclusive", "onzeker"),
    "all_harmed": (
        "every length tested causes transition harm",
        "elke onderzochte lengte geeft schade van de overgang",
    ),
    "all_free": (
        "no length tested causes a transition harm that counts",
        "geen onderzochte lengte geeft schade van de overgang die telt",
    ),
    "all_unsure": ("inconclusive for every length", "onzeker voor elke lengte"),
    "harmed_of": ("causes transition harm", "geeft schade van de overgang"),
    "free_of": ("no transition harm that counts", "geen schade die telt"),
    "unsure_of": ("inconclusive", "onzeker"),
    "people": ("for people", "voor mensen"),
    "money": ("for the municipal budget", "voor het gemeentebudget"),
    "households": ("households", "huishoudens"),
    "answers": ("Lengths in years; 0 is overnight", "Lengtes in jaren; 0 is ineens"),
    "sentence": (
        "A cut of {cut}%, {ahead}, {basis}: {told}.",
        "Een korting van {cut}%, {ahead}, {basis}: {told}.",
    ),
    "overnight_parts": (
        " Overnight the transition harms are: {parts}.",
        " Ineens is de schade van de overgang: {parts}.",
    ),
    "ahead": ("with {years} years of preparation", "met {years} jaar voorbereiding"),
    "ahead_one": ("with one year of preparation", "met één jaar voorbereiding"),
    "not_ahead": ("without preparation", "zonder voorbereiding"),
    "as_announced": ("as announced", "zoals aangekondigd"),
    "same_money": ("same money", "zelfde geld"),
    "cut": ("cut", "korting"),
    "years": ("length of the phase-in period (years)", "lengte van de landingsbaan (jaren)"),
    "cut_axis": ("cut (% of the grant)", "korting (% van het rijksbudget)"),
    "free": ("no transition harm that counts", "geen schade die telt"),
    "harmed": ("causes transition harm", "geeft schade van de overgang"),
    "unsure_cell": ("inconclusive", "onzeker"),
    "same_answer": (
        "Preparation does not change any of these answers.",
        "Voorbereiding verandert geen van deze antwoorden.",
    ),
    "other_answer": (
        "With {ahead} years of preparation the answer changes for {where}; whether the preparation itself "
        "causes that was not tested.",
        "Met {ahead} jaar voorbereiding verandert het antwoord voor {where}; of dat door de voorbereiding "
        "zelf komt, is niet getoetst.",
    ),
    "how": (
        "Each phase-in period is compared with one of eight years with the same cut and preparation. It "
        "causes transition harm when the whole 95% interval of the mean over {draws} draws of the unknowns "
        "lies above what counts as none, for at least one part. It has no transition harm that counts when "
        "the intervals of all {parts} parts lie below. Each part is tested separately: with {parts} parts "
        "and {phase_ins} phase-in periods some verdicts will be due to chance. *As announced*, a longer "
        "strip also brings more money. With the *same money*, the short period gets the difference as a "
        "reserve on day one, so only speed differs. Unknowns are drawn from ranges or, where the model is "
        "calibrated, from its posterior: the answer says what follows from them, not what will happen.",
        "Elke landingsbaan is vergeleken met een van acht jaar met dezelfde korting en voorbereiding. Zij "
        "geeft schade van de overgang als het hele 95%-interval van het gemiddelde over {draws} trekkingen "
        "van de onzekere parameters voor ten minste één onderdeel boven de grens ligt van wat als geen "
        "schade telt. Er is geen schade die telt als de intervallen van alle {parts} onderdelen eronder "
        "liggen. Elk onderdeel is apart getoetst: bij {parts} onderdelen en {phase_ins} landingsbanen "
        "komen enkele oordelen door toeval. *Zoals aangekondigd* brengt een langere baan ook meer geld. "
        "Met *hetzelfde geld* krijgt de korte baan het verschil op dag één als reserve, zodat alleen de "
        "snelheid verschilt. De onzekere parameters komen uit bandbreedtes of, waar het model gekalibreerd "
        "is, uit de posterior: het antwoord zegt wat daaruit volgt, niet wat er zal gebeuren.",
    ),
    "counts_as_none": ("Counts as none, a year", "Telt als geen schade, per jaar"),
    "all_numbers": ("All numbers are in [{file}]({path}).", "Alle getallen staan in [{file}]({path})."),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("cell_longer", "nl", low="2")
    'meer dan 2'
    """
    return filled(WORDS, key, language, **values)
