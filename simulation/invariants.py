"""Invariants of the model (model.md section 7): a function each, which raises AssertionError when violated.

Tests call them. A run does not, because they check every household one by one.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.vocabulary import (
    HOUSEHOLD,
    KINDS,
    MUNICIPALITY,
    N_KINDS,
    N_SLOTS,
    NEVER,
    ON_DEMAND,
    PARTIES,
    SAFETY,
    WITHOUT_SLOTS,
)
from simulation.processes.care.care_slots import KIND_OF_SLOT, SPECIALIST_MASK, TEAM_MASK, child_of_slot
from simulation.processes.care.waiting_lists import provider_of
from simulation.recording.tallies import DROPPED, ENDS, QUEUED, STARTS
from simulation.schedule import MONTH, specialists
from simulation.world import (
    CHILDREN_HERE,
    FREE_HEAD,
    HOUSEHOLDS_HERE,
    NEAR_CRISIS,
    USED_ENTRIES,
    WITH_SPECIALIST,
    WITH_TEAM,
)

if TYPE_CHECKING:
    from simulation.model import Model


class Stocks(NamedTuple):
    """Stocks that are compared between the start and the end of a month.

    Attributes
    ----------
    slots, waiting : int64 arrays of shape (n_wijken, n_kinds)
        Clients in care and people on waiting lists.
    reserves_cents : int
        Reserves of the municipality.
    """

    slots: np.ndarray
    waiting: np.ndarray
    reserves_cents: int


def stocks(model: "Model") -> Stocks:
    """Return a copy of the current stocks.

    Parameters
    ----------
    model : Model
        The running model.

    Returns
    -------
    Stocks
        Current clients, waiting and reserves.
    """
    world = model.world
    return Stocks(world.slots.copy(), world.waiting.copy(), model.municipality.reserves_cents)


def run_checked(model: "Model", months: int = 1) -> None:
    """Run some months, as `Model.step` does, and check all invariants.

    Parameters
    ----------
    model : Model
        The running model.
    months : int, optional
        Number of months to run.
    """
    for _ in range(months):
        before = stocks(model)
        for process in MONTH:
            process(model)
            if process is specialists:
                check_capacity(model)
                check_crises_served(model)
        check_model(model, before)
        model.month += 1


def check_model(model: "Model", before: Stocks) -> None:
    """Check all invariants that hold at the end of a month; raise AssertionError when one is violated.

    Parameters
    ----------
    model : Model
        The running model.
    before : Stocks
        Result of `stocks` before the month.
    """
    check_nothing_undefined(model)
    check_people_counted(model)
    check_severities(model)
    check_nobody_lost(model, before)
    check_counters(model)
    check_waiting_lists(model)
    check_care_marks(model)
    check_books(model)
    check_items(model)
    check_reserves(model, before)


def check_nothing_undefined(model: "Model") -> None:
    """Check that every number of every agent and every indicator is finite.

    Parameters
    ----------
    model : Model
        The running model.
    """
    for record in ("households", "lives", "networks", "wijken", "teams", "providers", "municipality"):
        array = getattr(model.world, record)
        for name in array.dtype.names:
            _require(np.isfinite(array[name]).all(), f"{record}.{name} holds something that is no number")
    row = model.recorder.monthly[model.month - model.start_month]
    _require(np.isfinite(row).all(), f"month {model.month}: an indicator is no number")


def check_people_counted(model: "Model") -> None:
    """Check that the numbers of households, adults and children equal a recount over all households.

    Parameters
    ----------
    model : Model
        The running model.
    """
    lives = model.world.lives[model.world.lives["since"] <= model.month]
    adults = len(lives) + int((lives["partner"] != 0).sum())
    counted = [len(lives), adults, int((lives["child_birth"] != NEVER).sum())]
    kept = model.world.counts[HOUSEHOLDS_HERE : CHILDREN_HERE + 1].tolist()
    _require(kept == counted, f"households, adults, children: {kept} kept count of, {counted} live here")
    formed = [int(group["formed"].sum()) for group in (model.world.wijken, model.world.networks)]
    _require(formed == [len(lives)] * 2, f"formed in wijken and networks: {formed}, expected {len(lives)}")


def check_severities(model: "Model") -> None:
    """Check that severity, strength, trust, support and tiredness are in [0, 1].

    Parameters
    ----------
    model : Model
        The running model.
    """
    world = model.world
    for name in ("severity", "strength", "trust", "support"):
        values = world.households[name]
        outside = (values < 0.0) | (values > 1.0)
        _require(not outside.any(), f"{name} = {values[outside][:1]}: expected a value in [0, 1]")
    tiredness = world.networks["tiredness"]
    _require(((tiredness >= 0.0) & (tiredness <= 1.0)).all(), "tiredness of a network outside [0, 1]")


def check_nobody_lost(model: "Model", before: Stocks) -> None:
    """Check flows against stocks per wijk and kind of care.

    Starts less ends equal the change in clients; a waiting list shrinks by the starts at most.

    Parameters
    ----------
    model : Model
        The running model.
    before : Stocks
        Result of `stocks` before the month.
    """
    world, kinds = model.world, np.arange(N_KINDS)
    flows = {name: world.tally[:, first + kinds] for name, first in _FLOWS.items()}
    change = world.slots - before.slots
    wrong = np.argwhere(flows["starts"] - flows["ends"] != change)
    if len(wrong):
        wijk, kind = wrong[0]
        raise AssertionError(
            f"{KINDS[kind]} in wijk {wijk}: {flows['starts'][wijk, kind]} starts less "
            f"{flows['ends'][wijk, kind]} ends, but the stock changed by {change[wijk, kind]}"
        )
    from_list = flows["queued"] - flows["dropped"] - (world.waiting - before.waiting)
    possible = (from_list >= 0) & (from_list <= flows["starts"])
    _require(possible.all(), "more people left a waiting list than joined it, started or dropped out")


_FLOWS = {"starts": STARTS, "ends": ENDS, "queued": QUEUED, "dropped": DROPPED}


def check_counters(model: "Model") -> None:
    """Check that clients and people waiting per wijk, team and provider equal a recount over households.

    Parameters
    ----------
    model : Model
        The running model.
    """
    world = model.world
    for bits, stock, few in (
        ("in_care", world.slots, ("caseload", "clients")),
        ("waiting", world.waiting, ("waiting", "waiting")),
    ):
        per_wijk, per_team, per_provider = recount(model, bits)
        _require_equal(per_wijk, stock, f"{bits} per wijk and kind")
        _require_equal(per_team, world.teams[few[0]], f"{few[0]} of the teams")
        _require_equal(per_provider, world.providers[few[1]], f"{few[1]} of the providers")


def recount(model: "Model", bits: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Count the care slots of all households, int64 arrays per wijk and kind, per team and per provider.

    Parameters
    ----------
    model : Model
        The running model.
    bits : {"in_care", "waiting"}
        Which of a household's bits to count.

    Returns
    -------
    tuple of three int64 arrays
        Of shape (n_wijken, n_kinds), (n_teams,) and (n_providers,).
    """
    world = model.world
    per_wijk = np.zeros_like(world.slots)
    per_team = np.zeros(len(world.teams), dtype=np.int64)
    per_provider = np.zeros(len(world.providers), dtype=np.int64)
    for household, slot in slots_of(model, bits):
        kind = KIND_OF_SLOT[slot]
        per_wijk[world.households["wijk"][household], kind] += 1
        if kind in WITHOUT_SLOTS:
            per_team[_team_of(model, household, slot)] += 1
        else:
            per_provider[int(provider_of(model.world, household, slot))] += 1
    return per_wijk, per_team, per_provider


