"""The page in a real browser: a slider moves the curves to what the library computes.

With SSB_MODEL_PICTURES=FOLDER the pictures of the docs are written there.
"""

import os
import time
import urllib.parse
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ssb_model.explore import curves
from ssb_model.explore.sliders import state_of_query
from tests.explore.conftest import HOSTILE

SPECTRUM = (
    "Freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm\n1e6,101,5\n1e4,112,9\n1e2,124,1\n1,127,2.5\n0.01,130,0.1\n"
)
PICTURES = os.environ.get("SSB_MODEL_PICTURES")
FEW = {"colors": 256, "method": Image.Quantize.MAXCOVERAGE, "kmeans": 1}  # 12 levels off at most
LOADED = 500_000  # bytes of a first visit


def spectrum(explorer, query):
    """What the library computes for a link's query."""
    state, said = state_of_query(query, explorer.name, explorer.sliders)
    assert not said
    z = curves.impedance(explorer, state).line
    return {"x": z.real, "y": -z.imag}


def is_drawn(visitor, known):
    shown = visitor.data("nyquist")
    return shown.keys() >= known.keys() and all(  # a figure that is being drawn again has none
        len(shown[axis]) == len(known[axis])
        and np.allclose(shown[axis], known[axis], rtol=1e-4, atol=1e-5)
        for axis in known
    )


def moved(visitor, what="layer+thickness="):
    """The address's query, once it says that something was moved and nothing is computed."""
    visitor.until(lambda: what in visitor.tab.url, "the address says the state")
    visitor.at_rest()
    return visitor.tab.url.partition("?")[2]


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
    loaded = visitor.tab.evaluate(
        "performance.getEntriesByType('resource').reduce((sum, e) => sum + e.transferSize, 0)"
    )
    assert loaded < LOADED
    picture(visitor, "explore.png", full_page=True)


def test_a_slider_moved_by_hand_moves_the_spectrum_to_what_the_library_computes(visit, coated):
    visitor = visit()
    visitor.drag_first(60)
    known = spectrum(coated, moved(visitor))
    assert is_drawn(visitor, known)
    assert known["x"][-1] > spectrum(coated, "")["x"][-1] + 1  # a thicker layer resists more
    assert visitor.errors == []


def test_a_value_is_typed_and_goes_back_to_where_it_was(visit, coated):
    visitor = visit()
    visitor.type("layer thickness", "400 nm")
    assert moved(visitor) == "coating=lii-znlix&layer+thickness=400+nm"
    assert is_drawn(visitor, spectrum(coated, "layer+thickness=400+nm"))
    visitor.tab.get_by_role("button", name="layer thickness back to 198 nm").click()
    visitor.until(lambda: "thickness" not in visitor.tab.url, "the address is as before")
    visitor.at_rest()
    assert is_drawn(visitor, spectrum(coated, ""))
    assert visitor.box("layer thickness").input_value() == "198 nm"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("5 m", "layer thickness = 5 m is beyond the slider's ends"),
        ("5", "layer thickness: the unit is missing"),
        ("1e999 nm", "layer thickness: "),
        ("9" * 60, "layer thickness: '999"),
        ("thick", "layer thickness: 'thick' is not a number with a unit"),
    ],
)
def test_a_value_that_no_slider_has_is_said_beside_it_and_nothing_moves(
    visit, coated, text, sentence
):
    visitor = visit("&temperature=60+degC")
    visitor.type("layer thickness", text)
    visitor.tab.get_by_role("alert").filter(has_text=sentence).wait_for()
    assert visitor.box("layer thickness").get_attribute("aria-invalid") == "true"
    visitor.at_rest()
    assert is_drawn(visitor, spectrum(coated, "temperature=60+degC"))


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
    visitor.tab.get_by_label("Area of a face").fill("2 cm2")
    visitor.tab.keyboard.press("Enter")
    points = lambda: visitor.data("points", beside="nyquist")  # noqa: E731
    visitor.until(lambda: points()["x"], "the points are drawn")
    np.testing.assert_allclose(points()["x"], [202, 224, 248, 254, 260])
    assert set(points()["label"]) == {"measured: mine.csv"}
    again = tmp_path / "other.csv"
    again.write_text(SPECTRUM)
    visitor.tab.set_input_files("input[type=file]", again)
    visitor.until(lambda: len(points()["x"]) == 10, "both are drawn")
    first, second = ({points()[k][i] for k in ("colour", "marker")} for i in (0, -1))
    assert not first & second
    visitor.tab.get_by_role("button", name="remove measured: mine.csv").click()
    visitor.until(lambda: set(points()["label"]) == {"measured: other.csv"}, "it is removed")


