"""Read measured files: `read_impedance`, `read_cycling`, and `read`, which decides by content."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ssb_model.data.cycling import cycling_data
from ssb_model.data.datasets import SYNTHETIC, CyclingData, ImpedanceData
from ssb_model.data.format import Format
from ssb_model.data.formats import FORMATS, plain, workbook
from ssb_model.data.impedance import spectra
from ssb_model.data.quantities import CYCLING, IMPEDANCE, OF_IMPEDANCE, Declaration, declared
from ssb_model.data.text import Source, Table, open_source
from ssb_model.errors import InputError, suggestion

Path = str | os.PathLike
Columns = Mapping[str, str] | Sequence[str] | None
Units = Mapping[str, str] | None


def read_impedance(
    path: Path, format: str | None = None, columns: Columns = None, units: Units = None
) -> list[ImpedanceData]:
    """Read the spectra of an impedance file.

    Parameters
    ----------
    path
    format
    columns
        understood; or, for a file without a header, the quantities in order, "-" for others:
        ``("frequency", "real", "minus imaginary")``
    units

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
    source, form, tables, declaration = _understood(path, format, columns, units)
    wanted = [table for table in tables if _is_impedance(table)]
    if not wanted:
        _refuse_kind(source, tables, "impedance", "read_cycling")
    found = [spectrum for table in wanted for spectrum in spectra(form, source, table, declaration)]
    return _numbered(found)


def read_cycling(
    path: Path,
    format: str | None = None,
    columns: Columns = None,
    units: Units = None,
    current_positive_on: str | None = None,
) -> CyclingData:
    """Read the record of a cell under current: time, current, voltage, and what else it has.

    `path`, `format`, `columns` and `units` are as for `read_impedance`. `current_positive_on` is
    "charge" or "discharge", where the file does not tell and the voltage leaves it open. In the
    dataset current is positive on discharge, in A; its `notes` say how the sign was known.

    Raises InputError: what is wrong, in which line and column, and what to do.
    """
    if current_positive_on not in (None, "charge", "discharge"):
        raise InputError(
            f"current_positive_on is {current_positive_on!r:.40}: write 'charge' or 'discharge'."
        )
    source, form, tables, declaration = _understood(path, format, columns, units)
    wanted = [table for table in tables if not _is_impedance(table)]
    if not wanted:
        _refuse_kind(source, tables, "cycling", "read_impedance")
    return cycling_data(form, source, wanted, declaration, current_positive_on or "")


def read(path: Path) -> list[ImpedanceData | CyclingData]:
    """Read a file whose kind its headers tell: its spectra, its record of cycling, or both.

    Raises InputError as `read_impedance` and `read_cycling`, which take declarations, do.
    """
    source, form, tables, declaration = _understood(path, None, None, None)
    impedance = [table for table in tables if _is_impedance(table)]
    cycling = [table for table in tables if not _is_impedance(table)]
    found = [data for table in impedance for data in spectra(form, source, table, declaration)]
    record = [cycling_data(form, source, cycling, declaration, "")] if cycling else []
    return [*_numbered(found), *record]


def known_formats() -> tuple[str, ...]:
    """Names of the formats that are read."""
    return tuple(form.name for form in FORMATS)


def _understood(
    path: Path, format: str | None, columns: Columns, units: Units
) -> tuple[Source, Format, list[Table], Declaration]:
    """Source, format, tables and declaration of a file whose columns are at least named."""
    declaration = declared(columns, units)
    source = open_source(path)
    if workbook.is_workbook(source):
        source = workbook.as_text(source)
    form = _format(source, format, declaration)
    tables = form.read(source, declaration)
    if not tables and form is not plain.FORMAT and not form.tables:
        form, tables = plain.FORMAT, plain.FORMAT.read(source, declaration)
    if not tables:
        raise InputError(
            f"{source.path} has no line that names two columns of a measurement: if it has a "
            "header, declare columns={'frequency': 'its header', ...}; if not, name the columns in "
            "order, columns=('frequency', 'real', 'imaginary'), with their units."
        )
    _refuse_undeclared(source, tables, declaration)
    return source, form, _with_notes(source, form, tables), declaration


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


def _with_notes(source: Source, form: Format, tables: list[Table]) -> list[Table]:
    """Say what else the file tells of a run that was stopped, or was none."""
    if form.tables:
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
    kind = IMPEDANCE if _is_impedance(table) else CYCLING
    used = [column.index for column in table.columns if column.quantity in kind]
    return max(used) == len(table.headers) - 1


def _is_impedance(table: Table) -> bool:
    return any(column.quantity in OF_IMPEDANCE for column in table.columns)


def _refuse_kind(source: Source, tables: list[Table], wanted: str, other: str) -> None:
    raise InputError(
        f"{source.path}, line {tables[0].line} names no column of {wanted} among "
        f"{', '.join(filter(None, tables[0].headers))}: read it with {other}, or declare "
        "columns={...}."
    )


def _numbered(found: list[ImpedanceData]) -> list[ImpedanceData]:
    if len(found) < 2:
        return found
    return [replace(data, name=f"{data.name} ({i})") for i, data in enumerate(found, 1)]
