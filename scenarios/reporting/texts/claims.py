"""Words of the claims' table, figures and page, in English and Dutch."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from scenarios.common.files import read_json
from scenarios.common.terminal import BAD, DOUBTFUL, GOOD, Cell
from scenarios.reporting import texts
from scenarios.reporting.texts import filled

FINISHED: Final = "claims.json"
WORDS: Final[dict[str, tuple[str, str]]] = {
    "supported": ("supported", "gesteund"),
    "not supported": ("not supported", "niet gesteund"),
    "depends": ("depends on", "hangt af van"),
    "trade-off": ("trade-off", "voor en tegen"),
    "inconclusive": ("inconclusive", "onzeker"),
    "claim": ("claim", "bewering"),
    "verdict": ("verdict", "oordeel"),
    "statements": ("statements", "uitspraken"),
    "probability": ("probability", "kans"),
    "effect": ("effect", "effect"),
    "replications": ("replications", "berekeningen"),
    "effect_axis": ("effect: {measure} ({unit})", "effect: {measure} ({unit})"),
    "count_axis": ("replications", "replicaties"),
    "equivalence_margin": ("equivalence margin", "telt als geen effect"),
    "mean": ("mean", "gemiddelde"),
    "none_decides": (
        "no drawn parameter has a clear influence",
        "geen van de gevarieerde parameters heeft een duidelijke invloed",
    ),
    "rank": ("rank correlation {value}", "rangcorrelatie {value}"),
    "of_statement": (
        "{mean} {unit}; over all draws {effect} (95% between {low} and {high}); as claimed in {probability}% "
        "of {replications} replications: {verdict}",
        "{mean} {unit}; over alle trekkingen {effect} (95% tussen {low} en {high}); zoals beweerd in "
        "{probability}% van {replications} berekeningen: {verdict}",
    ),
    "of_trade_off": (
        "{mean} {unit} over {replications} replications; over all draws {effect} (95% between {low} and "
        "{high}); the source gives no direction",
        "{mean} {unit} over {replications} berekeningen; over alle trekkingen {effect} (95% tussen "
        "{low} en {high}); de bron geeft geen richting",
    ),
    "unknown_effect": (
        "no replication has a value, for instance because none breaks even",
        "geen berekening geeft een waarde, bijvoorbeeld omdat geen enkele terugverdient",
    ),
    "same_in_all": (
        "no difference in any of {replications} replications, so in at most {chance}% of all (95%)",
        "geen verschil in {replications} berekeningen, dus in ten hoogste {chance}% van alle (95%)",
    ),
    "without_direction": (
        "{sentence}; the source gives no direction",
        "{sentence}; de bron geeft geen richting",
    ),
    "above": ("above", "boven"),
    "below": ("at most", "ten hoogste"),
    "threshold": (
        "It holds where {meaning} is {side} {value} (`{name}`): {mean} there (95% between {low} and {high}), "
        "{elsewhere} elsewhere (between {elsewhere_low} and {elsewhere_high})",
        "Het geldt waar {meaning} {side} {value} is (`{name}`): daar {mean} (95% tussen {low} en {high}), "
        "elders {elsewhere} (tussen {elsewhere_low} en {elsewhere_high})",
    ),
    "stopped_early": (
        "{claim}: the verdict is certain after {replications} replications",
        "{claim}: het oordeel staat vast na {replications} berekeningen",
    ),
    "settles": (
        "Some {count} replications would settle it, if mean and spread stay as they are",
        "Zo'n {count} berekeningen geven uitsluitsel, als gemiddelde en spreiding blijven zoals ze zijn",
    ),
    "settles_by_knowing": (
        "So would knowing {meaning} (`{name}`), with which the effect goes most",
        "Net als weten hoe het zit met {meaning} (`{name}`), waar het effect het meest mee samengaat",
    ),
    "footnote": (
        "{municipality}, {households} households, landing {landing}; the same people and random numbers in "
        "all arms; each replication has one parameter draw and one seed.",
        "{municipality}, {households} huishoudens, landing {landing}; dezelfde mensen en toevalsgetallen "
        "in alle armen; elke replicatie heeft één parametertrekking en één seed.",
    ),
    "experiments": ("statement-replications", "uitspraak-replicaties"),
    "goes_on": (
        "{folder} already has {replications} replications; the study resumes",
        "{folder} heeft al {replications} berekeningen; de studie gaat verder",
    ),
    "settled": (
        "{claim} decided after {replications} replications",
        "{claim} beslist na {replications} berekeningen",
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
    >>> word("inconclusive", "nl")
    'onzeker'
    """
    return filled(WORDS, key, language, **values)


# Sentences about a claim's statements from the rows of a finished study.

Row = Mapping[str, Any]
Meanings = Mapping[str, str]


def is_finished_study(study: Any) -> bool:
    """Whether a document is a finished study of claims with the verdicts of today."""
    try:
        return bool(study["claims"]) and all(
            {"id", "title", "verdict", "statements"} <= set(claim)
            and Path(claim["id"]).name == claim["id"]  # figures are named after it
            and claim["verdict"] in WORDS
            and all("adjusted" in row and row["verdict"] in WORDS for row in claim["statements"])
            for claim in study["claims"]
        )
    except (KeyError, TypeError):
        return False


