"""Work of teams: staff and hours, intakes, support, and collective work (process 6)."""

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
from agents.household import trust_after_failure
from agents.vocabulary import N_CHILDREN, N_PROBLEMS, WIJKTEAM, YOUTH, YOUTH_TEAM
from agents.wijkteam import breadth, hours_for_links, next_experience, productivity, share_leaving
from agents.wijkteam_casework import hours_of_intake
from agents.wijkteam_organisation import (
    accounting_hours,
    administration_kept,
    heavy_first_under,
    inside_the_team,
    is_tender_month,
    is_tendered,
    learning_pace,
    lost_to_reorganisation,
    mixed_quality,
    next_community,
    separate_collective_fte,
    share_answered_together,
    share_of_questions_heard,
    share_on_course,
    share_recognised,
    shell_hours,
    staff_grown,
)
from simulation.compiled import lowest_bit, prefetch_ahead
from simulation.processes.care.attention import list_marked
from simulation.processes.care.care_episodes import end_slot
from simulation.processes.care.care_slots import TEAM_MASK, bit, slot_for
from simulation.processes.care.waiting_lists import remove_first
from simulation.processes.hazards import problem_of_shock
from simulation.processes.teams.casework import intake, supervise_reported_children, support_slot
from simulation.randomness.common_random_numbers import Purpose, stream, uniform_on
from simulation.recording import diary
from simulation.recording.tallies import ANSWERED_TOGETHER, BROKEN_OFF
from simulation.world import ACTIVE, WITH_TEAM

# Staff, experience and hours of the month.


@compiled_inline
def months_since_transition(now):
    """Return the months since the transition, negative before it."""
    return now["month"] - now["transition"]


@compiled_inline
def one_team_divide_hours(world, number):
    """Update the staff, experience, hours and quality of one team."""
    team = world.teams[number]
    if team["exists"] == 0:
        return
    p = world.p[0]
    now = world.municipality[0]
    fill_posts(team, p, now)
    divide_hours(world, number, p, now)
    set_quality_and_sharpness(team, p, now)


@compiled_inline
def fill_posts(team, p, now):
    """Update the staff of a team (turnover and hiring) and its experience."""
    since = months_since_transition(now)
    # Staff hired for outreach and links leaves when the council cuts prevention.
    signalling = now["signalling_fraction"] * (1.0 - now["prevention"])
    planned = team["planned_fte"] * now["staffing"] * (1.0 - signalling)
    planned *= staff_grown(since, p["growth_years"], p["early_fte_share"])
    share = share_leaving(
        p["turnover_per_year"], p["turnover_by_load"], team["hours_per_case"], p["half_effect_hours"]
    )
    left = team["fte"] * share
    hired = max(0.0, planned - team["fte"] + left) / p["vacancy_months"]
    team["turnover"] = share
    team["left"] = left
    team["fte"] = min(planned, team["fte"] - left + hired)
    replaced = hired / team["fte"] if team["fte"] > 0.0 else 0.0
    moved = p["tender_moves_staff"] * is_tender_month(since, p["tender_per_wijk"], p["tender_years"])
    pace = learning_pace(p["accounting"], p["stories_teach"], p["none_slows_learning"])
    team["experience"] = next_experience(
        team["experience"] * (1.0 - moved), min(1.0, replaced), p["learning_months"] / pace
    )


@compiled_inline
def set_quality_and_sharpness(team, p, now):
    """Set the quality of a team's help and the sharpness of its observation."""
    since = months_since_transition(now)
    width = p["breadth_effect"] * breadth(p["disciplines"])
    quality = productivity(team["experience"], p["inexperience_costs"]) * (1.0 + width)
    quality *= share_on_course(p["autonomy"], p["stated_goals"], p["drift_without_goals"])
    quality *= 1.0 + p["new_party_quality"] * is_tendered(since, p["tender_per_wijk"])
    quality *= 1.0 + now["innovation"]
    fixed = team["hours"] - team["shell_hours"]
    team["quality"] = quality * mixed_quality(fixed, team["shell_hours"], p["shell_quality"])
    team["sharpness"] = 0.5 + width + 0.3 * team["experience"]


