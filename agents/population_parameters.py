"""Fixed traits of households and circles: how they are spread over a population."""

from dataclasses import dataclass

from agents.parameters import ParameterGroup, parameter


@dataclass
class PopulationParameters(ParameterGroup):
    """How fixed traits vary between households, circles and wijken."""

    frailty_spread: float = parameter(
        0.9,
        unit="1",
        low=0.2,
        high=1.6,
        source="assumed",
        draw=0.2,
        meaning="Standard deviation of the log of frailty, which multiplies every hazard.",
    )
    municipal_spread: float = parameter(
        0.18,
        unit="log deviation",
        low=0.0,
        high=0.4,
        source="youth_help_spread_of_municipalities: "
        "log sd 0.18 (0.16-0.21) between municipalities beyond their population (history.md)",
        meaning="Spread between municipalities of how often children come into care; half is GPs and supply.",
    )
    municipal_regional: float = parameter(
        0.3,
        unit="correlation",
        low=0.0,
        high=1.0,
        source="assumed",
        meaning="Correlation of that between two municipalities of a region.",
    )
    frailty_income_slope: float = parameter(
        0.35,
        unit="1 per income fifth",
        low=0.0,
        high=0.8,
        source="assumed",
        meaning="How much log frailty rises with each lower income fifth.",
    )
    deprivation_spread: float = parameter(
        0.35,
        unit="1",
        low=0.0,
        high=1.0,
        source="assumed",
        meaning="How much a wijk one deviation more deprived raises log frailty.",
    )
    strength_mean: float = parameter(
        0.55,
        unit="1",
        low=0.2,
        high=0.8,
        source="assumed",
        meaning="Mean own strength.",
    )
    strength_spread: float = parameter(
        0.18,
        unit="1",
        low=0.0,
        high=0.4,
        source="assumed",
        meaning="Standard deviation of own strength.",
    )
    trust_mean: float = parameter(
        0.6,
        unit="1",
        low=0.2,
        high=0.9,
        source="assumed",
        meaning="Mean trust in help.",
    )
    trust_spread: float = parameter(
        0.2,
        unit="1",
        low=0.0,
        high=0.4,
        source="assumed",
        meaning="Standard deviation of trust.",
    )
    shame_share: float = parameter(
        0.35,
        unit="share",
        low=0.0,
        high=0.8,
        source="assumed",
        meaning="Share of households that do not come by themselves.",
    )
    tenant_share: float = parameter(
        0.30,
        unit="share",
        low=0.1,
        high=0.6,
        source="assumed",
        meaning="Share of households renting from a housing corporation; poorer ones more often.",
    )
    circle_size: float = parameter(
        16.0,
        unit="households",
        low=10.0,
        high=25.0,
        source="model.md section 1",
        meaning="Mean number of households in an informal network.",
    )
    circle_capacity: float = parameter(
        2.88,
        unit="support units per month",
        low=0.2,
        high=3.0,
        source="assumed; rough fit to calibration_targets.csv",
        draw=0.2,
        meaning="Mean spare strength of a rested informal network.",
    )
    circle_capacity_spread: float = parameter(
        0.5,
        unit="1",
        low=0.0,
        high=1.0,
        source="assumed",
        meaning="Standard deviation of the log of a network's capacity.",
    )
