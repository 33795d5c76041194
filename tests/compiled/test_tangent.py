"""Directional derivatives of every operation against jax.jvp of its evaluation."""

import numpy as np
import pytest

from ssb_model.compiled.evaluate import evaluate
from ssb_model.compiled.lower import Lowering
from ssb_model.compiled.program import Program
from ssb_model.compiled.tangent import Tangent

from .test_lowering import EXPRESSIONS, INPUTS, STATE, TIME


def direction(jax, seed=4):
    """State and inputs away from ties, and a random direction of both."""
    random, jnp = np.random.default_rng(seed), jax.numpy
    state = np.array(STATE)
    state[7] += 0.1
    inputs = {name: jnp.array([value]) for name, value in INPUTS.items()}
    along = {name: jnp.asarray(random.normal(size=1)) for name in INPUTS}
    return (jnp.asarray(state)[:, None], inputs), (random.normal(size=(len(state), 1)), along)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_tangent_is_jaxs(jax_x64, name):
    program = Program()
    node = Lowering(program)(EXPRESSIONS[name])
    point, along = direction(jax_x64)
    time = jax_x64.numpy.array([TIME])

    def values(state, inputs):
        value = evaluate(program, [node], time, state, inputs)[0]
        return jax_x64.numpy.broadcast_to(value, (value.shape[0], 1))

    value, expected = jax_x64.jvp(values, point, along)
    tangent = Tangent(program)(node)
    if tangent is None:
        assert not np.asarray(expected).any()
        return
    result = evaluate(program, [tangent], time, *point, along)[0]
    assert result.shape[0] == value.shape[0]
    defined = np.isfinite(value)
    result = np.broadcast_to(result, value.shape)
    np.testing.assert_allclose(result[defined], expected[defined], rtol=1e-12, atol=1e-14)


def test_what_no_input_or_state_moves_has_no_tangent():
    program = Program()
    assert Tangent(program)(program.unary("sin", program.time())) is None
