"""Who gets the page: browsers that reach it by a name it has, with the printed link's token."""

from __future__ import annotations

import errno
import hmac
import re
import secrets
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

from ssb_model.errors import InputError

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost", "[::1]")  # of this machine, to itself


class Access:
    """What a request must bring.

    Parameters
    ----------
    port
        That is listened on.
    hosts
        Further hosts and ports by which browsers may reach it, as behind a forwarded port.
    """

    def __init__(self, port: int, hosts: Sequence[str] = ()) -> None:
        self.token, self.cookie = secrets.token_urlsafe(24), f"ssb-explore-{port}"
        self.hosts = frozenset([*(f"{name}:{port}" for name in NAMES), *map(_host, hosts)])

    def is_token(self, text: str | None) -> bool:
        """Whether it is the token of the printed link."""
        brought = (text or "").encode("utf-8", "surrogatepass")
        return hmac.compare_digest(brought, self.token.encode())

    def is_own(self, origin: str | None) -> bool:
        """Whether a page that asks is this one: by its ``Origin``, ``http://127.0.0.1:5077``."""
        try:
            parts = urlsplit(origin or "")
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and parts.netloc.lower() in self.hosts


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
        raise InputError(why_not(error, port)) from None


def why_not(error: OSError, port: int) -> str:
    """A sentence for a port that cannot be listened on."""
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use, perhaps by another ssb explore: choose another with --port."
    if error.errno == errno.EACCES:
        return f"port {port} may not be used: choose one above 1023 with --port."
    return f"port {port} cannot be used ({error.strerror}): choose another with --port."


def _host(text: str) -> str:
    host = text.strip().lower()
    if not re.fullmatch(r"([a-z0-9.-]{1,253}|\[[0-9a-f:]{2,45}\])(:\d{1,5})?", host):
        raise InputError(
            f'--host "{text}" is no host: write a name and the port that the browser uses, as '
            "127.0.0.1:8080."
        )
    return host
