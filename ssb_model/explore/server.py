"""The server of the page: on this machine alone, and for those who have the link's token."""

from __future__ import annotations

import errno
import hmac
import secrets
import socket
from asyncio import AbstractEventLoop
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

import panel as pn
from bokeh.server.auth_provider import AuthProvider
from panel.io.server import Server
from tornado.platform.asyncio import BaseAsyncIOLoop
from tornado.web import RequestHandler
from tornado.websocket import WebSocketClosedError

from ssb_model.errors import InputError
from ssb_model.explore.library import Library
from ssb_model.explore.overlay import Overlay
from ssb_model.explore.page import TITLE, Page

LOOPBACK = "127.0.0.1"
TOKEN = "token"
PATIENCE = 120_000  # ms that a page is kept for a browser that is slow to connect, or has left
REFUSED = "/refused"
NO_TOKEN = (
    "This page opens by the link that ssb explore printed in its terminal: it ends in a token. "
    "After that, links without the token work in this browser too."
)


class Refusal(RequestHandler):
    """What those see who have no token."""

    def get(self) -> None:
        """One sentence."""
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(NO_TOKEN)


class TokenProvider(AuthProvider):
    """Lets in whoever brings the token in the link, or in the cookie that the first visit left."""

    def __init__(self, token: str, port: int) -> None:
        self._token, self._cookie = token, f"ssb-explore-{port}"
        super().__init__()

    @property
    def get_user(  # pyright: ignore[reportIncompatibleMethodOverride] it is given the handler
        self,
    ) -> Callable[[RequestHandler], str | None]:
        """Of a request: a name if it brings the token, else None."""
        return self._user

    @property
    def login_url(self) -> str:
        """Where the others are sent."""
        return REFUSED

    @property
    def login_handler(self) -> type[RequestHandler]:
        """What they see there."""
        return Refusal

    def _user(self, request: RequestHandler) -> str | None:
        brought = request.get_query_argument(TOKEN, None)
        if brought is not None and self._fits(brought):
            request.set_cookie(self._cookie, brought, httponly=True, samesite="Strict")
            return "visitor"
        kept = request.get_cookie(self._cookie)
        return "visitor" if kept is not None and self._fits(kept) else None

    def _fits(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(), self._token.encode())


class Pages:
    """Makes a page for each visitor, and closes those that are open.

    Parameters
    ----------
    library
        The coatings on offer.
    overlays, area, mass
        As for :class:`~ssb_model.explore.page.Page`.
    """

    def __init__(
        self, library: Library, overlays: Sequence[Overlay] = (), area: str = "", mass: str = ""
    ) -> None:
        self._library, self._measured = library, (overlays, area, mass)
        self._open: set[Page] = set()

    def make(self) -> pn.Template:
        """The layout of a new visitor's page."""
        location, document = pn.state.location, pn.state.curdoc
        assert location is not None and document is not None  # in a session
        query = without_token(location.search.lstrip("?"))
        page = Page(self._library, document, query, *self._measured)
        self._open.add(page)
        pn.state.on_session_destroyed(lambda context: self._left(page))
        return page.layout

    def close(self) -> None:
        """End what is being computed."""
        for page in self._open:
            page.close()

    def _left(self, page: Page) -> None:
        page.close()
        self._open.discard(page)


def make_server(pages: Pages, port: int) -> tuple[Server, str]:
    """A server that is not started yet, and the link to its page.

    Parameters
    ----------
    pages
        Makes what it serves.
    port
        As :func:`usable_port` gave it.

    Raises
    ------
    InputError
        If the port is in use or may not be used.
    """
    token = secrets.token_urlsafe(24)
    try:
        server = pn.io.server.get_server(
            {"/": pages.make},
            port=port,
            address=LOOPBACK,
            websocket_origin=[f"{LOOPBACK}:{port}"],
            title=TITLE,
            auth_provider=TokenProvider(token, port),
            start=False,
            show=False,
            verbose=False,
            unused_session_lifetime_milliseconds=PATIENCE,
        )
    except OSError as error:
        raise InputError(_why(error, port)) from None
    loop = server.io_loop
    assert isinstance(loop, BaseAsyncIOLoop)
    loop.asyncio_loop.set_exception_handler(quiet_when_left)
    return server, f"http://{LOOPBACK}:{port}/?{TOKEN}={token}"


def quiet_when_left(loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """For an asyncio loop: a browser that left while something was sent to it is no error."""
    if not isinstance(context.get("exception"), WebSocketClosedError):
        loop.default_exception_handler(context)


def without_token(query: str) -> str:
    """The query of a link without what only opens the page."""
    return urlencode([(name, text) for name, text in parse_qsl(query) if name != TOKEN])


def usable_port(port: int) -> int:
    """The port, or one that is free for 0; asked before anything takes time.

    Raises
    ------
    InputError
        If the port is in use or may not be used.
    """
    try:
        with socket.create_server((LOOPBACK, port)) as tried:
            return tried.getsockname()[1]
    except OSError as error:
        raise InputError(_why(error, port)) from None


def _why(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use, perhaps by another ssb explore: choose another with --port."
    if error.errno == errno.EACCES:
        return f"port {port} may not be used: choose one above 1023 with --port."
    return f"port {port} cannot be used ({error.strerror}): choose another with --port."
