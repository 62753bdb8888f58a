"""One rule at a time: what a month does to a household when one rule alone is at work."""

import numba
import numpy as np
import pytest

from agents.household import STRENGTH_BY_INCOME, TRUST_BY_INCOME
from agents.state import FLAG_COORDINATED
from agents.vocabulary import (
    AIDS,
    BY_GP,
    BY_WIJKTEAM,
    CARE,
    DAY_CARE,
    DEBT_SERVICE,
    GUIDANCE,
    HOUSEHOLD_HELP,
    LAW_DEBT,
    LAW_YOUTH,
    MENTAL_HEALTH,
    MIND,
    MONEY,
    N_KINDS,
    NEVER,
    ROUTES,
    SAFETY,
    SHELTER,
    SUPERVISION,
    WIJKTEAM,
    YOUTH,
    YOUTH_OUTPATIENT,
    YOUTH_RESIDENTIAL,
    YOUTH_TEAM,
)
from simulation.dated_figures import DATA_FOLDER, read_rows
from simulation.finance.accounts import budget_ratios
from simulation.finance.provider_finances import CONTRACT_MONTHS, provider_revenue_cents
from simulation.parameters import Parameters
from simulation.population.initial_organisations import start_teams
from simulation.processes.care.care_episodes import admit_at_once, chosen_provider, end_slot, start_slot
from simulation.processes.care.care_slots import bit, slot_for
from simulation.processes.care.open_care import (
    CENTS,
    CLIENTS,
    MONTHS,
    N_COLUMNS,
    months_left_at_team,
    price_open_care,
)
from simulation.processes.care.referral import REQUESTABLE, needed_level, refer, would_be_granted
from simulation.processes.care.waiting_lists import join_provider_list
from simulation.processes.crises import adult_in_crisis
from simulation.processes.event_tape import have_same_events
from simulation.processes.events import (
    add_birth,
    apply_event,
    begin_shared_problem,
    is_reached_by_shared_problem,
    replace_household,
)
from simulation.processes.hazards import SEPARATION, age_years, hazard_of_birth, problem_of_shock
from simulation.processes.informal_support import drawn_carer, one_network_month, worst_severity
from simulation.processes.observation import take_snapshot
from simulation.processes.signals.arrivals import follow_debt_signal
from simulation.processes.signals.noticing import LEAST_SEEN, worst_unattended
from simulation.processes.teams.casework import (
    report_child,
    slot_is_over,
    step_up,
    supervise_reported_children,
)
from simulation.processes.teams.offers import give_from_fund, notice_other_generation
from simulation.processes.teams.work import one_household_team_support, run_collective_work
from simulation.recording import diary
from simulation.recording.tallies import (
    ANSWERED_TOGETHER,
    DEBT_ACCEPTED,
    DESK_DECISIONS,
    FAILED_REFERRALS,
    NOT_GRANTED,
    OVERBURDENED,
    PASSED_ON,
    POVERTY_GIFTS,
    ROUTE_YOUTH,
    STARTS,
    STEPPED_UP,
)
from tests.simulation.test_small_worlds import CERTAIN, IN_FORCE, INACTIVE, STILL, UNDETECTED, column, plant
from tests.worlds import street_maker

WITHOUT_FIGURES = ("born", "grew_up", "lost", "by_number", "ended", "gp_to_team")
SHORT = {"household.long_standing_share": 0.0}
ALONE = {"household.money_to_mind": 0.0, "household.mind_to_safety": 0.0}


@pytest.fixture
def quiet(make_street):
    """Make a street where nothing happens by itself, with levers of choice."""
    return street_maker(make_street, INACTIVE, months=1)


def force(street, **values):
    """Give parameters values beyond their ranges, so that what is likely becomes certain."""
    for name, value in values.items():
        street.world.p[name] = value


def homes_of_world(world):
    """Return the numbers of the households that live there at the start."""
    return np.flatnonzero(world.lives["since"] <= 0)


def homes_of(street):
    """Return the numbers of the households that live in the street."""
    return homes_of_world(street.world)


def with_children(street, most=1000):
    """Return the numbers of some households with a child."""
    born = street.world.lives["child_birth"][:, 0]
    return [each for each in homes_of(street) if born[each] != NEVER][:most]


# Rules that only compiled rules may call.


@numba.njit(error_model="numpy")
def worst_of(world, household):
    """Return the worst problem that nobody attends to, and its severity."""
    return worst_unattended(world, household)


@numba.njit(error_model="numpy")
def level_of(world, kind):
    """Return from which severity a kind of care is granted."""
    return needed_level(world, kind, 0.0)


@numba.njit(error_model="numpy")
def is_granted(world, problem, observed):
    """Return whether a request would be granted."""
    return would_be_granted(world, problem, observed)


@numba.njit(error_model="numpy")
def struck_by(wijk, life):
    """Return the problem of a household that the shared problem of its wijk concerns."""
    return problem_of_shock(wijk, life)


@numba.njit(error_model="numpy")
def revenue_of(world, number):
    """Return a provider's revenue this month, cents."""
    return provider_revenue_cents(world, number)


@numba.njit(error_model="numpy")
def is_over(world, household, slot, worst, s_ends):
    """Return whether a team closes a case this month."""
    return slot_is_over(world, household, slot, worst, s_ends)


@numba.njit(error_model="numpy")
def carer_of(world, number, random_number):
    """Return the household of a network whose carer is strained."""
    return drawn_carer(world, world.networks[number], random_number)


@numba.njit(error_model="numpy")
def birth_hazard(world, household, age):
    """Return the yearly hazard of a birth."""
    return hazard_of_birth(world.p[0], world.lives[household], age)


@numba.njit(error_model="numpy")
def is_reached(world, household):
    """Return whether the shared problem of its wijk reaches a household."""
    return is_reached_by_shared_problem(world, household, np.uint64(11))


# Households.


@pytest.mark.parametrize(("months", "years"), [(479, 39), (480, 40), (491, 40), (492, 41)])
def test_age_is_counted_in_whole_years(street, months, years):
    life = street.world.lives[0]
    life["oldest_birth"] = -months
    assert age_years(life, 0) == years


@pytest.mark.parametrize("problem", range(8))
def test_every_problem_of_a_household_may_be_its_worst(problem):
    severity = np.full(8, 0.2, np.float32)
    severity[problem] = 0.7
    assert worst_severity(severity) == np.float32(0.7)


