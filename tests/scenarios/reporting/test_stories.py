"""The story of one household: told from what was recorded, picked by a stated rule, the same again."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from agents.mesa_adapter.model_mixin import release
from agents.vocabulary import (
    HOUSEHOLD,
    KINDS,
    LINE_SECOND,
    MONEY,
    MUNICIPALITY,
    PARTIES,
    PROVIDERS,
    ROUTES,
    WIJKTEAM,
    YOUTH,
)
from scenarios import cli
from scenarios.analysis import story as stories
from scenarios.analysis.story import Twins, compare, pick_household
from scenarios.common.errors import ConfigurationError
from scenarios.reporting.stories.summary import LOSSES, total_cents
from scenarios.reporting.stories.text import (
    MOST_WORDS,
    events,
    log_text,
    read_story,
    sentences,
    short_life,
    story_text,
)
from scenarios.reporting.texts import LANGUAGES
from scenarios.reporting.texts import stories as words
from scenarios.reporting.texts import story_words as say
from scenarios.runs.replications import begin_warm_up
from simulation.months import month_number
from simulation.parameters import Parameters
from simulation.recording import diary
from simulation.recording.household_diary import (
    ABOUT_A_SLOT,
    COUNTED,
    OBSERVED,
    HouseholdDiary,
    HouseholdSurvey,
    household_books,
    without_repeated_notes,
)
from simulation.recording.tallies import TALLIES
from tests.worlds import LOW_THRESHOLD, differences

# Notes that are in the table and the figure, and told by what follows them.
UNTOLD = {"debt_signal", "referred", "desk_decides"}
SHORT = ["municipality=street", "replication.count=1", "window.start=2013-01", "window.end=2018-12",
         "window.warm_up_months=36"]  # fmt: skip
BUSY = 15  # a household of the street's first seed to which much happens
# Every offer at once, and what makes the rare ones common.
OFFERS = LOW_THRESHOLD | {
    "wijkteam.mandate_to_buy": 0.5, "wijkteam.desk_takes_a_month": 0.4, "wijkteam.other_noticed": 0.5,
    "wijkteam.delivers_help": 0.5, "wijkteam.network_first": 0.5,
    "wijkteam.lasting_contact": 0.5, "wijkteam.help_close_to_families": 1.0, "wijkteam.edge_at": 0.2,
    "wijkteam.poverty_fund_eur": 1e6, "wijkteam.poverty_gift_at": 0.1, "wijkteam.fte_per_1000": 4.0,
    "wijkteam.tender_per_wijk": 1, "wijkteam.tender_years": 1.0, "wijkteam.signals_group": 0.5,
    "wijkteam.collective_share": 0.3, "household.shock_per_wijk_year": 1.0,
    "household.incidence_per_year": [0.3] * 5,
}  # fmt: skip
# Notes that are tallied where they are written, one for one; of two, the note's value is what is tallied.
TALLIED = {
    "help_on_school": "low_threshold_school", "youth_work": "low_threshold_youth_work",
    "youth_intervention": "low_threshold_intervention", "flying_brigade": "low_threshold_brigade",
    "poverty_gift": "poverty_gifts", "network_talk": "network_talks",
    "close_to_family": "close_to_family_months", "other_taken_up": "joined_in_team",
    "other_lost": "lost_hand_offs", "turned_away": "turned_away", "access_only": "access_only",
    "lasting_contact": "lasting_contact_months", "broken_off": "broken_off",
    "answered_together": "answered_together", "desk_decides": "desk_decisions",
    "bought_by_team": "bought_by_team", "light_help": "light_helps", "intake": "intakes", "harmed": "harmed",
    "misdirected_contact": "misdirected_contacts", "born": "births", "separated": "separations",
    "moved": "moves",
}  # fmt: skip
BY_VALUE = ("desk_decides", "bought_by_team")
OF_TWO_TEAMS = {"turned_away", "other_lost"}  # only where a team is not for everybody


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A story of a short window: its folder."""
    folder = tmp_path_factory.mktemp("stories")
    return stories.run_story(stories.read_story_request([*SHORT, f"output.folder={folder}"]))


