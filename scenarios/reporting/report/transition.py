"""What goes wrong with a short phase-in period: a section of the report."""

from scenarios.reporting import texts
from scenarios.reporting.report.sentences import (
    LESS,
    MORE,
    Aside,
    Block,
    Bullets,
    Grid,
    Paragraph,
    Section,
    reading,
    said,
    told,
    told_together,
    verdict,
    with_interval,
)
from scenarios.reporting.texts.story_words import listed
from simulation.months import MONTHS_PER_YEAR, month_number
from simulation.outcomes.derived import HARM_PARTS, YEARS_AFTER_CUT
from simulation.outcomes.intervals import Interval, interval
from simulation.recording.store import Run

PHASE_INS = ("as_announced", "same_money")
TOLD = ("own_payments", "crises", "placements", "evictions", "unmet", "waiting_above_norm", "providers_gone")
# What is a share, a stock at the end or a mean already; all else is told a year.
# What other parts say already.
SHADOWS = ("grant_difference", "own_payments_share")
NOT_A_YEAR = ("own_payments_share", "providers_gone", "provider_staff")


def same_phase_in(run: Run) -> bool:
    """Whether the phase-in period chosen is as long as the one it is compared with."""
    return bool(run.document["landing_years"] == run.document["long_years"])


def years_compared(run: Run) -> float:
    """Return the years over which the phase-in periods are compared: announcement to ten years after the
    first cut."""
    about = run.document
    months = run.table("monthly")["month"]
    transition = month_number(about["transition"])
    begin = max(int(months.min()), transition - round(MONTHS_PER_YEAR * about["years_ahead"]))
    end = min(int(months.max()) + 1, transition + YEARS_AFTER_CUT * MONTHS_PER_YEAR)
    return (end - begin) / MONTHS_PER_YEAR


def found_part(run: Run, phase_in: str, part: str) -> Interval:
    """Return one part of the transition harms over replications, a year where it adds up over years."""
    table = run.table("transition_harms")
    values = table.loc[(table["basis"] == phase_in) & (table["part"] == part), "value"]
    if part == "own_payments_share":
        return interval(100.0 * values)
    return interval(values / (1.0 if part in NOT_A_YEAR else years_compared(run)))


def harm_sentence(run: Run, phase_in: str, part: str, language: str) -> str:
    """Return the sentence about one part of the transition harms."""
    return told("harm", found_part(run, phase_in, part), language, **_words(part, language))


def _words(part: str, language: str) -> dict[str, str]:
    """Return what sentences call a part, and its unit."""
    return {"part": said(f"part_{part}", language), "unit": said(f"unit_{part}", language)}


def phase_in_words(years: float | None, language: str) -> str:
    """Return the phase-in period in words; None is as it happened.

    Examples
    --------
    >>> phase_in_words(0.0, "en"), phase_in_words(2.5, "nl")
    ('overnight', 'in gelijke stappen over 2,5 jaar')
    """
    if years is None:
        return said("as_happened", language)
    if years <= 0.0:
        return said("at_once", language)
    return said("over_years", language, years=texts.number(years, language, int(years % 1 > 0)))


def phase_in_section(run: Run, language: str) -> Section:
    """Return what a short phase-in period does that a long one does not."""
    title = said("phase_in_title", language)
    short, long = (run.document[key] for key in ("landing_years", "long_years"))
    if same_phase_in(run):
        return Section("landing", title, (Paragraph(said("same_phase_in", language)),))
    words = {"short": phase_in_words(short, language), "long": phase_in_words(long, language)}
    blocks: list[Block] = [Paragraph(said("phase_in_how", language, **words,
        years=texts.number(years_compared(run), language)))]  # fmt: skip
    for phase_in in PHASE_INS:
        blocks.append(Paragraph(said(f"phase_in_{phase_in}", language)))
        found = [
            (said(f"part_{part}", language), found_part(run, phase_in, part), _words(part, language))
            for part in TOLD
        ]
        blocks.append(Bullets(told_together("harm", found, language)))
    blocks.append(Paragraph(speed_sentence(run, language)))
    blocks.append(Aside(said("phase_in_caption", language), (phase_in_grid(run, language),), printed=True))
    return Section("landing", title, tuple(blocks))


def speed_sentence(run: Run, language: str) -> str:
    """Return whether speed alone, with the same money, does anything that can be told."""
    parts = [part for part in HARM_PARTS if part not in SHADOWS]
    sure = [part for part in parts if reading(found_part(run, "same_money", part), language) in (MORE, LESS)]
    names = listed([said(f"part_{part}", language) for part in sure], language)
    return said("speed_some" if sure else "speed_none", language, parts=names)


def phase_in_grid(run: Run, language: str) -> Grid:
    """Return the table of all parts on both bases."""
    rows = []
    for part in HARM_PARTS:
        cells = [f"{said(f'part_{part}', language)}, {said(f'unit_{part}', language)}"]
        for phase_in in PHASE_INS:
            found = found_part(run, phase_in, part)
            cells.append(f"{with_interval(found, language)}: {verdict(found, language)}")
        rows.append(cells)
    heads = [said("part", language), *(texts.name(phase_in, language) for phase_in in PHASE_INS)]
    return Grid(said("phase_in_caption", language), heads, rows)
