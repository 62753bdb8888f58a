"""What a machine can do to a command: nothing is corrupt, it resumes, and one sentence tells."""

import contextlib
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from scenarios import cli
from scenarios.apps.explorer.publish import names as names_of_site
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import write_atomically
from scenarios.runs import resources
from scenarios.studies import results, store
from scenarios.studies.store import BEAT_SECONDS, STALE_SECONDS, Folder
from simulation.outcomes.municipalities import COUNTRY_TABLES
from simulation.recording import new_folder
from simulation.recording.new_folder import NewFolder
from simulation.recording.store import RunWriter, open_run
from tests.synthetic_run import tables, write_run

ROOT = Path(__file__).resolve().parents[2]
KILLS = 50  # of each command
SHORT = ["municipality=street", "window.start=2014-10", "window.end=2015-12", "window.warm_up_months=9",
         "output.figures=false", "replication.draws=fixed"]  # fmt: skip
COMMAND = [sys.executable, "-m", "scenarios.cli"]


def started(words, folder, **options):
    """Start a command in a folder, as a leader of processes that are killed with it."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("variables", {})}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    return subprocess.Popen(words, cwd=folder, env=variables, start_new_session=True, **(streams | options))


def answer(words, folder, **options):
    """Return exit code, output and errors of a command."""
    process = started(words, folder, **options)
    out, err = process.communicate(timeout=1_800)
    return process.returncode, out or b"", err or b""


# Run folders.

FIVE_AT_ONCE = """
import sys
from pathlib import Path
from simulation.recording.new_folder import NewFolder
print("ready", flush=True)
sys.stdin.readline()
for turn in range(100):
    new = NewFolder(Path(sys.argv[1]) / f"run {turn}", numbered=True)
    new.make()
    (new.hidden / "who").write_text(f"{sys.argv[2]} {turn}")
    new.finish()
