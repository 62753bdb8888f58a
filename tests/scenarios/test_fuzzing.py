"""Random and hostile input: a result, or one sentence with exit code 2; nothing run, read or written besides.

An input is made by a `Random`. The drivers hand over `Random(seed)`, so that a number names an input.
Hypothesis hands over one of its own, which takes fifty times as long and makes a failing input small.
"""

import asyncio
import contextlib
import csv
import hashlib
import io
import json
import os
import random
import shutil
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios import cli
from scenarios.analysis.claims.claim import check_names, read_claim
from scenarios.apps.dashboard import server
from scenarios.apps.dashboard.municipality_files import filled_in
from scenarios.apps.dashboard.page import Desk
from scenarios.apps.dashboard.state import link_of, read_link
from scenarios.apps.explorer import publish
from scenarios.cli.command_line import EXPLORATION_KEYS, FORECAST_KEYS, SUB_COMMANDS
from scenarios.common.errors import ConfigurationError
from scenarios.config.keys import known_keys
from scenarios.config.municipality_files.command import template
from scenarios.config.schema import CONFIGURATION_FOLDER, OWN_FOLDER, group_options
from scenarios.runs import resources
from simulation.model import Model
from simulation.recording.store import open_run, with_checksum
from tests.synthetic_run import FIRST, tables, write_run, write_study

FEW, MANY = 8, 1_000  # inputs of each of ten kinds, in every test run and in the slow tier
SECRET = "the-secret-of-this-machine"
SHORT = ["municipality=street", "window.start=2014-10", "window.end=2015-12", "window.warm_up_months=9"]
SPREAD = (
    "os.system",
    "subprocess.Popen",
    "os.exec",
    "os.posix_spawn",
    "pty.spawn",
    "socket.connect",
)
TEMPORARY = ("tmp", "landingsbaan_")  # how folders begin that are removed at once
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class TakenError(BaseException):
    """What was asked was accepted: a simulation, a server or a site would begin now."""


# What may happen.


@dataclass
class Place:
    """A folder to attack, what lies next to it, and what was done that nobody may do."""

    inside: Path
    outside: Path
    originals: Path
    wrong: list[str] = field(default_factory=list)

    def cleared(self) -> Path:
        """Return the folder, empty."""
        shutil.rmtree(self.inside, ignore_errors=True)
        self.inside.mkdir()
        os.chdir(self.inside)
        return self.inside


WATCHED: list[Place] = []  # the place that is being attacked; a hook cannot be taken away again


def _watch(event, given):
    if not WATCHED or not (event == "open" or event in SPREAD):
        return
    place = WATCHED[0]
    if event == "open":
        path, _, flags = given
        if not isinstance(path, str | bytes) or not flags & WRITING:
            if isinstance(path, str) and Path(path).name == "secret.yaml":
                place.wrong.append(f"read {path}")
            return
        written = Path(os.fsdecode(path)).absolute()
        temporary = written.is_relative_to(tempfile.gettempdir()) and written.parts[2].startswith(TEMPORARY)
        if not (temporary or written == Path(os.devnull) or written.is_relative_to(place.inside)):
            place.wrong.append(f"wrote {written}")
    elif not (event == "subprocess.Popen" and given[0] == "git"):
        place.wrong.append(f"{event} {given}")


sys.addaudithook(_watch)


@contextlib.contextmanager
def watched(place):
    """Let nothing be run, nor written or read outside the folder."""
    place.wrong.clear()
    WATCHED.append(place)
    try:
        yield
    finally:
        WATCHED.clear()
    assert not place.wrong, place.wrong


