"""The short summary of a run in the terminal: the history first, then what it costs, saves, for whom.

It ends with the table of the project's questions next to each other, against one reference.
"""

import numpy as np
import pandas as pd

from scenarios.common.certainty import ENOUGH, is_first_estimate
from scenarios.reporting import texts
from scenarios.reporting.summary.history import backtest_sentence, history_lines
from scenarios.reporting.summary.outcomes import headline_lines, once_per_run, split_lines
from scenarios.reporting.summary.remainder import COST, PARTS, parts_in_words, remainder_of
from scenarios.reporting.texts import (
    arm_of,
    check_language,
    name,
    number,
    phase_in_words,
    place,
    policy_of,
    replications,
    sensible,
    share,
    text,
    three,
)
from scenarios.reporting.texts.comparison_texts import one_sided
from scenarios.reporting.texts.story_words import month
from simulation.months import BASE_YEAR, MONTHS_PER_YEAR, month_number, year_of
from simulation.outcomes.comparison import with_intervals
from simulation.outcomes.definitions import values_of
from simulation.outcomes.derived import by_replication, of_arm, own_cost
from simulation.outcomes.headline import confidence
from simulation.outcomes.intervals import Interval, interval
from simulation.outcomes.municipalities import NAME as MUNICIPALITIES
from simulation.outcomes.municipalities import municipality_measures, spread
from simulation.outcomes.policies import POLICY_TABLES, policy_differences_table
from simulation.outcomes.savings import (
    BASES,
    CHANNELS_TABLE,
    HORIZON_YEARS,
    NO_INVESTMENT,
    arm_grid,
    base_population,
    break_even_shares,
    inhabitants_at,
    open_care_per_inhabitant,
    savings_curve,
)
from simulation.recording.arm_names import LARGER_TEAMS, POLICY, QUESTION_ARMS, REFERENCE
from simulation.recording.store import Run
from simulation.recording.tallies import CRISES

OWN = "own_cost"
EXTRA_STAFF, SIZE = "wijkteam.extra_fte_per_1000", "wijkteam.fte_per_1000"
SHOWN = ("net_cost", OWN, "crises", "unmet", "team_waiting")


def question_lines(run: Run, language: str) -> list[str]:
    """Return the table as lines, and what its star and its rows mean; none for a run without these arms."""
    table = question_table(run, language)
    return [*table, *_by_law(run, language), *_what_they_are(run, language)] if table else []


def question_table(run: Run, language: str) -> list[str]:
    """Return the table as lines, as the screen shows it; none for a run without these arms."""
    found = question_differences(run)
    if found is None:
        return []
    differences, reference = found
    stars = not is_first_estimate(run.document["replications"])
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
        rows.append([title, *(_cell(cells.loc[each], stars, language) for each in SHOWN)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(SHOWN) + 1)]
    lines = [
        "  " + "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in
                                                     zip(row[1:], widths[1:], strict=True))])
        for row in rows
    ]  # fmt: skip
    head = text("question_head", language, replications=replications(count, language), **words)
    chance = number(0.5 ** (count - 1), language, 2)
    star = [text("question_star", language, chance=chance)] if stars and count > 1 else []
    return [head, *lines, text("question_units", language), *star]


def _by_law(run: Run, language: str) -> list[str]:
    """Return what each arm costs more than the reference, by law."""
    found = question_outcomes(run)
    assert found is not None
    wide = found.pivot(index="replication", columns=["policy", "outcome"], values="value")
    lines = [text("question_laws", language)]
    for arm in _arms_in(found):
        more = {each: (wide[arm, each] - wide[REFERENCE, each]).to_numpy() for each in (COST, *PARTS)}
        title = arm_of(run.document, arm, language) if arm == POLICY else name(str(arm), language)
        lines.append(f"    {title}: {parts_in_words(remainder_of({POLICY: more})['laws'], language)}")
    return lines


def _what_they_are(run: Run, language: str) -> list[str]:
    """Say what the arms are, with the staff that the run gave them; nothing where run.json has no values."""
    values = run.document.get("parameters", {})
    phrases = []
    for arm in (each for each in QUESTION_ARMS if each in values):
        changes = values[arm]
        fte = changes.get(SIZE, 0.0)
        if arm == LARGER_TEAMS:
            fte = changes[EXTRA_STAFF] - values[REFERENCE][EXTRA_STAFF]
        phrases.append(text(f"question_is_{arm}", language, fte=number(fte, language, 2)))
    return [text("question_arms", language, arms="; ".join(phrases))] if phrases else []


