"""The page of comparable municipalities, in English and Dutch."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.summary.backtest import backtest_sentence
from scenarios.reporting.texts.comparison_texts import figure_word, outcome_words, with_interval
from scenarios.reporting.texts.forecast import said
from simulation.outcomes.comparison import FIGURES, IN_ALL, NEUTRAL, OWN, written

PEOPLE, ORGANISATION = "people", "organisation"
PARTS = (IN_ALL, PEOPLE, ORGANISATION)
FEW_REPLICATIONS = 20
# Outcomes of which it is put into words why the effect differs.
TOLD = ("net_cost", "all_payers_cost", "crises", "unmet", "team_waiting", "specialist_waiting")


def comparable_text(
    document: Mapping[str, Any],
    levels: pd.DataFrame,
    parts: pd.DataFrame,
    similarity: pd.DataFrame,
    language: str,
) -> str:
    """Return the page.

    Parameters
    ----------
    document : mapping
        What describes the result.
    levels : DataFrame
        What the policy does, by organisation, municipality and outcome.
    parts : DataFrame
        How that differs from the first municipality, and its parts.
    similarity : DataFrame
        Distances from the first municipality.
    language : str
        "en" or "nl".

    Returns
    -------
    str
        Markdown.
    """
    first = document["municipalities"][0]
    name, policy = document["names"][first], document["policy"][language]
    replications = texts.replications(document["replications"], language)
    blocks = [
        "# " + said("comparable_title", language, municipality=name,
                    policy=policy[:1].upper() + policy[1:]),
        said("comparable_how", language, replications=replications, first=document["first_year"],
             last=document["last_year"], neutral=document["neutral"].replace("_", " ")),
    ]  # fmt: skip
    if document["replications"] < FEW_REPLICATIONS:
        chance = texts.number(0.5 ** (document["replications"] - 1), language, 3)
        blocks.append(said("comparable_few", language, replications=replications, chance=chance))
    blocks += [f"## {said('alike', language)}", said("alike_distance", language, file=document["file"]),
               _alike(document, similarity, language)]  # fmt: skip
    for organisation in (OWN, NEUTRAL):
        here = levels[levels["organisation"] == organisation]
        blocks.append(f"## {said(f'effects_{organisation}', language, policy=policy)}")
        blocks.append(_effects(document, here, language))
    blocks += [f"## {said('why', language, municipality=name)}", said("why_parts", language)]
    same = [document["names"][slug] for slug in document["municipalities"]
            if document["systems"][slug] == document["neutral"]]  # fmt: skip
    if same:
        blocks.append(said("no_organisation", language, municipalities=", ".join(same)))
    for slug in document["municipalities"][1:]:
        blocks += [f"### {document['names'][slug]}", _parts(parts[parts["municipality"] == slug], language),
                   "\n".join(_sentences(document, parts, slug, language))]  # fmt: skip
    missed = backtest_sentence(document["last_year"], language)
    blocks += [said("comparable_limits", language), *([missed] if missed else [])]
    blocks.append(said("made", language, command=document["command"], version=document["result_version"]))
    return "\n\n".join(blocks) + "\n"


def reason(rows: pd.DataFrame) -> str:
    """Return why the effect of a policy differs: the key of a text.

    Parameters
    ----------
    rows : DataFrame
        One outcome: the difference and its parts, with 90% intervals, indexed by part.

    Returns
    -------
    str
        "inconclusive" where the interval of the difference contains zero, else which parts have an interval
        that lies on the difference's side of zero.

    Examples
    --------
    >>> ends = {"low": [1, 1, -1], "high": [3, 3, 1]}
    >>> rows = pd.DataFrame(ends, index=["in_all", "people", "organisation"])
    >>> reason(rows)
    'by_people'
    """
    side = _side(rows.loc[IN_ALL])
    if not side:
        return "undecided"
    by = [part for part in (PEOPLE, ORGANISATION) if _side(rows.loc[part]) == side]
    if len(by) == 2:
        return "by_both"
    return f"by_{by[0]}" if by else "by_unknown"


def _side(row: pd.Series) -> int:
    return 1 if row["low"] > 0.0 else -1 if row["high"] < 0.0 else 0


def _alike(document: Mapping[str, Any], similarity: pd.DataFrame, language: str) -> str:
    """Return the profiles beside one another."""
    away = similarity.set_index("other")
    heads = [said("municipality", language), said("away", language), said("of", language),
             *(figure_word(each, language) for each in FIGURES), said("system", language)]  # fmt: skip
    rows = []
    for place, slug in enumerate(document["municipalities"]):
        known = document["figures"][slug]
        cells = [written(float("nan") if known[each] is None else known[each], each) for each in FIGURES]
        near = ["", ""] if place == 0 else [texts.number(away.loc[slug, "distance"], language, 2),
                                            str(away.loc[slug, "figures"])]  # fmt: skip
        rows.append([document["names"][slug], *near, *cells, document["systems"][slug].replace("_", " ")])
    return _table(heads, rows)


def _effects(document: Mapping[str, Any], rows: pd.DataFrame, language: str) -> str:
    """Return what the policy does, a column per municipality."""
    slugs = document["municipalities"]
    heads = [said("outcome", language), said("unit", language), *(document["names"][slug] for slug in slugs)]
    cells = []
    for outcome in dict.fromkeys(rows["outcome"]):
        here = rows[rows["outcome"] == outcome].set_index("municipality")
        cells.append([*outcome_words(outcome, language),
                      *(with_interval(here.loc[slug], language) for slug in slugs)])  # fmt: skip
    return _table(heads, cells)


def _parts(rows: pd.DataFrame, language: str) -> str:
    """Return how the effect differs, and its parts, of one municipality."""
    heads = [said("outcome", language), said("unit", language), *(said(part, language) for part in PARTS)]
    cells = []
    for outcome in dict.fromkeys(rows["outcome"]):
        here = rows[rows["outcome"] == outcome].set_index("part")
        cells.append([*outcome_words(outcome, language),
                      *(with_interval(here.loc[part], language) for part in PARTS)])  # fmt: skip
    return _table(heads, cells)


def _sentences(document: Mapping[str, Any], parts: pd.DataFrame, slug: str, language: str) -> list[str]:
    """Return a sentence per outcome: more, less or inconclusive, and why."""
    here = parts[parts["municipality"] == slug]
    lines = []
    for outcome in TOLD:
        rows = here[here["outcome"] == outcome].set_index("part")
        if rows.empty:
            continue
        name, unit = outcome_words(outcome, language)
        mean, low, high = rows.loc[IN_ALL, ["mean", "low", "high"]]
        words = texts.three(mean, low, high, language, sign=True)
        lines.append("- " + said(reason(rows), language, outcome=name, unit=unit, **words,
                                 other=document["names"][slug],
                                 municipality=document["names"][document["municipalities"][0]]))  # fmt: skip
    return lines


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
