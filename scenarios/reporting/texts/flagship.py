"""Words of the flagship study and its page, in English and Dutch."""

from typing import Final

from scenarios.reporting.texts import filled

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("What pays, when, and for whom", "Wat loont, wanneer en voor wie"),
    "emulators": ("emulators", "emulators"),
    "five": ("Five sentences", "Vijf zinnen"),
    # Kinds of town.
    "deprived": ("a deprived municipality", "een gemeente met veel achterstand"),
    "average": ("an average municipality", "een gemiddelde gemeente"),
    "well_off": ("a well-off municipality", "een welvarende gemeente"),
    "short_deprived": ("deprived", "veel achterstand"),
    "short_average": ("average", "gemiddeld"),
    "short_well_off": ("well-off", "welvarend"),
    "in_kind": ("in {kind}", "in {kind}"),
    # What is said of an effect on the municipality's net cost.
    "cost_less": (
        "saves the municipality {size} euro per inhabitant a year (90% interval of the change: {low} to "
        "{high})",
        "bespaart de gemeente {size} euro per inwoner per jaar (90%-interval van de verandering: {low} "
        "tot {high})",
    ),
    "cost_more": (
        "costs the municipality {size} euro per inhabitant a year (90% interval of the change: {low} to "
        "{high})",
        "kost de gemeente {size} euro per inwoner per jaar (90%-interval van de verandering: {low} tot "
        "{high})",
    ),
    "cost_mostly_less": (
        "saves the municipality {size} euro per inhabitant a year on average, but not in {share}% of the "
        "draws (90% interval of the change: {low} to {high})",
        "bespaart de gemeente gemiddeld {size} euro per inwoner per jaar, maar in {share}% van de "
        "trekkingen niet (90%-interval van de verandering: {low} tot {high})",
    ),
    "cost_mostly_more": (
        "costs the municipality {size} euro per inhabitant a year on average, but not in {share}% of the "
        "draws (90% interval of the change: {low} to {high})",
        "kost de gemeente gemiddeld {size} euro per inwoner per jaar, maar in {share}% van de trekkingen "
        "niet (90%-interval van de verandering: {low} tot {high})",
    ),
    "cost_unclear": (
        "changes the municipality's cost by an amount that is not distinguishable from zero (90% "
        "interval: {low} to {high} euro per inhabitant a year)",
        "verandert de kosten van de gemeente met een bedrag dat niet van nul te onderscheiden is "
        "(90%-interval: {low} tot {high} euro per inwoner per jaar)",
    ),
    # And on a burden of people: problems without help, waiting.
    "burden_less": (
        "{name} falls by {size}, from {base} {unit} (90% interval of the change: {low} to {high})",
        "{name} daalt met {size}, van {base} {unit} (90%-interval van de verandering: {low} tot {high})",
    ),
    "burden_more": (
        "{name} rises by {size}, from {base} {unit} (90% interval of the change: {low} to {high})",
        "{name} stijgt met {size}, van {base} {unit} (90%-interval van de verandering: {low} tot {high})",
    ),
    "burden_mostly_less": (
        "{name} falls by {size} on average, from {base} {unit}, but not in {share}% of the draws (90% "
        "interval of the change: {low} to {high})",
        "{name} daalt gemiddeld met {size}, van {base} {unit}, maar in {share}% van de trekkingen niet "
        "(90%-interval van de verandering: {low} tot {high})",
    ),
    "burden_mostly_more": (
        "{name} rises by {size} on average, from {base} {unit}, but not in {share}% of the draws (90% "
        "interval of the change: {low} to {high})",
        "{name} stijgt gemiddeld met {size}, van {base} {unit}, maar in {share}% van de trekkingen niet "
        "(90%-interval van de verandering: {low} tot {high})",
    ),
    "burden_unclear": (
        "the change of {name} is not distinguishable from zero (90% interval: {low} to {high} {unit}, "
        "from {base})",
        "de verandering van {name} is niet van nul te onderscheiden (90%-interval: {low} tot {high} "
        "{unit}, vanaf {base})",
    ),
    "name_unmet": ("need without help", "de last van problemen zonder hulp"),
    "name_waiting": ("waiting", "het wachten"),
    "name_own_payments": (
        "what the municipality pays on top of the grants",
        "wat de gemeente boven het rijksbudget betaalt",
    ),
    # What each of the five sentences comes to, in few words.
    "in_short": ("{subject} means {changes}.", "{subject} betekent {changes}."),
    "and": ("and", "en"),
    "short_less": ("less {thing}", "minder {thing}"),
    "short_more": ("more {thing}", "meer {thing}"),
    "short_mostly_less": ("on average less {thing}, not surely", "gemiddeld minder {thing}, niet zeker"),
    "short_mostly_more": ("on average more {thing}, not surely", "gemiddeld meer {thing}, niet zeker"),
    "short_unclear": ("no clear change in {thing}", "geen duidelijke verandering in {thing}"),
    "thing_net_cost": ("cost for the municipality", "kosten voor de gemeente"),
    "thing_own_payments": ("own money of the municipality", "eigen geld van de gemeente"),
    "thing_unmet": ("need without help", "problemen zonder hulp"),
    "thing_waiting": ("waiting", "wachttijd"),
    "subject_signalling": ("Early signalling", "Vroegsignalering"),
    "subject_team": ("A larger team", "Een groter team"),
    "subject_cut": ("A deeper cut at once", "Een diepere korting ineens"),
    "subject_years_in_cut": (
        "Spreading a deep cut over {years} years",
        "Een diepe korting over {years} jaar uitsmeren",
    ),
    # The five sentences.
    "signalling_costs": (
        "Early signalling (a tenth of team hours for visits, all links) {average} in an average "
        "municipality; in a deprived one it {deprived}; in a well-off one it {well_off}. The same visits "
        "when they find nobody: in an average municipality that {placebo}.",
        "Vroegsignalering (een tiende van de teamuren voor huisbezoek, alle korte lijnen) {average} "
        "in een gemiddelde gemeente, {deprived} in een gemeente met veel achterstand en {well_off} "
        "in een welvarende gemeente. Huisbezoek dat niemand vindt, {placebo} in een gemiddelde "
        "gemeente.",
    ),
    "signalling_people": (
        "With early signalling {average} in an average municipality; the change in a deprived "
        "municipality is {difference}.",
        "Met vroegsignalering geldt in een gemiddelde gemeente: {average}; de verandering is in een "
        "gemeente met veel achterstand {difference}.",
    ),
    # The change in a deprived municipality, compared with that in a well-off one.
    "difference_less": (
        "{size} lower than in a well-off one ({low} to {high})",
        "{size} lager dan in een welvarende ({low} tot {high})",
    ),
    "difference_more": (
        "{size} higher than in a well-off one ({low} to {high})",
        "{size} hoger dan in een welvarende ({low} tot {high})",
    ),
    "difference_mostly_less": (
        "on average {size} lower than in a well-off one, but not surely ({low} to {high})",
        "gemiddeld {size} lager dan in een welvarende, maar niet zeker ({low} tot {high})",
    ),
    "difference_mostly_more": (
        "on average {size} higher than in a well-off one, but not surely ({low} to {high})",
        "gemiddeld {size} hoger dan in een welvarende, maar niet zeker ({low} tot {high})",
    ),
    "difference_unclear": (
        "not distinguishably lower or higher than in a well-off one ({low} to {high})",
        "niet aantoonbaar lager of hoger dan in een welvarende ({low} tot {high})",
    ),
    "larger_team": (
        "A team of {team} instead of {usual_team} fte per 1,000 inhabitants {cost} in an average "
        "municipality, and {people}; {signs}.",
        "Een team van {team} in plaats van {usual_team} fte per 1.000 inwoners {cost} in een gemiddelde "
        "gemeente, en {people}; {signs}.",
    ),
    "sign_yes": (
        "it changes whether early signalling pays (with a probability of {share}%)",
        "het verandert of vroegsignalering loont (met een kans van {share}%)",
    ),
    "sign_no": (
        "it does not change whether early signalling pays (with a probability of {share}%)",
        "het verandert niet of vroegsignalering loont (met een kans van {share}%)",
    ),
    "sign_open": (
        "whether it changes if early signalling pays is open (probability {share}%)",
        "of het verandert of vroegsignalering loont, is onzeker (kans {share}%)",
    ),
    "deeper_cut": (
        "After a cut of {cut}% at once instead of {usual_cut}%, in an average municipality {people}, "
        "{waiting}, and {own}.",
        "Na een korting van {cut}% ineens in plaats van {usual_cut}% geldt in een gemiddelde gemeente: "
        "{people}, {waiting}, en {own}.",
    ),
    "phase_in": (
        "When a cut of {cut}% is spread over {years} years instead of made at once, in an average "
        "municipality {people}; {bearable}.",
        "Wordt een korting van {cut}% uitgesmeerd over {years} jaar in plaats van ineens doorgevoerd, dan "
        "geldt in een gemiddelde gemeente: {people}; {bearable}.",
    ),
    "bearable_yes": (
        "it is then no worse for people than {usual_cut}% at once (probability {share}%; at once {at_once}%)",
        "die korting is dan voor mensen niet erger dan {usual_cut}% ineens (kans {share}%; ineens "
        "{at_once}%)",
    ),
    "bearable_no": (
        "it stays worse for people than {usual_cut}% at once (it is no worse with a probability of "
        "{share}%; at once {at_once}%)",
        "die korting blijft voor mensen erger dan {usual_cut}% ineens (de kans dat ze niet erger is, "
        "is {share}%; ineens {at_once}%)",
    ),
    "bearable_open": (
        "whether it is then no worse for people than {usual_cut}% at once is open (probability {share}%; "
        "at once {at_once}%)",
        "of die korting dan voor mensen niet erger is dan {usual_cut}% ineens, is onzeker (kans "
        "{share}%; ineens {at_once}%)",
    ),
    # What remains.
    "remains_no_help": (
        "If help from teams has no effect: {people}.",
        "Als hulp van teams geen effect heeft: {people}.",
    ),
    "remains_no_haste": (
        "Without haste, with both cuts over {years} years: {people}.",
        "Zonder haast, met beide kortingen over {years} jaar: {people}.",
    ),
    "remains_speed": (
        "With the same money, so by speed alone: {people}.",
        "Met hetzelfde geld, dus alleen door de snelheid: {people}.",
    ),
    "remains_money": (
        "By the money that a longer phase-in brings: {people}.",
        "Door het geld dat een langere landingsbaan brengt: {people}.",
    ),
    # Combinations.
    "combinations": ("Do measures change one another?", "Veranderen maatregelen elkaar?"),
    "team_question": (
        "Does a larger team change the sign of early signalling? In {kind}: the sign changes in {share}% "
        "of the draws (signalling pays in {usual}% with usual teams, in {larger}% with larger ones); in a "
        "larger team it {cost} than in a usual one.",
        "Maakt een groter team uit of vroegsignalering loont? In {kind}: de uitkomst slaat om in "
        "{share}% van de trekkingen (signalering loont in {usual}% met gewone teams, in {larger}% "
        "met grotere); in een groter team {cost} dan in een gewoon team.",
    ),
    "relative_less": (
        "is {size} euro per inhabitant a year cheaper ({low} to {high})",
        "is ze {size} euro per inwoner per jaar goedkoper ({low} tot {high})",
    ),
    "relative_more": (
        "is {size} euro per inhabitant a year dearer ({low} to {high})",
        "is ze {size} euro per inwoner per jaar duurder ({low} tot {high})",
    ),
    "relative_mostly_less": (
        "is on average {size} euro per inhabitant a year cheaper, not surely ({low} to {high})",
        "is ze gemiddeld {size} euro per inwoner per jaar goedkoper, niet zeker ({low} tot {high})",
    ),
    "relative_mostly_more": (
        "is on average {size} euro per inhabitant a year dearer, not surely ({low} to {high})",
        "is ze gemiddeld {size} euro per inwoner per jaar duurder, niet zeker ({low} tot {high})",
    ),
    "relative_unclear": (
        "is not distinguishably cheaper or dearer ({low} to {high} euro)",
        "is ze niet aantoonbaar goedkoper of duurder ({low} tot {high} euro)",
    ),
    "years_question": (
        "Does a longer phase-in make a larger cut bearable? In {kind}: {cut}% over {years} years leaves "
        "no more need without help than {usual_cut}% at once in {share}% of the draws, {cut}% at once in "
        "{at_once}%; the longer phase-in is better than at once in {better}%.",
        "Maakt een langere landingsbaan een grotere korting draaglijk? In {kind}: {cut}% over {years} "
        "jaar laat in {share}% van de trekkingen niet meer problemen zonder hulp dan {usual_cut}% ineens, "
        "{cut}% ineens in {at_once}%; de langere landingsbaan is in {better}% beter dan ineens.",
    ),
    # Tables.
    "named": ("The measures in numbers", "De maatregelen in cijfers"),
    "named_how": (
        "Mean change with its 90% interval over draws, each a year, from the transition to the end. The "
        "usual point: no early signalling beyond existing practice, {usual_team} fte per 1,000 "
        "inhabitants, a cut of {usual_cut}% at once. **less** and **more** are said where the interval "
        "excludes zero, *on average* where only the mean is shown to differ from zero.",
        "Gemiddelde verandering met het 90%-interval over trekkingen, telkens per jaar, vanaf de "
        "overgang tot het eind. De gewone situatie: geen vroegsignalering boven de bestaande "
        "praktijk, {usual_team} fte per 1.000 inwoners, een korting van {usual_cut}% ineens. "
        "**minder** en **meer** staan er waar het interval nul uitsluit, *gemiddeld* waar alleen het "
        "gemiddelde aantoonbaar van nul verschilt.",
    ),
    "effect": ("measure", "maatregel"),
    "town": ("municipality", "gemeente"),
    "effect_signalling": ("early signalling", "vroegsignalering"),
    "effect_placebo": ("placebo: visits that find nobody", "placebo: bezoek dat niemand vindt"),
    "effect_signalling_no_help": (
        "placebo: early signalling, help has no effect",
        "placebo: vroegsignalering, hulp heeft geen effect",
    ),
    "effect_team_no_help": (
        "placebo: larger team, help has no effect",
        "placebo: groter team, hulp heeft geen effect",
    ),
    "effect_cut_no_haste": (
        "deeper cut, both over eight years (no haste)",
        "grotere korting, beide over acht jaar (geen haast)",
    ),
    "effect_years_speed": ("of that, by speed (same money)", "waarvan door de snelheid (zelfde geld)"),
    "effect_years_money": ("of that, by money", "waarvan door het geld"),
    "effect_team": ("larger team", "groter team"),
    "effect_signalling_in_team": (
        "early signalling, with a larger team",
        "vroegsignalering, bij een groter team",
    ),
    "effect_present_cut": ("the usual cut, compared with none", "de gewone korting, vergeleken met geen"),
    "effect_cut": ("deeper cut, at once", "grotere korting, ineens"),
    "effect_cut_long": ("deeper cut, long phase-in", "grotere korting, lange landingsbaan"),
    "effect_long": ("usual cut, long phase-in", "gewone korting, lange landingsbaan"),
    "effect_years_in_cut": ("long phase-in of the deeper cut", "lange landingsbaan bij de grotere korting"),
    "verdict_less": ("**less**", "**minder**"),
    "verdict_more": ("**more**", "**meer**"),
    "verdict_mostly_less": ("*on average less*", "*gemiddeld minder*"),
    "verdict_mostly_more": ("*on average more*", "*gemiddeld meer*"),
    "verdict_unclear": ("inconclusive", "onzeker"),
    "when": ("The first ten years, and all years", "De eerste tien jaar, en alle jaren"),
    "ten_years": ("first ten years", "eerste tien jaar"),
    "all_years": ("to the end", "tot het eind"),
    "books": ("Who pays, under which law", "Wie betaalt, onder welke wet"),
    "books_how": (
        "Mean change in euro of 2015 per inhabitant a year, in an average municipality, with its 90% "
        "interval. The laws and the lines of care are two ways to divide the same municipal cost, the "
        "lines before what households contribute; what others pay comes on top.",
        "Gemiddelde verandering in euro van 2015 per inwoner per jaar, in een gemiddelde gemeente, met "
        "het 90%-interval. De wetten en de lijnen van zorg zijn twee verdelingen van dezelfde "
        "gemeentelijke kosten, de lijnen zonder eigen bijdragen; wat anderen betalen, komt erbij.",
    ),
    # Maps.
    "maps": ("Maps", "Kaarten"),
    "maps_how": (
        "Each cell is the mean change with the other levers as usual, from an emulator. Hatched: the 90% "
        "interval covers zero. Lighter is lower, darker is higher, so a map also reads in grey.",
        "Elke cel is de gemiddelde verandering met de andere keuzes zoals gewoonlijk, uit een "
        "emulator. Gearceerd: het 90%-interval bevat nul. Lichter is lager, donkerder is hoger, "
        "zodat een kaart ook in zwart-wit te lezen is.",
    ),
    "map_organisation": (
        "early signalling and size of the team, compared with usual teams",
        "vroegsignalering en grootte van het team, vergeleken met gewone teams",
    ),
    "map_landing": (
        "size of the cut and length of the phase-in, compared with no cut",
        "grootte van de korting en lengte van de landingsbaan, vergeleken met geen korting",
    ),
    "map_harm": (
        "transition harm: more than with a phase-in of eight years, first ten years",
        "schade van de overgang: meer dan bij een landingsbaan van acht jaar, eerste tien jaar",
    ),
    "map_title": (
        "{outcome}: lower in {less}, higher in {more} and inconclusive in {open} of {all} combinations",
        "{outcome}: lager in {less}, hoger in {more} en onzeker in {open} van {all} combinaties",
    ),
    "map_of": (
        "{map}. {unit}, three kinds of municipality.",
        "{map}. {unit}, drie soorten gemeenten.",
    ),
    "hatched": ("hatched: inconclusive", "gearceerd: onzeker"),
    "axis_signalling": ("early signalling (% of team hours)", "vroegsignalering (% van de teamuren)"),
    "axis_team": ("team (fte per 1,000 inhabitants)", "team (fte per 1.000 inwoners)"),
    "axis_cut": ("cut (% of the grants)", "korting (% van de rijksbudgetten)"),
    "axis_years": ("phase-in (years)", "landingsbaan (jaren)"),
    "data_of_map": ("all numbers", "alle getallen"),
    # Certainty.
    "certainty": ("How certain is this?", "Hoe zeker is dit?"),
    "certainty_how": (
        "An emulator was fitted per outcome and kind of municipality. Each fifth of the draws in turn was "
        "held out, took no part in the fit, and only judged it. Over all emulators, the 90% interval "
        "held {coverage}% of the held-out values; the lowest of one emulator was {lowest}%, the highest "
        "{highest}%, and {inside} of {all} lie between 85% and 95%.",
        "Per uitkomst en soort gemeente is een emulator gemaakt. Telkens is een vijfde van de "
        "trekkingen apart gehouden; dat deel telde niet mee en diende alleen als toets. Over alle "
        "emulators bevatte het 90%-interval {coverage}% van de apart gehouden waarden; de laagste "
        "emulator {lowest}%, de hoogste {highest}%, en {inside} van {all} liggen tussen 85% en 95%.",
    ),
    "explained_how": (
        "Intervals were moved until they held nine in ten of held-out draws (cross-conformal prediction). "
        "*Levers explain* is the share of the variance that the four levers tell; the rest is unknowns "
        "and chance. *Error of the mean* compares the emulator with the named points, which were run in "
        "every draw.",
        "Intervallen zijn verschoven tot ze negen van de tien apart gehouden trekkingen bevatten "
        "(kruisconforme voorspelling). *Knoppen verklaren* is het deel van de variantie dat de vier "
        "knoppen verklaren; de rest is onbekend of toeval. *Fout van het gemiddelde* vergelijkt de "
        "emulator met de benoemde punten, die in elke trekking zijn doorgerekend.",
    ),
    "difference": ("difference", "verschil"),
    "head": (
        "Written by `landingsbaan study flagship ... write=true`; do not edit by hand.",
        "Geschreven door `landingsbaan study flagship ... write=true`; wijzig deze pagina niet met de hand.",
    ),
    "interval": ("{mean} ({low} to {high})", "{mean} ({low} tot {high})"),
    "outcome": ("outcome", "uitkomst"),
    "coverage": ("90% interval holds", "90%-interval bevat"),
    "median_error": ("mean distance from the median", "gemiddelde afstand tot de mediaan"),
    "mean_error_named": ("error of the mean, at most", "fout van het gemiddelde, hoogstens"),
    "explained": ("levers explain", "knoppen verklaren"),
    "form": ("form", "vorm"),
    "form_quadratic": ("quadratic", "kwadratisch"),
    "form_cubic": ("cubic", "kubisch"),
    "form_trees": ("trees", "bomen"),
    "what_organisation": ("signalling and team", "signalering en team"),
    "what_landing": ("cut and phase-in", "korting en landingsbaan"),
    "what_harm": ("transition harm", "schade van de overgang"),
    "what_signalling": ("early signalling", "vroegsignalering"),
    "what_level": ("all four levers", "alle vier de knoppen"),
    "chance": (
        "Of the variance of an effect between draws, chance in one town of {households} households is "
        "{share}% for early signalling and net cost, {team}% for a larger team, {cut}% for the deeper cut "
        "(from {seconds} draws with a second seed, average municipality); the rest is what is not known.",
        "Van de variantie van een effect tussen trekkingen is toeval in één gemeente van {households} "
        "huishoudens {share}% voor vroegsignalering en netto kosten, {team}% voor een groter team, {cut}% "
        "voor de grotere korting (uit {seconds} trekkingen met een tweede seed, gemiddelde gemeente); de "
        "rest is wat niet bekend is.",
    ),
    "chance_unknown": (
        "How much of the variance is chance was not measured, because no draw was run with a second seed.",
        "Hoeveel van de variantie toeval is, is niet gemeten, want geen trekking had een tweede seed.",
    ),
    # How it was made.
    "made": ("How it was made", "Hoe het is gemaakt"),
    "made_how": (
        "Towns of {households} households, {first} to {last}; {draws} draws of the unknowns "
        "({draws_from}), each with one of three scenarios of the grants after the last known year (a "
        "third each). In every draw and kind of town {named} named points and {points} points of a Sobol "
        "sequence were run, each with what it is compared with, on the same random numbers; {runs} runs, "
        "{seconds} core-seconds. Early signalling: visits from 0 to 20% of team hours; links with "
        "schools, housing corporations and creditors grow with them and are full from 10% on. The staff "
        "for it is hired on top. A longer phase-in brings more money, as announced. Compared with no cut, "
        "or with eight years, everything else is equal.",
        "Gemeenten van {households} huishoudens, {first} tot en met {last}; {draws} trekkingen van "
        "de onbekenden ({draws_from}), elk met één van drie scenario's voor het rijksbudget na het "
        "laatste bekende jaar (elk een derde). In elke trekking en soort gemeente zijn {named} "
        "benoemde punten en {points} punten van een Sobolreeks doorgerekend, elk met waarmee het "
        "wordt vergeleken, op dezelfde toevalsgetallen; {runs} runs, {seconds} kernseconden. "
        "Vroegsignalering: huisbezoek van 0 tot 20% van de teamuren; korte lijnen met scholen, "
        "woningcorporaties en schuldeisers groeien mee en zijn volledig vanaf 10%. Het personeel "
        "daarvoor komt erbij. Een langere landingsbaan brengt meer geld, zoals aangekondigd. In de "
        "vergelijking met geen korting, of met acht jaar, is al het andere gelijk.",
    ),
    "towns": (
        "Kinds of town differ only in how often problems begin: the country's rate times the ratio of two "
        "registered shares, of the municipality named and of the country. {registered}. Household types, "
        "age and organisation are the country's.",
        "Soorten gemeenten verschillen alleen in hoe vaak problemen ontstaan: het landelijke tempo maal "
        "de verhouding van twee geregistreerde aandelen, van de genoemde gemeente en van het land. "
        "{registered}. Huishoudtypen, leeftijd en organisatie zijn die van het land.",
    ),
    "registered": (
        "{kind}: {problem} {ratio} times ({share}% against {country}%, {municipality}: {source})",
        "{kind}: {problem} {ratio} keer ({share}% tegen {country}%, {municipality}: {source})",
    ),
    "problem_money": ("money problems", "geldproblemen"),
    "problem_youth": ("problems of children", "problemen van kinderen"),
    "source_money": (
        "households in registered problem debt, 1 October 2020, CBS",
        "huishoudens met geregistreerde problematische schulden, 1 oktober 2020, CBS",
    ),
    "source_youth": (
        "residents under 18 with youth help, 2022, CBS",
        "inwoners onder 18 met jeugdhulp, 2022, CBS",
    ),
    "grid": (
        "Predictions over the whole space of levers, with intervals, for each kind of municipality",
        "Voorspellingen over de hele ruimte van knoppen, met intervallen, per soort gemeente",
    ),
    "posterior": ("from the posterior, others from ranges", "uit de posterior, andere uit bandbreedtes"),
    "ranges": ("from ranges", "uit bandbreedtes"),
    "not_forecast": (
        "It says what follows from the model and its ranges, not what will happen. Who is on a team's "
        "caseload counts as helped, also where help has no effect: crises and cost show what help does.",
        "Het zegt wat volgt uit het model en zijn bandbreedtes, niet wat er zal gebeuren. Wie bij een "
        "wijkteam in behandeling is, telt als geholpen, ook als hulp geen effect heeft: crises en kosten "
        "laten zien wat hulp doet.",
    ),
    "version": ("Result version", "Resultaatversie"),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("effect_team", "nl")
    'groter team'
    """
    return filled(WORDS, key, language, **values)
