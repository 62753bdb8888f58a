"""Money of providers, month by month, and what becomes of the clients of one that gives up."""

import numpy as np

from agents.compiled import compiled, compiled_inline, compiled_inner
from agents.municipality import contracted_slots
from agents.provider import (
    BUDGET_CEILING,
    CONSORTIUM,
    LUMP_SUM,
    OPEN_HOUSE,
    is_entering,
    is_giving_up,
    saved_by_tariff,
)
from agents.vocabulary import (
    CARE,
    GRANT_OTHER,
    GUIDANCE,
    HOUSEHOLD_HELP,
    LAW_NONE,
    LAW_WMO,
    LAW_YOUTH,
    MENTAL_HEALTH,
    MIND,
    N_KINDS,
    N_SLOTS,
)
from simulation.finance.books import CENTS, cents
from simulation.months import is_january
from simulation.processes.care.care_slots import KIND_OF_SLOT, bit
from simulation.processes.care.waiting_lists import provider_of, set_provider
from simulation.randomness.common_random_numbers import Purpose, uniform
from simulation.recording import diary
from simulation.recording.tallies import CRISES, CRISIS
from simulation.world import ACTIVE

ENTRY = np.int64(Purpose.ENTRY)
NOT_YET = -1  # a provider that never began has left in no month either
CONTRACT_MONTHS = 6  # the municipality contracts in January and July
LAW_OF_CRISIS = (LAW_WMO, LAW_WMO, LAW_WMO, LAW_WMO, LAW_YOUTH)


@compiled_inner
def provider_revenue_cents(world, number):
    """What a provider is paid this month: per client, or a lump sum for contracted places."""
    provider = world.providers[number]
    if provider["exists"] == 0:
        return 0
    now = world.municipality[0]
    form = world.p[0]["contract_form"]
    paid_a_sum = (form == LUMP_SUM) | (form == CONSORTIUM)
    lump_sum = now["responsible"] and paid_a_sum and provider["kind"] != MENTAL_HEALTH
    if lump_sum and provider["contracted"] > 0:
        return provider["contracted"] * provider["price_cents"]
    return provider["clients"] * provider["price_cents"]


@compiled_inner
def dated_cost(world, term):
    """Cost of a care slot over that before 2015, where prices are dated: wages, hours of youth care a
    month."""
    now = world.municipality[0]
    of_youth, of_adults = now["dated_cost_youth"], now["dated_cost"]  # read first: no branch
    cost = of_youth if term["for_children"] else of_adults
    return cost if term["tariffed"] else 1.0


@compiled_inline
def own_contribution_now(world):
    """Return what households pay of the Wmo care they contribute to, as a share of its cost."""
    p = world.p[0]
    flat, by_income = p["own_contribution_since_2019"], p["own_contribution_share"]
    return flat if world.municipality[0]["contribution_flat"] > 0.0 else by_income


@compiled_inner
def one_provider_close_month(world, number, term, old_price_cents):
    """Book revenue against cost, live on reserves, and give up when these stay gone.

    Returns 1 when the provider gives up this month.
    """
    provider = world.providers[number]
    if provider["exists"] == 0:
        return 0
    p = world.p[0]
    revenue = provider_revenue_cents(world, number)
    at_work = max(provider["clients"], provider["capacity"])
    cost_per_slot = old_price_cents * (1.0 - p["normal_margin"]) * dated_cost(world, term)
    fixed = p["fixed_cost_share"] * max(provider["contracted"], at_work)
    cost = int(cost_per_slot * ((1.0 - p["fixed_cost_share"]) * at_work + fixed))
    provider["margin"] = (revenue - cost) / revenue if revenue > 0 else 0.0
    most = int(6.0 * max(1, revenue))
    provider["reserves_cents"] = min(most, provider["reserves_cents"] + revenue - cost)
    if not world.municipality[0]["responsible"]:
        # Paid on demand, providers keep what reserves they began with.
        least = int(p["reserves_months"] * revenue)
        provider["reserves_cents"] = max(least, provider["reserves_cents"])
    if provider["reserves_cents"] < 0:
        provider["losses_months"] += 1
    else:
        provider["losses_months"] = 0
    return 1 if is_giving_up(provider["losses_months"], p["gives_up_after_months"]) else 0