@once_per_run
def question_differences(run: Run) -> tuple[pd.DataFrame, dict[str, float]] | None:
    """Return each arm less the reference with its interval, and what the reference has.

    The policy stands among them in the same replications. None for a run without these arms.

    Returns
    -------
    tuple of DataFrame and dict, or None
        Rows by policy (the arm) and outcome as in `policy_differences`, `own_cost` among the outcomes: a
        year, per inhabitant or per 1,000 households. And the mean of the reference by outcome.
    """
    outcomes = question_outcomes(run)
    if outcomes is None:
        return None
    arms = _arms_in(outcomes)
    replication_numbers = sorted(outcomes["replication"].unique())
    shown = outcomes[outcomes["outcome"].isin(SHOWN)]
    differences = policy_differences_table(shown, arms)
    own = with_intervals(
        list(differences), [((arm, OWN), _own_cost(run, arm, replication_numbers)) for arm in arms]
    )
    reference = shown[shown["policy"] == REFERENCE].groupby("outcome")["value"].mean().to_dict()
    return pd.concat([differences, own], ignore_index=True), reference


@once_per_run
def question_outcomes(run: Run) -> pd.DataFrame | None:
    """Return the outcomes of the reference, the policy and each arm of the questions, in their replications.

    Returns
    -------
    DataFrame or None
        As `policy_outcomes`; None for a run without these arms.
    """
    monthly = run.table("monthly")
    arms = [arm for arm in (POLICY, *QUESTION_ARMS) if (monthly["arm"] == arm).any()]
    if len(arms) < 2:
        return None
    replication_numbers = sorted(monthly.loc[monthly["arm"] == arms[-1], "replication"].unique())
    names = [*(each for each in SHOWN if each != OWN), *PARTS]
    selected = monthly[
        monthly["arm"].isin([REFERENCE, *arms]) & monthly["replication"].isin(replication_numbers)
    ]
    rows = [
        (arm, replication, 0, outcome, value)
        for (arm, replication), months in selected.groupby(["arm", "replication"], observed=True)
        for outcome, value in values_of(
            {column: months[column].to_numpy() for column in months}, run.document["transition"], names
        ).items()
    ]
    return pd.DataFrame(rows, columns=POLICY_TABLES["policy_outcomes"].names)


def _arms_in(outcomes: pd.DataFrame) -> list[str]:
    """Return the policy and the arms of the questions that there are outcomes of, in their order."""
    arms = set(outcomes["policy"])
    return [arm for arm in (POLICY, *QUESTION_ARMS) if arm in arms]


def _own_cost(run: Run, arm: str, replication_numbers: list[int]) -> pd.Series:
    """Return what an arm pays for itself more than the reference, euro per inhabitant a year."""
    transition = month_number(run.document["transition"])
    monthly = run.table("monthly")
    years = (int(monthly["month"].max()) + 1 - transition) / MONTHS_PER_YEAR
    saved = by_replication(own_cost(of_arm(run.table("decomposition"), arm)), replication_numbers)
    return -saved / inhabitants_at(monthly, transition).loc[replication_numbers] / years


def _cell(row: pd.Series, stars: bool, language: str) -> str:
    """Return a difference with its interval and, with `stars`, a star where all have the same sign."""
    words = three(row["mean"], row["low"], row["high"], language)
    if row["replications"] < 2:
        return words["mean"]
    star = "*" if stars and one_sided(row) else ""
    return f"{words['mean']}{star} [{words['low']}; {words['high']}]"


# What the summary of a country's run tells of its municipalities.


def first_year(run: Run) -> int:
    """Return the year from which municipalities are compared: that of the transition."""
    return BASE_YEAR + month_number(run.document["transition"]) // MONTHS_PER_YEAR


def titles(run: Run) -> dict[str, str]:
    """Return the names of municipalities as people read them, by their names in tables."""
    return {each["name"]: each["title"] for each in run.document["members"]}


def spread_lines(run: Run, language: str) -> list[str]:
    """Return lines about how far municipalities lie apart; none for the run of one municipality."""
    if MUNICIPALITIES not in run.tables:
        return []
    first = first_year(run)
    measures = municipality_measures(run.table(MUNICIPALITIES), first)
    lines = [texts.text("spread_head", language, first=first)]
    read = titles(run)
    lines += [_line(row, read, language) for _, row in spread(measures).iterrows()]
    alike = measures[~measures["real"]]
    if not alike.empty:
        row = spread(alike).set_index("measure").loc["saving"]
        lines.append(
            texts.text("spread_equal", language, equal=alike["municipality"].nunique(),
                       all=measures["municipality"].nunique(), **_numbers(row, language))
        )  # fmt: skip
    return lines


