"""The page: sliders, numbers and figures of one visitor."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import panel as pn
from bokeh.document import Document
from param.parameterized import Event

from ssb_model.errors import InputError
from ssb_model.explore.coating_file import coating_file
from ssb_model.explore.curves import CURVES, TOGETHER
from ssb_model.explore.explorer import Explorer
from ssb_model.explore.library import Library
from ssb_model.explore.overlay import Overlay
from ssb_model.explore.page.controls import Controls
from ssb_model.explore.page.follow import Delivery, Follower, next_tick
from ssb_model.explore.page.layout import button_row, page_layout
from ssb_model.explore.page.messages import Messages
from ssb_model.explore.page.numbers import Numbers
from ssb_model.explore.page.tiles import Tiles
from ssb_model.explore.page.upload import Upload
from ssb_model.explore.sliders import State, coating_of_query, state_of_query

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _View:
    """What the page shows, and the sliders that say so."""

    explorer: Explorer
    state: State
    controls: Controls


class Page:
    """One visitor's page.

    Parameters
    ----------
    library
        The coatings on offer.
    document
        Of the visitor's session.
    query
        Of the link it was opened by.
    overlays
        Files named on the command line.
    area, mass
        Of the visitor's cells, as named on the command line.
    """

    def __init__(
        self,
        library: Library,
        document: Document,
        query: str = "",
        overlays: Sequence[Overlay] = (),
        area: str = "",
        mass: str = "",
    ) -> None:
        self._library, self._later = library, next_tick(document)
        self._view: _View | None = None  # until the first coating is ready
        self._tiles, self._numbers, self.messages = Tiles(), Numbers(), Messages()
        self._sliders = pn.Column(sizing_mode="stretch_width", margin=0)
        self._upload = Upload(overlays, self._overlay, self.messages, area, mass)
        self._follower = Follower(CURVES, TOGETHER, self._deliver)
        self._location = pn.state.location
        self._choice = pn.widgets.Select(
            name="coating", options=list(library.names), sizing_mode="stretch_width"
        )
        self._choice.param.watch(self._chosen, "value")
        self._buttons = button_row(self._coating_file, self._reset)
        self.layout = page_layout(
            [self._choice, self._buttons, self._sliders, self._upload.layout],
            self.messages.layout,
            self._numbers.layout,
            self._tiles.layouts,
        )
        # what changes before the browser listens may be lost to it
        pn.state.onload(partial(self._open, query))

    def close(self) -> None:
        """End what is being computed for a visitor who has left."""
        self._follower.close()

    def _open(self, query: str) -> None:
        """Show what a link's query holds; what of it cannot be used is reported."""
        self._upload.show()
        name, refused = coating_of_query(query, self._library.names)
        for text in refused:
            self.messages.show(text)
        self._prepare(name, query)

    def _prepare(self, name: str, query: str) -> None:
        """Make a coating ready, which may take a while, and then show it."""
        if self._library.ready(name):
            self._install(self._library.explorer(name), query)
            return
        waiting = f"{name}: being made ready; its first curves take some seconds."
        self.messages.show(waiting)

        def prepare() -> None:
            try:
                explorer = self._library.explorer(name)
            except InputError as error:
                self._later(partial(self._not_ready, str(error)))
            except Exception as error:  # the page goes on, whatever it was
                LOG.exception("%s", name)
                self._later(partial(self._not_ready, f"{name} cannot be shown: {error}"))
            else:
                self._later(partial(self._install, explorer, query))
            self._later(partial(self.messages.forget, waiting))

        threading.Thread(target=prepare).start()

    def _not_ready(self, why: str) -> None:
        """Go on with the coating that there is."""
        self.messages.show(why)
        if self._view is not None:
            self._choice.value = self._view.explorer.name

    def _install(self, explorer: Explorer, query: str) -> None:
        """Show an explorer with a link's state."""
        state, refused = state_of_query(query, explorer.name, explorer.sliders)
        for text in (*refused, *explorer.warnings):
            self.messages.show(text)
        if self._view is None or explorer is not self._view.explorer:
            controls = Controls(explorer, self._moved, self._rested)
            self._sliders[:] = [controls.layout]
        else:
            controls = self._view.controls
        self._view = _View(explorer, state, controls)
        self._buttons.visible = True
        self._choice.value = explorer.name
        controls.show(state)
        self._rested()
        self._follower.follow(explorer, state)

    def _chosen(self, event: Event) -> None:
        """Another coating, in the same cell and under the same conditions."""
        if self._view is None or event.new == self._view.explorer.name:
            return
        sliders, kept = self._view.explorer.sliders, self._view.state
        for name in self._view.state.moved:
            if sliders[name].part == "coating":
                kept = kept.without(name)
        self._prepare(event.new, kept.of(event.new).query(sliders))

    def _moved(self, name: str, value: float | None) -> None:
        """Follow a slider that moved, or went back where it was."""
        if self._view is not None:
            state = self._view.state
            state = state.without(name) if value is None else state.with_moved(name, value)
            self._view = replace(self._view, state=state)
            self._follower.follow(self._view.explorer, state)

    def _rested(self) -> None:
        """Write the state into the browser's address."""
        if self._view is not None and self._location is not None:
            self._location.search = f"?{self._view.state.query(self._view.explorer.sliders)}"

    def _deliver(self, state: State, curves: Delivery) -> None:
        self._later(partial(self._draw, state, curves))

    def _draw(self, state: State, curves: Delivery) -> None:
        if self._view is None or state.coating != self._view.state.coating:
            return
        with pn.io.hold():  # all changes in one message
            for name, curve in curves.items():
                try:
                    self._tiles.show(name, curve)
                except Exception as error:  # the other curves go on
                    LOG.exception("%s of %s", name, state)
                    self.messages.show(f"{name} could not be drawn: {error}")
            self._numbers.show(curves)

    def _overlay(self, overlays: Sequence[Overlay]) -> None:
        self._later(partial(self._tiles.overlay, overlays))

    def _reset(self) -> None:
        if self._view is not None:
            self._install(self._view.explorer, "")

    def _coating_file(self) -> str:
        return "" if self._view is None else coating_file(self._view.explorer, self._view.state)
