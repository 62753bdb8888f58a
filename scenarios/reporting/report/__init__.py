"""The report of a run: one HTML file in both languages, and a PDF."""
