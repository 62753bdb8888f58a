"""The table that a run ends with: the project's questions beside one another, against one reference."""

import pandas as pd

from scenarios.reporting.texts import arm_of, name, number, replications, sensible, text, three
from scenarios.reporting.texts.comparison_texts import one_sided
from simulation.months import MONTHS_PER_YEAR, month_number, year_of
from simulation.outcomes.comparison import with_intervals
from simulation.outcomes.decomposition import by_replication, of_arm, own_cost
from simulation.outcomes.definitions import values_of
from simulation.outcomes.policies import POLICY_TABLES, policy_differences_table
from simulation.outcomes.savings import inhabitants_at
from simulation.recording.arm_names import LARGER_TEAMS, POLICY, QUESTION_ARMS, REFERENCE
from simulation.recording.store import Run

OWN = "own_cost"
EXTRA_STAFF, SIZE = "wijkteam.extra_fte_per_1000", "wijkteam.fte_per_1000"
SHOWN = ("net_cost", OWN, "crises", "unmet", "team_waiting")


def question_lines(run: Run, language: str) -> list[str]:
    """Return the table as lines, and what its star and its rows mean; none for a run without these arms."""
    table = question_table(run, language)
    return [*table, *_what_they_are(run, language)] if table else []


def question_table(run: Run, language: str) -> list[str]:
    """Return the table as lines, as the screen shows it; none for a run without these arms."""
    found = question_differences(run)
    if found is None:
        return []
    differences, reference = found
    count = int(differences["replications"].iloc[0])
    monthly = run.table("monthly")
    words = {
        "first": int(year_of(month_number(run.document["transition"]))),
        "last": int(monthly["year"].max()),
    }
    rows = [["", *(text(f"question_{each}", language) for each in SHOWN)]]
    levels = [sensible(reference[each], language) if each in reference else "" for each in SHOWN]
    rows.append([text("question_reference", language), *levels])
    for arm, of_arm_rows in differences.groupby("policy", sort=False):
        title = arm_of(run.document, arm, language) if arm == POLICY else name(str(arm), language)
        cells = of_arm_rows.set_index("outcome")
        rows.append([title, *(_cell(cells.loc[each], language) for each in SHOWN)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(SHOWN) + 1)]
    lines = [
        "  " + "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in
                                                     zip(row[1:], widths[1:], strict=True))])
        for row in rows
    ]  # fmt: skip
    head = text("question_head", language, replications=replications(count, language), **words)
    chance = number(0.5 ** (count - 1), language, 2)
    star = [text("question_star", language, chance=chance)] if count > 1 else []
    return [head, *lines, text("question_units", language), *star]


def _what_they_are(run: Run, language: str) -> list[str]:
    """Say what the arms are, with the staff that the run gave them; nothing where run.json has no values."""
    values = run.document.get("parameters", {})
    told = []
    for arm in (each for each in QUESTION_ARMS if each in values):
        changes = values[arm]
        fte = changes.get(SIZE, 0.0)
        if arm == LARGER_TEAMS:
            fte = changes[EXTRA_STAFF] - values[REFERENCE][EXTRA_STAFF]
        told.append(text(f"question_is_{arm}", language, fte=number(fte, language, 2)))
    return [text("question_arms", language, arms="; ".join(told))] if told else []


def question_differences(run: Run) -> tuple[pd.DataFrame, dict[str, float]] | None:
    """Return each arm less the reference with its interval, and what the reference has.

    The policy stands among them in the same replications. None for a run without these arms.

    Returns
    -------
    tuple of DataFrame and dict, or None
        Rows by policy (the arm) and outcome as in `policy_differences`, `own_cost` among the outcomes: a
        year, per inhabitant or per 1,000 households. And the mean of the reference by outcome.
    """
    monthly = run.table("monthly")
    arms = [arm for arm in (POLICY, *QUESTION_ARMS) if (monthly["arm"] == arm).any()]
    if len(arms) < 2:
        return None
    there = sorted(monthly.loc[monthly["arm"] == arms[-1], "replication"].unique())
    read = [each for each in SHOWN if each != OWN]
    rows = [
        (arm, replication, 0, outcome, value)
        for (arm, replication), months in monthly.groupby(["arm", "replication"], observed=True)
        if arm in (REFERENCE, *arms) and replication in there
        for outcome, value in values_of(
            {column: months[column].to_numpy() for column in months}, run.document["transition"], read
        ).items()
    ]
    outcomes = pd.DataFrame(rows, columns=POLICY_TABLES["policy_outcomes"].names)
    differences = policy_differences_table(outcomes, arms)
    own = with_intervals(list(differences), [((arm, OWN), _own_cost(run, arm, there)) for arm in arms])
    reference = outcomes[outcomes["policy"] == REFERENCE].groupby("outcome")["value"].mean().to_dict()
    return pd.concat([differences, own], ignore_index=True), reference


def _own_cost(run: Run, arm: str, there: list[int]) -> pd.Series:
    """Return what an arm pays for itself more than the reference, euro per inhabitant a year."""
    transition = month_number(run.document["transition"])
    monthly = run.table("monthly")
    years = (int(monthly["month"].max()) + 1 - transition) / MONTHS_PER_YEAR
    saved = by_replication(own_cost(of_arm(run.table("decomposition"), arm)), there)
    return -saved / inhabitants_at(monthly, transition).loc[there] / years


def _cell(row: pd.Series, language: str) -> str:
    """Return a difference with its interval, with a star where all replications agree on its sign."""
    words = three(row["mean"], row["low"], row["high"], language)
    if row["replications"] < 2:
        return words["mean"]
    star = "*" if one_sided(row) else ""
    return f"{words['mean']}{star} [{words['low']}; {words['high']}]"
