"""Mesa's own view: a municipality in SolaraViz, month by month from the transition, for people who know Mesa.

    solara run scenarios/apps/mesa_view.py

Needs the extra `solara`. What is shown is read from the agents; nothing is computed here.
"""

from typing import Any

import mesa
import numpy as np

from agents.household import Household
from agents.informal_network import InformalNetwork
from scenarios.reporting.figures.style import BLACK, BLUE, GREY, ORANGE, RED
from scenarios.runs.arms import Arm, arms_of, first_month_of_warm_up, policy_branch_month
from scenarios.runs.replications import parameters_of_replication
from scenarios.runs.scenario import scenario_from
from simulation.model import Model
from simulation.months import month_text
from simulation.recording.arm_names import POLICY, POLICY_ARMS

MUNICIPALITIES = ("street", "neutral_city", "zaanstad")
CUT, PHASE_IN_YEARS, SEED = 0.25, 2.5, 1
# Where a household stands, the first that holds, with its colour.
STANDS = {
    "waiting for care": RED,
    "in care": BLUE,
    "heavy problems, no care": ORANGE,
    "none of these": "#C9D2D9",
}
MOST_DOTS = 400  # households drawn of a wijk
MOST_NETWORKS = 12
# Mesa calls the one page of its view "Page 0".
WITHOUT_PAGES = ".v-tabs { display: none; }"


class VisibleModel(Model):
    """A model that makes itself from plain values, as Mesa's views ask, and keeps what they plot.

    It opens when the first month after the transition is over and teams are at work: what came before is
    simulated when it is made.

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
    >>> month_text(model.month), len(model.datacollector.get_model_vars_dataframe())
    ('2015-03', 2)
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
                "Waiting for specialist care": lambda model: sum(each.waiting for each in model.providers),
                "In specialist care": lambda model: sum(each.clients for each in model.providers),
            }
        )
        while self.month <= scenario.transition_month:
            self._simulate_month()
        self.datacollector.collect(self)

    def step(self) -> None:
        """Run one month, and keep what is plotted."""
        self._simulate_month()
        self.datacollector.collect(self)

    def _simulate_month(self) -> None:
        """Run one month as every run does, branch months included."""
        if self.month in self.branch_months:
            self.apply_policy(self.arm.parameters)
        Model.step(self)


def standing(model: Model) -> np.ndarray:
    """Return where every household stands, as its number in `STANDS`, shape (n_households,)."""
    households = model.agents_by_type[Household]
    heavy = np.array(households.get("severity")).max(axis=1) >= model.parameters.household.heavy_at
    in_care, waiting = (np.array(households.get(name)) > 0 for name in ("in_care", "waiting"))
    return np.select([waiting, in_care, heavy], [0, 1, 2], 3)


def wijken_figure(model: Model) -> Any:
    """Return every wijk as a block of its households, a dot each, or one for as many as fit."""
    wijken = np.array(model.agents_by_type[Household].get("wijk"))
    stands = standing(model)
    number = int(wijken.max()) + 1
    across = int(np.ceil(np.sqrt(number)))
    figure, axes = _axes("Households by wijk")
    for wijk in range(number):
        own = np.sort(stands[wijken == wijk])
        dots = own[:: max(1, int(np.ceil(len(own) / MOST_DOTS)))]
        side = int(np.ceil(np.sqrt(len(dots))))
        x, y = np.arange(len(dots)) % side, np.arange(len(dots)) // side
        left, top = (wijk % across) * 1.15, -(wijk // across) * 1.35
        axes.scatter(left + x / side, top - y / side, s=max(2.0, 900.0 / across / side), c=_colours(dots))
        axes.text(left, top + 0.08, f"wijk {wijk + 1}, {len(own):,} households", fontsize="small")
    _legend(axes)
    return figure


def networks_figure(model: Model) -> Any:
    """Return the informal networks of the wijk with most problems: each a hub with its households around it.

    The larger the hub, the stronger the network; the darker, the more tired.
    """
    households = model.agents_by_type[Household]
    wijken, stands = np.array(households.get("wijk")), standing(model)
    members = np.array(households.get("network"))
    worst = int(np.argmax(np.bincount(wijken, stands < 3) / np.maximum(np.bincount(wijken), 1)))
    networks = list(model.agents_by_type[InformalNetwork])
    shown = np.unique(members[wijken == worst])[:MOST_NETWORKS]
    figure, axes = _axes(f"Informal networks in wijk {worst + 1}: {len(shown)} of them")
    for place, number in enumerate(shown):
        network, around = networks[number], np.sort(stands[members == number])
        middle = np.array([(place % 4) * 2.6, -(place // 4) * 2.6])
        angles = np.linspace(0.0, 2.0 * np.pi, len(around), endpoint=False)
        dots = middle + np.column_stack([np.cos(angles), np.sin(angles)])
        for dot in dots:
            axes.plot(*np.column_stack([middle, dot]), color=GREY, linewidth=0.6, zorder=1)
        axes.scatter(*dots.T, s=26, c=_colours(around), zorder=2)
        strength = network.capacity / max(network.full_capacity, 1e-9)
        axes.scatter(*middle, s=40 + 160 * strength, c=[str(0.9 - 0.9 * network.tiredness)],
                     edgecolors=BLACK, zorder=3)  # fmt: skip
    _legend(axes)
    return figure


def teams_figure(model: Model) -> Any:
    """Return teams side by side: cases, and households waiting for a first talk."""
    teams = [team for team in model.teams if team.exists]
    figure, axes = _axes("Teams: cases and waiting list", "team", "households")
    places = np.arange(1, len(teams) + 1)
    axes.bar(places - 0.2, [team.caseload for team in teams], 0.4, color=BLUE, label="cases")
    axes.bar(places + 0.2, [team.waiting for team in teams], 0.4, color=RED, hatch="//", label="waiting")
    axes.set_xticks(places)
    axes.legend()
    return figure


def _axes(title: str, across: str = "", up: str = "") -> tuple[Any, Any]:
    """Return a figure and its axes, with a frame only where something is measured along it."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.0, 4.4), layout="constrained")
    axes = figure.subplots()
    axes.set(title=title, xlabel=across, ylabel=up)
    if not across:
        axes.set_title(title, pad=24.0)
        axes.set_aspect("equal")
        axes.axis("off")
    return figure, axes


