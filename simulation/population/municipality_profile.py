"""Municipality profiles: how many households, of what kind, in how many wijken.

A profile is read from data/. Unknown figures take the country's value, and a note says so, so that readers
can distinguish a municipality's own figures from borrowed ones.
"""

import difflib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from simulation.dated_figures import DATA_FOLDER, DatedFigure, load_figures, number, read_rows, value_of
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR

HOUSEHOLDS_PER_WIJK = 2400.0  # 7.67 million households over 3,164 wijken (CBS 2015, 2019)
INHABITANTS_PER_HOUSEHOLD = 2.2  # CBS 2015; used where no count of households was found
REFERENCE_YEAR = 2015
COUNTRY = "netherlands"
SHARES = ("single_share", "with_children_share", "one_parent_share", "problem_debt_share")

# Synthetic municipalities, from the country's figures: a share of the country, or a round number of
# households in 2015.
AVERAGE_SHARE = 0.01
ROUND_SIZES = {"neutral_city": 20_000, "street": 200}
ROUND_WIJKEN = {"neutral_city": 8, "street": 2}
SYNTHETIC = ("average", *ROUND_SIZES)


def january(year: int) -> int:
    """Return the month number of January of a year."""
    return (year - BASE_YEAR) * MONTHS_PER_YEAR


class ProfileReader:
    """Reads one profile and notes which figures are borrowed from the country or derived."""

    def __init__(self, slug: str, start_year: int, folder: Path) -> None:
        """Open the files and find the rows of the municipality and of the country."""
        self.slug, self.start_year = slug, start_year
        self.file = "municipalities.csv"
        needed = [
            "slug",
            "municipality",
            "population_2016",
            "households_observed",
            "households_year",
            *SHARES,
            "population_0_14_share_2021",
            "wijken",
            "youth_help_share_u18_2022",
        ]
        rows = {row["slug"]: row for row in read_rows(folder / self.file, needed)}
        if COUNTRY not in rows:
            raise ValueError(f"{self.file}: column slug has no row {COUNTRY!r}")
        self.country = rows[COUNTRY]
        self.row = self.country if slug in SYNTHETIC else rows[slug]
        columns = ["series", "region", "year", "value"]
        self.series = read_rows(folder / "social_domain.csv", columns)
        self.figures = load_figures(COUNTRY, folder)
        self.notes: list[str] = []
        try:
            self.country_growth("households", REFERENCE_YEAR)
        except ValueError as error:
            raise ValueError(f"start year {start_year}: {error}") from None

    def country_growth(self, figure: str, year: int) -> float:
        """Return the country's growth of a figure from a year to the start year."""
        known = self.figures[figure]
        return float(known.between(january(self.start_year)) / known.between(january(year)))

    def country_number(self, column: str) -> float:
        """Return a figure of the country; raise ValueError when it is unknown."""
        known = number(self.country, column, self.file)
        if known is None:
            raise ValueError(f"{self.file}: column {column} is empty for the country")
        return known

    def country_series(self, series: str, year: int) -> float:
        """Return a figure of the country in social_domain.csv; raise ValueError when it is unknown."""
        known = value_of(self.series, series, "NL", year)
        if known is None:
            raise ValueError(f"social_domain.csv: column series has no {series} of NL in {year}")
        return known

    def own_or_country_share(self, column: str, words: str) -> float:
        """Return a percentage as a share, the country's where the municipality's is unknown."""
        own = number(self.row, column, self.file)
        if own is None:
            own = self.country_number(column)
            self.notes.append(f"{words}: unknown, the country's value was taken ({own:g}%).")
        return own / 100.0

    def households(self) -> tuple[int, str]:
        """Return the households at the start year and how they were derived."""
        observed = number(self.row, "households_observed", self.file)
        year = number(self.row, "households_year", self.file) or 0.0
        if observed is not None and not year:
            raise ValueError(f"{self.file}: column households_year is empty for {self.slug}")
        if self.slug in ROUND_SIZES:
            observed, year = ROUND_SIZES[self.slug], REFERENCE_YEAR
            source = f"{observed} in {year} by choice"
        elif self.slug in SYNTHETIC:
            observed, year = self.country_number("households_observed") * AVERAGE_SHARE, REFERENCE_YEAR
            source = f"{AVERAGE_SHARE:.0%} of the country's count of {year}"
        elif observed is not None:
            source = f"{observed:g} observed in {year:g}"
        else:
            observed, year = self.people() / INHABITANTS_PER_HOUSEHOLD, 2016
            source = f"inhabitants of 2016 / {INHABITANTS_PER_HOUSEHOLD:g}, no count was found"
        source += f", scaled to {self.start_year} by the country's growth"
        if self.slug == "street":
            return int(observed), "200 at the start year by choice"
        return round(observed * self.country_growth("households", int(year))), source

    def people(self) -> float:
        """Return the inhabitants in the year of the file (2016; 2015 for the country)."""
        known = number(self.row, "population_2016", self.file)
        if known is None:
            raise ValueError(f"{self.file}: column population_2016 is empty for {self.slug}")
        return known

    def inhabitants(self, households: int) -> int:
        """Return the inhabitants at the start year."""
        year = REFERENCE_YEAR if self.row is self.country else 2016
        if self.slug in SYNTHETIC:
            country = self.figures["inhabitants"].between(january(self.start_year))
            formed = self.figures["households"].between(january(self.start_year))
            return round(households * country / formed)
        return round(self.people() * self.country_growth("inhabitants", year))

    def number_of_wijken(self, households: int) -> int:
        """Return the number of wijken: known, chosen, or one per 2,400 households of 2015."""
        if self.slug in ROUND_WIJKEN:
            return ROUND_WIJKEN[self.slug]
        if self.slug == COUNTRY:
            return round(self.country_series("wijken_count", 2019))
        own = number(self.row, "wijken", self.file)
        if own is not None:
            return round(own)
        self.notes.append(f"Wijken: unknown, households of 2015 / {HOUSEHOLDS_PER_WIJK:g}, rounded.")
        in_2015 = households / self.country_growth("households", REFERENCE_YEAR)
        return max(1, round(in_2015 / HOUSEHOLDS_PER_WIJK))

    def with_children(self, single: float) -> float:
        """Return the share of households with children.

        Where only singles are known, the country's share among households of two and more is used.
        """
        own = number(self.row, "with_children_share", self.file)
        if own is not None or number(self.row, "single_share", self.file) is None:
            return self.own_or_country_share("with_children_share", "Households with children")
        country = self.country_number("with_children_share") / (100 - self.country_number("single_share"))
        self.notes.append(
            "Households with children: unknown, the country's share among households of two and more "
            f"was taken ({country:.0%})."
        )
        return country * (1.0 - single)

    def youth_share(self, inhabitants_per_household: float) -> float:
        """Return children per household relative to the country's, from the share under 15 in 2021."""
        own = number(self.row, "population_0_14_share_2021", self.file)
        if own is None:
            if self.row is not self.country:
                self.notes.append("Children per household: unknown, the country's value was taken.")
            return 1.0
        country = self.figures["share_under_15"].values[0] * 100.0
        people = self.figures["inhabitants"].between(january(self.start_year))
        mean_size = people / self.figures["households"].between(january(self.start_year))
        self.notes.append(
            f"Children per household: scaled by the share under 15 in 2021 ({own:g}%, country {country:g}%)."
        )
        return own / country * inhabitants_per_household / mean_size

    def share_65plus(self, country: float) -> float:
        """Return the share of 65 and over, from the counts of 2015 or 2016."""
        region = self.row["municipality"]
        if self.row is self.country:
            return country
        for year in (2015, 2016):
            share = value_of(self.series, "share_age_65plus", region, year)
            old = value_of(self.series, "population_age_65plus", region, year)
            everybody = value_of(self.series, "population", region, year)
            if share is not None:
                return share / 100.0
            if old is not None and everybody:
                return old / everybody
        self.notes.append(f"65 and over: unknown, the country's value was taken ({country:.1%}).")
        return country

    def country_share_65plus(self) -> float:
        """Return the country's share of 65 and over in 2015."""
        old = [self.country_series(f"population_age_{ages}", REFERENCE_YEAR) for ages in ("65_79", "80plus")]
        return sum(old) / self.country_series("population", REFERENCE_YEAR)

    def fields(self) -> dict[str, Any]:
        """Return the fields of the profile by name."""
        households, source = self.households()
        self.notes.append(f"Households: {source}.")
        inhabitants = self.inhabitants(households)
        single = self.own_or_country_share("single_share", "Singles")
        old = self.country_share_65plus()
        name = self.row["municipality"] if self.slug not in SYNTHETIC else self.slug.replace("_", " ")
        return {
            "slug": self.slug,
            "name": "the Netherlands" if self.slug == COUNTRY else name,
            "start_year": self.start_year,
            "inhabitants": inhabitants,
            "households": households,
            "households_year_source": source,
            "single_share": single,
            "with_children_share": self.with_children(single),
            "one_parent_share": self.own_or_country_share("one_parent_share", "One-parent households"),
            "youth_share": self.youth_share(inhabitants / households),
            "share_65plus": self.share_65plus(old),
            "problem_debt_share": self.own_or_country_share("problem_debt_share", "Problem debt"),
            "youth_help_share": self.own_or_country_share("youth_help_share_u18_2022", "Youth help"),
            "wijken": self.number_of_wijken(households),
            "country_households": self.figures["households"],
            "country_under_18": int(self.figures["under_18"].values[0]),
            "country_share_65plus": old,
            "notes": self.notes,
        }


