"""What a report closes with: the method, what the model does not know, and its sources."""

from typing import Any

from scenarios.reporting import texts
from scenarios.reporting.figures.style import seeds
from scenarios.reporting.report.memo import day_of
from scenarios.reporting.report.money import policy_words, years_of
from scenarios.reporting.report.sentences import Aside, Block, Bullets, Grid, Paragraph, Section, said
from scenarios.reporting.report.transition import phase_in_words
from scenarios.reporting.summary.history import backtest_sentence
from scenarios.reporting.summary.summary import based_on
from scenarios.reporting.texts import story_words
from simulation.months import month_number
from simulation.recording.store import Run

SOURCES = ("source_cbs", "source_studies", "source_systems", "source_posterior", "source_more")
UNKNOWN = ("unknown_compares", "unknown_passing", "unknown_speed", "unknown_hours", "unknown_priors",
           "unknown_miss")  # fmt: skip


def method_section(run: Run, language: str) -> Section:
    """Return in half a page what was compared, and how."""
    about = run.document
    households = texts.number(about["households"], language)
    opened = int(run.table("monthly")["year"].min())
    base = based_on(run, language)
    first, last = years_of(run)
    draws = "draws_one" if len(run.table("break_even")["replication"].unique()) == 1 else "draws_own"
    blocks: list[Block] = [
        Paragraph(said("asked", language, municipality=texts.place(about["municipality"], language),
                       policy=policy_words(run, language), households=households, first=opened, **base)),
        Paragraph(said("asked_landing", language, cut=cut_words(about, language),
                       month=story_words.month(month_number(about["transition"]), language),
                       phase_in=phase_in_words(about["landing_years"], language))),
        Paragraph(said("asked_replications", language,
                       replications=texts.replications(about["replications"], language), first=first,
                       last=last, draws=said(draws, language))),
        Paragraph(said("asked_words", language, **base)),
    ]  # fmt: skip
    changed = about.get("parameters", {}).get("policy", {})
    if changed:
        before = about["parameters"]["reference"]
        rows = [[name, _value(before.get(name), language), _value(value, language)]
                for name, value in changed.items()]  # fmt: skip
        heads = [said(key, language) for key in ("lever", "in_reference", "in_policy")]
        blocks.append(Aside(said("levers_aside", language, policy=policy_words(run, language)),
                            (Grid(said("levers_caption", language), heads, rows),)))  # fmt: skip
    return Section("method", said("method_title", language), tuple(blocks))


def cut_words(about: dict[str, Any], language: str) -> str:
    """Return the cut in words: one share, a share per law, or that there is none."""
    values = about.get("parameters", {}).get("reference", {})
    cut = about.get("cut")
    if cut is not None:
        key = "cut_one" if cut > 0.0 else "cut_none"
        return said(key, language, cut=texts.number(100 * cut, language, 0))
    laws = {name: values.get(f"landing.cut_{name}") for name in ("youth", "guidance", "household_help")}
    if None in laws.values():
        return said("cut_unnamed", language)
    shares = {name: texts.number(100 * float(value or 0.0), language, 0) for name, value in laws.items()}
    return said("cut_laws", language, **shares)


def _value(value: Any, language: str) -> str:
    """Return the value of a lever as it is read."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "\u2013" if value is None else str(value)
    return texts.sensible(value, language) if value % 1 else texts.number(value, language)


def unknown_section(run: Run, language: str) -> Section:
    """Return what the model does not know, and what of the system and its figures is not in this run."""
    missed = backtest_sentence(years_of(run)[1], language)
    blocks: list[Block] = [
        Bullets([*(said(each, language) for each in UNKNOWN), *([missed] if missed else [])])
    ]
    missing = run.document.get("not_represented") or []
    foreign = "" if language == "en" else "en"
    if missing:
        blocks.append(Aside(said("not_represented", language), (Bullets(missing, foreign),)))
    if run.document["notes"]:
        blocks.append(Aside(said("notes_aside", language), (Bullets(run.document["notes"], foreign),)))
    return Section("unknown", said("unknown_title", language), tuple(blocks))


def sources_section(run: Run, language: str) -> Section:
    """Return where the figures come from, and how the run was made, so that anybody can make it again."""
    about = run.document
    command = " ".join(["landingsbaan run", *about.get("overrides", ())])
    rows = [
        [said("made_day", language), day_of(run, language)],
        [said("made_run", language), run.folder.name],
        [said("made_replications", language), f"{about['replications']} ({seeds(about['seeds'])})"],
        [said("made_rules", language), str(about["result_version"])],
        [said("made_commit", language), str(about.get("commit") or "\u2013")],
        [said("made_figures", language), str(about.get("data_checksum") or "\u2013")[:16]],
    ]
    heads = [said(key, language) for key in ("made_what", "made_which")]
    return Section(
        "sources",
        said("sources_title", language),
        (
            Bullets([said(each, language) for each in SOURCES]),
            Grid(said("made_caption", language), heads, rows),
            Aside(said("made_how", language), (Paragraph(command, kind="code"),)),
        ),
    )
