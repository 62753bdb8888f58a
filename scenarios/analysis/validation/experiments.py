"""Experiments that follow the designs of studies the model was not fitted to.

Each compares lives of the same people with the same luck that differ in one thing from a date on.
"""

from dataclasses import replace

import numpy as np

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import SUPERVISION, YOUTH, YOUTH_RESIDENTIAL, YOUTH_TEAM
from agents.wijkteam import effect_of_hours
from scenarios.analysis.validation.observer import in_care
from simulation.model import Model
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.parameters import changed
from simulation.recording.indicators import satisfaction, share

TWO_YEARS, THREE_YEARS = 24, 36
LESS_EARLY_HELP = 0.15


def _in_year(model: Model, name: str, year: int) -> float:
    first = (year - BASE_YEAR) * MONTHS_PER_YEAR - model.recorder.first_month
    return float(model.recorder.column(name)[first : first + MONTHS_PER_YEAR].sum())


def early_family_help(past: Model) -> dict[str, np.ndarray]:
    """Return children of families at the edge with formal measures and in care, by month (Troubled Families).

    Followed for two years are the children who are on a team's caseload with trouble at or above
    `edge_at` and not placed, with intensive help close to families and without.

    Returns
    -------
    dict of str to float64 array of shape (24,)
        "formal_with", "formal_without": under a supervision order; "care_with", "care_without": placed.
    """
    now = in_care(past)
    at_edge = past.world.households["severity"][:, YOUTH:] >= past.world.p["edge_at"][0]
    at_edge = at_edge & now[:, :, 0] & ~now[:, :, YOUTH_RESIDENTIAL - YOUTH_TEAM]
    found: dict[str, np.ndarray] = {}
    for name, help_given in (("without", 0.0), ("with", 1.0)):
        model = past.fork()
        model.adopt(changed(model.parameters, {"wijkteam.help_close_to_families": help_given}))
        formal, care = np.zeros(TWO_YEARS), np.zeros(TWO_YEARS)
        for month in range(TWO_YEARS):
            model.step()
            now = in_care(model)[at_edge]
            formal[month] = now[:, SUPERVISION - YOUTH_TEAM].sum()
            care[month] = now[:, YOUTH_RESIDENTIAL - YOUTH_TEAM].sum()
        found |= {f"formal_{name}": formal, f"care_{name}": care}
        release(model, dismantle=True)
    return found


def cut_in_early_help(past: Model) -> dict[str, np.ndarray]:
    """Return heavy cases by month, with early help cut by 15% and without (Webb 2021, Bennett 2021).

    Heavy cases are placements and supervision orders.
    """
    found = {}
    for name in ("usual", "less"):
        model = past.fork()
        p = model.parameters
        if name == "less":
            base = p.informal_network.social_base_eur_per_inhabitant * (1 - LESS_EARLY_HELP)
            p = replace(
                p,
                wijkteam=replace(p.wijkteam, fte_per_1000=p.wijkteam.fte_per_1000 * (1 - LESS_EARLY_HELP)),
                informal_network=replace(p.informal_network, social_base_eur_per_inhabitant=base),
            )
        model.adopt(p)
        if name == "less":
            model.world.teams["fte"] *= 1 - LESS_EARLY_HELP
        model.run_until(past.month + THREE_YEARS)
        first = past.month - model.start_month
        column = model.recorder.column
        cases = column("clients_youth_residential") + column("clients_supervision_order")
        found[f"heavy_{name}"] = cases[first : first + THREE_YEARS].copy()
        release(model, dismantle=True)
    return found


def satisfaction_by_kind(model: Model, year: int) -> float:
    """Return points by which wijkteams are above youth teams in a year, run from its January.

    What is asked of all: months waited and time per case. Transfers and refusals are not told by kind.
    """
    kinds: tuple[list[float], list[float]] = ([], [])
    half = float(model.world.p["half_effect_hours"][0])
    for _ in range(MONTHS_PER_YEAR):
        model.step()
        teams = model.world.teams
        for kind, hours in enumerate(kinds):
            mine = teams[teams["kind"] == kind]
            per_case = share(float(mine["support_hours"].sum()), float(mine["caseload"].sum()))
            hours.append(float(effect_of_hours(per_case, half)))
    levels = []
    for name, hours in zip(("wijkteam", "youth_team"), kinds, strict=True):
        waited = share(
            _in_year(model, f"waited_months_{name}", year), _in_year(model, f"starts_{name}", year)
        )
        levels.append(satisfaction(waited, 0.0, 0.0, float(np.mean(hours))))
    return levels[0] - levels[1]
