"""The story of a household in words: every sentence is an event of its diary, or a number counted from it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from scenarios.common.files import read_json
from scenarios.reporting.figures import story
from scenarios.reporting.stories.summary import (
    BEGINNINGS,
    comparison_rows,
    end_of_life,
    helped_months,
    losses,
    rows_of_arm,
    side_by_side,
    state_of,
    total_cents,
)
from scenarios.reporting.texts import LANGUAGES, number, place
from scenarios.reporting.texts import stories as words
from scenarios.reporting.texts import story_words as say
from scenarios.reporting.texts.story_words import frame
from simulation.recording.new_folder import NewFolder, explain_disk_errors

MOST_WORDS: Final = 150
MOST_NAMED: Final = 3  # kinds of help, losses and crises that are named


def short_life(document: dict[str, Any], tables: dict[str, pd.DataFrame], arm: str, language: str) -> str:
    """Return one life in a few sentences.

    Parameters
    ----------
    document : dict
        What describes the story.
    tables : dict of str to DataFrame
        notes, months and costs of both arms.
    arm : str
        Which life.
    language : str
        "en" or "nl".
    """
    begin = document["resident_at"]
    notes, months = (rows_of_arm(tables[name], arm, begin) for name in ("notes", "months"))
    cost = say.euros(total_cents(tables["costs"], arm, begin), language)
    lines = [
        frame("short_since", language, month=say.month(begin, language)),
        *_problems(notes, months, begin, language),
        _noticed(notes, language),
        _helped(months, language),
        *_waited(months, language),
        *_lost(notes, language),
        _crises(notes, language),
        frame("short_unmet", language, n=number(months["unmet"].sum(), language)),
        frame("short_cost", language, cost=cost),
        frame("short_end", language, month=say.month(document["last_told"], language),
              state=end_of_life(notes, months, language)),
    ]  # fmt: skip
    return " ".join(lines)


def _problems(notes: pd.DataFrame, months: pd.DataFrame, begin: int, language: str) -> list[str]:
    """Say when problems began, and how often more began after that."""
    begun = notes[notes["what"].isin(BEGINNINGS)]
    severities = [name for name in months if name.startswith("severity_")]
    has_problems = bool(len(months)) and bool((months.iloc[0][severities].astype(float) > 0.0).any())
    if has_problems:
        first = frame("short_earlier", language, month=say.month(begin, language))
    elif begun.empty:
        return [frame("short_quiet", language)]
    else:
        row = begun.iloc[0]
        first = frame("short_began", language, month=say.month(int(row["month"]), language),
                      problem=say.problem(row["about"], language))  # fmt: skip
    more = len(begun) - (0 if has_problems else 1)
    return [first, *([frame("short_more", language, n=number(more, language))] if more > 0 else [])]


def _noticed(notes: pd.DataFrame, language: str) -> str:
    """Say who reported it first."""
    signals = notes[notes["what"] == "signal"]
    if signals.empty:
        return frame("short_unnoticed", language)
    row = signals.iloc[0]
    return frame("short_noticed", language, route=say.route(row["by"], language),
                 month=say.month(int(row["month"]), language))  # fmt: skip


def _helped(months: pd.DataFrame, language: str) -> str:
    """Say who helped longest, and how many others did."""
    helped = sorted(helped_months(months, language), key=lambda each: -each[1])
    if not helped:
        return frame("short_no_help", language)
    named = [
        frame("months_of_1" if count == 1 else "months_of", language, care=words, n=number(count, language))
        for words, count in helped[:MOST_NAMED]
    ]
    others = len(helped) - MOST_NAMED
    key = "short_helped_more" if others > 0 else "short_helped"
    values = {"n": number(others, language)} if others > 0 else {}
    return frame(key, language, helped="; ".join(named), **values)


def _waited(months: pd.DataFrame, language: str) -> list[str]:
    """Say how long the household waited, if it did."""
    waited = int((months["waiting"] != "").sum())
    return [frame("short_waited", language, n=number(waited, language))] if waited else []


def _lost(notes: pd.DataFrame, language: str) -> list[str]:
    """Say what went wrong most often on the way to help, if anything did."""
    found = sorted(losses(notes).items(), key=lambda each: -each[1])[:MOST_NAMED]
    named = [frame("times", language, what=frame(key, language), n=number(count, language))
             for key, count in found]  # fmt: skip
    return [frame("short_lost", language, lost="; ".join(named))] if named else []


def _crises(notes: pd.DataFrame, language: str) -> str:
    """Say which crises there were."""
    rows = list(notes[notes["what"] == "crisis"].itertuples())
    if not rows:
        return frame("short_no_crisis", language)
    named = [f"{say.crisis(row.about, language)}, {say.month(int(row.month), language)}"
             for row in rows[:MOST_NAMED]]  # fmt: skip
    named += [f"+{len(rows) - MOST_NAMED}"] if len(rows) > MOST_NAMED else []
    return frame("short_crises", language, crises="; ".join(named))


BY_CRISIS, BY_COURT = "crisis", "court"
TEAM_SLOTS: Final = ("wijkteam", "youth_team")
FOLLOWING: Final = ("then", "same_month")
ENDS: Final = ("moved", "left_by_death")


@dataclass(frozen=True)
class Event:
    """One thing that was noted, with the months in which it was, and what the sentence needs."""

    key: str
    what: str
    about: str
    by: str
    months: tuple[int, ...]
    value: float
    truth: float


def sentences(notes: pd.DataFrame, language: str) -> list[tuple[int, str]]:
    """Return the sentences of a diary in order, each with its year.

    Parameters
    ----------
    notes : DataFrame
        Columns month, what, about, by, value, truth, in the order in which they were written.
    language : str
        "en" or "nl".
    """
    return _in_words(events(notes), notes, language)


def _in_words(story_events: list[Event], notes: pd.DataFrame, language: str) -> list[tuple[int, str]]:
    """Return every event as a sentence; what follows in the same month does not name it again."""
    found: list[tuple[int, str]] = []
    following, before = 0, -1
    for event in story_events:
        again = set(event.months) == {before}
        following = following + 1 if again else 0
        when = frame(FOLLOWING[following % 2], language) if again else say.when(event.months, language)
        found.append((say.year_of(event.months[0]), _sentence(event, notes, when, language)))
        before = event.months[0] if len(set(event.months)) == 1 else -1
    return found


def events(notes: pd.DataFrame) -> list[Event]:
    """Return the events of a diary: repeated notes of a year as one, in the order of the first."""
    found: dict[tuple[Any, ...], Event] = {}
    for turn, row in enumerate(_story_notes(notes)):
        key = _key(row)
        if key not in words.EVENTS:
            continue
        repeated = key in words.REPEATED
        mark = (key, row.about, row.by, say.year_of(row.month)) if repeated else (key, turn)
        before = found[mark].months if mark in found else ()
        months = (*before, int(row.month))
        found[mark] = Event(key, row.what, row.about, row.by, months, float(row.value), float(row.truth))
    return list(found.values())


def _story_notes(notes: pd.DataFrame) -> Iterator[Any]:
    """Yield the notes up to the household's departure, without cases a team closed as it opened them."""
    rows = list(notes.itertuples(index=False))
    opened = {(row.month, row.about) for row in rows if row.what == "started"}
    closed = {(row.month, row.about) for row in rows if row.what == "ended"}
    brief = {each for each in opened & closed if each[1].startswith(TEAM_SLOTS)}
    for row in rows:
        if row.what in ("started", "ended") and (row.month, row.about) in brief:
            continue
        yield row
        if row.what in ENDS:
            return


