"""JAX set up for the compiled programs: double precision, and a compilation cache on disk."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

import jax

from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from ssb_model.compiled.integration import Recorder
    from ssb_model.compiled.model import CompiledModel

PATIENCE = 3.0  # seconds of silence before a first solve says that it is compiling


def prepare() -> None:
    """Turn on 64-bit numbers and the persistent compilation cache; safe to call again.

    The cache lies in ``$SSB_MODEL_CACHE``, or in the user's cache folder, unless JAX has been
    given one already. What lies there is run, so it is this user's alone; a folder that cannot be
    had so, or cannot be written, is done without.
    """
    jax.config.update("jax_enable_x64", True)
    config: Any = jax.config  # its values are attributes that no type checker sees
    if config.jax_compilation_cache_dir is None:
        folder = cache_folder() / "programs"
        try:
            make_private(folder)
        except OSError:
            return
        jax.config.update("jax_compilation_cache_dir", str(folder))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.3)


@contextmanager
def compiling(model: CompiledModel | Recorder, names: Hashable) -> Iterator[None]:
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


def cache_folder() -> Path:
    """Where compiled programs are kept between runs.

    A variable that is empty counts as none, as does an ``$XDG_CACHE_HOME`` that is no absolute path
    (so its specification).
    """
    chosen = os.environ.get("SSB_MODEL_CACHE")
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not base.is_absolute():
        base = Path.home() / ".cache"
    return Path(chosen) if chosen else base / "ssb_model" / "jax"


def make_private(folder: Path) -> None:
    """A folder in which nobody else can put a library in another's place; OSError where that cannot
    be had."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if hasattr(os, "getuid"):
        known = folder.stat()
        if known.st_uid != os.getuid():
            raise PermissionError(errno.EPERM, "it belongs to another user", str(folder))
        if known.st_mode & 0o022:
            folder.chmod(0o700)


def require_double_precision() -> None:
    """Refuse to compute in single precision."""
    config: Any = jax.config
    if not config.jax_enable_x64:
        raise InputError(
            "JAX is set to 32-bit numbers, which cannot hold these models' time scales; "
            'call jax.config.update("jax_enable_x64", True) before solving.'
        )
