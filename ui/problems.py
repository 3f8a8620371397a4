"""Why a question has no answer, for programs: a stable code and an HTTP status beside the message."""

from index.errors import BadInputError, FootnoteError, NotReadyError
from rag.pipeline import CancelledError

SOON = 5
"""Seconds after which it is worth asking a server again that is about to stop or to be ready."""


class ProblemError(FootnoteError):
    """An error as every door of the server tells it; its message never repeats what was sent."""

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None) -> None:
        """Keeps its parts.

        Args:
            status: The HTTP status.
            code: For programs; it stays the same when the message is worded differently.
            message: For people.
            retry_after: Seconds after which asking again may help.
        """
        super().__init__(message)
        self.status = status
        self.code = code
        self.retry_after = retry_after


def busy(seconds: int) -> ProblemError:
    """The line is full."""
    message = f"Too many questions are waiting. Ask again in about {seconds} s."
    return ProblemError(429, "busy", message, seconds)


def late(seconds: float) -> ProblemError:
    """The answer took too long."""
    message = f"The answer was not there within {seconds:g} s. Ask again, or ask more briefly."
    return ProblemError(503, "deadline", message, SOON)


def shutting_down() -> ProblemError:
    """The server is about to stop."""
    return ProblemError(503, "shutting_down", "The server is shutting down. Ask again in a moment.", SOON)


def defect() -> ProblemError:
    """Something is wrong with Footnote."""
    return ProblemError(500, "defect", "A defect in Footnote; the server's log says more.")


def no_such_article() -> ProblemError:
    """The article is not indexed."""
    return ProblemError(404, "no_such_article", "There is no such article; /api/articles lists them.")


def as_problem(error: Exception) -> ProblemError:
    """Any error as a problem."""
    match error:
        case ProblemError():
            return error
        case CancelledError():
            return ProblemError(499, "cancelled", "The answer was stopped.")
        case BadInputError():
            return ProblemError(422, "bad_question", "The question can't be used as it is.")
        case NotReadyError():
            message = "The language model can't be used; the server's log says more."
            return ProblemError(503, "not_ready", message, SOON)
        case _:
            return defect()
