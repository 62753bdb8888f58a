"""What a policy of the page is called, and what is in it, read off the sliders that were moved."""

from scenarios.apps.dashboard.levers import POLICY_PRESETS, SLIDERS, policy_changes
from scenarios.apps.dashboard.state import State
from scenarios.apps.dashboard.words import word
from scenarios.reporting import texts
from scenarios.reporting.figures.landing import METRES_PER_YEAR


def policy_name(state: State, letter: str) -> str:
    """Return what a policy is called: by its visitor, or else after what it changes."""
    own, landing = own_name(state, letter), landing_names(state, letter)
    if landing and not policy_changes(state.policies[letter]):
        own, *landing = [landing[0][:1].upper() + landing[0][1:], *landing[1:]]
    return state.names.get(letter) or ", ".join([own, *landing])


def own_name(state: State, letter: str) -> str:
    """Return what a policy is called without its landing, as at the head of a sentence."""
    levers, language = state.policies[letter], state.language
    own = {name: value for name, value in levers.items() if not SLIDERS[name].shared}
    own = {name: value for name, value in own.items() if name not in ("signalling", "extra") or value}
    for preset, sliders in POLICY_PRESETS.items():
        if own == sliders:
            return word(f"preset_{preset}", language)
    parts = [_short(name, value, language) for name, value in own.items()]
    told = ", ".join(parts) or word("preset_nothing", language)
    return told[:1].upper() + told[1:]


def is_plural(state: State, letter: str) -> bool:
    """Whether what a policy is called without its landing is more than one thing."""
    return own_name(state, letter) in (
        word(f"preset_{name}", state.language) for name in ("larger_teams", "both")
    )


def landing_names(state: State, letter: str) -> list[str]:
    """Return what a policy's landing is called, nothing for the place's own."""
    levers = state.policies[letter]
    return [_short(name, value, state.language) for name, value in levers.items() if SLIDERS[name].shared]


def contents_of(state: State, letter: str) -> list[str]:
    """Return what is in a policy, a line for each slider that was moved."""
    levers, language = state.policies[letter], state.language
    moved = {name: value for name, value in levers.items() if value or name != "signalling"}
    lines = [word(f"has_{name}", language, **_values(name, value, language)) for name, value in moved.items()]
    return lines or [word("has_nothing", language)]


def landing_words(years: float | None, language: str) -> str:
    """Return a landing in words, with its metres.

    Examples
    --------
    >>> landing_words(2.5, "en"), landing_words(None, "nl")
    ('2.5 years (1,500 m)', 'zoals het ging (1.800 m)')
    """
    if years is None:
        return word("landing_as_happened", language)
    if years == 0.0:
        return word("landing_overnight", language)
    metres = texts.number(years * METRES_PER_YEAR, language)
    told = texts.number(years, language, 0 if years % 1 == 0 else 1)
    return word("landing_years", language, years=told, metres=metres)


def _short(name: str, value: float, language: str) -> str:
    if name == "phase_in" and value == 0.0:
        return word("short_overnight", language)
    return word(f"short_{name}", language, **_values(name, value, language))


def _values(name: str, value: float, language: str) -> dict[str, str]:
    """Return a slider's value as texts use it."""
    slider = SLIDERS[name]
    shown = 100.0 * value if slider.percent else value
    decimals = next(each for each in range(3) if each == 2 or round(shown, each) == round(shown, 2))
    return {"value": texts.number(shown, language, decimals),
            "metres": texts.number(value * METRES_PER_YEAR, language)}  # fmt: skip
