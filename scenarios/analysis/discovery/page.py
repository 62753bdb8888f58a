"""docs/discovery.md, and what the terminal says of the boxes that were found."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.analysis.discovery.boxes import SURE
from scenarios.analysis.exploration.options import keep, read
from scenarios.common.installation import DOCS
from scenarios.common.languages import LANGUAGES
from scenarios.reporting.figures.exploration import draw_discovery
from scenarios.reporting.texts import sensible, share
from scenarios.reporting.texts.exploration import word

FIGURES = "figures/discovery"
HEAD = """# Where a policy fails, and where a landing causes transition harm

Written by `landingsbaan discover ... write=true`; do not edit by hand.

Every case has levers of its own, a draw of all unknowns and a seed. PRIM (the EMA Workbench's) peels
the cases down to boxes. A *quasi-p value* is the chance of so high a density without that restriction;
of every box restrictions above 0.05 are dropped, and all but the four surest. Of what is left the one
is shown in which *coverage* (the share of all failures that lie inside) and *density* (the share of
what lies inside that fails) are highest together. Boxes are found on two thirds of the cases and judged
on the rest: only the judged numbers are evidence, and quasi-p values do not count how many factors were
tried. A box is called one where so many failures in it, of the held-out cases, come by chance in less than
one in twenty boxes (Fisher's exact test).
"""

# What a stored result must hold to be written about; one of an older shape is to be made anew.
STORED = {"box": ({"judged_p": float}, None)}


def title(document: Mapping[str, Any], language: str) -> str:
    """Return the finding in one sentence."""
    box = document["box"]
    values: dict[str, object] = {
        "outcome": document["outcome"],
        "sense": word(document["sense"], language),
        "threshold": sensible(document["threshold"], language),
    }
    if box is None or box["judged_density"] is None or box["judged_coverage"] is None:
        told = word("no_box", language, **values)
    elif box["judged_p"] > SURE:
        told = word("not_confirmed", language, **values)
    else:
        told = word("box_title", language, coverage=share(box["judged_coverage"], language),
                    density=share(box["judged_density"], language), **values)  # fmt: skip
    return told[0].upper() + told[1:]


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return what was found, in lines for the terminal."""
    return [
        "",
        f"{title(document, language)}. {_all(document, language)}",
        *(f"  {line}" for line in _limits(document)),
    ]


def _all(document: Mapping[str, Any], language: str) -> str:
    told = word("all_cases", language, share=share(document["hits"], language))
    return told[0].upper() + told[1:] + "."


def _limits(document: Mapping[str, Any]) -> list[str]:
    """Return the limits of a box, a line each."""
    lines = []
    for limit in (document["box"] or {"limits": []})["limits"]:
        ends = [
            f"{sign} {limit[side]:.4g} (quasi-p {limit[side + '_quasi_p']:.1g})"
            for side, sign in (("low", ">="), ("high", "<="))
            if limit[side] is not None
        ]
        lines.append(f"{limit['factor']} {' and '.join(ends)}")
    return lines


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the figure in both languages, where there is a box."""
    if document["box"] is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        draw_discovery(
            document, title(document, language), language, folder / f"{document['outcome']}_{language}.csv"
        )


def write_pages(*documents: dict[str, Any], docs: Path = DOCS) -> Path:
    """Keep results among the pages, and write the page from all that are stored there."""
    folder = docs / FIGURES
    for document in documents:
        keep(document, folder / f"{document['outcome']}.json")
        draw(document, folder)
    page = docs / "discovery.md"
    page.write_text(
        HEAD + "".join(_section(read(path, STORED)) for path in sorted(folder.glob("*.json"))),
        encoding="utf-8",
    )
    print(page)
    return page


def _section(document: Mapping[str, Any]) -> str:
    """Return the part of the page on one outcome."""
    box, name = document["box"], document["outcome"]
    lines = [
        f"\n## `{name}` {document['sense']} {document['threshold']:.4g}\n",
        f"{document['meaning']['en'][:1].upper()}{document['meaning']['en'][1:]}, "
        f"{document['unit']['en']}. {document['municipality']}, "
        f"{document['households']:,} households, {document['first_month']} to {document['last_month']}, "
        f"policy "
        f"{document['policy']}; {document['cases']:,} cases, {document['runs']:,} runs, "
        f"{document['core_seconds']:,} core-seconds; result version {document['result_version']}.\n",
        f"```text\n{document['command']}\n```\n",
        f"**{title(document, 'en')}.** {_all(document, 'en')}\n",
    ]
    if box is None:
        return "\n".join(lines)
    lines += [f"* `{line}`" for line in _limits(document)]
    lines += [
        "",
        "| | coverage | density |",
        "| --- | --- | --- |",
        f"| where it was found | {box['coverage']:.2f} | {box['density']:.2f} |",
        f"| judged on the other cases | {_cell(box['judged_coverage'])} | {_cell(box['judged_density'])} |",
        "",
        f"By chance as many, of the held-out cases: p {box['judged_p']:.2g}.",
        "",
        f"![{name}]({FIGURES}/{name}_en.png)",
        "",
    ]
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    return "none there" if value is None else f"{value:.2f}"
