"""What the dashboard is asked, who is served when, and that its numbers are those of a run."""

import asyncio
import gc
import re
import threading
import time
import zipfile
from functools import partial
from multiprocessing import Pipe
from types import SimpleNamespace

import numpy as np
import pytest

from scenarios.analysis.main_job import channels_of as channels_of_run
from scenarios.apps.dashboard import work as queue
from scenarios.apps.dashboard.answering import answers, choices, place_of_state, stages
from scenarios.apps.dashboard.charts import figures_of
from scenarios.apps.dashboard.comparison import answer_of, comparison_of, policy_name, tiles_of
from scenarios.apps.dashboard.detail_charts import waterfall
from scenarios.apps.dashboard.details import (
    NO_SAVING,
    ShownStory,
    _kinds,
    _landing_title,
    _why_title,
    channels_of,
    claims_table,
    landings_of,
    opened_run,
    placebo_of,
    transition_of,
    why_of,
)
from scenarios.apps.dashboard.measures import Replications
from scenarios.apps.dashboard.municipality_files import brought, cities, filled_in, private_folder, written
from scenarios.apps.dashboard.options import read_options
from scenarios.apps.dashboard.page import MOST_BROUGHT, Desk, _story_of
from scenarios.apps.dashboard.state import (
    LANDING_PRESETS,
    POLICY_PRESETS,
    SLIDERS,
    command_of,
    link_of,
    overrides_of,
    policy_changes,
    read_link,
)
from scenarios.apps.dashboard.trajectories import (
    OUTCOMES,
    PLACEBOS,
    InitialStates,
    Outcome,
    common_reference,
    jobs_of,
    landing_jobs,
    scenario_of,
    simulate,
    why_jobs,
)
from scenarios.apps.dashboard.words import WORDS, RefusedError, word
from scenarios.apps.dashboard.work import CITY, FIRST, AbandonedError, Visitor, Work, Worker
from scenarios.common.errors import ConfigurationError
from scenarios.config.keys import key_called
from scenarios.config.scenario_forms import read_option
from scenarios.config.schema import claim_paths
from scenarios.runs.replications import run_replication, stack_table
from scenarios.runs.scenario import scenario_from
from simulation.model import Model
from simulation.outcomes.derived import before_own_cost, by_replication, decomposition_table, of_arm
from simulation.outcomes.savings import break_even_table, savings_curve
from tests.synthetic_run import write_run

STREET = "?system=overnight&city=street"


# Links.


@pytest.mark.parametrize(
    "link",
    [
        "",
        "?system=zwolle&a=phase_in:5,signalling:0.5,teams:3&b=cut:0.2&look=b&shown=sample:4&language=nl",
        "?a=signalling:1&b=extra:0.46&names=b:Meer mensen (2)&view=compare&tab=why&against=2.5",
        "?city=heerlen&a=ahead:2.5&c=patience:8,base:60&payer=all_payers&measure=cost&year=2018&shown=city:2",
    ],
)
def test_a_link_gives_back_the_state_it_was_made_of(link):
    state = read_link(link)
    assert read_link(link_of(state)) == state


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("?a=phase_in:99", "from 0 to 15"),
        ("?a=phase_in:nan", "expected a number"),
        ("?a=phase_in:1e999", "expected a number"),
        ("?a=teams:99", "a whole number from 1 to 28"),
        ("?a=teams:2.5", "a whole number"),
        ("?a=phase_in:1,phase_in:2", "given twice"),
        ("?a=<script>:1", "unknown"),
        ("?system=../../etc/passwd", "expected one of"),
        ("?system=zwole", "did you mean zwolle"),
        ("?city=netherlands", "expected one of"),
        ("?shown=city:1000", "from 1 to 20"),
        ("?look=d", "expected one of a"),
        ("?e=phase_in:1", "unknown"),
        ("?a=phase_in:1&a=phase_in:2", "given twice"),
        ("?" + "a=phase_in:1&" * 40, "parts"),
        ("?a=signalling:1&names=a:<b>x</b>", "letters, digits"),
        ("?a=signalling:1&names=b:plan", "a policy of the link"),
        ("?a=signalling:1&names=a:" + "x" * 41, "at most 40"),
        ("?view=admin", "expected one of answer"),
        ("?against=99", "from 0 to 15"),
        ("?model=" + "x" * 5000, "longer than"),
        ({"system": "zwolle"}, "longer than"),
    ],
)
def test_a_crafted_link_is_refused_with_a_sentence_in_both_languages(link, says):
    with pytest.raises(RefusedError, match=says) as refused:
        read_link(link)
    assert refused.value.sentence_in("nl") != refused.value.sentence_in("en")


