"""A generator that says what a test tells it to."""

import math
import re
from collections.abc import Iterator, Sequence

from rag.generator import Decoding, Prompt, until_stop


class ScriptedGenerator:
    """Answers each question with the reply whose key the question contains, a word at a time."""

    def __init__(
        self,
        replies: dict[str, str] | str,
        name: str = "scripted",
        verdict: float = 9.0,
        evidence: float = -4.0,
    ) -> None:
        self.name = name
        self.verdict = verdict
        self.evidence = evidence
        self.judged: list[Prompt] = []
        self.weighed: list[Prompt] = []
        self.replies = {"": replies} if isinstance(replies, str) else replies
        self.prompts: list[Prompt] = []
        self.pieces = 0

    def first_words(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[tuple[float, ...]]:
        """Judges every answer by `verdict` and every sentence by `evidence`: the log-odds of yes."""
        for prompt in prompts:
            (self.judged if "Answer:" in prompt.question else self.weighed).append(prompt)
        return [
            self._chances(self.verdict if "Answer:" in prompt.question else self.evidence, words)
            for prompt in prompts
        ]

    def _chances(self, odds: float, words: Sequence[str]) -> tuple[float, ...]:
        yes = -math.log1p(math.exp(-odds))
        return tuple(yes if word.lower() == "yes" else yes - odds for word in words)

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        self.prompts.append(prompt)
        asked = prompt.question.rpartition("Question:")[2]
        reply = next(reply for key, reply in self.replies.items() if key in asked)
        return until_stop(self._pieces(reply, decoding), decoding.stop)

    def _pieces(self, reply: str, decoding: Decoding) -> Iterator[str]:
        for piece in re.findall(r"\s*\S+", reply)[: decoding.max_tokens]:
            if decoding.cancelled.is_set():
                return
            self.pieces += 1
            yield piece


class BrokenGenerator(ScriptedGenerator):
    """Fails after the first piece."""

    def _pieces(self, reply: str, decoding: Decoding) -> Iterator[str]:
        yield reply[:1]
        raise RuntimeError("the model broke")
