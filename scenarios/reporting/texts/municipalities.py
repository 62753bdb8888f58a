"""Words of what is told and drawn of the municipalities of a country: key, English, Dutch."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "spread_head": (
        "Between municipalities (mean a year from {first} on, mean over pairs; 90% of municipalities between "
        "brackets):",
        "Tussen gemeenten (gemiddeld per jaar vanaf {first}, gemiddelde over paren; 90% van de gemeenten "
        "tussen haken):",
    ),
    "spread_line": (
        "  {measure}: median {median} [{low} to {high}], from {lowest} in {lowest_in} to {highest} in "
        "{highest_in}",
        "  {measure}: mediaan {median} [{low} tot {high}], van {lowest} in {lowest_in} tot {highest} in "
        "{highest_in}",
    ),
    "spread_equal": (
        "  {equal} of {all} are equal and differ by luck alone: the median of their saving is {median}, 90% "
        "of them between {low} and {high} euro per inhabitant.",
        "  {equal} van {all} zijn gelijk en verschillen alleen door toeval: de mediaan van hun besparing is "
        "{median}, 90% ligt tussen {low} en {high} euro per inwoner.",
    ),
    "measure_saving": (
        "saving of the policy, municipality, euro per inhabitant",
        "besparing van het beleid, gemeente, euro per inwoner",
    ),
    "measure_saving_all_payers": (
        "saving of the policy, all payers, euro per inhabitant",
        "besparing van het beleid, alle betalers, euro per inwoner",
    ),
    "measure_cost": (
        "cost of the municipality, reference, euro per inhabitant",
        "kosten van de gemeente, referentie, euro per inwoner",
    ),
    "measure_crises": (
        "crises per 1,000 inhabitants, reference",
        "crises per 1.000 inwoners, referentie",
    ),
    "measure_unmet": (
        "severity-months without help per 1,000 inhabitants, reference",
        "ernstmaanden zonder hulp per 1.000 inwoners, referentie",
    ),
    "measure_found_early": (
        "found early per 1,000 inhabitants, policy",
        "vroeg gevonden per 1.000 inwoners, beleid",
    ),
    "measure_waiting": (
        "waiting for specialists per 1,000 inhabitants, reference",
        "wachtend op specialisten per 1.000 inwoners, referentie",
    ),
    "measure_satisfaction": (
        "satisfaction (1 to 5), reference",
        "tevredenheid (1 tot 5), referentie",
    ),
    "equal_municipalities": ("equal municipalities", "gelijke gemeenten"),
    "own_figures": ("with figures of their own", "met eigen cijfers"),
    "municipalities_title": (
        "Saving of the policy: {low} to {high} euro per inhabitant a year in nine of ten municipalities",
        "Besparing van het beleid: {low} tot {high} euro per inwoner per jaar in negen van tien gemeenten",
    ),
    "municipalities_subtitle": (
        "Median {median}; in {positive} of {all} municipalities it is above zero in the mean over pairs",
        "Mediaan {median}; in {positive} van {all} gemeenten ligt zij gemiddeld over paren boven nul",
    ),
    "municipalities_axis": (
        "saving of the municipality, euro of 2015\nper inhabitant a year, from {first} on",
        "besparing van de gemeente, euro van 2015\nper inwoner per jaar, vanaf {first}",
    ),
    "municipalities_size": ("households (thousand, log scale)", "huishoudens (duizend, log-schaal)"),
    "municipalities_note": (
        "A point is a municipality, mean over pairs; bars of named ones: 90% of pairs. Equal ones differ by "
        "luck alone.",
        "Een punt is een gemeente, gemiddelde over paren; balken van genoemde: 90% van de paren. Gelijke "
        "verschillen alleen door toeval.",
    ),
}
