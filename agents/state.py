"""State variables of each kind of agent, as NumPy record types.

One structured array per kind, with one record per agent. Compiled loops read the records directly; an
agent object is a view of its record (`agents/mesa_adapter/model_mixin.py`).
"""

import numpy as np

from agents.vocabulary import N_CHILDREN, N_CHOICES, N_PROBLEMS

# State of a household that every month uses: 64 bytes, one cache line.
HOUSEHOLD = np.dtype(
    [
        ("severity", np.float32, (N_PROBLEMS,)),  # money, mind, care, safety, child 0..3; in [0, 1]
        ("in_care", np.uint32),  # one bit per care slot (vocabulary.py)
        ("waiting", np.uint32),  # one bit per care slot: on a waiting list
        ("strength", np.float32),  # own strength in [0, 1]; crises lower it
        ("trust", np.float32),  # trust in [0, 1]: readiness to seek help
        ("support", np.float32),  # informal support received this month, in [0, 1]
        ("ties", np.float32),  # own ties to the informal network, in [0, 1]
        ("network", np.uint32),  # number of its informal network
        ("wijk", np.uint16),  # number of its wijk
        ("income", np.uint8),  # income fifth, 0 lowest .. 4 highest
        ("flags", np.uint8),  # bit field, FLAG_* below
    ],
    align=True,
)
assert HOUSEHOLD.itemsize == 64

FLAG_KNOWN = 1  # a professional knows this household now
FLAG_FOUND_EARLY = 2  # first noticed below the severity at which it would have sought help
FLAG_COORDINATED = 4  # one plan, one coordinator
FLAG_TENANT = 8  # rents from a housing corporation
FLAG_SHAME = 16  # rarely seeks help by itself

