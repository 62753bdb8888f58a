"""The pages of a forecast and of comparable municipalities, in English and Dutch.

Their tables include the uncertainty of each number.
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.analysis.forecast.measures import MEASURES, POOLED, SAME
from scenarios.reporting import texts
from scenarios.reporting.summary.history import backtest_sentence
from scenarios.reporting.summary.remainder import remainder_table
from scenarios.reporting.texts.comparison_texts import (
    figure_word,
    figure_written,
    outcome_words,
    with_interval,
)
from scenarios.reporting.texts.forecast import said
from simulation.outcomes.comparison import FIGURES, IN_ALL, NEUTRAL, OWN
from simulation.recording.arm_names import REFERENCE

FEW_REPLICATIONS = 20
# Measures with a table of differences and of grant scenarios; all measures are in the data tables.
SHOWN = ("youth_users", "wmo_users", "debt_users", "cost_youth", "cost_wmo", "cost_debt", "result",
        "waiting_youth", "waiting_wmo", "waiting_teams", "team_staff", "team_staff_needed")  # fmt: skip
OF_GRANTS = ("youth_users", "wmo_users", "cost_youth", "cost_wmo", "result", "waiting_youth", "waiting_teams")
NOT_SCORED = "inhabitants"  # an input of the model


def page_text(
    document: Mapping[str, Any],
    table: pd.DataFrame,
    differences: pd.DataFrame,
    wijken: pd.DataFrame | None,
    figures: list[str],
    language: str,
) -> str:
    """Return the page.

    Parameters
    ----------
    document : mapping
        Description of the forecast.
    table, differences : DataFrame
        Fans of levels, and of differences to the reference.
    wijken : DataFrame or None
        Fans by wijk; None where the profile has one wijk.
    figures : list of str
        File names of the images, in the same folder.
    language : str
        "en" or "nl".

    Returns
    -------
    str
        Markdown.
    """
    levels = table[table["grants"] == POOLED]
    blocks = [*_head(document, language), *_errors(document, language)]
    blocks += [f"## {said('coming', language)}", *_coming(document, levels, language)]
    if len(document["policies"]) > 1:
        blocks += [*_differences(document, differences, language), *_beside(document, language)]
    if len(document["grants"]) > 1:
        blocks += _by_grants(document, table, language)
    blocks += _registered(levels, language)
    blocks += _wijken(document, wijken, language)
    blocks += [f"![{name}]({name})" for name in figures]
    blocks += [f"## {said('tables', language)}", said("laid_beside", language)]
    blocks.append(said("made", language, command=document["command"], version=document["result_version"]))
    return "\n\n".join(blocks) + "\n"


def say_no_excel(path: Path) -> None:
    """Print to standard error, in both languages, that there is no Excel file."""
    print("\n".join(said("no_excel", language, path=path) for language in ("en", "nl")), file=sys.stderr)


def policy_title(document: Mapping[str, Any], policy: str, language: str) -> str:
    """Return the title of a policy; the reference is the current policy."""
    if policy == REFERENCE:
        return said("one_policy", language)
    return str(document["policies"][policy][language])


def fan_size(document: Mapping[str, Any]) -> int:
    """Return the number of runs of a fan."""
    return int(document["replications"] * len(document["grants"]))


def grants_name(name: str, language: str) -> str:
    """Return the title of a grant scenario; a user's own keeps its name."""
    return said(name, language) if name in ("low", "middle", "high", POOLED) else name


