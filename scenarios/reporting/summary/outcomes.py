"""What a run says of people, and the lines of the summary about how sure its headline is.

Those lines give what the headline may claim, its side effect, its placebo and where the width of the
intervals comes from. Summary, figures and report in two languages ask the same of a run many times and its
tables are large, so outcomes by replication are read once.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from scenarios.common.certainty import is_first_estimate
from scenarios.reporting.texts import change, name, number, replications, sensible, significant, text, three
from simulation.outcomes import headline, variance
from simulation.outcomes.definitions import MEASURES, value_of
from simulation.outcomes.headline import (
    ARTEFACT,
    INCONCLUSIVE,
    NULL,
    SIDE_EFFECTS,
    STAFF,
    Confidence,
    RemainingSaving,
    SideEffect,
    is_unstaffed,
    saved,
    saved_before_own_cost,
    saved_under_neutral,
    sign_sensitivity,
    surviving_placebos,
)
from simulation.outcomes.intervals import Interval, interval
from simulation.outcomes.rules import span_of_table
from simulation.outcomes.savings import BASES
from simulation.outcomes.variance import PARTS, VarianceParts
from simulation.recording.arm_names import (
    FINDS_NOBODY,
    NO_EFFECT_POLICY,
    POLICY,
    POLICY_ARMS,
    REFERENCE,
    SAME_STAFF,
)
from simulation.recording.store import Run

SHOWN = ("crises", "unmet", "found_early_share", "team_waiting", "specialist_waiting", "supervision_orders",
         "lost_share", "overburdened_carers", "satisfaction")  # fmt: skip
Result = TypeVar("Result")


def once_per_run(function: Callable[..., Result]) -> Callable[..., Result]:
    """Return the function that computes only once for a run and the words after it.

    Parameters
    ----------
    function : callable of Run and hashable values
        What is computed from the tables of a run, which do not change.
    """
    cache: WeakKeyDictionary[Run, dict[tuple[Any, ...], Result]] = WeakKeyDictionary()

    @wraps(function)
    def remembered(run: Run, *values: Any) -> Result:
        of_run = cache.setdefault(run, {})
        if values not in of_run:
            of_run[values] = function(run, *values)
        return of_run[values]

    return remembered


parts_of_headline = once_per_run(variance.parts_of_headline)
headline_status = once_per_run(headline.headline_status)
remaining_saving = once_per_run(headline.remaining_saving)
largest_side_effect = once_per_run(headline.largest_side_effect)


@once_per_run
def outcomes_by_replication(run: Run) -> pd.DataFrame:
    """Return the outcomes for people from the policy's first year on: a row per replication and arm."""
    monthly = run.table("monthly")
    first = int(run.table("savings")["year"].min())
    names = [*SHOWN, *(each for each in SIDE_EFFECTS if each in MEASURES and each not in SHOWN)]
    selected = (monthly["year"] >= first).to_numpy() & monthly["arm"].isin(POLICY_ARMS).to_numpy()
    keys = monthly.loc[selected, ["replication", "arm", "month"]]
    order = np.lexsort([keys["month"], keys["arm"].astype(str), keys["replication"]])
    columns = {
        name: monthly[name].to_numpy()[selected][order]
        for name in monthly
        if name not in ("replication", "arm")
    }
    months = len(np.unique(columns["month"]))
    found = {}
    for begin in range(0, len(keys), months):
        span = span_of_table({name: values[begin : begin + months] for name, values in columns.items()},
                             int(columns["month"][begin]))  # fmt: skip
        key = tuple(keys[["replication", "arm"]].iloc[order[begin]])
        found[key] = {name: value_of(name, span) for name in names}
        found[key]["households"] = span.at_start("households")
    return pd.DataFrame.from_dict(found, orient="index")


def reported_side_effect(run: Run, name: str) -> SideEffect:
    """Return a side effect as shown: where it is an outcome of every table, with that outcome's numbers.

    Parameters
    ----------
    run : Run
        A finished run.
    name : str
        A key of `SIDE_EFFECTS`.
    """
    if name not in MEASURES:
        return headline.side_effect(run, name)
    table = outcomes_by_replication(run)[name]
    reference, policy = (table.xs(arm, level=1) for arm in (REFERENCE, POLICY))
    return SideEffect(name, float(reference.mean()), interval(policy - reference))


def largest_reported_side_effect(run: Run) -> SideEffect | None:
    """Return the largest side effect that is beyond doubt, as it is shown; None where there is none."""
    found = largest_side_effect(run)
    return None if found is None else reported_side_effect(run, found.name)


PLACEBOS = (FINDS_NOBODY, NO_EFFECT_POLICY, SAME_STAFF)
LAWS_IN_TEXT = ("youth", "wmo", "debt")


