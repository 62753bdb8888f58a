"""`landingsbaan targets`: every calibration target against the model."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import KINDS
from scenarios.analysis.calibration.experiments import EXPERIMENTS, results_of
from scenarios.analysis.calibration.measured import EXPRESSIONS, Measured
from scenarios.common.calibration_inputs import Target, target_columns
from scenarios.common.terminal import BAD, GOOD, Cell, show_table
from scenarios.runs.resources import compile_rules
from scenarios.runs.scenario import Scenario, scenario_from
from simulation.model import Model
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR
from simulation.parameters import Parameters, changed
from simulation.population.municipality_profile import MunicipalityProfile

# The last year any target needs, and the first month of the warm-up.
LAST_MONTH = (2025 - BASE_YEAR + 1) * MONTHS_PER_YEAR - 1
FIRST_MONTH = 0
# Inputs as the model holds them, so that a reader sees them beside the target.
INPUTS = {
    "wmo_cost_support": lambda p, m: _per_client(p, m, "support_users", "guidance", "day_care"),
    "wmo_cost_household_help": lambda p, m: _per_client(p, m, "users_household_help", "household_help"),
    "wmo_cost_residence": lambda p, m: _per_client(p, m, "residence_users", "protected_residence", "shelter"),
    "debt_signal_contact": lambda p, m: 100.0 * p.referral_source.debt_signal_contact,
    "debt_signal_acceptance": lambda p, m: 100.0 * p.referral_source.debt_signal_acceptance,
    "informal_carers_share": lambda p, m: 100.0 * p.informal_network.carers_share,
    "team_staff_per_1000": lambda p, m: p.wijkteam.fte_per_1000,
}
NOT_HELD = {
    "multiproblem_cost": "not a parameter: it adds up from care; the studies count benefits too",
    "family_prevention_nnt": "low-threshold help counts months helped and follows no family",
}


def _per_client(parameters: Parameters, measured: Measured, users: str, *kinds: str) -> float:
    """Return what a client of a year costs: prices are per place and year, clients stay shorter."""
    prices = parameters.provider.price_eur_per_year
    cost = sum(measured.mean(f"clients_{kind}", 2017) * prices[KINDS.index(kind)] for kind in kinds)
    return cost / measured.total(users, 2017)


@dataclass(frozen=True)
class ComparedTarget(Target):
    """One target beside the model's value; `inside` is None for inputs and what is not expressed."""

    model: float | None
    note: str = ""

    @property
    def inside(self) -> bool | None:
        """Whether the model's value lies within the target's bounds."""
        if self.kind == "input" or self.model is None:
            return None
        return self.low <= self.model <= self.high


def measured_model(
    parameters: Parameters,
    profile: MunicipalityProfile,
    seed: int,
    last_month: int = LAST_MONTH,
    saved_years: Iterable[int] = (),
) -> tuple[Model, dict[int, Model]]:
    """Run one municipality through history; returns it, and saved states of some years."""
    model = Model(parameters, profile, seed, FIRST_MONTH, last_month + 3 * MONTHS_PER_YEAR)
    model.recorder.stored, model.recorder.all_stocks = (), True
    saved = {}
    for year in sorted(set(saved_years)):
        model.run_until((year - BASE_YEAR) * MONTHS_PER_YEAR)
        saved[year] = model.copy()
    return model.run_until(last_month + 1), saved


def values_of_targets(
    scenario: Scenario, seed: int, drawn: Mapping[str, Any], experiments: Iterable[str] = EXPERIMENTS
) -> dict[str, float]:
    """Return the model's value of every emergent target and of some experiments.

    Parameters
    ----------
    scenario : Scenario
        The municipality; the first-line share is Zaanstad's own figure, measured in a model of Zaanstad.
    seed : int
        Random seed of both models.
    drawn : dict
        Parameters by full name that hold from the beginning.
    experiments : iterable of str
        Names of `EXPERIMENTS`.

    Returns
    -------
    dict of str to float
        Not a number where nobody was counted, as in a street.
    """
    parameters = changed(scenario.parameters, dict(drawn))
    experiments = tuple(experiments)
    years = {EXPERIMENTS[name][1] for name in experiments}
    model, saved = measured_model(parameters, scenario.profile, seed, saved_years=years)
    values = measured_values(model, EXPRESSIONS)
    values |= {name: _known(partial(value, parameters), Measured(model)) for name, value in INPUTS.items()}
    release(model, dismantle=True)
    values["first_line_cost_share"] = zaanstad_first_line_share(scenario.households, seed, drawn)
    values |= results_of(experiments, saved)
    for initial_state in saved.values():
        release(initial_state, dismantle=True)
    return values


