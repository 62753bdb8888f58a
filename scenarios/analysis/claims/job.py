"""The command `landingsbaan claims`: run, list, check or write, with a progress bar.

`write` makes docs/claims.md and its figures from the folder of a finished study.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from agents.vocabulary import KINDS, PROBLEMS
from scenarios.analysis.claims import experiment
from scenarios.analysis.claims.claim import Claim, Statement, claims_called
from scenarios.analysis.claims.experiment import FINISHED, ROOT, ClaimsReplication, Experiments, write
from scenarios.analysis.claims.study import document, draws_of, run_study, write_tables
from scenarios.analysis.claims.verdict import DEPENDS, VERDICTS
from scenarios.common.errors import ConfigurationError, convert_read_errors
from scenarios.common.files import write_atomically
from scenarios.common.installation import DOCS
from scenarios.common.result_version import RESULT_VERSION
from scenarios.common.terminal import bar_of, show_table
from scenarios.config.schema import CLAIM, CONFIGURATION_FOLDER
from scenarios.reporting import texts
from scenarios.reporting.texts import LANGUAGES
from scenarios.reporting.texts.claims import (
    claim_verdict,
    open_claims,
    rests_on,
    statement_sentence,
    table_rows,
    word,
)
from scenarios.runs.replications import do_all
from scenarios.runs.resources import compile_rules
from scenarios.runs.run_document import commit, draws_from
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.commands import check_folder_name
from scenarios.studies.store import latest_finished
from scenarios.studies.tracking import record
from simulation.outcomes.definitions import MEASURES
from simulation.parameters import GROUPS

FIGURES = Path("figures") / "claims"
OF_THE_MACHINE = ("commit", "overrides", "run_seconds")  # keys that do not depend on the findings
HEAD = """# Claims of the sources, and what the model says

Written by `landingsbaan claims write`; do not edit by hand.

Each claim is an experiment: arms that differ in the named levers alone, with the same people and the
same random numbers, over draws of the uncertain parameters. An *effect* is the outcome under one arm less
that under the other: first its mean over the replications, then that over everything that may be drawn, with
an interval (95%) that is widened for repeated looking. The second is the first adjusted for how far the draws
happen to lie from their expectation (control variates: the parameters a claim names). Every statement gets a
verdict, and a claim the one that follows from those of its statements with a direction:

* *Supported*: the interval lies on the side claimed; a claim is, if all its statements are.
* *Not supported*: the interval lies on the other side, or inside the equivalence margin, where an effect is
  too small to count; a claim is not, if all its statements are not.
* *Depends on X*: on one side of a value of parameter X the effect is as claimed, on the other it is not. The
  value is found on half of the replications and confirmed on the other half. A claim depends where any
  statement does.
* *Trade-off*: some statements of the claim are supported and others are not; or its source gives none.
* *Inconclusive*: after the last replication the interval holds zero and more than the margin; the page says
  what would settle it. A claim is, if one statement is and none of the above tells more.

