"""What a run says of people, read once: outcomes by replication, side effects, and what remains of a saving.

Summary, figures and report in two languages ask the same of a run many times; its tables are large.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from simulation.outcomes import headline, variance
from simulation.outcomes.definitions import MEASURES, value_of
from simulation.outcomes.headline import SIDE_EFFECTS, SideEffect
from simulation.outcomes.intervals import interval
from simulation.outcomes.rules import seen_in_table
from simulation.recording.arm_names import POLICY, POLICY_ARMS, REFERENCE
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
    known: WeakKeyDictionary[Run, dict[tuple[Any, ...], Result]] = WeakKeyDictionary()

    @wraps(function)
    def remembered(run: Run, *values: Any) -> Result:
        of_run = known.setdefault(run, {})
        if values not in of_run:
            of_run[values] = function(run, *values)
        return of_run[values]

    return remembered


parts_of_headline = once_per_run(variance.parts_of_headline)
standing = once_per_run(headline.standing)
remaining_saving = once_per_run(headline.remaining_saving)
largest = once_per_run(headline.largest)


@once_per_run
def outcomes_by_replication(run: Run) -> pd.DataFrame:
    """Return the outcomes told of people from the policy's first year on: a row per replication and arm."""
    monthly = run.table("monthly")
    first = int(run.table("savings")["year"].min())
    names = [*SHOWN, *(each for each in SIDE_EFFECTS if each in MEASURES and each not in SHOWN)]
    here = (monthly["year"] >= first).to_numpy() & monthly["arm"].isin(POLICY_ARMS).to_numpy()
    keys = monthly.loc[here, ["replication", "arm", "month"]]
    order = np.lexsort([keys["month"], keys["arm"].astype(str), keys["replication"]])
    columns = {
        name: monthly[name].to_numpy()[here][order] for name in monthly if name not in ("replication", "arm")
    }
    months = len(np.unique(columns["month"]))
    found = {}
    for begin in range(0, len(keys), months):
        seen = seen_in_table({name: values[begin : begin + months] for name, values in columns.items()},
                             int(columns["month"][begin]))  # fmt: skip
        key = tuple(keys[["replication", "arm"]].iloc[order[begin]])
        found[key] = {name: value_of(name, seen) for name in names}
        found[key]["households"] = seen.at_start("households")
    return pd.DataFrame.from_dict(found, orient="index")


def side_effect_told(run: Run, name: str) -> SideEffect:
    """Return a side effect as it is told: where it is an outcome of every table, with that outcome's numbers.

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


def largest_told(run: Run) -> SideEffect | None:
    """Return the largest side effect that is beyond doubt, as it is told; None where there is none."""
    found = largest(run)
    return None if found is None else side_effect_told(run, found.name)
