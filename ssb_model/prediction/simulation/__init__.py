"""Protocols followed cycle by cycle by the cells of a coating, each until it shorts."""

from ssb_model.prediction.simulation.protocol_file import (
    StatedProtocol as StatedProtocol,
    StatedStep as StatedStep,
    load_protocol as load_protocol,
)
from ssb_model.prediction.simulation.run import simulate as simulate
from ssb_model.prediction.simulation.simulated import Simulated as Simulated
