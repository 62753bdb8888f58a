"""Parameters carry their unit, range and source; a value outside its range is refused.

A parameter is declared next to the rule that uses it, as a field of a plain dataclass. The same
metadata feeds the range check, the table in the documentation, the draws of uncertain values and the tests.
"""

import math
from dataclasses import MISSING, Field, dataclass, field, fields
from enum import Enum
from typing import Any

import numpy as np

# In which direction an indicator goes when a parameter goes from its low to its high value.
MOVES, RISES, FALLS = 0, 1, -1
# A cut that leaves a council no way but to take measures: some effects are seen only then.
HARD_TIMES = {
    "landing.cut": 0.9,
    "municipality_government.patience_years": 0.0,
    "municipality_government.reserves_eur_per_inhabitant": 0.0,
}


@dataclass(frozen=True)
class Effect:
    """What a parameter moves first, and how a test sees it: two runs, its low and its high value.

    Attributes
    ----------
    agent, process : str
        Whose state differs first, and in which process of the month (`simulation/schedule.py`).
    indicator : str
        Monthly column that the difference moves; with ``*`` all that begin alike; or one of the indicators
        that `tests/scenarios/test_levers.py` computes.
    direction : int
        `RISES` or `FALLS` where the mechanism dictates it, else `MOVES`.
    low, high : optional
        Values compared; the ends of the range unless given.
    also : dict
        Other parameters under which the effect is seen, by full name.
    months : int
        Months run from the transition on.
    anew : bool
        Whether it works at the initialisation, so that each value needs a run from its start.
    households : int
        Size of the town where a run is made anew.
    is_about_events : bool
        Whether it says itself how often problems come, or to whom.
    """

    agent: str
    process: str
    indicator: str
    direction: int = MOVES
    low: Any = None
    high: Any = None
    also: dict[str, Any] = field(default_factory=dict)
    months: int = 36
    anew: bool = False
    households: int = 2000
    is_about_events: bool = False


def parameter(
    default: Any,
    *,
    unit: str,
    source: str,
    low: float | None = None,
    high: float | None = None,
    meaning: str = "",
    draw: float | str | None = None,
    lever: bool = False,
    cost: str = "",
    effect: Effect | None = None,
) -> Any:
    """Declare a parameter as a dataclass field.

    Parameters
    ----------
    default : float, int, bool, str or tuple
        Value when nobody says otherwise; a default lives here and nowhere else.
    unit : str
        Unit in words, "1" for a pure number.
    source : str
        Where the value was read; "assumed" is a source.
    low, high : float, optional
        Closed range of allowed values; also the range of an uncertain draw.
    meaning : str
        One sentence for the documentation.
    draw : float, "range" or None
        How a parameter draw varies it: by this relative half-width around its value, uniformly
        over its whole range, or not at all.
    lever : bool
        Whether a policy may set it; a lever is never drawn.
    cost : str
        What a lever costs: the parameters that price it in `code`, or "Free, because ...".
    effect : Effect, optional
        The test case of a lever and of a parameter that is drawn; without it the tests fail.

    Returns
    -------
    dataclasses.Field
        The field, with what was said of it as metadata.
    """
    metadata = {
        "unit": unit,
        "low": low,
        "high": high,
        "source": source,
        "meaning": meaning,
        "draw": draw,
        "lever": lever,
        "cost": cost,
        "effect": effect,
    }
    if isinstance(default, list | tuple):
        return field(default_factory=lambda: list(default), metadata=metadata)
    return field(default=default, metadata=metadata)


def check_ranges(parameters: Any) -> None:
    """Raise ValueError for the first parameter outside its range, with unit and range.

    Parameters
    ----------
    parameters : dataclass
        A group of parameters.
    """
    for each in fields(parameters):
        value = getattr(parameters, each.name)
        if isinstance(value, Enum | str | bool) or value is None or not each.metadata:
            continue
        low, high = each.metadata.get("low"), each.metadata.get("high")
        for number in value if isinstance(value, list) else [value]:
            if isinstance(number, str):
                continue
            bad = not math.isfinite(number)
            bad = bad or (low is not None and number < low) or (high is not None and number > high)
            if bad:
                raise ValueError(f"{each.name} = {number} {each.metadata['unit']}: outside [{low}, {high}]")


def default_of(each: Field[Any]) -> Any:
    """Return the default of a dataclass field, whether given as a value or as a factory.

    Parameters
    ----------
    each : dataclasses.Field
        A field.

    Returns
    -------
    Any
        The default.
    """
    if each.default is not MISSING:
        return each.default
    if each.default_factory is not MISSING:
        return each.default_factory()
    raise ValueError(f"{each.name} has no default")


def bound_of(each: Field[Any], end: str) -> Any:
    """Return one end of a parameter's range in the form of its default, None where there is none.

    Parameters
    ----------
    each : dataclasses.Field
        Field of a parameter.
    end : str
        "low" or "high".

    Returns
    -------
    float, int, list or None
        The end, in the unit of the parameter.
    """
    default, bound = default_of(each), each.metadata[end]
    if bound is None or default is None:
        return bound
    return [bound] * len(default) if isinstance(default, list) else type(default)(bound)


@dataclass
class ParameterGroup:
    """A group of parameters of one kind of agent; checks its ranges when made."""

    def __post_init__(self) -> None:
        check_ranges(self)


def record_type(groups: list[type]) -> np.dtype:
    """Return the record type that holds every numerical parameter of `groups` under its own name.

    Names must be unique over all groups: compiled rules read `p["name"]`.

    Parameters
    ----------
    groups : list of type
        Dataclasses of parameters.

    Returns
    -------
    dtype
        Fields in the order of the groups.
    """
    names: list[tuple[Any, ...]] = []
    seen: dict[str, str] = {}
    for group in groups:
        for each in fields(group):
            default = default_of(each)
            if isinstance(default, str) or default is None:
                continue
            if each.name in seen:
                raise ValueError(f"parameter {each.name} stands in {seen[each.name]} and {group.__name__}")
            seen[each.name] = group.__name__
            if isinstance(default, list):
                names.append((each.name, np.float64, (len(default),)))
            else:
                names.append((each.name, np.float64))
    return np.dtype(names)


def fill_record(record: np.ndarray, group: Any) -> None:
    """Write the numerical parameters of `group` into `record` (shape (1,)).

    Parameters
    ----------
    record : structured array of shape (1,)
        Where they are written.
    group : dataclass
        A group of parameters.
    """
    for each in fields(group):
        if each.name in (record.dtype.names or ()):
            value = getattr(group, each.name)
            record[each.name][0] = value.value if isinstance(value, Enum) else value
