"""A scenario: everything a run needs, resolved and checked, without Hydra or OmegaConf objects."""

import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios.common.errors import ConfigurationError, nearest, one_sentence
from scenarios.common.files import with_home
from scenarios.config.composition import Composed, compose, fit_sums, fit_team_counts
from scenarios.config.keys import CUTS, check_history, history_notes, month_of, value_called
from scenarios.config.municipality_files.file import municipality_file, municipality_file_slugs, profile_of
from scenarios.config.scenario_forms import read_option
from scenarios.config.schema import (
    CONFIGURATION_FOLDER,
    NEUTRAL_SYSTEM,
    Configuration,
    MunicipalityChoice,
    ReplicationChoice,
    WindowChoice,
)
from scenarios.runs.draws import (
    DRAWS,
    FIXED,
    POSTERIOR,
    RANGES,
    Place,
    Posterior,
    committed_posterior,
    reason_without_posterior,
)
from simulation.dated_figures import load_figures
from simulation.months import year_of
from simulation.parameters import GROUPS, Parameters, changed
from simulation.population.municipality_profile import COUNTRY, SYNTHETIC, MunicipalityProfile, known_slugs

# Fewest draws, and replications of each, from which a split run can estimate its variance components.
LEAST_DRAWS, LEAST_OF_EACH = 4, 3
SPLIT_NOTE = (
    "Replications share draws (replication.split): 95% intervals of means take them as independent and are "
    "too narrow; use a run without it for those."
)


@dataclass
class PolicyPlan:
    """The policy that is compared with the reference, and its start.

    Attributes
    ----------
    name, title, title_nl : str
        Name in files, name in texts (English, Dutch).
    start_month : int
        Month number from which the changes apply.
    changes : dict
        Values of levers by full name.
    protected : bool
        Whether the council exempts the policy from cuts in a deficit.
    """

    name: str
    title: str
    title_nl: str
    start_month: int
    changes: dict[str, Any]
    protected: bool


@dataclass
class Scenario:
    """A resolved scenario.

    Attributes
    ----------
    title : str
        One line for figures and summaries.
    municipality, system, landing, steering : str
        Names of the chosen options; `landing` is the name of the resulting phase-in, overrides included.
    households : int or None
        Number of households if it differs from the municipality's own.
    profile : MunicipalityProfile
        The municipality at the first reported year.
    parameters : Parameters
        Parameters of the reference arm, before draws.
    policy : PolicyPlan
        Changes of the policy arm, and their start.
    start_month, end_month, transition_month : int
        Month numbers of the first and last reported month, and of the transition.
    warm_up_months : int
        Unreported months before `start_month`.
    seeds : list of int
        One per replication.
    draw : bool
        Whether every replication has a draw of the uncertain parameters.
    draws : str
        Source of the draws: "posterior" or "ranges".
    processes : int or None
        Processes to use; None means every core.
    folder : Path
        Folder in which run folders are created.
    figures : bool
        Whether figures are drawn.
    notes_shown : bool
        Whether the whole summary is printed instead of the part that fits on a screen.
    language : str
        "en" or "nl".
    sources, not_represented, notes : list of str
        The system's sources, what the model does not represent of them, and notes on how the scenario was
        resolved.
    overrides : list of str
        Overrides of the user.
    configuration : dict
        The resolved configuration, for run.json.
    placebo_count : int
        Number of replications, from the first on, with placebo arms.
    question_count : int
        Number of replications, from the first on, with question arms.
    decompose : str
        "channels" to split the saving by channel with nested runs; empty for a plain run.
    draw_seed : int or None
        Seed of the parameter draws; None means the first of `seeds`.
    place : Place or None
        The real municipality, for its municipal effects; None for the average and other municipalities
        made of national figures.
    municipality_file : dict or None
        File, checksum and figures of the user's own municipality.
    split : tuple of int or None
        Number of draws and replications per draw, in a run that splits the variance of its outcomes.
    """

    title: str
    municipality: str
    households: int | None
    profile: MunicipalityProfile
    system: str
    landing: str
    steering: str
    parameters: Parameters
    policy: PolicyPlan
    start_month: int
    end_month: int
    transition_month: int
    warm_up_months: int
    seeds: list[int]
    draw: bool
    draws: str
    processes: int | None
    folder: Path
    figures: bool
    language: str
    sources: list[str]
    not_represented: list[str]
    notes: list[str]
    overrides: list[str]
    configuration: dict[str, Any]
    placebo_count: int = 3
    question_count: int = 0
    notes_shown: bool = False
    decompose: str = ""
    draw_seed: int | None = None
    place: Place | None = None
    municipality_file: dict[str, Any] | None = None
    split: tuple[int, int] | None = None

    @property
    def months(self) -> int:
        """Number of reported months."""
        return self.end_month - self.start_month + 1

    @property
    def posterior(self) -> Posterior | None:
        """The posterior for fitted parameters; None when all parameters are drawn from their ranges."""
        return committed_posterior() if self.draw and self.draws == POSTERIOR else None

    def draws_of(self, number: int) -> tuple[int, int]:
        """Return the numbers of the parameter draw and of the scenario draw of a replication.

        Without a split both are the replication number. With a split of n draws, the first n replications
        have each draw once, and the next n have each draw again with other seeds. Later replications combine
        the parameters of draw i with the scenario of draw i + 1, then i + 2, and so on, modulo n.
        """
        if self.split is None:
            return number, number
        draws, _ = self.split
        turn, draw = divmod(number, draws)
        return draw, (draw + max(0, turn - 1)) % draws

    @property
    def history(self) -> int:
        """Number of months simulated before the transition, warm-up included."""
        return self.transition_month - self.start_month + self.warm_up_months

    @property
    def name(self) -> str:
        """Municipality, policy and landing, as in the name of a run folder."""
        return f"{self.municipality}_{self.policy.name}_{self.landing}"


