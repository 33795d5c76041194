"""Axes of a sweep's figures: scales with plain numbers, units as one writes them."""

import re

from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

TYPESET = {"ohm": "Ω", "Ohm": "Ω", "cm2": "cm²", "cm3": "cm³", "um": "µm", "degC": "°C"}
FEW_DECADES = 300.0  # the ratio of ends up to which a logarithmic axis has ticks 1, 2, 5


def typeset(name):
    """A column's name with units as one writes them: "ohm cm2" becomes "Ω cm²"."""
    return re.sub(rf"\b({'|'.join(TYPESET)})\b", lambda found: TYPESET[found[0]], name)


def scale_axis(axes, axis, logarithmic, ends):
    """A linear or logarithmic axis, this with plain numbers where it has few decades."""
    axes.set(**{f"{axis}scale": "log" if logarithmic else "linear"})
    if logarithmic and ends[1] < FEW_DECADES * ends[0]:
        plain_decades(getattr(axes, f"{axis}axis"))


def plain_decades(axis):
    """Ticks 1, 2 and 5 of each decade, without powers of ten."""
    axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_minor_locator(NullLocator())
