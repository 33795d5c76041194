"""One visitor: asks for states, is given what shows them.

The browser says the whole of its state each time, and a number by which it knows the answers; the
server keeps nothing of a visitor but the newest of them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from ssb_model.errors import InputError
from ssb_model.explore.curves import CURVES, TOGETHER, Curve, computed
from ssb_model.explore.explorer import Explorer
from ssb_model.explore.figures import shown
from ssb_model.explore.library import Library
from ssb_model.explore.sliders import moved_of
from ssb_model.explore.visit.follow import Asked, Delivery, Follower
from ssb_model.explore.visit.message import Message
from ssb_model.explore.visit.numbers import numbers_of
from ssb_model.explore.visit.words import about, standing

LOG = logging.getLogger(__name__)


class Visit:
    """Answers one browser.

    Parameters
    ----------
    library
        The coatings on offer.
    put
        Sends a message of a kind, from any thread; a newer one of its kind may take its place.
    """

    def __init__(self, library: Library, put: Callable[[str, dict[str, Any]], None]) -> None:
        self._library, self._put = library, put
        curves = {name: partial(_computed, name) for name in CURVES}
        self._follower = Follower(curves, TOGETHER, self._deliver)
        self._lock = threading.Lock()
        self._newest: Message | None = None
        self._preparing, self._open = False, True
        self._shown: Explorer | None = None

    def ask(self, message: Message) -> None:
        """Show the state that a browser wants, as soon as its coating is ready."""
        with self._lock:
            self._newest = message
            if self._library.ready(message.coating):
                self._show(message)
                return
            self._put("state", {"number": message.number, "preparing": message.coating})
            if not self._preparing:
                self._preparing = True
                threading.Thread(target=self._prepare, daemon=True).start()

    def close(self) -> None:
        """End what is being computed for a visitor who has left."""
        self._open = False
        self._follower.close()

    def join(self, seconds: float) -> bool:
        """After :meth:`close`: whether nothing is computed any more, waiting so long for it."""
        return self._follower.join(seconds) and not self._preparing

    def _prepare(self) -> None:
        """Make ready what the newest message needs, and show it."""
        while self._open and (message := self._newest) is not None:
            why = self._made_ready(message.coating)
            with self._lock:
                if why and message is self._newest:
                    self._put("state", {"number": message.number, "unready": why})
                    self._newest = None
                if self._newest is None or self._library.ready(self._newest.coating):
                    self._preparing = False
                    if self._newest is not None:
                        self._show(self._newest)
                    return
        self._preparing = False

    def _made_ready(self, coating: str) -> str:
        """Empty, or why it cannot be."""
        try:
            self._library.explorer(coating)
        except InputError as error:
            return str(error)
        except Exception as error:  # the page goes on, whatever it was
            LOG.exception("%s", coating)
            return f"{coating} cannot be shown: {error}"
        return ""

    def _show(self, message: Message) -> None:
        explorer = self._library.explorer(message.coating)
        state, refused = moved_of(message.moved, explorer.name, explorer.sliders)
        if explorer is not self._shown:
            self._shown = explorer
            self._put("coating", {"coating": explorer.name, **about(explorer)})
        answer = {
            "number": message.number,
            "coating": explorer.name,
            "query": state.query(explorer.sliders),
            "standing": standing(explorer, state),
            "refused": refused,
        }
        self._put("state", answer)
        self._follower.follow(explorer, Asked(message.number, state))

    def _deliver(self, asked: Asked, curves: Delivery) -> None:
        answer = {
            "number": asked.number,
            "figures": shown(curves),
            "numbers": {name: numbers_of(curve) for name, curve in curves.items()},
        }
        self._put(f"curves {', '.join(curves)}", answer)


def _computed(name: str, explorer: Explorer, asked: Asked, superseded: Callable[[], None]) -> Curve:
    return computed(name, explorer, asked.state, superseded)