def test_a_problem_that_begins_leaves_the_others_and_their_beginnings_as_they_are(quiet):
    pushes = {"household.money_to_mind": 0.04, "household.spill_floor": 0.3}
    street = quiet(UNDETECTED, STILL, pushes)
    household = with_children(street)[0]
    life = street.world.lives[household]
    life["child_birth"][1] = life["child_birth"][0]
    children = street.world.households["severity"][household, YOUTH : YOUTH + 2]
    plant(street, MONEY, 0.9, household)
    children[:] = 0.10, 0.15
    life["start_month"][[MONEY, YOUTH, YOUTH + 1]] = -30, -20, -10
    street.step()
    assert street.world.households["severity"][household, MIND] > 0.0
    assert life["start_month"][[MONEY, MIND, YOUTH, YOUTH + 1]].tolist() == [-30, street.month - 1, -20, -10]
    assert children[1] - children[0] == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize("had", [0, 3])
def test_a_parents_problem_may_begin_one_of_a_child_that_lives_there_and_of_no_other(quiet, had):
    pushes = {"household.mind_to_youth": 0.04, "household.mind_to_safety": 0.0, "household.spill_floor": 0.3}
    street = quiet(UNDETECTED, STILL, pushes)
    household = with_children(street)[0]
    life, severity = street.world.lives[household], street.world.households["severity"][household]
    life["child_birth"] = -100, *[-100 if had else NEVER] * 2, NEVER
    plant(street, MIND, 0.9, household)
    severity[YOUTH : YOUTH + had], life["start_month"][YOUTH : YOUTH + had] = 0.3, -10
    street.step()
    assert severity[YOUTH] > 0.0 and not severity[YOUTH + max(1, had) :].any()
    assert life["start_month"][YOUTH] == (-10 if had else street.month - 1)


@pytest.mark.parametrize("couples", [False, True])
def test_couples_separate_and_singles_do_not(quiet, couples):
    street = quiet(UNDETECTED, {"household.separation_per_year": 0.05}, months=0)
    street.world.lives["partner"] = couples
    street.run_until(12)
    assert (column(street, "separations").sum() > 0) == couples


def test_parameters_have_the_same_events_as_themselves():
    assert have_same_events([Parameters()])


def test_problems_pass_by_themselves_about_as_often_as_their_chance_says(quiet):
    street = quiet(UNDETECTED, ALONE, SHORT, {"household.passes_per_month": [0.05] * 5})
    homes = [plant(street, MIND, 0.8, each) for each in homes_of(street)]
    street.step()
    passed = street.world.households["severity"][homes, MIND] < 0.4
    assert 0.01 < passed.mean() < 0.12


def test_singles_have_problems_with_safety_less_often_than_couples_but_they_do(quiet):
    of_safety = {"household.incidence_per_year": [0.0, 0.0, 0.0, 1.0, 0.0]}
    street = quiet(UNDETECTED, STILL, of_safety)
    couple = street.world.lives["partner"][homes_of(street)] == 1
    street.run_until(7)
    struck = street.world.households["severity"][homes_of(street), SAFETY] > 0.0
    assert 0.05 < struck[~couple].mean() < struck[couple].mean()


def test_wijken_come_to_share_each_problem_but_care(quiet):
    street = quiet(UNDETECTED)
    force(street, shock_per_wijk_year=1e9, shock_months=0.0)
    seen = set()
    for month in range(1, 40):
        street.world.municipality["month"] = month
        street.run_loop(begin_shared_problem)
        seen |= set(street.world.wijken["shock_problem"].tolist())
    assert seen == {MONEY, MIND, SAFETY, YOUTH}


@pytest.mark.parametrize(("problem", "childless"), [(MONEY, True), (MIND, True), (YOUTH, False)])
def test_a_shared_problem_reaches_all_households_of_its_wijk_but_one_of_children_only_families(
    quiet, problem, childless
):
    street = quiet(UNDETECTED, STILL, ALONE, SHORT)
    force(street, shock_strikes=1e9)
    street.world.wijken["shock_problem"] = problem
    street.world.wijken["shock_until"] = street.month + 1
    families = with_children(street)
    others = np.setdiff1d(homes_of(street), families)
    before = street.world.households["severity"][:, problem] > 0.0
    street.step()
    struck = (street.world.households["severity"][:, problem] > 0.0) & ~before
    assert struck[families].any() and struck[others].any() == childless


# Networks.


def test_respite_reaches_its_share_of_overburdened_circles(quiet):
    street = quiet(UNDETECTED, STILL, {"informal_network.respite_share": 0.3})
    for household in homes_of(street):
        plant(street, CARE, 0.5, household)
    street.world.networks["tiredness"] = 0.95
    street.world.networks["full_capacity"] = 0.01
    street.step()
    overburdened = column(street, "overburdened_circle_households")[-1]
    assert 0.0 < column(street, "respite_households")[-1] < 0.6 * overburdened


# Signals and referral.


def test_a_gp_who_acts_on_everything_misses_no_child(quiet):
    street = quiet(UNDETECTED, STILL)
    force(street, gp_per_month=1.0, gp_supply=0.0)
    homes = with_children(street, 30)
    for household in homes:
        plant(street, YOUTH, 0.99, household)
    street.step()
    assert column(street, "signals_gp")[-1] >= 0.9 * len(homes)


def test_what_a_gp_does_not_see_keeps_nobody_else_from_reporting_it(quiet):
    street = quiet(UNDETECTED, STILL)
    force(street, gp_per_month=1.0, police_per_month=1.0, existing_links=1.0)
    homes = [plant(street, SAFETY, 0.9, each) for each in homes_of(street)[:20]]
    street.step()
    assert column(street, "signals_police")[-1] > 0.5 * len(homes)


@pytest.mark.parametrize("flat", [False, True])
def test_a_contribution_that_rises_with_income_keeps_people_from_household_help(quiet, flat):
    street = quiet(STILL, CERTAIN, UNDETECTED, ALONE)
    force(street, gp_per_month=1.0, contribution_deterrence=1.0, contribution_deters=1.0)
    homes = [plant(street, CARE, 0.9, each) for each in homes_of(street)[:20]]
    street.world.municipality["contribution_flat"] = float(flat)
    street.step()
    household = street.world.households[homes]
    wanted = ((household["in_care"] | household["waiting"]) & bit(HOUSEHOLD_HELP)) != 0
    assert wanted.any() == flat
    assert (column(street, "deterred_by_contribution")[-1] > 0) != flat


