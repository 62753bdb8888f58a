"""What a visitor asks: sliders and their levers, read from a link, checked, written as a link or command."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from math import isfinite
from typing import Any
from urllib.parse import parse_qsl, quote

from scenarios.apps.dashboard.municipality_files import cities, offered_cities, profile_at, slug_for_others
from scenarios.apps.dashboard.words import RefusedError
from scenarios.apps.lab.exercises import MECHANISMS, without
from scenarios.common.errors import nearest
from scenarios.common.result_version import RESULT_VERSION
from scenarios.config.scenario_forms import read_option
from scenarios.config.schema import group_options
from scenarios.reporting.texts import LANGUAGES

# What the sliders hold where the visitor has not moved them: the system's own value.
OWN = None


@dataclass(frozen=True)
class Slider:
    """One lever a visitor can move.

    Attributes
    ----------
    name : str
        Name in the link.
    key : str
        Name in the configuration; empty where several levers move together.
    shared : bool
        Whether the reference has the same value: what national government and the council set holds
        for both arms, what the policy sets for one.
    low, high, step : float
        Range; `high` of the number of teams is the number of wijken.
    decimals : int
        Decimals shown.
    percent : bool
        Whether a share is shown as a percentage.
    """

    name: str
    key: str
    shared: bool
    low: float
    high: float
    step: float
    decimals: int = 0
    percent: bool = False


SLIDERS = {
    each.name: each
    for each in (
        Slider("cut", "landing.cut", True, 0.0, 0.5, 0.01, percent=True),
        Slider("phase_in", "landing.years", True, 0.0, 15.0, 0.5, 1),
        Slider("ahead", "landing.years_ahead", False, 0.0, 5.0, 0.5, 1),
        Slider("teams", "wijkteam.count", False, 1.0, 100.0, 1.0),
        Slider("fte", "wijkteam.fte_per_1000", False, 0.3, 3.0, 0.05, 2),
        Slider("extra", "wijkteam.extra_fte_per_1000", False, 0.0, 2.0, 0.02, 2),
        Slider("signalling", "", False, 0.0, 1.0, 0.05, percent=True),
        Slider("base", "informal_network.social_base_eur_per_inhabitant", False, 0.0, 150.0, 5.0),
        Slider("patience", "municipality_government.patience_years", True, 0.0, 10.0, 0.5, 1),
    )
}
# Not a slider: the money of a phase-in period of so many years, paid on day one. It tells speed from money.
SAME_MONEY = "same_money"
SAME_MONEY_KEYS = ("landing.basis", "landing.same_money_years")
SHARED_KEYS = (*(each.key for each in SLIDERS.values() if each.shared), *SAME_MONEY_KEYS)
# In the drawer, sliders that belong together stand together.
SLIDER_GROUPS = {
    "group_policy": ("signalling", "base", "ahead"),
    "group_teams": ("extra", "fte", "teams"),
    "group_landing": ("cut", "phase_in", "patience"),
}
# What a press of a button sets: policies of conf/policy, and landings of conf/landing.
LARGER_TEAMS = 0.46
POLICY_PRESETS: dict[str, dict[str, float]] = {
    "early_signalling": {"signalling": 1.0},
    "larger_teams": {"extra": LARGER_TEAMS},
    "both": {"signalling": 1.0, "extra": LARGER_TEAMS},
}
LANDING_PRESETS: dict[str, dict[str, float]] = {
    "as_happened": {},
    "overnight": {"phase_in": 0.0},
    "five_years": {"phase_in": 5.0},
}


@cache
def signalling_changes() -> dict[str, float]:
    """Return the levers of early signalling at their full size, as conf/policy has them."""
    return dict(read_option("policy", "early_signalling")["changes"])


def shared_values(levers: dict[str, float]) -> dict[str, Any]:
    """Return what holds for reference and policy alike, by name in the configuration.

    Examples
    --------
    >>> shared_values({"phase_in": 2.5, "same_money": 5.0})["landing.same_money_years"]
    5.0
    """
    values: dict[str, Any] = {
        SLIDERS[name].key: value for name, value in levers.items() if name in SLIDERS and SLIDERS[name].shared
    }
    if SAME_MONEY in levers:
        values |= dict(zip(SAME_MONEY_KEYS, (SAME_MONEY, levers[SAME_MONEY]), strict=True))
    return values


def is_shared(name: str) -> bool:
    """Whether a lever holds for the reference too."""
    return name == SAME_MONEY or SLIDERS[name].shared


def policy_changes(levers: dict[str, float]) -> dict[str, Any]:
    """Return what the policy alone changes, by name in the configuration.

    Examples
    --------
    >>> policy_changes({"phase_in": 5.0, "teams": 6.0, "signalling": 0.0})
    {'wijkteam.count': 6}
    """
    changes: dict[str, Any] = {}
    for name, value in levers.items():
        slider = SLIDERS[name]
        if slider.shared:
            continue
        if name == "signalling":
            changes |= {key: round(full * value, 6) for key, full in signalling_changes().items() if value}
        else:
            changes[slider.key] = int(value) if name == "teams" else value
    return changes


POLICIES = ("a", "b", "c", "d")
SIZES = ("sample", "city")
PAYERS = ("municipality", "all_payers")
MEASURES = ("clients", "waiting", "cost", "crises")
VIEWS = ("answer", "compare", "own", "lab")
TABS = ("money", "people", "landing", "neighbourhoods", "why", "evidence")
KNOWN_POLICIES = ("early_signalling", "larger_teams")  # of conf/policy
FIRST_YEAR, LAST_YEAR = 2010, 2029
KEYS = ("system", "city", *POLICIES, "names", "without", "look", "view", "tab", "against", "payer", "measure",
        "year", "shown", "language", "model")  # fmt: skip
LONGEST_LINK = 1500
LONGEST_NAME = 40
# Signs that no figure or link reads as more than text.
NAME = re.compile(r"[\w .'()%+/-]+")
AGAINST_YEARS = 5.0  # the landing that another is compared with, unless asked otherwise
MOST_REPLICATIONS = 20
NOTHING = "nothing"
SAMPLE = 0.1
SMALLEST_SAMPLE = 2000  # households; a smaller place is run whole at once


@dataclass(frozen=True)
class State:
    """Everything that decides what the page shows.

    Attributes
    ----------
    system, city : str
        How care is organised, and who lives there.
    policies : dict of str to dict
        By letter, the sliders that were moved; the others stand at the system's own value.
    names : dict of str to str
        What the visitor calls a policy, by letter; the others are called after what they change.
    without : str
        The mechanism taken out of the model for every policy and its reference; empty for none.
    look : str
        The policy that the answer is about.
    view, tab : str
        The part of the page that is open, and the tab below the answer.
    against : float
        Years of the landing that the policy's own landing is compared with.
    payer, measure, year : str, str, int
        Whose savings, which colour of the wijken, and in which year.
    size, replications : str, int or None
        What was shown when the link was made, and over how many replications; None asks for all there is.
    language : str
        "en" or "nl".
    model : str
        The model with which the link was made.
    """

    system: str = "zaanstad"
    city: str = "zaanstad"
    policies: dict[str, dict[str, float]] = field(default_factory=lambda: {"a": {"signalling": 1.0}})
    names: dict[str, str] = field(default_factory=dict)
    without: str = ""
    look: str = "a"
    view: str = "answer"
    tab: str = "money"
    against: float = AGAINST_YEARS
    payer: str = "municipality"
    measure: str = "waiting"
    year: int = 2020
    size: str = "city"
    replications: int | None = None
    language: str = "en"
    model: str = RESULT_VERSION

    def __hash__(self) -> int:
        return hash(link_of(self))


def read_link(link: str) -> State:
    """Return the state of a link.

    Raises
    ------
    RefusedError
        For anything the page cannot show, with what was got and what was expected.

    Examples
    --------
    >>> read_link("?system=zwolle&a=phase_in:5,signalling:0.5").policies
    {'a': {'phase_in': 5.0, 'signalling': 0.5}}
    """
    given = _given(link)
    system = _one_of("system", given.get("system", "zaanstad"), group_options()["system"])
    own_city = str(read_option("system", system)["municipality"])
    city = _one_of("city", given.get("city", own_city), cities(), offered_cities())
    policies = {letter: _levers(letter, given[letter], city) for letter in POLICIES if letter in given}
    policies = policies or {"a": {"signalling": 1.0}}
    size, replications = _shown(given.get("shown"))
    return State(
        system=system,
        city=city,
        policies=policies,
        names=_names(given.get("names", ""), policies),
        without=_taken_out(given.get("without", NOTHING)),
        look=_one_of("look", given.get("look", next(iter(policies))), list(policies)),
        view=_one_of("view", given.get("view", VIEWS[0]), VIEWS),
        tab=_one_of("tab", given.get("tab", TABS[0]), TABS),
        against=_number("against", given.get("against", f"{AGAINST_YEARS:g}"), 0.0, 15.0),
        payer=_one_of("payer", given.get("payer", PAYERS[0]), PAYERS),
        measure=_one_of("measure", given.get("measure", "waiting"), MEASURES),
        year=int(_number("year", given.get("year", "2020"), FIRST_YEAR, LAST_YEAR, whole=True)),
        size=size,
        replications=replications,
        language=_one_of("language", given.get("language", "en"), LANGUAGES),
        model=given.get("model", RESULT_VERSION),
    )


def link_of(state: State) -> str:
    """Return the link of a state; reading it gives the state back.

    Examples
    --------
    >>> link_of(State(model="x"))
    '?system=zaanstad&city=zaanstad&a=signalling:1&look=a&view=answer&tab=money&against=5&payer=municipality&measure=waiting&year=2020&language=en&model=x'
    """
    parts = {"system": state.system, "city": state.city}
    parts |= {letter: written_levers(levers) for letter, levers in state.policies.items()}
    if state.names:
        parts["names"] = ",".join(f"{letter}:{name}" for letter, name in state.names.items())
    if state.without:
        parts["without"] = state.without
    parts |= {"look": state.look, "view": state.view, "tab": state.tab, "against": f"{state.against:g}"}
    parts |= {"payer": state.payer, "measure": state.measure, "year": str(state.year)}
    if state.replications is not None:
        parts["shown"] = f"{state.size}:{state.replications}"
    parts |= {"language": state.language, "model": state.model}
    return "?" + "&".join(f"{key}={quote(value, safe=':,')}" for key, value in parts.items())


def written_levers(levers: dict[str, float]) -> str:
    """Return a policy as it stands in a link; one that moves nothing says so."""
    return ",".join(f"{name}:{value:g}" for name, value in levers.items()) or "signalling:0"


def overrides_of(state: State, letter: str, size: str, replications: int) -> list[str]:
    """Return the words after `landingsbaan run` that run one policy of a state.

    Team counts are those of the whole city; for a sample they are brought down with the wijken.
    """
    levers = state.policies[letter]
    households = households_of(state.city, size)
    words = [f"system={state.system}", f"municipality={state.city}"]
    if households is not None:
        words.append(f"municipality.households={households}")
        levers = levers_of_sample(levers, state.city, households)
    words += without(state.without) if state.without else []
    words += [f"{key}={value:g}" for key, value in shared_values(levers).items()]
    changes = policy_changes(levers)
    known = [name for name in KNOWN_POLICIES if changes == dict(read_option("policy", name)["changes"])]
    if known:
        words.append(f"policy={known[0]}")
    else:
        written = ",".join(f"{key}:{value:g}" for key, value in changes.items())
        words += ["policy=reference", f"policy.name=policy_{letter}", f"policy.title=policy {letter.upper()}"]
        words += [f"policy.title_nl=beleid {letter.upper()}", f"policy.changes={{{written}}}"]
    return [*words, f"replication.count={replications}"]


def command_of(state: State, letter: str, size: str, replications: int) -> str:
    """Return the command line that gives the numbers shown, with its tables and figures."""
    words = overrides_of(state, letter, size, replications)
    words = [each.replace(f"municipality={state.city}", f"municipality={slug_for_others(state.city)}")
             for each in words]  # fmt: skip
    words += [f"language={state.language}"] if state.language != "en" else []
    quoted = [f'"{word}"' if any(sign in word for sign in " {},") else word for word in words]
    return " ".join(["landingsbaan run", *quoted])


def whole_city(city: str) -> tuple[int, int]:
    """Return households and wijken of a city, as at the first reported year."""
    profile = profile_at(city, FIRST_YEAR)
    return profile.households, profile.wijken


def households_of(city: str, size: str) -> int | None:
    """Return the households of a sample; None for the whole city, and for a place too small to sample."""
    households, _ = whole_city(city)
    sample = round(SAMPLE * households)
    return sample if size == "sample" and sample >= SMALLEST_SAMPLE else None


def sampled(city: str) -> bool:
    """Whether a city is shown by a sample first."""
    return households_of(city, "sample") is not None


def levers_of_sample(levers: dict[str, float], city: str, households: int) -> dict[str, float]:
    """Return a policy for a sample: as many teams per wijk as in the whole city, at least one."""
    if "teams" not in levers:
        return levers
    wijken = profile_at(city, FIRST_YEAR, households).wijken
    return levers | {"teams": float(max(1, round(levers["teams"] * wijken / whole_city(city)[1])))}


def _given(link: str) -> dict[str, str]:
    """Return keys and values of a link, every key known and given once."""
    if not isinstance(link, str) or len(link) > LONGEST_LINK:
        raise RefusedError(
            f"The link is longer than {LONGEST_LINK} characters; expected one that this page made.",
            f"De link is langer dan {LONGEST_LINK} tekens; verwacht werd een link die deze pagina heeft "
            f"gemaakt.",
        )
    try:
        items = parse_qsl(link.removeprefix("?"), keep_blank_values=True, max_num_fields=len(KEYS))
    except ValueError:
        raise RefusedError(
            f"The link has more than {len(KEYS)} parts; expected one that this page made.",
            f"De link heeft meer dan {len(KEYS)} delen; verwacht werd een link die deze pagina heeft "
            f"gemaakt.",
        ) from None
    given: dict[str, str] = {}
    for key, value in items:
        if key not in KEYS or key in given:
            hint = nearest(key[:40], KEYS) if key not in KEYS else ""
            raise RefusedError(
                f"The link contains {key[:40]!r}, which is unknown or given twice{hint}.",
                f"De link bevat {key[:40]!r}; dat is onbekend of twee keer gegeven.",
            )
        given[key] = value
    return given


def _levers(letter: str, text: str, city: str) -> dict[str, float]:
    """Return the sliders of one policy, each once and in its range."""
    levers: dict[str, float] = {}
    for part in filter(None, text.split(",")):
        name, _, value = part.partition(":")
        if name not in SLIDERS or name in levers:
            raise RefusedError(
                f"Policy {letter.upper()} says {name[:40]!r}, which is unknown or given twice"
                f"{nearest(name[:40], SLIDERS)}; expected {', '.join(SLIDERS)}.",
                f"Beleid {letter.upper()} zegt {name[:40]!r}, wat onbekend is of twee keer gegeven; "
                f"verwacht: {', '.join(SLIDERS)}.",
            )
        slider = SLIDERS[name]
        high = float(whole_city(city)[1]) if name == "teams" else slider.high
        levers[name] = _number(name, value, slider.low, high, whole=name == "teams")
    return levers


def _names(text: str, policies: Iterable[str]) -> dict[str, str]:
    """Return what policies are called, by letter."""
    names: dict[str, str] = {}
    for part in filter(None, text.split(",")):
        letter, _, name = part.partition(":")
        if letter not in policies or not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            raise RefusedError(
                f"names = {part[:60]!r}: expected a policy of the link and a name of at most {LONGEST_NAME} "
                "letters, digits, spaces and . ' ( ) % + / -",
                f"names = {part[:60]!r}: verwacht een beleid van de link en een naam van hoogstens "
                f"{LONGEST_NAME} letters, cijfers, spaties en . ' ( ) % + / -",
            )
        names[letter] = name.strip()
    return {letter: names[letter] for letter in sorted(names)}


def _shown(text: str | None) -> tuple[str, int | None]:
    """Return size and number of replications a link was made at."""
    if text is None:
        return "city", None
    size, _, replications = text.partition(":")
    return _one_of("shown", size, SIZES), int(
        _number("shown", replications, 1, MOST_REPLICATIONS, whole=True)
    )


def _taken_out(name: str) -> str:
    """Return the mechanism that is taken out; empty for none."""
    known = _one_of("without", name, (NOTHING, *MECHANISMS))
    return "" if known == NOTHING else known


def _one_of(key: str, value: str, known: Iterable[str], offered: Iterable[str] | None = None) -> str:
    """Return a value that is one of the known ones; `offered` are those that everybody may know of."""
    if value not in known:
        known = known if offered is None else offered
        raise RefusedError(
            f"{key} = {value[:40]!r}: expected one of {', '.join(known)}{nearest(value[:40], known)}.",
            f"{key} = {value[:40]!r}: verwacht een van {', '.join(known)}.",
        )
    return value


def _number(key: str, text: str, low: float, high: float, whole: bool = False) -> float:
    """Return a number inside its range."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value) or not low <= value <= high or (whole and value != int(value)):
        kinds = ("a whole number", "een heel getal") if whole else ("a number", "een getal")
        raise RefusedError(
            f"{key} = {text[:40]!r}: expected {kinds[0]} from {low:g} to {high:g}.",
            f"{key} = {text[:40]!r}: verwacht {kinds[1]} van {low:g} tot {high:g}.",
        )
    return value
