"""The twin's household: ordinary attributes and ordinary methods; rules called as plain functions."""

from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any

import mesa
import numpy as np

from agents.household import (
    effort_of_help_seeking,
    escalate,
    excess_severity,
    hazard_of_care_problem,
    hazard_of_money_problem,
    hazard_of_youth_problem,
    help_seeking_probability,
    severity_after_onset,
    size_of_problem,
    spillover,
    strength_after_harm,
    tipping_point_now,
)
from agents.informal_network import noticing_probability, support_need, support_received
from agents.provider import closing_level, is_discharged, treated_severity
from agents.state import FLAG_SHAME
from agents.vocabulary import CARE, MIND, MONEY, N_PROBLEMS, NEVER, SAFETY, WIJKTEAM, YOUTH
from agents.wijkteam import effect_of_hours
from benchmarks.twin_organisations import HELPS, KIND_OF, slot_of

MONTHS = 12.0


@cache
def plain(rule: Any) -> Callable[..., Any]:
    """Return a rule as plain Python with plain numbers: 32-bit constants would make Python slow."""
    python = rule.py_func
    plainly = {
        name: float(value) if isinstance(value, np.float32) else value
        for name, value in python.__globals__.items()
    }
    return FunctionType(python.__code__, plainly)


class TwinHousehold(mesa.Agent):
    """A household with its children: ordinary attributes, ordinary methods."""

    def __init__(self, model: Any, home: np.void, life: np.void, ties: float, frailty: float) -> None:
        """Start as a household of the running model."""
        super().__init__(model)
        self.severity = [float(each) for each in home["severity"]]
        self.strength, self.trust = float(home["strength"]), float(home["trust"])
        self.support, self.frailty, self.ties = float(home["support"]), frailty, ties
        self.network = model.networks[int(home["network"])]
        self.team = model.team_of_wijk[int(home["wijk"])]
        self.income, self.shame = int(home["income"]), bool(home["flags"] & FLAG_SHAME)
        self.oldest_birth, self.partner = int(life["oldest_birth"]), bool(life["partner"])
        self.child_birth = [int(each) for each in life["child_birth"]]
        self.care: dict[int, Any] = {}
        self.waiting: dict[int, Any] = {}
        self.hazard_per_month: float | None = None

    @property
    def something_going_on(self) -> bool:
        """Whether there is a problem, care or waiting."""
        return bool(self.care or self.waiting or any(self.severity))

    def hazards(self) -> list[float]:
        """Yearly hazards: problems per problem, then separation, a birth, death or a move."""
        p, month = self.model.parameters.household, self.model.month
        age = max(0, min(127, (month - self.oldest_birth) // 12))
        care_by_age, death = self.model.tables[0][age], self.model.tables[1][age]
        children = any(born != NEVER for born in self.child_birth)
        incidence, trend = p.incidence_per_year, self.model.trend_care
        hazards = [
            hazard_of_money_problem.py_func(
                incidence[0],
                self.frailty,
                self.model.tables[2][self.income],
                children and not self.partner,
                p.one_parent_hazard,
                self.model.economy,
            ),
            incidence[1] * self.frailty,
            hazard_of_care_problem.py_func(
                incidence[2], self.frailty, care_by_age, 1.0 + self.partner, trend
            ),
            incidence[3] * self.frailty * (1.2 if self.partner else 0.5),
        ]
        for born in self.child_birth:
            hazards.append(
                hazard_of_youth_problem.py_func(
                    incidence[4],
                    self.frailty,
                    (month - born) / MONTHS,
                    not self.partner,
                    p.one_parent_hazard,
                    self.model.trend_youth,
                )
                if born != NEVER
                else 0.0
            )
        hazards.append(p.separation_per_year if self.partner else 0.0)
        fertile = self.partner and 24 <= age < 43 and self.child_birth[-1] == NEVER
        hazards.append(p.birth_per_year if fertile else 0.0)
        hazards.append(death + p.moving_per_year)
        return hazards

    def process_events(self) -> None:
        """At most one event a month; the hazard is worked out once a year, which favours the twin."""
        if self.hazard_per_month is None or self.model.month % 12 == 0:
            self.child_birth = [b if b + 216 > self.model.month else NEVER for b in self.child_birth]
            self.hazard_per_month = sum(self.hazards()) / MONTHS
        if self.random.random() >= self.hazard_per_month:
            return
        hazards = self.hazards()
        event = self.random.choices(range(len(hazards)), weights=hazards)[0]
        self.hazard_per_month = None
        if event < N_PROBLEMS:
            self.meet_problem(event)
        elif event == N_PROBLEMS:
            self.partner = False
            self.severity[MIND] = severity_after_onset.py_func(
                self.severity[MIND], 0.25 * self.random.random()
            )
        elif event == N_PROBLEMS + 1:
            self.child_birth[self.child_birth.index(NEVER)] = self.model.month
        else:
            self.replace_household()

    def meet_problem(self, problem: int) -> None:
        """A new problem strikes."""
        p = self.model.parameters.household
        power = p.initial_severity_power[min(problem, YOUTH)]
        size = size_of_problem.py_func(
            self.random.random(), power, p.initial_severity_least, p.initial_severity_most
        )
        self.severity[problem] = severity_after_onset.py_func(self.severity[problem], size)

    def replace_household(self) -> None:
        """Another household takes the house."""
        for slot in list(self.care):
            self.end_care(slot)
        self.waiting.clear()
        self.severity = [0.0] * N_PROBLEMS

    def end_care(self, slot: int) -> None:
        """End care at one place."""
        self.care.pop(slot).clients -= 1

    def update_problems(self) -> None:
        """Problems fade, linger or grow, and spill over."""
        total = sum(self.severity)
        if total == 0.0:
            return
        p = self.model.parameters.household
        money, mind = self.severity[MONEY], self.severity[MIND]
        after = []
        for problem, before in enumerate(self.severity):
            push = self.push_on(problem, before, money, mind)
            if before > 0.0:
                which = min(problem, YOUTH)
                tipping_point = plain(tipping_point_now)(
                    p.tipping_point[which],
                    self.strength,
                    self.support,
                    False,  # a team's part in the tipping point is not in the twin
                    any(problem in HELPS[slot] for slot in self.care),
                    min(1.0, total - before),
                    p.strength_raises_tipping,
                    p.support_raises_tipping,
                    0.0,
                    p.help_raises_tipping,
                    p.strain_lowers_tipping,
                )
                before = plain(escalate)(
                    before,
                    tipping_point,
                    p.linger_width[which],
                    p.fade_per_month[which],
                    p.escalation_per_month[which],
                    p.severity_floor,
                )
            elif push < p.spill_least:
                push = 0.0
            after.append(min(1.0, max(before, p.severity_floor) + push) if push > 0.0 else before)
        self.severity = after

    def push_on(self, problem: int, target: float, money: float, mind: float) -> float:
        """What problems elsewhere adds to a problem."""
        p = self.model.parameters.household
        floor = p.spill_floor
        if (money <= floor and mind <= floor) or problem in (MONEY, CARE):
            return 0.0
        spills = plain(spillover)
        money_over, mind_over = plain(excess_severity)(money, floor), plain(excess_severity)(mind, floor)
        if problem == MIND:
            return float(spills(money_over, target, p.money_to_mind))
        if problem == SAFETY:
            on_safety = spills(money_over, target, p.money_to_safety)
            return float(on_safety + spills(mind_over, target, p.mind_to_safety))
        if self.child_birth[problem - YOUTH] == NEVER:
            return 0.0
        return float(spills(mind_over, target, p.mind_to_youth))

    def register_need(self) -> None:
        """Lay need on the network."""
        worst = max(self.severity)
        if worst > 0.0:
            p = self.model.parameters.informal_network
            self.network.need += support_need.py_func(worst, p.light_need_at, bool(self.care), p.steps_back)

    def receive_support(self) -> None:
        """Receive a share of what the network can give."""
        worst = max(self.severity)
        if worst > 0.0:
            p = self.model.parameters.informal_network
            self.support = support_received.py_func(
                self.network.share,
                self.ties,
                worst,
                p.light_need_at,
                p.support_most,
                bool(self.care),
                p.steps_back,
            )

    def send_signals(self) -> None:
        """Ask, or be noticed, about the worst problem nobody attends to."""
        problem, severity = -1, 0.1
        for each, value in enumerate(self.severity):
            if value > severity and not any(each in HELPS[p] for p in (*self.care, *self.waiting)):
                problem, severity = each, value
        if problem < 0:
            return
        p = self.model.parameters
        home = p.household
        effort = effort_of_help_seeking.py_func(
            home.help_seeking_threshold,
            p.wijkteam.counters,
            home.counter_effort,
            home.counter_reach,
            self.trust,
            0.0,
        )
        shame = 1.0 - home.shame_lowers_help_seeking if self.shame else 1.0
        random_number = self.random.random() - help_seeking_probability.py_func(
            severity, effort, home.help_seeking_per_month, shame
        )
        random_number -= noticing_probability.py_func(
            severity, self.ties, self.network.tiredness, p.informal_network.speaks_up_per_month
        )
        random_number -= p.referral_source.gp_per_month * severity
        if random_number >= 0.0:
            return
        slot = WIJKTEAM if problem < YOUTH else slot_of("youth_team", problem - YOUTH)
        if slot not in self.care and slot not in self.waiting:
            self.waiting[slot] = self.team
            self.team.queue.append((self, slot, problem))

    def receive_team_support(self) -> None:
        """A month of support by the team: problems lose something; the case may be closed."""
        p = self.model.parameters.wijkteam
        for slot in [slot for slot in self.care if KIND_OF[slot] in ("wijkteam", "youth_team")]:
            helped = HELPS[slot]
            less = p.support_effect * effect_of_hours.py_func(self.team.hours_per_case, p.half_effect_hours)
            for problem in helped:
                self.severity[problem] = max(0.0, self.severity[problem] - less)
            worst = max(self.severity[problem] for problem in helped)
            if worst < p.team_closes_at or self.random.random() < p.team_closes_per_month:
                self.end_care(slot)

    def receive_treatment(self) -> None:
        """A month at every specialist place: treatment, then perhaps discharge."""
        p = self.model.parameters.provider
        for slot in list(self.care):
            provider = self.care[slot]
            kind = provider.kind
            if kind < 0:
                continue
            problem = max(HELPS[slot], key=self.severity.__getitem__)
            severity = treated_severity.py_func(self.severity[problem], p.effect_per_month[kind], False, 0.0)
            self.severity[problem] = severity
            level = closing_level.py_func(
                p.closes_below[kind], p.margin_weight, float(p.contract_form), p.form_shifts_closing
            )
            random_number = self.random.random()
            closes, ends = p.closes_per_month[kind], p.ends_per_month[kind]
            term = p.decision_months[kind]
            over = term > 0.0 and severity < level and self.random.random() < 1.0 / term
            if over or is_discharged.py_func(severity, random_number, level, closes, ends):
                self.end_care(slot)

    def process_crises(self) -> None:
        """A problem at its worst is served at once and leaves a scar."""
        for problem, severity in enumerate(self.severity):
            if severity < 1.0:
                continue
            p = self.model.parameters.household
            self.model.crises[min(problem, YOUTH)] += 1
            self.strength = strength_after_harm.py_func(self.strength, p.scar)
            self.severity[problem] = p.severity_after_crisis[min(problem, YOUTH)]
            self.model.admit_at_once(self, problem)
