"""What happens to people, who gains and who loses, what goes wrong with a short phase-in: three sections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from agents.vocabulary import PROBLEMS
from scenarios.reporting import texts
from scenarios.reporting.report.money import policy_words, years_of
from scenarios.reporting.report.sentences import (
    LESS,
    MORE,
    Aside,
    Block,
    Bullets,
    Grid,
    Paragraph,
    Section,
    reading,
    said,
    sentence_of,
    sentences_together,
    sizes,
    verdict,
    with_interval,
)
from scenarios.reporting.summary.outcomes import SHOWN, once_per_run, outcomes_by_replication
from scenarios.reporting.texts.story_words import listed
from simulation.months import MONTHS_PER_YEAR, month_number
from simulation.outcomes.definitions import MEASURES, SHARE, SUM, unit_of
from simulation.outcomes.derived import HARM_PARTS, YEARS_AFTER_CUT
from simulation.outcomes.intervals import Interval, interval
from simulation.outcomes.municipalities import NAME, with_ranks
from simulation.recording.store import Run

PHASE_INS = ("as_announced", "same_money")
HARMS_IN_TEXT = (
    "own_payments",
    "crises",
    "placements",
    "evictions",
    "unmet",
    "waiting_above_norm",
    "providers_gone",
)
# What is a share, a stock at the end or a mean already; all else is shown per year.
# What other parts say already.
SHADOWS = ("grant_difference", "own_payments_share")
NOT_A_YEAR = ("own_payments_share", "providers_gone", "provider_staff")


def same_phase_in(run: Run) -> bool:
    """Whether the phase-in period chosen is as long as the one it is compared with."""
    return bool(run.document["landing_years"] == run.document["long_years"])


def years_compared(run: Run) -> float:
    """Return the years over which the phase-in periods are compared: announcement to ten years after the
    first cut."""
    about = run.document
    months = run.table("monthly")["month"]
    transition = month_number(about["transition"])
    begin = max(int(months.min()), transition - round(MONTHS_PER_YEAR * about["years_ahead"]))
    end = min(int(months.max()) + 1, transition + YEARS_AFTER_CUT * MONTHS_PER_YEAR)
    return (end - begin) / MONTHS_PER_YEAR


def found_part(run: Run, phase_in: str, part: str) -> Interval:
    """Return one part of the transition harms over replications, a year where it adds up over years."""
    table = run.table("transition_harms")
    values = table.loc[(table["basis"] == phase_in) & (table["part"] == part), "value"]
    if part == "own_payments_share":
        return interval(100.0 * values)
    return interval(values / (1.0 if part in NOT_A_YEAR else years_compared(run)))


def _change_words(part: str, language: str) -> dict[str, str]:
    """Return what sentences call a part, and its unit."""
    return {"part": said(f"part_{part}", language), "unit": said(f"unit_{part}", language)}


def phase_in_words(years: float | None, language: str) -> str:
    """Return the phase-in period in words; None is as it happened.

    Examples
    --------
    >>> phase_in_words(0.0, "en"), phase_in_words(2.5, "nl")
    ('overnight', 'in gelijke stappen over 2,5 jaar')
    """
    if years is None:
        return said("as_happened", language)
    if years <= 0.0:
        return said("at_once", language)
    return said("over_years", language, years=texts.number(years, language, int(years % 1 > 0)))


def phase_in_section(run: Run, language: str) -> Section:
    """Return what a short phase-in period does that a long one does not."""
    title = said("phase_in_title", language)
    short, long = (run.document[key] for key in ("landing_years", "long_years"))
    if same_phase_in(run):
        return Section("landing", title, (Paragraph(said("same_phase_in", language)),))
    words = {"short": phase_in_words(short, language), "long": phase_in_words(long, language)}
    blocks: list[Block] = [Paragraph(said("phase_in_how", language, **words,
        years=texts.number(years_compared(run), language)))]  # fmt: skip
    for phase_in in PHASE_INS:
        blocks.append(Paragraph(said(f"phase_in_{phase_in}", language)))
        found = [
            (said(f"part_{part}", language), found_part(run, phase_in, part), _change_words(part, language))
            for part in HARMS_IN_TEXT
        ]
        blocks.append(Bullets(sentences_together("harm", found, language)))
    blocks.append(Paragraph(speed_sentence(run, language)))
    blocks.append(Aside(said("phase_in_caption", language), (phase_in_grid(run, language),), printed=True))
    return Section("landing", title, tuple(blocks))


def speed_sentence(run: Run, language: str) -> str:
    """Return whether speed alone, with the same money, has an effect that can be distinguished from zero."""
    parts = [part for part in HARM_PARTS if part not in SHADOWS]
    distinguishable = [
        part for part in parts if reading(found_part(run, "same_money", part), language) in (MORE, LESS)
    ]
    names = listed([said(f"part_{part}", language) for part in distinguishable], language)
    return said("speed_some" if distinguishable else "speed_none", language, parts=names)


def phase_in_grid(run: Run, language: str) -> Grid:
    """Return the table of all parts on both bases."""
    rows = []
    for part in HARM_PARTS:
        cells = [f"{said(f'part_{part}', language)}, {said(f'unit_{part}', language)}"]
        for phase_in in PHASE_INS:
            found = found_part(run, phase_in, part)
            cells.append(f"{with_interval(found, language)}: {verdict(found, language)}")
        rows.append(cells)
    heads = [said("part", language), *(texts.name(phase_in, language) for phase_in in PHASE_INS)]
    return Grid(said("phase_in_caption", language), heads, rows)


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
    """Return the groups that are shown, in order."""
    return (*(f"income_{each}" for each in range(INCOMES)), *TYPES, *THIRDS)


def contrast(run: Run, one: str, other: str) -> Interval:
    """Return by how many percentage points the change of one group is above that of another."""
    change = changes_by_replication(run)["severity"]
    return interval(change.xs(one, level="group") - change.xs(other, level="group"))


def contrast_sentence(run: Run, one: str, other: str, language: str) -> str:
    """Return whether one group fares better than another."""
    names = {"one": said(one, language), "other": said(other, language)}
    return sentence_of(
        "contrast", contrast(run, one, other), language, policy=policy_words(run, language), **names
    )


def group_sentences(found: Mapping[str, tuple[Interval, Interval]], language: str) -> list[str]:
    """Return a sentence for those who gain, one for those who lose, and one for each kind of others."""
    lines = [*_sure(found, LESS, language), *_sure(found, MORE, language)]
    others: list[tuple[str, Interval, dict[str, object]]] = [
        (said(name, language), found[name][0], {})
        for name in group_names()
        if name in found and reading(found[name][0], language) not in (MORE, LESS)
    ]
    return lines + sentences_together("group", others, language)


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
    return texts.capital(said(name, language))


OUTCOMES_IN_TEXT = ("crises", "unmet", "found_early_share", "team_waiting", "specialist_waiting")
PER = 1000.0  # households that counts are shown per


@dataclass(frozen=True)
class Change:
    """An outcome under the policy next to the reference.

    Attributes
    ----------
    level : float
        Mean of the reference; shares in percent.
    difference : Interval
        The policy less the reference.
    in_all : Interval or None
        The same a year in the whole municipality, of what is counted per 1,000 households.
    """

    level: float
    difference: Interval
    in_all: Interval | None


@once_per_run
def outcome_changes(run: Run) -> dict[str, Change]:
    """Return what changes under the policy; outcomes of which nobody was there to count are left out."""
    table = outcomes_by_replication(run)
    reference, policy = (table.xs(arm, level=1) for arm in ("reference", "policy"))
    found = {}
    for name in SHOWN:
        if not np.isfinite(table[name]).all():
            continue
        times = 100.0 if is_share(name) else 1.0
        difference = times * (policy[name] - reference[name])
        counted = MEASURES[name].adds_up == SUM
        in_all = interval(difference * reference["households"] / PER) if counted else None
        found[name] = Change(times * float(reference[name].mean()), interval(difference), in_all)
    return found


def is_share(name: str) -> bool:
    """Whether an outcome is a share, which is shown in percent."""
    return MEASURES[name].unit["en"] == SHARE[0]


def unit_words(name: str, language: str) -> str:
    """Return the unit of an outcome as it is shown."""
    return "%" if is_share(name) else unit_of(name, language)


def outcome_sentences(run: Run, names: Sequence[str], language: str) -> list[str]:
    """Return the findings on some outcomes."""
    changes = outcome_changes(run)
    known = []
    for name in (each for each in names if each in changes):
        words = _words(run, name, changes[name].level, language)
        known.append((words["outcome"], changes[name].difference, words))
    return sentences_together("outcome", known, language)


def _words(run: Run, name: str, level: float, language: str) -> dict[str, str]:
    """Return what sentences call an outcome, its unit, and its level under the reference."""
    unit = unit_words(name, language)
    level_text = f"{texts.sensible(level, language)} {unit}".replace(" %", "%")
    points = said("points", language) if is_share(name) else ""
    return {"outcome": said(f"outcome_{name}", language), "unit": unit, "level": level_text, "points": points,
            "policy": policy_words(run, language)}  # fmt: skip


def people_section(run: Run, language: str, story: tuple[Block, ...]) -> Section:
    """Return what happens to people, with a story of one household or how to get one."""
    first, last = years_of(run)
    how = said("people_how", language, policy=policy_words(run, language), first=first, last=last)
    blocks: tuple[Block, ...] = (
        Paragraph(how),
        Bullets(outcome_sentences(run, OUTCOMES_IN_TEXT, language)),
        people_grid(run, language),
        *story,
    )
    return Section("people", said("people_title", language), blocks)


def people_grid(run: Run, language: str) -> Grid:
    """Return the table of outcomes: level, change, change in the whole municipality, reading."""
    rows = []
    for name, change in outcome_changes(run).items():
        in_all = "\u2013" if change.in_all is None else with_interval(change.in_all, language)
        rows.append([f"{said(f'outcome_{name}', language)}, {unit_words(name, language)}",
                     texts.sensible(change.level, language), with_interval(change.difference, language),
                     in_all,
                     verdict(change.difference, language)])  # fmt: skip
    reference = outcomes_by_replication(run).xs("reference", level=1)
    households = texts.number(reference["households"].mean(), language)
    heads = [
        said(key, language, **({"households": households} if key == "in_all" else {}))
        for key in ("outcome", "level", "difference", "in_all", "reading")
    ]
    return Grid(said("people_caption", language), heads, rows)
