"""The explorer without a server: what its files hold, whose numbers they are, and where it may be written."""

import base64
import datetime
import html
import json
import re
from html.parser import HTMLParser
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.interpolate import RegularGridInterpolator

from scenarios.analysis.claims.job import page as claims_page
from scenarios.analysis.flagship.findings import STEPS, is_comparison, scaled
from scenarios.analysis.flagship.points import KINDS
from scenarios.apps.explorer import claims, grid, publish
from scenarios.apps.explorer.words import LIVE, PAGE, PARAMETERS
from scenarios.cli import main
from scenarios.common.errors import ConfigurationError
from scenarios.common.installation import DOCS
from scenarios.config.schema import claim_paths
from scenarios.reporting.texts import LANGUAGES
from scenarios.reproducibility.stale_pages import marked

DAY = datetime.date(2026, 11, 29)
# Words of one language that are none of the other.
ENGLISH = ("the", "with", "without", "from", "years", "households", "higher", "lower", "better", "worse",
           "and", "under", "waiting", "care", "not", "replications?")  # fmt: skip
DUTCH = ("het", "een", "van", "niet", "zorg", "huishoudens", "hoger", "lager", "beter", "berekening(en)?",
         "met", "zonder", "jaar", "en", "de")  # fmt: skip


@pytest.fixture(scope="module")
def study():
    return grid.read_study(DOCS / publish.FLAGSHIP)


@pytest.fixture(scope="module")
def told_claims():
    return claims.read_claims(DOCS / publish.CLAIMS)


@pytest.fixture(scope="module")
def files(study, told_claims):
    return publish.site(study, told_claims, "nl", DAY)


def text(files, name):
    return files[name].decode("utf-8")


def value_in(script):
    """Return what a script of data assigns."""
    return json.loads(script[script.index(" = ", script.index("{})")) + 3 :].rstrip(";\n"))


class Reader(HTMLParser):
    """Reads which addresses and names a page has, what it would run in itself, and its words."""

    def __init__(self):
        super().__init__()
        self.addresses, self.ids, self.inside, self.words, self.skipped = [], [], [], [], 0

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.addresses += [given[key] for key in ("href", "src", "action") if given.get(key)]
        self.ids += [given["id"]] if "id" in given else []
        self.inside += [tag] if tag == "style" or (tag == "script" and "src" not in given) else []
        self.inside += [name for name in given if name.startswith("on") or name == "style"]
        self.words += [given[key] for key in ("aria-label", "placeholder", "alt", "title") if given.get(key)]
        self.skipped += tag == "a" and "hreflang" in given

    def handle_endtag(self, tag):
        self.skipped -= tag == "a" and self.skipped > 0

    def handle_data(self, data):
        if not self.skipped:
            self.words.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    return reader


def pages(files):
    return [name for name in files if name.endswith(".html")]


# Files.


def test_a_site_is_a_page_to_begin_with_two_pages_a_language_and_what_they_share(files):
    assert list(files) == publish.names()
    assert {name.split("/")[0] for name in files} == {"index.html", "en", "nl", "shared"}
    assert all(files.values())


def test_the_same_results_and_day_give_the_same_bytes(files, study, told_claims):
    assert publish.site(study, told_claims, "nl", DAY) == files


def test_a_page_and_all_it_loads_weigh_less_than_a_photograph(files):
    weight = {name: len(content) for name, content in files.items()}
    assert sum(weight.values()) < 1_000_000
    for language in LANGUAGES:
        loaded = [name for name in files if name.startswith("shared/") or name == f"{language}/words.js"]
        assert sum(weight[name] for name in loaded) + weight[f"{language}/index.html"] < 600_000


def test_pages_run_nothing_of_their_own_and_their_policy_forbids_it(files):
    for name in pages(files):
        page = text(files, name)
        assert read(page).inside == [], name
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy


def test_nothing_comes_from_another_host(files):
    for name, content in files.items():
        addresses = re.findall(rb"(?:https?:)?//[a-z0-9][\w.-]+\.\w+", content)
        assert [each for each in addresses if b"www.w3.org" not in each] == [], name
        assert b"@import" not in content and b"url(http" not in content


def test_every_link_leads_to_a_file_or_a_name_that_is_there(files):
    for name in pages(files):
        found = read(text(files, name))
        assert len(found.ids) == len(set(found.ids))
        for address in found.addresses:
            path, _, anchor = address.partition("#")
            folder = name.split("/")[:-1]
            for part in path.split("/") if path else []:
                folder = folder[:-1] if part == ".." else [*folder, part]
            assert "/".join(folder) in files or not path, f"{name}: {address}"
            assert not anchor or anchor in found.ids


