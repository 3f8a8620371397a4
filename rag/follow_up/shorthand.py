"""What is written in a hurry, as it is read aloud."""

import re

from rag.follow_up.tokens import shorthand

_AND = re.compile(r"^\s*n\s+(?=\w)")


def written_out(text: str) -> str:
    """The text with "are" for "r", "who's" for "whos" and the like; capitals are left alone."""
    text = _AND.sub("and ", text)
    for short, whole in shorthand().items():
        text = re.sub(rf"(?<![\w'’.&/-]){short}(?![\w'’.&/-]\w?)", whole, text)
    return " ".join(text.split())
