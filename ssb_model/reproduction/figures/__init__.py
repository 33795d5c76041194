"""Figures of a reproduction, each named after the figure of the paper that it answers.

>>> from ssb_model.reproduction.figures import FIGURES
>>> sorted(FIGURES)[0]
'fig2c_nyquist'
"""

from ssb_model.reproduction.figures.all import FIGURES, save_figures

__all__ = ["FIGURES", "save_figures"]
