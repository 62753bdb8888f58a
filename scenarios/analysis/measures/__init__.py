"""Measure by measure: what each measure of a package contributes to the effect of the whole."""
