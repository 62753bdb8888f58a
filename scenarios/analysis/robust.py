"""`landingsbaan optimise`: policies that are robust across the unknowns, and their trade-offs.

The page is docs/robust.md; it lists the nondominated policies.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.analysis.exploration.options import (
    LEAST,
    ROOT,
    ExplorationOptions,
    Page,
    about,
    check_options,
    check_size,
    draw_in_languages,
    finish_exploration,
    name_of_study,
    read,
    run_progress,
    store_result,
)
from scenarios.analysis.exploration.question import (
    LEVERS,
    UNKNOWN,
    Answer,
    Case,
    Factor,
    Question,
    answer,
    arms_asked,
    beside_effect,
    effects_of,
    factors_of,
    outcomes_called,
    point_at,
    question_from,
    split_intervals,
)
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.installation import DOCS
from scenarios.reporting.figures.exploration import draw_front
from scenarios.reporting.summary.remainder import REPORTED, remainder_lines, remainder_of, remainder_table
from scenarios.reporting.texts import sensible
from scenarios.reporting.texts.exploration import word
from scenarios.runs.arms import placebos_of
from scenarios.studies.commands import engine_of, split
from scenarios.studies.engines import Engine
from scenarios.studies.store import Folder

FIGURES = "figures/robust"
NAME = "front"
ROWS = 30
# Number of policies of the front, best on the first objective, with placebo runs.
BESIDE = 3
HEAD = """# Policies that hold up across the unknowns

Written by `landingsbaan optimise ... write=true`; do not edit by hand.

