"""Reads the profile of a municipality of one's own: its figures, and the country's where there are none."""

from typing import Any

from scenarios.config.municipality_files.figures import FIGURES, growth
from scenarios.config.municipality_files.file import DEFAULT_YEAR, OwnMunicipality
from simulation.history.dated_figures import DATA_FOLDER
from simulation.population.profile_reader import COUNTRY, ProfileReader

YEAR_OF_INHABITANTS = 2016  # of the column population_2016
OVER_65 = "people.over_65_percent"


class OwnReader(ProfileReader):
    """Reads one profile from a file of the user instead of a row of data/municipalities.csv."""

    def __init__(self, own: OwnMunicipality, start_year: int) -> None:
        super().__init__(COUNTRY, start_year, DATA_FOLDER)
        self.own = own
        self.slug, self.file = own.slug, own.path.name
        self.row = _row(own)
        if OVER_65 in own.figures:
            share = {"region": self.row["municipality"], "year": "2015", "value": str(own.figures[OVER_65])}
            self.series = [{"series": "share_age_65plus", **share}, *self.series]

    def fields(self) -> dict[str, Any]:
        """Return the fields of the profile by name."""
        own = self.own
        spread = own.figures.get("wijken.deprivation_spread", 1.0)
        found = super().fields() | {"name": own.name, "deprivation_spread": spread}
        found["wijk_deprivation"] = own.wijk_deprivation
        source = f"; {own.source}" if own.source else ""
        of_file = f"{own.name}: a municipality of one's own, from {own.path.name}{source}."
        return found | {"notes": [of_file, *own.doubts, *self.notes]}


def _row(own: OwnMunicipality) -> dict[str, str]:
    """Return the figures as a row of data/municipalities.csv."""
    figures = own.figures
    row = {each.column: _text(figures.get(name)) for name, each in FIGURES.items() if each.column}
    year = int(figures.get("people.inhabitants_year", DEFAULT_YEAR))
    in_2016 = figures["people.inhabitants"] * growth("inhabitants", year, YEAR_OF_INHABITANTS)
    return row | {
        "slug": own.slug,
        # No region of social_domain.csv: figures of one that is called alike are not borrowed.
        "municipality": f"own municipality {own.slug}",
        "population_2016": str(round(in_2016)),
        "households_year": _text(figures.get("people.households_year", year)),
    }


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"
