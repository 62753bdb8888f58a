"""Words and sentences of the summary in the terminal: key, English, Dutch."""

from typing import Final

# Words and sentences about what remains of a saving without its mechanism: key, English, Dutch.

PLACEBO: Final[dict[str, tuple[str, str]]] = {
    "headline_stands": (
        "Result to {last}, compared with the reference policy: {finding}.",
        "Uitkomst tot en met {last}, vergeleken met het referentiebeleid: {finding}.",
    ),
    "headline_first": (
        "First estimate to {last}, compared with the reference policy: {finding}. {replications} are too few "
        "for a conclusion; they lie between {low} and {high}.",
        "Eerste schatting tot en met {last}, vergeleken met het referentiebeleid: {finding}. {replications} "
        "zijn te weinig voor een conclusie; ze liggen tussen {low} en {high}.",
    ),
    "headline_first_one": (
        "First estimate to {last}, compared with the reference policy: {finding}. One replication says "
        "nothing about certainty.",
        "Eerste schatting tot en met {last}, vergeleken met het referentiebeleid: {finding}. Eén berekening "
        "zegt niets over zekerheid.",
    ),
    "first_artefact": (
        " It also appears {without}: that would make it an artefact of the model.",
        " Het ontstaat ook {without}: dan zou het een artefact van het model zijn.",
    ),
    "first_staff": (
        " The extra staff would explain it; beyond that, no effect of {policy} was shown.",
        " Het extra personeel zou dat verklaren; een eigen effect van {policy} is niet aangetoond.",
    ),
    "headline_artefact": (
        "Result to {last}, compared with the reference policy: {finding}. This is an artefact of the "
        "model, because it also appears {without}.",
        "Uitkomst tot en met {last}, vergeleken met het referentiebeleid: {finding}. Dit is een artefact "
        "van het model, want het ontstaat ook {without}.",
    ),
    "headline_staff": (
        "Result to {last}, compared with the reference policy: {finding}. The extra staff explain it; "
        "beyond that, no effect of {policy} was shown.",
        "Uitkomst tot en met {last}, vergeleken met het referentiebeleid: {finding}. Dat komt door het "
        "extra personeel; een eigen effect van {policy} is niet aangetoond.",
    ),
    "headline_untested": (
        "Result to {last}, compared with the reference policy: {finding}. It was not tested with its "
        "mechanism switched off (replication.placebo_count < 2).",
        "Uitkomst tot en met {last}, vergeleken met het referentiebeleid: {finding}. Niet getoetst met het "
        "mechanisme uitgeschakeld (replication.placebo_count < 2).",
    ),
    "headline_open": (
        "Result to {last}, compared with the reference policy: {finding}. The test with its mechanism "
        "switched off (placebo) is inconclusive.",
        "Uitkomst tot en met {last}, vergeleken met het referentiebeleid: {finding}. De toets met het "
        "mechanisme uitgeschakeld (placebo) is onzeker.",
    ),
    "headline_saving": ("the municipality saves", "de gemeente bespaart"),
    "headline_cost": ("it costs the municipality", "het kost de gemeente"),
    "headline_unclear": (
        "inconclusive, the municipality saves between {low} and {high} euro per inhabitant (90% interval, "
        "mean {mean}; below zero it costs money)",
        "onzeker, de gemeente bespaart tussen {low} en {high} euro per inwoner (90%-interval, gemiddeld "
        "{mean}; onder nul kost het geld)",
    ),
    "without_finds_nobody": ("when the policy finds nobody new", "als het beleid niemand nieuw vindt"),
    "without_no_effect_policy": (
        "when help from teams has no effect",
        "als hulp van wijkteams niet werkt",
    ),
    "and": ("and", "en"),
    "side_effect": (
        "Largest side effect (worse): {more} more {what} per 1,000 households a year, from {baseline} "
        "under the reference (90% interval: {low} to {high}).",
        "Grootste keerzijde (slechter): {more} meer {what} per 1.000 huishoudens per jaar, tegen "
        "{baseline} bij het referentiebeleid (90%-interval: {low} tot {high}).",
    ),
    "side_effect_one": (
        "Largest side effect (worse): {more} more {what} per 1,000 households a year, from {baseline} "
        "under the reference, in one replication.",
        "Grootste keerzijde (slechter): {more} meer {what} per 1.000 huishoudens per jaar, tegen "
        "{baseline} bij het referentiebeleid, in één berekening.",
    ),
    "side_effect_first": (
        "First estimate of the largest side effect (worse): {more} more {what} per 1,000 households a year, "
        "from {baseline} under the reference.",
        "Eerste schatting van de grootste keerzijde (slechter): {more} meer {what} per 1.000 huishoudens per "
        "jaar, tegen {baseline} bij het referentiebeleid.",
    ),
    "sign_one": (
        "One replication cannot show whether the direction depends on assumed numbers.",
        "Met één berekening is niet te zien of de richting van aannames afhangt.",
    ),
    "sign_same": (
        "All {count} replications point the same way, each with its own draw of the assumed numbers.",
        "Alle {count} berekeningen wijzen dezelfde kant op, elk met een eigen trekking van de aannames.",
    ),
    "sign_other": (
        "{other} of {count} replications point the other way, each with its own draw of the assumed "
        "numbers; no single assumed number explains it.",
        "{other} van {count} berekeningen wijzen de andere kant op, elk met een eigen trekking van de "
        "aannames; geen enkele aanname verklaart dat alleen.",
    ),
    "sign_turns": (
        "The direction depends on an assumed number: {other} of {count} replications point the other way, "
        "and {name} explains most of it. On a straight line the direction changes at {at} (drawn from "
        "{low} to {high}).",
        "De richting hangt af van een aanname: {other} van {count} berekeningen wijzen de andere "
        "kant op, en {name} verklaart dat het meest. Volgens een rechte lijn slaat de richting om "
        "bij {at} (de berekeningen nemen waarden van {low} tot {high}).",
    ),
    "neutral_saves": (
        "Under the neutral organisation (national_average) instead of its own system the policy saves the "
        "municipality {told} euro per inhabitant ({replications}).",
        "Met de neutrale organisatie (national_average) in plaats van het eigen stelsel bespaart het beleid "
        "de gemeente {told} euro per inwoner ({replications}).",
    ),
    "neutral_costs": (
        "Under the neutral organisation (national_average) instead of its own system the policy costs the "
        "municipality {told} euro per inhabitant ({replications}).",
        "Met de neutrale organisatie (national_average) in plaats van het eigen stelsel kost het beleid "
        "de gemeente {told} euro per inwoner ({replications}).",
    ),
    "side_effect_none": (
        "Side effects: nothing is clearly worse among waiting, crises, need without help, refusals, harm "
        "and overburdened carers.",
        "Keerzijden: niets wordt duidelijk slechter. Gekeken is naar wachten, crises, nood zonder "
        "hulp, afwijzingen, schade en overbelaste mantelzorgers.",
    ),
    "side_effect_none_first": (
        "Side effects: {replications} are too few to say what gets worse.",
        "Keerzijden: {replications} zijn te weinig om te zeggen wat slechter wordt.",
    ),
    "congestion": (
        "No staff were added for the work that {policy} brings to teams: waiting for a team changes from "
        "{baseline} to {now} person-months per 1,000 households a year.",
        "Voor het werk dat {policy} de teams bezorgt, komt geen personeel bij: het wachten op een "
        "wijkteam gaat van {baseline} naar {now} persoonsmaanden per 1.000 huishoudens per jaar.",
    ),
    "side_team_waiting": ("person-months of waiting for a team", "persoonsmaanden wachten op een wijkteam"),
    "side_care_waiting": ("person-months of waiting for care", "persoonsmaanden wachten op zorg"),
    "side_crises": ("crises", "crises"),
    "side_unmet": ("severity-months without help", "ernstmaanden zonder hulp"),
    "side_not_granted": ("requests not granted", "afgewezen aanvragen"),
    "side_harmed": ("households harmed by help", "huishoudens bij wie hulp schade deed"),
    "side_found_in_vain": (
        "households found with a problem that would have passed anyway",
        "huishoudens gevonden met een probleem dat vanzelf was overgegaan",
    ),
    "side_overburdened_carers": (
        "person-months of overburdened carers",
        "persoonsmaanden met overbelaste mantelzorgers",
    ),
    "placebo_head": (
        "On care and crises alone, {policy} saves, in euro per inhabitant to {last}: {total} (95% interval; "
        "below zero it costs money; staff, links and social base not counted). What remains of this in the "
        "checks:",
        "Alleen op zorg en crises bespaart {policy}, in euro per inwoner tot en met {last}: {total} "
        "(95%-interval; onder nul kost het geld; personeel, korte lijnen en sociale basis niet "
        "meegeteld). Wat daarvan overblijft in de controles:",
    ),
    "placebo_head_one": (
        "On care and crises alone, {policy} saves, in euro per inhabitant to {last}, in one replication: "
        "{total} (below zero it costs money; staff, links and social base not counted). What remains of this "
        "in the checks:",
        "Alleen op zorg en crises bespaart {policy}, in euro per inwoner tot en met {last}, in één "
        "berekening: {total} (onder nul kost het geld; personeel, korte lijnen en sociale basis niet "
        "meegeteld). Wat daarvan overblijft in de controles:",
    ),
    "placebo_finds_nobody": (
        "if the policy finds nobody new, {total} of {whole} remains",
        "als het beleid niemand nieuw vindt, blijft {total} van {whole} over",
    ),
    "placebo_no_effect_policy": (
        "if help from teams has no effect, {total} of {whole} remains",
        "als hulp van wijkteams niet werkt, blijft {total} van {whole} over",
    ),
    "placebo_same_staff": (
        "the same staff without outreach and links saves {total}",
        "hetzelfde personeel zonder huisbezoek en korte lijnen bespaart {total}",
    ),
    "placebo_line": (
        "{what}: {verdict} By law: {laws} ({replications}).",
        "{what}: {verdict} Per wet: {laws} ({replications}).",
    ),
    "placebo_mark": ("  - {line}", "  - {line}"),
    "placebo_total": ("{mean} [{low} to {high}]", "{mean} [{low} tot {high}]"),
    "placebo_one": ("{mean}", "{mean}"),
    "placebo_null": (
        "negligible: the interval contains 0 and stays within 5 euro a year.",
        "verwaarloosbaar: het interval bevat 0 en blijft binnen 5 euro per jaar.",
    ),
    "placebo_small": (
        "negligible: the interval does not contain 0 but stays within 5 euro a year.",
        "verwaarloosbaar: het interval bevat 0 niet, maar blijft binnen 5 euro per jaar.",
    ),
    "placebo_below": ("no saving: the interval lies below 0.", "geen besparing: het interval ligt onder 0."),
    "placebo_inconclusive": (
        "inconclusive: the interval contains 0 and goes beyond 5 euro a year.",
        "onzeker: het interval bevat 0 en gaat verder dan 5 euro per jaar.",
    ),
    "placebo_survives": (
        "the saving remains without its mechanism: the interval lies above 0 and goes beyond 5 euro a year. "
        "A possible cause: the council cuts care to pay for the policy; decompose=channels shows how much.",
        "de besparing blijft zonder het mechanisme bestaan: het interval ligt boven 0 en gaat verder dan 5 "
        "euro per jaar. Een mogelijke oorzaak: de raad bezuinigt op zorg om het beleid te betalen; "
        "decompose=channels toont hoeveel.",
    ),
    "placebo_staff": (
        "a saving of the staff alone: the interval lies above 0 and goes beyond 5 euro a year.",
        "een besparing van het personeel alleen: het interval ligt boven 0 en gaat verder dan 5 euro per "
        "jaar.",
    ),
    "placebo_single": ("one replication gives no interval.", "één berekening geeft geen interval."),
    "placebo_none": (
        "The saving was not tested with its mechanism switched off; replication.placebo_count=3 does so in "
        "the first three replications.",
        "De besparing is niet getoetst met het mechanisme uitgeschakeld; replication.placebo_count=3 doet "
        "dat in de eerste drie berekeningen.",
    ),
    # next to the effect in every answer of a study
    "remains_head": (
        "What remains of it with a mechanism switched off, in the same {draws} draws with the same random "
        "numbers (mean, 95% interval of the mean). Of the cost, what a policy pays for itself (staff, links) "
        "always remains:",
        "Wat ervan overblijft met een mechanisme uitgeschakeld, in dezelfde {draws} trekkingen met dezelfde "
        "toevalsgetallen (gemiddelde, 95%-interval van het gemiddelde). Van de kosten blijft altijd over wat "
        "beleid zelf kost (personeel, verbindingen):",
    ),
    "remains_if_finds_nobody": ("if nobody new is found", "als niemand nieuw wordt gevonden"),
    "remains_if_no_effect_policy": (
        "if help from teams has no effect",
        "als hulp van teams geen effect heeft",
    ),
    "remains_if_same_money": ("with the same money (speed alone)", "met hetzelfde geld (alleen de snelheid)"),
    "remains_if_long_phase_in": (
        "with the cut spread over eight years (no haste)",
        "met de korting verdeeld over acht jaar (geen haast)",
    ),
    "remains_by_finds_nobody": ("by finding people", "door mensen te vinden"),
    "remains_by_no_effect_policy": ("by what help from teams does", "door wat hulp van teams doet"),
    "remains_by_same_money": ("by money", "door het geld"),
    "remains_by_long_phase_in": ("by haste", "door haast"),
    "remains_line": (
        "{meaning}: {left} of {whole} {unit}, {verdict}; {by} {through}",
        "{meaning}: {left} van {whole} {unit}, {verdict}; {by} {through}",
    ),
    "remains_ends": ("{mean} ({low} to {high})", "{mean} ({low} tot {high})"),
    "remains_whole": ("effect", "effect"),
    "remains_nothing": ("nothing is shown to remain", "niet aangetoond dat er iets overblijft"),
    "remains_all": ("all of it may remain", "mogelijk blijft alles over"),
    "remains_part": ("part of it remains", "een deel blijft over"),
    "remains_more": ("more than all of it remains", "er blijft meer dan alles over"),
    "remains_turned": ("it turns into its opposite", "het slaat om in het tegendeel"),
    "remains_inconclusive": ("inconclusive", "onzeker"),
    "remains_laws": (
        "Net municipal cost by law (euro of 2015 per inhabitant a year, {draws} draws, 95% interval of the "
        "mean): {parts}; together {total}.",
        "Netto gemeentelijke kosten per wet (euro van 2015 per inwoner per jaar, {draws} trekkingen, "
        "95%-interval van het gemiddelde): {parts}; samen {total}.",
    ),
    "remains_lines": (
        "By line of care: {parts}; together {total}.",
        "Naar lijn van zorg: {parts}; samen {total}.",
    ),
    "part_cost_youth": ("Youth Act", "Jeugdwet"),
    "part_cost_wmo": ("Wmo", "Wmo"),
    "part_cost_other": ("debt help and no law", "schuldhulp en geen wet"),
    "part_cost_zero": ("social base", "sociale basis"),
    "part_cost_first": ("first line (teams)", "eerste lijn (teams)"),
    "part_cost_second": ("second line", "tweede lijn"),
    "part_cost_crisis": ("crises", "crises"),
    "part_cost_contributions": ("households' own contributions", "eigen bijdragen van huishoudens"),
    "law_youth": ("Youth Act", "Jeugdwet"),
    "law_wmo": ("Wmo", "Wmo"),
    "law_debt": ("debt help", "schuldhulp"),
    "law_none": ("no law", "geen wet"),
}


