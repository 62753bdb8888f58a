"""Who pays what to whom in a month (process 9): one function per kind of payment.

`books` are the month's (`Books.pages`). Every payment says what it pays for (`simulation/finance/books.py`).
"""

import numpy as np

from agents.compiled import compiled, compiled_inline
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
from simulation.finance.books import (
    ACCESS,
    BASE,
    FIRST_CRISIS,
    LOW_THRESHOLD_HELP,
    REFERRAL_SOURCES,
    STEERING,
    book_payment,
    cents,
)
from simulation.finance.payments_to_teams import casework, organisation_of_teams, team_costs
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
    DISPUTES,
    LOW_THRESHOLD,
    LOW_THRESHOLD_HELPS,
    RESPITE,
)
from simulation.world import World

DECENTRALISED = (GUIDANCE, DAY_CARE, RESIDENCE, *range(N_ADULT_KINDS, N_KINDS))
CONTRIBUTING = (GUIDANCE, DAY_CARE, HOUSEHOLD_HELP)
# Who pays the part of a crisis the municipality does not: evictions, emergency care, violence.
OTHER_PAYER_OF_CRISIS = (HOUSING_CORPORATION, HEALTH_INSURER, LONG_TERM_CARE, JUSTICE, NATIONAL_FUNDS)
AT_SCHOOL, INTERVENTION, BY_BRIGADE = (
    LOW_THRESHOLD + LOW_THRESHOLD_HELPS.index(each) for each in ("school", "intervention", "brigade")
)


@compiled_inline
def law_of_kind(kind):
    """Return the law a kind of care is paid under."""
    if kind >= N_ADULT_KINDS:
        return LAW_YOUTH
    if kind == DEBT_SERVICE:
        return LAW_DEBT
    return LAW_NONE if kind == MENTAL_HEALTH else LAW_WMO


@compiled_inline
def payer_of_kind(kind, responsible):
    """Return who pays a kind of care: before the transition national funds pay what moved."""
    if kind == MENTAL_HEALTH:
        return HEALTH_INSURER
    if kind in DECENTRALISED and not responsible:
        return NATIONAL_FUNDS
    return MUNICIPALITY


@compiled_inline
def line_of_kind(kind):
    """Return the line a kind of care belongs to."""
    return LINE_CRISIS if kind in (SHELTER, SUPERVISION) else LINE_SECOND


@compiled
def all_payments(world, books, flows, inhabitants, grants_eur):
    """Book every payment of the month, by what was counted in it.

    Parameters
    ----------
    flows : int64 array of shape (n_tallies,)
        What was counted this month in all wijken.
    inhabitants : float
    grants_eur : float64 array of shape (n_grants,)
        Grants of this month.
    """
    specialist_care(world, books)
    team_costs(world, books)
    organisation_of_teams(world, books)
    casework(world, books, flows)
    social_base(world, books, flows, inhabitants)
    finding_and_access(world, books, flows, inhabitants)
    steering(world, books, grants_eur, inhabitants)
    low_threshold_help(world, books, flows, inhabitants)
    crises(world, books, flows)


@compiled
def specialist_care(world, books):
    """Providers are paid for clients or contracted places; households contribute to some Wmo care."""
    for kind in range(N_KINDS):
        amount = revenue_of_kind_cents(world, kind)
        if amount != 0:
            care_of_kind(world, books, kind, amount)


@compiled
def care_of_kind(world, books, kind, amount_cents):
    """Book care of one kind: its payer pays providers, and households their contribution."""
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
    """Return the cents of guidance the insurer pays by agreement, for problems of mind."""
    p = world.p[0]
    agreed = p["insurer_agreement"] * p["insurer_pays"]
    if agreed <= 0.0:
        return 0
    return round(agreed * guidance_for_mind(world) * amount)


@compiled
def social_base(world, books, flows, inhabitants):
    """The zero line: social base, centres, volunteers, ties with formal care, respite and mediation."""
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
    """Return what respite and mediation between neighbours cost, in euros."""
    p = world.p[0]
    mediation = disputes * p["mediation_share"] * p["mediation_eur"]
    return respites * p["respite_eur_per_month"] + mediation


@compiled
def finding_and_access(world, books, flows, inhabitants):
    """Counters, the access desk, links with referral sources and the following of debt signals."""
    p = world.p[0]
    now = world.municipality[0]
    thousands = inhabitants / 1000.0
    # Existing practice is paid by the schools, corporations and others; what a policy adds is not.
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
    # Today's expertise is in the price of staff; less of it saves nothing.
    trained = max(0.0, p["safety_expertise"] - p["safety_expertise_today"])
    per_year += trained * p["safety_training_eur_per_1000"] * thousands
    per_year += now["counters"] * p["eur_per_counter"] * inhabitants
    per_year += p["implementation_eur_per_inhabitant"] * inhabitants * now["responsible"]
    # Rounded once, together: what is not for referral sources is for access.
    access = cents(per_year / 12.0) - finding
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, REFERRAL_SOURCES, finding)
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, ACCESS, access)
    debt_signals(world, books, flows[DEBT_SIGNALS])


@compiled
def debt_signals(world, books, count):
    """Following creditors' signals costs the municipality an amount each."""
    amount = cents(count * world.p[0]["eur_per_debt_signal"])
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_DEBT, REFERRAL_SOURCES, amount)


@compiled
def steering(world, books, grants_eur, inhabitants):
    """What steering costs: partnerships, agreements, talks, client councils, monitor, innovation."""
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
    """Help at school, youth work, intervention teams and the flying brigade, paid by the municipality."""
    p = world.p[0]
    per_year = p["youth_work"] * p["youth_work_eur_per_1000"] * inhabitants / 1000.0
    youth_work = per_year / 12.0 * world.municipality[0]["prevention"]
    book_payment(books, MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_NONE, LOW_THRESHOLD_HELP, cents(youth_work))
    months_of_low_threshold_help(world, books, flows[AT_SCHOOL], flows[INTERVENTION], flows[BY_BRIGADE])


@compiled
def months_of_low_threshold_help(world, books, school, intervention, brigade):
    """Low-threshold help that is paid by the child or household helped and the month."""
    p = world.p[0]
    at_school = school * p["eur_per_pupil_month"]
    book_payment(books, MUNICIPALITY, SOCIAL_BASE, LINE_ZERO, LAW_YOUTH, LOW_THRESHOLD_HELP, cents(at_school))
    by_teams = intervention * p["eur_per_intervention_month"]
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_YOUTH, LOW_THRESHOLD_HELP, cents(by_teams))
    on_the_road = brigade * p["eur_per_brigade_month"]
    book_payment(books, MUNICIPALITY, TEAMS, LINE_FIRST, LAW_NONE, LOW_THRESHOLD_HELP, cents(on_the_road))


@compiled
def crises(world, books, flows):
    """What crises cost at once, shared between the municipality and the other payer of each kind."""
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
    """Return prices of the old regime in cents per client-month, int64 of shape (n_kinds,)."""
    return np.rint(world.p["price_eur_per_year"][0] * 100.0 / 12.0).astype(np.int64)
