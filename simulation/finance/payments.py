"""The payments of a month (process 9): one function per kind of payment.

`books` are the month's (`Books.pages`). Every payment has an item (`simulation/finance/books.py`).
"""

import numpy as np

from agents.compiled import compiled, compiled_inline, compiled_inner
from agents.informal_network import social_base_kept
from agents.vocabulary import (
    DAY_CARE,
    DEBT_SERVICE,
    GRANT_GUIDANCE,
    GRANT_HOUSEHOLD_HELP,
    GRANT_YOUTH,
    GUIDANCE,
    HEALTH_INSURER,
    HOUSEHOLD,
    HOUSEHOLD_HELP,
    HOUSING_CORPORATION,
    JUSTICE,
    LAW_DEBT,
    LAW_NONE,
    LAW_WMO,
    LAW_YOUTH,
    LINE_CRISIS,
    LINE_FIRST,
    LINE_SECOND,
    LINE_ZERO,
    LONG_TERM_CARE,
    MENTAL_HEALTH,
    MUNICIPALITY,
    N_ADULT_KINDS,
    N_GRANTS,
    N_KINDS,
    NATIONAL_FUNDS,
    NATIONAL_GOVERNMENT,
    PROVIDERS,
    RESIDENCE,
    SHELTER,
    SOCIAL_BASE,
    SUPERVISION,
    TEAMS,
    WIJKTEAM,
    YOUTH_TEAM,
)
from agents.wijkteam_casework import MUNICIPALITY_LEADS
from agents.wijkteam_organisation import is_tender_month, is_tendered, separate_collective_fte
from simulation.finance.books import (
    ACCESS,
    BASE,
    FIRST_CRISIS,
    GIFTS,
    LOW_THRESHOLD_HELP,
    REFERRAL_SOURCES,
    STAFF_ITEM,
    STEERING,
    TEAM_ORGANISATION,
    TRANSFER,
    book_payment,
    cents,
)
from simulation.finance.provider_finances import (
    LAW_OF_CRISIS,
    guidance_for_mind,
    own_contribution_now,
    revenue_of_kind_cents,
)
from simulation.recording.tallies import (
    CRISES,
    CRISIS,
    DEBT_SIGNALS,
    DESK_DECISIONS,
    DISPUTES,
    LOW_THRESHOLD,
    LOW_THRESHOLD_HELPS,
    POVERTY_GIFTS,
    RESPITE,
)
from simulation.world import World


@compiled_inline
def eur_per_post(world):
    """Return the cost of one post at a team, euros a month."""
    return world.p[0]["eur_per_fte"] / 12.0


@compiled
def team_hours(world, books, law, hours):
    """Book hours of a team at the cost of a post per hour that it has for households."""
    per_hour = eur_per_post(world) / world.p[0]["hours_per_fte"]
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, law, STAFF_ITEM[law], cents(hours * per_hour))


@compiled
def team_costs(world, books):
    """Book the staff of teams; work for children is booked under the youth law.

    A tender may lower the price of an fte. Hours of the flexible shell are paid when they are used.
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
    """Return whether any team has started."""
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
    """Book the organisation of teams: staff moves, tenders, scans, rule removers, work outside the teams."""
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
    beside = separate_collective_fte(fte, p["collective_form"], p["collective_share"]) * now["prevention"]
    price = p["eur_per_fte"] / 12.0 * (1.0 + p["separate_overhead"])
    book_payment(books, MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_NONE, BASE, cents(beside * price))


@compiled
def casework(world, books, flows):
    """Book other costs of casework: desk, specialists in teams, leadership of access, poverty gifts."""
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
    """Book the desk's decisions on requests of teams, an amount per provision."""
    decisions = count * world.municipality[0]["responsible"]
    amount = decisions * cents(world.p[0]["eur_per_desk_decision"])
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, TEAM_ORGANISATION, amount)


@compiled
def poverty_gifts(world, books, count):
    """Book gifts to households from the poverty fund."""
    gifts = count * cents(world.p[0]["poverty_gift_eur"])
    book_payment(books, MUNICIPALITY, HOUSEHOLD, LINE_ZERO, LAW_DEBT, GIFTS, gifts)


DECENTRALISED = (GUIDANCE, DAY_CARE, RESIDENCE, *range(N_ADULT_KINDS, N_KINDS))
CONTRIBUTING = (GUIDANCE, DAY_CARE, HOUSEHOLD_HELP)
# Law under which each grant is booked: youth, guidance with day care and residence, household help, other.
LAW_OF_GRANT = (LAW_YOUTH, LAW_WMO, LAW_WMO, LAW_NONE)
# Payer of the part of a crisis that the municipality does not pay, in the order of `CRISES`.
OTHER_PAYER_OF_CRISIS = (HOUSING_CORPORATION, HEALTH_INSURER, LONG_TERM_CARE, JUSTICE, NATIONAL_FUNDS)
AT_SCHOOL, INTERVENTION, BY_BRIGADE = (
    LOW_THRESHOLD + LOW_THRESHOLD_HELPS.index(each) for each in ("school", "intervention", "brigade")
)


