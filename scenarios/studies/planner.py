"""The planner: what a precision takes, judged by a pilot, in replications, core hours and disk space."""

import statistics
from dataclasses import dataclass

from scenarios.studies.engines import Engine
from scenarios.studies.plan import Plan, Task
from scenarios.studies.precision import MOST, Precision, Values, needed
from scenarios.studies.store import Folder, Outcomes
from simulation.outcomes.definitions import unit_of

CONFIDENCE = 0.9
LIKELY, AT_MOST = 0.5, CONFIDENCE
SHOWN = 20
SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True)
class Cost:
    """What one run takes: core seconds, or None where no part was timed, and bytes on disk."""

    seconds: float | None
    disk_bytes: float


def cost_of(folder: Folder, tasks: list[Task]) -> Cost:
    """Return what one run took in the parts of a pilot; the middle part, as a first one compiles."""
    timed, size, runs = [], 0, 0
    for task in tasks:
        part = folder.part_document(task.name) or {}
        if part.get("run_seconds", 0.0) > 0.0:
            timed.append(part["run_seconds"] / len(task.runs))
        size += sum(path.stat().st_size for path in folder.parts.glob(f"{task.name}.*"))
        runs += len(task.runs)
    return Cost(statistics.median(timed) if timed else None, size / runs)


def replications_needed(precision: Precision, values: Values, confidence: float) -> dict[int, int]:
    """Return how many replications each point takes, never fewer than it has; a base as many as the most."""
    found = {
        point: max(
            len(values[point]),
            needed(
                precision.judged(point, values),
                precision.asked(point, values),
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
    """Return in lines what a precision takes."""
    values = Outcomes(plan, folder).by_point(tasks, precision.outcome)
    likely, most = (replications_needed(precision, values, level) for level in (LIKELY, AT_MOST))
    lines = [pilot_in_words(plan, precision)]
    widest = sorted(likely, key=lambda point: (-likely[point], point))
    for point in [each for each in widest if each != precision.against][:SHOWN]:
        now = precision.confidence_interval(point, values).half_width
        lines.append(
            f"  point {point}: ±{now:.4g} now, ±{precision.asked(point, values):.4g} asked: "
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
    """Return what was run and what is asked."""
    asked = f"{precision.width:.4g} {unit_of(precision.outcome)}"
    if precision.of_mean:
        asked = f"{100.0 * precision.width:.4g}% of the mean"
    of = "" if precision.against is None else f", paired difference from point {precision.against}"
    return (
        f"Pilot: {len(plan.design.points)} points x {plan.replications} replications. "
        f"Asked: {precision.outcome}{of}, mean ± {asked} (95% confidence interval) at every point."
    )


def _costs(
    cost: Cost,
    plan: Plan,
    precision: Precision,
    counts: tuple[dict[int, int], dict[int, int]],
    engine: Engine,
    engine_name: str,
) -> list[str]:
    """Return what the runs take that are not done yet."""
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
            f"A run takes {cost.seconds:.3g} core seconds here: about {hours[0]:.3g} core hours, at most "
            f"{hours[1]:.3g}; with engine={engine_name} on {engine.processes} processes about "
            f"{minutes[0]:.3g} minutes, at most {minutes[1]:.3g}. Points that go on alone share their "
            "initial state with fewer and take longer a run."
        )
    lines.append(
        f"Disk: {cost.disk_bytes / 1e3:.3g} kB a run, about {likely * cost.disk_bytes / 1e6:.3g} MB more, "
        f"at most {most * cost.disk_bytes / 1e6:.3g}."
    )
    return [*lines, "The same command without plan=true does them and stops once the precision is reached."]


def _count(replications: int) -> str:
    """Return a number of replications; one beyond counting in words."""
    return "countless" if replications >= MOST else f"{replications:,}"
