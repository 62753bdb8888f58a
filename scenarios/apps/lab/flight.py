"""What a student types in the notebook: fly a landing, look at it, follow one household."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from scenarios.analysis.main_job import simulate
from scenarios.analysis.story import story_asked, tell
from scenarios.apps.dashboard.state import NOTHING, State, link_of, overrides_of, read_link
from scenarios.apps.lab.exercises import word
from scenarios.common.errors import ConfigurationError, nearest
from scenarios.reporting import texts
from scenarios.reporting.figures.run_figures import figures_of
from scenarios.reporting.figures.style import scenario, write
from scenarios.runs.scenario import scenario_from
from simulation.outcomes.intervals import interval
from simulation.outcomes.savings import BROKEN_EVEN, NO_INVESTMENT
from simulation.recording.recorder import WAITING
from simulation.recording.store import Run, open_run

FOLDER = Path("results") / "lab"
REPLICATIONS = 5
# A street and one replication, for the test that runs every cell of the notebook.
SMALL = "LANDINGSBAAN_LAB"
SMALL_WORDS = ("window.start=2013-01", "window.end=2018-12", "window.warm_up_months=12", "processes=1")


def fly(without: str = NOTHING, language: str = "en", **sliders: float) -> Run:
    """Run a policy and its reference on a tenth of Zaanstad, and return the run.

    Parameters
    ----------
    without : str
        Mechanism taken out of the model: escalation, spill_over or team_help.
    language : str
        "en" or "nl".
    **sliders
        As on the dashboard: cut (share), phase_in (years), ahead (years), teams (number), fte (per 1,000
        inhabitants), signalling (share of the full programme), base (euro), patience (years).
    """
    scenario = scenario_from([*words_of(without, language, sliders), f"output.folder={FOLDER}"])
    return open_run(simulate(scenario, tells=False))


def follow(without: str = NOTHING, language: str = "en", **sliders: float) -> Path:
    """Tell the story of one household with and without a policy, and return its folder."""
    return tell(story_asked([*words_of(without, language, sliders), f"output.folder={FOLDER}"]))


def words_of(without: str, language: str, sliders: dict[str, float]) -> list[str]:
    """Return the words after `landingsbaan run` for sliders, checked as the dashboard checks them.

    Examples
    --------
    >>> words_of("nothing", "en", {"cut": 0.25, "phase_in": 2.5})[3:5]
    ['landing.cut=0.25', 'landing.years=2.5']
    """
    small = os.environ.get(SMALL) == "small"
    system, city = ("national_average", "street") if small else ("zaanstad", "zaanstad")
    try:
        taken_out = "" if without == NOTHING else without
        asked = State(system=system, city=city, policies={"a": sliders}, without=taken_out)
        state = read_link(link_of(asked))
    except ConfigurationError as error:
        raise ValueError(str(error)) from None
    words = overrides_of(state, "a", "sample", 1 if small else REPLICATIONS)
    return [*words, f"language={language}", *(SMALL_WORDS if small else ())]


def compare(flights: dict[str, Run], language: str = "en") -> pd.DataFrame:
    """Return flights below one another: what each saves, what it does to unmet need, and how sure.

    Reference less policy for money, policy less reference for need, over all years; with the interval that
    holds 90% of the replications.
    """
    return pd.DataFrame({name: _row(run, language) for name, run in flights.items()}).T


def transition_harms(flights: dict[str, Run], language: str = "en") -> pd.DataFrame:
    """Return the transition harms of flights against a strip of eight years, as announced and with the same
    money."""
    columns = {}
    for name, run in flights.items():
        by_part = run.table("transition_harms").groupby(["basis", "part", "unit"], sort=False, observed=True)[
            "value"
        ]
        columns[name] = {
            (texts.name(basis, language), texts.name(part, language), unit):
                texts.change(interval(values), language)
            for (basis, part, unit), values in by_part
        }  # fmt: skip
    return pd.DataFrame(columns)


def waiting(flights: dict[str, Run], language: str = "en") -> pd.DataFrame:
    """Return by year those waiting for a team or for care under each policy, mean over replications and
    months.
    """
    columns = {}
    for name, run in flights.items():
        months = run.table("monthly").query("arm == 'policy'")
        rate = 1000.0 * months[list(WAITING)].sum(axis=1) / months["inhabitants"]
        columns[name] = rate.groupby(months["year"]).mean().round(1)
    return pd.DataFrame(columns).rename_axis(word("column_waiting", language))


def show(run: Run, name: str, language: str = "en") -> "Shown":
    """Return a figure of a run: savings, why, landing, flows or neighbourhoods."""
    drawn = {each.__name__.rpartition(".")[2]: each for each in figures_of(run)}
    if name not in drawn:
        raise ValueError(f"show {name}: expected one of {', '.join(drawn)}{nearest(name, drawn)}")
    return Shown(
        picture=write(
            drawn[name].describe(run, language), scenario(run, language), run.folder, language
        ).read_bytes()
    )


def read(folder: Path, language: str = "en") -> "Shown":
    """Return the text of a story."""
    return Shown(text=(folder / f"story_{language}.md").read_text(encoding="utf-8").partition("\n![")[0])


def see(folder: Path, language: str = "en") -> "Shown":
    """Return the figure of a story."""
    return Shown(picture=(folder / f"story_{language}.png").read_bytes())


@dataclass(frozen=True)
class Shown:
    """Something a notebook shows: a picture or a text."""

    picture: bytes | None = field(default=None, repr=False)
    text: str | None = None

    def _repr_png_(self) -> bytes | None:
        return self.picture

    def _repr_markdown_(self) -> str | None:
        return self.text


def _row(run: Run, language: str) -> dict[str, str]:
    """Return one row of the comparison, numbers with their intervals."""
    own = run.table("savings").query("basis == 'municipality'")
    sums = own.groupby("replication")[["saving_eur_per_inhabitant", "unmet_difference"]].sum()
    notes = run.table("break_even").query("basis == 'municipality'")["note"]
    paid_back = {"paid": sum(notes == BROKEN_EVEN), "never": sum(notes == NO_INVESTMENT), "count": len(notes)}
    return {
        word("column_saved", language): texts.change(interval(sums["saving_eur_per_inhabitant"]), language),
        word("column_unmet", language): texts.change(interval(sums["unmet_difference"]), language),
        word("column_paid_back", language): word("paid_back_cell", language, **paid_back),
    }
