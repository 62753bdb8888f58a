"""Words and sentences of figures, and names that figures and summary share: key, English, Dutch."""

from typing import Final

# Words of what is written and drawn of the municipalities of a country: key, English, Dutch.

MUNICIPALITIES: Final[dict[str, tuple[str, str]]] = {
    "spread_head": (
        "Between municipalities (mean a year from {first} on, mean over replications; in brackets the "
        "range of 90% of the municipalities):",
        "Tussen gemeenten (gemiddeld per jaar vanaf {first}, gemiddeld over berekeningen; tussen "
        "haakjes de bandbreedte van 90% van de gemeenten):",
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
    "municipalities_title": (
        "Saving of the policy: {low} to {high} euro per inhabitant a year in nine of ten municipalities",
        "Besparing van het beleid: {low} tot {high} euro per inwoner per jaar in negen van tien gemeenten",
    ),
    "municipalities_subtitle": (
        "Median {median}; the mean over replications is above zero in {positive} of {all} municipalities",
        "Mediaan {median}; in {positive} van de {all} gemeenten ligt het gemiddelde over berekeningen boven "
        "nul",
    ),
    "municipalities_axis": (
        "Saving of the municipality a year from {first} on, euro of 2015 per inhabitant",
        "Besparing van de gemeente per jaar vanaf {first}, euro van 2015 per inwoner",
    ),
    "municipalities_size": ("households (thousand, log scale)", "huishoudens (duizend, log-schaal)"),
    "municipalities_note": (
        "Square: a municipality with figures of its own, with its 90% interval. Dot: a municipality with "
        "the country's figures; these differ by chance alone.",
        "Vierkant: een gemeente met eigen cijfers, met haar 90%-interval. Stip: een gemeente met de "
        "cijfers van het land; die verschillen alleen door toeval.",
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
    "parts_first_saving": (
        "First estimate: {policy} saves the municipality {mean} euro per inhabitant by {year}: {saved} "
        "saved, {spent} spent",
        "Eerste schatting: {policy} bespaart de gemeente {mean} euro per inwoner tot en met {year}: {saved} "
        "bespaard, {spent} uitgegeven",
    ),
    "parts_first_cost": (
        "First estimate: {policy} costs the municipality {mean} euro per inhabitant by {year}: {saved} "
        "saved, {spent} spent",
        "Eerste schatting: {policy} kost de gemeente {mean} euro per inwoner tot en met {year}: {saved} "
        "bespaard, {spent} uitgegeven",
    ),
    "parts_artefact": (
        "Artefact: the saving of {mean} euro per inhabitant by {year} remains without its mechanism",
        "Artefact: de besparing van {mean} euro per inwoner tot en met {year} blijft zonder het mechanisme "
        "bestaan",
    ),
    "parts_subtitle": (
        "Total saving for the municipality by what it consists of, euro of 2015 per inhabitant; mean and "
        "90% interval.",
        "Totale besparing van de gemeente naar waar die uit bestaat, euro van 2015 per inwoner; gemiddelde "
        "en 90%-interval.",
    ),
    "parts_subtitle_one": (
        "Total saving for the municipality by what it consists of, euro of 2015 per inhabitant, in one "
        "replication.",
        "Totale besparing van de gemeente naar waar die uit bestaat, euro van 2015 per inwoner, in één "
        "berekening.",
    ),
    "parts_number": ("{mean} [{low} to {high}]", "{mean} [{low} tot {high}]"),
    "parts_one": ("{mean}", "{mean}"),
    "parts_axis": (
        "costs money ← euro of 2015 per inhabitant → saves",
        "kost geld ← euro van 2015 per inwoner → bespaart",
    ),
    "parts_note": (
        "The parts add up exactly to the total. Hatched: not counted as a saving. Checks: what care and "
        "crises alone cost less, own cost left out; 95% confidence interval; open dot: zero lies within it.",
        "De delen tellen precies op tot het totaal. Gearceerd: telt niet als besparing. Controles: wat "
        "alleen zorg en crises minder kosten, zonder eigen kosten; 95%-betrouwbaarheidsinterval; open "
        "stip: nul ligt erin.",
    ),
    "parts_note_first": (
        "The parts add up exactly to the total. Hatched: not counted as a saving. Checks: what care and "
        "crises alone cost less, own cost left out; 95% confidence interval; all dots are open: "
        "{replications}, too few for a conclusion.",
        "De delen tellen precies op tot het totaal. Gearceerd: telt niet als besparing. Controles: wat "
        "alleen zorg en crises minder kosten, zonder eigen kosten; 95%-betrouwbaarheidsinterval; alle "
        "stippen zijn open: {replications}, te weinig voor een conclusie.",
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
        "own cost, and all not listed",
        "eigen kosten, en al het overige",
    ),
    "channel_found_need": (
        "requests from need that was found",
        "zorg voor wie is gevonden",
    ),
    "channel_prevented_escalation": ("escalation prevented by help", "verergering die hulp voorkomt"),
    "channel_substitution": (
        "teams instead of specialists",
        "team in plaats van specialist",
    ),
    "channel_delay": ("delay by waiting lists", "uitstel door wachtlijsten"),
    "channel_care_not_granted": ("care not granted", "niet toegekende zorg"),
    "channel_prices_and_contracts": ("prices and contracts", "prijzen en contracten"),
    "channel_cuts_on_teams_and_prevention": (
        "cuts to teams and prevention",
        "bezuiniging op teams, preventie",
    ),
    "channel_care_still_open": ("care still running at the end", "zorg die aan het eind nog loopt"),
    "part_teams": ("team staff", "personeel van de teams"),
    "part_referral_sources": (
        "links and debt signals",
        "korte lijnen en schuldsignalen",
    ),
    "part_organisation": ("access and organisation", "toegang en organisatie"),
    "part_social_base": ("social base and light help", "sociale basis en lichte hulp"),
    "part_youth_outpatient": ("youth: outpatient", "jeugd: ambulant"),
    "part_youth_day_care": ("youth: day care", "jeugd: daghulp"),
    "part_youth_residential": ("youth: residential", "jeugd: met verblijf"),
    "part_supervision_order": ("youth: supervision orders", "jeugd: ondertoezichtstelling"),
    "part_guidance": ("Wmo: guidance", "Wmo: begeleiding"),
    "part_day_care": ("Wmo: day care", "Wmo: dagbesteding"),
    "part_household_help": ("Wmo: household help", "Wmo: huishoudelijke hulp"),
    "part_residence": (
        "Wmo: protected housing, shelter",
        "Wmo: beschermd wonen, opvang",
    ),
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
    "inactive": ("inactive", "geen problemen"),
    "problem": ("without help", "zonder hulp"),
    "waiting": ("waiting", "wachtend"),
    "team": ("team", "wijkteam"),
    "one_kind": ("one kind of care", "één soort zorg"),
    "several_kinds": ("several kinds", "meer soorten"),
    "heavy": ("heavy care", "zware zorg"),
    "as_announced": ("as announced", "zoals aangekondigd"),
    "same_money": ("same money", "zelfde geld"),
    "own_payments": ("own payments on top of grants", "eigen geld boven op het rijksbudget"),
    "grant_difference": ("lower grants", "lager rijksbudget"),
    "own_payments_share": ("own payments, % of other spending", "eigen geld, % van overige uitgaven"),
    "supervision_orders": ("supervision orders", "ondertoezichtstellingen"),
    "placements": ("children placed out of home", "uithuisplaatsingen"),
    "evictions": ("evictions", "huisuitzettingen"),
    "shelter": ("admissions to shelter", "opnames in de opvang"),
    "crises": ("crises", "crises"),
    "waiting_above_norm": (
        "waiting over two months*",
        "langer dan twee maanden wachten*",
    ),
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
    "savings_first_positive": (
        "First estimate: {policy} saves the municipality {mean} euro per inhabitant by {year}",
        "Eerste schatting: {policy} bespaart de gemeente {mean} euro per inwoner tot en met {year}",
    ),
    "savings_first_negative": (
        "First estimate: {policy} costs the municipality {mean} euro per inhabitant by {year}",
        "Eerste schatting: {policy} kost de gemeente {mean} euro per inwoner tot en met {year}",
    ),
    "savings_one": (
        "One replication: {mean} euro per inhabitant saved by {year}; no interval",
        "Eén berekening: {mean} euro per inwoner bespaard tot en met {year}; geen interval",
    ),
    "break_even_share": (
        "paid for itself within {year} years in {share}% of parameter draws",
        "binnen {year} jaar terugverdiend in {share}% van de sets aannames",
    ),
    "year_number": ("year {year}", "{year} jaar"),
    "known_years": ("known years", "bekende jaren"),
    "projection": ("projection", "vooruitblik"),
    "saving_cumulated": (
        "Total saving so far, euro of 2015 per inhabitant",
        "Totale besparing tot dan toe, euro van 2015 per inwoner",
    ),
    "saving_per_year": ("Municipality: saving in each year", "Gemeente: besparing in elk jaar"),
    "municipality_label": ("municipality", "gemeente"),
    "all_payers_label": ("all payers", "alle betalers"),
    "side_saves": ("\u2191 above zero: saves", "\u2191 boven nul: bespaart"),
    "side_costs": ("\u2193 below zero: costs money", "\u2193 onder nul: kost geld"),
    "savings_subtitle": (
        "Compared with the reference policy, euro of 2015 per inhabitant. {found}.",
        "Vergeleken met het referentiebeleid, euro van 2015 per inwoner. {found}.",
    ),
    "savings_dots": (
        "Band and bars: 90% interval. Filled dot: the interval excludes zero; open dot: inconclusive.",
        "Vlak en balken: 90%-interval. Dichte stip: het interval sluit nul uit; open stip: onzeker.",
    ),
    "savings_dots_first": (
        "Band and bars: 90% of the replications. All dots are open: {replications}, too few for a "
        "conclusion.",
        "Vlak en balken: 90% van de berekeningen. Alle stippen zijn open: {replications}, te weinig voor "
        "een conclusie.",
    ),
    "savings_open": (
        "Hatched: care still running at the end, counted in no year.",
        "Gearceerd: zorg die aan het eind nog loopt; die telt in geen enkel jaar mee.",
    ),
    "shifted_mark": (
        "Triangle: cheaper, but with more need without help (shifted, not saved).",
        "Driehoek: goedkoper, maar met meer nood zonder hulp (verschoven, niet bespaard).",
    ),
    "open_care_bar": ("{mean} euro\nstill open,\nnot counted", "{mean} euro\nloopt nog,\ntelt niet mee"),
    "savings_alternative": (
        "Line of the total saving from {first} to {last}: in {last} {mean_municipality} euro per inhabitant "
        "for the municipality (90% interval: {low_municipality} to {high_municipality}) and "
        "{mean_all_payers} "
        "for all payers ({low_all_payers} to {high_all_payers}). Below zero it costs money.",
        "Lijn van de totale besparing van {first} tot en met {last}: in {last} {mean_municipality} euro per "
        "inwoner voor de gemeente (90%-interval: {low_municipality} tot {high_municipality}) en "
        "{mean_all_payers} voor alle betalers ({low_all_payers} tot {high_all_payers}). Onder nul kost het "
        "geld.",
    ),
    "width_from": (
        "Where the width of the interval comes from",
        "Waar de breedte van het interval vandaan komt",
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
    "landing_first_higher": (
        "First estimate: a landing in {short} costs the municipality {mean} euro per inhabitant more than "
        "one in {long} years",
        "Eerste schatting: landen in {short} kost de gemeente {mean} euro per inwoner meer dan landen in "
        "{long} jaar",
    ),
    "landing_first_lower": (
        "First estimate: a landing in {short} costs the municipality {mean} euro per inhabitant less than "
        "one in {long} years",
        "Eerste schatting: landen in {short} kost de gemeente {mean} euro per inwoner minder dan landen in "
        "{long} jaar",
    ),
    "landing_one": (
        "One replication: a strip of {short} compared with {long} years; no interval",
        "Eén berekening: een baan van {short} vergeleken met {long} jaar; geen interval",
    ),
    "on_same_money": ("With the same money: {change}", "Met hetzelfde geld: {change}"),
    "as_announced_interval": (
        "Own payments on top of grants, as announced: {change}",
        "Eigen geld boven op het rijksbudget, zoals aangekondigd: {change}",
    ),
    "change": (
        "{mean}{unit} (90% interval: {low} to {high})",
        "{mean}{unit} (90%-interval: {low} tot {high})",
    ),
    "change_first": (
        "first estimate {mean}{unit}, between {low} and {high}",
        "eerste schatting {mean}{unit}, tussen {low} en {high}",
    ),
    "inconclusive": (
        "inconclusive: between {low} and {high}{unit} (90% interval)",
        "onzeker: tussen {low} en {high}{unit} (90%-interval)",
    ),
    "years_phase_in": ("{years} years", "{years} jaar"),
    "as_happened_phase_in": (
        "3 years (as it happened)",
        "3 jaar (zoals het ging)",
    ),
    "no_years_phase_in": ("0 years (overnight)", "0 jaar (ineens)"),
    "phase_in_title": (
        "Strip of {years}: {metres} m. {stopped}",
        "Baan van {years}: {metres} m. {stopped}",
    ),
    "year_axis": ("year", "jaar"),
    "harm_column": (
        "Extra harm on the short strip",
        "Extra schade op de korte baan",
    ),
    "landing_note": (
        "Band: 90% interval of the cost. Hatched: shortfall. Black: the strip (600 m a year); hatched on "
        "the ground: past its end.",
        "Vlak: 90%-interval van de kosten. Gearceerd: tekort. Zwart: de baan (600 m per jaar); gearceerd "
        "op de grond: voorbij het eind.",
    ),
    "flows_left_out": (
        "The figure of flows is left out: it follows households from one January to the next, and for that "
        "the window needs two Decembers.",
        "De figuur met stromen ontbreekt: die volgt huishoudens van januari tot januari, en daarvoor zijn "
        "twee decembers in het venster nodig.",
    ),
    "stops_never": (
        "Stays above budget to the end",
        "Blijft tot het eind boven budget",
    ),
    "stops_within": (
        "Stops on the strip, in {year}",
        "Staat op tijd stil, in {year}",
    ),
    "stops_beyond": (
        "Stops in {year}, {metres} m past the end",
        "Schiet {metres} meter door en staat stil in {year}",
    ),
    "touchdown": (
        "touchdown",
        "landing",
    ),
    "landing_subtitle": (
        "Million euro of 2015 per year, reference policy.",
        "Miljoen euro van 2015 per jaar, referentiebeleid.",
    ),
    "budget_label": (
        "budget",
        "budget",
    ),
    "care_needed_label": (
        "cost of care",
        "kosten zorg",
    ),
    "landing_alike": (
        "The strip is as long as the one it is compared with: {years}",
        "De baan is even lang als die waarmee hij wordt vergeleken: {years}",
    ),
    "harm_as_announced": (
        "speed and money",
        "tempo en geld",
    ),
    "harm_same_money": (
        "speed alone, same money",
        "alleen tempo, zelfde geld",
    ),
    "harms_note": (
        "Harms: sums from the announcement to ten years after the first cut, right of the line is worse, "
        "each row on a scale of its own; filled dot: the interval excludes zero. The parts are not added "
        "up. *A lower bound.",
        "Schade: opgeteld van de aankondiging tot tien jaar na de eerste korting, rechts van de lijn is "
        "slechter, elke rij op een eigen schaal; dichte stip: het interval sluit nul uit. De delen worden "
        "niet opgeteld. *Een ondergrens.",
    ),
    "harms_note_first": (
        "Harms: sums from the announcement to ten years after the first cut, right of the line is worse, "
        "each row on a scale of its own; all dots are open: {replications}, too few for a "
        "conclusion. The parts are not added up. *A lower bound.",
        "Schade: opgeteld van de aankondiging tot tien jaar na de eerste korting, rechts van de lijn is "
        "slechter, elke rij op een eigen schaal; alle stippen zijn open: {replications}, te weinig voor "
        "een conclusie. De delen worden niet opgeteld. *Een ondergrens.",
    ),
    "flows_subtitle": (
        "Households per 1,000 on 1 January; {found}.",
        "Huishoudens per 1.000 op 1 januari; {found}.",
    ),
    "flows_higher": (
        "With {policy}, more households are in heavy care on 1 January {year}: {now} per 1,000, from "
        "{before}",
        "Met {policy} zijn op 1 januari {year} meer huishoudens in zware zorg: {now} per 1.000, tegen "
        "{before}",
    ),
    "flows_lower": (
        "With {policy}, fewer households are in heavy care on 1 January {year}: {now} per 1,000, from "
        "{before}",
        "Met {policy} zijn op 1 januari {year} minder huishoudens in zware zorg: {now} per 1.000, tegen "
        "{before}",
    ),
    "flows_unclear": (
        "Whether {policy} changes heavy care is inconclusive: {now} households per 1,000 on 1 January "
        "{year}, {before} without",
        "Of {policy} de zware zorg verandert, is onzeker: {now} huishoudens per 1.000 op 1 januari {year}, "
        "{before} zonder",
    ),
    "flows_first": (
        "First estimate: {now} households per 1,000 in heavy care on 1 January {year} with {policy}, "
        "{before} without",
        "Eerste schatting: {now} huishoudens per 1.000 in zware zorg op 1 januari {year} met {policy}, "
        "{before} zonder",
    ),
    "flows_one": (
        "One replication: {now} households per 1,000 in heavy care on 1 January {year}, {before} without "
        "{policy}",
        "Eén berekening: {now} huishoudens per 1.000 in zware zorg op 1 januari {year}, {before} zonder "
        "{policy}",
    ),
    "flows_found": (
        "difference in heavy care {low} to {high} (90% interval)",
        "verschil in zware zorg {low} tot {high} (90%-interval)",
    ),
    "flows_note": (
        "Counted are households that lived there a year before too. Band: 90% interval with the policy. "
        "Waiting for care has few and many: its lines are medians, and the dots are the replications.",
        "Geteld zijn huishoudens die er een jaar eerder ook al woonden. Vlak: 90%-interval met het beleid. "
        "Bij wachten lopen de uitkomsten sterk uiteen: de lijnen zijn medianen en de stippen de "
        "berekeningen.",
    ),
    "with_policy": (
        "with",
        "met",
    ),
    "without_policy": (
        "without",
        "zonder",
    ),
    "panel_state_problem": (
        "Problems without help",
        "Problemen zonder hulp",
    ),
    "panel_state_waiting": (
        "Waiting for care",
        "Wachten op zorg",
    ),
    "panel_state_team": (
        "Helped by a team",
        "Hulp van een wijkteam",
    ),
    "panel_state_one_kind": (
        "One kind of care",
        "Eén soort zorg",
    ),
    "panel_state_several_kinds": (
        "Several kinds of care",
        "Meer soorten zorg",
    ),
    "panel_state_heavy": (
        "Heavy care",
        "Zware zorg",
    ),
    "flows_alternative": (
        "On 1 January {year}, households per 1,000 with {policy} and without: {states}.",
        "Op 1 januari {year}, huishoudens per 1.000 met {policy} en zonder: {states}.",
    ),
    "flows_state": (
        "{state} {now} and {before}",
        "{state} {now} en {before}",
    ),
    "neighbourhoods_wider": (
        "{policy} widens the gap between neighbourhoods: {now} percentage points in {year}, from {before}",
        "{policy} vergroot het verschil tussen wijken: {now} procentpunt in {year}, tegen {before}",
    ),
    "neighbourhoods_narrower": (
        "{policy} narrows the gap between neighbourhoods: {now} percentage points in {year}, from {before}",
        "{policy} verkleint het verschil tussen wijken: {now} procentpunt in {year}, tegen {before}",
    ),
    "neighbourhoods_unclear": (
        "The most deprived neighbourhoods have {before} percentage points more households in care in "
        "{year}; what {policy} does to that is inconclusive",
        "In de wijken met de meeste achterstand heeft in {year} {before} procentpunt meer huishoudens "
        "zorg; wat {policy} daaraan doet, is onzeker",
    ),
    "neighbourhoods_first": (
        "First estimate: the most deprived neighbourhoods have {before} percentage points more households "
        "in care in {year}, {now} with {policy}",
        "Eerste schatting: in de wijken met de meeste achterstand heeft in {year} {before} procentpunt meer "
        "huishoudens zorg, met {policy} {now}",
    ),
    "neighbourhoods_one": (
        "One replication: the most deprived neighbourhoods have {before} percentage points more households "
        "in care in {year}, {now} with {policy}",
        "Eén berekening: in de wijken met de meeste achterstand heeft in {year} {before} procentpunt meer "
        "huishoudens zorg, met {policy} {now}",
    ),
    "neighbourhoods_alone": (
        "One neighbourhood: {before}% of households are in care in {year}, {now}% with {policy}",
        "Eén wijk: in {year} heeft {before}% van de huishoudens zorg, met {policy} {now}%",
    ),
    "neighbourhoods_subtitle": (
        "Households in care, % of all, mean over {year}; neighbourhoods by rank of deprivation. Most "
        "deprived fifth less least deprived fifth: change {change}.",
        "Huishoudens met zorg, % van alle, gemiddeld over {year}; wijken naar achterstand. Meest min minst "
        "achtergestelde vijfde: verandering {change}.",
    ),
    "neighbourhoods_note": (
        "Dot: mean over replications of the neighbourhoods with that rank; bar: 90% interval. Rank 1 is "
        "the most deprived.",
        "Stip: gemiddelde over berekeningen van de wijken met die plaats; balk: 90%-interval. Plaats 1 "
        "heeft de meeste achterstand.",
    ),
    "rank_axis": (
        "rank (1 is the most deprived)",
        "plaats (1 heeft de meeste achterstand)",
    ),
    "parts_axis_narrow": (
        "costs ← euro per inhabitant → saves",
        "kost ← euro per inwoner → bespaart",
    ),
    "checks_head": (
        "Checks: care and crises alone",
        "Controles: alleen zorg en crises",
    ),
    "check_policy": (
        "with the policy",
        "met het beleid",
    ),
    "check_finds_nobody": (
        "it finds nobody new",
        "het vindt niemand nieuw",
    ),
    "check_no_effect_policy": (
        "help of teams has no effect",
        "hulp van wijkteams werkt niet",
    ),
    "check_same_staff": (
        "the same staff, no outreach",
        "zelfde personeel, zonder huisbezoek",
    ),
    "open_care": (
        "still running at the end",
        "loopt aan het eind nog",
    ),
    "total_subtitle": (
        "Total saving so far, euro of 2015 per inhabitant, compared with the reference policy. Band: 90% "
        "interval.",
        "Totale besparing tot dan toe, euro van 2015 per inwoner, vergeleken met het referentiebeleid. "
        "Vlak: 90%-interval.",
    ),
    "euro": ("euro", "euro"),
    "replication": ("replication", "berekening"),
    "replications": ("replications", "berekeningen"),
    "replications_between": (
        "90% of the replications: {low} to {high}",
        "90% van de berekeningen: {low} tot {high}",
    ),
    "interval_of": ("90% interval: {low} to {high}", "90%-interval: {low} tot {high}"),
    "households": ("households", "huishoudens"),
    "shaded": ("Shaded: 90% interval.", "Gekleurd vlak: 90%-interval."),
    "footnote_reference": (
        "{municipality}, {households} households; reference policy, landing {landing}; {replications} "
        "(seeds {seeds}).",
        "{municipality}, {households} huishoudens; referentiebeleid, landing {landing}; {replications} "
        "(toevalsreeksen {seeds}).",
    ),
    "footnote": (
        "{municipality}, {households} households; {policy} compared with the reference policy, landing "
        "{landing}; {replications} (seeds {seeds}).",
        "{municipality}, {households} huishoudens; {policy} vergeleken met het referentiebeleid, "
        "landing {landing}; {replications} (toevalsreeksen {seeds}).",
    ),
}
