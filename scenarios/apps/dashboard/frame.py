"""The page before anything is known: headings, controls and empty places for figures."""

import json
from typing import Any

from htmltools import HTML, Tag, TagList
from shiny import ui

from scenarios.apps.dashboard.levers import SLIDERS, Slider
from scenarios.apps.dashboard.state import FIRST_YEAR, LAST_YEAR
from scenarios.apps.dashboard.words import WORDS, word
from scenarios.apps.lab.exercises import EXERCISES, Exercise

# The landing-strip lab on the page: exercises that set the sliders and ask their questions.

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


def frame(language: str, chosen: str) -> Tag:
    """Return the page in a language.

    Parameters
    ----------
    language : str
        "en" or "nl"; the browser switches afterwards.
    chosen : str
        What can be chosen, as JSON.
    """
    return ui.page_fluid(
        tags.head(
            tags.meta(name="viewport", content="width=device-width, initial-scale=1"),
            tags.link(rel="icon", type="image/svg+xml", href="own/icon.svg"),
            tags.link(rel="stylesheet", href="own/dashboard.css"),
        ),
        tags.div(
            tags.a(said("skip", language), href="#results", class_="skip"),
            _top(language),
            tags.main(tags.div(_controls(language), _results(language), class_="columns"), aria_busy="true"),
            class_="page",
        ),
        _stored_as_json("words", json.dumps(WORDS, ensure_ascii=False)),
        _stored_as_json("choices", chosen),
        tags.script(src="plotly/plotly.min.js"),
        tags.script(src="own/figures.js"),
        tags.script(src="own/dashboard.js"),
        title=word("title", language),
        lang=language,
    )


def _stored_as_json(name: str, written: str) -> Tag:
    """Return a part that holds data for the browser; a less-than sign could end it early."""
    return tags.script(HTML(written.replace("<", "\\u003c")), type="application/json", id=name)


def _button(name: str, key: str, language: str, **more: Any) -> Tag:
    return tags.button(word(key, language), type="button", id=name, class_="plain", data_word=key, **more)


def _top(language: str) -> Tag:
    switches = [
        tags.button(name, type="button", class_="plain", lang=each, data_language=each,
                    aria_pressed=str(each == language).lower())
        for each, name in (("en", "English"), ("nl", "Nederlands"))
    ]  # fmt: skip
    return tags.header(
        tags.div(said("title", language, tags.h1), said("lead", language, tags.p)),
        tags.div(*switches, class_="row-of-buttons", role="group", aria_label="Language / Taal"),
        class_="top",
    )


def _controls(language: str) -> Tag:
    """Return the controls: system, city, policies, sliders."""
    shared = [_slider(each, language) for each in SLIDERS.values() if each.shared]
    own = [_slider(each, language) for each in SLIDERS.values() if not each.shared]
    return tags.form(
        said("choose", language, tags.h2),
        tags.label(said("system", language), for_="system"),
        tags.select(id="system", class_="form-select"),
        tags.label(said("city", language), for_="city"),
        tags.select(id="city", class_="form-select"),
        tags.h3(said("policies", language), id="policies-title", style="margin-top: 1rem"),
        tags.div(id="tabs", class_="row-of-buttons", role="group", aria_labelledby="policies-title"),
        tags.div(
            _button("add", "add", language),
            _button("add-long", "add_long", language),
            _button("remove", "remove", language),
            _button("reset", "reset", language),
            class_="row-of-buttons small",
        ),
        tags.fieldset(said("shared_levers", language, tags.legend), *shared),
        tags.fieldset(said("own_levers", language, tags.legend), *own),
        tags.label(said("without", language), for_="without"),
        tags.select(id="without", class_="form-select"),
        id="controls",
        class_="controls",
    )


def _slider(slider: Slider, language: str) -> Tag:
    return tags.div(
        tags.label(said(slider.name, language), tags.output(id=f"{slider.name}-value"), for_=slider.name),
        tags.input(
            type="range",
            id=slider.name,
            min=f"{slider.low:g}",
            max=f"{slider.high:g}",
            step=f"{slider.step:g}",
        ),
        class_="slider",
    )


def _results(language: str) -> Tag:
    """Return the empty places for results, in the order in which they are read."""
    return tags.div(
        panel(language),
        tags.h2(said("results", language), id="results", tabindex="-1"),
        tags.p(id="refused", role="alert", hidden="hidden"),
        tags.p(word("working", language), id="status", role="status", aria_live="polite"),
        tags.div(_button("refine", "refine", language, hidden="hidden"), class_="row-of-buttons"),
        tags.div(id="findings", class_="findings"),
        _section("landing", language),
        said("savings", language, tags.h2),
        tags.div(_choice("payer", "whose", language), class_="bar"),
        tags.div(id="figures-savings", class_="figures"),
        said("waiting", language, tags.h2),
        tags.div(_years("year", language), class_="bar"),
        tags.div(
            tags.div(id="figures-waiting", style="display: contents"),
            tags.div(id="figures-kinds", style="display: contents"),
            class_="figures",
        ),
        _section("flows", language),
        said("wijken", language, tags.h2),
        tags.div(
            _years("year-wijken", language),
            tags.div(_button("play", "play", language, aria_pressed="false")),
            _choice("measure", "measure", language),
            class_="bar",
        ),
        tags.div(id="figures-wijken", class_="figures"),
        said("link", language, tags.h2),
        tags.code("", id="link", class_="line"),
        tags.div(
            _button("copy", "copy", language), tags.span(id="copied", role="status"), class_="row-of-buttons"
        ),
        said("command", language, tags.h3),
        tags.div(id="commands"),
        said("claims", language, tags.h2),
        tags.div(
            id="claims", class_="scrolls", tabindex="0", role="region", aria_label=word("claims", language)
        ),
        tags.h2(said("story", language), id="story-title"),
        said("story_lead", language, tags.p),
        tags.div(_button("tell", "tell", language), class_="row-of-buttons"),
        tags.div(id="story", class_="story", aria_live="polite"),
        said("run", language, tags.h2),
        _file("run_zip", "run_lead", "ZIP", [".zip"], language),
        tags.div(id="run-summary", aria_live="polite"),
        tags.div(id="figures-run", class_="figures"),
        said("own_city", language, tags.h2),
        _file("own_file", "own_lead", "YAML / CSV", [".yaml", ".yml", ".csv"], language),
        tags.div(id="own-summary", aria_live="polite"),
        said("limits", language, tags.h2),
        said("limits_text", language, tags.p),
        said("limits_miss", language, tags.p),
        tags.p(id="live", aria_hidden="true"),
        class_="results",
    )


def _file(name: str, key: str, button: str, endings: list[str], language: str) -> Tag:
    """Return a place where a file is brought."""
    return ui.input_file(
        name, said(key, language), accept=endings, button_label=button, placeholder="", width="100%"
    )


def _years(name: str, language: str) -> Tag:
    """Return a slider over the years; there are two, where they are needed, that move together."""
    return tags.div(
        tags.label(said("year_shown", language), tags.output(id=f"{name}-value"), for_=name),
        tags.input(type="range", id=name, min=FIRST_YEAR, max=LAST_YEAR, step=1),
        class_="slider",
    )


def _section(name: str, language: str) -> TagList:
    """Return a heading with an empty place for its figures."""
    return TagList(said(name, language, tags.h2), tags.div(id=f"figures-{name}", class_="figures"))


def _choice(name: str, key: str, language: str) -> Tag:
    return tags.div(tags.label(said(key, language), for_=name), tags.select(id=name, class_="form-select"))
