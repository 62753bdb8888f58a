"""The compiled loops over all households, networks, teams and providers.

Every process has a function `one_...` for one agent and a function `all_...` for all agents. Both
call the same rules in the same order, so their results are equal bit for bit.
"""

from simulation.finance.provider_finances import (
    close_finances,
    contract_places,
    guidance_for_mind,
    own_contribution_now,
)
from simulation.processes.care.attention import list_active, sort_active
from simulation.processes.care.open_care import price_open_care
from simulation.processes.crises import all_households_crises, one_household_crises
from simulation.processes.events import (
    all_households_events,
    begin_shared_problem,
    one_household_events,
    replay_taped_events,
)
from simulation.processes.informal_support import (
    all_households_needs,
    all_households_support,
    all_networks_update,
    one_household_needs,
    one_household_support,
    one_network_month,
)
from simulation.processes.observation import (
    all_households_observation,
    all_households_open_year,
    one_household_observation,
    one_household_open_year,
)
from simulation.processes.problems import all_households_problems, one_household_problems
from simulation.processes.signals.noticing import (
    all_households_signals,
    one_household_signals,
    remember_undetected_need,
)
from simulation.processes.specialists import (
    all_households_treatment,
    all_providers_admit,
    one_household_treatment,
    one_provider_adjust,
    one_provider_month,
)
from simulation.processes.teams.low_threshold import all_households_low_threshold, one_household_low_threshold
from simulation.processes.teams.work import (
    add_severity_by_team,
    all_households_team_support,
    all_teams_work,
    one_household_team_support,
    one_team_divide_hours,
    one_team_take_in,
    run_collective_work,
)

__all__ = [
    "add_severity_by_team",
    "all_households_crises",
    "all_households_events",
    "all_households_low_threshold",
    "all_households_needs",
    "all_households_observation",
    "all_households_open_year",
    "all_households_problems",
    "all_households_signals",
    "all_households_support",
    "all_households_team_support",
    "all_households_treatment",
    "all_networks_update",
    "all_providers_admit",
    "all_teams_work",
    "begin_shared_problem",
    "close_finances",
    "contract_places",
    "guidance_for_mind",
    "list_active",
    "one_household_crises",
    "one_household_events",
    "one_household_low_threshold",
    "one_household_needs",
    "one_household_observation",
    "one_household_open_year",
    "one_household_problems",
    "one_household_signals",
    "one_household_support",
    "one_household_team_support",
    "one_household_treatment",
    "one_network_month",
    "one_provider_adjust",
    "one_provider_month",
    "one_team_divide_hours",
    "one_team_take_in",
    "own_contribution_now",
    "price_open_care",
    "remember_undetected_need",
    "replay_taped_events",
    "run_collective_work",
    "sort_active",
]
