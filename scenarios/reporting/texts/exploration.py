"""Words of explorations, from sensitivity to the solver and the phase-in, in English and Dutch."""

import math
from collections.abc import Sequence
from typing import Final

from scenarios.reporting.texts import filled, number

ANSWER_WORDS: Final[dict[str, tuple[str, str]]] = {
    # solver
    "<=": ("at most", "ten hoogste"),
    ">=": ("at least", "ten minste"),
    "target": ("{meaning}: {sense} {bound} {unit}", "{meaning}: {sense} {bound} {unit}"),
    "found": (
        "Answer: {lever} of {side} {value} reaches it with a certainty of {certainty}% (90% of the draws "
        "need between {low} and {high}; now {current})",
        "Antwoord: {lever} van {side} {value} haalt dat met een zekerheid van {certainty}% (90% van de "
        "trekkingen vraagt tussen {low} en {high}; nu {current})",
    ),
    "everywhere": (
        "Every value of {lever} from {least} to {most} reaches it with a certainty of {certainty}%; nothing "
        "more is needed (now {current})",
        "Elke waarde van {lever} van {least} tot {most} haalt dat met een zekerheid van {certainty}%; meer "
        "is niet nodig (nu {current})",
    ),
    "unreachable": (
        "No value of {lever} from {least} to {most} reaches it with a certainty of {certainty}%. Nearest: "
        "{value} gives {sense} {reached} {unit} with that certainty (now {current})",
        "Geen waarde van {lever} van {least} tot {most} haalt dat met een zekerheid van {certainty}%. Het "
        "dichtst erbij: {value} geeft {sense} {reached} {unit} met die zekerheid (nu {current})",
    ),
    "found_together": (
        "Answer: {point} reaches all of this with a certainty of {certainty}%: the cheapest of {sufficient} "
        "combinations that do, {tried} were tried",
        "Antwoord: {point} haalt dit alles met een zekerheid van {certainty}%: de goedkoopste van "
        "{sufficient} combinaties die dat doen, {tried} zijn geprobeerd",
    ),
    "unreachable_together": (
        "None of {tried} combinations tried reaches all of this with a certainty of {certainty}%. Nearest: "
        "{point}, which gives with that certainty {reached}",
        "Geen van {tried} geprobeerde combinaties haalt dit alles met een zekerheid van {certainty}%. Het "
        "dichtst erbij: {point}, wat met die zekerheid geeft: {reached}",
    ),
    "also": (
        "Among the combinations that suffice, {lever} lies between {low} and {high}.",
        "In de combinaties die genoeg zijn ligt {lever} tussen {low} en {high}.",
    ),
    "probability": (
        "On {held_out} held-out draws it suffices in {share}% (90% interval {low} to {high}%).",
        "Op {held_out} apart gehouden trekkingen is het genoeg in {share}% (90%-interval {low} tot {high}%).",
    ),
    "less_than_asked": (
        "That is less than asked: the answer suits the draws it was sought on better than others. Ask more "
        "draws, as draws={more}, or more certainty.",
        "Dat is minder dan gevraagd: het antwoord past beter bij de trekkingen waarop het is gezocht dan bij "
        "andere. Vraag meer trekkingen, zoals draws={more}, of meer zekerheid.",
    ),
    "certainties": ("By certainty: {values}.", "Naar zekerheid: {values}."),
    "simulation_error": (
        "With {draws} draws of {seeds} seeds the value is known to lie between {low} and {high} (90%, "
        "bootstrap).",
        "Met {draws} trekkingen van {seeds} seeds is bekend dat de waarde tussen {low} en {high} ligt (90%, "
        "bootstrap).",
    ),
    "beyond_above": ("more than {end}", "meer dan {end}"),
    "beyond_below": ("less than {end}", "minder dan {end}"),
    "as_happened": ("as it happened", "zoals het ging"),
    "no_influence": (
        "Between the ends of its range {lever} changes this outcome by {mean} (95% between {low} and "
        "{high}): not distinguishable from zero.",
        "Tussen de uiteinden van zijn bereik verandert {lever} deze uitkomst met {mean} (95% tussen {low} en "
        "{high}): niet van nul te onderscheiden.",
    ),
    "not_monotone": (
        "The outcome does not simply rise or fall with {lever}: a monotone curve follows {share}% of it. "
        "Look at the figure before you use the value.",
        "De uitkomst stijgt of daalt niet eenvoudig met {lever}: een monotone lijn volgt {share}% ervan. "
        "Bekijk de figuur voor je de waarde gebruikt.",
    ),
    "changes": (
        "What it costs and what else changes, against the municipality as it is (mean, 95% interval of the "
        "mean, and in how many draws it rises):",
        "Wat het kost en wat er nog meer verandert, tegenover de gemeente zoals ze is (gemiddelde, "
        "95%-interval van het gemiddelde, en in hoeveel trekkingen het stijgt):",
    ),
    "row": ("  {meaning}: {mean} ({low} to {high}) {unit}", "  {meaning}: {mean} ({low} tot {high}) {unit}"),
    "rises": ("; rises in {share}%", "; stijgt in {share}%"),
    "doubt": ("; not distinguishable from zero", "; niet van nul te onderscheiden"),
    "solve_title": ("{meaning} by {lever}", "{meaning} naar {lever}"),
    "solve_title_together": ("The answer on held-out draws", "Het antwoord op apart gehouden trekkingen"),
    "curve": ("mean and 90% of the runs", "gemiddelde en 90% van de simulaties"),
    "share_met": (
        "share of runs that reaches the target (%)",
        "deel van de simulaties dat het doel haalt (%)",
    ),
    "of_bound": ("share of the bound", "deel van de grens"),
    "answer": ("answer and 90% of the draws", "antwoord en 90% van de trekkingen"),
    "bound": ("target", "doel"),
    # measure by measure
    "package": (
        "{package}, {outcome}: {total} ({low} to {high}) {unit}",
        "{package}, {outcome}: {total} ({low} tot {high}) {unit}",
    ),
    "measure": ("measure", "maatregel"),
    "ends": ("{low} to {high}", "{low} tot {high}"),
    "total": ("together", "samen"),
    "ordered": ("in the order given", "in de gegeven volgorde"),
    "shapley": ("Shapley share", "Shapley-aandeel"),
    "exact": ("all {subsets} combinations were run", "alle {subsets} combinaties zijn gedraaid"),
    "sampled": (
        "{orders} orders in every draw were run, of {possible} there are; the intervals hold that too",
        "per trekking zijn {orders} volgordes gedraaid van de {possible} die er zijn; de intervallen houden "
        "daar rekening mee",
    ),
    "how": (
        "Mean over {draws} draws of the unknowns with common random numbers; {how}.",
        "Gemiddelde over {draws} trekkingen van de onbekenden met dezelfde toevalsgetallen; {how}.",
    ),
    "waterfall": (
        "{package}, measure by measure: {outcome}",
        "{package}, maatregel voor maatregel: {outcome}",
    ),
}  # fmt: skip
NOUGHT: Final = 5e-13


