"""`landingsbaan check`: validation of users' own files; errors are reported with file and line.

A user's folder has the layout of conf/ and is the argument of `--config-dir`. Files are read as plain data:
nothing in them is executed, and nothing outside the folder is read.
"""

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.analysis.claims.claim import check_names, read_claim
from scenarios.common.errors import ConfigurationError, nearest, one_sentence, printable
from scenarios.common.files import with_home, without_links
from scenarios.common.terminal import show_table
from scenarios.config.composition import compose
from scenarios.config.keys import check_language
from scenarios.config.municipality_files.file import (
    SLUG,
    VARIABLE,
    OwnFileError,
    municipality_file_slugs,
    read_municipality_file,
)
from scenarios.config.scenario_forms import mistake, read_option_file
from scenarios.config.schema import CLAIM, CONFIGURATION_FOLDER, OWN_FOLDER, group_options
from scenarios.runs.scenario import scenario_from
from simulation.parameters import Parameters, changed

MUNICIPALITY, POLICY, SYSTEM = "municipality", "policy", "system"
KINDS = (POLICY, SYSTEM, MUNICIPALITY, CLAIM, "landing", "steering", "grants")
SCHEMA = "schema"  # a subfolder for editors, and the action that writes it
# Key of a file whose value has to equal the file name.
NAMED_BY = {POLICY: "name", SYSTEM: "slug"}
CLAIM_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
NOTES = (".md", ".txt")  # suffixes of other files that are allowed
MOST_FILES = 1_000
WORDS = {
    "en": {
        "head": "file, what it is",
        "doubtful": "Doubtful",
        "fine": "{count} of {count} files can be used; try: {command}",
    },
    "nl": {
        "head": "bestand, wat het is",
        "doubtful": "Twijfelachtig",
        "fine": "{count} van {count} bestanden zijn bruikbaar; probeer: {command}",
    },
}


