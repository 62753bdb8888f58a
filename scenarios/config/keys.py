"""Every key a user can set, with its type, unit and range; checks one value against its key."""

import math
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin

import numpy as np

from agents.parameters import default_of
from scenarios.common.errors import RETIRED_KEYS, ConfigurationError, nearest, renamed
from scenarios.config.schema import Configuration
from simulation.parameters import Parameters

WORDS = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}


@dataclass(frozen=True)
class Key:
    """One settable value: its full name, type, and the metadata of its field.

    `lever` is None where the key is no parameter of an agent.
    """

    name: str
    kind: Any
    optional: bool
    length: int | None
    unit: str
    low: float | None
    high: float | None
    lever: bool | None

    def allowed(self) -> str:
        """Return in words what the key takes, such as "a number from 0 to 15 (years)"."""
        words = WORDS.get(self.kind, "a list" if self.kind is list else "names with values")
        if self.length is not None:
            words = f"a list of {self.length} numbers"
        limits = f" {self._limits()}" if self._limits() else ""
        unit = f" ({self.unit})" if self.unit not in ("", "1") else ""
        return f"{words}{limits}{unit}{' or null' if self.optional else ''}"

    def _limits(self) -> str:
        if self.low is not None and self.high is not None:
            return f"from {self.low:,g} to {self.high:,g}"
        if self.low is not None:
            return f"of at least {self.low:,g}"
        return f"of at most {self.high:,g}" if self.high is not None else ""

    def check(self, value: Any) -> None:
        """Raise ConfigurationError when `value` has the wrong type or is out of range."""
        if value is None and self.optional:
            return
        if not self._has_type(value):
            raise ConfigurationError(f"{self.name} = {shown(value)}: expected {self.allowed()}")
        for number in value if isinstance(value, list) else [value]:
            if not isinstance(number, str | bool | dict) and not self._in_range(number):
                raise ConfigurationError(
                    f"{self.name} = {shown(value)}: outside the allowed range, expected {self.allowed()}"
                )

    def _has_type(self, value: Any) -> bool:
        if self.kind is list:
            right = isinstance(value, list)
            if right and self.length is not None:
                right = len(value) == self.length and all(_is_number(each) for each in value)
            return right
        if self.kind is float:
            return _is_number(value)
        if self.kind is int:
            return isinstance(value, int) and not isinstance(value, bool)
        if self.kind is str:
            return isinstance(value, str | int | float) and not isinstance(value, bool)
        return isinstance(value, self.kind)

    def _in_range(self, number: float) -> bool:
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        try:
            return math.isfinite(number) and low <= number <= high
        except OverflowError:  # a whole number that no float can hold
            return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def plain_value(value: Any) -> Any:
    """Return a value in Python's own types: numbers of numpy are numbers, its arrays and tuples are lists.

    Examples
    --------
    >>> plain_value(np.int64(2)), plain_value(np.array([0.5, 1.0])), plain_value("posterior")
    (2, [0.5, 1.0], 'posterior')
    """
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    return [plain_value(each) for each in value] if isinstance(value, list | tuple) else value


def shown(value: Any) -> str:
    """Return a value as the user would write it.

    Examples
    --------
    >>> shown(None), shown(True), shown([1, 2])
    ('null', 'true', '[1, 2]')
    """
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def known_keys() -> dict[str, Key]:
    """Return every key of the configuration by its full name."""
    return {key.name: key for key in _keys_of(Configuration, "")}


def key_called(name: str) -> Key:
    """Return the key with this name, or raise ConfigurationError with the nearest match."""
    known = known_keys()
    if name in known:
        return known[name]
    inside = [each for each in known if each.startswith(f"{name}.")]
    if inside:
        raise ConfigurationError(
            f"{name} is a group of {len(inside)} keys, set one of them; the first is {inside[0]}"
        )
    raise ConfigurationError(f"{name}: no such key{renamed(name, RETIRED_KEYS) or nearest(name, known)}")


def value_called(parameters: Parameters, name: str) -> Any:
    """Return the value of a parameter by its full name.

    >>> value_called(Parameters(), "landing.same_money_years")
    8.0
    """
    group, short = name.split(".")
    return getattr(getattr(parameters, group), short)


def _keys_of(owner: type, prefix: str) -> list[Key]:
    found: list[Key] = []
    for each in fields(owner):
        default = default_of(each)
        if is_dataclass(default):
            found += _keys_of(type(default), f"{prefix}{each.name}.")
        else:
            found.append(_key_of(each, f"{prefix}{each.name}", default))
    return found


def _key_of(each: Any, name: str, default: Any) -> Key:
    options = [option for option in get_args(each.type) if option is not type(None)]
    optional = type(None) in get_args(each.type)
    kind = options[0] if optional else each.type
    kind = get_origin(kind) or kind
    numbers = kind is list and bool(default) and all(_is_number(value) for value in default)
    return Key(
        name=name,
        kind=kind,
        optional=optional,
        length=len(default) if numbers else None,
        unit=each.metadata.get("unit", ""),
        low=each.metadata.get("low"),
        high=each.metadata.get("high"),
        lever=each.metadata.get("lever"),
    )
