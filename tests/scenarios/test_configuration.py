"""The configuration: what counts over what, every file of conf/ composes, bad input is refused."""

import pytest

from scenarios import cli
from scenarios.api import simulate
from scenarios.common.errors import ConfigurationError
from scenarios.config.composition import compose
from scenarios.config.keys import known_keys
from scenarios.config.overrides import expanded
from scenarios.config.schema import group_options
from scenarios.reporting.systems import systems
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.design import design_from
from scenarios.studies.plan import Plan
from simulation.parameters import GROUPS, Parameters, names
from simulation.population.municipality_profile import known_slugs


def refusal(*overrides: str) -> str:
    """Return the sentence with which overrides are refused."""
    with pytest.raises(ConfigurationError) as refused:
        scenario_from(list(overrides))
    sentence = str(refused.value)
    assert "\n" not in sentence
    return sentence


def test_without_arguments_zaanstad_is_compared_with_early_signalling():
    scenario = scenario_from([])
    assert scenario.name == "zaanstad_early_signalling_as_happened"
    assert scenario.months == 240 and scenario.warm_up_months == 120
    assert len(scenario.seeds) == 10 and scenario.draw
    assert scenario.policy.start_month == scenario.transition_month == 180


def test_early_signalling_is_what_the_model_text_says():
    assert scenario_from([]).policy.changes == {
        "wijkteam.outreach_share": 0.10,
        "referral_source.school_link": 1.0,
        "referral_source.housing_corporation_link": 1.0,
        "referral_source.debt_signals": 1.0,
    }


def test_a_default_lives_in_the_dataclass_and_nowhere_else():
    configuration = compose(["system=national_average"]).configuration
    plain = Parameters()
    for name in GROUPS:
        assert getattr(configuration, name) == getattr(plain, name)


def test_every_parameter_is_a_key():
    assert set(names()) <= set(known_keys())


@pytest.mark.parametrize("group, member", [(g, m) for g, found in group_options().items() for m in found])
def test_every_file_of_the_configuration_composes(group, member):
    scenario = scenario_from([f"{group}={member}"])
    assert isinstance(scenario, Scenario)


def test_municipality_files_are_the_municipalities_of_the_data():
    assert set(group_options()["municipality"]) == set(known_slugs())
    for slug in ("netherlands", "ede"):
        assert scenario_from([f"municipality={slug}"]).municipality == slug


@pytest.mark.parametrize("slug", sorted(systems()))
def test_every_system_has_a_title_and_a_source_and_says_what_is_missing(slug):
    content = systems()[slug]
    assert content["slug"] == slug and content["title"]
    assert set(content["sources"]) <= {"S0", "S1", "S2", "S3", "S4"}
    assert bool(content["sources"]) == bool(content["changes"])  # only the neutral one has neither
    assert content["not_represented"] and content["municipality"] in known_slugs()


def test_all_eighteen_systems_and_the_neutral_organisation_exist():
    assert len(systems()) == 19 and "national_average" in systems()


@pytest.mark.parametrize("slug", sorted(systems()))
def test_the_reference_of_every_system_has_outreach_links_and_debt_signals_off(slug):
    parameters = scenario_from([f"system={slug}"]).parameters
    links = [value for name, value in vars(parameters.referral_source).items() if name.endswith("_link")]
    assert parameters.wijkteam.outreach_share == parameters.referral_source.debt_signals == 0.0
    assert not any(links)


def test_a_system_picks_its_own_municipality_unless_told_otherwise():
    assert scenario_from(["system=almere"]).municipality == "almere"
    assert scenario_from(["system=scandinavian"]).municipality == "zaanstad"
    assert scenario_from(["system=almere", "municipality=zwolle"]).municipality == "zwolle"


def test_an_explicit_value_beats_the_system():
    assert scenario_from([]).parameters.wijkteam.count == 11
    assert scenario_from(["wijkteam.count=6"]).parameters.wijkteam.count == 6
    # Also when it says what the default says.
    assert scenario_from(["wijkteam.count=0"]).parameters.wijkteam.count == 0


