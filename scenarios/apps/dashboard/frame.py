"""The page before anything is known: question, controls and empty places for what is found."""

import json
from typing import Any

from htmltools import HTML, Tag, TagList
from shiny import ui

from scenarios.apps.dashboard.comparison import TILES
from scenarios.apps.dashboard.municipality_files import form_fields
from scenarios.apps.dashboard.state import (
    FIRST_YEAR,
    LANDING_PRESETS,
    LAST_YEAR,
    POLICY_PRESETS,
    SLIDER_GROUPS,
    SLIDERS,
    TABS,
    VIEWS,
    Slider,
)
from scenarios.apps.dashboard.words import WORDS, word
from scenarios.apps.lab.exercises import EXERCISES, MECHANISMS, Exercise
from scenarios.reporting.texts import LANGUAGES

tags = ui.tags
LOGO = HTML(
    '<svg width="34" height="22" viewBox="0 0 34 22" aria-hidden="true"><path d="M1 3C9 3 10 15 19 15h14" '
    'fill="none" stroke="#0a4b78" stroke-width="3"/><path d="M12 20h21" stroke="#17212b" stroke-width="2.4" '
    'stroke-dasharray="5 3"/></svg>'
)


def said(key: str, language: str, tag: Any = tags.span, **more: Any) -> Tag:
    """Return a text that the browser can put in the other language."""
    return tag(word(key, language), data_word=key, **more)


def frame(language: str, chosen: str, view: str = VIEWS[0], tab: str = TABS[0]) -> Tag:
    """Return the page in a language.

    Parameters
    ----------
    language : str
        "en" or "nl"; the browser switches afterwards.
    chosen : str
        What can be chosen, as JSON.
    view, tab : str
        Which part of the page is open, and which tab below the answer.
    """
    head = tags.head(
        tags.meta(name="viewport", content="width=device-width, initial-scale=1"),
        tags.link(rel="icon", type="image/svg+xml", href="own/icon.svg"),
        tags.link(rel="stylesheet", href="design/tokens.css"),
        tags.link(rel="stylesheet", href="own/dashboard.css"),
    )
    contents = {"answer": _answer, "compare": _compare, "own": _own, "lab": _lab}
    panels = [
        ui.nav_panel(
            said(f"nav_{name}", language),
            tags.main(*contents[name](language, tab), class_="wrap"),
            value=name,
        )
        for name in VIEWS
    ]
    return ui.page_fluid(
        head,
        said("skip", language, tags.a, href="#answer-title", class_="skip"),
        tags.div(
            ui.layout_sidebar(
                ui.sidebar(
                    *_drawer(language),
                    id="drawer",
                    position="right",
                    open="closed",
                    width="25rem",
                    resizable=False,
                ),
                ui.navset_bar(
                    *panels,
                    title=TagList(tags.span(LOGO, "landingsbaan", class_="logo"), _languages(language)),
                    id="view",
                    selected=view,
                    navbar_options=ui.navbar_options(collapsible=False),
                ),
                fillable=False,
                border=False,
                border_radius=False,
            ),
            id="app",
            aria_busy="true",
        ),
        tags.p(id="live", aria_hidden="true"),
        _stored_as_json("words", json.dumps(WORDS, ensure_ascii=False)),
        _stored_as_json("choices", chosen),
        *(
            tags.script(src=f"own/{name}.js")
            for name in ("pictures", "figures", "municipality", "lab", "dashboard")
        ),
        tags.script(src="plotly/plotly.min.js", defer=""),
        title="landingsbaan",
        lang=language,
    )


def _stored_as_json(name: str, written: str) -> Tag:
    """Return a part that holds data for the browser; a less-than sign could end it early."""
    return tags.script(HTML(written.replace("<", "\\u003c")), type="application/json", id=name)


def _button(name: str, key: str, language: str, **more: Any) -> Tag:
    classes = f"plain {more.pop('class_', '')}".strip()
    return tags.button(word(key, language), type="button", id=name, class_=classes, data_word=key, **more)


def _languages(language: str) -> Tag:
    switches = [
        tags.button(name, type="button", class_="plain", lang=each, data_language=each,
                    aria_pressed=str(each == language).lower())
        for each, name in (("en", "English"), ("nl", "Nederlands"))
    ]  # fmt: skip
    return tags.span(*switches, class_="row-of-buttons languages", role="group", aria_label="Language / Taal")


# Answer.


