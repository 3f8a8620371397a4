"""A server that stops in order: first no more questions, then the running answer, then itself."""

import asyncio
import socket
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import uvicorn

from ui.answering import Answering
from ui.settings import ServerSettings

_LAST = 5
"""Seconds that connections get to close once there are no more answers to wait for."""

_STOPPING = 2.0
"""Seconds in which a model that was told to stop should have done so."""

_TICK = 0.05


class OrderlyServer(uvicorn.Server):
    """Serves an application until it is told to stop; told twice, it waits no longer."""

    def __init__(
        self,
        app: Any,  # noqa: ANN401
        answering: Answering,
        pages: Sequence[Any],
        settings: ServerSettings,
        ready: Callable[[], None],
    ) -> None:
        """Prepares the server.

        Args:
            app: The application.
            answering: What answers in it.
            pages: Its Gradio pages, which would otherwise keep their connections.
            settings: How long a running answer gets, and which proxies are believed.
            ready: Called once connections are taken.
        """
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_LAST,
                proxy_headers=settings.proxies is not None,
                forwarded_allow_ips=settings.proxies or "",
            )
        )
        self._answering = answering
        self._pages = pages
        self._grace = settings.grace
        self._ready = ready
        self._hurried = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to take connections, and tells so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Notes a signal."""
        if self.should_exit:
            self._hurried = True
        else:
            super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Shuts down; the port stays open meanwhile, so that `/readyz` can tell."""
        self._answering.close()
        for page in self._pages:
            page.stop_event.set()
        await self._until_quiet()
        self._answering.stop()
        await asyncio.to_thread(self._answering.ended, _STOPPING)
        await super().shutdown(sockets)

    async def _until_quiet(self) -> None:
        end = time.monotonic() + self._grace
        while self._answering.running and not self._hurried and time.monotonic() < end:
            await asyncio.sleep(_TICK)