def _line(row: pd.Series, read: dict[str, str], language: str) -> str:
    names = {key: read[row[key]] for key in ("lowest_in", "highest_in")}
    measure = texts.text(f"measure_{row['measure']}", language)
    return texts.text("spread_line", language, measure=measure, **names, **_numbers(row, language))


def _numbers(row: pd.Series, language: str) -> dict[str, str]:
    largest = max(abs(row["lowest"]), abs(row["highest"]))
    return {
        key: texts.sensible(row[key], language, largest)
        for key in ("lowest", "low", "median", "high", "highest")
    }


# The lines of the summary about channels, for a run that was decomposed.


def channel_lines(run: Run, language: str) -> list[str]:
    """Return by which channel the municipality saves; none for a run that was not decomposed."""
    if CHANNELS_TABLE not in run.tables:
        return []
    table = run.table(CHANNELS_TABLE)
    rows = table[table["basis"] == "municipality"]
    inhabitants = inhabitants_at(run.table("monthly"), month_number(run.document["transition"]))
    last = int(run.table("savings")["year"].max())
    lines = [text("channels_head", language, policy=name(run.document["policy"], language), last=last)]
    for channel, of_channel in rows.sort_values(["order", "replication"]).groupby("channel", sort=False):
        saved = of_channel.set_index("replication")["saving_eur"]
        found = confidence(saved / inhabitants.loc[saved.index], margin=0.0)
        words = three(found.mean, found.low, found.high, language)
        saving_text = text("placebo_total" if found.count > 1 else "placebo_one", language, **words)
        key = "channels_line" if of_channel["in_total"].all() else "channels_beside"
        lines.append(text(key, language, channel=text(f"channel_{channel}", language), told=saving_text))
    return lines


SUMMARY_FILE = "summary_{language}.txt"  # in the folder of a run
FIRST_YEARS = 3
SHARE_YEARS = (3, 5, 10)
HARMS_IN_TEXT = ("own_payments", "placements", "crises", "unmet")


def finding_sentence(found: Interval, subject: str, unit: str, language: str) -> str:
    """Return a sentence that claims no more than the interval allows.

    Examples
    --------
    >>> finding_sentence(interval([-1.0, 2.0] * 5), "Saved", "euro", "en")
    'Saved: inconclusive, between \u22121.0 and +2.0 euro (90% interval)'
    >>> finding_sentence(interval([1.0, 2.0]), "Saved", "euro", "en")
    'Saved: first estimate 1.5 euro, between 1.1 and 1.9'
    """
    kind = "finding_yes" if found.sign else "finding_no"
    if is_first_estimate(found.count):
        kind = "finding_first" if found.count > 1 else "finding_one"
    words = three(found.mean, found.low, found.high, language, sign=kind == "finding_no")
    return text(kind, language, subject=subject, unit=unit, **words)


def summary_lines(run: Run, language: str = "en") -> list[str]:
    """Return the summary of a run as lines of text.

    Parameters
    ----------
    run : Run
        A finished run, from `open_run`.
    language : str
        "en" or "nl".
    """
    check_language(language)
    return [
        *_head(run, language),
        *_money(run, language),
        *channel_lines(run, language),
        *_break_even(run, language),
        *_people(run, language),
        *_transition_harms(run, language),
        *spread_lines(run, language),
        *split_lines(run, language),
        *_certainty(run, language),
        *question_lines(run, language),
    ]


def screen_lines(run: Run, language: str = "en") -> list[str]:
    """Return what fits on one screen: the record, the headline with its uncertainty, and the questions.

    Parameters
    ----------
    run : Run
        A finished run, from `open_run`.
    language : str
        "en" or "nl".
    """
    check_language(language)
    file, notes = SUMMARY_FILE.format(language=language), len(run.document["notes"])
    split = split_lines(run, language)[:1]  # the sentence; the table stands in the file
    more = text("summary_more", language, file=file, notes=notes)
    return [*_head(run, language), *split, *question_table(run, language), more]


