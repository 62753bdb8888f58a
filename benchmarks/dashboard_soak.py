"""How the dashboard holds for half an hour: visitors come, move, leave in the middle, or send nonsense.

Some have several tabs, some a slow connection. Every minute the memory, open files and threads of the
server and its workers are looked at, and how long answers took. What grows from minute to minute leaks;
what the server should refuse it must refuse and go on. A fifth on, a worker is killed. Visitors are
seeded: the same half hour can be asked again, but for what the machine does. A server is started for each
number of visitors.

    python -m benchmarks.dashboard_soak                  # half an hour, 20 visitors at a time
    python -m benchmarks.dashboard_soak 30 20 50 write   # minutes, visitors; and into dashboard_soak.md
"""

import asyncio
import json
import random
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from benchmarks.dashboard_load import (
    LONGEST_SECONDS,
    LOOK_SECONDS,
    SYSTEMS,
    first_answer,
    growth_of_memory,
    memory_mb,
    page_of,
    serving,
)

PAGE = Path(__file__).with_suffix(".md")
LEAVES, TALKS_NONSENSE = 0.25, 0.15  # share of moves that end in leaving before the answer, and in nonsense
SLOW, MANY_TABS = 0.1, 0.1  # share of visitors
SLOW_SECONDS = 0.5  # that a slow connection takes a message
TABS = 3
KILLED_AT, WARM_AT = 0.2, 0.4  # shares of the time: from the second on memory should be flat
LATE_SECONDS = 60.0  # after the end, for answers that are under way
LEAST_MINUTES = 20  # in fewer the growth of memory cannot be seen
THINKING_SECONDS = (1.0, 8.0)
NONSENSE = (
    "?system=../../etc",
    "?system=zaanstad&a=cut:nan",
    "?system=zaanstad&a=cut:" + "9" * 4000,
    "?replications=1000000000",
    "?" + "&".join(f"x{number}=1" for number in range(500)),
)


@dataclass
class Seen:
    """What the visitors of one minute met."""

    answers: list[float] = field(default_factory=list)  # seconds to the first answer
    answers_slow: list[float] = field(default_factory=list)  # the same, over a slow connection
    left: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


class Soak:
    """Visitors at one server, and what they met, by minute."""

    def __init__(self, port: int, minutes: float) -> None:
        self.address = f"ws://127.0.0.1:{port}/websocket/"
        self.origin = Origin(f"http://127.0.0.1:{port}")
        self.begun = time.monotonic()
        self.ends = self.begun + 60.0 * minutes
        self.minutes: list[Seen] = [Seen() for _ in range(int(minutes) + 1)]
        # Seconds since the begin; MB of the server with its workers, and of the server alone.
        self.memory: list[tuple[float, float, float]] = []

    @property
    def now(self) -> Seen:
        """What is met this minute; what ends late counts as of the last."""
        return self.minutes[min(len(self.minutes) - 1, int((time.monotonic() - self.begun) / 60.0))]

    async def visitors(self, number: int) -> None:
        """One seat, taken by one visitor after the other until the time is over."""
        rng = random.Random(number)
        while time.monotonic() < self.ends:
            tabs = TABS if rng.random() < MANY_TABS else 1
            try:
                await asyncio.gather(*(self.visitor(random.Random(rng.random())) for _ in range(tabs)))
            except (OSError, ConnectionClosed, TimeoutError, RuntimeError) as error:
                self.now.wrong.append(f"{type(error).__name__}: {error}"[:200])
                await asyncio.sleep(1.0)

    async def visitor(self, rng: random.Random) -> None:
        """Come, move a few times, leave; sometimes in the middle of an answer."""
        pause = SLOW_SECONDS if rng.random() < SLOW else 0.0
        # A slow reader sees the answer to its own ping too late: without pings it keeps the connection.
        ping = None if pause else 20.0
        async with connect(self.address, origin=self.origin, max_size=2**24, ping_interval=ping) as line:
            await line.send(json.dumps({"method": "init", "data": {"link": None}}))
            for _ in range(rng.randint(1, 6)):
                chance = rng.random()
                if chance < TALKS_NONSENSE:
                    await self.nonsense(line, rng.choice(NONSENSE))
                    continue
                link = (
                    f"?system={rng.choice(SYSTEMS)}&a=cut:{rng.randint(1, 40) / 100:g},"
                    f"phase_in:{rng.randint(1, 16) / 2:g},signalling:{rng.randint(0, 1)}"
                )
                asked = time.perf_counter()
                await line.send(json.dumps({"method": "update", "data": {"link": link}}))
                if chance > 1.0 - LEAVES:
                    await asyncio.sleep(rng.random())
                    self.now.left += 1
                    return
                left = self.ends + LATE_SECONDS - time.monotonic()
                await asyncio.wait_for(first_answer(line, link, pause), min(LONGEST_SECONDS, left))
                answers = self.now.answers_slow if pause else self.now.answers
                answers.append(time.perf_counter() - asked)
                await asyncio.sleep(rng.uniform(*THINKING_SECONDS))
                if time.monotonic() > self.ends:
                    return

    async def nonsense(self, line, link: str) -> None:
        """Ask what must be refused; an answer is as wrong as silence."""
        await line.send(json.dumps({"method": "update", "data": {"link": link}}))
        try:
            await asyncio.wait_for(first_answer(line, link), 60.0)
        except RuntimeError:
            self.now.refused += 1
        else:
            self.now.wrong.append(f"answered: {link[:60]}")


@dataclass(frozen=True)
class Looked:
    """What the server held at one moment."""

    memory_mb: float
    files: int
    threads: int
    processes: int


