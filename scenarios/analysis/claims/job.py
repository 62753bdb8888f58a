"""The command `landingsbaan claims`: run, check or write, with progress and time left."""

import sys
import time
from pathlib import Path
from typing import Any

from agents.compiled import MODEL_VERSION
from scenarios.analysis.claims import parts
from scenarios.analysis.claims.claim import Claim, Statement
from scenarios.analysis.claims.settings import Asked, read_request
from scenarios.analysis.claims.study import draws_of, run_study
from scenarios.analysis.claims.tables import document, write_tables
from scenarios.common.progress import bar_of
from scenarios.reporting.texts.claim_texts import table_lines
from scenarios.reporting.texts.claims import word
from scenarios.runs.compiling import compile_rules
from scenarios.runs.run_document import commit, draws_from
from scenarios.runs.scenario import Scenario

BYTES_PER_OUTCOME = 1_000
BYTES_PER_FIGURE = 200_000


def run(words: list[str], overrides: list[str]) -> None:
    """Answer `landingsbaan claims` with these words and options."""
    asked = read_request(words, overrides)
    if asked.action == "write":
        from scenarios.analysis.claims.page import write_page
        from scenarios.common.installation import check_clone

        check_clone("claims write")
        write_page(Path(asked.words[0]) if asked.words else None, asked.root)
        return
    from scenarios.runs.resources import check_memory, check_room, memory_of

    needed = len(asked.claims) * (len(asked.scenario.seeds) * BYTES_PER_OUTCOME + 2 * BYTES_PER_FIGURE)
    check_room(asked.root, needed)
    scenario = asked.scenario
    check_memory(memory_of(scenario.profile.households, len(scenario.seeds), scenario.processes))
    compile_rules(asked.scenario.language)
    if asked.action == "check":
        from scenarios.analysis.claims.placebo_check import check

        check(asked)
        return
    _study(asked)


def _study(asked: Asked) -> None:
    """Run a study, write its tables, draw its figures, print its table."""
    scenario, language = asked.scenario, asked.scenario.language
    begin = time.perf_counter()
    folder = parts.study_folder(scenario, asked.claims, asked.root, asked.name)
    before = len(parts.known_outcomes(folder))
    if before:
        print(word("goes_on", language, folder=folder, pairs=before), file=sys.stderr, flush=True)
    try:
        with Bar(asked.claims, len(scenario.seeds), language) as bar:
            found = run_study(scenario, asked.claims, folder, bar.counts, bar.settles)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(word("kept", language, folder=folder)) from None
    about = about_study(scenario, time.perf_counter() - begin)
    write_tables(folder, found, draws_of(scenario), about)
    if scenario.figures:
        from scenarios.reporting.figures.claims import draw_claims

        draw_claims(folder, language)
    print("\n".join(table_lines(document(found, about)["claims"], language)))
    print(word("written", language, folder=folder), file=sys.stderr, flush=True)


def about_study(scenario: Scenario, seconds: float) -> dict[str, Any]:
    """Return what describes a study in claims.json."""
    return {
        "municipality": scenario.profile.name,
        "households": int(scenario.profile.households),
        "landing": scenario.landing,
        "first_seed": scenario.seeds[0],
        "most_pairs": len(scenario.seeds),
        "draws_from": draws_from(scenario),
        "model_version": MODEL_VERSION,
        "commit": commit(),
        "run_seconds": round(seconds, 1),
        "overrides": scenario.overrides,
    }


class Bar:
    """A bar of statements times pairs with the time left at most; what is settled makes it shorter."""

    def __init__(self, claims: list[Claim], pairs: int, language: str) -> None:
        self.claims, self.pairs, self.language = claims, pairs, language

    def __enter__(self) -> "Bar":
        """Show the bar."""
        self.bar = bar_of(
            sum(len(claim.statements) for claim in self.claims) * self.pairs,
            word("experiments", self.language),
        )
        return self

    def __exit__(self, *trouble: object) -> None:
        """Close the bar."""
        self.bar.close()

    def counts(self, number: int) -> None:
        """Count statements of a pair that are done."""
        self.bar.update(number)

    def settles(self, statement: Statement, pairs: int) -> None:
        """Take off what a settled statement needs no more."""
        self.bar.total -= self.pairs - pairs
        self.bar.write(word("settled", self.language, claim=statement.key, pairs=pairs), sys.stderr)
        self.bar.refresh()
