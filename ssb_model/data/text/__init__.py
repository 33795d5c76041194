"""Text files: their lines, tables, cells and numbers."""

from ssb_model.data.text.numbers import decimal_marks as decimal_marks, si_values as si_values
from ssb_model.data.text.source import Source as Source, open_source as open_source
from ssb_model.data.text.table import (
    Layout as Layout,
    Table as Table,
    headerless_table as headerless_table,
    tables_of as tables_of,
)
