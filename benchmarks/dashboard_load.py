"""How the dashboard holds under 20 visitors at a time: median and worst first answer, memory, a lost worker.

Every visitor speaks to the server as a browser does, over its own connection, and moves a slider again
and again, each time to a value nobody else asks. Near the end a worker is killed. Afterwards numbers are
asked once more, alone, of another process: who was served somebody else's numbers is counted.

    python -m benchmarks.dashboard_load               # starts a server of its own
    python -m benchmarks.dashboard_load 20 5          # visitors, minutes
    python -m benchmarks.dashboard_load 20 5 write    # and into benchmarks/dashboard_load.md
"""

import asyncio
import json
import platform
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import psutil
from scipy.stats import linregress
from websockets.asyncio.client import connect
from websockets.typing import Origin

SYSTEMS = ("zaanstad", "zwolle", "eindhoven", "almere", "breda", "heerlen", "utrecht", "oss")
THINKING_SECONDS = 3.0  # between an answer and the next move
LONGEST_SECONDS = 600.0  # the machine may pause us; that is measured, not an error
WARM_SECONDS = 20.0  # between a server that answers and the first visitor
LOOK_SECONDS = 5.0  # between two looks at the memory
WARM_AT, KILLED_AT = 0.3, 0.8  # shares of the time; between them growth is measured
ASKED_AGAIN = 60  # numbers that are asked once more, alone
PAGE = Path(__file__).with_suffix(".md")


@dataclass
class Watched:
    """What was seen of a server under load.

    Attributes
    ----------
    found : list of (link, asked, seconds, number)
        Of every answer: what was asked and when, how long it took, and the first number shown.
    memory : list of (seconds, MB)
        Memory of server and workers from the beginning on.
    killed : float
        When a worker was killed.
    """

    found: list[tuple[str, float, float, float]] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    killed: float = 0.0


def link_of(visitor: int, move: int) -> str:
    """Return what one visitor asks at one move; nobody else ever asks it."""
    system = SYSTEMS[visitor % len(SYSTEMS)]
    cut, phase_in = 0.01 * (visitor + 1), 0.5 * (move % 30 + 1)
    base = f",base:{5 * (move // 30)}" if move >= 30 else ""
    return f"?system={system}&a=cut:{cut:g},phase_in:{phase_in:g},signalling:1{base}"


def opened(port: int) -> connect:
    """Open a connection as the page of the server does."""
    origin = Origin(f"http://127.0.0.1:{port}")
    return connect(f"ws://127.0.0.1:{port}/websocket/", origin=origin, max_size=2**24)


async def visit(port: int, visitor: int, ends: float, watched: Watched) -> None:
    """Move a slider and wait for its first answer, again and again, until the time is over."""
    async with opened(port) as line:
        await line.send(json.dumps({"method": "init", "data": {"link": None}}))
        move = 0
        while time.perf_counter() < ends:
            link = link_of(visitor, move)
            asked = time.perf_counter()
            await line.send(json.dumps({"method": "update", "data": {"link": link}}))
            shown = await asyncio.wait_for(first_answer(line, link), LONGEST_SECONDS)
            seconds = time.perf_counter() - asked
            watched.found.append((link, asked, seconds, shown["findings"][0]["saved"]))
            await asyncio.sleep(THINKING_SECONDS)
            move += 1


async def watch(server: subprocess.Popen, begun: float, ends: float, watched: Watched) -> None:
    """Look at the memory until the time is over, and kill a worker near the end."""
    while time.perf_counter() < ends:
        watched.memory.append((time.perf_counter() - begun, memory_mb(server)))
        if not watched.killed and time.perf_counter() > begun + KILLED_AT * (ends - begun):
            max(psutil.Process(server.pid).children(), key=lambda each: each.memory_info().rss).kill()
            watched.killed = time.perf_counter()
        await asyncio.sleep(LOOK_SECONDS)


async def first_answer(line, link: str, pause: float = 0.0) -> dict:
    """Return the first answer to a link; answers to anything else would be somebody else's.

    A slow connection takes some seconds, `pause`, for each message.
    """
    while True:
        await asyncio.sleep(pause)
        message = json.loads(await line.recv()).get("custom", {})
        if "refused" in message:
            raise RuntimeError(message["refused"]["sentence"])
        if message.get("shown", {}).get("asked") == link:
            return message["shown"]


async def visit_all(server: subprocess.Popen, port: int, visitors: int, minutes: float) -> Watched:
    """Return what all visitors found, all at once, and what was seen of the server meanwhile."""
    begun, watched = time.perf_counter(), Watched()
    ends = begun + 60.0 * minutes
    each = (visit(port, number, ends, watched) for number in range(visitors))
    await asyncio.gather(watch(server, begun, ends, watched), *each)
    return watched


