"""A visitor's question in growing detail: a sample at once, then the whole city, seed by seed."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import numpy as np

from scenarios.apps.dashboard.charts import Found, figures_of
from scenarios.apps.dashboard.comparison import (
    answer_of,
    comparison_of,
    is_plural,
    landing_words,
    nothing_differs,
    policy_name,
    tiles_of,
    within_a_sentence,
)
from scenarios.apps.dashboard.measures import Replications, yearly
from scenarios.apps.dashboard.municipality_files import form_fields, name_of, offered_cities
from scenarios.apps.dashboard.state import (
    FIRST_YEAR,
    LANDING_PRESETS,
    LAST_YEAR,
    MEASURES,
    NOTHING,
    POLICY_PRESETS,
    SLIDERS,
    State,
    command_of,
    households_of,
    link_of,
    sampled,
    whole_city,
)
from scenarios.apps.dashboard.trajectories import (
    Job,
    Outcome,
    common_reference,
    jobs_of,
    system_values,
    transition_of,
)
from scenarios.apps.dashboard.words import word
from scenarios.apps.dashboard.work import CITY, FIRST, MORE, Visitor, Work
from scenarios.apps.lab.exercises import MECHANISMS
from scenarios.common.certainty import ENOUGH
from scenarios.config.scenario_forms import read_option
from scenarios.config.schema import group_options
from scenarios.reporting import texts
from scenarios.reporting.summary.history import backtest_sentence
from scenarios.reporting.texts import LANGUAGES
from simulation.outcomes.intervals import interval
from simulation.outcomes.savings import NO_INVESTMENT

# What the outcomes say, in sentences that claim no more than the replications allow.

SHORTFALL_YEARS = 5


def findings_of(state: State, found: Found) -> list[dict[str, Any]]:
    """Return by policy a heading, its sentences, and the number the first sentence is about."""
    return [
        {
            "letter": letter,
            "title": f"{letter.upper()} {policy_name(state, letter)}",
            "sentences": _sentences(state, replications),
            "saved": round(float(replications.saved_at_end(state.payer).mean()), 6),
        }
        for letter, replications in found.items()
    ]


def _sentences(state: State, replications: Replications) -> list[str]:
    """Return the sentences about one policy: money, pay-back, people, and the landing itself."""
    language = state.language
    short = _shortfall(replications)
    unsure = len(short) >= ENOUGH and interval(short).sign == 0
    key = "shortfall_unsure" if unsure else "shortfall" if short.mean() > 0.0 else "surplus"
    last = [word(key, language, **_sized(-short if key == "surplus" else short, language))]
    if not replications.savings(state.payer).any() and not replications.more_unmet().any():
        return [nothing_differs(language), *last]
    at_end = replications.saved_at_end(state.payer)
    saved, unmet = interval(at_end), interval(replications.more_unmet())
    sentences = [_saved_in_words(state, replications, at_end), *_paid_back(state, replications),
                 _unmet_in_words(replications, language)]  # fmt: skip
    if replications.count >= ENOUGH and saved.sign > 0 and unmet.sign > 0:
        sentences.append(word("shifted", language))
    return sentences + last


def _saved_in_words(state: State, replications: Replications, at_end: np.ndarray) -> str:
    """Return what the payer has saved or spent by the end, as far as the replications allow."""
    language, spends = state.language, at_end.mean() < 0.0
    unsure = len(at_end) >= ENOUGH and interval(at_end).sign == 0
    key = "saved_unsure" if unsure else "spent" if spends else "saved"
    return word(
        key, language, year=int(replications.years[-1]), payer=word(f"payer_{state.payer}", language),
        **_sized(-at_end if key == "spent" else at_end, language),
    )  # fmt: skip


def _unmet_in_words(replications: Replications, language: str) -> str:
    """Return from what to what problems without help go, with the direction in a word."""
    reading = replications.reading("unmet")
    before, after = float(reading.reference.mean()), float(reading.policy.mean())
    size = max(abs(before), abs(after))
    change = texts.sensible(after - before, language, size, sign=True)
    if reading.difference.size >= ENOUGH:
        ends = (texts.sensible(end, language, size, sign=True) for end in
                (reading.found.low, reading.found.high))  # fmt: skip
        change = word("interval_short", language, **dict(zip(("low", "high"), ends, strict=True)))
    return word(
        "unmet", language, before=texts.sensible(before, language, size),
        after=texts.sensible(after, language, size), change=change,
        word=word(f"direction_{reading.direction}", language),
    )  # fmt: skip


def _sized(values: np.ndarray, language: str) -> dict[str, str]:
    """Return a mean and how sure it is: its interval or, under ten replications, a first estimate."""
    found = interval(values)
    words = texts.three(found.mean, found.low, found.high, language)
    first = len(values) < ENOUGH
    certainty = word(
        "sure_first" if first else "sure_interval", language, low=words["low"], high=words["high"]
    )
    return {"number": words["mean"], "sure": certainty}


def _paid_back(state: State, replications: Replications) -> list[str]:
    """Return how many replications have paid back by when, and how many had nothing to pay back."""
    counts = [
        round(replications.paid_back_share(state.payer, years) * replications.count) for years in (3, 5, 10)
    ]
    three, five, ten = counts
    sentences = [word("paid_back", state.language, three=three, five=five, ten=ten, count=replications.count)]
    never = sum(note == NO_INVESTMENT for note, _ in replications.paid_back(state.payer))
    if never:
        sentences.append(word("never_cost", state.language, never=never, count=replications.count))
    return sentences


def _shortfall(replications: Replications) -> np.ndarray:
    """Return by how much cost exceeds the grant after the transition, euro per inhabitant and year."""
    first = replications.transition // 12
    short = replications.monthly("policy", "municipal_cost_eur") - replications.monthly("policy", "grant_eur")
    return (yearly(short)[:, first : first + SHORTFALL_YEARS] / replications.inhabitants()).mean(axis=1)


# By policy, the outcomes of its reference, of itself, and of the one reference of the comparison.
ByPolicy = dict[str, tuple[list[Outcome], list[Outcome], list[Outcome]]]
AGAINST = (0.0, 1.0, 2.5, 5.0, 8.0)  # landings, in years, that another can be compared with
SAMPLE_REPLICATIONS, CITY_REPLICATIONS = 5, 10
AT_ONCE = 2  # replications under way for one visitor
LEAST_CITY_REPLICATIONS = 2  # below this the whole city has no interval, and the sample stays in sight


async def answers(state: State, visitor: Visitor, work: Work) -> AsyncGenerator[dict[str, Any], None]:
    """Yield the page's contents, each time in more detail.

    Cancelling whoever iterates abandons what is under way.
    """
    steps = stages(state)
    begin = at_hand(state, work)
    for order, (size, most) in enumerate(steps[begin[0] :], begin[0]):
        found: ByPolicy = {letter: ([], [], []) for letter in state.policies}
        count = 0
        async with contextlib.aclosing(_replications(state, visitor, work, size, most)) as simulated:
            async for outcomes in simulated:
                for place, arms in enumerate(found.values()):
                    for arm, of_arm in enumerate(arms):
                        of_arm.append(outcomes[3 * place + arm])
                count += 1
                if (order, count) < begin or count < least_replications(state, size, most):
                    continue
                last = (size, count) == steps[-1]
                yield await asyncio.to_thread(contents, state, found, size, last)


async def _replications(
    state: State, visitor: Visitor, work: Work, size: str, most: int
) -> AsyncGenerator[list[Outcome], None]:
    """Yield the outcomes of one replication after the other; the next is under way meanwhile."""

    async def outcomes_of(number: int) -> list[Outcome]:
        stage = stage_of(state, size, number)
        jobs = asked_of(state, size, number)
        return await asyncio.gather(*(work.outcome(visitor, job, stage) for job in jobs))

    under_way: deque[asyncio.Task[list[Outcome]]] = deque()
    try:
        for number in range(most):
            while len(under_way) < AT_ONCE and number + len(under_way) < most:
                under_way.append(asyncio.create_task(outcomes_of(number + len(under_way))))
            yield await under_way[0]
            under_way.popleft()
    finally:
        for each in under_way:
            each.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


def asked_of(state: State, size: str, number: int) -> list[Job]:
    """Return the jobs of one replication: reference, policy and common reference of every letter."""
    return [
        job
        for letter in state.policies
        for job in (*jobs_of(state, letter, size, number), common_reference(state, letter, size, number))
    ]


def stage_of(state: State, size: str, number: int) -> int:
    """Return what a replication goes before: first answers before refinements, whole cities last."""
    if size == "city" and sampled(state.city):
        return CITY
    return MORE if number else FIRST


def least_replications(state: State, size: str, most: int) -> int:
    """Return from how many replications something is shown."""
    return min(LEAST_CITY_REPLICATIONS, most) if size == "city" and sampled(state.city) else 1


def at_hand(state: State, work: Work) -> tuple[int, int]:
    """Return the last step, and its number of replications, of which every outcome is known.

    Nothing before it need be shown: who only looks at another year keeps the whole city in sight.
    """
    for order, (size, most) in reversed(list(enumerate(stages(state)))):
        known = 0
        while known < most and all(work.has_outcome(job) for job in asked_of(state, size, known)):
            known += 1
        if known >= least_replications(state, size, most):
            return order, known
    return 0, 0


def stages(state: State) -> list[tuple[str, int]]:
    """Return sizes with their numbers of replications, in the order in which they are shown."""
    if state.size == "sample" and state.replications is not None:
        return [("sample", state.replications)]
    city = ("city", state.replications or CITY_REPLICATIONS)
    # Who opens a link of the whole city came for that.
    before = ("sample", SAMPLE_REPLICATIONS if state.replications is None else 1)
    return [before, city] if sampled(state.city) else [city]


def contents(state: State, found: ByPolicy, size: str, last: bool) -> dict[str, Any]:
    """Return everything the page shows of the replications so far."""
    language = state.language
    transition = transition_of(state)
    by_policy = {
        letter: Replications(references, policies, FIRST_YEAR, transition)
        for letter, (references, policies, _) in found.items()
    }
    compared = {
        letter: Replications(common, policies, FIRST_YEAR, transition)
        for letter, (_, policies, common) in found.items()
    }
    chosen = by_policy[state.look]
    replications = chosen.count
    is_whole_city = households_of(state.city, size) is None
    people = float(chosen.inhabitants().mean()) if is_whole_city else None
    mark = word("sample_mark" if households_of(state.city, size) else "city_mark", language)
    mark += f", {taken_out(state)}" if state.without else ""
    counted = counted_words(replications, language)
    return {
        "link": link_of(replace(state, model=State.model)),
        "size": size,
        "mark": f"{mark}, {counted}",
        "replications": replications,
        "year": state.year,
        "refining": not last,
        "limited": state.replications is not None,
        "status": status(state, size, replications, last),
        "question": question_of(state),
        "names": {letter: policy_name(state, letter) for letter in state.policies},
        "answer": answer_of(state, chosen),
        "tiles": tiles_of(chosen, language, people),
        "comparison": comparison_of(state, compared),
        "findings": findings_of(state, by_policy),
        "figures": figures_of(state, by_policy, compared, f"{city_name(state)}, {mark}, {counted}"),
        "commands": [command_of(state, letter, size, replications) for letter in state.policies],
    }


def counted_words(count: int, language: str) -> str:
    """Return a number of replications in the words of the page."""
    return word("counted_one" if count == 1 else "counted", language, count=count)


def question_of(state: State) -> str:
    """Return the question that the page answers."""
    policy = state.names.get(state.look) or within_a_sentence(state, state.look)
    many = policy != state.names.get(state.look) and is_plural(state, state.look)
    key = "question_of_many" if many else "question"
    return word(key, state.language, policy=policy, city=city_name(state))


def status(state: State, size: str, replications: int, last: bool) -> str:
    """Return the sentences that say what is shown and whether more comes."""
    language = state.language
    sample = households_of(state.city, size) is not None
    only = stages(state)[-1][0] == size
    shown = ("shown_sample_only" if only else "shown_sample") if sample else "shown_city"
    sentences = [
        word(shown, language, city=city_name(state), replications=counted_words(replications, language))
    ]  # fmt: skip
    if sample and any("teams" in levers for levers in state.policies.values()):
        sentences.append(word("shared_sample_teams", language))
    if state.without:
        sentences.append(f"{taken_out(state)}.")
    most = stages(state)[-1][1]
    more = word("goes_on", language, replications=replications if not sample else 0, most=most)
    sentences.append(word("complete", language) if last else more)
    if state.model != State.model:
        sentences.append(word("other_model", language, model=state.model[:20]))
    return " ".join(sentences)


def taken_out(state: State) -> str:
    """Return what is taken out of the model, in words."""
    return f"{word('without', state.language)}: {word(f'without_{state.without}', state.language)}"


def place_of_state(state: State) -> dict[str, Any]:
    """Return what the sliders need to know of a place: its own values and its number of wijken."""
    own = system_values(state.system, state.city)
    trust = {each: backtest_sentence(LAST_YEAR, each) or "" for each in LANGUAGES}
    return {
        "own": own,
        "wijken": whole_city(state.city)[1],
        "names": {each: name_of(state.city, each) for each in LANGUAGES},
        "trust": trust,
        "foot": {each: word("foot", each, model=State.model) for each in LANGUAGES},
        "question": question_of(state),
    }


def city_name(state: State) -> str:
    """Return how a city is called."""
    return name_of(state.city, state.language)


def choices() -> dict[str, Any]:
    """Return what can be chosen, for the browser's controls."""
    systems = {name: read_option("system", name) for name in group_options()["system"]}
    titles = {
        name: [each.get("title") or name, each.get("title_nl") or each.get("title") or name]
        for name, each in systems.items()
    }
    return {
        "systems": titles,
        "own_city": {name: each["municipality"] for name, each in systems.items()},
        "cities": {each: [name_of(each, language) for language in LANGUAGES] for each in offered_cities()},
        "against": {
            f"{years:g}": [landing_words(years, language) for language in LANGUAGES] for years in AGAINST
        },
        "fields": form_fields(),
        "presets": {"policy": POLICY_PRESETS, "landing": LANDING_PRESETS},
        "measures": list(MEASURES),
        "model": State.model,
        "first_year": FIRST_YEAR,
        "last_year": LAST_YEAR,
        "without": [NOTHING, *MECHANISMS],
        "sliders": {
            name: {
                "low": each.low,
                "high": each.high,
                "step": each.step,
                "decimals": each.decimals,
                "percent": each.percent,
                "shared": each.shared,
            }
            for name, each in SLIDERS.items()
        },
    }
