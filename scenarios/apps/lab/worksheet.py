"""What a student types in the notebook: predict and see, follow one household, count the score."""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from scenarios.analysis.story import read_story_request, run_story
from scenarios.apps.dashboard.state import State, link_of, overrides_of, read_link
from scenarios.apps.dashboard.trajectories import InitialStates, Job, Outcome, simulate
from scenarios.apps.dashboard.words import RefusedError
from scenarios.apps.lab.exercises import word
from scenarios.apps.lab.predictions import (
    REPLICATIONS,
    ROW_PREDICTED,
    Outcomes,
    Score,
    jobs_to_see,
    predicted,
    rows_of,
    score_of,
    seen_of,
    state_of,
    total_words,
)
from scenarios.common.result_version import RESULT_VERSION
from scenarios.reporting import texts
from scenarios.reporting.figures.style import BLUE, GREY, RED, SMALL, Drawing, Sheet, local_numbers, write
from simulation.outcomes.intervals import interval

FOLDER = Path("results") / "lab"
# A street and two replications, for the test that runs every cell of the notebook.
SMALL_LAB = "LANDINGSBAAN_LAB"
SMALL_WORDS = ("window.start=2013-01", "window.end=2018-12", "window.warm_up_months=12", "processes=1")
MOST_OUTCOMES = 500
INITIAL_STATES = InitialStates()  # what the next exercise begins with too


@dataclass(frozen=True)
class Seen:
    """What the model says of an exercise, next to a prediction; a notebook shows it as text.

    Attributes
    ----------
    exercise, language : str
    shown : dict
        As the dashboard shows it.
    values : tuple of float
        By replication, what was predicted.
    score : Score
    """

    exercise: str
    language: str
    shown: dict[str, Any]
    values: tuple[float, ...]
    score: Score

    def _repr_markdown_(self) -> str:
        return "\n\n".join([self.answer(), self.shown["score"], self.shown["status"]])

    def answer(self) -> str:
        """Return what the model says, in a sentence and a table."""
        shown = self.shown
        head = [texts.table_row(shown["columns"]), texts.table_row(["---"] * len(shown["columns"]))]
        rows = [texts.table_row([row["what"], row["mean"], row["interval"]]) for row in shown["rows"]]
        return "\n\n".join([f"**{shown['finding']}**", "\n".join(head + rows)])

    def picture(self) -> "Picture":
        """Return every replication as a dot, with the model's interval and the prediction below it."""
        strip, language = self.shown["strip"], self.language
        behind = pd.DataFrame({"replication": range(len(self.values)), "value": self.values})
        drawing = Drawing(
            name=f"lab_{self.exercise}", title=self.shown["finding"],
            subtitle=word(f"{self.exercise}_unit", language), note=self.shown["status"],
            alternative=strip["told"], behind=behind, paint=self._paint, heights=(1.9, 1.9),
        )  # fmt: skip
        with TemporaryDirectory(prefix="landingsbaan_") as folder:
            return Picture(
                write(drawing, f"landingsbaan {RESULT_VERSION}", Path(folder), language).read_bytes()
            )

    def _paint(self, sheet: Sheet) -> None:
        """Paint one row of dots and two bars, each with its name above it."""
        strip, found = self.shown["strip"], interval(self.values)
        axes = sheet.figure.add_subplot(sheet.grid(left=0.15, right=0.15)[0])
        axes.plot(self.values, [3.0] * len(self.values), "o", color=GREY, alpha=0.6, markersize=6)
        axes.plot([found.low, found.high], [2.0, 2.0], color=BLUE, linewidth=4, solid_capstyle="butt")
        axes.plot(found.mean, 2.0, "o", color=BLUE, markersize=9)
        axes.plot(strip["mine"], [1.0, 1.0], color=RED, linewidth=4, linestyle=(0, (3, 1)))
        for height, key, left, colour in (
            (2.25, "lab_model", found.low, BLUE),
            (1.25, "lab_mine", strip["mine"][0], RED),
        ):
            axes.annotate(word(key, self.language), (left, height), color=colour, size=SMALL)
        axes.axvline(0.0, color="black", linewidth=1.0)
        axes.set_ylim(0.5, 4.2)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        for side, words in zip(("right", "left"), strip["sides"], strict=True):
            axes.annotate(words, (0.0, 3.7), xytext=(-6 if side == "right" else 6, 0), ha=side, size=SMALL,
                          textcoords="offset points", color=GREY)  # fmt: skip
        local_numbers(axes.xaxis, self.language)


def see(
    exercise: str, low: Any, high: Any, without: str = "", language: str = "en", **sliders: float
) -> Seen:
    """Simulate an exercise and return what the model says next to a prediction.

    Parameters
    ----------
    exercise : str
        phase_in, break or shift.
    low, high : float
        The prediction: an interval that you are 90% sure of.
    without : str
        For break: escalation, spill_over or team_help.
    language : str
        "en" or "nl".
    **sliders
        For shift, the policy, as on the dashboard: fte, extra, signalling, base, teams.

    Raises
    ------
    ValueError
        Where there is no prediction yet, or something is out of range.
    """
    prediction_state = _state(language, sliders)
    try:
        prediction = predicted(exercise, low, high, without)
        state = state_of(prediction, prediction_state)
    except RefusedError as refused:
        raise ValueError(refused.sentence_in(language)) from None
    most = 2 if _is_small() else REPLICATIONS
    found: Outcomes = []
    for number in range(most):
        jobs = jobs_to_see(prediction, state, number)
        found.append({name: _outcome(job) for name, job in jobs.items()})
    values = rows_of(prediction, state, found)[ROW_PREDICTED[exercise]]
    shown = seen_of(prediction, state, found, most)
    return Seen(exercise, language, shown, tuple(map(float, values)), score_of(prediction, values))


def total(*seen: Seen, language: str = "en") -> str:
    """Return the score of all predictions together, in words."""
    return total_words([each.score for each in seen], language)


def follow(language: str = "en", **sliders: float) -> "Story":
    """Tell the story of one household with and without a policy."""
    words = overrides_of(_state(language, sliders), "a", "sample", 1)
    words += [f"language={language}", *(SMALL_WORDS if _is_small() else ()), f"output.folder={FOLDER}"]
    return Story(run_story(read_story_request(words)), language)


@dataclass(frozen=True)
class Story:
    """The story of a household; a notebook shows its text."""

    folder: Path
    language: str

    def _repr_markdown_(self) -> str:
        return (self.folder / f"story_{self.language}.md").read_text(encoding="utf-8").partition("\n![")[0]

    def picture(self) -> "Picture":
        """Return the two lives as timelines."""
        return Picture((self.folder / f"story_{self.language}.png").read_bytes())


@dataclass(frozen=True)
class Picture:
    """A picture, which a notebook shows."""

    image: bytes

    def _repr_png_(self) -> bytes:
        return self.image


def _state(language: str, sliders: dict[str, float]) -> State:
    """Return sliders as a state of the dashboard, checked as it checks them."""
    system, city = ("national_average", "street") if _is_small() else ("zaanstad", "zaanstad")
    state = State(system=system, city=city, policies={"a": sliders or {"signalling": 1.0}}, language=language)
    try:
        return read_link(link_of(state))
    except RefusedError as refused:
        raise ValueError(refused.sentence_in(language)) from None


@lru_cache(MOST_OUTCOMES)
def _outcome(job: Job) -> Outcome:
    """Return the outcome of a job; exercises share references."""
    return simulate(job, INITIAL_STATES)


def _is_small() -> bool:
    return os.environ.get(SMALL_LAB) == "small"
