"""Overrides of the command line: parsed with Hydra's grammar, checked and composed."""

import io
import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from functools import cache
from typing import Any

import yaml
from hydra import compose as hydra_compose
from hydra import initialize_config_dir
from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra.core.config_store import ConfigStore
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import ChoiceSweep, IntervalSweep, OverrideType, RangeSweep
from hydra.core.override_parser.types import Override as Override
from hydra.errors import HydraException
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf, open_dict
from omegaconf.errors import OmegaConfBaseException

from scenarios.common.errors import (
    LONGEST_SHOWN,
    RETIRED_KEYS,
    ConfigurationError,
    brief,
    is_text,
    nearest,
    one_sentence,
    renamed,
)
from scenarios.config.keys import key_called, known_keys
from scenarios.config.municipality_files.file import check_value, expand_municipality_file
from scenarios.config.scenario_forms import read_option
from scenarios.config.schema import (
    CONFIGURATION_FOLDER,
    NEUTRAL_SYSTEM,
    SCHEMA_NAME,
    Configuration,
    group_options,
    own_configuration,
)

# A policy defined by changes on the command line.

REFERENCE = "reference"
NAME, TITLE, TITLE_NL = "own_policy", "own policy", "eigen beleid"


def replace_changes(node: Any, written: dict[str, Any] | None) -> None:
    """Replace the policy's changes by those of `policy.changes={...}`, if written; they may be empty."""
    if written is not None:
        node.policy.changes = written


def name_own_policy(node: Any, member: str, explicit: set[str]) -> None:
    """Set name and titles of a policy that differs from its file, unless the user gave them.

    Parameters
    ----------
    node : DictConfig
        The composed configuration, modified in place.
    member : str
        The policy chosen from conf/policy.
    explicit : set of str
        Keys the user set.
    """
    policy = node.policy
    file = read_option("policy", member)
    same = dict(policy.changes) == file.get("changes", {})
    protects = bool(policy.protected) and not file.get("changes") and not file.get("protected", False)
    if same and not protects:
        return
    nothing = not (policy.changes or policy.protected or policy.own_signalling)
    names = read_option("policy", REFERENCE) if nothing else _names(policy, explicit)
    for key in ("name", "title", "title_nl"):
        if f"policy.{key}" not in explicit:
            policy[key] = names[key]


def _names(policy: Any, explicit: set[str]) -> dict[str, str]:
    """Return name and titles of the user's policy, completed from those that were given."""
    if "policy.title" in explicit:
        return {"name": NAME, "title": policy.title, "title_nl": policy.title}
    if "policy.name" in explicit:
        spaced = policy.name.replace("_", " ")
        return {"name": policy.name, "title": spaced, "title_nl": spaced}
    return {"name": NAME, "title": TITLE, "title_nl": TITLE_NL}


Explicit = set[str]
LONGEST_OVERRIDE = 20_000
GLOBAL_GROUPS = ("steering", "grants")  # their files set keys of several groups
MOST_POINTS = 1_000_000


@cache
def _store_schema() -> None:
    ConfigStore.instance().store(name=SCHEMA_NAME, node=Configuration)


@contextmanager
def _hydra() -> Iterator[GlobalHydra]:
    """Initialise Hydra on conf/ with the schema in its store, and clear its global state at the end."""
    _store_schema()
    GlobalHydra.instance().clear()
    with initialize_config_dir(config_dir=str(CONFIGURATION_FOLDER), version_base="1.3"):
        yield GlobalHydra.instance()


def parsed(overrides: list[str]) -> list[Override]:
    """Return the overrides parsed by Hydra; raise ConfigurationError for the first invalid one."""
    found: list[Override] = []
    with _hydra() as hydra:
        parser = OverridesParser.create(config_loader=hydra.config_loader())
        for text in overrides:
            check_text(text)
            if "=" not in text and not text.startswith("~"):
                raise ConfigurationError(f"{text}: expected key=value{nearest(text, _all_names())}")
            try:
                read = parser.parse_overrides([text])
            except (HydraException, RecursionError):
                read = _as_text(parser, text)
            _check_number_of_values(read)
            _check_names_once(text)
            found += read
    return found


def _as_text(parser: OverridesParser, text: str) -> list[Override]:
    """Return an override that Hydra cannot parse unquoted, such as `output.folder=Büro`, parsed as quoted.

    Raise ConfigurationError unless the key takes a text.
    """
    name, _, value = text.partition("=")
    key = known_keys().get(name.lstrip("+"))
    if key is not None and key.kind is str:
        with suppress(HydraException, RecursionError):
            return parser.parse_overrides([f"{name}={_quoted(value)}"])
    if key is not None and key.kind is not str:
        raise ConfigurationError(
            f"{text[:LONGEST_SHOWN]!r} cannot be read as key=value; {name} takes {key.allowed()}"
        )
    raise ConfigurationError(
        f"{text[:LONGEST_SHOWN]!r} cannot be read as key=value{nearest(name, _all_names())}; put a text with "
        "unusual characters in quotes, as 'policy.title=\"één wijk\"'"
    )


