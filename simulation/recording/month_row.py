"""One row of the monthly table: the tallies, and the indicators that are computed from them."""

import numpy as np

from agents.compiled import compiled_inline, compiled_inner
from agents.vocabulary import (
    LAW_DEBT,
    LAW_WMO,
    LAW_YOUTH,
    LINE_CRISIS,
    LINE_FIRST,
    LINE_SECOND,
    LINE_ZERO,
    LINES,
    N_KINDS,
)
from agents.wijkteam import effect_of_hours
from simulation.finance.books import CENTS
from simulation.recording.tallies import (
    FAILED_REFERRALS,
    INTAKES,
    NOT_GRANTED,
    OVERBURDENED,
    STARTS,
    TRANSFERS,
    WAITED,
)

# Indicators that are computed from tallies, one function each.

SATISFACTION_ANCHOR = 3.9  # level without waiting or failed referrals: an input, not a result
SATISFACTION_PER_MONTH_WAITED = 0.25
SATISFACTION_FAILED_REFERRALS = 1.5
SATISFACTION_NOT_GRANTED = 0.8
SATISFACTION_HOURS = 0.4
HARM_NORM = 1.10  # crises above this ratio to the year before the transition count as harm


@compiled_inline
def satisfaction(waited_months, lost_share, not_granted_share, hours_effect):
    """Return satisfaction from 1 to 5, from waiting, failed referrals, refusals and time per case.

    Its level is an assumed input; only differences between policies are results.

    Examples
    --------
    >>> round(satisfaction(0.0, 0.0, 0.0, 0.5), 1)
    3.9
    """
    level = (
        SATISFACTION_ANCHOR
        - SATISFACTION_PER_MONTH_WAITED * waited_months
        - SATISFACTION_FAILED_REFERRALS * lost_share * 0.5
        - SATISFACTION_NOT_GRANTED * not_granted_share * 0.5
        + SATISFACTION_HOURS * (hours_effect - 0.5)
    )
    return min(5.0, max(1.0, level))


@compiled_inline
def share(part, whole):
    """Return part over whole, 0 where whole is 0."""
    return part / whole if whole > 0 else 0.0


def harm_above_norm(
    crises_by_month: np.ndarray,
    months_since_transition: int,
    lag_months: int = 0,
    reporting_factor: float = 1.0,
) -> bool:
    """Return whether crises of the last three known months exceed the norm.

    The norm is `HARM_NORM` times the monthly mean of the year before the transition.

    Parameters
    ----------
    crises_by_month : array of shape (n_months,)
        Crises per month so far.
    months_since_transition : int
        Months since the transition, negative before it.
    lag_months : int
        Delay of the monitor in months.
    reporting_factor : float
        Factor by which the monitor misreports crises; 1 is the true number.

    Returns
    -------
    bool
        True where there is harm above the norm.
    """
    if months_since_transition < 4 + lag_months:
        return False
    before = crises_by_month[-months_since_transition - 12 : -months_since_transition].mean()
    end = len(crises_by_month) - 1 - lag_months
    known = crises_by_month[end - 3 : end]
    return bool(known.mean() * reporting_factor > HARM_NORM * before)


TEAM_USES = ("administration", "outreach", "collective", "coordination", "community", "intake", "support")
# Columns of a month's row after the tallies, clients and people waiting: population, organisations, networks,
# money and computed indicators.
OTHER_INDICATORS = np.dtype(
    [
        (name, np.float64)
        for name in (
            "households",
            "inhabitants",
            "children",
            "adults",
            "tiredness_mean",
            "team_fte",
            "team_waiting",
            "team_caseload",
            "wijkteam_fte",
            "youth_team_fte",
            "wijkteam_caseload",
            "youth_team_caseload",
            "team_hours_total",
            *(f"team_hours_{use}" for use in TEAM_USES),
            "team_staff_left",
            "providers",
            "providers_gone",
            "emergency_takeovers",
            "provider_staff_fte",
            "overburdened_carers",
            "grant_eur",
            "grant_youth_eur",
            "grant_wmo_eur",
            "cut_eur",
            "municipal_cost_eur",
            "all_payers_cost_eur",
            *(f"cost_{line}_eur" for line in LINES),
            "cost_youth_eur",
            "cost_youth_teams_eur",
            "cost_wmo_eur",
            "cost_debt_eur",
            "reserves_eur",
            "result_eur",
            "result_youth_eur",
            "result_wmo_eur",
            "measures_taken",
            "satisfaction",
        )
    ]
)


