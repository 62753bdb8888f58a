"""Words of the claims' table, figures and page, in English and Dutch."""

from typing import Final

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
    "probability": ("probability", "kans"),
    "effect": ("effect", "effect"),
    "pairs": ("pairs", "paren"),
    "effect_axis": ("effect: {measure} ({unit})", "effect: {measure} ({unit})"),
    "count_axis": ("pairs", "paren"),
    "band": ("counts as none", "telt als geen"),
    "mean": ("mean", "gemiddelde"),
    "none_decides": (
        "no drawn parameter surely decides",
        "geen enkele getrokken parameter is zeker beslissend",
    ),
    "rank": ("rank correlation {value}", "rangcorrelatie {value}"),
    "of_statement": (
        "{effect} {unit} (95% between {low} and {high}); as claimed in {probability}% of {pairs} pairs: "
        "{verdict}",
        "{effect} {unit} (95% tussen {low} en {high}); zoals beweerd in {probability}% van {pairs} paren: "
        "{verdict}",
    ),
    "of_trade_off": (
        "{effect} {unit} (95% between {low} and {high}) over {pairs} pairs; the source gives no direction",
        "{effect} {unit} (95% tussen {low} en {high}) over {pairs} paren; de bron geeft geen richting",
    ),
    "unknown_effect": ("could not be said in any pair", "was in geen enkel paar te zeggen"),
    "above": ("above", "boven"),
    "below": ("at most", "ten hoogste"),
    "and": ("and", "en"),
    "condition": (
        "{terms}: {probability}% there, {elsewhere}% elsewhere",
        "{terms}: {probability}% daar, {elsewhere}% elders",
    ),
    "only_if": ("Holds or turns only if", "Geldt of keert alleen als"),
    "fails_if": ("Does not hold where", "Geldt niet waar"),
    "footnote": (
        "{municipality}, {households} households, landing {landing}; same people and luck in all arms; each "
        "pair one parameter draw and one seed.",
        "{municipality}, {households} huishoudens, landing {landing}; dezelfde mensen en hetzelfde toeval "
        "in alle armen; elk paar één parametertrekking en één toevalsreeks.",
    ),
    "looks": (
        "look {look}: {settled} of {claims} claims settled",
        "tussenstand {look}: {settled} van {claims} beweringen beslist",
    ),
    "experiments": ("statement-pairs", "uitspraak-paren"),
    "goes_on": (
        "{folder} holds {pairs} pairs already; the study goes on",
        "{folder} heeft al {pairs} paren; de studie gaat verder",
    ),
    "settled": ("{claim} settled after {pairs} pairs", "{claim} beslist na {pairs} paren"),
    "kept": (
        "what is done is kept in {folder}; the same command goes on",
        "wat klaar is staat in {folder}; dezelfde opdracht gaat verder",
    ),
    "written": ("Results in {folder}", "Resultaten in {folder}"),
    "vanished": ("vanished", "verdwenen"),
    "exactly": ("vanished to the last digit", "tot op het laatste cijfer verdwenen"),
    "not_vanished": ("did not vanish", "niet verdwenen"),
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
