"""VNI-Windows: a plain letter and a second character that carries its hat, its tone or both."""

_MARKS = {
    "": "øùûõï",
    "̆": "èéúüë",
    "̂": "àáåãä",
}
"""Hat of the vowel -> second character for grave, acute, hook above, tilde and dot below."""

HATS = {"ê": "̆", "â": "̂"}
"""Second character that is a hat without a tone (aê is ă, aâ is â)."""

MARKS = {code: (hat, tone) for hat, codes in _MARKS.items() for tone, code in enumerate(codes)}
"""Second character -> hat and number of the tone."""

WHOLE = dict(zip("ìíæóòîñôö", "ìíỉĩịỵđơư", strict=True))
"""Letters that are one character; ô (ơ) and ö (ư) still take a tone behind them."""
