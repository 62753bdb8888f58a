"""The specialist provider: admits clients from its waiting list, treats one domain, discharges.

Capacity follows contracts with a delay; intake and discharge depend on margin and professional norm.
Lists of fourteen have the order of `KINDS` in `agents/vocabulary.py`. ODD 2 (state): `PROVIDER`.
"""

from dataclasses import dataclass

import mesa
import numpy as np

from agents.compiled import compiled_inline
from agents.mesa_adapter.model_mixin import RecordBacked
from agents.parameters import FALLS, HARD_TIMES, RISES, Effect, ParameterGroup, parameter
from agents.vocabulary import HOUSEHOLD_HELP

# Contract forms: payment per client, open to every provider; a lump sum for contracted care slots; by
# results; per client up to a budget ceiling; one consortium that is paid a sum and admits for all.
OPEN_HOUSE, LUMP_SUM, RESULT, BUDGET_CEILING, CONSORTIUM = range(5)


@dataclass
class ProviderParameters(ParameterGroup):
    """Prices, effects, thresholds, contracts and staff of specialist providers."""

    per_kind: int = parameter(
        3, unit="providers per kind", low=1, high=8, source="assumed", lever=True,
        cost="Free, because it divides the same care over more or fewer providers.",
        effect=Effect("provider", "budget", "waiting_*", anew=True),
        meaning="Number of providers of each kind of care.",
    )  # fmt: skip
    price_eur_per_year: list[float] = parameter(
        [0.0, 6450.0, 9500.0, 3100.0, 73200.0, 1040.0, 2600.0, 3600.0,
         60000.0, 0.0, 6700.0, 17000.0, 53000.0, 7500.0],
        unit="euro per client-year", low=0.0, high=150000.0,
        source="wmo_cost_support, wmo_cost_household_help, wmo_cost_residence, wmo_spending_aids "
        "over clients; youth forms assumed so that they add up to youth_spending_per_inhabitant",
        meaning="Price of one care slot for a year, in euros of 2015.",
    )  # fmt: skip
    effect_per_month: list[float] = parameter(
        [0.0, 0.0172, 0.015, 0.012, 0.02, 0.004, 0.0385, 0.045,
         0.08, 0.0, 0.0193, 0.032, 0.0171, 0.012],
        unit="severity a month", low=0.0, high=0.2, draw=0.3, source="assumed; rough fit",
        effect=Effect("provider", "specialists", "severity_*", FALLS, high=[0.1] * 14),
        meaning="Severity that a month of care takes off the problem it treats.",
    )  # fmt: skip
    effect_lost_per_month_waited: float = parameter(
        0.2, unit="1/month", low=0.0, high=0.4, draw="range",
        source="assumed, drawn from zero: problems of mind long untreated answer less to treatment; how "
        "much is fitted to waiting_month_more_care",
        effect=Effect("household", "specialists", "severity_mind", RISES),
        meaning="How much less effect mental health care has for each month of waiting.",
    )  # fmt: skip
    needs_at: list[float] = parameter(
        [0.0, 0.697, 0.59, 0.369, 0.649, 0.39, 0.398, 0.55, 0.95, 0.0, 0.238, 0.628, 0.954, 0.9],
        unit="severity", low=0.0, high=1.0, source="assumed; rough fit",
        meaning="Observed severity from which a referrer thinks this kind of care is needed.",
    )  # fmt: skip
    offered_share: list[float] = parameter(
        [0.0, 0.307, 0.285, 0.878, 0.275, 0.791, 0.638, 0.5, 0.5, 0.0, 0.71, 0.2, 0.3, 0.3],
        unit="share", low=0.0, high=1.0, source="assumed; rough fit",
        meaning="Share of those who seem to need this kind of care for whom it is requested.",
    )  # fmt: skip
    closes_below: list[float] = parameter(
        [0.0, 0.22, 0.28, 0.16, 0.32, 0.08, 0.16, 0.2, 0.4, 0.0, 0.129, 0.25, 0.321, 0.336],
        unit="severity", low=0.0, high=0.9, source="assumed; set by an earlier fit",
        meaning="Severity below which a professional would close the case.",
    )  # fmt: skip
    closes_per_month: list[float] = parameter(
        [0.0, 0.25, 0.25, 0.12, 0.061, 0.08, 0.3, 0.35, 0.369, 0.0, 0.161, 0.3, 0.0398, 0.0383],
        unit="1/month", low=0.0, high=1.0, source="assumed; rough fit",
        meaning="Chance per month that a case below its closing level is closed.",
    )  # fmt: skip
    ends_per_month: list[float] = parameter(
        [0.0, 0.0104, 0.01, 0.00671, 0.00874, 0.00396, 0.0306, 0.045,
         0.191, 0.0, 0.00918, 0.0199, 0.0092, 0.0057],
        unit="1/month", low=0.0, high=1.0, source="assumed; rough fit",
        meaning="Chance per month that care ends for other reasons (moving, dropping out, transfer).",
    )  # fmt: skip
    decision_months: list[float] = parameter(
        [0.0, 24.0, 24.0, 36.0, 36.0, 0.0, 0.0, 0.0, 0.0, 0.0, 44.3, 20.6, 62.8, 0.0],
        unit="months", low=0.0, high=120.0, source="assumed; rough fit to calibration_targets.csv",
        meaning="Term of a decision, after which the need is assessed again; 0 means no term.",
    )  # fmt: skip
    capacity_per_1000: list[float] = parameter(
        [0.0, 14.0, 4.0, 28.0, 2.6, 0.0, 6.0, 16.0, 1.0,
         0.0, 18.0, 2.0, 3.0, 0.0],
        unit="places per 1,000 inhabitants", low=0.0, high=200.0, source="assumed; set by an earlier fit",
        meaning="Care slots at the start of the warm-up; from then on contracts change them.",
    )  # fmt: skip
    clients_per_fte: list[float] = parameter(
        [1.0, 20.0, 8.0, 18.0, 1.8, 100.0, 60.0, 30.0, 1.5,
         1.0, 22.0, 6.0, 1.6, 15.0],
        unit="clients per fte", low=1.0, high=500.0, source="assumed",
        meaning="Clients one fte of staff can serve.",
    )  # fmt: skip
    margin_weight: float = parameter(
        0.3, unit="1", low=0.0, high=1.0, source="funding explains only part of cost differences",
        draw="range",
        effect=Effect("household", "signals", "in_specialist_care", RISES),
        meaning="Weight of margin relative to the professional norm in intake and discharge.",
    )  # fmt: skip
    contract_form: int = parameter(
        0, unit="0 open house, 1 lump sum, 2 result, 3 budget ceiling, 4 consortium", low=0, high=4,
        source="lever; open-house contracts are the default from 2015 (history.md, finding 6)", lever=True,
        cost="Free, because it only says what is paid for: clients, or places contracted.",
        effect=Effect(
            "household", "teams", "in_specialist_care", FALLS, high=1, also={"provider.margin_weight": 1.0},
        ),
        meaning="How providers are contracted after the transition; before it they are paid per client.",
    )  # fmt: skip
    slots_are_scarce: int = parameter(
        1, unit="0 or 1", low=0, high=1, lever=True,
        source="switch of the mechanism; 0 tells what waiting for a place does",
        cost="Free, because it is no policy but an experiment: it tells what waiting for a specialist does.",
        effect=Effect("provider", "specialists", "waiting_*", RISES, also=HARD_TIMES),
        meaning="Whether households wait for a specialist; 0 admits everybody immediately.",
    )  # fmt: skip
    entry_per_year: float = parameter(
        0.5, unit="providers per kind a year", low=0.0, high=1.0, draw="range",
        source="assumed: contracted providers grew three to seven times per municipality (history.md)",
        effect=Effect("provider", "budget", "providers", RISES),
        meaning=(
            "Chance per year that a provider enters a profitable kind of care under open-house contracts."
        ),
    )  # fmt: skip
    entrant_share: float = parameter(
        0.08, unit="share of the kind's places", low=0.0, high=0.3, source="assumed",
        meaning="Share of care slots that a new provider adds.",
    )  # fmt: skip
    entry_margin: float = parameter(
        0.0, unit="share of revenue", low=-0.2, high=0.3, source="assumed",
        meaning="Margin of a kind of care above which providers enter.",
    )  # fmt: skip
    idle_lengthens: float = parameter(
        0.2, unit="elasticity", low=0.0, high=0.4, draw="range",
        source="8% longer treatment after 20% fewer patients (history.md, finding 7)",
        effect=Effect("household", "specialists", "in_specialist_care", RISES),
        meaning="How much longer care lasts in proportion to idle slots of its kind.",
    )  # fmt: skip
    youth_intensity_scale: float = parameter(
        0.65, unit="ratio", low=0.0, high=1.5, draw=0.3,
        source="assumed; rough fit to youth_real_cost_per_user_growth_2015_2019: how much of the dated drift "
        "in cost per youth is more or dearer care per month, the rest being duration and mix",
        effect=Effect("provider", "budget", "cost_youth_eur", RISES),
        meaning="Exponent of the dated index `youth_intensity` in the price of youth care.",
    )  # fmt: skip
    wage_lag_years: float = parameter(
        1.0, unit="years", low=0.5, high=2.0, draw="range", source="assumed from examples (history.md)",
        effect=Effect("provider", "budget", "provider_margin", months=84),
        meaning="How long tariffs lag behind wages.",
    )  # fmt: skip
    tariff_follows_cut: float = parameter(
        0.3, unit="share", low=0.0, high=0.6, draw="range", source="assumed; zero in its range",
        effect=Effect(
            "provider", "budget", "provider_margin", FALLS, also={"landing.cut": 0.6, "landing.years": 0.0},
            months=12,
        ),
        meaning="Share of a cut beyond the historical one that lowers tariffs immediately.",
    )  # fmt: skip
    form_shifts_closing: float = parameter(
        0.06, unit="severity", low=0.0, high=0.12, source="assumed", draw="range",
        effect=Effect(
            "provider", "specialists", "in_specialist_care", RISES, also={"provider.margin_weight": 1.0},
        ),
        meaning="How far full weight on margin shifts the closing level.",
    )  # fmt: skip
    form_shifts_intake: float = parameter(
        0.06, unit="severity", low=0.0, high=0.12, source="assumed", draw="range",
        effect=Effect(
            "household", "signals", "in_specialist_care", RISES, also={"provider.margin_weight": 1.0},
        ),
        meaning="How far full weight on margin shifts the intake level.",
    )  # fmt: skip
    tariff: float = parameter(
        1.0, unit="ratio to the dated tariffs", low=0.5, high=1.2, lever=True,
        source="tariff_youth and tariff_wmo (data/policy)",
        cost="`tariff` itself: the price of every place.",
        effect=Effect("provider", "budget", "provider_margin", RISES),
        meaning="Price after the transition relative to the tariffs of each year.",
    )  # fmt: skip
    capacity_lag_months: float = parameter(
        6.0, unit="months", low=1.0, high=36.0, source="assumed", draw=0.4,
        effect=Effect("provider", "specialists", "provider_staff_fte"),
        meaning="Time in which staffed slots follow the contract.",
    )  # fmt: skip
    national_headroom: float = parameter(
        0.06, unit="share", low=0.0, high=0.5, source="assumed; set by an earlier fit",
        meaning="Spare slots that national payers keep beyond those in use (paid on demand).",
    )  # fmt: skip
    normal_margin: float = parameter(
        0.09, unit="share of revenue", low=0.0, high=0.2, source="assumed",
        meaning="Margin of a provider with all slots taken at old prices.",
    )  # fmt: skip
    reserves_months: float = parameter(
        2.0, unit="months of revenue", low=0.0, high=12.0, source="assumed",
        meaning="Months of reserves with which providers start.",
    )  # fmt: skip
    fixed_cost_share: float = parameter(
        0.20, unit="share of cost", low=0.0, high=0.6, source="assumed",
        meaning="Share of costs that follows contracted slots rather than staff at work.",
    )  # fmt: skip
    gives_up_after_months: float = parameter(
        24.0, unit="months", low=1.0, high=60.0, source="assumed",
        meaning="Months without reserves after which a provider withdraws.",
    )  # fmt: skip
    coordination_gain: float = parameter(
        0.15, unit="share", low=0.0, high=0.3, source="drawn from zero (model.md)", draw="range",
        effect=Effect("household", "specialists", "severity_*", FALLS, also={"wijkteam.one_plan": 1.0}),
        meaning="Gain in effect when care is coordinated in one plan.",
    )  # fmt: skip
    continuity_months: float = parameter(
        12.0, unit="months", low=0.0, high=60.0, source="model.md section 3", lever=True,
        cost="`price_eur_per_year` of care that goes on.",
        effect=Effect("household", "specialists", "renewals_*", RISES),
        meaning="Months that running care is kept after the transition; foster care is kept longer.",
    )  # fmt: skip
    least_waiting_months: float = parameter(
        0.0, unit="months", low=0.0, high=24.0, source="experiment", lever=True,
        cost="Free, because it is no policy but an experiment: it tells what waiting for mental health care "
        "does.",
        effect=Effect("provider", "specialists", "waiting_mental_health", RISES),
        meaning="Shortest wait of each mental health case (for the waiting experiment).",
    )  # fmt: skip
    partnership: float = parameter(
        0.0, unit="share of contracts", low=0.0, high=1.0, source="S4", lever=True,
        cost="`partnership_eur_per_inhabitant`.",
        effect=Effect(
            "provider", "budget", "in_specialist_care", FALLS, also={"provider.margin_weight": 1.0},
        ),
        meaning="Share of contracts in a long-term partnership of municipality and provider.",
    )  # fmt: skip
    partnership_tempers: float = parameter(
        0.3, unit="share", low=0.0, high=0.6, source="assumed", draw="range",
        effect=Effect(
            "household", "signals", "in_specialist_care", FALLS,
            also={"provider.margin_weight": 1.0, "provider.partnership": 1.0},
        ),
        meaning="How far partnership lowers the weight of margin.",
    )  # fmt: skip
    partnership_speeds: float = parameter(
        0.0, unit="share", low=-0.3, high=0.3, source="assumed", draw="range",
        effect=Effect(
            "provider", "specialists", "provider_staff_fte",
            also={"provider.partnership": 1.0, "provider.capacity_lag_months": 2.0},
        ),
        meaning="How much sooner (or later) slots follow a contract in a partnership.",
    )  # fmt: skip
    partnership_holds_price: float = parameter(
        0.25, unit="share", low=0.0, high=0.5, source="assumed", draw="range",
        effect=Effect(
            "provider", "budget", "provider_margin", RISES,
            also={"provider.partnership": 1.0, "provider.tariff": 0.8},
        ),
        meaning="Share of a tariff cut that a partner prevents by negotiation.",
    )  # fmt: skip
    partnership_eur_per_inhabitant: float = parameter(
        1.5, unit="euro per inhabitant a year", low=0.0, high=10.0, source="assumed",
        meaning="Cost of meetings and account managers when all contracts are partnerships.",
    )  # fmt: skip
    reinvest_share: float = parameter(
        0.0, unit="share", low=0.0, high=1.0, source="S4 Vlaardingen", lever=True,
        cost="`reinvest_share` itself, of what a lower tariff saves.",
        effect=Effect(
            "informal_network", "informal_support", "tiredness_mean", FALLS, also={"provider.tariff": 0.7},
        ),
        meaning="Share of what a tariff below `reinvest_from_tariff` saves that goes to the social base.",
    )  # fmt: skip
    reinvest_from_tariff: float = parameter(
        1.0, unit="ratio to the dated tariffs", low=0.5, high=1.2, source="the default of tariff",
        meaning="Tariff below which savings count for the social base.",
    )  # fmt: skip
    takeover_premium: float = parameter(
        0.05, unit="share of price", low=0.0, high=0.5, source="assumed",
        meaning=(
            "How much more expensive the contract is when the last provider of a kind stops and is "
            "replaced."
        ),
    )  # fmt: skip
    open_care_months: float = parameter(
        240.0, unit="months", low=0.0, high=600.0, source="horizon of model.md section 4",
        meaning="Longest time for which care still running at the end of a run is priced.",
    )  # fmt: skip


