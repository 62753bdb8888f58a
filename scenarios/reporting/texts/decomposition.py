"""Words of the figure of what a saving consists of: key, English, Dutch."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "parts_saving": (
        "{policy} saves the municipality {mean} euro per inhabitant by {year}: {saved} saved, {spent} spent",
        "{policy} bespaart de gemeente {mean} euro per inwoner tot en met {year}: {saved} bespaard, "
        "{spent} uitgegeven",
    ),
    "parts_cost": (
        "{policy} costs the municipality {mean} euro per inhabitant by {year}: {saved} saved, {spent} spent",
        "{policy} kost de gemeente {mean} euro per inwoner tot en met {year}: {saved} bespaard, "
        "{spent} uitgegeven",
    ),
    "parts_unclear": (
        "No clear saving of {policy} for the municipality by {year}: {saved} euro per inhabitant saved, "
        "{spent} spent",
        "Geen duidelijke besparing van {policy} voor de gemeente tot en met {year}: {saved} euro per inwoner "
        "bespaard, {spent} uitgegeven",
    ),
    "parts_artefact": (
        "Artefact: the saving of {mean} euro per inhabitant by {year} stays without its mechanism",
        "Artefact: de besparing van {mean} euro per inwoner tot en met {year} blijft zonder mechanisme",
    ),
    "parts_subtitle": (
        "What the cumulated difference consists of; mean and, between brackets, 90% of pairs",
        "Waaruit het opgetelde verschil bestaat; gemiddelde en, tussen haken, 90% van de paren",
    ),
    "parts_subtitle_one": (
        "What the cumulated difference consists of, in one pair",
        "Waaruit het opgetelde verschil bestaat, in één paar",
    ),
    "parts_number": ("{mean} [{low} to {high}]", "{mean} [{low} tot {high}]"),
    "parts_one": ("{mean}", "{mean}"),
    "parts_axis": (
        "cumulated saving for the municipality, euro of 2015 per inhabitant",
        "opgetelde besparing voor de gemeente, euro van 2015 per inwoner",
    ),
    "parts_note": (
        "To the right is saved, to the left is spent; the parts add up to the total to the cent.",
        "Naar rechts is bespaard, naar links is uitgegeven; de delen tellen op de cent op tot het totaal.",
    ),
    "channels_head": (
        "By channel, in the order in which mechanisms are switched on, what {policy} saves the municipality "
        "to {last} in euro per inhabitant, with a 95% interval:",
        "Per kanaal, in de volgorde waarin mechanismen worden aangezet, wat {policy} de gemeente bespaart "
        "tot en met {last} in euro per inwoner, met een 95%-interval:",
    ),
    "channels_line": ("  - {channel}: {told}", "  - {channel}: {told}"),
    "channels_beside": (
        "  - not in the total, {channel}: {told}",
        "  - niet in het totaal, {channel}: {told}",
    ),
    "channel_own_cost": (
        "its own cost and all that is not listed",
        "de eigen kosten en alles wat hier niet staat",
    ),
    "channel_found_need": ("need that is found and asks for care", "gevonden nood die om zorg vraagt"),
    "channel_prevented_escalation": ("escalation prevented by help", "escalatie die hulp voorkomt"),
    "channel_substitution": (
        "team help instead of specialists",
        "hulp van het team in plaats van specialisten",
    ),
    "channel_delay": ("delay in a queue", "uitstel door een wachtlijst"),
    "channel_care_not_granted": ("care not granted", "niet toegekende zorg"),
    "channel_prices_and_contracts": ("prices and contracts", "prijzen en contracten"),
    "channel_cuts_on_teams_and_prevention": (
        "the council's cuts on teams and prevention",
        "bezuinigingen van de raad op teams en preventie",
    ),
    "channel_care_still_open": ("care still open at the end", "zorg die aan het eind nog loopt"),
    "part_teams": ("staff of teams", "personeel van teams"),
    "part_finding_places": ("finding places and debt signals", "vindplaatsen en schuldsignalen"),
    "part_organisation": ("access and organisation", "toegang en organisatie"),
    "part_social_base": ("social base and light help", "sociale basis en lichte hulp"),
    "part_youth_outpatient": ("youth: outpatient", "jeugd: ambulant"),
    "part_youth_day_care": ("youth: day care", "jeugd: daghulp"),
    "part_youth_residential": ("youth: with stay", "jeugd: met verblijf"),
    "part_supervision_order": ("youth: supervision orders", "jeugd: ondertoezichtstelling"),
    "part_guidance": ("Wmo: guidance", "Wmo: begeleiding"),
    "part_day_care": ("Wmo: day care", "Wmo: dagbesteding"),
    "part_household_help": ("Wmo: household help", "Wmo: huishoudelijke hulp"),
    "part_residence": ("Wmo: protected residence, shelter", "Wmo: beschermd wonen, opvang"),
    "part_aids": ("Wmo: aids", "Wmo: hulpmiddelen"),
    "part_debt_service": ("debt help", "schuldhulp"),
    "part_mental_health": ("mental health care", "ggz"),
    "part_crises": ("crises", "crises"),
    "part_total": ("total", "totaal"),
}