@compiled_inline
def revenue_of_kind_cents(world, kind):
    """Return the month's revenue of all providers of a kind."""
    revenue = 0
    for number in range(world.provider_range[kind], world.provider_range[kind + 1]):
        revenue += provider_revenue_cents(world, number)
    return revenue


@compiled_inner
def all_providers_close_month(world, terms, old_prices_cents):
    """Close the month of all providers; those who give up hand over."""
    for number in range(len(world.providers)):
        kind = world.providers[number]["kind"]
        if one_provider_close_month(world, number, terms[kind], old_prices_cents[kind]):
            hand_over(world, number)


@compiled_inner
def weight_of_demand(p):
    """How far contracts follow demand rather than budget: less so under a budget ceiling."""
    under_ceiling = p["ceiling_follows_demand"] if p["contract_form"] == BUDGET_CEILING else 1.0
    return p["contracts_follow_demand"] * under_ceiling


@compiled_inner
def margin_of_kind(world, kind):
    """Return the margin of last month over all providers of a kind, 0 where nothing was earned."""
    revenue, result = 0.0, 0.0
    for number in range(world.provider_range[kind], world.provider_range[kind + 1]):
        earned = np.float64(provider_revenue_cents(world, number))
        revenue += earned
        result += earned * world.providers[number]["margin"]
    return result / revenue if revenue > 0.0 else 0.0


@compiled
def slots_of_kind(world, kind):
    """Return the places that all providers of a kind can staff."""
    slots = 0
    for number in range(world.provider_range[kind], world.provider_range[kind + 1]):
        slots += world.providers[number]["capacity"] * world.providers[number]["exists"]
    return slots


@compiled_inner
def admit_new_providers(world, terms):
    """Under an open house a provider may enter each kind of care in January, while it pays."""
    p, now = world.p[0], world.municipality[0]
    if not is_january(now["month"]) or p["contract_form"] != OPEN_HOUSE or now["month"] <= now["transition"]:
        return
    for kind in range(N_KINDS):
        if (terms[kind]["by_slots"] & terms[kind]["municipal"]) == 0:
            continue
        random_number = uniform(now["seed"], kind, now["month"], ENTRY)
        if is_entering(random_number, margin_of_kind(world, kind), p["entry_margin"], p["entry_per_year"]):
            one_provider_enter(world, kind)


@compiled
def one_provider_enter(world, kind):
    """The first provider of a kind that is not there yet begins, with some care slots and clients to win."""
    p = world.p[0]
    market, entrant, price = 0.0, -1, 0
    for number in range(world.provider_range[kind + 1] - 1, world.provider_range[kind] - 1, -1):
        provider = world.providers[number]
        if provider["exists"]:
            market += provider["market"]
            price = max(price, provider["price_cents"])
        elif provider["gone"] == NOT_YET:
            entrant = number
    if entrant < 0:
        return
    slots = max(1, round(p["entrant_share"] * slots_of_kind(world, kind)))
    provider = world.providers[entrant]
    provider["exists"] = 1
    provider["market"] = market * p["entrant_share"]
    provider["capacity"] = slots
    provider["contracted"] = slots
    provider["price_cents"] = price
    provider["reserves_cents"] = int(p["reserves_months"] * slots * price)


@compiled_inner
def set_terms(world, terms):
    """Set by what terms each kind is contracted this month.

    National payers contract on demand each month, the municipality twice a year as far as the budget
    counts. `terms` is a record array of shape (n_kinds,) of `KIND_TERMS`.
    """
    p, now = world.p[0], world.municipality[0]
    for kind in range(N_KINDS):
        term = terms[kind]
        mine = term["municipal"] & now["responsible"]
        due = (1 - mine) | (now["month"] % CONTRACT_MONTHS == 0)
        term["revised"] = term["by_slots"] & due
        term["months"] = CONTRACT_MONTHS if mine else 1
        term["follow_demand"] = weight_of_demand(p) if mine else 1.0
        term["headroom"] = p["contract_headroom"] if mine else p["national_headroom"]


