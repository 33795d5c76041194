"""The page's sliders: a row each, with its value, what is known of it, and a way back."""

import panel as pn

from ssb_model.plotting import typeset

PARTS = {"coating": "Coating", "garnet": "Garnet", "cathode": "Cathode", "conditions": "Conditions"}
BACK = "↺"
LABEL = """:host { font-size: 13px; margin: 2px 0 -4px 6px; }
.moved { font-weight: 700; color: #0072B2; }
.known { color: #6E6E6E; }"""
TIGHT = ":host { margin: 0; }"


class LiveSlider(pn.widgets.FloatSlider):
    """A slider whose moves are not held back for a twentieth of a second, as Panel does else."""

    _priority_changes = ["value"]


class Controls:
    """Sliders of one explorer.

    Parameters
    ----------
    explorer : Explorer
    on_move : callable
        Is given name and value [SI] of a slider while it moves, None for its way back.
    on_rest : callable
        Is called when a slider was let go.
    """

    def __init__(self, explorer, on_move, on_rest):
        self._explorer = explorer
        self._rows = {
            name: _Row(explorer, slider, on_move, on_rest)
            for name, slider in explorer.sliders.items()
        }
        self.layout = pn.Column(*self._cards(), sizing_mode="stretch_width")

    def show(self, state):
        """Put every slider where a state has it."""
        for name, row in self._rows.items():
            row.show(state.moved.get(name))

    def _cards(self):
        sliders = self._explorer.sliders.values()
        for part, title in PARTS.items():
            first, more = (
                [self._rows[s.name].layout for s in sliders if (s.part, s.advanced) == (part, a)]
                for a in (False, True)
            )
            if more:
                first.append(_card("more", more, collapsed=True))
            yield _card(title, first, collapsed=False)


def _card(title, rows, collapsed):
    return pn.Card(
        *rows,
        title=title,
        collapsed=collapsed,
        sizing_mode="stretch_width",
        margin=(0, 0, 8, 0),
        styles={"box-shadow": "none"},
    )


class _Row:
    def __init__(self, explorer, slider, on_move, on_rest):
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

    def show(self, value):
        """Stand at a value [SI], or where it stood before it was moved."""
        self._shown = True
        at = self._slider.value if value is None else value
        self.widget.value = self._slider.position(at)
        self._shown = False
        self._write(value)

    def _moved(self, event):
        if self._shown:
            return
        value = self._slider.at(event.new)
        self._write(value)
        self._moving(self._slider.name, value)

    def _go_back(self, on_rest):
        self.show(None)
        self._moving(self._slider.name, None)
        on_rest()

    def _write(self, value):
        self._back.visible = value is not None
        slider = self._slider
        if value is not None:
            told = f'<span class="moved">{slider.text(value)}</span>'
        elif self._interval is None:
            told = slider.text(slider.value)
        else:
            between = slider.between(*self._interval)
            told = f'{slider.text(slider.value)} <span class="known">({between})</span>'
        self._label.object = typeset(f"{slider.name}: {told}")