@dataclass
class OwnFile:
    """A user's file: its kind and content.

    Attributes
    ----------
    path : Path
        The file.
    kind : str
        One of `KINDS`, the name of its subfolder.
    titles : dict of str to str
        Title by language; empty until the file was read.
    doubts : list of str
        Warnings about values that are allowed and unusual.
    """

    path: Path
    kind: str
    titles: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name in commands."""
        return self.path.stem

    @property
    def command(self) -> str:
        """A command that uses it, without the folder."""
        return f"claims {self.name}" if self.kind == CLAIM else f"run {self.kind}={self.name}"


def checked(folder: Path) -> tuple[list[OwnFile], list[str]]:
    """Return the files of a folder, and an error message for each problem.

    Content is checked only when all names are valid, and runs are composed only when all content is valid:
    otherwise names shared with the package, and references between files, would repeat one error for every
    file.
    """
    files, wrong = _files_of(folder)
    with _in_use(folder):
        for look in (_read, _compose):
            for each in files if not wrong else []:
                try:
                    look(each)
                except OwnFileError as error:
                    wrong += error.mistakes
                except ValueError as error:
                    wrong.append(one_sentence(error))
    return files, wrong


def check(words: list[str], overrides: list[str]) -> None:
    """Run `landingsbaan check FOLDER`: print a table of usable files, or all errors.

    Raises
    ------
    ConfigurationError
        When a file cannot be used.
    """
    asked = dict(each.split("=", 1) for each in overrides)
    unknown = next((name for name in asked if name != "language"), None)
    if unknown:
        raise ConfigurationError(f"{unknown}: check takes language=en or language=nl only")
    language = asked.get("language", "en")
    check_language(language)
    if words[:1] == [SCHEMA] and len(words) == 2:
        from scenarios.analysis.editor_schema import write

        write(with_home(words[1]) / SCHEMA)
        return
    if len(words) != 1:
        raise ConfigurationError(
            "check: expected one folder, as landingsbaan check my_files, or check schema my_files"
        )
    folder = with_home(words[0])
    if folder.is_file():
        raise ConfigurationError(
            f"check {printable(words[0])}: a file, expected the folder with subfolders such as policy/ and "
            "system/"
        )
    if not folder.is_dir():
        raise ConfigurationError(f"check {printable(words[0])}: no such folder")
    files, wrong = checked(folder)
    if len(wrong) == 1:
        raise ConfigurationError(wrong[0])
    if wrong:
        print("\n".join(wrong))
        raise ConfigurationError(f"{printable(words[0])}: {len(wrong)} mistakes, see above")
    _print_files(folder, files, language)


def _print_files(folder: Path, files: list[OwnFile], language: str) -> None:
    """Print every file with its kind, warnings, and a command to continue with."""
    words = WORDS[language]
    rows = [
        (f"{each.kind}/{each.path.name}", printable(each.titles.get(language) or each.titles["en"]))
        for each in files
    ]
    show_table(words["head"].split(", "), rows)
    for each in files:
        print(
            "\n".join(f"{words['doubtful']}: {doubt}" for doubt in each.doubts), end="\n" * bool(each.doubts)
        )
    first = min(files, key=lambda each: KINDS.index(each.kind))
    command = f"landingsbaan {first.command} --config-dir={shlex.quote(str(folder))}"
    print(words["fine"].format(count=len(files), command=command))


def _files_of(folder: Path) -> tuple[list[OwnFile], list[str]]:
    """Return the files of a folder by name, and the errors in names."""
    files: list[OwnFile] = []
    wrong: list[str] = []
    inside = without_links(folder)
    for place in _listed(folder):
        if place.is_dir() and place.name != SCHEMA:
            if place.name not in KINDS:
                wrong.append(
                    f"{_shown(place)}: no such kind of file{nearest(place.name, KINDS)}; "
                    f"expected {', '.join(KINDS)}"
                )
            elif not without_links(place).is_relative_to(inside):
                wrong.append(f"{_shown(place)}: a link to another folder, expected the folder itself")
            else:
                found = [OwnFile(path, place.name) for path in _listed(place) if path.suffix not in NOTES]
                wrong += [each for each in (_wrong_name(one, inside) for one in found) if each]
                files += found
        elif place.suffix.lower() in (".yaml", ".yml", ".csv", ".json"):
            wrong.append(f"{_shown(place)}: expected in a subfolder that says its kind: {', '.join(KINDS)}")
    if not files and not wrong:
        wrong.append(f"{_shown(folder)}: no file to check, expected subfolders called {', '.join(KINDS)}")
    return files, wrong


def _listed(folder: Path) -> list[Path]:
    """Return the content of a folder in order, without hidden files."""
    found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    if len(found) > MOST_FILES:
        raise ConfigurationError(f"{_shown(folder)}: {len(found):,} files, expected at most {MOST_FILES:,}")
    return found


def _wrong_name(file: OwnFile, inside: Path) -> str | None:
    """Return the error in the name of a file, None for a valid name."""
    path, kind = file.path, file.kind
    if not without_links(path).is_relative_to(inside):
        return f"{_shown(path)}: a link out of the folder, expected the file itself"
    if not path.is_file():
        return f"{_shown(path)}: not a regular file, expected a text file"
    if path.suffix != ".yaml":
        return f"{_shown(path)}: expected a name that ends in .yaml, others are not read"
    if kind == CLAIM and not CLAIM_NAME.fullmatch(file.name):
        return (
            f"{_shown(path)}: expected a name of letters, digits and underscores, a letter first, as X01.yaml"
        )
    if kind != CLAIM and not SLUG.fullmatch(file.name):
        return f"{_shown(path)}: expected a name of small letters, digits and underscores, a letter first"
    names = [each.stem for each in (CONFIGURATION_FOLDER / kind).glob("*.yaml")]
    if file.name.lower() in (name.lower() for name in names):
        return f"{_shown(path)}: the package has a {kind} of that name, choose another"
    return None


@contextmanager
def _in_use(folder: Path) -> Iterator[None]:
    """Add the files of a folder to the configuration, as `--config-dir` does."""
    before = {name: os.environ.pop(name, None) for name in (OWN_FOLDER, VARIABLE)}
    os.environ[OWN_FOLDER] = str(folder)
    try:
        yield
    finally:
        del os.environ[OWN_FOLDER]
        os.environ.update({name: value for name, value in before.items() if value is not None})


def _read(file: OwnFile) -> None:
    """Validate the content of one file; raise an error with its line."""
    if file.kind == CLAIM:
        claim = read_claim(file.path)
        check_names(claim)
        file.titles = claim.titles
    elif file.kind == MUNICIPALITY:
        own = read_municipality_file(file.path)
        _check_called(file, "slug", own.slug)
        file.titles, file.doubts = {"en": own.name}, own.doubts
    else:
        content = read_option_file(file.path, file.kind)
        if file.kind in NAMED_BY:
            _check_called(file, NAMED_BY[file.kind], content[NAMED_BY[file.kind]])
        if file.kind == SYSTEM:
            _check_municipality(file, content["municipality"])
        file.titles = {"en": str(content.get("title", file.name)), "nl": str(content.get("title_nl", ""))}


def _check_called(file: OwnFile, key: str, name: Any) -> None:
    if name != file.name:
        raise mistake(file.path, f"{key} is {name}, expected {file.name} as the file is called", key)


def _check_municipality(file: OwnFile, municipality: str) -> None:
    known = (*group_options()[MUNICIPALITY], *municipality_file_slugs())
    if municipality not in known:
        near = nearest(str(municipality), known)
        raise mistake(file.path, f"municipality {municipality}: no such municipality{near}", MUNICIPALITY)


def _compose(file: OwnFile) -> None:
    """Validate a file by composing a run: dates, titles, and combinations of values."""
    if file.kind == CLAIM:
        return
    override = f"{file.kind}={file.name}"
    try:
        if file.kind in (SYSTEM, MUNICIPALITY):
            scenario_from([override])
        else:
            changed(Parameters(), dict(compose([override]).configuration.policy.changes))
    except ValueError as error:
        sentence = one_sentence(error)
        names = re.split(r"[^\w.]", sentence)[0].split(".")
        raise mistake(file.path, sentence, *names[names[0] == file.kind :]) from None


def _shown(path: Path) -> str:
    return printable(str(path))
