"""Phrases of a story: problems, care, months and amounts in the reader's language."""

from collections.abc import Sequence
from typing import Final

from scenarios.common.languages import LANGUAGES
from scenarios.reporting.texts import filled, number
from scenarios.reporting.texts import stories as words
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR

# Words around the events of a story, in English and Dutch: headings, tables, the pick, the figure.

FRAME: Final[dict[str, tuple[str, str]]] = {
    "title": (
        "Household {number}: two policies",
        "Huishouden {number}: tweemaal beleid",
    ),
    "in_month": ("In {months}", "In {months}"),
    "from_to": ("From {first} to {last}", "Van {first} tot en met {last}"),
    "to": ("{first} to {last}", "{first} tot en met {last}"),
    "and": ("and", "en"),
    "then": ("Then", "Toen"),
    "same_month": ("That same month", "Diezelfde maand"),
    "waited_0": ("", ""),
    "waited_1": (", after a month on the waiting list", ", na een maand op de wachtlijst"),
    "waited": (", after {n} months on the waiting list", ", na {n} maanden op de wachtlijst"),
    "lasted_0": (", within the month", ", nog dezelfde maand"),
    "lasted_1": (", after a month", ", na een maand"),
    "lasted": (", after {n} months", ", na {n} maanden"),
    "who": (
        "{place}, wijk {wijk}; as it was in {month}: {adults}, the eldest aged {age}, {children}. Income "
        "group {income} of 5, of which 1 is the lowest; {tenant}{shy}.",
        "{place}, wijk {wijk}; zoals het was in {month}: {adults}, de oudste {age} jaar, {children}. "
        "Inkomensgroep "
        "{income} van 5, waarvan 1 de laagste is; {tenant}{shy}.",
    ),
    "adults_1": ("one adult", "één volwassene"),
    "adults_2": ("two adults", "twee volwassenen"),
    "no_children": ("no children", "geen kinderen"),
    "children_1": ("one child ({ages})", "één kind ({ages} jaar)"),
    "children": ("{n} children ({ages})", "{n} kinderen ({ages} jaar)"),
    "child": ("the {nth}, {age}", "het {nth}, {age}"),
    "tenant": ("rents from a housing corporation", "huurt van een woningcorporatie"),
    "no_tenant": ("does not rent from a housing corporation", "huurt niet van een woningcorporatie"),
    "shy": ("; does not easily come for help by itself", "; vraagt niet gauw uit zichzelf om hulp"),
    "lives_here": ("It came to live here in {month}.", "Het kwam hier wonen in {month}."),
    "how_told": (
        "Every sentence below is an event that the simulation recorded, or a number counted from it. "
        "Severity "
        "runs from 0 (no problems) to 1 (crisis). Amounts are euros of 2015.",
        "Elke zin hieronder is een gebeurtenis die de simulatie vastlegde, of een getal dat daaruit is "
        "geteld. "
        "Ernst loopt van 0 (geen probleem) tot 1 (crisis). Bedragen zijn euro's van 2015.",
    ),
    "shared": ("What both runs share", "Wat beide simulaties delen"),
    "parted": ("The policies part in {month}.", "Het beleid gaat uiteen in {month}."),
    "systems": ("The systems differ from the start.", "De stelsels verschillen vanaf het begin."),
    "shared_until": (
        "What was recorded of this household is the same in both runs up to and including {month}.",
        "Wat van dit huishouden werd vastgelegd is in beide simulaties gelijk tot en met {month}.",
    ),
    "never_parts": (
        "Nothing that was recorded of this household differs between both runs.",
        "Niets van wat van dit huishouden werd vastgelegd verschilt tussen beide simulaties.",
    ),
    "at_first": ("At the outset there was: {state}.", "Bij het begin was er: {state}."),
    "nothing": ("Nothing was recorded.", "Er werd niets vastgelegd."),
    "problem_at": ("{problem} ({severity})", "{problem} ({severity})"),
    "waiting_for": ("waiting for {care}", "wachten op {care}"),
    "beside": ("Side by side, from {month} on", "Naast elkaar, vanaf {month}"),
    "row_problem": ("Problems began", "Begin van de problemen"),
    "row_noticed": ("Who noticed first", "Wie het eerst iets merkte"),
    "row_helped": ("Who helped", "Wie hielp"),
    "row_lost": ("Lost on the way", "Onderweg verloren"),
    "row_waited": ("Months on a waiting list", "Maanden op een wachtlijst"),
    "row_crises": ("Crises", "Crises"),
    "row_unmet": ("Months of problems without help", "Maanden met problemen zonder hulp"),
    "row_cost": ("What it cost, all payers", "Wat het kostte, alle betalers"),
    "row_payer": ("of which {payer}", "waarvan {payer}"),
    "row_contribution": ("{payer} (within the cost)", "{payer} (binnen de kosten)"),
    "row_end": ("How it ended, {month}", "Hoe het afliep, {month}"),
    "never": ("never, in these years", "nooit, in deze jaren"),
    "none": ("none", "geen"),
    "end_moved": (
        "moved away in {month}; the month before: {state}",
        "verhuisd in {month}; de maand ervoor: {state}",
    ),
    "end_left_by_death": (
        "the last adult died or left for long-term care in {month}; the month before: {state}",
        "de laatste volwassene overleed of ging naar de langdurige zorg in {month}; de maand ervoor: {state}",
    ),
    "circle": ("kin and neighbours", "familie en buren"),
    "inactive": ("inactive: no problems, no care", "rust: geen problemen, geen zorg"),
    "earlier": ("before, in {month} at the latest", "daarvoor al, uiterlijk in {month}"),
    "noticed": ("{route}, {month}", "{route}, {month}"),
    "months_of": ("{care}: {n} months", "{care}: {n} maanden"),
    "months_of_1": ("{care}: 1 month", "{care}: 1 maand"),
    "times": ("{what}: {n}", "{what}: {n}"),
    "lost_misdirected_contact": ("visits to a wrong counter", "keren bij een verkeerd loket"),
    "lost_lost": ("failed referrals", "verloren overdrachten"),
    "lost_dropped": ("left a waiting list unhelped", "van een wachtlijst af zonder hulp"),
    "lost_not_granted": ("requests without a place", "verzoeken zonder plek"),
    "lost_not_renewed": ("decisions not renewed", "niet verlengde beschikkingen"),
    "lost_passed_on": ("passed on", "doorgeschoven"),
    "lost_handed_over": ("providers that gave up", "aanbieders die ermee ophielden"),
    "lost_debt": ("creditors' reports without help", "meldingen van schuldeisers zonder hulp"),
    "lost_harmed": ("talks that did harm", "gesprekken die kwaad deden"),
    "lost_turned_away": ("turned away after a first talk", "na een eerste gesprek weggestuurd"),
    "lost_other_lost": (
        "transfers to the other team that got lost",
        "overdrachten naar het andere team die zoekraakten",
    ),
    "lost_broken_off": ("cases broken off by a tender", "trajecten afgebroken door een aanbesteding"),
    "evidence": ("What this story is worth", "Wat dit verhaal waard is"),
    "worth": (
        "A story illustrates; only averages are evidence. This is one municipality, one draw of the "
        "uncertain "
        "parameters and one seed ({seed}).",
        "Een verhaal illustreert; alleen gemiddelden zijn bewijs. Dit is één gemeente, één trekking van de "
        "onzekere parameters en één seed ({seed}).",
    ),
    "picked_typical": (
        "It was picked as the middle one of the {along} households whose difference goes in the "
        "direction of the "
        "average.",
        "Het is gekozen als het middelste van de {along} huishoudens bij wie het verschil de kant van het "
        "gemiddelde op gaat.",
    ),
    "picked_largest": (
        "It was picked because its difference goes farthest in the direction of the average: most differ "
        "far less.",
        "Het is gekozen omdat zijn verschil het verst de kant van het gemiddelde op gaat: de meeste "
        "verschillen "
        "veel minder.",
    ),
    "picked_random": (
        "It was drawn at random from the {differ} households whose runs differ.",
        "Het is aselect getrokken uit de {differ} huishoudens bij wie de simulaties verschillen.",
    ),
    "picked_named": (
        "It was named by who asked for the story.",
        "Het is genoemd door wie om het verhaal vroeg.",
    ),
    "how_many": (
        "Of {households} households that lived there in {month}, {differ} differ between the two runs "
        "in the "
        "four things compared below. Taken together, the difference goes in the direction of the average for "
        "{along} and the other way for {against}; a single row may go either way. Part of any one "
        "household's "
        "difference is chance that averages out, such as who stands first on the same list.",
        "Van {households} huishoudens die er in {month} woonden, verschillen er {differ} tussen beide "
        "simulaties in "
        "de vier dingen die hieronder worden vergeleken. Alles samen gaat het verschil bij {along} de "
        "kant van "
        "het gemiddelde op en bij {against} de andere kant op; een enkele regel kan beide kanten op "
        "gaan. Een "
        "deel van het verschil van één huishouden is toeval dat zich uitmiddelt, zoals wie het eerst op "
        "dezelfde "
        "lijst staat.",
    ),
    "compared": (
        "{second} less {first}, until {month} or until they left",
        "{second} min {first}, tot {month} of tot zij vertrokken",
    ),
    "this_household": ("this household", "dit huishouden"),
    "average": ("average of all", "gemiddelde van allen"),
    "average_of_those_who_differ": ("average of those who differ", "gemiddelde van wie verschilt"),
    "crises": ("crises", "crises"),
    "heavy_months": ("months in heavy care", "maanden in zware zorg"),
    "unmet_months": ("months of problems without help", "maanden met problemen zonder hulp"),
    "cost_eur": (
        "euros for places in care, team support, first talks and crises",
        "euro voor plaatsen in zorg, teamhulp, eerste gesprekken en crises",
    ),
    "costs_note": (
        "Costs are those of its places in care, talks, team hours, crises, debt signals, respite and "
        "mediation, "
        "at the prices of the month. The social base, counters and links, which are there for all, are "
        "left out; "
        "so are empty places that a contract pays for.",
        "Kosten zijn die van plaatsen in zorg, gesprekken, teamuren, crises, schuldsignalen, respijtzorg en "
        "bemiddeling, tegen de prijs van de maand. De sociale basis, loketten en verbindingen, die er voor "
        "iedereen zijn, tellen niet mee; lege plaatsen die een contract betaalt evenmin.",
    ),
    "figure": ("Both runs in a figure", "Beide simulaties in een figuur"),
    "alt": (
        "Two timelines side by side, {first} on the left and {second} on the right, from {begin} to "
        "{end}. Top: "
        "severity per problem. Middle: bars for care and waiting, marks for signals, losses and crises. "
        "Bottom: "
        "cost per year by payer: {cost_first} on the left and {cost_second} on the right from {month} on.",
        "Twee tijdlijnen naast elkaar, {first} links en {second} rechts, van {begin} tot {end}. Boven: "
        "ernst per "
        "probleem. Midden: balken voor zorg en wachten, tekens voor signalen, verlies en crises. Onder: "
        "kosten "
        "per jaar naar betaler: {cost_first} links en {cost_second} rechts vanaf {month}.",
    ),
    "severity": ("severity", "ernst"),
    "cost_per_year": ("euro per year", "euro per jaar"),
    "signals": ("signals", "signalen"),
    "losses": ("lost on the way", "onderweg verloren"),
    "crisis_marks": ("crises", "crises"),
    "figure_title": (
        "Household {number}: {cost_first} under {first}, {cost_second} under {second}; {unmet_first} and "
        "{unmet_second} months without help",
        "Huishouden {number}: {cost_first} bij {first}, {cost_second} bij {second}; {unmet_first} en "
        "{unmet_second} maanden zonder hulp",
    ),
    "figure_subtitle": (
        "{place}, one household of {households}, seed {seed}, one draw: a story illustrates, only "
        "averages are "
        "evidence. Amounts and months from {month} on. Grey: the policy is the same. Hatched: waiting.",
        "{place}, één huishouden van {households}, seed {seed}, één trekking: een verhaal illustreert, "
        "alleen "
        "gemiddelden zijn bewijs. Bedragen en maanden vanaf {month}. Grijs: het beleid is gelijk. Gearceerd: "
        "wachten.",
    ),
}


