"""Whether the packages `agents`, `simulation` and `scenarios` are this project's own.

Their names are common, and another distribution installs a package called `agents`.
"""

from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agents", "simulation", "scenarios")


def check_ownership(root: Path = ROOT) -> None:
    """Raise ImportError, with a sentence that says what to do, when a package is somebody else's."""
    for name in PACKAGES:
        spec = find_spec(name)
        found = list(spec.submodule_search_locations or []) if spec else []
        if not any(Path(each).resolve() == root / name for each in found):
            where = found[0] if found else "nowhere"
            raise ImportError(
                f"the package {name} was found in {where}, expected it in {root / name}; install "
                "landingsbaan in an environment of its own, or run it from the project's folder"
            )
