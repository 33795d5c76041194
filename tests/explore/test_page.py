"""The page in a real browser: a slider moves the curves to what the library computes.

With SSB_MODEL_PICTURES=FOLDER the pictures of the docs are written there.
"""

import os
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ssb_model.explore import curves
from ssb_model.explore.sliders import state_of_query
from tests.explore.browser import DESK, FLAGS, PHONE, Visit, chromium, served

FIRST = "layer thickness"
SPECTRUM = (
    "Freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm\n1e6,101,5\n1e4,112,9\n1e2,124,1\n1,127,2.5\n0.01,130,0.1\n"
)
#: what is stated of the layer leaves more than the measured resistance
CONTRADICTION = """name = "mine"
type = "mixed"
interface_resistance = "1 ohm cm2"
thickness = "200 nm"
ionic_conductivity = "1e-6 S/cm"
exchange_current_density = "12.8 mA/cm2"
"""
HOSTILE = "<img src=x onerror=alert(1)>"
PICTURES = os.environ.get("SSB_MODEL_PICTURES")
FEW = {"colors": 256, "method": Image.Quantize.MAXCOVERAGE, "kmeans": 1}  # 12 levels off at most


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    chromium()
    folder = tmp_path_factory.mktemp("page")
    for name in ("mine", HOSTILE):
        (folder / f"{name}.toml").write_text(CONTRADICTION)
    with served(folder, "lii-znlix", "mine.toml", f"{HOSTILE}.toml", "--port", "0") as (
        link,
        process,
    ):
        yield link, process, folder / "errors.txt"


@pytest.fixture(scope="module")
def link(page):
    return page[0]


@pytest.fixture(scope="module")
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

    def visit(more="", size=DESK):
        contexts.append(browser.new_context(viewport=size, has_touch=size is PHONE))
        visitor = Visit(contexts[-1].new_page())
        visitor.open(link + more)
        return visitor

    yield visit
    for context in contexts:
        context.close()


def spectrum(explorer, query):
    """What the library computes for a link's query."""
    state, told = state_of_query(query, explorer.name, explorer.sliders)
    assert not told
    z = curves.impedance(explorer, state).line
    return {"x": z.real, "y": -z.imag}


def is_drawn(visitor, known):
    shown = visitor.data("nyquist")
    return all(np.allclose(shown[axis], known[axis], rtol=1e-4, atol=1e-6) for axis in known)


def picture(visitor, name, **options):
    if PICTURES:
        time.sleep(1)  # for the canvas
        path = Path(PICTURES) / name
        visitor.tab.screenshot(path=path, **options)
        Image.open(path).convert("RGB").quantize(**FEW).save(path, optimize=True)


def test_the_page_loads_without_errors_and_asks_no_other_machine(visit, coated):
    visitor = visit()
    assert is_drawn(visitor, spectrum(coated, ""))
    assert visitor.errors == [] and visitor.outside == []
    picture(visitor, "explore.png", full_page=True)


def test_a_slider_moved_by_hand_moves_the_spectrum_to_what_the_library_computes(visit, coated):
    visitor = visit()
    visitor.drag_first(60)
    visitor.until(lambda: "layer+thickness=" in visitor.tab.url, "the address says the state")
    known = spectrum(coated, visitor.tab.url.partition("?")[2])
    visitor.until(lambda: is_drawn(visitor, known), "the spectrum is that of the slider's place")
    assert known["x"][-1] > spectrum(coated, "")["x"][-1] + 1  # a thicker layer resists more
    assert visitor.errors == []


def test_a_link_restores_the_state(visit, coated):
    query = "&layer+thickness=400+nm&temperature=60+degC"
    visitor = visit(query)
    assert is_drawn(visitor, spectrum(coated, query))
    visitor.until(lambda: "token" not in visitor.tab.url, "the address is free of the token")
    again = visitor.tab.url
    visitor.open(again)  # by the cookie alone
    assert is_drawn(visitor, spectrum(coated, query))


def test_a_link_with_values_out_of_range_is_said_on_the_page_that_goes_on(visit, coated):
    visitor = visit("&layer+thickness=5+m&tickness=1+nm&temperature=60+degC")
    visitor.tab.get_by_text("layer thickness = 5 m is beyond the slider's ends").wait_for()
    visitor.tab.get_by_text('no slider "tickness"').wait_for()
    assert is_drawn(visitor, spectrum(coated, "temperature=60+degC"))


