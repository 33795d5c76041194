"""Read measured files: `read_impedance`, `read_cycling`, and `read`, which decides by content."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NoReturn, TypeVar

from ssb_model.data.cycling import cycling_data
from ssb_model.data.datasets import DECLARED, SYNTHETIC, CyclingData, Dataset, ImpedanceData
from ssb_model.data.declaration import Declaration, Undeclared, declared
from ssb_model.data.format import Format
from ssb_model.data.formats import FORMATS, plain, workbook
from ssb_model.data.impedance import spectra
from ssb_model.data.parts import is_impedance, parted
from ssb_model.data.quantities import CYCLING, IMPEDANCE, is_per_area
from ssb_model.data.text import Source, Table, ask_for_columns, open_source
from ssb_model.errors import InputError, suggestion

AnyData = TypeVar("AnyData", bound=Dataset)
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
    file = _understood(path, format, declared(columns, units, area=area))
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
    file = _understood(path, format, declared(columns, units, current_positive_on, area))
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

    Parameters
    ----------
    path, format, columns, units, current_positive_on, area
        As for `read_impedance` and `read_cycling`.

    Raises
    ------
    InputError
        As they do.
    """
    file = _understood(path, format, declared(columns, units, current_positive_on, area))
    return [*file.spectra, *([file.record] if file.of_cycling else [])]


def known_formats() -> tuple[str, ...]:
    """Names of the formats that are read."""
    return tuple(form.name for form in FORMATS)


@dataclass(frozen=True)
class _File:
    """A file whose columns are at least named, and what its caller says of it."""

    source: Source
    form: Format
    of_impedance: list[Table]
    of_cycling: list[Table]
    declaration: Declaration
    forced: str | None

    @property
    def spectra(self) -> list[ImpedanceData]:
        tables = self.of_impedance
        each = (spectra(self.form, self.source, table, self.declaration) for table in tables)
        found = [self._with_word(data) for data in chain.from_iterable(each)]
        if len(found) < 2:
            return found
        return [replace(data, name=f"{data.name} ({i})") for i, data in enumerate(found, 1)]

    @property
    def record(self) -> CyclingData:
        data = cycling_data(self.form, self.source, self.of_cycling, self.declaration)
        return self._with_word(data)

    def _with_word(self, data: AnyData) -> AnyData:
        """The dataset with what was said of its file, so that it can be read again."""
        said = self.declaration.arguments | ({"format": self.forced} if self.forced else {})
        return replace(data, metadata={**data.metadata, DECLARED: said}) if said else data


def _understood(path: Path, format: str | None, declaration: Declaration) -> _File:
    source = open_source(path)
    if workbook.is_workbook(source):
        source = workbook.as_text(source)
    form = _format(source, format, declaration)
    tables = form.read(source, declaration)
    if not tables and form is not plain.FORMAT and not form.binary:
        form, tables = plain.FORMAT, plain.FORMAT.read(source, declaration)
    if not tables:
        ask_for_columns(source)
    _refuse_undeclared(source, tables, declaration)
    _refuse_idle_area(source, tables, declaration)
    parts = [parted(table) for table in _with_notes(source, form, tables)]
    of_impedance = [impedance for impedance, _ in parts if impedance]
    of_cycling = [cycling for _, cycling in parts if cycling]
    return _File(source, form, of_impedance, of_cycling, declaration, format)


def _format(source: Source, name: str | None, declaration: Declaration) -> Format:
    if name is None:
        if declaration.order:
            return plain.FORMAT
        return next(form for form in FORMATS if form.matches(source))
    for form in FORMATS:
        if form.name == name:
            return form
    raise InputError(f"'{name}' is not a known format. {suggestion(name, known_formats())}")


def _refuse_undeclared(source: Source, tables: list[Table], declaration: Declaration) -> None:
    """A declared header that no line has is a slip of the caller's."""
    named = {header for table in tables for header in table.headers}
    for header in declaration.columns.values():
        if header not in named:
            raise InputError(
                f"{source.path} has no column '{header}'. {suggestion(header, filter(None, named))}"
            )
        if any(table.headers.count(header) > 1 for table in tables):
            raise InputError(
                f"{source.path} has two columns '{header}': rename one of them in the file."
            )


def _refuse_idle_area(source: Source, tables: list[Table], declaration: Declaration) -> None:
    """An area that changes no number is a slip of the caller's."""
    columns = [column for table in tables for column in table.columns]
    units = ((declaration.units.get(c.quantity, c.unit), c.quantity) for c in columns)
    if declaration.area and not any(is_per_area(*pair) for pair in units):
        raise InputError(
            f"{source.path}: area is declared, and no column is per area: leave it out, or declare "
            "the units of those that are."
        )


def _with_notes(source: Source, form: Format, tables: list[Table]) -> list[Table]:
    """Say what else the file tells of a run that was stopped, or was none."""
    if form.binary:
        return tables
    notes = form.remarks_on(source, sum(len(table.rows) for table in tables))
    if _last_cell_is_open(source, tables[-1]):
        notes = (*notes, "the file ends without a line end: its last number may be cut short")
    above = "\n".join(source.lines[: tables[0].line]).lower()
    said = (SYNTHETIC,) if "synthetic" in above else ()
    notes_of = [*([said] * (len(tables) - 1)), (*said, *notes)]
    return [replace(t, notes=(*t.notes, *own)) for t, own in zip(tables, notes_of, strict=True)]


def _last_cell_is_open(source: Source, table: Table) -> bool:
    """Whether the file breaks off in or after its last number, and that number is used."""
    if source.ends_with_line_end or not table.rows or table.lines[-1] < len(source.lines):
        return False
    kind = IMPEDANCE if is_impedance(table) else CYCLING
    used = [column.index for column in table.columns if column.quantity in kind]
    return max(used) == len(table.headers) - 1


def _refuse_kind(file: _File, wanted: str, other: str) -> NoReturn:
    table = (file.of_impedance or file.of_cycling)[0]
    example = "minus imaginary" if wanted == "impedance" else "voltage"
    raise Undeclared(
        f"{file.source.path}, line {table.line} names no column of {wanted} among "
        f"{', '.join(filter(None, table.headers))}: read it with {other}, or declare ",
        Declaration({example: "its header"}),
        ".",
    )
