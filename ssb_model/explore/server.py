"""The server of the page: on this machine alone, and for those who have the link's token."""

import errno
import hmac
import secrets
import socket
from urllib.parse import parse_qsl, urlencode

import panel as pn
from bokeh.server.auth_provider import AuthProvider
from tornado.web import RequestHandler
from tornado.websocket import WebSocketClosedError

from ssb_model.errors import InputError
from ssb_model.explore.layout import TITLE
from ssb_model.explore.page import Page

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

    def get(self):
        """One sentence."""
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(NO_TOKEN)


class TokenProvider(AuthProvider):
    """Lets in whoever brings the token in the link, or in the cookie that the first visit left."""

    def __init__(self, token, port):
        self._token, self._cookie = token, f"ssb-explore-{port}"
        super().__init__()

    @property
    def get_user(self):
        """Of a request: a name if it brings the token, else None."""
        return self._user

    @property
    def login_url(self):
        """Where the others are sent."""
        return REFUSED

    @property
    def login_handler(self):
        """What they see there."""
        return Refusal

    def _user(self, request):
        brought = request.get_query_argument(TOKEN, None)
        if brought is not None and self._fits(brought):
            request.set_cookie(self._cookie, brought, httponly=True, samesite="Strict")
            return "visitor"
        kept = request.get_cookie(self._cookie)
        return "visitor" if kept is not None and self._fits(kept) else None

    def _fits(self, text):
        return hmac.compare_digest(text.encode(), self._token.encode())


class Pages:
    """Makes a page for each visitor, and closes those that are open.

    Parameters
    ----------
    library : Library
    overlays, area, mass
        As for :class:`~ssb_model.explore.page.Page`.
    """

    def __init__(self, library, overlays=(), area="", mass=""):
        self._library, self._measured, self._open = library, (overlays, area, mass), set()

    def make(self):
        """The layout of a new visitor's page."""
        query = without_token(pn.state.location.search.lstrip("?"))
        page = Page(self._library, pn.state.curdoc, query, *self._measured)
        self._open.add(page)
        pn.state.on_session_destroyed(lambda context: self._left(page))
        return page.layout

    def close(self):
        """End what is being computed."""
        for page in self._open:
            page.close()

    def _left(self, page):
        page.close()
        self._open.discard(page)


def make_server(pages, port):
    """A server that is not started yet, and the link to its page.

    Parameters
    ----------
    pages : Pages
    port : int
        As :func:`usable_port` gave it.

    Returns
    -------
    panel.io.server.Server, str

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
    server.io_loop.asyncio_loop.set_exception_handler(quiet_when_left)
    return server, f"http://{LOOPBACK}:{port}/?{TOKEN}={token}"


def quiet_when_left(loop, context):
    """For an asyncio loop: a browser that left while something was sent to it is no error."""
    if not isinstance(context.get("exception"), WebSocketClosedError):
        loop.default_exception_handler(context)


def without_token(query):
    """The query of a link without what only opens the page."""
    return urlencode([(name, text) for name, text in parse_qsl(query) if name != TOKEN])


def usable_port(port):
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


def _why(error, port):
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use, perhaps by another ssb explore: choose another with --port."
    if error.errno == errno.EACCES:
        return f"port {port} may not be used: choose one above 1023 with --port."
    return f"port {port} cannot be used ({error.strerror}): choose another with --port."
