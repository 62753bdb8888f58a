"""Sentences of the report that depend on an interval, and words of its tables: key, English, Dutch.

A topic has a subject and a unit for what is inconclusive, and a sentence for more and for less.
"""

from typing import Final

from scenarios.reporting.texts import report_text

# Headings, captions and heads of tables of the report: key, English, Dutch.

FRAME: Final[dict[str, tuple[str, str]]] = {
    "title": ("{policy} in {municipality}", "{policy} in {municipality}"),
    "language_name": ("English", "Nederlands"),
    "choose_language": ("Language", "Taal"),
    "contents": ("In this report", "In dit rapport"),
    "cost_title": (
        "What it costs and when it pays for itself",
        "Wat het kost en wanneer het is terugverdiend",
    ),
    "certainty_title": ("How certain that is", "Hoe zeker dat is"),
    "phase_in_title": ("What goes wrong with a short strip", "Wat er misgaat op een korte baan"),
    "people_title": ("What happens to people", "Wat er met mensen gebeurt"),
    "groups_title": ("Who gains and who loses", "Wie erop vooruitgaat en wie achteruit"),
    "others_title": ("How similar municipalities are doing", "Hoe vergelijkbare gemeenten het doen"),
    "claims_title": ("What the model says about the claims", "Wat het model over de beweringen zegt"),
    "unknown_title": ("What the model does not know", "Wat het model niet weet"),
    "method_title": ("How this was calculated", "Hoe dit is berekend"),
    "sources_title": ("Sources", "Bronnen"),
    "payback_aside": ("Pay-back in numbers", "Terugverdienen in cijfers"),
    "years_aside": ("Every year in numbers", "Elk jaar in cijfers"),
    "checks_aside": ("Checks on the saving", "Controles op de besparing"),
    "rates_aside": ("When later euros count for less", "Als latere euro's minder tellen"),
    "groups_aside": ("Every group in numbers", "Elke groep in cijfers"),
    "groups_subtitle": (
        "Change in the severity of problems with the policy, all years together.",
        "Verandering in de ernst van problemen met het beleid, alle jaren samen.",
    ),
    "groups_note": (
        "Bar: 90% interval. Filled dot: the interval excludes zero; open dot: inconclusive.",
        "Balk: 90%-interval. Dichte stip: het interval sluit nul uit; open stip: onzeker.",
    ),
    "groups_caption": (
        "Change in the severity of problems with the policy; below zero is better",
        "Verandering in de ernst van problemen met het beleid; onder nul is beter",
    ),
    "phase_in_caption": (
        "All harms: the short strip minus the long strip; above zero is worse",
        "Alle schade: de korte baan min de lange baan; boven nul is slechter",
    ),
    "made_caption": ("What this report is based on", "Waar dit rapport op is gebaseerd"),
    "made_day": ("day of the run", "dag van de berekening"),
    "figure": ("figure", "cijfer"),
    "people_beside": ("Who lives there", "Wie er wonen"),
    "organised": (
        "How care is organised in {municipality}",
        "Hoe de zorg in {municipality} is georganiseerd",
    ),
    "effects_beside": (
        "What {policy} does in each, mean a year from {first} to {last}, with the 90% interval "
        "({replications})",
        "Wat {policy} in elke gemeente doet, gemiddeld per jaar van {first} tot en met {last}, met het "
        "90%-interval ({replications})",
    ),
    "in_years": ("from {first} to {last}", "van {first} tot en met {last}"),
    "in_year": ("in {first}", "in {first}"),
    "whose_municipality": ("the municipality", "de gemeente"),
    "whose_all_payers": ("all payers together", "alle betalers samen"),
    "whose_others": ("the other payers", "de andere betalers"),
    "year": ("year", "jaar"),
    "own_saving": (
        "saving for the municipality, euro per inhabitant",
        "besparing voor de gemeente, euro per inwoner",
    ),
    "own_million": (
        "the same in million euro for {base} inhabitants",
        "dezelfde in miljoen euro voor {base} inwoners",
    ),
    "all_saving": (
        "saving for all payers, euro per inhabitant",
        "besparing voor alle betalers, euro per inwoner",
    ),
    "reading": ("what this says", "wat dat zegt"),
    "years_caption": (
        "Savings a year for the municipality and for all payers, compared with the reference policy; below "
        "zero the policy costs money. Care still running at the end of {last} is not counted.",
        "Besparing per jaar voor de gemeente en voor alle betalers, vergeleken met het referentiebeleid; "
        "onder nul kost het beleid geld. Zorg die eind {last} nog loopt, telt niet mee.",
    ),
    "paid_back": ("paid for itself", "terugverdiend"),
    "within_years": ("within {years} years", "binnen {years} jaar"),
    "never_cost": ("never cost anything", "kostte nooit iets"),
    "not_within": ("not within {years} years", "niet binnen {years} jaar"),
    "of_draws": ("{count} of {draws}", "{count} van {draws}"),
    "payback_caption": (
        "In how many parameter draws the policy has paid for itself, and by when",
        "In hoeveel sets aannames het beleid is terugverdiend, en wanneer",
    ),
    "rate": ("interest a year", "rente per jaar"),
    "present_value": (
        "value in the first year, euro per inhabitant",
        "waarde in het eerste jaar, euro per inwoner",
    ),
    "rates_caption": (
        "The municipality's total savings to {last}, when later euros count for less",
        "De totale besparing van de gemeente tot en met {last}, als latere euro's minder tellen",
    ),
    "as_happened": ("as it happened, in steps over three years", "zoals het ging, in stappen over drie jaar"),
    "at_once": ("overnight", "in één keer"),
    "over_years": ("in equal steps over {years} years", "in gelijke stappen over {years} jaar"),
    "part": ("what is counted", "wat is geteld"),
    "part_own_payments": (
        "what the municipality pays on top of its grants",
        "wat de gemeente boven op het rijksbudget betaalt",
    ),
    "part_grant_difference": ("lower grants", "lager rijksbudget"),
    "part_own_payments_share": (
        "own payments as a share of its other spending",
        "eigen geld als deel van de overige uitgaven",
    ),
    "part_supervision_orders": ("children put under supervision", "kinderen onder toezicht gesteld"),
    "part_placements": ("children placed out of home", "kinderen uit huis geplaatst"),
    "part_evictions": ("evictions", "huisuitzettingen"),
    "part_shelter": ("admissions to shelter", "opnames in de opvang"),
    "part_crises": ("crises", "crises"),
    "part_waiting_above_norm": ("waiting beyond two months", "wachten boven twee maanden"),
    "part_unmet": ("severity-months without help", "ernstmaanden zonder hulp"),
    "part_providers_gone": ("providers that stopped", "gestopte aanbieders"),
    "part_team_staff_left": ("team staff that left", "vertrokken teamleden"),
    "part_provider_staff": ("fewer staff at providers", "minder personeel bij aanbieders"),
    "unit_own_payments": ("euro per inhabitant a year", "euro per inwoner per jaar"),
    "unit_grant_difference": ("euro per inhabitant a year", "euro per inwoner per jaar"),
    "unit_own_payments_share": ("%", "%"),
    "unit_supervision_orders": ("a year", "per jaar"),
    "unit_placements": ("a year", "per jaar"),
    "unit_evictions": ("a year", "per jaar"),
    "unit_shelter": ("a year", "per jaar"),
    "unit_crises": ("a year", "per jaar"),
    "unit_waiting_above_norm": ("person-months a year, at least", "persoonsmaanden per jaar, ten minste"),
    "unit_unmet": ("severity-months a year", "ernstmaanden per jaar"),
    "unit_providers_gone": ("at the end", "aan het eind"),
    "unit_team_staff_left": ("fte a year", "fte per jaar"),
    "unit_provider_staff": ("fte, mean", "fte, gemiddeld"),
    "outcome": ("outcome", "uitkomst"),
    "points": (" percentage points", " procentpunt"),
    "outcome_crises": ("crises", "crises"),
    "outcome_unmet": ("problems that stay without help", "problemen die zonder hulp blijven"),
    "outcome_found_early_share": (
        "people found while their problems are still light",
        "mensen die vroeg worden gevonden",
    ),
    "outcome_team_waiting": ("waiting for a team", "wachten op een wijkteam"),
    "outcome_specialist_waiting": ("waiting for specialists", "wachten op specialisten"),
    "outcome_supervision_orders": ("children put under supervision", "kinderen onder toezicht gesteld"),
    "outcome_lost_share": ("failed referrals", "mislukte verwijzingen"),
    "outcome_overburdened_carers": ("overburdened carers", "overbelaste mantelzorgers"),
    "outcome_satisfaction": ("satisfaction", "tevredenheid"),
    "level": ("reference policy", "referentiebeleid"),
    "difference": ("difference with the policy", "verschil met het beleid"),
    "in_all": (
        "difference for the whole municipality ({households} households), a year",
        "verschil voor de hele gemeente ({households} huishoudens), per jaar",
    ),
    "people_caption": (
        "Outcomes for people: the policy compared with the reference policy",
        "Uitkomsten voor mensen: het beleid vergeleken met het referentiebeleid",
    ),
    "story_column": ("what is compared", "wat wordt vergeleken"),
    "story_aside": ("Both runs, year by year", "Beide simulaties, jaar voor jaar"),
    "group": ("group", "groep"),
    "problems_change": ("all problems, change in %", "alle problemen, verandering in %"),
    "unmet_change": ("problems without help, change in %", "problemen zonder hulp, verandering in %"),
    "gain_or_lose": ("gain or lose", "vooruit of achteruit"),
    "wijken_aside": ("Every wijk", "Elke wijk"),
    "wijken_caption": (
        "Change in the severity of problems with the policy, by wijk; below zero is better, wijk 1 is the "
        "most deprived",
        "Verandering in de ernst van problemen met het beleid, naar wijk; onder nul is beter, wijk 1 heeft "
        "de meeste achterstand",
    ),
    "income_0": ("households in the lowest income fifth", "huishoudens met de laagste inkomens"),
    "income_1": ("households in the second income fifth", "huishoudens in het tweede inkomensvijfde"),
    "income_2": ("households in the middle income fifth", "huishoudens in het middelste inkomensvijfde"),
    "income_3": ("households in the fourth income fifth", "huishoudens in het vierde inkomensvijfde"),
    "income_4": ("households in the highest income fifth", "huishoudens met de hoogste inkomens"),
    "single": ("singles", "alleenstaanden"),
    "couple": ("couples without children at home", "stellen zonder kinderen thuis"),
    "one_parent": ("single-parent families", "eenoudergezinnen"),
    "couple_with_children": ("couples with children", "stellen met kinderen"),
    "wijken_least": ("the least deprived wijken", "de wijken met de minste achterstand"),
    "wijken_middle": ("the wijken in the middle", "de wijken daartussen"),
    "wijken_most": ("the most deprived wijken", "de wijken met de meeste achterstand"),
    "income_0_short": ("lowest incomes", "laagste inkomens"),
    "income_1_short": ("second fifth", "tweede vijfde"),
    "income_2_short": ("middle fifth", "middelste vijfde"),
    "income_3_short": ("fourth fifth", "vierde vijfde"),
    "income_4_short": ("highest incomes", "hoogste inkomens"),
    "single_short": ("singles", "alleenstaanden"),
    "couple_short": ("couples, no children", "stellen zonder kinderen"),
    "one_parent_short": ("single parents", "eenoudergezinnen"),
    "couple_with_children_short": ("couples with children", "stellen met kinderen"),
    "wijken_least_short": ("least deprived wijken", "wijken minste achterstand"),
    "wijken_middle_short": ("wijken in the middle", "wijken daartussen"),
    "wijken_most_short": ("most deprived wijken", "wijken meeste achterstand"),
    "beside": ("{system} compared with {reference}", "{system} vergeleken met {reference}"),
    "own_caption": (
        "Each in its own municipality, so people differ too",
        "Elk in de eigen gemeente, dus ook de mensen verschillen",
    ),
    "claim": ("claim", "bewering"),
    "claim_verdict": ("verdict", "oordeel"),
    "claim_replications": ("replications", "berekeningen"),
    "claims_caption": ("Claims and verdicts", "Beweringen en oordelen"),
    "claims_aside": ("The findings, statement by statement", "De bevindingen, uitspraak voor uitspraak"),
    "lever": ("lever", "instelling"),
    "in_reference": ("reference policy", "referentiebeleid"),
    "in_policy": ("policy", "beleid"),
    "levers_aside": ("What exactly {policy} changes", "Wat {policy} precies verandert"),
    "levers_caption": (
        "Levers that differ between the two policies",
        "Instellingen die bij beide soorten beleid verschillen",
    ),
    "notes_aside": ("Figures that were borrowed or scaled", "Cijfers die van elders komen of zijn "
                                                            "omgerekend (Engels)"),
    "made_what": ("what", "wat"),
    "made_which": ("value", "waarde"),
    "made_run": ("run folder", "map van de berekening"),
    "made_replications": ("replications (seeds)", "berekeningen (beginwaarden van het toeval)"),
    "made_rules": ("result version", "resultaatversie"),
    "made_commit": ("version of the code", "versie van de code"),
    "made_figures": ("fingerprint of the figures used", "vingerafdruk van de gebruikte cijfers"),
    "axis_groups": (
        "better \u2190 change in % \u2192 worse",
        "beter \u2190 verandering in % \u2192 slechter",
    ),
}  # fmt: skip