@compiled
def contract_places(world, terms, old_prices_cents):
    """Contract care slots with all providers, kind by kind, by demand and as far as the budget counts.

    From the transition on the municipality also sets the price of what moved to it. In January new
    providers may enter first.
    """
    admit_new_providers(world, terms)
    set_terms(world, terms)
    waiting_counts = world.p[0]["waiting_counts"]
    now = world.municipality[0]
    for number in range(len(world.providers)):
        provider = world.providers[number]
        kind = provider["kind"]
        term = terms[kind]
        if now["responsible"]:
            price = old_prices_cents[kind] * tariff_of_kind(now, term) * (1.0 + provider["premium"])
            provider["price_cents"] = np.int64(np.rint(price))
        if provider["exists"] == 0 or term["revised"] == 0:
            continue
        demand = provider["clients"] + waiting_counts * provider["waiting"]
        provider["contracted"] = contracted_slots(
            demand, term["budget_ratio"], term["follow_demand"], term["headroom"]
        )
        provider["contract_ends"] = now["month"] + term["months"]


@compiled_inner
def tariff_of_kind(now, term):
    """Return the price now against the old price of a kind of care."""
    dated = now["dated_price_youth"] if term["for_children"] else now["dated_price"]
    return tariff_of_council(now, term) * (dated if term["tariffed"] else 1.0)


@compiled_inner
def tariff_of_council(now, term):
    """Return the price against dated prices, by the council's measures and levers."""
    tariff = now["tariff_youth"] if term["for_children"] else now["tariff"]
    return tariff if term["tariffed"] else 1.0


@compiled_inner
def saved_by_tariffs_cents(world, terms):
    """Return what tariffs below their earlier level save this month."""
    now = world.municipality[0]
    from_tariff = world.p[0]["reinvest_from_tariff"]
    saved = 0.0
    for number in range(len(world.providers)):
        term = terms[world.providers[number]["kind"]]
        if term["tariffed"]:
            revenue = provider_revenue_cents(world, number)
            saved += saved_by_tariff(revenue, tariff_of_council(now, term), from_tariff)
    return saved


@compiled_inner
def reinvest(world, terms):
    """Set what tariffs below their earlier level saved this month apart for the social base."""
    p, now = world.p[0], world.municipality[0]
    now["reinvested_eur"] = 0.0
    if now["responsible"] and p["reinvest_share"] > 0.0:
        now["reinvested_eur"] = p["reinvest_share"] * saved_by_tariffs_cents(world, terms) / CENTS


@compiled_inner
def allot(general_eur, share_by_law, allotted_cents):
    """Fill what each law gets this month of the grant for tasks that stay: together nothing."""
    allotted_cents[:] = 0
    for law in range(len(allotted_cents)):
        amount = cents(general_eur * share_by_law[law])
        allotted_cents[law] += amount
        allotted_cents[LAW_NONE] -= amount


@compiled
def close_finances(
    world, terms, old_prices_cents, flows, by_grant_eur, staying_eur, grants_eur, share_by_law, allotted_cents
):
    """Close the month: of providers, of the tasks that moved or stay, and of the general grant.

    Parameters
    ----------
    terms : record array of shape (n_kinds,)
        `KIND_TERMS`.
    old_prices_cents : int64 array of shape (n_kinds,)
        Prices of the old regime per client-month.
    flows, by_grant_eur, staying_eur :
        As `count_task_costs` takes and fills them.
    grants_eur : float64 array of shape (n_grants,)
        Grants of this month.
    share_by_law : float64 array of shape (n_laws,)
        How the general grant is allotted to the laws.
    allotted_cents : int64 array of shape (n_laws,)
        Filled with what each law gets of it.
    """
    all_providers_close_month(world, terms, old_prices_cents)
    count_task_costs(world, terms, old_prices_cents, flows, by_grant_eur, staying_eur)
    reinvest(world, terms)
    allot(grants_eur[GRANT_OTHER], share_by_law, allotted_cents)


