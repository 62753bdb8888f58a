"""The compile cache: what is damaged on the disk is compiled again, with one line of warning."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.compiled import _CheckedFile

ROOT = Path(__file__).resolve().parents[2]
# Three rules, as small as rules can be.
PROGRAM = """
from agents.household import size_of_problem
from agents.wijkteam import breadth, effect_of_hours

print(breadth(7.0), size_of_problem(0.5, 2.0, 0.0, 1.0), effect_of_hours(2.0, 2.0))
"""
ANSWER = "0.5 0.25 0.5\n"
WARNING = "landingsbaan: compiled rules on disk are damaged; compiling them again\n"


def flipped(content, place, bit=1):
    return content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :]


def run(cache):
    """Run the program with a cache folder; return what it printed and what it warned of."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"NUMBA_CACHE_DIR": str(cache), "PYTHONPATH": str(ROOT), "NUMBA_DISABLE_JIT": "0"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def test_damaged_compiled_rules_are_compiled_again_with_one_line_of_warning(tmp_path):
    assert run(tmp_path) == (ANSWER, "")
    first, second, third = (
        sorted(tmp_path.rglob(f"*{name}*")) for name in ("breadth", "size_of", "effect_of")
    )
    assert [file.suffix for file in first] == [".nbc", ".nbi"]
    whole = {file: file.read_bytes() for file in (*first, *second, *third)}
    first[1].write_bytes(whole[first[1]][:20])  # the index is truncated
    second[0].write_bytes(b"")  # machine code is gone
    third[0].write_bytes(flipped(whole[third[0]], len(whole[third[0]]) // 2))  # or altered
    assert run(tmp_path) == (ANSWER, WARNING)
    assert run(tmp_path) == (ANSWER, "")


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A cache file that holds one entry."""
    file = _CheckedFile(str(tmp_path_factory.mktemp("cache")), "rule", "stamp")
    file.save("key", ("code", 1.0))
    return file


@given(st.data())
def test_no_truncated_or_altered_file_is_taken_for_compiled_code(stored, data):
    for path in (Path(stored._index_path), Path(stored._data_path("rule.1.nbc"))):
        whole = path.read_bytes()
        place = data.draw(st.integers(0, len(whole) - 1))
        bit = data.draw(st.sampled_from([0, 1, 128]))
        path.write_bytes(flipped(whole, place, bit) if bit else whole[:place])
        assert stored.load("key") is None
        path.write_bytes(whole)
        assert stored.load("key") == ("code", 1.0)