def measured_values(model: Model, expressions: Mapping[str, Callable[[Measured], float]]) -> dict[str, float]:
    """Return the value of every expression in a run; not a number where nobody was counted."""
    measured = Measured(model)
    return {name: _known(express, measured) for name, express in expressions.items()}


def _known(express: Callable[[Any], float], of: Any) -> float:
    """Return a value, not a number where it would be divided by nobody."""
    try:
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(express(of))
    except ZeroDivisionError:
        return float("nan")


def compared_targets(scenario: Scenario) -> list[ComparedTarget]:
    """Return every calibration target with the model's value."""
    values = values_of_targets(scenario, scenario.seeds[0], {})
    rows = []
    for columns in target_columns():
        name = columns["target"]
        # What the trials measured could be put in; here it is not, and has to come out.
        kind = "experiment" if name in EXPERIMENTS else columns["kind"]
        rows.append(
            ComparedTarget(**{**columns, "kind": kind}, model=values.get(name), note=NOT_HELD.get(name, ""))
        )
    return rows


@cache
def zaanstad_of(households: int | None) -> Scenario:
    """Return Zaanstad under its own system, of a number of households."""
    size = [f"municipality.households={households}"] if households else []
    return scenario_from(["system=zaanstad", *size])


def zaanstad_first_line_share(households: int | None, seed: int, drawn: Mapping[str, Any]) -> float:
    """Return the first line's share of spending in Zaanstad under its own system."""
    zaanstad = zaanstad_of(households)
    last = (2018 - BASE_YEAR + 1) * MONTHS_PER_YEAR - 1
    model, _ = measured_model(changed(zaanstad.parameters, dict(drawn)), zaanstad.profile, seed, last)
    name = "first_line_cost_share"
    share = measured_values(model, {name: EXPRESSIONS[name]})[name]
    release(model, dismantle=True)
    return share


def show_targets(rows: list[ComparedTarget]) -> None:
    """Print the table, emergent targets and experiments before inputs."""
    cells: list[list[Cell]] = []
    for row in sorted(rows, key=lambda r: ("emergent", "experiment", "input").index(r.kind)):
        model = "-" if row.model is None else f"{row.model:.4g}"
        looks: dict[bool | None, Cell] = {None: "", True: ("yes", GOOD), False: ("no", BAD)}
        bounds, unit = f"[{row.low:g}, {row.high:g}]", row.unit + (f" ({row.note})" if row.note else "")
        state = "input" if row.kind == "input" else looks[row.inside]
        cells.append([row.target, model, f"{row.value:.4g}", bounds, state, unit])
    show_table(("target", "model", "target", "bounds", "inside", "unit"), cells, right=[1, 2])


def verdict_lines(rows: list[ComparedTarget]) -> list[str]:
    """Return how many rows are expressed and inside, and which are not."""
    lines = []
    for kind in ("emergent", "experiment"):
        mine = [row for row in rows if row.kind == kind]
        expressed = [row for row in mine if row.model is not None]
        inside = [row for row in expressed if row.inside]
        lines.append(
            f"{kind}: {len(expressed)} of {len(mine)} rows expressed, {len(inside)} inside their bounds"
        )
        outside = ", ".join(f"{row.target} {row.model:.3g}" for row in expressed if not row.inside)
        if outside:
            lines.append(f"  outside: {outside}")
    return lines


def main(scenario: Scenario) -> None:
    """Print every target against the model."""
    compile_rules(scenario.language)
    print(f"{scenario.profile.name}, {scenario.profile.households:,} households in 2010, one seed")
    rows = compared_targets(scenario)
    show_targets(rows)
    print("\n".join(["", *verdict_lines(rows)]))