def files_of(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def asked(place, *words):
    """Ask the command line; check that it ends as it may, and return whether it refused."""
    before, out, err = files_of(place.inside), io.StringIO(), io.StringIO()
    refused = False
    with watched(place), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = cli.main(list(words))
        except TakenError:
            code = cli.DONE
    told = err.getvalue()
    assert code in (cli.DONE, cli.MISTAKE), (code, words, told)
    assert SECRET not in out.getvalue() + told, words
    if code == cli.MISTAKE:
        refused = True
        assert told.startswith("landingsbaan: ") and told.count("\n") == 1 and len(told) < 1_300, (
            words,
            told,
        )
        assert files_of(place.inside) == before, words
    return refused


def read(place, reads, *refusals):
    """Call what reads; it returns something or raises one sentence."""
    before = files_of(place.inside)
    with watched(place):
        try:
            return reads()
        except refusals as refused:
            told = str(refused)
            assert told and "\n" not in told.strip() and len(told) < 1_300 and SECRET not in told, told
    assert files_of(place.inside) == before
    return None


# What is made.

TEXTS = [
    "", " ", "x", "é", "\x00", "\ud800", "\u202e", "１２", "½", "-0", "a" * 3_000, "[" * 300, "{" * 40, "'",
    '"', "\\", "${oc.env:SECRET}", "${now:%Y}", "!!python/object/apply:os.system [touch x]", "&a [*a]",
    "_target_: os.system", "$(touch x)", "`touch x`", ";touch x", "| touch x", "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0", "../../outside/secret.yaml", "../outside/secret.yaml", "/proc/self/environ", "~",
    "~nobody/x", ".", "..", "/", "C:\\x", "file:///etc/passwd", "http://127.0.0.1:9/", "2015-13", "0000-00",
    "99999-01", "２０１５-０１",  # digits of another width
    "null", "true", "nan", "-inf", "1e999", "1_000", "0x1F", "1e-400", "١٢", "%s%n",
    "{0.__class__}", "\r\nX: y",
]  # fmt: skip
NUMBERS = [0, -1, 1, 2, 0.5, 1e-320, 1e308, -1e308, 2**31, 2**63, 2**64, 10**30, float("nan"), float("inf")]
FORMS = [
    "range(0,{0})", "interval({0},1)", "choice({0},{0})", "glob(*)", "[{0}]", "[{0},{0}]", "{{a:{0}}}",
    "{0},{0}", "sort({0},1)", "shuffle(1,{0})", "int({0})", "str({0})", "tag(a,{0})", "extend_list({0})",
    "'{0}'", '"{0}"', "json_str({0})", "{0}x{0}", "{0}%", "{0}..{0}",
]  # fmt: skip


def value_of(rng):
    """Return a value as text."""
    value = rng.choice([rng.choice(TEXTS), str(rng.choice(NUMBERS)), str(rng.randint(-5, 400))])
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        value = rng.choice(FORMS).format(value)
    return value


def garbled(rng, text):
    """Return a text with a few signs taken away, doubled, exchanged or added."""
    signs = list(text)
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(0, len(signs))
        signs[at : at + rng.randint(0, 2)] = rng.choice(
            ["", "=", ",", ":", ".", "[", "}", "+", "~", "@", "é", "9" * 30]
        )
    return "".join(signs)


def harmed(rng, content):
    """Return the bytes of a file, harmed in one to three ways."""
    for _ in range(rng.randint(1, 3)):
        at, other = sorted((rng.randint(0, len(content)), rng.randint(0, len(content))))
        way = rng.randint(0, 6)
        if way == 0:
            content = content[:at]
        elif way == 1 and content:
            at = min(at, len(content) - 1)
            content = content[:at] + bytes([content[at] ^ (1 << rng.randint(0, 7))]) + content[at + 1 :]
        elif way == 2:
            content = content[:at] + content[other:]
        elif way == 3:
            content = content[:other] + content[at:other] + content[other:]
        elif way == 4:
            content = content[:at] + value_of(rng).encode("utf-8", "replace") + content[at:]
        elif way == 5:
            content = content[:at] + rng.randbytes(rng.randint(1, 9)) + content[at:]
        else:
            content = rng.choice(
                [b"", b"\xef\xbb\xbf" + content, content.decode("latin-1").encode("utf-16"), content * 3]
            )
    return content


def odd(rng, depth=0):
    """Return a value of another kind than expected."""
    if depth < 3 and rng.random() < 0.25:
        inner = [odd(rng, depth + 1) for _ in range(rng.randint(0, 3))]
        return inner if rng.random() < 0.5 else {rng.choice(TEXTS)[:50]: each for each in inner}
    return rng.choice([None, True, False, rng.choice(TEXTS), rng.choice(NUMBERS), rng.randint(-9, 9_999)])


def altered(rng, value):
    """Return a document with one value at any depth exchanged, dropped, doubled or added."""
    if isinstance(value, dict) and value and rng.random() < 0.85:
        key = rng.choice(sorted(value, key=str))
        way = rng.randint(0, 9)
        if way == 0:
            return {name: each for name, each in value.items() if name != key}
        if way == 1:
            return value | {rng.choice(TEXTS)[:50]: odd(rng)}
        return value | {key: altered(rng, value[key])}
    if isinstance(value, list) and value and rng.random() < 0.8:
        at = rng.randrange(len(value))
        return [*value[:at], *([altered(rng, value[at])] * rng.choice([0, 1, 1, 1, 2])), *value[at + 1 :]]
    if isinstance(value, int | float) and not isinstance(value, bool) and rng.random() < 0.5:
        return rng.choice(NUMBERS)
    return odd(rng)


def several_altered(rng, value):
    for _ in range(rng.randint(1, 3)):
        value = altered(rng, value)
    return value


def as_text(document):
    """Return a document as JSON or YAML would hold it, with what the one cannot escaped."""
    return json.dumps(document).encode()


def harmed_yaml(rng, content):
    """Return a YAML file, harmed as bytes or as a document."""
    if rng.random() < 0.5:
        return harmed(rng, content)
    document = several_altered(rng, yaml.safe_load(content))
    return yaml.safe_dump(document, allow_unicode=rng.random() < 0.5).encode("utf-8", "surrogatepass")


def harmed_table(rng, content):
    """Return a parquet file, harmed as bytes or with columns of another kind, name or number."""
    if rng.random() < 0.4:
        return harmed(rng, content)
    table = pq.read_table(io.BytesIO(content))
    for _ in range(rng.randint(1, 2)):
        names = table.column_names
        at = rng.randrange(len(names)) if names else 0
        way = rng.randint(0, 5)
        if way == 0 and names:
            table = table.remove_column(at)
        elif way == 1 and names:
            cells = [rng.choice([odd(rng), None]) for _ in range(1)] * table.num_rows
            with contextlib.suppress(
                pa.ArrowException, OverflowError, UnicodeEncodeError, TypeError, ValueError
            ):
                table = table.set_column(at, names[at], pa.array(cells))
        elif way == 2 and names:
            number = pa.array([float(rng.choice(NUMBERS))] * table.num_rows)
            table = table.set_column(at, names[at], number)
        elif way == 3:
            table = table.slice(rng.randint(0, 3), rng.randint(0, max(1, table.num_rows)))
        elif way == 4 and names:
            table = table.append_column(names[at], table.column(at))
        elif names:
            table = table.rename_columns([*names[:at], rng.choice(["x", "", "é", "point"]), *names[at + 1 :]])
    written = io.BytesIO()
    try:
        pq.write_table(table, written)
    except pa.ArrowException:  # no file can hold such a column
        return harmed(rng, content)
    return written.getvalue()


# Kinds of input.

COMMANDS = [each for each in SUB_COMMANDS if each not in ("results", "municipality", "figures", "publish")]
KEYS = [
    *known_keys(), *group_options(), *EXPLORATION_KEYS, *FORECAST_KEYS, "study", "design", "table",
    "language", "engine.processes", "folder", "name", "to", "port", "host", "again", "household", "against",
    "precision", "members", "keep", "pilot", "plan", "system", "policy", "claims",
]  # fmt: skip
GOOD = [
    "municipality=street", "system=zwolle", "policy=larger_teams", "landing=overnight", "landing.years=0,5",
    "replication.count=2", "window.end=2015-12", "outcome=unmet", "target=crises<=1", "lever=landing.cut",
    "landing.cut=0.25", "samples=8", "levers=wijkteam.fte_per_1000", "unknowns=none",
]  # fmt: skip


def overrides(rng, place):
    place.cleared()
    words = [rng.choice(COMMANDS), *rng.sample(GOOD, rng.randint(0, 3))]
    for _ in range(rng.randint(1, 3)):
        word = f"{rng.choice(['', '', '', '+', '++', '~'])}{rng.choice(KEYS)}={value_of(rng)}"
        words.append(rng.choice([word, word, garbled(rng, rng.choice(GOOD)), value_of(rng)]))
    if rng.random() < 0.2:
        words.append(
            rng.choice(
                ["-m", "--cfg", "--info", "--notes", "--plain", "-c=job", "--", "-x", "--config-dir=."]
            )
        )
    asked(place, *(word for word in words if word not in ("write", "renew")))


def scenario_files(rng, place):
    group = rng.choice(["policy", "policy", "system", "landing", "steering", "grants"])
    original = rng.choice(sorted((CONFIGURATION_FOLDER / group).glob("*.yaml")))
    file = place.cleared() / "own" / group / "mine.yaml"
    file.parent.mkdir(parents=True)
    content = original.read_bytes().replace(original.stem.encode(), b"mine")
    file.write_bytes(harmed_yaml(rng, content) if rng.random() < 0.95 else content)
    asked(place, "run", "--config-dir", "own", f"{group}=mine", *SHORT)


def municipality_files(rng, place):
    known = {"slug": "lutjedijk", "name": "Lutjedijk", "system": "national_average", "wijken.number": 4.0,
             "people.inhabitants": 24_000.0, "people.households": 11_000.0}  # fmt: skip
    kind = rng.choice(["yaml", "csv"])
    file = place.cleared() / f"lutjedijk.{rng.choice([kind, kind, kind, 'yml', 'txt'])}"
    content = template(kind, known).encode()
    if kind == "csv" and rng.random() < 0.5:
        rows = [*csv.reader(io.StringIO(content.decode()))]
        rows[rng.randrange(len(rows))][rng.randint(0, 1)] = value_of(rng).replace("\x00", "")
        text = io.StringIO()
        csv.writer(text, delimiter=rng.choice(",;\t")).writerows(rows)
        file.write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))
    else:
        file.write_bytes(harmed_yaml(rng, content) if kind == "yaml" else harmed(rng, content))
    before = file.read_bytes()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        refused = asked(place, "municipality", "check", file.name)
        asked(place, "municipality", "add", file.name, "folder=mine")
    if not refused and (place.inside / "mine").is_dir():
        os.environ["LANDINGSBAAN_MUNICIPALITIES"] = str(place.inside / "mine")
        slug = next((place.inside / "mine").iterdir()).stem
        assert not asked(place, "run", f"municipality={slug}", *SHORT[1:])
    assert file.read_bytes() == before


