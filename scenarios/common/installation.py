"""Checks of the installation: imported packages are this project's; pages are written in a clone only.

The names `agents`, `simulation`, `scenarios`, `conf` and `data` are common. Another distribution may come
first on the import path, or may have overwritten our files in the same folder.
"""

import base64
import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from scenarios.common.errors import ConfigurationError

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agents", "simulation", "scenarios")


def check_ownership(root: Path = ROOT) -> None:
    """Raise ImportError, with a remedy, if a package is from another distribution."""
    for name in PACKAGES:
        spec = find_spec(name)
        found = list(spec.submodule_search_locations or []) if spec else []
        if not any(Path(each).resolve() == root / name for each in found):
            where = found[0] if found else "nowhere"
            raise ImportError(
                f"the package {name} was found in {where}, expected it in {root / name}; install "
                "landingsbaan in an environment of its own, or run it from the project's folder"
            )


DOCS = ROOT / "docs"  # exists in a clone only
# One file of each package or folder that another distribution, installed later, could overwrite.
MARKS = (*(f"{name}/__init__.py" for name in PACKAGES), "conf/config.yaml", "data/municipalities.csv")
REMEDY = "install landingsbaan in an environment of its own, or run it from the project's folder"


def check_installation(root: Path = ROOT) -> None:
    """Raise ImportError, with a remedy, if files are missing or overwritten by another distribution."""
    check_ownership(root)
    for name in MARKS:
        if not (root / name).is_file():
            raise ImportError(f"{name} is missing from {root}; {REMEDY}")
    for name, written in _digests(root).items():
        found = hashlib.sha256((root / name).read_bytes()).digest()
        if base64.urlsafe_b64encode(found).rstrip(b"=").decode() != written:
            raise ImportError(
                f"{root / name} is not as it was installed: another package of the same name has written "
                f"over it; {REMEDY}"
            )


def _digests(root: Path) -> dict[str, str]:
    """Return the digests of `MARKS` as recorded by the installed wheel; empty when run from a clone."""
    try:
        installed = distribution("landingsbaan")
    except PackageNotFoundError:
        return {}
    if Path(str(installed.locate_file(""))).resolve() != root:
        return {}
    recorded = (installed.read_text("RECORD") or "").splitlines()
    rows = (row.rsplit(",", 2) for row in recorded if row.startswith(MARKS))
    return {name: digest.partition("=")[2] for name, digest, _ in rows if digest.startswith("sha256=")}


def check_clone(asked: str, root: Path = ROOT) -> None:
    """Raise ConfigurationError outside a clone, where the project's pages do not exist."""
    if not (root / "pyproject.toml").is_file() or not (root / DOCS.name).is_dir():
        raise ConfigurationError(
            f"{asked}: the project's pages exist only in a clone, and this is an installed copy; "
            "expected to be run in a clone of the project"
        )
