"""Who pays what to whom in a month (process 9): one function per kind of payment."""

import numpy as np

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
    N_KINDS,
    NATIONAL_FUNDS,
    PROVIDERS,
    RESIDENCE,
    SHELTER,
    SOCIAL_BASE,
    SUPERVISION,
    TEAMS,
)
from agents.wijkteam_casework import MUNICIPALITY_LEADS
from agents.wijkteam_collective import fte_beside
from agents.wijkteam_organisation import is_tender_month, is_tendered
from simulation.books import Books, cents
from simulation.loops.finances import all_revenues_by_kind, guidance_for_mind
from simulation.tallies import (
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

DECENTRALISED = (GUIDANCE, DAY_CARE, RESIDENCE, *range(N_ADULT_KINDS, N_KINDS))
CONTRIBUTING = (GUIDANCE, DAY_CARE, HOUSEHOLD_HELP)
# Who pays the part of a crisis the municipality does not: evictions, emergency care, violence.
OTHER_PAYER_OF_CRISIS = (HOUSING_CORPORATION, HEALTH_INSURER, LONG_TERM_CARE, JUSTICE, NATIONAL_FUNDS)
LAW_OF_CRISIS = (LAW_WMO, LAW_WMO, LAW_WMO, LAW_WMO, LAW_YOUTH)


def law_of_kind(kind: int) -> int:
    """Return the law a kind of care is paid under."""
    if kind >= N_ADULT_KINDS:
        return LAW_YOUTH
    if kind == DEBT_SERVICE:
        return LAW_DEBT
    return LAW_NONE if kind == MENTAL_HEALTH else LAW_WMO


def payer_of_kind(kind: int, responsible: bool) -> int:
    """Return who pays a kind of care: before the transition national funds pay what moved."""
    if kind == MENTAL_HEALTH:
        return HEALTH_INSURER
    if kind in DECENTRALISED and not responsible:
        return NATIONAL_FUNDS
    return MUNICIPALITY


def line_of_kind(kind: int) -> int:
    """Return the line a kind of care belongs to."""
    return LINE_CRISIS if kind in (SHELTER, SUPERVISION) else LINE_SECOND


def specialist_care(world: World, books: Books) -> None:
    """Providers are paid for clients or contracted places; households contribute to some Wmo care."""
    revenue = np.zeros(N_KINDS, dtype=np.int64)
    all_revenues_by_kind(world, revenue)
    for kind, amount in enumerate(revenue.tolist()):
        if amount != 0:
            care_of_kind(world, books, kind, amount)


def care_of_kind(world: World, books: Books, kind: int, amount_cents: int) -> None:
    """Book care of one kind: its payer pays providers, and households their contribution."""
    responsible = bool(world.municipality["responsible"][0])
    payer, law = payer_of_kind(kind, responsible), law_of_kind(kind)
    insured = paid_by_insurer(world, amount_cents) if kind == GUIDANCE and responsible else 0
    books.pays(HEALTH_INSURER, PROVIDERS, line_of_kind(kind), law, insured)
    books.pays(payer, PROVIDERS, line_of_kind(kind), law, amount_cents - insured)
    if kind in CONTRIBUTING and payer == MUNICIPALITY:
        share = world.p["own_contribution_share"][0]
        books.pays(HOUSEHOLD, MUNICIPALITY, LINE_SECOND, law, round(share * amount_cents))


def eur_per_post(world: World) -> float:
    """Return what one post at a team costs a month, in euros."""
    return float(world.p["eur_per_fte"][0] / 12.0)


def team_hours(world: World, books: Books, law: int, hours: float) -> None:
    """Book hours of a team, at what a post costs for each hour it has for households."""
    per_hour = eur_per_post(world) / float(world.p["hours_per_fte"][0])
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, law, cents(hours * per_hour))


def paid_by_insurer(world: World, amount: int) -> int:
    """Return the cents of guidance the insurer pays by agreement, for what is trouble of mind."""
    p = world.p[0]
    agreed = float(p["insurer_agreement"] * p["insurer_pays"])
    return round(agreed * guidance_for_mind(world) * amount) if agreed > 0.0 else 0


def team_costs(world: World, books: Books) -> None:
    """The municipality pays its teams; work for children is booked under the youth law.

    A tender may make an fte cheaper; hours of the flexible shell are paid as they are used.
    """
    p = world.p[0]
    since = world.municipality["month"][0] - world.municipality["transition"][0]
    per_month = eur_per_post(world)
    gain = p["tender_price_gain"] * is_tendered(since, p["tender_per_wijk"])
    teams = world.teams[world.teams["exists"] == 1]
    shell_fte = teams["shell_hours"] / p["hours_per_fte"]
    fte = teams["fte"] * (1.0 - gain) + shell_fte * (1.0 + p["shell_premium"])
    youth = fte[teams["kind"] == 1].sum()
    adults = fte[teams["kind"] == 0].sum()
    if youth == 0.0:
        youth = adults * p["youth_fte_share"]
        adults -= youth
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_YOUTH, cents(youth * per_month))
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, cents(adults * per_month))


