"""A study of claims: sequential replications with early stopping, and the parameters that decide a claim.

The deciding parameters have the largest rank correlation with the effect; a threshold is the value at which a
claim changes sign. A threshold is searched on the even replications and confirmed on the odd ones, with one
test per statement, so that a search over many parameters does not produce false thresholds.
"""

import json
import math
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis.claims import experiment
from scenarios.analysis.claims.claim import Claim, Statement
from scenarios.analysis.claims.experiment import FINISHED, ClaimsReplication, Experiments, Outcome, write
from scenarios.analysis.claims.verdict import (
    DEPENDS,
    ENOUGH,
    ERROR_OF_VERDICT,
    Deciding,
    Found,
    Threshold,
    error_of_look,
    estimate,
    final_verdict,
    inside_margin,
    looks_until,
    mean_interval,
    replications_to_settle,
    safe_verdict,
    verdict_of_claim,
)
from scenarios.common.files import write_atomically
from scenarios.runs.draws import expected_draw
from scenarios.runs.replications import do_all, parameters_of_replication
from scenarios.runs.scenario import Scenario
from simulation.outcomes.definitions import MEASURES

ERROR = 0.05
QUANTILES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
LEAST_REPLICATIONS = 20  # minimum on either side of a threshold, in each half
TRIED, SHOWN = 16, 3
FEWEST = 4 * LEAST_REPLICATIONS


def deciding_parameters(
    drawn: np.ndarray, names: list[str], effects: np.ndarray, most: int = SHOWN
) -> tuple[Deciding, ...]:
    """Return the drawn parameters with a significant rank correlation with the effect, strongest first.

    Parameters
    ----------
    drawn : float64 array of shape (n_replications, n_parameters)
        Drawn values.
    names : list of str
        Their names.
    effects : float64 array of shape (n_replications,)
        Effects; nan values are left out.
    most : int
        Maximum number of parameters.
    """
    known = np.isfinite(effects)
    count = int(known.sum())
    if count < LEAST_REPLICATIONS or not names:
        return ()
    correlations = rank_correlations(drawn[known], effects[known])
    surely = _least_correlation(count, ERROR / len(names))
    order = np.argsort(-np.abs(correlations), kind="stable")[:most]
    return tuple(
        Deciding(names[each], float(correlations[each])) for each in order if abs(correlations[each]) > surely
    )


def rank_correlations(drawn: np.ndarray, effects: np.ndarray) -> np.ndarray:
    """Return Spearman's correlation of every column with the effects; 0 for a constant column."""
    columns = np.apply_along_axis(_ranks, 0, drawn)
    ranks = _ranks(effects)
    columns = columns - columns.mean(axis=0)
    ranks = ranks - ranks.mean()
    size = np.sqrt((columns**2).sum(axis=0) * (ranks**2).sum())
    return np.where(size > 0.0, columns.T @ ranks / np.where(size > 0.0, size, 1.0), 0.0)


