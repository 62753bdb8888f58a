"""The languages of every text for readers; light, so that a mistake is answered at once."""

LANGUAGES = ("en", "nl")
LOCALES = {"en": "en_GB", "nl": "nl_NL"}  # names of the same in the Unicode locale data, which Babel reads
