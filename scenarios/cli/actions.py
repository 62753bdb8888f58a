"""What each sub-command of `landingsbaan` does; the command line calls them by name.

Heavy imports stand inside the functions, so that help comes at once.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.cli.command_line import CommandLine
from scenarios.common.errors import ConfigurationError, written_elsewhere

if TYPE_CHECKING:
    from scenarios.runs.scenario import Scenario

# Targets and the record are the country's: they are held against an average municipality without a system
# of its own.
AVERAGE = ("municipality=average", "system=national_average")


def combinations(asked: CommandLine) -> list[list[str]]:
    """Return the overrides of each run: one, with -m the product of all value lists, or what is compared."""
    from scenarios.analysis.country import split_off_engine, with_system

    overrides = asked.overrides
    if asked.command == "story":
        from scenarios.config.keys import scenario_overrides

        overrides = scenario_overrides(overrides)
    if asked.command == "run":
        from scenarios.runs.run_document import with_those_of_a_run

        overrides, _ = split_off_engine(with_those_of_a_run(overrides))
    combinations = [overrides]
    if asked.command == "compare":
        from scenarios.config.overrides import expanded

        lists = [each for each in overrides if each.startswith(("policy=", "system="))]
        shared = [each for each in overrides if each not in lists]
        combinations = [[*each, *shared] for each in expanded(lists)]
    elif asked.multirun:
        from scenarios.config.overrides import expanded

        combinations = expanded(overrides)
    return [with_system(each) for each in combinations] if asked.command == "run" else combinations


def _scenarios(asked: CommandLine) -> "list[Scenario]":
    """Return the scenario of each run; all are checked before the first begins."""
    from scenarios.runs.scenario import scenario_from

    return [scenario_from(overrides) for overrides in combinations(asked)]


def _run(asked: CommandLine) -> None:
    from scenarios.runs.run_document import with_those_of_a_run

    asked.overrides = with_those_of_a_run(asked.overrides)  # once: what follows finds none left
    from scenarios.analysis.country import is_country, job_of, split_off_engine
    from scenarios.runs.resources import check_disk_space, check_memory

    if asked.multirun and not is_country(asked.overrides):
        from scenarios.cli.studies import as_sweep, sweep

        sweep(as_sweep(asked.overrides))
        return
    _, engine = split_off_engine(asked.overrides)
    jobs = [job_of(overrides, engine) for overrides in combinations(asked)]
    for folder in {each.folder for each in jobs}:
        check_disk_space(folder, sum(each.expected_bytes for each in jobs if each.folder == folder))
    check_memory(max(each.memory_bytes for each in jobs), jobs[0].language)
    for number, job in enumerate(jobs, start=1):
        if asked.multirun:
            print(f"Run {number} of {len(jobs)}: {' '.join(job.overrides)}", flush=True)
        job.run()


def _story(asked: CommandLine) -> None:
    if asked.multirun:
        raise ConfigurationError("story -m: one story at a time; leave out -m")
    from scenarios.analysis.story import read_story_request, run_and_print
    from scenarios.runs.resources import BYTES_OF_FIGURES, check_disk_space, check_memory, memory_of

    story = read_story_request(asked.overrides)
    check_disk_space(story.scenario.folder, BYTES_OF_FIGURES)
    check_memory(memory_of(story.scenario.profile.households))
    run_and_print(story)


def _history(asked: CommandLine) -> None:
    from scenarios.analysis.country import is_country

    if asked.multirun or is_country(asked.overrides):
        raise ConfigurationError("history: one municipality at a time; leave out -m and the whole country")
    _average_unless_named(asked)
    from scenarios.analysis import main_job

    asked.overrides = main_job.history_overrides(asked.overrides)
    (scenario,) = _scenarios(asked)
    from scenarios.runs.resources import BYTES_OF_FIGURES, check_disk_space, check_memory, memory_of

    check_disk_space(scenario.folder, BYTES_OF_FIGURES)
    check_memory(
        memory_of(scenario.profile.households, len(scenario.seeds), scenario.processes), scenario.language
    )
    main_job.run_history(scenario)


def _average_unless_named(asked: CommandLine) -> None:
    """Take the average municipality where the user names no municipality and no system."""
    if not any(each.split("=")[0] in ("municipality", "system") for each in asked.overrides):
        asked.overrides = [*AVERAGE, *asked.overrides]


def _targets(asked: CommandLine) -> None:
    _average_unless_named(asked)
    scenarios = _scenarios(asked)
    from scenarios.analysis.calibration import targets
    from scenarios.runs.resources import check_memory, memory_of

    check_memory(max(memory_of(each.profile.households) for each in scenarios))
    for scenario in scenarios:
        targets.main(scenario)


def _calibrate(asked: CommandLine) -> None:
    if asked.multirun:
        raise ConfigurationError("calibrate takes no -m: it runs its own histories")
    from scenarios.analysis.calibration.command import calibrate

    calibrate(asked.words, asked.overrides)


def _validate(asked: CommandLine) -> None:
    if asked.multirun:
        raise ConfigurationError("validate takes no -m: it runs its own histories")
    from scenarios.analysis.validation.command import validate

    validate(asked.words, asked.overrides)


def _backtest(asked: CommandLine) -> None:
    if asked.multirun:
        raise ConfigurationError("backtest takes no -m: it runs its own histories")
    from scenarios.analysis.backtest.command import backtest

    backtest(asked.words, asked.overrides)


def _claims(asked: CommandLine) -> None:
    if asked.multirun:
        raise ConfigurationError("claims: runs its own arms and replications, expected no -m")
    from scenarios.analysis.claims import job

    job.run(asked.words, asked.overrides)


def _sweep(asked: CommandLine) -> None:
    from scenarios.cli.studies import sweep

    sweep(asked.overrides)


def _results(asked: CommandLine) -> None:
    from scenarios.cli.studies import answer_results

    answer_results(asked.words, dict(word.split("=", 1) for word in asked.overrides))


# Where the function of the same name stands.
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


def _explore(asked: CommandLine) -> None:
    from importlib import import_module

    if asked.multirun:
        raise ConfigurationError(f"{asked.command} takes no -m: it chooses its own points")
    getattr(import_module(EXPLORATIONS[asked.command]), asked.command.replace("-", "_"))(asked.overrides)


def _study(asked: CommandLine) -> None:
    if asked.multirun:
        raise ConfigurationError("study takes no -m: it chooses its own points")
    from scenarios.analysis.flagship.study import study

    study(asked.words, asked.overrides)


def _systems(asked: CommandLine) -> None:
    from scenarios.common.installation import check_clone
    from scenarios.reporting import systems

    language = _language(asked)
    action = asked.words[0] if asked.words else ""
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


def _compare(asked: CommandLine) -> None:
    if asked.multirun:
        raise ConfigurationError("compare takes no -m: it compares under one set of values")
    from scenarios.runs.resources import check_disk_space, check_memory

    comparison, job = _compared(asked.words, asked.overrides)
    check_disk_space(comparison.folder, comparison.expected_bytes)
    check_memory(comparison.memory_bytes)
    job(comparison)


def _compared(words: list[str], overrides: list[str]) -> "tuple[Any, Callable[[Any], Path]]":
    """Return what is compared, policies or systems, and what runs it.

    Policies are named by `policy=a,b`; systems by `system=a,b` or as words.
    """
    lists = {"policy": [each for each in overrides if each.startswith("policy=")],
             "system": [each for each in overrides if each.startswith("system=")]}  # fmt: skip
    for name, given in lists.items():
        if len(given) > 1:
            raise ConfigurationError(f"{name} is given twice; write {name}=a,b once")
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


def _language(asked: CommandLine) -> str:
    """Return the language asked for; nothing else can be set where only words are printed."""
    from scenarios.config.keys import check_language

    language = "en"
    for each in asked.overrides:
        name, _, language = each.partition("=")
        if name != "language":
            raise ConfigurationError(f"{each}: {asked.command} takes language=en or language=nl only")
        check_language(language)
    return language


def _municipality(asked: CommandLine) -> None:
    if asked.multirun:
        raise ConfigurationError("municipality takes no -m")
    from scenarios.config.municipality_files.command import answer

    answer(asked.words, asked.overrides)


def _check(asked: CommandLine) -> None:
    if asked.multirun:
        raise ConfigurationError("check takes no -m")
    from scenarios.analysis.own_files import check

    check(asked.words, asked.overrides)


def _serve(asked: CommandLine) -> None:
    from scenarios.apps.dashboard.options import read_options

    options = read_options(asked.overrides)
    from scenarios.apps.dashboard.server import serve

    serve(options)


def _parameters(asked: CommandLine) -> None:
    from scenarios.cli import parameters
    from scenarios.common.installation import check_clone

    action = asked.words[0] if asked.words else ""
    if action in parameters.ACTIONS:
        check_clone(f"parameters {action}")
    if action == "write":
        parameters.write()
    elif action == "check":
        parameters.check()
    else:
        parameters.show(asked.words)


def _figures(asked: CommandLine) -> None:
    from scenarios.config.keys import check_language

    if not asked.words:
        raise ConfigurationError("figures: expected a run folder, as landingsbaan figures results/runs/...")
    folder = Path(asked.words[0])
    language = asked.words[1] if len(asked.words) > 1 else "en"
    check_language(language)
    if not (folder / "run.json").is_file():
        raise ConfigurationError(f"figures {folder}: no run.json there, expected a run folder")
    with written_elsewhere(folder):
        _draw_again(folder, language)


def _draw_again(folder: Path, language: str) -> None:
    """Draw the figures of a run folder, and tell it again, as its kind asks."""
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


def _report(asked: CommandLine) -> None:
    if asked.multirun:
        raise ConfigurationError("report takes no -m: one run at a time")
    from scenarios.cli import report

    with written_elsewhere(" ".join(asked.words)):
        report.write(asked.words, asked.overrides)


def _publish(asked: CommandLine) -> None:
    if asked.multirun:
        raise ConfigurationError("publish takes no -m: one site at a time")
    from scenarios.apps.explorer.publish import publish

    publish(asked.words, asked.overrides)


def _completion(asked: CommandLine) -> None:
    from scenarios.cli.completion import completion_script

    print(completion_script(asked.words[0] if asked.words else "bash"))


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
