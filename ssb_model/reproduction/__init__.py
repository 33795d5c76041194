"""Reproduce a published experiment: its numbers in, a fitted cell and its predictions out."""

from ssb_model.reproduction.pipeline import reproduce
from ssb_model.reproduction.results import Reproduction, RowResult

__all__ = ["Reproduction", "RowResult", "reproduce"]
