"""What Vietnamese customers say, where on their journey it hurts, and what to do about it."""

__version__ = "0.1.0"
