"""The page's files, packed once: its own scripts and styles, BokehJS, the empty figures."""

from __future__ import annotations

import gzip
import hashlib
import json
from importlib.resources import files
from typing import NamedTuple

import jinja2
from bokeh.resources import Resources

from ssb_model.explore.figures import FIGURES, LOOKS, empty_figures

KINDS = {"js": "text/javascript", "css": "text/css", "json": "application/json"}
OWN = ("page.css", "page.js", "socket.js", "sliders.js", "figures.js", "files.js", "numbers.js")


class Asset(NamedTuple):
    """A file as it is sent: its kind, and its content packed by gzip."""

    kind: str
    packed: bytes


class Assets:
    """By name; all under one address that changes with any of them, so that browsers keep them."""

    def __init__(self) -> None:
        folder = files("ssb_model.explore").joinpath("browser")
        texts = {name: folder.joinpath(name).read_text("utf-8") for name in OWN}
        texts["bokeh.js"] = _bokeh()
        texts |= {f"figures-{look}.json": json.dumps(empty_figures(look)) for look in LOOKS}
        whole = "".join(texts.values()).encode()
        self.digest = hashlib.sha256(whole).hexdigest()[:16]
        self._files = {name: _packed(name, text) for name, text in texts.items()}
        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        self._page = environment.from_string(folder.joinpath("page.html").read_text("utf-8"))

    def get(self, name: str) -> Asset | None:
        """The file of a name, if there is one."""
        return self._files.get(name)

    def page(self, **content: object) -> str:
        """The page's HTML; whatever is put in is shown as text."""
        figures = [(figure.name, figure.title) for figure in FIGURES]
        return self._page.render(digest=self.digest, figures=figures, **content)


def _packed(name: str, text: str) -> Asset:
    kind = KINDS[name.rpartition(".")[2]]
    return Asset(f"{kind}; charset=utf-8", gzip.compress(text.encode(), 9, mtime=0))


def _bokeh() -> str:
    """BokehJS without what the page does not use: widgets, tables, formulae, WebGL."""
    resources = Resources(mode="inline", components=["bokeh"], minified=True)
    return "\n".join(resources.js_raw)
