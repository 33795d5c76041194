"""The study file: its tables, cells, free parameters, checksums."""

from ssb_model.study.file.cells import StudyCell as StudyCell, read_cell as read_cell
from ssb_model.study.file.checksums import (
    checksum as checksum,
    checksums as checksums,
    first_change as first_change,
    text_checksum as text_checksum,
)
from ssb_model.study.file.differences import (
    Differences as Differences,
    differences_of as differences_of,
    with_differences as with_differences,
)
from ssb_model.study.file.experiments import (
    beside_measured as beside_measured,
    named_cell as named_cell,
    read_experiments as read_experiments,
    refuse_same_names as refuse_same_names,
)
from ssb_model.study.file.free import FreeSet as FreeSet, read_free as read_free
from ssb_model.study.file.names import bare_name as bare_name, full_name as full_name
from ssb_model.study.file.rivals import rival_tables as rival_tables
from ssb_model.study.file.tables import (
    AnyKind as AnyKind,
    CellTable as CellTable,
    FreeTable as FreeTable,
    RivalTable as RivalTable,
    StudyTable as StudyTable,
)
from ssb_model.study.file.unknown_charge import (
    charged_as_tested as charged_as_tested,
    states_completeness as states_completeness,
    unknown_charge as unknown_charge,
)
from ssb_model.study.file.write import toml_of as toml_of, write_study as write_study
