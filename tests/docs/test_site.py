"""The site builds without a warning, and has a page for every public object."""

import os
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from sphinx.util.inventory import InventoryFile

from tests.docs.pages import DOCS

sys.path.insert(0, str(DOCS / "_ext"))
import public


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Folder of the site, built as ``make docs`` builds it, and what was said meanwhile."""
    folder = tmp_path_factory.mktemp("site")
    flags = ["-W", "-n", "--keep-going", "-q", "-E"]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *flags, str(DOCS), str(folder)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYBAMM_DISABLE_TELEMETRY": "true"},
    )
    return folder, done


class Page(HTMLParser):
    """Links and identifiers of one page."""

    def __init__(self, path):
        super().__init__()
        self.links, self.ids = [], set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        """Collect them."""
        found = dict(attributes)
        self.ids.update(found[key] for key in ("id", "name") if found.get(key))
        self.links += [found[key] for key in ("href", "src") if found.get(key)]


def test_builds_without_warnings(site):
    _, done = site
    assert done.returncode == 0, done.stderr[-4000:]
    assert "WARNING" not in done.stderr


def test_every_public_object_has_its_page(site):
    folder, _ = site
    with (folder / "objects.inv").open("rb") as stream:
        inventory = InventoryFile.load(stream, "", os.path.join)
    found = {
        name: item
        for kind, items in inventory.items()
        if kind.startswith("py:")
        for name, item in items.items()
    }
    exported = public.exports()
    assert len(exported) > 100
    assert not set(exported) - set(found)
    for home in exported:
        assert (folder / urlsplit(found[home].uri).path).exists()


def test_every_link_inside_resolves(site):
    folder, _ = site
    pages = {path: Page(path) for path in folder.rglob("*.html")}
    assert len(pages) > 100
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.exists(), f"{path.name}: {link}"
            if parts.fragment and target.suffix == ".html":
                assert unquote(parts.fragment) in pages[target].ids, f"{path.name}: {link}"


def test_nothing_is_fetched_when_a_page_is_opened(site):
    folder, _ = site
    fetched = ('src="http', 'rel="stylesheet" href="http', "@import url(http")
    for path in [*folder.rglob("*.html"), *folder.rglob("*.css")]:
        text = path.read_text("utf-8")
        assert not [start for start in fetched if start in text], path.name
