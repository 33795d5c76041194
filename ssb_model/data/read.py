"""Read measured files: `read_impedance`, `read_cycling`, and `read`, which decides by content."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

from ssb_model.data.datasets import CyclingData, ImpedanceData
from ssb_model.data.declaration import Declaration, Undeclared, declared
from ssb_model.data.file import MeasuredFile, understood_file
from ssb_model.data.formats import FORMATS

LEFT_OUT = (
    "the rows between the spectra, a record of cycling, were left out: they need a declaration, "
    "such as the sign of the current, which read_cycling names"
)
Path = str | os.PathLike
Columns = Mapping[str, str] | Sequence[str] | None
Units = Mapping[str, str] | None


def read_impedance(
    path: Path,
    format: str | None = None,
    columns: Columns = None,
    units: Units = None,
    area: str | None = None,
) -> list[ImpedanceData]:
    """Read the spectra of an impedance file.

    Parameters
    ----------
    path
        The file's.
    format
        Name of a format, one of `known_formats`, where the content is not to decide.
    columns
        Headers by quantity, ``{"real": "Zs' [Ohms]"}``, which go before what the format
        understood; or, for a file without a header, the quantities in order, "-" for others:
        ``("frequency", "real", "minus imaginary")``.
    units
        Units by quantity, ``{"frequency": "kHz"}``, which go before those of the headers.
    area
        Of the cell, "0.785 cm2", where columns are per area: then in ohm cm2, or in mA/cm2.

    Returns
    -------
    One dataset a sweep, in Hz and ohm, Z = Z' + jZ'', frequency falling.

    Raises
    ------
    InputError
        What is wrong, in which line and column, and what to do.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "cell.csv"
    >>> _ = file.write_text("Freq/kHz,Re(Z)/Ohm,-Im(Z)/Ohm\\n1,10,1\\n0.1,15,5\\n")
    >>> [spectrum] = read_impedance(file)
    >>> spectrum.frequency, spectrum.impedance
    (array([1000.,  100.]), array([10.-1.j, 15.-5.j]))
    """
    file = understood_file(path, format, declared(columns, units, area=area))
    if not file.of_impedance:
        _refuse_kind(file, "impedance", "read_cycling")
    return file.spectra


def read_cycling(
    path: Path,
    format: str | None = None,
    columns: Columns = None,
    units: Units = None,
    current_positive_on: str | None = None,
    area: str | None = None,
) -> CyclingData:
    """Read the record of a cell under current: time, current, voltage, and what else it has.

    Parameters
    ----------
    path, format, columns, units, area
        As for `read_impedance`.
    current_positive_on
        "charge" or "discharge", where the file does not tell and the voltage leaves it open. In
        the dataset current is positive on discharge, in A; its `notes` say how the sign was known.

    Raises
    ------
    InputError
        What is wrong, in which line and column, and what to do.
    """
    file = understood_file(path, format, declared(columns, units, current_positive_on, area))
    if not file.of_cycling:
        _refuse_kind(file, "cycling", "read_impedance")
    return file.record


def read(
    path: Path,
    format: str | None = None,
    columns: Columns = None,
    units: Units = None,
    current_positive_on: str | None = None,
    area: str | None = None,
) -> list[ImpedanceData | CyclingData]:
    """Read a file whose kind its headers tell: its spectra, its record of cycling, or both.

    Where the record between spectra needs a declaration, it is left out, and the spectra's notes
    say so.

    Parameters
    ----------
    path, format, columns, units, current_positive_on, area
        As for `read_impedance` and `read_cycling`.

    Raises
    ------
    InputError
        As they do.
    """
    file = understood_file(path, format, declared(columns, units, current_positive_on, area))
    spectra = file.spectra
    try:
        return [*spectra, *([file.record] if file.of_cycling else [])]
    except Undeclared:
        if not spectra:
            raise
        return [replace(spectrum, notes=(*spectrum.notes, LEFT_OUT)) for spectrum in spectra]


def known_formats() -> tuple[str, ...]:
    """Names of the formats that are read."""
    return tuple(form.name for form in FORMATS)


def _refuse_kind(file: MeasuredFile, wanted: str, other: str) -> NoReturn:
    table = (file.of_impedance or file.of_cycling)[0]
    example = "minus imaginary" if wanted == "impedance" else "voltage"
    kind = "voltage" if wanted == "impedance" else "impedance"
    raise Undeclared(
        f"{file.source.path}, line {table.line} names no column of {wanted} among "
        f"{', '.join(filter(None, table.headers))}: read it with {other} (in a study, as "
        f'kind = "{kind}"), or declare ',
        Declaration({example: "its header"}),
        ".",
    )
