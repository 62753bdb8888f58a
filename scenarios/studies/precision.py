"""Sequential replication: add replications at points until confidence intervals are narrow enough.

The next round is decided only after a round is complete, and only from the outcomes of its runs. An
interrupted study, another engine or another number of workers therefore has the same rounds. A pilot run
estimates beforehand what a precision costs: replications, core hours and disk space.
"""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy import special

from scenarios.common.errors import ConfigurationError
from scenarios.config.keys import whole_number
from scenarios.reporting.texts import agreed
from scenarios.studies.engines import Engine
from scenarios.studies.plan import Plan, Task
from scenarios.studies.store import Folder, Outcomes
from simulation.outcomes.definitions import unit_of

# Confidence intervals of means over replications, their variance components, and the replications needed.
#
# A confidence interval is the 95% interval of a mean over replications (Student's t). It narrows with more
# replications, unlike the intervals in figures, which hold the spread of single replications. Replications
# that share a parameter draw are not independent, so each draw counts once, with the mean over its seeds.

LEVEL = 0.95
UNKNOWN = math.inf
MOST = 10_000_000


@dataclass(frozen=True)
class VarianceComponents:
    """Variance components of replications: a one-way random-effects model of seeds nested in draws.

    Attributes
    ----------
    between_draws, between_seeds : float
        Variances between draws (truncated at zero) and between the seeds of a draw.
    share, share_low, share_high : float
        Share of the variance between draws, with its 95% interval (exact for normal effects).
    """

    between_draws: float
    between_seeds: float
    share: float
    share_low: float
    share_high: float


@dataclass(frozen=True)
class ConfidenceInterval:
    """Confidence interval of a mean over replications: mean ± half_width.

    Attributes
    ----------
    mean, half_width : float
        The half width is infinite with fewer than two draws.
    replications, draws : int
        Numbers of replications and of draws used.
    parts : VarianceComponents or None
        Variance components; None if every draw has one seed, since they cannot be separated then.
    """

    mean: float
    half_width: float
    replications: int
    draws: int
    parts: VarianceComponents | None = None


