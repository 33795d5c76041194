"""Experiments of a study file: tables and measured files to data in SI."""

import numpy as np

from ssb_model.errors import InputError
from ssb_model.library.units import parse
from ssb_model.study.file import ImpedanceTable
from ssb_model.study.impedance import Spectrum, in_range
from ssb_model.study.polarisation import Polarisation

ESTIMATE = "estimate"


def read_experiment(table, number, path, cells):
    """A :class:`Spectrum` or :class:`Polarisation` from the ``number``-th experiment's table."""
    where = f"{path}: experiments[{number}]"
    temperature = _read(table.temperature, "K", f"{where}.temperature")
    if isinstance(table, ImpedanceTable):
        return _spectrum(table, temperature, where, path.parent)
    if cells[table.cell].type != "symmetric":
        raise InputError(
            f"{where}: polarisation is read of symmetric cells, and '{table.cell}' is none."
        )
    return _polarisation(table, number, temperature, where)


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