"""


def test_five_runs_at_once_a_hundred_times_lose_nothing(tmp_path):
    several = [
        started([sys.executable, "-c", FIVE_AT_ONCE, str(tmp_path), str(number)], ROOT, stdin=subprocess.PIPE)
        for number in range(5)
    ]
    for each in several:
        assert each.stdout.readline() == b"ready\n"
    for each in several:
        each.stdin.write(b"go\n")
        each.stdin.close()
    assert [each.wait(120) for each in several] == [0] * 5
    for each in several:
        each.stdout.close()
        each.stderr.close()
    written = sorted((path / "who").read_text() for path in tmp_path.iterdir())
    assert written == sorted(f"{number} {turn}" for number in range(5) for turn in range(100))


@pytest.fixture
def clock_set_back(monkeypatch):
    """Return what sets the clock back by an hour, as a process that starts then sees it."""

    def sets():
        booted, began = psutil.boot_time, psutil.Process.create_time
        monkeypatch.setattr(psutil, "boot_time", lambda: booted() - 3600.0)
        monkeypatch.setattr(psutil.Process, "create_time", lambda self: began(self) - 3600.0)

    return sets


def test_a_clock_that_is_set_back_lets_nobody_remove_what_somebody_alive_fills(tmp_path, clock_set_back):
    new = NewFolder(tmp_path / "run")
    new.make()
    clock_set_back()
    NewFolder(tmp_path / "other").make()
    assert new.hidden.is_dir()


def test_a_container_of_the_same_name_lets_what_another_fills_alone(tmp_path, monkeypatch):
    new = NewFolder(tmp_path / "run")
    new.make()
    new_folder._machine.cache_clear()
    monkeypatch.setattr(new_folder.os, "readlink", lambda _: "pid:[7]")
    try:
        filled = new.hidden.rename(re.sub(r"\.\d+-", ".4194303-", str(new.hidden), count=1))
        NewFolder(tmp_path / "other").make()
        assert filled.is_dir()
    finally:
        new_folder._machine.cache_clear()


def test_a_claim_from_before_the_clock_was_set_back_is_nobodys(tmp_path):
    folder = Folder(tmp_path / "study")
    folder.begin({"study_version": 1})
    assert folder.claim("a")
    os.utime(folder.claims / "a", (time.time() + 3600.0,) * 2)
    assert folder.claim("a")
    os.utime(folder.claims / "a", (time.time() - BEAT_SECONDS,) * 2)
    assert not folder.claim("a") and BEAT_SECONDS < STALE_SECONDS


def written_by_another(folder, task):
    """Replace a claim by one of a process of another machine; return what it holds."""
    mine = json.loads((folder.claims / task).read_text(encoding="utf-8"))
    (folder.claims / task).write_text(json.dumps(mine | {"machine": "another"}), encoding="utf-8")
    return (folder.claims / task).read_bytes()


def test_of_two_that_find_a_claim_stale_the_second_leaves_the_first_its_new_one(tmp_path, monkeypatch):
    folder = Folder(tmp_path / "study")
    folder.begin({"study_version": 1})
    assert folder.claim("a")
    renewed, is_stale = [], store._is_stale

    def stale_until_the_first_renews_it(path):
        if renewed:
            return is_stale(path)
        renewed.append(written_by_another(folder, "a"))
        return True

    monkeypatch.setattr(store, "_is_stale", stale_until_the_first_renews_it)
    assert not folder.claim("a")
    assert [each.read_bytes() for each in folder.claims.iterdir()] == renewed


def test_a_claim_that_another_process_took_over_is_neither_touched_nor_released(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "BEAT_SECONDS", 0.01)
    folder = Folder(tmp_path / "study")
    folder.begin({"study_version": 1})
    assert folder.claim("a")
    written_by_another(folder, "a")
    os.utime(folder.claims / "a", (0, 0))
    with folder.heartbeat({"a"}):
        time.sleep(0.1)
    assert (folder.claims / "a").stat().st_mtime == 0


def test_a_study_whose_worker_was_killed_can_be_removed(tmp_path):
    folder = Folder(tmp_path / "study")
    folder.begin({"study_version": 1, "result_version": "x"})
    program = (
        f"import os; from pathlib import Path; from scenarios.studies.store import Folder\n"
        f"assert Folder(Path({str(folder.path)!r})).claim('a'); os.kill(os.getpid(), 9)"
    )
    assert answer([sys.executable, "-c", program], ROOT)[0] == -signal.SIGKILL
    assert folder.claim("b")
    with pytest.raises(ConfigurationError, match="is working on it"):
        results.prune(tmp_path, ["study"])
    folder.release("b")
    assert results.prune(tmp_path, ["study"]) == ["study"]


def test_a_place_that_became_a_file_is_told_instead_of_counted_on(tmp_path):
    (tmp_path / "runs").mkdir()
    new = NewFolder(tmp_path / "runs" / "run", numbered=True)
    new.make()
    new.remove()
    (tmp_path / "runs").rmdir()
    (tmp_path / "runs").write_text("")
    with pytest.raises(NotADirectoryError):
        new.finish()


def test_a_folder_that_vanishes_while_it_is_filled_is_told(tmp_path):
    made = tables(1)
    with pytest.raises(ValueError, match="cannot be written: "), RunWriter(tmp_path / "a" / "run") as writer:
        writer.table("savings", made["savings"])
        writer._new.remove()
        (tmp_path / "a").rmdir()
        writer.table("flows", made["flows"])
    assert not list(tmp_path.iterdir())


# Disks.


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 300 kB, where the system lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)]
    try:
        made = subprocess.run(mount, capture_output=True).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip("no right to mount a file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_fills_up_in_the_middle_of_a_run_is_told_and_leaves_nothing(small_disk):
    with pytest.raises(ValueError, match="No space left on device"):
        write_run(small_disk / "run")
    assert not list(small_disk.iterdir())


def test_a_disk_that_fills_up_in_the_middle_of_a_file_leaves_the_file_of_before(small_disk):
    write_atomically(small_disk / "page.md", b"before")
    with pytest.raises(ValueError, match="No space left on device"):
        write_atomically(small_disk / "page.md", b"x" * 400_000)
    assert [path.read_bytes() for path in small_disk.iterdir()] == [b"before"]


def test_a_disk_that_is_read_only_is_told(small_disk):
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(ValueError, match="Read-only file system"):
        write_run(small_disk / "run", made=tables(1))
    with pytest.raises(ValueError, match="Read-only file system"):
        write_atomically(small_disk / "page.md", b"x")


@contextlib.contextmanager
def files_of_at_most(size):
    """Let no file grow beyond a size, as a quota does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_quota_that_is_reached_in_the_middle_of_a_run_is_told_and_leaves_nothing(tmp_path):
    made = tables(1)
    with pytest.raises(ValueError, match="File too large"), files_of_at_most(20_000):
        write_run(tmp_path / "run", made=made)
    assert not list(tmp_path.iterdir())


