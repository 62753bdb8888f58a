"""`landingsbaan measures`: the contribution of each measure to the effect of a package.

A measure is one lever of the package, or all levers of one agent (by=agent). The ordered contribution is the
effect added to the measures before it in the given order; the Shapley value is the mean added effect over all
orders. Both add up to the effect of the package, in every draw. The terminal shows a table and a waterfall.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.analysis.exploration.options import (
    LEAST,
    StudyOptions,
    about,
    check_size,
    read,
    run_cases,
    store_result,
)
from scenarios.analysis.exploration.question import (
    Asked,
    Case,
    outcomes_called,
    point_of_arm,
    question_from,
)
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.terminal import show_table
from scenarios.config.keys import known_keys, value_called
from scenarios.config.schema import NEUTRAL_SYSTEM
from scenarios.reporting.figures.answers import draw_waterfall
from scenarios.reporting.summary.remainder import COST, PARTS, effects_between, remainder_lines, remainder_of
from scenarios.reporting.texts import LANGUAGES, number
from scenarios.reporting.texts.exploration import adding_up, decimals_for
from scenarios.reporting.texts.exploration import answer_word as word
from scenarios.runs.arms import placebos_of
from scenarios.runs.draws import parameter_names
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.commands import check_folder_name, split
from scenarios.studies.design import Point
from scenarios.studies.precision import confidence_interval_of
from simulation.recording.arm_names import POLICY, REFERENCE

KINDS_OF_SHARE = ("ordered", "shapley")


def print_result(document: Mapping[str, Any], language: str) -> None:
    """Print the total, a table of the measures of every outcome, and the method."""
    for outcome in document["outcomes"]:
        print(f"\n{title(document, outcome, language)}")
        head, rows = table(outcome, language)
        show_table(head, rows, range(1, len(head)))
    print(f"\n{how(document, language)}")
    print("\n".join(["", *remainder_lines(document["beside"], language)]))


def title(document: Mapping[str, Any], outcome: Mapping[str, Any], language: str) -> str:
    """Return the effect of the package on an outcome in one sentence."""
    total = outcome["total"]
    decimals = decimals_of(outcome)
    sentence = word(
        "package", language, package=document["title"][language], outcome=outcome["meaning"][language],
        unit=outcome["unit"][language], low=number(total["low"], language, decimals),
        high=number(total["high"], language, decimals), total=number(total["mean"], language, decimals),
    )  # fmt: skip
    doubt = word("doubt", language) if total["low"] <= 0.0 <= total["high"] else ""
    return f"{sentence[0].upper()}{sentence[1:]}{doubt}"


def decimals_of(outcome: Mapping[str, Any]) -> int:
    """Return the number of decimals for the parts of an outcome."""
    means = (row[key]["mean"] for row in outcome["measures"] for key in KINDS_OF_SHARE)
    return decimals_for(outcome["total"]["mean"], *means)


def table(outcome: Mapping[str, Any], language: str) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of a table: one per measure and the total; the rounded numbers add up."""
    total, measures, decimals = outcome["total"], outcome["measures"], decimals_of(outcome)
    rows = [[row["measure"]] for row in measures] + [[word("total", language)]]
    for key in KINDS_OF_SHARE:
        means = adding_up([row[key]["mean"] for row in measures], total["mean"], decimals)
        parts = [*(row[key] for row in measures), total]
        for cells, mean, part in zip(rows, [*means, total["mean"]], parts, strict=True):
            ends = {end: number(part[end], language, decimals) for end in ("low", "high")}
            cells += [number(mean, language, decimals), word("ends", language, **ends)]
    head = [word("measure", language)]
    for key in KINDS_OF_SHARE:
        head += [word(key, language), "95%"]
    return head, rows


def how(document: Mapping[str, Any], language: str) -> str:
    """Return the sentence on the method."""
    count = len(document["measures"])
    if document["exact"]:
        method = word("exact", language, subsets=2**count)
    else:
        possible = number(math.factorial(count), language)
        method = word("sampled", language, orders=document["orders"], possible=possible)
    return word("how", language, draws=document["draws"], how=method)


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the waterfall of every outcome in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for outcome in document["outcomes"]:
        for language in LANGUAGES:
            draw_waterfall(document, outcome, language, folder / f"{outcome['name']}_{language}.csv")