@pytest.fixture
def story(told):
    return read_story(told)


@pytest.fixture(scope="module")
def watched():
    """Diaries of some households of a street that runs for ten years, with a survey of all."""
    found = {}
    scenario = stories.read_story_request(SHORT).scenario
    for household in (3, BUSY, 60, 149):
        survey, page = HouseholdSurvey(scenario.start_month), HouseholdDiary(household)
        model = begin_warm_up(scenario, 1, scenario.parameters)
        for observer in (survey, page):
            observer.start_watching(model)
        model.run_until(scenario.end_month + 1)
        found[household] = (survey, page, page.tables(*[scenario.start_month] * 2, scenario.end_month))
    return found


def notes_of(*rows):
    """Return a table of notes: month, what, about, by, value, truth."""
    return pd.DataFrame(rows, columns=["month", "what", "about", "by", "value", "truth"])


def one_note(what):
    """Return a note of a kind, about something it can be about."""
    about = "guidance" if what in ABOUT_A_SLOT else "youth_2"
    return (182, what, about, "gp", 0.5, 0.25)


# The diary.


def test_a_watched_run_is_bit_for_bit_the_run_that_watches_nobody(make_street):
    unwatched, seen = make_street(), make_street()
    HouseholdDiary(BUSY).start_watching(seen)
    HouseholdSurvey(6).start_watching(seen)
    found = differences(seen.run_until(40), unwatched.run_until(40))
    assert [name for name in found if not name.startswith(("diary", "watched"))] == []


def test_with_every_offer_a_watched_run_is_still_the_run_that_watches_nobody(make_street):
    unwatched, seen = make_street(OFFERS), make_street(OFFERS)
    HouseholdDiary(BUSY).start_watching(seen)
    found = differences(seen.run_until(40), unwatched.run_until(40))
    assert [name for name in found if not name.startswith(("diary", "watched"))] == []


def noted_by_all(initial_state):
    """Return what the diaries of all households hold of the next month, each from a run of its own."""
    found, gifts = [], 0
    for household in range(len(initial_state.world.households)):
        model = initial_state.copy()
        model.world = diary.watch(model.world, household)
        model.step()
        notes = diary.read_notes(model.world)
        found += notes
        gifts += household_books(model.world, household, notes).month[MUNICIPALITY, HOUSEHOLD].sum()
        release(model)
    return found, gifts


# Months in which each kind happens at least once; 24, 36 and 60 are months of tenders.
@pytest.mark.parametrize(
    ("changes", "months", "kinds"),
    [
        ({}, (27, 32, 36, 39, 44, 48), set(TALLIED) - OF_TWO_TEAMS),
        ({"wijkteam.youth_count": 1, "wijkteam.target_group": 2}, (24, 25, 36, 60), OF_TWO_TEAMS),
    ],
)
def test_what_all_diaries_note_of_a_month_is_what_the_town_counts_and_pays(
    make_street, changes, months, kinds
):
    seen = dict.fromkeys(TALLIED, 0)
    initial_state = make_street(OFFERS | changes)
    for month in months:
        initial_state.run_until(month)
        notes, gifts = noted_by_all(initial_state)
        initial_state.step()
        counted = dict(zip(TALLIES, initial_state.flows.tolist(), strict=True))
        for what, tally in TALLIED.items():
            values = [note[4] for note in notes if diary.NOTES[note[1]] == what]
            count = round(sum(values)) if what in BY_VALUE else len(values)
            assert count == counted[tally], (month, what)
            seen[what] += count
        assert gifts == initial_state.books.month[MUNICIPALITY, HOUSEHOLD].sum()
    assert {what for what in kinds if seen[what] == 0} == set()


def test_where_nobody_is_watched_nothing_is_written(make_street):
    world = make_street().run_until(30).world
    assert len(world.diary) == 0 and world.watched.tolist() == [diary.NOBODY, 0]


def test_starts_and_ends_in_the_diary_give_the_care_a_household_has(watched):
    for _, page, _ in watched.values():
        care = set(page.months[0]["in_care"].split())
        for state in page.months[1:]:
            for note in page.notes:
                if note[0] == state["month"] and note[1] in ("started", "ended"):
                    care = care | {note[2]} if note[1] == "started" else care - {note[2]}
            assert care == set(state["in_care"].split()), state["month"]


