"""Imports Gradio in half the time, by not letting it write descriptions of its components for editors."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def without_stubs() -> Iterator[None]:
    """While this is open, Gradio finds no source of its components, and so writes no ``.pyi`` beside it.

    It would parse every component's source twice, and change the installed package, at every start.
    """
    found = inspect.getfile

    def file_of(thing: Any) -> str:  # noqa: ANN401
        if isinstance(thing, type) and thing.__module__.startswith("gradio."):
            raise OSError("Gradio's sources are left as they are")
        return found(thing)

    inspect.getfile = file_of  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = found