def claim_files(rng, place):
    original = rng.choice(sorted((CONFIGURATION_FOLDER / "claim").glob("*.yaml")))
    file = place.cleared() / original.name
    file.write_bytes(harmed_yaml(rng, original.read_bytes()))
    read(place, lambda: check_names(read_claim(file)), ConfigurationError)


def run_folders(rng, place):
    folder = place.cleared() / "run"
    shutil.copytree(place.originals / "run", folder)
    document = json.loads((folder / "run.json").read_bytes())
    if rng.random() < 0.6:
        document = several_altered(rng, document)
    else:
        spoil_table(rng, folder, document)
    if rng.random() < 0.9 and isinstance(document, dict):  # by somebody who knows how
        with contextlib.suppress(ValueError, TypeError):
            document = with_checksum(document)
    (folder / "run.json").write_bytes(as_text(document))
    name = rng.choice(["monthly", "savings", "flows", "wijken", rng.choice(TEXTS)])
    words = [
        ("results", "export", "run", "format=csv", f"table={name}", "to=out.csv"),
        ("results", "export", "run", "format=parquet", f"table={name}", "to=out.parquet", "form=long"),
        ("run", "again=run"),
        ("figures", "run"),
        ("report", "run"),
    ]
    asked(place, *rng.choices(words, [4, 4, 4, 1, 1])[0])


