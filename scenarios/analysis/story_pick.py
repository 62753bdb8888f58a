"""Which household a story is told of: picked by a rule that is stated in the story itself."""

from dataclasses import dataclass

import numpy as np

from scenarios.common.errors import ConfigurationError
from simulation.randomness.common_random_numbers import Purpose, uniforms
from simulation.recording.household_survey import COUNTED, HouseholdSurvey

LEAST = 0.005  # half a cent: less is rounding, not a difference


@dataclass(frozen=True)
class Twins:
    """All households under two policies, compared.

    Attributes
    ----------
    difference : float64 array of shape (n_households, n_counted)
        Second arm less first, in the units of `COUNTED`.
    here : bool array of shape (n_households,)
        Who lived there when the comparison began.
    differs : bool array of shape (n_households,)
        Whose lives differ in anything counted.
    score : float64 array of shape (n_households,)
        How far a household's difference goes in the direction of the average difference; 1 is as
        far as the average itself.
    """

    difference: np.ndarray
    here: np.ndarray
    differs: np.ndarray
    score: np.ndarray

    @property
    def along(self) -> np.ndarray:
        """Households whose difference goes in the direction of the average difference."""
        return self.differs & (self.score > 0.0)

    @property
    def against(self) -> np.ndarray:
        """Households whose difference goes the other way."""
        return self.differs & (self.score < 0.0)

    def averages(self, those: np.ndarray) -> dict[str, float]:
        """Return the average difference of some households, by what is counted."""
        if not those.any():
            return dict.fromkeys(COUNTED, 0.0)
        return dict(zip(COUNTED, self.difference[those].mean(axis=0).tolist(), strict=True))


def compare(one: HouseholdSurvey, other: HouseholdSurvey) -> Twins:
    """Compare what became of every household under two policies.

    Each thing counted is measured in its own spread between the households that differ, so that
    euros do not outweigh crises; the direction is that of the average over all households.
    """
    difference = np.column_stack([other.counted[name] - one.counted[name] for name in COUNTED])
    here = one.here & other.here
    difference[~here] = 0.0
    differs = (np.abs(difference) > LEAST).any(axis=1)
    spread = np.sqrt((difference[differs] ** 2).mean(axis=0)) if differs.any() else np.ones(len(COUNTED))
    scaled = difference / np.where(spread > 0.0, spread, 1.0)
    mean = scaled[here].mean(axis=0) if here.any() else np.zeros(len(COUNTED))
    length = float(mean @ mean)
    score = scaled @ mean / length if length > 0.0 else np.zeros(len(difference))
    return Twins(difference, here, differs, score)


def pick_household(twins: Twins, pick: str, seed: int) -> int:
    """Return the household a story is told of.

    Parameters
    ----------
    pick : str
        "typical": the middle one, by score, of the households whose difference goes in the direction
        of the average; "largest": the one that goes farthest in that direction; "random": drawn from
        all that differ, whichever way.

    Raises
    ------
    ConfigurationError
        When no life differs, so that there is nothing to tell side by side.
    """
    wanted = np.flatnonzero(twins.differs if pick == "random" else twins.along)
    if not wanted.size:
        wanted = np.flatnonzero(twins.differs)
    if not wanted.size:
        raise ConfigurationError(
            "story: the two policies make no difference to any household; choose another policy=, seed or "
            "longer window.end"
        )
    if pick == "random":
        luck = uniforms(seed, len(twins.differs), 0, Purpose.STORY_PICKED)
        return int(wanted[np.argmin(luck[wanted])])
    by_score = wanted[np.argsort(twins.score[wanted], kind="stable")]
    return int(by_score[-1] if pick == "largest" else by_score[(len(by_score) - 1) // 2])