@compiled_inner
def administration_share(p, now):
    """Return the share of team hours that goes to administration and accounting."""
    kept = administration_kept(
        p["autonomy"],
        p["autonomy_frees"],
        p["rule_removers"],
        p["rule_remover_frees"],
        p["rule_remover_reach"],
        now["team_posts"],
    )
    accounting = accounting_hours(
        p["accounting"],
        p["stories_hours_share"],
        p["accounting_hours_share"],
        p["autonomy"],
        p["afterwards_hours_share"],
        p["stated_goals"],
        p["goals_hours_share"],
    )
    return max(0.0, p["administrative_share"] * kept + accounting)


@compiled_inner
def hours_of_intakes_due(world, number):
    """Return the hours of all intakes whose procedure is finished this month."""
    p = world.p[0]
    months = p["first_help_months"]
    due = world.teams[number]["waiting"]
    if months > 0.0:
        due = 0
        for queue in (2 * number, 2 * number + 1):
            entry = world.queues[queue]["head"]
            while entry >= 0 and world.municipality[0]["month"] - world.entries[entry]["month"] >= months:
                due += 1
                entry = world.entries[entry]["next"]
    return due * hours_of_intake(p["hours_per_intake"], months, p["planning_saves"])


@compiled_inline
def divide_hours(world, number, p, now):
    """Divide the hours of the month over the tasks of a team; intakes and support get the remainder."""
    team = world.teams[number]
    total = team["fte"] * p["hours_per_fte"]
    administration = administration_share(p, now)
    collective = inside_the_team(p["collective_form"], p["collective_share"])
    dip = lost_to_reorganisation(
        months_since_transition(now), 12.0 * p["years_ahead"], p["reorganisation_dip"], p["dip_years"]
    )
    team["administration_hours"] = total * administration
    team["collective_hours"] = total * collective * now["prevention"]
    # Hours of outreach include their own administration.
    net = max(0.0, 1.0 - administration - collective * now["prevention"] - dip)
    team["outreach_hours"] = total * net * now["outreach_fraction"] * now["prevention"]
    links = min(0.5 * total, hours_for_links(team["fte"], p["unit_size"], p["link_hours"]))
    lost = total * dip
    rest = max(
        0.0,
        total
        - links
        - team["administration_hours"]
        - team["outreach_hours"]
        - team["collective_hours"]
        - team["coordination_hours"]
        - lost,
    )
    team["community_hours"] = rest * p["community_building_share"] * now["prevention"]
    rest -= team["community_hours"]
    wanted = hours_of_intakes_due(world, number) + team["overtime"]
    shell = shell_hours(p["flexible_shell"], total, wanted, rest * p["most_intake_share"])
    team["shell_hours"] = shell
    team["administration_hours"] += shell * administration
    rest += shell * (1.0 - administration)
    team["intake_hours"] = min(wanted, rest * p["most_intake_share"])
    team["support_hours"] = rest - team["intake_hours"]
    team["hours"] = total + shell
    cases = np.float64(max(0, team["caseload"] - team["beside"]))
    if cases == 0.0:  # the cases that begin this month share what is left
        cases = team["intake_hours"] / hours_of_intake(
            p["hours_per_intake"], p["first_help_months"], p["planning_saves"]
        )
    team["hours_per_case"] = team["support_hours"] / max(1.0, cases)
    team["coordination_hours"] = 0.0
    team["beside"] = 0


TRIAGE = np.int64(Purpose.TRIAGE)
OBSERVATION = np.int64(Purpose.MONITOR)
HARM = np.int64(Purpose.HARM)
SLOT_ENDS = np.int64(Purpose.SLOT_ENDS)
ENOUGH_HOURS = 1e12  # intake hours if households do not wait for an intake


@compiled_inner
def first_is_due(world, queue):
    """Return whether the first household on a waiting list has finished the procedure."""
    entry = world.queues[queue]["head"]
    if entry < 0:
        return False
    waited = world.municipality[0]["month"] - world.entries[entry]["month"]
    return waited >= world.p[0]["first_help_months"]


