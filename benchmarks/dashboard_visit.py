"""How long visitors wait for the first answer and for the whole municipality: `python -m
benchmarks.dashboard_visit`.

Each visit is to a server that has just started, and asks what the page asks by itself; then it asks for a
larger team, for which the municipality of before the transition is known. Then 20 visitors come at once, each
with a question of its own. With `write` the figures also go into benchmarks/dashboard_visit.md.

    python -m benchmarks.dashboard_visit 3 write    # visits
"""

import asyncio
import json
import statistics
import sys
import time
from pathlib import Path

import psutil

from benchmarks.dashboard_load import LONGEST_SECONDS, first_answer, link_of, opened, page_of, serving

VISITORS = 20
PAGE = Path(__file__).with_suffix(".md")
QUESTIONS = {
    "first question": "?system=zaanstad&a=signalling:1",
    "next question": "?system=zaanstad&a=extra:0.46",
}
SEEN = {
    "first": "first answer, from a sample",
    "sample": "sample with its last replication",
    "city": "whole municipality in sight",
    "all": "whole municipality with its last replication",
}


async def visit(port: int, questions: dict[str, str]) -> dict[str, dict[str, float]]:
    """Return by question the seconds to what is seen, by the names of `SEEN`."""
    found = {}
    async with opened(port) as line:
        await line.send(json.dumps({"method": "init", "data": {"link": None}}))
        for question, link in questions.items():
            asked = time.perf_counter()
            await line.send(json.dumps({"method": "update", "data": {"link": link}}))
            found[question] = await seconds_until_seen(line, link, asked)
    return found


async def seconds_until_seen(line, link: str, asked: float) -> dict[str, float]:
    """Return the seconds from a question to everything that is seen of its answer."""
    seen: dict[str, float] = {}
    while True:
        shown = await asyncio.wait_for(first_answer(line, link), LONGEST_SECONDS)
        seconds = time.perf_counter() - asked
        seen.setdefault("first", seconds)
        if shown["size"] == "sample":
            seen["sample"] = seconds
        else:
            seen.setdefault("city", seconds)
        if not shown["refining"]:
            return seen | {"all": seconds}


def visits(count: int) -> list[dict[str, dict[str, float]]]:
    """Return what each of some visits saw, each of a server of its own."""
    found = []
    for _ in range(count):
        with serving() as (_, port):
            found.append(asyncio.run(visit(port, QUESTIONS)))
    return found


def visits_at_once(question: str, visitors: int) -> list[dict[str, dict[str, float]]]:
    """Return what visitors of one server saw who all ask at the same time, each something else."""

    async def all_visits() -> list[dict[str, dict[str, float]]]:
        each = (visit(port, {question: link_of(number, 0)}) for number in range(visitors))
        return await asyncio.gather(*each)

    with serving() as (_, port):
        return asyncio.run(all_visits())


def main(count: int = 3, write: bool = False) -> None:
    """Measure, print, and write where asked."""
    before = psutil.getloadavg()[0]
    found, at_once = visits(count), f"{VISITORS} visitors at once"
    together = visits_at_once(at_once, VISITORS)
    loads = f"{before:.1f} and {psutil.getloadavg()[0]:.1f}"
    rows = [("load of the machine before and after (processes that want a core)", loads)]
    for question in (*QUESTIONS, at_once):
        for name, what in SEEN.items():
            seconds = [each[question][name] for each in (together if question == at_once else found)]
            spread = f"median {statistics.median(seconds):.1f} s, worst {max(seconds):.1f} s"
            rows.append((f"{question}: {what}", spread))
    title = (
        f"{count} visits to Zaanstad (154,000 inhabitants), each 20 s after its server began to answer; ten "
        f"replications at the end. Then {VISITORS} visitors of eight municipalities at the same moment."
    )
    page = page_of(
        f"The dashboard for one visitor, and for {VISITORS} at once", "dashboard_visit", title, rows
    )
    print(page)
    if write:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), write=sys.argv[2:] == ["write"])
