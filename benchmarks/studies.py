"""Measure studies: ``python -m benchmarks.studies all`` writes benchmarks/studies.md.

`local` and `dask` run the same thousand city runs, `opening` opens and adds up a study of ten thousand.
``--small`` runs everything at toy size, to see that it works; its figures mean nothing.
"""

import argparse
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

import psutil

from benchmarks.measure import ROOT, machine, seconds_of, table
from scenarios.runs.resources import compile_rules
from scenarios.studies.design import design_from
from scenarios.studies.engines import DaskEngine, Engine, LocalEngine
from scenarios.studies.plan import Plan
from scenarios.studies.results import query_study, state_of
from scenarios.studies.runner import run_study
from scenarios.studies.store import Folder

RESULTS = Path(__file__).resolve().parent / "studies.md"
STORED = ("monthly", "wijken")
COLUMNS = [
    "engine", "runs", "seconds", "runs/s", "cores busy", "overhead a run", "kB a run", "memory of a worker",
]  # fmt: skip
CITY = ["municipality=zaanstad", "window.start=2010-01", "window.end=2024-12"]
STREET = ["municipality=street", "window.warm_up_months=12", "window.start=2014-01", "window.end=2015-12"]
WORKERS = 2


def plan_of(small: bool) -> Plan:
    """A hundred landings by ten replications; runs of a replication branch off one initial state at the
    transition.
    """
    cuts = ",".join(f"{0.04 * step:.2f}" for step in range(10))
    levers = ["landing.years=0,1,2,3,4,5,6,7,8,10", f"landing.cut={cuts}"]
    if small:
        levers = ["landing.years=0,5", "landing.cut=0.1,0.3"]
    words = [*(STREET if small else CITY), "system=national_average", "policy=reference", *levers]
    return Plan(design_from(words), 10)


# Seconds of processor that all workers used until now, and the most memory one of them had, in MB.
Used = Callable[[], tuple[float, float]]


def measured(name: str, engine: Engine, plan: Plan, folder: Folder, workers: Used) -> list[str]:
    """Run a study and return its row of the table."""
    mine, theirs = processor_seconds(resource.RUSAGE_SELF), workers()[0]
    began = time.perf_counter()
    run_study(plan, folder, engine, STORED)
    seconds = time.perf_counter() - began
    runs = len(plan.design.points) * plan.replications
    used, memory = workers()
    busy = (used - theirs) / (WORKERS * seconds)
    own = (processor_seconds(resource.RUSAGE_SELF) - mine) / runs * 1000.0
    size = state_of(folder).megabytes * 1000.0 / runs
    row = [name, f"{runs:,}", f"{seconds:.1f}", f"{runs / seconds:.2f}", f"{busy:.0%}", f"{own:.1f} ms"]
    return [*row, f"{size:.1f}", f"{memory:,.0f} MB"]


def processor_seconds(who: int) -> float:
    """Return what this process, or those it has waited for, used."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def of_children() -> tuple[float, float]:
    """Return what the processes used that this one started and has waited for."""
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024.0
    return processor_seconds(resource.RUSAGE_CHILDREN), most


def of_processes(started: Sequence[subprocess.Popen]) -> tuple[float, float]:
    """Return what some processes and theirs use, their memory as it is now."""
    mothers = [psutil.Process(each.pid) for each in started]
    all_of_them = [*mothers, *(child for mother in mothers for child in mother.children(recursive=True))]
    times = [each.cpu_times() for each in all_of_them]
    memory = max(each.memory_info().rss for each in all_of_them) / 1024.0**2
    return sum(each.user + each.system for each in times), memory


@contextmanager
def cluster() -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """Give the address of a scheduler and its two workers of one thread, each a process on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}

    def start(*words: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]]
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    started = [start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")]
    started += [start("worker", address, "--nthreads", "1", "--no-dashboard") for _ in range(WORKERS)]
    try:
        yield address, started[1:]
    finally:
        for process in started:
            process.terminate()
            process.wait()


def local(small: bool) -> list[str]:
    """The embedded engine."""
    with tempfile.TemporaryDirectory() as folder:
        study = Folder(Path(folder) / "study")
        return measured("local", LocalEngine(WORKERS), plan_of(small), study, of_children)


def dask(small: bool) -> list[str]:
    """A cluster of two local workers; its start is not counted, as it serves many studies."""
    with tempfile.TemporaryDirectory() as folder, cluster() as (address, workers):
        engine = DaskEngine(address, 60.0)
        while engine.processes < WORKERS:
            engine.close()
            time.sleep(1.0)
            engine = DaskEngine(address, 60.0)
        study, used = Folder(Path(folder) / "study"), partial(of_processes, workers)
        row = measured("dask", engine, plan_of(small), study, used)
        engine.close()
    return row


def opening(small: bool) -> list[list[str]]:
    """Open a study of ten thousand runs and add up over it, in a fresh process each."""
    samples = 4 if small else 1000
    stretches = ["landing.years=interval(0,8)", "landing.cut=interval(0,0.4)"]
    words = [*STREET, "system=national_average", "policy=reference", *stretches]
    plan = Plan(design_from(words, "lhs", samples), 10)
    with tempfile.TemporaryDirectory() as root:
        folder = Folder(Path(root) / "study")
        run_study(plan, folder, LocalEngine(WORKERS), STORED)
        asked = {
            "mean net cost by length of the phase-in period": (
                'select round("landing.years") as phase_in, avg(net_cost) from runs group by 1 order by 1'
            ),
            "municipal cost by month over all runs": (
                "select month, avg(municipal_cost_eur), count(*) from monthly group by 1 order by 1"
            ),
        }
        rows = []
        for what, sql in asked.items():
            seconds = median(seconds_of(partial(query_study, folder, sql)) for _ in range(3))
            rows.append([what, f"{len(plan.design.points) * plan.replications:,}", f"{seconds:.2f}"])
    return rows


def main() -> int:
    """Measure what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=["local", "dask", "opening", "all"], default="all")
    parser.add_argument("--small", action="store_true")
    chosen = parser.parse_args()
    asked = ["local", "dask", "opening"] if "all" in chosen.what else list(chosen.what)
    compile_rules()
    rows = [{"local": local, "dask": dask}[each](chosen.small) for each in asked if each != "opening"]
    text = table("A thousand city runs", COLUMNS, rows, NOTE) if rows else ""
    if "opening" in asked:
        text += "\n" + table("Opening a study", ["asked", "runs", "seconds"], opening(chosen.small))
    print(text)
    if "all" in chosen.what and not chosen.small:
        head = f"# Benchmarks of studies\n\nMade by `python -m benchmarks.studies all`. {machine()}.\n"
        RESULTS.write_text(f"{head}\n{text}", encoding="utf-8")
    return 0


NOTE = (
    "Zaanstad, a hundred landings by ten replications; 120 months after an initial state of fifteen years "
    "that the runs of a replication share, monthly totals and yearly tables of wijken kept. Start of the "
    "processes and the initial states are included, that of the cluster is not. Overhead is what the process "
    "that gives out, takes back and writes uses itself."
)


if __name__ == "__main__":
    sys.exit(main())
