"""What is simulated only for those who look at it: why a policy saves, two landings side by side, a story.

The first two rest on a sample of the place, a replication at a time, through the same queue as everything
else. A visitor may also open a run of their own.
"""

import asyncio
import json
import re
import shutil
import tempfile
import zipfile
from base64 import b64encode
from collections.abc import AsyncGenerator, Callable, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import numpy as np
from pyarrow import parquet

from scenarios.analysis.main_job import nested_worlds
from scenarios.apps.dashboard.charts import Figure, run_figure
from scenarios.apps.dashboard.comparison import direction_words, landing_words
from scenarios.apps.dashboard.detail_charts import runway, waterfall
from scenarios.apps.dashboard.measures import BAD, FIRST, GOOD, SAME, UNSURE, Reading, direction_of
from scenarios.apps.dashboard.state import FIRST_YEAR, State, households_of
from scenarios.apps.dashboard.trajectories import (
    LANDINGS,
    PLACEBOS,
    WORLDS,
    Outcome,
    landing_jobs,
    place_of,
    transition_of,
    why_jobs,
)
from scenarios.apps.dashboard.words import RefusedError, word
from scenarios.apps.dashboard.work import MORE, Visitor, Work
from scenarios.common.installation import DOCS
from scenarios.reporting import texts
from scenarios.reporting.figures.landing import AS_HAPPENED_YEARS
from scenarios.reporting.texts import LANGUAGES
from simulation.months import MONTHS_PER_YEAR
from simulation.outcomes.headline import MARGIN_EUR_A_YEAR, NULL, SURVIVES, confidence
from simulation.outcomes.intervals import interval
from simulation.outcomes.municipalities import COUNTRY_TABLES
from simulation.outcomes.savings import DECOMPOSED_TABLES
from simulation.recording.arm_names import SAME_STAFF

# The claims table: of the study that was finished here last, else of the one in docs/claims.md.

CLAIMS = Path("results") / "claims"
FINISHED = "claims.json"
PUBLISHED = DOCS / "claims.md"
# A row of that page's table: number, title, source, verdict, replications, literature.
ROW = re.compile(r"^\| \[(C\w+)\]\(#[\w-]+\) \| .* \| (.*) \| (.*) \| (\d+) \| .* \|$", re.MULTILINE)
COLUMNS = ("claim", "source", "verdict", "probability", "conditions", "literature")
COLUMNS_PUBLISHED = ("claim", "source", "verdict", "replications_of_claim", "literature")


def claims_table(language: str, root: Path = CLAIMS, published: Path = PUBLISHED) -> dict[str, Any]:
    """Return the table of claims, or a sentence when there is no study at all."""
    finished = sorted(root.glob(f"*/{FINISHED}"), key=lambda path: path.stat().st_mtime)
    rows = _claim_rows(finished[-1], finished[-1].stat().st_mtime, language) if finished else []
    if rows:
        return _table(COLUMNS, rows, "", language)
    rows = _published_rows(published, language) if published.is_file() else []
    return _table(COLUMNS_PUBLISHED, rows, "claims_published" if rows else "no_claims", language)


def _table(columns: tuple[str, ...], rows: list[list[str]], sentence: str, language: str) -> dict[str, Any]:
    text = word(sentence, language, count=len(rows)) if sentence else ""
    return {"columns": [word(key, language) for key in columns], "rows": rows, "digits": 0, "sentence": text}


@lru_cache(8)
def _published_rows(path: Path, language: str) -> list[list[str]]:
    """Return a row per claim of the page in docs; titles and literature are the claims' own."""
    from scenarios.analysis.claims.claim import claims_called
    from scenarios.reporting.texts.claims import WORDS, verdict_words

    claims = {each.number: each for each in claims_called()}
    return [
        [f"{number} {claims[number].titles[language]}", source,
         verdict_words(verdict, language) if verdict in WORDS else verdict, replications,
         claims[number].literature[language]]
        for number, source, verdict, replications in ROW.findall(path.read_text(encoding="utf-8"))
        if number in claims
    ]  # fmt: skip


