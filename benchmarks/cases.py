"""What is measured: one function per table."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from agents.household_parameters import HouseholdParameters
from agents.mesa_adapter.model_mixin import release
from benchmarks.measure import in_process, interleaved, seconds_of, seconds_to_line, table
from benchmarks.plain_twin import TwinModel
from simulation.model import Model
from simulation.parameters import Parameters, changed
from simulation.population.municipality_profile import load_profile

WARM_UP = 120
LIFE_EVENTS = (
    "separation_per_year",
    "partnering_per_year",
    "birth_per_year",
    "moving_per_year",
    "death_at_80_per_year",
    "long_term_care_per_year",
    "dispute_per_year",
    "shock_per_wijk_year",
)
COLUMNS = ["what", "households", "months", "seconds", "million household-months/s", "going on"]

COUNTRY_HOUSEHOLDS = 8_400_000  # at the end: what the mark names
LAST_YEAR = 2019  # of the country as one body: ten years through the transition


@dataclass
class Size:
    """How large the cases are, how often they are repeated, and who runs the peer."""

    small: bool
    repeats: int
    peer_python: str = sys.executable

    def pick(self, full: int, small: int) -> int:
        """Return the full size or the toy one."""
        return small if self.small else full


def model_of(
    slug: str, households: int | None = None, parameters: Parameters | None = None, **kind: Any
) -> Model:
    """Return a municipality that records its months without details."""
    model = Model(parameters or Parameters(), load_profile(slug, households=households), **kind)
    model.recorder.stored = ()
    return model


def going_on(model: Model, months: int) -> float:
    """Return the mean share of households with something going on over the last months."""
    column = model.recorder.column("households_with_something_going_on")
    done = model.month - model.start_month
    return float(column[done - months : done].mean() / len(model.world.households))


def timed(model: Model, months: int) -> float:
    """Run some months of a copy and return the seconds; the model itself stays where it is."""
    copy = model.copy()
    seconds = seconds_of(lambda: copy.run_until(copy.month + months))
    release(copy, dismantle=True)
    return seconds


def row(what: str, households: int, months: int, seconds: float, share: float) -> list[str]:
    """Return one row of COLUMNS."""
    speed = households * months / seconds / 1e6
    return [what, f"{households:,}", str(months), f"{seconds:.3f}", f"{speed:.3g}", f"{share:.1%}"]


def warmed(model: Model, months: int) -> Model:
    """Run the warm-up."""
    return model.run_until(model.start_month + months)


def shared(model: Model, months: int) -> float:
    """Return the share going on over the coming months, without touching the model."""
    copy = model.copy().run_until(model.month + months)
    share = going_on(copy, months)
    release(copy, dismantle=True)
    return share


def core(size: Size) -> str:
    """Full model, one core: Zaanstad, 240 months after the warm-up."""
    months, warm_up = size.pick(240, 12), size.pick(WARM_UP, 12)
    model = model_of("street" if size.small else "zaanstad")
    cold = seconds_of(lambda: model.run_until(model.start_month + 2))
    warming = seconds_of(lambda: warmed(model, warm_up))
    households, share = len(model.world.households), shared(model, months)
    seconds = interleaved({"core": lambda: timed(model, months)}, size.repeats)["core"]
    active_ns = seconds * 1e9 / (households * months * share)
    note = (
        f"{active_ns:.0f} ns per household-month with something going on. Stated apart: first two months, "
        f"loading compiled loops included, {cold:.2f} s; the rest of the {warm_up} warm-up months "
        f"{warming:.2f} s (warm-up months hold fewer households with something going on)."
    )
    return table("Core speed", COLUMNS, [row("full model", households, months, seconds, share)], note)


def twin(size: Size) -> str:
    """Against the plain-Mesa twin, on the same 10,000 households, from the same state."""
    many, ours, theirs = size.pick(10_000, 300), size.pick(60, 6), size.pick(12, 2)
    model = warmed(model_of("average", many), size.pick(180, 60))
    twins: list[TwinModel] = []

    def one_twin() -> float:
        twins.append(TwinModel(model))
        seconds = seconds_of(lambda: [twins[-1].step() for _ in range(theirs)])
        release(twins[-1])
        return seconds

    found = interleaved({"ours": lambda: timed(model, ours), "twin": one_twin}, size.repeats)
    households = len(model.world.households)
    ratio = (found["twin"] / theirs) / (found["ours"] / ours)
    rows = [
        row("ours", households, ours, found["ours"], shared(model, ours)),
        row("plain-Mesa twin", households, theirs, found["twin"], twins[-1].share_going_on),
    ]
    return table("Against a plain-Mesa twin", COLUMNS, rows, f"Ours is {ratio:.0f} times faster.")


def starsim(size: Size) -> str:
    """Against a minimal household model in Starsim, of the same size: a town, a city, a province.

    A town's run takes a twentieth of a second, which anything upsets: it is repeated three times as often.
    """
    full = [("average", 10_000, 120, 3), ("zaanstad", None, 120, 1), ("average", 1_000_000, 24, 1)]
    rows, ratios = [], []
    try:
        for slug, households, months, as_often in [("street", None, 6, 1)] if size.small else full:
            of_size = replace(size, repeats=as_often * size.repeats)
            case, ratio = _beside_starsim(of_size, slug, households, months)
            rows += case
            ratios.append(f"{ratio:.1f}")
    except RuntimeError as error:
        return f"## Against Starsim\n\nNot measured: {error}. Install it with `pip install starsim`.\n"
    note = f"Ours is {', '.join(ratios)} times faster, size by size, and does more."
    return table("Against Starsim", COLUMNS, rows, note)


def _beside_starsim(size: Size, slug: str, many: int | None, months: int) -> tuple[list[list[str]], float]:
    """Return the rows of one size, and how many times ours is faster."""
    warm_up = size.pick(WARM_UP, 6)
    model = warmed(model_of(slug, many), warm_up)
    households = len(model.world.households)
    peer: dict[str, Any] = {}
    words = [f"--households={households}", f"--months={months}", f"--warm-up={warm_up}"]

    def one_peer() -> float:
        printed = in_process(["-m", "benchmarks.starsim_peer", *words], size.peer_python)
        peer.update(json.loads(printed.strip().splitlines()[-1]))
        return float(peer["seconds"])

    found = interleaved({"peer": one_peer, "ours": lambda: timed(model, months)}, size.repeats)
    rows = [
        row("ours", households, months, found["ours"], shared(model, months)),
        row(f"Starsim {peer['version']}", households, months, found["peer"], peer["share_going_on"]),
    ]
    release(model, dismantle=True)
    return rows, found["peer"] / found["ours"]


def objects(size: Size) -> str:
    """The project's own object path against the twin, on the same households."""
    many, months = size.pick(10_000, 200), size.pick(2, 1)
    model = warmed(model_of("average", many), size.pick(180, 24))

    def by_objects() -> float:
        copy = model.copy()
        copy.by_objects = True
        seconds = seconds_of(lambda: copy.run_until(copy.month + months))
        release(copy, dismantle=True)
        return seconds

    def one_twin() -> float:
        made = TwinModel(model)
        seconds = seconds_of(lambda: [made.step() for _ in range(months)])
        release(made)
        return seconds

    by_objects()  # the loops for one agent are compiled, or loaded, before anything is timed
    found = interleaved({"objects": by_objects, "twin": one_twin}, size.repeats)
    households, share = len(model.world.households), shared(model, months)
    rows = [
        row("ours, object by object", households, months, found["objects"], share),
        row("plain-Mesa twin", households, months, found["twin"], share),
    ]
    note = f"The object path takes {found['objects'] / found['twin']:.2f} times as long as the twin."
    return table("The object path", COLUMNS, rows, note)


