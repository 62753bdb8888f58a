"""Writes what a system and a policy change into a composed configuration, below what the user set."""

from typing import Any

from omegaconf import DictConfig, OmegaConf, open_dict

from scenarios.common.errors import ConfigurationError
from scenarios.config.keys import key_called, shown
from scenarios.config.scenario_forms import check_change, check_figure
from scenarios.config.schema import Configuration

# Beside the links of finding places.
SIGNALLING = ("wijkteam.outreach_share", "finding_place.debt_signals")


def merge_changes(node: DictConfig, explicit: set[str]) -> list[str]:
    """Write the system's changes into the parameter groups, unless the user set the key.

    A lever that the policy changes and the user sets is the policy's: the reference keeps its own,
    so that the two stay apart. Outreach, links and debt signals are off in the reference; those of the
    system go to a policy that takes them. Returns a sentence for each such case.
    """
    notes = []
    for name, value in list(node.policy.changes.items()):
        where = f"policy {node.policy.name}"
        check_change(where, name, _container(value))
        if not key_called(name).lever:
            raise ConfigurationError(f"{where}: {name} is no lever, a policy sets levers only")
        if name in explicit:
            node.policy.changes[name] = OmegaConf.select(node, name)
            OmegaConf.update(node, name, _default(name))
            explicit = explicit - {name}
            notes.append(
                f"{name} = {shown(node.policy.changes[name])} holds for the policy "
                f"{node.policy.name}; the reference keeps the system's own value."
            )
    for name, figure in node.system.changes.items():
        where = f"system {node.system.slug}"
        check_figure(where, name, _container(figure))
        check_change(where, name, _container(figure.value))
        if name in explicit:
            continue
        if not is_signalling(name):
            OmegaConf.update(node, name, figure.value)
        elif node.policy.own_signalling:
            with open_dict(node.policy.changes):
                node.policy.changes.setdefault(name, figure.value)
        else:
            notes.append(
                f"{name} = {shown(figure.value)} of the system is off, as in every reference; "
                "policy=as_described has it."
            )
    return notes


def is_signalling(name: str) -> bool:
    """Whether a lever belongs to early signalling, which the reference has off (model text, section 3)."""
    return name in SIGNALLING or (name.startswith("finding_place.") and name.endswith("_link"))


def _container(value: Any) -> Any:
    return OmegaConf.to_container(value) if OmegaConf.is_config(value) else value


def _default(name: str) -> Any:
    """Return the default of a parameter."""
    return OmegaConf.select(OmegaConf.structured(Configuration), name)
