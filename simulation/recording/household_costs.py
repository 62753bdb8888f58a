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
from agents.wijkteam_casework import hours_of_intake
from simulation.finance import payments, payments_to_teams
from simulation.finance.books import Books, cents
from simulation.finance.items import BASE
from simulation.processes.care.care_slots import KIND_OF_PLACE, SPECIALIST_MASK, TEAM_MASK
from simulation.processes.care.waiting_lists import provider_of, team_of_place
from simulation.recording import diary

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
    _care(world, books, household, notes)
    _hours_of_teams(world, books, notes)
    happened = [note[1] for note in notes]
    for note in notes:
        if note[1] == diary.CRISIS:
            payments.crises_of_kind(world, books.pages, min(note[2], YOUTH), 1)
    payments.debt_signals(world, books.pages, happened.count(diary.DEBT_SIGNAL))
    payments_to_teams.poverty_gifts(world, books.pages, happened.count(diary.POVERTY_GIFT))
    decisions = [note[4] for note in notes if note[1] == diary.DESK_DECIDES]
    payments_to_teams.desk_decisions(world, books.pages, round(sum(decisions)))
    by_month = (diary.HELP_ON_SCHOOL, diary.YOUTH_INTERVENTION, diary.FLYING_BRIGADE)
    payments.months_of_low_threshold_help(world, books.pages, *(happened.count(what) for what in by_month))
    relief = payments.relief_eur(world, happened.count(diary.RESPITE), happened.count(diary.DISPUTE))
    books.pays(MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_NONE, cents(relief), BASE)
    return books


def _care(world: "World", books: Books, household: int, notes: list[Any]) -> None:
    """Book a month at every place the household has, and the coordination of its care.

    A team that only stays in contact with a case spends the hours of that, and no support.
    """
    in_contact = {note[2] for note in notes if note[1] == diary.LASTING_CONTACT}
    home = world.households[household]
    mask = int(home["in_care"])
    for place in places_of(mask):
        kind = int(KIND_OF_PLACE[place])
        if mask & int(TEAM_MASK) & 1 << place:
            team = world.teams[team_of_place(world, household, place)]
            hours = 0.0 if place in in_contact else float(team["hours_per_case"])
            payments_to_teams.team_hours(world, books.pages, _law_of_team(kind), hours)
        else:
            price = int(world.providers[provider_of(world, household, place)]["price_cents"])
            payments.care_of_kind(world, books.pages, kind, price)
    if home["flags"] & FLAG_COORDINATED and mask & int(TEAM_MASK) and mask & int(SPECIALIST_MASK):
        kind = WIJKTEAM if mask & 1 << WIJKTEAM else YOUTH_TEAM
        hours = float(world.p["hours_per_coordination"][0])
        payments_to_teams.team_hours(world, books.pages, _law_of_team(kind), hours)


def _hours_of_teams(world: "World", books: Books, notes: list[Any]) -> None:
    """Book the hours of first talks, light help and whatever else a team does for one household."""
    p = world.p[0]
    talk = hours_of_intake(p["hours_per_intake"], p["first_help_months"], p["planning_saves"])
    hours = {
        diary.INTAKE: talk,
        diary.LIGHT_HELP: p["hours_per_light_help"],
        diary.NETWORK_TALK: p["hours_per_network_talk"],
        diary.CLOSE_TO_FAMILY: p["edge_hours"],
        diary.LASTING_CONTACT: p["contact_hours"],
        diary.OTHER_TAKEN_UP: p["joining_hours"],
    }
    for note in notes:
        if note[1] in hours:
            law = _law_of_team(int(KIND_OF_PLACE[note[2]]))
            payments_to_teams.team_hours(world, books.pages, law, float(hours[note[1]]))
        elif note[1] == diary.BOUGHT_BY_TEAM:
            law = LAW_YOUTH if note[2] >= YOUTH else LAW_NONE
            payments_to_teams.team_hours(world, books.pages, law, float(note[4] * p["hours_per_purchase"]))
        elif note[1] == diary.POVERTY_GIFT:
            payments_to_teams.team_hours(world, books.pages, LAW_NONE, float(p["gift_hours"]))


def _law_of_team(kind: int) -> int:
    """Return the law a team's work is booked under."""
    return LAW_YOUTH if kind == YOUTH_TEAM else LAW_NONE
