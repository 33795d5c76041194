"""What went wrong, said on the page: the newest first, each until it is closed."""

import html

import panel as pn

MOST = 4
LOOK = """:host { background: #FFF4E0; border-left: 4px solid #E69F00; padding: 6px 10px;
margin: 0 0 6px 0; font-size: 14px; }"""


class Messages:
    """A column of sentences."""

    def __init__(self):
        self.layout = pn.Column(sizing_mode="stretch_width", margin=0)
        self.texts = ()

    def tell(self, text):
        """Show one more sentence; one that is shown already comes first again."""
        self._show((text, *(known for known in self.texts if known != text))[:MOST])

    def forget(self, text):
        """Show it no longer."""
        self._show(tuple(known for known in self.texts if known != text))

    def _show(self, texts):
        if texts != self.texts:
            self.texts = texts
            self.layout[:] = [self._line(text) for text in texts]

    def _line(self, text):
        close = pn.widgets.Button(
            name="×", button_type="light", width=30, height=26, margin=0, description="close"
        )
        close.on_click(lambda event: self.forget(text))
        told = pn.pane.HTML(html.escape(text), sizing_mode="stretch_width", margin=0)
        return pn.Row(told, close, sizing_mode="stretch_width", stylesheets=[LOOK])