def _key(row: Any) -> str:
    """Return the key of a note's sentence."""
    if row.what == "dispute" and row.value == 1.0:
        return "dispute_settled"
    if row.what == "first_contact" and row.value == 1.0:
        return "first_contact_early"
    if row.what == "signal" and row.by == "self":
        return "signal_self"
    if row.what == "started" and row.by in (BY_CRISIS, BY_COURT):
        return f"started_{row.by}"
    return str(row.what)


def _sentence(event: Event, notes: pd.DataFrame, when: str, language: str) -> str:
    """Return the sentence of one event."""
    template = words.EVENTS[event.key][LANGUAGES.index(language)]
    needs: dict[str, Callable[[], str]] = {
        "when": lambda: when,
        "problem": lambda: say.problem(event.about, language),
        "care": lambda: say.care(event.about, language),
        "crisis": lambda: say.crisis(event.about, language),
        "route": lambda: say.route(event.by, language),
        "nth": lambda: say.nth(event.about, language)[1],
        "value": lambda: say.severity(event.value, language),
        "truth": lambda: say.severity(event.truth, language),
        "waited": lambda: _counted("waited", round(event.value), language),
        "lasted": lambda: _lasted(event, notes, language),
    }
    filled = {name: fill() for name, fill in needs.items() if f"{{{name}}}" in template}
    return template.format(**filled)


def _counted(key: str, months: int, language: str) -> str:
    """Return how many months something took, as the tail of a sentence."""
    return frame(f"{key}_{months}" if months < 2 else key, language, n=months)


