"""The informal network: kin, neighbours and volunteers around some 10 to 25 households.

It gives support, notices problems, gets tired when overloaded, recovers slowly, and may reduce its support
when professionals help. ODD 2 (state): `NETWORK` in `agents/state.py`.
"""

from dataclasses import dataclass

import numpy as np

from agents.compiled import compiled_inline
from agents.mesa_adapter.model_mixin import RowAgent
from agents.parameters import FALLS, RISES, Effect, ParameterGroup, parameter


@dataclass
class InformalNetworkParameters(ParameterGroup):
    """How informal support is given, wears out and comes back."""

    support_most: float = parameter(
        0.9, unit="1", low=0.2, high=1.0, source="assumed",
        meaning="Support a household receives when its whole light need is met.",
    )  # fmt: skip
    light_need_at: float = parameter(
        0.75, unit="severity", low=0.3, high=1.0,
        source="informal care fades with severity (evidence.md)",
        meaning="Severity at which informal support no longer has an effect.",
    )  # fmt: skip
    tires_per_month: float = parameter(
        0.0562, unit="1/month", low=0.0, high=0.5, source="assumed; rough fit", draw=0.3,
        effect=Effect("informal_network", "informal_support", "tiredness_mean", RISES),
        meaning="Growth of tiredness per month and unit of overload.",
    )  # fmt: skip
    recovers_per_month: float = parameter(
        0.0716, unit="1/month", low=0.0, high=0.5,
        source="assumed and fixed: only its ratio to `tires_per_month`, which is fitted, shows",
        effect=Effect("informal_network", "informal_support", "tiredness_mean", FALLS, low=0.01),
        meaning="Share of tiredness that passes in a month of rest.",
    )  # fmt: skip
    tiredness_lowers_capacity: float = parameter(
        0.5, unit="share", low=0.0, high=1.0, source="assumed",
        meaning="Capacity lost at full tiredness.",
    )  # fmt: skip
    overburdened_at: float = parameter(
        0.484, unit="tiredness", low=0.1, high=0.9, source="assumed",
        meaning="Tiredness above which the carers of a network count as overburdened.",
    )  # fmt: skip
    carer_strain_per_month: float = parameter(
        0.03, unit="1/month", low=0.0, high=0.2, source="assumed", draw=0.5,
        effect=Effect("household", "informal_support", "severity_mind", RISES),
        meaning="Chance per month that full tiredness causes mental problems in one carer of the network.",
    )  # fmt: skip
    carer_strain_size: float = parameter(
        0.20, unit="severity", low=0.05, high=0.5, source="assumed",
        meaning="Severity of the mental problems that tiredness causes in a carer.",
    )  # fmt: skip
    steps_back: float = parameter(
        0.238, unit="share", low=0.0, high=0.5,
        source="partner_formal_care in patterns.csv (substitution); size assumed", draw="range",
        effect=Effect("informal_network", "informal_support", "support_in_care", FALLS),
        meaning="Share of support that is withdrawn when professionals help.",
    )  # fmt: skip
    speaks_up_per_month: float = parameter(
        0.02, unit="1/month", low=0.0, high=0.3, source="assumed", draw=0.4,
        effect=Effect("household", "signals", "signals_network", RISES),
        meaning="Chance per month that a rested network reports a heavy problem of a member.",
    )  # fmt: skip
    social_base_lift: float = parameter(
        0.20, unit="share of capacity", low=0.0, high=0.4, source="assumed", draw="range",
        effect=Effect(
            "informal_network", "informal_support", "tiredness_mean", FALLS,
            also={"informal_network.social_base_eur_per_inhabitant": 200.0},
        ),
        meaning="Capacity added when the social base is twice the reference.",
    )  # fmt: skip
    respite_effect: float = parameter(
        0.05, unit="1/month", low=0.0, high=0.1,
        source="no significant effect found (Cochrane 2014, very low quality)", draw="range",
        effect=Effect(
            "informal_network", "informal_support", "tiredness_mean", FALLS,
            also={"informal_network.respite_share": 1.0},
        ),
        meaning="Extra recovery per month with full respite care.",
    )  # fmt: skip
    carers_share: float = parameter(
        0.32, unit="share of residents of 16 and over", low=0.30, high=0.34, source="SCP 2016",
        meaning="Residents who give informal care (an input, for counting carers).",
    )  # fmt: skip
    can_call_at: float = parameter(
        0.293, unit="ties", low=0.0, high=0.9, source="assumed; rough fit",
        meaning="Ties (lowered by tiredness) below which residents think they can call on nobody.",
    )  # fmt: skip
    social_base_eur_per_inhabitant: float = parameter(
        45.0, unit="euro per inhabitant a year", low=0.0, high=200.0,
        source="assumed (order of size of municipal welfare accounts)", lever=True,
        cost="`social_base_eur_per_inhabitant` itself.",
        effect=Effect("informal_network", "informal_support", "tiredness_mean", FALLS),
        meaning="Money for community centres, volunteers and residents' initiatives.",
    )  # fmt: skip
    social_base_reference_eur: float = parameter(
        45.0, unit="euro per inhabitant a year", low=1.0, high=200.0, source="assumed",
        meaning="Social base at which informal capacity has its drawn value.",
    )  # fmt: skip
    respite_share: float = parameter(
        0.0, unit="share of overloaded circles", low=0.0, high=1.0, source="lever", lever=True,
        cost="`respite_eur_per_month` for every household that receives it.",
        effect=Effect("informal_network", "informal_support", "respite_households", RISES),
        meaning="Share of overloaded networks that are offered respite care.",
    )  # fmt: skip
    respite_eur_per_month: float = parameter(
        60.0, unit="euro per household a month", low=0.0, high=500.0, source="assumed",
        meaning="Cost of respite care per household of a network that receives it.",
    )  # fmt: skip
    mediation_share: float = parameter(
        0.0, unit="share of disputes", low=0.0, high=1.0, source="lever", lever=True,
        cost="`mediation_eur` for every dispute before a mediator.",
        effect=Effect("household", "events", "disputes_solved", RISES),
        meaning="Share of disputes between neighbours that go to a mediator.",
    )  # fmt: skip
    mediation_solves: float = parameter(
        0.70, unit="share", low=0.65, high=0.75, source="mediation_solved_2014 68; S4 Deventer 75",
        draw="range",
        effect=Effect(
            "household", "events", "disputes_solved", RISES, also={"informal_network.mediation_share": 1.0},
            months=72,
        ),
        meaning="Share of mediated disputes that are solved.",
    )  # fmt: skip
    mediation_eur: float = parameter(
        600.0, unit="euro per dispute", low=0.0, high=3000.0, source="assumed",
        meaning="Cost of one mediation.",
    )  # fmt: skip
    community_centres_independent: float = parameter(
        0.0, unit="share of centres", low=0.0, high=1.0, source="S0 Zaanstad", lever=True,
        cost="`centres_eur_per_inhabitant`.",
        effect=Effect("informal_network", "informal_support", "signals_network", FALLS),
        meaning="Community centres run by residents, outside the welfare organisations.",
    )  # fmt: skip
    centres_lift: float = parameter(
        0.05, unit="share of capacity", low=-0.1, high=0.2, source="assumed", draw="range",
        effect=Effect(
            "informal_network", "informal_support", "tiredness_mean", FALLS,
            also={"informal_network.community_centres_independent": 1.0},
        ),
        meaning="Capacity that independent centres add (or take away) at the reference social base.",
    )  # fmt: skip
    centres_speak_less: float = parameter(
        0.25, unit="share", low=0.0, high=0.5, source="assumed", draw="range",
        effect=Effect(
            "household", "signals", "signals_network", FALLS,
            also={"informal_network.community_centres_independent": 1.0},
        ),
        meaning=(
            "Share of signals from networks that is lost where centres are independent of the "
            "organisations."
        ),
    )  # fmt: skip
    centres_eur_per_inhabitant: float = parameter(
        3.0, unit="euro per inhabitant a year", low=0.0, high=20.0, source="assumed",
        meaning="Cost of making all centres independent: rent, boards, support for residents.",
    )  # fmt: skip
    volunteers_per_1000: float = parameter(
        0.0, unit="volunteers per 1,000 inhabitants", low=0.0, high=50.0, source="S4", lever=True,
        cost="`eur_per_volunteer`.",
        effect=Effect("informal_network", "informal_support", "tiredness_mean", FALLS),
        meaning="Extra volunteers that a coordinator finds, trains and keeps.",
    )  # fmt: skip
    volunteer_capacity: float = parameter(
        0.15, unit="support units", low=0.0, high=0.3, source="assumed", draw="range",
        effect=Effect(
            "informal_network", "informal_support", "tiredness_mean", FALLS,
            also={"informal_network.volunteers_per_1000": 50.0},
        ),
        meaning="Strength that one rested volunteer adds to the networks.",
    )  # fmt: skip
    volunteer_tires: float = parameter(
        0.5, unit="share", low=0.0, high=1.0, source="assumed", draw="range",
        effect=Effect(
            "informal_network", "informal_support", "tiredness_mean", RISES,
            also={"informal_network.volunteers_per_1000": 50.0},
        ),
        meaning="Strength that volunteers lose in a network that is fully tired.",
    )  # fmt: skip
    eur_per_volunteer: float = parameter(
        350.0, unit="euro per volunteer a year", low=0.0, high=2000.0, source="assumed",
        meaning="Coordinator, training and expenses of a volunteer.",
    )  # fmt: skip
    formal_informal_ties: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="S4 Heerlen", lever=True,
        cost="`ties_eur_per_1000`.",
        effect=Effect("informal_network", "informal_support", "support_in_care", RISES),
        meaning="How far neighbourhood support connects formal and informal care.",
    )  # fmt: skip
    ties_keep_informal: float = parameter(
        0.5, unit="share", low=0.0, high=1.0, source="assumed", draw="range",
        effect=Effect(
            "informal_network", "informal_support", "support_in_care", RISES,
            also={"informal_network.formal_informal_ties": 1.0},
        ),
        meaning="How far neighbourhood support that connects both keeps a network from stepping back.",
    )  # fmt: skip
    ties_eur_per_1000: float = parameter(
        4000.0, unit="euro per 1,000 inhabitants a year", low=0.0, high=30000.0, source="assumed",
        meaning="Cost of neighbourhood support that connects formal and informal care.",
    )  # fmt: skip


