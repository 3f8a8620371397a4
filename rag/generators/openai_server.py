"""The generator behind an OpenAI-compatible server: vLLM, llama.cpp, Ollama, TGI and others."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from index.errors import NotReadyError
from rag.chat_template import messages
from rag.generator import NEVER, Decoding, Prompt, until_stop


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

    def first_words(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[tuple[float, ...]]:
        """For each prompt, the log-probability that its continuation begins with each of the words.

        A server that tells no probabilities gives its one word all of it.
        """
        return [self._first_word(prompt, words) for prompt in prompts]

    def _first_word(self, prompt: Prompt, words: Sequence[str]) -> tuple[float, ...]:
        import httpx

        body = self._body(prompt, 1) | {"logprobs": True, "top_logprobs": 20}
        try:
            response = self._client.post(self._url, json=body)
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error
        if response.is_error:
            raise self._refused(response.status_code, response.text)
        listed = _listed(response.json())
        return tuple(listed.get(word.strip(), NEVER) for word in words)

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        """Yields the continuation; closing the iterator closes the connection, which stops the server."""
        return until_stop(self._pieces(prompt, decoding), decoding.stop)

    def _pieces(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        import httpx

        body = self._body(prompt, decoding.max_tokens) | {"stream": True}
        try:
            with self._client.stream("POST", self._url, json=body) as response:
                if response.is_error:
                    raise self._refused(response.status_code, response.read().decode("utf-8", "replace"))
                for line in response.iter_lines():
                    if decoding.cancelled.is_set():
                        return
                    yield from _content(line)
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error

    def _body(self, prompt: Prompt, max_tokens: int) -> dict[str, object]:
        return {
            "model": self.name,
            "messages": messages(prompt),
            "max_tokens": max_tokens,
            "temperature": 0,
        }

    def _refused(self, status: int, detail: str) -> NotReadyError:
        return NotReadyError(
            f"The server {self._url} answered {status}: {detail[:200]!r}. Check --server and --model."
        )

    def _unreachable(self, error: Exception) -> NotReadyError:
        return NotReadyError(
            f"The server {self._url} can't be reached: {error}. Check --server, or leave it out to use the "
            "local model."
        )


def _listed(reply: Any) -> dict[str, float]:  # noqa: ANN401 - whatever the server sent
    """The first token's candidates with their log-probabilities."""
    try:
        choice = reply["choices"][0]
        chances = (choice.get("logprobs") or {}).get("content") or []
        if chances:
            return {str(one["token"]).strip(): float(one["logprob"]) for one in chances[0]["top_logprobs"]}
        return {str(choice["message"]["content"]).strip(): 0.0}
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return {}


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
