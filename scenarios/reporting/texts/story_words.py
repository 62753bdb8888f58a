"""Phrases of a story: problems, care, months and amounts in the reader's language."""

from collections.abc import Sequence
from typing import Final

from scenarios.reporting.texts import LANGUAGES, filled, locale, number
from scenarios.reporting.texts import stories as words
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR

# Words around the events of a story, in English and Dutch: headings, tables, the pick, the figure.

FRAME: Final[dict[str, tuple[str, str]]] = {
    "title": (
        "Two lives of household {number}",
        "Twee levens van huishouden {number}",
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
        "{place}, wijk {wijk}. In {month} the household is: {adults}, the eldest aged {age}, {children}. "
        "Income group {income} of 5 (1 is the lowest); {tenant}{shy}.",
        "{place}, wijk {wijk}. In {month} bestaat het huishouden uit: {adults}, de oudste {age} jaar, "
        "{children}. Inkomensgroep {income} van 5 (1 is de laagste); {tenant}{shy}.",
    ),
    "adults_1": ("one adult", "één volwassene"),
    "adults_2": ("two adults", "twee volwassenen"),
    "no_children": ("no children", "geen kinderen"),
    "children_1": ("one child ({ages})", "één kind ({ages} jaar)"),
    "children": ("{n} children ({ages})", "{n} kinderen ({ages} jaar)"),
    "child": ("the {nth}, {age}", "het {nth}, {age}"),
    "tenant": ("rents from a housing corporation", "huurt van een woningcorporatie"),
    "no_tenant": ("does not rent from a housing corporation", "huurt niet van een woningcorporatie"),
    "shy": ("; does not easily ask for help", "; vraagt niet gauw om hulp"),
    "lives_here": ("It moved here in {month}.", "Het kwam hier wonen in {month}."),
    "how_told": (
        "Every sentence below is an event that the simulation recorded, or a number counted from such "
        "events. Severity runs from 0 (no problems) to 1 (crisis). Amounts are in euros of 2015.",
        "Elke zin hieronder is een gebeurtenis die de simulatie vastlegde, of een getal dat uit zulke "
        "gebeurtenissen is geteld. Ernst loopt van 0 (geen problemen) tot 1 (crisis). Bedragen zijn in "
        "euro's van 2015.",
    ),
    "shared": ("What both runs have in common", "Wat beide simulaties gemeen hebben"),
    "parted": ("The policies differ from {month} on.", "Het beleid verschilt vanaf {month}."),
    "systems": ("The systems differ from the start.", "De stelsels verschillen vanaf het begin."),
    "shared_until": (
        "The record of this household is the same in both runs up to and including {month}.",
        "De gegevens van dit huishouden zijn in beide simulaties gelijk tot en met {month}.",
    ),
    "never_parts": (
        "The record of this household is the same in both runs.",
        "De gegevens van dit huishouden zijn in beide simulaties gelijk.",
    ),
    "at_first": ("At the start: {state}.", "Aan het begin: {state}."),
    "nothing": ("Nothing was recorded.", "Er is niets vastgelegd."),
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
    "row_cost": ("Cost for all payers", "Kosten voor alle betalers"),
    "row_payer": ("of which {payer}", "waarvan {payer}"),
    "row_contribution": ("{payer} (included in the cost)", "{payer} (in de kosten inbegrepen)"),
    "row_end": ("Situation in {month}", "Situatie in {month}"),
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
    "circle": ("family and neighbours", "familie en buren"),
    "inactive": ("inactive: no problems, no care", "geen problemen en geen zorg"),
    "earlier": ("earlier, in {month} at the latest", "al eerder, uiterlijk in {month}"),
    "noticed": ("{route}, {month}", "{route}, {month}"),
    "months_of": ("{care}: {n} months", "{care}: {n} maanden"),
    "months_of_1": ("{care}: 1 month", "{care}: 1 maand"),
    "times": ("{what}: {n}", "{what}: {n}"),
    "lost_misdirected_contact": ("visits to the wrong counter", "keren bij het verkeerde loket"),
    "lost_lost": ("failed referrals", "mislukte verwijzingen"),
    "lost_dropped": ("left a waiting list without help", "van een wachtlijst af zonder hulp"),
    "lost_not_granted": ("requests not granted", "afgewezen aanvragen"),
    "lost_not_renewed": ("decisions not renewed", "niet verlengde beschikkingen"),
    "lost_passed_on": ("referrals passed on to another payer", "doorgeschoven naar een andere betaler"),
    "lost_handed_over": ("providers that stopped", "gestopte aanbieders"),
    "lost_debt": ("creditors' reports without help", "meldingen van schuldeisers zonder hulp"),
    "lost_harmed": ("first talks that did harm", "eerste gesprekken die schade deden"),
    "lost_turned_away": ("turned away after a first talk", "na een eerste gesprek doorgestuurd"),
    "lost_other_lost": ("failed referrals to the other team", "mislukte verwijzingen naar het andere team"),
    "lost_broken_off": ("cases broken off by a tender", "trajecten afgebroken door een aanbesteding"),
    "evidence": ("What this story shows, and what it does not", "Wat dit verhaal laat zien, en wat niet"),
    "worth": (
        "A story is an illustration; only averages are evidence. This is one municipality, one draw of the "
        "uncertain parameters and one seed ({seed}).",
        "Een verhaal is een illustratie; alleen gemiddelden zijn bewijs. Dit is één gemeente, één "
        "schatting van wat niemand heeft gemeten en één toevalsreeks ({seed}).",
    ),
    "picked_typical": (
        "The selection is the middle one of the households whose difference goes in the direction of the "
        "average, on every outcome compared below where there are such households.",
        "Gekozen is het middelste van de huishoudens bij wie het verschil dezelfde kant op gaat als "
        "gemiddeld, op elke uitkomst hieronder als zulke huishoudens er zijn.",
    ),
    "picked_largest": (
        "The selection is the household whose difference goes farthest in the direction of the average; "
        "most households differ far less.",
        "Gekozen is het huishouden bij wie het verschil het verst dezelfde kant op gaat als gemiddeld; de "
        "meeste huishoudens verschillen veel minder.",
    ),
    "picked_random": (
        "The selection is random among the {differ} households whose runs differ.",
        "Gekozen is willekeurig uit de {differ} huishoudens bij wie de simulaties verschillen.",
    ),
    "picked_named": (
        "The reader asked for this household by its number.",
        "Dit huishouden is op nummer gevraagd.",
    ),
    "how_many": (
        "Of the {households} households that lived there in {month}, {differ} differ between the two runs "
        "on the four outcomes compared below. Over all four outcomes, the difference goes in the direction "
        "of the average for {along} and the other way for {against}; a single row may go either way. Part "
        "of the difference of one household is chance that averages out, such as who comes first on a "
        "waiting list.",
        "Van de {households} huishoudens die er in {month} woonden, verschillen er {differ} tussen beide "
        "simulaties op de vier uitkomsten hieronder. Over alle vier gaat het verschil bij {along} dezelfde "
        "kant op als het gemiddelde en bij {against} de andere kant op; een enkele regel kan beide kanten "
        "op gaan. Een deel van het verschil van één huishouden is toeval dat zich uitmiddelt, zoals wie "
        "het eerst op een wachtlijst staat.",
    ),
    "compared": (
        "{second} minus {first}, until {month} or until they left",
        "{second} min {first}, tot {month} of tot vertrek",
    ),
    "this_household": ("this household", "dit huishouden"),
    "average": ("average of all households", "gemiddelde van alle huishoudens"),
    "average_of_those_who_differ": (
        "average of households that differ",
        "gemiddelde van huishoudens die verschillen",
    ),
    "crises": ("crises", "crises"),
    "heavy_months": ("months in heavy care", "maanden in zware zorg"),
    "unmet_months": ("months of problems without help", "maanden met problemen zonder hulp"),
    "cost_eur": (
        "euros for care, team support, first talks and crises",
        "euro voor zorg, teamhulp, eerste gesprekken en crises",
    ),
    "costs_note": (
        "Costs are those of its care, first talks, team hours, crises, debt signals, respite and "
        "mediation, at the prices of the month. Not counted are the social base, counters and links, which "
        "serve everybody, and empty places that a contract pays for.",
        "Kosten zijn die van zorg, eerste gesprekken, teamuren, crises, signalen van schulden, "
        "respijtzorg en bemiddeling, tegen de prijzen van de maand. Niet meegeteld zijn de sociale "
        "basis, loketten en korte lijnen, die er voor iedereen zijn, en lege plaatsen die een "
        "contract betaalt.",
    ),
    "figure": ("Both runs in a figure", "Beide simulaties in een figuur"),
    "alt": (
        "Two timelines below one another, {first} and {second}, from {begin} to {end}: the heaviest "
        "problem, marks for reports, losses and crises, bars for care and waiting. From {month} on: "
        "{unmet_first} months of problems without help and {cost_first} with {first}, {unmet_second} "
        "months and {cost_second} with {second}.",
        "Twee tijdlijnen onder elkaar, {first} en {second}, van {begin} tot {end}: het zwaarste probleem, "
        "tekens voor meldingen, verlies en crises, balken voor zorg en wachten. Vanaf {month}: "
        "{unmet_first} maanden met problemen zonder hulp en {cost_first} met {first}, {unmet_second} "
        "maanden en {cost_second} met {second}.",
    ),
    "figure_note": (
        "Blue: care. Hatched: waiting. Grey field: the policy is still the same. A mark stands for a year, "
        "with how often. A story is an illustration; only averages are evidence.",
        "Blauw: zorg. Gearceerd: wachten. Grijs vlak: het beleid is nog gelijk. Een teken staat voor een "
        "jaar, met hoe vaak. Een verhaal is een illustratie; alleen gemiddelden zijn bewijs.",
    ),
    "figure_footer": (
        "One household of {households}, seed {seed}, one parameter draw.",
        "Eén huishouden van {households}, toevalsreeks {seed}, één schatting van wat niemand heeft gemeten.",
    ),
    "life_title": (
        "{name}: {unmet} months without help, {cost}",
        "{name}: {unmet} maanden zonder hulp, {cost}",
    ),
    "heaviest": (
        "heaviest problem",
        "zwaarste probleem",
    ),
    "short_earlier": (
        "There are problems already in {month}.",
        "In {month} zijn er al problemen.",
    ),
    "short_began": (
        "Problems begin in {month}: {problem}.",
        "De problemen beginnen in {month}: {problem}.",
    ),
    "short_quiet": (
        "No problem begins.",
        "Er begint geen probleem.",
    ),
    "short_more": (
        "Problems that begin or get worse after that: {n}.",
        "Problemen die daarna beginnen of verergeren: {n}.",
    ),
    "short_noticed": (
        "First to report it: {route}, {month}.",
        "Wie het als eerste meldt: {route}, in {month}.",
    ),
    "short_unnoticed": (
        "Nobody reports it.",
        "Niemand meldt het.",
    ),
    "short_helped": (
        "Help: {helped}.",
        "Hulp: {helped}.",
    ),
    "short_helped_more": (
        "Help: {helped}, and {n} other kinds.",
        "Hulp: {helped}, en {n} andere soorten.",
    ),
    "short_no_help": (
        "No help comes.",
        "Er komt geen hulp.",
    ),
    "short_waited": (
        "Months on a waiting list: {n}.",
        "Maanden op een wachtlijst: {n}.",
    ),
    "short_lost": (
        "What goes wrong on the way: {lost}.",
        "Wat onderweg misgaat: {lost}.",
    ),
    "short_crises": (
        "Crises: {crises}.",
        "Crises: {crises}.",
    ),
    "short_no_crisis": (
        "There is no crisis.",
        "Er is geen crisis.",
    ),
    "short_unmet": (
        "Months of problems without help: {n}.",
        "Maanden met problemen zonder hulp: {n}.",
    ),
    "short_cost": (
        "All payers together pay {cost}.",
        "Alle betalers samen betalen {cost}.",
    ),
    "short_end": (
        "In {month}: {state}.",
        "In {month}: {state}.",
    ),
    "short_since": (
        "Counted from {month} on.",
        "Geteld vanaf {month}.",
    ),
    "log_title": (
        "Everything that was recorded of household {number}",
        "Alles wat van huishouden {number} is vastgelegd",
    ),
    "log_there": (
        "Everything that was recorded, month by month: log_en.md next to this text.",
        "Alles wat is vastgelegd, maand voor maand: log_nl.md naast deze tekst.",
    ),
    "typical": (
        "How typical is this? {differ} of {households} households differ between the two lives, {along} of "
        "them in the direction of the average.",
        "Hoe gewoon is dit? Bij {differ} van de {households} huishoudens verschillen de twee levens, bij "
        "{along} daarvan dezelfde kant op als gemiddeld.",
    ),
    "typical_named": (
        "The reader asked for this household by its number; its difference need not go in the direction of "
        "the average.",
        "Om dit huishouden is op nummer gevraagd; het verschil hoeft niet dezelfde kant op te gaan als "
        "gemiddeld.",
    ),
    "severity": ("severity", "ernst"),
    "signals": (
        "somebody reports it",
        "iemand meldt het",
    ),
    "losses": (
        "goes wrong on the way",
        "gaat onderweg mis",
    ),
    "crisis_marks": ("crises", "crises"),
    "figure_title": (
        "Household {number}: {unmet_first} months without help ({first}) and {unmet_second} ({second}); "
        "{cost_first} and {cost_second}",
        "Huishouden {number}: {unmet_first} maanden zonder hulp ({first}) en {unmet_second} ({second}); "
        "{cost_first} en {cost_second}",
    ),
    "figure_subtitle": (
        "{place}. Cost for all payers and months of problems without help, from {month} on.",
        "{place}. Kosten voor alle betalers en maanden met problemen zonder hulp, vanaf {month}.",
    ),
}


LONG_STRETCH = 3  # months in a row that are written as from the first to the last


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
    return str(locale(language).months["stand-alone"]["wide"][month % MONTHS_PER_YEAR + 1])


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
    from babel.lists import format_list

    return format_list(parts, locale=locale(language))


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
    ('€12,346', '€\\xa012.346')
    """
    from babel.numbers import format_currency

    place = locale(language)
    pattern = place.currency_formats["standard"].pattern.replace(".00", "")
    amount = format_currency(round(cents / 100.0), "EUR", pattern, place, currency_digits=False)
    return amount.replace("-", "\u2212")
