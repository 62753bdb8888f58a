"""Who gains and who loses: by income, household type and wijk; a section of the report."""

from collections.abc import Mapping

import pandas as pd

from agents.vocabulary import PROBLEMS
from scenarios.reporting.report.money import policy_words, years_of
from scenarios.reporting.report.sentences import (
    LESS,
    MORE,
    Aside,
    Bullets,
    Grid,
    Paragraph,
    Section,
    capital,
    reading,
    said,
    sizes,
    told,
    told_together,
    verdict,
    with_interval,
)
from scenarios.reporting.summary.outcomes import once_per_run
from scenarios.reporting.texts.story_words import listed
from simulation.outcomes.intervals import Interval, interval
from simulation.outcomes.municipalities import NAME, with_ranks
from simulation.recording.store import Run

THIRDS = ("wijken_least", "wijken_middle", "wijken_most")
TYPES = ("single", "couple", "one_parent", "couple_with_children")
INCOMES = 5


def percent(reference: pd.DataFrame, policy: pd.DataFrame) -> pd.DataFrame:
    """Return by how many percent the policy differs from the reference; nothing against nothing is 0.

    Examples
    --------
    >>> percent(pd.DataFrame({"unmet": [4.0, 0.0]}), pd.DataFrame({"unmet": [3.0, 0.0]}))["unmet"].tolist()
    [-25.0, 0.0]
    """
    return (100.0 * (policy - reference) / reference.where(reference > 0.0)).fillna(0.0)


def groups_of(run: Run) -> pd.DataFrame:
    """Return severity and unmet severity per replication, arm and group, from the policy's first year on."""
    parts = [_households(run), _wijken(run)]
    return pd.concat(parts, ignore_index=True)


def _since_policy(table: pd.DataFrame, run: Run) -> pd.DataFrame:
    """Return the rows of the two arms from the policy's first year on."""
    return table[table["arm"].isin(("reference", "policy")) & (table["year"] >= years_of(run)[0])]


def _households(run: Run) -> pd.DataFrame:
    """Return the groups by income and by household type."""
    rows = _since_policy(run.table("groups"), run)
    keys = ["replication", "arm", "severity", "unmet"]
    income = rows[keys].assign(group="income_" + rows["income"].astype(str))
    kind = rows[keys].assign(group=rows["household_type"].astype(str))
    return pd.concat([income, kind], ignore_index=True)


def _wijken(run: Run) -> pd.DataFrame:
    """Return the wijken in thirds by deprivation, and each by its rank; in a country each by its number.

    Over replications, wijken of one rank stand together: a number may be another wijk in another replication,
    while in a country it is a municipality, the same in all.
    """
    rows = with_ranks(_since_policy(run.table("wijken"), run))
    summed = {
        name: rows[[f"{prefix}_{problem}" for problem in PROBLEMS]].sum(axis=1)
        for name, prefix in (("severity", "severity"), ("unmet", "unmet_severity"))
    }
    each = rows[["replication", "arm", "wijk", "rank"]].assign(**summed)
    in_thirds = {
        replication: thirds_of(of_replication) for replication, of_replication in rows.groupby("replication")
    }
    thirds = each.assign(
        group=[
            in_thirds[replication][wijk]
            for replication, wijk in zip(each["replication"], each["wijk"], strict=True)
        ]
    )
    number = each["wijk"] if NAME in run.tables else each["rank"]
    alone = each.assign(group="wijk_" + number.astype(str)).sort_values("rank", kind="stable")
    return pd.concat([thirds, alone], ignore_index=True).drop(columns=["wijk", "rank"])


