"""`landingsbaan discover`: levers and unknowns with which a policy fails or a landing does harm.

Boxes are found by PRIM (EMA Workbench) on some cases and evaluated on others: pure functions of a table of
factors and a boolean per case. The page is docs/discovery.md.
"""

import contextlib
import io
import math
import sys
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from scipy.stats import qmc

from scenarios.analysis.exploration.options import (
    LEAST,
    ExplorationOptions,
    Page,
    about,
    check_options,
    check_size,
    draw_in_languages,
    finish_exploration,
    read,
    run_cases,
    store_result,
)
from scenarios.analysis.exploration.question import (
    RANDOM_SEED,
    UNKNOWN,
    Case,
    Factor,
    factors_of,
    outcomes_called,
    point_at,
    question_from,
    split_intervals,
)
from scenarios.common.errors import ConfigurationError
from scenarios.common.installation import DOCS
from scenarios.reporting.figures.exploration import draw_discovery
from scenarios.reporting.texts import sensible, share
from scenarios.reporting.texts.exploration import word
from scenarios.runs.draws import FIXED
from scenarios.studies.commands import split

MOST_FACTORS = 4  # limit of restrictions, to keep a box understandable
SURE = 0.05  # significance level of restrictions (quasi-p value) and of boxes
LEAST_CASES = 30
PEELED, LEAST_MASS = 0.05, 0.05


@dataclass(frozen=True)
class Limit:
    """One restriction of a box: a factor, its bounds (None where open), and their quasi-p values."""

    factor: str
    low: float | None
    high: float | None
    low_quasi_p: float | None
    high_quasi_p: float | None


@dataclass(frozen=True)
class Box:
    """A box and its quality.

    Attributes
    ----------
    limits : tuple of Limit
        Restrictions, the most significant first.
    found, judged : (coverage, density)
        On the training cases, and on the held-out cases.
    judged_p : float
        Probability of at least as many hits inside under independence, on the held-out cases (Fisher's exact
        test, one-sided).
    trajectory : DataFrame
        Coverage, density and number of restricted factors at every step of the peeling.
    """

    limits: tuple[Limit, ...]
    found: tuple[float, float]
    judged: tuple[float, float]
    judged_p: float
    trajectory: pd.DataFrame


def find_box(factors: pd.DataFrame, hits: np.ndarray) -> Box | None:
    """Return the box with the best coverage and density; None where no restriction is significant.

    From every box on the peeling trajectory, insignificant restrictions (quasi-p above 0.05) are dropped, and
    all but the four most significant. Of these boxes the one with the highest harmonic mean of coverage and
    density is chosen. Two thirds of the cases are for training, every third is held out.

    Raises
    ------
    ConfigurationError
        When there are too few cases, or nearly all have the same result.
    """
    hits = np.asarray(hits, dtype=bool)
    if len(hits) < LEAST_CASES:
        raise ConfigurationError(
            f"samples = {len(hits)}: expected at least {LEAST_CASES} cases to find a box in"
        )
    finding = np.arange(len(hits)) % 3 != 2
    _check_mixed(hits[finding])
    table = factors[finding].reset_index(drop=True)
    trajectory, lims, quasi_p = _peeled(table, hits[finding])
    steps = [_limits(box, sure)[:MOST_FACTORS] for box, sure in zip(lims, quasi_p, strict=True)]
    quality = [coverage_and_density(is_inside(table, limits), hits[finding]) for limits in steps]
    together = [_both(*each) if limits else -1.0 for each, limits in zip(quality, steps, strict=True)]
    best = int(np.argmax(together))
    if not steps[best]:
        return None
    inside = is_inside(factors, steps[best])
    trajectory = trajectory.assign(
        coverage=[each[0] for each in quality],
        density=[each[1] for each in quality],
        chosen=np.arange(len(steps)) == best,
    )
    others = inside[~finding], hits[~finding]
    return Box(steps[best], quality[best], coverage_and_density(*others), chance_of(*others), trajectory)


def chance_of(inside: np.ndarray, hits: np.ndarray) -> float:
    """Return the probability of at least as many hits inside under independence (Fisher's exact test).

    Examples
    --------
    >>> chance_of(np.array([True, True, False, False]), np.array([True, True, False, False])).round(3)
    np.float64(0.167)
    """
    both = (inside & hits).sum()
    return stats.hypergeom.sf(both - 1, len(hits), hits.sum(), inside.sum())


