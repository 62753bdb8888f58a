"""Verdicts on validation targets, and predictive checks of the fitted targets, from the results of draws.

The estimators of the studies come first, as plain functions of arrays, independent of the model; tests apply
them to data with a known answer.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.analysis.validation.runs import (
    CAUSES,
    GP_YEARS,
    GROWN,
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
    """Return the growth in spending of some municipalities, and the share of it due to more users.

    Spending is users times spending per user, so the logarithms of their growth add up.

    Parameters
    ----------
    spending, users : float64 array of shape (n_municipalities, 2)
        First and last year.
    weights : float64 array of shape (n_municipalities,), optional
        Real households per simulated household; 1 unless given.

    Returns
    -------
    tuple of float
        Growth in percent, and percent of the growth due to users; nan without growth.

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
    """Return the percent by which a series exceeds its earlier trend, by month from the interruption on.

    Segmented regression of logarithms: level and slope before, and changes of both after.

    Parameters
    ----------
    series : float64 array of shape (n_months,)
        Counts by month; the result is nan unless all are above 0.
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
    """Return the percent by which the treated grow more than the others from the start of treatment on.

    Computed on logarithms of mean values before and after per unit, which removes fixed differences between
    units and changes common to all.

    Parameters
    ----------
    outcome : float64 array of shape (n_units, n_years)
        The result is nan unless all are above 0.
    treated : bool array of shape (n_units,)
        Treated units; some, not all.
    first : int
        Index of the first year of treatment.

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
    """Spearman's rank correlation, with a 90% bootstrap interval over units."""

    correlation: float
    low: float
    high: float
    units: int


def rank_correlation(model: np.ndarray, register: np.ndarray, seed: int = 0) -> RankCorrelation:
    """Return the rank correlation between model and register.

    Parameters
    ----------
    model, register : float64 array of shape (n_units,)
        One value per unit.
    seed : int
        Seed of the bootstrap; resamples in which all ranks are tied are left out.

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
    from scipy.stats import rankdata  # slow to import (about a second)

    ranks = rankdata(one), rankdata(other)
    if min(np.ptp(each) for each in ranks) == 0.0:
        return float("nan")
    return round(float(np.corrcoef(*ranks)[0, 1]), 12)


# The validation targets: expressions of the model, and verdicts.
#
# They are not fitted. A target is hit when the model's mean over draws lies inside its bounds. Where its
# figure is used as an input of the model, the target is reported as input and never counts as a hit.

VALIDATION = DATA_FOLDER / "validation_targets.csv"
COLUMNS = ("target", "value", "low", "high", "unit", "region", "period", "definition", "source")
HIT, MISS, INPUT = "hit", "miss", "input"
NEVER = "not within the months followed"
# Targets whose figure is an input, and where it is used: fixed before the fit.
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
# Inputs only while a dated figure drives the model.
INPUTS_WHEN_DATED = {
    "youth_cost_per_user_2019": "the rise in cost per youth is a dated series (`youth_intensity`)",
}
ASKED_PERCENT = 75.0  # required share of hits among targets that are not inputs, set before the fit
UNWRITTEN = "a parameter names it as its source"


@dataclass(frozen=True)
class ValidationTarget:
    """One target and the model's value."""

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
    """Return the targets of the file.

    Raises
    ------
    ConfigurationError
        For bounds that are not numbers, or low above high.
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
    """Return the targets that are inputs, with where each is used.

    Includes targets that a parameter names as its source, or that a dated figure is fitted to.
    """
    sources = " ".join(
        str(each.metadata.get("source", "")) for made in GROUPS.values() for each in fields(made)
    )
    dated, names = fitted_by_dated_figures(), [row["target"] for row in validation_targets()]
    found = {name: UNWRITTEN for name in names if name in sources}
    found |= {name: INPUTS_WHEN_DATED[name] for name in names if name in dated}
    return found | INPUTS


def judge_target(row: Mapping[str, str], values: np.ndarray, entering: Mapping[str, str]) -> ValidationTarget:
    """Return a target with the model's mean, its 90% interval over draws, and the verdict.

    Parameters
    ----------
    row : mapping
        Row of the file.
    values : float64 array
        The model's value, one per draw (or per resample of draws).
    entering : mapping of str to str
        Targets that are inputs, with where each is used.
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
NINE = 9  # number of municipalities in KPMG's study
SMOOTHED = 3  # moving average (months) of a curve before it is read
OF_ONE_DRAW = (
    *SHOWN, *GROWTH_BY_INCOME.values(), "youth_repeat_share", "team_closed_within_year",
    "satisfaction_gap_zaanstad", "municipalities_over_budget_2018", "gp_practitioner_closed_share",
)  # fmt: skip