@pytest.mark.parametrize(("problem", "drawn"), [(MIND, False), (YOUTH, True)])
def test_a_practitioner_draws_contacts_about_children_and_none_about_adults(quiet, problem, drawn):
    signals = []
    for practitioners in (0.0, 1.0):
        street = quiet(UNDETECTED, STILL)
        force(street, gp_per_month=0.2, practitioner_draws=9.0, gp_youth_practitioner=practitioners)
        for household in with_children(street):
            plant(street, problem, 0.6, household)
        street.step()
        signals.append(column(street, "signals_gp")[-1])
    assert signals[0] > 0 and (signals[1] > signals[0]) == drawn


@pytest.mark.parametrize(
    ("severity", "hours", "reported"), [(0.95, 10.0, True), (0.6, 10.0, False), (0.95, 0.0, False)]
)
def test_staff_in_a_family_report_a_child_whose_problems_are_serious(quiet, severity, hours, reported):
    street = quiet(UNDETECTED, STILL)
    force(street, reports_per_hour=1.0, inquiry_months=4.0)
    household = with_children(street)[0]
    plant(street, YOUTH, severity, household)
    for slot in (WIJKTEAM, slot_for(YOUTH_TEAM, 0)):
        report_child(street.world, household, slot, hours)
    supervised = []
    for _ in range(5):
        supervise_reported_children(street.world)
        supervised.append(street.world.households["in_care"][household] & bit(slot_for(SUPERVISION, 0)) != 0)
        street.world.municipality["month"] += 1
    assert supervised == [False] * 4 + [reported]


def test_no_order_follows_for_a_family_that_has_moved_in_since_the_report_or_a_child_born_since(quiet):
    street = quiet(UNDETECTED, STILL)
    force(street, reports_per_hour=1.0, inquiry_months=4.0)
    moved, born, stayed = with_children(street, 3)
    for household in (moved, born, stayed):
        plant(street, YOUTH, 0.95, household)
        report_child(street.world, household, slot_for(YOUTH_TEAM, 0), 10.0)
    later = street.month + 2
    street.world.lives["since"][moved], street.world.lives["child_birth"][born, 0] = later, later
    street.world.municipality["month"] += 4
    supervise_reported_children(street.world)
    under = [
        int(each)
        for each in homes_of(street)
        if street.world.households["in_care"][each] & bit(slot_for(SUPERVISION, 0))
    ]
    assert under == [stayed]


def test_contracts_and_staff_for_household_help_follow_within_months_and_for_other_care_do_not(quiet):
    street = quiet(STILL, CERTAIN, UNDETECTED, ALONE, IN_FORCE)
    street.run_until(street.month + 1 + -street.month % CONTRACT_MONTHS)  # the month after new contracts
    force(street, gp_per_month=1.0, contribution_deterrence=0.0, contracts_follow_demand=1.0)
    street.world.providers["capacity"] = street.world.providers["contracted"] = 0
    homes = [plant(street, CARE, 0.9, each) for each in homes_of(street)[:20]]
    street.run_until(street.month + CONTRACT_MONTHS - 2)
    home = street.world.households[homes]
    waits = {kind: (home["waiting"] & bit(kind) != 0).sum() for kind in (HOUSEHOLD_HELP, DAY_CARE)}
    helped = {kind: (home["in_care"] & bit(kind) != 0).sum() for kind in (HOUSEHOLD_HELP, DAY_CARE)}
    assert helped[HOUSEHOLD_HELP] > waits[HOUSEHOLD_HELP]
    assert waits[DAY_CARE] > 0 == helped[DAY_CARE]


def test_the_deterrence_of_the_contribution_is_what_the_growth_by_income_gives():
    rows = {row["target"]: float(row["value"]) for row in read_rows(DATA_FOLDER / "validation_targets.csv",
                                                                     ("target", "value"))}  # fmt: skip
    lowest, highest = (rows[f"household_help_growth_{each}_income"] for each in ("lowest", "highest"))
    never_asked = 1.0 - (1.0 + lowest / 100.0) / (1.0 + highest / 100.0)
    assert Parameters().household.contribution_deterrence == pytest.approx(never_asked, abs=0.005)


def test_a_child_is_referred_to_the_heaviest_form_of_help_and_no_other(quiet):
    street = quiet(STILL, CERTAIN)
    force(street, gp_per_month=1.0)
    homes = with_children(street, 10)
    for household in homes:
        plant(street, YOUTH, 0.99, household)
    street.step()
    household = street.world.households[homes]
    masks = {int(each) for each in household["in_care"] | household["waiting"]} - {0}
    assert masks == {int(bit(slot_for(YOUTH_RESIDENTIAL, 0)))}


@pytest.mark.parametrize("linked", [False, True])
def test_a_school_that_a_policy_links_reports_what_it_sees(quiet, linked):
    street = quiet(UNDETECTED, STILL)
    force(street, school_per_month=1.0, existing_links=0.0, school_link=float(linked), finds_new=1.0)
    for household in with_children(street):
        street.world.lives["child_birth"][household, 0] = -120
        plant(street, YOUTH, 0.9, household)
    street.step()
    assert (column(street, "signals_school")[-1] > 0) == linked


@pytest.mark.parametrize(("scans", "evenness"), [(0.0, 0.6), (1.0, 0.3)])
def test_scans_guide_outreach_away_from_light_problems(quiet, scans, evenness):
    street = quiet(months=0)
    force(street, wijk_scans=scans, scan_guides=0.5)
    street.step()
    assert street.world.municipality["outreach_evenness"][0] == pytest.approx(evenness)


@pytest.mark.parametrize("problem", [MONEY, YOUTH])
def test_a_problem_nobody_attends_to_counts_for_the_outreach_of_the_team(quiet, problem):
    street = quiet(IN_FORCE, UNDETECTED, STILL)
    for household in with_children(street):
        plant(street, problem, 0.9, household)
    for _ in range(2):
        street.step()
    assert (street.world.teams["undetected"] > 0).all()


# Teams.


def test_in_a_month_of_support_a_team_notices_about_a_twelfth_of_the_children(quiet):
    street = quiet(IN_FORCE, UNDETECTED, STILL, CERTAIN)
    force(street, other_noticed=1.0, team_done_per_month=0.0, team_closes_per_month=0.0)
    homes = with_children(street)
    for household in homes:
        plant(street, MIND, 0.5, household)
        plant(street, YOUTH, 0.6, household)
        start_slot(street.world, household, WIJKTEAM, 0, 0, 0)
    street.step()
    assert 0.02 * len(homes) < column(street, "joined_in_team")[-1] < 0.25 * len(homes)