@lru_cache(8)
def _claim_rows(path: Path, _changed: float, language: str) -> list[list[str]]:
    """Return a row per claim, none of a study with other verdicts than today's; a study that is written again
    is read again.
    """
    from scenarios.analysis.claims.job import parameter_meanings
    from scenarios.reporting.texts.claims import (
        claim_verdict,
        is_finished_study,
        rests_on,
        statement_sentence,
    )

    study = json.loads(path.read_text(encoding="utf-8"))
    meanings, rows = parameter_meanings(), []
    for claim in study["claims"] if is_finished_study(study) else []:
        statements = claim["statements"]
        sizes = " ".join(f"{statement_sentence(row, language)}." for row in statements)
        conditions = [condition for row in statements for condition in rests_on(row, meanings, language)]
        rows.append([f"{claim['id']} {claim['title'][language]}", claim["source"],
                     claim_verdict(claim, language), sizes, "; ".join(conditions),
                     claim["literature"][language]])  # fmt: skip
    return rows


class ShownStory(NamedTuple):
    """A story in one language: its text with the figure in it, the figure, and the table behind it."""

    text: str
    figure: str
    data: str


LARGEST_ZIP, LARGEST_UNPACKED = 50_000_000, 400_000_000  # bytes
MOST_MEMBERS = 1000  # files of a zip
LARGEST_DOCUMENT = 20_000_000  # bytes of run.json, of which reading takes many times that in memory
MOST_ROWS = 20_000_000  # of all tables of a run; few bytes can stand for many equal rows
RUN_FILES = {"run.json", *(f"{name}.parquet" for name in (*COUNTRY_TABLES, *DECOMPOSED_TABLES))}


def tell_story(
    overrides: tuple[str, ...], _initial_states: Any, _between: Callable[[], None]
) -> dict[str, ShownStory]:
    """Return the story of a household in every language; a task for a worker."""
    from scenarios.analysis.story import read_story_request, simulate_twice
    from scenarios.reporting.figures.story import draw
    from scenarios.reporting.stories.text import story_text

    document, tables = simulate_twice(read_story_request(list(overrides)))
    stories = {}
    with tempfile.TemporaryDirectory(prefix="landingsbaan_") as folder:
        for language in LANGUAGES:
            picture = draw(document, tables, Path(folder), language)
            figure = f"data:image/png;base64,{b64encode(picture.read_bytes()).decode()}"
            # A page of one file: the figure stands in the text instead of next to it.
            text = story_text(document, tables, language).replace(f"({picture.name})", f"({figure})")
            data = picture.with_suffix(".csv").read_text(encoding="utf-8")
            stories[language] = ShownStory(text, figure, data)
    return stories


def opened_run(path: Path) -> dict[str, dict[str, Any]]:
    """Return by language the summary of a run in a zip file, and its savings curve.

    Raises
    ------
    RefusedError
        When the file is no zip of one whole run folder.
    """
    from scenarios.reporting.summary.summary import summary_lines
    from simulation.recording.store import open_run

    with tempfile.TemporaryDirectory(prefix="landingsbaan_") as folder:
        try:
            _check_sizes(_unpacked(path, Path(folder)))
            run = open_run(folder)
            savings = run.table("savings")
            return {
                language: {"lines": summary_lines(run, language), "figure": run_figure(savings, language)}
                for language in LANGUAGES
            }
        except RefusedError:
            raise
        except Exception as error:  # what libraries raise for files that somebody damaged has no end
            reason = " ".join(str(error).replace(folder, "").split())[:200] or type(error).__name__
            raise RefusedError(
                f"This run folder cannot be read: {reason}",
                f"Deze runmap is niet te lezen. Melding in het Engels: {reason}",
            ) from None