def slots_of(model: "Model", bits: str) -> list[tuple[int, int]]:
    """Return every household and care slot whose bit is set, ordered by household.

    Parameters
    ----------
    model : Model
        The running model.
    bits : str
        Field of the households' records: "in_care" or "waiting".

    Returns
    -------
    list of tuple of int
        Household and care slot, both counted from 0.
    """
    masks = model.world.households[bits]
    return [
        (int(household), slot)
        for household in np.flatnonzero(masks)
        for slot in range(N_SLOTS)
        if int(masks[household]) >> slot & 1
    ]


def _team_of(model: "Model", household: int, slot: int) -> int:
    wijk = model.world.wijken[model.world.households["wijk"][household]]
    return int(wijk["team"] if child_of_slot(slot) < 0 else wijk["youth_team"])


def check_waiting_lists(model: "Model") -> None:
    """Check that people who wait are in the list of their team or provider, and that no entry is lost.

    Parameters
    ----------
    model : Model
        The running model.
    """
    world = model.world
    used = int(world.counts[USED_ENTRIES])
    found = len(_linked_entries(world.entries, int(world.counts[FREE_HEAD]), used))
    listed: set[tuple[int, int, int]] = set()
    for number, queue in enumerate(world.queues):
        owner = number // 2 if number < 2 * len(world.teams) else number - len(world.teams)
        linked = _linked_entries(world.entries, int(queue["head"]), len(world.entries))
        found += len(linked)
        listed |= {(owner, int(row["household"]), int(row["slot"])) for row in world.entries[linked]}
    _require(found == used, f"{used - found} entries of waiting lists are lost")
    for household, slot in slots_of(model, "waiting"):
        if KIND_OF_SLOT[slot] in WITHOUT_SLOTS:
            owner = _team_of(model, household, slot)
        else:
            owner = len(world.teams) + int(provider_of(model.world, household, slot))
        _require(
            (owner, household, slot) in listed,
            f"household {household} waits for {KINDS[KIND_OF_SLOT[slot]]} and stands in no list",
        )