@pytest.mark.parametrize("asks", [False, True])
def test_a_team_answers_together_what_households_of_a_wijk_ask_it(quiet, asks):
    street = quiet(IN_FORCE, UNDETECTED, STILL)
    force(street, signals_group=1.0, collective_share=0.2, questions_for_signal=1.0)
    street.step()
    world = street.world
    for household in homes_of(street):
        plant(street, MONEY, 0.6, household)
        if asks:
            world.households["in_care"][household] = bit(WIJKTEAM)
    world.lives["start_month"][:, MONEY] = street.month
    world.wijken["shock_problem"], world.wijken["shock_until"] = MONEY, street.month + 3
    world.tally[:] = 0
    street.run_loop(run_collective_work)
    assert (world.tally[:, ANSWERED_TOGETHER].sum() > 0) == asks


@pytest.mark.parametrize("lasting", [0.0, 1.0])
def test_a_team_supports_whom_it_has_a_case_of_and_nobody_else(quiet, lasting):
    street = quiet(IN_FORCE, STILL, UNDETECTED, ALONE)
    force(street, lasting_contact=lasting, team_closes_per_month=0.0, mind_to_youth=0.0)
    household = with_children(street)[0]
    plant(street, MIND, 0.6, household)
    plant(street, YOUTH, 0.6, household)
    start_slot(street.world, household, slot_for(YOUTH_TEAM, 0), 0, 0, 0)
    street.step()
    severity = street.world.households["severity"][household]
    assert severity[MIND] == np.float32(0.6) and severity[YOUTH] < 0.6


def test_a_talk_with_the_network_takes_the_place_of_short_help_however_short_it_is(quiet):
    street = quiet(IN_FORCE, STILL, CERTAIN)
    force(street, network_first=1.0, light_help=1.0, short_advice=1.0, hours_per_network_talk=0.5)
    force(street, light_below=0.9, refers_at=0.95)
    for household in homes_of(street)[:10]:
        plant(street, MONEY, 0.6, household)
    street.run_until(5)
    first = np.flatnonzero(column(street, "network_talks"))[0]
    assert column(street, "light_helps")[: first + 1].sum() == 0


def test_a_team_of_one_age_sees_sharper_than_one_of_all(quiet):
    errors = []
    for blurs in (0.0, 1.0):
        street = quiet(IN_FORCE, STILL, CERTAIN, {"wijkteam.youth_count": 1}, months=0)
        force(street, observation_error=0.1, integrated_blurs=blurs)
        homes = [plant(street, MONEY, 0.7, each) for each in homes_of(street)[:5]]
        street.world = diary.watch(street.world, homes[0])
        notes = []
        while not notes and street.month < 24:
            street.step()
            notes = [each for each in diary.read_notes(street.world) if each[1] == diary.INTAKE]
        sharpness = street.world.teams[0]["sharpness"]
        errors.append((notes[0][4] - notes[0][5]) * (0.5 + sharpness + blurs))
    assert errors[0] == pytest.approx(errors[1], rel=1e-3) and errors[0] != 0.0


@pytest.mark.parametrize("entry", [None, 0])
def test_who_is_on_a_list_is_seen_once_the_procedure_is_through_whatever_the_entry(quiet, entry):
    street = quiet(IN_FORCE, STILL, CERTAIN)
    force(street, first_help_months=2.0, hours_are_scarce=1.0)
    household, world = plant(street, MONEY, 0.6), street.world
    while not world.households["waiting"][household] and street.month < 12:
        street.step()
    if entry is not None:
        queue = np.flatnonzero(world.queues["head"] >= 0)[0]
        world.entries[entry] = world.entries[world.queues["head"][queue]]
        world.queues["head"][queue] = world.queues["tail"][queue] = entry
    street.run_until(street.month + 4)
    assert column(street, "intakes")[-4:].tolist() == [0, 1, 0, 0]


# Care.


def test_requests_go_to_providers_by_their_share_of_the_market(make_street):
    world = make_street({"provider.per_kind": 2}).world
    first = int(world.provider_range[DEBT_SERVICE])
    world.providers["exists"][first : first + 2] = 1
    world.providers["market"][first : first + 2] = 0.25, 0.75
    chosen = [chosen_provider(world, DEBT_SERVICE, draw) - first for draw in (0.0, 0.24, 0.26, 0.99)]
    assert chosen == [0, 0, 1, 1]


def test_the_start_of_youth_care_is_counted_by_who_referred_the_child(quiet):
    street = quiet(UNDETECTED, STILL)
    household, tally = with_children(street)[0], street.world.tally
    tally[:] = 0
    provider = street.world.provider_range[YOUTH_OUTPATIENT]
    start_slot(street.world, household, slot_for(YOUTH_OUTPATIENT, 0), provider, BY_GP, 0)
    assert tally[:, ROUTE_YOUTH + BY_GP].sum() == tally[:, STARTS + YOUTH_OUTPATIENT].sum() == 1
    assert tally[:, ROUTE_YOUTH : ROUTE_YOUTH + len(ROUTES)].sum() == 1


@pytest.mark.parametrize(("ends", "left"), [(0.0, 30), (1.0, 0)])
def test_care_may_end_for_other_reasons_than_that_it_is_done(quiet, ends, left):
    street = quiet(UNDETECTED, STILL, CERTAIN, {"provider.ends_per_month": [ends] * 14,
                                                "provider.effect_per_month": [0.0] * 14})  # fmt: skip
    for household in homes_of(street)[:30]:
        plant(street, MONEY, 0.9, household)
        provider = street.world.provider_range[DEBT_SERVICE]
        start_slot(street.world, household, DEBT_SERVICE, provider, 0, 0)
    street.step()
    assert street.world.slots[:, DEBT_SERVICE].sum() == left


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_first_talk_harms_its_share_of_households(quiet, share):
    street = quiet(IN_FORCE, STILL, CERTAIN)
    force(street, harm_share=share)
    for household in homes_of(street)[:10]:
        plant(street, MONEY, 0.6, household)
    street.run_until(5)
    assert column(street, "harmed").sum() == share * column(street, "intakes").sum()
    assert column(street, "intakes").sum() > 0


# What is recorded.


