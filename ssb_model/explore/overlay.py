"""Your own measured files on the page's axes."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ssb_model.constants import HOUR, TO_OHM_CM2
from ssb_model.data import CyclingData, read
from ssb_model.errors import InputError
from ssb_model.library import parse

MOST_DISCHARGES = 12
LEAST_POINTS = 5
LEAST_SHARE = 0.05  # of the largest discharge: what is shorter is a pulse
SYMMETRIC = 0.1  # V: a cell whose voltage goes below minus this is symmetric


@dataclass(frozen=True, eq=False)
class Overlay:
    """What a file holds, in the units of the page.

    Attributes
    ----------
    name : str
        Of the file.
    synthetic : bool
        Whether the file says that it was not measured.
    spectra : tuple of (array (F,), complex array (F,))
        Frequency [Hz] and impedance [ohm cm2].
    discharges : tuple of (array (n,), array (n,))
        Capacity [mAh/g] and voltage [V].
    note : str
        What was left out.
    """

    name: str
    synthetic: bool
    spectra: tuple = ()
    discharges: tuple = ()
    note: str = ""

    @property
    def label(self):
        """For a legend."""
        return f"{'synthetic' if self.synthetic else 'measured'}: {self.name}"


def read_overlay(path, area=None, mass=None, name=None):
    """An :class:`Overlay` of a file of spectra, or of a full cell's record.

    Parameters
    ----------
    path : str or pathlib.Path
    area : str, optional
        Of a face, "1.13 cm2": files of spectra need it.
    mass : str, optional
        Of the active material, "2.4 mg": records need it.
    name : str, optional
        What to call it, if not as the file.

    Raises
    ------
    InputError
        One sentence: what cannot be read, or what must be given.
    """
    path = Path(path)
    name = name or path.name
    datasets = read(path)
    records = [data for data in datasets if isinstance(data, CyclingData)]
    spectra = [data for data in datasets if not isinstance(data, CyclingData)]
    found = {"spectra": (), "discharges": (), "note": ""}
    if spectra:
        area = _needed(
            area, "m2", f"{name} holds impedance in ohm: give the area of a face, such as 1.13 cm2"
        )
        found["spectra"] = tuple((s.frequency, s.impedance * area * TO_OHM_CM2) for s in spectra)
    if records:
        found |= _of_records(records, mass, name)
    synthetic = any(data.synthetic for data in datasets)
    return Overlay(name=name, synthetic=synthetic, **found)


def _of_records(records, mass, name):
    if any(record.voltage.min() < -SYMMETRIC for record in records):
        raise InputError(
            f"{name} is the record of a symmetric cell: the page overlays spectra, and discharges "
            "of full cells; fit it with ssb fit."
        )
    mass = _needed(
        mass, "kg", f"{name} holds capacity in Ah: give the mass of active material, such as 2.4 mg"
    )
    every = [curve for record in records for curve in _discharges(record, mass)]
    if not every:
        raise InputError(f"{name} has no discharge: nothing of it can be drawn.")
    note = ""
    if len(every) > MOST_DISCHARGES:
        note = f"{name}: the first {MOST_DISCHARGES} of {len(every)} discharges are drawn."
    return {"discharges": tuple(every[:MOST_DISCHARGES]), "note": note}


def _discharges(record, mass):
    """Capacity [mAh/g] and voltage of each stretch of positive current."""
    flowing = np.concatenate([[False], record.current > 0, [False]])
    edges = np.flatnonzero(np.diff(flowing.astype(int)))
    found = []
    for start, end in edges.reshape(-1, 2):
        if end - start < LEAST_POINTS:
            continue
        t, I = record.time[start:end], record.current[start:end]
        steps = np.diff(t) * (I[1:] + I[:-1]) / 2
        Q = np.concatenate([[0.0], np.cumsum(steps)]) / HOUR / mass  # A.h.kg-1 is mAh/g
        found.append((Q, record.voltage[start:end]))
    largest = max((Q[-1] for Q, _ in found), default=0)
    return [curve for curve in found if curve[0][-1] > LEAST_SHARE * largest]


def _needed(text, unit, request):
    if not text:
        raise InputError(f"{request}.")
    value = parse(text, unit)
    if not value > 0:
        raise InputError(f"{text} is not positive: {request}.")
    return value
