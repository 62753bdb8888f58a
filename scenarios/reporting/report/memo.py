"""What a report opens and closes with: a council memo; method, what the model does not know, sources."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scenarios.common.certainty import is_first_estimate
from scenarios.common.result_version import RESULT_VERSION
from scenarios.reporting import texts
from scenarios.reporting.figures import flows
from scenarios.reporting.figures.style import seeds
from scenarios.reporting.report.money import money_sentence, policy_words, yearly, years_of
from scenarios.reporting.report.people import Change, outcome_changes, phase_in_words
from scenarios.reporting.report.sentences import (
    FEW,
    LESS,
    MORE,
    ONE,
    Aside,
    Block,
    Bullets,
    Grid,
    Paragraph,
    Picture,
    Section,
    reading,
    said,
)
from scenarios.reporting.summary.history import backtest_sentence, history_sentence
from scenarios.reporting.summary.outcomes import (
    headline_status,
    largest_reported_side_effect,
    outcomes_by_replication,
    parts_of_headline,
)
from scenarios.reporting.summary.summary import based_on, question_differences
from scenarios.reporting.texts import story_words
from simulation.months import month_number
from simulation.outcomes.headline import ARTEFACT, SIDE_EFFECTS, sign_sensitivity
from simulation.outcomes.intervals import Interval, interval
from simulation.outcomes.savings import inhabitants_at, mostly_shifted, open_care_per_inhabitant
from simulation.outcomes.variance import PARTS
from simulation.recording.arm_names import LARGER_TEAMS, POLICY, REFERENCE
from simulation.recording.store import Run

BETTER, WORSE, UNSURE, FIRST = "better", "worse", "unsure", "first"
WAITING, WITHOUT_HELP = "team_waiting", ("problem", "waiting")
VERSION = 12  # characters of a result version


@dataclass(frozen=True)
class Tile:
    """One of the three answers: its name and unit, both levels, the difference, and how certain that is."""

    name: str
    unit: str
    without: str
    with_policy: str
    difference: str
    interval: str
    direction: str
    direction_words: str
    certainty: str


@dataclass(frozen=True)
class Memo:
    """What stands on the first page."""

    made: str
    question: str
    lead: str
    answer: str
    heads: tuple[str, ...]
    tiles: tuple[Tile, ...]
    picture: Picture
    boxes: tuple[tuple[str, str], ...]
    choice: tuple[str, str]
    source: str


def memo(run: Run, picture: Picture, language: str) -> Memo:
    """Return the first page in a language.

    Parameters
    ----------
    run : Run
        A finished run.
    picture : Picture
        The curve of the saving, for the middle of the page.
    language : str
        "en" or "nl".
    """
    first, last = years_of(run)
    about = run.document
    changes = outcome_changes(run)
    heads = ("tile_period", "tile_without", "tile_with", "tile_difference", "tile_direction")
    return Memo(
        made=made_words(run, language),
        question=said("memo_question", language, policy=policy_words(run, language),
                      municipality=texts.place(about["municipality"], language)),
        lead=_lead(run, language),
        answer=money_sentence(run, "municipality", first, last, language),
        heads=tuple(said(each, language, **({"first": first, "last": last} if each == "tile_period" else {}))
                    for each in heads),
        tiles=tiles(run, changes, language),
        picture=picture,
        boxes=(
            (said("box_side", language), _side_effect(run, language)),
            (said("box_decides", language), _decides(run, language)),
            (said("box_unknown", language), _unknown(run, last, language)),
            (said("box_model", language), _model(run, last, language)),
        ),
        choice=(said("box_choice", language), _choice(run, changes, language)),
        source=said("memo_source", language, landing=texts.name(about["landing"], language),
                    replications=texts.replications(about["replications"], language),
                    **based_on(run, language)),
    )  # fmt: skip


def made_words(run: Run, language: str) -> str:
    """Return the day of the run, the version of the model and that of its results."""
    about = run.document
    version = about.get("versions", {}).get("landingsbaan", "\u2013")
    result = str(about.get("result_version") or RESULT_VERSION)[:VERSION]
    return said("memo_made", language, day=day_of(run, language), version=version, result=result)


def day_of(run: Run, language: str) -> str:
    """Return the day a run was made in the language's format: its folder begins with it."""
    from babel.dates import format_date

    day = pd.to_datetime(run.folder.name[:10], format="%Y-%m-%d", errors="coerce")
    return "\u2013" if pd.isna(day) else format_date(day, format="long", locale=texts.locale(language))


