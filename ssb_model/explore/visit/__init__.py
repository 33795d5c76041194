"""One visitor of the page: what the browser may say, and what is computed and said for it."""

from ssb_model.explore.visit.message import LONGEST, TOKEN, opening_of, read_message
from ssb_model.explore.visit.outbox import Outbox
from ssb_model.explore.visit.pack import packed
from ssb_model.explore.visit.visit import Visit

__all__ = ["LONGEST", "TOKEN", "Outbox", "Visit", "opening_of", "packed", "read_message"]
