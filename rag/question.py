"""A question as people type it, made safe to search with, or refused with a clear message."""

import re
import unicodedata

from index.errors import BadInputError

MAX_LENGTH = 2_000

_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # moves and colours
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # titles and links
    r"|\x1b[()*+#%][0-~]"  # character sets
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


class NotTextError(BadInputError):
    """The question holds a code point that is no character."""


def clean_question(text: str) -> str:
    """The question with plain white space and no invisible characters.

    What only a terminal understands is dropped: control characters, and the codes that begin with an escape.
    The length is checked before anything is normalised: normalising is slow on hostile input.

    Raises:
        NotTextError: It holds a surrogate, which is half of a character.
        BadInputError: It is empty, blank or too long.
    """
    if len(text) > MAX_LENGTH:
        raise BadInputError(
            f"The question has {len(text):,} characters; {MAX_LENGTH:,} is the limit. Ask it more briefly."
        )
    if lone := re.search("[\ud800-\udfff]", text):
        raise NotTextError(
            f"The question holds U+{ord(lone.group()):04X}, which is not text. Remove it and ask again."
        )
    text = _CONTROL.sub("", _ESCAPE.sub("", text))
    visible = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Co", "Cn") or c == "\u200d")
    cleaned = re.sub(r"\s+", " ", unicodedata.normalize("NFC", visible)).strip()
    if not any(character.isalnum() for character in cleaned):
        raise BadInputError("The question is empty. Write what you want to know about the article.")
    return cleaned
