"""The kernel's functions as JAX functions with derivatives.

A derivative is another column of right-hand sides for each step's own factorisation: ``jvp`` under
``vmap`` calls the kernel once with all directions, and nothing is solved twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.custom_batching import custom_vmap
from jax.custom_derivatives import SymbolicZero

from ssb_model.compiled.kernel.arguments import MOVING, Results, arguments_of, shapes_of
from ssb_model.compiled.kernel.build import build, register
from ssb_model.compiled.kernel.direct import observe_directly, solve_directly
from ssb_model.compiled.kernel.gpu import build_for_gpu
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jaxtyping import Bool, Complex, Float, Int

    from ssb_model.compiled.integration import Keeps, System, Tolerances
    from ssb_model.compiled.kernel.build import Built
    from ssb_model.compiled.kernel.source import ModelSource
    from ssb_model.compiled.protocols import Schedule

Arrays = tuple[jax.Array, ...]
Shapes = tuple[jax.ShapeDtypeStruct, ...]


def kernel_of(system: System, width: int, moves: bool = False) -> Kernel | None:
    """The :class:`Kernel` of a system that on a CPU takes ``width`` members at a time, or None
    where JAX's own operations have to do.

    Its library is the one with derivatives if it ``moves``: where they are wanted from the start,
    one is made instead of two.
    """
    if jax.default_backend() == "cpu":
        return _kernel(system, partial(build, width=width), "cpu", moves)
    return _kernel(system, build_for_gpu, "CUDA", moves)


def _kernel(
    system: System, make: Callable[[ModelSource], Built | None], platform: str, moves: bool
) -> Kernel | None:
    built = make(system.source(moves))
    return Kernel(system, make, platform, built, moves) if built else None


@dataclass(frozen=True, eq=False)
class Kernel:
    """Solves, consistent states and observed values of one model, called by XLA.

    They are those of :mod:`ssb_model.compiled.integration`. A library with the model's derivatives
    is made, as one without has been, when it is first asked for, unless the first one ``moves``.
    """

    system: System
    make: Callable[[ModelSource], Built | None]
    platform: str
    built: Built
    moves: bool = False
    _functions: dict[tuple[str, Shapes], Callable[..., Arrays]] = field(default_factory=dict)

    def solve(
        self,
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        y0: Float[jax.Array, "states batch"] | None,
        schedule: Schedule,
        sampling: Keeps,
        tolerances: Tolerances,
    ) -> Results:
        """See :func:`ssb_model.compiled.integration.integrate`."""
        given = arguments_of(self.system, inputs, y0, schedule, sampling, tolerances)
        arguments = (*given[:MOVING], *jax.lax.stop_gradient(given[MOVING:]))
        shapes = _floats(*shapes_of(self.system, sampling, schedule.duration.shape[1]))
        call = self._function("solve", shapes, range(len(shapes)), MOVING)
        return Results(*call(*arguments))

    @property
    def is_direct(self) -> bool:
        """Whether it solves without XLA too."""
        return hasattr(self.built[1], "ssb_run")

    def solve_directly(
        self,
        inputs: Mapping[str, Float[np.ndarray, " batch"]],
        y0: Float[np.ndarray, "states batch"] | None,
        schedule: Schedule,
        sampling: Keeps,
        tolerances: Tolerances,
        names: tuple[str, ...] = (),
        seeds: Float[np.ndarray, "names states batch"] | None = None,
        values_moved: Float[np.ndarray, "names segments batch"] | None = None,
    ) -> tuple[Results, Results | None]:
        """As :meth:`solve`, of numbers, with derivatives by the inputs ``names``.

        ``seeds`` are derivatives of ``y0`` by them, ``values_moved`` those of what the schedule
        controls.
        """
        batch = schedule.duration.shape[1]
        arguments = arguments_of(self.system, inputs, y0, schedule, sampling, tolerances, np)
        shapes = shapes_of(self.system, sampling, batch)
        if not names:
            return solve_directly(self.built[1], arguments, (), shapes)
        units = np.array([[float(own == name) for own in self.system.inputs] for name in names])
        moved = [seeds, np.repeat(units[:, :, None], batch, axis=2)]
        if values_moved is not None:
            changing = np.zeros((len(names), *arguments.changing.shape))
            changing[:, :, 0] = values_moved
            moved.append(changing)
        return solve_directly(self.moving[1], arguments, moved, shapes)

    def consistent_state(
        self,
        t: Float[jax.Array, " batch"],
        y: Float[jax.Array, "states batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        active: Bool[jax.Array, " batch"],
    ) -> tuple[
        Float[jax.Array, "states batch"], Float[jax.Array, "states batch"], Int[jax.Array, " batch"]
    ]:
        """See :func:`ssb_model.compiled.integration.consistent_state`."""
        call = self._function("consistent", _floats(y.shape, y.shape, t.shape), (0,))
        state, velocity, outcome = call(y, self._stacked(t, inputs), active)
        return state, velocity, outcome.astype(int)

    def observe(
        self,
        t: Float[jax.Array, " batch"],
        part: Float[jax.Array, "observed batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
    ) -> Float[jax.Array, "values batch"]:
        """All values of the observer, (values, batch), of the observed part (observed, batch)."""
        observer = self.system.observer
        results = _floats((observer.program.size(observer.everything), t.shape[0]))
        return self._function("observe", results, (0,))(part, self._stacked(t, inputs))[0]

    def observe_directly(
        self,
        t: Float[np.ndarray, " batch"],
        part: Float[np.ndarray, "observed batch"],
        inputs: Mapping[str, float],
        names: tuple[str, ...] = (),
        part_moved: Float[np.ndarray, "names observed batch"] | None = None,
    ) -> tuple[Float[np.ndarray, "values batch"], Float[np.ndarray, "names values batch"]]:
        """As :meth:`observe`, of numbers, with derivatives by the inputs ``names``.

        ``part_moved`` are derivatives of ``part`` by them.
        """
        observer, batch = self.system.observer, len(t)
        rows = [np.full(batch, inputs[name]) for name in self.system.inputs]
        moved = []
        if part_moved is not None and names:
            units = [[float(own == name) for own in self.system.inputs] + [0.0] for name in names]
            moved = [part_moved, np.repeat(np.array(units)[:, :, None], batch, axis=2)]
        library = (self.moving if moved else self.built)[1]
        values = observer.program.size(observer.everything)
        return observe_directly(library, part, np.array([*rows, t]), moved, values)

    def last_pivot(
        self,
        t: Float[jax.Array, " batch"],
        y: Float[jax.Array, "states batch"],
        inputs: Mapping[str, Float[jax.Array, " batch"]],
        frequencies: Float[jax.Array, " frequencies"],
    ) -> Complex[jax.Array, "frequencies batch"]:
        """Last pivot of i w M - J, complex (frequencies, batch)."""
        shape = (frequencies.shape[0], y.shape[1])
        call = self._function("last_pivot", _floats(shape, shape), (0, 1))
        return jax.lax.complex(*call(y, self._stacked(t, inputs), frequencies))

    def _stacked(
        self, t: Float[jax.Array, " batch"], inputs: Mapping[str, Float[jax.Array, " batch"]]
    ) -> Float[jax.Array, "inputs_and_time batch"]:
        """Inputs as rows, time the last."""
        rows = [jnp.broadcast_to(inputs[name], t.shape) for name in self.system.inputs]
        return jnp.stack([*rows, t]).astype(float)

    def _function(
        self, symbol: str, results: Shapes, moving: Sequence[int], arguments: int = 2
    ) -> Callable[..., Arrays]:
        key = (symbol, tuple(results))
        if key not in self._functions:
            target = partial(self._target, symbol)
            self._functions[key] = _differentiable(target, results, moving, arguments)
        return self._functions[key]

    def _target(self, symbol: str, moves: bool) -> str:
        """The name by which XLA calls a function, with derivatives if it ``moves``."""
        return register(*(self.moving if moves else self.built), symbol, self.platform)

    @cached_property
    def moving(self) -> Built:
        """The library with the model's derivatives."""
        if self.moves:
            return self.built
        built = self.make(self.system.source(moves=True))
        if built is None:
            raise InputError(
                "The compiler that made this model's library does not make its derivatives. "
                "Set SSB_MODEL_KERNEL=off to do without it."
            )
        return built


