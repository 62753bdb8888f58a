"""The container file follows rules that hadolint checks, which cannot be installed from PyPI."""

import json
import re
import shlex
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "Containerfile").read_text(encoding="utf-8")
INSTRUCTIONS = [
    tuple(line.split(maxsplit=1))
    for line in re.sub(r"\\\n\s*", "", re.sub(r"^\s*#.*\n", "", TEXT, flags=re.M)).splitlines()
    if line.strip()
]


def arguments_of(name):
    """Return the arguments of every instruction of a name, in order."""
    return [rest for instruction, rest in INSTRUCTIONS if instruction == name]


def stages():
    """Return the instructions of every stage by its name."""
    found = {}
    for instruction, rest in INSTRUCTIONS:
        if instruction == "FROM":
            base, _, name = rest.split()
            found[name] = list(found.get(base, []))
        found[name].append((instruction, rest))
    return found


def test_instructions_are_known_and_no_stage_is_without_a_name():
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "ENTRYPOINT", "CMD", "HEALTHCHECK", "EXPOSE"}
    assert {name for name, _ in INSTRUCTIONS} <= known
    assert all(re.fullmatch(r"\S+ AS [a-z]+", rest) for rest in arguments_of("FROM"))


def test_every_image_from_elsewhere_has_a_tag_that_is_not_latest():
    bases = {rest.split()[0] for rest in arguments_of("FROM")} - set(stages())
    assert bases == {"docker.io/library/python:3.12-slim"}


def test_what_runs_is_no_root_user():
    for name in ("commands", "dashboard"):
        users = [rest for instruction, rest in stages()[name] if instruction == "USER"]
        assert users and users[-1] not in ("0", "root")
        after = [each for each in stages()[name][stages()[name].index(("USER", users[-1])) :]]
        assert not [each for each in after if each[0] in ("RUN", "COPY")]


def test_folders_are_absolute_and_nothing_is_changed_by_cd_or_sudo():
    assert all(rest.startswith("/") for rest in arguments_of("WORKDIR"))
    words = [shlex.split(part)[0] for rest in arguments_of("RUN") for part in re.split(r"&&|;|\|", rest)]
    assert not {"cd", "sudo", "wget", "curl", "ssh", "vim", "kill"} & set(words)


def test_packages_are_installed_without_leftovers_and_without_questions():
    (apt,) = [rest for rest in arguments_of("RUN") if "apt-get" in rest]
    assert "apt-get update && apt-get install -y --no-install-recommends" in re.sub(r"\s+", " ", apt)
    assert apt.endswith("rm -rf /var/lib/apt/lists/*") and "apt-get upgrade" not in apt
    installs = re.findall(r"pip (?:install|wheel) ([^&]+)", "\n".join(arguments_of("RUN")))
    assert len(installs) == 3 and all("--no-cache-dir" in each for each in installs)


def test_everything_from_a_registry_is_compared_with_a_hash():
    installs = re.findall(r"pip install ([^&]+)", "\n".join(arguments_of("RUN")))
    assert all("--require-hashes" in each or "--no-deps --no-index" in each for each in installs)


def test_commands_are_lists_of_words_and_a_stage_has_one():
    for stage in stages().values():
        for kind in ("CMD", "ENTRYPOINT", "HEALTHCHECK"):
            assert len([rest for name, rest in stage if name == kind]) <= 1
    for rest in (*arguments_of("CMD"), *arguments_of("ENTRYPOINT")):
        assert all(isinstance(word, str) for word in json.loads(rest))


def test_the_dashboard_has_a_health_check_that_asks_its_own_port():
    (check,) = [rest for rest in arguments_of("HEALTHCHECK") if rest != "NONE"]
    words = json.loads(check.partition("CMD ")[2])
    (port,) = arguments_of("EXPOSE")
    assert words[:2] == ["python", "-c"] and f"http://127.0.0.1:{port}/" in words[2]
    compile(words[2], "health check", "exec")
    serve = next(json.loads(rest) for name, rest in reversed(stages()["dashboard"]) if name == "CMD")
    assert serve == ["serve", "host=0.0.0.0", f"port={port}"]


def test_only_what_the_wheel_needs_reaches_the_build():
    lines = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines
    allowed = {line[1:] for line in lines if line.startswith("!")}
    assert all((ROOT / name).exists() for name in allowed)
    assert {"pyproject.toml", "requirements.txt", "README.md", "LICENSE"} <= allowed
    assert not {"tests", ".git", "results"} & allowed
