"""Discovery: a planted box is found and judged on other cases, and none is found where there is none."""

import numpy as np
import pandas as pd
import pytest

from scenarios.analysis import discovery as discover_page
from scenarios.analysis.discovery import condition, coverage_and_density, discover, find_box, is_inside
from scenarios.analysis.exploration import options
from scenarios.common.errors import ConfigurationError

pytest.importorskip("ema_workbench")
STREET = ["municipality=street", "system=overnight", "window.start=2014-01", "window.end=2015-12",
          "window.warm_up_months=0"]  # fmt: skip


@pytest.fixture(scope="module")
def cases():
    """Three hundred cases of ten factors; failures lie where x3 is high and x7 low."""
    rng = np.random.default_rng(0)
    factors = pd.DataFrame(rng.random((300, 10)), columns=[f"group.x{number}" for number in range(10)])
    inside = (factors["group.x3"] > 0.6) & (factors["group.x7"] < 0.4)
    return factors, (inside & (rng.random(300) < 0.95)).to_numpy()


def test_prim_finds_a_planted_box_and_other_cases_confirm_it(cases):
    box = find_box(*cases)
    limits = {limit.factor: limit for limit in box.limits}
    assert set(limits) == {"group.x3", "group.x7"}
    assert limits["group.x3"].low == pytest.approx(0.6, abs=0.05) and limits["group.x3"].high is None
    assert limits["group.x7"].high == pytest.approx(0.4, abs=0.05)
    assert min(box.judged) > 0.85 and box.judged_p < 1e-6
    assert all(
        p <= 0.05 for limit in box.limits for p in (limit.low_quasi_p, limit.high_quasi_p) if p is not None
    )


def test_what_is_said_of_a_box_is_counted_in_it(cases):
    factors, hits = cases
    box = find_box(factors, hits)
    finding = np.arange(len(hits)) % 3 != 2
    inside = is_inside(factors, box.limits)
    assert coverage_and_density(inside[finding], hits[finding]) == box.found
    assert coverage_and_density(inside[~finding], hits[~finding]) == box.judged


def test_failures_by_chance_alone_have_no_box_that_others_confirm(cases):
    factors, _ = cases
    hits = np.random.default_rng(1).random(300) < 0.3
    box = find_box(factors, hits)
    assert box is None or box.judged_p > 0.05


def test_nearly_equal_cases_and_too_few_are_said(cases):
    factors, _ = cases
    with pytest.raises(ConfigurationError, match="too few or too many"):
        find_box(factors, np.zeros(300, dtype=bool))
    with pytest.raises(ConfigurationError, match="at least 30"):
        find_box(factors[:9], np.ones(9, dtype=bool))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("breaks_even", ("below", 0.5)), ("savings", ("below", 0.0)), ("crises", ("above", 2.0))],
)
def test_a_case_fails_by_its_outcome_unless_told_otherwise(name, expected):
    from scenarios.analysis.discovery import DiscoverOptions

    assert condition(DiscoverOptions(), name, np.array([1.0, 2.0, 3.0])) == expected
    assert condition(DiscoverOptions(above="1.5"), name, np.zeros(1)) == ("above", 1.5)


def test_the_command_draws_the_unknowns_and_leaves_a_page_of_this_version(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = ["levers=wijkteam.fte_per_1000", "samples=36", "study=d", "engine.processes=1"]
    discover([*STREET, *words, "outcome=unmet,breaks_even"])
    found = {name: options.read(tmp_path / f"results/studies/d/discovery_{name}.json")
             for name in ("unmet", "breaks_even")}  # fmt: skip
    names = {each["name"] for each in found["unmet"]["factors"]}
    assert "wijkteam.fte_per_1000" in names and "household.tipping_point[0]" in names
    assert found["unmet"]["hits"] == 0.5
    # In two years it pays back in no case: there is no region to seek, and the page says so.
    assert found["breaks_even"]["hits"] == 1.0 and found["breaks_even"]["box"] is None
    assert "No region is sought for breaks_even" in capsys.readouterr().err

    older = tmp_path / "docs" / discover_page.FIGURES / "savings.json"
    older.parent.mkdir(parents=True)
    older.write_text('{"outcome": "savings", "box": null}', encoding="utf-8")
    older.with_name("savings_en.png").write_bytes(b"")
    page = discover_page.write_pages(*found.values(), docs=tmp_path / "docs").read_text()
    assert "`unmet` above" in page and "`breaks_even` below" in page and "100%" in page
    assert not list(older.parent.glob("savings*"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["outcome=breaks_evn"], "did you mean breaks_even"),
        (["above=1", "below=2"], "one of the two"),
        (["above=much"], "expected a number"),
        (["replication.draws=fixed"], "expected posterior or ranges"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(words, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=sentence):
        discover([*STREET, *words])
    assert not list(tmp_path.iterdir())
