"""The documentation says what the code does: names, tables, links, decisions."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import numba
import numpy as np
import pytest

from agents import vocabulary
from agents.compiled import CACHE_FOLDER
from agents.household import escalate
from scenarios.reporting import results_documentation
from scenarios.runs.run_document import run_document
from scenarios.runs.scenario import scenario_from
from simulation import loops
from simulation.parameters import GROUPS
from simulation.recording.store import DOCUMENT_MEANINGS
from simulation.schedule import MONTH

ROOT = Path(__file__).resolve().parents[2]
ODD = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ELEMENTS = [
    "1. Purpose and patterns",
    "2. Entities, state variables and scales",
    "3. Process overview and scheduling",
    "4. Design concepts",
    "5. Initialization",
    "6. Input data",
    "7. Submodels",
]
CONCEPTS = [
    "Basic principles",
    "Emergence",
    "Adaptation",
    "Objectives",
    "Learning",
    "Prediction",
    "Sensing",
    "Interaction",
    "Stochasticity",
    "Collectives",
    "Observation",
]
# The machine somebody worked on, and where its packages came from, are nobody's business.
MACHINE = re.compile(r"(?<![\w.~])/(?:home|root|Users|work|opt|srv|mnt)/\w")
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|(?:deb|security)\.debian\.org")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
WORD = re.compile(r"`([a-z]+(?:_[a-z0-9]+)+)`")


def tracked_texts() -> list[Path]:
    """Return the text files of the project: those under version control or about to be."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a checkout of the repository")
    paths = [ROOT / line for line in listed.stdout.splitlines()]
    texts = (".py", ".md", ".yaml", ".toml", ".txt", ".csv", "")
    return [path for path in paths if path.is_file() and path.suffix in texts]


def section(text: str, heading: str, level: int) -> str:
    """Return the part of a page under a heading, up to the next of its level."""
    parts = re.split(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)
    return parts[parts.index(heading) + 1]


def headings(text: str, level: int) -> list[str]:
    return re.findall(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)


def test_the_odd_has_its_seven_elements_in_order():
    assert [name for name in headings(ODD, 2) if name[0].isdigit()] == ELEMENTS


@pytest.mark.parametrize("element", [ELEMENTS[2], ELEMENTS[6]])
def test_the_odd_names_the_processes_of_the_month_in_order(element):
    assert headings(section(ODD, element, 2), 3) == [process.__name__ for process in MONTH]


def test_the_odd_speaks_of_all_eleven_design_concepts():
    assert re.findall(r"^\*\*(.+?)\.\*\*", section(ODD, ELEMENTS[3], 2), flags=re.MULTILINE) == CONCEPTS


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs" / "decisions").glob("0*.md")))
def test_a_decision_is_in_the_index_and_has_its_three_parts(page):
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    text = (ROOT / "docs" / "decisions" / page).read_text(encoding="utf-8")
    assert f"[{page[:4]}]({page}) | {headings(text, 1)[0][5:]} |" in index
    assert headings(text, 2) == ["Context", "Decision", "Consequences"]


def test_every_key_of_a_run_is_explained():
    written = {
        *run_document(scenario_from(["municipality=street"]), [], 0.0),
        "schema_version",
        "tables",
        "checksum",
    }
    assert set(DOCUMENT_MEANINGS) == written | {
        "municipality_file", "members", "core_seconds", "channels", "split",
    }  # fmt: skip


def test_the_page_of_results_is_current():
    assert results_documentation.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("heading", "level", "words"),
    [
        ("Kinds of care", 2, vocabulary.KINDS),
        ("Lines", 3, vocabulary.LINES),
        ("Laws in the books", 3, vocabulary.LAWS),
        ("Parties in the books", 3, vocabulary.PARTIES),
    ],
)
def test_the_glossary_has_every_word_of_the_vocabulary(heading, level, words):
    rows = re.findall(r"^\| [^|]+ \| `(\w+)` \|", section(GLOSSARY, heading, level), flags=re.MULTILINE)
    assert sorted(rows) == sorted(words)


@pytest.mark.parametrize("page", [ODD, GLOSSARY], ids=["odd", "glossary"])
def test_names_in_the_odd_and_the_glossary_exist_in_the_code(page):
    folders = ("agents", "simulation", "scenarios")
    files = [path for each in folders for path in (ROOT / each).rglob("*.py")]
    known = set(re.findall(r"\w+", "\n".join(path.read_text(encoding="utf-8") for path in files)))
    assert sorted(set(WORD.findall(page)) - known) == []


def test_the_odd_tells_every_lever():
    levers = [f"{group}.{each.name}" for group, made in GROUPS.items() for each in fields(made)
              if each.metadata["lever"]]  # fmt: skip
    untold = [name for name in levers if not re.search(rf"`(\w+\.)?{name.split('.')[1]}`", ODD)]
    assert untold == [], "docs/odd.md says nothing of these levers"


def test_links_between_pages_lead_somewhere():
    broken = []
    for page in tracked_texts():
        if page.suffix == ".md":
            links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
            local = (link for link in links if "://" not in link)
            broken += [f"{page.name}: {link}" for link in local if not (page.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize(
    "pattern", [MACHINE, REGISTRY, UNFINISHED], ids=["machine", "registry", "unfinished"]
)
def test_no_text_names_a_machine_or_a_registry_or_is_unfinished(pattern):
    found = []
    for path in tracked_texts():
        if path != Path(__file__).resolve():
            lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
            found += [f"{path.relative_to(ROOT)}:{number}" for number, line in lines if pattern.search(line)]
    assert found == []


def test_constraints_name_every_dependency_and_nothing_local():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+(; python_version [<>=]+ \"3\.12\")?", pin) for pin in pins)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = re.findall(r'"([a-z-]+)[^"]*"', re.search(r"^dependencies = \[(.*?)\]", project, re.M | re.S)[1])
    assert set(needed) <= {pin.split("==")[0] for pin in pins}


def alternates(first, second):
    """Return a sum for which references of arrays would be counted, if they were counted at all."""
    total, here = 0.0, first
    for number in range(len(first)):
        here = second if number % 2 else first
        total += here[number]
    return total


@pytest.mark.parametrize("counted", [False, True])
def test_compiled_rules_count_no_references(counted):
    """Decision 5: the private option `_nrt` still does what we use it for."""
    options = {name: value for name, value in escalate.targetoptions.items() if name != "nopython"}
    assert options["_nrt"] is False
    compiled = numba.njit(**{**options, "_nrt": counted})(alternates)
    compiled(np.ones(3), np.ones(3))
    assert ("NRT_decref" in "".join(compiled.inspect_llvm().values())) is counted


def test_what_is_compiled_is_found_again_from_another_folder():
    """A clone of the same sources must not compile for a minute what another compiled."""
    assert Path(loops.all_households_problems.stats.cache_path) == CACHE_FOLDER / "simulation.processes"
