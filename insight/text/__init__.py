"""Strings in, strings with offsets out. Knows no table and no model."""
