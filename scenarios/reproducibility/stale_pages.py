"""Marks pages of docs/ that were made with an older result version, with a notice under their title.

``python -m scenarios.reproducibility.stale_pages mark`` adds the notice where it is needed and removes it
elsewhere; ``check`` prints the pages where it is missing or wrong. An out-of-date page is allowed if it has
the notice.
"""

import re
import sys
from pathlib import Path

from scenarios.common.errors import ConfigurationError
from scenarios.common.files import write_atomically
from scenarios.common.installation import DOCS, check_clone
from scenarios.common.result_version import RESULT_VERSION

ACTIONS = ("mark", "check")
# Language and commands to renew, by page.
PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "backtest.md": ("en", ("landingsbaan backtest",)),
    "calibration.md": ("en", ("landingsbaan calibrate",)),
    "claims.md": ("en", ("landingsbaan claims", "landingsbaan claims write")),
    "discovery.md": ("en", ("landingsbaan discover ... write=true",)),
    "flagship.md": ("en", ("landingsbaan study flagship ... write=true",)),
    "flagship_nl.md": ("nl", ("landingsbaan study flagship ... write=true",)),
    "lab/docent.md": ("nl", ("python -m scenarios.apps.lab.notebook answers",)),
    "lab/teacher.md": ("en", ("python -m scenarios.apps.lab.notebook answers",)),
    "phase_in.md": ("en", ("landingsbaan phase-in ... write=true",)),
    "phase_in_nl.md": ("nl", ("landingsbaan phase-in ... write=true",)),
    "robust.md": ("en", ("landingsbaan optimise ... write=true",)),
    "sensitivity.md": ("en", ("landingsbaan sensitivity ... write=true",)),
    "validation.md": ("en", ("landingsbaan validate",)),
    "value_of_information.md": ("en", ("landingsbaan value-of-information ... write=true",)),
}
WORDS = {
    "en": ("> This page is out of date", "it was made with result version", "and",
           "and the model has changed since. Renew it with", "then"),
    "nl": ("> Deze pagina is verouderd", "ze is gemaakt met resultaatversie", "en",
           "en het model is daarna veranderd. Vernieuw haar met", "daarna"),
}  # fmt: skip
VERSION = re.compile(
    r"(?:(?:model|result) version|resultaatversie|rules):? `?([0-9a-f]{12})\b", re.IGNORECASE
)
NOTICE = re.compile(rf"^(?:{'|'.join(re.escape(words[0]) for words in WORDS.values())}).*\n\n", re.MULTILINE)


def versions(text: str) -> tuple[str, ...]:
    """Return the result versions that a page was made with, in order of appearance.

    Examples
    --------
    >>> versions("made with result version `0123456789ab`")
    ('0123456789ab',)
    """
    return tuple(dict.fromkeys(VERSION.findall(NOTICE.sub("", text))))


def notice(page: str, made_with: tuple[str, ...]) -> str:
    """Return the notice that a page is out of date, in its language.

    Examples
    --------
    >>> notice("validation.md", ("0123456789ab",))  # doctest: +NORMALIZE_WHITESPACE
    '> This page is out of date: it was made with result version `0123456789ab`, and the model has changed
    since. Renew it with `landingsbaan validate`.'
    """
    language, commands = PAGES[page]
    old, made, also, renew, then = WORDS[language]
    by = f" {also} ".join(f"`{each}`" for each in made_with)
    with_commands = f", {then} ".join(f"`{each}`" for each in commands)
    return f"{old}: {made} {by}, {renew} {with_commands}."


def marked(page: str, text: str, current: str = RESULT_VERSION) -> str:
    """Return a page with the notice under its title if it was made with another result version, else without.

    Parameters
    ----------
    page : str
        Name of the file.
    text : str
        Content of the file.
    current : str
        Current result version.

    Raises
    ------
    ConfigurationError
        When the page does not name a result version.
    """
    text = NOTICE.sub("", text)
    old = tuple(each for each in versions(text) if each != current)
    if not versions(text):
        raise ConfigurationError(f"docs/{page} does not name the result version that made it")
    if not old:
        return text
    title, _, rest = text.partition("\n\n")
    return f"{title}\n\n{notice(page, old)}\n\n{rest}"


def wrong_pages(docs: Path = DOCS, current: str = RESULT_VERSION) -> list[str]:
    """Return the pages whose notice is missing, wrong or not needed."""
    texts = {page: (docs / page).read_text(encoding="utf-8") for page in PAGES}
    return [page for page, text in texts.items() if text != marked(page, text, current)]


def mark(docs: Path = DOCS, current: str = RESULT_VERSION) -> list[str]:
    """Add the notice to out-of-date pages and remove it from others; return the changed pages."""
    wrong = wrong_pages(docs, current)
    for page in wrong:
        text = (docs / page).read_text(encoding="utf-8")
        write_atomically(docs / page, marked(page, text, current).encode())
    return wrong


def main(arguments: list[str]) -> int:
    """Mark or check the pages; return 1 if a check finds a wrong page, 2 for an error."""
    if len(arguments) != 1 or arguments[0] not in ACTIONS:
        print(
            f"expected python -m scenarios.reproducibility.stale_pages {'|'.join(ACTIONS)}", file=sys.stderr
        )
        return 2
    try:
        check_clone("stale_pages")
        wrong = mark() if arguments[0] == "mark" else wrong_pages()
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    for page in wrong:
        print(
            f"docs/{page}"
            + (": run python -m scenarios.reproducibility.stale_pages mark" * (arguments[0] == "check"))
        )
    return int(bool(wrong) and arguments[0] == "check")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
