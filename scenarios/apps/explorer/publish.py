"""`landingsbaan publish`: a folder of plain pages with sliders, for a web server or a disk.

Everything is made in memory and written to a hidden folder, which gets its name when it is whole.
"""

import datetime
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.analysis.flagship.page import FIGURES as FLAGSHIP
from scenarios.analysis.flagship.points import AVERAGE, KINDS
from scenarios.apps.explorer.claims import VERDICTS, claim_rows, key_of, read_claims
from scenarios.apps.explorer.grid import Study, errors_of, read_study, script_of_kind, script_of_study
from scenarios.apps.explorer.words import LIVE, said
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import is_taken, with_home, without_links
from scenarios.common.installation import DOCS, check_clone
from scenarios.common.result_version import RESULT_VERSION
from scenarios.reporting import DESIGN
from scenarios.reporting.texts import LANGUAGES, filled, locale, number, share, three
from simulation.recording.new_folder import explain_disk_errors, hidden_beside, remove_leftovers

HERE = Path(__file__).parent
CLAIMS = "figures/claims"
TOKENS, STYLE, SCRIPT, ICON = "tokens.css", "explorer.css", "explorer.js", "icon.svg"
ICON_FROM = HERE.parent / "dashboard" / "www" / ICON
MARK = '<meta name="generator" content="landingsbaan publish">'
BASELINES = ("net_cost", "unmet", "waiting", "crises")
NEEDED = 'landingsbaan publish needs jinja2: pip install "landingsbaan[report]"'


def publish(words: list[str], overrides: list[str], docs: Path = DOCS) -> Path:
    """Do what `landingsbaan publish FOLDER` asks; return the page to open.

    Parameters
    ----------
    words, overrides : list of str
        The folder, and language=en or language=nl: which page opens first.
    docs : Path
        Pages of the project, with the results next to them.

    Raises
    ------
    ConfigurationError
        For a mistake of the user; nothing is written then.
    ImportError
        When what writes pages is not installed.
    """
    from scenarios.config.keys import check_language

    language = "en"
    for each in overrides:
        name, _, language = each.partition("=")
        if name != "language":
            raise ConfigurationError(f"{each}: publish takes language=en or language=nl only")
        check_language(language)
    if len(words) != 1:
        raise ConfigurationError("publish: expected one folder to write to, as landingsbaan publish explorer")
    if docs == DOCS:
        check_clone("publish")
    folder = without_links(with_home(words[0]))
    check_folder(folder)
    files = site(read_study(docs / FLAGSHIP), read_claims(docs / CLAIMS), language, datetime.date.today())
    write_site(folder, files)
    page = folder / "index.html"
    print(page)
    return page


def check_folder(folder: Path) -> None:
    """Raise ConfigurationError unless a folder is new, empty, or a site that was written before."""
    if Path.cwd().resolve().is_relative_to(folder):
        raise ConfigurationError(f"publish {folder}: you are in this folder, expected another one")
    if not is_taken(folder):
        return
    if not folder.is_dir():
        raise ConfigurationError(f"publish {folder}: this is no folder, expected one")
    index = folder / "index.html"
    is_ours = index.is_file() and MARK in index.read_text(encoding="utf-8", errors="replace")
    written = {*names(), *(os.path.dirname(name) for name in names())} if is_ours else set()
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    foreign = sorted(name for name, path in found.items() if path.is_symlink() or name not in written)
    if foreign:
        raise ConfigurationError(
            f"publish {folder}: it holds {foreign[0]}, which publish did not write; expected a new folder, "
            "an empty one, or one that publish wrote"
        )


def names() -> list[str]:
    """Return the names of all files of a site."""
    shared = [TOKENS, STYLE, SCRIPT, ICON, "study.js", *(f"{kind}.js" for kind in KINDS)]
    pages = [f"{each}/{name}" for each in LANGUAGES for name in ("index.html", "claims.html", "words.js")]
    return ["index.html", *pages, *(f"shared/{name}" for name in shared)]


