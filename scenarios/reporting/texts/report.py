"""Sentences of the report that depend on an interval, and words of its tables: key, English, Dutch.

A topic has a subject and a unit for what cannot be told, and a sentence for more and for less.
"""

from typing import Final

from scenarios.reporting.texts import report_frame, report_text

Words = dict[str, tuple[str, str]]
_BAND = (" (90% of pairs: {low} to {high})", " (90% van de paren: {low} tot {high})")

_TOLD: Final[Words] = {
    "told_unclear": (
        "{subject} is not distinguishable from zero: 90% of the pairs lie between {low} and {high} {unit}.",
        "{subject} is niet te onderscheiden van nul: 90% van de paren ligt tussen {low} en {high} {unit}.",
    ),
    "told_few": (
        "{subject} cannot be told from {count} pairs, which is too few: they lie between {low} and {high} "
        "{unit}.",
        "{subject} is uit {count} paren niet op te maken, dat zijn er te weinig: ze liggen tussen {low} en "
        "{high} {unit}.",
    ),
    "told_one": (
        "{subject} cannot be told from one pair, which says nothing about certainty; that pair gave {mean} "
        "{unit}.",
        "{subject} is uit één paar niet op te maken, want één paar zegt niets over zekerheid; dat paar gaf "
        "{mean} {unit}.",
    ),
    "together_unclear": (
        "Not distinguishable from zero: {names}.",
        "Niet te onderscheiden van nul: {names}.",
    ),
    "together_few": (
        "Cannot be told from {count} pairs, which is too few: {names}.",
        "Uit {count} paren niet op te maken, dat zijn er te weinig: {names}.",
    ),
    "together_one": ("Cannot be told from one pair: {names}.", "Uit één paar niet op te maken: {names}."),
    "together_same": ("The same in every pair: {names}.", "In elk paar gelijk: {names}."),
    "groups_less": (
        "These gain, their problems are lighter: {groups}.",
        "Erop vooruit gaan, met lichtere problemen: {groups}.",
    ),
    "groups_more": (
        "These lose, their problems are heavier: {groups}.",
        "Erop achteruit gaan, met zwaardere problemen: {groups}.",
    ),
    "told_same": ("{subject} is zero in every pair.", "{subject} is nul in elk paar."),
}

