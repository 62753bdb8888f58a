"""`landingsbaan value-of-information`: which unknown would change the choice of a policy if it were known.

Every policy is run with the same draws of all unknowns and the same random numbers. Net benefit is minus the
municipality's net cost, optionally minus a price for unmet need.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.analysis.calibration.inference import uncertain_numbers
from scenarios.analysis.exploration.options import (
    LEAST,
    ExplorationOptions,
    Page,
    about,
    check_options,
    check_size,
    finish_exploration,
    run_cases,
)
from scenarios.analysis.exploration.question import (
    Asked,
    Case,
    Question,
    outcomes_called,
    question_from,
)
from scenarios.analysis.value_of_information.estimator import (
    Information,
    information,
    permutations,
    threshold,
    value_across_seeds,
    value_of,
)
from scenarios.common.calibration_inputs import priors
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.schema import group_options
from scenarios.reporting.summary.remainder import PARTS, effects_between, remainder_of
from scenarios.reporting.texts import LANGUAGES
from scenarios.reporting.texts.value_of_information import STUDIES, study_of, word
from scenarios.runs.arms import Placebo, placebos_of
from scenarios.runs.draws import FIXED
from scenarios.studies.commands import split
from simulation.parameters import GROUPS
from simulation.recording.arm_names import POLICY, REFERENCE

RESULT = "value_of_information.json"
POLICIES = "reference,early_signalling"
OUTCOMES = "net_cost,unmet"
EVEN = "even"
PLACEBO_DRAWS = 100  # draws of the placebo runs
# Limit of draws: kernels of groups are matrices of draws by draws.
LEAST_DRAWS, MOST_DRAWS = 40, 4000
RESAMPLES = 400
ROUNDED = 1e-9  # euro: smaller values are rounding errors of floating-point sums


@dataclass
class InformationOptions(ExplorationOptions):
    """Options of `landingsbaan value-of-information`.

    Attributes
    ----------
    policies : str
        Comma-separated policies; the first is the comparison.
    draws : int
        Draws of all unknowns.
    seeds : int
        Random seeds per draw, averaged; two or more give the value of knowing the random numbers.
    unmet_price : str
        Price of a severity-month of unmet need in euro; 0 leaves it out, "even" is the price at which the
        first two policies have equal mean benefit.
    together : str
        Comma-separated unknowns that one study of the user would measure.
    placebo : bool
        Whether the first draws are also run with the mechanisms of the policies switched off.
    """

    policies: str = POLICIES
    draws: int = 1000
    seeds: int = 2
    unmet_price: str = "0"
    together: str = ""
    placebo: bool = True


def value_of_information(words: list[str]) -> Path:
    """Run `landingsbaan value-of-information`; return the path of the result document.

    Raises
    ------
    ConfigurationError
        For invalid options; nothing is written.
    """
    options, overrides = split(InformationOptions, words, LEAST | {"draws": LEAST_DRAWS})
    check_options(options)
    policies, price = asked_policies(options.policies), asked_price(options.unmet_price)
    _check(options, overrides)
    question = question_of(overrides, policies, options.seeds)
    cases = [
        Case({"policy": policy}, replication)
        for replication in range(options.draws * options.seeds)
        for policy in policies
    ]
    first, mechanisms = min(options.draws, PLACEBO_DRAWS), mechanisms_of(question, policies, options)
    extra = {f"{policy} {arm}": {"policy": policy, **off} for policy, arm, off in _arms(policies, mechanisms)}
    of_policies = len(cases)
    cases += [Case(point, draw * options.seeds) for point in extra.values() for draw in range(first)]
    check_size(question, len(cases), options)
    found, folder = run_cases(question, cases, options, "value_of_information")
    profile = question.scenario.profile
    every = found.values[:of_policies].reshape(options.draws, options.seeds, len(policies), -1)
    values = every[..., :2]
    cost, unmet = values[..., 0], values[..., 1] * profile.households / profile.inhabitants / 1000.0
    even, even_error = even_price(cost, unmet)
    if price is None:
        price = even
    if price is None:
        raise ConfigurationError(
            f"unmet_price = {EVEN}: no price makes {policies[0]} and {policies[1]} equally good, for one of "
            "them is better in both money and unmet need; the runs are stored, give a number of euro"
        )
    benefits = -cost - price * unmet
    unknowns = table_of_unknowns(found.drawn[: of_policies : options.seeds * len(policies)])
    of_extra = found.values[of_policies:].reshape(len(extra), first, -1)
    levels = {policy: every[:, 0, place] for place, policy in enumerate(policies)}
    levels |= dict(zip(extra, of_extra, strict=True))
    document = about(question, found, len(cases), "value-of-information", words) | {
        "draws": options.draws,
        "draws_from": question.scenario.draws,
        "seeds": options.seeds,
        "unmet_price": price,
        "even_price": even,
        "even_price_error": even_error,
        "on_money_alone": on_money_alone(cost),
        "unit": {language: word("unit", language) for language in LANGUAGES},
        **document_of(benefits, unknowns, asked_together(options.together, list(unknowns))),
        "policies": described(question, policies, benefits),
        "beside": beside(question.outcomes, policies, mechanisms, levels),
    }
    from scenarios.analysis.value_of_information import page

    return finish_exploration(
        {folder.path / RESULT: document},
        Page(page.summary, page.draw, page.write_pages),
        options,
        question.scenario.language,
    )


def mechanisms_of(
    question: Question, policies: Sequence[str], options: InformationOptions
) -> dict[str, tuple[Placebo, ...]]:
    """Return the placebos of every policy but the first; none when placebo runs are off."""
    if not options.placebo:
        return dict.fromkeys(policies[1:], ())
    plan, _ = question.plan([Case({"policy": policy}, 0) for policy in policies[1:]])
    return {
        policy: placebos_of(plan.scenario_of(place).policy.changes)
        for place, policy in enumerate(policies[1:])
    }


def _arms(
    policies: Sequence[str], mechanisms: Mapping[str, Sequence[Placebo]]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield policy, arm and changed parameters of every placebo run; shared comparison arms come once."""
    against = {each.against: each.off for of_policy in mechanisms.values() for each in of_policy}
    yield from ((policies[0], arm, off) for arm, off in against.items() if arm != REFERENCE)
    for policy, of_policy in mechanisms.items():
        yield from ((policy, each.name, each.off) for each in of_policy)


