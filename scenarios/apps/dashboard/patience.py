"""How long the server waits for a browser that is slow, or that only pretends to ask something."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

ASKING_SECONDS = 20.0  # from the first byte of a request, or the connection, to its last header
REQUEST_SECONDS = 300.0  # from the first byte of a request to the last of its answer


class Impatient(H11Protocol):
    """HTTP of uvicorn, which itself would wait for ever for the rest of a request.

    A connection is cut when it asks nothing for `ASKING_SECONDS`, or when sending a file and taking an
    answer last longer than `REQUEST_SECONDS`. A websocket has bounds of its own.
    """

    timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Wait for a request."""
        super().connection_made(transport)
        self._cut_after(ASKING_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._cut_after(None)
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Leave the connection to the websocket."""
        self._cut_after(None)
        super().handle_websocket_upgrade(event)

    def data_received(self, data: bytes) -> None:
        """Wait for the rest of a request, or for its answer."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._cut_after(REQUEST_SECONDS)
        elif self.timer is None and self.transport.get_protocol() is self:
            self._cut_after(ASKING_SECONDS)

    def on_response_complete(self) -> None:
        """Wait for the next request, as long as uvicorn keeps the connection."""
        self._cut_after(None)
        super().on_response_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that asks nothing more, whether the last answer was taken or not."""
        super().timeout_keep_alive_handler()
        self._cut_after(ASKING_SECONDS)

    def _cut_after(self, seconds: float | None) -> None:
        """Cut the connection after so many seconds; None lets it be."""
        if self.timer is not None:
            self.timer.cancel()
        self.timer = self.loop.call_later(seconds, self.transport.abort) if seconds else None
