"""Checks of a whole configuration: values against their keys, and keys against one another."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from scenarios.common.errors import ConfigurationError, nearest, one_sentence
from scenarios.common.files import misfit
from scenarios.common.languages import LANGUAGES
from scenarios.config.keys import known_keys
from scenarios.config.schema import Configuration
from simulation.months import MONTHS_PER_YEAR, month_number, month_text
from simulation.parameters import Parameters

# Whether a run has the year before the transition from which grants, and so the cut, are reckoned.

# Levers that say how much is cut; who names one wants a cut.
CUTS = ("landing.cut", "landing.cut_youth", "landing.cut_guidance", "landing.cut_household_help")


def history_notes(parameters: Parameters, months: int) -> list[str]:
    """Return a sentence where a cut has less than a year of history to be reckoned from.

    Parameters
    ----------
    parameters : Parameters
        Of the reference.
    months : int
        Months simulated before the transition, warm-up included.
    """
    if months >= MONTHS_PER_YEAR or max(parameters.landing.cuts()) == 0.0:
        return []
    carried = "no grant and no cut" if months <= 0 else "grants and a cut that are too small"
    return [
        f"Only {max(0, months)} of the {MONTHS_PER_YEAR} months before the transition are simulated, from "
        f"which grants are calculated: this run has {carried}. Start earlier with window.start or "
        "window.warm_up_months."
    ]


def check_history(
    months: int, transition: str, wanted: Mapping[str, Any] | Iterable[tuple[str, Any]]
) -> None:
    """Raise ConfigurationError where somebody asks for a cut and no month comes before the transition.

    Parameters
    ----------
    months : int
        Months simulated before the transition, warm-up included.
    transition : str
        Month of the transition, as 2015-01.
    wanted : mapping or pairs of name and value
        What the user set, by full name.
    """
    for name, value in dict(wanted).items():
        if name in CUTS and value and months <= 0:
            raise ConfigurationError(
                f"{name} = {value}: a cut applies to the grants, which are calculated from the "
                f"{MONTHS_PER_YEAR} months before the transition in {transition}, and none of them is "
                f"simulated; expected at least {MONTHS_PER_YEAR} months of window.warm_up_months, or an "
                "earlier window.start"
            )


NAME = re.compile(r"\w{1,60}")
LONGEST_TITLE = 120
BASES = ("as_announced", "same_money")
CHANNELS = "channels"
TOLD = {"en": str, "nl": str}
SYSTEM = {
    "sources": [str],
    "particulars": [{**TOLD, "source": str, "levers": [str]}],
    "not_represented": [TOLD],
}


def check_configuration(node: DictConfig) -> Configuration:
    """Return the composed node as plain dataclasses, every value and date checked."""
    for name, key in known_keys().items():
        value = OmegaConf.select(node, name)
        key.check(OmegaConf.to_container(value) if OmegaConf.is_config(value) else value)
    check_basis(node.landing.basis)
    wrong = misfit(OmegaConf.to_container(node.system), SYSTEM, "system")
    if wrong:
        raise ConfigurationError(f"{wrong}; expected what a file of conf/system says")
    try:
        configuration: Any = OmegaConf.to_object(node)
    except (OmegaConfBaseException, ValueError) as error:
        raise ConfigurationError(one_sentence(error)) from None
    check_language(configuration.language)
    check_decompose(configuration.decompose)
    check_dates(configuration)
    check_policy_words(configuration)
    return configuration


def check_policy_words(configuration: Configuration) -> None:
    """Raise ConfigurationError for a name no folder can have, or a title no figure can show."""
    policy = configuration.policy
    if not NAME.fullmatch(policy.name):
        raise ConfigurationError(
            f"policy.name = {policy.name}: folder names contain it; expected at most 60 letters, "
            "digits and underscores"
        )
    for name, title in {"policy.title": policy.title, "policy.title_nl": policy.title_nl}.items():
        if len(title) > LONGEST_TITLE or not title.isprintable() or "$" in title:
            raise ConfigurationError(
                f"{name} = {title}: figures show it; expected one line of at most {LONGEST_TITLE} "
                "characters without $"
            )


def check_language(language: str) -> None:
    """Raise ConfigurationError for a language in which there are no texts."""
    if language not in LANGUAGES:
        raise ConfigurationError(
            f"language = {language}: expected {' or '.join(LANGUAGES)}{nearest(language, LANGUAGES)}"
        )


def check_decompose(what: str) -> None:
    """Raise ConfigurationError for a decomposition there is none of."""
    if what not in ("", CHANNELS):
        raise ConfigurationError(f"decompose = {what}: expected {CHANNELS}{nearest(what, [CHANNELS])}")


def check_basis(basis: str) -> None:
    """Raise ConfigurationError for a basis on which grants cannot be compared."""
    if basis not in BASES:
        raise ConfigurationError(
            f"landing.basis = {basis}: expected {' or '.join(BASES)}{nearest(basis, BASES)}"
        )


def month_of(name: str, text: str) -> int:
    """Return the month number of a key's text, or raise ConfigurationError that names the key."""
    try:
        return month_number(text)
    except ValueError as error:
        raise ConfigurationError(f"{name}: {error}") from None


def check_dates(configuration: Configuration) -> None:
    """Raise ConfigurationError when the months do not follow one another."""
    window = configuration.window
    start, end = month_of("window.start", window.start), month_of("window.end", window.end)
    if end < start:
        raise ConfigurationError(
            f"window.end = {window.end}: before window.start = {window.start}, expected a later month"
        )
    if start - window.warm_up_months < 0:
        raise ConfigurationError(
            f"window.warm_up_months = {window.warm_up_months}: the warm-up would start before January "
            f"2000, the first month of the model; expected at most {max(start, 0)}"
        )
    transition = configuration.landing.transition
    dated = {"landing.transition": transition, "policy.start": configuration.policy.start or transition}
    for name, text in dated.items():
        if not start <= month_of(name, text) <= end:
            raise ConfigurationError(
                f"{name} = {text}: outside the window {month_text(start)} to {month_text(end)}"
            )