def test_a_diary_that_runs_over_is_no_story(make_street):
    model = make_street()
    model.world = diary.watch(model.world, 0)
    model.world.watched[diary.WRITTEN] = diary.MOST_NOTES + 1
    with pytest.raises(RuntimeError, match="the diary holds 512"):
        diary.read_notes(model.world)


def test_what_all_households_cost_for_care_is_what_providers_are_paid(make_street):
    model = make_street().run_until(11)  # before the transition: paid per client
    homes = range(len(model.world.households))
    paid = sum(household_books(model.world, home, []).month[:, PROVIDERS] for home in homes)
    assert (paid[:, LINE_SECOND] == model.books.month[:, PROVIDERS, LINE_SECOND]).all()
    assert paid.sum() > 0


def test_the_survey_counts_of_a_household_what_its_diary_tells(watched):
    for household, (survey, _, tables) in watched.items():
        months = tables["months"][tables["months"]["month"] >= survey.since]
        assert survey.counted["crises"][household] == (tables["notes"]["what"] == "crisis").sum()
        assert survey.counted["unmet_months"][household] == months["unmet"].sum()
        assert survey.counted["heavy_months"][household] == months["heavy"].sum()


def test_the_survey_and_the_diary_agree_on_cost_but_for_small_things(watched):
    for household, (survey, page, tables) in watched.items():
        costs = tables["costs"]
        mine = costs[costs["payer"] != PARTIES[HOUSEHOLD]]["cents"].sum() / 100.0
        small = sum(
            note[1] in ("light_help", "debt_signal", "respite", "dispute", "other_taken_up")
            for note in page.notes
        )
        since_transition = month_number("2015-01")  # the survey leaves out what the desk costs
        decisions = [n[4] for n in page.notes if n[1] == "desk_decides" and n[0] >= since_transition]
        mine -= sum(decisions) * Parameters().wijkteam.eur_per_desk_decision
        if not small:
            assert survey.counted["cost_eur"][household] == pytest.approx(mine, rel=0.01, abs=1.0)


def test_what_is_paid_by_the_case_costs_the_household_it_is_for(make_street):
    world = make_street().run_until(20).world
    p = world.p[0]
    per_hour = p["eur_per_fte"] / 12.0 / p["hours_per_fte"]
    expected = {
        (diary.POVERTY_GIFT, MONEY): p["poverty_gift_eur"] + p["gift_hours"] * per_hour,
        (diary.DESK_DECIDES, MONEY): 2 * p["eur_per_desk_decision"],
        (diary.BOUGHT_BY_TEAM, YOUTH): 2 * p["hours_per_purchase"] * per_hour,
        (diary.HELP_ON_SCHOOL, YOUTH): p["eur_per_pupil_month"],
        (diary.YOUTH_WORK, YOUTH): 0.0,  # paid for all
        (diary.YOUTH_INTERVENTION, YOUTH): p["eur_per_intervention_month"],
        (diary.FLYING_BRIGADE, MONEY): p["eur_per_brigade_month"],
        (diary.NETWORK_TALK, WIJKTEAM): p["hours_per_network_talk"] * per_hour,
        (diary.CLOSE_TO_FAMILY, WIJKTEAM): p["edge_hours"] * per_hour,
        (diary.OTHER_TAKEN_UP, WIJKTEAM): p["joining_hours"] * per_hour,
        (diary.LASTING_CONTACT, WIJKTEAM): p["contact_hours"] * per_hour,
    }
    without = household_books(world, 0, []).month.sum()
    for (what, about), eur in expected.items():
        cents = household_books(world, 0, [(20, what, about, -1, 2.0, 0.0)]).month.sum() - without
        assert abs(cents - 100.0 * eur) <= 1.0, diary.NOTES[what]


