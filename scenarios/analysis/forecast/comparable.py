"""`landingsbaan comparable`: the most similar municipalities, and why the same policy differs in effect.

Every municipality is run with its own and with the neutral organisation, under the reference and under the
policy, with the same seed and parameter draw in a replication. Under the neutral organisation only the people
differ; the additional effect of the own organisation is that of organisation and its interaction with people.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.calibration.training_ensemble import run_pending_works
from scenarios.analysis.exploration.options import command_of
from scenarios.analysis.forecast.command import that_change_results
from scenarios.analysis.forecast.page import ORGANISATION, PEOPLE, comparable_text
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import as_json, with_home, write_atomically
from scenarios.common.result_version import RESULT_VERSION
from scenarios.common.terminal import StudyProgress, say
from scenarios.config.municipality_files.file import (
    MunicipalityFileReader,
    check_value,
    municipality_file,
    municipality_file_slugs,
)
from scenarios.config.schema import NEUTRAL_SYSTEM
from scenarios.reporting.summary.remainder import PARTS, REPORTED, effects_between, remainder_of
from scenarios.reporting.texts import LANGUAGES
from scenarios.runs.arms import Placebo, arms_of, placebo_arms, placebos_of, policy_arm
from scenarios.runs.replications import arms_at_branch_point, parameters_of_replication, run_with_branches
from scenarios.runs.resources import check_disk_space, check_memory, compile_rules
from scenarios.runs.run_document import commit
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.commands import EngineOptions, check_folder_name, engine_of, memory_here, split
from scenarios.studies.engines import Engine, Part, as_parquet, check_version
from scenarios.studies.plan import STUDY_VERSION, Run, cached_data_checksum, hash_of, own_checksum, seed_of
from scenarios.studies.store import Folder, read_keys
from simulation.dated_figures import number
from simulation.months import month_text, year_of
from simulation.outcomes.comparison import (
    BY_POLICY,
    FIGURES,
    FILE,
    NEUTRAL,
    OWN,
    REST,
    decomposition_table,
    municipal_figures,
    municipality_names,
    similarity_table,
    systems_table,
)
from simulation.outcomes.definitions import COMPARED, outcome_rows, values_of
from simulation.recording.arm_names import POLICY, POLICY_ARMS, REFERENCE
from simulation.recording.recorder import in_table_units

ROOT = "results/comparable"
DEFAULT_MUNICIPALITY, DEFAULT_POLICY = "zaanstad", "early_signalling"
TABLE, LEVELS = "effects", "levels"
BYTES_PER_RUN = 100_000
DOCUMENT = "comparable.json"
# Keys that are set per municipality, or that have another name here.
REFUSED = {
    "system": "every municipality keeps its own organisation, and has the neutral one next to it",
    "replication.count": "use replications=...",
    "replication.split": "use replications=...",
    "output.folder": "use folder=...",
}
LEAST = {"replications": 2, "engine.processes": 0}


@dataclass
class ComparableOptions(EngineOptions):
    """Options of `landingsbaan comparable`, in addition to the keys of a scenario.

    Attributes
    ----------
    municipality : str
        The municipality to which others are compared.
    policy : str
        The policy, the same in all municipalities.
    number : int
        Number of similar municipalities.
    replications : int
        Number of seeds, each with a parameter draw, the same in every municipality.
    placebo : bool
        Whether the policy is also run with its mechanisms switched off, with the own organisation.
    name, folder : str
        Name of the result, derived from the request when empty, and the folder of all results.
    """

    municipality: str = DEFAULT_MUNICIPALITY
    policy: str = DEFAULT_POLICY
    number: int = 3
    replications: int = 10
    placebo: bool = True
    name: str = ""
    folder: str = ROOT


@dataclass(frozen=True)
class Comparable:
    """A resolved comparison.

    Attributes
    ----------
    order : tuple of str
        Slugs: the requested municipality, then the most similar ones in order.
    scenarios : dict of (str, str) to Scenario
        By slug and organisation, "own" or "neutral".
    similarity : DataFrame
        Distances of all other municipalities in the data to the requested one.
    replications : int
        Number of replications.
    placebos : tuple of Placebo
        Mechanisms that are switched off in placebo runs.
    """

    order: tuple[str, ...]
    scenarios: dict[tuple[str, str], Scenario]
    similarity: pd.DataFrame
    replications: int
    placebos: tuple[Placebo, ...]

    @property
    def first(self) -> Scenario:
        """The requested municipality with its own organisation, with the settings shared by all."""
        return self.scenarios[self.order[0], OWN]

    @property
    def identity(self) -> dict[str, Any]:
        """Content that identifies the result; the number of replications may grow."""
        return {
            "study_version": STUDY_VERSION,
            "result_version": RESULT_VERSION,
            "data_checksum": cached_data_checksum(),
            "municipalities": list(self.order),
            "systems": [self.scenarios[slug, OWN].system for slug in self.order],
            "policy": self.first.policy.changes,
            "placebos": [each.name for each in self.placebos],
            "overrides": that_change_results(self.first.overrides),
            **own_checksum(self.first),
        }

    @property
    def different(self) -> list[tuple[str, str]]:
        """Keys that are run: a municipality whose own organisation is the neutral one is run once."""
        return [key for key, scenario in self.scenarios.items()
                if key[1] == OWN or self.scenarios[key[0], OWN].system != scenario.system]  # fmt: skip


@dataclass(frozen=True)
class ComparableWork:
    """One replication of one municipality with one organisation: reference and policy."""

    scenario: Scenario
    key: tuple[str, str]
    place: int
    replication: int
    address: str
    result_version: str
    placebos: tuple[Placebo, ...]

    @property
    def name(self) -> str:
        """Name of its part in the folder."""
        return f"r{self.replication:05d}_{self.place:03d}"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Hash of its content."""
        return (self.address,)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The work as one run."""
        return (Run(self.place, self.replication, self.address),)


def comparable(words: list[str]) -> Path:
    """Run `landingsbaan comparable`; return the folder.

    Raises
    ------
    ConfigurationError
        For invalid options; nothing is written.
    """
    options, overrides = split(ComparableOptions, words, LEAST)
    asked = comparable_from(options, overrides)
    language = asked.first.language
    name = options.name or f"{asked.order[0]}_{hash_of(asked.identity)[:10]}"
    folder = Folder(with_home(options.folder) / name)
    runs = len(asked.different) * asked.replications
    check_disk_space(folder.path.parent, runs * BYTES_PER_RUN)
    households = max(each.profile.households for each in asked.scenarios.values())
    check_memory(memory_here(options, households, 2 * runs), language)
    engine = engine_of(options)
    compile_rules(language)
    effects, levels = simulated(asked, folder, engine)
    written(folder.path, asked, effects, levels, command_of("comparable", words))
    print((folder.path / f"comparable_{language}.md").read_text(encoding="utf-8"), end="")
    say("written", language, folder=folder.path)
    return folder.path


def comparable_from(options: ComparableOptions, overrides: list[str]) -> Comparable:
    """Return the requested comparison.

    Raises
    ------
    ConfigurationError
        For invalid requests, before anything is run.
    """
    check_folder_name("name", options.name)
    for override in overrides:
        name = override.lstrip("+").partition("=")[0]
        if name in REFUSED:
            raise ConfigurationError(f"{name}: comparable sets it itself; {REFUSED[name]}")
    check_value("municipality", options.municipality)
    check_value("policy", options.policy)
    slug, own = options.municipality, own_figures(options.municipality)
    known = municipal_figures()
    if slug not in known.index and not own:
        raise ConfigurationError(
            f"municipality = {slug}: made of the country's figures, so none is like it; expected a real "
            f"municipality: {', '.join(known.index)}, or one of your own"
        )
    most = len(known) - (slug in known.index)
    if options.number > most:
        raise ConfigurationError(f"number = {options.number}: expected a whole number from 1 to {most}")
    similarity = similarity_table([slug], own=own)
    order = (slug, *similarity["other"].head(options.number))
    shared = [*overrides, f"policy={options.policy}", f"replication.count={options.replications}"]
    scenarios = {}
    for each in order:
        scenarios[each, OWN] = scenario_from([*shared, f"municipality={each}"])
        scenarios[each, NEUTRAL] = scenario_from(
            [*shared, f"municipality={each}", f"system={NEUTRAL_SYSTEM}"]
        )
    placebos = placebos_of(scenarios[slug, OWN].policy.changes) if options.placebo else ()
    return Comparable(order, scenarios, similarity, options.replications, placebos)


def own_figures(slug: str) -> dict[str, dict[str, float]]:
    """Return the profile of a user's own municipality by slug and figure; empty for any other."""
    if slug not in municipality_file_slugs():
        return {}
    reader = MunicipalityFileReader(municipality_file(slug), 2010)
    known = {name: number(reader.row, name, reader.file) for name in FIGURES}
    return {slug: {name: float("nan") if value is None else value for name, value in known.items()}}