def test_every_slider_stays_within_the_range_of_its_lever():
    for slider in SLIDERS.values():
        if slider.key:
            key = key_called(slider.key)
            assert key.low <= slider.low and slider.high <= (key.high or slider.high), slider.name


def test_the_command_line_composes_to_what_the_page_runs():
    state = read_link(
        STREET + "&a=cut:0.2,phase_in:3,ahead:1,teams:2,fte:1.5,signalling:0.5,base:60,patience:4"
    )
    job = jobs_of(state, "a", "city", 0)[1]
    composed, run = scenario_from(overrides_of(state, "a", "city", 2)), scenario_of(job)
    assert composed.parameters == run.parameters
    assert composed.policy.changes == run.policy.changes == policy_changes(state.policies["a"])


def test_sliders_that_both_arms_share_leave_the_reference_of_other_policies_alone():
    state = read_link(STREET + "&a=phase_in:3,signalling:1&b=phase_in:3,base:90")
    assert jobs_of(state, "a", "city", 0)[0] == jobs_of(state, "b", "city", 0)[0]


def test_a_policy_that_changes_nothing_is_its_own_reference():
    reference, policy = jobs_of(read_link(STREET + "&a=signalling:0"), "a", "city", 0)
    assert reference == policy


def test_every_word_of_the_page_exists_in_both_languages():
    assert all(len(texts) == 2 and all(texts) for texts in WORDS.values())


# Numbers.


@pytest.mark.parametrize(
    "levers",
    [
        "signalling:1&without=spill_over",
        "cut:0.3,phase_in:5,patience:0,signalling:1",
        "ahead:2,base:90",
        "teams:1,fte:2",
    ],
)
def test_the_page_shows_the_numbers_of_a_run(levers):
    state, initial_states = read_link(f"{STREET}&a={levers}"), InitialStates()
    simulate(
        jobs_of(read_link(STREET), "a", "city", 0)[0], initial_states
    )  # somebody else's initial state is there already
    simulated = [
        [simulate(job, initial_states) for job in jobs_of(state, "a", "city", number)] for number in (0, 1)
    ]
    scenario = scenario_from(overrides_of(state, "a", "city", 2))
    results = [run_replication(scenario, number).tables for number in (0, 1)]
    monthly = stack_table(results, "monthly")
    replications = Replications(
        *map(list, zip(*simulated, strict=True)), 2010, scenario.transition_month - scenario.start_month
    )
    curve = savings_curve(monthly, scenario.transition_month)
    for payer in ("municipality", "all_payers"):
        rows = curve[curve["basis"] == payer].groupby("year")["cumulated_eur_per_inhabitant"].mean()
        shown = replications.saved(payer, cumulated=True).mean[
            replications.years >= replications.first_saving_year()
        ]
        np.testing.assert_allclose(shown, rows.to_numpy(), rtol=1e-9, atol=1e-9)
    table = break_even_table(monthly, scenario.transition_month)
    own = table[table["basis"] == "municipality"]
    assert [note for note, _ in replications.paid_back("municipality")] == own["note"].tolist()


def test_initial_states_stay_within_their_bound_and_change_no_number():
    job = jobs_of(read_link(STREET), "a", "city", 0)[1]
    roomy, tight = InitialStates(), InitialStates(most_bytes=1)
    there, here = simulate(job, roomy), simulate(job, tight)
    assert len(tight.stored) == 1 < len(roomy.stored)
    np.testing.assert_array_equal(there.monthly["municipal_cost_eur"], here.monthly["municipal_cost_eur"])


# Comparison, why, landing.


def outcomes_of(jobs, initial_states):
    return {name: simulate(job, initial_states) for name, job in jobs.items()}


@pytest.fixture(scope="module")
def explained():
    """Two replications of the street with all that explains a saving, and the run that has the same."""
    state, initial_states = read_link(STREET + "&a=signalling:1,extra:0.46&against=8"), InitialStates()
    found = [outcomes_of(why_jobs(state, number), initial_states) for number in (0, 1)]
    landings = [outcomes_of(landing_jobs(state, number), initial_states) for number in (0, 1)]
    words = [*overrides_of(state, "a", "city", 2), "processes=1"]
    scenario = scenario_from(words)
    results = [run_replication(scenario, number) for number in (0, 1)]
    return SimpleNamespace(state=state, found=found, landings=landings, scenario=scenario, results=results)


