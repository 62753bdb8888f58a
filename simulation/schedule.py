"""The month: ten processes, in this order (ODD 3). Changing the order changes the ODD and its tests.

`RunningModel` is the interface of a model for its parts, which cannot import the model itself.
"""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from agents.municipality import Municipality
from agents.national_government import NationalGovernment
from simulation.finance import payments
from simulation.finance.books import Books
from simulation.months import is_january
from simulation.parameters import Parameters
from simulation.population.municipality_profile import MunicipalityProfile
from simulation.recording.month_row import count_flows
from simulation.world import World


class RunningModel(Protocol):
    """Interface of a running model for the schedule, the accounts and the recorder; see `Model`."""

    month: int
    start_month: int
    end_month: int
    transition: int
    random_seed: int
    profile: MunicipalityProfile
    parameters: Parameters
    world: World
    books: Books
    flows: np.ndarray
    old_prices: np.ndarray
    municipality: Municipality
    national_government: NationalGovernment
    money: Any
    recorder: Any
    loops: Any

    @property
    def year(self) -> int:
        """Calendar year."""

    @property
    def inhabitants(self) -> float:
        """Inhabitants this month."""

    @property
    def responsible(self) -> bool:
        """Whether the municipality is responsible for the decentralised tasks."""

    @property
    def low_threshold_offered(self) -> bool:
        """Whether any low-threshold help is offered this month."""

    def run_loop(self, loop: Callable[..., Any], *more: Any) -> None:
        """Run a compiled loop over the world.

        Parameters
        ----------
        loop : callable
            A compiled loop that takes the world first.
        *more : Any
            Further arguments of the loop, after the world.
        """

    def step_all(self, process: str) -> None:
        """Run one process of the month for all agents of a kind.

        Parameters
        ----------
        process : str
            Name of the process.
        """

    def apply_events(self) -> None:
        """Apply this month's events."""

    def extend_waiting_lists(self) -> None:
        """Allocate enough waiting list entries for this month."""

    def open_month(self) -> None:
        """Set the values that hold for all agents this month."""

    def hold_council(self) -> None:
        """Plan staff for the year and let the council respond."""

    def run_teams(self) -> None:
        """Let all teams divide hours and take in."""

    def run_providers(self) -> None:
        """Let all providers adjust their care slots and admit from their waiting lists."""

    def record_month(self) -> None:
        """Record the month."""


def budget(model: RunningModel) -> None:
    """1. Grants follow the schedule of the cut; in January the council reviews its accounts and allocates.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.open_month()
    if is_january(model.month):
        model.step_all("open_year")
        model.hold_council()
    model.money.receive_grants(model)
    model.money.contract_places(model)


def events(model: RunningModel) -> None:
    """2. Life events, shared problems and disputes happen; they are the same under every policy.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.run_loop(model.loops.begin_shared_problem)
    model.apply_events()
    model.run_loop(model.loops.list_active)


def problems(model: RunningModel) -> None:
    """3. Problems fade, linger or grow, and spill over.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.step_all("update_problems")


def informal_support(model: RunningModel) -> None:
    """4. Networks divide their capacity over households, tire and recover.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.step_all("register_need")
    model.step_all("provide_support")
    model.run_loop(model.loops.sort_active)
    model.step_all("receive_support")


def signals(model: RunningModel) -> None:
    """5. Households ask for help; networks, referral sources, debt signals and outreach notice problems.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.extend_waiting_lists()
    model.run_loop(model.loops.remember_undetected_need)
    model.step_all("send_signals")


def teams(model: RunningModel) -> None:
    """6. Teams divide hours, take in, give light help, support, refer and close; low-threshold help.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.extend_waiting_lists()
    model.run_teams()
    model.step_all("receive_team_support")
    if model.low_threshold_offered:
        model.extend_waiting_lists()
        model.step_all("receive_low_threshold_help")


def specialists(model: RunningModel) -> None:
    """7. Providers adjust, admit from waiting lists, treat and discharge.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.run_providers()
    model.step_all("receive_treatment")


def crises(model: RunningModel) -> None:
    """8. Crises are served regardless of the budget and lower the strength of households.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.step_all("process_crises")


def books(model: RunningModel) -> None:
    """9. Payments are booked, accounts are closed, and providers' losses reduce their reserves.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.run_loop(count_flows, model.flows)
    model.run_loop(
        payments.all_payments, model.books.pages, model.flows, model.inhabitants, model.money.grants_eur
    )
    model.money.close_month(model)


def observation(model: RunningModel) -> None:
    """10. Indicators are recorded; households without problems or care become inactive.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.step_all("record_indicators")
    model.record_month()


MONTH = (
    budget,
    events,
    problems,
    informal_support,
    signals,
    teams,
    specialists,
    crises,
    books,
    observation,
)