def simulated(asked: Comparable, folder: Folder, engine: Engine) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the effects of the policy in every municipality; stored replications are not run again.

    Returns
    -------
    DataFrame
        The columns of table `outcomes` of a comparison of systems: `system` is the municipality and `place`
        the organisation, own or neutral.
    DataFrame
        With the own organisation: municipality, replication, arm, outcome and value.
    """
    folder.begin_or_resume(asked.identity, {"commit": commit()}, "comparison of municipalities")
    works = [
        ComparableWork(asked.scenarios[key], key, place, replication,
                       hash_of({**asked.identity, "key": key, "replication": replication}), RESULT_VERSION,
                       asked.placebos if key[1] == OWN else ())
        for replication in range(asked.replications)
        for place, key in enumerate(asked.different)
    ]  # fmt: skip
    with StudyProgress(len(works), asked.first.language) as progress:
        run_pending_works(works, folder, engine, do_run, progress.count_done, are_tables_of)
    parts, levels = [], []
    for work in works:
        slug, organisation = work.key
        part = pq.read_table(folder.table_of(work.name, TABLE)).to_pandas()
        part = part.assign(system=slug, municipality=slug, replication=work.replication, year=0)
        parts.append(part.assign(place=organisation))
        if (slug, NEUTRAL) not in asked.different:
            parts.append(part.assign(place=NEUTRAL))
        if organisation == OWN:
            beside = pq.read_table(folder.table_of(work.name, LEVELS)).to_pandas()
            levels.append(beside.assign(municipality=slug, replication=work.replication))
    return pd.concat(parts, ignore_index=True), pd.concat(levels, ignore_index=True)


def do_run(work: ComparableWork) -> Part:
    """Run one replication of one municipality.

    Raises
    ------
    ValueError
        When this process runs another version of the model than the result.
    """
    check_version(work.result_version, "comparison")
    begin = time.thread_time()
    found = effects_of(work.scenario, work.replication, work.placebos)
    tables = {
        name: as_parquet(pa.Table.from_pandas(table, preserve_index=False))
        for name, table in zip((TABLE, LEVELS), found, strict=True)
    }
    return Part(work.name, tables, work.runs, time.thread_time() - begin)


def are_tables_of(work: ComparableWork, tables: Mapping[str, bytes]) -> bool:
    """Return whether stored tables are those of a run: every outcome, and every outcome of every arm."""
    effects = read_keys(tables.get(TABLE, b""), {"outcome": "text", "value": "real"}, ["outcome"])
    kinds = {"arm": "text", "outcome": "text", "value": "real"}
    levels = read_keys(tables.get(LEVELS, b""), kinds, ["arm", "outcome"])
    if effects is None or levels is None:
        return False
    arms = {REFERENCE, POLICY, *(name for each in work.placebos for name in (each.name, each.against))}
    outcomes = dict.fromkeys((*REPORTED, *PARTS))
    found = set(levels.itertuples(index=False, name=None))
    return (
        list(effects["outcome"]) == list(COMPARED)
        and {(arm, name) for arm in arms for name in outcomes} <= found
    )


def effects_of(
    scenario: Scenario, replication: int, placebos: tuple[Placebo, ...] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return policy minus reference over all years from the transition on, and the levels of all arms.

    Parameters
    ----------
    scenario : Scenario
        The municipality with an organisation.
    replication : int
        Number of the replication.
    placebos : tuple of Placebo
        Mechanisms that are switched off in placebo arms.

    Returns
    -------
    DataFrame
        Outcome and value.
    DataFrame
        Arm, outcome and value, for the placebo effects and cost components.
    """
    parameters, _ = parameters_of_replication(scenario, replication)
    # Other arms are not run here, but parameters are applied in their branch months too, as in a run.
    arms = [arm if arm.name in POLICY_ARMS else replace(arm, same_as=REFERENCE)
            for arm in arms_of(scenario, parameters, scenario.placebo_count)]  # fmt: skip
    arms = [*placebo_arms(policy_arm(scenario, parameters), parameters, placebos), *arms]
    branch_months = sorted({arm.branch_month for arm in arms})
    transition = month_text(scenario.transition_month)
    found, levels = {}, {}
    for arm, model in arms_at_branch_point(scenario, seed_of(scenario, replication), arms):
        run_with_branches(model, arm.parameters, branch_months, scenario.end_month + 1)
        columns = in_table_units("monthly", model.recorder.table("monthly", model, scenario.start_month))
        release(model, dismantle=True)
        levels[arm.name] = values_of(columns, transition, (*REPORTED, *PARTS))
        rows = outcome_rows(pd.DataFrame(columns), int(year_of(scenario.transition_month)))
        found[arm.name] = rows[rows["year"] == 0].set_index("outcome")["value"]
    effect = found.get(POLICY, found[REFERENCE]) - found[REFERENCE]
    for arm in arms:
        if arm.same_as is not None:
            levels.setdefault(arm.name, levels[arm.same_as])
    told = [(name, *of_arm) for name, values in levels.items() for of_arm in values.items()]
    return effect.rename("value").reset_index(), pd.DataFrame(told, columns=["arm", "outcome", "value"])


