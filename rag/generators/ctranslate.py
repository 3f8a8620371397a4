"""The generator for ordinary CPUs: CTranslate2 with 8-bit weights.

The state of the system message and the article is computed once and kept, so a further question about the
same article costs only its own tokens.
"""

import queue
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.chat_template import ChatTemplate
from rag.generator import Decoding, Prompt, until_stop

if TYPE_CHECKING:
    pass

_SMALL_MODEL = 300_000_000
"""Bytes of 8-bit weights under which activations stay 32-bit: narrow ones ruin the smallest models
(SmolLM2-135M then no longer knows the capital of France), and those are quick enough without."""

_KEPT_TOKENS = 12_000
"""Prefix tokens whose state is kept in memory: about 60 KB each for the 1.5B model."""


class CTranslateGenerator:
    """A converted model, loaded for the CPU."""

    def __init__(self, folder: Path, name: str, threads: int) -> None:
        """Loads the folder that `rag.conversion` wrote."""
        import ctranslate2
        from tokenizers import Tokenizer

        self.name = name
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._template = ChatTemplate.load(folder)
        small = (folder / "model.bin").stat().st_size < _SMALL_MODEL
        self._model: Any = ctranslate2.Generator(
            str(folder),
            device="cpu",
            compute_type="float32" if small else "int8",
            intra_threads=threads,
        )
        self._kept: dict[str, int] = {}
        self._lock = threading.Lock()

    def count_tokens(self, text: str) -> int:
        """How many tokens the text takes."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def first_word(self, prompt: Prompt, words: Sequence[str]) -> tuple[float, ...]:
        """The log-probability that the continuation begins with the first token of each of the words."""
        import numpy as np

        prefix, rest = self._template.split(prompt)
        with self._lock:
            (result,) = self._model.generate_batch(
                [self._tokens(rest)],
                static_prompt=self._tokens(prefix),
                include_prompt_in_result=False,
                max_length=1,
                sampling_topk=1,
                return_logits_vocab=True,
            )
        logits = np.array(result.logits[0], dtype=np.float64).ravel()
        total = np.logaddexp.reduce(logits)
        firsts = [self._tokenizer.encode(word, add_special_tokens=False).ids[0] for word in words]
        return tuple(float(logits[number] - total) for number in firsts)

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        """Yields the continuation; one at a time, others wait."""
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
        """Runs the model on a thread of its own, so that the consumer may stop at any token."""
        arrived: queue.Queue[int | BaseException | None] = queue.Queue()
        abandoned = threading.Event()

        def on_token(step: Any) -> bool:  # noqa: ANN401 - an untyped library
            arrived.put(step.token_id)
            return abandoned.is_set() or decoding.cancelled.is_set()

        def work() -> None:
            try:
                with self._lock:
                    if not (abandoned.is_set() or decoding.cancelled.is_set()):
                        self._generate(prompt, decoding.max_tokens, on_token)
                arrived.put(None)
            except BaseException as error:
                arrived.put(error)

        threading.Thread(target=work, daemon=True, name="generator").start()
        try:
            while (item := arrived.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                if decoding.cancelled.is_set():
                    return
                yield item
        finally:
            abandoned.set()

    def _generate(self, prompt: Prompt, max_tokens: int, on_token: Any) -> None:  # noqa: ANN401
        prefix, rest = self._template.split(prompt)
        self._model.generate_batch(
            [self._tokens(rest)],
            static_prompt=self._tokens(prefix),
            cache_static_prompt=prompt.keep and self._may_keep(prefix),
            include_prompt_in_result=False,
            max_length=max_tokens,
            sampling_topk=1,
            end_token=[self._template.end_token],
            callback=on_token,
        )

    def _may_keep(self, prefix: str) -> bool:
        """Whether the prefix is kept already or there is still room for it."""
        if prefix not in self._kept:
            tokens = self.count_tokens(prefix)
            if sum(self._kept.values()) + tokens > _KEPT_TOKENS:
                return False
            self._kept[prefix] = tokens
        return True

    def _tokens(self, text: str) -> list[str]:
        tokens: list[str] = self._tokenizer.encode(text, add_special_tokens=False).tokens
        return tokens
