"""Honesty: with a claim's own mechanism switched off its effect must vanish."""

from dataclasses import dataclass

import numpy as np

from scenarios.analysis.claims.claim import Claim, Statement
from scenarios.analysis.claims.experiment import Experiments, PairOfClaims
from scenarios.analysis.claims.settings import Asked
from scenarios.reporting import texts
from scenarios.reporting.texts.claims import word
from scenarios.runs.scenario import Scenario
from scenarios.runs.workers import do_all
from simulation.outcomes.definitions import MEASURES


@dataclass(frozen=True)
class Honest:
    """Whether an effect vanished: its mean over pairs against the practical band.

    Attributes
    ----------
    statement : Statement
        One that must vanish.
    mean : float
        Mean effect with the mechanism off.
    exactly : bool
        Whether there was no difference at all in any pair.
    """

    statement: Statement
    mean: float
    exactly: bool

    @property
    def vanished(self) -> bool:
        """Whether what is left counts as none."""
        return self.exactly or abs(self.mean) <= self.statement.band


def honesty(scenario: Scenario, claims: list[Claim]) -> list[Honest]:
    """Run claims with their mechanisms off, and say of every statement that must vanish what is left."""
    results: list[PairOfClaims] = []
    work = Experiments(scenario, tuple(claims), {}, off=True)
    do_all(work, list(range(len(scenario.seeds))), scenario.processes, results.append)
    found = []
    for claim in claims:
        for statement in claim.statements:
            if not statement.vanishes:
                continue
            effects = np.array([each.outcomes[statement.key].effect for each in results], dtype=float)
            known = effects[np.isfinite(effects)]
            mean = float(known.mean()) if known.size else 0.0
            exactly = not known.size or bool((known == 0.0).all())
            found.append(Honest(statement, mean, exactly))
    return found


def check(asked: Asked) -> None:
    """Print what is left of every statement that must vanish.

    Raises
    ------
    ValueError
        When an effect did not vanish.
    """
    language = asked.scenario.language
    found = honesty(asked.scenario, asked.claims)
    for each in found:
        statement = each.statement
        key = "exactly" if each.exactly else "vanished" if each.vanished else "not_vanished"
        left = texts.number(each.mean, language, 4, sign=True)
        unit = MEASURES[statement.measure].unit[language]
        print(f"{statement.key:<7} {word(key, language)}: {left} {unit}; "
              f"{statement.texts[language]}")  # fmt: skip
    left_over = [each.statement.key for each in found if not each.vanished]
    if left_over:
        raise ValueError(
            f"claims check: with the mechanism off an effect is left in {', '.join(left_over)}, of "
            f"{len(asked.scenario.seeds)} pairs; expected none"
        )