def headline_lines(run: Run, language: str) -> list[str]:
    """Return the headline with its interval, the largest side effect, congestion and the placebo."""
    head, *remaining = placebo_lines(run, language) or [""]
    marked = [text("placebo_mark", language, line=each) for each in remaining]
    sign = [*sign_lines(run, language), *neutral_lines(run, language)]
    return [headline_line(run, language), *sign, *_effects(run, language), *filter(None, [head]), *marked]


def beside_headline(run: Run, language: str) -> list[str]:
    """Return what stands next to the headline, as sentences: side effect, congestion and placebo."""
    sentences = [
        *sign_lines(run, language),
        *neutral_lines(run, language),
        *_effects(run, language),
        *placebo_lines(run, language),
    ]
    return [each[0].upper() + each[1:] for each in sentences]


def _effects(run: Run, language: str) -> list[str]:
    """Say what gets worse, and whether teams are short of hands for it."""
    return [_side_effect(run, language), *_congestion(run, language)]


def headline_line(run: Run, language: str) -> str:
    """Say what the policy saves or costs by the end; a saving that survives its placebo is an artefact."""
    found, kind = saved(run), headline_status(run)
    last = int(run.table("savings")["year"].max())
    policy = name(run.document["policy"], language)
    subject = "headline_saving" if found.mean >= 0.0 else "headline_cost"
    shown = found if found.mean >= 0.0 else _turned(found)
    without = f" {text('and', language)} ".join(
        text(f"without_{arm}", language) for arm in (surviving_placebos(run) if kind == ARTEFACT else [])
    )
    if is_first_estimate(found.count):
        words = three(shown.mean, shown.low, shown.high, language)
        unit = text("eur_per_inhabitant", language)
        first = text(
            "headline_first" if found.count > 1 else "headline_first_one", language, last=last,
            finding=f"{text(subject, language)} {words['mean']} {unit}", low=words["low"], high=words["high"],
            replications=replications(found.count, language),
        )  # fmt: skip
        tested = kind in (ARTEFACT, STAFF)
        return first + (text(f"first_{kind}", language, without=without, policy=policy) if tested else "")
    finding = f"{text(subject, language)} {change(shown, language, text('eur_per_inhabitant', language))}"
    if found.sign == 0:
        finding = text(
            "headline_unclear", language, **three(found.mean, found.low, found.high, language, sign=True)
        )
    return text(f"headline_{kind}", language, last=last, finding=finding, without=without, policy=policy)


def sign_lines(run: Run, language: str) -> list[str]:
    """Say whether the sign hangs on what was drawn; nothing of too few replications, but of one."""
    count = sign_sensitivity(run).count
    return [] if count > 1 and is_first_estimate(count) else [sign_line(run, language)]


def sign_line(run: Run, language: str) -> str:
    """Say whether the sign hangs on what was drawn, and with which assumed number it turns."""
    found = sign_sensitivity(run)
    words = {"other": found.other_way, "count": found.count}
    if found.count == 1:
        return text("sign_one", language)
    if found.other_way == 0:
        return text("sign_same", language, **words)
    if not found.name:
        return text("sign_other", language, **words)
    ends = {key: significant(getattr(found, key), language) for key in ("at", "low", "high")}
    return text("sign_turns", language, name=found.name, **words, **ends)


def neutral_lines(run: Run, language: str) -> list[str]:
    """Say what the policy saves under the neutral organisation; nothing where the run does not tell."""
    found = saved_under_neutral(run)
    if found is None:
        return []
    costs = found.mean < 0.0
    shown = replace(found, mean=-found.mean, low=-found.high, high=-found.low) if costs else found
    return [
        text("neutral_costs" if costs else "neutral_saves", language, told=_mean_in_words(shown, language),
             replications=replications(found.count, language))
    ]  # fmt: skip


def _turned(found: Interval) -> Interval:
    """Return an interval with its sign turned: a cost instead of a saving."""
    return replace(found, mean=-found.mean, low=-found.high, high=-found.low,
                   positive=found.negative, negative=found.positive)  # fmt: skip


def _side_effect(run: Run, language: str) -> str:
    """Say what gets worse most, with what it was."""
    found, count = largest_reported_side_effect(run), run.document["replications"]
    first = "_first" if count > 1 and is_first_estimate(count) else ""
    if found is None:
        return text(f"side_effect_none{first}", language, replications=replications(count, language))
    words = three(found.more.mean, found.more.low, found.more.high, language)
    return text(
        f"side_effect{first}" if found.more.count > 1 else "side_effect_one", language,
        more=words["mean"], low=words["low"], high=words["high"],
        baseline=sensible(found.baseline, language), what=text(f"side_{found.name}", language),
    )  # fmt: skip


