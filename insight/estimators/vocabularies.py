"""Vocabularies as one string: a model file loads many times faster than with a node for each entry."""


def pack_vocabulary(vocabulary: dict[str, int]) -> str:
    """Terms in the order of their columns, one a line. Terms hold no line break."""
    return "\n".join(sorted(vocabulary, key=vocabulary.__getitem__))


def unpack_vocabulary(packed: str) -> dict[str, int]:
    """Term -> column, from `pack_vocabulary`."""
    return {term: column for column, term in enumerate(packed.split("\n") if packed else [])}
