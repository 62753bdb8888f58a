"""The story of a household: its text, its summary and its folder."""
