"""The user's own municipality: its file, checks, figures from CBS, and how a run finds it."""
