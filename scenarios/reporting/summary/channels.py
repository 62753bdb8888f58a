"""The lines of the summary about channels, for a run that was decomposed."""

from scenarios.reporting.texts import name, text, three
from simulation.months import month_number
from simulation.outcomes.channels import NAME
from simulation.outcomes.headline import confidence
from simulation.outcomes.savings import inhabitants_at
from simulation.recording.store import Run


def channel_lines(run: Run, language: str) -> list[str]:
    """Return by which channel the municipality saves; none for a run that was not decomposed."""
    if NAME not in run.tables:
        return []
    table = run.table(NAME)
    rows = table[table["basis"] == "municipality"]
    inhabitants = inhabitants_at(run.table("monthly"), month_number(run.document["transition"]))
    last = int(run.table("savings")["year"].max())
    lines = [text("channels_head", language, policy=name(run.document["policy"], language), last=last)]
    for channel, of_channel in rows.sort_values(["order", "pair"]).groupby("channel", sort=False):
        saved = of_channel.set_index("pair")["saving_eur"]
        found = confidence(saved / inhabitants.loc[saved.index], margin=0.0)
        words = three(found.mean, found.low, found.high, language)
        told = text("placebo_total" if found.count > 1 else "placebo_one", language, **words)
        key = "channels_line" if of_channel["in_total"].all() else "channels_beside"
        lines.append(text(key, language, channel=text(f"channel_{channel}", language), told=told))
    return lines
