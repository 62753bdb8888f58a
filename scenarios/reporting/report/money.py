"""What a policy costs, when it pays back, and how sure that is: sections of the report."""

from collections.abc import Iterable

import pandas as pd

from scenarios.common.certainty import ENOUGH
from scenarios.reporting import texts
from scenarios.reporting.report.sentences import (
    MORE,
    Aside,
    Block,
    Bullets,
    Grid,
    Paragraph,
    Section,
    reading,
    said,
    sentence_of,
    verdict,
    with_interval,
)
from scenarios.reporting.summary.outcomes import (
    beside_headline,
    headline_line,
    once_per_run,
    parts_of_headline,
    split_heads,
    split_sentence,
    split_table,
)
from scenarios.reporting.summary.summary import based_on
from simulation.months import month_number
from simulation.outcomes.intervals import Interval, interval
from simulation.outcomes.savings import BASES, HORIZON_YEARS, NO_INVESTMENT, mostly_shifted, savings_curve
from simulation.recording.store import Run

FIRST_YEARS = 3
SHARE_YEARS = (3, 5, 10)
RATES = (0.0, 0.0225, 0.04)
SAVING = "saving_eur_per_inhabitant"


def policy_words(run: Run, language: str) -> str:
    """Return the policy's name in a sentence."""
    return texts.policy_of(run.document, language)


def years_of(run: Run) -> tuple[int, int]:
    """Return the first and last year of the savings curve."""
    years = run.table("savings")["year"]
    return int(years.min()), int(years.max())


def within(run: Run, basis: str, first: int, last: int) -> pd.DataFrame:
    """Return the rows of the savings table of a basis from `first` to `last`."""
    savings = run.table("savings")
    return savings[(savings["basis"] == basis) & savings["year"].between(first, last)]


def yearly(run: Run, basis: str, first: int, last: int) -> pd.DataFrame:
    """Return the mean saving a year from `first` to `last`: a row per replication, per inhabitant and in
    all.
    """
    sums = within(run, basis, first, last).groupby("replication")[[SAVING, "saving_eur"]].sum()
    return sums / (last - first + 1)


def money_sentence(run: Run, basis: str, first: int, last: int, language: str) -> str:
    """Return the sentence about what the policy saves or costs a year in a period."""
    shifted = mostly_shifted(within(run, basis, first, last))
    means = yearly(run, basis, first, last)
    return _money_sentence(run, means, shifted, language, whose=f"whose_{basis}", first=first, last=last)


def others_sentence(run: Run, language: str) -> str:
    """Return the sentence about those who pay in addition to the municipality."""
    first, last = years_of(run)
    shifted = mostly_shifted(within(run, "all_payers", first, last))
    rest = yearly(run, "all_payers", first, last) - yearly(run, "municipality", first, last)
    return _money_sentence(run, rest, shifted, language, whose="whose_others", first=first, last=last)


def _money_sentence(
    run: Run, means: pd.DataFrame, shifted: bool, language: str, *, whose: str, first: int, last: int
) -> str:
    """Return a sentence about money; what is cheaper with more need left is not called a saving."""
    found = interval(means[SAVING])
    topic = "shifted" if shifted and reading(found, language) == MORE else "money"
    total = texts.number(abs(means["saving_eur"].mean()) / 1e6, language, 1)
    when = said("in_year" if first == last else "in_years", language, first=first, last=last)
    return sentence_of(topic, found, language, policy=policy_words(run, language), when=when,
                       whose=said(whose, language), total=total,
                       base=based_on(run, language)["inhabitants"])  # fmt: skip


def cost_section(run: Run, language: str) -> Section:
    """Return what the policy costs and when it pays back."""
    first, last = years_of(run)
    turn = min(first + FIRST_YEARS, last)
    sentences = [money_sentence(run, "municipality", first, turn - 1, language)] if turn > first else []
    sentences += [
        money_sentence(run, "municipality", turn, last, language),
        money_sentence(run, "municipality", first, last, language),
        money_sentence(run, "all_payers", first, last, language),
        others_sentence(run, language),
        *_shifted(run, language),
    ]
    return Section(
        "money",
        said("cost_title", language),
        (
            Paragraph(said("cost_how", language, first=first)),
            Bullets(sentences),
            Paragraph(said("payback_how", language)),
            Bullets([payback_sentence(run, basis, language) for basis in BASES]),
            Aside(said("payback_aside", language), (payback_grid(run, language),), printed=True),
            Aside(said("years_aside", language), (years_grid(run, language),), printed=True),
            Paragraph(said("certainty_title", language), kind="heading"),
            *certainty(run, language),
        ),
    )


def _saving_name(rows: pd.DataFrame) -> str:
    """Return how a table calls what is cheaper: a saving, unless it mostly comes with more need."""
    return "shifted" if mostly_shifted(rows) else "saves"


def _shifted(run: Run, language: str) -> list[str]:
    """Return, when there are cheaper years, in how many there was more need without help."""
    savings = run.table("savings")
    cheaper = savings[(savings["basis"] == "municipality") & (savings["saving_eur"] > 0.0)]
    if cheaper.empty:
        return []
    count = int(cheaper["shifted"].sum())
    return [said("shifted", language, count=texts.number(count, language),
                 years=texts.number(len(cheaper), language))]  # fmt: skip


