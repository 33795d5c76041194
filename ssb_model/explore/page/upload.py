"""The page's corner for a visitor's own files: upload, sizes of the cell, what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import panel as pn
from param.parameterized import Event

from ssb_model.errors import InputError
from ssb_model.explore.overlay import Overlay, read_overlay
from ssb_model.explore.page.messages import Messages
from ssb_model.explore.page.templates import part

NAMES = "ul { margin: 0; padding-left: 18px; }"


class Upload:
    """Files of one visitor.

    Parameters
    ----------
    overlays
        To begin with.
    changed
        Is given all overlays when they change.
    messages
        Where it is said that a file cannot be drawn.
    area, mass
        To begin with, as a user writes them; may be empty.
    """

    def __init__(
        self,
        overlays: Sequence[Overlay],
        changed: Callable[[Sequence[Overlay]], None],
        messages: Messages,
        area: str = "",
        mass: str = "",
    ) -> None:
        self._overlays, self._changed, self._messages = list(overlays), changed, messages
        self._refusal = ""
        self._waiting: tuple[str, bytes] | None = None  # a file whose size is not known yet
        self._file = pn.widgets.FileInput(sizing_mode="stretch_width", margin=(4, 10))
        self._area = _size("area of a face", area, "1.13 cm2")
        self._mass = _size("mass of active material", mass, "2.4 mg")
        self._clear = pn.widgets.Button(name="remove", button_type="light", margin=(4, 10))
        self._names = pn.pane.HTML(sizing_mode="stretch_width", margin=(0, 10), stylesheets=[NAMES])
        self._file.param.watch(self._arrived, "value")
        for size in (self._area, self._mass):
            size.param.watch(lambda event: self._read(), "value")
        self._clear.on_click(lambda event: self._replace([]))
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

    def show(self) -> None:
        """Name the files and have them drawn."""
        self._names.object = part("names", [overlay.label for overlay in self._overlays])
        self._clear.visible = bool(self._overlays)
        self._changed(self._overlays)

    def _arrived(self, event: Event) -> None:
        if event.new:
            self._waiting = Path(str(self._file.filename)).name, bytes(event.new)
            self._read()

    def _read(self) -> None:
        if self._waiting is None:
            return
        name, content = self._waiting
        self._messages.forget(self._refusal)
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            try:
                overlay = read_overlay(path, self._area.value, self._mass.value)
            except InputError as error:
                self._refusal = str(error).replace(f"{folder}/", "")
                self._messages.show(self._refusal)
                return
        self._waiting = None
        if overlay.note:
            self._messages.show(overlay.note)
        self._replace([*(known for known in self._overlays if known.name != name), overlay])

    def _replace(self, overlays: list[Overlay]) -> None:
        self._overlays = overlays
        self.show()


def _size(name: str, value: str, example: str) -> pn.widgets.TextInput:
    return pn.widgets.TextInput(
        name=name, value=value, placeholder=example, sizing_mode="stretch_width", margin=(4, 10)
    )
