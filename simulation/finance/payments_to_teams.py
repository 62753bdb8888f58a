"""What the municipality pays for its teams, how they are organised and their casework (process 9)."""

from agents.compiled import compiled, compiled_inline, compiled_inner
from agents.vocabulary import (
    HOUSEHOLD,
    LAW_DEBT,
    LAW_NONE,
    LAW_YOUTH,
    LINE_FIRST,
    LINE_ZERO,
    MUNICIPALITY,
    SOCIAL_BASE,
    TEAMS,
    WIJKTEAM,
    YOUTH_TEAM,
)
from agents.wijkteam_casework import MUNICIPALITY_LEADS
from agents.wijkteam_organisation import fte_beside, is_tender_month, is_tendered
from simulation.finance.books import BASE, GIFTS, STAFF_ITEM, TEAM_ORGANISATION, book_payment, cents
from simulation.recording.tallies import (
    DESK_DECISIONS,
    POVERTY_GIFTS,
)


@compiled_inline
def eur_per_post(world):
    """Return what one post at a team costs a month, in euros."""
    return world.p[0]["eur_per_fte"] / 12.0


@compiled
def team_hours(world, books, law, hours):
    """Book hours of a team, at what a post costs for each hour it has for households."""
    per_hour = eur_per_post(world) / world.p[0]["hours_per_fte"]
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, law, STAFF_ITEM[law], cents(hours * per_hour))


@compiled
def team_costs(world, books):
    """The municipality pays its teams; work for children is booked under the youth law.

    A tender may make an fte cheaper; hours of the flexible shell are paid as they are used.
    """
    p = world.p[0]
    now = world.municipality[0]
    per_month = eur_per_post(world)
    gain = p["tender_price_gain"] * is_tendered(now["month"] - now["transition"], p["tender_per_wijk"])
    adults = 0.0
    youth = 0.0
    for number in range(len(world.teams)):
        team = world.teams[number]
        shell_fte = team["shell_hours"] / p["hours_per_fte"]
        fte = team["exists"] * (team["fte"] * (1.0 - gain) + shell_fte * (1.0 + p["shell_premium"]))
        youth += fte * (team["kind"] == 1)
        adults += fte * (team["kind"] == 0)
    if youth == 0.0:
        youth = adults * p["youth_fte_share"]
        adults -= youth
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_YOUTH, YOUTH_TEAM, cents(youth * per_month))
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, WIJKTEAM, cents(adults * per_month))


@compiled_inline
def has_any_team_started(world):
    """Whether a team has started."""
    standing = 0
    for number in range(len(world.teams)):
        standing += world.teams[number]["exists"]
    return standing > 0


@compiled_inner
def fte_of_teams(world):
    """Return the posts of all teams that have started."""
    fte = 0.0
    for number in range(len(world.teams)):
        fte += world.teams[number]["exists"] * world.teams[number]["fte"]
    return fte


@compiled
def organisation_of_teams(world, books):
    """What the way teams are organised costs: moves, tenders, scans, rule removers, work beside them."""
    p = world.p[0]
    now = world.municipality[0]
    since = now["month"] - now["transition"]
    if not has_any_team_started(world):
        return
    fte = fte_of_teams(world)
    per_year = p["rule_removers"] * p["eur_per_rule_remover"]
    per_year += p["wijk_scans"] * p["eur_per_scan"] * len(world.wijken)
    per_year += (1.0 - p["moved_staff_share"]) * p["eur_per_kept_fte"] * fte
    eur = per_year / 12.0
    if is_tender_month(since, p["tender_per_wijk"], p["tender_years"]):
        eur += p["eur_per_tender"] * len(world.wijken)
    if since == 0:
        eur += p["moved_staff_share"] * p["eur_per_moved_fte"] * fte
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, TEAM_ORGANISATION, cents(eur))
    beside = fte_beside(fte, p["collective_form"], p["collective_share"]) * now["prevention"]
    price = p["eur_per_fte"] / 12.0 * (1.0 + p["separate_overhead"])
    book_payment(books, MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_NONE, BASE, cents(beside * price))


@compiled
def casework(world, books, flows):
    """What casework costs beside hours: the desk, specialists in teams, who leads them, and gifts."""
    p = world.p[0]
    fte = fte_of_teams(world)
    per_year = fte * p["specialists_in_team"] * p["eur_per_fte_specialist_more"]
    if p["access_led_by"] != MUNICIPALITY_LEADS:
        per_year += fte * p["eur_per_fte"] * p["lead_overhead"]
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, TEAM_ORGANISATION, cents(per_year / 12.0))
    desk_decisions(world, books, flows[DESK_DECISIONS])
    poverty_gifts(world, books, flows[POVERTY_GIFTS])


@compiled
def desk_decisions(world, books, count):
    """A desk that decides on what a team asks for costs the municipality an amount for each provision."""
    decisions = count * world.municipality[0]["responsible"]
    amount = decisions * cents(world.p[0]["eur_per_desk_decision"])
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, TEAM_ORGANISATION, amount)


@compiled
def poverty_gifts(world, books, count):
    """Gifts from the fund against poverty go to households."""
    gifts = count * cents(world.p[0]["poverty_gift_eur"])
    book_payment(books, MUNICIPALITY, HOUSEHOLD, LINE_ZERO, LAW_DEBT, GIFTS, gifts)
