"""A batch cut into chunks: for the machine's cores, or for its memory."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

import jax
import numpy as np

from ssb_model.compiled.kernel import compiler

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from jaxtyping import Float

Tree = TypeVar("Tree")  # arrays in tuples, lists and dictionaries

LEAST_CHUNK = 8  # members that a core takes together anyway
CHUNK = 32  # members solved together by plain JAX on a CPU: their states stay in a core's cache
BLOCK = 8  # batches for the C core, which has threads of its own, are padded to whole blocks
MOST = 1024  # members in one call of the core
MOST_BYTES = 1 << 28  # of what it returns
SHARE = 4  # of a device's free memory, one part in so many is for results


def in_chunks(
    function: Callable[[dict[str, np.ndarray]], Tree],
    columns: Mapping[str, Float[np.ndarray | jax.Array, "... batch"]],
    size: int | None = None,
    axis: int = -1,
    bytes_each: int = 0,
) -> Tree:
    """Call ``function(columns)`` on chunks of the batch (last axis) and join the results, whose
    batch is ``axis``.

    Chunks of ``size`` run from one thread a core, the last one padded by repeating its last
    member. By default a batch for the C core is cut into chunks of at most :data:`MOST`, one for
    plain JAX on a CPU of at most :data:`CHUNK`; elsewhere it is one chunk, or several, one after
    the other, where the device has no room for the results. Results of ``bytes_each`` a member are
    kept within :data:`MOST_BYTES` a chunk on a CPU.
    """
    batch = next(iter(columns.values())).shape[-1]
    size = size or _chunk_size(batch, bytes_each)
    starts = range(0, batch, size)

    def run(start: int) -> Tree:
        at = np.minimum(np.arange(start, start + size), batch - 1)
        result = function({name: np.asarray(value)[..., at] for name, value in columns.items()})
        return jax.tree.map(np.asarray, result)

    def joined(*parts: np.ndarray) -> np.ndarray:
        whole = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=axis)
        return whole if whole.shape[axis] == batch else np.take(whole, np.arange(batch), axis)

    first = []
    if len(starts) == 1 or not _is_compiled(function, columns, size):
        first = [run(0)]  # compiles once, before the threads need it
    if len(starts) == 1:
        return jax.tree.map(joined, first[0])
    with ThreadPoolExecutor(os.cpu_count() if jax.default_backend() == "cpu" else 1) as pool:
        results = [*first, *pool.map(run, starts[len(first) :])]

    return jax.tree.map(joined, *results)


def _chunk_size(batch: int, bytes_each: int) -> int:
    """Few sizes, since each is compiled: powers of two at first."""
    if jax.default_backend() != "cpu":
        return min(batch, _that_fit(batch, bytes_each))
    if batch <= LEAST_CHUNK:
        return 1 << (batch - 1).bit_length()
    if compiler() is not None:
        most = min(MOST, max(LEAST_CHUNK, MOST_BYTES // max(bytes_each, 1)))
        share = -(-batch // -(-batch // most))
        return -(-share // BLOCK) * BLOCK
    share = -(-batch // (os.cpu_count() or 1))
    return min(CHUNK, max(LEAST_CHUNK, 1 << (share - 1).bit_length()))


def _that_fit(batch: int, bytes_each: int) -> int:
    """As many members as a device has memory for, a power of two; all where it does not say."""
    memory = jax.devices()[0].memory_stats() or {}
    free = memory.get("bytes_limit", 0) - memory.get("bytes_in_use", 0)
    if free <= 0 or bytes_each <= 0:
        return batch
    return 1 << max(LEAST_CHUNK, free // (SHARE * bytes_each)).bit_length() - 1


def _is_compiled(
    function: Callable[[dict[str, np.ndarray]], Any],
    columns: Mapping[str, Float[np.ndarray | jax.Array, "... batch"]],
    size: int,
) -> bool:
    """Whether a chunk like these went through the jitted function before; notes it if not."""
    jitted, given = getattr(function, "func", function), getattr(function, "args", ())
    leaves, tree = jax.tree.flatten(given)
    fixed = [x if isinstance(x, str | int) else np.shape(x) for x in leaves]
    shapes = {name: np.shape(value)[:-1] for name, value in columns.items()}
    key = (size, str(tree), str(fixed), str(shapes))
    known = _compiled.setdefault(jitted, set())
    seen = key in known
    known.add(key)
    return seen


# By jitted function, what has been compiled.
_compiled: WeakKeyDictionary[Callable[..., Any], set[Hashable]] = WeakKeyDictionary()
