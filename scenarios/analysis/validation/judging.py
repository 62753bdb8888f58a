"""From what draws came to, to verdicts: validation targets, and predictive checks of the fitted targets.

The comparisons of studies that the validation follows stand first, as plain estimators on plain arrays. None
knows the model: what each finds in numbers with a known answer is tested.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.analysis.validation.runs import (
    CAUSES,
    GP_YEARS,
    GROWTH_BY_INCOME,
    INCOMES,
    INTENSITY,
    INTERRUPTED_AT,
    PRACTITIONERS_FROM,
    SHOWN,
    TRENDS,
)
from scenarios.common.calibration_inputs import fitted_by_dated_figures, scored_targets
from scenarios.common.errors import ConfigurationError
from scenarios.studies.country import municipalities_with_figures
from simulation.dated_figures import DATA_FOLDER, read_rows
from simulation.months import MONTHS_PER_YEAR
from simulation.parameters import GROUPS
from simulation.population.municipality_profile import load_profile

DESIGN_RESAMPLES = 2000


def growth_and_volume(
    spending: np.ndarray, users: np.ndarray, weights: np.ndarray | None = None
) -> tuple[float, float]:
    """Return the growth of the spending of some municipalities, and the share of it due to more users.

    Spending is users times spending per user, so the logarithm of its growth is the sum of those of both.

    Parameters
    ----------
    spending, users : float64 array of shape (n_municipalities, 2)
        In the first and in the last year.
    weights : float64 array of shape (n_municipalities,), optional
        How many real households a simulated one stands for; 1 unless given.

    Returns
    -------
    tuple of float
        Percent growth, and percent of it; the share is not a number without growth.

    Examples
    --------
    >>> growth, share = growth_and_volume(np.array([[100.0, 121.0]]), np.array([[10.0, 11.0]]))
    >>> round(growth, 6), round(share, 6)
    (21.0, 50.0)
    """
    weights = np.ones(len(spending)) if weights is None else weights
    paid, helped = weights @ spending, weights @ users
    growth = float(paid[1] / paid[0])
    share = float(100.0 * np.log(helped[1] / helped[0]) / np.log(growth)) if growth > 1.0 else float("nan")
    return 100.0 * (growth - 1.0), share


def interrupted_series(series: np.ndarray, at: int) -> np.ndarray:
    """Return by how many percent a series lies above its earlier trend, by month from the interruption on.

    Segmented regression on logarithms: a level and a slope before, a change of both after.

    Parameters
    ----------
    series : float64 array of shape (n_months,)
        Counts by month; each above 0, or the answer is not a number.
    at : int
        The first month after the interruption.

    Returns
    -------
    float64 array of shape (n_months - at,)

    Examples
    --------
    >>> months = np.arange(60.0)
    >>> series = 100.0 * 1.01**months * np.where(months >= 36, 1.2, 1.0)
    >>> interrupted_series(series, 36).round(6)[[0, -1]]
    array([20., 20.])
    """
    months = np.arange(len(series), dtype=float)
    after = months >= at
    since = np.where(after, months - at, 0.0)
    if (series <= 0.0).any():
        return np.full(int(after.sum()), np.nan)
    design = np.column_stack([np.ones_like(months), months, after, since])
    found = np.linalg.lstsq(design, np.log(series), rcond=None)[0]
    return 100.0 * np.expm1(found[2] + found[3] * since[after])


def difference_in_differences(outcome: np.ndarray, treated: np.ndarray, first: int) -> float:
    """Return by how many percent the treated grow more than the others from the start of treatment on.

    Logarithms, a mean before and a mean after per unit: what units always differ in and what happens to
    all of them falls out.

    Parameters
    ----------
    outcome : float64 array of shape (n_units, n_years)
        Above 0, or the answer is not a number.
    treated : bool array of shape (n_units,)
        Which units are treated; some are, some are not.
    first : int
        Place of the first year of treatment.

    Examples
    --------
    >>> outcome = np.array([[10.0, 20.0], [100.0, 220.0]])
    >>> round(difference_in_differences(outcome, np.array([False, True]), 1), 6)
    10.0
    """
    if (outcome <= 0.0).any():
        return float("nan")
    logs = np.log(outcome)
    change = logs[:, first:].mean(axis=1) - logs[:, :first].mean(axis=1)
    return float(100.0 * np.expm1(change[treated].mean() - change[~treated].mean()))


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's correlation of ranks, with the 90% interval over resamples of the units."""

    correlation: float
    low: float
    high: float
    units: int


