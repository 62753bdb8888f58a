"""The Dask engine: the same bytes as here, with workers that die and a scheduler that comes back."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from scenarios.analysis import country
from scenarios.common.errors import ConfigurationError
from scenarios.runs.resources import compile_rules
from scenarios.studies.design import design_from
from scenarios.studies.engines import DaskEngine, LocalEngine
from scenarios.studies.plan import Plan
from scenarios.studies.runner import run_study
from scenarios.studies.store import Folder
from tests.scenarios.test_country import content_of, small

pytest.importorskip("distributed")
dask = pytest.importorskip("dask")

ROOT = Path(__file__).resolve().parents[2]
STORED = ("monthly",)
WORDS = ["municipality=street", "system=overnight", "policy=reference", "window.warm_up_months=12",
         "window.start=2014-01", "window.end=2016-12", "landing.years=0,5"]  # fmt: skip


class Cluster:
    """A scheduler and two workers, each a process of its own on loopback."""

    def __init__(self, folder, path=str(ROOT), protocol="tcp"):
        self.path = path
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"{protocol}://127.0.0.1:{self.port}"
        self.folder, self.protocol = folder, protocol
        self.scheduler = self.start_scheduler()
        self.workers = [self.starts("worker", self.address, "--nthreads", "1") for _ in range(2)]

    def starts(self, *words):
        # Small runs are to be cut in the middle, so a worker may not be slow to notice.
        options = {"PYTHONPATH": self.path, "OMP_NUM_THREADS": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]],
            cwd=self.folder, env={**os.environ, **options}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start_scheduler(self):
        return self.starts("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard",
                           "--protocol", self.protocol)  # fmt: skip

    def kills(self, process):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def ends(self):
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                self.kills(process)


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path)
    yield made
    made.ends()


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """What the local engine makes of the study."""
    compile_rules()
    folder = Folder(tmp_path_factory.mktemp("here") / "study")
    run_study(the_plan(), folder, LocalEngine(2), STORED)
    return tables_of(folder)


def the_plan():
    return Plan(design_from(WORDS), 30)


def tables_of(folder):
    return {path.name: path.read_bytes() for path in folder.path.rglob("*.parquet")}


def test_a_cluster_gives_the_bytes_of_the_local_engine(cluster, here, tmp_path):
    folder = Folder(tmp_path / "study")
    run_study(the_plan(), folder, DaskEngine(cluster.address, 60), STORED)
    assert tables_of(folder) == here


def test_a_worker_killed_in_the_middle_costs_nothing(cluster, here, tmp_path):
    folder = Folder(tmp_path / "study")
    engine = DaskEngine(cluster.address, 60)
    after(folder, 4, lambda: cluster.kills(cluster.workers[0]))
    run_study(the_plan(), folder, engine, STORED)
    assert tables_of(folder) == here


@pytest.mark.slow
def test_a_scheduler_lost_and_restarted_goes_on(cluster, here, tmp_path):
    folder = Folder(tmp_path / "study")
    engine = DaskEngine(cluster.address, 60)

    def restarts():
        cluster.kills(cluster.scheduler)
        time.sleep(1.0)
        cluster.scheduler = cluster.start_scheduler()
        for worker in cluster.workers:
            if worker.poll() is None:
                cluster.kills(worker)
        cluster.workers = [cluster.starts("worker", cluster.address, "--nthreads", "1") for _ in range(2)]

    after(folder, 4, restarts)
    run_study(the_plan(), folder, engine, STORED)
    assert tables_of(folder) == here


def after(folder, parts, action):
    """Do something as soon as a study has so many parts."""

    def waits():
        while len(list(folder.parts.glob("*.json"))) < parts:
            time.sleep(0.01)
        action()

    threading.Thread(target=waits, daemon=True).start()


def test_nobody_at_the_address_is_one_sentence():
    with pytest.raises(ConfigurationError, match=r"engine\.scheduler = tcp://127\.0\.0\.1:1: no scheduler"):
        DaskEngine("tcp://127.0.0.1:1", 1)


def test_workers_without_this_version_are_one_sentence(tmp_path):
    """A stand-in under the name of our package, as a version would be that lacks what is asked."""
    (tmp_path / "other" / "scenarios").mkdir(parents=True)
    # It refuses at once: an editable install would find the modules an empty one lacks.
    (tmp_path / "other" / "scenarios" / "__init__.py").write_text("raise ImportError('no such module')\n")
    cluster = Cluster(tmp_path, str(tmp_path / "other"))
    try:
        engine = DaskEngine(cluster.address, 60)
        with pytest.raises(ConfigurationError, match="install the same one everywhere"):
            run_study(the_plan(), Folder(tmp_path / "study"), engine, STORED)
    finally:
        cluster.ends()


def test_a_country_has_the_same_bits_on_a_cluster(cluster, tmp_path):
    compile_rules()
    there = country.run(small(tmp_path / "there", "replication.count=1"), DaskEngine(cluster.address))
    alone = country.run(small(tmp_path / "alone", "replication.count=1"))
    assert content_of(there) == content_of(alone)


SWEEP = [sys.executable, "-m", "scenarios.cli", "sweep", *WORDS, "replications=30", "keep=monthly", "study=s"]


def start_sweep(folder, *words):
    """Start the study as a command of its own, in a folder."""
    return subprocess.Popen(
        [*SWEEP, *words], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.slow
def test_a_scheduler_that_stays_away_is_one_sentence_and_another_engine_resumes(cluster, here, tmp_path):
    (tmp_path / "there").mkdir()
    folder = Folder(tmp_path / "there/results/studies/s")
    sweep = start_sweep(tmp_path / "there", "engine=dask", f"engine.scheduler={cluster.address}")
    after(folder, 4, lambda: cluster.kills(cluster.scheduler))
    _, told = sweep.communicate(timeout=300)
    assert sweep.returncode == 2 and "Traceback" not in told, told
    assert "what is done is stored, the same command resumes" in told.splitlines()[-1]
    resumed = start_sweep(tmp_path / "there", "engine.processes=2")
    _, told = resumed.communicate(timeout=600)
    assert resumed.returncode == 0, told
    parts = {name: content for name, content in tables_of(folder).items() if name != "runs.parquet"}
    assert parts == {name: content for name, content in here.items() if name != "runs.parquet"}


@pytest.mark.slow
def test_with_certificates_a_cluster_gives_the_same_bytes_and_lets_nobody_else_in(
    here, tmp_path, monkeypatch
):
    """The commands and variables are those of docs/studies.md."""
    text = (ROOT / "docs" / "studies.md").read_text(encoding="utf-8")
    commands = next(each for each in text.split("```sh\n") if each.startswith("umask")).split("```")[0]
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    subprocess.run(["sh", "-e", "-c", commands], cwd=tmp_path, check=True, capture_output=True)
    secured = "DASK_DISTRIBUTED__COMM__"
    monkeypatch.setenv(f"{secured}REQUIRE_ENCRYPTION", "true")
    monkeypatch.setenv(f"{secured}TLS__CA_FILE", str(tmp_path / "ca.pem"))
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        monkeypatch.setenv(f"{secured}TLS__{role}__CERT", str(tmp_path / "dask.pem"))
        monkeypatch.setenv(f"{secured}TLS__{role}__KEY", str(tmp_path / "dask.key"))
    cluster = Cluster(tmp_path, protocol="tls")
    try:
        with pytest.raises(ConfigurationError, match="no scheduler answers"):
            DaskEngine(cluster.address, 20)  # this process read its configuration before
        dask.config.refresh()
        folder = Folder(tmp_path / "study")
        run_study(the_plan(), folder, DaskEngine(cluster.address, 60), STORED)
        assert tables_of(folder) == here
    finally:
        cluster.ends()
        monkeypatch.undo()
        dask.config.refresh()
