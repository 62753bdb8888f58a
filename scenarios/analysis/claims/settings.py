"""What `landingsbaan claims` was asked: claims, an action, and options as key=value."""

from dataclasses import dataclass
from pathlib import Path

from scenarios.analysis.claims.claim import Claim, claims_called
from scenarios.analysis.claims.parts import ROOT
from scenarios.common.errors import ConfigurationError
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.options import check_folder_name

ACTIONS = ("check", "write")
# The city in which claims are tried: neutral, of a size at which an arm takes a quarter of a second.
CITY = (
    "municipality=neutral_city",
    "system=national_average",
    "municipality.households=20000",
    "luck.pairs=500",
)
CHECKED_PAIRS = 6
SHORT = {
    "pairs": "luck.pairs",
    "households": "municipality.households",
    "seed": "luck.first_seed",
    "folder": "output.folder",
    "figures": "output.figures",
}
LEAST_HOUSEHOLDS = 500


@dataclass(frozen=True)
class Asked:
    """A request, resolved: action, scenario, claims, where results stand, and a study's name."""

    action: str
    scenario: Scenario
    claims: list[Claim]
    root: Path
    name: str | None
    words: list[str]


def read_request(words: list[str], overrides: list[str]) -> Asked:
    """Return what was asked.

    Raises
    ------
    ConfigurationError
        For an unknown claim or option, with the nearest.
    """
    action = words[0] if words and words[0] in ACTIONS else "run"
    words = words[1:] if action != "run" else words
    name, options = None, []
    for option in overrides:
        key, _, value = option.partition("=")
        if key == "name":
            check_folder_name("name", value)
            name = value or None
        elif key == "honesty":
            action = _honesty(value, action)
        else:
            options.append(f"{SHORT.get(key, key)}={value}" if _ else option)
    claims = [] if action == "write" else claims_called(words)
    scenario = scenario_from(_with_defaults(options, action))
    if scenario.households is not None and scenario.households < LEAST_HOUSEHOLDS:
        raise ConfigurationError(
            f"households = {scenario.households}: expected at least {LEAST_HOUSEHOLDS}, with fewer a claim "
            "is mostly luck"
        )
    given = any(each.startswith("output.folder=") for each in options)
    return Asked(action, scenario, claims, scenario.folder if given else ROOT, name, words)


def _with_defaults(options: list[str], action: str) -> list[str]:
    """Return the options with what is not said; a municipality of one's own comes with its own size."""
    said = {each.split("=")[0] for each in options}
    left_out = {each.split("=")[0] for each in CITY if each.split("=")[0] in said}
    if "municipality" in said:
        left_out.add("municipality.households")
    defaults = [each for each in CITY if each.split("=")[0] not in left_out]
    if action == "check":
        defaults = [f"luck.pairs={CHECKED_PAIRS}" if "luck.pairs" in each else each for each in defaults]
    return [*defaults, *options]


def _honesty(value: str, action: str) -> str:
    if value not in ("true", "false"):
        raise ConfigurationError(f"honesty = {value}: expected true or false")
    return "check" if value == "true" else action
