"""Observers of households: the diary and costs of one household, and yearly counts of all.

The diary stores the notes of one household and its state by month. The survey counts events of all
households, so that one can be compared with the same household in another arm.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from agents.state import FLAG_COORDINATED, FLAG_SHAME, FLAG_TENANT
from agents.vocabulary import (
    DOMAINS,
    KINDS,
    LAW_NONE,
    LAW_YOUTH,
    LAWS,
    LINE_ZERO,
    LINES,
    MUNICIPALITY,
    N_ADULT_KINDS,
    N_CHILDREN,
    N_KINDS,
    N_PROBLEMS,
    N_SLOTS,
    N_YOUTH_KINDS,
    NEVER,
    PARTIES,
    ROUTES,
    SOCIAL_BASE,
    WIJKTEAM,
    YOUTH,
    YOUTH_TEAM,
)
from agents.wijkteam_casework import hours_of_intake
from simulation.finance import payments
from simulation.finance.books import BASE, Books, cents
from simulation.processes.care.care_slots import HELP_MASK, KIND_OF_SLOT, SPECIALIST_MASK, TEAM_MASK
from simulation.processes.care.waiting_lists import provider_of, team_of_slot
from simulation.processes.observation import HEAVY_MASK, JUST_VISIBLE
from simulation.processes.problems import is_attended
from simulation.recording import diary

if TYPE_CHECKING:
    from simulation.model import Model
    from simulation.world import World


# Costs of one household in a month by payer, booked by the same functions as the costs of the municipality.


def slots_of(mask: int) -> list[int]:
    """Return the care slots whose bits are set.

    Parameters
    ----------
    mask : int
        One bit per care slot.

    Returns
    -------
    list of int
        Numbers of care slots, from 0.

    Examples
    --------
    >>> slots_of(5)
    [0, 2]
    """
    return [slot for slot in range(N_SLOTS) if mask >> slot & 1]


def household_books(world: "World", household: int, notes: list[Any]) -> Books:
    """Book the costs of one household this month.

    A care slot at a provider costs its price, also where a lump sum is paid. Costs of empty slots, of the
    social base, counters and links are not attributed to households.

    Parameters
    ----------
    world : World
        The arrays of the model at the end of the month.
    household : int
        Number of the household, from 0.
    notes : list
        Notes of this month, as `read_notes` returns them.

    Returns
    -------
    Books
        Books of the month, cents.
    """
    books = Books()
    _care(world, books, household, notes)
    _hours_of_teams(world, books, notes)
    happened = [note[1] for note in notes]
    for note in notes:
        if note[1] == diary.CRISIS:
            payments.crises_of_kind(world, books.pages, min(note[2], YOUTH), 1)
    payments.debt_signals(world, books.pages, happened.count(diary.DEBT_SIGNAL))
    payments.poverty_gifts(world, books.pages, happened.count(diary.POVERTY_GIFT))
    decisions = [note[4] for note in notes if note[1] == diary.DESK_DECIDES]
    payments.desk_decisions(world, books.pages, round(sum(decisions)))
    by_month = (diary.HELP_ON_SCHOOL, diary.YOUTH_INTERVENTION, diary.FLYING_BRIGADE)
    payments.months_of_low_threshold_help(world, books.pages, *(happened.count(what) for what in by_month))
    relief = payments.relief_eur(world, happened.count(diary.RESPITE), happened.count(diary.DISPUTE))
    books.book_payment(MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_NONE, cents(relief), BASE)
    return books


def _care(world: "World", books: Books, household: int, notes: list[Any]) -> None:
    """Book a month of every care slot of the household, and the coordination of its care.

    For a case in lasting contact only, no support hours are booked.
    """
    in_contact = {note[2] for note in notes if note[1] == diary.LASTING_CONTACT}
    home = world.households[household]
    mask = int(home["in_care"])
    for slot in slots_of(mask):
        kind = int(KIND_OF_SLOT[slot])
        if mask & int(TEAM_MASK) & 1 << slot:
            team = world.teams[team_of_slot(world, household, slot)]
            hours = 0.0 if slot in in_contact else float(team["hours_per_case"])
            payments.team_hours(world, books.pages, _law_of_team(kind), hours)
        else:
            price = int(world.providers[provider_of(world, household, slot)]["price_cents"])
            payments.care_of_kind(world, books.pages, kind, price)
    if home["flags"] & FLAG_COORDINATED and mask & int(TEAM_MASK) and mask & int(SPECIALIST_MASK):
        kind = WIJKTEAM if mask & 1 << WIJKTEAM else YOUTH_TEAM
        hours = float(world.p["hours_per_coordination"][0])
        payments.team_hours(world, books.pages, _law_of_team(kind), hours)


def _hours_of_teams(world: "World", books: Books, notes: list[Any]) -> None:
    """Book the team hours for one household of intakes, light help and other work."""
    p = world.p[0]
    intake_hours = hours_of_intake(p["hours_per_intake"], p["first_help_months"], p["planning_saves"])
    hours = {
        diary.INTAKE: intake_hours,
        diary.LIGHT_HELP: p["hours_per_light_help"],
        diary.NETWORK_TALK: p["hours_per_network_talk"],
        diary.CLOSE_TO_FAMILY: p["edge_hours"],
        diary.LASTING_CONTACT: p["contact_hours"],
        diary.OTHER_TAKEN_UP: p["joining_hours"],
    }
    for note in notes:
        if note[1] in hours:
            law = _law_of_team(int(KIND_OF_SLOT[note[2]]))
            payments.team_hours(world, books.pages, law, float(hours[note[1]]))
        elif note[1] == diary.BOUGHT_BY_TEAM:
            law = LAW_YOUTH if note[2] >= YOUTH else LAW_NONE
            payments.team_hours(world, books.pages, law, float(note[4] * p["hours_per_purchase"]))
        elif note[1] == diary.POVERTY_GIFT:
            payments.team_hours(world, books.pages, LAW_NONE, float(p["gift_hours"]))


def _law_of_team(kind: int) -> int:
    """Return the law under which a team's work is booked."""
    return LAW_YOUTH if kind == YOUTH_TEAM else LAW_NONE