def complete_draws(values: Sequence[float] | np.ndarray, seeds_per_draw: int) -> np.ndarray:
    """Return values as an array of shape (n_draws, seeds_per_draw); incomplete draws are left out.

    Examples
    --------
    >>> complete_draws([1.0, 2.0, 3.0, 4.0, 5.0], 2).tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    array = np.asarray(values, dtype=float)
    draws = array[: len(array) // seeds_per_draw * seeds_per_draw].reshape(-1, seeds_per_draw)
    return draws[np.isfinite(draws).all(axis=1)]


def confidence_interval_of(
    values: Sequence[float] | np.ndarray, seeds_per_draw: int = 1, level: float = LEVEL
) -> ConfidenceInterval:
    """Return the confidence interval of a mean over replications, given in order; missing values are left
    out.

    Examples
    --------
    >>> found = confidence_interval_of([1.0, 2.0, 3.0])
    >>> found.mean, round(found.half_width, 2)
    (2.0, 2.48)
    """
    draws = complete_draws(values, seeds_per_draw)
    if not len(draws):
        return ConfidenceInterval(math.nan, UNKNOWN, 0, 0)
    means = draws.mean(axis=1)
    width = half_width(float(means.var(ddof=1)), len(draws), level) if len(draws) > 1 else UNKNOWN
    return ConfidenceInterval(float(means.mean()), width, draws.size, len(draws), variance_components(draws))


def half_width(variance: float, draws: float, level: float = LEVEL) -> float:
    """Return the half width of the confidence interval of a mean over draws with this variance of means."""
    return float(special.stdtrit(draws - 1.0, (1.0 + level) / 2.0) * math.sqrt(variance / draws))


def variance_components(draws: np.ndarray) -> VarianceComponents | None:
    """Return the variance components of an array of shape (n_draws, seeds_per_draw)."""
    count, seeds = draws.shape
    if seeds < 2 or count < 2:
        return None
    within = float(draws.var(axis=1, ddof=1).mean())
    between = float(seeds * draws.mean(axis=1).var(ddof=1))
    among = max(0.0, (between - within) / seeds)
    if within == 0.0:
        share = 1.0 if among > 0.0 else math.nan
        return VarianceComponents(among, within, share, share, share)
    ratio = between / within
    freedom = (count - 1, count * (seeds - 1))
    ends = [ratio / special.fdtri(*freedom, level) for level in ((1.0 + LEVEL) / 2.0, (1.0 - LEVEL) / 2.0)]
    low, high = (max(0.0, float((end - 1.0) / (end + seeds - 1.0))) for end in ends)
    return VarianceComponents(among, within, among / (among + within), low, high)


def half_width_with(parts: VarianceComponents, draws: int, seeds: int) -> float:
    """Return the expected half width of the confidence interval with other numbers of draws and seeds."""
    return half_width(parts.between_draws + parts.between_seeds / seeds, draws)


def needed_replications(
    values: Sequence[float] | np.ndarray,
    target: float,
    seeds_per_draw: int = 1,
    confidence: float = 0.5,
) -> int:
    """Return the number of replications needed for a half width, estimated from those so far.

    Parameters
    ----------
    values : array-like of shape (n_replications,)
        Outcomes of the replications so far.
    target : float
        Required half width of the confidence interval.
    seeds_per_draw : int
        Replications that share a draw.
    confidence : float
        Probability that the number is enough, if draw means are normal. It uses an upper bound of the
        variance, which is estimated from few draws.

    Examples
    --------
    >>> values = [1.0, 2.0, 3.0, 4.0]
    >>> needed_replications(values, 1.0), needed_replications(values, 1.0, confidence=0.9)
    (11, 36)
    """
    draws = complete_draws(values, seeds_per_draw)
    if len(draws) < 2 or not target > 0.0:
        return MOST
    freedom = len(draws) - 1
    variance = float(draws.mean(axis=1).var(ddof=1)) * freedom / special.chdtri(freedom, confidence)
    low, high = 1, 2
    while high < MOST and half_width(variance, high) > target:
        low, high = high, 2 * high
    while high - low > 1:  # bisection: the half width decreases with the number of draws
        middle = (low + high) // 2
        low, high = (middle, high) if half_width(variance, middle) > target else (low, middle)
    return min(MOST, high * seeds_per_draw)


LEAST_DRAWS = 4
LEAST_GROWTH = 1.25  # a round adds at least a quarter, to keep the number of rounds small
MOST_GROWTH = 2.0  # a round at most doubles the number, since an early variance estimate is uncertain

Values = Mapping[int, np.ndarray]  # point: an outcome by replication


@dataclass(frozen=True)
class Precision:
    """Required half width of the confidence interval of an outcome at every point.

    Attributes
    ----------
    outcome : str
        Name of the outcome.
    width : float
        In the outcome's unit, or as a share of the mean.
    of_mean : bool
        Whether `width` is a share of the mean; of the base point's mean if `against` is given.
    against : int or None
        Base point: the confidence interval is of the paired difference from it (common random numbers).
    most_replications : int
        Maximum number of replications per point, at which it stops anyway.
    seeds_per_draw : int
        Replications that share a draw.
    """

    outcome: str
    width: float
    of_mean: bool = False
    against: int | None = None
    most_replications: int = 1000
    seeds_per_draw: int = 1

    @property
    def document(self) -> dict[str, Any]:
        """The precision as stored in a study's document."""
        return asdict(self)

    def compared_values(self, point: int, values: Values) -> np.ndarray:
        """Return the values at a point by replication: the outcome, or its difference from the base point."""
        here = values[point]
        return here if self.against is None else here - values[self.against][: len(here)]

    def confidence_interval(self, point: int, values: Values) -> ConfidenceInterval:
        """Return the confidence interval at a point."""
        return confidence_interval_of(self.compared_values(point, values), self.seeds_per_draw)

    def required_half_width(self, point: int, values: Values) -> float:
        """Return the required half width at a point, in the outcome's unit."""
        if not self.of_mean:
            return self.width
        of = values[point] if self.against is None else values[self.against][: len(values[point])]
        return self.width * abs(confidence_interval_of(of, self.seeds_per_draw).mean)

    def unmet(self, values: Values) -> list[int]:
        """Return the points whose confidence interval is wider than required."""
        return [
            point
            for point in sorted(values)
            if point != self.against
            and not self.confidence_interval(point, values).half_width
            <= self.required_half_width(point, values)
        ]


