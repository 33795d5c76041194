"""Where things stand: sliders at the left, figures in a grid; on a phone the figures are a strip
that is swiped, above the sliders, so that a curve is seen while its slider moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import StringIO

import panel as pn
from panel.viewable import Viewable

from ssb_model.explore.page.templates import ENVIRONMENT, part

PHONE = "(max-width: 760px)"
SIDE = 330  # px
TITLE = "ssb explore"
ABOUT = (
    "Lines: the model at its most probable values; shades: central 95 % of what is uncertain. "
    "A slider that was moved counts as known. Black: measured."
)
COPY = "navigator.clipboard.writeText(window.location.href)"
HEAD = ":host { font-size: 13px; color: #444; } h1 { font-size: 20px; margin: 0 0 2px 0; }"


def page_layout(
    side: Sequence[Viewable], messages: Viewable, numbers: Viewable, tiles: Sequence[Viewable]
) -> pn.Template:
    """All of the page.

    Parameters
    ----------
    side
        What stands below the title, beside the figures.
    messages, numbers
        Above the figures.
    tiles
        The figures.
    """
    head = pn.pane.HTML(part("head", TITLE, ABOUT), stylesheets=[HEAD], sizing_mode="stretch_width")
    page = pn.Template(ENVIRONMENT.get_template("page.html"), location=True)
    page.add_panel("side", pn.Column(head, *side, margin=0, sizing_mode="stretch_width"))
    page.add_panel("messages", messages)
    page.add_panel("numbers", numbers)
    names = [f"tile_{k}" for k in range(len(tiles))]
    for name, tile in zip(names, tiles, strict=True):
        page.add_panel(name, tile)
    for name, value in {"tiles": names, "side": SIDE, "phone": PHONE}.items():
        page.add_variable(name, value)
    return page


def button_row(coating_file: Callable[[], str], reset: Callable[[], None]) -> pn.Row:
    """Buttons for the link, the coating file and the way back; hidden at first."""
    link = pn.widgets.Button(name="copy link", button_type="light")
    link.js_on_click(code=COPY)
    back = pn.widgets.Button(name="reset", button_type="light")
    back.on_click(lambda event: reset())
    download = pn.widgets.FileDownload(
        callback=lambda: StringIO(coating_file()),
        filename="coating.toml",
        label="coating file",
        button_type="light",
    )
    return pn.Row(link, download, back, visible=False, margin=0)