@compiled_inline
def law_of_kind(kind):
    """Return the law under which a kind of care is paid."""
    if kind >= N_ADULT_KINDS:
        return LAW_YOUTH
    if kind == DEBT_SERVICE:
        return LAW_DEBT
    return LAW_NONE if kind == MENTAL_HEALTH else LAW_WMO


@compiled_inline
def payer_of_kind(kind, responsible):
    """Return the payer of a kind of care; before the transition national funds pay decentralised care."""
    if kind == MENTAL_HEALTH:
        return HEALTH_INSURER
    if kind in DECENTRALISED and not responsible:
        return NATIONAL_FUNDS
    return MUNICIPALITY


@compiled_inline
def line_of_kind(kind):
    """Return the line of a kind of care."""
    return LINE_CRISIS if kind in (SHELTER, SUPERVISION) else LINE_SECOND


@compiled
def book_grants(books, grants_eur):
    """Book the grants of the month, float64 of shape (n_grants,), from the national government."""
    for grant in range(N_GRANTS):
        amount = cents(grants_eur[grant])
        law = LAW_OF_GRANT[grant]
        book_payment(books, NATIONAL_GOVERNMENT, MUNICIPALITY, LINE_ZERO, law, TRANSFER, amount)


@compiled
def all_payments(world, books, flows, inhabitants, grants_eur):
    """Book every payment of the month from its tallies.

    Parameters
    ----------
    flows : int64 array of shape (n_tallies,)
        Tallies of this month over all wijken.
    inhabitants : float
    grants_eur : float64 array of shape (n_grants,)
        Grants of this month.
    """
    specialist_care(world, books)
    team_costs(world, books)
    organisation_of_teams(world, books)
    casework(world, books, flows)
    social_base(world, books, flows, inhabitants)
    access_and_referral_sources(world, books, flows, inhabitants)
    steering(world, books, grants_eur, inhabitants)
    low_threshold_help(world, books, flows, inhabitants)
    crises(world, books, flows)


@compiled
def specialist_care(world, books):
    """Book care by providers, per client or contracted slot, and own contributions to some Wmo care."""
    for kind in range(N_KINDS):
        amount = revenue_of_kind_cents(world, kind)
        if amount != 0:
            care_of_kind(world, books, kind, amount)


@compiled
def care_of_kind(world, books, kind, amount_cents):
    """Book care of one kind: payments to providers and the own contribution of households."""
    responsible = world.municipality[0]["responsible"] == 1
    payer, law = payer_of_kind(kind, responsible), law_of_kind(kind)
    insured = paid_by_insurer(world, amount_cents) if kind == GUIDANCE and responsible else 0
    book_payment(books, HEALTH_INSURER, PROVIDERS, line_of_kind(kind), law, kind, insured)
    book_payment(books, payer, PROVIDERS, line_of_kind(kind), law, kind, amount_cents - insured)
    if kind in CONTRIBUTING and payer == MUNICIPALITY:
        share = own_contribution_now(world)
        book_payment(books, HOUSEHOLD, MUNICIPALITY, LINE_SECOND, law, kind, round(share * amount_cents))


@compiled
def paid_by_insurer(world, amount):
    """Return the cents of guidance that the insurer pays by agreement, for problems of mind."""
    p = world.p[0]
    agreed = p["insurer_agreement"] * p["insurer_pays"]
    if agreed <= 0.0:
        return 0
    return round(agreed * guidance_for_mind(world) * amount)


@compiled
def social_base(world, books, flows, inhabitants):
    """Book the zero line: social base, centres, volunteers, ties with formal care, respite, mediation."""
    p = world.p[0]
    now = world.municipality[0]
    eur = p["social_base_eur_per_inhabitant"] * inhabitants / 12.0 * social_base_kept(now["prevention"])
    eur += relief_eur(world, flows[RESPITE], flows[DISPUTES])
    per_inhabitant = p["community_centres_independent"] * p["centres_eur_per_inhabitant"]
    per_inhabitant += p["formal_informal_ties"] * p["ties_eur_per_1000"] / 1000.0
    per_inhabitant += p["volunteers_per_1000"] * p["eur_per_volunteer"] / 1000.0
    eur += per_inhabitant * inhabitants / 12.0 + now["reinvested_eur"]
    book_payment(books, MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_NONE, BASE, cents(eur))


@compiled_inline
def relief_eur(world, respites, disputes):
    """Return the cost of respite and of mediation between neighbours, euros."""
    p = world.p[0]
    mediation = disputes * p["mediation_share"] * p["mediation_eur"]
    return respites * p["respite_eur_per_month"] + mediation


