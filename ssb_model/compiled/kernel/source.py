"""C text: the core that all models share, and what each model adds to it.

The core (``core/``) solves: steps, events, schedules, outputs, derivatives. A model is its
functions, generated, and a table of sizes; its numbers are handed to it when it is loaded.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ssb_model.compiled.derivatives import TIME, Tangent
from ssb_model.compiled.kernel.emit import Function, Tables, number
from ssb_model.compiled.outcome import Outcome
from ssb_model.compiled.program import picked
from ssb_model.compiled.protocols import OVER
from ssb_model.compiled.stepping import constants, rodas

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jaxtyping import Float, Int

    from ssb_model.compiled.integration import System
    from ssb_model.compiled.program import Program

ARGUMENTS = "const v *t, const v *restrict y, const v *restrict u"
DIRECTION = "const v *restrict dy, const v *restrict du"
SHARED = ("lanes.h", "vectors.h", "model.h")  # of the core's text and a model's
CORE = (
    *("memory.h", "linear.h", "step.h", "tangents.h", "newton.h", "problem.h", "block.h"),
    *("schedule.h", "events.h", "landing.h", "control.h", "sampling.h", "solve.h"),
    *("impedance.h", "system.h", "threads.h", "work.h", "frames.h", "entries.c"),
)
ENTRIES = ("solve", "consistent", "observe", "last_pivot")  # what XLA calls


class ModelSource(NamedTuple):
    """A model's C text, and the whole numbers (int32) and the others that it is handed.

    A checksum of the numbers stands in the text: a library is theirs. Its ``functions`` and its
    ``table`` of sizes are also those of other machines. It has derivatives if it ``moves``.
    """

    text: str
    whole: Int[np.ndarray, " whole"]
    real: Float[np.ndarray, " real"]
    functions: str
    table: str
    moves: bool


@cache
def core_source() -> str:
    """The core's C text; it needs ``WIDTH`` defined."""
    return "\n".join([*map(text_of, SHARED), constants_of_core(), *map(text_of, CORE)])


def model_source(system: System, moves: bool) -> ModelSource:
    """The C text of a model, with its derivatives if it ``moves``; it needs ``WIDTH`` defined."""
    tables = Tables()
    functions, parts = _functions(system, tables, moves)
    whole, real = _whole_tables(system), _real_tables(system)
    numbers = np.concatenate([*whole.values()]).astype(np.int32)
    others = np.concatenate([*real.values()]).astype(float)
    known = sha256(numbers.tobytes() + others.tobytes()).hexdigest()
    own = "\n".join([*tables.lines, *functions])
    table = "\n".join(
        [
            f"/* of tables {known} */",
            _model(system, parts),
            "static void take_tables(Model *model, const int32_t *whole, const double *real) {",
            *_taken("whole", whole),
            *_taken("real", real),
            *([] if _is_diagonal(system) else ["  model->diagonal = 0;"]),
            "}",
        ]
    )
    entries = [
        f"void *ssb_{n}(void *frame) {{ return core->{n}(&model, frame); }}" for n in ENTRIES
    ]
    link = [
        "void ssb_run(const void *problem) { core->run(&model, problem); }",
        "void ssb_look(const void *call) { core->look(&model, call); }",
        "void ssb_link(const Core *with) { core = with; }",
        "void ssb_take(const int32_t *whole, const double *real) {",
        "  take_tables(&model, whole, real);",
        "}",
    ]
    head = [*map(text_of, SHARED), "static const Core *_Atomic core;"]
    text = "\n".join([*head, own, table, *entries, *link])
    return ModelSource(text, numbers, others, own, table, moves)


def text_of(name: str) -> str:
    """A file of the core."""
    return (files("ssb_model.compiled.kernel") / "core" / name).read_text("utf-8")


def _functions(system: System, tables: Tables, moves: bool) -> tuple[list[str], dict[str, str]]:
    """The model's functions and the initialisers of its parts.

    What is observed always has derivatives: they say how fast events come.
    """
    program, observer = system.program, system.observer
    time = Tangent(program, by_time=True)(system.rhs)
    zeros = program.constant(np.zeros(system.states))
    values = picked(program, system.jacobian, _first(system))
    nodes = {
        "initial": (program, program.broadcast(system.initial, system.states)),
        "rhs": (program, system.rhs),
        "jacobian": (program, values, system.rhs),
        "rhs_time": (program, zeros if time is None else program.broadcast(time, system.states)),
        "observe": (observer.program, observer.everything),
    }
    names, text, parts = (*system.inputs, TIME), [], {}
    for name, (owner, node, *beside) in nodes.items():
        whole = Function(owner, [node, *beside], names, tables)
        text.append(_definition(name, ARGUMENTS, whole.body))
        parts[name] = f"PART_OF({name}, 0, 0, {whole.size}, {whole.at[node]}, 0, 0)"
        for other in beside:
            parts["jacobian_rhs_at"] = str(whole.at[other])
        if not moves and name != "observe":
            continue
        tangent = Tangent(owner)(node)
        if tangent is None:
            tangent = owner.constant(np.zeros(owner.size(node)))
        first = Function(owner, _once(owner, tangent), names, tables)
        then = Function(owner, [tangent], names, tables, known=first)
        text += [
            _definition(f"{name}_once", ARGUMENTS, first.body),
            _definition(f"{name}_moved", f"{ARGUMENTS}, {DIRECTION}", then.body),
        ]
        places = (whole.size, whole.at[node], then.size, then.at[tangent])
        parts[name] = f"PART_OF({name}, {name}_once, {name}_moved, {_listed(places)})"
    parts["has_time"] = str(int(time is not None))
    return text, parts


