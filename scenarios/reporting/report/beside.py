"""What stands beside a run in its report: comparable municipalities, and the claims of the sources."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.report.sentences import (
    Aside,
    Block,
    Bullets,
    Grid,
    Paragraph,
    Section,
    said,
    told_together,
    with_interval,
)
from scenarios.reporting.summary.comparison import TOLD
from scenarios.reporting.systems import systems
from scenarios.reporting.texts.claims import claim_verdict, is_finished_study, statement_sentence
from scenarios.reporting.texts.comparison_texts import (
    figure_word,
    figure_written,
    outcome_words,
    title,
    years,
)
from scenarios.reporting.texts.story_words import listed
from simulation.outcomes.comparison import (
    COMPARE_TABLES,
    FIGURES,
    OWN,
    municipal_figures,
    municipality_names,
    similarity_table,
)
from simulation.outcomes.intervals import LEVEL, Interval
from simulation.recording.store import Run, open_run

CLAIMS, COMPARABLE = "claims.json", "comparable.json"
NEAREST = 3

# What describes a result of `landingsbaan comparable`, and its effects.
Comparable = tuple[dict[str, Any], pd.DataFrame]


def open_comparison(folder: Path) -> Run:
    """Return a comparison; ValueError when the folder holds none that is whole."""
    if not (folder / "outcomes.parquet").is_file():
        raise ValueError(
            f"{folder} is not a comparison of systems: expected a folder of landingsbaan compare"
        )
    return open_run(folder, COMPARE_TABLES)


def open_claims(folder: Path) -> dict[str, Any]:
    """Return a finished study of claims; ValueError when the folder holds none."""
    try:
        study = json.loads((folder / CLAIMS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        study = None
    if not is_finished_study(study):
        raise ValueError(f"{folder} is not a finished study: expected a folder of landingsbaan claims")
    return dict(study)


def as_interval(row: pd.Series) -> Interval:
    """Return a row of a comparison as an interval."""
    return Interval(float(row["mean"]), float(row["low"]), float(row["high"]), float(row["positive"]),
                    float(row["negative"]), LEVEL, int(row["replications"]))  # fmt: skip


def open_comparable(folder: Path) -> Comparable:
    """Return what `landingsbaan comparable` wrote; ValueError when the folder holds none that is whole."""
    try:
        document = json.loads((folder / COMPARABLE).read_text(encoding="utf-8"))
        return document, pd.read_csv(folder / "effects.csv")
    except (OSError, ValueError):
        raise ValueError(
            f"{folder} is not a result of landingsbaan comparable: expected its {COMPARABLE} and effects.csv"
        ) from None


def find_comparable(run: dict[str, Any], root: Path) -> Path | None:
    """Return the newest result under `root` about the municipality, policy and result version of a run."""
    found = []
    for path in root.glob(f"*/{COMPARABLE}"):
        try:
            document, _ = open_comparable(path.parent)
        except ValueError:
            continue
        if (document["municipalities"][0] == run.get("municipality_slug")
                and document["policy"]["en"] == texts.policy_of(run, "en")
                and document["result_version"] == run["result_version"]):  # fmt: skip
            found.append(path)
    return max(found, key=lambda path: path.stat().st_mtime).parent if found else None


def nearest_slugs(slug: str) -> list[str]:
    """Return the municipalities of the data most like this one; none for a made-up municipality."""
    return list(similarity_table([slug])["other"].head(NEAREST))


def others_section(run: Run, comparable: Comparable | None, comparison: Run | None, language: str) -> Section:
    """Return the municipalities most like this one: who lives there, how care is organised, what is known."""
    slug = str(run.document.get("municipality_slug", ""))
    near = nearest_slugs(slug)
    blocks: list[Block] = []
    if near:
        names = municipality_names()
        words = {"municipality": run.document["municipality"],
                 "near": listed([names[each] for each in near], language)}  # fmt: skip
        blocks += [Paragraph(said("alike", language, **words)), _people_grid([slug, *near], language)]
        blocks += _organisation([slug, *near], language)
    else:
        blocks.append(Paragraph(said("no_others", language)))
    if comparable is not None:
        blocks += _effects(*comparable, language)
    if comparison is not None:
        blocks += _compared(run, comparison, language)
    return Section("others", said("others_title", language), tuple(blocks))


def _people_grid(slugs: list[str], language: str) -> Grid:
    """Return who lives in some municipalities, side by side."""
    figures, names = municipal_figures(), municipality_names()
    rows = [
        [figure_word(each, language), *(figure_written(float(figures.loc[slug, each]), each, language)
                                        for slug in slugs)]
        for each in FIGURES
    ]  # fmt: skip
    heads = [said("figure", language), *(names[slug] for slug in slugs)]
    return Grid(said("people_beside", language), heads, rows)


@cache
def _particulars() -> dict[str, list[dict[str, str]]]:
    """Return what the sources say of how care is organised, by municipality, in both languages."""
    found: dict[str, list[dict[str, str]]] = {}
    for content in systems().values():
        if content["particulars"]:
            found.setdefault(content["municipality"], content["particulars"])
    return found


def _organisation(slugs: list[str], language: str) -> list[Block]:
    """Return how care is organised in the municipalities that have a description of their own."""
    names, known = municipality_names(), _particulars()
    found = {slug: [each[language] for each in known[slug]] for slug in slugs if slug in known}
    without = [names[slug] for slug in slugs if slug not in found]
    blocks: list[Block] = [
        Aside(said("organised", language, municipality=names[slug]), (Bullets(found[slug]),), printed=True)
        for slug in slugs
        if slug in found
    ]
    if without:
        blocks.append(Paragraph(said("not_described", language, names=listed(without, language))))
    return blocks


def _effects(document: dict[str, Any], effects: pd.DataFrame, language: str) -> list[Block]:
    """Return what the same policy does in the municipalities, each with its own organisation."""
    own = effects[effects["organisation"] == OWN]
    slugs = [each for each in document["municipalities"] if (own["municipality"] == each).any()]
    rows = []
    for outcome in (each for each in TOLD if (own["outcome"] == each).any()):
        of = own[own["outcome"] == outcome].set_index("municipality")
        cells = [with_interval(as_interval(of.loc[slug]), language) for slug in slugs]
        rows.append([", ".join(outcome_words(outcome, language)), *cells])
    heads = [said("outcome", language), *(document["names"][slug] for slug in slugs)]
    count = texts.replications(document["replications"], language)
    caption = said("effects_beside", language, policy=document["policy"][language], replications=count,
                   first=document["first_year"], last=document["last_year"])  # fmt: skip
    return [Grid(caption, heads, rows)]


def _compared(run: Run, comparison: Run, language: str) -> list[Block]:
    """Return the systems in their own municipalities, and what differs by policy alone."""
    order = comparison.document["systems"]
    names = [title(comparison, each, language) for each in order]
    first, last = years(comparison)
    count = texts.replications(comparison.document["replications"], language)
    blocks: list[Block] = [
        Paragraph(said("compared", language, systems=listed(names, language), first=first, last=last,
                       replications=count))
    ]  # fmt: skip
    if run.document.get("system") not in order:
        where = texts.place(run.document["municipality"], language)
        blocks.append(Paragraph(said("not_compared", language, municipality=where)))
    differences = comparison.table("differences")
    for system in order[1:]:
        rows = differences[differences["system"] == system].set_index("outcome")
        found = [_beside(comparison, system, each, rows.loc[each], language)
                 for each in TOLD if each in rows.index]  # fmt: skip
        blocks.append(Paragraph(said("beside", language, system=title(comparison, system, language),
                                     reference=names[0]), kind="heading"))  # fmt: skip
        blocks.append(Bullets(told_together("beside", found, language)))
    return [*blocks, _own_grid(comparison, names, language)]


def _beside(
    comparison: Run, system: str, outcome: str, row: pd.Series, language: str
) -> tuple[str, Interval, dict[str, str]]:
    """Return one outcome of a system beside the first one: its name, interval and words."""
    name, unit = outcome_words(outcome, language)
    words = {"system": title(comparison, system, language), "outcome": name, "unit": unit,
             "reference": title(comparison, comparison.document["systems"][0], language)}  # fmt: skip
    return name, as_interval(row), words


def _own_grid(comparison: Run, names: list[str], language: str) -> Grid:
    """Return the outcomes of each system in its own municipality."""
    table = comparison.table("systems")
    own = table[table["place"] == OWN]
    rows = []
    for outcome in TOLD:
        of = own[own["outcome"] == outcome].set_index("system")
        if len(of):
            cells = [
                with_interval(as_interval(of.loc[each]), language) for each in comparison.document["systems"]
            ]
            rows.append([", ".join(outcome_words(outcome, language)), *cells])
    return Grid(said("own_caption", language), [said("outcome", language), *names], rows)


def claims_section(study: dict[str, Any], language: str) -> Section:
    """Return the verdicts on the claims, each with what was found."""
    rows = [
        [f"{each['id']}: {each['title'][language]}", claim_verdict(each, language),
         texts.number(each.get("replications", 0), language)]
        for each in study["claims"]
    ]  # fmt: skip
    heads = [said(key, language) for key in ("claim", "claim_verdict", "claim_replications")]
    found = [
        f"{each['id']}. {row[f'text_{language}']} {statement_sentence(row, language)}"
        for each in study["claims"]
        for row in each["statements"]
    ]
    return Section(
        "claims",
        said("claims_title", language),
        (Paragraph(said("claims_how", language)), Grid(said("claims_caption", language), heads, rows),
         Aside(said("claims_aside", language), (Bullets(found),))),
    )  # fmt: skip
