"""What stands next to an effect in every answer: what remains of it without a mechanism, and its parts.

Pure functions on effects by draw. All are differences between arms of the same draw and random numbers, so
what remains and what goes through the mechanism add up to the effect in every draw, and so do the laws and
the lines of care to the municipality's cost.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from scenarios.reporting.texts import LANGUAGES, capital, number, table_row, text
from scenarios.reporting.texts.exploration import adding_up, decimals_for
from simulation.outcomes.definitions import MEASURES, unit_of
from simulation.outcomes.headline import confidence
from simulation.recording.arm_names import POLICY, REFERENCE

COST = "net_cost"
REPORTED = (COST, "unmet", "crises", "team_waiting")
OTHER = "cost_other"  # under no law, or under that of debt help
CONTRIBUTIONS = "cost_contributions"  # what households pay themselves, which the lines do not count
LAWS = ("cost_youth", "cost_wmo")
LINES = ("cost_zero", "cost_first", "cost_second", "cost_crisis")
PARTS = (*LAWS, *LINES)
NOTHING, ALL, PART, MORE, TURNED, INCONCLUSIVE = "nothing", "all", "part", "more", "turned", "inconclusive"
ROUNDING = 1e-9  # of the size of an effect: what sums of floats leave of nothing

# By arm (the policy, or a placebo) and outcome: the effect in every draw.
Effects = Mapping[str, Mapping[str, np.ndarray]]


def effects_between(
    levels: Effects, against: Mapping[str, str], outcomes: Sequence[str] = REPORTED
) -> dict[str, dict[str, np.ndarray]]:
    """Return effects as `remainder_of` takes them, from what every arm comes to.

    Parameters
    ----------
    levels : mapping of str to mapping of str to float64 array of shape (n_draws,)
        By arm and outcome: the policy and the reference, the parts of the cost among their outcomes, and the
        arms of the placebos, which may stop after the first few draws.
    against : mapping of str to str
        Arm that each placebo is held against, by its name.
    outcomes : sequence of str
        Outcomes whose remainder is reported.
    """
    found = {POLICY: {name: values - levels[REFERENCE][name] for name, values in levels[POLICY].items()}}
    for placebo, other in against.items():
        arm, reference = levels[placebo], levels[other]
        found[placebo] = {name: arm[name] - reference[name][: len(arm[name])] for name in outcomes}
    return found


def remainder_of(effects: Effects) -> dict[str, Any]:
    """Return what remains of effects, and of what parts the municipality's cost consists.

    Parameters
    ----------
    effects : mapping of str to mapping of str to float64 array of shape (n_draws,)
        Of the policy with everything on, the parts of its cost among them, and of every placebo by its
        name. A placebo may stop after the first few draws.

    Returns
    -------
    dict
        For the document of a result: `draws`, `outcomes` with `whole`, `remains` and `through` by placebo,
        and `laws` and `lines`, which add up in every digit that is said.
    """
    whole = effects[POLICY]
    placebos = {name: of_arm for name, of_arm in effects.items() if name != POLICY}
    draws = min(len(values) for of_arm in effects.values() for values in of_arm.values())
    outcomes = []
    for name in next(iter(placebos.values()), ()):
        first = np.asarray(whole[name], dtype=float)[:draws]
        left = {each: np.asarray(of_arm[name], dtype=float)[:draws] for each, of_arm in placebos.items()}
        outcomes.append({
            "name": name,
            "unit": {language: unit_of(name, language) for language in LANGUAGES},
            "meaning": {language: MEASURES[name].meaning[language] for language in LANGUAGES},
            "whole": _interval(first),
            "remains": {
                each: _interval(values) | {"verdict": verdict_of(first, values)}
                for each, values in left.items()
            },
            "through": {each: _interval(first - values) for each, values in left.items()},
        })  # fmt: skip
    laws, lines = ({each: whole[each] for each in of} for of in (LAWS, LINES))
    return {
        "draws": draws,
        "outcomes": outcomes,
        "laws": _parts({**laws, OTHER: whole[COST] - sum(laws.values())}, whole[COST]),
        "lines": _parts({**lines, CONTRIBUTIONS: whole[COST] - sum(lines.values())}, whole[COST]),
    }


def verdict_of(whole: np.ndarray, left: np.ndarray) -> str:
    """Return what may be said of what remains; the two are paired, of shape (n_draws,).

    Examples
    --------
    >>> whole = np.array([2.0, 2.1, 1.9])
    >>> verdict_of(whole, 0.0 * whole), verdict_of(whole, whole), verdict_of(whole, 0.5 * whole)
    ('nothing', 'all', 'part')
    >>> verdict_of(whole, -whole), verdict_of(whole, 2.0 * whole)
    ('turned', 'more')
    >>> verdict_of(whole, np.array([-9.0, 9.0, 1.0]))
    'inconclusive'
    """
    sides = _side(left, whole), _side(whole - left, whole)
    if sides == (0, 0):
        return INCONCLUSIVE if left.any() else NOTHING
    if 0 in sides:
        return NOTHING if sides[0] == 0 else ALL
    if sides[0] == sides[1]:
        return PART
    return MORE if sides[0] * float(whole.mean()) > 0.0 else TURNED


def _side(values: np.ndarray, beside: np.ndarray) -> int:
    """Return on which side of zero the interval of a mean lies, 0 where it holds zero."""
    found = confidence(values, margin=0.0)
    tolerance = ROUNDING * float(np.abs(beside).max(initial=0.0))
    if len(values) < 2 and abs(found.mean) > tolerance:
        return 0
    return 1 if found.low > tolerance else -1 if found.high < -tolerance else 0


def _interval(values: np.ndarray) -> dict[str, float]:
    """Return a mean and its 95% confidence interval."""
    found = confidence(values, margin=0.0)
    return {"mean": found.mean, "low": found.low, "high": found.high}


def _parts(parts: Mapping[str, np.ndarray], whole: np.ndarray) -> dict[str, Any]:
    """Return parts and whole; their means are rounded so that they add up."""
    intervals = {name: _interval(np.asarray(values, dtype=float)) for name, values in parts.items()}
    total = _interval(np.asarray(whole, dtype=float))
    means = [each["mean"] for each in intervals.values()]
    decimals = decimals_for(total["mean"], *means)
    rounded = adding_up(means, total["mean"], decimals)
    return {
        "parts": [
            {"name": name, **each, "mean": mean}
            for (name, each), mean in zip(intervals.items(), rounded, strict=True)
        ],
        "total": total | {"mean": round(total["mean"], decimals)},
        "decimals": decimals,
        "draws": len(whole),
    }


def remainder_lines(found: Mapping[str, Any], language: str) -> list[str]:
    """Return it as lines for the terminal."""
    lines = []
    if found["outcomes"]:
        lines.append(text("remains_head", language, draws=found["draws"]))
        for placebo in found["outcomes"][0]["remains"]:
            lines.append(f"  {capital(text(f'remains_if_{placebo}', language))}:")
            lines += [f"    {_sentence(each, placebo, language)}" for each in found["outcomes"]]
    return [*lines, *part_lines(found, language)]


def _sentence(outcome: Mapping[str, Any], placebo: str, language: str) -> str:
    """Return what remains of one outcome, what may be said of that, and what goes through the mechanism."""
    verdict = outcome["remains"][placebo]["verdict"]
    sizes = dict(zip(("whole", "left", "through"), _sizes_in_words(outcome, placebo, language), strict=True))
    return text(
        "remains_line", language, meaning=outcome["meaning"][language], unit=outcome["unit"][language],
        verdict=text(f"remains_{verdict}", language), by=text(f"remains_by_{placebo}", language), **sizes,
    )  # fmt: skip


def _sizes_in_words(outcome: Mapping[str, Any], placebo: str, language: str) -> Iterator[str]:
    """Yield the effect, what remains and what goes through the mechanism, with equal decimals."""
    three = outcome["whole"], outcome["remains"][placebo], outcome["through"][placebo]
    decimals = decimals_for(*(each["mean"] for each in three))
    for each in three:
        yield _ends(each, decimals, language)


def _ends(part: Mapping[str, float], decimals: int, language: str) -> str:
    """Return a mean with its interval."""
    ends = {key: number(part[key], language, decimals, sign=True) for key in ("mean", "low", "high")}
    return text("remains_ends", language, **ends)


def part_lines(found: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield the municipality's cost by law and by line of care; each adds up in the digits that are said."""
    for key in ("laws", "lines"):
        split = found[key]
        yield text(f"remains_{key}", language, draws=split["draws"], parts=parts_in_words(split, language),
                   total=_ends(split["total"], split["decimals"], language))  # fmt: skip


