"""Screens before the routes of signals: they spare time and turn nobody away (process 5)."""

import numba
import numpy as np
import pytest

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import YOUTH
from simulation.model import Model
from simulation.parameters import Parameters, changed
from simulation.population.municipality_profile import load_profile
from simulation.processes.signals.noticing import (
    bounds_by_severity,
    bounds_on_signals,
    is_below_severity_bound,
    may_be_noticed,
    route_of_signal,
    terms_of_help_seeking,
    worst_unattended,
    worst_unattended_severities,
)
from simulation.world import ACTIVE

# People ask soonest, links are complete and GPs are slow: then other routes need the room of the bound.
STRONGEST = {
    "household.help_seeking_per_month": 0.4,
    "household.help_seeking_threshold": 0.3,
    "referral_source.gp_per_month": 0.0,
    "referral_source.police_per_month": 0.4,
    "referral_source.police_link": 1.0,
    "referral_source.debt_signals": 1.0,
    "referral_source.district_nurse_link": 1.0,
    "referral_source.housing_corporation_link": 1.0,
    "wijkteam.outreach_share": 0.6,
}
DRAWS = 400


@numba.njit(error_model="numpy")
def noticed_and_screened(world, draws, noticed, shown, kept):
    """Fill who is signalled at each draw, and who each of the two screens lets through."""
    at_most, bounds = bounds_by_severity(world), bounds_on_signals(world)
    help_seeking = terms_of_help_seeking(world)
    for turn in range(world.counts[ACTIVE]):
        household = np.int64(world.active[turn])
        home = world.households[household]
        worst = worst_unattended_severities(home)
        problem, severity = worst_unattended(world, household)
        # Children's problems that show more than a crisis does are bounded as those of a crisis.
        if problem < 0 or (problem >= YOUTH and severity + at_most[5] > 1.0):
            continue
        for draw in range(len(draws)):
            noticed[turn, draw] = route_of_signal(world, household, problem, draws[draw]) >= 0
            shown[turn, draw] = is_below_severity_bound(worst[0], worst[1], at_most, draws[draw])
            kept[turn, draw] = may_be_noticed(home, worst, bounds, help_seeking, draws[draw])


@pytest.mark.parametrize("levers", [{}, STRONGEST], ids=["defaults", "strongest"])
def test_no_screen_turns_away_whom_somebody_would_notice(levers):
    parameters = changed(Parameters(), levers) if levers else Parameters()
    model = Model(parameters, load_profile("average", 2010, 1_500), 1, 60, 240)
    model.run_until(200)
    shape = (int(model.world.counts[ACTIVE]), DRAWS)
    noticed, shown, kept = (np.zeros(shape, dtype=bool) for _ in range(3))
    noticed_and_screened(model.world, (np.arange(DRAWS) + 0.5) / DRAWS, noticed, shown, kept)
    release(model)
    assert noticed.any() and not kept.all()
    assert not (noticed & ~kept).any()
    assert not (kept & ~shown).any()
    assert kept.sum() < 0.5 * kept.size
