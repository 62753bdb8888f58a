"""The configuration: a typed schema of plain dataclasses; files are in conf/.

Defaults are in the dataclasses; YAML files hold differences from them. Order of precedence, lowest first: the
dataclass, the chosen landing and steering, the system, and the user's overrides on the command line.
`composition.py` composes the configuration; only `overrides.py` imports Hydra.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scenarios.common.errors import ConfigurationError
from scenarios.common.files import entries, with_home
from simulation.parameters import Parameters

CONFIGURATION_FOLDER = Path(__file__).resolve().parents[2] / "conf"
# Folders of conf/ that are not configuration groups.
CLAIM = "claim"
NOT_A_GROUP = (CLAIM,)
# Environment variable with the user's own folder, laid out as conf/ (`--config-dir`); workers inherit it.
OWN_FOLDER = "LANDINGSBAAN_CONFIG_DIR"
# The system of a municipality without its own system.
NEUTRAL_SYSTEM = "national_average"


@dataclass
class MunicipalityChoice:
    """The municipality: a slug of data/municipalities.csv, optionally with another number of households.

    Municipal effects are correlated within a `region`.
    """

    slug: str = "zaanstad"
    region: str = ""
    households: int | None = field(
        default=None,
        metadata={"unit": "households", "low": 1, "high": 20_000_000},
    )


@dataclass
class SystemChoice:
    """A system of care: its differences from the defaults, with their sources.

    `changes` holds, by lever, a value, its source and sometimes a note; `particulars` describes what the
    source says, with the levers that represent it; `not_represented` lists what the model leaves out.
    """

    slug: str = ""
    title: str = ""
    title_nl: str = ""
    municipality: str = "zaanstad"
    sources: list[str] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    particulars: list[Any] = field(default_factory=list)
    not_represented: list[Any] = field(default_factory=list)


@dataclass
class PolicyChoice:
    """A policy to compare with the reference: lever changes from a month on.

    Outreach, links of referral sources and debt signals are off in the reference; if `own_signalling` is
    true, the policy has the system's values of them. `about` (Dutch: `about_nl`) describes the policy, its
    costs and possible drawbacks.
    """

    name: str = "reference"
    title: str = "reference policy"
    title_nl: str = "referentiebeleid"
    source: str = ""
    about: str = ""
    about_nl: str = ""
    start: str | None = field(default=None, metadata={"unit": "month"})
    changes: dict[str, Any] = field(default_factory=dict)
    protected: bool = False
    own_signalling: bool = False


@dataclass
class ReplicationChoice:
    """Replications: seeds `first_seed`, `first_seed` + 1, ... and draws of uncertain parameters.

    `draws` is "posterior" (fitted parameters are drawn from data/posterior.csv), "ranges" (all parameters
    are drawn from their ranges), "fixed" (no draws), or empty: the posterior if there is one. The first
    `placebo_count` replications also run the placebo arms, and the first `question_count` the question arms:
    larger and smaller teams, a deeper and a faster cut. `split` = 8x4 runs 8 draws with 4 replications each,
    instead of `count`, and splits the variance of outcomes into parameters, scenario assumptions and
    chance; empty means no split.
    """

    first_seed: int = field(default=1, metadata={"unit": "1", "low": 0, "high": 2**62})
    count: int = field(default=10, metadata={"unit": "replications", "low": 1, "high": 100_000})
    draws: str = ""
    placebo_count: int = field(default=3, metadata={"unit": "replications", "low": 0, "high": 100_000})
    question_count: int = field(default=3, metadata={"unit": "replications", "low": 0, "high": 100_000})
    split: str = ""


@dataclass
class WindowChoice:
    """First and last reported month, and the length of the warm-up before them."""

    start: str = field(default="2010-01", metadata={"unit": "month"})
    end: str = field(default="2029-12", metadata={"unit": "month"})
    warm_up_months: int = field(default=120, metadata={"unit": "months", "low": 0, "high": 600})


@dataclass
class OutputChoice:
    """Folder of the results, whether figures are drawn, and whether all notes are printed (`--notes`)."""

    folder: str = "results/runs"
    figures: bool = True
    notes: bool = False


@dataclass
class Configuration(Parameters):
    """Everything a user can set: all parameter groups of the agents, and the choices below."""

    municipality: MunicipalityChoice = field(default_factory=MunicipalityChoice)
    system: SystemChoice = field(default_factory=SystemChoice)
    policy: PolicyChoice = field(default_factory=PolicyChoice)
    replication: ReplicationChoice = field(default_factory=ReplicationChoice)
    window: WindowChoice = field(default_factory=WindowChoice)
    output: OutputChoice = field(default_factory=OutputChoice)
    language: str = "en"
    decompose: str = ""
    processes: int | None = field(default=None, metadata={"unit": "processes", "low": 1, "high": 4096})


def as_yaml(part: Any) -> str:
    """Return a configuration or a part of it as YAML."""
    from omegaconf import OmegaConf

    return OmegaConf.to_yaml(OmegaConf.structured(part))


SCHEMA_NAME = "configuration_schema"
# What Hydra looks up in all folders by name: a file of the user's would take the place of the program's.
RESERVED = (f"{SCHEMA_NAME}.yaml", "_dummy_empty_config_.yaml", "hydra")


def own_configuration() -> Path | None:
    """Return the user's own configuration folder, or None if none is set.

    Raises
    ------
    ConfigurationError
        When there is no such folder, or it holds a name that is reserved.
    """
    name = os.environ.get(OWN_FOLDER)
    if not name:
        return None
    folder = with_home(name).absolute()
    if not folder.is_dir():
        raise ConfigurationError(f"--config-dir = {name}: no such folder")
    for each in RESERVED:
        if os.path.lexists(folder / each):
            raise ConfigurationError(
                f"{folder / each}: this name is reserved; expected files in subfolders that say their kind, "
                "as policy or system"
            )
    return folder


def option_path(group: str, member: str) -> Path:
    """Return the file of a group's member, in the package or else in the user's own folder."""
    path = CONFIGURATION_FOLDER / group / f"{member}.yaml"
    own = own_configuration()
    return path if own is None or path.is_file() else own / group / path.name


def claim_paths() -> Mapping[str, Path]:
    """Return the file of every claim by its number, in the package or in the user's own folder."""
    return {name: option_path(CLAIM, name) for name in _listed(_roots(), CLAIM)}


