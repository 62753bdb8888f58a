"""Names of functions: imperative verbs for commands, nouns and predicates for queries."""

import ast

import pytest

from tests.test_layout import MODULES, PACKAGES

# Third-person verbs that function names must not contain. Words that can also be nouns (counts, draws, runs)
# are taken as verbs at the start of a name with more words.
VERBS = """
    abandons adjusts admits allots appends applies arrives asks attends averages begins brings buys calibrates
    carries comes composes converges covers discharges divides does enters explores exports fills follows
    forgets founds frees gets gives goes grows happens hears helps holds innovates joins keeps knows lays
    learns leaves lets listens loses makes meets observes opens orders overflows passes pays plots prefers
    prunes reckons recovers receives refers reinvests relieves remains remembers removes responds seeks sees
    sends settles shows speaks spills stands starts stays stops strikes succeeds supports survives takes
    tells tires treats unlinks validates vanishes verifies wakes wants weighs withdraws writes
"""
VERBS_WITH_AN_OBJECT = """
    accounts adds answers contracts costs counts draws drops ends links lists marks moves notes notices
    prices records runs saves says sets steps talks works
"""
# Exceptions, where the word is a noun.
NOUNS = {"draws_of", "draws_table", "draws_from", "runs_of", "works_at", "works_of", "costs_table"}
NOUNS |= {"counts_of_information", "accounts_lag"}


def functions(path):
    """Yield the name of every function of a file, nested ones included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name


def verb_in(name):
    """Return the third-person verb in the name of a function, or None."""
    words = name.strip("_").split("_")
    verbs = [word for word in words if word in VERBS.split()]
    if verbs:
        return verbs[0]
    with_object = len(words) > 1 and words[0] in VERBS_WITH_AN_OBJECT.split() and name.strip("_") not in NOUNS
    return words[0] if with_object else None


@pytest.mark.parametrize("package", PACKAGES)
def test_no_function_is_named_by_a_third_person_verb(package):
    inside = [path for module, path in MODULES.items() if module.split(".")[0] == package]
    found = [f"{path.name}: {name}" for path in inside for name in functions(path) if verb_in(name)]
    assert not found


def test_a_verb_is_recognised_and_a_noun_is_not():
    assert [verb_in(name) for name in ("opens_year", "_counts_month")] == ["opens", "counts"]
    assert [verb_in(name) for name in ("draws_of", "open_year", "is_active")] == [None, None, None]
