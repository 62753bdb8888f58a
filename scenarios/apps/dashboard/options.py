"""What can be said after `landingsbaan serve`; light, so that a mistake is answered at once."""

import ipaddress
import os
from dataclasses import dataclass

from scenarios.common.errors import ConfigurationError, nearest
from scenarios.config.keys import whole_number
from scenarios.reporting.texts import LANGUAGES

OPTIONS = ("port", "host", "language", "processes")
PASSWORD = "LANDINGSBAAN_PASSWORD"  # a variable of the environment: a command line is read by everybody
SHORTEST_PASSWORD = 12


@dataclass(frozen=True)
class ServeAsked:
    """Where the page is served.

    Attributes
    ----------
    port : int
    host : str
        127.0.0.1 is this machine alone; 0.0.0.0 lets others in.
    language : str
        Language of the address that is printed.
    processes : int or None
        Workers; None means one per core.
    password : str
        What visitors must know; empty asks nothing.
    """

    port: int = 8000
    host: str = "127.0.0.1"
    language: str = "en"
    processes: int | None = None
    password: str = ""


def read_options(overrides: list[str]) -> ServeAsked:
    """Return what was asked.

    Raises
    ------
    ConfigurationError
        For a key that serve does not know, or a value it cannot take.

    Examples
    --------
    >>> read_options(["port=8080"]).port
    8080
    """
    given: dict[str, str] = {}
    for each in overrides:
        name, _, value = each.partition("=")
        if name not in OPTIONS:
            raise ConfigurationError(f"{name}: serve takes {', '.join(OPTIONS)}{nearest(name, OPTIONS)}")
        given[name] = value
    asked = ServeAsked()
    return ServeAsked(
        port=_whole("port", given["port"], 1, 65535) if "port" in given else asked.port,
        host=_host(given.get("host", asked.host)),
        language=_language(given.get("language", asked.language)),
        processes=_whole("processes", given["processes"], 1, 256) if "processes" in given else None,
        password=_password(os.environ.get(PASSWORD, "")),
    )


def _whole(name: str, text: str, low: int, high: int) -> int:
    number = whole_number(text)
    if number is None or not low <= number <= high:
        raise ConfigurationError(f"{name} = {text[:60]}: expected a whole number from {low} to {high}")
    return number


def _host(text: str) -> str:
    if text == "localhost":
        return text
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ConfigurationError(f"host = {text}: expected an address, as 127.0.0.1 or 0.0.0.0") from None


def _password(text: str) -> str:
    if text and len(text) < SHORTEST_PASSWORD:
        raise ConfigurationError(
            f"{PASSWORD} has {len(text)} characters: expected at least {SHORTEST_PASSWORD}"
        )
    return text


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ConfigurationError(f"language = {text}: expected {' or '.join(LANGUAGES)}")
    return text