def _colours(stands: np.ndarray) -> list[str]:
    return [list(STANDS.values())[each] for each in stands]


def _legend(axes: Any) -> None:
    """Say below a drawing which colour is which."""
    for name, colour in STANDS.items():
        axes.scatter([], [], s=26, c=colour, label=name)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=2, frameon=False, fontsize="small")


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
        solara.Style(WITHOUT_PAGES)
        solara.Markdown(f"**{month_text(model.month)}**, {len(model.agents_by_type[Household])} households")

    asked = {
        "municipality": {"type": "Select", "value": MUNICIPALITIES[0], "values": list(MUNICIPALITIES)},
        "arm": {"type": "Select", "value": POLICY, "values": list(POLICY_ARMS)},
        "cut": Slider("Cut to the grants", CUT, 0.0, 0.5, 0.05),
        "phase_in_years": Slider("Length of the phase-in (years)", PHASE_IN_YEARS, 0.0, 8.0, 0.5),
        "seed": SEED,
    }
    plot = make_plot_component(
        {"Waiting for a team": RED, "Cases of teams": BLUE, "Waiting for specialist care": ORANGE}
    )
    parts = [when, *(shown(draw) for draw in (wijken_figure, networks_figure, teams_figure)), plot]
    return SolaraViz(VisibleModel(), components=parts, model_params=asked, name="Landingsbaan")


if __name__ == "__main__":  # so `solara run` reads it
    page = view()
