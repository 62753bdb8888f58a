"""`landingsbaan check`: files of one's own are told right or wrong, with file and line, and only read."""

import json
import os
import re
import shlex
import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from scenarios.analysis.claims.claim import claims_called
from scenarios.analysis.editor_schema import schemas
from scenarios.analysis.own_files import KINDS, checked
from scenarios.cli import DONE, MISTAKE, main
from scenarios.common.errors import ConfigurationError
from scenarios.config.schema import CONFIGURATION_FOLDER, NEUTRAL_SYSTEM, OWN_FOLDER, RESERVED

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "own_files"
POLICY, SYSTEM = "policy/more_outreach.yaml", "system/lutjedijk_teams.yaml"
MUNICIPALITY, CLAIM = "municipality/lutjedijk.yaml", "claim/X01.yaml"
# What is written instead of what, on which line that is told, in which words; and whether an editor sees it.
WRONG = [
    (POLICY, "wijkteam.outreach_share: 0.1", "wijkteam.outreach_shares: 0.1", 9, "did you mean", True),
    (POLICY, "wijkteam.outreach_share: 0.1", "wijkteam.outreach_share: 1.5", 9, "outside the allowed", True),
    (POLICY, "wijkteam.outreach_share: 0.1", "wijkteam.outreach_share: much", 9, "expected a number", True),
    (POLICY, "wijkteam.outreach_share: 0.1", "household.scar: 0.1", 9, "not a lever", True),
    (POLICY, "title: more outreach", "titel: more outreach", 3, "did you mean title", True),
    (POLICY, "title: more outreach", "title: [more, outreach]", 3, "expected a text", True),
    (POLICY, "title: more outreach", "title: costs $5", 3, "without $", True),
    (POLICY, "name: more_outreach", "name: more", 2, "as the file is called", False),
    (POLICY, "source: assumed", "start: 2015-13", 2, "source is missing", True),
    (POLICY, "about: ", "start: 2015-13\nabout: ", 6, "policy.start", False),
    (POLICY, "changes:", "protected: perhaps\nchanges:", 8, "expected true or false", True),
    (SYSTEM, "municipality: lutjedijk", "municipality: lutjedyk", 5, "did you mean lutjedijk", False),
    (SYSTEM, "sources: [S3]", "sources: [S9]", 6, "expected some of S0", True),
    (
        SYSTEM,
        "{value: 0.7, source: assumed}",
        "{value: 0.7}",
        8,
        "changes.wijkteam.autonomy.source is missing; expected names with "
        "values, as {value: 0.7, source: assumed}",
        True,
    ),
    (
        SYSTEM,
        "{value: 0.7, source: assumed}",
        "1.2",
        8,
        "wijkteam.autonomy: expected names with values, as {value: 1.2, source: assumed}",
        True,
    ),
    (SYSTEM, "{value: 0.7, source: assumed}", "{value: '0,7', source: assumed}", 8, "write a decimal", True),
    (POLICY, "changes:\n  wijkteam.outreach_share: 0.1", "protected: true", 1, "changes nothing", False),
    (POLICY, "outreach_share: 0.1", "outreach_share: 0,1", 9, "write a decimal point and no thous", True),
    (POLICY, "outreach_share: 0.1", "outreach_share: 8.000", 9, "no thousands separator", True),
    (MUNICIPALITY, "inhabitants: 24000", "inhabitants: 24 000", 6, "no thousands separator", True),
    (MUNICIPALITY, "inhabitants: 24000", "inhabitants: 24.000", 6, "no thousands separator", True),
    (CLAIM, "equivalence_margin: 0.5", "equivalence_margin: 0,5", 19, "write a decimal point", True),
    (CLAIM, "    arm: double", "    arm: dubble", 17, "dubble: no such arm; did you mean double", False),
    (SYSTEM, "{value: 0.7, source: assumed}", "{value: 7, source: assumed}", 8, "outside", True),
    (SYSTEM, "levers: [wijkteam.autonomy]", "levers: [wijkteam.count]", 13, "no lever that this", False),
    (MUNICIPALITY, "inhabitants: 24000", "inhabitants: 24", 6, "200 to 2,000,000", True),
    (MUNICIPALITY, "number: 5", "number: 1", 12, "more teams than wijken", False),
    (MUNICIPALITY, "slug: lutjedijk", "slug: lutje", 2, "as the file is called", False),
    (CLAIM, "social_base_eur_per_inhabitant", "social_base_eur", 12, "did you mean", True),
    (CLAIM, "measure: overburdened_carers", "measure: carers", 16, "no such measure", True),
    (CLAIM, "sign: less", "sign: fewer", 18, "expected more, less, none", True),
    (CLAIM, "id: X01", "id: X02", 2, "expected X01", False),
    (CLAIM, "horizon_years: 10", f"horizon_years: {'9' * 400}", 7, "expected a number", True),
    (CLAIM, "equivalence_margin: 0.5", "equivalence_margin: .nan", 19, "expected a number", False),
    (CLAIM, "horizon_years: 10", "horizon_years: 100", 7, "expected 1 to 15", True),
    (SYSTEM, "title: ", f"title: {'a' * 121}", 3, "one line of at most 120 characters", True),
    (SYSTEM, "title: Lutjedijk, teams that decide themselves", r'title: "two\nlines"', 3, "one line", False),
    (MUNICIPALITY, "name: ", "name: costs $5 ", 3, "one line of at most 120 characters", False),
    (CLAIM, "en: ", f"en: {'a' * 121}", 4, "one line of at most 120 characters", False),
]
# The same for text that is no YAML, which no editor can hold against a schema.
NO_FORM = [
    ("title: more outreach\n", "title\n", 3, "title: a colon is missing"),
    ("name: more_outreach\n", "name more_outreach\n", 2, "name more_outreach: a colon is missing"),
    ("title: more outreach\n", "title: costs: high\n", 3, "put the text in quotes"),
    ("title: more outreach\n", "title: @more\n", 3, "put the text in quotes"),
    ("  wijkteam.outreach_share", "\twijkteam.outreach_share", 9, "use spaces, no tab"),
    ("title: more outreach\n", "  title: more outreach\n", 3, "further to the right than the line above"),
]
# Wherever it stands, it is refused before anything is made of it.
HOSTILE = [
    ("x: !!python/object/apply:os.system ['touch pwned']", "plain data"),
    ("x: ${oc.env:HOME}", "interpolations"),
    ("_target_: os.system", "nothing in a scenario file is executed"),
    ("defaults: [/policy/reference]", "no such key"),
    ("x: &a [1]\ny: [*a, *a]", "anchors"),
    ("# @package _global_", "@package"),
    ("x: " + "[" * 40 + "]" * 40, "nested deeper"),
    ('"\\e[2J": 1', r"without the sign \x1b"),
    ('x: "\\uD800"', r"without the sign \ud800"),
    ('x: "\\0"', r"without the sign \x00"),
    ('x: "\\u202E"', r"without the sign \u202e"),
    ("? [a, b]\n: 1", "a name must be a word, got a list"),
    ("? {a: b}\n: 1", "a name must be a word, got names"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the example, in an empty working folder."""
    copied = tmp_path / "files, één's"
    shutil.copytree(EXAMPLE, copied)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    return copied


def content_of(folder):
    """Return every file of a folder with its bytes."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_example_is_right_and_says_how_to_use_it(folder, capsys):
    before = content_of(folder)
    assert main(["check", str(folder)]) == DONE
    said = capsys.readouterr().out
    assert all(name in said for name in (POLICY, SYSTEM, MUNICIPALITY, CLAIM))
    assert "4 of 4 files can be used; try: landingsbaan run policy=more_outreach --config-dir=" in said
    assert content_of(folder) == before and not list(Path.cwd().iterdir())


def test_the_check_is_told_in_dutch(folder, capsys):
    assert main(["check", str(folder), "language=nl"]) == DONE
    said = capsys.readouterr().out
    assert "4 van 4 bestanden zijn bruikbaar" in said and "meer outreach" in said


@pytest.mark.parametrize(("name", "old", "new", "line", "words", "in_editor"), WRONG)
def test_a_mistake_is_told_with_file_and_line(folder, name, old, new, line, words, in_editor, capsys):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert main(["check", str(folder)]) == MISTAKE
    said = capsys.readouterr()
    first = (said.out + said.err).splitlines()[0].removeprefix("landingsbaan: ")
    assert first.startswith(f"{path}, line {line}: ") and words in first
    schema = schemas()[path.parent.name]
    wrong = list(jsonschema.Draft7Validator(schema).iter_errors(yaml.safe_load(path.read_text("utf-8"))))
    assert bool(wrong) == in_editor


@pytest.mark.parametrize(("old", "new", "line", "words"), NO_FORM)
def test_a_mistake_in_the_form_is_told_with_its_line_and_what_to_do(folder, old, new, line, words):
    path = folder / POLICY
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (told,) = checked(folder)[1]
    assert told.startswith(f"{path}, line {line}: ") and words in told


def test_a_policy_that_changes_nothing_does_not_run(folder, capsys):
    path = folder / POLICY
    path.write_text(path.read_text("utf-8").partition("changes:")[0], encoding="utf-8")
    assert main(["run", "--cfg", "job", "policy=more_outreach", f"--config-dir={folder}"]) == MISTAKE
    assert "the policy changes nothing" in capsys.readouterr().err


def test_a_file_instead_of_a_folder_is_called_a_file(folder, capsys):
    assert main(["check", str(folder / POLICY)]) == MISTAKE
    assert "more_outreach.yaml: a file, expected the folder" in capsys.readouterr().err


@pytest.mark.parametrize("name", [POLICY, SYSTEM, MUNICIPALITY, CLAIM])
@pytest.mark.parametrize(("text", "words"), HOSTILE)
def test_what_is_no_plain_data_is_refused_with_file_and_line(folder, name, text, words):
    if "@package" in text and name in (MUNICIPALITY, CLAIM):
        pytest.skip("Hydra does not read these files: to us it is a comment")
    path = folder / name
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    _, wrong = checked(folder)
    assert len(wrong) == 1 and wrong[0].startswith(f"{path}, line ") and words in wrong[0]
    assert wrong[0].isprintable() and not list(Path.cwd().iterdir())


@pytest.mark.parametrize(
    "value, words",
    [("{[a]: 1}", "a name must be a word"), ("{? {a: 1} : 2}", "a name must be a word"),
     ("0x" + "f" * 5000, "in plain decimals"), ("0b" + "1" * 20_000, "in plain decimals"),
     ("1:" * 3000 + "1", "in plain decimals"), ("9" * 3500, "a number this large"),
     ("9" * 20_000, "cannot be read"),
     ("0x1f", "in plain decimals"), ("1:30", "in plain decimals"), ("012", "in plain decimals")],
)  # fmt: skip
def test_a_value_that_python_chokes_on_is_refused_with_file_and_line(folder, value, words, capsys):
    path = folder / POLICY
    path.write_text(
        path.read_text("utf-8").replace("outreach_share: 0.1", f"outreach_share: {value}"), "utf-8"
    )
    assert main(["check", str(folder)]) == MISTAKE
    refused = capsys.readouterr().err
    assert f"{POLICY}, line 9: " in refused and words in refused and len(refused) < 400


@pytest.mark.parametrize("name", RESERVED)
def test_a_folder_of_ones_own_cannot_take_the_place_of_the_schema(folder, name, capsys):
    taken = folder / name
    taken.mkdir() if name == "hydra" else taken.write_text("language: ${oc.env:HOME}")
    words = ["run", "--cfg", "job", "municipality=street", "policy=more_outreach", f"--config-dir={folder}"]
    assert main(words) == MISTAKE
    told = capsys.readouterr()
    assert "this name is reserved" in told.err and os.environ["HOME"] not in told.out
    assert len(told.err.splitlines()) == 1


def test_all_mistakes_of_a_folder_are_told_at_once(folder, capsys):
    for name in (POLICY, CLAIM):
        (folder / name).write_text("nothing: 1\n", encoding="utf-8")
    assert main(["check", str(folder)]) == MISTAKE
    said = capsys.readouterr()
    assert said.out.count("line 1: nothing: no such key") == 2 and "2 mistakes, see above" in said.err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("polices/more.yaml", "did you mean policy"),
        ("more.yaml", "expected in a subfolder"),
        ("policy/More Outreach.yaml", "small letters"),
        ("policy/more.yml", "ends in .yaml"),
        ("policy/evil.py", "ends in .yaml"),
        ("policy/inside/more.yaml", "not a regular file"),
        ("policy/reference.yaml", "the package has a policy of that name"),
        ("claim/c01.yaml", "the package has a claim of that name"),
        ("claim/X 2.yaml", "letters, digits and underscores"),
    ],
)
def test_a_name_that_no_command_can_use_is_refused(folder, name, words):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("raise SystemExit\n", encoding="utf-8")
    _, wrong = checked(folder)
    assert len(wrong) == 1 and words in wrong[0]


