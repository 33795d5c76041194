"""Axes of a Nyquist plot: spectra with their decades, widths below them, one scale both ways."""

import numpy as np

from ssb_model.plotting.style import PAPER, SMALL

UNIT_NAMES = ((1e6, "MHz"), (1e3, "kHz"), (1.0, "Hz"), (1e-3, "mHz"))


def draw_spectrum(axes, frequency, z, colour, labels=None, *, zorder=2, **kwargs):
    """A spectrum with some decades marked.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    frequency : array (frequencies,)
        Hz.
    z : complex array (frequencies,)
        ohm cm2.
    colour : str
    labels : dict of float to tuple, optional
        Frequency [Hz] to the offset of its label in points.
    zorder : float
    **kwargs
        Of the line.
    """
    axes.plot(z.real, -z.imag, color=colour, zorder=zorder, **kwargs)
    for value, offset in (labels or {}).items():
        nearest = z[np.argmin(np.abs(np.log(frequency / value)))]
        point = {"color": colour, "markeredgecolor": "white", "zorder": zorder}
        axes.plot(nearest.real, -nearest.imag, "o", **point)
        axes.annotate(
            _with_unit(value),
            (nearest.real, -nearest.imag),
            offset,
            textcoords="offset points",
            ha="center" if abs(offset[0]) < 10 else ("left" if offset[0] > 0 else "right"),
            fontsize=SMALL,
            color=colour,
        )


def mark_width(axes, start, end, level, text, colour=PAPER):
    """A resistance as a width from ``start`` to ``end``, at a height, its words below."""
    arrow = {"arrowstyle": "|-|,widthA=0.35,widthB=0.35", "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (end, level), (start, level), arrowprops=arrow | {"color": colour})
    axes.annotate(
        text,
        ((start + end) / 2, level),
        (0, -6),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=SMALL,
        color=colour,
    )


def equal_axes(axes, across, bottom, top):
    """One scale both ways; ticks of the imaginary part only where there is one."""
    axes.set(xlim=across, ylim=(bottom, top))
    axes.set(xlabel="Re Z [Ω cm²]", ylabel="−Im Z [Ω cm²]")
    axes.set_yticks([tick for tick in axes.get_yticks() if 0 <= tick <= top])
    axes.set_aspect("equal", adjustable="box")


def _with_unit(frequency):
    size, unit = next(pair for pair in UNIT_NAMES if frequency >= pair[0])
    return f"{frequency / size:g} {unit}"