RESULT = "measures.json"
OUTCOMES = "net_cost,crises,unmet,waiting"
MOST_EXACT = 6  # maximum number of measures for which all combinations are run
LEVER, AGENT = "lever", "agent"
DIGITS = 6  # significant digits in the document


@dataclass
class MeasuresOptions(StudyOptions):
    """Options of `landingsbaan measures`.

    Attributes
    ----------
    outcome : str
        Comma-separated outcomes of one arm; all use the same runs.
    by : str
        Definition of a measure: "lever", or "agent" for all levers of one agent together.
    replications : int
        Draws of the unknowns, each with a seed; the same for every combination.
    orders : int
        Orders per draw with more than six measures; each is also run reversed.
    placebo : bool
        Whether the whole package is also run with its mechanisms switched off.
    """

    outcome: str = OUTCOMES
    by: str = LEVER
    replications: int = 20
    orders: int = 4
    placebo: bool = True


@dataclass(frozen=True)
class Package:
    """A package of measures.

    Attributes
    ----------
    title : dict of str to str
        Title by language.
    measures : dict of str to Point
        Parameters of each measure, in the given order.
    overrides : list of str
        Settings with and without the package, including the reference policy.
    """

    title: dict[str, str]
    measures: dict[str, Point]
    overrides: list[str]


def measures(words: list[str]) -> Path:
    """Run `landingsbaan measures`; return the path of the result document.

    Raises
    ------
    ConfigurationError
        For invalid options; nothing is written.
    """
    options, overrides = split(MeasuresOptions, words, LEAST | {"replications": 2})
    check_folder_name("study", options.study)
    if options.by not in (LEVER, AGENT):
        hint = nearest(options.by, (LEVER, AGENT))
        raise ConfigurationError(f"by = {options.by}: expected {LEVER} or {AGENT}{hint}")
    outcomes = outcomes_called(options.outcome)
    for each in outcomes:
        if each.against is not None:
            raise ConfigurationError(
                f"outcome = {each.name}: expected an outcome of one arm{_of_one(each.name)}; the difference "
                "from the municipality without the measures is what measures tells of it"
            )
    package = package_from(overrides, options.by)
    # Cases differ only in the measures they set.
    asked = question_from(package.overrides, outcomes, draws=True)
    reported = tuple(dict.fromkeys((COST, *(each.name for each in outcomes))))
    every = outcomes_called(",".join(dict.fromkeys((*(each.name for each in outcomes), COST, *PARTS))))
    question = replace(asked, changes={}, policy=package.title["en"], outcomes=every)
    names = list(package.measures)
    exact = len(names) <= MOST_EXACT
    count = 2 ** len(names) if exact else 2 * options.orders * len(names) + len(names)
    whole = point_of(package, frozenset(range(len(names))))
    placebos = placebos_of(whole) if options.placebo else ()
    arms = tuple(dict.fromkeys(arm for each in placebos for arm in (each.against, each.name)
                               if arm != REFERENCE))  # fmt: skip
    check_size(question, (count + len(arms)) * options.replications, options)
    orders = permutations_of(len(names), options.replications, options.orders, options.design_seed)
    wanted = [subsets_of(each) for each in orders]
    cases = [
        Case(point_of(package, chosen), draw)
        for draw, sets in enumerate(wanted)
        for chosen in sorted(sets, key=sorted)
    ]
    of_measures = len(cases)
    cases += [
        Case(point_of_arm(arm, whole, whole), draw) for arm in arms for draw in range(options.replications)
    ]
    found, folder = run_cases(question, cases, options, "measures")
    values = {place: found.values[rows] for place, rows in _rows_of(wanted, of_measures, arms).items()}
    levels = {
        arm: {each.name: of_arm[:, place] for place, each in enumerate(every)}
        for arm, of_arm in values.items()
    }
    document = about(question, found, len(cases), "measures", words) | {
        "title": package.title,
        "measures": {name: dict(point) for name, point in package.measures.items()},
        "draws": options.replications,
        "exact": exact,
        "orders": math.factorial(len(names)) if exact else 2 * options.orders,
        "outcomes": described_outcomes(asked.outcomes, names, orders, wanted, found.values[:of_measures]),
        "beside": remainder_of(
            effects_between(levels, {each.name: each.against for each in placebos}, reported)
        ),
    }
    path = folder.path / RESULT
    kept = read(store_result(document, path))
    print_result(kept, question.scenario.language)
    draw(kept, path.parent / "figures")
    return path


