"""What each tally of the loops means in words, made from the blocks of `simulation.recording.tallies`."""

from functools import cache

from agents.vocabulary import KINDS, PROBLEMS, ROUTES
from simulation.recording.tallies import CRISES, LOW_THRESHOLD_HELPS, TALLIES

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

# Counts of how things stand in a month; all other tallies count what happened in it.
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
    """Return unit and meaning of every tally; both are empty where words lack, which a test refuses."""
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
