"""Composition of the configuration: overrides composed by Hydra, with a system's changes, and checked."""

from dataclasses import dataclass
from typing import Any

from omegaconf import DictConfig, OmegaConf, open_dict

from scenarios.common.errors import ConfigurationError
from scenarios.config.keys import check_configuration, key_called, shown, value_called
from scenarios.config.municipality_files.file import profile_of
from scenarios.config.overrides import composed_by_hydra
from scenarios.config.scenario_forms import check_change, check_figure
from scenarios.config.schema import Configuration
from scenarios.reporting.texts import agreed
from simulation.parameters import Parameters, changed
from simulation.population.municipality_profile import MunicipalityProfile

# Applies the changes of system and policy to a composed configuration; values of the user have precedence.

# In addition to the links of referral sources.
SIGNALLING = ("wijkteam.outreach_share", "referral_source.debt_signals")


def merge_changes(node: DictConfig, explicit: set[str]) -> list[str]:
    """Write the system's changes into the parameter groups, unless the user set the key.

    If the user sets a lever that the policy changes, the value goes to the policy and not to the reference,
    so that both still differ. Outreach, links and debt signals are off in the reference; the system's values
    go to policies with `own_signalling`. Returns a sentence for each such case.
    """
    notes = []
    for name, value in list(node.policy.changes.items()):
        where = f"policy {node.policy.name}"
        check_change(where, name, _container(value))
        if not key_called(name).lever:
            raise ConfigurationError(f"{where}: {name} is not a lever; a policy can only change levers")
        if name in explicit:
            node.policy.changes[name] = OmegaConf.select(node, name)
            OmegaConf.update(node, name, _default(name))
            explicit = explicit - {name}
            notes.append(
                f"{name} = {shown(node.policy.changes[name])} counts for the policy "
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
                f"{name} = {shown(figure.value)} of the system is off, as in every reference policy; "
                "policy=as_described uses it."
            )
    return notes


def is_signalling(name: str) -> bool:
    """Return whether a lever belongs to early signalling, off in the reference (model text, section 3)."""
    return name in SIGNALLING or (name.startswith("referral_source.") and name.endswith("_link"))


def _container(value: Any) -> Any:
    return OmegaConf.to_container(value) if OmegaConf.is_config(value) else value


def _default(name: str) -> Any:
    """Return the default of a parameter."""
    return OmegaConf.select(OmegaConf.structured(Configuration), name)


@dataclass
class Composed:
    """A composed configuration with its origin.

    Attributes
    ----------
    configuration : Configuration
        Resolved configuration; the parameter groups include the system's changes.
    choices : dict
        Chosen member by group, such as ``{"system": "almere"}``.
    explicit : set of str
        Keys the user set on the command line.
    notes : list of str
        Sentences about how it was resolved.
    overrides : list of str
        Overrides of the user.
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
        In Hydra's syntax, such as ``["system=almere", "landing.cut=0.25"]``.

    Raises
    ------
    ConfigurationError
        With one sentence, for any invalid override.
    """
    node, choices, explicit = composed_by_hydra(overrides)
    notes = merge_changes(node, explicit)
    configuration = check_configuration(node)
    return Composed(configuration, choices, explicit, notes, list(overrides))


# Scaling of a system to another municipality: teams by number of wijken, sums by inhabitants.

TEAM_COUNTS = ("wijkteam.count", "wijkteam.youth_count")
# Totals for a whole municipality: for another one they are scaled by its inhabitants.
WHOLE_MUNICIPALITY = ("wijkteam.poverty_fund_eur", "wijkteam.rule_removers")


def fit_team_counts(
    parameters: Parameters, profile: MunicipalityProfile, composed: Composed
) -> tuple[Parameters, list[str]]:
    """Check the user's numbers of teams against the wijken, and scale those of a system or a file.

    Those of a system are scaled to another municipality, those of a municipality file to another size.
    """
    notes = []
    system, written = composed.configuration.system, _written(composed)
    for name in TEAM_COUNTS:
        teams = value_called(parameters, name)
        if name in written:
            check_teams(name, teams, profile)
        check_teams(name, composed.configuration.policy.changes.get(name, 0), profile)
        if name in written or not teams:
            continue
        # A key that is set but not written on the command line comes from the user's municipality file.
        if name in composed.explicit:
            whole = profile_of(profile.slug, profile.start_year)
            check_teams(name, teams, whole)
        else:
            whole = profile_of(system.municipality)
        whose, wijken = whole.slug, whole.wijken
        fitting = max(1, round(teams * profile.wijken / wijken))
        if fitting != teams:
            parameters = changed(parameters, {name: fitting})
            notes.append(
                agreed(
                    f"{name}: {teams} teams over the {wijken} wijken of {whose} become {fitting} "
                    f"over {profile.wijken}."
                )
            )
    return parameters, notes


def _written(composed: Composed) -> set[str]:
    """Return the keys written on the command line."""
    return {each.lstrip("+").partition("=")[0] for each in composed.overrides}


def fit_sums(
    parameters: Parameters, profile: MunicipalityProfile, composed: Composed
) -> tuple[Parameters, list[str]]:
    """Scale a system's totals by inhabitants if it is used for another municipality."""
    notes = []
    system = composed.configuration.system
    there = profile_of(system.municipality).inhabitants
    size = composed.configuration.municipality.households
    here = profile_of(profile.slug, households=size).inhabitants
    for name in WHOLE_MUNICIPALITY:
        if name not in system.changes or name in composed.explicit:
            continue
        total = system.changes[name]["value"]
        if here == there:
            continue
        key = key_called(name)
        scaled = total * here / there if key.high is None else min(key.high, total * here / there)
        scaled = round(scaled, None if key.kind is int else 2)
        parameters = changed(parameters, {name: scaled})
        notes.append(
            f"{name}: {total:g} for the {there:,} inhabitants of {system.municipality} becomes {scaled:g} "
            f"for {here:,}."
        )
    return parameters, notes


def check_teams(name: str, teams: int, profile: MunicipalityProfile) -> None:
    """Raise ConfigurationError for more teams than wijken."""
    if teams > profile.wijken:
        raise ConfigurationError(
            f"{name} = {teams}: more teams than wijken, {profile.name} has {profile.wijken} wijken; "
            f"expected a whole number from 0 to {profile.wijken}"
        )
