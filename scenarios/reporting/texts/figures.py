"""Words and sentences of figures, and names that figures and summary share: key, English, Dutch."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "municipality": ("municipality", "gemeente"),
    "all_payers": ("all payers", "alle betalers"),
    "reference": ("reference", "referentie"),
    "policy": ("policy", "beleid"),
    "reference_policy": ("reference policy", "referentiebeleid"),
    "early_signalling": ("early signalling", "vroegsignalering"),
    "overnight": ("overnight", "ineens"),
    "none": ("no cut", "geen korting"),
    "three_years": ("three years", "drie jaar"),
    "five_years": ("five years", "vijf jaar"),
    "eight_years": ("eight years", "acht jaar"),
    "adaptive": ("adaptive", "meebewegend"),
    "at_rest": ("at rest", "rust"),
    "trouble": ("without help", "zonder hulp"),
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
        "One pair: {mean} euro per inhabitant saved by {year}; no band",
        "Eén paar: {mean} euro per inwoner bespaard tot en met {year}; geen band",
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
        "Landing in {short} or {long} years: the municipality's own payments cannot be told apart",
        "Landen in {short} of {long} jaar: de eigen bijbetaling is niet te onderscheiden",
    ),
    "landing_one": (
        "One pair: a strip of {short} beside {long} years; no band",
        "Eén paar: een baan van {short} naast {long} jaar; geen band",
    ),
    "on_same_money": ("With the same money: {change}", "Met hetzelfde geld: {change}"),
    "as_announced_band": (
        "Own payments beyond grants, as announced: {change}",
        "Eigen bijbetaling, zoals aangekondigd: {change}",
    ),
    "doubt": (", not distinguishable from zero", ", niet te onderscheiden van nul"),
    "years_strip": ("{years} years", "{years} jaar"),
    "as_happened_strip": ("3 years, as it happened", "3 jaar, zoals het ging"),
    "no_years_strip": ("0 years (overnight)", "0 jaar (ineens)"),
    "strip_title": ("Strip of {years}: {metres} m", "Baan van {years}: {metres} m"),
    "million_axis": ("million euro of 2015 per year", "miljoen euro van 2015 per jaar"),
    "year_axis": ("year", "jaar"),
    "metre_axis": (
        "metres of strip since touchdown (600 m a year)",
        "meter baan sinds de transitie (600 m per jaar)",
    ),
    "care_needed": ("care still needed\n(municipal cost)", "zorg die nog nodig is\n(kosten gemeente)"),
    "budget": ("budget\n(grant)", "budget\n(rijk)"),
    "bruise_column": ("Bruises: short less long strip", "Schade: korte min lange baan"),
    "landing_note": (
        "Announcement to ten years after the first cut; positive is worse. Mean [90% band over "
        "pairs]; bold: band on one side of zero. Parts are never added up. *Beyond two months, a "
        "lower bound.",
        "Van aankondiging tot tien jaar na de eerste korting; positief is slechter. Gemiddelde "
        "[90%-band over paren]; vet: band aan één kant van nul. Delen worden niet opgeteld. *Meer dan"
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
        "One pair: households between kinds of care; no band",
        "Eén paar: huishoudens tussen soorten zorg; geen band",
    ),
    "euro": ("euro", "euro"),
    "pair": ("pair", "paar"),
    "pairs": ("pairs", "paren"),
    "band_of": ("90% of pairs between {low} and {high}", "90% van de paren tussen {low} en {high}"),
    "households": ("households", "huishoudens"),
    "first_of_january": ("1 Jan {year}", "1 jan {year}"),
    "flows_note": (
        "Bars are counts of households that lived there a year before too. Not drawn: households at rest "
        "({share}% of all). The light part of a bar comes from or returns to rest, moves in or leaves. "
        "Flows over several years are chained from yearly flows; mean over pairs.",
        "Balken zijn tellingen van huishoudens die er een jaar eerder ook al woonden. Niet getekend: "
        "huishoudens in rust ({share}% van alle). Het lichte deel van een balk komt uit of keert terug naar "
        "rust, verhuist of vertrekt. Stromen over meer jaren zijn geschat uit jaarstromen; gemiddelde over "
        "paren.",
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
        "mean over the year and, for wijken of one rank of deprivation, over pairs. A grid, not a map.",
        "Elk vak is een wijk, de meest achtergestelde linksboven; percentage huishoudens met zorg, "
        "gemiddeld over het jaar en, voor wijken van dezelfde rang naar achterstand, over paren. Een "
        "rooster, geen kaart.",
    ),
    "share_in_care": ("% of households in care", "% huishoudens met zorg"),
    "shaded": ("Shaded: 90% band over pairs.", "Gearceerd: 90%-band over paren."),
    "footnote": (
        "{municipality}, {households} households; {policy} against reference, landing {landing}; "
        "{pairs} (seeds {seeds}).",
        "{municipality}, {households} huishoudens; {policy} naast referentie, landing {landing}; "
        "{pairs} (seeds {seeds}).",
    ),
}
