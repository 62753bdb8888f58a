"""Tests of what the recorder kept as tables of the schema."""

import numpy as np
import pytest

from simulation.recording.arm_names import ARMS
from simulation.recording.recorder import MONTHLY, as_table
from simulation.recording.schema import TABLES
from simulation.recording.tallies import STATES


def recorded_months():
    """Return two recorded months in which everything is 1024."""
    return {"month": np.array([180, 181]), "year": np.array([2015, 2015])} | {
        name: np.full(2, 1024.0) for name in MONTHLY
    }


def test_the_recorder_fills_every_column_of_the_monthly_table():
    frame = as_table("monthly", recorded_months(), 3, "policy")
    assert list(frame.columns) == TABLES["monthly"].names
    assert frame["unmet_severity_care"].tolist() == [1.0, 1.0]
    assert frame["births"].tolist() == [1024, 1024]
    assert set(frame["replication"]) == {3} and set(frame["arm"]) == {"policy"}


def test_half_a_birth_is_refused():
    with pytest.raises(ValueError, match="column births: expected whole numbers, got 0.5"):
        as_table("monthly", recorded_months() | {"births": np.array([0.5, 1.0])}, 0, "policy")


def test_groups_are_shown_in_severity_and_euros():
    row = {"year": [2015], "income": [0], "household_type": ["single"], "households": [9], "in_care": [1],
           "severity": [2048], "unmet": [512], "care_cost_cents": [12345]}  # fmt: skip
    frame = as_table("groups", row, 0, "reference")
    assert frame[["severity", "unmet", "cost_eur"]].to_numpy().tolist() == [[2.0, 0.5, 123.45]]


def test_flows_that_end_in_december_are_those_of_the_first_of_january_after():
    rows = {"year": [2010, 2011], "from_state": ["team"] * 2, "to_state": ["waiting"] * 2,
            "households": [0, 5]}  # fmt: skip
    frame = as_table("flows", rows, 0, "reference")
    assert frame[["year", "households"]].to_numpy().tolist() == [[2012, 5]]


def test_texts_are_categoricals_in_the_order_of_their_vocabulary():
    rows = {"year": [2011] * 2, "from_state": ["waiting", "team"], "to_state": ["heavy"] * 2,
            "households": [3, 5]}  # fmt: skip
    frame = as_table("flows", rows, 0, "reference")
    assert frame["from_state"].tolist() == ["waiting", "team"] and frame["arm"].unique() == ["reference"]
    assert tuple(frame["from_state"].cat.categories) == STATES
    assert tuple(frame["arm"].cat.categories) == ARMS
    assert (
        as_table("flows", {name: [] for name in rows}, 0, "reference")["to_state"].dtype
        == frame["to_state"].dtype
    )


def test_a_text_that_is_no_category_is_refused():
    row = {"year": [2011], "from_state": ["asleep"], "to_state": ["team"], "households": [1]}
    with pytest.raises(ValueError, match="column from_state: expected one of inactive, .*, got asleep"):
        as_table("flows", row, 0, "reference")


def test_an_unknown_column_is_refused():
    with pytest.raises(ValueError, match="unknown columns weather"):
        as_table("monthly", recorded_months() | {"weather": np.ones(2)}, 0, "policy")
