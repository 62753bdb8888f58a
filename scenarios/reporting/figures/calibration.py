"""Figures of a calibration and their words: prior and posterior, targets, and the recovery test."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    GREY,
    INTERVAL_ALPHA,
    ORANGE,
    RED,
    SMALL,
    headline,
    local_numbers,
    new_figure,
    save,
)
from scenarios.reporting.texts import filled
from scenarios.reporting.texts.targets import TARGETS

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title_parameters": (
        "The targets say much about {well} of {all} uncertain numbers, something about {some}, and nothing "
        "about {none}",
        "De doelwaarden zeggen veel over {well} van de {all} onzekere getallen, iets over {some} en niets "
        "over {none}",
    ),
    "subtitle_parameters": (
        "Prior (line) and posterior (bars) of the {shown} numbers about which the targets say most; "
        "{width}: width of the posterior as a share of the prior's",
        "Prior (lijn) en posterior (staven) van de {shown} getallen waarover de doelwaarden het meest "
        "zeggen; {width}: breedte van de posterior als deel van die van de prior",
    ),
    "prior": ("prior", "prior"),
    "posterior": ("posterior", "posterior"),
    "width": ("width {share}%", "breedte {share}%"),
    "title_targets": (
        "{inside} of {rows} targets lie within their bounds at the posterior",
        "{inside} van de {rows} doelwaarden liggen bij de posterior binnen hun grenzen",
    ),
    "subtitle_targets": (
        "Distance from the target, in half widths of its bounds; 90% intervals over draws",
        "Afstand tot de doelwaarde, in halve breedtes van haar grenzen; 90%-intervallen over trekkingen",
    ),
    "before": ("before the fit", "voor de kalibratie"),
    "after": ("after the fit", "na de kalibratie"),
    "bounds": ("bounds of the target", "grenzen van de doelwaarde"),
    "beyond": ("outside the figure", "buiten de figuur"),
    "title_recovery": (
        "Recovery of known parameters: the ranks of {recoveries} true values are {flat}",
        "Terugvinden van bekende parameters: de rangen van {recoveries} ware waarden zijn {flat}",
    ),
    "flat": ("flat", "vlak"),
    "not_flat": ("not flat", "niet vlak"),
    "subtitle_recovery": (
        "Rank of the true value among {draws} draws; the interval contains 99% of the bars if the method "
        "is right",
        "Rang van de ware waarde onder {draws} trekkingen; het interval bevat 99% van de staven als de "
        "methode klopt",
    ),
    "rank_axis": ("rank of the true value, in tenths", "rang van de ware waarde, in tienden"),
    "truths_axis": ("true values", "ware waarden"),
    "chain": ("emulators and walkers (MCMC)", "emulatoren en walkers (MCMC)"),
    "regression": ("nearest runs and regression", "dichtstbijzijnde runs en regressie"),
    "along_directions": ("{method}, all directions", "{method}, alle richtingen"),
    "note_calibration": (
        "A city of {households} households, {runs} histories; result version {version}.",
        "Een stad van {households} huishoudens, {runs} geschiedenissen; resultaatversie {version}.",
    ),
    "title_validation": (
        "The model matches {hits} of {scored} figures that are neither fitted nor an input",
        "Het model komt overeen met {hits} van de {scored} cijfers die niet zijn gebruikt om het te maken",
    ),
    "subtitle_validation": (
        "Distance from the figure, in half widths of its bounds; 90% intervals over {draws} draws",
        "Afstand tot het cijfer, in halve breedtes van zijn grenzen; 90%-intervallen over {draws} trekkingen",
    ),
    "input": ("{target} (input)", "{target} (invoer)"),
    "hit": ("hit", "raak"),
    "miss": ("miss", "mis"),
    "is_input": ("input", "invoer"),
    "distance_axis": ("half widths of the bounds", "halve breedtes van de grenzen"),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("hit", "nl")
    'raak'
    """
    return filled(WORDS, key, language, **values)


SHOWN, ACROSS = 24, 4
FARTHEST = 6.0  # distances beyond it are written, not drawn
# Width of a posterior interval as a share of its prior's, below which targets inform a number.
INFORMED, WELL_INFORMED = 0.8, 0.5
RANKED = 11  # parameters whose ranks are drawn one by one