Words = dict[str, tuple[str, str]]

_SENTENCES: Final[Words] = {
    "told_unclear": (
        "{subject}: inconclusive, between {low} and {high} {unit} (90% interval).",
        "{subject}: onzeker, tussen {low} en {high} {unit} (90%-interval).",
    ),
    "told_few": (
        "{subject}: inconclusive, because {count} replications are too few; they lie between {low} and "
        "{high} {unit}.",
        "{subject}: onzeker, want {count} berekeningen zijn te weinig; ze liggen tussen {low} en {high} "
        "{unit}.",
    ),
    "told_one": (
        "{subject}: inconclusive, because one replication says nothing about certainty; it gave {mean} "
        "{unit}.",
        "{subject}: onzeker, want één berekening zegt niets over zekerheid; die gaf {mean} {unit}.",
    ),
    "together_unclear": ("Inconclusive: {names}.", "Onzeker: {names}."),
    "together_few": (
        "Inconclusive, because {count} replications are too few: {names}.",
        "Onzeker, want {count} berekeningen zijn te weinig: {names}.",
    ),
    "together_one": (
        "Inconclusive, because there is only one replication: {names}.",
        "Onzeker, want er is maar één berekening: {names}.",
    ),
    "together_same": ("The same in every replication: {names}.", "In elke berekening gelijk: {names}."),
    "groups_less": (
        "These groups gain, because their problems become lighter: {groups}.",
        "Deze groepen gaan erop vooruit, want hun problemen worden lichter: {groups}.",
    ),
    "groups_more": (
        "These groups lose, because their problems become heavier: {groups}.",
        "Deze groepen gaan erop achteruit, want hun problemen worden zwaarder: {groups}.",
    ),
    "told_same": ("{subject}: zero in every replication.", "{subject}: nul in elke berekening."),
}

