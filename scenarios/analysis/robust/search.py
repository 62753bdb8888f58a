"""Many-objective search by pymoo (NSGA-III), and how far it has converged.

Pure functions on shares from 0 to 1 and objectives of which less is better. The same seed searches the same
way, so a search that was interrupted goes over what it did, which the store knows already, and on.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scenarios.common.errors import ConfigurationError

Evaluate = Callable[[int, np.ndarray], np.ndarray]
BEYOND = 1.1  # the reference point of the hypervolume, beyond the worst of the front


@dataclass(frozen=True)
class Search:
    """What was tried.

    Attributes
    ----------
    shares : float64 array of shape (n_tried, n_levers)
        Where the levers of every candidate stand.
    objectives : float64 array of shape (n_tried, n_objectives)
        Less is better.
    generation : int64 array of shape (n_tried,)
        In which generation it was tried.
    """

    shares: np.ndarray
    objectives: np.ndarray
    generation: np.ndarray

    @property
    def front(self) -> np.ndarray:
        """The candidates that no other beats on all objectives at once, int64."""
        return front_of(self.objectives)

    def hypervolumes(self) -> np.ndarray:
        """Return the hypervolume of the front after every generation, as a share of the last."""
        from pymoo.indicators.hv import Hypervolume

        best = self.objectives[self.front]
        low, high = best.min(axis=0), best.max(axis=0)
        width = np.where(high > low, high - low, 1.0)
        measure = Hypervolume(ref_point=np.full(best.shape[1], BEYOND))
        found = []
        for generation in range(int(self.generation.max()) + 1):
            tried = (self.objectives[self.generation <= generation] - low) / width
            found.append(float(measure(tried[front_of(tried)])))
        last = found[-1] or 1.0
        return np.array(found) / last


def front_of(objectives: np.ndarray) -> np.ndarray:
    """Return which rows no other row beats: as low in all objectives and lower in one.

    Examples
    --------
    >>> front_of(np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])).tolist()
    [0, 1]
    """
    beaten = [
        bool(((objectives <= row).all(axis=1) & (objectives < row).any(axis=1)).any()) for row in objectives
    ]
    return np.flatnonzero(~np.array(beaten))


def search(
    evaluate: Evaluate, levers: int, objectives: int, population: int, generations: int, seed: int
) -> Search:
    """Return what a search over levers tried.

    Parameters
    ----------
    evaluate : function
        Given the number of a generation and shares of shape (n_candidates, n_levers); returns objectives.
    levers, objectives : int
        How many there are.
    population, generations : int
        Candidates in a generation, and generations.
    seed : int
        Seed of the search.
    """
    try:
        from pymoo.algorithms.moo.nsga3 import NSGA3
        from pymoo.core.problem import Problem
        from pymoo.util.ref_dirs import get_reference_directions
    except ImportError:
        raise ConfigurationError(
            "optimise: pymoo is not installed; pip install 'landingsbaan[explore]'"
        ) from None
    directions = get_reference_directions(
        "das-dennis", objectives, n_partitions=_partitions(objectives, population)
    )
    algorithm = NSGA3(pop_size=max(population, len(directions)), ref_dirs=directions)
    problem = Problem(n_var=levers, n_obj=objectives, xl=0.0, xu=1.0)
    algorithm.setup(problem, termination=("n_gen", generations), seed=seed, verbose=False)
    tried: list[tuple[np.ndarray, np.ndarray]] = []
    while algorithm.has_next():
        candidates = algorithm.ask()
        shares = candidates.get("X")
        found = evaluate(len(tried), shares)
        candidates.set("F", found)
        for candidate in candidates:
            candidate.evaluated = {"F"}
        algorithm.tell(infills=candidates)
        tried.append((shares, found))
    return Search(
        np.vstack([shares for shares, _ in tried]),
        np.vstack([found for _, found in tried]),
        np.repeat(np.arange(len(tried)), [len(shares) for shares, _ in tried]),
    )


def _partitions(objectives: int, population: int) -> int:
    """Return the finest division of the objectives with no more directions than candidates."""
    from math import comb

    partitions = 1
    while comb(partitions + objectives, objectives - 1) <= population:
        partitions += 1
    return partitions
