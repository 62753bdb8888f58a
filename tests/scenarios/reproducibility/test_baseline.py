"""One pinned baseline; renewed only by `python -m scenarios.reproducibility.baseline renew`."""

import json

import pytest

from scenarios.reproducibility.baseline import BASELINE, baseline_figures


def test_a_small_run_gives_the_figures_it_gave_before():
    pinned = json.loads(BASELINE.read_text(encoding="utf-8"))["years"]
    figures = baseline_figures()
    assert figures.keys() == pinned.keys()
    for year, row in pinned.items():
        assert figures[year] == pytest.approx(row, rel=1e-9, abs=1e-9), year
