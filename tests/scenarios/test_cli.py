"""The command: sub-commands, options as Hydra users expect them, one sentence for a mistake."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios import cli
from scenarios.analysis import main_job
from scenarios.cli.completion import completion_script
from scenarios.common import installation
from scenarios.config.schema import group_options
from scenarios.runs import resources

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def job(monkeypatch, tmp_path):
    """Stand in for the main job; returns the scenarios it was given. Work in an empty folder."""
    ran = []
    monkeypatch.setattr(main_job, "run", ran.append)
    monkeypatch.chdir(tmp_path)
    return ran


def refused(capsys, *arguments: str) -> str:
    """Return the one sentence with which a command line is refused with exit code 2."""
    assert cli.main(list(arguments)) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.count("\n") == 1 and "Traceback" not in printed.err
    return printed.err


@pytest.mark.parametrize(
    "words",
    [
        ["publish", "x", "language=" + "n" * 20_000],
        ["history", "landing.years=" + "9" * 2_000],
        ["run", "policy.title=" + "a b " * 2_000],
        ["sweep", "study=" + "x" * 2_000],
    ],
)
def test_a_long_value_is_cut_and_not_what_was_expected(words, capsys):
    assert cli.main(words) == 2
    said = capsys.readouterr().err
    assert "expected" in said and "..." in said and len(said) < 600


def test_a_run_hands_the_main_job_its_scenario(job):
    assert cli.main(["run", "system=almere", "landing.years=5", "wijkteam.count=6"]) == 0
    assert job[0].municipality == "almere" and job[0].parameters.landing.years == 5.0
    assert job[0].parameters.wijkteam.count == 6


def test_a_multirun_is_a_study_of_every_combination(monkeypatch):
    swept = []
    monkeypatch.setattr("scenarios.cli.studies.sweep", swept.append)
    assert cli.main(["run", "-m", "landing.years=0,3", "landing.cut=0.1,0.2", "replication.count=2"]) == 0
    policies = "policy=reference,early_signalling"
    assert swept == [["landing.years=0,3", "landing.cut=0.1,0.2", "replications=2", policies]]


@pytest.mark.parametrize("word", ["output.folder=elsewhere", "replication.count=1,2"])
def test_a_multirun_refuses_what_a_study_has_no_place_for(capsys, word):
    assert word in refused(capsys, "run", "-m", "landing.years=0,3", word)


def test_one_bad_combination_stops_a_multirun_before_it_begins(job, capsys):
    assert "landing.years = 99" in refused(capsys, "run", "-m", "landing.years=0,99")
    assert job == []


@pytest.mark.parametrize(
    "arguments, part",
    [
        (["rnu"], "did you mean run"),
        (["run", "--hlep"], "did you mean --help"),
        (["run", "-z"], "-z"),
        (["run", "--cfg"], "--cfg"),
        (["run", "quickly"], "quickly"),
        (["landing.years=5"], "landingsbaan run landing.years=5"),
        (["run", "landing.cut=1.5"], "landing.cut = 1.5"),
        (["run", "landing.years=0,1"], "-m"),
        (["run", "municipality=utrect"], "did you mean utrecht"),
        (["run", "--info", "everything"], "everything"),
        (["systems", "almeer"], "did you mean almere"),
        (["completion", "bsh"], "did you mean bash"),
        (["figures"], "run folder"),
        (["figures", "nowhere"], "no run.json"),
        (["parameters", "wite"], "did you mean write"),
        (["help", "rnu"], "did you mean run"),
        (["run", "-language"], "-language: no such option, expected key=value or one of --help"),
        (["run", "-municipality=street"], "expected key=value without a hyphen"),
        (["targets", ""], "got an empty word ('')"),
        (["systems", "zwolle", "eindhoven"], "eindhoven: expected nothing after systems zwolle"),
        (["completion", "bash", "zsh"], "zsh: expected nothing after completion bash"),
        (["figures", "a", "en", "nl"], "nl: expected nothing after figures en"),
        (["help", "run", "junk"], "junk: expected nothing after help run"),
        (["results", "-m", "ls"], "-m: results runs nothing"),
        (["serve", "-m"], "-m: serve runs nothing"),
        (["results", "ls", "--cfg", "job"], "--cfg: results takes no --cfg"),
        (["sensitivity", "engine.processes=1", "--info"], "--info: sensitivity takes no --info"),
        (["forecast", "years=5", "--cfg", "job"], "--cfg: forecast takes no --cfg"),
        (["figures", "a", "--notes"], "--notes: prints the whole summary"),
        (["results", "ls", "--notes"], "--notes: prints the whole summary"),
        (["sweep", "--notes"], "--notes: prints the whole summary"),
        (["run", "-m", "landing.years=0,1", "--notes"], "--notes: run -m stores"),
        (["results", "~x"], "~x: expected key=value"),
        (["results", "show", "s", "outcome=a", "outcome=b"], "outcome is given twice"),
        (["systems", "language=en", "language=nl"], "language is given twice"),
        (["serve", "port=8000", "port=8001"], "port is given twice"),
        (["publish", "x", "language=nl", "language=en"], "language is given twice; expected one value"),
        (["claims", "list", "language=en", "language=nl"], "language is given twice"),
        (["municipality", "list", "language=en", "language=nl"], "language is given twice"),
        (["municipality", "list", "zaanstad"], "zaanstad: expected nothing after list"),
        (["history", "language=en", "language=nl"], "language is given twice"),
        (["comparable", "municipality=zaanstad", "municipality=almere"], "municipality is given twice"),
        (["measures", "by=agent", "by=agent"], "by is given twice"),
        (["run", "landing.cut=0.1", "landing.cut=0.2"], "landing.cut is given twice"),
        (["run", "landing.cut=0.1", "++landing.cut=0.2"], "landing.cut is given twice"),
        (["sweep", "landing.cut=0.1", "landing.cut=0.2"], "landing.cut is given twice"),
        (["report", "x", "language=en", "language=nl"], "language is given twice"),
        (["compare", "policy=a", "policy=b"], "policy is given twice; write policy=a,b once"),
        (["run", "policy.changes={landing.cut: 0.1, landing.cut: 0.2}"], "landing.cut stands twice"),
        (["run", "policy.changes={landing.cut:0.1,landing.cut:0.2}"], "landing.cut stands twice"),
        (["report", "runs/a=b"], "runs/a=b is not a run folder"),
        (["figures", "runs/a=b"], "figures runs/a=b: no run.json"),
        (["results", "export", "runs/a=b"], "runs/a=b: no such study"),
        (["sensitivity", "language=false"], "language = false: expected en or nl"),
        (["run", "replication.first_seed=-1"], "from 0 to 4,611,686,018,427,387,904"),
        (["story", "+language=nl"], "language exists already; leave out the +"),
        (["run", "+municipality=almere"], "municipality exists already; leave out the +"),
        (["run", "window.end=2012-01"], "window.end = 2012-01: landing.transition = 2015-01 is not in"),
        (["sweep", "replications=1_000"], "replications = 1_000: expected a whole number"),
        (["sweep", "precision=2%", "against=" + "9" * 5000], "expected the number of a point"),
        (["story", "household=" + "9" * 5000], "expected a whole number from 0"),
        (["run", "output.folder=~nobody_of_that_name/x"], "no such path"),
    ],
)
def test_a_mistake_gets_one_sentence_and_writes_nothing(job, capsys, tmp_path, arguments, part):
    assert part in refused(capsys, *arguments)
    assert job == [] and list(tmp_path.iterdir()) == []


def test_a_path_may_begin_at_the_home_folder(job, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "own_home"))
    (tmp_path / "own_home" / "own").mkdir(parents=True)
    for words in (["municipality", "new", "town", "to=~/town.yaml"], ["check", "schema", "~/own"]):
        assert cli.main(words) == 0
    capsys.readouterr()
    assert (tmp_path / "own_home" / "town.yaml").is_file() and list((tmp_path / "own_home" / "own").iterdir())
    assert f"{tmp_path}/own_home/town.yaml, line" in refused(capsys, "municipality", "list", "folder=~")
    assert f"figures {tmp_path}/own_home/run: no run.json" in refused(capsys, "figures", "~/run")


def test_a_results_folder_that_is_a_file_is_refused(job, capsys, tmp_path):
    (tmp_path / "taken").write_text("")
    assert "is a file" in refused(capsys, "run", "output.folder=taken/runs")


def test_a_results_folder_that_cannot_be_written_is_refused(job, capsys, monkeypatch):
    monkeypatch.setattr(resources.os, "access", lambda *_: False)
    assert "cannot be written" in refused(capsys, "run", "output.folder=runs")
    assert job == []


def test_a_full_disk_is_refused_before_the_run(job, capsys, disk_with, tmp_path):
    disk_with(1000)
    assert "MB free" in refused(capsys, "run")
    assert job == [] and list(tmp_path.iterdir()) == []


def test_problem_with_a_file_during_the_run_is_one_sentence(job, capsys, monkeypatch):
    def fails(_):
        raise OSError(28, "No space left on device", "monthly.parquet")

    monkeypatch.setattr(main_job, "run", fails)
    assert "No space left on device" in refused(capsys, "run")


def test_a_fault_of_the_program_is_one_sentence_with_exit_code_1_and_a_traceback_on_request(
    job, capsys, monkeypatch
):
    def fails(_):
        raise KeyError("monthly")

    monkeypatch.setattr(main_job, "run", fails)
    monkeypatch.delenv("HYDRA_FULL_ERROR", raising=False)
    assert cli.main(["run"]) == cli.FAULT == 1
    told = capsys.readouterr().err
    assert told.startswith("landingsbaan: KeyError: 'monthly'; this is a fault of the program")
    assert told.count("\n") == 1
    monkeypatch.setenv("HYDRA_FULL_ERROR", "1")
    with pytest.raises(KeyError):
        cli.main(["run"])


def test_the_configuration_of_a_history_is_that_of_the_average_municipality(job, capsys):
    assert cli.main(["history", "--cfg", "job"]) == 0
    assert "slug: average\n" in capsys.readouterr().out


def test_control_c_is_one_sentence_and_exit_code_130(job, capsys, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(main_job, "run", interrupted)
    assert cli.main(["run"]) == 130
    assert capsys.readouterr().err.count("\n") == 1


def test_the_composed_configuration_is_what_would_be_run(job, capsys):
    assert cli.main(["run", "--cfg", "job", "system=almere", "landing.years=5"]) == 0
    printed = capsys.readouterr().out
    assert "  slug: almere" in printed and "  years: 5.0" in printed and "  one_plan: 1.0" in printed
    assert job == []


@pytest.mark.parametrize("kind", ["all", "config", "defaults", "defaults-tree", "plugins", "searchpath"])
def test_information_shows_where_values_come_from(job, capsys, kind):
    assert cli.main(["run", "--info", kind, "system=almere"]) == 0
    printed = capsys.readouterr().out
    assert printed and (kind != "defaults" or printed.count("| municipality/almere") == 1)


def test_help_explains_groups_members_and_examples(capsys):
    assert cli.main(["run", "--help"]) == 0
    printed = capsys.readouterr().out
    for group, found in group_options().items():
        assert group in printed
        for member in found:
            assert member in printed
    assert "wijkteam.count=6" in printed and "-m" in printed


@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["help"], ["help", "targets"], ["story", "--help"], ["figures", "--help"]]
)
def test_help_is_given_wherever_it_is_asked(capsys, arguments):
    assert cli.main(arguments) == 0
    assert "landingsbaan" in capsys.readouterr().out


def test_help_comes_without_the_compiler_and_the_scientific_libraries():
    heavy = "{'numba', 'pandas', 'scipy', 'mesa', 'hydra'}"
    code = (
        f"import sys; from scenarios.cli import main; main(['--help']); assert not {heavy} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def test_systems_are_listed_and_told(capsys):
    assert cli.main(["systems"]) == 0 and cli.main(["systems", "eindhoven"]) == 0
    printed = capsys.readouterr().out
    assert "scandinavian" in printed and "wijkteam.disciplines = 18.0" in printed


def test_parameters_are_printed_all_or_those_with_every_word(capsys):
    assert cli.main(["parameters"]) == 0
    assert {"wijkteam.outreach_share", "landing.years"} <= set(capsys.readouterr().out.split())
    assert cli.main(["parameters", "Outreach", "share"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("wijkteam.outreach_share") for line in lines)
    assert all("outreach" in line.lower() for line in lines[1:])


def test_claims_are_listed_without_a_run(capsys):
    assert cli.main(["claims", "list", "C01", "language=nl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["bewering", "uitspraken"] and lines[1].startswith("C01") and len(lines) > 2


def test_plain_output_has_no_colours_and_no_lines_around_tables(capsys, monkeypatch):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.setenv(name, "")  # what --plain sets is undone after the test
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert cli.main(["systems", "--plain"]) == 0
    assert not {"\x1b", "\u2500", "\u2501"} & set(capsys.readouterr().out)


def completed(line: str) -> list[str]:
    """Return what bash offers after `line`."""
    words = len(line.split()) - (0 if line.endswith(" ") else 1)
    script = completion_script("bash") + (
        f"\nCOMP_WORDS=({line}) COMP_LINE='{line}' COMP_POINT={len(line)} COMP_CWORD={words}\n"
        '_landingsbaan; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=dict(os.environ))
    return done.stdout.split()


@pytest.mark.parametrize(
    "line, offered",
    [
        ("landingsbaan ru", "run"),
        ("landingsbaan run sys", "system="),
        ("landingsbaan run system=alm", "almere"),
        ("landingsbaan run wijk", "wijkteam."),
        ("landingsbaan run wijkteam.cou", "wijkteam.count="),
        ("landingsbaan run --mul", "--multirun"),
        ("landingsbaan run output.figures=f", "false"),
        ("landingsbaan story househ", "household="),
        ("landingsbaan story pick=l", "largest"),
        ("landingsbaan story against=zw", "zwolle"),
        ("landingsbaan serve po", "port="),
    ],
)
def test_bash_completes_sub_commands_groups_members_and_keys(line, offered):
    assert offered in completed(line)


@pytest.fixture
def own_files(tmp_path, monkeypatch):
    """Municipalities of one's own, one of them elsewhere, and files that are none."""
    monkeypatch.chdir(tmp_path)
    for name in ("municipalities/lutjedijk", "municipalities/$(touch harmed)", "municipalities/Dorp aan Zee",
                 "één plek/lutjestad"):  # fmt: skip
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("slug: x\n", encoding="utf-8")
    return tmp_path


