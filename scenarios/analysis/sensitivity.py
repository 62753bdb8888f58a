"""`landingsbaan sensitivity`: the influence of levers and unknowns on an outcome, with its uncertainty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis.exploration.options import (
    LEAST,
    ROOT,
    ExplorationOptions,
    Page,
    about,
    check_options,
    check_size,
    finish_exploration,
    read,
    run_cases,
    store_result,
)
from scenarios.analysis.exploration.question import (
    RANDOM_SEED,
    SEED_FACTOR,
    SEEDS,
    UNKNOWN,
    Case,
    Factor,
    Question,
    factors_of,
    outcomes_called,
    point_at,
    question_from,
    split_intervals,
)
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.installation import DOCS
from scenarios.reporting.figures.exploration import draw_sensitivity
from scenarios.reporting.texts import LANGUAGES, number, sensible, significant
from scenarios.reporting.texts.exploration import word
from scenarios.studies.commands import check_folder_name, split
from scenarios.studies.design import check_balanced

FIGURES = "figures/sensitivity"
ROWS, STEPS, NAMED = 12, 5, 3
HEAD = """# What drives the outcomes

Written by `landingsbaan sensitivity ... write=true`; do not edit by hand.

Levers and drawn parameters are varied together, over the ranges of [parameters.md](parameters.md)
(drawn parameters; the elements of a list move together) or those named below (levers). *Random seed* is a
factor like the others: another seed. The arms of a case share people, random numbers and unknowns. Outcomes
named `transition_harm_` are what a phase-in period does more than one of eight years, `effect_` what the
policy changes; `savings` compares the policy with the reference. Intervals are 95% by bootstrap. What is said
to lead has an interval apart from all others of its kind; else it is said that they are not distinguishable.
Ranges of expert size go in, so what follows says where this model is sensitive, not what is likely.
"""
METHOD_TEXTS = {
    "morris": """
## Morris: elementary effects

{samples} trajectories over {factors} factors. *mu\\** is the mean size of the change of the outcome
when a factor steps over two thirds of its range, scaled to the whole; *mu* the same with its sign;
*sigma / mu\\** says how much it depends on where the others stand, or bends: near 0 it neither
interacts nor bends, from 1 on it does mostly that.
""",
    "sobol": """
## Sobol: shares of the variance

{samples} base samples over {factors} factors. *Total* is the share of the variance that would remain if
all but this factor were known; *first* what would go if it alone were known; *interaction* the first
less the second.
""",
}


def leading(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the factors with possibly the largest influence: intervals that reach the highest lower end.

    Examples
    --------
    >>> leading([{"factor": "a", "importance": 3.0, "low": 2.5, "high": 3.5},
    ...          {"factor": "b", "importance": 1.0, "low": 0.5, "high": 1.5}])
    ['a']
    """
    ordered = sorted(rows, key=lambda row: -row["importance"])
    sure = max((row["low"] for row in rows), default=0.0)
    return [row["factor"] for row in ordered if row["high"] >= sure] if sure > 0.0 else []


def sentence(
    document: Mapping[str, Any],
    outcome: Mapping[str, Any],
    language: str,
    kinds: Sequence[str] = ("lever", "unknown"),
) -> str:
    """Return the leading lever and the leading unknown, in one sentence."""
    of_kind = {each["name"]: each["kind"].split()[0] for each in document["factors"]}
    parts = []
    for kind in kinds:
        rows = [row for row in outcome["indices"] if of_kind[row["factor"]] == kind]
        if not rows:
            continue
        names = leading(rows)
        key = "none_leads" if not names else "one_leads" if len(names) == 1 else "some_lead"
        if len(names) > NAMED:
            key = "many_lead"
        told = ", ".join(names[:NAMED])
        parts.append(word(key, language, kind=word(kind, language), names=told, count=len(names)))
    said = "; ".join(parts)
    return said[:1].upper() + said[1:] + "."


