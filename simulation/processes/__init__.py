"""The rules over all households, networks, teams and providers: loops and nothing else.

Every process of the month exists twice from one piece of code: `one_...` for one agent and
`all_...` for all of them. Both call the same rules in the same order, so they agree bit for bit.
"""

from simulation.finance.provider_finances import (
    contracts,
    guidance_for_mind,
    month_closes,
    own_contribution_now,
)
from simulation.processes.care.attention import lists_active, orders_active
from simulation.processes.care.open_care import prices_open_care
from simulation.processes.crises import all_households_crises, one_household_crises
from simulation.processes.events import (
    all_households_events,
    one_household_events,
    shared_trouble_begins,
)
from simulation.processes.informal_support import (
    all_households_needs,
    all_households_support,
    all_networks_carry,
    one_household_needs,
    one_household_support,
    one_network_month,
)
from simulation.processes.observation import (
    all_households_observed,
    all_households_open_year,
    one_household_observed,
    one_household_opens_year,
)
from simulation.processes.problems import all_households_problems, one_household_problems
from simulation.processes.signals.noticing import (
    all_households_signals,
    one_household_signals,
    remembers_unseen,
)
from simulation.processes.specialists import (
    all_households_treatment,
    all_providers_admit,
    one_household_treatment,
    one_provider_adjusts,
    one_provider_month,
)
from simulation.processes.teams.collective import wijken_are_worked_for
from simulation.processes.teams.low_threshold import all_households_low_threshold, one_household_low_threshold
from simulation.processes.teams.work import (
    all_households_team_support,
    all_teams_work,
    one_household_team_support,
    one_team_divides_hours,
    one_team_takes_in,
)

__all__ = [
    "all_households_crises",
    "all_households_events",
    "all_households_low_threshold",
    "all_households_needs",
    "all_households_observed",
    "all_households_open_year",
    "all_households_problems",
    "all_households_signals",
    "all_households_support",
    "all_households_team_support",
    "all_households_treatment",
    "all_networks_carry",
    "all_providers_admit",
    "all_teams_work",
    "contracts",
    "guidance_for_mind",
    "lists_active",
    "month_closes",
    "one_household_crises",
    "one_household_events",
    "one_household_low_threshold",
    "one_household_needs",
    "one_household_observed",
    "one_household_opens_year",
    "one_household_problems",
    "one_household_signals",
    "one_household_support",
    "one_household_team_support",
    "one_household_treatment",
    "one_network_month",
    "one_provider_adjusts",
    "one_provider_month",
    "one_team_divides_hours",
    "one_team_takes_in",
    "orders_active",
    "own_contribution_now",
    "prices_open_care",
    "remembers_unseen",
    "shared_trouble_begins",
    "wijken_are_worked_for",
]