def test_the_first_page_leads_to_the_language_asked_for(files, study, told_claims):
    assert "url=nl/index.html" in text(files, "index.html")
    assert "url=en/index.html" in text(publish.site(study, told_claims, "en", DAY), "index.html")


def test_pages_name_version_and_day(files, study, told_claims):
    made_with = {"index.html": study.document, "claims.html": told_claims}
    for language, day in (("en", "29 November 2026"), ("nl", "29 november 2026")):
        for name, results in made_with.items():
            page = text(files, f"{language}/{name}")
            assert day in page and results["result_version"] in page


def test_results_of_an_earlier_version_say_so(study, told_claims):
    old = grid.Study({**study.document, "result_version": "0123456789ab"}, study.values)
    page = text(publish.site(old, told_claims, "en", DAY), "en/index.html")
    assert "0123456789ab" in page and "The model has changed since" in page


# Words.


@pytest.mark.parametrize(("language", "foreign"), [("nl", ENGLISH), ("en", DUTCH)])
def test_a_page_in_one_language_holds_no_word_of_the_other(files, language, foreign):
    texts = [
        " ".join(read(text(files, f"{language}/{name}")).words) for name in ("index.html", "claims.html")
    ]
    texts.append(" ".join(value_in(text(files, f"{language}/words.js")).values()))
    # Names of municipalities stand in both languages as they are.
    told = re.sub(r"Alphen aan den Rijn|Wijk bij Duurstede|\{\w+\}", " ", " ".join(texts))
    pattern = re.compile(rf"\b(?:{'|'.join(foreign)})\b", re.IGNORECASE)
    found = [told[max(0, one.start() - 40) : one.end() + 40] for one in pattern.finditer(told)]
    assert not found, found[:8]


def test_numbers_are_spelled_as_the_language_does(files):
    english, dutch = (html.unescape(text(files, f"{each}/index.html")) for each in ("en", "nl"))
    found = set(re.findall(r">(\d,\d{3}|\d+\.\d)<", english))
    assert any("," in each for each in found) and any("." in each for each in found)
    assert all(f">{each.translate(str.maketrans(',.', '.,'))}<" in dutch for each in found)
    assert not re.search(r"\d\.\d(?!\d\d)\b", re.sub(r"<[^>]*>", " ", dutch))


def test_every_word_that_the_script_asks_for_is_there(files):
    script = text(files, "shared/explorer.js")
    asked = set(re.findall(r"say\(\"(\w+)\"", script)) | set(re.findall(r"words\.(\w+)", script))
    assert len(asked) > 40
    assert asked <= set(LIVE) | {"js"}
    starts = set(re.findall(r"say\(`(\w+?)\$\{", script))
    assert all(any(key.startswith(start) for key in LIVE) for start in starts)


def test_every_word_is_used(files):
    code = "".join(path.read_text(encoding="utf-8") for path in publish.HERE.rglob("*")
                   if path.suffix in (".py", ".html", ".js") and path.name != "words.py")  # fmt: skip
    families = ("ask_", "means_", "value_", "short_", "question_", "against_", "cost_", "unmet_", "waiting_",
                "name_", "unit_", "axis_", "side_", "column_", "measure_", "of_", "file_")  # fmt: skip
    known = {*map(claims.key_of, claims.VERDICTS), *KINDS, *STEPS, "above", "below"}
    unused = [key for key in (*PAGE, *LIVE)
              if f'"{key}"' not in code and f".{key}" not in code and not key.startswith(families)
              and key not in known and key.removesuffix("_help") not in STEPS]  # fmt: skip
    assert unused == []


# Numbers.


def unpacked(files, kind):
    numbers = np.frombuffer(base64.b64decode(value_in(text(files, f"shared/{kind}.js"))), dtype="<i2")
    scale = [10.0 ** grid.decimals(outcome) for _, outcome in grid.PAIRS]
    return numbers.reshape(len(grid.PAIRS), *grid.SHAPE, 3) / np.array(scale)[:, None, None, None, None, None]