def _floats(*shapes: tuple[int, ...]) -> Shapes:
    return tuple(jax.ShapeDtypeStruct(shape, float) for shape in shapes)


def _differentiable(
    target: Callable[[bool], str], results: Shapes, moving: Sequence[int], count: int
) -> Callable[..., Arrays]:
    """JAX function that calls a ``target``, which may be one with derivatives.

    results : shapes of what it returns
    moving : which of them have a derivative
    count : how many of the arguments, the first ones, have one
    """

    def call(*arguments: jax.Array) -> Arrays:
        return tuple(jax.ffi.ffi_call(target(False), results)(*arguments))

    @jax.custom_jvp
    def function(*arguments: jax.Array) -> Arrays:
        return _batched_in_turn(call)(*arguments)

    def jvp(primals: Arrays, tangents: tuple[Any, ...]) -> tuple[Arrays, Arrays]:
        """Arguments that do not move are given as none, not as zeros."""
        moves = [not isinstance(d, SymbolicZero) for d in tangents[:count]]
        derivatives = [jnp.zeros_like(value) for value in results]
        if not any(moves):
            return function(*primals), tuple(derivatives)

        def call_with_tangents(*arguments: jax.Array) -> tuple[Arrays, Arrays]:
            given, rest = iter(arguments[: sum(moves)]), arguments[sum(moves) :]
            directions = [
                next(given) if moved else jnp.zeros((0, *x.shape))
                for moved, x in zip(moves, rest, strict=False)
            ]
            found = _floats(*((len(arguments[0]), *results[n].shape) for n in moving))
            both = jax.ffi.ffi_call(target(True), (*results, *found))(*rest, *directions)
            return tuple(both[: len(results)]), tuple(both[len(results) :])

        given = [d for d, moved in zip(tangents, moves, strict=False) if moved]
        values, moved = _batched_at_once(call_with_tangents, len(given))(*given, *primals)
        for n, tangent in zip(moving, moved, strict=True):
            derivatives[n] = tangent
        return values, tuple(derivatives)

    function.defjvp(jvp, symbolic_zeros=True)
    return function


