"""Places: one bit for each kind of care an adult, or one of four children, can have."""

import numpy as np

from agents.compiled import rule
from agents.vocabulary import (
    AIDS,
    DAY_CARE,
    GUIDANCE,
    HOUSEHOLD_HELP,
    N_ADULT_KINDS,
    N_CHILDREN,
    N_PLACES,
    N_YOUTH_KINDS,
    RESIDENCE,
    SHELTER,
    SUPERVISION,
    WIJKTEAM,
    YOUTH_RESIDENTIAL,
    YOUTH_TEAM,
)
from simulation.compiled.bits import ONE


def place_of_kind(kind: int, child: int = 0) -> int:
    """Return the place of a kind of care, for a child where the kind is for children."""
    if kind < N_ADULT_KINDS:
        return kind
    return N_ADULT_KINDS + N_YOUTH_KINDS * child + kind - N_ADULT_KINDS


def _mask(*places: int) -> int:
    """Return the bits of some places as one number."""
    return sum(1 << place for place in places)


KIND_OF_PLACE = np.array(
    [p if p < N_ADULT_KINDS else N_ADULT_KINDS + (p - N_ADULT_KINDS) % N_YOUTH_KINDS for p in range(N_PLACES)]
)
CHILD_MASK = np.array(
    [_mask(*(place_of_kind(N_ADULT_KINDS + k, c) for k in range(N_YOUTH_KINDS))) for c in range(N_CHILDREN)],
    dtype=np.uint32,
)
WMO_MASK = np.uint32(_mask(GUIDANCE, DAY_CARE, HOUSEHOLD_HELP, RESIDENCE, AIDS, SHELTER))
SUPPORT_MASK = np.uint32(_mask(GUIDANCE, DAY_CARE))
RESIDENCE_MASK = np.uint32(_mask(RESIDENCE, SHELTER))
TEAM_MASK = np.uint32(_mask(WIJKTEAM, *(place_of_kind(YOUTH_TEAM, c) for c in range(N_CHILDREN))))
ALL_MASK = np.uint32((1 << N_PLACES) - 1)
SPECIALIST_MASK = np.uint32(int(ALL_MASK) & ~int(TEAM_MASK))
STAY_MASK = np.uint32(_mask(*(place_of_kind(YOUTH_RESIDENTIAL, c) for c in range(N_CHILDREN))))
SUPERVISION_MASK = np.uint32(_mask(*(place_of_kind(SUPERVISION, c) for c in range(N_CHILDREN))))


@rule
def place_for(kind, child):
    """Return the place of a kind of care; `child` counts only for youth kinds."""
    if kind < N_ADULT_KINDS:
        return kind
    return N_ADULT_KINDS + N_YOUTH_KINDS * child + kind - N_ADULT_KINDS


@rule
def child_of_place(place):
    """Return the child a youth place belongs to, -1 for adults."""
    if place < N_ADULT_KINDS:
        return -1
    return (place - N_ADULT_KINDS) // N_YOUTH_KINDS


@rule
def bit(place):
    """Return the bit of a place."""
    return ONE << np.uint32(place)
