"""The server from its start until somebody ends it."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable

from tornado.httpserver import HTTPServer
from tornado.web import Application

from ssb_model.errors import InputError
from ssb_model.explore.server.access import LOOPBACK, why_not
from ssb_model.explore.server.handlers import AssetFile, CoatingFile, Page, Socket
from ssb_model.explore.server.request import Nothing
from ssb_model.explore.server.site import Site
from ssb_model.explore.server.upload import Upload
from ssb_model.explore.visit import LONGEST, TOKEN

SMALL = 64 * 1024  # bytes of a request that is no file
IDLE = 120  # s
PING = 30  # s between questions whether a browser is still there
GONE = 0.1  # s
STOPS = (signal.SIGINT, signal.SIGTERM)


def serve(site: Site, port: int, started: Callable[[str], None]) -> tuple[signal.Signals, bool]:
    """Serve until Ctrl-C or until asked to end; what ended it, and whether nothing goes on.

    Parameters
    ----------
    site
        What is served.
    port
        As ``usable_port`` gave it.
    started
        Is given the link once the page can be opened.

    Raises
    ------
    InputError
        If the port is in use by now.
    """
    for name in (
        "tornado.access",
        "tornado.general",
    ):  # what strangers send is not the user's fault
        logging.getLogger(name).setLevel(logging.ERROR)
    return asyncio.run(_serve(site, port, started))


async def _serve(
    site: Site, port: int, started: Callable[[str], None]
) -> tuple[signal.Signals, bool]:
    stopped = _stopped()
    server = HTTPServer(
        _application(site),
        max_header_size=SMALL,
        max_body_size=SMALL,
        idle_connection_timeout=IDLE,
        body_timeout=IDLE,
    )
    try:
        server.listen(port, LOOPBACK)
    except OSError as error:
        raise InputError(why_not(error, port)) from None
    started(f"http://{LOOPBACK}:{port}/?{TOKEN}={site.access.token}")
    stop = await stopped
    server.stop()
    at_rest = site.close()
    await server.close_all_connections()
    await asyncio.sleep(GONE)  # for the visits to hear that they are over
    return stop, at_rest


def _stopped() -> asyncio.Future[signal.Signals]:
    """Done at the first signal; at a second one the process ends as it would without us."""
    loop = asyncio.get_running_loop()
    stopped: asyncio.Future[signal.Signals] = loop.create_future()
    before = {stop: signal.getsignal(stop) for stop in STOPS}

    def end(number: int) -> None:
        for stop, handler in before.items():
            signal.signal(stop, handler)
        if not stopped.done():
            stopped.set_result(signal.Signals(number))

    for stop in STOPS:
        signal.signal(stop, lambda number, frame: loop.call_soon_threadsafe(end, number))
    return stopped


def _application(site: Site) -> Application:
    given = {"site": site}
    return Application(
        [
            (r"/", Page, given),
            (r"/files/([0-9a-f]{16})/([a-z.-]{1,40})", AssetFile, given),
            (r"/socket", Socket, given),
            (r"/coating\.toml", CoatingFile, given),
            (r"/upload", Upload, given),
        ],
        default_handler_class=Nothing,
        default_handler_args=given,
        websocket_max_message_size=LONGEST,
        websocket_ping_interval=PING,
        websocket_ping_timeout=PING,
    )
