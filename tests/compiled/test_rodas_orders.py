"""RODAS with fixed steps: order 4, error estimate of order 3, corrected dense output of order 4."""

import functools

import numpy as np
import pytest

from ssb_model.compiled.stepping import rodas

EXACT = {
    "autonomous": lambda t: np.array([1 / (1 + t), 1 / (1 + t) ** 2]),
    "non-autonomous": lambda t: np.array([np.exp(np.sin(t)), np.cos(t)]),
    "algebraic": lambda t: np.array([np.exp(-t), np.exp(-2 * t) + np.exp(-t)]),
}
END = 1.0


def problem(kind, jnp):
    """Right-hand side and diagonal of the mass matrix of M dy/dt = f(t, y)."""
    if kind == "autonomous":
        return lambda t, y: jnp.stack([-(y[0] ** 2), -2 * y[0] * y[1]]), np.ones(2)
    if kind == "non-autonomous":
        return (
            lambda t, y: jnp.stack([y[0] * jnp.cos(t), -jnp.sin(t) - 5 * (y[1] - jnp.cos(t))]),
            np.ones(2),
        )
    return lambda t, y: jnp.stack([-y[0], y[0] ** 2 + y[0] - y[1]]), np.array([1.0, 0.0])


def integrate(jax, kind, steps):
    """Errors at the end, of the estimate after one step, and of dense output in mid-step."""
    jnp = jax.numpy
    f, mass = problem(kind, jnp)
    exact = EXACT[kind]
    M = jnp.asarray(mass)[:, None]
    h, t, y = END / steps, 0.0, jnp.asarray(exact(0.0))[:, None]
    dense_error = []

    @jax.jit
    def step(t, y):
        J = jax.jacfwd(lambda u: f(t, u)[:, 0])(y)[:, :, 0]
        by_time = jax.jvp(lambda s: f(s, y), (t,), (jnp.ones_like(t),))[1]
        matrix = jnp.diag(M[:, 0]) / (rodas.GAMMA * h) - J
        solve = functools.partial(jnp.linalg.solve, matrix)
        return rodas.step(f, by_time, solve, lambda x: M * x, t, y, h, np.arange(len(y)))

    for n in range(steps):
        t = jnp.array([n * h])
        done = step(t, y)
        if n == 0:
            first = float(jnp.abs(done.error).max())
        for s in (0.3, 0.5, 0.8):
            middle = rodas.interpolate(s, y, done.y, done.dense)[:, 0]
            dense_error.append(np.abs(middle - exact((n + s) * h)).max())
        y = done.y
    return np.abs(y[:, 0] - exact(END)).max(), first, max(dense_error)


@pytest.mark.parametrize("kind", ["autonomous", "non-autonomous", "algebraic"])
def test_orders(jax_x64, kind):
    """Halving the step: the error falls by 16, the estimate of one step by 16, dense by 16."""
    coarse, fine = (integrate(jax_x64, kind, steps) for steps in (20, 40))
    order = np.log2(np.array(coarse) / np.array(fine))
    assert order[0] == pytest.approx(4, abs=0.35)
    assert order[1] > 3.5
    assert order[2] > 3.7
