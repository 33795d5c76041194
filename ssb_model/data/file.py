"""A measured file as it is understood: its format, its tables, and what its caller says of it."""

import os
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from ssb_model.data.cycling import cycling_data
from ssb_model.data.datasets import DECLARED, SYNTHETIC, CyclingData, Dataset, ImpedanceData
from ssb_model.data.declaration import Declaration
from ssb_model.data.format import Format
from ssb_model.data.formats import FORMATS, plain, workbook
from ssb_model.data.impedance import spectra
from ssb_model.data.parts import is_impedance, parted
from ssb_model.data.quantities import CYCLING, IMPEDANCE, is_per_area
from ssb_model.data.text import Source, Table, ask_for_columns, open_source
from ssb_model.errors import InputError, suggestion
from ssb_model.library import other_program

AnyData = TypeVar("AnyData", bound=Dataset)


@dataclass(frozen=True)
class MeasuredFile:
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


def understood_file(
    path: str | os.PathLike[str], format: str | None, declaration: Declaration
) -> MeasuredFile:
    """The file at `path`. Raises InputError if it, or what is said of it, is not understood."""
    source = open_source(path)
    if workbook.is_workbook(source):
        source = workbook.as_text(source)
    _refuse_other_programs(source)
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
    return MeasuredFile(source, form, of_impedance, of_cycling, declaration, format)


def _refuse_other_programs(source: Source) -> None:
    """A file of a program whose files are not read here, by its first bytes."""
    known = any(form.binary and form.matches(source) for form in FORMATS)
    if not known and (found := other_program(source.content)):
        raise InputError(f"{source.path} is {found.name}: {found.cure}.")


def _format(source: Source, name: str | None, declaration: Declaration) -> Format:
    if name is None:
        if declaration.order:
            return plain.FORMAT
        return next(form for form in FORMATS if form.matches(source))
    for form in FORMATS:
        if form.name == name:
            return form
    raise InputError(
        f"'{name}' is not a known format. {suggestion(name, [form.name for form in FORMATS])}"
    )


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
    notes = form.remarks_on(source, tables)
    if _last_cell_is_open(source, tables[-1]):
        notes = (*notes, "the file ends without a line end: its last number may be cut short")
    said = (SYNTHETIC,) if "synthetic" in source.lines.above(tables[0].line).lower() else ()
    notes_of = [*([said] * (len(tables) - 1)), (*said, *notes)]
    return [replace(t, notes=(*t.notes, *own)) for t, own in zip(tables, notes_of, strict=True)]


def _last_cell_is_open(source: Source, table: Table) -> bool:
    """Whether the file breaks off in or after its last number, and that number is used."""
    if source.ends_with_line_end or not table.rows or table.lines[-1] < len(source.lines):
        return False
    kind = IMPEDANCE if is_impedance(table) else CYCLING
    used = [column.index for column in table.columns if column.quantity in kind]
    return max(used) == len(table.headers) - 1
