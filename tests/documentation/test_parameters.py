"""Every parameter carries unit, range, source and meaning, and something reads it."""

import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from agents.parameters import default_of
from scenarios.cli import parameters
from scenarios.common.errors import ConfigurationError
from simulation.parameters import GROUPS, Parameters, changed, names

ROOT = Path(__file__).resolve().parents[2]
EVERY = [(group, each) for group, made in GROUPS.items() for each in fields(made)]
IDENTITIES = [f"{group}.{each.name}" for group, each in EVERY]


@cache
def sources() -> str:
    """Return the text of all code that may read a parameter, declarations left out."""
    paths = [*(ROOT / "agents").rglob("*.py"), *(ROOT / "simulation").rglob("*.py"),
             *(ROOT / "scenarios").rglob("*.py")]  # fmt: skip
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    return re.sub(r"^    \w+: [^=\n]+= parameter\(", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("group, each", EVERY, ids=IDENTITIES)
def test_a_parameter_says_what_it_is(group, each):
    metadata = each.metadata
    assert metadata["unit"] and metadata["source"]
    assert metadata["meaning"].endswith(".")


@pytest.mark.parametrize("group, each", EVERY, ids=IDENTITIES)
def test_a_number_has_a_range_that_holds_its_default(group, each):
    default = default_of(each)
    if isinstance(default, str):
        return
    low, high = each.metadata["low"], each.metadata["high"]
    assert low is not None and high is not None and low < high
    for value in default if isinstance(default, list) else [default]:
        assert value is None or low <= value <= high


@pytest.mark.parametrize("group, each", EVERY, ids=IDENTITIES)
def test_a_lever_is_never_drawn(group, each):
    assert not (each.metadata["lever"] and each.metadata["draw"])


@pytest.mark.parametrize("group, each", EVERY, ids=IDENTITIES)
def test_a_parameter_is_read_somewhere(group, each):
    assert re.search(rf"[\"'.]{each.name}\b", sources())


def test_names_are_unique_over_groups():
    short = [name.split(".")[1] for name in names()]
    assert len(short) == len(set(short))


def test_a_value_outside_its_range_is_refused_with_its_unit():
    with pytest.raises(ValueError, match="years"):
        changed(Parameters(), {"landing.years": 20.0})


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="wijkteam.count"):
        changed(Parameters(), {"wijkteam.cont": 3})


def test_the_page_shows_every_parameter():
    page = parameters.table()
    for name in names():
        assert f"| `{name}` |" in page


def test_the_page_in_the_documentation_is_current():
    parameters.check()


def test_an_outdated_page_is_noticed_and_renewed(tmp_path):
    page = tmp_path / "docs" / "parameters.md"
    with pytest.raises(ConfigurationError, match="landingsbaan parameters write"):
        parameters.check(page)
    parameters.write(page)
    parameters.check(page)
