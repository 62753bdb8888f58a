"""Debian's Chromium, in which pages are tested, and the widths at which they are looked at."""

import os
import shutil
from contextlib import contextmanager

import pytest

BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
WIDTHS = {"phone": 375, "laptop": 1366, "projector": 1920}
needs_browser = pytest.mark.skipif(
    not BROWSER, reason="no browser: install Debian's chromium, or set CHROMIUM"
)


@contextmanager
def opened_browser():
    """Open the browser; as root, as in a container, it runs without its sandbox."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        unboxed = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = driver.chromium.launch(executable_path=BROWSER, args=unboxed)
        yield opened
        opened.close()
