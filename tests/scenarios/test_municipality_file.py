"""A municipality of one's own: template, checks, runs, CBS; docs/municipality_file.md walked through."""

import csv
import json
import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from scenarios import cli
from scenarios.common.errors import ConfigurationError
from scenarios.config.municipality_files.command import template
from scenarios.config.municipality_files.figures import FIGURES, country_figures
from scenarios.config.municipality_files.file import (
    expand_municipality_file,
    municipality_file_slugs,
    profile_of,
    read_municipality_file,
)
from scenarios.runs.scenario import scenario_from
from simulation.model import Model
from simulation.parameters import Parameters
from simulation.population.municipality_profile import load_profile

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "municipality_file.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL) for line in block.splitlines()
]
FILLED = re.search(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)[1]
ANSWERS = json.loads((ROOT / "tests" / "recorded" / "cbs_83487NED.json").read_text(encoding="utf-8"))
SOURCE = "yearbook of the municipality, 2016"


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LANDINGSBAAN_MUNICIPALITIES", raising=False)
    return tmp_path


def added(text=FILLED, slug="lutjedijk"):
    folder = Path("municipalities")
    folder.mkdir(exist_ok=True)
    (folder / f"{slug}.yaml").write_text(text, encoding="utf-8")


def told(capsys, *words):
    """Return exit code and all that was said."""
    code = cli.main(list(words))
    said = capsys.readouterr()
    return code, said.out + said.err


def test_the_page_is_walked_through(capsys):
    for line in COMMANDS:
        code, said = told(capsys, *shlex.split(line)[1:])
        assert code == 0, f"{line}: {said}"
        if " new " in line:
            Path("lutjedijk.yaml").write_text(FILLED, encoding="utf-8")
    (document,) = Path("results/runs").glob("*/run.json")
    kept = json.loads(document.read_text(encoding="utf-8"))
    assert kept["municipality_slug"] == "lutjedijk" and kept["households"] < 5100
    assert kept["municipality_file"]["figures"]["people.inhabitants"] == 24000
    assert kept["parameters"]["reference"]["wijkteam.count"] == 1  # half the wijken, so half the teams
    assert any("the country's value was taken" in note for note in kept["notes"])


def test_the_text_block_of_cbs_is_a_command_that_is_known():
    assert "landingsbaan municipality new lutjedijk cbs=GM0479 year=2016" in PAGE


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("form", ["yaml", "csv"])
def test_a_filled_in_template_reads_back_as_it_was_filled_in(form, language):
    values = {"slug": "lutjedijk", "name": 'Lutjedijk, "dorp"', "system": "almere", "source": SOURCE}
    figures = {"people.inhabitants": 24000.0, "people.single_percent": 31.5, "teams.eur_per_fte": 90000.0}
    path = Path(f"some.{form}")
    path.write_text(template(form, values | figures, language), encoding="utf-8")
    own = read_municipality_file(path)
    assert own.figures == figures and not own.doubts
    assert (own.name, own.system, own.source) == (values["name"], "almere", SOURCE)


def test_a_dutch_table_is_dutch_in_all_its_columns():
    rows = list(csv.reader(template("csv", {"slug": "dorp"}, "nl").splitlines()))
    assert rows[0] == ["naam", "waarde", "uitleg"] and {len(row) for row in rows} == {3}
    explained = {row[0]: row[2] for row in rows}
    assert explained["people.inhabitants"] == (
        "iedereen die er woont: een geheel getal van 200 tot en met 2.000.000 (inwoners op 1 januari); "
        "het landelijke cijfer is 16.900.726; moet ingevuld zijn"
    )
    english = re.compile(r"\b(the|number|from|if|unless|percent of|households)\b")
    assert not [each for each in explained.values() if english.search(each)]


def test_a_table_of_before_with_two_names_of_columns_can_still_be_read():
    Path("old.csv").write_text(
        'name,value\nslug,dorp\nname,Dorp\npeople.inhabitants,22000,"everybody: a whole number"\n', "utf-8"
    )
    assert read_municipality_file(Path("old.csv")).figures == {"people.inhabitants": 22000.0}


