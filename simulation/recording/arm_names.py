"""The names of the arms of a replication, for runs, tables, figures and texts."""

from typing import Final

REFERENCE: Final = "reference"
POLICY: Final = "policy"
LONG_PHASE_IN: Final = "long_phase_in"
SAME_MONEY: Final = "same_money"
SAME_STAFF: Final = "same_staff"
FINDS_NOBODY: Final = "finds_nobody"
NO_EFFECT_REFERENCE: Final = "no_effect_reference"
NO_EFFECT_POLICY: Final = "no_effect_policy"
NEUTRAL_REFERENCE: Final = "neutral_reference"
NEUTRAL_POLICY: Final = "neutral_policy"
LARGER_TEAMS: Final = "larger_teams"
SMALLER_TEAMS: Final = "smaller_teams"
DEEPER_CUT: Final = "deeper_cut"
FASTER_CUT: Final = "faster_cut"

# Arms for which every table is recorded.
FULL_ARMS: Final = (REFERENCE, POLICY, LONG_PHASE_IN, SAME_MONEY)
# The two arms whose difference is the effect of a policy.
POLICY_ARMS: Final = (REFERENCE, POLICY)
# Placebo arms: run in the first few replications only.
PLACEBO_ARMS: Final = (FINDS_NOBODY, NO_EFFECT_REFERENCE, NO_EFFECT_POLICY)
# The same municipality with the neutral organisation instead of its own, in the same replications.
NEUTRAL_ARMS: Final = (NEUTRAL_REFERENCE, NEUTRAL_POLICY)
# Alternatives to the policy, against the same reference: run in the first few replications only.
QUESTION_ARMS: Final = (LARGER_TEAMS, SMALLER_TEAMS, DEEPER_CUT, FASTER_CUT)
ARMS: Final = (*FULL_ARMS, SAME_STAFF, *PLACEBO_ARMS, *NEUTRAL_ARMS, *QUESTION_ARMS)
# The arm with which an arm is compared, where that is not the reference.
AGAINST: Final = {NO_EFFECT_POLICY: NO_EFFECT_REFERENCE, NEUTRAL_POLICY: NEUTRAL_REFERENCE}
# Arms whose difference from their comparator is split by payer, law and item.
COMPARED: Final = (
    POLICY, SAME_STAFF, FINDS_NOBODY, NO_EFFECT_POLICY, NEUTRAL_POLICY, *QUESTION_ARMS
)  # fmt: skip


def against(arm: str) -> str:
    """Return the arm with which an arm is compared.

    Parameters
    ----------
    arm : str
        Name of the arm.

    Returns
    -------
    str
        Name of its comparator.

    Examples
    --------
    >>> against("policy"), against("no_effect_policy")
    ('reference', 'no_effect_reference')
    """
    return AGAINST.get(arm, REFERENCE)
