"""What one household costs in a month, and who pays: booked by the functions that book the town's."""

from typing import TYPE_CHECKING, Any

from agents.state import FLAG_COORDINATED
from agents.vocabulary import (
    LAW_NONE,
    LAW_YOUTH,
    LINE_ZERO,
    MUNICIPALITY,
    N_PLACES,
    SOCIAL_BASE,
    WIJKTEAM,
    YOUTH,
    YOUTH_TEAM,
)
from simulation import diary, payments
from simulation.books import Books, cents
from simulation.loops.places import KIND_OF_PLACE, SPECIALIST_MASK, TEAM_MASK, provider_of, team_of_place

if TYPE_CHECKING:
    from simulation.world import World


def places_of(mask: int) -> list[int]:
    """Return the places whose bits are set.

    Examples
    --------
    >>> places_of(5)
    [0, 2]
    """
    return [place for place in range(N_PLACES) if mask >> place & 1]


def household_books(world: "World", household: int, notes: list[Any]) -> Books:
    """Book what one household costs this month.

    A place at a provider costs its price also where a lump sum is paid: what a contract pays for
    empty places is nobody's in particular. Nor are the social base, counters and links, which are
    there for all.

    Parameters
    ----------
    world : World
        At the end of the month.
    household : int
    notes : list
        What the diary says of this month.
    """
    books = Books()
    _care(world, books, household)
    _talks(world, books, notes)
    happened = [note[1] for note in notes]
    for note in notes:
        if note[1] == diary.CRISIS:
            payments.crises_of_kind(world, books, min(note[2], YOUTH), 1)
    payments.debt_signals(world, books, happened.count(diary.DEBT_SIGNAL))
    relief = payments.relief_eur(world, happened.count(diary.RESPITE), happened.count(diary.DISPUTE))
    books.pays(MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_NONE, cents(relief))
    return books


def _care(world: "World", books: Books, household: int) -> None:
    """Book a month at every place the household has, and the coordination of its care."""
    home = world.households[household]
    mask = int(home["in_care"])
    for place in places_of(mask):
        kind = int(KIND_OF_PLACE[place])
        if mask & int(TEAM_MASK) & 1 << place:
            team = world.teams[team_of_place(world, household, place)]
            payments.team_hours(world, books, _law_of_team(kind), float(team["hours_per_case"]))
        else:
            price = int(world.providers[provider_of(world, household, place)]["price_cents"])
            payments.care_of_kind(world, books, kind, price)
    if home["flags"] & FLAG_COORDINATED and mask & int(TEAM_MASK) and mask & int(SPECIALIST_MASK):
        kind = WIJKTEAM if mask & 1 << WIJKTEAM else YOUTH_TEAM
        hours = float(world.p["hours_per_coordination"][0])
        payments.team_hours(world, books, _law_of_team(kind), hours)


def _talks(world: "World", books: Books, notes: list[Any]) -> None:
    """Book the hours of first talks and of light help."""
    hours = {diary.INTAKE: "hours_per_intake", diary.LIGHT_HELP: "hours_per_light_help"}
    for note in notes:
        if note[1] in hours:
            law = _law_of_team(int(KIND_OF_PLACE[note[2]]))
            payments.team_hours(world, books, law, float(world.p[hours[note[1]]][0]))


def _law_of_team(kind: int) -> int:
    """Return the law a team's work is booked under."""
    return LAW_YOUTH if kind == YOUTH_TEAM else LAW_NONE
