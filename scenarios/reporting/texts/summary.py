"""Words and sentences of the summary in the terminal: key, English, Dutch."""

from typing import Final

# What the model is known to miss in the direction that flatters its policies (docs/validation.md).
KNOWN_MISS: Final[tuple[str, str]] = (
    "Known miss: after 2019 the model has more youths in care and larger deficits than the record shows; "
    "what a policy saves on youth care in those years is probably put too high.",
    "Bekende misser: na 2019 heeft het model meer jongeren in zorg en grotere tekorten dan er werkelijk "
    "waren; wat beleid in die jaren op jeugdzorg bespaart, is waarschijnlijk te hoog.",
)
WORDS: Final[dict[str, tuple[str, str]]] = {
    "finding_yes": (
        "{subject}: {mean} {unit} (90% of pairs between {low} and {high})",
        "{subject}: {mean} {unit} (90% van de paren tussen {low} en {high})",
    ),
    "finding_no": (
        "{subject}: {mean} {unit}, not distinguishable from zero (90% of pairs between {low} and {high})",
        "{subject}: {mean} {unit}, niet te onderscheiden van nul (90% van de paren tussen {low} en {high})",
    ),
    "finding_one": (
        "{subject}: {mean} {unit} in one pair; one pair says nothing about certainty",
        "{subject}: {mean} {unit} in één paar; één paar zegt niets over zekerheid",
    ),
    "summary_asked": (
        "{municipality}, {households} households in {first} and {inhabitants} inhabitants in {month}, by "
        "which figures per inhabitant are divided: {policy} against the reference policy, landing "
        "{landing}, {pairs} of one seed and one parameter draw.",
        "{municipality}, {households} huishoudens in {first} en {inhabitants} inwoners in {month}, waardoor "
        "cijfers per inwoner zijn gedeeld: {policy} naast het referentiebeleid, landing {landing}, {pairs} "
        "van één seed en één parametertrekking.",
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
    "summary_bruises": (
        "Cut phased in over {short} against {long} years, {basis}: {parts}.",
        "Korting in {short} naast {long} jaar, {basis}: {parts}.",
    ),
    "summary_part": ("{part} {mean} [{low} to {high}]{doubt}", "{part} {mean} [{low} tot {high}]{doubt}"),
    "summary_unclear_mark": (" (not distinguishable from zero)", " (niet te onderscheiden van nul)"),
    "summary_same_strip": (
        "The strip chosen is as long as the long one: there are no bruises to compare.",
        "De gekozen baan is even lang als de lange: er is geen schade te vergelijken.",
    ),
    "summary_unknown": (
        "Not known to the model: how many found problems would have passed anyway; it compares "
        "policies under stated assumptions and does not forecast accounts.",
        "Niet bekend: hoeveel gevonden problemen vanzelf waren overgegaan; het model vergelijkt "
        "beleid onder genoemde aannames en voorspelt geen jaarrekening.",
    ),
    "summary_miss": KNOWN_MISS,
    "summary_few": (
        "With {pairs} the 90% band is nearly the whole range; more pairs make it firmer.",
        "Met {pairs} is de 90%-band bijna de hele spreiding; meer paren maken die vaster.",
    ),
    "summary_note": ("Note: {note}", "Let op: {note}"),
    "eur_per_inhabitant": ("euro per inhabitant", "euro per inwoner"),
    "crises_unit": ("crises", "crises"),
    "severity_months": ("severity-months", "ernstmaanden"),
}
