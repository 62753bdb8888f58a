"""A wish that cannot be granted, as a sentence in both languages."""

from typing import Any

from scenarios.common.errors import ConfigurationError
from scenarios.reporting.texts.languages import LANGUAGES


class RefusedError(ConfigurationError):
    """What a visitor asked cannot be done; the sentence exists in every language of the page."""

    def __init__(self, english: str, dutch: str) -> None:
        super().__init__(english)
        self.sentences = (english, dutch)

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep both sentences on the way from one process to another."""
        return RefusedError, self.sentences

    def told(self, language: str) -> str:
        """Return the sentence in a language."""
        return self.sentences[LANGUAGES.index(language) if language in LANGUAGES else 0]