def scenario_from(overrides: list[str]) -> Scenario:
    """Return the scenario for a list of overrides; see `compose` and `scenario_of`."""
    return scenario_of(compose(overrides))


@lru_cache(maxsize=8)
def under_neutral_system(overrides: tuple[str, ...]) -> Scenario:
    """Return the scenario of overrides with the neutral organisation instead of the system they choose."""
    others = [each for each in overrides if not each.lstrip("+").startswith("system")]
    return scenario_from([*others, f"system={NEUTRAL_SYSTEM}"])


def scenario_of(composed: Composed) -> Scenario:
    """Return the scenario of a composed configuration.

    Raises
    ------
    ConfigurationError
        When the municipality is unknown, its figures do not cover the window, or it has fewer wijken than
        teams.
    """
    configuration = composed.configuration
    split = _split(composed)
    profile = _profile(configuration)
    notes = [*composed.notes, *profile.notes]
    parameters = Parameters(**{name: getattr(configuration, name) for name in GROUPS})
    parameters, scaled = fit_team_counts(parameters, profile, composed)
    parameters, in_proportion = fit_sums(parameters, profile, composed)
    landing = landing_name(parameters)
    window, policy, replication = configuration.window, configuration.policy, configuration.replication
    transition = configuration.landing.transition
    draws, about_draws = _source_of_draws(replication)
    history = _months_before(transition, window)
    wanted = {name: value_called(parameters, name) for name in composed.explicit if name in CUTS}
    check_history(history, transition, wanted | policy.changes)
    return Scenario(
        title=f"{profile.name}: {policy.title}, landing {landing.replace('_', ' ')}",
        municipality=configuration.municipality.slug,
        households=configuration.municipality.households,
        profile=profile,
        system=configuration.system.slug,
        landing=landing,
        steering=composed.choices["steering"],
        parameters=parameters,
        policy=PolicyPlan(
            name=policy.name,
            title=policy.title,
            title_nl=policy.title_nl or policy.title,
            start_month=month_of("policy.start", policy.start or transition),
            changes=_allowed_changes(parameters, policy.changes)
            | ({"municipality_government.programme_protected": 1.0} if policy.protected else {}),
            protected=policy.protected,
        ),
        start_month=month_of("window.start", window.start),
        end_month=month_of("window.end", window.end),
        transition_month=month_of("landing.transition", transition),
        warm_up_months=window.warm_up_months,
        seeds=list(range(replication.first_seed, replication.first_seed + replication.count)),
        draw=replication.draws != FIXED,
        draws=draws,
        placebo_count=replication.placebo_count,
        question_count=0 if configuration.municipality.slug == COUNTRY else replication.question_count,
        decompose=configuration.decompose,
        processes=configuration.processes,
        folder=with_home(configuration.output.folder),
        figures=configuration.output.figures,
        notes_shown=configuration.output.notes,
        language=configuration.language,
        sources=list(configuration.system.sources),
        not_represented=[each[configuration.language] for each in configuration.system.not_represented],
        notes=_about_system(composed)
        + ([SPLIT_NOTE] if split else [])
        + history_notes(parameters, history)
        + notes
        + scaled
        + in_proportion
        + about_draws,
        overrides=composed.overrides,
        configuration=asdict(configuration),
        place=_place(configuration.municipality),
        municipality_file=_own(configuration.municipality.slug),
        split=split,
    )