def measured(server: subprocess.Popen) -> Looked:
    """Return what the server and its workers hold now."""
    alive = psutil.Process(server.pid)
    all_of_it = [alive, *alive.children(recursive=True)]
    return Looked(
        memory_mb(server),
        sum(each.num_fds() for each in all_of_it),
        sum(each.num_threads() for each in all_of_it),
        len(all_of_it),
    )


async def watch(server: subprocess.Popen, soak: Soak) -> None:
    """Look at the memory every few seconds, until cancelled."""
    alone = psutil.Process(server.pid)
    while True:
        since = time.monotonic() - soak.begun
        soak.memory.append((since, memory_mb(server), alone.memory_info().rss / 1e6))
        await asyncio.sleep(LOOK_SECONDS)


async def soaks(server: subprocess.Popen, soak: Soak, visitors: int) -> list[Looked]:
    """Let the visitors come, and look at the server every minute."""
    seats = asyncio.gather(*(soak.visitors(number) for number in range(visitors)))
    watching = asyncio.ensure_future(watch(server, soak))
    looked, killed = [measured(server)], False
    while not seats.done():
        if not killed and time.monotonic() > soak.begun + KILLED_AT * (soak.ends - soak.begun):
            max(psutil.Process(server.pid).children(), key=lambda each: each.memory_info().rss).kill()
            killed = True
        await asyncio.wait([asyncio.ensure_future(asyncio.sleep(60.0)), seats], return_when="FIRST_COMPLETED")
        looked.append(measured(server))
        met = soak.minutes[min(len(looked), len(soak.minutes)) - 2]  # the minute that is over
        print(
            f"minute {len(looked) - 1}: {looked[-1].memory_mb:.0f} MB, the server alone "
            f"{soak.memory[-1][2]:.0f}, {looked[-1].files} files, "
            f"{looked[-1].threads} threads; {len(met.answers) + len(met.answers_slow)} answers, "
            f"{met.refused} refused, "
            f"{len(met.wrong)} wrong",
            flush=True,
        )
    watching.cancel()
    await seats
    return looked


def _waits(seconds: list[float]) -> str:
    """Return how many there were, with median, 99% and longest."""
    if not seconds:
        return "none"
    most = np.quantile(seconds, 0.99)
    return (
        f"{len(seconds)}: median {statistics.median(seconds):.2f} s, 99% within {most:.1f} s, "
        f"longest {max(seconds):.1f} s"
    )


def rows_of(looked: list[Looked], soak: Soak) -> list[tuple[str, str]]:
    """Return what is reported of the soak, a row each."""
    met = soak.minutes
    warm, ends = int(WARM_AT * (len(met) - 1)), len(met) - 2  # in the last minute visitors leave
    steady = [each for each in soak.memory if 60.0 * warm <= each[0] <= 60.0 * ends]
    answers = [seconds for minute in met for seconds in minute.answers]
    slow = [seconds for minute in met for seconds in minute.answers_slow]
    wrong = [each for minute in met for each in minute.wrong]
    third = len(looked) // 3
    first, last = looked[third : 2 * third], looked[2 * third :]

    def grew(what: str) -> str:
        before, after = (statistics.median(getattr(each, what) for each in part) for part in (first, last))
        return f"{before:.0f} and {after:.0f}"

    return [
        ("first answers", _waits(answers)),
        ("first answers over a slow connection", _waits(slow)),
        ("left before their answer", str(sum(minute.left for minute in met))),
        ("nonsense refused with a sentence", str(sum(minute.refused for minute in met))),
        ("anything else than an answer or a refusal", f"{len(wrong)} {'; '.join(sorted(set(wrong)))[:300]}"),
        ("memory at the start", f"{looked[0].memory_mb:.0f} MB"),
        (
            f"growth of memory once warm, minute {warm} to {ends}",
            growth_of_memory([each[:2] for each in steady]),
        ),
        (
            "growth of the server alone, the same",
            growth_of_memory([(each[0], each[2]) for each in steady]),
        ),
        ("memory, median of the second and of the last third", f"{grew('memory_mb')} MB"),
        ("open files, the same", grew("files")),
        ("threads, the same", grew("threads")),
        ("processes, the same", grew("processes")),
    ]


def soaked(minutes: float, visitors: int) -> list[tuple[str, str]]:
    """Start a server, soak it and return what is told."""
    load = psutil.getloadavg()[0]
    with serving() as (server, port):
        soak = Soak(port, minutes)
        looked = asyncio.run(soaks(server, soak, visitors))
        held = server.poll() is None
    rows = [
        ("load of the machine before (processes that want a core)", f"{load:.1f}"),
        *rows_of(looked, soak),
        ("served to the end", "yes" if held else "no"),
    ]
    return [(f"{visitors} visitors: {what}", value) for what, value in rows]


def main(minutes: float = 30, *numbers: int, write: bool = False) -> None:
    """Soak once for each number of visitors, print, and write where asked."""
    if minutes < LEAST_MINUTES:
        raise SystemExit(
            f"minutes = {minutes:g}: too short to see memory grow; expected at least {LEAST_MINUTES}"
        )
    rows = [row for visitors in numbers or (20,) for row in soaked(minutes, visitors)]
    title = (
        f"{minutes:g} minutes; visitors come for one to six moves, a quarter of which they do not await; one "
        f"in ten has {TABS} tabs, and one in ten takes {SLOW_SECONDS:g} s for a message."
    )
    page = page_of("The dashboard for half an hour", "dashboard_soak", title, rows)
    print(page)
    if write:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    words = [each for each in sys.argv[1:] if each != "write"]
    main(*map(float, words[:1]), *map(int, words[1:]), write="write" in sys.argv)
