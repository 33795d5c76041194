"""The page on an emulated phone: touch, 390 pixels."""

from tests.explore.browser import PHONE
from tests.explore.test_page import moved, picture

TARGETS = """() => [...document.querySelectorAll("input, select, button, .button, summary")]
  .filter(e => e.checkVisibility({ visibilityProperty: true }))
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44)
  .map(([html, box]) => `${html} ${box.width} x ${box.height}`)"""


def test_nothing_is_wider_than_the_screen_or_smaller_than_a_finger(visit):
    visitor = visit(screen=PHONE)
    wide, seen = visitor.tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= seen == 390
    assert visitor.tab.evaluate(TARGETS) == []


def test_a_finger_on_a_slider_sees_the_curve_move(visit):
    visitor = visit(screen=PHONE)
    visitor.slider("garnet conductivity").first.scroll_into_view_if_needed()
    slider = visitor.slider("layer thickness")
    slider.scroll_into_view_if_needed()
    figure, box = (e.bounding_box() for e in (visitor.tab.locator("#nyquist .plot"), slider))
    assert figure["y"] >= 0 and figure["y"] + figure["height"] < box["y"] < 844 - 44
    assert figure["width"] > 340
    visitor.tab.touchscreen.tap(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2)
    assert "layer+thickness=" in moved(visitor)
    picture(visitor, "explore_phone.png")


def test_figures_are_swiped(visit):
    visitor = visit(screen=PHONE)
    y = visitor.tab.locator("#figures").bounding_box()["y"] + 120  # on the curves themselves
    touch = visitor.tab.context.new_cdp_session(visitor.tab)

    def finger(kind, *places):
        points = [{"x": x, "y": y} for x in places]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    finger("touchStart", 330)
    for x in range(315, 60, -15):
        finger("touchMove", x)
        visitor.tab.wait_for_timeout(16)
    finger("touchEnd")
    left = lambda: visitor.tab.locator("#bode").bounding_box()["x"]  # noqa: E731
    visitor.until(lambda: abs(left()) < 30, "the second figure is in the middle")
