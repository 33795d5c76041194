"""The capacity stripped in a recorded file, until its voltage meets a limit."""

from typing import NamedTuple

import numpy as np

from ssb_model.constants import HOUR
from ssb_model.data import CyclingData
from ssb_model.errors import InputError
from ssb_model.study.kinds.pieces import beginnings

REST = 0.01  # of the largest current


class Stripped(NamedTuple):
    """Current density [A.m-2], capacity [A.h.m-2], and whether the limit was met."""

    current_density: float
    capacity: float
    ended: bool


def stripped_in(record: CyclingData, area: float, limit: float, where: str) -> Stripped:
    """What was stripped at one current, rests before and after it left out.

    Parameters
    ----------
    record
        Of one cell.
    area
        m2.
    limit
        Size of the voltage that ends it [V]; between two samples by a straight line.
    where
        The beginning of a message.

    Raises
    ------
    InputError
        If more than one current flows, or none.
    """
    t, current, voltage = record.time, record.current, np.abs(record.voltage)
    first = beginnings(current)
    pieces = [part for part in np.split(np.arange(len(t)), first[1:]) if len(part)]
    largest = np.abs(current).max()
    flowing = [part for part in pieces if np.abs(current[part].mean()) > REST * largest]
    if len(flowing) != 1:
        raise InputError(
            f"{where} has {len(flowing) or 'no'} currents, and one-way stripping is at one: give "
            "a file for each, or the numbers as current_density and capacity."
        )
    at = flowing[0]
    begin, I = float(t[max(at[0] - 1, 0)]), float(np.abs(current[at].mean()))
    beyond = np.flatnonzero(voltage[at] >= limit)
    if not beyond.size:
        return Stripped(I / area, I * (float(t[at[-1]]) - begin) / HOUR / area, False)
    k = at[beyond[0]]
    end = t[k]
    if beyond[0] > 0:
        end = np.interp(limit, voltage[k - 1 : k + 1], t[k - 1 : k + 1])
    return Stripped(I / area, I * (float(end) - begin) / HOUR / area, True)
