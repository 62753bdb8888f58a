"""`landingsbaan forecast`: users, cost per law, waiting and staff of a municipality in the coming years.

The history is simulated once per replication. In the first year without known figures it branches into every
policy under every grant scenario, with the same households, events and parameter draw. So policies differ in
nothing else, and share the simulated history.
"""

import io
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from agents.mesa_adapter.model_mixin import release
from scenarios.analysis.calibration.training_ensemble import run_pending_works
from scenarios.analysis.exploration.options import command_of
from scenarios.analysis.forecast import page
from scenarios.analysis.forecast.measures import (
    MEASURES,
    POOLED,
    WIJK_MEASURES,
    Registered,
    fans,
    paired_differences,
    pooled,
    registered_figures,
    wijk_values,
    yearly_values,
)
from scenarios.common.errors import ConfigurationError
from scenarios.common.files import as_json, with_home, write_atomically
from scenarios.common.result_version import RESULT_VERSION
from scenarios.common.terminal import StudyProgress, say
from scenarios.config.municipality_files.file import check_value, profile_of
from scenarios.reporting.summary.remainder import PARTS, REPORTED, effects_between, remainder_of
from scenarios.reporting.texts import LANGUAGES
from scenarios.runs.arms import (
    INITIAL_LEVERS,
    PLACEBOS,
    Arm,
    Placebo,
    placebo_arms,
    placebos_of,
    policy_branch_month,
)
from scenarios.runs.replications import arms_at_branch_point, parameters_of_replication, run_with_branches
from scenarios.runs.resources import check_disk_space, check_memory, compile_rules
from scenarios.runs.run_document import commit
from scenarios.runs.scenario import Scenario, scenario_from
from scenarios.studies.commands import EngineOptions, check_folder_name, engine_of, memory_here, split
from scenarios.studies.engines import Engine, Part, as_parquet, check_version
from scenarios.studies.plan import STUDY_VERSION, Run, cached_data_checksum, hash_of, own_checksum, seed_of
from scenarios.studies.store import Folder, read_keys
from simulation.model import Model
from simulation.months import month_number
from simulation.outcomes.definitions import values_of
from simulation.outcomes.history import LAST_YEAR
from simulation.parameters import changed
from simulation.population.municipality_profile import COUNTRY
from simulation.recording.arm_names import POLICY, REFERENCE
from simulation.recording.recorder import in_table_units

ROOT = "results/forecasts"
FIRST_SHOWN = 2015  # first year in which municipalities pay for all of this care
FIRST_FORECAST = LAST_YEAR + 1
MOST_YEARS = 18  # dated figures of the country reach 2040
MOST_ALTERNATIVES = 3
GROWTH = "landing.grant_growth_per_year"
MIDDLE = "middle"
YEARS, WIJKEN, LEVELS = "years", "wijken", "levels"
BYTES_PER_REPLICATION = 400_000
# Keys that do not change a run, and the number of replications, which may grow.
WITHOUT_EFFECT = ("language", "processes", "output.figures", "output.notes", "replication.count")
# Keys that a forecast sets itself, and the key to use instead.
INSTEAD = {
    "window.end": "years", "replication.count": "replications", "replication.split": "replications",
    "output.folder": "folder", "policy.start": "policy", "policy.changes": "policy", GROWTH: "grants",
}  # fmt: skip
DOCUMENT, TABLE, DIFFERENCES, WIJK_TABLE, BOOK = (
    "forecast.json", "forecast.csv", "forecast_differences.csv", "forecast_wijken.csv", "forecast.xlsx",
)  # fmt: skip
LEAST = {"replications": 2, "engine.processes": 0}


@dataclass
class ForecastOptions(EngineOptions):
    """Options of `landingsbaan forecast`, in addition to the keys of a scenario.

    Attributes
    ----------
    years : int
        Years after the last known figure.
    policy : str
        Comma-separated alternatives to the current policy, at most three; may be empty.
    grants : str
        Comma-separated grant scenarios.
    replications : int
        Number of seeds, each with a parameter draw.
    placebo : bool
        Whether the alternatives are also run with their mechanisms switched off, in one grant scenario.
    name, folder : str
        Name of the forecast, derived from the request when empty, and the folder of all forecasts.
    """

    years: int = 5
    policy: str = ""
    grants: str = "low,middle,high"
    replications: int = 40
    placebo: bool = True
    name: str = ""
    folder: str = ROOT


