"""What was predicted: a result that prints, plots and saves itself."""

from ssb_model.prediction.result.figures import prediction_sheet as prediction_sheet
from ssb_model.prediction.result.prediction import (
    Prediction as Prediction,
    load_prediction as load_prediction,
)
from ssb_model.prediction.result.quantity import OF as OF, PERCENTILES as PERCENTILES