def organisation_of_teams(world: World, books: Books) -> None:
    """What the way teams are organised costs: moves, tenders, scans, rule removers, work beside them."""
    p = world.p[0]
    now = world.municipality[0]
    since = now["month"] - now["transition"]
    teams = world.teams[world.teams["exists"] == 1]
    if not len(teams):
        return
    fte = float(teams["fte"].sum())
    per_year = p["rule_removers"] * p["eur_per_rule_remover"]
    per_year += p["wijk_scans"] * p["eur_per_scan"] * len(world.wijken)
    per_year += (1.0 - p["moved_staff_share"]) * p["eur_per_kept_fte"] * fte
    eur = per_year / 12.0
    if is_tender_month(since, p["tender_per_wijk"], p["tender_years"]):
        eur += p["eur_per_tender"] * len(world.wijken)
    if since == 0:
        eur += p["moved_staff_share"] * p["eur_per_moved_fte"] * fte
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, cents(float(eur)))
    beside = fte_beside(fte, p["collective_form"], p["collective_share"]) * now["prevention"]
    price = p["eur_per_fte"] / 12.0 * (1.0 + p["separate_overhead"])
    books.pays(MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_NONE, cents(float(beside * price)))


def casework(world: World, books: Books, flows: np.ndarray) -> None:
    """What casework costs beside hours: the desk, specialists in teams, who leads them, and gifts."""
    p = world.p[0]
    fte = world.teams["fte"][world.teams["exists"] == 1].sum()
    per_year = fte * p["specialists_in_team"] * p["eur_per_fte_specialist_more"]
    if p["access_led_by"] != MUNICIPALITY_LEADS:
        per_year += fte * p["eur_per_fte"] * p["lead_overhead"]
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, cents(per_year / 12.0))
    desk_decisions(world, books, int(flows[DESK_DECISIONS]))
    poverty_gifts(world, books, int(flows[POVERTY_GIFTS]))


def desk_decisions(world: World, books: Books, count: int) -> None:
    """A desk that decides on what a team asks for costs the municipality an amount for each provision."""
    decisions = count * int(world.municipality["responsible"][0])
    amount = decisions * cents(world.p["eur_per_desk_decision"][0])
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, amount)


def poverty_gifts(world: World, books: Books, count: int) -> None:
    """Gifts from the fund against poverty go to households."""
    gifts = count * cents(world.p["poverty_gift_eur"][0])
    books.pays(MUNICIPALITY, HOUSEHOLD, LINE_ZERO, LAW_DEBT, gifts)


def social_base(world: World, books: Books, flows: np.ndarray, inhabitants: float) -> None:
    """The zero line: social base, centres, volunteers, ties with formal care, respite and mediation."""
    p = world.p[0]
    now = world.municipality[0]
    eur = p["social_base_eur_per_inhabitant"] * inhabitants / 12.0 * social_base_kept(now["prevention"])
    eur += relief_eur(world, int(flows[RESPITE]), int(flows[DISPUTES]))
    per_inhabitant = p["community_centres_independent"] * p["centres_eur_per_inhabitant"]
    per_inhabitant += p["formal_informal_ties"] * p["ties_eur_per_1000"] / 1000.0
    per_inhabitant += p["volunteers_per_1000"] * p["eur_per_volunteer"] / 1000.0
    eur += per_inhabitant * inhabitants / 12.0 + now["reinvested_eur"]
    books.pays(MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_NONE, cents(eur))


def relief_eur(world: World, respites: int, disputes: int) -> float:
    """Return what respite and mediation between neighbours cost, in euros."""
    p = world.p[0]
    mediation = disputes * p["mediation_share"] * p["mediation_eur"]
    return float(respites * p["respite_eur_per_month"] + mediation)


