"""Words that carry no theme by themselves, and words for the thing reviewed."""

from functools import cache

from insight.text.informal import read_pairs


@cache
def word_roles() -> dict[str, str]:
    """Syllable -> where it may not stand in the name of a theme.

    'all' (nowhere in it), 'edge' or 'degree' (neither first nor last), 'first' or 'last'. Negators may not
    stand last; they are never dropped.
    """
    return {word: role for word, role in read_pairs("function_words.tsv") if role != "thing"}


@cache
def opening_phrases() -> tuple[str, ...]:
    """Phrases of two syllables or more that open a clause, such as "có điều", each with a space behind it."""
    return tuple(f"{phrase} " for phrase, _ in read_pairs("turns.tsv") if " " in phrase)


@cache
def function_words() -> frozenset[str]:
    """Syllables without a theme of their own: pronouns, particles, conjunctions, words of degree."""
    return frozenset(word for word, role in word_roles().items() if role in ("all", "edge", "degree"))


@cache
def thing_words() -> frozenset[str]:
    """Syllables of words for the thing reviewed, such as "sản phẩm" and "ứng dụng": common to all themes."""
    things = (word for word, role in read_pairs("function_words.tsv") if role == "thing")
    return frozenset(syllable for word in things for syllable in word.split())
