"""The command `landingsbaan report`; its arguments are checked before anything is written."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from scenarios.cli.command_line import REPORT_KEYS
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.files import is_taken, with_home
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
class ReportArguments:
    """Arguments of a report.

    Attributes
    ----------
    run : Run
        The run of the report.
    beside : Beside
        Additions to the report: story, comparison, claims.
    folder : Path
        Folder of the report.
    language : str
        Language of the PDF, and initial language of the page.
    """

    run: Run
    beside: Beside
    folder: Path
    language: str


def read_report_arguments(words: list[str], overrides: list[str]) -> ReportArguments:
    """Return the arguments of `report`, with every folder read and checked.

    Raises
    ------
    ConfigurationError
        For an unknown key, or not exactly one run folder.
    ValueError
        For an invalid folder.
    """
    values = _values(overrides)
    if len(words) != 1:
        raise ConfigurationError("report: expected one run folder, as landingsbaan report results/runs/...")
    language = values.get("language", "en")
    check_language(language)
    folder = with_home(words[0])
    run = open_run(folder)
    for name in run.tables:
        run.table(name)  # read here, so that an invalid table raises before anything is written
    to = with_home(values["to"]) if "to" in values else folder / FOLDER
    if is_taken(to) and not to.is_dir():
        raise ConfigurationError(f"to = {to}: this is no folder, expected one")
    return ReportArguments(run, _beside(run, values), to, language)


def _values(overrides: list[str]) -> dict[str, str]:
    """Return the given keys with their values."""
    values: dict[str, str] = {}
    for each in overrides:
        name, _, value = each.partition("=")
        if name not in REPORT_KEYS:
            raise ConfigurationError(
                f"{name}: report has no such key{nearest(name, REPORT_KEYS)}; "
                f"expected one of {', '.join(REPORT_KEYS)}"
            )
        if not value:
            raise ConfigurationError(f"{name} = : expected a value")
        values[name] = value
    return values


def _beside(run: Run, values: dict[str, str]) -> Beside:
    """Return the additions to the report; story and comparable municipalities are found if not named."""
    # Runs are in results/runs, stories in results/stories, and so on.
    story = (
        with_home(values["story"]) if "story" in values else find_story(run.document, _results(run) / STORIES)
    )
    near = find_comparable(run.document, _results(run) / COMPARABLE)
    near = with_home(values["comparable"]) if "comparable" in values else near
    return Beside(
        story=None if story is None else open_story(story),
        comparable=None if near is None else open_comparable(near),
        comparison=open_comparison(with_home(values["compare"])) if "compare" in values else None,
        claims=open_claims(with_home(values["claims"])) if "claims" in values else None,
    )


def _results(run: Run) -> Path:
    """Return the folder that contains the folders of runs, stories and comparisons."""
    return run.folder.absolute().parent.parent


def write(words: list[str], overrides: list[str]) -> None:
    """Write the report and print the paths of its files."""
    check_installed()
    args = read_report_arguments(words, overrides)
    with tempfile.TemporaryDirectory() as drawn:
        # Before the progress bar, so that an error message is not printed below it.
        drafts = {each: draft(args.run, args.beside, Path(drawn), each) for each in LANGUAGES}
        with bar_of(STEPS, word("steps", args.language)) as bar:
            paths = write_report(drafts, args.folder, args.language, bar.update)
    for path in paths:
        print(path)
