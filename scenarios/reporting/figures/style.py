"""How figures look: colours for the colour-blind, lines and hatches for grey print, one footnote."""

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.common.files import whole_file
from scenarios.reporting import texts
from simulation.recording.store import Run

# Okabe and Ito (2008), chosen so that neighbours also differ in grey.
BLUE, ORANGE, GREEN, SKY, PURPLE, YELLOW, RED, BLACK = (
    "#0072B2", "#E69F00", "#009E73", "#56B4E9", "#CC79A7", "#F0E442", "#D55E00", "#000000",
)  # fmt: skip
SMALL, NORMAL, LARGE = 9.0, 10.0, 13.0
STYLE = {
    "municipality": {"color": BLUE, "linestyle": "-", "marker": "o"},
    "all_payers": {"color": RED, "linestyle": "--", "marker": "s"},
    "reference": {"color": BLACK, "linestyle": "--"},
    "policy": {"color": BLUE, "linestyle": "-"},
    "budget": {"color": BLUE, "linestyle": "-"},
    "care_needed": {"color": RED, "linestyle": "--"},
}
INTERVAL_ALPHA = 0.18  # how dark an interval is


def new_figure(width: float, height: float) -> Any:
    """Return an empty figure that needs no screen, with our fonts."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    matplotlib.rcParams.update(
        {
            "font.size": NORMAL,
            "font.family": "DejaVu Sans",
            "text.parse_math": False,  # a dollar sign in a name is one
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": NORMAL + 1,
            "axes.labelsize": NORMAL,
            "xtick.labelsize": SMALL,
            "ytick.labelsize": SMALL,
            "hatch.linewidth": 0.6,
        }
    )
    return Figure(figsize=(width, height), dpi=130)


def headline(figure: Any, title: str, subtitle: str = "") -> None:
    """Write the finding above the figure, wrapped to its width."""
    width = int(figure.get_figwidth() * 8.6)
    wrapped = textwrap.wrap(title, width)
    height = figure.get_figheight()
    figure.text(0.015, 1 - 0.12 / height, "\n".join(wrapped), size=LARGE, weight="bold", va="top")
    lines = "\n".join(textwrap.wrap(subtitle, int(width * 1.3)))
    figure.text(0.015, 1 - (0.2 + 0.24 * len(wrapped)) / height, lines, size=NORMAL, va="top")


def footnote(figure: Any, run: Run, language: str, note: str = "") -> None:
    """Write scenario, municipality, replications, seeds, households and interval below the figure."""
    words = f"{note} {scenario(run, language)}".strip()
    lines = textwrap.wrap(words, int(figure.get_figwidth() * 14.4))
    height = 0.1 / figure.get_figheight()
    figure.text(0.015, height, "\n".join(lines), size=SMALL, color="#333333", va="bottom")


def scenario(run: Run, language: str) -> str:
    """Return the sentence that says what was run."""
    about = run.document
    return texts.text(
        "footnote",
        language,
        municipality=texts.place(about["municipality"], language),
        households=texts.number(about["households"], language),
        policy=texts.policy_of(about, language),
        landing=texts.name(about["landing"], language),
        replications=texts.replications(about["replications"], language),
        seeds=seeds(about["seeds"]),
    )


def seeds(numbers: list[int]) -> str:
    """Return seeds in short.

    Examples
    --------
    >>> seeds([3, 4, 5]), seeds([1, 7])
    ('3-5', '1, 7')
    """
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{numbers[0]}-{numbers[-1]}"
    shown = [str(number) for number in numbers[:6]]
    return ", ".join(shown) + (" ..." if len(numbers) > 6 else "")


def local_numbers(axis: Any, language: str) -> None:
    """Write the axis' numbers in the language's own format."""
    from matplotlib.ticker import FuncFormatter

    def written(value: float, _position: int) -> str:
        steps = np.diff(axis.get_majorticklocs())
        step = float(steps[0]) if steps.size else 1.0
        decimals = next((each for each in range(4) if abs(step - round(step, each)) < 1e-9), 4)
        return texts.number(value, language, decimals)

    axis.set_major_formatter(FuncFormatter(written))


def apart(places: list[float], least: float) -> list[float]:
    """Return the places moved so far that no two are closer than `least`; their order is kept.

    Examples
    --------
    >>> apart([1.0, 1.0], 1.0)
    [0.5, 1.5]
    """
    order = np.argsort(places, kind="stable")
    moved = np.array(places, dtype=float)[order]
    for _ in range(100):
        gaps = np.diff(moved)
        close = np.flatnonzero(gaps < least - 1e-9)
        if not close.size:
            break
        for low in close:
            lack = least - (moved[low + 1] - moved[low])
            if lack > 0:
                moved[low] -= lack / 2
                moved[low + 1] += lack / 2
    result = np.empty_like(moved)
    result[order] = moved
    return [float(place) for place in result]


def label_ends(axes: Any, ends: list[tuple[float, float, str, str]]) -> None:
    """Write each line's name at its right end: (x, y, text, colour), moved so that none overlap."""
    low, high = axes.get_ylim()
    inches = axes.figure.get_figheight() * axes.get_position().height
    lines = max(end[2].count("\n") + 1 for end in ends)
    least = (high - low) * 0.17 * lines / inches
    for (x, _, words, colour), place in zip(ends, apart([end[1] for end in ends], least), strict=True):
        axes.annotate(
            words, (x, place), xytext=(6, 0), textcoords="offset points", color=colour, size=SMALL,
            va="center", annotation_clip=False,
        )  # fmt: skip


def save(figure: Any, behind: pd.DataFrame, path: Path) -> Path:
    """Write the figure and, next to it, the table behind it; each is whole or not there."""
    writers: tuple[tuple[str, Callable[[Path], Any]], ...] = (
        (".csv", lambda to: behind.to_csv(to, index=False, float_format="%.6g", lineterminator="\n")),
        (".png", lambda to: figure.savefig(to, format="png", metadata={"Software": None})),
    )
    for suffix, write in writers:
        try:
            with whole_file(path.with_suffix(suffix)) as hidden:
                write(hidden)
        except OSError as error:
            reason = error.strerror or error
            raise ValueError(f"figure {path.with_suffix(suffix)} cannot be written: {reason}") from None
    return path.with_suffix(".png")


LONGEST_LABEL = 34  # characters that fit left of an axis


def on_two_lines(name: str) -> str:
    """Return a parameter's full name, its group on a line of its own where it would be cut off.

    >>> on_two_lines("landing.cut")
    'landing.cut'
    >>> on_two_lines("municipality_government.contracts_follow_demand")
    'municipality_government.\\ncontracts_follow_demand'
    """
    return name.replace(".", ".\n", 1) if len(name) > LONGEST_LABEL else name