def beside(
    outcomes: Sequence[Asked],
    policies: Sequence[str],
    mechanisms: Mapping[str, Sequence[Placebo]],
    levels: Mapping[str, np.ndarray],
) -> list[dict[str, Any]]:
    """Return the effects of every policy relative to the first in placebo runs, and its cost components.

    Parameters
    ----------
    outcomes : sequence of Asked
        Outcomes in the columns of the levels.
    policies : sequence of str
        Policies; the first is the comparison.
    mechanisms : mapping of str to sequence of Placebo
        Placebos by policy.
    levels : mapping of str to float64 array of shape (n_draws, n_outcomes)
        First seed of every draw, by policy, and by policy and arm for placebo runs.
    """
    columns = [each.name for each in outcomes]

    def of(arm: str) -> dict[str, np.ndarray]:
        return dict(zip(columns, levels[arm].T, strict=True))

    found = []
    for policy, placebos in mechanisms.items():
        arms = {POLICY: of(policy), REFERENCE: of(policies[0])}
        arms |= {each.name: of(f"{policy} {each.name}") for each in placebos}
        arms |= {each.against: of(f"{policies[0]} {each.against}") for each in placebos
                 if each.against != REFERENCE}  # fmt: skip
        against = {each.name: each.against for each in placebos}
        found.append(remainder_of(effects_between(arms, against, OUTCOMES.split(","))))
    return found


def asked_policies(text: str) -> tuple[str, ...]:
    """Return the policies of a comma-separated list, without duplicates.

    Raises
    ------
    ConfigurationError
        For an unknown policy, and for fewer than two.
    """
    names = tuple(dict.fromkeys(name for name in text.split(",") if name))
    known = group_options()["policy"]
    for name in names:
        if name not in known:
            raise ConfigurationError(
                f"policies = {name}: no such policy{nearest(name, known)}; expected some of "
                f"{', '.join(known)}"
            )
    if len(names) < 2:
        raise ConfigurationError(f"policies = {text}: expected two policies or more, as policies={POLICIES}")
    return names


def even_price(cost: np.ndarray, unmet: np.ndarray) -> tuple[float | None, float | None]:
    """Return the price of unmet need at which the first two policies have equal benefit, with its error.

    Parameters
    ----------
    cost : float64 array of shape (n_draws, n_seeds, n_policies)
        Euro per inhabitant a year.
    unmet : float64 array of shape (n_draws, n_seeds, n_policies)
        Severity-months per inhabitant a year.

    Returns
    -------
    float or None
        Euro per severity-month; None where one policy is better in cost and in unmet need.
    float or None
        Standard error due to the finite number of draws (delta method).
    """
    more, less = ((each[..., 1] - each[..., 0]).mean(axis=1) for each in (cost, -unmet))
    if not more.mean() * less.mean() > 0.0:
        return None, None
    price = more.mean() / less.mean()
    error = (more - price * less).std(ddof=1) / math.sqrt(len(more)) / abs(less.mean())
    return float(price), float(error)


