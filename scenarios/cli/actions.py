"""The functions of the sub-commands of `landingsbaan`, by name in `ACTIONS`.

Slow imports are inside the functions, so that help is shown at once.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.cli.command_line import CommandLine
from scenarios.common.errors import ConfigurationError, convert_read_errors
from scenarios.common.files import with_home

if TYPE_CHECKING:
    from scenarios.runs.scenario import Scenario

# Targets and the record are national figures, so they are compared with an average municipality with the
# neutral system.
AVERAGE = ("municipality=average", "system=national_average")


def combinations(args: CommandLine) -> list[list[str]]:
    """Return the overrides of each run: one; with -m the product of all value lists; or those compared."""
    from scenarios.analysis.country import split_off_engine, with_system

    if args.command in ("history", "targets"):
        _average_unless_named(args)
    overrides = args.overrides
    if args.command == "story":
        from scenarios.config.keys import scenario_overrides

        overrides = scenario_overrides(overrides)
    if args.command == "run":
        from scenarios.runs.run_document import with_stored_overrides

        overrides, _ = split_off_engine(with_stored_overrides(overrides))
    combinations = [overrides]
    if args.command == "compare":
        from scenarios.config.overrides import expanded

        lists = [each for each in overrides if each.startswith(("policy=", "system="))]
        shared = [each for each in overrides if each not in lists]
        combinations = [[*each, *shared] for each in expanded(lists)]
    elif args.multirun:
        from scenarios.config.overrides import expanded

        combinations = expanded(overrides)
    return [with_system(each) for each in combinations] if args.command == "run" else combinations


def _scenarios(args: CommandLine) -> "list[Scenario]":
    """Return the scenario of each run; all are checked before the first begins."""
    from scenarios.runs.scenario import scenario_from

    return [scenario_from(overrides) for overrides in combinations(args)]


def _run(args: CommandLine) -> None:
    from scenarios.runs.run_document import with_stored_overrides

    args.overrides = with_stored_overrides(args.overrides)  # later calls find no again= left
    from scenarios.analysis.country import is_country, job_of, split_off_engine
    from scenarios.runs.resources import check_disk_space, check_memory

    if args.multirun and not is_country(args.overrides):
        from scenarios.cli.studies import as_sweep, sweep

        sweep(as_sweep(args.overrides))
        return
    _, engine = split_off_engine(args.overrides)
    jobs = [job_of(overrides, engine) for overrides in combinations(args)]
    for folder in {each.folder for each in jobs}:
        check_disk_space(folder, sum(each.expected_bytes for each in jobs if each.folder == folder))
    check_memory(max(each.memory_bytes for each in jobs), jobs[0].language)
    for number, job in enumerate(jobs, start=1):
        if args.multirun:
            print(f"Run {number} of {len(jobs)}: {' '.join(job.overrides)}", flush=True)
        job.run()


def _story(args: CommandLine) -> None:
    if args.multirun:
        raise ConfigurationError("story -m: one story at a time; leave out -m")
    from scenarios.analysis.story import read_story_request, run_and_print
    from scenarios.runs.resources import BYTES_OF_FIGURES, check_disk_space, check_memory, memory_of

    story = read_story_request(args.overrides)
    check_disk_space(story.scenario.folder, BYTES_OF_FIGURES)
    check_memory(memory_of(story.scenario.profile.households))
    run_and_print(story)


def _history(args: CommandLine) -> None:
    from scenarios.analysis.country import is_country

    if args.multirun or is_country(args.overrides):
        raise ConfigurationError("history: one municipality at a time; leave out -m and the whole country")
    from scenarios.analysis import main_job

    args.overrides = main_job.history_overrides(args.overrides)
    (scenario,) = _scenarios(args)
    from scenarios.runs.resources import BYTES_OF_FIGURES, check_disk_space, check_memory, memory_of

    check_disk_space(scenario.folder, BYTES_OF_FIGURES)
    check_memory(
        memory_of(scenario.profile.households, len(scenario.seeds), scenario.processes), scenario.language
    )
    main_job.run_history(scenario)


def _average_unless_named(args: CommandLine) -> None:
    """Add the average municipality to the overrides if the user names no municipality and no system."""
    if not any(each.split("=")[0] in ("municipality", "system") for each in args.overrides):
        args.overrides = [*AVERAGE, *args.overrides]


def _targets(args: CommandLine) -> None:
    scenarios = _scenarios(args)
    from scenarios.analysis.calibration import targets
    from scenarios.runs.resources import check_memory, memory_of

    check_memory(max(memory_of(each.profile.households) for each in scenarios))
    for scenario in scenarios:
        targets.main(scenario)


def _calibrate(args: CommandLine) -> None:
    if args.multirun:
        raise ConfigurationError("calibrate takes no -m: it runs its own histories")
    from scenarios.analysis.calibration.command import calibrate

    calibrate(args.words, args.overrides)


def _validate(args: CommandLine) -> None:
    if args.multirun:
        raise ConfigurationError("validate takes no -m: it runs its own histories")
    from scenarios.analysis.validation.command import validate

    validate(args.words, args.overrides)


def _backtest(args: CommandLine) -> None:
    if args.multirun:
        raise ConfigurationError("backtest takes no -m: it runs its own histories")
    from scenarios.analysis.backtest.command import backtest

    backtest(args.words, args.overrides)


def _claims(args: CommandLine) -> None:
    if args.multirun:
        raise ConfigurationError("claims: runs its own arms and replications, expected no -m")
    from scenarios.analysis.claims import job

    job.run(args.words, args.overrides)


def _sweep(args: CommandLine) -> None:
    from scenarios.cli.studies import sweep

    sweep(args.overrides)


def _results(args: CommandLine) -> None:
    from scenarios.cli.studies import answer_results

    answer_results(args.words, _keys(args.overrides))


def _keys(overrides: list[str]) -> dict[str, str]:
    """Return keys with their values; raise ConfigurationError for a word without =."""
    values: dict[str, str] = {}
    for each in overrides:
        name, equals, value = each.partition("=")
        if not equals:
            raise ConfigurationError(f"{each}: expected key=value, or the name of a study")
        values[name] = value
    return values


# Module of each command; its function has the name of the command.
EXPLORATIONS = {
    "sensitivity": "scenarios.analysis.sensitivity",
    "discover": "scenarios.analysis.discovery",
    "optimise": "scenarios.analysis.robust",
    "solve": "scenarios.analysis.solver.solve",
    "measures": "scenarios.analysis.measures",
    "phase-in": "scenarios.analysis.phase_in.study",
    "value-of-information": "scenarios.analysis.value_of_information.value_of_information",
    "forecast": "scenarios.analysis.forecast.command",
    "comparable": "scenarios.analysis.forecast.comparable",
}


def _explore(args: CommandLine) -> None:
    from importlib import import_module

    if args.multirun:
        raise ConfigurationError(f"{args.command} takes no -m: it chooses its own points")
    getattr(import_module(EXPLORATIONS[args.command]), args.command.replace("-", "_"))(args.overrides)


def _study(args: CommandLine) -> None:
    if args.multirun:
        raise ConfigurationError("study takes no -m: it chooses its own points")
    from scenarios.analysis.flagship.study import study

    study(args.words, args.overrides)


def _systems(args: CommandLine) -> None:
    from scenarios.common.installation import check_clone
    from scenarios.reporting import systems

    language = _language(args)
    action = args.words[0] if args.words else ""
    if action in ("write", "check"):
        check_clone(f"systems {action}")
    if action == "write":
        systems.write()
    elif action == "check":
        systems.check()
    elif not action:
        systems.list_systems(language)
    else:
        print(systems.describe_system(action, language))


def _compare(args: CommandLine) -> None:
    if args.multirun:
        raise ConfigurationError("compare takes no -m: it compares under one set of values")
    from scenarios.runs.resources import check_disk_space, check_memory

    comparison, job = _compared(args.words, args.overrides)
    check_disk_space(comparison.folder, comparison.expected_bytes)
    check_memory(comparison.memory_bytes)
    job(comparison)


def _compared(words: list[str], overrides: list[str]) -> "tuple[Any, Callable[[Any], Path]]":
    """Return the comparison, of policies or systems, and the function that runs it.

    Policies are given as `policy=a,b`; systems as `system=a,b` or as words.
    """
    lists = {"policy": [each for each in overrides if each.startswith("policy=")],
             "system": [each for each in overrides if each.startswith("system=")]}  # fmt: skip
    members = {name: given[0].partition("=")[2].split(",") for name, given in lists.items() if given}
    if "policy" in members:
        if words or len(members.get("system", [])) > 1:
            raise ConfigurationError(
                f"policy={','.join(members['policy'])}: compare takes policies or systems, not both; name "
                "one system at most, as compare policy=early_signalling,larger_teams system=zwolle"
            )
        from scenarios.analysis import policy_comparison

        rest = [each for each in overrides if each not in lists["policy"]]
        return policy_comparison.policy_comparison_from(members["policy"], rest), policy_comparison.run
    if words and "system" in members:
        raise ConfigurationError(f"{words[0]}: write all systems in system=a,b, or all as words")
    if not words and "system" not in members:
        raise ConfigurationError(
            "compare: expected systems or policies, as compare system=zwolle,eindhoven or compare "
            "policy=early_signalling,larger_teams"
        )
    from scenarios.analysis import comparison

    rest = [each for each in overrides if each not in lists["system"]]
    return comparison.comparison_from(words or members["system"], rest), comparison.run


def _language(args: CommandLine) -> str:
    """Return the language of a command that only prints text; raise ConfigurationError for other keys."""
    from scenarios.config.keys import check_language

    values = _keys(args.overrides)
    for name in values:
        if name != "language":
            raise ConfigurationError(f"{name}: {args.command} takes language=en or language=nl only")
    language = values.get("language", "en")
    check_language(language)
    return language


def _municipality(args: CommandLine) -> None:
    if args.multirun:
        raise ConfigurationError("municipality takes no -m")
    from scenarios.config.municipality_files.command import answer

    answer(args.words, args.overrides)


def _check(args: CommandLine) -> None:
    if args.multirun:
        raise ConfigurationError("check takes no -m")
    from scenarios.analysis.own_files import check

    check(args.words, args.overrides)


def _serve(args: CommandLine) -> None:
    from scenarios.apps.dashboard.options import read_options

    options = read_options(args.overrides)
    from scenarios.apps.dashboard.server import serve

    try:
        serve(options)
    except KeyboardInterrupt:  # the way to stop it, in which nothing is lost
        print("Stopped.", file=sys.stderr)


def _parameters(args: CommandLine) -> None:
    from scenarios.cli import parameters
    from scenarios.common.installation import check_clone

    action = args.words[0] if args.words else ""
    if action in parameters.ACTIONS:
        check_clone(f"parameters {action}")
    if action == "write":
        parameters.write()
    elif action == "check":
        parameters.check()
    else:
        parameters.show(args.words)


def _figures(args: CommandLine) -> None:
    from scenarios.config.keys import check_language

    if not args.words:
        raise ConfigurationError("figures: expected a run folder, as landingsbaan figures results/runs/...")
    folder = with_home(args.words[0])
    language = args.words[1] if len(args.words) > 1 else "en"
    check_language(language)
    if not (folder / "run.json").is_file():
        raise ConfigurationError(f"figures {folder}: no run.json there, expected a run folder")
    with convert_read_errors(folder):
        _draw_again(folder, language)


def _draw_again(folder: Path, language: str) -> None:
    """Draw the figures of a run folder again, and rewrite its summary if its kind has one."""
    if (folder / "outcomes.parquet").is_file():
        from scenarios.analysis.comparison import redraw_and_print

        redraw_and_print(folder, language)
        return
    if (folder / "policy_outcomes.parquet").is_file():
        from scenarios.analysis import policy_comparison

        policy_comparison.redraw_and_print(folder, language)
        return
    from scenarios.analysis import main_job

    if main_job.is_history(folder):
        main_job.redraw_and_print(folder, language)
        return
    from scenarios.reporting.figures import run_figures
    from simulation.recording.store import open_run

    run = open_run(folder)
    for sentence in run_figures.left_out(run, language):
        print(sentence, file=sys.stderr)
    run_figures.draw_all(run, language)
    words = {"en": "Figures in {folder}", "nl": "Figuren in {folder}"}
    print(words[language].format(folder=run.folder / run_figures.FOLDER))


def _report(args: CommandLine) -> None:
    if args.multirun:
        raise ConfigurationError("report takes no -m: one run at a time")
    from scenarios.cli import report

    with convert_read_errors(" ".join(args.words)):
        report.write(args.words, args.overrides)


def _publish(args: CommandLine) -> None:
    if args.multirun:
        raise ConfigurationError("publish takes no -m: one site at a time")
    from scenarios.apps.explorer.publish import publish

    publish(args.words, args.overrides)


def _completion(args: CommandLine) -> None:
    from scenarios.cli.completion import completion_script

    print(completion_script(args.words[0] if args.words else "bash"))


ACTIONS: dict[str, Callable[[CommandLine], None]] = {
    "run": _run,
    "story": _story,
    "history": _history,
    "targets": _targets,
    "calibrate": _calibrate,
    "validate": _validate,
    "backtest": _backtest,
    "claims": _claims,
    "sweep": _sweep,
    "results": _results,
    "sensitivity": _explore,
    "discover": _explore,
    "optimise": _explore,
    "solve": _explore,
    "measures": _explore,
    "phase-in": _explore,
    "value-of-information": _explore,
    "study": _study,
    "forecast": _explore,
    "comparable": _explore,
    "systems": _systems,
    "compare": _compare,
    "municipality": _municipality,
    "check": _check,
    "serve": _serve,
    "parameters": _parameters,
    "figures": _figures,
    "report": _report,
    "publish": _publish,
    "completion": _completion,
}