# Memory.


def test_a_limit_on_memory_counts_before_a_run_begins(monkeypatch):
    own = psutil.Process().memory_info().vms
    limit = own + resources.BYTES_OF_ADDRESSES + 10**8
    monkeypatch.setattr(resources.resource, "getrlimit", lambda _: (limit, limit))
    resources.check_memory(5 * 10**7)
    with pytest.raises(ConfigurationError, match="MB of memory"):
        resources.check_memory(2 * 10**8)


def test_a_full_memory_is_one_sentence(monkeypatch, capsys):
    def full(_):
        raise MemoryError

    monkeypatch.setitem(cli.ACTIONS, "systems", full)
    assert cli.main(["systems"]) == cli.MISTAKE
    assert "the memory is full; expected fewer processes" in capsys.readouterr().err


# Streams and languages.


def told_by(shell, folder, **variables):
    """Return the exit code and the error output of a command, its streams as a shell sets them."""
    code, _, err = answer(["bash", "-c", shell], folder, variables=variables)
    return code, err.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("streams", "code", "sentence"),
    [
        (">&-", 0, ""),
        ("2>&-", 0, ""),
        ("<&- >&- 2>&-", 0, ""),
        ("2>/dev/full", 0, ""),
        ("| true", 0, ""),
        (">/dev/full", 2, "landingsbaan: standard output: No space left on device\n"),
    ],
)
def test_a_stream_that_is_closed_or_full_is_a_quiet_end_or_one_sentence(streams, code, sentence, tmp_path):
    command = " ".join([*COMMAND, "municipality", "new", "x"])
    assert told_by(f"set -o pipefail; {command} {streams}", tmp_path) == (code, sentence)
    assert (tmp_path / "x.yaml").read_bytes().startswith(b"# A municipality")  # and not what was to be told


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "nl_NL.UTF-8"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_another_language_of_the_machine_changes_no_file(variables, tmp_path):
    code, _, err = answer(
        [*COMMAND, "municipality", "new", "islip", "language=nl"], tmp_path, variables=variables
    )
    assert (code, err) == (0, b"")
    assert "één" in (tmp_path / "islip.yaml").read_text(encoding="utf-8")


def test_words_that_are_no_text_are_refused_before_anything_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["run", "output.folder=B\udcfcro"]) == cli.MISTAKE
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "its bytes are no text here" in told
    assert not list(tmp_path.iterdir())


def test_a_folder_that_was_removed_under_us_is_one_sentence(tmp_path, monkeypatch, capsys):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert cli.main(["run", *SHORT]) == cli.MISTAKE
    assert "the folder you are in was removed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("target", "words"),
    [("nowhere", "a link that leads nowhere"), ("results", "a link that leads nowhere"), ("file", "a file")],
)
@pytest.mark.parametrize("below", ["", "/below"])
def test_results_that_cannot_be_written_are_refused_before_anything_is_simulated(
    target, words, below, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("mine")
    Path("results").symlink_to(target)
    assert cli.main(["run", *SHORT, f"output.folder=results{below}"]) == cli.MISTAKE
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and f"is {words}, expected a folder" in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "results"]


# Kills.

