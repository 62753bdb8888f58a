"""The summary of a comparison of systems or policies: no more than the replications allow."""

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.summary.history import backtest_sentence
from scenarios.reporting.summary.remainder import remainder_table
from scenarios.reporting.texts import table_row
from scenarios.reporting.texts.comparison_texts import (
    figure_word,
    figure_written,
    one_sided,
    outcome_words,
    policy_said,
    policy_title,
    said,
    title,
    with_interval,
    years,
)
from simulation.outcomes.comparison import (
    FIGURES,
    FILE,
    NEUTRAL,
    OWN,
    PARTS,
    municipal_figures,
    municipality_names,
)
from simulation.outcomes.policies import ALL_PAYERS, IN_ALL, MONEY_PARTS, MUNICIPALITY
from simulation.recording.arm_names import REFERENCE
from simulation.recording.store import Run

FEW_REPLICATIONS = 20
# Outcomes whose differences are put into sentences.
OUTCOMES_IN_TEXT = (
    "net_cost",
    "all_payers_cost",
    "crises",
    "unmet",
    "specialist_waiting",
    "found_early_share",
)
NEAREST = 3


def summary_text(run: Run, language: str) -> str:
    """Return the summary as text with tables, for the terminal and for a file."""
    parts = [_head(run, language), *(_place(run, place, language) for place in (NEUTRAL, OWN))]
    parts += [_differences(run, language), _decomposition(run, language), _sentences(run, language)]
    parts += [_alike(run, language), said("limits", language)]
    missed = backtest_sentence(years(run)[1], language)
    parts += [missed] if missed else []
    return "\n\n".join(parts) + "\n"


def _head(run: Run, language: str) -> str:
    first, last = years(run)
    systems = ", ".join(title(run, each, language) for each in run.document["systems"])
    replications = texts.replications(run.document["replications"], language)
    lines = [f"# {said('title', language, systems=systems)}", ""]
    lines.append(said("asked", language, replications=replications, first=first, last=last))
    count = run.document["replications"]
    if 1 < count <= FEW_REPLICATIONS:
        chance = texts.number(0.5 ** (count - 1), language, 3)
        lines.append(said("few", language, replications=replications, chance=chance))
    return "\n".join(lines)


def _place(run: Run, place: str, language: str) -> str:
    """Return what every system does on one place: a row per outcome, a column per system."""
    table = run.table("systems")
    of_place = table[table["place"] == place]
    heading = said("own", language)
    if place == NEUTRAL:
        heading = said("neutral", language, place=_spaced(run.document["neutral"]),
                       households=texts.number(_households(run), language))  # fmt: skip
    return f"## {heading}\n\n" + _by_outcome(run, of_place, "system", run.document["systems"], language)


def _differences(run: Run, language: str) -> str:
    table, order = run.table("differences"), run.document["systems"]
    heading = said("differences", language, reference=title(run, order[0], language))
    return f"## {heading}\n\n" + _by_outcome(run, table, "system", order[1:], language)


def _decomposition(run: Run, language: str) -> str:
    """Return the parts of the difference between own municipalities, a table per system."""
    table, order = run.table("decomposition"), run.document["systems"]
    heading = said("decomposition", language, reference=title(run, order[0], language))
    lines = [f"## {heading}", "", said("parts", language)]
    for system in order[1:]:
        of_system = table[table["system"] == system]
        lines += ["", f"### {title(run, system, language)}", ""]
        lines.append(_by_outcome(run, of_system, "part", list(PARTS), language))
    return "\n".join(lines)


def _by_outcome(run: Run, table: pd.DataFrame, by: str, columns: list[str], language: str) -> str:
    """Return a table with a row per outcome; intervals between brackets."""
    names = [title(run, each, language) if by == "system" else said(each, language) for each in columns]
    lines = [table_row([said("outcome", language), said("unit", language), *names])]
    lines.append(table_row(["---"] * (len(columns) + 2)))
    for outcome in table["outcome"].unique():
        rows = table[table["outcome"] == outcome].set_index(by)
        cells = [with_interval(rows.loc[each], language) for each in columns]
        lines.append(table_row([*outcome_words(outcome, language), *cells]))
    return "\n".join(lines)


def _sentences(run: Run, language: str) -> str:
    """Return a sentence per system and outcome: higher, lower, or inconclusive."""
    table, order = run.table("differences"), run.document["systems"]
    lines = [f"## {said('words', language)}", ""]
    for system in order[1:]:
        rows = table[table["system"] == system].set_index("outcome")
        lines += [
            f"- {_sentence(run, system, outcome, rows.loc[outcome], language)}"
            for outcome in OUTCOMES_IN_TEXT
            if outcome in rows.index
        ]
    return "\n".join(lines)


