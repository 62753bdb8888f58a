"""Reads and validates scenario files (systems, policies, landings ...) as plain YAML data.

Errors name file and line. Only mappings, lists, texts and numbers are read; tags, anchors, aliases, merges,
interpolations and Hydra's `_target_` are refused, so that nothing in a file is executed.

A shape describes the allowed content: a type, a mapping of names to shapes, a list with one shape, or
``{"*": shape}`` for a mapping with any names.
"""

import math
import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scenarios.common.errors import RETIRED_KEYS, ConfigurationError, brief, nearest, printable, renamed
from scenarios.common.files import WORDS, size_of_regular
from scenarios.config.keys import check_title, key_called, known_keys
from scenarios.config.schema import (
    NEUTRAL_SYSTEM,
    MunicipalityChoice,
    PolicyChoice,
    SystemChoice,
    option_path,
)
from simulation.parameters import GROUPS

ANY_NAME = "*"
LARGEST_BYTES = 200_000
DEEPEST = 12
MOST_BITS = (
    10_000  # whole numbers: longer ones Python does not write in digits, so no message could show them
)
# Spaces that texts may have; other signs that are not printable are control codes and halves of signs.
SPACES = "\n\t\u00a0\u202f"
# Numbers that YAML 1.1 reads as something else than what they look like: octal, hexadecimal, base 60.
ODD_NUMBER = re.compile(r"[-+]?(0[0-9_]+|0[xb][0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?)")
PLAIN = ("bool", "int", "float", "null", "str", "seq", "map")


def read_scenario_file(path: Path, keys: Mapping[str, Any], required: Collection[str] = ()) -> dict[str, Any]:
    """Return the content of a scenario file, checked against its shape.

    Parameters
    ----------
    path : Path
        A YAML file.
    keys : mapping of str to shape
        Allowed content.
    required : collection of str
        Names that must be present and not empty; "arms.changes" means in each of the arms.

    Raises
    ------
    ConfigurationError
        With one sentence that names file and line.
    """
    root = _composed(path)
    if not isinstance(root, yaml.MappingNode):
        raise _wrong(path, root, "expected names with values")
    _check_shape(path, root, dict(keys), "")
    for name in required:
        _check_present(path, root, name.split("."), "")
    return _plain(path, root)


def line_of(path: Path, *names: str | int) -> int:
    """Return the line of a nested name or list item, or of its innermost parent that exists."""
    return lines_of(path, [names])[0]


def lines_of(path: Path, places: Iterable[Sequence[str | int]]) -> list[int]:
    """Return the lines of several places; the file is read once."""
    root = _composed(path)
    return [_line_in(root, names) for names in places]


def _line_in(node: Any, names: Sequence[str | int]) -> int:
    line = 1
    for name in names:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == name), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(name, int) and name < len(node.value):
            node = node.value[name]
            line = node.start_mark.line + 1
        else:
            break
    return line


def mistake(path: Path, what: str, *names: str | int) -> ConfigurationError:
    """Return the error for a name in a file, with file and line."""
    hint = number_hint(texts_of(path, [names])[0])
    return ConfigurationError(f"{_shown(path)}, line {line_of(path, *names)}: {printable(what)}{hint}")


# Numbers as written in Dutch: 0,05, 8 000, 8.000, 1.234,5.
DUTCH_NUMBER = re.compile(r"[-+]?(\d+,\d+|\d{1,3}([ .,\u00a0']\d{3})+(,\d+)?)")


def number_hint(text: str | None) -> str:
    """Return how to write a number, for a refused value that looks like a number in Dutch, or nothing.

    Examples
    --------
    >>> number_hint("0,05")
    '; write a decimal point and no thousands separator'
    >>> bool(number_hint("8.000")), bool(number_hint("8 000")), number_hint("0.05"), number_hint(None)
    (True, True, '', '')
    """
    is_dutch = text is not None and DUTCH_NUMBER.fullmatch(text.strip())
    return "; write a decimal point and no thousands separator" if is_dutch else ""


def texts_of(path: Path, places: Iterable[Sequence[str | int]]) -> list[str | None]:
    """Return the values of several places as written in the file, None where none stands; read once."""
    root = _composed(path)
    return [_text_in(root, names) for names in places]


