"""Public functions document parameters and returns, as validated by numpydoc."""

import ast
import random
from pathlib import Path

import pytest
from numpydoc.validate import validate

from simulation import months

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("agents/**/*.py", "simulation/*.py", "simulation/outcomes/*.py", "simulation/recording/*.py",
          "scenarios/api.py")  # fmt: skip
# No docstring or summary; parameters that are missing, unknown, in another order, without type or meaning;
# no returns or yields, or without meaning; sections that are unknown or in another order.
CODES = {"GL06", "GL07", "GL08", "SS01", "PR01", "PR02", "PR03", "PR04", "PR07", "RT01", "RT03", "YD01"}
SAMPLED = 40


def public_functions(body, prefix):
    """Yield the full name of every public function and method with arguments, compiled rules excepted."""
    for node in body:
        if isinstance(node, ast.If):
            # The first branch has uncompiled twins, for runs without the compiler.
            yield from public_functions(node.orelse or node.body, prefix)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            name = f"{prefix}.{node.name}"
            decorators = " ".join(ast.unparse(each) for each in node.decorator_list)
            if isinstance(node, ast.ClassDef):
                yield from public_functions(node.body, name)
            elif "compiled" not in decorators and has_arguments(node):
                yield name


def has_arguments(function):
    """Return whether a function has arguments other than `self` and `cls`."""
    found = function.args
    names = [each.arg for each in (*found.posonlyargs, *found.args, *found.kwonlyargs)]
    return bool(found.vararg or found.kwarg or set(names) - {"self", "cls"})


def all_functions():
    """Return the full names of the public functions in `PLACES`."""
    names = []
    for path in sorted({path for place in PLACES for path in ROOT.glob(place)}):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        names += public_functions(ast.parse(path.read_text(encoding="utf-8")).body, module)
    return names


def faults(name):
    """Return the errors that numpydoc finds in a docstring."""
    return [f"{name}: {code} {message}" for code, message in validate(name)["errors"] if code in CODES]


def test_a_sample_of_public_functions_says_what_it_takes_and_gives():
    sample = random.Random(2015).sample(all_functions(), SAMPLED)
    assert not [fault for name in sample for fault in faults(name)]


@pytest.mark.slow
def test_every_public_function_says_what_it_takes_and_gives():
    assert not [fault for name in all_functions() for fault in faults(name)]


def test_a_function_that_keeps_silent_about_an_argument_is_found(monkeypatch):
    monkeypatch.setattr(months.month_text, "__doc__", "Return the text of a month number.")
    assert {fault.split()[1] for fault in faults("simulation.months.month_text")} == {"PR01", "RT01"}