def test_the_check_says_what_is_used_for_a_figure_that_is_left_empty(capsys):
    Path("leeg.yaml").write_text("slug: leeg\nname: Leeg\npeople: {inhabitants: 22000}\n", "utf-8")
    code, said = told(capsys, "municipality", "check", "leeg.yaml")
    lines = {line.split()[0]: line for line in said.splitlines()}
    assert code == 0 and "inhabitants / 2.2 if empty" in lines["people.households"]
    assert "2016 if empty" in lines["people.inhabitants_year"] and "1 own figure, 21 left empty" in said
    dutch = told(capsys, "municipality", "check", "leeg.yaml", "language=nl")[1]
    assert "inwoners / 2,2 als dit leeg is" in dutch and "1 eigen cijfer," in dutch


def test_an_unknown_municipality_is_told_how_to_add_one(capsys):
    code, said = told(capsys, "run", "municipality=amsterdam", "--cfg", "job")
    assert code == 2 and said.count("\n") == 1
    assert "to add your own: landingsbaan municipality new amsterdam, fill in amsterdam.yaml" in said
    assert told(capsys, "municipality", "new", "amsterdam")[0] == 0
    code, said = told(capsys, "run", "municipality=amsterdam", "--cfg", "job")
    assert code == 2 and "amsterdam.yaml is not added yet: fill it in, then landingsbaan" in said
    assert "landingsbaan municipality add amsterdam.yaml" in said


def test_a_template_that_is_not_filled_in_says_what_is_missing(capsys):
    assert told(capsys, "municipality", "new", "dorp", "language=nl")[0] == 0
    code, said = told(capsys, "municipality", "check", "dorp.yaml")
    assert code == 2 and "name is missing" in said and "people.inhabitants is missing" in said


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_the_countrys_within_its_range_where_sizes_can_be_compared(name):
    value = country_figures()[name]
    if name not in ("people.inhabitants", "people.households", "wijken.number"):
        assert FIGURES[name].low <= value <= FIGURES[name].high


def test_an_empty_file_gives_the_countrys_shares():
    added("slug: leeg\nname: Leeg\npeople: {inhabitants: 22000}\nwijken:\n", "leeg")
    own, country = profile_of("leeg", 2015), load_profile("netherlands", 2015)
    for share in ("single_share", "with_children_share", "one_parent_share", "problem_debt_share",
                  "share_65plus", "youth_help_share"):  # fmt: skip
        assert getattr(own, share) == pytest.approx(getattr(country, share), abs=2e-3), share
    assert own.households == pytest.approx(10_000, rel=0.02) and own.wijken == 4


