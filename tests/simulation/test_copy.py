"""A saved state continues as the uninterrupted run would; the same seed gives the same run."""

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simulation.parameters import changed
from tests.worlds import EARLY_SIGNALLING, arrays_of, differences

ROOT = Path(__file__).resolve().parents[2]
ONE_RUN = """
from simulation.model import Model
from simulation.parameters import Parameters, changed
from simulation.population.municipality_profile import load_profile
from tests.simulation.test_copy import fingerprint
from tests.worlds import SOON
model = Model(changed(Parameters(), SOON), load_profile("street"), seed=1)
print(fingerprint(model.run_until(40)))
"""


def fingerprint(model):
    """Return a digest of everything a model's future depends on."""
    digest = hashlib.sha256()
    for name, array in sorted(arrays_of(model).items()):
        fields = array.dtype.names
        for part in [array] if fields is None else [array[each] for each in fields]:
            digest.update(name.encode() + np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()


@pytest.mark.parametrize("month", [5, 12, 30])
def test_a_saved_state_continues_as_the_uninterrupted_run(make_street, month):
    uninterrupted = make_street().run_until(60)
    saved = make_street().run_until(month).copy()
    assert differences(saved.run_until(60), uninterrupted) == []


def test_running_a_copy_leaves_the_original_alone(make_street):
    original, twin = make_street().run_until(30), make_street().run_until(30)
    original.copy().run_until(60)
    assert differences(original, twin) == []


def test_a_copy_of_a_copy_is_as_good(make_street):
    street = make_street().run_until(30)
    assert differences(street.copy().copy().run_until(50), street.run_until(50)) == []


def test_two_policies_share_one_initial_state(make_street):
    street = make_street().run_until(30)
    policy = street.copy()
    policy.apply_policy(changed(street.parameters, EARLY_SIGNALLING))
    before = slice(0, 30)
    np.testing.assert_array_equal(
        street.recorder.monthly[before], policy.run_until(50).recorder.monthly[before]
    )


def test_the_same_seed_gives_the_same_run(make_street):
    assert differences(make_street(seed=7).run_until(40), make_street(seed=7).run_until(40)) == []


def test_another_seed_gives_another_run(make_street):
    assert differences(make_street(seed=7).run_until(40), make_street(seed=8).run_until(40)) != []


def test_another_process_gives_the_same_run(make_street):
    command = [sys.executable, "-c", ONE_RUN]
    elsewhere = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert elsewhere.stdout.strip() == fingerprint(make_street().run_until(40))


def test_applying_the_parameters_in_force_changes_nothing(make_street):
    street = make_street().run_until(30)
    twin = street.copy()
    twin.apply_policy(street.parameters)
    assert differences(twin.run_until(60), street.run_until(60)) == []


@pytest.mark.parametrize("change", [
    {"wijkteam.count": 2},
    {"wijkteam.youth_count": 1},
    {"provider.per_kind": 5},
    {"landing.transition": "2005-01"},
])  # fmt: skip
def test_what_is_fixed_at_initialisation_cannot_be_applied_later(street, change):
    with pytest.raises(ValueError, match="cannot change during a run"):
        street.apply_policy(changed(street.parameters, change))
