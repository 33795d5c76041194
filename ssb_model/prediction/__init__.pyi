from ssb_model.prediction.activation import (
    activation_energies as activation_energies,
)
from ssb_model.prediction.coated_cells import (
    FACE as FACE,
    CoatedCells as CoatedCells,
    coated_cells as coated_cells,
)
from ssb_model.prediction.design import (
    Chance as Chance,
    Choice as Choice,
    Optimum as Optimum,
    chances as chances,
    optimum as optimum,
    rank_for_coating as rank_for_coating,
)
from ssb_model.prediction.draws import (
    even_normals as even_normals,
    face_quantities as face_quantities,
    most_probable as most_probable,
)
from ssb_model.prediction.evaluation import Evaluator, make_evaluator
from ssb_model.prediction.field import (
    forecast_for as forecast_for,
    forecast_of as forecast_of,
    says_of as says_of,
)
from ssb_model.prediction.files import (
    FOUNDING as FOUNDING,
    CellTable as CellTable,
    Coating,
    PredictionCell,
    cells_of_study as cells_of_study,
    load_cell,
    load_coating,
    with_batch as with_batch,
)
from ssb_model.prediction.further_cell import (
    further_cell as further_cell,
    with_interface_scatter as with_interface_scatter,
)
from ssb_model.prediction.predict import REFERENCES as REFERENCES, drawn_of as drawn_of, predict
from ssb_model.prediction.result import (
    Prediction,
    load_prediction,
    prediction_sheet as prediction_sheet,
)
from ssb_model.prediction.simulation import (
    Simulated,
    load_protocol,
    simulate,
)

__all__ = [
    "Coating",
    "Evaluator",
    "Prediction",
    "PredictionCell",
    "Simulated",
    "load_cell",
    "load_coating",
    "load_prediction",
    "load_protocol",
    "make_evaluator",
    "predict",
    "simulate",
]
