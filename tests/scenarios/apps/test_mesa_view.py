"""Mesa's own view: the model makes itself from plain values, and SolaraViz shows it step by step."""

import time

import pytest

from scenarios.apps.mesa_view import (
    VisibleModel,
    networks_figure,
    problems_by_wijk,
    teams_figure,
    wijken_figure,
)
from scenarios.runs.replications import run_arm
from scenarios.runs.scenario import scenario_from

AFTER_TRANSITION = 190  # steps: 120 months of warm-up, and 70 from January 2010


@pytest.fixture(scope="module")
def model():
    """A street in which teams have begun."""
    visible = VisibleModel()
    for _ in range(AFTER_TRANSITION):
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
    seen = model.recorder.column("municipal_cost_eur")[120:AFTER_TRANSITION]
    assert seen.tolist() == monthly["municipal_cost_eur"].tolist()[: len(seen)]


def test_what_is_plotted_is_kept_every_month(model):
    kept = model.datacollector.get_model_vars_dataframe()
    assert len(kept) == AFTER_TRANSITION and kept["Cases of teams"].iloc[-1] > 0


def test_wijken_networks_and_teams_are_drawn(model):
    assert len(problems_by_wijk(model)) == 2
    for draw in (wijken_figure, networks_figure, teams_figure):
        assert draw(model).axes[0].get_title()


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
