"""Composition: what the user wrote, composed by Hydra, a system's changes written in, and checked."""

from dataclasses import dataclass

from scenarios.config.checks import check_configuration
from scenarios.config.overrides import composed_by_hydra
from scenarios.config.schema import Configuration
from scenarios.config.system_changes import merge_changes


@dataclass
class Composed:
    """A configuration and how it came about.

    Attributes
    ----------
    configuration : Configuration
        Resolved: the system's changes are in the parameter groups.
    choices : dict
        Chosen member by group, such as ``{"system": "almere"}``.
    explicit : set of str
        Keys the user set on the command line.
    notes : list of str
        Sentences about what was settled on the way.
    overrides : list of str
        What the user wrote.
    """

    configuration: Configuration
    choices: dict[str, str]
    explicit: set[str]
    notes: list[str]
    overrides: list[str]


def compose(overrides: list[str]) -> Composed:
    """Compose the configuration from conf/ and the user's overrides.

    Parameters
    ----------
    overrides : list of str
        In Hydra's form, such as ``["system=almere", "landing.cut=0.25"]``.

    Raises
    ------
    ConfigurationError
        With one sentence, for anything that cannot be run.
    """
    node, choices, explicit = composed_by_hydra(overrides)
    notes = merge_changes(node, explicit)
    configuration = check_configuration(node)
    return Composed(configuration, choices, explicit, notes, list(overrides))
