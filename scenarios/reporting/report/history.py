"""Whether the model follows what happened: the first section of the report after what was asked."""

from pathlib import Path

from scenarios.reporting.figures import history
from scenarios.reporting.report.parts import Aside, Block, Grid, Paragraph, Picture, Section
from scenarios.reporting.summary.history import heads, history_sentence, record_rows
from scenarios.reporting.texts import text
from simulation.recording.store import Run


def history_section(run: Run, folder: Path, language: str) -> Section:
    """Return the reference beside the record: a sentence, a figure drawn into `folder`, every point.

    A window without years of the record has the sentence alone.
    """
    sentence = history_sentence(run, "history_sentence", language)
    blocks: list[Block] = [Paragraph(text("history_why", language)), Paragraph(sentence)]
    if len(run.table(history.NAME)):
        one = "_one" if run.document["pairs"] < 2 else ""
        picture = history.draw_for_report(run, folder, language)
        rows = [[cell.strip() for cell in row] for row in record_rows(run, language)]
        blocks += [
            Picture(picture, sentence, text("history_figure", language)),
            Paragraph(" ".join(text(key, language) for key in (f"history_how{one}", "history_note"))),
            Aside(text("history_aside", language),
                  (Grid(text("history_aside", language), heads(language), rows),)),
        ]  # fmt: skip
    return Section("history", text("history_section", language), tuple(blocks))
