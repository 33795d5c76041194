"""Versions that a result was computed with."""

from importlib.metadata import version
from platform import python_version

PACKAGES = ("ssb-model", "pybamm", "jax", "numpy", "scipy")


def versions() -> dict[str, str]:
    """Python and the packages that decide a result, by name."""
    return {"python": python_version()} | {name: version(name) for name in PACKAGES}