def thirds_of(wijken: pd.DataFrame) -> Mapping[int, str]:
    """Return for every wijk of a replication in which third by deprivation it is; fewer than three make
    fewer.
    """
    order = wijken.drop_duplicates("wijk").sort_values(["deprivation", "wijk"])["wijk"].tolist()
    return {wijk: THIRDS[place * len(THIRDS) // len(order)] for place, wijk in enumerate(order)}


@once_per_run
def changes_by_replication(run: Run) -> pd.DataFrame:
    """Return the change of all problems and of those without help, in percent: a row per group and
    replication.
    """
    sums = groups_of(run).groupby(["group", "replication", "arm"], observed=True, sort=False).sum()
    arms = [sums.xs(arm, level="arm") for arm in ("reference", "policy")]
    return percent(*arms)


def changes(run: Run) -> dict[str, tuple[Interval, Interval]]:
    """Return per group the change of all problems and of problems without help, in percent."""
    return {
        str(group): (interval(rows["severity"]), interval(rows["unmet"]))
        for group, rows in changes_by_replication(run).groupby(level="group", sort=False)
    }


def group_names() -> tuple[str, ...]:
    """Return the groups that are told, in order."""
    return (*(f"income_{each}" for each in range(INCOMES)), *TYPES, *THIRDS)


def contrast(run: Run, one: str, other: str) -> Interval:
    """Return by how many percentage points the change of one group is above that of another."""
    change = changes_by_replication(run)["severity"]
    return interval(change.xs(one, level="group") - change.xs(other, level="group"))


def contrast_sentence(run: Run, one: str, other: str, language: str) -> str:
    """Return whether one group fares better than another."""
    names = {"one": said(one, language), "other": said(other, language)}
    return told("contrast", contrast(run, one, other), language, policy=policy_words(run, language), **names)


def group_sentences(found: Mapping[str, tuple[Interval, Interval]], language: str) -> list[str]:
    """Return a sentence for those who gain, one for those who lose, and one for each kind of others."""
    lines = [*_sure(found, LESS, language), *_sure(found, MORE, language)]
    others: list[tuple[str, Interval, dict[str, object]]] = [
        (said(name, language), found[name][0], {})
        for name in group_names()
        if name in found and reading(found[name][0], language) not in (MORE, LESS)
    ]
    return lines + told_together("group", others, language)


def _sure(found: Mapping[str, tuple[Interval, Interval]], kind: str, language: str) -> list[str]:
    """Return a sentence that names the groups that surely gain, or lose, with by how much; if any."""
    names = [name for name in group_names() if name in found and reading(found[name][0], language) == kind]
    sizes_of = [f"{said(name, language)} ({sizes(found[name][0], language)['size']}%)" for name in names]
    return [said(f"groups_{kind}", language, groups=listed(sizes_of, language))] if names else []


def sentence_of_gains(run: Run, language: str) -> str:
    """Return how many groups gain, lose, and are inconclusive."""
    found = changes(run)
    kinds = [reading(found[name][0], language) for name in group_names() if name in found]
    gain, lose = kinds.count(LESS), kinds.count(MORE)
    return said("gains", language, groups=len(kinds), gain=gain, lose=lose, rest=len(kinds) - gain - lose)


def groups_section(run: Run, language: str) -> Section:
    """Return who gains and who loses."""
    found = changes(run)
    lines = group_sentences(found, language)
    contrasts = [("income_0", f"income_{INCOMES - 1}"), ("wijken_most", "wijken_least")]
    lines += [contrast_sentence(run, *each, language) for each in contrasts if set(each) <= set(found)]
    names = [name for name in group_names() if name in found]
    wijken = [name for name in found if name.startswith("wijk_")]
    return Section(
        "neighbourhoods",
        said("groups_title", language),
        (
            Paragraph(said("groups_how", language)),
            Bullets(lines),
            Aside(said("groups_aside", language),
                  (_grid(found, names, said("groups_caption", language), language),), printed=True),
            Aside(said("wijken_aside", language),
                  (_grid(found, wijken, said("wijken_caption", language), language),)),
        ),
    )  # fmt: skip


def _grid(found: Mapping[str, tuple[Interval, Interval]], names: list[str], caption: str,
          language: str) -> Grid:  # fmt: skip
    """Return the table of some groups."""
    rows = [
        [_name(name, language), with_interval(found[name][0], language), with_interval(found[name][1],
        language),
         verdict(found[name][0], language, "heavier", "lighter")]
        for name in names
    ]  # fmt: skip
    heads = [said(key, language) for key in ("group", "problems_change", "unmet_change", "gain_or_lose")]
    return Grid(caption, heads, rows)


def _name(name: str, language: str) -> str:
    """Return the name of a group at the head of a row."""
    if name.startswith("wijk_"):
        return f"wijk {name.removeprefix('wijk_')}"
    return capital(said(name, language))