LONG_STRETCH = 3  # months in a row that are told as from the first to the last


def frame(key: str, language: str, **values: object) -> str:
    """Return a text around the events, with its values filled in.

    Examples
    --------
    >>> frame("waited", "nl", n=3)
    ', na 3 maanden op de wachtlijst'
    """
    return filled(FRAME, key, language, **values)


def nth(name: str, language: str) -> tuple[str, str]:
    """Return a name without the number of a child, and that number as a word.

    Examples
    --------
    >>> nth("youth_outpatient_2", "en"), nth("money", "en")
    (('youth_outpatient', 'second'), ('money', ''))
    """
    kind, _, last = name.rpartition("_")
    if not last.isdigit():
        return name, ""
    return kind, words.ORDINALS[int(last) - 1][LANGUAGES.index(language)]


def _word(table: words.Words, name: str, language: str) -> str:
    kind, ordinal = nth(name, language)
    return table[kind][LANGUAGES.index(language)].format(nth=ordinal)


def problem(name: str, language: str) -> str:
    """Return the words for a problem.

    Examples
    --------
    >>> problem("youth_2", "nl")
    'problemen van het tweede kind'
    """
    return _word(words.PROBLEMS, name, language)


def care(name: str, language: str) -> str:
    """Return the words for a place in care."""
    return _word(words.CARE, name, language)


