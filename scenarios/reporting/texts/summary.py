"""Words and sentences of the summary in the terminal: key, English, Dutch."""

from typing import Final

# Words and sentences about what remains of a saving without its mechanism: key, English, Dutch.

PLACEBO: Final[dict[str, tuple[str, str]]] = {
    "headline_stands": ("Result to {last}: {finding}.", "Uitkomst tot en met {last}: {finding}."),
    "headline_artefact": (
        "Result to {last}, an artefact of the model: {finding}; it also comes about {without}.",
        "Uitkomst tot en met {last}, een artefact van het model: {finding}; die ontstaat ook {without}.",
    ),
    "headline_staff": (
        "Result to {last}: {finding}; it is the extra staff's, beyond that nothing was shown for {policy}.",
        "Uitkomst tot en met {last}: {finding}; die komt van het extra personeel, daarboven is voor {policy} "
        "niets aangetoond.",
    ),
    "headline_untested": (
        "Result to {last}, not tested without its mechanism (replication.placebo_count < 2): {finding}.",
        "Uitkomst tot en met {last}, niet getoetst zonder het mechanisme (replication.placebo_count < 2): "
        "{finding}.",
    ),
    "headline_open": (
        "Result to {last}: {finding}; its placebo is inconclusive.",
        "Uitkomst tot en met {last}: {finding}; de placebo is onzeker.",
    ),
    "headline_saving": ("saving for the municipality", "besparing voor de gemeente"),
    "headline_cost": ("cost for the municipality", "kosten voor de gemeente"),
    "headline_unclear": (
        "inconclusive, a saving for the municipality between {low} and {high} euro per inhabitant "
        "(90% of replications, mean {mean})",
        "onzeker, een besparing voor de gemeente tussen {low} en {high} euro per inwoner "
        "(90% van de replicaties, gemiddeld {mean})",
    ),
    "without_finds_nobody": ("when nobody new is found", "als niemand nieuw gevonden wordt"),
    "without_no_effect_policy": ("when teams do not help", "als teams niet helpen"),
    "and": ("and", "en"),
    "side_effect": (
        "Largest side effect: {more} more {what} per 1,000 households a year, from {baseline}: worse "
        "(90% of replications between {low} and {high}).",
        "Grootste bijwerking: {more} meer {what} per 1.000 huishoudens per jaar, van {baseline}: slechter "
        "(90% van de replicaties tussen {low} en {high}).",
    ),
    "side_effect_one": (
        "Largest side effect: {more} more {what} per 1,000 households a year, from {baseline}: worse, in one "
        "replication.",
        "Grootste bijwerking: {more} meer {what} per 1.000 huishoudens per jaar, van {baseline}: slechter, "
        "in één replicatie.",
    ),
    "sign_one": (
        "One replication: whether its sign hangs on assumed numbers cannot be seen.",
        "Eén replicatie: of het teken van aannames afhangt, is niet te zien.",
    ),
    "sign_same": (
        "The sign is the same in all {count} replications, each with its own draw of what is assumed.",
        "Het teken is gelijk in alle {count} replicaties, elk met een eigen trekking van wat is aangenomen.",
    ),
    "sign_other": (
        "The sign is the other way in {other} of {count} replications, each with its own draw of what is "
        "assumed; no single assumed number explains it.",
        "Het teken is omgekeerd in {other} van {count} replicaties, elk met een eigen trekking van wat is "
        "aangenomen; geen enkele aanname verklaart dat alleen.",
    ),
    "sign_turns": (
        "The sign turns with an assumed number: it is the other way in {other} of {count} replications, "
        "most of all with {name}; by a straight line it turns at {at} (drawn from {low} to {high}).",
        "Het teken draait om met een aanname: het is omgekeerd in {other} van {count} replicaties, het meest "
        "met {name}; volgens een rechte lijn draait het bij {at} (getrokken van {low} tot {high}).",
    ),
    "neutral_organisation": (
        "Under the neutral organisation (national_average) instead of its own system, the municipality saves "
        "{told} euro per inhabitant ({replications}).",
        "Met de neutrale organisatie (national_average) in plaats van het eigen stelsel bespaart de gemeente "
        "{told} euro per inwoner ({replications}).",
    ),
    "side_effect_none": (
        "Side effects: nothing gets worse beyond doubt, of waiting, crises, need without help, refusals, "
        "harm and overburdened carers.",
        "Bijwerkingen: niets wordt zeker slechter, van wachten, crises, nood zonder hulp, weigeringen, "
        "schade en overbelaste mantelzorgers.",
    ),
    "congestion": (
        "The work that {policy} brings to teams is not staffed: waiting for a team goes from {baseline} to "
        "{now} person-months per 1,000 households a year.",
        "Voor het werk dat {policy} de teams brengt, is geen personeel: het wachten op een team gaat van "
        "{baseline} naar {now} persoonsmaanden per 1.000 huishoudens per jaar.",
    ),
    "side_team_waiting": ("person-months of waiting for a team", "persoonsmaanden wachten op een team"),
    "side_care_waiting": ("person-months of waiting for care", "persoonsmaanden wachten op zorg"),
    "side_crises": ("crises", "crises"),
    "side_unmet": ("severity-months without help", "ernstmaanden zonder hulp"),
    "side_not_granted": ("requests not granted", "afgewezen aanvragen"),
    "side_harmed": ("households harmed by help", "huishoudens die schade hebben van hulp"),
    "side_found_in_vain": (
        "households found with a problem that would have passed",
        "huishoudens gevonden met een probleem dat vanzelf overging",
    ),
    "side_overburdened_carers": (
        "person-months of overburdened carers",
        "persoonsmaanden van overbelaste mantelzorgers",
    ),
    "placebo_head": (
        "Before its own cost (staff, links and social base left out) {policy} saves on care and crises "
        "{total}. Of that saving, in euro per inhabitant to {last} with a 95% interval:",
        "Voor eigen kosten (zonder personeel, koppelingen en sociale basis) bespaart {policy} op zorg en "
        "crises {total}. Van die besparing, in euro per inwoner tot en met {last} met een 95%-interval:",
    ),
    "placebo_finds_nobody": (
        "when it finds nobody new, {total} of {whole} remains",
        "als het niemand nieuw vindt, blijft {total} van {whole} over",
    ),
    "placebo_no_effect_policy": (
        "when teams do not help, {total} of {whole} remains",
        "als teams niet helpen, blijft {total} van {whole} over",
    ),
    "placebo_same_staff": (
        "the same staff without outreach or links brings {total}",
        "hetzelfde personeel zonder erop af te gaan en zonder koppelingen brengt {total}",
    ),
    "placebo_line": (
        "{what}: {verdict} By law: {laws} ({replications}).",
        "{what}: {verdict} Per wet: {laws} ({replications}).",
    ),
    "placebo_mark": ("  - {line}", "  - {line}"),
    "placebo_total": ("{mean} [{low} to {high}]", "{mean} [{low} tot {high}]"),
    "placebo_one": ("{mean}, in one replication", "{mean}, in één replicatie"),
    "placebo_null": (
        "negligible, for the interval covers 0 and lies within 5 euro a year.",
        "verwaarloosbaar, want het interval omvat 0 en ligt binnen 5 euro per jaar.",
    ),
    "placebo_small": (
        "negligible, for the interval lies within 5 euro a year, though it does not cover 0.",
        "verwaarloosbaar, want het interval ligt binnen 5 euro per jaar, al omvat het 0 niet.",
    ),
    "placebo_below": (
        "no saving, for the interval lies below 0.",
        "geen besparing, want het interval ligt onder 0.",
    ),
    "placebo_inconclusive": (
        "inconclusive, for the interval covers 0 and reaches beyond 5 euro a year.",
        "onzeker, want het interval omvat 0 en komt buiten 5 euro per jaar uit.",
    ),
    "placebo_survives": (
        "it survives, for the interval lies above 0 and reaches beyond 5 euro a year.",
        "het blijft bestaan, want het interval ligt boven 0 en komt boven 5 euro per jaar uit.",
    ),
    "placebo_staff": (
        "more than nothing, for the interval lies above 0 and reaches beyond 5 euro a year.",
        "meer dan niets, want het interval ligt boven 0 en komt boven 5 euro per jaar uit.",
    ),
    "placebo_single": ("one replication gives no interval.", "één replicatie geeft geen interval."),
    "placebo_none": (
        "No placebo arms were run: replication.placebo_count=3 runs them in the first three replications.",
        "Er zijn geen placebo-armen: replication.placebo_count=3 berekent ze in de eerste drie replicaties.",
    ),
    "law_youth": ("youth act", "Jeugdwet"),
    "law_wmo": ("Wmo", "Wmo"),
    "law_debt": ("debt help", "schuldhulp"),
    "law_none": ("no law", "geen wet"),
}


