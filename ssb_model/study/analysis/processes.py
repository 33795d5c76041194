"""What the fitted model says relaxes in a spectrum, beside what the measurement shows.

Processes are the model's own: its impedance is a sum over the states that carry the cell's voltage
(``contributions``), each named after its state. A process' time constant is
1/(2 pi f) at the top f of its arc, and its resistance the arc's width, down to the frequency where
-Z'' is least or zero below the top. What has no top within the band that a distribution of
relaxation times covers is no process of that spectrum, such as a blocking double layer; a cathode
that charges while it relaxes is marked at the measured peaks where it carries most of the model's
-Z'', with that share of their resistance and without intervals. What follows the current at once,
such as a bulk without permittivity, has a resistance and no time constant.

Intervals follow the parameters' posterior, linearly in ln R and ln C.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.compiled import AT_ONCE, contributions
from ssb_model.data.validation import Comparison, Peak, first_look, mark_processes
from ssb_model.fitting import NORMAL_95
from ssb_model.measurements import TEMPERATURE
from ssb_model.study.analysis.arcs import Terms, arc, by_process
from ssb_model.study.kinds import Spectrum

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit

A_DECADE = 6  # frequencies: the top of an arc is interpolated by a parabola
MARGIN = 10.0  # of an arc's top beyond the measured band, as relaxation times are looked for
WIDE = 1e4  # of the frequencies beyond the band: depressed arcs end that late
STEP = 0.1  # of a posterior standard deviation, for derivatives
MOST = 0.5  # of the model's -Z''
SMALLEST = 1e-3  # of the largest: processes too small to be seen in the spectrum


@dataclass(frozen=True)
class Process:
    """One process of the fitted model.

    Attributes
    ----------
    name
        After the state that carries it.
    resistance
        Ohm.
    resistance_95
        95 % interval.
    tau
        Time constant [s]; None for what follows the current at once.
    capacitance
        tau/R [F].
    capacitance_95
        95 % interval.
    """

    name: str
    resistance: float
    resistance_95: tuple[float, float]
    tau: float | None = None
    capacitance: float | None = None
    capacitance_95: tuple[float, float] | None = None


@lru_cache(maxsize=64)
def processes(fit: StudyFit, spectrum: Spectrum) -> tuple[Process, ...]:
    """Processes of a fitted model in the band of a spectrum, by rising time constant.

    First what follows the current at once, if anything does.
    """
    free, f, terms = terms_of(fit, spectrum)
    half_width = half_width_of(fit, free)
    series = [("at once", terms[AT_ONCE])] if AT_ONCE in terms else []
    arcs = [_process(name, f, z, half_width) for name, z in by_process(terms).items()]
    return (
        *(Process(name, *interval_of(np.real(z[:, 0]), half_width)) for name, z in series),
        *_visible(arcs, spectrum.frequency),
    )


@lru_cache(maxsize=64)
def terms_of(
    fit: StudyFit, spectrum: Spectrum
) -> tuple[list[int], Float[np.ndarray, " frequencies"], Terms]:
    """Places of the cell's free parameters, frequencies [Hz], and what each variable carries.

    The members of the latter: at the optimum and a step away from it in each parameter.
    """
    mapping = fit.study.free.mapping(spectrum.cell)
    own = {*mapping, *spectrum.deviations.values()}
    free = [k for k, label in enumerate(fit.fit.problem.space.labels) if label in own]
    steps = STEP * np.diag(np.sqrt(np.diag(fit.fit.covariance)))[free]
    points = fit.fit.u + np.vstack([np.zeros(len(fit.fit.u)), steps])
    inputs = _inputs(fit, mapping, points, spectrum)
    f = _frequencies(spectrum.frequency)
    return free, f, contributions(fit.study.cells[spectrum.cell].compiled, inputs, f)


def _visible(
    arcs: Iterable[Process | None], measured: Float[np.ndarray, " frequencies"]
) -> list[Process]:
    """The arcs that have their top near the measured band [Hz] and are not too small."""
    tau = 1 / (2 * np.pi * measured)
    near = [p for p in arcs if p and p.tau and tau.min() / MARGIN < p.tau < tau.max() * MARGIN]
    least = SMALLEST * max((p.resistance for p in near), default=0.0)
    return sorted((p for p in near if p.resistance > least), key=lambda p: p.tau or 0.0)


def comparison(fit: StudyFit, spectrum: Spectrum) -> Comparison | None:
    """The measured distribution of relaxation times with the model's processes marked, or None.

    None where the spectrum has too few points above a blocking spike; see
    :func:`ssb_model.data.validation.first_look`.
    """
    if spectrum.impedance is None:
        return None
    look = first_look(spectrum.frequency, spectrum.impedance)
    if look.relaxation is None:
        return None
    pairs = {p.name: (p.resistance, p.tau) for p in processes(fit, spectrum) if p.tau}
    if look.foot is None:
        pairs |= _without_top(fit, spectrum, pairs, look.relaxation.peaks)
    shortest, longest = look.relaxation.tau[[0, -1]]
    shown = {name: pair for name, pair in pairs.items() if shortest < pair[1] < longest}
    return mark_processes(look.relaxation, shown)


def _without_top(
    fit: StudyFit, spectrum: Spectrum, known: Collection[str], peaks: Sequence[Peak]
) -> dict[str, tuple[float, float]]:
    """Firm peaks where something without a top carries most of the model's -Z'', by its name."""
    _, f, terms = terms_of(fit, spectrum)
    total = sum(z[0].imag for z in terms.values())
    pairs = {}
    for name, z in by_process(terms).items():
        share = np.interp([p.frequency for p in peaks], f[::-1], (z[0].imag / total)[::-1])
        own = [(p, s) for p, s in zip(peaks, share, strict=True) if p.firm and s > MOST]
        for k, (peak, s) in enumerate(own if name not in known else ()):
            label = name if len(own) == 1 else f"{name}, {k + 1}"
            pairs[label] = (s * peak.resistance, peak.tau)
    return pairs


