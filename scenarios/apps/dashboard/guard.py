"""What stands between the network and the page: who may ask, how much, and what a browser may load."""

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from htmltools import HTML, tags
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from scenarios.apps.dashboard.words import word

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
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
READS = ("GET", "HEAD", "OPTIONS")
FOREIGN = "Refused: this request does not come from a page of this server."
FULL = "This server has as many visitors as it can serve. Try again later."
ICON = "/own/icon.svg"

# What the page sends; anything else would only fill memory.
INPUTS = ("link", "tell", "predict", "own_form", "own_save")
LARGEST_MESSAGE = 100_000  # bytes; a form that is filled in takes some thousands
MOST_MESSAGES, WINDOW_SECONDS = 200, 10.0  # of one visitor; a slider that is dragged sends five a second
MOST_WAITING = 16_000_000  # bytes that one visitor's browser has not taken yet
MOST_VISITORS = 200
IDLE_SECONDS = 3600.0  # a visitor who asked nothing for so long is let go
FIRST_SECONDS = 30.0  # until a connection says what it wants
LEAVING_SECONDS = 5.0  # for what a browser has not taken when the connection ends
LAST = "last"  # the end of a queue

PASSWORD_PATH = "/password"
COOKIE = "landingsbaan"
LONGEST_FORM = 4_000  # bytes
GUESS_SECONDS = 0.5  # one guess at a time, each of so long
MOST_GUESSES_WAITING = 20

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Guarded:
    """The application behind its guards: the hosts and pages it answers, a password, bounds for visitors.

    A browser names in `Origin` the page from which it opens a connection or sends a file. Another page than
    ours is refused.

    Parameters
    ----------
    application : ASGI application
        What is guarded.
    here_only : bool
        Whether only this machine's own names are answered: a page elsewhere could let its name point
        here and read along in the visitor's browser.
    password : str
        What visitors must know; empty lets everybody in.
    """

    def __init__(self, application: Any, here_only: bool, password: str = "") -> None:
        hosts = list(NAMES) if here_only else ["*"]
        self.application = TrustedHostMiddleware(application, allowed_hosts=hosts)
        self.entrance = Entrance(password) if password else None
        self.visitors = 0

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer one request, or serve one visitor."""
        if scope["type"] == "websocket":
            await self._serve_visitor(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, _with_headers(send))
        else:
            await self.application(scope, receive, send)

    async def _answer(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["path"] == "/favicon.ico":  # browsers ask for it whatever the page says
            scope = {**scope, "path": ICON, "raw_path": ICON.encode()}
        if scope["method"] not in READS and not _from_our_page(scope):
            await PlainTextResponse(FOREIGN, 403)(scope, receive, send)
        elif self.entrance is not None and not self.entrance.is_known(scope):
            answer = await self.entrance.answer(Request(scope, receive))
            await answer(scope, receive, send)
        else:
            with contextlib.suppress(ClientDisconnect):  # a visitor left while sending a file
                await self.application(scope, receive, send)

    async def _serve_visitor(self, scope: Any, receive: Receive, send: Send) -> None:
        """Serve one visitor for as long as the connection lasts."""
        if not _from_our_page(scope) or (self.entrance is not None and not self.entrance.is_known(scope)):
            await send({"type": "websocket.close", "code": 1008, "reason": FOREIGN})
            return
        if self.visitors >= MOST_VISITORS:
            await send({"type": "websocket.close", "code": 1013, "reason": FULL})
            return
        self.visitors += 1
        try:
            await Line(receive, send).serve(self.application, scope)
        finally:
            self.visitors -= 1


class Line:
    """The connection of one visitor, within bounds in both directions.

    What comes in is dropped unless the page sends it, and ends the connection where it comes too fast or
    not for too long. What goes out waits in a queue of its own: the application answers all visitors in turn,
    so nobody may wait for a browser that does not read.

    Parameters
    ----------
    receive, send : functions
        Of the connection, as ASGI has them.
    """

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self.begun = False
        self.window, self.messages = time.monotonic(), 0
        self.outgoing: asyncio.Queue[Message] = asyncio.Queue()
        self.waiting = 0
        self.ended: asyncio.Future[Any] | None = None

    async def serve(self, application: Any, scope: Any) -> None:
        """Serve the visitor until one of the two leaves, or the visitor passes a bound."""
        self.ended = asyncio.get_running_loop().create_future()
        serving = asyncio.create_task(application(scope, self.receive, self.send))
        sending = asyncio.create_task(self._send_on())
        try:
            await asyncio.wait({serving, sending, self.ended}, return_when=asyncio.FIRST_COMPLETED)
            if serving.done():
                self.outgoing.put_nowait({"type": LAST})
            else:
                serving.cancel()
                await asyncio.wait({serving})
                self.outgoing.put_nowait({"type": "websocket.close", "code": 1008})
                self.outgoing.put_nowait({"type": LAST})
            await asyncio.wait({sending}, timeout=LEAVING_SECONDS)
            if not serving.cancelled():
                serving.result()
        finally:
            for task in (serving, sending):
                task.cancel()

    async def receive(self) -> Message:
        """Return the next message that the page may send."""
        while True:
            seconds = IDLE_SECONDS if self.begun else FIRST_SECONDS
            try:
                message = await asyncio.wait_for(self._receive(), seconds)
            except TimeoutError:
                return self._end()
            if message["type"] != "websocket.receive":
                return message
            text = _of_the_page(message.get("text"), begun=self.begun)
            if text is None or self._is_too_fast():
                return self._end()
            if text:
                self.begun = True
                return {"type": "websocket.receive", "text": text}

    async def send(self, message: Message) -> None:
        """Put a message in the queue, and end the connection where the queue is full."""
        self.waiting += len(message.get("text") or "")
        self.outgoing.put_nowait(message)
        if self.waiting > MOST_WAITING:
            self._end()

    async def _send_on(self) -> None:
        """Send what is in the queue, as fast as the browser takes it."""
        with contextlib.suppress(OSError):  # the browser has gone
            while True:
                message = await self.outgoing.get()
                if message["type"] == LAST:
                    return
                await self._send(message)
                self.waiting -= len(message.get("text") or "")

    def _is_too_fast(self) -> bool:
        """Whether more messages came than a page sends."""
        now = time.monotonic()
        if now - self.window > WINDOW_SECONDS:
            self.window, self.messages = now, 0
        self.messages += 1
        return self.messages > MOST_MESSAGES

    def _end(self) -> Message:
        """End the connection; return what tells the application."""
        if self.ended is not None and not self.ended.done():
            self.ended.set_result(None)
        return {"type": "websocket.disconnect", "code": 1008}


def _of_the_page(text: Any, *, begun: bool) -> str | None:
    """Return what the page may say of a message: nothing of what it never says, None where that is all.

    Examples
    --------
    >>> _of_the_page('{"method": "update", "data": {"link": "?a=cut:0.1", "x": 1}}', begun=True)
    '{"method": "update", "data": {"link": "?a=cut:0.1"}}'
    >>> _of_the_page('{"method": "update", "data": {"x": 1}}', begun=True)
    ''
    >>> _of_the_page('{"method": "uploadInit", "args": []}', begun=True)
    """
    try:
        message = json.loads(text)
        method, data = message["method"], message["data"]
        inputs = {name: data[name] for name in INPUTS if name in data}
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if method != ("update" if begun else "init") or not isinstance(data, dict):
        return None
    return json.dumps({"method": method, "data": inputs}) if inputs or not begun else ""


class Entrance:
    """The password before the page: who gave it has a cookie as long as the server lasts.

    Parameters
    ----------
    password : str
        What visitors must know.
    """

    def __init__(self, password: str) -> None:
        self.password = password
        self.token = secrets.token_urlsafe(32)
        self.guessing = asyncio.Lock()
        self.waiting = 0

    def is_known(self, scope: Any) -> bool:
        """Whether a request comes from a browser in which the password was given."""
        cookies: SimpleCookie = SimpleCookie()
        with contextlib.suppress(CookieError):
            cookies.load(_header(scope, b"cookie"))
        given = cookies[COOKIE].value if COOKIE in cookies else ""
        return secrets.compare_digest(given.encode(), self.token.encode())

    async def answer(self, request: Request) -> Response:
        """Return the form that asks for the password, or what follows from an answer."""
        language = "nl" if request.query_params.get("language") == "nl" else "en"
        if request.method != "POST" or request.url.path != PASSWORD_PATH:
            return _password_page(request.url.query, language)
        if self.waiting >= MOST_GUESSES_WAITING:
            return PlainTextResponse(word("password_busy", language), 429)
        self.waiting += 1
        try:
            async with self.guessing:
                await asyncio.sleep(GUESS_SECONDS)
                right = secrets.compare_digest(await _given_password(request), self.password.encode())
        finally:
            self.waiting -= 1
        if not right:
            return _password_page(request.url.query, language, wrong=True)
        answer = RedirectResponse(f"/?{request.url.query}", 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, self.token, httponly=True, samesite="lax", secure=secure)
        return answer


async def _given_password(request: Request) -> bytes:
    """Return the password of a form; nothing where the form is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return b""
    return parse_qs(body.decode("latin-1"), encoding="utf-8").get("password", [""])[0].encode()