# What the model is known to miss in the direction that flatters its policies (docs/limits.md).
KNOWN_MISS: Final[tuple[str, str]] = (
    "Known weakness: after 2019 the number of youths in care grows faster in the model than was recorded, "
    "and spending in 2022 is higher, so it probably overestimates what a policy saves on youth care in "
    "those years.",
    "Bekende zwakte: na 2019 groeit het aantal jongeren in zorg in het model sneller dan in werkelijkheid, "
    "en in 2022 zijn de uitgaven hoger. Het schat dus waarschijnlijk te hoog in wat beleid in die jaren op "
    "jeugdzorg bespaart.",
)
WORDS: Final[dict[str, tuple[str, str]]] = {
    "finding_yes": (
        "{subject}: {mean} {unit} (90% interval: {low} to {high})",
        "{subject}: {mean} {unit} (90%-interval: {low} tot {high})",
    ),
    "finding_no": (
        "{subject}: inconclusive, between {low} and {high} {unit} (90% interval)",
        "{subject}: onzeker, tussen {low} en {high} {unit} (90%-interval)",
    ),
    "finding_first": (
        "{subject}: first estimate {mean} {unit}, between {low} and {high}",
        "{subject}: eerste schatting {mean} {unit}, tussen {low} en {high}",
    ),
    "finding_one": (
        "{subject}: {mean} {unit} in one replication, which says nothing about certainty",
        "{subject}: {mean} {unit} in één berekening, en die zegt niets over zekerheid",
    ),
    "summary_asked": (
        "{municipality}: {households} households in {first} and {inhabitants} inhabitants in {month}, the "
        "number behind every figure per inhabitant. Compared: {policy} and the reference policy, landing "
        "{landing}, {replications} with one seed and one parameter draw each.",
        "{municipality}: {households} huishoudens in {first} en {inhabitants} inwoners in {month}, "
        "het aantal achter elk cijfer per inwoner. Vergeleken: {policy} en het referentiebeleid, "
        "landing {landing}, {replications} elk met één toevalsreeks en één parametertrekking.",
    ),
    "summary_first": ("First {years} years", "Eerste {years} jaar"),
    "summary_first_year": ("First year", "Eerste jaar"),
    "summary_later": ("{first} to {last}", "{first} tot en met {last}"),
    "summary_total": ("All years to {last}", "Alle jaren tot en met {last}"),
    "summary_costs": ("cost for {basis}", "kosten voor {basis}"),
    "summary_saves": ("saving for {basis}", "besparing voor {basis}"),
    "summary_municipality": ("the municipality", "de gemeente"),
    "summary_all_payers": ("all payers", "alle betalers"),
    "summary_euro": (
        "mean total {total} euro for {base} inhabitants",
        "gemiddeld in totaal {total} euro voor {base} inwoners",
    ),
    "summary_thousand": (
        "mean total {total} thousand euro for {base} inhabitants",
        "gemiddeld in totaal {total} duizend euro voor {base} inwoners",
    ),
    "summary_million": (
        "mean total {total} million euro for {base} inhabitants",
        "gemiddeld in totaal {total} miljoen euro voor {base} inwoners",
    ),
    "summary_open_care": (
        "Not counted above: how much less the municipality will pay for care that is open or waited for at "
        "the end of {last}",
        "Hierboven niet meegeteld: hoeveel minder de gemeente gaat betalen voor zorg die eind {last} loopt "
        "of waarop dan wordt gewacht",
    ),
    "summary_present": (
        "Present value of the municipality's saving to {last}: {base} euro per inhabitant at 2.25% ({zero} "
        "at 0%, {four} at 4%); below zero it costs money.",
        "Contante waarde van de besparing voor de gemeente tot en met {last}: {base} euro per inwoner bij "
        "2,25% ({zero} bij 0%, {four} bij 4%); onder nul kost het geld.",
    ),
    "summary_break_even": (
        "Share of parameter draws in which the policy has paid for itself, {basis}: {shares}; it never "
        "cost anything: {none}%; not within {years} years: {never}%.",
        "Aandeel van de parametertrekkingen waarin het beleid is terugverdiend, {basis}: {shares}; het "
        "kostte nooit iets: {none}%; niet binnen {years} jaar: {never}%.",
    ),
    "by_year": ("within {year} years {share}%", "binnen {year} jaar {share}%"),
    "summary_shifted": (
        "In {share}% of the cheaper years more need went without help than under the reference: costs were "
        "shifted, not saved.",
        "In {share}% van de goedkopere jaren bleef meer nood zonder hulp dan bij het referentiebeleid: "
        "verschoven, niet bespaard.",
    ),
    "summary_crises": (
        "People: crises a year, difference from the reference (below zero is better)",
        "Mensen: crises per jaar, verschil met het referentiebeleid (onder nul is beter)",
    ),
    "summary_unmet": (
        "People: severity-months without help a year, difference from the reference (below zero is better)",
        "Mensen: ernstmaanden zonder hulp per jaar, verschil met het referentiebeleid (onder nul is beter)",
    ),
    "summary_transition_harms": (
        "A cut over {short} compared with one over {long} years, {basis}: {parts}.",
        "Een korting over {short} vergeleken met één over {long} jaar, {basis}: {parts}.",
    ),
    "summary_transition_harms_first": (
        "First estimate of a cut over {short} compared with one over {long} years, {basis}: {parts}.",
        "Eerste schatting van een korting over {short} vergeleken met één over {long} jaar, {basis}: "
        "{parts}.",
    ),
    "summary_part": ("{part} {mean} [{low} to {high}]{doubt}", "{part} {mean} [{low} tot {high}]{doubt}"),
    "summary_unclear_mark": (" (inconclusive)", " (onzeker)"),
    "summary_same_phase_in": (
        "The chosen strip is as long as the long one, so there are no transition harms to compare.",
        "De gekozen baan is even lang als de lange, dus er is geen schade van de overgang te vergelijken.",
    ),
    "summary_unknown": (
        "Not known: how many of the problems found would have passed anyway. The model compares policies "
        "under stated assumptions; it does not forecast accounts.",
        "Niet bekend: hoeveel van de gevonden problemen vanzelf waren overgegaan. Het model "
        "vergelijkt beleid onder de genoemde aannames; het voorspelt geen jaarrekening.",
    ),
    "summary_miss": KNOWN_MISS,
    "split_sentence": (
        "Of the variance of the saving, {parameters}% is from parameters that data inform, {scenario}% from "
        "scenario assumptions that nobody knows, and {chance}% from chance in a municipality of this size "
        "(standard errors {parameters_error}, {scenario_error} and {chance_error} points).",
        "Van de variantie van de besparing komt {parameters}% door parameters waarover gegevens iets zeggen, "
        "{scenario}% door aannames die niemand kent, en {chance}% door toeval in een gemeente van deze "
        "omvang (standaardfouten {parameters_error}, {scenario_error} en {chance_error} punten).",
    ),
    "split_nothing": (
        "The saving does not vary between replications, so there is no variance to split.",
        "De besparing verschilt niet tussen berekeningen; er is geen variantie te verdelen.",
    ),
    "split_caption": (
        "Where the variance of an outcome comes from, in percent (standard error)",
        "Waar de variantie van een uitkomst vandaan komt, in procenten (standaardfout)",
    ),
    "split_outcome": ("policy less reference", "beleid min referentie"),
    "split_deviation": ("standard deviation", "standaardafwijking"),
    "split_parameters": ("parameters that data inform", "parameters met gegevens"),
    "split_scenario": ("scenario assumptions", "aannames"),
    "split_chance": ("chance", "toeval"),
    "split_municipality": (
        "saving, municipality (euro per inhabitant)",
        "besparing, gemeente (euro per inwoner)",
    ),
    "split_all_payers": (
        "saving, all payers (euro per inhabitant)",
        "besparing, alle betalers (euro per inwoner)",
    ),
    "split_per_1000": ("{what} (per 1,000 households a year)", "{what} (per 1.000 huishoudens per jaar)"),
    "split_line": ("  - {outcome}: {parts}", "  - {outcome}: {parts}"),
    "summary_few": (
        "With {replications} the 90% interval is close to the full range; more replications make it more "
        "reliable.",
        "Met {replications} is het 90%-interval bijna de hele spreiding; meer berekeningen maken het "
        "betrouwbaarder.",
    ),
    "question_head": (
        "The project's questions, each compared with the same reference in {replications} ({first} to "
        "{last}, per year, 90% interval in brackets; replication.question_count=10 gives a better one):",
        "De vragen van dit project, elk vergeleken met dezelfde referentie in {replications} "
        "({first} tot en met {last}, per jaar, 90%-interval tussen haakjes; "
        "replication.question_count=10 geeft een beter):",
    ),
    "question_net_cost": ("net cost, euro", "netto kosten, euro"),
    "question_own_cost": ("own cost, euro", "eigen kosten, euro"),
    "question_crises": ("crises", "crises"),
    "question_unmet": ("without help", "zonder hulp"),
    "question_team_waiting": ("team waiting", "wachten op team"),
    "question_reference": ("(reference policy)", "(referentiebeleid)"),
    "question_units": (
        "  Euro of 2015 per inhabitant; the rest per 1,000 households: crises, severity-months without help, "
        "person-months on the teams' waiting lists.",
        "  Euro van 2015 per inwoner; de rest per 1.000 huishoudens: crises, ernstmaanden zonder hulp, "
        "persoonsmaanden op de wachtlijsten van teams.",
    ),
    "question_star": (
        "  A star: the sign is the same in all these replications. Without any effect that happens with a "
        "probability of {chance}.",
        "  Een ster: het teken is in al deze berekeningen gelijk. Zonder enig effect gebeurt dat met een "
        "kans "
        "van {chance}.",
    ),
    "question_laws": (
        "  By law, net cost in euro (95% interval of the mean). What remains without a mechanism: "
        "landingsbaan compare policy=larger_teams; money and speed of a cut apart: landingsbaan phase-in.",
        "  Per wet, netto kosten in euro (95%-interval van het gemiddelde). Wat overblijft zonder een "
        "mechanisme: landingsbaan compare policy=larger_teams; geld en snelheid van een korting apart: "
        "landingsbaan phase-in.",
    ),
    "question_arms": (
        "  {arms}. To compare more policies: landingsbaan compare policy=early_signalling,larger_teams",
        "  {arms}. Vergelijk meer beleid met: landingsbaan compare policy=early_signalling,larger_teams",
    ),
    "question_is_larger_teams": (
        "Larger teams: {fte} fte per 1,000 inhabitants more",
        "Grotere teams: {fte} fte per 1.000 inwoners extra",
    ),
    "question_is_smaller_teams": (
        "smaller teams: {fte} fte per 1,000 inhabitants",
        "kleinere teams: {fte} fte per 1.000 inwoners",
    ),
    "question_is_deeper_cut": (
        "deeper cut: half as deep again, just as fast",
        "diepere korting: anderhalf keer zo diep, even snel",
    ),
    "question_is_faster_cut": (
        "faster cut: just as deep, on the day of the transition",
        "snellere korting: even diep, op de dag van de overgang",
    ),
    "larger_teams": ("larger teams", "grotere teams"),
    "smaller_teams": ("smaller teams", "kleinere teams"),
    "deeper_cut": ("deeper cut", "diepere korting"),
    "faster_cut": ("faster cut", "snellere korting"),
    "home_grown_teams": ("teams of own staff", "teams met eigen personeel"),
    "edge_of_care": ("help at the edge of care", "hulp op de rand van zorg"),
    "early_signalling_targeted": ("targeted early signalling", "gerichte vroegsignalering"),
    "cut_prevention": ("cut in prevention", "korting op preventie"),
    "summary_more": (
        "For money by period and payer, people, what is not known and notes ({notes}), see {file} in the run "
        "folder, or add --notes.",
        "Voor geld per periode en betaler, mensen, wat niet bekend is en opmerkingen ({notes}): zie {file} "
        "in de runmap, of voeg --notes toe.",
    ),
    "summary_note": ("Note: {note}", "Let op: {note}"),
    "eur_per_inhabitant": ("euro per inhabitant", "euro per inwoner"),
    "crises_unit": ("crises", "crises"),
    "severity_months": ("severity-months", "ernstmaanden"),
}