Replications are added until a verdict is safe or the last is used up. Verdicts hold for this model and its
assumptions: they are no forecast, and nothing was tuned to the literature next to them.
"""


def write_page(folder: Path | None, root: Path, docs: Path = DOCS) -> Path:
    """Write the page and draw its figures, from the latest finished study unless a folder is given.

    Raises
    ------
    ConfigurationError
        When there is no finished study, or it is damaged; nothing is written then.
    """
    folder = folder or _latest(root)
    if not (folder / FINISHED).is_file():
        raise ConfigurationError(f"claims write {folder}: no {FINISHED} there, expected a finished study")
    study = open_claims(folder)
    own = [
        each["id"]
        for each in study["claims"]
        if not (CONFIGURATION_FOLDER / CLAIM / f"{each['id']}.yaml").is_file()
    ]
    if own and docs == DOCS:
        raise ConfigurationError(
            f"claims write {folder}: {own[0]} is no claim of the package, and the page is its own"
        )
    from scenarios.reporting.figures.claims import draw_claims

    path = docs / "claims.md"
    with convert_read_errors(folder), TemporaryDirectory() as drawn:
        text = page(study)
        for language in LANGUAGES:
            draw_claims(folder, language, Path(drawn))
        (docs / FIGURES).mkdir(parents=True, exist_ok=True)
        for each in sorted(Path(drawn).iterdir()):
            write_atomically(docs / FIGURES / each.name, each.read_bytes())
    write_atomically(path, text.encode())
    # The data of the page for other programs, without the keys that depend on the machine.
    told = {key: value for key, value in study.items() if key not in OF_THE_MACHINE}
    write(docs / FIGURES / FINISHED, told)
    if docs == DOCS:
        counts = Counter(each["verdict"] for each in study["claims"])
        names = {DEPENDS: "depends on an unknown"}
        record("claims", {names.get(each, each): counts[each] for each in VERDICTS})
    print(path)
    return path


def _latest(root: Path) -> Path:
    """Return the folder of the study that was finished last."""
    latest = latest_finished(root, FINISHED)
    if latest is None:
        raise ConfigurationError(f"claims write: no finished study in {root}; run landingsbaan claims first")
    return latest


def _draws(drawn: Mapping[str, str]) -> str:
    """Return the source of the draws of uncertain parameters."""
    of = (
        f" of {drawn['made']} (training ensemble `{drawn['training_ensemble'][:12]}`)"
        if "made" in drawn
        else ""
    )
    return f"draws of parameters: {drawn['source']}{of}"


def page(study: Mapping[str, Any]) -> str:
    """Return the page of a study."""
    meanings = parameter_meanings()
    about = (
        f"{study['municipality']}, {texts.number(study['households'], 'en')} households, landing "
        f"{study['landing'].replace('_', ' ')}, seeds from {study['first_seed']}, at most "
        f"{study['most_replications']} replications; {_draws(study['draws_from'])}; "
        f"result version {study['result_version']}."
    )
    parts = [HEAD, about + "\n", "## All verdicts\n", *_overview(study["claims"])]
    for claim in study["claims"]:
        parts += _section(claim, meanings)
    return "\n".join(parts).rstrip() + "\n"


def _overview(claims: list[Mapping[str, Any]]) -> list[str]:
    """Return the table of all claims."""
    rows = [
        "| claim | | source | verdict | replications | the literature |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for claim in claims:
        rows.append(
            f"| [{claim['id']}](#{_anchor(claim)}) | {claim['title']['en']} | {claim['source']} | "
            f"{claim_verdict(claim, 'en')} | {claim['replications']} | {claim['literature']['en']} |"
        )
    return [*rows, ""]


def _anchor(claim: Mapping[str, Any]) -> str:
    """Return the heading anchor of a claim, as code forges and Sphinx generate it."""
    heading = f"{claim['id']} {claim['title']['en']}"
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _section(claim: Mapping[str, Any], meanings: Mapping[str, str]) -> list[str]:
    """Return the part of the page about one claim."""
    from scenarios.reporting.figures.claims import alternative_text

    lines = [
        f'<a id="{claim["id"].lower()}"></a>\n\n## {claim["id"]} {claim["title"]["en"]}\n',
        f"{claim['source']}. Verdict: **{claim_verdict(claim, 'en')}**, "
        f"over {claim['replications']} replications.\n",
        "| arm | levers |",
        "| --- | --- |",
        *(
            f"| {claim['arm_titles'][arm]['en']} | {_changes(changes)} |"
            for arm, changes in claim["arms"].items()
        ),
        "",
    ]
    for row in claim["statements"]:
        lines += _statement(row, meanings)
    lines.append(f"The literature: {claim['literature']['en']}\n")
    lines += [f"Not represented: {each}.\n" for each in claim["not_represented"]]
    picture = (FIGURES / f"{claim['id']}_en.png").as_posix()
    lines.append(f"![{_plain(alternative_text(claim, 'en'))}]({picture})\n")
    return lines


def _changes(changes: Mapping[str, Any]) -> str:
    return ", ".join(f"`{name}` {value}" for name, value in changes.items()) or "as the default"


def _statement(row: Mapping[str, Any], meanings: Mapping[str, str]) -> list[str]:
    """Return the lines about one statement."""
    span = f"years {row['first_year']:g} to {row['last_year']:g}"
    level = ""
    if row["level_against"] is not None:
        against = texts.sensible(row["level_against"], "en")
        level = f" Level it is compared with: {against}."
    lines = [
        f"{row['statement']}. *{row['text_en']}* {statement_sentence(row, 'en')}. Outcome: "
        f"{row['meaning_en']}, {span} after the transition.{level} Equivalence margin: "
        f"{row['equivalence_margin']:g} ({row['equivalence_margin_reason']})."
    ]
    lines += [f"   - {each}." for each in rests_on(row, meanings, "en")]
    if row["deciding"]:
        named = "; ".join(
            f"{meanings.get(each['name'], each['name']).rstrip('.')} (`{each['name']}`, "
            f"{texts.number(each['rank_correlation'], 'en', 2, sign=True)})"
            for each in row["deciding"]
        )
        lines.append(f"   - Goes most with: {named}.")
    return [*lines, ""]


def _plain(sentence: str) -> str:
    """Return a sentence without characters that end a link text."""
    return sentence.replace("[", "(").replace("]", ")").replace("\n", " ")


def parameter_meanings() -> dict[str, str]:
    """Return the meaning of every parameter with its unit, list elements by problem or kind of care."""
    found = {}
    for group, made in GROUPS.items():
        default = made()
        for each in fields(made):
            meaning = each.metadata.get("meaning", "").rstrip(".")
            unit = each.metadata.get("unit", "")
            words = f"{meaning} ({unit})" if unit not in ("", "1") else meaning
            name = f"{group}.{each.name}"
            found[name] = words
            value = getattr(default, each.name)
            if isinstance(value, list):
                kinds = {len(PROBLEMS): PROBLEMS, len(KINDS): KINDS}.get(len(value), range(len(value)))
                found |= {
                    f"{name}[{place}]": f"{words}, {str(kind).replace('_', ' ')}"
                    for place, kind in enumerate(kinds)
                }
    return found


# Arguments of `landingsbaan claims`: claims, an action, and options as key=value.

ACTIONS = ("list", "check", "write")
# Default municipality: neutral, of a size at which an arm takes a quarter of a second.
CITY = (
    "municipality=neutral_city",
    "system=national_average",
    "municipality.households=20000",
    "replication.count=500",
)
CHECKED_REPLICATIONS = 6
SHORT = {
    "replications": "replication.count",
    "households": "municipality.households",
    "seed": "replication.first_seed",
    "folder": "output.folder",
    "figures": "output.figures",
}
LEAST_HOUSEHOLDS = 500


@dataclass(frozen=True)
class ClaimsRequest:
    """A resolved request: action, scenario, claims, folder of results, and name of the study."""

    action: str
    scenario: Scenario
    claims: list[Claim]
    root: Path
    name: str | None
    words: list[str]


def read_request(words: list[str], overrides: list[str]) -> ClaimsRequest:
    """Return the request.

    Raises
    ------
    ConfigurationError
        For an unknown claim or option, with the nearest name.
    """
    action = words[0] if words and words[0] in ACTIONS else "run"
    words = words[1:] if action != "run" else words
    name, options = None, []
    for option in overrides:
        key, _, value = option.partition("=")
        if key == "name":
            check_folder_name("name", value)
            name = value or None
        elif key == "placebo_check":
            action = _placebo_check(value, action)
        else:
            options.append(f"{SHORT.get(key, key)}={value}" if _ else option)
    claims = [] if action == "write" else claims_called(words)
    scenario = scenario_from(_with_defaults(options, action))
    if scenario.households is not None and scenario.households < LEAST_HOUSEHOLDS:
        raise ConfigurationError(
            f"households = {scenario.households}: expected at least {LEAST_HOUSEHOLDS}, with fewer a claim "
            "is mostly chance"
        )
    given = any(each.startswith("output.folder=") for each in options)
    return ClaimsRequest(action, scenario, claims, scenario.folder if given else ROOT, name, words)


def _with_defaults(options: list[str], action: str) -> list[str]:
    """Return the options with defaults added; a user's own municipality keeps its own size."""
    said = {each.split("=")[0] for each in options}
    left_out = {each.split("=")[0] for each in CITY if each.split("=")[0] in said}
    if "municipality" in said:
        left_out.add("municipality.households")
    defaults = [each for each in CITY if each.split("=")[0] not in left_out]
    if action == "check":
        defaults = [
            f"replication.count={CHECKED_REPLICATIONS}" if "replication.count" in each else each
            for each in defaults
        ]
    return [*defaults, *options]


