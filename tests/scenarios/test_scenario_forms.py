"""Hostile and mistaken scenario files: refused with file and line, and nothing in them runs."""

import shutil

import pytest

from scenarios import cli
from scenarios.config import overrides, schema
from scenarios.runs import scenario

GOOD = """\
slug: oss
title: Oss
municipality: oss
sources: [S4]
changes:
  wijkteam.years_early: {value: 1.0, source: S4}
particulars:
  - {en: pilots, nl: proeven, source: S4, levers: [wijkteam.years_early]}
not_represented:
  - {en: the rest, nl: de rest}
"""
BOMB = "slug: &a [x, x]\ntitle: &b [*a, *a]\nmunicipality: [*b, *b]\n"


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Work on a copy of conf/."""
    copy = tmp_path / "conf"
    shutil.copytree(schema.CONFIGURATION_FOLDER, copy)
    for module in (schema, overrides, scenario):
        monkeypatch.setattr(module, "CONFIGURATION_FOLDER", copy)
    return copy


def refused(capsys, *words: str) -> str:
    """Return the sentence with which a run is refused with exit code 2."""
    assert cli.main(["run", "--cfg", "job", *words]) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and "Traceback" not in told.err
    return told.err


def test_a_new_file_is_seen_at_once(folder):
    before = schema.group_options()
    assert schema.group_options() is before
    (folder / "system" / "lutjedijk.yaml").write_text(GOOD)
    assert schema.group_options()["system"] == tuple(sorted([*before["system"], "lutjedijk"]))


def test_a_good_file_is_read(folder, capsys):
    (folder / "system" / "oss.yaml").write_text(GOOD)
    assert cli.main(["run", "--cfg", "job", "system=oss"]) == 0
    assert "years_early: 1.0" in capsys.readouterr().out


@pytest.mark.parametrize(
    "old, new, line, part",
    [
        ("title: Oss", "titel: Oss", 2, "did you mean title"),
        (", source: S4}\npart", "}\npart", 6, "source is missing"),
        ("source: S4}\npart", "source: S9}\npart", 6, "source S9"),
        ("{value: 1.0, source: S4}", "1.0", 6, "names with values"),
        ("value: 1.0", "value: 99.0", 6, "outside the allowed range"),
        ("  wijkteam.years_early: {", "  wijkteam.years_erly: {", 6, "did you mean wijkteam.years_early"),
        ("levers: [wijkteam.years_early]", "levers: [wijkteam.count]", 8, "wijkteam.count"),
        ("title: Oss", "_target_: os.system", 2, "_target_"),
        ("value: 1.0", "_target_: os.system, value: 1.0", 6, "_target_"),
        ("title: Oss", "title: ${oc.env:HOME}", 2, "interpolation"),
        ("title: Oss", "title: !!python/object/apply:os.system [ls]", 2, "tag"),
        ("title: Oss", "title: !!python/name:os.system", 2, "tag"),
        ("title: Oss", "title: Oss\ndefaults: [override hydra/launcher: x]", 3, "defaults"),
        ("title: Oss", "title: Oss\nhydra: {run: {dir: elsewhere}}", 3, "hydra"),
        ("title: Oss", "title: Oss\ntitle: Oss", 3, "twice"),
        ("slug: oss", "# @package hydra\nslug: oss", 1, "@package"),
        ("sources: [S4]", "sources: [S4", 5, ""),
        ("title: Oss", "title: Oss\n<<: {slug: x}", 3, "merge"),
        ("title: Oss", "title: " + "[" * 500 + "]" * 500, 2, "deeper"),
    ],
)
def test_a_bad_system_is_refused_with_file_and_line(folder, capsys, old, new, line, part):
    assert GOOD.count(old) == 1
    (folder / "system" / "oss.yaml").write_text(GOOD.replace(old, new))
    sentence = refused(capsys, "system=oss")
    assert f"conf/system/oss.yaml, line {line}: " in sentence and part in sentence


def test_a_bomb_of_aliases_is_refused_before_it_grows(folder, capsys):
    (folder / "system" / "oss.yaml").write_text(BOMB)
    assert "conf/system/oss.yaml, line 1: anchors" in refused(capsys, "system=oss")


@pytest.mark.parametrize("group", ["system", "policy", "landing", "steering", "municipality"])
@pytest.mark.parametrize(
    "text, part",
    [
        ("nonsense: 1", "nonsense: no such key"),
        ("_target_: os.system", "_target_ is not allowed"),
        ("slug: ${oc.env:PATH}", "interpolation"),
        ("slug: !!python/object/apply:os.getcwd []", "tag"),
        ("slug: &x 1", "anchors"),
        ("- a list", "expected names with values"),
        ("", "empty"),
    ],
)
def test_no_kind_of_scenario_file_can_hold_more_than_plain_values(folder, capsys, group, text, part):
    member = schema.group_options()[group][0]
    (folder / group / f"{member}.yaml").write_text(text)
    sentence = refused(capsys, f"{group}={member}")
    assert f"conf/{group}/{member}.yaml, line 1: " in sentence and part in sentence


def test_a_policy_without_a_source_is_refused(folder, capsys):
    (folder / "policy" / "reference.yaml").write_text("name: x\ntitle: x\n")
    assert "conf/policy/reference.yaml, line 1: source is missing" in refused(capsys, "policy=reference")


def test_a_policy_with_an_unknown_lever_is_refused_with_its_line(folder, capsys):
    text = "name: x\ntitle: x\nsource: x\nchanges:\n  wijkteam.cout: 3\n"
    (folder / "policy" / "reference.yaml").write_text(text)
    sentence = refused(capsys, "policy=reference")
    assert "reference.yaml, line 5: " in sentence and "did you mean wijkteam.count" in sentence


def test_a_change_on_the_command_line_needs_a_source_too(capsys):
    assert "source is missing" in refused(capsys, "system.changes={wijkteam.counters:{value:2}}")
