"""Published and own cells, one condition a row, that the critical current is learnt from."""

from ssb_model.library.field_cells.cell import (
    BATCH as BATCH,
    OWN_LAB as OWN_LAB,
    Contact as Contact,
    FieldCell as FieldCell,
)
from ssb_model.library.field_cells.files import (
    field_cells as field_cells,
    field_digest as field_digest,
    field_folder_beside as field_folder_beside,
    load_field_file as load_field_file,
    own_field_cells as own_field_cells,
    twin_of as twin_of,
)
from ssb_model.library.field_cells.findings import field_findings as field_findings