def others_numbers(found: list[tuple[str, float, float, float]]) -> int:
    """Return how many numbers are not those that the link gives alone."""
    from scenarios.apps.dashboard.measures import Replications
    from scenarios.apps.dashboard.state import read_link
    from scenarios.apps.dashboard.trajectories import InitialStates, jobs_of, simulate

    initial_states, wrong = InitialStates(), 0
    for link, _, _, shown in found:
        reference, policy = (
            simulate(job, initial_states) for job in jobs_of(read_link(link), "a", "sample", 0)
        )
        alone = float(Replications([reference], [policy], 2010, 60).saved_at_end("municipality")[0])
        wrong += abs(alone - shown) > 1e-5
    return wrong


def growth_of_memory(memory: list[tuple[float, float]]) -> str:
    """Return how fast memory grew, by least squares, with twice its standard error.

    Parameters
    ----------
    memory : list of (float, float)
        Seconds and megabytes, three moments at least.

    Examples
    --------
    >>> growth_of_memory([(0.0, 0.0), (1200.0, 10.0), (2400.0, 10.0), (3600.0, 20.0)])
    '18 ± 8 MB an hour'
    """
    seconds, megabytes = np.array(memory).T
    fitted = linregress(seconds / 3600.0, megabytes)
    return f"{fitted.slope:.0f} ± {2.0 * fitted.stderr:.0f} MB an hour"


@contextmanager
def serving(
    processes: int | None = None, warm_seconds: float = WARM_SECONDS
) -> Iterator[tuple[subprocess.Popen, int]]:
    """Start a server; give it and its port once its workers have had time to warm; stop it at the end."""
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
            if server.poll() is not None:
                raise RuntimeError(f"the server ended with exit code {server.returncode}") from None
            time.sleep(0.5)
    time.sleep(warm_seconds)
    try:
        yield server, port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


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


def main(visitors: int = 20, minutes: float = 5, write: bool = False) -> None:
    """Measure, print, and write where asked."""
    visitors = int(visitors)
    loads = [psutil.getloadavg()[0]]
    with serving() as (server, port):
        single = alone(port)
        watched = asyncio.run(visit_all(server, port, visitors, minutes))
        loads.append(psutil.getloadavg()[0])
        used = sum(psutil.Process(server.pid).cpu_times()[:2])
    seconds = [each[2] for each in watched.found]
    firsts = {link_of(number, 0) for number in range(visitors)}
    together = [seconds_ for link, _, seconds_, _ in watched.found if link in firsts]
    after = [asked + seconds_ for _, asked, seconds_, _ in watched.found if asked > watched.killed]
    megabytes = [each[1] for each in watched.memory]
    steady = [each for each in watched.memory if WARM_AT < each[0] / (60.0 * minutes) < KILLED_AT]
    again = random.Random(1).sample(watched.found, min(ASKED_AGAIN, len(watched.found)))
    rows = [
        ("load of the machine before and after (processes that want a core)",
         " and ".join(f"{each:.1f}" for each in loads)),
        ("one visitor, first answer", _spread([each[0] for each in single])),
        ("one visitor, answer with intervals", _spread([each[1] for each in single])),
        (f"{visitors} visitors, first answer to any move ({len(seconds)} answers)", _spread(seconds)),
        (f"{visitors} visitors, the move with which all arrive at once", _spread(together)),
        ("first answer to a question asked after a worker was killed",
         f"{min(after) - watched.killed:.1f} s after it was killed"),
        ("answers to questions asked after a worker was killed", str(len(after))),
        ("memory of server and workers: begin, most, end",
         f"{megabytes[0]:.0f}, {max(megabytes):.0f} and {megabytes[-1]:.0f} MB"),
        ("growth once warm, before a worker was killed", growth_of_memory(steady)),
        ("processor time of the server without its workers", f"{used:.0f} s"),
        ("numbers that were not the visitor's own", f"{others_numbers(again)} of {len(again)} asked again"),
    ]  # fmt: skip
    title = (
        f"{visitors} visitors for {minutes:g} minutes, {THINKING_SECONDS:g} s after an answer; all differ."
    )
    page = page_of("The dashboard under load", "dashboard_load", title, rows)
    print(page)
    if write:
        PAGE.write_text(page, encoding="utf-8")


def _spread(seconds: list[float]) -> str:
    return f"median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s"


if __name__ == "__main__":
    main(*map(float, sys.argv[1:3]), write=sys.argv[3:] == ["write"])
