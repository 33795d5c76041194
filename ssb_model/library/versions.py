"""Versions that a result was computed with."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from platform import python_version

PACKAGES = ("ssb-model", "pybamm", "jax", "numpy", "scipy")


def versions() -> dict[str, str]:
    """Python and the packages that decide a result, by name."""
    return {"python": python_version()} | {name: version(name) for name in PACKAGES}


@cache
def source_checksum() -> str:
    """SHA-256 of ssb_model's own source: while it is worked on, its version stays the same."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parents[1]
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
