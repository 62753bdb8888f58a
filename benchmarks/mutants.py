"""Change rules one by one and see whether a test notices: ``nox -s mutants`` writes benchmarks/mutants.md.

The page has a section for every seed; a run writes that of its own seed.

Cosmic Ray makes the changed sources, the mutants. Each runs in a fork of this process, without the
compiler and with the tests that reach the changed line, quickest first, until one fails. No file is changed.
``--again`` tries those that survived last time, ``--resume`` what an interrupted run left, ``--probe`` asks
the probe, compiled, about what survives: some two minutes each.
"""

import argparse
import ast
import hashlib
import importlib
import importlib.abc
import importlib.util
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import coverage
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from benchmarks.first_use import processor_seconds
from benchmarks.measure import ROOT, machine

PAGE, STORED = ROOT / "benchmarks" / "mutants.md", ROOT / "build" / "mutants.json"
FOLDERS = ("agents", "simulation/processes")
# What compiles rules does nothing while the compiler is off.
LEFT_OUT = ("agents/compiled.py",)
AT_IMPORT = ""  # what coverage names lines that ran before the first test
BROKEN = 70  # exit code of a fork that did not come to an end
OURS = ("agents", "simulation", "scenarios", "tests")
# The file of tests with the pinned run.
PINNED = "reproducibility"
# Operators of one kind change into one another: a sum shifted by bits would fail in any test.
KINDS = (
    {"Add", "Sub", "Mul", "Div"},
    {"BitAnd", "BitOr", "BitXor"},
    {"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE"},
    {"Is", "IsNot"},
)
ONE_BY_ONE = (
    "AddNot", "ReplaceUnaryOperator_USub_UAdd", "ReplaceUnaryOperator_Delete_Not", "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak", "NumberReplacer", "ZeroIterationForLoop",
)  # fmt: skip
# Survivors that compute the same as the original, by file and changed line, with the reason.
EQUIVALENT = {
    (
        "simulation/processes/specialists.py",
        'least = p["least_waiting_months"] if kind == MENTAL_HEALTH else -1.0',
    ): "nobody has waited less than no month",
    (
        "simulation/processes/problems.py",
        "of_adults = has_begun(last[0], now[0]) | has_begun(last[1], now[1]) | has_begun(last[ 1], now[2])",
    ): "a problem of care never begins by a push; to look for beginnings in vain changes nothing",
    (
        "simulation/processes/problems.py",
        "of_adults = has_begun(last[0], now[ -1]) | has_begun(last[1], now[1]) | has_begun(last[2], now[2])",
    ): "a problem of money never begins by a push; to look for beginnings in vain changes nothing",
    (
        "simulation/processes/signals/noticing.py",
        "of_adults = max(max(others[ -1], others[1]), max(others[2], others[3])) + beside",
    ): "a higher bound sends more households to a check that decides the same",
    (
        "simulation/processes/teams/casework.py",
        "worst, most = - 0, np.float32(-1.0)",
    ): "no severity is below zero, so the first problem always takes its place",
    (
        "simulation/processes/informal_support.py",
        "if need <= 0.0 and tired == 0.0:",
    ): "no need is below zero",
    (
        "agents/national_government.py",
        "if phase_in_years == 0.0:",
    ): "no phase-in period is below zero",
    (
        "simulation/processes/signals/noticing.py",
        "is_worst = money >= of_adults, mind == of_adults, care >= of_adults, is_child",
    ): "it is compared with the largest, so none is above it",
    (
        "simulation/processes/signals/noticing.py",
        "as_shown = of_children / shown_more",
    ): "a higher bound sends more households to a check that decides the same",
    (
        "simulation/processes/signals/noticing.py",
        "gp_of_child = gp * max( 2.0, supply_for_children(p))",
    ): "a higher bound sends more households to a check that decides the same",
    (
        "simulation/processes/care/care_episodes.py",
        "freest, most = - 2, 0",
    ): "any number below zero stands for no provider",
    (
        "simulation/processes/crises.py",
        "if problem <= MONEY and is_settled(world, household, s_crisis):",
    ): "problems of money are the first",
    (
        "simulation/processes/teams/work.py",
        'if p["signals_group"] + hears * p["collective_share"] <= 0.0:',
    ): "where one of them is zero, the share that is answered is zero as well",
    (
        "agents/mesa_adapter/array_set.py",
        "[list(each) for each in zip(*columns, strict=False)] if columns else [[] for _ in self._rows]",
    ): "every column has a value for each row",
    (
        "simulation/processes/event_tape.py",
        "return all(each == hazards[ -1] for each in hazards)",
    ): "all are alike or not, whichever they are compared with",
}