@dataclass
class MunicipalityProfile:
    """Figures of a municipality before the first month.

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
        Children under 18 per household, relative to the country's.
    share_65plus : float
        Share of inhabitants of 65 and over.
    problem_debt_share : float
        Share of households in registered problem debt.
    youth_help_share : float
        Share of residents under 18 with youth help in a year (2022).
    wijken : int
        Number of wijken.
    deprivation_spread : float
        Spread of deprivation over wijken, in deviations of the country; 1 is assumed for all.
    wijk_deprivation : tuple of float
        Deprivation of each wijk, in deviations of the country; empty where it is drawn.
    country_households, country_under_18, country_share_65plus
        Figures of the country, used for scaling.
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

    def households_at(self, months: Any) -> Any:
        """Return the households formed up to a month or an array of months, never decreasing.

        The municipality grows at the rate of the country.
        """
        month_numbers = np.atleast_1d(np.asarray(months))
        start = self.country_households.between(january(self.start_year))
        ratio = self.country_households.between(month_numbers) / start
        formed = np.rint(self.households * ratio).astype(np.int64)
        return int(formed[0]) if np.ndim(months) == 0 else np.maximum.accumulate(formed)


def known_slugs(folder: Path = DATA_FOLDER) -> list[str]:
    """Return every slug that `load_profile` accepts."""
    return [row["slug"] for row in read_rows(folder / "municipalities.csv", ["slug"])] + list(SYNTHETIC)


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
        Number of households at the start year, if not the profile's; wijken and inhabitants scale with it.
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
    """Return the profile scaled to another number of households."""
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