def growth(size: Size) -> str:
    """Each doubling from 10,000 to 1 million households."""
    first, doublings = size.pick(10_000, 200), size.pick(7, 2)
    months, warm_up = size.pick(24, 3), size.pick(60, 3)
    models = {}
    for doubling in range(doublings + 1):
        many = min(first << doubling, 1_000_000)
        models[many] = warmed(model_of("average", many, start_month=0, end_month=119), warm_up)

    def work(model: Model) -> Callable[[], float]:
        return lambda: timed(model, months)

    found = interleaved({str(many): work(model) for many, model in models.items()}, size.repeats)
    rows, before = [], 0.0
    for many, model in models.items():
        seconds = found[str(many)]
        ratio = f"{seconds / before:.2f}" if before else ""
        rows.append([*row("", len(model.world.households), months, seconds, going_on(model, 3))[1:], ratio])
        before = seconds
    return table("Growth", [*COLUMNS[1:], "times the row above"], rows)


def quiet(size: Size) -> str:
    """A population in which nothing happens."""
    off: dict[str, Any] = {
        "household.incidence_per_year": [0.0] * len(HouseholdParameters().incidence_per_year)
    }
    off |= {f"household.{each}": 0.0 for each in LIFE_EVENTS}
    many, months = size.pick(1_000_000, 500), size.pick(120, 12)
    model = warmed(model_of("average", many, changed(Parameters(), off)), size.pick(36, 12))
    seconds = interleaved({"quiet": lambda: timed(model, months)}, size.repeats)["quiet"]
    households = len(model.world.households)
    note = f"{seconds * 1e9 / (households * months):.2f} ns per household-month."
    rows = [row("nothing happens", households, months, seconds, going_on(model, 1))]
    return table("A quiet population", COLUMNS, rows, note)


