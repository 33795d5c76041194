"""Experiments of a study file: tables and measured files to data in SI."""

import numpy as np

from ssb_model.errors import InputError
from ssb_model.library.units import parse
from ssb_model.study.file import ImpedanceTable, RateTable
from ssb_model.study.impedance import Spectrum, in_range
from ssb_model.study.polarisation import Polarisation
from ssb_model.study.rate import RateTest

ESTIMATE = "estimate"


def read_experiment(table, number, path, cells):
    """A :class:`Spectrum` or :class:`Polarisation` from the ``number``-th experiment's table."""
    where = f"{path}: experiments[{number}]"
    temperature = _read(table.temperature, "K", f"{where}.temperature")
    if isinstance(table, ImpedanceTable):
        return _spectrum(table, temperature, where, path.parent)
    wanted = "full" if isinstance(table, RateTable) else "symmetric"
    if cells[table.cell].type != wanted:
        raise InputError(
            f"{where}: {table.kind} data are those of a {wanted} cell, and '{table.cell}' is none."
        )
    read = _rate if isinstance(table, RateTable) else _polarisation
    return read(table, number, temperature, where)


def _spectrum(table, temperature, where, folder):
    from ssb_model.data import read_impedance

    spectra = read_impedance(folder / table.file)
    if len(spectra) > 1:
        raise InputError(
            f"{where}: {table.file} has {len(spectra)} spectra: save each in a file of its own."
        )
    limits = table.frequencies and [
        _read(text, "Hz", f"{where}.frequencies") for text in table.frequencies
    ]
    f, z = in_range(spectra[0].frequency, spectra[0].impedance, limits, where)
    noise = None if table.noise == ESTIMATE else _read(table.noise, "-", f"{where}.noise")
    if noise is not None and not noise > 0:
        raise InputError(f'{where}.noise must be positive, or "{ESTIMATE}".')
    return Spectrum(f"{table.cell}, {table.file}", table.cell, f, z, temperature, noise)


def _rate(table, number, temperature, where):
    if len(table.c_rate) != len(table.capacity):
        raise InputError(
            f"{where}: {len(table.c_rate)} C-rates and {len(table.capacity)} capacities: give one "
            "capacity for each."
        )
    rates = np.array(table.c_rate, dtype=float)
    if not (rates > 0).all():
        raise InputError(f"{where}.c_rate must be positive.")
    Q = np.array([_read(x, "A.h.kg-1", f"{where}.capacity") for x in table.capacity])
    noise = _read(table.noise, "A.h.kg-1", f"{where}.noise")
    if not noise > 0:
        raise InputError(f"{where}.noise must be positive.")
    name = f"{table.cell}, rates {number + 1}"
    return RateTest(name, table.cell, rates, Q, temperature, noise)


def _polarisation(table, number, temperature, where):
    if len(table.current_density) != len(table.voltage):
        raise InputError(
            f"{where}: {len(table.current_density)} current densities and {len(table.voltage)} "
            "voltages: give one voltage for each."
        )
    J = np.array([_read(x, "A.m-2", f"{where}.current_density") for x in table.current_density])
    V = np.array([_read(x, "V", f"{where}.voltage") for x in table.voltage])
    duration = _read(table.duration, "s", f"{where}.duration")
    noise = _read(table.noise, "V", f"{where}.noise")
    for name, value in (("duration", duration), ("noise", noise)):
        if not value > 0:
            raise InputError(f"{where}.{name} must be positive.")
    name = f"{table.cell}, polarisation {number + 1}"
    return Polarisation(name, table.cell, np.abs(J), np.abs(V), duration, temperature, noise)


def _read(text, unit, where):
    try:
        return parse(text, unit)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