# Arrays of one record, whose first is their last: taking the other computes the same, so it is not drawn.
ONE_RECORD = re.compile(r"(world\.(?:p|municipality))\[ -1\]")


@dataclass(frozen=True)
class Mutant:
    """One change of one file."""

    file: str
    line: int
    was: str
    became: str
    source: str

    @property
    def key(self) -> str:
        """The change in words: what a stored outcome is found by."""
        digest = hashlib.sha256(self.source.encode()).hexdigest()[:8]
        return f"{self.file}: {self.was} -> {self.became} ({digest})"

    @property
    def same_because(self) -> str | None:
        """Why it computes the same as the original; None if it does not, as far as is known."""
        return EQUIVALENT.get((self.file, self.became))


# Which changes.


def changes_of_operators() -> list[list[str]]:
    """Return the names of Cosmic Ray's operators; those in one list change the same places."""
    names = {name.split("/")[1]: name for name in operator_names()}
    groups: dict[str, list[str]] = {}
    for short, name in names.items():
        kind, _, pair = short.partition("Operator_")
        old, _, new = pair.partition("_")
        if short in ONE_BY_ONE:
            groups[short] = [name]
        elif kind in ("ReplaceBinary", "ReplaceComparison") and any({old, new} <= each for each in KINDS):
            groups.setdefault(f"{kind} {old}", []).append(name)
    return list(groups.values())


def lines_of_rules(source: str) -> set[int]:
    """Return the numbers of lines inside functions: the others hold values and types, but no rule."""
    functions = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef)]
    return {line for each in functions for line in range(each.body[0].lineno, each.body[-1].end_lineno + 1)}


def places(source: str) -> list[tuple[list[str], int]]:
    """Return the operators of Cosmic Ray that can change a source, and at which of their places."""
    inside, nodes = lines_of_rules(source), list(ast_nodes(get_ast(source)))
    found = []
    for names in changes_of_operators():
        operator = get_operator(names[0])()
        starts = [start for node in nodes for start, _ in operator.mutation_positions(node)]
        found += [(names, number) for number, (line, _) in enumerate(starts) if line in inside]
    return found


def mutant_of(file: str, source: str, operator: str, number: int) -> Mutant:
    """Return a file with one change."""
    changed = mutate_code(source, get_operator(operator)(), number)
    pairs = zip(source.splitlines(), changed.splitlines(), strict=True)
    line, (was, became) = next((at, pair) for at, pair in enumerate(pairs, start=1) if pair[0] != pair[1])
    return Mutant(file, line, was.strip(), became.strip(), changed)