def _lasted(event: Event, notes: pd.DataFrame, language: str) -> str:
    """Return how long care lasted; nothing when its beginning was not recorded."""
    begun = notes[(notes["what"] == "started") & (notes["about"] == event.about)]
    earlier = begun[begun["month"] <= event.months[0]]["month"]
    return "" if earlier.empty else _counted("lasted", event.months[0] - int(earlier.max()), language)


def by_year(dated_sentences: list[tuple[int, str]]) -> list[str]:
    """Return paragraphs in Markdown, one for each year in which something was noted."""
    years = dict.fromkeys(year for year, _ in dated_sentences)
    return [
        f"**{year}.** " + " ".join(words for other, words in dated_sentences if other == year)
        for year in years
    ]


def story_text(document: dict[str, Any], tables: dict[str, pd.DataFrame], language: str) -> str:
    """Return the story in Markdown: who, how typical, both lives in short, the figure, side by side.

    Parameters
    ----------
    document : dict
        What describes the story (run.json).
    tables : dict of str to DataFrame
        notes, months and costs of both arms.
    language : str
        "en" or "nl".
    """
    parts = [f"# {frame('title', language, number=document['household'])}", *_opening(document, language)]
    parts.append(how_typical(document, language))
    for arm in document["arms"]:
        parts += [f"## {title(document, arm, language)}", short_life(document, tables, arm, language)]
    begin = document["resident_at"]
    parts += [f"## {frame('figure', language)}"]
    parts += [f"![{alternative(document, tables, language)}](story_{language}.png)"]
    parts += [f"## {frame('beside', language, month=say.month(begin, language))}"]
    parts += [side_by_side(document, tables, begin, language), frame("costs_note", language)]
    parts += [f"## {frame('evidence', language)}", *_worth(document, language)]
    return "\n\n".join([*parts, frame("log_there", language)]) + "\n"


def how_typical(document: dict[str, Any], language: str) -> str:
    """Return how many households differ between the two lives, and whether this one was picked among them."""
    found = document["comparison"]
    counts = {key: number(found[key], language) for key in ("households", "differ", "along")}
    sentence = frame("typical", language, **counts)
    return sentence if document["picked"] != "named" else f"{sentence} {frame('typical_named', language)}"


def log_text(document: dict[str, Any], tables: dict[str, pd.DataFrame], language: str) -> str:
    """Return everything that was recorded of both lives in Markdown, once where they are the same."""
    first_divergence = first_difference(tables, document)
    parts = [f"# {frame('log_title', language, number=document['household'])}",
             frame("how_told", language)]  # fmt: skip
    parts += [f"## {frame('shared', language)}", *_shared(document, tables, first_divergence, language)]
    for arm in document["arms"] if first_divergence <= document["last_told"] else ():
        later = rows_of_arm(tables["notes"], arm, begin=first_divergence)
        paragraphs = by_year(sentences_within(tables["notes"], arm, later, language))
        parts += [f"## {title(document, arm, language)}", *(paragraphs or [frame("nothing", language)])]
    return "\n\n".join(parts) + "\n"


def first_difference(tables: dict[str, pd.DataFrame], document: dict[str, Any]) -> int:
    """Return the story's first month in which the two diaries differ; the month after the last if none."""
    first, second = (_recorded(tables, arm) for arm in document["arms"])
    months = range(document["first_told"], document["last_told"] + 1)
    return next((month for month in months if first.get(month) != second.get(month)), months.stop)


def _recorded(tables: dict[str, pd.DataFrame], arm: str) -> dict[int, list[Any]]:
    """Return the notes of every month of a run, with what a reader sees of them."""
    found: dict[int, list[Any]] = {}
    for row in rows_of_arm(tables["notes"], arm).itertuples():
        entry = (row.what, row.about, row.by, round(row.value, 2), round(row.truth, 2))
        found.setdefault(row.month, []).append(entry)
    for row in rows_of_arm(tables["months"], arm).itertuples():
        found.setdefault(row.month, []).append((row.in_care, row.waiting))
    return found


def title(document: dict[str, Any], arm: str, language: str) -> str:
    """Return the name of a run, with a capital."""
    name = document["arms"][arm][language]
    return name[0].upper() + name[1:]


def sentences_within(
    notes: pd.DataFrame, arm: str, part: pd.DataFrame, language: str
) -> list[tuple[int, str]]:
    """Return the sentences of a part of a run; how long care lasted is known from the whole of it."""
    return _in_words(events(part), rows_of_arm(notes, arm), language)


