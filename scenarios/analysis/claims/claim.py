"""A claim as stated in its file: arms, statements with their sign, and the placebo check."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.common.errors import RETIRED_KEYS, ConfigurationError, brief, nearest, one_sentence, renamed
from scenarios.config.keys import NAME, key_called
from scenarios.config.scenario_forms import ANY_NAME, check_titles, mistake, read_scenario_file
from scenarios.config.schema import claim_paths
from scenarios.runs.draws import drawn_names
from simulation.outcomes.definitions import MEASURES
from simulation.parameters import Parameters, changed, names

REFERENCE = "reference"
SIGNS = {"more": 1, "less": -1, "none": 0}
LONGEST_YEARS = 15.0
MOST_ARMS = 50
LEAST_MARGIN, MOST_MARGIN = 1e-9, 1e12

TEXT = {"en": str, "nl": str}
SHAPE: dict[str, Any] = {
    "id": str,
    "title": TEXT,
    "source": str,
    "horizon_years": float,
    "reference": {"title": TEXT, "changes": {ANY_NAME: None}},
    "contrast": {ANY_NAME: {"title": TEXT, "changes": {ANY_NAME: None}}},
    "statements": [
        {
            **TEXT, "measure": str, "arm": str, "against": str, "less": [str], "years": [float],
            "sign": str, "equivalence_margin": float, "equivalence_margin_reason": str,
            "is_null_with_mechanism_off": bool,
        }
    ],
    "mechanism_off": {ANY_NAME: None},
    "conditions": [str],
    "literature": TEXT,
    "not_represented": [str],
}  # fmt: skip
REQUIRED = (
    "id", "title.en", "title.nl", "source", "contrast", "contrast.*.title.en", "contrast.*.title.nl",
    "contrast.*.changes", "statements", "statements.en", "statements.nl", "statements.measure",
    "statements.arm", "statements.sign", "statements.equivalence_margin",
    "statements.equivalence_margin_reason", "mechanism_off",
    "literature.en", "literature.nl",
)  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """One statement of a claim: how an outcome differs between two arms, and the sign claimed.

    Attributes
    ----------
    key : str
        Number of claim and statement, as "C06.2".
    texts : dict
        The statement by language.
    measure : str
        Outcome, a name in `MEASURES`.
    arm, against : str
        Arms compared: the effect is the first less the second.
    less : tuple of str
        Two more arms whose difference is subtracted, or none.
    years : tuple of float
        Start and end of the period compared, years from the transition.
    sign : int
        1 or -1 as claimed, 0 where the source gives no direction.
    equivalence_margin : float
        An effect of at most this size counts as zero, in the unit of the measure.
    equivalence_margin_reason : str
        Reason for the margin.
    is_null_with_mechanism_off : bool
        Whether the effect has to vanish with the mechanism off: true for every statement with a sign, and for
        a trade-off where the file says so.
    """

    key: str
    texts: dict[str, str]
    measure: str
    arm: str
    against: str
    less: tuple[str, ...]
    years: tuple[float, float]
    sign: int
    equivalence_margin: float
    equivalence_margin_reason: str
    is_null_with_mechanism_off: bool

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of all arms that are compared."""
        return (self.arm, self.against, *self.less)


@dataclass(frozen=True)
class Claim:
    """A claim of the register.

    Attributes
    ----------
    number : str
        Number, as "C19a".
    titles, literature : dict
        Texts by language.
    source : str
        Text that states the claim.
    arms : dict of str to dict
        Changed levers by full name, per arm; includes "reference".
    arm_titles : dict of str to dict
        Title by language, per arm.
    statements : tuple of Statement
    horizon_years : float
        Simulated years after the transition.
    mechanism_off : dict
        Parameter values that switch the claim's mechanism off.
    conditions : tuple of str
        Drawn parameters that are examined first as conditions.
    not_represented : tuple of str
        Elements of the source that the experiment leaves out.
    digest : str
        Checksum of the file.
    path : Path
        The file.
    """

    number: str
    titles: dict[str, str]
    source: str
    arms: dict[str, dict[str, Any]]
    arm_titles: dict[str, dict[str, str]]
    statements: tuple[Statement, ...]
    horizon_years: float
    mechanism_off: dict[str, Any]
    conditions: tuple[str, ...]
    literature: dict[str, str]
    not_represented: tuple[str, ...]
    digest: str
    path: Path


