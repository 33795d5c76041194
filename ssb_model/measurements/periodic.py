r"""Discharges of a full cell that is cycled: where each begins follows from the charge before it.

A cycle maps the state at the end of one discharge to that at the end of the next,

.. math::

    y_{n+1} = F(y_n), \qquad y = F(y),

and a cell that is cycled for long has come to the periodic state :math:`y`. The particles forget
quickly (in a rate test each cycle leaves some hundredths of the distance), so that it is found as a
cell finds it, by cycling, first from the charged state at rest. How far it is off, the charge
balance says: by what the charge and the discharge after it differ, the content of the particles at
the end has moved. Of two cycles' moves :math:`d_1, d_2` each leaves the share
:math:`\rho = d_2 / d_1`, and what is still to come of a change of capacity is its part
:math:`\rho / (1 - \rho)`. Of one move alone a quarter is the most that the error can be, if the
discharge empties the particles by half; in a rate test that mostly ends the search.

Derivatives are those of further cycles at the periodic state, as many as the search took: by the
implicit function theorem :math:`dy = (I - F_y)^{-1} F_p\, dp`, a geometric series.
Where none are asked for, none of these cycles is run.
"""

from collections.abc import Mapping
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float, Int

from ssb_model.compiled import CURRENT, CompiledModel, Outcome, Tolerances
from ssb_model.measurements.cycled import Charging, Cycled, cycle, discharge_from

ROUGH = Tolerances(1e-5, 1e-5)  # of the search: capacities to 3e-4 mAh/g
PERIODIC = 3e-4  # of the charge of an hour at 1C: a capacity may be so far from the periodic
FELT = 0.25  # most that a capacity feels of a content that has moved, where ...
HALF = 0.5  # ... the discharge takes so much of the charge of an hour at 1C
FORGETS = 0.05  # least share of the distance that a cycle leaves: one pair of changes may mislead
SLOW = 0.3  # share of the distance from which on it is worth a leap ...
FARTHEST = 9.0  # ... over so many of the last changes at most,
LEAPING = 20  # in the first cycles alone: one that does not get there so is left to cycle
MOST_CYCLES = 60  # until the state is periodic
MOST_REMEMBERED = 3  # cycles whose derivatives count


class Cell(NamedTuple):
    """What is cycled, a member in each column.

    Attributes
    ----------
    inputs
        Every input by name; the current [A] of the discharge is one of them.
    c_rate
        Of the discharge: tells how long it and the charge may take.
    charging
        Before each discharge.
    """

    inputs: dict[str, Float[Array, " batch"]]
    c_rate: Float[Array, " batch"]
    charging: Charging


def periodic_discharge(
    compiled: CompiledModel,
    inputs: Mapping[str, Float[Array, " batch"]],
    c_rate: Float[Array, " batch"],
    charging: Charging,
    tolerances: Tolerances | None = None,
) -> Cycled:
    """The discharge of a cell that was cycled at these currents for long; pure JAX.

    A member that comes to no periodic state, as one that ages from cycle to cycle, has no number.

    Parameters
    ----------
    compiled
        A full cell.
    inputs
        Every input by name; the current [A] of the discharge is one of them.
    c_rate
        Of the discharge: tells how long it and the charge may take.
    charging
        Before each discharge.
    tolerances
        Of the local error in the discharge whose derivatives are taken.
    """

    @jax.custom_jvp
    def run(cell: Cell) -> Cycled:
        return _periodic(_found(compiled, cell))

    @run.defjvp
    def run_and_move(primals: tuple[Cell], tangents: tuple[Cell]) -> tuple[Cycled, Cycled]:
        found = _found(compiled, *primals)
        last, moved = jax.jvp(lambda c: _again(compiled, c, found, tolerances), primals, tangents)
        return _periodic(found._replace(found=last)), moved

    return run(jax.tree.map(jnp.asarray, Cell(dict(inputs), c_rate, charging)))


class _Search(NamedTuple):
    """The newest discharge, and how far its capacity is from the periodic one.

    Attributes
    ----------
    found
        The discharge.
    start
        State from which the next charge begins.
    moved
        By how much the content at the end moved in the last cycle [A.h]; infinite if unknown.
    change
        Of the capacity in the last cycle [A.h]; infinite if unknown.
    error
        Of the capacity [A.h]: infinite while it is unknown, NaN where there is no capacity.
    cycles
        How many there were.
    allowed
        Error [A.h].
    """

    found: Cycled
    start: Float[Array, "states batch"]
    moved: Float[Array, " batch"]
    change: Float[Array, " batch"]
    error: Float[Array, " batch"]
    cycles: Int[Array, " batch"]
    allowed: Float[Array, " batch"]

    @property
    def moves(self) -> Bool[Array, " batch"]:
        """Members that are cycled further."""
        return (self.error > self.allowed) & (self.cycles < MOST_CYCLES)