def test_a_team_that_only_stays_in_contact_costs_that_and_no_support(make_street):
    world = make_street().run_until(20).world
    home = int(np.flatnonzero(world.households["in_care"] == 1)[0])  # the wijkteam and nothing else
    support = household_books(world, home, []).month.sum()
    contact = household_books(world, home, [(20, diary.LASTING_CONTACT, WIJKTEAM, -1, 0.0, 0.0)]).month.sum()
    per_hour = world.p["eur_per_fte"][0] / 12.0 / world.p["hours_per_fte"][0]
    assert contact == pytest.approx(100.0 * world.p["contact_hours"][0] * per_hour, abs=1.0) != support


def test_a_request_lies_at_the_desk_once_a_month():
    lies = (182, "at_desk", "guidance", "wijkteam", 0.0, 0.0)
    other = (182, "at_desk", "day_care", "wijkteam", 0.0, 0.0)
    assert without_repeated_notes([lies, other, lies]) == [lies, other]


# The words.


def test_every_route_and_every_payer_has_its_words():
    assert set(words.ROUTES) == set(ROUTES)
    paid_only = {"national_government", "teams", "social_base", "providers"}
    assert set(words.PAYERS) == set(PARTIES) - paid_only


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", sorted({*diary.NOTES, *OBSERVED} - UNTOLD))
def test_every_kind_of_event_has_a_sentence_of_its_own(what, language):
    found = sentences(notes_of(one_note(what)), language)
    assert len(found) == 1 and found[0][0] == 2015
    assert ("In March" if language == "en" else "In maart") in found[0][1] and "{" not in found[0][1]


