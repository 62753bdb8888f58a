"""What parts of a model may ask of the model they belong to; they cannot import the model itself."""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from agents.municipality import Municipality
from agents.national_government import NationalGovernment
from simulation.finance.books import Books
from simulation.parameters import Parameters
from simulation.world import World


class RunningModel(Protocol):
    """A model while it runs, as the schedule, the accounts and the recorder see it; `Model` says more."""

    month: int
    start_month: int
    end_month: int
    transition: int
    random_seed: int
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
