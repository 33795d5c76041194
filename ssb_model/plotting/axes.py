"""Axes: Nyquist plots with their decades and widths, and scales with plain numbers."""

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from jaxtyping import Complex, Float
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator
from matplotlib.typing import ColorType

from ssb_model.plotting.style import PAPER, SMALL

UNIT_NAMES = ((1e6, "MHz"), (1e3, "kHz"), (1.0, "Hz"), (1e-3, "mHz"))
FEW_DECADES = 300.0  # the ratio of ends up to which a logarithmic axis has ticks 1, 2, 5


def draw_spectrum(
    axes: Axes,
    frequency: Float[np.ndarray, " frequencies"],
    z: Complex[np.ndarray, " frequencies"],
    colour: ColorType,
    labels: Mapping[float, tuple[float, float]] | None = None,
    *,
    zorder: float = 2,
    **kwargs: Any,
) -> None:
    """A spectrum with some decades marked.

    Parameters
    ----------
    axes
        To draw on.
    frequency
        Hz.
    z
        ohm cm2.
    colour
        Of line, dots and labels.
    labels
        Frequency [Hz] to the offset of its label in points.
    zorder
        What lies on what: higher is above.
    **kwargs
        Of the line.
    """
    axes.plot(np.real(z), -np.imag(z), color=colour, zorder=zorder, **kwargs)
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


def mark_width(
    axes: Axes, start: float, end: float, level: float, text: str, colour: str = PAPER
) -> None:
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


def equal_axes(axes: Axes, across: tuple[float, float], bottom: float, top: float) -> None:
    """One scale both ways; ticks of the imaginary part only where there is one."""
    axes.set(xlim=across, ylim=(bottom, top))
    axes.set(xlabel="Re Z [Ω cm²]", ylabel="−Im Z [Ω cm²]")
    axes.set_yticks([tick for tick in axes.get_yticks() if 0 <= tick <= top])
    axes.set_aspect("equal", adjustable="box")


def scale_axis(
    axes: Axes, axis: Literal["x", "y"], logarithmic: bool, ends: tuple[float, float]
) -> None:
    """A linear or logarithmic axis, this with plain numbers where it has few decades."""
    axes.set(**{f"{axis}scale": "log" if logarithmic else "linear"})
    if logarithmic and ends[1] < FEW_DECADES * ends[0]:
        plain_decades(getattr(axes, f"{axis}axis"))


def plain_decades(axis: Axis) -> None:
    """Ticks 1, 2 and 5 of each decade, without powers of ten."""
    axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_minor_locator(NullLocator())


def _with_unit(frequency: float) -> str:
    size, unit = next(pair for pair in UNIT_NAMES if frequency >= pair[0])
    return f"{frequency / size:g} {unit}"