def test_the_system_beats_the_default_landing_and_an_explicit_landing_beats_the_system():
    assert scenario_from(["system=scandinavian"]).landing == "five_years"
    assert scenario_from(["system=scandinavian", "landing=overnight"]).landing == "overnight"


def test_a_phase_in_of_ones_own_has_a_name_of_its_own():
    assert scenario_from(["landing.years=2.5"]).landing == "2.5_years"
    assert scenario_from(["landing=five_years", "landing.years=8"]).landing == "eight_years"
    assert scenario_from(["landing.cut=0"]).landing == "none"


def test_steering_sets_the_council_and_the_basis():
    impatient = scenario_from(["steering=impatient"]).parameters
    assert impatient.municipality_government.patience_years == 0.0
    assert scenario_from(["steering=same_money"]).parameters.landing.basis == "same_money"


def test_a_lever_of_the_policy_is_set_for_the_policy_only():
    scenario = scenario_from(["wijkteam.outreach_share=0.05"])
    assert scenario.policy.changes["wijkteam.outreach_share"] == 0.05
    assert scenario.parameters.wijkteam.outreach_share == 0.0
    assert any("wijkteam.outreach_share" in note for note in scenario.notes)
    reference = scenario_from(["policy=reference", "wijkteam.outreach_share=0.05"])
    assert reference.parameters.wijkteam.outreach_share == 0.05


def test_a_system_in_another_municipality_has_teams_in_proportion_and_says_so():
    scenario = scenario_from(["municipality=street", "system=zaanstad"])
    assert scenario.parameters.wijkteam.count == 1
    assert any("wijkteam.count" in note for note in scenario.notes)


def test_values_reach_the_scenario_with_their_types():
    scenario = scenario_from(
        ["landing.years=5", "landing.cut=0.25", "replication.first_seed=7", "replication.count=3"]
    )
    assert scenario.parameters.landing.years == 5.0 and scenario.parameters.landing.cut == 0.25
    assert scenario.seeds == [7, 8, 9]


def test_no_configuration_machinery_leaves_the_scenario():
    scenario = scenario_from(["system=eindhoven"])
    assert type(scenario.policy.changes) is dict and type(scenario.notes) is list
    assert type(scenario.parameters.provider.price_eur_per_year) is list
    assert type(scenario.configuration["system"]["changes"]) is dict


def test_the_same_words_give_the_same_scenario():
    words = ["system=eindhoven", "landing.years=3"]
    assert scenario_from(words) == scenario_from(words)


