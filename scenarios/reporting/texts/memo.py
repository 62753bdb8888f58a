"""Words of the council memo, the first page of a report: key, English, Dutch."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "memo": ("Council memo", "Raadsmemo"),
    "memo_question": ("What does {policy} bring {municipality}?", "Wat levert {policy} {municipality} op?"),
    "memo_made": ("{day} · model {version}, result {result}", "{day} · model {version}, uitkomst {result}"),
    "lead_people_less": (
        "Fewer people stay without help.",
        "Er blijven minder inwoners zonder hulp.",
    ),
    "lead_people_more": ("More people stay without help.", "Er blijven meer inwoners zonder hulp."),
    "lead_people_unclear": (
        "Whether more people get help is inconclusive.",
        "Of meer mensen hulp krijgen, is onzeker.",
    ),
    "lead_money_more": ("The municipality saves money.", "De gemeente bespaart geld."),
    "lead_money_shifted": (
        "The municipality spends less, mostly because more need goes without help.",
        "De gemeente is minder kwijt, vooral omdat meer nood zonder hulp blijft.",
    ),
    "lead_money_artefact": (
        "The saving is an artefact of the model.",
        "De besparing is een artefact van het model.",
    ),
    "lead_money_less": ("It costs the municipality money.", "Het kost de gemeente geld."),
    "lead_money_unclear": (
        "Whether it saves the municipality money is inconclusive.",
        "Of het de gemeente geld bespaart, is onzeker.",
    ),
    "lead_few": (
        "First estimate: {replications} are too few for a conclusion.",
        "Eerste schatting: {replications} zijn te weinig voor een conclusie.",
    ),
    "tiles_caption": ("Three answers", "Drie antwoorden"),
    "tile_period": ("Mean a year, {first}\u2013{last}", "Gemiddeld per jaar, {first}\u2013{last}"),
    "tile_without": ("Without", "Zonder"),
    "tile_with": ("With", "Met"),
    "tile_difference": ("Difference (90% interval)", "Verschil (90%-interval)"),
    "tile_direction": ("Direction and certainty", "Richting en zekerheid"),
    "tile_cost": ("Municipal spending", "Uitgaven van de gemeente"),
    "tile_cost_unit": ("euro of 2015 per inhabitant a year", "euro van 2015 per inwoner per jaar"),
    "tile_without_help": ("People without help", "Inwoners zonder hulp"),
    "tile_without_help_unit": (
        "households per 1,000, on 31 December",
        "huishoudens per 1.000, op 31 december",
    ),
    "tile_team_waiting": ("Waiting for a team", "Wachten op het wijkteam"),
    "tile_team_waiting_unit": (
        "person-months per 1,000 households a year",
        "persoonsmaanden per 1.000 huishoudens per jaar",
    ),
    "interval_to": ("{low} to {high}", "{low} tot {high}"),
    "better": ("Better", "Beter"),
    "worse": ("Worse", "Slechter"),
    "unsure": ("Inconclusive", "Onzeker"),
    "in_of_lower": ("lower in {count} of {all}", "lager in {count} van {all}"),
    "in_of_higher": ("higher in {count} of {all}", "hoger in {count} van {all}"),
    "with_median": ("{told}; median {median}", "{told}; mediaan {median}"),
    "box_side": ("Largest side effect", "Grootste keerzijde"),
    "memo_side": (
        "{what}: from {baseline} to {now} per 1,000 households a year ({more} more; 90% interval: {low} to "
        "{high}).",
        "{what}: van {baseline} naar {now} per 1.000 huishoudens per jaar ({more} meer; 90%-interval: {low} "
        "tot {high}).",
    ),
    "memo_side_none": (
        "No side effect found among {count} measures, from waiting to overburdened carers.",
        "Geen keerzijde gevonden bij {count} maten, van wachten tot overbelaste mantelzorgers.",
    ),
    "box_decides": ("What decides the answer", "Wat de uitkomst bepaalt"),
    "decides_one": (
        "One replication cannot show what the answer depends on.",
        "Met één berekening is niet te zien waarvan de uitkomst afhangt.",
    ),
    "decides_same": (
        "All {count} replications point the same way, whatever value is taken for what nobody has measured.",
        "Alle {count} berekeningen wijzen dezelfde kant op, welke waarde ook is genomen voor wat niemand "
        "heeft "
        "gemeten.",
    ),
    "decides_other": (
        "In {other} of {count} replications the answer is the other way round. No single number that nobody "
        "has measured explains it.",
        "In {other} van de {count} berekeningen is de uitkomst omgekeerd. Geen enkel ongemeten getal "
        "verklaart dat alleen.",
    ),
    "decides_turns": (
        "{name}. Nobody has measured it; the replications take values from {low} to {high}, and around {at} "
        "the answer turns. In {other} of {count} replications it is the other way round.",
        "{name}. Niemand heeft het gemeten; de berekeningen nemen waarden van {low} tot {high}, en rond {at} "
        "slaat de uitkomst om. In {other} van de {count} berekeningen is die omgekeerd.",
    ),
    "assumed_existing_links": (
        "How many links with schools, GPs and landlords exist already (share)",
        "Hoeveel korte lijnen met scholen, huisartsen en verhuurders er al zijn (aandeel)",
    ),
    "assumed_eur_per_link_per_1000": (
        "What a link with a school or GP costs (euro per 1,000 inhabitants)",
        "Wat een korte lijn met een school of huisarts kost (euro per 1.000 inwoners)",
    ),
    "assumed_fte_per_link": (
        "How much staff a link with a school or GP takes (fte)",
        "Hoeveel personeel een korte lijn met een school of huisarts vraagt (fte)",
    ),
    "assumed_hours_per_found": (
        "How many hours it takes to find one household",
        "Hoeveel uur het kost om één huishouden te vinden",
    ),
    "assumed_hours_per_intake": (
        "How many hours a first talk takes",
        "Hoeveel uur een eerste gesprek kost",
    ),
    "assumed_youth_fte_share": (
        "Which share of the extra staff works for youth",
        "Welk deel van het extra personeel voor de jeugd werkt",
    ),
    "assumed_passes_per_month": (
        "How many of the problems found would have passed anyway (share a month)",
        "Hoeveel van de gevonden problemen vanzelf waren overgegaan (aandeel per maand)",
    ),
    "assumed_long_standing_share": (
        "How many problems are long-standing (share)",
        "Hoeveel problemen langdurig zijn (aandeel)",
    ),
    "assumed_support_effect": (
        "How much help of a team lightens a problem",
        "Hoeveel hulp van een wijkteam een probleem verlicht",
    ),
    "assumed_light_help_effect": (
        "How much light help lightens a problem",
        "Hoeveel lichte hulp een probleem verlicht",
    ),
    "assumed_replaces_requests": (
        "How often help of a team replaces specialist care (share)",
        "Hoe vaak hulp van een wijkteam specialistische zorg vervangt (aandeel)",
    ),
    "memo_split": (
        "The width of the interval comes for {parameters}% from numbers that data inform, for {scenario}% "
        "from "
        "assumptions and for {chance}% from chance.",
        "De breedte van het interval komt voor {parameters}% door getallen waarover gegevens iets zeggen, "
        "voor "
        "{scenario}% door aannames en voor {chance}% door toeval.",
    ),
    "box_unknown": ("What we do not know", "Wat we niet weten"),
    "memo_open": (
        "Care still running at the end of {last} counts in no year: that is {mean} euro per inhabitant.",
        "Zorg die eind {last} nog loopt, telt in geen enkel jaar mee: dat is {mean} euro per inwoner.",
    ),
    "box_model": ("How good is the model?", "Hoe goed is het model?"),
    "memo_compares": (
        "It compares policies and does not predict accounts.",
        "Het vergelijkt beleid en voorspelt geen jaarrekening.",
    ),
    "box_choice": ("The choice for the council", "De keuze aan de raad"),
    "choice_none": ("This memo makes no recommendation.", "Dit memo doet geen aanbeveling."),
    "choice_people_less": (
        "If it weighs most that fewer people stay without help: {policy} does that.",
        "Weegt het zwaarst dat minder inwoners zonder hulp blijven, dan doet {policy} dat.",
    ),
    "choice_people_unclear": (
        "If it weighs most that fewer people stay without help: this run does not show that {policy} does "
        "that.",
        "Weegt het zwaarst dat minder inwoners zonder hulp blijven, dan laat deze berekening niet zien dat "
        "{policy} dat doet.",
    ),
    "choice_waiting_more": (
        "If waiting for a team must not grow: with {policy} it does.",
        "Mag het wachten op het wijkteam niet toenemen: met {policy} neemt het toe.",
    ),
    "choice_waiting_unclear": (
        "If waiting for a team must not grow: whether it grows with {policy} is inconclusive.",
        "Mag het wachten op het wijkteam niet toenemen: of het met {policy} toeneemt, is onzeker.",
    ),
    "choice_waiting_less": (
        "If waiting for a team must not grow: with {policy} it falls.",
        "Mag het wachten op het wijkteam niet toenemen: met {policy} neemt het af.",
    ),
    "choice_larger": (
        "Larger teams alone, without outreach: {waiting} person-months of waiting per 1,000 households a "
        "year, "
        "for {cost} euro per inhabitant a year ({replications}).",
        "Alleen grotere teams, zonder vindwerk: {waiting} persoonsmaanden wachten per 1.000 huishoudens per "
        "jaar, voor {cost} euro per inwoner per jaar ({replications}).",
    ),
    "choice_money_more": (
        "If spending must fall: {policy} does that.",
        "Moeten de uitgaven omlaag, dan doet {policy} dat.",
    ),
    "choice_money_unclear": (
        "If a saving must be certain: {policy} does not offer that.",
        "Moet een besparing zeker zijn, dan biedt {policy} die niet.",
    ),
    "memo_source": (
        "Source: landingsbaan; {replications}, each with and without the policy in the same circumstances; "
        "reference: care as organised, landing {landing}; {inhabitants} inhabitants in {month}. Method and "
        "sources at the end.",
        "Bron: landingsbaan; {replications}, elk met en zonder het beleid in dezelfde omstandigheden; "
        "vergeleken met de zorg zoals die is georganiseerd, landing {landing}; {inhabitants} inwoners in "
        "{month}. Werkwijze en bronnen staan achteraan.",
    ),
}  # fmt: skip
