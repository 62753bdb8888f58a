"""Tests of the architecture: imports point downwards without cycles, and the packages are ours."""

import ast
import sys
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("agents", "simulation", "scenarios")
CONFIGURATION = {"hydra", "omegaconf"}
FORBIDDEN = {
    "agents": {"simulation", "scenarios"} | CONFIGURATION,
    "simulation": {"scenarios", "matplotlib", "jinja2", "yaml"} | CONFIGURATION,
    "scenarios": {"tests", "benchmarks"},
}
# Only these modules may import Hydra or OmegaConf; the others use plain dataclasses.
KNOW_HYDRA = {"composition.py", "keys.py", "overrides.py", "schema.py"}
# Lowest first: a part of `scenarios` may import its own layer and those below. The catalogue of texts, used
# in every layer, is at the bottom.
LAYERS = (
    ("common", "reporting.texts"),
    ("config",),
    ("runs",),
    ("studies",),
    ("analysis", "reporting"),
    ("api", "apps", "cli", "reproducibility"),
)
# Modules that code for reading results must not import.
RUN_THE_MODEL = ("simulation.model", "simulation.processes", "simulation.world", "simulation.schedule",
                 "simulation.recording.recorder", "agents.household", "agents.wijkteam")  # fmt: skip
MOST_FILES = 20  # per folder


def sources(package):
    return sorted((ROOT / package).rglob("*.py"))


def name_of(path):
    """Return the full name of the module in a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for package in PACKAGES for path in sources(package)}


def imported_modules(path):
    """Yield the full name of every module that a file imports, also in functions and for type checking."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write imports with the full name"
            inside = [f"{node.module}.{each.name}" for each in node.names]
            yield from (full for full in inside if full in MODULES)
            if any(full not in MODULES for full in inside):
                yield node.module


IMPORTS = {name: set(imported_modules(path)) for name, path in MODULES.items()}


def layer_of(module):
    """Return the layer number of a module of `scenarios`, lowest first; None for the package itself."""
    inside = module.removeprefix("scenarios").removeprefix(".")
    fitting = [(len(part), number) for number, layer in enumerate(LAYERS) for part in layer
               if f"{inside}.".startswith(f"{part}.")]  # fmt: skip
    return max(fitting)[1] if fitting else None


@pytest.mark.parametrize("package", FORBIDDEN)
def test_imports_only_point_downwards(package):
    for path in sources(package):
        assert not FORBIDDEN[package] & {each.split(".")[0] for each in imported_modules(path)}, path


def test_there_is_no_import_circle():
    try:
        TopologicalSorter({name: each & MODULES.keys() - {name} for name, each in IMPORTS.items()}).prepare()
    except CycleError as circle:
        pytest.fail(" <- ".join(circle.args[1]))


def test_every_part_of_scenarios_has_a_layer():
    assert not [name for name in MODULES if name.startswith("scenarios.") and layer_of(name) is None]


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("scenarios.")])
def test_inside_scenarios_imports_point_downwards(name):
    above = [
        each for each in IMPORTS[name] if each.startswith("scenarios.") and layer_of(each) > layer_of(name)
    ]
    assert not above, f"{name} imports {above}"


def test_few_files_know_the_configuration_machinery():
    for path in sources("scenarios"):
        knows = CONFIGURATION & {each.split(".")[0] for each in imported_modules(path)}
        assert not knows or (path.parent.name == "config" and path.name in KNOW_HYDRA), path


def test_what_reads_results_cannot_run_the_model():
    for path in sources("scenarios/reporting"):
        wrong = [name for name in imported_modules(path) if name.startswith(RUN_THE_MODEL)]
        assert not wrong, f"{path} imports {wrong}"


def test_no_folder_holds_more_files_than_one_can_survey():
    for folder in {path.parent for path in MODULES.values()}:
        files = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        assert len(files) <= MOST_FILES, folder


@pytest.mark.parametrize("package", PACKAGES)
def test_the_package_imported_is_the_one_in_this_repository(package):
    module = import_module(package)
    assert Path(module.__file__).is_relative_to(ROOT), module.__file__


@pytest.mark.parametrize("folder", ["conf", "data", "results", "docs"])
def test_folders_of_figures_and_texts_hold_no_code(folder):
    assert not [path for path in (ROOT / folder).rglob("*.py") if path != ROOT / "docs" / "conf.py"]


def test_no_file_is_named_after_a_standard_module():
    for path in MODULES.values():
        assert path.stem not in sys.stdlib_module_names or path.stem in ("__init__", "__main__"), path


@pytest.mark.parametrize("package", PACKAGES)
def test_every_file_says_what_it_is(package):
    for path in sources(package):
        text = path.read_text(encoding="utf-8")
        assert not text.strip() or ast.get_docstring(ast.parse(text)), path
