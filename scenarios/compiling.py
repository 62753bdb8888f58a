"""Compiling the rules once, with a word to the user, before anything runs in parallel."""

from agents.rule import CACHE_FOLDER
from scenarios.draws import draw_parameters
from scenarios.progress import say
from simulation.model import Model
from simulation.months import month_number
from simulation.municipality_profile import load_profile
from simulation.parameters import Parameters

STREET, YEAR = "street", 2010
# The months around the transition and a December call every rule that is compiled.
FIRST, LAST = month_number("2014-11"), month_number("2015-02")
DONE = CACHE_FOLDER / "complete"


def compile_rules(language: str = "en") -> None:
    """Compile every rule by running a street for a few months, unless that was done before.

    A file in the cache folder says that it was: some rules are compiled as soon as a configuration
    is read, so the presence of compiled rules does not say that all are there.
    """
    if DONE.is_file():
        return
    say("compiling", language)
    parameters, _ = draw_parameters(Parameters(), 0, 1)
    Model(parameters, load_profile(STREET, YEAR), 1, FIRST, LAST).run_until(LAST + 1)
    DONE.parent.mkdir(parents=True, exist_ok=True)
    DONE.touch()
