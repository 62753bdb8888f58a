"""Claims as experiments: files, arms, isolation. No test says which way a claim goes."""

import re
from dataclasses import replace

import numpy as np
import pytest

from scenarios.analysis.claims.claim import (
    REFERENCE,
    SHAPE,
    check_names,
    claims_called,
    read_claim,
)
from scenarios.analysis.claims.experiment import branches_of, run_claims_of_replication
from scenarios.analysis.claims.job import placebo_check
from scenarios.cli import MISTAKE, main
from scenarios.common.errors import ConfigurationError
from scenarios.config.schema import CONFIGURATION_FOLDER, claim_paths
from scenarios.runs.scenario import scenario_from
from simulation.outcomes.definitions import MEASURES
from simulation.outcomes.rules import ArmSpan
from simulation.parameters import Parameters, changed
from simulation.recording.recorder import MONTHLY

REGISTER = list(claim_paths())
ALL = {number: read_claim(path) for number, path in claim_paths().items()}
STREET = ["municipality=street", "system=overnight", "window.warm_up_months=0"]
EXOGENOUS_EVENTS = ("births", "household_deaths", "moves", "households_formed", "separations", "disputes")


@pytest.fixture(scope="module")
def street():
    return scenario_from([*STREET, "replication.count=2"])


def short(claim, years=2.0):
    """Return a claim over a shorter time, so that a test takes seconds."""
    statements = [replace(each, years=(0.0, years)) for each in claim.statements]
    return replace(claim, statements=tuple(statements), horizon_years=years)


@pytest.mark.parametrize("number", REGISTER)
def test_a_claim_names_levers_the_model_has(number):
    check_names(ALL[number])
    assert [each.number for each in claims_called([number.lower()])] == [number]


@pytest.mark.parametrize("number", REGISTER)
def test_a_claim_is_stated_in_both_languages_with_a_band_and_a_reason(number):
    claim = ALL[number]
    for each in claim.statements:
        assert (
            each.texts["en"]
            and each.texts["nl"]
            and each.equivalence_margin > 0
            and each.equivalence_margin_reason
        )
        assert each.measure in MEASURES
    assert claim.mechanism_off and set(claim.literature) == {"en", "nl"} and claim.source


@pytest.mark.parametrize("number", REGISTER)
def test_arms_differ_in_the_named_levers_alone(street, number):
    claim = ALL[number]
    base = Parameters()
    for branch in branches_of(street, claim).values():
        arm = changed(base, branch.changes)
        for group in vars(base):
            for name, value in vars(getattr(base, group)).items():
                if f"{group}.{name}" not in branch.changes:
                    assert getattr(getattr(arm, group), name) == value


@pytest.mark.parametrize("number", ["C03", "C06", "C15", "C20"])
def test_arms_have_common_random_numbers(street, number, monkeypatch):
    seen = {}

    def kept(statement, arms):
        seen.update(arms)
        return 0.0

    monkeypatch.setattr("scenarios.analysis.claims.experiment._effect", kept)
    run_claims_of_replication(street, [short(ALL[number])], 0)
    reference = seen[REFERENCE]
    for arm in seen.values():
        for name in EXOGENOUS_EVENTS:
            place = MONTHLY.index(name)
            np.testing.assert_array_equal(arm.monthly[-24:, place], reference.monthly[-24:, place])


def test_claims_asked_together_come_to_what_they_come_to_alone(street):
    claims = [short(ALL[number]) for number in ("C03", "C09", "C31")]
    together = run_claims_of_replication(street, claims, 1)
    for claim in claims:
        alone = run_claims_of_replication(street, [claim], 1)
        for key, outcome in alone.outcomes.items():
            assert outcome == together.outcomes[key]


def test_a_statement_alone_comes_to_what_it_comes_to_with_its_claim(street):
    claim = short(ALL["C06"])
    whole = run_claims_of_replication(street, [claim], 0)
    alone = run_claims_of_replication(street, [claim], 0, ["C06.2"])
    assert alone.outcomes == {"C06.2": whole.outcomes["C06.2"]}


def test_where_an_arm_starts_early_all_arms_apply_their_parameters_in_the_same_months():
    town = scenario_from(["municipality=street", "system=overnight", "window.warm_up_months=60"])
    branches = branches_of(town, ALL["C07"])
    months = (town.transition_month - 60, town.transition_month)
    assert branches["five_years"].months == branches[REFERENCE].months == months