def _ranks(values: np.ndarray) -> np.ndarray:
    """Return ranks from 0; ties get their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts + 1) / 2.0)[inverse]


def _least_correlation(count: int, error: float) -> float:
    """Return the critical value of a rank correlation."""
    from scipy.special import stdtrit

    t = float(stdtrit(count - 2, 1.0 - error / 2.0))
    return t / np.sqrt(count - 2 + t * t)


def columns_named(names: list[str], asked: Collection[str]) -> list[int]:
    """Return the columns of the parameters with these names; a list has one column per element.

    Examples
    --------
    >>> columns_named(["a.b[0]", "a.b[1]", "a.c"], ["a.b"])
    [0, 1]
    """
    return [number for number, name in enumerate(names) if name in asked or name.split("[")[0] in asked]


def threshold_of(
    drawn: np.ndarray,
    names: list[str],
    effects: np.ndarray,
    sign: int,
    margin: float,
    first: Collection[str] = (),
    error: float = ERROR,
) -> Threshold | None:
    """Return the confirmed threshold of one drawn parameter, or None.

    On one side the mean effect is significantly as claimed and larger than the margin; on the other it is
    significantly opposite or within the margin; and the two sides differ significantly.

    Parameters
    ----------
    drawn, names, effects
        As in `deciding_parameters`; rows are replications in order of their number.
    sign : int
        Claimed sign.
    margin : float
        Equivalence margin: a mean effect within it counts as zero.
    first : collection of str
        Parameters named in the claim; always tried, in addition to those with the largest correlation.
    error : float
        Probability of a false confirmation; a study with several looks divides it over them.
    """
    known = np.isfinite(effects)
    drawn, signed = drawn[known], np.asarray(effects, dtype=float)[known] * sign
    if len(signed) < FEWEST or not names:
        return None
    search = np.arange(len(signed)) % 2 == 0
    order = np.argsort(-np.abs(rank_correlations(drawn[search], signed[search])), kind="stable")[:TRIED]
    tried = dict.fromkeys([*columns_named(names, first), *(int(each) for each in order)])
    best = _best_split(drawn[search], list(tried), signed[search], margin)
    if best is None:
        return None
    column, above, value = best
    holds = drawn[~search, column] > value if above else drawn[~search, column] <= value
    inside, outside = signed[~search][holds], signed[~search][~holds]
    if min(inside.size, outside.size) < LEAST_REPLICATIONS:
        return None
    low, high = mean_interval(inside, error)
    low_outside, high_outside = mean_interval(outside, error)
    as_claimed = low > 0.0 and not inside_margin(low, high, margin)
    if not (as_claimed and high_outside < margin and _differ(inside, outside, error)):
        return None
    there, elsewhere = sorted((sign * low, sign * high)), sorted((sign * low_outside, sign * high_outside))
    return Threshold(
        name=names[column],
        side="above" if above else "below",
        value=value,
        replications=int(inside.size),
        mean=sign * float(inside.mean()),
        low=there[0],
        high=there[1],
        elsewhere=sign * float(outside.mean()),
        elsewhere_low=elsewhere[0],
        elsewhere_high=elsewhere[1],
    )


def _best_split(
    drawn: np.ndarray, tried: list[int], signed: np.ndarray, margin: float
) -> tuple[int, bool, float] | None:
    """Return column, whether above, and value of the split with the largest difference, where one side is as
    claimed and the other is not.
    """
    best, widest = None, 0.0
    for column in tried:
        for value in np.unique(np.quantile(drawn[:, column], QUANTILES)):
            above = drawn[:, column] > value
            if min(above.sum(), (~above).sum()) < LEAST_REPLICATIONS:
                continue
            more, less = signed[above], signed[~above]
            holds, fails = max(more.mean(), less.mean()), min(more.mean(), less.mean())
            width = (holds - fails) / max(_error_of_difference(more, less), 1e-12)
            if holds > margin > fails and width > widest:
                best, widest = (column, bool(more.mean() > less.mean()), float(value)), width
    return best


def _error_of_difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return the standard error of the difference between two means (Welch)."""
    return float(np.sqrt(one.var(ddof=1) / one.size + other.var(ddof=1) / other.size))


def _differ(one: np.ndarray, other: np.ndarray, error: float) -> bool:
    """Return whether two means differ significantly (normal approximation)."""
    from scipy.special import ndtri

    difference = abs(float(one.mean() - other.mean()))
    return difference > -float(ndtri(error / 2.0)) * _error_of_difference(one, other)


Outcomes = dict[int, dict[str, Outcome]]
# Callbacks: after every replication (with its number of completed statements), and when a statement stops
# early.
Counts = Callable[[int], None]
DropStopped = Callable[[Statement, int], None]


@dataclass(frozen=True)
class Draws:
    """Parameter draws: values, float64 array of shape (n_replications, n_parameters), names, and the expected
    value of each parameter over its distribution.
    """

    values: np.ndarray
    names: list[str]
    expected: np.ndarray

    def of(self, replications: list[int]) -> np.ndarray:
        """Return the rows of some replications."""
        return self.values[replications]

    def controls(self, asked: Collection[str]) -> np.ndarray:
        """Return control variates: deviations of the named parameters from their expectation."""
        columns = columns_named(self.names, asked)
        return self.values[:, columns] - self.expected[columns]


@dataclass(frozen=True)
class StatementFound:
    """Result of a statement.

    Attributes
    ----------
    found : Found
        Estimate, verdict, conditions.
    replications : list of int
        Numbers of the replications used.
    effects : float64 array of shape (n_replications,)
        Effect per replication.
    levels : tuple of float
        Mean outcome under the arm and under its comparison.
    """

    found: Found
    replications: list[int]
    effects: np.ndarray
    levels: tuple[float, ...]


@dataclass(frozen=True)
class ClaimFound:
    """Result of a claim: one entry per statement."""

    claim: Claim
    statements: tuple[StatementFound, ...]

    @property
    def verdict(self) -> str:
        """Verdict of the claim: that of its statements with a sign, or of all without any."""
        verdicts = [each.found.verdict for each in self.statements]
        stated = zip(verdicts, self.claim.statements, strict=True)
        return verdict_of_claim([verdict for verdict, each in stated if each.sign != 0] or verdicts)

    @property
    def depends_on(self) -> list[str]:
        """Names of the drawn parameters on which its verdict depends."""
        thresholds = [each.found.threshold for each in self.statements if each.found.verdict == DEPENDS]
        return list(dict.fromkeys(each.name for each in thresholds if each is not None))


