"""Words of the council memo, and text of the report that depends on no interval: key, English, Dutch."""

from typing import Final

from scenarios.reporting.texts.summary import KNOWN_MISS

MEMO_WORDS: Final[dict[str, tuple[str, str]]] = {
    "memo": ("Council memo", "Raadsmemo"),
    "memo_question": ("What does {policy} bring {municipality}?", "Wat levert {policy} {municipality} op?"),
    "memo_made": (
        "{day} · model {version}, result version {result}",
        "{day} · model {version}, resultaatversie {result}",
    ),
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
    "first": ("First estimate", "Eerste schatting"),
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
    "memo_side_first": (
        "First estimate. {what}: from {baseline} to {now} per 1,000 households a year ({more} more).",
        "Eerste schatting. {what}: van {baseline} naar {now} per 1.000 huishoudens per jaar ({more} meer).",
    ),
    "memo_side_none_first": (
        "What gets worse cannot be said with {replications}.",
        "Wat slechter wordt, is met {replications} niet te zeggen.",
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
    "decides_first": (
        "{replications} are too few to show what the answer depends on.",
        "{replications} zijn te weinig om te zien waarvan de uitkomst afhangt.",
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
        "Care still running at the end of {last} counts in no year: it would add {mean} euro per inhabitant "
        "to the saving.",
        "Zorg die eind {last} nog loopt, telt in geen enkel jaar mee: die zou {mean} euro per inwoner aan de "
        "besparing toevoegen.",
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
        "Alleen grotere teams, zonder huisbezoek: {waiting} persoonsmaanden wachten per 1.000 "
        "huishoudens per jaar, voor {cost} euro per inwoner per jaar ({replications}).",
    ),
    "choice_larger_first": (
        "First estimate for larger teams alone, without outreach: {waiting} person-months of waiting per "
        "1,000 households a year, for {cost} euro per inhabitant a year ({replications}).",
        "Eerste schatting voor alleen grotere teams, zonder huisbezoek: {waiting} persoonsmaanden wachten "
        "per 1.000 huishoudens per jaar, voor {cost} euro per inwoner per jaar ({replications}).",
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


WORDS: Final[dict[str, tuple[str, str]]] = {
    "asked": (
        "What happens in {municipality}, with {households} households in {first} and {inhabitants} "
        "inhabitants in {month}, with {policy}? This report compares it with the reference policy: care as "
        "the sources describe it, without outreach, without links to schools and landlords and without "
        "debt signals.",
        "Wat gebeurt er in {municipality}, met {households} huishoudens in {first} en {inhabitants} "
        "inwoners in {month}, met {policy}? Dit rapport vergelijkt dat met het referentiebeleid: "
        "zorg zoals de bronnen die beschrijven, zonder huisbezoek, zonder korte lijnen met scholen "
        "en verhuurders en zonder signalen van schulden.",
    ),
    "asked_landing": (
        "The municipality became responsible in {month}. {cut} The path to that lower budget is the "
        "landing strip; here the budget falls {phase_in}.",
        "De gemeente werd verantwoordelijk in {month}. {cut} De weg naar dat lagere budget is de "
        "landingsbaan; hier daalt het budget {phase_in}.",
    ),
    "asked_replications": (
        "The years {first} to {last} were simulated under both policies, in {replications}. Within a "
        "replication both policies meet the same people and the same random numbers. {draws}",
        "De jaren {first} tot en met {last} zijn voor beide soorten beleid gesimuleerd, in {replications}. "
        "Binnen een berekening zijn de mensen en de toevalsgetallen gelijk. {draws}",
    ),
    "draws_own": (
        "Each replication has its own estimate of what nobody has measured (a parameter draw).",
        "Elke berekening heeft een eigen schatting van wat niemand heeft gemeten (een set aannames).",
    ),
    "draws_one": (
        "All replications share one estimate of what nobody has measured (a parameter draw).",
        "Alle berekeningen delen één schatting van wat niemand heeft gemeten (een set aannames).",
    ),
    "asked_words": (
        "All amounts are in euros of 2015. Amounts per inhabitant are divided by the {inhabitants} "
        "inhabitants of {month}, in every year; a total is that amount times the same number. A sentence "
        "says that something is higher or lower only when the replications agree on it. Otherwise it says "
        "that the result is inconclusive.",
        "Alle bedragen zijn in euro's van 2015. Bedragen per inwoner zijn in elk jaar gedeeld door de "
        "{inhabitants} inwoners van {month}; een totaal is dat bedrag keer hetzelfde aantal. Een zin zegt "
        "alleen dat iets hoger of lager is als de berekeningen het daarover eens zijn. Anders staat er dat "
        "de uitkomst onzeker is.",
    ),
    "cut_one": (
        "The budget that came with the tasks was {cut}% lower.",
        "Het budget dat met de taken meekwam, was {cut}% lager.",
    ),
    "cut_none": ("The budget was not cut.", "Op het budget is niet gekort."),
    "cut_laws": (
        "The budget that came with the tasks was lower: {youth}% for youth care, {guidance}% for guidance "
        "and {household_help}% for household help.",
        "Het budget dat met de taken meekwam, was lager: {youth}% voor jeugdhulp, {guidance}% voor "
        "begeleiding en {household_help}% voor huishoudelijke hulp.",
    ),
    "cut_unnamed": (
        "The budget that came with the tasks was lower.",
        "Het budget dat met de taken meekwam, was lager.",
    ),
    "cost_how": (
        "Counted from {first}, the year in which the first euro was spent on the policy. A saving counts "
        "when the municipality pays less under its contracts; hours that come free are not money.",
        "Geteld vanaf {first}, het jaar waarin de eerste euro aan het beleid is uitgegeven. Een besparing "
        "telt als de gemeente minder aan contracten betaalt; uren die vrijkomen zijn geen geld.",
    ),
    "shifted": (
        "In {count} of the {years} years that were cheaper for the municipality, counted over all "
        "replications, more need went without help than under the reference policy: costs were shifted, "
        "not saved.",
        "In {count} van de {years} jaren die voor de gemeente goedkoper waren, geteld over alle "
        "berekeningen, bleef meer nood zonder hulp dan bij het referentiebeleid: verschoven, niet bespaard.",
    ),
    "payback_how": (
        "The policy has paid for itself when its savings make up for its costs and this stays so. This "
        "counts money only, including years in which more need goes without help.",
        "Het beleid is terugverdiend als de besparing de kosten goedmaakt en dat zo blijft. Dit telt "
        "alleen geld, ook in jaren waarin meer nood zonder hulp blijft.",
    ),
    "payback": (
        "In {within} of {draws} parameter draws {policy} pays for itself for {whose} within {years} years. "
        "In {never_cost} it never costs anything. In {not_within} it does not pay for itself within "
        "{years} years.",
        "In {within} van de {draws} sets aannames is {policy} voor {whose} binnen {years} jaar "
        "terugverdiend. In {never_cost} kost het nooit iets. In {not_within} is het binnen {years} jaar "
        "niet terugverdiend.",
    ),
    "payback_one": (
        "Only one parameter draw was simulated, which says nothing about other draws. Within {years} years "
        "{policy} pays for itself for {whose} in {within}, never costs anything in {never_cost}, and does "
        "not pay for itself in {not_within}.",
        "Er is maar één set aannames gesimuleerd, en die zegt niets over andere. Binnen {years} jaar "
        "is {policy} voor {whose} terugverdiend in {within}, kost het nooit iets in {never_cost}, en is "
        "het niet terugverdiend in {not_within}.",
    ),
    "interval_is": (
        "The brackets after a mean give its 90% interval: 90% of the replications lie in it.",
        "Tussen haakjes achter een gemiddelde staat het 90%-interval: daarin ligt 90% van de berekeningen.",
    ),
    "replications_with": (
        "Over all years the policy is cheaper for the municipality in {cheaper} and more expensive in "
        "{dearer} of {replications}.",
        "Over alle jaren is het beleid voor de gemeente goedkoper in {cheaper} en duurder in {dearer} van "
        "{replications}.",
    ),
    "years_told": (
        "In {count} of the {years} years it is clear whether the policy saves or costs money; in the "
        "others this is inconclusive.",
        "In {count} van de {years} jaren is duidelijk of het beleid geld bespaart of kost; in de andere is "
        "dat onzeker.",
    ),
    "few_replications": (
        "{replications} are few: with a policy without any effect, all of them would lie on the same side "
        "of zero with a probability of {chance}%, and the report looks at many outcomes. More replications "
        "make the results more certain.",
        "{replications} is weinig: bij beleid zonder enig effect zouden ze met een kans van {chance}% "
        "allemaal aan dezelfde kant van nul liggen, en het rapport kijkt naar veel uitkomsten. Meer "
        "berekeningen maken de uitkomsten zekerder.",
    ),
    "certainty_end": (
        "The intervals show what follows from the stated assumptions, not how likely it is in reality.",
        "De intervallen laten zien wat er uit de aannames volgt, niet hoe waarschijnlijk dat in "
        "werkelijkheid is.",
    ),
    "same_phase_in": (
        "The chosen strip is as long as the long one, so there is nothing to compare.",
        "De gekozen baan is even lang als de lange, dus er is niets te vergelijken.",
    ),
    "phase_in_how": (
        "This section compares a short strip, on which the budget falls {short}, with a long one, on which "
        "it falls {long} to the same level, over {years} years and under the reference policy. There are "
        "two ways to compare them, and only the second is about speed.",
        "Hier staat een korte baan, waarop het budget {short} daalt, naast een lange, waarop het {long} "
        "naar hetzelfde niveau daalt, over {years} jaar en met het referentiebeleid. Er zijn twee manieren "
        "om ze te vergelijken, en alleen de tweede gaat over snelheid.",
    ),
    "phase_in_as_announced": (
        "As announced: the long strip also brings more money along the way.",
        "Zoals aangekondigd: de lange baan brengt onderweg ook meer geld.",
    ),
    "phase_in_same_money": (
        "With the same money: the short strip gets the difference as a reserve on day one.",
        "Met hetzelfde geld: de korte baan krijgt het verschil op dag één als reserve.",
    ),
    "speed_some": (
        "With the same money, short and long still differ on: {parts}.",
        "Met hetzelfde geld verschillen kort en lang nog op: {parts}.",
    ),
    "speed_none": (
        "With the same money no clear difference is left: this run does not show that speed itself does "
        "harm, nor that it does not.",
        "Met hetzelfde geld blijft er geen duidelijk verschil over: deze berekening toont niet aan dat "
        "snelheid "
        "op zichzelf schade doet, en ook niet dat ze dat niet doet.",
    ),
    "people_how": (
        "Outcomes with {policy} compared with the reference policy, mean of {first} to {last}. "
        "Severity-months add up how heavy problems are, from 0 (none) to 1 (a crisis), over months and "
        "people.",
        "Uitkomsten met {policy}, vergeleken met het referentiebeleid, gemiddeld over {first} tot en met "
        "{last}. Ernstmaanden tellen op hoe zwaar problemen zijn, van 0 (geen) tot 1 (een crisis), over "
        "maanden en mensen.",
    ),
    "no_story": (
        "To follow one household under both policies, side by side, run:",
        "Om één huishouden bij beide soorten beleid te volgen, naast elkaar:",
    ),
    "story_is": ("One household, number {household}", "Eén huishouden, nummer {household}"),
    "story_elsewhere": (
        "The story comes from a separate run: {title}, {households} households.",
        "Het verhaal komt uit een aparte berekening: {title}, {households} huishoudens.",
    ),
    "groups_how": (
        "A group gains when its problems are lighter with the policy than under the reference policy, over "
        "all years. Income groups are fifths, from the lowest to the highest incomes; wijken are split "
        "into thirds by deprivation.",
        "Een groep gaat erop vooruit als haar problemen met het beleid lichter zijn dan bij het "
        "referentiebeleid, over alle jaren. Inkomensgroepen zijn vijfden, van de laagste tot de hoogste "
        "inkomens; wijken zijn in drie even grote groepen verdeeld naar achterstand.",
    ),
    "gains": (
        "Of {groups} groups by income, household type and wijk, {gain} gain and {lose} lose; for {rest} "
        "the result is inconclusive.",
        "Van de {groups} groepen naar inkomen, huishoudtype en wijk gaan er {gain} op vooruit en {lose} op "
        "achteruit; voor {rest} is de uitkomst onzeker.",
    ),
    "alike": (
        "Of the municipalities in the model, {near} are most like {municipality} in size, population and "
        "deprivation.",
        "Van de gemeenten in het model lijken {near} in omvang, bevolking en achterstand het meest op "
        "{municipality}.",
    ),
    "no_others": (
        "The municipality of this run is made of the country's figures, so none is like it in particular.",
        "De gemeente in deze berekening is gemaakt met cijfers van het hele land; er is dus geen gemeente "
        "die er "
        "in het bijzonder op lijkt.",
    ),
    "not_described": (
        "No source of the model describes how care is organised in {names}.",
        "Geen bron van het model beschrijft hoe de zorg is georganiseerd in {names}.",
    ),
    "compared": (
        "{systems} are simulated in one and the same neutral city, so that only the organisation of care "
        "differs, in {replications}, {first} to {last}.",
        "{systems} zijn gesimuleerd in één en dezelfde neutrale stad, zodat alleen de organisatie van de "
        "zorg verschilt, in {replications}, {first} tot en met {last}.",
    ),
    "not_compared": (
        "The organisation of care in this run, that of {municipality}, is not among them.",
        "De organisatie van de zorg in deze berekening, die van {municipality}, is daar niet bij.",
    ),
    "claims_how": (
        "Claims from policy papers and studies were tested as experiments in the model.",
        "Beweringen uit beleidsstukken en studies zijn als experiment in het model getoetst.",
    ),
    "unknown_compares": (
        "The model compares policies under stated assumptions; it does not forecast accounts.",
        "Het model vergelijkt beleid onder de genoemde aannames; het voorspelt geen jaarrekening.",
    ),
    "unknown_passing": (
        "How much early help brings depends on what nobody has measured, such as how many of the problems "
        "found would have passed anyway.",
        "Hoeveel vroege hulp oplevert, hangt af van wat niemand heeft gemeten, zoals hoeveel van de gevonden "
        "problemen vanzelf waren overgegaan.",
    ),
    "unknown_speed": (
        "No study isolates the speed of a cut; what this report says about speed follows from the model's "
        "own mechanisms.",
        "Geen enkel onderzoek heeft de snelheid van een korting apart gemeten; wat dit rapport over "
        "snelheid zegt, volgt uit de mechanismen van het model.",
    ),
    "unknown_hours": (
        "Hours that come free are not money until a contract becomes smaller, and part of the gain goes to "
        "other payers.",
        "Uren die vrijkomen zijn pas geld als een contract kleiner wordt, en een deel van de winst gaat "
        "naar andere betalers.",
    ),
    "unknown_miss": KNOWN_MISS,
    "unknown_priors": (
        "The number of people in care cannot separate three things: problems that pass, problems that get "
        "worse, and the effect of help. Those estimates stay wide, and so do the conclusions.",
        "Uit het aantal mensen in zorg is niet af te leiden hoeveel problemen overgaan, hoeveel er "
        "verergeren en wat hulp doet. Die schattingen blijven ruim, en de conclusies dus ook.",
    ),
    "not_represented": (
        "These parts of how care is organised there are not in the model:",
        "Dit deel van hoe de zorg daar is georganiseerd, zit niet in het model (in het Engels):",
    ),
    "made_how": (
        "The command that gives the same numbers again",
        "De opdracht die dezelfde getallen opnieuw geeft",
    ),
    "source_cbs": (
        "Statistics Netherlands (CBS), StatLine, CC BY 4.0, and the Netherlands Youth Institute (NJi): "
        "people, "
        "households, youth care, Wmo, debt.",
        "CBS, StatLine, CC BY 4.0, en het Nederlands Jeugdinstituut (NJi): inwoners, huishoudens, jeugdzorg, "
        "Wmo en schulden.",
    ),
    "source_studies": (
        "Studies and publications of AEF, BDO, Divosa, Movisie, NVVK, SCP, VNG and others: effects of help, "
        "spending, waiting.",
        "Studies en publicaties van onder meer AEF, BDO, Divosa, Movisie, NVVK, SCP en VNG: effecten van "
        "hulp, "
        "uitgaven, wachttijden.",
    ),
    "source_systems": (
        "Overviews and interviews about how sixteen municipalities organise care.",
        "Overzichten en interviews over hoe zestien gemeenten de zorg organiseren.",
    ),
    "source_posterior": (
        "What nobody has measured was estimated with the model from national figures (calibration).",
        "Wat niemand heeft gemeten, is met het model geschat uit landelijke cijfers (kalibratie).",
    ),
    "source_more": (
        "Every figure with its own source: the folder data of landingsbaan.",
        "Elk cijfer met zijn eigen bron: de map data van landingsbaan.",
    ),
}  # fmt: skip