def _congestion(run: Run, language: str) -> list[str]:
    """Say how waiting for a team changes where the policy's work is not staffed."""
    if not is_unstaffed(run):
        return []
    found = reported_side_effect(run, "team_waiting")
    now = found.baseline + found.more.mean
    return [
        text("congestion", language, policy=name(run.document["policy"], language),
             baseline=sensible(found.baseline, language, now), now=sensible(now, language))
    ]  # fmt: skip


def placebo_lines(run: Run, language: str) -> list[str]:
    """Say what remains of the saving without its mechanism, and what the same staff brings."""
    of_policy = remaining_saving(run, POLICY)
    found = {arm: remaining_saving(run, arm) for arm in PLACEBOS}
    if of_policy is None:
        return []
    head = "placebo_head" if of_policy.total.count > 1 else "placebo_head_one"
    lines = [
        text(head, language, policy=name(run.document["policy"], language),
             last=int(run.table("savings")["year"].max()), total=_mean_in_words(of_policy.total, language))
    ]  # fmt: skip
    lines += [_line(run, each, language) for each in found.values() if each is not None]
    if found[NO_EFFECT_POLICY] is None:
        lines.append(text("placebo_none", language))
    return lines


def _line(run: Run, found: RemainingSaving, language: str) -> str:
    """Say what one arm keeps of the saving, in all and by law."""
    laws = "; ".join(
        f"{text(f'law_{law}', language)} {_mean_in_words(found.by_law[law], language)}"
        for law in LAWS_IN_TEXT
    )
    sample = saved_before_own_cost(run, POLICY).iloc[: found.total.count]  # the first few replications
    policy_saving = sensible(float(sample.mean()), language, found.total.mean)
    what = text(
        f"placebo_{found.arm}", language, total=_mean_in_words(found.total, language), whole=policy_saving
    )
    return text("placebo_line", language, what=what, laws=laws, verdict=_verdict(found, language),
                replications=replications(found.total.count, language))  # fmt: skip


def _verdict(of_arm: RemainingSaving, language: str) -> str:
    """Say whether the interval covers 0 and lies within the margin."""
    found = of_arm.total
    if found.count < 2:
        return text("placebo_single", language)
    if found.verdict == NULL and not found.within_margin:
        return text("placebo_below", language)
    survives = "staff" if of_arm.arm == SAME_STAFF else "survives"
    none = "null" if found.is_zero_within else "small"
    key = {NULL: none, INCONCLUSIVE: "inconclusive"}.get(found.verdict, survives)
    return text(f"placebo_{key}", language)


def _mean_in_words(found: Confidence, language: str) -> str:
    """Return a mean with its interval."""
    words = three(found.mean, found.low, found.high, language)
    return text("placebo_total" if found.count > 1 else "placebo_one", language, **words)


def split_sentence(found: Mapping[str, VarianceParts], language: str) -> str:
    """Say how much of the variance of the municipality's saving comes from what."""
    parts = found["municipality"]
    if math.isnan(parts.shares[0]):
        return text("split_nothing", language)
    words = {name: number(100.0 * each, language) for name, each in zip(PARTS, parts.shares, strict=True)}
    words |= {
        f"{name}_error": number(100.0 * each, language)
        for name, each in zip(PARTS, parts.errors, strict=True)
    }
    return text("split_sentence", language, **words)


def split_table(found: Mapping[str, VarianceParts], language: str) -> list[list[str]]:
    """Return a row per outcome that varies: its name, standard deviation, and the three parts."""
    rows = []
    for outcome, parts in found.items():
        if math.isnan(parts.shares[0]):
            continue
        cells = [
            f"{number(100.0 * each, language)}% ({number(100.0 * error, language)})"
            for each, error in zip(parts.shares, parts.errors, strict=True)
        ]
        deviation = sensible(math.sqrt(max(0.0, parts.total)), language)
        rows.append([_outcome(outcome, language), deviation, *cells])
    return rows


def split_heads(language: str) -> list[str]:
    """Return the heads of the table."""
    return [text(f"split_{name}", language) for name in ("outcome", "deviation", *PARTS)]


def split_lines(run: Run, language: str) -> list[str]:
    """Return the sentence and the table as lines; none for a run whose replications share nothing."""
    found = parts_of_headline(run)
    if not found:
        return []
    heads = split_heads(language)
    lines = [split_sentence(found, language)]
    for outcome, deviation, *cells in split_table(found, language):
        parts = [f"{head} {cell}" for head, cell in zip(heads[1:], [deviation, *cells], strict=True)]
        lines.append(text("split_line", language, outcome=outcome, parts=", ".join(parts)))
    return lines


def _outcome(name: str, language: str) -> str:
    """Return what a row is about."""
    if name in BASES:
        return text(f"split_{name}", language)
    return text("split_per_1000", language, what=text(f"side_{name}", language))
