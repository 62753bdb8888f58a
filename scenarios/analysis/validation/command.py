"""The command `landingsbaan validate`: runs at draws of the posterior, verdicts, and the page.

A finished validation writes docs/validation.md and its figure.
"""

import shlex
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from scenarios.analysis.calibration.experiments import STAFF_OF_TEAMS
from scenarios.analysis.calibration.training_ensemble import average_city, run_pending_works
from scenarios.analysis.validation.judging import (
    ASKED_PERCENT,
    HIT,
    INPUT,
    MISS,
    causes,
    counts,
    predictive_checks,
    reported,
    validation,
)
from scenarios.analysis.validation.runs import TABLE, trajectories_of_draw, works_of
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import as_json, read_document, write_atomically
from scenarios.common.installation import DOCS
from scenarios.common.result_version import RESULT_VERSION
from scenarios.common.terminal import StudyProgress
from scenarios.reporting.figures.calibration import draw_validation
from scenarios.reporting.texts import LANGUAGES, agreed, number
from scenarios.runs.draws import committed_posterior, reason_without_posterior
from scenarios.runs.resources import check_disk_space, check_memory, compile_rules
from scenarios.runs.run_document import commit, data_checksum
from scenarios.studies.commands import (
    CityOptions,
    engine_of,
    finished_folder,
    is_publishing_only,
    memory_here,
    options_only,
    say,
)
from scenarios.studies.country import municipalities_with_figures
from scenarios.studies.store import Folder
from scenarios.studies.tracking import record
from simulation.population.municipality_profile import load_profile

# Hand-written texts of the page: how experiments follow their studies, and why targets are missed.
#
# A reason is printed only where its target is missed.

DESIGNS = {
    "Teams and growth (CPB 2019)": (
        "One initial state up to the transition, then runs that differ in teams alone: none (counters and "
        "GPs go on as before), with staff of their own, with providers' staff, and as most have it. Growth "
        "is that of people with guidance or day care in a year, 2015 to 2017; a gap is growth less that "
        "without teams. The study compares municipalities, which chose their teams; here they do not choose. "
        "Those without teams are mostly small in the study, so the same is told once more of the sixteen, in "
        "proportion to their size, the smaller half without teams. Only the first is scored, when fitting."
    ),
    "Early help at the edge, by month (Troubled Families)": (
        "Children on a team's caseload in January 2016 with problems at the edge of care and not placed are "
        "followed for two years with intensive help close to families and without. Formal measures are "
        "supervision orders; they count as higher from the first of six months in a row in which more of "
        "the helped have one, on the mean over draws. The programme takes families, the model children; all "
        "families of the city are offered it, not some."
    ),
    "A cut in early help (Webb 2021, Bennett 2021)": (
        "From January 2016 teams and the social base have 15% less. Heavy cases are placements and "
        "supervision orders; the lag is the month in which their excess comes to half of its most within "
        "three years, on the mean over draws, smoothed over three months."
    ),
    "Spread between municipalities": (
        "The sixteen municipalities of the sources with their own people and system, one draw for all, "
        "random numbers of their own and a difference from others with the same people that is drawn "
        "(`population.municipal_spread`); the ninth decile of the share of residents under 18 with help in "
        "2022 over the first. The figure is of 337 municipalities."
    ),
    "Nine municipalities (KPMG 2020)": (
        "In each draw nine of the sixteen municipalities are drawn by lot and their youth spending in "
        "prices of the year is added up by their real size in 2016 and in 2018, and split into more users "
        "and more spending per user by logarithms. It includes the help of teams, as users include those "
        "whom teams help, and leaves out counters and access, which hardly grew in the study. The rise in "
        "cost per youth is a dated series of the whole country, the users are the model's own."
    ),
    "A youth practitioner at the GP (register studies)": (
        "From January 2017 half of the sixteen municipalities, by lot, have a youth practitioner at every "
        "GP, and the change in youths with care from 2015-2016 to 2017-2020 is compared with that in the "
        "other half. What the practitioner closes is counted of the children the GP would have referred."
    ),
    "Household help before and after January 2019, by income (Significant 2021)": (
        "The rows compare users of a year in 2020 and 2018; next to them the monthly number of households "
        "with household help by income from 2016 to 2020 is held against its own trend before January 2019, "
        "with a change of level and of slope then."
    ),
    "Order of the sixteen municipalities (CBS 2022)": (
        "The share of residents under 18 with youth care in 2022, mean over draws, is ranked next to the "
        "register's; it is reported and not scored."
    ),
    "Repeated help": (
        "Trajectories begun in the first half of 2023 by children without help the month before, but with "
        "help in the five years before that."
    ),
    "Closed within a year": (
        "Children's trajectories with a team begun in 2016 that end within twelve months."
    ),
    "Satisfaction in Zaanstad": (
        "Zaanstad under its own system in 2015: satisfaction with wijkteams less that with youth teams, "
        "from waiting and time per case; transfers and refusals are not told by kind of team. The level is "
        "an input, the gap is not."
    ),
}

