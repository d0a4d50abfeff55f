"""Sequences of strings in, arrays out. Speaks scikit-learn and knows no pandas."""
