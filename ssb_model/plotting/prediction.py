"""The sheet of a prediction: six panels of one to four coatings and what they are compared with."""

import numpy as np

from ssb_model.plotting.style import (
    BARE,
    COATED,
    IONIC,
    MIDDLE,
    QUIET,
    SMALL,
    THICK,
    THIN,
    footer,
    house_style,
    new_figure,
    note,
    plain_ticks,
)

OWN = (COATED, MIDDLE, THICK, IONIC)  # of the coatings that are asked for
REFERENCES = {"none": BARE}
OTHER = "#000000"  # of the founding coating as a reference
BAND = 0.16
PERCENTILES = (50, 2.5, 97.5)
LAWS = "critical current density, law "
MAIN = (
    "interface resistance",
    "interface activation energy",
    "polarisation at 1 mA/cm2",
    "critical current density",
    "capacity at 1C",
)
NAMED = 2  # causes of each interval that are named
SHADES = (COATED, THIN, "#A6CEE3", "#D0E3F0")  # from the largest cause on
FAR = 6.0  # times the first one's size: a spectrum that leaves the panel


@house_style()
def prediction_sheet(found, references=()):
    """Spectrum, resistance, polarisation, critical current, rates and causes on one sheet.

    Parameters
    ----------
    found, references : sequence of Prediction

    Returns
    -------
    matplotlib.figure.Figure
    """
    shown = [*found, *references]
    colours = [*OWN[: len(found)], *(REFERENCES.get(p.coating.type, OTHER) for p in references)]
    drawn = list(zip(shown, colours, strict=True))
    figure, axes = new_figure(2, 3, size=(16.5, 10.4))
    _nyquist(axes[0, 0], drawn)
    _resistance(axes[0, 1], drawn)
    _polarisation(axes[0, 2], drawn)
    _critical_current(axes[1, 0], drawn)
    _rates(axes[1, 1], drawn)
    _causes(axes[1, 2], found[0])
    handles = [
        axes[0, 2].plot([], [], color=colour, label=p.coating.name)[0] for p, colour in drawn
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=len(drawn), fontsize=12)
    footer(figure, *_told(shown), origin="")
    return figure


def _told(shown):
    measured = [p.coating.name for p in shown if p.coating.critical_current is not None]
    told = ["Lines and points: medians; bands and bars: 95 %. No point is a measurement."]
    if measured:
        told.append(f"Critical current as measured: {', '.join(measured)}; else forecast.")
    told.append(f"Cell: {shown[0].cell}. Bars of the last panel: shares of each variance.")
    return told


def _band(axes, x, values, colour):
    """Median and 95 % of ``values`` (points, n)."""
    middle, low, high = np.percentile(values, PERCENTILES, axis=1)
    axes.fill_between(x, low, high, color=colour, alpha=BAND, lw=0)
    axes.plot(x, middle, color=colour)


def _nyquist(axes, drawn):
    """The spectrum of the draw with the median resistance; far larger ones leave the panel."""
    sizes = [np.median(p.spectrum.real[-1]) for p, _ in drawn]
    limit = 1.25 * max(size for size in sizes if size < FAR * sizes[0])
    for (p, colour), size in zip(drawn, sizes, strict=True):
        middle = p.spectrum[:, np.argmin(np.abs(p.spectrum.real[-1] - size))]
        axes.plot(middle.real, -middle.imag, color=colour)
        low, high = np.percentile(p.spectrum.real[-1], PERCENTILES[1:])
        if size < limit:
            axes.plot([low, high], [0, 0], color=colour, lw=7, alpha=0.35, solid_capstyle="butt")
    axes.set(xlim=(0, limit), ylim=(-0.02 * limit, 0.6 * limit))
    axes.set_xlabel("Re Z [Ω cm²]")
    axes.set_ylabel("−Im Z [Ω cm²]")
    axes.set_title("Symmetric cell, 10 mHz to 10 MHz")
    told = ["bars: 95 % of the whole resistance"]
    for (p, _), size in zip(drawn, sizes, strict=True):
        if size > limit:
            told.append(f"{p.coating.name}: to {size:.0f} Ω cm²")
    note(axes, "\n".join(told), (0.03, 0.97))


