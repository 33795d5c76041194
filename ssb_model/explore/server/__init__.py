"""The server of the page: on this machine alone, for those who have the link's token."""

from ssb_model.explore.server.access import Access, usable_port
from ssb_model.explore.server.serve import serve
from ssb_model.explore.server.site import Site

__all__ = ["Access", "Site", "serve", "usable_port"]
