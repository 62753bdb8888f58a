"""`landingsbaan serve`: the page on this machine."""

import os
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from scenarios.apps.dashboard.options import ServeAsked
from scenarios.common.errors import ConfigurationError
from scenarios.runs.resources import compile_rules

EXTRA = ("shiny", "plotly", "uvicorn")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
NAMES = ("127.0.0.1", "localhost", "[::1]")
# Shiny writes some scripts of its own into a page: two always, one for value boxes, one for a sidebar. A
# browser names their hashes when these change.
OF_SHINY = (
    "'sha256-erP5hScmId9gRru9k52QQl/lSJmUl8NfFAiLNMbPtcg=' "
    "'sha256-gb2teCJPKprj3suUu96YMl66Mzjq9dgXvxYaiNc7fh4=' "
    "'sha256-aCEcZ8ZsbN5f+CiTes11v7ad4BgnqPUYcTKPN1aGjf0=' "
    "'sha256-AEI89C+q4+rK1PjOGaxznR7D+lBg+RgqTsMtW1nPXOE='"
)
POLICY = (
    f"default-src 'self'; script-src 'self' {OF_SHINY}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
READS = ("GET", "HEAD", "OPTIONS")
FOREIGN = "Refused: this request does not come from a page of this server."
ICON = "/own/icon.svg"
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


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

    from scenarios.apps.dashboard.municipality_files import private_folder
    from scenarios.apps.dashboard.page import application
    from scenarios.apps.dashboard.trajectories import compose_ahead
    from scenarios.apps.dashboard.work import Work

    compile_rules(asked.language)
    work = Work(asked.processes or os.cpu_count() or 1)
    with private_folder():
        work.prepare()
        compose_ahead(("city",))
        guarded = Guarded(application(work), here_only=asked.host in LOOPBACK)
        where = f"[{asked.host}]" if ":" in asked.host else asked.host
        print(f"http://{where}:{asked.port}/?language={asked.language}", flush=True)
        try:
            uvicorn.run(guarded, host=asked.host, port=asked.port, log_level="warning", ws_max_size=2**20)
        finally:
            work.stop()


class Guarded:
    """The application behind three guards: hosts it answers, pages it accepts, and what a browser may load.

    A browser names in `Origin` the page from which it opens a connection or sends a file. Another page than
    ours is refused.

    Parameters
    ----------
    application : ASGI application
        What is guarded.
    here_only : bool
        Whether only this machine's own names are answered: a page elsewhere could let its name point
        here and read along in the visitor's browser.
    """

    def __init__(self, application: Any, here_only: bool) -> None:
        from starlette.middleware.trustedhost import TrustedHostMiddleware

        hosts = list(NAMES) if here_only else ["*"]
        self.application = TrustedHostMiddleware(application, allowed_hosts=hosts)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request, its page told to take nothing from other servers."""

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", []), *HEADERS]
                message = {**message, "headers": headers}
            await send(message)

        if scope.get("path") == "/favicon.ico":  # browsers ask for it whatever the page says
            scope = {**scope, "path": ICON, "raw_path": ICON.encode()}
        if scope["type"] == "websocket" and not _from_our_page(scope):
            await send({"type": "websocket.close", "code": 1008, "reason": FOREIGN})
        elif scope["type"] == "http" and scope["method"] not in READS and not _from_our_page(scope):
            from starlette.responses import PlainTextResponse

            await PlainTextResponse(FOREIGN, 403)(scope, receive, send_with_headers)
        else:
            await self.application(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _from_our_page(scope: Any) -> bool:
    """Whether the page that sends a request has the host that it is sent to."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    return bool(origin) and urlsplit(origin).netloc == headers.get(b"host", b"").decode("latin-1")
