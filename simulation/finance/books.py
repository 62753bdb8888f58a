"""Double entry: every euro is booked, in whole cents, from a payer to a payee, by line and law.

Beside it stands what was paid for: the same cents by item, by who bears them and by law.
"""

from typing import Final, NamedTuple

import numpy as np

from agents.compiled import compiled, compiled_inline
from agents.vocabulary import (
    GENERAL_MEANS,
    HOUSEHOLD,
    KINDS,
    LAW_YOUTH,
    LINE_FIRST,
    MUNICIPALITY,
    N_KINDS,
    N_LAWS,
    N_LINES,
    N_PARTIES,
    NATIONAL_GOVERNMENT,
    WIJKTEAM,
    YOUTH_TEAM,
)
from simulation.recording.tallies import CRISES

# What is paid for: each kind of care, each kind of crisis, and what stands beside them.

# An item below N_KINDS is a kind of care; those of teams are the staff of teams, for adults and for children.
ITEMS: Final = (
    *KINDS,
    *(f"crisis_{crisis}" for crisis in CRISES),
    "team_organisation",
    "access",
    "referral_sources",
    "steering",
    "social_base",
    "low_threshold",
    "poverty_gifts",
)
FIRST_CRISIS: Final = N_KINDS
TEAM_ORGANISATION: Final = N_KINDS + len(CRISES)
ACCESS: Final = TEAM_ORGANISATION + 1
REFERRAL_SOURCES: Final = ACCESS + 1
STEERING: Final = ACCESS + 2
BASE: Final = ACCESS + 3
LOW_THRESHOLD_HELP: Final = ACCESS + 4
GIFTS: Final = ACCESS + 5
N_ITEMS: Final = len(ITEMS)
# A payment that moves money between payers and pays for nothing: grants and general means.
TRANSFER: Final = -1
# Whose law a team's staff is booked under says for whom it works.
STAFF_ITEM: Final = tuple(YOUTH_TEAM if law == LAW_YOUTH else WIJKTEAM for law in range(4))
# What a policy pays for itself: staff, links and whatever else is organised. The rest is care and crises.
OWN_COST: Final = frozenset(
    {KINDS[WIJKTEAM], KINDS[YOUTH_TEAM], *ITEMS[TEAM_ORGANISATION:]},
)


CENTS = 100


class Pages(NamedTuple):
    """The month's books, as compiled code takes them.

    Attributes
    ----------
    month : int64 array of shape (n_parties, n_parties, n_lines, n_laws)
        Cents from payer to payee.
    by_item : int64 array of shape (n_items, n_parties, n_laws)
        Cents that each party bears of each item: what it paid less what it received for it. Transfers,
        such as grants, stand nowhere here.
    """

    month: np.ndarray
    by_item: np.ndarray


@compiled_inline
def cents(euros: float) -> int:
    """Return an amount in whole cents, rounded half to even.

    Examples
    --------
    >>> cents(12.345)
    1234
    """
    return round(euros * CENTS)


@compiled
def book_payment(
    books: Pages, payer: int, payee: int, line: int, law: int, item: int, amount_cents: int
) -> None:
    """Book one payment in the month's books, `Pages`; it pays for an item, or is a `TRANSFER`.

    Raises
    ------
    ValueError
        For a negative amount: money that goes back is a payment the other way.
    """
    if amount_cents < 0:
        raise ValueError("a payment below zero: expected 0 cents or more")
    books.month[payer, payee, line, law] += amount_cents
    if item != TRANSFER:
        books.by_item[item, payer, law] += amount_cents
        if payee == MUNICIPALITY:  # passes on what it receives
            books.by_item[item, MUNICIPALITY, law] -= amount_cents


TOTALS = np.dtype(
    [
        ("by_line", np.int64, (N_LINES,)),  # what the municipality pays
        ("by_law", np.int64, (N_LAWS,)),  # the same, net of own contributions it receives
        ("first_by_law", np.int64, (N_LAWS,)),  # of what the municipality pays, teams and access
        ("means", np.int64, (N_LAWS,)),  # grants, and what comes from its general means
        ("grants", np.int64),
        ("all_payers", np.int64),  # what everybody pays for care; what the municipality receives moves on
    ]
)


@compiled
def add_up(month: np.ndarray, totals: np.ndarray) -> None:
    """Add the month's books up, cents, record array of shape (1,) of `TOTALS`."""
    total = totals[0]
    total["grants"] = 0
    total["all_payers"] = 0
    for line in range(N_LINES):
        total["by_line"][line] = 0
    for law in range(N_LAWS):
        total["by_law"][law] = 0
        total["first_by_law"][law] = 0
        total["means"][law] = 0
    for line in range(N_LINES):
        for law in range(N_LAWS):
            for payer in range(N_PARTIES):
                for payee in range(N_PARTIES):
                    total["all_payers"] += month[payer, payee, line, law] * (payee != MUNICIPALITY)
            for party in range(N_PARTIES):
                total["by_line"][line] += month[MUNICIPALITY, party, line, law]
                total["by_law"][law] += month[MUNICIPALITY, party, line, law]
                total["first_by_law"][law] += month[MUNICIPALITY, party, line, law] * (line == LINE_FIRST)
            total["by_law"][law] -= month[HOUSEHOLD, MUNICIPALITY, line, law]
            grant = month[NATIONAL_GOVERNMENT, MUNICIPALITY, line, law]
            total["grants"] += grant
            total["means"][law] += grant + month[GENERAL_MEANS, MUNICIPALITY, line, law]


class Books:
    """The books of one municipality for the month at hand.

    Attributes
    ----------
    pages : Pages
        The month's books, by payer and payee, and by item.
    closed : record array of shape (1,)
        `TOTALS`: the month's books added up when they were closed, cents.
    """

    def __init__(self) -> None:
        self.pages = Pages(
            np.zeros((N_PARTIES, N_PARTIES, N_LINES, N_LAWS), dtype=np.int64),
            np.zeros((N_ITEMS, N_PARTIES, N_LAWS), dtype=np.int64),
        )
        self.closed = np.zeros(1, dtype=TOTALS)

    @property
    def month(self) -> np.ndarray:
        """Cents from payer to payee this month, int64 of shape (n_parties, n_parties, n_lines, n_laws)."""
        return self.pages.month

    @property
    def by_item(self) -> np.ndarray:
        """Cents each party bears of each item this month, int64 of shape (n_items, n_parties, n_laws)."""
        return self.pages.by_item

    @property
    def totals(self) -> np.void:
        """The month's books added up, a record of `TOTALS`."""
        return self.closed[0]

    def open_month(self) -> None:
        """Begin a month with empty books."""
        self.month[:] = 0
        self.by_item[:] = 0

    def book_payment(
        self, payer: int, payee: int, line: int, law: int, amount_cents: int, item: int = TRANSFER
    ) -> None:
        """Book one payment."""
        book_payment(self.pages, payer, payee, line, law, item, amount_cents)

    def entries(self) -> np.ndarray:
        """Return this month's entries, int64 of shape (n_entries, 5): payer, payee, line, law, cents."""
        cents_in_line = self.month.ravel()
        booked = cents_in_line.nonzero()[0]
        return np.column_stack([*np.unravel_index(booked, self.month.shape), cents_in_line[booked]])

    def close_month(self) -> None:
        """Add the month's books up, once every payment is booked."""
        add_up(self.month, self.closed)
