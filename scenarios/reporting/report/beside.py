"""What stands beside a run in its report: comparable municipalities, and the claims of the sources."""

import json
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
from scenarios.reporting.texts.claims import claim_verdict, is_finished_study, statement_sentence
from scenarios.reporting.texts.comparison_texts import outcome_words, title, years
from scenarios.reporting.texts.story_words import listed
from simulation.outcomes.comparison import COMPARE_TABLES, OWN, municipality_names, similarity_table
from simulation.outcomes.intervals import LEVEL, Interval
from simulation.recording.store import Run, open_run

CLAIMS = "claims.json"
NEAREST = 3
EXAMPLES = ("zwolle", "eindhoven")


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


def nearest_names(slug: str) -> list[str]:
    """Return the municipalities of the data most like this one; none for a made-up municipality."""
    table = similarity_table([slug])
    names = municipality_names()
    return [names[each] for each in table["other"].head(NEAREST)]


def others_section(run: Run, comparison: Run | None, language: str) -> Section:
    """Return how comparable municipalities do, or that this was not asked and how to ask it."""
    near = nearest_names(str(run.document.get("municipality_slug", "")))
    blocks: list[Block] = []
    if near:
        words = {"municipality": run.document["municipality"], "near": listed(near, language)}
        blocks.append(Paragraph(said("alike", language, **words)))
    if comparison is None:
        blocks.append(Paragraph(said("no_compare", language)))
        blocks.append(Paragraph(compare_command(run.document.get("system")), kind="code"))
    else:
        blocks += _compared(run, comparison, language)
    return Section("others", said("others_title", language), tuple(blocks))


def compare_command(system: str | None) -> str:
    """Return a command that compares a system with others.

    Examples
    --------
    >>> compare_command("zwolle"), compare_command(None)
    ('landingsbaan compare system=zwolle,eindhoven', 'landingsbaan compare system=zwolle,eindhoven')
    """
    others = [each for each in EXAMPLES if each != system]
    return f"landingsbaan compare system={','.join([*([system] if system else []), *others])}"


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