def test_a_user_s_file_is_drawn_beside_the_model(visit, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(SPECTRUM)
    visitor = visit()
    visitor.tab.set_input_files("input[type=file]", path)
    visitor.tab.get_by_text("mine.csv holds impedance in ohm: give the area of a face").wait_for()
    visitor.tab.get_by_label("area of a face").fill("2 cm2")
    visitor.tab.keyboard.press("Enter")
    visitor.until(lambda: visitor.data("nyquist points")["x"], "the points are drawn")
    np.testing.assert_allclose(visitor.data("nyquist points")["x"], [202, 224, 248, 254, 260])
    assert set(visitor.data("nyquist points")["label"]) == {"measured: mine.csv"}
    assert visitor.errors == []


def test_a_damaged_file_is_said_on_the_page_that_goes_on(visit, tmp_path, coated):
    path = tmp_path / "damaged.csv"
    path.write_bytes(b"\x00\xff\xfe nothing here")
    visitor = visit()
    visitor.tab.set_input_files("input[type=file]", path)
    visitor.tab.get_by_text("damaged.csv").first.wait_for()
    visitor.drag_first(-40)
    visitor.until(lambda: "layer+thickness=" in visitor.tab.url, "the page goes on")
    known = spectrum(coated, visitor.tab.url.partition("?")[2])
    visitor.until(lambda: is_drawn(visitor, known), "the spectrum follows")


def test_the_coating_file_is_downloaded(visit):
    visitor = visit("&layer+thickness=400+nm")
    with visitor.tab.expect_download() as download:
        visitor.tab.get_by_text("coating file").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert '"layer thickness" = "400 nm"' in text and 'type = "mixed"' in text


def test_another_coating_is_made_ready_and_drawn(visit, bare):
    visitor = visit()
    visitor.tab.locator("select").first.select_option("bare-llzto")
    visitor.until(lambda: "coating=bare-llzto" in visitor.tab.url, "the address says it")
    visitor.until(lambda: is_drawn(visitor, spectrum(bare, "")), "its spectrum is drawn")
    visitor.until(lambda: visitor.data("contact")["width"][0] > 0, "its contact is drawn")


def test_a_coating_that_cannot_be_shown_says_why_and_the_page_goes_on(visit, coated):
    visitor = visit()
    menu = visitor.tab.locator("select").first
    menu.select_option("mine")
    visitor.tab.get_by_text("mine.toml: interface_resistance").wait_for()
    visitor.until(lambda: menu.input_value() == "lii-znlix", "the menu says what is shown")
    visitor.tab.get_by_text("being made ready").wait_for(state="hidden")
    visitor.drag_first(40)
    visitor.until(lambda: "layer+thickness=" in visitor.tab.url, "the page goes on")
    known = spectrum(coated, visitor.tab.url.partition("?")[2])
    visitor.until(lambda: is_drawn(visitor, known), "the spectrum follows")


def test_names_of_files_that_look_like_elements_are_text(visit, tmp_path):
    """Of a coating, of a measured file, and of what the link asks for."""
    visitor = visit("&layer+thickness=5+m&" + urllib.parse.urlencode({HOSTILE: "1 nm"}))
    visitor.tab.get_by_text(f'no slider "{HOSTILE}"').wait_for()
    visitor.tab.locator("select").first.select_option(HOSTILE)
    visitor.tab.get_by_text(f"{HOSTILE}.toml: interface_resistance").wait_for()
    path = tmp_path / f"{HOSTILE}.csv"
    path.write_text(SPECTRUM)
    visitor.tab.set_input_files("input[type=file]", path)
    visitor.tab.get_by_label("area of a face").fill("2 cm2")
    visitor.tab.keyboard.press("Enter")
    shown = visitor.tab.get_by_text(f"measured: {HOSTILE}.csv")  # in the list and in the legend
    visitor.until(lambda: shown.count() == 2, "the file is named twice")
    assert visitor.tab.locator('img[src="x"]').count() == 0  # in shadow roots too
    assert visitor.dialogs == [] and visitor.errors == []


def test_a_phone_shows_a_curve_and_its_slider_together(visit, coated):
    visitor = visit(size=PHONE)
    wide, seen = visitor.tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= seen
    visitor.tab.locator(".noUi-handle").first.scroll_into_view_if_needed()
    figure = visitor.tab.locator(".bk-Figure").first.bounding_box()
    handle = visitor.tab.locator(".noUi-handle").first.bounding_box()
    assert figure["y"] >= -figure["height"] / 2
    assert figure["y"] + figure["height"] < handle["y"] < PHONE["height"]
    visitor.drag_first(50)
    visitor.until(lambda: "layer+thickness=" in visitor.tab.url, "the slider moves")
    picture(visitor, "explore_phone.png")


def test_a_browser_that_leaves_in_the_middle_leaves_the_page_to_others(visit, coated):
    leaving = visit()
    leaving.drag_first(50)
    leaving.tab.close()
    visitor = visit()
    assert is_drawn(visitor, spectrum(coated, "")) and visitor.errors == []


def test_without_the_token_nothing_is_served(link):
    base = link.partition("?")[0]
    for request in (base, f"{base}?token=guessed"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=30)
        assert refused.value.code == 403 and b"it ends in a token" in refused.value.read()


def test_a_phone_is_told_to_take_its_own_width(link):
    """Else it lays the page out for 980 pixels and shows it small."""
    sent = urllib.request.urlopen(link, timeout=30).read().decode()
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in sent


def test_the_token_leaves_a_cookie_that_scripts_cannot_read(link):
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    assert opener.open(link, timeout=30).status == 200
    [cookie] = [c for c in jar if c.name.startswith("ssb-explore")]
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert opener.open(link.partition("?")[0], timeout=30).status == 200


def test_ctrl_c_ends_it(page):
    """The last of the file: the page is gone after it."""
    _, process, errors = page
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert "Traceback" not in errors.read_text()
