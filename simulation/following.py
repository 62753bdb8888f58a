"""A run that follows another: money and a council of its own, in a town that both share.

Runs with the same levers and another sum of money, such as the same money on day one, decide the same for
years: until a measure, a contract or a plan of staff differs, their households live the same lives. The
follower goes through what concerns money and the council (processes 1, 9 and 10) on copies of the few; in
the other processes it takes over what the leader's households and organisations did. In the month in which
the few differ after process 1 it gets households of its own and goes on by itself.
"""

import copy
from typing import Any

from simulation.compiled import lined_up
from simulation.model import Model
from simulation.parameters import Parameters, as_record
from simulation.schedule import MONTH, books, budget, crises, observation
from simulation.world import World

# What the follower has a copy of. The rest of the world, the households above all, is the leader's.
OF_ITS_OWN = (
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
# Counted by what the leader's households did: when they opened their year too.
COUNTED = "tally"


def can_follow(parameters: Parameters, others: Parameters) -> bool:
    """Whether runs may decide alike for a while: they differ in nothing that a household or team could meet.

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


class Following:
    """A follower, and what it does after each process of the leader; an observer of the leader.

    Attributes
    ----------
    model : Model
        The follower.
    is_parting : bool
        Whether it has decided differently this month, the rest of which is still before it.
    """

    def __init__(self, leader: Model, parameters: Parameters, branch_months: list[int]) -> None:
        self.parameters = parameters
        self.branch_months = branch_months
        self.is_parting = False
        self._of_leader = leader.world
        world = leader.world._replace(**{each: lined_up(getattr(leader.world, each)) for each in OF_ITS_OWN})
        copies: dict[int, Any] = {id(leader.world): world, id(leader.observers): []}
        copies |= {id(old): new for old, new in zip(leader.world, world, strict=True)}
        self.model: Model = copy.deepcopy(leader, copies)
        self.model.follows = True
        leader.observers.append(self)

    def after_process(self, leader: Model, process: str) -> None:
        """Do what the follower does itself after this process of the leader.

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
            self._decide(leader)
        elif process == crises.__name__:
            self._take_over(leader, OF_ITS_OWN)
        elif process == books.__name__:
            books(self.model)

    def _decide(self, leader: Model) -> None:
        """Let the follower's council decide; it parts where the few are not as the leader's are now."""
        follower = self.model
        self._share(leader)
        if follower.month in self.branch_months:
            follower.apply_policy(self.parameters)
        budget(follower)
        self._take_over(leader, (COUNTED,))
        self.is_parting = not self._decides_alike(leader)
        if self.is_parting:
            self.part()

    def part(self) -> Model:
        """Let the follower go on by itself; it gets households of its own unless the run has ended.

        Returns
        -------
        Model
            The follower.
        """
        model = self.model
        if model.follows and model.month <= model.end_month:
            shared = (name for name in World._fields if name not in OF_ITS_OWN)
            model.world = model.world._replace(
                **{name: lined_up(getattr(model.world, name)) for name in shared}
            )
        model.follows = False
        return model

    def _share(self, leader: Model) -> None:
        """Let the follower see the leader's arrays, some of which grow."""
        if leader.world is not self._of_leader:
            self._of_leader = leader.world
            own = {name: getattr(self.model.world, name) for name in OF_ITS_OWN}
            self.model.world = leader.world._replace(**own)
        self.model.left_calendar = leader.left_calendar

    def _decides_alike(self, leader: Model) -> bool:
        """Whether the few of both are the same, bit for bit."""
        return all(
            getattr(self.model.world, name).tobytes() == getattr(leader.world, name).tobytes()
            for name in OF_ITS_OWN
        )

    def _take_over(self, leader: Model, names: tuple[str, ...]) -> None:
        """Copy what the leader's households and organisations did."""
        self._share(leader)
        for name in names:
            getattr(self.model.world, name)[...] = getattr(leader.world, name)

    def _end_month(self, leader: Model) -> None:
        """End the month: of a follower that parted this month, all that is left of it."""
        follower = self.model
        if not follower.follows:
            leader.observers = [each for each in leader.observers if each is not self]
        if follower.follows:
            self._take_over(leader, (COUNTED,))
            observation(follower)
            follower.month += 1
        elif self.is_parting:
            for process in MONTH[1:]:
                process(follower)
            follower.month += 1
