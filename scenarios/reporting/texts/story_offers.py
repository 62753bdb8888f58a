"""Sentences of the story about what is offered and arranged: key, English, Dutch."""

from typing import Final

EVENTS_OF_OFFERS: Final[dict[str, tuple[str, str]]] = {
    "by_number": (
        "{when} it asked by the one telephone number: {problem}.",
        "{when} vroeg het via het ene telefoonnummer: {problem}.",
    ),
    "gp_to_team": (
        "{when} the GP, who works with the team, sent the household there instead of straight on: {problem}.",
        "{when} stuurde de huisarts, die met het team samenwerkt, het huishouden daarheen en niet "
        "rechtstreeks door: {problem}.",
    ),
    "help_on_school": (
        "{when} there was help at school, without an assessment: {problem}.",
        "{when} was er hulp op school, zonder indicatie: {problem}.",
    ),
    "youth_work": (
        "{when} youth work lent a hand: {problem}.",
        "{when} stak het jongerenwerk een hand toe: {problem}.",
    ),
    "youth_intervention": (
        "{when} a youth intervention team helped: {problem}.",
        "{when} hielp een jeugdinterventieteam: {problem}.",
    ),
    "flying_brigade": (
        "{when} the flying brigade between school and work helped: {problem}.",
        "{when} hielp de vliegende brigade tussen school en werk: {problem}.",
    ),
    "poverty_gift": (
        "{when} the household got a gift from the fund against poverty.",
        "{when} kreeg het huishouden een gift uit het armoedefonds.",
    ),
    "network_talk": (
        "{when} the team talked with the household and its own circle about what they could do themselves.",
        "{when} sprak het team met het huishouden en de eigen kring over wat zij zelf konden doen.",
    ),
    "close_to_family": (
        "{when} the team gave intensive help at home: {care}.",
        "{when} gaf het team intensieve hulp thuis: {care}.",
    ),
    "other_handed_over": (
        "{when} trouble of the other generation was noticed and handed over: {care}.",
        "{when} werden moeilijkheden van de andere generatie opgemerkt en overgedragen: {care}.",
    ),
    "other_lost": (
        "{when} trouble of the other generation was noticed, but lost on the way to the other team: {care}.",
        "{when} werden moeilijkheden van de andere generatie opgemerkt, maar die raakten zoek op weg naar "
        "het andere team: {care}.",
    ),
    "other_taken_up": (
        "{when} the team noticed trouble of the other generation and took it up itself: {care}.",
        "{when} merkte het team moeilijkheden van de andere generatie op en pakte die zelf op: {care}.",
    ),
    "at_desk": (
        "{when} the request lay at the desk while there was a place: {care}.",
        "{when} lag de aanvraag bij het toegangsloket terwijl er plek was: {care}.",
    ),
    "bought_by_team": (
        "{when} the team bought help itself: {problem}.",
        "{when} kocht het team zelf hulp in: {problem}.",
    ),
    "turned_away": (
        "{when} the team said after the first talk that it was not for this team.",
        "{when} zei het team na het eerste gesprek dat het niet voor dit team was.",
    ),
    "access_only": (
        "{when} the team gave no help itself: it only arranged access to others.",
        "{when} hielp het team niet zelf: het regelde alleen de toegang tot anderen.",
    ),
    "lasting_contact": (
        "{when} the team stayed in contact while specialists worked: {care}.",
        "{when} bleef het team in contact terwijl specialisten aan het werk waren: {care}.",
    ),
    "broken_off": (
        "{when} a tender brought another party, and the case was broken off: {care}.",
        "{when} bracht een aanbesteding een andere partij, en de hulp werd afgebroken: {care}.",
    ),
    "answered_together": (
        "{when} what many in the wijk asked was answered together: {problem}.",
        "{when} werd wat velen in de wijk vroegen gezamenlijk beantwoord: {problem}.",
    ),
    "passed": (
        "{when} the problem passed by itself or was solved elsewhere: {problem}.",
        "{when} ging het probleem vanzelf over of werd het elders opgelost: {problem}.",
    ),
    "settled": (
        "{when} an eviction was averted at the last moment.",
        "{when} werd op het laatste moment een uithuiszetting voorkomen.",
    ),
    "advised": (
        "{when} short advice was enough, and no case was opened: {care}.",
        "{when} was een kort advies genoeg en werd geen traject gestart: {care}.",
    ),
    "no_case": (
        "{when} the team referred the household and opened no case of its own: {care}.",
        "{when} verwees het team door, zonder zelf een traject te starten: {care}.",
    ),
    "stepped_up": (
        "{when} the team's help ended with a referral to a specialist: {problem}.",
        "{when} eindigde de hulp van het team met een verwijzing naar een specialist: {problem}.",
    ),
}