def people_years(explained):
    """Return inhabitants at the transition times the years since, by replication."""
    month = transition_of(explained.state)
    people = [each["reference_0"].monthly["inhabitants"] for each in explained.found]
    return np.array([each[month] * (len(each) - month) / 12.0 for each in people])


def test_the_waterfall_is_the_decomposition_of_a_run(explained):
    table = channels_of_run(explained.scenario, explained.results)
    own = table[table["basis"] == "municipality"].pivot(
        index="replication", columns="channel", values="saving_eur"
    )
    shown = channels_of(explained.state, explained.found)
    months = len(explained.found[0]["reference_0"].monthly["inhabitants"]) - transition_of(explained.state)
    people = [
        each["reference_0"].monthly["inhabitants"][transition_of(explained.state)] for each in explained.found
    ]
    for channel, values in shown.items():
        euros = own[channel].to_numpy() / np.array(people) / (months / 12.0)
        np.testing.assert_allclose(values, euros, atol=2e-3, err_msg=channel)


def test_the_steps_of_the_waterfall_add_up_at_the_printed_decimals(explained):
    rows = why_of(explained.state, explained.found)["figures"][0]["table"]["rows"]
    by_name = {row[0]: row[1] for row in rows}
    steps = [value for name, value in by_name.items() if name not in
             ("Saving", "Difference in spending", "Still open at the end, in no year")]  # fmt: skip
    assert sum(steps) == pytest.approx(by_name["Difference in spending"], abs=1e-9)


def test_the_title_of_why_waits_for_ten_replications_and_has_the_printed_numbers(explained):
    early = why_of(explained.state, explained.found)["title"]
    told = why_of(explained.state, [each for each in explained.found for _ in range(5)])
    printed = {f"{abs(row[1]):.1f}" for row in told["figures"][0]["table"]["rows"]}
    assert early.startswith("First estimate")
    assert set(re.findall(r"\d+\.\d", told["title"])) <= printed
    assert not any(word(f"channel_{name}", "en") in told["title"] for name in NO_SAVING)


@pytest.mark.parametrize(("own_cost", "prevented", "says"), [
    (-5.0, 3.0, "Clearly saved by prevented escalation: 3.0 euro. Clearly spent on own cost"),
    (-5.0, 0.0, "No part clearly saves"), (0.0, 3.0, "No part clearly costs"), (0.0, 0.0, "No part is clear"),
])  # fmt: skip
def test_the_title_of_why_names_only_parts_of_which_the_interval_excludes_zero(own_cost, prevented, says):
    wide = np.linspace(-100.0, 102.0, 10)
    parts = {"own_cost": own_cost + 0.01 * wide, "prevented_escalation": prevented + 0.01 * wide,
             "substitution": wide, "delay": np.full(10, 50.0), "care_not_granted": np.full(10, 60.0),
             "care_still_open": np.zeros(10)}  # fmt: skip
    drawn = waterfall(read_link(""), parts, NO_SAVING, 0.0)
    assert says in _why_title(drawn, parts, "en")


def test_the_placebo_is_that_of_a_run(explained):
    decomposition = decomposition_table(stack_table([each.tables for each in explained.results], "costs"))
    for row, arm in zip(placebo_of(explained.state, explained.found), PLACEBOS, strict=True):
        saved = by_replication(before_own_cost(of_arm(decomposition, arm)), [0, 1]).to_numpy()
        assert row["mean"] == pytest.approx((saved / people_years(explained)).mean(), abs=1e-3), arm


@pytest.mark.parametrize(("landing", "arm"), [("first", "reference"), ("first_same_money", "same_money"),
                                              ("second", "long_phase_in")])  # fmt: skip
def test_a_landing_is_the_arm_of_a_run(explained, landing, arm):
    for number, outcomes in enumerate(explained.landings):
        monthly = explained.results[number].tables["monthly"]
        rows = monthly[monthly["arm"] == arm]
        for column in ("grant_eur", "municipal_cost_eur"):
            np.testing.assert_allclose(outcomes[landing].monthly[column], rows[column].to_numpy(), atol=0.01)


def test_speed_and_money_add_up_to_the_harm(explained):
    found = explained.landings
    names = ("first", "first_same_money", "second")
    one, same_money, other = (np.array([each[name].harms["crises"] for each in found]) for name in names)
    np.testing.assert_allclose((same_money - other) + (one - same_money), one - other)
    assert len(landings_of(explained.state, found)["harms"]["rows"]) == 6


