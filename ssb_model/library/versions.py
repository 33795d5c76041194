"""What a result was computed with: versions, and the kind of processor."""

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("ssb-model", "pybamm", "jax", "numpy", "scipy")


def versions() -> dict[str, str]:
    """Python and the packages that decide a result, by name."""
    return {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}


@cache
def source_checksum() -> str:
    """SHA-256 of ssb_model's own source: while it is worked on, its version stays the same."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parents[1]
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def processor() -> str:
    """The GPU that JAX computes on, else the model of the CPU.

    Results of one kind of processor are the same to the last bit, of two perhaps not.
    """
    import jax

    device = jax.devices()[0]
    return _cpu() if device.platform == "cpu" else device.device_kind


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()
