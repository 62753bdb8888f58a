"""The dashboard before hostile visitors, who speak to a real server in this process over the network."""

import asyncio
import contextlib
import http.client
import json
import os
import re
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
import zlib
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("shiny", reason="needs the extra `dashboard`")
uvicorn = pytest.importorskip("uvicorn", reason="needs the extra `dashboard`")
sync = pytest.importorskip("websockets.sync.client", reason="needs the extra `dashboard`")

from websockets.exceptions import ConnectionClosed, InvalidStatus  # noqa: E402

from scenarios.apps.dashboard import guard, municipality_files, page, patience, work  # noqa: E402
from scenarios.apps.dashboard.details import MOST_ROWS, opened_run  # noqa: E402
from scenarios.apps.dashboard.guard import Guarded  # noqa: E402
from scenarios.apps.dashboard.municipality_files import filled_in, private_folder  # noqa: E402
from scenarios.apps.dashboard.options import PASSWORD, read_options  # noqa: E402
from scenarios.apps.dashboard.page import MOST_FILES, application  # noqa: E402
from scenarios.apps.dashboard.server import listening  # noqa: E402
from scenarios.apps.dashboard.words import RefusedError  # noqa: E402
from scenarios.apps.dashboard.work import Visitor, Work, answer_apart  # noqa: E402
from scenarios.common.errors import ConfigurationError  # noqa: E402

VILLAGE = "slug: lutjedijk\nname: Lutjedijk\npeople:\n  inhabitants: 24000\n"
REFUSED = json.dumps({"method": "update", "data": {"link": "?e=1"}})
INIT = json.dumps({"method": "init", "data": {}})


