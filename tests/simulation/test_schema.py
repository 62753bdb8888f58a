"""Tests of the schema: no column without meaning, no table that differs."""

import numpy as np
import pandas as pd
import pytest

from scenarios.reporting.results_documentation import main
from simulation.recording.schema import DTYPES, TABLES, check_table, tally_values
from simulation.recording.tallies import TALLIES
from tests.synthetic_run import break_evens_by_hand


def test_every_column_has_a_type_a_unit_and_a_meaning():
    for table in TABLES.values():
        assert len(set(table.names)) == len(table.names)
        for column in table.columns:
            assert column.kind in DTYPES and column.unit and column.meaning.endswith("."), column.name


def test_every_tally_is_a_column_of_the_monthly_table():
    assert set(TALLIES) <= set(TABLES["monthly"].names)


def test_the_documentation_of_results_is_current():
    assert main(["--check"]) == 0, "run python -m scenarios.reporting.results_documentation"


def test_a_table_as_declared_is_accepted():
    check_table("break_even", break_evens_by_hand())


@pytest.mark.parametrize(
    "change, sentence",
    [
        (lambda frame: frame.rename(columns={"note": "notes"}), "unknown columns notes; did you mean note?"),
        (lambda frame: frame.drop(columns=["note"]), "table break_even lacks the columns note"),
        (lambda frame: frame.assign(replication=1.0), "column replication: dtype float64; expected int64"),
        (lambda frame: frame.assign(note=None), "column note"),
        (lambda frame: frame.assign(years_to_break_even=np.inf), "infinite values"),
    ],
)
def test_a_table_that_differs_is_refused_with_a_sentence(change, sentence):
    with pytest.raises(ValueError) as refusal:
        check_table("break_even", change(break_evens_by_hand()))
    assert sentence in str(refusal.value)


def test_an_empty_cell_where_there_must_be_a_number_is_refused():
    frame = pd.DataFrame(
        {"replication": [0], "basis": ["same_money"], "part": ["crises"], "unit": ["crises"]}
    )
    with pytest.raises(ValueError, match="column value: 1 empty cells"):
        check_table("transition_harms", frame.assign(value=np.nan))


def test_an_unknown_table_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="did you mean monthly?"):
        check_table("month", pd.DataFrame())


def test_severity_is_shown_as_severity_and_all_else_as_counted():
    assert tally_values("unmet_severity_mind", np.array([2048])).tolist() == [2.0]
    assert tally_values("births", np.array([3])).dtype == np.int64
