r"""What a cell's fitted physics says, as the quantities that papers report.

At a temperature :math:`T` with its own deviations :math:`\delta`,

.. math::

    R_\mathrm{face}(T) = \sum_\mathrm{arcs} R \, \mathrm{e}^{E/R_g (1/T - 1/T_\mathrm{ref})
    + \delta}, \qquad \sigma(T) = L/(R_\mathrm{bulk} + R_\mathrm{gb}),

and as activation energies the slopes of :math:`\ln(1/R)` and of :math:`\ln(\sigma T)` over the
measured range of the law, without deviations. Intervals follow the joint posterior linearly in the
logarithm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ssb_model.bench.arrhenius import Interval
from ssb_model.bench.physics.tables import FACE
from ssb_model.cells import FACE_RATE, arrhenius_factor
from ssb_model.constants import GAS_CONSTANT
from ssb_model.fitting import NORMAL_95
from ssb_model.study import Spectrum, StudyFit

COURSE = 0.1  # of a drift: that it goes evenly with the points of a sweep is an assumption
STEP = 0.05  # of a posterior standard deviation, for derivatives

Numbers = Mapping[str, float]


class Physical:
    """Numbers of one cell's fit.

    Parameters
    ----------
    fit
        Of a study of one cell, whose faces are made of arcs or block.
    """

    def __init__(self, fit: StudyFit) -> None:
        self.fit = fit
        [self.cell] = fit.study.cells.values()
        self.spectra = tuple(e for e in fit.study.fitted if isinstance(e, Spectrum))
        self._labels = {
            names[0]: label for label, names in fit.study.free.mapping(self.cell.name).items()
        }

    def interface(self, spectrum: Spectrum) -> Interval:
        """Resistance of one face [Ohm.m2] as it was when the top of its arc was measured."""
        place, T = self._place(spectrum), spectrum.temperature
        drifts = [abs(np.log(self.fit.fit.parameters[by])) for by in spectrum.drifts.values()]
        return self._interval(
            lambda x: self._face(x, T, spectrum, place), doubt=COURSE * max(drifts, default=0.0)
        )

    def _place(self, spectrum: Spectrum) -> float:
        """Where in the sweep, -1/2 to 1/2, the top of the face's larger arc was measured."""
        tau = self._tau(self.fit.fit.parameters, self._larger(spectrum), spectrum)
        f = spectrum.frequency  # falling
        passed = np.linspace(0.5, -0.5, len(f))
        return float(np.interp(-np.log(2 * np.pi * tau), np.log(f[::-1]), passed))

    def conductivity(self, spectrum: Spectrum) -> Interval:
        """Of the electrolyte [S.m-1] as it was in a spectrum."""
        return self._interval(lambda x: self._sigma(x, spectrum.temperature, spectrum))

    def capacitance(self, spectrum: Spectrum) -> Interval:
        """Effective capacitance of one face [F.m-2], tau/R of its larger arc, in a spectrum."""
        T, arc = spectrum.temperature, self._larger(spectrum)
        return self._interval(
            lambda x: self._tau(x, arc, spectrum) / self._arc(x, arc, T, spectrum)
        )

    @property
    def blocks(self) -> bool:
        """Whether its faces exchange no ions."""
        return self.cell.type == "blocking"

    @property
    def by_temperature(self) -> bool:
        """Whether there are activation energies."""
        return "Garnet conductivity activation energy [J.mol-1]" in self._labels

    def scatter(self) -> Interval:
        """Of the interface resistance between spectra [%]."""
        label = self._labels[FACE.format("interface resistance [Ohm.m2]")]
        [row] = [row for row in self.fit.scatter() if row["parameter"] == label]
        return Interval(row["percent"], row["lower95"], row["upper95"])

    def interface_energy(self) -> Interval:
        """Slope of ln(1/R) [J.mol-1]."""
        return self._slope(lambda x, T: 1 / self._face(x, T))

    def electrolyte_energy(self) -> Interval:
        """Slope of ln(sigma T) [J.mol-1]."""
        return self._slope(lambda x, T: T * self._sigma(x, T))

    def leads(self, name: str) -> Interval | None:
        """ "resistance [Ohm]" or "inductance [H]"; None where the spectra do not determine it."""
        rows = {row["parameter"]: row for row in self.fit.parameters()}
        row = rows[self._labels[f"Lead {name}"]]
        if not row["determined"]:
            return None
        return Interval(row["value"], row["lower95"], row["upper95"])

    def _of(
        self, x: Numbers, name: str, spectrum: Spectrum | None = None, place: float = 0.0
    ) -> float:
        """A parameter by PyBaMM name: fitted, with its deviation in a spectrum, or as it is."""
        label = self._labels.get(name)
        if label is None:
            return float(self.cell.values[name])
        if spectrum is None:
            return x[label]
        by, drift = spectrum.deviations.get(label), spectrum.drifts.get(label)
        return x[label] * (x[by] if by else 1.0) * (x[drift] ** place if drift else 1.0)

    def _face(
        self, x: Numbers, T: float, spectrum: Spectrum | None = None, place: float = 0.0
    ) -> float:
        return sum(self._arc(x, arc, T, spectrum, place) for arc in self._arcs)

    @property
    def _arcs(self) -> tuple[str, ...]:
        """What the names of a face's arcs begin with, from fast to slow."""
        return ("", "slow ") if self.cell.options.get("interface") == "two arcs" else ("",)

    def _larger(self, spectrum: Spectrum) -> str:
        """The arc of a face with the larger resistance in a spectrum, as circuits have it."""
        x, T = self.fit.fit.parameters, spectrum.temperature
        return max(self._arcs, key=lambda arc: self._arc(x, arc, T, spectrum))

    def _arc(
        self, x: Numbers, arc: str, T: float, spectrum: Spectrum | None, place: float = 0.0
    ) -> float:
        R = self._of(x, FACE.format(f"{arc}interface resistance [Ohm.m2]"), spectrum, place)
        energy = self._of(x, FACE.format(f"{arc}interface activation energy [J.mol-1]"))
        return R / arrhenius_factor(energy, T)

    def _tau(self, x: Numbers, arc: str, spectrum: Spectrum) -> float:
        C = self._of(x, FACE.format(f"{arc}double-layer capacity [F.m-2]"), spectrum)
        n = self._of(x, FACE.format(f"{arc}constant-phase exponent"))
        R = self._arc(x, arc, spectrum.temperature, spectrum)
        return (R * C * FACE_RATE ** (1 - n)) ** (1 / n)

    def _sigma(self, x: Numbers, T: float, spectrum: Spectrum | None = None) -> float:
        sigma = self._of(x, "Garnet conductivity [S.m-1]", spectrum)
        bulk = self._of(x, "Garnet conductivity activation energy [J.mol-1]")
        share, boundary = 0.0, bulk
        if self.cell.options.get("garnet activation") != "common":
            share = self._of(x, "Garnet grain boundary share")
            boundary = self._of(x, "Garnet grain boundary activation energy [J.mol-1]")
        return sigma / (
            (1 - share) / arrhenius_factor(bulk, T) + share / arrhenius_factor(boundary, T)
        )

    def _slope(self, law: Callable[[Numbers, float], float]) -> Interval:
        T = np.array([e.temperature for e in self.spectra])
        cold, hot = float(T.min()), float(T.max())
        span = (1 / cold - 1 / hot) / GAS_CONSTANT
        return self._interval(
            lambda x: float(np.log(law(x, hot) / law(x, cold))) / span, logarithmic=False
        )

    def _interval(
        self, of: Callable[[Numbers], float], logarithmic: bool = True, doubt: float = 0.0
    ) -> Interval:
        """Of a function of the parameters; `doubt` is a standard deviation beside theirs."""
        fit = self.fit.fit
        covariance = fit.covariance
        steps = STEP * np.sqrt(np.diag(covariance))

        def at(u: np.ndarray) -> float:
            value = of(fit.problem.space.numbers(u))
            return float(np.log(value)) if logarithmic else value

        middle = at(fit.u)
        gradient = np.array([(at(fit.u + step) - at(fit.u - step)) / 2 for step in np.diag(steps)])
        g = gradient / steps
        half = NORMAL_95 * float(np.sqrt(g @ covariance @ g + doubt**2))
        ends = middle, middle - half, middle + half
        return Interval(*(float(np.exp(end)) if logarithmic else end for end in ends))
