"""The dashboard in a real browser: Debian's Chromium driven by Playwright, on a street simulated whole."""

import csv
import re
from pathlib import Path

import pytest

from tests.browser import (
    SEEN,
    WCAG,
    errors_of,
    needs_browser,
    needs_compiled_rules,
    served_dashboard,
    stops_behind,
    violations,
)

STREET = "?system=overnight&city=street&a=signalling:1"
FOUR = "?system=overnight&city=street&a=signalling:1&b=extra:0.46&c=signalling:1,extra:0.46&d=phase_in:5"
WIDTHS = {"phone": 390, "laptop": 1366, "projector": 1920}
SLOWEST = 240_000  # milliseconds; a machine that compiles the rules first is slow
# Left for people to look at, after every run of the tests.
SCREENSHOTS = Path(__file__).resolve().parents[3] / "build" / "screenshots"
LANGUAGES = {"en": "English", "nl": "Nederlands"}
VIEWS = ("answer", "compare", "own", "lab")
TABS = ("money", "people", "landing", "neighbourhoods", "why", "evidence")
SLOW = pytest.mark.slow
# Words of one language that the other never has as a word of its own.
ENGLISH = (
    "the|and|with|without|from|not|this|that|which|than|for|more|less|policy|saving|waiting|people|year|years|"
    "worse|better|household|households|first|landed|municipality|care|cost|costs|harm"
)
DUTCH = (
    "het|een|zonder|niet|voor|deze|wordt|minder|geen|beleid|besparing|wachten|inwoners|jaar|jaren|slechter|"
    "beter|huishouden|huishoudens|eerste|gemeente|zorg|kosten|schade"
)

pytestmark = [needs_browser, needs_compiled_rules]


@pytest.fixture(scope="module")
def address():
    with served_dashboard() as served:
        yield served


@pytest.fixture
def page(browser, address):
    """An empty page that remembers errors and requests; after the test there may be none elsewhere."""
    # Playwright evaluates texts to wait for something, which the page itself forbids.
    opened = browser.new_page(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    opened.set_default_timeout(SLOWEST)
    errors, hosts = errors_of(opened), set()
    opened.on("request", lambda request: hosts.add(request.url.split(":")[0] + request.url.split("/")[2]))
    yield opened
    opened.close()
    assert not errors
    assert {host for host in hosts if host.startswith(("http", "ws"))} <= {f"http{address.split('/')[2]}"}


def answered(page, replications=1):
    """Wait until so many replications are shown, and return what the policy saves a year."""
    page.wait_for_function(f"Number(document.getElementById('app').dataset.replications) >= {replications}")
    return saved(page)


def saved(page):
    return float(page.get_attribute("#tile_money", "data-mean"))


def finished(page):
    """Wait until nothing more is to come."""
    page.wait_for_selector("#app[aria-busy=false]")
    page.wait_for_function("!document.querySelector('.stale')")


def changed(page, before):
    """Wait until what the policy saves is another number, and return it."""
    page.wait_for_function(f"Number(document.getElementById('tile_money').dataset.mean) !== {before}")
    return saved(page)


def detailed(page, tab):
    page.wait_for_selector(f"#app[data-detail={tab}]", state="attached")


def speak(page, language):
    page.get_by_role("button", name=LANGUAGES[language]).click()
    page.wait_for_function(f"document.documentElement.lang === '{language}'")
    finished(page)


# Question and answer.


def test_the_first_screen_has_the_question_the_answer_three_numbers_and_the_side_effect(page, address):
    page.goto(address + STREET + "&shown=city:2")
    answered(page, 2)
    assert page.inner_text("#question") == "What does early signalling bring Street?"
    for part in ("#answer-title", "#side", "#tile_money", "#tile_help", "#tile_waiting", "#adjust"):
        box = page.locator(part).bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 768, part
    for name in ("money", "help", "waiting"):
        assert page.inner_text(f"#tile-{name}-direction") == "First estimate"
        assert re.search(r"rom \S+ to \S+", page.inner_text(f"#tile-{name}-baseline"))
        assert "of 2 replications" in page.inner_text(f"#tile-{name}-certainty")
    assert re.match(r"(saves|costs) [\d.,]+$", page.inner_text("#tile-money-number"))


@pytest.mark.parametrize(("language", "money"), [("en", "euro per inhabitant per year"),
                                                 ("nl", "euro per inwoner per jaar")])  # fmt: skip
def test_the_bar_on_a_phone_has_a_number_a_unit_and_a_direction_for_each_tile(page, address, language, money):
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 844})
    page.goto(address + STREET + f"&shown=city:10&language={language}")
    answered(page, 10)
    told = page.locator("#live > span").all_inner_texts()
    assert money in told[0]
    for name, each in zip(("money", "help", "waiting"), told, strict=True):
        assert page.inner_text(f"#tile-{name}-number") in each
        assert each.endswith(page.inner_text(f"#tile-{name}-direction"))


