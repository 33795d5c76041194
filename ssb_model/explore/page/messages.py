"""What went wrong, said on the page: the newest first, each until it is closed."""

from __future__ import annotations

import panel as pn

from ssb_model.explore.page.templates import part

MOST = 4
LOOK = """:host { background: #FFF4E0; border-left: 4px solid #E69F00; padding: 6px 10px;
margin: 0 0 6px 0; font-size: 14px; }"""


class Messages:
    """A column of sentences."""

    def __init__(self) -> None:
        self.layout = pn.Column(sizing_mode="stretch_width", margin=0)
        self.texts: tuple[str, ...] = ()

    def show(self, text: str) -> None:
        """Show one more sentence; one that is shown already comes first again."""
        self._show((text, *(known for known in self.texts if known != text))[:MOST])

    def forget(self, text: str) -> None:
        """Show it no longer."""
        self._show(tuple(known for known in self.texts if known != text))

    def _show(self, texts: tuple[str, ...]) -> None:
        if texts != self.texts:
            self.texts = texts
            self.layout[:] = [self._line(text) for text in texts]

    def _line(self, text: str) -> pn.Row:
        close = pn.widgets.Button(
            name="×", button_type="light", width=30, height=26, margin=0, description="close"
        )
        close.on_click(lambda event: self.forget(text))
        sentence = pn.pane.HTML(part("text", text), sizing_mode="stretch_width", margin=0)
        return pn.Row(sentence, close, sizing_mode="stretch_width", stylesheets=[LOOK])
