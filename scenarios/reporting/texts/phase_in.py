"""Words of the page on the length of the phase-in, in English and Dutch."""

from typing import Final

from scenarios.reporting.texts import filled

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("How long must the phase-in period be?", "Hoe lang moet de landingsbaan zijn?"),
    "cell_overnight": ("overnight will do", "in één nacht kan"),
    "cell_between": ("more than {low}; {high} will do", "meer dan {low}; {high} is genoeg"),
    "cell_enough": ("{high} will do; shorter inconclusive", "{high} is genoeg; korter niet te zeggen"),
    "cell_longer": ("more than {low}", "meer dan {low}"),
    "cell_unsure": ("inconclusive", "niet te zeggen"),
    "all_harmed": (
        "every length looked at causes transition harm",
        "elke bekeken lengte geeft schade van de overgang",
    ),
    "all_free": (
        "no length looked at has a transition harm that counts",
        "geen bekeken lengte geeft schade van de overgang die telt",
    ),
    "all_unsure": ("inconclusive for every length", "van geen lengte is het te zeggen"),
    "harmed_of": ("causes transition harm", "geeft schade van de overgang"),
    "free_of": ("no transition harm that counts", "geen schade die telt"),
    "unsure_of": ("inconclusive", "niet te zeggen"),
    "people": ("for people", "voor mensen"),
    "money": ("for the municipal purse", "voor de gemeentekas"),
    "households": ("households", "huishoudens"),
    "answers": ("Lengths in years, 0 is overnight", "Lengtes in jaren, 0 is in één nacht"),
    "sentence": (
        "A cut of {cut}%, {ahead}, {basis}: {told}.",
        "Een korting van {cut}%, {ahead}, {basis}: {told}.",
    ),
    "overnight_parts": (
        " Overnight the transition harms are: {parts}.",
        " In één nacht is de schade van de overgang: {parts}.",
    ),
    "ahead": ("prepared {years} years beforehand", "{years} jaar vooraf voorbereid"),
    "ahead_one": ("prepared one year beforehand", "één jaar vooraf voorbereid"),
    "not_ahead": ("without preparation", "zonder voorbereiding"),
    "as_announced": ("as announced", "zoals aangekondigd"),
    "same_money": ("same money", "zelfde geld"),
    "cut": ("cut", "korting"),
    "years": ("length of the phase-in period (years)", "lengte van de overgangsperiode (jaren)"),
    "cut_axis": ("cut (% of the grant)", "korting (% van het rijksgeld)"),
    "free": ("no transition harm that counts", "geen schade die telt"),
    "harmed": ("causes transition harm", "geeft schade van de overgang"),
    "unsure_cell": ("inconclusive", "niet te zeggen"),
    "same_answer": (
        "Preparation changes none of these answers.",
        "Voorbereiding verandert geen van deze antwoorden.",
    ),
    "other_answer": (
        "With {ahead} years of preparation the answer is another one for {where}; whether preparation "
        "itself makes "
        "that difference was not tested.",
        "Met {ahead} jaar voorbereiding is het antwoord anders voor {where}; of dat aan de voorbereiding "
        "zelf ligt, "
        "is niet getoetst.",
    ),
    "how": (
        "A phase-in period causes transition harm when, against one of eight years with the same cut and "
        "preparation, the "
        "whole 95% interval "
        "of the mean of at least one part over {draws} draws of the unknowns lies above what counts as "
        "none; it has no "
        "transition harm that counts when the intervals of all {parts} parts lie below. Each part is tested "
        "on "
        "its own: with "
        "{parts} parts and {phase_ins} phase-in periods some verdicts will be due to chance. *As announced* "
        "a longer "
        "strip also brings more "
        "money; with the *same money* the short period gets the difference as a reserve on day one, so "
        "that only speed "
        "differs. Unknowns come from ranges or, where the model is calibrated, from its posterior: the "
        "answer says what "
        "follows from them, not what will happen.",
        "Een overgangsperiode geeft schade wanneer, tegenover een van acht jaar met dezelfde korting en "
        "voorbereiding, het hele "
        "95%-interval van het gemiddelde van ten minste één onderdeel over {draws} trekkingen van de "
        "onbekenden boven "
        "ligt wat als geen telt; er is geen schade die telt wanneer de intervallen van alle {parts} "
        "onderdelen eronder "
        "liggen. Elk onderdeel is op zichzelf getoetst: bij {parts} onderdelen en {phase_ins} "
        "overgangsperiodes zijn "
        "enkele oordelen "
        "toeval. *Zoals aangekondigd* brengt een langere periode ook meer geld; met *hetzelfde geld* krijgt "
        "de korte periode het "
        "verschil op dag één als reserve, zodat alleen de snelheid verschilt. De onbekenden komen uit "
        "bandbreedtes of, "
        "waar het model gekalibreerd is, uit de a-posterioriverdeling: het antwoord zegt wat daaruit "
        "volgt, niet wat er "
        "zal gebeuren.",
    ),
    "counts_as_none": ("Counts as none, a year", "Telt als geen, per jaar"),
    "all_numbers": ("All numbers stand in [{file}]({path}).", "Alle getallen staan in [{file}]({path})."),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("cell_longer", "nl", low="2")
    'meer dan 2'
    """
    return filled(WORDS, key, language, **values)
