"""What is said on the page by hand: how experiments follow their studies, and why rows are missed.

A reason is printed only where its row is missed.
"""

DESIGNS = {
    "Teams and growth (CPB 2019)": (
        "One past up to the transition, then lives that differ in teams alone: none (counters and GPs go on "
        "as before), with staff of their own, with providers' staff, and as most have it. Growth is that of "
        "people with guidance or day care in a year, 2015 to 2017; a gap is growth less that without teams. "
        "The study compares municipalities, which chose their teams; here they do not choose. Those without "
        "teams are mostly small in the study, so the same is told once more of the sixteen, in "
        "proportion to their size, the smaller half without teams. Only the first is scored, when fitting."
    ),
    "Early help at the edge, by month (Troubled Families)": (
        "Children on a team's caseload in January 2016 with trouble at the edge of care and not placed are "
        "followed for two years with intensive help close to families and without. Formal measures are "
        "supervision orders; they count as higher from the first of six months in a row in which more of "
        "the helped have one, on the mean over draws. The programme takes families, the model children; all "
        "families of the city are offered it, not some."
    ),
    "A cut in early help (Webb 2021, Bennett 2021)": (
        "From January 2016 teams and the social base have 15% less. Heavy cases are placements and "
        "supervision orders; the lag is the month in which their excess comes to half of its most within "
        "three years, on the mean over draws, smoothed over three months."
    ),
    "Spread between municipalities": (
        "The sixteen municipalities of the sources with their own people and system, one draw for all and "
        "luck of their own; the ninth decile of the share of residents under 18 with help in 2022 over the "
        "first. The figure is of 337 municipalities."
    ),
    "Repeated help": (
        "Trajectories begun in the first half of 2023 by children without help the month before, but with "
        "help in the five years before that."
    ),
    "Closed within a year": (
        "Children's trajectories with a team begun in 2016 that end within twelve months."
    ),
    "Satisfaction in Zaanstad": (
        "Zaanstad under its own system in 2015: satisfaction with wijkteams less that with youth teams, "
        "from waiting and time per case; transfers and refusals are not told by kind of team. The level is "
        "an input, the gap is not."
    ),
}

_PRICES = (
    "The model's tariffs follow no more than the contracts of 2015 do: wages, heavier cases per user and the "
    "tariffs that rose after the first cheap contracts are not in it, so cost per user stays where it was "
    "in 2017. It teaches that a forecast of euros beyond 2017 needs prices of its own."
)
REASONS: dict[str, str] = {
    "youth_care_share_u18_2019": (
        "The share grows too slowly: it stands still until 2018, where the register gains a third of a point "
        "a year. Growth in the model is the trend of new trouble, held back by contracts that fill up and "
        "access that is tightened. Which part of the real growth was more trouble, easier access or better "
        "counting, the register does not say."
    ),
    "youth_cost_per_user_2019": _PRICES,
    "wmo_clients_per_1000_2019": (
        "Half of it is the flat own contribution of 2019, which drew people in and is outside the model. The "
        "other half is the same as with growth by teams: in the model they replace what they should add to."
    ),
    "wmo_spending_per_inhabitant_2019": "Fewer clients, see above, and prices that do not grow.",
    "satisfaction_gap_zaanstad": (
        "In the model satisfaction comes from waiting and time per case, and adults wait longer at wijkteams "
        "than children at youth teams. Being heard, or asking for help oneself, is not in it."
    ),
    "youth_help_spread_of_municipalities": (
        "The sixteen differ in people and organisation alone. Real municipalities also differ in how GPs "
        "refer, which providers are near and how they register; one draw of all uncertain numbers is shared "
        "by all sixteen here, which makes them more alike than they are."
    ),
}
