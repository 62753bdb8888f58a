"""Municipality profiles: how many households, of what kind, in how many wijken.

A profile is read from data/. What is unknown takes the country's value and a note says so, because
a reader must be able to tell a municipality's own figure from a borrowed one.
"""

import difflib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from simulation.history.csv_tables import read_rows
from simulation.history.dated_figures import DATA_FOLDER, DatedFigure
from simulation.population.profile_reader import MADE, REFERENCE_YEAR, ProfileReader, january


@dataclass
class MunicipalityProfile:
    """What is known of a municipality before the first month.

    Attributes
    ----------
    slug, name : str
        Name in files and name in texts.
    start_year : int
        Year of `households` and `inhabitants` (1 January).
    inhabitants, households : int
        Numbers at the start year.
    households_year_source : str
        How the number of households was derived.
    single_share, with_children_share, one_parent_share : float
        Shares of households; with children includes one-parent and adult children at home.
    youth_share : float
        Children under 18 per household over the country's (1 is the country).
    share_65plus : float
        Share of inhabitants of 65 and over.
    problem_debt_share : float
        Share of households in registered problem debt.
    youth_help_share : float
        Share of residents under 18 with youth help in a year (2022).
    wijken : int
        Number of wijken.
    deprivation_spread : float
        How far wijken lie apart, in deviations of the country; 1 is assumed for all.
    wijk_deprivation : tuple of float
        Deprivation of each wijk, in deviations of the country; empty where it is drawn.
    country_households, country_under_18, country_share_65plus
        The country's own figures, to scale with.
    notes : list of str
        One sentence for each figure that is borrowed or derived.
    """

    slug: str
    name: str
    start_year: int
    inhabitants: int
    households: int
    households_year_source: str
    single_share: float
    with_children_share: float
    one_parent_share: float
    youth_share: float
    share_65plus: float
    problem_debt_share: float
    youth_help_share: float
    wijken: int
    country_households: DatedFigure
    country_under_18: int
    country_share_65plus: float
    deprivation_spread: float = 1.0
    wijk_deprivation: tuple[float, ...] = ()
    notes: list[str] = field(default_factory=list)

    @property
    def inhabitants_per_household(self) -> float:
        """Inhabitants per household, adult children at home and institutions included."""
        return self.inhabitants / self.households

    @property
    def children_per_household(self) -> float:
        """Children under 18 per household (2015)."""
        country = self.country_under_18 / self.country_households.between(january(REFERENCE_YEAR))
        return float(country * self.youth_share)

    def households_at(self, months):
        """Return the households formed up to a month or an array of months, never decreasing.

        The municipality grows as the country does.
        """
        asked = np.atleast_1d(np.asarray(months))
        start = self.country_households.between(january(self.start_year))
        ratio = self.country_households.between(asked) / start
        formed = np.rint(self.households * ratio).astype(np.int64)
        return int(formed[0]) if np.ndim(months) == 0 else np.maximum.accumulate(formed)


def known_slugs(folder: Path = DATA_FOLDER) -> list[str]:
    """Return every slug that `load_profile` takes."""
    return [row["slug"] for row in read_rows(folder / "municipalities.csv", ["slug"])] + list(MADE)


def load_profile(
    slug: str,
    start_year: int = 2010,
    households: int | None = None,
    folder: Path = DATA_FOLDER,
) -> MunicipalityProfile:
    """Return the profile of a municipality.

    Parameters
    ----------
    slug : str
        A municipality of data/municipalities.csv, "netherlands", or one made from the country's
        figures: "average", "neutral_city", "street".
    start_year : int
        Year to which households and inhabitants are scaled.
    households : int, optional
        Another number of households at the start year; wijken and inhabitants go along.
    folder : Path
        Folder of the data files.

    Raises
    ------
    ValueError
        When the slug is unknown or a data file is unreadable or incomplete.
    """
    slugs = known_slugs(folder)
    if slug not in slugs:
        near = difflib.get_close_matches(str(slug), slugs, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"expected one of {', '.join(slugs)}"
        raise ValueError(f"no municipality is called {slug!r}; {hint}")
    profile = MunicipalityProfile(**ProfileReader(slug, start_year, folder).fields())
    return profile if households is None else _resized(profile, households)


def _resized(profile: MunicipalityProfile, households: int) -> MunicipalityProfile:
    """Return the profile with another number of households and all else in proportion."""
    if isinstance(households, bool) or int(households) != households or households < 1:
        raise ValueError(f"households = {households!r}: expected a whole number of at least 1")
    ratio = households / profile.households
    profile.inhabitants = round(profile.inhabitants * ratio)
    profile.wijken = max(1, round(profile.wijken * ratio))
    if profile.wijk_deprivation and len(profile.wijk_deprivation) != profile.wijken:
        profile.wijk_deprivation = ()
        profile.notes.append("Wijken: of another size than the municipality's own, so they are drawn.")
    profile.notes.append(f"Scaled from {profile.households} to {households} households at the start year.")
    profile.households = int(households)
    profile.households_year_source = f"set to {households} at {profile.start_year}"
    return profile