def _lead(run: Run, language: str) -> str:
    """Return the answer in two short sentences: people, then money."""
    means = _saving(run)
    kind = reading(means, language)
    if kind in (ONE, FEW):
        return said("lead_few", language, replications=texts.replications(means.count, language))
    people = reading(without_help(run)[1], language) if flows.can_be_drawn(run) else "unclear"
    if kind == MORE and headline_status(run) == ARTEFACT:
        kind = "artefact"
    elif kind == MORE and mostly_shifted(run.table("savings").query("basis == 'municipality'")):
        kind = "shifted"
    words = [
        said(f"lead_people_{people if people in (MORE, LESS) else 'unclear'}", language),
        said(f"lead_money_{kind if kind in (MORE, LESS, 'artefact', 'shifted') else 'unclear'}", language),
    ]
    return " ".join(words)


def _saving(run: Run) -> Interval:
    """Return the municipality's saving a year, euro per inhabitant."""
    first, last = years_of(run)
    return interval(yearly(run, "municipality", first, last)["saving_eur_per_inhabitant"])


def tiles(run: Run, changes: dict[str, Change], language: str) -> tuple[Tile, ...]:
    """Return the three answers: money, people without help, waiting for a team."""
    first, last = years_of(run)
    saving = yearly(run, "municipality", first, last)["saving_eur_per_inhabitant"]
    monthly = run.table("monthly")
    rows = monthly[(monthly["arm"] == REFERENCE) & monthly["year"].between(first, last)]
    cost = rows.groupby("replication")["municipal_cost_eur"].sum()
    inhabitants = inhabitants_at(monthly, month_number(run.document["transition"]))
    without = float((cost / inhabitants.loc[cost.index] / (last - first + 1)).mean())
    found = [_tile("cost", without, interval(-saving), "", language)]
    if flows.can_be_drawn(run):
        found.append(_tile("without_help", *without_help(run), "", language))
    if WAITING in changes:
        by_arm = outcomes_by_replication(run)[WAITING]
        median = float((by_arm.xs(POLICY, level=1) - by_arm.xs(REFERENCE, level=1)).median())
        found.append(_tile(WAITING, changes[WAITING].level, changes[WAITING].difference,
                           texts.sensible(median, language, sign=True), language))  # fmt: skip
    return tuple(found)


def without_help(run: Run) -> tuple[float, Interval]:
    """Return households with a problem and no help, per 1,000, under the reference; and the difference.

    Counted on 31 December, mean over the years from the transition on; who waits has no help yet.
    """
    counts = flows.state_counts(run)
    since = int(run.document["transition"][:4])
    rows = counts[(counts["year"] > since) & counts["state"].isin(WITHOUT_HELP)]
    by_year = rows.groupby(["arm", "replication", "year"], observed=True)["per_1000"].sum()
    means = by_year.groupby(["arm", "replication"], observed=True).mean()
    return float(means[REFERENCE].mean()), interval(means[POLICY] - means[REFERENCE])


def _tile(name: str, without: float, found: Interval, median: str, language: str) -> Tile:
    """Return one answer of which less is better.

    `median` is that of the difference, where replications differ so much that a mean alone misleads.
    """
    kind = reading(found, language)
    direction = {LESS: BETTER, MORE: WORSE}.get(kind, UNSURE)
    words = texts.three(found.mean, found.low, found.high, language, sign=True)
    side = "lower" if found.mean < 0.0 else "higher"
    count = found.negative if found.mean < 0.0 else found.positive
    certainty = said(f"in_of_{side}", language, count=round(count * found.count),
                     all=texts.replications(found.count, language))  # fmt: skip
    if kind == FEW:
        certainty = said("reading_few", language)
    if median:
        certainty = said("with_median", language, told=certainty, median=median)
    return Tile(
        said(f"tile_{name}", language), said(f"tile_{name}_unit", language),
        texts.sensible(without, language), texts.sensible(without + found.mean, language, without),
        words["mean"],
        said("interval_to", language, **{key: words[key] for key in ("low", "high")})
        if found.count > 1 else "",
        direction, said(FIRST if kind == FEW else direction, language), certainty,
    )  # fmt: skip


