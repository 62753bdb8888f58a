"""`landingsbaan report`: what its words ask, checked before anything is written."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from scenarios.cli.command_line import REPORT_KEYS
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.files import is_taken
from scenarios.common.terminal import bar_of, word
from scenarios.config.keys import check_language
from scenarios.reporting.report.additions import (
    find_comparable,
    find_story,
    open_claims,
    open_comparable,
    open_comparison,
    open_story,
)
from scenarios.reporting.report.report import STEPS, Beside, check_installed, draft, write_report
from scenarios.reporting.texts import LANGUAGES
from simulation.recording.store import Run, open_run

FOLDER = "report"
STORIES, COMPARABLE = "stories", "comparable"


@dataclass(frozen=True)
class ReportAsked:
    """What the user asked.

    Attributes
    ----------
    run : Run
        The run the report is about.
    beside : Beside
        What stands next to it.
    folder : Path
        Where the report will stand.
    language : str
        In which the PDF is, and the page opens.
    """

    run: Run
    beside: Beside
    folder: Path
    language: str


def report_asked(words: list[str], overrides: list[str]) -> ReportAsked:
    """Return what the words after `report` ask, with every folder read and checked.

    Raises
    ------
    ConfigurationError
        For an unknown key, a key given twice, or no or more than one run folder.
    ValueError
        For a folder that is not what it should be.
    """
    values = _values(overrides)
    if len(words) != 1:
        raise ConfigurationError("report: expected one run folder, as landingsbaan report results/runs/...")
    language = values.get("language", "en")
    check_language(language)
    folder = Path(words[0])
    run = open_run(folder)
    for name in run.tables:
        run.table(name)  # read here, so that a table that is not what it should be stops us now
    to = Path(values["to"]) if "to" in values else folder / FOLDER
    if is_taken(to) and not to.is_dir():
        raise ConfigurationError(f"to = {to}: this is no folder, expected one")
    return ReportAsked(run, _beside(run, values), to, language)


def _values(overrides: list[str]) -> dict[str, str]:
    """Return the keys given with their values."""
    values: dict[str, str] = {}
    for each in overrides:
        name, _, value = each.partition("=")
        if name not in REPORT_KEYS:
            raise ConfigurationError(
                f"{name}: report has no such key{nearest(name, REPORT_KEYS)}; "
                f"expected one of {', '.join(REPORT_KEYS)}"
            )
        if name in values:
            raise ConfigurationError(f"{name} is given twice")
        if not value:
            raise ConfigurationError(f"{name} = : expected a value")
        values[name] = value
    return values


def _beside(run: Run, values: dict[str, str]) -> Beside:
    """Return what stands next to the run: what is named, and a story of the same when there is one."""
    # A run stands in results/runs, its stories in results/stories, and so on.
    story = Path(values["story"]) if "story" in values else find_story(run.document, _results(run) / STORIES)
    near = find_comparable(run.document, _results(run) / COMPARABLE)
    near = Path(values["comparable"]) if "comparable" in values else near
    return Beside(
        story=None if story is None else open_story(story),
        comparable=None if near is None else open_comparable(near),
        comparison=open_comparison(Path(values["compare"])) if "compare" in values else None,
        claims=open_claims(Path(values["claims"])) if "claims" in values else None,
    )


def _results(run: Run) -> Path:
    """Return the folder that holds runs, stories and comparisons next to each other."""
    return run.folder.absolute().parent.parent


def write(words: list[str], overrides: list[str]) -> None:
    """Make the report that is asked, and print where its files stand."""
    check_installed()
    asked = report_asked(words, overrides)
    with tempfile.TemporaryDirectory() as drawn:
        # Before the bar: what cannot be told is refused in a sentence with nothing above it.
        drafts = {each: draft(asked.run, asked.beside, Path(drawn), each) for each in LANGUAGES}
        with bar_of(STEPS, word("steps", asked.language)) as bar:
            paths = write_report(drafts, asked.folder, asked.language, bar.update)
    for path in paths:
        print(path)
