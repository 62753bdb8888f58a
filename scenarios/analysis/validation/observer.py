"""Following care month by month, for rows that ask who had help before, for how long, or at which income."""

from typing import TYPE_CHECKING

import numpy as np

from agents.vocabulary import HOUSEHOLD_HELP, KINDS, N_CHILDREN, N_YOUTH_KINDS, YOUTH_TEAM
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.processes.care.care_slots import slot_of_kind

if TYPE_CHECKING:
    from simulation.model import Model

LAST_PROCESS = "observation"
FIVE_YEARS = 5 * MONTHS_PER_YEAR
REPEATED = ((2023 - BASE_YEAR) * MONTHS_PER_YEAR, (2023 - BASE_YEAR) * MONTHS_PER_YEAR + 6)
BEGUN_WITH_TEAM = ((2016 - BASE_YEAR) * MONTHS_PER_YEAR, (2017 - BASE_YEAR) * MONTHS_PER_YEAR)
YOUTH_HELP = tuple(kind for kind, name in enumerate(KINDS) if name.startswith("youth_"))
SHIFTS = np.array(
    [[slot_of_kind(kind, seat) for kind in range(YOUTH_TEAM, YOUTH_TEAM + N_YOUTH_KINDS)]
     for seat in range(N_CHILDREN)]
)  # fmt: skip
# The income fifths whose growth in household help the rows ask, lowest and highest.
GROWTH_BY_INCOME = {
    0: "household_help_growth_lowest_income",
    4: "household_help_growth_highest_income",
}
YEARS_OF_HELP = (2018, 2020)
INCOMES = 5
# The months of the interrupted series: three years before the flat own contribution, two with it.
SERIES = ((2016 - BASE_YEAR) * MONTHS_PER_YEAR, (2021 - BASE_YEAR) * MONTHS_PER_YEAR)
INTERRUPTED_AT = (2019 - BASE_YEAR) * MONTHS_PER_YEAR - SERIES[0]
HELP = np.array([kind in YOUTH_HELP for kind in range(YOUTH_TEAM, YOUTH_TEAM + N_YOUTH_KINDS)])


def in_care(model: "Model") -> np.ndarray:
    """Return which child has which youth care, bool of shape (n_households, N_CHILDREN, N_YOUTH_KINDS)."""
    care = model.world.households["in_care"].astype(np.int64)
    return (care[:, None, None] >> SHIFTS[None]) & 1 == 1


class ChildrenFollowed:
    """An observer that remembers every child's help.

    Attributes
    ----------
    repeated, begun : int
        Trajectories begun in the first half of 2023, and of these by children who had no help the month
        before but some in the five years before that.
    closed, with_team : int
        Team trajectories of children begun in 2016, and of these ended within a year.
    """

    def __init__(self, model: "Model") -> None:
        shape = (len(model.world.households), N_CHILDREN)
        self.birth = model.world.lives["child_birth"].copy()
        self.before = np.zeros((*shape, N_YOUTH_KINDS), dtype=bool)
        self.last_help = np.full(shape, -10_000)
        self.team_since = np.full(shape, -1)
        self.repeated = self.begun = self.closed = self.with_team = 0

    def after_process(self, model: "Model", process: str) -> None:
        """Look at the end of the month."""
        if (
            process != LAST_PROCESS
            or model.month < REPEATED[0] - FIVE_YEARS
            and not self._is_team_asked(model)
        ):
            return
        now = in_care(model)
        births = model.world.lives["child_birth"]
        other = births != self.birth  # another child, or none, where one was
        self.before[other] = False
        self.last_help[other] = -10_000
        self.team_since[other] = -1
        self.birth = births.copy()
        starts = now & ~self.before
        month = model.month
        if REPEATED[0] <= month < REPEATED[1]:
            helped = (starts & HELP).sum(axis=2)
            away = (self.last_help < month - 1) & (self.last_help >= month - FIVE_YEARS)
            self.begun += int(helped.sum())
            self.repeated += int(helped[away].sum())
        team = now[:, :, 0]
        begins = starts[:, :, 0] & (BEGUN_WITH_TEAM[0] <= month < BEGUN_WITH_TEAM[1])
        ends = self.before[:, :, 0] & ~team & (self.team_since >= 0)
        self.with_team += int(begins.sum())
        self.closed += int((ends & (month - self.team_since <= MONTHS_PER_YEAR)).sum())
        self.team_since[ends] = -1
        self.team_since[begins] = month
        self.last_help[(now & HELP).any(axis=2)] = month
        self.before = now

    @staticmethod
    def _is_team_asked(model: "Model") -> bool:
        return BEGUN_WITH_TEAM[0] - 1 <= model.month <= BEGUN_WITH_TEAM[1] + MONTHS_PER_YEAR


class HelpByIncome:
    """An observer that counts who has household help in a year, by income.

    Attributes
    ----------
    users : dict of int to int64 array of shape (5,)
        Households with household help at the end of any month of a year, by income fifth, lowest first.
    series : float64 array of shape (60, 5)
        Households with household help at the end of each month of `SERIES`, by income fifth.
    """

    def __init__(self, model: "Model") -> None:
        self.slot = np.uint32(1 << slot_of_kind(HOUSEHOLD_HELP))
        self.ever = np.zeros(len(model.world.households), dtype=bool)
        self.users: dict[int, np.ndarray] = {}
        self.series = np.zeros((SERIES[1] - SERIES[0], INCOMES))

    def after_process(self, model: "Model", process: str) -> None:
        """Look at the end of the month."""
        if process != LAST_PROCESS or not SERIES[0] <= model.month < SERIES[1]:
            return
        homes = model.world.households
        helped = (homes["in_care"] & self.slot) != 0
        self.series[model.month - SERIES[0]] = np.bincount(homes["income"][helped], minlength=INCOMES)
        if model.year not in YEARS_OF_HELP:
            return
        if model.month % MONTHS_PER_YEAR == 0:
            self.ever[:] = False
        self.ever |= helped
        self.users[model.year] = np.bincount(homes["income"][self.ever], minlength=INCOMES)

    def growth(self) -> dict[str, float]:
        """Return the percent growth between the two years of the lowest and of the highest income, by row."""
        first, last = (self.users[year].astype(float) for year in YEARS_OF_HELP)
        with np.errstate(divide="ignore", invalid="ignore"):
            growth = 100.0 * (last / first - 1.0)
        return {row: float(growth[income]) for income, row in GROWTH_BY_INCOME.items()}
