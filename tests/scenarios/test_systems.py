"""The systems: every particular of the sources has its lever, every value its source, none is a copy."""

from pathlib import Path

import pytest
import yaml

from scenarios import cli
from scenarios.config.scenario_forms import ASSUMED
from scenarios.config.schema import NEUTRAL_SYSTEM
from scenarios.reporting import systems as system_list
from scenarios.reporting.systems import systems
from scenarios.runs.draws import explicit_names
from scenarios.runs.replications import parameters_of_replication
from scenarios.runs.scenario import scenario_from
from simulation.parameters import GROUPS

TABLE = yaml.safe_load((Path(__file__).parent / "particulars.yaml").read_text(encoding="utf-8"))


def test_the_table_of_sources_has_eighteen_systems_and_so_has_the_configuration():
    assert len(TABLE) == 18 and set(TABLE) == set(systems()) - {NEUTRAL_SYSTEM}


def test_the_neutral_organisation_sets_nothing_and_says_so(capsys):
    assert systems()[NEUTRAL_SYSTEM]["changes"] == {}
    assert "nothing" in system_list.describe_system(NEUTRAL_SYSTEM)
    system_list.list_systems()
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith(NEUTRAL_SYSTEM) and "nothing" in line for line in lines)
    assert scenario_from(["municipality=street"]).system == NEUTRAL_SYSTEM


@pytest.mark.parametrize("slug", sorted(TABLE))
def test_every_particular_of_the_table_sets_at_least_one_lever(slug):
    content = systems()[slug]
    for words in TABLE[slug]:
        found = [each for each in content["particulars"] if words in each["en"]]
        assert len(found) == 1, words
        assert found[0]["levers"] and set(found[0]["levers"]) <= set(content["changes"])


@pytest.mark.parametrize("slug", sorted(TABLE))
def test_a_system_tells_no_more_than_the_table_and_sets_nothing_without_a_particular(slug):
    content = systems()[slug]
    assert len(content["particulars"]) == len(TABLE[slug])
    named = {lever for each in content["particulars"] for lever in each["levers"]}
    assert named == set(content["changes"])


@pytest.mark.parametrize("slug", sorted(TABLE))
def test_a_system_states_only_what_differs_from_the_defaults(slug):
    for name, figure in systems()[slug]["changes"].items():
        group, short = name.split(".")
        assert getattr(GROUPS[group](), short) != figure["value"], name


@pytest.mark.parametrize("slug", sorted(TABLE))
def test_every_value_has_a_source_and_an_assumed_one_a_word_of_why(slug):
    content = systems()[slug]
    for name, figure in content["changes"].items():
        assert figure["source"] in (*content["sources"], ASSUMED), name
        assert figure["source"] != ASSUMED or (figure["note"]["en"] and figure["note"]["nl"]), name


def test_no_two_systems_are_copies():
    values = [
        {name: each["value"] for name, each in content["changes"].items()} for content in systems().values()
    ]
    assert all(one != other for number, one in enumerate(values) for other in values[:number])


def test_the_reference_has_a_systems_own_signalling_off_and_as_described_has_it():
    usual = scenario_from(["system=leeuwarden"])
    assert usual.parameters.wijkteam.outreach_share == 0.0
    assert any("as_described" in note for note in usual.notes)
    described = scenario_from(["system=leeuwarden", "policy=as_described"])
    assert described.parameters.wijkteam.outreach_share == 0.0
    assert described.policy.changes == {"wijkteam.outreach_share": 0.15}


def test_sums_for_a_whole_municipality_go_to_another_in_proportion():
    own = scenario_from([]).parameters.wijkteam
    city = scenario_from(["municipality=neutral_city", "system=zaanstad"])
    assert own.poverty_fund_eur == 400_000 and own.rule_removers == 3
    assert 0.2 < city.parameters.wijkteam.poverty_fund_eur / own.poverty_fund_eur < 0.4
    assert any("poverty_fund_eur" in note for note in city.notes)


def test_what_a_source_tells_is_not_drawn():
    scenario = scenario_from(["system=deventer"])
    assert "informal_network.mediation_solves" not in explicit_names(scenario.overrides)
    parameters, drawn = parameters_of_replication(scenario, 0)
    assert parameters.informal_network.mediation_solves == 0.75
    assert "informal_network.mediation_solves" not in drawn


def test_the_page_of_systems_is_current():
    system_list.check()


@pytest.mark.parametrize("language, word", [("en", "Does not represent"), ("nl", "Geeft niet weer")])
def test_one_system_is_told_whole_with_a_source_per_value(capsys, language, word):
    assert cli.main(["systems", "zwolle", f"language={language}"]) == 0
    told = capsys.readouterr().out
    assert word in told and "wijkteam.fte_per_1000 = 0.69 fte per 1,000 inhabitants (S1; 86 fte" in told


def test_the_table_names_every_system_with_what_it_sets(capsys):
    assert cli.main(["systems"]) == 0
    told = capsys.readouterr().out
    assert all(slug in told for slug in TABLE) and "wijkteam.disciplines=18.0" in told


def test_systems_takes_no_other_key_than_the_language(capsys):
    assert cli.main(["systems", "replication.count=2"]) == 2
    assert "language=en" in capsys.readouterr().err