@contextlib.contextmanager
def served(password=""):
    """Serve the page without workers: nothing here asks for a simulation."""
    with listening("127.0.0.1", 0) as opened, private_folder() as folder:
        port = opened.getsockname()[1]
        guarded = Guarded(application(Work(0)), here_only=True, password=password)
        config = uvicorn.Config(
            guarded,
            log_level="error",
            timeout_graceful_shutdown=1,
            http=patience.Impatient,
            ws_max_size=guard.LARGEST_MESSAGE,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([opened],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield SimpleNamespace(port=port, folder=folder, origin=f"http://127.0.0.1:{port}")
        server.should_exit = True
        thread.join(20)


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv(municipality_files.VARIABLE, str(tmp_path / "none"))
    with served() as running:
        yield running


def opened(server, **more):
    """Open a connection as the page does, and begin."""
    return sync.connect(
        f"ws://127.0.0.1:{server.port}/websocket/", origin=server.origin, max_size=2**24, **more
    )


@contextlib.contextmanager
def begun(server):
    """Open a connection and begin; yield it with the name of the visitor's desk."""
    with opened(server) as line:
        line.send(INIT)
        yield line, until(line, "desk")["name"]


def until(line, kind, seconds=20):
    """Return the next message of a kind."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        said = json.loads(line.recv(seconds)).get("custom", {})
        if kind in said:
            return said[kind]
    raise TimeoutError


def asked(server, method, path, body=None, **headers):
    """Return status, headers and text of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    own = {"Origin": server.origin} if method == "POST" else {}
    connection.request(method, path, body, own | {name.capitalize(): text for name, text in headers.items()})
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read().decode("utf-8", "replace")


def is_closed_within(raw, seconds):
    """Whether the server closes a plain connection, whatever it says before."""
    raw.settimeout(seconds)
    try:
        while raw.recv(65536):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        pass
    return True


# Who may ask.

HOST = (b"host", b"127.0.0.1:8000")
OWN_PAGE = (b"origin", b"http://127.0.0.1:8000")
FOREIGN_PAGES = [
    [(b"origin", b"http://example.org")],
    [(b"origin", b"http://127.0.0.1:9000")],
    [(b"origin", b"null")],
    [(b"origin", b"http://[127.0.0.1:8000")],
    [(b"origin", b"http://127.0.0.1:8000.example.org")],
    [(b"origin", b"http://127.0.0.1:8000@example.org")],
    [],
]


def sent(kind, headers, here_only=True, method="POST"):
    """Return what the guarded application sends in answer to one request."""
    answers_sent = []

    async def accepts(scope, receive, send):
        start = "websocket.accept" if scope["type"] == "websocket" else "http.response.start"
        await send({"type": start, "status": 200, "headers": []})

    async def receive():
        return {"type": f"{kind}.connect" if kind == "websocket" else "http.request", "body": b""}

    async def send(message):
        answers_sent.append(message)

    scope = {"type": kind, "path": "/websocket/", "headers": [HOST, *headers], "method": method}
    asyncio.run(Guarded(accepts, here_only)(scope, receive, send))
    return answers_sent


@pytest.mark.parametrize("headers", FOREIGN_PAGES)
@pytest.mark.parametrize("here_only", [True, False])
def test_a_page_of_another_server_can_neither_connect_nor_send_a_file(headers, here_only):
    assert sent("websocket", headers, here_only)[0]["type"] == "websocket.close"
    assert sent("http", headers, here_only)[0]["status"] == 403


def test_every_input_the_server_listens_to_may_come_in_and_no_other():
    source = Path(page.__file__).read_text("utf-8")
    assert set(re.findall(r"input\.(\w+)\)", source)) == set(guard.INPUTS)


def test_the_page_of_this_server_connects_and_sends_files():
    assert sent("websocket", [OWN_PAGE])[0]["type"] == "websocket.accept"
    assert sent("http", [OWN_PAGE])[0]["status"] == 200
    assert sent("http", [], method="GET")[0]["status"] == 200


def test_the_page_runs_no_script_that_stands_in_its_text():
    (answer,) = sent("http", [], method="GET")
    policy = dict(answer["headers"])[b"content-security-policy"].decode()
    scripts = next(each for each in policy.split("; ") if each.startswith("script-src"))
    assert "'self'" in scripts and "unsafe" not in scripts


@pytest.mark.parametrize(
    "path",
    [
        "/own/../server.py",
        "/own/%2e%2e/server.py",
        "/own/..%2fserver.py",
        "/own/..%5cserver.py",
        "/own//etc/passwd",
        "/design/../../__init__.py",
        "/plotly/%2e%2e%2f%2e%2e%2f__init__.py",
        "/lib/../../../../etc/passwd",
        "/session/x/upload/y",
        "/bring/x/own_file",
    ],
)
def test_a_path_that_points_elsewhere_gives_nothing(server, path):
    assert asked(server, "GET", path)[0] in (400, 404, 405)


def test_another_name_of_this_machine_is_not_answered(server):
    assert asked(server, "GET", "/", host="example.org")[0] == 400


# Connections.


@pytest.mark.parametrize(
    "begins",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        b"GET /own/icon.svg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HT",
    ],
)
def test_a_connection_that_never_finishes_asking_is_closed(server, monkeypatch, begins):
    monkeypatch.setattr(patience, "ASKING_SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.sendall(begins)
        assert is_closed_within(raw, 10)


def test_a_visitor_who_waits_for_an_answer_stays_connected(server, monkeypatch):
    for constant in ("ASKING_SECONDS", "REQUEST_SECONDS"):
        monkeypatch.setattr(patience, constant, 0.3)
    with begun(server) as (line, _):
        time.sleep(1.0)
        line.send(REFUSED)
        assert until(line, "refused")


def test_a_file_that_is_sent_for_ever_is_cut(server, monkeypatch):
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 0.5)
    with begun(server) as (_, desk), socket.create_connection(("127.0.0.1", server.port)) as raw:
        head = (
            f"POST /bring/{desk}/run_zip HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: {server.origin}"
        )
        raw.sendall(f"{head}\r\nContent-Length: 1000\r\n\r\nPK".encode())
        assert is_closed_within(raw, 10)


def test_an_answer_that_is_never_taken_is_cut(server, monkeypatch):
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 0.5)
    with socket.socket() as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.connect(("127.0.0.1", server.port))
        raw.sendall(b"GET /plotly/plotly.min.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(2.0)  # what lies in buffers can still be read, and no more
        raw.settimeout(5)
        read = 0
        with contextlib.suppress(ConnectionError):
            while part := raw.recv(65536):
                read += len(part)
        assert 0 < read < 4_000_000


@pytest.mark.parametrize(("constant", "says"), [("FIRST_SECONDS", []), ("IDLE_SECONDS", [INIT])])
def test_a_visitor_who_says_nothing_is_let_go(server, monkeypatch, constant, says):
    monkeypatch.setattr(guard, constant, 0.3)
    with opened(server) as line:
        for each in says:
            line.send(each)
        with pytest.raises(ConnectionClosed):
            while True:
                line.recv(20)


@pytest.mark.parametrize(
    "message",
    [
        "x" * 200_000,
        "[" * 50_000,
        "no json",
        "7",
        '{"method": "update"}',
        '{"method": "update", "data": []}',
        '{"method": "init", "data": {}}',
        '{"method": "uploadInit", "args": [[{"name": "a", "size": 1, "type": ""}]], "tag": 1}',
        '{"method": "update", "data": {"link": "' + "\\u0000" * 20_000 + '"}}',
        b"\x00\x01",
    ],
)
def test_what_the_page_never_says_ends_the_connection_or_is_refused_and_nobody_else_notices(
    server, capfd, message
):
    with begun(server) as (line, _), begun(server) as (other, _):
        line.send(message)
        with contextlib.suppress(ConnectionClosed):
            assert "longer" in until(line, "refused")["sentence"]
        other.send(REFUSED)
        assert "unknown" in until(other, "refused")["sentence"]
    assert "Traceback" not in capfd.readouterr().err


def test_an_input_the_page_does_not_have_takes_no_memory(server, monkeypatch):
    with begun(server) as (line, _):
        for number in range(20):
            line.send(json.dumps({"method": "update", "data": {f"x{number}": "y" * 50_000}}))
        line.send(REFUSED)
        until(line, "refused")
    from shiny.session._session import AppSession

    kept = [name for each in _alive(AppSession) for name in each.input._map if str(name).startswith("x")]
    assert kept == []


def _alive(kind):
    import gc

    return [each for each in gc.get_objects() if type(each) is kind]


def test_who_sends_too_fast_is_let_go(server, monkeypatch):
    monkeypatch.setattr(guard, "WINDOW_SECONDS", 100.0)
    with begun(server) as (line, _), pytest.raises(ConnectionClosed):
        for _ in range(2 * guard.MOST_MESSAGES):
            line.send(REFUSED)
            until(line, "refused")


def test_nobody_waits_for_a_browser_that_does_not_read(server, monkeypatch):
    """Shiny hears all visitors under one lock; what is sent may not wait in it."""
    monkeypatch.setattr(guard, "MOST_MESSAGES", 10**6)
    monkeypatch.setattr(guard, "MOST_WAITING", 300_000)
    with socket.socket() as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.connect(("127.0.0.1", server.port))
        flood = threading.Thread(target=_ask_without_reading, args=(raw, server), daemon=True)
        flood.start()
        time.sleep(1.0)
        with begun(server) as (other, _):
            before = time.monotonic()
            other.send(REFUSED)
            until(other, "refused")
            assert time.monotonic() - before < 5.0
        flood.join(60)
        assert not flood.is_alive()  # the server let go of who does not read


def _ask_without_reading(raw, server):
    """Ask what gets an answer, again and again, until the connection ends."""
    hello = f"GET /websocket/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: {server.origin}\r\n"
    hello += "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    hello += "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    with contextlib.suppress(OSError):
        raw.sendall(hello.encode() + _frame(INIT))
        while True:
            raw.sendall(_frame(REFUSED))


def _frame(text):
    """Return a masked frame of a websocket, as a browser sends it."""
    from websockets.frames import Frame, Opcode

    return Frame(Opcode.TEXT, text.encode()).serialize(mask=True)


def test_more_visitors_than_the_server_holds_are_refused(server, monkeypatch):
    monkeypatch.setattr(guard, "MOST_VISITORS", 1)
    with begun(server), pytest.raises(InvalidStatus), opened(server):
        pass
    time.sleep(0.5)
    with opened(server):
        pass  # who leaves makes room


# Files.


def test_a_file_is_taken_at_the_desk_of_its_visitor_and_nothing_of_it_stays(server):
    before = set(Path(tempfile.gettempdir()).iterdir())
    with begun(server) as (_, desk):
        status, _, said = asked(server, "POST", f"/bring/{desk}/own_file?name=../../x.yaml", VILLAGE)
        assert status == 200 and json.loads(said)["city"].startswith("lutjedijk__")
        assert asked(server, "POST", f"/bring/{desk}x/own_file?name=x.yaml", VILLAGE)[0] == 404
        assert (
            asked(server, "POST", f"/bring/{desk}/own_file", VILLAGE, origin="http://example.org")[0] == 403
        )
    time.sleep(0.5)
    assert asked(server, "POST", f"/bring/{desk}/own_file?name=x.yaml", VILLAGE)[0] == 404  # the visitor left
    kept = [each.name for each in set(Path(tempfile.gettempdir()).iterdir()) - before]
    assert [each for each in kept if each.startswith("landingsbaan_") and each != server.folder.name] == []


def test_a_hundred_files_of_one_visitor_are_not_taken(server):
    with begun(server) as (_, desk):
        said = [
            json.loads(asked(server, "POST", f"/bring/{desk}/own_file?name=x.yaml", VILLAGE)[2])
            for _ in range(100)
        ]
    assert sum("city" in each for each in said) == page.MOST_BROUGHT < MOST_FILES
    assert str(MOST_FILES) in said[-1]["en"][0] and str(MOST_FILES) in said[-1]["nl"][0]
    assert len(list(server.folder.iterdir())) == page.MOST_BROUGHT


@pytest.mark.parametrize("length", ["Content-Length: 1000000000", "Transfer-Encoding: chunked"])
def test_a_file_that_is_too_large_is_refused_while_it_comes(server, length):
    given = 0
    with begun(server) as (_, desk), socket.create_connection(("127.0.0.1", server.port)) as raw:
        head = f"POST /bring/{desk}/own_file?name=x.yaml HTTP/1.1\r\nHost: 127.0.0.1:{server.port}"
        raw.sendall(f"{head}\r\nOrigin: {server.origin}\r\n{length}\r\n\r\n".encode())
        part = b"x" * 0x10000
        part = b"10000\r\n" + part + b"\r\n" if "chunked" in length else part
        raw.settimeout(5)
        answer = b""
        while given < 100_000_000 and b"200 kB" not in answer:
            with contextlib.suppress(ConnectionError):
                given += raw.send(part)
            with contextlib.suppress(TimeoutError, BlockingIOError):
                raw.settimeout(0.01)
                answer += raw.recv(65536)
            raw.settimeout(5)
    assert b"larger than 200 kB" in answer
    assert given < 20_000_000


def test_one_address_cannot_push_out_what_others_brought(tmp_path, monkeypatch):
    monkeypatch.setenv(municipality_files.VARIABLE, str(tmp_path / "none"))
    monkeypatch.setattr(municipality_files, "MOST_OWN", 6)
    monkeypatch.setattr(municipality_files, "MOST_OF_ADDRESS", 4)
    form = {"name": "Lutjedijk", "figures": {"people.inhabitants": 24000}}
    with private_folder() as folder:
        mine = filled_in(form, "10.0.0.1").slug
        greedy = [filled_in(form, "10.0.0.2").slug for _ in range(8)]
        more = [filled_in(form, f"10.0.0.{number}").slug for number in range(3, 6)]
        kept = {each.stem for each in folder.iterdir()}
    assert {mine, *more} <= kept and len(kept) <= 6
    assert kept & set(greedy) == set(greedy[-2:])


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, contents in members.items():
            packed.writestr(f"run/{name.replace('__', '.')}", contents)
    return path


def test_a_table_of_few_bytes_and_many_rows_is_refused_before_it_is_read(tmp_path):
    table = tmp_path / "x.parquet"
    equal = pa.array(np.zeros(1_000_000, "int8"))
    with pq.ParquetWriter(table, pa.schema([("arm", pa.int8())])) as writer:
        for _ in range(MOST_ROWS // 1_000_000 + 1):
            writer.write_table(pa.table({"arm": equal}))
    path = zipped(tmp_path / "run.zip", run__json="{}", monthly__parquet=table.read_bytes())
    assert path.stat().st_size < 1_000_000
    with pytest.raises(RefusedError, match="21,000,000 rows"):
        opened_run(path)


def test_a_zip_that_unpacks_to_more_than_it_may_is_refused_before_it_is_unpacked(tmp_path):
    path = zipped(tmp_path / "run.zip", run__json="{}", monthly__parquet=bytes(401_000_000))
    assert path.stat().st_size < 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(RefusedError, match="400 MB"):
        opened_run(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


@pytest.mark.parametrize("many", [900, 20_000])
def test_a_zip_with_many_runs_is_refused(tmp_path, many):
    members = {f"{number}/run__json": "" for number in range(many)}
    with pytest.raises(RefusedError, match="expected one run.json"):  # it took minutes, as the square of many
        opened_run(zipped(tmp_path / "run.zip", **members))


def test_a_zip_with_a_huge_document_is_refused_before_it_is_read(tmp_path):
    path = zipped(tmp_path / "run.zip", run__json="[" + "[]," * 10_000_000 + "0]")
    with pytest.raises(RefusedError, match="expected one run.json"):
        opened_run(path)


def test_a_zip_that_lies_about_a_size_writes_no_more_than_it_said(tmp_path):
    path = zipped(tmp_path / "run.zip", run__json="{}", monthly__parquet=bytes(50_000_000))
    lies = path.read_bytes().replace((50_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(lies)
    with pytest.raises(RefusedError):
        opened_run(path)


@pytest.mark.parametrize("damage", range(5))
def test_a_zip_with_a_damaged_stream_is_refused_with_a_sentence(tmp_path, damage):
    rng = np.random.default_rng(damage)
    path = zipped(
        tmp_path / "run.zip", run__json=json.dumps({"title": "x" * 5000}), monthly__parquet=rng.bytes(9000)
    )
    whole = bytearray(path.read_bytes())
    for place in rng.integers(40, len(whole) - 200, 30):
        whole[place] ^= 0xFF
    path.write_bytes(whole[: len(whole) - 1000 * (damage == 4)])
    with pytest.raises(RefusedError, match="run folder|zip") as refused:
        opened_run(path)
    assert str(tmp_path) not in refused.value.sentence_in("nl")


def test_names_in_a_zip_that_point_elsewhere_write_nothing_there(tmp_path):
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("run/run.json", "{}")
        for name in (
            "../../escaped.json",
            "run/../../escaped.json",
            "/tmp/escaped.json",
            "run/..\\escaped.json",
        ):
            packed.writestr(name, "{}")
    with pytest.raises(RefusedError):
        opened_run(path)
    assert not list(tmp_path.parent.rglob("*escaped.json")) and not Path("/tmp/escaped.json").exists()


def fills_memory():
    return len(bytearray(4_000_000_000))


def sleeps():
    time.sleep(60)


def is_killed():
    os.kill(os.getpid(), 9)


def raises_refusal():
    raise RefusedError("no", "nee")


@pytest.mark.parametrize("task", [fills_memory, is_killed])
def test_a_file_that_takes_too_much_memory_ends_its_own_process_only(task, monkeypatch):
    monkeypatch.setattr(work, "MOST_APART_SECONDS", 500.0)  # not time: memory
    begin = time.monotonic()
    with pytest.raises(RefusedError, match="too much time or memory"):
        answer_apart(task)
    assert time.monotonic() - begin < 300.0


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(work, "MOST_APART_SECONDS", 2.0)
    with pytest.raises(RefusedError, match="too much time or memory"):
        answer_apart(sleeps)


def test_what_is_read_apart_answers_or_refuses():
    assert answer_apart(partial(zlib.crc32, b"x")) == zlib.crc32(b"x")
    with pytest.raises(RefusedError, match="no"):
        answer_apart(raises_refusal)


def test_asking_and_leaving_is_charged(monkeypatch):
    """Who leaves before an answer has still kept a process busy."""
    monkeypatch.setattr(work, "_begun", lambda: None)
    asking = Work(0)
    visitor = Visitor()

    async def ask_and_leave():
        task = asyncio.create_task(asking.answer(visitor, "name", None, work.FIRST))
        await asyncio.sleep(0)
        (wish,) = asking.wishes.values()
        process = work._Process(None, SimpleNamespace(send=lambda message: None), doing=[wish])
        asking.processes.append(process)
        wish.began = time.perf_counter() - 3.0
        task.cancel()
        await asyncio.wait({task})

    asyncio.run(ask_and_leave())
    assert visitor.served_seconds >= 3.0


# Password, address.

SECRET = "open sesame, please"


@pytest.fixture
def closed_server(tmp_path, monkeypatch):
    monkeypatch.setenv(municipality_files.VARIABLE, str(tmp_path / "none"))
    with served(SECRET) as running:
        yield running


def given(server, password, query="system=zwolle"):
    body = f"password={password.replace(' ', '+')}"
    return asked(server, "POST", f"/password?{query}", body)


def test_with_a_password_nothing_is_shown_to_who_does_not_give_it(closed_server):
    for path in ("/", "/own/dashboard.js", "/design/tokens.css", "/lib/", "/session/x/upload/y"):
        status, headers, text = asked(closed_server, "GET", path, cookie="landingsbaan=x")
        assert status == 401 and "password" in text and "Zaanstad" not in text
        assert "unsafe" not in headers["content-security-policy"].split("style-src")[0]
    with pytest.raises(InvalidStatus), opened(closed_server):
        pass
    status, _, text = given(closed_server, "wrong")
    assert status == 401 and "not the password" in text
    assert "Wachtwoord" in asked(closed_server, "GET", "/?language=nl")[2]


def test_who_gives_the_password_goes_where_the_link_pointed(closed_server):
    status, headers, _ = given(closed_server, SECRET)
    assert (status, headers["location"]) == (303, "/?system=zwolle")
    cookie = headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and SECRET not in cookie
    name = cookie.partition(";")[0]
    assert asked(closed_server, "GET", "/", cookie=name)[0] == 200
    with opened(closed_server, additional_headers={"Cookie": name}) as line:
        line.send(INIT)
        assert until(line, "desk")


def test_the_page_for_the_password_escapes_the_link_and_stays_on_this_server(closed_server):
    _, _, text = asked(closed_server, "GET", '/?a="><script>alert(1)</script>'.replace("<", "%3C"))
    assert "<script" not in text
    _, headers, _ = given(closed_server, SECRET, query="//example.org")
    assert headers["location"].startswith("/?")


def test_passwords_are_guessed_one_at_a_time_and_slowly(closed_server):
    begin = time.monotonic()
    threads = [threading.Thread(target=given, args=(closed_server, "x" * 12)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert time.monotonic() - begin >= 4 * guard.GUESS_SECONDS


def test_a_foreign_page_cannot_guess_passwords(closed_server):
    status, _, _ = asked(
        closed_server, "POST", "/password", f"password={SECRET}", origin="http://example.org"
    )
    assert status == 403


def test_a_short_password_is_refused_and_its_text_is_not_shown(monkeypatch):
    monkeypatch.setenv(PASSWORD, "zomer")
    with pytest.raises(ConfigurationError, match="5 characters") as refused:
        read_options([])
    assert "zomer" not in str(refused.value)


def test_a_port_that_is_taken_is_refused_with_a_sentence_before_anything_is_begun():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-m", "scenarios.cli", "serve", f"port={port}"],
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert ended.returncode == 2 and ended.stdout == ""
    assert re.fullmatch(rf".*port = {port}: .*\n", ended.stderr) and "http" not in ended.stderr


def test_whoever_lets_others_in_without_a_password_is_warned(monkeypatch, capsys):
    from scenarios.apps.dashboard import server as serving

    monkeypatch.setattr(serving, "compile_rules", _stop)
    for host, password, warned in (
        ("0.0.0.0", "", True),
        ("0.0.0.0", SECRET, False),
        ("127.0.0.1", "", False),
    ):
        monkeypatch.setenv(PASSWORD, password)
        with pytest.raises(KeyboardInterrupt):
            serving.serve(read_options([f"host={host}", f"port={_free_port()}"]))
        assert ("Warning" in capsys.readouterr().err) is warned


def _stop(_language):
    raise KeyboardInterrupt


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
