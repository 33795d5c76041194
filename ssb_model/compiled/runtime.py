"""JAX set up for the compiled programs: double precision, and a compilation cache on disk."""

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import jax

from ssb_model.errors import InputError

PATIENCE = 3.0  # seconds of silence before a first solve says that it is compiling


def prepare():
    """Turn on 64-bit numbers and the persistent compilation cache; safe to call again.

    The cache lies in ``$SSB_MODEL_CACHE``, or in the user's cache folder, unless JAX has been
    given one already. A folder that cannot be written is done without.
    """
    jax.config.update("jax_enable_x64", True)
    if jax.config.jax_compilation_cache_dir is None:
        folder = cache_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        jax.config.update("jax_compilation_cache_dir", str(folder))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.3)


@contextmanager
def compiling(model, names):
    """Say so on standard error where a first solve takes longer than a moment to compile."""
    if names in model.solved:
        yield
        return
    message = "ssb_model: compiling the first solve; later ones start at once."
    timer = Timer(PATIENCE, lambda: print(message, file=sys.stderr, flush=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    model.solved.add(names)


def cache_folder():
    """Where compiled programs are kept between runs."""
    chosen = os.environ.get("SSB_MODEL_CACHE")
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return Path(chosen) if chosen else base / "ssb_model" / "jax"


def require_double_precision():
    """Refuse to compute in single precision."""
    if not jax.config.jax_enable_x64:
        raise InputError(
            "JAX is set to 32-bit numbers, which cannot hold these models' time scales; "
            'call jax.config.update("jax_enable_x64", True) before solving.'
        )
