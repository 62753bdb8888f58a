"""Writes docs/claims.md and its figures from the folder of a finished study."""

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from agents.vocabulary import KINDS, PROBLEMS
from scenarios.analysis.claims.experiment import FINISHED
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import write_atomically
from scenarios.common.installation import DOCS
from scenarios.common.languages import LANGUAGES
from scenarios.reporting import texts
from scenarios.reporting.texts.claims import claim_verdict, rests_on, statement_sentence
from scenarios.studies.store import finished_last
from simulation.parameters import GROUPS

FIGURES = Path("figures") / "claims"
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
assumptions: they are no forecast, and nothing was tuned to the literature beside them.
"""


def write_page(folder: Path | None, root: Path, docs: Path = DOCS) -> Path:
    """Write the page and draw its figures; without a folder the latest finished study is taken.

    Raises
    ------
    ConfigurationError
        When there is no finished study.
    """
    folder = folder or _latest(root)
    if not (folder / FINISHED).is_file():
        raise ConfigurationError(f"claims write {folder}: no {FINISHED} there, expected a finished study")
    study = json.loads((folder / FINISHED).read_text(encoding="utf-8"))
    from scenarios.reporting.figures.claims import draw_claims

    for language in LANGUAGES:
        draw_claims(folder, language, docs / FIGURES)
    path = docs / "claims.md"
    write_atomically(path, page(study).encode())
    print(path)
    return path


def _latest(root: Path) -> Path:
    """Return the folder of the study that was finished last."""
    latest = finished_last(root, FINISHED)
    if latest is None:
        raise ConfigurationError(f"claims write: no finished study in {root}; run landingsbaan claims first")
    return latest


def _draws(drawn: Mapping[str, str]) -> str:
    """Return where the draws of uncertain parameters came from."""
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
    """Return the anchor that forges and Sphinx give to the heading of a claim."""
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
    """Return what is said of one statement."""
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
    """Return a sentence that can stand between square brackets."""
    return sentence.replace("[", "(").replace("]", ")").replace("\n", " ")


def parameter_meanings() -> dict[str, str]:
    """Return what every parameter means with its unit, elements of lists by problem or kind of care."""
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
