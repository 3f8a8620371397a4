"""Uploading and deleting articles while the server runs."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict
from itertools import count
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from pydantic import BaseModel
from sse_starlette import ServerSentEvent
from starlette.requests import ClientDisconnect

from index.errors import FootnoteError
from ui.api.ask import event_stream
from ui.api.errors import described, events_described, plain_error
from ui.api.services import Here, Services
from ui.problems import ProblemError, as_problem, defect
from ui.sites.reach import is_of_site
from ui.sites.refusals import not_for_sites
from ui.uploads import Uploads

router = APIRouter(tags=["articles"])

UPLOADS = "/api/articles/"
"""How the paths begin to which files are sent."""

_PATH = f"{UPLOADS}{{name:path}}"
_RECEIVING = 120
"""Seconds in which a file must have arrived, for meanwhile nobody else can upload."""

_EVENTS = (
    'event: progress\nid: 1\ndata: {"step": "read", "done": 0, "total": 1}\n\n'
    'event: progress\nid: 2\ndata: {"step": "embed", "done": 7, "total": 7}\n\n'
    'event: done\nid: 3\ndata: {"name": "pier.pdf", "sentences": 7, "hidden": 0}\n\n'
)


class UploadEventBody(BaseModel):
    """An event of an upload; its data is an object, as JSON."""

    event: Literal["progress", "done", "error"]
    data: str
    id: str


_STREAM = events_described(
    "Events: any number of `progress`, then one `done` or `error`.", UploadEventBody, _EVENTS
)
_FILE = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
_Name = Annotated[
    str, Path(description="The file's name, with its suffix.", json_schema_extra={"example": "pier.pdf"})
]
_Told = tuple[str, dict[str, Any]]

_log = logging.getLogger(__name__)


@router.put(
    _PATH,
    response_model=None,
    response_class=Response,
    responses={200: _STREAM, **described(403, 408, 409, 413, 422, 429, 500)},
    openapi_extra={"requestBody": _FILE},
)
async def upload_article(name: _Name, request: Request, here: Here) -> Response:
    """Adds an article, whose file is the body, or puts a new version in the place of an uploaded one."""
    uploads = _allowed(here, request)
    uploads.may_have(name)
    uploads.begin()
    try:
        data = await _received(request, uploads.settings.max_megabytes * 1_000_000)
    except BaseException:
        uploads.end()
        raise
    return event_stream(_events(_started(uploads, name, data)))


@router.delete(_PATH, status_code=204, responses=described(403, 404, 409, 422, 429, 500, 503, 507))
async def delete_article(name: _Name, request: Request, here: Here) -> None:
    """Deletes an uploaded article."""
    uploads = _allowed(here, request)
    uploads.begin()

    def remove() -> None:
        try:
            uploads.remove(name)
        finally:
            uploads.end()

    await asyncio.shield(asyncio.to_thread(remove))


def _allowed(here: Services, request: Request) -> Uploads:
    if is_of_site(request.scope):
        raise not_for_sites()
    if here.uploads is None:
        message = "Articles can't be uploaded here; the server was started without --allow-upload."
        raise ProblemError(403, "uploads_off", message)
    return here.uploads


async def _received(request: Request, limit: int) -> bytes:
    """The whole body."""
    data = bytearray()
    try:
        async with asyncio.timeout(_RECEIVING):
            async for chunk in request.stream():
                data += chunk
                if len(data) > limit:
                    message = f"The file is larger than {limit // 1_000_000} MB."
                    raise ProblemError(413, "too_large", message)
    except TimeoutError:
        raise ProblemError(408, "too_slow", f"The file did not arrive within {_RECEIVING} s.") from None
    except ClientDisconnect:
        raise ProblemError(499, "cancelled", "Whoever uploaded has left.") from None
    return bytes(data)


def _started(uploads: Uploads, name: str, data: bytes) -> "asyncio.Queue[_Told]":
    """What there is to tell of the upload, which goes on to its end whoever listens, and ends the turn."""
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[_Told] = asyncio.Queue()

    def tell(event: str, data: dict[str, Any]) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody listens
            loop.call_soon_threadsafe(told.put_nowait, (event, data))

    def progress(step: str, done: int, total: int) -> None:
        tell("progress", {"step": step, "done": done, "total": total})

    def add() -> _Told:
        try:
            return "done", asdict(uploads.add(name, data, progress))
        except FootnoteError as error:
            return "error", plain_error(as_problem(error))
        except Exception:
            _log.exception("The article was not added because of a defect.")
            return "error", plain_error(defect())
        finally:
            uploads.end()

    loop.run_in_executor(None, lambda: tell(*add()))
    return told


async def _events(told: "asyncio.Queue[_Told]") -> AsyncIterator[ServerSentEvent]:
    for number in count(1):
        name, data = await told.get()
        yield ServerSentEvent(json.dumps(data), event=name, id=str(number))
        if name != "progress":
            return
