"""Writes docs/validation.md and its figure from a finished validation."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.analysis.calibration.experiments import STAFF_OF_TEAMS
from scenarios.analysis.validation.reasons import DESIGNS, REASONS
from scenarios.reporting.figures.validation import draw_validation
from scenarios.reporting.texts import number
from scenarios.reporting.texts.languages import LANGUAGES
from scenarios.studies.store import writes

FIGURES = Path("figures") / "validation"
HEAD = """# Validation

Written by `landingsbaan validate`; do not edit by hand.

The model, at draws of the posterior (`data/posterior.csv`), against figures it was not fitted to
(`data/validation_targets.csv`). Nothing was tuned to them, and misses stay. *Hit* is a mean over draws
inside the bounds of the figure. A row whose figure enters the model as an input is reported as input,
never as a hit.
"""


def write_page(told: Mapping[str, Any], docs: Path) -> Path:
    """Write the page and draw its figure in both languages."""
    for language in LANGUAGES:
        draw_validation(told, docs / FIGURES, language)
    path = docs / "validation.md"
    writes(path, page(told).encode())
    return path


def page(told: Mapping[str, Any]) -> str:
    """Return the page."""
    return "\n".join([HEAD, *_made(told), *_rows(told), *_designs(told), *_checks(told)]).rstrip() + "\n"


def _made(told: Mapping[str, Any]) -> list[str]:
    about = told["about"]
    return [
        f"    {about['command']}\n",
        f"Made {about['made']} with model version `{about['model_version']}` from the posterior of "
        f"{about['posterior']['made']} (bank `{about['posterior']['bank'][:12]}`): {about['draws']} draws, "
        f"a city of {number(about['households'], 'en')} households each, sixteen municipalities of a "
        f"quarter of that; {number(about['core_seconds'] / 60, 'en')} process-minutes, "
        f"{number(about['seconds'] / 60, 'en')} minutes on {about['processes']} processes, what was done "
        "before not counted.\n",
    ]


def _rows(told: Mapping[str, Any]) -> list[str]:
    """Return the table of validation rows and what is said of misses."""
    counts = told["counts"]
    lines = [
        "## Figures the model was not fitted to\n",
        f"**{counts['hit']} of {len(told['rows'])} rows are hit**, {counts['miss']} are missed, "
        f"{counts['input']} are inputs, {counts['not said']} the model cannot say.\n",
        f"![Distance of every row]({(FIGURES / 'validation_en.png').as_posix()})\n",
        "| row | figure | bounds | model | 90% | verdict | unit | definition |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in told["rows"]:
        mean = "-" if row["mean"] is None else f"{row['mean']:.3g}"
        interval = "-" if row["interval"] is None else "{:.3g} to {:.3g}".format(*row["interval"])
        verdict = "hit" if row["verdict"] == "hit" else f"**{row['verdict']}**"
        note = f" ({row['note']})" if row["note"] else ""
        lines.append(
            f"| `{row['target']}` | {row['value']:g} | {row['low']:g} to {row['high']:g} | {mean} | "
            f"{interval} | {verdict}{note} | {row['unit']} | {row['definition']} |"
        )
    lines.append("")
    missed = [row for row in told["rows"] if row["verdict"] == "miss"]
    if missed:
        lines.append("### Misses, and why we think so\n")
    lines += [f"* `{row['target']}`: {REASONS.get(row['target'], UNEXPLAINED)}" for row in missed]
    return [*lines, ""]


UNEXPLAINED = "we have no reason we believe; it stays a miss."


def _designs(told: Mapping[str, Any]) -> list[str]:
    """Return how each experiment follows its study."""
    lines = ["## How the experiments follow the studies\n"]
    lines += [f"* **{title}.** {words}" for title, words in DESIGNS.items()]
    growth = told["growth_by_teams"]
    lines.append(
        "\nGrowth in municipalities without teams is "
        f"{growth['wmo_growth_without_teams']:.1f} percent in the model and 26 in the study; the study's has "
        "causes outside the model, so only gaps are rows. They are fitted, so they stand with the predictive "
        "checks below.\n"
    )
    return [*lines, *_gaps(growth)]


def _gaps(growth: Mapping[str, float]) -> list[str]:
    """Return the gaps of growth by teams under both ways to assign them."""
    lines = [
        "| points of growth above no team | own staff | seconded | mean |",
        "| --- | --- | --- | --- |",
        "| study (CPB 2019) | 3 | 33 | 14 |",
    ]
    for design, words in (
        ("", "model, teams at random (scored)"),
        ("small_", "model, small have none (not scored)"),
    ):
        gaps = (growth[f"{design}wmo_growth_gap_team_{staff}"] for staff in STAFF_OF_TEAMS)
        lines.append(f"| {words} | " + " | ".join(f"{gap:.1f}" for gap in gaps) + " |")
    return [*lines, ""]


def _checks(told: Mapping[str, Any]) -> list[str]:
    """Return the predictive checks of the fitted rows."""
    checks = told["checks"]
    inside = sum(check["inside"] for check in checks)
    lines = [
        "## Predictive checks of the fitted rows\n",
        f"These were fitted, so being inside is no proof; being outside is a warning. **{inside} of "
        f"{len(checks)} are inside their bounds.** *Below* is the share of draws below the figure.\n",
        "| block | row | figure | bounds | model | 90% | inside | below |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for check in sorted(checks, key=lambda each: each["block"]):
        model = check["model"]
        lines.append(
            f"| {check['block']} | `{check['name']}` | {check['value']:g} | {check['low']:g} to "
            f"{check['high']:g} | {model['mean']:.4g} | {model['low']:.4g} to {model['high']:.4g} | "
            f"{'yes' if check['inside'] else '**no**'} | {check['share_below']:.0%} |"
        )
    return lines
