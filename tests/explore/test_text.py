"""Names of files and coatings are text on the page, whatever they look like."""

from html.parser import HTMLParser

from ssb_model.explore.server.assets import Assets
from tests.explore.conftest import HOSTILE


class Read(HTMLParser):
    """What a browser reads: elements with what they say of themselves, and the text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_whatever_the_page_is_given_is_text():
    content = dict.fromkeys(("query", "said", "overlays", "area", "mass"), f'">{HOSTILE}')
    page = Read(Assets().page(coatings=[HOSTILE], **content))
    assert "img" not in [tag for tag, _ in page.elements] and HOSTILE in page.text
    [body] = [said for tag, said in page.elements if tag == "body"]
    assert body == {f"data-{name}": f'">{HOSTILE}' for name in ("query", "said", "overlays")}