PROBLEM_NAMES: Final = (*DOMAINS, *(f"youth_{child + 1}" for child in range(N_CHILDREN)))
# Notes that are derived from the states of two consecutive months, not written by rules.
OBSERVED: Final = (
    "spilled_over", "became_heavy", "was_over", "circle_supports", "circle_stops", "circle_overburdened",
    "circle_recovered",
)  # fmt: skip
ABOUT_A_SLOT: Final = frozenset(
    ("joined", "dropped", "passed_on", "lost", "intake", "harmed", "light_help", "coordinated", "started",
     "not_renewed", "renewed", "ended", "handed_over", "network_talk", "close_to_family", "other_handed_over",
     "other_lost", "other_taken_up", "at_desk", "turned_away", "access_only", "lasting_contact", "broken_off",
     "advised", "no_case")
)  # fmt: skip
SUPPORTS_FROM, STOPS_BELOW = 0.05, 0.02  # hysteresis of notes on informal support

Note = tuple[int, str, str, str, float, float]


def name_of_slot(slot: int) -> str:
    """Return the name of a care slot: its kind, and for a child the child's number.

    Parameters
    ----------
    slot : int
        Number of the care slot.

    Returns
    -------
    str
        Name of the slot.

    Examples
    --------
    >>> name_of_slot(1), name_of_slot(15)
    ('guidance', 'youth_outpatient_2')
    """
    kind = KINDS[KIND_OF_SLOT[slot]]
    return kind if slot < N_ADULT_KINDS else f"{kind}_{(slot - N_ADULT_KINDS) // N_YOUTH_KINDS + 1}"


