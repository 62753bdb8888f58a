"""What is paid for: each kind of care, each kind of crisis, and what stands beside them."""

from typing import Final

from agents.vocabulary import KINDS, LAW_YOUTH, N_KINDS, WIJKTEAM, YOUTH_TEAM
from simulation.recording.tallies import CRISES

# An item below N_KINDS is a kind of care; those of teams are the staff of teams, for adults and for children.
ITEMS: Final = (
    *KINDS,
    *(f"crisis_{crisis}" for crisis in CRISES),
    "team_organisation",
    "access",
    "finding_places",
    "steering",
    "social_base",
    "low_threshold",
    "poverty_gifts",
)
FIRST_CRISIS: Final = N_KINDS
TEAM_ORGANISATION: Final = N_KINDS + len(CRISES)
ACCESS: Final = TEAM_ORGANISATION + 1
FINDING_PLACES: Final = ACCESS + 1
STEERING: Final = ACCESS + 2
BASE: Final = ACCESS + 3
LOW_THRESHOLD_HELP: Final = ACCESS + 4
GIFTS: Final = ACCESS + 5
N_ITEMS: Final = len(ITEMS)
# A payment that moves money between payers and pays for nothing: grants and general means.
TRANSFER: Final = -1
# Whose law a team's staff is booked under says for whom it works.
STAFF_ITEM: Final = tuple(YOUTH_TEAM if law == LAW_YOUTH else WIJKTEAM for law in range(4))
# What a policy pays for itself: staff, links and whatever else is organised. The rest is care and crises.
OWN_COST: Final = frozenset(
    {KINDS[WIJKTEAM], KINDS[YOUTH_TEAM], *ITEMS[TEAM_ORGANISATION:]},
)