@dataclass(frozen=True)
class Forecast:
    """A resolved forecast.

    Attributes
    ----------
    policies : dict of str to Scenario
        Scenario by policy name; the reference comes first.
    grants : dict of str to float
        Growth of the grants per inhabitant (share a year) by grant scenario.
    scale : float
        Inhabitants of the municipality per simulated inhabitant.
    replications : int
        Number of replications.
    last_year : int
        Last year of the forecast.
    placebo : bool
        Whether placebo runs are made.
    """

    policies: dict[str, Scenario]
    grants: dict[str, float]
    scale: float
    replications: int
    last_year: int
    placebo: bool

    def placebos(self, policy: str) -> tuple[Placebo, ...]:
        """Return the mechanisms of a policy that are switched off in placebo runs."""
        return placebos_of(self.policies[policy].policy.changes) if self.placebo else ()

    @property
    def beside_grants(self) -> str:
        """The grant scenario of the placebo runs."""
        return MIDDLE if MIDDLE in self.grants else next(iter(self.grants))

    @property
    def reference(self) -> Scenario:
        """The scenario of the current policy, with the settings shared by all policies."""
        return self.policies[REFERENCE]

    @property
    def identity(self) -> dict[str, Any]:
        """Content that identifies the forecast; the number of replications may grow."""
        return {
            "study_version": STUDY_VERSION,
            "result_version": RESULT_VERSION,
            "data_checksum": cached_data_checksum(),
            "municipality": self.reference.municipality,
            "policies": {name: each.policy.changes for name, each in self.policies.items()},
            "grants": self.grants,
            "overrides": that_change_results(self.reference.overrides),
            "last_year": self.last_year,
            "placebo": self.placebo,
            **own_checksum(self.reference),
        }


@dataclass(frozen=True)
class ForecastWork:
    """One replication of a forecast: all its policies and grant scenarios."""

    forecast: Forecast
    replication: int
    result_version: str

    @property
    def name(self) -> str:
        """Name of its part in the folder."""
        return f"r{self.replication:05d}"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Hash of its content."""
        return (hash_of({**self.forecast.identity, "replication": self.replication}),)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The work as one run."""
        return (Run(0, self.replication, self.addresses[0]),)


def forecast(words: list[str]) -> Path:
    """Run `landingsbaan forecast`; return the folder.

    Raises
    ------
    ConfigurationError
        For invalid options; nothing is written.
    """
    options, overrides = split(ForecastOptions, words, LEAST)
    asked = forecast_from(options, overrides)
    language = asked.reference.language
    folder = Folder(with_home(options.folder) / (options.name or _name(asked)))
    check_disk_space(folder.path.parent, asked.replications * BYTES_PER_REPLICATION)
    households = asked.reference.profile.households
    check_memory(memory_here(options, households, 2 * asked.replications), language)
    engine = engine_of(options)
    compile_rules(language)
    values, wijken, levels = simulated(asked, folder, engine)
    document = document_of(asked, levels, command_of("forecast", words))
    written(folder.path, document, values, wijken, asked.reference.figures)
    print((folder.path / f"forecast_{language}.md").read_text(encoding="utf-8"), end="")
    say("written", language, folder=folder.path)
    return folder.path