def _of_one(name: str) -> str:
    """Return a phrase for the outcome of one arm."""
    bare = name.removeprefix("effect_").removeprefix("transition_harm_")
    return f", as {bare}" if bare != name else ", as net_cost"


def package_from(overrides: list[str], by: str) -> Package:
    """Return the package of the overrides: the system when no policy is chosen, else the policy.

    Raises
    ------
    ConfigurationError
        For fewer than two measures.
    """
    said = {each.lstrip("+").split("=")[0] for each in overrides}
    is_system = "system" in said and not any(each.split(".")[0] == "policy" for each in said)
    title, changes, shared = _system(overrides) if is_system else _policy(overrides)
    measures: dict[str, Point] = {}
    for name, value in changes.items():
        measures.setdefault(name if by == LEVER else name.split(".")[0], {})[name] = value
    if len(measures) < 2:
        raise ConfigurationError(
            f"{title['en']}: holds {len(measures)} measures, expected two or more, as "
            "policy.changes='{wijkteam.outreach_share: 0.1, wijkteam.one_plan: 1.0}'"
        )
    return Package(title, measures, shared)


def _policy(overrides: list[str]) -> tuple[dict[str, str], Point, list[str]]:
    """Return title and changes of the chosen policy, and the remaining overrides."""
    asked = question_from(overrides, outcomes_called("net_cost"), draws=True)
    return asked.policy_title, asked.changes, list(asked.overrides)


def _system(overrides: list[str]) -> tuple[dict[str, str], Point, list[str]]:
    """Return title of the chosen system, its differences to the neutral one, and the remaining overrides."""
    system = scenario_from([*overrides, "policy=reference"])
    written = [each for each in overrides if each.split("=")[0] != "system"]
    if not any(each.split("=")[0] == "municipality" for each in written):
        written.append(f"municipality={system.municipality}")
    shared = [*written, f"system={NEUTRAL_SYSTEM}", "policy=reference"]
    neutral = scenario_from(shared)
    about_it = system.configuration["system"]
    title = {"en": about_it["title"], "nl": about_it["title_nl"] or about_it["title"]}
    return title, departures(system, neutral), shared


def departures(system: Scenario, neutral: Scenario) -> Point:
    """Return the parameters of a system that differ from the neutral one, in the order of its file."""
    order = list(system.configuration["system"]["changes"])
    names = [*order, *(name for name in known_keys() if name in parameter_names() and name not in order)]
    return {
        name: value_called(system.parameters, name)
        for name in names
        if name in parameter_names()
        and value_called(system.parameters, name) != value_called(neutral.parameters, name)
    }


# Decomposition of an effect: pure functions of orders and values of sets of measures.

Order = tuple[int, ...]
Set = frozenset[int]


def permutations_of(measures: int, draws: int, orders: int, seed: int) -> list[list[Order]]:
    """Return the orders of every draw: all of them, or a random sample with their reversals.

    Every draw has its own sample, so the spread over draws includes the sampling error of the orders.

    Examples
    --------
    >>> permutations_of(2, 1, 4, 0)
    [[(0, 1), (1, 0)]]
    """
    if measures <= MOST_EXACT:
        return [list(permutations(range(measures)))] * draws
    generator = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        sampled = [tuple(generator.permutation(measures).tolist()) for _ in range(orders)]
        found.append([order for each in sampled for order in (each, each[::-1])])
    return found


def subsets_of(orders: Sequence[Order]) -> set[Set]:
    """Return every set of measures that is a prefix of an order, the given order included."""
    given = tuple(range(len(orders[0])))
    return {frozenset(order[:length]) for order in [*orders, given] for length in range(len(given) + 1)}


def contributions(values: dict[Set, np.ndarray], order: Order) -> np.ndarray:
    """Return the effect each measure adds to those before it, of shape (n_measures, n_outcomes)."""
    found = np.empty((len(order), *next(iter(values.values())).shape))
    for place, measure in enumerate(order):
        found[measure] = values[frozenset(order[: place + 1])] - values[frozenset(order[:place])]
    return found


