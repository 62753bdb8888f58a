"""The result version: what a probe computes, and not how the sources read."""

import json

import pytest
import yaml

from agents.compiled import MODEL_VERSION
from scenarios.common.result_version import PROBED, RESULT_VERSION, probe_version, version_of
from scenarios.reproducibility.probe import RUNS, digest_of_probe, digest_of_run, main, parameter_sets


def committed():
    return json.loads(RUNS.read_text("utf-8"))


def test_the_committed_probe_was_run_by_these_sources():
    probed = yaml.safe_load(PROBED.read_text("utf-8"))
    assert probed["sources"] == MODEL_VERSION, "run python -m scenarios.reproducibility.probe renew"
    assert probed["digest"] == digest_of_probe(committed())


@pytest.fixture(scope="module")
def sets():
    """Name and parameters of every run of the probe; every system and landing is composed for it."""
    return list(parameter_sets())


def test_some_runs_of_the_probe_come_to_what_is_committed(sets):
    some = sets[:2]
    some += [each for each in sets if each[0] == "system=utrecht landing=overnight"]
    assert len(some) == 3
    assert {name: digest_of_run(each) for name, each in some} == {name: committed()[name] for name, _ in some}


@pytest.mark.slow
def test_the_whole_probe_comes_to_what_is_committed():
    assert main(["check"]) == 0


def test_a_parameter_that_nothing_reads_changes_no_result_version():
    runs = committed()
    assert digest_of_probe(runs | {"unread low": runs["all defaults"]}) == digest_of_probe(runs)
    assert digest_of_probe(runs | {"read low": "0123456789ab"}) != digest_of_probe(runs)


def test_a_renamed_parameter_changes_no_result_version(tmp_path):
    runs = committed()
    assert digest_of_probe({f"renamed {name}": digest for name, digest in runs.items()}) == digest_of_probe(
        runs
    )
    for name, head in (("one", "old.name"), ("other", "new.name")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "posterior.csv").write_text(f"{head}\n0.5\n", "utf-8")
    assert version_of("probe", tmp_path / "one") == version_of("probe", tmp_path / "other")
    (tmp_path / "other" / "posterior.csv").write_text("new.name\n0.6\n", "utf-8")
    assert version_of("probe", tmp_path / "one") != version_of("probe", tmp_path / "other")


def test_sources_that_nobody_probed_have_a_result_version_of_their_own():
    assert version_of(probe_version(sources="0" * 12)) != RESULT_VERSION


def test_the_probe_visits_both_bounds_of_every_parameter_and_every_system_and_landing(sets):
    names = [name for name, _ in sets]
    assert len(names) == len(set(names)) and names[0] == "all defaults" and set(names) == set(committed())
    assert {"landing.cut low", "landing.cut high", "household.incidence_per_year high"} <= set(names)
    assert "system=almere landing=none" in names
