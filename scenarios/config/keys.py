"""All keys that a user can set, with type, unit and range, and checks of values and configurations."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin

import numpy as np
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from agents.parameters import default_of
from scenarios.common.errors import (
    RETIRED_KEYS,
    ConfigurationError,
    brief,
    nearest,
    one_sentence,
    printable,
    renamed,
)
from scenarios.common.files import misfit
from scenarios.config.schema import Configuration
from scenarios.reporting.texts import LANGUAGES
from simulation.months import MONTHS_PER_YEAR, month_number, month_text
from simulation.parameters import Parameters

NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+(e[-+]?[0-9]+)?", re.IGNORECASE)
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,30}")
WORDS = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}


@dataclass(frozen=True)
class Key:
    """One settable value: full name, type, and the metadata of its field.

    `lever` is None if the key is not a model parameter.
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
        """Return a description of the allowed values, such as "a number from 0 to 15 (years)"."""
        words = WORDS.get(self.kind, "a list" if self.kind is list else "names with values")
        if self.length is not None:
            words = f"a list of {self.length} numbers"
        limits = f" {self._limits()}" if self._limits() else ""
        unit = f" ({self.unit})" if self.unit not in ("", "1") else ""
        return f"{words}{limits}{unit}{' or null' if self.optional else ''}"

    def _limits(self) -> str:
        if self.low is not None and self.high is not None:
            return f"from {_limit(self.low)} to {_limit(self.high)}"
        if self.low is not None:
            return f"of at least {_limit(self.low)}"
        return f"of at most {_limit(self.high)}" if self.high is not None else ""

    def check(self, value: Any) -> None:
        """Raise ConfigurationError when `value` has the wrong type or is out of range."""
        if value is None and self.optional:
            return
        if not self._has_type(value):
            if self.name == "language":
                check_language(shown(value))
            quoted = isinstance(value, str) and self.kind is not str and NUMBER.fullmatch(value.strip())
            hint = ", without quotes" if quoted else ""
            raise ConfigurationError(f"{self.name} = {brief(shown(value))}: expected {self.allowed()}{hint}")
        for number in value if isinstance(value, list) else [value]:
            if not isinstance(number, str | bool | dict) and not self._in_range(number):
                raise ConfigurationError(
                    f"{self.name} = {brief(shown(value))}: outside the allowed range, expected "
                    f"{self.allowed()}"
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


def _limit(number: float) -> str:
    """Return an end of a range in words; whole numbers in all their digits."""
    return f"{number:,}" if isinstance(number, int) else f"{number:,g}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def whole_number(text: str) -> int | None:
    """Return the whole number that a text writes in at most thirty digits, or None.

    Examples
    --------
    >>> whole_number("12"), whole_number("1_000"), whole_number("9" * 5000)
    (12, None, None)
    """
    return int(text) if WHOLE_NUMBER.fullmatch(text) else None


def plain_value(value: Any) -> Any:
    """Return a value as built-in types: NumPy scalars as numbers, arrays and tuples as lists.

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


# Checks that a run includes the year before the transition, from which grants and the cut are calculated.

# Levers for the size of the cut.
CUTS = ("landing.cut", "landing.cut_youth", "landing.cut_guidance", "landing.cut_household_help")


def history_notes(parameters: Parameters, months: int) -> list[str]:
    """Return a sentence if a run with a cut simulates less than a year before the transition.

    Parameters
    ----------
    parameters : Parameters
        Parameters of the reference.
    months : int
        Months simulated before the transition, warm-up included.
    """
    if months >= MONTHS_PER_YEAR or max(parameters.landing.cuts()) == 0.0:
        return []
    carried = "no grant and no cut" if months <= 0 else "grants and a cut that are too small"
    return [
        f"Only {max(0, months)} of the {MONTHS_PER_YEAR} months before the transition are simulated, from "
        f"which grants are calculated: this run has {carried}. Start earlier with window.start or "
        "window.warm_up_months."
    ]


def check_history(
    months: int, transition: str, wanted: Mapping[str, Any] | Iterable[tuple[str, Any]]
) -> None:
    """Raise ConfigurationError if the user sets a cut and no month before the transition is simulated.

    Parameters
    ----------
    months : int
        Months simulated before the transition, warm-up included.
    transition : str
        Month of the transition, as 2015-01.
    wanted : mapping or pairs of name and value
        Values set by the user, by full name.
    """
    for name, value in dict(wanted).items():
        if name in CUTS and value and months <= 0:
            raise ConfigurationError(
                f"{name} = {value}: a cut applies to the grants, which are calculated from the "
                f"{MONTHS_PER_YEAR} months before the transition in {transition}, and none of them is "
                f"simulated; expected at least {MONTHS_PER_YEAR} months of window.warm_up_months, or an "
                "earlier window.start"
            )


NAME = re.compile(r"\w{1,60}")
LONGEST_TITLE = 120
BASES = ("as_announced", "same_money")
CHANNELS = "channels"
TRANSLATED = {"en": str, "nl": str}
SYSTEM = {
    "sources": [str],
    "particulars": [{**TRANSLATED, "source": str, "levers": [str]}],
    "not_represented": [TRANSLATED],
}


def check_configuration(node: DictConfig) -> Configuration:
    """Check every value and date of the composed node; return it as plain dataclasses."""
    for name, key in known_keys().items():
        value = OmegaConf.select(node, name)
        key.check(OmegaConf.to_container(value) if OmegaConf.is_config(value) else value)
    check_basis(node.landing.basis)
    wrong = misfit(OmegaConf.to_container(node.system), SYSTEM, "system")
    if wrong:
        raise ConfigurationError(f"{wrong}; expected what a file of conf/system says")
    try:
        configuration: Any = OmegaConf.to_object(node)
    except (OmegaConfBaseException, ValueError) as error:
        raise ConfigurationError(one_sentence(error)) from None
    check_language(configuration.language)
    check_decompose(configuration.decompose)
    check_dates(configuration)
    check_words(configuration)
    return configuration


def check_words(configuration: Configuration) -> None:
    """Raise ConfigurationError for a policy name invalid in folder names, or a title invalid in figures."""
    policy, system = configuration.policy, configuration.system
    if not NAME.fullmatch(policy.name):
        raise ConfigurationError(
            f"policy.name = {policy.name}: folder names contain it; expected at most 60 letters, "
            "digits and underscores"
        )
    check_title("policy.title", policy.title)
    check_title("policy.title_nl", policy.title_nl)
    check_title("system.title", system.title)
    check_title("system.title_nl", system.title_nl)


def check_title(name: str, title: str) -> None:
    """Raise ConfigurationError for a title that does not fit above a figure."""
    if len(title) > LONGEST_TITLE or not title.isprintable() or "$" in title:
        raise ConfigurationError(
            f"{name} = {brief(printable(title))}: figures show it; expected one line of at most "
            f"{LONGEST_TITLE} characters without $"
        )


def check_language(language: str) -> None:
    """Raise ConfigurationError for an unsupported language."""
    if language not in LANGUAGES:
        raise ConfigurationError(
            f"language = {language}: expected {' or '.join(LANGUAGES)}{nearest(language, LANGUAGES)}"
        )


def check_decompose(what: str) -> None:
    """Raise ConfigurationError for an unknown decomposition."""
    if what not in ("", CHANNELS):
        raise ConfigurationError(f"decompose = {what}: expected {CHANNELS}{nearest(what, [CHANNELS])}")


def check_basis(basis: str) -> None:
    """Raise ConfigurationError for an unknown basis of the landing."""
    if basis not in BASES:
        raise ConfigurationError(
            f"landing.basis = {basis}: expected {' or '.join(BASES)}{nearest(basis, BASES)}"
        )


def month_of(name: str, text: str) -> int:
    """Return the month number of a key's text, or raise ConfigurationError that names the key."""
    try:
        return month_number(text)
    except ValueError as error:
        raise ConfigurationError(f"{name}: {error}") from None


def check_dates(configuration: Configuration) -> None:
    """Raise ConfigurationError if months are out of order or outside the window."""
    window = configuration.window
    start, end = month_of("window.start", window.start), month_of("window.end", window.end)
    if end < start:
        raise ConfigurationError(
            f"window.end = {window.end}: before window.start = {window.start}, expected a later month"
        )
    if start - window.warm_up_months < 0:
        raise ConfigurationError(
            f"window.warm_up_months = {window.warm_up_months}: the warm-up would start before January "
            f"2000, the first month of the model; expected at most {max(start, 0)}"
        )
    transition = configuration.landing.transition
    if month_of("landing.transition", transition) % 12 != 0:
        raise ConfigurationError(
            f"landing.transition = {transition}: expected a January, as {transition[:4]}-01, because "
            "grants and tasks change hands with the calendar year"
        )
    dated = {"landing.transition": transition, "policy.start": configuration.policy.start or transition}
    for name, text in dated.items():
        if not start <= month_of(name, text) <= end:
            raise ConfigurationError(
                f"window.start = {month_text(start)}, window.end = {month_text(end)}: {name} = {text} is not "
                "in this window, expected a window with it"
            )


# Keys of `story` in addition to those of a scenario, and the ways to pick its household.
STORY_KEYS = ("household", "pick", "against")
PICKS = ("typical", "largest", "random")


def scenario_overrides(overrides: list[str]) -> list[str]:
    """Return the overrides without the keys of `story`.

    Examples
    --------
    >>> scenario_overrides(["household=4711", "household.scar=0.1"])
    ['household.scar=0.1']
    """
    return [each for each in overrides if each.partition("=")[0] not in STORY_KEYS]