def _once(program: Program, tangent: int) -> list[int]:
    """Nodes without a tangent in them that the tangent's own nodes read: computed once for all."""
    moving, read, stack, seen = set(), set(), [tangent], set()
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
    return [n for n in sorted(read) if program.nodes[n].args]


def _definition(name: str, arguments: str, body: str) -> str:
    return f"static void {name}({arguments}, v *restrict w) {{\n{body}\n}}"


def _model(system: System, parts: dict[str, str]) -> str:
    """The model's table of sizes and functions."""
    held, current = system.integral or (-1, -1)
    observer = system.observer
    values = {
        "states": system.states,
        "inputs": len(system.inputs) + 1,
        "values": len(_first(system)),
        "entries": len(system.rows),
        "store": system.shared.places,
        "fresh_rows": len(system.shared.rows),
        "mass_entries": np.count_nonzero(system.mass),
        "observed": len(observer.rows),
        "alone": len(system.alone),
        "lower_runs": len(_runs(system.plan.pivots - system.plan.starts[:-1])),
        "upper_runs": len(_runs(system.plan.starts[1:] - system.plan.pivots - 1)),
        "held": held,
        "current": current,
        "has_time": parts["has_time"],
        "has_algebraic": int(system.algebraic.any()),
        "jacobian_rhs_at": parts["jacobian_rhs_at"],
    }
    for group in ("outputs", "events", "terminals", "watched"):
        known = group in observer.groups
        place = observer.place(group) if known else slice(0, 0)
        values[group] = f"{{{place.start}, {place.stop - place.start}}}"
    lines = ",\n".join(f"  .{name} = {value}" for name, value in {**values, **parts}.items())
    return f"static Model model = {{\n{lines}\n}};"


def _whole_tables(system: System) -> dict[str, Int[np.ndarray, " numbers"]]:
    """The elimination and the matrices' patterns, which grow with the model, by name."""
    plan, at_mass = system.plan, np.flatnonzero(system.mass)
    source = np.where(plan.source < 0, -1, system.value[plan.source])
    return {
        "lu_start": plan.starts,
        "lu_column": plan.columns,
        "lu_at": system.shared.at,
        "source": source,
        "fresh_row": system.shared.rows,
        "pivot": plan.pivots,
        "order": plan.order,
        "equation": plan.equations,
        "place": np.argsort(plan.order),
        "place_of_row": np.argsort(plan.equations),
        "lower_run": _runs(plan.pivots - plan.starts[:-1]).ravel(),
        "upper_run": _runs(plan.starts[1:] - plan.pivots - 1).ravel(),
        "row": system.rows,
        "row_start": np.searchsorted(system.rows, np.arange(system.states + 1)),
        "column": system.columns,
        "value": system.value,
        "mass_row": system.rows[at_mass],
        "mass_column": system.columns[at_mass],
        "algebraic": system.algebraic.astype(int),
        "alone_from": system.alone[:, 0],
        "alone_to": system.alone[:, 1],
        "observed_row": system.observer.rows,
    }


def _runs(counts: Int[np.ndarray, " rows"]) -> Int[np.ndarray, "runs 3"]:
    """Where rows have as many entries as the next: first row, the one after the last, entries."""
    ends = np.append(np.flatnonzero(np.diff(counts)) + 1, len(counts))
    starts = np.append(0, ends[:-1])
    return np.stack([starts, ends, counts[starts]], axis=1)


def _first(system: System) -> Int[np.ndarray, " values"]:
    """An entry of the matrix's pattern for each of its distinct values."""
    return np.unique(system.value, return_index=True)[1]


def _is_diagonal(system: System) -> bool:
    """Whether M is diagonal."""
    return bool((system.rows == system.columns)[system.mass != 0].all())


def _real_tables(system: System) -> dict[str, Float[np.ndarray, " numbers"]]:
    own = system.mass != 0
    diagonal = np.zeros(system.states)
    diagonal[system.rows[own]] = system.mass[own]
    first = _first(system)
    return {"mass": system.mass[first], "mass_value": system.mass[own], "diagonal": diagonal}


def _taken(name: str, tables: dict[str, np.ndarray]) -> Iterator[str]:
    """C text that takes ``tables``, one after the other, from an array."""
    starts = np.cumsum([0, *map(len, tables.values())])
    for table, start in zip(tables, starts, strict=False):
        yield f"  model->{table} = {name} + {start};"


def constants_of_core(moves: bool = True) -> str:
    """Whether a core ``moves``, and the numbers of the method, which the plain JAX path has too."""
    sizes = {
        "MOVES": int(moves),
        "STAGES": len(rodas.A),
        "NODES": len(rodas.NODES),
        "ORDER": rodas.ORDER,
        "CORRECTABLE": rodas.CORRECTABLE,
        "GAMMA": rodas.GAMMA,
        "RODAS_A": _square(rodas.A),
        "RODAS_C": _square(rodas.C),
        "RODAS_DENSE": _square(rodas.DENSE),
        "RODAS_CORRECTED": _square(rodas.CORRECTED),
        "RODAS_NODES": f"{{{_listed(rodas.NODES)}}}",
        "RODAS_ALPHA": f"{{{_listed(rodas.ALPHA)}}}",
        "RODAS_GAMMA_SUM": f"{{{_listed(rodas.GAMMA_SUM)}}}",
        "OVER": OVER,
        **{name: value for name, value in vars(constants).items() if name.isupper()},
        **{outcome.name: int(outcome) for outcome in Outcome},
    }
    return "\n".join(f"#define {name} {value}" for name, value in sizes.items())


def _square(rows: Sequence[Sequence[float]]) -> str:
    return "{" + ",".join(f"{{{_listed(row) or 0}}}" for row in rows) + "}"


def _listed(numbers: Sequence[float]) -> str:
    return ",".join(number(n) if isinstance(n, float) else str(n) for n in numbers)
