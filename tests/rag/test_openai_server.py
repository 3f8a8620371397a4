"""The generator against a real HTTP server that speaks the protocol."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from index.errors import NotReadyError
from rag.generator import NEVER, Decoding, Prompt
from rag.generators.openai_server import OpenAIServerGenerator

pytestmark = pytest.mark.enable_socket

PROMPT = Prompt("Be brief.", "The article: the cat sat.\n\n", "Who sat?")


class Handler(BaseHTTPRequestHandler):
    """Streams a reply, or lists the first token's chances."""

    bodies: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Handler.bodies.append(body)
        if body["model"] == "missing":
            self._send(404, "application/json", b'{"error": "no such model"}')
        elif body.get("stream"):
            events = [{"choices": [{"delta": {"content": piece}}]} for piece in ("The ", "cat.", "\nMore")]
            lines = [f"data: {json.dumps(event)}\n\n" for event in [{"choices": []}, *events]]
            self._send(200, "text/event-stream", ("".join(lines) + "data: [DONE]\n\n").encode())
        else:
            top = [{"token": "Yes", "logprob": -0.1}, {"token": " no", "logprob": -2.5}]
            choice = {"message": {"content": "Yes"}, "logprobs": {"content": [{"top_logprobs": top}]}}
            self._send(200, "application/json", json.dumps({"choices": [choice]}).encode())

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Says nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_a_reply_streams_up_to_the_stop(url: str) -> None:
    generator = OpenAIServerGenerator(url, "small")
    assert "".join(generator.stream(PROMPT, Decoding())) == "The cat."
    body = Handler.bodies[-1]
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["temperature"] == 0


def test_the_chances_of_the_first_word_are_read(url: str) -> None:
    assert OpenAIServerGenerator(url, "small").first_words([PROMPT], ("Yes", "no", "maybe"))[0] == (
        -0.1,
        -2.5,
        NEVER,
    )


def test_an_error_of_the_server_says_what_to_check(url: str) -> None:
    generator = OpenAIServerGenerator(url, "missing")
    with pytest.raises(NotReadyError, match=r"404.*no such model.*--model"):
        list(generator.stream(PROMPT, Decoding()))
    with pytest.raises(NotReadyError, match="404"):
        generator.first_words([PROMPT], ("Yes",))


def test_a_server_that_is_not_there_is_named() -> None:
    generator = OpenAIServerGenerator("http://127.0.0.1:9/v1", "small", timeout=2)
    with pytest.raises(NotReadyError, match=r"127\.0\.0\.1:9.*--server"):
        list(generator.stream(PROMPT, Decoding()))