@pytest.mark.parametrize(
    "override, parts",
    [
        ("wijkteam.cout=6", ["wijkteam.cout", "wijkteam.count"]),
        ("wijkteams.outreach_share=0.1", ["wijkteams.outreach_share", "mean wijkteam.outreach_share"]),
        ("wijkteam=6", ["wijkteam is a group of", "the first is wijkteam."]),
        ("wijkteam.count=six", ["wijkteam.count = six", "a whole number", "teams"]),
        ("wijkteam.count=2.5", ["wijkteam.count = 2.5", "a whole number"]),
        ("wijkteam.count=true", ["wijkteam.count = true", "a whole number"]),
        ('landing.cut="0.1"', ["landing.cut = 0.1", "from 0 to 1", "without quotes"]),
        ("landing.cut=1.2", ["landing.cut = 1.2", "from 0 to 1", "share"]),
        ("landing.years=-1", ["landing.years = -1", "from 0 to 15", "years"]),
        ("landing.years=nan", ["landing.years = nan", "from 0 to 15"]),
        ("landing.years=inf", ["landing.years = inf", "from 0 to 15"]),
        ("landing.years_ahead=null", ["landing.years_ahead = null", "a number"]),
        ("landing.basis=same_mony", ["landing.basis", "same_money"]),
        ("landing.transition=2015", ["landing.transition", "2015-01"]),
        ("landing.transition=2035-01", ["landing.transition", "window"]),
        ("landing.transition=2015-07", ["landing.transition = 2015-07", "expected a January, as 2015-01"]),
        ("policy.start=2009-01", ["policy.start", "window"]),
        ("household.incidence_per_year=[0.1,0.2]", ["household.incidence_per_year", "5 numbers"]),
        ("municipality=amsterdam", ["municipality", "amsterdam", "zaanstad"]),
        ("municipality.slug=zanstad", ["municipality.slug", "did you mean zaanstad"]),
        ("municipality.households=0", ["municipality.households = 0", "from 1"]),
        ("system=almeer", ["system = almeer", "did you mean almere"]),
        ("policy=early", ["policy = early", "early_signalling"]),
        ("landing=overnigt", ["landing = overnigt", "did you mean overnight"]),
        ("steering=patiant", ["steering", "patient"]),
        ("replication.draws=fixd", ["replication.draws = fixd", "did you mean fixed"]),
        ("replication.count=0", ["replication.count = 0", "from 1"]),
        ("window.end=2009-12", ["window.end", "window.start", "later"]),
        ("window.end=2050-12", ["window", "2040"]),
        ("window.start=2005-01", ["window.warm_up_months", "at most 60"]),
        ("window.end=soon", ["window.end", "2015-01"]),
        ("wijkteam.count=29", ["wijkteam.count = 29", "28 wijken", "Zaanstad"]),
        ("policy.changes={wijkteam.count:40}", ["wijkteam.count = 40", "28 wijken"]),
        ("policy.changes={wijkteam.cout:4}", ["wijkteam.cout", "wijkteam.count"]),
        ("policy.changes={wijkteam.outreach_share:2}", ["wijkteam.outreach_share = 2", "from 0 to 0.6"]),
        ("policy.changes={household.scar:0.1}", ["household.scar", "lever"]),
        ("policy.changes={replication.count:2}", ["replication.count", "no such parameter"]),
        ("language=de", ["language = de", "en or nl"]),
        ("processes=0", ["processes = 0", "from 1"]),
        ("output.figures=maybe", ["output.figures = maybe", "true or false"]),
        ("landing.years=0,1", ["landing.years=0,1", "-m"]),
        ("landing.years=[0", ["landing.years=[0"]),
        ("landing.years", ["landing.years", "key=value"]),
        ("~landing", ["~landing"]),
        ("+wijkteam.cout=3", ["wijkteam.cout", "wijkteam.count"]),
        ("hydra.run.dir=elsewhere", ["output.folder"]),
        ("landing.years=${nothing.here}", ["nothing.here", "write the value out"]),
    ],
)
def test_bad_input_gets_one_sentence_with_key_value_and_what_is_allowed(override, parts):
    sentence = refusal(override)
    for part in parts:
        assert part in sentence


def test_a_group_named_twice_is_refused():
    assert "twice" in refusal("landing=overnight", "landing=five_years")


def test_lists_expand_to_their_product():
    runs = expanded(["landing.years=0,5", "wijkteam.outreach_share=0,0.1", "replication.count=2"])
    assert len(runs) == 4
    assert runs[0] == ["landing.years=0", "wijkteam.outreach_share=0", "replication.count=2"]
    assert expanded(["landing.years=range(0,3)"]) == [[f"landing.years={year}"] for year in range(3)]


def test_a_list_over_an_unknown_key_is_refused_before_any_run():
    with pytest.raises(ConfigurationError, match="wijkteam.count"):
        expanded(["wijkteam.cout=1,2"])


def test_every_member_of_a_group_can_be_swept():
    assert expanded(["landing=glob(adap*)"]) == [["landing=adaptive"]]


def test_explicit_keys_are_those_the_user_set():
    composed = compose(["landing=five_years", "wijkteam.count=6"])
    assert composed.explicit == {"landing.years", "landing.adaptive", "wijkteam.count"}
    assert composed.choices["landing"] == "five_years"