def _side_effect(run: Run, language: str) -> str:
    """Return what gets worse most, from which level to which."""
    found, count = largest_reported_side_effect(run), run.document["replications"]
    first = "_first" if is_first_estimate(count) else ""
    if found is None:
        return said(f"memo_side_none{first}", language, count=len(SIDE_EFFECTS),
                    replications=texts.replications(count, language))  # fmt: skip
    words = texts.three(found.more.mean, found.more.low, found.more.high, language)
    now = found.baseline + found.more.mean
    return said(f"memo_side{first}", language, what=texts.capital(texts.text(f"side_{found.name}", language)),
                baseline=texts.sensible(found.baseline, language, now), now=texts.sensible(now, language),
                more=words["mean"], low=words["low"], high=words["high"])  # fmt: skip


def _decides(run: Run, language: str) -> str:
    """Return which number that nobody measured the direction hangs on, and where the width comes from."""
    found = sign_sensitivity(run)
    kind = ("one" if found.count == 1 else "first" if is_first_estimate(found.count)
            else "same" if not found.other_way else "turns" if found.name else "other")  # fmt: skip
    words = {"other": found.other_way, "count": found.count}
    if kind == "turns":
        name = said(f"assumed_{found.name.partition('.')[2]}", language)
        ends = {key: texts.significant(getattr(found, key), language) for key in ("at", "low", "high")}
        sentence = said("decides_turns", language, name=name, **words, **ends)
    else:
        sentence = said(f"decides_{kind}", language, **words,
                        replications=texts.replications(found.count, language))  # fmt: skip
    parts = (parts_of_headline(run) or {}).get("municipality")
    if parts is None or not np.isfinite(parts.shares[0]):
        return sentence
    shares = {name: texts.share(share, language) for name, share in zip(PARTS, parts.shares, strict=True)}
    return f"{sentence} {said('memo_split', language, **shares)}"


def _unknown(run: Run, last: int, language: str) -> str:
    """Return what nobody knows, and what is not counted."""
    start = month_number(run.document["transition"])
    still = open_care_per_inhabitant(run.table("monthly"), run.table("open_care"), start)
    mean = texts.sensible(float(np.mean(still)), language)
    return f"{said('unknown_passing', language)} {said('memo_open', language, last=last, mean=mean)}"


def _model(run: Run, last: int, language: str) -> str:
    """Return how well the model follows the record, by how much forecasts missed, and what it is not."""
    sentences = [history_sentence(run, "history_title", language) + "."] if len(run.table("history")) else []
    sentences += [backtest_sentence(last, language) or "", said("memo_compares", language)]
    return " ".join(each for each in sentences if each)


def _choice(run: Run, changes: dict[str, Change], language: str) -> str:
    """Return what speaks for what, without a recommendation."""
    policy = policy_words(run, language)
    lines = [said("choice_none", language)]
    if flows.can_be_drawn(run):
        less = reading(without_help(run)[1], language) == LESS
        lines.append(said(f"choice_people_{'less' if less else 'unclear'}", language, policy=policy))
    if WAITING in changes:
        kind = reading(changes[WAITING].difference, language)
        kind = kind if kind in (MORE, LESS) else "unclear"
        lines.append(said(f"choice_waiting_{kind}", language, policy=policy))
        lines += _larger_teams(run, language) if kind != LESS else []
    certain = reading(_saving(run), language) == MORE and headline_status(run) != ARTEFACT
    lines.append(said(f"choice_money_{'more' if certain else 'unclear'}", language, policy=policy))
    return " ".join(lines)


def _larger_teams(run: Run, language: str) -> list[str]:
    """Return what larger teams alone do to waiting, and what they cost; nothing where that was not run."""
    found = question_differences(run)
    if found is None or LARGER_TEAMS not in set(found[0]["policy"]):
        return []
    rows = found[0][found[0]["policy"] == LARGER_TEAMS].set_index("outcome")
    words = {
        key: _with_interval(rows.loc[outcome], language)
        for key, outcome in (("waiting", "team_waiting"), ("cost", "net_cost"))
    }
    count = int(rows["replications"].iloc[0])
    key = "choice_larger_first" if is_first_estimate(count) else "choice_larger"
    return [said(key, language, replications=texts.replications(count, language), **words)]


def _with_interval(row: pd.Series, language: str) -> str:
    """Return a signed difference with its interval."""
    words = texts.three(row["mean"], row["low"], row["high"], language, sign=True)
    return said("banded", language, **words) if row["replications"] > 1 else words["mean"]


