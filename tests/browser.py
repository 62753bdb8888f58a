"""Helpers of browser tests: Chromium, errors of pages, accessibility checks, and a dashboard server."""

import os
import shutil
from contextlib import contextmanager

import pytest

BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
WIDTHS = {"phone": 375, "laptop": 1366, "projector": 1920}
# Every width and language; the two that differ most always, the others among the slow tests.
SEEN = [
    pytest.param(
        width,
        language,
        marks=() if (width, language) in {("phone", "nl"), ("laptop", "en")} else pytest.mark.slow,
    )
    for width in WIDTHS
    for language in ("en", "nl")
]
# Rules of WCAG 2.0 to 2.2 at levels A and AA, and the checker's own best practices.
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
GOOD_PRACTICE = "best-practice"
needs_browser = pytest.mark.skipif(
    not BROWSER, reason="no browser: install Debian's chromium, or set CHROMIUM"
)
needs_compiled_rules = pytest.mark.skipif(
    os.environ.get("NUMBA_DISABLE_JIT") == "1", reason="too slow without compiled rules"
)


@contextmanager
def opened_browser():
    """Open the browser; without its sandbox if run as root, as in a container."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        unboxed = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = driver.chromium.launch(executable_path=BROWSER, args=unboxed)
        yield opened
        opened.close()


@contextmanager
def served_dashboard():
    """Serve a dashboard on a free port of this machine, and yield its address."""
    pytest.importorskip("shiny", reason="needs the extra `dashboard`")
    load = pytest.importorskip("benchmarks.dashboard_load", reason="needs the extra `dashboard`")
    with load.serving(processes=1, warm_seconds=0.0) as (_, port):
        yield f"http://127.0.0.1:{port}/"


COVERED = """bar => {
    const focused = document.activeElement;
    if (focused === document.body) return false;
    const [here, there] = [focused, document.querySelector(bar)].map((each) => each.getBoundingClientRect());
    return here.top >= there.top && here.top < there.bottom;
}"""


def stops_behind(page, bar, most=60):
    """Return what has the focus behind a bar that stays in sight, going through a page by keyboard."""
    covered = []
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(COVERED, bar):
            covered.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    return covered


def errors_of(page):
    """Return a list that collects the console and page errors of a page from now on."""
    errors = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def violations(page, rules=(*WCAG, GOOD_PRACTICE), preload=True):
    """Return the violations that the accessibility checker axe finds on a page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    options = {"runOnly": list(rules), "preload": preload}
    return axe.Axe().run(page, options=options).response["violations"]