def test_a_lasting_contact_is_noted_without_a_figure(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, lasting_contact=1.0)
    household = plant(street, MIND, 0.6)
    street.world = diary.watch(street.world, household)
    start_slot(street.world, household, WIJKTEAM, 0, 0, 0)
    start_slot(street.world, household, MENTAL_HEALTH, street.world.provider_range[MENTAL_HEALTH], 0, 0)
    street.step()
    notes = diary.read_notes(street.world)
    assert [each[4:] for each in notes if each[1] == diary.LASTING_CONTACT] == [(0.0, 0.0)]


@pytest.mark.parametrize("how_many", [1, 5])
def test_every_problem_nobody_helps_with_is_recorded(quiet, how_many):
    street = quiet(UNDETECTED, STILL, ALONE)
    for household in homes_of(street)[:how_many]:
        plant(street, MONEY, 0.5, household)
    street.step()
    assert column(street, "unmet_severity_money")[-1] == how_many * 512


def test_a_case_of_a_team_open_at_the_end_is_priced_by_its_hours(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    household = plant(street, MIND, 0.6)
    start_slot(street.world, household, WIJKTEAM, 0, 0, 0)
    street.step()
    priced, p = np.zeros((N_KINDS, N_COLUMNS)), street.world.p[0]
    street.run_loop(price_open_care, priced)
    team = street.world.teams[street.world.wijken["team"][street.world.households["wijk"][household]]]
    cents_per_hour = 100.0 * p["eur_per_fte"] / 12.0 / p["hours_per_fte"]
    assert priced[WIJKTEAM, CLIENTS] == 1.0 and priced[WIJKTEAM, MONTHS] > 0.0
    expected = priced[WIJKTEAM, MONTHS] * team["hours_per_case"] * cents_per_hour
    assert priced[WIJKTEAM, CENTS] == pytest.approx(expected)


def test_notes_hold_figures_only_where_their_kind_has_figures(quiet):
    """What the diary says without a figure, `NOTES` lists without one."""
    much = {"household.incidence_per_year": [0.6] * 5, "referral_source.one_number": 1.0}
    street = quiet(IN_FORCE, much, {"wijkteam.lasting_contact": 1.0}, months=0)
    household = with_children(street)[0]
    street.world = diary.watch(street.world, household)
    force(street, failed_referral_share=0.7, follow_up_saves=0.0)
    street.world.lives["child_birth"][household, 1] = -200
    add_birth(street.world, household)
    notes = diary.read_notes(street.world)
    for _ in range(40):
        street.step()
        plant(street, MIND, 0.8, household)
        notes += diary.read_notes(street.world)
    bare = [each for each in notes if diary.NOTES[each[1]] in WITHOUT_FIGURES]
    assert {each[4:] for each in bare} == {(0.0, 0.0)}
    assert {diary.NOTES[each[1]] for each in bare} >= {"born", "grew_up", "lost", "by_number"}


def test_a_snapshot_counts_households_who_have_care_and_their_problems(quiet):
    street = quiet(UNDETECTED, STILL)
    world, homes = street.world, homes_of(street)
    for household in homes[:3]:
        plant(street, MONEY, 0.5, household)
    start_slot(world, homes[0], DEBT_SERVICE, world.provider_range[DEBT_SERVICE], 0, 0)
    states, flows = street.recorder.states.copy(), np.zeros((7, 7), np.int64)
    groups = np.zeros((5, 4, 5), np.int64)
    take_snapshot(world, states, -1, flows, groups, street.old_prices)
    assert groups.sum(axis=(0, 1))[:4].tolist() == [len(homes), 1, 3 * 512, 2 * 512]


def test_who_is_brought_to_a_shelter_may_come_to_any_of_its_providers(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, shelter_after_crisis=0.3)
    world, s_crisis = street.world, np.uint64(5)
    for household in homes_of(street):
        adult_in_crisis(world, household, MONEY, s_crisis)
    shelters = slice(world.provider_range[SHELTER], world.provider_range[SHELTER + 1])
    brought = (world.households["in_care"][homes_of(street)] & bit(SHELTER) > 0).sum()
    assert 0.15 < brought / len(homes_of(street)) < 0.45
    there = world.providers[shelters][world.providers["exists"][shelters] == 1]
    assert len(there) > 1 and (there["clients"] > 0).all()


def test_where_no_problem_shows_nobody_has_a_worst_one(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    household = homes_of(street)[0]
    assert worst_of(street.world, household) == (-1, pytest.approx(LEAST_SEEN))


def test_a_case_that_surely_closes_is_expected_to_last_a_month(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED, SHORT)
    force(street, team_closes_per_month=1.0, team_done_per_month=0.2, help_raises_tipping=0.0)
    household = plant(street, MIND, 0.05)
    start_slot(street.world, household, WIJKTEAM, 0, 0, 0)
    assert months_left_at_team(street.world, household, WIJKTEAM, 4.0) == pytest.approx(1.0)


def test_a_team_notices_no_problem_of_children_who_have_none(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED, CERTAIN)
    force(street, other_noticed=1.0, observation_error=1.0)
    for household in with_children(street):
        plant(street, MIND, 0.5, household)
        hours = notice_other_generation(street.world, 0, household, WIJKTEAM, False, 1)
        assert hours == 0.0 and not street.world.households["waiting"][household]


@pytest.mark.parametrize("observed", [0.05, 0.2, 0.6, 0.99])
def test_a_request_would_be_granted_from_the_level_of_the_lightest_kind(quiet, observed):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    lightest = min(level_of(street.world, kind) for kind in np.flatnonzero(REQUESTABLE[MIND]))
    assert is_granted(street.world, MIND, observed) == (observed >= lightest)


@pytest.mark.parametrize(("problem", "passed_on"), [(MIND, True), (CARE, False)])
def test_a_holder_in_deficit_passes_on_requests_about_the_mind_only(quiet, problem, passed_on):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, pooled=0.0, offered_share=1.0)
    world = street.world
    world.municipality["deficit_wmo"], world.municipality["share_passed_on"] = 1.0, 1.0
    for household in homes_of(street):
        plant(street, problem, 0.9, household)
        refer(world, household, problem, 0.9, BY_WIJKTEAM, 0.0, 1.0)
    asked = world.households["waiting"][homes_of(street)] | world.households["in_care"][homes_of(street)]
    assert world.tally[:, PASSED_ON].sum() == (len(homes_of(street)) if passed_on else 0)
    assert (asked & bit(GUIDANCE) > 0).any() != passed_on


@pytest.mark.parametrize("passed_on", [False, True])
def test_a_request_that_is_passed_on_and_fails_is_one_failure(quiet, passed_on):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, pooled=0.0, offered_share=1.0, failed_referral_share=1.0, follow_up_saves=0.0)
    world = street.world
    world.municipality["deficit_wmo"], world.municipality["share_passed_on"] = 1.0, float(passed_on)
    kinds = [kind for kind in np.flatnonzero(REQUESTABLE[MIND]) if level_of(world, kind) <= 0.9]
    assert GUIDANCE in kinds and MENTAL_HEALTH in kinds
    refer(world, plant(street, MIND, 0.9), MIND, 0.9, BY_WIJKTEAM, 0.0, 1.0)
    assert world.tally[:, FAILED_REFERRALS].sum() == len(kinds) - passed_on


