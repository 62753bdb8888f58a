"""docs/flagship.md: five sentences, the numbers behind them, maps, and their uncertainty."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios.analysis.exploration.options import read, store_result
from scenarios.analysis.flagship import maps
from scenarios.analysis.flagship.findings import BOOKS, COST, IN_TEN_YEARS, PEOPLE, WAITING, verdict
from scenarios.analysis.flagship.points import AVERAGE, KINDS
from scenarios.common.installation import DOCS
from scenarios.reporting.texts import number, sensible, share
from scenarios.reporting.texts.flagship import word
from scenarios.studies.engines import TEN_YEARS

FIGURES = "figures/flagship"
NAME = "flagship"
GRID = "flagship_grid.parquet"
SURE, NOT_SURE = 0.9, 0.1  # probabilities from which the answer is yes or no
TABLED = (
    "signalling", "placebo", "signalling_no_help", "team", "team_no_help", "signalling_in_team",
    "present_cut", "cut", "cut_no_haste", "cut_long", "years_in_cut", "years_speed", "years_money", "long",
)  # fmt: skip
OF_BOOKS = ("signalling", "placebo", "team", "cut", "cut_long")
OWN = "own_payments"
SHOWN = (COST, OWN, PEOPLE, WAITING, "crises")


def _sizes(effect: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return size, interval and the share of draws with the opposite sign, formatted for texts."""
    largest = max(abs(effect[key]) for key in ("mean", "low", "high"))
    against = effect["above"] if effect["mean"] < 0.0 else effect["below"]
    return {
        "size": sensible(abs(effect["mean"]), language, largest),
        "low": sensible(effect["low"], language, largest, sign=True),
        "high": sensible(effect["high"], language, largest, sign=True),
        "share": share(against, language),
    }


def cost(effect: Mapping[str, Any], language: str, form: str = "cost") -> str:
    """Return the sentence on an effect on cost, whatever its direction.

    Parameters
    ----------
    effect : mapping
        Effect in the result document.
    language : str
        "en" or "nl".
    form : str
        "cost", "relative" or "difference": the type of sentence.
    """
    return word(f"{form}_{verdict(effect)}", language, **_sizes(effect, language))


def burden(document: Mapping[str, Any], effect: str, outcome: str, kind: str, language: str) -> str:
    """Return the sentence on an effect on need without help or on waiting, with its baseline."""
    found = document["effects"][kind][effect][outcome]
    base = document["baselines"][kind][outcome]
    return word(
        f"burden_{verdict(found)}", language, **_sizes(found, language),
        name=word(f"name_{outcome}", language),
        base=sensible(base, language, found["mean"]), unit=document["outcomes"][outcome]["unit"][language],
    )  # fmt: skip


# Per sentence: the effect and the outcome it is about.
SHORT = (
    ("signalling", (COST,)), ("signalling", (PEOPLE,)), ("team", (COST, PEOPLE)),
    ("cut", (PEOPLE, WAITING, OWN)), ("years_in_cut", (PEOPLE,)),
)  # fmt: skip


def in_short(document: Mapping[str, Any], language: str) -> list[str]:
    """Return short answers of the five sentences for an average municipality."""
    effects, said = document["effects"][AVERAGE], []
    for name, outcomes in SHORT:
        *changes, last = (
            word(f"short_{verdict(effects[name][each])}", language, thing=word(f"thing_{each}", language))
            for each in outcomes
        )
        listed = f"{', '.join(changes)} {word('and', language)} {last}" if changes else last
        subject = word(f"subject_{name}", language, **_levers(document, language))
        said.append(word("in_short", language, subject=subject, changes=listed))
    return said


