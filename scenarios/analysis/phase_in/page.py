"""docs/phase_in.md and its figure: the required length of the phase-in, as sentences, tables and marks."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, product
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.analysis.exploration.options import read, store_result
from scenarios.analysis.phase_in.lengths import (
    BASES,
    GROUPS,
    HARMED,
    INCONCLUSIVE,
    LENGTH,
    LONGER,
    MONEY,
    OVERNIGHT,
    Answer,
    differs,
)
from scenarios.common.installation import DOCS
from scenarios.reporting.figures.exploration import note
from scenarios.reporting.figures.style import (
    BLACK,
    BLUE,
    GREY,
    GRID,
    RED,
    SMALL,
    headline,
    local_numbers,
    new_figure,
    save,
)
from scenarios.reporting.summary.remainder import part_lines
from scenarios.reporting.texts import LANGUAGES, capital, number, sensible, share, table_row
from scenarios.reporting.texts import place as place_name
from scenarios.reporting.texts.exploration import phase_in_word as word
from scenarios.runs.arms import LONG_YEARS

FIGURES = "figures/phase_in"
NAME = "phase_in"
PAGES = {"en": "phase_in.md", "nl": "phase_in_nl.md"}

Document = Mapping[str, Any]


def answers(document: Document, ahead: float, basis: str, of: str) -> list[tuple[float, Answer]]:
    """Return cut and answer, by ascending cut, for a group of outcomes or for one outcome."""
    return [
        (each["cuts"], Answer(each["kind"], each["years"], each["low"], each["high"]))
        for each in document["answers"]
        if (each["ahead"], each["basis"], each["of"]) == (ahead, basis, of)
    ]


def _years(value: float, language: str) -> str:
    """Return a formatted length: whole years without decimals."""
    return number(value, language, 0 if abs(value - round(value)) < 0.05 else 1)


def answer_text(said: Answer, form: str, document: Document, language: str, **values: str) -> str:
    """Return the text of an answer in a table ("cell") or in a sentence ("said")."""
    longest = _years(max(document["years"]), language)
    kind = said.kind
    if kind == LENGTH and said.years is not None and said.years > max(document["years"]):
        kind = "not_tested"  # interpolated towards the long phase-in period that is the comparison
    elif kind == LENGTH and said.low <= min(document["years"]):
        kind = "most"
    if kind == INCONCLUSIVE and said.high is None:
        kind = "beyond" if said.low > min(document["years"]) else "unknown"
    lengths = {"years": said.years, "low": said.low, "high": said.high}
    known = {name: _years(value, language) for name, value in lengths.items() if value is not None}
    compared = _years(LONG_YEARS, language)
    return word(f"{form}_{kind}", language, longest=longest, compared=compared, **known, **values)


def _prepared(ahead: float, language: str) -> str:
    if ahead in (0.0, 1.0):
        return word("not_ahead" if ahead == 0.0 else "ahead_one", language)
    return word("ahead", language, years=_years(ahead, language))


def sentences(document: Document, language: str) -> Iterator[str]:
    """Yield a sentence per basis, group and preparation with the required length of each cut."""
    for basis, group, ahead in product(BASES, GROUPS, document["ahead"]):
        said = []
        # Consecutive cuts with the same answer are combined; lengths differ by cut.
        for _, cuts in groupby(
            answers(document, ahead, basis, group),
            key=lambda each: each[0] if each[1].kind in (LENGTH, INCONCLUSIVE) else each[1].kind,
        ):
            found = list(cuts)
            names = _cuts([cut for cut, _ in found], language)
            said.append(answer_text(found[0][1], "said", document, language, cuts=names))
        yield word("sentence", language, group=capital(word(group, language)), basis=word(basis, language),
                   ahead=_prepared(ahead, language), told="; ".join(said))  # fmt: skip


def _cuts(cuts: Sequence[float], language: str) -> str:
    """Return a phrase for cuts, such as "a cut of 5%, 10% or 15%"."""
    shares = [share(cut, language) for cut in cuts]
    if len(shares) == 1:
        return word("cuts_one", language, cuts=shares[0])
    listed = word("cuts_and", language, cuts="%, ".join(shares[:-1]), last=shares[-1])
    return word("cuts_one", language, cuts=listed.removesuffix("%"))


def split(document: Document, language: str) -> Iterator[str]:
    """Yield the effects of the largest cut overnight, without preparation: by less money, and by speed."""
    cut, ahead = document["cuts"][-1], document["ahead"][0]
    words = {"cut": share(cut, language), "ahead": _prepared(ahead, language)}
    effects = _effects(document, cut, ahead)
    harmed = [name for name, part in effects["as_announced"].items() if part["verdict"] == HARMED]
    for name in harmed:
        outcome, of = document["outcomes"][name], {key: parts[name] for key, parts in effects.items()}
        largest = max(abs(part[end]) for part in of.values() for end in ("low", "high"))
        sizes = {effect: _interval(part, largest, language) for effect, part in of.items()}
        yield word("split", language, meaning=_meaning(outcome, language), unit=outcome["unit"][language],
                   total=sizes["as_announced"], money=sizes[MONEY], speed=sizes["same_money"],
                   **words)  # fmt: skip
    if not harmed:
        yield word("split_none", language, **words)
    yield from _costs(document, cut, ahead, language)


def _costs(document: Document, cut: float, ahead: float, language: str) -> Iterator[str]:
    """Yield the cost of a cut overnight by law and line of care, as announced and with the same money."""
    found = next(each for each in document["splits"] if (each["cuts"], each["ahead"]) == (cut, ahead))
    for basis, costs in found["costs"].items():
        yield word("split_costs", language, cut=share(cut, language), ahead=_prepared(ahead, language),
                   basis=word(basis, language), told=" ".join(part_lines(costs, language)))  # fmt: skip


def leading(document: Document, language: str) -> str:
    """Return which harm for people requires the longest phase-in at most cuts, by the means."""
    ahead, basis = document["ahead"][0], BASES[0]
    lengths = {
        name: [math.inf if said.years is None else said.years
               for _, said in answers(document, ahead, basis, name)]
        for name in GROUPS["people"]
    }  # fmt: skip
    firsts = [max(lengths, key=lambda name: lengths[name][row]) for row in range(len(document["cuts"]))]
    name = max(lengths, key=firsts.count)
    return word("leading", language, basis=word(basis, language), ahead=_prepared(ahead, language),
                meaning=_meaning(document["outcomes"][name], language),
                count=firsts.count(name), all=len(firsts))  # fmt: skip


def _meaning(outcome: Mapping[str, Any], language: str) -> str:
    return outcome["meaning"][language].split(":")[0]


def _effects(document: Document, cut: float, ahead: float) -> dict[str, Any]:
    """Return the parts of the shortest length tested, by effect."""
    return next(
        each["effects"] for each in document["splits"] if (each["cuts"], each["ahead"]) == (cut, ahead)
    )


def preparation(document: Document, language: str) -> str:
    """Return the number of answers that preparation significantly changes; empty with one preparation."""
    first, lines = document["ahead"][0], []
    for ahead in document["ahead"][1:]:
        signs = [
            differs(prepared, unprepared)
            for basis, group in product(BASES, GROUPS)
            for (_, prepared), (_, unprepared) in zip(
                answers(document, ahead, basis, group), answers(document, first, basis, group), strict=True
            )
        ]
        lines.append(
            word("preparation", language, ahead=_years(ahead, language), all=len(signs),
                 shorter=signs.count(-1), longer=signs.count(1), same=signs.count(0))
        )  # fmt: skip
    return " ".join(lines)


def decided(document: Document, language: str) -> str:
    """Return how many answers are decided, and the number of draws they needed."""
    found = [each for each in document["answers"] if each["of"] in GROUPS]
    return word(
        "decided", language, decided=document["decided"], all=len(found),
        share=share(document["decided"] / len(found), language),
        least=min(each["least_draws"] for each in found), most=max(each["most_draws"] for each in found),
    )  # fmt: skip


def summary(document: Document, language: str) -> list[str]:
    """Return the lines for the terminal: the sentences of the page."""
    said = [
        *sentences(document, language), leading(document, language), *split(document, language),
        preparation(document, language), decided(document, language),
    ]  # fmt: skip
    return [each for each in said if each]


def table(document: Document) -> pd.DataFrame:
    """Return a row per phase-in period and outcome (mean, interval, share of draws with a harm, verdict), and
    per effect of less money."""
    by_money = [
        each | {"years": document["years"][0], "basis": MONEY, "parts": each["effects"][MONEY]}
        for each in document["splits"]
    ]
    return pd.DataFrame(
        [
            {key: each[key] for key in ("cuts", "years", "ahead", "basis", "draws")} | {"part": name} | part
            for each in [*document["phase_ins"], *by_money]
            for name, part in each["parts"].items()
        ]
    )


def draw(document: Document, folder: Path) -> None:
    """Draw the figure in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        draw_answers(document, language, folder / f"{NAME}_{language}.csv")


