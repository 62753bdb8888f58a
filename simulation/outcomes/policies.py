"""Comparison of policies with one reference: paired differences, ranking, and own cost.

Pure functions on outcomes in long form (policy, replication, outcome, value) and on costs. Policies share
households, random numbers and drawn parameters within a replication, so differences are paired.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from simulation.finance.books import OWN_COST
from simulation.outcomes.comparison import SIGN_COLUMNS, interval_columns, key_column, with_intervals
from simulation.recording.arm_names import REFERENCE
from simulation.recording.schema import MEAN, SAME, SUM, Column, Table
from simulation.recording.tallies import CRISES

# Whether more of an outcome is better (1) or worse (-1). Other outcomes have no best policy: whether more
# people in care is better depends on who they are.
BETTER: Final[Mapping[str, int]] = {
    "net_cost": -1, "all_payers_cost": -1, "crises": -1, "unmet": -1, "team_waiting": -1,
    "specialist_waiting": -1, "supervision_orders": -1, "lost_share": -1, "overburdened_carers": -1,
    "found_early_share": 1, "satisfaction": 1,
}  # fmt: skip
# Parts of the difference in cost: the policy's own cost, and its effect on care and crises.
IN_ALL, OWN, CARE, CRISIS = "in_all", "own_cost", "care", "crises"
MONEY_PARTS = (IN_ALL, OWN, CARE, CRISIS)
MUNICIPALITY, ALL_PAYERS = "municipality", "all_payers"
BASES = (MUNICIPALITY, ALL_PAYERS)

_POLICY = key_column("policy", "text", "Name of the policy.")
_OUTCOME = key_column("outcome", "text", "Name of the outcome.")
_REPLICATION = key_column("replication", "whole", "Number of the replication.")
POLICY_TABLES = {
    table.name: table
    for table in (
        Table("policy_outcomes", "Every outcome of every policy, replication and year since the transition.",
              (_POLICY, _REPLICATION,
               key_column("year", "whole", "Calendar year; 0 is all years from the transition on."), _OUTCOME,
               Column("value", "real", "see outcome", "The outcome.", MEAN, SAME, MEAN, True))),
        Table("policies", "Each policy and the reference, all years from the transition on.",
              (_POLICY, _OUTCOME, *interval_columns("Outcome"), *SIGN_COLUMNS)),
        Table("policy_differences", "Each policy less the reference, within replications.",
              (_POLICY, _OUTCOME, *interval_columns("Difference"), *SIGN_COLUMNS)),
        Table("ranking", "How often each policy is best, the reference among them, and its rank.",
              (_POLICY, _OUTCOME,
               Column("best", "real", "share of replications",
                      "Replications in which no other is better; equals share one.", SAME, SAME, SAME),
               Column("rank", "whole", "1", "1 is the best mean; equals have the same.", SAME, SAME, SAME),
               Column("replications", "whole", "replications", "Number of replications.", SAME, SAME, SAME))),
        Table("policy_costs", "What each policy costs more than the reference from the transition on, by "
                              "payer, law and item.",
              (_POLICY, _REPLICATION, key_column("payer", "text", "Who bears it."),
               key_column("law", "text", "Law under which it is paid."),
               key_column("item", "text", "What is paid for."),
               Column("more_eur", "real", "euro of 2015", "Cost under the policy less under the reference.",
                      SUM, SUM, MEAN))),
        Table("money", "What the difference in cost consists of, euro of 2015 per inhabitant a year.",
              (_POLICY, key_column("basis", "text", "Whose costs: municipality or all_payers."),
               key_column("part", "text", "own_cost: staff and what else a policy pays for itself; care; "
                                          "crises; in_all is their sum."),
               *interval_columns("Difference"), *SIGN_COLUMNS)),
    )
}  # fmt: skip


def by_policy(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return outcomes over all years: a row per policy and replication, a column per outcome.

    Parameters
    ----------
    outcomes : DataFrame
        Table `policy_outcomes`, or rows with policy, replication, year, outcome and value.

    Returns
    -------
    DataFrame
        Outcomes in their own units, without those that are nan somewhere.
    """
    rows = outcomes[outcomes["year"] == 0]
    wide = rows.pivot(index=["policy", "replication"], columns="outcome", values="value")
    return wide[[name for name in rows["outcome"].unique() if wide[name].notna().all()]]


