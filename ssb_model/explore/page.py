"""The page: sliders, numbers and figures of one visitor."""

import html
import logging
import threading
from functools import partial
from io import StringIO

import panel as pn

from ssb_model.errors import InputError
from ssb_model.explore.coating_file import coating_file
from ssb_model.explore.controls import Controls
from ssb_model.explore.curves import CURVES, TOGETHER
from ssb_model.explore.figures import FIGURES, Polarisation
from ssb_model.explore.follow import Follower
from ssb_model.explore.layout import Tile, page_layout
from ssb_model.explore.measured import Measured
from ssb_model.explore.messages import Messages
from ssb_model.explore.next_tick import next_tick
from ssb_model.explore.numbers import numbers_of
from ssb_model.explore.state import coating_of_query, state_of_query

LOG = logging.getLogger(__name__)
COPY = "navigator.clipboard.writeText(window.location.href)"


class Page:
    """One visitor's page.

    Parameters
    ----------
    library : Library
    document : bokeh.document.Document
        Of the visitor's session.
    query : str
        Of the link it was opened by.
    overlays : sequence of Overlay
        Files named on the command line.
    area, mass : str
        Of the visitor's cells, as named on the command line.
    """

    def __init__(self, library, document, query="", overlays=(), area="", mass=""):
        self._library, self._later = library, next_tick(document)
        self._explorer, self._state, self._controls = None, None, None
        self._tiles = {make: Tile(make()) for make in FIGURES}
        self._told = {}  # numbers by curve
        self._numbers = pn.pane.HTML(sizing_mode="stretch_width", css_classes=["numbers"])
        self._sliders = pn.Column(sizing_mode="stretch_width", margin=0)
        self.messages = Messages()
        self._measured = Measured(overlays, self._overlay, self.messages, area, mass)
        self._follower = Follower(CURVES, TOGETHER, self._deliver)
        self._location = pn.state.location
        self._choice = pn.widgets.Select(
            name="coating", options=list(library.names), sizing_mode="stretch_width"
        )
        self._choice.param.watch(self._chosen, "value")
        self._buttons = self._made_buttons()
        self.layout = page_layout(
            self._choice,
            self._buttons,
            self.messages.layout,
            self._sliders,
            self._measured.layout,
            self._numbers,
            self._tiles.values(),
        )
        # what changes before the browser listens may be lost to it
        pn.state.onload(partial(self._open, query))

    def _open(self, query):
        """Show what a link's query holds; what of it cannot be used is said."""
        self._measured.show()
        name, told = coating_of_query(query, self._library.names)
        for text in told:
            self.messages.tell(text)
        self._prepare(name, query)

    def close(self):
        """End what is being computed for a visitor who has left."""
        self._follower.close()

    def _prepare(self, name, query):
        """Make a coating ready, which may take a while, and then show it."""
        if self._library.ready(name):
            self._install(self._library.explorer(name), query)
            return
        waiting = f"{name}: being made ready; its first curves take some seconds."
        self.messages.tell(waiting)

        def prepare():
            try:
                explorer = self._library.explorer(name)
            except InputError as error:
                self._later(partial(self._not_ready, str(error)))
            except Exception as error:  # the page goes on, whatever it was
                LOG.exception("%s", name)
                self._later(partial(self._not_ready, f"{name} cannot be shown: {error}"))
            else:
                self._later(lambda: self._install(explorer, query))
            self._later(lambda: self.messages.forget(waiting))

        threading.Thread(target=prepare).start()

    def _not_ready(self, told):
        """Go on with the coating that there is."""
        self.messages.tell(told)
        if self._explorer is not None:
            self._choice.value = self._explorer.name

    def _install(self, explorer, query):
        """Show an explorer with a link's state."""
        state, told = state_of_query(query, explorer.name, explorer.sliders)
        for text in (*told, *explorer.warnings):
            self.messages.tell(text)
        if explorer is not self._explorer:
            self._controls = Controls(explorer, self._moved, self._rested)
            self._sliders[:] = [self._controls.layout]
        self._explorer, self._state = explorer, state
        self._buttons.visible = True
        self._choice.value = explorer.name
        self._controls.show(state)
        self._rested()
        self._follower.follow(explorer, state)

    def _chosen(self, event):
        """Another coating, in the same cell and under the same conditions."""
        if self._explorer is None or event.new == self._explorer.name:
            return
        sliders = self._explorer.sliders
        kept = self._state
        for name in self._state.moved:
            if sliders[name].part == "coating":
                kept = kept.without(name)
        self._prepare(event.new, kept.of(event.new).query(sliders))

    def _moved(self, name, value):
        if value is None:
            self._state = self._state.without(name)
        else:
            self._state = self._state.with_moved(name, value)
        self._follower.follow(self._explorer, self._state)

    def _rested(self):
        """Write the state into the browser's address."""
        if self._state is None:
            return
        self._location.search = f"?{self._state.query(self._explorer.sliders)}"

    def _deliver(self, state, found):
        self._later(partial(self._draw, state, found))

    def _draw(self, state, found):
        if state.coating != self._state.coating:
            return
        with pn.io.hold():  # all changes in one message
            for name, curve in found.items():
                try:
                    self._show(name, curve)
                except Exception as error:  # the other curves go on
                    LOG.exception("%s of %s", name, state)
                    self.messages.tell(f"{name} could not be drawn: {error}")
            self._show_numbers(found)

    def _show(self, name, found):
        for made in self._tiles.values():
            if made.figure.curve == name:
                made.show(found)
        if name == "critical" and not isinstance(found, str):
            self._tiles[Polarisation].figure.draw_critical(found)

    def _show_numbers(self, found):
        self._told |= {name: numbers_of(curve) for name, curve in found.items()}
        told = [number for name in CURVES for number in self._told.get(name, ())]
        if told:
            self._numbers.object = "".join(_number(*number) for number in told)

    def _overlay(self, overlays):
        self._later(partial(self._show_overlays, overlays))

    def _show_overlays(self, overlays):
        for made in self._tiles.values():
            if hasattr(made.figure, "overlay"):
                made.figure.overlay(overlays)

    def _made_buttons(self):
        link = pn.widgets.Button(name="copy link", button_type="light")
        link.js_on_click(code=COPY)
        reset = pn.widgets.Button(name="reset", button_type="light")
        reset.on_click(lambda event: self._install(self._explorer, ""))
        download = pn.widgets.FileDownload(
            callback=lambda: StringIO(coating_file(self._explorer, self._state)),
            filename="coating.toml",
            label="coating file",
            button_type="light",
        )
        return pn.Row(link, download, reset, visible=False, margin=0)


def _number(*told):
    name, value, interval = map(html.escape, told)
    return f"<div>{name}<br><b>{value}</b> <span>{interval}</span></div>"
