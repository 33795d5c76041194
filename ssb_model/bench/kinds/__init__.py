"""Cells of one kind: medians, scatter, one kind beside another."""

from ssb_model.bench.kinds.critical import critical_currents as critical_currents
from ssb_model.bench.kinds.interfaces import Lines as Lines, interfaces as interfaces
