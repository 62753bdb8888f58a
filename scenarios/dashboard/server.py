"""`landingsbaan serve`: the page on this machine."""

import os
from importlib.util import find_spec

from scenarios.compiling import compile_rules
from scenarios.dashboard.options import ServeAsked
from scenarios.errors import ConfigurationError

EXTRA = ("shiny", "plotly", "uvicorn")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def check_extra() -> None:
    """Raise ConfigurationError when what the page needs is not installed."""
    missing = [each for each in EXTRA if find_spec(each) is None]
    if missing:
        raise ConfigurationError(
            f"serve needs {', '.join(missing)}, which is not installed; install the extra, as "
            "pip install 'landingsbaan[dashboard]'"
        )


def serve(asked: ServeAsked) -> None:
    """Serve the page until interrupted."""
    check_extra()
    import uvicorn

    from scenarios.dashboard.page import application
    from scenarios.dashboard.work import Work

    compile_rules(asked.language)
    work = Work(asked.processes or os.cpu_count() or 1)
    app = application(work)
    guarded = only_here(app) if asked.host in LOOPBACK else app
    where = f"[{asked.host}]" if ":" in asked.host else asked.host
    print(f"http://{where}:{asked.port}/?language={asked.language}", flush=True)
    try:
        uvicorn.run(guarded, host=asked.host, port=asked.port, log_level="warning", ws_max_size=2**20)
    finally:
        work.stop()


def only_here(app):
    """Return the application for requests to this machine by its own names.

    A page elsewhere could let its name point here and read along in the visitor's browser.
    """
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    return TrustedHostMiddleware(app, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])
