"""Noise with outliers: one objective for fit, Fisher information and posterior."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm, t

from ssb_model import InputError
from ssb_model.compiled.runtime import prepare
from ssb_model.fitting import Datum, FreeParameter, ParameterSpace, Problem, Simulator, fit
from ssb_model.fitting.loss import FREEDOM, LOSSES

prepare()

RESISTANCE = FreeParameter("resistance", "Ohm", 10.0, 1.0, 100.0, "log")
CAPACITANCE = FreeParameter("capacitance", "F", 1e-5, 1e-6, 1e-4, "log")
FREQUENCIES = np.logspace(2, 5, 40)
TRUTH = {"resistance": 20.0, "capacitance": 2e-5}
NOISE = 0.1
NAMES = tuple(f"{part} {f:.4g}" for part in ("Re", "Im") for f in FREQUENCIES)


def arc(theta):
    """Real and imaginary parts of R | C."""
    z = 1 / (
        1 / theta["resistance"]
        + 2j * jnp.pi * jnp.asarray(FREQUENCIES)[:, None] * theta["capacitance"]
    )
    return jnp.concatenate([z.real, z.imag]) / (1 / theta["resistance"] * theta["resistance"])


@pytest.fixture(scope="module")
def spectrum():
    """A spectrum of known truth with normal noise."""
    truth = {name: jnp.array([value]) for name, value in TRUTH.items()}
    exact = np.asarray(arc(truth))[:, 0]
    return exact + NOISE * np.random.default_rng(5).normal(size=len(exact))


def fitted(values, loss):
    data = [Datum(name, name, float(x), NOISE) for name, x in zip(NAMES, values, strict=True)]
    simulator = Simulator("arc", ("resistance", "capacitance"), NAMES, arc)
    space = ParameterSpace([RESISTANCE, CAPACITANCE])
    return fit(Problem(space, [simulator], data, loss), starts=2)


def with_outliers(values):
    """Four points at low frequency read 3 ohm too low, as after a loose contact."""
    found = values.copy()
    found[:4] -= 3.0
    return found


def test_outliers_shift_the_normal_fit_and_hardly_the_robust_one(spectrum):
    clean, bad = spectrum, with_outliers(spectrum)
    sd = np.sqrt(np.diag(fitted(clean, "normal").covariance))[0]
    shift = {loss: abs(fitted(bad, loss).u[0] - fitted(clean, loss).u[0]) / sd for loss in LOSSES}
    assert shift["normal"] > 10
    assert shift["student"] < 1


def test_with_clean_data_both_agree(spectrum):
    normal, student = fitted(spectrum, "normal"), fitted(spectrum, "student")
    sd = np.sqrt(np.diag(normal.covariance))
    assert np.all(np.abs(normal.u - student.u) < sd)


def test_the_robust_interval_is_wider_by_the_root_of_its_information(spectrum):
    normal, student = fitted(spectrum, "normal"), fitted(spectrum, "student")
    ratio = np.sqrt(np.diag(student.covariance) / np.diag(normal.covariance))
    assert ratio == pytest.approx(np.sqrt((FREEDOM + 3) / (FREEDOM + 1)), rel=0.02)


@pytest.mark.parametrize(("name", "density"), [("normal", norm), ("student", t(FREEDOM))])
def test_half_the_squared_residual_is_the_negative_log_likelihood(name, density):
    r = np.linspace(-30, 30, 121)
    e, slope = LOSSES[name].residual(r)
    assert 0.5 * e**2 == pytest.approx(density.logpdf(0) - density.logpdf(r), abs=1e-12)
    assert LOSSES[name].log_density(r) == pytest.approx(density.logpdf(r), abs=1e-8)
    numeric = jax.vmap(jax.grad(lambda x: LOSSES[name].residual(x, jnp)[0]))(r + 1e-9)
    assert slope == pytest.approx(np.asarray(numeric), abs=1e-7)


@pytest.mark.parametrize(("name", "density"), [("normal", norm), ("student", t(FREEDOM))])
def test_information_is_the_variance_of_the_score(name, density):
    def squared_score(r):
        e, slope = LOSSES[name].residual(np.array(r))
        return float((e * slope) ** 2) * density.pdf(r)

    def squared_scale_score(r):
        e, slope = LOSSES[name].residual(np.array(r))
        return float((e * slope * r - 1) ** 2) * density.pdf(r)

    location, _ = quad(squared_score, -np.inf, np.inf)
    scale, _ = quad(squared_scale_score, -np.inf, np.inf)
    assert location == pytest.approx(LOSSES[name].information, rel=1e-6)
    assert scale == pytest.approx(LOSSES[name].scale_information, rel=1e-6)


@pytest.mark.parametrize(("name", "density"), [("normal", norm), ("student", t(FREEDOM))])
@pytest.mark.parametrize("r", [0.0, 2.0, 12.0])
def test_an_uncertain_prediction_is_the_noise_convolved_with_it(name, density, r):
    variance = 1.7

    def product(x):
        return density.pdf(r - x) * norm.pdf(x, scale=np.sqrt(variance))

    expected, _ = quad(product, -15, 15, points=[0, r], limit=200)
    found = float(LOSSES[name].log_density(np.array(r), np.array(variance)))
    assert found == pytest.approx(np.log(expected), abs=1e-5)


def test_the_scale_of_noise_with_outliers_is_that_of_its_core():
    rng = np.random.default_rng(0)
    r = 2 * rng.standard_t(FREEDOM, size=20000)
    assert LOSSES["student"].scale(r, len(r)) == pytest.approx(2, rel=0.03)
    assert LOSSES["normal"].scale(r, len(r)) > 2.5


def test_an_unknown_loss_is_named_with_the_known():
    with pytest.raises(InputError, match=r"no loss 'studnet'.*Did you mean 'student'"):
        Problem(ParameterSpace([RESISTANCE]), [], [], "studnet")
