"""The generator behind an OpenAI-compatible server: vLLM, llama.cpp, Ollama, TGI and others."""

import json
from collections.abc import Iterator
from typing import Any

from index.errors import NotReadyError
from rag.chat_template import messages
from rag.generator import Decoding, Prompt, until_stop


class OpenAIServerGenerator:
    """A model on another process or machine, spoken to over ``/chat/completions``."""

    def __init__(self, url: str, model: str, key: str | None = None, timeout: float = 120.0) -> None:
        """Remembers the server; nothing is sent before the first question.

        Args:
            url: The base address, such as ``http://127.0.0.1:8000/v1``.
            model: The name that the server knows the model by.
            key: Sent as a bearer token, if any.
            timeout: Seconds to wait for the server at any one step.
        """
        import httpx

        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.name = model
        self._url = url.rstrip("/") + "/chat/completions"
        self._client = httpx.Client(headers=headers, timeout=timeout)

    def count_tokens(self, text: str) -> int:
        """An estimate, on the safe side for English: the server does not tell."""
        return len(text) // 3 + 1

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        """Yields the continuation; closing the iterator closes the connection, which stops the server."""
        return until_stop(self._pieces(prompt, decoding), decoding.stop)

    def _pieces(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        import httpx

        body = {
            "model": self.name,
            "messages": messages(prompt),
            "max_tokens": decoding.max_tokens,
            "temperature": 0,
            "stream": True,
        }
        try:
            with self._client.stream("POST", self._url, json=body) as response:
                if response.is_error:
                    detail = response.read().decode("utf-8", "replace")[:200]
                    raise NotReadyError(
                        f"The server {self._url} answered {response.status_code}: {detail!r}. "
                        "Check --server and --model."
                    )
                for line in response.iter_lines():
                    if decoding.cancelled.is_set():
                        return
                    yield from _content(line)
        except httpx.HTTPError as error:
            raise NotReadyError(
                f"The server {self._url} can't be reached: {error}. Check --server, or leave it out "
                "to use the local model."
            ) from error


def _content(line: str) -> Iterator[str]:
    """The text in one line of a server-sent event stream, if there is any."""
    data = line.removeprefix("data:").strip()
    if not line.startswith("data:") or data == "[DONE]":
        return
    try:
        event: Any = json.loads(data)
        piece = event["choices"][0]["delta"].get("content")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return
    if isinstance(piece, str) and piece:
        yield piece