OWN = "policy.changes={wijkteam.outreach_share:0.3}"


@pytest.mark.parametrize("chosen", [["policy=reference"], [], ["policy=as_described", "system=overnight"]])
def test_changes_of_ones_own_are_an_own_policy_and_all_that_it_changes(chosen):
    scenario = scenario_from([*chosen, OWN])
    assert scenario.policy.changes == {"wijkteam.outreach_share": 0.3}
    named = scenario.policy.name, scenario.policy.title, scenario.policy.title_nl
    assert named == ("own_policy", "own policy", "eigen beleid")
    assert "own policy" in scenario.title


def test_an_empty_set_of_changes_is_the_reference():
    scenario = scenario_from(["policy.changes={}"])
    assert scenario.policy.changes == {} and scenario.policy.name == "reference"
    assert scenario.policy.title == "reference policy" and scenario.policy.title_nl == "referentiebeleid"


def test_changes_that_are_added_stand_beside_those_of_the_policy():
    scenario = scenario_from(["+policy.changes={landing.years_ahead:1.0}"])
    assert len(scenario.policy.changes) == 5 and scenario.policy.name == "own_policy"


def test_the_changes_of_a_policys_own_file_keep_its_name():
    four = scenario_from([]).policy
    written = ",".join(f"{name}:{value}" for name, value in four.changes.items())
    assert scenario_from([f"policy.changes={{{written}}}"]).policy == four


def test_a_title_of_ones_own_holds_in_both_languages_unless_both_are_given():
    policy = scenario_from(["policy=reference", OWN, "policy.title=More outreach"]).policy
    assert (policy.name, policy.title, policy.title_nl) == ("own_policy", "More outreach", "More outreach")
    policy = scenario_from([OWN, "policy.name=more_outreach", "policy.title_nl=meer outreach"]).policy
    assert (policy.name, policy.title, policy.title_nl) == ("more_outreach", "more outreach", "meer outreach")


def test_a_protected_reference_is_a_policy_of_its_own():
    assert scenario_from(["policy=reference", "policy.protected=true"]).policy.name == "own_policy"


EMPTY = ["municipality=street", "window.start=2015-01", "window.end=2016-12", "window.warm_up_months=0"]


@pytest.mark.parametrize(
    "words",
    [["landing.cut=0.25"], ["landing.cut_youth=0.1"], ["policy.changes={landing.cut:0.25}"]],
)
def test_a_cut_without_any_month_before_the_transition_is_refused(words):
    refusal = r"landing.cut(_youth)? = 0..*: a cut .* transition in 2015-01, .* expected at least 12 months"
    with pytest.raises(ConfigurationError, match=refusal):
        scenario_from([*EMPTY, *words])
    with pytest.raises(ConfigurationError, match=refusal):
        simulate(EMPTY, ["net_cost"], {"landing.cut": 0.25})
    with pytest.raises(ConfigurationError, match=refusal):
        Plan(design_from([*EMPTY, "landing.cut=0,0.25"]), 1).check()


def test_a_refused_cut_writes_nothing(capsys, tmp_path):
    code = cli.main(["run", *EMPTY, "landing.cut=0.25", f"output.folder={tmp_path / 'runs'}"])
    told = capsys.readouterr().err
    assert code == 2 and told.count("\n") == 1 and "landing.cut = 0.25" in told
    assert list(tmp_path.iterdir()) == []


def test_less_than_a_year_before_the_transition_is_told_among_the_first_notes():
    short = scenario_from(["municipality=street", "window.start=2014-10", "window.warm_up_months=3"])
    assert any("Only 6 of the 12 months before the transition" in note for note in short.notes[:2])
    assert any("no grant and no cut" in note for note in scenario_from(EMPTY).notes[:2])
    whole = scenario_from(["municipality=street", "window.start=2014-10", "window.warm_up_months=9"])
    uncut = scenario_from([*EMPTY, "landing=none"])
    assert not any("before the transition" in note for note in whole.notes + uncut.notes)
