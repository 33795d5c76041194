"""What every test can count on: no telemetry, no window, and JAX in double precision on request."""

import os
from pathlib import Path

import pytest

os.environ["PYBAMM_DISABLE_TELEMETRY"] = "true"
os.environ["MPLBACKEND"] = "Agg"


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top folder of the repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def jax_x64():
    """JAX in double precision, for tests that call it directly.

    On request only: the compiled path must turn it on by itself, as it must for a user.
    """
    import jax

    jax.config.update("jax_enable_x64", True)
    return jax
