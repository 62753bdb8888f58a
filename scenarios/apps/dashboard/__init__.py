"""The live page of `landingsbaan serve`.

One visitor's wishes travel as a link (`state`), become jobs for a few warm processes (`work`,
`trajectories`), whose outcomes are put in figures and sentences (`charts`, `findings`) on one page (`page`).
"""
