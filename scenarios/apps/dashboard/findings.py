"""What the outcomes say, in sentences that claim no more than the pairs allow."""

from typing import Any

import numpy as np

from scenarios.apps.dashboard.charts import Found, policy_name
from scenarios.apps.dashboard.measures import Pairs, yearly
from scenarios.apps.dashboard.state import State
from scenarios.apps.dashboard.words import word
from scenarios.reporting import texts
from simulation.outcomes.intervals import interval
from simulation.outcomes.savings import NO_INVESTMENT

SHORTFALL_YEARS = 5


def findings_of(state: State, found: Found) -> list[dict[str, Any]]:
    """Return by policy a heading, its sentences, and the number the first sentence is about."""
    return [
        {
            "letter": letter,
            "title": policy_name(letter, state.language),
            "sentences": _sentences(state, pairs),
            "saved": round(float(pairs.saved_at_end(state.payer).mean()), 6),
        }
        for letter, pairs in found.items()
    ]


def _sentences(state: State, pairs: Pairs) -> list[str]:
    """Return the sentences about one policy: money, pay-back, people, and the landing itself."""
    language = state.language
    shortfall = texts.change(interval(_shortfall(pairs)), language)
    last = [word("shortfall", language, change=shortfall)]
    if not pairs.savings(state.payer).any() and not pairs.more_unmet().any():
        own = word("own_levers", language)
        return [word("nothing_differs", language, own_levers=own), *last]
    saved, unmet = interval(pairs.saved_at_end(state.payer)), interval(pairs.more_unmet())
    sentences = [
        word(
            "saved", language, year=int(pairs.years[-1]), reference=word("reference", language),
            payer=word(f"payer_{state.payer}", language), change=texts.change(saved, language),
        ),
        *_paid_back(state, pairs),
        word("unmet", language, change=texts.change(unmet, language)),
    ]  # fmt: skip
    if saved.sign > 0 and unmet.sign > 0:
        sentences.append(word("shifted", language))
    return sentences + last


def _paid_back(state: State, pairs: Pairs) -> list[str]:
    """Return how many pairs have paid back by when, and how many had nothing to pay back."""
    counts = [round(pairs.paid_back_share(state.payer, years) * pairs.count) for years in (3, 5, 10)]
    three, five, ten = counts
    sentences = [word("paid_back", state.language, three=three, five=five, ten=ten, count=pairs.count)]
    never = sum(note == NO_INVESTMENT for note, _ in pairs.paid_back(state.payer))
    if never:
        sentences.append(word("never_cost", state.language, never=never, count=pairs.count))
    return sentences


def _shortfall(pairs: Pairs) -> np.ndarray:
    """Return by how much cost exceeds the grant after the transition, euro per inhabitant and year."""
    first = pairs.transition // 12
    short = pairs.monthly("policy", "municipal_cost_eur") - pairs.monthly("policy", "grant_eur")
    return (yearly(short)[:, first : first + SHORTFALL_YEARS] / pairs.inhabitants()).mean(axis=1)