@dataclass(frozen=True)
class Round:
    """Replications `first` up to, not including, `last` of some points."""

    points: tuple[int, ...]
    first: int
    last: int


def next_round(precision: Precision, values: Values) -> Round | None:
    """Return the next round, or None if every point is precise enough or has the maximum of replications.

    A round has the size estimated for the point that needs the fewest replications; the other points are
    estimated again after it. Points without a finite interval (a ratio with denominator 0) are left out.

    Examples
    --------
    >>> wide, narrow = np.array([0.0, 9.0, 1.0, 8.0]), np.array([4.0, 4.1, 4.0, 4.1])
    >>> next_round(Precision("crises", 1.0), {0: wide, 1: narrow})
    Round(points=(0,), first=4, last=8)
    """
    unmet = [
        point
        for point in precision.unmet(values)
        if math.isfinite(precision.confidence_interval(point, values).half_width)
    ]
    seeds = precision.seeds_per_draw
    most = precision.most_replications // seeds * seeds
    done = max((len(values[point]) for point in unmet), default=0)
    if not unmet or done >= most:
        return None
    least = min(
        needed_replications(
            precision.compared_values(point, values), precision.required_half_width(point, values), seeds
        )
        for point in unmet
    )
    growth = min(max(least, LEAST_GROWTH * done), MOST_GROWTH * done)
    last = min(most, math.ceil(growth / seeds) * seeds)
    base = () if precision.against is None else (precision.against,)
    return Round(tuple(sorted({*unmet, *base})), done, last)


def precision_from(
    text: str, outcome: str, against: str, most_replications: int, seeds_per_draw: int
) -> Precision:
    """Return the precision written on the command line: "5" in the outcome's unit, or "2%" of the mean.

    Raises
    ------
    ConfigurationError
        For an invalid width or number of the base point.
    """
    number, percent = text.removesuffix("%"), text.endswith("%")
    try:
        width = float(number) / (100.0 if percent else 1.0)
    except ValueError:
        width = math.nan
    if not (math.isfinite(width) and width > 0.0):
        raise ConfigurationError(
            f"precision = {text}: expected half the width of a confidence interval, as 5 (in the unit of "
            f"{outcome}) or 2%"
        )
    base = whole_number(against)
    if against and (base is None or base < 0):
        raise ConfigurationError(f"against = {against[:60]}: expected the number of a point, from 0 on")
    return Precision(outcome, width, percent, base, most_replications, seeds_per_draw)


def check_precision(precision: Precision, replications: int, points: int) -> None:
    """Raise ConfigurationError if the first round is too small or too large, or has no such base point."""
    seeds = precision.seeds_per_draw
    if precision.against is not None and not precision.against < points:
        raise ConfigurationError(f"against = {precision.against}: the design has points 0 to {points - 1}")
    if precision.against is not None and points < 2:
        raise ConfigurationError("against: the design has one point, expected another to compare with it")
    if replications % seeds or replications < LEAST_DRAWS * seeds:
        raise ConfigurationError(
            f"replications = {replications}: precision is judged from at least {LEAST_DRAWS} draws, each "
            f"whole; expected a multiple of seeds_per_draw = {seeds} from {LEAST_DRAWS * seeds} on"
        )
    if precision.most_replications < replications:
        raise ConfigurationError(
            f"most_replications = {precision.most_replications}: fewer than replications = {replications}"
        )


CONFIDENCE = 0.9
LIKELY, AT_MOST = 0.5, CONFIDENCE
SHOWN = 20
SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True)
class Cost:
    """Cost of one run: core seconds (None if no part was timed) and bytes on disk."""

    seconds: float | None
    disk_bytes: float


def cost_of(folder: Folder, tasks: list[Task]) -> Cost:
    """Return the cost of one run of a pilot; the median over parts, since the first part may compile."""
    timed, size, runs = [], 0, 0
    for task in tasks:
        part = folder.part_document(task.name) or {}
        if part.get("run_seconds", 0.0) > 0.0:
            timed.append(part["run_seconds"] / len(task.runs))
        size += sum(path.stat().st_size for path in folder.parts.glob(f"{task.name}.*"))
        runs += len(task.runs)
    return Cost(statistics.median(timed) if timed else None, size / runs)


