"""Retired words are not used: standard terms replaced them (docs/glossary.md)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("agents", "simulation", "scenarios", "conf", "docs", "tests", "data", "benchmarks")
SUFFIXES = {".py", ".md", ".yaml", ".html", ".js"}
# Files that may contain them: decisions, the glossary, and messages for old names.
EXEMPT = (
    "docs/decisions/", "docs/glossary.md", "scenarios/common/errors.py", "tests/scenarios/test_retired.py",
    "tests/test_words.py",
    "benchmarks/starsim_peer.py",  # names its random streams, which seed them
    "benchmarks/mutants.py",  # forks processes, as the operating system calls it
)  # fmt: skip
RETIRED = (
    "luck", "bruises?", "wrong doors?", "finding places?", "troubles?", "forks?", "forked", "founding",
    "likeness", "lineage", "entrances", "nearness", "unseen", "told apart", "cannot be told",
    "honesty checks?", "lost transfers?", "dwells?", "goes on where", "replicates?",
)  # fmt: skip


def texts():
    """Return the content of every text file in the project by path."""
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES]
    files += [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    named = [(path.relative_to(ROOT).as_posix(), path) for path in files]
    return {name: path.read_text("utf-8") for name, path in named if not name.startswith(EXEMPT)}


TEXTS = texts()


@pytest.mark.parametrize("word", RETIRED)
def test_a_retired_word_stands_nowhere(word):
    pattern = re.compile(rf"\b{word}\b".replace(" ", r"\s+"), re.IGNORECASE)
    found = [f"{name}: {match.group()}" for name, text in TEXTS.items() for match in pattern.finditer(text)]
    assert not found, found[:10]
