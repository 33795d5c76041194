"""What makes a spectrum doubtful: its two ways to write an impedance disagree, or no cell has it.

Each refusal names the declaration that would settle it.
"""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.data.declaration import Declaration, Undeclared
from ssb_model.data.quantities import CARTESIAN
from ssb_model.data.text import Table
from ssb_model.errors import InputError

Points: TypeAlias = Float[np.ndarray, " points"]
Impedances: TypeAlias = Complex[np.ndarray, " points"]
DISAGREEMENT = 0.02  # of |Z|: more than the digits that instruments print, less than any mistake


def refuse_impossible_phase(table: Table, values: Mapping[str, Points]) -> None:
    """Degrees called radians show as more than a full turn."""
    for quantity in {"phase", "minus phase"} & values.keys():
        turned = np.flatnonzero(np.abs(values[quantity]) > 2 * np.pi)
        if turned.size:
            where = f"{table.path}, line {table.lines[int(turned[0])]}"
            column = table.column(quantity)
            if column is not None and column.unit.lower().startswith(("deg", "°")):
                raise InputError(f"{where}: the phase is more than a full turn: correct the line.")
            raise Undeclared(
                f"{where}: the phase is more than a full turn: declare its unit, ",
                Declaration(units={quantity: "deg"}),
                ", or correct the line.",
            )


def hold_against(table: Table, z: Impedances, polar: Impedances) -> None:
    apart = np.flatnonzero(np.abs(z - polar) > DISAGREEMENT * np.maximum(np.abs(z), np.abs(polar)))
    if apart.size:
        row = int(apart[0])
        opposite = np.abs(np.conj(z[row]) - polar[row]) <= DISAGREEMENT * np.abs(z[row])
        given = {
            _opposite(c.quantity) if opposite else c.quantity: c.header
            for c in table.columns
            if c.quantity in CARTESIAN
        }
        raise Undeclared(
            f"{table.path}, line {table.lines[row]}: real and imaginary part give {z[row]:.4g} ohm "
            f"but modulus and phase give {polar[row]:.4g} ohm: correct the line, or declare the "
            "pair that is right, for example ",
            Declaration(given),
            ".",
        )


def refuse_uncertain_sign(
    table: Table, values: Mapping[str, Points], declaration: Declaration
) -> None:
    """Z'' is a capacitor's negative part, or its size, by the exporter's habit: ask if in doubt."""
    for quantity in ("imaginary", "phase"):
        column = table.column(quantity)
        if column is None or quantity not in values or quantity in declaration.quantities:
            continue
        if np.count_nonzero(values[quantity] > 0) > np.count_nonzero(values[quantity] < 0):
            raise Undeclared(
                f"{table.path}, line {table.line}: column '{column.header}' is mostly positive, as "
                "of an inductor or of minus its name: declare ",
                Declaration({f"minus {quantity}": column.header}),
                " or ",
                Declaration({quantity: column.header}),
                ".",
            )


def refuse_what_no_cell_has(table: Table, z: Impedances, declaration: Declaration) -> None:
    """Exchanged columns show in a real part below zero."""
    column = table.column("real")
    if column is None or len(z) < 2 or "real" in declaration.quantities:
        return
    if (np.real(z) < 0).all():
        raise Undeclared(
            f"{table.path}, line {table.line}: column '{column.header}' is negative in every "
            "row, as no cell's real part is: correct the file, or declare ",
            Declaration({"real": column.header}),
            ".",
        )


def _opposite(quantity: str) -> str:
    """An imaginary part by its other sign."""
    return {"imaginary": "minus imaginary", "minus imaginary": "imaginary"}.get(quantity, quantity)
