"""What a reader sees, made from finished folders alone: figures, texts, summary, report, stories."""

from pathlib import Path

DESIGN = Path(__file__).with_name("design")  # the design system, shared by report, dashboard and explorer
