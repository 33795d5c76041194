"""The protocol of a rate test: how the cell is charged, and the order of its cycles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, Int

from ssb_model.errors import InputError
from ssb_model.measurements import Charge, charge_of

if TYPE_CHECKING:
    from ssb_model.study.kinds.rate import RateTable
    from ssb_model.study.kinds.source import Source

MOST_CYCLES = 1000  # of a test that is simulated cycle by cycle


@dataclass(frozen=True)
class Order:
    """Cycles one after the other.

    Attributes
    ----------
    formation
        C-rate of each cycle before the test.
    each
        Number of cycles at each of the test's rates.
    """

    formation: tuple[float, ...]
    each: tuple[int, ...]

    def c_rates(self, rates: Float[np.ndarray, " numbers"]) -> Float[np.ndarray, " cycles"]:
        """C-rate of each cycle."""
        return np.append(self.formation, np.repeat(rates, self.each))

    @property
    def number(self) -> Int[np.ndarray, " cycles"]:
        """Which rate each cycle belongs to; -1 for formation."""
        of_rates = np.repeat(np.arange(len(self.each)), self.each)
        return np.append(np.full(len(self.formation), -1), of_rates)


def stated_charge(text: str | None, source: Source) -> Charge | None:
    """That of the test, else that of its cell; None if it is unknown."""
    said = text if text is not None else source.cell.charge
    try:
        return charge_of(said)
    except InputError as error:
        raise InputError(f"{source.where}.charge: {error}") from None


def charge_rates(
    charge: Charge | None, rates: Float[np.ndarray, " numbers"]
) -> Float[np.ndarray, " numbers"]:
    """C-rates of the charges before discharges at ``rates``."""
    return rates if charge is None or charge.c_rate is None else np.full(len(rates), charge.c_rate)


def order_of(table: RateTable, rates: int, charge: Charge | None, source: Source) -> Order | None:
    """The order of the cycles, None where a test does not state it.

    Raises
    ------
    InputError
        For numbers of cycles that are not one for each rate, and for cycles without effect: before
        a full charge, or a formation that cycling for long makes forgotten.
    """
    each, formation = table.cycles_at_each, tuple(table.formation or ())
    if each is None:
        if formation:
            raise InputError(
                f"{source.where}.formation: a cell that is cycled for long at each rate has "
                "forgotten it: add cycles_at_each, or remove the key."
            )
        return None
    if charge is not None and charge.full:
        raise InputError(
            f"{source.where}.cycles_at_each: each discharge starts from a full charge, whatever "
            'was before: remove the key, or state the charge, as charge = "same rate".'
        )
    listed = (each,) * rates if isinstance(each, int) else tuple(each)
    if len(listed) != rates:
        raise InputError(
            f"{source.where}: {rates} C-rates and {len(listed)} of cycles_at_each: give one number "
            "for each, or one for all."
        )
    if sum(listed) + len(formation) > MOST_CYCLES:
        raise InputError(
            f"{source.where}.cycles_at_each: {sum(listed) + len(formation)} cycles are more than "
            f"the {MOST_CYCLES} that are simulated one by one: leave the key out, and the cell is "
            "cycled at each rate until its capacity changes no more."
        )
    return Order(formation, listed)
