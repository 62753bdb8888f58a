"""Money and agreements around the teams: what is booked, and what happens when the last provider gives up."""

import numpy as np
import pytest

from agents.vocabulary import (
    GENERAL_MEANS,
    GUIDANCE,
    HEALTH_INSURER,
    LAW_WMO,
    LAW_YOUTH,
    LINE_FIRST,
    LINE_SECOND,
    LINE_ZERO,
    MIND,
    MUNICIPALITY,
    PROVIDERS,
    SOCIAL_BASE,
    TEAMS,
)
from simulation.finance.payments import specialist_care
from simulation.invariants import run_checked
from simulation.recording.month_row import harm_above_norm
from tests.worlds import SOON

TRANSITION = 12
EVERYTHING = {
    "informal_network.community_centres_independent": 1.0,
    "informal_network.volunteers_per_1000": 20.0,
    "informal_network.formal_informal_ties": 1.0,
    "provider.partnership": 1.0,
    "provider.tariff": 0.8,
    "provider.reinvest_share": 1.0,
    "municipality_government.insurer_agreement": 1.0,
    "municipality_government.innovation_share": 0.05,
    "municipality_government.council_talks": 1.0,
    "municipality_government.client_councils": 1.0,
    "municipality_government.extra_eur_per_inhabitant": 50.0,
    "municipality_government.extra_years": 1.0,
    "municipality_government.attention_fades_per_year": 0.2,
    "municipality_government.patience_years": 0.0,
    "landing.cut": 0.8,
    "landing.adaptive": 1.0,
    "landing.monitoring_lag_months": 2.0,
    "landing.monitoring_noise": 0.5,
}


def booked(model, payer, payee, line):
    """Return the cents of this month from payer to payee on one line."""
    return int(model.books.month[payer, payee, line].sum())


def one_month_after(make_street, changes, months=TRANSITION + 6):
    """Return a street a few months after its transition."""
    return make_street(changes).run_until(months)


def test_everything_holds_with_every_lever_of_the_surroundings_on(make_street):
    street = make_street(EVERYTHING)
    run_checked(street, 60)
    assert street.municipality.measures


@pytest.mark.parametrize(
    ("changes", "payee", "line"),
    [
        ({"informal_network.community_centres_independent": 1.0}, SOCIAL_BASE, LINE_ZERO),
        ({"informal_network.volunteers_per_1000": 20.0}, SOCIAL_BASE, LINE_ZERO),
        ({"informal_network.formal_informal_ties": 1.0}, SOCIAL_BASE, LINE_ZERO),
        ({"provider.partnership": 1.0}, TEAMS, LINE_FIRST),
        ({"municipality_government.insurer_agreement": 1.0}, TEAMS, LINE_FIRST),
        ({"municipality_government.innovation_share": 0.05}, TEAMS, LINE_FIRST),
        ({"municipality_government.council_talks": 1.0}, TEAMS, LINE_FIRST),
        ({"municipality_government.client_councils": 1.0}, TEAMS, LINE_FIRST),
        ({"landing.adaptive": 1.0}, TEAMS, LINE_FIRST),
    ],
)
def test_a_lever_has_its_own_cost(make_street, changes, payee, line):
    cost = [
        booked(one_month_after(make_street, each, TRANSITION + 1), MUNICIPALITY, payee, line)
        for each in ({}, changes)
    ]
    assert cost[1] > cost[0]


def test_networks_get_capacity_from_collective_work_in_proportion_to_its_hours(make_street):
    factors = []
    for share, effect in ((0.0, 0.0), (0.0, 1.0), (0.1, 1.0), (0.2, 1.0)):
        changes = {"wijkteam.collective_share": share, "wijkteam.collective_effect": effect}
        now = one_month_after(make_street, changes, TRANSITION + 1).world.municipality[0]
        factors.append(float(now["social_base_factor"]))
    assert factors[0] == factors[1] < factors[2]
    assert factors[3] - factors[0] == pytest.approx(2.0 * (factors[2] - factors[0]), rel=0.01)


