"""The systems of conf/system in words: a table, one whole, and the page docs/systems.md."""

from pathlib import Path
from typing import Any, Final

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.common.installation import DOCS
from scenarios.common.terminal import show_table
from scenarios.config.keys import key_called, shown
from scenarios.config.scenario_forms import read_option
from scenarios.config.schema import group_options
from scenarios.reporting.texts import LANGUAGES, table_row
from simulation.outcomes.comparison import municipality_names
from simulation.parameters import GROUPS

MOST_SHOWN = 3  # particulars of a system that its row tells
# Words around the systems, in English and Dutch.

WORDS: Final[dict[str, tuple[str, str]]] = {
    "system": ("system", "stelsel"),
    "municipality": ("municipality", "gemeente"),
    "source": ("source", "bron"),
    "says": ("how care is organised", "hoe de zorg is georganiseerd"),
    "more": ("... and {n} more", "... en nog {n}"),
    "changes": ("sets numbers only", "stelt alleen getallen in"),
    "told": ("What the source says, and the levers that represent it",
             "Wat de bron zegt, en de knoppen die dat weergeven"),
    "differs": ("Differs from the defaults in", "Wijkt van de standaard af in"),
    "missing": ("Does not represent", "Geeft niet weer"),
    "nothing": ("nothing", "niets"),
    "assumed": ("assumed", "aangenomen"),
    "page": ("""\
# Systems

Written by `landingsbaan systems write`; do not edit by hand.

This page describes how care was organised in sixteen municipalities, and the two transitions, according to
five Dutch texts of 2014-2018. Each row is one particular of a source, in our words, with the levers that
represent it. A system sets only what differs from the defaults, which describe an average municipality under
the landing as it happened. `national_average` is those defaults and nothing else; a municipality without a
system of its own uses it. Sources:

| key | text |
| --- | --- |
| S0 | interview with the alderman of Zaanstad (MOVISIES, July 2015), with readers' comments |
| S1 | overview of neighbourhood teams in Zwolle, Eindhoven and Alphen aan den Rijn, with inventories (2014) |
| S2 | Hilhorst and Van der Lans, series on the shop floor of the decentralisations (2015) |
| S3 | interview with a former alderman of Almere (after 2018) |
| S4 | MOgroep's list of ten golden municipalities (2015) |

*Source of the value* is a key where the text gives the figure, or says that it is so (then 1 is fully and
0 is not at all); it is "assumed" where the text gives no size. Outreach, links with referral sources and debt
signals are off in every reference policy; `policy=as_described` and `landingsbaan compare` use them as
described here. What a system has for its whole municipality (teams, the poverty fund, civil servants who
remove rules) is scaled in proportion for another municipality.
""", ""),
}  # fmt: skip


def word(key: str, language: str) -> str:
    """Return a text in a language.

    Examples
    --------
    >>> word("assumed", "nl")
    'aangenomen'
    """
    return WORDS[key][LANGUAGES.index(language)]


PAGE = DOCS / "systems.md"


def systems() -> dict[str, dict[str, Any]]:
    """Return the content of every system file by slug."""
    return {slug: read_option("system", slug) for slug in group_options()["system"]}


def check_known(slug: str, asked_by: str) -> None:
    """Raise ConfigurationError with the nearest name for a system that does not exist."""
    known = group_options()["system"]
    if slug not in known:
        raise ConfigurationError(
            f"{asked_by} {slug}: no such system{nearest(slug, known)}; expected one of {', '.join(known)}"
        )


def title_of(content: dict[str, Any], language: str) -> str:
    """Return the title of a system in a language."""
    return str(content.get("title_nl") or content["title"]) if language == "nl" else str(content["title"])


