"""The Python names that stay, as docs/api.md tells them; its examples run."""

import inspect
import re
from pathlib import Path

import pytest

from scenarios import api

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)


def test_the_page_names_what_is_public_with_its_arguments():
    rows = re.findall(r"^\| (`.+?) \|", PAGE, flags=re.MULTILINE)
    named = {name: arguments for row in rows for name, arguments in re.findall(r"`(\w+)(?:\((.*?)\))?`", row)}
    assert set(named) == set(api.__all__)
    for name, arguments in named.items():
        if name != "ConfigurationError":
            assert arguments.split(", ") == (list(inspect.signature(getattr(api, name)).parameters) or [""])


@pytest.mark.parametrize(("number", "said"), [(0, "8 {'net_cost'"), (1, "did you mean landing.years")])
def test_an_example_of_the_page_runs(number, said, capsys):
    exec(compile(EXAMPLES[number], f"example {number}", "exec"), {"__name__": "example"})
    assert said in capsys.readouterr().out


def test_a_run_from_python_is_a_run_folder_that_opens(tmp_path):
    folder = api.run([
        "municipality=street", "replication.count=1", "window.start=2014-10", "window.end=2015-12",
        "window.warm_up_months=3", "output.figures=false", f"output.folder={tmp_path}", "processes=1",
    ])  # fmt: skip
    opened = api.open_run(folder)
    assert opened.document["municipality_slug"] == "street" and len(opened.table("monthly"))


def test_a_country_is_refused_with_what_runs_it():
    with pytest.raises(api.ConfigurationError, match="landingsbaan run"):
        api.run(["municipality=netherlands"])


def test_a_municipality_is_added_and_then_listed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("dorp.yaml").write_text("slug: dorp\nname: Dorp\npeople: {inhabitants: 9000}\n", encoding="utf-8")
    assert api.add_municipality("dorp.yaml") == "dorp" and "dorp" in api.municipalities()
