"""Double-entry books: every payment in whole cents, from payer to payee, by line and law.

The same cents are also recorded by item, by the party that bears them and by law.
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

# Items of expenditure. Items below N_KINDS are kinds of care; those of teams are the staff of teams, for
# adults and for children.
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
# Instead of an item: a transfer between payers, such as grants and general means.
TRANSFER: Final = -1
# Item of a team's staff by the law under which its work is booked.
STAFF_ITEM: Final = tuple(YOUTH_TEAM if law == LAW_YOUTH else WIJKTEAM for law in range(4))
# Items that are the own cost of a policy: staff, links and other organisation. The rest is care and crises.
OWN_COST: Final = frozenset(
    {KINDS[WIJKTEAM], KINDS[YOUTH_TEAM], *ITEMS[TEAM_ORGANISATION:]},
)


CENTS = 100


class Pages(NamedTuple):
    """The month's books as arrays for compiled code.

    Attributes
    ----------
    month : int64 array of shape (n_parties, n_parties, n_lines, n_laws)
        Cents from payer to payee.
    by_item : int64 array of shape (n_items, n_parties, n_laws)
        Cents that each party bears of each item: paid less received for it. Transfers, such as grants, are
        not included.
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
    """Book one payment in the month's books, `Pages`, for an item or as a `TRANSFER`.

    Raises
    ------
    ValueError
        When the amount is negative: a refund is a payment in the other direction.
    """
    if amount_cents < 0:
        raise ValueError("a payment below zero: expected 0 cents or more")
    books.month[payer, payee, line, law] += amount_cents
    if item != TRANSFER:
        books.by_item[item, payer, law] += amount_cents
        if payee == MUNICIPALITY:  # the municipality spends what it receives
            books.by_item[item, MUNICIPALITY, law] -= amount_cents


TOTALS = np.dtype(
    [
        ("by_line", np.int64, (N_LINES,)),  # paid by the municipality
        ("by_law", np.int64, (N_LAWS,)),  # the same, less the own contributions that it receives
        ("first_by_law", np.int64, (N_LAWS,)),  # paid by the municipality for teams and access
        ("means", np.int64, (N_LAWS,)),  # grants and payments from general means
        ("grants", np.int64),
        ("all_payers", np.int64),  # paid by all parties for care, without payments to the municipality
    ]
)


@compiled
def add_up(month: np.ndarray, totals: np.ndarray) -> None:
    """Compute the totals of the month's books, cents, in a record array of shape (1,) of `TOTALS`."""
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
    """The books of one municipality for the current month.

    Attributes
    ----------
    pages : Pages
        The month's books, by payer and payee, and by item.
    closed : record array of shape (1,)
        `TOTALS`: totals of the month's books when they were closed, cents.
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
        """Totals of the closed month, a record of `TOTALS`."""
        return self.closed[0]

    def open_month(self) -> None:
        """Empty the books for a new month."""
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
        """Compute the totals of the month, after every payment is booked."""
        add_up(self.month, self.closed)
