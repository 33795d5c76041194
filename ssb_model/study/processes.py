"""What the fitted model says relaxes in a spectrum, beside what the measurement shows.

Processes are the model's own: its impedance is a sum over the states that carry the cell's voltage
(:mod:`ssb_model.compiled.contributions`), each named after its state. A process' time constant is
1/(2 pi f) at the top f of its arc, and its resistance the arc's width, down to the frequency where
-Z'' is least or zero below the top. What has no top within the band that a distribution of
relaxation times covers is no process of that spectrum: a blocking double layer, a cathode that
charges. Faces that are alike are one process, "of both faces". What follows the current at once,
such as a bulk without permittivity, has a resistance and no time constant.

Intervals follow the parameters' posterior, linearly in ln R and ln C.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ssb_model.compiled.contributions import AT_ONCE, contributions
from ssb_model.data.validation import first_look, mark_processes
from ssb_model.fitting.bijection import NORMAL_95
from ssb_model.study.cells import TEMPERATURE
from ssb_model.study.names import bare_name

A_DECADE = 6  # frequencies: the top of an arc is interpolated by a parabola
MARGIN = 10.0  # of an arc's top beyond the measured band, as relaxation times are looked for
WIDE = 1e4  # of the frequencies beyond the band: depressed arcs end that late
STEP = 0.1  # of a posterior standard deviation, for derivatives
SMALLEST = 1e-3  # of the largest: processes too small to be seen in the spectrum
ENDINGS = ("surface potential difference", "overpotential", "lithium potential", "voltage")
SIDES = ("Negative face", "Positive face")


@dataclass(frozen=True)
class Process:
    """One process of the fitted model.

    Attributes
    ----------
    name : str
    resistance : float
        Ohm.
    resistance_95 : (float, float)
        95 % interval.
    tau : float or None
        Time constant [s]; None for what follows the current at once.
    capacitance : float or None
        tau/R [F].
    capacitance_95 : (float, float) or None
    """

    name: str
    resistance: float
    resistance_95: tuple[float, float]
    tau: float | None = None
    capacitance: float | None = None
    capacitance_95: tuple[float, float] | None = None


@lru_cache(maxsize=64)
def processes(found, spectrum):
    """Processes of a fitted model in the band of a spectrum, by rising time constant.

    Parameters
    ----------
    found : ssb_model.study.result.StudyFit
    spectrum : ssb_model.study.impedance.Spectrum

    Returns
    -------
    tuple of Process
        First what follows the current at once, if anything does.
    """
    mapping = found.study.free.mapping(spectrum.cell)
    free = [k for k, label in enumerate(found.fit.problem.space.labels) if label in mapping]
    sd = np.sqrt(np.diag(found.fit.covariance))
    points = found.fit.u + np.vstack([0 * sd, STEP * np.diag(sd)[free]])
    inputs = _inputs(found, mapping, points, spectrum.temperature)
    f = _frequencies(spectrum.frequency)
    terms = contributions(found.study.cells[spectrum.cell].compiled, inputs, f)
    half_width = _half_width(found, free, sd)
    series = _at_once(terms.pop(AT_ONCE, None), half_width)
    arcs = [_process(name, f, z, half_width) for name, z in _by_process(terms).items()]
    return (*series, *_visible(arcs, spectrum.frequency))


def _visible(arcs, measured):
    """The arcs that have their top near the measured band [Hz] and are not too small."""
    tau = 1 / (2 * np.pi * measured)
    near = [p for p in arcs if p and tau.min() / MARGIN < p.tau < tau.max() * MARGIN]
    least = SMALLEST * max((p.resistance for p in near), default=0.0)
    return sorted((p for p in near if p.resistance > least), key=lambda p: p.tau)


def comparison(found, spectrum):
    """The measured distribution of relaxation times with the model's processes marked, or None.

    None where the spectrum has too few points above a blocking spike; see
    :func:`ssb_model.data.validation.first_look`.
    """
    relaxation = first_look(spectrum.frequency, spectrum.impedance).relaxation
    if relaxation is None:
        return None
    shortest, longest = relaxation.tau[[0, -1]]
    pairs = {
        p.name: (p.resistance, p.tau)
        for p in processes(found, spectrum)
        if p.tau and shortest < p.tau < longest
    }
    return mark_processes(relaxation, pairs)


def _frequencies(measured):
    low, high = measured.min() / WIDE, measured.max() * WIDE
    return np.geomspace(high, low, int(A_DECADE * np.log10(high / low)) + 1)


def _inputs(found, mapping, points, temperature):
    """Compiled inputs (B,) of parameter vectors u (B, parameters)."""
    numbers = [found.fit.problem.space.numbers(u) for u in points]
    inputs = {TEMPERATURE: np.full(len(points), temperature)}
    for label, names in mapping.items():
        inputs |= {name: np.array([one[label] for one in numbers]) for name in names}
    return inputs


def _by_process(terms):
    """Sums over the states of one process."""
    names = {name: _process_name(name, terms) for name in terms}
    return {
        process: sum(terms[name] for name, own in names.items() if own == process)
        for process in dict.fromkeys(names.values())
    }


def _process_name(name, others):
    """ "Negative face charge-transfer overpotential [V]" -> "charge-transfer of both faces"."""
    bare = bare_name(name)
    for ending in ENDINGS:
        bare = bare.removesuffix(ending).strip()
    for side, other in (SIDES, SIDES[::-1]):
        if bare.startswith(side):
            both = name.replace(side, other) in others
            return f"{bare.removeprefix(side).strip()} of {'both faces' if both else side.lower()}"
    return bare.removeprefix("Garnet ").lower()


def _half_width(found, free, sd):
    """Function of ln x (1 + parameters,), its first the optimum, to its 95 % half width."""
    covariance = found.fit.covariance[np.ix_(free, free)]

    def half_width(ln_x):
        gradient = (ln_x[1:] - ln_x[0]) / (STEP * sd[free])
        return NORMAL_95 * float(np.sqrt(gradient @ covariance @ gradient))

    return half_width


def _interval(x, half_width):
    """Value and 95 % interval of a positive quantity x (1 + parameters,)."""
    value, factor = float(x[0]), np.exp(half_width(np.log(x)))
    return value, (float(value / factor), float(value * factor))


def _at_once(z, half_width):
    if z is None:
        return ()
    return (Process("at once", *_interval(z[:, 0].real, half_width)),)


def _process(name, f, z, half_width):
    """A :class:`Process` of the arc z (1 + parameters, F), its first row the optimum; or None."""
    arcs = [_arc(f, one) for one in z]
    if None in arcs:
        return None
    R, tau = np.transpose(arcs)
    return Process(name, *_interval(R, half_width), float(tau[0]), *_interval(tau / R, half_width))


def _arc(f, z):
    """Width [Ohm] and time constant [s] of the largest arc of z at falling f; None without one."""
    height = -z.imag
    tops = 1 + np.flatnonzero((height[1:-1] > height[:-2]) & (height[1:-1] >= height[2:]))
    if not tops.size or height[tops].max() <= 0:
        return None
    top = tops[height[tops].argmax()]
    ends = top + np.flatnonzero((height[top:-1] <= height[top + 1 :]) | (height[top:-1] <= 0))
    end = ends[0] if ends.size else len(f) - 1
    before, at, after = height[top - 1 : top + 2]
    shift = 0.5 * (before - after) / (before - 2 * at + after)  # of a parabola's top, in steps
    ln_f = np.log(f[top]) + shift * np.log(f[1] / f[0])
    return z.real[end] - z.real[0], 1 / (2 * np.pi * np.exp(ln_f))
