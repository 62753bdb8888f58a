"""Every block of code in README and docs is run in a small form, or says here and on its page why not."""

import ast
import json
import re
import shlex
import subprocess
import sys
import types
from pathlib import Path

import pytest

from scenarios import cli
from scenarios.runs import resources

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data" / "README.md",
                ROOT / "results" / "README.md"])  # fmt: skip
BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
COMMANDS = "tests/documentation/test_commands_of_docs.py"
# Who runs the blocks of a page that are no commands of a shell, by page and language.
RUN_BY = {
    ("docs/api.md", "python"): "tests/scenarios/test_api.py",
    ("docs/explanation/street.md", "python"): "tests/documentation/test_street.py",
    ("docs/how_to/claim.md", "diff"): "tests/documentation/test_how_tos.py",
    ("docs/how_to/lever.md", "diff"): "tests/documentation/test_how_tos.py",
    ("docs/how_to/mechanism.md", "diff"): "tests/documentation/test_how_tos.py",
    ("docs/how_to/municipality.md", "diff"): "tests/documentation/test_how_tos.py",
    ("docs/how_to/own_files.md", "json"): "tests/scenarios/test_check.py",
    ("docs/how_to/own_files.md", "yaml"): "tests/scenarios/test_check.py",
    ("docs/how_to/results_elsewhere.md", "python"): "tests/scenarios/test_exports.py",
    ("docs/interoperability.md", "python"): "tests/scenarios/test_interoperability.py",
    ("docs/municipality_file.md", "yaml"): "tests/scenarios/test_municipality_file.py",
    ("docs/studies.md", "python"): "tests/documentation/test_blocks_of_docs.py",
    ("results/README.md", "python"): "tests/documentation/test_blocks_of_docs.py",
}
# Lines of a shell that are no command of ours, by how they begin, and why they are not run here.
NOT_OURS = {
    "python3 -m venv": "sets up from a registry; test_readme.py reads what follows",
    ". .venv/bin/activate": "activates what the line before it made",
    ".venv/bin/pip install": "sets up from a registry; test_readme.py looks the extras up",
    "for run in results/runs/*/; do ": "needs runs; test_figures.py and test_report.py",
    "dask ": "needs hosts; tests/scenarios/test_dask.py starts a scheduler and workers of its own",
    "umask ": "makes certificates; test_dask.py runs this block",
    "openssl ": "as umask",
    "export DASK_": "needs hosts; test_dask.py sets the same variables",
    "tls=DASK_": "as export",
    "for role in ": "as export",
    "helm ": "needs a Kubernetes cluster; docs/studies.md says so",
}  # fmt: skip
STUDIES = (ROOT / "docs" / "studies.md").read_text(encoding="utf-8")
# The studies of docs/studies.md in small form: eight points for a thousand, this machine for a cluster.
GIVEN_ANEW = ("samples", "replications", "seeds_per_draw", "engine", "engine.scheduler")
SCREENING = {"outcomes": [{"indices": [{"factor": "landing.cut", "importance": 1.0}]}]}
# Commands in blocks of text that begin long work: they are read up to where that would begin.
BEGINS = (
    "sweep", "discover", "sensitivity", "optimise", "solve", "measures", "phase-in", "calibrate", "validate",
    "value-of-information", "forecast", "comparable", "study",
)  # fmt: skip


def blocks() -> list[tuple[str, str, str]]:
    """Return page, language and content of every block."""
    return [
        (page.relative_to(ROOT).as_posix(), language, content)
        for page in PAGES
        for language, content in BLOCK.findall(page.read_text(encoding="utf-8"))
        # A directive of Sphinx, as {toctree}, is run by the build of the site.
        if not language.startswith("{")
    ]


def lines_of(content: str) -> list[str]:
    """Return the lines of a shell, those that go on joined; of a session what follows the $ alone."""
    # An open quote goes on too.
    joined = re.sub(r"\\\n", " ", content)
    lines, whole = [], ""
    for line in joined.splitlines():
        whole = f"{whole} {line.strip()}" if whole else line
        try:
            shlex.split(whole, comments=True)
        except ValueError:
            continue
        lines.append(whole)
        whole = ""
    return lines