def _batched_in_turn(function: Callable[..., Any]) -> custom_vmap:
    """``function`` whose ``vmap`` calls it once an entry (a batch is best given as columns)."""
    batched = custom_vmap(function)

    @batched.def_vmap
    def in_turn(size: int, in_batched: Sequence[bool], *args: jax.Array) -> tuple[Any, Any]:
        out = jax.lax.map(lambda a: batched(*a), _all_batched(size, in_batched, args))
        return out, jax.tree.map(lambda _: True, out)

    return batched


def _batched_at_once(function: Callable[..., tuple[Arrays, Arrays]], count: int) -> custom_vmap:
    """``function`` of one direction, its first ``count`` arguments, whose ``vmap`` over directions
    alone is one call."""

    @custom_vmap
    def one(*args: jax.Array) -> tuple[Arrays, Arrays]:
        values, tangents = function(*(d[None] for d in args[:count]), *args[count:])
        return values, tuple(d[0] for d in tangents)

    @one.def_vmap
    def many(size: int, in_batched: Sequence[bool], *args: jax.Array) -> tuple[Any, Any]:
        if any(in_batched[count:]):
            rule = _batched_in_turn(one).vmap_rule
            assert rule is not None  # it has just been given one
            return rule(size, in_batched, *args)
        directions = _all_batched(size, in_batched[:count], args[:count])
        values, tangents = _batched_in_turn(function)(*directions, *args[count:])
        return (values, tangents), ((False,) * len(values), (True,) * len(tangents))

    return one


def _all_batched(size: int, in_batched: Sequence[bool], args: Sequence[jax.Array]) -> Arrays:
    """Arguments with a batch axis each."""
    return tuple(
        x if b else jnp.broadcast_to(x, (size, *x.shape))
        for x, b in zip(args, in_batched, strict=True)
    )
