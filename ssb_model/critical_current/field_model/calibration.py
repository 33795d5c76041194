"""Simulation-based calibration: what is learnt from libraries drawn from the model (Talts et al.
2018, arXiv:1804.06788).

The rank of the true parameter among the draws is even over them if the sampler is right; so is the
probability that a forecast gave a further cell's number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.stats import chi2

from ssb_model.constants import ROOM_TEMPERATURE
from ssb_model.critical_current.field_model.anchors import field_forecast
from ssb_model.critical_current.field_model.covariates import Covariates, Spread, design, designs
from ssb_model.critical_current.field_model.data import Data
from ssb_model.critical_current.field_model.draws import Posterior
from ssb_model.critical_current.field_model.forecast import CellKind
from ssb_model.critical_current.field_model.mean import DENSE, THRESHOLD
from ssb_model.critical_current.field_model.predictive import Mixture, mean_of, of_cell
from ssb_model.critical_current.field_model.priors import PRIORS, SPREADS
from ssb_model.critical_current.field_model.sampling import Tuning, sample_each
from ssb_model.critical_current.field_model.simulated import noise, simulated
from ssb_model.library import FieldCell

THIN, BINS = 8, 10
CELL_R = 10.0  # ohm cm2, of the further cell


class Calibration(NamedTuple):
    """Over drawn libraries.

    Attributes
    ----------
    ranks
        Of each true parameter among the draws, between 0 and 1, by name.
    pit
        Forecast probability below the number of a further coated cell.
    divergent
        Draws that diverged.
    """

    ranks: Mapping[str, Float[np.ndarray, " libraries"]]
    pit: Float[np.ndarray, " libraries"]
    divergent: int

    def p_values(self) -> dict[str, float]:
        """Of the chi-square test that the ranks are even over ten bins."""
        return {
            name: even(ranks) for name, ranks in {**self.ranks, "further cell": self.pit}.items()
        }


def even(shares: Float[np.ndarray, " n"]) -> float:
    """p of the chi-square test that numbers between 0 and 1 are even over ten bins."""
    counts = np.histogram(shares, BINS, (0, 1))[0]
    expected = len(shares) / BINS
    return float(chi2.sf(((counts - expected) ** 2).sum() / expected, BINS - 1))


def covered(pit: Float[np.ndarray, " n"], level: float) -> float:
    """Share of numbers inside the central interval of this probability."""
    return float(np.mean(np.abs(np.asarray(pit) - 0.5) <= level / 2))


def calibrate_field(
    data: Data, tuning: Tuning, libraries: int, draws: int = 240, seed: int = 1
) -> Calibration:
    """Draw libraries of the shape of ``data`` and learn from each."""
    rng = np.random.default_rng(seed)
    made = [simulated(data, rng) for _ in range(libraries)]
    found = sample_each([own for own, _ in made], tuning, draws, seed)
    ranks: dict[str, list[float]] = {name: [] for name in PRIORS}
    pit = []
    for k, (_, truth) in enumerate(made):
        theta = {name: values[k] for name, values in found.theta.items()}
        for name in PRIORS:
            thinned = theta[name][::THIN]
            below = (thinned < truth[name]).sum() + rng.uniform()
            ranks[name].append(below / (len(thinned) + 1))
        cell = _further()
        one = {name: np.array([value]) for name, value in truth.items()}
        spread = np.sqrt(sum(truth[name] ** 2 for name in SPREADS))
        y = mean_of(one, cell)[0][0] + spread * rng.normal() + truth["noise"] * noise(rng, 1)[0]
        pit.append(float(of_cell(theta, cell).below(y)))
    arrays = {name: np.array(values) for name, values in ranks.items()}
    return Calibration(arrays, np.array(pit), found.divergent)


def _further() -> Covariates:
    """A coated cell at 25 degC."""
    whole = np.array([1.0, 0.0])
    T, one = np.full(2, ROOM_TEMPERATURE), np.array([1.0])
    own = design("coated", "mixed")
    return Covariates(own, np.array([CELL_R]), one, T, whole, DENSE, THRESHOLD)


class Anchored(NamedTuple):
    """Third cells of batches of which a bare and a coated one were measured.

    Attributes
    ----------
    pit
        Forecast probability below the third cell's number.
    half_width
        Of the central 68 % of ln J.
    noise
        That of the noise alone, of the draws' median scale.
    """

    pit: Float[np.ndarray, " batches"]
    half_width: Float[np.ndarray, " batches"]
    noise: float


def anchored_batches(posterior: Posterior, batches: int = 500, seed: int = 2) -> Anchored:
    """Batches drawn from the posterior: bare at 100, coated at 10 ohm cm2, and a third like it."""
    rng = np.random.default_rng(seed)
    kind, pit, half = CellKind("mixed"), [], []
    for _ in range(batches):
        rows, third = _batch(posterior, rng)
        forecast = field_forecast(kind, rows, "coating", posterior)
        mixture = forecast.mixture(CELL_R * 1e-4)
        pit.append(float(mixture.below(third)))
        low, high = mixture.quantile(np.array([0.16, 0.84]))
        half.append((high - low) / 2)
    return Anchored(np.array(pit), np.array(half), noise_half_width(posterior))


def noise_half_width(posterior: Posterior) -> float:
    """Half of the central 68 % of the noise, of the draws' median scale."""
    scale = np.median(posterior.theta["noise"], keepdims=True)
    alone = Mixture(np.zeros(1), np.zeros(1), scale, np.ones(1))
    return float(alone.quantile(0.84))


def _batch(posterior: Posterior, rng: np.random.Generator) -> tuple[Sequence[FieldCell], float]:
    """The rows of two measured cells, and ln J [mA/cm2] of a third."""
    k = rng.integers(len(posterior.theta["noise"]))
    theta = {name: values[k : k + 1] for name, values in posterior.theta.items()}
    batch = np.hypot(theta["lab"], theta["garnet"])[0] * rng.normal()
    interface = theta["interface"][0] * rng.normal(size=2)
    y = []
    for layer, R, effect in (("none", 100.0, 0), ("mixed", CELL_R, 1), ("mixed", CELL_R, 1)):
        at = _further()._replace(resistance=np.array([R]), design=_of(layer, R, posterior.spread))
        middle = mean_of(theta, at)[0][0] + batch + interface[effect]
        y.append(middle + theta["noise"][0] * noise(rng, 1)[0])
    bare = _row("bare", "none", 100.0, y[0])
    return (bare, _row("coating", "mixed", CELL_R, y[1])), float(y[2])


def _of(layer: str, R: float, spread: Mapping[str, Spread]) -> Float[np.ndarray, " levels"]:
    return designs(None, layer, np.array([R]), spread)[0]


def _row(name: str, layer: str, R: float, ln_J: float) -> FieldCell:
    return FieldCell(
        name=name,
        treatment=name,
        layer=layer,  # pyright: ignore[reportArgumentType]
        contact="bare" if layer == "none" else "coated",
        temperature="25 degC",
        resistance=f"{R} ohm cm2",
        faces=2,
        critical_current=f"{np.exp(ln_J):.12g} mA/cm2",
        source="drawn from the model",
        lab="drawn",
    )