def _head(run: Run, language: str) -> list[str]:
    """Say what was asked, how the model follows the record, the headline, and how far forecasts missed."""
    missed = backtest_sentence(int(run.table("monthly")["year"].max()), language)
    return [
        _asked(run, language),
        *history_lines(run, language),
        *headline_lines(run, language),
        *([missed] if missed else []),
    ]


def _asked(run: Run, language: str) -> str:
    """Say what was asked."""
    about = run.document
    return text(
        "summary_asked", language, municipality=place(about["municipality"], language),
        replications=replications(about["replications"], language),
        households=number(about["households"], language),
        first=int(run.table("monthly")["year"].min()), **based_on(run, language),
        policy=policy_of(about, language), landing=name(about["landing"], language),
    )  # fmt: skip


def based_on(run: Run, language: str) -> dict[str, str]:
    """Return the inhabitants that figures per inhabitant are divided by, and the month they are of."""
    start = month_number(run.document["transition"])
    inhabitants = base_population(run.table("monthly"), start)
    return {"inhabitants": number(inhabitants, language), "month": month(start, language)}


def _money(run: Run, language: str) -> list[str]:
    """Say what the first years cost, what the later ones save, and the present value."""
    savings = run.table("savings")
    first, last = int(savings["year"].min()), int(savings["year"].max())
    turn = min(first + FIRST_YEARS, last)
    early = savings["year"] < turn
    parts = [
        ("first_year" if turn - first == 1 else "first", "municipality", early, {"years": turn - first}),
        ("later", "municipality", ~early, {"first": turn, "last": last}),
        ("total", "all_payers", early | True, {"last": last}),
    ]
    lines, base = [], based_on(run, language)["inhabitants"]
    for period, basis, rows, words in parts:
        of_basis = savings[rows & (savings["basis"] == basis)]
        if not of_basis.empty:
            period_text = text(f"summary_{period}", language, **words)
            lines.append(_saved_or_spent(of_basis, period_text, basis, base, language))
    lines.append(_open_care(run, last, language))
    values = {rate: number(_present_value(run, rate), language, 1) for rate in (0.0225, 0.0, 0.04)}
    lines.append(text("summary_present", language, last=last, base=values[0.0225], zero=values[0.0],
                      four=values[0.04]))  # fmt: skip
    return lines


def _saved_or_spent(rows: pd.DataFrame, period: str, basis: str, base: str, language: str) -> str:
    """Say what one period saves, or what it costs when that is beyond doubt, per inhabitant and in all."""
    sums = rows.groupby("replication")[["saving_eur_per_inhabitant", "saving_eur"]].sum()
    spent = interval(sums["saving_eur_per_inhabitant"]).sign < 0
    sums = -sums if spent else sums
    whose = text(f"summary_{basis}", language)
    verb = text("summary_costs" if spent else "summary_saves", language, basis=whose)
    unit = text("eur_per_inhabitant", language)
    unit += f" ({_in_all(float(sums['saving_eur'].mean()), base, language)})"
    found = interval(sums["saving_eur_per_inhabitant"])
    return finding_sentence(found, f"{period}, {verb}", unit, language) + "."


def _in_all(eur: float, base: str, language: str) -> str:
    """Return an amount in all in million euro, or in what does not round it to a digit or none.

    Examples
    --------
    >>> _in_all(5_240_000.0, "9,000", "en"), _in_all(38_200.0, "467", "en")
    ('mean total 5.2 million euro for 9,000 inhabitants', 'mean total 38 thousand euro for 467 inhabitants')
    """
    for key, size, decimals in (("million", 1e6, 1), ("thousand", 1e3, 0)):
        if abs(eur) >= size:
            return text(f"summary_{key}", language, total=number(eur / size, language, decimals), base=base)
    return text("summary_euro", language, total=number(eur, language), base=base)


def _open_care(run: Run, last: int, language: str) -> str:
    """Say what no year has booked and no line counts: the price of care that goes on beyond the end."""
    start = month_number(run.document["transition"])
    found = interval(open_care_per_inhabitant(run.table("monthly"), run.table("open_care"), start))
    unit = text("eur_per_inhabitant", language)
    return finding_sentence(found, text("summary_open_care", language, last=last), unit, language) + "."


def _present_value(run: Run, discount_per_year: float) -> float:
    """Return the municipality's saving to the end of the run at another discount rate, mean over
    replications.
    """
    start = month_number(run.document["transition"])
    curve = savings_curve(run.table("monthly"), start, discount_per_year=discount_per_year)
    at_end = curve[(curve["year"] == curve["year"].max()) & (curve["basis"] == "municipality")]
    return float(at_end["present_value_eur_per_inhabitant"].mean())


