"""Dated figures of what the country decided and paid, and their status."""
