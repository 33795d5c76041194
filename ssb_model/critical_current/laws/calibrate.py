"""The laws side by side: none is known to hold, so all are carried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssb_model.critical_current.laws.base import CriticalCurrentLaw, MeasuredCell
from ssb_model.critical_current.laws.cell_voltage import CellVoltageLaw
from ssb_model.critical_current.laws.contact import ContactLaw
from ssb_model.critical_current.laws.exponential import ExponentialLaw
from ssb_model.critical_current.laws.interface_voltage import InterfaceVoltageLaw
from ssb_model.critical_current.laws.power import PowerLaw

if TYPE_CHECKING:
    from ssb_model.critical_current.laws.base import Numbers

LAWS: Mapping[str, type[CriticalCurrentLaw]] = MappingProxyType(
    {
        "A0": CellVoltageLaw,
        "A": InterfaceVoltageLaw,
        "B": PowerLaw,
        "C": ExponentialLaw,
        "D": ContactLaw,
    }
)


def calibrate(
    cells: Sequence[MeasuredCell], garnet_resistance: Numbers
) -> Mapping[str, CriticalCurrentLaw]:
    """Calibrate every law on the same `cells`.

    Parameters
    ----------
    cells
        Bare first, then coated.
    garnet_resistance
        The pellet's thickness over its conductivity [Ohm.m2].

    Raises
    ------
    InputError
        If one of the laws cannot be forced through the cells.

    Examples
    --------
    >>> cells = MeasuredCell(1173.4e-4, 1.5), MeasuredCell(10.3e-4, 23.0)
    >>> laws = calibrate(cells, garnet_resistance=119.7e-4)
    >>> for name in ("A0", "A", "B", "C"):  # ohm cm2 at which each allows 1 mA/cm2
    ...     print(name, f"{laws[name].resistance_at(10.0) * 1e4:.0f}")
    A0 121
    A 116
    B 44
    C 365
    """
    return {name: law.calibrate(cells, garnet_resistance) for name, law in LAWS.items()}