def _unpacked(path: Path, folder: Path) -> Path:
    """Unpack the one run folder of a zip file, whatever names and sizes the file claims."""
    if not zipfile.is_zipfile(path):
        raise RefusedError(
            "This is not a zip file of at most 50 MB; expected a run folder (results/runs/...) as a zip.",
            "Dit is geen zipbestand van hoogstens 50 MB; verwacht werd een zip van een runmap "
            "(results/runs/...).",
        )
    with zipfile.ZipFile(path) as packed:
        listed = packed.infolist()[: MOST_MEMBERS + 1]
        members = {PurePosixPath(each.filename): each for each in listed if not each.is_dir()}
        documents = [name for name in members if name.name == "run.json"]
        is_one = len(documents) == 1 and len(listed) <= MOST_MEMBERS
        # Only the files of a run, next to run.json and by their last name: nothing can land elsewhere.
        parts = {
            name.name: each
            for name, each in members.items()
            if is_one and name.parent == documents[0].parent and name.name in RUN_FILES
        }
        if (
            not parts
            or parts["run.json"].file_size > LARGEST_DOCUMENT
            or sum(each.file_size for each in parts.values()) > LARGEST_UNPACKED
        ):
            raise RefusedError(
                "This zip does not contain a run folder: expected one run.json with its tables, at most "
                f"{LARGEST_UNPACKED // 1_000_000} MB when unpacked.",
                "Deze zip bevat geen runmap: verwacht werd een run.json met de tabellen, uitgepakt hoogstens "
                f"{LARGEST_UNPACKED // 1_000_000} MB.",
            )
        for name, each in parts.items():
            with packed.open(each) as source, (folder / name).open("wb") as file:
                shutil.copyfileobj(source, file)  # no more than the size that the zip says
    return folder


def _check_sizes(folder: Path) -> None:
    """Refuse tables that would fill memory, by what they say of themselves before they are read."""
    metadata = [parquet.read_metadata(path) for path in sorted(folder.glob("*.parquet"))]
    rows = sum(each.num_rows for each in metadata)
    size = sum(
        each.row_group(group).total_byte_size for each in metadata for group in range(each.num_row_groups)
    )
    if rows > MOST_ROWS or size > LARGEST_UNPACKED:
        raise RefusedError(*(_too_many(rows, size, each) for each in LANGUAGES))