SOURCES = ("source_cbs", "source_studies", "source_systems", "source_posterior", "source_more")
UNKNOWN = ("unknown_compares", "unknown_passing", "unknown_speed", "unknown_hours", "unknown_priors",
           "unknown_miss")  # fmt: skip


def method_section(run: Run, language: str) -> Section:
    """Return in half a page what was compared, and how."""
    about = run.document
    households = texts.number(about["households"], language)
    opened = int(run.table("monthly")["year"].min())
    base = based_on(run, language)
    first, last = years_of(run)
    draws = "draws_one" if len(run.table("break_even")["replication"].unique()) == 1 else "draws_own"
    blocks: list[Block] = [
        Paragraph(said("asked", language, municipality=texts.place(about["municipality"], language),
                       policy=policy_words(run, language), households=households, first=opened, **base)),
        Paragraph(said("asked_landing", language, cut=cut_words(about, language),
                       month=story_words.month(month_number(about["transition"]), language),
                       phase_in=phase_in_words(about["landing_years"], language))),
        Paragraph(said("asked_replications", language,
                       replications=texts.replications(about["replications"], language), first=first,
                       last=last, draws=said(draws, language))),
        Paragraph(said("asked_words", language, **base)),
    ]  # fmt: skip
    changed = about.get("parameters", {}).get("policy", {})
    if changed:
        before = about["parameters"]["reference"]
        rows = [[name, _value(before.get(name), language), _value(value, language)]
                for name, value in changed.items()]  # fmt: skip
        heads = [said(key, language) for key in ("lever", "in_reference", "in_policy")]
        blocks.append(Aside(said("levers_aside", language, policy=policy_words(run, language)),
                            (Grid(said("levers_caption", language), heads, rows),)))  # fmt: skip
    return Section("method", said("method_title", language), tuple(blocks))


def cut_words(about: dict[str, Any], language: str) -> str:
    """Return the cut in words: one share, a share per law, or that there is none."""
    values = about.get("parameters", {}).get("reference", {})
    cut = about.get("cut")
    if cut is not None:
        key = "cut_one" if cut > 0.0 else "cut_none"
        return said(key, language, cut=texts.number(100 * cut, language, 0))
    laws = {name: values.get(f"landing.cut_{name}") for name in ("youth", "guidance", "household_help")}
    if None in laws.values():
        return said("cut_unnamed", language)
    shares = {name: texts.number(100 * float(value or 0.0), language, 0) for name, value in laws.items()}
    return said("cut_laws", language, **shares)


def _value(value: Any, language: str) -> str:
    """Return the value of a lever as it is read."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "\u2013" if value is None else str(value)
    return texts.sensible(value, language) if value % 1 else texts.number(value, language)


def unknown_section(run: Run, language: str) -> Section:
    """Return what the model does not know, and what of the system and its figures is not in this run."""
    missed = backtest_sentence(years_of(run)[1], language)
    blocks: list[Block] = [
        Bullets([*(said(each, language) for each in UNKNOWN), *([missed] if missed else [])])
    ]
    missing = run.document.get("not_represented") or []
    foreign = "" if language == "en" else "en"
    if missing:
        blocks.append(Aside(said("not_represented", language), (Bullets(missing, foreign),)))
    if run.document["notes"]:
        blocks.append(Aside(said("notes_aside", language), (Bullets(run.document["notes"], foreign),)))
    return Section("unknown", said("unknown_title", language), tuple(blocks))


def sources_section(run: Run, language: str) -> Section:
    """Return where the figures come from, and how the run was made, so that anybody can make it again."""
    about = run.document
    command = " ".join(["landingsbaan run", *about.get("overrides", ())])
    rows = [
        [said("made_day", language), day_of(run, language)],
        [said("made_run", language), run.folder.name],
        [said("made_replications", language), f"{about['replications']} ({seeds(about['seeds'])})"],
        [said("made_rules", language), str(about["result_version"])],
        [said("made_commit", language), str(about.get("commit") or "\u2013")],
        [said("made_figures", language), str(about.get("data_checksum") or "\u2013")[:16]],
    ]
    heads = [said(key, language) for key in ("made_what", "made_which")]
    return Section(
        "sources",
        said("sources_title", language),
        (
            Bullets([said(each, language) for each in SOURCES]),
            Grid(said("made_caption", language), heads, rows),
            Aside(said("made_how", language), (Paragraph(command, kind="code"),)),
        ),
    )
