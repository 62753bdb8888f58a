"""The month: ten processes, in this order (ODD 3). Changing the order changes the ODD and its tests."""

from simulation.finance import payments
from simulation.months import is_january
from simulation.protocols import RunningModel
from simulation.recording.month_row import counts_flows


def budget(model: RunningModel) -> None:
    """1. Grants by the cut's schedule; in January the council looks at its accounts and allocates."""
    model.opens_month()
    if is_january(model.month):
        model.every("opens_year")
        model.council_meets()
    model.money.receives_grants(model)
    model.money.contracts(model)


def events(model: RunningModel) -> None:
    """2. The calendar of lives, shared troubles and disputes; the same under every policy."""
    model.runs(model.loops.shared_trouble_begins)
    model.every("meets_events")
    model.runs(model.loops.lists_active)


def problems(model: RunningModel) -> None:
    """3. Problems fade, linger or grow, and spill over."""
    model.every("moves_problems")


def informal_support(model: RunningModel) -> None:
    """4. Networks divide what strength they have, tire and recover."""
    model.every("lays_need")
    model.every("carries")
    model.runs(model.loops.orders_active)
    model.every("receives_support")


def signals(model: RunningModel) -> None:
    """5. Households ask; networks, finding places, debt signals and outreach notice."""
    model.makes_room()
    model.runs(model.loops.remembers_unseen)
    model.every("gives_signals")


def teams(model: RunningModel) -> None:
    """6. Teams divide hours, take in, give light help, support, refer and close; low-threshold help."""
    model.makes_room()
    model.teams_work()
    model.every("is_supported")
    if model.low_threshold_offered:
        model.makes_room()
        model.every("gets_low_threshold_help")


def specialists(model: RunningModel) -> None:
    """7. Providers adjust, admit from waiting lists, treat and discharge."""
    model.providers_admit()
    model.every("is_treated")


def crises(model: RunningModel) -> None:
    """8. Crises are served whatever the budget says, and leave a scar."""
    model.every("meets_crises")


def books(model: RunningModel) -> None:
    """9. Every euro is booked; accounts close; providers live on their reserves."""
    model.runs(counts_flows, model.flows)
    model.runs(
        payments.all_payments, model.books.pages, model.flows, model.inhabitants, model.money.grants_eur
    )
    model.money.closes_month(model)


def observation(model: RunningModel) -> None:
    """10. Indicators are recorded; households with nothing going on come to rest."""
    model.every("is_observed")
    model.records()


MONTH = (
    budget,
    events,
    problems,
    informal_support,
    signals,
    teams,
    specialists,
    crises,
    books,
    observation,
)
