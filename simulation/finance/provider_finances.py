"""Finances of providers by month: revenue, reserves, contracts, entry, exit and take-over."""

import numpy as np

from agents.compiled import compiled, compiled_inline, compiled_inner
from agents.municipality import contracted_slots
from agents.provider import (
    BUDGET_CEILING,
    CONSORTIUM,
    LUMP_SUM,
    OPEN_HOUSE,
    is_bought_by_the_hour,
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
    ON_DEMAND,
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
NOT_YET = -1  # `gone` of a provider that has not left
CONTRACT_MONTHS = 6  # the municipality contracts in January and July
LAW_OF_CRISIS = (LAW_WMO, LAW_WMO, LAW_WMO, LAW_WMO, LAW_YOUTH)


@compiled_inner
def provider_revenue_cents(world, number):
    """Return a provider's revenue this month: per client, or a lump sum for contracted slots.

    Kinds bought on demand have no slots to contract and are paid per client under every form.
    """
    provider = world.providers[number]
    if provider["exists"] == 0:
        return 0
    now = world.municipality[0]
    form = world.p[0]["contract_form"]
    paid_a_sum = (form == LUMP_SUM) | (form == CONSORTIUM)
    lump_sum = now["responsible"] and paid_a_sum and provider["kind"] != MENTAL_HEALTH
    if lump_sum and provider["contracted"] > 0 and provider["kind"] not in ON_DEMAND:
        return provider["contracted"] * provider["price_cents"]
    return provider["clients"] * provider["price_cents"]


@compiled_inner
def dated_cost(world, term):
    """Return the cost of a care slot over that before 2015: dated wages and, for children, intensity."""
    now = world.municipality[0]
    of_youth, of_adults = now["dated_cost_youth"], now["dated_cost"]  # read both first: no branch
    cost = of_youth if term["for_children"] else of_adults
    return cost if term["tariffed"] else 1.0


@compiled_inline
def own_contribution_now(world):
    """Return the own contribution of households to Wmo care, as a share of its cost."""
    p = world.p[0]
    flat, by_income = p["own_contribution_since_2019"], p["own_contribution_share"]
    return flat if world.municipality[0]["contribution_flat"] > 0.0 else by_income


@compiled_inner
def one_provider_close_month(world, number, term, old_price_cents):
    """Close a provider's month: revenue less cost changes its reserves.

    Returns 1 when it gives up, after reserves were below zero for some months.
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
        # National payers pay by demand: reserves do not fall below their initial level.
        least = int(p["reserves_months"] * revenue)
        provider["reserves_cents"] = max(least, provider["reserves_cents"])
    if provider["reserves_cents"] < 0:
        provider["losses_months"] += 1
    else:
        provider["losses_months"] = 0
    return 1 if is_giving_up(provider["losses_months"], p["gives_up_after_months"]) else 0


@compiled_inline
def revenue_of_kind_cents(world, kind):
    """Return this month's revenue of all providers of a kind, cents."""
    revenue = 0
    for number in range(world.provider_range[kind], world.provider_range[kind + 1]):
        revenue += provider_revenue_cents(world, number)
    return revenue


@compiled_inner
def all_providers_close_month(world, terms, old_prices_cents):
    """Close the month of all providers; those that give up hand over their clients."""
    for number in range(len(world.providers)):
        kind = world.providers[number]["kind"]
        if one_provider_close_month(world, number, terms[kind], old_prices_cents[kind]):
            hand_over(world, number)


@compiled_inner
def weight_of_demand(p):
    """Return the weight of demand against budget in contracts, which is lower under a budget ceiling."""
    under_ceiling = p["ceiling_follows_demand"] if p["contract_form"] == BUDGET_CEILING else 1.0
    return p["contracts_follow_demand"] * under_ceiling


@compiled_inner
def margin_of_kind(world, kind):
    """Return last month's margin over all providers of a kind, 0 without revenue."""
    revenue, result = 0.0, 0.0
    for number in range(world.provider_range[kind], world.provider_range[kind + 1]):
        earned = np.float64(provider_revenue_cents(world, number))
        revenue += earned
        result += earned * world.providers[number]["margin"]
    return result / revenue if revenue > 0.0 else 0.0


@compiled
def slots_of_kind(world, kind):
    """Return the care slots that all providers of a kind can staff."""
    slots = 0
    for number in range(world.provider_range[kind], world.provider_range[kind + 1]):
        slots += world.providers[number]["capacity"] * world.providers[number]["exists"]
    return slots


@compiled_inner
def admit_new_providers(world, terms):
    """Let a provider enter each kind of care in January, under an open house and while it is profitable."""
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
    """Start the first unused provider of a kind, with some care slots and a share of the market."""
    p = world.p[0]
    market, entrant, price = 0.0, -1, 0
    for number in range(world.provider_range[kind + 1] - 1, world.provider_range[kind] - 1, -1):
        provider = world.providers[number]
        if provider["exists"]:
            market += provider["market"]
            price = min(price, provider["price_cents"]) if price > 0 else provider["price_cents"]
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
    """Set the contract terms of each kind of care for this month.

    National payers contract by demand each month, the municipality twice a year by demand and budget. It buys
    household help by the hour, so its contracts are revised each month, by the same rule.
    `terms` is a record array of shape (n_kinds,) of `KIND_TERMS`.
    """
    p, now = world.p[0], world.municipality[0]
    for kind in range(N_KINDS):
        term = terms[kind]
        mine = term["municipal"] & now["responsible"]
        due = (1 - mine) | (now["month"] % CONTRACT_MONTHS == 0) | is_bought_by_the_hour(kind)
        term["revised"] = term["by_slots"] & due
        term["follow_demand"] = weight_of_demand(p) if mine else 1.0
        term["headroom"] = p["contract_headroom"] if mine else p["national_headroom"]


@compiled
def contract_places(world, terms, old_prices_cents):
    """Contract care slots with all providers, by demand and budget.

    From the transition on, also set the prices of care. In January new providers may enter then; their first
    contract is for the slots that they bring.
    """
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
        counts = 1.0 if is_bought_by_the_hour(kind) else waiting_counts
        demand = provider["clients"] + counts * provider["waiting"]
        provider["contracted"] = contracted_slots(
            demand, term["budget_ratio"], term["follow_demand"], term["headroom"]
        )
    admit_new_providers(world, terms)


@compiled_inner
def tariff_of_kind(now, term):
    """Return the price of a kind of care over its price before the transition."""
    dated = now["dated_price_youth"] if term["for_children"] else now["dated_price"]
    return tariff_of_council(now, term) * (dated if term["tariffed"] else 1.0)


@compiled_inner
def tariff_of_council(now, term):
    """Return the price over the dated price, by the council's measures and levers."""
    tariff = now["tariff_youth"] if term["for_children"] else now["tariff"]
    return tariff if term["tariffed"] else 1.0


@compiled_inner
def saved_by_tariffs_cents(world, terms):
    """Return this month's savings by tariffs below their earlier level, cents."""
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
    """Set aside for the social base a share of this month's savings by lower tariffs."""
    p, now = world.p[0], world.municipality[0]
    now["reinvested_eur"] = 0.0
    if now["responsible"] and p["reinvest_share"] > 0.0:
        now["reinvested_eur"] = p["reinvest_share"] * saved_by_tariffs_cents(world, terms) / CENTS


@compiled_inner
def allot(general_eur, share_by_law, allotted_cents):
    """Fill each law's part of this month's general grant; the parts sum to 0."""
    allotted_cents[:] = 0
    for law in range(len(allotted_cents)):
        amount = cents(general_eur * share_by_law[law])
        allotted_cents[law] += amount
        allotted_cents[LAW_NONE] -= amount


@compiled
def close_finances(
    world, terms, old_prices_cents, flows, by_grant_eur, staying_eur, grants_eur, share_by_law, allotted_cents
):
    """Close the month of providers, compute the cost of tasks, and allot the general grant.

    Parameters
    ----------
    terms : record array of shape (n_kinds,)
        `KIND_TERMS`.
    old_prices_cents : int64 array of shape (n_kinds,)
        Prices of the old regime per client-month.
    flows, by_grant_eur, staying_eur :
        As in `count_task_costs`.
    grants_eur : float64 array of shape (n_grants,)
        Grants of this month.
    share_by_law : float64 array of shape (n_laws,)
        Shares of the laws in the general grant.
    allotted_cents : int64 array of shape (n_laws,)
        Filled with each law's part of it.
    """
    all_providers_close_month(world, terms, old_prices_cents)
    count_task_costs(world, terms, old_prices_cents, flows, by_grant_eur, staying_eur)
    reinvest(world, terms)
    allot(grants_eur[GRANT_OTHER], share_by_law, allotted_cents)


@compiled_inner
def count_task_costs(world, terms, old_prices_cents, flows, by_grant_eur, staying_eur):
    """Compute the cost of tasks this month at prices before the transition, euros.

    Parameters
    ----------
    flows : int64 array of shape (n_tallies,)
        Tallies of this month.
    by_grant_eur : float64 array of shape (n_grants,)
        Filled with the cost by grant.
    staying_eur : float64 array of shape (n_laws,)
        Filled with the cost of the remaining tasks by law.
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
    """Return the provider that takes over from one that gives up, the largest left of its kind, or -1."""
    kind = world.providers[number]["kind"]
    best = -1
    for other in range(world.provider_range[kind], world.provider_range[kind + 1]):
        if other != number and world.providers[other]["exists"]:
            if best < 0 or world.providers[other]["market"] > world.providers[best]["market"]:
                best = other
    return best


@compiled_inner
def contract_again(world, number):
    """Contract the last provider of a kind again: an emergency take-over at a higher price.

    The new owner takes over clients, staff and care slots and brings its own reserves. Without clients
    and waiting people nothing happens.
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
    """Return the share of guidance slots for problems of mind rather than of daily tasks."""
    mind, slots = 0, 0
    for number in range(world.counts[ACTIVE]):
        home = world.households[world.active[number]]
        guided = np.int64((np.uint32(home["in_care"]) & bit(GUIDANCE)) != 0)
        slots += guided
        mind += guided * (home["severity"][MIND] >= home["severity"][CARE])
    return mind / slots if slots > 0 else 0.0


@compiled
def hand_over(world, number):
    """Move clients, waiting list and care slots of a provider that gives up to its successor.

    The last provider of a kind is contracted again, because this care must remain available.
    """
    provider = world.providers[number]
    kind = provider["kind"]
    successor = successor_of(world, number)
    if successor < 0:
        contract_again(world, number)
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
                set_provider(world, household, slot, successor)
                diary.note(world, household, diary.HANDED_OVER, slot, diary.NONE, 0.0, 0.0)
    other = world.providers[successor]
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
    queue = world.queues[2 * len(world.teams) + number]
    successor_queue = world.queues[2 * len(world.teams) + successor]
    if queue["head"] >= 0:
        if successor_queue["tail"] < 0:
            successor_queue["head"] = queue["head"]
        else:
            world.entries[successor_queue["tail"]]["next"] = queue["head"]
        successor_queue["tail"] = queue["tail"]
        queue["head"] = -1
        queue["tail"] = -1
