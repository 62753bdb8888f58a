"""Mesa's own view: the model makes itself from plain values, and SolaraViz shows it step by step."""

import time

import pytest

from scenarios.apps.mesa_view import (
    MOST_DOTS,
    MOST_NETWORKS,
    STANDS,
    VisibleModel,
    networks_figure,
    standing,
    teams_figure,
    wijken_figure,
)
from scenarios.runs.replications import run_arm
from scenarios.runs.scenario import scenario_from
from simulation.months import month_text

MONTHS_SEEN = 12


@pytest.fixture(scope="module")
def model():
    """A street in the year after the transition."""
    visible = VisibleModel()
    for _ in range(MONTHS_SEEN):
        visible.step()
    return visible


def test_the_view_steps_through_the_months_of_a_run(model):
    words = [
        "system=overnight",
        "municipality=street",
        "replication.draws=fixed",
        "landing.cut=0.25",
        "landing.years=2.5",
    ]
    monthly = run_arm(scenario_from(words), 0, "policy")["monthly"]
    seen = model.recorder.column("municipal_cost_eur")[120 : 181 + MONTHS_SEEN]
    assert len(seen) == 61 + MONTHS_SEEN
    assert seen.tolist() == monthly["municipal_cost_eur"].tolist()[: len(seen)]


def test_the_view_opens_just_after_the_transition_with_something_to_see():
    opened = VisibleModel()
    assert month_text(opened.month) == "2015-02" and opened.steps == 0
    assert len(opened.datacollector.get_model_vars_dataframe()) == 1
    shown = {list(STANDS)[each] for each in standing(opened)}
    assert {"in care", "heavy problems, no care", "none of these"} <= shown
    assert len(teams_figure(opened).axes[0].patches) >= 2  # cases and waiting list of a team


def test_what_is_plotted_is_kept_every_month(model):
    kept = model.datacollector.get_model_vars_dataframe()
    assert len(kept) == MONTHS_SEEN + 1 and kept["Cases of teams"].iloc[-1] > 0


def dots_of(figure):
    return sum(len(each.get_offsets()) for each in figure.axes[0].collections)


def test_every_household_of_a_street_is_a_dot_in_its_wijk(model):
    figure = wijken_figure(model)
    sizes = [int(text.get_text().split()[2]) for text in figure.axes[0].texts]
    assert len(sizes) == 2 and sum(sizes) == len(standing(model))
    assert dots_of(figure) == sum(len(range(0, size, -(-size // MOST_DOTS))) for size in sizes)


def test_networks_are_hubs_with_lines_to_their_households(model):
    figure = networks_figure(model)
    lines = len(figure.axes[0].lines)
    hubs = int(figure.axes[0].get_title().split(": ")[1].split()[0])
    assert 0 < hubs <= MOST_NETWORKS and dots_of(figure) == lines + hubs


def test_teams_show_cases_and_waiting_lists(model):
    heights = [bar.get_height() for bar in teams_figure(model).axes[0].patches]
    teams = [team for team in model.teams if team.exists]
    assert heights == [*(team.caseload for team in teams), *(team.waiting for team in teams)]


def test_solaraviz_shows_the_model_and_steps_it():
    """Rendered as a page is, without a browser."""
    solara = pytest.importorskip("solara", reason="needs the extra `solara`")
    vuetify = pytest.importorskip("ipyvuetify", reason="needs the extra `solara`")
    from scenarios.apps.mesa_view import view

    box, shown = solara.render(solara.AppLayout(children=[view()]), handle_error=False)
    step = next(each for each in shown.find(vuetify.Btn).widgets if each.children == ["Step"])
    step.click()
    last = time.monotonic() + 30.0
    while "Step: 1" not in texts_of(box) and time.monotonic() < last:
        time.sleep(0.1)
    assert "Step: 1" in texts_of(box)
    shown.close()


def texts_of(widget):
    """Return every text within a widget."""
    found = []
    for child in getattr(widget, "children", None) or []:
        found += [child] if isinstance(child, str) else texts_of(child)
    return found
