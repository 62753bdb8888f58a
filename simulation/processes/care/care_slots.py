"""Places: one bit for each kind of care an adult, or one of four children, can have."""

import numpy as np

from agents.compiled import compiled_inline
from agents.vocabulary import (
    AIDS,
    DAY_CARE,
    GUIDANCE,
    HOUSEHOLD_HELP,
    N_ADULT_KINDS,
    N_CHILDREN,
    N_SLOTS,
    N_YOUTH_KINDS,
    RESIDENCE,
    SHELTER,
    SUPERVISION,
    WIJKTEAM,
    YOUTH_RESIDENTIAL,
    YOUTH_TEAM,
)
from simulation.compiled.bits import ONE


def slot_of_kind(kind: int, child: int = 0) -> int:
    """Return the place of a kind of care, for a child where the kind is for children."""
    if kind < N_ADULT_KINDS:
        return kind
    return N_ADULT_KINDS + N_YOUTH_KINDS * child + kind - N_ADULT_KINDS


def _mask(*slots: int) -> int:
    """Return the bits of some places as one number."""
    return sum(1 << slot for slot in slots)


KIND_OF_SLOT = np.array(
    [p if p < N_ADULT_KINDS else N_ADULT_KINDS + (p - N_ADULT_KINDS) % N_YOUTH_KINDS for p in range(N_SLOTS)]
)
CHILD_MASK = np.array(
    [_mask(*(slot_of_kind(N_ADULT_KINDS + k, c) for k in range(N_YOUTH_KINDS))) for c in range(N_CHILDREN)],
    dtype=np.uint32,
)
WMO_MASK = np.uint32(_mask(GUIDANCE, DAY_CARE, HOUSEHOLD_HELP, RESIDENCE, AIDS, SHELTER))
SUPPORT_MASK = np.uint32(_mask(GUIDANCE, DAY_CARE))
RESIDENCE_MASK = np.uint32(_mask(RESIDENCE, SHELTER))
TEAM_MASK = np.uint32(_mask(WIJKTEAM, *(slot_of_kind(YOUTH_TEAM, c) for c in range(N_CHILDREN))))
ALL_MASK = np.uint32((1 << N_SLOTS) - 1)
SPECIALIST_MASK = np.uint32(int(ALL_MASK) & ~int(TEAM_MASK))
STAY_MASK = np.uint32(_mask(*(slot_of_kind(YOUTH_RESIDENTIAL, c) for c in range(N_CHILDREN))))
SUPERVISION_MASK = np.uint32(_mask(*(slot_of_kind(SUPERVISION, c) for c in range(N_CHILDREN))))


@compiled_inline
def slot_for(kind: int, child: int) -> int:
    """Return the place of a kind of care; `child` counts only for youth kinds."""
    if kind < N_ADULT_KINDS:
        return kind
    return N_ADULT_KINDS + N_YOUTH_KINDS * child + kind - N_ADULT_KINDS


@compiled_inline
def child_of_slot(slot: int) -> int:
    """Return the child a youth place belongs to, -1 for adults."""
    if slot < N_ADULT_KINDS:
        return -1
    return (slot - N_ADULT_KINDS) // N_YOUTH_KINDS


@compiled_inline
def bit(slot: int) -> np.uint32:
    """Return the bit of a care slot."""
    return ONE << np.uint32(slot)
