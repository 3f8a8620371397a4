"""The Model Context Protocol: other assistants may ask about the articles, as a tool of theirs."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import Field, ValidationError
from starlette.types import Receive, Scope, Send

from index.errors import FootnoteError
from rag.answer import Answer
from rag.question import MAX_LENGTH
from ui.answering import Answering
from ui.api.answers import ask, whole_answer
from ui.api.errors import plain_error
from ui.api.schemas import AnswerBody, Sent
from ui.printing import above, place
from ui.problems import ProblemError, as_problem, shutting_down

if TYPE_CHECKING:
    import mcp_types as types
    from mcp.server.context import ServerRequestContext
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"

_TOOL = "ask_article"
_INSTRUCTIONS = (
    "Ask about the articles that are indexed here. Every sentence of an answer has a footnote to the exact "
    "words it rests on; when the article does not say, the answer says so."
)


class AskArticle(Sent):
    """What the tool takes."""

    question: Annotated[
        str, Field(min_length=1, max_length=MAX_LENGTH, description="One question, in English.")
    ]
    article: Annotated[
        str | None,
        Field(max_length=4096, description="The name of an article; all are looked at without it."),
    ] = None


class McpDoor:
    """The endpoint, without sessions: each request stands alone, and its response is JSON."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Serves as long as this lasts."""
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        self._manager = StreamableHTTPSessionManager(self._server(), json_response=True, stateless=True)
        try:
            async with self._manager.run():
                yield
        finally:
            self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if self._manager is None:
            response = JSONResponse({"error": plain_error(shutting_down())}, 503)
            await response(scope, receive, send)
        else:
            await self._manager.handle_request(scope, receive, send)

    def _server(self) -> Any:  # noqa: ANN401 - the library's, which is imported late
        from mcp.server import Server

        return Server(
            "footnote",
            version=version("footnote"),
            instructions=_INSTRUCTIONS,
            on_list_tools=self._list,
            on_call_tool=self._call,
        )

    async def _list(self, context: object, asked: object) -> "types.ListToolsResult":
        import mcp_types as types

        tool = types.Tool(
            name=_TOOL,
            title="Ask an article",
            description=_INSTRUCTIONS,
            input_schema=AskArticle.model_json_schema(),
            output_schema=AnswerBody.model_json_schema(mode="serialization"),
            annotations=types.ToolAnnotations(
                read_only_hint=True, idempotent_hint=True, open_world_hint=False
            ),
        )
        return types.ListToolsResult(tools=[tool])

    async def _call(
        self, context: "ServerRequestContext[Any]", asked: "types.CallToolRequestParams"
    ) -> "types.CallToolResult":
        import mcp_types as types

        try:
            answer = await self._answer(context.request, asked)
        except FootnoteError as error:
            told = plain_error(as_problem(error))
            content = types.TextContent(type="text", text=json.dumps({"error": told}))
            return types.CallToolResult(content=[content], is_error=True)
        content = types.TextContent(type="text", text=_with_footnotes(answer))
        return types.CallToolResult(content=[content], structured_content=answer.to_json())

    async def _answer(self, request: Request | None, asked: "types.CallToolRequestParams") -> Answer:
        assert request is not None
        if asked.name != _TOOL:
            raise ProblemError(404, "no_such_tool", f"There is no such tool; there is {_TOOL!r}.")
        try:
            arguments = AskArticle.model_validate(asked.arguments or {})
        except ValidationError:
            message = (
                f"The arguments are question (1 to {MAX_LENGTH:,} characters) and, if you like, article."
            )
            raise ProblemError(422, "bad_request", message) from None
        following = ask(self._answering, request, PATH, arguments.question, arguments.article)
        return await whole_answer(following, request)


def _with_footnotes(answer: Answer) -> str:
    """The answer and what it rests on, as text."""
    notes = [f"[{one.number}] {above(one)}“{one.quote}” ({place(one)})" for one in answer.citations]
    return "\n\n".join([answer.text, *notes])
