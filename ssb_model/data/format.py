"""What a format is: how it is known, how its columns are called, which way its current runs."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from ssb_model.data.declaration import SKIPPED, Declaration
from ssb_model.data.ends import UNKNOWN, End, unread_rows
from ssb_model.data.quantities import Column, by_table, name_and_unit
from ssb_model.data.text import Cell, Layout, Lines, Source, Table, headerless_table, tables_of
from ssb_model.errors import InputError

Direction = Literal["charge", "discharge"]


def line_with(*patterns: str) -> re.Pattern[str]:
    """The signature of a file with a line, its header, in which each of the patterns is found."""
    return re.compile("^" + "".join(rf"(?=[^\n]*{one})" for one in patterns), re.MULTILINE)


@dataclass(frozen=True)
class Format:
    """A declared file format.

    `signature` is searched in the head of the file (in its bytes if it is a pattern of bytes);
    `end` says how a whole file is known; `columns` which header is which quantity, `layout` where
    tables begin and end, `current_positive_on` which way positive current runs ("" where the format
    does not tell), and `settled_imaginary` whether an imaginary part's sign is certain from the
    header. `tables`, for files that are not text, makes the tables itself.
    """

    name: str
    signature: re.Pattern[str] | re.Pattern[bytes]
    end: End
    columns: Mapping[str, str] = field(default_factory=dict)
    layout: Layout = field(default_factory=Layout)
    current_positive_on: Direction | Literal[""] = ""
    settled_imaginary: bool = True
    remarks: Mapping[str, str] = field(default_factory=dict)
    ending: str = ""
    recognise: Callable[[Sequence[str]], tuple[Column, ...]] | None = None
    tables: Callable[["Format", Source, Declaration], list[Table]] | None = None

    @property
    def binary(self) -> bool:
        """Whether its files are no text."""
        return isinstance(self.signature.pattern, bytes)

    def matches(self, source: Source) -> bool:
        """Whether the file carries this format's signature."""
        if self.ending and source.path.suffix.lower() != self.ending:
            return False
        if self.binary:
            return cast("re.Pattern[bytes]", self.signature).match(source.content) is not None
        return cast("re.Pattern[str]", self.signature).search(source.head) is not None

    def remarks_on(self, source: Source, tables: Sequence[Table]) -> tuple[str, ...]:
        """Notes on what else the text tells of a file, and on whether it is whole."""
        text = source.lines.text
        found = {note: re.compile(p.encode(), re.MULTILINE) for p, note in self.remarks.items()}
        notes = tuple(note for note, pattern in found.items() if pattern.search(text))
        unread = () if self.tables else unread_rows(source, tables)
        return (*notes, *self.end.check(source, tables), *unread)

    def understand(self, headers: Sequence[str]) -> tuple[Column, ...]:
        """The columns that this format knows among `headers`."""
        return self.recognise(headers) if self.recognise else by_table(headers, self.columns)

    def read(self, source: Source, declaration: Declaration) -> list[Table]:
        """The tables of a file, the caller's declared columns before the format's own.

        Raises InputError if the file cannot be read as this format.
        """
        if self.tables:
            return self.tables(self, source, declaration)
        return text_tables(self, source.lines, declaration)


def text_tables(form: Format, lines: Lines, declaration: Declaration) -> list[Table]:
    """The tables in lines of text, by their headers or by the order that the caller declares."""
    if declaration.order:
        names = declaration.order
        columns = [Column(i, q, q, "") for i, q in enumerate(names) if q not in SKIPPED]
        return [headerless_table(lines, names, tuple(columns))]
    return tables_of(lines, form.layout, lambda names: understood(form, names, declaration))


def unnamed_table(
    source: Source,
    line: int,
    names: tuple[str, ...],
    rows: Sequence[Sequence[Cell]],
    lines: Sequence[int],
    declaration: Declaration,
) -> Table:
    """The table of a file whose columns no header names: `names` are "quantity [unit]"."""
    form = Format("", re.compile(""), UNKNOWN, {name: name for name in names})
    return Table(source.path, line, names, understood(form, names, declaration), rows, lines)


def understood(
    form: Format, headers: Sequence[str], declaration: Declaration
) -> tuple[Column, ...]:
    """Columns by the caller's word first, then by the format's table.

    A declared "minus imaginary" takes the place of the format's "imaginary".
    """
    spoken = tuple(
        Column(headers.index(header), header, quantity, name_and_unit(header)[1])
        for quantity, header in declaration.columns.items()
        if header in headers
    )
    known = {column.index: column for column in form.understand(headers)}
    spoken = tuple(replace(c, unit=known.get(c.index, c).unit) for c in spoken)
    taken = {_part(quantity) for quantity in declaration.columns}
    indices = {column.index for column in spoken}
    return spoken + tuple(
        column
        for column in known.values()
        if _part(column.quantity) not in taken and column.index not in indices
    )


def _part(quantity: str) -> str:
    return quantity.removeprefix("minus ")


def refuse_missing(package: str, source: Source, instead: str) -> InputError:
    """The sentence for a format whose reader is an optional package."""
    return InputError(
        f"{source.path} needs {package} to be read: pip install {package}, or {instead}."
    )