@pytest.mark.parametrize(("kinds", "says"), [
    (["unsure", "bad", "same", "unsure"], "worse on 1 of 4 harms and better on 0; inconclusive on 3"),
    (["good", "bad"], "worse on 1 of 2 harms and better on 1; inconclusive on 0"),
    (["unsure", "same"], "inconclusive: overnight"), (["first", "same"], "First estimate"),
])  # fmt: skip
def test_the_title_of_two_landings_claims_no_more_than_its_table(kinds, says):
    rows = [{"direction": {"kind": kind}} for kind in kinds]
    told = word(_landing_title(rows), "en", first="overnight", second="5 years", **_kinds(rows))
    assert says in told


def replications_of(letters="ab", count=10, spread=0.0):
    """Return invented replications of some policies, one reference, of which B is always cheaper.

    Waiting under the reference grows by `spread` from one replication to the next.
    """
    rng = np.random.default_rng(0)

    def outcome(cost, waiting):
        monthly = {name: np.full(240, cost) for name in ("municipal_cost_eur", "all_payers_cost_eur")}
        monthly |= {"inhabitants": np.full(240, 1000.0), "waiting": np.zeros(240)}
        outcomes = dict.fromkeys((*OUTCOMES, "without_help"), 1.0)
        outcomes |= {"net_cost": cost * 12 / 1000, "team_waiting": waiting}
        return Outcome(monthly, None, {}, None, None, {}, outcomes, {}, 0.0, 0.0)

    chance = rng.normal(0.0, 50.0, count)
    reference = [outcome(1000.0 + each, 5.0 + spread * number) for number, each in enumerate(chance)]
    costs = {"a": 1010.0, "b": 990.0, "c": 1005.0, "d": 1002.0}
    return {
        letter: Replications(reference, [outcome(costs[letter] + each, 7.0) for each in chance], 2010, 60)
        for letter in letters
    }


def test_the_cumulated_curve_ends_at_years_times_the_tile():
    found = replications_of("a")["a"]
    tile = tiles_of(found, "en")[0]
    assert found.saved("municipality", True).mean[-1] == pytest.approx(
        found.years_since * tile["mean"], rel=1e-3
    )


def test_differences_are_paired_even_where_intervals_overlap():
    state = read_link("?a=signalling:1&b=extra:0.46")
    told = comparison_of(state, replications_of())
    a_less_b, b_less_a = told["pairs"]["money"][0]["cells"][1], told["pairs"]["money"][1]["cells"][0]
    assert a_less_b["word"] == b_less_a["word"] == "B is cheaper"
    assert a_less_b["number"].strip("+\u2212") == b_less_a["number"].strip("+\u2212")


def test_the_shares_of_a_ranking_add_up_over_places_and_over_policies():
    state = read_link("?a=signalling:1&b=extra:0.46&c=base:90&d=fte:1")
    rows = comparison_of(state, replications_of("abcd"))["ranking"]["money"]
    shares = np.array([row["shares"] for row in rows])
    np.testing.assert_allclose(shares.sum(axis=0), 1.0, atol=1e-3)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-3)
    assert rows[0]["name"].startswith("B ")


def test_under_ten_replications_nothing_is_called_better_or_worse():
    found = replications_of("a", count=9)["a"]
    assert {tile["direction"]["kind"] for tile in tiles_of(found, "nl")} <= {"first", "same"}
    assert answer_of(read_link(""), found)["side"]["kind"] == "first"


@pytest.mark.parametrize(("letter", "says"), [("a", "costs money in 9 of 9"), ("b", "saves money in 9 of 9")])
def test_a_first_estimate_says_what_most_replications_do(letter, says):
    found = replications_of(letter, count=9)[letter]
    assert says in answer_of(read_link(f"?{letter}=signalling:1"), found)["title"]


def test_one_replication_is_not_told_as_a_share_of_one():
    found = replications_of("a", count=1)["a"]
    told = answer_of(read_link(""), found)["title"]
    assert told == "First estimate, from one replication: it costs money."
    assert all("1 of 1" not in tile["certainty"] for tile in tiles_of(found, "en"))


@pytest.mark.parametrize(
    ("letter", "number", "says"),
    [
        ("a", "kost 0,16", "Het kost de gemeente 0,16 euro"),
        ("b", "bespaart 0,16", "Het bespaart de gemeente 0,16 euro"),
    ],
)
def test_answer_and_tile_say_in_words_whether_money_is_saved_or_spent_and_how_much(letter, number, says):
    found, state = replications_of(letter)[letter], read_link(f"?{letter}=signalling:1&language=nl")
    answer = answer_of(state, found)
    assert tiles_of(found, "nl")[0]["number"] == number
    assert says in answer["title"] and answer["basis"].startswith("Zeer waarschijnlijk")