@compiled_inline
def one_team_take_in(world, number):
    """Do intakes of one team from its heavy and light waiting lists while there are intake hours."""
    team = world.teams[number]
    if team["exists"] == 0:
        return
    p = world.p[0]
    now = world.municipality[0]
    s_triage = stream(now["seed"], now["month"], TRIAGE)
    s_error = stream(now["seed"], now["month"], OBSERVATION)
    s_harm = stream(now["seed"], now["month"], HARM)
    # An intake that has started is finished; the overtime is subtracted next month.
    hours = team["intake_hours"] - team["overtime"] if p["hours_are_scarce"] else ENOUGH_HOURS
    heavy_hours = hours * heavy_first_under(p["accounting"], p["heavy_first"], p["stories_free_heavy"])
    while hours > 0.0:
        heavy, light = 2 * number, 2 * number + 1
        queue = heavy if heavy_hours > 0.0 else light
        if not first_is_due(world, queue):
            queue = light if queue == heavy else heavy
            if not first_is_due(world, queue):
                break
        row = world.entries[remove_first(world, queue)]
        waited = now["month"] - row["month"]
        household, slot = np.int64(row["household"]), np.int64(row["slot"])
        route = np.int64(row["route"])
        used = intake(world, number, household, slot, route, waited, s_triage, s_error, s_harm)
        hours -= used
        if queue == heavy:
            heavy_hours -= used
    team["overtime"] = max(0.0, -hours) if p["hours_are_scarce"] else 0.0


@compiled_inner
def support_by_teams(world, household, s_ends, s_error):
    """Run the support by teams (process 6) in every care slot that a household has at a team."""
    mask = np.uint32(world.households[household]["in_care"]) & TEAM_MASK
    if not mask:
        return
    first = lowest_bit(mask)  # the case that the one plan of the household is booked with
    if mask & bit(WIJKTEAM):
        support_slot(world, household, WIJKTEAM, True, s_ends, s_error)
    for child in range(N_CHILDREN):
        slot = slot_for(YOUTH_TEAM, child)
        if mask & bit(slot):
            support_slot(world, household, slot, slot == first, s_ends, s_error)


@compiled_inline
def one_household_team_support(world, household):
    """Run the support by teams (process 6) for one household, as in the loop."""
    now = world.municipality[0]
    support_by_teams(
        world,
        household,
        stream(now["seed"], now["month"], SLOT_ENDS),
        stream(now["seed"], now["month"], OBSERVATION),
    )


@compiled_inline
def all_teams_work(world):
    """Update the hours of all teams, then do the intakes of all teams."""
    for number in range(len(world.teams)):
        one_team_divide_hours(world, number)
    for number in range(len(world.teams)):
        one_team_take_in(world, number)


@compiled_inline
def all_households_team_support(world):
    """Run the support by teams (process 6) for all households with a team case."""
    now = world.municipality[0]
    s_ends = stream(now["seed"], now["month"], SLOT_ENDS)
    s_error = stream(now["seed"], now["month"], OBSERVATION)
    supported = world.active[len(world.households) :]
    for turn in range(list_marked(world, WITH_TEAM, supported)):
        prefetch_ahead(world.households, supported, turn)
        support_by_teams(world, np.int64(supported[turn]), s_ends, s_error)


TENDER_BREAKS = np.int64(Purpose.TENDER_BREAKS)


@compiled_inline
def hours_per_1000(hours, team):
    """Return hours per month per 1,000 inhabitants of a team's wijken."""
    return 1000.0 * hours / max(1.0, team["inhabitants"])


@compiled_inner
def community_hours_of(world, wijk):
    """Return the hours of community building in a wijk last month, per 1,000 inhabitants."""
    team = world.teams[wijk["team"]]
    hours = hours_per_1000(team["community_hours"], team)
    if wijk["youth_team"] != wijk["team"]:
        youth_team = world.teams[wijk["youth_team"]]
        hours += hours_per_1000(youth_team["community_hours"], youth_team)
    return hours


