"""The Battery Data Format's vocabulary in a Parquet file, read by pyarrow."""

import re
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.data.declaration import Declaration
from ssb_model.data.ends import in_itself
from ssb_model.data.format import Format, understood
from ssb_model.data.formats import battery_data_format
from ssb_model.data.text import Source, Table
from ssb_model.errors import InputError, in_short
from ssb_model.packed import open_parquet

if TYPE_CHECKING:
    import pyarrow as pa


def _tables(form: Format, source: Source, declaration: Declaration) -> list[Table]:
    try:
        file = open_parquet(source.path, source.content)
        columns = understood(form, file.schema_arrow.names, declaration)
        names = [column.header for column in columns]
        _refuse_words(file.schema_arrow, names)
        stored = file.read(names, use_threads=False)
        rows = np.column_stack([np.asarray(stored[name].to_numpy(), float) for name in names])
    except InputError:
        raise
    except Exception as error:
        # pyarrow answers a damaged file with errors of its own, of the system and of numpy.
        raise InputError(
            f"{source.path} is not a Parquet table of numbers under the names of the Battery Data "
            f"Format ({in_short(error)}): write it again, or save it as CSV."
        ) from None
    columns = understood(form, names, declaration)
    return [Table(source.path, 1, tuple(names), columns, rows, range(1, len(rows) + 1))]


def _refuse_words(schema: "pa.Schema", names: list[str]) -> None:
    """Texts may be of any length, and are no numbers."""
    from pyarrow import types

    for name in names:
        if not types.is_primitive(schema.field(name).type):
            raise ValueError(f"'{name}' holds no numbers")


FORMAT = Format(
    name="Battery Data Format, Parquet",
    signature=re.compile(rb"PAR1"),
    end=in_itself("index at its end"),
    columns=battery_data_format.COLUMNS,
    current_positive_on="charge",
    tables=_tables,
)
