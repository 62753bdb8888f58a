"""Tallies: the monthly counts per wijk, integers, so that sums do not depend on order.

A tally is a column of the array ``tally``, int64 of shape (n_wijken, N_TALLIES). Severities are counted in
units of 1/1024. Names are also columns of the monthly table (`simulation/recording/schema.py`); meanings are
composed from the same blocks.
"""

from functools import cache
from typing import Final

from agents.vocabulary import KINDS, N_KINDS, N_ROUTES, PROBLEMS, ROUTES

SEVERITY_UNITS: Final = 1024.0

CRISES: Final = ("eviction", "mental_emergency", "care_emergency", "violence_crisis", "child_crisis")

# Low-threshold help, in the order of its tallies.
LOW_THRESHOLD_HELPS: Final = ("school", "youth_work", "intervention", "brigade")

_names: list[str] = []


def _block(names: list[str]) -> int:
    """Append a block of tallies and return the index of the first."""
    first = len(_names)
    _names.extend(names)
    return first


STARTS = _block([f"starts_{kind}" for kind in KINDS])
ENDS = _block([f"ends_{kind}" for kind in KINDS])
RENEWALS = _block([f"renewals_{kind}" for kind in KINDS])
WAITED = _block([f"waited_months_{kind}" for kind in KINDS])  # months waited by those who started
QUEUED = _block([f"queued_{kind}" for kind in KINDS])  # joined a waiting list
DROPPED = _block([f"dropped_{kind}" for kind in KINDS])  # left a waiting list without starting
USERS = _block([f"users_{kind}" for kind in KINDS])  # first use in the calendar year
ROUTE_SIGNALS = _block([f"signals_{route}" for route in ROUTES])
ROUTE_YOUTH = _block([f"youth_starts_{route}" for route in ROUTES])
CRISIS = _block([f"crises_{crisis}" for crisis in CRISES])
NEW_PROBLEMS = _block([f"new_problems_{problem}" for problem in PROBLEMS])
SEVERITY = _block([f"severity_{problem}" for problem in PROBLEMS])  # 1/1024, end of month
UNMET = _block([f"unmet_severity_{problem}" for problem in PROBLEMS])  # 1/1024, no help for it
HEAVY = _block([f"heavy_{problem}" for problem in PROBLEMS])  # problems at or above heavy_at

FIRST_CONTACTS = _block(["first_contacts"])
CONTACT_SEVERITY = _block(["contact_severity"])  # 1/1024
CONTACT_MONTHS = _block(["contact_months_from_start"])
FOUND_EARLY = _block(["found_early"])
FOUND_IN_VAIN = _block(["found_in_vain"])
MISDIRECTED_CONTACTS = _block(["misdirected_contacts"])
TRANSFERS = _block(["transfers"])
FAILED_REFERRALS = _block(["failed_referrals"])
LIGHT_HELPS = _block(["light_helps"])
INTAKES = _block(["intakes"])
HARMED = _block(["harmed"])
NOT_GRANTED = _block(["not_granted"])
PASSED_ON = _block(["passed_on"])
DEBT_SIGNALS = _block(["debt_signals"])
DEBT_CASES = _block(["debt_cases"])
DEBT_REACHED = _block(["debt_reached"])
DEBT_ACCEPTED = _block(["debt_accepted"])
OUTREACH_FOUND = _block(["outreach_found"])
VIOLENCE = _block(["violence_incidents"])
DISPUTES = _block(["disputes"])
DISPUTES_SOLVED = _block(["disputes_solved"])
GOING_ON = _block(["households_with_something_going_on"])
HOUSEHOLDS_IN_CARE = _block(["households_in_care"])
YOUTH_USERS = _block(["youth_users"])  # first youth care of a child in the calendar year
YOUTH_USERS_ONE_PARENT = _block(["youth_users_one_parent"])
YOUTH_STAY_USERS = _block(["youth_stay_users"])
WMO_USERS = _block(["wmo_users"])  # first Wmo provision in the calendar year
SUPPORT_USERS = _block(["support_users"])  # first guidance or day care in the calendar year
RESIDENCE_USERS = _block(["residence_users"])  # first protected residence or shelter in the year
IN_DEBT = _block(["in_problem_debt"])  # households in problem debt, counted in January
IN_DEBT_NEW = _block(["in_problem_debt_new"])  # not in debt a January before
IN_DEBT_THREE_YEARS = _block(["in_problem_debt_three_years"])  # three Januaries in a row
SEPARATIONS = _block(["separations"])
BIRTHS = _block(["births"])
DEATHS = _block(["household_deaths"])
MOVES = _block(["moves"])
FORMED = _block(["households_formed"])
OVERBURDENED = _block(["overburdened_circle_households"])
RESPITE = _block(["respite_households"])
CARE_MONTHS_MIND = _block(["mental_care_months"])
ADMINISTRATION = _block(["renewal_assessments"])
BROKEN_OFF = _block(["broken_off"])  # team cases broken off by a tender
ANSWERED_TOGETHER = _block(["answered_together"])  # household-months of shared problems answered together
LOW_THRESHOLD = _block([f"low_threshold_{which}" for which in LOW_THRESHOLD_HELPS])

