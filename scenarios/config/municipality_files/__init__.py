"""A municipality of one's own: its file, its checks, its figures from CBS, and how a run finds it."""