def _placebo_check(value: str, action: str) -> str:
    if value not in ("true", "false"):
        raise ConfigurationError(f"placebo_check = {value}: expected true or false")
    return "check" if value == "true" else action


BYTES_PER_OUTCOME = 1_000
BYTES_PER_FIGURE = 200_000


def run(words: list[str], overrides: list[str]) -> None:
    """Run `landingsbaan claims` with these words and options."""
    asked = read_request(words, overrides)
    if asked.action == "write":
        from scenarios.common.installation import check_clone

        check_clone("claims write")
        write_page(Path(asked.words[0]) if asked.words else None, asked.root)
        return
    if asked.action == "list":
        _list(asked.claims, asked.scenario.language)
        return
    from scenarios.runs.resources import check_disk_space, check_memory, memory_of

    needed = len(asked.claims) * (len(asked.scenario.seeds) * BYTES_PER_OUTCOME + 2 * BYTES_PER_FIGURE)
    check_disk_space(asked.root, needed)
    scenario = asked.scenario
    check_memory(memory_of(scenario.profile.households, len(scenario.seeds), scenario.processes))
    compile_rules(asked.scenario.language)
    if asked.action == "check":
        check(asked)
        return
    _study(asked)


def _list(claims: list[Claim], language: str) -> None:
    """Print the statements of claims, without a run."""
    rows = [
        [
            claim.number,
            "\n".join([claim.titles[language], *(each.texts[language] for each in claim.statements)]),
        ]
        for claim in claims
    ]
    show_table([word(each, language) for each in ("claim", "statements")], rows)