@compiled_inline
def is_entering(random_number: float, margin: float, entry_margin: float, entry_per_year: float) -> bool:
    """Return whether a provider enters a kind of care this year: at a given rate while it is profitable."""
    return (margin > entry_margin) & (random_number < entry_per_year)


@compiled_inline
def lengthened_by_idle(chance: float, idle_share: float, idle_lengthens: float) -> float:
    """Return the monthly chance that care ends; idle care slots of its kind lower it."""
    return chance / (1.0 + idle_lengthens * max(0.0, idle_share))


@compiled_inline
def closing_level(norm: float, margin_weight: float, contract_form: int, shift: float) -> float:
    """Return the severity below which a provider closes a case: the norm, shifted by financial incentive.

    Payment per client (0, 3) lowers it (longer care); a lump sum (1, 4) and results (2) raise it.
    """
    lump = (contract_form == LUMP_SUM) | (contract_form == CONSORTIUM)
    direction = 1.0 if contract_form == RESULT else (0.5 if lump else -1.0)
    return max(0.02, norm + direction * margin_weight * shift)


@compiled_inline
def intake_shift(margin_weight: float, contract_form: int, shift: float) -> float:
    """Return how far financial incentive shifts the severity from which a provider admits.

    Payment per client lowers it; a lump sum raises it.
    """
    if (contract_form == LUMP_SUM) | (contract_form == CONSORTIUM):
        return margin_weight * shift
    return 0.0 if contract_form == RESULT else -margin_weight * shift