_TOPICS: Final[Words] = {
    "money_subject": (
        "what {policy} saves or costs {whose} {when}",
        "wat {policy} {whose} {when} bespaart of kost",
    ),
    "money_unit": (
        "euro per inhabitant a year (below zero: it costs)",
        "euro per inwoner per jaar (onder nul: het kost)",
    ),
    "money_more": (
        "{when}, {policy} saves {whose} {size} euro per inhabitant a year, {total} million euro a year in "
        "all "
        "for {base} inhabitants" + _BAND[0] + ".",
        "{when} bespaart {policy} {whose} {size} euro per inwoner per jaar, in totaal {total} miljoen euro "
        "per jaar voor {base} inwoners" + _BAND[1] + ".",
    ),
    "shifted_more": (
        "{when}, {policy} is {size} euro per inhabitant a year cheaper for {whose}, {total} million euro a "
        "year in all for {base} inhabitants" + _BAND[0] + ", mostly in years with more need left without "
        "help: shifted rather than "
        "saved.",
        "{when} is {policy} voor {whose} {size} euro per inwoner per jaar goedkoper, in totaal {total} "
        "miljoen euro per jaar voor {base} inwoners" + _BAND[1] + ", meestal in jaren met meer nood zonder "
        "hulp: eerder "
        "verschoven dan bespaard.",
    ),
    "money_less": (
        "{when}, {policy} costs {whose} {size} euro per inhabitant a year, {total} million euro a year in "
        "all "
        "for {base} inhabitants" + _BAND[0] + ".",
        "{when} kost {policy} {whose} {size} euro per inwoner per jaar, in totaal {total} miljoen euro "
        "per jaar voor {base} inwoners" + _BAND[1] + ".",
    ),
    "outcome_subject": (
        "the difference that {policy} makes to {outcome}",
        "het verschil dat {policy} maakt voor {outcome}",
    ),
    "outcome_unit": ("({unit})", "({unit})"),
    "outcome_more": (
        "{outcome}: {size}{points} higher under {policy}, against {level} under the reference"
        + _BAND[0] + ".",
        "{outcome}: met {policy} {size}{points} hoger, naast {level} in de referentie" + _BAND[1] + ".",
    ),
    "outcome_less": (
        "{outcome}: {size}{points} lower under {policy}, against {level} under the reference"
        + _BAND[0] + ".",
        "{outcome}: met {policy} {size}{points} lager, naast {level} in de referentie" + _BAND[1] + ".",
    ),
    "bruise_subject": (
        "the difference the short strip makes to {part}",
        "het verschil dat de korte baan maakt voor {part}",
    ),
    "bruise_unit": ("({unit})", "({unit})"),
    "bruise_more": (
        "{part}: {size} higher on the short strip ({unit}; 90% of pairs: {low} to {high}).",
        "{part}: {size} hoger op de korte baan ({unit}; 90% van de paren: {low} tot {high}).",
    ),
    "bruise_less": (
        "{part}: {size} lower on the short strip ({unit}; 90% of pairs: {low} to {high}).",
        "{part}: {size} lager op de korte baan ({unit}; 90% van de paren: {low} tot {high}).",
    ),
    "contrast_subject": (
        "the difference between what {policy} does for {one} and for {other}",
        "het verschil tussen wat {policy} doet voor {one} en voor {other}",
    ),
    "contrast_unit": ("percentage points", "procentpunt"),
    "contrast_more": (
        "For {one} the change is less favourable than for {other}, by {size} percentage points" + _BAND[0]
        + ".",
        "Voor {one} is de verandering minder gunstig dan voor {other}: {size} procentpunt" + _BAND[1] + ".",
    ),
    "contrast_less": (
        "For {one} the change is more favourable than for {other}, by {size} percentage points" + _BAND[0]
        + ".",
        "Voor {one} is de verandering gunstiger dan voor {other}: {size} procentpunt" + _BAND[1] + ".",
    ),
    "beside_subject": (
        "the difference between {system} and {reference} in {outcome}",
        "het verschil tussen {system} en {reference} in {outcome}",
    ),
    "beside_unit": ("({unit})", "({unit})"),
    "beside_more": (
        "{system}: {outcome} is {size} higher than in {reference} ({unit}; 90% of pairs: {low} to {high}).",
        "{system}: {outcome} is {size} hoger dan in {reference} ({unit}; 90% van de paren: {low} tot "
        "{high}).",
    ),
    "beside_less": (
        "{system}: {outcome} is {size} lower than in {reference} ({unit}; 90% of pairs: {low} to {high}).",
        "{system}: {outcome} is {size} lager dan in {reference} ({unit}; 90% van de paren: {low} tot "
        "{high}).",
    ),
}  # fmt: skip

_READINGS: Final[Words] = {
    "reading_unclear": ("unclear", "onduidelijk"),
    "reading_few": ("too few pairs to tell", "te weinig paren"),
    "reading_one": ("one pair: cannot be told", "één paar: niet te zeggen"),
    "reading_same": ("the same in every pair", "gelijk in elk paar"),
    "reading_more": ("higher", "hoger"),
    "reading_less": ("lower", "lager"),
    "reading_saves": ("saves", "bespaart"),
    "reading_shifted": ("cheaper, with more need", "goedkoper, met meer nood"),
    "reading_costs": ("costs", "kost"),
    "reading_heavier": ("lose", "achteruit"),
    "reading_lighter": ("gain", "vooruit"),
    "banded": ("{mean} ({low} to {high})", "{mean} ({low} tot {high})"),
}

TOPICS: Final = tuple(key.removesuffix("_subject") for key in _TOPICS if key.endswith("_subject"))
WORDS: Final[Words] = {
    **_TOLD, **_TOPICS, **_READINGS, **report_frame.WORDS, **report_text.WORDS,
}  # fmt: skip