def _split(composed: Composed) -> tuple[int, int] | None:
    """Return draws and replications per draw of a split, and set `replication.count`; None if no split."""
    chosen = composed.configuration.replication
    if not chosen.split:
        return None
    found = re.fullmatch(r"(\d{1,4})x(\d{1,4})", chosen.split)
    draws, each = (int(number) for number in found.groups()) if found else (0, 0)
    split = f"replication.split = {chosen.split}"
    if draws < LEAST_DRAWS or not LEAST_OF_EACH <= each <= draws + 1:
        raise ConfigurationError(
            f"{split}: expected draws x replications of each, as 8x4, with at least {LEAST_DRAWS} draws and "
            f"from {LEAST_OF_EACH} to draws + 1 replications of each"
        )
    if chosen.draws == FIXED:
        raise ConfigurationError(f"{split}: expected draws of parameters, got replication.draws = {FIXED}")
    if "replication.count" in composed.explicit and chosen.count != draws * each:
        raise ConfigurationError(
            f"replication.count = {chosen.count}: expected {draws * each} with {split}, or leave it out"
        )
    chosen.count = draws * each
    return draws, each


def _about_system(composed: Composed) -> list[str]:
    """Return a note if the municipality has no system of its own and uses the neutral organisation."""
    written = {each.lstrip("+").partition("=")[0] for each in composed.overrides}
    if "municipality" not in written or "system" in written:
        return []
    if composed.configuration.system.slug != NEUTRAL_SYSTEM:
        return []
    slug = composed.configuration.municipality.slug
    return [f"{slug} has no system of its own, so it uses the neutral organisation {NEUTRAL_SYSTEM}."]


def _months_before(transition: str, window: WindowChoice) -> int:
    """Return the number of months simulated before the transition, warm-up included."""
    begin = month_of("window.start", window.start) - window.warm_up_months
    return month_of("landing.transition", transition) - begin


def _source_of_draws(replication: ReplicationChoice) -> tuple[str, list[str]]:
    """Return the source of the draws, and a note if the posterior cannot be used."""
    if replication.draws not in ("", *DRAWS):
        raise ConfigurationError(
            f"replication.draws = {replication.draws}: expected one of "
            f"{', '.join(DRAWS)}{nearest(replication.draws, DRAWS)}"
        )
    if replication.draws in (RANGES, FIXED):
        return RANGES, []
    reason = reason_without_posterior()
    if replication.draws == POSTERIOR and reason:
        raise ConfigurationError(f"replication.draws = {POSTERIOR}: {reason}")
    if reason:
        return RANGES, [f"Parameters are drawn from their ranges: {reason}."]
    return POSTERIOR, []


def landing_name(parameters: Parameters) -> str:
    """Return the member of conf/landing with the same values as the parameters, or a descriptive name.

    Examples
    --------
    >>> landing_name(changed(Parameters(), {"landing.years": 5.0}))
    'five_years'
    >>> landing_name(changed(Parameters(), {"landing.years": 2.5}))
    '2.5_years'
    """
    landing = parameters.landing
    if landing.cut == 0:
        return "none"
    for path in sorted((CONFIGURATION_FOLDER / "landing").glob("*.yaml")):
        content = read_option("landing", path.stem)
        if "cut" not in content and all(getattr(landing, key) == value for key, value in content.items()):
            return path.stem
    length = "as_happened" if landing.years is None else f"{landing.years:g}_years"
    return f"{'adaptive_' if landing.adaptive else ''}{length}"


def _place(choice: MunicipalityChoice) -> Place | None:
    """Return the chosen real municipality, or None for one made of national figures."""
    made_up = choice.slug in SYNTHETIC or choice.slug == COUNTRY
    return None if made_up else Place(choice.slug, choice.region)


def _own(slug: str) -> dict[str, Any] | None:
    """Return the record of the user's own municipality for run.json, or None for one of the package."""
    return None if slug in known_slugs() else municipality_file(slug).record()


def _profile(configuration: Configuration) -> MunicipalityProfile:
    """Return the municipality's profile; its figures must cover the whole window."""
    choice, window = configuration.municipality, configuration.window
    slugs = [*known_slugs(), *municipality_file_slugs()]
    if choice.slug not in slugs:
        raise ConfigurationError(
            f"municipality.slug = {choice.slug}: no such municipality{nearest(choice.slug, slugs)}; "
            f"expected one of {', '.join(slugs)}"
        )
    start, end = month_of("window.start", window.start), month_of("window.end", window.end)
    try:
        load_figures()["households"].between([start, end])
    except ValueError as error:
        raise ConfigurationError(f"window {window.start} to {window.end}: {error}") from None
    try:
        return profile_of(choice.slug, int(year_of(start)), choice.households)
    except ValueError as error:
        raise ConfigurationError(one_sentence(error)) from None


def _allowed_changes(parameters: Parameters, changes: dict[str, Any]) -> dict[str, Any]:
    """Return the policy's changes; raise ConfigurationError if the parameters do not allow them."""
    try:
        changed(parameters, changes)
    except ValueError as error:
        raise ConfigurationError(f"policy.changes: {one_sentence(error)}") from None
    return dict(changes)
