"""The report of a run: one HTML file in both languages that opens offline, and a PDF.

Everything is read from finished folders; the sentences are in this folder, the words in `texts/report*` and
`texts/memo`.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.common.files import write_atomically
from scenarios.reporting import DESIGN, texts
from scenarios.reporting.figures import flows, history, landing, municipalities, neighbourhoods, savings, why
from scenarios.reporting.figures.style import Drawing, image_of, picture
from scenarios.reporting.report.additions import (
    Comparable,
    Story,
    claims_section,
    others_section,
    story_blocks,
    story_drawing,
)
from scenarios.reporting.report.memo import Memo, memo, method_section, sources_section, unknown_section
from scenarios.reporting.report.money import cost_section, policy_words
from scenarios.reporting.report.people import (
    changes,
    group_names,
    groups_section,
    people_section,
    phase_in_section,
    sentence_of_gains,
)
from scenarios.reporting.report.sentences import (
    Aside,
    Block,
    Grid,
    Paragraph,
    Picture,
    Section,
    said,
)
from scenarios.reporting.summary.history import heads, history_sentence, record_rows
from scenarios.reporting.texts import LANGUAGES, capital, text
from simulation.outcomes.municipalities import NAME as MUNICIPALITIES
from simulation.recording.new_folder import explain_disk_errors, remove_leftovers
from simulation.recording.store import Run

TEMPLATES = Path(__file__).parent / "templates"
NEEDED = 'landingsbaan report needs {what}: pip install "landingsbaan[report]"{more}'
STEPS = len(LANGUAGES) + 2  # what `write_report` counts: figures per language, page and PDF


@dataclass(frozen=True)
class Beside:
    """What stands next to the run in its report, each None when not given."""

    story: Story | None = None
    comparable: Comparable | None = None
    comparison: Run | None = None
    claims: dict[str, Any] | None = None


@dataclass(frozen=True)
class Edition:
    """A report in one language: its first page and the sections after it."""

    language: str
    title: str
    memo: Memo
    sections: tuple[Section, ...]

    def said(self, key: str) -> str:
        """Return a word of the report's frame in this language."""
        return said(key, self.language)


@dataclass(frozen=True)
class Draft:
    """An edition whose images are not yet drawn, and what draws them."""

    edition: Edition
    drawings: tuple[Drawing, ...]
    folder: Path

    def draw(self) -> Edition:
        """Draw the images, wide and narrow, and return the edition."""
        for each in self.drawings:
            for narrow in (False, True):
                picture(each, self.folder, self.edition.language, narrow)
        return self.edition


def check_installed() -> None:
    """Raise ImportError, with what to install, unless everything a report needs is there."""
    try:
        import jinja2  # noqa: F401
        import weasyprint  # noqa: F401
    except ImportError as error:
        raise ImportError(NEEDED.format(what=error.name, more="")) from None
    except OSError:
        # WeasyPrint without the library it draws letters with.
        more = "; and the library itself, on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        raise ImportError(NEEDED.format(what="Pango", more=more)) from None


def drawings(run: Run, language: str) -> dict[str, Drawing]:
    """Return the figures of a report by name, not yet drawn; those that the run cannot show are left out."""
    found = [savings.describe_total(run, language), savings.describe(run, language),
             why.describe(run, language), landing.describe(run, language),
             _groups_drawing(run, language)]  # fmt: skip
    found += [flows.describe(run, language)] if flows.can_be_drawn(run) else []
    found += [history.describe(run, language)] if len(run.table(history.NAME)) else []
    if MUNICIPALITIES in run.tables:
        found.append(municipalities.describe(run, language))
    elif run.table("wijken")["wijk"].nunique() > 1:
        found.append(neighbourhoods.describe(run, language))
    return {each.name: each for each in found}


def _groups_drawing(run: Run, language: str) -> Drawing:
    """Return the figure of who gains and who loses."""
    found = changes(run)
    named = {
        name: (said(f"{name}_short", language), found[name][0]) for name in group_names() if name in found
    }
    return neighbourhoods.describe_groups(
        named, sentence_of_gains(run, language).rstrip("."), said("groups_subtitle", language),
        said("groups_note", language), said("axis_groups", language),
    )  # fmt: skip


def pictures(found: dict[str, Drawing], folder: Path, language: str) -> dict[str, Picture]:
    """Return figures with their words, and where their images will be."""
    return {
        name: Picture(
            image_of(each, folder, language, narrow=False), image_of(each, folder, language, narrow=True),
            each.title, each.subtitle, each.note, each.alternative,
        )
        for name, each in found.items()
    }  # fmt: skip


