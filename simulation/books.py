"""Double entry: every euro is booked, in whole cents, from a payer to a payee, by line and law."""

import numpy as np

from agents.vocabulary import (
    GENERAL_MEANS,
    HOUSEHOLD,
    MUNICIPALITY,
    N_LAWS,
    N_LINES,
    N_PARTIES,
    NATIONAL_GOVERNMENT,
)

CENTS = 100


def cents(euros: float) -> int:
    """Return an amount in whole cents, rounded half to even.

    Examples
    --------
    >>> cents(12.345)
    1234
    """
    return round(euros * CENTS)


class Books:
    """The books of one municipality for the month at hand.

    Attributes
    ----------
    month : int64 array of shape (n_parties, n_parties, n_lines, n_laws)
        Cents from payer to payee this month.
    """

    def __init__(self) -> None:
        self.month = np.zeros((N_PARTIES, N_PARTIES, N_LINES, N_LAWS), dtype=np.int64)

    def opens_month(self) -> None:
        """Begin a month with empty books."""
        self.month[:] = 0

    def pays(self, payer: int, payee: int, line: int, law: int, amount_cents: int) -> None:
        """Book one payment.

        Raises
        ------
        ValueError
            For a negative amount: money that goes back is a payment the other way.
        """
        if amount_cents < 0:
            raise ValueError(f"a payment of {amount_cents} cents: expected 0 or more")
        self.month[payer, payee, line, law] += amount_cents

    def entries(self) -> np.ndarray:
        """Return this month's entries, int64 of shape (n_entries, 5): payer, payee, line, law, cents."""
        where = np.argwhere(self.month)
        return np.column_stack([where, self.month[tuple(where.T)]])

    def municipal_payments(self) -> np.ndarray:
        """Return what the municipality pays by line and law, cents of shape (n_lines, n_laws)."""
        return self.month[MUNICIPALITY].sum(axis=0)

    @property
    def municipal_cost_cents(self) -> int:
        """What the municipality pays, net of own contributions it receives."""
        received = self.month[HOUSEHOLD, MUNICIPALITY].sum()
        return int(self.month[MUNICIPALITY].sum() - received)

    def municipal_cost_by_law(self) -> np.ndarray:
        """Return what the municipality pays net of own contributions, cents of shape (n_laws,)."""
        return self.municipal_payments().sum(axis=0) - self.month[HOUSEHOLD, MUNICIPALITY].sum(axis=0)

    @property
    def all_payers_cost_cents(self) -> int:
        """What everybody pays for care together; what the municipality receives are transfers."""
        return int(self.month.sum() - self.month[:, MUNICIPALITY].sum())

    @property
    def grants_cents(self) -> int:
        """Grants the municipality received this month."""
        return int(self.month[NATIONAL_GOVERNMENT, MUNICIPALITY].sum())

    def means_by_law(self) -> np.ndarray:
        """Return grants, and what comes from the municipality's general means, cents of shape (n_laws,)."""
        return self.month[[NATIONAL_GOVERNMENT, GENERAL_MEANS], MUNICIPALITY].sum(axis=(0, 1))

    def cost_by_line(self) -> np.ndarray:
        """Return municipal payments per line, cents of shape (n_lines,)."""
        return self.municipal_payments().sum(axis=1)
