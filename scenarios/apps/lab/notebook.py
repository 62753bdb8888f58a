"""Writes docs/lab: the notebook of the exercises in every language, from the same words and settings.

python -m scenarios.apps.lab.notebook            # the notebooks
python -m scenarios.apps.lab.notebook answers    # and what the model says, on the teacher's pages
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from scenarios.apps.lab.exercises import EXERCISES, MECHANISMS, Exercise, word
from scenarios.apps.lab.predictions import PREDICTED
from scenarios.common.installation import DOCS
from scenarios.common.result_version import RESULT_VERSION
from scenarios.reporting.texts import LANGUAGES

FOLDER = DOCS / "lab"
TEACHERS = {"en": "teacher.md", "nl": "docent.md"}
ANSWERS = re.compile(r"(<!-- answers -->\n).*(?=<!-- end of answers -->)", re.DOTALL)
# What the model says is told of these; predictions of width 0 ask for nothing but the answer.
ANSWERED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("phase_in", {}),
    *(("break", {"without": name}) for name in MECHANISMS),
    ("shift", {"signalling": 1.0, "fte": 0.7}),
    ("shift", {"fte": 0.5}),
    ("shift", {"fte": 0.3, "base": 125.0}),
)
NAMES = {"en": "landing_strip_lab.ipynb", "nl": "landingsbaanlab.ipynb"}
IMPORTS = 'from scenarios.apps.lab.worksheet import follow, see, total\n\nlanguage = "{}"'
LEADS = ("lab_lead", "lab_score_how", "lab_no_forecast")
# What a student may change besides the prediction.
ALSO = {"break": ', without="escalation"', "shift": ", signalling=1, fte=0.7"}
Cell = tuple[str, str]  # kind and contents


def notebook(language: str) -> dict[str, Any]:
    """Return the notebook in a language, as Jupyter keeps it."""
    parts: list[Cell] = [
        ("markdown", f"# {word('lab', language)}\n\n{word('notebook_begin', language)}"),
        ("markdown", "\n\n".join(word(each, language) for each in LEADS)),
        ("code", IMPORTS.format(language)),
    ]
    for exercise in EXERCISES.values():
        parts += _cells(exercise, language)
        if exercise.name == PREDICTED[-1]:
            arguments = ", ".join(f"seen_{name}" for name in PREDICTED)
            parts.append(("code", f"print(total({arguments}, language=language))"))
    return {
        "cells": [_cell(number, kind, contents) for number, (kind, contents) in enumerate(parts)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def written(language: str) -> str:
    """Return the notebook as the text of its file."""
    return json.dumps(notebook(language), indent=1, ensure_ascii=False) + "\n"


def write(folder: Path = FOLDER) -> list[Path]:
    """Write the notebooks and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / NAMES[language] for language in LANGUAGES]
    for path, language in zip(paths, LANGUAGES, strict=True):
        path.write_text(written(language), encoding="utf-8")
    return paths


def _cells(exercise: Exercise, language: str) -> list[Cell]:
    """Return the cells of one exercise: predict, see, explain, and the discussion folded."""
    title, task = (word(f"{exercise.name}_{part}", language) for part in ("title", "task"))
    questions = [
        f"{number}. {word(each, language)}" for number, each in enumerate(exercise.questions(), start=1)
    ]
    discussion = word(f"{exercise.name}_discussion", language)
    folded = f"<details><summary>{word('lab_discussion', language)}</summary>\n\n{discussion}\n\n</details>"
    return [
        ("markdown", f"## {title}\n\n{task}"),
        *_look(exercise, language),
        ("markdown", "\n".join([f"**{word('lab_explain', language)}**", "", *questions])),
        ("markdown", word("notebook_answer", language)),
        ("markdown", folded),
    ]


def _look(exercise: Exercise, language: str) -> list[Cell]:
    """Return the cells in which a student predicts and sees; the fourth exercise only looks."""
    if exercise.scale is None:
        return [
            ("code", "story = follow(signalling=1, language=language)\nstory"),
            ("code", "story.picture()"),
        ]
    also = {"break": "notebook_mechanism", "shift": "notebook_sliders"}.get(exercise.name)
    paragraphs = [word(f"{exercise.name}_predict", language), word("notebook_fill_in", language)]
    paragraphs += [word(also, language)] if also else []
    variable = f"seen_{exercise.name}"
    arguments = f'"{exercise.name}", low=..., high=...{ALSO.get(exercise.name, "")}, language=language'
    return [
        ("markdown", "\n\n".join([f"**{word('lab_predict', language)}**", *paragraphs])),
        ("code", f"{variable} = see({arguments})\n{variable}"),
        ("code", f"{variable}.picture()"),
    ]


def _cell(number: int, kind: str, contents: str) -> dict[str, Any]:
    """Return one cell as Jupyter keeps it."""
    cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": contents.splitlines(True)}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def write_answers(folder: Path = FOLDER) -> list[Path]:
    """Simulate the exercises and write what the model says on the teacher's pages; return their paths."""
    from scenarios.apps.lab.worksheet import see

    paths = [folder / TEACHERS[language] for language in LANGUAGES]
    for path, language in zip(paths, LANGUAGES, strict=True):
        seen = [see(name, 0, 0, language=language, **settings) for name, settings in ANSWERED]
        version = word("notebook_version", language, version=RESULT_VERSION)
        answers = "\n\n".join([*(each.answer() for each in seen), version])
        before, marker, after = ANSWERS.split(path.read_text(encoding="utf-8"))
        path.write_text(f"{before}{marker}\n{answers}\n\n{after}", encoding="utf-8")
    return paths


if __name__ == "__main__":
    for path in [*write(), *(write_answers() if sys.argv[1:] == ["answers"] else [])]:
        print(path)