def test_the_drawer_closes_by_its_button_and_gives_the_focus_back(page, address):
    page.goto(address + STREET + "&shown=city:1")
    answered(page)
    page.locator("#adjust").click()
    page.locator("#close").click()
    page.locator("#drawer-title").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.id") == "adjust"


def test_with_ten_replications_every_tile_says_better_worse_or_inconclusive(page, address):
    page.goto(address + STREET + "&shown=city:10")
    answered(page, 10)
    for name in ("money", "help", "waiting"):
        assert page.inner_text(f"#tile-{name}-direction") in ("Better", "Worse", "Inconclusive")
        assert "90% interval" in page.inner_text(f"#tile-{name}-certainty")
    assert "effect" in page.inner_text("#side h3").lower()


def test_a_preset_changes_the_question_and_the_numbers_are_greyed_at_once(page, address):
    page.goto(address + STREET + "&shown=city:1")
    before = answered(page)
    page.evaluate(
        "document.querySelector('input[name=policy][value=larger_teams]').addEventListener('change', () => {"
        "window.greyed = [...document.querySelectorAll('.tiles, .answer, .figures')]"
        ".every((each) => each.closest('.stale'));"
        "window.told = document.getElementById('status').textContent})"
    )
    page.get_by_role("radio", name="Larger teams").check()
    assert page.evaluate("window.greyed")
    assert "previous settings" in page.evaluate("window.told")
    assert changed(page, before) != before
    assert page.inner_text("#question") == "What do larger teams bring Street?"
    page.get_by_role("radio", name="Five years").check()
    page.locator("#link").filter(has_text="phase_in:5").wait_for(state="attached")
    finished(page)


def test_a_moved_slider_of_the_drawer_changes_the_number_read(page, address):
    page.goto(address + STREET + "&shown=city:1")
    before = answered(page)
    page.locator("#adjust").click()
    page.locator("#drawer-title").wait_for()
    page.locator("#phase_in").fill("8")
    page.locator("#link").filter(has_text="phase_in:8").wait_for(state="attached")
    assert changed(page, before) != before
    about = page.inner_text("#phase_in-about")
    assert "Source:" in about and "Today:" in about


def test_the_drawer_opens_without_motion_where_none_is_wanted(page, address):
    page.emulate_media(reduced_motion="reduce")
    page.goto(address + STREET + "&shown=city:1")
    answered(page)
    page.locator("#adjust").click()
    page.locator("#drawer-title").wait_for()
    page.keyboard.press("Escape")
    page.locator("#drawer-title").wait_for(state="hidden")


