"""The words of the page, English and Dutch; the page holds both and switches in place."""

from typing import Any

from scenarios.apps.lab.words import WORDS as LAB_WORDS
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.texts import LANGUAGES, filled, name
from scenarios.reporting.texts.stories import CARE
from scenarios.reporting.texts.summary import KNOWN_MISS

# A wish that cannot be granted, as a sentence in both languages.


class RefusedError(ConfigurationError):
    """What a visitor asked cannot be done; the sentence exists in every language of the page."""

    def __init__(self, english: str, dutch: str) -> None:
        super().__init__(english)
        self.sentences = (english, dutch)

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep both sentences on the way from one process to another."""
        return RefusedError, self.sentences

    def told(self, language: str) -> str:
        """Return the sentence in a language."""
        return self.sentences[LANGUAGES.index(language) if language in LANGUAGES else 0]


# A chart speaks of no particular child, as a story does.
KINDS_OF_YOUTH = {
    "youth_team": ("youth team", "jeugdteam"),
    "youth_outpatient": ("specialist youth help", "ambulante jeugdhulp"),
    "youth_day_care": ("youth day treatment", "daghulp jeugd"),
    "youth_residential": ("youth care away from home", "jeugdhulp met verblijf"),
    "supervision_order": ("supervision order", "ondertoezichtstelling"),
}

WORDS: dict[str, tuple[str, str]] = LAB_WORDS | {
    "title": ("Landingsbaan: a municipality lands", "Landingsbaan: een gemeente landt"),
    "lead": (
        "Move a slider to see what a cut, its landing strip and early help do to money and people. The "
        "model compares policies under stated assumptions; it does not forecast accounts.",
        "Verschuif een schuif en zie wat een korting, de landingsbaan en vroege hulp doen met geld en "
        "mensen. Het model vergelijkt beleid onder genoemde aannames; het voorspelt geen jaarrekening.",
    ),
    "skip": ("Skip to the results", "Naar de resultaten"),
    "language": ("Language", "Taal"),
    "choose": ("Choose", "Kies"),
    "system": ("Care organised as in", "Zorg georganiseerd als in"),
    "city": ("In the city", "In de stad"),
    "policies": ("Policies", "Beleid"),
    "policy": ("Policy {letter}", "Beleid {letter}"),
    "reference": ("without the policy", "zonder het beleid"),
    "add": ("Add a policy", "Beleid toevoegen"),
    "add_long": ("Same, 8-year strip", "Zelfde, baan van 8 jaar"),
    "remove": ("Remove", "Verwijderen"),
    "reset": ("Reset sliders", "Schuiven terug"),
    "own": ("as the system", "zoals het stelsel"),
    "per_law": ("by law: 12, 11, 32", "per wet: 12, 11, 32"),
    "shared_levers": ("Set by government and council", "Bepaald door Rijk en raad"),
    "own_levers": ("Set by the policy", "Bepaald door het beleid"),
    "cut": ("Cut to the grants (%)", "Korting op het rijksbudget (%)"),
    "phase_in": ("Length of the landing strip (years)", "Lengte van de landingsbaan (jaren)"),
    "ahead": ("Years of preparation", "Jaren voorbereiding"),
    "teams": ("Wijkteams (number)", "Wijkteams (aantal)"),
    "fte": ("Team staff (fte per 1,000 inhabitants)", "Teambezetting (fte per 1.000 inwoners)"),
    "signalling": (
        "Early signalling (% of the full programme)",
        "Vroegsignalering (% van het volle programma)",
    ),
    "base": ("Social base (euro per inhabitant a year)", "Sociale basis (euro per inwoner per jaar)"),
    "patience": ("Council patience (years of deficit)", "Geduld van de raad (jaren met tekort)"),
    "results": ("Results", "Resultaten"),
    "working": ("Computing the first results.", "De eerste resultaten worden berekend."),
    "shown_sample": (
        "Shown: a sample of one tenth of {city}, {replications}. Results for the whole city will replace it.",
        "Te zien: een steekproef van een tiende van {city}, {replications}. De resultaten voor de hele "
        "stad komen ervoor in de plaats.",
    ),
    "shown_city": ("Shown: the whole of {city}, {replications}.", "Te zien: heel {city}, {replications}."),
    "sample_mark": ("10% sample", "steekproef van 10%"),
    "city_mark": ("whole city", "hele stad"),
    "goes_on": (
        "More replications are being computed ({replications} of {most}).",
        "Er worden meer replicaties berekend ({replications} van {most}).",
    ),
    "complete": ("All requested replications are done.", "Alle gevraagde replicaties zijn klaar."),
    "refine": ("Add more replications", "Meer replicaties"),
    "other_model": (
        "This link was made with another version of the model ({model}), so numbers may differ.",
        "Deze link is gemaakt met een andere versie van het model ({model}); getallen kunnen afwijken.",
    ),
    "shared_sample_teams": (
        "In the sample, the number of teams is reduced along with the number of wijken.",
        "In de steekproef is het aantal teams evenredig verkleind met het aantal wijken.",
    ),
    "saved": (
        "By the end of {year}, compared with the same landing {reference}, the {payer} saves in euro per "
        "inhabitant: {change}.",
        "Tot eind {year}, vergeleken met dezelfde landing {reference}, bespaart {payer} in euro per "
        "inwoner: {change}.",
    ),
    "nothing_differs": (
        "This policy is the same as its reference, so nothing is saved or lost. Move a slider under "
        "'{own_levers}'.",
        "Dit beleid is gelijk aan de referentie, dus er wordt niets bespaard of verloren. Verschuif iets "
        "onder '{own_levers}'.",
    ),
    "payer_municipality": ("municipality", "de gemeente"),
    "payer_all_payers": ("group of all payers", "het geheel van alle betalers"),
    "paid_back": (
        "Paid for itself for good within 3, 5 and 10 years of the first euro: in {three}, {five} and {ten} "
        "of {count} replications.",
        "Blijvend terugverdiend binnen 3, 5 en 10 jaar na de eerste euro: in {three}, {five} en {ten} van "
        "{count} replicaties.",
    ),
    "never_cost": (
        "In {never} of {count} replications it never costs more than the reference, so there is nothing to "
        "pay back.",
        "In {never} van {count} replicaties kost het nooit meer dan de referentie, dus er is niets terug "
        "te verdienen.",
    ),
    "unmet": (
        "Need without help (severity-months), difference from the reference; above zero is worse: {change}.",
        "Nood zonder hulp (ernstmaanden), verschil met de referentie; boven nul is slechter: {change}.",
    ),
    "shifted": (
        "Cheaper with more need without help is shifted, not saved.",
        "Goedkoper met meer nood zonder hulp is verschoven, niet bespaard.",
    ),
    "shortfall": (
        "Cost of care minus the grant in the five years after the transition, in euro per inhabitant per "
        "year (above zero: a deficit): {change}.",
        "Kosten van de zorg min het budget in de vijf jaar na de overgang, in euro per inwoner per jaar "
        "(boven nul: een tekort): {change}.",
    ),
    "landing": ("The landing", "De landing"),
    "landing_title": (
        "{policy}: a landing strip of {years} years ({metres} m) and the cost of care",
        "{policy}: een landingsbaan van {years} jaar ({metres} m) en de kosten van de zorg",
    ),
    "landing_alt": (
        "Line chart by year: the grant of {policy} and the cost of the care still needed, in euro of 2015 "
        "per inhabitant; the numbers are in the table below.",
        "Lijngrafiek per jaar: het budget van {policy} en de kosten van de zorg die nog nodig is, in euro "
        "van 2015 per inwoner; de getallen staan in de tabel eronder.",
    ),
    "euro_axis": ("euro of 2015 per inhabitant a year", "euro van 2015 per inwoner per jaar"),
    "euro_cumulated": ("euro of 2015 per inhabitant", "euro van 2015 per inwoner"),
    "metre_axis": ("metres of strip (600 m a year)", "meters baan (600 m per jaar)"),
    "year": ("year", "jaar"),
    "per_1000": ("per 1,000 inhabitants", "per 1.000 inwoners"),
    "open_care_note": (
        "Care still running at the end of the last year is not counted.",
        "Zorg die aan het eind van het laatste jaar nog loopt, telt niet mee.",
    ),
    "grid_note": (
        "In bold: the wijk's rank by deprivation (1 is the most deprived). This is not a map.",
        "Vet: de rang van de wijk naar achterstand (1 heeft de meeste achterstand). Dit is geen kaart.",
    ),
    "live": ("euro per inhabitant saved by {year}", "euro per inwoner bespaard tot en met {year}"),
    "phase_in_mark": ("strip", "baan"),
    "budget": ("grant", "budget"),
    "care_needed": ("care still needed", "zorg die nog nodig is"),
    "interval": ("90% interval", "90%-interval"),
    "low": ("low", "laag"),
    "high": ("high", "hoog"),
    "savings": ("The savings curve", "De besparingscurve"),
    "whose": ("Whose savings", "Wiens besparing"),
    "municipality": ("the municipality's", "van de gemeente"),
    "all_payers": ("all payers'", "van alle betalers"),
    "savings_cumulated": (
        "Total saved since the first euro was spent, {payer}: {finding}",
        "Totaal bespaard sinds de eerste euro is uitgegeven, {payer}: {finding}",
    ),
    "savings_per_year": ("Saved per year, {payer}", "Bespaard per jaar, {payer}"),
    "savings_alt": (
        "Line chart by year of savings per policy with the 90% interval; above zero is cheaper than the "
        "reference. The numbers are in the table below.",
        "Lijngrafiek per jaar van de besparing per beleid met het 90%-interval; boven nul is goedkoper dan "
        "de referentie. De getallen staan in de tabel eronder.",
    ),
    "finding_up": ("{policies} above zero", "{policies} boven nul"),
    "finding_down": ("{policies} below zero", "{policies} onder nul"),
    "finding_unclear": ("{policies} inconclusive", "{policies} onzeker"),
    "finding_one": ("one replication, no interval yet", "één replicatie, nog geen interval"),
    "waiting": ("Waiting lists", "Wachtlijsten"),
    "waiting_title": (
        "People waiting for a team or for care, per 1,000 inhabitants",
        "Wachtenden op een team of op zorg, per 1.000 inwoners",
    ),
    "waiting_axis": ("people waiting per 1,000 inhabitants", "wachtenden per 1.000 inwoners"),
    "waiting_alt": (
        "Line chart by year of people waiting, per policy and for the reference of the selected policy; "
        "the numbers are in the table below.",
        "Lijngrafiek per jaar van wachtenden, per beleid en voor de referentie van het gekozen beleid; de "
        "getallen staan in de tabel eronder.",
    ),
    "kinds_title": (
        "People waiting by kind of care in {year}: {policy}",
        "Wachtenden per soort zorg in {year}: {policy}",
    ),
    "kinds_alt": (
        "Bars of people waiting per kind of care, policy and reference; the numbers are in the table below.",
        "Balken van wachtenden per soort zorg, beleid en referentie; de getallen staan in de tabel eronder.",
    ),
    "kind": ("kind of care", "soort zorg"),
    "reference_of": ("{policy}, its reference", "{policy}, zijn referentie"),
    "flows": ("From one kind of care to another", "Van de ene soort zorg naar de andere"),
    "flows_title": (
        "Households between 1 January {first} and {last}: {policy}",
        "Huishoudens tussen 1 januari {first} en {last}: {policy}",
    ),
    "flows_alt": (
        "Flows of households between states of care; households that were inactive on both days are left "
        "out. The numbers are in the table below.",
        "Stromen van huishoudens tussen zorgtoestanden; wie op beide dagen in rust was, is weggelaten. De "
        "getallen staan in de tabel eronder.",
    ),
    "from_state": ("from", "van"),
    "to_state": ("to", "naar"),
    "households": ("households", "huishoudens"),
    "wijken": ("Wijken over time", "Wijken door de tijd"),
    "measure": ("Colour shows", "Kleur toont"),
    "measure_clients": ("people in care per 1,000 households", "zorgtrajecten per 1.000 huishoudens"),
    "measure_waiting": ("people waiting per 1,000 households", "wachtenden per 1.000 huishoudens"),
    "measure_cost": ("euro of care per household a year", "euro zorg per huishouden per jaar"),
    "measure_crises": ("crises per 1,000 households a year", "crises per 1.000 huishoudens per jaar"),
    "wijken_title": ("{measure}, {year}: {policy}", "{measure}, {year}: {policy}"),
    "wijken_alt": (
        "Grid of wijken, the most deprived first. Each cell is a wijk and its colour shows the figure; the "
        "numbers are in the table below. The grid is not a map: the model does not know where wijken are.",
        "Raster van wijken, met de meeste achterstand vooraan. Elke cel is een wijk en de kleur toont het "
        "cijfer; de getallen staan in de tabel eronder. Het raster is geen kaart: het model weet niet waar "
        "wijken liggen.",
    ),
    "wijk": ("wijk", "wijk"),
    "deprivation": ("deprivation", "achterstand"),
    "look": ("Show flows, wijken and story of", "Toon stromen, wijken en verhaal van"),
    "table": ("The numbers in a table", "De getallen in een tabel"),
    "csv": ("Data (CSV)", "Gegevens (CSV)"),
    "png": ("Figure (PNG)", "Figuur (PNG)"),
    "play": ("Play the years", "Speel de jaren af"),
    "stop": ("Stop", "Stop"),
    "year_shown": ("year shown", "getoond jaar"),
    "svg": ("Figure (SVG)", "Figuur (SVG)"),
    "link": ("Link to exactly these settings", "Link naar precies deze instellingen"),
    "copy": ("Copy", "Kopiëren"),
    "copied": ("Copied.", "Gekopieerd."),
    "command": ("The same as a command", "Hetzelfde als opdracht"),
    "claims": ("Claims of the sources", "Beweringen uit de bronnen"),
    "no_claims": (
        "No study of the claims has been run here yet; the command landingsbaan claims runs one.",
        "Hier is nog geen onderzoek van de beweringen gedaan; de opdracht landingsbaan claims doet dat.",
    ),
    "claims_published": (
        "Verdicts of the study in docs/claims.md, which gives sizes, conditions and figures.",
        "Oordelen van het onderzoek in docs/claims.md, met groottes, voorwaarden en figuren.",
    ),
    "replications_of_claim": ("replications", "replicaties"),
    "claim": ("claim", "bewering"),
    "source": ("source", "bron"),
    "verdict": ("verdict", "oordeel"),
    "probability": ("probability and size", "kans en grootte"),
    "conditions": ("conditions", "voorwaarden"),
    "literature": ("literature", "literatuur"),
    "story": ("One household, two runs", "Eén huishouden, twee simulaties"),
    "story_lead": (
        "One household with and without the policy, with the same random numbers. A story is an "
        "illustration; only averages are evidence. It comes from the sample, or from the whole place if "
        "that is small.",
        "Eén huishouden met en zonder het beleid, met dezelfde toevalsgetallen. Een verhaal is een "
        "illustratie; alleen gemiddelden zijn bewijs. Het komt uit de steekproef, of uit de hele plaats "
        "als die klein is.",
    ),
    "tell": ("Show a story", "Toon een verhaal"),
    "telling": ("Simulating both runs.", "Beide simulaties worden uitgevoerd."),
    "run": ("Open one of your own runs", "Open een eigen run"),
    "own_city": ("Your own municipality", "Uw eigen gemeente"),
    "own_lead": (
        "The file of a municipality (YAML or CSV) as made by landingsbaan municipality new. It stays on "
        "this machine until you close the page.",
        "Het bestand van een gemeente (YAML of CSV) zoals landingsbaan municipality new het maakt. Het "
        "blijft op deze computer totdat u de pagina sluit.",
    ),
    "own_taken": (
        "{name} is shown. Where its file and the system both set a figure, the system's counts. To run it: "
        "landingsbaan municipality add with the same file, then municipality={slug}.",
        "{name} wordt getoond. Waar het bestand en het stelsel allebei een cijfer noemen, telt dat van het "
        "stelsel. Om de gemeente te simuleren: landingsbaan municipality add met hetzelfde bestand, daarna "
        "municipality={slug}.",
    ),
    "run_lead": (
        "A run folder (results/runs/...) as a zip file of at most 50 MB; it stays on this machine.",
        "Een runmap (results/runs/...) als zipbestand van hoogstens 50 MB; het blijft op deze computer.",
    ),
    "limits": ("What the model does not know", "Wat het model niet weet"),
    "limits_miss": KNOWN_MISS,
    "limits_text": (
        "Whether early help pays depends most on what nobody has measured: how many of the problems found "
        "would have passed anyway. No study isolates the speed of a cut. Hours that come free are not "
        "money until a contract becomes smaller, and part of the gain goes to other payers.",
        "Of vroege hulp loont, hangt het meest af van wat niemand heeft gemeten: hoeveel van de gevonden "
        "problemen vanzelf waren overgegaan. Geen studie heeft de snelheid van een korting apart gemeten. "
        "Uren die vrijkomen zijn pas geld als een contract kleiner wordt, en een deel van de winst gaat "
        "naar andere betalers.",
    ),
    "error": (
        "These settings could not be computed. Change something or try again.",
        "Deze instellingen konden niet worden berekend. Verander iets of probeer het opnieuw.",
    ),
    "gone": (
        "The connection with the server is lost. Reload the page.",
        "De verbinding met de server is verbroken. Laad de pagina opnieuw.",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text of the page with its values filled in.

    Examples
    --------
    >>> word("policy", "nl", letter="A")
    'Beleid A'
    """
    return filled(WORDS, key, language, **values)


def care_word(own_name: str, language: str) -> str:
    """Return the reader's word for a state or kind of care.

    Examples
    --------
    >>> care_word("youth_team", "nl"), care_word("inactive", "en")
    ('jeugdteam', 'inactive')
    """
    kinds = {**CARE, **KINDS_OF_YOUTH}
    return kinds[own_name][LANGUAGES.index(language)] if own_name in kinds else name(own_name, language)
