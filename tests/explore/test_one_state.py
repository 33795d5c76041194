"""Whatever is shown belongs to one state; what does not yet looks so."""

import random

import numpy as np
import pytest

from ssb_model.explore.curves import CURVES, computed
from ssb_model.explore.figures import FIGURES, shown
from ssb_model.explore.sliders import moved_of
from ssb_model.explore.visit.numbers import numbers_of

#: what the page says at one moment: its state, and what of it is not marked as being computed
SEEN = """() => {
  const read = table => Object.fromEntries(Object.entries(table.data).map(([k, v]) => [k, [...v]]));
  const tables = document => [...document._all_models.values()].filter(m => m.data && m.name);
  const drawn = {}, documents = [...Bokeh.documents];
  for (const tile of document.querySelectorAll(".tile[aria-busy=false]")) {
    const name = tile.id === "discharge" ? "discharge at 1C" : tile.id;
    const own = documents.find(d => d.get_model_by_name(name));
    drawn[tile.id] = [tile.querySelector("figcaption").textContent,
      Object.fromEntries(tables(own).filter(m => m.name !== "contact")
        .map(m => [m.name, read(m)]))];
  }
  const boxes = document.querySelectorAll(".row");
  return {
    coating: document.getElementById("coating").value,
    waiting: document.getElementById("sliders").ariaBusy === "true",
    moved: [...boxes].map(r => [r.querySelector("label").textContent,
      r.querySelector("input[type=text]").dataset.exact]).filter(([, exact]) => exact),
    drawn,
    numbers: [...document.querySelectorAll("#numbers > [aria-busy=false]")].map(e =>
      [e.querySelector("dt"), e.querySelector("b"), e.querySelector("span")]
        .map(part => part.textContent)),
  };
}"""


def moves(visitor, dice, coatings):
    """One move as a hand, a keyboard or a menu makes it."""
    kind = dice.choices(range(6), [5, 3, 2, 1, 1, 1])[0]
    sliders = visitor.tab.get_by_role("slider").all()
    slider = dice.choice(sliders)
    if kind == 0:  # dragged over several places
        for _ in range(dice.randint(1, 6)):
            slider.evaluate(
                "(s, v) => { s.value = v; s.dispatchEvent(new Event('input')); }",
                dice.randint(0, 400),
            )
            visitor.tab.wait_for_timeout(dice.choice([0, 16, 40]))
        slider.dispatch_event("change")
    elif kind == 1:
        slider.press(dice.choice(["ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End"]))
    elif kind == 2:
        visitor.type("temperature", f"{dice.uniform(1, 99):.3f} degC")
    elif kind == 3:
        visitor.tab.get_by_label("Coating", exact=True).select_option(dice.choice(coatings))
    elif kind == 4:
        visitor.tab.get_by_role("button", name="Reset").click()
    else:
        visitor.type("garnet thickness", dice.choice(["5 m", "1 mm", "thick", "0.7 mm"]))


def belongs(seen, explorers):
    """How many figures and numbers were there; each is that of the state that the page says."""
    if seen["waiting"]:
        assert not seen["drawn"] and not seen["numbers"]
        return 0
    explorer = explorers[seen["coating"]]
    state, refused = moved_of(seen["moved"], explorer.name, explorer.sliders)
    assert not refused
    known = {}

    def curve(name):
        if name not in known:
            try:
                known[name] = computed(name, explorer, state)
            except Exception as error:
                known[name] = str(error)
        return known[name]

    for figure in FIGURES:
        if figure.name in seen["drawn"]:
            note, tables = seen["drawn"][figure.name]
            own = shown({name: curve(name) for name in figure.curves})[figure.name]
            if "missing" in own:
                assert note.endswith(own["missing"])
                continue
            assert note == own["note"], (figure.name, state)
            for name, models in own["models"].items():
                if "data" in models and name in tables:
                    for column, values in models["data"].items():
                        np.testing.assert_allclose(
                            [np.nan if v is None else v for v in tables[name][column]],
                            np.asarray(values, dtype=float),
                            rtol=2e-3,
                            atol=1e-3 * np.nanmax(np.abs(values), initial=1e-9),
                            err_msg=f"{figure.name}, {name}, {column}, {state}",
                        )
    ours = {n.name: [n.name, n.value, n.interval] for c in CURVES for n in numbers_of(curve(c))}
    for number in seen["numbers"]:
        assert number == ours[number[0]], state
    return len(seen["drawn"]) + len(seen["numbers"])


def follow(visit, explorers, count, seed):
    visitor, dice, found = visit(), random.Random(seed), 0
    for name in explorers:
        visitor.tab.get_by_label("Coating", exact=True).select_option(name)
        visitor.at_rest()
    for _ in range(count):
        moves(visitor, dice, list(explorers))
        visitor.tab.wait_for_timeout(dice.choice([0, 10, 50, 150, 400, 1500]))
        found += belongs(visitor.tab.evaluate(SEEN), explorers)
    visitor.at_rest()
    found += belongs(visitor.tab.evaluate(SEEN), explorers)
    assert found > 2 * count and visitor.errors == []


def test_what_is_painted_belongs_to_the_state_shown(visit, coated, bare):
    follow(visit, {e.name: e for e in (bare, coated)}, 8, seed=3)


@pytest.mark.verify
def test_after_500_moves_what_is_painted_belongs_to_the_state_shown(visit, coated, bare):
    follow(visit, {e.name: e for e in (bare, coated)}, 500, seed=4)


def test_what_is_being_computed_looks_so_at_once(visit):
    visitor = visit()
    busy = visitor.tab.evaluate(
        """() => { const slider = document.querySelector("input[type=range]");
        slider.value = 10; slider.dispatchEvent(new Event("input"));
        return [...document.querySelectorAll(".tile, #numbers > div")].map(e => e.ariaBusy); }"""
    )
    assert set(busy) == {"true"}
    assert visitor.tab.get_by_role("status").filter(has_text="computing").count() == 1
    visitor.at_rest()
    visitor.tab.get_by_role("status").filter(has_text="up to date").wait_for(state="attached")
