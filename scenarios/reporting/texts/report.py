"""Sentences of the report that depend on an interval, and words of its tables: key, English, Dutch.

A topic has a subject and a unit for what is inconclusive, and a sentence for more and for less.
"""

from typing import Final

from scenarios.reporting.texts import report_text

# Headings, captions and heads of tables of the report: key, English, Dutch.

FRAME: Final[dict[str, tuple[str, str]]] = {
    "title": ("{policy} in {municipality}", "{policy} in {municipality}"),
    "subtitle": ("What it costs, what it brings, and how sure that is",
                 "Wat het kost, wat het oplevert en hoe zeker dat is"),
    "language_name": ("English", "Nederlands"),
    "choose_language": ("Language", "Taal"),
    "contents": ("In this report", "In dit rapport"),
    "short_title": ("In short", "In het kort"),
    "asked_title": ("What was asked", "Wat er is gevraagd"),
    "cost_title": ("What it costs and when it pays back", "Wat het kost en wanneer het is terugverdiend"),
    "certainty_title": ("How sure that is", "Hoe zeker dat is"),
    "phase_in_title": ("What goes wrong with a short strip", "Wat er misgaat op een korte baan"),
    "people_title": ("What happens to people", "Wat er met mensen gebeurt"),
    "groups_title": ("Who gains and who loses", "Wie erop vooruitgaat en wie achteruit"),
    "others_title": ("How comparable municipalities do", "Hoe vergelijkbare gemeenten het doen"),
    "claims_title": ("What became of the claims", "Wat er van de beweringen klopt"),
    "unknown_title": ("What the model does not know", "Wat het model niet weet"),
    "made_title": ("How this was made", "Hoe dit is gemaakt"),
    "in_years": ("from {first} to {last}", "van {first} tot en met {last}"),
    "in_year": ("in {first}", "in {first}"),
    "whose_municipality": ("the municipality", "de gemeente"),
    "whose_all_payers": ("all payers together", "alle betalers samen"),
    "whose_others": ("the other payers", "de andere betalers"),
    "year": ("year", "jaar"),
    "own_saving": ("saving for the municipality, euro per inhabitant",
                   "besparing voor de gemeente, euro per inwoner"),
    "own_million": ("the same in million euro for {base} inhabitants",
                    "dezelfde in miljoen euro voor {base} inwoners"),
    "all_saving": ("saving for all payers, euro per inhabitant",
                   "besparing voor alle betalers, euro per inwoner"),
    "reading": ("reading", "wat dat zegt"),
    "years_caption": (
        "Savings a year for the municipality and for all payers; below zero it costs. Care still open at "
        "the end of {last} is not counted.",
        "Besparing per jaar voor de gemeente en voor alle betalers; onder nul kost het. Zorg die eind "
        "{last} nog loopt, telt niet mee.",
    ),
    "paid_back": ("pay-back", "terugverdiend"),
    "within_years": ("within {years} years", "binnen {years} jaar"),
    "never_cost": ("never cost anything", "kostte nooit iets"),
    "not_within": ("not within {years} years", "niet binnen {years} jaar"),
    "of_draws": ("{count} of {draws}", "{count} van {draws}"),
    "payback_caption": (
        "In how many guesses at what nobody measured the policy has paid for itself, and by when",
        "In hoeveel schattingen van wat niemand heeft gemeten het beleid zichzelf heeft terugverdiend, en "
        "wanneer",
    ),
    "rate": ("interest a year", "rente per jaar"),
    "present_value": ("worth in the first year, euro per inhabitant",
                      "waarde in het eerste jaar, euro per inwoner"),
    "rates_caption": (
        "All savings of the municipality to {last} together, when later euros count less",
        "Alle besparingen van de gemeente tot en met {last} samen, als latere euro's minder tellen",
    ),
    "as_happened": ("as it happened, in steps over three years", "zoals het ging, in stappen over drie jaar"),
    "at_once": ("overnight", "in één keer"),
    "over_years": ("in equal steps over {years} years", "in gelijke stappen over {years} jaar"),
    "part": ("what is counted", "wat is geteld"),
    "phase_in_caption": (
        "The short strip less the long strip; above zero the short strip has more of it",
        "De korte baan min de lange baan; boven nul heeft de korte baan er meer van",
    ),
    "part_own_payments": ("what the municipality pays on top of its grants",
                          "wat de gemeente boven op het rijksbudget betaalt"),
    "part_grant_difference": ("grants it gets less", "rijksbudget dat ze minder krijgt"),
    "part_own_payments_share": ("own payments, as part of all else it spends",
                                "eigen bijbetaling, als deel van haar overige uitgaven"),
    "part_supervision_orders": ("children put under supervision", "kinderen onder toezicht gesteld"),
    "part_placements": ("children placed out of home", "kinderen uit huis geplaatst"),
    "part_evictions": ("evictions", "huisuitzettingen"),
    "part_shelter": ("admissions to shelter", "opnames in de opvang"),
    "part_crises": ("crises", "crises"),
    "part_waiting_above_norm": ("months waited beyond two", "wachtmaanden boven de twee"),
    "part_unmet": ("problems without help", "problemen zonder hulp"),
    "part_providers_gone": ("providers gone", "verdwenen aanbieders"),
    "part_team_staff_left": ("team staff that left", "vertrokken teamleden"),
    "part_provider_staff": ("staff that providers lack", "personeel dat aanbieders missen"),
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
    "outcome_unmet": ("problems left without help", "problemen die zonder hulp blijven"),
    "outcome_found_early_share": ("people found while problems are light",
                                  "mensen die vroeg worden gevonden"),
    "outcome_team_waiting": ("waiting for a team", "wachten op een wijkteam"),
    "outcome_specialist_waiting": ("waiting for specialists", "wachten op specialisten"),
    "outcome_supervision_orders": ("children put under supervision", "kinderen onder toezicht gesteld"),
    "outcome_lost_share": ("referrals that get lost", "verwijzingen die verloren gaan"),
    "outcome_overburdened_carers": ("overburdened carers", "overbelaste mantelzorgers"),
    "outcome_satisfaction": ("satisfaction", "tevredenheid"),
    "level": ("reference policy", "referentiebeleid"),
    "difference": ("difference under the policy", "verschil bij het beleid"),
    "in_all": ("difference in the whole municipality ({households} households), a year",
               "verschil in de hele gemeente ({households} huishoudens), per jaar"),
    "people_caption": ("Outcomes for people, the policy beside the reference",
                       "Uitkomsten voor mensen, het beleid naast de referentie"),
    "story_column": ("what is told", "wat wordt verteld"),
    "story_aside": ("Both runs, year by year", "Beide simulaties, jaar voor jaar"),
    "group": ("group", "groep"),
    "problems_change": ("all problems, change in %", "alle problemen, verandering in %"),
    "unmet_change": ("problems without help, change in %", "problemen zonder hulp, verandering in %"),
    "gain_or_lose": ("gain or lose", "vooruit of achteruit"),
    "groups_caption": ("Change in the severity of problems under the policy, by group",
                       "Verandering in de ernst van problemen bij het beleid, naar groep"),
    "wijken_aside": ("Every wijk", "Elke wijk"),
    "wijken_caption": ("Change in the severity of problems under the policy, by wijk; wijk 1 is the most "
                       "deprived",
                       "Verandering in de ernst van problemen bij het beleid, naar wijk; wijk 1 heeft de "
                       "meeste achterstand"),
    "income_0": ("households with the lowest fifth of incomes", "huishoudens met de laagste inkomens"),
    "income_1": ("households with the second fifth of incomes",
                 "huishoudens in het tweede inkomensvijfde"),
    "income_2": ("households with the middle fifth of incomes",
                 "huishoudens in het middelste inkomensvijfde"),
    "income_3": ("households with the fourth fifth of incomes",
                 "huishoudens in het vierde inkomensvijfde"),
    "income_4": ("households with the highest fifth of incomes", "huishoudens met de hoogste inkomens"),
    "single": ("singles", "alleenstaanden"),
    "couple": ("couples without children at home", "stellen zonder kinderen thuis"),
    "one_parent": ("one-parent families", "eenoudergezinnen"),
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
    "one_parent_short": ("one-parent families", "eenoudergezinnen"),
    "couple_with_children_short": ("couples with children", "stellen met kinderen"),
    "wijken_least_short": ("least deprived wijken", "wijken minste achterstand"),
    "wijken_middle_short": ("wijken in the middle", "wijken daartussen"),
    "wijken_most_short": ("most deprived wijken", "wijken meeste achterstand"),
    "beside": ("{system} beside {reference}", "{system} naast {reference}"),
    "own_caption": (
        "Each in its own municipality, where people differ too",
        "Elk in de eigen gemeente, waar ook de mensen verschillen",
    ),
    "claim": ("claim", "bewering"),
    "claim_verdict": ("verdict", "oordeel"),
    "claim_replications": ("replications", "replicaties"),
    "claims_caption": ("Claims and verdicts", "Beweringen en oordelen"),
    "claims_aside": ("What was found, statement by statement", "Wat is gevonden, uitspraak voor uitspraak"),
    "lever": ("lever", "knop"),
    "in_reference": ("reference policy", "referentiebeleid"),
    "in_policy": ("policy", "beleid"),
    "levers_aside": ("What exactly {policy} changes", "Wat {policy} precies verandert"),
    "levers_caption": ("Levers that differ between the two policies",
                       "Knoppen die tussen beide beleidsvormen verschillen"),
    "notes_aside": ("Figures that were borrowed or scaled", "Cijfers die zijn geleend of geschaald (Engels)"),
    "made_caption": ("What this report rests on", "Waar dit rapport op rust"),
    "made_what": ("what", "wat"),
    "made_which": ("which", "welke"),
    "made_run": ("run folder", "runmap"),
    "made_replications": ("replications (seeds)", "replicaties (toevalsreeksen)"),
    "made_rules": ("fingerprint of the rules", "vingerafdruk van de regels"),
    "made_commit": ("version of the code", "versie van de code"),
    "made_figures": ("fingerprint of the figures used", "vingerafdruk van de gebruikte cijfers"),
    "figure_savings": ("Savings added up over the years, with the interval of 90% of the replications.",
                       "Besparing opgeteld over de jaren, met het interval waarin 90% van de replicaties "
                       "ligt."),
    "figure_landing": ("Budget and care still needed on a short and on a long strip.",
                       "Budget en zorg die nog nodig is op een korte en op een lange baan."),
    "figure_groups": ("Change in problems by group, with the interval that holds 90% of the replications.",
                      "Verandering in problemen per groep, met het interval waarin 90% van de replicaties "
                      "ligt."),
    "alt_savings": ("Two lines with intervals over the years. {sentences}",
                    "Twee lijnen met intervallen over de jaren. {sentences}"),
    "alt_landing": (
        "Two panels, {short} and {long}. In the last year care costs {need_short} and {need_long} million "
        "euro against a budget of {budget_short} and {budget_long} million.",
        "Twee vlakken, {short} en {long}. In het laatste jaar kost de zorg {need_short} en {need_long} "
        "miljoen euro, naast een budget van {budget_short} en {budget_long} miljoen.",
    ),
    "alt_groups": ("A dot with an interval per group around a line at zero. {sentences}",
                   "Een stip met een interval per groep rond een lijn bij nul. {sentences}"),
    "axis_groups": ("change in problems (%)", "verandering in problemen (%)"),
}  # fmt: skip


