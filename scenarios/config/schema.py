"""The configuration: a typed schema of plain dataclasses; files are in conf/.

A default lives in a dataclass; YAML holds what differs from it. What counts, from weak to strong:
the dataclass, the chosen landing and steering, the system, and what the user wrote on the command
line. `composition.py` composes it; Hydra is imported in `overrides.py` and nowhere else.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scenarios.common.errors import ConfigurationError
from simulation.parameters import Parameters

CONFIGURATION_FOLDER = Path(__file__).resolve().parents[2] / "conf"
# Folders of conf/ that hold files of another kind than members of a group.
CLAIM = "claim"
NOT_A_GROUP = (CLAIM,)
# A folder laid out as conf/, with files of one's own (`--config-dir`); workers read it too.
OWN_FOLDER = "LANDINGSBAAN_CONFIG_DIR"
# The organisation of a municipality that has no system of its own.
NEUTRAL_SYSTEM = "national_average"


@dataclass
class MunicipalityChoice:
    """Who lives there: a slug of data/municipalities.csv, or a size of one's own.

    Municipalities of one `region` differ less from each other than others do.
    """

    slug: str = "zaanstad"
    region: str = ""
    households: int | None = field(
        default=None,
        metadata={"unit": "households", "low": 1, "high": 20_000_000},
    )


@dataclass
class SystemChoice:
    """How care is organised: what differs from the defaults, and where that was read.

    `changes` holds, by lever, a value, its source and sometimes a note; `particulars` what the source
    tells in our words, with the levers that stand for it; `not_represented` what remains.
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
    """What is compared with the reference: lever changes from a month on.

    The reference keeps outreach, links of referral sources and debt signals off; where `own_signalling`
    is true, the policy has those of the system as its source describes them. `about` (`about_nl` in Dutch)
    says in words what the policy does, what it costs and what may be a drawback.
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

    `draws` is "posterior" (what was fitted to the targets comes from data/posterior.csv), "ranges"
    (everything from its range), "fixed" (parameters stay at their defaults), or empty: the posterior where
    there is one. The first `placebo_count` replications also run the arms in which a mechanism is switched
    off, and the first `question_count` the arms of the project's questions: larger and smaller teams, a
    deeper and a faster cut. `split` = 8x4 makes 8 draws with 4 replications each, in place of `count`, and
    tells how much of an interval comes from parameters, from scenario assumptions and from chance; empty
    leaves it.
    """

    first_seed: int = field(default=1, metadata={"unit": "1", "low": 0, "high": 2**62})
    count: int = field(default=10, metadata={"unit": "replications", "low": 1, "high": 100_000})
    draws: str = ""
    placebo_count: int = field(default=3, metadata={"unit": "replications", "low": 0, "high": 100_000})
    question_count: int = field(default=3, metadata={"unit": "replications", "low": 0, "high": 100_000})
    split: str = ""


@dataclass
class WindowChoice:
    """The months that are reported, first and last, and the warm-up before them."""

    start: str = field(default="2010-01", metadata={"unit": "month"})
    end: str = field(default="2029-12", metadata={"unit": "month"})
    warm_up_months: int = field(default=120, metadata={"unit": "months", "low": 0, "high": 600})


@dataclass
class OutputChoice:
    """Where results stand, whether figures are made, and whether all notes are printed (`--notes`)."""

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


def own_configuration() -> Path | None:
    """Return the folder of configuration files of one's own, None where none is named.

    Raises
    ------
    ConfigurationError
        When there is no such folder.
    """
    name = os.environ.get(OWN_FOLDER)
    if not name:
        return None
    folder = Path(name).expanduser().absolute()
    if not folder.is_dir():
        raise ConfigurationError(f"--config-dir = {name}: no such folder")
    return folder


def option_path(group: str, member: str) -> Path:
    """Return the file of a group's member: one of the package, or of one's own."""
    path = CONFIGURATION_FOLDER / group / f"{member}.yaml"
    own = own_configuration()
    return path if own is None or path.is_file() else own / group / path.name


def claim_paths() -> Mapping[str, Path]:
    """Return the file of every claim by its number: those of the package, then those of one's own."""
    return {name: option_path(CLAIM, name) for name in _listed(_roots(), CLAIM)}


def _roots() -> tuple[Path, ...]:
    """Return the folders that hold configuration: the package's, and that of one's own where there is one."""
    own = own_configuration()
    return (CONFIGURATION_FOLDER,) if own is None else (CONFIGURATION_FOLDER, own)


def group_options() -> Mapping[str, tuple[str, ...]]:
    """Return the members of every group of conf/, and those of one's own, as found in the folders.

    Listed anew when a folder has changed; two changes within one tick of its clock, some milliseconds, and
    a reading in between count as one.
    """
    roots = _roots()
    return _group_options(roots, tuple(_changed_at(root) for root in roots))


def _changed_at(root: Path) -> tuple[tuple[str, int], ...]:
    """Return the folders in a folder, each with the moment at which it last changed."""
    with os.scandir(root) as found:
        return tuple(sorted((each.name, each.stat().st_mtime_ns) for each in found if each.is_dir()))


@lru_cache(maxsize=2)
def _group_options(
    roots: tuple[Path, ...], changed_at: tuple[tuple[tuple[str, int], ...], ...]
) -> Mapping[str, tuple[str, ...]]:
    """Return the members of the groups in `changed_at`; a file that comes or goes makes a new reading."""
    groups = [name for name, _ in changed_at[0] if name not in NOT_A_GROUP]
    listed = {name: _listed(roots, name) for name in groups}
    return MappingProxyType({name: found for name, found in listed.items() if found})


def _listed(roots: tuple[Path, ...], group: str) -> tuple[str, ...]:
    """Return the members of a group in all folders, each name once.

    Files of municipalities of one's own are no members: `municipality_files` reads them.
    """
    roots = roots[:1] if group == "municipality" else roots
    found = [path.stem for root in roots for path in (root / group).glob("*.yaml")]
    # C01 and c01 are one name: claims are named in either way, and some disks do not distinguish them.
    lower = [name.lower() for name in found]
    twice = next((name for name in reversed(found) if lower.count(name.lower()) > 1), None)
    if twice:
        raise ConfigurationError(
            f"{roots[-1] / group / twice}.yaml: the package has a {group} of that name, choose another"
        )
    return tuple(sorted(found))
