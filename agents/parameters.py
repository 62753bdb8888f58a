"""Declaration of parameters with unit, range and source; values outside their range are refused.

A parameter is declared next to the rule that uses it, as a field of a plain dataclass. The range check,
the table in the documentation, the parameter draws and the tests all use its metadata.
"""

import math
from dataclasses import MISSING, Field, dataclass, field, fields
from enum import Enum
from typing import Any

import numpy as np

# Direction of change of an indicator when a parameter goes from its low to its high value.
MOVES, RISES, FALLS = 0, 1, -1
# A cut so deep that the council must take measures: some effects are visible only then.
HARD_TIMES = {
    "landing.cut": 0.9,
    "municipality_government.patience_years": 0.0,
    "municipality_government.reserves_eur_per_inhabitant": 0.0,
}


@dataclass(frozen=True)
class Effect:
    """Expected first effect of a parameter, as a test case: a run with its low and one with its high value.

    Attributes
    ----------
    agent, process : str
        Agent whose state differs first, and the process of the month (`simulation/schedule.py`).
    indicator : str
        Monthly column that changes; with ``*`` all columns with that prefix; or one of the indicators
        that `tests/scenarios/test_levers.py` computes.
    direction : int
        `RISES` or `FALLS` where the mechanism implies it, else `MOVES`.
    low, high : optional
        Values compared; by default the ends of the range.
    also : dict
        Values of other parameters under which the effect is visible, by full name.
    months : int
        Length of the runs from the transition on, months.
    anew : bool
        Whether the parameter acts at initialisation, so that each value needs a run from the start.
    households : int
        Size of the municipality in runs from the start.
    is_about_events : bool
        Whether the parameter itself sets how often, or to whom, problems happen.
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
        Default value; it is stated here only.
    unit : str
        Unit in words, "1" for a dimensionless number.
    source : str
        Source of the value; "assumed" is allowed.
    low, high : float, optional
        Closed range of allowed values; also the range of an uncertain draw.
    meaning : str
        One sentence for the documentation.
    draw : float, "range" or None
        Distribution in a parameter draw: uniform within this relative half-width of its value, uniform
        over its whole range, or fixed.
    lever : bool
        Whether a policy may set it; a lever is never drawn.
    cost : str
        Cost of a lever: the parameters that price it in `code`, or "Free, because ...".
    effect : Effect, optional
        Test case; the tests require it of levers and of parameters that are drawn.

    Returns
    -------
    dataclasses.Field
        The field, with the arguments as metadata.
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
    """Return the default of a dataclass field, declared as a value or as a factory.

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
    """Return one end of a parameter's range in the type and length of its default, None if it has none.

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
    """Base class of a group of parameters; checks the ranges when it is created."""

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
        Record of all numerical parameters; changed.
    group : dataclass
        A group of parameters.
    """
    for each in fields(group):
        if each.name in (record.dtype.names or ()):
            value = getattr(group, each.name)
            record[each.name][0] = value.value if isinstance(value, Enum) else value