def parts_in_words(split: Mapping[str, Any], language: str) -> str:
    """Return the parts of a cost with their intervals, in the digits in which they add up."""
    return ", ".join(
        f"{text('part_' + part['name'], language)} {_ends(part, split['decimals'], language)}"
        for part in split["parts"]
    )


def remainder_table(found: Mapping[str, Any], language: str) -> list[str]:
    """Return it as a Markdown table with its introduction, then the parts of the cost; for a page."""
    lines = []
    if found["outcomes"]:
        placebos = list(found["outcomes"][0]["remains"])
        heads = ["", text("remains_whole", language)]
        heads += [text(f"remains_if_{each}", language) for each in placebos]
        lines += [text("remains_head", language, draws=found["draws"]), "", table_row(heads)]
        lines.append("| --- " * len(heads) + "|")
        for each in found["outcomes"]:
            cells = [f"{each['meaning'][language]} ({each['unit'][language]})"]
            decimals = decimals_for(each["whole"]["mean"], *(of["mean"] for of in each["remains"].values()))
            cells.append(_ends(each["whole"], decimals, language))
            cells += [
                f"{_ends(of, decimals, language)}: " + text(f"remains_{of['verdict']}", language)
                for of in each["remains"].values()
            ]
            lines.append(table_row(cells))
        lines.append("")
    for line in part_lines(found, language):
        lines += [line, ""]
    return lines
