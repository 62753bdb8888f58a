"""`landingsbaan solve`: the value of a lever that reaches a target, its probability, cost and side effects.

One lever and one target are solved by root finding (`solver/crossing.py`), several by the robust search
(`scenarios/analysis/robust`). The answer is evaluated on held-out draws, which give the probability that it
suffices, its cost and its side effects.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.analysis.exploration.options import (
    LEAST,
    ROOT,
    Page,
    StudyOptions,
    about,
    check_size,
    name_of_study,
    run_progress,
    store_and_report,
)
from scenarios.analysis.exploration.question import (
    LEVER,
    LEVERS,
    Answer,
    Asked,
    Case,
    Factor,
    Question,
    answer,
    arms_asked,
    beside_effect,
    effects_of,
    outcome_called,
    outcomes_called,
    point_at,
    question_from,
    split_intervals,
)
from scenarios.analysis.robust import search
from scenarios.analysis.solver.crossing import (
    TAIL,
    Curves,
    next_levels,
    quantile,
    share_interval,
    simulation_error,
)
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.keys import Key, key_called, known_keys, value_called
from scenarios.reporting.figures.answers import draw_curve, draw_outcomes
from scenarios.reporting.summary.remainder import REPORTED, remainder_lines, remainder_of
from scenarios.reporting.texts import LANGUAGES, share
from scenarios.reporting.texts.exploration import answer_word as word
from scenarios.reporting.texts.exploration import shown
from scenarios.runs.arms import placebos_of
from scenarios.studies.commands import check_folder_name, engine_of, split
from scenarios.studies.design import Point
from scenarios.studies.precision import confidence_interval_of
from scenarios.studies.store import Folder
from simulation.outcomes.definitions import OF_ONE_ARM

NAME = "solution"
LEAST_MONOTONE = 0.9  # share of explained variance below which the shape of the mean curve is reported
EFFECT = "effect_"


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the result as lines for the terminal."""
    return ["", *_about_value(document, language), *_about_changes(document, language)]


