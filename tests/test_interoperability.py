"""The model from Python, the EMA Workbench and Mesa, as docs/interoperability.md shows it."""

import re
import warnings
from pathlib import Path

import pytest

from scenarios.errors import ConfigurationError
from scenarios.python import monthly, simulate

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "interoperability.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
STREET = ["municipality=street", "window.start=2014-01", "window.end=2016-12", "window.warm_up_months=12"]


def done(number):
    """Run an example of the page and return its names."""
    names = {"__name__": "example"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(EXAMPLES[number], f"example {number}", "exec"), names)
    return names


def test_five_lines_of_python_tell_what_a_strip_does(capsys):
    done(0)
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["0", "8"]
    assert len([line for line in EXAMPLES[0].splitlines() if line]) == 4


def test_the_ema_workbench_runs_it_as_a_model_and_gets_what_simulate_gives():
    pytest.importorskip("ema_workbench")
    names = done(1)
    row = names["experiments"].iloc[0]
    alone = names["municipality"](row["asking"], row["years"], int(row["replicate"]))
    assert len(names["experiments"]) == 6
    assert names["outcomes"]["net_cost"][0] == alone["net_cost"]


def test_batch_run_gets_what_simulate_gives():
    rows = done(2)["rows"]
    assert len(rows) == 4
    for row in rows:
        alone = simulate(STREET, ["net_cost"], {"landing.years": row["landing.years"]}, row["replicate"])
        assert row["net_cost"] == alone["net_cost"]


def test_the_monthly_table_of_a_run_has_a_row_for_every_month():
    assert len(monthly(STREET)) == 36


def test_misspelt_outcomes_and_keys_get_one_sentence():
    with pytest.raises(ConfigurationError, match="did you mean net_cost"):
        simulate(STREET, ["net_costs"])
    with pytest.raises(ValueError, match="did you mean landing.years"):
        simulate(STREET, values={"landing.jears": 1.0})
