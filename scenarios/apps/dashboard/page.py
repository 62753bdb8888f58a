"""The page: a Shiny application whose browser side sends links and shows what the server answers."""

import asyncio
import contextlib
import json
import secrets
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from markdown_it import MarkdownIt
from shiny import App, Inputs, Outputs, Session, reactive, ui
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from scenarios.apps.dashboard.answering import answers, choices, place_of_state
from scenarios.apps.dashboard.details import (
    LARGEST_ZIP,
    ShownStory,
    claims_table,
    details,
    opened_run,
    tell_story,
)
from scenarios.apps.dashboard.frame import frame
from scenarios.apps.dashboard.municipality_files import brought, filled_in, written
from scenarios.apps.dashboard.state import TABS, VIEWS, State, overrides_of, read_link
from scenarios.apps.dashboard.words import RefusedError, word
from scenarios.apps.dashboard.work import MORE, LostError, Visitor, Work
from scenarios.apps.lab.predictions import (
    PREDICTED,
    REPLICATIONS,
    ROW_PREDICTED,
    Outcomes,
    Prediction,
    Score,
    jobs_to_see,
    predicted,
    rows_of,
    score_of,
    seen_of,
    state_of,
    total_words,
)
from scenarios.common.errors import ConfigurationError
from scenarios.config.municipality_files.file import MunicipalityFile
from scenarios.config.scenario_forms import LARGEST_BYTES
from scenarios.reporting import DESIGN
from scenarios.reporting.texts import LANGUAGES

FILES = Path(__file__).with_name("www")
MOST_BROUGHT = 10  # municipalities of one visitor
# A story names what visitors bring: raw HTML stays text, and no name can become a link or another picture.
STORY = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "autolink"])
STORY.validateLink = lambda url: url.startswith("data:image/png;base64,")  # type: ignore[method-assign]


def application(work: Work) -> Starlette:
    """Return the application; its visitors share the processes of `work`."""
    import plotly

    drawing = Path(plotly.__file__).parent / "package_data"
    largest = {kind: [size, _size_in_words(size)] for kind, size in LARGEST.items()}
    chosen = json.dumps(choices() | {"largest": largest}, ensure_ascii=False)

    def page(request: Any) -> Any:
        def one_of(key: str, known: tuple[str, ...]) -> str:
            given = request.query_params.get(key, known[0])
            return given if given in known else known[0]

        return frame(one_of("language", LANGUAGES), chosen, one_of("view", VIEWS), one_of("tab", TABS))

    files = {"/own": FILES, "/design": DESIGN, "/plotly": drawing}
    desks: dict[str, Desk] = {}

    async def take(request: Request) -> Response:
        desk = desks.get(request.path_params["desk"])
        if desk is None:
            return JSONResponse({}, 404)
        return JSONResponse(await desk.take(request.path_params["kind"], request))

    shiny = App(page, partial(_serve, work, desks), static_assets=files)
    return Starlette(routes=[Route("/bring/{desk}/{kind}", take, methods=["POST"]), Mount("/", app=shiny)])


def _serve(work: Work, desks: dict[str, "Desk"], input: Inputs, output: Outputs, session: Session) -> None:
    """Serve one visitor. All visitors are heard in turn, so nothing is awaited here."""
    desk = Desk(work, session.send_custom_message, _address(session))
    desks[desk.name] = desk
    desk.begin(session.send_custom_message("desk", {"name": desk.name}))

    @reactive.effect
    @reactive.event(input.link)
    def _ask() -> None:
        desk.begin(desk.ask(input.link()))

    @reactive.effect
    @reactive.event(input.tell)
    def _want_story() -> None:
        desk.begin(desk.want_story(input.tell()))

    @reactive.effect
    @reactive.event(input.predict)
    async def _predict() -> None:
        await desk.want_lab(input.predict())

    @reactive.effect
    @reactive.event(input.own_form)
    def _fill_in_own() -> None:
        desk.begin(desk.fill_in(input.own_form()))

    @reactive.effect
    @reactive.event(input.own_save)
    def _save_own() -> None:
        desk.begin(desk.save(input.own_save()))

    def leave() -> None:
        desks.pop(desk.name, None)
        desk.leave()

    session.on_ended(leave)


def _address(session: Any) -> str:
    """Return the address a visitor comes from."""
    client = session.http_conn.client
    return client.host if client else ""


# The most that is read of a file, by what it is; a run is a zip, a municipality a YAML or CSV file.
LARGEST = {"run_zip": LARGEST_ZIP, "own_file": LARGEST_BYTES}
SUFFIXES = {"run_zip": (".zip",), "own_file": (".yaml", ".yml", ".csv")}
MOST_FILES = 20  # files of one visitor, counted from when the page was loaded


