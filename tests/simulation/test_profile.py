"""What a municipality profile says, and what it says when it does not know."""

import shutil

import pytest

from simulation.dated_figures import DATA_FOLDER, load_figures, number, read_rows
from simulation.population.municipality_profile import known_slugs, load_profile


@pytest.fixture
def own_data(tmp_path):
    """Return a copy of the data that a test may spoil."""
    shutil.copytree(DATA_FOLDER, tmp_path / "data")
    return tmp_path / "data"


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("slug", known_slugs())
def test_every_municipality_has_a_profile_whose_shares_fit_in_one_whole(slug):
    profile = load_profile(slug)
    assert 0.0 < profile.one_parent_share < profile.with_children_share
    assert profile.single_share + profile.with_children_share < 1.0
    assert 1.5 < profile.inhabitants_per_household < 2.6


@pytest.mark.parametrize("slug", known_slugs())
def test_every_municipality_can_be_chosen_in_the_configuration(slug):
    lines = (DATA_FOLDER.parent / "conf" / "municipality" / f"{slug}.yaml").read_text().splitlines()
    assert f"slug: {slug}" in lines


def test_an_unknown_municipality_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="'zandstad'; did you mean 'zaanstad'"):
        load_profile("zandstad")


def test_a_start_year_before_the_figures_is_refused():
    with pytest.raises(ValueError, match="start year 1990: households is known from 2000"):
        load_profile("zwolle", start_year=1990)


def test_the_country_has_its_observed_households():
    assert load_profile("netherlands", 2015).households == 7_665_198
    assert load_profile("netherlands", 2010).households == 7_386_144


def test_an_observed_count_is_scaled_to_the_start_year_by_the_growth_of_the_country():
    profile = load_profile("zwolle", 2010)
    assert profile.households == round(53_053 * 7_386_144 / 7_665_198)
    assert "observed in 2015" in profile.households_year_source


def test_without_a_count_households_follow_from_inhabitants_and_the_profile_says_so():
    profile = load_profile("heerlen", 2016)
    assert profile.households == round(87_406 / 2.2)
    assert any("inhabitants of 2016 / 2.2" in note for note in profile.notes)


def test_an_unknown_share_is_the_countrys_and_a_note_says_so():
    profile = load_profile("heerlen")
    assert profile.single_share == pytest.approx(0.374)
    assert any(note.startswith("Singles: unknown") for note in profile.notes)


def test_a_known_number_of_wijken_is_kept_and_an_unknown_one_derived():
    assert load_profile("heerlen").wijken == 23
    assert load_profile("average").wijken == 32
    assert load_profile("neutral_city").wijken == 8


def test_a_municipality_with_many_children_has_more_per_household_than_the_country():
    assert load_profile("almere").children_per_household > load_profile("netherlands").children_per_household


def test_another_size_takes_wijken_and_inhabitants_along():
    small = load_profile("average", households=20_000)
    assert small.households == 20_000
    assert small.wijken == 9
    assert small.inhabitants_per_household == pytest.approx(
        load_profile("average").inhabitants_per_household, rel=1e-3
    )


def test_households_never_decrease_in_time():
    formed = load_profile("average").households_at(range(360))
    assert (formed[1:] >= formed[:-1]).all()
    assert formed[120] == load_profile("average").households


def test_a_missing_column_is_named_with_its_file(own_data):
    replace(own_data / "municipalities.csv", "single_share", "singles")
    with pytest.raises(ValueError, match="municipalities.csv has no column single_share"):
        load_profile("zwolle", folder=own_data)


def test_a_cell_that_is_no_number_is_named_with_file_and_column(own_data):
    replace(own_data / "municipalities.csv", "53053", "many")
    with pytest.raises(ValueError, match="municipalities.csv: column households_observed has 'many'"):
        load_profile("zwolle", folder=own_data)


def test_a_missing_file_is_named(own_data):
    (own_data / "social_domain.csv").unlink()
    with pytest.raises(ValueError, match="social_domain.csv cannot be read"):
        load_profile("zwolle", folder=own_data)


def test_the_cut_on_youth_care_is_450_of_3750_million():
    figures = load_figures()
    ratio = figures["cut_youth_million_eur"].at(180) / figures["youth_spending_million_eur"].at(180)
    assert figures["cut_youth"].at(180) == pytest.approx(ratio)


def test_the_price_index_is_100_in_2015_and_holds_all_year():
    index = load_figures()["price_index"]
    assert index.at(180) == index.at(191) == 100.0
    assert index.at(192) > 100.0


@pytest.mark.parametrize(
    ("figure", "series"),
    [
        ("social_domain_grant_budget2015_million_eur", "iu_social_domain_budget2015"),
        ("other_social_grant_budget2015_million_eur", "iu_other_incl_household_help_budget2015"),
    ],
)
def test_grants_marked_observed_stand_in_the_history(figure, series):
    rows = read_rows(DATA_FOLDER / "history.csv", ["series", "year", "value"])
    found = {int(row["year"]): float(row["value"]) for row in rows if row["series"] == series}
    observed = _observed(figure)
    assert observed and observed <= found.items()


def _observed(figure):
    """Return year and value of every figure that is marked observed."""
    known = load_figures()[figure]
    rows = zip(known.months, known.values, known.statuses, strict=True)
    return {(2000 + month // 12, value) for month, value, status in rows if status == "observed"}


def test_the_cut_on_youth_care_is_phased_in_and_ends_at_the_whole_cut():
    figures = load_figures()
    path = [figures["cut_youth_path"].at(month) for month in (179, 180, 192, 204)]
    assert path == sorted(path) and path[0] == 0.0
    assert path[-1] == figures["cut_youth"].at(204)


def test_growth_of_grants_after_the_last_known_year_is_a_named_scenario():
    growth = load_figures()["grant_growth_scenarios"]
    assert growth.at(276) == {"low": -0.01, "middle": 0.0025, "high": 0.015}
    assert growth.statuses == ("assumed",)


@pytest.mark.parametrize(
    ("figure", "series"), [("households", "households_total"), ("inhabitants", "population")]
)
def test_dated_figures_marked_observed_stand_in_the_data(figure, series):
    rows = read_rows(DATA_FOLDER / "social_domain.csv", ["series", "region", "year", "value"])
    found = {
        int(row["year"]): number(row, "value", "social_domain.csv")
        for row in rows
        if row["series"] == series and row["region"] == "NL"
    }
    observed = _observed(figure)
    assert observed and observed <= found.items()