def test_a_policy_is_set_by_keyboard_alone(page, address):
    page.goto(address + STREET + "&shown=city:1")
    before = answered(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "adjust":
            break
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'drawer-title'")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "base":
            break
    page.keyboard.press("End")
    assert changed(page, before) != before
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.id === 'adjust'")


def test_what_has_the_focus_on_a_phone_does_not_stand_behind_the_bar(page, address):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": WIDTHS["phone"], "height": 844})
    page.goto(address + STREET + "&shown=city:1&tab=evidence")
    answered(page)
    assert stops_behind(page, "#live") == []


def test_tabs_are_reached_with_arrows(page, address):
    page.goto(address + STREET + "&shown=city:1")
    answered(page)
    page.locator("#tab [data-value=money]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#tab [data-value=people][aria-selected=true]")
    assert page.locator("#figure-waiting").is_visible()
    assert "tab=people" in page.url


# Links.


@pytest.mark.parametrize(
    ("view", "tab", "seen", "width"),
    [
        ("answer", "people", "#figure-waiting", "laptop"),
        ("answer", "money", "#figure-savings-cumulated", "phone"),
        pytest.param("compare", "money", "#figure-curve", "laptop", marks=SLOW),
        pytest.param("answer", "money", "#figure-savings-cumulated", "projector", marks=SLOW),
    ],
)
def test_a_reload_gives_the_same_picture(page, address, view, tab, seen, width):
    """An answer that is complete at once draws at the size of its card, as one that grew did."""
    page.set_viewport_size({"width": WIDTHS[width], "height": 768})
    page.goto(address + FOUR + f"&view={view}&tab={tab}&look=c&names=c:Plan&shown=city:2")
    pictures = []
    for _ in range(2):
        answered(page, 2)
        finished(page)
        page.locator(seen).wait_for()
        page.wait_for_timeout(500)
        assert page.evaluate(ILL_DRAWN) == []
        pictures.append(
            (page.url, saved(page), page.evaluate(SIZES), page.inner_text("#compare-table tbody"))
        )
        page.reload()
    assert pictures[0] == pictures[1]
    assert view == "answer" or "Plan" in pictures[1][3]


def test_a_first_answer_comes_from_a_sample_before_the_whole_city(page, address):
    page.goto(address + "?a=signalling:1,cut:0.31")
    # The first replication of the sample, or one that came right after it.
    page.wait_for_selector("#app[data-replications][data-size=sample]", state="attached")
    assert page.get_attribute("#app", "aria-busy") == "true"
    assert "per inhabitant" in page.inner_text("#tile_money .small")  # comparable with that of the whole city


def test_a_link_copied_early_continues_to_more_than_it_was_copied_at(page, address):
    page.goto(address + STREET)
    answered(page)
    copied = page.url
    assert "shown=" not in copied
    page.goto("about:blank")
    page.goto(copied)
    answered(page, 2)


def test_the_language_switches_in_place_and_keeps_the_numbers(page, address):
    page.goto(address + STREET + "&shown=city:2")
    before = answered(page, 2)
    speak(page, "nl")
    page.wait_for_function("document.getElementById('question').textContent.startsWith('Wat levert')")
    assert saved(page) == before
    assert page.title().startswith("Wat levert vroegsignalering Straat op?")


@pytest.mark.parametrize(
    "link",
    [
        "?a=phase_in:99",
        *(pytest.param(each, marks=SLOW) for each in ("?system=<b>x</b>", "?e=1", "?shown=city:1000000")),
    ],
)
def test_a_crafted_link_is_refused_with_a_sentence_and_the_usual_question_is_answered(page, address, link):
    page.goto(address + link)
    page.wait_for_selector("#refused:not([hidden])")
    assert re.search(r"expected|unknown", page.inner_text("#refused"))
    assert page.locator("#refused b").count() == 0
    answered(page)
    assert page.inner_text("#question") == "What does early signalling bring Zaanstad?"
    assert "Instead you see" in page.inner_text("#refused")
    page.locator("#city").select_option("street")
    page.wait_for_selector("#refused", state="hidden")
    page.wait_for_function("document.getElementById('question').textContent.includes('Street')")


# Comparison.


def test_up_to_four_policies_stand_in_one_table_and_on_one_chart(page, address):
    page.goto(address + STREET + "&view=compare&shown=city:1")
    answered(page)
    for name in ("Larger teams", "Both", "Five-year landing"):
        page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_function("document.querySelectorAll('#compare-table tbody tr').length === 5")
    assert page.locator("#compare-table tbody th").first.inner_text() == "No new policy"
    assert page.get_by_role("button", name="Larger teams", exact=True).is_disabled()
    assert page.locator("#pairs tbody tr").count() == 4
    assert page.locator("#pairs thead th").all_inner_texts()[1:] == ["A", "B", "C", "D"]
    assert page.locator("#pairs").evaluate("each => each.scrollWidth <= each.clientWidth")
    assert page.locator("#ranking tbody tr").count() == 5
    for tile in ("money", "help", "waiting"):
        assert page.locator(f"#figure-dots-{tile}").count() == 1
    assert "phase" not in page.inner_text("#compare-table") and "5 years (3,000 m)" in page.inner_text(
        "#compare-table"
    )
    page.get_by_role("button", name="Remove: D 5-year landing").click()
    page.wait_for_function("document.querySelectorAll('#compare-table tbody tr').length === 4")


def test_a_policy_gets_a_name_of_its_own_and_a_name_is_only_text(page, address):
    page.goto(address + FOUR + "&view=compare&shown=city:1")
    answered(page)
    page.get_by_role("button", name="Change: A Early signalling").click()
    page.locator("#policy-name").fill("Plan <b>nu</b>")
    page.wait_for_function("document.getElementById('compare-table').textContent.includes('A Plan bnu/b')")
    assert "names=a:Plan%20bnu%2Fb" in page.url


# Why and landing.


def test_why_shows_a_waterfall_that_adds_up_with_the_placebo_beside_it(page, address):
    page.goto(address + STREET + "&tab=why&shown=city:2")
    detailed(page, "why")
    page.locator("#figure-waterfall details summary").click()
    rows = page.locator("#figure-waterfall tbody tr").all_inner_texts()
    table = {row.split("\t")[0]: float(row.split("\t")[1].replace("\u2212", "-")) for row in rows}
    apart = ("Saving", "Difference in spending", "Still open at the end, in no year")
    steps = [value for name, value in table.items() if name not in apart]
    assert sum(steps) == pytest.approx(table["Difference in spending"], abs=1e-6)
    assert page.locator("#placebo tbody tr").count() == 3


def test_two_landings_stand_side_by_side_on_one_scale(page, address):
    page.goto(address + STREET + "&tab=landing&against=8&shown=city:2")
    detailed(page, "landing")
    page.wait_for_selector("#figure-runway-second .drawing svg")
    assert page.locator("#harms tbody tr").count() == 6
    drawings = page.locator("#figures-landing .drawing").all()
    assert len({round(each.bounding_box()["y"]) for each in drawings}) == 1  # however long their titles are
    ranges = page.evaluate(
        "['first', 'second'].map((each) => "
        "document.querySelector(`#figure-runway-${each} .drawing`)._fullLayout.yaxis.range.map(Math.round))"
    )
    assert ranges[0] == ranges[1]
    page.locator("#against").select_option("2.5")
    page.wait_for_function("document.getElementById('harms').textContent.includes('2.5 years (1,500 m)')")


@pytest.mark.parametrize("motion", ["reduce", pytest.param("no-preference", marks=SLOW)])
def test_the_aeroplane_moves_on_demand_only_and_not_where_no_motion_is_wanted(page, address, motion):
    page.emulate_media(reduced_motion=motion)
    page.goto(address + STREET + "&tab=landing&shown=city:1")
    detailed(page, "landing")
    page.wait_for_selector("#figure-runway-second .drawing svg")
    assert page.get_attribute("#app", "data-flown") is None
    page.locator("#fly").click()
    page.wait_for_function("document.getElementById('app').dataset.flown !== undefined")
    first = page.get_attribute("#app", "data-flown")
    assert (first == "1.00") == (motion == "reduce")
    page.wait_for_selector("#app[data-flown='1.00']", state="attached")


# Municipalities and runs of one's own.


def fill(page, **figures):
    page.locator("#own-name").fill("Gehucht")
    for name, value in figures.items():
        page.locator(f"[data-field='{name.replace('__', '.')}']").fill(value)


@pytest.mark.parametrize(
    ("language", "typed", "says"),
    [("en", "2,400", "Expected 5 to 90."), ("nl", "2.400", "Vul een getal van 5 tot 90 in.")],
)
def test_the_form_is_validated_while_typing_and_gives_a_municipality(page, address, language, typed, says):
    page.goto(address + STREET + f"&view=own&language={language}&shown=city:1")
    answered(page)
    fill(page, people__inhabitants=typed, people__single_percent="95", wijken__number="2", teams__count="3")
    assert page.inner_text("[id='field-people.single_percent-says']") == says
    assert page.get_attribute("[data-field='teams.count']", "aria-invalid") == "true"
    assert "37" in page.inner_text("[id='field-people.single_percent-country']")
    page.locator("#form-use").click()  # goes to the first field that is wrong instead
    assert page.evaluate("document.activeElement.dataset.field") == "people.single_percent"
    fill(page, people__single_percent="40", teams__count="2")
    with page.expect_download() as download:
        page.locator("#form-save").click()
    assert "inhabitants: 2400" in download.value.path().read_text(encoding="utf-8")
    page.locator("#form-use").click()
    page.wait_for_function("(document.getElementById('app').dataset.link || '').includes('city=gehucht__')")
    page.locator("#own-summary").filter(has_text="Gehucht").wait_for()
    assert page.locator("#city option:checked").text_content() == "Gehucht"


def test_a_file_of_ones_own_is_brought_and_survives_a_reload(page, address, tmp_path):
    page.goto(address + STREET + "&view=own&shown=city:1")
    answered(page)
    file = tmp_path / "gehucht.yaml"
    file.write_text("slug: gehucht\nname: Gehucht\npeople:\n  inhabitants: 2400\n", encoding="utf-8")
    page.set_input_files("#own_file", file)
    page.wait_for_function("(document.getElementById('app').dataset.link || '').includes('city=gehucht__')")
    page.goto(page.url)
    answered(page)
    assert page.locator("#city option:checked").text_content() == "Gehucht"
    file.write_text("slug: gehucht\nname: Gehucht\npeople:\n  inhabitants: -1\n", encoding="utf-8")
    page.set_input_files("#own_file", file)
    page.wait_for_function("document.getElementById('own-summary').textContent.includes('inhabitants')")


def test_an_upload_that_is_no_run_folder_is_refused_with_a_sentence(page, address, tmp_path):
    page.goto(address + STREET + "&view=own&shown=city:1")
    answered(page)
    wrong = tmp_path / "wrong.zip"
    wrong.write_text("no zip at all")
    page.set_input_files("#run_zip", wrong)
    page.wait_for_function("document.getElementById('run-summary').textContent.includes('zip')")


# Figures, lab, stories.


@pytest.mark.parametrize(("language", "sign"), [("en", ","), ("nl", ";")])
def test_data_open_in_a_spreadsheet_of_the_language_and_figures_are_downloaded(page, address, language, sign):
    page.goto(address + STREET + f"&shown=city:2&language={language}")
    answered(page, 2)
    finished(page)
    figure = page.locator("#figure-savings-cumulated")
    with page.expect_download() as download:
        figure.locator(".csv").click()
    rows = list(
        csv.reader(download.value.path().read_text(encoding="utf-8-sig").splitlines(), delimiter=sign)
    )
    last = rows[-1][1].replace(",", ".") if language == "nl" else rows[-1][1]
    assert "euro" in rows[0][1] and float(last) == pytest.approx(15 * saved(page), abs=0.01)
    with page.expect_download() as download:
        figure.locator(".svg").click()
    assert "<svg" in download.value.path().read_text(encoding="utf-8")[:300]


def test_an_exercise_of_the_lab_sets_the_sliders(page, address):
    page.goto(address + STREET + "&view=lab&shown=city:1")
    answered(page)
    page.locator("[data-exercise=phase_in] [data-sets]").click()
    page.wait_for_function("document.querySelectorAll('#compare-table tbody tr').length === 3")
    assert page.locator("#phase_in-value").text_content() == "2.5 years"
    page.locator("#view [data-value=lab]").click()
    page.locator("[data-exercise=break] [data-sets]").nth(1).click()
    page.wait_for_function("document.querySelectorAll('#compare-table tbody tr').length === 2")
    assert "problems get worse by themselves" in page.inner_text("#status")
    assert "household.escalation_per_month=[0.0,0.0,0.0,0.0,0.0]" in page.text_content("#commands")


@SLOW
def test_a_story_is_told_in_both_languages(page, address):
    page.goto(address + STREET + "&tab=people&shown=city:1")
    answered(page)
    page.locator("#tell").click()
    page.wait_for_selector("#story img")
    speak(page, "nl")
    assert page.inner_text("#story h1").startswith("Twee levens van huishouden")


def test_the_page_works_under_its_own_security_policy_and_a_name_runs_no_script(browser, address, tmp_path):
    opened = browser.new_page()  # unlike `page`, under the policy; texts cannot be evaluated, so we expect
    opened.set_default_timeout(SLOWEST)
    said, dialogs = [], []
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    file = tmp_path / "kwaad.yaml"
    name = "<img src=x onerror=alert(1)>"
    file.write_text(f"slug: kwaad\nname: '{name}'\npeople:\n  inhabitants: 2400\n", encoding="utf-8")
    opened.goto(address + STREET + "&shown=city:1&view=own")
    opened.locator("#app[data-replications='1']").wait_for(state="attached")
    opened.set_input_files("#own_file", file)
    opened.locator("#app[data-link*='city=kwaad__']").wait_for(state="attached")
    city = re.search(r"city=(kwaad__\w+)", opened.url).group(1)
    # Shiny's own parts: navigation, value boxes, tooltips and the drawer.
    opened.locator("#view [data-value=answer]").click()
    opened.locator("#tile_money .asks").hover()
    opened.locator(".tooltip").wait_for()
    opened.locator("#adjust").click()
    opened.locator("#drawer-title").wait_for()
    for view in VIEWS:
        opened.locator(f"#view [data-value={view}]").click()
    opened.locator("[data-exercise=phase_in] [data-sets]").click()
    opened.locator("#compare-table tbody tr").nth(1).wait_for(state="attached")
    opened.goto(address + f"?system=overnight&city={city}&a=signalling:1&tab=people&shown=city:1")
    opened.locator("#app[aria-busy=false]").wait_for(state="attached")
    assert "<img" in opened.inner_text("#question")
    opened.locator("#tell").click()
    opened.locator("#story h1").wait_for()
    assert opened.locator("#story img[src='x'], #question img").count() == 0
    assert (said, dialogs) == ([], [])
    opened.close()


@SLOW
def test_the_years_play(page, address):
    page.goto(address + STREET + "&tab=neighbourhoods&shown=city:1&year=2026")
    answered(page)
    page.locator("#play").click()
    page.wait_for_function("document.getElementById('app').dataset.year === '2029'")
    page.wait_for_function("document.getElementById('play').getAttribute('aria-pressed') === 'false'")
    assert page.input_value("#year") == page.input_value("#year-wijken") == "2029"


# Every part, at three widths, in both languages.


def parts(page, address, language):
    """Open every view and tab of the page in a language, one after another; yield its name."""
    page.goto(address + FOUR + f"&shown=city:2&language={language}")
    answered(page, 2)
    finished(page)
    for tab in TABS:
        page.locator(f"#tab [data-value={tab}]").click()
        if tab in ("why", "landing"):
            detailed(page, tab)
        finished(page)
        page.wait_for_timeout(300)
        yield f"answer_{tab}"
    for view in VIEWS[1:]:
        page.locator(f"#view [data-value={view}]").click()
        page.wait_for_timeout(300)
        yield view
    page.locator("#view [data-value=answer]").click()
    page.locator("#adjust").click()
    page.locator("#drawer-title").wait_for()
    page.wait_for_timeout(500)
    yield "drawer"


# What may scroll by itself, or is hidden, does not stick out.
OVERFLOWING = """() => {
  const wide = document.documentElement.clientWidth;
  const own = '.scrolls, .choices > div, #tab, .visually-hidden, .skip, .progress, .btn-file, svg';
  return [...document.querySelectorAll('#app *')]
    .filter((each) => each.offsetParent && !each.closest(own))
    .filter((each) => each.getBoundingClientRect().width && each.getBoundingClientRect().right > wide + 1)
    .map((each) => `${each.tagName}#${each.id}.${each.className}`).slice(0, 5);
}"""
# A drawing is as wide as its card, and no label lies outside it.
ILL_DRAWN = """() => {
  const outside = (label, card) => {
    const box = label.getBoundingClientRect();
    return box.width && (box.right > card.right + 4 || box.left < card.left - 4);
  };
  const seen = [...document.querySelectorAll('figure .drawing')].filter((each) => each.offsetParent);
  return seen.filter((each) => {
    const card = each.closest('figure').getBoundingClientRect();
    const svg = each.querySelector('svg');
    return !svg || Math.abs(svg.getBoundingClientRect().width - card.width) > 2
      || [...each.querySelectorAll('text')].some((label) => outside(label, card));
  }).map((each) => each.closest('figure').id);
}"""
LINES_OF_NAVIGATION = """() => new Set([...document.querySelectorAll('#view .nav-link')]
  .map((each) => Math.round(each.getBoundingClientRect().top))).size"""
# Cards, tiles and drawings lie next to or below one another, never on one another.
OVERLAPPING = """() => {
  const parts = 'figure, .tile, .side, .note, .findings, .drawing, .foot, .scrolls, h1, h2, h3';
  const all = [...document.querySelectorAll(parts)]
    .filter((each) => each.getClientRects().length && !each.closest('.sidebar, details:not([open])'));
  const found = [];
  all.forEach((one, place) => all.slice(place + 1).forEach((other) => {
    if (one.contains(other) || other.contains(one)) return;
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    const over = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const below = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const name = (each) => `${each.tagName}#${each.id}.${each.className}`;
    if (over > 2 && below > 2) found.push(`${name(one)} on ${name(other)}`);
  }));
  return found.slice(0, 5);
}"""
SIZES = """() => [...document.querySelectorAll('figure .drawing svg.main-svg')]
  .filter((each) => each.getClientRects().length)
  .map((each) => [each.closest('figure').id, each.getBoundingClientRect()])
  .map(([id, box]) => [id, Math.round(box.width), Math.round(box.height)])"""
# Sources and literature of the claims keep their own words. What is read aloud counts too, and all choices.
TEXTS = """() => {
  const apart = '[lang]:not(html), code, .story, script, #claims, .modebar';
  const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement;
    const chosen = around.tagName === 'OPTION';
    const seen = chosen || around.getClientRects().length;
    if (seen && !around.closest(apart)) found.push(walker.currentNode.textContent);
  }
  for (const each of document.querySelectorAll('#app [aria-label], #app [title]')) {
    if (!each.closest(apart)) found.push(each.getAttribute('aria-label') || '', each.title || '');
  }
  return found.join(' | ');
}"""


@pytest.mark.parametrize(("width", "language"), SEEN)
def test_every_part_fits_its_width_in_its_own_language(page, address, width, language):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.set_viewport_size({"width": WIDTHS[width], "height": 768})
    foreign = re.compile(rf"\b({ENGLISH if language == 'nl' else DUTCH})\b", re.IGNORECASE)
    for name in parts(page, address, language):
        page.screenshot(path=SCREENSHOTS / f"dashboard_{name}_{width}_{language}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width], name
        assert page.evaluate(LINES_OF_NAVIGATION) == 1, name
        if not (name == "drawer" and width == "phone"):  # there the drawer lies over the page
            assert page.evaluate(OVERFLOWING) == [], name
            assert page.evaluate(ILL_DRAWN) == [], name
            assert page.evaluate(OVERLAPPING) == [], name
        said = page.evaluate(TEXTS).replace("landingsbaan municipality new", "")  # a command
        found = [said[max(0, each.start() - 40) : each.end() + 40] for each in foreign.finditer(said)]
        assert found == [], name


@SLOW
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_checker_of_accessibility_finds_nothing_wrong(page, address, width, language):
    page.set_viewport_size({"width": WIDTHS[width], "height": 768})
    for name in parts(page, address, language):
        # Without preload: the checker would fetch stylesheets again, from where they are not.
        found = violations(page, WCAG, preload=False)
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == [], name


@SLOW
def test_every_control_has_a_name_and_every_figure_a_table(page, address):
    for _ in parts(page, address, "en"):
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
