"""Figs. 3b and 3e: the founding coating among published ones, by critical current and by life.

Both are drawn from the library of published coatings alone; no point is read off a graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ssb_model.constants import HOUR
from ssb_model.library import (
    CriticalCurrent,
    Life,
    PublishedCoating,
    Reported,
    paired,
    published_coatings,
)
from ssb_model.plotting import (
    PUBLISHED_ORIGIN,
    QUIET,
    footer,
    house_style,
    look,
    mA_cm2,
    mA_cm2_ends,
    mark_bound,
    new_figure,
    ohm_cm2,
    plain_ticks,
    ring,
    spread_names,
    type_legend,
)
from ssb_model.reproduction.figures.numbers import known

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.reproduction.results import Reproduction


#: a coating and one of its critical currents
Entry: TypeAlias = tuple[PublishedCoating, CriticalCurrent]
CURRENTS = [0.1, 0.2, 0.5, 1, 2, 5, 10]  # mA/cm2


@house_style()
def critical_currents(reproduction: Reproduction) -> Figure:
    """Published critical currents, sorted, and those with a known resistance against it."""
    founding, coatings = reproduction.experiment.citation, published_coatings()
    figure, (ranked, against) = new_figure(1, 2, size=(13.4, 7.2), width_ratios=(1.5, 1))
    _ranked(ranked, _entries(coatings), founding)
    _against_resistance(against, paired(coatings), founding)
    ranked.set_title("Critical currents of published cells (paper: Fig. 3b)")
    against.set_title("Those with a known resistance")
    footer(
        figure,
        "Arrows: only a bound is known. Rings: without the coating. Broad bar: between the current "
        "that bare garnet held and the one it failed at. Thin bars: errors as reported. Steps of "
        "the ramps, temperatures and pressures differ or are not stated, and whether a "
        "resistance counts one face or two is mostly not known.",
        origin=PUBLISHED_ORIGIN,
    )
    return figure


@house_style()
def lives(reproduction: Reproduction) -> Figure:
    """Published lives of symmetric cells against the current they were cycled at."""
    founding, coatings = reproduction.experiment.citation, published_coatings()
    figure, axes = new_figure(size=(10.4, 6.8))
    drawn = [(c, life) for c in coatings for life in c.life if _has_both(life)]
    names = [_life(axes, *one, founding) for one in drawn]
    axes.set(xscale="log", yscale="log", xlim=(0.08, 2.2), ylim=(300, 3500))
    plain_ticks(axes.xaxis, [0.1, 0.2, 0.3, 0.5, 1])
    plain_ticks(axes.yaxis, [300, 500, 1000, 2000, 3000])
    axes.set(xlabel="current density [mA/cm²]", ylabel="time cycled [h]")
    axes.set_title("How long published symmetric cells were cycled (paper: Fig. 3e)")
    type_legend(axes, loc="upper right")
    spread_names(axes, names)
    footer(
        figure,
        "Arrows: at least. Whether a cell failed or was stopped is mostly not known. Without a "
        f"stated current, not drawn: {_without_current(coatings)}.",
        origin=PUBLISHED_ORIGIN,
    )
    return figure


def _entries(coatings: Iterable[PublishedCoating]) -> list[Entry]:
    """(coating, critical current) with a number of the treated cell, the smallest first."""
    entries = [(c, item) for c in coatings for item in c.critical_current if item.after]
    return sorted(entries, key=lambda entry: mA_cm2(known(entry[1].after)))


def _ranked(axes: Axes, entries: Sequence[Entry], founding: str) -> None:
    for place, (coating, item) in enumerate(entries):
        after = known(item.after)
        if item.before:
            _before(axes, place, item, coating, founding)
        _bar(axes, after, place, lw=1.6)
        axes.plot(mA_cm2(after), place, **look(coating, founding))
        mark_bound(axes, after, (mA_cm2(after), place), (22, 0))
    axes.set_yticks(range(len(entries)), [_label(*entry) for entry in entries])
    for label, (coating, _) in zip(axes.get_yticklabels(), entries, strict=True):
        label.set_fontweight("bold" if coating.source == founding else "normal")
    axes.set(xscale="log", xlim=(0.1, 25), xlabel="critical current density [mA/cm²]")
    plain_ticks(axes.xaxis, [*CURRENTS, 20])
    type_legend(axes, loc="lower right")


def _before(
    axes: Axes, place: int, item: CriticalCurrent, coating: PublishedCoating, founding: str
) -> None:
    """The same cell without the coating: a ring, or a bar between what held and what failed."""
    before = known(item.before)
    low, high = mA_cm2(before), mA_cm2(known(item.after))
    axes.plot([low, high], [place, place], color=QUIET, lw=1.2, zorder=1)
    if before.upper:
        _bar(axes, before, place, lw=6)
    else:
        axes.plot(low, place, **ring(coating, founding))


def _bar(axes: Axes, number: Reported, place: float, lw: float) -> None:
    """The range or error of a current, along the row at ``place``."""
    axes.plot(mA_cm2_ends(number), [place, place], color=QUIET, lw=lw, zorder=1)


def _against_resistance(axes: Axes, coatings: Iterable[PublishedCoating], founding: str) -> None:
    names = []
    for coating in coatings:
        resistance, current = known(coating.resistance), coating.known_critical_currents[0]
        place = ohm_cm2(known(resistance.after)), mA_cm2(known(current.after))
        axes.plot(*place, **look(coating, founding))
        names.append((*place, coating.title))
        if resistance.before and current.before:
            place = ohm_cm2(resistance.before), mA_cm2(current.before)
            axes.plot(*place, **ring(coating, founding))
            names.append((*place, f"before {coating.title}"))
    axes.set(xscale="log", yscale="log", xlim=(2.5, 4000), ylim=(0.1, 4))
    plain_ticks(axes.xaxis, [5, 10, 20, 50, 100, 300, 1000])
    plain_ticks(axes.yaxis, [0.1, 0.2, 0.5, 1, 2])
    axes.set(xlabel="interface resistance [Ω cm²]", ylabel="critical current density [mA/cm²]")
    spread_names(axes, names)


def _has_both(life: Life) -> bool:
    return bool(life.duration and life.current_density)


def _life(
    axes: Axes, coating: PublishedCoating, life: Life, founding: str
) -> tuple[float, float, str]:
    """Draw one life; returns where it is and its name."""
    current, duration = known(life.current_density), known(life.duration)
    low, high = mA_cm2_ends(current)
    place = (low * high) ** 0.5, duration.to_si("s") / HOUR
    _bar(axes, current, place[1], lw=1.6)
    axes.plot(*place, **look(coating, founding))
    mark_bound(axes, duration, place, (0, 22))
    return *place, coating.title


def _without_current(coatings: Iterable[PublishedCoating]) -> str:
    lives = [
        f"{coating.title} ({life.duration} h)"
        for coating in coatings
        for life in coating.life
        if life.duration and not _has_both(life)
    ]
    return ", ".join(lives)


def _label(coating: PublishedCoating, item: CriticalCurrent) -> str:
    """The coating, and the temperature where it is not that of the room."""
    if item.temperature in ("not stated", "room temperature"):
        return coating.title
    return f"{coating.title}, {item.temperature.replace('degC', '°C')}"