def _both(coverage: float, density: float) -> float:
    """Return the harmonic mean of coverage and density."""
    return 2.0 * coverage * density / (coverage + density) if coverage + density > 0.0 else 0.0


def is_inside(factors: pd.DataFrame, limits: tuple[Limit, ...]) -> np.ndarray:
    """Return which cases lie within limits, bool of shape (n_cases,)."""
    inside = np.ones(len(factors), dtype=bool)
    for limit in limits:
        column = factors[limit.factor].to_numpy()
        inside &= (limit.low is None) | (column >= (limit.low if limit.low is not None else 0.0))
        inside &= (limit.high is None) | (column <= (limit.high if limit.high is not None else 0.0))
    return inside


def coverage_and_density(inside: np.ndarray, hits: np.ndarray) -> tuple[float, float]:
    """Return the share of hits that are inside, and the share of cases inside that are hits.

    Examples
    --------
    >>> coverage_and_density(np.array([True, True, False]), np.array([True, False, True]))
    (0.5, 0.5)
    """
    both = float((inside & hits).sum())
    return (
        both / float(hits.sum()) if hits.any() else float("nan"),
        both / float(inside.sum()) if inside.any() else float("nan"),
    )


def _check_mixed(hits: np.ndarray) -> None:
    """Raise ConfigurationError when nearly all cases have the same result."""
    few = min(int(hits.sum()), int((~hits).sum()))
    if few < 5:
        raise ConfigurationError(
            f"{int(hits.sum())} of {len(hits)} cases meet the condition: too few or too many to mark out; "
            "choose another threshold with above= or below=, or more samples"
        )


def _peeled(
    factors: pd.DataFrame, hits: np.ndarray
) -> tuple[pd.DataFrame, list[pd.DataFrame], list[Mapping[str, Any]]]:
    """Return the peeling trajectory, its boxes, and their quasi-p values."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from ema_workbench.analysis import prim
    except ImportError:
        raise ConfigurationError(
            "discover: the EMA Workbench is not installed; pip install 'landingsbaan[explore]'"
        ) from None
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        search: Any = prim.Prim(
            factors, hits, threshold=float(hits.mean()), peel_alpha=PEELED, mass_min=LEAST_MASS
        )
        box = search.find_box()
    return box.peeling_trajectory.reset_index(drop=True), box.box_lims, box.qp


def _limits(lims: pd.DataFrame, quasi_p: Mapping[str, list[float]]) -> tuple[Limit, ...]:
    """Return the significant restrictions of one box of the trajectory."""
    found = []
    for name, (low, high) in quasi_p.items():
        keeps_low, keeps_high = 0.0 <= low <= SURE, 0.0 <= high <= SURE
        if keeps_low or keeps_high:
            ends = lims[name]
            found.append(
                Limit(
                    name,
                    float(ends.iloc[0]) if keeps_low else None,
                    float(ends.iloc[1]) if keeps_high else None,
                    float(low) if keeps_low else None,
                    float(high) if keeps_high else None,
                )
            )
    return tuple(
        sorted(found, key=lambda each: min(p for p in (each.low_quasi_p, each.high_quasi_p) if p is not None))
    )


FIGURES = "figures/discovery"
HEAD = """# Where a policy fails, and where a landing causes transition harm

Written by `landingsbaan discover ... write=true`; do not edit by hand.

