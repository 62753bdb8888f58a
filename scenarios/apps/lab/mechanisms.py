"""Mechanisms that can be taken out of the model, to see what rests on them."""

from collections.abc import Mapping

from agents.vocabulary import PROBLEMS

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
