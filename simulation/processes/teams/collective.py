"""Work for a whole wijk: communities are built, shared problems are answered, tenders break off cases."""

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
from agents.state import FLAG_COORDINATED
from agents.vocabulary import WIJKTEAM, YOUTH, YOUTH_TEAM
from agents.wijkteam_organisation import (
    fte_beside,
    is_heard,
    is_tender_month,
    next_community,
    share_answered_together,
    share_of_questions_heard,
)
from simulation.compiled.bits import lowest_bit
from simulation.processes.care.care_episodes import end_slot
from simulation.processes.care.care_slots import TEAM_MASK, bit, slot_for
from simulation.processes.teams.work import months_since_transition
from simulation.randomness.common_random_numbers import Purpose, stream, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import ANSWERED_TOGETHER, BROKEN_OFF
from simulation.world import ACTIVE

TENDER_BREAKS = np.int64(Purpose.TENDER_BREAKS)


@compiled_inline
def hours_per_1000(hours, team):
    """Return hours of a team's month per 1,000 inhabitants of its wijken."""
    return 1000.0 * hours / max(1.0, team["inhabitants"])


@compiled_inner
def community_hours_of(world, wijk):
    """Return the hours per 1,000 inhabitants that teams spent last month on building a wijk's community."""
    team = world.teams[wijk["team"]]
    hours = hours_per_1000(team["community_hours"], team)
    if wijk["youth_team"] != wijk["team"]:
        youth_team = world.teams[wijk["youth_team"]]
        hours += hours_per_1000(youth_team["community_hours"], youth_team)
    return hours


@compiled_inner
def communities_grow(world):
    """Communities of all wijken grow with the hours spent on them last month, or decay."""
    p = world.p[0]
    for number in range(len(world.wijken)):
        wijk = world.wijken[number]
        hours = community_hours_of(world, wijk)
        wijk["community"] = next_community(
            wijk["community"], hours, p["community_hours_full"], p["community_months"]
        )


@compiled_inner
def struck_by_shared_problem(world, household, problem, began):
    """Whether a household's problem came up while the shared problem of its wijk went on."""
    struck = world.households[household]["severity"][problem] > 0.0
    return struck & (world.lives[household]["start_month"][problem] >= began)


@compiled_inner
def answer_shared_problem(world):
    """In wijken with a shared problem, what many households ask the team is answered together.

    Whoever the problem strikes is the same under every policy; what is taken away is how long it lasts.
    """
    p = world.p[0]
    now = world.municipality[0]
    hears = share_of_questions_heard(p["collective_form"], p["separate_hears"])
    if p["signals_group"] * hears * p["collective_share"] <= 0.0:
        return
    for number in range(len(world.wijken)):
        wijk = world.wijken[number]
        if wijk["shock_until"] < now["month"] or world.teams[wijk["team"]]["exists"] == 0:
            continue
        answer_wijk(world, number, hears)


@compiled_inner
def answer_wijk(world, number, hears):
    """Households struck by the shared problem of one wijk lose part of it, as far as it was heard of."""
    p = world.p[0]
    wijk = world.wijken[number]
    problem = np.int64(wijk["shock_problem"])
    team = world.teams[wijk["youth_team"] if problem == YOUTH else wijk["team"]]
    slot = slot_for(YOUTH_TEAM, 0) if problem == YOUTH else WIJKTEAM
    began = wijk["shock_until"] - int(p["shock_months"])
    first, last = wijk["first"], wijk["first"] + wijk["size"]
    questions = 0
    for household in range(first, last):
        home = world.households[household]
        asked = np.uint32(home["in_care"] | home["waiting"]) & bit(slot)
        questions += (asked != 0) & struck_by_shared_problem(world, household, problem, began)
    beside = fte_beside(team["fte"], p["collective_form"], p["collective_share"])
    hours = team["collective_hours"] + beside * p["hours_per_fte"] * world.municipality[0]["prevention"]
    less = share_answered_together(
        p["signals_group"],
        hears,
        is_heard(questions, wijk["size"], p["questions_for_signal"]),
        hours_per_1000(hours, team),
        p["collective_hours_full"],
    )
    if less <= 0.0:
        return
    for household in range(first, last):
        if struck_by_shared_problem(world, household, problem, began):
            severity = world.households[household]["severity"]
            severity[problem] = severity[problem] * (1.0 - less)
            world.tally[number, ANSWERED_TOGETHER] += 1
            diary.note(world, household, diary.ANSWERED_TOGETHER, problem, diary.NONE, less, 0.0)


@compiled_inner
def break_off_by_tender(world):
    """In a month of tenders a share of running cases is broken off: the new party does not know them."""
    p = world.p[0]
    now = world.municipality[0]
    if not is_tender_month(months_since_transition(now), p["tender_per_wijk"], p["tender_years"]):
        return
    s_breaks = stream(now["seed"], now["month"], TENDER_BREAKS)
    for turn in range(world.counts[ACTIVE]):
        household = np.int64(world.active[turn])
        home = world.households[household]
        mask = np.uint32(home["in_care"]) & TEAM_MASK
        while mask:
            slot = lowest_bit(mask)
            mask &= ~bit(slot)
            if uniform_on(s_breaks, household * 32 + slot) < p["tender_breaks"]:
                diary.note(world, household, diary.BROKEN_OFF, slot, diary.NONE, 0.0, 0.0)
                end_slot(world, household, slot)
                home["flags"] &= ~FLAG_COORDINATED & 0xFF
                home["trust"] = max(0.02, home["trust"] - p["trust_lost_per_failure"])
                world.tally[home["wijk"], BROKEN_OFF] += 1


@compiled_inline
def run_collective_work(world):
    """Process 6 before the teams divide their hours: communities, shared problems, tenders."""
    communities_grow(world)
    answer_shared_problem(world)
    break_off_by_tender(world)