def _periodic(search: _Search) -> Cycled:
    """The last discharge, without a number where it is not periodic."""
    found, far = search.found, search.error > search.allowed
    return found._replace(
        capacity=jnp.where(far, jnp.nan, found.capacity),
        outcome=jnp.where(far, Outcome.TOO_MANY_STEPS, found.outcome),
    )


def _found(compiled: CompiledModel, cell: Cell) -> _Search:
    """Cycles from the charged state on until the capacity is periodic."""
    first = discharge_from(compiled, cell.inputs, cell.c_rate, None, ROUGH)
    unknown = jnp.full_like(first.capacity, jnp.inf)
    error = jnp.where(jnp.isnan(first.capacity), jnp.nan, unknown)
    error = jnp.where(first.capacity == 0, 0.0, error)  # no charge follows such a discharge
    allowed = PERIODIC * cell.inputs[CURRENT] / cell.c_rate
    none = jnp.zeros(len(error), dtype=int)
    carry = _Search(first, first.end, unknown, unknown, error, none, allowed)
    return jax.lax.while_loop(
        lambda c: jnp.any(c.moves), lambda c: _cycled_once(compiled, cell, c), carry
    )


def _cycled_once(compiled: CompiledModel, cell: Cell, carry: _Search) -> _Search:
    """The members that move, cycled once more; the next charge of one that forgets slowly begins
    where the last two changes lead to (Aitken)."""
    new = _side_by_side(compiled, cell, carry.start, carry.moves)
    content = [compiled.discharged(cell.inputs, state) for state in (carry.start, new.end)]
    moved = jnp.abs(content[1] - content[0])
    change = jnp.abs(new.capacity - carry.found.capacity)
    share = jnp.maximum(FORGETS, moved / carry.moved)
    ratio = jnp.maximum(FORGETS, change / carry.change)
    emptied = new.capacity > HALF * cell.inputs[CURRENT] / cell.c_rate
    at_most = jnp.where(emptied, FELT, FARTHEST) * moved
    by_content = jnp.where(jnp.isfinite(carry.moved), _left(change, share), jnp.inf)
    by_changes = jnp.where(jnp.isfinite(carry.change), _left(change, ratio), jnp.inf)
    leap = jnp.isfinite(carry.moved) & (share > SLOW) & (share < 1) & (carry.cycles < LEAPING)
    far = jnp.where(leap, jnp.minimum(share / (1 - share), FARTHEST), 0.0)
    known = (carry.cycles > 0) & ~leap
    error = jnp.minimum(at_most, jnp.minimum(by_content, by_changes))
    then = _Search(
        new,
        new.end + far * (new.end - carry.start),
        jnp.where(leap, jnp.inf, moved),
        jnp.where(known & jnp.isfinite(carry.moved), change, jnp.inf),
        jnp.where(jnp.isnan(change), jnp.nan, error),
        carry.cycles + 1,
        carry.allowed,
    )
    return jax.tree.map(lambda a, b: jnp.where(carry.moves, a, b), then, carry)


def _left(change: Float[Array, " batch"], share: Float[Array, " batch"]) -> Float[Array, " batch"]:
    """What a change leaves to come where each cycle leaves a share of the distance."""
    return jnp.where(share < 1, change * share / (1 - share), jnp.inf)


def _side_by_side(
    compiled: CompiledModel,
    cell: Cell,
    state: Float[Array, "states batch"],
    moves: Bool[Array, " batch"],
) -> Cycled:
    """A cycle of the members that move, laid side by side: the others cost next to nothing, for a
    block of members takes as many steps as the longest of them."""
    order = jnp.argsort(~moves)
    cell, state, moves = jax.tree.map(lambda x: x[..., order], (cell, state, moves))
    found = cycle(compiled, *cell, state, ROUGH, moves=moves)
    return jax.tree.map(lambda x: x[..., jnp.argsort(order)], found)


def _again(
    compiled: CompiledModel, cell: Cell, search: _Search, tolerances: Tolerances | None
) -> Cycled:
    """The last discharge after as many further cycles as a derivative remembers."""
    count = jnp.minimum(search.cycles, MOST_REMEMBERED)

    def further(carry: tuple[Cycled, Int[Array, ""]]) -> tuple[Cycled, Int[Array, ""]]:
        old, left = carry
        moves = count >= left
        new = cycle(compiled, *cell, old.end, ROUGH, moves=moves)
        return _where(moves, new, old), left - 1

    start = search.found, jnp.max(count)
    before, _ = jax.lax.while_loop(lambda carry: carry[1] > 1, further, start)
    last = cycle(compiled, *cell, before.end, ROUGH, tolerances or Tolerances(), moves=count > 0)
    return _where(count > 0, last, before)


def _where(moves: Bool[Array, " batch"], new: Cycled, old: Cycled) -> Cycled:
    return jax.tree.map(lambda a, b: jnp.where(moves, a, b), new, old)