def draw_calibration(result: Mapping[str, Any], into: Path, language: str) -> list[Path]:
    """Draw all figures of a finished calibration.

    Parameters
    ----------
    result : dict
        The content of calibration.json.
    into : Path
        Folder of the figures.
    language : str
        "en" or "nl".
    """
    into.mkdir(parents=True, exist_ok=True)
    return [
        _parameters(result, into / f"prior_posterior_{language}.png", language),
        _targets(result, into / f"targets_{language}.png", language),
        _recovery(result, into / f"recovery_{language}.png", language),
    ]


def counts_of_information(parameters: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return of how many parameters the targets say much, something, nothing."""
    widths = np.array([each["narrower"] for each in parameters])
    well, some = widths < WELL_INFORMED, (widths >= WELL_INFORMED) & (widths < INFORMED)
    return {"well": int(well.sum()), "some": int(some.sum()),
            "none": int((widths >= INFORMED).sum()), "all": len(widths)}  # fmt: skip


def note(figure: Any, result: Mapping[str, Any], language: str) -> None:
    """Write below the figure what it was made from."""
    about = result["about"]
    words = word(
        "note_calibration", language, households=texts.number(about["households"], language),
        runs=texts.number(about.get("runs", about["draws"]), language), version=about["result_version"],
    )  # fmt: skip
    figure.text(0.015, 0.08 / figure.get_figheight(), words, size=SMALL, color="#333333", va="bottom")


def _parameters(result: Mapping[str, Any], path: Path, language: str) -> Path:
    """Draw prior and posterior of the parameters the targets say most of."""
    chosen = sorted(result["parameters"], key=lambda each: each["narrower"])[:SHOWN]
    down = -(-len(chosen) // ACROSS)
    height = 1.3 + 1.35 * down
    figure = new_figure(11.0, height)
    title = word("title_parameters", language, **counts_of_information(result["parameters"]))
    width = word("width", language, share="…")
    headline(figure, title, word("subtitle_parameters", language, shown=len(chosen), width=width))
    panels = figure.subplots(down, ACROSS, squeeze=False).ravel()
    figure.subplots_adjust(left=0.03, right=0.99, top=1 - 1.15 / height, bottom=0.55 / height,
                           hspace=1.05, wspace=0.14)  # fmt: skip
    for axes in panels[len(chosen) :]:
        axes.set_axis_off()
    rows = []
    for axes, each in zip(panels, chosen, strict=False):
        heights = np.array(each["histogram"]) * len(each["histogram"])
        edges = np.linspace(each["low"], each["high"], len(heights) + 1)
        axes.bar(edges[:-1], heights, width=np.diff(edges), align="edge", color=BLUE, alpha=0.75,
                 edgecolor="white", linewidth=0.3, label=word("posterior", language))  # fmt: skip
        axes.plot([each["low"], each["high"]], [1.0, 1.0], color=BLACK, linestyle="--", linewidth=1.2,
                  label=word("prior", language))  # fmt: skip
        axes.set_title(_short(each["key"]), loc="left", size=SMALL - 1)
        share = texts.share(each["narrower"], language)
        axes.text(0.99, 1.03, f"{share}%", transform=axes.transAxes, ha="right", va="bottom", size=SMALL - 1)
        axes.set_yticks([])
        axes.set_xticks([each["low"], each["high"]])
        axes.tick_params(labelsize=SMALL - 1.5)
        axes.set_xticklabels(
            [texts.number(v, language, _decimals(each)) for v in (each["low"], each["high"])]
        )
        rows += [{"parameter": each["key"], "from": low, "to": high, "posterior_over_prior": value}
                 for low, high, value in zip(edges, edges[1:], heights, strict=False)]  # fmt: skip
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower right", ncols=2, frameon=False, fontsize=SMALL)
    note(figure, result, language)
    return save(figure, pd.DataFrame(rows), path)


def _decimals(each: Mapping[str, Any]) -> int:
    """Return decimals that tell the two ends of a prior apart."""
    return int(np.clip(2 - np.floor(np.log10(each["high"] - each["low"])), 0, 5))


def _short(key: str) -> str:
    """Return a parameter's name without its group, which the page has."""
    return key.split(".", 1)[1]


def _targets(result: Mapping[str, Any], path: Path, language: str) -> Path:
    """Draw every target's distance before and after the fit."""
    rows = [{**row, "name": row["target"]} for row in result["targets"]]
    inside = sum(row["inside"] for row in rows)
    figure = distances(
        rows, {"before": "prior", "after": "posterior"}, word("title_targets", language, inside=inside,
                                                            rows=len(rows)),
        word("subtitle_targets", language), language,
    )  # fmt: skip
    note(figure, result, language)
    return save(figure, distance_table(rows, ("prior", "posterior")), path)


def distances(
    rows: Sequence[Mapping[str, Any]],
    spreads: Mapping[str, str],
    title: str,
    subtitle: str,
    language: str,
) -> Any:
    """Return a figure with a line per row: how far intervals lie from it, in halves of its bounds.

    Parameters
    ----------
    rows : sequence of dict
        With name, value, low, high, and spreads (mean, low, high) by key; `is_input` where the figure enters
        the model, which is drawn in grey.
    spreads : dict
        Key of the word for the legend, and key of the spread.
    """
    height = 1.6 + 0.235 * len(rows)
    figure = new_figure(10.0, height)
    headline(figure, title, subtitle)
    axes = figure.subplots()
    figure.subplots_adjust(left=0.34, right=0.98, top=1 - 0.95 / height, bottom=0.75 / height)
    axes.axvspan(-1, 1, color=ORANGE, alpha=INTERVAL_ALPHA, zorder=0, label=word("bounds", language))
    styles = {
        "before": (BLACK, 0.16, "s", "--"),
        "after": (BLUE, -0.16, "o", "-"),
        "hit": (BLUE, 0.0, "o", "-"),
    }
    for place, row in enumerate(rows):
        for key, spread in spreads.items():
            colour, shift, marker, line = styles[key]
            low, mean, high = (_distance(row, row[spread][name]) for name in ("low", "mean", "high"))
            y = len(rows) - 1 - place + shift
            shown = np.clip([low, high], -FARTHEST, FARTHEST)
            label = word(key, language) if place == 0 and key != "hit" else None
            if row.get("is_input"):
                colour = GREY
            elif key != "before" and abs(mean) > 1:
                colour = RED
            axes.plot(shown, [y, y], color=colour, linewidth=1.3, linestyle=line)
            axes.plot(np.clip(mean, -FARTHEST, FARTHEST), y, marker=marker, color=colour, markersize=4,
                      linestyle="none", label=label)  # fmt: skip
            if abs(mean) > FARTHEST:
                words = texts.number(mean, language, 1, sign=True)
                axes.annotate(words, (np.sign(mean) * FARTHEST, y), size=SMALL - 2, va="bottom",
                              ha="right" if mean > 0 else "left")  # fmt: skip
    axes.set_yticks(range(len(rows) - 1, -1, -1), [_label(row, language) for row in rows], size=SMALL - 1)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.set_xlim(-FARTHEST - 0.2, FARTHEST + 0.2)
    axes.axvline(0.0, color=BLACK, linewidth=0.8)
    axes.set_xlabel(word("distance_axis", language), size=SMALL)
    local_numbers(axes.xaxis, language)
    if "hit" in spreads:
        _explain_colours(axes, rows, language)
    handles, labels = axes.get_legend_handles_labels()
    # Below the figure of a validation its long note would run into four names.
    anchor = {"bbox_to_anchor": (0.985, 1 - 0.6 / height)} if "hit" in spreads else {}
    where = "upper right" if anchor else "lower right"
    figure.legend(handles, labels, loc=where, ncols=4, frameon=False, fontsize=SMALL, **anchor)
    return figure


def _explain_colours(axes: Any, rows: Sequence[Mapping[str, Any]], language: str) -> None:
    """Add to the legend what the colours of the rows mean, without drawing anything."""
    inputs = any(row.get("is_input") for row in rows)
    for key, colour in (("hit", BLUE), ("miss", RED), *((("is_input", GREY),) if inputs else ())):
        axes.plot([], [], "o-", color=colour, markersize=4, linewidth=1.3, label=word(key, language))


def _label(row: Mapping[str, Any], language: str) -> str:
    """Return the name of a row as readers see it, and that it is an input."""
    name = row.get("title", row["name"])
    return word("input", language, target=name) if row.get("is_input") else name


def target_name(target: str, language: str) -> str:
    """Return the short name of a figure that the model is held against.

    Examples
    --------
    >>> target_name("overspend_2017", "en"), target_name("not_named_yet", "en")
    ('spending over budget, 2017', 'not named yet')
    """
    return filled(TARGETS, target, language) if target in TARGETS else target.replace("_", " ")


def _distance(row: Mapping[str, Any], value: float) -> float:
    """Return how far a value lies from the target: -1 and 1 are its bounds."""
    side = row["high"] - row["value"] if value >= row["value"] else row["value"] - row["low"]
    return (value - row["value"]) / (side or (row["high"] - row["low"]) / 2)


def distance_table(rows: Sequence[Mapping[str, Any]], spreads: Sequence[str]) -> pd.DataFrame:
    """Return the table behind a figure of distances."""
    return pd.DataFrame(
        [{"target": row["name"], **{name: row[name] for name in ("value", "low", "high", "unit")},
          **{f"{spread}_{name}": row[spread][name] for spread in spreads for name in ("mean", "low", "high")}}
         for row in rows]
    )  # fmt: skip


def _recovery(result: Mapping[str, Any], path: Path, language: str) -> Path:
    """Draw rank histograms: each method along all directions, and the parameters informed most."""
    primary = result["recovery"][0]
    figure = new_figure(11.0, 6.6)
    flat = word("flat" if primary["passes"] else "not_flat", language)
    title = word("title_recovery", language, recoveries=primary["recoveries"], flat=flat)
    headline(figure, title, word("subtitle_recovery", language, draws=99))
    grid = figure.add_gridspec(3, 12, left=0.05, right=0.99, top=0.83, bottom=0.12, hspace=0.9, wspace=1.2)
    rows = []
    for turn, each in enumerate(result["recovery"][:2]):
        axes = figure.add_subplot(grid[0, 7 * turn : 7 * turn + 5])
        method = word(each["method"], language)
        _ranks(axes, each["along"], language)
        axes.set_title(word("along_directions", language, method=method), loc="left", size=SMALL)
        axes.set_ylabel(word("truths_axis", language), size=SMALL)
        rows += _rank_rows(each["method"], "all directions", each["along"])
    informed = sorted(result["parameters"], key=lambda each: each["narrower"])[: RANKED + 1]
    for turn, each in enumerate(informed):
        axes = figure.add_subplot(grid[1 + turn // 6, 2 * (turn % 6) : 2 * (turn % 6) + 2])
        _ranks(axes, primary["each"][each["key"]], language)
        axes.set_title(_short(each["key"])[:30], loc="left", size=SMALL - 2.5)
        axes.tick_params(labelsize=SMALL - 2)
        rows += _rank_rows(primary["method"], each["key"], primary["each"][each["key"]])
    figure.text(0.5, 0.05, word("rank_axis", language), size=SMALL, ha="center")
    note(figure, result, language)
    return save(figure, pd.DataFrame(rows), path)


def _ranks(axes: Any, counts: Sequence[int], language: str) -> None:
    """Draw one rank histogram with the interval in which a bar lies 99 times in 100."""
    from scipy.stats import binom

    total, bins = sum(counts), len(counts)
    low, high = binom.ppf([0.005, 0.995], total, 1 / bins)
    axes.axhspan(low, high, color=ORANGE, alpha=INTERVAL_ALPHA, zorder=0)
    axes.axhline(total / bins, color=BLACK, linewidth=0.8, linestyle="--")
    axes.bar(np.arange(bins) + 0.5, counts, width=0.92, color=BLUE)
    axes.set_xticks([0, bins // 2, bins])
    axes.set_xlim(0, bins)
    local_numbers(axes.yaxis, language)


def _rank_rows(method: str, name: str, counts: Sequence[int]) -> list[dict[str, Any]]:
    return [{"method": method, "of": name, "tenth": place, "truths": count}
            for place, count in enumerate(counts)]  # fmt: skip


# The figure of a validation: how far the model lies from figures it was not fitted to.


def draw_validation(result: Mapping[str, Any], into: Path, language: str) -> Path:
    """Draw every row the model can say, as a distance in halves of its bounds; inputs last and in grey.

    Parameters
    ----------
    result : dict
        The content of validation.json.
    into : Path
        Folder of the figure.
    language : str
        "en" or "nl".
    """
    into.mkdir(parents=True, exist_ok=True)
    rows = [
        {**row, "name": row["target"], "title": target_name(row["target"], language),
         "is_input": row["verdict"] == "input",
         "model": {"mean": row["mean"], "low": row["interval"][0], "high": row["interval"][1]}}
        for row in result["targets"] if row["mean"] is not None
    ]  # fmt: skip
    rows.sort(key=lambda row: row["is_input"])
    hits, misses = result["counts"]["hit"], result["counts"]["miss"]
    title = word("title_validation", language, hits=hits, scored=hits + misses)
    subtitle = word("subtitle_validation", language, draws=result["about"]["draws"])
    figure = distances(rows, {"hit": "model"}, title, subtitle, language)
    note(figure, result, language)
    return save(figure, distance_table(rows, ("model",)), into / f"validation_{language}.png")
