"""The architecture as a test: imports point downwards, and the packages are ours."""

import ast
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONFIGURATION = {"hydra", "omegaconf"}
FORBIDDEN = {
    "agents": {"simulation", "scenarios"} | CONFIGURATION,
    "simulation": {"scenarios"} | CONFIGURATION,
    "scenarios": {"tests", "benchmarks"},
}
# Only these may know the configuration machinery; everybody else takes plain dataclasses.
KNOW_HYDRA = {"overrides.py", "system_changes.py", "checks.py", "configuration.py"}
# What reads results must not be able to run the model.
READ_RESULTS = ("figure*.py", "report*.py", "summary.py", "words_of*.py")
RUN_THE_MODEL = ("simulation.model", "simulation.processes", "simulation.world", "simulation.schedule",
                 "simulation.recording.recorder", "agents.household", "agents.wijkteam")  # fmt: skip


def imported_modules(path):
    """Yield the full name of every module a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def imported_packages(path):
    """Return the first word of every import of a file."""
    return {name.split(".")[0] for name in imported_modules(path)}


def sources(package):
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", FORBIDDEN)
def test_imports_only_point_downwards(package):
    for path in sources(package):
        assert not FORBIDDEN[package] & imported_packages(path), path


def test_few_files_know_the_configuration_machinery():
    for path in sources("scenarios"):
        assert path.name in KNOW_HYDRA or not CONFIGURATION & imported_packages(path), path


def test_what_reads_results_cannot_run_the_model():
    folder = ROOT / "simulation" / "observation"
    for path in (path for pattern in READ_RESULTS for path in folder.glob(pattern)):
        wrong = [name for name in imported_modules(path) if name.startswith(RUN_THE_MODEL)]
        assert not wrong, f"{path} imports {wrong}"


@pytest.mark.parametrize("package", ["agents", "simulation", "scenarios"])
def test_the_package_imported_is_the_one_in_this_repository(package):
    module = import_module(package)
    assert Path(module.__file__).is_relative_to(ROOT), module.__file__


@pytest.mark.parametrize("folder", ["conf", "data", "results", "docs"])
def test_folders_of_figures_and_texts_hold_no_code(folder):
    # How Sphinx builds the site is the one file that it expects there.
    assert set((ROOT / folder).rglob("*.py")) <= {ROOT / "docs" / "conf.py"}


def test_no_file_is_named_after_a_standard_module():
    for package in FORBIDDEN:
        for path in sources(package):
            assert path.stem not in sys.stdlib_module_names or path.stem == "__init__", path


@pytest.mark.parametrize("package", FORBIDDEN)
def test_every_file_says_what_it_is(package):
    for path in sources(package):
        text = path.read_text(encoding="utf-8")
        assert not text.strip() or ast.get_docstring(ast.parse(text)), path
