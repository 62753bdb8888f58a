"""Care slots as bits: one for each kind of care of the adults, and of each of four children."""

import numpy as np

from agents.compiled import compiled_inline
from agents.vocabulary import (
    AIDS,
    DAY_CARE,
    DEBT_SERVICE,
    GUIDANCE,
    HOUSEHOLD_HELP,
    MENTAL_HEALTH,
    MIND,
    MONEY,
    N_ADULT_KINDS,
    N_CHILDREN,
    N_CHOICES,
    N_DOMAINS,
    N_PROBLEMS,
    N_SLOTS,
    N_YOUTH_KINDS,
    ON_DEMAND,
    RESIDENCE,
    SAFETY,
    SHELTER,
    SUPERVISION,
    WIJKTEAM,
    WITHOUT_SLOTS,
    YOUTH_RESIDENTIAL,
    YOUTH_TEAM,
)
from simulation.compiled import ONE


@compiled_inline
def slot_for(kind: int, child: int) -> int:
    """Return the care slot of a kind of care; `child` is used only for kinds for children."""
    if kind < N_ADULT_KINDS:
        return kind
    return N_ADULT_KINDS + N_YOUTH_KINDS * child + kind - N_ADULT_KINDS


def _mask(*slots: int) -> int:
    """Return the bit mask of some care slots."""
    return sum(1 << slot for slot in slots)


KIND_OF_SLOT = np.array(
    [p if p < N_ADULT_KINDS else N_ADULT_KINDS + (p - N_ADULT_KINDS) % N_YOUTH_KINDS for p in range(N_SLOTS)]
)
# Index of a care slot in the field `provider` of `LIFE`. Slots without a choice share the last index.
CHOSEN = ~np.isin(KIND_OF_SLOT, WITHOUT_SLOTS + ON_DEMAND)
PROVIDER_INDEX = np.where(CHOSEN, np.cumsum(CHOSEN) - 1, N_CHOICES)
CHILD_MASK = np.array(
    [_mask(*(slot_for(N_ADULT_KINDS + k, c) for k in range(N_YOUTH_KINDS))) for c in range(N_CHILDREN)],
    dtype=np.uint32,
)
WMO_MASK = np.uint32(_mask(GUIDANCE, DAY_CARE, HOUSEHOLD_HELP, RESIDENCE, AIDS, SHELTER))
SUPPORT_MASK = np.uint32(_mask(GUIDANCE, DAY_CARE))
RESIDENCE_MASK = np.uint32(_mask(RESIDENCE, SHELTER))
TEAM_MASK = np.uint32(_mask(WIJKTEAM, *(slot_for(YOUTH_TEAM, c) for c in range(N_CHILDREN))))
ALL_MASK = np.uint32((1 << N_SLOTS) - 1)
SPECIALIST_MASK = np.uint32(int(ALL_MASK) & ~int(TEAM_MASK))
STAY_MASK = np.uint32(_mask(*(slot_for(YOUTH_RESIDENTIAL, c) for c in range(N_CHILDREN))))
SUPERVISION_MASK = np.uint32(_mask(*(slot_for(SUPERVISION, c) for c in range(N_CHILDREN))))
# Masks of the specialist care slots that attend to each problem.
SPECIALIST_HELP = np.array(
    [
        _mask(DEBT_SERVICE),
        _mask(GUIDANCE, MENTAL_HEALTH, RESIDENCE),
        _mask(GUIDANCE, DAY_CARE, HOUSEHOLD_HELP, AIDS, RESIDENCE),
        _mask(SHELTER),
        *(int(mask & SPECIALIST_MASK) for mask in CHILD_MASK),
    ],
    dtype=np.uint32,
)
# Problems of adults that a team case attends to; used for treatment, tipping points, signals and unmet
# need. A team does not treat daily functioning: it arranges household help, aids and guidance for it.
TEAM_ATTENDS = (MONEY, MIND, SAFETY)
TEAM_HELP = np.array(
    [_mask(WIJKTEAM) if problem in TEAM_ATTENDS else 0 for problem in range(N_DOMAINS)]
    + [int(mask & TEAM_MASK) for mask in CHILD_MASK],
    dtype=np.uint32,
)
HELP_MASK = SPECIALIST_HELP | TEAM_HELP
assert len(HELP_MASK) == N_PROBLEMS == N_DOMAINS + N_CHILDREN


@compiled_inline
def child_of_slot(slot: int) -> int:
    """Return the number of the child of a care slot, -1 for adults."""
    if slot < N_ADULT_KINDS:
        return -1
    return (slot - N_ADULT_KINDS) // N_YOUTH_KINDS


@compiled_inline
def bit(slot: int) -> np.uint32:
    """Return the bit of a care slot."""
    return ONE << np.uint32(slot)
