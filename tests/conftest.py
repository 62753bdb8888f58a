"""Marks and fixtures of the tests: small worlds (a street, a town after its warm-up), a browser, disks."""

from collections import namedtuple

import pytest
from hypothesis import settings

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.validation import command as validation
from scenarios.runs import resources
from scenarios.runs.draws import Posterior
from simulation.model import Model
from simulation.parameters import Parameters, changed
from simulation.population.municipality_profile import load_profile
from tests.browser import opened_browser
from tests.worlds import SOON

# Test files that are not unit tests: they take over ten seconds (measured with `--durations=0`), start
# processes or servers, or open a browser.
BROWSER = ("dashboard_browser", "explorer_browser", "lab_browser", "report_page")
INTEGRATION = (
    *BROWSER, "accounts", "agents", "always_holds", "api", "arms", "backtest", "benchmarks",
    "blocks_of_docs", "calibration", "check", "claims", "claims_study", "cli", "commands_of_docs",
    "compare", "compare_policies", "configuration", "comparable", "country", "damaged_neighbours",
    "damaged_stores",
    "dashboard", "dask", "discover", "faults", "figures", "flagship", "forecast", "fuzzing", "copy",
    "hardening_studies",
    "history", "how_tos", "interoperability", "lab", "levers", "main_job", "measures", "memory",
    "mesa_view", "optimise", "municipality_file", "own_files", "replications", "precision", "probe",
    "questions", "readme", "record", "report", "reproducibility", "same_answer", "sensitivity", "site",
    "solver", "split", "store", "stories", "studies", "systems", "validation", "value_of_information",
)  # fmt: skip
# Test files with small worlds, which also run with uncompiled rules, for `nox -s coverage`.
UNCOMPILED = (
    "casework", "household", "informal_network", "low_threshold", "low_threshold_help", "many",
    "month", "municipality", "national_government", "organisation", "parameter_groups", "population",
    "profile", "provider", "referral_source", "single_rules", "small_worlds", "surroundings", "wijkteam",
)  # fmt: skip

# The same examples on every machine, and no deadline, since a busy machine or compilation takes time.
settings.register_profile("seeded", derandomize=True, deadline=None)
settings.load_profile("seeded")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Add marks to every test by its file; doctests and files not listed are unit tests."""
    for item in items:
        name = item.path.stem.removeprefix("test_")
        if name in BROWSER:
            item.add_marker(pytest.mark.browser)
        if name not in INTEGRATION and not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.unit)
            if name in UNCOMPILED and "town_before_transition" not in item.fixturenames:
                item.add_marker(pytest.mark.uncompiled)


@pytest.fixture
def make_street():
    """Make streets of two wijken and some 200 households; they are released after the test."""
    made = []

    def make(changes=None, seed=1, by_objects=False, soon=True, end_month=359):
        parameters = changed(Parameters(), (SOON if soon else {}) | (changes or {}))
        made.append(
            Model(parameters, load_profile("street"), seed=seed, by_objects=by_objects, end_month=end_month)
        )
        return made[-1]

    yield make
    for model in made:
        release(model)


@pytest.fixture
def street(make_street):
    """A street at its initialisation, in January 2000."""
    return make_street()


@pytest.fixture(scope="module")
def browser():
    with opened_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def town_before_transition():
    """A town of 2,000 households after fifteen years; copy it before stepping, as it is shared."""
    model = Model(Parameters(), load_profile("average", households=2000), seed=3)
    yield model.run_until(model.transition)
    release(model)


@pytest.fixture
def has_posterior(monkeypatch):
    """Give `validate` a posterior, also if the committed one is out of date."""
    about = {"made": "m", "result_version": "v", "training_ensemble": "b" * 12}
    monkeypatch.setattr(validation, "committed_posterior", lambda: Posterior((), ((),), about))


@pytest.fixture
def disk_with(monkeypatch):
    """Return a function that sets the free disk space that commands see (bytes)."""
    usage = namedtuple("usage", "total used free")

    def has(free):
        monkeypatch.setattr(resources.shutil, "disk_usage", lambda _: usage(2 * 10**12, 10**9, free))

    return has


@pytest.fixture
def large_disk(disk_with):
    """A disk with a terabyte free, so that no command fails for disk space."""
    disk_with(10**12)