def _resistance(axes, drawn):
    _intervals(axes, [(p, c, p["interface resistance"]) for p, c in drawn])
    axes.set_xlabel("interface resistance, both faces [Ω cm²]")
    axes.set_title("Interface resistance, 25 °C")


def _critical_current(axes, drawn):
    _intervals(axes, [(p, c, p["critical current density"]) for p, c in drawn])
    for row, (p, _) in enumerate(drawn):
        laws = [values for name, (values, _) in p.values.items() if name.startswith(LAWS)]
        axes.plot(
            np.median(laws, axis=1), [row + 0.24] * len(laws), "|", color=QUIET, ms=9, mew=1.5
        )
    axes.set_xlabel("critical current density [mA/cm²]")
    axes.set_title("Critical current; ticks: laws A0 to D")


def _intervals(axes, rows):
    """Medians with 95 % bars, one row a coating, the first one on top."""
    for row, (p, colour, values) in enumerate(rows):
        middle, low, high = np.percentile(values, PERCENTILES)
        axes.plot([low, high], [row, row], color=colour, lw=6, alpha=0.35, solid_capstyle="butt")
        axes.plot(middle, row, "o", color=colour, ms=9)
        interval = f"{_short(middle)} ({_short(low)} … {_short(high)})"
        _row_name(axes, f"{p.coating.name}: {interval}", row - 0.28)
    axes.set(xscale="log", yticks=[], ylim=(len(rows) - 0.4, -0.6))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.grid(axis="y", visible=False)


def _row_name(axes, text, y):
    place = ("axes fraction", "data")
    axes.annotate(text, (0.02, y), xycoords=place, fontsize=SMALL + 1, va="center")


def _short(number):
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"


def _numbers(p, begin, end=""):
    """The numbers in names like "capacity at 1C" with their values: (points,), (points, n)."""
    found = {}
    for name, (values, _) in p.values.items():
        middle = name.removeprefix(begin).removesuffix(end)
        if name.startswith(begin) and name.endswith(end) and middle.replace(".", "").isdigit():
            found[float(middle)] = values
    return np.array(list(found)), np.array(list(found.values()))


def _polarisation(axes, drawn):
    for p, colour in drawn:
        _band(axes, *_numbers(p, "polarisation at ", " mA/cm2"), colour)
        J = np.median(p["critical current density"])
        axes.axvline(J, color=colour, lw=1.2, ls=":")
    axes.set(xscale="log", yscale="log", xlabel="current density [mA/cm²]")
    axes.set_ylabel("polarisation after 1 h [mV]")
    plain_ticks(axes.xaxis, [0.1, 0.2, 0.5, 1, 2])
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_xlim(0.09, 3.2)
    axes.set_title("Polarisation; dotted: critical current")


def _rates(axes, drawn):
    for p, colour in drawn:
        _band(axes, *_numbers(p, "capacity at ", "C"), colour)
    axes.set(xlabel="C-rate", ylabel="discharge capacity [mAh/g]", ylim=(0, None))
    axes.set_title("Full cell with LFP")


def _causes(axes, prediction):
    """Shares of the main quantities' variances, normalised where they overlap."""
    rows = [q for q in map(prediction.quantity, MAIN) if q["causes"]]
    for row, q in enumerate(rows):
        scale, left = max(1.0, sum(c["share"] for c in q["causes"])), 0.0
        for k, cause in enumerate(q["causes"]):
            share = cause["share"] / scale
            axes.barh(row, share, 0.3, left=left, color=SHADES[min(k, len(SHADES) - 1)])
            left += share
        named = [f"{c['unknown']} {100 * c['share']:.0f} %" for c in q["causes"][:NAMED]]
        _row_name(axes, q["name"], row - 0.46)
        _row_name(axes, ", ".join(named), row - 0.26)
        axes.texts[-1].set(color=QUIET, fontsize=SMALL)
    axes.set(xlim=(0, 1), yticks=[], ylim=(len(rows) - 0.6, -0.8))
    axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
    axes.grid(visible=False)
    axes.set_title(f"What causes the intervals: {prediction.coating.name}")
