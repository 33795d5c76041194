"""What the page shows: a coating, and the sliders that were moved. It fits into a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from ssb_model.errors import InputError, did_you_mean
from ssb_model.explore.sliders.slider import Slider
from ssb_model.library import Frozen

COATING = "coating"


@dataclass(frozen=True)
class State:
    """A point that can be shown.

    Attributes
    ----------
    coating
        Name of one of the page's coatings.
    moved
        Values in SI of the sliders that were moved; the others stand at their most probable value
        and are as uncertain as they are.
    """

    coating: str
    moved: Frozen[str, float] = field(default_factory=lambda: Frozen({}))

    def with_moved(self, name: str, value: float) -> State:
        """The state with one more slider moved."""
        return replace(self, moved=Frozen({**self.moved, name: value}))

    def without(self, name: str) -> State:
        """The state with one slider back where it was."""
        return replace(self, moved=Frozen({n: v for n, v in self.moved.items() if n != name}))

    def of(self, coating: str) -> State:
        """The same sliders moved, of another coating."""
        return replace(self, coating=coating)

    def query(self, sliders: Mapping[str, Slider]) -> str:
        """The state as the query of a link: values with units, as a user would write them."""
        moved = {name: sliders[name].exact(value) for name, value in self.moved.items()}
        return urlencode({COATING: self.coating} | moved)


def coating_of_query(query: str, known: Sequence[str]) -> tuple[str, list[str]]:
    """The coating that a link names, or else the first of ``known``, and what to report."""
    name = dict(parse_qsl(query)).get(COATING, known[0])
    if name in known:
        return name, []
    return known[0], [
        f'The link names a coating "{name}" that is not here.{did_you_mean(name, known)}'
    ]


def moved_of(
    parts: Iterable[tuple[str, str]], coating: str, sliders: Mapping[str, Slider]
) -> tuple[State, dict[str, str]]:
    """The state of sliders as written, and a sentence by name for each that stays where it was.

    Parameters
    ----------
    parts
        Names of sliders, and values with units.
    coating
        Its name.
    sliders
        Of that coating, by name.
    """
    state, refused = State(coating), {}
    for name, text in parts:
        if name not in sliders:
            near = did_you_mean(name, sliders)
            refused[name] = f'{coating} has no slider "{name}"; it is left out.{near}'
            continue
        try:
            state = state.with_moved(name, sliders[name].read(text))
        except InputError as error:
            refused[name] = f"{error} The slider stays where it was."
    return state, refused


def state_of_query(
    query: str, coating: str, sliders: Mapping[str, Slider]
) -> tuple[State, list[str]]:
    """The state that a link holds, and a sentence for each part of it that could not be used.

    Parameters
    ----------
    query
        ``layer+thickness=250+nm&temperature=60+degC``
    coating, sliders
        As for :func:`moved_of`.
    """
    parts = [(name, text) for name, text in parse_qsl(query) if name != COATING]
    state, refused = moved_of(parts, coating, sliders)
    return state, [f"The link: {sentence}" for sentence in refused.values()]
