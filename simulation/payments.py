"""Who pays what to whom in a month (process 9): one function per kind of payment."""

import numpy as np

from agents.informal_network import social_base_kept
from agents.vocabulary import (
    DAY_CARE,
    DEBT_SERVICE,
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
from simulation.books import Books, cents
from simulation.loops.finances import all_revenues_by_kind
from simulation.tallies import CRISES, CRISIS, DEBT_SIGNALS, DISPUTES, RESPITE
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
    payer = payer_of_kind(kind, bool(world.municipality["responsible"][0]))
    law = law_of_kind(kind)
    books.pays(payer, PROVIDERS, line_of_kind(kind), law, amount_cents)
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


def team_costs(world: World, books: Books) -> None:
    """The municipality pays its teams; work for children is booked under the youth law."""
    p = world.p[0]
    per_month = eur_per_post(world)
    teams = world.teams[world.teams["exists"] == 1]
    youth = teams["fte"][teams["kind"] == 1].sum()
    adults = teams["fte"][teams["kind"] == 0].sum()
    if youth == 0.0:
        youth = adults * p["youth_fte_share"]
        adults -= youth
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_YOUTH, cents(youth * per_month))
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, cents(adults * per_month))


def social_base(world: World, books: Books, flows: np.ndarray, inhabitants: float) -> None:
    """The social base and what else belongs to the zero line: respite and mediation."""
    p = world.p[0]
    now = world.municipality[0]
    eur = p["social_base_eur_per_inhabitant"] * inhabitants / 12.0 * social_base_kept(now["prevention"])
    eur += relief_eur(world, int(flows[RESPITE]), int(flows[DISPUTES]))
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
    )
    per_year = links * p["eur_per_link_per_1000"] * thousands * now["prevention"]
    per_year += p["gp_youth_practitioner"] * p["practitioner_eur_per_1000"] * thousands
    per_year += now["counters"] * p["eur_per_counter"] * inhabitants
    per_year += p["implementation_eur_per_inhabitant"] * inhabitants * now["responsible"]
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, cents(per_year / 12.0))
    debt_signals(world, books, int(flows[DEBT_SIGNALS]))


def debt_signals(world: World, books: Books, count: int) -> None:
    """Following creditors' signals costs the municipality an amount each."""
    amount = cents(count * world.p["eur_per_debt_signal"][0])
    books.pays(MUNICIPALITY, TEAMS, LINE_FIRST, LAW_DEBT, amount)


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
