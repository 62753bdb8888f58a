"""Results of a study pair by pair, each in a file of its own, so that an interrupt loses nothing.

A part is written whole or not at all. The same command goes on with the study of the same
settings; a study made by other rules, or from a claim file that was changed, is left as it is.
"""

import json
import math
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from agents.compiled import MODEL_VERSION
from scenarios.analysis.claims.claim import Claim
from scenarios.analysis.claims.experiment import Outcome, PairOfClaims
from scenarios.runs.scenario import Scenario
from scenarios.studies.store import writes

ROOT = Path("results") / "claims"
ABOUT, FINISHED, PARTS = "study.json", "claims.json", "parts"


def settings_of(scenario: Scenario) -> dict[str, Any]:
    """Return what must be equal for two studies to be one, apart from claims, pairs and processes."""
    asked = {key: value for key, value in scenario.configuration.items() if key not in NOT_SETTINGS}
    asked["luck"] = {key: value for key, value in asked["luck"].items() if key != "pairs"}
    explicit = sorted(each for each in scenario.overrides if each.split("=")[0] not in NOT_SETTINGS_KEYS)
    own = {"own_municipality": scenario.own_municipality} if scenario.own_municipality else {}
    return {"model_version": MODEL_VERSION, "configuration": asked, "overrides": explicit, **own}


NOT_SETTINGS = ("output", "processes", "language", "policy")
NOT_SETTINGS_KEYS = ("luck.pairs", "output.folder", "output.figures", "processes", "language")


def study_folder(
    scenario: Scenario, claims: Iterable[Claim], root: Path = ROOT, name: str | None = None
) -> Path:
    """Return the folder of the study with these settings: the latest there is, else a new one.

    Raises
    ------
    ValueError
        When the folder of that name holds a study with other settings.
    """
    settings = json.loads(json.dumps(settings_of(scenario)))
    digests = {each.number: each.digest for each in claims}
    if name is not None:
        folder = root / name
        if (folder / ABOUT).is_file() and not _goes_on(folder, settings, digests):
            raise ValueError(
                f"{folder} holds a study of other settings, rules or claim files; expected another name"
            )
    else:
        known = sorted((path.parent for path in root.glob(f"*/{ABOUT}")), reverse=True)
        folder = next((each for each in known if _goes_on(each, settings, digests)), _new(root))
    (folder / PARTS).mkdir(parents=True, exist_ok=True)
    before = _read(folder / ABOUT) if (folder / ABOUT).is_file() else {"claims": {}}
    write(folder / ABOUT, {"settings": settings, "claims": before["claims"] | digests})
    return folder


def _goes_on(folder: Path, settings: dict[str, Any], digests: dict[str, str]) -> bool:
    """Whether a study has these settings and its claims were stated as they are now."""
    about = _read(folder / ABOUT)
    same = all(about["claims"].get(number, digest) == digest for number, digest in digests.items())
    return same and about["settings"] == settings


def _new(root: Path) -> Path:
    """Return a name that is not taken."""
    when = datetime.now().strftime("%Y-%m-%d")
    folder, taken = root / when, 1
    while folder.exists():
        taken += 1
        folder = root / f"{when}_{taken}"
    return folder


def keep(folder: Path, result: PairOfClaims) -> None:
    """Add what a pair came to to its part."""
    path = _part(folder, result.number)
    outcomes = _read(path)["outcomes"] if path.is_file() else {}
    for key, outcome in result.outcomes.items():
        levels = [_or_none(each) for each in outcome.levels]
        outcomes[key] = {"effect": _or_none(outcome.effect), "levels": levels}
    write(path, {"number": result.number, "seed": result.seed, "outcomes": outcomes})


def known_outcomes(folder: Path) -> dict[int, dict[str, Outcome]]:
    """Return every outcome that is kept, by pair and statement."""
    found = {}
    for path in sorted((folder / PARTS).glob("pair_*.json")):
        part = _read(path)
        found[int(part["number"])] = {
            key: Outcome(_or_nan(outcome["effect"]), tuple(_or_nan(each) for each in outcome["levels"]))
            for key, outcome in part["outcomes"].items()
        }
    return found


def write(path: Path, content: Any) -> None:
    """Write a document whole or not at all."""
    writes(path, (json.dumps(content, indent=1, allow_nan=False) + "\n").encode())


def _part(folder: Path, number: int) -> Path:
    return folder / PARTS / f"pair_{number:06d}.json"


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as trouble:
        raise ValueError(f"{path} cannot be read ({trouble}); remove it and it is made again") from None


def _or_none(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value