# Names in braces are filled in with the causes measured at the posterior, so they follow a new fit.
REASONS: dict[str, str] = {
    "jcurve_formal_measures_month_from": (
        "Reports by who comes into a family raise it in the model and crises that the help prevents lower "
        "it; how often staff report, and how long an inquiry takes, is assumed."
    ),
    "jcurve_in_care_reduction": (
        "It is counted on few: of the followed children of all draws together {children_placed:.0f} are "
        "placed at 19-24 months without the help and {children_placed_helped:.0f} with it. How far chance "
        "moves it, its 90% interval says; where that reaches into the bounds, the row is undecided."
    ),
    "satisfaction_gap_zaanstad": (
        "Part of the distance is waiting: people wait {waited_wijkteam:.1f} months for a wijkteam and "
        "{waited_youth_team:.1f} for a youth team, and with equal waiting the gap would be "
        "{satisfaction_gap_equal_waiting:.2f}. Being heard, or asking for help oneself, is not in the "
        "satisfaction of the model."
    ),
    "youth_care_users_growth_2016_2019": (
        "New problems rise too fast: with as many as in 2015 the growth would be "
        "{youth_growth_without_more_problems:.1f}%, with the threshold of 2015 for light help "
        "{youth_growth_without_falling_threshold:.1f}%. By year it is {youth_users_growth_2017:.1f}, "
        "{youth_users_growth_2018:.1f} and {youth_users_growth_2019:.1f}% (about 3 in each in the register)."
    ),
    "youth_growth_without_stay_share": (
        "In the model youth residential care grows with children's problems; that less of it was sought for "
        "its own sake is not in the model."
    ),
    "youth_spending_growth_2016_2018": (
        "Spending per user grows by {nine_per_user:.0f}% in two years, and in the nine of the study by about "
        "10%. The dated rise of care per youth, that of the whole country in 2015-2019, is part of it: "
        "without it the city's spending grows by {spending_growth_without_intensity:.0f}% in place of "
        "{spending_growth_with_intensity:.0f}%. The rest is prices, tariffs that recover after the contracts "
        "of 2015 and longer help, which are not measured apart."
    ),
    "youth_spending_growth_volume_share": (
        "Users of the nine grow by {nine_users:.0f}% (about 11% in the study) and spending per user by "
        "{nine_per_user:.0f}% (about 10%): a little too few users, and too much per user."
    ),
    "municipalities_over_budget_2018": (
        "The mean municipality lacks {deficit:.0f}% of its means for youth care in 2018, and they "
        "differ by a standard deviation of {result_deviation:.0f} points only, so nearly all are short. The "
        "survey asked about the councils' own budgets, which the model does not raise above the grants."
    ),
    "wmo_clients_growth_2019": (
        "Household help grows by {household_help_growth_2019:.1f}% (register 12.3) in the first year of the "
        "flat contribution. Support grows by {support_growth_2019:.1f}% "
        "(1.7), aids, which most clients have, by {aids_growth_2019:.1f}% (4.6)."
    ),
    "wmo_spending_per_inhabitant_2020": (
        "In 2019 aids grow by {aids_growth_2019:.1f}% (register 4.6) and household help by "
        "{household_help_growth_2019:.1f}% (12.3)."
    ),
    "gp_practitioner_volume_effect": (
        "The comparison is not what is wrong: against the same municipalities without a practitioner the "
        "effect is {practitioner_paired:.1f}%. How many new contacts a practitioner draws is assumed."
    ),
}