def draws_of(scenario: Scenario) -> Draws:
    """Return the parameter draws of every replication, with a column per list element."""
    count = len(scenario.seeds)
    rows = [_spread(parameters_of_replication(scenario, number)[1]) for number in range(count)]
    names = list(rows[0])
    values = np.array([list(row.values()) for row in rows], dtype=float).reshape(count, len(names))
    varied = np.ptp(values, axis=0) > 0.0 if count > 1 else np.zeros(len(names), dtype=bool)
    kept = [name for name, each in zip(names, varied, strict=True) if each]
    expected = [expected_draw(scenario.parameters, name, scenario.posterior, scenario.place) for name in kept]
    return Draws(values[:, varied], kept, np.array(expected))


def _spread(drawn: dict[str, Any]) -> dict[str, float]:
    """Return drawn values with a name per list element."""
    return {
        (f"{name}[{place}]" if isinstance(value, list) else name): float(each)
        for name, value in drawn.items()
        for place, each in enumerate(value if isinstance(value, list) else [value])
    }


def run_study(
    scenario: Scenario,
    claims: list[Claim],
    folder: Path,
    count_done: Counts | None = None,
    drop_stopped: DropStopped | None = None,
) -> list[ClaimFound]:
    """Run replications up to each look, and return the result of every claim.

    Parameters
    ----------
    scenario : Scenario
        Municipality, reference, seeds and processes.
    claims : list of Claim
        Claims to be studied.
    folder : Path
        Folder of the study; stored outcomes are not run again.
    count_done, drop_stopped : function, optional
        Callbacks for progress.
    """
    looks = looks_until(len(scenario.seeds))
    draws = draws_of(scenario)
    active = {each.key: (claim, each) for claim in claims for each in claim.statements}
    stopped_early: dict[str, StatementFound] = {}
    for look, replications in enumerate(looks):
        since = looks[look - 1] if look else 0
        outcomes = _run_until(scenario, claims, list(active), since, replications, folder, count_done)
        for key, (claim, statement) in list(active.items()):
            found = judge(claim, statement, outcomes, draws, looks, look)
            if found is not None:
                stopped_early[key] = found
                del active[key]
                if drop_stopped is not None:
                    drop_stopped(statement, replications)
        if not active:
            break
    return [
        ClaimFound(claim, tuple(stopped_early[each.key] for each in claim.statements)) for claim in claims
    ]


def _run_until(
    scenario: Scenario,
    claims: list[Claim],
    active: list[str],
    since: int,
    replications: int,
    folder: Path,
    count_done: Counts | None,
) -> Outcomes:
    """Run missing replications up to a given number, and return all outcomes; progress counts those from
    `since` on.
    """
    before = experiment.known_outcomes(folder)
    wanted = {
        replication: tuple(key for key in active if key not in before.get(replication, {}))
        for replication in range(replications)
    }
    missing = [replication for replication in range(replications) if wanted[replication]]
    if count_done is not None:
        count_done(sum(len(active) - len(wanted[replication]) for replication in range(since, replications)))

    def keep_outcomes(result: ClaimsReplication) -> None:
        experiment.store_outcomes(folder, result)
        if count_done is not None:
            count_done(len(result.outcomes))

    work = Experiments(scenario, tuple(claims), {replication: wanted[replication] for replication in missing})
    do_all(work, missing, scenario.processes, keep_outcomes)
    known = experiment.known_outcomes(folder)
    lost = [
        replication
        for replication in missing
        if not set(wanted[replication]) <= set(known.get(replication, {}))
    ]
    if lost:
        raise OSError(
            f"{folder}: the results of replication {lost[0]} could not be stored; is the disk full or "
            f"read-only?"
        )
    return known


def judge(
    claim: Claim, statement: Statement, outcomes: Outcomes, draws: Draws, looks: tuple[int, ...], look: int
) -> StatementFound | None:
    """Return the result of a statement at a look, or None when it needs more replications.

    Stored replications beyond the look are left out, so that an interrupted or extended study gives the same
    verdicts as an uninterrupted one.
    """
    numbers = list(range(looks[look]))
    effects = np.array([outcomes[replication][statement.key].effect for replication in numbers], dtype=float)
    found = _judged(claim, statement, effects, draws, looks, look)
    if found is None:
        return None
    levels = _mean_of_known([outcomes[replication][statement.key].levels for replication in numbers])
    return StatementFound(found, numbers, effects, tuple(levels))


def _mean_of_known(rows: list[tuple[float, ...]]) -> list[float]:
    """Return the mean of the finite values of each column."""
    found = []
    for values in np.array(rows, dtype=float).T:
        known = values[np.isfinite(values)]
        found.append(float(known.mean()) if known.size else float("nan"))
    return found


