"""The sign of a headline: the summary names the assumed number with which it turns."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from scenarios.reporting.summary.outcomes import sign_line
from simulation.outcomes.headline import sign_sensitivity


def run_with(saving, **drawn):
    """Return a run of which only the cumulated saving and the draws are asked for."""
    n = len(saving)
    table = pd.DataFrame({"replication": range(n), "basis": "municipality", "year": 2029,
                          "cumulated_eur_per_inhabitant": saving})  # fmt: skip
    draws = [{name: float(values[turn]) for name, values in drawn.items()} for turn in range(n)]
    return SimpleNamespace(table=lambda name: table, document={"parameter_draws": draws})


LINKS = np.linspace(0.3, 0.9, 12)
OTHER = np.tile([1.0, 2.0, 3.0], 4)


def test_a_sign_that_turns_with_an_assumed_number_names_it_and_its_value_at_the_turn():
    run = run_with(100.0 * (0.5 - LINKS), **{"referral_source.existing_links": LINKS,
                                             "wijkteam.hours_per_found": OTHER})  # fmt: skip
    found = sign_sensitivity(run)
    assert found.name == "referral_source.existing_links" and abs(found.at - 0.5) < 1e-9
    assert 0 < found.other_way < found.count
    assert "0.5" in sign_line(run, "en") and "0,5" in sign_line(run, "nl")


def test_a_sign_that_is_the_same_in_all_replications_names_nothing():
    run = run_with(-100.0 - LINKS, **{"referral_source.existing_links": LINKS})
    assert sign_sensitivity(run).name == "" and sign_sensitivity(run).other_way == 0
    assert "All 12" in sign_line(run, "en")


def test_few_replications_name_no_number():
    run = run_with([1.0, -2.0], **{"referral_source.existing_links": [0.3, 0.9]})
    assert sign_sensitivity(run).name == "" and sign_sensitivity(run).other_way == 1
