"""Text files: their lines, tables, cells and numbers."""

from ssb_model.data.text.cells import (
    count_of_numbers as count_of_numbers,
    is_number as is_number,
    split as split,
    value as value,
)
from ssb_model.data.text.clock import column_of_stamps as column_of_stamps
from ssb_model.data.text.lines import Lines as Lines
from ssb_model.data.text.numbers import (
    decimal_marks as decimal_marks,
    refuse_without_unit as refuse_without_unit,
    si_values as si_values,
)
from ssb_model.data.text.source import (
    CELL_BY_CELL as CELL_BY_CELL,
    Source as Source,
    open_source as open_source,
)
from ssb_model.data.text.table import (
    Cell as Cell,
    Layout as Layout,
    Table as Table,
    headerless_table as headerless_table,
    tables_of as tables_of,
)
from ssb_model.data.text.unnamed import ask_for_columns as ask_for_columns
