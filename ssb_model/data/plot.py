"""A measured dataset as a figure: Nyquist and Bode, or voltage and current against time."""

import numpy as np

from ssb_model.constants import HOUR, TO_MA
from ssb_model.data.datasets import CyclingData, Dataset, ImpedanceData


def plot_data(dataset: Dataset):
    """Draw one dataset in the house style; its notes stand at the foot.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from ssb_model.plotting import footer, house_style

    with house_style():
        draw = _spectrum if isinstance(dataset, ImpedanceData) else _record
        figure = draw(dataset)
        footer(
            figure,
            *(f"{n[0].upper()}{n[1:]}." for n in dataset.notes),
            origin=f"{dataset.path.name}.",
        )
    return figure


def _spectrum(data: ImpedanceData):
    from ssb_model.plotting import PAPER, new_figure

    figure, (nyquist, bode) = new_figure(1, 2, size=(10.5, 4.8))
    z, style = data.impedance, {"marker": "o", "linestyle": "", "color": PAPER, "markersize": 4}
    nyquist.plot(z.real, -z.imag, **style)
    nyquist.set(xlabel="Re Z [Ω]", ylabel="−Im Z [Ω]", title=data.name)
    nyquist.set_aspect("equal", adjustable="datalim")
    bode.loglog(data.frequency, np.abs(z), **style)
    bode.set(xlabel="frequency [Hz]", ylabel="|Z| [Ω]", title="modulus (dots), phase (crosses)")
    phase = bode.twinx()
    phase.semilogx(data.frequency, np.angle(z, deg=True), **style | {"marker": "x"})
    phase.set_ylabel("phase [°]")
    phase.grid(False)
    return figure


def _record(data: CyclingData):
    from ssb_model.plotting import BARE, COATED, new_figure

    figure, (voltage, current) = new_figure(2, 1, size=(8.6, 6.0), sharex=True)
    hours = data.time / HOUR
    voltage.plot(hours, data.voltage, color=COATED, linewidth=1.2)
    voltage.set(ylabel="voltage [V]", title=data.name)
    current.plot(hours, TO_MA * data.current, color=BARE, linewidth=1.2)
    current.set(xlabel="time [h]", ylabel="current, positive\non discharge [mA]")
    return figure
