"""Random numbers: the generator's quality, and bystanders that a policy leaves as they were."""

import numpy as np
import pytest
from scipy import stats

from simulation.model import PROCESSES
from simulation.parameters import changed
from simulation.randomness.common_random_numbers import Purpose, mixed, uniform, uniforms
from simulation.recording.tallies import NEW_PROBLEMS
from tests.worlds import EARLY_SIGNALLING, differences

N = 1 << 16
# A test fails by chance once in a million; the keys are fixed, so it fails always or never.
LEAST_P = 1e-6


def by_who(seed=1, month=60, purpose=Purpose.ROUTE):
    return uniforms(seed, N, month, purpose)


def by_month(seed=1, who=17):
    return np.array([uniform(seed, who, month, int(Purpose.ROUTE)) for month in range(N // 4)])


def by_seed(who=17, month=60):
    return np.array([uniform(seed, who, month, int(Purpose.ROUTE)) for seed in range(N // 4)])


def by_purpose(seed=1, who=17):
    return np.array([uniform(seed, who, 60, purpose) for purpose in range(N // 4)])


SEQUENCES = {"who": by_who, "month": by_month, "seed": by_seed, "purpose": by_purpose}


@pytest.fixture(scope="module", params=SEQUENCES, ids=SEQUENCES.keys())
def draws(request):
    return SEQUENCES[request.param]()


def test_draws_lie_from_zero_up_to_one(draws):
    assert draws.min() >= 0.0 and draws.max() < 1.0
    assert len(np.unique(draws)) == len(draws)


def test_draws_are_spread_evenly_over_a_thousand_boxes(draws):
    counts = np.bincount((draws * 1000).astype(int), minlength=1000)
    assert stats.chisquare(counts).pvalue > LEAST_P


def test_draws_are_uniform_by_kolmogorov_and_smirnov(draws):
    assert stats.kstest(draws, "uniform").pvalue > LEAST_P


@pytest.mark.parametrize("lag", [1, 2, 3, 7, 8, 32, 1024])
def test_neighbours_are_not_correlated(draws, lag):
    correlation = np.corrcoef(draws[:-lag], draws[lag:])[0, 1]
    assert abs(correlation) * np.sqrt(len(draws)) < 5.0


@pytest.mark.parametrize("dimension, boxes", [(2, 32), (3, 10)])
def test_neighbours_fill_the_square_and_the_cube_without_a_lattice(draws, dimension, boxes):
    whole = draws[: len(draws) // dimension * dimension].reshape(-1, dimension)
    number = ((whole * boxes).astype(int) * boxes ** np.arange(dimension)).sum(axis=1)
    counts = np.bincount(number, minlength=boxes**dimension)
    assert stats.chisquare(counts).pvalue > LEAST_P


def test_there_are_no_long_runs_up_or_down(draws):
    # Runs up and down of n independent draws: mean (2n - 1) / 3, variance (16n - 29) / 90.
    runs = 1 + np.count_nonzero(np.diff(np.sign(np.diff(draws))))
    n = len(draws)
    assert abs(runs - (2 * n - 1) / 3) / np.sqrt((16 * n - 29) / 90) < 5.0


def test_every_bit_of_a_draw_is_set_half_of_the_time(draws):
    words = (draws * 2.0**53).astype(np.uint64)
    share = [np.mean(words >> np.uint64(bit) & np.uint64(1)) for bit in range(53)]
    assert np.abs(np.array(share) - 0.5).max() * 2 * np.sqrt(len(draws)) < 5.0


@pytest.mark.parametrize("bit", range(0, 64, 7))
def test_one_bit_of_a_key_turns_half_of_the_bits_of_the_word(bit):
    words = np.arange(1, 4097, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    turned = [(int(mixed(word)) ^ int(mixed(word ^ np.uint64(1 << bit)))) & (2**64 - 1) for word in words]
    mean = np.mean([each.bit_count() for each in turned])
    assert abs(mean - 32.0) < 0.5


@pytest.mark.parametrize("other", [{"seed": 2}, {"month": 61}, {"purpose": Purpose.MISDIRECTED_CONTACT}])
def test_neighbouring_streams_have_nothing_to_do_with_each_other(other):
    one, another = by_who(), by_who(**other)
    assert abs(np.corrcoef(one, another)[0, 1]) * np.sqrt(N) < 5.0
    boxes = (one * 32).astype(int) * 32 + (another * 32).astype(int)
    assert stats.chisquare(np.bincount(boxes, minlength=1024)).pvalue > LEAST_P


@pytest.mark.parametrize("shift", [1, 8, 64])
def test_one_stream_is_not_another_one_moved_along(shift):
    one, another = by_who(), by_who(month=61)
    assert abs(np.corrcoef(one[shift:], another[:-shift])[0, 1]) * np.sqrt(N) < 5.0


def test_places_of_one_household_are_as_independent_as_households():
    draws = uniforms(1, N, 60, Purpose.DISCHARGE).reshape(-1, 32)
    off_diagonal = np.corrcoef(draws.T)[~np.eye(32, dtype=bool)]
    assert np.abs(off_diagonal).max() * np.sqrt(len(draws)) < 5.5


def test_purposes_have_numbers_of_their_own():
    assert len({int(each) for each in Purpose}) == len(Purpose.__members__)


def test_random_numbers_do_not_depend_on_how_many_are_drawn():
    np.testing.assert_array_equal(uniforms(1, 10, 5, Purpose.ROUTE), uniforms(1, 1000, 5, Purpose.ROUTE)[:10])


# -- bystanders ----------------------------------------------------------------------------------


def replication(make_street, changes, by_objects=False, months=48):
    """Return a street under the reference policy and under changed levers from month 20 on."""
    reference = make_street({}, by_objects=by_objects).run_until(20)
    policy = reference.copy()
    reference.apply_policy(reference.parameters)
    policy.apply_policy(changed(reference.parameters, changes))
    return reference.run_until(months), policy.run_until(months)


def unlike(one, other, field="severity"):
    """Return which households differ between two streets."""
    differs = one.world.households[field] != other.world.households[field]
    return differs.any(axis=1) if differs.ndim > 1 else differs


ONE_LEVER = ("referral_source.police_link", "referral_source.debt_signals", "referral_source.school_link",
             "informal_network.mediation_share")  # fmt: skip


@pytest.mark.parametrize("lever", ONE_LEVER)
def test_households_a_lever_does_not_reach_are_left_as_they_were(make_street, lever):
    reference, policy = replication(make_street, {lever: 1.0}, months=32)
    assert unlike(reference, policy).mean() < 0.2
    quiet = (reference.world.attention != 0) & (policy.world.attention != 0)
    for field in ("severity", "trust", "income", "in_care", "waiting"):
        assert not unlike(reference, policy, field)[quiet].any()


def test_events_are_the_same_under_every_policy(make_street):
    hard = EARLY_SIGNALLING | {"wijkteam.fte_per_1000": 0.1, "provider.tariff": 0.5, "landing.cut": 1.0}
    reference, policy = replication(make_street, hard, months=120)
    for column in ("separations", "births", "household_deaths", "moves", "disputes"):
        np.testing.assert_array_equal(reference.recorder.column(column), policy.recorder.column(column))
    new_problems = slice(NEW_PROBLEMS, NEW_PROBLEMS + 5)
    np.testing.assert_array_equal(
        reference.recorder.monthly[:, new_problems], policy.recorder.monthly[:, new_problems]
    )
    np.testing.assert_array_equal(reference.world.calendar, policy.world.calendar)
    for field in ("frailty", "oldest_birth", "child_birth", "partner", "since", "bound"):
        np.testing.assert_array_equal(reference.world.lives[field], policy.world.lives[field])


def test_a_link_takes_no_other_signal_away_in_its_first_month(make_street):
    reference, policy = replication(make_street, {"referral_source.school_link": 1.0}, months=21)
    for route in ("self", "network", "gp", "police"):
        name = f"signals_{route}"
        assert reference.recorder.column(name)[20] == policy.recorder.column(name)[20]


def test_stepping_object_by_object_leaves_the_same_bystanders(make_street):
    by_loops = replication(make_street, EARLY_SIGNALLING, months=30)
    by_objects = replication(make_street, EARLY_SIGNALLING, by_objects=True, months=30)
    for one, other in zip(by_loops, by_objects, strict=True):
        assert differences(one, other) == []


@pytest.mark.parametrize(
    "process",
    [
        "process_events",
        "update_problems",
        "register_need",
        "provide_support",
        "receive_support",
        "receive_team_support",
        "receive_treatment",
    ],
)
def test_the_order_of_agents_does_not_matter(make_street, process):
    initial_state = make_street().run_until(36)
    initial_state.run_loop(initial_state.loops.list_active)
    forwards, backwards = initial_state.copy(), initial_state.copy()
    kind = PROCESSES[process][0]
    forwards.agents_by_type[kind].do(process)
    backwards.agents_by_type[kind].sort("unique_id").do(process)
    assert [each for each in differences(forwards, backwards) if not each.startswith("entries")] == []