def test_the_package_s_own_figures_in_a_file_give_the_package_s_own_profile():
    added("slug: zaan\nname: Zaanstad\npeople:\n  inhabitants: 152466\n  households: 65797\n"
          "  households_year: 2012\n  single_percent: 34.5\n  with_children_percent: 37.2\n"
          "  under_15_percent: 16.3\n  problem_debt_percent: 10\n"
          "  youth_help_percent: 14.7\n", "zaan")  # fmt: skip
    own, package = profile_of("zaan", 2012), load_profile("zaanstad", 2012)
    for field in ("households", "inhabitants", "single_share", "with_children_share", "one_parent_share",
                  "youth_share", "problem_debt_share", "youth_help_share", "wijken"):  # fmt: skip
        assert getattr(own, field) == getattr(package, field), field


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("24000", "24.5"), "line 5: people.inhabitants = 24.5: expected a whole number from 200"),
        (("single_percent: 31", "single_percent: 131"), "from 5 to 90 (percent of households)"),
        (("single_percent: 31", 'single_percent: "31,5"'), "write a decimal point"),
        (("single_percent: 31", "single_procent: 31"), "line 7: single_procent: no such key; did you mean"),
        (("single_percent: 31", "single_percent: .inf"), "people.single_percent = inf"),
        (("single_percent: 31", "single_percent: 1e999"), "people.single_percent = "),
        (("single_percent: 31", "single_percent: true"), "people.single_percent = True"),
        (("count: 2", "count: 9"), "more teams than wijken"),
        (("slug: lutjedijk", "slug: ../../etc"), "expected at most 60 small letters"),
        (("slug: lutjedijk", "slug: zaanstad"), "the package has a municipality of that name"),
        (("name: Lutjedijk", "name: ${oc.env:HOME}"), "interpolations are not allowed"),
        (("name: Lutjedijk", "_target_: os.system"), "nothing in a scenario file is executed"),
        (("name: Lutjedijk", "name: !!python/name:os.system x"), "is not allowed"),
        (("people:", "people: &a"), "anchors and aliases are not allowed"),
        (("name: Lutjedijk", "name: Lutjedijk\nsystem: almeer"), "did you mean almere?"),
        (("count: 2", "count: 1\n  youth_count: 50"), "teams.youth_count = 50: more teams than wijken"),
        (("24000", "024000"), "line 5: 024000: expected a number in plain decimals"),
        (("24000", "1:30:00"), "line 5: 1:30:00: expected a number in plain decimals"),
        (("24000", "0x5dc0"), "line 5: 0x5dc0: expected a number in plain decimals"),
        (("name: Lutjedijk", 'name: "\\U00110000"'), "line 2: an escape"),
        (("name: Lutjedijk", 'name: "\\UFFFFFFFF"'), "line 2: an escape"),
        (("slug: lutjedijk", 'slug: "null"'), "that word has a meaning of its own"),
        (("slug: lutjedijk", "slug: inf"), "that word has a meaning of its own"),
        (("single_percent: 31", "under_15_percent: 45\n  over_65_percent: 70"), "are 115 together"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_with_its_line_and_nothing_is_written(change, said, capsys):
    Path("bad.yaml").write_text(FILLED.replace(*change), encoding="utf-8")
    code, answer = told(capsys, "municipality", "add", "bad.yaml")
    assert code == 2 and said in answer and "bad.yaml, line " in answer
    assert not Path("municipalities").exists()


def test_a_csv_with_semicolons_is_added_as_yaml(capsys):
    rows = "name;value\nslug;dorp\nname;Dorp aan Zee\npeople.inhabitants;9000\n"
    Path("dorp.csv").write_text(rows, encoding="utf-8-sig")
    assert told(capsys, "municipality", "add", "dorp.csv")[0] == 0
    assert profile_of("dorp").name == "Dorp aan Zee"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("people.inhabitants,240,000", "people.inhabitants = 240,000: expected one number"),
        (
            "people.inhabitants,24000\npeople.single_percent,31,5",
            "people.single_percent = 31,5: expected one",
        ),
        (
            "people.inhabitants,24000\nsource,${oc.env:HOME}",
            "source = ${oc.env:HOME}: expected a text without",
        ),
        ("people.inhabitants,24000\nsource,_target_", "source = _target_: expected a text without"),
    ],
)
def test_a_csv_that_a_run_would_read_otherwise_is_refused(row, said, capsys):
    Path("dorp.csv").write_text(f"name,value\nslug,dorp\nname,Dorp\n{row}\n", encoding="utf-8")
    code, answer = told(capsys, "municipality", "add", "dorp.csv")
    assert code == 2 and said in answer and not Path("municipalities").exists()


def test_a_csv_keeps_an_explanation_and_the_deprivation_of_its_wijken(capsys):
    rows = ("slug,dorp", "name,Dorp", "people.inhabitants,24000,5 years old", "wijken.number,2",
            "wijk_deprivation,0.5 -0.5")  # fmt: skip
    Path("dorp.csv").write_text("\n".join(rows), encoding="utf-8")
    assert told(capsys, "municipality", "add", "dorp.csv")[0] == 0
    assert profile_of("dorp").wijk_deprivation == (0.5, -0.5)


@pytest.mark.parametrize("name", ["big.yaml", "big.csv"])
def test_a_large_file_is_refused_before_it_is_read(name, capsys):
    with Path(name).open("wb") as file:
        file.truncate(1 << 40)
    code, said = told(capsys, "municipality", "check", name)
    assert code == 2 and "1,099,511,627,776 bytes, expected at most 200,000" in said


def test_a_folder_for_municipalities_that_is_a_file_is_called_so(capsys):
    Path("taken").write_text("", encoding="utf-8")
    Path("lut.yaml").write_text(FILLED, encoding="utf-8")
    code, said = told(capsys, "municipality", "add", "lut.yaml", "folder=taken")
    assert code == 2 and "taken is no folder" in said


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ("with_children_percent: 80", "more than 100 together"),
        ("with_children_percent: 3", "one_parent_percent"),
    ],
)
def test_shares_that_contradict_the_country_s_which_fill_the_gaps_are_doubtful(shares, said):
    text = re.sub(r"(?m)^  (single|with_children|one_parent)_percent: .*\n", "", FILLED)
    added(text.replace("people:\n", f"people:\n  {shares}\n"))
    doubts = read_municipality_file(Path("municipalities/lutjedijk.yaml")).doubts
    assert any(said in each and "give all three" in each for each in doubts)