@compiled_inner
def count_task_costs(world, terms, old_prices_cents, flows, by_grant_eur, staying_eur):
    """Count what tasks cost this month at old prices, euros.

    Parameters
    ----------
    flows : int64 array of shape (n_tallies,)
        What was counted this month.
    by_grant_eur : float64 array of shape (n_grants,)
        Filled with cost by the grant it counts towards.
    staying_eur : float64 array of shape (n_laws,)
        Filled with cost of the tasks that stay, by law.
    """
    p = world.p[0]
    by_grant_eur[:] = 0.0
    staying_eur[:] = 0.0
    for kind in range(N_KINDS):
        grant = terms[kind]["grant"]
        if grant < 0:
            continue
        clients = 0
        for number in range(world.provider_range[kind], world.provider_range[kind + 1]):
            clients += world.providers[number]["clients"]
        eur = clients * old_prices_cents[kind] / CENTS
        by_grant_eur[grant] += eur * (1.0 - own_contribution_now(world) * (kind == HOUSEHOLD_HELP))
        staying_eur[terms[kind]["law"]] += eur * (grant == GRANT_OTHER)
    for which in range(len(CRISES)):
        crises = flows[CRISIS + which] * p["crisis_cost_eur"][which] * p["crisis_municipal_share"][which]
        by_grant_eur[GRANT_OTHER] += crises
        staying_eur[LAW_OF_CRISIS[which]] += crises


@compiled_inline
def successor_of(world, number):
    """Return the provider that takes over from one that gives up: the largest left of its kind."""
    kind = world.providers[number]["kind"]
    best = -1
    for other in range(world.provider_range[kind], world.provider_range[kind + 1]):
        if other != number and world.providers[other]["exists"]:
            if best < 0 or world.providers[other]["market"] > world.providers[best]["market"]:
                best = other
    return best


@compiled_inner
def contract_anew(world, number):
    """The last provider of a kind gives up: an emergency take-over, at a higher price.

    Whoever steps in takes clients, staff and care slots over, and brings reserves of its own. Where there
    is nobody to care for, nobody steps in.
    """
    provider = world.providers[number]
    if provider["clients"] + provider["waiting"] == 0:
        return
    p = world.p[0]
    provider["premium"] += p["takeover_premium"]
    provider["takeovers"] += 1
    provider["losses_months"] = 0
    provider["reserves_cents"] = int(p["reserves_months"] * provider["clients"] * provider["price_cents"])


@compiled_inline
def guidance_for_mind(world):
    """Return the share of care slots in guidance that are about problems of mind rather than of daily
    tasks."""
    mind, slots = 0, 0
    for number in range(world.counts[ACTIVE]):
        home = world.households[world.active[number]]
        guided = np.int64((np.uint32(home["in_care"]) & bit(GUIDANCE)) != 0)
        slots += guided
        mind += guided * (home["severity"][MIND] >= home["severity"][CARE])
    return mind / slots if slots > 0 else 0.0


@compiled
def hand_over(world, number):
    """A provider gives up: clients, waiting list and places go to the one that takes over.

    The last of its kind is contracted anew, for somebody has to give this care.
    """
    provider = world.providers[number]
    kind = provider["kind"]
    heir = successor_of(world, number)
    if heir < 0:
        contract_anew(world, number)
        return
    mask = np.uint32(0)
    for slot in range(N_SLOTS):
        if KIND_OF_SLOT[slot] == kind:
            mask |= np.uint32(bit(slot))
    for household in range(len(world.households)):
        home = world.households[household]
        listed = (np.uint32(home["in_care"]) | np.uint32(home["waiting"])) & mask
        if listed == 0 or world.attention[household] != 0:
            continue
        for slot in range(N_SLOTS):
            if listed & bit(slot) and provider_of(world, household, slot) == number:
                set_provider(world, household, slot, heir)
                diary.note(world, household, diary.HANDED_OVER, slot, diary.NONE, 0.0, 0.0)
    other = world.providers[heir]
    other["clients"] += provider["clients"]
    other["waiting"] += provider["waiting"]
    other["capacity"] += provider["capacity"]
    other["contracted"] += provider["contracted"]
    other["market"] += provider["market"]
    provider["clients"] = 0
    provider["waiting"] = 0
    provider["capacity"] = 0
    provider["contracted"] = 0
    provider["market"] = 0.0
    provider["exists"] = 0
    provider["gone"] = world.municipality[0]["month"]
    list_of_one = world.queues[2 * len(world.teams) + number]
    list_of_heir = world.queues[2 * len(world.teams) + heir]
    if list_of_one["head"] >= 0:
        if list_of_heir["tail"] < 0:
            list_of_heir["head"] = list_of_one["head"]
        else:
            world.entries[list_of_heir["tail"]]["next"] = list_of_one["head"]
        list_of_heir["tail"] = list_of_one["tail"]
        list_of_one["head"] = -1
        list_of_one["tail"] = -1