def _frequencies(
    measured: Float[np.ndarray, " measured"],
) -> Float[np.ndarray, " frequencies"]:
    low, high = measured.min() / WIDE, measured.max() * WIDE
    return np.geomspace(high, low, int(A_DECADE * np.log10(high / low)) + 1)


def _inputs(
    fit: StudyFit,
    mapping: Mapping[str, Sequence[str]],
    points: Float[np.ndarray, "members parameters"],
    spectrum: Spectrum,
) -> dict[str, Float[np.ndarray, " members"]]:
    """Compiled inputs of parameter vectors u."""
    numbers = [fit.fit.problem.space.numbers(u) for u in points]
    inputs = {TEMPERATURE: np.full(len(points), spectrum.temperature)}
    for label, names in mapping.items():
        by = spectrum.deviations.get(label)
        values = np.array([one[label] * (one[by] if by else 1.0) for one in numbers])
        inputs |= dict.fromkeys(names, values)
    return inputs


HalfWidth = Callable[[Float[np.ndarray, " members"]], float]


def half_width_of(fit: StudyFit, free: Sequence[int]) -> HalfWidth:
    """Function of ln x, its first member the optimum, to its 95 % half width."""
    covariance = fit.fit.covariance[np.ix_(free, free)]
    steps = STEP * np.sqrt(np.diag(covariance))

    def half_width(ln_x: Float[np.ndarray, " members"]) -> float:
        gradient = (ln_x[1:] - ln_x[0]) / steps
        return NORMAL_95 * float(np.sqrt(gradient @ covariance @ gradient))

    return half_width


def interval_of(
    x: Float[np.ndarray, " members"], half_width: HalfWidth
) -> tuple[float, tuple[float, float]]:
    """Value and 95 % interval of a positive quantity, its first member the optimum."""
    value, factor = float(x[0]), np.exp(half_width(np.log(x)))
    return value, (float(value / factor), float(value * factor))


def _process(
    name: str,
    f: Float[np.ndarray, " frequencies"],
    z: Complex[np.ndarray, "members frequencies"],
    half_width: HalfWidth,
) -> Process | None:
    """The process of an arc z, its first member the optimum; None where a member has none."""
    arcs = [drawn for one in z if (drawn := arc(f, one)) is not None]
    if len(arcs) < len(z):
        return None
    R, tau = np.transpose(arcs)
    return Process(
        name, *interval_of(R, half_width), float(tau[0]), *interval_of(tau / R, half_width)
    )


def process_table(fit: StudyFit) -> dict[str, list[dict[str, Any]]]:
    """Processes of every spectrum as plain data, by the spectrum's name."""
    return {e.name: [asdict(p) for p in processes(fit, e)] for e in spectra_of(fit)}


def spectra_of(fit: StudyFit) -> list[Spectrum]:
    """The spectra that were fitted or held out."""
    return [e for e in fit.study.experiments if isinstance(e, Spectrum)]