def _quoted(text: str) -> str:
    """Return a text in quotes in Hydra's syntax."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def check_text(text: str) -> None:
    """Raise ConfigurationError for an override with an interpolation, invalid UTF-8 or excessive length."""
    if "${" in text:
        raise ConfigurationError(f"{text[:200]}: interpolations are not allowed; write the value out")
    if not is_text(text):
        raise ConfigurationError(f"{text[:LONGEST_SHOWN]!r}: expected text that can be written in UTF-8")
    if len(text) > LONGEST_OVERRIDE:
        raise ConfigurationError(
            f"{text[:60]}...: {len(text):,} characters, expected at most {LONGEST_OVERRIDE:,}"
        )


def _check_names_once(text: str) -> None:
    """Raise ConfigurationError for a name that stands twice in key={name: value}; Hydra keeps the last."""
    value = text.partition("=")[2]
    if not value.startswith("{"):
        return
    with suppress(yaml.YAMLError, RecursionError):
        # Hydra needs no space after a colon, YAML does.
        nodes = [yaml.compose(value.replace(":", ": "), Loader=yaml.SafeLoader)]
        while nodes:
            node = nodes.pop()
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            names = [str(key.value) for key, _ in pairs]
            twice = next((name for name in names if names.count(name) > 1), "")
            if twice:
                raise ConfigurationError(f"{brief(text)}: {twice} stands twice, expected each name once")
            nodes += [inner for _, inner in pairs]


def _check_number_of_values(read: list[Override]) -> None:
    """Raise ConfigurationError if overrides have more combinations than the maximum number of points."""
    combinations = 1.0
    for each in read:
        value = each.value()
        if isinstance(value, RangeSweep):
            start, stop, step = (float(end or 0.0) for end in (value.start, value.stop, value.step))
            if not all(map(math.isfinite, (start, stop, step))):
                raise ConfigurationError(
                    f"{each.input_line}: expected a range between two numbers, as range(0,10,2)"
                )
            combinations *= max(1.0, (stop - start) / step) if step else math.inf
        elif isinstance(value, ChoiceSweep):
            combinations *= max(1, len(value.list))
    if not combinations <= MOST_POINTS:
        raise ConfigurationError(
            f"{' '.join(str(each.input_line) for each in read)}: more than {MOST_POINTS:,} points; sample "
            "them with landingsbaan sweep design=lhs"
        )


def expanded(overrides: list[str]) -> list[list[str]]:
    """Return one list of overrides per run of a multirun: the product of all value lists.

    Examples
    --------
    >>> expanded(["landing.years=0,5", "replication.count=2"])
    [['landing.years=0', 'replication.count=2'], ['landing.years=5', 'replication.count=2']]
    """
    read = parsed(overrides)
    for each in read:
        check_name(each)
    _check_number_of_values(read)
    try:
        return BasicSweeper.split_arguments(read, max_batch_size=None)[0]
    except HydraException as error:
        raise ConfigurationError(one_sentence(error)) from None


def composed_by_hydra(overrides: list[str]) -> tuple[DictConfig, dict[str, str], Explicit]:
    """Return the composed node, the chosen member of every group, and the keys the user set.

    A system sets its municipality unless the user names one.
    """
    read = parsed(expand_municipality_file(overrides))
    explicit = _explicit_keys(read)
    for group, member in _chosen(read).items():
        read_option(group, member)
    try:
        with _hydra():
            node = hydra_compose("config", overrides=_texts(read), return_hydra_config=True)
            OmegaConf.resolve(node.hydra.runtime.choices)
            choices = {
                group: member
                for group, member in node.hydra.runtime.choices.items()
                if group in group_options()
            }
            with open_dict(node):
                del node["hydra"]
            OmegaConf.resolve(node)
    except (HydraException, OmegaConfBaseException) as error:
        raise ConfigurationError(f"{' '.join(overrides)}: {one_sentence(error)}") from None
    replace_changes(node, _written_changes(read))
    name_own_policy(node, choices["policy"], explicit)
    return node, choices, explicit


def _written_changes(read: list[Override]) -> dict[str, Any] | None:
    """Return the last `policy.changes={...}` of the user, or None; `+policy.changes` adds and is ignored."""
    changes = [each for each in read if each.key_or_group == "policy.changes"]
    written = [each for each in changes if each.type == OverrideType.CHANGE]
    return plain(written[-1].value()) if written else None


def description(kind: str, overrides: list[str]) -> str:
    """Return Hydra's information on the configuration: `all`, `config`, `defaults`, ... (`--info`)."""
    texts = _texts(parsed(expand_municipality_file(overrides)))
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    output = io.StringIO()
    # Hydra writes through a log handler that it adds to standard output and does not remove.
    try:
        with _hydra() as hydra, redirect_stdout(output):
            if hydra.hydra is None:
                raise RuntimeError("Hydra was not initialised")
            hydra.hydra.show_info(kind, config_name="config", overrides=texts, run_mode=RunMode.RUN)
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    return output.getvalue()


