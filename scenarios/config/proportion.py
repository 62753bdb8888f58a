"""A system on another municipality than its own: teams by wijken, sums by inhabitants."""

from scenarios.common.errors import ConfigurationError
from scenarios.config.composition import Composed
from scenarios.config.keys import key_called, value_called
from scenarios.config.municipality_files.place import profile_of
from scenarios.reporting.texts import agreed
from simulation.parameters import Parameters, changed
from simulation.population.municipality_profile import MunicipalityProfile, load_profile

TEAM_COUNTS = ("wijkteam.count", "wijkteam.youth_count")
# Sums and numbers for the whole municipality: another municipality has them in proportion to its people.
WHOLE_MUNICIPALITY = ("wijkteam.poverty_fund_eur", "wijkteam.rule_removers")


def fit_team_counts(
    parameters: Parameters, profile: MunicipalityProfile, composed: Composed
) -> tuple[Parameters, list[str]]:
    """Check the user's numbers of teams against the wijken; scale those of a system or of an own file.

    A system's are scaled to another municipality, those of a file to another size of the same one.
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
        # What is set and not written on the command line stands in the municipality's own file.
        if name in composed.explicit:
            whole = profile_of(profile.slug, profile.start_year)
            check_teams(name, teams, whole)
        else:
            whole = load_profile(system.municipality)
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
    """Return the keys that stand on the command line itself."""
    return {each.lstrip("+").partition("=")[0] for each in composed.overrides}


def fit_sums(
    parameters: Parameters, profile: MunicipalityProfile, composed: Composed
) -> tuple[Parameters, list[str]]:
    """Scale what a system has for its whole municipality to the inhabitants of another."""
    notes = []
    system = composed.configuration.system
    there = load_profile(system.municipality).inhabitants
    size = composed.configuration.municipality.households
    here = profile_of(profile.slug, households=size).inhabitants
    for name in WHOLE_MUNICIPALITY:
        if name not in system.changes or name in composed.explicit:
            continue
        given = system.changes[name]["value"]
        if here == there:
            continue
        key = key_called(name)
        scaled = given * here / there if key.high is None else min(key.high, given * here / there)
        scaled = round(scaled, None if key.kind is int else 2)
        parameters = changed(parameters, {name: scaled})
        notes.append(
            f"{name}: {given:g} for the {there:,} inhabitants of {system.municipality} becomes {scaled:g} "
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
