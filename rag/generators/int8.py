"""The generator for ordinary CPUs: `rag.decoder` with what it has read kept for the next question."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.chat_template import ChatTemplate
from rag.decoder import Decoder
from rag.generator import Decoding, Prompt, until_stop
from rag.kept_states import KeptStates
from rag.lookup import guess
from rag.state import State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

_KEPT_TOKENS = 8_000
"""Tokens whose state is kept in memory: about 57 KB each for the 1.5B model."""

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
        self._kept: OrderedDict[str, State] = OrderedDict()
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
        firsts = [self._ids(word)[0] for word in words]
        states = self._last_states(prompts, None)
        with self._lock:
            chances = self._decoder.logits(states).log_softmax(-1)[:, firsts]
        return [tuple(row) for row in chances.tolist()]

    def states(self, prompts: Sequence[Prompt], layers: int) -> "NDArray[np.float32]":
        """The state of each prompt's last token after that many layers, (prompts, hidden size)."""
        found: NDArray[np.float32] = self._last_states(prompts, layers).numpy()
        return found

    def _last_states(self, prompts: Sequence[Prompt], layers: int | None) -> "Tensor":
        import torch

        parts = [self._template.parts(prompt) for prompt in prompts]
        found: list[Tensor] = [torch.empty(0)] * len(prompts)
        for opening in dict.fromkeys(part.opening for part in parts):
            rows = [row for row, part in enumerate(parts) if part.opening == opening]
            rests = [self._ids(parts[row].context + parts[row].rest) for row in rows]
            with self._lock:
                opened = self._read(opening)
                states = self._decoder.read(rests, [opened.branch(len(rest)) for rest in rests], layers)
            for row, state in zip(rows, states, strict=True):
                found[row] = state
        return torch.stack(found)

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
            state = self._read(parts.opening, parts.context, prompt.keep)
            state = state.branch(len(rest) + decoding.max_tokens + GUESSED)
            found = self._likeliest(self._decoder.read([rest], [state]))
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

    def _read(self, opening: str, context: str = "", keep: bool = True) -> State:
        """The state after the opening and the context; what was kept is not read again."""
        text = opening + context
        if text in self._kept:
            self._kept.move_to_end(text)
            return self._kept[text]
        state = self._on_disk.load(text) if keep and self._on_disk else None
        if state is None:
            ids = self._ids(context or opening)
            state = (self._read(opening) if context else self._decoder.blank()).branch(len(ids))
            self._decoder.read([ids], [state])
            if keep and self._on_disk:
                self._on_disk.save(text, state)
        if keep:
            self._keep(text, state)
        return state

    def _keep(self, text: str, state: State) -> None:
        """Keeps a state, and forgets the longest unused ones when there are too many tokens."""
        self._kept[text] = state
        while sum(kept.length for kept in self._kept.values()) > _KEPT_TOKENS and len(self._kept) > 1:
            self._kept.popitem(last=False)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids
