"""The explorer in a real browser, opened from a disk without a network: Debian's Chromium by Playwright."""

import csv
import datetime
import io
import re
from pathlib import Path

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator

from scenarios.analysis.flagship.findings import STEPS
from scenarios.apps.explorer import claims, grid, publish
from scenarios.common.installation import DOCS
from scenarios.reporting.texts import LANGUAGES
from tests.browser import SEEN, needs_browser, stops_behind, violations

WIDTHS = {"phone": 390, "laptop": 1366, "projector": 1920}
PAGES = ("index.html", "claims.html")
STATE = "#place=zaanstad&ask=landing&show=unmet&map=cut&signalling=7&team=1.7&cut=28&years=3"
AT_ONCE = 100  # milliseconds
# Left for people to look at, after every run of the tests.
SCREENSHOTS = Path(__file__).resolve().parents[3] / "build" / "screenshots"

pytestmark = needs_browser


@pytest.fixture(scope="module")
def study():
    return grid.read_study(DOCS / publish.FLAGSHIP)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, study):
    """Return a site on a disk."""
    where = tmp_path_factory.mktemp("explorer") / "site"
    told = claims.read_claims(DOCS / publish.CLAIMS)
    publish.write_site(where, publish.site(study, told, "nl", datetime.date(2026, 11, 29)))
    return where


