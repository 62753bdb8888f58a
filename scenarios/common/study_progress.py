"""What a user sees while a study is under way, on standard error."""

import sys
from pathlib import Path

from tqdm import tqdm

from scenarios.common.progress import bar_of
from scenarios.reporting.texts import filled, number

WORDS = {
    "runs": ("runs", "runs"),
    "done_before": ("Done before: {runs} runs.", "Al gedaan: {runs} runs."),
    "written": (
        "Study in {folder}, {seconds} seconds; landingsbaan results show {name}",
        "Studie in {folder}, {seconds} seconden; landingsbaan results show {name}",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in."""
    return filled(WORDS, key, language, **values)


class StudyProgress:
    """A bar of runs with the time left; a context manager."""

    def __init__(self, runs: int, language: str) -> None:
        self.runs, self.language = runs, language
        self.first = True

    def __enter__(self) -> "StudyProgress":
        """Show the bar."""
        self.bar = bar_of(self.runs, word("runs", self.language))
        return self

    def __exit__(self, *trouble: object) -> None:
        """Close the bar."""
        self.bar.close()

    def counts(self, runs: int) -> None:
        """Count runs that are whole; those of an earlier start come first and take no time.

        Runs that a precision adds move the end of the bar.
        """
        if self.first:
            self.first = False
            if runs:
                tqdm.write(word("done_before", self.language, runs=runs), sys.stderr)
            self.bar.initial = runs
        self.bar.total = max(self.bar.total, self.bar.n + runs)
        self.bar.update(runs)

    def ends(self, folder: Path, seconds: float) -> None:
        """Say where the study is."""
        told = number(seconds, self.language, 0)
        print(word("written", self.language, folder=folder, seconds=told, name=folder.name), file=sys.stderr)
