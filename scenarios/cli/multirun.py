"""`landingsbaan run -m`: every combination of values is a point of a study, in the same store as a sweep."""

from scenarios.common.errors import ConfigurationError

# What a run is asked that a study calls otherwise.
AS_IN_A_STUDY = {"luck.pairs": "replicates", "processes": "engine.processes"}
DEFAULT_POLICY, REFERENCE = "early_signalling", "reference"


def as_sweep(overrides: list[str]) -> list[str]:
    """Return the words of a sweep that runs the combinations of a multirun.

    A run compares a policy with the reference; here both are points, under the same luck.

    Raises
    ------
    ConfigurationError
        For what a study has no place for: a folder of one's own, or several numbers of pairs.

    Examples
    --------
    >>> as_sweep(["landing.years=0,5", "luck.pairs=4"])
    ['landing.years=0,5', 'replicates=4', 'policy=reference,early_signalling']
    """
    words, policy = [], DEFAULT_POLICY
    for override in overrides:
        name, _, value = override.partition("=")
        if name.startswith("output."):
            raise ConfigurationError(
                f"{override}: run -m keeps its runs in a study, which draws its figures when asked; leave it "
                "out, and see landingsbaan results"
            )
        if name in AS_IN_A_STUDY and "," in value:
            raise ConfigurationError(f"{override}: expected one number for all combinations of run -m")
        if name == "policy":
            policy = value
        else:
            words.append(f"{AS_IN_A_STUDY.get(name, name)}={value}")
    several = policy if "," in policy or policy == REFERENCE else f"{REFERENCE},{policy}"
    return [*words, f"policy={several}"]