@pytest.mark.parametrize("row", ["people.inhabitant;9", "people.inhabitants;900\npeople.inhabitants;901"])
def test_a_csv_with_an_unknown_or_double_name_is_refused_with_its_line(row, capsys):
    Path("dorp.csv").write_text(f"name;value\n{row}\n", encoding="utf-8")
    code, said = told(capsys, "municipality", "check", "dorp.csv")
    assert code == 2 and re.search(r"dorp.csv, line [23]: people", said)


def test_a_doubtful_value_is_named_and_used(capsys):
    added(FILLED.replace("single_percent: 31", "single_percent: 88\n  with_children_percent: 5"))
    notes = scenario_from(["municipality=lutjedijk"]).notes
    assert any("people.single_percent = 88 is doubtful" in note and "37.4" in note for note in notes)


def test_the_command_line_counts_above_the_file_and_what_a_named_system_leaves_stays_the_file_s():
    added()
    alone = scenario_from(["municipality=lutjedijk"])
    assert (alone.system, alone.parameters.wijkteam.count) == ("national_average", 2)
    assert alone.parameters.municipality_government.reserves_eur_per_inhabitant == 35
    written = scenario_from(["municipality=lutjedijk", "wijkteam.count=1"])
    assert written.parameters.wijkteam.count == 1
    named = scenario_from(["municipality=lutjedijk", "system=zaanstad"])
    assert named.parameters.wijkteam.count == 2
    assert named.parameters.municipality_government.reserves_eur_per_inhabitant == 35


def test_teams_of_the_file_are_scaled_with_another_size_of_the_municipality():
    added()
    whole = scenario_from(["municipality=lutjedijk"])
    small = scenario_from(["municipality=lutjedijk", "municipality.households=1000"])
    assert whole.parameters.wijkteam.count == 2 and small.profile.wijken == 1
    assert small.parameters.wijkteam.count == 1
    assert any("2 teams over the 5 wijken of lutjedijk become 1 over 1" in note for note in small.notes)
    with pytest.raises(ConfigurationError, match=r"wijkteam.count = 2: more teams than wijken"):
        scenario_from(["municipality=lutjedijk", "municipality.households=1000", "wijkteam.count=2"])


def test_more_teams_in_the_file_than_wijken_that_follow_from_its_people_are_refused():
    added(re.sub(r"(?m)^  number: .*$", "", FILLED).replace("count: 2", "count: 9"))
    with pytest.raises(ConfigurationError, match=r"line 11: teams.count = 9: more teams than wijken"):
        scenario_from(["municipality=lutjedijk"])


def test_what_is_not_of_one_s_own_is_left_as_it_was_written():
    added()
    others = ["municipality=zaanstad", "landing.cut=0.1"]
    assert expand_municipality_file(others) == others
    added(FILLED.replace("slug: lutjedijk", "slug: zaanstad"), "zaanstad")
    assert municipality_file_slugs() == ["lutjedijk"]


@pytest.mark.parametrize(
    "overrides",
    [["municipality=../lutjedijk"], ["municipality.slug=../lutjedijk"], ["municipality=lutjedjik"],
     ["municipality=lutjedijk", "municipality=zaanstad"],
     ["municipality=lutjedijk", "policy.changes={wijkteam.count: 1}"]],
)  # fmt: skip
def test_other_names_and_clashes_are_refused(overrides):
    added()
    with pytest.raises(ConfigurationError):
        scenario_from(overrides)


def test_another_folder_is_named_by_the_environment(monkeypatch, capsys):
    Path("dorp.yaml").write_text(FILLED, encoding="utf-8")
    code, said = told(capsys, "municipality", "add", "dorp.yaml", "folder=elders in één map")
    assert code == 0 and "LANDINGSBAAN_MUNICIPALITIES=elders in één map" in said
    with pytest.raises(ConfigurationError, match="no such municipality"):
        scenario_from(["municipality=lutjedijk"])
    monkeypatch.setenv("LANDINGSBAAN_MUNICIPALITIES", "elders in één map")
    assert scenario_from(["municipality=lutjedijk"]).profile.name == "Lutjedijk"
    assert told(capsys, "municipality", "add", "dorp.yaml")[0] == 2  # it is there already


