"""The sliders: which levers a visitor can move, how far, and what they are in the configuration."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from scenarios.config.scenario_forms import read_option

# What the sliders hold where the visitor has not moved them: the system's own value.
OWN = None


@dataclass(frozen=True)
class Slider:
    """One lever a visitor can move.

    Attributes
    ----------
    name : str
        Name in the link.
    key : str
        Name in the configuration; empty where several levers move together.
    shared : bool
        Whether the reference has the same value: what national government and the council set holds
        for both arms, what the policy sets for one.
    low, high, step : float
        Range; `high` of the number of teams is the number of wijken.
    decimals : int
        Decimals shown.
    percent : bool
        Whether a share is shown as a percentage.
    """

    name: str
    key: str
    shared: bool
    low: float
    high: float
    step: float
    decimals: int = 0
    percent: bool = False


SLIDERS = {
    each.name: each
    for each in (
        Slider("cut", "landing.cut", True, 0.0, 0.5, 0.01, percent=True),
        Slider("phase_in", "landing.years", True, 0.0, 15.0, 0.5, 1),
        Slider("ahead", "landing.years_ahead", False, 0.0, 5.0, 0.5, 1),
        Slider("teams", "wijkteam.count", False, 1.0, 100.0, 1.0),
        Slider("fte", "wijkteam.fte_per_1000", False, 0.3, 3.0, 0.05, 2),
        Slider("extra", "wijkteam.extra_fte_per_1000", False, 0.0, 2.0, 0.02, 2),
        Slider("signalling", "", False, 0.0, 1.0, 0.05, percent=True),
        Slider("base", "informal_network.social_base_eur_per_inhabitant", False, 0.0, 150.0, 5.0),
        Slider("patience", "municipality_government.patience_years", True, 0.0, 10.0, 0.5, 1),
    )
}
# Not a slider: the money of a phase-in period of so many years, paid on day one. It tells speed from money.
SAME_MONEY = "same_money"
SAME_MONEY_KEYS = ("landing.basis", "landing.same_money_years")
SHARED_KEYS = (*(each.key for each in SLIDERS.values() if each.shared), *SAME_MONEY_KEYS)
# In the drawer, sliders that belong together stand together.
SLIDER_GROUPS = {
    "group_policy": ("signalling", "base", "ahead"),
    "group_teams": ("extra", "fte", "teams"),
    "group_landing": ("cut", "phase_in", "patience"),
}
# What a press of a button sets: policies of conf/policy, and landings of conf/landing.
LARGER_TEAMS = 0.46
POLICY_PRESETS: dict[str, dict[str, float]] = {
    "early_signalling": {"signalling": 1.0},
    "larger_teams": {"extra": LARGER_TEAMS},
    "both": {"signalling": 1.0, "extra": LARGER_TEAMS},
}
LANDING_PRESETS: dict[str, dict[str, float]] = {
    "as_happened": {},
    "overnight": {"phase_in": 0.0},
    "five_years": {"phase_in": 5.0},
}


@cache
def signalling_changes() -> dict[str, float]:
    """Return the levers of early signalling at their full size, as conf/policy has them."""
    return dict(read_option("policy", "early_signalling")["changes"])


def shared_values(levers: dict[str, float]) -> dict[str, Any]:
    """Return what holds for reference and policy alike, by name in the configuration.

    Examples
    --------
    >>> shared_values({"phase_in": 2.5, "same_money": 5.0})["landing.same_money_years"]
    5.0
    """
    values: dict[str, Any] = {
        SLIDERS[name].key: value for name, value in levers.items() if name in SLIDERS and SLIDERS[name].shared
    }
    if SAME_MONEY in levers:
        values |= dict(zip(SAME_MONEY_KEYS, (SAME_MONEY, levers[SAME_MONEY]), strict=True))
    return values


def is_shared(name: str) -> bool:
    """Whether a lever holds for the reference too."""
    return name == SAME_MONEY or SLIDERS[name].shared


def policy_changes(levers: dict[str, float]) -> dict[str, Any]:
    """Return what the policy alone changes, by name in the configuration.

    Examples
    --------
    >>> policy_changes({"phase_in": 5.0, "teams": 6.0, "signalling": 0.0})
    {'wijkteam.count': 6}
    """
    changes: dict[str, Any] = {}
    for name, value in levers.items():
        slider = SLIDERS[name]
        if slider.shared:
            continue
        if name == "signalling":
            changes |= {key: round(full * value, 6) for key, full in signalling_changes().items() if value}
        else:
            changes[slider.key] = int(value) if name == "teams" else value
    return changes