def _study(asked: ClaimsRequest) -> None:
    """Run a study, write its tables, draw its figures, print its table."""
    scenario, language = asked.scenario, asked.scenario.language
    begin = time.perf_counter()
    folder = experiment.study_folder(scenario, asked.claims, asked.root, asked.name)
    before = len(experiment.known_outcomes(folder))
    if before:
        print(word("goes_on", language, folder=folder, replications=before), file=sys.stderr, flush=True)
    try:
        with Bar(asked.claims, len(scenario.seeds), language) as bar:
            found = run_study(scenario, asked.claims, folder, bar.count_done, bar.drop_stopped)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(word("kept", language, folder=folder)) from None
    about = about_study(scenario, time.perf_counter() - begin)
    write_tables(folder, found, draws_of(scenario), about)
    if scenario.figures:
        from scenarios.reporting.figures.claims import draw_claims

        draw_claims(folder, language)
    head = [word(each, language) for each in ("claim", "verdict", "statements")]
    show_table(head, table_rows(document(found, about)["claims"], language))
    print(word("written", language, folder=folder), file=sys.stderr, flush=True)


def about_study(scenario: Scenario, seconds: float) -> dict[str, Any]:
    """Return the description of a study for claims.json."""
    return {
        "municipality": scenario.profile.name,
        "households": int(scenario.profile.households),
        "landing": scenario.landing,
        "first_seed": scenario.seeds[0],
        "most_replications": len(scenario.seeds),
        "draws_from": draws_from(scenario),
        "result_version": RESULT_VERSION,
        "commit": commit(),
        "run_seconds": round(seconds, 1),
        "overrides": scenario.overrides,
    }


