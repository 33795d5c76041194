"""The sentence about a cell that is not what its column holds."""

from ssb_model.data.quantities import Column
from ssb_model.data.text.table import Cell, Table
from ssb_model.errors import InputError


def refusal(
    table: Table, column: Column, line: int, cell: Cell, wanted: str = "a finite number"
) -> InputError:
    """The sentence about a cell that is not what its column holds."""
    held = f"'{str(cell)[:40]}'" if str(cell) else "nothing"
    return InputError(
        f"{table.path}, line {line}, column '{column.header}' holds {held}, which is not {wanted}: "
        "correct or delete that line."
    )