def rank_correlation(model: np.ndarray, register: np.ndarray, seed: int = 0) -> RankCorrelation:
    """Return how far units are in the same order in the model as in the register.

    Parameters
    ----------
    model, register : float64 array of shape (n_units,)
        One value per unit.
    seed : int
        Seed of the resamples; one in which all ranks are tied is left out.

    Examples
    --------
    >>> rank_correlation(np.arange(9.0), np.arange(9.0) ** 3).correlation
    1.0
    """
    rng = np.random.default_rng(seed)
    units = len(model)
    resamples = (rng.integers(0, units, units) for _ in range(DESIGN_RESAMPLES))
    found = [_spearman(model[some], register[some]) for some in resamples]
    low, high = np.nanquantile(found, [0.05, 0.95])
    return RankCorrelation(_spearman(model, register), float(low), float(high), units)


def _spearman(one: np.ndarray, other: np.ndarray) -> float:
    from scipy.stats import rankdata  # takes a second to import

    ranks = rankdata(one), rankdata(other)
    if min(np.ptp(each) for each in ranks) == 0.0:
        return float("nan")
    return round(float(np.corrcoef(*ranks)[0, 1]), 12)


# The validation targets: what each is in the model, and whether it is hit.
#
# Nothing is fitted to them. A row is hit when the model's mean over draws lies inside its bounds. Where a
# figure enters the model as an input, the row is reported as input, and is never a hit.

VALIDATION = DATA_FOLDER / "validation_targets.csv"
COLUMNS = ("target", "value", "low", "high", "unit", "region", "period", "definition", "source")
HIT, MISS, INPUT = "hit", "miss", "input"
NEVER = "not within the months followed"
# Rows whose figure enters the model, and by what: decided before the fit, and never counted as hits.
INPUTS = {
    "team_closed_within_year": (
        "the usual length of a team case (`wijkteam.team_closes_per_month`) is set from it"
    ),
    "youth_help_spread_of_municipalities": (
        "how far municipalities differ (`population.municipal_spread`) is set from it"
    ),
    "household_help_growth_2019": (
        "how many the contribution kept from asking (`household.contribution_deterrence`) is set from it"
    ),
    "household_help_growth_lowest_income": (
        "how strongly the contribution deters by income (`household.contribution_deters`) is set from it"
    ),
    "household_help_growth_highest_income": (
        "how strongly the contribution deters by income (`household.contribution_deters`) is set from it"
    ),
    "gp_practitioner_closed_share": (
        "what a practitioner closes (`referral_source.practitioner_closes`) is set from the same studies"
    ),
}
# As above, as long as a dated figure drives the model.
INPUTS_WHEN_DATED = {
    "youth_cost_per_user_2019": "the rise in cost per youth is a dated series (`youth_intensity`)",
}
ASKED_PERCENT = 75.0  # of the rows that are no input, said before the fit
UNWRITTEN = "a parameter names it as its source"


@dataclass(frozen=True)
class ValidationTarget:
    """One row next to the model."""

    target: str
    value: float
    low: float
    high: float
    unit: str
    definition: str
    source: str
    verdict: str
    mean: float | None
    interval: tuple[float, float] | None
    note: str = ""


def validation_targets(path: Path = VALIDATION) -> list[dict[str, str]]:
    """Return the rows of the file.

    Raises
    ------
    ConfigurationError
        For bounds that are no numbers or the wrong way round.
    """
    rows = read_rows(path, COLUMNS)
    for row in rows:
        try:
            low, high = float(row["low"]), float(row["high"])
            float(row["value"])
        except ValueError:
            raise ConfigurationError(
                f"{path.name}, {row['target']}: expected numbers for value, low, high"
            ) from None
        if low > high:
            raise ConfigurationError(
                f"{path.name}, {row['target']}: expected low <= high, got {low:g}, {high:g}"
            )
    return rows


