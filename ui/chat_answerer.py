"""What the chat page needs of whatever answers its questions."""

from typing import Protocol

from index.store import Index
from ui.answering import Following
from ui.walk import Question


class Answerer(Protocol):
    """Answers questions about the articles of an index; `ui.answering.Answering` is one."""

    @property
    def index(self) -> Index:
        """What is searched."""

    def follow(self, question: Question) -> Following:
        """What there is to tell of a question, up to its answer."""