def _answer(language: str, tab: str) -> list[Any]:
    """Return the question, its answer, and the tabs below."""
    contents = {
        "money": _money,
        "people": _people,
        "landing": _landing,
        "neighbourhoods": _neighbourhoods,
        "why": _why,
        "evidence": _evidence,
    }
    panels = [
        ui.nav_panel(said(f"tab_{name}", language), tags.div(*contents[name](language)), value=name)
        for name in TABS
    ]
    return [
        tags.h1("", id="question"),
        _presets(language),
        tags.p(id="refused", role="alert", hidden="hidden"),
        tags.p(word("working", language), id="status", role="status", aria_live="polite"),
        tags.div(_button("refine", "refine", language, hidden="hidden"), class_="row-of-buttons"),
        tags.div(
            tags.div(
                tags.div(
                    tags.h2("", id="answer-title", tabindex="-1"),
                    tags.p("", id="answer-basis", class_="small"),
                ),
                tags.div(
                    said("side_title", language, tags.h3),
                    tags.p(word("side_first", language), id="side-text"),
                    tags.p("", id="side-more", class_="small"),
                    id="side",
                    class_="side first",
                ),
                class_="answer",
            ),
            tags.div(*(_tile(name, language) for name in TILES), class_="tiles"),
            class_="dated",
        ),
        tags.p(said("trust", language, tags.strong), " ", tags.span("", id="trust"), class_="note"),
        ui.navset_underline(*panels, id="tab", selected=tab),
        tags.div(
            _button("copy", "copy", language), tags.span(id="copied", role="status"), class_="row-of-buttons"
        ),
        tags.p("", id="foot", class_="small"),
    ]


def _presets(language: str) -> Tag:
    """Return what changes the question: policy, landing and municipality."""
    labels = {"both": "button_both"}
    policies = {name: labels.get(name, f"preset_{name}") for name in POLICY_PRESETS}
    landings = {name: f"button_{name}" for name in LANDING_PRESETS}
    return tags.form(
        _choice_of("policy", "policy_word", policies, language),
        _choice_of("landing", "landing_word", landings, language),
        tags.div(
            said("municipality_word", language, tags.label, for_="city", class_="legend"),
            tags.select(id="city", class_="form-select"), class_="of-city",
        ),
        tags.div(
            said("which_policy", language, class_="legend", id="tabs-title"),
            tags.div(id="tabs", class_="row-of-buttons", role="group", aria_labelledby="tabs-title"),
            id="which", hidden="hidden",
        ),
        _button("adjust", "adjust", language, aria_expanded="false"),
        class_="presets", id="presets",
    )  # fmt: skip


def _choice_of(name: str, legend: str, choices: dict[str, str], language: str) -> Tag:
    """Return radio buttons that look like buttons."""
    return tags.fieldset(
        said(legend, language, tags.legend),
        tags.div(
            *(
                tags.label(tags.input(type="radio", name=name, value=value), said(key, language))
                for value, key in choices.items()
            )
        ),
        class_="choices",
    )


def _tile(name: str, language: str) -> Tag:
    """Return a value tile with empty places; the browser fills it."""
    explained = TagList(*(tags.span(word(f"tile_{name}_tip", each), lang=each) for each in LANGUAGES))
    asks = tags.button(
        "?", type="button", class_="asks", aria_label=word("explain", language), data_label="explain"
    )
    return ui.value_box(
        tags.span(
            tags.span(
                said(f"tile_{name}", language),
                ui.tooltip(asks, explained, placement="bottom"),
                class_="named",
            ),
            tags.span("", id=f"tile-{name}-direction"),
            class_="tile-head",
        ),
        tags.span("", id=f"tile-{name}-number", class_="tile-number"),
        said(f"tile_{name}_unit", language, tags.p, class_="small"),
        tags.p("", id=f"tile-{name}-baseline"),
        tags.div(id=f"tile-{name}-strip", class_="strip"),
        tags.p("", id=f"tile-{name}-certainty", class_="small"),
        id=f"tile_{name}",
        class_="tile",
        fill=False,
    )


def _money(language: str) -> list[Any]:
    return [
        tags.div(_choice("payer", "whose", language), class_="bar"),
        tags.div(
            tags.div(said("in_words", language, tags.h3), tags.div(id="findings"), class_="aside findings"),
            id="figures-money",
            class_="figures dated",
        ),
    ]


def _people(language: str) -> list[Any]:
    return [
        tags.div(_years("year", language), class_="bar"),
        _figures("people"),
        tags.h2(said("story", language), id="story-title"),
        said("story_lead", language, tags.p),
        tags.div(_button("tell", "tell", language), class_="row-of-buttons"),
        tags.div(id="story", class_="story", aria_live="polite"),
    ]