def session(content: str) -> list[list[str]]:
    """Return the words of our commands in a block of text."""
    found = [line.removeprefix("$ ") for line in content_lines(content)]
    return [shlex.split(line, comments=True)[1:] for line in found if line.startswith("landingsbaan ")]


def content_lines(content: str) -> list[str]:
    """Return the commands of a block of text; what is printed is no command."""
    typed = re.findall(r"^(?:\$ )?landingsbaan (?:[^\n]*\\\n|[^\n]*\n)(?: {4}[^\n]*\n)*", content, flags=re.M)
    return [line for each in typed if not each.startswith("landingsbaan:") for line in lines_of(each)]


TEXTS = [
    (page, words) for page, language, content in blocks() if language == "text" for words in session(content)
]
INDENTED = [
    (page.relative_to(ROOT).as_posix(), shlex.split(line)[1:])
    for page in PAGES
    for line in re.findall(
        r"^    (landingsbaan [^\n]*)$", BLOCK.sub("", page.read_text(encoding="utf-8")), re.M
    )
]


def test_every_block_has_a_language_and_somebody_who_runs_it():
    for page, language, content in blocks():
        if language == "sh":
            for line in lines_of(content):
                known = line.startswith(("landingsbaan ", *NOT_OURS)) or not line.strip()
                assert known, f"{page}: {line}: run it, or say in NOT_OURS why not"
        elif language != "text":
            test = RUN_BY.get((page, language))
            assert test, f"{page}: nobody runs its blocks of {language or 'no language'}"
            assert Path(page).name in (ROOT / test).read_text(encoding="utf-8")


def test_nothing_is_declared_that_stands_on_no_page():
    found = blocks()
    assert set(RUN_BY) <= {(page, language) for page, language, _ in found}
    lines = [line for _, language, content in found if language == "sh" for line in lines_of(content)]
    assert all(any(line.startswith(begin) for line in lines) for begin in NOT_OURS)


@pytest.mark.skipif(sys.platform == "win32", reason="blocks of sh are for a Unix shell")
def test_every_block_of_sh_is_a_script_that_a_shell_can_read():
    for page, language, content in blocks():
        if language == "sh":
            read = subprocess.run(["bash", "-n"], input=content, capture_output=True, text=True)
            assert read.returncode == 0, f"{page}: {read.stderr}"


class Begins(BaseException):
    """Everything was read and checked: the work itself would begin now."""


@pytest.fixture
def begins(monkeypatch):
    """Stop a command where its work would begin: at the look at the disk, just before."""

    def now(_):
        raise Begins

    monkeypatch.setattr(resources.shutil, "disk_usage", now)


LONG = [(page, words) for page, words in (*TEXTS, *INDENTED) if words[0] in BEGINS and "..." not in words]


