"""Words and sentences of figures, and names that figures and summary share: key, English, Dutch."""

from typing import Final

# Words of what is told and drawn of the municipalities of a country: key, English, Dutch.

MUNICIPALITIES: Final[dict[str, tuple[str, str]]] = {
    "spread_head": (
        "Between municipalities (mean a year from {first} on, mean over replications; 90% of municipalities "
        "between brackets):",
        "Tussen gemeenten (gemiddeld per jaar vanaf {first}, gemiddelde over replicaties; 90% van de "
        "gemeenten tussen haken):",
    ),
    "spread_line": (
        "  {measure}: median {median} [{low} to {high}], from {lowest} in {lowest_in} to {highest} in "
        "{highest_in}",
        "  {measure}: mediaan {median} [{low} tot {high}], van {lowest} in {lowest_in} tot {highest} in "
        "{highest_in}",
    ),
    "spread_equal": (
        "  {equal} of {all} are equal and differ by chance alone: the median of their saving is {median}, "
        "90% of them between {low} and {high} euro per inhabitant.",
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
        "Median {median}; in {positive} of {all} municipalities it is above zero in the mean over "
        "replications",
        "Mediaan {median}; in {positive} van {all} gemeenten ligt zij gemiddeld over replicaties boven nul",
    ),
    "municipalities_axis": (
        "saving of the municipality, euro of 2015\nper inhabitant a year, from {first} on",
        "besparing van de gemeente, euro van 2015\nper inwoner per jaar, vanaf {first}",
    ),
    "municipalities_size": ("households (thousand, log scale)", "huishoudens (duizend, log-schaal)"),
    "municipalities_note": (
        "A point is a municipality, mean over replications; bars of named ones: 90% of replications. Equal "
        "ones differ by chance alone.",
        "Een punt is een gemeente, gemiddelde over replicaties; balken van genoemde: 90% van de replicaties. "
        "Gelijke verschillen alleen door toeval.",
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
        "What the cumulated difference consists of; mean and, between brackets, 90% of replications",
        "Waaruit het opgetelde verschil bestaat; gemiddelde en, tussen haken, 90% van de replicaties",
    ),
    "parts_subtitle_one": (
        "What the cumulated difference consists of, in one replication",
        "Waaruit het opgetelde verschil bestaat, in één replicatie",
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
    "part_referral_sources": ("referral sources and debt signals", "vindplaatsen en schuldsignalen"),
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
    "inactive": ("inactive", "rust"),
    "problem": ("without help", "zonder hulp"),
    "waiting": ("waiting", "wachtend"),
    "team": ("team", "wijkteam"),
    "one_kind": ("one kind of care", "één soort zorg"),
    "several_kinds": ("several kinds", "meer soorten"),
    "heavy": ("heavy care", "zware zorg"),
    "as_announced": ("as announced", "zoals aangekondigd"),
    "same_money": ("same money", "zelfde geld"),
    "own_payments": ("own payments beyond grants", "eigen bijbetaling boven budget"),
    "grant_difference": ("grants it gets less", "rijksbudget dat het minder krijgt"),
    "own_payments_share": ("own payments, % of other budget", "eigen bijbetaling, % overige begroting"),
    "supervision_orders": ("supervision orders", "ondertoezichtstellingen"),
    "placements": ("placements of children", "uithuisplaatsingen"),
    "evictions": ("evictions", "huisuitzettingen"),
    "shelter": ("admissions to shelter", "opnames in de opvang"),
    "crises": ("crises", "crises"),
    "waiting_above_norm": ("waiting months above norm*", "wachtmaanden boven norm*"),
    "unmet": ("unmet severity-months", "ernstmaanden zonder hulp"),
    "providers_gone": ("providers gone", "aanbieders verdwenen"),
    "team_staff_left": ("team staff left (fte)", "vertrokken teamleden (fte)"),
    "provider_staff": ("provider staff fewer (fte)", "minder personeel aanbieders (fte)"),
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
        "{policy}: {mean} euro per inhabitant cheaper by {year}, mostly with more unmet need",
        "{policy}: {mean} euro per inwoner goedkoper tot en met {year}, meestal met meer onvervulde nood",
    ),
    "savings_negative": (
        "{policy} costs the municipality {mean} euro per inhabitant by {year}",
        "{policy} kost de gemeente {mean} euro per inwoner tot en met {year}",
    ),
    "savings_unclear": (
        "Savings of {policy} are not distinguishable from zero by {year}",
        "Besparing door {policy} is tot en met {year} niet te onderscheiden van nul",
    ),
    "savings_one": (
        "One replication: {mean} euro per inhabitant saved by {year}; no interval",
        "Eén replicatie: {mean} euro per inwoner bespaard tot en met {year}; geen interval",
    ),
    "break_even_share": (
        "broken even by year {year} in {share}% of draws",
        "na {year} jaar terugverdiend in {share}% van de trekkingen",
    ),
    "saving_per_year": (
        "saving per year\n(euro of 2015 per inhabitant)",
        "besparing per jaar\n(euro van 2015 per inwoner)",
    ),
    "saving_cumulated": (
        "cumulated\n(euro of 2015 per inhabitant)",
        "opgeteld\n(euro van 2015 per inwoner)",
    ),
    "unmet_axis": ("unmet need\n(severity-months)", "zonder hulp\n(ernstmaanden)"),
    "more_unmet": (
        "above zero: more need without help than in the reference",
        "boven nul: meer nood zonder hulp dan in de referentie",
    ),
    "broken_even_by": ("broken even by", "terugverdiend na"),
    "year_number": ("year {year}", "{year} jaar"),
    "never_cost": ("never cost", "kostte nooit"),
    "open_care_in": (
        "municipality: {mean} euro for care still open at the end of {year} is not counted",
        "gemeente: {mean} euro voor zorg die eind {year} nog loopt, telt niet mee",
    ),
    "shifted_mark": (
        "hollow: cheaper with more unmet need (shifted, not saved)",
        "open: goedkoper met meer nood zonder hulp (verschoven)",
    ),
    "landing_higher": (
        "Landing in {short} costs the municipality {mean} euro per inhabitant more than in {long} years",
        "Landen in {short} kost de gemeente {mean} euro per inwoner meer dan in {long} jaar",
    ),
    "landing_lower": (
        "Landing in {short} costs the municipality {mean} euro per inhabitant less than in {long} years",
        "Landen in {short} kost de gemeente {mean} euro per inwoner minder dan in {long} jaar",
    ),
    "landing_unclear": (
        "Landing in {short} or {long} years: the municipality's own payments are not distinguishable",
        "Landen in {short} of {long} jaar: de eigen bijbetaling is niet te onderscheiden",
    ),
    "landing_one": (
        "One replication: a strip of {short} beside {long} years; no interval",
        "Eén replicatie: een baan van {short} naast {long} jaar; geen interval",
    ),
    "on_same_money": ("With the same money: {change}", "Met hetzelfde geld: {change}"),
    "as_announced_interval": (
        "Own payments beyond grants, as announced: {change}",
        "Eigen bijbetaling, zoals aangekondigd: {change}",
    ),
    "doubt": (", not distinguishable from zero", ", niet te onderscheiden van nul"),
    "years_phase_in": ("{years} years", "{years} jaar"),
    "as_happened_phase_in": ("3 years, as it happened", "3 jaar, zoals het ging"),
    "no_years_phase_in": ("0 years (overnight)", "0 jaar (ineens)"),
    "phase_in_title": ("Strip of {years}: {metres} m", "Baan van {years}: {metres} m"),
    "million_axis": ("million euro of 2015 per year", "miljoen euro van 2015 per jaar"),
    "year_axis": ("year", "jaar"),
    "metre_axis": (
        "metres of strip since touchdown (600 m a year)",
        "meter baan sinds de transitie (600 m per jaar)",
    ),
    "care_needed": ("care still needed\n(municipal cost)", "zorg die nog nodig is\n(kosten gemeente)"),
    "budget": ("budget\n(grant)", "budget\n(rijk)"),
    "harm_column": (
        "Transition harms: short less long strip",
        "Schade van de overgang: korte min lange baan",
    ),
    "landing_note": (
        "Announcement to ten years after the first cut; positive is worse. Mean [90% interval over "
        "replications]; bold: interval on one side of zero. Parts are never added up. *Beyond two months, a "
        "lower bound.",
        "Van aankondiging tot tien jaar na de eerste korting; positief is slechter. Gemiddelde "
        "[90%-interval over replicaties]; vet: interval aan één kant van nul. Delen worden niet opgeteld. "
        "*Meer dan"
        " twee maanden, ondergrens.",
    ),
    "reserve_note": (
        "The extra reserve of the same-money landing is not drawn.",
        "De extra reserve bij zelfde geld is niet getekend.",
    ),
    "flows_left_out": (
        "The figure of flows is left out: it needs two Decembers in the window, to follow households from "
        "one January to the next.",
        "De figuur met stromen ontbreekt: die vraagt twee decembers in het venster, om huishoudens van "
        "januari tot januari te volgen.",
    ),
    "flows_higher": (
        "Under {policy}, {mean} more households in heavy care on 1 January {year}",
        "Met {policy} {mean} huishoudens meer in zware zorg op 1 januari {year}",
    ),
    "flows_lower": (
        "Under {policy}, {mean} fewer households in heavy care on 1 January {year}",
        "Met {policy} {mean} huishoudens minder in zware zorg op 1 januari {year}",
    ),
    "flows_unclear": (
        "Households in heavy care on 1 January {year}: no difference distinguishable from zero",
        "Huishoudens in zware zorg op 1 januari {year}: geen verschil te onderscheiden van nul",
    ),
    "flows_one": (
        "One replication: households between kinds of care; no interval",
        "Eén replicatie: huishoudens tussen soorten zorg; geen interval",
    ),
    "euro": ("euro", "euro"),
    "replication": ("replication", "replicatie"),
    "replications": ("replications", "replicaties"),
    "interval_of": (
        "90% of replications between {low} and {high}",
        "90% van de replicaties tussen {low} en {high}",
    ),
    "households": ("households", "huishoudens"),
    "first_of_january": ("1 Jan {year}", "1 jan {year}"),
    "flows_note": (
        "Bars are counts of households that lived there a year before too. Not drawn: inactive households "
        "({share}% of all). The light part of a bar comes from or returns to rest, moves in or leaves. "
        "Flows over several years are chained from yearly flows; mean over replications.",
        "Balken zijn tellingen van huishoudens die er een jaar eerder ook al woonden. Niet getekend: "
        "huishoudens in rust ({share}% van alle). Het lichte deel van een balk komt uit of keert terug naar "
        "rust, verhuist of vertrekt. Stromen over meer jaren zijn geschat uit jaarstromen; gemiddelde over "
        "replicaties.",
    ),
    "waiting_axis": ("waiting for care\n(people)", "wachtend op zorg\n(mensen)"),
    "wijken_title": (
        "Households in care per wijk: {low}% to {high}% in {year} (reference)",
        "Huishoudens met zorg per wijk: {low}% tot {high}% in {year} (referentie)",
    ),
    "wijken_subtitle": (
        "Gap between most and least deprived fifth: {reference} points; {policy_name} changes it by {change}",
        "Verschil meest en minst achtergestelde vijfde: {reference} punt; {policy_name} verandert dat "
        "met {change}",
    ),
    "wijken_note": (
        "Each square is a wijk, most deprived at the top left; percentage of its households in care, "
        "mean over the year and, for wijken of one rank of deprivation, over replications. A grid, not a "
        "map.",
        "Elk vak is een wijk, de meest achtergestelde linksboven; percentage huishoudens met zorg, "
        "gemiddeld over het jaar en, voor wijken van dezelfde rang naar achterstand, over replicaties. Een "
        "rooster, geen kaart.",
    ),
    "share_in_care": ("% of households in care", "% huishoudens met zorg"),
    "shaded": ("Shaded: 90% interval over replications.", "Gearceerd: 90%-interval over replicaties."),
    "footnote": (
        "{municipality}, {households} households; {policy} against reference, landing {landing}; "
        "{replications} (seeds {seeds}).",
        "{municipality}, {households} huishoudens; {policy} naast referentie, landing {landing}; "
        "{replications} (seeds {seeds}).",
    ),
}