LOOKS = {"as_announced": (BLUE, "o", 0.16), "same_money": (RED, "s", -0.16)}  # colour, marker, offset


def draw_answers(document: Document, language: str, path: Path) -> Path:
    """Draw a panel for every group and preparation, one below the other; the table has the same name."""
    panels = list(product(GROUPS, document["ahead"]))
    tall, below = 0.75 + 0.33 * len(document["cuts"]), 1.7
    figure = new_figure(4.6, 0.7 + tall * len(panels) + below)
    inches = figure.get_figheight()
    for place, (group, ahead) in enumerate(panels):
        bottom = below + tall * (len(panels) - 1 - place)
        axes = figure.add_axes((0.14, bottom / inches, 0.82, (tall - 0.46) / inches))
        _panel(axes, document, ahead, group, language)
        if place == len(panels) - 1:
            axes.set_xlabel(word("axis", language), size=SMALL)
    _legend(figure, language)
    headline(figure, word("title", language), word("by_cut", language))
    note(figure, document, language)
    return save(figure, table(document), path, "\n".join(summary(document, language)))


def _panel(axes: Any, document: Document, ahead: float, group: str, language: str) -> None:
    """Draw the answers of one group and preparation: a row for every cut."""
    least, longest = min(document["years"]), max(document["years"])
    end = max(longest, LONG_YEARS)
    for basis in BASES:
        colour, mark, height = LOOKS[basis]
        for row, (_, said) in enumerate(answers(document, ahead, basis, group)):
            y = row + height
            if said.kind == LONGER:
                arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.8}
                axes.annotate("", (end, y), (longest, y), annotation_clip=False, arrowprops=arrow)
                continue
            high = end if said.high is None else said.high
            if said.kind == INCONCLUSIVE:
                axes.plot([said.low, high], [y, y], color=GREY, linewidth=1.2, linestyle=":")
                axes.text((said.low + high) / 2, y, "?", color=colour, size=SMALL, ha="center", va="center",
                          bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})  # fmt: skip
                continue
            if said.kind == LENGTH:
                axes.plot([said.low, said.high], [y, y], color=colour, linewidth=3.2, alpha=0.45,
                          solid_capstyle="butt")  # fmt: skip
            axes.plot(said.years, y, mark, color=colour, markersize=5,
                      fillstyle="none" if said.kind == OVERNIGHT else "full", clip_on=False)  # fmt: skip
    cuts = document["cuts"]
    axes.set_ylim(-0.5, len(cuts) - 0.5)
    axes.set_yticks(range(len(cuts)), [f"{share(cut, language)}%" for cut in cuts])
    axes.set_xlim(least - 0.2, end + 0.1)
    axes.set_xticks(sorted({*document["years"], end}))
    axes.grid(axis="x", color=GRID, linewidth=0.8, zorder=-1)
    axes.set_axisbelow(True)
    axes.axvline(longest, color=GREY, linewidth=0.8, linestyle=(0, (1, 2)))
    axes.tick_params(axis="y", length=0)
    local_numbers(axes.xaxis, language)
    axes.set_title(f"{word(group, language)}, {_prepared(ahead, language)}", size=SMALL + 0.5, loc="left",
                   weight="bold", pad=4)  # fmt: skip