def inputs() -> dict[str, str]:
    """Return the rows whose figure enters, each with by what.

    Besides those that are listed: what a parameter names as its source, and what a dated figure fits.
    """
    sources = " ".join(
        str(each.metadata.get("source", "")) for made in GROUPS.values() for each in fields(made)
    )
    dated, names = fitted_by_dated_figures(), [row["target"] for row in validation_targets()]
    found = {name: UNWRITTEN for name in names if name in sources}
    found |= {name: INPUTS_WHEN_DATED[name] for name in names if name in dated}
    return found | INPUTS


def judged(row: Mapping[str, str], values: np.ndarray, entering: Mapping[str, str]) -> ValidationTarget:
    """Return a row with the model's mean, its 90% interval over draws, and the verdict.

    Parameters
    ----------
    row : mapping
        As in the file.
    values : float64 array
        The model's value, one per draw (or per resample of draws).
    entering : mapping of str to str
        Rows that enter as inputs, each with by what.
    """
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    words = row["unit"], row["definition"], row["source"]
    name = row["target"]
    finite = values[np.isfinite(values)]
    note = entering.get(name, "" if finite.size else NEVER)
    if not finite.size:
        verdict = INPUT if name in entering else MISS
        return ValidationTarget(name, value, low, high, *words, verdict, None, None, note)
    mean = float(finite.mean())
    interval = (float(np.quantile(finite, 0.05)), float(np.quantile(finite, 0.95)))
    verdict = INPUT if name in entering else HIT if low <= mean <= high else MISS
    return ValidationTarget(name, value, low, high, *words, verdict, mean, interval, note)


RESAMPLES = 400
FROM_MONTH_19 = slice(18, 24)
HALF = 0.5
OF_SATISFACTION = ("satisfaction_gap_equal_waiting", "waited_wijkteam", "waited_youth_team")
NINE = 9  # municipalities of KPMG's study
SMOOTHED = 3  # months over which a curve is averaged before it is read
OF_ONE_DRAW = (
    *SHOWN, *GROWTH_BY_INCOME.values(), "youth_repeat_share", "team_closed_within_year",
    "satisfaction_gap_zaanstad", "municipalities_over_budget_2018", "gp_practitioner_closed_share",
)  # fmt: skip

Values = Mapping[str, np.ndarray]  # by name: float64 arrays of shape (n_draws, n_months)


def validation(values: Values) -> list[ValidationTarget]:
    """Return every validation target with its verdict."""
    found = expressed(values)
    entering = inputs()
    return [judged(row, found[row["target"]], entering) for row in validation_targets()]


def expressed(values: Values) -> dict[str, np.ndarray]:
    """Return the model's value of every row: per draw, or per resample of draws.

    What is read from a curve by month (from which month on, after how many months) and the share of a
    growth are read from the mean over draws: in one city of one draw a handful of children make the
    curve, and a growth near zero has no share. Their interval is over resamples of the draws.
    """
    found = {name: values[name][:, 0] for name in OF_ONE_DRAW}
    shares = _of_municipalities(values, "share")[:, :, 0]
    found["youth_help_spread_of_municipalities"] = np.quantile(shares, 0.9, axis=1) / np.quantile(
        shares, 0.1, axis=1
    )
    rng = np.random.default_rng(0)
    n = len(shares)
    chosen = [np.arange(n), *(rng.integers(0, n, n) for _ in range(RESAMPLES))]
    found["jcurve_formal_measures_month_from"] = np.array(
        [month_from(*(values[f"formal_{arm}"][some].mean(axis=0) for arm in ("with", "without")))
         for some in chosen]
    )  # fmt: skip
    found["jcurve_in_care_reduction"] = np.array(
        [reduction(*(values[f"care_{arm}"][some].mean(axis=0) for arm in ("with", "without")))
         for some in chosen]
    )  # fmt: skip
    found["prevention_cut_lag"] = np.array(
        [lag(*(values[f"heavy_{arm}"][some].mean(axis=0) for arm in ("usual", "less"))) for some in chosen]
    )  # fmt: skip
    spending, users = nine_of_sixteen(values)
    found["youth_spending_growth_2016_2018"] = np.array(
        [growth_and_volume(*each)[0] for each in zip(spending[:, None], users[:, None], strict=True)]
    )
    found["youth_spending_growth_volume_share"] = np.array(
        [growth_and_volume(spending[some], users[some])[1] for some in chosen]
    )
    found["gp_practitioner_volume_effect"] = effect_of_practitioners(values)
    return found


