"""The commands `landingsbaan sweep`, `landingsbaan run -m` and `landingsbaan results`."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from scenarios.cli.command_line import NOTES
from scenarios.common.errors import ConfigurationError, convert_read_errors, nearest
from scenarios.common.files import new_file, with_home
from scenarios.common.terminal import StudyProgress
from scenarios.runs.resources import check_disk_space, check_memory, compile_rules
from scenarios.studies import results
from scenarios.studies.commands import EngineOptions, check_folder_name, engine_of, memory_here, split
from scenarios.studies.design import design_from
from scenarios.studies.engines import TABLES
from scenarios.studies.exports import ENDINGS, check_format
from scenarios.studies.plan import OUTCOMES, Plan
from scenarios.studies.precision import Precision, check_precision, forecast, precision_from
from scenarios.studies.results import point_lines, precision_lines
from scenarios.studies.runner import run_pilot, run_study
from scenarios.studies.store import Folder, is_own, own_function
from simulation.recording.store import Run

# `landingsbaan run -m`: every combination of values is a point of a study, stored like a sweep.

# Keys of a run that have another name in a study.
AS_IN_A_STUDY = {"replication.count": "replications", "processes": "engine.processes"}
DEFAULT_POLICY, REFERENCE = "early_signalling", "reference"


def as_sweep(overrides: list[str]) -> list[str]:
    """Return the words of a sweep that runs the combinations of a multirun.

    A run compares a policy with the reference; in the sweep both are points, with common random numbers.

    Raises
    ------
    ConfigurationError
        For overrides that a study does not support: output keys, or several numbers of replications.

    Examples
    --------
    >>> as_sweep(["landing.years=0,5", "replication.count=4"])
    ['landing.years=0,5', 'replications=4', 'policy=reference,early_signalling']
    """
    words, policy = [], DEFAULT_POLICY
    for override in overrides:
        name, _, value = override.partition("=")
        if name.startswith("output."):
            written = "--notes" if override == NOTES else override
            raise ConfigurationError(
                f"{written}: run -m stores its runs in a study, which draws figures on request; leave it "
                "out, and see landingsbaan results"
            )
        if name in AS_IN_A_STUDY and "," in value:
            raise ConfigurationError(f"{override}: expected one number for all combinations of run -m")
        if name == "policy":
            policy = value
        else:
            words.append(f"{AS_IN_A_STUDY.get(name, name)}={value}")
    several = policy if "," in policy or policy == REFERENCE else f"{REFERENCE},{policy}"
    return [*words, f"policy={several}"]


ROOT = Path("results/studies")
BYTES_PER_RUN_MONTH = 1_000  # an ample upper bound of the parquet files


@dataclass
class SweepOptions(EngineOptions):
    """Options of a sweep, written as key=value among the overrides of its runs.

    Attributes
    ----------
    design : str
        "grid", "list", "lhs", "sobol" or "table"; empty chooses by the axes.
    samples : int
        Points of a Latin hypercube or Sobol sequence.
    design_seed : int
        Seed of the design.
    table : str
        CSV file with a point per row.
    study : str
        Name of the study; empty derives one from its content.
    replications : int
        Runs per point.
    seeds_per_draw : int
        Replications that share a parameter draw.
    keep : str
        "monthly" or "monthly+wijken".
    outcome : str
        Names of outcomes, separated by commas; each is a column of the table of runs.
    precision : str
        Half width of the 95% confidence interval of the first outcome at every point, in its unit or as
        "2%" of its mean; replications are added until it is reached. Empty means no precision.
    against : str
        Number of the base point, if the precision is for differences from it; empty for the outcome itself.
    most_replications : int
        Maximum number of replications per point.
    plan : str
        "true" runs a pilot only, and prints the estimated cost of the precision.
    pilot : int
        Replications of the pilot.
    """

    design: str = ""
    samples: int = 64
    design_seed: int = 0
    table: str = ""
    study: str = ""
    replications: int = 10
    seeds_per_draw: int = 1
    keep: str = "monthly+wijken"
    outcome: str = ",".join(OUTCOMES)
    precision: str = ""
    against: str = ""
    most_replications: int = 1000
    plan: str = "false"
    pilot: int = 8


LEAST = {"design_seed": 0, "engine.processes": 0, "most_replications": 2, "pilot": 2}  # others: from 1 on


def options_of(words: list[str]) -> tuple[SweepOptions, list[str]]:
    """Return the options of a sweep, and the remaining overrides.

    Raises
    ------
    ConfigurationError
        For an invalid value of an option.
    """
    options, left = split(SweepOptions, words, LEAST)
    if set(options.keep.split("+")) - set(TABLES) or "monthly" not in options.keep.split("+"):
        raise ConfigurationError(f"keep = {options.keep}: expected monthly or monthly+wijken")
    check_folder_name("study", options.study)
    if options.plan not in ("true", "false"):
        raise ConfigurationError(f"plan = {options.plan}: expected true or false")
    for name in ("plan", "against"):
        if getattr(options, name) not in ("", "false") and not options.precision:
            raise ConfigurationError(f"{name}: precision is missing, as precision=2%")
    return options, left


def sweep(words: list[str]) -> Folder:
    """Run or resume a study; return its folder.

    Raises
    ------
    ConfigurationError
        For an error of the user; nothing is written then.
    """
    options, overrides = options_of(words)
    design = design_from(overrides, options.design, options.samples, options.design_seed, options.table)
    if "policy" not in (*design.axes, *(word.split("=")[0] for word in design.shared)):
        design = replace(design, shared=(*design.shared, f"policy={REFERENCE}"))
    is_pilot = options.plan == "true"
    replications = options.pilot if is_pilot else options.replications
    plan = Plan(design, replications, options.seeds_per_draw, _names(options.outcome))
    for name in plan.outcomes:
        if is_own(name):
            own_function(name)
    plan.check()
    precision = _precision(options, plan)
    folder = Folder(ROOT / (options.study or plan.name))
    scenario = plan.scenario_of(0)
    runs = len(design.points) * replications
    check_disk_space(ROOT, runs * scenario.months * BYTES_PER_RUN_MONTH)
    check_memory(memory_here(options, scenario.profile.households, runs))
    engine = engine_of(options)
    compile_rules(scenario.language)
    stored = tuple(options.keep.split("+"))
    begin = time.perf_counter()
    with StudyProgress(runs, scenario.language) as progress:
        if is_pilot:
            tasks = run_pilot(plan, folder, engine, stored, progress.count_done)
        else:
            run_study(plan, folder, engine, stored, progress.count_done, precision)
    progress.finish(folder.path, time.perf_counter() - begin)
    if is_pilot and precision:
        print("\n".join(forecast(plan, folder, tasks, precision, engine, options.engine)))
    elif precision:
        print("\n".join(precision_lines(folder)))
    return folder


def _names(text: str) -> tuple[str, ...]:
    """Return the outcomes named in a text, without duplicates; the default outcomes if empty."""
    return tuple(dict.fromkeys(name for name in text.split(",") if name)) or OUTCOMES


def _precision(options: SweepOptions, plan: Plan) -> Precision | None:
    """Return the requested precision, or None."""
    if not options.precision:
        return None
    precision = precision_from(
        options.precision, plan.outcomes[0], options.against, options.most_replications, plan.seeds_per_draw
    )
    check_precision(precision, plan.replications, len(plan.design.points))
    return precision


TAKES = {
    "ls": (),
    "show": ("sql", "outcome", "against", "points"),
    "plot": ("outcome", "over", "against", "to", "language"),
    "export": ("format", "to", "table", "form", "decimal"),
    "verify": (),
    "prune": ("yes",),
}
ACTIONS = tuple(TAKES)


def answer_results(words: list[str], options: dict[str, str]) -> None:
    """Execute `landingsbaan results ls|show|plot|export|verify|prune`.

    Raises
    ------
    ConfigurationError
        For an unknown action or study, or a key it does not take.
    """
    action, names = (words[0] if words else "ls"), words[1:]
    if action not in ACTIONS:
        raise ConfigurationError(
            f"results {action}: expected one of {', '.join(ACTIONS)}{nearest(action, ACTIONS)}"
        )
    takes = TAKES[action]
    for name in options:
        if name not in takes:
            allowed = f"takes {', '.join(takes)}" if takes else "takes no key=value"
            raise ConfigurationError(f"{name}: results {action} {allowed}{nearest(name, takes)}")
    answers = {
        "ls": _list,
        "show": _show,
        "plot": _plot,
        "export": _export,
        "verify": _verify,
        "prune": _prune,
    }
    with convert_read_errors(" ".join(names) or ROOT):
        answers[action](names, options)


def _one(action: str, names: list[str]) -> Folder:
    if len(names) != 1:
        raise ConfigurationError(f"results {action}: expected the name of one study")
    return results.folder_of(names[0], ROOT)


def _list(names: list[str], options: dict[str, str]) -> None:
    root = with_home(names[0]) if names else ROOT
    if len(names) > 1 or (names and not root.is_dir()):
        raise ConfigurationError(f"results ls {' '.join(names)}: expected one folder with studies")
    found = list(results.studies(root))
    unreadable = []
    for folder in found:
        try:
            print(results.state_of(folder).in_words)
        except ConfigurationError as error:
            unreadable.append(str(error))
    if unreadable:
        raise ConfigurationError("; ".join(unreadable))
    if not found:
        print(f"no studies in {root}; landingsbaan sweep makes one")


def _show(names: list[str], options: dict[str, str]) -> None:
    folder = _one("show", names)
    if "sql" in options:
        print(results.query_study(folder, options["sql"]).to_string(index=False))
    else:
        shown = point_lines(folder, **options)
        print("\n".join([*results.summary(folder), *shown]))


def _plot(names: list[str], options: dict[str, str]) -> None:
    from scenarios.reporting.figures.study import draw  # imported late: loads matplotlib

    print(draw(_one("plot", names), options))


def _export(names: list[str], options: dict[str, str]) -> None:
    if len(names) != 1:
        raise ConfigurationError("results export: expected the name of one study, or one run folder")
    source = results.study_or_run(names[0], ROOT)
    place = source.folder if isinstance(source, Run) else source.path
    kind, table = options.get("format", "csv"), options.get("table", "monthly")
    form = options.get("form", "wide")
    check_format(kind)  # first, since the name of the file ends in it
    ending = ENDINGS.get(kind, kind)
    name = f"{place.resolve().name}_{table}{'_long' if form == 'long' else ''}.{ending}"
    target = new_file(options.get("to", name))
    print(results.exported(source, kind, target, table, options.get("decimal", "."), form))


def _verify(names: list[str], options: dict[str, str]) -> None:
    chosen = [_one("verify", [name]) for name in names] or list(results.studies(ROOT))
    wrong = 0
    for folder in chosen:
        damaged, state = results.damaged(folder), results.state_of(folder)
        wrong += len(damaged)
        if damaged:
            status = f"damaged: {', '.join(damaged)}; the same sweep command runs again what it needs"
        elif not state.whole:
            status = "nothing stored yet; the same sweep command goes on"
        else:
            status = (
                "whole" if state.whole == state.runs else f"whole so far: {state.whole} of {state.runs} runs"
            )
        print(f"{folder.path.name}: {status}")
    if wrong:
        raise ConfigurationError(f"results verify: damaged parts: {wrong}")


def _prune(names: list[str], options: dict[str, str]) -> None:
    yes = options.get("yes", "false")
    if yes not in ("true", "false"):
        raise ConfigurationError(f"yes = {yes}: expected true or false{nearest(yes, ('true', 'false'))}")
    gone = results.prune(ROOT, names, of_this_version=yes == "true")
    print(
        f"removed {', '.join(gone)}" if gone else "nothing to remove: every study is of this result version"
    )
