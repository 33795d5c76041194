"""What a user states of a coating and of the cell around it, as files."""

from ssb_model.prediction.files.cell import (
    FOUNDING as FOUNDING,
    WORN as WORN,
    CellTable as CellTable,
    PredictionCell as PredictionCell,
    load_cell as load_cell,
)
from ssb_model.prediction.files.coating import Coating as Coating, Measured as Measured
from ssb_model.prediction.files.coating_file import load_coating as load_coating
from ssb_model.prediction.files.evenness import Evenness as Evenness
from ssb_model.prediction.files.known_cells import (
    BARE as BARE,
    NOTHING_KNOWN as NOTHING_KNOWN,
    KnownCells as KnownCells,
    with_batch as with_batch,
)
from ssb_model.prediction.files.own_study import cells_of_study as cells_of_study
from ssb_model.prediction.files.wetting import says_of_wetting as says_of_wetting
