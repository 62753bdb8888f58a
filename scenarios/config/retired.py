"""Names of keys and commands that are no longer used, each with the name that took its place."""

RETIRED_KEYS: dict[str, str] = {
    "finding_place": "referral_source",
    "honesty": "placebo_check",
    "household.asking_per_month": "household.help_seeking_per_month",
    "household.asking_threshold": "household.help_seeking_threshold",
    "household.onset_per_year": "household.incidence_per_year",
    "household.onset_size_least": "household.initial_severity_least",
    "household.onset_size_most": "household.initial_severity_most",
    "household.onset_size_power": "household.initial_severity_power",
    "household.shame_lowers_asking": "household.shame_lowers_help_seeking",
    "household.wrong_door_per_counter": "household.misdirected_per_counter",
    "luck": "replication.draws",
    "luck.draw": "replication.draws",
    "luck.draws": "replication.draws",
    "luck.first_seed": "replication.first_seed",
    "luck.pairs": "replication.count",
    "luck.placebo_count": "replication.placebo_count",
    "most_replicates": "most_replications",
    "pairs": "replications",
    "provider.places_are_scarce": "provider.slots_are_scarce",
    "replicates": "replications",
    "wijkteam.transfer_lost": "wijkteam.failed_referral_share",
}
RETIRED_COMMANDS: dict[str, str] = {
    "strip": "phase-in",
}


def renamed(name: str, table: dict[str, str]) -> str:
    """Return "; it is now called x" for a retired key, group or command, or nothing.

    Examples
    --------
    >>> renamed("finding_place.gp_link", RETIRED_KEYS)
    '; it is now called referral_source.gp_link'
    >>> renamed("luck.pairs", RETIRED_KEYS)
    '; it is now called replication.count'
    >>> renamed("household.count", RETIRED_KEYS)
    ''
    """
    bare = name.split("[")[0]
    group, dot, rest = bare.partition(".")
    new = table.get(bare) or (f"{table[group]}{dot}{rest}" if group in table else "")
    return f"; it is now called {new}" if new else ""
