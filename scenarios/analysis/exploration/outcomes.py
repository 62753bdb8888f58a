"""What an exploration may ask: any outcome of the register, of one arm or as a difference between two.

`crises` is what there is under the policy; `effect_crises` that less what there is without the policy;
`transition_harm_crises` that less what there is with a phase-in period of eight years. Savings and break-even
compare the policy with the reference. The arms share people, random numbers and unknowns.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.languages import LANGUAGES
from scenarios.runs.arms import LONG_YEARS
from scenarios.studies.design import Point
from simulation.months import MONTHS_PER_YEAR
from simulation.outcomes.definitions import MEASURES, OF_ONE_ARM, columns_behind, effect_of, unit_of, value_of
from simulation.outcomes.derived import YEARS_AFTER_CUT
from simulation.outcomes.rules import Seen, seen_in_table
from simulation.recording.arm_names import LONG_PHASE_IN, POLICY, REFERENCE

NO_CUT = "no_cut"
EFFECT, TRANSITION_HARM = "effect_", "transition_harm_"
AGAINST_NO_CUT = ("avoidable_crises",)
WORDS: dict[str, tuple[str, str]] = {
    EFFECT: ("{meaning}: what the policy changes", "{meaning}: wat het beleid verandert"),
    TRANSITION_HARM: (
        "{meaning}: more than with a phase-in period of eight years",
        "{meaning}: meer dan bij een overgangsperiode van acht jaar",
    ),
}


@dataclass(frozen=True)
class Asked:
    """An outcome that is asked of every case.

    Attributes
    ----------
    name : str
        As the user writes it.
    measure : str
        Name in the register.
    against : str or None
        The arm that the policy's is compared with; None where its own value is asked.
    """

    name: str
    measure: str
    against: str | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The monthly columns it is read off."""
        return columns_behind(self.measure)

    def unit(self, language: str) -> str:
        """Return the unit."""
        if self.measure in OF_ONE_ARM:
            return unit_of(self.measure, language)
        return MEASURES[self.measure].unit[language]

    def meaning(self, language: str) -> str:
        """Return what it is, as a reader sees it."""
        meaning = MEASURES[self.measure].meaning[language]
        for prefix, words in WORDS.items():
            if self.name.startswith(prefix):
                return words[LANGUAGES.index(language)].format(meaning=meaning)
        return meaning

    def in_words(self) -> dict[str, dict[str, str]]:
        """Return unit and meaning in both languages, for the document of a result."""
        return {
            "unit": {language: self.unit(language) for language in LANGUAGES},
            "meaning": {language: self.meaning(language) for language in LANGUAGES},
        }

    def value(self, arms: Mapping[str, Mapping[str, np.ndarray]], transition: int) -> float:
        """Return its value in one case.

        Parameters
        ----------
        arms : mapping of str to monthly columns
            The policy, and the arm it is compared with; each in order of month.
        transition : int
            Month number of the transition.
        """
        seen = seen_in_table(arms[POLICY], transition)
        if self.against is None:
            return value_of(self.measure, seen)
        other = seen_in_table(arms[self.against], transition)
        if self.measure not in OF_ONE_ARM:  # preparation before the transition is paid as well
            return effect_of(self.measure, replace(seen, first=0), replace(other, first=0))
        if self.against == LONG_PHASE_IN:
            seen, other = _ten_years(seen), _ten_years(other)
        return value_of(self.measure, seen) - value_of(self.measure, other)


def _ten_years(seen: Seen) -> Seen:
    """Return the span in which transition harms are counted: up to ten years after the first cut."""
    return replace(seen, last=min(seen.last, seen.first + YEARS_AFTER_CUT * MONTHS_PER_YEAR))


def outcome_called(name: str) -> Asked:
    """Return the outcome with a name.

    Raises
    ------
    ConfigurationError
        When there is none, with the nearest.
    """
    if name in OF_ONE_ARM:
        return Asked(name, name, None)
    for prefix, arm in ((EFFECT, REFERENCE), (TRANSITION_HARM, LONG_PHASE_IN)):
        if name.startswith(prefix) and name.removeprefix(prefix) in OF_ONE_ARM:
            return Asked(name, name.removeprefix(prefix), arm)
    if name in MEASURES:
        return Asked(name, name, NO_CUT if name in AGAINST_NO_CUT else REFERENCE)
    known = [*MEASURES, *(prefix + each for prefix in (EFFECT, TRANSITION_HARM) for each in OF_ONE_ARM)]
    raise ConfigurationError(
        f"outcome = {name}: no such outcome{nearest(name, known)}; docs/results.md lists them, effect_ "
        f"before "
        "one asks what the policy changes, transition_harm_ how much worse it is than with a phase-in period "
        "of eight years"
    )


def outcomes_called(text: str) -> tuple[Asked, ...]:
    """Return the outcomes that a text names with commas, each once."""
    names = dict.fromkeys(name for name in text.split(",") if name)
    if not names:
        raise ConfigurationError("outcome: expected the name of an outcome, as outcome=savings")
    return tuple(outcome_called(name) for name in names)


def arms_asked(outcomes: tuple[Asked, ...]) -> tuple[str, ...]:
    """Return the arms that outcomes need, the policy first."""
    return tuple(dict.fromkeys([POLICY, *(each.against for each in outcomes if each.against is not None)]))


def point_of_arm(arm: str, point: Point, changes: Point) -> Point:
    """Return the point of an arm of a case.

    Parameters
    ----------
    arm : str
        "policy", "reference", "long_phase_in" or "no_cut".
    point : Point
        What the case sets.
    changes : Point
        What the policy changes; the reference has none of these levers, whatever the case says.
    """
    if arm == REFERENCE:
        return {name: value for name, value in point.items() if name not in changes}
    policy = {**changes, **point}
    if arm == LONG_PHASE_IN:
        return {**policy, "landing.years": LONG_YEARS, "landing.basis": "as_announced"}
    return {**policy, "landing.cut": 0.0} if arm == NO_CUT else policy