def _legend(figure: Any, language: str) -> None:
    """Draw the legend of colours and markers."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color=colour, marker=mark, linestyle="", label=word(basis, language))
        for basis, (colour, mark, _) in LOOKS.items()
    ]
    handles += [
        Line2D([], [], color=BLACK, marker="o", fillstyle="none", linestyle="",
               label=word("overnight_mark", language)),
        Line2D([], [], color=BLACK, marker="o", linewidth=2.5, label=word("length_mark", language)),
        Line2D([], [], color=BLACK, marker=">", linewidth=1.5, label=word("longer_mark", language)),
        Line2D([], [], color=GREY, linestyle=":", marker="", label=word("inconclusive_mark", language)),
    ]  # fmt: skip
    place = (-0.01, 0.42 / figure.get_figheight())
    figure.legend(handles=handles, frameon=False, fontsize=SMALL - 0.5, ncols=2, loc="lower left",
                  handlelength=1.5, columnspacing=1.0, bbox_to_anchor=place)  # fmt: skip


def write_pages(document: dict[str, Any], docs: Path = DOCS) -> list[Path]:
    """Write the page in both languages, with its figures."""
    folder = docs / FIGURES
    store_result(document, folder / f"{NAME}.json")
    draw(document, folder)
    pages = []
    for language, name in PAGES.items():
        page = docs / name
        page.write_text(_page(read(folder / f"{NAME}.json"), language), encoding="utf-8")
        pages.append(page)
        print(page)
    return pages


def _page(document: Document, language: str) -> str:
    """Return the page."""
    said = summary(document, language)
    lines = [
        f"# {word('title', language)}",
        "",
        word("head", language),
        "",
        word("question", language),
        "",
        *(f"* {each}" for each in said),
        "",
    ]
    lines += [
        f"![{word('title', language)} {decided(document, language)}]({FIGURES}/{NAME}_{language}.png)",
        "",
    ]
    lines += [f"## {word('answers_head', language)}", "", *_answers(document, language)]
    lines += [f"## {word('split_head', language)}", "", word("split_how", language), ""]
    for ahead in document["ahead"]:
        lines += _split(document, ahead, language)
    lines += [f"## {word('how_head', language)}", "", *_how(document, language)]
    return "\n".join(lines)


def _answers(document: Document, language: str) -> Iterator[str]:
    """Yield a table per group, then one per outcome, with preparations and bases as columns."""
    columns = list(product(document["ahead"], BASES))
    heads = [f"{_prepared(ahead, language)}, {word(basis, language)}" for ahead, basis in columns]
    parts = {name: _meaning(outcome, language) for name, outcome in document["outcomes"].items()}
    for of, title in [*((group, word(group, language)) for group in GROUPS), ("", ""), *parts.items()]:
        if not of:
            yield from (f"## {word('parts_head', language)}", "", word("parts_how", language), "")
            continue
        yield table_row([capital(title), *heads])
        yield "| --- " * (len(heads) + 1) + "|"
        by_column = [dict(answers(document, ahead, basis, of)) for ahead, basis in columns]
        for cut in document["cuts"]:
            cells = [answer_text(found[cut], "cell", document, language) for found in by_column]
            yield table_row([f"{word('cut', language)} {share(cut, language)}%", *cells])
        yield ""


def _split(document: Document, ahead: float, language: str) -> Iterator[str]:
    """Yield the table of one preparation: effects of overnight cuts, by less money and by speed."""
    shown = ("as_announced", MONEY, "same_money")
    heads = [word(key, language) for key in ("as_announced", "by_money", "by_speed")]
    yield table_row([_prepared(ahead, language), word("cut", language), *heads])
    yield "| --- " * (len(heads) + 2) + "|"
    for name, outcome in document["outcomes"].items():
        for cut in document["cuts"]:
            effects = _effects(document, cut, ahead)
            found = [effects[effect][name] for effect in shown]
            largest = max(abs(part[key]) for part in found for key in ("low", "high"))
            cells = [_bold(part, _interval(part, largest, language)) for part in found]
            title = f"{_meaning(outcome, language)} ({outcome['unit'][language]})"
            yield table_row([title if cut == document["cuts"][0] else "", f"{share(cut, language)}%", *cells])
    yield ""


def _interval(part: Mapping[str, Any], largest: float, language: str) -> str:
    """Return a mean with its interval, with the decimals that the largest number needs."""
    numbers = {key: sensible(part[key], language, largest, sign=True) for key in ("mean", "low", "high")}
    return word("interval", language, **numbers)


def _bold(part: Mapping[str, Any], said: str) -> str:
    """Return a cell in bold where the whole interval is harmful."""
    return f"**{said}**" if part["verdict"] == HARMED else said


def _how(document: Document, language: str) -> list[str]:
    """Return the paragraphs on method, what was run, and the command."""
    none = "; ".join(
        f"{_meaning(document['outcomes'][name], language)} {sensible(value, language)} "
        f"{document['outcomes'][name]['unit'][language]}"
        for name, value in document["none"].items()
    )
    years = ", ".join(_years(each, language) for each in document["years"])
    looks = ", ".join(str(each) for each in document["looks"])
    how = word("how_decided", language, widest=_years(document["widest"], language), looks=looks,
               error=share(1.0 - document["level"], language), times=len(document["looks"]),
               questions=number(document["questions"], language))  # fmt: skip
    path = f"{FIGURES}/{NAME}_{language}.csv"
    return [
        word("how_compared", language, years=years), "", how, "",
        f"{word('counts_as_none', language)}: {none}.", "",
        word("what_ran", language, municipality=capital(place_name(document["municipality"], language)),
             households=number(document["households"], language), first=document["first_month"],
             last=document["last_month"], policy=document["policy"],
             runs=number(document["runs"], language), seconds=number(document["core_seconds"], language),
             version=document["result_version"])
        + " " + word("all_numbers", language, file=f"{NAME}_{language}.csv", path=path),
        "",
        f"```text\n{document['command']}\n```",
        "",
    ]  # fmt: skip