def hydra_yaml(overrides: list[str]) -> str:
    """Return Hydra's own part of the configuration as YAML (`--cfg hydra`)."""
    texts = _texts(parsed(expand_municipality_file(overrides)))
    with _hydra():
        node = hydra_compose("config", overrides=texts, return_hydra_config=True)
        return OmegaConf.to_yaml(OmegaConf.masked_copy(node, "hydra"))


@cache
def _all_names() -> tuple[str, ...]:
    return (*group_options(), *known_keys())


def interval_of(override: Override) -> tuple[float, float] | None:
    """Return the ends of key=interval(low,high), or None for another kind of override."""
    value = override.value()
    if not isinstance(value, IntervalSweep):
        return None
    return float(value.start or 0.0), float(value.end or 0.0)


def check_name(override: Override) -> None:
    """Raise ConfigurationError when the key or group of an override does not exist."""
    name = override.key_or_group
    if override.is_delete():
        raise ConfigurationError(f"{override.input_line}: every key needs a value, so it cannot be deleted")
    if name.split(".")[0] in ("hydra", "hydra/launcher", "hydra/sweeper"):
        raise ConfigurationError(f"{override.input_line}: the folder of a run is set by output.folder")
    if override.package is not None:
        raise ConfigurationError(f"{override.input_line}: a group has one place; leave out @")
    if override.is_add() and (
        name in group_options() or (name in known_keys() and key_called(name).kind is not dict)
    ):
        raise ConfigurationError(f"{override.input_line}: {name} exists already; leave out the +")
    if name in group_options():
        return
    if name not in known_keys() and not any(each.startswith(f"{name}.") for each in known_keys()):
        raise ConfigurationError(
            f"{name}: no such key or group{renamed(name, RETIRED_KEYS) or nearest(name, _all_names())}"
        )
    key_called(name)


def _check_override(override: Override) -> None:
    """Raise ConfigurationError for an override with an unknown key or an invalid value."""
    check_name(override)
    name = override.key_or_group
    if override.is_sweep_override():
        raise ConfigurationError(
            f"{override.input_line}: several values need -m (one run for each), or [a,b] for one list"
        )
    check_value(name, plain(override.value()))


def _texts(read: list[Override]) -> list[str]:
    """Return the overrides for Hydra; add the system's municipality or the municipality's system."""
    own = own_configuration()
    texts = [] if own is None else [f"hydra.searchpath=[{_quoted(f'file://{own}')}]"]
    texts += [_as_hydra_text(each) for each in read]
    named = {each.key_or_group for each in read}
    if "municipality" not in named:
        return [f"municipality={_municipality_of(read)}", *texts]
    return texts if "system" in named else [f"system={_chosen(read)['system']}", *texts]


def _as_hydra_text(override: Override) -> str:
    """Return the text of an override; one with a mapping gets ++, so that it may add new names."""
    text = override.input_line or ""
    return f"++{text}" if isinstance(override.value(), dict) and not text.startswith("+") else text


def plain(value: Any) -> Any:
    """Return a value with Hydra's quoted strings converted to str."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return getattr(value, "text", value)


def _explicit_keys(overrides: list[Override]) -> Explicit:
    """Check every override; return the keys set directly or by the file of a chosen member."""
    seen: Explicit = set()
    keys: Explicit = set()
    for each in overrides:
        _check_override(each)
        name = each.key_or_group
        if name in group_options() and name in seen:
            raise ConfigurationError(f"{name} is given twice; name one option")
        seen.add(name)
        keys |= {name} if name in known_keys() else _keys_in_file(name, str(each.value()))
    return keys


def _keys_in_file(group: str, member: str) -> Explicit:
    """Return the parameters that a member of a group sets."""
    if group not in ("landing", *GLOBAL_GROUPS):
        return set()
    content = read_option(group, member)
    nested = content if group in GLOBAL_GROUPS else {group: content}
    return {f"{outer}.{inner}" for outer, values in nested.items() for inner in values}


def _municipality_of(overrides: list[Override]) -> str:
    """Return the municipality of the chosen system if it is in conf/, else that of the neutral system."""
    for system in (_chosen(overrides)["system"], NEUTRAL_SYSTEM):
        municipality = str(read_option("system", system)["municipality"])
        if municipality in group_options()["municipality"]:
            break
    return municipality


def _chosen(overrides: list[Override]) -> dict[str, str]:
    """Return the member of every group that will be composed."""
    named = {
        each.key_or_group: str(each.value()) for each in overrides if each.key_or_group in group_options()
    }
    if "municipality" in named and "system" not in named:
        named["system"] = system_of_municipality(named["municipality"])
    return _defaults() | named


def system_of_municipality(municipality: str) -> str:
    """Return the municipality's own system, or the neutral one.

    Examples
    --------
    >>> system_of_municipality("almere"), system_of_municipality("neutral_city")
    ('almere', 'national_average')
    """
    return municipality if municipality in group_options()["system"] else NEUTRAL_SYSTEM


def _defaults() -> dict[str, str]:
    """Return the member that conf/config.yaml chooses for every group."""
    listed = yaml.safe_load((CONFIGURATION_FOLDER / "config.yaml").read_text(encoding="utf-8"))["defaults"]
    return {group: str(member) for each in listed if isinstance(each, dict) for group, member in each.items()}
