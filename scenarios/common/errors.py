"""Errors of the user: messages of one sentence, with the nearest match or the current name."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches

LONGEST_SENTENCE = 1_000
LONGEST_SHOWN = 60  # characters of a value in a message, so that what is expected stays in sight
LONG_WORD = re.compile(rf"\S{{{LONGEST_SHOWN + 1},}}")
LONGEST_REASON = 200  # characters of a library's error message


class ConfigurationError(ValueError):
    """An invalid request of the user; the message is one sentence for the terminal."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean x?" for the known word most like `word`, or nothing.

    Words that begin with `word` are preferred; of these up to three are named.

    Parameters
    ----------
    word : str
        What was given.
    known : iterable of str
        All words that are possible.

    Returns
    -------
    str
        A phrase to append to a sentence, or "".

    Examples
    --------
    >>> nearest("wijkteam.fte", ["wijkteam.count", "wijkteam.fte_per_1000", "wijkteam.fte_per_link"])
    '; did you mean wijkteam.fte_per_1000 or wijkteam.fte_per_link?'
    >>> nearest("almeer", ["almere", "zwolle"])
    '; did you mean almere?'
    >>> nearest("qqq", ["almere", "zwolle"])
    ''
    """
    words = list(known)
    # A letter or two begin many words, so they say little.
    longer = [each for each in words if len(word) > 2 and each.lower().startswith(word.lower())]
    near = sorted(get_close_matches(word, longer, 3, cutoff=0.0), key=words.index)
    near = near or get_close_matches(word, words, 1)
    if not near and "." in word:
        # A known name in the wrong group: wijkteams.outreach_share, household.count.
        last = word.rsplit(".", 1)[1]
        near = [each for each in words if each.rsplit(".", 1)[-1] == last][:1]
    return f"; did you mean {' or '.join(near)}?" if near else ""


def printable(text: str) -> str:
    """Return a text with non-printable characters (terminal control codes) escaped.

    Examples
    --------
    >>> print(printable("red: \\x1b[31m"))
    red: \\x1b[31m
    """
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


def brief(value: object, longest: int = LONGEST_SHOWN) -> str:
    """Return a value for a message, cut when it is long.

    Examples
    --------
    >>> brief("0.3"), len(brief("x" * 20_000))
    ('0.3', 63)
    """
    text = str(value)
    return text if len(text) <= longest else f"{text[:longest]}..."


def one_sentence(error: BaseException) -> str:
    """Return the message of an exception on one line, cut to the length of a screen.

    Long words, which are values of the user, are cut first: what was expected stands at the end.

    Examples
    --------
    >>> one_sentence(ValueError("first line\\n    second   line"))
    'first line second line'
    """
    text = printable(" ".join(str(error).split())) or type(error).__name__
    if len(text) > LONGEST_SENTENCE:
        text = LONG_WORD.sub(lambda word: brief(word[0]), text)
    return text if len(text) <= LONGEST_SENTENCE else f"{text[:LONGEST_SENTENCE]}..."


@contextmanager
def convert_read_errors(what: object) -> Iterator[None]:
    """Convert exceptions while reading files that others may have written into a ConfigurationError.

    Files with valid checksums can still be inconsistent in more ways than can be checked beforehand.

    Parameters
    ----------
    what : object
        Name of the files, for the message.

    Yields
    ------
    None
        While the files are read.

    Raises
    ------
    ConfigurationError
        When the content is not as this program writes it. HYDRA_FULL_ERROR=1 shows the traceback.
    """
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, AssertionError) as error:
        if os.environ.get("HYDRA_FULL_ERROR") == "1":
            raise
        reason = f"{type(error).__name__}: {one_sentence(error)}"
        raise ConfigurationError(
            f"{what} is not as landingsbaan writes it ({reason[:LONGEST_REASON]})"
        ) from None


def is_text(text: str) -> bool:
    """Return whether a word can be encoded as UTF-8: Python decodes invalid bytes to surrogates.

    Examples
    --------
    >>> is_text("Büro"), is_text(b"B\\xfcro".decode(errors="surrogateescape"))
    (True, False)
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


RETIRED_KEYS: dict[str, str] = {
    "finding_place": "referral_source",
    "honesty": "placebo_check",
    "household.asking_per_month": "household.help_seeking_per_month",
    "household.asking_threshold": "household.help_seeking_threshold",
    "household.onset_per_year": "household.incidence_per_year",
    "household.onset_size_least": "household.initial_severity_least",
    "household.onset_size_most": "household.initial_severity_most",
    "household.onset_size_power": "household.initial_severity_power",
    "household.shame_lowers_asking": "household.shame_lowers_help_seeking",
    "household.wrong_door_per_counter": "household.misdirected_per_counter",
    "luck": "replication.draws",
    "luck.draw": "replication.draws",
    "luck.draws": "replication.draws",
    "luck.first_seed": "replication.first_seed",
    "luck.pairs": "replication.count",
    "luck.placebo_count": "replication.placebo_count",
    "most_replicates": "most_replications",
    "pairs": "replications",
    "provider.places_are_scarce": "provider.slots_are_scarce",
    "replicates": "replications",
    "wijkteam.transfer_lost": "wijkteam.failed_referral_share",
}
RETIRED_COMMANDS: dict[str, str] = {
    "strip": "phase-in",
}


def renamed(name: str, table: dict[str, str]) -> str:
    """Return "; it is now called x" for a retired key, group or command, or nothing.

    Examples
    --------
    >>> renamed("finding_place.gp_link", RETIRED_KEYS)
    '; it is now called referral_source.gp_link'
    >>> renamed("luck.pairs", RETIRED_KEYS)
    '; it is now called replication.count'
    >>> renamed("household.count", RETIRED_KEYS)
    ''
    """
    bare = name.split("[")[0]
    group, dot, rest = bare.partition(".")
    new = table.get(bare) or (f"{table[group]}{dot}{rest}" if group in table else "")
    return f"; it is now called {new}" if new else ""
