"""The lab in a real browser: predict first, then see with a score, then the discussion opens."""

import pytest

from tests.browser import errors_of, needs_browser, needs_compiled_rules, served_dashboard

PLACE = "?system=overnight&city=street&a=fte:0.5&view=lab&shown=city:1"
SLOWEST = 300_000  # milliseconds

pytestmark = [needs_browser, needs_compiled_rules]


@pytest.fixture(scope="module")
def page(browser):
    """The lab of a dashboard, on a page that remembers errors; after the tests there may be none."""
    with served_dashboard() as address:
        opened = browser.new_page(viewport={"width": 390, "height": 844})
        opened.set_default_timeout(SLOWEST)
        errors = errors_of(opened)
        opened.goto(address + PLACE)
        opened.wait_for_selector("#app[aria-busy=false]", state="attached")
        yield opened
        opened.close()
        assert not errors


# Texts of a picture that do not fit in it.
CUT_OFF = """() => [...document.querySelectorAll('.seen svg text')].filter((text) => {
  const [box, card] = [text.getBoundingClientRect(), text.closest('svg').getBoundingClientRect()];
  return box.left < card.left - 1 || box.right > card.right + 1;
}).map((text) => text.textContent)"""


def test_nothing_is_seen_before_there_are_two_numbers(page):
    assert page.inner_text("#seen-shift") == "Predict first; what the model says appears here."
    page.locator("[data-predicts=shift] button").click()
    assert "Fill in two numbers first" in page.inner_text("#told-shift")
    assert page.inner_text("#seen-shift") == ""
    assert not page.locator("[data-exercise=shift] > details").is_visible()


def test_a_prediction_is_seen_next_to_the_model_with_a_score_and_the_discussion_opens(page):
    page.fill("#low-shift", "-20")
    page.fill("#high-shift", "20")
    page.locator("[data-predicts=shift] button").click()
    page.wait_for_selector("#seen-shift[data-count='10']")
    seen = page.inner_text("#seen-shift")
    assert "all payers together save" in seen and "of 10 replications; at 90% certainty" in seen
    assert page.locator("#seen-shift svg[role=img]").get_attribute("aria-label").endswith("−20 to 20.")
    assert page.evaluate(CUT_OFF) == []
    assert page.locator("[data-exercise=shift] > details").is_visible()
    assert "Inside all your intervals" in page.inner_text("#lab-total")


def test_what_was_seen_is_told_in_dutch_without_an_english_word(page):
    page.locator("[data-language=nl]").click()
    page.wait_for_selector("#seen-shift .score:text('Je score is')")
    assert "alle betalers samen" in page.inner_text("#seen-shift")
    assert "your" not in page.inner_text("#view ~ *, main").lower().split()


def test_the_lab_fits_a_phone(page):
    width = page.locator("html").evaluate("each => each.scrollWidth")
    assert width <= 390


def test_an_interval_the_wrong_way_round_is_refused_with_a_sentence(page):
    page.fill("#low-phase_in", "-5")
    page.fill("#high-phase_in", "25")
    page.locator("[data-predicts=phase_in] button").click()
    page.wait_for_selector("#seen-phase_in[data-count='10']")
    assert page.evaluate(CUT_OFF) == []  # its sides have long names
    page.fill("#low-break", "5")
    page.fill("#high-break", "-5")
    page.locator("[data-predicts=break] button").click()
    page.wait_for_selector("#told-break.refused")
    assert "zet het laagste getal eerst" in page.inner_text("#told-break")