NSGA-III (pymoo) searches the levers a municipality has. Every policy meets the same draws of the
unknowns and the same random numbers; an objective is what it comes to in the worst quarter of these draws
(`robust=worst_quarter`) or on average (`robust=mean`). `effect_` is the difference from the same
municipality without any of these levers, `transition_harm_` from the same policy with a phase-in period of
eight years. Shown are the policies that no other that was tried beats on all objectives at once: the
trade-off is the reader's. *Hypervolume* is the part of the objectives' space that the front dominates; where
it still grows, the search was not at its end. A policy was chosen on these draws, so on others it will do
a little worse than stands here.
"""


def title(document: Mapping[str, Any], language: str) -> str:
    """Return the main result in one sentence."""
    names = ", ".join(each["name"] for each in document["objectives"])
    sentence = word(
        "front_title", language, count=len(document["front"]), tried=document["tried"], objectives=names
    )
    return sentence[0].upper() + sentence[1:]


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the result as lines for the terminal."""
    lines = ["", f"{title(document, language)}."]
    for row in document["front"][:ROWS]:
        names = (each["name"] for each in document["objectives"])
        objectives = ", ".join(f"{name} {sensible(row['objectives'][name], language)}" for name in names)
        levers = " ".join(f"{name}={value:.3g}" for name, value in row["levers"].items())
        lines.append(f"  {objectives}: {levers}")
    for row in document["front"][:BESIDE]:
        levers = " ".join(f"{name}={value:.3g}" for name, value in row["levers"].items())
        lines += ["", f"{levers}:", *remainder_lines(row["beside"], language)]
    return lines


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the front and its convergence in both languages."""
    draw_in_languages(draw_front, title, document, folder / NAME)


def write_pages(document: dict[str, Any], docs: Path = DOCS) -> Path:
    """Write the page and its figures."""
    folder = docs / FIGURES
    store_result(document, folder / f"{NAME}.json")
    draw(document, folder)
    page = docs / "robust.md"
    page.write_text(HEAD + _body(read(folder / f"{NAME}.json")), encoding="utf-8")
    print(page)
    return page


def _body(document: Mapping[str, Any]) -> str:
    """Return the page without its head."""
    names = [each["name"] for each in document["objectives"]]
    levers = [each["name"] for each in document["levers"]]
    grown = " ".join(f"{value:.2f}" for value in document["hypervolume"])
    lines = [
        f"\n{document['municipality']}, {document['households']:,} households, {document['first_month']} to "
        f"{document['last_month']}; {document['draws']} draws, {document['tried']} policies, "
        f"{document['runs']:,} runs, "
        f"{document['core_seconds']:,} core-seconds; result version {document['result_version']}.\n",
        f"```text\n{document['command']}\n```\n",
        "Levers searched: "
        + "; ".join(f"`{each['name']}` {each['low']:g} to {each['high']:g}" for each in document["levers"])
        + ".\n",
        f"**{title(document, 'en')}.** Hypervolume by generation, as a share of the last: {grown}.\n",
        f"![The front]({FIGURES}/{NAME}_en.png)\n",
        "Objectives: "
        + "; ".join(
            f"`{each['name']}` ({each['meaning']['en']}, {each['unit']['en']}"
            + (", more is better)" if each["more_is_better"] else ")")
            for each in document["objectives"]
        )
        + ".\n",
        "| " + " | ".join(f"`{name}`" for name in names + levers) + " |",
        "| --- " * (len(names) + len(levers)) + "|",
    ]
    for row in document["front"][:ROWS]:
        cells = [f"{row['objectives'][name]:.3g}" for name in names]
        cells += [f"{row['levers'][name]:.3g}" for name in levers]
        lines.append("| " + " | ".join(cells) + " |")
    if len(document["front"]) > ROWS:
        lines.append(
            f"\n{len(document['front']) - ROWS} more stand in [{NAME}_en.csv]({FIGURES}/{NAME}_en.csv)."
        )
    for row in document["front"][:BESIDE]:
        levers_said = " ".join(f"`{name}={value:.3g}`" for name, value in row["levers"].items())
        lines += ["", f"## {levers_said}", "", *remainder_table(row["beside"], "en")]
    return "\n".join(lines) + "\n"


# Many-objective search by pymoo (NSGA-III), and its convergence.
#
# Pure functions of shares from 0 to 1 and objectives to be minimised. The search is deterministic given its
# seed, so an interrupted search repeats its steps from the stored runs and continues.

Evaluate = Callable[[int, np.ndarray], np.ndarray]
BEYOND = 1.1  # reference point of the hypervolume, relative to the worst of the front


@dataclass(frozen=True)
class Search:
    """All candidates of a search.

    Attributes
    ----------
    shares : float64 array of shape (n_tried, n_levers)
        Lever values of every candidate, as shares of their ranges.
    objectives : float64 array of shape (n_tried, n_objectives)
        Objectives, to be minimised.
    generation : int64 array of shape (n_tried,)
        Generation of every candidate.
    """

    shares: np.ndarray
    objectives: np.ndarray
    generation: np.ndarray

    @property
    def front(self) -> np.ndarray:
        """Indices of the nondominated candidates, int64."""
        return front_of(self.objectives)

    def hypervolumes(self) -> np.ndarray:
        """Return the hypervolume of the front after every generation, relative to the last."""
        from pymoo.indicators.hv import Hypervolume

        best = self.objectives[self.front]
        low, high = best.min(axis=0), best.max(axis=0)
        width = np.where(high > low, high - low, 1.0)
        measure = Hypervolume(ref_point=np.full(best.shape[1], BEYOND))
        found = []
        for generation in range(int(self.generation.max()) + 1):
            tried = (self.objectives[self.generation <= generation] - low) / width
            found.append(float(measure(tried[front_of(tried)])))
        last = found[-1] or 1.0
        return np.array(found) / last


def front_of(objectives: np.ndarray) -> np.ndarray:
    """Return the nondominated rows: no other row is as low in all objectives and lower in one.

    Examples
    --------
    >>> front_of(np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])).tolist()
    [0, 1]
    """
    beaten = [
        bool(((objectives <= row).all(axis=1) & (objectives < row).any(axis=1)).any()) for row in objectives
    ]
    return np.flatnonzero(~np.array(beaten))


def search(
    evaluate: Evaluate, levers: int, objectives: int, population: int, generations: int, seed: int
) -> Search:
    """Return all candidates of a search over levers.

    Parameters
    ----------
    evaluate : function
        Takes the number of a generation and shares of shape (n_candidates, n_levers); returns objectives.
    levers, objectives : int
        Number of levers and of objectives.
    population, generations : int
        Candidates per generation, and number of generations.
    seed : int
        Seed of the search.
    """
    try:
        from pymoo.algorithms.moo.nsga3 import NSGA3
        from pymoo.core.problem import Problem
        from pymoo.util.ref_dirs import get_reference_directions
    except ImportError:
        raise ConfigurationError(
            "the robust search needs pymoo, which is not installed; pip install 'landingsbaan[explore]'"
        ) from None
    directions = get_reference_directions(
        "das-dennis", objectives, n_partitions=_partitions(objectives, population)
    )
    algorithm = NSGA3(pop_size=max(population, len(directions)), ref_dirs=directions)
    problem = Problem(n_var=levers, n_obj=objectives, xl=0.0, xu=1.0)
    algorithm.setup(problem, termination=("n_gen", generations), seed=seed, verbose=False)
    tried: list[tuple[np.ndarray, np.ndarray]] = []
    while algorithm.has_next():
        candidates = algorithm.ask()
        shares = candidates.get("X")
        found = evaluate(len(tried), shares)
        candidates.set("F", found)
        for candidate in candidates:
            candidate.evaluated = {"F"}
        algorithm.tell(infills=candidates)
        tried.append((shares, found))
    return Search(
        np.vstack([shares for shares, _ in tried]),
        np.vstack([found for _, found in tried]),
        np.repeat(np.arange(len(tried)), [len(shares) for shares, _ in tried]),
    )


def _partitions(objectives: int, population: int) -> int:
    """Return the finest partition of the objectives with at most as many directions as candidates."""
    from math import comb

    partitions = 1
    while comb(partitions + objectives, objectives - 1) <= population:
        partitions += 1
    return partitions


RESULT = "optimisation.json"
OBJECTIVES = "effect_net_cost,effect_crises,effect_waiting,transition_harm_unmet"
# Not under control of a municipality: the cut and its phase-in period are set by the government, and reserves
# are given.
NOT_SEARCHED = (
    "landing.cut", "landing.years", "municipality_government.reserves_eur_per_inhabitant",
    "municipality_government.patience_years",
)  # fmt: skip
MORE_IS_BETTER = (
    "savings", "breaks_even", "survives_and_breaks_even", "satisfaction", "client_hours", "solved_share",
    "found_early_share",
)  # fmt: skip
ROBUST = ("worst_quarter", "mean")


@dataclass
class OptimiseOptions(ExplorationOptions):
    """Options of `landingsbaan optimise`.

    Attributes
    ----------
    outcome : str
        Comma-separated objectives, two or more.
    robust : str
        "worst_quarter" (mean over the worst quarter of the draws) or "mean" (over all of them).
    replications : int
        Draws of the unknowns, each with a seed; the same for every policy.
    population, generations : int
        Policies per generation, and number of generations.
    placebo : bool
        Whether the first policies of the front are also run with their mechanisms switched off.
    """

    unknowns: str = "none"
    outcome: str = OBJECTIVES
    robust: str = ROBUST[0]
    replications: int = 12
    population: int = 24
    generations: int = 10
    placebo: bool = True


def optimise(words: list[str]) -> Path:
    """Run `landingsbaan optimise`; return the path of the result document.

    Raises
    ------
    ConfigurationError
        For invalid options; nothing is written.
    """
    options, left = split(
        OptimiseOptions, words, LEAST | {"population": 4, "generations": 1, "replications": 2}
    )
    if options.robust not in ROBUST:
        raise ConfigurationError(
            f"robust = {options.robust}: expected one of {', '.join(ROBUST)}{nearest(options.robust, ROBUST)}"
        )
    ends, overrides = split_intervals(left)
    check_options(options)
    outcomes = outcomes_called(options.outcome)
    if len(outcomes) < 2:
        raise ConfigurationError(f"outcome = {options.outcome}: expected two objectives or more")
    levers = searched(overrides, ends, options)
    # The policy consists of the searched levers; they keep their default in the reference.
    asked = question_from(overrides, outcomes, draws=True)
    question = replace(asked, changes={factor.name: factor.low for factor in levers}, policy="searched")
    study = options.study or name_of_study("optimise", (question.overrides, levers), options)
    check_size(question, options.population * options.replications, options, options.generations)
    arms = len(arms_asked(beside_effect(placebos_of(question.changes) if options.placebo else ())))
    runs = options.population * options.generations * options.replications * len(arms_asked(outcomes))
    runs += BESIDE * options.replications * arms
    engine = engine_of(options)
    answers: list[Answer] = []
    with run_progress(runs, question.scenario.language) as count_done:
        evaluate = partial(
            _evaluated, question=question, levers=levers, options=options, study=study, engine=engine,
            count_done=count_done, answers=answers,
        )  # fmt: skip
        found = search(
            evaluate, len(levers), len(outcomes), options.population, options.generations, options.design_seed
        )
        rows = front(found, question, levers)
        beside_front(rows[:BESIDE], question, options, study, engine, count_done, answers)
    whole = Answer(
        np.empty(0), [], sum(each.runs for each in answers), sum(each.core_seconds for each in answers)
    )
    document = about(question, whole, len(found.shares), "optimise", words) | {
        "robust": options.robust,
        "draws": options.replications,
        "levers": [{"name": each.name, "low": each.low, "high": each.high} for each in levers],
        "objectives": [
            {
                "name": each.name,
                "more_is_better": each.measure in MORE_IS_BETTER,
                **each.in_words(),
            }
            for each in outcomes
        ],
        "tried": len(found.shares),
        "hypervolume": found.hypervolumes().tolist(),
        "front": rows,
    }

    return finish_exploration(
        {ROOT / study / RESULT: document},
        Page(summary, draw, write_pages),
        options,
        question.scenario.language,
    )


def searched(
    overrides: list[str], ends: dict[str, tuple[float, float]], options: OptimiseOptions
) -> tuple[Factor, ...]:
    """Return the levers to search.

    Raises
    ------
    ConfigurationError
        For a name that is no lever, or when none is left.
    """
    levers = options.levers
    if levers == "default":
        given = {each.split("=")[0] for each in overrides}
        levers = ",".join(name for name in LEVERS if name not in NOT_SEARCHED and name not in given) or "none"
    factors = factors_of(overrides, ends, levers, "none")
    for factor in factors:
        if factor.kind.startswith(UNKNOWN):
            raise ConfigurationError(f"{factor.name}: no lever, a policy sets levers only")
    if not factors:
        raise ConfigurationError("optimise: nothing is searched; give levers= or key=interval(0,1)")
    return factors


def _evaluated(
    generation: int,
    shares: np.ndarray,
    *,
    question: Question,
    levers: tuple[Factor, ...],
    options: OptimiseOptions,
    study: str,
    engine: Engine,
    count_done: Any,
    answers: list[Answer],
) -> np.ndarray:
    """Return the objectives of a generation's candidates, shape (n_candidates, n_objectives)."""
    cases = [
        Case(point_at(levers, row, question.scenario)[0], draw)
        for row in shares
        for draw in range(options.replications)
    ]
    folder = Folder(ROOT / f"{study}_g{generation:03d}")
    found = answer(question, cases, folder, engine, count_done)
    answers.append(found)
    values = found.values.reshape(len(shares), options.replications, -1)
    signs = np.array([-1.0 if each.measure in MORE_IS_BETTER else 1.0 for each in question.outcomes])
    return robust(values * signs, options.robust)