@compiled_inline
def is_cream_skimming(
    severity: float, random_number: float, margin_weight: float, contract_form: int
) -> bool:
    """Return whether a provider paid by results skips a heavy case this month."""
    return contract_form == RESULT and severity > 0.7 and random_number < 0.5 * margin_weight


@compiled_inline
def treated_severity(
    severity: float, effect_per_month: float, coordinated: bool, coordination_gain: float
) -> float:
    """Return severity after a month of treatment."""
    gain = 1.0 + coordination_gain if coordinated else 1.0
    return max(0.0, severity - effect_per_month * gain)


@compiled_inline
def effect_after_waiting(
    effect_per_month: float, months_waited: float, lost_per_month_waited: float
) -> float:
    """Return the effect of a month of treatment after waiting; each month of waiting lowers it.

    >>> effect_after_waiting(0.06, 2.0, 0.25)
    0.04
    """
    return effect_per_month / (1.0 + lost_per_month_waited * months_waited)


@compiled_inline
def is_discharged(
    severity: float, random_number: float, level: float, closes_per_month: float, ends_per_month: float
) -> bool:
    """Return whether care ends this month: closed below the closing level, or ended for other reasons."""
    sooner = closes_per_month + ends_per_month
    return random_number < (sooner if severity < level else ends_per_month)


