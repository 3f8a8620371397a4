"""The generator for ordinary CPUs: `rag.decoder` with what it has read kept for the next question."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.chat_template import ChatTemplate, Parts
from rag.decoder import Decoder
from rag.generator import Decoding, Noted, Prompt, until_stop
from rag.kept_states import KeptStates
from rag.lookup import guess
from rag.state import State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

_KEPT_BYTES = 450_000_000
"""Of the states that are kept in memory: a token takes 57 KB in all layers of the 1.5B model."""

GUESSED = 6
"""Tokens that are guessed and checked at once: up to eight rows cost hardly more than one."""


class Int8Generator:
    """A converted model, loaded for the CPU; several threads may use it, a step of one at a time."""

    def __init__(self, folder: Path, name: str, threads: int, on_disk: KeptStates | None = None) -> None:
        """Loads the folder that `rag.conversion` wrote.

        Args:
            folder: What it wrote.
            name: What the answer's ``model`` field says.
            threads: How many to compute with.
            on_disk: Where states are kept for the next process.
        """
        import torch
        from tokenizers import Tokenizer

        torch.set_num_threads(threads)
        self.name = name
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._template = ChatTemplate.load(folder)
        self._end = self._tokenizer.token_to_id(self._template.end_token)
        self._decoder = Decoder(folder)
        self._on_disk = on_disk
        self._kept: OrderedDict[tuple[str, int | None], State] = OrderedDict()
        self._lock = threading.Lock()

    def count_tokens(self, text: str) -> int:
        """How many tokens the text takes."""
        return len(self._ids(text))

    def prepare(self) -> None:
        """Lays out the weights for quick products, which takes seconds."""
        with self._lock:
            self._decoder.pack()

    def first_words(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[tuple[float, ...]]:
        """For each prompt, the log-probability that its continuation begins with each word's first token.

        Prompts that open alike are read side by side, for little more than the price of their own tokens.
        """
        return self._first_words(self._question_states(prompts, None), words)

    def states(self, prompts: Sequence[Prompt], layers: int) -> "NDArray[np.float32]":
        """See `rag.generator.StateReader`."""
        return _summed_up(self._question_states(prompts, layers))

    def states_and_first_words(
        self, prompts: Sequence[Prompt], layers: int, words: Sequence[str]
    ) -> "tuple[NDArray[np.float32], list[tuple[float, ...]]]":
        """See `rag.generator.StateReader`."""
        import torch

        noted = {layers: torch.empty(0)}
        lasts = self._question_states(prompts, None, noted)
        inner = torch.split(noted[layers], [len(states) for states in lasts])
        return _summed_up(inner), self._first_words(lasts, words)

    def _first_words(self, read: "Sequence[Tensor]", words: Sequence[str]) -> list[tuple[float, ...]]:
        import torch

        firsts = [self._ids(word)[0] for word in words]
        with self._lock:
            logits = self._decoder.logits(torch.stack([states[-1] for states in read]))
        return [tuple(row) for row in logits.log_softmax(-1)[:, firsts].tolist()]

    def _question_states(
        self, prompts: Sequence[Prompt], layers: int | None, noted: "dict[int, Tensor] | None" = None
    ) -> "Sequence[Tensor]":
        """For each prompt the states of what follows its context, (tokens, hidden size)."""
        import torch

        parts = [self._template.parts(prompt) for prompt in prompts]
        rests = [self._ids(part.rest) for part in parts]
        with self._lock:
            begun = self._begun(parts, [prompt.keep for prompt in prompts], layers)
            states = [state.branch(len(rest)) for state, rest in zip(begun, rests, strict=True)]
            found = self._decoder.read_each(rests, states, layers, noted)
        return torch.split(found, [len(rest) for rest in rests])

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        """Yields the continuation."""
        return until_stop(self._decoded(prompt, decoding), decoding.stop)

    def _decoded(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        """Turns token ids into text, holding back bytes that are not yet a whole character."""
        ids: list[int] = []
        shown = ""
        for number in self._token_ids(prompt, decoding):
            ids.append(number)
            text = self._tokenizer.decode(ids)
            if text.endswith("\N{REPLACEMENT CHARACTER}"):
                continue
            yield text[len(shown) :]
            shown = text

    def _token_ids(self, prompt: Prompt, decoding: Decoding) -> Iterator[int]:
        """The likeliest next token, again and again; several at a time where they are as guessed."""
        parts = self._template.parts(prompt)
        rest = self._ids(parts.rest)
        seen = [*self._ids(parts.context), *rest]
        with self._lock:
            state = self._article(parts) if prompt.keep else self._begun([parts], [False])[0]
            state = state.branch(len(rest) + decoding.max_tokens + GUESSED)
            found = self._likeliest(self._read_on(rest, state, decoding.noted)[-1:])
        left = decoding.max_tokens
        while True:
            for number in found:
                if number == self._end or decoding.cancelled.is_set():
                    return
                yield number
                seen.append(number)
                left -= 1
            if not left:
                return
            with self._lock:
                found = self._continued(seen, state, left)

    def _read_on(self, rest: list[int], state: State, noted: Noted | None) -> "Tensor":
        """The states of what follows the context; those of inner layers are noted if someone wants them."""
        import torch

        inner = {noted.layers: torch.empty(0)} if noted else None
        found = self._decoder.read_each([rest], [state], noted=inner)
        if noted and inner:
            noted.states = _summed_up([inner[noted.layers]])
        return found

    def _continued(self, seen: Sequence[int], state: State, left: int) -> list[int]:
        """The tokens that follow, one at least, after the last seen one was read."""
        guessed = guess(seen, min(GUESSED, left - 1))
        start = state.length
        likeliest = self._likeliest(self._decoder.read_each([[seen[-1], *guessed]], [state]))
        right = 0
        while right < len(guessed) and guessed[right] == likeliest[right]:
            right += 1
        state.length = start + 1 + right
        return likeliest[: right + 1]

    def _likeliest(self, states: "Tensor") -> list[int]:
        """The likeliest token after each state."""
        numbers: list[int] = self._decoder.logits(states).argmax(-1).tolist()
        return numbers

    def _article(self, parts: Parts) -> State:
        """The state after the opening and the context, in memory or on disk from now on."""
        text = parts.beginning
        known = (text, None) in self._kept
        if not known and self._on_disk and (state := self._on_disk.load(text)) is not None:
            self._keep(text, None, state)
            return state
        (state,) = self._begun([parts], [True])
        if not known and self._on_disk:
            self._on_disk.save(text, state)
        return state

    def _begun(self, parts: Sequence[Parts], keep: Sequence[bool], layers: int | None = None) -> list[State]:
        """The states after the opening and the context of each; those not kept before are read side by side.

        Whether a state was kept makes no difference to the last bit.
        """
        begun: dict[str, State] = {}
        unread: list[tuple[list[int], State]] = []
        for part in parts:
            state = begun.get(part.beginning) or self._recall(part.beginning, layers)
            if state is None:
                ids = self._ids(part.context)
                state = self._opened(part.opening).first(layers).branch(len(ids))
                if ids:
                    unread.append((ids, state))
            begun[part.beginning] = state
        if unread:
            self._decoder.read([ids for ids, _ in unread], [state for _, state in unread], layers)
        for part, worthwhile in zip(parts, keep, strict=True):
            if worthwhile:
                self._keep(part.beginning, layers, begun[part.beginning])
        return [begun[part.beginning] for part in parts]

    def _opened(self, opening: str) -> State:
        """The state after an opening, which is always kept."""
        state = self._recall(opening, None)
        if state is None:
            ids = self._ids(opening)
            state = self._decoder.blank().branch(len(ids))
            self._decoder.read([ids], [state])
            self._keep(opening, None, state)
        return state

    def _recall(self, text: str, layers: int | None) -> State | None:
        state = self._kept.get((text, layers))
        if state is not None:
            self._kept.move_to_end((text, layers))
        return state

    def _keep(self, text: str, layers: int | None, state: State) -> None:
        """Keeps a state, and forgets the longest unused ones when there are too many bytes."""
        self._kept[text, layers] = state
        while sum(kept.bytes for kept in self._kept.values()) > _KEPT_BYTES and len(self._kept) > 1:
            self._kept.popitem(last=False)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def _summed_up(read: "Sequence[Tensor]") -> "NDArray[np.float32]":
    """The last state of each, and the mean of all."""
    import torch

    both: NDArray[np.float32] = torch.stack(
        [torch.cat([states[-1], states.mean(0)]) for states in read]
    ).numpy()
    return both
