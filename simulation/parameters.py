"""The tree of all parameters and levers: one group per kind of agent."""

from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cache
from typing import Any

import numpy as np

from agents.household_parameters import HouseholdParameters, PopulationParameters
from agents.informal_network import InformalNetworkParameters
from agents.municipality import MunicipalityParameters
from agents.national_government import LandingParameters
from agents.parameters import fill_record, record_type
from agents.provider import ProviderParameters
from agents.referral_source import ReferralSourceParameters
from agents.wijkteam import WijkteamParameters


@dataclass
class Parameters:
    """All parameters and levers of the model with their defaults."""

    household: HouseholdParameters = field(default_factory=HouseholdParameters)
    informal_network: InformalNetworkParameters = field(default_factory=InformalNetworkParameters)
    referral_source: ReferralSourceParameters = field(default_factory=ReferralSourceParameters)
    wijkteam: WijkteamParameters = field(default_factory=WijkteamParameters)
    provider: ProviderParameters = field(default_factory=ProviderParameters)
    municipality_government: MunicipalityParameters = field(default_factory=MunicipalityParameters)
    landing: LandingParameters = field(default_factory=LandingParameters)
    population: PopulationParameters = field(default_factory=PopulationParameters)


GROUPS: dict[str, Any] = {each.name: each.default_factory for each in fields(Parameters)}
RECORD = record_type(list(GROUPS.values()))


def as_record(parameters: Parameters) -> np.ndarray:
    """Return the numerical parameters as one record, shape (1,), for compiled rules.

    Parameters
    ----------
    parameters : Parameters
        All parameters and levers.

    Returns
    -------
    structured array of shape (1,)
        One field per parameter.
    """
    record = np.zeros(1, dtype=RECORD)
    for name in GROUPS:
        fill_record(record, getattr(parameters, name))
    return record


@cache
def names() -> tuple[str, ...]:
    """Return every parameter's full name, such as "wijkteam.outreach_share"."""
    return tuple(f"{group}.{each.name}" for group, made in GROUPS.items() for each in fields(made))


def changed(parameters: Parameters, changes: dict[str, Any]) -> Parameters:
    """Return a copy with some parameters set, checked against their ranges.

    Parameters
    ----------
    parameters : Parameters
        All parameters and levers.
    changes : dict
        Values by full name, such as ``{"landing.years": 5.0}``.

    Returns
    -------
    Parameters
        A changed copy.

    Raises
    ------
    ValueError
        For an unknown name (with the nearest match) or a value outside its range.
    """
    groups: dict[str, dict[str, Any]] = {}
    known = names()
    for name, value in changes.items():
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ValueError(f"{name}: no such parameter{hint}")
        group, short = name.split(".")
        groups.setdefault(group, {})[short] = value
    try:
        return replace(
            parameters,
            **{group: replace(getattr(parameters, group), **values) for group, values in groups.items()},
        )
    except TypeError as error:
        raise ValueError(f"{changes}: {error}") from None
