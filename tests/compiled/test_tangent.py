"""Directional derivatives of every operation against jax.jvp of its evaluation."""

import numpy as np
import pytest

from ssb_model.compiled.derivatives.tangent import TIME, Tangent
from ssb_model.compiled.from_pybamm.lower import Lowering
from ssb_model.compiled.program.evaluate import evaluate
from ssb_model.compiled.program.program import Program

from .test_lowering import EXPRESSIONS, INPUTS, STATE, TIME as NOW


def direction(jax, seed=4):
    """State, inputs and time away from ties, and a random direction of them."""
    random, jnp = np.random.default_rng(seed), jax.numpy
    state = np.array(STATE)
    state[7] += 0.1
    inputs = {name: jnp.array([value]) for name, value in INPUTS.items()}
    inputs[TIME] = jnp.array([NOW])
    along = {name: jnp.asarray(random.normal(size=1)) for name in inputs}
    return (jnp.asarray(state)[:, None], inputs), (random.normal(size=(len(state), 1)), along)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_tangent_is_jaxs(jax_x64, name):
    program = Program()
    node = Lowering(program)(EXPRESSIONS[name])
    point, along = direction(jax_x64)

    def values(state, inputs):
        value = evaluate(program, [node], inputs[TIME], state, inputs)[0]
        return jax_x64.numpy.broadcast_to(value, (value.shape[0], 1))

    value, expected = jax_x64.jvp(values, point, along)
    tangent = Tangent(program)(node)
    if tangent is None:
        assert not np.asarray(expected).any()
        return
    result = evaluate(program, [tangent], point[1][TIME], *point, along)[0]
    assert result.shape[0] == value.shape[0]
    defined = np.isfinite(value)
    result = np.broadcast_to(result, value.shape)
    np.testing.assert_allclose(result[defined], expected[defined], rtol=1e-12, atol=1e-14)


def test_constants_have_no_tangent():
    program = Program()
    assert Tangent(program)(program.constant([1.0, 2.0])) is None


def test_derivative_by_time_alone(jax_x64):
    program = Program()
    state, time = program.state([0]), program.time()
    node = program.binary("mul", state, program.unary("sin", time))
    slope = Tangent(program, by_time=True)(node)
    one = jax_x64.numpy.array([NOW])
    value = evaluate(program, [slope], one, 3 * one[None], {})[0]
    np.testing.assert_allclose(value, 3 * NOW * np.cos(NOW))
    assert Tangent(program, by_time=True)(state) is None