def test_nothing_outside_the_folder_is_read(folder, tmp_path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("hidden: 1\n", encoding="utf-8")
    (folder / "policy" / "link.yaml").symlink_to(secret)
    (folder / "landing").symlink_to(tmp_path)
    os.mkfifo(folder / "policy" / "pipe.yaml")
    (folder / "policy" / "loop.yaml").symlink_to("loop.yaml")
    _, wrong = checked(folder)
    assert len(wrong) == 4 and not any("hidden" in each for each in wrong)


@pytest.mark.parametrize("words", [[], ["nowhere"], ["a", "b"], ["nowhere", "language=fr"], ["x", "y=1"]])
def test_a_wrong_question_is_one_sentence(words, folder, capsys):
    assert main(["check", *words]) == MISTAKE
    assert capsys.readouterr().err.count("\n") == 1


def test_a_steering_without_its_first_line_is_told_which(folder):
    path = folder / "steering" / "patient_council.yaml"
    path.parent.mkdir()
    keys = "municipality_government:\n  patience_years: 4.0\n"
    path.write_text(keys, encoding="utf-8")
    assert checked(folder)[1] == [
        f"{path}, line 1: expected the line # @package _global_, as in conf/steering"
    ]
    path.write_text(f"# @package _global_\n{keys}", encoding="utf-8")
    assert checked(folder)[1] == []


def test_an_empty_folder_is_told_what_it_could_hold(tmp_path, capsys):
    assert main(["check", str(tmp_path)]) == MISTAKE
    assert "expected subfolders called policy, system" in capsys.readouterr().err


def test_the_settings_of_before_are_in_use_again_after_a_check(folder, monkeypatch):
    monkeypatch.setenv(OWN_FOLDER, str(folder.parent))
    checked(folder)
    assert os.environ[OWN_FOLDER] == str(folder.parent)


def test_every_kind_of_configuration_can_be_ones_own():
    assert (
        set(KINDS)
        == {path.name for path in CONFIGURATION_FOLDER.iterdir() if path.is_dir()}
        == set(schemas())
    )


def test_a_claim_of_ones_own_is_listed_and_called_beside_those_of_the_package(folder, capsys):
    assert main(["claims", "list", "x01", f"--config-dir={folder}"]) == DONE
    assert "More money for the social base relieves carers" in capsys.readouterr().out
    assert [each.number for each in claims_called(["X01", "C01"])] == ["X01", "C01"]
    os.environ.pop(OWN_FOLDER)
    with pytest.raises(ConfigurationError, match="no such claim"):
        claims_called(["X01"])


@settings(max_examples=25, phases=[Phase.generate])  # shrinking takes minutes and tells no more
@given(
    st.sampled_from([POLICY, SYSTEM, MUNICIPALITY, CLAIM]),
    st.integers(0, 30),
    st.sampled_from(
        ["", "- ", "{}", "[]", "~", "!!x", "'", "\x1b", "\ufffe", ".nan", "1e999", "9" * 400, "? "]
    ),
    st.booleans(),
)
def test_any_file_ends_in_a_result_or_in_sentences(tmp_path_factory, name, place, text, whole):
    folder = tmp_path_factory.mktemp("fuzzed")
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    place = min(place, len(lines) - 1)
    lines[place] = f"{lines[place].partition(':')[0]}: {text}" if whole else lines[place] + text
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    files, wrong = checked(folder)
    assert len(files) == 4
    assert all(each.isprintable() and str(folder / name) in each for each in wrong)


# docs/how_to/own_files.md.

PAGE = (ROOT / "docs" / "how_to" / "own_files.md").read_text(encoding="utf-8")


def test_the_commands_of_the_page_work_on_the_example(folder, capsys):
    lines = re.findall(r"^\$ landingsbaan (.*)$", PAGE, flags=re.MULTILINE)
    assert {line.split()[0] for line in lines} == {"check", "run", "compare", "claims"}
    for line in lines:
        words = [word.replace("my_files", str(folder)) for word in shlex.split(line)]
        if words[0] == "claims" and words[1] != "list":
            continue  # 50 replications at the least; tests/scenarios/analysis/test_claims_study.py runs one
        words += ["--cfg", "job"] if words[0] in ("run", "compare") else []
        assert main(words) == DONE, capsys.readouterr().err
        os.environ.pop(OWN_FOLDER, None)


def test_the_page_shows_the_files_of_the_example_and_what_the_check_says(folder, capsys):
    policy, modeline = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert modeline + policy == (folder / POLICY).read_text(encoding="utf-8")
    main(["check", str(folder)])
    assert all(line in PAGE for line in capsys.readouterr().out.splitlines()[:-1])
    (folder / POLICY).write_text((modeline + policy).replace("share:", "shares:"), encoding="utf-8")
    main(["check", str(folder)])
    assert capsys.readouterr().err.replace(str(folder), "my_files") in PAGE


def test_the_settings_of_the_page_name_the_schemas_that_are_written():
    (settings_of_editor,) = re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)
    named = json.loads(settings_of_editor)["yaml.schemas"]
    assert named == {f"./schema/{kind}.json": f"{kind}/*.yaml" for kind in KINDS[:4]}


