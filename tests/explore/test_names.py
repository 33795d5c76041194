"""What a screen reader reads: every slider has a name and says its value with the unit."""

from ssb_model.plotting import typeset


def test_every_slider_and_its_box_are_named_and_say_value_and_unit(visit, coated):
    visitor = visit()
    visitor.tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    for name, slider in coated.sliders.items():
        shown = typeset(slider.text(slider.value))
        [found] = visitor.tab.get_by_role("slider", name=name, exact=True).all()
        assert found.get_attribute("aria-valuetext").startswith(shown)
        assert visitor.box(name).input_value() == shown


def test_a_slider_is_moved_by_the_keyboard(visit):
    visitor = visit()
    visitor.slider().focus()
    visitor.tab.keyboard.press("ArrowRight")
    visitor.until(lambda: "layer+thickness=" in visitor.tab.url, "the address says it")
    visitor.at_rest()
    assert (
        visitor.slider().get_attribute("aria-valuetext")
        == visitor.box("layer thickness").input_value()
    )