def answer_word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> answer_word("<=", "nl")
    'ten hoogste'
    """
    return filled(ANSWER_WORDS, key, language, **values)


def decimals_for(*values: float, digits: int = 3) -> int:
    """Return the decimals that show the largest of some numbers in so many digits.

    Examples
    --------
    >>> decimals_for(0.0345, 0.001), decimals_for(12.3), decimals_for(0.0)
    (4, 1, 0)
    """
    largest = max(abs(value) for value in values)
    return 0 if largest < NOUGHT else max(0, digits - 1 - math.floor(math.log10(largest)))


def adding_up(values: Sequence[float], total: float, decimals: int) -> list[float]:
    """Return numbers rounded so that they add up to their rounded total (largest remainders).

    Examples
    --------
    >>> adding_up([0.4, 0.4, 0.4], 1.2, 0)
    [1.0, 0.0, 0.0]
    """
    scale = 10.0**decimals
    down = [math.floor(value * scale) for value in values]
    lacking = round(total * scale) - sum(down)
    by_rest = sorted(range(len(values)), key=lambda place: (down[place] - values[place] * scale, place))
    for place in by_rest[:lacking]:
        down[place] += 1
    return [round(scaled / scale, decimals) for scaled in down]


def shown(value: float, language: str, *beside: float) -> str:
    """Return a number in three digits, with as many decimals as those next to it.

    Examples
    --------
    >>> shown(0.0345, "nl"), shown(1.5, "en", 120.0)
    ('0,0345', '2')
    """
    return number(value, language, decimals_for(value, *beside))


WORDS: Final[dict[str, tuple[str, str]]] = {
    # sensitivity
    "lever": ("lever", "knop"),
    "unknown": ("unknown", "onzekere parameter"),
    "random_seed": ("random seed", "seed"),
    "morris": ("Morris", "Morris"),
    "sobol": ("Sobol", "Sobol"),
    "one_leads": ("the most important {kind} is {names}", "de belangrijkste {kind} is {names}"),
    "some_lead": (
        "no single {kind} is clearly the most important: {names} are not distinguishable",
        "geen enkele {kind} is duidelijk de belangrijkste: {names} zijn niet te onderscheiden",
    ),
    "many_lead": (
        "no {kind} is clearly the most important: {count} are not distinguishable, with {names} first",
        "geen {kind} is duidelijk de belangrijkste: {count} zijn niet te onderscheiden, met {names} voorop",
    ),
    "none_leads": (
        "no {kind} has an influence distinguishable from zero",
        "geen {kind} heeft een invloed die van nul te onderscheiden is",
    ),
    "seed_beside": (
        "random seed alone: {share}% of the first factor",
        "de seed alleen: {share}% van de eerste factor",
    ),
    "importance_morris": (
        "mean size of the effect, mu*\n({unit})",
        "gemiddelde grootte van het effect, mu*\n({unit})",
    ),
    "importance_sobol": ("share of the variance", "deel van de variantie"),
    "total": ("total", "totaal"),
    "first": ("first order", "eerste orde"),
    "convergence": ("convergence, 95% interval by bootstrap", "convergentie, 95%-interval door bootstrap"),
    "samples_morris": ("trajectories", "trajecten"),
    "samples_sobol": ("base samples", "basistrekkingen"),
    "interval": ("95% interval by bootstrap", "95%-interval door bootstrap"),
    # all
    "footnote": (
        "{municipality}, {households} households, {cases} cases, {runs} runs, result version {version}.",
        "{municipality}, {households} huishoudens, {cases} gevallen, {runs} runs, resultaatversie "
        "{version}.",
    ),
    # discovery
    "box_title": (
        "{coverage}% of the cases with {outcome} {sense} {threshold} lie in this box; {density}% of the "
        "cases in the box are like that",
        "{coverage}% van de gevallen met {outcome} {sense} {threshold} ligt in deze box; van de gevallen "
        "in de box is {density}% zo",
    ),
    "above": ("above", "boven"),
    "below": ("below", "onder"),
    "not_confirmed": (
        "no box for {outcome} {sense} {threshold}: the held-out cases do not confirm the one that was found",
        "geen box voor {outcome} {sense} {threshold}: de apart gehouden gevallen bevestigen de gevonden "
        "box niet",
    ),
    "no_box": (
        "no box: no factor separates the cases where {outcome} is {sense} {threshold}",
        "geen box: geen factor scheidt de gevallen waarin {outcome} {sense} {threshold} ligt",
    ),
    "coverage": ("coverage", "dekking"),
    "density": ("density", "dichtheid"),
    "range_varied": ("range varied, from lowest to highest", "bandbreedte, van laagste tot hoogste"),
    "trajectory": ("peeling: a dot is a box", "peeling: een stip is een box"),
    "chosen": ("chosen", "gekozen"),
    "all_cases": ("all cases: {share}%", "alle gevallen: {share}%"),
    # optimisation
    "front_title": (
        "No other policy is better on all of {objectives} at once for {count} of the {tried} policies tried",
        "Voor {count} van de {tried} geprobeerde soorten beleid is geen ander beleid op alles tegelijk "
        "beter ({objectives})",
    ),
    "generation": ("generation", "generatie"),
    "hypervolume": ("hypervolume, share of the last", "hypervolume, deel van het laatste"),
    "front": ("a line is a policy; lower is better", "een lijn is een beleid; lager is beter"),
}  # fmt: skip


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("above", "nl")
    'boven'
    """
    return filled(WORDS, key, language, **values)


