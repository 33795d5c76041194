"""Cells of the batch that one measured oneself, which the forecast is conditioned on.

In a coating's file a table each::

    [[measured]]
    cell = "bare"  # or "coated": this coating; or "other", with its type
    interface_resistance = "60 ohm cm2"
    critical_current = "0.4 mA/cm2"  # or ">= 0.5 mA/cm2", "0.4 to 0.5 mA/cm2"
    temperature = "25 degC"
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Self

import numpy as np
from pydantic import model_validator

from ssb_model.constants import ROOM_TEMPERATURE
from ssb_model.library import (
    BATCH,
    OWN_LAB,
    CoatingType,
    Contact,
    FieldCell,
    Table,
    Text,
    validated,
)
from ssb_model.prediction.files.known_cells import BARE

NEAR = 6.0  # K, about the room's temperature


class MeasuredTable(Table):
    """One cell of the batch: one garnet, one lab, one protocol."""

    cell: Literal["bare", "coated", "other"]
    critical_current: Text | None = None
    interface_resistance: Text | None = None
    faces: Literal[1, 2] = 2
    temperature: Text = "room temperature"
    name: Text | None = None
    type: CoatingType | None = None
    contact: Contact | None = None
    reported: Literal["last safe", "first failed", "not stated"] = "not stated"
    stack_pressure: Text = "not stated"
    density: Text | None = None
    step: Text | None = None
    half_cycle: Text | None = None
    capacity: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.critical_current or self.interface_resistance):
            raise ValueError(
                "critical_current is missing, and interface_resistance too: give one at least."
            )
        return self

    @model_validator(mode="after")
    def _type_of_other(self) -> Self:
        if (self.cell == "other") != (self.type not in (None, "none")):
            raise ValueError(
                'cell = "other" needs the type of its layer ("ionic", "electronic" or "mixed"), '
                "and no other cell has one."
            )
        return self


def own_cells(
    tables: Sequence[MeasuredTable],
    type: CoatingType,
    contact: Contact | None,
    name: str,
    path: Path,
) -> tuple[FieldCell, ...]:
    """The rows of the file of a coating of this ``type``, class of contact and ``name``."""
    return tuple(_row(k, one, type, contact, name, path) for k, one in enumerate(tables))


def _row(
    k: int, one: MeasuredTable, type: CoatingType, contact: Contact | None, name: str, path: Path
) -> FieldCell:
    layer = {"bare": "none", "coated": type, "other": one.type or "none"}[one.cell]
    own = contact if one.cell == "coated" else None
    shared = one.model_dump(
        include={"critical_current", "faces", "temperature", "reported", "stack_pressure"}
        | {"density", "step", "half_cycle", "capacity"}
    )
    names = {"bare": BARE, "coated": name, "other": one.name or f"other {k + 1}"}
    row = shared | {
        "name": one.name or f"{one.cell} {k + 1}",
        "treatment": names[one.cell],
        "layer": layer,
        "contact": one.contact or own or ("bare" if layer == "none" else "coated"),
        "garnet": BATCH,
        "resistance": one.interface_resistance,
        "source": str(path),
        "lab": OWN_LAB,
    }
    return validated(FieldCell, row, Path(f"{path}: measured[{k}]"))


def measured_resistance(batch: Sequence[FieldCell], name: str) -> tuple[float, int] | None:
    """Mean ln R [Ohm.m2, both faces] of the cells with the coating of this ``name`` at about room
    temperature, and how many they are; None without any."""
    known = [row for row in batch if row.treatment == name and row.R and not row.R.is_bound]
    near = [row for row in known if row.T and abs(row.T - ROOM_TEMPERATURE) < NEAR]
    if not near:
        return None
    logs = [np.log(row.R.value * 2 / row.faces) for row in near if row.R and row.faces != "unknown"]
    return float(np.mean(logs)), len(logs)
