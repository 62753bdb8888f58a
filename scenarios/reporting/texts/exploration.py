"""Words of sensitivity, discovery and robust search, in English and Dutch."""

from typing import Final

from scenarios.reporting.texts import filled

WORDS: Final[dict[str, tuple[str, str]]] = {
    # sensitivity
    "lever": ("lever", "knop"),
    "unknown": ("unknown", "onbekende"),
    "random_seed": ("random seed", "toeval"),
    "morris": ("Morris", "Morris"),
    "sobol": ("Sobol", "Sobol"),
    "one_leads": (
        "the {kind} that matters most is {names}",
        "de {kind} die er het meest toe doet is {names}",
    ),
    "some_lead": (
        "no single {kind} leads: {names} are not distinguishable",
        "geen enkele {kind} springt eruit: {names} zijn niet te onderscheiden",
    ),
    "many_lead": (
        "no {kind} stands out: {count} are not distinguishable, {names} first among them",
        "geen {kind} springt eruit: {count} zijn niet te onderscheiden, met {names} voorop",
    ),
    "none_leads": (
        "no {kind} has an influence that can be told from zero",
        "geen {kind} heeft een invloed die van nul te onderscheiden is",
    ),
    "seed_beside": (
        "random seed alone: {share}% of the first factor",
        "toeval alleen: {share}% van de eerste factor",
    ),
    "importance_morris": (
        "mean size of the effect, mu*\n({unit})",
        "gemiddelde grootte van het effect, mu*\n({unit})",
    ),
    "importance_sobol": ("share of the variance", "deel van de variantie"),
    "total": ("total", "totaal"),
    "first": ("first order", "eerste orde"),
    "convergence": ("convergence, 95% by bootstrap", "convergentie, 95% door bootstrap"),
    "samples_morris": ("trajectories", "trajecten"),
    "samples_sobol": ("base samples", "basistrekkingen"),
    "interval": ("95% interval by bootstrap", "95%-interval door bootstrap"),
    # all
    "footnote": (
        "{municipality}, {households} households, {cases} cases, {runs} runs, result version {version}.",
        "{municipality}, {households} huishoudens, {cases} gevallen, {runs} runs, resultaatversie {version}.",
    ),
    # discovery
    "box_title": (
        "{coverage}% of the cases with {outcome} {sense} {threshold} lie in this box, where {density}% "
        "are such",
        "{coverage}% van de gevallen met {outcome} {sense} {threshold} ligt in deze doos, waarin "
        "{density}% zo is",
    ),
    "above": ("above", "boven"),
    "below": ("below", "onder"),
    "not_confirmed": (
        "no box for {outcome} {sense} {threshold}: the one found is not confirmed by the held-out cases",
        "geen doos voor {outcome} {sense} {threshold}: die gevonden is wordt door de andere gevallen niet "
        "bevestigd",
    ),
    "no_box": (
        "no box: no factor marks out where {outcome} is {sense} {threshold}",
        "geen doos: geen factor bakent af waar {outcome} {sense} {threshold} ligt",
    ),
    "coverage": ("coverage", "dekking"),
    "density": ("density", "dichtheid"),
    "range_varied": ("range varied, from lowest to highest", "bereik, van laagste tot hoogste"),
    "trajectory": ("peeling: a dot is a box", "afpellen: een punt is een doos"),
    "chosen": ("chosen", "gekozen"),
    "all_cases": ("all cases: {share}%", "alle gevallen: {share}%"),
    # optimisation
    "front_title": (
        "{count} policies of {tried} tried are beaten by none on all of {objectives} at once",
        "{count} van {tried} geprobeerde beleidsvarianten worden door geen ander op alle doelen tegelijk "
        "verslagen "
        "({objectives})",
    ),
    "generation": ("generation", "generatie"),
    "hypervolume": ("hypervolume, share of the last", "hypervolume, deel van het laatste"),
    "front": ("a line is a policy, below is best", "een lijn is een beleid, onder is het best"),
}  # fmt: skip


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("above", "nl")
    'boven'
    """
    return filled(WORDS, key, language, **values)
