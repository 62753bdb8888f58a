"""Headline numbers of every version: recorded once per version, and read back."""

import json

import pytest

from scenarios.common.errors import ConfigurationError
from scenarios.studies import tracking


@pytest.fixture
def somewhere(tmp_path, monkeypatch):
    """Files of its own."""
    monkeypatch.setattr(tracking, "FILE", tmp_path / "headlines.json")
    monkeypatch.setattr(tracking, "PAGE", tmp_path / "tracking.md")
    return tmp_path


def test_a_version_is_recorded_once_and_an_older_one_stays(somewhere, monkeypatch):
    monkeypatch.setattr(tracking, "version", lambda name: "0.1.0")
    tracking.record("validation", {"targets hit": 10})
    monkeypatch.setattr(tracking, "version", lambda name: "0.2.0")
    tracking.record("validation", {"targets hit": 12})
    tracking.record("validation", {"targets hit": 13, "missed": 2})
    text = (somewhere / "tracking.md").read_text(encoding="utf-8")
    assert "| | 0.1.0+ | 0.2.0+ |" in text
    assert "| targets hit | 10 | 13 |" in text and "| missed | - | 2 |" in text
    entries = json.loads((somewhere / "headlines.json").read_text(encoding="utf-8"))["entries"]
    assert [each["numbers"]["targets hit"] for each in entries] == ["10", "13"]


def test_a_damaged_file_is_refused_and_left_as_it_is(somewhere):
    (somewhere / "headlines.json").write_text('{"entries": [{"version": 3}]}', encoding="utf-8")
    with pytest.raises(ConfigurationError):
        tracking.record("validation", {})
    assert not (somewhere / "tracking.md").exists()


def test_a_folder_that_holds_no_run_is_refused_in_one_sentence(somewhere, tmp_path, capsys):
    assert tracking.main([str(tmp_path)]) == 2 and tracking.main([]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2 and not tracking.FILE.exists()


def test_the_committed_page_shows_the_committed_numbers():
    if tracking.FILE.is_file():
        assert tracking.PAGE.read_text(encoding="utf-8") == tracking.page(tracking._read())