@pytest.mark.parametrize(
    ("trait", "per_fifth"), [("strength", STRENGTH_BY_INCOME), ("trust", TRUST_BY_INCOME)]
)
def test_traits_of_who_moves_in_rise_with_income_as_at_the_start(quiet, trait, per_fifth):
    street = quiet()
    force(street, strength_spread=0.0, trust_spread=0.0)
    household, middle = homes_of(street)[0], float(street.world.p[f"{trait}_mean"][0])
    for fifth in range(5):
        street.world.households["income"][household] = fifth
        replace_household(street.world, household, False, np.uint64(3))
        found = street.world.households[trait][household]
        assert found == pytest.approx(middle + per_fifth * (fifth - 2), abs=1e-6)


@pytest.mark.parametrize(("share", "severity", "asked"), [(1.0, 0.2, 1), (1.0, 0.0, 0), (0.0, 0.2, 0)])
def test_a_closing_case_steps_up_to_the_lightest_care_once(quiet, share, severity, asked):
    street = quiet(IN_FORCE, STILL, UNDETECTED, CERTAIN)
    force(street, step_up_share=share, failed_referral_share=0.0)
    household = plant(street, MIND, severity)
    for expected in (asked, 0):  # who waits for it already does not ask again
        assert step_up(street.world, 0, household, WIJKTEAM, MIND) == expected
    assert street.world.tally[:, STEPPED_UP].sum() == asked
    assert (street.world.households["waiting"][household] == bit(GUIDANCE)) == bool(asked)


def test_an_eviction_that_is_settled_is_noted_with_the_severity_it_had(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, eviction_share=0.0, severity_when_settled=0.65)
    household = plant(street, MONEY, 1.0)
    street.world = diary.watch(street.world, household)
    street.step()
    noted = [each[1:] for each in diary.read_notes(street.world) if each[1] == diary.SETTLED]
    assert noted == [(diary.SETTLED, MONEY, diary.NONE, 0.0, 1.0)]
    assert street.world.households["severity"][household, MONEY] == pytest.approx(0.65)


def test_households_form_where_nothing_else_ever_happens(quiet):
    street = quiet(months=60)
    since = street.world.lives["since"]
    formed = column(street, "households_formed")[1:]  # in the first month all others are new
    assert formed.sum() == ((since > 0) & (since < 60)).sum() > 0


def test_teams_whose_hours_are_not_scarce_do_no_overtime(quiet):
    street = quiet(IN_FORCE, STILL, {"wijkteam.hours_are_scarce": 0})
    for household in homes_of(street):
        plant(street, MIND, 0.6, household)
    for _ in range(3):
        street.step()
    assert column(street, "intakes").sum() > 0 and not street.world.teams["overtime"].any()


def test_a_tender_breaks_off_every_case_where_all_are_broken_off(quiet):
    changes = {"wijkteam.tender_per_wijk": 1, "wijkteam.tender_years": 1.0}
    street = quiet({"landing.transition": "2000-02"}, STILL, UNDETECTED, changes)
    force(street, tender_breaks=1.0, team_done_per_month=0.0, team_closes_per_month=0.0)
    homes = homes_of(street)
    for household in homes:
        plant(street, MIND, 0.6, household)
        start_slot(street.world, household, WIJKTEAM, 0, 0, 0)
    street.step()
    assert column(street, "broken_off")[-1] == len(homes)
    assert not (street.world.households["in_care"][homes] & bit(WIJKTEAM)).any()


@pytest.mark.parametrize(("accepts", "accepted"), [(1.0, True), (0.0, False)])
def test_help_after_a_debt_signal_is_counted_and_noted_when_it_is_accepted(quiet, accepts, accepted):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, debt_signal_to_case=1.0, debt_signal_contact=1.0, debt_signal_acceptance=accepts)
    household = plant(street, MONEY, 0.6)
    street.world = diary.watch(street.world, household)
    assert follow_debt_signal(street.world, household, np.uint64(3)) == accepted
    assert street.world.tally[:, DEBT_ACCEPTED].sum() == accepted
    noted = [each[1:] for each in diary.read_notes(street.world)]
    steps = [diary.DEBT_SIGNAL, diary.DEBT_CASE, diary.DEBT_REACHED, diary.DEBT_ACCEPTED][: 3 + accepted]
    assert noted == [(step, MONEY, diary.NONE, 0.0, 0.0) for step in steps]


@pytest.mark.parametrize(("euro", "gifts"), [(749.99, 0), (750.0, 1), (1500.0, 2), (1600.0, 2)])
def test_a_fund_gives_until_it_holds_less_than_a_gift(quiet, euro, gifts):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, poverty_gift_eur=750.0)
    street.world.municipality["poverty_fund_cents"] = round(100 * euro)
    for household in homes_of(street)[:5]:
        plant(street, MONEY, 0.6, household)
        give_from_fund(street.world, household, WIJKTEAM)
    assert street.world.tally[:, POVERTY_GIFTS].sum() == gifts


# Faults that a reading of all rules found.