def draft(run: Run, beside: Beside, folder: Path, language: str) -> Draft:
    """Return the report in one language, with all its words; `Draft.draw` draws its images into `folder`.

    Parameters
    ----------
    run : Run
        A finished run, from `open_run`.
    beside : Beside
        Story, comparisons and claims, as far as there are.
    folder : Path
        Where figures are drawn.
    language : str
        "en" or "nl".

    Raises
    ------
    ValueError
        When tables of the run lack rows or columns.
    """
    texts.check_language(language)
    found = drawings(run, language)
    if beside.story is not None:
        found["story"] = story_drawing(beside.story, language)
    images = pictures(found, folder, language)
    sections = [
        _with(cost_section(run, language), 2, images, "savings", "why"),
        _with(people_section(run, language, story_blocks(run.document, beside.story, images.get("story"),
                                                           language)), 2, images, "flows"),
        _with(phase_in_section(run, language), 1, images, "landing"),
        _with(groups_section(run, language), 2, images, "groups", "neighbourhoods", "municipalities"),
        others_section(run, beside.comparable, beside.comparison, language),
        *([claims_section(beside.claims, language)] if beside.claims is not None else []),
        method_section(run, language),
        history_section(run, images.get(history.NAME), language),
        unknown_section(run, language),
        sources_section(run, language),
    ]  # fmt: skip
    title = said("title", language, policy=capital(policy_words(run, language)),
                 municipality=texts.place(run.document["municipality"], language))  # fmt: skip
    made = Edition(language, title, memo(run, images["total"], language), tuple(sections))
    return Draft(made, tuple(found.values()), folder)


def _with(section: Section, place: int, drawn: dict[str, Picture], *names: str) -> Section:
    """Return a section with its pictures after its first blocks."""
    shown = [drawn[name] for name in names if name in drawn]
    return Section(section.name, section.title, (*section.blocks[:place], *shown, *section.blocks[place:]))


def history_section(run: Run, drawn: Picture | None, language: str) -> Section:
    """Return the reference next to the record: a sentence, the figure, every point.

    A window without years of the record has the sentence alone.
    """
    sentence = history_sentence(run, "history_sentence", language)
    blocks: list[Block] = [Paragraph(text("history_why", language)), Paragraph(sentence)]
    if drawn is not None:
        rows = [[cell.strip() for cell in row] for row in record_rows(run, language)]
        table = Grid(text("history_aside", language), heads(language), rows)
        blocks += [drawn, Aside(text("history_aside", language), (table,))]
    return Section("history", text("history_section", language), tuple(blocks))


def html_of(editions: list[Edition], shown: str) -> str:
    """Return one HTML page with all editions, of which one is shown first; with one there is no switch."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([TEMPLATES, DESIGN]), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["inlined"] = _inlined
    return environment.get_template("report.html").render(editions=editions, shown=shown)


def _inlined(path: Path) -> str:
    """Return an image as an address that holds the image itself."""
    return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode("ascii")


def write_report(
    drafts: dict[str, Draft], folder: Path, language: str, done: Callable[[], object] = lambda: None
) -> list[Path]:
    """Write report.html, in all languages, and report_LANGUAGE.pdf; return their paths.

    Nothing is written before both are made. `done` is called after each of the `STEPS`.

    Parameters
    ----------
    drafts : dict of str to Draft
        The report by language.
    folder : Path
        Where it will stand.
    language : str
        In which the PDF is, and the page opens.
    done : callable
        Called when the figures of a language are drawn, when the page is made, and when the PDF is.

    Raises
    ------
    ValueError
        When the folder cannot be written.
    """
    import weasyprint

    found = {}
    for name, each in drafts.items():
        found[name] = each.draw()
        done()
    page = html_of(list(found.values()), language)
    alone = html_of([found[language]], language)
    done()
    # Nothing from elsewhere: images are in the page itself.
    inlined = weasyprint.urls.URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    printed = weasyprint.HTML(string=alone, url_fetcher=inlined).write_pdf(pdf_variant="pdf/ua-1")
    done()
    contents = {"report.html": page.encode("utf-8"), f"report_{language}.pdf": printed}
    with explain_disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder)
        for name, content in contents.items():
            write_atomically(folder / name, content)
    return [folder / name for name in contents]
