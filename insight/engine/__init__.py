"""Spread a function over batches, cores and machines. Knows no station by name."""