def site(
    study: Study, claims: Mapping[str, Any], language: str, published: datetime.date
) -> dict[str, bytes]:
    """Return every file of a site by its name.

    Parameters
    ----------
    study : Study
        The flagship study.
    claims : mapping
        The study of claims.
    language : str
        Of the page that opens first.
    published : date
        What the pages give as their date.
    """
    files: dict[str, str] = {
        "index.html": _page("start.html", language, first=language),
        "shared/study.js": script_of_study(study),
        f"shared/{TOKENS}": (DESIGN / TOKENS).read_text(encoding="utf-8"),
        f"shared/{ICON}": ICON_FROM.read_text(encoding="utf-8"),
        **{f"shared/{name}": (HERE / "www" / name).read_text(encoding="utf-8") for name in (STYLE, SCRIPT)},
        **{f"shared/{kind}.js": script_of_kind(study, kind) for kind in KINDS},
    }
    for each in LANGUAGES:
        date = _date(published, each)
        files[f"{each}/index.html"] = _page("explore.html", each, study=study.document, date=date,
                                            unknown=_unknown(study, each), baselines=_baselines(study, each),
                                            older=_older(study.document, each))  # fmt: skip
        files[f"{each}/claims.html"] = _page("claims.html", each, study=claims, date=date,
                                             rows=claim_rows(claims, each), older=_older(claims, each),
                                             verdicts=[key_of(verdict) for verdict in VERDICTS])  # fmt: skip
        words = {key: texts[LANGUAGES.index(each)] for key, texts in LIVE.items()}
        files[f"{each}/words.js"] = (
            f"(window.landingsbaan = window.landingsbaan || {{}}).words = "
            f"{json.dumps(words, ensure_ascii=False)};\n"
        )
    return {name: files[name].encode("utf-8") for name in names()}


def write_site(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a site whole, in place of an earlier one.

    Raises
    ------
    ValueError
        When the folder cannot be written.
    """
    with explain_disk_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder.parent)
        hidden, earlier = hidden_beside(folder), hidden_beside(folder)
        try:
            for name, content in files.items():
                (hidden / name).parent.mkdir(parents=True, exist_ok=True)
                (hidden / name).write_bytes(content)
            if folder.exists():
                os.rename(folder, earlier)
            os.rename(hidden, folder)
        except OSError:
            if earlier.exists() and not folder.exists():
                os.rename(earlier, folder)
            raise
        finally:
            for each in (hidden, earlier):
                shutil.rmtree(each, ignore_errors=True)


def _page(template: str, language: str, **values: Any) -> str:
    """Return a page from its template."""
    try:
        import jinja2
    except ImportError:
        raise ImportError(NEEDED) from None
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip

    def live(key: str) -> str:
        return filled(LIVE, key, language)

    def written(value: float) -> str:
        return number(value, language)

    return environment.get_template(template).render(
        language=language, other=next(each for each in LANGUAGES if each != language),
        languages=LANGUAGES, kinds=KINDS, live=live, number=written, mark=MARK, said=said, **values,
    )  # fmt: skip


def _date(day: datetime.date, language: str) -> str:
    """Return a date in words."""
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=locale(language))


def _older(document: Mapping[str, Any], language: str) -> str:
    """Return a sentence where results are of another version than the model of today, else nothing."""
    if document["result_version"] == RESULT_VERSION:
        return ""
    return said("older", language, version=RESULT_VERSION)


def _baselines(study: Study, language: str) -> list[tuple[str, str, list[str]]]:
    """Return measure, unit and usual level by kind of town."""
    rows = []
    for outcome in BASELINES:
        name = "cost" if outcome == "net_cost" else outcome
        levels = [study.document["baselines"][kind][outcome] for kind in KINDS]
        cells = [number(level, language, 1 if outcome == "crises" else 0) for level in levels]
        rows.append((filled(LIVE, f"name_{name}", language), filled(LIVE, f"unit_{name}", language), cells))
    return rows


def _unknown(study: Study, language: str) -> list[str]:
    """Return what the numbers do not say, and how far they may be off."""
    document = study.document
    errors = {name: errors_of(study, outcome) for name, outcome in
              (("cost", "net_cost"), ("unmet", "unmet"), ("waiting", "waiting"))}  # fmt: skip
    judged = document["emulators"]
    held = sum(row["coverage"] * row["values"] for row in judged) / sum(row["values"] for row in judged)
    effects = document["effects"][AVERAGE]
    placebo = effects["placebo"]["net_cost"]
    chance = effects["signalling"]["net_cost"]["chance"]
    sentences = [
        said("unknown_forecast", language),
        said("unknown_kinds", language, households=number(document["households"], language)),
        said("unknown_interval", language, draws=number(document["draws"], language),
             coverage=share(held, language)),
        *([] if chance is None else [said("unknown_chance", language, share=share(chance, language))]),
        said("unknown_placebo", language,
             **three(placebo["mean"], placebo["low"], placebo["high"], language)),
        said("unknown_grants", language),
        said("unknown_waiting", language),
        said("unknown_lines", language,
             **{name: number(each["lines"], language, 1 if name == "cost" else 0)
                for name, each in errors.items()},
             **{f"{name}_own": number(each["emulator"], language, 1 if name == "cost" else 0)
                for name, each in errors.items()}),
    ]  # fmt: skip
    return sentences
