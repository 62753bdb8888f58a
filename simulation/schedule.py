"""The month: ten processes, in this order (ODD 3). Changing the order changes the ODD and its tests.

Parts of a model cannot import the model they belong to: what they may ask of it stands here first.
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
    """A model while it runs, as the schedule, the accounts and the recorder see it; `Model` says more."""

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
        """Whether the municipality is responsible for what was decentralised."""

    @property
    def low_threshold_offered(self) -> bool:
        """Whether there is any low-threshold help this month."""

    def run_loop(self, loop: Callable[..., Any], *more: Any) -> None:
        """Run a compiled loop over the world.

        Parameters
        ----------
        loop : callable
            A compiled loop that takes the world first.
        *more : Any
            What the loop takes behind the world.
        """

    def step_all(self, process: str) -> None:
        """Let every agent of a kind go through one process of the month.

        Parameters
        ----------
        process : str
            Name of the process.
        """

    def bring_events(self) -> None:
        """Let this month's events happen."""

    def extend_waiting_lists(self) -> None:
        """Make room on the waiting lists."""

    def open_month(self) -> None:
        """Set what holds for everybody this month."""

    def hold_council(self) -> None:
        """In January staff is planned and the council responds."""

    def run_teams(self) -> None:
        """All teams divide hours and take in."""

    def run_providers(self) -> None:
        """All providers adjust their places and admit."""

    def record_month(self) -> None:
        """Record the month."""


def budget(model: RunningModel) -> None:
    """1. Grants by the cut's schedule; in January the council looks at its accounts and allocates.

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
    """2. The calendar of lives, shared problems and disputes; the same under every policy.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.run_loop(model.loops.begin_shared_problem)
    model.bring_events()
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
    """4. Networks divide what strength they have, tire and recover.

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
    """5. Households ask; networks, referral sources, debt signals and outreach notice.

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
    """8. Crises are served whatever the budget says, and leave a scar.

    Parameters
    ----------
    model : RunningModel
        The running model.
    """
    model.step_all("process_crises")


def books(model: RunningModel) -> None:
    """9. Every euro is booked; accounts close; providers live on their reserves.

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
    """10. Indicators are recorded; households with nothing going on come to rest.

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