def claims_called(numbers: Collection[str] = ()) -> list[Claim]:
    """Return the claims with these numbers, or all without numbers; checks that the model has their levers.

    Includes claims in the user's own folder (`--config-dir`).

    Raises
    ------
    ConfigurationError
        For an unknown claim, with the nearest name, and for an invalid file, with its line.
    """
    known = claim_paths()
    by_lower = {each.lower(): path for each, path in known.items()}
    found = []
    for number in numbers or known:
        if number.lower() not in by_lower:
            raise ConfigurationError(
                f"claims {number}: no such claim{nearest(number.upper(), known)}; expected one that "
                "`landingsbaan claims list` shows, or list, check or write"
            )
        found.append(read_claim(by_lower[number.lower()]))
    for claim in found:
        check_names(claim)
    return list({claim.number: claim for claim in found}.values())


def read_claim(path: Path) -> Claim:
    """Return the claim of a file; names of levers are checked by `check_names`."""
    read = read_scenario_file(path, SHAPE, REQUIRED)
    if read["id"] != path.stem:
        raise mistake(path, f"id {read['id']}: expected {path.stem}, the name of the file", "id")
    if REFERENCE in read["contrast"]:
        raise mistake(path, "contrast: reference is the name of the other arm", "contrast", REFERENCE)
    horizon = float(read.get("horizon_years", 10.0))
    if not 1.0 <= horizon <= LONGEST_YEARS:
        raise mistake(path, f"horizon_years: expected 1 to {LONGEST_YEARS:g}", "horizon_years")
    reference = read.get("reference", {})
    check_titles(path, read["title"], "title")
    check_titles(path, reference.get("title", {}), REFERENCE, "title")
    if len(read["contrast"]) > MOST_ARMS:
        raise mistake(
            path, f"contrast: {len(read['contrast'])} arms, expected at most {MOST_ARMS}", "contrast"
        )
    for name, arm in read["contrast"].items():
        if not NAME.fullmatch(name):
            raise mistake(
                path, f"{brief(name)}: expected a name of letters, digits and underscores", "contrast", name
            )
        check_titles(path, arm["title"], "contrast", name, "title")
    base = reference.get("changes", {})
    arms = {REFERENCE: base} | {name: base | arm["changes"] for name, arm in read["contrast"].items()}
    own_title = {"en": "reference", "nl": "referentie"}
    return Claim(
        number=read["id"],
        titles=read["title"],
        source=read["source"],
        arms=arms,
        arm_titles={REFERENCE: reference.get("title", own_title)}
        | {name: arm["title"] for name, arm in read["contrast"].items()},
        statements=tuple(
            _statement(path, number, each, arms, horizon) for number, each in enumerate(read["statements"])
        ),
        horizon_years=horizon,
        mechanism_off=read["mechanism_off"],
        conditions=tuple(read.get("conditions", ())),
        literature=read["literature"],
        not_represented=tuple(read.get("not_represented", ())),
        digest=hashlib.sha256(path.read_bytes()).hexdigest()[:16],
        path=path,
    )


