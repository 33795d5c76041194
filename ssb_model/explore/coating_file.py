"""The page's parameters as a coating file, for ``ssb predict``, ``ssb next`` and ``ssb sweep``.

What was moved is one value. What was not is a range, the central 95 % of the page's draws: a
coating file holds its quantities one by one, so that what ties them together (a measured
resistance) is left behind, and a prediction from the file is wider than the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ssb_model.explore.explorer import Explorer
from ssb_model.explore.sliders import State

FACE = "coating"


def coating_file(explorer: Explorer, state: State) -> str:
    """The text of a coating file."""
    coating = explorer.coating
    lines = [
        f"# {coating.name} as it stood on the page of ssb explore.",
        "# One value: moved there, or known. A list of two: the central 95 % of what is believed.",
        "# What ties quantities together, such as a measured resistance, is not in this file.",
        *_elsewhere(explorer, state),
        "",
        f"name = {_quoted(f'{coating.name}, explored')}",
        f'type = "{coating.type}"',
        "",
        "[values]",
        *_values(explorer, state),
    ]
    return "\n".join(lines) + "\n"


def _values(explorer: Explorer, state: State) -> Iterator[str]:
    for name, slider in explorer.sliders.items():
        if slider.part != FACE:
            continue
        interval = explorer.interval(name)
        if name in state.moved or interval is None:
            value = state.moved.get(name, slider.value)
            yield f"{_quoted(name)} = {_quoted(slider.exact(value))}"
        else:
            ends = ", ".join(_quoted(slider.exact(end)) for end in interval)
            yield f"{_quoted(name)} = [{ends}]"


def _elsewhere(explorer: Explorer, state: State) -> list[str]:
    """What was moved and is not the coating's."""
    others = [
        f"{name} {explorer.sliders[name].text(value)}"
        for name, value in state.moved.items()
        if explorer.sliders[name].part != FACE
    ]
    return [f"# Moved as well, and no part of a coating: {', '.join(others)}."] if others else []


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