def test_who_moves_in_has_frailty_of_the_same_distribution_as_who_lived_there(make_street):
    world = make_street().world
    household, p = homes_of_world(world)[0], world.p[0]
    world.households["income"][household] = 0
    deprivation = world.wijken["deprivation"][world.households["wijk"][household]]
    middle = 2.0 * p["frailty_income_slope"] + p["deprivation_spread"] * deprivation
    logs = []
    for draw in range(1, 6001):
        replace_household(world, household, False, np.uint64(draw))
        logs.append(np.log(world.lives["frailty"][household] * world.municipality["frailty_mean"][0]))
    scores = (np.array(logs) - middle) / p["frailty_spread"]  # normal, as those of the start
    assert abs(scores.mean()) < 0.05 and scores.std() == pytest.approx(1.0, abs=0.04)
    assert 3.0 < np.abs(scores).max() < 5.0


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_support_of_a_network_is_that_of_the_households_formed_by_now(quiet, share):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, tires_per_month=1.0, overburdened_at=0.1, carer_strain_per_month=0.0, respite_share=0.0)
    world = street.world
    world.municipality["volunteers_per_household"] = 0.0
    network = world.networks[0]
    network["size"], network["formed"] = 16, int(16 * share)
    network["need"], network["tiredness"] = 100 * 1024, 0.0
    before = world.tally[:, OVERBURDENED].sum()
    one_network_month(world, 0)
    rested = network["full_capacity"] * world.municipality["social_base_factor"][0]
    assert network["capacity"] == pytest.approx(share * rested, rel=1e-5)
    assert world.tally[:, OVERBURDENED].sum() - before == 16 * share


def test_a_strained_carer_lives_there(quiet):
    world = quiet(IN_FORCE, STILL, UNDETECTED).world
    network = world.networks[0]
    rows = np.arange(network["first"], network["first"] + network["size"])
    world.lives["since"][rows] = 200
    world.lives["since"][rows[5]], network["formed"] = 0, 1
    assert {carer_of(world, 0, draw) for draw in (0.0, 0.4, 0.999)} == {rows[5]}


def test_a_separation_weighs_differently_on_adults_and_children(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    household = with_children(street)[0]
    streams = (np.uint64(each) for each in (3, 5, 7))
    apply_event(street.world, household, SEPARATION, *streams)
    severity = street.world.households["severity"][household]
    assert severity[MIND] > 0.0 and severity[YOUTH] > 0.0 and severity[MIND] != severity[YOUTH]


@pytest.mark.parametrize(("free", "may"), [(0, True), (3, True), (None, False)])
def test_a_couple_with_a_free_place_may_have_a_child(quiet, free, may):
    world = quiet(IN_FORCE, STILL, UNDETECTED).world
    household = homes_of_world(world)[0]
    world.lives["partner"][household] = 1
    born = np.full(4, -30)
    if free is not None:
        born[free] = NEVER
    world.lives["child_birth"][household] = born
    assert (birth_hazard(world, household, 30) > 0.0) == may


def test_a_shared_problem_of_youth_reaches_a_family_whose_oldest_has_left(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, shock_strikes=1e9)
    world = street.world
    household = homes_of(street)[0]
    world.wijken["shock_problem"], world.wijken["shock_until"] = YOUTH, 100
    for born, reached in (([NEVER, -40, NEVER, NEVER], True), ([NEVER] * 4, False)):
        world.lives["child_birth"][household] = born
        assert is_reached(world, household) == reached


def test_a_step_up_is_passed_on_as_other_requests_for_guidance(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED, CERTAIN)
    force(street, step_up_share=1.0, failed_referral_share=0.0, pooled=0.0)
    world = street.world
    world.municipality["deficit_wmo"], world.municipality["share_passed_on"] = 1.0, 1.0
    household = plant(street, MIND, 0.3)
    for expected in (1, 0):  # a request that is in use already is not passed on once more
        assert step_up(world, 0, household, WIJKTEAM, MIND) == expected
    assert world.households["waiting"][household] == bit(MENTAL_HEALTH)
    assert world.tally[:, PASSED_ON].sum() == 1


def test_one_plan_takes_its_hours_once_a_month(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED, CERTAIN)
    force(street, team_closes_per_month=1.0, team_done_per_month=0.0, team_closes_at=0.9, help_works=0.0,
          other_noticed=0.0, step_up_share=0.0, refers_at=0.95, reports_per_hour=0.0)  # fmt: skip
    world = street.world
    household = with_children(street)[0]
    for problem, slot in ((MIND, WIJKTEAM), (YOUTH, slot_for(YOUTH_TEAM, 0))):
        plant(street, problem, 0.5, household)
        start_slot(world, household, slot, 0, 0, 0)
    start_slot(world, household, GUIDANCE, int(world.provider_range[GUIDANCE]), 0, 0)
    world.households["flags"][household] |= FLAG_COORDINATED
    one_household_team_support(world, household)
    hours = world.teams["coordination_hours"].sum()
    assert hours == pytest.approx(world.p["hours_per_coordination"][0]) and hours > 0.0


@pytest.mark.parametrize("kind", [MENTAL_HEALTH, GUIDANCE])
def test_a_consortium_is_no_entrance_to_mental_health_care(quiet, kind):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    world = street.world
    first = int(world.provider_range[kind])
    world.providers["capacity"][first + 1] = 1000
    found = []
    for form in (0.0, 4.0):
        force(street, contract_form=form)
        found.append(chosen_provider(world, kind, 0.0))
    assert found == [first, first if kind == MENTAL_HEALTH else first + 1]


def test_staff_that_joins_an_early_team_at_the_transition_brings_its_own_experience(make_street):
    street = make_street({"wijkteam.years_early": 1.0})
    world, levers = street.world, street.parameters.wijkteam
    world.teams["exists"], world.teams["planned_fte"] = 1, 10.0
    world.teams["fte"], world.teams["experience"] = 4.0, 0.9
    start_teams(world, levers, 0)
    ready, moved = world.teams["fte"][0], levers.moved_staff_share
    assert ready > 4.0
    assert world.teams["experience"][0] == pytest.approx((4.0 * 0.9 + (ready - 4.0) * (1.0 - moved)) / ready)


def test_households_of_later_years_count_in_a_network_once_they_are_formed(make_street):
    street = make_street()
    since = street.world.lives["since"].copy()
    for month in (1, 60):
        street.run_until(month)
        for group in ("network", "wijk"):
            formed = np.bincount(street.world.households[group][since < month])
            assert (
                formed == getattr(street.world, {"wijk": "wijken"}.get(group, "networks"))["formed"]
            ).all()
    assert (since < 60).sum() < len(since)


@pytest.mark.parametrize("months", [1, 8])
def test_a_shared_problem_lasts_its_months(quiet, months):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, shock_per_wijk_year=1e9, shock_months=float(months))
    world = street.world
    begin_shared_problem(world)
    month = world.municipality["month"][0]
    assert (world.wijken["shock_until"] - month + 1 == months).all()


