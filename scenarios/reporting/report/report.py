"""The report of a run: one HTML file in both languages that opens offline, and a PDF.

Everything is read from finished folders; the sentences are in this folder, the words in `texts/report*`.
"""

import base64
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.common.files import write_atomically
from scenarios.reporting import texts
from scenarios.reporting.figures import history, report
from scenarios.reporting.report.beside import claims_section, others_section
from scenarios.reporting.report.frame import asked_section, made_section, short_section, unknown_section
from scenarios.reporting.report.groups import (
    changes,
    group_names,
    groups_section,
    sentence_of_gains,
)
from scenarios.reporting.report.money import (
    certainty_section,
    cost_section,
    money_sentence,
    policy_words,
    years_of,
)
from scenarios.reporting.report.people import people_section
from scenarios.reporting.report.sentences import (
    Aside,
    Block,
    Grid,
    Paragraph,
    Picture,
    Section,
    capital,
    said,
)
from scenarios.reporting.report.story import Story, story_blocks
from scenarios.reporting.report.transition import landing_alternative, phase_in_section, same_phase_in
from scenarios.reporting.summary.history import heads, history_sentence, record_rows
from scenarios.reporting.texts import LANGUAGES, text
from simulation.outcomes.savings import BASES
from simulation.recording.new_folder import disk_in_words, remove_leftovers
from simulation.recording.store import Run

# Whether the model follows what happened: the first section of the report after what was asked.


def history_section(run: Run, folder: Path, language: str) -> Section:
    """Return the reference beside the record: a sentence, a figure drawn into `folder`, every point.

    A window without years of the record has the sentence alone.
    """
    sentence = history_sentence(run, "history_sentence", language)
    blocks: list[Block] = [Paragraph(text("history_why", language)), Paragraph(sentence)]
    if len(run.table(history.NAME)):
        one = "_one" if run.document["replications"] < 2 else ""
        picture = history.draw_for_report(run, folder, language)
        rows = [[cell.strip() for cell in row] for row in record_rows(run, language)]
        blocks += [
            Picture(picture, sentence, text("history_figure", language)),
            Paragraph(" ".join(text(key, language) for key in (f"history_how{one}", "history_note"))),
            Aside(text("history_aside", language),
                  (Grid(text("history_aside", language), heads(language), rows),)),
        ]  # fmt: skip
    return Section("history", text("history_section", language), tuple(blocks))


TEMPLATES = Path(__file__).parent / "templates"
NEEDED = 'landingsbaan report needs {what}: pip install "landingsbaan[report]"{more}'


@dataclass(frozen=True)
class Beside:
    """What stands beside the run in its report, each None when not given."""

    story: Story | None = None
    comparison: Run | None = None
    claims: dict[str, Any] | None = None


@dataclass(frozen=True)
class Edition:
    """A report in one language."""

    language: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]

    def said(self, key: str) -> str:
        """Return a word of the report's frame in this language."""
        return said(key, self.language)


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


def edition(run: Run, beside: Beside, folder: Path, language: str) -> Edition:
    """Return the report in one language; its figures are drawn into `folder`.

    Parameters
    ----------
    run : Run
        A finished run, from `open_run`.
    beside : Beside
        Story, comparison and claims, as far as there are.
    folder : Path
        Where figures are drawn.
    language : str
        "en" or "nl".
    """
    texts.check_language(language)
    sections = [
        short_section(run, language),
        asked_section(run, language),
        _with(cost_section(run, language), 2, _savings_picture(run, folder, language)),
        certainty_section(run, language),
        phase_in_section(run, language),
        people_section(run, language, story_blocks(run.document, beside.story, language)),
        _with(groups_section(run, language), 2, _groups_picture(run, folder, language)),
        others_section(run, beside.comparison, language),
        unknown_section(run, language),
        made_section(run, language),
    ]
    if not same_phase_in(run):
        sections[4] = _with(sections[4], 1, _landing_picture(run, folder, language))
    if beside.claims is not None:
        sections.insert(8, claims_section(beside.claims, language))
    sections.insert(2, history_section(run, folder, language))
    title = said("title", language, policy=capital(policy_words(run, language)),
                 municipality=texts.place(run.document["municipality"], language))  # fmt: skip
    return Edition(language, title, said("subtitle", language), tuple(sections))


def _with(section: Section, place: int, picture: Picture) -> Section:
    """Return a section with a picture after its first blocks."""
    blocks = (*section.blocks[:place], picture, *section.blocks[place:])
    return Section(section.name, section.title, blocks)


def _savings_picture(run: Run, folder: Path, language: str) -> Picture:
    """Return the figure of cumulated savings."""
    sentences = " ".join(money_sentence(run, basis, *years_of(run), language) for basis in BASES)
    path = report.savings(run, folder, language)
    return Picture(path, said("alt_savings", language, sentences=sentences), said("figure_savings", language))


def _landing_picture(run: Run, folder: Path, language: str) -> Picture:
    """Return the figure of the two phase-in periods."""
    path = report.landing(run, folder, language)
    return Picture(path, landing_alternative(run, language), said("figure_landing", language))


def _groups_picture(run: Run, folder: Path, language: str) -> Picture:
    """Return the figure of who gains and who loses."""
    found = changes(run)
    shown = {name: found[name][0] for name in group_names() if name in found}
    names = [said(f"{name}_short", language) for name in shown]
    path = report.groups(shown, names, said("axis_groups", language), folder, language)
    sentence = sentence_of_gains(run, language)
    return Picture(path, said("alt_groups", language, sentences=sentence), said("figure_groups", language))


def html_of(editions: list[Edition], shown: str) -> str:
    """Return one HTML page with all editions, of which one is shown first; with one there is no switch."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["inlined"] = _inlined
    return environment.get_template("report.html").render(editions=editions, shown=shown)


def _inlined(path: Path) -> str:
    """Return an image as an address that holds the image itself."""
    return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode("ascii")


def write_report(run: Run, beside: Beside, folder: Path, language: str) -> list[Path]:
    """Write report.html, in both languages, and report_LANGUAGE.pdf; return their paths.

    Nothing is written before both are made.

    Raises
    ------
    ValueError
        When the folder cannot be written.
    ImportError
        When something a report needs is not installed.
    """
    check_installed()
    import weasyprint

    with tempfile.TemporaryDirectory() as drawn:
        found = {each: edition(run, beside, Path(drawn), each) for each in LANGUAGES}
        page = html_of(list(found.values()), language)
        alone = html_of([found[language]], language)
        # Nothing from elsewhere: images are in the page itself.
        inlined = weasyprint.urls.URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
        printed = weasyprint.HTML(string=alone, url_fetcher=inlined).write_pdf(pdf_variant="pdf/ua-1")
    contents = {"report.html": page.encode("utf-8"), f"report_{language}.pdf": printed}
    with disk_in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder)
        for name, content in contents.items():
            write_atomically(folder / name, content)
    return [folder / name for name in contents]
