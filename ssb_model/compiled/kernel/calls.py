"""The kernel's functions as JAX functions with derivatives.

A tangent is another column of right-hand sides for the step's own factorisation: ``jvp`` under
``vmap`` calls the kernel once with all tangents, and the primal step is not repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp
from jax.custom_batching import custom_vmap

from ssb_model.compiled.kernel.build import build, hand_over, register
from ssb_model.compiled.outcome import OF_CORRECTION
from ssb_model.compiled.stepping import Corrected, Stepped

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Callable, Mapping, Sequence

    from jaxtyping import Bool, Complex, Float

    from ssb_model.compiled.integration import System, Tolerances

Arrays = tuple[jax.Array, ...]
Shapes = tuple[jax.ShapeDtypeStruct, ...]


def kernel_of(system: System, width: int) -> Kernel | None:
    """The :class:`Kernel` of a system that takes ``width`` members at a time, or None where JAX's
    own operations have to do."""
    if jax.default_backend() != "cpu":
        return None
    text, numbers = system.source
    built = build(text, width)
    if built is None:
        return None
    hand_over(*built, numbers)
    return Kernel(system, *built)


@dataclass(frozen=True, eq=False)
class Kernel:
    """Steps, Newton corrections, searches and observed values of one model, called by XLA on a CPU.

    The first three are those of :mod:`ssb_model.compiled.stepping.step`.
    """

    system: System
    name: str
    library: ctypes.CDLL
    _functions: dict[tuple[str, tuple[int, ...]], Callable[..., Arrays]] = field(
        default_factory=dict
    )

    def step(
        self,
        t: Float[jax.Array, " batch"],
        h: Float[jax.Array, " batch"],
        y: Float[jax.Array, "states batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        tolerances: Tolerances,
        active: Bool[jax.Array, " batch"],
    ) -> Stepped:
        tolerance = jnp.array([tolerances.rtol, tolerances.atol])
        states, batch = y.shape
        observed = max(len(self.system.observer.rows), 1)
        results = _floats((states, batch), (batch,), (2, observed, batch))
        call = self._function("step", results, moving=(0, 2))
        u, h = self._stacked(t, inputs), jax.lax.stop_gradient(h)
        return Stepped(*call(y, u, h, tolerance, active))

    def newton(
        self,
        t: Float[jax.Array, " batch"],
        y: Float[jax.Array, "states batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        active: Bool[jax.Array, " batch"],
    ) -> Corrected:
        results = _floats(y.shape, y.shape, t.shape)
        call = self._function("newton", results, moving=(0,))
        correction, velocity, code = call(y, self._stacked(t, inputs), active)
        outcome = jnp.asarray(OF_CORRECTION)[jax.lax.stop_gradient(code).astype(int)]
        return Corrected(correction, velocity, outcome)

    def search(
        self,
        t: Float[jax.Array, " batch"],
        y: Float[jax.Array, "states batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        active: Bool[jax.Array, " batch"],
    ) -> Float[jax.Array, "states batch"]:
        t, y, inputs = jax.lax.stop_gradient((t, y, inputs))
        call = self._function("search", _floats(y.shape), moving=())
        return call(y, self._stacked(t, inputs), active)[0]

    def observe(
        self,
        t: Float[jax.Array, " batch"],
        part: Float[jax.Array, "observed batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> Float[jax.Array, "values batch"]:
        """All values of the observer, (values, batch), of the observed part (observed, batch)."""
        observer = self.system.observer
        results = _floats((observer.program.size(observer.everything), t.shape[0]))
        call = self._function("observe", results, moving=(0,))
        return call(part, self._stacked(t, inputs))[0]

    def last_pivot(
        self,
        t: Float[jax.Array, " batch"],
        y: Float[jax.Array, "states batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        frequencies: Float[jax.Array, " frequencies"],
    ) -> Complex[jax.Array, "frequencies batch"]:
        """Last pivot of i w M - J, complex (frequencies, batch)."""
        shape = (frequencies.shape[0], y.shape[1])
        call = self._function("last_pivot", _floats(shape, shape), moving=(0, 1))
        real, imaginary = call(y, self._stacked(t, inputs), frequencies)
        return jax.lax.complex(real, imaginary)

    def _stacked(
        self, t: Float[jax.Array, " batch"], inputs: Mapping[str, Float[jax.Array, " batch"]]
    ) -> Float[jax.Array, "inputs_and_time batch"]:
        """Inputs as rows, time the last."""
        rows = [jnp.broadcast_to(inputs[name], t.shape) for name in self.system.inputs]
        return jnp.stack([*rows, t])

    def _function(
        self, symbol: str, results: Shapes, moving: tuple[int, ...]
    ) -> Callable[..., Arrays]:
        key = (symbol, results[0].shape)
        if key not in self._functions:
            target = register(self.name, self.library, symbol)
            self._functions[key] = _differentiable(target, results, moving)
        return self._functions[key]


def _floats(*shapes: tuple[int, ...]) -> Shapes:
    return tuple(jax.ShapeDtypeStruct(shape, float) for shape in shapes)


def _differentiable(target: str, results: Shapes, moving: tuple[int, ...]) -> Callable[..., Arrays]:
    """JAX function of (y, u, *rest) that calls ``target``; only y and u carry a derivative.

    results : shapes of what it returns
    moving : which of them have a tangent
    """

    def call(
        y: Float[jax.Array, "states batch"], u: Float[jax.Array, "inputs batch"], *rest: jax.Array
    ) -> Arrays:
        return tuple(jax.ffi.ffi_call(target, results)(y, u, *rest))

    def call_with_tangents(
        dy: Float[jax.Array, "tangents states batch"],
        du: Float[jax.Array, "tangents inputs batch"],
        y: Float[jax.Array, "states batch"],
        u: Float[jax.Array, "inputs batch"],
        *rest: jax.Array,
    ) -> tuple[Arrays, Arrays]:
        """Results, and tangents (count, ...) for tangents dy, du (count, ...)."""
        tangents = _floats(*((len(dy), *results[n].shape) for n in moving))
        both = jax.ffi.ffi_call(target, (*results, *tangents))(y, u, *rest, dy, du)
        return tuple(both[: len(results)]), tuple(both[len(results) :])

    @jax.custom_jvp
    def function(
        y: Float[jax.Array, "states batch"], u: Float[jax.Array, "inputs batch"], *rest: jax.Array
    ) -> Arrays:
        return _batched_in_turn(call)(y, u, *rest)

    @function.defjvp
    def jvp(primals: Arrays, tangents: Arrays) -> tuple[Arrays, Arrays]:
        dy, du = tangents[:2]
        values, moved = _batched_at_once(call_with_tangents)(dy, du, *primals)
        derivatives = [jnp.zeros_like(value) for value in values]
        for n, tangent in zip(moving, moved, strict=True):
            derivatives[n] = tangent
        return values, tuple(derivatives)

    return function


def _batched_in_turn(function: Callable[..., Any]) -> custom_vmap:
    """``function`` whose ``vmap`` calls it once an entry (a batch is best given as columns)."""
    batched = custom_vmap(function)

    @batched.def_vmap
    def in_turn(size: int, in_batched: Sequence[bool], *args: jax.Array) -> tuple[Any, Any]:
        out = jax.lax.map(lambda a: batched(*a), _all_batched(size, in_batched, args))
        return out, jax.tree.map(lambda _: True, out)

    return batched


def _batched_at_once(function: Callable[..., tuple[Arrays, Arrays]]) -> custom_vmap:
    """``function`` of one tangent, whose ``vmap`` over tangents alone is one call."""

    @custom_vmap
    def one(
        dy: Float[jax.Array, "states batch"],
        du: Float[jax.Array, "inputs batch"],
        *primals: jax.Array,
    ) -> tuple[Arrays, Arrays]:
        values, tangents = function(dy[None], du[None], *primals)
        return values, tuple(d[0] for d in tangents)

    @one.def_vmap
    def many(size: int, in_batched: Sequence[bool], *args: jax.Array) -> tuple[Any, Any]:
        if any(in_batched[2:]):
            rule = _batched_in_turn(one).vmap_rule
            assert rule is not None  # it has just been given one
            return rule(size, in_batched, *args)
        dy, du = _all_batched(size, in_batched[:2], args[:2])
        values, tangents = _batched_in_turn(function)(dy, du, *args[2:])
        return (values, tangents), ((False,) * len(values), (True,) * len(tangents))

    return one


def _all_batched(size: int, in_batched: Sequence[bool], args: Sequence[jax.Array]) -> Arrays:
    """Arguments with a batch axis each."""
    return tuple(
        x if b else jnp.broadcast_to(x, (size, *x.shape))
        for x, b in zip(args, in_batched, strict=True)
    )