def _of_municipalities(values: Values, name: str) -> np.ndarray:
    """Return what each of the municipalities came to: float64 of shape (n_draws, n_municipalities, n)."""
    return np.stack([values[f"{name}_{slug}"] for slug in municipalities_with_figures()], axis=1)


def nine_of_sixteen(values: Values) -> tuple[np.ndarray, np.ndarray]:
    """Return spending and users of nine municipalities drawn anew in each draw, as in KPMG's study.

    Returns
    -------
    tuple of float64 array of shape (n_draws, 2)
        Sums over the nine in 2016 and 2018, each municipality by its real size.
    """
    weight = _of_municipalities(values, "weight")
    sums = []
    for name in ("spending", "users"):
        of_each = weight * _of_municipalities(values, name)
        rng = np.random.default_rng(NINE)  # the same nine for both
        sums.append(np.array([each[rng.permutation(len(each))[:NINE]].sum(axis=0) for each in of_each]))
    return sums[0], sums[1]


def effect_of_practitioners(values: Values, design: bool = True) -> np.ndarray:
    """Return the percent by which users change once GPs have a youth practitioner, float64 (n_draws,).

    Parameters
    ----------
    values : dict
        What draws came to.
    design : bool
        Whether as the studies do, by difference in differences with other municipalities; otherwise against
        the same municipalities without a practitioner, which only a model can have.
    """
    treated = _of_municipalities(values, "gp_treated")[:, :, 0] > HALF
    users = _of_municipalities(values, "gp_users")
    first = GP_YEARS.index(PRACTITIONERS_FROM)
    if design:
        pairs = zip(users, treated, strict=True)
        return np.array([difference_in_differences(*each, first) for each in pairs])
    usual = _of_municipalities(values, "gp_usual")
    with_them, without = (
        np.where(treated[:, :, None], each, 0.0)[:, :, first:].sum(axis=(1, 2)) for each in (users, usual)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(100.0 * (with_them / without - 1.0))


def reported(values: Values) -> dict[str, Any]:
    """Return what is reported next to the rows and never scored.

    Returns
    -------
    dict
        "ranks": rank correlation of the share of youths in care of the sixteen municipalities, mean over
        draws, with the register of 2022; "by_municipality": model and register; "series_by_income":
        percent of household help above the earlier trend in 2020, mean over draws, by income fifth, with
        its 90% interval; "practitioner_paired": effect of practitioners on the same municipalities.
    """
    slugs = municipalities_with_figures()
    shares = _of_municipalities(values, "share")[:, :, 0].mean(axis=0)
    register = np.array([load_profile(slug).youth_help_share for slug in slugs])
    register *= 100.0
    jumps = [_jump(values[f"household_help_income_{fifth}"]) for fifth in range(INCOMES)]
    return {
        "ranks": asdict(rank_correlation(shares, register)),
        "by_municipality": {
            slug: {"model": float(one), "register": float(other)}
            for slug, one, other in zip(slugs, shares, register, strict=True)
        },
        "series_by_income": [_with_interval(each) for each in jumps],
        "practitioner_paired": _with_interval(effect_of_practitioners(values, design=False)),
    }


def causes(values: Values) -> dict[str, float]:
    """Return what misses are traced to, mean over draws: a mechanism switched off, or a part of the row."""
    found = {
        name: float(np.nanmean(values[name])) for name in (*CAUSES, *TRENDS, *INTENSITY, *OF_SATISFACTION)
    }
    results = _of_municipalities(values, "result")[:, :, 0]
    spending, users = (each.sum(axis=0) for each in nine_of_sixteen(values))
    return found | {
        "nine_users": 100.0 * float(users[1] / users[0] - 1.0),
        "nine_per_user": 100.0 * float(spending[1] / users[1] / (spending[0] / users[0]) - 1.0),
        "practitioner_paired": float(np.nanmean(effect_of_practitioners(values, design=False))),
        "household_help_growth_2019": float(np.nanmean(values["household_help_growth_2019"])),
        "children_placed": float(values["care_without"][:, FROM_MONTH_19].mean(axis=1).sum()),
        "children_placed_helped": float(values["care_with"][:, FROM_MONTH_19].mean(axis=1).sum()),
        "deficit": -float(results.mean()),
        "result_deviation": float(results.std(axis=1).mean()),
    }


def _jump(series: np.ndarray) -> np.ndarray:
    """Return per draw the percent above the earlier trend, mean over the last year of the series."""
    return np.array([interrupted_series(each, INTERRUPTED_AT)[-MONTHS_PER_YEAR:].mean() for each in series])


def _with_interval(values: np.ndarray) -> dict[str, float | None]:
    """Return mean and 90% interval over draws of what is a number; none where nothing is."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return dict.fromkeys(("mean", "low", "high"))
    low, high = np.quantile(finite, [0.05, 0.95])
    return {"mean": float(finite.mean()), "low": float(low), "high": float(high)}


def month_from(helped: np.ndarray, usual: np.ndarray) -> float:
    """Return the first month, from 1, from which more of the helped have it for half a year, or nan.

    Examples
    --------
    >>> month_from(np.array([1.0, 1, 1, 3, 3, 3, 3, 3, 3]), np.ones(9) * 2)
    4.0
    """
    more = helped > usual
    for month in range(len(more) - 5):
        if more[month : month + 6].all():
            return float(month + 1)
    return float("nan")


def reduction(helped: np.ndarray, usual: np.ndarray) -> float:
    """Return by how many percent fewer of the helped have it in months 19 to 24."""
    with_help, without = helped[FROM_MONTH_19].mean(), usual[FROM_MONTH_19].mean()
    return float(100.0 * (1.0 - with_help / without)) if without > 0 else float("nan")


def lag(usual: np.ndarray, less: np.ndarray) -> float:
    """Return the month in which the excess comes to half of its most, smoothed; not a number without any.

    Examples
    --------
    >>> lag(np.zeros(36), np.concatenate([np.zeros(12), np.ones(24)]))
    13.0
    """
    window = np.ones(SMOOTHED) / SMOOTHED
    excess = np.convolve(less - usual, window, mode="same")
    if excess.max() <= 0.0:
        return float("nan")
    return float(np.argmax(excess >= HALF * excess.max()) + 1)


def predictive_checks(values: Values) -> list[dict[str, Any]]:
    """Return the fitted targets with the model's mean and 90% interval over draws, and the verdict."""
    found = []
    for row in scored_targets():
        each = values[row.target][:, 0]
        each = each[np.isfinite(each)]
        mean, low, high = float(each.mean()), *(float(q) for q in np.quantile(each, [0.05, 0.95]))
        found.append(
            {"name": row.target, "block": row.block, "value": row.value, "low": row.low, "high": row.high,
             "unit": row.unit, "model": {"mean": mean, "low": low, "high": high},
             "inside": row.low <= mean <= row.high,
             "share_below": float((each < row.value).mean())}
        )  # fmt: skip
    return found


def counts(rows: list[ValidationTarget]) -> dict[str, int]:
    """Return how many rows are hit, missed or inputs."""
    return {name: sum(row.verdict == name for row in rows) for name in (HIT, MISS, INPUT)}