TURNED_AWAY = _block(["turned_away"])
ACCESS_ONLY = _block(["access_only"])
HAND_OFFS = _block(["hand_offs"])
LOST_HAND_OFFS = _block(["lost_hand_offs"])
JOINED = _block(["joined_in_team"])
DESK_DECISIONS = _block(["desk_decisions"])
BOUGHT_BY_TEAM = _block(["bought_by_team"])
NETWORK_TALKS = _block(["network_talks"])
CLOSE_MONTHS = _block(["close_to_family_months"])
LASTING_CONTACTS = _block(["lasting_contact_months"])
POVERTY_GIFTS = _block(["poverty_gifts"])
EVICTIONS = _block(["evictions"])  # households that lose their home

PASSED = _block(["problems_passed"])  # problems that passed, plateaued or were solved elsewhere
SETTLED = _block(["evictions_settled"])  # crises of money settled without an eviction
ADVISED = _block(["short_advice"])  # light cases helped by advice that opens no case
NO_CASE = _block(["referred_without_case"])  # first talks that referred and opened no case
REPLACED = _block(["requests_replaced"])  # requests that would have been granted, helped by the team
STEPPED_UP = _block(["stepped_up"])  # cases referred at their end whatever their severity
DETERRED = _block(["deterred_by_contribution"])  # requests for household help not made for its price

TALLIES: Final = tuple(_names)
N_TALLIES: Final = len(TALLIES)

assert len(KINDS) == N_KINDS
assert len(ROUTES) == N_ROUTES


STATES = ("inactive", "problem", "waiting", "team", "one_kind", "several_kinds", "heavy")

# One entry per block: prefix, members, unit, meaning with the member in braces.
_BLOCKS = (
    ("starts", KINDS, "care slots", "Started {} in the month."),
    ("ends", KINDS, "care slots", "Ended {} in the month."),
    ("renewals", KINDS, "decisions", "Decisions on {} renewed in the month."),
    ("waited_months", KINDS, "months", "Months waited for {} by those who started in the month."),
    ("queued", KINDS, "people", "Joined the waiting list of {} in the month."),
    ("dropped", KINDS, "people", "Left the waiting list of {} without starting."),
    ("users", KINDS, "people", "First use of {} in the calendar year: over a year, its users."),
    ("signals", ROUTES, "signals", "Signals that arrived by the route {}."),
    ("youth_starts", ROUTES, "care slots", "Youth care started, by the route {}."),
    ("crises", CRISES, "crises", "Crises of the kind {} in the month."),
    ("new_problems", PROBLEMS, "problems", "New problems in the domain {}."),
    ("severity", PROBLEMS, "severity-months", "Severity in the domain {}, summed over households."),
    ("unmet_severity", PROBLEMS, "severity-months", "Severity in the domain {} without help for it."),
    ("heavy", PROBLEMS, "problems", "Heavy problems in the domain {} at the end of the month."),
    ("low_threshold", LOW_THRESHOLD_HELPS, "people", "Helped in the month at low threshold, by: {}."),
)

