"""A coating's performance before it is made, as distributions.

>>> from ssb_model.prediction import load_coating
>>> load_coating("lii-znlix").type
'mixed'
"""

from ssb_model.prediction.cell import PredictionCell, load_cell
from ssb_model.prediction.coating import Coating, load_coating
from ssb_model.prediction.predict import predict
from ssb_model.prediction.prediction import Prediction

__all__ = ["Coating", "Prediction", "PredictionCell", "load_cell", "load_coating", "predict"]
