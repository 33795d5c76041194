"""The founding coating and the bare garnet, ready to be explored; one page, and a browser."""

import pytest

from ssb_model.explore.explorer import make_explorer
from tests.explore.browser import DESK, FLAGS, Visit, chromium, served

#: what is stated of the layer leaves more than the measured resistance
CONTRADICTION = """name = "mine"
type = "mixed"
interface_resistance = "1 ohm cm2"
thickness = "200 nm"
ionic_conductivity = "1e-6 S/cm"
exchange_current_density = "12.8 mA/cm2"
"""
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="session")
def coated():
    return make_explorer("lii-znlix")


@pytest.fixture(scope="session")
def bare():
    return make_explorer("bare-llzto")


@pytest.fixture(scope="session")
def page(tmp_path_factory):
    """The link of a page, its process, and the file of what it says of errors."""
    folder = tmp_path_factory.mktemp("page")
    for name in ("mine", HOSTILE):
        (folder / f"{name}.toml").write_text(CONTRADICTION)
    coatings = ("lii-znlix", "mine.toml", f"{HOSTILE}.toml")
    with served(folder, *coatings, "--port", "0") as (link, process):
        yield link, process, folder / "errors.txt"
        assert "Traceback" not in (folder / "errors.txt").read_text()


@pytest.fixture(scope="session")
def link(page):
    return page[0]


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, link):
    """Opens the page, by default as its link says; more of a query may follow."""
    contexts = []

    def visit(more="", screen=DESK, **options):
        contexts.append(browser.new_context(**screen, **options))
        visitor = Visit(contexts[-1].new_page())
        visitor.open(link + more)
        return visitor

    yield visit
    for context in contexts:
        context.close()
