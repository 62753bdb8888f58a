"""The words of the page, English and Dutch; the page holds both and switches in place."""

from typing import Any

from scenarios.apps.lab.exercises import WORDS as LAB_WORDS
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.texts import LANGUAGES, filled, name
from scenarios.reporting.texts.stories import CARE
from scenarios.reporting.texts.summary import KNOWN_MISS

# A wish that cannot be granted, as a sentence in both languages.


class RefusedError(ConfigurationError):
    """What a visitor asked cannot be done; the sentence exists in every language of the page."""

    def __init__(self, english: str, dutch: str) -> None:
        super().__init__(english)
        self.sentences = (english, dutch)

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep both sentences on the way from one process to another."""
        return RefusedError, self.sentences

    def sentence_in(self, language: str) -> str:
        """Return the sentence in a language."""
        return self.sentences[LANGUAGES.index(language) if language in LANGUAGES else 0]


# A chart speaks of no particular child, as a story does.
KINDS_OF_YOUTH = {
    "youth_team": ("youth team", "jeugdteam"),
    "youth_outpatient": ("specialist youth help", "ambulante jeugdhulp"),
    "youth_day_care": ("youth day treatment", "daghulp jeugd"),
    "youth_residential": ("youth care away from home", "jeugdhulp met verblijf"),
    "supervision_order": ("supervision order", "ondertoezichtstelling"),
}

WORDS: dict[str, tuple[str, str]] = LAB_WORDS | {
    # The page.
    "title": ("landingsbaan", "landingsbaan"),
    "skip": ("Skip to the answer", "Naar het antwoord"),
    "nav_answer": ("Answer", "Antwoord"),
    "nav_compare": ("Compare", "Vergelijken"),
    "nav_own": ("Your own", "Eigen gemeente"),
    "nav_lab": ("Lab", "Lab"),
    "tab_money": ("Money", "Geld"),
    "tab_people": ("People", "Inwoners"),
    "tab_landing": ("Landing", "Landing"),
    "tab_neighbourhoods": ("Neighbourhoods", "Wijken"),
    "tab_why": ("Why", "Waarom"),
    "tab_evidence": ("Evidence", "Onderbouwing"),
    "question": ("What does {policy} bring {city}?", "Wat levert {policy} {city} op?"),
    "question_of_many": ("What do {policy} bring {city}?", "Wat leveren {policy} {city} op?"),
    "policy_word": ("Policy", "Beleid"),
    "landing_word": ("Landing", "Landing"),
    "municipality_word": ("Municipality", "Gemeente"),
    "adjust": ("Adjust…", "Aanpassen…"),
    "adjust_title": ("Adjust", "Aanpassen"),
    "close": ("Close", "Sluiten"),
    "drawer_toggle": ("Open or close this panel", "Open of sluit dit paneel"),
    "adjust_policy": ("Policy {letter}", "Beleid {letter}"),
    "which_policy": ("Policy shown", "Getoond beleid"),
    "preset_early_signalling": ("Early signalling", "Vroegsignalering"),
    "preset_larger_teams": ("Larger teams", "Grotere teams"),
    "preset_both": ("Early signalling and larger teams", "Vroegsignalering en grotere teams"),
    "this_policy": ("this policy", "dit beleid"),
    "preset_nothing": ("no new policy", "geen nieuw beleid"),
    "button_both": ("Both", "Beide"),
    "button_as_happened": ("As it happened", "Zoals het ging"),
    "button_overnight": ("Overnight", "In één keer"),
    "button_five_years": ("Five years", "Vijf jaar"),
    "no_policy": ("No new policy", "Geen nieuw beleid"),
    "with_policy": ("with", "met"),
    "without_policy": ("without", "zonder"),
    # Sliders.
    "system": ("Care organised as in", "Zorg georganiseerd als in"),
    "group_policy": ("Policy", "Beleid"),
    "group_teams": ("Neighbourhood teams", "Wijkteams"),
    "group_landing": ("Landing and council", "Landing en gemeenteraad"),
    "group_model": ("What if the model is wrong?", "Wat als het model ernaast zit?"),
    "without_what": (
        "Switches one mechanism of the model off, with and without the policy. An effect that stays does "
        "not depend on it.",
        "Zet één mechanisme van het model uit, met en zonder het beleid. Een effect dat blijft, hangt er "
        "niet van af.",
    ),
    "today": ("Today: {value}.", "Nu: {value}."),
    "source_word": ("Source", "Bron"),
    "own": ("as the system", "zoals het stelsel"),
    "per_law": ("12, 11 and 32% by law", "12, 11 en 32% per wet"),
    "as_happened_value": ("as it happened", "zoals het ging"),
    "by_wijk_value": ("one per two wijken", "één per twee wijken"),
    "cut": ("Cut to the grants", "Korting op het rijksbudget"),
    "cut_unit": ("{value}%", "{value}%"),
    "cut_what": (
        "How much less money the state gives in the end than the care cost before.",
        "Hoeveel minder geld het Rijk uiteindelijk geeft dan de zorg eerst kostte.",
    ),
    "cut_source": (
        "450 of 3,750 million euro for youth; 11 and 32% for parts of the Wmo",
        "450 van de 3.750 miljoen euro voor jeugd; 11 en 32% voor delen van de Wmo",
    ),
    "phase_in": ("Length of the landing strip", "Lengte van de landingsbaan"),
    "phase_in_unit": ("{value} years", "{value} jaar"),
    "phase_in_what": (
        "Over how many years the cut grows to its full size; 0 is overnight.",
        "Over hoeveel jaar de korting groeit tot de volle omvang; 0 is in één keer.",
    ),
    "phase_in_source": (
        "Budget letters of 2014; 600 metres stand for a year, after an alderman's image",
        "Meicirculaires van 2014; 600 meter staat voor een jaar, naar het beeld van een wethouder",
    ),
    "ahead": ("Years of preparation", "Jaren voorbereiding"),
    "ahead_unit": ("{value} years", "{value} jaar"),
    "ahead_what": (
        "How long before 2015 teams and the policy start.",
        "Hoe lang vóór 2015 teams en beleid beginnen.",
    ),
    "ahead_source": ("Interviews with municipalities", "Gesprekken met gemeenten"),
    "teams": ("Number of wijkteams", "Aantal wijkteams"),
    "teams_unit": ("{value} teams", "{value} teams"),
    "teams_what": (
        "More teams are closer to people, and each is smaller.",
        "Meer teams staan dichter bij mensen, en elk team is kleiner.",
    ),
    "teams_source": ("The municipality's own description", "De beschrijving van de gemeente zelf"),
    "fte": ("All team staff", "Alle teamleden samen"),
    "fte_unit": ("{value} fte per 1,000 inhabitants", "{value} fte per 1.000 inwoners"),
    "fte_what": (
        "Staff of all teams under the policy; without the policy it stays as it is.",
        "Personeel van alle teams onder het beleid; zonder het beleid blijft het zoals het is.",
    ),
    "fte_source": (
        "0.7 to 1.7 team members per 1,000 inhabitants were counted",
        "Geteld zijn 0,7 tot 1,7 teamleden per 1.000 inwoners",
    ),
    "extra": ("Extra team staff", "Extra teamleden"),
    "extra_unit": ("{value} fte per 1,000 inhabitants", "{value} fte per 1.000 inwoners"),
    "extra_what": (
        "Staff on top of what the teams have; the municipality pays for it.",
        "Personeel boven op wat de teams hebben; de gemeente betaalt het.",
    ),
    "extra_source": (
        "0.46 makes the teams as large as the largest that were counted",
        "Met 0,46 zijn de teams zo groot als de grootste die zijn geteld",
    ),
    "signalling": ("Early signalling", "Vroegsignalering"),
    "signalling_unit": ("{value}% of the programme", "{value}% van het programma"),
    "signalling_what": (
        "Teams visit people who did not ask; schools, landlords and creditors report problems.",
        "Teams gaan langs bij mensen die niets vroegen; scholen, verhuurders en schuldeisers melden "
        "problemen.",
    ),
    "signalling_source": ("Sizes are assumed", "Omvang is een aanname"),
    "base": ("Social base", "Sociale basis"),
    "base_unit": ("{value} euro per inhabitant a year", "{value} euro per inwoner per jaar"),
    "base_what": (
        "Community centres, volunteers and other help that needs no referral.",
        "Buurthuizen, vrijwilligers en andere hulp zonder verwijzing.",
    ),
    "base_source": ("Municipal accounts", "Jaarrekeningen van gemeenten"),
    "patience": ("Patience of the council", "Geduld van de gemeenteraad"),
    "patience_unit": ("{value} years of deficit", "{value} jaar tekort"),
    "patience_what": (
        "How long the council accepts a deficit before it cuts.",
        "Hoe lang de raad een tekort accepteert voordat hij ingrijpt.",
    ),
    "patience_source": ("Assumed", "Aanname"),
    "reset": ("Back to the start", "Terug naar het begin"),
    # names and contents of policies
    "short_cut": ("cut {value}%", "korting {value}%"),
    "short_phase_in": ("{value}-year landing", "landing van {value} jaar"),
    "short_overnight": ("overnight landing", "landing in één keer"),
    "short_ahead": ("{value} years of preparation", "{value} jaar voorbereiding"),
    "short_teams": ("{value} teams", "{value} teams"),
    "short_fte": ("{value} fte of team staff", "{value} fte in de teams"),
    "short_extra": ("{value} fte more team staff", "{value} fte extra teamleden"),
    "short_signalling_whole": ("early signalling", "vroegsignalering"),
    "short_signalling": ("early signalling at {value}%", "vroegsignalering op {value}%"),
    "short_base": ("social base of {value} euro", "sociale basis van {value} euro"),
    "short_patience": ("council waits {value} years", "raad wacht {value} jaar"),
    "has_cut": ("the cut becomes {value}% for every law", "de korting wordt {value}% voor elke wet"),
    "has_phase_in": (
        "the cut grows over {value} years ({metres} m)",
        "de korting groeit in {value} jaar ({metres} m)",
    ),
    "has_ahead": ("starts {value} years before 2015", "begint {value} jaar vóór 2015"),
    "has_teams": ("{value} wijkteams", "{value} wijkteams"),
    "has_fte": (
        "{value} fte of team staff per 1,000 inhabitants",
        "{value} fte in de teams per 1.000 inwoners",
    ),
    "has_extra": (
        "{value} fte more team staff per 1,000 inhabitants",
        "{value} fte extra in de teams per 1.000 inwoners",
    ),
    "has_signalling": (
        "{value}% of the programme of early signalling: visits, links with schools and landlords, debt "
        "signals",
        "{value}% van het programma vroegsignalering: huisbezoek, contacten met scholen en verhuurders, "
        "schuldsignalen",
    ),
    "has_base": (
        "{value} euro per inhabitant a year for the social base",
        "{value} euro per inwoner per jaar voor de sociale basis",
    ),
    "has_patience": (
        "the council accepts a deficit for {value} years",
        "de raad accepteert {value} jaar een tekort",
    ),
    "has_nothing": ("nothing new", "niets nieuws"),
    "landing_as_happened": ("as it happened (1,800 m)", "zoals het ging (1.800 m)"),
    "landing_overnight": ("overnight (0 m)", "in één keer (0 m)"),
    "landing_years": ("{years} years ({metres} m)", "{years} jaar ({metres} m)"),
    # Status.
    "working": ("Calculating the first answer.", "Het eerste antwoord wordt berekend."),
    "stale": (
        "Calculating… these numbers belong to the previous settings.",
        "Bezig met rekenen. Deze cijfers horen bij de vorige instellingen.",
    ),
    "shown_sample": (
        "First a sample of one tenth of {city}: {replications}. In it people wait less for a team than in "
        "the whole municipality, which follows.",
        "Eerst een steekproef van een tiende van {city}: {replications}. Daarin wordt minder op een team "
        "gewacht dan in de hele gemeente, die volgt.",
    ),
    "shown_sample_only": (
        "A sample of one tenth of {city}: {replications}. In it people wait less for a team than in the "
        "whole municipality.",
        "Een steekproef van een tiende van {city}: {replications}. Daarin wordt minder op een team gewacht "
        "dan in de hele gemeente.",
    ),
    "shown_city": ("Whole municipality, {replications}.", "Hele gemeente, {replications}."),
    "counted": ("{count} replications", "{count} berekeningen"),
    "counted_one": ("1 replication", "1 berekening"),
    "sample_mark": ("sample of one tenth", "steekproef van een tiende"),
    "city_mark": ("whole municipality", "hele gemeente"),
    "goes_on": ("{replications} of {most} done.", "{replications} van {most} klaar."),
    "complete": (
        "The model was run with other chance and assumptions each time.",
        "Het model is telkens met ander toeval en andere aannames doorgerekend.",
    ),
    "refine": ("Calculate all replications", "Alle berekeningen uitvoeren"),
    "other_model": (
        "This link was made with another version of the model ({model}), so numbers may differ.",
        "Deze link is gemaakt met een andere versie van het model ({model}); getallen kunnen afwijken.",
    ),
    "shared_sample_teams": (
        "In the sample, the number of teams is reduced along with the number of wijken.",
        "In de steekproef is het aantal teams evenredig verkleind met het aantal wijken.",
    ),
    "detail_busy": (
        "Calculating: {mark}, {count} of {most} replications.",
        "Bezig met rekenen: {mark}, {count} van {most} berekeningen.",
    ),
    "detail_done": ("Rests on: {mark}, {count} replications.", "Berust op: {mark}, {count} berekeningen."),
    "detail_wait": ("Calculating this tab.", "Dit tabblad wordt berekend."),
    # Tiles and answer.
    "tile_money": ("Money of the municipality", "Geld van de gemeente"),
    "tile_help": ("People without help", "Inwoners zonder hulp"),
    "tile_waiting": ("Waiting for a team", "Wachten op het wijkteam"),
    "tile_money_unit": ("euro per inhabitant per year", "euro per inwoner per jaar"),
    "tile_help_unit": ("households per 1,000", "huishoudens per 1.000"),
    "tile_waiting_unit": (
        "person-months per 1,000 households a year",
        "persoonsmaanden per 1.000 huishoudens per jaar",
    ),
    "tile_money_tip": (
        "What the municipality spends less, own costs of the policy included, in euro of 2015; average "
        "of all years since the transition.",
        "Wat de gemeente minder uitgeeft, de kosten van het beleid meegerekend, in euro van 2015; "
        "gemiddelde van alle jaren sinds de overgang.",
    ),
    "tile_help_tip": (
        "Households with a problem and no help for it on 31 December, those on a waiting list included; "
        "average of all years since the transition.",
        "Huishoudens die op 31 december een probleem hebben en geen hulp, wachtenden meegeteld; "
        "gemiddelde van alle jaren sinds de overgang.",
    ),
    "tile_waiting_tip": (
        "Months that people wait for a wijkteam or youth team, all together.",
        "Maanden die inwoners wachten op een wijkteam of jeugdteam, alles bij elkaar.",
    ),
    "explain": ("What is this?", "Wat is dit?"),
    "tile_money_baseline": ("Spending from {before} to {after}.", "Uitgaven van {before} naar {after}."),
    "tile_help_baseline": ("From {before} to {after}.", "Van {before} naar {after}."),
    "tile_waiting_baseline": ("From {before} to {after}.", "Van {before} naar {after}."),
    "tile_baseline_spread": (
        "Without the policy replications differ much: {low} to {high} (90% interval).",
        "Zonder het beleid lopen de berekeningen sterk uiteen: {low} tot {high} (90%-interval).",
    ),
    "money_together_saved": (
        "Saves {total} million a year in all ({inhabitants} inhabitants).",
        "Bespaart in totaal {total} miljoen per jaar ({inhabitants} inwoners).",
    ),
    "money_together_spent": (
        "Costs {total} million a year in all ({inhabitants} inhabitants).",
        "Kost in totaal {total} miljoen per jaar ({inhabitants} inwoners).",
    ),
    "tile_money_left": ("costs", "kost"),
    "tile_money_right": ("saves", "bespaart"),
    "tile_help_left": ("fewer", "minder"),
    "tile_help_right": ("more", "meer"),
    "tile_waiting_left": ("shorter", "korter"),
    "tile_waiting_right": ("longer", "langer"),
    "strip_alt": (
        "{name}: {number} {unit}. {certainty} Every dot is a replication.",
        "{name}: {number} {unit}. {certainty} Elke stip is een berekening.",
    ),
    "money_saved": ("saves {number}", "bespaart {number}"),
    "money_spent": ("costs {number}", "kost {number}"),
    "more": ("{number} more", "{number} meer"),
    "fewer": ("{number} fewer", "{number} minder"),
    "no_difference": ("no difference", "geen verschil"),
    "direction_good": ("Better", "Beter"),
    "direction_bad": ("Worse", "Slechter"),
    "direction_unsure": ("Inconclusive", "Onzeker"),
    "direction_first": ("First estimate", "Eerste schatting"),
    "direction_same": ("No difference", "Geen verschil"),
    "certainty_money_up": (
        "Saves in {some} of {count} replications.",
        "Bespaart in {some} van de {count} berekeningen.",
    ),
    "certainty_money_down": (
        "Costs money in {some} of {count} replications.",
        "Kost geld in {some} van de {count} berekeningen.",
    ),
    "certainty_help_up": (
        "More in {some} of {count} replications.",
        "Meer in {some} van de {count} berekeningen.",
    ),
    "certainty_help_down": (
        "Fewer in {some} of {count} replications.",
        "Minder in {some} van de {count} berekeningen.",
    ),
    "certainty_waiting_up": (
        "Longer in {some} of {count} replications.",
        "Langer in {some} van de {count} berekeningen.",
    ),
    "certainty_waiting_down": (
        "Shorter in {some} of {count} replications.",
        "Korter in {some} van de {count} berekeningen.",
    ),
    "certainty_first": ("No interval yet.", "Nog geen interval."),
    "certainty_one": (
        "One replication so far, no interval yet.",
        "Nog maar één berekening, nog geen interval.",
    ),
    "certainty_interval": ("90% interval: {low} to {high}.", "90%-interval: {low} tot {high}."),
    "certainty_same": (
        "Equal in all replications: nothing was changed.",
        "Gelijk in alle berekeningen: er is niets veranderd.",
    ),
    "answer_first": (
        "First estimate: it saves money in {some} of {count} replications so far.",
        "Eerste schatting: het bespaart geld in {some} van de {count} berekeningen tot nu toe.",
    ),
    "answer_first_costs": (
        "First estimate: it costs money in {some} of {count} replications so far.",
        "Eerste schatting: het kost geld in {some} van de {count} berekeningen tot nu toe.",
    ),
    "answer_one": (
        "First estimate, from one replication: it saves money.",
        "Eerste schatting, uit één berekening: het bespaart geld.",
    ),
    "answer_one_costs": (
        "First estimate, from one replication: it costs money.",
        "Eerste schatting, uit één berekening: het kost geld.",
    ),
    "answer_same": (
        "Nothing differs: these settings add no new policy.",
        "Er verschilt niets: deze instellingen voegen geen nieuw beleid toe.",
    ),
    "answer_help_good": ("Fewer people go without help.", "Minder inwoners zitten zonder hulp."),
    "answer_help_bad": ("More people go without help.", "Meer inwoners zitten zonder hulp."),
    "answer_help_unsure": (
        "Whether fewer people go without help is inconclusive.",
        "Of minder inwoners zonder hulp zitten, is onzeker.",
    ),
    "answer_help_same": ("As many people go without help.", "Evenveel inwoners zitten zonder hulp."),
    "answer_money_good": (
        "It saves the municipality {euro} euro per inhabitant per year.",
        "Het bespaart de gemeente {euro} euro per inwoner per jaar.",
    ),
    "answer_money_bad": (
        "It costs the municipality {euro} euro per inhabitant per year.",
        "Het kost de gemeente {euro} euro per inwoner per jaar.",
    ),
    "answer_money_unsure": (
        "Whether it saves money is inconclusive.",
        "Of het geld bespaart, is onzeker.",
    ),
    "answer_money_same": ("It costs and saves nothing.", "Het kost en bespaart niets."),
    "answer_sure": (
        "Very likely: zero lies outside the 90% interval.",
        "Zeer waarschijnlijk: nul ligt buiten het 90%-interval.",
    ),
    "answer_sure_one": (
        "{what}: very likely, as zero lies outside the 90% interval.",
        "{what}: zeer waarschijnlijk, want nul ligt buiten het 90%-interval.",
    ),
    "answer_basis": (
        "Average per year, {first} to {last}, compared with the same landing without {policy}.",
        "Gemiddeld per jaar, {first} tot en met {last}, vergeleken met dezelfde landing zonder {policy}.",
    ),
    "side_title": ("Largest side effect", "Grootste keerzijde"),
    "side_first": (
        "What gets worse is known when there are ten replications.",
        "Wat slechter wordt, is bekend zodra er tien berekeningen zijn.",
    ),
    "side_none": (
        "No side effect found among {count} measures.",
        "Geen keerzijde gevonden bij {count} maten.",
    ),
    "side_also": ("Also worse: {also}.", "Ook slechter: {also}."),
    "side_further": ("And: {also}.", "En verder: {also}."),
    "side_line": (
        "{what}: from {before} to {after} {unit} (change {low} to {high})",
        "{what}: van {before} naar {after} {unit} (verschil {low} tot {high})",
    ),
    "side_spending": ("spending of the municipality", "uitgaven van de gemeente"),
    "side_without_help": ("people without help", "inwoners zonder hulp"),
    "side_team_waiting": ("waiting for a team", "wachten op het wijkteam"),
    "side_specialist_waiting": ("waiting for specialist care", "wachten op specialistische zorg"),
    "side_crises": ("crises", "crises"),
    "side_child_crises": ("crises of children", "crises van kinderen"),
    "side_violence": ("domestic violence", "huiselijk geweld"),
    "side_supervision_orders": ("supervision orders", "ondertoezichtstellingen"),
    "side_placements": ("children placed out of home", "uithuisplaatsingen"),
    "side_evictions": ("evictions", "huisuitzettingen"),
    "side_found_in_vain": (
        "people visited for problems that would have passed anyway",
        "bezoek voor problemen die vanzelf waren overgegaan",
    ),
    "side_lost_share": ("referrals that get lost", "verwijzingen die zoekraken"),
    "side_overburdened_carers": ("overburdened carers", "overbelaste mantelzorgers"),
    "side_satisfaction": ("satisfaction with help", "tevredenheid over hulp"),
    **{
        f"side_{name}_unit": ("per 1,000 households a year", "per 1.000 huishoudens per jaar")
        for name in (
            "crises",
            "child_crises",
            "violence",
            "supervision_orders",
            "placements",
            "evictions",
            "found_in_vain",
        )
    },
    **{
        f"side_{name}_unit": (
            "person-months per 1,000 households a year",
            "persoonsmaanden per 1.000 huishoudens per jaar",
        )
        for name in ("team_waiting", "specialist_waiting")
    },
    "side_spending_unit": ("euro per inhabitant a year", "euro per inwoner per jaar"),
    "side_without_help_unit": ("per 1,000 households", "per 1.000 huishoudens"),
    "side_overburdened_carers_unit": ("per 1,000 households", "per 1.000 huishoudens"),
    "side_lost_share_unit": ("percent", "procent"),
    "side_satisfaction_unit": ("on a scale of 5", "op een schaal van 5"),
    "trust": ("Can you trust it?", "Klopt het?"),
    # Money.
    "in_words": ("In words", "In woorden"),
    "saved": (
        "By the end of {year} the policy has saved the {payer} {number} euro per inhabitant in all {sure}.",
        "Tot eind {year} bespaart het beleid {payer} in totaal {number} euro per inwoner {sure}.",
    ),
    "spent": (
        "By the end of {year} the policy has cost the {payer} {number} euro per inhabitant in all {sure}.",
        "Tot eind {year} kost het beleid {payer} in totaal {number} euro per inwoner {sure}.",
    ),
    "saved_unsure": (
        "Whether the policy has saved the {payer} money by the end of {year} is inconclusive: on average "
        "{number} euro per inhabitant in all {sure}.",
        "Of het beleid {payer} tot eind {year} geld bespaart, is onzeker: gemiddeld in totaal {number} euro "
        "per inwoner {sure}.",
    ),
    "sure_first": ("(first estimate)", "(eerste schatting)"),
    "sure_interval": ("(90% interval: {low} to {high})", "(90%-interval: {low} tot {high})"),
    "nothing_differs": (
        "This policy changes nothing but the landing, so it saves and costs nothing against the same "
        "landing. Compare landings under '{tab}' and '{compare}'.",
        "Dit beleid verandert alleen de landing en bespaart of kost dus niets vergeleken met dezelfde "
        "landing. Vergelijk landingen onder '{tab}' en '{compare}'.",
    ),
    "payer_municipality": ("municipality", "de gemeente"),
    "payer_all_payers": ("group of all payers", "het geheel van alle betalers"),
    "paid_back": (
        "Paid for itself for good within 3, 5 and 10 years of the first euro: in {three}, {five} and {ten} "
        "of {count} replications.",
        "Blijvend terugverdiend binnen 3, 5 en 10 jaar na de eerste euro: in {three}, {five} en {ten} van de "
        "{count} berekeningen.",
    ),
    "never_cost": (
        "In {never} of {count} replications it never costs more than without the policy, so there is "
        "nothing to pay back.",
        "In {never} van {count} berekeningen kost het nooit meer dan zonder het beleid, dus er is niets "
        "terug te verdienen.",
    ),
    "unmet": (
        "Problems without help go from {before} to {after} problem-months per 1,000 households a year "
        "(change {change}); a heavy problem counts for more. {word}.",
        "Problemen zonder hulp gaan van {before} naar {after} probleemmaanden per 1.000 huishoudens per "
        "jaar (verschil {change}); een zwaar probleem telt zwaarder. {word}.",
    ),
    "shifted": (
        "Cheaper with more need without help is shifted, not saved.",
        "Goedkoper met meer nood zonder hulp is verschoven, niet bespaard.",
    ),
    "shortfall": (
        "In the five years after the transition care costs {number} euro per inhabitant per year more than "
        "the budget from the state {sure}.",
        "In de vijf jaar na de overgang kost de zorg {number} euro per inwoner per jaar meer dan het budget "
        "van het Rijk {sure}.",
    ),
    "shortfall_unsure": (
        "Whether care costs more than the budget from the state in the five years after the transition is "
        "inconclusive: on average {number} euro per inhabitant per year more {sure}.",
        "Of de zorg in de vijf jaar na de overgang meer kost dan het budget van het Rijk, is onzeker: "
        "gemiddeld {number} euro per inwoner per jaar meer {sure}.",
    ),
    "surplus": (
        "In the five years after the transition care costs {number} euro per inhabitant per year less than "
        "the budget from the state {sure}.",
        "In de vijf jaar na de overgang kost de zorg {number} euro per inwoner per jaar minder dan het "
        "budget van het Rijk {sure}.",
    ),
    "euro_axis": ("euro of 2015 per inhabitant a year", "euro van 2015 per inwoner per jaar"),
    "euro_cumulated": ("euro of 2015 per inhabitant", "euro van 2015 per inwoner"),
    "year": ("year", "jaar"),
    "known": ("known years", "bekende jaren"),
    "projection": ("projection", "vooruitblik"),
    "saves": ("saves", "bespaart"),
    "costs": ("costs", "kost"),
    "costs_more": ("costs more", "kost meer"),
    "shaded_interval": ("Shaded: 90% interval.", "Gekleurd vlak: 90%-interval."),
    "no_interval": ("No interval yet.", "Nog geen interval."),
    "interval_in_table": ("Intervals stand in the table below.", "Intervallen staan in de tabel eronder."),
    "interval": ("90% interval", "90%-interval"),
    "interval_ends": ("90%: {low} to {high}", "90%: {low} tot {high}"),
    "interval_short": ("{low} to {high}", "{low} tot {high}"),
    "confidence_ends": ("95%: {low} to {high}", "95%: {low} tot {high}"),
    "low": ("low", "laag"),
    "high": ("high", "hoog"),
    "whose": ("Whose money", "Wiens geld"),
    "municipality": ("the municipality's", "van de gemeente"),
    "all_payers": ("all payers'", "van alle betalers"),
    "curve_good": (
        "It saves {mean} euro per inhabitant in all by the end of {year}",
        "Het bespaart in totaal {mean} euro per inwoner tot eind {year}",
    ),
    "curve_bad": (
        "It costs {mean} euro per inhabitant in all by the end of {year}",
        "Het kost in totaal {mean} euro per inwoner tot eind {year}",
    ),
    "curve_unsure": (
        "Whether it has paid for itself by the end of {year} is inconclusive",
        "Of het eind {year} is terugverdiend, is onzeker",
    ),
    "curve_first": (
        "First estimate of what is saved by the end of {year}",
        "Eerste schatting van de besparing tot eind {year}",
    ),
    "curve_same": ("Nothing is saved or spent", "Er wordt niets bespaard of uitgegeven"),
    "savings_per_year": ("Saved or spent in each year", "Per jaar bespaard of uitgegeven"),
    "savings_sub": (
        "{unit}, {payer}, compared with {reference}. {interval}",
        "{unit}, {payer}, vergeleken met {reference}. {interval}",
    ),
    "sub_own": ("the same landing without the policy", "dezelfde landing zonder het beleid"),
    "sub_common": (
        "the landing as it happened without new policy",
        "de landing zoals die ging, zonder nieuw beleid",
    ),
    "curve_title": ("Total saved by each policy", "Totale besparing van elk beleid"),
    "run_title": ("Total saved in the run you opened", "Totale besparing in de run die u hebt geopend"),
    "savings_alt": (
        "Line chart by year of savings with the 90% interval; above zero is cheaper. The numbers are in "
        "the table below.",
        "Lijngrafiek per jaar van de besparing met het 90%-interval; boven nul is goedkoper. De getallen "
        "staan in de tabel eronder.",
    ),
    "open_care_note": (
        "Care still running at the end of the last year is not counted.",
        "Zorg die aan het eind van het laatste jaar nog loopt, telt niet mee.",
    ),
    # People.
    "waiting_title": ("People waiting for a team or for care", "Inwoners die wachten op een team of op zorg"),
    "waiting_sub": (
        "Per 1,000 inhabitants, average of the months of a year. {interval}",
        "Per 1.000 inwoners, gemiddelde van de maanden van een jaar. {interval}",
    ),
    "waiting_axis": ("people waiting per 1,000 inhabitants", "wachtenden per 1.000 inwoners"),
    "waiting_alt": (
        "Line chart by year of people waiting, with and without the policy; the numbers are in the table "
        "below.",
        "Lijngrafiek per jaar van wachtenden, met en zonder het beleid; de getallen staan in de tabel "
        "eronder.",
    ),
    "kinds_title": ("For what people wait in {year}", "Waarop inwoners wachten in {year}"),
    "per_1000_mean": (
        "People waiting per 1,000 inhabitants, average of all replications",
        "Wachtenden per 1.000 inwoners, gemiddelde van alle berekeningen",
    ),
    "kinds_alt": (
        "Bars of people waiting per kind of care, with and without the policy; the numbers are in the "
        "table below.",
        "Balken van wachtenden per soort zorg, met en zonder het beleid; de getallen staan in de tabel "
        "eronder.",
    ),
    "kind": ("kind of care", "soort zorg"),
    "flows_title": (
        "Households between 1 January {first} and {last}: {policy}",
        "Huishoudens tussen 1 januari {first} en {last}: {policy}",
    ),
    "flows_sub": (
        "Number of households; those without a problem on both days are left out",
        "Aantal huishoudens; wie op beide dagen geen probleem had, is weggelaten",
    ),
    "flows_alt": (
        "Flows of households between states of care. The numbers are in the table below.",
        "Stromen van huishoudens tussen vormen van zorg. De getallen staan in de tabel eronder.",
    ),
    "from_state": ("from", "van"),
    "to_state": ("to", "naar"),
    "households": ("households", "huishoudens"),
    "story": ("One household, two lives", "Eén huishouden, twee levens"),
    "story_lead": (
        "One household with and without the policy, with the same random numbers. A story is an "
        "illustration; only averages are evidence. It comes from the sample, or from the whole place if "
        "that is small.",
        "Eén huishouden met en zonder het beleid, met hetzelfde toeval. Een verhaal is een "
        "illustratie; alleen gemiddelden zijn bewijs. Het komt uit de steekproef, of uit de hele "
        "plaats als die klein is.",
    ),
    "tell": ("Show a story", "Toon een verhaal"),
    "telling": ("Simulating both lives.", "Beide levens worden doorgerekend."),
    # Neighbourhoods.
    "measure": ("Colour shows", "De kleur toont"),
    "measure_clients": ("people in care per 1,000 households", "zorgtrajecten per 1.000 huishoudens"),
    "measure_waiting_list": ("people waiting per 1,000 households", "wachtenden per 1.000 huishoudens"),
    "measure_cost": ("euro of care per household a year", "euro zorg per huishouden per jaar"),
    "measure_crises": ("crises per 1,000 households a year", "crises per 1.000 huishoudens per jaar"),
    "wijken_title": ("{measure}, {year}: {policy}", "{measure}, {year}: {policy}"),
    "wijken_sub": (
        "The number in bold is the rank by deprivation; 1 is the most deprived",
        "Het vette getal is de rang naar achterstand; 1 heeft de meeste achterstand",
    ),
    "wijken_alt": (
        "Grid of wijken, the most deprived first. Each cell is a wijk and its colour shows the figure; the "
        "numbers are in the table below. The grid is not a map: the model does not know where wijken are.",
        "Raster van wijken, met de meeste achterstand vooraan. Elke cel is een wijk en de kleur toont het "
        "cijfer; de getallen staan in de tabel eronder. Het raster is geen kaart: het model weet niet waar "
        "wijken liggen.",
    ),
    "grid_note": ("This is not a map.", "Dit is geen kaart."),
    "wijk": ("wijk", "wijk"),
    "deprivation": ("deprivation", "achterstand"),
    "play": ("Play the years", "Speel de jaren af"),
    "stop": ("Stop", "Stop"),
    "year_shown": ("Year shown", "Getoond jaar"),
    # Landing.
    "landing_question": ("Does another landing strip help?", "Helpt een andere landingsbaan?"),
    "landing_lead": (
        "The landing strip is the time in which the budget goes down: 600 metres is one year. Both "
        "landings end with the same cut, without new policy.",
        "De landingsbaan is de tijd waarin het budget daalt: 600 meter is één jaar. Beide landingen "
        "eindigen met dezelfde korting, zonder nieuw beleid.",
    ),
    "landing_second": ("Second landing", "Tweede landing"),
    "fly": ("Play the landing", "Speel de landing af"),
    "landing_first": (
        "First estimate; ten replications make it sure.",
        "Eerste schatting; bij tien berekeningen is er meer zekerheid.",
    ),
    "landing_counted": (
        "Compared with {second}, the landing {first} is worse on {worse} of {count} harms and better on "
        "{better}; inconclusive on {unsure}",
        "Vergeleken met {second} is de landing {first} slechter op {worse} van de {count} soorten schade en "
        "beter op {better}; onzeker op {unsure}",
    ),
    "landing_unsure": (
        "Which landing does less harm is inconclusive: {first} or {second}",
        "Welke landing minder schade aanricht, is onzeker: {first} of {second}",
    ),
    "landing_same": (
        "Both landings are {first}: choose another second landing",
        "Beide landingen zijn {first}: kies een andere tweede landing",
    ),
    "runway_over": (
        "{landing}: stops in {year}, {metres} m past the end of the strip",
        "{landing}: staat stil in {year}, schiet {metres} meter door",
    ),
    "runway_never": (
        "{landing}: costs do not fit the budget by the end of 2029; {metres} m past the strip and still "
        "rolling",
        "{landing}: de kosten passen eind 2029 nog niet in het budget; {metres} meter doorgeschoten en "
        "nog niet stil",
    ),
    "runway_in_time": (
        "{landing}: stops in {year}, on the strip",
        "{landing}: staat stil in {year}, op de baan",
    ),
    "runway_sub": (
        "Cost of the care people need and budget from the state, cost of 2012 = 100, prices of 2015; the "
        "cut reaches {cut}%. Before 2015 others paid. {interval}",
        "Kosten van de zorg die inwoners nodig hebben en budget van het Rijk, kosten van 2012 = 100, "
        "prijzen van 2015; de korting loopt op tot {cut}%. Vóór 2015 betaalden anderen. {interval}",
    ),
    "runway_alt": (
        "Line chart: the budget falls in steps from the first cut on, the cost of care goes on; below it the "
        "landing strip and the overrun on the same axis of years. The numbers are in the table below.",
        "Lijngrafiek: het budget daalt in stappen vanaf de eerste korting, de kosten van zorg lopen door; "
        "eronder de landingsbaan en het doorschieten op dezelfde as van jaren. De getallen staan in de tabel "
        "eronder.",
    ),
    "budget": ("budget", "budget"),
    "budget_uncut": ("budget without the cut", "budget zonder korting"),
    "care_needed": ("cost of care", "kosten van zorg"),
    "care_short": ("care", "zorg"),
    "shortfall_word": ("shortfall", "tekort"),
    "first_cut": ("first cut<br>Jan {year}", "eerste korting<br>jan {year}"),
    "strip_label": ("strip {metres} m", "baan {metres} m"),
    "stops": ("stops {year}", "stil {year}"),
    "harms_title": ("What goes wrong during the transition", "Wat er misgaat tijdens de overgang"),
    "harms_sub": (
        "Ten years from the first cut; both landings in the same replications. Their difference has two "
        "parts: how fast the budget falls, with the same money in total, and how much money there is in "
        "total.",
        "Tien jaar vanaf de eerste korting; beide landingen in dezelfde berekeningen. Hun verschil heeft "
        "twee delen: hoe snel het budget daalt, met in totaal hetzelfde geld, en hoeveel geld er in totaal "
        "is.",
    ),
    "harm": ("Harm", "Schade"),
    "harm_second": ("Second: {landing}", "Tweede: {landing}"),
    "harm_first": ("First: {landing}", "Eerste: {landing}"),
    "harm_less": ("Difference: first minus second", "Verschil: eerste min tweede"),
    "harm_speed": ("Part due to speed", "Deel door snelheid"),
    "harm_money": ("Part due to money", "Deel door geld"),
    "harm_direction": ("First landing is", "Eerste landing is"),
    "harm_own_payments": ("Own money of the municipality", "Eigen geld van de gemeente"),
    "harm_own_payments_unit": (
        "euro per inhabitant a year, beyond grants and reserves",
        "euro per inwoner per jaar, boven budget en reserves",
    ),
    "harm_crises": ("Crises", "Crises"),
    "harm_crises_unit": ("per 1,000 households a year", "per 1.000 huishoudens per jaar"),
    "harm_without_help": ("People without help", "Inwoners zonder hulp"),
    "harm_without_help_unit": ("households per 1,000", "huishoudens per 1.000"),
    "harm_waiting_above_norm": ("Waiting longer than two months", "Langer dan twee maanden wachten"),
    "harm_waiting_above_norm_unit": (
        "person-months per 1,000 households a year",
        "persoonsmaanden per 1.000 huishoudens per jaar",
    ),
    "harm_evictions": ("Evictions", "Huisuitzettingen"),
    "harm_evictions_unit": ("per 1,000 households a year", "per 1.000 huishoudens per jaar"),
    "harm_provider_exits": ("Providers that stopped", "Aanbieders die stopten"),
    "harm_provider_exits_unit": ("number after ten years", "aantal na tien jaar"),
    # Why.
    "why_question": ("Why does it save or cost money?", "Waarom bespaart of kost het geld?"),
    "why_title": (
        "Clearly saved by {lowers}: {saved} euro. Clearly spent on {raises}: {spent} euro",
        "Bespaart duidelijk: {lowers}, {saved} euro. Kost duidelijk: {raises}, {spent} euro",
    ),
    "why_spent": (
        "Clearly spent on {raises}: {spent} euro. No part clearly saves",
        "Kost duidelijk: {raises}, {spent} euro. Geen onderdeel bespaart duidelijk",
    ),
    "why_saved": (
        "Clearly saved by {lowers}: {saved} euro. No part clearly costs",
        "Bespaart duidelijk: {lowers}, {saved} euro. Geen onderdeel kost duidelijk geld",
    ),
    "why_unsure": (
        "No part is clear: every 90% interval contains zero",
        "Geen onderdeel is duidelijk: nul ligt in elk 90%-interval",
    ),
    "why_same": (
        "Nothing differs, so there is nothing to explain",
        "Er verschilt niets, dus er is niets te verklaren",
    ),
    "not_counted_title": ("Not counted as a saving", "Telt niet als besparing"),
    "not_counted": (
        "People who wait longer change spending by {delay} euro per inhabitant a year, care that is not "
        "granted by {care_not_granted} euro. The need is still there.",
        "Langer wachten verandert de uitgaven met {delay} euro per inwoner per jaar, niet toegekende "
        "zorg met {care_not_granted} euro. De nood is er nog.",
    ),
    "waterfall_title": (
        "What the difference in spending consists of",
        "Waaruit het verschil in uitgaven bestaat",
    ),
    "waterfall_sub": (
        "Euro of 2015 per inhabitant per year, municipality; mechanisms of the model are switched on one "
        "after another. Pale: inconclusive. Hatched: no saving. Orange mark: what remains when nobody new "
        "is found.",
        "Euro van 2015 per inwoner per jaar, gemeente; mechanismen van het model worden na elkaar "
        "aangezet. Licht: onzeker. Gearceerd: geen besparing. Oranje streep: wat blijft als niemand extra "
        "wordt gevonden.",
    ),
    "waterfall_alt": (
        "Waterfall: steps that lower or raise spending, the saving, what does not count, and the "
        "difference. The numbers are in the table below.",
        "Waterval: stappen die uitgaven verlagen of verhogen, de besparing, wat niet telt en het "
        "verschil. De getallen staan in de tabel eronder.",
    ),
    "why_part": ("Part", "Onderdeel"),
    "channel_own_cost": ("own cost and the rest", "eigen kosten en overig"),
    "channel_found_need": ("care for people who are found", "zorg voor wie is gevonden"),
    "channel_prevented_escalation": ("prevented escalation", "voorkomen verergering"),
    "channel_substitution": ("team instead of specialist", "team in plaats van specialist"),
    "channel_prices_and_contracts": ("prices and contracts", "prijzen en contracten"),
    "channel_cuts_on_teams_and_prevention": (
        "cuts to teams and prevention",
        "bezuiniging op teams en preventie",
    ),
    "channel_saving": ("Saving", "Besparing"),
    "channel_delay": ("delayed: waiting longer", "uitgesteld: langer wachten"),
    "channel_care_not_granted": ("care not granted", "zorg niet toegekend"),
    "channel_difference": ("Difference in spending", "Verschil in uitgaven"),
    "channel_care_still_open": ("still open at the end, in no year", "aan het eind nog open, in geen jaar"),
    "placebo_title": (
        "Placebo check: does the saving go when its cause goes?",
        "Placebotoets: verdwijnt de besparing als de oorzaak verdwijnt?",
    ),
    "placebo_lead": (
        "Saving on care and crises, the policy's own cost left out. A saving that stays when its cause "
        "is switched off is an error of the model. Euro per inhabitant per year, with the 95% confidence "
        "interval of the mean.",
        "Besparing op zorg en crises, zonder de eigen kosten van het beleid. Een besparing die blijft "
        "als de oorzaak uit staat, is een fout van het model. Euro per inwoner per jaar, met het "
        "95%-betrouwbaarheidsinterval van het gemiddelde.",
    ),
    "placebo_off": ("Switched off in the model", "Uitgezet in het model"),
    "placebo_remains": ("What remains", "Wat blijft"),
    "placebo_verdict": ("Verdict", "Oordeel"),
    "placebo_whole": (
        "With everything on: {number} euro ({interval})",
        "Met alles aan: {number} euro ({interval})",
    ),
    "placebo_finds_nobody_off": ("Nobody new is found", "Niemand extra wordt gevonden"),
    "placebo_no_effect_policy_off": ("Team help relieves nothing", "Hulp van wijkteams werkt niet"),
    "placebo_same_staff_off": (
        "Only the same extra staff, no policy",
        "Alleen hetzelfde extra personeel, geen beleid",
    ),
    "placebo_null": ("Disappears", "Verdwijnt"),
    "placebo_below": ("No saving", "Geen besparing"),
    "placebo_open": ("Inconclusive", "Onzeker"),
    "placebo_artefact": ("Remains: error", "Blijft: fout"),
    "placebo_staff": ("Comes with the staff", "Komt door het personeel"),
    # Comparison.
    "compare_question": ("What does each policy bring {city}?", "Wat levert elk beleid {city} op?"),
    "compare_first": (
        "First estimate: differences are known at ten replications.",
        "Eerste schatting: verschillen zijn bekend bij tien berekeningen.",
    ),
    "compare_one": ("Add a policy to compare it with.", "Voeg beleid toe om mee te vergelijken."),
    "compare_none_best": (
        "No policy is clearly better than the others on any of the three measures.",
        "Geen beleid is op een van de drie maten duidelijk beter dan de andere.",
    ),
    "compare_all_best": (
        "{policy} is better than the others on all three measures.",
        "{policy} is op alle drie de maten beter dan de andere.",
    ),
    "compare_best_money": ("{policy} is cheapest of these.", "{policy} is hiervan het goedkoopst."),
    "compare_best_money_good": ("{policy} saves most.", "{policy} bespaart het meest."),
    "compare_best_money_bad": ("{policy} costs least.", "{policy} kost het minst."),
    "compare_best_help": (
        "{policy} leaves the fewest people without help.",
        "{policy} laat de minste inwoners zonder hulp.",
    ),
    "compare_best_waiting": (
        "{policy} has the shortest waiting for a team.",
        "{policy} geeft de kortste wachttijd voor het wijkteam.",
    ),
    "compare_basis": (
        "All on one reference: care as it is organised, the landing as it happened, no new policy. "
        "Average per year, {first} to {last}, {count} replications; every policy meets the same people, "
        "chance and assumptions.",
        "Alles vergeleken met één referentie: de zorg zoals die is georganiseerd, de landing zoals "
        "die ging, geen nieuw beleid. Gemiddeld per jaar, {first} tot en met {last}, {count} "
        "berekeningen; elk beleid krijgt dezelfde mensen, hetzelfde toeval en dezelfde aannames.",
    ),
    "compare_worse_title": ("What gets worse", "Wat slechter wordt"),
    "compare_worse_none": (
        "Nothing clearly worse among {count} measures.",
        "Niets duidelijk slechter bij {count} maten.",
    ),
    "compare_table": ("Difference from the reference", "Verschil met de referentie"),
    "compare_money": ("Saving, euro per inhabitant a year", "Besparing, euro per inwoner per jaar"),
    "compare_help": (
        "People without help, households per 1,000",
        "Inwoners zonder hulp, huishoudens per 1.000",
    ),
    "compare_waiting": (
        "Waiting for a team, person-months per 1,000 households a year",
        "Wachten op het wijkteam, persoonsmaanden per 1.000 huishoudens per jaar",
    ),
    "compare_spending": ("spending", "uitgaven"),
    "compare_from": ("without new policy {level}", "zonder nieuw beleid {level}"),
    "compare_from_spending": (
        "spending without new policy {level}",
        "uitgaven zonder nieuw beleid {level}",
    ),
    "compare_after_money": ("spending becomes {after}", "uitgaven worden {after}"),
    "compare_after_level": ("becomes {after}", "wordt {after}"),
    "compare_note": (
        "Without new policy the replications differ much in how long people wait. Where there is much "
        "waiting, a policy can take much away. So a difference can be larger than the average in the first "
        "row, never larger than the waiting in its own replication.",
        "Zonder nieuw beleid lopen de berekeningen sterk uiteen in hoe lang inwoners wachten. Waar veel "
        "wordt gewacht, kan er ook veel af. Een verschil kan daardoor groter zijn dan het gemiddelde in de "
        "eerste rij, maar nooit groter dan het wachten in dezelfde berekening.",
    ),
    "compare_contents": ("What is in it", "Wat erin zit"),
    "measure_money": ("saving, euro per inhabitant a year", "besparing, euro per inwoner per jaar"),
    "measure_help": (
        "people without help, per 1,000 households",
        "inwoners zonder hulp, per 1.000 huishoudens",
    ),
    "measure_waiting": (
        "waiting for a team, person-months per 1,000 households a year",
        "wachten op het wijkteam, persoonsmaanden per 1.000 huishoudens per jaar",
    ),
    "measure_money_short": ("Money", "Geld"),
    "measure_help_short": ("Without help", "Zonder hulp"),
    "measure_waiting_short": ("Waiting", "Wachten"),
    "dots_good": ("{policies} better", "{policies} beter"),
    "dots_bad": ("{policies} worse", "{policies} slechter"),
    "dots_unsure": ("{policies} inconclusive", "{policies} onzeker"),
    "dots_first": ("{policies} first estimate", "{policies} eerste schatting"),
    "dots_same": ("{policies} no difference", "{policies} geen verschil"),
    "dots_alt": (
        "A dot with a line per policy: mean and 90% interval. A filled dot: the interval does not "
        "contain zero. The numbers are in the table below.",
        "Een stip met een lijn per beleid: gemiddelde en 90%-interval. Een dichte stip: nul ligt niet in "
        "het interval. De getallen staan in de tabel eronder.",
    ),
    "dots_note": (
        "Filled dot: the 90% interval does not contain zero. Open dot: inconclusive.",
        "Dichte stip: nul ligt niet in het 90%-interval. Open stip: onzeker.",
    ),
    "pairs_title": ("Which difference is real?", "Welk verschil is echt?"),
    "pairs_lead": (
        "Row minus column, in the same replications. Intervals of two policies may overlap and their "
        "difference still be clear: read this table.",
        "Rij min kolom, in dezelfde berekeningen. Intervallen van twee soorten beleid kunnen overlappen "
        "terwijl hun verschil toch duidelijk is: lees deze tabel.",
    ),
    "row_less_column": ("Row minus column", "Rij min kolom"),
    "pair_money_good": ("{policy} is cheaper", "{policy} is goedkoper"),
    "pair_money_bad": ("{policy} is cheaper", "{policy} is goedkoper"),
    "pair_help_good": ("{policy} is better", "{policy} is beter"),
    "pair_help_bad": ("{policy} is better", "{policy} is beter"),
    "pair_waiting_good": ("{policy} is better", "{policy} is beter"),
    "pair_waiting_bad": ("{policy} is better", "{policy} is beter"),
    "ranking_title": ("How likely is each place?", "Hoe waarschijnlijk is elke plaats?"),
    "ranking_lead": (
        "Share of replications in which a policy takes that place; equals share a place. No "
        "recommendation: a choice weighs money against people.",
        "Deel van de berekeningen waarin beleid op die plaats staat; wie gelijk eindigt, deelt een "
        "plaats. Geen advies: een keuze weegt geld af tegen mensen.",
    ),
    "rank_by": ("Measure", "Maat"),
    "place": ("{place}", "{place}"),
    "add_policy": ("Add", "Voeg toe"),
    "add_five_years": ("Five-year landing", "Landing van vijf jaar"),
    "add_own": ("Copy to change", "Kopie om te wijzigen"),
    "four_at_most": ("Four policies at most.", "Hoogstens vier soorten beleid."),
    "change": ("Change", "Wijzigen"),
    "remove": ("Remove", "Verwijderen"),
    "name_label": ("Name of this policy", "Naam van dit beleid"),
    "name_hint": (
        "Empty: named after what it changes. Letters, digits, spaces and . ' ( ) % + / -",
        "Leeg: genoemd naar wat het wijzigt. Letters, cijfers, spaties en . ' ( ) % + / -",
    ),
    "policy_column": ("Policy", "Beleid"),
    # Figures.
    "table": ("Numbers behind this chart", "Cijfers achter deze grafiek"),
    "csv": ("Data (CSV)", "Gegevens (CSV)"),
    "png": ("Picture (PNG)", "Plaatje (PNG)"),
    "svg": ("Picture (SVG)", "Plaatje (SVG)"),
    # Evidence.
    "link": ("Link to this answer", "Link naar dit antwoord"),
    "copy": ("Copy the link to this answer", "Kopieer de link naar dit antwoord"),
    "copied": ("Copied.", "Gekopieerd."),
    "command": ("The same from a terminal", "Hetzelfde vanuit een terminal"),
    "claims": ("Claims of the sources", "Beweringen uit de bronnen"),
    "no_claims": (
        "No study of the claims has been run here yet; the command landingsbaan claims runs one.",
        "Hier is nog geen onderzoek van de beweringen gedaan; de opdracht landingsbaan claims doet dat.",
    ),
    "claims_published": (
        "Verdicts on {count} claims: scroll for all of them. Their page in the documentation "
        "(docs/claims.md) gives sizes, conditions and figures.",
        "Oordelen over {count} beweringen: scrol voor alle. In de documentatie (docs/claims.md, in het "
        "Engels) staan groottes, voorwaarden en figuren.",
    ),
    "replications_of_claim": ("replications", "berekeningen"),
    "claim": ("claim", "bewering"),
    "source": ("source", "bron"),
    "verdict": ("verdict", "oordeel"),
    "probability": ("probability and size", "kans en grootte"),
    "conditions": ("conditions", "voorwaarden"),
    "literature": ("literature", "literatuur"),
    "limits": ("What the model does not know", "Wat het model niet weet"),
    "limits_miss": KNOWN_MISS,
    "limits_text": (
        "How much early help brings depends on what nobody has measured, such as how many of the problems "
        "found would have passed anyway. No study isolates the speed of a cut. Hours that come free are "
        "not money until a contract becomes smaller, and part of the gain goes to other payers. The "
        "model compares policies under stated assumptions; it does not forecast accounts.",
        "Hoeveel vroege hulp oplevert, hangt af van wat niemand heeft gemeten, zoals hoeveel van de "
        "gevonden problemen vanzelf waren overgegaan. Geen enkel onderzoek heeft de snelheid van een "
        "korting apart gemeten. Uren die vrijkomen zijn pas geld als een contract kleiner wordt, en "
        "een deel van de winst gaat naar andere betalers. Het model vergelijkt beleid onder de genoemde "
        "aannames; het voorspelt geen jaarrekening.",
    ),
    "foot": (
        "Model version {model}; euro of 2015. Works without internet.",
        "Modelversie {model}; euro van 2015. Werkt zonder internet.",
    ),
    # Your own.
    "own_title": ("Your own municipality", "Uw eigen gemeente"),
    "own_lead": (
        "Fill in what you know. What stays empty takes the country's value, which stands next to it. "
        "Without a count of households we use inhabitants / 2.2, without a number of wijken households / "
        "2,400. Only you can open what you make here: the name in its link is secret, and it is gone when "
        "the server stops.",
        "Vul in wat u weet. Wat leeg blijft, krijgt het landelijke cijfer dat ernaast staat. Zonder aantal "
        "huishoudens rekenen we met inwoners / 2,2, zonder aantal wijken met huishoudens / 2.400. Alleen u "
        "kunt openen wat u hier maakt: de naam in de link is geheim, en alles is weg zodra de server "
        "stopt.",
    ),
    "own_name": ("Name of the municipality", "Naam van de gemeente"),
    "section_people": ("People", "Inwoners"),
    "section_wijken": ("Neighbourhoods", "Wijken"),
    "section_teams": ("Teams", "Teams"),
    "section_providers": ("Providers", "Aanbieders"),
    "section_money": ("Money", "Geld"),
    "country_value": ("the Netherlands: {value}", "Nederland: {value}"),
    "needed": ("needed", "verplicht"),
    "field_number": ("This is not a number.", "Dit is geen getal."),
    "field_whole": ("Expected a whole number.", "Vul een heel getal in."),
    "field_range": ("Expected {low} to {high}.", "Vul een getal van {low} tot {high} in."),
    "field_needed": ("Fill this in.", "Vul dit in."),
    "field_unusual": (
        "Unusual: other municipalities lie between {low} and {high}. It is used all the same.",
        "Ongewoon: andere gemeenten liggen tussen {low} en {high}. Het wordt wel gebruikt.",
    ),
    "field_shares": (
        "Living alone and with children are more than 100% together.",
        "Alleenwonend en met kinderen zijn samen meer dan 100%.",
    ),
    "field_one_parent": (
        "More than all households with children, which include these.",
        "Meer dan alle huishoudens met kinderen, waar deze bij horen.",
    ),
    "field_teams": ("More teams than wijken.", "Meer teams dan wijken."),
    "field_households": ("More households than inhabitants.", "Meer huishoudens dan inwoners."),
    "form_fine": (
        "Ready to use: {count} own figures, the rest of the country.",
        "Klaar voor gebruik: {count} eigen cijfers, de rest is landelijk.",
    ),
    "form_wrong": ("{count} fields need attention.", "{count} velden vragen aandacht."),
    "form_use": ("Use this municipality", "Gebruik deze gemeente"),
    "form_save": ("Save as a file (YAML)", "Bewaar als bestand (YAML)"),
    "form_clear": ("Empty the form", "Maak het formulier leeg"),
    "own_file_title": ("Or bring a file", "Of gebruik een bestand"),
    "own_file_lead": (
        "A file (YAML or CSV) that this form saved, or that landingsbaan municipality new made.",
        "Een bestand (YAML of CSV) dat dit formulier bewaarde of dat landingsbaan municipality new maakte.",
    ),
    "own_taken": (
        "{name} is shown. Where its file and the system both set a figure, the system's counts.",
        "{name} wordt getoond. Waar het bestand en het stelsel allebei een cijfer noemen, telt dat van het "
        "stelsel.",
    ),
    "run": ("Open one of your own runs", "Open een eigen run"),
    "run_lead": (
        "A run folder (results/runs/...) as a zip file of at most 50 MB; it is read once and not kept.",
        "Een runmap (results/runs/...) als zipbestand van hoogstens 50 MB; het wordt eenmaal gelezen en niet "
        "bewaard.",
    ),
    "browse": ("Choose a file", "Kies een bestand"),
    "reading": ("The file is being read.", "Het bestand wordt gelezen."),
    "not_sent": (
        "The file could not be sent. Try again, or reload the page.",
        "Het bestand kon niet worden verstuurd. Probeer het opnieuw of laad de pagina opnieuw.",
    ),
    "too_large": (
        "This file is larger than {most}. Expected a smaller one.",
        "Dit bestand is groter dan {most}. Verwacht werd een kleiner bestand.",
    ),
    "too_many_rows": (
        "The tables of this run have {rows} rows and {megabytes} MB; expected at most {most_rows} rows and "
        "{most_megabytes} MB.",
        "De tabellen van deze run hebben {rows} rijen en {megabytes} MB; verwacht werd hoogstens {most_rows} "
        "rijen en {most_megabytes} MB.",
    ),
    "password": ("Password", "Wachtwoord"),
    "password_enter": ("Open", "Openen"),
    "password_wrong": ("This is not the password.", "Dit is niet het wachtwoord."),
    "password_busy": (
        "Too many people are trying passwords. Try again in a minute.",
        "Te veel mensen proberen wachtwoorden. Probeer het over een minuut opnieuw.",
    ),
    "error": (
        "These settings could not be computed. Change something or try again. ({reason})",
        "Met deze instellingen is de berekening niet gelukt. Verander iets of probeer het opnieuw. "
        "(Melding in het Engels: {reason})",
    ),
    "usual_question": (
        "Instead you see the question that this page begins with.",
        "In plaats daarvan staat hier de vraag waarmee deze pagina begint.",
    ),
    "gone": (
        "The connection with the server is lost. Reload the page.",
        "De verbinding met de server is verbroken. Laad de pagina opnieuw.",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text of the page with its values filled in.

    Examples
    --------
    >>> word("adjust_policy", "nl", letter="A")
    'Beleid A'
    """
    return filled(WORDS, key, language, **values)


def care_word(own_name: str, language: str) -> str:
    """Return the reader's word for a state or kind of care.

    Examples
    --------
    >>> care_word("youth_team", "nl"), care_word("inactive", "en")
    ('jeugdteam', 'inactive')
    """
    kinds = {**CARE, **KINDS_OF_YOUTH}
    return kinds[own_name][LANGUAGES.index(language)] if own_name in kinds else name(own_name, language)
