"""Scenario files are plain data: mistakes are told with file and line, and nothing in them can run."""

import pytest

from scenarios.common.errors import ConfigurationError
from scenarios.config.scenario_forms import line_of, read_scenario_file

KEYS = {"id": str, "size": float, "arms": {"*": {"changes": {"*": None}}}, "years": [int]}
REQUIRED = ("id", "arms.*.changes")
RIGHT = "id: one\nsize: 2\narms:\n  first:\n    changes: {wijkteam.count: 3}\nyears: [1, 2]\n"


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / "claim.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_right_file_is_read_as_plain_data(write):
    read = read_scenario_file(write(RIGHT), KEYS, REQUIRED)
    assert read == {"id": "one", "size": 2, "arms": {"first": {"changes": {"wijkteam.count": 3}}},
                    "years": [1, 2]}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), [
    ("id: one\nsiz: 2\n", 2, "did you mean size"),
    ("id: one\nid: two\n", 2, "stands twice"),
    ("size: 2\n", 1, "id is missing"),
    ("id: ''\n", 1, "id is empty"),
    ("id: one\nsize: large\n", 2, "expected a number"),
    ("id: one\nsize: true\n", 2, "expected a number"),
    ("id: one\nyears: 3\n", 2, "expected a list"),
    ("id: one\narms:\n  first:\n    change: {}\n", 4, "did you mean changes"),
    ("id: one\n_target_: os.system\n", 2, "nothing in a scenario file is executed"),
    ("id: one\narms:\n  a: {changes: {_target_: os.system}}\n", 3, "nothing in a scenario file is executed"),
    ("id: !!python/object/apply:os.system ['true']\n", 1, "plain data"),
    ("id: !custom one\n", 1, "plain data"),
    ("id: &a one\n", 1, "anchors and aliases"),
    ("id: one\nsize: *a\n", 2, "anchors and aliases"),
    ("id: ${oc.env:HOME}\n", 1, "interpolations"),
    ("id: one\narms:\n  <<: {a: 1}\n", 3, "merges"),
    ("id: [one\n", 2, "expected"),
    ("id: one\n---\nid: two\n", 2, "a second document begins here, expected one"),
    ("id: 2015-01-01\n", 1, "between quotes"),
])  # fmt: skip
def test_a_mistake_is_told_with_its_line(write, text, line, words):
    with pytest.raises(ConfigurationError, match=words) as told:
        read_scenario_file(write(text), KEYS, REQUIRED)
    assert f"line {line}:" in str(told.value)


@pytest.mark.parametrize("text", ["", "- one\n", "id: " + "[" * 500 + "]" * 500 + "\n", "id: one\0\n",
                                  "id: one\nsize: " + "9" * 300_000, '"\\r\\nX: y": one\n',
                                  'id: !<a%0Ab> one\n', 'id: one\nyears: ["a\\nb"]\n',
                                  'id: one\narms: {"a\\nb": {"c\\x1b[31m": 1}}\n'])  # fmt: skip
def test_what_is_no_scenario_is_refused_in_one_sentence(write, text):
    with pytest.raises(ConfigurationError) as told:
        read_scenario_file(write(text), KEYS, REQUIRED)
    assert str(told.value).isprintable()


def test_a_name_inside_is_found_on_its_line(write):
    assert line_of(write(RIGHT), "arms", "first", "changes", "wijkteam.count") == 5