def replications_needed(precision: Precision, values: Values, confidence: float) -> dict[int, int]:
    """Return the replications each point needs, at least those it has; the base point needs the maximum."""
    found = {
        point: max(
            len(values[point]),
            needed_replications(
                precision.compared_values(point, values),
                precision.required_half_width(point, values),
                precision.seeds_per_draw,
                confidence,
            ),
        )
        for point in sorted(values)
        if point != precision.against
    }
    if precision.against is not None:
        found[precision.against] = max(found.values())
    return found


def forecast(
    plan: Plan, folder: Folder, tasks: list[Task], precision: Precision, engine: Engine, engine_name: str
) -> list[str]:
    """Return lines with the estimated cost of a precision: replications, core hours and disk space."""
    values = Outcomes(plan, folder).by_point(tasks, precision.outcome)
    likely, most = (replications_needed(precision, values, level) for level in (LIKELY, AT_MOST))
    lines = [pilot_in_words(plan, precision)]
    widest = sorted(likely, key=lambda point: (-likely[point], point))
    for point in [each for each in widest if each != precision.against][:SHOWN]:
        now = precision.confidence_interval(point, values).half_width
        lines.append(
            f"  point {point}: ±{now:.4g} now, ±{precision.required_half_width(point, values):.4g} asked: "
            f"about {_count(likely[point])} replications, at most {_count(most[point])}"
        )
    if len(likely) > SHOWN:
        lines.append(f"  ... and {len(likely) - SHOWN} points that take no more than the last of these")
    lines.append(
        f"At most: enough with {CONFIDENCE:.0%} confidence for a point by itself, were draws normal; a pilot "
        f"of {plan.replications} cannot say more."
    )
    over = [point for point, count in likely.items() if count > precision.most_replications]
    if over:
        lines.append(
            f"{len(over)} points likely take more than most_replications = {precision.most_replications}; "
            "the sweep stops them there and says so."
        )
    return [*lines, *_costs(cost_of(folder, tasks), plan, precision, (likely, most), engine, engine_name)]


def pilot_in_words(plan: Plan, precision: Precision) -> str:
    """Return a sentence with the size of the pilot and the requested precision."""
    requested = f"{precision.width:.4g} {unit_of(precision.outcome)}"
    if precision.of_mean:
        requested = f"{100.0 * precision.width:.4g}% of the mean"
    of = "" if precision.against is None else f", paired difference from point {precision.against}"
    return (
        f"Pilot: {len(plan.design.points)} points x {plan.replications} replications. "
        f"Asked: {precision.outcome}{of}, mean ± {requested} (95% confidence interval) at every point."
    )


def _costs(
    cost: Cost,
    plan: Plan,
    precision: Precision,
    counts: tuple[dict[int, int], dict[int, int]],
    engine: Engine,
    engine_name: str,
) -> list[str]:
    """Return lines with the estimated cost of the remaining runs."""
    done = len(plan.design.points) * plan.replications
    likely, most = (
        sum(min(count, precision.most_replications) for count in each.values()) - done for each in counts
    )
    if not most:
        return ["The pilot is precise enough already: nothing is left to do."]
    lines = [f"In all about {likely + done:,} runs, {likely:,} still to do; at most {most:,} to do."]
    if cost.seconds is None:
        lines.append("No run was timed: the pilot was done by an older program.")
    else:
        hours = [count * cost.seconds / SECONDS_PER_HOUR for count in (likely, most)]
        minutes = [60.0 * each / engine.processes for each in hours]
        lines.append(
            agreed(
                f"A run takes {cost.seconds:.3g} core seconds here: about {hours[0]:.3g} core hours, at most "
                f"{hours[1]:.3g}; with engine={engine_name} on {engine.processes} processes about "
                f"{minutes[0]:.3g} minutes, at most {minutes[1]:.3g}. Points that go on alone share their "
                "initial state with fewer and take longer a run."
            )
        )
    lines.append(
        f"Disk: {cost.disk_bytes / 1e3:.3g} kB a run, about {likely * cost.disk_bytes / 1e6:.3g} MB more, "
        f"at most {most * cost.disk_bytes / 1e6:.3g}."
    )
    return [*lines, "The same command without plan=true does them and stops once the precision is reached."]


def _count(replications: int) -> str:
    """Return the text of a number of replications, "countless" at the limit of the search."""
    return "countless" if replications >= MOST else f"{replications:,}"