def test_bash_offers_a_municipality_of_ones_own_where_it_offers_those_of_the_package(own_files, monkeypatch):
    assert {"lutjedijk", "almere"} <= set(completed("landingsbaan run municipality="))
    assert completed("landingsbaan sweep municipality=lutje") == ["lutjedijk"]
    monkeypatch.setenv("LANDINGSBAAN_MUNICIPALITIES", "één plek")
    assert completed("landingsbaan compare municipality=lutje") == ["lutjestad"]
    monkeypatch.chdir(own_files / "één plek")
    monkeypatch.delenv("LANDINGSBAAN_MUNICIPALITIES")
    assert completed("landingsbaan run municipality=lutje") == []
    assert not list(own_files.rglob("harmed"))


@pytest.mark.parametrize(
    ("shell", "asks"),
    [
        ("zsh", ["-fc", "compdef() {{ :; }}; {}\n_landingsbaan_own"]),
        ("fish", ["-c", "{}\ncomplete -C 'landingsbaan run municipality=lutje'"]),
    ],
)
def test_zsh_and_fish_offer_a_municipality_of_ones_own(shell, asks, own_files, monkeypatch):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = completion_script(shell)
    for place, found in (("", "lutjedijk"), ("één plek", "lutjestad")):
        monkeypatch.setenv("LANDINGSBAAN_MUNICIPALITIES", place)
        words = [shell, asks[0], asks[1].format(script)]
        done = subprocess.run(words, capture_output=True, text=True, env=dict(os.environ))
        assert done.stdout.split() == [f"municipality={found}"], done.stderr
    assert not list(own_files.rglob("harmed"))


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_the_same_words(shell):
    script = completion_script(shell)
    assert "system=almere" in script and "wijkteam.count=" in script and "targets" in script


def test_the_packages_are_ours():
    installation.check_ownership()


def test_a_foreign_package_is_noticed_with_what_to_do(tmp_path):
    with pytest.raises(ImportError, match="environment of its own"):
        installation.check_ownership(tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        ["validate"],
        ["calibrate"],
        ["phase-in", "write=true"],
        ["sensitivity", "write=true"],
        ["value-of-information", "write=true"],
        ["study", "flagship", "write=true"],
    ],
)
def test_what_writes_pages_of_the_project_begins_in_a_clone_only(words, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(installation.check_clone, "__defaults__", (tmp_path,))
    assert cli.main(words) == 2
    assert "exist only in a clone" in capsys.readouterr().err