def finding_and_access(world: World, books: Books, flows: np.ndarray, inhabitants: float) -> None:
    """Counters, the access desk, links with finding places and the following of debt signals."""
    p = world.p[0]
    now = world.municipality[0]
    thousands = inhabitants / 1000.0
    links = (
        p["school_link"]
        + p["youth_health_care_link"]
        + p["housing_corporation_link"]
        + p["police_link"]
        + p["district_nurse_link"]
        + p["gp_link"]
    )
    per_year = links * p["eur_per_link_per_1000"] * thousands * now["prevention"]
    per_year += p["school_specialist"] * p["specialist_eur_per_1000"] * thousands * now["prevention"]
    per_year += p["gp_youth_practitioner"] * p["practitioner_eur_per_1000"] * thousands
    per_year += p["mobile_counter"] * p["mobile_counter_eur_per_1000"] * thousands
    per_year += p["one_number"] * p["number_eur_per_1000"] * thousands
    # Today's expertise is in the price of staff; less of it saves nothing.
    trained = max(0.0, p["safety_expertise"] - p["safety_expertise_today"])
    per_year += trained * p["safety_training_eur_per_1000"] * thousands
    per_year += now["counters"] * p["eur_per_counter"] * inhabitants
    per_year += p["implementation_eur_per_inhabitant"] * inhabitants * now["responsible"]
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, cents(per_year / 12.0))
    debt_signals(world, books, int(flows[DEBT_SIGNALS]))


def debt_signals(world: World, books: Books, count: int) -> None:
    """Following creditors' signals costs the municipality an amount each."""
    amount = cents(count * world.p["eur_per_debt_signal"][0])
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_DEBT, amount)


def steering(world: World, books: Books, grants_eur: np.ndarray, inhabitants: float) -> None:
    """What steering costs: partnerships, agreements, talks, client councils, monitor, innovation."""
    p = world.p[0]
    if not world.municipality["responsible"][0]:
        return
    per_inhabitant = (
        p["partnership"] * p["partnership_eur_per_inhabitant"]
        + p["insurer_agreement"] * p["agreement_eur_per_inhabitant"]
        + p["council_talks"] * p["talks_eur_per_inhabitant"]
        + p["client_councils"] * p["client_councils_eur_per_inhabitant"]
        + (p["adaptive"] >= 0.5) * p["monitoring_eur_per_inhabitant"]
    )
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, cents(per_inhabitant * inhabitants / 12.0))
    for law, eur in (
        (LAW_YOUTH, grants_eur[GRANT_YOUTH]),
        (LAW_WMO, grants_eur[GRANT_GUIDANCE] + grants_eur[GRANT_HOUSEHOLD_HELP]),
    ):
        books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, law, cents(float(p["innovation_share"] * eur)))


def low_threshold_help(world: World, books: Books, flows: np.ndarray, inhabitants: float) -> None:
    """Help at school, youth work, intervention teams and the flying brigade, paid by the municipality."""
    p = world.p[0]
    school, _, intervention, brigade = (
        int(count) for count in flows[LOW_THRESHOLD : LOW_THRESHOLD + len(LOW_THRESHOLD_HELPS)]
    )
    per_year = p["youth_work"] * p["youth_work_eur_per_1000"] * inhabitants / 1000.0
    youth_work = per_year / 12.0 * world.municipality[0]["prevention"]
    books.pays(MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_NONE, cents(youth_work))
    months_of_low_threshold_help(world, books, school, intervention, brigade)


def months_of_low_threshold_help(
    world: World, books: Books, school: int, intervention: int, brigade: int
) -> None:
    """Low-threshold help that is paid by the child or household helped and the month."""
    p = world.p[0]
    at_school = school * p["eur_per_pupil_month"]
    books.pays(MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_YOUTH, cents(at_school))
    by_teams = intervention * p["eur_per_intervention_month"]
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_YOUTH, cents(by_teams))
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, cents(brigade * p["eur_per_brigade_month"]))


def crises(world: World, books: Books, flows: np.ndarray) -> None:
    """What crises cost at once, shared between the municipality and the other payer of each kind."""
    for which, count in enumerate(flows[CRISIS : CRISIS + len(CRISES)]):
        crises_of_kind(world, books, which, int(count))


def crises_of_kind(world: World, books: Books, which: int, count: int) -> None:
    """Book crises of one kind: the municipality's share, and the other payer's."""
    p = world.p[0]
    law = LAW_OF_CRISIS[which]
    amount = cents(count * float(p["crisis_cost_eur"][which]))
    share = float(p["crisis_municipal_share"][which])
    if not world.municipality["responsible"][0] and law == LAW_YOUTH:
        share = 0.0
    mine = round(share * amount)
    books.pays(MUNICIPALITY, PROVIDERS, LINE_CRISIS, law, mine)
    books.pays(OTHER_PAYER_OF_CRISIS[which], PROVIDERS, LINE_CRISIS, law, amount - mine)


def prices(world: World) -> np.ndarray:
    """Return prices of the old regime in cents per client-month, int64 of shape (n_kinds,)."""
    return np.rint(world.p["price_eur_per_year"][0] * 100.0 / 12.0).astype(np.int64)
