"""The numbers that a calibration fits, and what was known of each before: data/priors.csv."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scenarios.common.errors import ConfigurationError
from simulation.dated_figures import DATA_FOLDER, number, read_rows

PRIORS = DATA_FOLDER / "priors.csv"
COLUMNS = ("parameter", "low", "high", "target", "source")


@dataclass(frozen=True)
class Prior:
    """What was known of one number before the fit: every value between the ends is equally likely.

    Attributes
    ----------
    low, high : float
        Ends, in the unit of the parameter.
    target : str
        The calibration target that is expected to inform it most.
    source : str
        Where the ends come from; "assumed" is a source.
    """

    low: float
    high: float
    target: str
    source: str


@cache
def priors(path: Path = PRIORS) -> dict[str, Prior]:
    """Return the priors by key, in the order of the file.

    Raises
    ------
    ConfigurationError
        For a file that cannot be read, a number without ends, or one that is listed twice.
    """
    found: dict[str, Prior] = {}
    try:
        for row in read_rows(path, COLUMNS):
            low, high = (number(row, column, path.name) for column in ("low", "high"))
            key = row["parameter"]
            if low is None or high is None or not low < high or key in found:
                raise ValueError(
                    f"{path.name}, {key}: expected one row with low < high, got {row['low']}, {row['high']}"
                )
            found[key] = Prior(low, high, row["target"], row["source"])
    except ValueError as error:
        raise ConfigurationError(str(error)) from None
    return found
