"""Hostile and odd input: one sentence, nothing run, nothing read outside, nothing exhausted."""

import json
import locale
from collections import namedtuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios import cli
from scenarios.common import installation
from scenarios.common.errors import ConfigurationError
from scenarios.config.composition import compose
from scenarios.config.keys import known_keys
from scenarios.config.overrides import expanded
from scenarios.config.scenario_forms import read_scenario_file
from scenarios.runs import resources
from simulation.recording.store import open_run

FEW = settings(max_examples=15, suppress_health_check=list(HealthCheck))
KEYS = st.sampled_from(["tables", "schema_version", "members"])
DOCUMENTS = st.recursive(
    st.none() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
)
HOSTILE = [
    "landing.years=${oc.env:HOME}",
    "output.folder='${oc.env:HOME}'",
    "policy.name=${oc.env:HOME}",
    "policy.changes={_target_: os.system}",
    "policy.name=../../elsewhere",
    "policy.name=a/b",
    "policy.title='a$b'",
    "municipality=../../elsewhere",
    "replication.first_seed=99999999999999999999999999",
    "landing.cut=1e400",
    "landing.years=nan",
    "policy.title=" + "a" * 30_000,
]


@pytest.mark.parametrize("override", HOSTILE, ids=lambda text: text[:30])
def test_a_hostile_override_is_refused_in_one_short_sentence(override, capsys):
    assert cli.main(["run", override, "--cfg", "job"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and len(told.err) < 1_100


@pytest.mark.parametrize("values", ["range(0,100000000000)", "range(0,10,0)", "range(0,1,1e-12)"])
def test_a_range_without_end_is_refused_before_it_is_written_out(values):
    with pytest.raises(ConfigurationError, match="1,000,000 points"):
        expanded([f"landing.years={values}"])


@FEW
@given(st.sampled_from(sorted(known_keys())), st.text(max_size=30))
def test_any_text_as_a_value_composes_or_is_one_sentence(name, text):
    try:
        compose([f"{name}={text}"])
    except ConfigurationError as error:
        assert str(error)


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_as_a_scenario_file_are_read_or_refused(tmp_path_factory, raw):
    path = tmp_path_factory.mktemp("scenario") / "system.yaml"
    path.write_bytes(raw)
    try:
        assert isinstance(read_scenario_file(path, {"slug": str}), dict)
    except ConfigurationError as error:
        assert str(error)


@FEW
@given(DOCUMENTS)
def test_a_foreign_run_document_is_no_run(tmp_path_factory, document):
    folder = tmp_path_factory.mktemp("run é")
    (folder / "run.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ValueError):
        open_run(folder)


def test_a_run_too_large_for_the_machine_is_refused_before_it_begins(monkeypatch):
    monkeypatch.setattr(resources.psutil, "virtual_memory", lambda: namedtuple("Memory", "available")(10**9))
    with pytest.raises(ConfigurationError, match="MB of memory"):
        resources.check_memory(resources.memory_of(20_000_000))


def test_much_memory_is_announced_in_the_users_language(monkeypatch, capsys):
    monkeypatch.setattr(resources.psutil, "virtual_memory", lambda: namedtuple("Memory", "available")(10**12))
    resources.check_memory(resources.MUCH_MEMORY, "nl")
    assert "geheugen" in capsys.readouterr().err


def test_another_locale_changes_no_number(monkeypatch):
    monkeypatch.setattr(locale, "localeconv", lambda: {"decimal_point": ",", "thousands_sep": "."})
    assert compose(["landing.cut=0.25"]).configuration.landing.cut == 0.25


def test_a_file_that_another_package_wrote_over_is_noticed(monkeypatch):
    monkeypatch.setattr(installation, "_digests", lambda _: {"agents/__init__.py": "another"})
    with pytest.raises(ImportError, match="written over it"):
        installation.check_installation()


def test_pages_of_the_project_are_written_in_a_clone_only(tmp_path):
    with pytest.raises(ConfigurationError, match="a clone"):
        installation.check_clone("claims write", tmp_path)