def test_both_languages_know_the_same_kinds_of_care_and_payers():
    assert set(words.CARE) == set(KINDS)
    assert set(words.PAYERS) <= set(PARTIES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_event_nothing_is_claimed(language):
    assert sentences(notes_of(), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_leaving_out_an_event_leaves_out_its_sentence(story, language):
    notes = story[1]["notes"]
    mine = notes[notes["arm"] == "reference"].drop(columns="arm").reset_index(drop=True)
    whole = [event for event in events(mine) if len(event.months) == 1]
    assert whole
    for event in whole:
        same = (mine["what"] == event.what) & (mine["about"] == event.about) & (mine["by"] == event.by)
        without = mine[~(same & (mine["month"] == event.months[0]))]
        left = [(e.key, e.about, e.by, e.months) for e in events(without)]
        assert (event.key, event.about, event.by, event.months) not in left


def test_what_happens_again_in_a_year_is_one_sentence_with_its_months():
    months = (180, 182, 183, 184)
    found = sentences(notes_of(*[(m, "signal", "mind", "gp", 0.0, 0.3) for m in months]), "en")
    assert [text for _, text in found] == [
        "In January and March to May the GP reported it: mental health problems."
    ]


def test_what_follows_in_the_same_month_does_not_name_it_again():
    found = sentences(
        notes_of((180, "signal", "mind", "gp", 0, 0.3), (180, "joined", "guidance", "gp", 0, 0)), "nl"
    )
    assert [text for _, text in found] == [
        "In januari meldde de huisarts het: psychische klachten.",
        "Diezelfde maand kwam het huishouden op een wachtlijst: begeleiding.",
    ]


def test_how_long_care_lasted_is_told_only_where_its_beginning_was_recorded():
    begun = notes_of((180, "started", "guidance", "gp", 2, 0), (187, "ended", "guidance", "", 0, 0))
    assert sentences(begun, "en")[1][1].endswith("guidance, after 7 months.")
    assert sentences(begun[1:], "en")[0][1] == "In August help ended: guidance."


def test_a_case_that_a_team_closes_as_it_opens_is_not_told_as_support():
    rows = [(180, what, "wijkteam", "gp", 0.2, 0.3) for what in ("intake", "started", "light_help", "ended")]
    assert [event.what for event in events(notes_of(*rows))] == ["intake", "light_help"]


def test_nothing_is_told_after_the_household_left():
    rows = notes_of((180, "moved", "", "", 0, 0), (180, "ended", "guidance", "", 0, 0))
    assert [event.what for event in events(rows)] == ["moved"]


@pytest.mark.parametrize(("language", "decimal"), [("en", "0.25"), ("nl", "0,25")])
def test_numbers_are_written_as_the_language_writes_them(language, decimal):
    assert decimal in sentences(notes_of(one_note("struck")), language)[0][1]


# The story.


def test_a_folder_holds_texts_figures_and_what_they_rest_on(told):
    names = {path.name for path in told.iterdir()}
    assert {f"story_{each}.{kind}" for each in LANGUAGES for kind in ("md", "png", "csv", "txt")} < names
    assert {f"log_{each}.md" for each in LANGUAGES} < names
    assert {f"{name}.{kind}" for name in ("notes", "months", "costs") for kind in ("parquet", "csv")} < names
    assert set(json.loads((told / "run.json").read_text())["files"]) == names - {"run.json"}


def test_the_same_household_and_seed_give_the_same_text_bit_for_bit(told, tmp_path):
    again = stories.run_story(stories.read_story_request([*SHORT, f"output.folder={tmp_path}"]))
    for name in ("story_en.md", "story_nl.md", "story_en.png", "notes.csv", "months.csv", "costs.csv"):
        assert (again / name).read_bytes() == (told / name).read_bytes(), name


def test_a_story_is_written_again_from_its_folder_alone(told, story):
    for language in LANGUAGES:
        assert (told / f"story_{language}.md").read_text() == story_text(*story, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_runs_are_told_alike_up_to_the_month_in_which_they_part(story, language):
    document, tables = story
    by_arm = []
    for arm in document["arms"]:
        notes = tables["notes"]
        earlier = notes[(notes["arm"] == arm) & (notes["month"] < document["divergence_month"])]
        by_arm.append(sentences(earlier, language))
    assert by_arm[0] == by_arm[1]


def test_the_story_says_how_it_was_picked_and_that_averages_are_the_evidence(told):
    text = (told / "story_en.md").read_text()
    assert "only averages are evidence" in text and "the middle one of the" in text


def test_the_figure_has_an_alternative_text_with_the_costs_it_shows(story):
    document, tables = story
    cost = total_cents(tables["costs"], "reference", document["resident_at"]) / 100
    text = story_text(document, tables, "en")
    assert f"€{cost:,.0f} with reference policy" in text and "](story_en.png)" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_life_takes_at_most_150_words_and_the_rest_stands_in_the_log(story, language):
    document, tables = story
    for arm in document["arms"]:
        assert 20 < len(short_life(document, tables, arm, language).split()) <= MOST_WORDS
    begin = min(tables["notes"]["month"])
    assert say.month(begin, "en").split()[1] in log_text(document, tables, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_life_full_of_events_is_folded_to_150_words(story, language):
    document, tables = story
    many = dict(tables)
    notes = tables["notes"].copy()
    extra = [notes.iloc[:1].assign(what=what, month=document["resident_at"] + number, about="money", by="gp")
             for number, what in enumerate(["struck", "crisis", *LOSSES] * 12)]  # fmt: skip
    many["notes"] = pd.concat([notes, *extra], ignore_index=True)
    arm = str(notes["arm"].iloc[0])
    assert len(short_life(document, many, arm, language).split()) <= MOST_WORDS


def test_two_systems_are_compared_on_one_municipality(tmp_path):
    short = ["municipality=street", "window.start=2014-06", "window.end=2016-12", "window.warm_up_months=12"]
    asked = stories.read_story_request(
        [*short, "system=zwolle", "against=eindhoven", f"output.folder={tmp_path}"]
    )
    document, tables = read_story(stories.run_story(asked))
    assert [each["en"] for each in document["arms"].values()] == ["Zwolle", "Eindhoven"]
    assert set(tables["months"]["arm"]) == {"reference", "policy"}
    assert "The systems differ from the start." in log_text(document, tables, "en")


# The pick.


def surveyed(*rows):
    """Return a survey of households with these counts."""
    survey = HouseholdSurvey(0)
    survey.counted = {
        name: np.array(column, dtype=float)
        for name, column in zip(COUNTED, zip(*rows, strict=True), strict=True)
    }
    survey.here = np.ones(len(rows), dtype=bool)
    return survey


@pytest.fixture
def five():
    """Five households: untouched, somewhat and far along the average, and one the other way."""
    nothing = surveyed(*[(0, 0, 0, 0)] * 5)
    return compare(
        nothing, surveyed((0,) * 4, (0, 0, -1, -100), (0, 0, -2, -200), (0, 0, -9, -900), (0, 0, 1, 100))
    )


def test_the_largest_goes_farthest_in_the_direction_of_the_average(five):
    assert pick_household(five, "largest", 1) == 3


def test_the_typical_one_is_the_middle_one_of_those_who_go_that_way(five):
    assert pick_household(five, "typical", 1) == 2
    assert five.along.tolist() == [False, True, True, True, False] and five.against.sum() == 1


def test_what_is_shown_of_the_typical_one_has_the_sign_of_the_average_in_everything_counted():
    nothing = surveyed(*[(0, 0, 0, 0)] * 5)
    twins = compare(nothing, surveyed((0, 0, -1, 50), (0, 0, -2, -200), (0, 0, -3, -250), (0, 0, -9, -900),
                                      (0, 0, -2, 60)))  # fmt: skip
    assert twins.along.sum() > twins.agrees.sum() > 0
    picked = pick_household(twins, "typical", 1)
    average = np.sign(twins.difference.mean(axis=0))
    assert (twins.difference[picked] * average >= 0.0).all() and picked == 2


def test_one_drawn_by_lot_differs_and_is_the_same_again(five):
    assert pick_household(five, "random", 7) == pick_household(five, "random", 7)
    assert {pick_household(five, "random", seed) for seed in range(60)} == {1, 2, 3, 4}


def test_who_was_not_there_when_the_runs_part_is_never_picked(five):
    one, other = surveyed((0, 0, 0, 0), (0, 0, 0, 0)), surveyed((5, 0, 0, 9), (1, 0, 0, 9))
    one.here = np.array([False, True])
    assert compare(one, other).differs.tolist() == [False, True]


def test_where_no_household_differs_there_is_nothing_to_tell(five):
    same = Twins(five.difference * 0, five.here, five.differs & False, five.score * 0)
    with pytest.raises(ConfigurationError, match="no difference to any household"):
        pick_household(same, "typical", 1)


# Mistakes.


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["household=1.5"], "expected a whole number from 0"),
        (["household=-1"], "expected a whole number from 0"),
        (["household=100000"], "expected a number from 0 to"),
        (["pick=bigest"], "expected one of typical, largest, random"),
        (["pick=random", "household=3"], "leave out one of the two"),
        (["household=3", "household=4"], "given twice"),
        (["against=national_average"], "the same system twice"),
        (["against=eindhofen"], "did you mean eindhoven"),
        (["against=zwolle", "policy=early_signalling"], "leave out policy="),
        (["policy=reference"], "it changes nothing"),
        (["-m"], "one story at a time"),
        (["landing.years=99"], "landing.years = 99"),
        (["4711"], "expected key=value after story"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(arguments, part, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(stories, "say", lambda *_, **__: None)
    monkeypatch.setattr(stories, "compile_rules", lambda *_: None)
    assert cli.main(["story", *SHORT, *arguments]) == 2
    printed = capsys.readouterr()
    assert part in printed.err and printed.err.count("\n") == 1 and printed.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_household_to_which_nothing_happens_is_refused(capsys, tmp_path):
    short = ["municipality=street", "window.start=2014-12", "window.end=2015-02", "window.warm_up_months=1"]
    assert cli.main(["story", *short, "household=0", f"output.folder={tmp_path}/stories"]) == 2
    assert "nothing happens to it" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_scenario_of_a_story_can_be_printed(capsys):
    assert cli.main(["story", "--cfg", "job", "household=4711", "system=almere"]) == 0
    assert "slug: almere" in capsys.readouterr().out


def test_the_text_is_printed_in_the_language_asked_for(told, monkeypatch, capsys):
    monkeypatch.setattr(stories, "run_story", lambda _: told)
    asked = stories.read_story_request([*SHORT, "language=nl"])
    stories.run_and_print(replace(asked, pick="typical"))
    assert "Wat dit verhaal laat zien, en wat niet" in capsys.readouterr().out
