"""The generator for any local folder or hub repository: plain transformers, on a GPU when there is one."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.errors import NotReadyError
from rag.chat_template import messages
from rag.generator import Decoding, Prompt, until_stop


class TransformersGenerator:
    """A causal language model of the transformers library; nothing of it is kept between questions."""

    def __init__(self, source: Path | str, name: str, dtype: str = "auto") -> None:
        """Loads safetensors weights from a folder or a hub repository; no code that comes with them is run.

        Args:
            source: A local folder, or ``org/name`` on the hub.
            name: What answers call the model.
            dtype: ``auto``: bfloat16 on a GPU, float32 on a CPU; or the name of a torch type.

        Raises:
            NotReadyError: There is no such model, or it has no safetensors weights.
        """
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self.name = name
        device = "cuda" if torch.cuda.is_available() else "cpu"
        if dtype == "auto":
            dtype = "bfloat16" if device == "cuda" else "float32"
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(str(source), trust_remote_code=False)
            loaded: Any = AutoModelForCausalLM.from_pretrained(
                str(source), dtype=getattr(torch, dtype), trust_remote_code=False, use_safetensors=True
            )
        except (OSError, ValueError) as error:
            raise NotReadyError(
                f"The model {str(source)!r} can't be loaded: {str(error).splitlines()[0]} "
                "Name a folder or hub repository with safetensors weights and a chat template."
            ) from error
        self._model: Any = loaded.to(device)

    def count_tokens(self, text: str) -> int:
        """How many tokens the text takes."""
        return len(self._tokenizer(text, add_special_tokens=False).input_ids)

    def first_words(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[tuple[float, ...]]:
        """For each prompt, the log-probability that its continuation begins with each word's first token."""
        return [self._first_word(prompt, words) for prompt in prompts]

    def _first_word(self, prompt: Prompt, words: Sequence[str]) -> tuple[float, ...]:
        import torch

        with torch.inference_mode():
            logits = self._model(**self._inputs(prompt), logits_to_keep=1).logits[0, -1]
        chances = logits.float().log_softmax(-1)
        firsts = [self._tokenizer(word, add_special_tokens=False).input_ids[0] for word in words]
        return tuple(float(chances[number]) for number in firsts)

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        """Yields the continuation."""
        return until_stop(self._pieces(prompt, decoding), decoding.stop)

    def _inputs(self, prompt: Prompt) -> Any:  # noqa: ANN401 - an untyped library
        return self._tokenizer.apply_chat_template(
            messages(prompt), add_generation_prompt=True, return_tensors="pt", return_dict=True
        ).to(self._model.device)

    def _pieces(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        from transformers import StoppingCriteriaList, TextIteratorStreamer

        inputs = self._inputs(prompt)
        streamer: Any = TextIteratorStreamer(self._tokenizer, skip_prompt=True, skip_special_tokens=True)
        abandoned = threading.Event()
        failed: list[BaseException] = []

        def should_stop(*_: object, **__: object) -> bool:
            return abandoned.is_set() or decoding.cancelled.is_set()

        def work() -> None:
            try:
                self._model.generate(
                    **inputs,
                    max_new_tokens=decoding.max_tokens,
                    do_sample=False,
                    streamer=streamer,
                    stopping_criteria=StoppingCriteriaList([should_stop]),
                )
            except BaseException as error:
                failed.append(error)
                streamer.end()

        threading.Thread(target=work, daemon=True, name="generator").start()
        try:
            for piece in streamer:
                if decoding.cancelled.is_set():
                    return
                if piece:
                    yield piece
        finally:
            abandoned.set()
        if failed:
            raise failed[0]