def test_what_gets_worse_is_not_told_before_there_are_ten_replications():
    state = read_link("?a=signalling:1&b=extra:0.46")
    early, late = (comparison_of(state, replications_of(count=count)) for count in (9, 10))
    assert (early["worse_kind"], late["worse_kind"]) == ("first", "bad")
    assert early["worse"][0]["lines"] == ["What gets worse is known when there are ten replications."]


def test_answer_and_comparison_list_the_same_harms():
    state = read_link("?a=signalling:1&b=extra:0.46")
    found = replications_of()
    spending, *harms = comparison_of(state, found)["worse"][0]["lines"]
    assert spending.startswith("Spending of the municipality: from 12.")
    assert harms == [answer_of(state, found["a"])["side"]["text"]]
    assert [each["name"][0] for each in comparison_of(state, found)["worse"]] == ["A", "B"]


@pytest.mark.parametrize(("spread", "is_told"), [(0.0, False), (100.0, True)])
def test_a_fall_larger_than_the_average_it_starts_from_stands_next_to_the_spread_of_where_it_starts(
    spread, is_told
):
    found = replications_of(spread=spread)
    told = comparison_of(read_link("?a=signalling:1&b=extra:0.46"), found)
    waiting = told["reference"]["cells"][2]
    assert bool(told["note"]) == is_told
    assert ("differ much" in tiles_of(found["a"], "en")[2]["baseline"]) == is_told
    if is_told:
        assert (waiting["number"], waiting["interval"]) == ("455", "90%: 50 to 860")
        assert told["rows"][0]["cells"][2]["interval"] == "90%: \u2212853 to \u221243"
        assert told["rows"][0]["cells"][2]["after"] == "becomes 7"


def test_a_thing_that_gets_worse_stands_beside_the_answer_with_its_baseline():
    side = answer_of(read_link(""), replications_of("a")["a"])["side"]
    assert side["kind"] == "bad" and "from 5.0 to 7.0" in side["text"]


def test_the_cheapest_of_policies_that_cost_money_is_said_to_cost_least():
    state = read_link("?a=signalling:1&c=base:90")
    assert comparison_of(state, replications_of("ac"))["title"].startswith(
        "C Social base of 90 euro costs least."
    )
    state = read_link("?a=signalling:1&b=extra:0.46")
    assert comparison_of(state, replications_of("ab"))["title"].startswith("B Larger teams saves most.")


@pytest.mark.parametrize(("levers", "says"), [
    ("signalling:1", "the same landing without early signalling."),
    ("signalling:1,fte:0.6", "the same landing without this policy."),
])  # fmt: skip
def test_the_answer_says_what_it_is_compared_with(levers, says):
    assert says in answer_of(read_link(f"?a={levers}"), replications_of("a")["a"])["basis"]


def test_a_policy_that_changes_only_the_landing_is_told_where_landings_are_compared():
    found = replications_of("a")["a"]
    answer = answer_of(read_link("?a=phase_in:5"), Replications(found.reference, found.reference, 2010, 60))
    assert answer["title"].startswith("Nothing differs")
    assert "Compare landings under 'Landing' and 'Compare'." in answer["basis"]


def test_all_policies_have_one_reference_in_the_comparison():
    state = read_link(STREET + "&a=signalling:1,phase_in:5&b=extra:0.46,cut:0.2&c=base:90")
    assert len({common_reference(state, letter, "city", 0) for letter in "abc"}) == 1
    assert common_reference(state, "c", "city", 0) == jobs_of(state, "c", "city", 0)[0]


@pytest.mark.parametrize(("levers", "name"), [
    ("signalling:1", "Early signalling"), ("extra:0.46", "Larger teams"), ("signalling:0", "No new policy"),
    ("signalling:1,phase_in:0", "Early signalling, overnight landing"), ("phase_in:5", "5-year landing"),
    ("signalling:0.5,base:60", "Early signalling at 50%, social base of 60 euro"),
])  # fmt: skip
def test_a_policy_is_named_after_what_it_changes(levers, name):
    assert policy_name(read_link(f"?a={levers}"), "a") == name


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_a_pointer_reads_in_a_figure_has_a_name_a_unit_and_no_more_decimals_than_mean_something(
    language,
):
    """Plotly's own reading is a pair of bare numbers, and of flows English words."""
    state, initial_states = read_link(f"{STREET}&a=signalling:1&language={language}"), InitialStates()
    simulated = [simulate(job, initial_states) for job in jobs_of(state, "a", "city", 0)]
    replications = Replications(*([each] for each in simulated), 2010, 60)
    figures = figures_of(state, {"a": replications}, {"a": replications}, "")
    assert {each["id"] for each in figures} >= {
        "savings-cumulated",
        "waiting",
        "kinds",
        "flows",
        "dots-money",
    }
    for each in figures:
        for trace in each["traces"]:
            parts = [trace["node"], trace["link"]] if trace.get("type") == "sankey" else [trace]
            for part in parts:
                read = part.get("hovertemplate", "")
                assert part.get("hoverinfo") in ("skip", "name", "text") or re.search(r":,\.\df} \S+", read)


