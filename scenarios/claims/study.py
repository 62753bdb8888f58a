"""A study of claims: pairs until every claim's verdict is safe, or the pairs are used up."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenarios.claims import parts
from scenarios.claims.claim import Claim, Statement
from scenarios.claims.conditions import FAILS, HELD_AFTER_ALL, conditions, deciding_parameters
from scenarios.claims.experiment import Experiments, Outcome, PairOfClaims
from scenarios.claims.sequential import estimate, looks_until
from scenarios.claims.verdict import (
    ENOUGH_FOR_CONDITIONS,
    REFUTED,
    SUPPORTED,
    Condition,
    Found,
    final_verdict,
    safe_verdict,
    verdict_of_claim,
)
from scenarios.pairs import parameters_of_pair
from scenarios.scenario import Scenario
from scenarios.workers import do_all

Outcomes = dict[int, dict[str, Outcome]]
# Told after every pair (number of claims done with it) and when a claim needs no more pairs.
Counts = Callable[[int], None]
Settles = Callable[[Claim, int], None]


@dataclass(frozen=True)
class Draws:
    """What was drawn: float64 array of shape (n_pairs, n_parameters), and the parameters' names."""

    values: np.ndarray
    names: list[str]

    def of(self, pairs: list[int]) -> np.ndarray:
        """Return the rows of some pairs."""
        return self.values[pairs]


@dataclass(frozen=True)
class ClaimFound:
    """What is found about a claim: one entry per statement, and the effects of every pair."""

    claim: Claim
    found: tuple[Found, ...]
    pairs: list[int]
    effects: np.ndarray
    levels: list[tuple[float, ...]]

    @property
    def verdict(self) -> str:
        """Verdict of the claim."""
        return verdict_of_claim([each.verdict for each in self.found])


def draws_of(scenario: Scenario) -> Draws:
    """Return the drawn parameters of every pair, lists spread over their elements."""
    rows: list[list[float]] = []
    names: list[str] = []
    for number in range(len(scenario.seeds)):
        _, drawn = parameters_of_pair(scenario, number)
        spread = {
            (f"{name}[{place}]" if isinstance(value, list) else name): float(each)
            for name, value in drawn.items()
            for place, each in enumerate(value if isinstance(value, list) else [value])
        }
        names = list(spread)
        rows.append(list(spread.values()))
    values = np.array(rows, dtype=float).reshape(len(scenario.seeds), len(names))
    varied = values.std(axis=0) > 0.0 if len(values) > 1 else np.zeros(len(names), dtype=bool)
    return Draws(values[:, varied], [name for name, each in zip(names, varied, strict=True) if each])


def run_study(
    scenario: Scenario,
    claims: list[Claim],
    folder: Path,
    counts: Counts | None = None,
    settles: Settles | None = None,
    off: bool = False,
) -> list[ClaimFound]:
    """Run pairs, look by look, and return what is found about every claim.

    Parameters
    ----------
    scenario : Scenario
        Municipality, reference, seeds and processes.
    claims : list of Claim
        What is asked.
    folder : Path
        Folder of the study; what it holds already is not run again.
    counts, settles : function, optional
        Told of progress.
    off : bool
        Whether the claims' mechanisms are switched off; then nothing stops early.
    """
    looks = looks_until(len(scenario.seeds)) if not off else (len(scenario.seeds),)
    draws = draws_of(scenario)
    active = {claim.number: claim for claim in claims}
    settled: dict[str, ClaimFound] = {}
    for look, pairs in enumerate(looks):
        since = looks[look - 1] if look else 0
        outcomes = _run_until(scenario, claims, list(active), since, pairs, folder, counts, off)
        last = look == len(looks) - 1
        for number, claim in list(active.items()):
            found = judge(claim, outcomes, pairs, draws, looks, look, last)
            if found is not None:
                settled[number] = found
                del active[number]
                if settles is not None:
                    settles(claim, pairs)
        if not active:
            break
    return [settled[claim.number] for claim in claims]


def _run_until(
    scenario: Scenario,
    claims: list[Claim],
    active: list[str],
    since: int,
    pairs: int,
    folder: Path,
    counts: Counts | None,
    off: bool,
) -> Outcomes:
    """Run what is missing up to a number of pairs, and return all outcomes; those `since` are counted."""
    before = parts.known_outcomes(folder)
    wanted = {
        pair: tuple(number for number in active if number not in before.get(pair, {}))
        for pair in range(pairs)
    }
    missing = [pair for pair in range(pairs) if wanted[pair]]
    if counts is not None:
        counts(sum(len(active) - len(wanted[pair]) for pair in range(since, pairs)))

    def keeps(result: PairOfClaims) -> None:
        parts.keep(folder, result)
        if counts is not None:
            counts(len(result.outcomes))

    work = Experiments(scenario, tuple(claims), {pair: wanted[pair] for pair in missing}, off)
    do_all(work, missing, scenario.processes, keeps)
    known = parts.known_outcomes(folder)
    lost = [pair for pair in missing if not set(wanted[pair]) <= set(known.get(pair, {}))]
    if lost:
        raise OSError(f"{folder}: the results of pair {lost[0]} could not be kept; is there room to write?")
    return known


def judge(
    claim: Claim, outcomes: Outcomes, pairs: int, draws: Draws, looks: tuple[int, ...], look: int, last: bool
) -> ClaimFound | None:
    """Return what is found about a claim, or None when it needs more pairs.

    Pairs beyond the look are left out, also when they are there: a study that was interrupted or
    widened comes to the same verdicts as one that was not.
    """
    numbers = [pair for pair in range(pairs) if claim.number in outcomes.get(pair, {})]
    effects = np.array([outcomes[pair][claim.number].effects for pair in numbers], dtype=float)
    found = []
    for place, statement in enumerate(claim.statements):
        made = _judge_statement(claim, statement, effects[:, place], draws.of(numbers), draws.names,
                                looks, look, last)  # fmt: skip
        if made is None:
            return None
        found.append(made)
    levels = [
        tuple(_mean_of_known([outcomes[pair][claim.number].levels[place] for pair in numbers]))
        for place in range(len(claim.statements))
    ]
    return ClaimFound(claim, tuple(found), numbers, effects, levels)


def _mean_of_known(rows: list[tuple[float, ...]]) -> list[float]:
    """Return the mean of each column over the pairs in which it could be said."""
    found = []
    for values in np.array(rows, dtype=float).T:
        known = values[np.isfinite(values)]
        found.append(float(known.mean()) if known.size else float("nan"))
    return found


def _judge_statement(
    claim: Claim,
    statement: Statement,
    effects: np.ndarray,
    drawn: np.ndarray,
    names: list[str],
    looks: tuple[int, ...],
    look: int,
    last: bool,
) -> Found | None:
    """Return what is found about a statement, or None when its claim needs more pairs."""
    now = estimate(effects, statement.sign, looks, look)
    asked = (drawn, names, effects, statement.sign, statement.band, claim.conditions)
    searched = statement.sign != 0 and (last or now.pairs + now.missing >= ENOUGH_FOR_CONDITIONS)
    only_if = conditions(*asked) if searched else ()
    if last:
        verdict = final_verdict(statement, now, only_if)
    else:
        safe = safe_verdict(statement, now, only_if)
        if safe is None:
            return None
        verdict = safe
    fails: tuple[Condition, ...] = ()
    if verdict in (SUPPORTED, REFUTED):
        fails = conditions(*asked, aims=(FAILS if verdict == SUPPORTED else HELD_AFTER_ALL,))
    return Found(now, verdict, only_if, fails, deciding_parameters(drawn, names, effects))
