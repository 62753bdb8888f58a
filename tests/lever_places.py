"""Where each parameter works: whose state it changes first, in which process; and how to see it."""

import zlib
from dataclasses import dataclass

import numpy as np

from simulation.observation.recorder import MONTHLY

# Whose state is kept where in a world. What holds for the whole town is the municipality's.
AGENTS = {
    "household": ("households", "lives", "calendar", "attention"),
    "informal_network": ("networks",),
    "wijkteam": ("teams", "wijken"),
    "provider": ("providers", "queues", "entries"),
    "municipality": (),
    "national_government": (),
}
TOWN = frozenset(("municipality", "national_government"))
EVENTS = ("births", "separations", "household_deaths", "moves", "households_formed", "disputes")
# These say themselves how often trouble comes, or to whom.
ABOUT_EVENTS = frozenset(
    (
        "household.onset_per_year",
        "household.youth_trend_per_year",
        "household.care_trend_per_year",
        "population.frailty_spread",
    )
)


@dataclass
class Parting:
    """When and where two runs first differ, and whose state does."""

    month: int
    process: str
    agents: frozenset[str]


class Fingerprints:
    """A witness that keeps one number for the state of each kind of agent after every process."""

    def __init__(self):
        self.seen = []

    def sees(self, model, process):
        state = {
            agent: [fingerprint(getattr(model.world, name)) for name in names]
            for agent, names in AGENTS.items()
            if names
        }
        town = [fingerprint(model.books.month), fingerprint(model.world.municipality)]
        self.seen.append((process, state | dict.fromkeys(TOWN, town)))


def fingerprint(array):
    """Return a number that is the same for equal arrays; the gaps between fields hold nothing."""
    found = 0
    for part in [array[name] for name in array.dtype.names] if array.dtype.names else [array]:
        found = zlib.crc32(np.ascontiguousarray(part).tobytes(), found)
    return found


def first_parting(one, other, end):
    """Run two models month by month until somebody is not as in the other run; return where, if ever.

    Rules and prices of the town may differ long before anybody meets them: the town counts only
    where nobody else differs.
    """
    pages = Fingerprints(), Fingerprints()
    for model, page in zip((one, other), pages, strict=True):
        model.witnesses.append(page)
    parting = None
    while one.month < end and not (parting and parting.agents - TOWN):
        month = one.month
        for model, page in zip((one, other), pages, strict=True):
            page.seen.clear()
            model.step()
        parting = _parting_within(*pages, month, parting)
    for model, page in zip((one, other), pages, strict=True):
        model.witnesses.remove(page)
    return parting


def _parting_within(one, other, month, before):
    """Return the first parting of people within a month, else the first of the town, else what was known."""
    for (process, mine), (_, theirs) in zip(one.seen, other.seen, strict=True):
        differ = frozenset(agent for agent in AGENTS if mine[agent] != theirs[agent])
        if differ - TOWN:
            return Parting(month, process, differ)
        if differ and before is None:
            before = Parting(month, process, differ)
    return before


def events_of(model):
    """Return what life brought since the transition, per month: events, and onsets of trouble."""
    names = [*EVENTS, *(name for name in MONTHLY if name.startswith("onsets_"))]
    return {name: model.recorder.column(name)[model.transition : model.month].copy() for name in names}


PLACES = {}
