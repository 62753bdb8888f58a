"""The keys of run.json and what each means."""

# Those of REQUIRED must be given; store.py adds schema_version and tables.
DOCUMENT_MEANINGS = {
    "title": "What was asked, in one line.",
    "model_version": "Fingerprint of the rules.",
    "municipality": "Name as read by people.",
    "municipality_slug": "Name in files.",
    "own_municipality": "Only of a municipality of one's own: file, checksum, figures, system and doubts.",
    "system": "Name of the system of care.",
    "policy": "Name of the policy compared with the reference.",
    "policy_title": "What the policy is called in texts, in English and Dutch.",
    "policy_start": "Month from which the policy's changes hold, as 2015-01.",
    "landing": "Name of the landing.",
    "landing_years": "Phase-in period chosen, in years; 0 is overnight, null is as it happened.",
    "long_years": "Length of the long strip, in years.",
    "cut": "One cut for every law as a share, or null for the cuts per law.",
    "steering": "Name of the money of the strip and the patience of the council.",
    "transition": "Transition month, as 2015-01.",
    "years_ahead": "Years between announcement and transition.",
    "first_month": "First month reported, as 2010-01.",
    "last_month": "Last month reported.",
    "months": "Number of months reported.",
    "warm_up_months": "Months lived before the first month reported.",
    "pairs": "Number of pairs.",
    "placebo_count": "How many pairs, from the first on, have placebo arms.",
    "channels": "Only of a decomposed run: its channels in order, what switches each off, what lacks.",
    "seeds": "Seed of each pair.",
    "draws": "Number of the parameter draw of each pair.",
    "households": "Households at the first month reported.",
    "inhabitants": "Inhabitants at the first month reported.",
    "notes": "Sentences on figures that are borrowed or derived.",
    "sources": "The sources of the system.",
    "not_represented": "What of these sources the model does not represent, in the language of the run.",
    "language": "Language of what was told: en or nl.",
    "overrides": "What the user wrote, word by word.",
    "configuration": "All that was set, resolved, as `--cfg job` prints it.",
    "parameters": "Every parameter and lever, resolved, by full name, per arm where arms differ.",
    "parameter_draws": "Drawn parameters per pair.",
    "draws_from": "Where draws come from: none, ranges, or which posterior.",
    "versions": "Versions of Python and libraries.",
    "commit": "Commit of the code, or null.",
    "data_checksum": "Checksum of the data folder.",
    "run_seconds": "How long the run took.",
    "members": "Only of a country: its municipalities in the order of the sum, with profile, size and notes.",
    "core_seconds": "Only of a country: seconds of work in all its municipalities together.",
    "machine": "Number of processors and memory.",
    "schema_version": "Version of this schema.",
    "tables": "Per table its rows and the SHA-256 of its file.",
}
REQUIRED = (
    "title", "model_version", "municipality", "policy", "landing", "landing_years", "long_years",
    "transition", "years_ahead", "pairs", "seeds", "households", "inhabitants", "notes",
)  # fmt: skip

# What a key must be where it is there: a type, a list of one, names with values of one, or `None` too.
Kind = type | list | dict | tuple
TYPES: dict[str, Kind] = {
    "title": str, "model_version": str, "municipality": str, "municipality_slug": str,
    "own_municipality": dict, "system": str, "policy": str, "policy_title": {str: str}, "policy_start": str,
    "landing": str, "landing_years": (float, None), "long_years": float, "cut": (float, None),
    "steering": str, "transition": str, "years_ahead": float, "first_month": str, "last_month": str,
    "months": int, "warm_up_months": int, "pairs": int, "placebo_count": int, "channels": dict,
    "seeds": [int], "draws": [int], "households": int, "inhabitants": int, "notes": [str], "sources": [str],
    "not_represented": [str], "language": str, "overrides": [str], "configuration": dict,
    "parameters": {str: dict}, "parameter_draws": [dict], "draws_from": dict, "versions": dict,
    "commit": (str, None), "data_checksum": str, "run_seconds": float, "members": [dict],
    "core_seconds": float, "machine": dict, "schema_version": int, "tables": {str: dict},
}  # fmt: skip


def is_kind(value: object, kind: Kind | None) -> bool:
    """Whether a value of run.json is what its key says.

    Examples
    --------
    >>> is_kind([1, 2], [int]), is_kind([1, "2"], [int]), is_kind(None, (float, None)), is_kind(True, int)
    (True, False, True, False)
    """
    if kind is None:
        return value is None
    if isinstance(kind, tuple):
        return any(is_kind(value, each) for each in kind)
    if isinstance(kind, list):
        return isinstance(value, list) and all(is_kind(each, kind[0]) for each in value)
    if isinstance(kind, dict):
        return isinstance(value, dict) and all(is_kind(each, kind[str]) for each in value.values())
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, kind) and not isinstance(value, bool)