FIFTHS = ("lowest fifth", "second fifth", "middle fifth", "fourth fifth", "highest fifth")
FIGURES = Path("figures") / "validation"
HEAD = """# Validation

Written by `landingsbaan validate`; do not edit by hand.

The model, at draws of the posterior (`data/posterior.csv`), against figures it was not fitted to
(`data/validation_targets.csv`). No range was set by them, and misses stay. Mechanisms and inputs were
corrected after misses had been seen ([0180](decisions/0180-inputs-that-give-their-figure.md)), so a hit is
less of a test than it looks. *Hit* is a mean over draws inside the bounds of the figure. A row whose figure
enters the model is reported as input and never counted; which rows these are was written down before the
fit.
"""


def write_page(result: Mapping[str, Any], docs: Path) -> Path:
    """Write the page and draw its figure in both languages."""
    for language in LANGUAGES:
        draw_validation(result, docs / FIGURES, language)
    path = docs / "validation.md"
    write_atomically(path, page(result).encode())
    return path


def page(result: Mapping[str, Any]) -> str:
    """Return the page."""
    parts = (_made, _rows, _misses, _inputs, _designs, _reported, _checks)
    return "\n".join([HEAD, *(line for part in parts for line in part(result))]).rstrip() + "\n"


def _made(result: Mapping[str, Any]) -> list[str]:
    about = result["about"]
    return [
        f"    {about['command']}\n",
        agreed(
            f"Made {about['made']} with result version `{about['result_version']}` from the posterior of "
            f"{about['posterior']['made']} (training ensemble "
            f"`{about['posterior']['training_ensemble'][:12]}`): "
            f"{about['draws']} draws, "
            f"a city of {number(about['households'], 'en')} households each, sixteen municipalities of a "
            f"quarter of that; {number(about['core_seconds'] / 60, 'en')} process-minutes, "
            f"{number(about['seconds'] / 60, 'en')} minutes on {about['processes']} processes, what was done "
            "before not counted.\n"
        ),
    ]