def _sentence(run: Run, system: str, outcome: str, row: pd.Series, language: str) -> str:
    name, unit = outcome_words(outcome, language)
    sided = one_sided(row)
    key = ("more" if row["mean"] > 0 else "less") if sided else "unclear"
    if row["positive"] == row["negative"] == 0.0:
        key = "same"
    numbers = texts.three(row["mean"], row["low"], row["high"], language, sign=key == "unclear")
    size = texts.three(abs(row["mean"]), row["low"], row["high"], language)["mean"]
    return said(
        key, language, system=title(run, system, language), outcome=name, unit=unit,
        reference=title(run, run.document["systems"][0], language),
        size=size if sided else numbers["mean"], low=numbers["low"], high=numbers["high"],
        replications=texts.replications(run.document["replications"], language),
    )  # fmt: skip


def _alike(run: Run, language: str) -> str:
    """Return the compared municipalities and those most like them, figures next to each other."""
    table, figures, names = run.table("municipalities"), municipal_figures(), municipality_names()
    compared = set(run.document["own"].values())
    head = [said(each, language) for each in ("municipality", "away", "of")]
    lines = [f"## {said('alike', language)}", "", said("distance", language, file=FILE), ""]
    lines.append(table_row(head + [figure_word(each, language) for each in FIGURES]))
    lines.append(table_row(["---"] * (3 + len(FIGURES))))
    for slug in table["municipality"].unique():
        lines.append(table_row([f"**{names[slug]}**", "", "", *_own(figures, slug, language)]))
        rows = table[table["municipality"] == slug]
        near = rows.head(NEAREST)
        beside = rows[rows["other"].isin(compared) & ~rows["other"].isin(near["other"])]
        for each in pd.concat([near, beside]).itertuples():
            mark = " *" if each.other in compared else ""
            away = [texts.number(each.distance, language, 2), str(each.figures)]
            lines.append(
                table_row([f"{names[each.other]}{mark}", *away, *_own(figures, each.other, language)])
            )
    return "\n".join(lines)


def _own(figures: pd.DataFrame, slug: str, language: str) -> list[str]:
    return [figure_written(float(figures.loc[slug, each]), each, language) for each in FIGURES]


def _households(run: Run) -> int:
    return int(next(iter(run.document["households"][NEUTRAL].values())))


def _spaced(slug: str) -> str:
    return slug.replace("_", " ")


# Outcomes whose differences are put into sentences.
POLICY_OUTCOMES_IN_TEXT = ("net_cost", "crises", "unmet", "team_waiting", "specialist_waiting")


def policy_summary(run: Run, language: str) -> str:
    """Return the summary as text with tables, for the terminal and for a file."""
    parts = [_policy_head(run, language), _policies(run, language), _policy_differences(run, language)]
    parts += [_money(run, language), _beside(run, language), _ranking(run, language)]
    parts.append(_policy_sentences(run, language))
    parts.append(policy_said("limits", language))
    missed = backtest_sentence(years(run, "policy_outcomes")[1], language)
    return "\n\n".join([*parts, *([missed] if missed else [])]) + "\n"


def is_sure(row: pd.Series) -> bool:
    """Whether the interval of a difference excludes zero; one replication has no interval."""
    return bool(row["replications"] > 1 and not row["low"] <= 0.0 <= row["high"])


def _policy_head(run: Run, language: str) -> str:
    about, (first, last) = run.document, years(run, "policy_outcomes")
    count = texts.replications(about["replications"], language)
    names = ", ".join(policy_title(run, each, language) for each in about["order"])
    lines = [f"# {policy_said('title', language, policies=names[0].upper() + names[1:])}", ""]
    lines.append(
        policy_said("asked", language, place=texts.place(about["municipality"], language), first=first,
                    last=last, households=texts.number(about["households"], language), replications=count)
    )  # fmt: skip
    if 1 < about["replications"] <= FEW_REPLICATIONS:
        chance = texts.number(0.5 ** (about["replications"] - 1), language, 3)
        lines.append(policy_said("few", language, replications=count, chance=chance))
    return "\n".join(lines)


def _policies(run: Run, language: str) -> str:
    """Return what is in each policy: its text, its levers and its source."""
    lines = [f"## {policy_said('what', language)}"]
    for policy in run.document["order"]:
        about = run.document["policies"][policy]
        start = policy_said("from", language, start=about["start"])
        name = policy_title(run, policy, language)
        lines += ["", f"**{name}** (`{policy}`, {start}). {about['about'][language]}".rstrip()]
        lines += [""] + [
            "- "
            + policy_said("lever", language, name=name, old=_shown(each["from"], language), unit=each["unit"],
                   new=_shown(each["to"], language))
            for name, each in about["changes"].items()
        ]  # fmt: skip
        if about["source"]:
            lines.append("- " + policy_said("source", language, source=about["source"]))
    return "\n".join(lines)


