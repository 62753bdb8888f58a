"""The exercises: which words, and which settings of the sliders, written as links of the dashboard."""

from collections.abc import Mapping
from dataclasses import dataclass

from agents.vocabulary import PROBLEMS

# Mechanisms that can be taken out of the model, to see what rests on them.

# By name, the parameters under which the mechanism does nothing, from the first month on.
MECHANISMS: Mapping[str, Mapping[str, float | list[float]]] = {
    "escalation": {"household.escalation_per_month": [0.0] * len(PROBLEMS)},
    "spill_over": {
        "household.money_to_mind": 0.0,
        "household.money_to_safety": 0.0,
        "household.mind_to_youth": 0.0,
        "household.mind_to_safety": 0.0,
    },
    "team_help": {
        "wijkteam.light_help_effect": 0.0,
        "wijkteam.support_effect": 0.0,
        "wijkteam.harm": 0.0,
        "household.help_raises_tipping": 0.0,
    },
}


def without(name: str) -> list[str]:
    """Return the words that take a mechanism out, for `landingsbaan run` and for `fly`.

    Examples
    --------
    >>> without("spill_over")[0]
    'household.money_to_mind=0.0'
    """
    return [f"{key}={value}".replace(" ", "") for key, value in MECHANISMS[name].items()]


QUESTIONS = 3


@dataclass(frozen=True)
class Exercise:
    """One exercise of the lab; its words are those of `words` that begin with its name.

    Attributes
    ----------
    name : str
    settings : tuple of (str, str)
        Word on a button, and the part of a link that it sets.
    tells_story : bool
        Whether the story of a household belongs to it.
    compares_phase_ins : bool
        Whether landings and transition harms are looked at, rather than what a policy saves.
    """

    name: str
    settings: tuple[tuple[str, str], ...]
    tells_story: bool = False
    compares_phase_ins: bool = False

    def questions(self) -> list[str]:
        """Return the names of its questions among the words."""
        return [f"{self.name}_question_{number}" for number in range(1, QUESTIONS + 1)]


EXERCISES = (
    Exercise(
        "phase_in",
        (("phase_in_set", "a=cut:0.25,phase_in:2.5&b=cut:0.25,phase_in:5"),),
        compares_phase_ins=True,
    ),
    Exercise(
        "not_pay",
        (
            ("not_pay_set", "a=signalling:1"),
            ("not_pay_set_staff", "a=signalling:1,fte:2&b=signalling:1,fte:0.5"),
            ("not_pay_set_council", "a=signalling:1,patience:0&b=signalling:1,patience:8"),
        ),
    ),
    Exercise("household", (("household_set", "a=signalling:1"),), tells_story=True),
    Exercise(
        "break",
        (
            ("break_set", "a=signalling:1"),
            ("break_set_escalation", "a=signalling:1&without=escalation"),
            ("break_set_spill_over", "a=signalling:1&without=spill_over"),
            ("break_set_team_help", "a=signalling:1&without=team_help"),
        ),
    ),
)
