"""What a check looks at: one sentence of an answer, the question, and the sentences it would cite."""

import re
from dataclasses import dataclass

from rag.sources import SourceSentence
from rag.words import ASKER

BEING = r"(?:is|are|was|were|be|been|being)"
"""A pattern of the forms of "to be"."""

_EARLIER = re.compile(r"(?<=\?)\s+\(.+\)\s*$", re.DOTALL)
_YES = re.compile(r"\s*(?:yes|yeah|yep|indeed|correct|true)\b", re.IGNORECASE)
_NO = re.compile(r"\s*(?:no|nope|false|incorrect)\b(?!\s*\.?\s*\d)(?=\s*(?:[,.;:!–—-]|$))", re.IGNORECASE)
_AUXILIARY = (
    "am|is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must|"
    "isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|can't|couldn't|won't|wouldn't|shouldn't"
)
_POLAR = re.compile(rf"\s*(?:(?:so|and|but|also|then|ok|well)\b,?\s*)?(?:{_AUXILIARY})\b", re.IGNORECASE)
_PERSONAL = re.compile(rf"\b(?:{ASKER}|ive|me|us)\b", re.IGNORECASE)
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)


@dataclass(frozen=True)
class Claim:
    """One sentence of an answer, the question it answers, and the sentences that it would cite.

    `heard` are the keys of all words of the articles that were searched, where they are known.
    """

    sentence: str
    question: str
    cited: tuple[SourceSentence, ...]
    heard: frozenset[str] | None = None

    @property
    def asked(self) -> str:
        """The question without the earlier one that a follow-up leans on."""
        return _EARLIER.sub("", self.question)

    @property
    def is_polar(self) -> bool:
        """Whether yes or no answers the question."""
        return bool(_POLAR.match(plain(self.asked))) and not self.is_choice

    @property
    def is_choice(self) -> bool:
        """Whether the question names the answers to choose from."""
        return bool(_CHOICE.search(self.asked))

    @property
    def is_personal(self) -> bool:
        """Whether people ask about themselves, so that its numbers may be their own."""
        return bool(_PERSONAL.search(plain(self.asked)))

    @property
    def says_yes(self) -> bool:
        """Whether the answer begins with a yes."""
        return bool(_YES.match(self.sentence))

    @property
    def says_no(self) -> bool:
        """Whether the answer begins with a no."""
        return bool(_NO.match(self.sentence))

    @property
    def source(self) -> str:
        """The cited sentences as one text."""
        return "\n".join(source.text for source in self.cited)


def plain(text: str) -> str:
    """The text with one kind of apostrophe and one kind of space."""
    return re.sub(r"[\u00a0\u2007\u2009\u202f]", " ", text.replace("’", "'").replace("‘", "'"))