def forecast_from(options: ForecastOptions, overrides: list[str]) -> Forecast:
    """Return the requested forecast.

    Raises
    ------
    ConfigurationError
        For invalid requests, before anything is run.
    """
    check_folder_name("name", options.name)
    for override in overrides:
        name = override.lstrip("+").partition("=")[0]
        if name in INSTEAD:
            raise ConfigurationError(f"{name}: forecast sets it itself; use {INSTEAD[name]}=...")
    if options.years > MOST_YEARS:
        raise ConfigurationError(
            f"years = {options.years}: expected a whole number from 1 to {MOST_YEARS}; figures of the "
            f"country reach {LAST_YEAR + MOST_YEARS}"
        )
    alternatives = [each for each in _names("policy", options.policy) if each != REFERENCE]
    if len(alternatives) > MOST_ALTERNATIVES:
        raise ConfigurationError(
            f"policy = {options.policy}: expected at most {MOST_ALTERNATIVES} alternatives to the reference"
        )
    last_year = LAST_YEAR + options.years
    shared = [*overrides, f"window.end={last_year}-12", f"policy.start={FIRST_FORECAST}-01",
              f"replication.count={options.replications}"]  # fmt: skip
    policies = {name: scenario_from([*shared, f"policy={name}"]) for name in [REFERENCE, *alternatives]}
    for scenario in policies.values():
        _check_start(scenario)
    reference = policies[REFERENCE]
    if reference.municipality == COUNTRY:
        raise ConfigurationError(
            f"municipality = {COUNTRY}: a forecast is of one municipality; expected one, as "
            "municipality=zaanstad, or municipality=average"
        )
    if reference.start_month > month_number(f"{FIRST_SHOWN}-01"):
        raise ConfigurationError(
            f"window.start = {reference.configuration['window']['start']}: expected {FIRST_SHOWN}-01 or "
            "earlier"
        )
    grants = {
        name: scenario_from([*overrides, f"grants={name}"]).parameters.landing.grant_growth_per_year
        for name in _names("grants", options.grants)
    }
    if not grants:
        raise ConfigurationError("grants: expected at least one scenario, as grants=middle")
    whole = profile_of(reference.municipality, reference.profile.start_year)
    scale = whole.inhabitants / reference.profile.inhabitants
    return Forecast(policies, grants, scale, options.replications, last_year, options.placebo)


def _names(group: str, text: str) -> list[str]:
    """Return the members of a group in a comma-separated list, without duplicates."""
    names = list(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))
    for name in names:
        check_value(group, name)
    return names


def _check_start(scenario: Scenario) -> None:
    """Raise ConfigurationError for a policy that cannot start after the known years."""
    fixed = [name for name in scenario.policy.changes if name in INITIAL_LEVERS]
    if fixed:
        raise ConfigurationError(
            f"policy = {scenario.policy.name}: {fixed[0]} is fixed at the start of the history, so the "
            f"policy cannot begin in {FIRST_FORECAST}; expected a policy that leaves it"
        )
    if policy_branch_month(scenario) != scenario.policy.start_month:
        raise ConfigurationError(
            f"policy = {scenario.policy.name}: it prepares for the transition, so it cannot begin in "
            f"{FIRST_FORECAST}; expected a policy without landing.years_ahead and wijkteam.years_early"
        )


def that_change_results(overrides: list[str]) -> list[str]:
    """Return the overrides without those that do not change a run.

    Examples
    --------
    >>> that_change_results(["language=nl", "landing.cut=0.1"])
    ['landing.cut=0.1']
    """
    return [each for each in overrides if each.lstrip("+").partition("=")[0] not in WITHOUT_EFFECT]


def _name(asked: Forecast) -> str:
    return f"{asked.reference.municipality}_{hash_of(asked.identity)[:10]}"


# Runs.