def test_every_number_of_the_scripts_is_that_of_the_grid(files):
    table = pd.read_parquet(DOCS / publish.FLAGSHIP / "flagship_grid.parquet")
    described = value_in(text(files, "shared/study.js"))
    compared = 0
    for kind in KINDS:
        numbers = unpacked(files, kind)
        for place, (what, outcome) in enumerate(grid.PAIRS):
            assert described["pairs"][place] == [what, outcome, grid.decimals(outcome)]
            rows = table[
                (table["kind"] == kind) & (table["difference"] == what) & (table["outcome"] == outcome)
            ]
            # Looked up by the levers of each row, not by its place in the table.
            at = tuple(np.abs(rows[name].to_numpy(float)[:, None] - np.array(steps)).argmin(axis=1)
                       for name, steps in described["steps"].items())  # fmt: skip
            told, meant = numbers[place][at], rows[["mean", "low", "high"]].to_numpy(float)
            assert np.abs(told - meant).max() <= 0.5001 * 10.0 ** -grid.decimals(outcome)
            compared += told.size
    assert compared == 3 * len(table)


def test_levels_are_those_of_the_study(files, study):
    described = value_in(text(files, "shared/study.js"))
    for kind, outcome in product(KINDS, ("net_cost", "unmet", "waiting")):
        usual = study.document["baselines"][kind][outcome]
        cut = study.document["effects"][kind]["present_cut"][outcome]["mean"]
        assert described["usual_levels"][kind][outcome] == pytest.approx(usual, abs=1e-3)
        assert described["usual_cut"][kind][outcome] == pytest.approx(cut, abs=1e-3)


def test_a_grid_that_lacks_something_is_refused(study, tmp_path):
    (tmp_path / "flagship.json").write_text(json.dumps(study.document))
    with pytest.raises(ConfigurationError, match="no such file"):
        grid.read_study(tmp_path)
    table = pd.read_parquet(DOCS / publish.FLAGSHIP / "flagship_grid.parquet")
    table[table["outcome"] != "waiting"].to_parquet(tmp_path / "flagship_grid.parquet")
    with pytest.raises(ConfigurationError, match="waiting is missing"):
        grid.read_study(tmp_path)
    table[table["cut"] < 0.3].to_parquet(tmp_path / "flagship_grid.parquet")
    with pytest.raises(ConfigurationError, match="its values of cut are not"):
        grid.read_study(tmp_path)


# Straight lines between the points.


def test_straight_lines_lie_closer_to_an_emulator_than_it_lies_to_what_it_was_not_fitted_to(study):
    own = {(row["kind"], row["difference"], row["outcome"]): row for row in study.document["emulators"]}
    errors = grid.held_out_errors(study)
    assert errors.keys() == own.keys()
    for key, (mean, _) in errors.items():
        assert mean < 0.3 * own[key]["median_error"], key


def test_a_held_out_point_is_told_from_its_neighbours():
    steps = list(STEPS.values())
    line = np.add.outer(np.add.outer(np.add.outer(2.0 * np.array(steps[0]), steps[1]), steps[2]), steps[3])
    bent = np.broadcast_to((np.array(steps[3]) ** 2)[None, None, None, :, None], (*grid.SHAPE, 3))
    straight, curved = (("a", "level", outcome) for outcome in ("c", "d"))
    study = grid.Study({}, {straight: np.repeat(line[..., None], 3, axis=-1), curved: bent})
    straight, curved = grid.held_out_errors(study).values()
    assert straight == pytest.approx((0.0, 0.0), abs=1e-12)
    assert curved[1] == pytest.approx(4.0)  # of a square, over steps of two years


def test_between_the_points_straight_lines_stay_close_to_emulators_that_are_smooth(study):
    """A mean that is a polynomial is known everywhere from the grid: its points are many times its terms."""
    from sklearn.preprocessing import PolynomialFeatures

    points = np.array(list(product(*STEPS.values())))
    low, high = points.min(axis=0), points.max(axis=0)
    between = low + np.random.default_rng(11).random((500, 4)) * (high - low)
    judged = 0
    for row in study.document["emulators"]:
        if row["form"] == "trees":
            continue
        means = study.values[row["kind"], row["difference"], row["outcome"]][..., 0]
        columns = PolynomialFeatures({"quadratic": 2, "cubic": 3}[row["form"]])
        at = columns.fit_transform(scaled(points))
        zero = np.array([is_comparison(row["difference"], dict(zip(STEPS, each, strict=True)))
                         for each in points])  # fmt: skip
        terms, *_ = np.linalg.lstsq(at[~zero], means.ravel()[~zero], rcond=None)
        smooth = at @ terms
        assert np.abs(smooth - means.ravel())[~zero].max() < 1e-4  # it is that polynomial
        assert not means.ravel()[zero].any()  # and zero where a point is compared with itself
        lines = RegularGridInterpolator(tuple(map(np.array, STEPS.values())), smooth.reshape(grid.SHAPE))(
            between
        )
        apart = np.abs(lines - columns.transform(scaled(between)) @ terms)
        # Errors of 1 and 0.2 add up to the root of 1.04: straight lines add 2% to the emulator's own.
        assert apart.mean() < 0.2 * row["median_error"] and apart.max() < 0.45 * row["median_error"], row
        judged += 1
    assert judged > 30


