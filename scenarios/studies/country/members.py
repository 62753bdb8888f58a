"""The municipalities of a country: those with figures of their own, and equal ones for all the others."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scenarios.common.errors import ConfigurationError
from scenarios.config.composition import Composed, compose
from scenarios.config.schema import MunicipalityChoice
from scenarios.runs.draws import Place
from scenarios.runs.scenario import Scenario, scenario_of
from simulation.months import year_of
from simulation.population.municipality_profile import COUNTRY, MADE, known_slugs, load_profile

MUNICIPALITIES = 342  # CBS, 1 January 2023 to 2025; 345 on 1 January 2022
EQUAL = "average"  # the profile of a municipality without figures of its own: the country's shares
LEAST_HOUSEHOLDS = 50  # per municipality, in the mean: fewer leave wijken without anybody
REGIONS = 12  # provinces, for municipalities without figures of their own
SEEDS_APART = 2**30  # seeds of one place; replications are never so many


@dataclass(frozen=True)
class Member:
    """One municipality of a country.

    Attributes
    ----------
    name : str
        Its name in tables, its own among members.
    slug : str
        Its profile.
    households : int
        Households at the start year.
    """

    name: str
    slug: str
    households: int

    @property
    def real(self) -> bool:
        """Whether it has figures of its own."""
        return self.slug not in MADE

    @property
    def place(self) -> int:
        """What tells its random numbers from that of others: it hangs on the name, so a new member
        disturbs nobody.
        """
        return zlib.crc32(self.name.encode())


@dataclass
class Country:
    """A country's run, resolved.

    Attributes
    ----------
    scenario : Scenario
        What is asked of the country as a whole; its seeds and its draws are those of every replication.
    composed : Composed
        The configuration it was made of.
    members : tuple of Member
        In the order in which they are added up.
    """

    scenario: Scenario
    composed: Composed
    members: tuple[Member, ...]
    _made: dict[tuple[str, int], Scenario] = field(default_factory=dict)

    def scenario_of(self, member: Member) -> Scenario:
        """Return the scenario of a member: the country's, with its people, wijken and random numbers.

        The parameter draw of a replication is the country's, one for all members.
        """
        key = (member.slug, member.households)
        if key not in self._made:
            choice = MunicipalityChoice(member.slug, households=member.households)
            configuration = replace(self.composed.configuration, municipality=choice)
            self._made[key] = scenario_of(replace(self.composed, configuration=configuration))
        made = self._made[key]
        seeds = [seed + member.place * SEEDS_APART for seed in self.scenario.seeds]
        region = made.configuration["municipality"]["region"] or f"region_{member.place % REGIONS}"
        return replace(
            made, seeds=seeds, draw_seed=self.scenario.seeds[0], place=Place(member.name, region),
            question_count=0,
        )  # fmt: skip

    @property
    def notes(self) -> list[str]:
        """Sentences about who is in the sum."""
        households = sum(member.households for member in self.members)
        real = [member for member in self.members if member.real]
        equal = [member for member in self.members if not member.real]
        notes = [
            f"{len(self.members)} municipalities with {households:,} households at the start year, each with "
            "teams, budget and council of its own and random numbers of its own; within a replication all "
            "share one parameter draw."
        ]
        if equal:
            represented = sum(member.households for member in real)
            notes.append(
                f"Municipalities with figures of their own: {len(real)} ({represented:,} households). No "
                f"figures are given of the other {len(equal)}: they are equal, about {equal[0].households:,} "
                "households each with the country's shares, and differ by chance alone."
            )
        return notes


def country_from(overrides: list[str], members: Sequence[Member] | None = None) -> Country:
    """Return the country that overrides ask for.

    Parameters
    ----------
    overrides : list of str
        As for any run, with municipality=netherlands; municipality.households makes a smaller country,
        every municipality in proportion.
    members : sequence of Member, optional
        Its municipalities; by default those of the data, and equal ones for the rest.

    Raises
    ------
    ConfigurationError
        For anything that cannot be run, by any member.
    """
    composed = compose(overrides)
    whole = scenario_of(composed)
    if members is None:
        members = members_of(int(year_of(whole.start_month)), whole.households)
    names = [member.name for member in members]
    if not names or len(set(names)) < len(names):
        raise ConfigurationError("municipality = netherlands: expected municipalities of different names")
    country = Country(whole, composed, tuple(members))
    for member in members:
        country.scenario_of(member)
    return country


def members_of(start_year: int, households: int | None = None) -> list[Member]:
    """Return the municipalities of the country: those of the data first, then equal ones for the rest.

    Parameters
    ----------
    start_year : int
        Year of their households.
    households : int, optional
        Another size of the country; all its municipalities in proportion.
    """
    whole = load_profile(COUNTRY, start_year).households
    total = whole if households is None else households
    if total < MUNICIPALITIES * LEAST_HOUSEHOLDS:
        raise ConfigurationError(
            f"municipality.households = {total}: too few for {MUNICIPALITIES} municipalities, expected a "
            f"whole number from {MUNICIPALITIES * LEAST_HOUSEHOLDS} on"
        )
    slugs = of_the_sources()
    sizes = [round(load_profile(slug, start_year).households * total / whole) for slug in slugs]
    real = [Member(slug, slug, size) for slug, size in zip(slugs, sizes, strict=True)]
    left, places = total - sum(sizes), MUNICIPALITIES - len(real)
    if places <= 0 or left < places:
        return real
    size, larger = divmod(left, places)
    equal = [Member(f"equal_{i + 1:03d}", EQUAL, size + (i < larger)) for i in range(places)]
    return real + equal


def of_the_sources() -> list[str]:
    """Return the municipalities that have figures of their own."""
    return [slug for slug in known_slugs() if slug != COUNTRY and slug not in MADE]