def test_presets_are_the_policies_and_landings_of_the_configuration():
    larger = read_option("policy", "larger_teams")["changes"]
    assert policy_changes(POLICY_PRESETS["larger_teams"]) == larger
    assert (
        policy_changes(POLICY_PRESETS["early_signalling"])
        == read_option("policy", "early_signalling")["changes"]
    )
    for preset, years in (("overnight", 0.0), ("five_years", 5.0)):
        assert LANDING_PRESETS[preset]["phase_in"] == read_option("landing", preset)["years"] == years


# Workers.


def test_something_urgent_is_done_between_the_months_of_a_long_run():
    mine, its = Pipe()
    threading.Thread(target=Worker(its, None).serve_requests, daemon=True).start()
    mine.send(("do", 1, _LongTask(60)))
    time.sleep(0.1)
    mine.send(("do", 2, _LongTask(0)))
    done = [mine.recv()[1] for _ in range(2)]
    assert done == [2, 1]


def test_what_nobody_waits_for_is_abandoned_before_its_end():
    mine, its = Pipe()
    threading.Thread(target=Worker(its, None).serve_requests, daemon=True).start()
    mine.send(("do", 1, _LongTask(1000)))
    mine.send(("abandon", 1))
    assert mine.recv()[0] == "abandoned"


def _error(_initial_states, _between):
    raise KeyError("something unforeseen")


def _missing_file(_initial_states, _between):
    raise FileNotFoundError("a file of a task")


@pytest.mark.parametrize("problem", [_error, _missing_file])
def test_problem_of_one_task_leaves_the_worker_at_work(problem):
    mine, its = Pipe()
    threading.Thread(target=Worker(its, None).serve_requests, daemon=True).start()
    mine.send(("do", 1, problem))
    mine.send(("do", 2, _LongTask(0)))
    assert [mine.recv()[0] for _ in range(2)] == ["failed", "done"]


class _LongTask:
    """A task of so many months."""

    def __init__(self, months):
        self.months = months

    def __call__(self, _initial_states, between):
        for _ in range(self.months):
            time.sleep(0.01)
            between()
        return self.months


@pytest.fixture
def one_worker(monkeypatch):
    """A queue before one worker, which is a thread here."""

    def begun():
        mine, its = Pipe()
        threading.Thread(target=Worker(its, None).serve_requests, daemon=True).start()
        ended = SimpleNamespace(terminate=mine.close, join=lambda: None)
        return queue._Process(ended, mine)

    monkeypatch.setattr(queue, "_begun", begun)
    return Work(1)


def test_a_first_answer_does_not_wait_for_somebody_elses_city(one_worker):
    async def both():
        city = asyncio.create_task(one_worker.answer(Visitor(), "city", _LongTask(200), CITY))
        await asyncio.sleep(0.1)
        await one_worker.answer(Visitor(), "first", _LongTask(1), FIRST)
        ended = city.done()
        city.cancel()
        return ended

    assert asyncio.run(both()) is False


def test_who_was_served_least_goes_first(one_worker):
    order = []

    async def ask(visitor, name):
        await one_worker.answer(visitor, (name, len(order), object()), _LongTask(1), FIRST)
        order.append(name)

    async def all_of_them():
        greedy, modest = Visitor(served_seconds=5.0), Visitor()
        await asyncio.gather(*(ask(greedy, "greedy") for _ in range(4)), ask(modest, "modest"))

    asyncio.run(all_of_them())
    assert order.index("modest") <= 1  # one may be under way when the modest one comes


def test_two_who_ask_the_same_wait_for_one_run_and_one_may_leave(one_worker):
    async def two():
        staying, leaving = (
            asyncio.create_task(one_worker.answer(Visitor(), "same", _LongTask(30), FIRST)) for _ in range(2)
        )
        await asyncio.sleep(0.1)
        assert len(one_worker.wishes) == 1
        leaving.cancel()
        return await staying

    assert asyncio.run(two()) == 30


