"""The dashboard in a real browser: Debian's Chromium driven by Playwright, on a street simulated whole."""

import csv
import os
import re
import signal
from pathlib import Path

import pytest

from tests.browser import WIDTHS, needs_browser, opened_browser

STREET = "?system=overnight&city=street&a=signalling:1"
SLOWEST = 120_000  # milliseconds; a machine that compiles the rules first is slow
# Left for people to look at, after every run of the tests.
SCREENSHOTS = Path(__file__).resolve().parents[3] / "build" / "screenshots"

pytest.importorskip("playwright.sync_api", reason="needs Playwright")
pytest.importorskip("shiny", reason="needs the extra `dashboard`")
load = pytest.importorskip("benchmarks.dashboard_load", reason="needs the extra `dashboard`")
pytestmark = [
    needs_browser,
    pytest.mark.skipif(os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="too slow without compiled rules"),
]


@pytest.fixture(scope="module")
def address():
    """A dashboard on a free port of this machine."""
    server, port = load.begin(processes=1, warm_seconds=0.0)
    yield f"http://127.0.0.1:{port}/"
    server.send_signal(signal.SIGINT)
    server.wait(30)


@pytest.fixture(scope="module")
def browser():
    with opened_browser() as opened:
        yield opened


@pytest.fixture
def page(browser, address):
    """An empty page that remembers errors and requests; after the test there may be none elsewhere."""
    # Playwright evaluates texts to wait for something, which the page itself forbids.
    opened = browser.new_page(viewport={"width": 1366, "height": 800}, bypass_csp=True)
    opened.set_default_timeout(SLOWEST)
    errors, hosts = [], set()
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda request: hosts.add(request.url.split(":")[0] + request.url.split("/")[2]))
    yield opened
    opened.close()
    assert not errors
    assert {host for host in hosts if host.startswith(("http", "ws"))} <= {f"http{address.split('/')[2]}"}


def shows(page, replications=1):
    """Wait until so many replications are shown and return what the first policy saves."""
    page.wait_for_function(f"Number(document.querySelector('main').dataset.replications) >= {replications}")
    return saved(page)


def saved(page, letter="a"):
    return float(page.get_attribute(f".finding[data-letter={letter}]", "data-saved"))


def changes(page, before):
    """Wait until what the first policy saves is another number, and return it."""
    page.wait_for_function(f"Number(document.querySelector('.finding').dataset.saved) !== {before}")
    return saved(page)


def test_a_moved_slider_changes_the_number_read(page, address):
    page.goto(address + STREET)
    before = shows(page)
    page.locator("#phase_in").fill("8")
    # The first answer may change once more by itself, so the link is waited for too.
    page.locator("#link").filter(has_text="phase_in:8").wait_for()
    assert changes(page, before) != before


def test_the_link_gives_the_same_numbers_again(page, address):
    page.goto(address + STREET + "&b=base:120")
    shows(page, 2)
    page.goto(address + "?" + page.get_attribute("main", "data-link").lstrip("?"))
    shows(page, 2)
    link, before = page.get_attribute("main", "data-link"), (saved(page), saved(page, "b"))
    page.goto(address + link)
    page.wait_for_selector("main[aria-busy=false]")
    assert page.get_attribute("main", "data-link") == link
    assert (saved(page), saved(page, "b")) == before


def test_the_language_switches_in_place_and_keeps_the_numbers(page, address):
    page.goto(address + STREET + "&shown=city:2")
    before = shows(page, 2)
    page.get_by_role("button", name="Nederlands").click()
    page.wait_for_function("document.querySelector('.finding p').textContent.startsWith('Tot eind')")
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert saved(page) == before
    assert "De landing" in page.inner_text("main")


def test_up_to_four_policies_are_compared(page, address):
    page.goto(address + STREET)
    shows(page)
    for _ in range(3):
        page.locator("#add-long").click()
    assert page.locator("#add").is_disabled()
    page.wait_for_function("document.querySelectorAll('.finding').length === 4")
    assert page.locator("#figures-landing figure").count() == 4


def test_data_and_figure_are_downloaded(page, address):
    page.goto(address + STREET + "&shown=city:2")
    shows(page, 2)
    page.wait_for_selector("main[aria-busy=false]")
    figure = page.locator("#figure-savings-cumulated")
    with page.expect_download() as download:
        figure.locator(".csv").click()
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(lines[1:]))
    assert "euro" in rows[0][1] and float(rows[-1][1]) == pytest.approx(saved(page), abs=1e-3)
    with page.expect_download() as download:
        figure.locator(".svg").click()
    assert "<svg" in download.value.path().read_text(encoding="utf-8")[:300]


def test_a_policy_is_set_by_keyboard_alone(page, address):
    page.goto(address + STREET)
    before = shows(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "base":
            break
    page.keyboard.press("End")
    assert changes(page, before) != before
    assert page.evaluate("document.activeElement.id") == "base"


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "link",
    [
        "?a=phase_in:99",
        *(pytest.param(each, marks=SLOW) for each in ("?system=<b>x</b>", "?e=1", "?shown=city:1000000")),
    ],
)
def test_a_crafted_link_is_refused_with_a_sentence_and_the_server_stays_up(page, address, link):
    page.goto(address + link)
    page.wait_for_selector("#refused:not([hidden])")
    assert re.search(r"expected|unknown", page.inner_text("#refused"))
    assert page.locator("#refused b").count() == 0
    page.goto(address + STREET)
    shows(page)


def test_an_upload_that_is_no_run_folder_is_refused_with_a_sentence(page, address, tmp_path):
    page.goto(address + STREET)
    shows(page)
    wrong = tmp_path / "wrong.zip"
    wrong.write_text("no zip at all")
    page.set_input_files("#run_zip", wrong)
    page.wait_for_function("document.getElementById('run-summary').textContent.includes('zip')")


