"""How figures look: series for the colour-blind and for grey print, direct labels, one title and footnote."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.common.files import whole_file
from scenarios.reporting import texts
from simulation.recording.store import Run

# Series in this order, each with a dash and a mark of its own, so that grey print tells them apart too.
BLUE, RED, GREEN, PURPLE = "#0A5C99", "#B34700", "#00705C", "#7B3F8C"
BLACK, GREY, GRID, FIELD = "#17212B", "#5C6670", "#E1E7EB", "#F3F6F8"
ORANGE, SKY = "#E69F00", "#56B4E9"  # fills, always with an edge or a hatch
SMALL, NORMAL, LARGE = 9.0, 10.0, 13.0
STYLE = {
    "municipality": {"color": BLUE, "linestyle": "-", "marker": "o"},
    "all_payers": {"color": RED, "linestyle": "--", "marker": "s"},
    "reference": {"color": GREY, "linestyle": "--"},
    "policy": {"color": BLUE, "linestyle": "-"},
    "budget": {"color": BLUE, "linestyle": "-"},
    "care_needed": {"color": RED, "linestyle": "--"},
}
INTERVAL_ALPHA = 0.15  # how dark an interval is
WIDE, NARROW = 7.6, 3.9  # inches: for a page and a screen, and for a telephone
DOTS_PER_INCH, COLOURS = 160, 64


@dataclass(frozen=True)
class Drawing:
    """A figure before it is drawn: what it finds, what it shows, the table behind it, and how it is painted.

    Attributes
    ----------
    name : str
        Name of its files.
    title, subtitle : str
        The finding with its uncertainty; then what is measured, in which unit, and what the interval is.
    note : str
        How to read it.
    alternative : str
        What it shows, with its numbers, for who cannot see it.
    behind : DataFrame
        The numbers drawn.
    paint : callable of Sheet
        Draws on an empty sheet.
    heights : tuple of (float, float)
        Inches of the drawing itself: wide and narrow.
    """

    name: str
    title: str
    subtitle: str
    note: str
    alternative: str
    behind: pd.DataFrame
    paint: Callable[["Sheet"], None]
    heights: tuple[float, float]


@dataclass(frozen=True)
class Sheet:
    """An empty figure: how wide it is, and how many inches above and below are not for the drawing."""

    figure: Any
    narrow: bool
    language: str
    above: float = 0.0
    below: float = 0.0

    def grid(self, rows: int = 1, columns: int = 1, *, left: float, right: float, top: float = 0.15,
             bottom: float = 0.35, **spaces: Any) -> Any:  # fmt: skip
        """Return a grid for panels; margins in inches within the drawing."""
        width, height = self.figure.get_size_inches()
        return self.figure.add_gridspec(
            rows, columns, left=left / width, right=1.0 - right / width,
            top=1.0 - (self.above + top) / height, bottom=(self.below + bottom) / height, **spaces,
        )  # fmt: skip


def image_of(drawing: Drawing, folder: Path, language: str, narrow: bool) -> Path:
    """Return the path at which `picture` draws."""
    return folder / f"{drawing.name}_{'narrow' if narrow else 'wide'}_{language}.png"


def picture(drawing: Drawing, folder: Path, language: str, narrow: bool) -> Path:
    """Draw without title and note, which the page around it has, and return the path of the image."""
    width, height = (NARROW if narrow else WIDE), drawing.heights[narrow]
    figure = new_figure(width, height)
    drawing.paint(Sheet(figure, narrow, language))
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    path = image_of(drawing, folder, language, narrow)
    # Few colours: a page holds all its figures, and goes by mail.
    Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB").quantize(
        COLOURS, Image.Quantize.FASTOCTREE
    ).save(path, format="PNG")
    return path


def write(drawing: Drawing, footer: str, folder: Path, language: str) -> Path:
    """Draw with title, note and footer; write image, table and alternative text."""
    heading = textwrap.wrap(drawing.title, TITLE_CHARACTERS)
    under = textwrap.wrap(drawing.subtitle, SUBTITLE_CHARACTERS)
    notes = textwrap.wrap(f"{drawing.note} {footer}".strip(), NOTE_CHARACTERS)
    above = 0.15 + LINE[LARGE] * len(heading) + LINE[NORMAL] * len(under) + 0.1
    below = 0.2 + LINE[SMALL] * len(notes)
    height = above + drawing.heights[0] + below
    figure = new_figure(WIDE, height)
    begin = 0.1 / WIDE
    figure.text(begin, 1 - 0.1 / height, "\n".join(heading), size=LARGE, weight="bold", va="top")
    figure.text(begin, 1 - (0.15 + LINE[LARGE] * len(heading)) / height, "\n".join(under), size=NORMAL,
                color=GREY, va="top")  # fmt: skip
    figure.text(begin, 0.08 / height, "\n".join(notes), size=SMALL, color=GREY, va="bottom")
    drawing.paint(Sheet(figure, False, language, above, below))
    return save(figure, drawing.behind, folder / drawing.name, drawing.alternative)


# Characters that fit on a line of a wide figure, and the height of a line in inches.
TITLE_CHARACTERS, SUBTITLE_CHARACTERS, NOTE_CHARACTERS = 64, 98, 108
LINE = {LARGE: 0.235, NORMAL: 0.18, SMALL: 0.16}


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
            "axes.edgecolor": GREY,
            "text.color": BLACK,
            "xtick.color": GREY,
            "ytick.color": GREY,
            "xtick.labelsize": SMALL,
            "ytick.labelsize": SMALL,
            "hatch.linewidth": 0.6,
        }
    )
    return Figure(figsize=(width, height), dpi=DOTS_PER_INCH)


def headline(figure: Any, title: str, subtitle: str = "") -> None:
    """Write the finding above the figure, wrapped to its width."""
    width = int(figure.get_figwidth() * 8.6)
    wrapped = textwrap.wrap(title, width)
    height = figure.get_figheight()
    figure.text(0.015, 1 - 0.12 / height, "\n".join(wrapped), size=LARGE, weight="bold", va="top")
    lines = "\n".join(textwrap.wrap(subtitle, int(width * 1.3)))
    figure.text(0.015, 1 - (0.2 + 0.24 * len(wrapped)) / height, lines, size=NORMAL, va="top")


def scenario(run: Run, language: str, compared: bool = True) -> str:
    """Return the sentence that says what was run; without `compared`, that only the reference is shown."""
    about = run.document
    return texts.text(
        "footnote" if compared else "footnote_reference",
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


def years_axis(axes: Any, first: float, last: float, language: str, known: float | None = None) -> None:
    """Write at most five whole years below a panel, and put the years after the record on a grey field."""
    axes.set_xlim(first, last)
    low, high = int(np.ceil(first)), int(np.floor(last))
    step = max(1, -(-(high - low) // 4))
    axes.set_xticks(range(high - step * ((high - low) // step), high + 1, step))
    if known is None or not first < known < last:
        return
    axes.axvspan(known, last, color=FIELD, zorder=-2, linewidth=0)
    axes.axvline(known, color=GREY, linewidth=0.9, linestyle=(0, (1, 2)), zorder=-1)
    blended = axes.get_xaxis_transform()
    for side, words in (("right", "known_years"), ("left", "projection")):
        axes.annotate(texts.text(words, language), (known, 1.0), xycoords=blended, size=SMALL, color=GREY,
                      xytext=(-4 if side == "right" else 4, 2), textcoords="offset points", ha=side,
                      va="bottom")  # fmt: skip


def value_axis(axes: Any, language: str, zero: bool = True) -> None:
    """Write at most five numbers next to a panel, with a pale grid and a dark line at zero."""
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10], min_n_ticks=3))
    axes.grid(axis="y", color=GRID, linewidth=0.8, zorder=-1)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    local_numbers(axes.yaxis, language)
    if zero:
        axes.axhline(0.0, color=BLACK, linewidth=1.1)


def panel_title(axes: Any, words: str, sheet: "Sheet") -> None:
    """Write above a panel what it shows, from its left edge, wrapped to the sheet."""
    width = 42 if sheet.narrow else 88
    axes.set_title(
        "\n".join(textwrap.wrap(words, width)), loc="left", size=SMALL + 0.5, weight="bold", pad=16
    )


def apart(places: list[float], least: float, floor: float = -np.inf) -> list[float]:
    """Return the places moved so far that no two are closer than `least`; their order is kept.

    None is below `floor`: what would be is moved up, and what is above it with it.

    Examples
    --------
    >>> apart([1.0, 1.0], 1.0), apart([1.0, 1.0], 1.0, floor=1.0)
    ([0.5, 1.5], [1.0, 2.0])
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
    for number, place in enumerate(moved):
        moved[number] = max(place, floor if number == 0 else moved[number - 1] + least)
    result = np.empty_like(moved)
    result[order] = moved
    return [round(float(place), 9) for place in result]


