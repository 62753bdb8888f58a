"""Words of the figures of calibration and validation, in English and Dutch."""

from typing import Final

from scenarios.reporting.texts import filled

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title_parameters": (
        "The targets say much about {well} of {all} uncertain numbers, something about {some}, and nothing "
        "about {none}",
        "De doelwaarden zeggen veel over {well} van de {all} onzekere getallen, iets over {some} en niets "
        "over {none}",
    ),
    "subtitle_parameters": (
        "Prior (line) and posterior (bars) of the {shown} numbers about which the targets say most; "
        "{width}: width of the posterior as a share of the prior's",
        "Prior (lijn) en posterior (staven) van de {shown} getallen waarover de doelwaarden het meest "
        "zeggen; {width}: breedte van de posterior als deel van die van de prior",
    ),
    "prior": ("prior", "prior"),
    "posterior": ("posterior", "posterior"),
    "width": ("width {share}%", "breedte {share}%"),
    "title_targets": (
        "{inside} of {rows} targets lie within their bounds at the posterior",
        "{inside} van de {rows} doelwaarden liggen bij de posterior binnen hun grenzen",
    ),
    "subtitle_targets": (
        "Distance from the target, in half widths of its bounds; 90% intervals over draws",
        "Afstand tot de doelwaarde, in halve breedtes van haar grenzen; 90%-intervallen over trekkingen",
    ),
    "before": ("before the fit", "voor de kalibratie"),
    "after": ("after the fit", "na de kalibratie"),
    "bounds": ("bounds of the target", "grenzen van de doelwaarde"),
    "beyond": ("outside the figure", "buiten de figuur"),
    "title_recovery": (
        "Recovery of known parameters: the ranks of {recoveries} true values are {flat}",
        "Terugvinden van bekende parameters: de rangen van {recoveries} ware waarden zijn {flat}",
    ),
    "flat": ("flat", "vlak"),
    "not_flat": ("not flat", "niet vlak"),
    "subtitle_recovery": (
        "Rank of the true value among {draws} draws; the interval contains 99% of the bars if the method "
        "is right",
        "Rang van de ware waarde onder {draws} trekkingen; het interval bevat 99% van de staven als de "
        "methode klopt",
    ),
    "rank_axis": ("rank of the true value, in tenths", "rang van de ware waarde, in tienden"),
    "truths_axis": ("true values", "ware waarden"),
    "chain": ("emulators and walkers (MCMC)", "emulatoren en walkers (MCMC)"),
    "regression": ("nearest runs and regression", "dichtstbijzijnde runs en regressie"),
    "along_directions": ("{method}, all directions", "{method}, alle richtingen"),
    "note_calibration": (
        "A city of {households} households, {runs} histories; result version {version}.",
        "Een stad van {households} huishoudens, {runs} geschiedenissen; resultaatversie {version}.",
    ),
    "title_validation": (
        "The model matches {hits} of {scored} figures that are neither fitted nor an input",
        "Het model komt overeen met {hits} van de {scored} cijfers die niet zijn gebruikt om het te maken",
    ),
    "subtitle_validation": (
        "Distance from the figure, in half widths of its bounds; 90% intervals over {draws} draws",
        "Afstand tot het cijfer, in halve breedtes van zijn grenzen; 90%-intervallen over {draws} trekkingen",
    ),
    "hit": ("match", "raak"),
    "miss": ("miss", "mis"),
    "distance_axis": ("half widths of the bounds", "halve breedtes van de grenzen"),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("hit", "nl")
    'raak'
    """
    return filled(WORDS, key, language, **values)