def test_the_page_says_how_far_straight_lines_may_be_off(files, study):
    page = read(text(files, "en/index.html")).words
    error = grid.errors_of(study, "net_cost")
    assert any(f"at most {error['lines']:.1f} euro" in words and f"{error['emulator']:.1f}" in words
               for words in page)  # fmt: skip


# Municipalities.


def test_sixteen_municipalities_are_offered_and_only_those_with_both_shares_get_a_kind():
    found = {each["slug"]: each for each in grid.municipalities()}
    assert len(found) == 16
    with_kind = {slug: each["kind"] for slug, each in found.items() if each["kind"]}
    assert with_kind == {
        "almere": "deprived",
        "heerlen": "deprived",
        "utrecht": "average",
        "zaanstad": "average",
    }
    assert all((each["money"] is None) == (each["kind"] is None) for each in found.values())
    # Youth help alone would call Vlaardingen well-off; how many debts it has is not among the data.
    assert found["vlaardingen"]["youth"] < 10 and found["vlaardingen"]["kind"] is None


def test_a_municipality_after_which_a_kind_is_modelled_resembles_it():
    heerlen = next(each for each in grid.municipalities() if each["slug"] == "heerlen")
    assert heerlen["distances"]["deprived"] == 0.0 < heerlen["distances"]["average"]


# Claims.


def test_the_claims_are_those_of_the_page_in_docs(told_claims):
    page = marked("claims.md", claims_page(told_claims))  # with the notice of an older page, if it is one
    assert page == (DOCS / "claims.md").read_text(encoding="utf-8"), (
        "docs/claims.md and its claims.json are of two studies; run landingsbaan claims write"
    )
    assert {each["id"] for each in told_claims["claims"]} <= set(claim_paths())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_has_its_verdict_its_intervals_and_what_it_rests_on(files, told_claims, language):
    rows = claims.claim_rows(told_claims, language)
    page = html.unescape(text(files, f"{language}/claims.html"))
    assert len(rows) == len(told_claims["claims"]) == 42
    for row, claim in zip(rows, told_claims["claims"], strict=True):
        assert row.verdict == claims.key_of(claim["verdict"])
        assert f'id="{row.number}" data-verdict="{row.verdict}"' in page and row.title in page
        assert len(row.statements) == len(claim["statements"]) and row.rests_on
        for told, found in zip(row.statements, claim["statements"], strict=True):
            assert told.statement in page and told.found in page
            assert ("95%" in told.found) == (found["low"] is not None)
        assert len(row.rests_on) > 1 or claim["verdict"] != "depends"


def test_numbers_on_which_verdicts_depend_have_words(told_claims):
    names = {row["threshold"]["name"] for claim in told_claims["claims"] for row in claim["statements"]
             if row["threshold"]}  # fmt: skip
    assert names and names <= set(PARAMETERS)


def test_what_happens_or_not_is_told_in_percentage_points(told_claims):
    row = next(
        row for claim in told_claims["claims"] for row in claim["statements"] if row["unit_en"] == "0 or 1"
    )
    row = {**row, "mean": 0.25, "adjusted": 0.25, "low": 0.2, "high": 0.3, "sign": 1}
    assert claims.found_words(row, "nl").startswith("+25,0 procentpunt (95%-interval: +20,0 tot +30,0)")


def test_a_study_with_verdicts_of_another_day_is_refused(told_claims, tmp_path):
    other = {**told_claims, "claims": [{**told_claims["claims"][0], "verdict": "plausible"}]}
    (tmp_path / "claims.json").write_text(json.dumps(other))
    with pytest.raises(ConfigurationError, match="not those of today"):
        claims.read_claims(tmp_path)


