"""Words of the figures of calibration and validation, in English and Dutch."""

from typing import Final

from scenarios.reporting.texts import filled

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title_parameters": (
        "The targets say much of {well} of {all} uncertain numbers, something of {some}, and nothing of "
        "{none}",
        "De doelwaarden zeggen veel over {well} van {all} onzekere getallen, iets over {some} en niets over "
        "{none}",
    ),
    "subtitle_parameters": (
        "Prior (line) and posterior (bars) of the {shown} that are informed most; {width}: width of the "
        "posterior as a share of the prior's",
        "Prior (lijn) en posterior (staven) van de {shown} waarover het meest bekend wordt; {width}: breedte "
        "van de posterior als deel van die van de prior",
    ),
    "prior": ("prior", "prior"),
    "posterior": ("posterior", "posterior"),
    "width": ("width {share}%", "breedte {share}%"),
    "title_targets": (
        "{inside} of {rows} targets are inside their bounds at the posterior",
        "{inside} van {rows} doelwaarden liggen bij de posterior binnen hun grenzen",
    ),
    "subtitle_targets": (
        "Distance from the target, in halves of the width of its bounds; intervals hold 90% of draws",
        "Afstand tot de doelwaarde, in halve breedtes van haar grenzen; intervallen bevatten 90% van de "
        "trekkingen",
    ),
    "before": ("before the fit", "voor het passen"),
    "after": ("at the posterior", "bij de posterior"),
    "bounds": ("bounds of the target", "grenzen van de doelwaarde"),
    "beyond": ("beyond the figure", "buiten de figuur"),
    "title_recovery": (
        "Recovery of planted parameters: ranks of {recoveries} truths are {flat}",
        "Terugvinden van geplante parameters: rangen van {recoveries} waarheden zijn {flat}",
    ),
    "flat": ("flat", "vlak"),
    "not_flat": ("not flat", "niet vlak"),
    "subtitle_recovery": (
        "Rank of the true value among {draws} draws; the interval holds 99% of bars if the method is right",
        "Rang van de ware waarde onder {draws} trekkingen; het interval bevat 99% van de staven als de "
        "methode "
        "klopt",
    ),
    "rank_axis": ("rank of the truth, tenths", "rang van de waarheid, tienden"),
    "truths_axis": ("truths", "waarheden"),
    "chain": ("emulators and walkers", "emulatoren en wandelaars"),
    "regression": ("nearest runs and regression", "naaste simulaties en regressie"),
    "along_directions": ("{method}, all directions", "{method}, alle richtingen"),
    "note_calibration": (
        "A city of {households} households, {runs} histories; result version {version}.",
        "Een stad van {households} huishoudens, {runs} geschiedenissen; resultaatversie {version}.",
    ),
    "title_validation": (
        "{hits} of {scored} figures that are neither fitted nor an input are hit",
        "{hits} van {scored} cijfers die niet zijn gebruikt om het model te maken, zijn raak",
    ),
    "subtitle_validation": (
        "Distance from the figure, in halves of the width of its bounds; intervals hold 90% of {draws} draws",
        "Afstand tot het cijfer, in halve breedtes van zijn grenzen; intervallen bevatten 90% van {draws} "
        "trekkingen",
    ),
    "hit": ("hit", "raak"),
    "miss": ("miss", "mis"),
    "distance_axis": ("halves of the bounds' width", "halve breedtes van de grenzen"),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("hit", "nl")
    'raak'
    """
    return filled(WORDS, key, language, **values)
