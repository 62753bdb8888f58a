"""Sets of levers for tests, and a bit-for-bit comparison of the states of two models."""

import numpy as np

from simulation.parameters import names

EARLY_SIGNALLING = {
    "wijkteam.outreach_share": 0.10,
    "referral_source.school_link": 1.0,
    "referral_source.housing_corporation_link": 1.0,
    "referral_source.debt_signals": 1.0,
}
LOW_THRESHOLD = {
    "referral_source.help_on_school": 1.0,
    "referral_source.youth_work": 1.0,
    "referral_source.youth_intervention": 1.0,
    "referral_source.flying_brigade": 1.0,
    "referral_source.one_number": 0.5,
    "referral_source.gp_link": 1.0,
    "referral_source.school_link": 1.0,
    "referral_source.school_specialist": 1.0,
    "referral_source.mobile_counter": 1.0,
}
# The street's transition comes in its second year, so that a short run sees both regimes.
SOON = {"landing.transition": "2001-01"}


def street_maker(make_street, levers, months):
    """Return a function that makes a street with these levers and others of choice, some months on."""

    def make(*changes, months=months):
        merged = dict(levers)
        for each in changes:
            merged |= each
        assert set(merged) <= set(names())
        return make_street(merged).run_until(months)

    return make


def arrays_of(model):
    """Return every array that determines the future of a model, by name."""
    world = model.world._asdict()
    active = int(world["counts"][0])
    world["active"] = world["active"][:active]  # later entries are left over from earlier months
    return world | {"books": model.books.month, "monthly": model.recorder.monthly}


def differences(one, other):
    """Return the names of the arrays and record fields in which two models differ."""
    found = []
    left, right = arrays_of(one), arrays_of(other)
    for name, array in left.items():
        if array.dtype.names is None:
            found += [name] if not _same(array, right[name]) else []
        else:
            fields = array.dtype.names
            found += [f"{name}.{each}" for each in fields if not _same(array[each], right[name][each])]
    return found


def _same(one, other):
    return one.shape == other.shape and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
