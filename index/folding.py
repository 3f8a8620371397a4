"""Spelling without accents, as many people type."""

import unicodedata


def unaccented(text: str) -> str:
    """The text with the marks taken off its letters: "Möngke" and "Mongke" meet."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFKC", "".join(c for c in parts if not unicodedata.combining(c)))
