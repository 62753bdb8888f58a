"""Prints docs/results.md from the schema.

``python -m scenarios.reporting.results_documentation`` writes it; with ``--check`` it only says,
by its exit code, whether the file is current.
"""

import sys
from pathlib import Path

from scenarios.studies.exports import OF_EVERY_RUN
from simulation.outcomes.comparison import COMPARE_TABLES
from simulation.outcomes.definitions import MEASURES, unit_of
from simulation.outcomes.municipalities import MUNICIPALITIES
from simulation.outcomes.policies import POLICY_TABLES
from simulation.outcomes.savings import CHANNELS
from simulation.recording.schema import DTYPES, SCHEMA_VERSION, TABLES, Column, Table
from simulation.recording.store import DOCUMENT_MEANINGS

DOCUMENTATION = Path(__file__).resolve().parents[2] / "docs" / "results.md"

_HEAD = f"""# Results: data dictionary

Printed from `simulation/recording/schema.py`; do not edit by hand.

A run folder holds `run.json`, {len(TABLES)} parquet tables (schema {SCHEMA_VERSION}) and `figures/`.
Amounts are euros of 2015, in `books` whole cents. The last three columns say how to add up: over
months or years, over wijken or groups, over replications. *same*: one number on all those rows, take any.
*last*: take the last. *key*: not to be added. *chain*: multiply the shares of successive years. Over
replications nothing is summed: a result is a distribution, and its mean is one summary of it.

Every file describes itself: each column of a parquet table has `unit` and `description` in the metadata
of its field, the table has `description` and `key_columns`. A *text* is a category (a dictionary in
parquet, a factor in R). A row is identified by the key columns. `care_by_month` and `care_by_wijk` are
the long form of columns of `monthly` and `wijken`; [results elsewhere](how_to/results_elsewhere.md)
shows how to read them in other programs.

## run.json

| key | meaning |
| --- | --- |
"""

_COMPARED = """
# Comparisons of systems

Printed from `simulation/outcomes/comparison.py`. A folder of `landingsbaan compare system=a,b` holds
`run.json`, the tables below, `summary_en.md`, `summary_nl.md` and `figures/`. Intervals are over
replications; outcomes are declared in `simulation/outcomes/definitions.py`."""

_POLICIES = """
# Comparisons of policies

Printed from `simulation/outcomes/policies.py`. A folder of `landingsbaan compare policy=a,b` holds
`run.json` (`order` and `policies`: what is in each; `beside`: what remains of each with a mechanism off, and
its cost by law and line of care), the tables below, `summary_en.md`, `summary_nl.md` and `figures/`.
Intervals are over replications; a difference is taken within a replication."""

_OUTCOMES = """
# Outcomes

Printed from `simulation/outcomes/definitions.py`. Claims take them over stated years, where units with
"a year" are without it; comparisons and the tables of runs of studies take them from the transition to
the end, per year where they add up. Those of two arms exist in claims and explorations.

An outcome and a column of `monthly` may have one name and different units. The column `team_waiting` of
`monthly` counts who waits for a first talk with a team at the end of a month: the sum of
`waiting_wijkteam` and `waiting_youth_team`. The outcome `team_waiting` is the time that is waited:
person-months per 1,000 households a year. `net_cost` is an outcome only; `books` has the amounts behind it.

| outcome | unit | meaning | adds up |
| --- | --- | --- | --- |"""


_COUNTRY = """
# The country

Printed from `simulation/outcomes/municipalities.py`. The folder of `municipality=netherlands` is a run
folder as above: its tables are sums over municipalities by the rules *over places*, and `wijken` has one row
per municipality (`wijk` is its number in `members` of `run.json`). Next to them stands one more table."""


_STUDIES = """
# Studies

Printed from `scenarios/studies/exports.py`. A folder of `results/studies/` holds `runs.parquet`,
whose columns follow from what was asked, and in `parts/` the months and wijken of every run. `monthly` and
`wijken` of a study have `point` where those of a run folder have `arm`; all other columns are the same. The
files in `parts/` have names and types only: their metadata would take as much room as a run.
`results export` writes them with units and descriptions. The long form of `runs` has `outcome`, `unit` and
`value` for the columns of outcomes, and leaves out what was drawn.

## runs.parquet

One row per run. Key columns: `point`, `replication`.

| column | type | unit | meaning |
| --- | --- | --- | --- |"""
# Columns of `runs` whose names follow from what was asked.
_ASKED = (
    "| one per axis, as `landing.years` | as its values | of the parameter | Value of the point. |",
    "| one per outcome, as `net_cost` | float64 | below | [Outcomes](#outcomes). May be empty. |",
    "| one per parameter drawn, as `drawn.wijkteam.support_effect` | float64 | its own | Drawn value. |",
)


def documentation() -> str:
    """Return the text of docs/results.md."""
    keys = [f"| `{key}` | {meaning} |" for key, meaning in DOCUMENT_MEANINGS.items()]
    tables = [line for table in (*TABLES.values(), CHANNELS) for line in _lines_of(table)]
    compared = [line for table in COMPARE_TABLES.values() for line in _lines_of(table)]
    policies = [line for table in POLICY_TABLES.values() for line in _lines_of(table)]
    country = [_COUNTRY, *_lines_of(MUNICIPALITIES)]
    outcomes = [_outcome_line(name) for name in MEASURES]
    studies = [_STUDIES, *(_short_line(column) for column in OF_EVERY_RUN), *_ASKED]
    parts = [
        *keys,
        *tables,
        *country,
        _COMPARED,
        *compared,
        _POLICIES,
        *policies,
        *studies,
        _OUTCOMES,
        *outcomes,
    ]
    return _HEAD + "\n".join(parts) + "\n"


def _outcome_line(name: str) -> str:
    """Return the row of one outcome in the documentation."""
    measure = MEASURES[name]
    unit = unit_of(name) if measure.of_arm is not None else measure.unit["en"]
    return f"| `{name}` | {unit} | {measure.meaning['en']} | {measure.adds_up} |"


def _short_line(column: Column) -> str:
    """Return the row of one column of a study."""
    return f"| `{column.name}` | {DTYPES[column.kind]} | {column.unit} | {column.meaning} |"


def _lines_of(table: Table) -> list[str]:
    """Return the section of one table."""
    keys = f"Key columns: {', '.join(f'`{name}`' for name in table.keys)}."
    head = ["", f"## {table.name}.parquet", "", table.meaning, "", keys, ""]
    names = "| column | type | unit | meaning | over time | over places | over replications |"
    return [*head, names, "| --- " * 7 + "|", *(_line(column) for column in table.columns)]


def _line(column: Column) -> str:
    """Return the row of one column in the documentation."""
    empty = " May be empty." if column.may_be_empty else ""
    cells = (f"`{column.name}`", DTYPES[column.kind], column.unit, column.meaning + empty,
             column.over_time, column.over_places, column.over_replications)  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def main(arguments: list[str]) -> int:
    """Write docs/results.md, or with --check return 1 when it is not current."""
    if "--check" in arguments:
        current = DOCUMENTATION.exists() and DOCUMENTATION.read_text(encoding="utf-8") == documentation()
        return 0 if current else 1
    DOCUMENTATION.write_text(documentation(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
