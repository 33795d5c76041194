from ssb_model.prediction.cell import (
    FOUNDING as FOUNDING,
    CellTable as CellTable,
    PredictionCell,
    load_cell,
)
from ssb_model.prediction.centre import most_probable as most_probable
from ssb_model.prediction.coated_cells import (
    BARE as BARE,
    DIELECTRIC as DIELECTRIC,
    FACE as FACE,
    LAYERED as LAYERED,
    CoatedCells as CoatedCells,
    coated_cells as coated_cells,
    face_name as face_name,
)
from ssb_model.prediction.coating import KINDS as KINDS, Coating, load_coating
from ssb_model.prediction.design import (
    Choice as Choice,
    Optimum as Optimum,
    optimum as optimum,
    rank_for_coating as rank_for_coating,
)
from ssb_model.prediction.draws import face_quantities as face_quantities
from ssb_model.prediction.evaluation import Evaluator, load_evaluator, make_evaluator
from ssb_model.prediction.figures import prediction_sheet as prediction_sheet
from ssb_model.prediction.prediction import Prediction
from ssb_model.prediction.run import REFERENCES as REFERENCES, drawn_of as drawn_of, predict

__all__ = [
    "Coating",
    "Evaluator",
    "Prediction",
    "PredictionCell",
    "load_cell",
    "load_coating",
    "load_evaluator",
    "make_evaluator",
    "predict",
]
