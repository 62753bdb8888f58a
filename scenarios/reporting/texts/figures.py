"""Words and sentences of figures, and names that figures and summary share: key, English, Dutch."""

from typing import Final

# Words of what is told and drawn of the municipalities of a country: key, English, Dutch.

MUNICIPALITIES: Final[dict[str, tuple[str, str]]] = {
    "spread_head": (
        "Between municipalities (mean a year from {first} on, mean over replications; in brackets the "
        "range of 90% of the municipalities):",
        "Tussen gemeenten (gemiddeld per jaar vanaf {first}, gemiddeld over replicaties; tussen haken de "
        "bandbreedte van 90% van de gemeenten):",
    ),
    "spread_line": (
        "  {measure}: median {median} [{low} to {high}], from {lowest} in {lowest_in} to {highest} in "
        "{highest_in}",
        "  {measure}: mediaan {median} [{low} tot {high}], van {lowest} in {lowest_in} tot {highest} in "
        "{highest_in}",
    ),
    "spread_equal": (
        "  {equal} of {all} municipalities have the same figures and differ by chance alone: the median "
        "saving among them is {median}, and 90% lie between {low} and {high} euro per inhabitant.",
        "  {equal} van de {all} gemeenten hebben dezelfde cijfers en verschillen alleen door toeval: hun "
        "mediane besparing is {median}, en 90% ligt tussen {low} en {high} euro per inwoner.",
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
    "measure_crises": ("crises per 1,000 inhabitants, reference", "crises per 1.000 inwoners, referentie"),
    "measure_unmet": (
        "severity-months without help per 1,000 inhabitants, reference",
        "ernstmaanden zonder hulp per 1.000 inwoners, referentie",
    ),
    "measure_found_early": (
        "found early per 1,000 inhabitants, policy",
        "vroeg gevonden per 1.000 inwoners, beleid",
    ),
    "measure_waiting": (
        "people waiting for specialists per 1,000 inhabitants, reference",
        "wachtenden op specialisten per 1.000 inwoners, referentie",
    ),
    "measure_satisfaction": ("satisfaction (1 to 5), reference", "tevredenheid (1 tot 5), referentie"),
    "equal_municipalities": ("equal municipalities", "gelijke gemeenten"),
    "own_figures": ("with figures of their own", "met eigen cijfers"),
    "municipalities_title": (
        "Saving of the policy: {low} to {high} euro per inhabitant a year in nine of ten municipalities",
        "Besparing van het beleid: {low} tot {high} euro per inwoner per jaar in negen van tien gemeenten",
    ),
    "municipalities_subtitle": (
        "Median {median}; the mean over replications is above zero in {positive} of {all} municipalities",
        "Mediaan {median}; in {positive} van de {all} gemeenten ligt het gemiddelde over replicaties boven "
        "nul",
    ),
    "municipalities_axis": (
        "saving of the municipality, euro of 2015\nper inhabitant a year, from {first} on",
        "besparing van de gemeente, euro van 2015\nper inwoner per jaar, vanaf {first}",
    ),
    "municipalities_size": ("households (thousand, log scale)", "huishoudens (duizend, log-schaal)"),
    "municipalities_note": (
        "A dot is a municipality, mean over replications. Bars at the named ones: 90% interval. "
        "Municipalities with equal figures differ by chance alone.",
        "Een stip is een gemeente, gemiddelde over replicaties. Balken bij de genoemde gemeenten: "
        "90%-interval. Gemeenten met dezelfde cijfers verschillen alleen door toeval.",
    ),
}


# Words of the figure of what a saving consists of: key, English, Dutch.

DECOMPOSITION: Final[dict[str, tuple[str, str]]] = {
    "parts_saving": (
        "{policy} saves the municipality {mean} euro per inhabitant by {year}: {saved} saved, {spent} spent",
        "{policy} bespaart de gemeente {mean} euro per inwoner tot en met {year}: {saved} bespaard, "
        "{spent} uitgegeven",
    ),
    "parts_cost": (
        "{policy} costs the municipality {mean} euro per inhabitant by {year}: {saved} saved, {spent} spent",
        "{policy} kost de gemeente {mean} euro per inwoner tot en met {year}: {saved} bespaard, {spent} "
        "uitgegeven",
    ),
    "parts_unclear": (
        "Inconclusive whether {policy} saves the municipality money by {year}: {saved} euro per inhabitant "
        "saved, {spent} spent",
        "Onzeker of {policy} de gemeente tot en met {year} geld bespaart: {saved} euro per inwoner "
        "bespaard, {spent} uitgegeven",
    ),
    "parts_artefact": (
        "Artefact: the saving of {mean} euro per inhabitant by {year} remains without its mechanism",
        "Artefact: de besparing van {mean} euro per inwoner tot en met {year} blijft zonder het mechanisme "
        "bestaan",
    ),
    "parts_subtitle": (
        "What the total difference consists of; mean and, in brackets, 90% interval",
        "Waaruit het totale verschil bestaat; gemiddelde en, tussen haken, 90%-interval",
    ),
    "parts_subtitle_one": (
        "What the total difference consists of, in one replication",
        "Waaruit het totale verschil bestaat, in één replicatie",
    ),
    "parts_number": ("{mean} [{low} to {high}]", "{mean} [{low} tot {high}]"),
    "parts_one": ("{mean}", "{mean}"),
    "parts_axis": (
        "total saving for the municipality, euro of 2015 per inhabitant",
        "totale besparing voor de gemeente, euro van 2015 per inwoner",
    ),
    "parts_note": (
        "To the right is saved, to the left is spent; the parts add up exactly to the total.",
        "Rechts is bespaard, links is uitgegeven; de delen tellen precies op tot het totaal.",
    ),
    "channels_head": (
        "What {policy} saves the municipality to {last} by channel, in euro per inhabitant (95% interval), "
        "in the order in which mechanisms are switched on:",
        "Wat {policy} de gemeente tot en met {last} bespaart per kanaal, in euro per inwoner "
        "(95%-interval), in de volgorde waarin mechanismen worden aangezet:",
    ),
    "channels_line": ("  - {channel}: {told}", "  - {channel}: {told}"),
    "channels_beside": (
        "  - not part of the total, {channel}: {told}",
        "  - niet in het totaal, {channel}: {told}",
    ),
    "channel_own_cost": (
        "its own cost and everything not listed",
        "de eigen kosten en alles wat hier niet staat",
    ),
    "channel_found_need": (
        "need that is found and leads to requests for care",
        "gevonden nood die leidt tot vraag naar zorg",
    ),
    "channel_prevented_escalation": ("escalation prevented by help", "verergering die hulp voorkomt"),
    "channel_substitution": (
        "help from teams instead of specialists",
        "hulp van het team in plaats van specialisten",
    ),
    "channel_delay": ("delay by waiting lists", "uitstel door wachtlijsten"),
    "channel_care_not_granted": ("care not granted", "niet toegekende zorg"),
    "channel_prices_and_contracts": ("prices and contracts", "prijzen en contracten"),
    "channel_cuts_on_teams_and_prevention": (
        "the council's cuts to teams and prevention",
        "bezuinigingen van de raad op teams en preventie",
    ),
    "channel_care_still_open": ("care still running at the end", "zorg die aan het eind nog loopt"),
    "part_teams": ("team staff", "personeel van de teams"),
    "part_referral_sources": ("referral sources and debt signals", "vindplaatsen en signalen van schulden"),
    "part_organisation": ("access and organisation", "toegang en organisatie"),
    "part_social_base": ("social base and light help", "sociale basis en lichte hulp"),
    "part_youth_outpatient": ("youth: outpatient", "jeugd: ambulant"),
    "part_youth_day_care": ("youth: day care", "jeugd: daghulp"),
    "part_youth_residential": ("youth: residential", "jeugd: met verblijf"),
    "part_supervision_order": ("youth: supervision orders", "jeugd: ondertoezichtstelling"),
    "part_guidance": ("Wmo: guidance", "Wmo: begeleiding"),
    "part_day_care": ("Wmo: day care", "Wmo: dagbesteding"),
    "part_household_help": ("Wmo: household help", "Wmo: huishoudelijke hulp"),
    "part_residence": ("Wmo: protected housing, shelter", "Wmo: beschermd wonen, opvang"),
    "part_aids": ("Wmo: aids and adaptations", "Wmo: hulpmiddelen"),
    "part_debt_service": ("debt help", "schuldhulp"),
    "part_mental_health": ("mental health care", "ggz"),
    "part_crises": ("crises", "crises"),
    "part_total": ("total", "totaal"),
}


WORDS: Final[dict[str, tuple[str, str]]] = {
    "municipality": ("municipality", "gemeente"),
    "all_payers": ("all payers", "alle betalers"),
    "reference": ("reference", "referentie"),
    "policy": ("policy", "beleid"),
    "reference_policy": ("reference policy", "referentiebeleid"),
    "early_signalling": ("early signalling", "vroegsignalering"),
    "as_happened": ("as happened", "zoals het ging"),
    "overnight": ("overnight", "ineens"),
    "none": ("no cut", "geen korting"),
    "three_years": ("three years", "drie jaar"),
    "five_years": ("five years", "vijf jaar"),
    "eight_years": ("eight years", "acht jaar"),
    "adaptive": ("adaptive", "meebewegend"),
    "inactive": ("inactive", "in rust"),
    "problem": ("without help", "zonder hulp"),
    "waiting": ("waiting", "wachtend"),
    "team": ("team", "wijkteam"),
    "one_kind": ("one kind of care", "één soort zorg"),
    "several_kinds": ("several kinds", "meer soorten"),
    "heavy": ("heavy care", "zware zorg"),
    "as_announced": ("as announced", "zoals aangekondigd"),
    "same_money": ("same money", "zelfde geld"),
    "own_payments": ("own payments on top of grants", "eigen bijbetaling boven op het budget"),
    "grant_difference": ("lower grants", "lager rijksbudget"),
    "own_payments_share": ("own payments, % of other spending", "eigen bijbetaling, % van overige uitgaven"),
    "supervision_orders": ("supervision orders", "ondertoezichtstellingen"),
    "placements": ("children placed out of home", "uithuisplaatsingen"),
    "evictions": ("evictions", "huisuitzettingen"),
    "shelter": ("admissions to shelter", "opnames in de opvang"),
    "crises": ("crises", "crises"),
    "waiting_above_norm": ("waiting beyond two months*", "wachten boven twee maanden*"),
    "unmet": ("severity-months without help", "ernstmaanden zonder hulp"),
    "providers_gone": ("providers that stopped", "gestopte aanbieders"),
    "team_staff_left": ("team staff left (fte)", "vertrokken teamleden (fte)"),
    "provider_staff": ("fewer provider staff (fte)", "minder personeel bij aanbieders (fte)"),
    "unit_own_payments": ("euro/inhabitant", "euro/inwoner"),
    "unit_grant_difference": ("euro/inhabitant", "euro/inwoner"),
    "unit_own_payments_share": ("", ""),
    "unit_supervision_orders": ("number", "aantal"),
    "unit_placements": ("number", "aantal"),
    "unit_evictions": ("number", "aantal"),
    "unit_shelter": ("number", "aantal"),
    "unit_crises": ("number", "aantal"),
    "unit_waiting_above_norm": ("", ""),
    "unit_unmet": ("", ""),
    "unit_providers_gone": ("number", "aantal"),
    "unit_team_staff_left": ("", ""),
    "unit_provider_staff": ("", ""),
    "savings_positive": (
        "{policy} saves the municipality {mean} euro per inhabitant by {year}",
        "{policy} bespaart de gemeente {mean} euro per inwoner tot en met {year}",
    ),
    "savings_shifted": (
        "{policy}: {mean} euro per inhabitant cheaper by {year}, mostly with more need without help",
        "{policy}: {mean} euro per inwoner goedkoper tot en met {year}, meestal met meer nood zonder hulp",
    ),
    "savings_negative": (
        "{policy} costs the municipality {mean} euro per inhabitant by {year}",
        "{policy} kost de gemeente {mean} euro per inwoner tot en met {year}",
    ),
    "savings_unclear": (
        "Inconclusive whether {policy} saves the municipality money by {year}",
        "Onzeker of {policy} de gemeente tot en met {year} geld bespaart",
    ),
    "savings_one": (
        "One replication: {mean} euro per inhabitant saved by {year}; no interval",
        "Eén replicatie: {mean} euro per inwoner bespaard tot en met {year}; geen interval",
    ),
    "break_even_share": (
        "paid for itself within {year} years in {share}% of parameter draws",
        "binnen {year} jaar terugverdiend in {share}% van de parametertrekkingen",
    ),
    "saving_per_year": (
        "saving per year\n(euro of 2015 per inhabitant)",
        "besparing per jaar\n(euro van 2015 per inwoner)",
    ),
    "saving_cumulated": (
        "total so far\n(euro of 2015 per inhabitant)",
        "totaal tot dan toe\n(euro van 2015 per inwoner)",
    ),
    "unmet_axis": ("need without help\n(severity-months)", "nood zonder hulp\n(ernstmaanden)"),
    "more_unmet": (
        "above zero (worse): more need without help than in the reference",
        "boven nul (slechter): meer nood zonder hulp dan in de referentie",
    ),
    "broken_even_by": ("paid back in", "terugverdiend in"),
    "year_number": ("year {year}", "{year} jaar"),
    "never_cost": ("never cost", "kostte nooit"),
    "open_care_in": (
        "municipality: {mean} euro for care still running at the end of {year} is not counted",
        "gemeente: {mean} euro voor zorg die eind {year} nog loopt, telt niet mee",
    ),
    "shifted_mark": (
        "hollow: cheaper with more need without help (shifted, not saved)",
        "open: goedkoper met meer nood zonder hulp (verschoven, niet bespaard)",
    ),
    "landing_higher": (
        "A landing in {short} costs the municipality {mean} euro per inhabitant more than one in {long} "
        "years",
        "Landen in {short} kost de gemeente {mean} euro per inwoner meer dan landen in {long} jaar",
    ),
    "landing_lower": (
        "A landing in {short} costs the municipality {mean} euro per inhabitant less than one in {long} "
        "years",
        "Landen in {short} kost de gemeente {mean} euro per inwoner minder dan landen in {long} jaar",
    ),
    "landing_unclear": (
        "Inconclusive whether landing in {short} or in {long} years costs the municipality more",
        "Onzeker of landen in {short} of in {long} jaar de gemeente meer kost",
    ),
    "landing_one": (
        "One replication: a strip of {short} compared with {long} years; no interval",
        "Eén replicatie: een baan van {short} vergeleken met {long} jaar; geen interval",
    ),
    "on_same_money": ("With the same money: {change}", "Met hetzelfde geld: {change}"),
    "as_announced_interval": (
        "Own payments on top of grants, as announced: {change}",
        "Eigen bijbetaling boven op het budget, zoals aangekondigd: {change}",
    ),
    "change": (
        "{mean}{unit} (90% interval: {low} to {high})",
        "{mean}{unit} (90%-interval: {low} tot {high})",
    ),
    "inconclusive": (
        "inconclusive: between {low} and {high}{unit} (90% interval)",
        "onzeker: tussen {low} en {high}{unit} (90%-interval)",
    ),
    "years_phase_in": ("{years} years", "{years} jaar"),
    "as_happened_phase_in": ("3 years, as it happened", "3 jaar, zoals het ging"),
    "no_years_phase_in": ("0 years (overnight)", "0 jaar (ineens)"),
    "phase_in_title": ("Strip of {years}: {metres} m", "Baan van {years}: {metres} m"),
    "million_axis": ("million euro of 2015 per year", "miljoen euro van 2015 per jaar"),
    "year_axis": ("year", "jaar"),
    "metre_axis": (
        "metres of strip since the transition (600 m a year)",
        "meters baan sinds de transitie (600 m per jaar)",
    ),
    "care_needed": ("care still needed\n(municipal cost)", "zorg die nog nodig is\n(kosten gemeente)"),
    "budget": ("budget\n(grant)", "budget\n(rijk)"),
    "harm_column": (
        "Transition harms: short strip minus long strip",
        "Schade van de overgang: korte min lange baan",
    ),
    "landing_note": (
        "From the announcement to ten years after the first cut; above zero is worse. Mean [90% interval]; "
        "bold: the interval lies on one side of zero. The parts are not added up. *A lower bound.",
        "Van aankondiging tot tien jaar na de eerste korting; boven nul is slechter. Gemiddelde "
        "[90%-interval]; vet: het interval ligt aan één kant van nul. De delen worden niet opgeteld. *Een "
        "ondergrens.",
    ),
    "reserve_note": (
        "The extra reserve of the same-money landing is not drawn.",
        "De extra reserve bij zelfde geld is niet getekend.",
    ),
    "flows_left_out": (
        "The figure of flows is left out: it follows households from one January to the next, and for that "
        "the window needs two Decembers.",
        "De figuur met stromen ontbreekt: die volgt huishoudens van januari tot januari, en daarvoor zijn "
        "twee decembers in het venster nodig.",
    ),
    "flows_higher": (
        "With {policy}, {mean} more households are in heavy care on 1 January {year} (difference from the "
        "reference)",
        "Met {policy} zijn op 1 januari {year} {mean} huishoudens meer in zware zorg dan bij het "
        "referentiebeleid",
    ),
    "flows_lower": (
        "With {policy}, {mean} fewer households are in heavy care on 1 January {year} (difference from the "
        "reference)",
        "Met {policy} zijn op 1 januari {year} {mean} huishoudens minder in zware zorg dan bij het "
        "referentiebeleid",
    ),
    "flows_unclear": (
        "Households in heavy care on 1 January {year}: the difference from the reference is inconclusive",
        "Huishoudens in zware zorg op 1 januari {year}: het verschil met de referentie is onzeker",
    ),
    "flows_one": (
        "One replication: households between kinds of care; no interval",
        "Eén replicatie: huishoudens tussen soorten zorg; geen interval",
    ),
    "euro": ("euro", "euro"),
    "replication": ("replication", "replicatie"),
    "replications": ("replications", "replicaties"),
    "interval_of": ("90% interval: {low} to {high}", "90%-interval: {low} tot {high}"),
    "households": ("households", "huishoudens"),
    "first_of_january": ("1 Jan {year}", "1 jan {year}"),
    "flows_note": (
        "Bars count households that already lived there a year before. Inactive households ({share}% of "
        "all) are not drawn. The light part of a bar comes from or returns to inactive households, moves "
        "in or leaves. Flows over several years are chained from yearly flows; mean over replications.",
        "Balken tellen huishoudens die er een jaar eerder ook al woonden. Huishoudens in rust ({share}% "
        "van alle) zijn niet getekend. Het lichte deel van een balk komt uit of gaat naar rust, verhuist "
        "of vertrekt. Stromen over meer jaren zijn geschat uit jaarstromen; gemiddelde over replicaties.",
    ),
    "waiting_axis": ("waiting for care\n(people)", "wachtend op zorg\n(mensen)"),
    "wijken_title": (
        "Households in care per wijk: {low}% to {high}% in {year} (reference)",
        "Huishoudens met zorg per wijk: {low}% tot {high}% in {year} (referentie)",
    ),
    "wijken_subtitle": (
        "Gap between the most and the least deprived fifth: {reference} percentage points in the "
        "reference; change with {policy_name}: {change}",
        "Verschil tussen het meest en het minst achtergestelde vijfde: {reference} procentpunt in de "
        "referentie; verandering met {policy_name}: {change}",
    ),
    "wijken_note": (
        "Each square is a wijk, with the most deprived at the top left: percentage of its households in "
        "care, mean over the year, over replications and over wijken of the same rank of deprivation. This "
        "is a grid, not a map.",
        "Elk vak is een wijk, met de meest achtergestelde linksboven: percentage huishoudens met zorg, "
        "gemiddeld over het jaar, over replicaties en over wijken met dezelfde rang naar achterstand. Dit "
        "is een rooster, geen kaart.",
    ),
    "share_in_care": ("% of households in care", "% huishoudens met zorg"),
    "shaded": ("Shaded: 90% interval.", "Gearceerd: 90%-interval."),
    "footnote": (
        "{municipality}, {households} households; {policy} compared with the reference policy, landing "
        "{landing}; {replications} (seeds {seeds}).",
        "{municipality}, {households} huishoudens; {policy} vergeleken met het referentiebeleid, landing "
        "{landing}; {replications} (seeds {seeds}).",
    ),
}
