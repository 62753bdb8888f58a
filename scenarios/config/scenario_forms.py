"""What each kind of scenario file may hold, and what it must: systems, policies, landings and the like."""

from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.keys import key_called, known_keys
from scenarios.config.retired import RETIRED_KEYS, renamed
from scenarios.config.scenario_file import ANY_NAME, mistake, read_scenario_file
from scenarios.config.schema import (
    NEUTRAL_SYSTEM,
    MunicipalityChoice,
    PolicyChoice,
    SystemChoice,
    option_path,
)
from simulation.parameters import GROUPS

TEXTS = ("S0", "S1", "S2", "S3", "S4")
ASSUMED = "assumed"
_WORDS = {"en": str, "nl": str}
_PARTICULAR = {**_WORDS, "source": str, "levers": [str]}
_FIGURE = {"value": None, "source": str, "note": _WORDS}
_MUST_OF_SYSTEM = (
    "slug", "title", "municipality", "sources", "changes", "changes.*.value", "changes.*.source",
    "particulars", "particulars.en", "particulars.nl", "particulars.source", "particulars.levers",
    "not_represented", "not_represented.en", "not_represented.nl",
)  # fmt: skip
# The neutral organisation is what the defaults say: no source tells of it, and it changes nothing.
_EMPTY_IF_NEUTRAL = ("sources", "changes", "particulars")
# Steering files set keys of several groups, and say so to Hydra.
PACKAGES = {"steering": "# @package _global_", "grants": "# @package _global_"}


def read_option(group: str, member: str) -> dict[str, Any]:
    """Return the content of a file of conf/ by group and member, checked; see `read_scenario_file`."""
    path = option_path(group, member)
    form, required = _form_of(group)
    if group == "system" and member == NEUTRAL_SYSTEM:
        required = tuple(each for each in required if each.split(".")[0] not in _EMPTY_IF_NEUTRAL)
    content = read_scenario_file(path, form, required)
    _check_package(path, group)
    if group == "system":
        _check_system(path, content)
    elif group == "policy":
        for name, value in content.get("changes", {}).items():
            _check_value(path, name, value)
    return content


def check_figure(where: str, name: str, figure: Any) -> None:
    """Raise ConfigurationError for a system's figure without value or source."""
    given = figure if isinstance(figure, dict) else {}
    lacking = [key for key in ("value", "source") if given.get(key) is None]
    if lacking:
        raise ConfigurationError(
            f"{where}: {name}: {lacking[0]} is missing, expected {{value: ..., source: S0}}"
        )
    if given["source"] not in (*TEXTS, ASSUMED):
        raise ConfigurationError(
            f"{where}: {name}: source {given['source']}, expected one of {', '.join((*TEXTS, ASSUMED))}"
        )


def check_change(where: str, name: str, value: Any) -> None:
    """Raise ConfigurationError, naming who wants it, for a change that no parameter takes."""
    parameters = [key.name for key in known_keys().values() if key.lever is not None]
    if name not in parameters:
        near = renamed(str(name), RETIRED_KEYS) or nearest(str(name), parameters)
        raise ConfigurationError(f"{where}: {name}: no such parameter{near}")
    try:
        key_called(str(name)).check(value)
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {error}") from None


@cache
def _form_of(group: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the keys of a group's files, and those required."""
    system = _names(SystemChoice) | {"changes": {ANY_NAME: _FIGURE}}
    system |= {"sources": [str], "particulars": [_PARTICULAR], "not_represented": [_WORDS]}
    policy = _names(PolicyChoice) | {"changes": {ANY_NAME: None}}
    forms: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
        "system": (system, _MUST_OF_SYSTEM),
        "policy": (policy, ("name", "title", "source")),
        "landing": (_names(GROUPS["landing"]), ()),
        "steering": ({name: _names(made) for name, made in GROUPS.items()}, ()),
        "grants": ({"landing": _names(GROUPS["landing"])}, ()),
        "municipality": (_names(MunicipalityChoice), ("slug",)),
    }
    return forms[group]


def _names(made: Any) -> dict[str, Any]:
    """Return the names of a dataclass; Hydra's schema knows their types."""
    return {each.name: None for each in fields(made)}


def _check_package(path: Path, group: str) -> None:
    """Refuse a comment that makes Hydra put the file's keys elsewhere."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if "@package" in line and line.lstrip().startswith("#") and line.strip() != PACKAGES.get(group):
            raise ConfigurationError(
                f"conf/{group}/{path.name}, line {number}: @package puts keys elsewhere, "
                "which this file may not"
            )


def _check_system(path: Path, content: dict[str, Any]) -> None:
    """Check figures, sources and the levers that particulars name, each with its line."""
    wrong = [each for each in content["sources"] if each not in TEXTS]
    if wrong:
        raise mistake(path, f"sources {wrong[0]}: expected some of {', '.join(TEXTS)}", "sources")
    changes = content["changes"]
    for name, figure in changes.items():
        try:
            check_figure("changes", name, figure)
        except ConfigurationError as error:
            raise mistake(path, str(error), "changes", name) from None
        _check_value(path, name, figure["value"])
    for number, particular in enumerate(content["particulars"]):
        place = ("particulars", number)
        if particular["source"] not in content["sources"]:
            raise mistake(path, f"source {particular['source']} is not one of the system's sources", *place)
        unset = [lever for lever in particular["levers"] if lever not in changes]
        if unset:
            near = nearest(unset[0], changes)
            raise mistake(path, f"{unset[0]}: no lever that this system's changes set{near}", *place)


def _check_value(path: Path, name: str, value: Any) -> None:
    """Check one change of a file."""
    try:
        check_change("changes", name, value)
    except ConfigurationError as error:
        raise mistake(path, str(error), "changes", name) from None
