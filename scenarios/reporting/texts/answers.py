"""Words of the solver and of measure by measure, in English and Dutch."""

import math
from collections.abc import Sequence
from typing import Final

from scenarios.reporting.texts import filled, number

WORDS: Final[dict[str, tuple[str, str]]] = {
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


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("<=", "nl")
    'ten hoogste'
    """
    return filled(WORDS, key, language, **values)


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
    return [round(whole / scale, decimals) for whole in down]


def shown(value: float, language: str, *beside: float) -> str:
    """Return a number in three digits, with as many decimals as those beside it.

    Examples
    --------
    >>> shown(0.0345, "nl"), shown(1.5, "en", 120.0)
    ('0,0345', '2')
    """
    return number(value, language, decimals_for(value, *beside))
