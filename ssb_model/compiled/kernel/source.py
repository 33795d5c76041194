"""The C source of a model's kernel: its functions, its tables, and the fixed part after them."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.derivatives import TIME, Tangent
from ssb_model.compiled.kernel.emit import Function, Tables, number
from ssb_model.compiled.stepping import CLOSE, RESIDUAL, SHIFT, SHORTEST, TRIES, rodas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jaxtyping import Int

    from ssb_model.compiled.integration import System
    from ssb_model.compiled.linear import Elimination
    from ssb_model.compiled.program import Program

ARGUMENTS = "const v *t, const v *y, const v *u"
TANGENTS = "const v *dy, const v *du"


def kernel_source(system: System) -> tuple[str, Int[np.ndarray, " numbers"]]:
    """C text for ``System``, and the numbers (int32) that its ``ssb_tables`` takes.

    It needs ``WIDTH`` defined. A checksum of the numbers stands in the text: a library is theirs.
    """
    tables = Tables()
    functions = "\n".join(_functions(system, tables))
    plan = _plan(system.plan)
    numbers = np.concatenate([*plan.values()]).astype(np.int32)
    here = files("ssb_model.compiled.kernel")
    patterns = _patterns(system)
    text = "\n".join(
        [
            (here / "vectors.h").read_text("utf-8"),
            _sizes(system),
            *(f"static const {kind} {name}[] = {{{_listed(a)}}};" for name, kind, a in patterns),
            f"/* of tables {sha256(numbers.tobytes()).hexdigest()} */",
            _taken(plan),
            *tables.lines,
            functions,
            (here / "step.c").read_text("utf-8"),
        ]
    )
    return text, numbers


def _functions(system: System, tables: Tables) -> Iterator[str]:
    """The model's functions and their tangents, with the sizes of their workspaces."""
    program, names = system.program, (*system.inputs, TIME)
    zeros = program.constant(np.zeros(system.states))
    time = Tangent(program, by_time=True)(system.rhs)
    observer = system.observer
    for name, owner, node, *beside in (
        ("rhs", program, system.rhs),
        ("jacobian", program, system.jacobian, system.rhs),
        ("rhs_time", program, zeros if time is None else program.broadcast(time, system.states)),
        ("observe", observer.program, observer.everything),
    ):
        whole = Function(owner, [node, *beside], names, tables)
        yield _definition(name, ARGUMENTS, whole.body)
        yield _macros(name.upper(), whole.size, whole.at[node])
        for other in beside:
            yield f"#define {name.upper()}_RHS_AT {whole.at[other]}"
        tangent = Tangent(owner)(node)
        if tangent is None:
            tangent = owner.constant(np.zeros(owner.size(node)))
        once = _once(owner, tangent)
        first = Function(owner, once, names, tables)
        then = Function(owner, [tangent], names, tables, known=first)
        yield _definition(f"{name}_once", ARGUMENTS, first.body)
        yield _definition(f"{name}_tangent", f"{ARGUMENTS}, {TANGENTS}", then.body)
        yield _macros(f"{name.upper()}_TANGENT", then.size, then.at[tangent])
    yield f"#define HAS_TIME {int(time is not None)}"


def _once(program: Program, tangent: int) -> list[int]:
    """Nodes without a tangent in them that the tangent's own nodes read: computed once for all."""
    moving, read, order, stack = set(), set(), [], [tangent]
    seen = set()
    while stack:
        n = stack.pop()
        if n not in seen:
            seen.add(n)
            stack.extend(program.nodes[n].args)
    for n in sorted(seen):
        node = program.nodes[n]
        if node.op.endswith("_tangent") or any(a in moving for a in node.args):
            moving.add(n)
            read.update(a for a in node.args if a not in moving)
    order = [n for n in sorted(read) if program.nodes[n].args]
    return order


def _definition(name: str, arguments: str, body: str) -> str:
    return f"static void {name}({arguments}, v *w) {{\n{body}\n}}"


def _macros(name: str, size: int, at: int) -> str:
    return f"#define {name}_SIZE {max(size, 1)}\n#define {name}_AT {at}"