def simulated(
    asked: Forecast, folder: Folder, engine: Engine
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the values by year, by wijk and by arm; stored replications are not run again."""
    folder.begin_or_resume(asked.identity, {"commit": commit()}, "forecast")
    works = [ForecastWork(asked, number, RESULT_VERSION) for number in range(asked.replications)]
    with StudyProgress(len(works), asked.reference.language) as progress:
        run_pending_works(works, folder, engine, do_replication, progress.count_done, are_tables_of)
    found = [
        pd.concat([pq.read_table(folder.table_of(work.name, table)).to_pandas() for work in works],
                  ignore_index=True)
        for table in (YEARS, WIJKEN, LEVELS)
    ]  # fmt: skip
    return found[0], found[1], found[2]


def do_replication(work: ForecastWork) -> Part:
    """Run one replication under every policy and grant scenario.

    Raises
    ------
    ValueError
        When this process runs another version of the model than the forecast.
    """
    check_version(work.result_version, "forecast")
    begin = time.thread_time()
    years, wijken, levels = [], [], []
    for policy, grants, arm, model in futures(work.forecast, work.replication):
        keys = {"policy": policy, "grants": grants, "replication": work.replication}
        first_month = work.forecast.reference.start_month
        # The known years are the same under every policy and grant scenario.
        first = FIRST_SHOWN if policy == REFERENCE else FIRST_FORECAST
        tables = {name: in_table_units(name, model.recorder.table(name, model, first_month))
                  for name in ("monthly", WIJKEN)}  # fmt: skip
        release(model, dismantle=True)
        if grants == work.forecast.beside_grants:
            values = values_of(tables["monthly"], f"{FIRST_FORECAST}-01", (*REPORTED, *PARTS))
            levels.append(
                pd.DataFrame(list(values.items()), columns=["outcome", "value"]).assign(arm=arm, **keys)
            )
        if arm != POLICY:
            continue
        years.append(yearly_values(tables["monthly"], first, work.forecast.scale).assign(**keys))
        wijken.append(wijk_values(tables[WIJKEN], FIRST_FORECAST - 1, work.forecast.scale).assign(**keys))
    stored = {name: as_parquet(pa.Table.from_pandas(pd.concat(each), preserve_index=False))
              for name, each in ((YEARS, years), (WIJKEN, wijken), (LEVELS, levels))}  # fmt: skip
    return Part(work.name, stored, work.runs, time.thread_time() - begin)


def are_tables_of(work: ForecastWork, tables: Mapping[str, bytes]) -> bool:
    """Return whether stored tables are those of a replication: every year, wijk and arm of it."""
    keys = {
        name: read_keys(tables.get(name, b""), kinds, [each for each in kinds if each not in VALUES])
        for name, kinds in KINDS.items()
    }
    years, wijken, levels = keys[YEARS], keys[WIJKEN], keys[LEVELS]
    if years is None or wijken is None or levels is None:
        return False
    wijk_numbers = wijken["wijk"].unique()
    found = _rows(years), _rows(wijken), _rows(levels)
    return found == (_keys_of_years(work), _keys_of_wijken(work, wijk_numbers), _keys_of_levels(work))


def _keys_of_years(work: ForecastWork) -> set[tuple[Any, ...]]:
    asked = work.forecast
    return {
        (year, measure, policy, grants, work.replication)
        for policy in asked.policies
        for year in range(FIRST_SHOWN if policy == REFERENCE else FIRST_FORECAST, asked.last_year + 1)
        for measure in MEASURES
        for grants in asked.grants
    }


def _keys_of_wijken(work: ForecastWork, wijk_numbers: Iterable[int]) -> set[tuple[Any, ...]]:
    asked = work.forecast
    years = range(FIRST_FORECAST - 1, asked.last_year + 1)
    replications = (work.replication,)
    return set(product(years, wijk_numbers, WIJK_MEASURES, asked.policies, asked.grants, replications))


def _keys_of_levels(work: ForecastWork) -> set[tuple[Any, ...]]:
    asked = work.forecast
    arms = {(policy, POLICY) for policy in asked.policies}
    for policy in asked.policies:
        for each in asked.placebos(policy):
            arms |= {(policy, each.name), (REFERENCE, POLICY if each.against == REFERENCE else each.against)}
    return {
        (outcome, arm, policy, asked.beside_grants, work.replication)
        for policy, arm in arms
        for outcome in (*REPORTED, *PARTS)
    }


def _rows(table: pd.DataFrame) -> set[tuple[Any, ...]]:
    return set(table.itertuples(index=False, name=None))


def futures(asked: Forecast, replication: int) -> Iterator[tuple[str, str, str, Model]]:
    """Yield policy, grant scenario, arm, and the model at the end of the last year.

    The arm is "policy", or a placebo with a mechanism off.
    """
    reference = asked.reference
    parameters, _ = parameters_of_replication(reference, replication)
    begin = month_number(f"{FIRST_FORECAST}-01")
    arms: list[Arm] = []
    named: dict[str, tuple[str, str, str]] = {}
    for policy, scenario in asked.policies.items():
        for grants, growth in asked.grants.items():
            name = f"{policy} {grants}" if arms else REFERENCE
            named[name] = (policy, grants, POLICY)
            arms.append(Arm(name, changed(parameters, scenario.policy.changes | {GROWTH: growth}), begin))
            if grants == asked.beside_grants:
                with_grants = changed(parameters, {GROWTH: growth})
                for arm in placebo_arms(arms[-1], with_grants, asked.placebos(policy)):
                    held_against = arm.name in {each.against for each in PLACEBOS}
                    of = REFERENCE if held_against else policy
                    own = f"{of} {grants} {arm.name}"
                    if own not in named:
                        named[own] = (of, grants, arm.name)
                        arms.append(replace(arm, name=own))
    # Parameters are also applied at the transition, as in a run.
    arms.append(Arm("transition", parameters, reference.transition_month, same_as=REFERENCE))
    branch_months = sorted({arm.branch_month for arm in arms})
    for arm, model in arms_at_branch_point(reference, seed_of(reference, replication), arms, _record_wijken):
        run_with_branches(model, arm.parameters, branch_months, reference.end_month + 1)
        yield *named[arm.name], model


def _record_wijken(model: Model) -> None:
    model.recorder.stored = (WIJKEN,)


# Tables and pages.

# Columns of the tables of a part; all but the values are keys.
VALUES = ("value", "deprivation")
_OF_A_RUN = {"policy": "text", "grants": "text", "replication": "whole"}
KINDS = {
    YEARS: {"year": "whole", "measure": "text", "value": "real", **_OF_A_RUN},
    WIJKEN: {"year": "whole", "wijk": "whole", "deprivation": "real", "measure": "text", "value": "real",
             **_OF_A_RUN},
    LEVELS: {"outcome": "text", "value": "real", "arm": "text", **_OF_A_RUN},
}  # fmt: skip
KEYS = ["year", "measure", "policy", "grants"]
COLUMNS = ["year", "measure", "law", "policy", "p5", "p25", "median", "p75", "p95", "registered", "unit",
           "grants", "registered_counts", "registered_series"]  # fmt: skip


def forecast_table(values: pd.DataFrame, registered: Mapping[tuple[str, int], Registered]) -> pd.DataFrame:
    """Return the fan of every year, measure, policy and grant scenario, with the registered figures."""
    table = fans(pooled(values), KEYS)
    beside = [registered.get((row.measure, row.year)) for row in table.itertuples()]
    table = table.assign(
        law=[MEASURES[name].law for name in table["measure"]],
        unit=[MEASURES[name].unit for name in table["measure"]],
        registered=[np.nan if each is None else each.value for each in beside],
        registered_counts=["" if each is None else each.counts for each in beside],
        registered_series=["" if each is None else each.series for each in beside],
    )
    return table[COLUMNS]


def differences_table(values: pd.DataFrame) -> pd.DataFrame:
    """Return the fan of every policy minus the reference, paired by replication; empty without policies."""
    differences = paired_differences(values, REFERENCE)
    if differences.empty:
        return pd.DataFrame(columns=[*COLUMNS[:9], "unit", "grants"])
    table = fans(pooled(differences), KEYS)
    table = table.assign(law=[MEASURES[name].law for name in table["measure"]],
                         unit=[MEASURES[name].unit for name in table["measure"]])  # fmt: skip
    return table[[*COLUMNS[:9], "unit", "grants"]]


def wijk_table(wijken: pd.DataFrame) -> pd.DataFrame:
    """Return the fan of every wijk, pooled over grant scenarios."""
    table = fans(wijken.assign(grants=POOLED), ["wijk", "deprivation", *KEYS])
    table = table.assign(law=[WIJK_MEASURES[name][0] for name in table["measure"]],
                         unit=[WIJK_MEASURES[name][1] for name in table["measure"]])  # fmt: skip
    return table[["wijk", "deprivation", *COLUMNS[:9], "unit"]]


def beside(asked: Forecast, levels: pd.DataFrame) -> dict[str, Any]:
    """Return the effects of every alternative in placebo runs, and its cost components.

    Parameters
    ----------
    asked : Forecast
        The forecast.
    levels : DataFrame
        Columns policy, arm, replication, outcome and value, over the forecast years.
    """
    wide = levels.pivot(index="replication", columns=["policy", "arm", "outcome"], values="value")

    def of(policy: str, arm: str) -> dict[str, np.ndarray]:
        return {name: wide[policy, arm, name].to_numpy() for name in (*REPORTED, *PARTS)}

    found = {}
    for policy in (each for each in asked.policies if each != REFERENCE):
        arms = {POLICY: of(policy, POLICY), REFERENCE: of(REFERENCE, POLICY)}
        for each in asked.placebos(policy):
            arms[each.name] = of(policy, each.name)
            arms.setdefault(each.against, of(REFERENCE, each.against) if each.against != REFERENCE else {})
        against = {each.name: each.against for each in asked.placebos(policy)}
        found[policy] = remainder_of(effects_between(arms, against))
    return found


def document_of(asked: Forecast, levels: pd.DataFrame, command: str) -> dict[str, Any]:
    """Return the description of a forecast, with placebo effects and cost components."""
    reference = asked.reference
    return {
        "command": command,
        "result_version": RESULT_VERSION,
        "commit": commit(),
        "municipality": reference.profile.name,
        "slug": reference.municipality,
        "system": reference.system,
        "households": reference.profile.households,
        "scale": asked.scale,
        "replications": asked.replications,
        "seeds": [seed_of(reference, number) for number in range(asked.replications)],
        "draws": reference.draws if reference.draw else "fixed",
        "policies": {name: {"en": each.policy.title, "nl": each.policy.title_nl}
                     for name, each in asked.policies.items()},
        "grants": asked.grants,
        "known_until": LAST_YEAR,
        "first_year": FIRST_FORECAST,
        "last_year": asked.last_year,
        "wijken": reference.profile.wijken,
        "notes": reference.notes,
        "beside": beside(asked, levels),
        "beside_grants": asked.beside_grants,
    }  # fmt: skip


def written(
    folder: Path, document: dict[str, Any], values: pd.DataFrame, wijken: pd.DataFrame, figures: bool
) -> None:
    """Write tables, figures and pages of a forecast into its folder."""
    table = forecast_table(values, registered_figures(document["slug"]))
    differences = differences_table(values)
    by_wijk = wijk_table(wijken) if document["wijken"] > 1 else None
    write_atomically(folder / DOCUMENT, as_json(document))
    sheets = {TABLE: table, DIFFERENCES: differences} | ({} if by_wijk is None else {WIJK_TABLE: by_wijk})
    for name, each in sheets.items():
        if len(each):
            write_atomically(folder / name, _as_csv(each))
    write_atomically_book(
        folder / BOOK, {Path(name).stem: each for name, each in sheets.items() if len(each)}
    )
    drawn: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    if figures:
        from scenarios.reporting.figures.forecast import draw_fans, draw_wijken  # slow to import

        for language in LANGUAGES:
            paths = [draw_fans(document, table, policy, folder, language) for policy in document["policies"]]
            if by_wijk is not None:
                paths.append(draw_wijken(document, by_wijk, folder, language))
            drawn[language] = [path.name for path in paths]
    for language in LANGUAGES:
        text = page.page_text(document, table, differences, by_wijk, drawn[language], language)
        write_atomically(folder / f"forecast_{language}.md", text.encode())


def _as_csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, float_format="%.6g", lineterminator="\n").encode()


def write_atomically_book(path: Path, sheets: Mapping[str, pd.DataFrame]) -> None:
    """Write tables as sheets of one Excel file; without openpyxl print a message instead."""
    content = io.BytesIO()
    try:
        with pd.ExcelWriter(content, engine="openpyxl") as book:
            for name, table in sheets.items():
                table.to_excel(book, sheet_name=name, index=False)
    except ImportError:
        page.say_no_excel(path)
        return
    write_atomically(path, content.getvalue())