def _shown(value: object, language: str) -> str:
    """Return the value of a lever as readers of the language write it."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or value == 0:
        return str(value).removesuffix(".0")
    return texts.significant(float(value), language)  # type: ignore[arg-type]


def _policy_differences(run: Run, language: str) -> str:
    """Return the table of differences: a row per outcome, the reference and a column per policy."""
    policies = run.document["order"]
    levels = run.table("policies").set_index(["policy", "outcome"])
    table = run.table("policy_differences").set_index(["policy", "outcome"])
    head = [policy_said(each, language) for each in ("outcome", "unit", "reference")]
    lines = [
        f"## {policy_said('differences', language)}",
        "",
        table_row([*head, *_titles(run, policies, language)]),
    ]
    lines.append(table_row(["---"] * (len(policies) + 3)))
    for outcome in table.index.unique("outcome"):
        cells = [with_interval(table.loc[policy, outcome], language) for policy in policies]
        level = texts.sensible(levels.loc[(REFERENCE, outcome), "mean"], language)
        lines.append(table_row([*outcome_words(outcome, language), level, *cells]))
    return "\n".join(lines)


def _money(run: Run, language: str) -> str:
    """Return own cost, care and crises, which add up to the municipality's difference; and all payers'."""
    policies = run.document["order"]
    table = run.table("money").set_index(["policy", "basis", "part"])
    lines = [f"## {policy_said('money', language)}", "", policy_said("money_note", language), ""]
    lines.append(table_row([policy_said("part", language), *_titles(run, policies, language)]))
    lines.append(table_row(["---"] * (len(policies) + 1)))
    for basis, part in [*((MUNICIPALITY, each) for each in MONEY_PARTS[1:]), (MUNICIPALITY, IN_ALL),
                        (ALL_PAYERS, IN_ALL)]:  # fmt: skip
        name = (
            policy_said(part, language)
            if part != IN_ALL
            else f"{policy_said(part, language)}, {policy_said(basis, language)}"
        )
        cells = [with_interval(table.loc[policy, basis, part], language) for policy in policies]
        lines.append(table_row([name, *cells]))
    return "\n".join(lines)


def _beside(run: Run, language: str) -> str:
    """Return what remains of each policy with a mechanism off, and its cost by law and line of care."""
    lines = [f"## {policy_said('beside', language)}"]
    for policy, found in run.document["beside"].items():
        lines += ["", f"### {texts.capital(policy_title(run, policy, language))}", ""]
        lines += remainder_table(found, language)[:-1]
    return "\n".join(lines)


def _ranking(run: Run, language: str) -> str:
    """Return how often each is best and its rank: a row per outcome that has a better side."""
    order = [REFERENCE, *run.document["order"]]
    table = run.table("ranking").set_index(["policy", "outcome"])
    lines = [f"## {policy_said('ranking', language)}", "", policy_said("ranking_note", language), ""]
    lines.append(table_row([policy_said("outcome", language), *_titles(run, order, language)]))
    lines.append(table_row(["---"] * (len(order) + 1)))
    for outcome in table.index.unique("outcome"):
        cells = []
        for policy in order:
            row = table.loc[policy, outcome]
            cells.append(f"{texts.share(row['best'], language)}% ({int(row['rank'])})")
        lines.append(table_row([outcome_words(outcome, language)[0], *cells]))
    return "\n".join(lines)


def _policy_sentences(run: Run, language: str) -> str:
    """Return a sentence per policy and outcome: more, less, or inconclusive."""
    levels = run.table("policies").set_index(["policy", "outcome"])
    table = run.table("policy_differences").set_index(["policy", "outcome"])
    lines = [f"## {policy_said('words', language)}", ""]
    for policy in run.document["order"]:
        for outcome in (each for each in POLICY_OUTCOMES_IN_TEXT if (policy, each) in table.index):
            row, baseline = table.loc[policy, outcome], float(levels.loc[(REFERENCE, outcome), "mean"])
            lines.append(f"- {_policy_sentence(run, policy, outcome, row, baseline, language)}")
    return "\n".join(lines)


def _policy_sentence(
    run: Run, policy: str, outcome: str, row: pd.Series, baseline: float, language: str
) -> str:
    name, unit = outcome_words(outcome, language)
    key = ("more" if row["mean"] > 0.0 else "less") if is_sure(row) else "unclear"
    if row["positive"] == row["negative"] == 0.0:
        key = "same"
    turn = -1.0 if key == "less" else 1.0
    low, high = sorted((turn * row["low"], turn * row["high"]))
    words = texts.three(turn * row["mean"], low, high, language, sign=key == "unclear")
    return policy_said(
        key, language, policy=policy_title(run, policy, language), outcome=name, unit=unit,
        size=words["mean"], low=words["low"], high=words["high"], baseline=texts.sensible(baseline, language),
    )  # fmt: skip


def _titles(run: Run, policies: list[str], language: str) -> list[str]:
    return [policy_title(run, each, language) for each in policies]
