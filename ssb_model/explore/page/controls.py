"""The page's sliders: a row each, with its value, what is known of it, and a way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

import panel as pn
from panel.viewable import Viewable
from param.parameterized import Event

from ssb_model.explore.explorer import Explorer
from ssb_model.explore.page.templates import part
from ssb_model.explore.sliders import Part, Slider, State
from ssb_model.plotting import typeset

PARTS: dict[Part, str] = {
    "coating": "Coating",
    "garnet": "Garnet",
    "cathode": "Cathode",
    "conditions": "Conditions",
}
BACK = "↺"
LABEL = """:host { font-size: 13px; margin: 2px 0 -4px 6px; }
.moved { font-weight: 700; color: #0072B2; }
.interval { color: #6E6E6E; }"""


class LiveSlider(pn.widgets.FloatSlider):
    """A slider whose moves are not held back for a twentieth of a second, as Panel does else."""

    _priority_changes: ClassVar[list[str]] = ["value"]


class Controls:
    """Sliders of one explorer.

    Parameters
    ----------
    explorer
        Whose sliders they are.
    on_move
        Is given name and value [SI] of a slider while it moves, None for its way back.
    on_rest
        Is called when a slider was let go.
    """

    def __init__(
        self,
        explorer: Explorer,
        on_move: Callable[[str, float | None], None],
        on_rest: Callable[[], None],
    ) -> None:
        self._explorer = explorer
        self._rows = {
            name: _Row(explorer, slider, on_move, on_rest)
            for name, slider in explorer.sliders.items()
        }
        self.layout = pn.Column(*self._cards(), sizing_mode="stretch_width")

    def show(self, state: State) -> None:
        """Put every slider where a state has it."""
        for name, row in self._rows.items():
            row.show(state.moved.get(name))

    def _cards(self) -> Iterator[pn.Card]:
        sliders = self._explorer.sliders.values()
        for side, title in PARTS.items():
            own = [slider for slider in sliders if slider.part == side]
            first, more = (
                [self._rows[s.name].layout for s in own if s.advanced == advanced]
                for advanced in (False, True)
            )
            cards: list[Viewable] = [_card("more", more, collapsed=True)] if more else []
            yield _card(title, [*first, *cards], collapsed=False)


def _card(title: str, rows: Sequence[Viewable], collapsed: bool) -> pn.Card:
    return pn.Card(
        *rows,
        title=title,
        collapsed=collapsed,
        sizing_mode="stretch_width",
        margin=(0, 0, 8, 0),
        styles={"box-shadow": "none"},
    )


class _Row:
    """A slider below its name and value, and a button for its way back."""

    def __init__(
        self,
        explorer: Explorer,
        slider: Slider,
        on_move: Callable[[str, float | None], None],
        on_rest: Callable[[], None],
    ) -> None:
        self._slider, self._moving = slider, on_move
        self._interval = explorer.interval(slider.name)
        position = slider.position(slider.value)
        self._label = pn.pane.HTML(sizing_mode="stretch_width", stylesheets=[LABEL])
        self.widget = LiveSlider(
            name="",
            start=slider.position(slider.start),
            end=slider.position(slider.end),
            step=slider.step,
            value=position,
            show_value=False,
            tooltips=False,
            sizing_mode="stretch_width",
            margin=(0, 10),
            tags=[slider.name],
        )
        self._back = pn.widgets.Button(
            name=BACK,
            button_type="light",
            width=34,
            height=26,
            margin=0,
            visible=False,
            description=f"{slider.name} back to {slider.text(slider.value)}",
        )
        self._shown = False
        self.widget.param.watch(self._moved, "value")
        self.widget.param.watch(lambda event: on_rest(), "value_throttled")
        self._back.on_click(lambda event: self._go_back(on_rest))
        self.layout = pn.Column(
            pn.Row(self._label, self._back, sizing_mode="stretch_width", margin=0),
            self.widget,
            sizing_mode="stretch_width",
            margin=(0, 0, 4, 0),
        )
        self.show(None)

    def show(self, value: float | None) -> None:
        """Stand at a value [SI], or where it stood before it was moved."""
        self._shown = True
        at = self._slider.value if value is None else value
        self.widget.value = self._slider.position(at)
        self._shown = False
        self._write(value)

    def _moved(self, event: Event) -> None:
        if self._shown:
            return
        value = self._slider.at(event.new)
        self._write(value)
        self._moving(self._slider.name, value)

    def _go_back(self, on_rest: Callable[[], None]) -> None:
        self.show(None)
        self._moving(self._slider.name, None)
        on_rest()

    def _write(self, value: float | None) -> None:
        self._back.visible = value is not None
        slider = self._slider
        texts = [slider.name, slider.text(slider.value if value is None else value)]
        if value is not None:
            look = "moved"
        elif self._interval is None:
            look = "value"
        else:
            look = "uncertain"
            texts.append(slider.between(*self._interval))
        self._label.object = part(look, *map(typeset, texts))
