"""What `landingsbaan compare` is asked: systems, the places they are put on, and pairs."""

from dataclasses import dataclass
from pathlib import Path

from scenarios.common.errors import ConfigurationError
from scenarios.reporting.systems import check_known
from scenarios.runs.resources import BYTES_OF_FIGURES, memory_of
from scenarios.runs.scenario import Scenario, scenario_from
from simulation.outcomes.comparison import NEUTRAL, OWN

PAIRS = 4
FOLDER = "results/compare"
# What compare sets itself.
TAKEN = ("system", "policy")
BYTES_PER_LIFE = 200_000  # an ample upper bound for the outcomes of one life in parquet


@dataclass
class Comparison:
    """Systems on one neutral city and on their own municipalities.

    Attributes
    ----------
    systems : list of str
        Slugs; the first is the one others are compared with.
    scenarios : dict of (place, slug) to Scenario
        Each system on the neutral city and on its own municipality.
    lives : list of (place, slug, pair)
        What is run; a pair of one place shares households, luck and drawn parameters.
    """

    systems: list[str]
    scenarios: dict[tuple[str, str], Scenario]
    lives: list[tuple[str, str, int]]

    @property
    def first(self) -> Scenario:
        """The first system on the neutral city; what holds for all is read from it."""
        return self.scenarios[NEUTRAL, self.systems[0]]

    @property
    def folder(self) -> Path:
        """Folder in which the folder of this comparison is made."""
        return self.first.folder

    @property
    def name(self) -> str:
        """The systems compared, as in the name of a folder."""
        shown = "_".join(self.systems[:4])
        more = len(self.systems) - 4
        return f"{shown}_and_{more}_more" if more > 0 else shown

    @property
    def expected_bytes(self) -> int:
        """About how much room the results take at most."""
        return len(self.lives) * BYTES_PER_LIFE + BYTES_OF_FIGURES

    @property
    def memory_bytes(self) -> int:
        """About how much memory the lives take at once."""
        largest = max(each.profile.households for each in self.scenarios.values())
        return memory_of(largest, len(self.lives), self.first.processes)


def comparison_from(systems: list[str], overrides: list[str]) -> Comparison:
    """Return the comparison that was asked.

    Parameters
    ----------
    systems : list of str
        Two or more slugs of conf/system.
    overrides : list of str
        Keys and groups of `landingsbaan run`; `municipality` names another place than the neutral city,
        `municipality.households` sizes every place.

    Raises
    ------
    ConfigurationError
        For anything that cannot be run, before anything is.
    """
    for slug in systems:
        check_known(slug, "compare")
    if len(set(systems)) < 2 or len(set(systems)) < len(systems):
        raise ConfigurationError(
            f"compare {' '.join(systems)}: expected two or more different systems, as landingsbaan compare "
            "zwolle eindhoven"
        )
    names = {each.lstrip("+").split("=")[0] for each in overrides}
    taken = [name for name in TAKEN if name in names]
    if taken:
        raise ConfigurationError(f"{taken[0]}=...: compare takes systems as words, each as it is described")
    scenarios = {}
    for slug in systems:
        asked = [f"system={slug}", "policy=as_described", *_unless_given(names), *overrides]
        neutral = [] if "municipality" in names else ["municipality=neutral_city"]
        own = [each for each in asked if each.split("=")[0] not in ("municipality", "municipality.slug")]
        scenarios[NEUTRAL, slug] = scenario_from([*asked, *neutral])
        scenarios[OWN, slug] = scenario_from(own)
    pairs = range(len(scenarios[NEUTRAL, systems[0]].seeds))
    lives = [(place, slug, pair) for pair in pairs for place in (NEUTRAL, OWN) for slug in systems]
    return Comparison(list(systems), scenarios, lives)


def _unless_given(names: set[str]) -> list[str]:
    """Return the defaults of a comparison that the user did not set."""
    own = {"luck.pairs": PAIRS, "output.folder": FOLDER}
    return [f"{name}={value}" for name, value in own.items() if name not in names]