# What the model is known to miss in the direction that flatters its policies (docs/validation.md).
KNOWN_MISS: Final[tuple[str, str]] = (
    "Known miss: after 2019 the model has more youths in care and larger deficits than the record shows; "
    "what a policy saves on youth care in those years is probably put too high.",
    "Bekende misser: na 2019 heeft het model meer jongeren in zorg en grotere tekorten dan er werkelijk "
    "waren; wat beleid in die jaren op jeugdzorg bespaart, is waarschijnlijk te hoog.",
)
WORDS: Final[dict[str, tuple[str, str]]] = {
    "finding_yes": (
        "{subject}: {mean} {unit} (90% of replications between {low} and {high})",
        "{subject}: {mean} {unit} (90% van de replicaties tussen {low} en {high})",
    ),
    "finding_no": (
        "{subject}: {mean} {unit}, not distinguishable from zero (90% of replications between {low} and "
        "{high})",
        "{subject}: {mean} {unit}, niet te onderscheiden van nul (90% van de replicaties tussen {low} en "
        "{high})",
    ),
    "finding_one": (
        "{subject}: {mean} {unit} in one replication; one replication says nothing about certainty",
        "{subject}: {mean} {unit} in één replicatie; één replicatie zegt niets over zekerheid",
    ),
    "summary_asked": (
        "{municipality}, {households} households in {first} and {inhabitants} inhabitants in {month}, by "
        "which figures per inhabitant are divided: {policy} against the reference policy, landing "
        "{landing}, {replications} of one seed and one parameter draw.",
        "{municipality}, {households} huishoudens in {first} en {inhabitants} inwoners in {month}, waardoor "
        "cijfers per inwoner zijn gedeeld: {policy} naast het referentiebeleid, landing {landing}, "
        "{replications} van één seed en één parametertrekking.",
    ),
    "summary_first": ("First {years} years", "Eerste {years} jaar"),
    "summary_first_year": ("First year", "Eerste jaar"),
    "summary_later": ("{first} to {last}", "{first} tot en met {last}"),
    "summary_total": ("All years to {last}", "Alle jaren tot en met {last}"),
    "summary_costs": ("cost for {basis}", "kosten voor {basis}"),
    "summary_saves": ("saving for {basis}", "besparing voor {basis}"),
    "summary_municipality": ("the municipality", "de gemeente"),
    "summary_all_payers": ("all payers", "alle betalers"),
    "summary_million": (
        "{total} million euro for {base} inhabitants",
        "{total} miljoen euro voor {base} inwoners",
    ),
    "summary_open_care": (
        "Counted nowhere above: what care still open or waited for at the end of {last} will cost the "
        "municipality less",
        "Hierboven niet meegeteld: wat zorg die eind {last} nog loopt of waarop gewacht wordt de gemeente "
        "minder gaat kosten",
    ),
    "summary_present": (
        "Present value for the municipality to {last}: {base} euro per inhabitant at 2.25% ({zero} at"
        " 0%, {four} at 4%).",
        "Contante waarde voor de gemeente tot en met {last}: {base} euro per inwoner bij 2,25% "
        "({zero} bij 0%, {four} bij 4%).",
    ),
    "summary_break_even": (
        "Broken even, {basis}: {shares}; never cost: {none}%; not within {years} years: {never}%.",
        "Terugverdiend, {basis}: {shares}; kostte nooit: {none}%; niet binnen {years} jaar: {never}%.",
    ),
    "by_year": ("by year {year} in {share}% of draws", "na {year} jaar in {share}% van de trekkingen"),
    "summary_shifted": (
        "In {share}% of the cheaper years there was more need without help: shifted, not saved.",
        "In {share}% van de goedkopere jaren was er meer nood zonder hulp: verschoven, niet bespaard.",
    ),
    "summary_crises": (
        "People: crises under the policy less the reference, per year",
        "Mensen: crises met beleid min referentie, per jaar",
    ),
    "summary_unmet": (
        "People: severity-months without help, policy less reference, per year",
        "Mensen: ernstmaanden zonder hulp, beleid min referentie, per jaar",
    ),
    "summary_transition_harms": (
        "Cut phased in over {short} against {long} years, {basis}: {parts}.",
        "Korting in {short} naast {long} jaar, {basis}: {parts}.",
    ),
    "summary_part": ("{part} {mean} [{low} to {high}]{doubt}", "{part} {mean} [{low} tot {high}]{doubt}"),
    "summary_unclear_mark": (" (not distinguishable from zero)", " (niet te onderscheiden van nul)"),
    "summary_same_phase_in": (
        "The strip chosen is as long as the long one: there are no transition harms to compare.",
        "De gekozen baan is even lang als de lange: er is geen schade te vergelijken.",
    ),
    "summary_unknown": (
        "Not known to the model: how many found problems would have passed anyway; it compares "
        "policies under stated assumptions and does not forecast accounts.",
        "Niet bekend: hoeveel gevonden problemen vanzelf waren overgegaan; het model vergelijkt "
        "beleid onder genoemde aannames en voorspelt geen jaarrekening.",
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
        "De besparing verschilt niet tussen replicaties; er is geen variantie te verdelen.",
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
        "With {replications} the 90% interval is nearly the whole range; more replications make it firmer.",
        "Met {replications} is het 90%-interval bijna de hele spreiding; meer replicaties maken die vaster.",
    ),
    "summary_more": (
        "Money by period and payer, people, what is not known and {notes} notes: see {file} in the folder of "
        "the run, or add --notes.",
        "Geld per periode en betaler, mensen, wat niet bekend is en {notes} opmerkingen: zie {file} in de "
        "map van de run, of voeg --notes toe.",
    ),
    "summary_note": ("Note: {note}", "Let op: {note}"),
    "eur_per_inhabitant": ("euro per inhabitant", "euro per inwoner"),
    "crises_unit": ("crises", "crises"),
    "severity_months": ("severity-months", "ernstmaanden"),
}
