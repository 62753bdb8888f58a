"""A run that follows another run: it shares the leader's households until the two runs diverge.

Runs that differ only in a sum of money, such as the same money on day one, make the same decisions for
years: until a measure, a contract or a staff plan differs, their households have the same trajectories.
The follower runs the processes of money and the council (1, 9 and 10) on its own copies of the small
arrays; after the other processes it copies the leader's results. In the month in which these arrays differ
after process 1, the follower gets its own households and continues as an independent run.
"""

import copy
from typing import Any

from simulation.compiled import cache_aligned_copy
from simulation.model import Model
from simulation.parameters import Parameters, as_record
from simulation.schedule import MONTH, books, budget, crises, observation
from simulation.world import World

# Arrays that the follower has a copy of. It shares all others with the leader, such as the households.
OWN_ARRAYS = (
    "wijken",
    "teams",
    "providers",
    "queues",
    "slots",
    "waiting",
    "tally",
    "care_by_kind",
    "municipality",
    "p",
    "how_problems_move",
)
# Filled by processes of the leader's households, also by the one that opens their year.
COUNTED = "tally"


def can_follow(parameters: Parameters, others: Parameters) -> bool:
    """Return whether one run may follow another: all their numerical parameters are equal.

    Parameters
    ----------
    parameters, others : Parameters
        Of the two runs.

    Returns
    -------
    bool
        True where all numbers are the same.
    """
    return as_record(parameters).tobytes() == as_record(others).tobytes()


class Follower:
    """A follower and the processes it runs itself; it is an observer of the leader.

    Attributes
    ----------
    model : Model
        The follower's model.
    has_diverged : bool
        Whether its decisions differed this month, of which it has run process 1 only.
    """

    def __init__(self, leader: Model, parameters: Parameters, branch_months: list[int]) -> None:
        self.parameters = parameters
        self.branch_months = branch_months
        self.has_diverged = False
        self._leader_world = leader.world
        world = leader.world._replace(
            **{each: cache_aligned_copy(getattr(leader.world, each)) for each in OWN_ARRAYS}
        )
        copies: dict[int, Any] = {id(leader.world): world, id(leader.observers): []}
        copies |= {id(old): new for old, new in zip(leader.world, world, strict=True)}
        self.model: Model = copy.deepcopy(leader, copies)
        self.model.follows = True
        leader.observers.append(self)

    def after_process(self, leader: Model, process: str) -> None:
        """Run the follower's own processes after a process of the leader.

        Parameters
        ----------
        leader : Model
            The running leader.
        process : str
            Name of the process.
        """
        if process == observation.__name__:
            self._end_month(leader)
        elif not self.model.follows:
            return
        elif process == budget.__name__:
            self._run_budget(leader)
        elif process == crises.__name__:
            self._copy_from_leader(leader, OWN_ARRAYS)
        elif process == books.__name__:
            books(self.model)

    def _run_budget(self, leader: Model) -> None:
        """Run the follower's budget process; detach it where its arrays differ from the leader's."""
        follower = self.model
        self._use_leader_arrays(leader)
        if follower.month in self.branch_months:
            follower.apply_policy(self.parameters)
        budget(follower)
        self._copy_from_leader(leader, (COUNTED,))
        self.has_diverged = not self._matches_leader(leader)
        if self.has_diverged:
            self.detach()

    def detach(self) -> Model:
        """Make the follower independent: copy the shared arrays, unless the run has ended.

        Returns
        -------
        Model
            The follower.
        """
        model = self.model
        if model.follows and model.month <= model.end_month:
            shared = (name for name in World._fields if name not in OWN_ARRAYS)
            model.world = model.world._replace(
                **{name: cache_aligned_copy(getattr(model.world, name)) for name in shared}
            )
        model.follows = False
        return model

    def _use_leader_arrays(self, leader: Model) -> None:
        """Refer to the leader's current arrays, which are replaced when some of them grow."""
        if leader.world is not self._leader_world:
            self._leader_world = leader.world
            own = {name: getattr(self.model.world, name) for name in OWN_ARRAYS}
            self.model.world = leader.world._replace(**own)
        self.model.uses_taped_events = leader.uses_taped_events

    def _matches_leader(self, leader: Model) -> bool:
        """Return whether the follower's own arrays equal the leader's, bit for bit."""
        return all(
            getattr(self.model.world, name).tobytes() == getattr(leader.world, name).tobytes()
            for name in OWN_ARRAYS
        )

    def _copy_from_leader(self, leader: Model, names: tuple[str, ...]) -> None:
        """Copy arrays that the leader's processes changed."""
        self._use_leader_arrays(leader)
        for name in names:
            getattr(self.model.world, name)[...] = getattr(leader.world, name)

    def _end_month(self, leader: Model) -> None:
        """End the month; a follower that diverged this month runs the remaining processes."""
        follower = self.model
        if not follower.follows:
            leader.observers = [each for each in leader.observers if each is not self]
        if follower.follows:
            self._copy_from_leader(leader, (COUNTED,))
            observation(follower)
            follower.month += 1
        elif self.has_diverged:
            for process in MONTH[1:]:
                process(follower)
            follower.month += 1
