"""A measurement on arrays: compiled once a model, run in chunks on all cores."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, proxy

import jax
import numpy as np
from numpy.typing import ArrayLike

from ssb_model.compiled import CURRENT, CompiledModel, in_chunks

Result = TypeVar("Result")

_jitted: WeakKeyDictionary[CompiledModel, dict[Any, Callable[..., Any]]] = WeakKeyDictionary()


def measure(
    measurement: Callable[..., Result],
    compiled: CompiledModel,
    inputs: Mapping[str, ArrayLike],
    columns: Mapping[str, ArrayLike] | None = None,
    chunk: int | None = None,
    **fixed: Any,
) -> Result:
    """What a measurement of this room yields for a batch, as numpy arrays with the batch last.

    Parameters
    ----------
    measurement
        A pure function of compiled model, inputs, ``columns`` and ``fixed``.
    compiled
        The cell.
    inputs
        Numbers or arrays (batch,) by name; the others keep the model's own values, but no current
        flows unless it is given.
    columns
        Arguments that each member has for itself, arrays (..., batch) by name.
    chunk
        Members in one call of the compiled program; by default as many as suit the machine.
    fixed
        Arguments that are the same for all members, such as frequencies.

    Examples
    --------
    ``measure(discharge_capacity, compiled, {CURRENT: one_c * rates}, {"c_rate": rates})``
    """
    own = {name: np.asarray(value) for name, value in (columns or {}).items()}
    known: dict[str, np.ndarray] = {CURRENT: np.zeros(())}
    known |= {name: np.asarray(value, dtype=float) for name, value in inputs.items()}
    given = [value.shape[-1] for value in (*known.values(), *own.values()) if value.ndim]
    values = {**compiled.system.defaults, **known}
    whole = {
        name: np.broadcast_to(values[name], (max(given, default=1),))
        for name in compiled.system.inputs
        if name in values
    }
    words = {name: value for name, value in fixed.items() if isinstance(value, str)}
    numbers = {name: value for name, value in fixed.items() if name not in words}
    function = _jitted_of(measurement, compiled, tuple(own), tuple(words.items()))
    return in_chunks(partial(function, numbers), whole | own, chunk)


def _jitted_of(
    measurement: Callable[..., Result],
    compiled: CompiledModel,
    own: tuple[str, ...],
    words: tuple[tuple[str, str], ...],
) -> Callable[..., Result]:
    """The jitted measurement, a function of fixed numbers and of inputs and columns in one dict."""
    functions = _jitted.setdefault(compiled, {})
    key = measurement, own, words
    if key not in functions:
        model = proxy(compiled)  # the table must not keep its own key alive

        def run(numbers: Mapping[str, Any], values: Mapping[str, Any]) -> Result:
            inputs = {name: value for name, value in values.items() if name not in own}
            columns = {name: values[name] for name in own}
            return measurement(model, inputs, **columns, **numbers, **dict(words))

        functions[key] = jax.jit(run)
    return functions[key]