def _random_seed(outcome: Mapping[str, Any], language: str) -> str:
    """Return the influence of the random seed relative to the first factor."""
    rows = {row["factor"]: row["importance"] for row in outcome["indices"]}
    highest = max(rows.values())
    share = 100.0 * rows["random_seed"] / highest if highest > 0.0 else 0.0
    said = word("seed_beside", language, share=number(share, language))
    return said[0].upper() + said[1:] + "."


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the result as lines for the terminal."""
    lines = []
    for outcome in document["outcomes"]:
        lines += [
            "",
            f"{outcome['name']} ({outcome['unit'][language]}): {sentence(document, outcome, language)}",
        ]
        for row in outcome["indices"][:ROWS]:
            told = f"{sensible(row['importance'], language)} ({_between(row, language)})"
            lines.append(f"  {row['factor']:<52} {told:<28} {sensible(row['interaction'], language)}")
    return lines


def _between(row: Mapping[str, Any], language: str) -> str:
    beside = row["importance"]
    return f"{sensible(row['low'], language, beside)} – {sensible(row['high'], language, beside)}"


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the figures of all outcomes in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for outcome in document["outcomes"]:
        for language in LANGUAGES:
            name = f"{document['method']}_{outcome['name']}_{language}.csv"
            draw_sensitivity(
                document, outcome, sentence(document, outcome, language), language, folder / name
            )


def write_pages(document: dict[str, Any], docs: Path = DOCS) -> Path:
    """Store a result with the pages, and write the page from all stored results."""
    folder = docs / FIGURES
    store_result(document, folder / f"{document['method']}.json")
    draw(document, folder)
    stored = [read(path) for method in METHOD_TEXTS if (path := folder / f"{method}.json").is_file()]
    page = docs / "sensitivity.md"
    page.write_text(HEAD + "".join(_section(each) for each in stored), encoding="utf-8")
    print(page)
    return page


def _section(document: Mapping[str, Any]) -> str:
    """Return the part of the page on one method."""
    count = len(document["factors"])
    lines = [METHOD_TEXTS[document["method"]].format(samples=document["samples"], factors=count)]
    lines.append(
        f"{document['municipality']}, {document['households']:,} households, {document['first_month']} to "
        f"{document['last_month']}, policy {document['policy']}; {document['cases']:,} cases, "
        f"{document['runs']:,} "
        f"runs, {document['core_seconds']:,} core-seconds; result version {document['result_version']}.\n"
    )
    lines.append(f"```text\n{document['command']}\n```\n")
    ranges = [each for each in document["factors"] if "low" in each]
    if ranges:
        told = "; ".join(f"`{each['name']}` {each['low']:g} to {each['high']:g}" for each in ranges)
        lines.append(f"Ranges of levers: {told}.\n")
    for outcome in document["outcomes"]:
        lines += _of_outcome(document, outcome)
    return "\n".join(lines)


def _of_outcome(document: Mapping[str, Any], outcome: Mapping[str, Any]) -> list[str]:
    """Return the lines on one outcome."""
    method, name = document["method"], outcome["name"]
    kinds = {each["name"]: each["kind"] for each in document["factors"]}
    picture = f"{FIGURES}/{method}_{name}_en.png"
    lines = [
        f"### `{name}`",
        "",
        f"{outcome['meaning']['en'][:1].upper()}{outcome['meaning']['en'][1:]}, "
        f"{outcome['unit']['en']}; mean {outcome['mean']:.4g}, "
        f"standard "
        f"deviation {outcome['spread']:.4g} over all cases. **{sentence(document, outcome, 'en')}** "
        f"{_random_seed(outcome, 'en')}",
        "",
        f"![{name}]({picture})",
        "",
    ]
    if method == "morris":
        lines += [
            "| factor | kind | mu\\* | 95% | mu | sigma / mu\\* |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for row in outcome["indices"][:ROWS]:
            importance, low, high, mu = (
                significant(row[name], "en") for name in ("importance", "low", "high", "mu")
            )
            lines.append(
                f"| `{row['factor']}` | {kinds[row['factor']]} | {importance} | {low} to {high} | {mu} | "
                f"{row['interaction']:.2f} |"
            )
    else:
        lines += ["| factor | kind | total | 95% | first | 95% | interaction |", "| --- " * 7 + "|"]
        lines += [
            f"| `{row['factor']}` | {kinds[row['factor']]} | {row['importance']:.3f} | {row['low']:.3f} to "
            f"{row['high']:.3f} | {row['first']:.3f} | {row['first_low']:.3f} to {row['first_high']:.3f} | "
            f"{row['interaction']:+.3f} |"
            for row in outcome["indices"][:ROWS]
        ]
    told = [] if method == "morris" else [converged(outcome["indices"]), ""]
    return [*lines, "", *told, *_convergence(outcome), *_pairs(outcome)]


# Not converged: a Sobol index with a wider 95% interval, or a first-order index above its total index.
WIDEST = 0.1


def converged(indices: Sequence[Mapping[str, Any]]) -> str:
    """Return whether the indices of an outcome are converged, and which are not.

    Parameters
    ----------
    indices : sequence of mapping
        Rows with `factor`, `importance` (total index), `first`, and the ends of their 95% intervals.

    Examples
    --------
    >>> row = {"factor": "a", "importance": 0.5, "low": 0.46, "high": 0.55, "first": 0.4,
    ...        "first_low": 0.36, "first_high": 0.44}
    >>> converged([row])
    'Converged: no 95% interval is wider than 0.1, and no first-order index is above its total.'
    >>> converged([row | {"first": 0.6, "first_low": 0.56, "first_high": 0.64}])
    '**Not converged**: the first-order index is above its total for `a`.'
    """
    wide = [row["factor"] for row in indices
            if max(row["high"] - row["low"], row["first_high"] - row["first_low"]) > WIDEST]  # fmt: skip
    above = [row["factor"] for row in indices if row["first"] > row["importance"]]
    if not wide and not above:
        return (
            f"Converged: no 95% interval is wider than {WIDEST:g}, and no first-order index is above its "
            "total."
        )
    reasons = []
    if wide:
        reasons.append(f"a 95% interval is wider than {WIDEST:g} for {_listed(wide)}")
    if above:
        reasons.append(f"the first-order index is above its total for {_listed(above)}")
    return f"**Not converged**: {'; '.join(reasons)}."


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _convergence(outcome: Mapping[str, Any]) -> list[str]:
    """Return the indices of the leading factors by size of the sample."""
    leaders = [row["factor"] for row in outcome["indices"][:STEPS]]
    sizes = sorted({row["samples"] for row in outcome["convergence"]})
    at = {(row["factor"], row["samples"]): row for row in outcome["convergence"]}
    lines = ["Convergence, with half the 95% interval:", ""]
    lines += [
        "| samples | " + " | ".join(f"`{name}`" for name in leaders) + " |",
        "| --- " * (len(leaders) + 1) + "|",
    ]
    for size in sizes:
        cells = []
        for name in leaders:
            row = at[name, size]
            half = significant(row["high"] - row["importance"], "en")
            cells.append(f"{significant(row['importance'], 'en')} ± {half}")
        lines.append(f"| {size} | " + " | ".join(cells) + " |")
    return [*lines, ""]


def _pairs(outcome: Mapping[str, Any]) -> list[str]:
    """Return the pairs of factors with the strongest interactions, if requested."""
    if "pairs" not in outcome:
        return []
    lines = [
        "Pairs that interact most (share of the variance):",
        "",
        "| factor | with | share | 95% |",
        "| --- " * 4 + "|",
    ]
    for row in outcome["pairs"][:STEPS]:
        lines.append(
            f"| `{row['factor']}` | `{row['other']}` | {row['share']:.3f} | {row['low']:.3f} to "
            f"{row['high']:.3f} |"
        )
    return [*lines, ""]


# Sensitivity indices by SALib: elementary effects (Morris) and variance shares (Sobol).
#
# Pure functions of shares from 0 to 1 and one value per row. Intervals are 95% by bootstrap: over
# trajectories (Morris) or over rows of the sample (Sobol).

LEVELS = 4  # grid levels of a trajectory, as recommended by Morris (1991)
RESAMPLES = 1000
MORRIS, SOBOL = "morris", "sobol"
METHODS = (MORRIS, SOBOL)
PAIR_COLUMNS = ["factor", "other", "share", "low", "high"]


def design_of(method: str, count: int, samples: int, seed: int, second_order: bool = False) -> np.ndarray:
    """Return the design of a method, float64 of shape (n_rows, n_factors).

    Parameters
    ----------
    method : str
        "morris" or "sobol".
    count : int
        Number of factors.
    samples : int
        Trajectories (Morris), or a power of 2 of base samples (Sobol).
    seed : int
        Seed of the design.
    second_order : bool
        Whether second-order Sobol indices are requested; doubles the rows.
    """
    problem = _problem(count)
    if method == MORRIS:
        from SALib.sample import morris

        # Every trajectory has its own seed, so that a larger design reuses the runs of a smaller one.
        seeds = np.random.SeedSequence(seed).generate_state(samples)
        return np.vstack([morris.sample(problem, 1, num_levels=LEVELS, seed=int(each)) for each in seeds])
    check_balanced("samples", samples)
    from SALib.sample import sobol

    return sobol.sample(problem, samples, calc_second_order=second_order, seed=seed)


def rows_per_sample(method: str, count: int, second_order: bool = False) -> int:
    """Return the number of design rows per trajectory or base sample."""
    return count + 1 if method == MORRIS else (2 * count + 2 if second_order else count + 2)


def indices(
    method: str, names: Sequence[str], shares: np.ndarray, values: np.ndarray, second_order: bool = False
) -> pd.DataFrame:
    """Return a row per factor: importance with its interval, and interaction.

    Parameters
    ----------
    method : str
        "morris" or "sobol".
    names : sequence of str
        Factors, in the order of `shares`.
    shares : float64 array of shape (n_rows, n_factors)
        Design points.
    values : float64 array of shape (n_rows,)
        Outcome at every row.

    Returns
    -------
    DataFrame
        `importance` is mu* (mean absolute elementary effect; Morris) or the total index (Sobol), with `low`
        and `high`. `interaction` is sigma over mu* (interaction or nonlinearity; Morris) or total minus
        first-order index (Sobol). Morris also has `mu` and `sigma`, Sobol `first` with `first_low` and
        `first_high`.
    """
    if not np.isfinite(values).all():
        raise ConfigurationError(
            f"the outcome is missing in {int((~np.isfinite(values)).sum())} of {len(values)} cases; choose "
            "one that every case has"
        )
    if method == MORRIS:
        return _morris(names, shares, values)
    return _sobol(names, values, second_order)[0]


def pairs(names: Sequence[str], values: np.ndarray) -> pd.DataFrame:
    """Return second-order Sobol indices: a row per pair of factors, the strongest first."""
    return _sobol(names, values, True)[1]


def convergence(
    method: str, names: Sequence[str], shares: np.ndarray, values: np.ndarray, second_order: bool = False
) -> pd.DataFrame:
    """Return the indices for increasing parts of the sample.

    Columns are `samples` and those of `indices`.
    """
    rows = rows_per_sample(method, len(names), second_order)
    whole = len(values) // rows
    found = []
    for samples in _parts(method, whole):
        part = indices(method, names, shares[: samples * rows], values[: samples * rows], second_order)
        found.append(part.assign(samples=samples))
    return pd.concat(found, ignore_index=True)


def _parts(method: str, whole: int) -> list[int]:
    """Return the sample sizes at which convergence is computed; powers of 2 for Sobol."""
    if method == SOBOL:
        return [size for size in (whole // 8, whole // 4, whole // 2, whole) if size >= 4] or [whole]
    sizes = sorted({max(2, round(whole * share)) for share in (0.25, 0.5, 0.75, 1.0)})
    return [size for size in sizes if size <= whole] or [whole]


def _problem(count: int, names: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "num_vars": count,
        "names": list(names) or [str(at) for at in range(count)],
        "bounds": [[0.0, 1.0]] * count,
    }


def _morris(names: Sequence[str], shares: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    from SALib.analyze import morris

    if not np.ptp(values) > 0.0:
        zero = np.zeros(len(names))
        return pd.DataFrame({"factor": list(names), "importance": zero, "low": zero, "high": zero,
                             "mu": zero, "sigma": zero, "interaction": zero})  # fmt: skip
    found = morris.analyze(
        _problem(len(names), names), shares, values, num_resamples=RESAMPLES, num_levels=LEVELS, seed=0
    )
    importance, width = np.asarray(found["mu_star"]), np.asarray(found["mu_star_conf"], dtype=float)
    sigma = np.nan_to_num(np.asarray(found["sigma"], dtype=float))
    return pd.DataFrame(
        {
            "factor": list(names),
            "importance": importance,
            "low": np.maximum(0.0, importance - width),
            "high": importance + width,
            "mu": np.asarray(found["mu"]),
            "sigma": sigma,
            "interaction": np.divide(sigma, importance, out=np.zeros_like(sigma), where=importance > 0.0),
        }
    )


def _sobol(names: Sequence[str], values: np.ndarray, second_order: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    from SALib.analyze import sobol

    if not np.ptp(values) > 0.0:  # SALib divides by the range of values
        zero = dict.fromkeys(
            ("importance", "low", "high", "first", "first_low", "first_high", "interaction"), 0.0
        )
        return pd.DataFrame({"factor": list(names), **zero}), pd.DataFrame(columns=PAIR_COLUMNS)
    found = sobol.analyze(
        _problem(len(names), names), values, calc_second_order=second_order, num_resamples=RESAMPLES, seed=0
    )
    first, total = np.nan_to_num(found["S1"]), np.nan_to_num(found["ST"])
    wide, wider = np.nan_to_num(found["S1_conf"]), np.nan_to_num(found["ST_conf"])
    table = pd.DataFrame(
        {
            "factor": list(names),
            "importance": total,
            "low": np.maximum(0.0, total - wider),
            "high": total + wider,
            "first": first,
            "first_low": first - wide,
            "first_high": first + wide,
            "interaction": total - first,
        }
    )
    rows = []
    if second_order:
        for one in range(len(names)):
            for other in range(one + 1, len(names)):
                value, width = found["S2"][one, other], found["S2_conf"][one, other]
                rows.append((names[one], names[other], value, value - width, value + width))
    of_pairs = pd.DataFrame(rows, columns=PAIR_COLUMNS)
    return table, of_pairs.sort_values("share", ascending=False, ignore_index=True)


RESULT = "sensitivity.json"
SAMPLES = {"morris": 10, "sobol": 128}
MOST_INPUTS = 20
OUTCOMES = (
    "savings,transition_harm_own_payments,transition_harm_crises,"
    "transition_harm_waiting_above_norm,transition_harm_unmet"
)
# Keys that are read from a screening.
OF_SCREENING = {"outcomes": [{"indices": [{"factor": str, "importance": (float, None)}]}]}
CONVERGING = 8  # number of factors with stored convergence


@dataclass
class SensitivityOptions(ExplorationOptions):
    """Options of `landingsbaan sensitivity`.

    Attributes
    ----------
    method : str
        "morris" or "sobol".
    outcome : str
        Comma-separated outcomes; all use the same runs.
    samples : int
        Trajectories (Morris) or base samples (Sobol, a power of 2); 0 is the default, 10 or 128.
    screened : str
        Sobol: study of a Morris screening that selects the factors.
    inputs : int
        Sobol: maximum number of factors, including the random seed.
    second_order : bool
        Sobol: whether second-order indices are computed, for twice the runs.
    """

    method: str = MORRIS
    outcome: str = OUTCOMES
    samples: int = 0
    screened: str = ""
    inputs: int = MOST_INPUTS
    second_order: bool = False


def sensitivity(words: list[str]) -> Path:
    """Run `landingsbaan sensitivity`; return the path of the result document.

    Raises
    ------
    ConfigurationError
        For invalid options; nothing is written.
    """
    options, left = split(SensitivityOptions, words, LEAST | {"samples": 0, "inputs": 2})
    if options.method not in METHODS:
        hint = nearest(options.method, METHODS)
        raise ConfigurationError(f"method = {options.method}: expected one of {', '.join(METHODS)}{hint}")
    ends, overrides = split_intervals(left)
    check_options(options)
    question = question_from(overrides, outcomes_called(options.outcome), draws=False)
    factors = chosen_factors(options, overrides, ends)
    samples = options.samples or SAMPLES[options.method]
    rows = rows_per_sample(options.method, len(factors), options.second_order)
    check_size(question, samples * rows, options)
    shares = design_of(options.method, len(factors), samples, options.design_seed, options.second_order)
    cases = cases_at(question, factors, shares, options.method)
    found, folder = run_cases(question, cases, options, options.method)
    names = [factor.name for factor in factors]
    document = about(question, found, len(cases), "sensitivity", words) | {
        "method": options.method,
        "samples": samples,
        "factors": [{"name": each.name, "kind": each.kind} | _range(each) for each in factors],
        "outcomes": [
            {"name": asked.name, **asked.in_words()}
            | _analysed(options, names, shares, found.values[:, place])
            for place, asked in enumerate(question.outcomes)
        ],
    }

    return finish_exploration(
        {folder.path / RESULT: document},
        Page(summary, draw, write_pages),
        options,
        question.scenario.language,
    )


def chosen_factors(
    options: SensitivityOptions, overrides: list[str], ends: dict[str, tuple[float, float]]
) -> tuple[Factor, ...]:
    """Return the factors of an analysis, the random seed last; for Sobol those selected by a screening."""
    factors = (*factors_of(overrides, ends, options.levers, options.unknowns), SEED_FACTOR)
    if options.screened:
        check_folder_name("screened", options.screened)
        kept = leading_factors(read(ROOT / options.screened / RESULT, OF_SCREENING), options.inputs - 1)
        factors = (*(each for each in factors if each.name in kept), SEED_FACTOR)
    if options.method != MORRIS and len(factors) > options.inputs:
        raise ConfigurationError(
            f"method = sobol: {len(factors)} factors, expected at most inputs = {options.inputs}; name them "
            "with levers= and unknowns=, or give screened=STUDY of a Morris screening"
        )
    if len(factors) < 2:
        raise ConfigurationError("sensitivity: nothing is varied; give levers, unknowns or key=interval(0,1)")
    return factors


def leading_factors(screening: dict[str, Any], most: int) -> set[str]:
    """Return the most influential factors of a screening over all outcomes, without the random seed."""
    highest: dict[str, float] = {}
    for outcome in screening["outcomes"]:
        rows = [row for row in outcome["indices"] if row["factor"] != RANDOM_SEED]
        largest = max((row["importance"] or 0.0 for row in rows), default=0.0) or 1.0
        for row in rows:
            share = (row["importance"] or 0.0) / largest
            highest[row["factor"]] = max(share, highest.get(row["factor"], 0.0))
    return set(sorted(highest, key=lambda name: (-highest[name], name))[:most])


def cases_at(question: Question, factors: tuple[Factor, ...], shares: np.ndarray, method: str) -> list[Case]:
    """Return the case of every row of a design.

    Every trajectory has its own seeds, one for each level of the factor random seed.
    """
    rows = rows_per_sample(method, len(factors))
    cases = []
    for at, row in enumerate(shares):
        placed = np.array(row, dtype=float)
        for place, factor in enumerate(factors):
            if factor.kind == RANDOM_SEED and method == MORRIS:
                level = (at // rows) * LEVELS + round(row[place] * (LEVELS - 1))
                placed[place] = (level + 0.5) / SEEDS
        cases.append(Case(*point_at(factors, placed, question.scenario)))
    return cases


def _analysed(
    options: SensitivityOptions, names: list[str], shares: np.ndarray, values: np.ndarray
) -> dict[str, Any]:
    """Return the indices of one outcome, their convergence and, if requested, second-order indices."""
    table = indices(options.method, names, shares, values, options.second_order)
    table = table.sort_values("importance", ascending=False, ignore_index=True)
    steps = convergence(options.method, names, shares, values, options.second_order)
    steps = steps[steps["factor"].isin(table["factor"][:CONVERGING])]
    found = {
        "mean": float(values.mean()),
        "spread": float(values.std()),
        "indices": table.to_dict("records"),
        "convergence": steps[["samples", "factor", "importance", "low", "high"]].to_dict("records"),
    }
    if options.second_order:
        found["pairs"] = pairs(names, values).head(10).to_dict("records")
    return found


def _range(factor: Factor) -> dict[str, float]:
    """Return the bounds of a factor that has its own range."""
    return {} if factor.kind in (RANDOM_SEED, UNKNOWN) else {"low": factor.low, "high": factor.high}
