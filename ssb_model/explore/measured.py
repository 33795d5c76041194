"""The page's corner for your own files: upload, sizes of the cell, what is drawn."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import panel as pn

from ssb_model.errors import InputError
from ssb_model.explore.overlay import read_overlay

NONE = "no file"


class Measured:
    """Files of one visitor.

    Parameters
    ----------
    overlays : sequence of Overlay
        To begin with.
    changed : callable
        Is given all overlays when they change.
    messages : Messages
        Where it is said that a file cannot be drawn.
    area, mass : str
        To begin with, as a user writes them; may be empty.
    """

    def __init__(self, overlays, changed, messages, area="", mass=""):
        self._overlays, self._changed, self._messages = list(overlays), changed, messages
        self._refusal = ""
        self._file = pn.widgets.FileInput(sizing_mode="stretch_width", margin=(4, 10))
        size = {"sizing_mode": "stretch_width", "margin": (4, 10)}
        self._area = pn.widgets.TextInput(
            name="area of a face", value=area, placeholder="1.13 cm2", **size
        )
        self._mass = pn.widgets.TextInput(
            name="mass of active material", value=mass, placeholder="2.4 mg", **size
        )
        self._clear = pn.widgets.Button(name="remove", button_type="light", margin=(4, 10))
        self._names = pn.pane.Markdown("", sizing_mode="stretch_width", margin=(0, 10))
        self._waiting = None  # name and content of a file whose size is not known yet
        self._file.param.watch(self._arrived, "value")
        for size in (self._area, self._mass):
            size.param.watch(lambda event: self._read(), "value")
        self._clear.on_click(lambda event: self._show([]))
        self.layout = pn.Card(
            self._file,
            self._area,
            self._mass,
            self._names,
            self._clear,
            title="Your own data",
            sizing_mode="stretch_width",
            margin=(0, 0, 8, 0),
        )
        self._show(self._overlays)

    def _arrived(self, event):
        if event.new:
            self._waiting = Path(self._file.filename).name, BytesIO(event.new).getvalue()
            self._read()

    def _read(self):
        if self._waiting is None:
            return
        name, content = self._waiting
        self._messages.forget(self._refusal)
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            try:
                found = read_overlay(path, self._area.value, self._mass.value)
            except InputError as error:
                self._refusal = str(error).replace(f"{folder}/", "")
                self._messages.tell(self._refusal)
                return
        self._waiting = None
        if found.note:
            self._messages.tell(found.note)
        self._show([*(known for known in self._overlays if known.name != name), found])

    def _show(self, overlays):
        self._overlays = overlays
        self._names.object = "\n".join(f"* {overlay.label}" for overlay in overlays)
        self._clear.visible = bool(overlays)
        self._changed(overlays)
