"""The page: a Shiny application whose browser side sends links and shows what the server answers."""

import asyncio
import contextlib
import json
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from shiny import App, Inputs, Outputs, Session, reactive, ui

from scenarios.apps.dashboard.answering import answers, choices, place_of_state
from scenarios.apps.dashboard.details import Told, claims_table, details, opened_run, tell_story
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
from scenarios.reporting import DESIGN
from scenarios.reporting.texts import LANGUAGES

FILES = Path(__file__).with_name("www")
MOST_BROUGHT = 10  # municipalities of one visitor
# A story names what visitors bring: raw HTML stays text, and no name can become a link.
STORY = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "autolink"])


def application(work: Work) -> App:
    """Return the application; its visitors share the processes of `work`."""
    import plotly

    drawing = Path(plotly.__file__).parent / "package_data"
    chosen = json.dumps(choices(), ensure_ascii=False)

    def page(request: Any) -> Any:
        def one_of(key: str, known: tuple[str, ...]) -> str:
            given = request.query_params.get(key, known[0])
            return given if given in known else known[0]

        return frame(one_of("language", LANGUAGES), chosen, one_of("view", VIEWS), one_of("tab", TABS))

    files = {"/own": FILES, "/design": DESIGN, "/plotly": drawing}
    return App(page, partial(_serve, work), static_assets=files)


def _serve(work: Work, input: Inputs, output: Outputs, session: Session) -> None:
    """Serve one visitor."""
    desk = Desk(work, session.send_custom_message)

    @reactive.effect
    @reactive.event(input.link)
    async def _ask() -> None:
        await desk.ask(input.link())

    @reactive.effect
    @reactive.event(input.tell)
    async def _want_story() -> None:
        await desk.want_story(input.tell())

    @reactive.effect
    @reactive.event(input.predict)
    async def _predict() -> None:
        await desk.want_lab(input.predict())

    @reactive.effect
    @reactive.event(input.run_zip)
    async def _open_run() -> None:
        await desk.show_run(_uploaded(input.run_zip()))

    @reactive.effect
    @reactive.event(input.own_file)
    async def _bring_own() -> None:
        await desk.bring(partial(brought, _uploaded(input.own_file())))

    @reactive.effect
    @reactive.event(input.own_form)
    async def _fill_in_own() -> None:
        await desk.bring(partial(filled_in, input.own_form()))

    @reactive.effect
    @reactive.event(input.own_save)
    async def _save_own() -> None:
        await desk.save(input.own_save())

    session.on_ended(desk.leave)


