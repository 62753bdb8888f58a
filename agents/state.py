"""What each kind of agent remembers, as record types.

One record per agent, held in one array per kind. A compiled loop reads a record as cheaply as an
object reads its attributes, and an agent object is a window on its record
(`agents/mesa_adapter/model_mixin.py`).
"""

import numpy as np

from agents.vocabulary import N_CHILDREN, N_CHOICES, N_PROBLEMS

# What a month touches of a household: 64 bytes, one cache line.
HOUSEHOLD = np.dtype(
    [
        ("severity", np.float32, (N_PROBLEMS,)),  # money, mind, care, safety, child 0..3; in [0, 1]
        ("in_care", np.uint32),  # one bit per place (vocabulary.py)
        ("waiting", np.uint32),  # one bit per place: on a waiting list
        ("strength", np.float32),  # own strength in [0, 1]; scars lower it
        ("trust", np.float32),  # trust in [0, 1]: readiness to ask for help
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
FLAG_FOUND_EARLY = 2  # first seen below the level at which it would have asked
FLAG_COORDINATED = 4  # one plan, one coordinator
FLAG_TENANT = 8  # rents from a housing corporation
FLAG_SHAME = 16  # belongs to those who do not come by themselves

# What changes rarely: the calendar of a life and what statistics need to remember. Another cache line; the
# widest fields come first, so that there are no gaps.
LIFE = np.dtype(
    [
        ("frailty", np.float32),  # multiplies every hazard; mean 1
        ("used", np.uint32),  # places used in the calendar year `used_year`
        ("ties_lifted", np.float32),  # what talks with the network added to its ties
        ("bound", np.float32),  # yearly hazard the calendar was drawn with; 0 where none was
        ("oldest_birth", np.int16),  # month of birth of the oldest adult (negative: before 2000)
        ("child_birth", np.int16, (N_CHILDREN,)),  # months of birth, NEVER where there is no child
        ("start_month", np.int16, (N_PROBLEMS,)),  # month a problem became noticeable, NEVER if not
        ("since", np.int16),  # month this household came to live here
        ("violence", np.int16),  # last month of violence, NEVER if none
        ("debt_year", np.uint8),  # last January in problem debt, years since 2000
        ("debt_streak", np.uint8),  # Januaries in problem debt in a row
        ("used_year", np.uint8),  # year (since 2000) the bits of `used` belong to
        ("partner", np.uint8),  # 1 when two adults live here
        ("talks", np.uint8),  # talks a team had with this household and its network
        ("waited_for_mind", np.uint8),  # months its last mental health care was waited for
        ("provider", np.uint8, (N_CHOICES // 2 + 1,)),  # of slots in care or waited for, two in a byte
    ],
    align=True,
)
assert LIFE.itemsize == 64
PROVIDER_BITS = 4  # for a provider's number among those of its kind

# Alone, because every month looks at everybody's: nothing else is to lie in between.
CALENDAR = np.dtype(
    [("next_event", np.int16)]  # month of the next candidate event of the calendar
)

NETWORK = np.dtype(
    [
        ("capacity", np.float32),  # spare strength of members and volunteers, support units
        ("full_capacity", np.float32),  # capacity when rested
        ("tiredness", np.float32),  # in [0, 1]; above the threshold its carers are overburdened
        ("share", np.float32),  # part of the need it can meet this month, in [0, 1]
        ("need", np.int32),  # need of its members this month, in 1/1024 support units
        ("first", np.int32),  # first household of the circle
        ("size", np.int16),  # households in the circle
        ("wijk", np.int16),
    ],
    align=True,
)

WIJK = np.dtype(
    [
        ("first", np.int32),  # first household
        ("size", np.int32),  # households, those still to be formed included
        ("deprivation", np.float32),  # z-score; 0 is the municipality's mean
        ("shock_until", np.int16),  # last month of a shared problem, NEVER if none
        ("shock_problem", np.int8),  # which problem the shared problem strikes
        ("team", np.int16),  # wijkteam that serves the wijk
        ("youth_team", np.int16),  # team for children; the wijkteam itself where integrated
        ("community", np.float64),  # how far its community is built, in [0, 1]
    ],
    align=True,
)

TEAM = np.dtype(
    [
        ("kind", np.int8),  # 0 wijkteam, 1 youth team
        ("exists", np.int8),  # 1 once the team has started
        ("fte", np.float64),
        ("experience", np.float64),  # in [0, 1]: what staff have learnt
        ("hours", np.float64),  # client hours of the month
        ("intake_hours", np.float64),
        ("outreach_hours", np.float64),
        ("collective_hours", np.float64),
        ("administration_hours", np.float64),
        ("coordination_hours", np.float64),
        ("community_hours", np.float64),  # building the community of its wijken
        ("shell_hours", np.float64),  # of these hours, those called in from the flexible shell
        ("support_hours", np.float64),
        ("caseload", np.int64),  # care slots taken at the team
        ("beside", np.int64),  # of those, cases it only stays in contact with: specialists work
        ("waiting", np.int64),  # households waiting for a first talk
        ("households", np.int64),  # households in its wijken
        ("hours_per_case", np.float64),  # last month's support hours per case
        ("turnover", np.float64),  # share of staff that left this month
        ("left", np.float64),  # fte that left and is not replaced yet
        ("overtime", np.float64),  # intake hours worked beyond last month's
        ("planned_fte", np.float64),  # fte the municipality pays for
        ("undetected", np.int64),  # weight (1/1024) of households with problems nobody attends to, last month
        ("undetected_now", np.int64),  # the same, of this month
        ("quality", np.float64),  # what a full hour's help achieves, 1 for experienced staff
        ("sharpness", np.float64),  # how sharply its people observe
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
        ("contract_ends", np.int64),  # month
        ("admitted", np.int64),  # this month
        ("market", np.float64),  # share of its kind's market at its initialisation
        ("gone", np.int64),  # month it withdrew, -1 while it is there
        ("premium", np.float64),  # what it is dearer since it was contracted anew, share of price
        ("takeovers", np.int64),  # times it was contracted anew because none of its kind was left
    ],
    align=True,
)


# The municipality's own state, and what holds for everybody this month.
MUNICIPALITY = np.dtype(
    [
        ("month", np.int64),
        ("transition", np.int64),  # first month of municipal responsibility
        ("seed", np.uint64),
        ("responsible", np.int64),  # 1 from the transition on
        ("counters", np.float64),
        ("further_effort", np.float64),  # added to the effort of seeking help; a mobile counter takes off
        ("access_shift", np.float64),  # what stricter access adds to what a referrer must see
        ("access_shift_youth", np.float64),  # the same for children
        ("access_at_once", np.float64),  # what careful budgets and a cut add at once, before any measure
        ("access_at_once_youth", np.float64),  # the same for children
        ("tariff", np.float64),  # price after measures of the council against dated prices
        ("tariff_youth", np.float64),  # the same for children
        ("dated_price", np.float64),  # dated price of Wmo care against that before the transition
        ("dated_price_youth", np.float64),  # the same for youth care
        ("dated_cost", np.float64),  # dated cost of a care slot for its provider against that before 2015
        ("dated_cost_youth", np.float64),  # the same for youth care
        ("contribution_flat", np.float64),  # 1 once the own contribution is flat whatever the income
        ("debt_duty", np.float64),  # share of debt signals that every municipality follows
        ("youth_shown_more", np.float64),  # severity by which children's problems are noticed sooner
        ("outreach_fraction", np.float64),  # share of team hours that goes to outreach
        ("signalling_fraction", np.float64),  # share of planned staff hired for outreach and links
        ("prevention", np.float64),  # share of planned prevention still paid for
        ("staffing", np.float64),  # share of planned team staff still paid for
        ("deficit_wmo", np.float64),  # 1 while the law's accounts show a deficit
        ("social_base_factor", np.float64),
        ("team_posts", np.float64),  # fte planned for teams and for collective work beside them
        ("outreach_evenness", np.float64),  # weight outreach gives a household whatever its problems
        ("reinvested_eur", np.float64),  # what tariffs saved last month and the social base gets now
        ("volunteers_per_household", np.float64),  # strength of volunteers, support units
        ("network_steps_back", np.float64),  # share of support withdrawn where professionals help
        ("network_speaks_up", np.float64),  # chance a month that a rested network speaks up
        ("provider_margin_weight", np.float64),  # weight of margin, partnership counted in
        ("provider_lag_months", np.float64),  # months in which places follow contracts
        ("share_passed_on", np.float64),  # share of referrals a siloed holder in deficit passes on
        ("innovation", np.float64),  # what innovation has changed in what a team's hour achieves
        ("trend_youth", np.float64),
        ("trend_care", np.float64),
        ("economy", np.float64),
        ("hazards_grow", np.float64),  # share ageing and trends can add before a calendar is drawn anew
        ("youth_hazard_grows", np.float64),  # the same of problems among children
        ("keeps_running_care", np.int64),  # 1 in the months after the transition when care is kept
        ("poverty_fund_cents", np.int64),  # left in the teams' fund against poverty
    ]
)

# What holds for one kind of care: who pays it, by which law, and by what terms it is contracted now.
KIND_TERMS = np.dtype(
    [
        ("by_slots", np.int64),  # 1 where care slots are contracted; some kinds are bought as needed
        ("municipal", np.int64),  # 1 where the municipality pays it, once responsible
        ("tariffed", np.int64),  # 1 where the municipality sets its price
        ("for_children", np.int64),
        ("law", np.int64),
        ("grant", np.int64),  # the grant its cost counts towards, -1 where it does not move
        ("revised", np.int64),  # 1 in a month in which contracts of this kind are made anew
        ("months", np.int64),  # term of the contract
        ("follow_demand", np.float64),  # how far places follow demand rather than budget
        ("headroom", np.float64),  # spare places beyond demand
        ("budget_ratio", np.float64),  # grant over cost of the law last year
    ]
)

# By what a kind of care works this month, whoever has it.
CARE_BY_KIND = np.dtype(
    [
        ("effect", np.float64),  # part of the severity a month of it takes away
        ("closing_level", np.float64),  # severity below which it is closed
        ("closes", np.float64),  # chance a month that it is closed below that level
        ("ends", np.float64),  # chance a month that it ends above it
        ("term_ends", np.float64),  # chance a month that a decision's term is over; 0 where none has one
    ]
)

# One entry of a waiting list; entries of one list are linked by `next`, and so are those that came free.
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
