"""The sheet of a prediction."""

from ssb_model.prediction.result.figures.sheet import prediction_sheet as prediction_sheet