def test_a_number_of_teams_takes_an_initial_state_of_its_own(street):
    branches = branches_of(street, ALL["C15"])
    assert branches["many"].initial == {"wijkteam.count": 2}  # a street has a quarter of the wijken
    assert branches["many"].initial_state != branches[REFERENCE].initial_state


@pytest.mark.parametrize("name", [name for name, each in MEASURES.items() if each.of_arm])
def test_a_measure_is_the_same_for_a_city_twice_as_large(name):
    rng = np.random.default_rng(1)
    monthly = rng.uniform(1.0, 2.0, (216, len(MONTHLY)))
    # Months, shares and grades do not grow with a city.
    monthly[:, [MONTHLY.index(each) for each in ("satisfaction", "tiredness_mean", "measures_taken")]] = 1.0
    one = MEASURES[name].of_arm(ArmSpan(monthly, 96, 216))
    larger = monthly * 2.0
    larger[:, [MONTHLY.index(each) for each in ("satisfaction", "tiredness_mean", "measures_taken")]] = 1.0
    other = MEASURES[name].of_arm(ArmSpan(larger, 96, 216))
    if name == "provider_exits":
        other /= 2.0
    assert other == pytest.approx(one)


@pytest.mark.parametrize(("words", "told"), [
    (["C99"], "no such claim"),
    (["C43"], "did you mean C"),
    (["chek"], "no such claim"),
    (["C03", "replications=0"], "replication.count"),
    (["C03", "households=10"], "expected at least 500"),
    (["C03", "houshold=10"], "no such key"),
    (["C03", "name=../there"], "not a path"),
    (["write", "nowhere"], "expected a finished study"),
])  # fmt: skip
def test_a_mistake_is_told_in_one_sentence(words, told, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["claims", *words]) == MISTAKE
    said = capsys.readouterr().err
    assert told in said and said.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("old", "new", "told"), [
    ("wijkteam.light_help: 1.0", "wijkteam.light_helps: 1.0", "line 15.*did you mean wijkteam.light_help"),
    ("wijkteam.light_help: 1.0", "wijkteam.light_help_effect: 0.1", "not a lever"),
    ("wijkteam.light_help: 1.0", "wijkteam.light_help: 2.0", "outside the allowed range"),
    ("wijkteam.light_help: 1.0", "wijkteam.light_help: much", "expected a number"),
    ("measure: heavy_cases", "measure: heavy_case", "no such measure"),
    ("arm: light_help", "arm: light_hel", "no such arm"),
    ("sign: less", "sign: fewer", "expected more, less, none"),
    ("equivalence_margin: 1.0", "equivalence_margin: 0", "from 1e-09 to 1e"),
    ("equivalence_margin: 1.0", "equivalence_margin: 1.0e-320", "from 1e-09 to 1e"),
    ("arm: light_help", "arm: reference", "expected another one than reference"),
    ("sign: less", "sign: less\n    years: [0.01, 0.02]", "at least a month apart"),
    ("  light_help:", "  ../x:", "expected a name of letters"),
    ("conditions:", "conditions:\n  - household.fade_per_month[99]", "no drawn parameter"),
    ("source: S1 Zwolle", "source:", "expected a text"),
])  # fmt: skip
def test_a_mistake_in_a_claim_file_is_told_with_its_line(old, new, told, tmp_path):
    text = claim_paths()["C03"].read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "C03.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=told if "line" in told else f"line \\d+: .*{told}"):
        check_names(read_claim(tmp_path / "C03.yaml"))


@pytest.mark.parametrize(
    "number", [pytest.param(each, marks=() if each == "C03" else pytest.mark.slow) for each in REGISTER]
)
def test_an_effect_vanishes_with_its_mechanism_off(number):
    town = scenario_from(["municipality=neutral_city", "system=overnight", "municipality.households=2000",
                          "replication.count=2", "processes=1"])  # fmt: skip
    found = placebo_check(town, [ALL[number]])
    assert found and [each for each in found if not each.is_null] == []


def test_the_how_to_names_every_key_of_a_claim():
    page = (CONFIGURATION_FOLDER.parent / "docs" / "how_to" / "claim.md").read_text(encoding="utf-8")
    named = {
        name
        for cells in re.findall(r"^\| (`.+?) \|", page, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", cells)
    }
    assert named == {*SHAPE, *SHAPE["statements"][0]}