def _roots() -> tuple[Path, ...]:
    """Return the configuration folders: the package's, and the user's own if there is one."""
    own = own_configuration()
    return (CONFIGURATION_FOLDER,) if own is None else (CONFIGURATION_FOLDER, own)


def group_options() -> Mapping[str, tuple[str, ...]]:
    """Return the members of every group, in conf/ and in the user's own folder.

    The cache is refreshed when the modification time of a folder changes. A second change within the
    resolution of that time (some milliseconds) is not noticed.
    """
    roots = _roots()
    return _group_options(roots, tuple(_changed_at(root) for root in roots))


def _changed_at(root: Path) -> tuple[tuple[str, int], ...]:
    """Return the subfolders of a folder with their modification times (ns)."""
    with os.scandir(root) as found:
        return tuple(sorted((each.name, each.stat().st_mtime_ns) for each in found if each.is_dir()))


@lru_cache(maxsize=2)
def _group_options(
    roots: tuple[Path, ...], changed_at: tuple[tuple[tuple[str, int], ...], ...]
) -> Mapping[str, tuple[str, ...]]:
    """Return the members of the groups in `changed_at`, which is also the cache key."""
    groups = [name for name, _ in changed_at[0] if name not in NOT_A_GROUP]
    listed = {name: _listed(roots, name) for name in groups}
    return MappingProxyType({name: found for name, found in listed.items() if found})


def yaml_files(folder: Path) -> list[Path]:
    """Return the YAML files of a folder; raise ConfigurationError where it cannot be read."""
    return [path for path in entries(folder) if path.name.endswith(".yaml")]


def _listed(roots: tuple[Path, ...], group: str) -> tuple[str, ...]:
    """Return the sorted members of a group in all folders; raise ConfigurationError for a duplicate.

    The user's own municipality files are not members; `municipality_files` reads them.
    """
    roots = roots[:1] if group == "municipality" else roots
    found = [path.stem for root in roots for path in yaml_files(root / group)]
    # C01 and c01 are the same name: claims are written both ways, and some disks ignore case.
    lower = [name.lower() for name in found]
    twice = next((name for name in reversed(found) if lower.count(name.lower()) > 1), None)
    if twice:
        raise ConfigurationError(
            f"{roots[-1] / group / twice}.yaml: the package has a {group} of that name, choose another"
        )
    return tuple(sorted(found))
