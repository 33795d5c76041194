"""What every answer of the server has in common: who may have it, and how a refusal looks."""

from __future__ import annotations

from typing import Any

from tornado.web import HTTPError, RequestHandler

from ssb_model.explore.server.site import Site
from ssb_model.explore.visit import TOKEN

NO_TOKEN = (
    "This page opens by the link that ssb explore printed in its terminal: it ends in a token. "
    "After that, links without the token work in this browser too."
)
NO_HOST = (
    "This page is for this machine alone. For another name or a forwarded port start it with "
    "--host, and the name and port that the browser uses."
)
HEADERS = {
    # the style attributes are BokehJS's
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "ssb explore",
}
SAID = {400: "This request cannot be read.", 404: "There is nothing here.", 405: "Not so."}


class Request(RequestHandler):
    """Refuses whoever comes by another name or without the token; refusals are one sentence."""

    def initialize(self, site: Site) -> None:
        """Of what site."""
        self.site = site

    def set_default_headers(self) -> None:
        """A browser runs, sends and keeps nothing but what the page needs."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse, or go on."""
        access = self.site.access
        if self.request.host.lower() not in access.hosts:
            raise Refused(403, NO_HOST)
        brought = self.get_query_argument(TOKEN, None)
        if access.is_token(brought):
            options = {"httponly": True, "samesite": "Strict"}
            self.set_cookie(access.cookie, access.token, **options)
        elif not access.is_token(self.get_cookie(access.cookie)):
            raise Refused(403, NO_TOKEN)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """One sentence, whatever it was."""
        error = kwargs.get("exc_info", (None, None))[1]
        said = error.sentence if isinstance(error, Refused) else SAID.get(status_code)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(said or "This went wrong; the terminal of ssb explore says more.")


class Refused(HTTPError):
    """A request that is answered by a sentence alone."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(status)
        self.sentence = sentence


class Nothing(Request):
    """Any other address."""

    def prepare(self) -> None:
        """There is none."""
        super().prepare()
        raise HTTPError(404)
