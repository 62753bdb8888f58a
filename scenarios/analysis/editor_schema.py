"""JSON Schemas of users' own files, derived from the tables that validate those files.

An editor with a YAML language server completes names, shows units, ranges and sources, and marks errors that
`landingsbaan check` reports. Errors that only a run detects, such as a wijk without a team, are left to
`check`.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from scenarios.analysis.claims import claim
from scenarios.common.errors import ConfigurationError, printable
from scenarios.common.files import as_json, write_atomically
from scenarios.config.keys import BASES, LONGEST_TITLE, NAME, Key, key_called
from scenarios.config.municipality_files import file as municipality_files
from scenarios.config.municipality_files.figures import FIGURES, SECTIONS, shown_country
from scenarios.config.scenario_forms import ANY_NAME, ASSUMED, TEXTS, form_of
from scenarios.runs.draws import drawn_names
from simulation.outcomes.definitions import MEASURES
from simulation.parameters import GROUPS

WRITTEN_BY = "Written by `landingsbaan check schema`; do not edit by hand."
DIALECT = "http://json-schema.org/draft-07/schema#"  # the version that the YAML language server supports
TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", list: "array", dict: "object"}
# A text may look like a number; a key may not be a word that YAML reads as a boolean.
TEXT = {"type": ["string", "number"]}
Schema = dict[str, Any]


def schemas() -> dict[str, Schema]:
    """Return the schema of every kind of file, by name of its folder."""
    made = {"municipality": _municipality(), "claim": _claim()}
    for group in ("policy", "system", "landing", "steering", "grants"):
        shape, required = form_of(group)
        made[group] = _of_shape(shape, required) | _titles(group)
        nested = (
            made[group]["properties"].items() if group in ("steering", "grants") else [(group, made[group])]
        )
        for outer, inner in nested:
            inner["properties"] |= {
                name: _of_key(key_called(f"{outer}.{name}"))
                for name, plain in inner["properties"].items()
                if not plain
            }
    made["policy"]["properties"]["changes"] |= _settings(levers=True)
    made["policy"]["properties"]["name"] |= {"pattern": f"^{NAME.pattern}$"}
    for group, name in product(("policy", "system"), ("title", "title_nl")):
        made[group]["properties"][name] |= {"maxLength": LONGEST_TITLE, "pattern": r"^[^$]*$"}
    _fill_system(made["system"]["properties"])
    return made


def write(folder: Path) -> None:
    """Write the schemas to a folder and print their paths; files of other programs are not replaced.

    Raises
    ------
    ConfigurationError
        When another file has the same name; nothing is written.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ConfigurationError(f"{printable(str(folder))}: expected a folder, or nothing")
    made = {folder / f"{name}.json": schema for name, schema in schemas().items()}
    for path in made:
        if path.is_symlink() or (path.exists() and not _is_ours(path)):
            raise ConfigurationError(
                f"{printable(str(path))} was not written by landingsbaan; remove it or choose another folder"
            )
    folder.mkdir(parents=True, exist_ok=True)
    for path, schema in made.items():
        write_atomically(path, as_json(schema))
        print(path)


def _is_ours(path: Path) -> bool:
    """Return whether a file is a schema written by `write`."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(read, dict) and read.get("$comment") == WRITTEN_BY


def _titles(group: str) -> Schema:
    return {"$schema": DIALECT, "$comment": WRITTEN_BY, "title": f"landingsbaan: {group}"}


def _of_shape(shape: Any, required: tuple[str, ...] = ()) -> Schema:
    """Return the schema of a shape of `scenario_forms`, with its required fields, which may not be empty."""
    if shape is None:
        return {}
    if isinstance(shape, list):
        return {"type": "array", "items": _of_shape(shape[0], required), "minItems": int("" in required)}
    if not isinstance(shape, Mapping):
        return {"type": TYPES[shape]} | ({"minLength": 1} if shape is str and "" in required else {})
    found: Schema = {"type": "object", "additionalProperties": False}
    found["properties"] = {
        name: _of_shape(inner, _inside(required, name)) for name, inner in shape.items() if name != ANY_NAME
    }
    if ANY_NAME in shape:
        found["additionalProperties"] = _of_shape(shape[ANY_NAME], _inside(required, ANY_NAME))
        found["minProperties"] = int("" in required)
    needed = sorted({first for each in required if (first := each.partition(".")[0]) not in ("", ANY_NAME)})
    return found | ({"required": needed} if needed else {})


def _inside(required: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Return the required fields below a name; "" is the name itself."""
    return tuple(rest for each in required for first, _, rest in [each.partition(".")] if first == name)


@cache
def _meanings() -> dict[str, str]:
    """Return meaning, unit, default and source of every parameter, for hover texts."""
    return {
        f"{group}.{each.name}": f"{each.metadata['meaning']} Unit: {each.metadata['unit']}. "
        f"Source: {each.metadata['source']}."
        for group, made in GROUPS.items()
        for each in fields(made)
    }


