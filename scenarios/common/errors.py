"""A mistake of the user, told in one sentence with the nearest match."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_SENTENCE = 1_000


class ConfigurationError(ValueError):
    """What the user asked cannot be done; the message is one sentence for the terminal."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean x?" for the known word most like `word`, or nothing.

    Examples
    --------
    >>> nearest("almeer", ["almere", "zwolle"])
    '; did you mean almere?'
    >>> nearest("qqq", ["almere", "zwolle"])
    ''
    """
    words = list(known)
    near = get_close_matches(word, words, 1)
    if not near and "." in word:
        # A right name in a wrong group: wijkteams.outreach_share, household.count.
        last = word.rsplit(".", 1)[1]
        near = [each for each in words if each.rsplit(".", 1)[-1] == last][:1]
    return f"; did you mean {near[0]}?" if near else ""


def one_sentence(error: BaseException) -> str:
    """Return the message of an exception on one line, and no longer than a screen.

    Examples
    --------
    >>> one_sentence(ValueError("first line\\n    second   line"))
    'first line second line'
    """
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= LONGEST_SENTENCE else f"{text[:LONGEST_SENTENCE]}..."