def _landing(language: str) -> list[Any]:
    return [
        said("landing_question", language, tags.h2),
        said("landing_lead", language, tags.p),
        tags.div(
            _choice("against", "landing_second", language),
            tags.div(_button("fly", "fly", language, class_="first")),
            class_="bar",
        ),
        tags.div(
            tags.h3("", id="landing-title"),
            _figures("landing"),
            said("harms_title", language, tags.h3),
            said("harms_sub", language, tags.p, class_="small"),
            _table("harms", "harms_title", language),
            tags.p("", id="landing-status", class_="small", role="status"),
            class_="dated",
        ),
    ]


def _neighbourhoods(language: str) -> list[Any]:
    return [
        tags.div(
            _years("year-wijken", language),
            tags.div(_button("play", "play", language, aria_pressed="false")),
            _choice("measure", "measure", language),
            class_="bar",
        ),
        _figures("neighbourhoods"),
    ]


def _why(language: str) -> list[Any]:
    return [
        said("why_question", language, tags.h2),
        tags.div(
            tags.div(
                tags.div(
                    tags.h3("", id="why-title"), tags.p("", id="why-status", class_="small", role="status")
                ),
                tags.div(
                    said("not_counted_title", language, tags.h3),
                    tags.p("", id="not-counted"),
                    class_="side plain-side",
                ),
                class_="answer",
            ),
            tags.div(
                _figures("why"),
                tags.div(
                    said("placebo_title", language, tags.h3),
                    said("placebo_lead", language, tags.p, class_="small"),
                    _table("placebo", "placebo_title", language),
                    tags.p("", id="placebo-whole", class_="small"),
                    class_="note",
                ),
                class_="two",
            ),
            class_="dated",
        ),
    ]


def _evidence(language: str) -> list[Any]:
    return [
        said("limits", language, tags.h2),
        said("limits_text", language, tags.p),
        said("limits_miss", language, tags.p),
        said("claims", language, tags.h2),
        _table("claims", "claims", language),
        said("link", language, tags.h2),
        tags.code("", id="link", class_="line"),
        tags.details(said("command", language, tags.summary), tags.div(id="commands")),
    ]


# Compare.


def _compare(language: str, _tab: str) -> list[Any]:
    adds = [
        tags.button(word(key, language), type="button", class_="plain", data_word=key, data_adds=name)
        for name, key in (
            ("early_signalling", "preset_early_signalling"), ("larger_teams", "preset_larger_teams"),
            ("both", "button_both"), ("five_years", "add_five_years"), ("copy", "add_own"),
        )
    ]  # fmt: skip
    return [
        tags.h1("", id="compare-question"),
        tags.div(
            said("add_policy", language),
            *adds,
            tags.span("", id="four", class_="small"),
            class_="row-of-buttons",
        ),
        tags.p("", id="compare-status", class_="small", role="status"),
        tags.div(
            tags.div(
                tags.div(tags.h2("", id="compare-title"), tags.p("", id="compare-basis", class_="small")),
                tags.div(
                    said("compare_worse_title", language, tags.h3),
                    tags.div(id="compare-worse"),
                    class_="side",
                    id="compare-side",
                ),
                class_="answer",
            ),
            said("compare_table", language, tags.h3),
            _table("compare-table", "compare_table", language, whole=True),
            tags.p("", id="compare-note", class_="small"),
            _figures("compare", "three"),
            said("dots_note", language, tags.p, class_="small"),
            tags.div(_choice("rank", "rank_by", language), class_="bar"),
            tags.div(
                tags.div(
                    said("pairs_title", language, tags.h3),
                    said("pairs_lead", language, tags.p, class_="small"),
                    _table("pairs", "pairs_title", language, whole=True),
                ),
                tags.div(
                    said("ranking_title", language, tags.h3),
                    said("ranking_lead", language, tags.p, class_="small"),
                    _table("ranking", "ranking_title", language, whole=True),
                ),
                class_="two",
            ),
            _figures("curve", "one"),
            class_="dated",
        ),
    ]


# Your own.