def _password_page(query: str, language: str, wrong: bool = False) -> Response:
    """Return the page that asks for the password."""
    style = "body{font:1.1rem system-ui,sans-serif;max-width:26rem;margin:15vh auto;padding:0 1rem}"
    style += "input,button{font:inherit;padding:.5rem;margin:.5rem 0}input{width:100%;box-sizing:border-box}"
    head = tags.head(
        tags.meta(charset="utf-8"),
        tags.meta(name="viewport", content="width=device-width, initial-scale=1"),
        tags.title("landingsbaan"),
        tags.style(HTML(style)),
    )
    form = tags.form(
        tags.label(word("password", language), for_="password"),
        tags.input(type="password", id="password", name="password", required="required",
                   autocomplete="current-password"),
        tags.p(word("password_wrong", language), role="alert") if wrong else None,
        tags.button(word("password_enter", language), type="submit"),
        method="post",
        action=f"{PASSWORD_PATH}?{query}",
    )  # fmt: skip
    page = tags.html(head, tags.body(tags.main(tags.h1("landingsbaan"), form)), lang=language)
    return HTMLResponse(f"<!DOCTYPE html>{page}", 401)


def _with_headers(send: Send) -> Send:
    """Return a way to send answers that tell the page to take nothing from other servers."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *HEADERS]}
        await send(message)

    return send_with_headers


def _from_our_page(scope: Any) -> bool:
    """Whether the page that sends a request has the host that it is sent to."""
    origin = _header(scope, b"origin")
    try:
        return bool(origin) and urlsplit(origin).netloc == _header(scope, b"host")
    except ValueError:
        return False


def _header(scope: Any, name: bytes) -> str:
    """Return a header of a request; nothing where there is none."""
    return str(dict(scope["headers"]).get(name, b"").decode("latin-1"))