def test_a_question_that_is_cancelled_leaves_nothing_behind(one_worker):
    async def one():
        asked = asyncio.create_task(one_worker.answer(Visitor(), "long", _LongTask(500), FIRST))
        await asyncio.sleep(0.1)
        asked.cancel()
        await asyncio.sleep(0.3)
        return len(one_worker.wishes), len(one_worker.processes[0].doing)

    assert asyncio.run(one()) == (0, 0)


def test_a_link_copied_early_continues_to_the_whole_city():
    state = read_link("?a=signalling:1")
    assert "shown" not in link_of(state) and stages(read_link(link_of(state)))[-1] == ("city", 10)


def test_a_link_that_was_made_of_a_sample_stops_at_that_sample():
    assert stages(read_link("?shown=sample:3")) == [("sample", 3)]
    assert stages(read_link("?shown=city:3"))[-1] == ("city", 3)
    assert stages(read_link(STREET + "&shown=city:3")) == [("city", 3)]  # too small for a sample


# Names.


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>"])
def test_markup_in_the_name_of_a_municipality_stays_text(name):
    markup = _story_of(ShownStory(f"# Household 7 in {name}\n\n{name}\n", "", ""))["markup"]
    assert "<img" not in markup and "<script" not in markup and "&lt;" in markup


def test_a_name_in_a_story_can_be_no_link():
    assert (
        "<a"
        not in _story_of(ShownStory("[Lutjedijk](http://example.org) <http://example.org>", "", ""))["markup"]
    )


def test_a_name_in_a_story_can_be_no_picture_but_its_own_can():
    text = "![x](http://example.org/x.png) ![y](/own/icon.svg) ![z](data:image/svg+xml;base64,AA==)"
    assert "<img" not in _story_of(ShownStory(text, "", ""))["markup"]
    assert "<img" in _story_of(ShownStory("![timeline](data:image/png;base64,AA==)", "", ""))["markup"]


# Next to the figures.


def test_an_upload_that_is_no_run_folder_is_refused_with_a_sentence(tmp_path):
    text, empty = tmp_path / "a.zip", tmp_path / "b.zip"
    text.write_text("no zip")
    with zipfile.ZipFile(empty, "w") as packed:
        packed.writestr("run/run.json", "[1, 2")
    for path in (text, empty):
        with pytest.raises(RefusedError, match="run folder"):
            opened_run(path)


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """The folder of a server, in which visitors' municipalities are kept."""
    monkeypatch.setenv("LANDINGSBAAN_MUNICIPALITIES", str(tmp_path / "elsewhere"))
    with private_folder() as folder:
        yield folder
    assert not (tmp_path / "elsewhere").exists()


VILLAGE = {"name": "Lutjedijk", "figures": {"people.inhabitants": 24000, "wijken.number": 4}}


def test_a_municipality_of_ones_own_is_shown_from_its_file(tmp_path, own_folder):
    file = tmp_path / "dorp.yaml"
    file.write_text("slug: lutjedijk\nname: Lutjedijk\npeople:\n  inhabitants: 24000\n")
    slug = brought(file).slug
    assert [each.stem for each in own_folder.iterdir()] == [slug]
    state = read_link(f"?city={slug}&a=phase_in:5")
    assert slug in cities() and place_of_state(state)["names"]["nl"] == "Lutjedijk"
    assert scenario_from(overrides_of(state, "a", "sample", 1)).profile.name == "Lutjedijk"
    assert "municipality=lutjedijk " in command_of(state, "a", "sample", 1)
    for name, text in {
        "zaanstad.yaml": "slug: zaanstad\nname: Zaanstad\npeople:\n  inhabitants: 24000\n",
        "huge.csv": "name,value\npeople.inhabitants,1e300\n",
        "run.zip": "no municipality",
    }.items():
        wrong = tmp_path / name
        wrong.write_text(text)
        with pytest.raises(RefusedError) as refused:
            brought(wrong)
        assert str(tmp_path) not in refused.value.sentence_in("nl")


def test_what_a_visitor_brought_is_named_to_nobody_else(own_folder):
    mine, same_again = filled_in(VILLAGE).slug, filled_in(VILLAGE).slug
    assert mine != same_again and mine not in choices()["cities"]
    with pytest.raises(RefusedError) as refused:
        read_link("?city=lutjedijk")
    assert "lutjedijk_" not in refused.value.sentence_in("en")