@compiled_inline
def count_flows(world, flows):
    """Fill `flows`, int64 of shape (n_tallies,), with this month's tallies summed over wijken."""
    tally = world.tally
    flows[:] = 0
    for number in range(len(tally)):
        for which in range(len(flows)):
            flows[which] += tally[number, which]


@compiled_inner
def count_tallies(world, flows, row):
    """Write the tallies to the row, then clients and people waiting by kind."""
    count_flows(world, flows)
    n_tallies = len(flows)
    for which in range(n_tallies):
        row[which] = flows[which]
    for kind in range(N_KINDS):
        clients = waiting = 0
        for number in range(len(world.slots)):
            clients += world.slots[number, kind]
            waiting += world.waiting[number, kind]
        row[n_tallies + kind] = clients
        row[n_tallies + N_KINDS + kind] = waiting


@compiled_inner
def count_teams(world, total):
    """Sum over teams: hours and staff of those that have started, waiting and caseload of all."""
    fte = youth_fte = left = hours = administration = outreach = collective = 0.0
    coordination = community = intake = support = 0.0
    waiting = caseload = youth_caseload = 0
    for number in range(len(world.teams)):
        team = world.teams[number]
        running = team["exists"]
        waiting += team["waiting"]
        caseload += team["caseload"]
        youth_caseload += team["caseload"] * (team["kind"] == 1)
        fte += running * team["fte"]
        youth_fte += running * team["fte"] * (team["kind"] == 1)
        left += running * team["left"]
        hours += running * team["hours"]
        administration += running * team["administration_hours"]
        outreach += running * team["outreach_hours"]
        collective += running * team["collective_hours"]
        coordination += running * team["coordination_hours"]
        community += running * team["community_hours"]
        intake += running * team["intake_hours"]
        support += running * team["support_hours"]
    total["team_fte"] = fte
    total["team_waiting"] = waiting
    total["team_caseload"] = caseload
    total["wijkteam_fte"], total["youth_team_fte"] = fte - youth_fte, youth_fte
    total["wijkteam_caseload"], total["youth_team_caseload"] = caseload - youth_caseload, youth_caseload
    total["team_staff_left"] = left
    total["team_hours_total"] = hours
    total["team_hours_administration"] = administration
    total["team_hours_outreach"] = outreach
    total["team_hours_collective"] = collective
    total["team_hours_coordination"] = coordination
    total["team_hours_community"] = community
    total["team_hours_intake"] = intake
    total["team_hours_support"] = support


@compiled_inner
def count_providers(world, total):
    """Sum over providers: number present, number gone, take-overs and staff."""
    there = gone = takeovers = 0
    staff = 0.0
    for number in range(len(world.providers)):
        provider = world.providers[number]
        there += provider["exists"]
        gone += provider["gone"] >= 0
        takeovers += provider["takeovers"]
        staff += provider["staff_fte"]
    total["providers"] = there
    total["providers_gone"] = gone
    total["emergency_takeovers"] = takeovers
    total["provider_staff_fte"] = staff


@compiled_inner
def count_organisations(world, total):
    """Sum over teams, providers and networks."""
    count_teams(world, total)
    count_providers(world, total)
    tiredness = 0.0
    for number in range(len(world.networks)):
        tiredness += np.float64(world.networks[number]["tiredness"])
    total["tiredness_mean"] = tiredness / len(world.networks)


@compiled_inner
def count_people(total, people, inhabitants):
    """Write the numbers of households, adults, children and inhabitants."""
    total["households"], total["adults"], total["children"] = people[0], people[1], people[2]
    total["inhabitants"] = inhabitants


@compiled_inner
def result_of_law(books, law, allotted_cents, responsible):
    """Return a law's means this month, with its part of the general grant, and means less cost.

    Both are in euros and 0 before the transition.
    """
    means = responsible * (books["means"][law] + allotted_cents[law])
    return means / CENTS, (means - responsible * books["by_law"][law]) / CENTS


