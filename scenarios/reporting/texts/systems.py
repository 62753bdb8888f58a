"""Words around the systems, in English and Dutch."""

from typing import Final

from scenarios.reporting.texts.languages import LANGUAGES

WORDS: Final[dict[str, tuple[str, str]]] = {
    "system": ("system", "stelsel"),
    "title": ("title", "naam"),
    "municipality": ("municipality", "gemeente"),
    "source": ("source", "bron"),
    "sets": ("sets", "zet"),
    "told": ("What the source tells, and the levers that stand for it",
             "Wat de bron vertelt, en de knoppen die ervoor staan"),
    "differs": ("Differs from the defaults in", "Wijkt van de standaard af in"),
    "missing": ("Does not represent", "Verbeeldt niet"),
    "nothing": ("nothing", "niets"),
    "assumed": ("assumed", "aangenomen"),
    "page": ("""\
# Systems

Written by `landingsbaan systems write`; do not edit by hand.

How care was organised in sixteen municipalities, and the two transitions, as five Dutch texts of 2014-2018
tell it. Each row is one particular of a source, in our words, with the levers that stand for it. A system
sets only what differs from the defaults, which are the organisation of an average municipality under the
landing as it happened. `national_average` is those defaults and nothing else; a municipality without a system
of its own has it. Sources:

| key | text |
| --- | --- |
| S0 | interview with the alderman of Zaanstad (MOVISIES, July 2015), with readers' comments |
| S1 | overview of neighbourhood teams in Zwolle, Eindhoven and Alphen aan den Rijn, with inventories (2014) |
| S2 | Hilhorst and Van der Lans, series on the shop floor of the decentralisations (2015) |
| S3 | interview with a former alderman of Almere (after 2018) |
| S4 | MOgroep's list of ten golden municipalities (2015) |

*Source of the value*: a key where the text gives the figure, or says that it is so (1 is then fully, 0 not at
all); "assumed" where the text tells no size. Outreach, links of finding places and debt signals are off in
every reference; `policy=as_described` and `landingsbaan compare` have them as told here. What a system has
for its whole municipality (teams, the poverty fund, civil servants who remove rules) goes to another
municipality in proportion.
""", ""),
}  # fmt: skip


def word(key: str, language: str) -> str:
    """Return a text in a language.

    Examples
    --------
    >>> word("assumed", "nl")
    'aangenomen'
    """
    return WORDS[key][LANGUAGES.index(language)]
