"""Running text of the report that depends on no interval: key, English, Dutch."""

from typing import Final

from scenarios.reporting.texts.summary import KNOWN_MISS

WORDS: Final[dict[str, tuple[str, str]]] = {
    "asked": (
        "What happens in {municipality}, with {households} households in {first} and {inhabitants} "
        "inhabitants in "
        "{month}, under {policy}? It is compared with the reference policy: care organised as the sources "
        "describe it, "
        "without outreach, without links to schools and landlords and without debt signals.",
        "Wat gebeurt er in {municipality}, met {households} huishoudens in {first} en {inhabitants} "
        "inwoners in {month}, bij "
        "{policy}? Dat wordt vergeleken met het referentiebeleid: zorg zoals de bronnen die beschrijven, "
        "zonder eropaf te gaan, zonder korte lijnen met scholen en verhuurders en zonder schuldsignalen.",
    ),
    "asked_landing": (
        "The municipality became responsible in {month}. {cut} The way down to that lower budget is the "
        "landing strip; here the budget falls {phase_in}.",
        "De gemeente werd verantwoordelijk in {month}. {cut} De weg naar dat lagere budget is de "
        "landingsbaan; hier daalt het budget {phase_in}.",
    ),
    "asked_replications": (
        "The years {first} to {last} were simulated under both policies {replications} over: each "
        "replication has the same people and the same random numbers under both. {draws}",
        "De jaren {first} tot en met {last} zijn onder beide beleidsvormen gesimuleerd, {replications} in "
        "totaal: in elke replicatie zijn mensen en toevalsgetallen onder beide gelijk. {draws}",
    ),
    "draws_own": (
        "Each replication has its own guess at what nobody measured.",
        "Elke replicatie heeft een eigen schatting van wat niemand heeft gemeten.",
    ),
    "draws_one": (
        "All replications share one guess at what nobody measured.",
        "Alle replicaties delen één schatting van wat niemand heeft gemeten.",
    ),
    "asked_words": (
        "All amounts are euros of 2015. Amounts per inhabitant are divided by the {inhabitants} inhabitants "
        "of "
        "{month}, whatever the year, and a total is that amount times the same number. A sentence says that "
        "something is higher or lower only when the "
        "replications agree on it; otherwise it says so. In tables that is called unclear: not "
        "distinguishable from zero.",
        "Alle bedragen zijn euro's van 2015. Bedragen per inwoner zijn gedeeld door de {inhabitants} "
        "inwoners "
        "van {month}, welk jaar het ook is, en een totaal is dat bedrag keer hetzelfde aantal. Een zin zegt "
        "alleen dat iets hoger of lager is als de replicaties het "
        "daarover eens zijn; anders staat dat erbij. In tabellen heet dat onduidelijk: niet te onderscheiden "
        "van nul.",
    ),
    "cut_one": ("The budget that came along was {cut}% lower.", "Het budget dat meekwam was {cut}% lager."),
    "cut_none": ("The budget was not cut.", "Op het budget werd niet gekort."),
    "cut_laws": (
        "The budget that came along was lower: {youth}% for youth care, {guidance}% for guidance and "
        "{household_help}% for household help.",
        "Het budget dat meekwam was lager: {youth}% voor jeugdhulp, {guidance}% voor begeleiding en "
        "{household_help}% voor huishoudelijke hulp.",
    ),
    "cut_unnamed": ("The budget that came along was lower.", "Het budget dat meekwam was lager."),
    "cost_how": (
        "Counted from {first}, the year of the first euro spent on the policy. A saving counts when the "
        "municipality pays a contract less; hours that come free are not money.",
        "Geteld vanaf {first}, het jaar van de eerste euro die aan het beleid is uitgegeven. Een besparing "
        "telt als de gemeente een contract minder betaalt; uren die vrijkomen zijn geen geld.",
    ),
    "shifted": (
        "In {count} of the {years} years that were cheaper for the municipality, counted over all "
        "replications, more "
        "people were left without help: that is shifted, not saved.",
        "In {count} van de {years} jaren die voor de gemeente goedkoper waren, geteld over alle replicaties, "
        "bleef meer nood zonder hulp: dat is verschoven, niet bespaard.",
    ),
    "payback_how": (
        "The policy has paid for itself when what it saved has made up for what it cost, and stays so. That "
        "counts money alone, also that of years with more need left without help.",
        "Het beleid heeft zichzelf terugverdiend als wat het bespaarde goedmaakt wat het kostte, en dat zo "
        "blijft. Dat telt alleen geld, ook dat van jaren met meer nood zonder hulp.",
    ),
    "payback": (
        "Of {draws} guesses at what nobody measured, {policy} pays for itself for {whose} within {years} "
        "years in {within}, never cost anything in {never_cost}, and does not pay back within {years} years "
        "in {not_within}.",
        "Van {draws} schattingen van wat niemand heeft gemeten, verdient {policy} zich voor {whose} binnen "
        "{years} jaar terug in {within}, kostte het nooit iets in {never_cost}, en komt het binnen {years} "
        "jaar niet uit de kosten in {not_within}.",
    ),
    "payback_one": (
        "Only one guess at what nobody measured was tried, which says nothing about others: within {years} "
        "years {policy} pays for itself for {whose} in {within}, never cost anything in {never_cost}, does "
        "not "
        "pay back in {not_within}.",
        "Er is maar één schatting van wat niemand heeft gemeten geprobeerd, en die zegt niets over andere: "
        "binnen {years} jaar verdient {policy} zich voor {whose} terug in {within}, kostte het nooit iets in "
        "{never_cost}, komt het niet uit de kosten in {not_within}.",
    ),
    "replications_are": (
        "Everything here rests on {replications}. In each replication both policies meet the same people and "
        "the same random numbers, "
        "so that only the policy differs; between replications, random numbers and the unmeasured numbers "
        "differ.",
        "Alles hier rust op {replications}. In elke replicatie treffen beide beleidsvormen dezelfde mensen "
        "en dezelfde toevalsgetallen, zodat alleen het beleid verschilt; tussen replicaties verschillen "
        "toevalsgetallen en ongemeten getallen.",
    ),
    "interval_is": (
        "Behind every mean stands, in brackets, between which values 90% of the replications lie.",
        "Achter elk gemiddelde staat tussen haakjes tussen welke waarden 90% van de replicaties ligt.",
    ),
    "replications_with": (
        "Over all years together the policy is cheaper for the municipality in {cheaper} and dearer in "
        "{dearer} of {replications}.",
        "Over alle jaren samen is het beleid voor de gemeente goedkoper in {cheaper} en duurder in {dearer} "
        "van {replications}.",
    ),
    "years_told": (
        "In {count} of the {years} years it can be told whether the policy saves or costs; in the others the "
        "amount is not distinguishable from zero.",
        "In {count} van de {years} jaren is te zeggen of het beleid bespaart of kost; in de andere is het "
        "bedrag niet te onderscheiden van nul.",
    ),
    "few_replications": (
        "{replications} are few: a policy without any effect would lie on one side of zero in all of them "
        "with a chance of {chance}%, and many outcomes are looked at. More replications make it firmer.",
        "{replications} zijn er weinig: beleid zonder enig effect zou met een kans van {chance}% in alle aan "
        "één kant van nul liggen, en er wordt naar veel uitkomsten gekeken. Meer replicaties maken het "
        "vaster.",
    ),
    "certainty_end": (
        "The intervals say what follows from the stated guesses, not how likely reality is.",
        "De intervallen zeggen wat er volgt uit de genoemde schattingen, niet hoe waarschijnlijk de "
        "werkelijkheid is.",
    ),
    "same_phase_in": (
        "The strip chosen is as long as the long one it would be compared with, so there is nothing to "
        "compare.",
        "De gekozen baan is even lang als de lange waarmee zou worden vergeleken, dus er is niets te "
        "vergelijken.",
    ),
    "short_phase_in": (
        "A budget that falls {short} beside one that falls {long}, as announced. {sentence}",
        "Een budget dat {short} daalt naast een dat {long} daalt, zoals aangekondigd. {sentence}",
    ),
    "phase_in_how": (
        "Here a short strip, with the budget falling {short}, is put beside a long one, with the budget "
        "falling {long} to the same level, over {years} years and under the reference policy. There are two "
        "ways to compare them, and only the second is about speed.",
        "Hier staat een korte baan, waarop het budget {short} daalt, naast een lange, waarop het {long} naar "
        "hetzelfde niveau daalt, over {years} jaar en bij het referentiebeleid. Er zijn twee manieren om te "
        "vergelijken, en alleen de tweede gaat over snelheid.",
    ),
    "phase_in_as_announced": (
        "As announced: the long strip also brings more money on the way.",
        "Zoals aangekondigd: de lange baan brengt onderweg ook meer geld.",
    ),
    "phase_in_same_money": (
        "With the same money: the short strip gets the difference on day one, as a reserve.",
        "Met hetzelfde geld: de korte baan krijgt het verschil op dag één, als reserve.",
    ),
    "speed_some": (
        "So with the same money these still differ between short and long: {parts}.",
        "Met hetzelfde geld verschillen dus nog altijd tussen kort en lang: {parts}.",
    ),
    "speed_none": (
        "So with the same money nothing is left that is distinguishable from zero: this run does not show "
        "that "
        "speed in itself does harm, nor that it does none.",
        "Met hetzelfde geld blijft er dus niets over dat van nul te onderscheiden is: deze run toont niet "
        "aan "
        "dat snelheid op zichzelf schade doet, en ook niet dat ze die niet doet.",
    ),
    "people_how": (
        "Under {policy} beside the reference policy, mean of {first} to {last}. Severity-months add up how "
        "heavy problems are, from 0 (none) to 1 (a crisis), over months and people.",
        "Bij {policy} naast het referentiebeleid, gemiddeld over {first} tot en met {last}. Ernstmaanden "
        "tellen op hoe zwaar problemen zijn, van 0 (geen) tot 1 (een crisis), over maanden en mensen.",
    ),
    "no_story": (
        "Numbers have no faces. One household under both policies, side by side, is told by:",
        "Getallen hebben geen gezicht. Eén huishouden onder beide beleidsvormen, naast elkaar, "
        "vertelt:",
    ),
    "story_is": ("One household, number {household}", "Eén huishouden, nummer {household}"),
    "story_elsewhere": (
        "The story was made in a run of its own: {title}, {households} households.",
        "Het verhaal is gemaakt in een eigen run: {title}, {households} huishoudens.",
    ),
    "groups_how": (
        "A group gains when its problems are lighter under the policy than under the reference, over all "
        "years together. Income groups are fifths, from the lowest to the highest incomes; wijken are put in "
        "thirds by deprivation.",
        "Een groep gaat erop vooruit als haar problemen bij het beleid lichter zijn dan bij het "
        "referentiebeleid, over alle jaren samen. Inkomensgroepen zijn vijfden, van de laagste tot de "
        "hoogste "
        "inkomens; wijken staan in drie even grote groepen naar achterstand.",
    ),
    "gains": (
        "Of {groups} groups by income, household type and wijk, {gain} gain and {lose} lose; for {rest} it "
        "is inconclusive.",
        "Van {groups} groepen naar inkomen, huishoudtype en wijk gaan er {gain} op vooruit en {lose} op "
        "achteruit; van {rest} is het niet te zeggen.",
    ),
    "alike": (
        "In size, population and deprivation {municipality} is most like {near}, of the municipalities whose "
        "figures the model holds.",
        "In omvang, bevolking en achterstand lijkt {municipality} het meest op {near}, van de gemeenten "
        "waarvan het model de cijfers heeft.",
    ),
    "no_compare": (
        "This run does not say how they do. A comparison puts ways of organising care on one neutral city "
        "and on their own municipalities, for instance:",
        "Deze run zegt niet hoe die het doen. Een vergelijking zet stelsels op één neutrale stad en in hun "
        "eigen gemeenten, bijvoorbeeld:",
    ),
    "compared": (
        "{systems} are put on one and the same neutral city, so that only the way care is organised differs, "
        "in {replications}, {first} to {last}.",
        "{systems} zijn op één en dezelfde neutrale stad gezet, zodat alleen de manier van organiseren "
        "verschilt, in {replications}, {first} tot en met {last}.",
    ),
    "not_compared": (
        "The way care is organised in this run, of {municipality}, is not among them.",
        "De manier waarop de zorg in deze run, van {municipality}, is georganiseerd is daar niet bij.",
    ),
    "claims_how": (
        "What policy papers and studies claim was put to the model as experiments.",
        "Wat beleidsstukken en studies beweren is als proef aan het model voorgelegd.",
    ),
    "unknown_compares": (
        "The model compares policies under stated assumptions; it does not forecast accounts.",
        "Het model vergelijkt beleid onder genoemde aannames; het voorspelt geen jaarrekening.",
    ),
    "unknown_passing": (
        "Whether early help pays depends most on what nobody measured: how many of the problems found would "
        "have passed anyway.",
        "Of vroege hulp loont hangt het meest af van wat niemand heeft gemeten: hoeveel van de gevonden "
        "problemen vanzelf waren overgegaan.",
    ),
    "unknown_speed": (
        "No study isolates the speed of a cut; what is said here about speed follows from the model's own "
        "mechanisms.",
        "Geen studie heeft de snelheid van een korting apart gemeten; wat hier over snelheid staat volgt uit "
        "de mechanismen van het model zelf.",
    ),
    "unknown_hours": (
        "Hours that come free are not money until a contract shrinks, and part of the gain lands with "
        "others.",
        "Uren die vrijkomen zijn geen geld zolang een contract niet kleiner wordt, en een deel van de winst "
        "komt bij anderen terecht.",
    ),
    "unknown_miss": KNOWN_MISS,
    "unknown_priors": (
        "How many people are in care cannot separate fading, escalation and help: those guesses stay wide, "
        "and conclusions are given against them.",
        "Het aantal mensen in zorg kan overgaan, verergeren en helpen niet uit elkaar houden: die "
        "schattingen "
        "blijven ruim, en conclusies gelden tegen die achtergrond.",
    ),
    "not_represented": (
        "Of how care is organised there, this is not in the model:",
        "Van hoe de zorg daar is georganiseerd zit dit niet in het model (in het Engels):",
    ),
    "made_how": (
        "The same command gives the same numbers.",
        "Dezelfde opdracht geeft dezelfde getallen.",
    ),
}  # fmt: skip
