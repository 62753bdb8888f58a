"""The systems: every particular of the sources has its lever, every value its source, none is a copy."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from scenarios import cli
from scenarios.config.scenario_forms import ASSUMED
from scenarios.config.schema import NEUTRAL_SYSTEM, option_path
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


# What a text does not say, which a system must therefore leave at its default.
UNSAID = {
    "zwolle": ["wijkteam.growth_years"],
    "alphen_aan_den_rijn": ["wijkteam.seconded_share", "wijkteam.access_led_by", "wijkteam.target_group"],
    "zaanstad": ["municipality_government.innovation_share"],
    "breda": ["wijkteam.count", "wijkteam.counters"],
    "heerenveen": ["wijkteam.access_led_by"],
    "ede": ["landing.years", "landing.adaptive"],
    "heerlen": ["wijkteam.autonomy"],
}
# What a text says, as lever, value and source of the value.
SAID = {
    "zwolle": {"wijkteam.moved_staff_share": (0.35, ASSUMED)},
    "alphen_aan_den_rijn": {"wijkteam.moved_staff_share": (0.5, ASSUMED)},
    "almere": {
        "referral_source.school_link": (0.3, ASSUMED),
        "wijkteam.accounting": (1, ASSUMED),
        "wijkteam.one_plan": (1.0, "S4"),
        "referral_source.youth_intervention": (1.0, "S4"),
        "wijkteam.counters": (1.0, ASSUMED),
    },
    "zaanstad": {"wijkteam.stated_goals": (1.0, "S4"), "wijkteam.seconded_share": (0.8, ASSUMED)},
    "heerenveen": {"wijkteam.autonomy": (0.6, ASSUMED)},
    "wijk_bij_duurstede": {
        "landing.years_ahead": (3.0, ASSUMED),
        "wijkteam.active_follow_up": (0.6, ASSUMED),
    },
    "heerlen": {"wijkteam.network_first": (0.1, ASSUMED)},
    "hengelo": {"wijkteam.disciplines": (9.0, "S2")},
    "vlaardingen": {"provider.partnership": (1.0, "S4")},
    "oss": {"municipality_government.pooled": (1.0, "S4")},
}
# What a text says and no lever carries.
LEFT_OUT = {
    "zwolle": ["pilots before October 2014", "municipal in their first years only"],
    "alphen_aan_den_rijn": ["mainly for multi-problem households", "what share of the staff"],
    "almere": ["frames made with residents", "accounting by stories in some teams only"],
    "zaanstad": ["contacts of social services"],
    "breda": ["teams of the eleven wijken", "part of their own identity"],
    "heerenveen": ["residents first"],
    "ede": ["Ede's own cuts phased in gradually", "unwanted effects of those cuts monitored"],
    "heerlen": ["redesigned by the field itself, which was a proposal"],
    "hengelo": ["a say over budgets for residents"],
    "oss": ["means that partners bring along"],
    "deventer": ["radicalisation"],
}


@pytest.mark.parametrize("slug", sorted(UNSAID))
def test_a_system_does_not_set_what_its_text_does_not_say(slug):
    assert not set(UNSAID[slug]) & set(systems()[slug]["changes"])


@pytest.mark.parametrize("slug", sorted(SAID))
def test_a_system_sets_what_its_text_says_and_marks_a_size_it_does_not_give_as_assumed(slug):
    changes = systems()[slug]["changes"]
    assert {name: (changes[name]["value"], changes[name]["source"]) for name in SAID[slug]} == SAID[slug]


@pytest.mark.parametrize("slug", sorted(LEFT_OUT))
def test_a_system_lists_what_its_text_says_and_no_lever_carries(slug):
    listed = [each["en"] for each in systems()[slug]["not_represented"]]
    assert all(any(words in each for each in listed) for words in LEFT_OUT[slug])


@pytest.mark.parametrize("slug", sorted(TABLE))
def test_seconded_staff_keep_their_employer(slug):
    changes = systems()[slug]["changes"]
    if "wijkteam.seconded_share" in changes:
        moved = changes["wijkteam.moved_staff_share"]["value"]
        assert moved == pytest.approx(1.0 - changes["wijkteam.seconded_share"]["value"])


def test_what_happens_afterwards_is_told_by_the_golden_list_and_not_by_the_interview():
    told = [each for each in systems()["zaanstad"]["particulars"] if "accounted for afterwards" in each["en"]]
    assert [each["source"] for each in told] == ["S4"]


@pytest.mark.parametrize("slug", ["oss", "vlaardingen", "wijk_bij_duurstede"])
def test_social_work_is_called_sociaal_werk_in_dutch(slug):
    written = option_path("system", slug).read_text(encoding="utf-8")
    assert "sociaal werk" in written and "maatschappelijk werk" not in written


@pytest.mark.parametrize(("name", "text"), [
    ("informal_network.community_centres_independent", "S0"),
    ("municipality_government.council_talks", "S0"),
    ("municipality_government.extra_eur_per_inhabitant", "S3"),
    ("municipality_government.extra_years", "S3"),
    ("referral_source.help_on_school", "S3"),
    ("referral_source.flying_brigade", "S3"),
])  # fmt: skip
def test_a_lever_names_the_text_it_comes_from(name, text):
    group, short = name.split(".")
    source = next(each.metadata["source"] for each in fields(GROUPS[group]) if each.name == short)
    assert re.findall(r"S\d", source) == [text]


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


def test_the_table_says_of_every_system_in_words_how_care_is_organised(capsys):
    assert cli.main(["systems"]) == 0
    told = capsys.readouterr().out
    assert all(slug in told for slug in TABLE) and "Alphen aan den Rijn" in told
    assert "WIJteams since 2012" in told and "wijkteam." not in told


def test_systems_takes_no_other_key_than_the_language(capsys):
    assert cli.main(["systems", "replication.count=2"]) == 2
    assert "language=en" in capsys.readouterr().err