def policies_table(outcomes: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Return the table `policies`.

    Parameters
    ----------
    outcomes : DataFrame
        Table `policy_outcomes`.
    order : sequence of str
        Policies in the order in which they are shown, the reference among them.

    Returns
    -------
    DataFrame
        In the units of the outcomes.
    """
    wide = by_policy(outcomes)
    rows = [((policy, name), wide.loc[policy][name]) for policy in order for name in wide]
    return with_intervals(POLICY_TABLES["policies"].names, rows)


def policy_differences_table(outcomes: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Return the table `policy_differences`: each policy less the reference, within replications.

    Parameters
    ----------
    outcomes : DataFrame
        Table `policy_outcomes`, the reference among its policies.
    order : sequence of str
        Policies in the order in which they are shown.

    Returns
    -------
    DataFrame
        In the units of the outcomes.
    """
    wide = by_policy(outcomes)
    reference = wide.loc[REFERENCE]
    rows = [
        ((policy, name), wide.loc[policy][name] - reference[name])
        for policy in order
        if policy != REFERENCE
        for name in wide
    ]
    return with_intervals(POLICY_TABLES["policy_differences"].names, rows)


def ranking_table(outcomes: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Return the table `ranking`, for outcomes of which more is better or worse.

    Parameters
    ----------
    outcomes : DataFrame
        Table `policy_outcomes`.
    order : sequence of str
        Policies in the order in which they are shown, the reference among them.

    Returns
    -------
    DataFrame
        Shares add up to one over the policies of an outcome.
    """
    wide = by_policy(outcomes)
    rows = []
    for name in (each for each in wide if each in BETTER):
        values = BETTER[name] * wide[name].unstack("policy")[list(order)]
        is_best = values.eq(values.max(axis=1), axis=0)
        best = is_best.div(is_best.sum(axis=1), axis=0).mean()
        rank = values.mean().rank(ascending=False, method="min")
        rows += [(policy, name, best[policy], int(rank[policy]), len(values)) for policy in order]
    frame = pd.DataFrame(rows, columns=POLICY_TABLES["ranking"].names)
    return frame.astype({"best": "float64", "rank": "int64", "replications": "int64"})


def costs_table(costs: pd.DataFrame, order: Sequence[str], first_year: int) -> pd.DataFrame:
    """Return the table `policy_costs`, to the cent.

    Parameters
    ----------
    costs : DataFrame
        Table `costs` of a run, with the name of the policy in `arm`.
    order : sequence of str
        Policies in the order in which they are shown.
    first_year : int
        Year of the transition.

    Returns
    -------
    DataFrame
        Euros, without parts that do not differ.
    """
    keys = ["replication", "payer", "law", "item"]
    of_years = costs[costs["year"] >= first_year]
    texts = {name: of_years[name].astype(str) for name in ("payer", "law", "item", "arm")}
    cents = of_years.assign(**texts).pivot_table(
        index=keys, columns="arm", values="cents", aggfunc="sum", fill_value=0
    )
    frames = []
    for policy in (each for each in order if each != REFERENCE):
        more = (cents[policy] - cents[REFERENCE]).rename("more_eur")
        frames.append((more[more != 0] / 100.0).reset_index().assign(policy=policy))
    return pd.concat(frames, ignore_index=True)[POLICY_TABLES["policy_costs"].names]


def money_table(costs: pd.DataFrame, order: Sequence[str], inhabitant_years: pd.Series) -> pd.DataFrame:
    """Return the table `money`: own cost, care and crises add up to the difference, for each basis.

    Parameters
    ----------
    costs : DataFrame
        Table `policy_costs`.
    order : sequence of str
        Policies in the order in which they are shown.
    inhabitant_years : Series
        Inhabitants at the transition times the years from it on, by replication.

    Returns
    -------
    DataFrame
        Euro per inhabitant a year.
    """
    crises = {f"crisis_{each}" for each in CRISES}
    part = np.select([costs["item"].isin(OWN_COST), costs["item"].isin(crises)], [OWN, CRISIS], CARE)
    split = costs.assign(part=part)
    rows = []
    for policy in (each for each in order if each != REFERENCE):
        for basis in BASES:
            here = split[split["policy"] == policy]
            here = here[here["payer"] == MUNICIPALITY] if basis == MUNICIPALITY else here
            for name in MONEY_PARTS:
                chosen = here if name == IN_ALL else here[here["part"] == name]
                more = chosen.groupby("replication")["more_eur"].sum()
                more = more.reindex(inhabitant_years.index, fill_value=0.0)
                rows.append(((policy, basis, name), more / inhabitant_years))
    return with_intervals(POLICY_TABLES["money"].names, rows)