def _own(language: str, _tab: str) -> list[Any]:
    """Return the form of a municipality, and the places where files are brought."""
    fields = form_fields()
    sections = dict.fromkeys(name.partition(".")[0] for name in fields)
    return [
        said("own_title", language, tags.h1),
        said("own_lead", language, tags.p),
        tags.form(
            tags.div(
                tags.label(said("own_name", language), for_="own-name"),
                tags.input(
                    type="text",
                    id="own-name",
                    maxlength="60",
                    autocomplete="off",
                    required="required",
                    aria_describedby="own-name-says",
                ),
                tags.p("", id="own-name-says", class_="says"),
                class_="field",
            ),
            *(
                tags.fieldset(
                    said(f"section_{section}", language, tags.legend),
                    tags.div(
                        *(_field(name) for name in fields if name.startswith(f"{section}.")),
                        class_="fields",
                    ),
                )
                for section in sections
            ),
            tags.p("", id="form-status", role="status", class_="form-status"),
            tags.div(
                _button("form-use", "form_use", language, class_="first"),
                _button("form-save", "form_save", language),
                _button("form-clear", "form_clear", language),
                class_="row-of-buttons",
            ),
            id="own-form",
            novalidate="novalidate",
        ),
        tags.div(id="own-summary", aria_live="polite"),
        said("own_file_title", language, tags.h2),
        _file("own_file", "own_file_lead", [".yaml", ".yml", ".csv"], language),
        said("run", language, tags.h2),
        _file("run_zip", "run_lead", [".zip"], language),
        tags.div(id="run-summary", aria_live="polite"),
        _figures("run", "one"),
    ]


def _field(name: str) -> Tag:
    """Return one field of the form; the browser writes its label, its country's value and what is wrong."""
    return tags.div(
        tags.label(tags.span("", data_field_label=name), for_=f"field-{name}"),
        tags.input(type="text", inputmode="decimal", id=f"field-{name}", data_field=name, autocomplete="off",
                   aria_describedby=f"field-{name}-says"),
        tags.p("", id=f"field-{name}-country", class_="small country"),
        tags.p("", id=f"field-{name}-says", class_="says"),
        class_="field",
    )  # fmt: skip


def _file(name: str, key: str, endings: list[str], language: str) -> Tag:
    """Return a place where a file is brought; the page sends it itself, so Shiny leaves it alone."""
    return tags.div(
        said(key, language, tags.p, id=f"{name}-about"),
        tags.input(type="file", id=name, accept=",".join(endings), class_="visually-hidden",
                   aria_describedby=f"{name}-about", data_shiny_no_bind_input=""),
        said("browse", language, tags.label, for_=name, class_="plain"),
        class_="of-file",
    )  # fmt: skip


# Lab.


def _lab(language: str, _tab: str) -> list[Any]:
    """Return the exercises: predict, see, explain."""
    return [
        said("lab", language, tags.h1),
        said("lab_lead", language, tags.p),
        said("lab_score_how", language, tags.p, class_="small"),
        tags.div(*(_exercise(each, language) for each in EXERCISES.values()), class_="lab"),
        tags.p("", id="lab-total", class_="note", role="status", hidden=""),
        said("lab_no_forecast", language, tags.p, class_="small"),
    ]


# Shiny sends every field to the server as it is filled in, unless told not to.
NOT_SENT = {"data_shiny_no_bind_input": ""}


def _exercise(exercise: Exercise, language: str) -> Tag:
    """Return one exercise: what to predict, a place for what the model says, and questions to explain it."""
    buttons = [
        tags.button(word(key, language), type="button", class_="plain", data_word=key, data_sets=link,
                    data_tab=exercise.tab)
        for key, link in exercise.settings
    ]  # fmt: skip
    if exercise.scale is None:
        attributes = {"data_word": "tell", "data_tells": "story"}
        looks = [*buttons, tags.button(word("tell", language), type="button", class_="plain", **attributes)]
        looked = TagList(tags.div(*looks, class_="row-of-buttons"))
    else:
        looked = TagList(
            said("lab_predict", language, tags.h3),
            said(f"{exercise.name}_predict", language, tags.p),
            _prediction(exercise, language),
            said("lab_see", language, tags.h3),
            tags.div(said("lab_see_later", language, tags.p), id=f"seen-{exercise.name}", class_="seen"),
            tags.p("", id=f"told-{exercise.name}", class_="small", role="status"),
            said("lab_open", language, tags.p, class_="small"),
            tags.div(*buttons, class_="row-of-buttons"),
        )
    answer = f"answer-{exercise.name}"
    return tags.section(
        said(f"{exercise.name}_title", language, tags.h2),
        said(f"{exercise.name}_task", language, tags.p),
        looked,
        said("lab_explain_only" if exercise.scale is None else "lab_explain", language, tags.h3),
        tags.ol(*(said(each, language, tags.li) for each in exercise.questions())),
        said("lab_answer", language, tags.label, for_=answer),
        tags.textarea(id=answer, rows="4", class_="form-control", **NOT_SENT),
        tags.details(
            said("lab_discussion", language, tags.summary),
            said(f"{exercise.name}_discussion", language, tags.p),
            hidden=None if exercise.scale is None else "",
        ),
        data_exercise=exercise.name,
    )


