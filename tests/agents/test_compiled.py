"""The compiler: what rules call is a part of them; what is damaged on the disk is compiled again."""

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
# Rules of a test's own: one calls others with bare numbers, one of which may fail, and one calls itself.
RULES = """
from agents.compiled import compiled, compiled_inner


@compiled_inner
def doubled(number):
    return 2 * number


@compiled
def accepted(number):
    if number < 0:
        raise ValueError("below zero")
    return number


@compiled
def summed(number):
    return doubled(3) + doubled(5) + doubled(number) + accepted(number)


@compiled
def steps_down(number):
    return 0 if number <= 0 else 1 + steps_down(number - 1)


@compiled
def counted(records):
    return len(records)
"""
ASK_RULES = """
from rules import accepted, doubled, steps_down, summed

print(summed(2), steps_down(4))
for wrong in (lambda: summed(-1), lambda: doubled(1)):
    try:
        wrong()
    except (TypeError, ValueError) as error:
        print(error)
"""
ANSWER = "0.5 0.25 0.5\n"
WARNING = "landingsbaan: compiled rules on disk are damaged; compiling them again\n"


def flipped(content, place, bit=1):
    return content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :]


def run(cache, program=PROGRAM, *folders):
    """Run a program with a cache folder; return what it printed and what it warned of."""
    path = os.pathsep.join(map(str, (ROOT, *folders)))
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"NUMBA_CACHE_DIR": str(cache), "PYTHONPATH": path, "NUMBA_DISABLE_JIT": "0"},
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


FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write then fails as on a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
"""


def test_where_the_disk_takes_no_compiled_rules_they_run_all_the_same(tmp_path):
    assert run(tmp_path, FULL + PROGRAM)[0] == ANSWER
    assert not [path for path in tmp_path.rglob("*.nbc") if path.stat().st_size]


@pytest.fixture
def rules(tmp_path):
    """A folder with rules of the test's own."""
    (tmp_path / "rules.py").write_text(RULES, encoding="utf-8")
    return tmp_path


def test_only_what_python_calls_is_stored_and_it_answers_the_same_from_the_cache(rules):
    first = run(rules / "cache", ASK_RULES, rules)
    assert first[0] == "22 4\nbelow zero\ndoubled is compiled_inner: only compiled rules can call it\n"
    stored = {path.name.split("-")[0] for path in (rules / "cache").rglob("*.nbc")}
    assert stored == {"rules.summed", "rules.steps_down"}
    assert run(rules / "cache", ASK_RULES, rules) == first


def test_a_rule_is_compiled_once_for_all_bare_numbers_of_a_type(rules):
    ask = "from rules import doubled, summed; summed(2); print(*doubled._parts)"
    assert run(rules / "cache", ask, rules)[0] == "(int64,)\n"


def test_a_rule_of_large_records_has_a_short_name_in_machine_code(rules):
    ask = """
import numpy as np
from rules import counted

record = np.dtype([(f"a_field_with_a_long_name_{each}", float) for each in range(50)])
counted(np.zeros(3, dtype=record))
(whole,) = counted.overloads.values()
print(len(whole.fndesc.mangled_name))
"""
    assert int(run(rules / "cache", ask, rules)[0]) < 200


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
