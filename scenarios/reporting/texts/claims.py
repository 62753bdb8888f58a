"""Words of the claims' table, figures and page, in English and Dutch."""

from collections.abc import Mapping
from typing import Any, Final

from scenarios.common.terminal import BAD, DOUBTFUL, GOOD, Cell
from scenarios.reporting import texts
from scenarios.reporting.texts import filled

WORDS: Final[dict[str, tuple[str, str]]] = {
    "supported": ("supported", "gesteund"),
    "refuted": ("refuted", "weerlegd"),
    "no effect": ("no effect", "geen effect"),
    "only if": ("only if", "alleen als"),
    "trade-off": ("trade-off", "afruil"),
    "undecided": ("undecided", "onbeslist"),
    "not finished": ("not finished", "niet af"),
    "claim": ("claim", "bewering"),
    "verdict": ("verdict", "oordeel"),
    "statements": ("statements", "uitspraken"),
    "probability": ("probability", "kans"),
    "effect": ("effect", "effect"),
    "replications": ("replications", "replicaties"),
    "effect_axis": ("effect: {measure} ({unit})", "effect: {measure} ({unit})"),
    "count_axis": ("replications", "replicaties"),
    "equivalence_margin": ("equivalence margin", "telt als geen effect"),
    "mean": ("mean", "gemiddelde"),
    "none_decides": (
        "no drawn parameter has a clear influence",
        "geen enkele getrokken parameter heeft een duidelijke invloed",
    ),
    "rank": ("rank correlation {value}", "rangcorrelatie {value}"),
    "of_statement": (
        "{effect} {unit} (95% interval: {low} to {high}); as claimed in {probability}% of {replications} "
        "replications: {verdict}",
        "{effect} {unit} (95%-interval: {low} tot {high}); zoals beweerd in {probability}% van "
        "{replications} replicaties: {verdict}",
    ),
    "of_trade_off": (
        "{effect} {unit} (95% interval: {low} to {high}) over {replications} replications; the source "
        "gives no direction",
        "{effect} {unit} (95%-interval: {low} tot {high}) over {replications} replicaties; de bron geeft "
        "geen richting",
    ),
    "unknown_effect": ("inconclusive in every replication", "in elke replicatie onzeker"),
    "above": ("above", "boven"),
    "below": ("at most", "ten hoogste"),
    "and": ("and", "en"),
    "condition": (
        "{terms}: {probability}% there, {elsewhere}% elsewhere",
        "{terms}: {probability}% daar, {elsewhere}% elders",
    ),
    "only_if": ("Holds, or changes direction, only if", "Geldt, of verandert van richting, alleen als"),
    "fails_if": ("Does not hold where", "Geldt niet waar"),
    "footnote": (
        "{municipality}, {households} households, landing {landing}; the same people and random numbers in "
        "all arms; each replication has one parameter draw and one seed.",
        "{municipality}, {households} huishoudens, landing {landing}; dezelfde mensen en toevalsgetallen "
        "in alle armen; elke replicatie heeft één parametertrekking en één seed.",
    ),
    "looks": (
        "look {look}: {stopped_early} of {claims} claims decided",
        "tussenstand {look}: {stopped_early} van {claims} beweringen beslist",
    ),
    "experiments": ("statement-replications", "uitspraak-replicaties"),
    "goes_on": (
        "{folder} already has {replications} replications; the study resumes",
        "{folder} heeft al {replications} replicaties; de studie gaat verder",
    ),
    "settled": (
        "{claim} decided after {replications} replications",
        "{claim} beslist na {replications} replicaties",
    ),
    "kept": (
        "finished replications are stored in {folder}; the same command resumes",
        "wat klaar is, staat in {folder}; dezelfde opdracht gaat verder",
    ),
    "written": ("Results in {folder}", "Resultaten in {folder}"),
    "is_null": ("null", "nul"),
    "exactly": ("null to the last digit", "nul tot op het laatste cijfer"),
    "not_null": ("not null", "niet nul"),
    "off": ("mechanism off", "mechanisme uit"),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("refuted", "nl")
    'weerlegd'
    """
    return filled(WORDS, key, language, **values)


# Sentences about a claim's statements from the rows of a finished study.

Row = Mapping[str, Any]
Meanings = Mapping[str, str]


def effect_words(row: Row, language: str) -> dict[str, str]:
    """Return mean effect and its interval, with equal decimals and signs."""
    values = {"effect": row["mean"], "low": row["low"], "high": row["high"]}
    largest = max(abs(each) for each in values.values() if each is not None)
    decimals = 0 if largest >= 100 else 1 if largest >= 10 else 2 if largest >= 0.1 else 4
    return {key: texts.number(value, language, decimals, sign=True) for key, value in values.items()}


def statement_sentence(row: Row, language: str) -> str:
    """Return what was found about a statement."""
    if not row["replications"] or row["low"] is None:
        return word("unknown_effect", language)
    key = "of_statement" if row["sign"] else "of_trade_off"
    return word(
        key,
        language,
        **effect_words(row, language),
        unit=row[f"unit_{language}"],
        probability=texts.number(100.0 * row["probability"], language),
        replications=row["replications"],
        verdict=verdict_words(row["verdict"], language),
    )


def verdict_words(verdict: str, language: str) -> str:
    """Return a verdict, or several, in a language.

    Examples
    --------
    >>> verdict_words("supported, no effect", "nl")
    'gesteund, geen effect'
    """
    return ", ".join(word(each, language) for each in verdict.split(", "))


def condition_sentence(condition: Mapping[str, Any], meanings: Meanings, language: str) -> str:
    """Return a condition in the field's words: what the parameter means, the side, the value."""
    terms = [
        f"{_meaning(term['name'], meanings)} {word(term['side'], language)} "
        f"{texts.sensible(term['value'], language)} (`{term['name']}`)"
        for term in condition["terms"]
    ]
    return word(
        "condition",
        language,
        terms=f" {word('and', language)} ".join(terms),
        probability=texts.number(100.0 * condition["probability"], language),
        elsewhere=texts.number(100.0 * condition["elsewhere"], language),
    )


def _meaning(name: str, meanings: Meanings) -> str:
    """Return what a parameter means; one without words is read as it is called."""
    found = meanings.get(name, name)
    return found[0].lower() + found[1:].rstrip(".") if found != name else name


STYLES = {"supported": GOOD, "refuted": BAD}


def table_rows(claims: list[Mapping[str, Any]], language: str) -> list[list[Cell]]:
    """Return a row per claim for the terminal: number, verdict, and title with a line per statement."""
    rows: list[list[Cell]] = []
    for claim in claims:
        lines = [claim["title"][language]]
        lines += [f"{row[f'text_{language}']} {statement_sentence(row, language)}"
                  for row in claim["statements"]]  # fmt: skip
        verdict = (verdict_words(claim["verdict"], language), STYLES.get(claim["verdict"], DOUBTFUL))
        rows.append([claim["id"], verdict, "\n".join(lines)])
    return rows
