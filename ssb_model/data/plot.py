"""A measured dataset as a figure: Nyquist and Bode, or voltage and current against time."""

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.constants import HOUR, TO_MA

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssb_model.data.datasets import CyclingData, Dataset, ImpedanceData
    from ssb_model.data.records import CyclesReading, RampReading

SAME_STEP = 0.02  # of its current


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


def draw_ramp(record: "CyclingData", reading: "RampReading") -> "Figure":
    """Voltage and current of a ramp, the step that failed shaded, its moment marked."""
    from ssb_model.plotting import house_style

    with house_style():
        return _with_notes(_ramp(record, reading), record)


def _ramp(record: "CyclingData", reading: "RampReading") -> "Figure":
    from ssb_model.plotting import BARE, PAPER

    figure = _record(record)
    figure.axes[0].set_title(f"{record.name}: {reading}")
    if reading.time is None or reading.first_failed is None:
        return figure
    begin, end = _failed_step(record, reading.first_failed)
    for axes in figure.axes:
        axes.axvspan(begin / HOUR, end / HOUR, color=BARE, alpha=0.15, linewidth=0)
        axes.axvline(reading.time / HOUR, color=PAPER, linewidth=1.0, linestyle="--")
    return figure


def _failed_step(record: "CyclingData", current: float) -> tuple[float, float]:
    """Begin and end [s] of the step of this size of the current."""
    near = np.flatnonzero(np.abs(np.abs(record.current) / current - 1) < SAME_STEP)
    return float(record.time[near[0]]), float(record.time[near[-1]])


def draw_cycles(reading: "CyclesReading") -> "Figure":
    """Capacity and efficiency, or a symmetric cell's polarisation, against the cycle."""
    from ssb_model.plotting import footer, house_style

    with house_style():
        figure = _polarisations(reading) if reading.symmetric else _capacities(reading)
        footer(figure, *reading.notes, origin=f"{reading.name}.")
        return figure


def _capacities(reading: "CyclesReading") -> "Figure":
    from ssb_model.plotting import BARE, COATED, PAPER, new_figure

    figure, (capacity, efficiency) = new_figure(2, 1, size=(8.6, 6.0), sharex=True)
    table = reading.to_dataframe()
    unit = "mAh/g" if reading.mass else "mAh/cm2" if reading.area else "mAh"
    for way, colour in (("charge", BARE), ("discharge", COATED)):
        capacity.plot(
            table["cycle"],
            table[f"{way} [{unit}]"],
            linestyle="",
            marker="o",
            markersize=4,
            color=colour,
            label=way,
            markerfacecolor="none" if way == "charge" else colour,
        )
    capacity.set(ylabel=f"capacity [{unit.replace('cm2', 'cm²')}]", title=reading.name)
    capacity.legend()
    percent = table["Coulombic efficiency [%]"]
    efficiency.plot(table["cycle"], percent, linestyle="", marker="o", color=PAPER, markersize=4)
    efficiency.set(xlabel="cycle", ylabel="Coulombic efficiency [%]")
    known = percent.to_numpy(dtype=float)
    if np.isfinite(known).any():
        low, high = float(np.nanmin(known)), float(np.nanmax(known))
        efficiency.set_ylim(min(low, 99.0) - 0.5, max(high, 100.0) + 0.5)
    return figure


def _polarisations(reading: "CyclesReading") -> "Figure":
    from ssb_model.plotting import BARE, COATED, new_figure

    figure, axes = new_figure(1, 1, size=(8.6, 4.4))
    table = reading.to_dataframe()
    for way, colour in (("charge", BARE), ("discharge", COATED)):
        V = table[f"polarisation, {way} [mV]"].abs()
        axes.plot(
            table["cycle"], V, linestyle="", marker="o", markersize=4, color=colour, label=way
        )
    axes.set(xlabel="cycle", ylabel="polarisation [mV]", title=reading.name)
    axes.set_ylim(bottom=0)
    axes.legend(title="direction")
    return figure