_SINGLE = {
    "first_contacts": ("households", "First contacts with help for a problem."),
    "contact_severity": ("severity", "Severity at first contact, summed; divide by first_contacts."),
    "contact_months_from_start": ("months", "Months from start to first contact; divide by first_contacts."),
    "found_early": ("households", "Found while the problem was still light."),
    "found_in_vain": ("households", "Found with a problem that would have passed by itself."),
    "misdirected_contacts": ("contacts", "Misdirected contacts: asked where no help is given."),
    "transfers": ("transfers", "Transfers between organisations."),
    "failed_referrals": ("transfers", "Transfers that were lost."),
    "light_helps": ("households", "Short light help given."),
    "intakes": ("households", "Intakes by teams."),
    "harmed": ("households", "Harmed by help (a label, dependence)."),
    "not_granted": ("requests", "Requests not granted."),
    "passed_on": ("households", "Passed on to another law or payer."),
    "debt_signals": ("signals", "Signals of arrears."),
    "debt_cases": ("cases", "Signals of arrears taken up."),
    "debt_reached": ("cases", "Of those, households reached."),
    "debt_accepted": ("cases", "Of those, help accepted."),
    "outreach_found": ("households", "Found by a team that went out itself."),
    "violence_incidents": ("incidents", "Incidents of domestic violence."),
    "disputes": ("disputes", "Disputes between neighbours."),
    "disputes_solved": ("disputes", "Of those, solved."),
    "households_with_something_going_on": ("households", "Households with something going on."),
    "households_in_care": ("households", "Households with at least one kind of care."),
    "youth_users": ("children", "First youth care of a child in the calendar year: over a year, its users."),
    "youth_users_one_parent": ("children", "Of those, children in one-parent households."),
    "youth_stay_users": ("children", "First youth care with stay in the calendar year."),
    "wmo_users": ("people", "First Wmo provision in the calendar year: over a year, its users."),
    "support_users": ("people", "First guidance or day care in the calendar year: over a year, its users."),
    "residence_users": ("people", "First protected residence or shelter in the year."),
    "in_problem_debt": ("households", "Households in problem debt, counted in January."),
    "in_problem_debt_new": ("households", "Of those, not in problem debt a January before."),
    "in_problem_debt_three_years": ("households", "Of those, in problem debt three Januaries in a row."),
    "separations": ("households", "Separations."),
    "births": ("children", "Births."),
    "household_deaths": ("households", "Households ended by death."),
    "moves": ("households", "Moves."),
    "households_formed": ("households", "Households formed."),
    "overburdened_circle_households": ("households", "Households whose circle is overburdened."),
    "respite_households": ("households", "Households whose circle has respite."),
    "mental_care_months": ("months", "Months of mental health care given."),
    "renewal_assessments": ("assessments", "Assessments for renewal."),
    "broken_off": ("cases", "Team cases broken off by a tender."),
    "problems_passed": ("problems", "Problems that passed, reached a plateau or were solved elsewhere."),
    "evictions_settled": ("crises", "Crises of money settled at the last moment, without an eviction."),
    "short_advice": ("households", "Light cases helped by short advice that opens no case."),
    "referred_without_case": ("households", "First talks that referred and opened no case at the team."),
    "requests_replaced": ("requests", "Requests that would have been granted, helped by the team itself."),
    "stepped_up": ("cases", "Team cases referred to a specialist at their end, whatever their severity."),
    "deterred_by_contribution": (
        "requests",
        "Requests for household help not made because the contribution rises with income.",
    ),
    "answered_together": ("households", "Households in a shared problem that was answered together."),
    "turned_away": ("cases", "Not for this team after its first talk: sent on, or not helped."),
    "access_only": ("cases", "For the team, but only referred by it."),
    "hand_offs": ("transfers", "Problems of the other generation handed to the other team."),
    "lost_hand_offs": ("transfers", "Of those, lost."),
    "joined_in_team": ("cases", "Problems of the other generation taken up inside one team."),
    "desk_decisions": ("decisions", "Provisions a team asked for and a desk decided on."),
    "bought_by_team": ("provisions", "Provisions a team bought itself."),
    "network_talks": ("households", "Talks with a household's own network instead of light help."),
    "close_to_family_months": ("months", "Months of intensive help close to families."),
    "lasting_contact_months": ("months", "Months a generalist stayed the contact beside specialists."),
    "poverty_gifts": ("households", "Gifts from the fund against poverty."),
    "evictions": ("households", "Households evicted."),
}

# Tallies that are stocks at the end of a month; all others are flows of the month.
STOCK_TALLIES = frozenset(
    {
        *(f"heavy_{problem}" for problem in PROBLEMS),
        "households_with_something_going_on",
        "households_in_care",
        "overburdened_circle_households",
        "respite_households",
    }
)


def _meanings() -> dict[str, tuple[str, str]]:
    """Return unit and meaning of every tally; both are empty where they are missing, which fails a test."""
    words = {
        f"{prefix}_{member}": (unit, meaning.format(member.replace("_", " ")))
        for prefix, members, unit, meaning in _BLOCKS
        for member in members
    }
    words.update(_SINGLE)
    return {name: words.get(name, ("", "")) for name in TALLIES}


TALLY_MEANINGS = _meanings()


@cache
def scaled_tallies() -> frozenset[str]:
    """Return the tallies counted in 1/1024 of severity, shown as severity."""
    return frozenset(name for name in TALLIES if TALLY_MEANINGS[name][0] in ("severity", "severity-months"))