def note_in_words(note: tuple[Any, ...]) -> Note:
    """Return a note with names for its numbers.

    Parameters
    ----------
    note : tuple
        A note as `read_notes` returns it.

    Returns
    -------
    Note
        The note with names.
    """
    month, number, about, by, value, truth = note
    what = diary.NOTES[number]
    if what in ABOUT_A_SLOT:
        subject = name_of_slot(about)
    elif what in ("born", "grew_up"):
        subject = PROBLEM_NAMES[len(DOMAINS) + about]
    else:
        subject = PROBLEM_NAMES[about] if about >= 0 else ""
    return month, what, subject, ROUTES[by] if by >= 0 else "", value, truth


def without_repeated_notes(notes: list[Note]) -> list[Note]:
    """Return a month's notes without duplicates.

    A lost request is not also noted as not granted. A request at the desk is noted whenever a provider
    processes its list; only the first note is kept.

    Parameters
    ----------
    notes : list of Note
        Notes of one month.

    Returns
    -------
    list of Note
        Notes in the same order.
    """
    lost = {note[3] for note in notes if note[1] == "lost"}
    at_desk = {note: turn for turn, note in reversed([*enumerate(notes)]) if note[1] == "at_desk"}
    return [
        note
        for turn, note in enumerate(notes)
        if (note[1] != "not_granted" or note[3] not in lost) and at_desk.get(note, turn) == turn
    ]


