"""Writes docs/lab: the notebook of the exercises in every language, from the same words and settings.

python -m scenarios.apps.lab.notebook
"""

import json
from pathlib import Path
from typing import Any

from scenarios.apps.dashboard.state import SLIDERS
from scenarios.apps.lab.exercises import EXERCISES, Exercise, word
from scenarios.common.installation import DOCS
from scenarios.reporting.texts import LANGUAGES

FOLDER = DOCS / "lab"
NAMES = {"en": "landing_strip_lab.ipynb", "nl": "landingsbaanlab.ipynb"}
IMPORTS = (
    "from scenarios.apps.lab.flight import transition_harms, compare, fly, follow, read, see, show, "
    "waiting\n\n"
    'language = "{}"'
)
Cell = tuple[str, str]  # kind and contents


def notebook(language: str) -> dict[str, Any]:
    """Return the notebook in a language, as Jupyter keeps it."""
    parts: list[Cell] = [
        ("markdown", f"# {word('lab', language)}\n\n{word('notebook_begin', language)}"),
        ("markdown", f"{word('lab_no_forecast', language)}\n\n{word('notebook_sliders', language)}"),
        ("code", IMPORTS.format(language)),
    ]
    for exercise in EXERCISES:
        parts += _cells(exercise, language)
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
    """Return the cells of one exercise: task, flights, questions, room for answers, discussion."""
    title, task = (word(f"{exercise.name}_{part}", language) for part in ("title", "task"))
    questions = [
        f"{number}. {word(each, language)}" for number, each in enumerate(exercise.questions(), start=1)
    ]
    discussion = word(f"{exercise.name}_discussion", language)
    folded = f"<details><summary>{word('lab_discussion', language)}</summary>\n\n{discussion}\n\n</details>"
    return [
        ("markdown", f"## {title}\n\n{task}"),
        *(("code", code) for code in _code(exercise, language)),
        ("markdown", "\n".join([f"**{word('lab_questions', language)}**", "", *questions])),
        ("markdown", word("notebook_answer", language)),
        ("markdown", folded),
    ]


def _code(exercise: Exercise, language: str) -> list[str]:
    """Return the code cells of one exercise."""
    flights = [each for key, link in exercise.settings for each in _flights(word(key, language), link)]
    if exercise.tells_story:
        story = f"story = follow({flights[0][1]})\nread(story, language)"
        return [story, "see(story, language)"]
    lines = [f"    {json.dumps(name, ensure_ascii=False)}: fly({asked})," for name, asked in flights]
    code = ["\n".join(["flights = {", *lines, "}"])]
    if exercise.compares_phase_ins:
        shown = 'show(list(flights.values())[{}], "landing", language)'
        looks = ("waiting(flights, language)", "transition_harms(flights, language)")
        return [*code, shown.format(0), shown.format(1), *looks]
    return [*code, "compare(flights, language)"]


def _flights(name: str, link: str) -> list[Cell]:
    """Return a name and the arguments of `fly` for every policy that a part of a link sets."""
    keys = dict(part.split("=") for part in link.split("&"))
    without = f', without="{keys.pop("without")}"' if "without" in keys else ""
    found = []
    for levers in keys.values():
        sliders = dict(part.split(":") for part in levers.split(",") if part.split(":")[0] in SLIDERS)
        asked = ", ".join(f"{key}={value}" for key, value in sliders.items())
        found.append((asked if len(keys) > 1 else name, f"{asked}{without}, language=language"))
    return found


def _cell(number: int, kind: str, contents: str) -> dict[str, Any]:
    """Return one cell as Jupyter keeps it."""
    cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": contents.splitlines(True)}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


if __name__ == "__main__":
    for path in write():
        print(path)