@compiled_inline
def remaining_months(
    severity: float, level: float, effect_per_month: float, ends_per_month: float, closes_per_month: float
) -> float:
    """Return the expected months until a case ends.

    Treatment first lowers severity to the closing level. Before that the case ends only for other
    reasons; after that it is also closed. The natural course of the problem is ignored.
    """
    above = max(0.0, severity - level)
    before = above / effect_per_month if effect_per_month > 0.0 else (np.inf if above > 0.0 else 0.0)
    stays = (1.0 - ends_per_month) ** before
    first = (1.0 - stays) / ends_per_month if ends_per_month > 0.0 else before
    after = ends_per_month + closes_per_month
    return first + (stays / after if after > 0.0 else np.inf)


@compiled_inline
def is_bought_by_the_hour(kind: int) -> bool:
    """Return whether contracts and staff of a kind of care follow within a month: household help alone."""
    return kind == HOUSEHOLD_HELP


@compiled_inline
def slots_next(capacity: int, contracted: int, lag_months: float) -> int:
    """Return staffed care slots next month: they follow contracted slots with a lag, by at least one."""
    gap = contracted - capacity
    if gap == 0:
        return capacity
    step = gap / lag_months
    if gap > 0:
        return capacity + max(1, int(step))
    return capacity + min(-1, int(step))