@compiled_inline
def support_need(worst_severity: float, light_need_at: float, in_care: bool, steps_back: float) -> float:
    """Return the need of a household for informal support: less for severe problems and in care."""
    reachable = max(0.0, 1.0 - worst_severity / light_need_at)
    need = min(1.0, 0.3 + worst_severity) * (0.35 + 0.65 * reachable)
    # Booleans as factors: branch-free, which avoids branch misprediction.
    return need * (1.0 - steps_back * in_care) * (worst_severity > 0.0)


@compiled_inline
def capacity_now(
    full_capacity: float, tiredness: float, lowered_by: float, social_base_factor: float
) -> float:
    """Return the capacity of a network: tiredness lowers it, the social base may raise it."""
    return full_capacity * social_base_factor * (1.0 - lowered_by * tiredness)


@compiled_inline
def support_received(
    share: float,
    ties: float,
    worst_severity: float,
    light_need_at: float,
    support_most: float,
    in_care: bool,
    steps_back: float,
) -> float:
    """Return the support a household receives from its network: less for severe problems and in care."""
    reachable = max(0.0, 1.0 - worst_severity / light_need_at)
    support = support_most * share * ties * (0.25 + 0.75 * reachable)
    return support * (1.0 - steps_back * in_care)


@compiled_inline
def next_tiredness(
    tiredness: float, need: float, capacity: float, tires_per_month: float, recovers_per_month: float
) -> float:
    """Return tiredness next month: it grows with overload, is bounded by 1, and decays slowly."""
    overload = need / (capacity + 0.05) - 1.0
    growth = tires_per_month * min(2.0, overload) * (1.0 - tiredness) if overload > 0.0 else 0.0
    return min(1.0, max(0.0, tiredness + growth - recovers_per_month * tiredness))


