"""A measured dataset as a figure: Nyquist and Bode, or voltage and current against time."""

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.constants import HOUR, TO_MA

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssb_model.data.datasets import CyclingData, Dataset, ImpedanceData


def plot_data(dataset: "Dataset") -> "Figure":
    """One dataset as a :class:`matplotlib.figure.Figure`, its notes at the foot."""
    return dataset.plot()


def draw_spectrum(data: "ImpedanceData") -> "Figure":
    """Nyquist and Bode plots of a spectrum."""
    from ssb_model.plotting import house_style

    with house_style():
        return _with_notes(_spectrum(data), data)


def draw_record(data: "CyclingData") -> "Figure":
    """Voltage and current of a record against time."""
    from ssb_model.plotting import house_style

    with house_style():
        return _with_notes(_record(data), data)


def _with_notes(figure: "Figure", data: "Dataset") -> "Figure":
    from ssb_model.plotting import footer

    notes = (f"{note[0].upper()}{note[1:]}." for note in data.notes)
    footer(figure, *notes, origin=f"{data.path.name}.")
    return figure


def _spectrum(data: "ImpedanceData") -> "Figure":
    from ssb_model.plotting import PAPER, new_figure

    figure, (nyquist, bode) = new_figure(1, 2, size=(10.5, 4.8))
    z, style = data.impedance, {"marker": "o", "linestyle": "", "color": PAPER, "markersize": 4}
    nyquist.plot(np.real(z), -np.imag(z), **style)
    nyquist.set(xlabel="Re Z [Ω]", ylabel="−Im Z [Ω]", title=data.name)
    nyquist.set_aspect("equal", adjustable="datalim")
    bode.loglog(data.frequency, np.abs(z), **style)
    bode.set(xlabel="frequency [Hz]", ylabel="|Z| [Ω]", title="modulus (dots), phase (crosses)")
    phase = bode.twinx()
    phase.semilogx(data.frequency, np.angle(z, deg=True), **style | {"marker": "x"})
    phase.set_ylabel("phase [°]")
    phase.grid(False)
    return figure


def _record(data: "CyclingData") -> "Figure":
    from ssb_model.plotting import BARE, COATED, new_figure

    figure, (voltage, current) = new_figure(2, 1, size=(8.6, 6.0), sharex=True)
    hours = data.time / HOUR
    voltage.plot(hours, data.voltage, color=COATED, linewidth=1.2)
    voltage.set(ylabel="voltage [V]", title=data.name)
    current.plot(hours, TO_MA * data.current, color=BARE, linewidth=1.2)
    current.set(xlabel="time [h]", ylabel="current, positive\non discharge [mA]")
    return figure