def _linked_entries(entries: np.ndarray, head: int, most: int) -> list[int]:
    """Return the numbers of the entries of a linked list, from `head` on, `most` at most."""
    linked: list[int] = []
    while head >= 0 and len(linked) < most:
        linked.append(head)
        head = int(entries["next"][head])
    return linked


def check_care_marks(model: "Model") -> None:
    """Check that the marks of a team and of a specialist agree with the care slots of households.

    Parameters
    ----------
    model : Model
        The running model.
    """
    in_care = model.world.households["in_care"]
    for what, mark, slots in (
        ("team", WITH_TEAM, TEAM_MASK),
        ("specialist", WITH_SPECIALIST, SPECIALIST_MASK),
    ):
        wrong = np.flatnonzero(marked(model, mark) != ((in_care & slots) != 0))
        _require(len(wrong) == 0, f"households {wrong[:3]} are wrongly marked: with a {what} or not")


def check_crises_served(model: "Model") -> None:
    """Check that every household with violence or a crisis is marked; call it before process 8.

    Parameters
    ----------
    model : Model
        The running model.
    """
    severity = model.world.households["severity"]
    in_crisis = (severity.max(axis=1) >= 1.0) | (severity[:, SAFETY] >= model.world.p["violence_at"])
    missed = np.flatnonzero(in_crisis & ~marked(model, NEAR_CRISIS))
    _require(len(missed) == 0, f"households {missed[:3]} have a crisis and would be passed over")


def marked(model: "Model", mark: int) -> np.ndarray:
    """Return which households have a mark, bool array of shape (n_households,).

    Parameters
    ----------
    model : Model
        The running model.
    mark : int
        Row of `World.marks`.

    Returns
    -------
    bool array of shape (n_households,)
        True for households with the mark.
    """
    bits = np.unpackbits(model.world.marks[mark].view(np.uint8), bitorder="little")
    return bits[: len(model.world.households)] == 1


