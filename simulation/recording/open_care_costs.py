"""The price of care still open, or waited for, at the end of a run, by kind, for both bases of savings."""

from typing import Any

import numpy as np

from agents.vocabulary import KINDS, MUNICIPALITY, N_KINDS
from simulation import processes
from simulation.finance.payments import CONTRIBUTING, payer_of_kind
from simulation.processes.care.open_care import CENTS, CLIENTS, INSURED_CENTS, MONTHS, N_COLUMNS, WAITING
from simulation.protocols import RunningModel

_OPEN = ("clients", "months_left", "municipal_cost_eur", "all_payers_cost_eur")
_WAITED_FOR = ("waiting", "waiting_months", "waiting_municipal_cost_eur", "waiting_all_payers_cost_eur")


def open_care_columns(model: RunningModel) -> dict[str, Any]:
    """Return the open_care table of a run that has ended as columns, without pair and arm."""
    priced = np.zeros((N_KINDS, N_COLUMNS))
    processes.prices_open_care(model.world, priced)
    share = float(processes.own_contribution_now(model.world))
    mine = np.array([payer_of_kind(kind, model.responsible) == MUNICIPALITY for kind in range(N_KINDS)])
    own_part = np.where(np.isin(np.arange(N_KINDS), CONTRIBUTING), 1.0 - share, 1.0)
    of_municipality = np.where(mine, own_part, 0.0)
    columns: dict[str, Any] = {"kind": np.array(KINDS)}
    for first, names in ((0, _OPEN), (WAITING, _WAITED_FOR)):
        gross, insured = (priced[:, first + each] / 100.0 for each in (CENTS, INSURED_CENTS))
        municipal = gross * of_municipality - np.where(mine, insured, 0.0)
        values = (
            priced[:, first + CLIENTS], priced[:, first + MONTHS], np.round(municipal, 2), np.round(gross, 2)
        )  # fmt: skip
        columns |= dict(zip(names, values, strict=True))
    return columns
