"""`landingsbaan serve`: the page on this machine."""

import os
import socket
import sys
from importlib.util import find_spec

from scenarios.apps.dashboard.options import PASSWORD, ServeAsked
from scenarios.common.errors import ConfigurationError
from scenarios.runs.resources import compile_rules

EXTRA = ("shiny", "plotly", "uvicorn")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_CONNECTIONS = 1000
UNTAKEN_SECONDS = 60  # a connection whose other side takes nothing for so long is closed
# A browser sees a ping after all that was sent before it: on a slow line that takes a while.
PONG_SECONDS = 120.0


def check_extra() -> None:
    """Raise ConfigurationError when what the page needs is not installed."""
    missing = [each for each in EXTRA if find_spec(each) is None]
    if missing:
        raise ConfigurationError(
            f"serve needs {', '.join(missing)}, which is not installed; install the extra, as "
            "pip install 'landingsbaan[dashboard]'"
        )


def serve(asked: ServeAsked) -> None:
    """Serve the page until interrupted.

    Raises
    ------
    ConfigurationError
        When the address cannot be had.
    """
    check_extra()
    import uvicorn

    from scenarios.apps.dashboard.guard import LARGEST_MESSAGE, Guarded
    from scenarios.apps.dashboard.municipality_files import private_folder
    from scenarios.apps.dashboard.page import application
    from scenarios.apps.dashboard.patience import Impatient
    from scenarios.apps.dashboard.trajectories import compose_ahead
    from scenarios.apps.dashboard.work import Work

    here_only = asked.host in LOOPBACK
    with listening(asked.host, asked.port) as opened:
        if not here_only and not asked.password:
            print(UNPROTECTED, file=sys.stderr)
        compile_rules(asked.language)
        work = Work(asked.processes or os.cpu_count() or 1)
        with private_folder():
            work.prepare()
            compose_ahead(("city",))
            guarded = Guarded(application(work), here_only, asked.password)
            where = f"[{asked.host}]" if ":" in asked.host else asked.host
            print(f"http://{where}:{asked.port}/?language={asked.language}", flush=True)
            config = uvicorn.Config(
                guarded, log_level="warning", http=Impatient, ws_max_size=LARGEST_MESSAGE,
                ws_ping_timeout=PONG_SECONDS, limit_concurrency=MOST_CONNECTIONS,
            )  # fmt: skip
            try:
                uvicorn.Server(config).run(sockets=[opened])
            finally:
                work.stop()


UNPROTECTED = (
    "Warning: everybody who can reach this machine over the network can use the page and its processors; "
    f"nobody is asked for a password. Set {PASSWORD} to ask for one. What visitors send is not encrypted: "
    "put a proxy with TLS before it where the network is not yours."
)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address.

    Raises
    ------
    ConfigurationError
        When the address is taken, or is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere this would share the port with whoever has it
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # accepted connections inherit it
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1000 * UNTAKEN_SECONDS)
        opened.bind((host, port))
        opened.listen(socket.SOMAXCONN)
    except OSError as error:
        opened.close()
        raise ConfigurationError(
            f"port = {port}: {host} cannot have it ({error.strerror or error}); choose another port"
        ) from None
    return opened