def _statement(
    path: Path, number: int, read: dict[str, Any], arms: dict[str, Any], horizon: float
) -> Statement:
    """Return one statement; raises for unknown arms, measure, years or margin."""
    place = ("statements", number)
    against, less = read.get("against", REFERENCE), tuple(read.get("less", ()))
    asked = (("arm", read["arm"]), ("against", against), *(("less", name) for name in less))
    for key, name in asked:
        if name not in arms:
            raise mistake(path, f"{name}: no such arm{nearest(name, arms)}", *place, key)
    if len(less) not in (0, 2) or len(set(less)) != len(less):
        raise mistake(path, "less: expected two different arms", *place, "less")
    if read["arm"] == against:
        raise mistake(
            path, f"arm: expected another one than {against}, against which it is compared", *place, "arm"
        )
    if read["measure"] not in MEASURES:
        unknown = f"{read['measure']}: no such measure{nearest(read['measure'], MEASURES)}"
        raise mistake(path, unknown, *place, "measure")
    if read["sign"] not in SIGNS:
        raise mistake(path, f"sign {read['sign']}: expected {', '.join(SIGNS)}", *place, "sign")
    if not LEAST_MARGIN <= read["equivalence_margin"] <= MOST_MARGIN:
        wanted = f"equivalence_margin: expected a number from {LEAST_MARGIN:g} to {MOST_MARGIN:g}"
        raise mistake(path, wanted, *place, "equivalence_margin")
    years = tuple(float(each) for each in read.get("years", (0.0, horizon)))
    if len(years) != 2 or not -8.0 <= years[0] < years[1] <= horizon or years[1] - years[0] < 1.0 / 12.0:
        wanted = f"years: expected two from -8 to {horizon:g}, in order and at least a month apart"
        raise mistake(path, wanted, *place, "years")
    return Statement(
        key=f"{path.stem}.{number + 1}",
        texts={"en": read["en"], "nl": read["nl"]},
        measure=read["measure"],
        arm=read["arm"],
        against=against,
        less=less,
        years=(years[0], years[1]),
        sign=SIGNS[read["sign"]],
        equivalence_margin=float(read["equivalence_margin"]),
        equivalence_margin_reason=read["equivalence_margin_reason"],
        is_null_with_mechanism_off=bool(read.get("is_null_with_mechanism_off", read["sign"] != "none")),
    )


def check_names(claim: Claim) -> None:
    """Raise for unknown names and values: arms may change levers, `mechanism_off` all parameters."""
    for place, settings in _settings(claim):
        for name, value in settings.items():
            _check_setting(claim, place, name, value)
    for number, name in enumerate(claim.conditions):
        if not _is_drawn_number(name):
            unknown = f"{brief(name)}: no drawn parameter{nearest(name, drawn_names())}"
            raise mistake(claim.path, unknown, "conditions", number)


def _is_drawn_number(name: str) -> bool:
    """Return whether a name is that of a drawn parameter, or of an element of one that is a list."""
    whole, _, place = name.partition("[")
    if whole not in drawn_names():
        return False
    group, _, short = whole.partition(".")
    value = getattr(getattr(Parameters(), group), short)
    if not place:
        return True
    return isinstance(value, list) and place in {f"{element}]" for element in range(len(value))}


def _settings(claim: Claim) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    """Return every set of values in the file with its path in the file."""
    found: list[tuple[tuple[str, ...], dict[str, Any]]] = [(("mechanism_off",), claim.mechanism_off)]
    for arm, changes in claim.arms.items():
        place = (REFERENCE, "changes") if arm == REFERENCE else ("contrast", arm, "changes")
        found.append((place, changes))
    return found


def _check_setting(claim: Claim, place: tuple[str, ...], name: str, value: Any) -> None:
    where = (*place, name)
    if name not in names():
        raise mistake(
            claim.path,
            f"{name}: no such parameter{renamed(name, RETIRED_KEYS) or nearest(name, names())}",
            *where,
        )
    if place[0] != "mechanism_off" and not key_called(name).lever:
        raise mistake(claim.path, f"{name}: not a lever, an arm may change levers only", *where)
    try:
        key_called(name).check(value)
        changed(Parameters(), {name: value})
    except ValueError as error:
        raise mistake(claim.path, one_sentence(error), *where) from None
