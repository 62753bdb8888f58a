"""Tests of the report in a real browser: accessible, in both languages, at every width, and alone."""

import pytest

from scenarios.reporting.report import report
from scenarios.reporting.texts import LANGUAGES
from simulation.recording.store import open_run
from tests.browser import SEEN, WIDTHS, needs_browser, violations
from tests.synthetic_run import write_run

pytestmark = needs_browser


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    """Return the page of a synthetic run of ten replications."""
    folder = tmp_path_factory.mktemp("report")
    run = open_run(write_run(folder / "run", 10, municipality_slug="zaanstad"))
    editions = [report.draft(run, report.Beside(), folder, language).draw() for language in LANGUAGES]
    path = folder / "report.html"
    path.write_text(report.html_of(editions, "nl"), encoding="utf-8")
    return path


@pytest.fixture
def page(browser, page_file):
    """Return the report, opened without a network, with what it complained of and asked for."""
    context = browser.new_context(viewport={"width": WIDTHS["laptop"], "height": 900}, offline=True)
    opened = context.new_page()
    opened.heard, opened.asked = [], []
    opened.on("console", lambda message: opened.heard.append(message.text))
    opened.on("pageerror", lambda error: opened.heard.append(str(error)))
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.goto(page_file.as_uri())
    yield opened
    context.close()


@pytest.mark.parametrize(("width", "language"), SEEN)
def test_the_report_meets_wcag_aa_in_both_languages_and_at_every_width(page, language, width):
    page.set_viewport_size({"width": WIDTHS[width], "height": 900})
    page.click(f"button[lang={language}]")
    found = violations(page)
    assert not found, [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]


def test_the_checker_of_accessibility_sees_an_image_without_words(page):
    page.evaluate("document.querySelector('main:not([hidden]) img').removeAttribute('alt')")
    assert [each["id"] for each in violations(page)] == ["image-alt"]


def test_the_report_opens_alone_without_a_complaint(page, page_file):
    page.click("button[lang=en]")
    assert page.heard == []
    assert [url for url in page.asked if not url.startswith("data:")] == [page_file.as_uri()]
    assert page.evaluate("[...document.images].every((each) => each.naturalWidth > 400)")


def test_the_language_is_switched_in_place_and_kept_in_the_address(page, page_file):
    assert page.evaluate("document.documentElement.lang") == "nl"
    page.click("button[lang=en]")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("h1:visible").inner_text() == "What does early signalling bring Zaanstad?"
    assert page.title() == "Early signalling in Zaanstad"
    page.goto("about:blank")
    page.goto(f"{page_file.as_uri()}#en-people")
    assert page.locator("h1:visible").inner_text() == "What does early signalling bring Zaanstad?"


def test_the_language_is_switched_by_keyboard_alone(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.lang") == "en"
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="English").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_of_the_page(page, width):
    page.set_viewport_size({"width": WIDTHS[width], "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]


def test_on_a_telephone_a_wide_table_keeps_its_columns_under_their_heads_and_its_caption_in_sight(page):
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 900})
    table = page.locator("main:not([hidden]) section.people table.wide")
    head, cell = table.locator("thead th").nth(1), table.locator("tbody tr").first.locator("td").first
    assert head.bounding_box()["x"] == cell.bounding_box()["x"] < WIDTHS["phone"] / 2
    caption = table.locator("caption span").bounding_box()
    assert caption["x"] + caption["width"] <= WIDTHS["phone"]


@pytest.mark.parametrize("width", ["laptop", "projector"])
def test_question_answer_and_side_effect_stand_on_the_first_screens(page, width):
    page.set_viewport_size({"width": WIDTHS[width], "height": 900})
    memo = page.locator("main:not([hidden]) .memo")
    assert memo.locator("h1").bounding_box()["y"] < 200
    answer, side = (memo.locator(each).bounding_box() for each in (".answer", ".side"))
    assert answer["y"] + answer["height"] < 500 and side["y"] < 1000
    assert memo.locator(".tiles tbody tr").count() == 3


def test_figures_are_as_wide_as_the_text_and_on_a_telephone_another_drawing(page):
    for width, name in ((WIDTHS["laptop"], "wide"), (390, "narrow")):
        page.set_viewport_size({"width": width, "height": 900})
        image = page.locator("main:not([hidden]) section.money figure img").first
        image.scroll_into_view_if_needed()
        found = image.evaluate(
            "(each) => [each.clientWidth, each.parentElement.clientWidth, each.naturalWidth]"
        )
        assert found[0] == found[1], name
        assert (found[2] > 1000) == (name == "wide")


def test_headings_are_in_order_and_every_table_has_caption_and_scopes(page):
    levels = page.eval_on_selector_all("main:not([hidden]) :is(h1, h2, h3)", "all => all.map(e => e.tagName)")
    assert levels[0] == "H1" and levels.count("H1") == 1 and levels[1] == "H2"
    assert page.evaluate("[...document.querySelectorAll('table')].every((each) => each.caption)")
    assert page.evaluate("[...document.querySelectorAll('th')].every((each) => each.scope)")
    assert page.evaluate("[...document.images].every((each) => each.alt.length > 60)")


def test_without_scripts_both_languages_can_be_read(browser, page_file):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    assert page.locator("main:visible").count() == len(LANGUAGES)
    context.close()