Every case has levers of its own, a draw of all unknowns and a seed. PRIM (the EMA Workbench's) peels
the cases down to boxes. A *quasi-p value* is the chance of so high a density without that restriction;
of every box restrictions above 0.05 are dropped, and all but the four surest. Of what is left the one
is shown in which *coverage* (the share of all failures that lie inside) and *density* (the share of
what lies inside that fails) are highest together. Boxes are found on two thirds of the cases and judged
on the rest: only the judged numbers are evidence, and quasi-p values do not count how many factors were
tried. A box is called one where so many failures in it, of the held-out cases, come by chance in less than
one in twenty boxes (Fisher's exact test).
"""


def title(document: Mapping[str, Any], language: str) -> str:
    """Return the main result in one sentence."""
    box = document["box"]
    values: dict[str, object] = {
        "outcome": document["outcome"],
        "sense": word(document["sense"], language),
        "threshold": sensible(document["threshold"], language),
    }
    if box is None or box["judged_density"] is None or box["judged_coverage"] is None:
        sentence = word("no_box", language, **values)
    elif box["judged_p"] > SURE:
        sentence = word("not_confirmed", language, **values)
    else:
        sentence = word("box_title", language, coverage=share(box["judged_coverage"], language),
                    density=share(box["judged_density"], language), **values)  # fmt: skip
    return sentence[0].upper() + sentence[1:]


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the result as lines for the terminal."""
    return [
        "",
        f"{title(document, language)}. {_all(document, language)}",
        *(f"  {line}" for line in _limit_lines(document)),
    ]


def _all(document: Mapping[str, Any], language: str) -> str:
    sentence = word("all_cases", language, share=share(document["hits"], language))
    return sentence[0].upper() + sentence[1:] + "."


def _limit_lines(document: Mapping[str, Any]) -> list[str]:
    """Return the limits of a box, a line each."""
    lines = []
    for limit in (document["box"] or {"limits": []})["limits"]:
        ends = [
            f"{sign} {limit[side]:.4g} (quasi-p {limit[side + '_quasi_p']:.1g})"
            for side, sign in (("low", ">="), ("high", "<="))
            if limit[side] is not None
        ]
        lines.append(f"{limit['factor']} {' and '.join(ends)}")
    return lines


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the figure in both languages if there is a box; otherwise delete an older figure."""
    if document["box"] is None:
        for path in folder.glob(f"{document['outcome']}_??.*"):
            path.unlink()
        return
    draw_in_languages(draw_discovery, title, document, folder / document["outcome"])


def write_pages(*documents: dict[str, Any], docs: Path = DOCS) -> Path:
    """Store results with the pages, and write the page from all stored results of this version."""
    folder = docs / FIGURES
    for document in documents:
        store_result(document, folder / f"{document['outcome']}.json")
        draw(document, folder)
    for path in folder.glob("*.json"):
        if read(path).get("result_version") != documents[0]["result_version"]:
            for old in folder.glob(f"{path.stem}*"):
                old.unlink()
    page = docs / "discovery.md"
    page.write_text(
        HEAD + "".join(_section(read(path)) for path in sorted(folder.glob("*.json"))),
        encoding="utf-8",
    )
    print(page)
    return page


def _section(document: Mapping[str, Any]) -> str:
    """Return the section of the page on one outcome."""
    box, name = document["box"], document["outcome"]
    lines = [
        f"\n## `{name}` {document['sense']} {document['threshold']:.4g}\n",
        f"{document['meaning']['en'][:1].upper()}{document['meaning']['en'][1:]}, "
        f"{document['unit']['en']}. {document['municipality']}, "
        f"{document['households']:,} households, {document['first_month']} to {document['last_month']}, "
        f"policy "
        f"{document['policy']}; {document['cases']:,} cases, {document['runs']:,} runs, "
        f"{document['core_seconds']:,} core-seconds; result version {document['result_version']}.\n",
        f"```text\n{document['command']}\n```\n",
        f"**{title(document, 'en')}.** {_all(document, 'en')}\n",
    ]
    if box is None:
        return "\n".join(lines)
    lines += [f"* `{line}`" for line in _limit_lines(document)]
    lines += [
        "",
        "| | coverage | density |",
        "| --- | --- | --- |",
        f"| where it was found | {box['coverage']:.2f} | {box['density']:.2f} |",
        f"| judged on the other cases | {_cell(box['judged_coverage'])} | {_cell(box['judged_density'])} |",
        "",
        f"By chance as many, of the held-out cases: p {box['judged_p']:.2g}.",
        "",
        f"![{name}]({FIGURES}/{name}_en.png)",
        "",
    ]
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    return "none there" if value is None else f"{value:.2f}"


RESULT = "discovery_{name}.json"
OUTCOMES = "breaks_even"


@dataclass
class DiscoverOptions(ExplorationOptions):
    """Options of `landingsbaan discover`.

    Attributes
    ----------
    outcome : str
        Comma-separated outcomes, each with its own box.
    samples : int
        Number of cases: each has its own levers, draw of all unknowns, and seed.
    above, below : str
        A case fails when its outcome is above (or below) this number; by default when it does not break even,
        or causes more transition harm than the median case.
    """

    outcome: str = OUTCOMES
    samples: int = 500
    above: str = ""
    below: str = ""


def discover(words: list[str]) -> Path:
    """Run `landingsbaan discover`; return the path of the last result document.

    Raises
    ------
    ConfigurationError
        For invalid options; nothing is written.
    """
    options, left = split(DiscoverOptions, words, LEAST)
    ends, overrides = split_intervals(left)
    check_options(options)
    asked_threshold(options)
    question = question_from(overrides, outcomes_called(options.outcome), draws=True)
    if not question.scenario.draw:
        raise ConfigurationError(
            f"replication.draws = {FIXED}: discover draws the unknowns, expected posterior or ranges"
        )
    factors = factors_of(overrides, ends, options.levers, options.unknowns)
    levers = tuple(each for each in factors if each.kind != UNKNOWN)
    check_size(question, options.samples, options)
    shares = qmc.LatinHypercube(max(1, len(levers)), rng=options.design_seed).random(options.samples)
    cases = [
        Case(point_at(levers, shares[number, : len(levers)], question.scenario)[0], number)
        for number in range(options.samples)
    ]
    found, folder = run_cases(question, cases, options, "discover")
    table = table_of_factors(factors, cases, found.drawn)

    results: dict[Path, dict[str, Any]] = {}
    unmixed: dict[Path, dict[str, Any]] = {}
    without: list[str] = []
    for place, asked in enumerate(question.outcomes):
        values = found.values[:, place]
        sense, threshold = condition(options, asked.name, values)
        hits = values > threshold if sense == "above" else values < threshold
        kept, box = results, None
        try:
            box = find_box(table, hits)
        except ConfigurationError as error:  # other outcomes may still have a box
            without.append(f"{asked.name}: {error}")
            kept = unmixed
        kept[folder.path / RESULT.format(name=asked.name)] = about(
            question, found, len(cases), "discover", words
        ) | {
            "outcome": asked.name,
            **asked.in_words(),
            "sense": sense,
            "threshold": threshold,
            "hits": float(hits.mean()),
            "factors": [
                {"name": name, "low": table[name].min(), "high": table[name].max()} for name in table.columns
            ],
            "box": described(box),
        }
    if not results:
        raise ConfigurationError("; ".join(without))
    page = Page(summary, draw, write_pages)
    last = finish_exploration(unmixed | results, page, options, question.scenario.language)
    for sentence in without:
        print(f"No region is sought for {sentence}", file=sys.stderr)
    return last


def asked_threshold(options: DiscoverOptions) -> tuple[str, float] | None:
    """Return the direction and value of the user's threshold; None without one."""
    given = [(sense, text) for sense, text in (("above", options.above), ("below", options.below)) if text]
    if not given:
        return None
    if len(given) > 1:
        raise ConfigurationError("above and below: expected one of the two")
    sense, text = given[0]
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ConfigurationError(f"{sense} = {text}: expected a number")
    return sense, number


def condition(options: DiscoverOptions, outcome: str, values: np.ndarray) -> tuple[str, float]:
    """Return the condition for failure: "above" or "below", and the threshold."""
    given = asked_threshold(options)
    if given is not None:
        return given
    if outcome in ("breaks_even", "survives_and_breaks_even"):
        return "below", 0.5
    return ("below", 0.0) if outcome == "savings" else ("above", float(np.median(values)))


def table_of_factors(
    factors: tuple[Factor, ...], cases: list[Case], drawn: list[dict[str, Any]]
) -> pd.DataFrame:
    """Return a row per case and a column per factor, with a column per list element."""
    rows = []
    for case, draw in zip(cases, drawn, strict=True):
        row: dict[str, float] = {}
        for factor in factors:
            value = draw.get(factor.name) if factor.kind == UNKNOWN else case.point[factor.name]
            if isinstance(value, list):
                row |= {f"{factor.name}[{number}]": each for number, each in enumerate(value)}
            elif factor.kind != RANDOM_SEED and value is not None:
                row[factor.name] = float(value)
        rows.append(row)
    table = pd.DataFrame(rows).astype(float)
    return table.loc[:, table.nunique() > 1]


def described(box: Box | None) -> dict[str, Any] | None:
    """Return a box as plain data."""
    if box is None:
        return None
    steps = box.trajectory[["coverage", "density", "res_dim", "mass", "chosen"]]
    return {
        "limits": [asdict(limit) for limit in box.limits],
        "coverage": box.found[0],
        "density": box.found[1],
        "judged_coverage": box.judged[0],
        "judged_density": box.judged[1],
        "judged_p": float(box.judged_p),
        "trajectory": steps.to_dict("records"),
    }
