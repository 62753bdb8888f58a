"""What a student predicts, what the model says of it replication by replication, and what the prediction is
worth.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np

from scenarios.analysis.backtest.judging import winkler
from scenarios.apps.dashboard.comparison import policy_name
from scenarios.apps.dashboard.measures import Replications
from scenarios.apps.dashboard.municipality_files import name_of
from scenarios.apps.dashboard.state import FIRST_YEAR, State, policy_changes, read_link
from scenarios.apps.dashboard.trajectories import Job, Outcome, jobs_of, landing_jobs, transition_of
from scenarios.apps.dashboard.words import RefusedError
from scenarios.apps.lab.exercises import EXERCISES, MECHANISMS, WORDS, word
from scenarios.common.errors import nearest
from scenarios.reporting import texts
from simulation.outcomes.intervals import LEVEL, interval

REPLICATIONS = 10
NEAR = 0.1  # below the level, but not worth a remark
FARTHEST = 1e6  # a prediction beyond this is a slip of the hand
PREDICTED = tuple(name for name, each in EXERCISES.items() if each.scale is not None)
Outcomes = list[Mapping[str, Outcome]]  # one per replication, by the name of its job


@dataclass(frozen=True)
class Prediction:
    """An interval that somebody is 90% sure of, for one exercise.

    Attributes
    ----------
    exercise : str
    low, high : float
        Its ends, in the unit of the exercise.
    without : str
        The mechanism that the second exercise switches off.
    """

    exercise: str
    low: float
    high: float
    without: str = ""


@dataclass(frozen=True)
class Score:
    """What an interval is worth against the replications of the model.

    Attributes
    ----------
    inside, count : int
        Replications in the interval, and all of them.
    points, best : float
        100 less the interval score as a percentage of what knowing nothing scores; the same of the interval
        that holds 90% of the replications.
    """

    inside: int
    count: int
    points: float
    best: float


def predicted(exercise: Any, low: Any, high: Any, without: Any = "") -> Prediction:
    """Return a prediction, checked.

    Raises
    ------
    RefusedError
        Where the exercise or the mechanism is unknown, or the numbers are no interval.
    """
    _check_known("exercise", exercise, PREDICTED)
    numbers = [each for each in (low, high) if isinstance(each, int | float) and not isinstance(each, bool)]
    if len(numbers) < 2 or not all(isfinite(each) and abs(each) <= FARTHEST for each in numbers):
        raise RefusedError(*WORDS["lab_first"])
    if low > high:
        raise RefusedError(
            f"At least {low:g} and at most {high:g}: expected the lower number first.",
            f"Minstens {low:g} en hoogstens {high:g}: zet het laagste getal eerst.",
        )
    if exercise == "break":
        _check_known("without", without, tuple(MECHANISMS))
    return Prediction(exercise, float(low), float(high), without if exercise == "break" else "")


def _check_known(key: str, value: Any, known: tuple[str, ...]) -> None:
    """Raise RefusedError for a value that is none of the known ones."""
    if value not in known:
        got, all_known = str(value)[:40], ", ".join(known)
        raise RefusedError(
            f"{key} = {got!r}: expected one of {all_known}{nearest(got, known)}.",
            f"{key} = {got!r}: verwacht een van {all_known}.",
        )


def state_of(prediction: Prediction, state: State) -> State:
    """Return the state in which an exercise is done: in the visitor's place, with the exercise's settings.

    Raises
    ------
    RefusedError
        Where the visitor's own policy changes nothing that could shift a cost.
    """
    if prediction.exercise == "shift":
        if not policy_changes(state.policies[state.look]):
            raise RefusedError(*WORDS["shift_nothing"])
        return replace(state, without="")
    (_, link), *_ = EXERCISES[prediction.exercise].settings
    flown = read_link(f"?{link}")
    against = flown.policies["b"]["phase_in"] if "b" in flown.policies else state.against
    return replace(
        state, policies={"a": flown.policies["a"]}, names={}, look="a", without="", against=against
    )


def jobs_to_see(prediction: Prediction, state: State, number: int) -> dict[str, Job]:
    """Return what is simulated for one replication of an exercise, by name.

    Parameters
    ----------
    prediction : Prediction
    state : State
        As `state_of` returns it.
    number : int
        Number of the replication.
    """
    if prediction.exercise == "phase_in":
        return landing_jobs(state, number)
    reference, policy = jobs_of(state, state.look, "sample", number)
    jobs = {"reference": reference, "policy": policy}
    if prediction.exercise == "break":
        jobs |= {f"{name}_broken": replace(job, without=prediction.without) for name, job in jobs.items()}
    return jobs


def rows_of(prediction: Prediction, state: State, found: Outcomes) -> dict[str, np.ndarray]:
    """Return what an exercise looks at, by the name of its word; shape (n_replications,) each."""
    if prediction.exercise == "phase_in":
        short, same_money, long = (
            np.array([each[name].harms["own_payments"] for each in found])
            for name in ("first", "first_same_money", "second")
        )
        return {
            "phase_in_row_short": short,
            "phase_in_row_long": long,
            "phase_in_row_pair": short - long,
            "phase_in_row_speed": same_money - long,
            "phase_in_row_money": short - same_money,
        }
    intact = _replications(state, found, "reference", "policy")
    if prediction.exercise == "break":
        broken = _replications(state, found, "reference_broken", "policy_broken")
        saved, remaining = (each.saved_at_end("municipality") / each.years_since for each in (intact, broken))
        return {
            "break_row_whole": saved,
            "break_row_broken": remaining,
            "break_row_change": remaining - saved,
        }
    own, together = (
        intact.saved_at_end(payer) / intact.years_since for payer in ("municipality", "all_payers")
    )
    return {
        "shift_row_municipality": own,
        "shift_row_others": together - own,
        "shift_row_together": together,
        "shift_row_unmet": intact.reading("unmet").difference,
    }


# The row of an exercise that is predicted.
ROW_PREDICTED = {
    "phase_in": "phase_in_row_pair",
    "break": "break_row_change",
    "shift": "shift_row_together",
}


def score_of(prediction: Prediction, values: np.ndarray) -> Score:
    """Return what a prediction is worth against the replications.

    Examples
    --------
    >>> score_of(Prediction("break", -1.0, 1.0), np.zeros(10))
    Score(inside=10, count=10, points=98.0, best=100.0)
    """
    scale = EXERCISES[prediction.exercise].scale
    assert scale is not None  # of what is predicted
    found = interval(values)
    achieved, nothing, best = (
        float(np.mean([winkler(low, high, value, LEVEL) for value in values]))
        for low, high in ((prediction.low, prediction.high), scale, (found.low, found.high))
    )
    inside = int(((values >= prediction.low) & (values <= prediction.high)).sum())
    points, ceiling = (round(100.0 * (1.0 - each / nothing), 6) for each in (achieved, best))
    return Score(inside, len(values), points, ceiling)


def seen_of(
    prediction: Prediction, state: State, found: Outcomes, most: int = REPLICATIONS
) -> dict[str, Any]:
    """Return what the model says of an exercise so far, in words and numbers, next to the prediction."""
    language = state.language
    rows = rows_of(prediction, state, found)
    values = rows[ROW_PREDICTED[prediction.exercise]]
    score, estimate = score_of(prediction, values), interval(values)
    ends = texts.three(estimate.mean, estimate.low, estimate.high, language)
    typed = {"mine_low": prediction.low, "mine_high": prediction.high}
    formatted = {key: texts.number(value, language, 0 if value.is_integer() else 2)
                 for key, value in typed.items()}  # fmt: skip
    key = "lab_done" if len(found) == most else "lab_busy"
    place = name_of(state.city, language)
    return {
        "exercise": prediction.exercise,
        "count": len(found),
        "done": len(found) == most,
        "status": word(key, language, count=len(found), most=most, place=place),
        "finding": _finding(prediction, state, rows),
        "columns": [word(each, language) for each in ("lab_what", "lab_mean", "lab_interval")],
        "rows": [_row(name, each, name == ROW_PREDICTED[prediction.exercise], language)
                 for name, each in rows.items()],
        "strip": {
            "values": [float(each) for each in values],
            "mean": estimate.mean,
            "ends": [estimate.low, estimate.high] if estimate.count > 1 else [],
            "ends_told": [ends["low"], ends["high"]],
            "mine": [prediction.low, prediction.high],
            "sides": word(f"{prediction.exercise}_sides", language).split("|"),
            "told": word("lab_strip", language, **ends, **formatted),
        },
        "score": score_words(prediction, score, language),
    }  # fmt: skip


def score_words(prediction: Prediction, score: Score, language: str) -> str:
    """Return a score in words."""
    low, high = EXERCISES[prediction.exercise].scale or (0.0, 0.0)
    return word(
        "lab_score", language, inside=score.inside, count=score.count,
        should=texts.number(LEVEL * score.count, language, 0 if LEVEL * score.count % 1 == 0 else 1),
        points=texts.number(score.points, language), best=texts.number(score.best, language),
        scale_low=texts.number(low, language), scale_high=texts.number(high, language),
    )  # fmt: skip


def total_words(scores: Collection[Score], language: str) -> str:
    """Return what all predictions together say of whoever made them, as sure as they were or not."""
    inside, count = (sum(getattr(each, name) for each in scores) for name in ("inside", "count"))
    share = inside / count
    verdict = "lab_too_wide" if share == 1.0 else "lab_well" if share >= LEVEL - NEAR else "lab_too_sure"
    mean = float(np.mean([each.points for each in scores]))
    return word("lab_total", language, inside=inside, count=count, verdict=word(verdict, language),
                points=texts.number(mean, language))  # fmt: skip


def _replications(state: State, found: Outcomes, reference: str, policy: str) -> Replications:
    """Return one policy and its reference over the replications so far."""
    outcomes = [[each[name] for each in found] for name in (reference, policy)]
    return Replications(outcomes[0], outcomes[1], FIRST_YEAR, transition_of(state))


def _row(name: str, values: np.ndarray, is_predicted: bool, language: str) -> dict[str, Any]:
    """Return one row of the table: what, mean, and where 90% of the replications lie."""
    estimate = interval(values)
    words = texts.three(estimate.mean, estimate.low, estimate.high, language, sign=True)
    ends = word("lab_ends", language, **words) if estimate.count > 1 else "–"
    return {"what": word(name, language), "mean": words["mean"], "interval": ends, "predicted": is_predicted}


def _finding(prediction: Prediction, state: State, rows: dict[str, np.ndarray]) -> str:
    """Return the sentence that answers an exercise."""
    language, exercise = state.language, prediction.exercise
    values = rows[ROW_PREDICTED[exercise]]
    words: dict[str, object] = {
        "change": texts.change(interval(values), language, word(f"{exercise}_unit", language)),
        "count": len(values),
    }
    if exercise == "phase_in":
        intervals = [interval(rows[f"phase_in_row_{name}"]) for name in ("short", "long", "pair")]
        short, long, pair = (each.high - each.low for each in intervals)
        words |= {"apart": f"{texts.sensible(short, language)} {texts.text('and', language)} "
                           f"{texts.sensible(long, language)}",
                  "paired": texts.sensible(pair, language)}  # fmt: skip
    elif exercise == "break":
        words["mechanism"] = word(f"without_{prediction.without}", language)
    else:
        shifts = (rows["shift_row_municipality"] > 0.0) & (values <= 0.0)
        words |= {"shifted": int(shifts.sum()), "policy": policy_name(state, state.look)}
    return word(f"{exercise}_finding", language, **words)
