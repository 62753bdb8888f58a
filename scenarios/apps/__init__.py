"""Applications: the dashboard, the lab and Mesa's own view."""