def on_money_alone(cost: np.ndarray) -> dict[str, float | int]:
    """Return the policy with the lowest mean cost, and the share of draws in which it is cheapest.

    Parameters
    ----------
    cost : float64 array of shape (n_draws, n_seeds, n_policies)
        Euro per inhabitant a year.

    Returns
    -------
    dict
        `policy`, its index; `share` of the draws, averaged over seeds.

    Examples
    --------
    >>> on_money_alone(np.array([[[1.0, 2.0]], [[1.0, 0.5]], [[0.0, 3.0]]]))
    {'policy': 0, 'share': 0.6666666666666666}
    """
    of_draws = cost.mean(axis=1)
    cheapest = int(of_draws.mean(axis=0).argmin())
    return {"policy": cheapest, "share": float((of_draws.argmin(axis=1) == cheapest).mean())}


def asked_price(text: str) -> float | None:
    """Return the price of a severity-month of unmet need, in euro; None for "even"."""
    if text == EVEN:
        return None
    try:
        price = float(text)
    except ValueError:
        price = math.nan
    if not 0.0 <= price < math.inf:
        raise ConfigurationError(f"unmet_price = {text}: expected a number of euro of at least 0, or {EVEN}")
    return price


def asked_together(text: str, known: Sequence[str]) -> list[str]:
    """Return the unknowns that one study measures; the name of a list stands for all its elements."""
    found: list[str] = []
    for name in dict.fromkeys(name for name in text.split(",") if name):
        named = [each for each in known if name in (each, each.partition("[")[0])]
        if not named:
            raise ConfigurationError(
                f"together = {name}: no unknown that is drawn{nearest(name, known)}; docs/parameters.md "
                "tells which are"
            )
        found += [each for each in named if each not in found]
    return found


def question_of(overrides: list[str], policies: Sequence[str], seeds: int) -> Question:
    """Return the question for every draw; cases differ in the policy."""
    outcomes = outcomes_called(",".join((OUTCOMES, *PARTS)))
    question = question_from([*overrides, "policy=reference"], outcomes, draws=True)
    if not question.scenario.draw:
        raise ConfigurationError(
            f"replication.draws = {FIXED}: the value of knowing an unknown needs draws of it, expected "
            "posterior or ranges"
        )
    shared = tuple(each for each in question.overrides if not each.startswith("policy="))
    return replace(question, overrides=shared, policy=",".join(policies), seeds_per_draw=seeds)


def _check(options: InformationOptions, overrides: list[str]) -> None:
    """Raise ConfigurationError for options that do not apply, before anything is run."""
    if options.draws > MOST_DRAWS:
        raise ConfigurationError(f"draws = {options.draws:,}: expected at most {MOST_DRAWS:,}")
    usual = ExplorationOptions()
    for name in ("levers", "unknowns", "design_seed"):
        if getattr(options, name) != getattr(usual, name):
            raise ConfigurationError(
                f"{name}: value-of-information draws every unknown and varies no lever; name unknowns of "
                "one study with together="
            )
    for override in overrides:
        if override.split("=")[0] == "policy":
            raise ConfigurationError(f"{override}: expected policies=, as policies={POLICIES}")
    asked_together(options.together, _possible(options.together))


def _possible(text: str) -> list[str]:
    """Return the valid names of `together` before parameters are drawn, list elements included."""
    from scenarios.runs.draws import drawn_names

    names = [*drawn_names(), *(each.name for each in uncertain_numbers())]
    elements = [each for each in text.split(",") if "[" in each and each.partition("[")[0] in names]
    return [*names, *elements]


