"""What is on its way to a browser: of each kind the newest alone, one at a time.

A browser that reads slowly, or not at all, holds up nobody and fills no memory.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from ssb_model.explore.visit.pack import packed

FLUSHED = 60  # s in which a browser must take a message


class Outbox:
    """Of one visitor; any thread may put something in.

    Parameters
    ----------
    write
        Sends a text, and is done when it is on its way.
    """

    def __init__(self, write: Callable[[str], Awaitable[None]]) -> None:
        self._write, self._loop = write, asyncio.get_running_loop()
        self._waiting: dict[str, dict[str, Any]] = {}
        self._some = asyncio.Event()

    def put(self, kind: str, message: dict[str, Any]) -> None:
        """Send it in its turn, unless a newer one of its kind comes first."""
        self._loop.call_soon_threadsafe(self._put, kind, message)

    async def run(self) -> None:
        """Send until the browser has left; ends with what ``write`` raises then."""
        while True:
            await self._some.wait()
            self._some.clear()
            while self._waiting:
                message = self._waiting.pop(next(iter(self._waiting)))
                text = json.dumps(message, default=packed, allow_nan=False)
                async with asyncio.timeout(FLUSHED):
                    await self._write(text)

    def _put(self, kind: str, message: dict[str, Any]) -> None:
        self._waiting.pop(kind, None)  # the newer one comes after what was put in between
        self._waiting[kind] = message
        self._some.set()
