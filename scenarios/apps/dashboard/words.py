"""The words of the page, English and Dutch; the page holds both and switches in place."""

from typing import Any

from scenarios.apps.lab.words import WORDS as LAB_WORDS
from scenarios.common.errors import ConfigurationError
from scenarios.common.languages import LANGUAGES
from scenarios.reporting.texts import filled, name
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
        "Move a slider and see what a cut, its strip and early help do to money and people. The model "
        "compares policies under stated assumptions; it does not forecast accounts.",
        "Verschuif een schuif en zie wat een korting, haar landingsbaan en vroege hulp doen met geld en "
        "mensen. Het model vergelijkt beleid onder genoemde aannamen; het voorspelt geen jaarrekening.",
    ),
    "skip": ("To the results", "Naar de uitkomsten"),
    "language": ("Language", "Taal"),
    "choose": ("Choose", "Kies"),
    "system": ("Care organised as in", "Zorg georganiseerd als in"),
    "city": ("In the city", "In de stad"),
    "policies": ("Policies", "Beleid"),
    "policy": ("Policy {letter}", "Beleid {letter}"),
    "reference": ("without it", "zonder dat beleid"),
    "add": ("Add policy", "Voeg toe"),
    "add_long": ("Same, 8-year strip", "Zelfde, baan 8 jaar"),
    "remove": ("Remove", "Verwijder"),
    "reset": ("Reset sliders", "Schuiven terug"),
    "own": ("system's", "stelsel"),
    "per_law": ("by law: 12, 11, 32", "per wet: 12, 11, 32"),
    "shared_levers": ("Set by government and council", "Bepaald door Rijk en raad"),
    "own_levers": ("Set by the policy", "Bepaald door het beleid"),
    "cut": ("Cut on the grants (%)", "Korting op de budgetten (%)"),
    "phase_in": ("Length of the phase-in (years)", "Lengte van de baan (jaren)"),
    "ahead": ("Years ahead that it prepares", "Jaren vooruit dat het zich voorbereidt"),
    "teams": ("Wijkteams (number)", "Wijkteams (aantal)"),
    "fte": ("Team staff (fte per 1,000 inhabitants)", "Teambezetting (fte per 1.000 inwoners)"),
    "signalling": (
        "Early signalling (% of the full programme)",
        "Vroegsignalering (% van het volle programma)",
    ),
    "base": ("Social base (euro per inhabitant a year)", "Sociale basis (euro per inwoner per jaar)"),
    "patience": ("Council patience (years of deficit)", "Geduld van de raad (jaren tekort)"),
    "results": ("What comes of it", "Wat ervan komt"),
    "working": ("Working on the first answer.", "Bezig met het eerste antwoord."),
    "shown_sample": (
        "Shown: a sample of one tenth of {city}, {replications}. The whole city replaces it as it arrives.",
        "Getoond: een steekproef van een tiende van {city}, {replications}. De hele stad komt ervoor in de "
        "plaats.",
    ),
    "shown_city": ("Shown: the whole of {city}, {replications}.", "Getoond: heel {city}, {replications}."),
    "sample_mark": ("10% sample", "steekproef van 10%"),
    "city_mark": ("whole city", "hele stad"),
    "goes_on": (
        "More seeds are on their way ({replications} of {most}).",
        "Er komen meer seeds ({replications} van {most}).",
    ),
    "complete": ("This is all that was asked.", "Dit is alles wat gevraagd is."),
    "refine": ("Go on refining", "Verfijn verder"),
    "other_model": (
        "The link was made with another version of the model ({model}); numbers may differ.",
        "De link is gemaakt met een andere versie van het model ({model}); getallen kunnen afwijken.",
    ),
    "shared_sample_teams": (
        "In the sample, teams are brought down with the wijken.",
        "In de steekproef gaan de teams mee omlaag met de wijken.",
    ),
    "saved": (
        "By the end of {year}, compared with the same landing {reference}, the {payer} saves in euro per "
        "inhabitant: {change}.",
        "Tot eind {year}, vergeleken met dezelfde landing {reference}, bespaart {payer} in euro per "
        "inwoner: {change}.",
    ),
    "nothing_differs": (
        "It changes nothing against its reference, so nothing is saved or lost. Move a slider below "
        "'{own_levers}'.",
        "Het verandert niets tegenover zijn referentie, dus er is niets bespaard of verloren. Verschuif "
        "iets onder '{own_levers}'.",
    ),
    "payer_municipality": ("municipality", "de gemeente"),
    "payer_all_payers": ("whole of all payers", "het geheel van alle betalers"),
    "paid_back": (
        "Paid back for good within 3, 5 and 10 years of the first euro: {three}, {five} and {ten} of "
        "{count} replications.",
        "Blijvend terugverdiend binnen 3, 5 en 10 jaar na de eerste euro: {three}, {five} en {ten} van "
        "{count} replicaties.",
    ),
    "never_cost": (
        "In {never} of {count} replications it never costs more than its reference, so there is nothing to "
        "pay back.",
        "In {never} van {count} replicaties kost het nooit meer dan de referentie, dus er is niets terug te "
        "verdienen.",
    ),
    "unmet": (
        "Unmet need (severity-months) against its reference: {change}.",
        "Onvervulde nood (ernst-maanden) tegenover zijn referentie: {change}.",
    ),
    "shifted": (
        "Cheaper with more unmet need is shifted, not saved.",
        "Goedkoper met meer onvervulde nood is verschoven, niet bespaard.",
    ),
    "shortfall": (
        "Cost of care less the grant in the five years after the transition, euro per inhabitant a year: "
        "{change}.",
        "Kosten van de zorg min het budget in de vijf jaar na de overgang, euro per inwoner per jaar: "
        "{change}.",
    ),
    "landing": ("The landing", "De landing"),
    "landing_title": (
        "{policy}: a strip of {years} years ({metres} m) and what the care costs",
        "{policy}: een baan van {years} jaar ({metres} m) en wat de zorg kost",
    ),
    "landing_alt": (
        "Line chart by year: the grant of {policy} against the cost of the care still needed, in euro of "
        "2015 per inhabitant; the numbers are in the table below.",
        "Lijngrafiek per jaar: het budget van {policy} tegenover de kosten van de zorg die nog nodig is, "
        "in euro van 2015 per inwoner; de getallen staan in de tabel eronder.",
    ),
    "euro_axis": ("euro of 2015 per inhabitant a year", "euro van 2015 per inwoner per jaar"),
    "euro_cumulated": ("euro of 2015 per inhabitant", "euro van 2015 per inwoner"),
    "metre_axis": ("metres of strip (600 m a year)", "meters baan (600 m per jaar)"),
    "year": ("year", "jaar"),
    "per_1000": ("per 1,000 inhabitants", "per 1.000 inwoners"),
    "open_care_note": (
        "Care still open at the end is in no year.",
        "Zorg die aan het eind nog loopt, telt in geen enkel jaar mee.",
    ),
    "grid_note": (
        "In bold the wijk's rank by deprivation, 1 is the most deprived; no map.",
        "Vet de rang van de wijk naar achterstand, 1 heeft de meeste; geen kaart.",
    ),
    "live": ("euro per inhabitant saved by {year}", "euro per inwoner bespaard tot {year}"),
    "phase_in_mark": ("strip", "baan"),
    "budget": ("grant", "budget"),
    "care_needed": ("care still needed", "zorg die nog nodig is"),
    "interval": ("90% of replications", "90% van de replicaties"),
    "low": ("low", "laag"),
    "high": ("high", "hoog"),
    "savings": ("The savings curve", "De besparingscurve"),
    "whose": ("Whose savings", "Wiens besparing"),
    "municipality": ("the municipality's", "van de gemeente"),
    "all_payers": ("all payers'", "van alle betalers"),
    "savings_cumulated": (
        "Saved since the first euro spent, {payer}: {finding}",
        "Bespaard sinds de eerste uitgegeven euro, {payer}: {finding}",
    ),
    "savings_per_year": ("Saved in each year, {payer}", "Bespaard in elk jaar, {payer}"),
    "savings_alt": (
        "Line chart by year of savings per policy with the interval that holds 90% of the replications; "
        "above "
        "zero is cheaper than the reference. The numbers are in the table below.",
        "Lijngrafiek per jaar van de besparing per beleid met het interval waarin 90% van de replicaties "
        "ligt; "
        "boven nul is goedkoper dan de referentie. De getallen staan in de tabel eronder.",
    ),
    "finding_up": ("{policies} above zero", "{policies} boven nul"),
    "finding_down": ("{policies} below zero", "{policies} onder nul"),
    "finding_unclear": (
        "{policies} not distinguishable from zero",
        "{policies} niet te onderscheiden van nul",
    ),
    "finding_one": ("one replication, no interval yet", "één replicatie, nog geen interval"),
    "waiting": ("Waiting lists", "Wachtlijsten"),
    "waiting_title": (
        "Waiting for a team or for care, per 1,000 inhabitants",
        "Wachtend op een team of op zorg, per 1.000 inwoners",
    ),
    "waiting_axis": ("waiting per 1,000 inhabitants", "wachtenden per 1.000 inwoners"),
    "waiting_alt": (
        "Line chart by year of people waiting per policy and for the reference of the policy looked into;"
        " numbers in the table below.",
        "Lijngrafiek per jaar van wachtenden per beleid en voor de referentie van het bekeken beleid; "
        "getallen in de tabel eronder.",
    ),
    "kinds_title": (
        "Waiting by kind of care in {year}: {policy}",
        "Wachtend per soort zorg in {year}: {policy}",
    ),
    "kinds_alt": (
        "Bars of people waiting per kind of care, policy and reference; numbers in the table below.",
        "Balken van wachtenden per soort zorg, beleid en referentie; getallen in de tabel eronder.",
    ),
    "kind": ("kind of care", "soort zorg"),
    "reference_of": ("{policy}, its reference", "{policy}, zijn referentie"),
    "flows": ("From one kind of care to another", "Van de ene soort zorg naar de andere"),
    "flows_title": (
        "Households between 1 January {first} and {last}: {policy}",
        "Huishoudens tussen 1 januari {first} en {last}: {policy}",
    ),
    "flows_alt": (
        "Flows of households between states of care, those inactive on both days left out; numbers in the "
        "table below.",
        "Stromen van huishoudens tussen zorgtoestanden, wie op beide dagen in rust is weggelaten; "
        "getallen in de tabel eronder.",
    ),
    "from_state": ("from", "van"),
    "to_state": ("to", "naar"),
    "households": ("households", "huishoudens"),
    "wijken": ("Wijken over time", "Wijken door de tijd"),
    "measure": ("Colour shows", "Kleur toont"),
    "measure_clients": ("trajectories of care per 1,000 households", "zorgtrajecten per 1.000 huishoudens"),
    "measure_waiting": ("waiting per 1,000 households", "wachtenden per 1.000 huishoudens"),
    "measure_cost": ("euro of care per household a year", "euro zorg per huishouden per jaar"),
    "measure_crises": ("crises per 1,000 households a year", "crises per 1.000 huishoudens per jaar"),
    "wijken_title": ("{measure}, {year}: {policy}", "{measure}, {year}: {policy}"),
    "wijken_alt": (
        "Grid of wijken, the most deprived first; each cell is a wijk and its colour the figure; numbers "
        "in the table below. The grid is no map: the model does not know where wijken lie.",
        "Raster van wijken, de meest achtergestelde eerst; elke cel is een wijk en de kleur het cijfer; "
        "getallen in de tabel eronder. Het raster is geen kaart: het model weet niet waar wijken liggen.",
    ),
    "wijk": ("wijk", "wijk"),
    "deprivation": ("deprivation", "achterstand"),
    "look": ("Flows, wijken and story of", "Stromen, wijken en verhaal van"),
    "table": ("The numbers behind it", "De getallen erachter"),
    "csv": ("Data (CSV)", "Gegevens (CSV)"),
    "png": ("Figure (PNG)", "Figuur (PNG)"),
    "play": ("Play the years", "Speel de jaren af"),
    "stop": ("Stop", "Stop"),
    "year_shown": ("year shown", "getoond jaar"),
    "svg": ("Figure (SVG)", "Figuur (SVG)"),
    "link": ("Link to exactly this", "Link naar precies dit"),
    "copy": ("Copy", "Kopieer"),
    "copied": ("Copied.", "Gekopieerd."),
    "command": ("The same on the command line", "Hetzelfde op de opdrachtregel"),
    "claims": ("Claims of the sources", "Stellingen van de bronnen"),
    "no_claims": (
        "No study of the claims has been run here yet; the command landingsbaan claims runs one.",
        "Hier is nog geen onderzoek van de stellingen gedaan; de opdracht landingsbaan claims doet er een.",
    ),
    "claims_published": (
        "Verdicts of the study in docs/claims.md, where sizes, conditions and figures stand.",
        "Oordelen van het onderzoek in docs/claims.md, waar groottes, voorwaarden en figuren staan.",
    ),
    "replications_of_claim": ("replications", "replicaties"),
    "claim": ("claim", "stelling"),
    "source": ("source", "bron"),
    "verdict": ("verdict", "oordeel"),
    "probability": ("probability and size", "kans en grootte"),
    "conditions": ("conditions", "voorwaarden"),
    "literature": ("literature", "literatuur"),
    "story": ("One household, two runs", "Een huishouden, twee simulaties"),
    "story_lead": (
        "One household with and without the policy, same random numbers; a story illustrates, only "
        "averages are evidence. It is told of the sample, or of a small place whole.",
        "Een huishouden met en zonder het beleid, dezelfde toevalsgetallen; een verhaal verduidelijkt, "
        "alleen gemiddelden bewijzen. Het komt uit de steekproef, of uit de hele plaats als die klein is.",
    ),
    "tell": ("Tell a story", "Vertel een verhaal"),
    "telling": ("Both runs are being simulated.", "Beide simulaties worden uitgevoerd."),
    "run": ("Open a run of your own", "Open een eigen run"),
    "own_city": ("A municipality of your own", "Een eigen gemeente"),
    "own_lead": (
        "The file of a municipality (YAML or CSV), as landingsbaan municipality new writes; it stays on this "
        "machine, until the page is closed down.",
        "Het bestand van een gemeente (YAML of CSV), zoals landingsbaan municipality new het schrijft; het "
        "blijft op deze computer, tot de pagina wordt afgesloten.",
    ),
    "own_taken": (
        "{name} is shown. Where its file and the system both set a figure, the system's holds. To run it: "
        "landingsbaan municipality add with the same file, then municipality={slug}.",
        "{name} wordt getoond. Waar bestand en stelsel allebei een cijfer noemen, geldt dat van het stelsel. "
        "Om het te draaien: landingsbaan municipality add met hetzelfde bestand, dan municipality={slug}.",
    ),
    "run_lead": (
        "A run folder (results/runs/...) as a zip file of at most 50 MB; it stays on this machine.",
        "Een run-map (results/runs/...) als zip-bestand van hoogstens 50 MB; het blijft op deze computer.",
    ),
    "limits": ("What the model does not know", "Wat het model niet weet"),
    "limits_miss": KNOWN_MISS,
    "limits_text": (
        "Whether early help pays depends most on what nobody measured: how many found problems would have"
        " passed anyway. No study isolates the speed of a cut. Freed hours are not money until a contract"
        " shrinks, and part of the gain lands with others.",
        "Of vroege hulp loont hangt het meest af van wat niemand mat: hoeveel gevonden problemen vanzelf "
        "waren overgegaan. Geen onderzoek scheidt de snelheid van een korting af. Vrijgekomen uren zijn "
        "pas geld als een contract krimpt, en een deel van de winst komt bij anderen terecht.",
    ),
    "error": (
        "This could not be worked out; change something or try again.",
        "Dit kon niet worden uitgerekend; verander iets of probeer het opnieuw.",
    ),
    "gone": (
        "The connection with the server has ended; reload the page.",
        "De verbinding met de server is verbroken; laad de pagina opnieuw.",
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