def _rows(result: Mapping[str, Any]) -> list[str]:
    """Return the table of validation targets."""
    counts = result["counts"]
    scored = counts[HIT] + counts[MISS]
    lines = [
        "## Figures the model was not fitted to\n",
        f"Of {len(result['targets'])} rows {counts[INPUT]} are inputs. **Of the other {scored}, "
        f"{counts[HIT]} are hit ({100.0 * counts[HIT] / scored:.0f}%)** and {counts[MISS]} are missed; at "
        f"least {ASKED_PERCENT:.0f}% was asked beforehand.\n",
        f"![Distance of every row]({(FIGURES / 'validation_en.png').as_posix()})\n",
        "| row | figure | bounds | model | 90% | verdict | unit | definition |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in result["targets"]:
        mean = "-" if row["mean"] is None else f"{row['mean']:.3g}"
        interval = "-" if row["interval"] is None else "{:.3g} to {:.3g}".format(*row["interval"])
        verdict = {MISS: f"**{MISS}**", INPUT: _of_input(row)}.get(row["verdict"], row["verdict"])
        lines.append(
            f"| `{row['target']}` | {row['value']:g} | {row['low']:g} to {row['high']:g} | {mean} | "
            f"{interval} | {verdict} | {row['unit']} | {row['definition']} |"
        )
    return [*lines, ""]


def _of_input(row: Mapping[str, Any]) -> str:
    """Return the verdict of an input; where the model does not give its own input, the page says so."""
    gives_it = row["mean"] is None or row["low"] <= row["mean"] <= row["high"]
    return INPUT if gives_it else f"{INPUT}, outside"


def _misses(result: Mapping[str, Any]) -> list[str]:
    """Return the reason of every miss."""
    missed = [row["target"] for row in result["targets"] if row["verdict"] == MISS]
    if not missed:
        return []
    causes = result["causes"]
    return [
        "### Misses, and why we think so\n",
        *(f"* `{name}`: {REASONS.get(name, UNEXPLAINED).format(**causes)}" for name in missed),
        "",
    ]


def _inputs(result: Mapping[str, Any]) -> list[str]:
    """Return every input, with the input of the model it enters by."""
    entering = [row for row in result["targets"] if row["verdict"] == INPUT]
    return [
        "### Inputs, and by what they enter\n",
        *(f"* `{row['target']}`: {row['note']}." for row in entering),
        "",
    ]


UNEXPLAINED = "we have no reason we believe; it stays a miss."


def _designs(result: Mapping[str, Any]) -> list[str]:
    """Return how each experiment follows its study."""
    lines = ["## How the experiments follow the studies\n"]
    lines += [f"* **{title}.** {words}" for title, words in DESIGNS.items()]
    growth = result["growth_by_teams"]
    lines.append(
        "\nGrowth in municipalities without teams is "
        f"{growth['wmo_growth_without_teams']:.1f} percent in the model and 26 in the study; the study's has "
        "causes outside the model, so only gaps are rows. They are fitted, so they stand with the predictive "
        "checks below.\n"
    )
    return [*lines, *_gaps(growth)]


def _reported(result: Mapping[str, Any]) -> list[str]:
    """Return the results that are reported and not scored."""
    found = result["reported"]
    ranks, paired = found["ranks"], found["practitioner_paired"]
    lines = [
        "## Reported, not scored\n",
        f"The order of {ranks['units']} municipalities by youths with care in 2022 goes with the register's "
        f"by a rank correlation (Spearman) of {ranks['correlation']:.2f}, 90% interval {ranks['low']:.2f} to "
        f"{ranks['high']:.2f} over resamples of the municipalities. Registers of municipalities differ in "
        "whether help by teams is counted; Zaanstad and Utrecht are known cases.\n",
        "| municipality | model, percent | register, percent |",
        "| --- | --- | --- |",
        *(f"| {load_profile(slug).name} | {each['model']:.1f} | {each['register']:.1f} |"
          for slug, each in found["by_municipality"].items()),
        "",
        "Households with household help in 2020 above their own trend before January 2019, by income:\n",
        "| income | percent above the trend | 90% of draws |",
        "| --- | --- | --- |",
        *(f"| {name} | {_estimate(each)} |"
          for name, each in zip(FIFTHS, found["series_by_income"], strict=True)),
        "",
        "Against the same municipalities without one, a youth practitioner at every GP changes youths with "
        f"care by {_estimate(paired, ' percent (90% of draws ')}); the studies cannot compare so.\n",
    ]  # fmt: skip
    return lines


def _estimate(found: Mapping[str, float | None], between: str = " | ") -> str:
    """Return a mean and its interval, dashes where nothing was counted."""
    if found["mean"] is None:
        return f"-{between}-"
    return f"{found['mean']:.1f}{between}{found['low']:.1f} to {found['high']:.1f}"


def _gaps(growth: Mapping[str, float]) -> list[str]:
    """Return the gaps in growth by teams under both ways to assign teams."""
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


def _checks(result: Mapping[str, Any]) -> list[str]:
    """Return the predictive checks of the fitted targets."""
    checks = result["checks"]
    inside = sum(check["inside"] for check in checks)
    lines = [
        "## Predictive checks of the fitted targets\n",
        f"These were fitted, so being inside is no proof; being outside is a warning. **{inside} of "
        f"{len(checks)} are inside their bounds**, in these runs; [calibration](calibration.md) counts in "
        "more runs of a smaller city, where a target at its bound may fall on the other side. *Below* is the "
        "share of draws below the figure.\n",
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


ROOT = Path("results/validation")
FINISHED = "validation.json"
# Growth of the second line of the Wmo without teams, and gaps with teams: teams assigned at random, and
# teams in the larger municipalities only.
GROWTH_BY_TEAMS = tuple(
    f"{design}{name}"
    for design in ("", "small_")
    for name in ("wmo_growth_without_teams", *(f"wmo_growth_gap_team_{staff}" for staff in STAFF_OF_TEAMS))
)
ESTIMATE = dict.fromkeys(("mean", "low", "high"), (float, None))
# Shape of the document that the page and the figure read.
SHAPE = {
    "about": {
        "command": str, "made": str, "result_version": str, "posterior": {"made": str,
        "training_ensemble": str},
        "draws": int, "households": int, "seconds": float, "core_seconds": float, "processes": int,
    },
    "targets": [{
        "target": str, "value": float, "low": float, "high": float, "unit": str, "definition": str,
        "verdict": str, "note": str,
        "mean": (float, None), "interval": ([float], None),
    }, ...],
    "checks": [{
        "block": str, "name": str, "value": float, "low": float, "high": float, "inside": bool,
        "share_below": float, "model": {"mean": float, "low": float, "high": float},
    }, ...],
    "counts": {"hit": int, "miss": int, "input": int},
    "causes": {},
    "reported": {
        "ranks": {"correlation": float, "low": float, "high": float, "units": int},
        "by_municipality": dict.fromkeys(municipalities_with_figures(), {"model": float, "register": float}),
        "series_by_income": [ESTIMATE, ...],
        "practitioner_paired": ESTIMATE,
    },
    "growth_by_teams": dict.fromkeys(GROWTH_BY_TEAMS, float),
}  # fmt: skip
BYTES_PER_DRAW = 20_000
LEAST = {"draws": 2, "households": 200, "seed": 0, "engine.processes": 0}


@dataclass
class ValidateOptions(CityOptions):
    """Options of a validation, written as key=value.

    Attributes
    ----------
    draws : int
        Rows of the posterior.
    """

    draws: int = 64
    folder: str = str(ROOT)


def validate(words: list[str], overrides: list[str]) -> None:
    """Run `landingsbaan validate`."""
    options = options_only(ValidateOptions, "validate", overrides, LEAST)
    if is_publishing_only("validate", words):
        _write_results(finished_folder(options, FINISHED, "validate", "validation"), options)
    else:
        _run_draws(options, overrides)


def _run_draws(options: ValidateOptions, overrides: list[str]) -> None:
    """Simulate every draw that is not stored yet, judge the targets, and write the result."""
    posterior = committed_posterior()
    if posterior is None:
        raise ConfigurationError(f"validate: {reason_without_posterior()}")
    begin = time.perf_counter()
    average_city(options.households)  # raises for an impossible size before anything is written
    check_disk_space(Path(options.folder), options.draws * BYTES_PER_DRAW)
    needed = memory_here(options, options.households, options.draws)
    check_memory(needed, options.language, "households or processes (engine.processes=1)")
    engine = engine_of(options)
    compile_rules(options.language)
    name = options.name or f"v{options.households}_{options.seed}_{RESULT_VERSION}_{data_checksum()[:8]}"
    folder = Folder(Path(options.folder) / name)
    works = works_of(options.draws, options.households, options.seed)
    identity = {"study_version": 1, "result_version": RESULT_VERSION, "data_checksum": data_checksum()}
    folder.begin_or_resume(identity, {}, "validation")
    try:
        with StudyProgress(options.draws, options.language) as progress:
            run_pending_works(works, folder, engine, trajectories_of_draw, progress.count_done)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"{folder.path} stores what is done; the same command resumes") from None
    values = _values(folder, [work.name for work in works])
    seconds = [(folder.part_document(work.name) or {}).get("run_seconds", 0.0) for work in works]
    rows = validation(values)
    result = {
        "about": {
            "command": " ".join(["landingsbaan validate", *map(shlex.quote, overrides)]),
            "made": date.today().isoformat(),
            "result_version": RESULT_VERSION,
            "commit": commit(),
            "posterior": {
                key: posterior.about[key] for key in ("made", "result_version", "training_ensemble")
            },
            "draws": options.draws,
            "households": options.households,
            "seconds": round(time.perf_counter() - begin, 1),
            "core_seconds": round(sum(seconds), 1),
            "processes": engine.processes,
        },
        "targets": [asdict(row) for row in rows],
        "checks": predictive_checks(values),
        "counts": counts(rows),
        "reported": reported(values),
        "causes": causes(values),
        "growth_by_teams": {name: float(np.nanmean(values[name])) for name in GROWTH_BY_TEAMS},
    }
    write_atomically(folder.path / FINISHED, as_json(result))
    _write_results(folder.path, options)


def _values(folder: Folder, parts: list[str]) -> dict[str, np.ndarray]:
    """Return the results of all draws by name: float64 of shape (n_draws, n_months)."""
    found: dict[str, list[np.ndarray]] = {}
    for part in parts:
        table = pq.read_table(folder.table_of(part, TABLE)).to_pandas()
        for name, rows in table.groupby("name", sort=False):
            found.setdefault(str(name), []).append(rows.sort_values("month")["value"].to_numpy(float))
    return {name: np.vstack(rows) for name, rows in found.items()}


def _write_results(folder: Path, options: ValidateOptions) -> None:
    """Write the page and its figures."""

    result = read_document(folder / FINISHED, "what a finished validation leaves", SHAPE)
    page = write_page(result, Path(options.to) if options.to else DOCS)
    number = result["counts"]
    scored = number["hit"] + number["miss"]
    if not options.to:
        record("validation", {"targets hit": number["hit"], "missed": number["miss"],
                              "inputs, not counted": number["input"]})  # fmt: skip
    say("validated", options.language, hits=number["hit"], scored=scored, inputs=number["input"],
        page=page)  # fmt: skip
    print(page)
