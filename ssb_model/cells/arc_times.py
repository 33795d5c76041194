r"""Time constants of a cell's arcs from its parameters, in the order that their names claim.

Of a resistance beside a capacity :math:`\tau = R C`; beside a constant-phase element
:math:`\tau = (R Q)^{1/\alpha}` with :math:`Q = C \omega_r^{1 - \alpha}`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ssb_model.cells.face import FACE_RATE, face_arcs
from ssb_model.cells.garnet import REFERENCE_RATE, RELAXING
from ssb_model.cells.symbols import CellOptions, Value
from ssb_model.constants import GAS_CONSTANT, ROOM_TEMPERATURE, VACUUM_PERMITTIVITY


def arc_times(values: Mapping[str, Value], options: CellOptions, temperature: float) -> list[Value]:
    """Time constants [s] of bulk, grain boundary and the arcs of a face, those that there are.

    Parameters
    ----------
    values
        Parameters by PyBaMM name, numbers or arrays.
    options
        Completed options of the cell. A face of mechanisms has no arcs of its own here.
    temperature
        K.
    """
    relaxing = RELAXING[options["garnet permittivity"]]
    depressed = options["garnet relaxation"] == "constant phase"
    parts = [part for part in ("bulk", "grain boundary") if part in relaxing]
    garnet = [_garnet_time(values, options, part, depressed, temperature) for part in parts]
    return garnet + [_face_time(values, options, arc, temperature) for arc in face_arcs(options)]


def _garnet_time(
    values: Mapping[str, Value], options: CellOptions, part: str, depressed: bool, T: float
) -> Value:
    L, share = values["Garnet thickness [m]"], values["Garnet grain boundary share"]
    bulk = part == "bulk"
    own = options["garnet activation"] != "common" and not bulk
    energy = f"Garnet {'grain boundary' if own else 'conductivity'} activation energy [J.mol-1]"
    R = (1 - share if bulk else share) * L / values["Garnet conductivity [S.m-1]"]
    C = (
        VACUUM_PERMITTIVITY * values["Garnet bulk relative permittivity"]
        if bulk
        else values["Garnet grain boundary effective permittivity [F.m-1]"]
    ) / L
    exponent = values[f"Garnet {part} constant-phase exponent"] if depressed else 1.0
    return _time(R / arrhenius_factor(values[energy], T), C, exponent, REFERENCE_RATE)


def _face_time(values: Mapping[str, Value], options: CellOptions, arc: str, T: float) -> Value:
    def of(name: str) -> Any:
        return values[f"Negative face {arc}{name}"]

    depressed = options["double layer"] == "constant phase"
    R = of("interface resistance [Ohm.m2]") / arrhenius_factor(
        of("interface activation energy [J.mol-1]"), T
    )
    exponent = of("constant-phase exponent") if depressed else 1.0
    return _time(R, of("double-layer capacity [F.m-2]"), exponent, FACE_RATE)


def _time(R: Value, C: Value, exponent: Value, reference: float) -> Value:
    return (R * C * reference ** (1 - exponent)) ** (1 / exponent)


def arrhenius_factor(energy: Value, temperature: float) -> Value:
    """exp(-E/R (1/T - 1/T0)), 1 at 25 degC; ``energy`` in J/mol, ``temperature`` in K."""
    return math.e ** (-energy / GAS_CONSTANT * (1 / temperature - 1 / ROOM_TEMPERATURE))