@compiled_inner
def add_euros(world, total, books, cut_eur, allotted_cents, reserves_cents):
    """Write the month's amounts of money, in euros."""
    responsible = world.municipality[0]["responsible"] == 1
    by_line, by_law = books["by_line"], books["by_law"]
    cost_cents, means_cents, cut = 0, 0, 0.0
    for law in range(len(by_law)):
        cost_cents += by_law[law]
        means_cents += books["means"][law]
    for grant in range(len(cut_eur)):
        cut += cut_eur[grant]
    cost = cost_cents / CENTS
    total["grant_eur"] = books["grants"] / CENTS
    total["cut_eur"] = cut if responsible else 0.0
    total["municipal_cost_eur"] = cost
    total["all_payers_cost_eur"] = books["all_payers"] / CENTS
    total["cost_zero_eur"] = by_line[LINE_ZERO] / CENTS
    total["cost_first_eur"] = by_line[LINE_FIRST] / CENTS
    total["cost_second_eur"] = by_line[LINE_SECOND] / CENTS
    total["cost_crisis_eur"] = by_line[LINE_CRISIS] / CENTS
    total["cost_youth_eur"] = by_law[LAW_YOUTH] / CENTS
    total["cost_youth_teams_eur"] = books["first_by_law"][LAW_YOUTH] / CENTS
    total["cost_wmo_eur"] = by_law[LAW_WMO] / CENTS
    total["cost_debt_eur"] = by_law[LAW_DEBT] / CENTS
    reserves = 0
    for law in range(len(reserves_cents)):
        reserves += reserves_cents[law]
    total["reserves_eur"] = reserves / CENTS
    total["result_eur"] = means_cents / CENTS - cost if responsible else 0.0
    youth = result_of_law(books, LAW_YOUTH, allotted_cents, responsible)
    wmo = result_of_law(books, LAW_WMO, allotted_cents, responsible)
    total["grant_youth_eur"], total["result_youth_eur"] = youth
    total["grant_wmo_eur"], total["result_wmo_eur"] = wmo


@compiled_inner
def write_satisfaction(world, total, flows):
    """Write satisfaction, computed from the tallies."""
    waited = starts = 0
    for kind in range(N_KINDS):
        waited += flows[WAITED + kind]
        starts += flows[STARTS + kind]
    per_case = share(total["team_hours_support"], total["team_caseload"])
    total["satisfaction"] = satisfaction(
        share(waited, starts),
        share(flows[FAILED_REFERRALS], flows[TRANSFERS]),
        share(flows[NOT_GRANTED], flows[INTAKES] + flows[NOT_GRANTED]),
        effect_of_hours(per_case, world.p[0]["half_effect_hours"]),
    )


@compiled_inline
def write_month(
    world,
    flows,
    people,
    inhabitants,
    totals,
    cut_eur,
    allotted_cents,
    reserves_cents,
    measures_taken,
    row,
    other_indicators,
):
    """Write a month's row: its tallies and the other indicators.

    Parameters
    ----------
    flows : int64 array of shape (n_tallies,)
        Filled with this month's tallies, summed over wijken.
    people : int64 array of shape (3,)
        Households, adults and children that live here.
    inhabitants : float
    totals : record array of shape (1,)
        `TOTALS` of the month's books.
    cut_eur : float64 array of shape (n_grants,)
        Amounts cut from the grants.
    allotted_cents : int64 array of shape (n_laws,)
        Part of each law in the general grant.
    reserves_cents : int64 array of shape (n_laws,)
    measures_taken : int
    row : float64 array of shape (n_columns,)
        The month's row, which starts with the tallies, then clients and people waiting by kind.
    other_indicators : record array of shape (1,)
        `OTHER_INDICATORS`: the rest of the row.
    """
    total = other_indicators[0]
    count_tallies(world, flows, row)
    count_people(total, people, inhabitants)
    count_organisations(world, total)
    add_euros(world, total, totals[0], cut_eur, allotted_cents, reserves_cents)
    carers = world.p[0]["carers_share"] * people[1]
    total["overburdened_carers"] = carers * share(flows[OVERBURDENED], people[0])
    total["measures_taken"] = measures_taken
    write_satisfaction(world, total, flows)