class Desk:
    """Where one visitor is served: one question at a time, each ending the one before.

    Parameters
    ----------
    work : Work
        The processes and the queue before them.
    send : function
        Sends a message of a kind to this visitor's browser, and to no other.
    address : str
        Where the visitor comes from.

    Attributes
    ----------
    name : str
        What only this visitor's browser knows: files are sent to a desk of that name.
    """

    def __init__(
        self, work: Work, send: Callable[[str, dict[str, Any]], Awaitable[None]], address: str = ""
    ) -> None:
        self.work, self.send, self.address = work, send, address
        self.name = secrets.token_urlsafe(24)
        self.visitor = Visitor()
        self.question: asyncio.Task[Any] | None = None
        self.detail: asyncio.Task[Any] | None = None
        self.story: asyncio.Task[Any] | None = None
        self.errands: set[asyncio.Task[Any]] = set()
        self.taking = asyncio.Lock()
        self.files = 0
        self.lab: dict[str, asyncio.Task[Any]] = {}  # by exercise
        self.scores: dict[str, Score] = {}
        self.brought = 0

    def begin(self, errand: Coroutine[Any, Any, None]) -> None:
        """Begin something of the visitor, which ends when the visitor leaves."""
        task = asyncio.create_task(errand)
        self.errands.add(task)
        task.add_done_callback(self.errands.discard)

    async def ask(self, link: Any) -> None:
        """Begin to answer a link; what was asked before is abandoned."""
        for task in (self.question, self.detail):
            if task is not None:
                task.cancel()
        state = await self._read(link)
        if state is not None:
            self.question = asyncio.create_task(self._send_answers(link, state))
            self.detail = asyncio.create_task(self._send_details(link, state))

    async def want_story(self, link: Any) -> None:
        """Begin the story of a household under the policy looked into."""
        state = await self._read(link)
        if state is None:
            return
        if self.story is not None:
            self.story.cancel()
        self.story = asyncio.create_task(self._tell(state))

    async def want_lab(self, asked: Any) -> None:
        """Begin to show what the model says of a prediction."""
        given = asked if isinstance(asked, dict) else {}
        link: Any = given.get("link")
        try:
            prediction = predicted(*(given.get(each) for each in ("exercise", "low", "high", "without")))
            state = state_of(prediction, read_link(link))
        except RefusedError as refused:
            exercise = given.get("exercise") if given.get("exercise") in PREDICTED else None
            await self.send(
                "seen", {"exercise": exercise, "refused": refused.sentence_in(_language_in(link))}
            )
            return
        if prediction.exercise in self.lab:
            self.lab[prediction.exercise].cancel()
        self.lab[prediction.exercise] = asyncio.create_task(self._send_lab(prediction, state))

    async def take(self, kind: str, request: Request) -> dict[str, Any]:
        """Return what there is to say of a file that the visitor sends; one file at a time."""
        try:
            if kind not in LARGEST or self.files >= MOST_FILES or self.taking.locked():
                raise RefusedError(
                    f"This page takes {MOST_FILES} files of a visitor, one by one; reload it to send more.",
                    f"Deze pagina neemt {MOST_FILES} bestanden van een bezoeker aan, een voor een; laad de "
                    "pagina opnieuw.",
                )
            async with self.taking:
                self.files += 1
                with tempfile.TemporaryDirectory(prefix="landingsbaan_") as folder:
                    path = await _received(request, kind, Path(folder))
                    if kind == "own_file":
                        return await self.bring(partial(brought, path, self.address))
                    return dict(await self.work.answer_apart(partial(opened_run, path)))
        except RefusedError as refused:
            sentences = {each: [refused.sentence_in(each)] for each in LANGUAGES}
            return sentences if kind == "own_file" else {
                each: {"lines": lines, "figure": None} for each, lines in sentences.items()
            }  # fmt: skip

    async def fill_in(self, form: Any) -> None:
        """Take in a municipality that the visitor filled in."""
        await self.send("own", await self.bring(partial(filled_in, form, self.address)))

    async def bring(self, taken: Callable[[], MunicipalityFile]) -> dict[str, Any]:
        """Take in a municipality that the visitor brought; nobody else is told of it."""
        try:
            if self.brought >= MOST_BROUGHT:
                raise RefusedError(
                    f"This page takes {MOST_BROUGHT} municipalities of one visitor; reload it to bring more.",
                    f"Deze pagina neemt {MOST_BROUGHT} gemeenten per bezoeker aan; laad de pagina opnieuw.",
                )
            own = await asyncio.to_thread(taken)
            self.brought += 1
        except RefusedError as refused:
            return {each: [refused.sentence_in(each)] for each in LANGUAGES}
        sentences = {each: [word("own_taken", each, name=own.name)] for each in LANGUAGES}
        return {"city": own.slug, "name": own.name, "system": own.system, **sentences}

    async def save(self, form: Any) -> None:
        """Send the file of a municipality that the visitor filled in."""
        try:
            slug, text = written(form)
            await self.send("own_file", {"name": f"{slug}.yaml", "text": text})
        except RefusedError as refused:
            await self.send("own", {each: [refused.sentence_in(each)] for each in LANGUAGES})

    def leave(self) -> None:
        """Abandon everything the visitor waits for."""
        for task in (self.question, self.detail, self.story, *self.lab.values(), *self.errands):
            if task is not None:
                task.cancel()

    async def _read(self, link: Any) -> State | None:
        """Return the state of a link, or tell the visitor what is wrong with it."""
        try:
            state = read_link(link)
        except RefusedError as refused:
            await self.send("refused", {"asked": link, "sentence": refused.sentence_in(_language_in(link))})
            return None
        return state

    async def _send_answers(self, link: str, state: State) -> None:
        """Send what there is on a link, each time in more detail."""
        try:
            place = await asyncio.to_thread(place_of_state, state)
            status = word("working", state.language)
            await self.send("working", {"asked": link, "place": place, "status": status})
            await self.send("claims", await asyncio.to_thread(claims_table, state.language))
            async with contextlib.aclosing(answers(state, self.visitor, self.work)) as growing:
                async for each in growing:
                    await self.send("shown", {"asked": link, **each})
        except RefusedError as refused:
            await self.send("refused", {"asked": link, "sentence": refused.sentence_in(state.language)})
        except (ConfigurationError, LostError) as error:
            sentence = word("error", state.language, reason=error)
            await self.send("refused", {"asked": link, "sentence": sentence})

    async def _send_details(self, link: str, state: State) -> None:
        """Send what the open tab alone needs, each time in more detail."""
        with contextlib.suppress(ConfigurationError, LostError):  # the answer says what is wrong
            async with contextlib.aclosing(details(state, self.visitor, self.work)) as growing:
                async for each in growing:
                    await self.send("detail", {"asked": link, **each})

    async def _send_lab(self, prediction: Prediction, state: State) -> None:
        """Send what the model says of a prediction, replication by replication, and at the end the score."""
        found: Outcomes = []
        try:
            for number in range(REPLICATIONS):
                jobs = jobs_to_see(prediction, state, number)
                outcomes = await asyncio.gather(
                    *(self.work.outcome(self.visitor, job, MORE) for job in jobs.values())
                )
                found.append(dict(zip(jobs, outcomes, strict=True)))
                seen = await asyncio.to_thread(seen_of, prediction, state, found)
                if seen["done"]:
                    values = rows_of(prediction, state, found)[ROW_PREDICTED[prediction.exercise]]
                    self.scores[prediction.exercise] = score_of(prediction, values)
                    seen["total"] = total_words(self.scores.values(), state.language)
                await self.send("seen", seen)
        except (ConfigurationError, LostError) as error:
            sentence = word("error", state.language, reason=error)
            await self.send("seen", {"exercise": prediction.exercise, "refused": sentence})

    async def _tell(self, state: State) -> None:
        """Send the story of one household."""
        size = "sample"
        overrides = tuple(overrides_of(state, state.look, size, 1))
        try:
            stories = await self.work.answer(
                self.visitor, ("story", overrides), partial(tell_story, overrides), MORE
            )
            await self.send("story", {each: _story_of(stories[each]) for each in LANGUAGES})
        except (ValueError, LostError) as error:
            sentences = {each: word("error", each, reason=error) for each in LANGUAGES}
            await self.send("story", {each: {"markup": str(ui.p(sentences[each]))} for each in LANGUAGES})


def _story_of(story: ShownStory) -> dict[str, str]:
    """Return a story as the browser shows it and lets it be downloaded."""
    return {"markup": STORY.render(story.text), "figure": story.figure, "data": story.data}


async def _received(request: Request, kind: str, folder: Path) -> Path:
    """Return where a file was put that is no larger than it may be.

    Raises
    ------
    RefusedError
        As soon as more comes than is allowed.
    """
    suffix = PurePosixPath(request.query_params.get("name", "")).suffix.lower()
    path = folder / f"sent{suffix if suffix in SUFFIXES[kind] else '.unknown'}"
    size = 0
    with path.open("wb") as file:
        async for part in request.stream():
            size += len(part)
            if size > LARGEST[kind]:
                most = _size_in_words(LARGEST[kind])
                raise RefusedError(*(word("too_large", each, most=most) for each in LANGUAGES))
            file.write(part)
    return path


def _size_in_words(size: int) -> str:
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size // 1000} kB"


def _language_in(link: Any) -> str:
    """Return the language a link that cannot be read seems to be in."""
    return "nl" if isinstance(link, str) and "language=nl" in link else "en"