@compiled_inner
def communities_grow(world):
    """Update the community level of all wijken from the hours of last month."""
    p = world.p[0]
    for number in range(len(world.wijken)):
        wijk = world.wijken[number]
        hours = community_hours_of(world, wijk)
        wijk["community"] = next_community(
            wijk["community"], hours, p["community_hours_full"], p["community_months"]
        )


@compiled_inner
def was_reached_by_shared_problem(world, household, problem, began):
    """Return whether a household's problem started during the shared problem of its wijk."""
    struck = world.households[household]["severity"][problem] > 0.0
    return struck & (world.lives[household]["start_month"][problem] >= began)


@compiled_inner
def answer_shared_problem(world):
    """Reduce shared problems by collective work, in all wijken with a shared problem and a team.

    It changes severity only: which households a shared problem reaches does not depend on policy.
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
    """Reduce the shared problem of the households of one wijk, as far as the questions are recognised."""
    p = world.p[0]
    wijk = world.wijken[number]
    of_youth = wijk["shock_problem"] == YOUTH
    team = world.teams[wijk["youth_team"] if of_youth else wijk["team"]]
    began = wijk["shock_until"] - int(p["shock_months"]) + 1
    first, last = wijk["first"], wijk["first"] + wijk["size"]
    questions = 0
    for household in range(first, last):
        home = world.households[household]
        problem = problem_of_shock(wijk, world.lives[household])
        slot = slot_for(YOUTH_TEAM, problem - YOUTH) if of_youth else WIJKTEAM
        at_team = np.uint32(home["in_care"] | home["waiting"]) & bit(slot)
        questions += (at_team != 0) & was_reached_by_shared_problem(world, household, problem, began)
    beside = separate_collective_fte(team["fte"], p["collective_form"], p["collective_share"])
    hours = team["collective_hours"] + beside * p["hours_per_fte"] * world.municipality[0]["prevention"]
    less = share_answered_together(
        p["signals_group"],
        hears,
        share_recognised(questions, wijk["formed"], p["questions_for_signal"]),
        hours_per_1000(hours, team),
        p["collective_hours_full"],
    )
    if less <= 0.0:
        return
    for household in range(first, last):
        problem = problem_of_shock(wijk, world.lives[household])
        if was_reached_by_shared_problem(world, household, problem, began):
            severity = world.households[household]["severity"]
            severity[problem] = severity[problem] * (1.0 - less)
            world.tally[number, ANSWERED_TOGETHER] += 1
            diary.note(world, household, diary.ANSWERED_TOGETHER, problem, diary.NONE, less, 0.0)


@compiled_inner
def break_off_by_tender(world):
    """Break off a share of the running cases in a month of tenders, because a new party takes over."""
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
                home["trust"] = trust_after_failure(home["trust"], p["trust_lost_per_failure"])
                world.tally[home["wijk"], BROKEN_OFF] += 1


@compiled_inline
def run_collective_work(world):
    """Run the part of process 6 before teams divide their hours.

    Communities, shared problems, tenders, and the supervision orders that earlier reports lead to.
    """
    communities_grow(world)
    answer_shared_problem(world)
    break_off_by_tender(world)
    supervise_reported_children(world)


@compiled_inline
def add_severity_by_team(world, found, separate):
    """Add the severity of all problems to the team of each household's wijk.

    With `separate` youth teams, problems of children are added to those.
    """
    for household in range(len(world.attention)):
        if world.attention[household] != 0:  # 0 for all households with a problem
            continue
        home = world.households[household]
        wijk = world.wijken[home["wijk"]]
        burden = 0.0
        for problem in range(YOUTH if separate else N_PROBLEMS):
            burden += np.float64(home["severity"][problem])
        found[wijk["team"]] += burden
        if separate:
            burden = 0.0
            for problem in range(YOUTH, N_PROBLEMS):
                burden += np.float64(home["severity"][problem])
            found[wijk["youth_team"]] += burden
