"""A synthetic run folder made of seeded random numbers, for tests of output without a model."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from agents.vocabulary import KINDS
from scenarios.studies.engines import Part, as_parquet
from scenarios.studies.exports import described_runs
from scenarios.studies.plan import Run as PlannedRun
from scenarios.studies.store import Folder
from simulation.outcomes.derived import derived_tables
from simulation.recording.arm_names import ARMS
from simulation.recording.schema import TABLES
from simulation.recording.store import Run, RunWriter, open_run
from simulation.recording.tallies import STATES, scaled_tallies

FIRST, MONTHS, TRANSITION = 120, 240, 180
HOUSEHOLDS = 66_000
# Share of households in each state, and how far each arm is from the reference after the transition.
SHARES = {"inactive": 0.86, "problem": 0.05, "waiting": 0.01, "team": 0.015, "one_kind": 0.04,
          "several_kinds": 0.02, "heavy": 0.005}  # fmt: skip


def _after(months: np.ndarray) -> np.ndarray:
    """Return years since the transition, 0 before."""
    return np.clip((months - TRANSITION) / 12.0, 0.0, None)


def monthly_table(replications: int) -> pd.DataFrame:
    """Return a plausible monthly table: the policy costs first and saves later."""
    frames = []
    for replication in range(replications):
        for arm in ARMS:
            frames.append(_arm(replication, arm))
    return pd.concat(frames, ignore_index=True)


def _arm(replication: int, arm: str) -> pd.DataFrame:
    """Return the months of one replication of one arm."""
    rng = np.random.default_rng(replication)
    months = np.arange(FIRST, FIRST + MONTHS)
    years = _after(months)
    values = {"replication": replication, "arm": arm, "month": months, "year": 2000 + months // 12}
    own_rng = np.random.default_rng([replication, ARMS.index(arm)])
    for column in TABLES["monthly"].columns[4:]:
        drawn = own_rng.poisson(41.0 if arm == "reference" else 40.0, MONTHS)
        real = column.name in scaled_tallies() or column.kind == "real"
        values[column.name] = drawn.astype(float) if real else drawn
    values["reserves_eur"] = np.full(MONTHS, 9_000_000.0)
    policy = 1.0 if arm == "policy" else 0.0
    size = rng.normal(1.0, 0.3)
    started = years > 0
    values["households"] = HOUSEHOLDS + 20 * np.arange(MONTHS)
    values["inhabitants"] = 150_000.0 + 45 * np.arange(MONTHS)
    phase_in = {"long_phase_in": 8.0}.get(arm, 0.0)
    share = np.where(started, 1.0 if phase_in == 0 else np.minimum(1.0, np.floor(years + 1) / phase_in), 0.0)
    values["cut_eur"] = 1_000_000.0 * share * started
    values["grant_eur"] = np.where(started, 8_000_000.0, 0.0) - values["cut_eur"]
    if arm == "same_money":
        values["reserves_eur"] = values["reserves_eur"] + 38_000_000.0 * (months >= TRANSITION)
    relief = size * {"long_phase_in": 0.01, "same_money": 0.006}.get(arm, 0.0) * started
    noise = rng.normal(0.0, 20_000.0, MONTHS)
    cost = 8_100_000.0 * (1.0 + 0.004 * years - relief) * started + 1_500_000.0 + noise * (1.0 + relief)
    effect = policy * started * (60_000.0 - 35_000.0 * size * np.minimum(years, 6.0) / 2.0)
    values["municipal_cost_eur"] = cost + effect
    values["all_payers_cost_eur"] = 1.3 * cost + 1.6 * effect
    for problem in ("money", "mind", "care", "safety", "youth"):
        gone = 1.0 - 0.02 * policy * started * years / 5.0 + 0.01 * (arm == "reference") * started
        values[f"unmet_severity_{problem}"] = np.round(own_rng.normal(700, 5, MONTHS) * gone, 3)
    return pd.DataFrame(values)


def wijken_table(replications: int, wijken: int = 21) -> pd.DataFrame:
    """Return a yearly table per wijk."""
    rows = []
    columns = [column for column in TABLES["wijken"].columns[6:]]
    for replication in range(replications):
        rng = np.random.default_rng(100 + replication)
        for arm in ARMS:
            for year in range(2010, 2030):
                for wijk in range(wijken):
                    deprivation = (wijk - wijken / 2) / 6.0
                    row = {"replication": replication, "arm": arm, "year": year, "wijk": wijk,
                           "deprivation": deprivation,
                           "households": HOUSEHOLDS / wijken}  # fmt: skip
                    row |= {column.name: 1.0 if column.kind == "real" else 1 for column in columns}
                    share = 0.08 + 0.012 * deprivation + 0.002 * (year - 2010) + 0.004 * rng.normal()
                    row["households_in_care"] = int(12 * share * HOUSEHOLDS / wijken)
                    rows.append(row)
    return pd.DataFrame(rows)


def groups_table(replications: int) -> pd.DataFrame:
    """Return a yearly table per income group and household type."""
    types = ("single", "couple", "one_parent", "couple_with_children")
    keys = [(p, a, y, i, t) for p in range(replications) for a in ARMS for y in range(2010, 2030)
            for i in range(5) for t in types]  # fmt: skip
    frame = pd.DataFrame(keys, columns=["replication", "arm", "year", "income", "household_type"])
    return frame.assign(households=3000, in_care=300, severity=900.0, unmet=100.0, cost_eur=1e6)


def flows_table(replications: int) -> pd.DataFrame:
    """Return yearly flows between states; most households stay in their state."""
    rows = []
    names, stock0 = list(SHARES), np.array(list(SHARES.values())) * HOUSEHOLDS
    for replication in range(replications):
        for arm in ARMS:
            rng = np.random.default_rng(200 + replication)
            stock = stock0.copy()
            for year in range(2011, 2030):
                stay = np.eye(7) * rng.uniform(0.55, 0.65, 7)[:, None]
                pull = np.array(list(SHARES.values()))
                pull[5:] *= 0.85 if arm == "policy" and year > 2015 else 1.0
                pull[4] *= 1.0 + 0.02 * (year - 2011)
                matrix = stay + (1.0 - stay.sum(axis=1))[:, None] * pull / pull.sum()
                flow = np.rint(stock[:, None] * matrix).astype(int)
                rows += [(replication, arm, year, names[a], names[b], int(flow[a, b]))
                         for a in range(7) for b in range(7)]  # fmt: skip
                stock = flow.sum(axis=0).astype(float)
    assert tuple(names) == STATES
    return pd.DataFrame(rows, columns=TABLES["flows"].names)


def books_table(replications: int) -> pd.DataFrame:
    """Return a few bookings."""
    rows = [(p, a, m, "municipality", "providers", "second", "youth", 100_00)
            for p in range(replications) for a in ARMS for m in range(FIRST, FIRST + MONTHS)]  # fmt: skip
    return pd.DataFrame(rows, columns=TABLES["books"].names)


def costs_table(monthly: pd.DataFrame) -> pd.DataFrame:
    """Return the table of costs by item; the municipality's items add up to its yearly cost.

    The policy pays for links and debt signals; half of what is left is youth care with stay.
    """
    keys = ["replication", "arm", "year"]
    years = monthly.groupby(keys, as_index=False, sort=False)["municipal_cost_eur"].sum()
    cents = (100.0 * years["municipal_cost_eur"]).round().astype("int64")
    links = 20_000_000 * (years["arm"].isin(("policy", "finds_nobody")) & (years["year"] >= 2015))
    stay = (cents - links) // 2
    parts = [("none", "referral_sources", links), ("youth", "youth_residential", stay),
             ("wmo", "guidance", cents - links - stay)]  # fmt: skip
    frames = [years[keys].assign(payer="municipality", law=law, item=item, cents=amount.astype("int64"))
              for law, item, amount in parts]  # fmt: skip
    return pd.concat(frames, ignore_index=True)[TABLES["costs"].names]


def open_care_table(replications: int) -> pd.DataFrame:
    """Return the care that is open at the end; a little less under the policy."""
    rows = [(p, a, kind, 100, 900.0, 9e4 - 1e3 * (a == "policy"), 1e5 - 1e3 * (a == "policy"),
             10, 90.0, 9e3, 1e4)
            for p in range(replications) for a in ARMS for kind in KINDS]  # fmt: skip
    return pd.DataFrame(rows, columns=TABLES["open_care"].names)


def document(replications: int, **changes) -> dict:
    """Return the document of the run."""
    described = {
        "title": "early_signalling against reference in Zaanstad", "result_version": "0" * 12,
        "municipality": "Zaanstad", "policy": "early_signalling", "landing": "overnight",
        "landing_years": 0.0, "long_years": 8.0, "transition": "2015-01", "years_ahead": 0.0,
        "replications": replications, "seeds": list(range(replications)), "households": HOUSEHOLDS,
        "inhabitants": 150_000,
        "notes": ["Problem debt of Zaanstad is not known before 2020; the country's trend is used."],
    }  # fmt: skip
    return described | changes


def tables(replications: int = 2) -> dict[str, pd.DataFrame]:
    """Return every table of a synthetic run."""
    monthly = monthly_table(replications)
    made = {
        "monthly": monthly, "wijken": wijken_table(replications), "groups": groups_table(replications),
        "flows": flows_table(replications), "books": books_table(replications),
        "costs": costs_table(monthly), "open_care": open_care_table(replications),
    }  # fmt: skip
    return made | derived_tables(monthly, made["costs"], TRANSITION, TRANSITION)


def break_evens_by_hand() -> pd.DataFrame:
    """Return the break-even of four draws: in year 3, in year 7, never costing, never paid back."""
    return pd.DataFrame(
        {
            "replication": [0, 1, 2, 3],
            "basis": "municipality",
            "broken_even": [True, True, False, False],
            "month": pd.array([215, 263, None, None], dtype="Int64"),
            "years_to_break_even": [3.0, 7.0, None, None],
            "note": ["broken even", "broken even", "no investment", "not within 15 years"],
        }
    )


def write_run(
    folder: Path, replications: int = 2, made: dict[str, pd.DataFrame] | None = None, **changes
) -> Path:
    """Write a synthetic run folder and return it."""
    with RunWriter(folder) as writer:
        for name, frame in (made or tables(replications)).items():
            writer.table(name, frame)
        writer.document(document(replications, **changes))
    return folder


OUTCOMES = [
    {"name": "net_cost", "unit": "euro of 2015 per inhabitant a year", "meaning": "Net cost.",
     "adds_up": "sum"},
    {"name": "crises", "unit": "crises a year", "meaning": "Crises.", "adds_up": "sum"},
]  # fmt: skip


def write_study(path: Path, run: Run) -> Folder:
    """Write a study of two points, with the months of two arms of a run, and return it."""
    folder = Folder(path)
    document = {
        "study_version": 1, "result_version": "0", "design": "list", "axes": ["landing.years", "policy"],
        "points": [{"landing.years": 0, "policy": "reference"},
                   {"landing.years": 5, "policy": "as_described"}],
        "overrides": [], "replications": 1, "seeds_per_draw": 1, "stored": ["monthly", "wijken"],
        "outcomes": OUTCOMES,
    }  # fmt: skip
    folder.begin(document)
    parts = {}
    for name in document["stored"]:
        frame = run.table(name)
        points = frame["arm"].map({"reference": 0, "policy": 1})
        frame = (
            frame.assign(replication=points, arm=0).dropna(subset="replication").astype({"replication": int})
        )
        frame = frame.rename(columns={"replication": "point", "arm": "replication"})
        parts[name] = as_parquet(pa.Table.from_pandas(frame, preserve_index=False))
    folder.keep(Part("p", parts, (PlannedRun(0, 0, "a"), PlannedRun(1, 0, "b")), 0.0))
    runs = {"point": [0, 1], "replication": [0, 0], "seed": [1, 1], "draw": [0, 0], "address": ["a", "b"],
            "part": ["p", "p"], "landing.years": [0, 5], "policy": ["reference", "as_described"],
            "net_cost": [1.5, 2.25], "crises": [3.0, None],
            "drawn.wijkteam.support_effect": [0.5, 0.5]}  # fmt: skip
    folder.runs.write_bytes(as_parquet(described_runs(pa.table(runs), OUTCOMES), described=True))
    return folder


def write_small_stores(place):
    """Write a run and a study of a few months and wijken into a folder; return the folder."""
    made = tables(1)
    months, wijken = made["monthly"], made["wijken"]
    made["monthly"] = months[months["month"] < FIRST + 4].reset_index(drop=True)
    made["wijken"] = wijken[(wijken["year"] < 2012) & (wijken["wijk"] < 3)].reset_index(drop=True)
    write_study(place / "results" / "studies" / "s", open_run(write_run(place / "run", made=made)))
    return place
