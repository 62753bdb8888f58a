"""A page that a study wrote may be old; it says so under its title."""

import pytest

from scenarios.common.errors import ConfigurationError
from scenarios.common.installation import DOCS
from scenarios.common.result_version import RESULT_VERSION
from scenarios.reproducibility.stale_pages import PAGES, mark, marked, versions, wrong_pages

NOW, OLD, OLDER = "0" * 12, "a" * 12, "b" * 12


def page(*made_with):
    made = "\n".join(f"1 run; result version {each}." for each in made_with)
    return f"# Title\n\nWritten by hand.\n\n{made}\n"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_another_result_version_made_says_so_under_its_title(name):
    text = (DOCS / name).read_text(encoding="utf-8")
    assert versions(text)
    assert text == marked(name, text), "run python -m scenarios.reproducibility.stale_pages mark"
    if set(versions(text)) != {RESULT_VERSION}:
        assert text.splitlines()[2].startswith(("> This page is out of date", "> Deze pagina is verouderd"))


def test_every_page_that_a_command_writes_beside_the_current_ones_is_watched():
    marks = (
        "Written by `landingsbaan",
        "Geschreven door `landingsbaan",
        "<!-- answers -->",
    )  # the last of a page written in part
    written = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")
               if any(each in path.read_text(encoding="utf-8") for each in marks)}  # fmt: skip
    assert written - {"parameters.md", "systems.md"} == set(PAGES)


def test_a_current_page_has_no_notice_and_loses_an_old_one():
    assert marked("validation.md", page(NOW), NOW) == page(NOW)
    old = marked("validation.md", page(OLD), NOW)
    assert f"result version `{OLD}`" in old and "`landingsbaan validate`" in old
    assert marked("validation.md", old, OLD) == page(OLD)


def test_a_notice_names_every_old_version_and_is_put_once():
    text = marked("sensitivity.md", page(OLD, NOW, OLDER), NOW)
    assert f"`{OLD}` and `{OLDER}`" in text
    assert marked("sensitivity.md", text, NOW) == text
    assert versions(text) == (OLD, NOW, OLDER)


def test_a_page_that_names_no_version_is_refused():
    with pytest.raises(ConfigurationError, match="does not name the result version"):
        marked("claims.md", "# Title\n\nNothing.\n", NOW)


def test_pages_of_a_folder_are_found_and_marked(tmp_path):
    for name in PAGES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(page(OLD), encoding="utf-8")
    assert wrong_pages(tmp_path, OLD) == []
    assert wrong_pages(tmp_path, NOW) == mark(tmp_path, NOW) == list(PAGES)
    assert wrong_pages(tmp_path, NOW) == []
    assert "verouderd" in (tmp_path / "phase_in_nl.md").read_text(encoding="utf-8")
