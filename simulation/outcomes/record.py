"""The record: what happened in the country in 2012-2022, as `data/record.csv` gathers it from the sources."""

from dataclasses import dataclass
from pathlib import Path

from simulation.history import dated_figures
from simulation.history.csv_tables import number, read_rows
from simulation.history.dated_figures import DATA_FOLDER

RECORD = DATA_FOLDER / "record.csv"
TEXTS = ("series", "unit", "status", "source", "derivation", "input_of")
STATUSES = ("observed", "derived", "approximate")


@dataclass(frozen=True)
class Point:
    """One figure of the record.

    Attributes
    ----------
    series : str
    year : int
    value : float
    low, high : float or None
        Its bounds, where the source or a target gives them.
    unit : str
    status : str
        "observed", "derived" or "approximate" (press, a forecast).
    source, derivation : str
        Who published it, and from which rows of the data files it was taken.
    input_of : str
        The dated figure that fits it, if any: once that drives the model, the point is an input.
    """

    series: str
    year: int
    value: float
    low: float | None
    high: float | None
    unit: str
    status: str
    source: str
    derivation: str
    input_of: str

    @property
    def is_input(self) -> bool:
        """Whether a dated figure that drives the model fits this point."""
        return self.input_of in dated_figures.DRIVING


def read_record(path: Path = RECORD) -> dict[tuple[str, int], Point]:
    """Return the record by series and year.

    Raises
    ------
    ValueError
        When the file cannot be read, a value is missing, only one bound is given, bounds do not hold the
        value, or a status is unknown.
    """
    points = {}
    for row in read_rows(path, (*TEXTS, "year", "value", "low", "high")):
        value, low, high = (number(row, column, path.name) for column in ("value", "low", "high"))
        place = f"{path.name}, {row['series']} {row['year']}"
        if value is None or not row["source"]:
            raise ValueError(f"{place}: expected a value and a source")
        if (low is None) != (high is None) or not (value if low is None else low) <= value <= (
            value if high is None else high
        ):
            raise ValueError(f"{place}: expected low <= value <= high, or no bounds")
        if row["status"] not in STATUSES:
            raise ValueError(f"{place}: status {row['status']!r}; expected one of {', '.join(STATUSES)}")
        texts = {name: row[name] for name in TEXTS}
        point = Point(**texts, year=int(row["year"]), value=value, low=low, high=high)
        points[point.series, point.year] = point
    return points
