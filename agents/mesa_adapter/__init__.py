"""Adapter that exposes rows of structured arrays as Mesa agents: agent sets, views and a model mixin."""