def label_ends(axes: Any, ends: list[tuple[float, float, str, str]]) -> None:
    """Write each line's name at its right end: (x, y, text, colour), moved so that none overlap."""
    low, high = axes.get_ylim()
    inches = axes.figure.get_figheight() * axes.get_position().height
    lines = max(end[2].count("\n") + 1 for end in ends)
    least = (high - low) * 0.17 * lines / inches
    places = apart([end[1] for end in ends], least, floor=low + least / 2)  # clear of the years below
    for (x, _, words, colour), place in zip(ends, places, strict=True):
        axes.annotate(
            words, (x, place), xytext=(6, 0), textcoords="offset points", color=colour, size=SMALL,
            va="center", annotation_clip=False,
        )  # fmt: skip


ENDINGS = (".csv", ".txt", ".png")  # of the files of one figure


def save(figure: Any, behind: pd.DataFrame, path: Path, alternative: str = "") -> Path:
    """Write the figure and, next to it, the table behind it and what it shows in words.

    Without words of its own, a figure is described by what is written above and below it: its finding, what
    is measured, and how to read it. Each file is whole or not there.
    """
    description = alternative or " ".join(" ".join(each.get_text().split()) for each in _written(figure))
    writers: tuple[Callable[[Path], Any], ...] = (
        lambda to: behind.to_csv(to, index=False, float_format="%.6g", lineterminator="\n"),
        lambda to: to.write_text(description + "\n", encoding="utf-8"),
        lambda to: figure.savefig(to, format="png", metadata={"Software": None}),
    )
    for suffix, write_to in zip(ENDINGS, writers, strict=True):
        if suffix == ".txt" and not description:
            continue
        try:
            with whole_file(path.with_suffix(suffix)) as hidden:
                write_to(hidden)
        except OSError as error:
            reason = error.strerror or error
            raise ValueError(f"figure {path.with_suffix(suffix)} cannot be written: {reason}") from None
    return path.with_suffix(".png")


def _written(figure: Any) -> list[Any]:
    """Return the texts of a figure that belong to no panel, its heading first."""
    heading = [figure._suptitle] if figure._suptitle is not None else []
    return heading + [each for each in figure.texts if each not in heading]


LONGEST_LABEL = 34  # characters that fit left of an axis


def on_two_lines(name: str) -> str:
    """Return a parameter's full name, its group on a line of its own where it would be cut off.

    >>> on_two_lines("landing.cut")
    'landing.cut'
    >>> on_two_lines("municipality_government.contracts_follow_demand")
    'municipality_government.\\ncontracts_follow_demand'
    """
    return name.replace(".", ".\n", 1) if len(name) > LONGEST_LABEL else name