def crisis(name: str, language: str) -> str:
    """Return the words for the crisis a problem comes to."""
    return _word(words.CRISES, name, language)


def route(name: str, language: str) -> str:
    """Return who speaks up on a route."""
    return _word(words.ROUTES, name, language)


def payer(name: str, language: str) -> str:
    """Return the words for a payer."""
    return _word(words.PAYERS, name, language)


def year_of(month: int) -> int:
    """Return the calendar year of a month number."""
    return BASE_YEAR + month // MONTHS_PER_YEAR


def month_name(month: int, language: str) -> str:
    """Return the name of a month."""
    return words.MONTHS[month % MONTHS_PER_YEAR][LANGUAGES.index(language)]


def month(number_of_month: int, language: str) -> str:
    """Return a month and its year.

    Examples
    --------
    >>> month(182, "en"), month(182, "nl")
    ('March 2015', 'maart 2015')
    """
    return f"{month_name(number_of_month, language)} {year_of(number_of_month)}"


def listed(parts: Sequence[str], language: str) -> str:
    """Return parts with commas and a word before the last.

    Examples
    --------
    >>> listed(["a", "b", "c"], "en"), listed(["a"], "nl")
    ('a, b and c', 'a')
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {frame('and', language)} {parts[-1]}"


def when(months: Sequence[int], language: str) -> str:
    """Return in which months of one year something happened.

    Examples
    --------
    >>> when([180, 182], "en"), when([180], "nl")
    ('In January and March', 'In januari')
    >>> when([180, 181, 182], "nl"), when([180, 182, 183, 184], "en")
    ('Van januari tot en met maart', 'In January and March to May')
    """
    stretches: list[list[int]] = []
    for each in sorted(set(months)):
        if stretches and each == stretches[-1][-1] + 1:
            stretches[-1].append(each)
        else:
            stretches.append([each])
    if len(stretches) == 1 and len(stretches[0]) >= LONG_STRETCH:
        return _stretch("from_to", stretches[0], language)
    names: list[str] = []
    for stretch in stretches:
        if len(stretch) >= LONG_STRETCH:
            names.append(_stretch("to", stretch, language))
        else:
            names += [month_name(each, language) for each in stretch]
    return frame("in_month", language, months=listed(names, language))


def _stretch(key: str, months: Sequence[int], language: str) -> str:
    first, last = month_name(months[0], language), month_name(months[-1], language)
    return frame(key, language, first=first, last=last)


def severity(value: float, language: str) -> str:
    """Return a severity in the language's own format.

    Examples
    --------
    >>> severity(0.456, "nl")
    '0,46'
    """
    return number(value, language, 2)


def euros(cents: float, language: str) -> str:
    """Return an amount in whole euros, as the language writes it.

    Examples
    --------
    >>> euros(1234567, "en"), euros(1234567, "nl")
    ('€12,346', '€ 12.346')
    """
    amount = number(cents / 100.0, language)
    return f"€{amount}" if language == "en" else f"€ {amount}"
