"""Names of files and coatings are text on the page, whatever they look like."""

from html.parser import HTMLParser

import pytest
from panel.pane import HTML

from ssb_model.explore.overlay import Overlay
from ssb_model.explore.page.messages import Messages
from ssb_model.explore.page.templates import part
from ssb_model.explore.page.tiles import Tiles
from ssb_model.explore.page.upload import Upload

HOSTILE = "<img src=x onerror=alert(1)>"


class Read(HTMLParser):
    """What a browser reads: the elements' names, and the text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)

    def handle_data(self, data):
        self.text += data


def panes(layout):
    """The HTML of every pane of a layout."""
    return [pane.object for pane in layout.select(HTML)]


@pytest.mark.parametrize(
    ("name", "content", "elements"),
    [
        ("head", [HOSTILE, HOSTILE], ["h1"]),
        ("numbers", [[(HOSTILE, HOSTILE, HOSTILE)]], ["div", "br", "b", "span"]),
        ("waiting", [HOSTILE], ["b"]),
        ("missing", [HOSTILE, HOSTILE], ["b"]),
        ("text", [HOSTILE], []),
        ("names", [[HOSTILE]], ["ul", "li"]),
        ("moved", [HOSTILE, HOSTILE], ["span"]),
        ("value", [HOSTILE, HOSTILE], []),
        ("uncertain", [HOSTILE, HOSTILE, HOSTILE], ["span"]),
    ],
)
def test_every_part_of_the_page_shows_what_it_is_given_as_text(name, content, elements):
    shown = Read(part(name, *content))
    assert shown.elements == elements and HOSTILE in shown.text


def test_a_message_about_a_file_is_text():
    messages = Messages()
    messages.show(f"{HOSTILE}.csv cannot be read.")
    [html] = panes(messages.layout)
    shown = Read(html)
    assert shown.elements == [] and shown.text == f"{HOSTILE}.csv cannot be read."


def test_the_name_of_a_drawn_file_is_text():
    upload = Upload([Overlay(HOSTILE, synthetic=False)], lambda overlays: None, Messages())
    upload.show()
    [shown] = [pane for pane in map(Read, panes(upload.layout)) if HOSTILE in pane.text]
    assert shown.elements == ["ul", "li"] and shown.text == f"measured: {HOSTILE}"


def test_why_a_curve_is_missing_is_text():
    tiles = Tiles()
    tiles.show("contact", f"This could not be computed: {HOSTILE}")
    notes = [Read(html) for tile in tiles.layouts for html in panes(tile)]
    [shown] = [note for note in notes if HOSTILE in note.text]
    assert shown.elements == ["b"]