def test_a_study_of_a_changed_file_is_another_study():
    from scenarios.studies.plan import trajectory_of

    added()
    before = trajectory_of(scenario_from(["municipality=lutjedijk"]), {}, 0).initial_state_address
    added(FILLED.replace("single_percent: 31", "single_percent: 32"))
    assert trajectory_of(scenario_from(["municipality=lutjedijk"]), {}, 0).initial_state_address != before


@pytest.fixture
def cbs(monkeypatch):
    """The service of CBS, answering from a file."""
    requests = pytest.importorskip("requests")
    pytest.importorskip("cbsodata")
    asked = []

    def send(session, request, **options):
        asked.append(request.url)
        assert options["timeout"] and request.url.startswith(
            "https://opendata.cbs.nl/ODataFeed/odata/83487NED/"
        )
        response = requests.Response()
        response.status_code = 200
        name = request.url.split("83487NED/")[1].split("?")[0]
        response._content = json.dumps(ANSWERS[name]).encode()
        return response

    monkeypatch.setattr(requests.Session, "send", send)
    return asked


def test_cbs_fills_in_a_template_and_every_run_says_where_it_was_read(cbs, capsys):
    assert told(capsys, "municipality", "new", "lutjedijk", "cbs=GM9999")[0] == 0
    own = read_municipality_file(Path("lutjedijk.yaml"))
    assert own.name == "Lutjedijk" and own.figures["people.households"] == 10400
    assert own.figures["people.single_percent"] == 30.8 and own.figures["wijken.number"] == 2
    assert own.figures["people.under_15_percent"] == round(4300 / 24000 / (2.77 / 17) * 15.6, 1)
    assert f"CBS open data, table 83487NED (2016), GM9999, CC BY 4.0, on {date.today()}" in own.source
    assert told(capsys, "municipality", "add", "lutjedijk.yaml")[0] == 0
    scenario = scenario_from(["municipality=lutjedijk"])
    assert "CBS open data" in scenario.municipality_file["source"]
    assert any("CBS open data" in note for note in scenario.notes)
    assert any("GM9999" in url for url in cbs)


@pytest.mark.parametrize("words", [["cbs=0479"], ["cbs=GM9999", "year=1999"], ["cbs=GM9999", "year=x"]])
def test_a_code_or_year_that_is_not_there_is_refused(cbs, words, capsys):
    code, _ = told(capsys, "municipality", "new", "lutjedijk", *words)
    assert code == 2 and not Path("lutjedijk.yaml").exists()


def test_without_internet_one_sentence_says_so(monkeypatch, capsys):
    requests = pytest.importorskip("requests")
    pytest.importorskip("cbsodata")

    def send(*_, **__):
        raise requests.ConnectionError("no route")

    monkeypatch.setattr(requests.Session, "send", send)
    code, said = told(capsys, "municipality", "new", "lutjedijk", "cbs=GM9999")
    assert code == 2 and "could not be read (ConnectionError); fill in the template by hand" in said


WIJKEN_GIVEN = 'wijk_deprivation: "-1 0 2"\nwijken:\n  number: 3\n'
LITTLE = 'slug: lutjedijk\nname: "Lutjedijk"\npeople:\n  inhabitants: 24000\n'


def test_wijken_of_a_file_are_as_deprived_as_it_says_in_every_replication():
    added(LITTLE + WIJKEN_GIVEN)
    profile = profile_of("lutjedijk")
    wijken = [Model(Parameters(), profile, seed).world.wijken for seed in (1, 2)]
    differences = wijken[0]["deprivation"] - wijken[0]["deprivation"][0]
    assert differences.tolist() == pytest.approx([0.0, 1.0, 3.0])
    assert wijken[0]["deprivation"].tolist() == wijken[1]["deprivation"].tolist()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (WIJKEN_GIVEN.replace("-1 0 2", "-1 0"), "has 2 numbers: expected 3 numbers"),
        (WIJKEN_GIVEN.replace("-1 0 2", "-1 zero 2"), "expected a number from -5 to 5 for each wijk"),
    ],
)
def test_wijken_that_cannot_be_meant_are_refused_in_a_sentence(given, said):
    added(LITTLE + given)
    with pytest.raises(ConfigurationError, match=said):
        profile_of("lutjedijk")