def list_systems(language: str = "en") -> None:
    """Print a row per system: slug, municipality in its own spelling, sources, and in words what it does."""
    names, rows = municipality_names(), []
    for slug, content in systems().items():
        particulars = [each[language] for each in content["particulars"]]
        lines = particulars[:MOST_SHOWN] + ([word("more", language).format(n=len(particulars) - MOST_SHOWN)]
                                            if len(particulars) > MOST_SHOWN else [])  # fmt: skip
        where = content["municipality"]
        place = names.get(where) or where.replace("_", " ")
        lines = lines or [word("changes" if content.get("changes") else "nothing", language)]
        rows.append([slug, place, " ".join(content["sources"]), "\n".join(lines)])
    show_table([word(each, language) for each in ("system", "municipality", "source", "says")], rows)


def describe_system(slug: str, language: str = "en") -> str:
    """Return one system whole: particulars with levers, values with sources, what is missing."""
    check_known(slug, "systems")
    content = read_option("system", slug)
    where = content["municipality"]
    lines = [
        f"{title_of(content, language)} ({', '.join(content['sources']) or slug}), "
        f"{word('municipality', language)} {municipality_names().get(where) or where.replace('_', ' ')}",
        word("told", language),
    ]
    for each in content["particulars"]:
        lines += [f"  - {each[language]} ({each['source']})", f"      {', '.join(each['levers'])}"]
    lines += [] if content["particulars"] else [f"  {word('nothing', language)}"]
    lines.append(word("differs", language))
    lines += [f"  {line}" for line in _figures(content, language)] or [f"  {word('nothing', language)}"]
    lines.append(word("missing", language))
    lines += [f"  - {each[language]}" for each in content["not_represented"]]
    return "\n".join(lines)


def page() -> str:
    """Return the page docs/systems.md: every particular next to its levers, values and sources."""
    return word("page", "en") + "".join(_section(slug, content) for slug, content in systems().items())


def write(path: Path = PAGE) -> None:
    """Write the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(), encoding="utf-8")


def check(path: Path = PAGE) -> None:
    """Raise ConfigurationError when the page is not what `write` would write."""
    if not path.is_file() or path.read_text(encoding="utf-8") != page():
        raise ConfigurationError(f"{path.name} is not current; run landingsbaan systems write")


def _figures(content: dict[str, Any], language: str) -> list[str]:
    """Return a line for each value: lever, value, unit, source, note."""
    lines = []
    for name, each in content.get("changes", {}).items():
        unit = key_called(name).unit
        written = f"{shown(each['value'])}{f' {unit}' if unit not in ('', '1') else ''}"
        note = f"; {each['note'][language]}" if "note" in each else ""
        lines.append(f"{name} = {written} ({_source(each['source'], language)}{note})")
    return lines


def _source(source: str, language: str) -> str:
    return word("assumed", language) if source == "assumed" else source


def _section(slug: str, content: dict[str, Any]) -> str:
    """Return one system of the page."""
    rows = []
    for each in content["particulars"]:
        for number, lever in enumerate(each["levers"]):
            figure = content["changes"][lever]
            particular = [f"{each['en']}", each["source"]] if number == 0 else ["", ""]
            note = figure.get("note", {}).get("en", "")
            values = [_value(lever, figure["value"]), _default(lever), figure["source"], note]
            rows.append(table_row([*particular, f"`{lever}`", *values]))
    head = ["particular", "source", "lever", "value", "default", "source of the value", "note"]
    missing = "\n".join(f"- {each['en']}" for each in content["not_represented"])
    table = (
        "\n".join([table_row(head), table_row(["---"] * len(head)), *rows]) if rows else "It sets nothing."
    )
    sources = f"sources {', '.join(content['sources'])}, " if content["sources"] else ""
    return (
        f"\n## {content['title']}\n\n"
        f"`system={slug}`, {sources}municipality `{content['municipality']}`.\n\n"
        + table
        + f"\n\nNot represented:\n\n{missing}\n"
    )


def _value(lever: str, value: Any) -> str:
    unit = key_called(lever).unit
    return f"{shown(value)} {unit}" if unit not in ("", "1") else shown(value)


def _default(lever: str) -> str:
    group, name = lever.split(".")
    return shown(getattr(GROUPS[group](), name))
