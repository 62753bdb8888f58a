"""Tables derived from the recorded ones: history, savings, decomposition, growth and transition harms.

The decomposition splits the difference in cost between two arms, to the cent, by year, payer, law and item.
It is an accounting identity on the costs table: the parts add up because the costs do.

Transition harms are outcomes of a short phase-in period less those of a long one, from the announcement to
ten years after the first cut. They are separate parts without a total score. Positive is worse; values may be
negative. Do not add parts up: the booked money already includes the cost of crises.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from agents.vocabulary import KINDS
from simulation.finance.books import OWN_COST
from simulation.months import MONTHS_PER_YEAR
from simulation.outcomes.history import history_table
from simulation.outcomes.savings import arm_grid, break_even_table, savings_curve
from simulation.recording.arm_names import COMPARED, POLICY_ARMS, against
from simulation.recording.tallies import CRISES

PARTS = ["year", "payer", "law", "item"]
KEYS = ["replication", *PARTS]
MUNICIPALITY = "municipality"


def split(costs: pd.DataFrame, arm: str, other: str) -> pd.DataFrame:
    """Return the savings of one arm relative to another: a row per replication and part that differs.

    Parameters
    ----------
    costs : DataFrame
        The costs table. Replications without one of the two arms are left out.
    arm, other : str
        Names of the arm and of its comparator.

    Returns
    -------
    DataFrame
        `KEYS` and saving_cents: cost of the other less cost of the arm.

    Examples
    --------
    >>> row = {"replication": 0, "year": 2016, "payer": "municipality", "law": "wmo", "item": "guidance"}
    >>> costs = pd.DataFrame([row | {"arm": "reference", "cents": 5}, row | {"arm": "policy", "cents": 3}])
    >>> split(costs, "policy", "reference")["saving_cents"].tolist()
    [2]
    """
    both = costs[costs["arm"].isin((arm, other))]
    there = both.groupby("replication")["arm"].nunique()
    both = both[both["replication"].isin(there.index[there == 2])]
    signed = both["cents"].where((both["arm"] == other).to_numpy(), -both["cents"])
    texts = {name: both[name].astype(str) for name in ("payer", "law", "item")}
    rows = both[["replication", "year"]].assign(**texts, saving_cents=signed)[[*KEYS, "saving_cents"]]
    summed = rows.groupby(KEYS, as_index=False, sort=True)["saving_cents"].sum()
    return summed[summed["saving_cents"] != 0].reset_index(drop=True)


def decomposition_table(costs: pd.DataFrame) -> pd.DataFrame:
    """Return the decomposition table: every compared arm against its own comparator.

    Parameters
    ----------
    costs : DataFrame
        Table `costs` of a run, cents.

    Returns
    -------
    DataFrame
        Table `decomposition`, euros.
    """
    frames = []
    for arm in COMPARED:
        other = against(arm)
        rows = split(costs, arm, other)
        rows = rows.assign(arm=arm, against=other, saving_eur=rows["saving_cents"] / 100.0)
        frames.append(rows[["replication", "arm", "against", *PARTS, "saving_eur"]])
    return pd.concat(frames, ignore_index=True).astype({"replication": "int64", "year": "int64"})


def of_arm(decomposition: pd.DataFrame, arm: str, basis: str = MUNICIPALITY) -> pd.DataFrame:
    """Return the rows of one arm for a basis: costs of the municipality, or of all payers.

    Parameters
    ----------
    decomposition : DataFrame
        Table `decomposition` of a run.
    arm : str
        Name of the arm.
    basis : str, optional
        "municipality" or "all_payers": whose costs count.

    Returns
    -------
    DataFrame
        Rows of the same table.
    """
    rows = decomposition[decomposition["arm"] == arm]
    return rows[rows["payer"] == MUNICIPALITY] if basis == MUNICIPALITY else rows


def before_own_cost(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of care and crises, without the policy's own cost.

    Parameters
    ----------
    rows : DataFrame
        Rows of the table `decomposition`.

    Returns
    -------
    DataFrame
        Rows of the same table.
    """
    return rows[~rows["item"].isin(OWN_COST)]