def _of_key(key: Key) -> Schema:
    """Return the schema of a key of the configuration: its type, range and meaning."""
    number: Schema = {"type": TYPES.get(key.kind, "number")}
    limits = {"minimum": key.low, "maximum": key.high}
    number |= {name: limit for name, limit in limits.items() if limit is not None}
    if key.kind is list:
        one = {"type": "number"} | {name: number.pop(name) for name in limits if name in number}
        number |= {"items": one, "minItems": key.length, "maxItems": key.length} if key.length else {}
    if key.kind is str:
        number = {"enum": list(BASES)} if key.name == "landing.basis" else dict(TEXT)
    if key.optional:
        number = {"anyOf": [number, {"type": "null"}]}
    meaning = _meanings().get(key.name)
    return number | ({"description": meaning} if meaning else {})


def _settings(levers: bool) -> Schema:
    """Return the schema of values by parameter: all parameters, or those that a policy may change."""
    known = [key_called(name) for name in _meanings()]
    named = {key.name: _of_key(key) for key in known if key.lever or not levers}
    return {"type": "object", "properties": named, "additionalProperties": False}


def _fill_system(properties: Schema) -> None:
    """Add the parameters and texts of a system to its schema."""
    figure = properties["changes"].pop("additionalProperties")
    figure["properties"]["source"] = {"enum": [*TEXTS, ASSUMED]}
    properties["changes"] |= {
        "additionalProperties": False,
        "properties": {
            name: figure | {"properties": figure["properties"] | {"value": value}}
            | {"description": value.get("description", "")}
            for name, value in _settings(levers=False)["properties"].items()
        },
    }  # fmt: skip
    properties["sources"]["items"] = {"enum": list(TEXTS)}
    properties["particulars"]["items"]["properties"]["source"] = {"enum": list(TEXTS)}


def _municipality() -> Schema:
    """Return the schema of a user's own municipality: every figure with its range and the country's value."""
    properties: Schema = {name: {"type": ["string", "null"]} for name in municipality_files.TEXTS}
    properties["slug"] = {"type": "string", "pattern": f"^{municipality_files.SLUG.pattern}$"}
    properties["name"] = {"type": "string", "minLength": 1}
    for section in SECTIONS:
        own = {name.partition(".")[2]: name for name in FIGURES if name.startswith(f"{section}.")}
        properties[section] = {
            "type": ["object", "null"], "additionalProperties": False,
            "properties": {short: _of_figure(name) for short, name in own.items()},
        }  # fmt: skip
    for name in municipality_files.REQUIRED:
        section, _, short = name.partition(".")
        if short:
            properties[section] |= {"type": "object", "required": [short]}
            properties[section]["properties"][short]["type"] = "number"
    required = sorted({each.partition(".")[0] for each in municipality_files.REQUIRED})
    return {
        **_titles("municipality"), "type": "object", "additionalProperties": False,
        "properties": properties, "required": required,
    }  # fmt: skip


def _of_figure(name: str) -> Schema:
    figure = FIGURES[name]
    return {
        "type": ["number", "null"], "minimum": figure.low, "maximum": figure.high,
        **({"multipleOf": 1} if figure.whole else {}),
        "description": f"{figure.english}: {figure.allowed}; {shown_country(name)}",
    }  # fmt: skip


def _claim() -> Schema:
    """Return the schema of a claim: levers of its arms, outcomes and signs of its statements."""
    made = _titles("claim") | _of_shape(claim.SHAPE, claim.REQUIRED)
    properties = made["properties"]
    properties["horizon_years"] |= {"minimum": 1, "maximum": claim.LONGEST_YEARS}
    arms = (properties["reference"], properties["contrast"]["additionalProperties"])
    for arm in arms:
        arm["properties"]["changes"] = arm["properties"]["changes"] | _settings(levers=True)
    properties["mechanism_off"] |= _settings(levers=False)
    statement = properties["statements"]["items"]["properties"]
    statement["sign"] = {"enum": list(claim.SIGNS)}
    statement["measure"] = {
        "anyOf": [{"const": name, "description": f"{each.meaning['en']} ({each.unit['en']})"}
                  for name, each in MEASURES.items()]
    }  # fmt: skip
    statement["equivalence_margin"] = {"type": "number", "exclusiveMinimum": 0}
    statement["years"] |= {"minItems": 2, "maxItems": 2}
    statement["less"] |= {"maxItems": 2}
    # A list element is named by its index, as household.tipping_point[2].
    properties["conditions"]["items"] = {"pattern": rf"^({'|'.join(sorted(drawn_names()))})(\[\d+\])?$"}
    return made