def _sizes(system: System) -> str:
    plan, mass = system.plan, np.count_nonzero(system.mass)
    observed = system.observer.rows
    sizes = {
        "STATES": system.states,
        "INPUTS": len(system.inputs) + 1,
        "ENTRIES": len(system.rows),
        "STORE": plan.entries,
        "MASS_ENTRIES": mass,
        "OBSERVED": max(len(observed), 1),
        "VALUES": system.observer.program.size(system.observer.everything),
        "ALONE": len(system.alone),
        "STAGES": len(rodas.A),
        "NODES": len(rodas.NODES),
        "CORRECTABLE": rodas.CORRECTABLE,
        "GAMMA": rodas.GAMMA,
        "NEWTON_SHIFT": SHIFT,
        "RESIDUAL": RESIDUAL,
        "TRIES": TRIES,
        "CLOSE": CLOSE,
        "SHORTEST": SHORTEST,
        "RODAS_A": _square(rodas.A),
        "RODAS_C": _square(rodas.C),
        "RODAS_DENSE": _square(rodas.DENSE),
        "RODAS_CORRECTED": _square(rodas.CORRECTED),
        "RODAS_NODES": f"{{{_listed(np.array(rodas.NODES))}}}",
        "RODAS_ALPHA": f"{{{_listed(np.array(rodas.ALPHA))}}}",
        "RODAS_GAMMA_SUM": f"{{{_listed(np.array(rodas.GAMMA_SUM))}}}",
    }
    return "\n".join(f"#define {name} {value}" for name, value in sizes.items())


def _square(rows: Sequence[Sequence[float]]) -> str:
    return "{" + ",".join(f"{{{_listed(np.array(row, dtype=float)) or 0}}}" for row in rows) + "}"


def _patterns(system: System) -> Iterator[tuple[str, str, np.ndarray]]:
    """The matrices' patterns as flat tables: (name, C type, numbers)."""
    observed, at_mass = system.observer.rows, np.flatnonzero(system.mass)
    yield from (
        ("ALONE_FROM", "int", system.alone[:, 0]),
        ("ALONE_TO", "int", system.alone[:, 1]),
        ("ROW", "int", system.rows),
        ("COLUMN", "int", system.columns),
        ("MASS", "double", system.mass),
        ("MASS_ROW", "int", system.rows[at_mass]),
        ("MASS_COLUMN", "int", system.columns[at_mass]),
        ("MASS_VALUE", "double", system.mass[at_mass]),
        ("ALGEBRAIC", "int", system.algebraic.astype(int)),
        ("OBSERVED_ROW", "int", np.append(observed, 0)[: max(len(observed), 1)]),
    )


def _plan(plan: Elimination) -> dict[str, Int[np.ndarray, " numbers"]]:
    """The elimination as tables that are handed to the kernel when it is loaded, by name.

    They grow with the fill, which may be millions: too many for C text.
    """
    return {
        "LU_START": plan.starts,
        "LU_COLUMN": plan.columns,
        "SOURCE": plan.source,
        "PIVOT": plan.pivots,
        "ORDER": plan.order,
        "EQUATION": plan.equations,
        "PLACE": np.argsort(plan.order),
        "PLACE_OF_ROW": np.argsort(plan.equations),
    }


def _taken(tables: Mapping[str, Int[np.ndarray, " numbers"]]) -> str:
    """C text that takes ``tables``, one after the other, when the library is loaded."""
    starts = np.cumsum([0, *map(len, tables.values())])
    lines = [f"  {name} = numbers + {n};" for name, n in zip(tables, starts, strict=False)]
    pointers = ", ".join(f"*{name}" for name in tables)
    head = f"static const int32_t {pointers};\nvoid ssb_tables(const int32_t *numbers) {{"
    return "\n".join([head, *lines, "}"])


def _listed(array: np.ndarray) -> str:
    if np.issubdtype(array.dtype, np.integer):
        return ",".join(map(str, array)) or "0"
    return ",".join(map(number, array)) or "0"
