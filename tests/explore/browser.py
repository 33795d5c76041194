"""A headless browser before the page of a real ``ssb explore``, and what tests ask of it."""

import contextlib
import os
import shutil
import subprocess
import sys
import time

import pytest

REQUIRED = os.environ.get("SSB_MODEL_BROWSER") == "required"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
DESK = {"viewport": {"width": 1400, "height": 1000}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
DRAWN = 120_000  # ms
#: the table of numbers that a curve is drawn from, by name; in the figure that has another one too
FIND = """(name, beside) => {
  for (const document of Bokeh.documents) {
    const found = document.get_model_by_name(name);
    if (found && (!beside || document.get_model_by_name(beside))) return found;
  }
}"""
BUSY = "[...document.querySelectorAll('[aria-busy=true]')].map(e => e.id || e.textContent)"
READY = "document.readyState === 'complete' && Boolean(window.Bokeh)"


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
def served(folder, *options, run="from ssb_model.cli.app import main; main()"):
    """The link of an ``ssb explore`` that runs in a folder, and its process."""
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
        self.until(lambda: self.tab.evaluate(READY), "the page is loaded")
        self.at_rest()

    def at_rest(self):
        """Wait until nothing is being computed any more."""
        self.until(lambda: not self.tab.evaluate(BUSY), self._drawn)

    def data(self, name, beside=None):
        """A table of numbers, by column."""
        return self.tab.evaluate(
            f"""([name, beside]) => {{ const data = ({FIND})(name, beside)?.data ?? {{}};
            return Object.fromEntries(Object.entries(data).map(([k, v]) => [k, [...v]])); }}""",
            [name, beside],
        )

    def slider(self, name=None):
        """A slider by name, else the first."""
        sliders = self.tab.locator("input[type=range]")
        return sliders.first if name is None else self.tab.get_by_role("slider", name=name)

    def box(self, name):
        """The box for the value of a slider."""
        return self.tab.get_by_role("textbox", name=name, exact=True)

    def thumb(self, name=None):
        """Where a slider can be taken hold of."""
        slider = self.slider(name)
        slider.scroll_into_view_if_needed()
        box, share = slider.bounding_box(), float(slider.input_value()) / 400
        return box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2

    def drag_first(self, pixels):
        """Drag the first slider by so many pixels, a few at a time, as a hand does."""
        x, y = self.thumb()
        self.tab.mouse.move(x, y)
        self.tab.mouse.down()
        for k in range(1, 11):
            self.tab.mouse.move(x + pixels * k / 10, y)
            time.sleep(0.02)
        self.tab.mouse.up()

    def type(self, name, text):
        """Write a value into a slider's box."""
        self.box(name).fill(text)
        self.box(name).press("Enter")

    def until(self, true, what):
        """Wait until something is true of the page; ``what``, or what it returns, says what is."""
        end = time.monotonic() + DRAWN / 1000
        while not true():
            assert time.monotonic() < end, what if isinstance(what, str) else what()
            self.tab.wait_for_timeout(20)  # ms; lets what the browser says come in

    def _drawn(self):
        """What is there to be known of a page that does not draw a curve."""
        shows = self.tab.locator("body").inner_text()
        return f"busy: {self.tab.evaluate(BUSY)}; console: {self.errors}; page:\n{shows}"

    def _opened(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _asked(self, request):
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.outside.append(request.url)