def years_grid(run: Run, language: str) -> Grid:
    """Return the table of savings a year."""
    savings = run.table("savings")
    first, last = years_of(run)
    rows = []
    for year in range(first, last + 1):
        cells = [str(year)]
        of_year = {basis: savings[(savings["year"] == year) & (savings["basis"] == basis)] for basis in BASES}
        own = of_year["municipality"]
        cells.append(with_interval(interval(own[SAVING]), language))
        cells.append(texts.number(own["saving_eur"].mean() / 1e6, language, 1))
        cells.append(with_interval(interval(of_year["all_payers"][SAVING]), language))
        cells.append(verdict(interval(own[SAVING]), language, _saving_name(own), "costs"))
        rows.append(cells)
    base = based_on(run, language)["inhabitants"]
    heads = [
        said(key, language, **({"base": base} if key == "own_million" else {}))
        for key in ("year", "own_saving", "own_million", "all_saving", "reading")
    ]
    return Grid(said("years_caption", language, last=last), heads, rows)


def _horizon(run: Run) -> int:
    """Return the years that break-even is looked for."""
    first, last = years_of(run)
    return min(last - first + 1, HORIZON_YEARS)


def _counts(run: Run, basis: str) -> dict[str | int, int]:
    """Return in how many draws a basis has broken even by each year, never cost, and did not."""
    table = run.table("break_even")
    rows = table[table["basis"] == basis]
    counts: dict[str | int, int] = {
        year: int((rows["broken_even"] & (rows["years_to_break_even"] <= year)).sum())
        for year in payback_years(run)
    }
    never_cost = int((rows["note"] == NO_INVESTMENT).sum())
    lost = int((~rows["broken_even"]).sum()) - never_cost
    return counts | {"never_cost": never_cost, "not_within": lost, "draws": len(rows)}


def payback_years(run: Run) -> list[int]:
    """Return the horizons (years) for which pay-back is reported."""
    return [*(year for year in SHARE_YEARS if year < _horizon(run)), _horizon(run)]


def payback_sentence(run: Run, basis: str, language: str) -> str:
    """Return in how many draws the policy has paid for itself, as counts and never as a promise."""
    counts = _counts(run, basis)
    key = "payback_one" if counts["draws"] == 1 else "payback"
    words: dict[str, object] = {str(each): count for each, count in counts.items()}
    words |= {"within": counts[_horizon(run)], "years": _horizon(run)}
    return said(key, language, whose=said(f"whose_{basis}", language), policy=policy_words(run, language),
                **words)  # fmt: skip


def payback_grid(run: Run, language: str) -> Grid:
    """Return the table of pay-back."""
    found = {basis: _counts(run, basis) for basis in BASES}
    heads: list[tuple[str | int, str]] = [
        (year, said("within_years", language, years=year)) for year in payback_years(run)
    ]
    heads += [(key, said(key, language, years=_horizon(run))) for key in ("never_cost", "not_within")]
    rows = [
        [head, *(said("of_draws", language, count=found[basis][key], draws=found[basis]["draws"])
                 for basis in BASES)]
        for key, head in heads
    ]  # fmt: skip
    columns = [said("paid_back", language), *(texts.text(basis, language) for basis in BASES)]
    return Grid(said("payback_caption", language), columns, rows)


def certainty(run: Run, language: str) -> tuple[Block, ...]:
    """Return how certain the money is: counts, checks, where the width comes from, other discount rates."""
    first, last = years_of(run)
    found = interval(yearly(run, "municipality", first, last)[SAVING])
    replications = texts.replications(found.count, language)
    sentences = [said("interval_is", language)]
    sentences.append(said("replications_with", language, cheaper=round(found.positive * found.count),
                          dearer=round(found.negative * found.count), replications=replications))  # fmt: skip
    sentences.append(said("years_told", language, years=last - first + 1, count=_distinguishable_years(run)))
    if found.count <= ENOUGH:
        percent = 200.0 * 0.5**found.count
        chance = texts.number(percent, language, 1 if percent < 5.0 else 0)
        sentences.append(said("few_replications", language, replications=replications, chance=chance))
    return (
        Bullets([headline_line(run, language), *sentences]),
        *_split(run, language),
        Aside(said("checks_aside", language), (Bullets(beside_headline(run, language)),), printed=True),
        Aside(said("rates_aside", language), (rates_grid(run, language),), printed=True),
        Paragraph(said("certainty_end", language)),
    )


def _split(run: Run, language: str) -> list[Block]:
    """Return where the width of the intervals comes from; nothing where replications share no draws."""
    found = parts_of_headline(run)
    if not found:
        return []
    rows = split_table(found, language)
    grid = Grid(texts.text("split_caption", language), split_heads(language), rows)
    return [Paragraph(split_sentence(found, language)), *([grid] if rows else [])]


def _distinguishable_years(run: Run) -> int:
    """Return in how many years the municipality's saving or cost can be distinguished from zero."""
    savings = run.table("savings")
    own = savings[savings["basis"] == "municipality"]
    found: Iterable[Interval] = (interval(of_year[SAVING]) for _, of_year in own.groupby("year"))
    return sum(reading(each) in (MORE, "less") for each in found)


@once_per_run
def _curve(run: Run, rate: float) -> pd.DataFrame:
    """Return the savings curve at another discount rate."""
    start = month_number(run.document["transition"])
    return savings_curve(run.table("monthly"), start, discount_per_year=rate)


def rates_grid(run: Run, language: str) -> Grid:
    """Return the present value of the municipality's savings at three discount rates."""
    own = within(run, "municipality", *years_of(run))
    rows = []
    for rate in RATES:
        curve = _curve(run, rate)
        at_end = curve[(curve["year"] == curve["year"].max()) & (curve["basis"] == "municipality")]
        found = interval(at_end["present_value_eur_per_inhabitant"])
        decimals = 0 if (100.0 * rate).is_integer() else 2
        rows.append([f"{texts.number(100 * rate, language, decimals)}%", with_interval(found, language),
                     verdict(found, language, _saving_name(own), "costs")])  # fmt: skip
    heads = [said(key, language) for key in ("rate", "present_value", "reading")]
    return Grid(said("rates_caption", language, last=years_of(run)[1]), heads, rows)