def spoil_table(rng, folder, document):
    """Alter a table of a run, and what the document says of it."""
    path = rng.choice(sorted(folder.glob("*.parquet")))
    path.write_bytes(harmed_table(rng, path.read_bytes()))
    document["tables"][path.stem]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()


def study_stores(rng, place):
    shutil.copytree(place.originals / "results", place.cleared() / "results")
    study = place.inside / "results/studies/s"
    path = rng.choice([study / "study.json", study / "parts/p.json", *study.rglob("*.parquet")])
    if path.suffix == ".json" and rng.random() < 0.8:
        document = several_altered(rng, json.loads(path.read_bytes()))
        with contextlib.suppress(ValueError, TypeError):
            document = with_checksum(document) if isinstance(document, dict) else document
        path.write_bytes(as_text(document))
    else:
        path.write_bytes(
            harmed_table(rng, path.read_bytes())
            if path.suffix == ".parquet"
            else harmed(rng, path.read_bytes())
        )
        part = json.loads((study / "parts/p.json").read_bytes()) if path.suffix == ".parquet" else None
        if part is not None and path.parent.name == "parts":
            part["sha256"][path.name.split(".")[1]] = hashlib.sha256(path.read_bytes()).hexdigest()
            (study / "parts/p.json").write_bytes(as_text(with_checksum(part)))
    what = rng.choice([
        ("ls",), ("show", "s"), ("show", "s", "sql=FROM runs"), ("verify", "s"), ("show", "s", "against=0"),
        ("show", "s", f"sql={rng.choice(SQL)}"), ("show", "s", "outcome=net_cost", "points=3"),
        ("export", "s", "format=csv", "table=monthly", "to=out.csv"), ("plot", "s", "to=p.svg"),
        ("export", "s", "format=csv", "table=runs", "to=out.csv", "decimal=,"), ("prune", "s"),
        ("prune", "s", "yes=true"),
        ("export", "s", "format=netcdf", "to=out.nc"), (rng.choice(["ls", "show", "export"]), value_of(rng)),
    ])  # fmt: skip
    if what[0] == "verify":
        with (
            contextlib.redirect_stderr(io.StringIO()),
            contextlib.redirect_stdout(io.StringIO()),
            watched(place),
        ):
            assert cli.main(["results", *what]) in (cli.DONE, cli.MISTAKE)
    else:
        asked(place, "results", *what)


