"""The diary of one household: what happens to it, written down where it happens.

A run may watch one household (`watch`). The rules then note what they do to it; for everybody else,
and in a run that watches nobody, a note is one comparison and nothing is written. Notes decide
nothing and draw no random numbers, so that a watched run is bit for bit the run without a watched household.
"""

from typing import Any, Final

import numpy as np

from agents.compiled import compiled

Whole = int | np.integer[Any]

# What can be noted; the columns say what `about`, `by`, `value` and `truth` hold.
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
    "joined",  # place, route, observed severity
    "dropped",  # place
    "referred",  # problem, route, observed severity, severity
    "not_granted",  # problem, route, observed severity, severity
    "passed_on",  # place
    "lost",  # place, route
    "intake",  # place, route, observed severity, severity
    "harmed",  # place
    "light_help",  # place, -, severity taken off
    "coordinated",  # place
    "started",  # place, route, months waited
    "not_renewed",  # place, -, -, severity
    "renewed",  # place
    "ended",  # place
    "handed_over",  # place
    "violence",
    "crisis",  # problem
    "by_number",  # problem, route
    "gp_to_team",  # problem, route
    "help_on_school",  # problem, -, severity taken off; the four in the order of their tallies
    "youth_work",  # as above
    "youth_intervention",  # as above
    "flying_brigade",  # as above
    "poverty_gift",  # problem, -, severity taken off
    "network_talk",  # place
    "close_to_family",  # place, -, severity taken off
    "other_handed_over",  # place
    "other_lost",  # place
    "other_taken_up",  # place
    "desk_decides",  # problem, -, provisions asked for
    "at_desk",  # place, route
    "bought_by_team",  # problem, -, provisions bought
    "turned_away",  # place
    "access_only",  # place
    "lasting_contact",  # place
    "broken_off",  # place
    "answered_together",  # problem, -, share taken off
    "passed",  # problem, -, -, severity before
    "settled",  # problem
    "advised",  # place, -, severity taken off
    "no_case",  # place
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
        ("what", np.int16),  # a number in NOTES
        ("about", np.int16),  # problem, place or child; -1 where there is none
        ("by", np.int16),  # route; -1 where there is none
        ("value", np.float32),
        ("truth", np.float32),  # severity as it is, beside what somebody saw
    ]
)
NOBODY: Final = -1
NONE: Final = np.int64(-1)  # nothing to tell here
HOUSEHOLD_WATCHED, WRITTEN = 0, 1  # the two numbers of `world.watched`
MOST_NOTES = 512  # of one month


def no_diary() -> dict[str, np.ndarray]:
    """Return the parts of a world in which nobody is watched."""
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
        The same arrays, and pages for the notes.
    """
    watched = np.array([household, 0], dtype=np.int64)
    return world._replace(diary=np.zeros(MOST_NOTES, dtype=NOTE), watched=watched)


def read_notes(world: Any) -> list[Any]:
    """Return the notes since they were last read, and begin a new page.

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
        When a month held more than the diary takes: a story with holes would be no story.
    """
    written = int(world.watched[WRITTEN])
    if written > len(world.diary):
        raise RuntimeError(f"{written} notes in a month: the diary holds {len(world.diary)}")
    world.watched[WRITTEN] = 0
    return [tuple(row) for row in world.diary[:written].tolist()]


@compiled
def note(world: Any, household: int, what: int, about: Whole, by: Whole, value: float, truth: float) -> None:
    """Note what happens to a household, if it is the one that is watched."""
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
    """Note what happens to the circle of the household that is watched."""
    household = world.watched[HOUSEHOLD_WATCHED]
    if household >= 0 and world.households[household]["network"] == network:
        note(world, household, what, NONE, NONE, 0.0, 0.0)
