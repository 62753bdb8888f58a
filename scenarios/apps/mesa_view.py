"""Mesa's own view: a municipality in SolaraViz, month by month, for people who know Mesa.

    solara run scenarios/apps/mesa_view.py

Needs the extra `solara`. What is shown is read from the agents; nothing is computed here.
"""

from typing import Any

import mesa
import numpy as np

from agents.household import Household
from agents.informal_network import InformalNetwork
from scenarios.reporting.figures.style import BLUE, RED
from scenarios.runs.arms import Arm, arms_of, first_month_of_warm_up, policy_branch_month
from scenarios.runs.replications import parameters_of_replication
from scenarios.runs.scenario import scenario_from
from simulation.model import Model
from simulation.months import month_text
from simulation.recording.arm_names import POLICY, POLICY_ARMS

MUNICIPALITIES = ("street", "neutral_city", "zaanstad")
CUT, PHASE_IN_YEARS, SEED = 0.25, 2.5, 1


class VisibleModel(Model):
    """A model that makes itself from plain values, as Mesa's views ask, and keeps what they plot.

    Parameters
    ----------
    municipality : str
        Who lives there, a member of conf/municipality.
    arm : str
        "reference", or "policy" for early signalling.
    cut : float
        Share of the grants that is cut.
    phase_in_years : float
        Length of the landing strip.
    seed : int
        Random seed.

    Examples
    --------
    >>> model = VisibleModel()
    >>> model.step()
    >>> len(model.datacollector.get_model_vars_dataframe())
    1
    """

    def __init__(
        self,
        municipality: str = MUNICIPALITIES[0],
        arm: str = POLICY,
        cut: float = CUT,
        phase_in_years: float = PHASE_IN_YEARS,
        seed: int = SEED,
    ) -> None:
        scenario = scenario_from(
            [
                *("system=national_average", f"municipality={municipality}", "replication.draws=fixed"),
                *(
                    f"replication.first_seed={seed}",
                    f"landing.cut={cut:g}",
                    f"landing.years={phase_in_years:g}",
                ),
            ]
        )
        parameters, _ = parameters_of_replication(scenario, 0)
        self.arm: Arm = next(each for each in arms_of(scenario, parameters) if each.name == arm)
        self.branch_months = sorted({policy_branch_month(scenario), scenario.transition_month})
        super().__init__(
            parameters, scenario.profile, seed, first_month_of_warm_up(scenario), scenario.end_month
        )
        self.datacollector = mesa.DataCollector(
            {
                "Waiting for a team": lambda model: sum(team.waiting for team in model.teams),
                "Cases of teams": lambda model: sum(team.caseload for team in model.teams),
                "Waiting for care": lambda model: sum(each.waiting for each in model.providers),
                "In specialist care": lambda model: sum(each.clients for each in model.providers),
            }
        )

    def step(self) -> None:
        """Run one month as every run does, branch months included, and keep what is plotted."""
        if self.month in self.branch_months:
            self.apply_policy(self.arm.parameters)
        super().step()
        self.datacollector.collect(self)


def problems_by_wijk(model: Model) -> np.ndarray:
    """Return the share of households with heavy problems per wijk, shape (n_wijken,)."""
    households = model.agents_by_type[Household]
    heavy = np.array(households.get("severity")).max(axis=1) >= model.parameters.household.heavy_at
    wijken = np.array(households.get("wijk"))
    sizes = np.bincount(wijken)
    return np.bincount(wijken, weights=heavy, minlength=len(sizes)) / np.maximum(sizes, 1)


def wijken_figure(model: Model) -> Any:
    """Return wijken side by side: the share of households with heavy problems."""
    figure, axes = _axes("Wijken: households with heavy problems", "wijk", "% of households")
    shares = 100.0 * problems_by_wijk(model)
    axes.bar(np.arange(1, len(shares) + 1), shares, color=BLUE)
    return figure


def networks_figure(model: Model) -> Any:
    """Return informal networks: remaining strength by tiredness."""
    networks = model.agents_by_type[InformalNetwork]
    figure, axes = _axes("Informal networks", "tiredness", "strength left (share of full strength)")
    left = np.array(networks.get("capacity")) / np.maximum(networks.get("full_capacity"), 1e-9)
    axes.scatter(networks.get("tiredness"), left, s=12, alpha=0.5, color=BLUE)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.05)
    return figure


def teams_figure(model: Model) -> Any:
    """Return teams side by side: cases, and households waiting for a first talk."""
    teams = [team for team in model.teams if team.exists]
    figure, axes = _axes("Teams (from the transition on)", "team", "households")
    places = np.arange(1, len(teams) + 1)
    axes.bar(places - 0.2, [team.caseload for team in teams], 0.4, color=BLUE, label="cases")
    axes.bar(places + 0.2, [team.waiting for team in teams], 0.4, color=RED, hatch="//", label="waiting")
    axes.legend()
    return figure


def _axes(title: str, across: str, up: str) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.0, 3.6), layout="constrained")
    axes = figure.subplots()
    axes.set(title=title, xlabel=across, ylabel=up)
    return figure, axes


def view() -> Any:
    """Return the view: a month a step, three figures of agents and what is stored of every month."""
    import solara
    from mesa.visualization import Slider, SolaraViz, make_plot_component
    from mesa.visualization.utils import update_counter

    def shown(draw: Any) -> Any:
        @solara.component  # type: ignore[untyped-decorator]
        def component(model: Model) -> None:
            update_counter.get()
            solara.FigureMatplotlib(draw(model))

        return component

    @solara.component  # type: ignore[untyped-decorator]
    def when(model: Model) -> None:
        update_counter.get()
        solara.Markdown(f"**{month_text(model.month)}**, {len(model.agents_by_type[Household])} households")

    asked = {
        "municipality": {"type": "Select", "value": MUNICIPALITIES[0], "values": list(MUNICIPALITIES)},
        "arm": {"type": "Select", "value": POLICY, "values": list(POLICY_ARMS)},
        "cut": Slider("Cut to the grants", CUT, 0.0, 0.5, 0.05),
        "phase_in_years": Slider("Length of the phase-in (years)", PHASE_IN_YEARS, 0.0, 8.0, 0.5),
        "seed": SEED,
    }
    kept = make_plot_component({"Waiting for a team": RED, "Cases of teams": BLUE})
    parts = [when, *(shown(draw) for draw in (wijken_figure, networks_figure, teams_figure)), kept]
    return SolaraViz(VisibleModel(), components=parts, model_params=asked, name="Landingsbaan")


if __name__ == "__main__":  # so `solara run` reads it
    page = view()
