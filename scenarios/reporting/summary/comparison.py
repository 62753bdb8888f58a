"""The summary of a comparison: tables and sentences that claim no more than the replications allow."""

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.summary.history import backtest_sentence
from scenarios.reporting.texts.comparison_texts import (
    figure_word,
    figure_written,
    one_sided,
    outcome_words,
    said,
    title,
    with_interval,
    years,
)
from simulation.outcomes.comparison import (
    FIGURES,
    FILE,
    NEUTRAL,
    OWN,
    PARTS,
    municipal_figures,
    municipality_names,
)
from simulation.recording.store import Run

FEW_REPLICATIONS = 20
# Outcomes whose differences are put into sentences.
TOLD = ("net_cost", "all_payers_cost", "crises", "unmet", "specialist_waiting", "found_early_share")
NEAREST = 3


def summary_text(run: Run, language: str) -> str:
    """Return the summary as text with tables, for the terminal and for a file."""
    parts = [_head(run, language), *(_place(run, place, language) for place in (NEUTRAL, OWN))]
    parts += [_differences(run, language), _decomposition(run, language), _sentences(run, language)]
    parts += [_alike(run, language), said("limits", language)]
    missed = backtest_sentence(years(run)[1], language)
    parts += [missed] if missed else []
    return "\n\n".join(parts) + "\n"


def _head(run: Run, language: str) -> str:
    first, last = years(run)
    systems = ", ".join(title(run, each, language) for each in run.document["systems"])
    replications = texts.replications(run.document["replications"], language)
    lines = [f"# {said('title', language, systems=systems)}", ""]
    lines.append(said("asked", language, replications=replications, first=first, last=last))
    count = run.document["replications"]
    if 1 < count <= FEW_REPLICATIONS:
        chance = texts.number(0.5 ** (count - 1), language, 3)
        lines.append(said("few", language, replications=replications, chance=chance))
    return "\n".join(lines)


def _place(run: Run, place: str, language: str) -> str:
    """Return what every system does on one place: a row per outcome, a column per system."""
    table = run.table("systems")
    here = table[table["place"] == place]
    heading = said("own", language)
    if place == NEUTRAL:
        heading = said("neutral", language, place=_spaced(run.document["neutral"]),
                       households=texts.number(_households(run), language))  # fmt: skip
    return f"## {heading}\n\n" + _by_outcome(run, here, "system", run.document["systems"], language)


def _differences(run: Run, language: str) -> str:
    table, order = run.table("differences"), run.document["systems"]
    heading = said("differences", language, reference=title(run, order[0], language))
    return f"## {heading}\n\n" + _by_outcome(run, table, "system", order[1:], language)


def _decomposition(run: Run, language: str) -> str:
    """Return the parts of the difference between own municipalities, a table per system."""
    table, order = run.table("decomposition"), run.document["systems"]
    heading = said("decomposition", language, reference=title(run, order[0], language))
    lines = [f"## {heading}", "", said("parts", language)]
    for system in order[1:]:
        here = table[table["system"] == system]
        lines += ["", f"### {title(run, system, language)}", ""]
        lines.append(_by_outcome(run, here, "part", list(PARTS), language))
    return "\n".join(lines)


def _by_outcome(run: Run, table: pd.DataFrame, by: str, columns: list[str], language: str) -> str:
    """Return a table with a row per outcome; intervals between brackets."""
    names = [title(run, each, language) if by == "system" else said(each, language) for each in columns]
    lines = [_row([said("outcome", language), said("unit", language), *names])]
    lines.append(_row(["---"] * (len(columns) + 2)))
    for outcome in table["outcome"].unique():
        rows = table[table["outcome"] == outcome].set_index(by)
        cells = [with_interval(rows.loc[each], language) for each in columns]
        lines.append(_row([*outcome_words(outcome, language), *cells]))
    return "\n".join(lines)


def _sentences(run: Run, language: str) -> str:
    """Return a sentence per system and outcome: higher, lower, or inconclusive."""
    table, order = run.table("differences"), run.document["systems"]
    lines = [f"## {said('words', language)}", ""]
    for system in order[1:]:
        rows = table[table["system"] == system].set_index("outcome")
        lines += [
            f"- {_sentence(run, system, outcome, rows.loc[outcome], language)}"
            for outcome in TOLD
            if outcome in rows.index
        ]
    return "\n".join(lines)


def _sentence(run: Run, system: str, outcome: str, row: pd.Series, language: str) -> str:
    name, unit = outcome_words(outcome, language)
    sided = one_sided(row)
    key = ("more" if row["mean"] > 0 else "less") if sided else "unclear"
    if row["positive"] == row["negative"] == 0.0:
        key = "same"
    numbers = texts.three(row["mean"], row["low"], row["high"], language, sign=key == "unclear")
    size = texts.three(abs(row["mean"]), row["low"], row["high"], language)["mean"]
    return said(
        key, language, system=title(run, system, language), outcome=name, unit=unit,
        reference=title(run, run.document["systems"][0], language),
        size=size if sided else numbers["mean"], low=numbers["low"], high=numbers["high"],
        replications=texts.replications(run.document["replications"], language),
    )  # fmt: skip


def _alike(run: Run, language: str) -> str:
    """Return the compared municipalities and those most like them, figures beside each other."""
    table, figures, names = run.table("municipalities"), municipal_figures(), municipality_names()
    compared = set(run.document["own"].values())
    head = [said(each, language) for each in ("municipality", "away", "of")]
    lines = [f"## {said('alike', language)}", "", said("distance", language, file=FILE), ""]
    lines.append(_row(head + [figure_word(each, language) for each in FIGURES]))
    lines.append(_row(["---"] * (3 + len(FIGURES))))
    for slug in table["municipality"].unique():
        lines.append(_row([f"**{names[slug]}**", "", "", *_own(figures, slug, language)]))
        rows = table[table["municipality"] == slug]
        near = rows.head(NEAREST)
        beside = rows[rows["other"].isin(compared) & ~rows["other"].isin(near["other"])]
        for each in pd.concat([near, beside]).itertuples():
            mark = " *" if each.other in compared else ""
            away = [texts.number(each.distance, language, 2), str(each.figures)]
            lines.append(_row([f"{names[each.other]}{mark}", *away, *_own(figures, each.other, language)]))
    return "\n".join(lines)


def _own(figures: pd.DataFrame, slug: str, language: str) -> list[str]:
    return [figure_written(float(figures.loc[slug, each]), each, language) for each in FIGURES]


def _households(run: Run) -> int:
    return int(next(iter(run.document["households"][NEUTRAL].values())))


def _spaced(slug: str) -> str:
    return slug.replace("_", " ")


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