class Bar:
    """A progress bar of statements times replications; shortened when a statement stops early."""

    def __init__(self, claims: list[Claim], replications: int, language: str) -> None:
        self.claims, self.replications, self.language = claims, replications, language

    def __enter__(self) -> "Bar":
        """Show the bar."""
        self.bar = bar_of(
            sum(len(claim.statements) for claim in self.claims) * self.replications,
            word("experiments", self.language),
        )
        return self

    def __exit__(self, *error: object) -> None:
        """Close the bar."""
        self.bar.close()

    def count_done(self, number: int) -> None:
        """Count completed statements of a replication."""
        self.bar.update(number)

    def drop_stopped(self, statement: Statement, replications: int) -> None:
        """Remove the remaining replications of a statement that stopped early."""
        self.bar.total -= self.replications - replications
        if replications < self.replications:
            self.bar.write(
                word("stopped_early", self.language, claim=statement.key, replications=replications),
                sys.stderr,
            )
        self.bar.refresh()


# Placebo check: with the mechanism of a claim switched off its effect has to be null.


@dataclass(frozen=True)
class PlaceboCheck:
    """Placebo check of one statement: mean effect against the equivalence margin.

    Attributes
    ----------
    statement : Statement
        A statement that has to be null.
    mean : float
        Mean effect with the mechanism off.
    exactly : bool
        Whether all replications have no difference at all.
    """

    statement: Statement
    mean: float
    exactly: bool

    @property
    def is_null(self) -> bool:
        """Whether the mean effect is within the equivalence margin."""
        return self.exactly or abs(self.mean) <= self.statement.equivalence_margin


def placebo_check(scenario: Scenario, claims: list[Claim]) -> list[PlaceboCheck]:
    """Run claims with their mechanisms off, and return the remaining effect of every statement that has to be
    null."""
    results: list[ClaimsReplication] = []
    work = Experiments(scenario, tuple(claims), {}, off=True)
    do_all(work, list(range(len(scenario.seeds))), scenario.processes, results.append)
    found = []
    for claim in claims:
        for statement in claim.statements:
            if not statement.is_null_with_mechanism_off:
                continue
            effects = np.array([each.outcomes[statement.key].effect for each in results], dtype=float)
            known = effects[np.isfinite(effects)]
            mean = float(known.mean()) if known.size else 0.0
            exactly = not known.size or bool((known == 0.0).all())
            found.append(PlaceboCheck(statement, mean, exactly))
    return found


def check(asked: ClaimsRequest) -> None:
    """Print the remaining effect of every statement that has to be null.

    Raises
    ------
    ValueError
        When an effect is not null.
    """
    language = asked.scenario.language
    found = placebo_check(asked.scenario, asked.claims)
    for each in found:
        statement = each.statement
        key = "exactly" if each.exactly else "is_null" if each.is_null else "not_null"
        left = texts.number(each.mean, language, 4, sign=True)
        unit = MEASURES[statement.measure].unit[language]
        print(f"{statement.key:<7} {word(key, language)}: {left} {unit}; "
              f"{statement.texts[language]}")  # fmt: skip
    left_over = [each.statement.key for each in found if not each.is_null]
    if left_over:
        raise ValueError(
            f"claims check: with the mechanism off an effect is left in {', '.join(left_over)}, of "
            f"{len(asked.scenario.seeds)} replications; expected none"
        )
