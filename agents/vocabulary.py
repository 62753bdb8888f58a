"""Names and numbers of domains, kinds of care, care slots, routes, laws, lines and payers.

Every numeric code is defined here, once. A *care slot* is one kind of care for one household: one per
kind for the adults together, one per kind for each child. Care slots are numbered so that a household's
care fits in the bits of one integer.
"""

from typing import Final

# Life domains of the household, followed by the youth problems of its children.
DOMAINS: Final = ("money", "mind", "care", "safety")
MONEY: Final = 0
MIND: Final = 1
CARE: Final = 2
SAFETY: Final = 3
YOUTH: Final = 4  # first child; child c has problem YOUTH + c
N_DOMAINS: Final = 4
N_CHILDREN: Final = 4
N_PROBLEMS: Final = N_DOMAINS + N_CHILDREN
PROBLEMS: Final = (*DOMAINS, "youth")

# Kinds of care. The first nine are for adults, the last five for each child.
KINDS: Final = (
    "wijkteam",
    "guidance",
    "day_care",
    "household_help",
    "protected_residence",
    "aids",
    "debt_service",
    "mental_health",
    "shelter",
    "youth_team",
    "youth_outpatient",
    "youth_day_care",
    "youth_residential",
    "supervision_order",
)
WIJKTEAM: Final = 0
GUIDANCE: Final = 1
DAY_CARE: Final = 2
HOUSEHOLD_HELP: Final = 3
RESIDENCE: Final = 4
AIDS: Final = 5
DEBT_SERVICE: Final = 6
MENTAL_HEALTH: Final = 7
SHELTER: Final = 8
YOUTH_TEAM: Final = 9
YOUTH_OUTPATIENT: Final = 10
YOUTH_DAY_CARE: Final = 11
YOUTH_RESIDENTIAL: Final = 12
SUPERVISION: Final = 13
N_KINDS: Final = 14
N_ADULT_KINDS: Final = 9
N_YOUTH_KINDS: Final = 5
N_SLOTS: Final = N_ADULT_KINDS + N_CHILDREN * N_YOUTH_KINDS  # 29, one bit each
SLOT_RANGE: Final = 32  # a queue entry is household * SLOT_RANGE + slot
NO_PROVIDER: Final = -1
# Kinds that teams serve, and kinds bought on demand from one provider: these have no choice of provider.
WITHOUT_SLOTS: Final = (WIJKTEAM, YOUTH_TEAM)
ON_DEMAND: Final = (AIDS, SUPERVISION)
N_CHOICES: Final = N_ADULT_KINDS - 2 + N_CHILDREN * (N_YOUTH_KINDS - 2)  # slots with a choice: 19

# Routes by which a household reaches help; also the referrer of a care trajectory.
ROUTES: Final = (
    "self",
    "network",
    "gp",
    "school",
    "youth_health_care",
    "housing_corporation",
    "police",
    "district_nurse",
    "debt_signal",
    "outreach",
    "wijkteam",
    "court",
    "renewal",
    "crisis",
    "intervention_team",
    "guardian",
    "medical_specialist",
)
BY_SELF: Final = 0
BY_NETWORK: Final = 1
BY_GP: Final = 2
BY_SCHOOL: Final = 3
BY_YOUTH_HEALTH_CARE: Final = 4
BY_CORPORATION: Final = 5
BY_POLICE: Final = 6
BY_DISTRICT_NURSE: Final = 7
BY_DEBT_SIGNAL: Final = 8
BY_OUTREACH: Final = 9
BY_WIJKTEAM: Final = 10
BY_COURT: Final = 11
BY_RENEWAL: Final = 12
BY_CRISIS: Final = 13
BY_INTERVENTION_TEAM: Final = 14
BY_GUARDIAN: Final = 15
BY_MEDICAL_SPECIALIST: Final = 16
N_ROUTES: Final = 17

# Laws under which municipal money is granted and spent; "none" is the municipality's own money.
LAWS: Final = ("youth", "wmo", "debt", "none")
LAW_YOUTH: Final = 0
LAW_WMO: Final = 1
LAW_DEBT: Final = 2
LAW_NONE: Final = 3
N_LAWS: Final = 4
# Grants, each with its own cut (model.md section 3).
GRANT_YOUTH: Final = 0
GRANT_GUIDANCE: Final = 1
GRANT_HOUSEHOLD_HELP: Final = 2
GRANT_OTHER: Final = 3
N_GRANTS: Final = 4

# Lines of care in the books.
LINES: Final = ("zero", "first", "second", "crisis")
LINE_ZERO: Final = 0
LINE_FIRST: Final = 1
LINE_SECOND: Final = 2
LINE_CRISIS: Final = 3
N_LINES: Final = 4

# Parties that pay or are paid.
PARTIES: Final = (
    "municipality",
    "national_government",
    "province_and_national_funds",
    "health_insurer",
    "long_term_care",
    "housing_corporation",
    "justice",
    "household",
    "teams",
    "social_base",
    "providers",
    "general_means",
)
MUNICIPALITY: Final = 0
NATIONAL_GOVERNMENT: Final = 1
NATIONAL_FUNDS: Final = 2
HEALTH_INSURER: Final = 3
LONG_TERM_CARE: Final = 4
HOUSING_CORPORATION: Final = 5
JUSTICE: Final = 6
HOUSEHOLD: Final = 7
TEAMS: Final = 8
SOCIAL_BASE: Final = 9
PROVIDERS: Final = 10
GENERAL_MEANS: Final = 11
N_PARTIES: Final = 12

# Month number for "never" in 16-bit fields.
NEVER: Final = 32767
