"""Words of sensitivity, discovery and robust search, in English and Dutch."""

from typing import Final

from scenarios.reporting.texts import filled

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