@dataclass
class HouseholdDiary:
    """Records one household at the end of every month.

    Attributes
    ----------
    household : int
        Number of the household, from 0.
    notes : list of tuple
        Month, what, about whom, by whom, value, truth; in order of time.
    months : list of dict
        State at the end of every month.
    costs : list of tuple
        Month, payer, payee, line, law, cents.
    portraits : dict
        Description of the residents by month.
    """

    household: int
    notes: list[Note] = field(default_factory=list)
    months: list[dict[str, Any]] = field(default_factory=list)
    costs: list[tuple[Any, ...]] = field(default_factory=list)
    portraits: dict[int, dict[str, Any]] = field(default_factory=dict)

    def start_watching(self, model: "Model") -> None:
        """Start to observe a run.

        Parameters
        ----------
        model : Model
            The running model.
        """
        model.world = diary.watch(model.world, self.household)
        model.observers.append(self)

    def after_process(self, model: "Model", process: str) -> None:
        """Record the month after its last process.

        Parameters
        ----------
        model : Model
            The running model.
        process : str
            Name of the process, as in `schedule.MONTH`.
        """
        if process != "observation":
            return
        noted = diary.read_notes(model.world)
        self.notes += without_repeated_notes([note_in_words(note) for note in noted])
        state = self._state(model)
        if self.months and self.months[-1]["since"] == state["since"]:
            self.notes += self._observed(self.months[-1], state, noted)
        self.months.append(state)
        books = household_books(model.world, self.household, noted)
        for payer, payee, line, law, amount in books.entries().tolist():
            names = (PARTIES[payer], PARTIES[payee], LINES[line], LAWS[law])
            self.costs.append((model.month, *names, amount))
        self.portraits[model.month] = self._portrait(model)

    def _state(self, model: "Model") -> dict[str, Any]:
        """Return the state of the household at the end of a month."""
        world = model.world
        home = world.households[self.household]
        network = world.networks[home["network"]]
        severities = {f"severity_{name}": float(home["severity"][i]) for i, name in enumerate(PROBLEM_NAMES)}
        return {
            "month": model.month,
            **severities,
            "in_care": " ".join(name_of_slot(slot) for slot in slots_of(int(home["in_care"]))),
            "waiting": " ".join(name_of_slot(slot) for slot in slots_of(int(home["waiting"]))),
            "support": float(home["support"]),
            "overburdened": bool(network["tiredness"] > world.p["overburdened_at"][0]),
            "unmet": any(
                home["severity"][i] >= JUST_VISIBLE and not is_attended(home["in_care"], i)
                for i in range(N_PROBLEMS)
            ),
            "heavy": bool(int(home["in_care"]) & int(HEAVY_MASK)),
            "heavy_at": float(world.p["heavy_at"][0]),
            "since": int(world.lives["since"][self.household]),
        }

    def _observed(self, before: dict[str, Any], now: dict[str, Any], noted: list[Any]) -> list[Note]:
        """Return notes on changes between two months that no rule has noted."""
        month, found = now["month"], []
        began = {note[2] for note in noted if note[1] in (diary.STRUCK, diary.CARER_STRAINED)}
        for number in range(N_PROBLEMS):
            name = PROBLEM_NAMES[number]
            old, new = before[f"severity_{name}"], now[f"severity_{name}"]
            if old == 0.0 < new and number not in began:
                found.append((month, "spilled_over", name, "", 0.0, new))
            if old < now["heavy_at"] <= new:
                found.append((month, "became_heavy", name, "", 0.0, new))
            if new == 0.0 < old:
                found.append((month, "was_over", name, "", 0.0, 0.0))
        supported = self._supported
        if not supported and now["support"] >= SUPPORTS_FROM:
            found.append((month, "circle_supports", "", "", now["support"], 0.0))
        if supported and now["support"] < STOPS_BELOW:
            found.append((month, "circle_stops", "", "", now["support"], 0.0))
        if before["overburdened"] != now["overburdened"]:
            what = "circle_overburdened" if now["overburdened"] else "circle_recovered"
            found.append((month, what, "", "", 0.0, 0.0))
        return found

    @property
    def _supported(self) -> bool:
        """Whether the last note on its circle says that it supports the household."""
        support_notes = [note[1] for note in self.notes if note[1] in ("circle_supports", "circle_stops")]
        return bool(support_notes) and support_notes[-1] == "circle_supports"

    def _portrait(self, model: "Model") -> dict[str, Any]:
        """Return a description of the current residents."""
        home = model.world.households[self.household]
        life = model.world.lives[self.household]
        births = [(seat + 1, int(born)) for seat, born in enumerate(life["child_birth"]) if born != NEVER]
        return {
            "since": int(life["since"]),
            "wijk": int(home["wijk"]) + 1,
            "adults": 1 + int(life["partner"]),
            "age": (model.month - int(life["oldest_birth"])) // 12,
            "children": [[seat, (model.month - born) // 12] for seat, born in births],
            "income": int(home["income"]) + 1,
            "tenant": bool(home["flags"] & FLAG_TENANT),
            "shy": bool(home["flags"] & FLAG_SHAME),
        }

    def tables(self, resident_at: int, first_month: int, last_month: int) -> dict[str, pd.DataFrame]:
        """Return notes, months and costs of the residents of `resident_at`, as long as they live there.

        Parameters
        ----------
        resident_at : int
            Month that determines the residents.
        first_month, last_month : int
            First and last month of the tables, both included.

        Returns
        -------
        dict of str to DataFrame
            Tables by name.
        """
        since = self.portraits[resident_at]["since"]
        begin = max(first_month, since)
        gone = [i for i, note in enumerate(self.notes) if note[1] in ("moved", "left_by_death")]
        first = max((i + 1 for i in gone if self.notes[i][0] <= resident_at), default=0)
        last = min((i for i in gone if self.notes[i][0] > resident_at), default=len(self.notes) - 1)
        until = self.notes[last][0] - 1 if last in gone else last_month
        notes = [note for note in self.notes[first : last + 1] if begin <= note[0] <= last_month]
        months = [state for state in self.months if max(since, begin - 1) <= state["month"] <= until]
        costs = [cost for cost in self.costs if begin <= cost[0] <= until]
        return {
            "notes": pd.DataFrame(notes, columns=["month", "what", "about", "by", "value", "truth"]),
            "months": pd.DataFrame(months).drop(columns=["since"]),
            "costs": pd.DataFrame(costs, columns=["month", "payer", "payee", "line", "law", "cents"]),
        }


# Counts per household: crises, months in heavy care, months with unmet need, and cost to all payers in euros.
COUNTED: Final = ("crises", "heavy_months", "unmet_months", "cost_eur")


class HouseholdSurvey:
    """Counts crises, heavy care, unmet need and cost of every household from a month on.

    Parameters
    ----------
    since : int
        First month that counts. Residents who arrive later are not counted.
    """

    def __init__(self, since: int) -> None:
        self.since = since
        self.counted: dict[str, np.ndarray] = {}
        self.here = np.zeros(0, dtype=bool)
        self.listed = np.zeros(0, dtype=np.uint32)  # team slots waited for before teams work

    def start_watching(self, model: "Model") -> None:
        """Start to observe a run.

        Parameters
        ----------
        model : Model
            The running model.
        """
        model.observers.append(self)

    def after_process(self, model: "Model", process: str) -> None:
        """Count intakes and crises after their processes, and the rest at the end of the month.

        Parameters
        ----------
        model : Model
            The running model.
        process : str
            Name of the process, as in `schedule.MONTH`.
        """
        if model.month < self.since:
            return
        if not self.counted:
            self.counted = {name: np.zeros(len(model.world.households)) for name in COUNTED}
        if model.month == self.since and process == "observation":
            self.here = model.world.lives["since"] <= self.since
        if process == "signals":
            self.listed = model.world.households["waiting"] & TEAM_MASK
        elif process == "teams":
            self._count_intakes(model)
        elif process == "specialists":
            self._count_crises(model)
        elif process == "observation":
            self._count_month(model)

    def _active_residents(self, model: "Model") -> np.ndarray:
        """Return the active households whose residents lived there at the start."""
        active = model.world.active[: model.world.counts[0]]
        return active[model.world.lives["since"][active] <= self.since]

    def _count_intakes(self, model: "Model") -> None:
        """Count the cost of intakes: everyone whom a team removed from its waiting list had one."""
        world, residents = model.world, self._active_residents(model)
        had_intake = self.listed[residents] & ~world.households["waiting"][residents]
        intakes = sum((had_intake >> np.uint32(slot)) & np.uint32(1) for slot in range(N_SLOTS))
        per_hour = payments.eur_per_post(world) / float(world.p["hours_per_fte"][0])
        self.counted["cost_eur"][residents] += intakes * float(world.p["hours_per_intake"][0]) * per_hour

    def _count_crises(self, model: "Model") -> None:
        """Count problems that are served as crises next, and their direct cost."""
        residents = self._active_residents(model)
        in_crisis = model.world.households["severity"][residents] >= 1.0
        cost = model.world.p["crisis_cost_eur"][0][np.minimum(np.arange(N_PROBLEMS), YOUTH)]
        self.counted["crises"][residents] += in_crisis.sum(axis=1)
        self.counted["cost_eur"][residents] += in_crisis @ cost

    def _count_month(self, model: "Model") -> None:
        """Count months in heavy care and with unmet need, and the price of care slots."""
        world, residents = model.world, self._active_residents(model)
        homes = world.households[residents]
        mask = homes["in_care"]
        unmet = (homes["severity"] >= JUST_VISIBLE) & ((mask[:, None] & HELP_MASK[None, :]) == 0)
        self.counted["heavy_months"][residents] += (mask & HEAVY_MASK) != 0
        self.counted["unmet_months"][residents] += unmet.any(axis=1)
        prices = np.zeros(N_KINDS)
        prices[world.providers["kind"]] = world.providers["price_cents"] / 100.0
        for slot in range(N_SLOTS):
            has = (mask >> np.uint32(slot)) & np.uint32(1)
            price = prices[KIND_OF_SLOT[slot]]
            if int(TEAM_MASK) >> slot & 1:
                wijken = world.wijken[homes["wijk"]]
                team = wijken["team"] if slot == WIJKTEAM else wijken["youth_team"]
                price = world.teams["hours_per_case"][team] * payments.eur_per_post(world)
                price = price / float(world.p["hours_per_fte"][0])
            self.counted["cost_eur"][residents] += has * price
