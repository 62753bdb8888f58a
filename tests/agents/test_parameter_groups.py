"""Groups of parameters: what a declaration gives, and which values are refused."""

from dataclasses import dataclass, fields

import pytest

from agents.parameters import ParameterGroup, bound_of, default_of, parameter


def of_tests(default, **more):
    return parameter(default, unit="1", source="assumed", **more)


@dataclass
class Group(ParameterGroup):
    """Parameters of every kind of default."""

    share: float = of_tests(0.2, low=0.0, high=1.0)
    count: int = of_tests(3, low=1, high=9)
    most: int = of_tests(3, low=1)
    per_problem: list[float] = of_tests((0.1, 0.2), low=0.0, high=0.5)
    planned: float | None = of_tests(None, low=0.0, high=4.0)
    when: str = of_tests("2015-01")


FIELDS = {each.name: each for each in fields(Group)}


@pytest.mark.parametrize(
    ("name", "default", "low", "high"),
    [
        ("share", 0.2, 0.0, 1.0),
        ("count", 3, 1, 9),
        ("most", 3, 1, None),
        ("per_problem", [0.1, 0.2], [0.0, 0.0], [0.5, 0.5]),
        ("planned", None, 0.0, 4.0),
        ("when", "2015-01", None, None),
    ],
)
def test_a_range_has_the_form_of_the_default(name, default, low, high):
    found = [default_of(FIELDS[name]), bound_of(FIELDS[name], "low"), bound_of(FIELDS[name], "high")]
    assert found == [default, low, high]
    assert [type(each) for each in found] == [type(each) for each in (default, low, high)]


def test_groups_share_no_list():
    Group().per_problem[0] = 0.4
    assert Group().per_problem == [0.1, 0.2]


@pytest.mark.parametrize(
    "values",
    [
        {"share": 0.0}, {"share": 1.0}, {"count": 1}, {"count": 9}, {"most": 10**9}, {"planned": None},
        {"per_problem": [0.0, 0.5]}, {"planned": 4.0},
    ],
)  # fmt: skip
def test_values_up_to_both_ends_of_the_range_are_taken(values):
    assert [getattr(Group(**values), name) for name in values] == list(values.values())


@pytest.mark.parametrize(
    ("name", "value", "number", "expected"),
    [
        ("share", -0.01, "-0.01", "[0.0, 1.0]"),
        ("share", 1.01, "1.01", "[0.0, 1.0]"),
        ("share", float("nan"), "nan", "[0.0, 1.0]"),
        ("most", 0, "0", "[1, None]"),
        ("most", float("inf"), "inf", "[1, None]"),
        ("per_problem", [0.1, 0.6], "0.6", "[0.0, 0.5]"),
        ("planned", 4.5, "4.5", "[0.0, 4.0]"),
    ],
)
def test_what_lies_outside_is_refused_with_its_name_unit_and_range(name, value, number, expected):
    with pytest.raises(ValueError) as refused:
        Group(**{name: value})
    assert str(refused.value) == f"{name} = {number} 1: outside {expected}"