@compiled_inline
def noticing_probability(
    worst_severity: float, ties: float, tiredness: float, speaks_up_per_month: float
) -> float:
    """Return the monthly probability that the network reports a member's problems."""
    if worst_severity < 0.25:
        return 0.0
    return speaks_up_per_month * ties * (1.0 - np.float64(tiredness)) * worst_severity


@compiled_inline
def social_base_kept(prevention: float) -> float:
    """Return the share of the social base that is still paid: measures on prevention affect half of it."""
    return 0.5 + 0.5 * prevention


@compiled_inline
def social_base_factor(eur_per_inhabitant: float, reference_eur: float, lift: float) -> float:
    """Return the factor of social-base spending on informal capacity; doubling it adds `lift`."""
    return max(0.2, 1.0 + lift * (eur_per_inhabitant / reference_eur - 1.0))


@compiled_inline
def centres_factor(independent: float, eur_per_inhabitant: float, reference_eur: float, lift: float) -> float:
    """Return what independent centres add to the factor on capacity, in proportion to the social base."""
    return independent * lift * eur_per_inhabitant / reference_eur


@compiled_inline
def withdrawal_with_ties(steps_back: float, ties: float, keep_informal: float) -> float:
    """Return the share of support withdrawn in care; less with ties between formal and informal care."""
    return steps_back * (1.0 - ties * keep_informal)


@compiled_inline
def noticing_with_centres(speaks_up_per_month: float, independent: float, speak_less: float) -> float:
    """Return the chance that a network reports problems; less where community centres are independent."""
    return speaks_up_per_month * (1.0 - independent * speak_less)


@compiled_inline
def volunteer_capacity_now(
    per_household: float, size: float, tiredness: float, next_tiredness: float
) -> float:
    """Return the capacity that volunteers add to a network; its tiredness lowers it."""
    return per_household * size * (1.0 - next_tiredness * tiredness)


class InformalNetwork(RowAgent):
    """One informal network of kin, neighbours and volunteers, a view of its record."""

    records = ("networks",)
    kind_number = 2

    def provide_support(self) -> None:
        """Meet the members' need up to capacity, and update tiredness (process 4)."""
        self.model.loops.one_network_month(self.model.world, self.row)
