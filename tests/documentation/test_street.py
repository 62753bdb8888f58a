"""The example of a street runs and prints what its page says."""

import re
from pathlib import Path

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "explanation" / "street.md").read_text(
    encoding="utf-8"
)
(CODE,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S)
(PRINTED,) = re.findall(r"^```text\n(.*?)^```$", PAGE, re.M | re.S)


def test_the_street_prints_what_its_page_shows(capsys):
    exec(compile(CODE, "street", "exec"), {})
    assert capsys.readouterr().out == PRINTED


def test_in_the_street_more_hours_mean_a_shorter_list_and_fewer_open_cases():
    rows = [[float(cell) for cell in line.replace("h", "").split()] for line in PRINTED.splitlines()[1:]]
    small, large = ([row for row in rows if row[0] == hours] for hours in (10.0, 40.0))
    assert all(one[4] > other[4] for one, other in zip(small, large, strict=True))
    assert sum(row[5] for row in small) > sum(row[5] for row in large)