def test_the_form_gives_a_file_that_can_be_brought_again(tmp_path, own_folder):
    slug, text = written(VILLAGE)
    file = tmp_path / f"{slug}.yaml"
    file.write_text(text, encoding="utf-8")
    own = brought(file)
    assert own.name == "Lutjedijk" and own.figures == VILLAGE["figures"]


@pytest.mark.parametrize(
    "form",
    [
        None,
        {"name": "X"},
        {"name": 3, "figures": {}},
        {"name": "X", "figures": {"people.inhabitants": "many"}},
        {"name": "X", "figures": {"people.inhabitants": -1}},
        {"name": "X", "figures": {"../../etc/passwd": 1}},
        {"name": "X\ny: 1", "figures": {"people.inhabitants": 24000}},
    ],
)
def test_a_form_that_cannot_be_right_is_refused_and_nothing_is_kept(form, own_folder):
    with pytest.raises(RefusedError):
        filled_in(form)
    assert not list(own_folder.iterdir())


def test_one_visitor_cannot_take_all_places(own_folder):
    async def bring_many():
        desk = Desk(None, None)
        return [await desk.bring(partial(filled_in, VILLAGE)) for _ in range(MOST_BROUGHT + 1)]

    answered = asyncio.run(bring_many())
    assert ["city" in each for each in answered] == [True] * MOST_BROUGHT + [False]
    assert len(list(own_folder.iterdir())) == MOST_BROUGHT


def test_a_zip_whose_names_point_elsewhere_writes_nothing_there(tmp_path):
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("run/run.json", "{}")
        packed.writestr("../../escaped.json", "{}")
    with pytest.raises(RefusedError):
        opened_run(path)
    assert not list(tmp_path.parent.rglob("escaped.json"))


def test_a_run_of_ones_own_is_opened_from_a_zip(tmp_path):
    folder = write_run(tmp_path / "run")
    path = tmp_path / "run.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for each in folder.iterdir():
            packed.write(each, f"run/{each.name}")
    opened = opened_run(path)
    assert opened["nl"]["lines"] != opened["en"]["lines"] and opened["nl"]["figure"]["table"]["rows"]


def test_without_a_study_the_claims_table_says_which_command_makes_one(tmp_path):
    assert "landingsbaan claims" in claims_table("en", tmp_path, tmp_path / "claims.md")["sentence"]


def test_without_a_study_of_ones_own_the_claims_are_those_of_the_docs(tmp_path):
    english, dutch = (claims_table(language, tmp_path)["rows"] for language in ("en", "nl"))
    assert 0 < len(english) == len(dutch) <= len(claim_paths())  # a new claim waits for its study
    assert "C06 An overnight cut causes transition harm" in [row[0] for row in english]
    assert any(row[0].startswith("C06 Een korting") for row in dutch)


@pytest.mark.parametrize("words", [["port=0"], ["port=x"], ["host=example.org"], ["prot=1"], ["language=fr"]])
def test_serve_refuses_a_wrong_option_with_a_sentence(words):
    with pytest.raises(ConfigurationError):
        read_options(words)


def test_serve_keeps_to_this_machine_unless_told_otherwise():
    assert read_options([]).host == "127.0.0.1"


def test_answers_grow_from_a_first_replication_to_all_that_was_asked(one_worker, monkeypatch):
    """The street is simulated whole at once, a replication at a time."""
    monkeypatch.setattr(one_worker, "outcome", partial(_simulated_here, InitialStates()))

    async def sizes():
        state = read_link(STREET + "&shown=city:3")
        return [(each["size"], each["replications"], each["refining"]) async for each in
                answers(state, Visitor(), one_worker)]  # fmt: skip

    assert asyncio.run(sizes()) == [("city", 1, True), ("city", 2, True), ("city", 3, False)]


async def _simulated_here(initial_states, _visitor, job, _stage):
    return simulate(job, initial_states)


def test_an_abandoned_run_keeps_no_initial_state_that_is_not_whole():
    initial_states, looks = InitialStates(), iter(range(30))

    def leaves():
        if next(looks, None) is None:
            raise AbandonedError

    job = jobs_of(read_link(STREET), "a", "city", 0)[0]
    before = _models_in_memory()
    with pytest.raises(AbandonedError):
        simulate(job, initial_states, leaves)
    assert not initial_states.stored and _models_in_memory() == before


def _models_in_memory():
    gc.collect()
    # `isinstance` would ask a weak proxy for what it stands for, which may be gone.
    return sum(issubclass(type(each), Model) for each in gc.get_objects())
