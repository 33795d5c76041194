"""Figs. 3b and 3e: the founding coating among published ones, by critical current and by life.

Both are drawn from the library of published coatings alone; no point is read off a graph.
"""

from ssb_model.constants import HOUR
from ssb_model.library import paired, published_coatings
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

CURRENTS = [0.1, 0.2, 0.5, 1, 2, 5, 10]  # mA/cm2


@house_style()
def critical_currents(reproduction):
    """Published critical currents, sorted, and those with a known resistance against it.

    Parameters
    ----------
    reproduction : ssb_model.reproduction.results.Reproduction
        Names the founding experiment, whose coatings are black.

    Returns
    -------
    matplotlib.figure.Figure
    """
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
def lives(reproduction):
    """Published lives of symmetric cells against the current they were cycled at.

    Parameters
    ----------
    reproduction : ssb_model.reproduction.results.Reproduction
        Names the founding experiment, whose coating is black.

    Returns
    -------
    matplotlib.figure.Figure
    """
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


def _entries(coatings):
    """(coating, critical current) with a number of the treated cell, the smallest first."""
    found = [(c, item) for c in coatings for item in c.critical_current if item.after]
    return sorted(found, key=lambda entry: mA_cm2(entry[1].after))


def _ranked(axes, entries, founding):
    for place, (coating, item) in enumerate(entries):
        if item.before:
            _before(axes, place, item, coating, founding)
        _bar(axes, item.after, place, lw=1.6)
        axes.plot(mA_cm2(item.after), place, **look(coating, founding))
        mark_bound(axes, item.after, (mA_cm2(item.after), place), (22, 0))
    axes.set_yticks(range(len(entries)), [_label(*entry) for entry in entries])
    for label, (coating, _) in zip(axes.get_yticklabels(), entries, strict=True):
        label.set_fontweight("bold" if coating.source == founding else "normal")
    axes.set(xscale="log", xlim=(0.1, 25), xlabel="critical current density [mA/cm²]")
    plain_ticks(axes.xaxis, [*CURRENTS, 20])
    type_legend(axes, loc="lower right")


def _before(axes, place, item, coating, founding):
    """The same cell without the coating: a ring, or a bar between what held and what failed."""
    low, high = mA_cm2(item.before), mA_cm2(item.after)
    axes.plot([low, high], [place, place], color=QUIET, lw=1.2, zorder=1)
    if item.before.upper:
        _bar(axes, item.before, place, lw=6)
    else:
        axes.plot(low, place, **ring(coating, founding))


def _bar(axes, number, place, lw):
    """The range or error of a current, along the row at ``place``."""
    axes.plot(mA_cm2_ends(number), [place, place], color=QUIET, lw=lw, zorder=1)


def _against_resistance(axes, coatings, founding):
    names = []
    for coating in coatings:
        resistance, current = coating.resistance, coating.known_critical_currents[0]
        place = ohm_cm2(resistance.after), mA_cm2(current.after)
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


def _has_both(life):
    return life.duration and life.current_density


def _life(axes, coating, life, founding):
    """Draw one life; returns where it is and its name."""
    low, high = mA_cm2_ends(life.current_density)
    place = (low * high) ** 0.5, life.duration.to_si("s") / HOUR
    _bar(axes, life.current_density, place[1], lw=1.6)
    axes.plot(*place, **look(coating, founding))
    mark_bound(axes, life.duration, place, (0, 22))
    return *place, coating.title


def _without_current(coatings):
    told = [
        f"{coating.title} ({life.duration} h)"
        for coating in coatings
        for life in coating.life
        if life.duration and not _has_both(life)
    ]
    return ", ".join(told)


def _label(coating, item):
    """The coating, and the temperature where it is not that of the room."""
    if item.temperature in ("not stated", "room temperature"):
        return coating.title
    return f"{coating.title}, {item.temperature.replace('degC', '°C')}"
