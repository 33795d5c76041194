"""Curves behind the figures of a reproduction, and the file that keeps them."""

from ssb_model.reproduction.curves.cells import all_curves
from ssb_model.reproduction.curves.damage import damage_curves
from ssb_model.reproduction.curves.file import load_curves, save_curves

__all__ = ["all_curves", "damage_curves", "load_curves", "save_curves"]
