"""Sessions for developers: `nox -s fast`, `nox -s lint docs`, `nox --list`.

Sessions use the environment that nox is installed in (`pip install -c constraints.txt -e ".[dev]"`), as
`.ci/run` and the README do, so that nothing is installed before each session. Release sessions, at the end,
create their own environments.
"""

import json
import re
import shutil
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "fast"]
# A release runs several sessions; if one fails, nothing is tagged.
nox.options.stop_on_first_error = True

TWO_WORKERS = ("-n", "2", "--dist", "loadfile")
# Coverage of rules needs the compiler off, which is slow: small worlds only.
UNCOMPILED = {"NUMBA_DISABLE_JIT": "1"}


def python(session: nox.Session, *words: str, env: dict[str, str] | None = None) -> None:
    """Run a Python module in the environment of nox."""
    session.run(sys.executable, "-m", *words, env=env, external=True)


@nox.session
def fast(session: nox.Session) -> None:
    """Run the unit tests: under a minute on two cores."""
    python(session, "pytest", "-q", "-m", "unit", *TWO_WORKERS, *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run every test except the slow ones, as in the README."""
    python(session, "pytest", "-q", *TWO_WORKERS, *session.posargs)


@nox.session
def slow(session: nox.Session) -> None:
    """Run the slow tests, before a release or a change of the store, engines or claims."""
    python(session, "pytest", "-q", "-m", "slow", *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Run the tests that open pages in Chromium; screenshots go to build/screenshots."""
    python(session, "pytest", "-q", "-m", "browser and not slow", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, spelling and types."""
    python(session, "ruff", "check", ".")
    python(session, "ruff", "format", "--check", ".")
    python(session, "codespell_lib")
    python(session, "mypy")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site of docs/ in site/; a warning is an error."""
    python(session, "sphinx", "-W", "--keep-going", "-j", "2", "docs", "site")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed and memory, compared with other frameworks (extra `benchmarks`)."""
    python(session, "benchmarks", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure the line coverage of `agents` and `simulation`; at least 90% is required.

    Rules are measured with the compiler off, other code by the unit tests with the compiler on.
    """
    tests_of_rules = ("pytest", "-q", "-m", "uncompiled", *session.posargs)
    python(session, "coverage", "run", "-m", *tests_of_rules, env=UNCOMPILED)
    unit_tests = ("pytest", "-q", "-m", "unit", *session.posargs)
    python(session, "coverage", "run", "--append", "-m", *unit_tests)
    python(session, "coverage", "report")


@nox.session
def mutants(session: nox.Session) -> None:
    """Run mutation tests: change rules one by one, check that a test fails, write `benchmarks/mutants.md`."""
    python(session, "benchmarks.mutants", *session.posargs, env=UNCOMPILED)


# Releases.

# Each session has its own environment with these versions of its tools, so that a release does not depend on
# what a developer has installed.
BUILD, TWINE, UV = "build==1.6.1", "twine==7.0.0", "uv==0.13.9"
CYCLONEDX, PIP_LICENSES, PIP_AUDIT = "cyclonedx-bom==7.5.0", "pip-licenses==5.5.5", "pip-audit==2.10.1"
BUMP = "bump-my-version==1.8.1"
ROOT = Path(__file__).resolve().parent
DIST, LOCKED, LICENCES = ROOT / "dist", "requirements.txt", "docs/licences.md"
LOCKED_HEAD = """\
# What the container installs: the runtime with the extras `report` and `dashboard`, with hashes.
# Written by `nox -s lock` from pyproject.toml and constraints.txt; do not edit by hand.
# pip install --require-hashes -r requirements.txt && pip install --no-deps landingsbaan-*.whl
"""
LICENCES_HEAD = """\
# Licences of what the project installs

Written by `nox -s licences`; do not edit by hand. These packages are installed with the project and its
extras `report` and `dashboard`, at the versions of `requirements.txt`. None is under the GNU General Public
License alone: where it stands in the table, another licence may be chosen.

"""
SMOKE = (
    ("--version",),
    ("systems",),
    ("check", str(ROOT / "examples" / "own_files")),
    ("run", "municipality=street", "replication.count=1", "output.figures=false", "processes=1"),
)


@nox.session(venv_backend="venv")
def lock(session: nox.Session) -> None:
    """Write `requirements.txt`: the versions of `constraints.txt` with the hashes of their files."""
    session.install(UV)
    made = Path(session.create_tmp()) / LOCKED
    options = (
        "--extra",
        "report",
        "--extra",
        "dashboard",
        "-c",
        "constraints.txt",
        "--python-version",
        "3.11",
    )
    forms = ("--generate-hashes", "--universal", "--no-annotate", "--no-header", "--quiet")
    session.run("uv", "pip", "compile", "pyproject.toml", *options, *forms, "-o", str(made))
    (ROOT / LOCKED).write_text(LOCKED_HEAD + made.read_text("utf-8"), "utf-8")


@nox.session(venv_backend="venv")
def package(session: nox.Session) -> None:
    """Build wheel and sdist in `dist/`; install each in a clean environment, and run it in another folder."""
    session.install(BUILD, TWINE, UV)
    shutil.rmtree(DIST, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(DIST), str(ROOT))
    made = sorted(DIST.iterdir())
    session.run("twine", "check", "--strict", *map(str, made))
    elsewhere = Path(session.create_tmp()).resolve() / "elders é met spatie"
    elsewhere.mkdir(exist_ok=True)
    for each in made:
        programs = clean_environment(session, each)
        with session.chdir(elsewhere):
            for words in SMOKE:
                session.run(str(programs / "landingsbaan"), *words, external=True, silent=True)


@nox.session(venv_backend="venv")
def sbom(session: nox.Session) -> None:
    """Write `dist/sbom.cdx.json`: what the wheel in `dist/` installs, as a CycloneDX bill of materials."""
    session.install(CYCLONEDX, UV)
    programs = clean_environment(session, wheel_of(session))
    session.run(
        "cyclonedx-py", "environment", str(programs / "python"), "--pyproject", str(ROOT / "pyproject.toml"),
        "--output-reproducible", "--of", "JSON", "-o", str(DIST / "sbom.cdx.json"),
    )  # fmt: skip


@nox.session(venv_backend="venv")
def licences(session: nox.Session) -> None:
    """Write `docs/licences.md`; refuse a package that may be used under the GPL alone."""
    session.install(PIP_LICENSES, UV)
    programs = clean_environment(session, wheel_of(session))
    words = ("--python", str(programs / "python"), "--from=mixed", "--order=name")
    words += ("--ignore-packages", "landingsbaan")
    listed = session.run("pip-licenses", *words, "--format=json", silent=True)
    only = [each["Name"] for each in json.loads(str(listed)) if is_gpl_only(each["License"])]
    if only:
        session.error(f"under the GPL alone: {', '.join(only)}")
    table = session.run("pip-licenses", *words, "--format=markdown", silent=True)
    (ROOT / LICENCES).write_text(f"{LICENCES_HEAD}{str(table).strip()}\n", "utf-8")


@nox.session(venv_backend="venv")
def audit(session: nox.Session) -> None:
    """Look up known vulnerabilities of `requirements.txt`; needs access to the service of pip-audit."""
    session.install(PIP_AUDIT)
    session.run("pip-audit", "-r", LOCKED, "--require-hashes", "--disable-pip", *session.posargs)


@nox.session(venv_backend="venv")
def release(session: nox.Session) -> None:
    """Make a release: `nox -s release -- 0.2.0`. Version, changelog, package, SBOM, licences, commit, tag.

    It commits only after all steps have passed, and pushes or uploads nothing.
    """
    if len(session.posargs) != 1 or not re.fullmatch(r"\d+\.\d+\.\d+", session.posargs[0]):
        session.error("expected one version, as nox -s release -- 0.2.0")
    version = session.posargs[0]
    if session.run("git", "status", "--porcelain", external=True, silent=True):
        session.error("expected a clean work tree; commit or remove what git status shows")
    python(session, "scenarios.reproducibility.probe", "check")
    session.install(BUMP)
    session.run("bump-my-version", "bump", "--new-version", version)
    for step in ("package", "sbom", "licences", "tag"):
        session.notify(step, posargs=[version])


@nox.session
def tag(session: nox.Session) -> None:
    """Commit and tag a release; run by the session `release` after the checks, not by itself."""
    (version,) = session.posargs
    changed = str(session.run("git", "diff", "--name-only", external=True, silent=True)).split()
    if not {"pyproject.toml", "CITATION.cff", "CHANGELOG.md"} <= set(changed) or not DIST.is_dir():
        session.error("expected a version that nox -s release wrote and packaged")
    made = sorted(each.name for each in DIST.iterdir())
    if not any(each.startswith(f"landingsbaan-{version}") for each in made):
        session.error(f"dist/ has {', '.join(made)}, expected version {version}")
    message = section_of((ROOT / "CHANGELOG.md").read_text("utf-8"), version)
    session.run("git", "commit", "-q", "-m", f"release: {version}", "--", *changed, external=True)
    words = ("-a", f"v{version}", "--cleanup=whitespace", "-m", f"landingsbaan {version}\n\n{message}")
    session.run("git", "tag", *words, external=True)
    session.log(f"tagged v{version}; dist/ has {', '.join(made)}; push the branch and the tag yourself")


def clean_environment(session: nox.Session, made: Path) -> Path:
    """Return the folder of programs of a new environment with a package and its hash-checked dependencies."""
    place = Path(session.create_tmp()).resolve() / made.name
    session.run("uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(place))
    programs = place / ("Scripts" if sys.platform == "win32" else "bin")
    install = ("uv", "pip", "install", "--quiet", "--python", str(programs / "python"))
    session.run(*install, "--require-hashes", "-r", str(ROOT / LOCKED))
    session.run(*install, "--no-deps", str(made))
    return programs


def wheel_of(session: nox.Session) -> Path:
    """Return the wheel in `dist/`."""
    wheels = sorted(DIST.glob("*.whl"))
    if len(wheels) != 1:
        session.error(f"dist/ has {len(wheels)} wheels, expected one; run nox -s package first")
    return wheels[0]


def is_gpl_only(licence: str) -> bool:
    """Return whether every licence choice is the GPL; `;`, `,` and `OR` separate choices.

    >>> is_gpl_only("GPL-3.0-only"), is_gpl_only("GPLv2+; LGPLv2+; MPL 1.1"), is_gpl_only("MIT AND GPL-3.0")
    (True, False, True)
    """
    choices = re.split(r";|,| OR ", licence.replace("Lesser General Public", "LGPL"))
    return all(re.search(r"\bA?GPL|General Public", each) for each in choices)


def section_of(changelog: str, version: str) -> str:
    """Return the section of a version in a changelog."""
    found = re.search(rf"^## {re.escape(version)} - .*?$(.*?)(?=^## |\Z)", changelog, flags=re.M | re.S)
    if found is None:
        raise ValueError(f"CHANGELOG.md has no section {version}")
    return found[1].strip()