def _too_many(rows: int, size: int, language: str) -> str:
    """Return the sentence on tables that are too large."""
    figures = {"rows": rows, "most_rows": MOST_ROWS,
               "megabytes": size // 1_000_000, "most_megabytes": LARGEST_UNPACKED // 1_000_000}  # fmt: skip
    formatted = {name: texts.number(value, language) for name, value in figures.items()}
    return word("too_many_rows", language, **formatted)


DETAIL_REPLICATIONS = 10
JOBS = {"why": why_jobs, "landing": landing_jobs}
# What is no saving: the same need, met later or not at all.
NO_SAVING = ("delay", "care_not_granted")
STILL_OPEN = "care_still_open"
INDEX_YEAR = 2012
Outcomes = list[Mapping[str, Outcome]]  # one per replication, by the name of its job


async def details(state: State, visitor: Visitor, work: Work) -> AsyncGenerator[dict[str, Any], None]:
    """Yield the contents of the tab that is open, replication by replication; nothing for another tab."""
    if state.view != "answer" or state.tab not in JOBS:
        return
    found: Outcomes = []
    most = min(DETAIL_REPLICATIONS, state.replications or DETAIL_REPLICATIONS)
    for number in range(most):
        jobs = JOBS[state.tab](state, number)
        outcomes = await asyncio.gather(*(work.outcome(visitor, job, MORE) for job in jobs.values()))
        found.append(dict(zip(jobs, outcomes, strict=True)))
        contents = why_of(state, found) if state.tab == "why" else landings_of(state, found)
        yield {
            "tab": state.tab,
            "status": _status(state, len(found), most),
            "done": len(found) == most,
            **contents,
        }


def _status(state: State, count: int, most: int) -> str:
    """Return what the tab rests on."""
    size = "sample_mark" if households_of(state.city, "sample") else "city_mark"
    key = "detail_done" if count == most else "detail_busy"
    return word(key, state.language, mark=word(size, state.language), count=count, most=most)


# Why.


def why_of(state: State, found: Outcomes) -> dict[str, Any]:
    """Return the waterfall of what the saving consists of, and the placebo next to it."""
    language = state.language
    parts = channels_of(state, found)
    placebo = placebo_of(state, found)
    drawn = waterfall(state, parts, NO_SAVING, float(placebo[0]["mean"]))
    return {
        "title": _why_title(drawn, parts, language),
        "figures": [drawn],
        "placebo": {
            "columns": [word(key, language) for key in ("placebo_off", "placebo_remains", "placebo_verdict")],
            "rows": placebo,
            "whole": word(
                "placebo_whole",
                language,
                **_three(_before_own_cost(state, found, "policy_0", "reference_0"), language),
            ),
        },
        "not_counted": _not_counted(drawn, language),
    }


def channels_of(state: State, found: Outcomes) -> dict[str, np.ndarray]:
    """Return what each channel saves the municipality, euro per inhabitant a year, by replication.

    All but the last, care that is still open, add up to the difference in spending.
    """
    saved = np.array([[_saved(each, world, state) for world in reversed(range(WORLDS))] for each in found])
    steps = np.diff(saved, axis=1, prepend=0.0)
    parts = {world.channel: steps[:, order] for order, world in enumerate(nested_worlds())}
    open_care = [each["reference_0"].open_care - each["policy_0"].open_care for each in found]
    return parts | {STILL_OPEN: np.array(open_care) / _people_years(state, found)}


def _saved(outcomes: Mapping[str, Outcome], world: int, state: State) -> float:
    """Return what the policy saves in one nested world, euro per inhabitant a year."""
    cost = [outcomes[f"{arm}_{world}"].monthly["municipal_cost_eur"].sum() for arm in ("reference", "policy")]
    return float(cost[0] - cost[1]) / float(_people_years(state, [outcomes])[0])


def _people_years(state: State, found: Outcomes) -> np.ndarray:
    """Return inhabitants at the transition times the years since, by replication."""
    month = transition_of(state)
    first = [each["reference_0"].monthly["inhabitants"] for each in found]
    return np.array([people[month] * (len(people) - month) / MONTHS_PER_YEAR for people in first])


def _before_own_cost(state: State, found: Outcomes, arm: str, against: str) -> np.ndarray:
    """Return what an arm saves on care and crises, own cost left out, euro per inhabitant a year."""
    totals = [
        [each[name].monthly["municipal_cost_eur"].sum() - each[name].own_cost for name in (against, arm)]
        for each in found
    ]
    cost = np.array(totals)
    return np.asarray((cost[:, 0] - cost[:, 1]) / _people_years(state, found))


def placebo_of(state: State, found: Outcomes) -> list[dict[str, Any]]:
    """Return what remains of the saving with its mechanism off, and what that says."""
    rows = []
    for arm, against in PLACEBOS.items():
        values = _before_own_cost(state, found, arm, against or "reference_0")
        estimate = confidence(values, MARGIN_EUR_A_YEAR)
        survives = "placebo_staff" if arm == SAME_STAFF else "placebo_artefact"
        none = "placebo_null" if estimate.within_margin else "placebo_below"
        key = {NULL: none, SURVIVES: survives}.get(estimate.verdict, "placebo_open")
        if estimate.count < 2:
            key = "direction_first"
        kind = {"placebo_null": GOOD, "placebo_below": SAME, "placebo_artefact": BAD}.get(key, UNSURE)
        rows.append(
            {
                "what": word(f"placebo_{arm}_off", state.language),
                "mean": round(estimate.mean, 4),
                **_three(values, state.language),
                "kind": kind,
                "verdict": word(key, state.language),
            }
        )
    return rows


def _three(values: np.ndarray, language: str) -> dict[str, str]:
    """Return a mean with its 95% confidence interval in words."""
    estimate = confidence(values, MARGIN_EUR_A_YEAR)
    words = texts.three(estimate.mean, estimate.low, estimate.high, language)
    ends = word("confidence_ends", language, **words) if estimate.count > 1 else ""
    return {"number": words["mean"], "interval": ends}


def _why_title(drawn: Figure, parts: dict[str, np.ndarray], language: str) -> str:
    """Return the largest part that clearly lowers spending and the largest that clearly raises it.

    What is no saving stands apart, and what is still open stands in no year.
    """
    kinds = {name: direction_of(values, 1) for name, values in parts.items()
             if name not in (*NO_SAVING, STILL_OPEN)}  # fmt: skip
    if set(kinds.values()) == {SAME}:
        return word("why_same", language)
    if FIRST in kinds.values():
        return word("landing_first", language)
    printed = _printed(drawn)
    found = {}
    for kind in (GOOD, BAD):
        names = [word(f"channel_{name}", language) for name in kinds if kinds[name] == kind]
        if names:
            found[kind] = max(names, key=lambda name: abs(printed[name]))
    title_keys = {GOOD: "why_saved", BAD: "why_spent"}
    key = "why_title" if len(found) == 2 else title_keys[next(iter(found))] if found else "why_unsure"
    saved, spent = (
        texts.number(abs(printed[found[kind]]), language, 1) if kind in found else "" for kind in title_keys
    )
    values = {"lowers": found.get(GOOD), "saved": saved, "raises": found.get(BAD), "spent": spent}
    return word(key, language, **values)


def _printed(drawn: Figure) -> dict[str, float]:
    """Return the numbers of the waterfall as printed, by the name of their part within a sentence."""
    return {row[0][:1].lower() + row[0][1:]: row[1] for row in drawn["table"]["rows"]}


def _not_counted(drawn: Figure, language: str) -> str:
    """Return by how much waiting and refusal change spending, as printed in the waterfall: no saving."""
    printed = _printed(drawn)
    formatted = {name: texts.number(-printed[word(f"channel_{name}", language)], language, 1, sign=True)
                 for name in NO_SAVING}  # fmt: skip
    return word("not_counted", language, **formatted)


# Landing.


def landings_of(state: State, found: Outcomes) -> dict[str, Any]:
    """Return two runways on one scale, and what the first landing does that the second does not."""
    language = state.language
    years = first_years(state)
    landings = {"first": years, "second": state.against}
    lines = {name: _lines(state, [each[name] for each in found]) for name in landings}
    # The means fit on the scale of both; an interval may go beyond it.
    reach = [float(end) for each in lines.values() for line in ("cost", "budget")
             for end in (np.nanmin(each[line].mean(axis=0)), np.nanmax(each[line].mean(axis=0)))]  # fmt: skip
    margin = 0.25 * (max(reach) - min(reach)) + 2.0
    scale = (min(reach) - margin, max(reach) + margin)
    figures, stops = [], {}
    for name, length in landings.items():
        drawn, stops[name] = runway(
            state, name, lines[name], AS_HAPPENED_YEARS if length is None else length,
            landing_words(length, language), scale,
        )  # fmt: skip
        figures.append(drawn)
    rows = harms_of(state, found)
    same = years is not None and years == state.against
    return {
        "title": word(
            "landing_same" if same else _landing_title(rows),
            language,
            **_kinds(rows),
            first=landing_words(years, language),
            second=landing_words(state.against, language),
        ),
        "figures": figures,
        "stops": stops,
        "harms": {
            "columns": [
                word("harm", language),
                word("harm_second", language, landing=landing_words(state.against, language)),
                word("harm_first", language, landing=landing_words(years, language)),
                *(word(key, language) for key in ("harm_less", "harm_speed", "harm_money", "harm_direction")),
            ],
            "rows": rows,
        },
    }


def first_years(state: State) -> float | None:
    """Return the length of the landing of the policy looked at; None is as it happened."""
    given = state.policies[state.look].get("phase_in")
    if given is not None:
        return given
    years = place_of(state.system, state.city).parameters.landing.years
    return None if years is None else float(years)


def _lines(state: State, outcomes: list[Outcome]) -> dict[str, np.ndarray]:
    """Return cost of care and budget by year from 2012 on, the cost of that year being 100.

    Until the transition others paid for the tasks that are the municipality's since. What they cost then is
    the cost to all payers, times the share of it that the municipality bears in the year of the transition.
    """
    first = transition_of(state) // MONTHS_PER_YEAR
    rows: dict[str, list[np.ndarray]] = {"cost": [], "budget": [], "uncut": []}
    for each in outcomes:
        yearly = {
            name: each.monthly[name].reshape(-1, MONTHS_PER_YEAR).sum(axis=1)
            for name in ("municipal_cost_eur", "all_payers_cost_eur", "grant_eur", "cut_eur")
        }
        own, everybody = yearly["municipal_cost_eur"], yearly["all_payers_cost_eur"]
        share = own[first] / everybody[first]
        cost = np.where(np.arange(len(own)) < first, share * everybody, own)
        base = cost[INDEX_YEAR - FIRST_YEAR] / 100.0
        rows["cost"].append(cost / base)
        for name, line in (
            ("budget", yearly["grant_eur"]),
            ("uncut", yearly["grant_eur"] + yearly["cut_eur"]),
        ):
            rows[name].append(np.where(np.arange(len(own)) < first, np.nan, line / base))
    return {name: np.array(values)[:, INDEX_YEAR - FIRST_YEAR :] for name, values in rows.items()}


def harms_of(state: State, found: Outcomes) -> list[dict[str, Any]]:
    """Return the transition harms of the first landing against the second, split in speed and money."""
    language = state.language
    rows = []
    for name in (
        "own_payments",
        "crises",
        "without_help",
        "waiting_above_norm",
        "evictions",
        "provider_exits",
    ):
        one, same_money, other = (
            np.array([each[landing].harms[name] for each in found]) for landing in LANDINGS
        )
        reading = Reading(one, other, -1)
        size = max(abs(one.mean()), abs(other.mean()))
        change = interval(one - other)
        by = {"speed": (same_money - other).mean(), "money": (one - same_money).mean()}
        largest = max(abs(each) for each in (change.low, change.high, *by.values()))
        ends = {"low": _signed(change.low, language, largest),
                "high": _signed(change.high, language, largest)}  # fmt: skip
        first = reading.direction == FIRST
        rows.append({
            "name": word(f"harm_{name}", language),
            "unit": word(f"harm_{name}_unit", language),
            "second": texts.sensible(other.mean(), language, size),
            "first": texts.sensible(one.mean(), language, size),
            "less": _signed(change.mean, language, largest),
            "interval": "" if first else word("interval_ends", language, **ends),
            **{name: _signed(value, language, largest) for name, value in by.items()},
            "direction": direction_words(reading.direction, language),
        })  # fmt: skip
    return rows


def _signed(value: float, language: str, size: float) -> str:
    """Return a number with its sign; what rounds to zero has none."""
    plain, signed = (texts.sensible(value, language, size, sign=sign) for sign in (False, True))
    return plain if not any(digit in plain for digit in "123456789") else signed


def _landing_title(rows: list[dict[str, Any]]) -> str:
    """Return which sentence says what the first landing does that the second does not."""
    kinds = {row["direction"]["kind"] for row in rows}
    if FIRST in kinds:
        return "landing_first"
    return "landing_counted" if kinds & {GOOD, BAD} else "landing_unsure"


def _kinds(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Return how many harms are worse, better and inconclusive; what is equal counts among the last."""
    kinds = [row["direction"]["kind"] for row in rows]
    worse, better = kinds.count(BAD), kinds.count(GOOD)
    return {"count": len(kinds), "worse": worse, "better": better, "unsure": len(kinds) - worse - better}