def check_capacity(model: "Model") -> None:
    """Check that providers that admitted from a waiting list this month have no more clients than slots.

    Call it after process 7: crises are served later, beyond capacity.

    Parameters
    ----------
    model : Model
        The running model.
    """
    if not model.world.p["slots_are_scarce"][0]:
        return
    providers = model.world.providers
    bound = ~np.isin(providers["kind"], ON_DEMAND) & (providers["exists"] == 1)
    over = bound & (providers["admitted"] > 0) & (providers["clients"] > providers["capacity"])
    for number in np.flatnonzero(over):
        row = providers[number]
        raise AssertionError(
            f"provider {number} of {KINDS[row['kind']]} admitted with {row['clients']} clients "
            f"on {row['capacity']} places"
        )


def check_books(model: "Model") -> None:
    """Check that payments equal receipts, in whole cents, and that costs add up by line and by law.

    Parameters
    ----------
    model : Model
        The running model.
    """
    books = model.books
    _require((books.month >= 0).all(), "a payment below zero stands in the books")
    pocketed = np.flatnonzero(books.month.sum(axis=(2, 3)).diagonal())
    _require(len(pocketed) == 0, f"{[PARTIES[each] for each in pocketed]} pay themselves")
    entries = books.entries()
    paid, received = (np.bincount(entries[:, side], entries[:, 4], len(PARTIES)) for side in (0, 1))
    _require_equal(books.month.sum(axis=(1, 2, 3)), paid.astype(np.int64), "what each party pays")
    _require_equal(books.month.sum(axis=(0, 2, 3)), received.astype(np.int64), "what each party receives")
    contributions = int(books.month[HOUSEHOLD, MUNICIPALITY].sum())
    totals = books.totals
    cost = int(books.month[MUNICIPALITY].sum()) - contributions
    _require(int(totals["by_line"].sum()) - contributions == cost, "municipal cost differs by line")
    _require(int(totals["by_law"].sum()) == cost, "municipal cost differs by law")
    moved_on = int(books.month[:, MUNICIPALITY].sum())
    _require(int(totals["all_payers"]) == books.month.sum() - moved_on, "cost differs by payer")


def check_items(model: "Model") -> None:
    """Check that costs by item add up to the books, by bearing party and by law, in whole cents.

    Parameters
    ----------
    model : Model
        The running model.
    """
    books = model.books
    borne = books.month.sum(axis=(1, 2))
    borne -= books.month[:, MUNICIPALITY].sum(axis=1)  # the municipality spends what it receives
    contributions = books.month[HOUSEHOLD, MUNICIPALITY].sum(axis=0)  # these pay for care
    borne[HOUSEHOLD] += contributions
    borne[MUNICIPALITY] -= contributions
    _require_equal(borne, books.by_item.sum(axis=0), "what each party bears by law, by item")
    municipal = books.by_item[:, MUNICIPALITY].sum(axis=0)
    _require_equal(books.totals["by_law"], municipal, "municipal cost by law, by item")
    everybody = int(books.by_item.sum())
    _require(int(books.totals["all_payers"]) == everybody, "cost of all payers differs by item")


def check_reserves(model: "Model", before: Stocks) -> None:
    """Check that reserves change by grants and general means less municipal cost only.

    Parameters
    ----------
    model : Model
        The running model.
    before : Stocks
        Result of `stocks` before the month.
    """
    totals, after = model.books.totals, model.municipality.reserves_cents
    grants = int(totals["means"].sum())
    if not model.responsible:
        _require(grants == 0 and after == 0, "grants or reserves before the transition")
    elif model.month > model.transition:
        expected = before.reserves_cents + grants - int(totals["by_law"].sum())
        _require(after == expected, f"reserves are {after} cents, expected {expected} by the books")


def _require(holds_now: bool | np.bool_, otherwise: str) -> None:
    if not holds_now:
        raise AssertionError(otherwise)


def _require_equal(counted: np.ndarray, kept: np.ndarray, what: str) -> None:
    wrong = np.argwhere(counted != kept)
    if len(wrong):
        at = tuple(wrong[0])
        raise AssertionError(f"{what}: counted {counted[at]} at {at}, but {kept[at]} is kept")
