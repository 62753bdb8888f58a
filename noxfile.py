"""What a developer runs, by name: `nox -s fast`, `nox -s lint docs`, `nox --list`.

Sessions use the environment that nox itself is installed in (`pip install -c constraints.txt -e ".[dev]"`):
one environment, as `.ci/run` and the README have, and no minute of installing before each session.
"""

import sys

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "fast"]

TWO_WORKERS = ("-n", "2", "--dist", "loadfile")
# With the compiler off every line of a rule can be counted, in far more time: small worlds only.
UNCOMPILED = {"NUMBA_DISABLE_JIT": "1"}


def python(session: nox.Session, *words: str, env: dict[str, str] | None = None) -> None:
    """Run a module of the environment that nox is in."""
    session.run(sys.executable, "-m", *words, env=env, external=True)


@nox.session
def fast(session: nox.Session) -> None:
    """Run the unit tests: under a minute on two cores."""
    python(session, "pytest", "-q", "-m", "unit", *TWO_WORKERS, *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run every test but the slow ones, as the README's line does."""
    python(session, "pytest", "-q", *TWO_WORKERS, *session.posargs)


@nox.session
def slow(session: nox.Session) -> None:
    """Run the large versions of tests, before a release or a change of the store, of engines or of claims."""
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
    """Measure speed and memory beside other frameworks (extra `benchmarks`)."""
    python(session, "benchmarks", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure which lines of `agents` and `simulation` are tested; 90% at least.

    Rules are counted with the compiler off, what is made of their tables by the unit tests with it on.
    """
    tests_of_rules = ("pytest", "-q", "-m", "uncompiled", *session.posargs)
    python(session, "coverage", "run", "-m", *tests_of_rules, env=UNCOMPILED)
    unit_tests = ("pytest", "-q", "-m", "unit", *session.posargs)
    python(session, "coverage", "run", "--append", "-m", *unit_tests)
    python(session, "coverage", "report")