def table_of_unknowns(drawn: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return a row per draw and a column per unknown that varies, with a column per list element."""
    rows = []
    for draw in drawn:
        row: dict[str, float] = {}
        for name, value in draw.items():
            if isinstance(value, list):
                row |= {f"{name}[{place}]": float(each) for place, each in enumerate(value)}
            else:
                row[name] = float(value)
        rows.append(row)
    table = pd.DataFrame(rows).astype(float)
    return table.loc[:, table.nunique() > 1]


def groups_of(unknowns: Sequence[str], together: Sequence[str] = ()) -> list[tuple[str, str, list[str]]]:
    """Return kind, name and members of every group: all, fitted and unfitted, parameters, studies."""
    fitted = {each.key for each in uncertain_numbers()}
    found = [
        ("split", "all", list(unknowns)),
        ("split", "fitted", [name for name in unknowns if name in fitted]),
        ("split", "scenario", [name for name in unknowns if name not in fitted]),
    ]
    found += [
        ("parameters", group, [name for name in unknowns if name.startswith(f"{group}.")]) for group in GROUPS
    ]
    found += [("study", key, [name for name in unknowns if study_of(name) == key]) for key in STUDIES]
    found.append(("study", "together", list(together)))
    return [each for each in found if each[2]]


def document_of(benefits: np.ndarray, unknowns: pd.DataFrame, together: Sequence[str] = ()) -> dict[str, Any]:
    """Return the values of perfect information, of every unknown and of every group.

    Parameters
    ----------
    benefits : float64 array of shape (n_draws, n_seeds, n_policies)
        Net benefit, euro per inhabitant a year.
    unknowns : DataFrame of n_draws rows
        Drawn values.
    together : sequence of str
        Unknowns of one further group.
    """
    mean, orders = benefits.mean(axis=1), permutations(len(unknowns))
    groups = groups_of(list(unknowns), together)
    of_groups = [information(mean, unknowns[members].to_numpy(), orders) for _, _, members in groups]
    singles = [information(mean, unknowns[[name]].to_numpy(), orders) for name in unknowns]
    least = threshold(singles)
    rows = [
        {"name": name, **about_unknown(name), "low": unknowns[name].min(), "high": unknowns[name].max()}
        | row_of(each, least)
        for name, each in zip(unknowns, singles, strict=True)
    ]
    limits = {
        kind: threshold([each for each, group in zip(of_groups, groups, strict=True) if group[0] == kind])
        for kind in dict.fromkeys(group[0] for group in groups)
    }
    several = [
        {"kind": kind, "name": name, "members": members} | row_of(each, limits[kind])
        for (kind, name, members), each in zip(groups, of_groups, strict=True)
    ]
    return {
        "everything": everything(benefits),
        "thresholds": {"unknown": least, **limits},
        "unknowns": sorted(rows, key=_by_value),
        "groups": sorted(several, key=_by_value),
    }


def _by_value(row: dict[str, Any]) -> tuple[float, float, str]:
    return -row["value"], -row["explained"], row["name"]


def row_of(found: Information, least: float) -> dict[str, Any]:
    """Return the results of one unknown or group as a row."""
    return {
        "value": found.value,
        "error": found.error,
        "changes": found.changes,
        "changes_error": found.changes_error,
        "explained": found.explained,
        "of_nothing": found.of_nothing,
        "is_shown": found.value > max(least, ROUNDED),
    }


def everything(benefits: np.ndarray) -> dict[str, float | None]:
    """Return the value of perfect information, with and without that of the random numbers.

    `upper` includes the random numbers, whose effect depends on the size of the town, as if they could be
    known; `lower`, which needs two seeds per draw, excludes them.
    """
    rng = np.random.default_rng(0)
    chosen = rng.integers(len(benefits), size=(RESAMPLES, len(benefits)))
    upper = [value_of(benefits[rows].mean(axis=1)) for rows in chosen]
    found: dict[str, float | None] = {
        "upper": value_of(benefits.mean(axis=1)),
        "upper_error": float(np.std(upper, ddof=1)),
        "lower": None,
        "lower_error": None,
    }
    if benefits.shape[1] > 1:
        lower = [value_across_seeds(benefits[rows]) for rows in chosen]
        found |= {
            "lower": max(0.0, value_across_seeds(benefits)),
            "lower_error": float(np.std(lower, ddof=1)),
        }
    return found


def about_unknown(name: str) -> dict[str, Any]:
    """Return the description of an unknown, the data that inform it, and the study that would measure it."""
    parameter = name.partition("[")[0]
    group, _, short = parameter.partition(".")
    metadata = next(each.metadata for each in fields(GROUPS[group]) if each.name == short)
    prior = priors().get(name)
    return {
        "kind": "fitted" if prior else "scenario",
        "meaning": metadata["meaning"],
        "unit": metadata["unit"],
        "target": prior.target if prior else None,
        "source": prior.source if prior else metadata["source"],
        "study": study_of(name),
    }


def described(question: Question, policies: Sequence[str], benefits: np.ndarray) -> list[dict[str, Any]]:
    """Return every policy with its gain over the first, and how often it is the best."""
    mean = benefits.mean(axis=1)
    more = mean - mean[:, :1]
    best = mean.argmax(axis=1)
    plan, _ = question.plan([Case({"policy": policy}, 0) for policy in policies])
    found = []
    for place, name in enumerate(policies):
        scenario = plan.scenario_of(place)
        found.append(
            {
                "name": name,
                "title": {"en": scenario.policy.title, "nl": scenario.policy.title_nl},
                "more": float(more[:, place].mean()),
                "error": float(more[:, place].std(ddof=1) / math.sqrt(len(more))),
                "best": float((best == place).mean()),
            }
        )
    return found
