"""Published and own cells, one condition a row, that the critical current is learnt from."""

from ssb_model.library.field_cells.cell import (
    Contact as Contact,
    FieldCell as FieldCell,
)
from ssb_model.library.field_cells.files import (
    field_cells as field_cells,
    field_digest as field_digest,
    load_field_file as load_field_file,
)
from ssb_model.library.field_cells.findings import field_findings as field_findings