Words = dict[str, tuple[str, str]]
_LIMITS = (" (90% of replications: {low} to {high})", " (90% van de replicaties: {low} tot {high})")

_TOLD: Final[Words] = {
    "told_unclear": (
        "{subject} is not distinguishable from zero: 90% of the replications lie between {low} and {high} "
        "{unit}.",
        "{subject} is niet te onderscheiden van nul: 90% van de replicaties ligt tussen {low} en {high} "
        "{unit}.",
    ),
    "told_few": (
        "{subject} is inconclusive: {count} replications are too few; they lie between {low} and "
        "{high} {unit}.",
        "{subject} is uit {count} replicaties niet op te maken, dat zijn er te weinig: ze liggen tussen "
        "{low} en {high} {unit}.",
    ),
    "told_one": (
        "{subject} is inconclusive: one replication says nothing about certainty; that replication "
        "gave {mean} {unit}.",
        "{subject} is uit één replicatie niet op te maken, want één replicatie zegt niets over zekerheid; "
        "die replicatie gaf {mean} {unit}.",
    ),
    "together_unclear": (
        "Not distinguishable from zero: {names}.",
        "Niet te onderscheiden van nul: {names}.",
    ),
    "together_few": (
        "Inconclusive, for {count} replications are too few: {names}.",
        "Uit {count} replicaties niet op te maken, dat zijn er te weinig: {names}.",
    ),
    "together_one": (
        "Inconclusive, for there is one replication: {names}.",
        "Uit één replicatie niet op te maken: {names}.",
    ),
    "together_same": ("The same in every replication: {names}.", "In elke replicatie gelijk: {names}."),
    "groups_less": (
        "These gain, their problems are lighter: {groups}.",
        "Erop vooruit gaan, met lichtere problemen: {groups}.",
    ),
    "groups_more": (
        "These lose, their problems are heavier: {groups}.",
        "Erop achteruit gaan, met zwaardere problemen: {groups}.",
    ),
    "told_same": ("{subject} is zero in every replication.", "{subject} is nul in elke replicatie."),
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
        "for {base} inhabitants" + _LIMITS[0] + ".",
        "{when} bespaart {policy} {whose} {size} euro per inwoner per jaar, in totaal {total} miljoen euro "
        "per jaar voor {base} inwoners" + _LIMITS[1] + ".",
    ),
    "shifted_more": (
        "{when}, {policy} is {size} euro per inhabitant a year cheaper for {whose}, {total} million euro a "
        "year in all for {base} inhabitants" + _LIMITS[0] + ", mostly in years with more need left without "
        "help: shifted rather than "
        "saved.",
        "{when} is {policy} voor {whose} {size} euro per inwoner per jaar goedkoper, in totaal {total} "
        "miljoen euro per jaar voor {base} inwoners" + _LIMITS[1] + ", meestal in jaren met meer nood zonder "
        "hulp: eerder "
        "verschoven dan bespaard.",
    ),
    "money_less": (
        "{when}, {policy} costs {whose} {size} euro per inhabitant a year, {total} million euro a year in "
        "all "
        "for {base} inhabitants" + _LIMITS[0] + ".",
        "{when} kost {policy} {whose} {size} euro per inwoner per jaar, in totaal {total} miljoen euro "
        "per jaar voor {base} inwoners" + _LIMITS[1] + ".",
    ),
    "outcome_subject": (
        "the difference that {policy} makes to {outcome}",
        "het verschil dat {policy} maakt voor {outcome}",
    ),
    "outcome_unit": ("({unit})", "({unit})"),
    "outcome_more": (
        "{outcome}: {size}{points} higher under {policy}, against {level} under the reference"
        + _LIMITS[0] + ".",
        "{outcome}: met {policy} {size}{points} hoger, naast {level} in de referentie" + _LIMITS[1] + ".",
    ),
    "outcome_less": (
        "{outcome}: {size}{points} lower under {policy}, against {level} under the reference"
        + _LIMITS[0] + ".",
        "{outcome}: met {policy} {size}{points} lager, naast {level} in de referentie" + _LIMITS[1] + ".",
    ),
    "harm_subject": (
        "the difference the short strip makes to {part}",
        "het verschil dat de korte baan maakt voor {part}",
    ),
    "harm_unit": ("({unit})", "({unit})"),
    "harm_more": (
        "{part}: {size} higher on the short strip ({unit}; 90% of replications: {low} to {high}).",
        "{part}: {size} hoger op de korte baan ({unit}; 90% van de replicaties: {low} tot {high}).",
    ),
    "harm_less": (
        "{part}: {size} lower on the short strip ({unit}; 90% of replications: {low} to {high}).",
        "{part}: {size} lager op de korte baan ({unit}; 90% van de replicaties: {low} tot {high}).",
    ),
    "contrast_subject": (
        "the difference between what {policy} does for {one} and for {other}",
        "het verschil tussen wat {policy} doet voor {one} en voor {other}",
    ),
    "contrast_unit": ("percentage points", "procentpunt"),
    "contrast_more": (
        "For {one} the change is less favourable than for {other}, by {size} percentage points" + _LIMITS[0]
        + ".",
        "Voor {one} is de verandering minder gunstig dan voor {other}: {size} procentpunt" + _LIMITS[1] + ".",
    ),
    "contrast_less": (
        "For {one} the change is more favourable than for {other}, by {size} percentage points" + _LIMITS[0]
        + ".",
        "Voor {one} is de verandering gunstiger dan voor {other}: {size} procentpunt" + _LIMITS[1] + ".",
    ),
    "beside_subject": (
        "the difference between {system} and {reference} in {outcome}",
        "het verschil tussen {system} en {reference} in {outcome}",
    ),
    "beside_unit": ("({unit})", "({unit})"),
    "beside_more": (
        "{system}: {outcome} is {size} higher than in {reference} ({unit}; 90% of replications: {low} to "
        "{high}).",
        "{system}: {outcome} is {size} hoger dan in {reference} ({unit}; 90% van de replicaties: {low} tot "
        "{high}).",
    ),
    "beside_less": (
        "{system}: {outcome} is {size} lower than in {reference} ({unit}; 90% of replications: {low} to "
        "{high}).",
        "{system}: {outcome} is {size} lager dan in {reference} ({unit}; 90% van de replicaties: {low} tot "
        "{high}).",
    ),
}  # fmt: skip

_READINGS: Final[Words] = {
    "reading_unclear": ("unclear", "onduidelijk"),
    "reading_few": ("too few replications to tell", "te weinig replicaties"),
    "reading_one": ("one replication: inconclusive", "één replicatie: niet te zeggen"),
    "reading_same": ("the same in every replication", "gelijk in elke replicatie"),
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
    **_TOLD, **_TOPICS, **_READINGS, **FRAME, **report_text.WORDS,
}  # fmt: skip