def beside_front(
    rows: list[dict[str, Any]],
    question: Question,
    options: OptimiseOptions,
    study: str,
    engine: Engine,
    count_done: Any,
    answers: list[Answer],
) -> None:
    """Add the effects in placebo runs to the rows of the front, on the same draws."""
    placebos = placebos_of(question.changes) if options.placebo else ()
    asked = beside_effect(placebos, REPORTED)
    cases = [Case(row["levers"], draw) for row in rows for draw in range(options.replications)]
    folder = Folder(ROOT / f"{study}_{'front_placebo' if options.placebo else 'front'}")
    found = answer(replace(question, outcomes=asked), cases, folder, engine, count_done)
    answers.append(found)
    for row, values in zip(rows, found.values.reshape(len(rows), options.replications, -1), strict=True):
        row["beside"] = remainder_of(effects_of(asked, values))


def robust(values: np.ndarray, how: str) -> np.ndarray:
    """Return a summary of candidates over draws, to be minimised.

    Parameters
    ----------
    values : float64 array of shape (n_candidates, n_draws, n_objectives)
        Objectives in every draw.
    how : str
        "mean", or "worst_quarter": the mean over the worst quarter of the draws.

    Examples
    --------
    >>> robust(np.array([[[1.0], [2.0], [3.0], [4.0]]]), "worst_quarter").tolist()
    [[4.0]]
    """
    if not np.isfinite(values).all():
        raise ConfigurationError("an objective is missing in some draws; choose one that every run has")
    if how == "mean":
        return values.mean(axis=1)
    worst = max(1, round(values.shape[1] / 4))
    return np.sort(values, axis=1)[:, -worst:].mean(axis=1)


def front(found: Search, question: Question, levers: tuple[Factor, ...]) -> list[dict[str, Any]]:
    """Return the nondominated policies, ordered by their first objective."""
    signs = [-1.0 if each.measure in MORE_IS_BETTER else 1.0 for each in question.outcomes]
    rows = []
    for number in found.front:
        objectives = found.objectives[number] * signs
        rows.append(
            {
                "levers": point_at(levers, found.shares[number], question.scenario)[0],
                "objectives": dict(
                    zip((each.name for each in question.outcomes), objectives.tolist(), strict=True)
                ),
                "generation": int(found.generation[number]),
            }
        )
    first = question.outcomes[0].name
    return sorted(rows, key=lambda row: (row["objectives"][first] * signs[0], str(row["levers"])))