class Desk:
    """Where one visitor is served: one question at a time, each ending the one before.

    Parameters
    ----------
    work : Work
        The processes and the queue before them.
    send : function
        Sends a message of a kind to this visitor's browser, and to no other.
    """

    def __init__(self, work: Work, send: Callable[[str, dict[str, Any]], Awaitable[None]]) -> None:
        self.work, self.send = work, send
        self.visitor = Visitor()
        self.question: asyncio.Task[Any] | None = None
        self.detail: asyncio.Task[Any] | None = None
        self.story: asyncio.Task[Any] | None = None
        self.lab: dict[str, asyncio.Task[Any]] = {}  # by exercise
        self.scores: dict[str, Score] = {}
        self.brought = 0

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
            mine = predicted(*(given.get(each) for each in ("exercise", "low", "high", "without")))
            state = state_of(mine, read_link(link))
        except RefusedError as refused:
            exercise = given.get("exercise") if given.get("exercise") in PREDICTED else None
            await self.send("seen", {"exercise": exercise, "refused": refused.told(_language_in(link))})
            return
        if mine.exercise in self.lab:
            self.lab[mine.exercise].cancel()
        self.lab[mine.exercise] = asyncio.create_task(self._send_lab(mine, state))

    async def show_run(self, path: Path | None) -> None:
        """Show a run that the visitor brought."""
        try:
            await self.send("run", await asyncio.to_thread(opened_run, path))
        except RefusedError as refused:
            await self.send(
                "run", {each: {"lines": [refused.told(each)], "figure": None} for each in LANGUAGES}
            )

    async def bring(self, taken: Callable[[], MunicipalityFile]) -> None:
        """Take in a municipality that the visitor brought, and let nobody else know of it."""
        try:
            if self.brought >= MOST_BROUGHT:
                raise RefusedError(
                    f"This page takes {MOST_BROUGHT} municipalities of one visitor; reload it to bring more.",
                    f"Deze pagina neemt {MOST_BROUGHT} gemeenten per bezoeker aan; laad de pagina opnieuw.",
                )
            own = await asyncio.to_thread(taken)
            self.brought += 1
        except RefusedError as refused:
            await self.send("own", {each: [refused.told(each)] for each in LANGUAGES})
            return
        told = {each: [word("own_taken", each, name=own.name)] for each in LANGUAGES}
        await self.send("own", {"city": own.slug, "name": own.name, "system": own.system, **told})

    async def save(self, form: Any) -> None:
        """Send the file of a municipality that the visitor filled in."""
        try:
            slug, text = written(form)
            await self.send("own_file", {"name": f"{slug}.yaml", "text": text})
        except RefusedError as refused:
            await self.send("own", {each: [refused.told(each)] for each in LANGUAGES})

    def leave(self) -> None:
        """Abandon everything the visitor waits for."""
        for task in (self.question, self.detail, self.story, *self.lab.values()):
            if task is not None:
                task.cancel()

    async def _read(self, link: Any) -> State | None:
        """Return the state of a link, or tell the visitor what is wrong with it."""
        try:
            state = read_link(link)
        except RefusedError as refused:
            await self.send("refused", {"asked": link, "sentence": refused.told(_language_in(link))})
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
            await self.send("refused", {"asked": link, "sentence": refused.told(state.language)})
        except (ConfigurationError, LostError) as error:
            sentence = f"{word('error', state.language)} {error}"
            await self.send("refused", {"asked": link, "sentence": sentence})

    async def _send_details(self, link: str, state: State) -> None:
        """Send what the open tab alone needs, each time in more detail."""
        with contextlib.suppress(ConfigurationError, LostError):  # the answer says what is wrong
            async with contextlib.aclosing(details(state, self.visitor, self.work)) as growing:
                async for each in growing:
                    await self.send("detail", {"asked": link, **each})

    async def _send_lab(self, mine: Prediction, state: State) -> None:
        """Send what the model says of a prediction, replication by replication, and at the end the score."""
        found: Outcomes = []
        try:
            for number in range(REPLICATIONS):
                jobs = jobs_to_see(mine, state, number)
                outcomes = await asyncio.gather(
                    *(self.work.outcome(self.visitor, job, MORE) for job in jobs.values())
                )
                found.append(dict(zip(jobs, outcomes, strict=True)))
                seen = await asyncio.to_thread(seen_of, mine, state, found)
                if seen["done"]:
                    values = rows_of(mine, state, found)[ROW_PREDICTED[mine.exercise]]
                    self.scores[mine.exercise] = score_of(mine, values)
                    seen["total"] = total_words(self.scores.values(), state.language)
                await self.send("seen", seen)
        except (ConfigurationError, LostError) as error:
            sentence = f"{word('error', state.language)} {error}"
            await self.send("seen", {"exercise": mine.exercise, "refused": sentence})

    async def _tell(self, state: State) -> None:
        """Send the story of one household."""
        size = "sample"
        overrides = tuple(overrides_of(state, state.look, size, 1))
        try:
            told = await self.work.answer(
                self.visitor, ("story", overrides), partial(tell_story, overrides), MORE
            )
            await self.send("story", {each: _story_of(told[each]) for each in LANGUAGES})
        except (ValueError, LostError) as error:
            sentences = {each: f"{word('error', each)} {error}" for each in LANGUAGES}
            await self.send("story", {each: {"markup": str(ui.p(sentences[each]))} for each in LANGUAGES})


def _story_of(told: Told) -> dict[str, str]:
    """Return a story as the browser shows it and lets it be downloaded."""
    return {"markup": STORY.render(told.text), "figure": told.figure, "data": told.data}


def _uploaded(files: Any) -> Path | None:
    """Return where an upload was put; a path that a browser made up is none."""
    try:
        path = Path(files[0]["datapath"]).resolve()
    except (TypeError, KeyError, IndexError, ValueError):
        return None
    temporary = Path(tempfile.gettempdir()).resolve()
    inside = path.is_relative_to(temporary) and path.relative_to(temporary).parts[0].startswith("fileupload-")
    return path if inside and path.is_file() else None


def _language_in(link: Any) -> str:
    """Return the language a link that cannot be read seems to be in."""
    return "nl" if isinstance(link, str) and "language=nl" in link else "en"