def _prediction(exercise: Exercise, language: str) -> Tag:
    """Return the form of one prediction: what is switched off, where that is asked, and two numbers."""
    ends = [
        tags.div(
            said(f"lab_{end}", language, tags.label, for_=f"{end}-{exercise.name}"),
            tags.input(type="number", step="any", id=f"{end}-{exercise.name}", name=end,
                       class_="form-control", required="", **NOT_SENT),
        )
        for end in ("low", "high")
    ]  # fmt: skip
    choice = []
    if exercise.name == "break":
        options = [said(f"break_set_{name}", language, tags.option, value=name) for name in MECHANISMS]
        choice = [
            tags.div(
                said("without", language, tags.label, for_="broken"),
                tags.select(*options, id="broken", name="without", class_="form-select", **NOT_SENT),
            )
        ]
    return tags.form(
        *choice,
        *ends,
        tags.button(word("lab_press", language), type="submit", class_="plain", data_word="lab_press"),
        class_="prediction",
        novalidate="",
        data_predicts=exercise.name,
    )


# Drawer.


def _drawer(language: str) -> list[Any]:
    """Return the drawer: which policy is changed, its sliders in groups, and a mechanism to switch off."""
    groups = [
        tags.fieldset(
            said(group, language, tags.legend), *(_slider(SLIDERS[name], language) for name in sliders)
        )
        for group, sliders in SLIDER_GROUPS.items()
    ]
    return [
        said("adjust_title", language, tags.h2, id="drawer-title", tabindex="-1"),
        tags.p("", id="drawer-policy", class_="small"),
        tags.div(_button("close", "close", language), class_="row-of-buttons"),
        tags.form(
            tags.label(said("name_label", language), for_="policy-name"),
            tags.input(type="text", id="policy-name", maxlength="40", autocomplete="off",
                       aria_describedby="policy-name-hint"),
            said("name_hint", language, tags.p, id="policy-name-hint", class_="small"),
            *groups,
            tags.fieldset(
                said("group_model", language, tags.legend),
                tags.label(said("system", language), for_="system"),
                tags.select(id="system", class_="form-select"),
                tags.label(said("without", language), for_="without"),
                tags.select(id="without", class_="form-select", aria_describedby="without-what"),
                said("without_what", language, tags.p, id="without-what", class_="small"),
            ),
            tags.div(_button("reset", "reset", language), class_="row-of-buttons"),
            id="controls",
            class_="controls",
        ),
    ]  # fmt: skip


def _slider(slider: Slider, language: str) -> Tag:
    """Return a slider with what it is, where it stands today, and where that is read."""
    return tags.div(
        tags.label(said(slider.name, language), tags.output(id=f"{slider.name}-value"), for_=slider.name),
        tags.input(
            type="range",
            id=slider.name,
            min=f"{slider.low:g}",
            max=f"{slider.high:g}",
            step=f"{slider.step:g}",
            aria_describedby=f"{slider.name}-about",
        ),
        tags.p(
            said(f"{slider.name}_what", language),
            " ",
            tags.span("", id=f"{slider.name}-today"),
            " ",
            said("source_word", language),
            ": ",
            said(f"{slider.name}_source", language),
            ".",
            id=f"{slider.name}-about",
            class_="small",
        ),
        class_="slider",
    )


def _figures(place: str, look: str = "") -> Tag:
    """Return an empty place for figures."""
    return tags.div(id=f"figures-{place}", class_=f"figures dated {look}".strip())


def _table(name: str, key: str, language: str, whole: bool = False) -> Tag:
    """Return the place of a table that scrolls, reached by keyboard; a whole one has no greatest height."""
    return tags.div(
        id=name,
        class_="scrolls whole" if whole else "scrolls",
        tabindex="0",
        role="region",
        aria_label=word(key, language),
        data_label=key,
    )


def _years(name: str, language: str) -> Tag:
    """Return a slider over the years; there are two, where they are needed, that move together."""
    return tags.div(
        tags.label(said("year_shown", language), tags.output(id=f"{name}-value"), for_=name),
        tags.input(type="range", id=name, min=FIRST_YEAR, max=LAST_YEAR, step=1),
        class_="slider",
    )


def _choice(name: str, key: str, language: str) -> Tag:
    return tags.div(tags.label(said(key, language), for_=name), tags.select(id=name, class_="form-select"))