@pytest.fixture
def page(browser, folder):
    """An empty page without a network; after the test it may not have complained, nor asked for others."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, offline=True)
    opened = context.new_page()
    opened.heard, asked = [], []
    opened.on("console", lambda said: opened.heard.append(said.text))
    opened.on("pageerror", lambda error: opened.heard.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    assert opened.heard == []
    beginnings = (folder.as_uri(), "blob:file:", "about:")
    assert [url for url in asked if not url.startswith(beginnings)] == []


def address(folder, language="en", name="index.html", state=""):
    return f"{(folder / language / name).as_uri()}{state}"


MOVE = """async ([lever, value]) => {
    const slider = document.getElementById(lever), begun = performance.now();
    slider.value = value;
    slider.dispatchEvent(new Event("input", {bubbles: true}));
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 0)));
    return performance.now() - begun;
}"""


def move(page, lever, value):
    """Move a slider as a finger does, and return how long it took until it was painted, in milliseconds."""
    return page.evaluate(MOVE, [lever, value])


def told_of(page, name):
    """Return mean and interval of a tile."""
    return [float(page.get_attribute(f"#tile-{name}", f"data-{each}")) for each in ("mean", "low", "high")]


def waited(page):
    """Wait until the address bears the state."""
    page.wait_for_timeout(250)


# Question, answer and speed.


def test_question_answer_side_effect_tiles_and_sliders_stand_on_the_first_screen(page, folder):
    page.goto(address(folder))
    assert page.inner_text("#question") == "What does early signalling bring an average municipality?"
    assert "It costs the municipality money." in page.inner_text("#headline")
    for part in ("#question", "#headline", "#side", ".tiles", "#signalling", "#years"):
        box = page.locator(part).bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 768, part


@pytest.mark.parametrize("width", WIDTHS)
def test_an_answer_comes_within_a_tenth_of_a_second_of_a_slider(page, folder, width):
    page.set_viewport_size({"width": WIDTHS[width], "height": 844})
    page.goto(address(folder))
    moves = [("signalling", each) for each in range(0, 21, 2)] + [("cut", each) for each in range(0, 36, 3)]
    moves += [("team", 0.6 + 0.1 * each) for each in range(20)] + [("years", each) for each in range(9)]
    took = [move(page, *each) for each in moves]
    # The median, for another process may hold the machine for a moment.
    told = f"{width}: median {np.median(took):.1f} ms, nine in ten {np.quantile(took, 0.9):.1f} ms"
    print(f"{told}, at most {max(took):.1f} ms")
    assert np.median(took) < AT_ONCE, told


def test_harm_of_the_transition_says_what_it_is_worse_than_and_is_none_where_it_is_that(page, folder):
    page.goto(address(folder, state="#ask=landing&cut=25&years=3"))
    chip, text = (page.locator(f"#tile-harm .{part}") for part in ("dir", "from"))
    assert chip.inner_text() == "Worse than over eight years"
    assert "the same cut over eight years" in text.inner_text()
    move(page, "years", 8)
    assert (chip.inner_text(), page.inner_text("#tile-harm .tile-number")) == ("No difference", "0")
    assert text.inner_text().startswith("None: this is the cut over eight years")
    move(page, "cut", 0)
    assert text.inner_text().startswith("None: without a cut")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_bar_on_a_phone_has_units_and_says_what_is_uncertain(page, folder, language):
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 844})
    page.goto(address(folder, language))
    cost, _, waiting = page.locator("#stick > span").all_inner_texts()
    assert {"en": "euro per inhabitant per year", "nl": "euro per inwoner per jaar"}[language] in cost
    assert waiting.endswith({"en": "Uncertain", "nl": "Onzeker"}[language])


def test_what_has_the_focus_on_a_phone_does_not_stand_behind_the_bar(page, folder):
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 844})
    page.goto(address(folder))
    assert stops_behind(page, "#stick") == []


def test_a_key_moves_a_slider_and_the_answer_is_announced(page, folder):
    page.goto(address(folder))
    before = told_of(page, "cost")
    page.focus("#team")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#team-value") == "1.0 fte"
    assert page.get_attribute("#team", "aria-valuetext") == "1.0 per 1,000 inhabitants"
    assert told_of(page, "cost") != before
    page.wait_for_timeout(800)
    assert page.inner_text("#spoken") == page.inner_text("#headline")


def test_answers_are_those_of_the_study_at_its_points_and_lie_on_straight_lines_between(page, folder, study):
    page.goto(address(folder, state="#kind=deprived&ask=level"))
    steps = tuple(map(np.array, STEPS.values()))
    points = [(0.1, 1.6, 0.3, 4.0), (0.2, 0.6, 0.35, 8.0), (0.07, 1.8, 0.12, 3.0), (0.0, 2.4, 0.01, 7.0)]
    for point in points:
        for lever, value in zip(STEPS, point, strict=True):
            move(page, lever, value * 100 if lever in ("signalling", "cut") else value)
        for name, outcome in (("cost", "net_cost"), ("unmet", "unmet"), ("waiting", "waiting")):
            values = study.values["deprived", "level", outcome]
            lines = RegularGridInterpolator(steps, values)(np.array(point))[0]
            assert told_of(page, name) == pytest.approx(lines, abs=0.051), (point, name)
        harm = study.values["deprived", "harm", "unmet_ten_years"]
        expected = (
            np.zeros(3) if point[3] == 8.0 else RegularGridInterpolator(steps, harm)(np.array(point))[0]
        )
        assert told_of(page, "harm") == pytest.approx(expected, abs=0.051)


def test_what_is_compared_with_itself_differs_by_nothing(page, folder):
    page.goto(address(folder, state="#ask=organisation&signalling=0&team=0.9&cut=0"))
    assert "move a slider" in page.inner_text("#headline")
    for name in ("cost", "unmet", "waiting", "harm"):
        assert told_of(page, name) == [0.0, 0.0, 0.0]
        assert page.inner_text(f"#tile-{name} .dir") == "No difference"
    assert page.is_disabled("#years") and page.inner_text("#years-value") == "no cut"


def test_less_spending_with_more_problems_without_help_is_no_saving(page, folder):
    page.goto(address(folder, state="#ask=landing&cut=30"))
    assert page.inner_text("#tile-cost .dir") == "Less spent"
    assert "does not count as a saving" in page.inner_text("#not-a-saving")
    assert page.inner_text("#side-title") == "Largest side effect"


def test_an_interval_on_both_sides_of_zero_is_called_uncertain(page, folder):
    page.goto(address(folder))
    _, low, high = told_of(page, "waiting")
    assert low < 0 < high
    assert page.inner_text("#tile-waiting .dir") == "Uncertain"
    assert "both possible" in page.inner_text("#tile-waiting .interval")


# Municipalities.


def test_a_municipality_shows_the_kind_it_resembles_and_says_that_it_is_not_about_itself(page, folder):
    page.goto(address(folder))
    assert page.locator("#place option").count() == 1 + 16
    page.select_option("#place", "heerlen")
    assert page.inner_text("#question").endswith("a deprived municipality like Heerlen?")
    assert "not of Heerlen itself" in page.inner_text("#place-note")
    page.get_by_role("radio", name="Well-off").check()
    assert page.inner_text("#question").endswith("a well-off municipality?")
    assert "You chose a well-off municipality yourself" in page.inner_text("#place-note")


def test_a_municipality_of_which_one_share_is_unknown_shows_the_average_and_says_why(page, folder):
    page.goto(address(folder, state="#place=vlaardingen"))
    assert page.inner_text("#question").endswith("bring an average municipality?")
    assert "registered debts are not" in page.inner_text("#place-note")


# Chart, links and downloads.


def test_the_chart_marks_the_choice_and_a_square_can_be_taken_over(page, folder):
    page.goto(address(folder))
    assert page.locator("#chart rect.cell").count() == 30
    assert re.search(
        r"higher in \d+, lower in \d+ and uncertain in \d+ of 29", page.inner_text("#chart-title")
    )
    page.locator("#chart rect.cell").first.click()
    assert page.input_value("#signalling") == "0" and page.input_value("#team") == "0.6"
    page.get_by_role("radio", name="Cut and phase-in").check()
    assert page.locator("#chart rect.cell").count() == 40
    page.get_by_text("The numbers behind this chart").click()
    page.wait_for_selector("#chart-table tbody tr")
    assert page.locator("#chart-table tbody tr").count() == 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_gives_the_same_state_again_and_in_the_other_language(page, folder, language):
    page.goto(address(folder, language, state=STATE))
    waited(page)
    before = [page.inner_text("#question"), *map(lambda name: told_of(page, name), ("cost", "unmet", "harm"))]
    assert "Zaanstad" in before[0] and "28" in before[0]
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    after = [page.inner_text("#question"), *map(lambda name: told_of(page, name), ("cost", "unmet", "harm"))]
    assert after == before
    assert page.is_checked("input[name=map][value=cut]") and page.is_checked("input[name=show][value=unmet]")
    waited(page)
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") != language
    assert told_of(page, "unmet") == before[2]


def test_a_moved_slider_stands_in_the_link(page, folder):
    page.goto(address(folder))
    move(page, "cut", 22)
    waited(page)
    assert "cut=22" in page.url and page.input_value("#link") == page.url
    page.reload()
    assert page.inner_text("#cut-value") == "22%"


@pytest.mark.parametrize("state", ["#cut=900&team=x&kind=moon&place=../x&years=-3&ask=<b>", "#%%%", "#cut="])
def test_a_link_that_makes_no_sense_gives_an_answer_all_the_same(page, folder, state):
    page.goto(address(folder, state=state))
    assert page.inner_text("#headline") and float(page.input_value("#cut")) <= 35


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_and_all_predictions_can_be_taken_along(page, folder, language, tmp_path):
    page.goto(address(folder, language, state=STATE))
    rows = {}
    for name in ("answer", "chart", "grid"):
        with page.expect_download() as begun:
            page.click(f"#download-{name}")
        begun.value.save_as(tmp_path / name)
        text = (tmp_path / name).read_text(encoding="utf-8-sig")
        rows[name] = list(csv.reader(io.StringIO(text), delimiter=";" if language == "nl" else ","))
        assert len({len(row) for row in rows[name]}) == 1, name
        assert begun.value.suggested_filename.endswith(".csv")
    assert [len(rows[name]) - 1 for name in ("answer", "chart", "grid")] == [4, 40, 57_600]
    number = float(rows["answer"][1][-3].replace(",", "."))
    assert number == pytest.approx(told_of(page, "cost")[0], abs=1e-4)
    assert ("," in rows["answer"][1][-3]) == (language == "nl")


# Claims.


def test_claims_are_found_by_word_and_by_verdict_and_the_search_stands_in_the_link(page, folder):
    page.goto(address(folder, "nl", "claims.html"))
    shown = page.locator(".claim:visible")
    assert shown.count() == 42 and page.inner_text("#count") == "42 van de 42 beweringen"
    page.fill("#find", "Almere korting")
    assert 0 < shown.count() < 42
    page.select_option("#verdict", "trade_off")
    found = shown.count()
    assert found > 0 and shown.locator("summary .verdict-trade_off").count() == found
    waited(page)
    page.reload()
    assert shown.count() == found and page.input_value("#find") == "Almere korting"
    page.fill("#find", "xyzzy")
    assert shown.count() == 0 and page.is_visible("#none-found")


def test_a_claim_opens_by_keyboard_and_by_a_link_of_its_own(page, folder):
    page.goto(address(folder, "en", "claims.html"))
    page.focus("#C06 summary")
    page.keyboard.press("Enter")
    assert page.locator("#C06 .statements li").first.is_visible()
    assert "95% interval" in page.inner_text("#C06")
    page.goto("about:blank")
    page.goto(address(folder, "en", "claims.html", "#C09"))
    assert page.locator("#C09 .statements li").first.is_visible()


# For everybody.


@pytest.mark.parametrize(("width", "language"), SEEN)
def test_nothing_sticks_out_and_the_checker_of_accessibility_finds_nothing(page, folder, language, width):
    page.set_viewport_size({"width": WIDTHS[width], "height": 844})
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        page.goto(address(folder, language, name, STATE if name == "index.html" else "#verdict=depends"))
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        waited(page)
        picture = SCREENSHOTS / f"explorer_{name[:-5]}_{language}_{WIDTHS[width]}.png"
        page.screenshot(path=picture, full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width], name
        lines = (
            "[...document.querySelectorAll('svg text')].map((each) => each.getBoundingClientRect().height)"
        )
        assert all(height >= 11 for height in page.evaluate(lines))
        assert page.heard == []
        found = violations(page)
        assert not found, [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found]
        page.heard.clear()  # the checker reads style sheets, which the page forbids


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_of_the_drawing_do_not_overlap(page, folder, language):
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 844})
    for state in ("", STATE):
        page.goto(address(folder, language, state=state))
        boxes = page.evaluate(
            "[...document.querySelectorAll('#chart text')].map((each) => {"
            "const box = each.getBoundingClientRect();"
            "return [each.textContent, box.left, box.right, box.top + 3, box.bottom - 3] })"
        )
        over = [(a[0], b[0]) for place, a in enumerate(boxes) for b in boxes[:place]
                if a[1] < b[2] and b[1] < a[2] and a[3] < b[4] and b[3] < a[4]]  # fmt: skip
        assert over == []


def test_the_policy_of_the_page_stops_what_is_not_its_own(browser, folder):
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(address(folder))
    page.evaluate("() => { const it = document.createElement('script'); it.textContent = 'window.ran = 1';"
                  "document.body.append(it) }")  # fmt: skip
    assert page.evaluate("window.ran") is None
    context.close()


def test_the_first_page_goes_on_to_the_language_it_was_published_for(page, folder):
    page.goto((folder / "index.html").as_uri())
    page.wait_for_url("**/nl/index.html*")
    assert page.evaluate("document.documentElement.lang") == "nl"


def test_without_scripts_the_claims_can_be_read_and_the_sliders_say_what_is_wrong(browser, folder):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(folder, "nl"))
    assert "scripts" in page.inner_text("noscript")
    page.goto(address(folder, "nl", "claims.html"))
    assert page.locator(".claim:visible").count() == 42
    context.close()


def test_a_web_server_serves_it_under_the_same_policy(browser, folder):
    """From a server scripts are of the page's own origin; nothing else changes."""
    import functools
    import http.server
    import threading

    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    host = f"http://127.0.0.1:{server.server_port}/"
    try:
        page.goto(host)
        page.wait_for_url("**/nl/index.html*")
        assert page.inner_text("#headline") and all(url.startswith(host) for url in asked)
    finally:
        context.close()
        server.shutdown()