def sentences(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the five sentences; their wording follows from the direction and certainty of the effects."""
    effects, average = document["effects"], document["effects"][AVERAGE]
    levers, together = _levers(document, language), document["interactions"][AVERAGE]
    signalling = {kind: cost(effects[kind]["signalling"][COST], language) for kind in KINDS}
    difference = document["between_kinds"]["signalling"][PEOPLE]
    bearable = {"share": share(together["bearable_long"], language),
                "at_once": share(together["bearable_at_once"], language)}  # fmt: skip
    said = [
        word("signalling_costs", language, **signalling, placebo=cost(average["placebo"][COST], language)),
        word("signalling_people", language, average=burden(document, "signalling", PEOPLE, AVERAGE, language),
             difference=cost(difference, language, "difference")),
        word("larger_team", language, cost=cost(average["team"][COST], language),
             people=burden(document, "team", PEOPLE, AVERAGE, language),
             signs=_signs(together["sign_changes"], language), **levers),
        word("deeper_cut", language, own=burden(document, "cut", OWN, AVERAGE, language),
             people=burden(document, "cut", PEOPLE, AVERAGE, language),
             waiting=burden(document, "cut", WAITING, AVERAGE, language), **levers),
        word("phase_in", language, people=burden(document, "years_in_cut", PEOPLE, AVERAGE, language),
             bearable=word(f"bearable_{_answer(together['bearable_long'])}", language, **bearable, **levers),
             **levers),
    ]  # fmt: skip
    return [f"{each}{_remainder(document, place, language)}" for place, each in enumerate(said)]


# Per sentence: key of the text for the placebo check of its outcome, and the effect that remains.
REMAINS = {
    1: (("remains_no_help", "signalling_no_help"),),
    2: (("remains_no_help", "team_no_help"),),
    3: (("remains_no_haste", "cut_no_haste"),),
    4: (("remains_speed", "years_speed"), ("remains_money", "years_money")),
}


def _remainder(document: Mapping[str, Any], place: int, language: str) -> str:
    """Return the remaining need without help with the mechanism of a sentence off, where it was run."""
    told = [
        word(key, language, people=burden(document, effect, PEOPLE, AVERAGE, language),
             years=number(document["levers"]["years"], language))
        for key, effect in REMAINS.get(place, ())
        if effect in document["effects"][AVERAGE]
    ]  # fmt: skip
    return "".join(f" {each}" for each in told)


def _tabled(document: Mapping[str, Any]) -> list[str]:
    """Return the effects in the tables, where they were run."""
    return [effect for effect in TABLED if effect in document["effects"][AVERAGE]]


def _answer(probability: float) -> str:
    """Return whether a probability is a yes, a no, or neither.

    Examples
    --------
    >>> _answer(0.95), _answer(0.05), _answer(0.5)
    ('yes', 'no', 'open')
    """
    return "yes" if probability >= SURE else "no" if probability <= NOT_SURE else "open"


def _signs(changes: float, language: str) -> str:
    """Return whether a larger team changes the sign of early signalling, with its probability."""
    answer = _answer(changes)
    return word(
        f"sign_{answer}", language, share=share(1.0 - changes if answer == "no" else changes, language)
    )


def _levers(document: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return the values of the named points, formatted."""
    levers = document["levers"]
    return {
        "team": number(levers["team"], language, 1), "usual_team": number(levers["usual_team"], language, 1),
        "cut": share(levers["cut"], language), "usual_cut": share(levers["usual_cut"], language),
        "years": number(levers["years"], language),
    }  # fmt: skip


def combinations(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the sentences on interactions of levers, for every kind of town."""
    levers, lines = _levers(document, language), []
    for kind in KINDS:
        found = document["interactions"][kind]
        relative = cost(document["effects"][kind]["team_changes_signalling"][COST], language, "relative")
        lines.append(
            word("team_question", language, kind=word(kind, language), cost=relative,
                 share=share(found["sign_changes"], language), usual=share(found["pays_usual"], language),
                 larger=share(found["pays_larger"], language))
        )  # fmt: skip
        lines.append(
            word("years_question", language, kind=word(kind, language),
                 share=share(found["bearable_long"], language),
                 at_once=share(found["bearable_at_once"], language),
                 better=share(found["long_is_better"], language), **levers)
        )  # fmt: skip
    return lines


def summary(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the summary of a result as lines for the terminal."""
    both = zip(in_short(document, language), sentences(document, language), strict=True)
    said = [f"{place}. {short} {each}" for place, (short, each) in enumerate(both, start=1)]
    return ["", word("title", language), *said, "", _coverage(document, language)]


def _coverage(document: Mapping[str, Any], language: str) -> str:
    """Return the coverage of the emulators' intervals on held-out draws."""
    rows = document["emulators"]
    found = [row["coverage"] for row in rows]
    whole = sum(row["coverage"] * row["values"] for row in rows) / sum(row["values"] for row in rows)
    return word(
        "certainty_how", language, coverage=number(100.0 * whole, language, 1),
        lowest=share(min(found), language), highest=share(max(found), language),
        inside=sum(0.85 <= each <= 0.95 for each in found), all=len(found),
    )  # fmt: skip


def draw(document: Mapping[str, Any], folder: Path) -> None:
    """Draw all maps in both languages."""
    maps.draw(document, folder)


def write_pages(document: dict[str, Any], grid: Path, docs: Path = DOCS) -> list[Path]:
    """Write the page in both languages, with its maps and the grid of predictions.

    Parameters
    ----------
    document : dict
        The result.
    grid : Path
        Predictions over the whole space; copied next to the figures.
    docs : Path
        Folder of the pages.
    """
    folder = docs / FIGURES
    store_result(document, folder / f"{NAME}.json")
    draw(document, folder)
    shutil.copyfile(grid, folder / GRID)
    pages = []
    for language, name in (("en", f"{NAME}.md"), ("nl", f"{NAME}_nl.md")):
        page = docs / name
        page.write_text(page_text(read(folder / f"{NAME}.json"), language), encoding="utf-8")
        pages.append(page)
        print(page)
    return pages


def page_text(document: Mapping[str, Any], language: str) -> str:
    """Return the page."""
    levers = _levers(document, language)
    lines = [
        f"# {word('title', language)}",
        "",
        word("head", language),
        "",
        f"## {word('five', language)}",
        "",
    ]
    both = zip(in_short(document, language), sentences(document, language), strict=True)
    lines += [f"{place}. **{short}** {each}" for place, (short, each) in enumerate(both, start=1)]
    lines += ["", word("not_forecast", language), "", f"## {word('combinations', language)}", ""]
    lines += [f"* {each}" for each in combinations(document, language)]
    lines += ["", f"## {word('named', language)}", "", word("named_how", language, **levers), ""]
    lines += _named_table(document, language)
    lines += ["", f"## {word('when', language)}", "", *_when_table(document, language)]
    lines += ["", f"## {word('books', language)}", "", word("books_how", language), ""]
    lines += _books_table(document, language)
    lines += ["", f"## {word('maps', language)}", "", word("maps_how", language), ""]
    for each in maps.titles(document, language):
        numbers = word("data_of_map", language).capitalize()
        lines += [
            f"### {each.title}", "",
            f"![{each.title}. {each.subtitle}]({FIGURES}/{each.name}_{language}.png)", "",
            f"{each.subtitle} [{numbers}]({FIGURES}/{each.name}_{language}.csv).", "",
        ]  # fmt: skip
    lines += [
        f"## {word('certainty', language)}",
        "",
        _coverage(document, language),
        word("explained_how", language),
        "",
    ]
    lines += [*_error_table(document, language), "", _chance(document, language), ""]
    lines += [f"## {word('made', language)}", "", *_made(document, language)]
    return "\n".join(lines)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [[cell.replace("|", "/") for cell in row] for row in (heads, *rows)]
    first, *others = ["| " + " | ".join(row) + " |" for row in cells]
    return [first, "| --- " * len(heads) + "|", *others]


def _cell(effect: Mapping[str, Any], language: str, with_verdict: bool = True) -> str:
    largest = max(abs(effect[key]) for key in ("mean", "low", "high"))
    numbers = {key: sensible(effect[key], language, largest, sign=True) for key in ("mean", "low", "high")}
    said = f" {word(f'verdict_{verdict(effect)}', language)}" if with_verdict else ""
    return word("interval", language, **numbers) + said


def _head(document: Mapping[str, Any], outcome: str, language: str) -> str:
    name = outcome.removesuffix(TEN_YEARS)
    about = document["outcomes"][name]
    return f"{about['meaning'][language]} ({about['unit'][language]})"


def _named_table(document: Mapping[str, Any], language: str) -> list[str]:
    """Return a table of effects and kinds of town (rows) by outcome (columns)."""
    rows = [
        [word(f"effect_{effect}", language), word(f"short_{kind}", language),
         *(_cell(document["effects"][kind][effect][outcome], language) for outcome in SHOWN)]
        for effect in _tabled(document) for kind in KINDS
    ]  # fmt: skip
    heads = [word("effect", language), word("town", language)]
    return _table([*heads, *(_head(document, outcome, language) for outcome in SHOWN)], rows)


def _when_table(document: Mapping[str, Any], language: str) -> list[str]:
    """Return effects over ten years and over the whole horizon, in an average town."""
    columns = [(name, ten) for name in (COST, PEOPLE) for ten in (name + TEN_YEARS, name)]
    rows = [
        [word(f"effect_{effect}", language),
         *(_cell(document["effects"][AVERAGE][effect][outcome], language) for _, outcome in columns)]
        for effect in _tabled(document)
    ]  # fmt: skip
    span = {True: word("ten_years", language), False: word("all_years", language)}
    heads = [
        f"{_head(document, name, language)}, {span[outcome in IN_TEN_YEARS]}" for name, outcome in columns
    ]
    return _table([word("effect", language), *heads], rows)


def _books_table(document: Mapping[str, Any], language: str) -> list[str]:
    """Return the change of every cost component, in an average town."""
    rows = [
        [document["outcomes"][line]["meaning"][language],
         *(_cell(document["effects"][AVERAGE][effect][line], language, False) for effect in OF_BOOKS)]
        for line in BOOKS
    ]  # fmt: skip
    return _table(["", *(word(f"effect_{effect}", language) for effect in OF_BOOKS)], rows)


def _error_table(document: Mapping[str, Any], language: str) -> list[str]:
    """Return coverage and error of every emulator."""
    keys = ("median_error", "mean_error_named")
    rows = [
        [word(f"short_{row['kind']}", language), word(f"what_{row['difference']}", language),
         document["outcomes"][row["outcome"].removesuffix(TEN_YEARS)]["meaning"][language],
         word(f"form_{row['form']}", language), f"{share(row['coverage'], language)}%",
         *(sensible(row[key], language) for key in keys), f"{share(row['explained'], language)}%"]
        for row in document["emulators"]
    ]  # fmt: skip
    heads = ("town", "difference", "outcome", "form", "coverage", *keys, "explained")
    return _table([word(each, language) for each in heads], rows)


def _chance(document: Mapping[str, Any], language: str) -> str:
    """Return the share of the variance between draws that is sampling variance."""
    found = {key: document["effects"][AVERAGE][key][COST]["chance"] for key in ("signalling", "team", "cut")}
    if None in found.values():
        return word("chance_unknown", language)
    return word(
        "chance", language, households=number(document["households"], language),
        seconds=document["second_seeds"], share=share(found["signalling"], language),
        team=share(found["team"], language), cut=share(found["cut"], language),
    )  # fmt: skip


def _made(document: Mapping[str, Any], language: str) -> list[str]:
    """Return how the study was run, and the command."""
    registered = "; ".join(
        word("registered", language, kind=word(f"short_{kind}", language),
             problem=word(f"problem_{each['problem']}", language),
             ratio=number(each["share"] / each["country"], language, 2),
             share=number(each["share"], language, 1), country=number(each["country"], language, 1),
             municipality=each["municipality"], source=word(f"source_{each['problem']}", language))
        for kind in KINDS for each in document["towns"][kind]["registered"]
    )  # fmt: skip
    return [
        word("made_how", language, households=number(document["households"], language),
             first=document["first_month"], last=document["last_month"], draws=document["draws"],
             draws_from=word(document["draws_from"], language), named=document["named"],
             points=document["points"],
             runs=number(document["runs"], language), seconds=number(document["core_seconds"], language)),
        "", word("towns", language, registered=registered), "",
        f"{word('grid', language)}: [{GRID}]({FIGURES}/{GRID}).", "",
        f"{word('version', language)}: `{document['result_version']}`.", "",
        f"```text\n{document['command']}\n```", "",
    ]  # fmt: skip