def _text_in(node: Any, names: Sequence[str | int]) -> str | None:
    for name in names:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == name), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(name, int) and name < len(node.value):
            node = node.value[name]
        else:
            return None
    if isinstance(node, yaml.MappingNode):  # a change of a system is a value with its source
        return _text_in(node, ["value"]) if names else None
    return node.value if isinstance(node, yaml.ScalarNode) else None


def read_small(path: Path) -> bytes:
    """Return the content of a file of the user; its size is looked at before it is read.

    Raises
    ------
    ConfigurationError
        When it cannot be read, is no regular file (reading a pipe would block) or is too large.
    """
    try:
        size = size_of_regular(path, "a text file", _shown(path))
        if size > LARGEST_BYTES:
            raise ConfigurationError(f"{_shown(path)}: {size:,} bytes, expected at most {LARGEST_BYTES:,}")
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{_shown(path)} cannot be read: {error.strerror or error}") from None


def _line_of_escape(text: str) -> int:
    """Return the line of the first escape of a sign beyond the last one, 1 if none is found."""
    for each in re.finditer(r"\\U([0-9a-fA-F]{8})", text):
        if int(each[1], 16) > sys.maxunicode:
            return text.count("\n", 0, each.start()) + 1
    return 1


def _composed(path: Path) -> Any:
    """Return the file as YAML nodes, which know their line; refuse anything but plain data."""
    raw = read_small(path)
    try:
        text = raw.decode("utf-8")
        _check_events(path, text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{_shown(path)}, line {line}: expected text in UTF-8") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ConfigurationError(f"{_shown(path)}, line {line}: a sign that no text has") from None
    except yaml.MarkedYAMLError as error:
        line, what = _explained(error, text)
        raise ConfigurationError(f"{_shown(path)}, line {line}: {what}") from None
    except ConfigurationError:
        raise
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigurationError(f"{_shown(path)}: {str(error).splitlines()[0]}") from None
    except (ValueError, OverflowError):  # of `chr`, for an escape beyond the last sign
        line = _line_of_escape(text)
        raise ConfigurationError(
            f"{_shown(path)}, line {line}: an escape (\\U...) of a sign that is none"
        ) from None
    if root is None:
        raise ConfigurationError(f"{_shown(path)}, line 1: the file is empty")
    return root


def _explained(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """Return the line of an error in the form of a file, and what to do about it."""
    lines, problem = text.splitlines(), str(error.problem)
    line = error.problem_mark.line if error.problem_mark else 0
    if "could not find expected ':'" in problem and error.context_mark:
        return _without_colon(error.context_mark.line, lines)
    if problem.startswith("mapping values are not allowed"):
        before = lines[line][: error.problem_mark.column] if error.problem_mark else ""
        last = next((place for place in range(line - 1, -1, -1) if lines[place].partition("#")[0].strip()), 0)
        if ":" in before:
            return line + 1, f"a second colon in a line ({problem}); put the text in quotes"
        if last < line and ":" not in lines[last]:
            return _without_colon(last, lines)
        return line + 1, f"begins further to the right than the line above ({problem}); begin it below that"
    if "found character" in problem and "cannot start any token" in problem:
        is_tab = "\\t" in problem
        return line + 1, f"{problem}; " + ("use spaces, no tab" if is_tab else "put the text in quotes")
    return line + 1, problem


def _without_colon(line: int, lines: list[str]) -> tuple[int, str]:
    name = lines[line].strip() if line < len(lines) else ""
    return line + 1, f"{printable(name[:60])}: a colon is missing, expected a name, a colon and a value"


def _check_events(path: Path, text: str) -> None:
    """Refuse, before nodes are built, all that is not plain data: anchors, tags, interpolations, `_target_`.

    Also a second document, and deep nesting.
    """
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise _wrong(path, event, "a second document begins here, expected one in a file")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _wrong(path, event, f"nested deeper than {DEEPEST} levels")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _wrong(path, event, "anchors and aliases are not allowed; write the value out")
        if getattr(event, "tag", None):
            raise _wrong(path, event, f"the tag {event.tag} is not allowed; a scenario file is plain data")
        if isinstance(event, yaml.ScalarEvent):
            _check_text(path, event)


def special_meaning(text: str) -> str:
    """Return why a text is refused that Hydra would execute or replace; "" for any other text."""
    if text.startswith("_") and text.endswith("_") and len(text) > 2:
        return f"{text} is not allowed: nothing in a scenario file is executed"
    return "interpolations are not allowed; write the value out" if "${" in text else ""


def _check_text(path: Path, event: yaml.ScalarEvent) -> None:
    """Refuse texts with a special meaning for Hydra or YAML, and signs that no file or terminal shows."""
    hidden = next((each for each in event.value if not each.isprintable() and each not in SPACES), "")
    if hidden:
        what = f"{brief(event.value)}: expected a text without the sign {ascii(hidden)[1:-1]}"
        raise _wrong(path, event, what)
    if special_meaning(event.value):
        raise _wrong(path, event, special_meaning(event.value))
    if event.value == "<<" and event.implicit[0]:
        raise _wrong(path, event, "merges are not allowed; write the values out")
    if event.implicit[0] and ODD_NUMBER.fullmatch(event.value):
        raise _wrong(
            path, event, f"{brief(event.value)}: expected a number in plain decimals, or a text in quotes; "
            "YAML reads a first 0 as octal and a colon as base 60"
        )  # fmt: skip


def _check_shape(path: Path, node: Any, shape: Any, name: str) -> None:
    """Refuse unknown and duplicate names, and values of a wrong type."""
    if isinstance(shape, list):
        if not isinstance(node, yaml.SequenceNode):
            raise _wrong(path, node, f"{name}: expected a list")
        for number, each in enumerate(node.value, start=1):
            _check_shape(path, each, shape[0], f"{name}[{number}]")
    elif isinstance(shape, dict):
        if not isinstance(node, yaml.MappingNode):
            raise _wrong(
                path, node, f"{name}: expected {_form_of_figure(shape, node) or 'names with values'}"
            )
        _check_names(path, node, shape, name)
        for key, value in node.value:
            inner = shape.get(key.value, shape.get(ANY_NAME))
            _check_shape(path, value, inner, f"{name}.{key.value}".lstrip("."))
    elif shape is not None:
        _check_type(path, node, shape, name)


def _form_of_figure(shape: Any, value: Any) -> str:
    """Return how to write a value with its source, for the change of a system; "" for other shapes."""
    if not isinstance(shape, dict) or not {"value", "source"} <= set(shape):
        return ""
    written = value.value if isinstance(value, yaml.ScalarNode) and value.value else "..."
    return f"names with values, as {{value: {written}, source: {ASSUMED}}}"


def _check_is_word(path: Path, key: Any, name: str) -> None:
    """Refuse a list or a mapping as a name."""
    if not isinstance(key, yaml.ScalarNode):
        kind = "a list" if isinstance(key, yaml.SequenceNode) else "names with values"
        inside = f"{name}: " if name else ""
        raise _wrong(path, key, f"{inside}a name must be a word, got {kind}")


def _check_names(path: Path, node: Any, shape: dict[str, Any], name: str) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        _check_is_word(path, key, name)
        if key.value in seen:
            raise _wrong(path, key, f"{key.value} stands twice")
        seen.add(key.value)
        if key.value not in shape and ANY_NAME not in shape:
            raise _wrong(path, key, f"{key.value}: no such key{nearest(key.value, shape)}")


def _check_type(path: Path, node: Any, kind: type, name: str) -> None:
    value = _plain(path, node)
    fits = isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool)
    if kind is float:
        fits = isinstance(value, int | float) and not isinstance(value, bool) and _is_finite(value)
    if not fits:
        of_number = kind in (int, float) and isinstance(node, yaml.ScalarNode)
        hint = number_hint(node.value) if of_number else ""
        raise _wrong(path, node, f"{name}: expected {WORDS[kind]}{hint}")


def _is_finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:  # a whole number that no float can hold
        return False


def _check_present(path: Path, node: Any, names: list[str], where: str) -> None:
    """Refuse a file in which something required is missing or empty; `where` is the name of the node."""
    if isinstance(node, yaml.SequenceNode):
        for number, each in enumerate(node.value, start=1):
            _check_present(path, each, names, f"{where}[{number}]")
        return
    first, rest = names[0], names[1:]
    if not isinstance(node, yaml.MappingNode):
        return
    if first == ANY_NAME:
        for key, value in node.value:
            _check_present(path, value, rest, f"{where}.{key.value}".lstrip("."))
        return
    found = next((value for key, value in node.value if key.value == first), None)
    whole = f"{where}.{first}".lstrip(".")
    if found is None:
        value = next((value for key, value in node.value if key.value == "value"), None)
        form = f"; expected {_form_of_figure(_FIGURE, value)}" if where.startswith("changes.") else ""
        raise _wrong(path, node, f"{whole} is missing{form}")
    if rest:
        _check_present(path, found, rest, whole)
    elif _plain(path, found) in (None, "", [], {}):
        raise _wrong(path, found, f"{whole} is empty")


def _plain(path: Path, node: Any) -> Any:
    """Return a node as plain data."""
    if isinstance(node, yaml.ScalarNode) and node.tag.rsplit(":", 1)[-1] not in PLAIN:
        raise _wrong(path, node, f"{node.value}: expected a text or a number, put it between quotes")
    if isinstance(node, yaml.MappingNode):
        for key, _ in node.value:
            _check_is_word(path, key, "a mapping")
        return {key.value: _plain(path, value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(path, each) for each in node.value]
    maker = yaml.constructor.SafeConstructor()
    try:
        value = maker.construct_object(node)
    except (ValueError, yaml.YAMLError):
        raise _wrong(path, node, f"{node.value}: cannot be read as a value") from None
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise _wrong(path, node, f"{node.value[:20]}...: a number this large cannot be read as a value")
    return value


def _wrong(path: Path, where: Any, what: str) -> ConfigurationError:
    return ConfigurationError(f"{_shown(path)}, line {where.start_mark.line + 1}: {printable(what)}")


def _shown(path: Path) -> str:
    """Return a path for messages: from conf/ on if it is in there."""
    parts = path.parts
    return "/".join(parts[parts.index("conf") :]) if "conf" in parts else str(path)


TEXTS = ("S0", "S1", "S2", "S3", "S4")
ASSUMED = "assumed"
REFERENCE = "reference"  # the only policy that changes nothing
_WORDS = {"en": str, "nl": str}
_PARTICULAR = {**_WORDS, "source": str, "levers": [str]}
_FIGURE = {"value": None, "source": str, "note": _WORDS}
_MUST_OF_SYSTEM = (
    "slug", "title", "municipality", "sources", "changes", "changes.*.value", "changes.*.source",
    "particulars", "particulars.en", "particulars.nl", "particulars.source", "particulars.levers",
    "not_represented", "not_represented.en", "not_represented.nl",
)  # fmt: skip
# The neutral organisation consists of the defaults: it has no sources and no changes.
_EMPTY_IF_NEUTRAL = ("sources", "changes", "particulars")
# Files of these groups set keys of several groups and need this Hydra directive.
PACKAGES = {"steering": "# @package _global_", "grants": "# @package _global_"}


def read_option(group: str, member: str) -> dict[str, Any]:
    """Return the checked content of a file of conf/ by group and member; see `read_scenario_file`."""
    return read_option_file(option_path(group, member), group)


def read_option_file(path: Path, group: str) -> dict[str, Any]:
    """Return the checked content of the file of a group's member; see `read_scenario_file`."""
    form, required = form_of(group)
    if group == "system" and path.stem == NEUTRAL_SYSTEM:
        required = tuple(each for each in required if each.split(".")[0] not in _EMPTY_IF_NEUTRAL)
    content = read_scenario_file(path, form, required)
    _check_package(path, group)
    _check_keys(path, group, content)
    check_titles(path, {name: content[name] for name in ("title", "title_nl") if name in content})
    if group == "system":
        _check_system(path, content)
    elif group == "policy":
        if not content.get("changes") and not content.get("own_signalling") and path.stem != REFERENCE:
            what = "the policy changes nothing; expected changes: with a lever and its value"
            raise mistake(path, what, "changes")
        for name, value in content.get("changes", {}).items():
            _check_value(path, name, value)
            if not key_called(name).lever:
                what = f"{name} is not a lever; a policy can only change levers"
                raise mistake(path, what, "changes", name)
    return content


def check_titles(path: Path, titles: Mapping[str, Any], *where: str) -> None:
    """Check the titles at a place in a file; errors have a line."""
    for name, title in titles.items():
        try:
            check_title(".".join((*where, name)), str(title))
        except ConfigurationError as error:
            raise mistake(path, str(error), *where, name) from None


def check_figure(where: str, name: str, figure: Any) -> None:
    """Raise ConfigurationError for a change of a system without a value or a known source."""
    entry = figure if isinstance(figure, dict) else {}
    lacking = [key for key in ("value", "source") if entry.get(key) is None]
    if lacking:
        raise ConfigurationError(
            f"{where}: {name}: {lacking[0]} is missing, expected {{value: ..., source: S0}}"
        )
    if entry["source"] not in (*TEXTS, ASSUMED):
        raise ConfigurationError(
            f"{where}: {name}: source {entry['source']}, expected one of {', '.join((*TEXTS, ASSUMED))}"
        )


def check_change(where: str, name: str, value: Any) -> None:
    """Raise ConfigurationError for an invalid change of a parameter; `where` names its origin."""
    parameters = [key.name for key in known_keys().values() if key.lever is not None]
    if name not in parameters:
        near = renamed(str(name), RETIRED_KEYS) or nearest(str(name), parameters)
        raise ConfigurationError(f"{where}: {name}: no such parameter{near}")
    try:
        key_called(str(name)).check(value)
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {error}") from None


@cache
def form_of(group: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the shape and the required names of a group's files; see `read_scenario_file`."""
    system = _names(SystemChoice) | {"changes": {ANY_NAME: _FIGURE}}
    system |= {"sources": [str], "particulars": [_PARTICULAR], "not_represented": [_WORDS]}
    policy = _names(PolicyChoice) | {"changes": {ANY_NAME: None}}
    forms: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
        "system": (system, _MUST_OF_SYSTEM),
        "policy": (policy, ("name", "title", "source")),
        "landing": (_names(GROUPS["landing"]), ()),
        "steering": ({name: _names(made) for name, made in GROUPS.items()}, ()),
        "grants": ({"landing": _names(GROUPS["landing"])}, ()),
        "municipality": (_names(MunicipalityChoice), ("slug",)),
    }
    return forms[group]


def _names(made: Any) -> dict[str, Any]:
    """Return the field names of a dataclass as a shape; `_check_keys` checks their types."""
    return {each.name: None for each in fields(made)}


def _check_keys(path: Path, group: str, content: dict[str, Any]) -> None:
    """Check the values of configuration keys in a file; errors have a line."""
    nested = group in PACKAGES
    for outer, values in content.items() if nested else [(group, content)]:
        for name, value in values.items():
            try:
                key_called(f"{outer}.{name}").check(value)
            except ConfigurationError as error:
                raise mistake(path, str(error), *((outer,) if nested else ()), name) from None


def _check_package(path: Path, group: str) -> None:
    """Refuse a file without the `@package` directive that its group needs, or with another one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    needed = PACKAGES.get(group)
    if needed and needed not in (line.strip() for line in lines):
        raise ConfigurationError(f"{_shown(path)}, line 1: expected the line {needed}, as in conf/{group}")
    for number, line in enumerate(lines, start=1):
        if "@package" in line and line.lstrip().startswith("#") and line.strip() != PACKAGES.get(group):
            raise ConfigurationError(
                f"{_shown(path)}, line {number}: @package puts keys elsewhere, which this file may not"
            )


def _check_system(path: Path, content: dict[str, Any]) -> None:
    """Check figures, sources and the levers named in particulars; errors have a line."""
    wrong = [each for each in content["sources"] if each not in TEXTS]
    if wrong:
        raise mistake(path, f"sources {wrong[0]}: expected some of {', '.join(TEXTS)}", "sources")
    changes = content["changes"]
    for name, figure in changes.items():
        try:
            check_figure("changes", name, figure)
        except ConfigurationError as error:
            raise mistake(path, str(error), "changes", name) from None
        _check_value(path, name, figure["value"])
    for number, particular in enumerate(content["particulars"]):
        place = ("particulars", number)
        if particular["source"] not in content["sources"]:
            what = f"source {particular['source']} is not one of the system's sources"
            raise mistake(path, what, *place, "source")
        unset = [lever for lever in particular["levers"] if lever not in changes]
        if unset:
            near = nearest(unset[0], changes)
            what = f"{unset[0]}: no lever that this system's changes set{near}"
            raise mistake(path, what, *place, "levers")


def _check_value(path: Path, name: str, value: Any) -> None:
    """Check one change of a file."""
    try:
        check_change("changes", name, value)
    except ConfigurationError as error:
        raise mistake(path, str(error), "changes", name) from None
