"""Accounts that add up: by item in every month, by part between two arms, by factor between two years."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.vocabulary import HOUSEHOLD, LAW_WMO, LINE_SECOND, MUNICIPALITY, N_LAWS, N_PARTIES, PROVIDERS
from scenarios.reporting.summary.history import history_lines
from scenarios.reporting.summary.summary import summary_lines
from simulation import invariants
from simulation.finance.books import ITEMS, N_ITEMS, OWN_COST, Books
from simulation.outcomes.derived import FACTORS, PARTS, split, split_growth
from simulation.outcomes.headline import ARTEFACT, STAFF, STANDS, confidence, headline_status
from simulation.recording.store import open_run
from tests.synthetic_run import costs_table, monthly_table, tables, write_run
from tests.worlds import EARLY_SIGNALLING

GUIDANCE = ITEMS.index("guidance")
AMOUNTS = st.integers(0, 10**9)
PAYMENTS = st.lists(
    st.tuples(st.integers(0, N_PARTIES - 1), st.integers(0, N_PARTIES - 1), st.integers(0, N_LAWS - 1),
              st.integers(0, N_ITEMS - 1), AMOUNTS).filter(lambda each: each[0] != each[1])
)  # fmt: skip


@given(PAYMENTS)
def test_whatever_is_paid_adds_up_by_item_to_what_everybody_bears(payments):
    books = Books()
    for payer, payee, law, item, amount in payments:
        books.book_payment(payer, payee, LINE_SECOND, law, amount, item)
    passed_on = books.month[:, MUNICIPALITY].sum()
    assert books.by_item.sum() == books.month.sum() - passed_on
    of_municipality = books.month[MUNICIPALITY].sum() - passed_on
    assert books.by_item[:, MUNICIPALITY].sum() == of_municipality


@pytest.mark.parametrize("changes", [{}, EARLY_SIGNALLING], ids=["reference", "early_signalling"])
def test_items_add_up_to_the_books_in_every_month(make_street, changes):
    street = make_street(changes)
    for _ in range(36):
        street.step()
        invariants.check_items(street)
    assert street.books.by_item[:, MUNICIPALITY].sum() > 0


def test_a_payment_for_nothing_is_noticed(street):
    street.run_until(20)
    street.books.book_payment(MUNICIPALITY, PROVIDERS, LINE_SECOND, LAW_WMO, 1)
    with pytest.raises(AssertionError, match="bears by law"):
        invariants.check_items(street)


def test_own_contributions_are_borne_by_households():
    books = Books()
    books.book_payment(MUNICIPALITY, PROVIDERS, LINE_SECOND, LAW_WMO, 100, GUIDANCE)
    books.book_payment(HOUSEHOLD, MUNICIPALITY, LINE_SECOND, LAW_WMO, 20, GUIDANCE)
    borne = books.by_item[GUIDANCE, :, LAW_WMO]
    assert (borne[MUNICIPALITY], borne[HOUSEHOLD], borne.sum()) == (80, 20, 100)


def test_a_transfer_pays_for_nothing():
    books = Books()
    books.book_payment(1, MUNICIPALITY, 0, 0, 500)
    assert not books.by_item.any() and books.month.sum() == 500


def costs_of(**cents):
    """Return the costs of two arms in one year: item to (reference, policy)."""
    rows = [
        {
            "replication": 0,
            "arm": arm,
            "year": 2016,
            "payer": "municipality",
            "law": "wmo",
            "item": item,
            "cents": paid,
        }
        for item, both in cents.items()
        for arm, paid in zip(("reference", "policy"), both, strict=True)
    ]
    return pd.DataFrame(rows)


def test_a_difference_splits_into_the_items_that_differ():
    parts = split(costs_of(guidance=(900, 400), aids=(50, 50), wijkteam=(0, 300)), "policy", "reference")
    assert dict(zip(parts["item"], parts["saving_cents"], strict=True)) == {"guidance": 500, "wijkteam": -300}
    assert list(parts.columns) == ["replication", *PARTS, "saving_cents"]


def test_a_replication_without_one_of_the_arms_is_left_out():
    costs = costs_of(guidance=(900, 400))
    assert split(costs[costs["arm"] == "reference"], "policy", "reference").empty


def test_staff_and_links_are_own_cost_and_care_is_not():
    assert {"wijkteam", "youth_team", "referral_sources", "social_base"} <= OWN_COST
    assert not {"guidance", "youth_residential", "crisis_eviction"} & OWN_COST


def test_twice_the_users_at_twice_the_price_by_hand():
    before = {"users": 10.0, "trajectories": 20.0, "months": 40.0, "cost": 400.0}
    after = {"users": 20.0, "trajectories": 40.0, "months": 80.0, "cost": 1600.0}
    # From 400 to 1,600 euro: two doublings, so half of 1,200 euro each.
    assert split_growth(before, after) == {
        "users": 600.0, "trajectories_per_user": 0.0, "duration": 0.0, "price": 600.0,
    }  # fmt: skip


COUNTS = st.integers(0, 10**6).map(float)
YEARS = st.fixed_dictionaries(
    {"users": COUNTS, "trajectories": COUNTS, "months": COUNTS, "cost": st.floats(0.01, 1e8) | st.just(0.0)}
)


@given(YEARS, YEARS)
def test_growth_adds_up_to_the_cent_whatever_the_years(before, after):
    parts = split_growth(before, after)
    assert set(parts) == set(FACTORS)
    assert sum(parts.values()) == pytest.approx(after["cost"] - before["cost"], abs=0.006, rel=1e-12)


def test_a_kind_nobody_used_before_grows_by_its_users():
    none = dict.fromkeys(("users", "trajectories", "months", "cost"), 0.0)
    some = {"users": 3.0, "trajectories": 3.0, "months": 9.0, "cost": 90.0}
    assert split_growth(none, some)["users"] == 90.0 and split_growth(some, none)["users"] == -90.0


def test_an_interval_is_none_when_it_lies_within_the_margin_and_survives_beyond_it():
    assert confidence(np.array([-1.0, 0.0, 1.0]), margin=5.0).verdict == "null"
    assert confidence(np.array([-100.0, 0.0, 100.0]), margin=5.0).verdict == "inconclusive"
    assert confidence(np.array([99.0, 100.0, 101.0]), margin=5.0).verdict == "survives"


def run_in_which(folder, keeps):
    """Return a run whose policy saves care; `keeps` is the share each placebo arm keeps of that."""
    made = tables(4)
    monthly, costs = made["monthly"], costs_table(monthly_table(4))
    wide = costs.set_index([name for name in costs if name != "cents"])["cents"].unstack("arm")
    reference, care = wide["reference"], wide.index.get_level_values("item") == "youth_residential"
    spread = 1.0 + 0.01 * wide.index.get_level_values("replication").to_numpy()
    less = np.where(care & (wide.index.get_level_values("year") >= 2015), 4e8 * spread, 0.0)
    for arm in ("policy", "same_staff", "finds_nobody", "no_effect_policy", "no_effect_reference"):
        wide[arm] = (reference - keeps.get(arm, 0.0) * less).astype("int64")
    long = wide.stack().rename("cents").reset_index()
    made |= {"costs": long.astype({"cents": "int64"})[list(costs.columns)]}
    paid = long.groupby(["replication", "arm", "year"])["cents"].sum() / 1200.0
    keys = pd.MultiIndex.from_frame(monthly[["replication", "arm", "year"]])
    monthly = monthly.assign(municipal_cost_eur=paid.reindex(keys).to_numpy())
    from simulation.outcomes.derived import derived_tables
    from tests.synthetic_run import TRANSITION

    made |= {"monthly": monthly} | derived_tables(monthly, made["costs"], TRANSITION, TRANSITION)
    return open_run(write_run(folder / "run", 4, made))


ALL, NOTHING = 1.0, 0.0


@pytest.mark.parametrize(
    "keeps, expected",
    [
        ({"policy": ALL}, STANDS),
        ({"policy": ALL, "no_effect_policy": ALL}, ARTEFACT),
        ({"policy": ALL, "finds_nobody": 0.5}, ARTEFACT),
        ({"policy": ALL, "same_staff": ALL, "finds_nobody": 0.9}, STAFF),
    ],
)
def test_a_headline_claims_no_more_than_its_placebo_allows(tmp_path, keeps, expected):
    run = run_in_which(tmp_path, keeps)
    assert headline_status(run) == expected
    said = {language: summary_lines(run, language)[1 + len(history_lines(run, language))]
            for language in ("en", "nl")}  # fmt: skip
    assert ("artefact" in said["en"]) == ("artefact" in said["nl"]) == (expected == ARTEFACT)
    assert ("extra staff" in said["en"]) == ("extra personeel" in said["nl"]) == (expected == STAFF)


def test_the_summary_gives_placebo_and_side_effect_beside_the_headline(tmp_path):
    run = run_in_which(tmp_path, {"policy": ALL})
    before = 1 + len(history_lines(run, "en"))
    told = "\n".join(summary_lines(run, "en")[before : before + 9])
    assert "Largest side effect" in told or "Side effects" in told
    assert "if the policy finds nobody new" in told and "if help from teams has no effect" in told
    assert "the same staff without outreach and links saves" in told and "95% interval" in told