def _opening(document: dict[str, Any], language: str) -> list[str]:
    """Return who they are."""
    portrait = document["portrait"]
    ages = [frame("child", language, nth=say.nth(f"youth_{seat}", language)[1], age=number(age, language))
            for seat, age in portrait["children"]]  # fmt: skip
    children = "no_children" if not ages else "children_1" if len(ages) == 1 else "children"
    lines = [
        frame(
            "who",
            language,
            place=place(document["municipality"], language),
            wijk=number(portrait["wijk"], language),
            month=say.month(document["resident_at"], language),
            adults=frame(f"adults_{portrait['adults']}", language),
            age=number(portrait["age"], language),
            children=frame(children, language, n=len(ages), ages=say.listed(ages, language)),
            income=portrait["income"],
            tenant=frame("tenant" if portrait["tenant"] else "no_tenant", language),
            shy=frame("shy", language) if portrait["shy"] else "",
        )
    ]
    if portrait["since"] > document["start"]:
        lines[0] += " " + frame("lives_here", language, month=say.month(portrait["since"], language))
    return lines


def _shared(
    document: dict[str, Any], tables: dict[str, pd.DataFrame], first_divergence: int, language: str
) -> list[str]:
    """Return what both runs have in common, once."""
    arm = next(iter(document["arms"]))
    part = rows_of_arm(tables["notes"], arm, end=first_divergence)
    month = document["divergence_month"]
    about = frame("systems" if document["against"] else "parted", language, month=say.month(month, language))
    if first_divergence > document["last_told"]:
        about += " " + frame("never_parts", language)
    elif first_divergence > document["first_told"]:
        about += " " + frame("shared_until", language, month=say.month(first_divergence - 1, language))
    paragraphs = by_year(sentences_within(tables["notes"], arm, part, language))
    return [about, *_outset(tables["months"], arm, document["first_told"], language), *paragraphs]


def _outset(months: pd.DataFrame, arm: str, first: int, language: str) -> list[str]:
    """Return what was there already when the story begins, if anything."""
    before = rows_of_arm(months, arm, end=first)
    state = [] if before.empty else state_of(before.iloc[-1], language)
    return [frame("at_first", language, state=say.listed(state, language))] if state else []


def _worth(document: dict[str, Any], language: str) -> list[str]:
    """Return how the household was picked and how it compares with the others."""
    found = document["comparison"]
    counts = {key: number(found[key], language) for key in ("households", "differ", "along", "against")}
    month = say.month(document["resident_at"], language)
    return [
        frame("worth", language, seed=document["seeds"][0])
        + " "
        + frame(f"picked_{document['picked']}", language, **counts)
        + " "
        + frame("how_many", language, month=month, **counts),
        comparison_rows(document, language),
    ]


def alternative(document: dict[str, Any], tables: dict[str, pd.DataFrame], language: str) -> str:
    """Return what the figure shows, for who cannot see it."""
    return story.describe(document, tables, language).alternative


# A folder with the story of one household: texts and figures in both languages, and what they rest on.

STORY_SCHEMA: Final = 1
DOCUMENT: Final = "run.json"
TABLES: Final = ("notes", "months", "costs")


def write_story(
    folder: Path, document: dict[str, Any], tables: dict[str, pd.DataFrame], *, numbered: bool = False
) -> Path:
    """Write a story and return its folder, which is whole or not there.

    Parameters
    ----------
    folder : Path
        Where it will stand; it must not exist yet, unless `numbered`.
    document : dict
        What was run, which household, how it was picked, how it compares.
    tables : dict of str to DataFrame
        notes, months and costs of both arms.
    numbered : bool
        Whether a name that is taken gets a number.

    Raises
    ------
    ValueError
        When the folder exists or cannot be written.
    """
    new = NewFolder(folder, numbered)
    try:
        with explain_disk_errors(new.folder):
            new.make()
            _fill(new.hidden, document, tables)
            return new.finish()
    finally:
        new.remove()


def _fill(folder: Path, document: dict[str, Any], tables: dict[str, pd.DataFrame]) -> None:
    """Write tables, texts and figures, and last what describes them with their checksums."""
    for name in TABLES:
        tables[name].to_parquet(folder / f"{name}.parquet", index=False)
        tables[name].to_csv(folder / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
    for language in LANGUAGES:
        text = story_text(document, tables, language)
        (folder / f"story_{language}.md").write_text(text, encoding="utf-8")
        (folder / f"log_{language}.md").write_text(log_text(document, tables, language), encoding="utf-8")
        story.draw(document, tables, folder, language)
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    described = {**document, "story_schema_version": STORY_SCHEMA, "files": files}
    written = json.dumps(described, indent=2, ensure_ascii=False)
    (folder / DOCUMENT).write_text(written + "\n", encoding="utf-8")


def read_story(folder: Path) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """Return what describes a story, and its tables; from these text and figure can be made again."""
    document = read_json(folder / DOCUMENT)
    return document, {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
