"""The kind of processor: results of one kind are the same to the last bit, of two perhaps not."""

import functools
import platform
from pathlib import Path


@functools.cache
def processor() -> str:
    """The GPU that JAX computes on, else the model of the CPU."""
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