def own_cost(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the policy's own cost: staff, referral sources and other organisation.

    Parameters
    ----------
    rows : DataFrame
        Rows of the table `decomposition`.

    Returns
    -------
    DataFrame
        Rows of the same table.
    """
    return rows[rows["item"].isin(OWN_COST)]


def by_replication(rows: pd.DataFrame, replications: list[int]) -> pd.Series:
    """Return the sum of the rows by replication, 0 where nothing differs, euros.

    Parameters
    ----------
    rows : DataFrame
        Rows of the table `decomposition`.
    replications : list of int
        Replications of the run.

    Returns
    -------
    Series
        Euros by replication.
    """
    return rows.groupby("replication")["saving_eur"].sum().reindex(replications, fill_value=0.0)


YEARS_AFTER_CUT = 10
WAITING_NORM_MONTHS = 2
# Zaanstad 2018: 500 million in all less 115 million for youth and care, 155,000 inhabitants
# (municipal_spending_total and youth_and_care_budget in social_domain.csv).
OTHER_BUDGET_EUR_PER_INHABITANT = 2500.0

EURO = "euro of 2015 per inhabitant"
# Parts that are sums of columns: unit and columns.
_COUNTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "supervision_orders": ("orders", ("starts_supervision_order",)),
    "placements": ("placements", ("starts_youth_residential",)),
    "evictions": ("evictions", ("crises_eviction",)),
    "shelter": ("admissions", ("starts_shelter",)),
    "crises": ("crises", tuple(f"crises_{crisis}" for crisis in CRISES)),
    "team_staff_left": ("fte", ("team_staff_left",)),
}
HARM_PARTS = (
    "own_payments", "grant_difference", "own_payments_share", "supervision_orders", "placements", "evictions",
    "shelter", "crises", "waiting_above_norm", "unmet", "providers_gone", "team_staff_left", "provider_staff",
)  # fmt: skip


def waiting_above_norm(rows: pd.DataFrame, norm_months: int = WAITING_NORM_MONTHS) -> float:
    """Return a lower bound of the person-months waited beyond the norm in one replication of one arm.

    People who wait at the end of a month and did not join in the last `norm_months` months wait longer than
    the norm. Those who joined may have started already, so waiting less joined is a lower bound.

    Parameters
    ----------
    rows : DataFrame
        Rows of the monthly table, one per month, in order.
    norm_months : int
        Acceptable waiting time, in months.

    Returns
    -------
    float
        Person-months.
    """
    joined = rows[[f"queued_{kind}" for kind in KINDS]].rolling(norm_months, min_periods=1).sum().to_numpy()
    waiting = rows[[f"waiting_{kind}" for kind in KINDS]].to_numpy(float)
    return float((waiting - joined).clip(min=0.0).sum())


def transition_harms(
    short: pd.DataFrame,
    long: pd.DataFrame,
    basis: str,
    announcement_month: int,
    first_cut_month: int,
    *,
    waiting_norm_months: int = WAITING_NORM_MONTHS,
    other_budget_eur_per_inhabitant: float = OTHER_BUDGET_EUR_PER_INHABITANT,
    reserve_eur: Mapping[int, float] | None = None,
) -> pd.DataFrame:
    """Return the parts of the transition harms by replication, with basis, unit and value.

    Parameters
    ----------
    short, long : DataFrame
        Rows of the monthly table of the two arms, with the same replications and months.
    basis : str
        "as_announced" or "same_money": the kind of `short`.
    announcement_month, first_cut_month : int
        The period is from the first to ten years after the second, or to the end of the run.
    waiting_norm_months : int
        Acceptable waiting time, in months.
    other_budget_eur_per_inhabitant : float
        Other spending of the municipality per year, with which its own payments are compared.
    reserve_eur : mapping from replication to euro, optional
        Amount that the short phase-in arm received on day one in addition to `grant_eur`.

    Returns
    -------
    DataFrame
        A row per replication and part, in the unit that the row names.
    """
    if set(short["replication"]) != set(long["replication"]):
        raise ValueError(
            f"transition harms {basis}: the two phase-in periods have other replications; expected the same"
        )
    end = first_cut_month + YEARS_AFTER_CUT * MONTHS_PER_YEAR
    rows: list[tuple[int, str, str, str, float]] = []
    for replication in sorted(set(short["replication"])):
        here = _period(short, replication, announcement_month, end)
        there = _period(long, replication, announcement_month, end)
        if len(here) != len(there) or here.empty:
            raise ValueError(
                f"transition harms {basis}, replication {replication}: the two phase-in periods have other "
                f"months or none"
            )
        extra = 0.0 if reserve_eur is None else float(reserve_eur[replication])
        parts = _money(here, there, extra, other_budget_eur_per_inhabitant)
        parts |= _people(here, there, waiting_norm_months)
        rows += [(replication, basis, part, *parts[part]) for part in HARM_PARTS]
    table = pd.DataFrame(rows, columns=["replication", "basis", "part", "unit", "value"])
    return table.astype({"replication": "int64", "value": "float64"})


def _period(arm: pd.DataFrame, replication: int, first: int, end: int) -> pd.DataFrame:
    """Return the months of one replication from `first` to before `end`, in order."""
    inside = (arm["replication"] == replication) & (arm["month"] >= first) & (arm["month"] < end)
    return arm[inside].sort_values("month")


def _money(
    short: pd.DataFrame, long: pd.DataFrame, reserve_eur: float, other_budget: float
) -> dict[str, tuple[str, float]]:
    """Return the parts in euros, per inhabitant of the period's first month."""
    inhabitants = float(long["inhabitants"].iloc[0])
    grants = short["grant_eur"].sum() + reserve_eur, long["grant_eur"].sum()
    own = [arm["municipal_cost_eur"].sum() - grant for arm, grant in zip((short, long), grants, strict=True)]
    beyond = float(own[0] - own[1]) / inhabitants
    years = len(short) / MONTHS_PER_YEAR
    return {
        "own_payments": (EURO, beyond),
        "grant_difference": (EURO, float(grants[1] - grants[0]) / inhabitants),
        "own_payments_share": ("share of other budget", beyond / (years * other_budget)),
    }


def _sum(rows: pd.DataFrame, names: Sequence[str]) -> float:
    """Return the sum of some columns over all rows."""
    return float(rows[list(names)].to_numpy(float).sum())


def _people(short: pd.DataFrame, long: pd.DataFrame, norm_months: int) -> dict[str, tuple[str, float]]:
    """Return the parts that are counted in people, months, providers and staff."""

    def difference(count: Callable[[pd.DataFrame], float]) -> float:
        return float(count(short) - count(long))

    parts = {part: (unit, _sum(short, names) - _sum(long, names)) for part, (unit, names) in _COUNTS.items()}
    parts["providers_gone"] = ("providers", difference(lambda arm: arm["providers_gone"].iloc[-1]))
    unmet = [column for column in short.columns if column.startswith("unmet_severity_")]
    parts["waiting_above_norm"] = (
        f"months beyond {norm_months}, at least",
        difference(lambda arm: waiting_above_norm(arm, norm_months)),
    )
    parts["unmet"] = ("severity-months", _sum(short, unmet) - _sum(long, unmet))
    # Loss of staff against the long phase-in period, so the sign is reversed.
    parts["provider_staff"] = (
        "fte fewer, mean",
        difference(lambda arm: -np.mean(arm["provider_staff_fte"].to_numpy(float))),
    )
    return parts


# Growth of the cost of care by factor: users, trajectories per user, duration, price.
#
# The cost of a kind of care is users x trajectories per user x months per trajectory x price of a month. Its
# growth is split over the factors without residual by logarithmic means (additive Divisia index; Ang, 2004).

FACTORS = ("users", "trajectories_per_user", "duration", "price")
KINDS_OF_LAW = {
    "youth": ("youth_outpatient", "youth_day_care", "youth_residential", "supervision_order"),
    "wmo": ("guidance", "day_care", "household_help", "protected_residence", "aids", "shelter"),
}
LAW_OF_KIND = {kind: law for law, kinds in KINDS_OF_LAW.items() for kind in kinds}


def split_growth(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Return the contribution of each factor to a growth in cost, euros; they add up to the growth.

    Parameters
    ----------
    before, after : dict
        `users`, `trajectories`, `months` and `cost` (euros) of a year, and of a later one.

    Returns
    -------
    dict of str to float
        Euros a year by factor.

    Examples
    --------
    >>> year = {"users": 10.0, "trajectories": 12.0, "months": 60.0, "cost": 6000.0}
    >>> split_growth(year, {name: 2.0 * value for name, value in year.items()})["users"]
    6000.0
    """
    growth = after["cost"] - before["cost"]
    factors = _factors(before), _factors(after)
    if min(min(each.values()) for each in factors) <= 0.0:
        # No users in one of the years: all growth is attributed to users.
        return dict.fromkeys(FACTORS, 0.0) | {"users": round(growth, 2)}
    ratio = after["cost"] / before["cost"]
    mean = before["cost"] if abs(ratio - 1.0) < 1e-12 else growth / float(np.log(ratio))
    first = FACTORS[:-1]
    parts = {name: round(mean * float(np.log(factors[1][name] / factors[0][name])), 2) for name in first}
    return parts | {FACTORS[-1]: round(growth - sum(parts.values()), 2)}


def _factors(year: dict[str, float]) -> dict[str, float]:
    """Return the factors of a year's cost, 0 where undefined."""
    users, trajectories, months, cost = (year[name] for name in ("users", "trajectories", "months", "cost"))
    return {
        "users": users,
        "trajectories_per_user": trajectories / users if users else 0.0,
        "duration": months / trajectories if trajectories else 0.0,
        "price": cost / months if months else 0.0,
    }


def growth_table(monthly: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Return the growth table: each kind of care of the youth act and the Wmo against the year before.

    Parameters
    ----------
    monthly, costs : DataFrame
        The tables of a run. Years that are not whole are left out.

    Returns
    -------
    DataFrame
        A row per arm, replication, year and kind of care; euros.
    """
    counted = [f"{what}_{kind}" for kind in LAW_OF_KIND for what in ("users", "starts", "ends", "clients")]
    months = monthly[["replication", "arm", "year", *counted]]
    months = months[months["arm"].isin(POLICY_ARMS)]
    years = months.groupby(["replication", "arm", "year"], sort=False, observed=True)
    sums, first, whole = years.sum(), years.first(), years.size() == MONTHS_PER_YEAR
    paid = costs[["replication", "arm", "year", "item", "cents"]]
    paid = paid[paid["arm"].isin(POLICY_ARMS) & paid["item"].isin(LAW_OF_KIND)]
    cost = paid.groupby(["item", "replication", "arm", "year"], observed=True)["cents"].sum().to_dict()
    described: dict[tuple[int, str], dict[str, dict[int, dict[str, float]]]] = {}
    for kind in LAW_OF_KIND:
        users, starts, clients = (sums[f"{what}_{kind}"] for what in ("users", "starts", "clients"))
        # Trajectories of a year: those running at its start and those that started in it.
        running = first[f"clients_{kind}"] - first[f"starts_{kind}"] + first[f"ends_{kind}"]
        counts = zip(sums.index[whole], users[whole], (running + starts)[whole], clients[whole], strict=True)
        for (replication, arm, year), n_users, trajectories, n_months in counts:
            described.setdefault((replication, arm), {}).setdefault(kind, {})[year] = {
                "users": float(n_users),
                "trajectories": float(trajectories),
                "months": float(n_months),
                "cost": cost.get((kind, replication, arm, year), 0) / 100.0,
            }
    rows = [
        (replication, arm, year, LAW_OF_KIND[kind], kind, *part)
        for (replication, arm), kinds in described.items()
        for kind, of_year in kinds.items()
        for year in sorted(of_year)
        if year - 1 in of_year
        for part in split_growth(of_year[year - 1], of_year[year]).items()
    ]
    names = ["replication", "arm", "year", "law", "item", "part", "growth_eur"]
    return pd.DataFrame(rows, columns=names).astype(
        {"replication": "int64", "year": "int64", "growth_eur": "float64"}
    )


def extra_reserves(monthly: pd.DataFrame, start_month: int) -> pd.Series:
    """Return the amount that the same-money arm received on day one, euros by replication.

    In the first month the arm differs from the reference by that amount only.

    Parameters
    ----------
    monthly : DataFrame
        Table `monthly` of a run.
    start_month : int
        Month number of the transition.

    Returns
    -------
    Series
        Euros by replication.
    """
    columns = ("reserves_eur", "grant_eur", "municipal_cost_eur")
    more = {
        column: arm_grid(monthly, "same_money", column)[start_month]
        - arm_grid(monthly, "reference", column)[start_month]
        for column in columns
    }
    return more["reserves_eur"] - more["grant_eur"] + more["municipal_cost_eur"]


def derived_tables(
    monthly: pd.DataFrame,
    costs: pd.DataFrame,
    start_month: int,
    announcement_month: int,
    *,
    draws: Mapping[int, int] | None = None,
) -> dict[str, pd.DataFrame]:
    """Return the tables that are derived from the recorded ones.

    Parameters
    ----------
    monthly : DataFrame
        The monthly table with all arms.
    costs : DataFrame
        The costs table.
    start_month, announcement_month : int
        Month of the transition, when the cut starts too, and month of its announcement.
    draws : mapping from replication to draw, optional
        As in `break_even_table`.

    Returns
    -------
    dict of str to DataFrame
        Tables by name, in the units of the schema.
    """
    arms = {arm: monthly[monthly["arm"] == arm] for arm in ("reference", "long_phase_in", "same_money")}
    period = (announcement_month, start_month)
    reserve_eur = extra_reserves(monthly, start_month)
    parts = [
        transition_harms(arms["reference"], arms["long_phase_in"], "as_announced", *period),
        transition_harms(
            arms["same_money"], arms["long_phase_in"], "same_money", *period, reserve_eur=reserve_eur
        ),
    ]
    return {
        "savings": savings_curve(monthly, start_month),
        "break_even": break_even_table(monthly, start_month, draws=draws),
        "decomposition": decomposition_table(costs),
        "growth": growth_table(monthly, costs),
        "transition_harms": pd.concat(parts, ignore_index=True),
        "history": history_table(monthly),
    }
