"""Collective work of teams: wijk scans, community building, and who does the collective work.

A part of the parameters of the wijkteam, with the rules that use them.
"""

from dataclasses import dataclass

from agents.compiled import rule
from agents.parameters import ParameterGroup, parameter

INSIDE, SEPARATE, NO_COLLECTIVE = 0, 1, 2


@dataclass
class CollectiveParameters(ParameterGroup):
    """What teams know of their wijken and do for many households at once."""

    wijk_scans: float = parameter(
        0.0, unit="scans per wijk a year", low=0.0, high=2.0, source="lever (S4 Heerenveen)", lever=True,
        meaning="Wijk scans and plans made with residents.",
    )  # fmt: skip
    scan_guides: float = parameter(
        0.4, unit="share", low=0.0, high=1.0, source="assumed", draw="range",
        meaning="How far staff and outreach follow the need measured by a yearly scan.",
    )  # fmt: skip
    eur_per_scan: float = parameter(
        15000.0, unit="euro per scan", low=0.0, high=100000.0, source="assumed",
        meaning="Cost of one wijk scan with its plan.",
    )  # fmt: skip
    community_building_share: float = parameter(
        0.0, unit="share of hours left", low=0.0, high=0.5, source="lever (S2)", lever=True,
        meaning="Share for community building of the hours other duties than clients leave.",
    )  # fmt: skip
    community_effect: float = parameter(
        0.10, unit="share of capacity", low=0.0, high=0.3, source="assumed; size unknown", draw="range",
        meaning="Informal capacity a fully built community adds.",
    )  # fmt: skip
    community_hours_full: float = parameter(
        20.0, unit="hours per 1,000 inhabitants a month", low=1.0, high=200.0, source="assumed",
        meaning="Hours that build a community fully, and keep it so.",
    )  # fmt: skip
    community_months: float = parameter(
        24.0, unit="months", low=3.0, high=120.0, source="assumed",
        meaning="Time in which a community is built, and in which it decays.",
    )  # fmt: skip
    collective_form: int = parameter(
        0, unit="inside 0, separate 1, none 2", low=0, high=2, source="lever (S2 Hengelo, Utrecht)",
        lever=True,
        meaning="Who does collective work: the team, an organisation beside it, or nobody.",
    )  # fmt: skip
    separate_overhead: float = parameter(
        0.10, unit="share of price", low=0.0, high=0.5, source="assumed",
        meaning="How much dearer an fte of a separate collective organisation is.",
    )  # fmt: skip
    signals_group: float = parameter(
        0.0, unit="share a month", low=0.0, high=0.5, draw="range",
        source="S2 Hengelo; size unknown, none unless drawn",
        meaning="Shared trouble a signals group takes away in a month with ample collective hours.",
    )  # fmt: skip
    separate_hears: float = parameter(
        0.25, unit="share", low=0.0, high=0.5, source="assumed; S2 Utrecht", draw="range",
        meaning="How much of a signals group's effect a separate organisation has.",
    )  # fmt: skip
    collective_hours_full: float = parameter(
        20.0, unit="hours per 1,000 inhabitants a month", low=1.0, high=200.0, source="assumed",
        meaning="Collective hours at which a signals group has its full effect.",
    )  # fmt: skip
    questions_for_signal: float = parameter(
        2.0, unit="households per 1,000", low=0.1, high=50.0, source="assumed",
        meaning="Households that ask the team about one shared trouble before all of it is seen as one.",
    )  # fmt: skip


@rule
def guided_by_scans(wijk_scans, scan_guides):
    """How far need measured by scans guides staff and outreach: scans once a year, or more, in full."""
    return min(1.0, wijk_scans) * scan_guides


@rule
def community_grows(community, hours_per_1000, hours_full, months):
    """Community of a wijk next month: it moves towards what the hours spent on it can keep up."""
    reached = min(1.0, hours_per_1000 / hours_full)
    return community + (reached - community) / months


@rule
def beside_the_team(collective_form, collective_share):
    """Share of planned staff that works in a separate collective organisation instead of the team."""
    return collective_share * (collective_form == SEPARATE)


@rule
def fte_beside(fte, collective_form, collective_share):
    """Staff a separate collective organisation has beside a team of `fte`, for the same money."""
    beside = beside_the_team(collective_form, collective_share)
    return fte * beside / (1.0 - beside)


@rule
def inside_the_team(collective_form, collective_share):
    """Share of team hours that goes to collective work by the team itself."""
    return collective_share * (collective_form == INSIDE)


@rule
def collective_work(collective_form, collective_share):
    """Share of planned hours that goes to collective work, whoever does it."""
    return collective_share * (collective_form != NO_COLLECTIVE)


@rule
def hears_questions(collective_form, separate_hears):
    """How well those who do collective work hear what households ask the team."""
    inside = 1.0 * (collective_form == INSIDE)
    return inside + separate_hears * (collective_form == SEPARATE)


@rule
def is_heard(questions, households, questions_for_signal):
    """How far repeated questions of a wijk have been seen as one shared trouble, in [0, 1]."""
    return min(1.0, 1000.0 * questions / (max(1.0, households) * questions_for_signal))


@rule
def answers_together(signals_group, hears, heard, hours_per_1000, hours_full):
    """Share of a shared trouble that collective work takes away this month."""
    return signals_group * hears * heard * min(1.0, hours_per_1000 / hours_full)
