"""What `landingsbaan story` takes beside the keys of the configuration. Light."""

# What a story is asked beside a scenario's keys, and the ways to pick its household.
STORY_KEYS = ("household", "pick", "against")
PICKS = ("typical", "largest", "random")


def scenario_overrides(overrides: list[str]) -> list[str]:
    """Return the overrides of a scenario: those that are not about which story is told.

    Examples
    --------
    >>> scenario_overrides(["household=4711", "household.scar=0.1"])
    ['household.scar=0.1']
    """
    return [each for each in overrides if each.partition("=")[0] not in STORY_KEYS]
