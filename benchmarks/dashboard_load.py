"""How the dashboard holds under 20 visitors at a time: median and worst first answer, and memory.

Every visitor speaks to the server as a browser does, over its own connection, and moves a slider again
and again, each time to a value nobody else asks. Afterwards every number is asked once more, alone, of
another process: who was served somebody else's numbers is counted.

    python -m benchmarks.dashboard_load               # starts a server of its own
    python -m benchmarks.dashboard_load 20 4          # visitors, moves of each
    python -m benchmarks.dashboard_load 20 4 write    # and into benchmarks/dashboard_load.md
"""

import asyncio
import json
import platform
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path

import psutil
from websockets.asyncio.client import connect
from websockets.typing import Origin

SYSTEMS = ("zaanstad", "zwolle", "eindhoven", "almere", "breda", "heerlen", "utrecht", "oss")
THINKING_SECONDS = 3.0  # between an answer and the next move
LONGEST_SECONDS = 600.0  # the machine may pause us; that is measured, not an error
PAGE = Path(__file__).with_suffix(".md")


def link_of(visitor: int, move: int) -> str:
    """Return what one visitor asks at one move; nobody else ever asks it."""
    system = SYSTEMS[visitor % len(SYSTEMS)]
    cut, phase_in = 0.01 * (visitor + 1), 0.5 * (move + 1)
    return f"?system={system}&a=cut:{cut:g},phase_in:{phase_in:g},signalling:1"


def opened(port: int) -> connect:
    """Open a connection as the page of the server does."""
    origin = Origin(f"http://127.0.0.1:{port}")
    return connect(f"ws://127.0.0.1:{port}/websocket/", origin=origin, max_size=2**24)


async def visit(port: int, visitor: int, moves: int) -> list[tuple[str, float, float]]:
    """Return link, seconds to the first answer and the number shown, for every move."""
    found = []
    async with opened(port) as line:
        await line.send(json.dumps({"method": "init", "data": {"link": None}}))
        for move in range(moves):
            link = link_of(visitor, move)
            begin = time.perf_counter()
            await line.send(json.dumps({"method": "update", "data": {"link": link}}))
            shown = await asyncio.wait_for(first_answer(line, link), LONGEST_SECONDS)
            found.append((link, time.perf_counter() - begin, shown["findings"][0]["saved"]))
            await asyncio.sleep(THINKING_SECONDS)
    return found


async def first_answer(line, link: str) -> dict:
    """Return the first answer to a link; answers to anything else would be somebody else's."""
    while True:
        message = json.loads(await line.recv()).get("custom", {})
        if "refused" in message:
            raise RuntimeError(message["refused"]["sentence"])
        if message.get("shown", {}).get("asked") == link:
            return message["shown"]


async def visit_all(port: int, visitors: int, moves: int) -> list[tuple[str, float, float]]:
    """Return what all visitors found, all at once."""
    each = await asyncio.gather(*(visit(port, number, moves) for number in range(visitors)))
    return [found for of_one in each for found in of_one]


def others_numbers(found: list[tuple[str, float, float]]) -> int:
    """Return how many numbers are not those that the link gives alone."""
    from scenarios.apps.dashboard.measures import Replications
    from scenarios.apps.dashboard.state import read_link
    from scenarios.apps.dashboard.trajectories import InitialStates, jobs_of, simulate

    initial_states, wrong = InitialStates(), 0
    for link, _, shown in found:
        reference, policy = (
            simulate(job, initial_states) for job in jobs_of(read_link(link), "a", "sample", 0)
        )
        alone = float(Replications([reference], [policy], 2010, 60).saved_at_end("municipality")[0])
        wrong += abs(alone - shown) > 1e-5
    return wrong


def begin(processes: int | None = None, warm_seconds: float = 20.0) -> tuple[subprocess.Popen, int]:
    """Start a server on a free port and return it when it answers and its workers have had time to warm."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [f"port={port}"] + ([f"processes={processes}"] if processes else [])
    command = [sys.executable, "-m", "scenarios.cli", "serve", *words]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
            break
        except OSError:
            time.sleep(0.5)
    time.sleep(warm_seconds)
    return server, port


def memory_mb(server: subprocess.Popen) -> float:
    """Return the memory of the server and its workers, in MB."""
    alive = psutil.Process(server.pid)
    return sum(each.memory_info().rss for each in [alive, *alive.children(recursive=True)]) / 1e6


def alone(port: int, moves: int = 10) -> list[tuple[float, float]]:
    """Return seconds to the first answer, and to intervals, for one visitor who moves a slider often."""

    async def wait() -> list[tuple[float, float]]:
        found = []
        async with opened(port) as line:
            await line.send(json.dumps({"method": "init", "data": {"link": None}}))
            for move in range(moves):
                link = link_of(20 + move % 2, move)
                begin = time.perf_counter()
                await line.send(json.dumps({"method": "update", "data": {"link": link}}))
                await asyncio.wait_for(first_answer(line, link), LONGEST_SECONDS)
                first = time.perf_counter() - begin
                await asyncio.wait_for(
                    first_answer(line, link), LONGEST_SECONDS
                )  # of two replications: with intervals
                found.append((first, time.perf_counter() - begin))
                await asyncio.sleep(THINKING_SECONDS)
        return found

    return asyncio.run(wait())


def page_of(heading: str, module: str, title: str, rows: list[tuple[str, str]]) -> str:
    """Return the table of what a module measured, with the machine it was measured on."""
    cores = f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total / 1e9:.0f} GB"
    machine = f"{platform.processor() or platform.machine()}, {cores}; Python {platform.python_version()}"
    lines = [f"| {what} | {value} |" for what, value in rows]
    made = f"Made by `python -m benchmarks.{module}`; {date.today()}; {machine}."
    head = f"# {heading}\n\n{made}"
    return "\n".join([head, "", title, "", "| what | measured |", "| --- | --- |", *lines, ""])


def main(visitors: int = 20, moves: int = 4, write: bool = False) -> None:
    """Measure, print, and write where asked."""
    load = psutil.getloadavg()[0]
    server, port = begin()
    try:
        single = alone(port)
        before = memory_mb(server)
        found = asyncio.run(visit_all(port, visitors, moves))
        after = memory_mb(server)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
    seconds = sorted(each[1] for each in found)
    first = sorted(seconds_ for number, (_, seconds_, _) in enumerate(found) if number % moves == 0)
    rows = [
        ("load of the machine before (processes that want a core)", f"{load:.1f}"),
        ("one visitor, first answer", _spread([each[0] for each in single])),
        ("one visitor, answer with intervals", _spread([each[1] for each in single])),
        (f"{visitors} visitors, first answer to any move", _spread(seconds)),
        (f"{visitors} visitors, the move with which all arrive at once", _spread(first)),
        ("memory of server and workers, before and after", f"{before:.0f} and {after:.0f} MB"),
        ("numbers that were not the visitor's own", f"{others_numbers(found)} of {len(found)}"),
    ]
    title = f"{visitors} visitors, {moves} moves each, {THINKING_SECONDS:g} s after an answer; all differ."
    page = page_of("The dashboard under load", "dashboard_load", title, rows)
    print(page)
    if write:
        PAGE.write_text(page, encoding="utf-8")


def _spread(seconds: list[float]) -> str:
    return f"median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), write=sys.argv[3:] == ["write"])
