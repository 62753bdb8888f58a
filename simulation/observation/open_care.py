"""The price of care still open at the end of a run, by kind, for both bases of the savings curve."""

from typing import TYPE_CHECKING, Any

import numpy as np

from agents.vocabulary import KINDS, MUNICIPALITY, N_KINDS
from simulation import loops
from simulation.loops.open_care import CENTS, INSURED_CENTS, MONTHS
from simulation.payments import CONTRIBUTING, payer_of_kind

if TYPE_CHECKING:
    from simulation.model import Model


def open_care_columns(model: "Model") -> dict[str, Any]:
    """Return the open_care table of a run that has ended as columns, without pair and arm.

    Clients are everybody in care, those of teams too. Only specialist care has a price of its own: the
    staff of teams is paid whoever they help.
    """
    priced = np.zeros((N_KINDS, 4))
    loops.prices_open_care(model.world, priced)
    share = float(loops.own_contribution_now(model.world))
    mine = np.array([payer_of_kind(kind, model.responsible) == MUNICIPALITY for kind in range(N_KINDS)])
    own_part = np.where(np.isin(np.arange(N_KINDS), CONTRIBUTING), 1.0 - share, 1.0)
    gross = priced[:, CENTS] / 100.0
    municipal = np.where(mine, gross * own_part - priced[:, INSURED_CENTS] / 100.0, 0.0)
    return {
        "kind": np.array(KINDS),
        "clients": model.world.places.sum(axis=0),
        "months_left": priced[:, MONTHS],
        "municipal_cost_eur": np.round(municipal, 2),
        "all_payers_cost_eur": np.round(gross, 2),
    }
