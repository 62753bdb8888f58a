"""What the terminal says of a solution, and its figure."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scenarios.reporting.figures.answers import draw_curve, draw_outcomes
from scenarios.reporting.texts import LANGUAGES, share
from scenarios.reporting.texts.exploration import answer_word as word
from scenarios.reporting.texts.exploration import shown

NAME = "solution"
LEAST_MONOTONE = 0.9  # share of the mean curve below which its shape is told
EFFECT = "effect_"


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return what was found, in lines for the terminal."""
    return ["", *_about_value(document, language), *_about_changes(document, language)]


def _about_value(document: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield the target, the answer, and how surely it suffices."""
    for target in document["targets"]:
        told = word(
            "target", language, meaning=target["meaning"][language], sense=word(target["sense"], language),
            bound=shown(target["bound"], language), unit=target["unit"][language],
        )  # fmt: skip
        yield f"{told[0].upper()}{told[1:]}."
    if "curve" in document:
        yield from _about_one(document, language)
    else:
        yield from _about_many(document, language)
    found = {key: share(value, language) for key, value in document["probability"].items()}
    yield word("probability", language, held_out=document["held_out"], **found)
    if document["status"] != "unreachable" and document["probability"]["high"] < document["certainty"]:
        yield word("less_than_asked", language, more=4 * document["draws"])


def _about_one(document: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield what is said of one lever and one target."""
    (lever,), (target,) = document["levers"], document["targets"]
    unit = "" if lever["unit"] in ("", "1") else f" {lever['unit']}"
    low, high = (_level(each, lever, language) for each in document["interval"])
    current = lever["current"]
    said = word(
        document["status"], language, lever=lever["name"], value=f"{document['value']:g}{unit}",
        side=word(">=" if document["is_rising"] else "<=", language), low=low, high=high,
        least=shown(lever["low"], language), most=shown(lever["high"], language),
        certainty=share(document["certainty"], language), sense=word(target["sense"], language),
        reached=shown(document["reached"][0], language), unit=target["unit"][language],
        current=word("as_happened", language) if current is None else f"{current:g}",
    )  # fmt: skip
    yield f"{said}."
    if document["status"] == "found":
        low, high = (_level(each, lever, language) for each in document["simulation_error"])
        yield word("simulation_error", language, draws=document["draws"], seeds=document["seeds_per_draw"],
                   low=low, high=high)  # fmt: skip
    if document["status"] != "unreachable":
        yield _by_certainty(document, lever, language)
    mean, width = document["influence"]["mean"], document["influence"]["half_width"]
    if width is None or abs(mean) <= width:
        ends = (mean - (width or 0.0), mean + (width or 0.0))
        yield word("no_influence", language, lever=lever["name"], mean=shown(mean, language, *ends),
                   low=shown(ends[0], language, *ends), high=shown(ends[1], language, *ends))  # fmt: skip
    if document["monotone_share"] < LEAST_MONOTONE:
        yield word("not_monotone", language, lever=lever["name"],
                   share=share(document["monotone_share"], language))  # fmt: skip


def _by_certainty(document: Mapping[str, Any], lever: Mapping[str, Any], language: str) -> str:
    """Return the value of the lever by how surely it has to suffice."""
    told = (
        f"{share(each['certainty'], language)}%: {_level(each['value'], lever, language)}"
        for each in document["certainties"]
    )
    return word("certainties", language, values="; ".join(told))


def _about_many(document: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield what is said of several levers or targets."""
    point = " ".join(f"{name}={value:.4g}" for name, value in document["point"].items())
    reached = "; ".join(
        f"{target['name']} {target['sense']} {shown(value, language)}"
        for target, value in zip(document["targets"], document["reached"], strict=True)
    )
    said = word(
        f"{document['status']}_together", language, point=point, tried=document["tried"], reached=reached,
        sufficient=document["sufficient"], certainty=share(document["certainty"], language),
    )  # fmt: skip
    yield f"{said}."
    for name, (low, high) in document["ranges"].items():
        low, high = (shown(each, language, low, high) for each in (low, high))
        yield word("also", language, lever=name, low=low, high=high)


def _level(value: float | str, lever: Mapping[str, Any], language: str) -> str:
    """Return a value of a lever, or on which side of its range it lies."""
    if isinstance(value, str):
        end = lever["high"] if value == "above" else lever["low"]
        return word(f"beyond_{value}", language, end=shown(end, language))
    return shown(value, language)


def _about_changes(document: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield the cost and what else changes, and what the targets come to."""
    yield word("changes", language)
    for each in document["outcomes"]:
        low, high = (each[key] if each[key] is not None else each["mean"] for key in ("low", "high"))
        yield outcome_row(each, low, high, language)


def outcome_row(each: Mapping[str, Any], low: float, high: float, language: str) -> str:
    """Return one outcome with its interval; of a difference also in how many draws it is above zero."""
    numbers = {"mean": each["mean"], "low": low, "high": high}
    told = {key: shown(value, language, *numbers.values()) for key, value in numbers.items()}
    row = word("row", language, meaning=each["meaning"][language], unit=each["unit"][language], **told)
    if not each["name"].startswith(EFFECT):
        return row
    row += word("rises", language, share=share(each["positive"], language))
    return row + (word("doubt", language) if low <= 0.0 <= high else "")


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw the figure in both languages: the curve of one lever, or the outcomes of several."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        path = folder / f"{NAME}_{language}.csv"
        (draw_curve if "curve" in document else draw_outcomes)(document, language, path)