def open_claims(folder: Path) -> dict[str, Any]:
    """Return a finished study of claims.

    Raises
    ------
    ValueError
        When the folder holds none.
    """
    try:
        study = read_json(folder / FINISHED)
    except (OSError, ValueError):
        study = None
    if not is_finished_study(study):
        raise ValueError(f"{folder} is not a finished study: expected a folder of landingsbaan claims")
    return dict(study)


def effect_words(row: Row, language: str) -> dict[str, str]:
    """Return the mean of the replications, the mean over all draws, and its interval, with equal decimals."""
    values = {"mean": row["mean"], "effect": row["adjusted"], "low": row["low"], "high": row["high"]}
    return _alike(values, language)


def _alike(values: Mapping[str, float | None], language: str) -> dict[str, str]:
    """Return numbers with signs and equal decimals."""
    largest = max(abs(each) for each in values.values() if each is not None)
    decimals = 0 if largest >= 100 else 1 if largest >= 10 else 2 if largest >= 0.1 else 4
    return {
        key: "-" if value is None else texts.number(value, language, decimals, sign=True)
        for key, value in values.items()
    }


def statement_sentence(row: Row, language: str) -> str:
    """Return what was found about a statement."""
    if not row["replications"] or row["low"] is None:
        return word("unknown_effect", language)
    if row["mean"] == row["low"] == row["high"] == 0.0:
        return _same_in_all(row, language)
    key = "of_statement" if row["sign"] else "of_trade_off"
    return word(
        key,
        language,
        **effect_words(row, language),
        unit=row[f"unit_{language}"],
        probability=texts.number(100.0 * row["probability"], language),
        replications=row["replications"],
        verdict=_of_statement(row, language),
    )


def _same_in_all(row: Row, language: str) -> str:
    """Return what was found where no replication differs: an interval of width zero would say too much."""
    count = row["replications"]
    chance = texts.number(100.0 * (1.0 - 0.05 ** (1.0 / count)), language, 1)
    sentence = word("same_in_all", language, replications=count, chance=chance)
    if not row["sign"]:
        return word("without_direction", language, sentence=sentence)
    return f"{sentence}: {_of_statement(row, language)}"


def _of_statement(row: Row, language: str) -> str:
    """Return the verdict of one statement."""
    threshold = row.get("threshold")
    return verdict_words(row["verdict"], language, [threshold["name"]] if threshold else ())


def verdict_words(verdict: str, language: str, depends_on: Sequence[str] = ()) -> str:
    """Return a verdict in a language, and on which parameters it depends.

    Examples
    --------
    >>> verdict_words("not supported", "nl"), verdict_words("depends", "en", ["wijkteam.support_effect"])
    ('niet gesteund', 'depends on `wijkteam.support_effect`')
    """
    named = ", ".join(f"`{each}`" for each in depends_on)
    return f"{word(verdict, language)} {named}".rstrip()


def claim_verdict(claim: Mapping[str, Any], language: str) -> str:
    """Return the one verdict of a claim."""
    return verdict_words(claim["verdict"], language, claim.get("depends_on", ()))


def rests_on(row: Row, meanings: Meanings, language: str) -> list[str]:
    """Return the threshold at which a statement turns, or what would settle one that is inconclusive."""
    if row.get("threshold"):
        return [_threshold_sentence(row["threshold"], meanings, language)]
    if row["verdict"] != "inconclusive":
        return []
    said = []
    if row.get("replications_to_settle"):
        count = texts.number(row["replications_to_settle"], language)
        said.append(word("settles", language, count=count))
    if row.get("deciding"):
        name = row["deciding"][0]["name"]
        said.append(word("settles_by_knowing", language, meaning=_meaning(name, meanings), name=name))
    return said


def _threshold_sentence(threshold: Mapping[str, Any], meanings: Meanings, language: str) -> str:
    """Return a threshold in the field's words: what the parameter means, the side, the value, the effects."""
    sizes = ("mean", "low", "high", "elsewhere", "elsewhere_low", "elsewhere_high")
    return word(
        "threshold",
        language,
        name=threshold["name"],
        meaning=_meaning(threshold["name"], meanings),
        side=word(threshold["side"], language),
        value=texts.sensible(threshold["value"], language),
        **_alike({key: threshold[key] for key in sizes}, language),
    )


def _meaning(name: str, meanings: Meanings) -> str:
    """Return what a parameter means; one without words is read as it is called."""
    found = meanings.get(name, name)
    return found[0].lower() + found[1:].rstrip(".") if found != name else name


STYLES = {"supported": GOOD, "not supported": BAD}


def table_rows(claims: list[Mapping[str, Any]], language: str) -> list[list[Cell]]:
    """Return a row per claim for the terminal: number, verdict, and title with a line per statement."""
    rows: list[list[Cell]] = []
    for claim in claims:
        lines = [claim["title"][language]]
        lines += [f"{row[f'text_{language}']} {statement_sentence(row, language)}"
                  for row in claim["statements"]]  # fmt: skip
        verdict = (claim_verdict(claim, language), STYLES.get(claim["verdict"], DOUBTFUL))
        rows.append([claim["id"], verdict, "\n".join(lines)])
    return rows