def _head(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the title, the description of the runs, and the assumptions after the last known year."""
    policies, grants = document["policies"], document["grants"]
    replications = texts.replications(document["replications"], language)
    many = said("policies", language, number=len(policies))
    scenarios = said("scenarios", language, number=len(grants))
    one = said("one_scenario", language, name=grants_name(next(iter(grants)), language))
    blocks = [
        "# " + said("title", language, municipality=texts.place(document["municipality"], language),
                    first=document["first_year"], last=document["last_year"]),
        said("how", language, replications=document["replications"], known=document["known_until"],
             first=document["first_year"],
             policies=many if len(policies) > 1 else said("one_policy", language),
             grants=scenarios if len(grants) > 1 else one),
        said("fan", language, values=fan_size(document), system=document["system"].replace("_", " ")),
    ]  # fmt: skip
    if document["replications"] < FEW_REPLICATIONS:
        blocks.append(said("few", language, replications=replications))
    if abs(document["scale"] - 1.0) > 0.01:
        blocks.append(said("sample", language, households=texts.number(document["households"], language),
                           scale=texts.sensible(document["scale"], language)))  # fmt: skip
    growths = ", ".join(
        said("growth", language, name=grants_name(name, language),
             percent=texts.number(100.0 * growth, language, 2, sign=True))
        for name, growth in grants.items()
    )  # fmt: skip
    assumed = said("assumed", language, known=document["known_until"], growths=growths)
    weights = f" {said('weights', language)}" if len(grants) > 1 else ""
    return [*blocks, assumed + weights]


def _errors(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the errors measured by the back-test."""
    missed = backtest_sentence(document["last_year"], language)
    return [f"## {said('errors', language)}", *([missed] if missed else []), said("errors_of", language)]


def _coming(document: Mapping[str, Any], levels: pd.DataFrame, language: str) -> list[str]:
    """Return a table per policy: every measure in the last known, the first and the last forecast year."""
    known, first, last = document["known_until"], document["first_year"], document["last_year"]
    before = _of_year(levels, REFERENCE, known)
    blocks = []
    for policy in document["policies"]:
        ahead = [(year, _of_year(levels, policy, year)) for year in dict.fromkeys((first, last))]
        heads = [said("measure", language), said("law", language), said("unit", language),
                 said("in_year", language, year=known),
                 *(said("in_year", language, year=year) for year, _ in ahead), f"50% {last}"]  # fmt: skip
        rows = []
        for name, measure in MEASURES.items():
            cells = [
                _level(rows_of.get(name), language) for rows_of in (before, *(each for _, each in ahead))
            ]
            half = _ends(ahead[-1][1].get(name), ("p25", "p75"), language)
            rows.append([said(name, language), said(f"law_{measure.law}", language),
                         said(measure.unit, language), *cells, half])  # fmt: skip
        title = policy_title(document, policy, language)
        blocks += [f"### {texts.capital(title)}", _table(heads, rows)]
    return blocks


def _differences(document: Mapping[str, Any], differences: pd.DataFrame, language: str) -> list[str]:
    """Return the paired differences of the alternatives in the last year."""
    last = document["last_year"]
    rows = []
    pooled = differences[differences["grants"] == POOLED]
    for policy in list(document["policies"])[1:]:
        here = _of_year(pooled, policy, last)
        for name in SHOWN:
            if name in here:
                rows.append([policy_title(document, policy, language), said(name, language),
                             said(MEASURES[name].unit, language), _level(here[name], language, sign=True),
                             said(certainty(here[name]), language)])  # fmt: skip
    heads = [said(key, language) for key in ("policy", "measure", "unit", "difference", "certainty")]
    return [f"## {said('differences', language, year=last)}", said("paired", language), _table(heads, rows)]


def _beside(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the effects of every alternative in placebo runs, and its cost components."""
    blocks = [f"## {said('beside', language)}",
              said("beside_how", language, first=document["first_year"], last=document["last_year"],
                   grants=grants_name(document["beside_grants"], language))]  # fmt: skip
    for policy, found in document["beside"].items():
        blocks.append(f"### {texts.capital(policy_title(document, policy, language))}")
        blocks.append("\n".join(remainder_table(found, language)).strip())
    return blocks


def certainty(row: pd.Series) -> str:
    """Return the direction of a difference that its 90% interval supports.

    Examples
    --------
    >>> certainty(pd.Series({"p5": -1.0, "p95": 2.0})), certainty(pd.Series({"p5": 1.0, "p95": 2.0}))
    ('inconclusive', 'higher')
    >>> certainty(pd.Series({"p5": 0.0, "p95": 0.0}))
    'no_difference'
    """
    if row["p5"] == row["p95"] == 0.0:
        return "no_difference"
    if row["p5"] <= 0.0 <= row["p95"]:
        return "inconclusive"
    return "higher" if row["p5"] > 0.0 else "lower"


def _by_grants(document: Mapping[str, Any], table: pd.DataFrame, language: str) -> list[str]:
    """Return the last year under the current policy, a column per grant scenario."""
    last, grants = document["last_year"], list(document["grants"])
    found = {each: _of_year(table[table["grants"] == each], REFERENCE, last) for each in grants}
    heads = [said("measure", language), said("unit", language),
             *(grants_name(each, language) for each in grants)]  # fmt: skip
    rows = [[said(name, language), said(MEASURES[name].unit, language),
             *(_level(found[each].get(name), language) for each in grants)]
            for name in OF_GRANTS]  # fmt: skip
    return [f"## {said('by_grants', language, year=last)}", _table(heads, rows)]


def _registered(levels: pd.DataFrame, language: str) -> list[str]:
    """Return every registered figure and the model's interval of that year, current policy."""
    rows = levels[levels["registered"].notna() & (levels["policy"] == REFERENCE)].sort_values(
        ["measure", "year"], key=lambda values: values.map(list(MEASURES).index)
        if values.name == "measure" else values)  # fmt: skip
    title = f"## {said('registered', language)}"
    if rows.empty:
        return [title, said("no_registered", language)]
    inside = rows["registered"].between(rows["p5"], rows["p95"])
    scored = (rows["registered_counts"] == SAME) & (rows["measure"] != NOT_SCORED)
    heads = [said(key, language) for key in ("measure", "year", "register", "model", "within", "counts")]
    cells = [
        [said(row.measure, language), str(row.year),
         _number(row.registered, abs(row.registered), language),
         _level(rows.loc[row.Index], language), said("yes" if inside[row.Index] else "no", language),
         said(f"counts_{row.registered_counts}", language)]
        for row in rows.itertuples()
    ]  # fmt: skip
    told = said("inside", language, inside=int((inside & scored).sum()), all=int(scored.sum()))
    return [title, _table(heads, cells), told]


def _wijken(document: Mapping[str, Any], wijken: pd.DataFrame | None, language: str) -> list[str]:
    """Return the last year by wijk under the current policy."""
    last = document["last_year"]
    title = f"## {said('wijken', language, year=last)}"
    if wijken is None:
        return [title, said("one_wijk", language)]
    here = wijken[(wijken["year"] == last) & (wijken["policy"] == REFERENCE)]
    names = list(dict.fromkeys(here["measure"]))
    units = dict(zip(here["measure"], here["unit"], strict=True))
    heads = [said("wijk", language), said("deprivation", language),
             *(f"{said(name, language)} ({said(units[name], language)})" for name in names)]  # fmt: skip
    rows = []
    for (_, wijk), of_wijk in here.groupby(["deprivation", "wijk"]):
        by_name = of_wijk.set_index("measure")
        deprivation = texts.number(by_name["deprivation"].iloc[0], language, 2, sign=True)
        rows.append([str(wijk), deprivation, *(_level(by_name.loc[name], language) for name in names)])
    return [title, said("made_up", language), _table(heads, rows)]


def _of_year(table: pd.DataFrame, policy: str, year: int) -> dict[str, pd.Series]:
    """Return the rows of a policy and a year by measure."""
    rows = table[(table["policy"] == policy) & (table["year"] == year)].set_index("measure")
    return {str(name): rows.loc[name] for name in rows.index}


def _level(row: pd.Series | None, language: str, sign: bool = False) -> str:
    """Return a median with its 90% interval."""
    if row is None:
        return "-"
    size = max(abs(row["p5"]), abs(row["p95"]))
    return f"{_number(row['median'], size, language, sign)} {_ends(row, ('p5', 'p95'), language, sign)}"


def _ends(row: pd.Series | None, names: Iterable[str], language: str, sign: bool = False) -> str:
    if row is None:
        return "-"
    size = max(abs(row["p5"]), abs(row["p95"]))
    return "[" + "; ".join(_number(row[name], size, language, sign) for name in names) + "]"


def _number(value: float, size: float, language: str, sign: bool = False) -> str:
    return texts.sensible(value, language, size, sign)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


PEOPLE, ORGANISATION = "people", "organisation"
PARTS = (IN_ALL, PEOPLE, ORGANISATION)
# Outcomes with a sentence on the reason for a different effect.
COMPARED = ("net_cost", "all_payers_cost", "crises", "unmet", "team_waiting", "specialist_waiting")


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
        Description of the result.
    levels : DataFrame
        Effects of the policy, by organisation, municipality and outcome.
    parts : DataFrame
        Differences to the first municipality, and their parts.
    similarity : DataFrame
        Distances to the first municipality.
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
                    policy=texts.capital(policy)),
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
    blocks.append(f"## {said('beside', language)}")
    for slug, found in document["beside"].items():
        blocks += [f"### {document['names'][slug]}", "\n".join(remainder_table(found, language)).strip()]
    missed = backtest_sentence(document["last_year"], language)
    blocks += [said("comparable_limits", language), *([missed] if missed else [])]
    blocks.append(said("made", language, command=document["command"], version=document["result_version"]))
    return "\n\n".join(blocks) + "\n"


def reason(rows: pd.DataFrame) -> str:
    """Return the text key of the reason why the effect of a policy differs.

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
    """Return a table of profiles, one column per municipality."""
    away = similarity.set_index("other")
    heads = [said("municipality", language), said("away", language), said("of", language),
             *(figure_word(each, language) for each in FIGURES), said("system", language)]  # fmt: skip
    rows = []
    for place, slug in enumerate(document["municipalities"]):
        known = document["figures"][slug]
        cells = [
            figure_written(float("nan") if known[each] is None else known[each], each, language)
            for each in FIGURES
        ]
        near = ["", ""] if place == 0 else [texts.number(away.loc[slug, "distance"], language, 2),
                                            str(away.loc[slug, "figures"])]  # fmt: skip
        rows.append([document["names"][slug], *near, *cells, document["systems"][slug].replace("_", " ")])
    return _table(heads, rows)


def _effects(document: Mapping[str, Any], rows: pd.DataFrame, language: str) -> str:
    """Return the effects of the policy, a column per municipality."""
    slugs = document["municipalities"]
    heads = [said("outcome", language), said("unit", language), *(document["names"][slug] for slug in slugs)]
    cells = []
    for outcome in dict.fromkeys(rows["outcome"]):
        here = rows[rows["outcome"] == outcome].set_index("municipality")
        cells.append([*outcome_words(outcome, language),
                      *(with_interval(here.loc[slug], language) for slug in slugs)])  # fmt: skip
    return _table(heads, cells)


def _parts(rows: pd.DataFrame, language: str) -> str:
    """Return the difference of the effect, and its parts, for one municipality."""
    heads = [said("outcome", language), said("unit", language), *(said(part, language) for part in PARTS)]
    cells = []
    for outcome in dict.fromkeys(rows["outcome"]):
        here = rows[rows["outcome"] == outcome].set_index("part")
        cells.append([*outcome_words(outcome, language),
                      *(with_interval(here.loc[part], language) for part in PARTS)])  # fmt: skip
    return _table(heads, cells)


def _sentences(document: Mapping[str, Any], parts: pd.DataFrame, slug: str, language: str) -> list[str]:
    """Return a sentence per outcome: higher, lower or inconclusive, and the reason."""
    here = parts[parts["municipality"] == slug]
    lines = []
    for outcome in COMPARED:
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