_TOPICS: Final[Words] = {
    "money_subject": (
        "what {policy} saves or costs {whose} {when}",
        "wat {policy} {whose} {when} bespaart of kost",
    ),
    "money_unit": (
        "euro per inhabitant a year, where below zero is a cost",
        "euro per inwoner per jaar, waarbij onder nul kosten zijn",
    ),
    "money_more": (
        "{when}, {policy} saves {whose} {size} euro per inhabitant a year (90% interval: {low} to {high}), "
        "or {total} million euro a year for {base} inhabitants.",
        "{when} bespaart {policy} {whose} {size} euro per inwoner per jaar (90%-interval: {low} tot {high}), "
        "ofwel {total} miljoen euro per jaar voor {base} inwoners.",
    ),
    "shifted_more": (
        "{when}, {policy} is {size} euro per inhabitant a year cheaper for {whose} (90% interval: {low} to "
        "{high}), or {total} million euro a year for {base} inhabitants, but mostly in years in which more "
        "need goes without help: costs are shifted rather than saved.",
        "{when} is {policy} voor {whose} {size} euro per inwoner per jaar goedkoper (90%-interval: {low} tot "
        "{high}), ofwel {total} miljoen euro per jaar voor {base} inwoners, maar vooral in jaren waarin meer "
        "nood zonder hulp blijft: eerder verschoven dan bespaard.",
    ),
    "money_less": (
        "{when}, {policy} costs {whose} {size} euro per inhabitant a year (90% interval: {low} to {high}), "
        "or {total} million euro a year for {base} inhabitants.",
        "{when} kost {policy} {whose} {size} euro per inwoner per jaar (90%-interval: {low} tot {high}), "
        "ofwel {total} miljoen euro per jaar voor {base} inwoners.",
    ),
    "outcome_subject": ("the effect of {policy} on {outcome}", "het effect van {policy} op {outcome}"),
    "outcome_unit": ("({unit})", "({unit})"),
    "outcome_more": (
        "{outcome}: {size}{points} higher with {policy}, from {level} under the reference policy (90% "
        "interval: {low} to {high}).",
        "{outcome}: met {policy} {size}{points} hoger, tegen {level} bij het referentiebeleid "
        "(90%-interval: {low} tot {high}).",
    ),
    "outcome_less": (
        "{outcome}: {size}{points} lower with {policy}, from {level} under the reference policy (90% "
        "interval: {low} to {high}).",
        "{outcome}: met {policy} {size}{points} lager, tegen {level} bij het referentiebeleid "
        "(90%-interval: {low} tot {high}).",
    ),
    "harm_subject": ("the effect of the short strip on {part}", "het effect van de korte baan op {part}"),
    "harm_unit": ("({unit})", "({unit})"),
    "harm_more": (
        "{part}: {size} higher on the short strip than on the long one ({unit}; 90% interval: {low} to "
        "{high}).",
        "{part}: {size} hoger op de korte baan dan op de lange ({unit}; 90%-interval: {low} tot {high}).",
    ),
    "harm_less": (
        "{part}: {size} lower on the short strip than on the long one ({unit}; 90% interval: {low} to "
        "{high}).",
        "{part}: {size} lager op de korte baan dan op de lange ({unit}; 90%-interval: {low} tot {high}).",
    ),
    "contrast_subject": (
        "the difference between the effects of {policy} on {one} and on {other}",
        "het verschil tussen de effecten van {policy} op {one} en op {other}",
    ),
    "contrast_unit": ("percentage points", "procentpunt"),
    "contrast_more": (
        "The change is less favourable for {one} than for {other}, by {size} percentage points (90% "
        "interval: {low} to {high}).",
        "Voor {one} is de verandering {size} procentpunt minder gunstig dan voor {other} (90%-interval: "
        "{low} tot {high}).",
    ),
    "contrast_less": (
        "The change is more favourable for {one} than for {other}, by {size} percentage points (90% "
        "interval: {low} to {high}).",
        "Voor {one} is de verandering {size} procentpunt gunstiger dan voor {other} (90%-interval: {low} "
        "tot {high}).",
    ),
    "beside_subject": (
        "the difference between {system} and {reference} in {outcome}",
        "het verschil tussen {system} en {reference} in {outcome}",
    ),
    "beside_unit": ("({unit})", "({unit})"),
    "beside_more": (
        "{system}: {outcome} is {size} higher than in {reference} ({unit}; 90% interval: {low} to {high}).",
        "{system}: {outcome} is {size} hoger dan in {reference} ({unit}; 90%-interval: {low} tot {high}).",
    ),
    "beside_less": (
        "{system}: {outcome} is {size} lower than in {reference} ({unit}; 90% interval: {low} to {high}).",
        "{system}: {outcome} is {size} lager dan in {reference} ({unit}; 90%-interval: {low} tot {high}).",
    ),
}  # fmt: skip

_READINGS: Final[Words] = {
    "reading_unclear": ("inconclusive", "onzeker"),
    "reading_few": ("too few replications", "te weinig berekeningen"),
    "reading_one": ("one replication: inconclusive", "één berekening: onzeker"),
    "reading_same": ("the same in every replication", "gelijk in elke berekening"),
    "reading_more": ("higher", "hoger"),
    "reading_less": ("lower", "lager"),
    "reading_saves": ("saves", "bespaart"),
    "reading_shifted": ("cheaper, but more need without help", "goedkoper, maar meer nood zonder hulp"),
    "reading_costs": ("costs", "kost"),
    "reading_heavier": ("loses", "gaat achteruit"),
    "reading_lighter": ("gains", "gaat vooruit"),
    "banded": ("{mean} ({low} to {high})", "{mean} ({low} tot {high})"),
}

TOPICS: Final = tuple(key.removesuffix("_subject") for key in _TOPICS if key.endswith("_subject"))
WORDS: Final[Words] = {
    **_SENTENCES, **_TOPICS, **_READINGS, **FRAME, **report_text.WORDS, **report_text.MEMO_WORDS,
}  # fmt: skip
