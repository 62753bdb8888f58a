"""The gallery of the site: every kind of figure, with the command that makes it.

``python -m scenarios.reproducibility.gallery write`` writes docs/gallery.md; ``check`` tests whether it is
current. ``take FOLDER ...`` copies the figures of runs, stories or comparisons to docs/figures/runs, with
fewer colours, and records the command that made each.
"""

import json
import re
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from scenarios.common.errors import ConfigurationError
from scenarios.common.files import write_atomically
from scenarios.common.installation import DOCS, check_clone
from scenarios.common.result_version import RESULT_VERSION
from scenarios.reproducibility.stale_pages import PAGES
from simulation.recording.arm_names import REFERENCE
from simulation.recording.store import open_run

PAGE = DOCS / "gallery.md"
FIGURES = DOCS / "figures"
RUNS = FIGURES / "runs"
MADE = "made.json"  # command and result version by figure
COMMANDS = {"runs": "run", "stories": "story", "compare": "compare"}  # by folder in results/
COLOURS = 48
LARGEST = 100_000  # bytes: larger tables are not copied
COMMAND = re.compile(r"^landingsbaan .+$", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One kind of figure in the gallery.

    Attributes
    ----------
    title, says : str
        Title and description.
    files : str
        Pattern of its files in docs/figures, with the language.
    page : str
        The page in docs that explains it.
    word : str
        Start of the command on that page; empty for the figures of a run.
    """

    title: str
    says: str
    files: str
    page: str
    word: str = ""


SECTIONS: dict[str, tuple[Entry, ...]] = {
    "One municipality": (
        Entry("History", "The reference next to what was measured in 2012-2022.",
              "runs/history_{language}.png", "results.md"),
        Entry("Savings", "What a policy saves or costs, year by year and in total.",
              "runs/savings_{language}.png", "results.md"),
        Entry("Why", "What the saving consists of, what does not count, and the placebo tests.",
              "runs/why_{language}.png", "results.md"),
        Entry("Landing", "The budget as it falls, the cost of care, and the harm of a short strip.",
              "runs/landing_{language}.png", "results.md"),
        Entry("Flows", "Households in each state of care, with and without the policy.",
              "runs/flows_{language}.png", "results.md"),
        Entry("Neighbourhoods", "Households in care by rank of deprivation.",
              "runs/neighbourhoods_{language}.png", "results.md"),
    ),
    "One household, and several policies": (
        Entry("Story", "One household under two policies: two lives on one time line.",
              "runs/story_{language}.png", "tutorials/alderman.md"),
        Entry("Comparison", "Several policies against one reference.",
              "runs/compare_{language}.png", "how_to/compare_policies.md"),
    ),
    "What pays, when, and for whom": (
        Entry("Early signalling and teams", "Cost and need for every combination, in three kinds of town.",
              "flagship/organisation_*_{language}.png", "flagship.md", "study flagship"),
        Entry("The cut and its phase-in", "The same for the size of the cut and the years it takes.",
              "flagship/landing_*_{language}.png", "flagship.md", "study flagship"),
        Entry("Harm of the transition", "Need without help beyond that of a phase-in of eight years.",
              "flagship/harm_*_{language}.png", "flagship.md", "study flagship"),
        Entry("How long the strip must be", "The shortest phase-in without harm, for each cut.",
              "phase_in/phase_in_{language}.png", "phase_in.md", "phase-in"),
        Entry("Which study is worth most", "What knowing an unknown is worth for the choice of a policy.",
              "value_of_information/value_of_information_{language}.png", "value_of_information.md",
              "value-of-information"),
        Entry("Trade-offs", "Policies than which no other is better on everything.",
              "robust/front_{language}.png", "robust.md", "optimise"),
        Entry("Where a landing does harm", "The conditions in which harm is common.",
              "discovery/*_{language}.png", "discovery.md", "discover"),
    ),
    "How far to trust it": (
        Entry("Targets", "The model after calibration next to each target.",
              "calibration/targets_{language}.png", "calibration.md", "calibrate"),
        Entry("What the data teach", "Uncertain parameters before and after calibration.",
              "calibration/prior_posterior_{language}.png", "calibration.md", "calibrate"),
        Entry("Recovery", "Does calibration find parameters that are known?",
              "calibration/recovery_{language}.png", "calibration.md", "calibrate"),
        Entry("Validation", "Figures that took no part in the calibration.",
              "validation/validation_{language}.png", "validation.md", "validate"),
        Entry("Back-test", "2018-2022 as forecast with what was known in 2017.",
              "backtest/backtest_{language}.png", "backtest.md", "backtest"),
        Entry("Screening", "Which levers and unknowns matter at all (Morris).",
              "sensitivity/morris_*_{language}.png", "sensitivity.md", "sensitivity method=morris"),
        Entry("Shares of the variance", "How much each explains (Sobol).",
              "sensitivity/sobol_*_{language}.png", "sensitivity.md", "sensitivity method=sobol"),
        Entry("Claims of the sources", "Effect and verdict of each claim, replication by replication.",
              "claims/*_{language}.png", "claims.md", "claims"),
    ),
}  # fmt: skip
HEAD = """# Gallery

<!-- Written by python -m scenarios.reproducibility.gallery write; do not edit by hand. -->

Every kind of figure that the model makes, with the command that makes it. The title of a figure is its
finding. Next to each image are the numbers drawn, as a CSV file, and the same figure in Dutch. Commands of
studies take hours; those of one municipality take a minute. Figures keep the result version with which they
were made; their pages say when the model has changed since.
"""


def files_of(shown: Entry, language: str = "en") -> list[Path]:
    """Return the sorted files of a kind of figure in a language."""
    return sorted(FIGURES.glob(shown.files.format(language=language)))


def command_of(shown: Entry) -> str:
    """Return the command that makes a figure, from its page or from the record of its run.

    Raises
    ------
    ConfigurationError
        When the page has no such command.
    """
    if not shown.word:
        return _made(shown)["command"]
    text = (DOCS / shown.page).read_text(encoding="utf-8")
    begins = f"landingsbaan {shown.word}"
    known = [*COMMAND.findall(text), *PAGES.get(shown.page, ("", ()))[1]]
    found = [each for each in known if each.startswith(begins) and "..." not in each]
    if not found:
        raise ConfigurationError(f"docs/{shown.page} says nowhere which command begins with {begins!r}")
    return found[0]


def _made(shown: Entry) -> dict[str, str]:
    """Return the command and the result version of a figure of a run."""
    made: dict[str, dict[str, str]] = json.loads((RUNS / MADE).read_text(encoding="utf-8"))
    return made[Path(shown.files).name.partition("_{")[0]]


def version_said(shown: Entry) -> str:
    """Return a sentence with the result version of a figure of a run; empty for figures with a page."""
    if shown.word:
        return ""
    version = _made(shown)["result_version"]
    since = "" if version == RESULT_VERSION else "; the model has changed since"
    return f" Result version `{version}`{since}."


def page() -> str:
    """Return the text of the gallery page."""
    parts = [HEAD]
    for section, kinds in SECTIONS.items():
        parts += [f"\n## {section}\n", *(_part(shown) for shown in kinds)]
    return "\n".join(parts)


def _part(shown: Entry) -> str:
    """Return the section of a kind of figure: description, first image, command and links."""
    files = files_of(shown)
    if not files:
        raise ConfigurationError(f"docs/figures has no {shown.files.format(language='en')}")
    first = files[0].relative_to(DOCS)
    dutch = files_of(shown, "nl")[0].relative_to(DOCS)
    more = f" This is one of {len(files)}; [the page]({shown.page}) has all." if len(files) > 1 else ""
    explained = f"[What it means]({shown.page})"
    behind = first.with_suffix(".csv")
    numbers = [f"[numbers]({behind})"] if (DOCS / behind).exists() else []
    links = " · ".join([explained, *numbers, f"[in Dutch]({dutch})"])
    return "\n".join([
        f"### {shown.title}", "",
        f"{shown.says}{more}{version_said(shown)}", "",
        f"```{{image}} {first}", f":alt: {_alternative(files[0], shown)}", ":loading: lazy", "```", "",
        # Commands of studies, which take hours, are marked as text; a test only parses these.
        "```text" if shown.word else "```sh", command_of(shown), "```", "",
        links, "",
    ])  # fmt: skip


def _alternative(image: Path, shown: Entry) -> str:
    """Return the alternative text of a figure: its own text file, or its description."""
    told = image.with_suffix(".txt")
    return " ".join(told.read_text(encoding="utf-8").split()) if told.exists() else shown.says


def take(folders: list[Path]) -> list[Path]:
    """Copy the figures of folders in English and Dutch to docs/figures/runs, and record their commands."""
    RUNS.mkdir(exist_ok=True)
    made = json.loads((RUNS / MADE).read_text(encoding="utf-8")) if (RUNS / MADE).exists() else {}
    taken = []
    for folder in folders:
        with tempfile.TemporaryDirectory(prefix="landingsbaan_") as hidden:
            command, images = _of_folder(folder, Path(hidden))
            for name, language, image in images:
                taken.append(_copied(image, f"{name}_{language}"))
                made[name] = {"command": command, "result_version": RESULT_VERSION}
    write_atomically(RUNS / MADE, (json.dumps(dict(sorted(made.items())), indent=1) + "\n").encode())
    return taken


def _copied(image: Path, name: str) -> Path:
    """Copy a figure with fewer colours, and for English also its table and text; return the copy."""
    from PIL import Image

    to = RUNS / f"{name}.png"
    drawn = Image.open(image).convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT)
    drawn.save(to, format="PNG", optimize=True)
    for suffix in (".csv", ".txt") if name.endswith("_en") else ():
        beside = image.with_suffix(suffix)
        if beside.exists() and beside.stat().st_size <= LARGEST:
            write_atomically(to.with_suffix(suffix), beside.read_bytes())
    return to


def _of_folder(folder: Path, hidden: Path) -> tuple[str, list[tuple[str, str, Path]]]:
    """Return the command that made a folder, and name, language and file of its figures."""
    from scenarios.reporting.figures.run_figures import figures_of, footer_of
    from scenarios.reporting.figures.style import write

    kind = folder.resolve().parent.name
    document = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    own = [each for each in document["overrides"] if not each.startswith("output.")]
    if kind == "compare":
        own = [each for each in own if not each.startswith("policy=")]
        own.insert(0, f"policy={','.join(name for name in document['policies'] if name != REFERENCE)}")
    words = shlex.join(["landingsbaan", COMMANDS[kind], *own])
    if kind != "runs":
        found = [(COMMANDS[kind], language, path) for language in ("en", "nl")
                 for path in folder.rglob(f"*_{language}.png")]  # fmt: skip
        return words, found
    run, drawn = open_run(folder), []
    for language in ("en", "nl"):
        into = hidden / language
        into.mkdir()
        for figure in figures_of(run):
            image = write(figure.describe(run, language), footer_of(figure, run, language), into, language)
            drawn.append((image.stem, language, image))
    return words, drawn


def main(arguments: list[str]) -> int:
    """Write or check the page, or copy figures; return 1 if the page is not current, 2 for an error."""
    action, *rest = arguments or [""]
    try:
        check_clone("gallery")
        if action == "take" and rest:
            print("\n".join(str(path) for path in take([Path(each) for each in rest])))
        elif action == "write" and not rest:
            write_atomically(PAGE, page().encode())
        elif action == "check" and not rest:
            return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page())
        else:
            raise ConfigurationError("expected write, check, or take and folders of runs")
    except (ConfigurationError, OSError, KeyError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
