"""Errors as programs get them: always the same shape, short, and never repeating what was sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import Scope

from index.errors import BadInputError, FootnoteError
from rag.question import MAX_LENGTH, NotTextError, clean_question
from ui.answering import Answering
from ui.api.schemas import ErrorBody
from ui.problems import ProblemError, as_problem, defect, no_such_article

_CODES = {404: "not_found", 405: "method_not_allowed"}
_EMPTY = "The question is empty. Write what you want to know about the article."
_LONG = f"The question has more than {MAX_LENGTH:,} characters. Ask it more briefly."
_OPENAI = "/v1/"
_LONGEST = 200
"""Characters of a message."""


def described(*statuses: int, shape: type[BaseModel] = ErrorBody) -> dict[int | str, dict[str, Any]]:
    """These errors, for the description of a route."""
    meanings = {
        400: "The body is no JSON, or not what it should be.",
        401: "A token of a site is wanted, or this one is not good: the code says which.",
        403: "This is not allowed here.",
        404: "There is no such thing.",
        408: "The body did not arrive in time.",
        409: "It does not fit what is there.",
        413: "The request is too large.",
        422: "The request can't be used as it is.",
        429: "Too much at once: the code says what. `Retry-After` says when to try again.",
        500: "A defect in Footnote.",
        503: "It can't be done just now: the code says why. `Retry-After` says when to try again.",
        507: "There is no room for it.",
    }
    return {status: {"model": shape, "description": meanings[status]} for status in statuses}


def events_described(meaning: str, event: type[BaseModel], example: str) -> dict[str, Any]:
    """A good response that may be a stream of events, for the description of a route."""
    stream = {"schema": event.model_json_schema(), "example": example}
    return {"description": meaning, "content": {"text/event-stream": stream}}


def checked(answering: Answering, question: str, article: str | None) -> str | None:
    """The full name of the article, if any, for a question that can be asked.

    Raises:
        ProblemError: It can't; the code says why.
    """
    if len(question) > MAX_LENGTH:
        raise ProblemError(422, "too_long", _LONG)
    try:
        clean_question(question)
    except NotTextError as error:
        raise ProblemError(422, "not_text", str(error)) from None
    except BadInputError:
        raise ProblemError(422, "empty_question", _EMPTY) from None
    try:
        return answering.pipeline.article_name(article)
    except BadInputError:
        raise no_such_article() from None


def install_errors(app: FastAPI) -> None:
    """Gives every error of the application its shape."""
    app.add_exception_handler(FootnoteError, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _defect)


def problem_response(
    scope: Scope, problem: ProblemError, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The response that tells a problem, in the shape that fits the request."""
    retry = {} if problem.retry_after is None else {"retry-after": str(problem.retry_after)}
    headers = {**(headers or {}), **retry}
    if str(scope["path"]).startswith(_OPENAI):
        status = 400 if problem.status == 422 else problem.status
        return JSONResponse({"error": openai_error(problem)}, status, headers)
    return JSONResponse({"error": plain_error(problem)}, problem.status, headers)


def plain_error(problem: ProblemError) -> dict[str, str]:
    """The problem, in the shape of this API."""
    return {"code": problem.code, "message": str(problem)}


def openai_error(problem: ProblemError) -> dict[str, str | None]:
    """The problem, in OpenAI's shape."""
    kinds = {429: "rate_limit_error"}
    kind = kinds.get(problem.status, "invalid_request_error" if problem.status < 500 else "server_error")
    return {**plain_error(problem), "type": kind, "param": None}


async def _problem(request: Request, error: Any) -> JSONResponse:  # noqa: ANN401 - as Starlette declares it
    return problem_response(request.scope, as_problem(error))


async def _invalid(request: Request, error: Any) -> JSONResponse:  # noqa: ANN401 - as Starlette declares it
    assert isinstance(error, RequestValidationError)
    return problem_response(request.scope, _first_of(error.errors()))


async def _http_error(request: Request, error: Any) -> JSONResponse:  # noqa: ANN401 - as Starlette declares it
    code = _CODES.get(error.status_code, "bad_request")
    problem = ProblemError(error.status_code, code, str(error.detail)[:_LONGEST])
    return problem_response(request.scope, problem, error.headers)


async def _defect(request: Request, error: Exception) -> JSONResponse:
    return problem_response(request.scope, defect())


def _first_of(errors: Sequence[Any]) -> ProblemError:
    """The first thing that is wrong with a request, named by our own words for its parts."""
    kind, place = str(errors[0]["type"]), list(errors[0]["loc"])
    if kind == "json_invalid":
        return ProblemError(400, "bad_json", "The body is no JSON.")
    if place[1:] == ["question"] and kind == "string_too_long":
        return ProblemError(422, "too_long", _LONG)
    if place[1:] == ["question"] and kind == "string_too_short":
        return ProblemError(422, "empty_question", _EMPTY)
    if kind == "extra_forbidden":
        place = place[:-1]
    where = ".".join(map(str, place)) or "request"
    return ProblemError(422, "bad_request", f"{where}: {errors[0]['msg']}"[:_LONGEST])