def beside(levels: pd.DataFrame, order: tuple[str, ...], placebos: tuple[Placebo, ...]) -> dict[str, Any]:
    """Return the effects in placebo runs by municipality, and the cost components.

    Parameters
    ----------
    levels : DataFrame
        The second table of `simulated`.
    order : tuple of str
        Slugs.
    placebos : tuple of Placebo
        Mechanisms that were switched off.
    """
    found = {}
    for slug in order:
        wide = levels[levels["municipality"] == slug].pivot(
            index="replication", columns=["arm", "outcome"], values="value"
        )
        of_arms: dict[str, dict[str, np.ndarray]] = {}
        for (arm, name), values in wide.items():
            of_arms.setdefault(arm, {})[name] = values.to_numpy()
        found[slug] = remainder_of(effects_between(of_arms, {each.name: each.against for each in placebos}))
    return found


def parts_table(effects: pd.DataFrame, order: tuple[str, ...]) -> pd.DataFrame:
    """Return the difference in effect to the first municipality, and its parts: people, organisation.

    Parameters
    ----------
    effects : DataFrame
        The first table of `simulated`.
    order : tuple of str
        Slugs; the first is the comparison.

    Returns
    -------
    DataFrame
        Table `decomposition` of a comparison, with the names its parts have here.
    """
    parts = decomposition_table(effects, list(order))
    return parts.assign(part=parts["part"].replace({BY_POLICY: PEOPLE, REST: ORGANISATION}))


