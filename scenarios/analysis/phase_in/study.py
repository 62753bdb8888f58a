"""`landingsbaan phase-in`: the required length of the phase-in by size of the cut and years of preparation.

Every combination of cut, length, preparation and basis is compared with a phase-in period of eight years with
the same cut and preparation, under the same draws and random numbers. Lengths without a decision get more
draws, look by look. The page is docs/phase_in.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from scenarios.analysis.exploration.options import (
    LEAST,
    ROOT,
    ExplorationOptions,
    Page,
    about,
    check_options,
    check_size,
    finish_exploration,
    name_of_study,
    run_progress,
)
from scenarios.analysis.exploration.question import (
    TRANSITION_HARM,
    Case,
    Question,
    answer,
    outcomes_called,
    question_from,
)
from scenarios.analysis.exploration.question import Answer as Run
from scenarios.analysis.phase_in.lengths import (
    BASES,
    EFFECTS,
    GROUPS,
    INCONCLUSIVE,
    NONE,
    WIDEST,
    Levels,
    Parts,
    answer_of,
    levels_of,
    looks,
    parts_of,
    undecided,
    verdict_of,
)
from scenarios.analysis.phase_in.page import draw, summary, write_pages
from scenarios.common.errors import ConfigurationError
from scenarios.config.keys import key_called
from scenarios.reporting.summary.remainder import COST, PARTS, remainder_of
from scenarios.studies.commands import engine_of, split
from scenarios.studies.precision import LEVEL
from scenarios.studies.store import Folder
from simulation.recording.arm_names import POLICY

RESULT = "phase_in.json"
KEYS = {"cuts": "landing.cut", "years": "landing.years", "ahead": "landing.years_ahead"}


@dataclass
class PhaseInOptions(ExplorationOptions):
    """Options of `landingsbaan phase-in`.

    Attributes
    ----------
    cuts, years, ahead : str
        Comma-separated values: cuts, lengths of the phase-in period, years of preparation.
    replications, most_replications : int
        Number of draws of the unknowns, each with a seed, at the first look and at the last. All lengths
        share the same draws.
    """

    cuts: str = "0.05,0.1,0.15,0.25,0.35"
    years: str = "0,2,3,4,5,6,7"
    ahead: str = "0,2"
    replications: int = 48
    most_replications: int = 384


class Landing(NamedTuple):
    """A phase-in period to test."""

    cut: float
    ahead: float
    basis: str
    years: float


Values = dict[Landing, np.ndarray]  # shape (n_draws, n_outcomes); n_draws differs between landings
# Reported from the same runs without a verdict: the municipality's cost, and its components.
COSTS = tuple(TRANSITION_HARM + name for name in (COST, *PARTS))
Look = Callable[[list[Landing], int, int], np.ndarray]


def values_until_decided(landings: list[Landing], look: Look, levels: Levels) -> Values:
    """Return the values of all landings, with as many draws as each needs for a decision.

    Parameters
    ----------
    landings : list of Landing
        All get the draws of the first look.
    look : function
        Takes landings and a range of draw numbers; returns values of shape (n_landings, n_draws, n_outcomes).
    levels : mapping of int to float
        Number of draws at each look, ascending, with the confidence level of one interval.
    """
    values: Values = {}
    done, going = 0, landings
    for draws in levels:
        more = look(going, done, draws)
        for landing, of_landing in zip(going, more, strict=True):
            values[landing] = np.concatenate([values[landing], of_landing]) if done else of_landing
        done = draws
        going = _open(values, levels)
        if not going:
            break
    return values


def _open(values: Values, levels: Levels) -> list[Landing]:
    """Return the landings that need more draws."""
    parts = {landing: parts_of(of_landing, levels) for landing, of_landing in values.items()}
    found = set()
    for answer_for, by_years in _by_answer(parts).items():
        found |= {Landing(*answer_for, years) for years in undecided(by_years)}
    return [landing for landing in values if landing in found]


def _by_answer(parts: Mapping[Landing, Parts]) -> dict[tuple[float, float, str], dict[float, Parts]]:
    """Return the results of each length, by cut, preparation and basis."""
    found: dict[tuple[float, float, str], dict[float, Parts]] = {}
    for landing, of_landing in parts.items():
        found.setdefault(landing[:3], {})[landing.years] = of_landing
    return found


def phase_in(words: list[str]) -> Path:
    """Run `landingsbaan phase-in`; return the path of the result document.

    Raises
    ------
    ConfigurationError
        For invalid options; nothing is written.
    """
    options, overrides = split(PhaseInOptions, words, LEAST | {"replications": 4, "most_replications": 4})
    check_options(options)
    axes = {name: numbers(name, getattr(options, name)) for name in KEYS}
    if options.most_replications < options.replications:
        raise ConfigurationError(
            f"most_replications = {options.most_replications}: fewer than replications = "
            f"{options.replications}; expected as many or more"
        )
    if not any(each.split("=")[0] == "policy" for each in overrides):
        overrides = [*overrides, "policy=reference"]
    question = question_from(overrides, outcomes_called(",".join((*NONE, *COSTS))), draws=True)
    landings = [Landing(*each) for each in product(axes["cuts"], axes["ahead"], BASES, axes["years"])]
    times = looks(options.replications, options.most_replications)
    largest = max(int(each) for each in np.diff(times, prepend=0))
    check_size(question, len(landings) * largest, options)
    # Number of questions: all landings and the effect of less money overnight, each with all outcomes.
    questions = len(NONE) * (len(landings) + len(axes["cuts"]) * len(axes["ahead"]))
    levels = levels_of(questions, times)
    values, run = _simulated(question, landings, levels, options)
    document = about(question, run, len(run.values), "phase-in", words) | {
        "none": NONE,
        "widest": WIDEST,
        "looks": times,
        "questions": questions,
        "level": LEVEL,
        "outcomes": {each.name: each.in_words() for each in question.outcomes if each.name in NONE},
        **axes,
        **results(values, levels),
    }
    folder = ROOT / _name(question, options)
    folder.mkdir(parents=True, exist_ok=True)
    return finish_exploration(
        {folder / RESULT: document},
        Page(summary, draw, write_pages),
        options,
        question.scenario.language,
    )


def _name(question: Question, options: PhaseInOptions) -> str:
    """Return the name of the study; each look is a study of its own."""
    return options.study or name_of_study("phase_in", question.overrides, options)


def _simulated(
    question: Question, landings: list[Landing], levels: Levels, options: PhaseInOptions
) -> tuple[Values, Run]:
    """Return the values of all landings, and the description of their runs."""
    runs: list[Run] = []
    engine, name = engine_of(options), _name(question, options)
    first = (len(landings) + len({landing[:2] for landing in landings})) * min(levels)
    with run_progress(first, question.scenario.language) as count_done:

        def look(going: list[Landing], done: int, draws: int) -> np.ndarray:
            cases = [
                Case({KEYS["cuts"]: each.cut, KEYS["ahead"]: each.ahead, KEYS["years"]: each.years,
                      "landing.basis": each.basis}, draw)
                for each in going
                for draw in range(done, draws)
            ]  # fmt: skip
            found = answer(question, cases, Folder(ROOT / f"{name}_d{draws:04d}"), engine, count_done)
            runs.append(found)
            return found.values.reshape(len(going), draws - done, -1)

        values = values_until_decided(landings, look, levels)
    whole = Run(
        np.concatenate([each.values for each in runs]),
        [],
        sum(each.runs for each in runs),
        sum(each.core_seconds for each in runs),
    )
    return values, whole


def results(values: Values, levels: Levels) -> dict[str, Any]:
    """Return the results of every phase-in period, the answers, and the effects of money and speed.

    The effect as announced of the shortest length is decomposed, on the draws that both bases have: the
    effect with the same money is the effect of speed, and the remainder that of less money.
    """
    parts = {landing: parts_of(of_landing, levels) for landing, of_landing in values.items()}
    phase_ins = [
        {"cuts": each.cut, "ahead": each.ahead, "basis": each.basis, "years": each.years,
         "draws": len(values[each]), "parts": of_landing,
         "verdicts": {group: verdict_of(group, of_landing) for group in GROUPS}}
        for each, of_landing in parts.items()
    ]  # fmt: skip
    splits, shortest = [], min(landing.years for landing in values)
    for landing, announced in values.items():
        if landing.basis == BASES[0] and landing.years == shortest:
            same = values[landing._replace(basis=BASES[1])]
            both = min(len(announced), len(same))
            effects = announced[:both], same[:both], announced[:both] - same[:both]
            by_effect = {
                name: parts_of(effect, levels) for name, effect in zip(EFFECTS, effects, strict=True)
            }
            splits.append(
                {"cuts": landing.cut, "ahead": landing.ahead, "draws": both, "effects": by_effect,
                 "costs": {basis: cost_parts(effect) for basis, effect in zip(BASES, effects, strict=False)}}
            )  # fmt: skip
    answers = []
    for (cut, ahead, basis), by_years in _by_answer(parts).items():
        draws = [len(values[Landing(cut, ahead, basis, years)]) for years in by_years]
        for about_what, names in [*GROUPS.items(), *((name, (name,)) for name in NONE)]:
            said = answer_of(names, by_years)
            answers.append(
                {"cuts": cut, "ahead": ahead, "basis": basis, "of": about_what, **said._asdict(),
                 "least_draws": min(draws), "most_draws": max(draws)}
            )  # fmt: skip
    decided = sum(each["kind"] != INCONCLUSIVE for each in answers if each["of"] in GROUPS)
    return {"phase_ins": phase_ins, "splits": splits, "answers": answers, "decided": decided}


def cost_parts(values: np.ndarray) -> dict[str, Any]:
    """Return the cost by law and by line of care, from outcomes of shape (n_draws, n_outcomes)."""
    by_name = zip((COST, *PARTS), values.T[len(NONE) :], strict=True)
    return remainder_of({POLICY: dict(by_name)})


def numbers(name: str, text: str) -> list[float]:
    """Return the numbers of a comma-separated list, ascending and without duplicates.

    Raises
    ------
    ConfigurationError
        For values that are not numbers, or outside the range of the key.
    """
    try:
        values = sorted({float(each) for each in text.split(",")})
    except ValueError:
        raise ConfigurationError(f"{name} = {text}: expected numbers with commas, as {name}=0,2") from None
    for value in values:
        key_called(KEYS[name]).check(value)
    return values
