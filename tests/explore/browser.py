"""A headless browser before the page of a real ``ssb explore``, and what tests ask of it."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from functools import partial

import pytest

REQUIRED = os.environ.get("SSB_MODEL_BROWSER") == "required"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
DESK, PHONE = {"width": 1400, "height": 1000}, {"width": 390, "height": 844}
DRAWN = 60_000  # ms
CURVES = ("nyquist", "polarisation", "capacity", "contact")
#: the texts of the page
TEXTS = "[...Bokeh.documents[0]._all_models.values()].filter(m => m.text).map(m => m.text)"
#: the table of numbers that a curve is drawn from, or a slider, by name
FIND = """name => {
  const models = [...Bokeh.documents[0]._all_models.values()];
  return models.find(m => m.name === name || (m.tags || []).includes(name));
}"""


def chromium():
    """Debian's chromium, or another one on the path; without one the test is skipped.

    With SSB_MODEL_BROWSER=required it fails instead.
    """
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        (pytest.fail if REQUIRED else pytest.skip)(
            "no chromium: install it (on Debian: apt-get install chromium)."
        )
    return found


@contextlib.contextmanager
def served(folder, *options):
    """The link of an ``ssb explore`` that runs in a folder, and its process."""
    run = "from ssb_model.cli.app import main; main()"
    command = [sys.executable, "-c", run, "explore", "--no-browser", *options]
    with (folder / "errors.txt").open("w") as errors:
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            yield _link(process, folder), process
        finally:
            process.terminate()
            process.wait(30)


def _link(process, folder):
    line = process.stdout.readline().strip()  # comes when the page is ready, or at the end
    assert line.startswith("http://127.0.0.1:"), (folder / "errors.txt").read_text()
    return line


class Visit:
    """One tab on the page: what it shows, and what went wrong in it.

    ``errors`` are the console's, ``outside`` requests to other machines, ``dialogs`` what scripts
    opened.
    """

    def __init__(self, tab):
        self.tab, self.errors, self.outside, self.dialogs = tab, [], [], []
        tab.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.on("request", self._asked)
        tab.on("dialog", self._opened)

    def open(self, link):
        """Go there and wait until every curve is drawn."""
        self.tab.goto(link)
        self.tab.wait_for_function("window.Bokeh && Bokeh.documents.length > 0")
        for name in CURVES:
            self.until(partial(self._has, name), self._drawn)

    def data(self, name):
        """A table of numbers, by column."""
        columns = self.tab.evaluate(
            f"""name => {{ const data = ({FIND})(name).data;
            return Object.fromEntries(Object.entries(data).map(([k, v]) => [k, [...v]])); }}""",
            name,
        )
        return columns

    def drag_first(self, pixels):
        """Drag the first slider by so many pixels, a few at a time, as a hand does."""
        box = self.tab.locator(".noUi-handle").first.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.tab.mouse.move(x, y)
        self.tab.mouse.down()
        for k in range(1, 11):
            self.tab.mouse.move(x + pixels * k / 10, y)
            time.sleep(0.02)
        self.tab.mouse.up()

    def until(self, true, what):
        """Wait until something is true of the page; ``what``, or what it returns, says what is."""
        end = time.monotonic() + DRAWN / 1000
        while not true():
            assert time.monotonic() < end, what if isinstance(what, str) else what()
            self.tab.wait_for_timeout(50)  # ms; lets what the browser says come in

    def _has(self, name):
        return self.tab.evaluate(
            f"name => Object.values(({FIND})(name)?.data ?? {{none: []}})[0].length > 0", name
        )

    def _drawn(self):
        """What is there to be known of a page that does not draw a curve."""
        listens = self.tab.evaluate("Bokeh.documents[0].is_idle")
        drawn = {name: self._has(name) for name in CURVES}
        shows = "\n".join(self.tab.evaluate(TEXTS))
        return f"drawn: {drawn}; ready: {listens}; console: {self.errors}; page:\n{shows}"

    def _opened(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _asked(self, request):
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.outside.append(request.url)
