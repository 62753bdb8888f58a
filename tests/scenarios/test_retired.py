"""Retired keys: whoever uses one is told the name that took its place."""

import pytest

from scenarios.common.errors import RETIRED_KEYS, ConfigurationError
from scenarios.runs.scenario import scenario_from


@pytest.mark.parametrize(
    ("word", "new"),
    [
        ("luck=seeds", "replication.draws"),
        ("luck.draw=false", "replication.draws"),
        ("luck.pairs=2", "replication.count"),
        ("pairs=2", "replications"),
        ("replicates=2", "replications"),
        ("most_replicates=2", "most_replications"),
    ],
)
def test_a_retired_key_is_refused_with_its_new_name(word, new):
    with pytest.raises(ConfigurationError) as refused:
        scenario_from([word])
    assert str(refused.value).endswith(f"it is now called {new}")


def test_retired_keys_stand_in_order():
    assert list(RETIRED_KEYS) == sorted(RETIRED_KEYS)
