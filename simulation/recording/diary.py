"""The diary of one household: a log of its events, written by the rules that cause them.

A run may watch one household (`watch`). Rules call `note` for every household, which compares its number with
that of the watched household and writes for that one only. Notes have no effect on the run and draw no
random numbers, so that a run with a watched household equals the run without one bit for bit.
"""

from typing import Any, Final

import numpy as np

from agents.compiled import compiled

Whole = int | np.integer[Any]

# Kinds of notes; comments give the contents of `about`, `by`, `value` and `truth`.
NOTES: Final = (
    "struck",  # problem, -, size, severity after
    "shared_problem",  # problem
    "separated",
    "partnered",
    "born",  # child
    "bereaved",
    "left_by_death",
    "moved",
    "dispute",  # -, -, 1 when mediation settled it
    "grew_up",  # child
    "carer_strained",  # -, -, size
    "respite",
    "signal",  # problem, route, -, severity
    "misdirected_contact",  # problem, route
    "debt_signal",  # problem
    "debt_case",  # problem
    "debt_reached",  # problem
    "debt_accepted",  # problem
    "first_contact",  # problem, route, 1 when found early, severity
    "practitioner",  # problem, -, severity taken off
    "joined",  # care slot, route, observed severity
    "dropped",  # care slot
    "referred",  # problem, route, observed severity, severity
    "not_granted",  # problem, route, observed severity, severity
    "passed_on",  # care slot
    "lost",  # care slot, route
    "intake",  # care slot, route, observed severity, severity
    "harmed",  # care slot
    "light_help",  # care slot, -, severity taken off
    "coordinated",  # care slot
    "started",  # care slot, route, months waited
    "not_renewed",  # care slot, -, -, severity
    "renewed",  # care slot
    "ended",  # care slot
    "handed_over",  # care slot
    "violence",
    "crisis",  # problem
    "by_number",  # problem, route
    "gp_to_team",  # problem, route
    "help_on_school",  # problem, -, severity taken off; the four in the order of their tallies
    "youth_work",  # as above
    "youth_intervention",  # as above
    "flying_brigade",  # as above
    "poverty_gift",  # problem, -, severity taken off
    "network_talk",  # care slot
    "close_to_family",  # care slot, -, severity taken off
    "other_handed_over",  # care slot
    "other_lost",  # care slot
    "other_taken_up",  # care slot
    "desk_decides",  # problem, -, provisions asked for
    "at_desk",  # care slot, route
    "bought_by_team",  # problem, -, provisions bought
    "turned_away",  # care slot
    "access_only",  # care slot
    "lasting_contact",  # care slot
    "broken_off",  # care slot
    "answered_together",  # problem, -, share taken off
    "passed",  # problem, -, -, severity before
    "settled",  # problem
    "advised",  # care slot, -, severity taken off
    "no_case",  # care slot
    "stepped_up",  # problem
)
(
    STRUCK, SHARED_PROBLEM, SEPARATED, PARTNERED, BORN, BEREAVED, LEFT_BY_DEATH, MOVED, DISPUTE, GREW_UP,
    CARER_STRAINED, RESPITE, SIGNAL, MISDIRECTED_CONTACT, DEBT_SIGNAL, DEBT_CASE, DEBT_REACHED, DEBT_ACCEPTED,
    FIRST_CONTACT, PRACTITIONER, JOINED, DROPPED, REFERRED, NOT_GRANTED, PASSED_ON, LOST, INTAKE, HARMED,
    LIGHT_HELP, COORDINATED, STARTED, NOT_RENEWED, RENEWED, ENDED, HANDED_OVER, VIOLENCE, CRISIS,
    BY_NUMBER, GP_TO_TEAM, HELP_ON_SCHOOL, YOUTH_WORK, YOUTH_INTERVENTION, FLYING_BRIGADE, POVERTY_GIFT,
    NETWORK_TALK, CLOSE_TO_FAMILY, OTHER_HANDED_OVER, OTHER_LOST, OTHER_TAKEN_UP, DESK_DECIDES, AT_DESK,
    BOUGHT_BY_TEAM, TURNED_AWAY, ACCESS_ONLY, LASTING_CONTACT, BROKEN_OFF, ANSWERED_TOGETHER,
    PASSED, SETTLED, ADVISED, NO_CASE, STEPPED_UP,
) = np.arange(len(NOTES))  # fmt: skip

NOTE = np.dtype(
    [
        ("month", np.int16),
        ("what", np.int16),  # index in NOTES
        ("about", np.int16),  # problem, care slot or child; -1 where there is none
        ("by", np.int16),  # route; -1 where there is none
        ("value", np.float32),
        ("truth", np.float32),  # true severity, where `value` is the observed one
    ]
)
NOBODY: Final = -1
NONE: Final = np.int64(-1)  # empty value of a note
HOUSEHOLD_WATCHED, WRITTEN = 0, 1  # indices in `world.watched`
MOST_NOTES = 512  # per month


def no_diary() -> dict[str, np.ndarray]:
    """Return the arrays of a world without a watched household."""
    return {"diary": np.zeros(0, dtype=NOTE), "watched": np.array([NOBODY, 0], dtype=np.int64)}


def watch(world: Any, household: int) -> Any:
    """Return the world with a diary for one household.

    Parameters
    ----------
    world : Any
        The arrays of the model.
    household : int
        Number of the household, from 0.

    Returns
    -------
    World
        The same arrays, with space for notes.
    """
    watched = np.array([household, 0], dtype=np.int64)
    return world._replace(diary=np.zeros(MOST_NOTES, dtype=NOTE), watched=watched)


def read_notes(world: Any) -> list[Any]:
    """Return the notes since the last call, and delete them from the world.

    Parameters
    ----------
    world : Any
        The arrays of the model.

    Returns
    -------
    list of tuple
        Notes in the order in which they were written.

    Raises
    ------
    RuntimeError
        When there were more notes in a month than the diary holds, so that some are lost.
    """
    written = int(world.watched[WRITTEN])
    if written > len(world.diary):
        raise RuntimeError(f"{written} notes in a month: the diary holds {len(world.diary)}")
    world.watched[WRITTEN] = 0
    return [tuple(row) for row in world.diary[:written].tolist()]


@compiled
def note(world: Any, household: int, what: int, about: Whole, by: Whole, value: float, truth: float) -> None:
    """Write a note about a household if it is the watched one."""
    if world.watched[HOUSEHOLD_WATCHED] == household:
        written = world.watched[WRITTEN]
        world.watched[WRITTEN] = written + 1
        if written < len(world.diary):
            row = world.diary[written]
            row["month"] = world.municipality[0]["month"]
            row["what"] = what
            row["about"] = about
            row["by"] = by
            row["value"] = np.float32(value)
            row["truth"] = np.float32(truth)


@compiled
def note_circle(world: Any, network: int, what: int) -> None:
    """Write a note about a network if it is the circle of the watched household."""
    household = world.watched[HOUSEHOLD_WATCHED]
    if household >= 0 and world.households[household]["network"] == network:
        note(world, household, what, NONE, NONE, 0.0, 0.0)
