"""A question as people type it, made safe to search with, or refused with a clear message."""

import re
import unicodedata

from index.errors import BadInputError

MAX_LENGTH = 2_000
_ALLOWED_CONTROLS = "\t\n\r"


def clean_question(text: str) -> str:
    """The question with plain white space and no invisible characters.

    The length is checked before anything is normalised: normalising is slow on hostile input.

    Raises:
        BadInputError: Empty, blank, too long, or holding characters that are not text.
    """
    if len(text) > MAX_LENGTH:
        raise BadInputError(
            f"The question has {len(text):,} characters; {MAX_LENGTH:,} is the limit. Ask it more briefly."
        )
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and character not in _ALLOWED_CONTROLS):
            raise BadInputError(
                f"The question holds U+{ord(character):04X}, which is not text. Remove it and ask again."
            )
    visible = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Co", "Cn") or c == "\u200d")
    cleaned = re.sub(r"\s+", " ", unicodedata.normalize("NFC", visible)).strip()
    if not any(character.isalnum() for character in cleaned):
        raise BadInputError("The question is empty. Write what you want to know about the article.")
    return cleaned