def _about_value(document: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield the target, the answer, and its probability."""
    for target in document["targets"]:
        sentence = word(
            "target", language, meaning=target["meaning"][language], sense=word(target["sense"], language),
            bound=shown(target["bound"], language), unit=target["unit"][language],
        )  # fmt: skip
        yield f"{sentence[0].upper()}{sentence[1:]}."
    if "curve" in document:
        yield from _about_one(document, language)
    else:
        yield from _about_many(document, language)
    found = {key: share(value, language) for key, value in document["probability"].items()}
    yield word("probability", language, held_out=document["held_out"], **found)
    if document["status"] != "unreachable" and document["probability"]["high"] < document["certainty"]:
        yield word("less_than_asked", language, more=4 * document["draws"])


def _about_one(document: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield the lines on one lever and one target."""
    (lever,), (target,) = document["levers"], document["targets"]
    unit = "" if lever["unit"] in ("", "1") else f" {lever['unit']}"
    low, high = (_level(each, lever, language) for each in document["interval"])
    current = lever["current"]
    said = word(
        document["status"], language, lever=lever["name"], value=f"{document['value']:g}{unit}",
        side=word(">=" if document["is_rising"] else "<=", language), low=low, high=high,
        least=shown(lever["low"], language), most=shown(lever["high"], language),
        certainty=share(document["certainty"], language), sense=word(target["sense"], language),
        reached=shown(document["reached"][0], language), unit=target["unit"][language],
        current=word("as_happened", language) if current is None else f"{current:g}",
    )  # fmt: skip
    yield f"{said}."
    if document["status"] == "found":
        low, high = (_level(each, lever, language) for each in document["simulation_error"])
        yield word("simulation_error", language, draws=document["draws"], seeds=document["seeds_per_draw"],
                   low=low, high=high)  # fmt: skip
    if document["status"] != "unreachable":
        yield _by_certainty(document, lever, language)
    mean, width = document["influence"]["mean"], document["influence"]["half_width"]
    if width is None or abs(mean) <= width:
        ends = (mean - (width or 0.0), mean + (width or 0.0))
        yield word("no_influence", language, lever=lever["name"], mean=shown(mean, language, *ends),
                   low=shown(ends[0], language, *ends), high=shown(ends[1], language, *ends))  # fmt: skip
    if document["monotone_share"] < LEAST_MONOTONE:
        yield word("not_monotone", language, lever=lever["name"],
                   share=share(document["monotone_share"], language))  # fmt: skip


def _by_certainty(document: Mapping[str, Any], lever: Mapping[str, Any], language: str) -> str:
    """Return the required value of the lever by probability."""
    values = (
        f"{share(each['certainty'], language)}%: {_level(each['value'], lever, language)}"
        for each in document["certainties"]
    )
    return word("certainties", language, values="; ".join(values))


def _about_many(document: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield the lines on several levers or targets."""
    point = " ".join(f"{name}={value:.4g}" for name, value in document["point"].items())
    reached = "; ".join(
        f"{target['name']} {target['sense']} {shown(value, language)}"
        for target, value in zip(document["targets"], document["reached"], strict=True)
    )
    said = word(
        f"{document['status']}_together", language, point=point, tried=document["tried"], reached=reached,
        sufficient=document["sufficient"], certainty=share(document["certainty"], language),
    )  # fmt: skip
    yield f"{said}."
    for name, (low, high) in document["ranges"].items():
        low, high = (shown(each, language, low, high) for each in (low, high))
        yield word("also", language, lever=name, low=low, high=high)


def _level(value: float | str, lever: Mapping[str, Any], language: str) -> str:
    """Return a value of a lever, or on which side of its range it lies."""
    if isinstance(value, str):
        end = lever["high"] if value == "above" else lever["low"]
        return word(f"beyond_{value}", language, end=shown(end, language))
    return shown(value, language)


def _about_changes(document: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield the cost and side effects, the values of the targets, and the effects in placebo runs."""
    yield word("changes", language)
    for each in document["outcomes"]:
        low, high = (each[key] if each[key] is not None else each["mean"] for key in ("low", "high"))
        yield outcome_row(each, low, high, language)
    yield from remainder_lines(document["beside"], language)


def outcome_row(each: Mapping[str, Any], low: float, high: float, language: str) -> str:
    """Return one outcome with its interval; for a difference also the share of draws above zero."""
    numbers = {"mean": each["mean"], "low": low, "high": high}
    texts = {key: shown(value, language, *numbers.values()) for key, value in numbers.items()}
    row = word("row", language, meaning=each["meaning"][language], unit=each["unit"][language], **texts)
    if not each["name"].startswith(EFFECT):
        return row
    row += word("rises", language, share=share(each["positive"], language))
    return row + (word("doubt", language) if low <= 0.0 <= high else "")


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the figure in both languages: the curve of one lever, or the outcomes of several."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        path = folder / f"{NAME}_{language}.csv"
        (draw_curve if "curve" in document else draw_outcomes)(document, language, path)


RESULT = "solution.json"
# Outcomes reported next to the target: the cost, by line of care, and outcomes for people.
OUTCOMES = (
    "effect_net_cost,effect_cost_zero,effect_cost_first,effect_cost_second,effect_cost_crisis,"
    "effect_all_payers_cost,effect_crises,effect_unmet,effect_team_waiting,effect_specialist_waiting"
)
COST = "effect_net_cost"
TARGET = re.compile(r"\s*(\w+)\s*(<=|>=)\s*(\S+)\s*")
CERTAINTIES = (0.5, 0.8, 0.9, 0.95)
LEAST_STEP = 0.01  # share of a lever's range: minimum distance between levels
PLACED = 3  # maximum number of new levels per round for a continuous lever
FOUND, EVERYWHERE, UNREACHABLE = "found", "everywhere", "unreachable"


@dataclass
class SolveOptions(StudyOptions):
    """Options of `landingsbaan solve`.

    Attributes
    ----------
    target : str
        Comma-separated outcomes with their bounds: "team_waiting<=2".
    lever : str
        Comma-separated levers; key=interval(low,high) changes the range of one.
    certainty : str
        Share of draws and seeds in which the answer has to suffice.
    outcome : str
        Comma-separated outcomes reported for the answer.
    draws, seeds_per_draw : int
        Draws of the unknowns, and seeds per draw, at every level.
    levels, rounds : int
        Initial number of levels, and number of rounds that add levels near the answer.
    held_out : int
        Held-out draws on which the answer is evaluated.
    population, generations : int
        Size of the search for several levers or targets.
    placebo : bool
        Whether the answer is also run with its mechanisms switched off.
    """

    target: str = ""
    lever: str = ""
    certainty: str = "0.5"
    outcome: str = OUTCOMES
    draws: int = 20
    seeds_per_draw: int = 2
    levels: int = 5
    rounds: int = 4
    held_out: int = 40
    population: int = 24
    generations: int = 8
    placebo: bool = True


@dataclass(frozen=True)
class Target:
    """An outcome and its bound."""

    asked: Asked
    sense: str
    bound: float

    def margins(self, values: np.ndarray) -> np.ndarray:
        """Return the distance of values to the bound; zero or more meets it."""
        return self.bound - values if self.sense == "<=" else values - self.bound

    def in_words(self) -> dict[str, Any]:
        """Return the target for the document of a result."""
        return {
            "name": self.asked.name,
            "sense": self.sense,
            "bound": self.bound,
            **self.asked.in_words(),
        }


@dataclass(frozen=True)
class Study:
    """The resolved request, and the answers collected so far."""

    question: Question
    targets: tuple[Target, ...]
    levers: tuple[Factor, ...]
    certainty: float
    shown: tuple[Asked, ...]
    options: SolveOptions
    name: str
    answers: list[Answer]

    def ask(
        self,
        part: str,
        points: Sequence[Point],
        replications: Sequence[int],
        asked: Sequence[Asked],
        count_done: Any,
    ) -> np.ndarray:
        """Return outcomes of shape (n_points, n_replications, n_outcomes), from the store or by runs.

        Raises
        ------
        ConfigurationError
            For an outcome that is missing in some run.
        """
        question = replace(self.question, outcomes=tuple(asked))
        cases = [Case(point, replication) for point in points for replication in replications]
        found = answer(
            question, cases, Folder(ROOT / f"{self.name}_{part}"), engine_of(self.options), count_done
        )
        self.answers.append(found)
        for place, each in enumerate(asked):
            missing = int((~np.isfinite(found.values[:, place])).sum())
            if missing:
                raise ConfigurationError(
                    f"{each.name}: missing in {missing} of {len(cases)} runs; choose an outcome that every "
                    "run has"
                )
        return found.values.reshape(len(points), len(replications), len(asked))

    @property
    def beside(self) -> tuple[Asked, ...]:
        """Outcomes reported next to the answer: cost components, and effects in placebo runs."""
        measures = [each.asked.measure for each in self.targets if each.asked.measure in OF_ONE_ARM]
        placebos = placebos_of(each.name for each in self.levers) if self.options.placebo else ()
        return beside_effect(placebos, tuple(dict.fromkeys((*measures, *REPORTED))))

    @property
    def cases(self) -> int:
        """Number of cases so far."""
        return sum(len(each.values) for each in self.answers)

    @property
    def whole(self) -> Answer:
        """Runs and run time of all parts together."""
        runs = sum(each.runs for each in self.answers)
        return Answer(np.empty(0), [], runs, sum(each.core_seconds for each in self.answers))


def solve(words: list[str]) -> Path:
    """Run `landingsbaan solve`; return the path of the result document.

    Raises
    ------
    ConfigurationError
        For invalid options; nothing is written.
    """
    study = study_from(words)
    options, question = study.options, study.question
    alone = len(study.levers) == 1 and len(study.targets) == 1
    per_round = options.draws * (options.seeds_per_draw if alone else 1)
    points = options.levels + PLACED * options.rounds if alone else options.population * options.generations
    arms = len(arms_asked(tuple(each.asked for each in study.targets)))
    arms = arms if alone else max(arms, 2)
    check_size(question, max(points * per_round, options.held_out), options)
    runs = points * per_round * arms + options.held_out * len(arms_asked((*study.shown, *study.beside)))
    with run_progress(runs, question.scenario.language) as count_done:
        found = solve_by_crossing(study, count_done) if alone else solve_by_search(study, count_done)
        found |= _evaluated_on_held_out(study, found["point"], count_done)
    document = about(question, study.whole, study.cases, "solve", words) | {
        "targets": [each.in_words() for each in study.targets],
        "levers": [_described(each, question) for each in study.levers],
        "certainty": study.certainty,
        "draws": options.draws,
        "seeds_per_draw": options.seeds_per_draw if alone else 1,
        "held_out": options.held_out,
        **found,
    }
    path = ROOT / study.name / RESULT
    store_and_report(document, path, Page(summary, draw), question.scenario.language)
    return path


def study_from(words: list[str]) -> Study:
    """Return the resolved request, or raise ConfigurationError."""
    least = LEAST | {"draws": 2, "levels": 3, "held_out": 2, "population": 4, "rounds": 0}
    options, left = split(SolveOptions, words, least)
    check_folder_name("study", options.study)
    targets = targets_from(options.target)
    certainty = certainty_from(options.certainty)
    ends, overrides = split_intervals(left)
    levers = levers_from(options.lever, ends)
    shown = tuple(dict.fromkeys([*(each.asked for each in targets), *outcomes_called(options.outcome),
                                 outcome_called(COST)]))  # fmt: skip
    if not any(each.lstrip("+").split("=")[0].split(".")[0] == "policy" for each in overrides):
        overrides = [*overrides, "policy=reference"]
    asked = question_from(overrides, shown, draws=True)
    # The levers keep their current values in the reference.
    changes = asked.changes | {each.name: each.low for each in levers}
    alone = len(levers) == 1 and len(targets) == 1
    question = replace(asked, changes=changes, seeds_per_draw=options.seeds_per_draw if alone else 1)
    name = options.study or name_of_study("solve", (question.overrides, sorted(changes.items())), options)
    return Study(question, targets, levers, certainty, shown, options, name, [])


def targets_from(text: str) -> tuple[Target, ...]:
    """Return the targets of a comma-separated list.

    Examples
    --------
    >>> [(each.asked.name, each.sense, each.bound) for each in targets_from("team_waiting<=2")]
    [('team_waiting', '<=', 2.0)]
    """
    found = []
    for each in text.split(","):
        match = TARGET.fullmatch(each)
        try:
            bound = float(match[3]) if match else math.nan
        except ValueError:
            bound = math.nan
        if not match or not math.isfinite(bound):
            raise ConfigurationError(
                f"target = {each}: expected an outcome, <= or >= and a number, as target='team_waiting<=2'"
            )
        try:
            found.append(Target(outcome_called(match[1]), match[2], bound))
        except ConfigurationError as error:
            raise ConfigurationError(str(error).replace("outcome = ", "target = ", 1)) from None
    return tuple(found)


def certainty_from(text: str) -> float:
    """Return a share between 0 and 1."""
    try:
        certainty = float(text)
    except ValueError:
        certainty = math.nan
    if not 0.0 < certainty < 1.0:
        raise ConfigurationError(f"certainty = {text}: expected a share between 0 and 1, as certainty=0.9")
    return certainty


def levers_from(text: str, ends: dict[str, tuple[float, float]]) -> tuple[Factor, ...]:
    """Return the levers of a comma-separated list, each with the range to search.

    The range is the user's, else that of explorations, else the declared range of the key.
    """
    names = list(dict.fromkeys(each for each in text.split(",") if each))
    if not names:
        raise ConfigurationError("lever: expected the name of a lever, as lever=wijkteam.fte_per_1000")
    for name in ends:
        if name not in names:
            raise ConfigurationError(
                f"{name}: has an interval but is not solved for{nearest(name, names)}; expected one of "
                f"lever = {text}"
            )
    return tuple(Factor(name, LEVER, *_range_of(key_called(name), ends)) for name in names)


def _range_of(key: Key, ends: dict[str, tuple[float, float]]) -> tuple[float, float]:
    """Return the range in which a lever is searched."""
    if not key.lever or key.kind not in (int, float):
        levers = [name for name, each in known_keys().items() if each.lever and each.kind in (int, float)]
        raise ConfigurationError(
            f"lever = {key.name}: expected a lever that is a number{nearest(key.name, levers)}"
        )
    low, high = ends.get(key.name) or LEVERS.get(key.name) or (key.low, key.high)
    if low is None or high is None:
        raise ConfigurationError(f"lever = {key.name}: has no range, give one as {key.name}=interval(0,1)")
    return low, high


def _described(lever: Factor, question: Question) -> dict[str, Any]:
    """Return a lever, its range, and its current value."""
    key = key_called(lever.name)
    current = value_called(question.scenario.parameters, lever.name)
    return {
        "name": lever.name,
        "low": lever.low,
        "high": lever.high,
        "unit": key.unit,
        "whole": key.kind is int,
        "current": current,
    }


def solve_by_crossing(study: Study, count_done: Any) -> dict[str, Any]:
    """Solve for one lever and one target; return the result."""
    (lever,), (target,), options = study.levers, study.targets, study.options
    whole = key_called(lever.name).kind is int
    replications = range(options.draws * options.seeds_per_draw)

    def margins_at(part: str, levels: np.ndarray) -> np.ndarray:
        points: list[Point] = [{lever.name: round(each) if whole else float(each)} for each in levels]
        values = study.ask(part, points, replications, [target.asked], count_done)[:, :, 0]
        return target.margins(values).reshape(len(levels), options.draws, options.seeds_per_draw)

    levels = np.linspace(lever.low, lever.high, options.levels)
    levels = np.unique(np.round(levels)) if whole else levels
    curves = Curves(levels, margins_at("r000", levels))
    for number in range(1, options.rounds + 1):
        added = next_levels(curves, study.certainty, LEAST_STEP * (lever.high - lever.low), whole)
        if not added.size:
            break
        curves = curves.joined(added, margins_at(f"r{number:03d}", added))
    return solution(curves, target, lever, study.certainty, whole, options.design_seed)


def solution(
    curves: Curves, target: Target, lever: Factor, certainty: float, whole: bool, seed: int
) -> dict[str, Any]:
    """Return the solution for a lever and a target from curves.

    Parameters
    ----------
    curves : Curves
        Margins at all levels that were run.
    target, lever
        Target and lever.
    certainty : float
        Share of runs in which the value has to suffice.
    whole : bool
        Whether the lever takes whole numbers only.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    dict
        `status` is "found", "everywhere" (every value reaches the target) or "unreachable"; `point` the value
        to evaluate; `value` the answer with `low` and `high`, its 90% interval over draws.
    """
    needed, by_draw = curves.needed(), curves.needed_by_draw()

    def shown(effort: float) -> float | str:
        level = curves.level(effort)
        level = _rounded(level, curves.is_rising) if whole and math.isfinite(level) else level
        return level if math.isfinite(level) else "above" if level > 0.0 else "below"

    def both(low: float, high: float) -> list[float | str]:
        return [shown(low), shown(high)] if curves.is_rising else [shown(high), shown(low)]

    effort = quantile(needed, certainty)
    if math.isfinite(effort):
        status, value = FOUND, _rounded(curves.level(effort), curves.is_rising, 0 if whole else None)
    elif effort < 0.0:
        status, value = EVERYWHERE, float(curves.levels[0] if curves.is_rising else curves.levels[-1])
    else:
        status, value = UNREACHABLE, curves.best
    value = min(max(value, lever.low), lever.high)
    ends = confidence_interval_of((curves.margins[-1] - curves.margins[0]).mean(axis=1))
    sign = -1.0 if target.sense == "<=" else 1.0
    return {
        "status": status,
        "is_rising": curves.is_rising,
        "monotone_share": curves.monotone_share,
        "influence": {"mean": sign * ends.mean, "half_width": ends.half_width},
        "value": value,
        "interval": both(quantile(by_draw, TAIL), quantile(by_draw, 1.0 - TAIL)),
        "simulation_error": both(*simulation_error(needed, certainty, seed)),
        "certainties": [{"certainty": each, "value": shown(quantile(needed, each))} for each in CERTAINTIES],
        "point": {lever.name: int(value) if whole else value},
        "curve": [_at_level(level, margins, target) for level, margins in zip(*_rows(curves), strict=True)],
    }


def _rows(curves: Curves) -> tuple[list[float], list[np.ndarray]]:
    """Return levels and margins as lists."""
    return curves.levels.tolist(), [each.ravel() for each in curves.margins]


def _at_level(level: float, margins: np.ndarray, target: Target) -> dict[str, float]:
    """Return mean, 90% interval of the runs, and share of runs that meet the target, at one level."""
    values = target.bound - margins if target.sense == "<=" else target.bound + margins
    low, high = np.quantile(values, [TAIL, 1.0 - TAIL])
    return {
        "level": level,
        "mean": float(values.mean()),
        "low": float(low),
        "high": float(high),
        "share": float((margins >= 0.0).mean()),
    }


def _rounded(level: float, is_rising: bool, decimals: int | None = None) -> float:
    """Return a value rounded to the side on which it suffices.

    Examples
    --------
    >>> _rounded(1.23451, True), _rounded(1.23451, False), _rounded(4.2, True, 0)
    (1.235, 1.234, 5.0)
    """
    if decimals is None:
        decimals = 3 - math.floor(math.log10(abs(level))) if level else 0
    scaled = round(level * 10.0**decimals, 6)
    return float((math.ceil(scaled) if is_rising else math.floor(scaled)) / 10.0**decimals)


def solve_by_search(study: Study, count_done: Any) -> dict[str, Any]:
    """Solve for several levers or targets by the robust search; return the result."""
    options, targets = study.options, study.targets
    asked = [*(each.asked for each in targets), outcome_called(COST)]
    scales = np.array([abs(each.bound) or 1.0 for each in targets])

    def evaluate(generation: int, places: np.ndarray) -> np.ndarray:
        points = _points(study, places)
        values = study.ask(f"g{generation:03d}", points, range(options.draws), asked, count_done)
        margins = np.stack([each.margins(values[:, :, place]) for place, each in enumerate(targets)], axis=-1)
        unmet = 1.0 - (margins >= 0.0).all(axis=-1).mean(axis=1)
        short = np.maximum(0.0, -margins / scales).max(axis=-1).mean(axis=1)
        return np.column_stack([unmet, short, values[:, :, -1].mean(axis=1)])

    found = search(
        evaluate, len(study.levers), 3, options.population, options.generations, options.design_seed
    )
    unmet, short, cost = found.objectives.T
    enough = np.flatnonzero(1.0 - unmet >= study.certainty)
    # The cheapest candidate that suffices; otherwise the most probable one, then the one with the least
    # shortfall.
    best = enough[np.argmin(cost[enough])] if enough.size else np.lexsort((cost, short, unmet))[0]
    points = _points(study, found.shares)
    sufficient = {each.name: [points[row][each.name] for row in enough] for each in study.levers}
    return {
        "status": FOUND if enough.size else UNREACHABLE,
        "tried": len(points),
        "sufficient": len(enough),
        "point": points[best],
        "ranges": {name: [min(values), max(values)] for name, values in sufficient.items() if values},
    }


def _points(study: Study, shares: np.ndarray) -> list[Point]:
    """Return the points of a search, rounded to the four digits in which an answer is reported."""
    points = [point_at(study.levers, row, study.question.scenario)[0] for row in shares]
    return [
        {name: value if isinstance(value, int) else float(f"{value:.4g}") for name, value in point.items()}
        for point in points
    ]


def _evaluated_on_held_out(study: Study, point: Point, count_done: Any) -> dict[str, Any]:
    """Evaluate the answer on held-out draws: probability, outcomes, side effects."""
    seeds = study.question.seeds_per_draw
    first = study.options.draws * seeds
    replications = range(first, first + study.options.held_out * seeds, seeds)
    part = "held_out_placebo" if study.options.placebo else "held_out"
    asked = [*study.shown, *study.beside]
    values = study.ask(part, [point], replications, asked, count_done)[0]
    margins = np.column_stack(
        [each.margins(values[:, study.shown.index(each.asked)]) for each in study.targets]
    )
    met = int((margins >= 0.0).all(axis=1).sum())
    low, high = share_interval(met, len(values))
    # The level of each target that is reached with the required probability.
    reached = [
        float(each.bound - at) if each.sense == "<=" else float(each.bound + at)
        for each, at in zip(study.targets, np.quantile(margins, 1.0 - study.certainty, axis=0), strict=True)
    ]
    return {
        "probability": {"share": met / len(values), "low": low, "high": high},
        "reached": reached,
        "outcomes": [_outcome(each, values[:, place]) for place, each in enumerate(study.shown)],
        "beside": remainder_of(effects_of(asked, values)),
    }


def _outcome(asked: Asked, values: np.ndarray) -> dict[str, Any]:
    """Return mean, 95% confidence interval of the mean, and 90% interval over draws of one outcome."""
    found = confidence_interval_of(values)
    low, high = np.quantile(values, [TAIL, 1.0 - TAIL])
    return {
        "name": asked.name,
        **asked.in_words(),
        "mean": found.mean,
        "low": found.mean - found.half_width,
        "high": found.mean + found.half_width,
        "range": [float(low), float(high)],
        "positive": float((values > 0.0).mean()),
    }
