"""What a municipality itself has registered, beside what a forecast counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from simulation.dated_figures import DATA_FOLDER, read_rows

YOUTH_CARE, SOCIAL_DOMAIN, MUNICIPALITIES = "youth_care.csv", "social_domain.csv", "municipalities.csv"
AGES_UNDER_18 = tuple(f"youth_care_users_natura_age_{ages}" for ages in ("0_3", "4_11", "12_17"))
# How a figure counts beside the model: in the same way, or as the texts of the same name say.
SAME, IN_KIND, HELP_IN_KIND, OWN_COUNT, COST_COUNT = (
    "same", "in_kind", "help_in_kind", "own_count", "cost_count",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """Where a measure's registered figure stands: series that are added up, and how they count."""

    file: str
    series: tuple[str, ...]
    counts: str


@dataclass(frozen=True)
class Registered:
    """One registered figure: its value, the series it was read from, and how that counts."""

    value: float
    series: str
    counts: str


# The first source that has a year gives it.
SOURCES: dict[str, tuple[Source, ...]] = {
    "inhabitants": (Source(SOCIAL_DOMAIN, ("population",), SAME), Source(YOUTH_CARE, ("population",), SAME)),
    "youth_users": (Source(YOUTH_CARE, AGES_UNDER_18, IN_KIND),),
    "youth_share": (Source(YOUTH_CARE, ("youth_care_users_share_u18",), SAME),
                    Source(YOUTH_CARE, ("youth_help_share_u18",), HELP_IN_KIND)),
    "wmo_users": (Source(SOCIAL_DOMAIN, ("wmo_clients_year",), SAME),
                  Source(SOCIAL_DOMAIN, ("wmo_clients_own_registration",), OWN_COUNT)),
    "support_users": (Source(SOCIAL_DOMAIN, ("wmo_clients_support_at_home_own_registration",), OWN_COUNT),),
    "wmo_clients": (Source(SOCIAL_DOMAIN, ("wmo_clients_per_1000_year",), SAME),),
    "cost_youth": (Source(YOUTH_CARE, ("youth_care_cost_realised",), COST_COUNT),
                   Source(YOUTH_CARE, ("youth_care_costs",), COST_COUNT)),
    "cost_wmo": (Source(SOCIAL_DOMAIN, ("wmo_spending_total",), COST_COUNT),),
}  # fmt: skip
DEBT_SHARE, DEBT_YEAR = "problem_debt_share", "problem_debt_year"


def registered_figures(slug: str, folder: Path = DATA_FOLDER) -> dict[tuple[str, int], Registered]:
    """Return what a municipality has registered, by measure and year.

    Parameters
    ----------
    slug : str
        As data/municipalities.csv spells it; any other place has no registered figures.
    folder : Path, optional
        Folder of the data files.

    Returns
    -------
    dict of (str, int) to Registered
        In the unit of the measure.
    """
    columns = ["slug", "municipality", DEBT_SHARE, DEBT_YEAR]
    rows = {row["slug"]: row for row in read_rows(folder / MUNICIPALITIES, columns)}
    if slug not in rows:
        return {}
    region = rows[slug]["municipality"]
    tables = {file: _values(folder / file, region) for file in (YOUTH_CARE, SOCIAL_DOMAIN)}
    found: dict[tuple[str, int], Registered] = {}
    for measure, sources in SOURCES.items():
        for source in sources:
            for year, value in _added_up(tables[source.file], source.series).items():
                name = " + ".join(source.series)
                found.setdefault((measure, year), Registered(value, name, source.counts))
    if rows[slug][DEBT_SHARE] and rows[slug][DEBT_YEAR]:
        share, year = float(rows[slug][DEBT_SHARE]), int(float(rows[slug][DEBT_YEAR]))
        found[DEBT_SHARE, year] = Registered(share, DEBT_SHARE, SAME)
    return found


def _values(path: Path, region: str) -> dict[tuple[str, int], float]:
    """Return the figures of a region by series and year; where a year stands twice, the first row holds."""
    found: dict[tuple[str, int], float] = {}
    for row in read_rows(path, ["series", "region", "year", "value"]):
        if row["region"] == region and row["year"].isdigit():
            found.setdefault((row["series"], int(row["year"])), float(row["value"]))
    return found


def _added_up(values: Mapping[tuple[str, int], float], series: tuple[str, ...]) -> dict[int, float]:
    """Return the sum of series in every year that all of them have."""
    years = [{year for name, year in values if name == each} for each in series]
    return {year: sum(values[each, year] for each in series) for year in sorted(set.intersection(*years))}