def _judged(
    claim: Claim, statement: Statement, effects: np.ndarray, draws: Draws, looks: tuple[int, ...], look: int
) -> Found | None:
    """Return estimate, verdict and threshold, or None when more replications are needed."""
    last, seen = look == len(looks) - 1, slice(0, len(effects))
    drawn, names = draws.values[seen], draws.names
    now = estimate(effects, statement.sign, looks, look, draws.controls(claim.conditions)[seen])
    searched = statement.sign != 0 and now.replications + now.missing >= ENOUGH
    error = error_of_look(looks, look, ERROR_OF_VERDICT)
    asked = (drawn, names, effects, statement.sign, statement.equivalence_margin, claim.conditions, error)
    threshold = threshold_of(*asked) if searched else None
    verdict = (final_verdict if last else safe_verdict)(statement, now, threshold)
    if verdict is None:
        return None
    return Found(now, verdict, threshold, deciding_parameters(drawn, names, effects))


# Tables of a finished study: one row per statement, one per replication and statement, and the draws.


def statement_rows(found: list[ClaimFound]) -> list[dict[str, Any]]:
    """Return one row per statement of every claim."""
    return [
        _row(claim.claim, place, each.found, each.levels)
        for claim in found
        for place, each in enumerate(claim.statements)
    ]


def _row(claim: Claim, place: int, found: Found, levels: tuple[float, ...]) -> dict[str, Any]:
    statement, measure = claim.statements[place], MEASURES[claim.statements[place].measure]
    return {
        "claim": claim.number,
        "statement": place + 1,
        "text_en": statement.texts["en"],
        "text_nl": statement.texts["nl"],
        "measure": statement.measure,
        "unit_en": measure.unit["en"],
        "unit_nl": measure.unit["nl"],
        "meaning_en": measure.meaning["en"],
        "meaning_nl": measure.meaning["nl"],
        "adds_up": measure.adds_up,
        "arm": statement.arm,
        "against": statement.against,
        "first_year": statement.years[0],
        "last_year": statement.years[1],
        "sign": statement.sign,
        "equivalence_margin": statement.equivalence_margin,
        "equivalence_margin_reason": statement.equivalence_margin_reason,
        "level_arm": levels[0] if levels else math.nan,
        "level_against": levels[1] if levels else math.nan,
        **asdict(found.estimate),
        "verdict": found.verdict,
        "replications_to_settle": replications_to_settle(found.estimate, statement.equivalence_margin),
        "threshold": None if found.threshold is None else asdict(found.threshold),
        "deciding": [asdict(each) for each in found.deciding],
    }


def effects_table(found: list[ClaimFound]) -> pd.DataFrame:
    """Return the effects of all replications: claim, statement, replication, effect."""
    tables = [
        pd.DataFrame({"claim": claim.claim.number, "statement": place + 1, "replication": each.replications,
                      "effect": each.effects})
        for claim in found for place, each in enumerate(claim.statements)
    ]  # fmt: skip
    return pd.concat(tables, ignore_index=True)


def draws_table(draws: Draws) -> pd.DataFrame:
    """Return the parameter draws: a row per replication."""
    table = pd.DataFrame(draws.values, columns=draws.names)
    table.insert(0, "replication", np.arange(len(table)))
    return table


def document(found: list[ClaimFound], about: dict[str, Any]) -> dict[str, Any]:
    """Return the study as one document: texts per claim, results per statement."""
    rows = statement_rows(found)
    claims = []
    for each in found:
        claim = each.claim
        claims.append(
            {
                "id": claim.number,
                "title": claim.titles,
                "source": claim.source,
                "verdict": each.verdict,
                "depends_on": each.depends_on,
                "arms": claim.arms,
                "arm_titles": claim.arm_titles,
                "horizon_years": claim.horizon_years,
                "literature": claim.literature,
                "not_represented": list(claim.not_represented),
                "replications": max(len(one.replications) for one in each.statements),
                "statements": [row for row in rows if row["claim"] == claim.number],
            }
        )
    return {**about, "claims": claims}


def write_tables(folder: Path, found: list[ClaimFound], draws: Draws, about: dict[str, Any]) -> None:
    """Write claims.parquet, effects.parquet, draws.parquet and, last, claims.json."""
    rows = [
        {key: json.dumps(value) if isinstance(value, list | dict) else value for key, value in row.items()}
        for row in statement_rows(found)
    ]
    tables = {
        "claims": pd.DataFrame(rows), "effects": effects_table(found), "draws": draws_table(draws)
    }  # fmt: skip
    for name, table in tables.items():
        write_atomically(folder / f"{name}.parquet", table.to_parquet(index=False))
    write(folder / FINISHED, _finite(document(found, about)))


def _finite(content: Any) -> Any:
    """Return a document with null in place of nan and infinity, as JSON requires."""
    if isinstance(content, dict):
        return {key: _finite(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_finite(each) for each in content]
    if isinstance(content, float | np.floating):
        return float(content) if math.isfinite(content) else None
    return int(content) if isinstance(content, np.integer) else content