def test_a_municipality_of_ones_own_is_brought_and_shown(page, address, tmp_path):
    page.goto(address + STREET)
    shows(page)
    file = tmp_path / "gehucht.yaml"
    file.write_text("slug: gehucht\nname: Gehucht\npeople:\n  inhabitants: 2400\n", encoding="utf-8")
    page.set_input_files("#own_file", file)
    page.wait_for_function("(document.querySelector('main').dataset.link || '').includes('city=gehucht')")
    assert page.locator("#city").input_value() == "gehucht" and "Gehucht" in page.inner_text("#own-summary")
    page.goto(page.url)
    page.wait_for_function("document.getElementById('city').value === 'gehucht'")
    file.write_text("slug: gehucht\nname: Gehucht\npeople:\n  inhabitants: -1\n", encoding="utf-8")
    page.set_input_files("#own_file", file)
    page.wait_for_function("document.getElementById('own-summary').textContent.includes('inhabitants')")


def test_an_exercise_of_the_lab_sets_the_sliders(page, address):
    page.goto(address + STREET)
    shows(page)
    page.locator("#lab > summary").click()
    page.locator("[data-exercise=phase_in] [data-sets]").click()
    page.wait_for_function("document.querySelectorAll('.finding').length === 2")
    assert page.locator("#phase_in-value").inner_text() == "2.5"
    page.locator("[data-exercise=break] [data-sets]").nth(1).click()
    page.wait_for_function("document.querySelectorAll('.finding').length === 1")
    assert "problems get worse by themselves" in page.inner_text("#status")
    assert "household.escalation_per_month=[0.0,0.0,0.0,0.0,0.0]" in page.inner_text("#commands")


@SLOW
def test_a_story_is_told_in_both_languages(page, address):
    page.goto(address + STREET + "&shown=city:1")
    shows(page)
    page.locator("#tell").click()
    page.wait_for_selector("#story img")
    page.get_by_role("button", name="Nederlands").click()
    assert page.inner_text("#story h1").startswith("Huishouden")


def test_the_page_works_under_its_own_security_policy_and_a_name_runs_no_script(browser, address, tmp_path):
    opened = browser.new_page()  # unlike `page`, under the policy; texts cannot be evaluated, so we expect
    opened.set_default_timeout(SLOWEST)
    said, dialogs = [], []
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    file = tmp_path / "kwaad.yaml"
    name = "<img src=x onerror=alert(1)>"
    file.write_text(f"slug: kwaad\nname: '{name}'\npeople:\n  inhabitants: 2400\n", encoding="utf-8")
    opened.goto(address + STREET + "&shown=city:1")
    opened.locator(".finding p").first.wait_for()
    opened.set_input_files("#own_file", file)
    opened.locator("main[data-link*='city=kwaad']").wait_for()
    opened.locator("#lab > summary").click()
    opened.locator("[data-exercise=phase_in] [data-sets]").click()
    opened.locator(".finding[data-letter=b]").wait_for()
    opened.goto(address + "?system=overnight&city=kwaad&a=signalling:1&shown=city:1")
    opened.locator("main[aria-busy=false]").wait_for()
    opened.locator("#tell").click()
    opened.locator("#story h1").wait_for()
    assert opened.locator("#story img[src='x']").count() == 0
    assert (said, dialogs) == ([], [])
    opened.close()


@SLOW
def test_the_years_play(page, address):
    page.goto(address + STREET + "&shown=city:1&year=2026")
    shows(page)
    page.locator("#play").click()
    page.wait_for_function("document.querySelector('main').dataset.year === '2029'")
    page.wait_for_function("document.getElementById('play').getAttribute('aria-pressed') === 'false'")
    assert page.input_value("#year") == page.input_value("#year-wijken") == "2029"


@pytest.mark.parametrize("name", WIDTHS)
def test_the_page_fits_its_width_in_both_languages(page, address, name):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.set_viewport_size({"width": WIDTHS[name], "height": 800})
    page.goto(address + STREET + "&b=phase_in:8&shown=city:2")
    shows(page, 2)
    for language, begins in (("English", "By the end"), ("Nederlands", "Tot eind")):
        page.get_by_role("button", name=language).click()
        page.wait_for_function(f"document.querySelector('.finding p').textContent.startsWith('{begins}')")
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[name]
        page.screenshot(path=SCREENSHOTS / f"dashboard_{name}_{language.lower()}.png", full_page=True)


@SLOW
def test_every_control_has_a_name_and_every_figure_a_table(page, address):
    page.goto(address + STREET + "&shown=city:2")
    shows(page, 2)
    nameless = page.evaluate(
        "[...document.querySelectorAll('input, select, button')].filter((each) => "
        "!(each.labels && each.labels.length) && !each.textContent.trim() && "
        "!each.getAttribute('aria-label'))"
        ".map((each) => each.outerHTML)"
    )
    assert [each for each in nameless if 'type="text"' not in each] == []
    without = page.evaluate(
        "[...document.querySelectorAll('main figure')].filter((each) => !each.querySelector('td'))"
        ".map((each) => each.id)"
    )
    assert without == []


@SLOW
@pytest.mark.parametrize("name", WIDTHS)
def test_a_checker_of_accessibility_finds_nothing_wrong(page, address, name):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page.set_viewport_size({"width": WIDTHS[name], "height": 800})
    page.goto(address + STREET + "&shown=city:2")
    shows(page, 2)
    page.locator("#lab > summary").click()
    # Without preload: the checker would fetch stylesheets again, from where they are not.
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "preload": False}
    found = axe.Axe().run(page, options=options).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