def country(size: Size) -> str:
    """The country as one body: one process, two threads of half the households with a seed each."""
    months = size.pick(120, 6)
    half = size.pick(COUNTRY_HOUSEHOLDS // 2, 1000)
    began = time.perf_counter()
    printed = in_process(["-m", "benchmarks.country", f"--households={half}", f"--months={months}"])
    total = time.perf_counter() - began
    found: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    note = (
        "One process, two threads, one core each; each runs half the country's households as one "
        f"municipality with its own seed, and records the month without details. From start to end, imports "
        f"and population included, {total:.1f} s; peak memory {found['memory_mb']:,.0f} MB. No warm-up: the "
        "run starts from a population without any activity, so the share going on is a mean over the years "
        "in which it "
        "fills."
    )
    rows = [row("the country", found["households"], months, found["seconds"], found["share"])]
    return table("The country as one body", COLUMNS, rows, note)


def main_job(size: Size) -> str:
    """The main job in a fresh process with warm caches: its first replication's curve on the screen, and
    its end.
    """
    settings = ["municipality=street", "replication.count=2"] if size.small else []
    found = []
    try:
        in_process(["-c", "from scenarios.runs.resources import compile_rules; compile_rules()"])
        for _ in range(min(3, size.repeats)):
            with tempfile.TemporaryDirectory() as folder:
                command = ["-m", "scenarios.cli", "run", f"output.folder={folder}", *settings]
                found.append(seconds_to_line("First of ", command))
    except RuntimeError as error:
        return f"## The main job\n\nNot measured: {error}.\n"
    curve, whole = (median(each) for each in zip(*found, strict=True))
    rows = [
        ["first replication's curve on the screen", f"{curve:.1f}"],
        ["the main job to the prompt", f"{whole:.1f}"],
    ]
    return table("The main job", ["what", "seconds from the command"], rows)


def compiling(size: Size) -> str:
    """Compiling in an empty cache folder as a first command does, the same with warm caches, and imports."""
    run = "from benchmarks.cases import model_of; m = model_of('street'); m.run_until(m.start_month + 13)"
    run = f"from scenarios.runs.resources import compile_rules; compile_rules(); {run}"
    with tempfile.TemporaryDirectory() as folder:
        cold = seconds_of(lambda: in_process(["-c", run], NUMBA_CACHE_DIR=folder))
        warm = seconds_of(lambda: in_process(["-c", run], NUMBA_CACHE_DIR=folder))
    what = "rules compiled as a first command does, then a street, 13 months"
    rows = [[f"{what}: empty cache folder", f"{cold:.1f}"], [f"{what}: warm caches", f"{warm:.1f}"]]
    for name in ("simulation.model", "scenarios.cli"):
        seconds = interleaved({name: lambda name=name: _imports(name)}, size.repeats)[name]
        rows.append([f"import {name}", f"{seconds:.2f}"])
    return table("Compiling and importing", ["what", "seconds in a fresh process"], rows)


def _imports(name: str) -> float:
    return seconds_of(lambda: in_process(["-c", f"import {name}"]))