def _break_even(run: Run, language: str) -> list[str]:
    """Say in which share of draws the policy has paid for itself, and by when."""
    savings = run.table("savings")
    covered = int(savings["year"].max() - savings["year"].min()) + 1
    years = [*(year for year in SHARE_YEARS if year < covered), min(covered, HORIZON_YEARS)]
    lines = []
    for basis in BASES:
        shares = break_even_shares(run.table("break_even"), basis, years)
        shares_text = ", ".join(text("by_year", language, year=year, share=share(shares[year], language))
                                for year in years)  # fmt: skip
        lines.append(
            text("summary_break_even", language, basis=name(basis, language), shares=shares_text,
                 none=share(shares[NO_INVESTMENT], language), years=min(covered, HORIZON_YEARS),
                 never=share(shares["not within"], language))
        )  # fmt: skip
    return lines


def _people(run: Run, language: str) -> list[str]:
    """Say what happens to people: crises, unmet need, and whether savings are shifted."""
    savings = run.table("savings")
    unmet = savings[savings["basis"] == "municipality"].groupby("replication")["unmet_difference"].mean()
    found = {
        ("summary_crises", "crises_unit"): interval(_crises_a_year(run)),
        ("summary_unmet", "severity_months"): interval(unmet),
    }
    lines = [
        finding_sentence(each, text(subject, language), text(unit, language), language) + "."
        for (subject, unit), each in found.items()
    ]
    cheaper = savings[(savings["basis"] == "municipality") & (savings["saving_eur"] > 0.0)]
    if cheaper["shifted"].any():
        lines.append(text("summary_shifted", language, share=share(cheaper["shifted"].mean(), language)))
    return lines


def _crises_a_year(run: Run) -> np.ndarray:
    """Return crises under the policy less the reference a year, float64 of shape (n_replications,)."""
    monthly, savings = run.table("monthly"), run.table("savings")
    names = [f"crises_{crisis}" for crisis in CRISES]
    rows = monthly.loc[monthly["year"] >= savings["year"].min(), ["replication", "arm", "month"]]
    rows = rows.assign(crises=monthly.loc[rows.index, names].sum(axis=1))
    more = arm_grid(rows, "policy", "crises") - arm_grid(rows, "reference", "crises")
    return more.mean(axis=1).to_numpy() * MONTHS_PER_YEAR


def _transition_harms(run: Run, language: str) -> list[str]:
    """Say what the chosen phase-in period does that the long one does not, on both bases."""
    about, table = run.document, run.table("transition_harms")
    if about["landing_years"] == about["long_years"]:
        return [text("summary_same_phase_in", language)]
    first = "_first" if is_first_estimate(about["replications"]) else ""
    lines = []
    for basis in ("as_announced", "same_money"):
        harms_text = "; ".join(_part(table, basis, part, language) for part in HARMS_IN_TEXT)
        lines.append(
            text(f"summary_transition_harms{first}", language, basis=name(basis, language), parts=harms_text,
                 short=phase_in_words(about["landing_years"], language),
                 long=number(about["long_years"], language))
        )  # fmt: skip
    return lines


def _part(table: pd.DataFrame, basis: str, part: str, language: str) -> str:
    """Return one part of the transition harms in words."""
    found = interval(table.loc[(table["basis"] == basis) & (table["part"] == part), "value"])
    unit = text(f"unit_{part}", language) if part == "own_payments" else ""
    words = three(found.mean, found.low, found.high, language)
    label = f"{text(part, language)} ({unit})" if unit else text(part, language)
    if found.count < 2:
        return f"{label} {words['mean']}"
    certain = found.sign or is_first_estimate(found.count)  # of a first estimate the line says so
    doubt = "" if certain else text("summary_unclear_mark", language)
    return text("summary_part", language, part=label, doubt=doubt, **words)


def _certainty(run: Run, language: str) -> list[str]:
    """Say how sure this is, what the model does not know, and which figures are borrowed."""
    lines = []
    if 1 < run.document["replications"] <= ENOUGH:
        lines.append(
            text("summary_few", language, replications=replications(run.document["replications"], language))
        )
    lines += [text("summary_unknown", language), text("summary_miss", language)]
    return lines + [text("summary_note", language, note=note) for note in run.document["notes"]]
