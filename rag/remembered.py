"""Answers that were given before: asked the same again, nothing is read twice."""

import threading
from collections import OrderedDict

from rag.answer import Answer

MOST = 256
"""How many answers are remembered; the longest unused go first."""

_Key = tuple[str, str | None]


class RememberedAnswers:
    """The latest answers of one pipeline, whose index and model stay the same; safe in several threads."""

    def __init__(self, most: int = MOST) -> None:
        """Begins empty."""
        self._most = most
        self._answers: OrderedDict[_Key, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, asked: str, article: str | None) -> Answer | None:
        """The answer to the same question about the same article."""
        with self._lock:
            if (asked, article) in self._answers:
                self._answers.move_to_end((asked, article))
            return self._answers.get((asked, article))

    def keep(self, asked: str, article: str | None, answer: Answer) -> None:
        """Remembers an answer."""
        with self._lock:
            self._answers[asked, article] = answer
            self._answers.move_to_end((asked, article))
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
