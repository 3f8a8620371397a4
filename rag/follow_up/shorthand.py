"""What is written in a hurry, as it is read aloud."""

import re
from functools import cache

from rag.follow_up.tokens import shorthand

_AND = re.compile(r"^\s*n\s+(?=\w)")


def written_out(text: str) -> str:
    """The text with "are" for "r", "who's" for "whos" and the like; capitals are left alone."""
    text = _short().sub(lambda match: shorthand()[match.group()], _AND.sub("and ", text))
    return " ".join(text.split())


@cache
def _short() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’.&/-])(?:{'|'.join(shorthand())})(?![\w'’.&/-])")