# Schemas for editors.


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_finds_nothing_wrong_with_what_the_check_allows(kind):
    schema = schemas()[kind]
    jsonschema.Draft7Validator.check_schema(schema)
    paths = [*(EXAMPLE / kind).glob("*.yaml")]
    if kind != "municipality":  # those of the package name a row of data/municipalities.csv
        paths += (CONFIGURATION_FOLDER / kind).glob("*.yaml")
    for path in paths:
        if path.stem != NEUTRAL_SYSTEM:  # the only system that may be empty
            jsonschema.Draft7Validator(schema).validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_an_editor_shows_meaning_unit_and_source_of_a_lever():
    lever = schemas()["policy"]["properties"]["changes"]["properties"]["wijkteam.outreach_share"]
    assert (lever["type"], lever["minimum"]) == ("number", 0.0)
    assert "Unit: " in lever["description"] and "Source: " in lever["description"]


def test_schemas_are_written_again_and_never_over_a_file_of_somebody_else(folder, capsys):
    for _ in range(2):
        assert main(["check", "schema", str(folder)]) == DONE
    assert sorted(path.stem for path in (folder / "schema").iterdir()) == sorted(KINDS)
    assert main(["check", str(folder)]) == DONE  # the folder of schemas is none of the files
    (folder / "schema" / "policy.json").write_text('{"mine": 1}', encoding="utf-8")
    before = content_of(folder)
    capsys.readouterr()
    assert main(["check", "schema", str(folder)]) == MISTAKE
    assert "was not written by landingsbaan" in capsys.readouterr().err and content_of(folder) == before


def test_each_example_names_its_schema():
    examples = list(EXAMPLE.rglob("*.yaml"))
    assert examples
    for path in examples:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema=../schema/{path.parent.name}.json"
