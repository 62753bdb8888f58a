"""The languages in which everything a reader sees is told; light, so that a mistake is answered at once."""

LANGUAGES = ("en", "nl")
