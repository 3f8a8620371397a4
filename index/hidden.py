"""Takes out of a text what nobody who reads the file would see.

Instructions to a language model hide there, and an answer must not quote what the reader can't find.
"""

import re

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_SOFT_HYPHEN = "\u00ad"
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"


def without_invisible(text: str) -> tuple[str, int]:
    """The text without zero-width, tag and direction characters, and how many runs of them there were.

    A single joiner or selector after a letter or sign outside ASCII stays, for emoji and many scripts are
    written with it. Soft hyphens go uncounted.
    """
    hidden = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal hidden
        run = match.group()
        if run in _JOINERS and match.start() and not text[match.start() - 1].isascii():
            return run
        hidden += run.strip(_SOFT_HYPHEN) != ""
        return ""

    return _INVISIBLE.sub(kept, text), hidden