PHASE_IN_WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("How long must the phase-in period be?", "Hoe lang moet de landingsbaan zijn?"),
    "people": ("for people", "voor mensen"),
    "money": ("for the municipal budget", "voor het gemeentebudget"),
    "as_announced": ("as announced", "zoals aangekondigd"),
    "same_money": ("same money", "zelfde geld"),
    "by_money": ("by less money", "door minder geld"),
    "by_speed": ("by speed", "door de snelheid"),
    "not_ahead": ("without preparation", "zonder voorbereiding"),
    "ahead_one": ("with one year of preparation", "met één jaar voorbereiding"),
    "ahead": ("with {years} years of preparation", "met {years} jaar voorbereiding"),
    "cut": ("cut", "korting"),
    "head": (
        "Written by `landingsbaan phase-in ... write=true`; do not edit by hand.",
        "Geschreven door `landingsbaan phase-in ... write=true`; wijzig deze pagina niet met de hand.",
    ),
    "interval": ("{mean} ({low} to {high})", "{mean} ({low} tot {high})"),
    "what_ran": (
        "{municipality}, {households} households; {first} – {last}; policy {policy}; {runs} runs, {seconds} "
        "core-seconds; result version {version}.",
        "{municipality}, {households} huishoudens; {first} – {last}; beleid {policy}; {runs} runs, {seconds} "
        "kernseconden; resultaatversie {version}.",
    ),
    # an answer in a table
    "cell_overnight": ("overnight is enough", "ineens kan"),
    "cell_length": ("{years} years ({low} to {high})", "{years} jaar ({low} tot {high})"),
    "cell_not_tested": (
        "between {longest} and {compared} years (not tested; interval {low} to {high})",
        "tussen {longest} en {compared} jaar (niet onderzocht; interval {low} tot {high})",
    ),
    "cell_most": ("at most {high} years", "ten hoogste {high} jaar"),
    "cell_longer": ("more than {longest} years", "meer dan {longest} jaar"),
    "cell_inconclusive": (
        "inconclusive: between {low} and {high} years",
        "onzeker: tussen {low} en {high} jaar",
    ),
    "cell_beyond": ("inconclusive: more than {low} years", "onzeker: meer dan {low} jaar"),
    "cell_unknown": ("inconclusive", "onzeker"),
    # an answer in a sentence
    "cuts_one": ("a cut of {cuts}%", "een korting van {cuts}%"),
    "cuts_and": ("{cuts}% or {last}%", "{cuts}% of {last}%"),
    "said_overnight": ("{cuts} can come overnight", "{cuts} kan ineens"),
    "said_length": (
        "{cuts} needs a phase-in period of {years} years (between {low} and {high})",
        "{cuts} vraagt een invoeringstermijn van {years} jaar (tussen {low} en {high})",
    ),
    "said_not_tested": (
        "{cuts} needs a phase-in period between {longest} and {compared} years (not tested; interval {low} "
        "to {high})",
        "{cuts} vraagt een invoeringstermijn tussen {longest} en {compared} jaar (niet onderzocht; interval "
        "{low} tot {high})",
    ),
    "said_most": (
        "{cuts} needs a phase-in period of at most {high} years, and perhaps none",
        "{cuts} vraagt een invoeringstermijn van ten hoogste {high} jaar, en misschien geen",
    ),
    "said_longer": (
        "{cuts} needs more than {longest} years, the longest phase-in period tested",
        "{cuts} vraagt meer dan {longest} jaar, de langste onderzochte invoeringstermijn",
    ),
    "said_inconclusive": (
        "for {cuts} it is inconclusive: between {low} and {high} years",
        "voor {cuts} is het onzeker: tussen {low} en {high} jaar",
    ),
    "said_beyond": (
        "for {cuts} it is inconclusive: more than {low} years",
        "voor {cuts} is het onzeker: meer dan {low} jaar",
    ),
    "said_unknown": ("for {cuts} it is inconclusive", "voor {cuts} is het onzeker"),
    "sentence": (
        "{group}, {basis}, {ahead}: {told}.",
        "{group}, {basis}, {ahead}: {told}.",
    ),
    "split": (
        "A cut of {cut}%, {ahead}, done overnight and not over eight years: {meaning} {total} {unit}; by "
        "less money {money}, by speed alone {speed}.",
        "Een korting van {cut}%, {ahead}, ineens en niet over acht jaar: {meaning} {total} {unit}; door "
        "minder geld {money}, door de snelheid alleen {speed}.",
    ),
    "leading": (
        "The harm for people that asks for the longest phase-in period ({basis}, {ahead}) is {meaning}: at "
        "{count} of {all} cuts.",
        "De schade voor mensen die de langste invoeringstermijn vraagt ({basis}, {ahead}) is {meaning}: bij "
        "{count} van de {all} kortingen.",
    ),
    "split_none": (
        "With a cut of {cut}%, {ahead}, no transition harm of doing it overnight instead of over eight years "
        "is sure.",
        "Bij een korting van {cut}%, {ahead}, staat van geen enkele schade vast dat ineens meer geeft dan "
        "acht jaar.",
    ),
    "preparation": (
        "With {ahead} years of preparation the phase-in period may surely be shorter in {shorter} of {all} "
        "answers and must surely be longer in {longer}; in {same} no difference was shown.",
        "Met {ahead} jaar voorbereiding mag de invoeringstermijn zeker korter in {shorter} van de {all} "
        "antwoorden en moet die zeker langer in {longer}; bij {same} is geen verschil aangetoond.",
    ),
    "decided": (
        "{decided} of {all} answers are decided ({share}%); each length took {least} to {most} draws.",
        "{decided} van de {all} antwoorden zijn beslist ({share}%); elke lengte kreeg {least} tot {most} "
        "trekkingen.",
    ),
    # page
    "question": (
        "How many years must a cut be phased in over, so that no harm that counts is left in comparison with "
        "eight years? In brackets: what the draws leave possible, with a confidence of 95% for the whole "
        "page.",
        "Over hoeveel jaar moet een korting worden verspreid, zodat er vergeleken met acht jaar geen schade "
        "overblijft die telt? De *landingsbaan* is de invoeringstermijn. Tussen haakjes staat wat de "
        "trekkingen mogelijk laten, met een zekerheid van 95% voor de hele pagina.",
    ),
    "answers_head": ("The answers", "De antwoorden"),
    "parts_head": ("Harm by harm", "Per soort schade"),
    "parts_how": (
        "How long the phase-in period must be for one harm alone; the longest of these sets the answer "
        "above. Draws were added for the answers above, so a harm on its own is more often inconclusive.",
        "Hoe lang de invoeringstermijn moet zijn voor één soort schade; de langste daarvan bepaalt het "
        "antwoord hierboven. Trekkingen zijn toegevoegd voor de antwoorden hierboven, dus één soort schade "
        "is vaker onzeker.",
    ),
    "split_costs": (
        "A cut of {cut}%, {ahead}, done overnight and not over eight years, {basis}. {told}",
        "Een korting van {cut}%, {ahead}, ineens en niet over acht jaar, {basis}. {told}",
    ),
    "split_head": ("Less money and more speed, apart", "Minder geld en meer snelheid, apart"),
    "split_how": (
        "Overnight against eight years, a year: as announced = by less money + by speed (with the same "
        "money). In bold what is surely more than counts as none.",
        "Ineens tegenover acht jaar, per jaar: zoals aangekondigd = door minder geld + door de snelheid (met "
        "hetzelfde geld). Vet is wat zeker meer is dan als geen schade telt.",
    ),
    "how_head": ("How this was found", "Hoe dit is gevonden"),
    "how_compared": (
        "Each phase-in period is compared with one of eight years with the same cut and preparation, in the "
        "same draw of the unknowns, with the same random numbers. A phase-in period is long enough when no "
        "part is more than counts as none, at that length and at every longer one. Grants are set once a "
        "year, so a phase-in period of one year is the same as overnight. Between the lengths tested "
        "({years} years) means and intervals are joined by straight lines. An answer beyond the longest of "
        "them is given as not tested. Eight years are harmless by definition: such an answer says that "
        "hardly any shorter phase-in period will do, not that eight years do no harm. *As announced*, a "
        "longer phase-in period also brings more money. With the *same money*, the short one gets the "
        "difference as a reserve on day one, so only speed differs.",
        "Elke invoeringstermijn is vergeleken met een van acht jaar met dezelfde korting en voorbereiding, "
        "in dezelfde trekking van de onzekere parameters en met dezelfde toevalsgetallen. Een "
        "invoeringstermijn is lang genoeg als geen onderdeel boven de grens ligt van wat als geen schade "
        "telt, bij die lengte en bij elke langere. Budgetten gaan per jaar, dus een termijn van één jaar is "
        "hetzelfde als ineens. Tussen de onderzochte lengtes ({years} jaar) zijn gemiddelden en intervallen "
        "met rechte lijnen verbonden. Een antwoord voorbij de langste daarvan staat er als niet onderzocht. "
        "Acht jaar is per definitie zonder schade: zo'n antwoord zegt dat een kortere termijn nauwelijks "
        "kan, niet dat acht jaar geen schade geeft. *Zoals aangekondigd* brengt een langere termijn ook meer "
        "geld. Met *hetzelfde geld* krijgt de korte termijn het verschil op dag één als reserve, zodat "
        "alleen de snelheid verschilt.",
    ),
    "how_decided": (
        "An answer is decided when no length tested does harm (overnight is enough), when the longest "
        "does (more than that), or when the interval of the shortest harmless length is at most {widest} "
        "years wide. Lengths that leave an answer open get more draws: {looks}. The error of {error}% is "
        "divided over {questions} questions and {times} looks, by their draws (Bonferroni): the chance "
        "that any interval on this page misses its mean is at most {error}%, whenever a length stops, as "
        "far as means of draws are normally distributed. The intervals are therefore wider than 95% "
        "intervals of one question; [how well this holds](decisions/0131-phase-in-look-by-look.md) was "
        "measured. Unknowns are drawn from ranges or, where the model is calibrated, from its posterior: "
        "the answers say what follows from them on average, not what will happen.",
        "Een antwoord is beslist als geen onderzochte lengte schade geeft (ineens kan), als de langste "
        "dat wel doet (meer dan dat), of als het interval van de kortste termijn zonder schade ten hoogste "
        "{widest} jaar breed is. Lengtes die een antwoord open laten krijgen meer trekkingen: {looks}. De "
        "foutkans van {error}% is verdeeld over {questions} vragen en {times} tussenstanden, naar hun "
        "trekkingen (Bonferroni): de kans dat een interval op deze pagina zijn gemiddelde mist is ten "
        "hoogste {error}%, wanneer een lengte ook stopt, voor zover gemiddelden van trekkingen normaal "
        "verdeeld zijn. De intervallen zijn daarom breder dan 95%-intervallen van één vraag; [hoe goed "
        "dit klopt](decisions/0131-phase-in-look-by-look.md) is gemeten. De onzekere parameters komen uit "
        "bandbreedtes of, waar het model gekalibreerd is, uit de posterior: de antwoorden zeggen wat daar "
        "gemiddeld uit volgt, niet wat er zal gebeuren.",
    ),
    "counts_as_none": ("Counts as none, a year", "Telt als geen schade, per jaar"),
    "all_numbers": ("All numbers are in [{file}]({path}).", "Alle getallen staan in [{file}]({path})."),
    # figure
    "axis": (
        "shortest phase-in period without harm (years)",
        "kortste invoeringstermijn zonder schade (jaren)",
    ),
    "by_cut": ("By cut, as a share of the grant", "Naar korting, als deel van het rijksbudget"),
    "overnight_mark": ("overnight is enough", "ineens kan"),
    "length_mark": ("length and its interval", "lengte en haar interval"),
    "longer_mark": ("more than the longest tested", "meer dan de langste die is onderzocht"),
    "inconclusive_mark": ("inconclusive: interval", "onzeker: interval"),
}  # fmt: skip


def phase_in_word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> phase_in_word("cell_longer", "nl", longest="6")
    'meer dan 6 jaar'
    """
    return filled(PHASE_IN_WORDS, key, language, **values)
