"""Takes the screenshots of the tutorials: the dashboard in a browser, and the first page of a report.

python -m tests.screenshots FOLDER    # folder of the run whose figures are in docs/figures/runs
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from benchmarks import dashboard_load
from scenarios import cli
from tests.browser import opened_browser

SCREENS = Path(__file__).resolve().parents[1] / "docs" / "_static" / "screens"
LARGEST = 150_000  # bytes
PATIENCE = 3_600_000  # milliseconds
SEEN = "sample:10"
# Language, width, height and end of the link, by name.
DASHBOARD = {
    "answer_en": ("en", 1366, 860, "view=answer&tab=money"),
    "answer_nl": ("nl", 1366, 860, "view=answer&tab=money"),
    "phone_nl": ("nl", 390, 844, "view=answer&tab=money"),
    "compare_nl": ("nl", 1366, 860, "a=signalling:1&b=extra:0.46&view=compare"),
    "compare_en": ("en", 1366, 860, "a=signalling:1&b=extra:0.46&view=compare"),
    "lab_en": ("en", 1366, 1000, "view=lab"),
}


def keep(image: bytes, name: str) -> Path:
    """Write a screenshot as WebP, with lower quality until it is small enough."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    path = SCREENS / f"{name}.webp"
    picture = Image.open(BytesIO(image)).convert("RGB")
    for quality in (80, 65, 50, 35):
        picture.save(path, format="WEBP", quality=quality, method=6)
        if path.stat().st_size <= LARGEST:
            return path
    raise ValueError(f"{path} is larger than {LARGEST} bytes")


def dashboard(browser, port: int) -> None:
    """Take the screenshots of the dashboard."""
    for name, (language, width, height, link) in DASHBOARD.items():
        page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: print(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: print(error, flush=True))
        page.goto(f"http://127.0.0.1:{port}/?system=zaanstad&{link}&shown={SEEN}&language={language}")
        page.wait_for_selector("#app[aria-busy=false]", state="attached")
        if "view=lab" in link:
            predict(page)
        page.wait_for_timeout(1000)
        print(keep(page.screenshot(), name), flush=True)
        page.close()


def predict(page) -> None:
    """Do the first exercise of the lab."""
    page.fill("#low-phase_in", "-5")
    page.fill("#high-phase_in", "25")
    page.locator("[data-predicts=phase_in] button").click()
    page.wait_for_selector("#seen-phase_in[data-count='10']")
    page.locator("[data-exercise=phase_in]").scroll_into_view_if_needed()


def report(browser, folder: Path) -> None:
    """Take the screenshots of the council memo."""
    with tempfile.TemporaryDirectory() as place:
        assert cli.main(["report", str(folder), f"to={place}"]) == 0
        for language in ("en", "nl"):
            page = browser.new_page(viewport={"width": 1000, "height": 1250})
            page.goto(f"file://{place}/report.html")
            page.locator(f"button[data-language={language}]").click()
            print(keep(page.screenshot(), f"memo_{language}"), flush=True)
            page.close()


if __name__ == "__main__":
    with opened_browser() as opened:
        report(opened, Path(sys.argv[1]))
        with dashboard_load.serving(processes=1, warm_seconds=0.0) as (_, at):
            dashboard(opened, at)