def test_a_file_that_is_too_large_is_said(visit, tmp_path):
    path = tmp_path / "large.csv"
    path.write_bytes(b"0" * (21 * 1024**2))
    visitor = visit()
    visitor.tab.set_input_files("input[type=file]", path)
    visitor.tab.get_by_text("large.csv is larger than 20 MB").wait_for()


def test_a_damaged_file_is_said_on_the_page_that_goes_on(visit, tmp_path, coated):
    path = tmp_path / "damaged.csv"
    path.write_bytes(b"\x00\xff\xfe nothing here")
    visitor = visit()
    visitor.tab.set_input_files("input[type=file]", path)
    visitor.tab.get_by_text("damaged.csv").first.wait_for()
    visitor.drag_first(-40)
    assert is_drawn(visitor, spectrum(coated, moved(visitor)))


def test_the_coating_file_is_downloaded(visit):
    visitor = visit("&layer+thickness=400+nm")
    with visitor.tab.expect_download() as download:
        visitor.tab.get_by_text("Coating file").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert '"layer thickness" = "400 nm"' in text and 'type = "mixed"' in text


def test_another_coating_is_made_ready_and_drawn(visit, bare):
    visitor = visit("&temperature=60+degC")
    visitor.tab.get_by_label("Coating", exact=True).select_option("bare-llzto")
    assert moved(visitor, "bare-llzto") == "coating=bare-llzto&temperature=60+degC"
    assert is_drawn(visitor, spectrum(bare, "temperature=60+degC"))
    assert visitor.data("contact")["width"][0] > 0


def test_a_coating_that_cannot_be_shown_says_why_and_the_page_goes_on(visit, coated):
    visitor = visit()
    menu = visitor.tab.get_by_label("Coating", exact=True)
    menu.select_option("mine")
    visitor.tab.get_by_text("mine.toml: interface_resistance").wait_for()
    visitor.until(lambda: menu.input_value() == "lii-znlix", "the menu says what is shown")
    visitor.tab.get_by_text("being made ready").wait_for(state="hidden")
    visitor.drag_first(40)
    assert is_drawn(visitor, spectrum(coated, moved(visitor)))


def test_names_of_files_that_look_like_elements_are_text(visit, tmp_path):
    """Of a coating, of a measured file, and of what the link asks for."""
    visitor = visit("&layer+thickness=5+m&" + urllib.parse.urlencode({HOSTILE: "1 nm"}))
    visitor.tab.get_by_text(f'no slider "{HOSTILE}"').wait_for()
    visitor.tab.get_by_label("Coating", exact=True).select_option(HOSTILE)
    visitor.tab.get_by_text(f"{HOSTILE}.toml: interface_resistance").wait_for()
    path = tmp_path / f"{HOSTILE}.csv"
    path.write_text(SPECTRUM)
    visitor.tab.get_by_label("Area of a face").fill("2 cm2")
    visitor.tab.set_input_files("input[type=file]", path)
    visitor.tab.locator("#overlays").get_by_text(f"measured: {HOSTILE}.csv").wait_for()
    assert visitor.tab.locator('img[src="x"]').count() == 0  # in shadow roots too
    assert visitor.dialogs == [] and visitor.errors == []


def test_a_bare_cell_s_rates_say_where_lithium_shorts_it(visit, bare):
    visitor = visit("&coating=bare-llzto")
    rate = curves.rates(bare, bare.start).shorts[0]
    assert 0.1 < rate < 0.8
    for figure in ("#capacity", "#discharge"):
        visitor.tab.locator(figure).get_by_text(f"forecast: {rate:.3g}C").wait_for()
    dashed = (
        "name => Bokeh.documents.map(d => d.get_model_by_name(name)).find(m => m).line_dash.value"
    )
    assert visitor.tab.evaluate(dashed, "discharge at 0.1C, line") == []
    assert visitor.tab.evaluate(dashed, "discharge at 1C, line") != []
    visitor.tab.get_by_text("above the critical current").wait_for()


def test_dark_screens_get_a_dark_page_and_the_same_numbers(visit, coated):
    visitor = visit(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert visitor.tab.evaluate(ground) == "rgb(22, 25, 28)"
    assert is_drawn(visitor, spectrum(coated, ""))
    visitor.tab.emulate_media(color_scheme="light")
    visitor.until(lambda: visitor.tab.evaluate("Bokeh.documents.length") == 7, "drawn again")
    visitor.until(lambda: is_drawn(visitor, spectrum(coated, "")), "with its numbers")
    assert visitor.tab.evaluate(ground) == "rgb(255, 255, 255)" and visitor.errors == []


def test_a_browser_that_leaves_in_the_middle_leaves_the_page_to_others(visit, coated):
    leaving = visit()
    leaving.drag_first(50)
    leaving.tab.close()
    visitor = visit()
    assert is_drawn(visitor, spectrum(coated, "")) and visitor.errors == []