def sample(wanted: int, seed: int) -> list[Mutant]:
    """Draw changes: from every file by the number of its places, one at least, none of `ONE_RECORD`."""
    draws, files = random.Random(seed), {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            file = path.relative_to(ROOT).as_posix()
            if file not in LEFT_OUT and (found := places(path.read_text(encoding="utf-8"))):
                files[file] = found
    total = sum(map(len, files.values()))
    drawn = []
    for file, found in files.items():
        source = (ROOT / file).read_text(encoding="utf-8")
        for names, number in draws.sample(found, max(1, round(wanted * len(found) / total))):
            drawn.append(mutant_of(file, source, draws.choice(names), number))
    return [each for each in drawn if ONE_RECORD.sub(r"\1[0]", each.became) != each.was]


# Which tests reach a line.


class Timer:
    """A plugin of pytest: counts the lines of each test under its name, and its seconds of processor."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Time one test, with its fixtures."""
        coverage.Coverage.current().switch_context(item.nodeid)
        began = time.process_time()
        done = yield
        self.seconds[item.nodeid] = time.process_time() - began
        return done


class FailureNote:
    """A plugin of pytest: writes down which test failed."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write the name of a test that failed."""
        if report.failed:
            self.place.write_text(report.nodeid, encoding="utf-8")


def files_of_tests() -> list[str]:
    """Return the files with tests that run with uncompiled rules."""
    named = importlib.import_module("tests.conftest").UNCOMPILED
    return [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if path.stem.removeprefix("test_") in named or "@pytest.mark.uncompiled" in path.read_text("utf-8")
    ]


def measure(file: str, stored: Path) -> int:
    """Run the tests of a file; store the seconds of each and the lines that it reaches."""
    counter, timer = coverage.Coverage(data_file=None, source=list(FOLDERS)), Timer()
    with counter.collect():
        code = run_tests(["-m", "uncompiled", file], timer)
    lines: dict[str, dict[str, list[int]]] = {name: {} for name in (AT_IMPORT, *timer.seconds)}
    for path in counter.get_data().measured_files():
        for line, names in counter.get_data().contexts_by_lineno(path).items():
            for name in names:
                lines[name].setdefault(Path(path).relative_to(ROOT).as_posix(), []).append(line)
    at_import = lines.pop(AT_IMPORT)
    tests = {name: {"seconds": seconds, "lines": lines[name]} for name, seconds in timer.seconds.items()}
    stored.write_text(json.dumps({"tests": tests, "at_import": at_import}), encoding="utf-8")
    return code


def tests_by_file(files: list[str], stored: dict) -> dict[str, dict]:
    """Return the tests of each file with what they reach; only what changed is run."""
    sources = [path for folder in ("agents", "simulation") for path in sorted((ROOT / folder).rglob("*.py"))]
    common = b"".join(path.read_bytes() for path in sources)
    known, part = stored["tests"], STORED.with_suffix(".part")
    for file in files:
        digest = hashlib.sha256(common + (ROOT / file).read_bytes()).hexdigest()[:12]
        if known.get(file, {}).get("digest") != digest:
            if in_fork(lambda file=file: measure(file, part)) != 0:
                raise SystemExit(f"{file} fails without any change; see `nox -s coverage`")
            known[file] = {"digest": digest} | json.loads(part.read_text(encoding="utf-8"))
            part.unlink()
            STORED.write_text(json.dumps(stored), encoding="utf-8")
            seconds = sum(each["seconds"] for each in known[file]["tests"].values())
            print(f"{file}: {len(known[file]['tests'])} tests, {seconds:.1f} s", flush=True)
    return {file: known[file] for file in files}


@cache
def statements(file: str) -> list[tuple[int, int]]:
    """Return first and last line of every statement of a file; of one that holds others, of its head.

    Python counts no line for a `break` or `continue`: it is reached with what precedes it.
    """
    found = []
    for holder in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        blocks = [block for _, block in ast.iter_fields(holder) if isinstance(block, list)]
        for block in blocks:
            before = holder
            for each in (each for each in block if isinstance(each, ast.stmt)):
                jumps = isinstance(each, ast.Break | ast.Continue)
                last = each.body[0].lineno - 1 if hasattr(each, "body") else each.end_lineno
                found.append((before.lineno if jumps else each.lineno, last))
                before = each
    return found


def tests_of(mutant: Mutant, by_file: dict[str, dict], most_seconds: float) -> dict[str, float]:
    """Return the tests that reach a mutant's statement, quickest first, with their seconds.

    The pinned run is among them, however many quicker tests there are. What runs at import, before any test,
    is left to the tests that reach its file.
    """
    around = [span for span in statements(mutant.file) if span[0] <= mutant.line <= span[1]]
    first, last = max(around, default=(mutant.line, mutant.line))
    found, of_file = {}, {}
    for measured in by_file.values():
        for name, each in measured["tests"].items():
            lines = each["lines"].get(mutant.file, ())
            of_file |= {name: each["seconds"]} if lines else {}
            found |= {name: each["seconds"]} if any(first <= line <= last for line in lines) else {}
    at_import = {line for each in by_file.values() for line in each["at_import"].get(mutant.file, ())}
    if not found and at_import.intersection(range(first, last + 1)):
        found = of_file
    chosen = {name: seconds for name, seconds in found.items() if f"test_{PINNED}.py" in name}
    left = most_seconds - sum(chosen.values())
    for name, seconds in sorted(found.items(), key=lambda each: each[1]):
        if name not in chosen and (left := left - seconds) > 0.0:
            chosen[name] = seconds
    return dict(sorted(chosen.items(), key=lambda each: each[1]))


# One mutant.


class Changed(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Gives a module its changed source, which is on no disk."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant, self.path = mutant, str(ROOT / mutant.file)
        self.name = mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def find_spec(self, name, path=None, target=None):
        """Return how to load the module that is changed, None for every other one."""
        return (
            importlib.util.spec_from_file_location(name, self.path, loader=self)
            if name == self.name
            else None
        )

    def get_source(self, name):
        """Return the changed source."""
        return self.mutant.source

    def get_code(self, name):
        """Return the changed source compiled, under the name of its file."""
        return compile(self.mutant.source, self.path, "exec", dont_inherit=True)


def run_tests(words: list[str], *plugins: object) -> int:
    """Run tests in this process without a word; return the exit code of pytest."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    return int(pytest.main(["-q", "-p", "no:cacheprovider", *words], plugins=plugins))


def in_fork(work: Callable[[], int]) -> int:
    """Do some work in a fork of this process; return its exit code, negative for a signal."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = BROKEN
        try:
            code = work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killer_of(mutant: Mutant, tests: dict[str, float]) -> str:
    """Return the test that fails with a mutant in the place of the original, "" if none does.

    Tests that take ten times their processor time have failed too.
    """
    failed = STORED.with_suffix(".failed")
    failed.write_text("its import, or the time it took", encoding="utf-8")

    def tried() -> int:
        most = int(10.0 + 10.0 * sum(tests.values()))
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        changed = Changed(mutant)
        sys.meta_path.insert(0, changed)
        try:
            for name in (changed.name, "tests.conftest"):
                importlib.import_module(name)
        except Exception:
            return pytest.ExitCode.TESTS_FAILED
        return run_tests(["-x", *tests], FailureNote(failed))

    code = in_fork(tried) if tests else 0
    if code in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED, BROKEN):
        raise SystemExit(f"tests ended with exit code {code} for {mutant.key}")
    return failed.read_text(encoding="utf-8") if code != 0 else ""


# The folders that the probe takes.
OF_THE_PROBE = ("agents", "conf", "data", "results/reference", "scenarios", "simulation")


def is_noticed_by_probe(mutant: Mutant) -> bool:
    """Return whether the probe, compiled and in a copy of the project, gives other figures, or fails."""
    with tempfile.TemporaryDirectory(prefix="mutant_") as name:
        place = Path(name)
        for folder in OF_THE_PROBE:
            shutil.copytree(ROOT / folder, place / folder, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", place)
        (place / "docs").mkdir()
        (place / mutant.file).write_text(mutant.source, encoding="utf-8")
        there = {"PYTHONPATH": name, "XDG_CACHE_HOME": str(place / "cache"), "NUMBA_DISABLE_JIT": "0"}
        command = [sys.executable, "-m", "scenarios.reproducibility.probe", "check"]
        run = subprocess.run(command, cwd=place, env={**os.environ, **there}, capture_output=True)
    return run.returncode != 0


# The page.


INTRODUCTION = """\
# Mutants: changed rules, and whether a test notices

Made by `nox -s mutants`, a section for each seed: a seed draws a sample of changes. Tests written for the
survivors of a sample raise its score; a sample that no test was written for tells how good the tests are.
"""


def section(drawn: int, killers: dict[Mutant, str], reached: set[str], probed: dict[str, bool]) -> str:
    """Return what was tried with one seed and what survived, without its heading.

    Parameters
    ----------
    drawn : int
        Mutants in the sample.
    killers : dict of Mutant to str
        The mutants tried, each with the test that failed, "" for a survivor.
    reached : set of str
        Keys of the mutants that a test reaches.
    probed : dict of str to bool
        Of survivors that the probe ran with, by key, whether it noticed them.
    """
    mutants, survivors = list(killers), [each for each, test in killers.items() if not test]
    pinned = sum(f"test_{PINNED}.py" in test for test in killers.values())
    same = [each for each in survivors if each.same_because]
    killed, counted = len(mutants) - len(survivors), len(mutants) - len(same)
    lines = [
        f"{machine()}.", "",
        f"{drawn} changes were drawn from `agents` and `simulation/processes`, and {len(mutants)} tried. "
        f"Tests noticed {killed} ({killed / len(mutants):.0%}). Survivors that compute the same as "
        f"the original: {len(same)}. Of the other {counted} changes tests noticed {killed / counted:.0%}. "
        f"The pinned runs were the first to notice {pinned}; slower tests were then not asked."
        + told_of_probe(probed, killed, counted), "",
        "| file | tried | killed | survived |", "| --- | --- | --- | --- |",
    ]  # fmt: skip
    for file in sorted({each.file for each in mutants}):
        tried, left = (sum(each.file == file for each in some) for some in (mutants, survivors))
        lines.append(f"| `{file}` | {tried} | {tried - left} | {left} |")
    lines += ["", "### Survivors", "", "| where | original | changed | |", "| --- | --- | --- | --- |"]
    for each in survivors:
        word = "not equivalent" if each.key in reached else "not equivalent; no test reaches it"
        word += "; the probe notices it" if probed.get(each.key) else ""
        if each in same:
            word = f"equivalent: {each.same_because}"
        was, became = (text.replace("|", "\\|") for text in (each.was, each.became))
        lines.append(f"| `{each.file}`, line {each.line} | `{was}` | `{became}` | {word} |")
    return "\n".join(lines)


def told_of_probe(probed: dict[str, bool], killed: int, counted: int) -> str:
    """Return a sentence about what the probe noticed of the survivors that are not the same; or nothing."""
    if not probed:
        return ""
    more = sum(probed.values())
    return (
        f" The probe, which has to run again after every change of these folders, was asked about "
        f"{len(probed)} survivors and noticed {more}: with it {(killed + more) / counted:.0%}."
    )


def page(seed: int, found: str, before: str) -> str:
    """Return the page with the section of a seed; those of other seeds are as they were.

    Examples
    --------
    >>> once = page(2, "first", "")
    >>> twice = page(1, "other", page(2, "second", once))
    >>> print(twice.removeprefix(INTRODUCTION).strip())
    ## Seed 1
    <BLANKLINE>
    other
    <BLANKLINE>
    ## Seed 2
    <BLANKLINE>
    second
    """
    others = re.findall(r"^## Seed (\d+)\n(.*?)(?=^## Seed |\Z)", before, flags=re.M | re.S)
    sections = {int(number): text.strip() for number, text in others} | {seed: found}
    return INTRODUCTION + "".join(f"\n## Seed {each}\n\n{sections[each]}\n" for each in sorted(sections))


def ask_probe(survivors: list[Mutant], stored: dict) -> None:
    """Ask the probe about survivors, but for those that it was asked about before; store what it said."""
    known = stored.setdefault("probed", {})
    with suppress(KeyboardInterrupt):
        for each in survivors:
            if each.key not in known:
                known[each.key] = is_noticed_by_probe(each)
                STORED.write_text(json.dumps(stored), encoding="utf-8")
                print(f"{each.key}\n    the probe: {known[each.key]}", flush=True)


def main() -> int:
    """Try a sample of mutants and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    parser.add_argument("--mutants", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="processor time of tests for a mutant, at most"
    )
    parser.add_argument("--again", action="store_true", help="try only those that survived last time")
    parser.add_argument("--probe", action="store_true", help="ask the probe too about what survives")
    parser.add_argument("--resume", action="store_true", help="go on where the last run was interrupted")
    chosen = parser.parse_args()
    if os.environ.get("NUMBA_DISABLE_JIT") != "1":
        parser.error(
            "expected the environment variable NUMBA_DISABLE_JIT=1: compiling takes a minute a mutant"
        )
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    files = files_of_tests()
    # Forks find every library loaded, and load ours themselves.
    for name in [name for name in sys.modules if name.split(".")[0] in OURS]:
        del sys.modules[name]

    STORED.parent.mkdir(exist_ok=True)
    stored = (
        json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {"tests": {}, "killed": {}}
    )
    by_file = tests_by_file(files, stored)
    mutants = sample(chosen.mutants, chosen.seed)
    random.Random(chosen.seed).shuffle(mutants)  # so that what is tried first is of all files
    if not chosen.resume:
        stored["killed"] = {key: test for key, test in stored["killed"].items() if test and chosen.again}
    tests = {mutant.key: tests_of(mutant, by_file, chosen.seconds) for mutant in mutants}
    with suppress(KeyboardInterrupt):  # the page then has what was tried so far
        for mutant in [each for each in mutants if each.key not in stored["killed"]]:
            began = processor_seconds()
            stored["killed"][mutant.key] = killer_of(mutant, tests[mutant.key])
            STORED.write_text(json.dumps(stored), encoding="utf-8")
            word, used = stored["killed"][mutant.key] or "survived", processor_seconds() - began
            print(f"{mutant.key}\n    {word} ({len(tests[mutant.key])} tests, {used:.1f} s)", flush=True)
    tried = [each for each in mutants if each.key in stored["killed"]]
    killers = {each: stored["killed"][each.key] for each in tried}
    reached = {key for key, reaching in tests.items() if reaching}
    if chosen.probe:
        ask_probe([each for each in tried if not killers[each] and not each.same_because], stored)
    probed = {each.key: stored["probed"][each.key] for each in tried if each.key in stored.get("probed", {})}
    found = section(len(mutants), killers, reached, probed)
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(page(chosen.seed, found, before), encoding="utf-8")
    print(f"{sum(map(bool, killers.values()))} of {len(killers)} killed; see {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