# State that changes rarely: life events and history for statistics. Another cache line; fields are in
# order of size, largest first, so that there is no padding.
LIFE = np.dtype(
    [
        ("frailty", np.float32),  # multiplies every hazard; mean 1
        ("used", np.uint32),  # care slots used in the calendar year `used_year`, one bit each
        ("ties_lifted", np.float32),  # what talks with the network added to its ties
        ("bound", np.float32),  # yearly hazard with which the next event was drawn; 0 if none was drawn
        ("oldest_birth", np.int16),  # month of birth of the oldest adult (negative: before 2000)
        ("child_birth", np.int16, (N_CHILDREN,)),  # months of birth, NEVER where there is no child
        ("start_month", np.int16, (N_PROBLEMS,)),  # month a problem became noticeable, NEVER if not
        ("since", np.int16),  # month in which this household came to live here
        ("violence", np.int16),  # last month of violence, NEVER if none
        ("debt_year", np.uint8),  # last January in problem debt, years since 2000
        ("debt_streak", np.uint8),  # Januaries in problem debt in a row
        ("used_year", np.uint8),  # year (since 2000) of the bits of `used`
        ("partner", np.uint8),  # 1 when two adults live here
        ("talks", np.uint8),  # talks of a team with this household and its network
        ("waited_for_mind", np.uint8),  # months of waiting for its last mental health care
        ("provider", np.uint8, (N_CHOICES // 2 + 1,)),  # by care slot in use or waited for, two in a byte
    ],
    align=True,
)
assert LIFE.itemsize == 64
PROVIDER_BITS = 4  # bits for a provider's number among those of its kind

# A separate array, because every month reads it for all households: contiguous memory is fastest.
CALENDAR = np.dtype(
    [("next_event", np.int16)]  # month of the next candidate event of the calendar
)

NETWORK = np.dtype(
    [
        ("capacity", np.float32),  # spare strength of members and volunteers, support units
        ("full_capacity", np.float32),  # capacity when rested
        ("tiredness", np.float32),  # in [0, 1]; above a threshold its carers are overburdened
        ("share", np.float32),  # share of the need that it can meet this month, in [0, 1]
        ("need", np.int32),  # need of its members this month, in 1/1024 support units
        ("first", np.int32),  # first household of the network
        ("size", np.int16),  # households in the network, including those that will be formed later
        ("formed", np.int16),  # of these, the ones formed by now; those of the start in the first month
        ("wijk", np.int16),
    ],
    align=True,
)

WIJK = np.dtype(
    [
        ("first", np.int32),  # first household
        ("size", np.int32),  # households, including those that will be formed later
        ("formed", np.int32),  # of these, the ones formed by now; those of the start in the first month
        ("deprivation", np.float32),  # z-score; 0 is the municipality's mean
        ("shock_until", np.int16),  # last month of a shared problem, -1 if none yet
        ("shock_problem", np.int8),  # number of the shared problem
        ("team", np.int16),  # wijkteam that serves the wijk
        ("youth_team", np.int16),  # team for children; the wijkteam itself where integrated
        ("community", np.float64),  # level of community building, in [0, 1]
    ],
    align=True,
)

TEAM = np.dtype(
    [
        ("kind", np.int8),  # 0 wijkteam, 1 youth team
        ("exists", np.int8),  # 1 once the team has started
        ("fte", np.float64),
        ("experience", np.float64),  # of its staff, in [0, 1]
        ("hours", np.float64),  # client hours of the month
        ("intake_hours", np.float64),
        ("outreach_hours", np.float64),
        ("collective_hours", np.float64),
        ("administration_hours", np.float64),
        ("coordination_hours", np.float64),
        ("community_hours", np.float64),  # community building in its wijken
        ("shell_hours", np.float64),  # of these hours, those of the flexible shell
        ("support_hours", np.float64),
        ("caseload", np.int64),  # care slots in use at the team
        ("beside", np.int64),  # of those, cases with lasting contact only: specialists help them
        ("waiting", np.int64),  # households waiting for a first talk
        ("households", np.int64),  # households in its wijken
        ("hours_per_case", np.float64),  # last month's support hours per case
        ("turnover", np.float64),  # share of staff that left this month
        ("left", np.float64),  # fte that left this month
        ("overtime", np.float64),  # intake hours worked last month beyond those available
        ("planned_fte", np.float64),  # fte that the municipality pays for
        ("undetected", np.int64),  # weight (1/1024) of households with unattended problems, last month
        ("undetected_now", np.int64),  # the same, of this month
        ("quality", np.float64),  # effect of an hour of help, 1 for experienced staff
        ("sharpness", np.float64),  # accuracy with which its staff observe severity
        ("inhabitants", np.float64),  # inhabitants of its wijken
    ],
    align=True,
)

PROVIDER = np.dtype(
    [
        ("kind", np.int8),
        ("exists", np.int8),
        ("capacity", np.int64),  # care slots it can staff now
        ("contracted", np.int64),  # care slots the contract pays for
        ("clients", np.int64),
        ("waiting", np.int64),
        ("staff_fte", np.float64),
        ("reserves_cents", np.int64),
        ("price_cents", np.int64),  # per client-month
        ("margin", np.float64),  # last month's result over revenue
        ("losses_months", np.int64),  # months in a row with empty reserves
        ("admitted", np.int64),  # this month
        ("market", np.float64),  # share of its kind's market at initialisation
        ("gone", np.int64),  # month in which it withdrew, -1 while it exists
        ("premium", np.float64),  # price increase from emergency take-overs, share of price
        ("takeovers", np.int64),  # emergency take-overs, because no other provider of its kind was left
    ],
    align=True,
)


# State of the municipality, and the conditions of this month that apply to all agents.
MUNICIPALITY = np.dtype(
    [
        ("month", np.int64),
        ("transition", np.int64),  # first month of municipal responsibility
        ("seed", np.uint64),
        ("responsible", np.int64),  # 1 from the transition on
        ("frailty_mean", np.float64),  # of the initial population before scaling to 1; scales successors too
        ("counters", np.float64),
        ("further_effort", np.float64),  # added to the effort of seeking help; negative with a mobile counter
        ("access_shift", np.float64),  # increase of the severity for referral by measures of the council
        ("access_shift_youth", np.float64),  # the same for children
        ("access_at_once", np.float64),  # the same by careful budgets and a cut, before any measure
        ("access_at_once_youth", np.float64),  # the same for children
        ("tariff", np.float64),  # price after measures of the council, relative to dated prices
        ("tariff_youth", np.float64),  # the same for children
        ("dated_price", np.float64),  # dated price of Wmo care, relative to before the transition
        ("dated_price_youth", np.float64),  # the same for youth care
        ("dated_cost", np.float64),  # dated cost of a care slot for its provider, relative to before 2015
        ("dated_cost_youth", np.float64),  # the same for youth care
        ("contribution_flat", np.float64),  # 1 once the own contribution no longer depends on income
        ("debt_duty", np.float64),  # share of debt signals that every municipality follows
        ("youth_shown_more", np.float64),  # severity added to children's problems as they are observed
        ("outreach_fraction", np.float64),  # share of team hours that goes to outreach
        ("signalling_fraction", np.float64),  # share of planned staff hired for outreach and links
        ("prevention", np.float64),  # share of planned prevention still paid for
        ("staffing", np.float64),  # share of planned team staff still paid for
        ("deficit_wmo", np.float64),  # 1 while the law's accounts show a deficit
        ("social_base_factor", np.float64),
        ("team_posts", np.float64),  # fte planned for teams and for separate collective work
        ("outreach_evenness", np.float64),  # weight of a household for outreach, apart from severity
        ("reinvested_eur", np.float64),  # saved by tariffs last month, spent on the social base now
        ("volunteers_per_household", np.float64),  # capacity of volunteers, support units
        ("network_steps_back", np.float64),  # share of support withdrawn where professionals help
        ("network_speaks_up", np.float64),  # chance per month that a rested network reports a problem
        ("provider_margin_weight", np.float64),  # weight of margin, including the effect of partnership
        ("provider_lag_months", np.float64),  # lag with which care slots follow contracts, months
        ("share_passed_on", np.float64),  # share of referrals that a siloed holder in deficit passes on
        ("innovation", np.float64),  # change in the effect of a team's hour by innovation
        ("trend_youth", np.float64),
        ("trend_care", np.float64),
        ("economy", np.float64),
        ("hazards_grow", np.float64),  # most that ageing and trends can add to hazards until the next draw
        ("youth_hazard_grows", np.float64),  # the same for problems of children
        ("keeps_running_care", np.int64),  # 1 in the months after the transition when care is continued
        ("poverty_fund_cents", np.int64),  # balance of the teams' poverty fund
    ]
)

# Contract terms of one kind of care: who pays, under which law, and how it is contracted now.
KIND_TERMS = np.dtype(
    [
        ("by_slots", np.int64),  # 1 where care slots are contracted; some kinds are bought on demand
        ("municipal", np.int64),  # 1 where the municipality pays, from the transition on
        ("tariffed", np.int64),  # 1 where the municipality sets its price
        ("for_children", np.int64),
        ("law", np.int64),
        ("grant", np.int64),  # number of the grant for its cost, -1 if it is not transferred
        ("revised", np.int64),  # 1 in a month in which contracts of this kind are renewed
        ("follow_demand", np.float64),  # how far care slots follow demand rather than budget
        ("headroom", np.float64),  # spare care slots on top of demand
        ("budget_ratio", np.float64),  # grant over cost of the law last year
    ]
)

# Effect and ending rates of one kind of care this month, the same for all clients.
CARE_BY_KIND = np.dtype(
    [
        ("effect", np.float64),  # severity that a month of care removes
        ("closing_level", np.float64),  # severity below which it is closed
        ("closes", np.float64),  # chance per month that it is closed below that level
        ("ends", np.float64),  # chance per month that it ends for other reasons, at any severity
        ("term_ends", np.float64),  # chance per month that a decision expires; 0 where it has no term
    ]
)

# One entry of a waiting list. Each list is a linked list by `next`; so is the list of free entries.
ENTRY = np.dtype(
    [
        ("household", np.int32),
        ("next", np.int32),
        ("month", np.int16),
        ("slot", np.int8),
        ("route", np.int8),
    ]
)
QUEUE = np.dtype([("head", np.int32), ("tail", np.int32)])
