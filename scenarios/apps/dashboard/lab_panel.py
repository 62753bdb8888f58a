"""The landing-strip lab on the page: exercises that set the sliders and ask their questions."""

from typing import Any

from htmltools import Tag
from shiny import ui

from scenarios.apps.dashboard.words import word
from scenarios.apps.lab.exercises import EXERCISES, Exercise

tags = ui.tags


def said(key: str, language: str, tag: Any = tags.span) -> Tag:
    """Return a text that the browser can put in the other language."""
    return tag(word(key, language), data_word=key)


def panel(language: str) -> Tag:
    """Return the lab, folded until somebody opens it."""
    return tags.details(
        tags.summary(said("lab", language)),
        said("lab_lead", language, tags.p),
        *(_exercise(each, language) for each in EXERCISES),
        said("lab_no_forecast", language, tags.p),
        id="lab",
        class_="lab",
    )


def _exercise(exercise: Exercise, language: str) -> Tag:
    """Return one exercise: what to do, buttons that set the sliders, questions, and the discussion folded."""
    buttons = [
        tags.button(word(key, language), type="button", class_="plain", data_word=key, data_sets=link)
        for key, link in exercise.settings
    ]
    if exercise.tells_story:
        told = {"data_word": "tell", "data_tells": "story"}
        buttons.append(tags.button(word("tell", language), type="button", class_="plain", **told))
    return tags.section(
        said(f"{exercise.name}_title", language, tags.h3),
        said(f"{exercise.name}_task", language, tags.p),
        tags.div(*buttons, class_="row-of-buttons"),
        said("lab_questions", language, tags.h4),
        tags.ol(*(said(each, language, tags.li) for each in exercise.questions())),
        tags.details(
            tags.summary(said("lab_discussion", language)),
            said(f"{exercise.name}_discussion", language, tags.p),
        ),
        data_exercise=exercise.name,
    )