# The command.


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_writes_a_site_and_says_which_page_to_open(elsewhere, files, capsys):
    assert main(["publish", "site", "language=nl"]) == 0
    assert capsys.readouterr().out == f"{elsewhere / 'site' / 'index.html'}\n"
    found = (elsewhere / "site").rglob("*")
    written = [path.relative_to(elsewhere / "site").as_posix() for path in found if path.is_file()]
    assert sorted(written) == sorted(files)
    assert [path.name for path in elsewhere.iterdir()] == ["site"]


def test_a_site_is_written_again_in_its_place_and_into_an_empty_folder(elsewhere):
    (elsewhere / "site").mkdir()
    assert main(["publish", "site"]) == 0
    (elsewhere / "site" / "shared" / "explorer.js").write_text("old")
    (elsewhere / "site" / "en" / "words.js").unlink()
    assert main(["publish", "site"]) == 0
    assert (elsewhere / "site" / "shared" / "explorer.js").read_text() != "old"
    assert (elsewhere / "site" / "en" / "words.js").is_file()
    assert [path.name for path in elsewhere.iterdir()] == ["site"]


def test_a_folder_with_something_else_in_it_is_refused_and_left_as_it_is(elsewhere, capsys):
    (elsewhere / "papers").mkdir()
    (elsewhere / "papers" / "index.html").write_text("mine")
    assert main(["publish", "papers"]) == 2
    said = capsys.readouterr().err
    assert "index.html, which publish did not write" in said and said.count("\n") == 1
    assert main(["publish", "site"]) == 0
    (elsewhere / "site" / "minutes.pdf").write_text("mine")
    assert main(["publish", "site"]) == 2
    assert "minutes.pdf" in capsys.readouterr().err
    assert (elsewhere / "site" / "minutes.pdf").read_text() == "mine"
    assert (elsewhere / "papers" / "index.html").read_text() == "mine"


def test_a_link_or_subfolder_that_publish_did_not_write_is_left_as_it_is(elsewhere, files, capsys):
    publish.write_site(elsewhere / "site", files)
    for place in (elsewhere / "site", elsewhere / "own"):
        place.mkdir(exist_ok=True)
        (place / "link").symlink_to(elsewhere)
        assert main(["publish", place.name]) == 2
        assert "holds link, which publish did not write" in capsys.readouterr().err
        (place / "link").unlink()
        (place / "empty").mkdir()
        assert main(["publish", place.name]) == 2
        assert "holds empty, which publish did not write" in capsys.readouterr().err
        assert (place / "empty").is_dir()


def test_a_tilde_is_the_home_folder(elsewhere, files, monkeypatch):
    monkeypatch.setenv("HOME", str(elsewhere / "home"))
    (elsewhere / "home").mkdir()
    assert main(["publish", "~/site"]) == 0
    assert (elsewhere / "home" / "site" / "index.html").is_file() and not (elsewhere / "~").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["publish"], "expected one folder to write to"),
        (["publish", "a", "b"], "expected one folder to write to"),
        (["publish", "."], "you are in this folder"),
        (["publish", "file"], "this is no folder, expected one"),
        (["publish", "loop"], "this is no folder, expected one"),
        (["publish", "loop/site"], "loop"),
        (["publish", "site", "language=de"], "language"),
        (["publish", "site", "colour=blue"], "publish takes language=en or language=nl only"),
        (["publsh", "site"], "did you mean publish?"),
        (["publish", "-m", "site"], "publish takes no -m"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(elsewhere, capsys, words, sentence):
    (elsewhere / "file").write_text("mine")
    (elsewhere / "loop").symlink_to("loop")
    assert main(words) == 2
    said = capsys.readouterr().err
    assert sentence in said and said.count("\n") == 1
    assert sorted(path.name for path in elsewhere.iterdir()) == ["file", "loop"]


def test_what_goes_wrong_while_writing_leaves_the_earlier_site(elsewhere, files, monkeypatch):
    publish.write_site(elsewhere / "site", files)
    rename, calls = publish.os.rename, []

    def stumble(source, target):
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(publish.os, "rename", stumble)
    with pytest.raises(ValueError, match="No space left"):
        publish.write_site(elsewhere / "site", {"index.html": b"new"})
    assert (elsewhere / "site" / "index.html").read_bytes() == files["index.html"]
    assert [path.name for path in elsewhere.iterdir()] == ["site"]


def test_help_says_what_it_takes(capsys):
    assert main(["publish", "--help"]) == 0
    said = capsys.readouterr().out
    assert "publish FOLDER" in said and "language=nl" in said