def test_a_shared_problem_of_youth_strikes_a_child_who_lives_there(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    world = street.world
    household = with_children(street)[0]
    world.lives["child_birth"][household] = [NEVER, -40, NEVER, NEVER]
    world.wijken["shock_problem"] = YOUTH
    wijk = world.wijken[world.households["wijk"][household]]
    assert struck_by(wijk, world.lives[household]) == YOUTH + 1


@pytest.mark.parametrize("form", range(5))
def test_aids_are_paid_per_client_under_every_form_of_contract(quiet, form):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, contract_form=float(form))
    number = int(street.world.provider_range[AIDS])
    provider = street.world.providers[number]
    provider["clients"] = 25
    assert revenue_of(street.world, number) == 25 * provider["price_cents"]


def test_a_new_provider_keeps_the_slots_that_it_brings_until_its_contract_is_revised(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, entry_per_year=1e9, entry_margin=-9.0, entrant_share=0.5)
    street.run_until(12)
    world, kind = street.world, YOUTH_OUTPATIENT
    first, last = (int(each) for each in world.provider_range[kind : kind + 2])
    before = world.providers["exists"][first:last].copy()
    world.providers["contracted"][first:last][before == 1] = 20
    world.providers["capacity"][first:last][before == 1] = 20
    world.municipality["month"] = 12
    street.money.contract_places(street)
    new = world.providers[first:last][(before == 0) & (world.providers["exists"][first:last] == 1)]
    assert new["contracted"].tolist() == new["capacity"].tolist() == [10 * before.sum()]


@pytest.mark.parametrize("share", [0.1, 0.4])
def test_a_team_that_starts_early_has_its_part_of_the_staff_and_learns(make_street, share):
    changes = {
        "landing.transition": "2005-01",
        "wijkteam.years_early": 4.0,
        "wijkteam.early_fte_share": share,
    }
    street = make_street(changes, soon=False).run_until(59)
    team = street.world.teams[0]
    assert team["exists"] == 1 and 0.5 * share < team["fte"] / team["planned_fte"] <= share
    assert team["experience"] > 0.6


def test_a_light_case_closes_by_both_of_its_chances(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED, SHORT)
    force(street, team_closes_per_month=0.3, team_done_per_month=0.4, team_closes_at=0.9)
    household = plant(street, MIND, 0.2)
    start_slot(street.world, household, WIJKTEAM, 0, 0, 0)
    over = [is_over(street.world, household, WIJKTEAM, worst, s) for worst in (0.2, 0.95)
            for s in np.arange(1, 2001, dtype=np.uint64)]  # fmt: skip
    assert np.mean(over[:2000]) == pytest.approx(0.7, abs=0.04)
    assert np.mean(over[2000:]) == pytest.approx(0.3, abs=0.04)


@pytest.mark.parametrize(("level", "failed", "refused"), [(0.9, 1.0, 0), (0.9, 0.0, 0), (0.01, 0.0, 1)])
def test_only_a_request_that_nobody_took_counts_as_refused(quiet, level, failed, refused):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(
        street,
        offered_share=1.0,
        failed_referral_share=failed,
        follow_up_saves=0.0,
        contribution_deterrence=0.0,
    )
    refer(street.world, plant(street, MIND, level), MIND, level, BY_WIJKTEAM, 0.0, 1.0)
    assert street.world.tally[:, NOT_GRANTED].sum() == refused


def test_a_child_whose_heaviest_request_fails_asks_for_nothing_lighter_that_month(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    force(street, offered_share=1.0, failed_referral_share=1.0, follow_up_saves=0.0)
    household = with_children(street)[0]
    refer(street.world, plant(street, YOUTH, 0.99, household), YOUTH, 0.99, BY_WIJKTEAM, 0.0, 1.0)
    assert street.world.tally[:, FAILED_REFERRALS].sum() == 1


def test_the_first_cases_of_a_team_share_its_hours(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED, CERTAIN)
    for household in homes_of(street):
        plant(street, MIND, 0.6, household)
    street.step()
    team = street.world.teams[0]
    assert team["caseload"] > 1 and team["hours_per_case"] < team["support_hours"]


def test_months_on_the_list_count_where_a_crisis_brings_care_at_once(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    world = street.world
    household = plant(street, MIND, 0.9)
    join_provider_list(world, household, MENTAL_HEALTH, int(world.provider_range[MENTAL_HEALTH]), BY_GP)
    world.municipality["month"] += 5
    admit_at_once(world, household, MENTAL_HEALTH, 0, 0.5, BY_GP)
    assert world.lives["waited_for_mind"][household] == 5 and not world.households["waiting"][household]


def test_a_child_with_other_care_is_not_stepped_up(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED, CERTAIN)
    force(street, step_up_share=1.0, failed_referral_share=0.0)
    world = street.world
    household = with_children(street)[0]
    plant(street, YOUTH, 0.5, household)
    residential = slot_for(YOUTH_RESIDENTIAL, 0)
    start_slot(world, household, residential, int(world.provider_range[YOUTH_RESIDENTIAL]), 0, 0)
    assert step_up(world, 0, household, slot_for(YOUTH_TEAM, 0), YOUTH) == 0
    assert not world.households["waiting"][household]


def test_a_step_up_is_decided_by_the_desk_as_other_requests_of_a_team(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED, CERTAIN)
    force(street, step_up_share=1.0, failed_referral_share=0.0, mandate_to_buy=0.0)
    assert step_up(street.world, 0, plant(street, MIND, 0.3), WIJKTEAM, MIND) == 1
    assert street.world.tally[:, DESK_DECISIONS].sum() == 1


def test_one_plan_lasts_as_long_as_a_team_has_a_case_of_the_household(quiet):
    street = quiet(IN_FORCE, STILL, UNDETECTED)
    world = street.world
    household = with_children(street)[0]
    of_child = slot_for(YOUTH_TEAM, 0)
    for slot in (WIJKTEAM, of_child):
        start_slot(world, household, slot, 0, 0, 0)
    world.households["flags"][household] |= FLAG_COORDINATED
    for slot, is_left in ((of_child, True), (WIJKTEAM, False)):
        end_slot(world, household, slot)
        assert bool(world.households["flags"][household] & FLAG_COORDINATED) == is_left


def test_no_grant_limits_the_contracts_of_debt_help(make_street):
    street = make_street({"landing.cut": 0.25, "landing.years": 0.0}).run_until(40)
    ratios = budget_ratios(street)
    assert ratios[LAW_DEBT] == 1.0 and ratios[LAW_YOUTH] < 1.0
