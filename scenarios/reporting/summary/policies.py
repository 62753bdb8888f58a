"""The summary of a comparison of policies: tables and sentences that claim no more than they may."""

import pandas as pd

from scenarios.reporting import texts
from scenarios.reporting.summary.history import backtest_sentence
from scenarios.reporting.texts.comparison_texts import outcome_words, with_interval
from scenarios.reporting.texts.comparison_texts import policy_said as said
from scenarios.reporting.texts.comparison_texts import policy_title as title
from simulation.outcomes.policies import ALL_PAYERS, IN_ALL, MONEY_PARTS, MUNICIPALITY
from simulation.recording.arm_names import REFERENCE
from simulation.recording.store import Run

FEW_REPLICATIONS = 20
# Outcomes whose differences are put into sentences.
TOLD = ("net_cost", "crises", "unmet", "team_waiting", "specialist_waiting")


def summary_text(run: Run, language: str) -> str:
    """Return the summary as text with tables, for the terminal and for a file."""
    parts = [_head(run, language), _policies(run, language), _differences(run, language)]
    parts += [_money(run, language), _ranking(run, language), _sentences(run, language)]
    parts.append(said("limits", language))
    missed = backtest_sentence(years(run)[1], language)
    return "\n\n".join([*parts, *([missed] if missed else [])]) + "\n"


def years(run: Run) -> tuple[int, int]:
    """Return the first and last year that are compared."""
    found = run.table("policy_outcomes")["year"]
    return int(found[found > 0].min()), int(found.max())


def is_sure(row: pd.Series) -> bool:
    """Whether the interval of a difference excludes zero; one replication has no interval."""
    return bool(row["replications"] > 1 and not row["low"] <= 0.0 <= row["high"])


def _head(run: Run, language: str) -> str:
    about, (first, last) = run.document, years(run)
    count = texts.replications(about["replications"], language)
    names = ", ".join(title(run, each, language) for each in about["order"])
    lines = [f"# {said('title', language, policies=names[0].upper() + names[1:])}", ""]
    lines.append(
        said("asked", language, place=texts.place(about["municipality"], language), first=first, last=last,
             households=texts.number(about["households"], language), replications=count)
    )  # fmt: skip
    if 1 < about["replications"] <= FEW_REPLICATIONS:
        chance = texts.number(0.5 ** (about["replications"] - 1), language, 3)
        lines.append(said("few", language, replications=count, chance=chance))
    return "\n".join(lines)


def _policies(run: Run, language: str) -> str:
    """Return what is in each policy: its text, its levers and its source."""
    lines = [f"## {said('what', language)}"]
    for policy in run.document["order"]:
        about = run.document["policies"][policy]
        start = said("from", language, start=about["start"])
        lines += [
            "",
            f"**{title(run, policy, language)}** (`{policy}`, {start}). {about['about'][language]}".rstrip(),
        ]
        lines += [""] + [
            "- "
            + said("lever", language, name=name, old=_shown(each["from"], language), unit=each["unit"],
                   new=_shown(each["to"], language))
            for name, each in about["changes"].items()
        ]  # fmt: skip
        if about["source"]:
            lines.append("- " + said("source", language, source=about["source"]))
    return "\n".join(lines)


def _shown(value: object, language: str) -> str:
    """Return the value of a lever as readers of the language write it."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or value == 0:
        return str(value).removesuffix(".0")
    return texts.significant(float(value), language)  # type: ignore[arg-type]


def _differences(run: Run, language: str) -> str:
    """Return the table of differences: a row per outcome, the reference and a column per policy."""
    policies = run.document["order"]
    levels = run.table("policies").set_index(["policy", "outcome"])
    table = run.table("policy_differences").set_index(["policy", "outcome"])
    head = [said(each, language) for each in ("outcome", "unit", "reference")]
    lines = [f"## {said('differences', language)}", "", _row([*head, *_titles(run, policies, language)])]
    lines.append(_row(["---"] * (len(policies) + 3)))
    for outcome in table.index.unique("outcome"):
        cells = [with_interval(table.loc[policy, outcome], language) for policy in policies]
        level = texts.sensible(levels.loc[(REFERENCE, outcome), "mean"], language)
        lines.append(_row([*outcome_words(outcome, language), level, *cells]))
    return "\n".join(lines)


def _money(run: Run, language: str) -> str:
    """Return own cost, care and crises, which add up to the municipality's difference; and all payers'."""
    policies = run.document["order"]
    table = run.table("money").set_index(["policy", "basis", "part"])
    lines = [f"## {said('money', language)}", "", said("money_note", language), ""]
    lines.append(_row([said("part", language), *_titles(run, policies, language)]))
    lines.append(_row(["---"] * (len(policies) + 1)))
    for basis, part in [*((MUNICIPALITY, each) for each in MONEY_PARTS[1:]), (MUNICIPALITY, IN_ALL),
                        (ALL_PAYERS, IN_ALL)]:  # fmt: skip
        name = said(part, language) if part != IN_ALL else f"{said(part, language)}, {said(basis, language)}"
        cells = [with_interval(table.loc[policy, basis, part], language) for policy in policies]
        lines.append(_row([name, *cells]))
    return "\n".join(lines)


def _ranking(run: Run, language: str) -> str:
    """Return how often each is best and its rank: a row per outcome that has a better side."""
    order = [REFERENCE, *run.document["order"]]
    table = run.table("ranking").set_index(["policy", "outcome"])
    lines = [f"## {said('ranking', language)}", "", said("ranking_note", language), ""]
    lines.append(_row([said("outcome", language), *_titles(run, order, language)]))
    lines.append(_row(["---"] * (len(order) + 1)))
    for outcome in table.index.unique("outcome"):
        cells = []
        for policy in order:
            row = table.loc[policy, outcome]
            cells.append(f"{texts.share(row['best'], language)}% ({int(row['rank'])})")
        lines.append(_row([outcome_words(outcome, language)[0], *cells]))
    return "\n".join(lines)


def _sentences(run: Run, language: str) -> str:
    """Return a sentence per policy and outcome: more, less, or inconclusive."""
    levels = run.table("policies").set_index(["policy", "outcome"])
    table = run.table("policy_differences").set_index(["policy", "outcome"])
    lines = [f"## {said('words', language)}", ""]
    for policy in run.document["order"]:
        for outcome in (each for each in TOLD if (policy, each) in table.index):
            row, baseline = table.loc[policy, outcome], float(levels.loc[(REFERENCE, outcome), "mean"])
            lines.append(f"- {_sentence(run, policy, outcome, row, baseline, language)}")
    return "\n".join(lines)


def _sentence(run: Run, policy: str, outcome: str, row: pd.Series, baseline: float, language: str) -> str:
    name, unit = outcome_words(outcome, language)
    key = ("more" if row["mean"] > 0.0 else "less") if is_sure(row) else "unclear"
    if row["positive"] == row["negative"] == 0.0:
        key = "same"
    turn = -1.0 if key == "less" else 1.0
    low, high = sorted((turn * row["low"], turn * row["high"]))
    words = texts.three(turn * row["mean"], low, high, language, sign=key == "unclear")
    return said(
        key, language, policy=title(run, policy, language), outcome=name, unit=unit, size=words["mean"],
        low=words["low"], high=words["high"], baseline=texts.sensible(baseline, language),
    )  # fmt: skip


def _titles(run: Run, policies: list[str], language: str) -> list[str]:
    return [title(run, each, language) for each in policies]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