SQL = [
    "COPY runs TO 'x.csv'", "FROM read_text('../outside/secret.yaml')", "FROM '../outside/secret.yaml'",
    "ATTACH 'x.db'", "SET lock_configuration=false", "INSTALL httpfs", "LOAD 'x'", "FROM glob('/*')",
    "EXPORT DATABASE 'x'", "SELECT getenv('SECRET')", "FROM read_csv('/etc/passwd')",
    "CREATE TABLE t AS FROM runs", "PRAGMA database_list", "SELECT 1; COPY runs TO 'x.csv'",
    "FROM duckdb_settings()", "FROM place", "SELECT * FROM sniff_csv('x')", "((((",
    "SELECT sum(unmet) FROM monthly", "CALL pragma_version()", "FROM parquet_scan('x')", "SELECT '\x00'",
    "VACUUM", "SET memory_limit='1TB'", "CHECKPOINT", "IMPORT DATABASE 'x'", "SELECT repeat('a', 100)",
    "DETACH memory",
]  # fmt: skip


def links(rng, place):
    place.cleared()
    parts = [
        "system=zwolle", "city=street", "a=phase_in:5,signalling:0.5,teams:1", "b=cut:0.2", "look=a",
        "names=a:x", "without=nothing", "view=compare", "tab=why", "against=2.5", "payer=all_payers",
        "measure=cost", "year=2018", "shown=city:2", "language=nl", "model=x",
    ]  # fmt: skip
    chosen = rng.sample(parts, rng.randint(0, 6))
    for _ in range(rng.randint(1, 3)):
        key = rng.choice(parts).partition("=")[0]
        value = rng.choice(
            [value_of(rng), f"phase_in:{value_of(rng)}", f"a:{value_of(rng)}", f"city:{value_of(rng)}"]
        )
        chosen.append(rng.choice([f"{key}={value}", garbled(rng, rng.choice(parts))]))
    link = "?" + "&".join(chosen)

    def reads():
        state = read_link(link)
        assert read_link(link_of(state)) == state

    read(place, reads, server_refusals())


def server_refusals():
    from scenarios.apps.dashboard.words import RefusedError

    return RefusedError


def messages(rng, place):
    place.cleared()
    os.environ["LANDINGSBAAN_MUNICIPALITIES"] = str(place.inside)
    figures = {"people.inhabitants": "24000", "wijken.number": "4", "people.households": 11_000}
    form = {"name": "Lutjedijk", "figures": figures}
    link = "?city=street&a=phase_in:5"
    kind, message = rng.choice([("own_form", form), ("own_save", form), ("link", link), ("tell", link)])
    message = rng.choice([several_altered(rng, message), odd(rng), message])
    sent = []

    async def send(kind, told):
        sent.append((kind, told))

    async def accept(*_):
        sent.append(("accepted", None))

    async def delivered():
        desk = Desk(None, send)
        desk._send_answers = desk._send_details = desk._tell = accept
        if kind == "own_form":
            sent.append(await desk.bring(partial(filled_in, message)))
        elif kind == "own_save":
            await desk.save(message)
        else:
            await (desk.ask(message) if kind == "link" else desk.want_story(message))
        await asyncio.sleep(0)

    with watched(place):
        asyncio.run(delivered())
    assert sent and SECRET not in str(sent)