def shapley(values: dict[Set, np.ndarray], orders: Sequence[Order]) -> np.ndarray:
    """Return Shapley values: mean added effects over orders, of shape (n_measures, n_outcomes).

    Examples
    --------
    >>> worth = {frozenset(): 0.0, frozenset({0}): 1.0, frozenset({1}): 2.0, frozenset({0, 1}): 5.0}
    >>> shapley({key: np.array([value]) for key, value in worth.items()}, [(0, 1), (1, 0)]).ravel().tolist()
    [2.0, 3.0]
    """
    return np.mean([contributions(values, order) for order in orders], axis=0)


def point_of(package: Package, chosen: Set) -> Point:
    """Return the parameter point of a set of measures."""
    points = list(package.measures.values())
    return {name: value for number in sorted(chosen) for name, value in points[number].items()}


def _rows_of(wanted: list[set[Set]], of_measures: int, arms: Sequence[str]) -> dict[str, list[int]]:
    """Return the row numbers of every draw in the values of all cases, by arm.

    The policy is the full set of measures, the reference the empty set.
    """
    rows: dict[str, list[int]] = {POLICY: [], REFERENCE: []}
    first = 0
    for sets in wanted:
        ordered = sorted(sets, key=sorted)
        rows[REFERENCE].append(first + ordered.index(min(ordered, key=len)))
        rows[POLICY].append(first + ordered.index(max(ordered, key=len)))
        first += len(ordered)
    for place, arm in enumerate(arms):
        begin = of_measures + place * len(wanted)
        rows[arm] = list(range(begin, begin + len(wanted)))
    return rows


def described_outcomes(
    outcomes: Sequence[Asked],
    names: list[str],
    orders: list[list[Order]],
    wanted: list[set[Set]],
    values: np.ndarray,
) -> list[dict[str, Any]]:
    """Return the contribution of every measure to every outcome, and the total.

    Parameters
    ----------
    outcomes : sequence of Asked
        Outcomes of every case; `values` may have further columns.
    names : list of str
        Measures, in the given order.
    orders : list of list of tuple of int
        Orders of every draw.
    wanted : list of set
        Sets of measures run in every draw, in the order of `values`.
    values : float64 array of shape (n_cases, n_outcomes)
        Outcomes.
    """
    given = tuple(range(len(names)))
    in_order, by_share, row = [], [], 0
    for of_draw, sets in zip(orders, wanted, strict=True):
        of_set = {chosen: values[row + place] for place, chosen in enumerate(sorted(sets, key=sorted))}
        row += len(sets)
        in_order.append(contributions(of_set, given))
        by_share.append(shapley(of_set, of_draw))
    ordered, shares = np.stack(in_order), np.stack(by_share)
    return [
        described(each, names, ordered[:, :, place], shares[:, :, place])
        for place, each in enumerate(outcomes)
    ]


def described(asked: Asked, names: list[str], ordered: np.ndarray, shares: np.ndarray) -> dict[str, Any]:
    """Return the contributions to one outcome; stored values add up exactly to the total.

    Parameters
    ----------
    asked : Asked
        The outcome.
    names : list of str
        Measures.
    ordered, shares : float64 array of shape (n_draws, n_measures)
        Ordered contributions and Shapley values.
    """
    if not np.isfinite(ordered).all():
        raise ConfigurationError(
            f"outcome = {asked.name}: missing in some runs; choose an outcome that every run has"
        )
    whole = _interval(ordered.sum(axis=1))
    means = {"ordered": ordered.mean(axis=0), "shapley": shares.mean(axis=0)}
    decimals = decimals_for(whole["mean"], *means["ordered"], *means["shapley"], digits=DIGITS)
    rounded = {key: adding_up(each.tolist(), whole["mean"], decimals) for key, each in means.items()}
    kept = {
        key: [_interval(parts[:, number]) | {"mean": rounded[key][number]} for number in range(len(names))]
        for key, parts in (("ordered", ordered), ("shapley", shares))
    }
    return {
        "name": asked.name,
        **asked.in_words(),
        "measures": [
            {"measure": name, "ordered": kept["ordered"][number], "shapley": kept["shapley"][number]}
            for number, name in enumerate(names)
        ],
        "total": whole | {"mean": round(whole["mean"], decimals)},
    }


def _interval(values: np.ndarray) -> dict[str, float]:
    """Return mean, 95% confidence interval, and the share of draws above zero."""
    found = confidence_interval_of(values)
    return {
        "mean": found.mean,
        "low": found.mean - found.half_width,
        "high": found.mean + found.half_width,
        "positive": float((values > 0.0).mean()),
    }