# A country of three tiny municipalities, and a calibration whose histories cost nothing.
SMALL_COUNTRY = """
import sys
from scenarios import cli
from scenarios.studies import country
from tests.scenarios.test_country import THREE
country.members_of = lambda *_: THREE
sys.exit(cli.main(sys.argv[1:]))
"""
QUICK_CALIBRATION = """
import sys
from scenarios import cli
from scenarios.analysis.calibration import command, training_ensemble
from tests.synthetic_calibration import few_numbers, quick_values
training_ensemble.values_of_targets = quick_values
command.relevant = lambda every, engine: few_numbers()
sys.exit(cli.main(sys.argv[1:]))
"""
COMMANDS = {
    "run": [*COMMAND, "run", *SHORT, "replication.count=2", "processes=2"],
    "sweep": [*COMMAND, "sweep", *SHORT[:4], "landing.years=0,5", "replications=3", "study=s",
              "engine.processes=2"],
    "country": [sys.executable, "-c", SMALL_COUNTRY, "run", "municipality=netherlands", *SHORT[1:],
                "replication.count=2", "processes=2"],
    "calibrate": [
        sys.executable, "-c", QUICK_CALIBRATION, "calibrate", "members=128", "households=200",
        "recoveries=20", "draws=40", "confirmed=16", "second=64", "steps=100", "name=toy", "to=written",
        "engine.processes=1",
    ],
    "publish": [*COMMAND, "publish", "site"],
}  # fmt: skip


def whole_runs(folder):
    """Open every run that has a name; return the tables of the last."""
    found = sorted((folder / "results/runs").glob("[!.]*"))
    for each in found:
        if (each / "run.json").exists():
            open_run(each, COUNTRY_TABLES if (each / "municipalities.parquet").exists() else None)
        else:
            raise AssertionError(f"{each} has a name and is no run")
    return {path.name: path.read_bytes() for path in found[-1].glob("*.parquet")} if found else {}


def whole_parts(folder):
    """Check every part of every study; return their tables."""
    studies = [path.parent for path in folder.rglob("study.json")]
    for each in studies:
        assert results.damaged(Folder(each)) == []
    return {path.name: path.read_bytes() for each in studies for path in each.rglob("*.parquet")}


def whole_calibration(folder):
    """Check every part of a calibration; return what it wrote last."""
    whole_parts(folder)
    path = folder / "written" / "posterior.csv"
    return {path.name: path.read_bytes()} if path.exists() else {}


def whole_site(folder):
    """Return the files of a site that is whole or not there."""
    site = folder / "site"
    found = {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }
    assert not found or set(found) == set(names_of_site())
    return found


WHOLE = {
    "run": whole_runs,
    "sweep": whole_parts,
    "country": whole_runs,
    "calibrate": whole_calibration,
    "publish": whole_site,
}


def check_kills(command, folder, kills, rng):
    """Kill a command at random moments; what is there is whole, and the last start makes what one makes.

    Half of the kills take its other processes along; the others leave them to notice. A command that was
    not killed in time begins anew in a folder of its own.
    """
    words, check = COMMANDS[command], WHOLE[command]
    alone = folder / "alone"
    alone.mkdir()
    begin = time.monotonic()
    code, _, err = answer(words, alone)
    assert code == 0, err
    longest, expected = time.monotonic() - begin, check(alone)
    place, killed = folder / "0", 0
    place.mkdir()
    while killed < kills:
        process = started(words, place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            assert process.wait(rng.uniform(0.2, 1.0) * longest) == 0
        except subprocess.TimeoutExpired:
            killed += 1
            os.killpg(process.pid, signal.SIGKILL) if rng.random() < 0.5 else process.kill()
            process.wait()
            check(place)
            continue
        assert check(place) == expected
        place = folder / str(killed + 1)
        place.mkdir(exist_ok=True)
    code, out, err = answer(words, place)
    assert code == 0, err
    assert b"Traceback" not in err and check(place) == expected
    assert not [path for path in place.rglob("*.partial")]


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_killed_fifty_times_makes_what_one_makes(command, tmp_path):
    pytest.importorskip("sklearn")
    resources.compile_rules()
    check_kills(command, tmp_path, KILLS, random.Random(7))