def zips(rng, place):
    from scenarios.apps.dashboard.details import opened_run

    folder = place.cleared() / "run"
    shutil.copytree(place.originals / "few", folder)
    if rng.random() < 0.4:
        document = several_altered(rng, json.loads((folder / "run.json").read_bytes()))
        (folder / "run.json").write_bytes(
            as_text(with_checksum(document) if isinstance(document, dict) else document)
        )
    path, prefix = place.inside / "run.zip", rng.choice(["", "run/", "../", "/", "a/b/", "C:\\"])
    way = rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
    with zipfile.ZipFile(path, "w", way) as packed:
        for each in sorted(folder.iterdir()):
            if rng.random() < 0.99:
                packed.write(each, f"{prefix}{each.name}")
        if rng.random() < 0.2:
            with contextlib.suppress(ValueError, IndexError):  # a name that no zip can hold
                packed.writestr(f"{prefix}{value_of(rng)[:200]}", "x")
    if rng.random() < 0.7:
        path.write_bytes(harmed(rng, path.read_bytes()))
    before = files_of(place.inside)
    read(place, partial(opened_run, path), server_refusals())
    assert files_of(place.inside) == before


def parquet(rng, place):
    """Tables of a run whose author knows how to make its checksums right."""
    folder = place.cleared() / "run"
    shutil.copytree(place.originals / "few", folder)
    document = json.loads((folder / "run.json").read_bytes())
    spoil_table(rng, folder, document)
    (folder / "run.json").write_bytes(as_text(with_checksum(document)))

    def reads():
        run = open_run(folder)
        return [run.table(name) for name in run.tables]

    read(place, reads, ValueError)


KINDS = {each.__name__: each for each in (
    overrides, scenario_files, municipality_files, claim_files, run_folders, study_stores, links, messages,
    zips, parquet,
)}  # fmt: skip


# The drivers.


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A place to attack, with a small run and a small study to begin with; simulations end as they begin."""
    pytest.importorskip("shiny")
    whole = tmp_path_factory.mktemp("fuzzed")
    made = Place(whole / "inside", whole / "outside", whole / "originals")
    for folder in (made.inside, made.outside):
        folder.mkdir()
    (made.outside / "secret.yaml").write_text(f"name: {SECRET}\n", encoding="utf-8")
    small = tables(1)
    months, wijken = small["monthly"], small["wijken"]
    write_run(made.originals / "run", made=small)
    small["monthly"] = months[months["month"] < FIRST + 4].reset_index(drop=True)
    small["wijken"] = wijken[(wijken["year"] < 2012) & (wijken["wijk"] < 3)].reset_index(drop=True)
    few = open_run(write_run(made.originals / "few", made=small))
    write_study(made.originals / "results/studies/s", few)
    # These look for fonts and libraries of the machine by its programs, and store what they find.
    import matplotlib.font_manager  # noqa: F401

    with contextlib.suppress(ImportError, OSError):
        import weasyprint  # noqa: F401

    def taken(*_, **__):
        raise TakenError

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET", SECRET)
        patch.setenv("LANDINGSBAAN_MUNICIPALITIES", str(whole / "none"))
        patch.delenv("HYDRA_FULL_ERROR", raising=False)
        patch.setattr(resources, "DONE", type("Never", (), {"is_file": taken})())
        patch.setattr(Model, "__init__", taken)
        patch.setattr(publish, "site", taken)
        patch.setattr(server, "serve", taken)
        patch.chdir(made.inside)
        yield made


def tried(kind, rng, place):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANDINGSBAAN_MUNICIPALITIES", str(place.originals / "none"))
        patch.setenv(OWN_FOLDER, "")
        KINDS[kind](rng, place)


def check_inputs(kind, seeds, place):
    for seed in seeds:
        try:
            tried(kind, random.Random(seed), place)
        except BaseException as error:
            error.add_note(f"{kind}, Random({seed})")
            raise


@pytest.mark.parametrize("kind", KINDS)
def test_an_input_ends_in_a_result_or_in_one_sentence(kind, place):
    check_inputs(kind, range(FEW), place)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_inputs_end_in_a_result_or_in_one_sentence(kind, place):
    check_inputs(kind, range(MANY), place)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_inputs_that_hypothesis_makes_small_end_alike(kind, place):
    @settings(max_examples=50, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.randoms(use_true_random=False))
    def of_this_kind(rng):
        tried(kind, rng, place)

    of_this_kind()
