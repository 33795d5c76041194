"""Axes of a sweep's figures: scales with plain numbers."""

from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

FEW_DECADES = 300.0  # the ratio of ends up to which a logarithmic axis has ticks 1, 2, 5


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
