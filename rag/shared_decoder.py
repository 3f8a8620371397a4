"""One decoder for several threads: whoever computes takes along the steps that others wait for.

A step's time goes into fetching the weights from memory, so a few more rows cost hardly anything. What a row
gives does not depend on what is computed beside it, hence company changes nobody's text.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.decoder import Decoder
from rag.state import State

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(slots=True, eq=False)
class _Step:
    """Texts that somebody wants read on from their states; `scored` asks for the scores of the next token."""

    texts: Sequence[Sequence[int]]
    states: Sequence[State]
    layers: int | None
    every: bool
    scored: bool
    found: "Tensor | Exception | None" = None

    def wanted(self, rows: "Tensor") -> "Tensor":
        """Of the rows of all tokens those that are asked for."""
        import torch

        if self.every:
            return rows
        return rows[torch.tensor([len(text) for text in self.texts]).cumsum(0) - 1]


class SharedDecoder:
    """Runs the steps of all threads, those that wait at the same time in one pass."""

    def __init__(self, decoder: Decoder) -> None:
        """Begins with nobody waiting."""
        self._decoder = decoder
        self._turn = threading.Lock()
        self._joining = threading.Lock()
        self._waiting: list[_Step] = []

    def blank(self) -> State:
        """The state before anything was read."""
        return self._decoder.blank()

    def read(
        self, texts: Sequence[Sequence[int]], states: Sequence[State], layers: int | None = None
    ) -> "Tensor":
        """See `rag.decoder.Decoder.read`."""
        return self._run(_Step(texts, states, layers, every=False, scored=False))

    def scores(self, texts: Sequence[Sequence[int]], states: Sequence[State]) -> "Tensor":
        """The scores of every token as the next one after each text, (texts, vocabulary), float32."""
        return self._run(_Step(texts, states, None, every=False, scored=True))

    def scores_each(self, text: Sequence[int], state: State) -> "Tensor":
        """The same after every token of one text, (tokens, vocabulary)."""
        return self._run(_Step([text], [state], None, every=True, scored=True))

    def _run(self, step: _Step) -> "Tensor":
        with self._joining:
            self._waiting.append(step)
        with self._turn:
            if step.found is None:
                self._compute(self._company(step))
        if step.found is None or isinstance(step.found, Exception):
            raise step.found or RuntimeError("the step was not computed")
        return step.found

    def _company(self, step: _Step) -> list[_Step]:
        """The step, and those that wait for a pass through the same layers."""
        with self._joining:
            company = [other for other in self._waiting if other.layers == step.layers]
            self._waiting = [other for other in self._waiting if other.layers != step.layers]
        return company

    def _compute(self, steps: Sequence[_Step]) -> None:
        try:
            for step, found in zip(steps, self._together(steps), strict=True):
                step.found = found
        except Exception as error:
            if len(steps) == 1:
                steps[0].found = error
                return
            for step in steps:  # the others must not suffer from what is wrong with one
                self._compute([step])

    def _together(self, steps: Sequence[_Step]) -> "list[Tensor]":
        import torch

        texts = [text for step in steps for text in step.texts]
        states = [state for step in steps for state in step.states]
        counts = [sum(map(len, step.texts)) for step in steps]
        rows = torch.split(self._decoder.read_each(texts, states, steps[0].layers), counts)
        found = [step.wanted(ours) for step, ours in zip(steps, rows, strict=True)]
        scored = [row for row, step in enumerate(steps) if step.scored]
        if scored:
            scores = self._decoder.logits(torch.cat([found[row] for row in scored]))
            parts = torch.split(scores, [len(found[row]) for row in scored])
            for row, part in zip(scored, parts, strict=True):
                found[row] = part
        return found