def test_what_tariffs_save_is_paid_to_the_social_base_a_month_later(make_street):
    plain, reinvesting = (
        one_month_after(make_street, {"provider.tariff": 0.7, "provider.reinvest_share": share})
        for share in (0.0, 1.0)
    )
    more = booked(reinvesting, MUNICIPALITY, SOCIAL_BASE, LINE_ZERO) - booked(
        plain, MUNICIPALITY, SOCIAL_BASE, LINE_ZERO
    )
    assert more > 0


def test_extra_money_comes_from_general_means_for_its_years_and_is_no_cost_of_care(make_street):
    extra = {
        "municipality_government.extra_eur_per_inhabitant": 120.0,
        "municipality_government.extra_years": 1,
    }
    street = one_month_after(make_street, extra, TRANSITION + 12)
    received = street.books.month[GENERAL_MEANS, MUNICIPALITY].sum(axis=0)
    inhabitants = float(street.inhabitants_by_month[TRANSITION + 11])
    assert received[[LAW_YOUTH, LAW_WMO]].sum() == pytest.approx(1000.0 * inhabitants, abs=2)
    assert street.books.totals["all_payers"] == int(
        street.books.month[:, [SOCIAL_BASE, TEAMS, PROVIDERS]].sum()
    )
    street.step()
    assert street.books.month[GENERAL_MEANS].sum() == 0


@pytest.mark.parametrize(("agreed", "share"), [(0.0, 0.0), (1.0, 0.1)])
def test_the_insurer_pays_its_part_of_guidance_for_the_mind_by_agreement(make_street, agreed, share):
    street = make_street({"municipality_government.insurer_agreement": agreed}).run_until(TRANSITION + 3)
    guided = np.flatnonzero(street.world.households["in_care"] & np.uint32(1 << GUIDANCE))
    street.world.households["severity"][guided, MIND] = 1.0
    street.books.open_month()
    specialist_care(street.world, street.books.pages)
    guidance = street.world.providers[street.world.providers["kind"] == GUIDANCE]
    revenue = int((guidance["clients"] * guidance["price_cents"]).sum())
    assert revenue > 0
    insured = street.books.month[HEALTH_INSURER, PROVIDERS, LINE_SECOND, LAW_WMO]
    assert insured == pytest.approx(share * revenue, abs=1)


def test_the_last_provider_of_a_kind_is_contracted_anew_at_a_higher_price(make_street):
    street = make_street(SOON | {"provider.per_kind": 1}).run_until(TRANSITION + 3)
    rows = street.world.providers
    number = int(np.argmax(rows["clients"]))
    price = int(rows["price_cents"][number])
    rows["reserves_cents"][number] = -(10**12)
    rows["losses_months"][number] = 10**6
    clients = int(rows["clients"][number])
    street.money.close_month(street)
    assert rows["exists"][number] == 1 and rows["clients"][number] == clients
    assert rows["takeovers"][number] == 1 and rows["losses_months"][number] == 0
    street.money.contract_places(street)
    premium = street.parameters.provider.takeover_premium
    assert premium > 0.0
    assert rows["price_cents"][number] == pytest.approx((1.0 + premium) * price, abs=1)


def test_a_late_monitor_sees_harm_later():
    crises = np.array([1.0] * 12 + [0.0] * 6 + [9.0] * 4)
    assert harm_above_norm(crises, 10) and not harm_above_norm(crises, 10, lag_months=4)


def test_a_noisy_monitor_may_overlook_harm():
    crises = np.array([1.0] * 12 + [2.0] * 10)
    assert harm_above_norm(crises, 10) and not harm_above_norm(crises, 10, reporting_factor=0.5)


def test_care_open_at_the_end_is_priced_by_kind_and_the_insurers_is_not_the_municipalitys(make_street):
    street = make_street().run_until(TRANSITION + 24)
    table = street.recorder.tables(street, TRANSITION)["open_care"]
    kinds = table["kind"].tolist()
    stock = street.world.slots.sum(axis=0)
    assert table["clients"].tolist() == stock.tolist()
    assert table["waiting"].tolist() == street.world.waiting.sum(axis=0).tolist()
    assert table["municipal_cost_eur"][kinds.index("wijkteam")] > 0.0
    mental = kinds.index("mental_health")
    assert table["municipal_cost_eur"][mental] == 0.0 < table["all_payers_cost_eur"][mental]