@pytest.mark.parametrize("page, words", LONG, ids=lambda each: each if isinstance(each, str) else each[0])
def test_a_long_command_is_understood_up_to_where_it_begins(
    page, words, begins, has_posterior, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    screened = Path("results/studies/morris")
    screened.mkdir(parents=True)
    (screened / "sensitivity.json").write_text(json.dumps(SCREENING), encoding="utf-8")
    if page == "docs/how_to/results_elsewhere.md":
        Path("own_outcomes.py").write_text(python_of(page)[-1], encoding="utf-8")
    small = [word for word in words if not word.startswith("samples=")]
    with pytest.raises(Begins):
        cli.main(small)


def test_every_other_command_in_a_text_is_known():
    others = [words for _, words in TEXTS if words[0] not in (*BEGINS, "results")]
    assert {words[0] for words in others} <= {"backtest", "run", "municipality", "claims", "check", "compare"}
    for words in others:
        # Files of the user's own, and a run of before: tests/scenarios/test_own_files.py.
        is_own = any(word.startswith(("--config-dir=", "again=")) for word in words)
        if words[0] == "run" and not is_own:
            assert cli.main([*words, "--cfg", "job"]) == 0


# docs/studies.md, walked through.


def small_studies() -> list[list[str]]:
    """Return the commands of docs/studies.md in their small form; `...` stands for the words before."""
    found: list[list[str]] = []
    said: dict[str, list[str]] = {}
    for words in (words for page, words in TEXTS if page == "docs/studies.md"):
        if words[0] != "sweep":
            found.append(words)
            continue
        study = next(word for word in words if word.startswith("study="))
        first = said.setdefault(study, words[1:])
        small = [word for word in first if word.partition("=")[0] not in GIVEN_ANEW]
        small += ["samples=8", "replications=2"] if "design=lhs" in first else ["replications=8"]
        small += ["seeds_per_draw=4"] if "seeds_per_draw=4" in first else []
        found.append(["sweep", *(word for word in small if "..." not in words or word != "plan=true")])
    return found


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """A folder in which the commands of the page were done in their small form, and what they said."""
    pytest.importorskip("xarray")
    pytest.importorskip("netCDF4")
    place = tmp_path_factory.mktemp("studies")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        for words in small_studies():
            print("small form: landingsbaan", shlex.join(words))
            assert cli.main([*words, *(["engine.processes=1"] if words[0] == "sweep" else [])]) == 0, words
    return place


def test_the_commands_of_the_page_of_studies_do_what_it_says(walked):
    assert {path.name for path in (walked / "results" / "studies").iterdir()} == {
        "phase_ins",
        "precise",
        "parts",
    }
    assert (walked / "phase_ins.nc").is_file()
    assert (walked / "results/studies/phase_ins/figures/net_cost_over_landing.cut_en.png").is_file()


def python_of(page: str) -> list[str]:
    return [content for where, language, content in blocks() if (where, language) == (page, "python")]


def runs(code: str, **names) -> dict:
    """Run a block of Python."""
    exec(compile(code, "block", "exec"), names)
    return names


def test_the_cube_of_the_page_of_studies_is_opened_and_drawn(walked, monkeypatch):
    import matplotlib

    matplotlib.use("Agg")
    monkeypatch.chdir(walked)
    with runs(python_of("docs/studies.md")[0])["cube"] as cube:
        assert cube.sizes["point"] == 8 and cube.sizes["replication"] == 2


def test_the_slurm_cluster_of_the_page_asks_for_one_process_per_core(monkeypatch):
    jobqueue = pytest.importorskip("dask_jobqueue")
    asked, scaled = {}, {}
    cluster = types.SimpleNamespace(scheduler_address="tcp://a:1", scale=lambda **words: scaled.update(words))
    monkeypatch.setattr(jobqueue, "SLURMCluster", lambda **words: asked.update(words) or cluster)
    runs(python_of("docs/studies.md")[1], input=lambda _: "")
    script = jobqueue.slurm.SLURMJob(scheduler="tcp://a:1", name="one", **asked).job_script()
    assert scaled == {"jobs": 10} and "--nworkers 16" in script and "--nthreads 1" in script
    assert "#SBATCH -t 04:00:00" in script


def test_what_needs_a_kubernetes_cluster_is_read_and_said_to_be_untested(monkeypatch):
    """Python that can be parsed, with arguments by name; what it does is for a cluster to show."""
    code = python_of("docs/studies.md")[2]
    asked = {}
    operator = types.ModuleType("dask_kubernetes.operator")
    operator.KubeCluster = lambda **words: (
        asked.update(words) or types.SimpleNamespace(scheduler_address="tcp://a:1")
    )
    monkeypatch.setitem(sys.modules, "dask_kubernetes", types.ModuleType("dask_kubernetes"))
    monkeypatch.setitem(sys.modules, "dask_kubernetes.operator", operator)
    assert ast.parse(code)
    runs(code)
    assert set(asked) == {"name", "image", "n_workers"}
    kubernetes = STUDIES[STUDIES.index("**Kubernetes**") :]
    assert "not tested here" in kubernetes.split("```")[0]


def test_the_example_of_results_opens_a_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ["municipality=street", "replication.count=1", "window.start=2014-07", "window.end=2016-06",
             "window.warm_up_months=6", "output.figures=false", "processes=1"]  # fmt: skip
    assert cli.main(["run", *words]) == 0
    (folder,) = Path("results/runs").iterdir()
    (code,) = python_of("results/README.md")
    assert runs(code.replace("results/runs/...", folder.as_posix()))["run"].document["municipality"]
