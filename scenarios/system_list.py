"""The systems of conf/system, in words."""

from typing import Any

import yaml

from scenarios.configuration import CONFIGURATION_FOLDER
from scenarios.errors import ConfigurationError, nearest
from scenarios.keys import shown

FOLDER = CONFIGURATION_FOLDER / "system"


def systems() -> dict[str, dict[str, Any]]:
    """Return the content of every system file by slug."""
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))
    }


def list_systems() -> str:
    """Return one line per system: slug, title, municipality, sources."""
    lines = [f"{'system':<20} {'title':<24} {'municipality':<20} source"]
    for slug, content in systems().items():
        lines.append(
            f"{slug:<20} {content['title']:<24} {content['municipality']:<20} {' '.join(content['sources'])}"
        )
    return "\n".join(lines)


def describe_system(slug: str) -> str:
    """Return what a system changes and what of its source it does not represent."""
    known = systems()
    if slug not in known:
        raise ConfigurationError(
            f"systems {slug}: no such system{nearest(slug, known)}; expected one of {', '.join(known)}"
        )
    content = known[slug]
    changes = [f"  {name} = {shown(value)}" for name, value in content["changes"].items()]
    missing = [f"  - {each}" for each in content["not_represented"]]
    return "\n".join(
        [
            f"{content['title']} ({', '.join(content['sources'])}), municipality {content['municipality']}",
            "Differs from the defaults in",
            *(changes or ["  nothing"]),
            "Does not represent",
            *(missing or ["  nothing left out"]),
        ]
    )
