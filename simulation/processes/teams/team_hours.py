"""Teams fill posts, learn, and divide the hours of the month (process 6, its first half)."""

from agents.compiled import part, rule
from agents.wijkteam import breadth, learns, leaves, links_hours, productivity
from agents.wijkteam_casework import hours_of_intake
from agents.wijkteam_collective import inside_the_team
from agents.wijkteam_organisation import (
    accounting_hours,
    administration_kept,
    is_tender_month,
    is_tendered,
    keeps_course,
    learning_pace,
    lost_to_reorganisation,
    mixed_quality,
    shell_hours,
    staff_grown,
)


@rule
def months_since_transition(now):
    """Return the months since the transition, negative before it."""
    return now["month"] - now["transition"]


@rule
def one_team_divides_hours(world, number):
    """A team fills and loses posts, learns, and divides its hours of the month."""
    team = world.teams[number]
    if team["exists"] == 0:
        return
    p = world.p[0]
    now = world.municipality[0]
    fills_posts(team, p, now)
    divides_hours(world, number, p, now)
    knows_its_trade(team, p, now)


@rule
def fills_posts(team, p, now):
    """Staff leaves, newcomers fill posts, and the team learns from its practice."""
    since = months_since_transition(now)
    # Staff hired for outreach and links goes when the council cuts these.
    signalling = now["signalling_fraction"] * (1.0 - now["prevention"])
    planned = team["planned_fte"] * now["staffing"] * (1.0 - signalling)
    planned *= staff_grown(since, p["growth_years"], p["early_fte_share"])
    share = leaves(
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
    team["experience"] = learns(
        team["experience"] * (1.0 - moved), min(1.0, replaced), p["learning_months"] / pace
    )


@rule
def knows_its_trade(team, p, now):
    """What a full hour of the team's help achieves, and how sharply its people observe."""
    since = months_since_transition(now)
    width = p["breadth_effect"] * breadth(p["disciplines"])
    quality = productivity(team["experience"], p["inexperience_costs"]) * (1.0 + width)
    quality *= keeps_course(p["autonomy"], p["stated_goals"], p["drift_without_goals"])
    quality *= 1.0 + p["new_party_quality"] * is_tendered(since, p["tender_per_wijk"])
    quality *= 1.0 + now["innovation"]
    fixed = team["hours"] - team["shell_hours"]
    team["quality"] = quality * mixed_quality(fixed, team["shell_hours"], p["shell_quality"])
    team["sharpness"] = 0.5 + width + 0.3 * team["experience"]


@part
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
    told = accounting_hours(
        p["accounting"],
        p["stories_hours_share"],
        p["accounting_hours_share"],
        p["autonomy"],
        p["afterwards_hours_share"],
        p["stated_goals"],
        p["goals_hours_share"],
    )
    return max(0.0, p["administrative_share"] * kept + told)


@part
def hours_of_intakes_due(world, number):
    """Hours the intakes would take for which the procedure is through this month."""
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


@rule
def divides_hours(world, number, p, now):
    """Divide the hours of the month over a team's duties; clients get what the other duties leave."""
    team = world.teams[number]
    total = team["fte"] * p["hours_per_fte"]
    administration = administration_share(p, now)
    collective = inside_the_team(p["collective_form"], p["collective_share"])
    team["administration_hours"] = total * administration
    team["outreach_hours"] = total * now["outreach_fraction"] * now["prevention"]
    team["collective_hours"] = total * collective * now["prevention"]
    links = min(0.5 * total, links_hours(team["fte"], p["unit_size"], p["link_hours"]))
    lost = total * lost_to_reorganisation(
        months_since_transition(now), 12.0 * p["years_ahead"], p["reorganisation_dip"], p["dip_years"]
    )
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
    cases = max(0, team["caseload"] - team["beside"])
    team["hours_per_case"] = team["support_hours"] / cases if cases > 0 else team["support_hours"]
    team["coordination_hours"] = 0.0
    team["beside"] = 0
