"""The server's answers: the page, its files, its socket, coating files, and measured files."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import parse_qsl

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from ssb_model.explore.coating_file import coating_file
from ssb_model.explore.figures import points_of
from ssb_model.explore.server.request import NO_HOST, Refused, Request
from ssb_model.explore.server.site import MOST_VISITS
from ssb_model.explore.sliders import coating_of_query, moved_of
from ssb_model.explore.visit import Outbox, Visit, opening_of, packed, read_message

FOREVER = "private, max-age=31536000, immutable"
FULL = (
    f"{MOST_VISITS} pages of this ssb explore are open, which is as many as it serves: close one "
    "and reload this one."
)
EACH = 1 / 120  # s between messages of one browser


class Page(Request):
    """The page itself."""

    def get(self) -> None:
        """Opens with what the link says."""
        site = self.site
        names = site.library.names
        query, said = opening_of(self.request.query, names)
        overlays = [{"label": o.label, "figures": points_of(o)} for o in site.overlays]
        self.finish(
            site.assets.page(
                coatings=names,
                query=query,
                said=json.dumps(said),
                overlays=json.dumps(overlays, default=packed),
                area=site.area,
                mass=site.mass,
            )
        )


class AssetFile(Request):
    """A file of the page."""

    def get(self, digest: str, name: str) -> None:
        """Packed; kept by the browser, as its address changes with its content."""
        asset = self.site.assets.get(name) if digest == self.site.assets.digest else None
        if asset is None:
            raise HTTPError(404)
        self.set_header("Content-Type", asset.kind)
        self.set_header("Content-Encoding", "gzip")
        self.set_header("Cache-Control", FOREVER)
        self.finish(asset.packed)


class CoatingFile(Request):
    """A state's coating as a file."""

    def get(self) -> None:
        """Of the state that the query says."""
        query, library = self.request.query, self.site.library
        name, refused = coating_of_query(query, library.names)
        if refused or not library.ready(name):
            raise Refused(404, "Its coating is not shown: open the page with it first.")
        explorer = library.explorer(name)
        parts = [part for part in parse_qsl(query) if part[0] in explorer.sliders]
        state, said = moved_of(parts, name, explorer.sliders)
        if said:
            raise Refused(400, " ".join(said.values()))
        self.set_header("Content-Type", "application/toml; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="coating.toml"')
        self.finish(coating_file(explorer, state))


class Socket(Request, WebSocketHandler):
    """Messages of one browser, and what is answered."""

    _visit: Visit | None = None

    def prepare(self) -> None:
        """Only this page may open it."""
        super().prepare()
        if not self.site.access.is_own(self.request.headers.get("Origin")):
            raise Refused(403, NO_HOST)

    def check_origin(self, origin: str) -> bool:
        """It was looked at before."""
        return True

    def open(self, *args: str, **kwargs: str) -> None:
        """A visit begins."""
        if self.site.full:
            self.close(1013, FULL[:120])
            return
        outbox = Outbox(self._send)
        self._visit = Visit(self.site.library, outbox.put)
        self.site.visits[self._visit] = self._cut
        self._sending = asyncio.create_task(outbox.run())
        self._sending.add_done_callback(self._sent)

    async def on_message(self, message: str | bytes) -> None:
        """Take a state; anything else is dropped. The next is read a moment later."""
        asked = read_message(message, self.site.library.names)
        if asked is not None and self._visit is not None:
            self._visit.ask(asked)
        await asyncio.sleep(EACH)

    def on_close(self) -> None:
        """The visit is over."""
        if self._visit is not None:
            self._sending.cancel()
            self._visit.close()
            self.site.visits.pop(self._visit, None)
            self._visit = None

    def _cut(self) -> None:
        """End it without waiting for the browser's word."""
        stream = self.ws_connection and self.ws_connection.stream
        self.close(1001)
        if stream is not None:
            stream.close()

    async def _send(self, text: str) -> None:
        await self.write_message(text)

    def _sent(self, task: asyncio.Task[None]) -> None:
        if task.cancelled():
            return
        error = task.exception()
        self.close()
        if not isinstance(error, WebSocketClosedError | StreamClosedError | TimeoutError):
            raise error or RuntimeError("a visit's messages ended")