@compiled_inline
def is_giving_up(losses_months: int, gives_up_after_months: float) -> bool:
    """Return whether a provider withdraws after this many months without reserves."""
    return losses_months >= gives_up_after_months


@compiled_inline
def tempered_margin(margin_weight: float, partnership: float, tempers: float) -> float:
    """Return the weight of margin relative to the professional norm; lower in a partnership."""
    return margin_weight * (1.0 - partnership * tempers)


@compiled_inline
def lag_in_partnership(lag_months: float, partnership: float, speeds: float) -> float:
    """Return the lag with which care slots follow a contract, months; a partnership may change it."""
    return max(1.0, lag_months * (1.0 - partnership * speeds))


@compiled_inline
def negotiated_tariff(tariff: float, partnership: float, holds_price: float) -> float:
    """Return the tariff after negotiation: partners prevent a share of a cut."""
    return tariff + partnership * holds_price * max(0.0, 1.0 - tariff)


@compiled_inline
def saved_by_tariff(revenue: float, tariff: float, from_tariff: float) -> float:
    """Return the saving of a tariff below `from_tariff`, in the unit of revenue; 0 if it is not below."""
    return revenue * max(0.0, from_tariff / tariff - 1.0)


class Provider(RecordBacked, mesa.Agent):
    """A specialist provider of one kind of care."""

    records = ("providers",)

    def adjust_places(self) -> None:
        """Move staffed care slots towards the contract (process 7)."""
        self.model.loops.one_provider_adjust(self.model.world, self.row)

    def admit_waiting(self) -> None:
        """Admit from the waiting list while there are free care slots (process 7)."""
        self.model.loops.one_provider_month(self.model.world, self.row)