def written(
    folder: Path, asked: Comparable, effects: pd.DataFrame, beside_effects: pd.DataFrame, command: str
) -> None:
    """Write tables and pages into the folder."""
    levels = systems_table(effects, list(asked.order)).drop(columns="system")
    parts = parts_table(effects, asked.order)
    parts = parts.rename(columns={"system": "municipality", "reference": "compared_with"})
    levels = levels.rename(columns={"place": "organisation"})
    document = document_of(asked, command) | {"beside": beside(beside_effects, asked.order, asked.placebos)}
    write_atomically(folder / DOCUMENT, as_json(document))
    tables = {"effects.csv": levels, "differences.csv": parts, "similarity.csv": asked.similarity}
    for name, table in tables.items():
        content = table.to_csv(index=False, float_format="%.6g", lineterminator="\n")
        write_atomically(folder / name, content.encode())
    for language in LANGUAGES:
        text = comparable_text(document, levels, parts, asked.similarity, language)
        write_atomically(folder / f"comparable_{language}.md", text.encode())


def document_of(asked: Comparable, command: str) -> dict[str, Any]:
    """Return the description of the result."""
    first, names = asked.first, municipality_names()
    figures = municipal_figures()
    own = own_figures(asked.order[0])
    return {
        "command": command,
        "result_version": RESULT_VERSION,
        "commit": commit(),
        "municipalities": list(asked.order),
        "names": {slug: names.get(slug, asked.scenarios[slug, OWN].profile.name) for slug in asked.order},
        "systems": {slug: asked.scenarios[slug, OWN].system for slug in asked.order},
        "households": {slug: asked.scenarios[slug, OWN].profile.households for slug in asked.order},
        "figures": {slug: {name: _known((own.get(slug) or figures.loc[slug])[name]) for name in FIGURES}
                    for slug in asked.order},
        "file": FILE,
        "policy": {"en": first.policy.title, "nl": first.policy.title_nl},
        "replications": asked.replications,
        "seeds": [seed_of(first, number) for number in range(asked.replications)],
        "first_year": int(year_of(first.transition_month)),
        "last_year": int(year_of(first.end_month)),
        "neutral": NEUTRAL_SYSTEM,
    }  # fmt: skip


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
