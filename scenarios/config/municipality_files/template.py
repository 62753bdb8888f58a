"""Writes the file of a municipality of one's own: a template to fill in, or one filled in."""

import json
from collections.abc import Mapping

from scenarios.config.municipality_files.figures import FIGURES, SECTIONS, shown_country
from scenarios.config.municipality_files.file import REQUIRED
from scenarios.config.municipality_files.given import TEXTS

HEAD = {
    "en": """\
# A municipality of one's own for landingsbaan. Fill in what you know and leave the rest empty: what is
# empty takes the country's figure, and every run says so. Numbers have a decimal point.
#   landingsbaan municipality check FILE    tells what cannot be right, or is doubtful
#   landingsbaan municipality add FILE      makes municipality=SLUG work in run, sweep and compare
# wijk_deprivation: how deprived each wijk is, in deviations of the country, with spaces between them
# ("-0.6 0 1.2"); leave it empty and wijken are drawn by the municipality's name.
# slug: small letters, digits, underscores; system: as `landingsbaan systems` lists them,
# national_average unless said; source: where you read the figures.
""",
    "nl": """\
# Een eigen gemeente voor landingsbaan. Vul in wat u weet en laat de rest leeg: wat leeg is krijgt het
# cijfer van het land, en elke run zegt dat. Getallen hebben een decimale punt.
#   landingsbaan municipality check BESTAND    zegt wat niet kan kloppen of twijfelachtig is
#   landingsbaan municipality add BESTAND      laat municipality=SLUG werken in run, sweep en compare
# wijk_deprivation: hoe kwetsbaar elke wijk is, in standaardafwijkingen van het land, met spaties ertussen
# ("-0.6 0 1.2"); leeg laten betekent dat wijken worden getrokken op de naam van de gemeente.
# slug: kleine letters, cijfers, lage streepjes; system: zoals `landingsbaan systems` ze
# noemt, national_average tenzij vermeld; source: waar u de cijfers las.
""",
}
MUST = {"en": "must be filled in", "nl": "moet ingevuld zijn"}
FORMS = ("yaml", "csv")
WIDTH = 40

Values = Mapping[str, str | float]


def template(form: str, values: Values, language: str = "en") -> str:
    """Return a file of a municipality as YAML or CSV.

    Parameters
    ----------
    form : str
        "yaml" or "csv".
    values : mapping of str to text or number
        What is known, by name; the rest stays empty.
    language : str
        Of the explanation: "en" or "nl".
    """
    return _yaml(values, language) if form == "yaml" else _csv(values, language)


def _yaml(values: Values, language: str) -> str:
    lines = [HEAD[language]]
    lines += [f"{name}:{_after(values.get(name))}\n" for name in TEXTS]
    for section in SECTIONS:
        lines.append(f"{section}:\n")
        for name in FIGURES:
            if name.startswith(f"{section}."):
                filled = f"  {name.partition('.')[2]}:{_after(values.get(name))}"
                lines.append(f"{filled:<{WIDTH}} # {_explained(name, language)}\n")
    return "".join(lines)


def _csv(values: Values, language: str) -> str:
    lines = ["name,value\n"]
    for name in TEXTS:
        lines.append(f"{name},{_cell(values.get(name))}\n")
    for name in FIGURES:
        lines.append(f"{name},{_cell(values.get(name))},{_cell(_explained(name, language))}\n")
    return "".join(lines)


def _explained(name: str, language: str) -> str:
    """Return what a figure is, its range and the country's figure."""
    figure = FIGURES[name]
    words = figure.english if language == "en" else figure.dutch
    must = f"; {MUST[language]}" if name in REQUIRED else ""
    return f"{words}: {figure.allowed}; {shown_country(name)}{must}"


def _after(value: str | float | None) -> str:
    """Return a value as YAML after a colon; texts between quotes, so that none is read as a number."""
    if value is None or value == "":
        return ""
    return f" {json.dumps(value, ensure_ascii=False) if isinstance(value, str) else f'{value:.12g}'}"


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else f"{value:.12g}"
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',;"\n') else text