Values = Mapping[str, np.ndarray]  # by name: float64 arrays of shape (n_draws, n_months)


def validation(values: Values) -> list[ValidationTarget]:
    """Return every validation target with its verdict."""
    found = expressed(values)
    entering = inputs()
    return [judge_target(row, found[row["target"]], entering) for row in validation_targets()]


def expressed(values: Values) -> dict[str, np.ndarray]:
    """Return the model's value of every target: per draw, or per bootstrap resample of draws.

    Properties of a monthly curve (first month of an effect, a lag) and the share of a growth are computed
    from the mean over draws: in one draw a curve counts a handful of children, and the share of a growth near
    zero is undefined. Their interval is a bootstrap over draws.
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
    users_added, stay_users_added = (values[name][:, 0] for name in GROWN)
    found["youth_growth_without_stay_share"] = np.array(
        [100.0 * (1.0 - stay_users_added[some].sum() / users_added[some].sum()) for some in chosen]
    )
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
    """Return spending and users of nine random municipalities per draw, as in KPMG's study.

    Returns
    -------
    tuple of float64 array of shape (n_draws, 2)
        Sums over the nine in 2016 and 2018, weighted by real size.
    """
    weight = _of_municipalities(values, "weight")
    sums = []
    for name in ("spending", "users"):
        of_each = weight * _of_municipalities(values, name)
        rng = np.random.default_rng(NINE)  # the same seed for both, so that they have the same nine
        sums.append(np.array([each[rng.permutation(len(each))[:NINE]].sum(axis=0) for each in of_each]))
    return sums[0], sums[1]


def effect_of_practitioners(values: Values, design: bool = True) -> np.ndarray:
    """Return the percent change in users once GPs have a youth practitioner, float64 (n_draws,).

    Parameters
    ----------
    values : dict
        Results of the draws.
    design : bool
        Whether to use the design of the studies, difference in differences with other municipalities;
        otherwise the same municipalities without a practitioner are the control, which only a model allows.
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
    """Return the results that are reported and not scored.

    Returns
    -------
    dict
        "ranks": rank correlation of the share of youths in care of the sixteen municipalities, mean over
        draws, with the register of 2022; "by_municipality": model and register; "series_by_income":
        percent of household help above the earlier trend in 2020, mean over draws, by income fifth, with
        its 90% interval; "practitioner_paired": effect of practitioners, paired by municipality.
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
    """Return explanatory quantities of misses, mean over draws: a mechanism switched off, or a component."""
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
    """Return the percent above the earlier trend per draw, mean over the last year of the series."""
    return np.array([interrupted_series(each, INTERRUPTED_AT)[-MONTHS_PER_YEAR:].mean() for each in series])


def _with_interval(values: np.ndarray) -> dict[str, float | None]:
    """Return mean and 90% interval over the draws that are finite; None without any."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return dict.fromkeys(("mean", "low", "high"))
    low, high = np.quantile(finite, [0.05, 0.95])
    return {"mean": float(finite.mean()), "low": float(low), "high": float(high)}


def month_from(helped: np.ndarray, usual: np.ndarray) -> float:
    """Return the first month, from 1, from which the helped exceed the usual for half a year, or nan.

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
    """Return the percent reduction of cases among the helped in months 19 to 24."""
    with_help, without = helped[FROM_MONTH_19].mean(), usual[FROM_MONTH_19].mean()
    return float(100.0 * (1.0 - with_help / without)) if without > 0 else float("nan")


def lag(usual: np.ndarray, less: np.ndarray) -> float:
    """Return the month in which the smoothed excess reaches half its maximum; nan without an excess.

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
    """Return the fitted targets with the model's mean, 90% interval over draws, and verdict."""
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
    """Return the numbers of hits, misses and inputs."""
    return {name: sum(row.verdict == name for row in rows) for name in (HIT, MISS, INPUT)}
