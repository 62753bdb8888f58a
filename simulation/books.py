"""Double entry: every euro is booked, in whole cents, from a payer to a payee, by line and law."""

import numpy as np

from agents.rule import rule, seldom
from agents.vocabulary import (
    GENERAL_MEANS,
    HOUSEHOLD,
    LINE_FIRST,
    MUNICIPALITY,
    N_LAWS,
    N_LINES,
    N_PARTIES,
    NATIONAL_GOVERNMENT,
)

CENTS = 100


@rule
def cents(euros):
    """Return an amount in whole cents, rounded half to even.

    Examples
    --------
    >>> cents(12.345)
    1234
    """
    return round(euros * CENTS)


@seldom
def pays(month, payer, payee, line, law, amount_cents):
    """Book one payment in the month's books, int64 of shape (n_parties, n_parties, n_lines, n_laws).

    Raises
    ------
    ValueError
        For a negative amount: money that goes back is a payment the other way.
    """
    if amount_cents < 0:
        raise ValueError("a payment below zero: expected 0 cents or more")
    month[payer, payee, line, law] += amount_cents


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


@seldom
def adds_up(month, totals):
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
    month : int64 array of shape (n_parties, n_parties, n_lines, n_laws)
        Cents from payer to payee this month.
    closed : record array of shape (1,)
        `TOTALS`: the month's books added up when they were closed, cents.
    """

    def __init__(self) -> None:
        self.month = np.zeros((N_PARTIES, N_PARTIES, N_LINES, N_LAWS), dtype=np.int64)
        self.closed = np.zeros(1, dtype=TOTALS)

    @property
    def totals(self) -> np.void:
        """The month's books added up, a record of `TOTALS`."""
        return self.closed[0]

    def opens_month(self) -> None:
        """Begin a month with empty books."""
        self.month[:] = 0

    def pays(self, payer: int, payee: int, line: int, law: int, amount_cents: int) -> None:
        """Book one payment."""
        pays(self.month, payer, payee, line, law, amount_cents)

    def entries(self) -> np.ndarray:
        """Return this month's entries, int64 of shape (n_entries, 5): payer, payee, line, law, cents."""
        where = np.argwhere(self.month)
        return np.column_stack([where, self.month[tuple(where.T)]])

    def closes_month(self) -> None:
        """Add the month's books up, once every payment is booked."""
        adds_up(self.month, self.closed)