@compiled
def access_and_referral_sources(world, books, flows, inhabitants):
    """Book counters, access, links with referral sources and the follow-up of debt signals."""
    p = world.p[0]
    now = world.municipality[0]
    thousands = inhabitants / 1000.0
    # Schools, corporations and others pay existing links; the municipality pays those that a policy adds.
    links = (1.0 - p["existing_links"]) * (
        p["school_link"]
        + p["youth_health_care_link"]
        + p["housing_corporation_link"]
        + p["police_link"]
        + p["district_nurse_link"]
    )
    links += p["gp_link"]
    per_year = links * p["eur_per_link_per_1000"] * thousands * now["prevention"]
    per_year += p["school_specialist"] * p["specialist_eur_per_1000"] * thousands * now["prevention"]
    finding = cents(per_year / 12.0)
    per_year += p["gp_youth_practitioner"] * p["practitioner_eur_per_1000"] * thousands
    per_year += p["mobile_counter"] * p["mobile_counter_eur_per_1000"] * thousands
    per_year += p["one_number"] * p["number_eur_per_1000"] * thousands
    # The price of staff includes today's expertise, so less expertise saves nothing.
    trained = max(0.0, p["safety_expertise"] - p["safety_expertise_today"])
    per_year += trained * p["safety_training_eur_per_1000"] * thousands
    per_year += now["counters"] * p["eur_per_counter"] * inhabitants
    per_year += p["implementation_eur_per_inhabitant"] * inhabitants * now["responsible"]
    # The sum is rounded once; the part that is not for referral sources is for access.
    access = cents(per_year / 12.0) - finding
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, REFERRAL_SOURCES, finding)
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, ACCESS, access)
    debt_signals(world, books, flows[DEBT_SIGNALS])


@compiled
def debt_signals(world, books, count):
    """Book the follow-up of creditors' signals, an amount per signal."""
    amount = cents(count * world.p[0]["eur_per_debt_signal"])
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_DEBT, REFERRAL_SOURCES, amount)


@compiled
def steering(world, books, grants_eur, inhabitants):
    """Book steering: partnerships, agreements, talks, client councils, monitor, innovation."""
    p = world.p[0]
    if world.municipality[0]["responsible"] == 0:
        return
    per_inhabitant = (
        p["partnership"] * p["partnership_eur_per_inhabitant"]
        + p["insurer_agreement"] * p["agreement_eur_per_inhabitant"]
        + p["council_talks"] * p["talks_eur_per_inhabitant"]
        + p["client_councils"] * p["client_councils_eur_per_inhabitant"]
        + (p["adaptive"] >= 0.5) * p["monitoring_eur_per_inhabitant"]
    )
    book_payment(
        books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, STEERING, cents(per_inhabitant * inhabitants / 12.0)
    )
    youth = p["innovation_share"] * grants_eur[GRANT_YOUTH]
    wmo = p["innovation_share"] * (grants_eur[GRANT_GUIDANCE] + grants_eur[GRANT_HOUSEHOLD_HELP])
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_YOUTH, STEERING, cents(youth))
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_WMO, STEERING, cents(wmo))


@compiled
def low_threshold_help(world, books, flows, inhabitants):
    """Book help at school, youth work, intervention teams and the flying brigade."""
    p = world.p[0]
    per_year = p["youth_work"] * p["youth_work_eur_per_1000"] * inhabitants / 1000.0
    youth_work = per_year / 12.0 * world.municipality[0]["prevention"]
    book_payment(books, MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_NONE, LOW_THRESHOLD_HELP, cents(youth_work))
    months_of_low_threshold_help(world, books, flows[AT_SCHOOL], flows[INTERVENTION], flows[BY_BRIGADE])


@compiled
def months_of_low_threshold_help(world, books, school, intervention, brigade):
    """Book low-threshold help that is paid per month and per child or household."""
    p = world.p[0]
    at_school = school * p["eur_per_pupil_month"]
    book_payment(books, MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_YOUTH, LOW_THRESHOLD_HELP, cents(at_school))
    by_teams = intervention * p["eur_per_intervention_month"]
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_YOUTH, LOW_THRESHOLD_HELP, cents(by_teams))
    on_the_road = brigade * p["eur_per_brigade_month"]
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, LOW_THRESHOLD_HELP, cents(on_the_road))


@compiled
def crises(world, books, flows):
    """Book the direct cost of crises, shared by the municipality and the other payer of each kind."""
    for which in range(len(CRISES)):
        crises_of_kind(world, books, which, flows[CRISIS + which])


@compiled
def crises_of_kind(world, books, which, count):
    """Book crises of one kind: the municipality's share, and the other payer's."""
    p = world.p[0]
    law = LAW_OF_CRISIS[which]
    amount = cents(count * p["crisis_cost_eur"][which])
    share = p["crisis_municipal_share"][which]
    if world.municipality[0]["responsible"] == 0 and law == LAW_YOUTH:
        share = 0.0
    mine = round(share * amount)
    book_payment(books, MUNICIPALITY, PROVIDERS, LINE_CRISIS, law, FIRST_CRISIS + which, mine)
    other = OTHER_PAYER_OF_CRISIS[which]
    book_payment(books, other, PROVIDERS, LINE_CRISIS, law, FIRST_CRISIS + which, amount - mine)


def prices(world: World) -> np.ndarray:
    """Return the prices before the transition, cents per client-month, int64 of shape (n_kinds,)."""
    return np.rint(world.p["price_eur_per_year"][0] * 100.0 / 12.0).astype(np.int64)
